"""What a target is assessed against, form by form.

A level or a rank is assessed against the latest of its period. Growth, multiples and increments are
computed from levels where the levels are known, else taken as a text states them; a ratio whose
series is not known is computed from numerator and denominator. The result says which. Plans state
the growth of value added in constant prices, and levels are in current ones: there, nothing is
computed. Sums over a period are only taken as stated, since adding up a stock
would count it once a year.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from ..codelists import Caveat, Form, Prices, Reason, Status
from ..dataset.observations import ObservationTable
from ..errors import GrowthError
from ..records import Observation, Target
from ..units.decimals import EXACT, rounded
from ..units.growth import multiple_of, rate_between
from ..units.interval import Interval
from ..units.quantity import convert, same_measure, table_of
from .matching import (
    Base,
    baseline_of,
    best_of,
    candidates,
    interval_of,
    level_series,
    levels_in,
)
from .pace import Course

__all__ = ["Evidence", "as_stated", "breaks_between", "evidence_for"]

Table = ObservationTable[Observation]
Basis = Literal["level", "stated", "computed", "ratio"]
_FROM_LEVELS = {Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH, Form.MULTIPLE, Form.INCREMENT}


class Evidence(NamedTuple):
    """What was found: in the target's own form and unit, with the records it rests on."""

    basis: Basis
    values: Interval  # as reached so far
    final: Interval  # as it would stand in the target year if nothing more happened
    year: int
    records: tuple[Observation, ...]
    others: tuple[Observation, ...] = ()
    base: Base | None = None
    course: Course | None = None
    caveats: tuple[Caveat, ...] = ()


def evidence_for(
    target: Target, observations: Table, vintage: str | None, *, strict: bool = False
) -> Evidence | Reason:
    """What the observations say of a target, or why they say nothing; `strict` derives nothing."""
    found: Evidence | Reason = Reason.NO_OUTCOME
    if not target.is_whole:
        return Reason.DIFFERENT_BASIS
    reckons = not strict
    if (
        reckons
        and target.form in _FROM_LEVELS
        and target.indicator.growth_prices != Prices.CONSTANT
    ):
        found = _computed(target, observations, vintage)
    stated = candidates(target, observations, vintage)
    if stated is None and reckons and target.form is Form.LEVEL:
        return _as_ratio(target, observations)
    if isinstance(found, Evidence):
        same = stated is not None and stated.chosen.year == found.year
        return found._replace(others=(stated.chosen, *stated.others)) if stated and same else found
    if stated is None:
        return found
    return as_stated(target, stated.chosen, stated.others)


def as_stated(
    target: Target, outcome: Observation, others: tuple[Observation, ...] = ()
) -> Evidence | Reason:
    """An observation in the target's own form, as it stands."""
    if outcome.year is None:
        return Reason.UNDATED
    if outcome.scope != target.scope or outcome.form is not target.form:
        return Reason.DIFFERENT_BASIS
    if not same_measure(outcome.unit, target.unit):
        return Reason.DIFFERENT_BASIS
    values = interval_of(outcome, target.unit)
    basis: Basis = "level" if target.form in {Form.LEVEL, Form.RANK} else "stated"
    return Evidence(basis, values, values, outcome.year, (outcome,), others)


def breaks_between(target: Target, observations: Table, first: int, last: int) -> bool:
    """Whether the series was redefined after `first` and up to `last`."""
    return any(
        each.status is Status.BREAK and each.year is not None and first < each.year <= last
        for each in level_series(target, observations)
    )


def _as_ratio(target: Target, observations: Table) -> Evidence | Reason:
    """The quotient of what the indicator is a ratio of, for the latest year that both are known."""
    first = target.start_year or target.end_year
    for year in range(target.end_year, first - 1, -1):
        now = _quotient(target, observations, year)
        if now is not None:
            break
    else:
        return Reason.NO_OUTCOME
    value, records = now
    caveats = (Caveat.DERIVED,)
    evidence = Evidence(
        "ratio", Interval.point(value), Interval.point(value), year, records, caveats=caveats
    )
    before = _quotient(target, observations, first - 1)
    if before is None or baseline_of(target, observations) is not None:
        return evidence
    start = Base(before[0], target.unit, first - 1, None)
    course = Course(start.value, value, target.value, first - 1, year, target.end_year)
    return evidence._replace(records=(*records, *before[1]), base=start, course=course)


