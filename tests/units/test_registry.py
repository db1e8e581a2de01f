"""The pint registry of a unit table, and its errors."""

from __future__ import annotations

import math
import pickle
import statistics
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pint
import pytest

import innovation_plans as ip
from innovation_plans.units.registry import PlanQuantity, PlanRegistry, define, incomparable
from innovation_plans.units.table import UnitTable, bundled_units

PEOPLE = "person = [headcount]\ninhabitant = [population]\nper_10k = person / inhabitant / 10000"


@pytest.fixture(scope="module")
def registry():
    return PlanRegistry(bundled_units())


@pytest.fixture
def yuan(registry):
    return registry.Quantity(Decimal(1), "CNY")


@pytest.fixture
def dollar(registry):
    return registry.Quantity(Decimal(1), "USD")


def test_quantities_are_decimal_and_of_the_class_of_the_package(registry):
    made = registry.Quantity(Decimal(500), "亿元").to("万亿元")
    assert isinstance(made, PlanQuantity)
    assert isinstance(made.magnitude, Decimal)
    assert made.magnitude == Decimal("0.05")
    assert isinstance(made * 2, PlanQuantity)


def test_a_registry_has_exactly_the_units_of_its_table():
    registry = PlanRegistry(UnitTable(PEOPLE))
    assert registry.Quantity(Decimal(10_000), "per_10k").to("person/inhabitant").magnitude == 1
    for foreign in ("CNY", "meter", "percent"):
        with pytest.raises(pint.UndefinedUnitError):
            registry.Unit(foreign)


def test_a_unit_is_not_defined_twice():
    with pytest.raises(pint.RedefinitionError):
        PlanRegistry(UnitTable(PEOPLE)).define("person = 2 * inhabitant")


@pytest.mark.parametrize(
    "compute",
    [
        lambda yuan: yuan / 0,
        lambda yuan: yuan // (yuan * 0),
        lambda yuan: yuan % (yuan * 0),
        lambda yuan: 1 / (yuan * 0),
        lambda yuan: yuan * Decimal("1e999999") * Decimal("1e999999"),
        lambda yuan: (yuan * Decimal("1e999999")) ** 2,
    ],
)
def test_what_is_no_finite_number_is_an_error_of_the_package(compute, yuan):
    with pytest.raises(ip.ArgumentError, match=r"no operand .* gives no finite number"):
        compute(yuan)


def test_an_integer_of_many_digits_is_an_operand_only_of_a_comparison(yuan):
    assert yuan != 10**5000
    with pytest.raises(ip.FigureError, match="at most 30 digits"):
        yuan * 10**5000


REFUSED = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "+=": lambda left, right: left.__iadd__(right),
    "-=": lambda left, right: left.__isub__(right),
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "//": lambda left, right: left // right,
    "%": lambda left, right: left % right,
    "divmod": divmod,
    "max": max,
    "sorted": lambda left, right: sorted([left, right]),
    "sum": lambda left, right: sum([left, right]),
    "to a quantity": lambda left, right: left.to(right),
    "to a unit": lambda left, right: left.to(right.units),
    "to a token": lambda left, right: left.to(str(right.units)),
    "ito": lambda left, right: left.ito(right.units),
    "m_as": lambda left, right: left.m_as(right.units),
}


@pytest.mark.parametrize("operation", REFUSED.values(), ids=REFUSED)
def test_every_mixture_of_dimensions_raises_an_error(operation, yuan, dollar):
    with pytest.raises(ip.IncomparableError, match="they do not measure the same") as caught:
        operation(yuan, dollar)
    assert {"CNY", "USD"} == set(caught.value.factor.replace(" ", "").split("/"))
    assert isinstance(caught.value.__cause__, pint.DimensionalityError)


@pytest.mark.parametrize(
    "operation",
    [
        lambda yuan: yuan + 3,
        lambda yuan: 3 + yuan,
        lambda yuan: yuan - 3,
        lambda yuan: 3 - yuan,
        lambda yuan: yuan < 3,
        lambda yuan: max(3, yuan),
    ],
    ids=["+ 3", "3 +", "- 3", "3 -", "< 3", "max"],
)
def test_a_bare_number_measures_nothing(operation, yuan):
    with pytest.raises(ip.IncomparableError, match="1 CNY with 3") as caught:
        operation(yuan)
    assert caught.value.factor == "CNY"


