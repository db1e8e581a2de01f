"""The compared value of one figure, or the reason why it has none."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from ..codelists import Caveat, Comparator, Reason, Status, Tier
from ..errors import GrowthError
from ..records import Observation, Target
from ..units.decimals import EXACT
from ..units.interval import Estimate, estimate
from ..units.quantity import same_measure
from .comparability import Figure, scale, year_of
from .comparison import Against, Basis
from .matching import Base, baseline_of
from .measures import compound, distance, grown, ratio, yearly
from .survey import Survey

__all__ = ["Standing", "standing_of"]

_REASONS = {
    "zero_base": Reason.ZERO_BASE,
    "sign_change": Reason.SIGN_CHANGE,
    "one_point": Reason.ONE_POINT,
}


class Standing(NamedTuple):
    """A figure by a measure, what it was compared with, or the reason for neither."""

    figure: Figure
    estimate: Estimate | None
    reason: Reason | None
    against: Against | None
    inputs: tuple[str, ...]
    caveats: tuple[Caveat, ...]


def standing_of(figure: Figure, survey: Survey) -> Standing:
    """Return the compared value of a figure in a survey."""
    return _Case(survey, figure).standing()


class _Unplaced(Exception):  # noqa: N818 - never leaves this module
    """What the measure needs is not known."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class _Case:
    """One figure on its way to a standing, with what was gathered so far."""

    def __init__(self, survey: Survey, figure: Figure) -> None:
        self.survey = survey
        self.figure = figure
        self.multiplier = Decimal(1)
        self.against: Against | None = None
        self.inputs: list[str] = []
        self.caveats: list[Caveat] = []
        self._cite(figure)
        if isinstance(figure, Target) and survey.disputed(figure):
            self.caveats.append(Caveat.TARGET_CONFLICT)

    def standing(self) -> Standing:
        """Return the figure by the measure, or the reason why it has none."""
        measured, reason = None, None
        try:
            measured = self._measured()
        except _Unplaced as error:
            reason = error.reason
        except GrowthError as error:
            reason = _REASONS.get(error.reason, Reason.ONE_POINT)
        return Standing(
            self.figure,
            measured,
            reason,
            self.against,
            tuple(self.inputs),
            tuple(dict.fromkeys(self.caveats)),
        )

    def _measured(self) -> Estimate:
        year = year_of(self.figure)
        carried = self.survey.ground.carried(self.figure)
        if carried is None:
            raise _Unplaced(Reason.DIFFERENT_BASIS)
        self.multiplier, words = carried
        if words:
            self.inputs.append(words)
        if year is None:
            raise _Unplaced(Reason.UNDATED)
        own = self.survey.estimate(self.figure).scaled(self.multiplier)
        measures: dict[str, Callable[[Estimate, int], Estimate]] = {
            "ratio": self._of_the_nation,
            "distance": self._from_the_start,
            "points": self._from_the_start,
            "compound": self._from_the_start,
            "grown": self._from_the_start,
            "even": self._over_the_span,
            "multiple": self._over_the_span,
        }
        measure = measures.get(self.survey.method)
        return own if measure is None else measure(own, year)

    def _from_the_start(self, own: Estimate, year: int) -> Estimate:
        base = self._start()
        if base is None:
            raise _Unplaced(Reason.MISSING_BASELINE)
        self._set_against(base.value, base.unit, base.year, base.observation)
        if not same_measure(base.unit, self.figure.unit):
            raise _Unplaced(Reason.DIFFERENT_BASIS)
        if self.survey.redefined(self.figure, base.year, year):
            raise _Unplaced(Reason.CHANGED_DEFINITION)
        years = year - base.year
        if years < 1:
            raise _Unplaced(Reason.ONE_POINT)
        factor = EXACT.multiply(scale(base.unit, self.figure.unit), self.multiplier)
        step = {
            "points": yearly(years),
            "compound": compound(years),
            "grown": grown(years),
        }.get(self.survey.method, distance)
        return own.combined(step, self._base_estimate(base).scaled(factor))

    def _over_the_span(self, own: Estimate, year: int) -> Estimate:
        if self.figure.start_year is None:
            raise _Unplaced(Reason.MISSING_BASELINE)
        years = year - self.figure.start_year + 1
        if self.survey.method == "even":
            return own.combined(yearly(years), Estimate.exactly(Decimal(0)))
        return own.combined(compound(years), Estimate.exactly(Decimal(1)))

    def _of_the_nation(self, own: Estimate, year: int) -> Estimate:
        found = self.survey.nations(self.figure)
        if len({each.value for each in found}) > 1:
            raise _Unplaced(Reason.CONFLICTING_OUTCOMES)
        if not found:
            raise _Unplaced(Reason.NO_OUTCOME)
        nation = found[0]
        basis: Basis = "nation's target" if isinstance(nation, Target) else "nation's outcome"
        self.against = Against(value=nation.value, unit=nation.unit, year=year, basis=basis)
        if nation is not self.figure:
            self._cite(nation)
        if nation.value_high is not None or not self.survey.estimate(nation).full.is_bounded:
            raise _Unplaced(Reason.OUTCOME_IS_A_BOUND)
        # All are set against one number, so what that number leaves open orders nothing.
        factor = EXACT.multiply(scale(nation.unit, self.figure.unit), self.multiplier)
        return own.combined(ratio, Estimate.exactly(nation.value).scaled(factor))

    def _start(self) -> Base | None:
        """The plan's own start, else the statistics of the year before; or of the year asked for."""
        figure, since = self.figure, self.survey.since
        if since is None and isinstance(figure, Target):
            return baseline_of(figure, self.survey.observations)
        if since is None and figure.start_year is not None:
            since = figure.start_year - 1
        best = None if since is None else self.survey.level(figure, since)
        return None if best is None or since is None else Base(best.value, best.unit, since, best)

    def _base_estimate(self, base: Base) -> Estimate:
        if base.observation is not None:
            return self.survey.estimate(base.observation)
        return estimate(
            Comparator.REACH, base.value, measured=True, tolerance=self.survey.tolerance
        )

    def _set_against(
        self, value: Decimal, unit: str, year: int, observation: Observation | None
    ) -> None:
        basis: Basis = "plan" if observation is None else "statistics"
        self.against = Against(value=value, unit=unit, year=year, basis=basis)
        if observation is None:
            return
        self._cite(observation)
        if isinstance(self.figure, Target):
            self.caveats.append(Caveat.BASELINE_FROM_STATISTICS)
        elif self.figure.vintage != observation.vintage:
            self.caveats.append(Caveat.VINTAGES_MIXED)

    def _cite(self, record: Figure) -> None:
        """Name a record, and what to mind about it."""
        self.inputs.append(record.key)
        self._mind(record.citation.source.tier is Tier.D, Caveat.WEAK_SOURCE)
        self._mind(record.erratum is not None, Caveat.CORRECTED_FIGURE)
        if isinstance(record, Observation):
            self._mind(record.self_reported, Caveat.SELF_REPORTED)
            self._mind(record.comparator is Comparator.ABOUT, Caveat.OUTCOME_APPROXIMATE)
            self._mind(record.status is Status.PRELIMINARY, Caveat.PRELIMINARY)

    def _mind(self, applies: bool, caveat: Caveat) -> None:
        if applies:
            self.caveats.append(caveat)
