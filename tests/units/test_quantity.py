"""The rules of arithmetic, one test per rule, and the choice of the registry."""

from __future__ import annotations

import operator
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal, localcontext
from itertools import permutations
from typing import Any

import pint
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.text.labels import amount
from innovation_plans.units.quantity import bundled_units, current_registry, in_unit, same_measure
from innovation_plans.units.words import unit_words

UNITS = list(bundled_units())
PAIRS = [
    (one.name, two.name) for one, two in permutations(UNITS, 2) if one.dimension == two.dimension
]


@pytest.fixture(scope="module")
def default_registry():
    return pint.UnitRegistry()


@pytest.fixture
def host(default_registry):
    """The registry of another program, used for one test."""
    ip.use_registry(default_registry)
    yield default_registry
    ip.use_registry(None)


# ------------------------------------------------------------------ rules of arithmetic

UNLIKE = [
    ("inhabitant", "employed_person"),
    ("inhabitant", "person"),
    ("employed_person", "person"),
    ("inhabitant_10K", "employed_person_10K"),
    ("person", "person_year"),
    ("person_year_per_10k_population", "person_year_per_10k_employed"),
    ("person_year_per_10k_employed", "person_per_10k_employed"),
    ("percent", "percentage_point"),
    ("percent", "percent_per_year"),
    ("percentage_point", "percent_per_year"),
    ("percent_per_year", "multiple"),
    ("percent", "multiple"),
    ("percent", "rank"),
    ("rank", "item"),
    ("rank", "person"),
    ("patent", "item"),
    ("enterprise", "legal_entity"),
    ("CNY", "USD"),
    ("CNY_100M", "CNY_per_USD"),
    ("index_1978_100", "percent"),
]


@pytest.mark.parametrize(("left", "right"), UNLIKE)
def test_meaningless_arithmetic_raises_an_error(left, right):
    one, two = ip.quantity(1, left), ip.quantity(1, right)
    for operation in (
        lambda: one + two,
        lambda: two - one,
        lambda: one < two,
        lambda: one.to(right),
        lambda: two.to(left),
        lambda: ip.convert(1, left, right),
        lambda: ip.convert(1, right, left),
    ):
        with pytest.raises(ip.IncomparableError):
            operation()
    assert one != two
    assert not same_measure(left, right)


def test_a_person_year_is_not_a_time():
    effort = ip.quantity(60, "person_year_per_10k_population")
    assert effort.to_base_units().units == ip.quantity("1 人年/inhabitant").units
    assert effort.to("person_year/inhabitant").magnitude == Decimal("0.006")
    assert "[time]" not in effort.dimensionality


@pytest.mark.parametrize(
    "operation",
    [
        lambda left, right: left + right,
        lambda left, right: left < right,
        lambda left, right: left.to(right.units),
        lambda left, right: ip.convert(left.magnitude, f"{left.units}", f"{right.units}"),
    ],
    ids=["+", "<", "to", "convert"],
)
def test_the_named_missing_factor_makes_the_quantities_comparable(operation):
    per_resident = ip.quantity(90, "person_year_per_10k_population")
    per_employed = ip.quantity(70, "person_year_per_10k_employed")
    with pytest.raises(ip.IncomparableError) as caught:
        operation(per_resident, per_employed)
    assert caught.value.factor == "employed_person/inhabitant"
    assert "employed_person/inhabitant" in str(caught.value)
    bridged = per_employed * ip.quantity(f"0.52 {caught.value.factor}")
    assert bridged.to("person_year_per_10k_population").magnitude == Decimal("36.4")


@pytest.mark.parametrize(
    ("left", "right", "factor"),
    [
        ("CNY_100M", "USD", "CNY/USD"),
        ("person", "CNY", "person/CNY"),
        ("CNY", "percent", "CNY"),
        ("CNY*CNY", "USD*USD", "CNY*CNY/USD/USD"),
    ],
)
def test_convert_names_the_missing_factor(left, right, factor):
    with pytest.raises(ip.IncomparableError) as caught:
        ip.convert("3.5", left, right)
    error = caught.value
    assert (error.left, error.right, error.factor) == (f"3.5 {left}", right, factor)
    assert str(error).endswith(f"multiply the right side by a quantity in {factor}")
    assert same_measure(left, f"{right}*{factor}")


