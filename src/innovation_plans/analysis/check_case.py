"""The region and period that a cross-check is about, and what was known of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..codelists import Caveat
from ..dataset.observations import last_day
from ..records import Target, years_of
from ..text.implied import Check
from .findings import Finding, gap_between, side
from .levels import KnownLevels
from .operands import Assumption, Level, in_unit
from .results import subject_of


class Ordinary(NamedTuple):
    """What a check takes as ordinary: differences, growth and changes of prices."""

    tolerance: Decimal
    growth: tuple[Decimal, Decimal]
    prices: tuple[Decimal, Decimal]


class CheckCase(NamedTuple):
    """One region and period that is checked."""

    known: KnownLevels
    period: str
    targets: tuple[Target, ...]  # of the region and period
    ordinary: Ordinary

    @property
    def tolerance(self) -> Decimal:
        """The share of a value within which two figures agree."""
        return self.ordinary.tolerance

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the targets of the period."""
        return frozenset(target.key for target in self.targets)

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
