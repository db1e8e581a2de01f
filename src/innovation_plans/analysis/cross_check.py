"""Check whether the targets of a region and period agree with each other and with arithmetic.

Two kinds of checks: arithmetic (a ratio and its parts, a level and its growth), and plans (annual
goals, the nation and its provinces, two sources of one target).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from ..codelists import Caveat, Direction, Form, Prices, RegionKind
from ..dataset.dataset import Dataset
from ..dataset.where import Some
from ..errors import GrowthError
from ..records import Indicator, Target, years_of
from ..text.implied import Check, Origin
from ..units.decimals import EXACT, Number, exact, in_own_context, plain, rounded
from ..units.growth import multiple_of, rate_between
from ..units.interval import DEFAULT_TOLERANCE
from .comparability import nation_of
from .derive import Ratio, ratios
from .findings import Finding, Findings, gap_between, overlap, side
from .levels import KnownLevels, Vintages
from .matching import LEVEL_FORMS, better
from .operands import Assumption, Level, divided, in_unit
from .results import region_order, subject_of

__all__ = ["cross_check", "nearest_end"]

_FEWEST_PROVINCES = 3  # in a weighted mean


@in_own_context
def cross_check(
    plans: Dataset[Any, Any],
    *,
    region: Some = None,
    period: Some = None,
    tolerance: Number = DEFAULT_TOLERANCE,
    vintage: Vintages = None,
    assume: Iterable[Assumption] = (),
) -> Findings:
    """Return findings on whether the targets of a region agree.

    Compared are: ratios with the levels that planned growth implies, levels with growth, annual
    goals with the plan of their period, a region with the nation, the provinces together with the
    nation, and two sources of one target with each other.

    Parameters
    ----------
    plans
        The dataset.
    region, period
        As in ``plans.targets.where``; all of them if not given.
    tolerance
        Share of a value within which two figures agree: 0.02 is two percent; at least half a unit
        of the last printed digit.
    vintage, assume
        As in :func:`derive`.

    Returns
    -------
    Findings
        Two sides, their gap, whether both can be right, and what would have to be assumed for that.
        A share or level that grows at constant prices is not comparable with one at current
        prices, unless a deflator is assumed.

    Examples
    --------
    >>> from innovation_plans import load
    >>> findings = cross_check(load(), region="CN-GD", period="14th").of("ratio_against_levels")
    >>> print(findings[0].left.text(), "|", findings[0].right.text(), "|", findings[0].gap_text())
    about 3.5% | 3.844% | +0.344 percentage points
    >>> findings[0].agrees, findings[0].reconciles.text()
    (False, 'gdp 2021-2025: average annual growth of 7.09%')
    """
    share, assumptions = exact(tolerance), tuple(assume)
    chosen = plans.targets.where(region=region, period=period)
    regions = {target.region.code: target.region for target in chosen}
    findings: list[Finding] = []
    for where in sorted(regions.values(), key=region_order):
        known = KnownLevels(plans, where, vintage=vintage, assume=assumptions)
        periods = {target.period for target in chosen if target.region.code == where.code}
        for name in sorted(periods, key=lambda each: (years_of(each) or (9999, 9999), each)):
            targets = tuple(target for target in known.targets if target.period == name)
            case = _Case(known, name, targets, share)
            findings += (finding for check in _CHECKS for finding in check(case))
    return Findings(findings, plans.edition)


class _Case(NamedTuple):
    """One region and period that is checked."""

    known: KnownLevels
    period: str
    targets: tuple[Target, ...]  # of the region and period
    tolerance: Decimal

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the targets of the period."""
        return frozenset(each.key for each in self.targets)

    def finding(
        self,
        check: Check,
        target: Target,
        left: Level,
        right: Level,
        *,
        agrees: bool | None,
        reconciles: Assumption | None = None,
        caveats: tuple[Caveat, ...] = (),
        nation: str | None = None,
    ) -> Finding:
        """Return the finding of two sides in one unit; `nation` is the region of the left one."""
        gap, unit = gap_between(left, right)
        region = self.known.region.code
        return Finding(
            **subject_of(self.known.region, target.indicator).model_dump(),
            check=check,
            period=self.period,
            year=target.end_year,
            left=side(left, nation or region),
            right=side(right, region),
            gap=gap,
            gap_unit=unit,
            agrees=agrees,
            tolerance=self.tolerance,
            reconciles=None if agrees else reconciles,
            inputs=tuple(dict.fromkeys((*left.keys, *right.keys))),
            caveats=tuple(dict.fromkeys((*left.caveats, *right.caveats, *caveats))),
            edition=self.known.plans.edition,
        )

    def in_unit(self, level: Level, unit: str) -> Level:
        """Return a level in another unit of the same measure."""
        return in_unit(level, unit, self.known.units)

    def stated(self, target: Target) -> Level:
        """Return the figure of a target, in the unit of its indicator and form."""
        return self.in_unit(self.known.stated(target), target.indicator.unit_in(target.form))


