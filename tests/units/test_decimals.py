"""Accepted numbers, and how they are printed."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import ROUND_DOWN, Decimal, localcontext
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.units.decimals import EXACT, exact, plain, rounded

# A file may have at most thirty digits on each side of the point.
FIGURES = st.from_regex(r"\A[+-]?[0-9]{1,30}(\.[0-9]{1,30})?\Z")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("3.5", "3.5"),
        ("+3.5", "3.5"),
        ("-0.4", "-0.4"),
        ("007", "7"),
        ("9" * 30, "9" * 30),
        ("0." + "0" * 29 + "1", "1E-30"),
        (7, "7"),
        (-7, "-7"),
        (10**30 - 1, "9" * 30),
        (3.2, "3.2"),
        (0.1 + 0.2, "0.30000000000000004"),
        (1e22, "1E+22"),
        (Decimal("1651.73"), "1651.73"),
        (Decimal("1E+29"), "1E+29"),
        (Decimal("1E-30"), "1E-30"),
    ],
)
def test_a_number_keeps_its_digits(value, number):
    made = exact(value)
    assert type(made) is Decimal
    assert made == Decimal(number)


@pytest.mark.parametrize("text", ["3.2", "0.05", "1651.73", "-12.25", "80", "0"])
def test_text_decimal_and_float_of_the_same_digits_are_equal(text):
    assert exact(text) == exact(Decimal(text)) == exact(float(text)) == Decimal(text)
    if "." not in text:
        assert exact(int(text)) == exact(text)


@given(st.floats(-1e15, 1e15).map(lambda number: round(number, 6)))
@settings(max_examples=200, deadline=None)
def test_a_float_is_converted_by_its_shortest_repr(number):
    assert exact(number) == Decimal(repr(number))


@given(FIGURES)
@settings(max_examples=100, deadline=None)
def test_thirty_digits_before_and_after_the_point_are_kept(text):
    assert exact(text) == Decimal(text)
    assert exact(exact(text)) == exact(text)


class Bare(float):
    """A float whose repr is not its digits, as NumPy's is since 2.0."""

    def __repr__(self) -> str:
        return f"np.float64({float(self)!r})"


def test_a_float_of_another_library_is_a_float():
    assert exact(Bare(3.2)) == Decimal("3.2")


def test_the_decimal_context_of_the_caller_changes_nothing():
    with localcontext(prec=3, rounding=ROUND_DOWN):
        assert exact("1234567.89") == Decimal("1234567.89")
        assert exact(Decimal("1234567.89")) == Decimal("1234567.89")
        assert plain(Decimal("1234567.890")) == "1234567.89"
        assert rounded(Decimal("1234567.89"), 8) == Decimal("1234567.9")


TEXTS = {
    "empty": ("", 0),
    "blanks": ("   ", 0),
    "leading blank": (" 3", 0),
    "trailing blank": ("3 ", 1),
    "newline": ("3\n", 1),
    "nul": ("3.2\0", 3),
    "right-to-left": ("\u202e3.2", 0),
    "not a number": ("NaN", 0),
    "signalling": ("sNaN", 0),
    "infinite": ("inf", 0),
    "minus infinite": ("-Infinity", 0),
    "huge exponent": ("1e999999", 1),
    "upper case exponent": ("1E+999999999", 1),
    "tiny exponent": ("1e-999", 1),
    "underscore": ("1_000", 1),
    "comma": ("1,000", 1),
    "full width": ("１２", 0),
    "arabic digits": ("٣", 0),
    "chinese digit": ("三", 0),
    "hexadecimal": ("0x10", 1),
    "word": ("True", 0),
    "no digits before": (".5", 0),
    "no digits after": ("5.", 1),
    "two points": ("1.2.3", 3),
    "two signs": ("--1", 0),
    "power": ("10**10**10", 2),
    "range": ("3.2~3.5", 3),
    "uncertain": ("3.2+/-0.1", 3),
    "unit": ("3.2%", 3),
    "call": ('__import__("os")', 0),
    "31 digits": ("9" * 31, 30),
    "31 decimals": ("0." + "0" * 30 + "1", 32),
    "five thousand nines": ("9" * 5000, 30),
    "five thousand decimals": ("0." + "9" * 5000, 32),
    "five thousand brackets": ("(" * 5000, 0),
}


@pytest.mark.parametrize(("text", "position"), TEXTS.values(), ids=TEXTS)
def test_text_that_is_not_a_plain_number_raises_an_error(text, position):
    with pytest.raises(ip.FigureError) as caught:
        exact(text)
    assert caught.value.position == position
    assert caught.value.text == text[:200]
    is_long = re.search("[0-9]{31}", text)
    expected = "at most 30 digits" if is_long else "a decimal number such as 3.5"
    assert caught.value.expected == expected
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "a number: Decimal, int, str or float"),
        (False, "a number: Decimal, int, str or float"),
        (None, "a number: Decimal, int, str or float"),
        (b"3.5", "a number: Decimal, int, str or float"),
        (3j, "a number: Decimal, int, str or float"),
        (Fraction(1, 3), "a number: Decimal, int, str or float"),
        ([3.5], "a number: Decimal, int, str or float"),
        (SimpleNamespace(value=3.5), "a number: Decimal, int, str or float"),
        (10**30, "at most 30 digits"),
        (-(10**5000), "at most 30 digits"),
        (float("nan"), "a finite number of 30 digits"),
        (float("inf"), "a finite number of 30 digits"),
        (float("-inf"), "a finite number of 30 digits"),
        (1e300, "a finite number of 30 digits"),
        (1e-300, "a finite number of 30 digits"),
        (Decimal("NaN"), "a finite number of 30 digits"),
        (Decimal("sNaN"), "a finite number of 30 digits"),
        (Decimal("-Infinity"), "a finite number of 30 digits"),
        (Decimal("1E+30"), "a finite number of 30 digits"),
        (Decimal("1E-31"), "a finite number of 30 digits"),
        (Decimal("1E+999999"), "a finite number of 30 digits"),
        (Decimal("0E+999999"), "a finite number of 30 digits"),
        (Decimal("9" * 5000), "a finite number of 30 digits"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_unbounded_numbers_raise_an_error(value, expected):
    with pytest.raises(ip.FigureError) as caught:
        exact(value)
    assert caught.value.expected == expected
    assert len(str(caught.value)) < 200


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_number_or_a_figure_error(text):
    with suppress(ip.FigureError):
        assert exact(text).is_finite()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("-0.00", "0"),
        ("0E-12", "0"),
        ("0E+12", "0"),
        ("3.50", "3.5"),
        ("3.05", "3.05"),
        ("-3.500", "-3.5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("1E-3", "0.001"),
        ("1136160.0000", "1136160"),
    ],
)
def test_plain_prints_no_exponent_and_no_trailing_zeros(value, text):
    assert plain(Decimal(value)) == text


@given(FIGURES)
@settings(max_examples=100, deadline=None)
def test_plain_numbers_are_read_back(text):
    assert exact(plain(exact(text))) == exact(text)


def test_rounded_shortens_a_quotient():
    third = EXACT.divide(Decimal(1), Decimal(3))
    assert rounded(third) == Decimal("0.333333333333")
    assert rounded(third, 3) == Decimal("0.333")
    assert rounded(Decimal("3.5")) == Decimal("3.5")
