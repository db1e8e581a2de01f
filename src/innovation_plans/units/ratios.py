"""Shares, differences of shares, and intensities whose basis is part of the unit."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from ..errors import GrowthError, IncomparableError, name_attributes
from .decimals import in_own_context, plain, rounded
from .quantity import (
    Quantity,
    check_quantity,
    computed,
    in_unit,
    magnitude_in,
    table_of_quantity,
    with_number,
)

__all__ = ["gap", "per_10k", "rebase", "share", "shift"]
name_attributes(__name__)

_DIGITS = 28  # of a quotient, as Decimal has by default


@in_own_context
def share(part: Quantity, whole: Quantity) -> Quantity:
    """Return the part as a percentage of the whole.

    Parameters
    ----------
    part, whole
        Scalars of one dimension (both yuan, both person-years).

    Raises
    ------
    IncomparableError
        If the dimensions differ, as for yuan and persons.

    Source
    ------
    Frascati Manual 2015, glossary: GERD as a percentage of GDP is ``share(gerd, gdp)``, both at
    current prices of one year.

    Examples
    --------
    >>> from innovation_plans import quantity
    >>> print(share(quantity("448 亿元"), quantity("1.4 万亿元")))
    3.2 percent
    """
    check_quantity("part", part)
    _require_base("whole", whole)
    return _trimmed(in_unit(part / in_unit(whole, part.units), "percent"))


@in_own_context
def gap(left: Quantity, right: Quantity) -> Quantity:
    """Return `left` minus `right`: in percentage points for shares, else in the unit of `right`.

    Examples
    --------
    >>> from innovation_plans import quantity
    >>> print(gap(quantity("3.2%"), quantity("2.8%")))
    0.4 percentage_point
    >>> print(gap(quantity("2 万亿元"), quantity("500 亿元")))
    19500 CNY_100M
    """
    check_quantity("left", left)
    check_quantity("right", right)
    difference = in_unit(left, right.units) - right
    if not _is_share(left):
        return _trimmed(difference)
    return _trimmed(computed(magnitude_in(difference, "percent"), "percentage_point"))


@in_own_context
def shift(start: Quantity, points: Quantity) -> Quantity:
    """Return a share plus percentage points; the inverse of :func:`gap`.

    Examples
    --------
    >>> from innovation_plans import quantity
    >>> print(shift(quantity("2.8%"), quantity("0.4 个百分点")))
    3.2 percent
    """
    check_quantity("start", start)
    check_quantity("points", points)
    if not _is_share(start):
        raise IncomparableError(
            left=str(start), right=str(points), hint="expected a share as start"
        )
    moved = magnitude_in(start, "percent") + magnitude_in(points, "percentage_point")
    return _trimmed(computed(moved, "percent"))


@in_own_context
def per_10k(part: Quantity, base: Quantity) -> Quantity:
    """Return `part` per 10,000 of `base`, in the unit of ``units.txt`` for it.

    Raises
    ------
    IncomparableError
        If no such unit exists, as for person-years per yuan.

    Examples
    --------
    >>> from innovation_plans import quantity
    >>> print(per_10k(quantity("872238 人年"), quantity(12624, "inhabitant_10K")).units)
    person_year_per_10k_population
    """
    check_quantity("part", part)
    _require_base("base", base)
    return _in_a_token(part / base, Fraction(1, 10_000), part, base)


@in_own_context
def rebase(ratio: Quantity, factor: Quantity) -> Quantity:
    """Return an intensity per another denominator, converted by a factor with a unit.

    Examples
    --------
    >>> from innovation_plans import quantity
    >>> print(rebase(quantity(70, "person_year_per_10k_employed"),
    ...        quantity("0.52 employed_person/inhabitant")))
    36.4 person_year_per_10k_population
    """
    check_quantity("ratio", ratio)
    check_quantity("factor", factor)
    return _in_a_token(ratio * factor, Fraction(1, 10_000), ratio, factor)


def _in_a_token(
    computed_ratio: Quantity, factor: Fraction, left: Quantity, right: Quantity
) -> Quantity:
    for unit in table_of_quantity(computed_ratio):
        if unit.factor == factor and computed_ratio.is_compatible_with(unit.name):
            return _trimmed(computed_ratio.to(unit.name))
    raise IncomparableError(
        left=str(left),
        right=str(right),
        hint=f"units.txt has no unit of {computed_ratio.dimensionality}",
    )


def _require_base(parameter: str, base: Quantity) -> None:
    """Raise an error for a base of zero: nothing is a share of it."""
    check_quantity(parameter, base)
    if base.magnitude == 0:
        raise GrowthError(
            reason="zero_base", detail=f"expected a base other than zero, found {base}"
        )


def _is_share(value: Quantity) -> bool:
    return bool(value.dimensionless)


def _trimmed(value: Quantity) -> Quantity:
    """Return the quantity of a computed number, without the trailing zeros of Decimal arithmetic."""
    number = value.magnitude
    if not isinstance(number, Decimal):  # of a host program's registry with floats
        return value
    return with_number(value, Decimal(plain(rounded(number, _DIGITS))))