def test_quantities_that_fit_are_computed_as_by_pint(registry, yuan, dollar):
    more = registry.Quantity(Decimal(2), "万元")
    assert (more + yuan).to("CNY").magnitude == 20_001
    assert (more - yuan).to("CNY").magnitude == 19_999
    assert yuan < more
    assert max(yuan, more) is more
    assert sum([yuan, yuan]).magnitude == 2
    assert more.m_as("CNY") == 20_000
    assert (yuan / dollar).units == registry.Unit("CNY/USD")
    assert yuan != dollar


def test_the_error_states_both_sides_the_factor_and_what_to_do(registry):
    per_resident = registry.Quantity(Decimal(90), "person_year_per_10k_population")
    per_employed = registry.Quantity(Decimal(70), "person_year_per_10k_employed")
    error = incomparable(per_resident, per_employed)
    assert (error.left, error.right) == (str(per_resident), str(per_employed))
    assert error.factor == "employed_person/inhabitant"
    assert str(error) == (
        "cannot combine 90 person_year_per_10k_population with 70 person_year_per_10k_employed: "
        "they do not measure the same; the missing factor is in employed_person/inhabitant; "
        "multiply the right side by a quantity in employed_person/inhabitant"
    )
    assert (per_employed * registry.Quantity(1, error.factor)).is_compatible_with(per_resident)


@pytest.mark.parametrize(
    ("left", "right", "bridge"),
    [
        ("percent", "percentage_point", "ratios.gap and ratios.shift"),
        ("percentage_point", "percent", "ratios.gap and ratios.shift"),
        ("percent", "percent_per_year", "growth.compound"),
        ("percent_per_year", "percent", "growth.compound"),
        ("percent_per_year", "multiple", "growth.compound and growth.annual"),
        ("multiple", "percent_per_year", "growth.compound and growth.annual"),
    ],
)
def test_the_error_names_a_function_that_converts(registry, left, right, bridge):
    error = incomparable(registry.Quantity(1, left), registry.Quantity(1, right))
    assert bridge in str(error)
    assert error.factor == ""


def test_define_units_adds_only_missing_units():
    registry = PlanRegistry(UnitTable("person = [headcount]"))
    define(registry, UnitTable(PEOPLE))
    define(registry, UnitTable(PEOPLE))
    assert registry.Quantity(Decimal(10_000), "per_10k").to_base_units().magnitude == 1
    own = PlanRegistry(UnitTable("inhabitant = [population]\nperson = 3 * inhabitant"))
    with pytest.raises(ip.ConflictError, match="unit 'person'"):
        define(own, UnitTable(PEOPLE))


@pytest.mark.parametrize("definitions", ["", "robot = [robots] = 台"])
def test_another_process_has_the_registry_of_the_same_units(definitions: str) -> None:
    table = bundled_units().with_(definitions)
    quantity = ip.quantity(2, "robot" if definitions else "CNY_100M", table=table)
    copy = pickle.loads(pickle.dumps(quantity))  # noqa: S301 - our own bytes
    assert copy == quantity
    assert copy + quantity == 2 * quantity
    unpickled = pickle.loads(pickle.dumps(table))  # noqa: S301
    assert unpickled.definitions == table.definitions
    assert (unpickled is bundled_units()) is (not definitions)


@pytest.mark.parametrize(("spec", "text"), [(".1%", "3.5%"), (".0%", "4%"), (".2%", "3.50%")])
def test_a_share_is_formatted_as_the_percentage_that_it_is(spec, text):
    assert format(ip.quantity("3.5 percent"), spec) == text


def test_an_amount_is_no_percentage():
    with pytest.raises(ip.IncomparableError):
        format(ip.quantity("3.5 CNY"), ".1%")


