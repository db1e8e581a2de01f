"""Check whether the targets of a region and period agree with each other and with arithmetic.

Two kinds of checks: arithmetic (a ratio and its parts, a level and its growth), and plans (annual
goals, the nation and its provinces, two sources of one target).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from ..codelists import Caveat, Direction, Form, Prices, RegionKind
from ..dataset.dataset import Dataset
from ..dataset.observations import last_day
from ..dataset.where import Some
from ..errors import FigureError, GrowthError
from ..records import Indicator, Target, years_of
from ..text.implied import Check, Origin
from ..units.decimals import EXACT, Number, exact, in_own_context, plain, rounded
from ..units.growth import multiple_of, rate_between
from ..units.interval import DEFAULT_TOLERANCE
from ..units.quantity import same_measure
from .comparability import nation_of
from .derive import Ratio, ratios
from .findings import Finding, Findings, gap_between, overlap, side
from .levels import DEFLATOR, Growth, KnownLevels, Vintages, level_of
from .matching import LEVEL_FORMS, better
from .operands import Assumption, Level, divided, grown, in_unit
from .results import region_order, subject_of

Ends = tuple[Number, Number]

__all__ = ["ORDINARY_GROWTH", "ORDINARY_PRICES", "cross_check", "nearest_end"]

# Percent a year. GDP of the nation at current prices grew by 8.1 in 2016-2020 and 6.3 in 2021-2025.
ORDINARY_GROWTH: Ends = (5, 9)
ORDINARY_PRICES: Ends = (0, 3)
_FEWEST_PROVINCES = 3  # together


@in_own_context
def cross_check(
    plans: Dataset[Any, Any],
    *,
    region: Some = None,
    period: Some = None,
    tolerance: Number = DEFAULT_TOLERANCE,
    vintage: Vintages = None,
    assume: Iterable[Assumption] = (),
    growth: Ends = ORDINARY_GROWTH,
    prices: Ends = ORDINARY_PRICES,
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
        As in :func:`derive`; without `vintage`, the statistics that were known when a plan was issued.
    growth
        Least and most ordinary growth of an amount of money, such as GDP, at current prices, in percent
        a year. A ratio target with such a denominator is compared with what this growth allows, unless
        the plan has a target of its own for the denominator.
    prices
        Least and most ordinary change of prices, in percent a year, which is added to such a growth
        target at constant prices.

    Returns
    -------
    Findings
        Two sides, their gap, whether both can be right, and what would have to be assumed for that.
        A level that grows at constant prices is not comparable with one at current prices, unless a
        deflator is assumed.

    Raises
    ------
    FigureError
        If an ordinary growth or change of prices is not two numbers in order.

    Examples
    --------
    >>> from innovation_plans import load
    >>> findings = cross_check(load(), region="CN-GD", period="14th").of("ratio_against_levels")
    >>> print(findings[0].left.text(), "|", findings[0].right.text(), "|", findings[0].agreement())
    about 3.5% | 3.277 to 3.951% | consistent
    >>> print(findings[0].right.formula)
    rd_expenditure(2020) × (1 + 10%)^5 ÷ (gdp(2020) × (1 + 5–9%)^5)
    """
    assumptions = tuple(assume)
    ordinary = _Ordinary(exact(tolerance), _ends(growth), _ends(prices))
    chosen = plans.targets.where(region=region, period=period)
    regions = {target.region.code: target.region for target in chosen}
    findings: list[Finding] = []
    for where in sorted(regions.values(), key=region_order):
        known = KnownLevels(plans, where, vintage=vintage, assume=assumptions)
        periods = {target.period for target in chosen if target.region.code == where.code}
        for name in sorted(periods, key=lambda each: (years_of(each) or (9999, 9999), each)):
            targets = tuple(target for target in known.targets if target.period == name)
            case = _Case(known, name, targets, ordinary)
            findings += (finding for check in _CHECKS for finding in check(case))
    return Findings(findings, plans.edition)


class _Ordinary(NamedTuple):
    """What a check takes as ordinary: differences, growth and changes of prices."""

    tolerance: Decimal
    growth: tuple[Decimal, Decimal]
    prices: tuple[Decimal, Decimal]


def _ends(values: Ends) -> tuple[Decimal, Decimal]:
    """Return the two ends of a range in percent a year."""
    low, high = map(exact, values)
    if not -100 < low <= high:
        raise FigureError(text=f"{low} to {high}", position=0, expected="two numbers in order")
    return low, high