def _ratio_findings(case: _Case) -> Iterator[Finding]:
    """Compare ratio targets with planned numerators over known denominators."""
    ratio_of = {ratio.of.code: ratio for ratio in ratios(case.known.plans)}
    for target in case.targets:
        ratio = ratio_of.get(target.indicator.code)
        if ratio is None or target.form is not Form.LEVEL:
            continue
        for part in case.known.numerators(ratio.part, target.end_year):
            for whole in case.known.denominators(ratio.whole, target.end_year):
                planned = part.planned or whole.targeted
                if planned and whole.value and _is_of_period(case, part):
                    yield _ratio_finding(case, target, ratio, part, whole)


def _level_findings(case: _Case) -> Iterator[Finding]:
    """Compare level targets with the levels that growth targets of the period imply."""
    for target in case.targets:
        if target.form is not Form.LEVEL:
            continue
        for growth in case.known.growths(target.indicator, target.end_year):
            reached = case.known.reached(target.indicator, growth, target.end_year)
            if reached is None or not _is_of_period(case, reached):
                continue
            left = case.in_unit(case.known.stated(target), target.indicator.unit)
            right = case.in_unit(reached, target.indicator.unit)
            needed = _growth_to(case, target.indicator, growth.start_year, target.end_year, left)
            yield case.finding(
                Check.LEVEL,
                target,
                left,
                right,
                agrees=_agreement(left, right, case.tolerance),
                reconciles=needed,
            )


def nearest_end(stated: Level, other: Level) -> Level:
    """Return the end of a stated range that is nearer to the other figure."""
    if stated.high is None:
        return stated
    value = stated.high if other.value > stated.high else stated.value
    return replace(stated, value=value, high=None, comparator=None)


def _ratio_finding(case: _Case, target: Target, ratio: Ratio, part: Level, whole: Level) -> Finding:
    """Return the finding on a stated ratio and the ratio of two levels."""
    left = case.in_unit(case.known.stated(target), ratio.of.unit)
    right = divided(part, whole, ratio.of.unit, case.known.units)
    goal = divided(part, nearest_end(left, right), ratio.whole.unit, case.known.units)
    start = target.start_year or target.end_year
    return case.finding(
        Check.RATIO,
        target,
        left,
        right,
        agrees=_agreement(left, right, case.tolerance),
        reconciles=_growth_to(case, ratio.whole, start, target.end_year, goal),
        caveats=_observed_since(whole, start),
    )


def _agreement(left: Level, right: Level, tolerance: Decimal) -> bool | None:
    """Return whether both agree; None if one is at constant prices and the other at current ones."""
    if Caveat.CONSTANT_PRICES in right.caveats:
        return None
    return overlap(left, right, tolerance)


def _growth_to(
    case: _Case, indicator: Indicator, start: int, year: int, goal: Level
) -> Assumption | None:
    """Return the growth from the year before `start` that would reach a level."""
    facts: dict[str, Any] = {
        "indicator": indicator.code,
        "region": case.known.region.code,
        "year": year,
    }
    base = case.known.base(indicator, start - 1)
    try:
        first = Decimal(0) if base is None else case.in_unit(base, goal.unit).value
        rate = rate_between(first, goal.value, year - start + 1)
    except GrowthError:
        return Assumption(value=_short(goal.value), unit=goal.unit, **facts)
    if year > start:
        facts |= {"form": Form.AVERAGE_GROWTH, "start_year": start}
    else:
        facts |= {"form": Form.ANNUAL_GROWTH}
    return Assumption(value=rate.quantize(Decimal("0.01")), unit="percent_per_year", **facts)


def _is_of_period(case: _Case, level: Level) -> bool:
    """Return whether all targets that a level is made from are of the period."""
    planned = {Origin.TARGET, Origin.BASELINE}
    return all(each.key in case.keys for each in level.operands if each.origin in planned)


def _observed_since(level: Level, start: int) -> tuple[Caveat, ...]:
    observed = (each.origin is Origin.OBSERVATION and each.year >= start for each in level.operands)
    return (Caveat.OBSERVED_SINCE,) if any(observed) else ()


