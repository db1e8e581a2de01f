"""On what footing figures of several regions are compared.

A figure is carried with all that it may mean: what its printed digits leave open, and what its
comparator leaves open.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple

from ..codelists import Comparator, Form
from ..errors import GrowthError, IncomparableError
from ..units.decimals import EXACT, rounded
from ..units.growth import rate_between
from ..units.quantity import same_measure
from .matching import Range

__all__ = [
    "Footing",
    "Spread",
    "combined",
    "compound",
    "decimals_of",
    "distance",
    "exactly",
    "grown",
    "method_of",
    "relative",
    "spread_of",
    "yearly",
]

Footing = Literal["stated", "distance", "relative", "pace"]
Step = Callable[[Decimal, Decimal], Decimal]

_INFINITY = Decimal("Infinity")
_HALF = Decimal("0.5")
_POINTS = ("percent", "percent_per_year", "percentage_point")
_LOWER = {Comparator.AT_LEAST, Comparator.ABOVE}
_UPPER = {Comparator.AT_MOST, Comparator.BELOW}


class Spread(NamedTuple):
    """A figure, what its printed digits may mean, and what it may mean in all."""

    value: Decimal
    high: Decimal | None  # the upper end of a range as stated
    printed: Range
    full: Range

    def scaled(self, factor: Decimal) -> Spread:
        """The same figure in another unit; `factor` is positive."""
        return combined(EXACT.multiply, self, exactly(factor))

    @property
    def bounded(self) -> bool:
        """Whether it lies between two numbers."""
        return self.full.low.is_finite() and self.full.high.is_finite()


def method_of(footing: Footing, form: Form, unit: str) -> tuple[str, str]:
    """How a footing is reckoned for figures of a form and unit, and the unit of the result.

    Shares move in points, because a percentage of a percentage misleads; amounts grow on what is
    there, so their pace is compound. Growth is its own pace, an increment its own distance.

    Raises
    ------
    IncomparableError
        If the footing means nothing there: ranks have no pace, growth has no distance.
    """
    if footing == "stated":
        return "stated", unit
    if footing == "relative" and form is not Form.RANK:
        return "relative", "percent"
    points = any(same_measure(unit, each) for each in _POINTS)
    if footing == "distance" and form in {Form.LEVEL, Form.RANK, Form.INCREMENT}:
        method = "increment" if form is Form.INCREMENT else "distance"
        return method, "percentage_point" if points else unit
    found = _paces(points=points).get(form) if footing == "pace" else None
    if found is None:
        raise IncomparableError(
            left=f"figures of the form {form}",
            right=f"the footing {footing}",
            hint="compare them as stated",
        )
    return found


def _paces(*, points: bool) -> dict[Form, tuple[str, str]]:
    growth = "percent_per_year"
    return {
        Form.LEVEL: ("points", "percentage_point") if points else ("compound", growth),
        Form.INCREMENT: ("even", "percentage_point") if points else ("grown", growth),
        Form.MULTIPLE: ("multiple", growth),
        Form.ANNUAL_GROWTH: ("rate", growth),
        Form.AVERAGE_GROWTH: ("rate", growth),
    }


def exactly(value: Decimal) -> Spread:
    """A figure that means itself."""
    return Spread(value, None, Range(value, value), Range(value, value))


def spread_of(
    value: Decimal,
    high: Decimal | None,
    comparator: Comparator,
    *,
    measured: bool,
    tolerance: Decimal,
    decimals: int = 0,
) -> Spread:
    """What a figure may mean.

    Parameters
    ----------
    value, high
        The figure as printed, in the unit it is printed in.
    comparator
        How it bounds what it speaks of.
    measured
        True for statistics: their last digit is rounded, and "above 3" may be anything above 3.
        False for what a plan asks for: "3%" is 3 exactly, and "above 3%" asks for 3.
    tolerance
        What *about* leaves open, as a share of the value.
    decimals
        Decimals that are printed at least, where zeros at the end were left out.

    Examples
    --------
    >>> figure = spread_of(Decimal("3.5"), None, Comparator.REACH, measured=True,
    ...                   tolerance=Decimal("0.02"))
    >>> figure.full
    Range(low=Decimal('3.45'), high=Decimal('3.55'))
    """
    printed = _printed(value, decimals) if measured else Range(value, value)
    low, top = printed
    if comparator is Comparator.ABOUT:
        margin = EXACT.multiply(abs(value), tolerance)
        low, top = min(low, value - margin), max(top, value + margin)
    if high is not None:
        top = _printed(high, decimals).high if measured else high
    if measured and comparator in _LOWER:
        low, top = value, _INFINITY
    if measured and comparator in _UPPER:
        low, top = -_INFINITY, value
    return Spread(value, high, printed, Range(low, top))


def combined(step: Step, figure: Spread, base: Spread) -> Spread:
    """A figure set against a base, with all that both may mean.

    Raises
    ------
    GrowthError
        If `step` is not defined on the two values.
    """
    return Spread(
        step(figure.value, base.value),
        None if figure.high is None else step(figure.high, base.value),
        _corners(step, figure.printed, base.printed),
        _corners(step, figure.full, base.full),
    )


def distance(value: Decimal, base: Decimal) -> Decimal:
    """`value` less `base`."""
    return EXACT.subtract(value, base)


def relative(value: Decimal, base: Decimal) -> Decimal:
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


def _printed(value: Decimal, decimals: int) -> Range:
    """What rounding to the printed digits leaves open: 3.5 is 3.45 up to 3.55."""
    half = _HALF.scaleb(-max(decimals, decimals_of(value)))
    return Range(EXACT.subtract(value, half), EXACT.add(value, half))


def decimals_of(value: Decimal) -> int:
    """How many decimals a number is printed with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _corners(step: Step, figure: Range, base: Range) -> Range:
    """The least and the most that two ranges give."""
    found = [step(value, against) for value in set(figure) for against in set(base)]
    return Range(min(found), max(found))


def _check(years: int) -> None:
    if years < 1:
        raise GrowthError(reason="one_point", detail="start and end are of one year")