def test_currencies_are_converted_only_with_a_rate():
    rate = ip.quantity("7.1 CNY_per_USD")
    assert (ip.quantity("10 美元") * rate).to("元").magnitude == 71


def test_500_yi_are_exactly_a_twentieth_of_a_wanyi():
    made = ip.quantity("500 亿元").to("万亿元").magnitude
    assert isinstance(made, Decimal)
    assert made == Decimal("0.05")
    assert ip.convert(500, "亿元", "万亿元") == Decimal("0.05")


def test_shares_add_up_exactly():
    total = ip.quantity("2.3 %") + ip.quantity("0.4 %") + ip.quantity("0.3 %")
    assert total >= ip.quantity("3.0 percent")


# ------------------------------------------------------------------ quantity


@pytest.mark.parametrize(
    ("text", "magnitude", "unit"),
    [
        ("14 万亿元", "14", "CNY_1T"),
        ("14万亿元", "14", "CNY_1T"),
        ("  14  万亿元 ", "14", "CNY_1T"),
        ("3.2%", "3.2", "percent"),
        ("-0.4 个百分点", "-0.4", "percentage_point"),
        ("+7 percent_per_year", "7", "percent_per_year"),
        ("1,651.73 亿元", "1651.73", "CNY_100M"),
        ("1,000,000 件", "1000000", "patent"),
        ("5 位", "5", "rank"),
        ("2 倍", "2", "multiple"),
        ("872238 人年", "872238", "person_year"),
    ],
)
def test_text_contains_a_number_and_a_unit(text, magnitude, unit):
    made = ip.quantity(text)
    assert isinstance(made.magnitude, Decimal)
    assert made.magnitude == Decimal(magnitude)
    assert str(made.units) == unit


@pytest.mark.parametrize("value", [3.2, "3.2", Decimal("3.2")])
def test_a_number_and_a_unit_may_be_separated(value):
    assert ip.quantity(value, "percent") == ip.quantity("3.2 %")


def test_units_can_be_combined():
    factor = ip.quantity("0.52 employed_person/inhabitant")
    assert factor.magnitude == Decimal("0.52")
    assert dict(factor.dimensionality) == {"[employment]": 1, "[population]": -1}
    assert ip.quantity("3 元 * 件 / 人").units == ip.quantity("1 CNY*patent/person").units
    assert ip.quantity("3 CNY/CNY").dimensionless


HOSTILE = [
    "",
    "   ",
    "5",
    "percent",
    "10**10**10",
    "9**9**9 m",
    "2**100000000",
    "m**(9**9**9)",
    "1e999999",
    "1E+999999999 元",
    "1e-999 元",
    "9" * 5000,
    "9" * 300 + " 元",
    "9" * 31 + " 元",
    "9." + "9" * 31 + " 元",
    "(" * 5000,
    "m" + "*m" * 5000,
    "1 " + "CNY*" * 90 + "CNY",
    "1" + "**1" * 5000,
    "5 " + "m" * 300,
    "NaN",
    "NaN percent",
    "inf percent",
    "-inf percent",
    "1_000 percent",
    "0x10 percent",
    "True percent",
    ".5 percent",
    "5. percent",
    "--5 percent",
    "+-5 percent",
    "1,00 元",
    "1,0000 元",
    "1000,000 元",
    "1 000 元",
    "1\n2 元",
    "5 5 元",
    "5–8 元",
    "5-8 元",
    "3.2~3.5 percent",
    "3.2-3.5%",
    "3.2 percent; 5",
    "3.2 percent @ 2025",
    "3.2percent|4",
    "3.2 percent & 5 m",
    "3.2% R&D",
    "3.2+/-0.1",
    "3.2+/-0.1 percent",
    "3.2 percent + 1",
    "3.2 percent percent",
    "3.2 pct",
    "3.2 pp",
    "3.2 unit",
    "12 patent per 10000 person",
    "12 patent/10000",
    "12 10000*CNY",
    "12 CNY *10000",
    "12 CNY*\t1000",
    "12 CNY/\n1000",
    "12 1",
    '"abc" CNY',
    '__import__("os")',
    '5 __import__("os")',
    "5 __class__",
    "5 define",
    "5 Quantity",
    "5 meter",
    "5 kiloCNY",
    "\u202e3.2 percent",
    "3.2 \u202epercent",
    "3.2 percent\u202e",
    "3.2\0",
    "3.2\0 percent",
    "3.2 percent\0",
    "第5 位",
    "3 亿 元",
    "3 亿元·年",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[1:31])
