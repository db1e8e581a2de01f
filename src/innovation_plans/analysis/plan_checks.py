"""Checks of plan against plan: annual goals, the nation, further texts."""

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
from .comparability import nation_of
from .findings import Finding, overlap
from .levels import KnownLevels
from .matching import better
from .operands import Assumption, Level, in_unit
from .ratio_checks import Case

__all__ = ["annual_findings", "position_findings", "text_findings", "together_findings"]

_STEADY = {Form.LEVEL, Form.RANK}
_FEWEST = 3  # provinces that make a sum worth saying


def annual_findings(case: Case) -> Iterator[Finding]:
    """Annual goals, assessed against the targets of the five-year period they lie in."""
    span = years_of(case.period)
    if span is None or span[0] == span[1]:
        return
    goals = [
        each
        for each in case.known.targets
        if years_of(each.period) == (each.end_year, each.end_year)
        and span[0] <= each.end_year <= span[1]
    ]
    for target in case.targets:
        for goal in goals:
            if goal.indicator.code != target.indicator.code:
                continue
            if goal.form is target.form and target.form in _STEADY:
                if goal.end_year == target.end_year:
                    yield _last_year(case, target, goal)
            elif (goal.form, target.form) == (Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH):
                yield from _pace_of(case, target, goal)


def position_findings(case: Case) -> Iterator[Finding]:
    """Where a region's ratios and growth rates stand beside the nation's of the same period."""
    nation = nation_of(case.known.region)
    if nation is None or nation == case.known.region:
        return
    whole = case.known.plans.targets.filter(lambda each: each.region.code == nation.code)
    for target in case.targets:
        for theirs in whole:
            if _alike(target, theirs) and _intensive(target):
                left, right = (_own_unit(case, each) for each in (theirs, target))
                yield case.finding(
                    Check.POSITION, target, left, right, agrees=None, nation=nation.code
                )


def together_findings(case: Case) -> Iterator[Finding]:
    """What the targets of the provinces come to together, beside the nation's own."""
    if case.known.region.kind is not RegionKind.NATION:
        return
    plans = case.known.plans
    strongest = plans.targets.select().kept
    for target in case.targets:
        if not _intensive(target) or target.start_year is None:
            continue
        theirs: dict[str, Target] = {}
        for each in strongest:
            if each.region.kind is RegionKind.PROVINCE and _alike(each, target):
                theirs.setdefault(each.region.code, each)
        sum_ = _together(case, target, theirs.values())
        if sum_ is None:
            continue
        level, complete = sum_
        left = _own_unit(case, target)
        agrees = overlap(left, level, case.tolerance) if complete else None
        yield case.finding(Check.TOGETHER, target, left, level, agrees=agrees)


def text_findings(case: Case) -> Iterator[Finding]:
    """Two texts of one claim that print two figures."""
    table, keys = case.known.plans.targets, case.keys
    if not any(table.rivals(each) for each in case.targets):
        return
    for conflict in table.filter(lambda each: each.key in keys).conflicts():
        first, *others = conflict.targets
        for each in others:
            left, right = (_own_unit(case, one) for one in (first, each))
            agrees = overlap(left, right, case.tolerance)
            yield case.finding(Check.TEXTS, first, left, right, agrees=agrees)


def _last_year(case: Case, target: Target, goal: Target) -> Finding:
    """The goal of the last year; it agrees if reaching it reaches the target."""
    left, right = (_own_unit(case, each) for each in (target, goal))
    margin = Decimal(0) if target.form is Form.RANK else abs(left.value) * case.tolerance
    match better(target):
        case Direction.UP:
            agrees = right.top >= left.value - margin
        case Direction.DOWN:
            agrees = right.value <= left.top + margin
        case _:
            agrees = overlap(left, right, case.tolerance)
    return case.finding(Check.ANNUAL_LEVEL, target, left, right, agrees=agrees)


def _pace_of(case: Case, target: Target, goal: Target) -> Iterator[Finding]:
    """The growth goal of a year, and the mean growth still needed from that year on."""
    needed = _needed(case.known, target, goal.end_year)
    if needed is None:
        return
    right = _own_unit(case, goal)
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
        agrees=right.top >= needed.value - margin,
        reconciles=assumed,
    )


def _needed(known: KnownLevels, target: Target, year: int) -> Level | None:
    """The mean growth from `year` on that still makes the mean of the whole span."""
    start, end = target.start_year, target.end_year
    if start is None or not start <= year <= end:
        return None
    rate = in_unit(known.stated(target), "percent_per_year", known.units)
    code = target.indicator.code
    if year == start:
        return replace(rate, expression=f"{code}, growth a year {start}–{end}")
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
    years = f"{end - start + 1}"
    shown = (
        f"({base.expression} × (1 + {plain(rate.value)}%)^{years} ÷ {last.expression})"
        f"^(1/{end - year + 1}) − 1"
    )
    return replace(
        rate,
        value=value,
        high=None,
        comparator=None if rate.high is not None else rate.comparator,
        expression=shown,
        operands=(*base.operands, *rate.operands, *last.operands),
        caveats=tuple(dict.fromkeys((*rate.caveats, *base.caveats, *last.caveats))),
    )


def _together(case: Case, nation: Target, targets: Iterable[Target]) -> tuple[Level, bool] | None:
    """The weighted sum of provinces; and whether every province is in it."""
    plans, before = case.known.plans, (nation.start_year or nation.end_year) - 1
    whole = nation.indicator.denominator
    weighed = whole if whole is not None and nation.form is Form.LEVEL else nation.indicator
    sums = [Decimal(0), Decimal(0)]
    levels: list[Level] = []
    for each in targets:
        weight = KnownLevels(plans, each.region).observed(weighed, before)
        if weight is None:
            continue
        weight = case.in_unit(weight, weighed.unit)
        sums[0] += weight.value
        sums[1] += EXACT.multiply(weight.value, _multiplier(case, each, before))
        levels += [_own_unit(case, each), weight]
    count = len(levels) // 2
    if count < _FEWEST:
        return None
    value = EXACT.divide(sums[1], sums[0])
    if nation.form is not Form.LEVEL:
        value = rate_between(1, value, nation.end_year - before)
    provinces = plans.regions.where(kind=RegionKind.PROVINCE)
    name = (
        f"{nation.indicator.code}, mean of {count} provinces weighted by {weighed.code}({before})"
    )
    caveats = () if count == len(provinces) else (Caveat.PART_OF_THE_PROVINCES,)
    operands = tuple(one for level in levels for one in level.operands)
    made = Level(value, levels[0].unit, name, operands=operands, caveats=caveats)
    return made, count == len(provinces)


def _multiplier(case: Case, target: Target, before: int) -> Decimal:
    value = _own_unit(case, target).value
    return value if target.form is Form.LEVEL else multiple_of(value, target.end_year - before)


def _own_unit(case: Case, target: Target) -> Level:
    return case.in_unit(case.known.stated(target), target.indicator.unit_in(target.form))


def _alike(one: Target, other: Target) -> bool:
    """Whether two targets speak of one thing, form, period and year."""
    what = [(each.subject, each.form, each.period, each.end_year) for each in (one, other)]
    return what[0] == what[1]


def _intensive(target: Target) -> bool:
    """Whether size does not matter: a ratio, or growth."""
    ratio = target.indicator.denominator is not None and target.form is Form.LEVEL
    return ratio or target.form in {Form.AVERAGE_GROWTH, Form.ANNUAL_GROWTH}
