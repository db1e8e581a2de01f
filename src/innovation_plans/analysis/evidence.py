"""The evidence that a target is compared with, by the form of the target.

A level or a rank is compared with the latest observation of its period. Growth, multiples and
increments are computed from levels if the levels are known, else compared with the figure that a
source states. A ratio without observations is computed from numerator and denominator. The result
names the method. Plans state the growth of value added in constant prices, but levels are in
current ones: then nothing is computed. A sum over the period is compared with a stated sum only,
because adding up a stock would count it once a year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial, reduce
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..codelists import Caveat, Form, Reason
from ..errors import GrowthError
from ..records import Observation, Target
from ..units.decimals import EXACT, rounded
from ..units.growth import multiple_of, rate_between
from ..units.interval import Interval
from ..units.quantity import convert, rescaled, same_measure
from .matching import (
    CHANGE_FORMS,
    LEVEL_FORMS,
    Base,
    Candidates,
    accepted_by,
    all_levels_in,
    are_mixed,
    baseline_of,
    best_of,
    candidates,
    first_year,
    has_break,
    interval_of,
    is_at_constant_prices,
    is_net,
    is_printed,
    known_range,
    level_series,
    may_be_gross,
    part_reason,
    period_reason,
    plan_baseline,
    printed_of,
    satisfies,
)
from .pace import Course
from .quotients import (
    OnOneVintage,
    on_one_vintage,
    quotient_of,
    revision_of,
    start_of_parts,
)
from .results import reason_of

if TYPE_CHECKING:
    from ..dataset.observations import ObservationTable

    Table = ObservationTable[Observation]

Method = Literal["level", "stated", "computed", "ratio", "one_vintage", "proxy"]


class Evidence(NamedTuple):
    """The outcome in the form and unit of the target, and the records that it is based on."""

    basis: Method
    values: Interval  # the outcome so far
    final: Interval  # the outcome in the target year if nothing changes until then
    printed: Interval  # what rounding leaves open of `final`; a bound as it is
    year: int
    records: tuple[Observation, ...]
    others: tuple[Observation, ...] = ()  # further figures of that year
    base: Base | None = None
    course: Course | None = None
    caveats: tuple[Caveat, ...] = ()
    pair: OnOneVintage | None = None  # what the course is computed from, if on one vintage
    as_printed: Evidence | None = None  # without one vintage, where nothing needs the pace


def evidence_for(
    target: Target,
    observations: Table,
    tolerance: Decimal,
    *,
    from_parts: bool = False,
    strict: bool = False,
) -> Evidence | Reason | None:
    """Return the evidence for a target, the reason why it is not used, or None if there is none.

    With `from_parts`, a ratio is computed although a source states it; `strict` computes nothing.
    """
    other_part = part_reason(target.breakdown, target.scope)
    if other_part is not None:
        return other_part
    computed: Evidence | Reason | None = None
    if not strict and target.form in CHANGE_FORMS and not is_at_constant_prices(target):
        computed = _from_levels(target, observations, tolerance)
    stated = None if from_parts and not strict else candidates(target, observations)
    if isinstance(computed, Evidence):
        return (
            computed
            if stated is None
            else _computed_or_stated(target, computed, stated, observations)
        )
    if stated is not None:
        computed = as_stated(target, stated.chosen, stated.others, observations)
    elif not strict and target.form is Form.LEVEL:
        computed = _from_parts(target, observations)
    if strict or target.form is not Form.LEVEL or not isinstance(computed, Evidence):
        return computed
    return _without_splice(target, observations, computed)


def _computed_or_stated(
    target: Target, computed: Evidence, stated: Candidates, observations: Table
) -> Evidence:
    """Return computed growth, or the growth that a source states for a later year.

    Levels that do not reach the target year leave the span of the stated figure in doubt. If the
    figure is that of the years that they do reach, they decide.
    """
    if stated.chosen.year == computed.year:
        others = (stated.chosen, *stated.others)
        return _without_net_note(target, computed._replace(others=others))
    evidence = as_stated(target, stated.chosen, stated.others, observations)
    number = stated.chosen
    is_shorter = number.comparator.plain and is_printed(number, computed.values, target.unit)
    if isinstance(evidence, Reason) or is_shorter:
        return computed._replace(caveats=(*computed.caveats, Caveat.SPAN_DOUBTFUL))
    return evidence._replace(caveats=(Caveat.SPAN_DOUBTFUL,))


def _without_net_note(target: Target, computed: Evidence) -> Evidence:
    """Return a computed increase without the note that it is net, if a source states the same one.

    That is an equal number that is not worded as net, so it may count all that is new.
    """
    if not any(
        each.comparator.plain
        and not is_net(each)
        and is_printed(each, computed.values, target.unit)
        for each in computed.others
    ):
        return computed
    caveats = tuple(each for each in computed.caveats if each is not Caveat.NET_CHANGE)
    return computed._replace(caveats=caveats)


def as_stated(
    target: Target,
    outcome: Observation,
    others: tuple[Observation, ...] = (),
    observations: Table | None = None,
) -> Evidence | Reason:
    """Return an observation in the form of the target as evidence.

    Further texts of the figure among the observations may narrow what its rounding leaves open.
    """
    other_part = part_reason(target.breakdown, target.scope)
    if other_part is not None:
        return other_part
    if outcome.year is None:
        return Reason.UNDATED
    reason = _mismatch(target, outcome)
    if reason is not None:
        return reason
    values = interval_of(outcome, target.unit)
    basis: Method = "level" if target.form in LEVEL_FORMS else "stated"
    printed = printed_of(outcome, target.unit)
    if observations is not None:
        printed = known_range(outcome, target.unit, observations)
    return Evidence(basis, values, values, printed, outcome.year, (outcome,), others)


def _mismatch(target: Target, outcome: Observation) -> Reason | None:
    """Return what differs between an observation and a target, so that they are not compared."""
    if not same_measure(outcome.unit, target.unit):
        return Reason.DIFFERENT_BASIS
    if outcome.scope != target.scope:
        return Reason.OTHER_SCOPE
    if outcome.form is not target.form:
        return Reason.OTHER_FORM_OR_SPAN
    return period_reason(target, outcome)


def from_proxy(target: Target, observations: Table, *, strict: bool = False) -> Evidence | None:
    """Return the latest figure of the period of the indicator that is nearly that of the target.

    None if there is no such figure, or if it is a sum over years and `strict` computes nothing.
    """
    proxy = target.indicator.proxy
    is_sum = (target.indicator.proxy_years or 1) > 1
    if proxy is None or target.form is not Form.LEVEL or not target.is_whole or (strict and is_sum):
        return None
    first = first_year(target)
    years = range(target.end_year, first - 1, -1)
    year, records = next(
        ((year, found) for year in years if (found := _of_proxy(target, observations, year))),
        (first, ()),
    )
    if not records:
        return None
    range_of = partial(known_range, observations=observations)
    now, printed = (_total(records, target.unit, of) for of in (interval_of, range_of))
    evidence = Evidence("proxy", now, now, printed, year, records, caveats=(Caveat.PROXY,))
    before = _of_proxy(target, observations, first - 1)
    if not before or plan_baseline(target, observations) is not None:
        return evidence
    start, start_range = (_total(before, target.unit, of) for of in (interval_of, range_of))
    return _with_start(
        evidence, target, Base(start.low, target.unit, first - 1, start_range, before)
    )


def _of_proxy(target: Target, observations: Table, year: int) -> tuple[Observation, ...]:
    """Return the figures of the proxy that stand for a year, the latest first; none if one lacks."""
    proxy, count = target.indicator.proxy, target.indicator.proxy_years or 1
    if proxy is None:
        return ()
    series = observations.series(f"{target.region.code}/{proxy.code}/{Form.LEVEL}")
    numbers = [
        each for each in series if each.comparator.plain and same_measure(each.unit, target.unit)
    ]
    yearly = [
        best_of([each for each in numbers if each.year == needed], observations)
        for needed in range(year, year - count, -1)
    ]
    known = tuple(each for each in yearly if each is not None)
    return known if len(known) == count else ()


def _total(
    records: tuple[Observation, ...], unit: str, of: Callable[[Observation, str], Interval]
) -> Interval:
    """Return the sum of figures, or of what rounding leaves open of them."""
    first, *others = (of(each, unit) for each in records)
    return reduce(Interval.plus, others, first)


def breaks_between(target: Target, observations: Table, first: int, last: int) -> bool:
    """Return whether the levels were redefined after the first year and up to the last."""
    return has_break(level_series(target, observations), first, last)


def is_broken(target: Target, observations: Table, start_year: int, evidence: Evidence) -> bool:
    """Return whether a redefinition or a large revision lies between the start and the outcome."""
    revision = revision_of(target, observations, start_year, evidence.records[0])
    is_large = revision is not None and revision.is_large
    return is_large or breaks_between(target, observations, start_year, evidence.year)


def _from_parts(target: Target, observations: Table) -> Evidence | None:
    """Return numerator over denominator, of the latest year of the period that has both.

    Numbers come before bounds, which earlier years may have in place of a number.
    """
    first = first_year(target)
    quotients = (
        (year, quotient_of(target, observations, year, is_bound=is_bound))
        for is_bound in (False, True)
        for year in range(target.end_year, first - 1, -1)
    )
    year, quotient = next((found for found in quotients if found[1]), (first, None))
    if quotient is None:
        return None
    values, caveats = quotient.values, (Caveat.DERIVED,)
    evidence = Evidence(
        "ratio", values, values, quotient.printed, year, quotient.records, caveats=caveats
    )
    base = start_of_parts(target, observations, first - 1)
    is_known = base is None or baseline_of(target, observations) is not None
    if base is None or is_known or not values.is_point:
        return evidence
    return _with_start(evidence, target, base)


def _with_start(evidence: Evidence, target: Target, base: Base) -> Evidence:
    """Return the evidence with a start in the unit of the target that was computed as the outcome."""
    years = (base.year, evidence.year, target.end_year)
    values = (base.value, evidence.values.low, target.value)
    course = Course(*values, *years, base.rounding, evidence.printed)
    return evidence._replace(records=(*evidence.records, *base.records), base=base, course=course)


def _is_spliced(evidence: Evidence) -> bool:
    """Return whether the denominators of two computed ratios are of two vintages."""
    denominators = evidence.records[1::2]
    is_pair = evidence.basis == "ratio" and len(denominators) == 2
    return is_pair and are_mixed(*denominators)


def _without_splice(target: Target, observations: Table, evidence: Evidence) -> Evidence | Reason:
    """Return the evidence with a course on one vintage, if start and outcome can be computed on it.

    Only the pace needs a start, so an outcome of the target year is used as printed.
    """
    base = evidence.base or baseline_of(target, observations)
    is_late = evidence.year >= target.end_year or not evidence.values.is_point
    if is_late or base is None or not same_measure(base.unit, target.unit):
        return evidence
    pair = on_one_vintage(target, observations, base.year, evidence.year)
    if pair is None:
        return Reason.VINTAGES_MIXED if _is_spliced(evidence) else evidence
    caveats = [*evidence.caveats, Caveat.ONE_VINTAGE]
    if base.stated_by(target) != "plan":
        caveats.append(Caveat.BASELINE_FROM_STATISTICS)
    if is_broken(target, observations, base.year, evidence):
        caveats.append(Caveat.CHANGED_DEFINITION)
    records = (*evidence.records, *base.records, *pair.now.records, *pair.start.records)
    return evidence._replace(
        basis="one_vintage",
        records=tuple(dict.fromkeys(records)),
        base=base,
        course=Course(
            *(pair.start.value, pair.now.value, target.value),
            *(base.year, evidence.year, target.end_year),
            *(pair.start.printed, pair.now.printed),
        ),
        pair=pair,
        caveats=tuple(caveats),
        as_printed=evidence,
    )


def _from_levels(
    target: Target, observations: Table, tolerance: Decimal
) -> Evidence | Reason | None:
    """Return growth, multiple or increment computed from the levels of two years.

    The latest level that decides: a bound such as "above 39,200" is used where it is enough.
    """
    reason = None
    for level in _latest_levels(target, observations):
        evidence = _from_level(target, observations, level)
        if isinstance(evidence, Reason):
            return evidence
        if evidence.values.is_point or _is_decided(target, evidence, tolerance):
            return evidence
        reason = Reason.OUTCOME_IS_A_BOUND
    return reason


def _is_decided(target: Target, evidence: Evidence, tolerance: Decimal) -> bool:
    """Return whether a bound gives a verdict: before the target year, only if it is met."""
    is_met = satisfies(accepted_by(target, tolerance), evidence.final)
    return is_met is True or (is_met is False and evidence.year == target.end_year)


def _from_level(target: Target, observations: Table, latest: Observation) -> Evidence | Reason:
    base = baseline_of(target, observations, latest)
    year = latest.year or target.end_year
    if base is None:
        return Reason.MISSING_BASELINE
    if base.year >= year:
        return Reason.ONE_POINT
    if breaks_between(target, observations, base.year, year):
        return Reason.CHANGED_DEFINITION
    if not same_measure(base.unit, latest.unit):
        return Reason.DIFFERENT_BASIS
    if base.observation is not None and are_mixed(base.observation, latest):
        return Reason.VINTAGES_MIXED
    return change_between(target, base, latest, year, observations)


def change_between(
    target: Target, base: Base, latest: Observation, year: int, observations: Table
) -> Evidence | Reason:
    """Return the evidence computed from the baseline and the latest level."""
    unit, years = target.indicator.unit, target.end_year - base.year
    start = convert(base.value, base.unit, unit)
    levels = interval_of(latest, unit)
    try:
        final = levels.mapped(lambda level: _change(target, start, level, years))
        so_far = final
        if year != target.end_year:
            so_far = levels.mapped(lambda level: _change(target, start, level, year - base.year))
        goal_of = partial(implied_level, target, target.value, years=years)
        goal = goal_of(start)
    except GrowthError as error:
        return reason_of(error)
    records = (latest, *base.records)
    is_of_plan = base.stated_by(target) == "plan"
    caveats = [] if is_of_plan else [Caveat.BASELINE_FROM_STATISTICS]
    if any(each.vintage != latest.vintage for each in base.records):
        caveats.append(Caveat.VINTAGES_MIXED)
    if may_be_gross(target):
        caveats.append(Caveat.NET_CHANGE)
    starts, nows = base.printed(unit), known_range(latest, unit, observations)
    span = base.year, year, target.end_year
    course = Course(start, levels.low, goal, *span, starts, nows, goal_of)
    return Evidence(
        "computed",
        so_far,
        final,
        _printed_change(target, starts, nows, years) if levels.is_point else final,
        year,
        records,
        base=base,
        course=course if levels.is_point else None,
        caveats=tuple(caveats),
    )


def _change(target: Target, start: Decimal, now: Decimal, years: int) -> Decimal:
    """Return growth, multiple or increment between two levels, in the unit of the target."""
    if not now.is_finite():  # the open side of a bound
        return now
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


def _printed_change(target: Target, starts: Interval, nows: Interval, years: int) -> Interval:
    """Return what the rounding of two levels leaves open of the change between them."""
    if target.form is Form.INCREMENT:
        zero, changes = Decimal(0), nows.combined(EXACT.subtract, starts)
        return changes.mapped(lambda change: _change(target, zero, change, years))
    one, multiples = Decimal(1), nows.over(EXACT.divide, starts)
    try:
        return multiples.mapped(lambda multiple: _change(target, one, multiple, years))
    except GrowthError:
        return Interval.unknown()


def implied_level(target: Target, value: Decimal, start: Decimal, years: int) -> Decimal:
    """Return the level that a value of the target implies, in the unit of the indicator."""
    if target.form is Form.INCREMENT:
        return start + convert(value, target.unit, target.indicator.unit_in(Form.INCREMENT))
    if target.form is Form.MULTIPLE:
        return EXACT.multiply(start, value)
    rate = convert(value, target.unit, "percent_per_year")
    return EXACT.multiply(start, multiple_of(rate, years))


def _latest_levels(target: Target, observations: Table) -> Iterator[Observation]:
    """Return the best level of each year of the period, the latest first.

    Of annual growth, only the level of the target year. Numbers come before bounds.
    """
    for year in range(target.end_year, first_year(target) - 1, -1):
        levels = all_levels_in(target, observations, year)
        numbers = [each for each in levels if each.comparator.plain]
        best = best_of(numbers or levels, observations)
        if best is not None:
            yield best
