"""The course of one target: the series behind it, where it starts, where it is to end.

A growth, a multiple or an increase is carried over to levels where the levels are known; else its
own figures are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from ..analysis.matching import Base, baseline_of, best_of, levels_in
from ..analysis.results import Assessment
from ..codelists import Form, Prices, Reason, Status
from ..dataset.dataset import Dataset
from ..errors import GrowthError
from ..records import Observation, Target
from ..units.decimals import EXACT
from ..units.growth import multiple_of, rate_between
from ..units.quantity import convert, same_measure

__all__ = ["Course", "course_of"]

_GROWN = {Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH, Form.MULTIPLE}
_FROM_LEVELS = {*_GROWN, Form.INCREMENT}
_COMPOUND = {Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH, Form.MULTIPLE}

Figure = tuple[Decimal, str]


class Course(NamedTuple):
    """What is drawn of one target; values in `unit`."""

    unit: str
    form: Form  # of the series drawn
    implied: bool  # whether the target was carried over to levels
    series: tuple[Observation, ...]  # one a year
    others: tuple[Observation, ...]  # of the same years, from other vintages and texts
    unplaced: int  # figures without a year, or on another basis
    start: Base | None
    goal: Decimal
    goal_high: Decimal | None
    goal_year: int
    required: tuple[tuple[int, Decimal], ...]  # from the start to the goal, year by year
    breaks: tuple[int, ...]  # years from which on the series is defined otherwise


def course_of(target: Target, plans: Dataset[Any, Any], verdict: Assessment) -> Course:
    """The course of a target, in levels where there are any."""
    base = _base(target, plans, verdict)
    levels = target.form in _FROM_LEVELS and base is not None
    if levels and base is not None:
        try:
            return _in_levels(target, plans, verdict, base)
        except GrowthError:
            base = None  # growth that means nothing there: its own figures are shown
    form = target.form
    found = _chosen(target, plans, verdict, form, target.unit)
    start = base if form in {Form.LEVEL, Form.RANK} else None
    if form is Form.CUMULATIVE:
        start = Base(Decimal(0), target.unit, (target.start_year or target.end_year) - 1, None)
    if start is not None and not same_measure(start.unit, target.unit):
        start = None
    goal, high = target.value, target.value_high
    return Course(
        target.unit, form, False, *found, start, goal, high, target.end_year,
        _required(target, verdict, start, target.unit, goal), _breaks(found[0]),
    )  # fmt: skip


def _in_levels(target: Target, plans: Dataset[Any, Any], verdict: Assessment, base: Base) -> Course:
    """Growth, a multiple or an increase as the level that it comes to."""
    unit = target.indicator.unit
    first = convert(base.value, base.unit, unit)
    years = target.end_year - base.year
    goal = _level(target, target.value, first, years)
    high = None if target.value_high is None else _level(target, target.value_high, first, years)
    found = _chosen(target, plans, verdict, Form.LEVEL, unit)
    required = _required(target, verdict, base, unit, goal)
    return Course(
        unit, Form.LEVEL, True, *found, base, goal, high, target.end_year, required,
        _breaks(found[0]),
    )  # fmt: skip


def _level(target: Target, value: Decimal, first: Decimal, years: int) -> Decimal:
    if target.form is Form.INCREMENT:
        return first + convert(value, target.unit, target.indicator.unit_in(Form.INCREMENT))
    if target.form is Form.MULTIPLE:
        return EXACT.multiply(first, value)
    rate = convert(value, target.unit, "percent_per_year")
    return EXACT.multiply(first, multiple_of(rate, years))


def _base(target: Target, plans: Dataset[Any, Any], verdict: Assessment) -> Base | None:
    """Where the verdict starts from, else where it would."""
    given = verdict.baseline
    if given is not None and same_measure(given.unit, target.indicator.unit_in(Form.LEVEL)):
        return Base(given.value, given.unit, given.year, None)
    if not target.is_whole or target.form is Form.CUMULATIVE:
        return None
    if target.form in _GROWN and target.indicator.growth_prices is Prices.CONSTANT:
        return None  # levels are in current prices
    if target.form is Form.ANNUAL_GROWTH and target.baseline_value is None:
        found = best_of(
            levels_in(target, plans.observations, target.end_year - 1), plans.observations
        )
        return None if found is None else Base(found.value, found.unit, target.end_year - 1, found)
    base = baseline_of(target, plans.observations)
    return base if base and base.year < target.end_year else None


def _chosen(
    target: Target, plans: Dataset[Any, Any], verdict: Assessment, form: Form, unit: str
) -> tuple[tuple[Observation, ...], tuple[Observation, ...], int]:
    """The figure that counts of each year, the others, and how many cannot be placed."""
    if not target.is_whole:
        return (), (), 0
    name = f"{target.region.code}/{target.indicator.code}/{form}"
    found = list(plans.observations.series(name))
    placed = [each for each in found if each.year is not None and same_measure(each.unit, unit)]
    used = set(verdict.inputs)
    years: dict[int, list[Observation]] = {}
    for each in placed:
        years.setdefault(each.year or 0, []).append(each)
    series, others = [], []
    for _, rivals in sorted(years.items()):
        points = [each for each in rivals if each.comparator.plain]
        cited = [each for each in points if each.key in used]
        best = cited[0] if cited else best_of(points, plans.observations)
        series += [best] if best else []
        others += [each for each in rivals if each is not best]
    return tuple(series), tuple(others), len(found) - len(placed)


def _required(
    target: Target, verdict: Assessment, start: Base | None, unit: str, goal: Decimal
) -> tuple[tuple[int, Decimal], ...]:
    """Where things had to be, year by year, by the pace of the verdict."""
    if start is None or target.form is Form.RANK or start.year >= target.end_year:
        return ()
    if verdict.reason in {Reason.BASE_BEYOND_TARGET, Reason.DIFFERENT_BASIS}:
        return ()
    first, years = convert(start.value, start.unit, unit), target.end_year - start.year
    method = verdict.pace.method if verdict.pace else ""
    compound = method == "compound" or (not method and target.form in _COMPOUND)
    if compound and first > 0 and goal > 0:
        rate = rate_between(first, goal, years)
        steps = [EXACT.multiply(first, multiple_of(rate, at)) for at in range(years)]
    else:
        steps = [first + EXACT.divide((goal - first) * at, Decimal(years)) for at in range(years)]
    return (*((start.year + at, step) for at, step in enumerate(steps)), (target.end_year, goal))


def _breaks(series: Iterable[Observation]) -> tuple[int, ...]:
    return tuple(each.year for each in series if each.status is Status.BREAK and each.year)
