"""Convert numbers to exact ``Decimal``, at most 30 digits before and 30 after the point.

A float is converted by its shortest repr, so that 3.2 means 3.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from functools import cache, wraps
from operator import index
from typing import ParamSpec, TypeVar

from ..errors import ArgumentError, FigureError, brief, is_whole

P = ParamSpec("P")
T = TypeVar("T")

Number = Decimal | int | str | float

MOST_DIGITS = 30
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")

# Enough digits for a product of two such numbers; powers of ten, which all unit factors are, stay exact.
EXACT = Context(prec=64)


def exact(value: Number) -> Decimal:
    """Return the number as a finite Decimal of at most 30 digits before and 30 after the point.

    Raises
    ------
    FigureError
        If the value is text other than a plain decimal number, a bool, NaN, infinite or too long.

    Examples
    --------
    >>> exact(3.2), exact("1651.73"), exact(7)
    (Decimal('3.2'), Decimal('1651.73'), Decimal('7'))
    >>> exact("1e999999")
    Traceback (most recent call last):
    ...
    innovation_plans.errors.FigureError: cannot read '1e999999' at position 1: expected a decimal
    number such as 3.5
    """
    if type(value) is Decimal and value.is_finite():
        text = str(value)
        if len(text) <= MOST_DIGITS and "E" not in text:  # certainly few enough digits
            return value
    if isinstance(value, str):
        return _from_text(value)
    if is_whole(value):
        return Decimal(index(value))  # type: ignore[arg-type]
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise FigureError(
            text=brief(value), position=0, expected="a number: Decimal, int, str or float"
        )
    if isinstance(value, int):
        raise FigureError(
            text=brief(value, 40), position=0, expected=f"at most {MOST_DIGITS} digits"
        )
    number = Decimal(float.__repr__(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or not _bounded(number):
        raise FigureError(
            text=f"{number:.20g}", position=0, expected=f"a finite number of {MOST_DIGITS} digits"
        )
    # Cells of a table have no exponent: write 1E+3 as 1000.
    return Decimal(f"{number:f}") if number.as_tuple().exponent > 0 else number  # type: ignore[operator]


def share(value: Number, name: str, *, includes_one: bool = False) -> Decimal:
    """Return an option that is a share: an exact number from 0 to below 1, or to 1.

    Raises
    ------
    ArgumentError
        If it is no number, or outside these bounds.

    Examples
    --------
    >>> share(95, "threshold")
    Traceback (most recent call last):
    ...
    innovation_plans.errors.ArgumentError: no threshold 95; it is a share from 0 to below 1: write 0.95
    """
    is_percent = isinstance(value, str) and value.endswith("%")
    number = None
    with suppress(FigureError):
        number = exact(value[:-1] if is_percent else value)  # type: ignore[index]
    if (
        number is not None
        and not is_percent
        and (0 <= number < 1 or (includes_one and number == 1))
    ):
        return number
    in_percent = number is not None and (is_percent or number > 1) and 0 <= number < 100
    example = f": write {plain(number / 100)}" if number is not None and in_percent else ""
    shown = brief(value) if number is None or is_percent else plain(number)
    end = "1" if includes_one else "below 1"
    raise ArgumentError(parameter=name, value=shown, hint=f"it is a share from 0 to {end}{example}")


def in_own_context(function: Callable[P, T]) -> Callable[P, T]:
    """Make a function compute in the package's own decimal context, whatever the caller's is."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with localcontext(EXACT):
            return function(*args, **kwargs)

    return run


def rounded(value: Decimal, digits: int = 12, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Return a value with at most `digits` significant digits."""
    return _context(digits, rounding).plus(value)


def fixed(value: Decimal, places: int) -> str:
    """Return the number as text with so many decimal places, a tie rounded away from zero.

    Examples
    --------
    >>> fixed(Decimal("0.125"), 2), fixed(Decimal(2), 1)
    ('0.13', '2.0')
    """
    return f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT):f}"


@cache
def _context(digits: int, rounding: str) -> Context:
    return Context(prec=digits, rounding=rounding)


def plain(value: Decimal) -> str:
    """Return the number as text, without exponent and without trailing zeros.

    Examples
    --------
    >>> plain(Decimal("1136160.0000")), plain(Decimal("1E+3")), plain(Decimal("0.00"))
    ('1136160', '1000', '0')
    """
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def without_zeros(value: Decimal | None) -> int | float | Decimal | None:
    """Return a number of a column of decimals as one that does not say how many zeros were printed.

    All decimals of such a column have as many digits after the point as its longest number needs.

    Examples
    --------
    >>> without_zeros(Decimal("3.70")), without_zeros(Decimal("10.00")), without_zeros(None)
    (3.7, 10, None)
    """
    if value is None or not value.is_finite():
        return value
    if value == value.to_integral_value():
        return int(value)
    digits = Decimal(plain(value))
    return float(digits) if Decimal(repr(float(digits))) == digits else digits


def _from_text(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        beginning = _NUMBER.match(text)
        is_long = re.search(f"[0-9]{{{MOST_DIGITS + 1}}}", text)
        raise FigureError(
            text=text,
            position=beginning.end() if beginning else 0,
            expected=f"at most {MOST_DIGITS} digits" if is_long else "a decimal number such as 3.5",
        )
    return Decimal(text)


def _bounded(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return (
        isinstance(exponent, int) and number.adjusted() < MOST_DIGITS and exponent >= -MOST_DIGITS
    )