def _short(value: Decimal) -> Decimal:
    return rounded(value, 6) if abs(value) > 10**6 else round(value, 4)


def _annual_findings(case: _Case) -> Iterator[Finding]:
    """Compare annual goals with the targets of the period that they are in."""
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
            if goal.form is target.form and target.form in LEVEL_FORMS:
                if goal.end_year == target.end_year:
                    yield _last_year_finding(case, target, goal)
            elif (goal.form, target.form) == (Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH):
                yield from _growth_findings(case, target, goal)


def _position_findings(case: _Case) -> Iterator[Finding]:
    """Compare ratios and growth rates of a region with those of the nation, without a verdict."""
    nation = nation_of(case.known.region)
    if nation is None or nation == case.known.region:
        return
    national_targets = case.known.plans.targets.filter(lambda each: each.region.code == nation.code)
    for target in case.targets:
        for national in national_targets:
            if _same_kind(target, national) and _is_intensive(target):
                left, right = case.stated(national), case.stated(target)
                yield case.finding(
                    Check.POSITION, target, left, right, agrees=None, nation=nation.code
                )


def _together_findings(case: _Case) -> Iterator[Finding]:
    """Compare the targets of the nation with the weighted mean of its provinces."""
    if case.known.region.kind is not RegionKind.NATION:
        return
    plans = case.known.plans
    strongest = plans.targets.select().kept
    for target in case.targets:
        if not _is_intensive(target) or target.start_year is None:
            continue
        provincial: dict[str, Target] = {}
        for each in strongest:
            if each.region.kind is RegionKind.PROVINCE and _same_kind(each, target):
                provincial.setdefault(each.region.code, each)
        mean = _weighted_mean(case, target, provincial.values())
        if mean is None:
            continue
        level, complete = mean
        left = case.stated(target)
        agrees = overlap(left, level, case.tolerance) if complete else None
        yield case.finding(Check.TOGETHER, target, left, level, agrees=agrees)


def _text_findings(case: _Case) -> Iterator[Finding]:
    """Compare two figures that two sources state for one target."""
    table, keys = case.known.plans.targets, case.keys
    if not any(table.rivals(each) for each in case.targets):
        return
    for conflict in table.filter(lambda each: each.key in keys).conflicts():
        first, *others = conflict.targets
        for each in others:
            left, right = case.stated(first), case.stated(each)
            agrees = overlap(left, right, case.tolerance)
            yield case.finding(Check.TEXTS, first, left, right, agrees=agrees)


def _last_year_finding(case: _Case, target: Target, goal: Target) -> Finding:
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


def _growth_findings(case: _Case, target: Target, goal: Target) -> Iterator[Finding]:
    """Compare the growth goal of a year with the mean growth needed from that year on."""
    needed = _needed_growth(case.known, target, goal.end_year)
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
        agrees=right.top >= needed.value - margin,
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


def _weighted_mean(
    case: _Case, nation: Target, targets: Iterable[Target]
) -> tuple[Level, bool] | None:
    """Return the weighted mean of provinces, and whether every province is in it."""
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
    if nation.form is not Form.LEVEL:
        value = rate_between(1, value, nation.end_year - before)
    complete = count == len(plans.regions.where(kind=RegionKind.PROVINCE))
    return (
        Level(
            value,
            levels[0].unit,
            f"{nation.indicator.code}, mean of {count} provinces weighted by "
            f"{weights.code}({before})",
            operands=tuple(operand for level in levels for operand in level.operands),
            caveats=() if complete else (Caveat.PART_OF_THE_PROVINCES,),
        ),
        complete,
    )


def _multiplier(case: _Case, target: Target, before: int) -> Decimal:
    value = case.stated(target).value
    return value if target.form is Form.LEVEL else multiple_of(value, target.end_year - before)


def _same_kind(left: Target, right: Target) -> bool:
    """Return whether two targets have one indicator, form, period, year and breakdown."""
    first, second = (
        (each.indicator.code, each.form, each.period, each.end_year, each.breakdown)
        for each in (left, right)
    )
    return first == second


def _is_intensive(target: Target) -> bool:
    """Return whether a target does not depend on the size of the region: a ratio, or growth."""
    ratio = target.indicator.denominator is not None and target.form is Form.LEVEL
    return ratio or target.form in {Form.AVERAGE_GROWTH, Form.ANNUAL_GROWTH}


_CHECKS = (
    _ratio_findings,
    _level_findings,
    _annual_findings,
    _position_findings,
    _together_findings,
    _text_findings,
)
