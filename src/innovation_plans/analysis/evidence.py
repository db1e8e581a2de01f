"""The evidence that a target is compared with, by the form of the target.

A level or a rank is compared with the latest observation of its period. Growth, multiples and
increments are computed from levels if the levels are known, else compared with the figure that a
source states. A ratio without observations is computed from numerator and denominator. The result
names the method. Plans state the growth of value added in constant prices, but levels are in
current ones: then nothing is computed. A sum over the period is compared with a stated sum only,
because adding up a stock would count it once a year.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..codelists import Caveat, Form, Prices, Reason
from ..errors import GrowthError
from ..records import Observation, Target
from ..units.decimals import EXACT, rounded
from ..units.growth import multiple_of, rate_between
from ..units.interval import Interval
from ..units.quantity import convert, rescaled, same_measure, table_of
from .matching import (
    LEVEL_FORMS,
    Base,
    baseline_of,
    best_of,
    candidates,
    has_break,
    interval_of,
    level_series,
    levels_in,
)
from .pace import Course
from .results import reason_of

if TYPE_CHECKING:
    from ..dataset.observations import ObservationTable

    Table = ObservationTable[Observation]

__all__ = ["Evidence", "as_stated", "breaks_between", "evidence_for"]

Method = Literal["level", "stated", "computed", "ratio"]
_FROM_LEVELS = {Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH, Form.MULTIPLE, Form.INCREMENT}


class Evidence(NamedTuple):
    """The outcome in the form and unit of the target, and the records that it is based on."""

    basis: Method
    values: Interval  # the outcome so far
    final: Interval  # the outcome in the target year if nothing changes until then
    year: int
    records: tuple[Observation, ...]
    others: tuple[Observation, ...] = ()  # further figures of that year
    base: Base | None = None
    course: Course | None = None
    caveats: tuple[Caveat, ...] = ()


def evidence_for(
    target: Target, observations: Table, vintage: str | None, *, strict: bool = False
) -> Evidence | Reason:
    """Return the evidence for a target, or the reason for none; `strict` computes nothing."""
    if not target.is_whole:
        return Reason.DIFFERENT_BASIS
    computed: Evidence | Reason = Reason.NO_OUTCOME
    in_constant_prices = target.indicator.growth_prices == Prices.CONSTANT
    if not strict and target.form in _FROM_LEVELS and not in_constant_prices:
        computed = _from_levels(target, observations, vintage)
    stated = candidates(target, observations, vintage)
    if isinstance(computed, Evidence):
        if stated is None or stated.chosen.year != computed.year:
            return computed
        return computed._replace(others=(stated.chosen, *stated.others))
    if stated is not None:
        return as_stated(target, stated.chosen, stated.others)
    if not strict and target.form is Form.LEVEL:
        return _from_parts(target, observations)
    return computed


def as_stated(
    target: Target, outcome: Observation, others: tuple[Observation, ...] = ()
) -> Evidence | Reason:
    """Return an observation in the form of the target as evidence."""
    if outcome.year is None:
        return Reason.UNDATED
    if outcome.scope != target.scope or outcome.form is not target.form:
        return Reason.DIFFERENT_BASIS
    if not same_measure(outcome.unit, target.unit):
        return Reason.DIFFERENT_BASIS
    values = interval_of(outcome, target.unit)
    basis: Method = "level" if target.form in LEVEL_FORMS else "stated"
    return Evidence(basis, values, values, outcome.year, (outcome,), others)


def breaks_between(target: Target, observations: Table, first: int, last: int) -> bool:
    """Return whether the levels were redefined after the first year and up to the last."""
    return has_break(level_series(target, observations), first, last)


def _from_parts(target: Target, observations: Table) -> Evidence | Reason:
    """Return numerator over denominator, of the latest year of the period that has both."""
    first = target.start_year or target.end_year
    for year in range(target.end_year, first - 1, -1):
        quotient = _quotient(target, observations, year)
        if quotient is not None:
            break
    else:
        return Reason.NO_OUTCOME
    value, records = quotient
    point = Interval.point(value)
    evidence = Evidence("ratio", point, point, year, records, caveats=(Caveat.DERIVED,))
    start = _quotient(target, observations, first - 1)
    if start is None or baseline_of(target, observations) is not None:
        return evidence
    base = Base(start[0], target.unit, first - 1, None)
    course = Course(base.value, value, target.value, base.year, year, target.end_year)
    return evidence._replace(records=(*records, *start[1]), base=base, course=course)


def _quotient(
    target: Target, observations: Table, year: int
) -> tuple[Decimal, tuple[Observation, ...]] | None:
    """Return numerator over denominator in the unit of the target, and both observations."""
    parts: list[Observation] = []
    for part in (target.indicator.numerator, target.indicator.denominator):
        if part is None:
            return None
        series = observations.series(f"{target.region.code}/{part.code}/{Form.LEVEL}")
        plain = [each for each in series if each.year == year and each.comparator.plain]
        best = best_of(plain, observations)
        if best is None or not best.value:
            return None
        parts.append(best)
    numerator, denominator = parts
    table = table_of(numerator.unit, denominator.unit, target.unit)
    factor = table.factor(f"{numerator.unit}/{denominator.unit}", target.unit)
    if factor is None:
        return None
    ratio = EXACT.divide(numerator.value, denominator.value)
    product = EXACT.multiply(ratio, Decimal(factor.numerator))
    return rounded(EXACT.divide(product, factor.denominator)), (numerator, denominator)


def _from_levels(target: Target, observations: Table, vintage: str | None) -> Evidence | Reason:
    """Return growth, multiple or increment computed from the levels of two years."""
    latest = _latest_level(target, observations, vintage)
    if latest is None or latest.year is None:
        return Reason.NO_OUTCOME
    base = _base_for(target, observations, latest)
    if base is None:
        return Reason.MISSING_BASELINE
    if base.year >= latest.year:
        return Reason.ONE_POINT
    if breaks_between(target, observations, base.year, latest.year):
        return Reason.CHANGED_DEFINITION
    if not same_measure(base.unit, latest.unit):
        return Reason.DIFFERENT_BASIS
    return _between(target, base, latest, latest.year)


def _between(target: Target, base: Base, latest: Observation, year: int) -> Evidence | Reason:
    """Return the evidence computed from the baseline and the latest level."""
    start = convert(base.value, base.unit, target.indicator.unit)
    value = convert(latest.value, latest.unit, target.indicator.unit)
    try:
        so_far = _change(target, start, value, year - base.year)
        final = _change(target, start, value, target.end_year - base.year)
        goal = _goal(target, start, target.end_year - base.year)
    except GrowthError as error:
        return reason_of(error)
    records = (latest,) if base.observation is None else (latest, base.observation)
    caveats = [Caveat.BASELINE_FROM_STATISTICS] if base.observation is not None else []
    if base.observation is not None and base.observation.vintage != latest.vintage:
        caveats.append(Caveat.VINTAGES_MIXED)
    return Evidence(
        "computed",
        Interval.point(so_far),
        Interval.point(final),
        year,
        records,
        base=base,
        course=Course(start, value, goal, base.year, year, target.end_year),
        caveats=tuple(caveats),
    )


def _change(target: Target, start: Decimal, now: Decimal, years: int) -> Decimal:
    """Return growth, multiple or increment between two levels, in the unit of the target."""
    if target.form is Form.INCREMENT:
        return rescaled(
            EXACT.subtract(now, start), target.indicator.unit_in(Form.INCREMENT), target.unit
        )
    if target.form is Form.MULTIPLE:
        if not start:
            raise GrowthError(reason="zero_base", detail="no multiple of zero")
        return EXACT.divide(now, start)
    rate = rate_between(start, now, years)
    if target.unit == "percent_per_year":
        return rate
    return convert(rounded(rate), "percent_per_year", target.unit)  # a unit of a dataset's own


def _goal(target: Target, start: Decimal, years: int) -> Decimal:
    """Return the level that the target implies, in the unit of the indicator."""
    if target.form is Form.INCREMENT:
        return start + convert(target.value, target.unit, target.indicator.unit_in(Form.INCREMENT))
    if target.form is Form.MULTIPLE:
        return EXACT.multiply(start, target.value)
    rate = convert(target.value, target.unit, "percent_per_year")
    return EXACT.multiply(start, multiple_of(rate, years))


def _latest_level(target: Target, observations: Table, vintage: str | None) -> Observation | None:
    """Return the latest level of the period; for annual growth, of the target year only."""
    first = target.start_year or target.end_year
    if target.form is Form.ANNUAL_GROWTH:
        first = target.end_year
    for year in range(target.end_year, first - 1, -1):
        levels = levels_in(target, observations, year)
        of_vintage = [each for each in levels if vintage in (None, each.vintage)]
        if of_vintage:
            return best_of(of_vintage, observations)
    return None


def _base_for(target: Target, observations: Table, latest: Observation) -> Base | None:
    """Return the baseline, in the vintage of the latest level if there is one."""
    if target.baseline_value is not None and target.baseline_year is not None:
        return baseline_of(target, observations)
    before = (target.start_year or target.end_year) - 1
    if target.form is Form.ANNUAL_GROWTH:
        before = target.end_year - 1
    levels = levels_in(target, observations, before)
    same_vintage = [each for each in levels if each.vintage == latest.vintage]
    level = best_of(same_vintage or levels, observations)
    return None if level is None else Base(level.value, level.unit, before, level)
