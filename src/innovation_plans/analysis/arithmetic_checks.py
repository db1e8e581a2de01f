"""Checks with arithmetic: a ratio and its parts, a level and its growth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ..codelists import Caveat, Form
from ..errors import GrowthError
from ..records import Indicator, Target
from ..text.implied import Check, Origin
from ..units.decimals import fixed, rounded
from ..units.growth import rate_between
from ..units.quantity import same_measure
from .check_case import CheckCase
from .derive import Ratio, ratios
from .findings import Finding, overlap
from .levels import DEFLATOR, Growth, KnownLevels, level_of
from .operands import Assumption, Level, divided, grown, in_unit


def ratio_findings(case: CheckCase) -> Iterator[Finding]:
    """Compare ratio targets with planned numerators over the denominators of an ordinary growth."""
    ratio_of = {ratio.of.code: ratio for ratio in ratios(case.known.plans)}
    for target in case.targets:
        ratio = ratio_of.get(target.indicator.code)
        if ratio is None or target.form is not Form.LEVEL:
            continue
        for part in case.at_issue_of(target).numerators(ratio.part, target.end_year):
            if part.planned and _is_of_period(case, part):
                yield from _findings_on_ratio(case, target, ratio, part)


def level_findings(case: CheckCase) -> Iterator[Finding]:
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


def _findings_on_ratio(
    case: CheckCase, target: Target, ratio: Ratio, part: Level
) -> Iterator[Finding]:
    """Compare a ratio target with one numerator, by what was known when the later plan was issued."""
    known = case.at_issue_of(target, *(other for other in case.targets if other.key in part.keys))
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
    case: CheckCase, known: KnownLevels, whole: Indicator, start: int, years: range
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
    stated = [
        known.stated(target) for target in known.targeted(whole, year) if target.key in case.keys
    ]
    base = known.base(whole, years.start - 1)
    if stated and known.assumed(whole, year) is None:
        return stated
    is_money = base is not None and same_measure(base.unit, "CNY", table=known.units)
    if base is None or not is_money or known.assumed(whole, year) is not None:
        return known.denominators(whole, year)
    own = [growth for growth in known.growths(whole, year) if _is_own(case, growth, start)]
    if own:
        levels = (known.reached(whole, growth, year) for growth in own)
        return [
            _at_ordinary_prices(case, level, range(start, years.stop)) for level in levels if level
        ]
    return [_by_ordinary(case, base, whole.code, case.ordinary.growth, years)]


def _is_own(case: CheckCase, growth: Growth, start: int) -> bool:
    """Return whether a growth target is of the period and starts with a year."""
    return (
        isinstance(growth.record, Target)
        and growth.record.key in case.keys
        and growth.start_year == start
    )


def _at_ordinary_prices(case: CheckCase, level: Level, years: range) -> Level:
    """Return a level at current prices, if it grew at constant ones."""
    if Caveat.CONSTANT_PRICES not in level.caveats:
        return level
    caveats = tuple(caveat for caveat in level.caveats if caveat is not Caveat.CONSTANT_PRICES)
    real = replace(level, caveats=caveats)
    return _by_ordinary(case, real, DEFLATOR, case.ordinary.prices, years)


def _by_ordinary(
    case: CheckCase, level: Level, code: str, ends: tuple[Decimal, Decimal], years: range
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


def _span(years: range) -> dict[str, Any]:
    """Return the form and the years of growth, as fields of an assumption."""
    last = years.stop - 1
    if len(years) == 1:
        return {"form": Form.ANNUAL_GROWTH, "year": last}
    return {"form": Form.AVERAGE_GROWTH, "start_year": years.start, "year": last}


def _is_of_period(case: CheckCase, level: Level) -> bool:
    """Return whether all targets that a level is made from are of the period."""
    planned = {Origin.TARGET, Origin.BASELINE}
    return all(operand.key in case.keys for operand in level.operands if operand.origin in planned)


def _observed_since(level: Level, start: int) -> tuple[Caveat, ...]:
    observed = (
        operand.origin is Origin.OBSERVATION and operand.year >= start for operand in level.operands
    )
    return (Caveat.OBSERVED_SINCE,) if any(observed) else ()


def _short(value: Decimal) -> Decimal:
    return rounded(value, 6) if abs(value) > 10**6 else Decimal(fixed(value, 4))
