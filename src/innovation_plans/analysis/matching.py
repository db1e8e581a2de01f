"""Which observation a target is assessed against, and whether it satisfies it.

Among several: the latest year of the period; in it, statistics before a government's own report,
the newer vintage, the better tier. What was passed over is kept, so that a verdict can say
whether it would have been another.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ..codelists import Direction, Form
from ..dataset.observations import ObservationTable
from ..records import Observation, Target
from ..units.decimals import EXACT
from ..units.interval import Interval, accepted, bound_on, direction_to
from ..units.quantity import convert

__all__ = [
    "Base",
    "Candidates",
    "agree",
    "baseline_of",
    "best_of",
    "better",
    "candidates",
    "interval_of",
    "level_series",
    "levels_in",
    "satisfies",
]

_SPANS = {Form.AVERAGE_GROWTH, Form.CUMULATIVE, Form.INCREMENT, Form.MULTIPLE}
_STEADY = {Form.LEVEL, Form.RANK}


class Candidates(NamedTuple):
    """The observation chosen, and those of the same year that were passed over."""

    chosen: Observation
    others: tuple[Observation, ...]


def candidates(
    target: Target, observations: ObservationTable[Observation], vintage: str | None
) -> Candidates | None:
    """The observation of the target's own form and period that decides."""
    found = [
        each
        for each in observations.series(
            f"{target.region.code}/{target.indicator.code}/{target.form}"
        )
        if _in_time(target, each) and vintage in (None, each.vintage)
    ]
    if not found:
        return None
    last = max(each.year for each in found if each.year is not None)
    ranked = sorted(
        (each for each in found if each.year == last), key=lambda each: _place(each, observations)
    )
    return Candidates(ranked[0], tuple(ranked[1:]))


class Base(NamedTuple):
    """Where a target starts: value and unit, year, and the observation, if it is one."""

    value: Decimal
    unit: str
    year: int
    observation: Observation | None


def best_of(
    found: Sequence[Observation], observations: ObservationTable[Observation]
) -> Observation | None:
    """Of figures for one thing and year, the one that counts; None if there is none."""
    return min(found, key=lambda each: _place(each, observations), default=None)


def baseline_of(target: Target, observations: ObservationTable[Observation]) -> Base | None:
    """The starting level: the plan's own, else the statistics of the year before the period."""
    if target.baseline_value is not None and target.baseline_year is not None:
        own = target.unit if target.form is Form.LEVEL else target.indicator.unit
        unit = target.baseline_unit or own
        return Base(target.baseline_value, unit, target.baseline_year, None)
    before = (target.start_year or target.end_year) - 1
    found = best_of(levels_in(target, observations, before), observations)
    return None if found is None else Base(found.value, found.unit, before, found)


def levels_in(
    target: Target, observations: ObservationTable[Observation], year: int
) -> list[Observation]:
    """Levels of one year that are plain numbers, not bounds."""
    return [
        each
        for each in level_series(target, observations)
        if each.year == year and each.comparator.plain
    ]


def level_series(target: Target, observations: ObservationTable[Observation]) -> list[Observation]:
    """The levels of what a target is about; places, where it is a ranking."""
    form = Form.RANK if target.form is Form.RANK else Form.LEVEL
    name = f"{target.region.code}/{target.indicator.code}/{form}"
    return list(observations.series(name))


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
    """Whether two figures are the same number, as far as the coarser of them is printed."""
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


def _in_time(target: Target, observation: Observation) -> bool:
    """Whether an observation is of the period; of figures over a span, of the very span."""
    if observation.year is None or observation.year > target.end_year:
        return False
    start = target.start_year or target.end_year
    if target.form in _STEADY:
        return observation.year >= start
    from_the_start = (observation.start_year or observation.year) == start
    if target.form is Form.CUMULATIVE:  # a sum grows: a part of the span says how far it is
        return from_the_start
    if observation.year != target.end_year:
        return False
    return target.form not in _SPANS or from_the_start


def _place(
    each: Observation, observations: ObservationTable[Observation]
) -> tuple[bool, int, int, str, str]:
    """Statistics before own reports, the newer vintage, the better tier."""
    order, released = observations.rank(each)
    return each.self_reported, -order, -released.toordinal(), each.citation.source.tier, each.key