def test_invalid_text_raises_one_error(text):
    with pytest.raises(ip.FigureError) as caught:
        ip.quantity(text)
    assert len(str(caught.value)) < 300
    assert str(caught.value).isprintable()


FOREIGN = {"5 meter", "3.2 pp"}  # the other registry has these: pp is a printer's point


@pytest.mark.parametrize(
    "text", [each for each in HOSTILE if each not in FOREIGN], ids=lambda text: ascii(text)[1:31]
)
@pytest.mark.usefixtures("host")
def test_invalid_text_raises_an_error_in_a_chosen_registry_too(text):
    with pytest.raises(ip.FigureError):
        ip.quantity(text)


@given(st.text(max_size=20), st.sampled_from(["", "5 ", "3.2", "-1,000 "]))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_quantity_or_a_figure_error(text, number):
    with suppress(ip.FigureError):
        assert ip.quantity(number + text).magnitude.is_finite()


@pytest.mark.parametrize("unit", ["", "nonsense", "10**10**10", "5", "CNY*5", "CNY/0"])
def test_an_invalid_unit_after_a_number_raises_an_error(unit):
    with pytest.raises(ip.FigureError):
        ip.quantity(5, unit)


@pytest.mark.parametrize("value", [True, None, [5]])
def test_what_is_neither_text_nor_a_number_raises_an_error(value):
    with pytest.raises(ip.FigureError, match="expected a number: Decimal, int, str or float"):
        ip.quantity(value)


@pytest.mark.parametrize("value", [5, 5.0, Decimal(5)])
def test_a_number_without_a_unit_raises_an_error(value):
    with pytest.raises(ip.FigureError, match="expected a unit after the number"):
        ip.quantity(value)


@pytest.mark.parametrize("value", [True, None, float("nan"), float("inf"), "1e9", "1,000"])
def test_an_invalid_number_raises_an_error(value):
    with pytest.raises(ip.FigureError):
        ip.quantity(value, "percent")


def test_the_message_shows_how_a_quantity_is_written():
    with pytest.raises(ip.FigureError, match="expected a number and a unit, as in '14 万亿元'"):
        ip.quantity("fourteen")


# ------------------------------------------------------------------ convert


@given(st.decimals(-(10**15), 10**15, places=6, allow_nan=False))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_conversion_is_exact_in_both_directions(number):
    for one, two in PAIRS:
        assert ip.convert(ip.convert(number, one, two), two, one) == number


def test_there_are_enough_pairs_to_mean_something():
    assert len(PAIRS) >= 20
    assert ("CNY_100M", "CNY_1T") in PAIRS


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_convert_and_pint_agree(one, two):
    number = Decimal("1651.73")
    assert ip.quantity(number, one).to(two).magnitude == ip.convert(number, one, two)


def test_convert_keeps_every_digit_in_any_context():
    number = Decimal("9" * 30 + "." + "9" * 30)
    with localcontext(prec=3):
        assert ip.convert(number, "亿元", "元") == Decimal("9" * 38 + "." + "9" * 22)
        assert ip.convert(number, "元", "亿元") == Decimal("9" * 22 + "." + "9" * 38)


def test_convert_takes_aliases_and_joined_units():
    assert ip.convert("3.5", "人年/inhabitant", "person_year_per_10k_population") == 35_000
    assert ip.convert(1, "CNY_100M/USD", "CNY_per_USD") == 10**8


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("nonsense", "CNY"),
        ("CNY", "nonsense"),
        ("nonsense", "nonsense"),
        ("10**10**10", "10**10**10"),
        ("CNY", "CNY/0"),
        ("CNY", "0*CNY"),
        ("", ""),
    ],
)
def test_convert_raises_an_error_for_an_invalid_unit(source, target):
    with pytest.raises(ip.FigureError):
        ip.convert(1, source, target)


@pytest.mark.parametrize("value", [True, None, float("nan"), "1e9", "1_000", ""])
def test_convert_raises_an_error_for_an_invalid_number(value):
    with pytest.raises(ip.FigureError):
        ip.convert(value, "CNY", "CNY_100M")


