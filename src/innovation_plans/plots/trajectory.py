"""The trajectory of one target: its series, its start, and the path that it requires."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from ..analysis.evidence import implied_level
from ..analysis.matching import (
    Base,
    agree,
    are_mixed,
    baseline_of,
    best_of,
    better,
    levels_in,
    satisfies,
)
from ..analysis.quotients import ratio_of_parts
from ..analysis.results import Assessment, Stated
from ..codelists import Form, Prices, Reason, Status, Verdict
from ..dataset.dataset import Dataset
from ..dataset.sequence import group_by
from ..errors import GrowthError
from ..records import Observation, Target
from ..units.decimals import EXACT
from ..units.growth import multiple_of, rate_between
from ..units.interval import Interval, accepted, bound_on
from ..units.quantity import convert, same_measure

Plans = Dataset[Any, Any]
Steps = tuple[tuple[int, Decimal], ...]

_COMPOUND = {Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH, Form.MULTIPLE}
_RELATIVE = {*_COMPOUND, Form.INCREMENT}  # forms that imply a level


class Trajectory(NamedTuple):
    """The series of one target, its start and its required path, in the unit of `goal`."""

    goal: Stated  # the target as it is shown: as stated, or as the level that it implies
    implied: bool  # whether it is shown as that level
    series: tuple[Observation, ...]  # one per year
    others: tuple[Observation, ...]  # of the same years, from other vintages and sources
    judged: tuple[Base, ...]  # on one vintage, if the pace is computed on that
    unplaced: int  # number of figures without a year, or in another measure
    start: Base | None
    required: Steps  # the level of each year, from the start to the target
    remaining: Steps  # the same from the last figure; empty if nothing is still required

    @property
    def apart(self) -> list[Observation]:
        """The others that differ from the figure of the series of their year."""
        drawn = {figure.year: figure for figure in self.series}
        return [
            figure for figure in self.others
            if figure.year not in drawn or not agree(figure, drawn[figure.year])
        ]  # fmt: skip


def trajectory_of(target: Target, plans: Plans, verdict: Assessment) -> Trajectory:
    """Return the trajectory of a target: in levels if they are known, else in its own figures."""
    judged, goal = _on_one_vintage(target, plans, verdict), verdict.stated
    start = judged[0] if judged else _start(target, plans, verdict)
    if target.form in _RELATIVE and start is not None:
        try:
            goal = _implied(target, goal, start)
        except GrowthError:
            start = None  # the growth does not imply a level, so its own figures are shown
    if goal.form is Form.CUMULATIVE:
        before = (target.start_year or target.end_year) - 1
        start = Base(Decimal(0), goal.unit, before, Interval.point(Decimal(0)))
    elif goal.form not in {Form.LEVEL, Form.RANK}:
        start = None
    if start is not None and not same_measure(start.unit, goal.unit):
        start = None
    series, others, unplaced = _observations(target, plans, verdict, goal)
    no_path = {Reason.BASE_BEYOND_TARGET, Reason.DIFFERENT_BASIS, Reason.OTHER_SCOPE}
    without_path = verdict.reason in no_path
    return Trajectory(
        goal=goal,
        implied=goal.form is not target.form,
        series=series,
        others=others,
        judged=judged,
        unplaced=unplaced,
        start=start,
        required=() if without_path else _steps(target, verdict, start, goal),
        remaining=_remaining(target, verdict, judged or series, goal),
    )


def by_year(observations: Iterable[Observation]) -> list[list[Observation]]:
    """Return the observations that have a year, in one list per year."""
    dated = [observation for observation in observations if observation.year is not None]
    years = group_by(dated, lambda observation: observation.year)
    return [years[year] for year in sorted(years)]


def is_spliced(before: Observation, after: Observation, figures: Iterable[Observation]) -> bool:
    """Return whether two figures are of two vintages that cannot be compared.

    They can be if one document states both, or if the vintages agree in one of the two years.
    """
    if not are_mixed(before, after) or before.citation.source == after.citation.source:
        return False
    pairs = ((before, after.vintage), (after, before.vintage))
    return not any(
        (each.year, each.vintage) == (figure.year, vintage) and agree(figure, each)
        for each in figures
        for figure, vintage in pairs
    )


def breaks(series: Iterable[Observation]) -> list[int]:
    """Return the years from which on a series has another definition."""
    return [each.year or 0 for each in series if each.status is Status.BREAK]


def splices(series: Iterable[Observation], figures: Sequence[Observation]) -> list[int]:
    """Return the years before which another vintage begins, as the figures of all vintages show."""
    pairs = pairwise(series)
    return [after.year or 0 for before, after in pairs if is_spliced(before, after, figures)]


def _implied(target: Target, stated: Stated, start: Base) -> Stated:
    """Return a growth, a multiple or an increase as the level that it implies."""
    unit = target.indicator.unit
    first = convert(start.value, start.unit, unit)
    level, high = (
        None if value is None else implied_level(target, value, first, target.end_year - start.year)
        for value in (target.value, target.value_high)
    )
    changes = {"form": Form.LEVEL, "unit": unit, "value": level, "value_high": high}
    return stated.model_copy(update=changes)


def _start(target: Target, plans: Plans, verdict: Assessment) -> Base | None:
    """Return the baseline of the verdict, or that which a verdict would use."""
    baseline = verdict.baseline
    unit = target.indicator.unit_in(Form.LEVEL)
    if baseline and baseline.comparator.plain and same_measure(baseline.unit, unit):
        value = baseline.value
        return Base(value, baseline.unit, baseline.year, Interval.point(value))
    if not target.is_whole or target.form is Form.CUMULATIVE:
        return None
    if target.form in _COMPOUND and target.indicator.growth_prices is Prices.CONSTANT:
        return None  # levels are in current prices
    if target.form is Form.ANNUAL_GROWTH and target.baseline_value is None:
        year = target.end_year - 1
        level = best_of(levels_in(target, plans.observations, year), plans.observations)
        return None if level is None else Base.of_level(level, year, plans.observations)
    base = baseline_of(target, plans.observations)
    return base if base and base.year < target.end_year else None


def _observations(
    target: Target, plans: Plans, verdict: Assessment, goal: Stated
) -> tuple[tuple[Observation, ...], tuple[Observation, ...], int]:
    """Return the preferred figure of each year, the others, and the number of unplaced ones."""
    if not target.is_whole:
        return (), (), 0
    name = f"{target.region.code}/{target.indicator.code}/{goal.form}"
    observations = plans.observations.series(name)
    years = by_year(each for each in observations if same_measure(each.unit, goal.unit))
    series: list[Observation] = []
    for candidates in years:
        points = [observation for observation in candidates if observation.comparator.plain]
        cited = [point for point in points if point.key in verdict.inputs]
        if best := best_of(cited[:1] or points, plans.observations):
            series.append(best)
    placed = [observation for candidates in years for observation in candidates]
    others = [each for each in placed if not any(each is chosen for chosen in series)]
    return tuple(series), tuple(others), len(observations) - len(placed)


def _on_one_vintage(target: Target, plans: Plans, verdict: Assessment) -> tuple[Base, ...]:
    """Return the ratio of each year from start to outcome, if the pace is computed on one vintage."""
    one, start, outcome = verdict.one_vintage, verdict.baseline, verdict.outcome
    if one is None or start is None or outcome is None:
        return ()
    unit, subject = verdict.stated.unit, (target.region, target.indicator)
    ratios = {
        year: ratio_of_parts(*subject, unit, plans.observations, year, vintage=one.vintage)
        for year in range(start.year, outcome.year + 1)
    }
    return tuple(
        Base(ratio.value, unit, year, ratio.printed, ratio.records)
        for year, ratio in ratios.items()
        if ratio
    )


def _remaining(
    target: Target, verdict: Assessment, series: Sequence[Base | Observation], goal: Stated
) -> Steps:
    """Return the path from the last figure, unless it is enough, or the verdict is final."""
    if not series or verdict.verdict in {Verdict.MET, Verdict.MISSED}:
        return ()
    bound = bound_on(goal.form, goal.comparator)
    tolerance = verdict.tolerance or Decimal(0)
    wanted = accepted(bound, goal.value, goal.value_high, better(target), tolerance)
    last = convert(series[-1].value, series[-1].unit, goal.unit)
    is_enough = satisfies(wanted, Interval.point(last))
    return () if is_enough else _steps(target, verdict, series[-1], goal)


def _steps(
    target: Target, verdict: Assessment, first: Base | Observation | None, goal: Stated
) -> Steps:
    """Return the level of each year up to the target, by the pace method of the verdict."""
    if first is None or target.form is Form.RANK:
        return ()
    start, value = first.year or target.end_year, convert(first.value, first.unit, goal.unit)
    years = target.end_year - start
    if years < 1:
        return ()
    method = verdict.pace.method if verdict.pace else ""
    compound = method == "compound" or (not method and target.form in _COMPOUND)
    if compound and value > 0 and goal.value > 0:
        rate = rate_between(value, goal.value, years)
        levels = [EXACT.multiply(value, multiple_of(rate, at)) for at in range(years)]
    else:
        distance = goal.value - value
        levels = [value + EXACT.divide(distance * at, Decimal(years)) for at in range(years)]
    return (*enumerate(levels, start), (target.end_year, goal.value))
