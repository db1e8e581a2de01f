"""Operands and the arithmetic of levels: units, bounds, ranges, caveats."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.analysis.levels import several_assumptions
from innovation_plans.analysis.operands import (
    Level,
    Operand,
    divided,
    grown,
    in_unit,
    multiplied,
    raised,
    times,
)
from innovation_plans.codelists import Caveat
from innovation_plans.text.implied import Origin
from innovation_plans.units.table import bundled_units

from .levels_builders import TABLE, assumption, parts_of


def operand(key: str, origin: str = "observation", **more: Any) -> Operand:
    facts = {"indicator": "thing", "region": "XX", "form": "level", "year": 2025,
             "value": 1, "unit": "percent", "origin": origin, "key": key}  # fmt: skip
    return Operand(**(facts | more))


A, B = operand("a"), operand("b", "target")


ASSUMED, ALSO = assumption(), assumption(year=2024)


def level(value: Any, unit: str = "CNY_100M", high: Any = None, bound: str | None = None,
          expression: str = "x(2020)", **more: Any) -> Level:  # fmt: skip
    top = None if high is None else Decimal(high)
    comparator = None if bound is None else ip.Comparator(bound)
    return Level(Decimal(value), unit, expression, high=top, comparator=comparator, **more)


# ------------------------------------------------------------------ arithmetic
def test_a_level_in_another_unit() -> None:
    made = in_unit(level("5", "CNY_1T", high="8", operands=(A,)), "CNY_100M", TABLE)
    assert parts_of(made) == ("50000", "80000", "CNY_100M", None, "x(2020)")
    assert made.operands == (A,)
    assert in_unit(made, "CNY_100M", TABLE) is made
    assert parts_of(in_unit(level("5", "CNY_1T"), "CNY_1B", TABLE))[:2] == ("5000", None)
    with pytest.raises(ip.IncomparableError):
        in_unit(made, "person", TABLE)


def test_growth_of_a_base() -> None:
    rate = level("10", "percent_per_year", expression="g(2025)")
    assert parts_of(grown(level("100"), rate, 2)) == (
        "121.00", None, "CNY_100M", None, "x(2020) × (1 + 10%)^2",
    )  # fmt: skip
    assert grown(level("100"), rate, 1).expression == "x(2020) × (1 + 10%)"
    ranged = level("5.0", "percent_per_year", high="6", bound="between")
    made = grown(level("100"), ranged, 2)
    assert (made.value, made.high) == (Decimal("110.25"), Decimal("112.36"))
    assert made.expression == "x(2020) × (1 + 5–6%)^2"
    assert made.comparator == "between"


def test_a_multiple_of_a_base() -> None:
    twice = level("2", "multiple", bound="at_least", expression="2")
    assert parts_of(multiplied(level("100"), twice)) == (
        "200", None, "CNY_100M", "at_least", "x(2020) × 2",
    )  # fmt: skip


def test_products_and_quotients_are_in_the_unit_asked_for() -> None:
    share = level("5", "percent", expression="share(2025)")
    whole = level("100", "CNY_1T", expression="gdp(2024) × (1 + 5%)")
    made = times(share, whole, "CNY_100M", TABLE)
    assert parts_of(made) == (
        "50000", None, "CNY_100M", None, "share(2025) × (gdp(2024) × (1 + 5%))",
    )  # fmt: skip
    part = level("50000", expression="part(2025)")
    assert parts_of(divided(part, level("100", "CNY_1T"), "percent", TABLE)) == (
        "5.0000", None, "percent", None, "part(2025) ÷ x(2020)",
    )  # fmt: skip
    assert divided(part, level("8"), "percent", TABLE).value == 625_000


def test_a_division_turns_a_range_and_its_bounds_round() -> None:
    part = level("100")
    ranged = divided(part, level("4", high="5", bound="between"), "percent", TABLE)
    assert (ranged.value, ranged.high, ranged.comparator) == (2000, 2500, "between")
    for bound, turned in [
        ("at_least", "at_most"), ("above", "below"), ("at_most", "at_least"), ("below", "above"),
        ("about", "about"), ("reach", "reach"), (None, None),
    ]:  # fmt: skip
        made = divided(part, level("4", bound=bound), "percent", TABLE)
        assert (made.value, made.high, made.comparator) == (2500, None, turned)


def test_both_ends_of_a_product() -> None:
    ranged, plain = level("4", high="5", bound="between"), level("2", "multiple")
    wide = level("2", "multiple", high="3", bound="between")
    for left, right, high in [(ranged, plain, 10), (plain, ranged, 10), (ranged, wide, 15)]:
        made = multiplied(left, right)
        assert (made.value, made.high) == (8, high)
    assert multiplied(plain, level("4")).high is None


def test_what_is_added() -> None:
    step = level("5", expression="5 more")
    assert parts_of(raised(level("100"), step)) == (
        "105", None, "CNY_100M", None, "x(2020) + 5 more",
    )  # fmt: skip
    least, most = (raised(level("100", bound=each), step) for each in ("at_least", "at_most"))
    assert (least.value, least.high, least.comparator) == (105, None, "at_least")
    assert (most.value, most.high, most.comparator) == (105, None, "at_most")
    ranged, wide = (
        level(low, high=high, bound="between") for low, high in (("5", "7"), ("1", "3"))
    )
    assert (raised(level("100"), ranged).value, raised(level("100"), ranged).high) == (105, 107)
    assert (raised(wide, level("10")).value, raised(wide, level("10")).high) == (11, 13)
    assert (raised(wide, ranged).value, raised(wide, ranged).high) == (6, 10)
    down = level("-3", high="0", bound="between")  # from three less to no change
    assert (raised(level("100"), down).value, raised(level("100"), down).high) == (97, 100)


# None, then the bounds of a figure; what two of them make of a product, and whether they contradict.
@pytest.mark.parametrize(
    ("left", "right", "bound", "opposed"),
    [
        (None, None, None, False),
        ("reach", None, "reach", False),
        ("reach", "reach", "reach", False),
        ("about", None, "about", False),
        ("about", "reach", "about", False),
        ("at_least", None, "at_least", False),
        ("at_least", "reach", "at_least", False),
        ("at_least", "above", "above", False),
        ("at_most", "below", "below", False),
        ("at_most", "reach", "at_most", False),
        ("at_least", "about", "about", False),
        ("at_most", "at_least", None, True),
        ("below", "above", None, True),
        ("below", "at_least", None, True),
    ],
)
def test_bounds_of_a_product(
    left: str | None, right: str | None, bound: str | None, opposed: bool
) -> None:
    for one, other in ((left, right), (right, left)):
        made = multiplied(level("2", bound=one), level("3", "multiple", bound=other))
        assert made.comparator == bound
        assert made.caveats == ((Caveat.BOUNDS_OPPOSED,) if opposed else ())


@pytest.mark.parametrize(
    ("bound", "comparator", "value", "high"),
    [
        (None, "between", 8, 10),
        ("reach", "between", 8, 10),
        ("about", "between", 8, 10),
        ("at_least", "at_least", 8, None),
        ("above", "above", 8, None),
        ("at_most", "at_most", 10, None),
        ("below", "below", 10, None),
    ],
)
def test_of_a_range_and_a_bound_the_bound_is_left(
    bound: str | None, comparator: str, value: int, high: int | None
) -> None:
    ranged = level("4", high="5", bound="between")
    made = multiplied(ranged, level("2", "multiple", bound=bound))
    assert (made.comparator, made.value, made.high) == (comparator, value, high)


def test_results_carry_all_they_were_made_from_once() -> None:
    left = level("2", operands=(A,), assumptions=(ASSUMED,), caveats=(Caveat.WEAK_SOURCE,))
    right = level(
        "3", "percent", operands=(B, A), assumptions=(ALSO, ASSUMED),
        caveats=(Caveat.EVEN_PATH, Caveat.WEAK_SOURCE),
    )  # fmt: skip
    for made in (
        times(left, right, "CNY_100M", TABLE),
        divided(left, right, "CNY_100M", TABLE),
        multiplied(left, right),
        raised(left, right),
    ):
        assert made.operands == (A, B)
        assert made.assumptions == (ASSUMED, ALSO)
        assert made.caveats == (Caveat.WEAK_SOURCE, Caveat.EVEN_PATH)
    opposed = multiplied(
        level("2", bound="above", caveats=(Caveat.WEAK_SOURCE,)), level("3", bound="below")
    )
    assert opposed.caveats == (Caveat.WEAK_SOURCE, Caveat.BOUNDS_OPPOSED)


def test_another_unit_raises_an_error_that_names_the_units() -> None:
    with pytest.raises(ip.IncomparableError) as caught:
        times(level("2"), level("3", "person"), "CNY_100M", TABLE)
    assert (caught.value.left, caught.value.right) == ("CNY_100M*person", "CNY_100M")
    with pytest.raises(ip.IncomparableError) as caught:
        divided(level("2"), level("3", "person"), "percent", TABLE)
    assert (caught.value.left, caught.value.right) == ("CNY_100M/person", "percent")


def test_own_units_raise_an_error_that_names_them() -> None:
    own = bundled_units().with_("robot = [robots]\n")
    with pytest.raises(ip.IncomparableError) as caught:
        times(level("2", "robot"), level("3", "robot"), "robot", own)
    assert (caught.value.left, caught.value.right) == ("robot*robot", "robot")


# ------------------------------------------------------------------ what is behind a level
@pytest.mark.parametrize(
    ("origins", "planned", "targeted"),
    [
        ((), False, False),
        (("observation",), False, False),
        (("observation", "observation"), False, False),
        (("observation", "target"), True, True),
        (("baseline",), True, True),
        (("observation", "assumption"), True, False),
    ],
)
def test_whether_a_level_is_made_from_a_plan(
    origins: tuple[str, ...], planned: bool, targeted: bool
) -> None:
    operands = tuple(operand(f"key-{at}", origin) for at, origin in enumerate(origins))
    made = level("1", operands=operands)
    assert (made.planned, made.targeted) == (planned, targeted)


def test_assumptions_are_no_inputs() -> None:
    made = level("1", operands=(B, operand("c", Origin.ASSUMPTION), A, B))
    assert made.keys == ("b", "a")


def test_caveats_are_added_once() -> None:
    once = level("1").with_caveats(Caveat.EVEN_PATH)
    again = once.with_caveats(Caveat.WEAK_SOURCE, Caveat.EVEN_PATH)
    assert again.caveats == (Caveat.EVEN_PATH, Caveat.WEAK_SOURCE)


def test_a_level_is_rounded_to_twelve_digits() -> None:
    made = level("1.23456789012345", high="2.00000000000049").rounded()
    assert (str(made.value), str(made.high)) == ("1.23456789012", "2.00000000000")
    assert level("1.23456789012345").rounded().high is None


def test_an_assumption_is_known_by_what_it_is_about() -> None:
    assert assumption().key == "assumption:XX/thing/level/2025"
    assert assumption().text() == "thing 2025: 5%"
    assert assumption().text("zh") == "thing 2025：5%"
    growth = assumption(form="average_growth", start_year=2021, unit="percent_per_year")
    assert growth.key == "assumption:XX/thing/average_growth/2021-2025"
    assert growth.text() == "thing 2021-2025: average annual growth of 5%"
    assert growth.text("zh") == "thing 2021-2025：年均增长5%"


def test_the_text_of_an_operand_has_its_bound() -> None:
    assert operand("a", value="5", comparator="at_least").text() == "at least 5%"
    assert operand("a", value="5", comparator="at_least").text("zh") == "5%以上"
    assert operand("a", value="5", value_high="6").text() == "5% to 6%"
    growth = operand("a", form="average_growth", unit="percent_per_year", value="5")
    assert growth.text() == "average annual growth of 5%"


def test_an_assumption_takes_records_and_is_one_of_several(plans: ip.Dataset) -> None:
    assumed = ip.Assumption(
        indicator=plans.indicator("gdp"),
        region=plans.region("HB"),
        year=2025,
        value=1,
        unit="CNY_1T",
    )
    assert (assumed.indicator, assumed.region) == ("gdp", "CN-HB")
    assert several_assumptions(assumed) == several_assumptions([assumed]) == (assumed,)
