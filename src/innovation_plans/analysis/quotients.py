"""Ratios computed from their parts, in one vintage of a revised part.

"As first printed" is no series: each figure has the GDP of its day. A census changes GDP, so a ratio
of 2020 and one of 2024 are compared on one vintage of GDP where both can be computed on it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..codelists import Form
from ..records import Indicator, Observation, Region, Target
from ..units.decimals import EXACT, rounded
from ..units.interval import Interval
from ..units.quantity import convert, table_of
from .comparability import Figure
from .matching import Base, best_of, interval_of, known_range

if TYPE_CHECKING:
    from ..dataset.observations import ObservationTable

    Table = ObservationTable[Observation]

# A revision that moves a region by more than this share is a break of the series as first printed.
_BREAK = Decimal("0.05")


class Quotient(NamedTuple):
    """Numerator over denominator in the unit of a figure, and both observations."""

    value: Decimal
    records: tuple[Observation, Observation]
    ranges: tuple[Interval, Interval]  # what the rounding of both leaves open
    factor: Fraction  # to the unit of the target

    @property
    def values(self) -> Interval:
        """What the quotient may be: a number, or a bound if the numerator is one."""
        numerator, denominator = self.records
        return interval_of(numerator, numerator.unit).mapped(
            lambda value: _in_unit(EXACT.divide(value, denominator.value), self.factor)
        )

    @property
    def printed(self) -> Interval:
        """What the rounding of numerator and denominator leaves open."""
        if not self.values.is_point:
            return self.values
        over, under = self.ranges
        ratios = over.over(EXACT.divide, under)
        return ratios.mapped(lambda ratio: _in_unit(ratio, self.factor))


class OnOneVintage(NamedTuple):
    """A ratio of two years on one vintage of a part."""

    vintage: str
    start: Quotient
    now: Quotient


class Revision(NamedTuple):
    """How far revisions moved the denominator of a start, as a share: -0.27 is 27% less."""

    share: Decimal
    denominator: Indicator

    @property
    def is_large(self) -> bool:
        """Whether it is a break of the series as first printed."""
        return abs(self.share) > _BREAK


def quotient_of(
    figure: Figure,
    observations: Table,
    year: int,
    vintage: str | None = None,
    *,
    is_bound: bool = False,
) -> Quotient | None:
    """Return numerator over denominator of a year, in a vintage; None if one of them is not known.

    The parts are of the whole, so there is no ratio of a class. The numerator is a number, or a
    bound or a range if `is_bound`.
    """
    if figure.scope is not None:
        return None
    region, indicator = figure.region, figure.indicator
    return ratio_of_parts(
        region, indicator, figure.unit, observations, year, vintage=vintage, is_bound=is_bound
    )


def ratio_of_parts(
    region: Region,
    indicator: Indicator,
    unit: str,
    observations: Table,
    year: int,
    *,
    vintage: str | None = None,
    is_bound: bool = False,
) -> Quotient | None:
    """Return numerator over denominator of an indicator in a unit; None if one is not known."""
    known = (region, observations, year, vintage)
    numerator = _part(indicator.numerator, *known, is_bound=is_bound)
    denominator = _part(indicator.denominator, *known)
    if numerator is None or denominator is None:
        return None
    table = table_of(numerator.unit, denominator.unit, unit)
    factor = table.factor(f"{numerator.unit}/{denominator.unit}", unit)
    if factor is None:
        return None
    value = _in_unit(EXACT.divide(numerator.value, denominator.value), factor)
    parts = (numerator, denominator)
    over, under = (known_range(part, part.unit, observations) for part in parts)
    return Quotient(value, parts, (over, under), factor)


def start_of_parts(figure: Figure, observations: Table, year: int) -> Base | None:
    """Return the baseline of a level that is computed from the parts of a ratio of the whole.

    None if a part is not known.
    """
    is_part = isinstance(figure, Target) and not figure.is_whole
    if is_part or figure.form is not Form.LEVEL:
        return None
    quotient = quotient_of(figure, observations, year)
    if quotient is None:
        return None
    return Base(quotient.value, figure.unit, year, quotient.printed, quotient.records)


def on_one_vintage(
    figure: Figure, observations: Table, start_year: int, year: int
) -> OnOneVintage | None:
    """Return the ratio of two years on one vintage; None if no vintage has both.

    The vintage that was known when the plan was issued comes first, then the newest.
    """
    for code in _revisions(figure, observations):
        start, now = (quotient_of(figure, observations, each, code) for each in (start_year, year))
        if start is not None and now is not None:
            return OnOneVintage(code, start, now)
    return None


def revision_of(
    figure: Figure, observations: Table, start_year: int, outcome: Observation
) -> Revision | None:
    """Return how revisions up to the outcome moved the denominator of the start.

    If the denominator of the printed start is not known, only revised ones, the printed ratio shows it.
    None if the outcome is of a vintage that revises every year, if no revision is known, or if the
    printed start is on the newest one.
    """
    part = figure.indicator.denominator
    if part is None or outcome.vintage in observations.revisions(figure.indicator.code):
        return None
    name = f"{figure.region.code}/{part.code}/{Form.LEVEL}"
    levels = [each for each in observations.series(name) if each.year == start_year]
    known = [
        each
        for each in levels
        if each.vintage and observations.released(each) <= observations.released(outcome)
    ]
    if not known:
        return None
    first, last = (choose(known, key=observations.rank) for choose in (min, max))
    ratio = EXACT.divide(convert(last.value, last.unit, first.unit), first.value)
    if (change := _change_since_printed(figure, observations, start_year, first, last)) is not None:
        ratio = change
    return None if ratio == 1 else Revision(EXACT.subtract(ratio, 1), part)


def _change_since_printed(
    figure: Figure, observations: Table, year: int, first: Observation, last: Observation
) -> Decimal | None:
    """Return the last denominator over that of the printed ratio; None if that is the first one."""
    series = observations.series(f"{figure.region.code}/{figure.indicator.code}/{Form.LEVEL}")
    with_vintage = [each for each in series if each.year == year and each.vintage]
    printed = min(with_vintage, key=observations.rank, default=None)
    on_first, on_last = (
        quotient_of(figure, observations, year, each.vintage) for each in (first, last)
    )
    if printed is None or not printed.comparator.plain or on_first is None or on_last is None:
        return None
    as_printed = known_range(printed, figure.unit, observations)
    if on_first.printed.meets(as_printed):
        return None
    if on_last.printed.meets(as_printed):
        return Decimal(1)
    return EXACT.divide(convert(printed.value, printed.unit, figure.unit), on_last.value)


def is_of_parts(figure: Figure, observations: Table, vintage: str | None) -> bool:
    """Return whether a vintage is one of a part of the ratio, and not of the ratio itself."""
    parts = (figure.indicator.numerator, figure.indicator.denominator)
    return (
        vintage is not None
        and figure.form is Form.LEVEL
        and not observations.has_vintage(figure.indicator.code, vintage)
        and any(part and observations.has_vintage(part.code, vintage) for part in parts)
    )


def _in_unit(ratio: Decimal, factor: Fraction) -> Decimal:
    product = EXACT.multiply(ratio, Decimal(factor.numerator))
    return rounded(EXACT.divide(product, factor.denominator))


def _part(
    part: Indicator | None,
    region: Region,
    observations: Table,
    year: int,
    vintage: str | None,
    *,
    is_bound: bool = False,
) -> Observation | None:
    """Return the best figure of a part of the ratio in a year: a number, or a bound; none is zero."""
    if part is None:
        return None
    series = observations.series(f"{region.code}/{part.code}/{Form.LEVEL}")
    figures = [
        each
        for each in series
        if each.year == year
        and each.comparator.plain is not is_bound
        and observations.is_in_vintage(each, vintage)
    ]
    best = best_of(figures, observations)
    return best if best is not None and best.value else None


def _revisions(figure: Figure, observations: Table) -> list[str]:
    """Return the vintages of the parts that revise every year, in order of preference."""
    parts = (figure.indicator.numerator, figure.indicator.denominator)
    vintages = [
        each for part in parts if part for each in observations.revisions(part.code).values()
    ]
    newest_first = sorted(vintages, key=lambda each: -each.order)
    issued = figure.plan.issued or "" if isinstance(figure, Target) else ""
    known = [each.code for each in newest_first if each.released <= issued]
    return list(dict.fromkeys([*known[:1], *(each.code for each in newest_first)]))
