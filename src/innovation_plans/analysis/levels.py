"""What is known of a region's levels: observed, targeted, assumed, or on a path.

Among several observations of a year: statistics before a government's own report, the newer
vintage, the better tier.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from ..codelists import Caveat, Form, Prices, Status
from ..dataset.dataset import Dataset
from ..errors import MissingError
from ..records import Indicator, Region, Target
from ..units.decimals import plain
from ..units.quantity import same_measure
from .matching import best_of
from .operands import Assumption, Level, grown, in_unit
from .stated import of_assumption, of_baseline, of_observation, of_target

__all__ = ["DEFLATOR", "Growth", "KnownLevels", "Vintages"]

Vintages = str | Collection[str] | None

DEFLATOR = "gdp_deflator_annual_change"
_GROWTH = (Form.AVERAGE_GROWTH, Form.ANNUAL_GROWTH)


class Growth(NamedTuple):
    """A yearly rate over a span of years, from a target or an assumption."""

    rate: Level
    start_year: int
    end_year: int
    record: Target | Assumption


class KnownLevels:
    """What is known of one region, and what the caller assumes of it."""

    def __init__(
        self,
        plans: Dataset[Any, Any],
        region: Region,
        *,
        vintage: Vintages = None,
        assume: Iterable[Assumption] = (),
    ) -> None:
        self.plans = plans
        self.region = region
        self.units = plans.context.units
        self.targets = [
            each for each in plans.targets if each.region.code == region.code and each.is_whole
        ]
        self._vintages = _checked(plans, vintage)
        self._assumed = [
            (plans.indicator(each.indicator).code, each)
            for each in assume
            if plans.region(each.region).code == region.code
        ]

    def stated(self, target: Target) -> Level:
        """The figure of a target, and whether another text disputes it."""
        return of_target(target, disputed=bool(self.plans.targets.rivals(target)))

    def targeted(self, indicator: Indicator, year: int, form: Form = Form.LEVEL) -> list[Target]:
        """The targets of the whole region in a form for a year."""
        return [
            each
            for each in self.targets
            if (each.indicator.code, each.form, each.end_year) == (indicator.code, form, year)
        ]

    def observed(self, indicator: Indicator, year: int, form: Form = Form.LEVEL) -> Level | None:
        """The observation of a year, in the vintage asked for where there is one."""
        series = self.plans.observations.series(f"{self.region.code}/{indicator.code}/{form}")
        of_year = [each for each in series if each.year == year]
        chosen = [each for each in of_year if each.vintage in self._vintages] or of_year
        best = best_of(chosen, self.plans.observations)
        if best is None:
            return None
        return of_observation(
            best, [each for each in of_year if each.vintage not in {None, best.vintage}]
        )

    def assumed(self, indicator: Indicator, year: int) -> Level | None:
        """The level that the caller assumes for a year, directly or by growth."""
        for code, each in self._assumed:
            if (code, each.year, each.form) == (indicator.code, year, Form.LEVEL):
                return of_assumption(each, indicator, self.region, self.units)
        for growth in self._assumed_growth(indicator, year):
            if (reached := self.reached(indicator, growth, year)) is not None:
                return reached
        return None

    def growths(self, indicator: Indicator, year: int) -> Iterator[Growth]:
        """The growth targets that lead to a year from a base before it."""
        for each in self.targets:
            if (
                each.indicator.code == indicator.code
                and each.form in _GROWTH
                and each.start_year is not None
                and each.start_year <= year <= each.end_year
            ):
                yield Growth(self.stated(each), each.start_year, each.end_year, each)

    def reached(self, indicator: Indicator, growth: Growth, year: int) -> Level | None:
        """The level that a growth rate makes of its base; None where no base is known."""
        before = growth.start_year - 1
        base = self.base(indicator, before, growth.record)
        if base is None or not same_measure(base.unit, indicator.unit, table=self.units):
            return None
        rate = in_unit(growth.rate, "percent_per_year", self.units)
        if rate.value <= -100:  # no level is left that could grow on
            return None
        level = grown(base, rate, year - before)
        if year < growth.end_year:
            level = level.with_caveats(Caveat.EVEN_PATH)
        if self._redefined(indicator, before, year):
            level = level.with_caveats(Caveat.CHANGED_DEFINITION)
        if isinstance(growth.record, Assumption):
            return level
        return self._at_prices(level, indicator, growth.start_year, year)

    def _redefined(self, indicator: Indicator, first: int, last: int) -> bool:
        """Whether the statistics of the indicator have a break after `first`, up to `last`."""
        name = f"{self.region.code}/{indicator.code}/{Form.LEVEL}"
        return any(
            each.status is Status.BREAK and each.year is not None and first < each.year <= last
            for each in self.plans.observations.series(name)
        )

    def base(self, indicator: Indicator, year: int, record: object = None) -> Level | None:
        """The level of a base year: assumed, printed in the plan, observed, or grown to it."""
        printed = of_baseline(record, year) if isinstance(record, Target) else None
        return (
            self.assumed(indicator, year)
            or printed
            or self.observed(indicator, year)
            or self._by_observed_growth(indicator, year)
        )

    def numerators(self, indicator: Indicator, year: int) -> list[Level]:
        """Every level of a year that is known, planned, or on a path of planned growth."""
        assumed = self.assumed(indicator, year)
        if assumed is not None:
            return [assumed]
        seen = self.observed(indicator, year)
        levels = [] if seen is None else [seen]
        levels += [self.stated(each) for each in self.targeted(indicator, year)]
        return levels + self._paths(indicator, year)

    def denominators(self, indicator: Indicator, year: int) -> list[Level]:
        """The level of a year where it is known; else what is planned, else where growth leads."""
        known = self.assumed(indicator, year) or self.observed(indicator, year)
        if known is not None:
            return [known]
        stated = [self.stated(each) for each in self.targeted(indicator, year)]
        if stated:
            return stated
        followed = self._by_observed_growth(indicator, year)
        return [followed] if followed is not None else self._paths(indicator, year)

    def _paths(self, indicator: Indicator, year: int) -> list[Level]:
        found = (self.reached(indicator, each, year) for each in self.growths(indicator, year))
        return [each for each in found if each is not None]

    def _assumed_growth(self, indicator: Indicator, year: int) -> Iterator[Growth]:
        for code, each in self._assumed:
            start = each.start_year or each.year
            if code == indicator.code and each.form in _GROWTH and start <= year <= each.year:
                rate = of_assumption(each, indicator, self.region, self.units)
                yield Growth(rate, start, each.year, each)

    def _by_observed_growth(self, indicator: Indicator, year: int) -> Level | None:
        """Last year's level and this year's growth, both observed."""
        base = self.observed(indicator, year - 1)
        rate = self.observed(indicator, year, Form.ANNUAL_GROWTH)
        if base is None or rate is None:
            return None
        rate = in_unit(rate, "percent_per_year", self.units)
        return self._at_prices(grown(base, rate, 1), indicator, year, year)

    def _at_prices(self, level: Level, indicator: Indicator, first: int, last: int) -> Level:
        """A level that grew at constant prices, carried to current ones by assumed deflators."""
        if indicator.growth_prices is not Prices.CONSTANT:
            return level
        changes = [(year, self._deflator(year)) for year in range(first, last + 1)]
        if not all(change for _, change in changes):
            return level.with_caveats(Caveat.CONSTANT_PRICES)
        for year, change in changes:
            if change is not None:
                level = self._inflated(level, change, year)
        return level

    def _deflator(self, year: int) -> Assumption | None:
        for code, each in self._assumed:
            if code == DEFLATOR and (each.start_year or each.year) <= year <= each.year:
                return each
        return None

    def _inflated(self, level: Level, change: Assumption, year: int) -> Level:
        rate = of_assumption(change, self.plans.indicator(DEFLATOR), self.region, self.units)
        rate = in_unit(rate, "percent", self.units)
        shown = f"{level.expression} × (1 + {plain(rate.value)}%, deflator {year})"
        return replace(grown(level, rate, 1), expression=shown)


def _checked(plans: Dataset[Any, Any], vintage: Vintages) -> frozenset[str]:
    asked = frozenset((vintage,) if isinstance(vintage, str) else vintage or ())
    if not asked:
        return asked
    known = {each.vintage for each in plans.observations if each.vintage}
    for each in sorted(asked - known):
        raise MissingError(asked=f"vintage {each[:60]!r}", nearest=sorted(known))
    return asked