def test_convert_uses_an_own_table():
    table = ip.UnitTable("loom = [looms]\nloom_dozen = 12 * loom = 打")
    assert ip.convert(3, "打", "loom", table=table) == 36
    assert same_measure("loom", "打", table=table)
    with pytest.raises(ip.FigureError):
        ip.convert(3, "打", "loom")


# ------------------------------------------------------------------ registries


def test_there_is_one_registry():
    assert current_registry() is current_registry()
    assert ip.quantity(1, "CNY") + ip.quantity(1, "CNY") == ip.quantity(2, "CNY")


def test_quantities_of_a_chosen_registry_combine_with_those_of_its_owner(host):
    assert current_registry() is host
    assert ip.quantity("3 亿元") + host.Quantity(1, "CNY_100M") == host.Quantity(4, "亿元")
    assert (ip.quantity("3 亿元") / host.Quantity(2, "meter")).check("[currency_CNY]/[length]")


def test_a_chosen_registry_keeps_its_own_units(host):
    assert ip.quantity(5, "meter") == host.Quantity(500, "centimeter")
    assert ip.quantity("5 meter").check("[length]")


def test_a_chosen_registry_keeps_the_rules_of_the_package(host):
    for left, right in UNLIKE:
        with pytest.raises(pint.DimensionalityError):
            ip.quantity(1, left) + host.Quantity(1, right)


@pytest.mark.usefixtures("host")
def test_the_functions_raise_their_errors_in_a_chosen_registry():
    yuan, people = ip.quantity(1, "CNY"), ip.quantity(1, "person")
    for verb in (ip.ratios.share, ip.ratios.gap, ip.ratios.per_10k):
        with pytest.raises(ip.IncomparableError):
            verb(yuan, people)
    with pytest.raises(ip.IncomparableError):
        ip.growth.average_growth(yuan, people, 3)
    with pytest.raises(ip.IncomparableError):
        ip.growth.compound(ip.quantity("7 %"), 5)


@pytest.mark.usefixtures("host")
def test_the_functions_work_in_a_chosen_registry():
    assert ip.ratios.gap(ip.quantity("3.2 %"), ip.quantity("2.8 %")).m_as(
        "percentage_point"
    ) == pytest.approx(0.4)
    assert ip.growth.compound(ip.quantity(7, "percent_per_year"), 5).m_as(
        "multiple"
    ) == pytest.approx(1.4025517307)


def test_use_registry_none_restores_the_registry_of_the_package(default_registry):
    own = current_registry()
    ip.use_registry(default_registry)
    try:
        assert current_registry() is default_registry
    finally:
        ip.use_registry(None)
    assert current_registry() is own
    assert isinstance(ip.quantity("3 亿元").magnitude, Decimal)
    with pytest.raises(ip.FigureError):
        ip.quantity(5, "meter")


def test_a_registry_in_decimals_stays_exact():
    ip.use_registry(pint.UnitRegistry(non_int_type=Decimal))
    try:
        made = ip.quantity("500 亿元").to("万亿元").magnitude
    finally:
        ip.use_registry(None)
    assert isinstance(made, Decimal)
    assert made == Decimal("0.05")


def test_define_units_redefines_nothing_of_pints_own():
    registry = pint.UnitRegistry()
    before = dict(registry._units)
    names = set(dir(registry))
    ip.define_units(registry)
    assert {"percent", "count", "meter"} <= names
    assert all(registry._units[name] is definition for name, definition in before.items())
    assert registry.Quantity(50, "percent").to("dimensionless").magnitude == 0.5
    once = dict(registry._units)
    ip.define_units(registry)
    assert dict(registry._units) == once


def test_no_unit_name_has_another_meaning_in_pint():
    """Except percent, which has the same meaning in pint."""
    registry = pint.UnitRegistry()
    names = [name for unit in UNITS for name in (unit.name, *unit.aliases)]
    assert [name for name in names if name in registry] == ["percent", "%"]
    assert registry.Quantity(1, "percent").to("").magnitude == pytest.approx(0.01)