class _Case(NamedTuple):
    """One region and period that is checked."""

    known: KnownLevels
    period: str
    targets: tuple[Target, ...]  # of the region and period
    ordinary: _Ordinary

    @property
    def tolerance(self) -> Decimal:
        """The share of a value within which two figures agree."""
        return self.ordinary.tolerance

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

    def at_issue_of(self, *targets: Target) -> KnownLevels:
        """Return what was known when the last of the plans of some targets was issued."""
        return self.known.on(max(map(_issue_day, targets)))

    def in_unit(self, level: Level, unit: str) -> Level:
        """Return a level in another unit of the same measure."""
        return in_unit(level, unit, self.known.units)

    def stated(self, target: Target) -> Level:
        """Return the figure of a target, in the unit of its indicator and form."""
        return self.in_unit(self.known.stated(target), target.indicator.unit_in(target.form))


def _issue_day(target: Target) -> date:
    """Return the day of issue of a plan; the last day of its first year if it is not known."""
    if target.plan.issued:
        return last_day(target.plan.issued)
    first, _ = years_of(target.period) or (target.start_year or target.end_year, 0)
    return date(first, 12, 31)


def _ratio_findings(case: _Case) -> Iterator[Finding]:
    """Compare ratio targets with planned numerators over the denominators of an ordinary growth."""
    ratio_of = {ratio.of.code: ratio for ratio in ratios(case.known.plans)}
    for target in case.targets:
        ratio = ratio_of.get(target.indicator.code)
        if ratio is None or target.form is not Form.LEVEL:
            continue
        for part in case.at_issue_of(target).numerators(ratio.part, target.end_year):
            if part.planned and _is_of_period(case, part):
                yield from _findings_on_ratio(case, target, ratio, part)


def _findings_on_ratio(case: _Case, target: Target, ratio: Ratio, part: Level) -> Iterator[Finding]:
    """Compare a ratio target with one numerator, by what was known when the later plan was issued."""
    known = case.at_issue_of(target, *(each for each in case.targets if each.key in part.keys))
    start = target.start_year or target.end_year
    end = target.end_year
    years = range(known.last_known_year(ratio.whole, start - 1, end - 1) + 1, end + 1)
    left = case.in_unit(case.known.stated(target), ratio.of.unit)
    for whole in _denominators(case, known, ratio.whole, start, years):
        if not whole.value:
            continue
        right = divided(part, whole, ratio.of.unit, case.known.units)
        goal = divided(part, nearest_end(left, right), ratio.whole.unit, case.known.units)
        yield case.finding(
            Check.RATIO,
            target,
            left,
            right,
            agrees=_agreement(left, right, case.tolerance),
            reconciles=_growth_to(known, ratio.whole, years, goal),
            caveats=_observed_since(whole, years.start),
        )


def _denominators(
    case: _Case, known: KnownLevels, whole: Indicator, start: int, years: range
) -> list[Level]:
    """Return the denominator that a plan could expect: assumed, targeted, or by growth.

    One that is no amount of money, or has no known base, is the one that was observed.

    Parameters
    ----------
    case, known, whole
        The case, what was known when the plan was issued, and the denominator.
    start
        First year of the ratio target.
    years
        The years after the last one that was known.
    """
    year = years.stop - 1
    stated = [known.stated(each) for each in known.targeted(whole, year) if each.key in case.keys]
    base = known.base(whole, years.start - 1)
    if stated and known.assumed(whole, year) is None:
        return stated
    is_money = base is not None and same_measure(base.unit, "CNY", table=known.units)
    if base is None or not is_money or known.assumed(whole, year) is not None:
        return known.denominators(whole, year)
    own = [each for each in known.growths(whole, year) if _is_own(case, each, start)]
    if own:
        levels = (known.reached(whole, each, year) for each in own)
        return [
            _at_ordinary_prices(case, each, range(start, years.stop)) for each in levels if each
        ]
    return [_by_ordinary(case, base, whole.code, case.ordinary.growth, years)]


def _is_own(case: _Case, growth: Growth, start: int) -> bool:
    """Return whether a growth target is of the period and starts with a year."""
    return (
        isinstance(growth.record, Target)
        and growth.record.key in case.keys
        and growth.start_year == start
    )