def _quotient(
    target: Target, observations: Table, year: int
) -> tuple[Decimal, tuple[Observation, ...]] | None:
    """Numerator over denominator in the target's unit, and both observations."""
    indicator, found = target.indicator, []
    for part in (indicator.numerator, indicator.denominator):
        if part is None:
            return None
        series = observations.series(f"{target.region.code}/{part.code}/{Form.LEVEL}")
        plain = [each for each in series if each.year == year and each.comparator.plain]
        best = best_of(plain, observations)
        if best is None or not best.value:
            return None
        found.append(best)
    over, under = found
    table = table_of(over.unit, under.unit, target.unit)
    factor = table.factor(f"{over.unit}/{under.unit}", target.unit)
    if factor is None:
        return None
    number = EXACT.multiply(EXACT.divide(over.value, under.value), Decimal(factor.numerator))
    return rounded(EXACT.divide(number, factor.denominator)), (over, under)


def _computed(target: Target, observations: Table, vintage: str | None) -> Evidence | Reason:
    now = _latest_level(target, observations, vintage)
    if now is None or now.year is None:
        return Reason.NO_OUTCOME
    base = _base_like(target, observations, now)
    if base is None:
        return Reason.MISSING_BASELINE
    if base.year >= now.year:
        return Reason.ONE_POINT
    if breaks_between(target, observations, base.year, now.year):
        return Reason.CHANGED_DEFINITION
    if not same_measure(base.unit, now.unit):
        return Reason.DIFFERENT_BASIS
    start = convert(base.value, base.unit, target.indicator.unit)
    value = convert(now.value, now.unit, target.indicator.unit)
    return _from_levels(target, base, now, start, value)


def _from_levels(
    target: Target, base: Base, now: Observation, start: Decimal, value: Decimal
) -> Evidence | Reason:
    year = now.year or 0
    try:
        so_far = _measured(target, start, value, year - base.year)
        final = _measured(target, start, value, target.end_year - base.year)
        goal = _goal(target, start, target.end_year - base.year)
    except GrowthError as error:
        return Reason(error.reason) if error.reason in list(Reason) else Reason.ONE_POINT
    records = (now,) if base.observation is None else (now, base.observation)
    course = Course(start, value, goal, base.year, year, target.end_year)
    caveats = [Caveat.BASELINE_FROM_STATISTICS] if base.observation is not None else []
    if base.observation is not None and base.observation.vintage != now.vintage:
        caveats.append(Caveat.VINTAGES_MIXED)
    return Evidence(
        "computed",
        Interval.point(so_far),
        Interval.point(final),
        year,
        records,
        base=base,
        course=course,
        caveats=tuple(caveats),
    )


def _measured(target: Target, start: Decimal, now: Decimal, years: int) -> Decimal:
    """Growth, multiple or increment from two levels, in the target's unit."""
    if target.form is Form.INCREMENT:
        rise, unit = now - start, target.indicator.unit_in(Form.INCREMENT)
        return convert(rise, unit, target.unit)
    if target.form is Form.MULTIPLE:
        if not start:
            raise GrowthError(reason="zero_base", detail="no multiple of zero")
        return EXACT.divide(now, start)
    rate = rate_between(start, now, years)
    if target.unit == "percent_per_year":
        return rate
    return convert(rounded(rate), "percent_per_year", target.unit)  # a unit of a dataset's own


def _goal(target: Target, start: Decimal, years: int) -> Decimal:
    """The level that the target comes to, in the indicator's unit."""
    if target.form is Form.INCREMENT:
        return start + convert(target.value, target.unit, target.indicator.unit_in(Form.INCREMENT))
    if target.form is Form.MULTIPLE:
        return EXACT.multiply(start, target.value)
    rate = convert(target.value, target.unit, "percent_per_year")
    return EXACT.multiply(start, multiple_of(rate, years))


def _latest_level(target: Target, observations: Table, vintage: str | None) -> Observation | None:
    """The latest level of the period; growth on the year before needs the very year."""
    first = target.start_year or target.end_year
    if target.form is Form.ANNUAL_GROWTH:
        first = target.end_year
    for year in range(target.end_year, first - 1, -1):
        found = [
            each
            for each in levels_in(target, observations, year)
            if vintage in (None, each.vintage)
        ]
        if found:
            return best_of(found, observations)
    return None


def _base_like(target: Target, observations: Table, now: Observation) -> Base | None:
    """The start, in the vintage of the outcome where there is one."""
    if target.baseline_value is not None and target.baseline_year is not None:
        return baseline_of(target, observations)
    before = (target.start_year or target.end_year) - 1
    if target.form is Form.ANNUAL_GROWTH:
        before = target.end_year - 1
    levels = levels_in(target, observations, before)
    alike = [each for each in levels if each.vintage == now.vintage]
    found = best_of(alike or levels, observations)
    return None if found is None else Base(found.value, found.unit, before, found)
