"""Checks by arithmetic: a ratio against its levels, a level against its growth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from ..codelists import Caveat, Form
from ..errors import GrowthError
from ..records import Indicator, Target
from ..text.implied import Check, Origin
from ..units.decimals import rounded
from ..units.growth import rate_between
from .derive import Ratio, ratios, subject_of
from .findings import Finding, gap_between, overlap, side
from .levels import KnownLevels
from .operands import Assumption, Level, divided, in_unit

__all__ = ["Case", "level_findings", "nearest_end", "ratio_findings"]


class Case(NamedTuple):
    """One region and period under check."""

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
        """The record of two sides; both are in one unit. `nation` is the region of the left."""
        gap, unit = gap_between(left, right)
        region = self.known.region.code
        return Finding(
            **subject_of(self.known, target.indicator).model_dump(),
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
        """The level in another unit of the same measure."""
        return in_unit(level, unit, self.known.units)


def ratio_findings(case: Case) -> Iterator[Finding]:
    """Ratio targets, and what planned numerators and known denominators make of them."""
    of = {each.of.code: each for each in ratios(case.known.plans)}
    for target in case.targets:
        ratio = of.get(target.indicator.code)
        if ratio is not None and target.form is Form.LEVEL:
            yield from _of_ratio(case, target, ratio)


def level_findings(case: Case) -> Iterator[Finding]:
    """Level targets, and what growth targets of the same period make of the base."""
    for target in case.targets:
        if target.form is not Form.LEVEL:
            continue
        for growth in case.known.growths(target.indicator, target.end_year):
            reached = case.known.reached(target.indicator, growth, target.end_year)
            if reached is None or not _within(case, reached):
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
    """The end of a stated range that lies nearer to the other figure."""
    if stated.high is None:
        return stated
    value = stated.high if other.value > stated.high else stated.value
    return replace(stated, value=value, high=None, comparator=None)


def _of_ratio(case: Case, target: Target, ratio: Ratio) -> Iterator[Finding]:
    known, year = case.known, target.end_year
    for part in known.numerators(ratio.part, year):
        for whole in known.denominators(ratio.whole, year):
            planned = part.planned or whole.targeted
            if planned and whole.value and _within(case, part):
                yield _beside(case, target, ratio, part, whole)


def _beside(case: Case, target: Target, ratio: Ratio, part: Level, whole: Level) -> Finding:
    """A ratio that is stated, and that of two levels."""
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
        caveats=_since(whole, start),
    )


def _agreement(left: Level, right: Level, tolerance: Decimal) -> bool | None:
    """None where one side is at constant prices and the other at current ones."""
    if Caveat.CONSTANT_PRICES in right.caveats:
        return None
    return overlap(left, right, tolerance)


def _growth_to(
    case: Case, indicator: Indicator, start: int, year: int, goal: Level
) -> Assumption | None:
    """The growth that leads an indicator from the year before `start` to a level."""
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


def _within(case: Case, level: Level) -> bool:
    """Whether all targets behind a level are of the period."""
    planned = {Origin.TARGET, Origin.BASELINE}
    return all(each.key in case.keys for each in level.operands if each.origin in planned)


def _since(whole: Level, start: int) -> tuple[Caveat, ...]:
    seen = (each.origin is Origin.OBSERVATION and each.year >= start for each in whole.operands)
    return (Caveat.OBSERVED_SINCE,) if any(seen) else ()


def _short(value: Decimal) -> Decimal:
    return rounded(value, 6) if abs(value) > 10**6 else round(value, 4)
