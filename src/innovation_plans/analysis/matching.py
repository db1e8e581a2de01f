"""Which observation a target is held against, and whether it satisfies it.

Among several: the latest year of the period; in it, statistics before a government's own report,
the newer vintage, the better tier. What was passed over is kept, so that a verdict can say
whether it would have been another.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ..codelists import Comparator, Direction, Form
from ..dataset.observations import ObservationTable
from ..records import Observation, Target
from ..units.decimals import EXACT
from ..units.quantity import convert

__all__ = [
    "POINT",
    "Base",
    "Candidates",
    "Range",
    "agree",
    "baseline_of",
    "best_of",
    "better",
    "bound_on",
    "candidates",
    "level_series",
    "levels_in",
    "range_of",
    "satisfies",
]

POINT = {Comparator.REACH, Comparator.ABOUT}
_SPANS = {Form.AVERAGE_GROWTH, Form.CUMULATIVE, Form.INCREMENT, Form.MULTIPLE}
_STEADY = {Form.LEVEL, Form.RANK}
_INFINITE = Decimal("Infinity")


class Range(NamedTuple):
    """All that a stated figure may mean; "above 2" reaches from just over 2 to infinity."""

    low: Decimal
    high: Decimal


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
        if each.year == year and each.comparator in POINT
    ]


def level_series(target: Target, observations: ObservationTable[Observation]) -> list[Observation]:
    """The levels of what a target is about; places, where it is a ranking."""
    form = Form.RANK if target.form is Form.RANK else Form.LEVEL
    name = f"{target.region.code}/{target.indicator.code}/{form}"
    return list(observations.series(name))


def range_of(observation: Observation, unit: str) -> Range:
    """What an observation may mean, in a unit.

    Raises
    ------
    IncomparableError
        If the unit measures something else.
    """
    low = convert(observation.value, observation.unit, unit)
    high = observation.value_high
    match bound_on(observation.form, observation.comparator):
        case Comparator.ABOVE:
            return Range(low.next_plus(EXACT), _INFINITE)
        case Comparator.AT_LEAST:
            return Range(low, _INFINITE)
        case Comparator.BELOW:
            return Range(-_INFINITE, low.next_minus(EXACT))
        case Comparator.AT_MOST:
            return Range(-_INFINITE, low)
        case Comparator.BETWEEN if high is not None:
            return Range(low, convert(high, observation.unit, unit))
    return Range(low, low)


def agree(one: Observation, other: Observation) -> bool:
    """Whether two figures are the same number, as far as the coarser of them is printed."""
    if one.unit != other.unit:
        return one.value == convert(other.value, other.unit, one.unit)
    exponents = [each.value.as_tuple().exponent for each in (one, other)]
    coarser = max(each for each in exponents if isinstance(each, int))
    step = Decimal(1).scaleb(coarser)
    return one.value.quantize(step, context=EXACT) == other.value.quantize(step, context=EXACT)


def satisfies(target: Target, outcome: Range, tolerance: Decimal) -> bool | None:
    """Whether every value the outcome may have satisfies the target; None if only some do."""
    low, high = (_holds(target, value, tolerance) for value in outcome)
    if low is not high or (not low and outcome.low != outcome.high and _two_sided(target)):
        return None
    return low


def better(target: Target) -> Direction:
    """Which way leads to the target: down in a ranking, else where its bound points.

    "At most 5" is met below 5, also where more of the indicator is otherwise better.
    """
    match bound_on(target.form, target.comparator):
        case Comparator.AT_LEAST | Comparator.ABOVE:
            return Direction.UP
        case Comparator.AT_MOST | Comparator.BELOW:
            return Direction.DOWN
    return Direction.DOWN if target.form is Form.RANK else target.indicator.direction


def bound_on(form: Form, comparator: Comparator) -> Comparator:
    """The bound that a comparator puts on the number itself.

    In a ranking a lower place is better, and whichever way a text says it, "at least third"
    (至少第三位) and "the first three" (前3位) ask for the same: third or better.
    """
    return _IN_A_RANKING.get(comparator, comparator) if form is Form.RANK else comparator


def _holds(target: Target, value: Decimal, tolerance: Decimal) -> bool:
    goal, way = target.value, better(target)
    margin = abs(goal) * tolerance if target.comparator is Comparator.ABOUT else Decimal(0)
    top = target.value_high if target.value_high is not None else goal
    bound = bound_on(target.form, target.comparator)
    if bound in _BOUNDS:
        return _plain_bound(bound, value, goal)
    if way is Direction.UP:
        return value >= goal - margin
    if way is Direction.DOWN:
        return value <= top + margin
    return goal - margin <= value <= top + margin


_BOUNDS = {Comparator.AT_LEAST, Comparator.ABOVE, Comparator.AT_MOST, Comparator.BELOW}
_IN_A_RANKING = {Comparator.AT_LEAST: Comparator.AT_MOST, Comparator.ABOVE: Comparator.BELOW}


def _plain_bound(comparator: Comparator, value: Decimal, goal: Decimal) -> bool:
    match comparator:
        case Comparator.AT_LEAST:
            return value >= goal
        case Comparator.ABOVE:
            return value > goal
        case Comparator.AT_MOST:
            return value <= goal
        case _:
            return value < goal


def _two_sided(target: Target) -> bool:
    return better(target) is Direction.NONE


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
