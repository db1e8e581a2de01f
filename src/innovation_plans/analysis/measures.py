"""Measures by which figures of several regions are compared, and the steps that compute them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

from ..codelists import Form
from ..errors import GrowthError, IncomparableError
from ..units.decimals import EXACT, rounded
from ..units.growth import rate_between
from ..units.quantity import same_measure

__all__ = ["Measure", "compound", "distance", "grown", "method_of", "ratio", "yearly"]

Measure = Literal["value", "distance", "ratio", "growth"]
Step = Callable[[Decimal, Decimal], Decimal]

_POINTS = ("percent", "percent_per_year", "percentage_point")


def method_of(measure: Measure, form: Form, unit: str) -> tuple[str, str]:
    """Return the method of a measure for figures of a form and unit, and the unit of the result.

    Shares change in points, because a percentage of a percentage misleads; amounts grow on
    themselves, so their growth is compound. Growth is its own measure, and so is the distance of
    an increment.

    Raises
    ------
    IncomparableError
        If the measure is not defined there: ranks have no growth, growth has no distance.
    """
    if measure == "value":
        return "value", unit
    if measure == "ratio" and form is not Form.RANK:
        return "ratio", "percent"
    points = any(same_measure(unit, each) for each in _POINTS)
    if measure == "distance" and form in {Form.LEVEL, Form.RANK, Form.INCREMENT}:
        method = "increment" if form is Form.INCREMENT else "distance"
        return method, "percentage_point" if points else unit
    found = _growth_methods(points=points).get(form) if measure == "growth" else None
    if found is None:
        raise IncomparableError(
            left=f"figures of the form {form}",
            right=f"the measure {measure}",
            hint='compare them by measure="value"',
        )
    return found


def _growth_methods(*, points: bool) -> dict[Form, tuple[str, str]]:
    growth = "percent_per_year"
    return {
        Form.LEVEL: ("points", "percentage_point") if points else ("compound", growth),
        Form.INCREMENT: ("even", "percentage_point") if points else ("grown", growth),
        Form.MULTIPLE: ("multiple", growth),
        Form.ANNUAL_GROWTH: ("rate", growth),
        Form.AVERAGE_GROWTH: ("rate", growth),
    }


def distance(value: Decimal, base: Decimal) -> Decimal:
    """`value` less `base`."""
    return EXACT.subtract(value, base)


def ratio(value: Decimal, base: Decimal) -> Decimal:
    """`value` in percent of `base`, which must be above zero."""
    if base <= 0:
        reason = "sign_change" if base else "zero_base"
        raise GrowthError(reason=reason, detail=f"no share of {base} is defined")
    return EXACT.divide(EXACT.multiply(value, 100), base)


def yearly(years: int) -> Step:
    """The difference, evenly over so many years: for shares, in points a year."""
    _check(years)
    return lambda value, base: EXACT.divide(EXACT.subtract(value, base), years)


def compound(years: int) -> Step:
    """The rate of compound growth over so many years: for amounts, in percent a year.

    Examples
    --------
    >>> compound(5)(Decimal("1.61051"), Decimal(1))
    Decimal('10')
    """
    _check(years)

    def rate(value: Decimal, base: Decimal) -> Decimal:
        if not base:
            raise GrowthError(reason="zero_base", detail="growth on a base of zero is not defined")
        if not value.is_finite():
            return value
        return rate_between(Decimal(1), rounded(EXACT.divide(value, base), 20), years)

    return rate


def grown(years: int) -> Step:
    """The rate of compound growth that an increment to a base implies.

    Examples
    --------
    >>> grown(1)(Decimal(7), Decimal(100))
    Decimal('7')
    """
    rate = compound(years)
    return lambda rise, base: rate(EXACT.add(base, rise), base)


def _check(years: int) -> None:
    if years < 1:
        raise GrowthError(reason="one_point", detail="start and end are of one year")