def _at_ordinary_prices(case: _Case, level: Level, years: range) -> Level:
    """Return a level at current prices, if it grew at constant ones."""
    if Caveat.CONSTANT_PRICES not in level.caveats:
        return level
    caveats = tuple(each for each in level.caveats if each is not Caveat.CONSTANT_PRICES)
    real = replace(level, caveats=caveats)
    return _by_ordinary(case, real, DEFLATOR, case.ordinary.prices, years)


def _by_ordinary(
    case: _Case, level: Level, code: str, ends: tuple[Decimal, Decimal], years: range
) -> Level:
    """Return a level that grows at an ordinary rate, which is an assumption of the result."""
    low, high = ends
    assumption = Assumption(
        indicator=code,
        region=case.known.region.code,
        value=low,
        value_high=high if high > low else None,
        unit="percent_per_year",
        note="ordinary",
        **_span(years),
    )
    rate = level_of(assumption, code, case.known.region)
    return grown(level, rate, len(years)).with_caveats(Caveat.GROWTH_ASSUMED)


def _span(years: range) -> dict[str, Any]:
    """Return the form and the years of growth, as fields of an assumption."""
    last = years.stop - 1
    if len(years) == 1:
        return {"form": Form.ANNUAL_GROWTH, "year": last}
    return {"form": Form.AVERAGE_GROWTH, "start_year": years.start, "year": last}


def _level_findings(case: _Case) -> Iterator[Finding]:
    """Compare level targets with the levels that growth targets of the period imply."""
    for target in case.targets:
        if target.form is not Form.LEVEL:
            continue
        known = case.at_issue_of(target)
        for growth in known.growths(target.indicator, target.end_year):
            reached = known.reached(target.indicator, growth, target.end_year)
            if reached is None or not _is_of_period(case, reached):
                continue
            left = case.in_unit(case.known.stated(target), target.indicator.unit)
            right = case.in_unit(reached, target.indicator.unit)
            needed = _growth_to(
                known, target.indicator, range(growth.start_year, target.end_year + 1), left
            )
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


def _agreement(left: Level, right: Level, tolerance: Decimal) -> bool | None:
    """Return whether both agree; None if prices differ, or if the bounds of a figure are opposed."""
    if {Caveat.CONSTANT_PRICES, Caveat.BOUNDS_OPPOSED} & set(right.caveats):
        return None
    return overlap(left, right, tolerance)


def _growth_to(known: KnownLevels, indicator: Indicator, years: range, goal: Level) -> Assumption:
    """Return the growth in some years that would reach a level, or the level without a base."""
    facts: dict[str, Any] = {"indicator": indicator.code, "region": known.region.code}
    base = known.base(indicator, years.start - 1)
    try:
        first = Decimal(0) if base is None else in_unit(base, goal.unit, known.units).value
        rate = rate_between(first, goal.value, len(years))
    except GrowthError:
        return Assumption(value=_short(goal.value), unit=goal.unit, year=years.stop - 1, **facts)
    rate = rate.quantize(Decimal("0.01"))
    return Assumption(value=rate, unit="percent_per_year", **_span(years), **facts)


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
    """Compare the targets of the nation with those of its provinces together."""
    if case.known.region.kind is not RegionKind.NATION:
        return
    plans = case.known.plans
    strongest = plans.targets.select().kept
    for target in case.targets:
        if not _is_intensive(target) or target.start_year is None:
            continue
        provincial: dict[str, Target] = {}
        for each in strongest:
            is_province = each.region.kind is RegionKind.PROVINCE
            if is_province and each.is_whole and _same_kind(each, target):
                provincial.setdefault(each.region.code, each)
        mean = _together(case, target, provincial.values())
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


def _together(case: _Case, nation: Target, targets: Iterable[Target]) -> tuple[Level, bool] | None:
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
    code, weight_text = nation.indicator.code, f"{weights.code}({before})"
    expression = f"{code}, mean of {count} provinces weighted by {weight_text}"
    if nation.form is not Form.LEVEL:
        value = rate_between(1, value, nation.end_year - before)
        expression = f"{code}, growth of the sum of {count} provinces from {weight_text}"
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


def _multiplier(case: _Case, target: Target, before: int) -> Decimal:
    value = case.stated(target).value
    return value if target.form is Form.LEVEL else multiple_of(value, target.end_year - before)


def _same_kind(left: Target, right: Target) -> bool:
    """Return whether two targets have one subject, form, period and year."""
    first, second = (
        (each.subject, each.form, each.period, each.end_year) for each in (left, right)
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