@pytest.mark.parametrize(
    "combine",
    [
        lambda first, second: first + second,
        lambda first, second: sum([first, second]),
        lambda first, second: first.__iadd__(second),
    ],
)
def test_ranks_are_not_added(combine):
    with pytest.raises(ip.IncomparableError, match="not added or averaged"):
        combine(ip.quantity("3 rank"), ip.quantity("1 rank"))


def test_ranks_are_compared_and_have_a_distance():
    first, third = ip.quantity("1 rank"), ip.quantity("3 rank")
    assert first < third
    assert (third - first).magnitude == 2


@pytest.mark.parametrize("worth", ["3 metre", "2 * [money_of_china]"])
def test_a_base_unit_of_the_package_is_one_of_the_registry(worth: str) -> None:
    registry = pint.UnitRegistry()
    registry.define("robot = [bots]")  # by any name
    ip.define_units(registry, bundled_units().with_("robot = [robots]"))
    other = pint.UnitRegistry()
    other.define("yuan = [money_of_china]")
    other.define(f"CNY = {worth.replace('[money_of_china]', 'yuan')}")
    with pytest.raises(ip.ConflictError, match="unit 'CNY'"):
        ip.define_units(other)


@pytest.mark.parametrize("definition", ["CNY = 2 * metre", "CNY_100M = 7 * CNY"])
def test_a_unit_that_was_redefined_after_it_was_added_is_an_error(definition: str) -> None:
    registry = pint.UnitRegistry(on_redefinition="ignore")
    ip.define_units(registry)
    registry.define(definition)
    for add in (ip.define_units, ip.use_registry):
        with pytest.raises(ip.ConflictError, match=f"unit '{definition.split(maxsplit=1)[0]}'"):
            add(registry)


@pytest.mark.parametrize("definition", ["CNY = 2 * metre", "CNY_100M = 7 * CNY"])
def test_a_unit_that_is_redefined_in_the_registry_in_use_is_an_error(definition: str) -> None:
    registry = pint.UnitRegistry(on_redefinition="ignore")
    ip.use_registry(registry)
    try:
        registry.define("CNY_100M = 100000000 * CNY = 亿元")  # the same value
        registry.define("bot = [bots]")
        assert ip.quantity("3 亿元").to("CNY").magnitude == pytest.approx(3e8)
        registry.define(definition)
        for make in (lambda: ip.quantity("3 亿元"), lambda: ip.quantity(3, "bot")):
            with pytest.raises(ip.ConflictError, match=f"unit '{definition.split(maxsplit=1)[0]}'"):
                make()
    finally:
        ip.use_registry(None)


@pytest.mark.parametrize("definition", ["CNY = 2 * metre", "CNY_100M = 7 * CNY"])
def test_a_quantity_of_a_registry_with_a_redefined_unit_is_an_error(definition: str) -> None:
    registry = pint.UnitRegistry(on_redefinition="ignore")
    ip.define_units(registry)
    before = registry.Quantity(3, "CNY_100M")
    assert ip.ratios.share(before, before).magnitude == 100
    registry.define(definition)
    for value in (before, registry.Quantity(3, "CNY_100M")):
        for compute in (
            lambda value=value: ip.ratios.share(value, value),
            lambda value=value: ip.growth.average_growth(value, value, 2),
        ):
            with pytest.raises(ip.ConflictError, match=f"unit '{definition.split(maxsplit=1)[0]}'"):
                compute()


@pytest.mark.parametrize("convert", [float, int, complex, math.floor, math.ceil])
def test_a_quantity_with_a_unit_is_no_bare_number(convert: Any) -> None:
    assert convert(ip.quantity("300 percent").to("")) == 3
    for text, found in (("3 亿元", "3 CNY_100M"), ("3.5 percent", "3.5 percent")):
        with pytest.raises(ip.IncomparableError, match=rf"{found} .* take \.magnitude"):
            convert(ip.quantity(text))


@pytest.mark.parametrize("worth", ["1000000000 * CNY", "100000000 * metre"])
def test_a_registry_with_another_value_of_a_unit_is_an_error(worth):
    registry = pint.UnitRegistry()
    registry.define("CNY = [money_of_china]")
    registry.define(f"CNY_100M = {worth}")
    with pytest.raises(ip.ConflictError, match="CNY_100M"):
        define(registry, bundled_units())


