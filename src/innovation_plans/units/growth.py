"""Compound growth: conversions between rates per year, multiples and levels.

7% per year over five years is 40.26%, not 35%. So a rate has a dimension of its own
(``percent_per_year``), and only the functions of this module convert it.
Roots have 40 digits and are rounded to 20, so that levels that grew by exactly 10% per year give
exactly 10.
"""

from __future__ import annotations

from decimal import Context, Decimal

from ..errors import GrowthError, brief, name_attributes
from .decimals import Number, exact
from .quantity import Quantity, check_quantity, computed, magnitude_in, with_number

__all__ = ["annual", "average_growth", "compound", "level_after", "multiple_of", "rate_between"]
name_attributes(__name__)

_ROOT = Context(prec=40)
_ROUNDED = Context(prec=20)
_MOST_YEARS = 200
_MOST_PLACES = 1000  # digits before or after the point of a computed number


def compound(rate: Quantity, years: int) -> Quantity:
    """Return the multiple that a rate per year gives over some years.

    Parameters
    ----------
    rate
        Scalar in ``percent_per_year``, above -100.
    years
        Whole years, 0 to 200.

    Returns
    -------
    Quantity
        Scalar in ``multiple``: end over start.

    Examples
    --------
    >>> from innovation_plans import quantity
    >>> print(compound(quantity(7, "percent_per_year"), 5))
    1.4025517307 multiple
    """
    check_quantity("rate", rate)
    return computed(multiple_of(magnitude_in(rate, "percent_per_year"), years), "multiple")


def annual(multiple: Quantity, years: int) -> Quantity:
    """Return the rate per year that gives a multiple over some years; the inverse of :func:`compound`.

    Examples
    --------
    >>> from innovation_plans import quantity
    >>> print(annual(quantity(2, "multiple"), 10))
    7.17734625362931642 percent_per_year
    """
    check_quantity("multiple", multiple)
    end = magnitude_in(multiple, "multiple")
    return computed(_rate(Decimal(1), end, years), "percent_per_year")


def average_growth(start: Quantity, end: Quantity, years: int) -> Quantity:
    """Return the compound mean growth per year between two levels, in ``percent_per_year``.

    Parameters
    ----------
    start, end
        Scalars of one dimension and one sign; `start` is the level `years` before `end`.
    years
        Whole years between them, 1 to 200: five for an average "over 2021-2025" on 2020.

    Raises
    ------
    IncomparableError
        If the two have different dimensions.
    GrowthError
        If the base is zero, the sign changes, or the years are not 1 to 200.

    Examples
    --------
    >>> from innovation_plans import quantity
    >>> print(average_growth(quantity("1 万亿元"), quantity("14641 亿元"), 4))
    10 percent_per_year
    """
    check_quantity("start", start)
    check_quantity("end", end)
    first = magnitude_in(start, start.units)
    return computed(_rate(first, magnitude_in(end, start.units), years), "percent_per_year")


def level_after(start: Quantity, rate: Quantity, years: int) -> Quantity:
    """Return the level after growth at a rate per year, in the unit of `start`.

    Examples
    --------
    >>> from innovation_plans import quantity
    >>> print(level_after(quantity("1005.3 亿元"), quantity(14, "percent_per_year"), 5).to("亿元"))
    1935.61927968672 CNY_100M
    """
    check_quantity("start", start)
    check_quantity("rate", rate)
    multiple = multiple_of(magnitude_in(rate, "percent_per_year"), years)
    number = _ROUNDED.multiply(magnitude_in(start, start.units), multiple)
    return with_number(start, number)


def multiple_of(rate: Number, years: int) -> Decimal:
    """Return :func:`compound` for bare numbers: percent per year to end divided by start."""
    number = _number(rate)
    _check_years(years, least=0)
    if number <= -100:
        raise GrowthError(
            reason="sign_change", detail=f"expected a rate above -100% per year, found {number}%"
        )
    return _ROUNDED.power(_ROOT.add(1, _ROOT.divide(number, 100)), years)


def rate_between(start: Number, end: Number, years: int) -> Decimal:
    """Return :func:`average_growth` for bare numbers of one unit, in percent per year."""
    return _rate(_number(start), _number(end), years)


def _number(value: Number) -> Decimal:
    """Return the value as Decimal; a computed one may have more digits than a printed figure."""
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= _MOST_PLACES:
        return value
    return exact(value)


def _rate(first: Decimal, last: Decimal, years: int) -> Decimal:
    _check_years(years, least=1)
    if not first:
        raise GrowthError(reason="zero_base", detail="growth from a base of zero is not defined")
    ratio = _ROOT.divide(last, first)
    if ratio <= 0:
        raise GrowthError(
            reason="sign_change", detail=f"no compound growth leads from {first} to {last}"
        )
    root = ratio if years == 1 else _ROOT.exp(_ROOT.divide(_ROOT.ln(ratio), years))
    rate = _ROUNDED.multiply(_ROUNDED.subtract(_ROUNDED.plus(root), 1), 100)
    return _ROUNDED.add(rate.normalize(_ROUNDED), 0)


def _check_years(years: int, *, least: int) -> None:
    if type(years) is not int or not least <= years <= _MOST_YEARS:
        raise GrowthError(
            reason="no_span",
            detail=f"expected {least} to {_MOST_YEARS} whole years, found {brief(years)}",
        )
