"""Checks of plans: annual goals, the nation and its provinces, two sources of one target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from ..codelists import Caveat, Direction, Form, Prices, RegionKind
from ..errors import GrowthError
from ..records import Target, years_of
from ..text.implied import Check
from ..units.decimals import EXACT, plain
from ..units.growth import multiple_of, rate_between
from .check_case import CheckCase
from .comparability import nation_of
from .findings import Finding, overlap
from .levels import KnownLevels
from .matching import LEVEL_FORMS, better
from .operands import Assumption, Level, in_unit

_FEWEST_PROVINCES = 3  # together


def annual_findings(case: CheckCase) -> Iterator[Finding]:
    """Compare annual goals with the targets of the period that they are in."""
    span = years_of(case.period)
    if span is None or span[0] == span[1]:
        return
    goals = [
        target
        for target in case.known.targets
        if years_of(target.period) == (target.end_year, target.end_year)
        and span[0] <= target.end_year <= span[1]
    ]
    for target in case.targets:
        for goal in goals:
            if goal.indicator.code != target.indicator.code:
                continue
            if goal.form is target.form and target.form in LEVEL_FORMS:
                if goal.end_year == target.end_year:
                    yield _last_year_finding(case, target, goal)
            elif (goal.form, target.form) == (Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH):
                yield from _growth_findings(case, target, goal)


def position_findings(case: CheckCase) -> Iterator[Finding]:
    """Compare ratios and growth rates of a region with those of the nation, without a verdict."""
    nation = nation_of(case.known.region)
    if nation is None or nation == case.known.region:
        return
    national_targets = case.known.plans.targets.filter(
        lambda target: target.region.code == nation.code
    )
    for target in case.targets:
        for national in national_targets:
            if _same_kind(target, national) and _is_intensive(target):
                left, right = case.stated(national), case.stated(target)
                yield case.finding(
                    Check.POSITION, target, left, right, agrees=None, nation=nation.code
                )


def together_findings(case: CheckCase) -> Iterator[Finding]:
    """Compare the targets of the nation with those of its provinces together."""
    if case.known.region.kind is not RegionKind.NATION:
        return
    plans = case.known.plans
    strongest = plans.targets.select().kept
    for target in case.targets:
        if not _is_intensive(target) or target.start_year is None:
            continue
        provincial: dict[str, Target] = {}
        for other in strongest:
            is_province = other.region.kind is RegionKind.PROVINCE
            if is_province and other.is_whole and _same_kind(other, target):
                provincial.setdefault(other.region.code, other)
        mean = _together(case, target, provincial.values())
        if mean is None:
            continue
        level, complete = mean
        left = case.stated(target)
        agrees = overlap(left, level, case.tolerance) if complete else None
        yield case.finding(Check.TOGETHER, target, left, level, agrees=agrees)


def text_findings(case: CheckCase) -> Iterator[Finding]:
    """Compare two figures that two sources state for one target."""
    table, keys = case.known.plans.targets, case.keys
    if not any(table.rivals(target) for target in case.targets):
        return
    for conflict in table.filter(lambda target: target.key in keys).conflicts():
        first, *others = conflict.targets
        for other in others:
            left, right = case.stated(first), case.stated(other)
            agrees = overlap(left, right, case.tolerance)
            yield case.finding(Check.TEXTS, first, left, right, agrees=agrees)


def _last_year_finding(case: CheckCase, target: Target, goal: Target) -> Finding:
    """Return the finding on the goal of the last year: it agrees if it satisfies the target."""
    left, right = case.stated(target), case.stated(goal)
    margin = Decimal(0) if target.form is Form.RANK else abs(left.value) * case.tolerance
    match better(target):
        case Direction.UP:
            agrees = right.top >= left.value - margin
        case Direction.DOWN:
            agrees = right.value <= left.top + margin
        case _:
            agrees = overlap(left, right, case.tolerance)
    return case.finding(Check.ANNUAL_LEVEL, target, left, right, agrees=agrees)


def _growth_findings(case: CheckCase, target: Target, goal: Target) -> Iterator[Finding]:
    """Compare the growth goal of a year with the mean growth needed from that year on.

    A goal below the mean contradicts it in the last year only: later years can grow faster.
    """
    needed = _needed_growth(case.at_issue_of(goal), target, goal.end_year)
    if needed is None:
        return
    right = case.stated(goal)
    margin = abs(needed.value) * case.tolerance
    assumed = Assumption(
        indicator=target.indicator.code,
        region=target.region.code,
        form=Form.AVERAGE_GROWTH,
        start_year=goal.end_year,
        year=target.end_year,
        value=needed.value.quantize(Decimal("0.01")),
        unit="percent_per_year",
    )
    yield case.finding(
        Check.ANNUAL_GROWTH,
        goal,
        needed,
        right,
        agrees=goal.end_year < target.end_year or right.top >= needed.value - margin,
        reconciles=assumed,
    )


def _needed_growth(known: KnownLevels, target: Target, year: int) -> Level | None:
    """Return the mean growth from `year` on that the mean of the whole span requires."""
    start, end = target.start_year, target.end_year
    if start is None or not start <= year <= end:
        return None
    rate = in_unit(known.stated(target), "percent_per_year", known.units)
    code = target.indicator.code
    if year == start:
        return replace(rate, expression=f"{code}({start}–{end})")
    base = known.base(target.indicator, start - 1, target)
    last = known.observed(target.indicator, year - 1)
    if target.indicator.growth_prices is Prices.CONSTANT or base is None or last is None:
        return None  # levels are at current prices
    last = in_unit(last, base.unit, known.units)
    goal = EXACT.multiply(base.value, multiple_of(rate.value, end - start + 1))
    try:
        value = rate_between(last.value, goal, end - year + 1)
    except GrowthError:
        return None
    expression = (
        f"({base.expression} × (1 + {plain(rate.value)}%)^{end - start + 1} ÷ {last.expression})"
        f"^(1/{end - year + 1}) − 1"
    )
    return replace(
        rate,
        value=value,
        high=None,
        comparator=None if rate.high is not None else rate.comparator,
        expression=expression,
        operands=(*base.operands, *rate.operands, *last.operands),
        caveats=tuple(dict.fromkeys((*rate.caveats, *base.caveats, *last.caveats))),
    )


def _together(
    case: CheckCase, nation: Target, targets: Iterable[Target]
) -> tuple[Level, bool] | None:
    """Return the mean ratio or the growth of the sum of provinces, and whether it has all of them."""
    plans, before = case.known.plans, (nation.start_year or nation.end_year) - 1
    denominator = nation.indicator.denominator
    by_denominator = denominator is not None and nation.form is Form.LEVEL
    weights = denominator if denominator and by_denominator else nation.indicator
    total_weight, total = Decimal(0), Decimal(0)
    levels: list[Level] = []
    for target in targets:
        weight = KnownLevels(plans, target.region).observed(weights, before)
        if weight is None:
            continue
        weight = case.in_unit(weight, weights.unit)
        total_weight += weight.value
        total += EXACT.multiply(weight.value, _multiplier(case, target, before))
        levels += [case.stated(target), weight]
    count = len(levels) // 2
    if count < _FEWEST_PROVINCES:
        return None
    value = EXACT.divide(total, total_weight)
    end = nation.end_year
    figure, start = f"{nation.indicator.code}({end})", f"{weights.code}({before})"
    expression = f"Σ({figure} × {start}) ÷ Σ {start}"
    if nation.form is not Form.LEVEL:
        value = rate_between(1, value, end - before)
        expression = f"(Σ {figure} ÷ Σ {start})^(1/{end - before}) − 1"
    complete = count == len(plans.regions.where(kind=RegionKind.PROVINCE))
    return (
        Level(
            value,
            levels[0].unit,
            expression,
            operands=tuple(operand for level in levels for operand in level.operands),
            caveats=() if complete else (Caveat.PART_OF_THE_PROVINCES,),
        ),
        complete,
    )


def _multiplier(case: CheckCase, target: Target, before: int) -> Decimal:
    value = case.stated(target).value
    return value if target.form is Form.LEVEL else multiple_of(value, target.end_year - before)


def _same_kind(left: Target, right: Target) -> bool:
    """Return whether two targets have one subject, form, period and year."""
    first, second = (
        (target.subject, target.form, target.period, target.end_year) for target in (left, right)
    )
    return first == second


def _is_intensive(target: Target) -> bool:
    """Return whether a target does not depend on the size of the region: a ratio, or growth."""
    ratio = target.indicator.denominator is not None and target.form is Form.LEVEL
    return ratio or target.form in {Form.AVERAGE_GROWTH, Form.ANNUAL_GROWTH}