@pytest.mark.parametrize(
    "made",
    [pint.LazyRegistry, lambda: pint.registry.ApplicationRegistry(pint.LazyRegistry())],
    ids=["lazy", "application"],
)
def test_a_registry_that_is_not_built_yet_is_accepted(made):
    """`pint.get_application_registry()` is not built yet."""
    registry = made()
    ip.define_units(registry)
    assert registry.Quantity(2, "CNY_1T").to("亿元").magnitude == pytest.approx(20_000)
    assert registry.Quantity(50, "percent").to("dimensionless").magnitude == 0.5


def test_a_registry_keeps_its_unit_with_the_name_of_one_of_ours():
    registry = pint.UnitRegistry()
    registry.define("person = [humanity]")
    ip.define_units(registry)
    assert registry.Quantity(1, "person").check("[humanity]")
    assert registry.Quantity(1, "person_year").check("[research_effort]")


CONCURRENT_FIRST_USE = """
import sys, threading
from decimal import Decimal
import innovation_plans as ip

sys.setswitchinterval(1e-6)
barrier = threading.Barrier(16)
registries, failures = [], []

def first_use():
    barrier.wait()
    try:
        made = ip.quantity("500 亿元")
        assert made.to("万亿元").magnitude == Decimal("0.05")
        registries.append(made._REGISTRY)
    except BaseException as error:
        failures.append(repr(error))

threads = [threading.Thread(target=first_use) for _ in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(registries), len(set(map(id, registries))), failures)
"""


def test_first_use_by_many_threads_builds_one_registry():
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", CONCURRENT_FIRST_USE],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert (ran.stdout.strip(), ran.stderr) == ("16 1 []", "")


def test_pint_is_not_imported_before_the_first_quantity():
    code = "import sys, innovation_plans as ip; ip.convert(1, '元', '亿元'); print('pint' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], check=True, capture_output=True, text=True
    )
    assert ran.stdout.strip() == "False"


def test_a_quantity_of_one_table_is_given_in_a_unit_of_another():
    robots = bundled_units().with_("robot = [robots]\nrobot_1K = 1000 * robot")
    more = robots.with_("robot_1M = 1000 * robot_1K")
    quantity = ip.quantity(5, "robot_1K", table=robots)
    assert in_unit(quantity, "robot_1M", table=more).magnitude == Decimal("0.005")


# ------------------------------------------------------------------ units in words

# A rank is printed as an ordinal, an index with its base in brackets.
PRINTED_WITH_A_NUMBER = [
    unit.name for unit in UNITS if unit.name != "rank" and not unit.name.startswith("index_")
]
PRINTED = [Decimal(1), Decimal("3.5"), Decimal(5500), Decimal(80000)]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("token", PRINTED_WITH_A_NUMBER)
def test_a_printed_amount_reads_back(token, lang):
    if unit_words()[token].get("counts_the_noun", {}).get(lang):
        assert amount(Decimal(3), token, lang) == "3"
        return
    for value in PRINTED:
        printed = ip.quantity(amount(value, token, lang))
        assert printed == ip.quantity(value, token), amount(value, token, lang)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("3 billion yuan", "3", "CNY_1B"),
        ("3bn yuan", "3000000000", "CNY"),
        ("1.2万亿元", "1.2", "CNY_1T"),
        ("2万人年", "20000", "person_year"),
        ("-3 billion yuan", "-3", "CNY_1B"),
        ("10 million residents", "10000000", "inhabitant"),
    ],
)
def test_units_in_words_are_read(text, number, unit):
    assert ip.quantity(text) == ip.quantity(number, unit)


@pytest.mark.parametrize(
    "unit", ["billion", "million million yuan", "million*yuan", "st", "万", ""]
)
def test_a_magnitude_without_a_unit_is_no_unit(unit):
    with pytest.raises(ip.FigureError):
        ip.quantity(3, unit)
    with pytest.raises(ip.FigureError):
        ip.convert(3, unit, "CNY")


def test_units_in_words_convert_and_are_not_kept():
    assert ip.convert(3, "billion yuan", "yuan") == 3 * 10**9
    before = len(bundled_units().steps)
    assert ip.convert(3, "million patents", "patent") == 3 * 10**6
    assert len(bundled_units().steps) == before


def test_magnitudes_are_read_in_a_registry_of_ones_own(host):
    assert ip.quantity("3 billion yuan") == host.Quantity(3, "CNY_1B")
    assert str(ip.quantity("3 day").units) == "day"  # the unit of the registry goes first


