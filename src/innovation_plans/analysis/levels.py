"""The levels of a region: observed, targeted, assumed, or computed from growth.

Of several observations of a year, `matching.best_of` chooses one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, Self

from ..codelists import Caveat, Comparator, Form, Prices
from ..dataset.dataset import Dataset
from ..errors import AmbiguousError, ArgumentError, expect, unknown, warn
from ..records import Indicator, Observation, Region, Target
from ..records.reference import impossible
from ..text.implied import Origin
from ..units.decimals import plain
from ..units.quantity import convert, same_measure
from ..units.table import UnitTable
from .matching import agree, best_of, has_break
from .operands import Assumption, Level, Operand, grown, in_unit
from .results import caveats_of, fields_of

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
    """The known levels of one region, with the assumptions of the caller."""

    def __init__(
        self,
        plans: Dataset[Any, Any],
        region: Region,
        *,
        vintage: Vintages = None,
        assume: Sequence[Assumption] = (),
    ) -> None:
        self.plans = plans
        self.region = region
        self.units = plans.context.units
        self.targets = [
            target
            for target in plans.targets
            if target.region.code == region.code and target.is_whole
        ]
        self._vintages = _known_vintages(plans, vintage)
        self._day: date | None = None
        self._assumed: dict[str, list[Assumption]] = {}
        for each in assume:
            indicator = plans.indicator(each.indicator)
            if plans.region(each.region).code == region.code:
                self._add(each, indicator)

    def on(self, day: date) -> Self:
        """Return the levels with observations in the vintage that was known on a day.

        A figure that was not known on the day has the vintage that was published first. Vintages that
        the caller asks for go before.
        """
        made = copy(self)
        made._day = day  # noqa: SLF001
        return made

    def _add(self, assumption: Assumption, indicator: Indicator) -> None:
        """Add an assumption; raise an error for a second one of the same figure."""
        of_assumption(
            assumption, indicator, self.region, self.units
        )  # raises the error of a figure
        others = self._assumed.setdefault(indicator.code, [])
        for other in others:
            if _overlap(other, assumption):
                matches = [other.text(), assumption.text()]
                raise AmbiguousError(asked=f"assumption of {indicator.code}", matches=matches)
        others.append(assumption)

    def stated(self, target: Target) -> Level:
        """Return the figure of a target, with a caveat if another source states another one."""
        return of_target(target, disputed=bool(self.plans.targets.rivals(target)))

    def targeted(self, indicator: Indicator, year: int, form: Form = Form.LEVEL) -> list[Target]:
        """Return the targets of the whole region in a form for a year."""
        return [
            target
            for target in self.targets
            if (target.indicator.code, target.form, target.end_year) == (indicator.code, form, year)
        ]

    def observed(self, indicator: Indicator, year: int, form: Form = Form.LEVEL) -> Level | None:
        """Return the observation of a year, in the vintage asked for if there is one."""
        of_year = [
            observation for observation in self._series(indicator, form) if observation.year == year
        ]
        chosen = [observation for observation in of_year if observation.vintage in self._vintages]
        best = best_of(chosen or self._known_then(of_year), self.plans.observations)
        if best is None:
            return None
        return of_observation(
            best,
            [
                observation
                for observation in of_year
                if observation.vintage not in {None, best.vintage}
            ],
        )

    def last_known_year(self, indicator: Indicator, first: int, last: int) -> int:
        """Return the last year whose level was published by the day; `first` if it is later."""
        released = self.plans.observations.released
        known = (
            observation.year
            for observation in self._series(indicator, Form.LEVEL)
            if observation.year is not None
            and (self._day is None or released(observation) <= self._day)
        )
        return max((year for year in known if first <= year <= last), default=first)

    def assumed(self, indicator: Indicator, year: int) -> Level | None:
        """Return the level that the caller assumes for a year, directly or by growth."""
        for assumption in self._assumed.get(indicator.code, ()):
            if (assumption.year, assumption.form) == (year, Form.LEVEL):
                return of_assumption(assumption, indicator, self.region, self.units)
        for growth in self._assumed_growth(indicator, year):
            if (reached := self.reached(indicator, growth, year)) is not None:
                return reached
        return None

    def growths(self, indicator: Indicator, year: int) -> Iterator[Growth]:
        """Return the growth targets whose span includes a year."""
        for target in self.targets:
            if (
                target.indicator.code == indicator.code
                and target.form in _GROWTH
                and target.start_year is not None
                and target.start_year <= year <= target.end_year
            ):
                yield Growth(self.stated(target), target.start_year, target.end_year, target)

    def reached(self, indicator: Indicator, growth: Growth, year: int) -> Level | None:
        """Return the level that a growth rate implies; None if its base is not known."""
        before = growth.start_year - 1
        base = self.base(indicator, before, growth.record)
        if base is None or not same_measure(base.unit, indicator.unit, table=self.units):
            return None
        rate = in_unit(growth.rate, "percent_per_year", self.units)
        if rate.value <= -100:  # nothing is left that could grow
            return None
        level = grown(base, rate, year - before)
        if year < growth.end_year:
            level = level.with_caveats(Caveat.EVEN_PATH)
        if has_break(self._series(indicator, Form.LEVEL), before, year):
            level = level.with_caveats(Caveat.CHANGED_DEFINITION)
        if isinstance(growth.record, Assumption):
            return level
        return self._at_prices(level, indicator, growth.start_year, year)

    def base(self, indicator: Indicator, year: int, record: object = None) -> Level | None:
        """Return the level of a base year: assumed, of the plan, observed, or by observed growth."""
        printed = of_baseline(record, year) if isinstance(record, Target) else None
        return (
            self.assumed(indicator, year)
            or printed
            or self.observed(indicator, year)
            or self._by_observed_growth(indicator, year)
        )

    def numerators(self, indicator: Indicator, year: int) -> list[Level]:
        """Return every level of a year: known, targeted, or by growth targets."""
        assumed = self.assumed(indicator, year)
        if assumed is not None:
            return [assumed]
        observed = self.observed(indicator, year)
        levels = [] if observed is None else [observed]
        levels += [self.stated(target) for target in self.targeted(indicator, year)]
        return levels + self._by_growth_targets(indicator, year)

    def denominators(self, indicator: Indicator, year: int) -> list[Level]:
        """Return the level of a year if it is known, else the targets, else the levels by growth."""
        known = self.assumed(indicator, year) or self.observed(indicator, year)
        if known is not None:
            return [known]
        stated = [self.stated(target) for target in self.targeted(indicator, year)]
        if stated:
            return stated
        level = self._by_observed_growth(indicator, year)
        return [level] if level is not None else self._by_growth_targets(indicator, year)

    def _known_then(self, observations: list[Observation]) -> list[Observation]:
        """Return the observations that were known on the day, else those published first."""
        if self._day is None or not observations:
            return observations
        released = self.plans.observations.released
        limit = max(self._day, min(released(observation) for observation in observations))
        return [observation for observation in observations if released(observation) <= limit]

    def _series(self, indicator: Indicator, form: Form) -> Iterable[Observation]:
        return self.plans.observations.series(f"{self.region.code}/{indicator.code}/{form}")

    def _by_growth_targets(self, indicator: Indicator, year: int) -> list[Level]:
        levels = (self.reached(indicator, growth, year) for growth in self.growths(indicator, year))
        return [level for level in levels if level is not None]

    def _assumed_growth(self, indicator: Indicator, year: int) -> Iterator[Growth]:
        for assumption in self._assumed.get(indicator.code, ()):
            start = assumption.start_year or assumption.year
            if assumption.form in _GROWTH and start <= year <= assumption.year:
                rate = of_assumption(assumption, indicator, self.region, self.units)
                yield Growth(rate, start, assumption.year, assumption)

    def _by_observed_growth(self, indicator: Indicator, year: int) -> Level | None:
        """Return the level of last year times the growth of this year, both observed."""
        base = self.observed(indicator, year - 1)
        rate = self.observed(indicator, year, Form.ANNUAL_GROWTH)
        if base is None or rate is None:
            return None
        rate = in_unit(rate, "percent_per_year", self.units)
        return self._at_prices(grown(base, rate, 1), indicator, year, year)

    def _at_prices(self, level: Level, indicator: Indicator, first: int, last: int) -> Level:
        """Return a level that grew at constant prices in current ones, by assumed deflators."""
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
        for assumption in self._assumed.get(DEFLATOR, ()):
            if (assumption.start_year or assumption.year) <= year <= assumption.year:
                return assumption
        return None

    def _inflated(self, level: Level, change: Assumption, year: int) -> Level:
        rate = of_assumption(change, self.plans.indicator(DEFLATOR), self.region, self.units)
        rate = in_unit(rate, "percent", self.units)
        expression = f"{level.expression} × (1 + {plain(rate.value)}%, deflator {year})"
        return replace(grown(level, rate, 1), expression=expression)


def several_assumptions(assume: Assumption | Iterable[Assumption]) -> tuple[Assumption, ...]:
    """Return several assumptions.

    Raises
    ------
    ArgumentTypeError
        If they are something else.
    """
    expected = "assumptions: ip.Assumption(indicator=…, region=…, year=…, value=…, unit=…)"
    expect("assume", assume, "__iter__", expected)
    is_one = isinstance(assume, Assumption | str | Mapping)
    assumptions: tuple[Any, ...] = (assume,) if is_one else tuple(assume)
    for assumption in assumptions:
        expect("assume", assumption, "indicator", expected)
    return assumptions


def warn_of_unused(assumptions: Iterable[Assumption], used: Collection[Assumption]) -> None:
    """Warn of the assumptions that no result is computed with."""
    for assumption in assumptions:
        if assumption not in used:
            text = f"{assumption.key} is not used: no figure is computed from it"
            warn(text)


def _overlap(one: Assumption, other: Assumption) -> bool:
    """Return whether two assumptions are of one form, or both of growth, and of a common year."""
    if one.form is not other.form and not {one.form, other.form} <= {*_GROWTH}:
        return False
    first = max(one.start_year or one.year, other.start_year or other.year)
    return first <= min(one.year, other.year)


def _known_vintages(plans: Dataset[Any, Any], vintage: Vintages) -> frozenset[str]:
    names = (vintage,) if isinstance(vintage, str) else () if vintage is None else vintage
    expect("vintage", names, "__iter__", "a code or several")
    asked = frozenset(map(str, names))
    if not asked:
        return asked
    known = {observation.vintage for observation in plans.observations if observation.vintage}
    for name in sorted(asked - known):
        raise unknown("vintage", name, known)
    return asked


def of_target(target: Target, *, disputed: bool = False) -> Level:
    """Return the figure of a target; `disputed` if another source states another figure."""
    return Level(
        value=target.value,
        high=target.value_high,
        unit=target.unit,
        comparator=target.comparator,
        expression=f"{target.indicator.code}({target.end_year})",
        operands=(_operand(target, target.region, target.end_year),),
        caveats=((Caveat.TARGET_CONFLICT,) if disputed else ()) + caveats_of(target),
    )


def of_observation(observation: Observation, others: Iterable[Observation] = ()) -> Level:
    """Return the figure of an observation; `others` are further vintages of it."""
    year = observation.year or 0
    differs = any(not agree(other, observation) for other in others)
    is_exact = observation.comparator in {Comparator.REACH, Comparator.BETWEEN}
    return Level(
        value=observation.value,
        high=observation.value_high,
        unit=observation.unit,
        comparator=_bound(observation),
        expression=f"{observation.indicator.code}({year})",
        operands=(_operand(observation, observation.region, year),),
        caveats=(
            *((Caveat.OTHER_VINTAGE,) if differs else ()),
            *(each for each in caveats_of(observation) if each is not Caveat.OUTCOME_APPROXIMATE),
            *(() if is_exact else (Caveat.APPROXIMATE,)),
        ),
    )


def of_assumption(
    assumption: Assumption, indicator: Indicator, region: Region, table: UnitTable
) -> Level:
    """Return the figure of an assumption.

    Raises
    ------
    IncomparableError
        If its unit does not measure the indicator.
    ArgumentError
        If the indicator cannot have such a value.
    """
    unit, form = indicator.unit_in(assumption.form), assumption.form
    for end in (assumption.value, assumption.value_high):
        if end is not None:
            value = convert(end, assumption.unit, unit, table=table)
            if problem := impossible(indicator, form, value, unit):
                raise ArgumentError(
                    parameter="assume", value=assumption.text(), hint=f"expected {problem}"
                )
    return level_of(assumption, indicator.code, region)


def level_of(assumption: Assumption, indicator: str, region: Region) -> Level:
    """Return the figure of an assumption on the indicator with a code."""
    comparator = None if assumption.value_high is None else Comparator.BETWEEN
    names = {"indicator": indicator, "region": region.code, "comparator": comparator}
    operand = Operand(**fields_of(Operand, assumption, origin=Origin.ASSUMPTION, **names))
    return Level(
        assumption.value,
        assumption.unit,
        f"{indicator}({assumption.year})",
        high=assumption.value_high,
        comparator=comparator,
        operands=(operand,),
        assumptions=(assumption,),
    )


def of_baseline(target: Target, year: int) -> Level | None:
    """Return the baseline of a plan for a year; None if the plan states none."""
    unit = target.baseline_unit or target.unit
    if (
        target.baseline_value is None
        or target.baseline_year not in {None, year}
        or not same_measure(unit, target.indicator.unit)
    ):
        return None
    operand = Operand(
        indicator=target.indicator.code,
        region=target.region.code,
        form=Form.LEVEL,
        year=year,
        value=target.baseline_value,
        unit=unit,
        origin=Origin.BASELINE,
        key=target.key,
        source=target.citation.source.code,
        tier=target.citation.source.tier,
    )
    name = f"{target.indicator.code}({year})"
    return Level(target.baseline_value, unit, name, operands=(operand,))


def _operand(record: Target | Observation, region: Region, year: int) -> Operand:
    return Operand(
        **fields_of(
            Operand,
            record,
            indicator=record.indicator.code,
            region=region.code,
            year=year,
            comparator=_bound(record),
            origin=Origin.OBSERVATION if isinstance(record, Observation) else Origin.TARGET,
            prices=record.indicator.growth_prices if record.form in _GROWTH else None,
            source=record.citation.source.code,
            tier=record.citation.source.tier,
        )
    )


def _bound(record: Target | Observation) -> Comparator | None:
    """Return the comparator of a figure; None for an observed value, which has no bound."""
    plain_value = isinstance(record, Observation) and record.comparator is Comparator.REACH
    return None if plain_value else record.comparator
