"""Target against outcome.

Nothing is repaired on the way: a missing start, a start beyond the target, a text without a year
are reasons for no verdict, never patched.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..codelists import Caveat, Comparator, Direction, Form, Reason, Status, Tier, Verdict
from ..dataset.dataset import Dataset
from ..dataset.observations import ObservationTable
from ..errors import GrowthError, IncomparableError
from ..records import Observation, Target
from ..units.decimals import EXACT, Number, exact, in_own_context, rounded
from ..units.interval import DEFAULT_TOLERANCE, Interval
from ..units.quantity import convert, same_measure
from . import pace as paces
from .evidence import Evidence, as_stated, breaks_between, evidence_for
from .matching import Base, agree, baseline_of, better, interval_of, satisfies
from .results import Assessment, Baseline, Outcome, PaceFound, Stated, Subject, part_of

__all__ = ["DEFAULT_THRESHOLD", "DEFAULT_TOLERANCE", "VERSION", "assess"]

VERSION = 1
# Eurostat's and the UN's progress charts call 95% of the required pace on track.
DEFAULT_THRESHOLD = Decimal("0.95")
_REASONS = {
    "zero_base": Reason.ZERO_BASE,
    "sign_change": Reason.SIGN_CHANGE,
    "one_point": Reason.ONE_POINT,
    "base_beyond_target": Reason.BASE_BEYOND_TARGET,
}
_POINTS = {"percent", "percent_per_year", "percentage_point"}


@in_own_context
def assess(
    target: Target,
    against: Dataset[Any, Any] | Observation,
    *,
    vintage: str | None = None,
    tolerance: Number = DEFAULT_TOLERANCE,
    pace: str = "linear",
    threshold: Number = DEFAULT_THRESHOLD,
    strict: bool = False,
) -> Assessment:
    """The verdict on one target.

    Parameters
    ----------
    target
        The target.
    against
        A dataset, whose latest fitting observation decides; or one observation of your own.
    vintage
        Which release of a revised statistic to use; None for the newest.
    tolerance
        What *about* allows, as a share of the target's value: 0.02 is two percent.
    pace
        Name of the method that judges a target not yet due; see ``pace.methods()``.
    threshold
        Share of the required pace that counts as on track.
    strict
        Whether only figures that a text or a table prints count: nothing is computed from levels,
        and no ratio from its parts.

    Returns
    -------
    Assessment
        ``met`` or ``missed`` where the outcome of the target year is known; before that
        ``ahead``, ``on_track`` or ``off_track``; else ``undetermined`` with a reason.

    Raises
    ------
    IncomparableError
        If `against` is an observation of another indicator or region.
    MissingError
        If no pace method bears the name.

    Examples
    --------
    >>> from innovation_plans import load
    >>> plans = load()
    >>> target = plans.targets.where(region="CN-GD", indicator="rd_intensity", period="14th",
    ...                              end_year=2025).one()
    >>> verdict = assess(target, plans)
    >>> verdict.verdict, verdict.outcome.value, verdict.gap, verdict.gap_unit
    (<Verdict.MET: 'met'>, Decimal('3.6'), Decimal('0.1'), 'percentage_point')
    """
    paces.known(pace)  # a name that means nothing is said before any work is done
    case = _Case(target, exact(tolerance), pace, exact(threshold))
    if isinstance(against, Observation):
        _same_subject(target, against)
        return case.judged(as_stated(target, against), against)
    case.edition, case.observations = against.edition, against.observations
    if against.targets.rivals(target):
        case.caveats.append(Caveat.TARGET_CONFLICT)
    return case.judged(evidence_for(target, case.observations, vintage, strict=strict))


class _Case:
    """One target on its way to a verdict, with what was gathered so far."""

    def __init__(self, target: Target, tolerance: Decimal, pace: str, threshold: Decimal) -> None:
        self.target = target
        self.tolerance = tolerance
        self.pace = pace
        self.threshold = threshold
        self.edition = ""
        self.observations = ObservationTable[Observation](())
        self.basis = "stated"
        self.inputs = [target.key]
        self.caveats: list[Caveat] = []
        self.facts: dict[str, Any] = {}
        self._mind(target.citation.source.tier is Tier.D, Caveat.WEAK_SOURCE)
        self._mind(target.erratum is not None, Caveat.CORRECTED_FIGURE)

    def judged(self, evidence: Evidence | Reason, given: Observation | None = None) -> Assessment:
        """The verdict on what was found, or on the observation that was given."""
        if not isinstance(evidence, Evidence):
            if given is not None:
                self._cite((given,))
            return self.undetermined(evidence)
        self._take(evidence)
        if evidence.year > self.target.end_year:
            return self.undetermined(Reason.FUTURE_YEAR)
        due = evidence.year == self.target.end_year
        holds = satisfies(self.target, evidence.final, self.tolerance)
        if holds is None:
            return self.undetermined(Reason.OUTCOME_IS_A_BOUND)
        if not self._settled(evidence, holds=holds):
            return self.undetermined(Reason.CONFLICTING_OUTCOMES)
        self._measure(evidence.values)
        if due:
            return self.made(Verdict.MET if holds else Verdict.MISSED)
        return self.made(Verdict.AHEAD) if holds else self._on_the_way(evidence)

    def undetermined(self, reason: Reason) -> Assessment:
        """No verdict, and why."""
        return self.made(Verdict.UNDETERMINED, reason)

    def made(self, verdict: Verdict, reason: Reason | None = None) -> Assessment:
        """The assessment, with all that was gathered."""
        target = self.target
        return Assessment(
            target=target.key,
            subject=_subject(target),
            stated=Stated(**part_of(Stated, target, plan=target.plan.code, tier=_tier(target))),
            verdict=verdict,
            reason=reason,
            tolerance=self.tolerance if target.comparator is Comparator.ABOUT else None,
            method=self.basis,
            version=VERSION,
            inputs=tuple(self.inputs),
            caveats=tuple(dict.fromkeys(self.caveats)),
            edition=self.edition,
            **self.facts,
        )

    def _take(self, evidence: Evidence) -> None:
        """Note what was found: figures, sources, caveats."""
        self.basis = evidence.basis
        self.caveats += evidence.caveats
        self._cite(evidence.records)
        first, sources = evidence.records[0], [each.citation.source for each in evidence.records]
        facts: dict[str, Any] = {
            "source": sources[0].code,
            "tier": max(source.tier for source in sources),
        }
        if evidence.basis in {"computed", "ratio"}:
            facts |= {
                "value": rounded(evidence.values.low),
                "value_high": None,
                "unit": self.target.unit,
                "vintage": None,
            }
        if evidence.basis == "computed" and evidence.base:
            facts["start_year"] = evidence.base.year + 1
        self.facts["outcome"] = Outcome(**part_of(Outcome, first, **facts))
        if evidence.base is not None:
            self._start(evidence.base)

    def _cite(self, records: tuple[Observation, ...]) -> None:
        """Name the records, and what to mind about them."""
        for each in records:
            self.inputs.append(each.key)
            self._mind(each.self_reported, Caveat.SELF_REPORTED)
            self._mind(each.comparator is Comparator.ABOUT, Caveat.OUTCOME_APPROXIMATE)
            self._mind(each.status is Status.PRELIMINARY, Caveat.PRELIMINARY)
            self._mind(each.citation.source.tier is Tier.D, Caveat.WEAK_SOURCE)
            self._mind(each.erratum is not None, Caveat.CORRECTED_FIGURE)

    def _start(self, base: Base) -> None:
        printed = self.target.baseline_value, self.target.baseline_year
        by = "plan" if (base.value, base.year) == printed else "statistics"
        self.facts["baseline"] = Baseline(
            value=base.value, unit=base.unit, year=base.year, stated_by=by
        )

    def _settled(self, evidence: Evidence, *, holds: bool) -> bool:
        """Whether the verdict stands against the other figures of that year."""
        chosen = evidence.records[0]
        for other in evidence.others:
            verdict = satisfies(self.target, interval_of(other, self.target.unit), self.tolerance)
            if (
                evidence.basis == "computed"
            ):  # the others are growth as stated: computing goes before
                self._mind(verdict is not holds, Caveat.DISPUTED)
                continue
            alike = agree(other, chosen)  # one number, as far as the coarser is printed
            if alike and verdict is holds:
                continue
            if other.vintage and other.vintage != chosen.vintage:
                self._mind(verdict is not holds, Caveat.VINTAGES_DISAGREE)
            elif alike:
                self._mind(True, Caveat.DISPUTED)
            elif verdict is holds:
                self._mind(True, Caveat.CONFLICTING_OUTCOMES)
            elif _weight(other) == _weight(chosen):
                return False
            else:
                self._mind(True, Caveat.DISPUTED)
        return True

    def _measure(self, values: Interval) -> None:
        """The gap between outcome and target; none where the outcome is only a bound."""
        if not values.is_point:
            return
        value, goal, top = values.low, self.target.value, self.target.value_high
        if top is not None:
            goal = Interval(goal, top).nearest(value)
        self.facts["gap"] = rounded(value - goal)
        unit = self.target.unit
        self.facts["gap_unit"] = "percentage_point" if unit in _POINTS else unit

    def _on_the_way(self, evidence: Evidence) -> Assessment:
        """On or off track, by the pace from the start."""
        if self.target.form is Form.RANK:
            return self.undetermined(Reason.RANK_HAS_NO_PACE)
        if evidence.course is not None:
            return self._paced(evidence.course)
        course = self._course(evidence)
        return (
            self._paced(course) if isinstance(course, paces.Course) else self.undetermined(course)
        )

    def _course(self, evidence: Evidence) -> paces.Course | Reason:
        """From the starting level to the target; a sum over the period starts from nothing."""
        target = self.target
        if not evidence.values.is_point:
            return Reason.OUTCOME_IS_A_BOUND
        if target.form is Form.CUMULATIVE:
            since = (target.start_year or evidence.year) - 1
            base = Base(Decimal(0), target.unit, since, None)
        else:
            found = baseline_of(target, self.observations)
            if found is None:
                return Reason.MISSING_BASELINE
            base = found
        self._start(base)
        if base.observation is not None:
            self._cite((base.observation,))
            self._mind(True, Caveat.BASELINE_FROM_STATISTICS)
        if not same_measure(base.unit, target.unit):
            return Reason.DIFFERENT_BASIS
        if breaks_between(target, self.observations, base.year, evidence.year):
            return Reason.CHANGED_DEFINITION
        first = convert(base.value, base.unit, target.unit)
        return paces.Course(
            first, evidence.values.low, target.value, base.year, evidence.year, target.end_year
        )

    def _paced(self, course: paces.Course) -> Assessment:
        if _beyond(self.target, course):
            return self.undetermined(Reason.BASE_BEYOND_TARGET)
        try:
            found = paces.pace(self.pace, course)
        except GrowthError as error:
            return self.undetermined(_REASONS[error.reason])
        self.facts["progress"] = EXACT.divide(course.now - course.start, course.goal - course.start)
        self.facts["pace"] = PaceFound(
            method=self.pace,
            version=VERSION,
            score=rounded(found.score),
            observed=rounded(found.observed),
            required=rounded(found.required),
            unit=found.unit,
            threshold=self.threshold,
        )
        on_track = found.score >= self.threshold
        return self.made(Verdict.ON_TRACK if on_track else Verdict.OFF_TRACK)

    def _mind(self, applies: bool, caveat: Caveat) -> None:
        if applies:
            self.caveats.append(caveat)


def _beyond(target: Target, course: paces.Course) -> bool:
    """Whether the start was already at or past the goal."""
    down = better(target) is Direction.DOWN
    return course.start <= course.goal if down else course.start >= course.goal


def _same_subject(target: Target, observation: Observation) -> None:
    ours = f"{target.region.code}/{target.indicator.code}"
    theirs = f"{observation.region.code}/{observation.indicator.code}"
    if ours != theirs:
        raise IncomparableError(left=f"a target of {ours}", right=f"an outcome of {theirs}")


def _subject(target: Target) -> Subject:
    region, indicator = target.region, target.indicator
    return Subject(
        region=region.code,
        region_en=region.name_en,
        region_zh=region.short_zh or region.name_zh,
        indicator=indicator.code,
        indicator_en=indicator.name_en,
        indicator_zh=indicator.name_zh,
    )


def _weight(observation: Observation) -> tuple[bool, Tier]:
    """What makes one text count for more than another."""
    return observation.self_reported, observation.citation.source.tier


def _tier(target: Target) -> Tier:
    return target.citation.source.tier
