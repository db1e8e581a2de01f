"""What figures are compared with: their own baseline, or the figure of the nation.

A figure without what the measure needs has no compared value, but a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from ..codelists import Caveat, Comparator, Form, Reason
from ..dataset.observations import ObservationTable
from ..dataset.targets import TargetTable
from ..errors import GrowthError
from ..records import Observation, Region, Target
from ..units.decimals import EXACT, rounded
from ..units.growth import rate_between
from ..units.interval import Estimate, bound_on, decimals_of, estimate, half_width
from ..units.quantity import same_measure
from .comparability import CommonUnit, Figure, nation_of, scale, year_of
from .matching import Base, are_mixed, baseline_of, best_of, first_year, has_break, level_series
from .quotients import (
    OnOneVintage,
    Quotient,
    Revision,
    on_one_vintage,
    revision_of,
    start_of_parts,
)
from .results import Against, Basis, caveats_of, fields_of, reason_of

Step = Callable[[Decimal, Decimal], Decimal]


@dataclass
class ComparisonContext:
    """The figures of a comparison, how they are compared, and the records with their baselines."""

    figures: Sequence[Figure]
    common: CommonUnit
    method: str
    targets: TargetTable[Target]
    observations: ObservationTable[Observation]
    since: int | None
    tolerance: Decimal

    @cached_property
    def _compared_targets(self) -> TargetTable[Target]:
        return TargetTable([figure for figure in self.figures if isinstance(figure, Target)])

    def estimate(self, figure: Figure) -> Estimate:
        """Return what a figure may mean, in the unit that it is printed in."""
        return estimate(
            bound_on(figure.form, figure.comparator),
            figure.value,
            figure.value_high,
            tolerance=self.tolerance,
            half_width=self._half_width(figure) if isinstance(figure, Observation) else None,
        )

    def is_disputed(self, target: Target) -> bool:
        """Return whether another source states another figure of the same target."""
        return any(table.rivals(target) for table in (self._compared_targets, self.targets))

    def level(self, figure: Figure, year: int) -> Observation | None:
        """Return the level of a region in a year, if it is a plain number."""
        levels = [each for each in level_series(figure, self.observations) if each.year == year]
        return self._best(figure, [each for each in levels if each.comparator.plain])

    def nation_figures(self, figure: Figure) -> tuple[Figure, ...]:
        """Return the targets of the nation of that year and form, of the same period if it has any.

        If it has none, and for observations, return its outcome of the year.
        """
        nation = nation_of(figure.region)
        if nation is None:
            return ()
        if figure.region == nation:
            return (figure,)
        if isinstance(figure, Target) and (targets := self._nation_targets(nation, figure)):
            return targets
        series = self.observations.series(f"{nation.code}/{figure.subject}/{figure.form}")
        best = self._best(figure, [each for each in series if each.year == year_of(figure)])
        return () if best is None else (best,)

    def _nation_targets(self, nation: Region, target: Target) -> tuple[Target, ...]:
        wanted = (nation, target.subject, target.form, target.end_year)
        targets = self.targets.filter(
            lambda each: (each.region, each.subject, each.form, each.end_year) == wanted
        )
        same_period = targets.filter(lambda each: each.period == target.period)
        return tuple((same_period or targets).select().kept)

    def _best(self, figure: Figure, observations: list[Observation]) -> Observation | None:
        """Return the observation that counts, in the vintage of the figure if there is one."""
        vintage = figure.vintage if isinstance(figure, Observation) else None
        same_vintage = [each for each in observations if vintage and each.vintage == vintage]
        return best_of(same_vintage or observations, self.observations)

    def _half_width(self, figure: Observation) -> Decimal:
        """Return the half-width of an observation, with the decimals of its table."""
        if figure.precision is not None:
            return figure.precision
        return half_width(figure.value, figure.unit, self._decimals.get(_table_column(figure), 0))

    @cached_property
    def _decimals(self) -> dict[object, int]:
        """The decimals of every statistical table: files leave out zeros at the end."""
        indicators = {figure.indicator.code for figure in self.figures}
        decimals: dict[object, int] = {}
        for figure in (*self.observations, *self.figures):
            column = _table_column(figure)
            if figure.indicator.code in indicators and column is not None:
                decimals[column] = max(decimals.get(column, 0), decimals_of(figure.value))
        return decimals


class ComparedFigure(NamedTuple):
    """A figure by a measure, and what it was compared with; or the reason why it has no rank."""

    figure: Figure
    estimate: Estimate | None
    reason: Reason | None
    against: Against | None
    on_one_vintage: Decimal | None  # the figure that is used instead of the printed one
    inputs: tuple[str, ...]
    caveats: tuple[Caveat, ...]
    ranked: Figure | None = None  # the figure of the region that is ranked


def compared_figure(figure: Figure, context: ComparisonContext) -> ComparedFigure:
    """Return a figure by the measure of a comparison."""
    return _Case(context, figure).compared()


class _NotComparedError(Exception):
    """What the measure needs is not known; is caught in this module."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class _Case:
    """One figure, with its inputs and caveats so far."""

    def __init__(self, context: ComparisonContext, figure: Figure) -> None:
        self.context = context
        self.figure = figure
        self.multiplier = Decimal(1)
        self.against: Against | None = None
        self.used: Decimal | None = None
        self.inputs: list[str] = []
        self.caveats: list[Caveat] = []
        self._add_input(figure)
        if isinstance(figure, Target) and context.is_disputed(figure):
            self.caveats.append(Caveat.TARGET_CONFLICT)

    def compared(self) -> ComparedFigure:
        """Return the figure by the measure, or the reason why it has no value."""
        value, reason = None, None
        try:
            value = self._value()
        except _NotComparedError as error:
            reason = error.reason
        except GrowthError as error:
            reason = reason_of(error)
        caveats = tuple(dict.fromkeys(self.caveats))
        return ComparedFigure(
            self.figure, value, reason, self.against, self.used, tuple(self.inputs), caveats
        )

    def _value(self) -> Estimate:
        year = year_of(self.figure)
        conversion = self.context.common.conversion(self.figure)
        if conversion is None:
            raise _NotComparedError(Reason.DIFFERENT_BASIS)
        self.multiplier, factor_text = conversion
        if factor_text:
            self.inputs.append(factor_text)
        if year is None:
            raise _NotComparedError(Reason.UNDATED)
        own = self.context.estimate(self.figure).scaled(self.multiplier)
        match self.context.method:
            case "ratio":
                return self._ratio_to_nation(own, year)
            case "distance" | "points" | "compound" | "grown":
                return self._change_from_baseline(own, year)
            case "even" | "multiple":
                return self._change_over_span(own, year)
        return own

    def _change_from_baseline(self, own: Estimate, year: int) -> Estimate:
        base = self._baseline()
        if base is None:
            raise _NotComparedError(Reason.MISSING_BASELINE)
        self._compare_with(base)
        if not same_measure(base.unit, self.figure.unit):
            raise _NotComparedError(Reason.DIFFERENT_BASIS)
        years = year - base.year
        if years < 1:
            raise _NotComparedError(Reason.ONE_POINT)
        step = {
            "points": yearly(years),
            "compound": compound(years),
            "grown": grown(years),
        }.get(self.context.method, distance)
        pair = self._on_one_vintage(base, year)
        if pair is not None:
            now, start = (_estimate_of(each) for each in (pair.now, pair.start))
            self.used = pair.now.value
            self.against = Against(
                value=pair.start.value,
                unit=self.figure.unit,
                year=base.year,
                basis="statistics",
                vintage=pair.vintage,
            )
            return now.scaled(self.multiplier).combined(step, start.scaled(self.multiplier))
        first = base.records[-1] if base.records else None
        if isinstance(self.figure, Observation) and first and self.figure.vintage != first.vintage:
            self.caveats.append(Caveat.VINTAGES_MIXED)
        self._require_one_vintage(base.observation)
        levels = level_series(self.figure, self.context.observations)
        revision = self._revision(base)
        if (revision and revision.is_large) or has_break(levels, base.year, year):
            raise _NotComparedError(Reason.CHANGED_DEFINITION)
        factor = EXACT.multiply(scale(base.unit, self.figure.unit), self.multiplier)
        return own.combined(step, self._base_estimate(base).scaled(factor))

    def _require_one_vintage(self, other: Figure | None) -> None:
        """Raise an error if the figure and what it is compared with are of two vintages."""
        figure = self.figure
        if (
            isinstance(figure, Observation)
            and isinstance(other, Observation)
            and are_mixed(figure, other)
        ):
            raise _NotComparedError(Reason.VINTAGES_MIXED)

    def _on_one_vintage(self, base: Base, year: int) -> OnOneVintage | None:
        """Return an observed ratio and its start on one vintage, if a revision lies between them."""
        figure, observations = self.figure, self.context.observations
        if not self._revision(base):
            return None
        pair = on_one_vintage(figure, observations, base.year, year)
        if pair is None:
            self.caveats.append(Caveat.REVISED_BETWEEN)
            return None
        self.caveats.append(Caveat.ONE_VINTAGE)
        for record in (*pair.now.records, *pair.start.records):
            self._add_input(record)
        return pair

    def _revision(self, base: Base) -> Revision | None:
        """Return how revisions moved the denominator of an observed ratio's start."""
        figure = self.figure
        if isinstance(figure, Target) or figure.form is not Form.LEVEL or not base.records:
            return None
        return revision_of(figure, self.context.observations, base.year, figure)

    def _change_over_span(self, own: Estimate, year: int) -> Estimate:
        if self.figure.start_year is None:
            raise _NotComparedError(Reason.MISSING_BASELINE)
        years = year - self.figure.start_year + 1
        if self.context.method == "even":
            return own.combined(yearly(years), Estimate.exactly(Decimal(0)))
        return own.combined(compound(years), Estimate.exactly(Decimal(1)))

    def _ratio_to_nation(self, own: Estimate, year: int) -> Estimate:
        figures = self.context.nation_figures(self.figure)
        if len({figure.value for figure in figures}) > 1:
            raise _NotComparedError(Reason.CONFLICTING_OUTCOMES)
        if not figures:
            raise _NotComparedError(Reason.NO_FIGURE_OF_NATION)
        nation = figures[0]
        basis: Basis = "nation's target" if isinstance(nation, Target) else "nation's outcome"
        self.against = Against(value=nation.value, unit=nation.unit, year=year, basis=basis)
        if nation is not self.figure:
            self._add_input(nation)
        self._require_one_vintage(nation)
        if nation.value_high is not None or not self.context.estimate(nation).full.is_bounded:
            raise _NotComparedError(Reason.OUTCOME_IS_A_BOUND)
        # All are divided by one number, so its rounding does not change their order.
        factor = EXACT.multiply(scale(nation.unit, self.figure.unit), self.multiplier)
        return own.combined(ratio, Estimate.exactly(nation.value).scaled(factor))

    def _baseline(self) -> Base | None:
        """Return the baseline of the plan, else the statistics of the year before or of `since`."""
        figure, since, observations = self.figure, self.context.since, self.context.observations
        if since is None and isinstance(figure, Target):
            base = baseline_of(figure, observations)
            return base or start_of_parts(figure, observations, first_year(figure) - 1)
        if since is None and figure.start_year is not None:
            since = figure.start_year - 1
        if since is None:
            return None
        level = self.context.level(figure, since)
        if level is None:
            return start_of_parts(figure, observations, since)
        return Base.of_level(level, since, observations)

    def _base_estimate(self, base: Base) -> Estimate:
        if base.observation is not None:
            return self.context.estimate(base.observation)
        return Estimate(Comparator.REACH, base.value, None, base.rounding, base.rounding)

    def _compare_with(self, base: Base) -> None:
        basis = base.stated_by(self.figure)
        self.against = Against(**fields_of(Against, base, basis=basis))
        for record in base.records:
            self._add_input(record, is_start=True)
        if basis != "plan" and isinstance(self.figure, Target):
            self.caveats.append(Caveat.BASELINE_FROM_STATISTICS)

    def _add_input(self, record: Figure, *, is_start: bool = False) -> None:
        self.inputs.append(record.key)
        self.caveats += caveats_of(record, is_start=is_start)