@pytest.mark.parametrize(
    "read",
    [
        lambda share: statistics.mean([share, share]),
        lambda share: statistics.variance([share, share]),
        lambda share: statistics.harmonic_mean([share, share]),
        lambda share: share.as_integer_ratio(),
        lambda share: share.quantize(Decimal(1)),
        lambda share: share.is_zero(),
        np.float64,
        lambda share: np.asarray(share, dtype=float),
        lambda share: np.array([share, share], dtype=float),
        lambda share: np.asarray(share * np.array([1, 2])),
    ],
)
def test_no_method_of_the_magnitude_drops_the_unit(read, registry):
    with pytest.raises(ip.IncomparableError, match=r"a number without unit.*take .magnitude"):
        read(registry.Quantity(Decimal(3), "percent"))


def test_a_quantity_without_a_unit_is_a_number(yuan):
    ratio = yuan / yuan
    assert statistics.mean([ratio, ratio * 2]) == Decimal("1.5")
    assert np.asarray(ratio, dtype=float) == np.float64(ratio) == 1


def test_arrays_of_objects_have_the_quantities(yuan):
    assert list(np.array([yuan, yuan])) == [yuan, yuan]
    assert np.asarray(yuan).item() == yuan
    assert hasattr(yuan, "is_nan")  # numpy and pandas ask before they call
    assert np.mean(yuan * np.array([1, 2])) == yuan * Decimal("1.5")


@pytest.mark.parametrize(
    "compute",
    [
        lambda yuan: np.array([1.0, 2.0]) * yuan,
        lambda yuan: yuan * np.array([1.0, 2.0]),
        lambda yuan: pd.Series([1.1, 2.2]) / yuan,
        lambda yuan: np.round(yuan, 1),
        lambda yuan: yuan.round(1),
        lambda yuan: np.log(yuan / yuan),
    ],
)
def test_what_numpy_cannot_compute_exactly_is_an_error_that_says_what_to_do(compute, yuan):
    with pytest.raises(ip.ArgumentTypeError, match=r"exact.*float\(quantity.m_as\(unit\)\)"):
        compute(yuan)


def test_both_sides_of_two_registries_say_whether_they_are_equal():
    ours, foreign = ip.quantity("5 亿元"), pint.UnitRegistry()
    assert ours != foreign.Quantity(5, "meter")  # a registry without the units of the package
    ip.define_units(foreign)
    for theirs in (foreign.Quantity(5, "CNY_100M"), foreign.Quantity(Decimal("0.5"), "CNY_1B")):
        assert ours == theirs
        assert theirs == ours
    for theirs in (foreign.Quantity(4, "CNY_100M"), foreign.Quantity(5, "meter")):
        assert ours != theirs
        assert theirs != ours
    assert ours != foreign.Unit("CNY_100M")


@pytest.mark.parametrize("number", [float, np.float64])
def test_a_float_is_the_decimal_that_it_prints(number):
    three = ip.quantity("3 percent")
    assert [
        (three * number(1.1)).magnitude,
        (number(1.1) * three).magnitude,
        (three / number(0.1)).magnitude,
        (number(0.3) / three).magnitude,
    ] == [Decimal("3.3"), Decimal("3.3"), Decimal(30), Decimal("0.1")]
    with pytest.raises(ip.FigureError, match="expected a finite number"):
        three * number("nan")
    floats = three._REGISTRY.Quantity(np.array([1.0, 2.0]), "percent")
    assert list((floats * number(1.5)).magnitude) == [1.5, 3.0]


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("3 亿元", "billion yuan", "0.3 CNY_1B"),
        ("3.50 亿元", "billion yuan", "0.350 CNY_1B"),
        ("2 万亿元", "亿元", "20000 CNY_100M"),
        ("0 亿元", "万亿元", "0 CNY_1T"),
    ],
)
def test_a_conversion_adds_no_zeros_after_the_point(text: str, unit: str, shown: str) -> None:
    assert str(ip.quantity(text).to(unit)) == shown
    assert str(ip.quantity(f"0 {unit}") + ip.quantity(text)) == shown
