"""The closed grammar of units, and the factors."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from itertools import product
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.units.registry import PlanRegistry
from innovation_plans.units.table import UnitTable, bundled_units

UNITS = list(bundled_units())
each_unit = pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)

MONEY = """
# money
CNY = [currency_CNY] = 元 = 人民币
CNY_100M = 100000000 * CNY = 亿元   # a comment

USD = [currency_USD]
"""


@pytest.fixture(scope="module")
def pint_registry():
    return PlanRegistry(bundled_units())


# ------------------------------------------------------------------ the file


def test_a_file_is_read_line_by_line():
    table = UnitTable(MONEY)
    assert [unit.name for unit in table] == ["CNY", "CNY_100M", "USD"]
    assert len(table) == 3
    assert table.definitions == (
        "CNY = [currency_CNY] = 元 = 人民币",
        "CNY_100M = 100000000 * CNY = 亿元",
        "USD = [currency_USD]",
    )
    assert table.unit("CNY_100M") == (
        "CNY_100M",
        Fraction(100_000_000),
        (("currency_CNY", 1),),
        ("亿元",),
    )


@pytest.mark.parametrize("text", [None, 3, ["CNY = [currency_CNY]"], b"CNY = [currency_CNY]"])
def test_a_table_is_made_from_text(text):
    with pytest.raises(ip.ArgumentTypeError, match="text: expected the definitions of units"):
        UnitTable(text)


def test_units_are_in_a_table_by_every_name():
    table = UnitTable(MONEY)
    assert "CNY" in table
    assert "元" in table
    assert table.unit("元") in table
    assert bundled_units().unit("percent") not in table
    assert "yuan" in bundled_units()
    assert "yuon" not in bundled_units()
    assert "CNY*CNY" not in table
    assert None not in table


def test_the_symbol_is_the_first_alias_else_the_name():
    table = UnitTable(MONEY)
    assert [unit.symbol for unit in table] == ["元", "亿元", "USD"]


def test_an_underscore_means_no_symbol():
    unit = UnitTable("CNY = [currency_CNY] = _ = 人民币").unit("CNY")
    assert unit.aliases == ("人民币",)


def test_a_table_can_extend_another():
    table = UnitTable("CNY_10K = 10000 * 元", base=UnitTable(MONEY))
    assert [unit.name for unit in table] == ["CNY", "CNY_100M", "USD", "CNY_10K"]
    assert table.factor("亿元", "CNY_10K") == 10_000
    assert "CNY_10K" not in UnitTable(MONEY)


def test_an_empty_file_defines_nothing():
    assert len(UnitTable("\n  # nothing\n\n")) == 0


@pytest.mark.parametrize(
    "line",
    [
        "CNY",
        "= [currency_CNY]",
        "CNY =",
        "CNY = [currency_CNY] =",
        "CNY = [Currency]",
        "CNY = [currency CNY]",
        "CNY = []",
        "CNY = 10**10",
        "CNY = currency",
        "CNY = 2 * CNY",
        "10CNY = [currency_CNY]",
        "C NY = [currency_CNY]",
        "CNY = [currency_CNY] = 人 民币",
        "CNY = [currency_CNY] = 10",
        "@alias CNY = yuan",
        "kilo- = 1000",
        "CNY\0 = [currency_CNY]",
    ],
)
def test_a_line_without_a_definition_raises_an_error(line):
    with pytest.raises(ip.FigureError) as caught:
        UnitTable(line)
    assert caught.value.expected


def test_the_error_of_an_invalid_line_shows_a_definition():
    for line, position, sign in (
        ("EUR = [currency] = €", 19, "€"),
        ("US$ = USD", 2, "$"),
        ("kWh = [energy] = kilowatt-hours", 25, "-"),
    ):
        with pytest.raises(ip.FigureError, match="letters and digits") as caught:
            UnitTable(line)
        assert (caught.value.position, caught.value.expected[-2:-1]) == (position, sign)
    with pytest.raises(ip.FigureError, match=r"cannot read 'CNY' .*: expected token = definition"):
        UnitTable("CNY")


# ------------------------------------------------------------------ conflicts


@pytest.mark.parametrize(
    ("line", "taken", "by"),
    [
        ("CNY = [yuan]", "CNY", "CNY"),
        ("CNY = [currency_CNY]", "CNY", "CNY"),
        ("CNY_100M = 100 * CNY = 亿元", "CNY_100M", "CNY_100M"),
        ("元 = [yuan]", "元", "CNY"),
        ("yuan = [yuan] = 元", "元", "CNY"),
        ("yuan = [yuan] = _ = CNY_100M", "CNY_100M", "CNY_100M"),
    ],
)
def test_a_name_is_defined_once(line, taken, by):
    with pytest.raises(ip.ConflictError) as caught:
        UnitTable(line, base=UnitTable(MONEY))
    assert str(caught.value) == (
        f"unit {taken!r}: it is a name of {by} already and {line!r} defines it again; "
        "choose another token"
    )
    assert caught.value.what == f"unit {taken!r}"


def test_an_invalid_line_does_not_change_the_base():
    base = UnitTable(MONEY)
    with pytest.raises(ip.ConflictError):
        UnitTable("CNY_10K = 10000 * CNY\nCNY = [yuan]", base=base)
    assert [unit.name for unit in base] == ["CNY", "CNY_100M", "USD"]


@pytest.mark.parametrize(
    "line", ["USD = [currency_USD]", "  USD=[currency_USD] # again", "CNY_100M=100000000*元=亿元"]
)
def test_a_repeated_definition_counts_once(line):
    assert len(UnitTable(line, base=UnitTable(MONEY))) == 3


# ------------------------------------------------------------------ the grammar


@pytest.mark.parametrize(
    ("text", "factor", "dimension"),
    [
        ("CNY", 1, {"currency_CNY": 1}),
        ("万亿元", 10**12, {"currency_CNY": 1}),
        ("%", Fraction(1, 100), {}),
        ("CNY*CNY", 1, {"currency_CNY": 2}),
        ("CNY / CNY", 1, {}),
        ("  CNY  /  inhabitant  ", 1, {"currency_CNY": 1, "population": -1}),
        ("人年/inhabitant_10K", Fraction(1, 10_000), {"research_effort": 1, "population": -1}),
        ("CNY/USD*USD", 1, {"currency_CNY": 1}),
        ("1/inhabitant", 1, {"population": -1}),
        ("CNY/10000", Fraction(1, 10_000), {"currency_CNY": 1}),
        ("0.5*CNY", Fraction(1, 2), {"currency_CNY": 1}),
        ("CNY*CNY*CNY*CNY*CNY*CNY", 1, {"currency_CNY": 6}),
    ],
)
def test_units_are_combined_by_multiplication_and_division(text, factor, dimension):
    unit = bundled_units().unit(text)
    assert unit.factor == factor
    assert dict(unit.dimension) == dimension


HOSTILE = {
    "empty": ("", 0),
    "blanks": ("   ", 0),
    "power": ("CNY**2", 3),
    "power of powers": ("10**10**10", 2),
    "caret": ("CNY^2", 3),
    "superscript": ("CNY²", 3),
    "too many factors": ("CNY" + "*CNY" * 6, 23),
    "five thousand factors": ("m" + "*m" * 5000, 200),
    "five thousand powers": ("1" + "**1" * 5000, 200),
    "bracket": ("(CNY)", 0),
    "five thousand brackets": ("(" * 5000, 200),
    "five thousand minus": ("-" * 5000, 200),
    "five thousand nines": ("9" * 5000, 200),
    "a million letters": ("m" * 1_000_000, 200),
    "sixteen digits": ("9" * 16, 15),
    "nul": ("CNY\0", 3),
    "right-to-left": ("\u202eCNY", 0),
    "right-to-left after": ("CNY\u202e", 3),
    "zero width": ("C\u200bNY", 0),
    "call": ('__import__("os")', 0),
    "attribute": ("CNY.__class__", 3),
    "format": ("{CNY}", 0),
    "unknown": ("nonsense", 0),
    "unknown after": ("CNY / nonsense", 6),
    "wrong case": ("cny", 0),
    "prefix": ("kiloCNY", 0),
    "plural": ("percents", 0),
    "picocarat": ("pct", 0),
    "micronit": ("unit", 0),
    "pint's metre": ("meter", 0),
    "full width letters": ("ＣＮＹ", 0),
    "full width digits": ("CNY*１０", 3),
    "no operator": ("CNY person", 4),
    "starts with operator": ("*CNY", 0),
    "ends with operator": ("CNY/", 3),
    "two operators": ("CNY//person", 3),
    "plus": ("CNY+CNY", 3),
    "signed": ("-CNY", 0),
    "exponent": ("1e9*CNY", 1),
    "other division": ("CNY÷person", 3),
    "by zero": ("CNY/0", 4),
    "by zero in decimals": ("CNY/0.000", 4),
}


@pytest.mark.parametrize(("text", "position"), HOSTILE.values(), ids=HOSTILE)
def test_text_outside_the_grammar_raises_an_error(text, position):
    with pytest.raises(ip.FigureError) as caught:
        bundled_units().unit(text)
    assert caught.value.position == position
    assert len(str(caught.value)) < 300
    assert str(caught.value).isprintable()


@given(st.text(max_size=30) | st.text("CNY%元人/* 019._()-^", max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_text_is_a_unit_or_a_figure_error(text):
    with suppress(ip.FigureError):
        assert bundled_units().unit(text).factor >= 0


@pytest.mark.parametrize(
    ("text", "near"),
    [("cny_100M", "CNY_100M"), ("percents", "percent"), ("personyear", "person_year")],
)
def test_the_error_of_an_unknown_token_names_the_nearest(text, near):
    with pytest.raises(
        ip.FigureError, match=rf"a unit that plans.units lists \(did you mean .*{near}"
    ):
        bundled_units().unit(text)
    assert near in bundled_units().nearest(text)


@pytest.mark.parametrize(("source", "target"), [("CNY", "0*CNY"), ("0*CNY", "0*CNY")])
def test_conversion_to_a_unit_of_size_zero_raises_an_error(source, target):
    with pytest.raises(ip.FigureError):
        bundled_units().factor(source, target)


def test_a_unit_of_size_zero_raises_an_error():
    with pytest.raises(ip.FigureError):
        UnitTable("CNY = [currency_CNY]\nnought = 0 * CNY\nodd = CNY / nought")


# ------------------------------------------------------------------ the bundled table


@each_unit
def test_factors_equal_those_of_pint(unit, pint_registry):
    in_base_units = pint_registry.Quantity(Decimal(1), unit.name).to_base_units()
    assert isinstance(in_base_units.magnitude, Decimal)
    assert Fraction(in_base_units.magnitude) == unit.factor
    assert {
        name.strip("[]"): power for name, power in in_base_units.dimensionality.items()
    } == dict(unit.dimension)


@each_unit
def test_a_unit_is_converted_to_base_units_and_back_exactly(unit, pint_registry):
    figure = pint_registry.Quantity(Decimal("1651.73"), unit.name)
    again = figure.to_base_units().to(unit.name)
    assert again.magnitude == Decimal("1651.73")
    assert again.units == figure.units


@each_unit
def test_every_name_leads_to_its_unit(unit, pint_registry):
    for name in (unit.name, *unit.aliases):
        assert bundled_units().unit(name) is unit
        assert bundled_units().factor(name, unit.name) == 1
        assert pint_registry.Quantity(1, name).units == pint_registry.Quantity(1, unit.name).units


@each_unit
def test_every_factor_is_a_power_of_ten(unit):
    """So that conversion is exact in decimals."""
    size = max(unit.factor, 1 / unit.factor)
    assert size.denominator == 1
    assert set(str(size.numerator)) <= {"1", "0"}


def test_pint_has_no_other_units(pint_registry):
    for foreign in ("meter", "second", "year", "kiloCNY", "count"):
        with pytest.raises(AttributeError):
            pint_registry.Unit(foreign)


def test_the_bundled_table_is_one():
    assert bundled_units() is bundled_units()


# ------------------------------------------------------------------ factors


def test_factors_multiply_along_a_chain_of_units():
    table = bundled_units()
    assert table.factor("CNY_1T", "CNY_100M") == 10_000
    assert table.factor("亿元", "万亿元") == Fraction(1, 10_000)
    assert table.factor("CNY/CNY", "percent") == 100


def test_different_dimensions_have_no_factor():
    table = bundled_units()
    assert table.factor("CNY", "USD") is None
    assert not table.fits("CNY", "USD")
    assert table.fits("CNY", "亿元")


def test_only_known_units_are_cached():
    table = UnitTable(MONEY)
    for repeats in range(1, 6):
        assert ip.convert(3, "CNY" + "*1" * repeats, "CNY", table=table) == 3
    assert table.steps == {}
    ip.convert(3, "CNY", "CNY", table=table)
    assert set(table.steps) == {("CNY", "CNY")}


def test_many_threads_can_use_a_new_table():
    text = "\n".join(bundled_units().definitions)
    tokens = [unit.name for unit in UNITS]
    pairs = list(product(tokens, tokens))
    expected = {(one, two): bundled_units().factor(one, two) for one, two in pairs}
    table, barrier = UnitTable(text), Barrier(8)

    def ask(turn):
        barrier.wait()
        mine = pairs[turn * 100 :] + pairs[: turn * 100]
        return {(one, two): table.factor(one, two) for one, two in mine}

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(ask, range(8)))
    finally:
        sys.setswitchinterval(usual)
    assert all(answer == expected for answer in answers)


def test_an_unknown_name_has_no_token():
    with pytest.raises(ip.FigureError, match="did you mean"):
        UnitTable(MONEY).token("CNYY")


@pytest.mark.parametrize(
    ("word", "token"),
    [("RMB", "CNY"), ("renminbi", "CNY"), ("pp", "percentage_point"), ("FTE", "person_year")],
)
def test_a_word_of_texts_is_answered_with_its_token(word, token):
    assert word not in bundled_units()
    with pytest.raises(ip.FigureError, match=rf"did you mean {token}[?,]"):
        bundled_units().unit(word)


def test_a_unit_by_any_of_its_names() -> None:
    table = bundled_units()
    assert table["亿元"] is table.unit("亿元")
    with pytest.raises(ip.FigureError, match="expected a unit"):
        table["no unit"]