def _estimate_of(quotient: Quotient) -> Estimate:
    """Return a computed ratio, with what the rounding of its parts leaves open."""
    printed = quotient.printed
    return Estimate(Comparator.REACH, quotient.value, None, printed, printed)


def distance(value: Decimal, base: Decimal) -> Decimal:
    """Return `value` minus `base`."""
    return EXACT.subtract(value, base)


def ratio(value: Decimal, base: Decimal) -> Decimal:
    """Return `value` in percent of `base`, which must be above zero."""
    if base <= 0:
        reason = "sign_change" if base else "zero_base"
        raise GrowthError(reason=reason, detail=f"no share of {base} is defined")
    return EXACT.divide(EXACT.multiply(value, 100), base)


def yearly(years: int) -> Step:
    """Return the function for the difference per year: for shares, in points a year."""
    _check(years)
    return lambda value, base: EXACT.divide(EXACT.subtract(value, base), years)


def compound(years: int) -> Step:
    """Return the function for compound growth over some years: for amounts, in percent a year.

    Examples
    --------
    >>> compound(5)(Decimal("1.61051"), Decimal(1))
    Decimal('10')
    """
    _check(years)

    def rate(value: Decimal, base: Decimal) -> Decimal:
        if not base:
            raise GrowthError(reason="zero_base", detail="growth on a base of zero is not defined")
        if not value.is_finite():
            return value
        return rate_between(Decimal(1), rounded(EXACT.divide(value, base), 20), years)

    return rate


def grown(years: int) -> Step:
    """Return the function for the compound growth that an increment to a base implies.

    Examples
    --------
    >>> grown(1)(Decimal(7), Decimal(100))
    Decimal('7')
    """
    rate = compound(years)
    return lambda rise, base: rate(EXACT.add(base, rise), base)


def _check(years: int) -> None:
    if years < 1:
        raise GrowthError(reason="one_point", detail="start and end are of one year")


def _table_column(figure: Figure) -> object:
    """Return the column of the table that a value is printed in; None for a figure of a text."""
    if not isinstance(figure, Observation) or figure.citation.as_stated is not None:
        return None
    return figure.citation.source.code, figure.indicator.code, figure.form, figure.unit
