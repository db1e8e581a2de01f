"""Which observation a target is compared with, and whether the outcome satisfies it.

The observation of the latest year of the period; of that year, statistics before figures that a
government reports itself, then the newer vintage, then the better tier. The other observations of
that year are kept, because they may give another verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..codelists import Direction, Form, Status
from ..records import Observation, Target
from ..units.decimals import EXACT
from ..units.interval import Interval, accepted, bound_on, direction_to
from ..units.quantity import convert

if TYPE_CHECKING:
    from ..dataset.observations import ObservationTable

__all__ = [
    "LEVEL_FORMS",
    "SPAN_FORMS",
    "Base",
    "Candidates",
    "agree",
    "baseline_of",
    "best_of",
    "better",
    "candidates",
    "has_break",
    "interval_of",
    "level_series",
    "levels_in",
    "satisfies",
]

# Forms with a value in every year of the period, and forms with one value for the whole span.
LEVEL_FORMS = frozenset({Form.LEVEL, Form.RANK})
SPAN_FORMS = frozenset({Form.AVERAGE_GROWTH, Form.INCREMENT, Form.MULTIPLE})


class Base(NamedTuple):
    """A baseline: value and unit, year, and the observation if it is from statistics."""

    value: Decimal
    unit: str
    year: int
    observation: Observation | None


class Candidates(NamedTuple):
    """The chosen observation, and the others of the same year in their order."""

    chosen: Observation
    others: tuple[Observation, ...]


def candidates(
    target: Target, observations: ObservationTable[Observation], vintage: str | None
) -> Candidates | None:
    """Return the observations of the form and period of a target, of the latest year."""
    name = f"{target.region.code}/{target.indicator.code}/{target.form}"
    matching = [
        each
        for each in observations.series(name)
        if _is_in_period(target, each) and vintage in (None, each.vintage)
    ]
    if not matching:
        return None
    last = max(each.year for each in matching if each.year is not None)
    ranked = sorted(
        (each for each in matching if each.year == last),
        key=lambda each: _preference(each, observations),
    )
    return Candidates(ranked[0], tuple(ranked[1:]))


def best_of(
    candidates: Sequence[Observation], observations: ObservationTable[Observation]
) -> Observation | None:
    """Return the preferred one of several figures of one series and year; None if there is none."""
    return min(candidates, key=lambda each: _preference(each, observations), default=None)


def baseline_of(target: Target, observations: ObservationTable[Observation]) -> Base | None:
    """Return the baseline of the plan, else the statistics of the year before the period."""
    if target.baseline_value is not None and target.baseline_year is not None:
        own = target.unit if target.form is Form.LEVEL else target.indicator.unit
        unit = target.baseline_unit or own
        return Base(target.baseline_value, unit, target.baseline_year, None)
    before = (target.start_year or target.end_year) - 1
    level = best_of(levels_in(target, observations, before), observations)
    return None if level is None else Base(level.value, level.unit, before, level)


def levels_in(
    target: Target, observations: ObservationTable[Observation], year: int
) -> list[Observation]:
    """Return the levels of one year that are plain numbers, not bounds."""
    return [
        each
        for each in level_series(target, observations)
        if each.year == year and each.comparator.plain
    ]


def level_series(
    figure: Target | Observation, observations: ObservationTable[Observation]
) -> Sequence[Observation]:
    """Return the levels of the region and indicator of a figure; the ranks, if it is a rank."""
    form = Form.RANK if figure.form is Form.RANK else Form.LEVEL
    return observations.series(f"{figure.region.code}/{figure.subject}/{form}")


def has_break(series: Iterable[Observation], first: int, last: int) -> bool:
    """Return whether a series was redefined after the first year and up to the last."""
    return any(
        each.status is Status.BREAK and each.year is not None and first < each.year <= last
        for each in series
    )


def interval_of(observation: Observation, unit: str) -> Interval:
    """Return what an observation may mean, in a unit; *about* counts as the number itself.

    Raises
    ------
    IncomparableError
        If the unit measures something else.
    """
    low, high = convert(observation.value, observation.unit, unit), observation.value_high
    top = None if high is None else convert(high, observation.unit, unit)
    return Interval.of(bound_on(observation.form, observation.comparator), low, top)


def agree(one: Observation, other: Observation) -> bool:
    """Return whether two figures are equal, rounded to the digits of the coarser one."""
    if one.unit != other.unit:
        return one.value == convert(other.value, other.unit, one.unit)
    exponents = [each.value.as_tuple().exponent for each in (one, other)]
    coarser = max(each for each in exponents if isinstance(each, int))
    step = Decimal(1).scaleb(coarser)
    return one.value.quantize(step, context=EXACT) == other.value.quantize(step, context=EXACT)


def satisfies(target: Target, outcome: Interval, tolerance: Decimal) -> bool | None:
    """Return whether every value of the outcome satisfies the target; None if that is open.

    Where neither direction is better, an outcome that is no single number never misses.
    """
    wanted = accepted(
        bound_on(target.form, target.comparator),
        target.value,
        target.value_high,
        better(target),
        tolerance,
    )
    if wanted.contains(outcome):
        return True
    two_sided = better(target) is Direction.NONE
    if wanted.meets(outcome) or (two_sided and not outcome.is_point):
        return None
    return False


def better(target: Target) -> Direction:
    """Return which way leads to the target."""
    return direction_to(target.form, target.comparator, target.indicator.direction)


def _is_in_period(target: Target, observation: Observation) -> bool:
    """Return whether an observation is of the period; of a figure over a span, of that span."""
    if observation.year is None or observation.year > target.end_year:
        return False
    start = target.start_year or target.end_year
    if target.form in LEVEL_FORMS:
        return observation.year >= start
    from_the_start = (observation.start_year or observation.year) == start
    if target.form is Form.CUMULATIVE:  # a sum over part of the span shows the progress so far
        return from_the_start
    if observation.year != target.end_year:
        return False
    return target.form not in SPAN_FORMS or from_the_start


def _preference(
    observation: Observation, observations: ObservationTable[Observation]
) -> tuple[bool, int, int, str, str]:
    """Return the key to sort by: statistics first, then the newer vintage, then the better tier."""
    order, released = observations.rank(observation)
    return (
        observation.self_reported,
        -order,
        -released.toordinal(),
        observation.citation.source.tier,
        observation.key,
    )