def test_a_quantity_converts_to_a_unit_in_words():
    quantity = ip.quantity("3 billion yuan")
    assert quantity.to("yuan").magnitude == 3 * 10**9
    assert quantity.m_as("100 million yuan") == 30
    quantity.ito("亿元")
    assert quantity.magnitude == 30


# ------------------------------------------------------------------ wrong operands

OPERATORS = ["add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "lt", "le", "gt", "ge"]
NO_NUMBERS = ["3 亿元", "x", b"3", None, True, [1], (1,), {"a": 1}, object(), ip.load().targets[0]]


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("other", NO_NUMBERS, ids=lambda other: type(other).__name__)
def test_a_wrong_operand_is_named(name, other):
    operation = getattr(operator, name)
    for operands in ((ip.quantity("14 万亿元"), other), (other, ip.quantity("14 万亿元"))):
        if name == "mod" and isinstance(operands[0], str | bytes):
            continue  # Python formats the text
        with pytest.raises(ip.ArgumentTypeError, match="operand: expected a number or a quantity"):
            operation(*operands)


@pytest.mark.parametrize("name", OPERATORS)
def test_a_quantity_of_another_registry_is_refused(name):
    foreign = pint.UnitRegistry().Quantity(3, "meter")
    with pytest.raises(ip.IncomparableError, match="registry of its own"):
        getattr(operator, name)(ip.quantity("14 万亿元"), foreign)
    assert ip.quantity("14 万亿元") != foreign


@pytest.mark.parametrize("name", ["add", "sub", "lt", "le", "gt", "ge"])
@pytest.mark.parametrize("number", [3, 0.03, Decimal("0.03")])
def test_a_percentage_and_a_bare_number_are_not_mixed(name, number):
    share = ip.quantity("3.5 percent")
    for operands in ((share, number), (number, share)):
        with pytest.raises(ip.IncomparableError, match=r"write quantity\('.* percent'\)"):
            getattr(operator, name)(*operands)
    assert share > 0
    assert share.to("") < 1
    assert sum([share, share]) == 2 * share == ip.quantity("7 percent")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ip.quantity("3.5%").to("元"), "percent and CNY are different measures"),
        (lambda: ip.convert(5, "percent", "元"), "percent and CNY are different measures"),
        (lambda: ip.convert(5, "percent", "percentage_point"), "ratios.gap and ratios.shift"),
        (
            lambda: ip.growth.compound(ip.quantity("5%"), 5),
            'a rate is quantity("5 percent_per_year")',
        ),
    ],
)
def test_a_share_is_no_amount_and_no_rate(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(ip.IncomparableError, match=re.escape(message)) as caught:
        make()
    assert "1/" not in str(caught.value)


def test_growth_names_the_argument_that_is_no_quantity() -> None:
    level, rate = ip.quantity("10 亿元"), ip.quantity("5 percent_per_year")
    calls: dict[str, Callable[[], Any]] = {
        "rate": lambda: ip.growth.level_after(level, 10, 5),
        "start": lambda: ip.growth.level_after(10, rate, 5),
        "end": lambda: ip.growth.average_growth(level, 10, 5),
        "multiple": lambda: ip.growth.annual(2, 5),
    }
    for name, call in calls.items():
        with pytest.raises(ip.ArgumentTypeError, match=f"^{name}: expected a quantity"):
            call()


def test_wide_digits_are_read_and_long_numbers_named() -> None:
    assert ip.quantity("１２．５ 亿元") == ip.quantity("12.5 亿元")
    with pytest.raises(ip.FigureError, match="at most 30 digits"):
        ip.quantity("1" * 31 + " 元")


def test_a_unit_of_a_table_is_not_its_name(plans: ip.Dataset) -> None:
    unit = plans.units["CNY_100M"]
    calls: list[Callable[[], Any]] = [
        lambda: ip.quantity(1, unit),
        lambda: ip.convert(1, unit, "CNY"),
        lambda: ip.read_figure("3亿元", unit=unit),
        lambda: ip.frames.convert(plans.targets[:1].to_pandas(), unit),
        lambda: plans.targets.where(unit=unit),
    ]
    for call in calls:
        with pytest.raises(ip.FigureError, match="expected the name 'CNY_100M'"):
            call()
