"""Assess a target: compare it with its outcome, and give a verdict.

In this order: find the evidence (`evidence.py`); compare the outcome with the target, as if
nothing changed until the target year; check the other figures of that year; if the target is not
yet due or met, compare the pace so far with the required one. Nothing is repaired: a missing
baseline, a baseline beyond the target or an outcome without a year is a reason for no verdict.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..codelists import Caveat, Direction, Form, Reason, Tier, Verdict
from ..dataset.observations import ObservationTable
from ..errors import GrowthError, IncomparableError
from ..records import Observation, Target
from ..units.decimals import EXACT, Number, exact, in_own_context, rounded
from ..units.interval import DEFAULT_TOLERANCE, Interval
from ..units.quantity import convert, same_measure
from . import pace as paces
from .comparability import difference_unit
from .evidence import Evidence, as_stated, breaks_between, evidence_for
from .matching import Base, agree, baseline_of, better, interval_of, satisfies
from .results import (
    Assessment,
    Baseline,
    Outcome,
    PaceScore,
    Stated,
    caveats_of,
    fields_of,
    reason_of,
    subject_of,
)

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset

__all__ = ["DEFAULT_THRESHOLD", "VERSION", "assess"]

VERSION = 1
# Eurostat's and the UN's progress charts call 95% of the required pace on track.
DEFAULT_THRESHOLD = Decimal("0.95")


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
    """Return the verdict on one target.

    Parameters
    ----------
    target
        The target.
    against
        A dataset, whose latest matching observation is the outcome; or one observation.
    vintage
        Which release of a revised statistic to use; None for the newest.
    tolerance
        What *about* allows, as a share of the target's value: 0.02 is two percent.
    pace
        Name of the method for a target that is not yet due; see ``pace.methods()``.
    threshold
        Share of the required pace that counts as on track.
    strict
        Whether to use printed figures only: no growth is computed from levels, and no ratio from
        its parts.

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
        If there is no pace method with that name.

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
    paces.known(pace)  # an unknown name raises an error before any work is done
    case = _Case(target, exact(tolerance), pace, exact(threshold))
    if isinstance(against, Observation):
        _require_same_subject(target, against)
        evidence = as_stated(target, against)
        if isinstance(evidence, Reason):
            case.add_input(against)
        return case.assessed(evidence)
    case.edition, case.observations = against.edition, against.observations
    case.note(bool(against.targets.rivals(target)), Caveat.TARGET_CONFLICT)
    return case.assessed(evidence_for(target, case.observations, vintage, strict=strict))


class _Case:
    """One target, with what is known of its assessment so far."""

    def __init__(self, target: Target, tolerance: Decimal, pace: str, threshold: Decimal) -> None:
        self.target = target
        self.tolerance = tolerance
        self.pace = pace
        self.threshold = threshold
        self.edition = ""
        self.observations = ObservationTable[Observation](())
        self.basis = "stated"
        self.inputs = [target.key]
        self.caveats = list(caveats_of(target))
        self.facts: dict[str, Any] = {}  # further fields of the assessment

    def assessed(self, evidence: Evidence | Reason) -> Assessment:
        """Return the assessment by the evidence, or without a verdict for a reason."""
        if isinstance(evidence, Reason):
            return self._undetermined(evidence)
        self._add_evidence(evidence)
        if evidence.year > self.target.end_year:
            return self._undetermined(Reason.FUTURE_YEAR)
        is_met = satisfies(self.target, evidence.final, self.tolerance)
        if is_met is None:
            return self._undetermined(Reason.OUTCOME_IS_A_BOUND)
        if not self._check_others(evidence, is_met=is_met):
            return self._undetermined(Reason.CONFLICTING_OUTCOMES)
        self._add_gap(evidence.values)
        if evidence.year == self.target.end_year:
            return self._assessment(Verdict.MET if is_met else Verdict.MISSED)
        return self._assessment(Verdict.AHEAD) if is_met else self._by_pace(evidence)

    def add_input(self, observation: Observation) -> None:
        """Add a record to the inputs, and what a reader should know about it to the caveats."""
        self.inputs.append(observation.key)
        self.caveats += caveats_of(observation)

    def note(self, applies: bool, caveat: Caveat) -> None:
        """Add a caveat if it applies."""
        if applies:
            self.caveats.append(caveat)

    def _undetermined(self, reason: Reason) -> Assessment:
        return self._assessment(Verdict.UNDETERMINED, reason)

    def _assessment(self, verdict: Verdict, reason: Reason | None = None) -> Assessment:
        target = self.target
        tier = target.citation.source.tier
        return Assessment(
            target=target.key,
            subject=subject_of(target.region, target.indicator),
            stated=Stated(**fields_of(Stated, target, plan=target.plan.code, tier=tier)),
            verdict=verdict,
            reason=reason,
            tolerance=self.tolerance if target.comparator.approximate else None,
            method=self.basis,
            version=VERSION,
            inputs=tuple(self.inputs),
            caveats=tuple(dict.fromkeys(self.caveats)),
            edition=self.edition,
            **self.facts,
        )

    def _add_evidence(self, evidence: Evidence) -> None:
        """Add the outcome and its baseline, with inputs and caveats."""
        self.basis = evidence.basis
        self.caveats += evidence.caveats
        for observation in evidence.records:
            self.add_input(observation)
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
        self.facts["outcome"] = Outcome(**fields_of(Outcome, first, **facts))
        if evidence.base is not None:
            self._add_baseline(evidence.base)

    def _add_baseline(self, base: Base) -> None:
        printed = self.target.baseline_value, self.target.baseline_year
        stated_by = "plan" if (base.value, base.year) == printed else "statistics"
        self.facts["baseline"] = Baseline(
            value=base.value, unit=base.unit, year=base.year, stated_by=stated_by
        )

    def _check_others(self, evidence: Evidence, *, is_met: bool) -> bool:
        """Return whether the verdict holds in view of the other figures of that year."""
        chosen = evidence.records[0]
        for other in evidence.others:
            other_met = satisfies(self.target, interval_of(other, self.target.unit), self.tolerance)
            same_verdict = other_met is is_met
            if evidence.basis == "computed":  # computed growth has priority over stated growth
                self.note(not same_verdict, Caveat.DISPUTED)
                continue
            same_number = agree(other, chosen)  # as far as the coarser of both is printed
            if same_number and same_verdict:
                continue
            if other.vintage and other.vintage != chosen.vintage:
                self.note(not same_verdict, Caveat.VINTAGES_DISAGREE)
            elif same_number:
                self.note(True, Caveat.DISPUTED)
            elif same_verdict:
                self.note(True, Caveat.CONFLICTING_OUTCOMES)
            elif _weight(other) == _weight(chosen):
                return False
            else:
                self.note(True, Caveat.DISPUTED)
        return True

    def _add_gap(self, outcome: Interval) -> None:
        """Add the outcome minus the target; nothing if the outcome is only a bound."""
        if not outcome.is_point:
            return
        value, wanted = outcome.low, self.target.value
        if self.target.value_high is not None:
            wanted = Interval(wanted, self.target.value_high).nearest(value)
        self.facts["gap"] = rounded(value - wanted)
        self.facts["gap_unit"] = difference_unit(self.target.unit)

    def _by_pace(self, evidence: Evidence) -> Assessment:
        """Return the assessment by the pace since the baseline: on or off track."""
        if self.target.form is Form.RANK:
            return self._undetermined(Reason.RANK_HAS_NO_PACE)
        course = evidence.course or self._course(evidence)
        if isinstance(course, Reason):
            return self._undetermined(course)
        if _starts_beyond(self.target, course):
            return self._undetermined(Reason.BASE_BEYOND_TARGET)
        try:
            pace = paces.pace(self.pace, course)
        except GrowthError as error:
            return self._undetermined(reason_of(error))
        self.facts["progress"] = EXACT.divide(course.now - course.start, course.goal - course.start)
        self.facts["pace"] = PaceScore(
            method=self.pace,
            version=VERSION,
            score=rounded(pace.score),
            observed=rounded(pace.observed),
            required=rounded(pace.required),
            unit=pace.unit,
            threshold=self.threshold,
        )
        on_track = pace.score >= self.threshold
        return self._assessment(Verdict.ON_TRACK if on_track else Verdict.OFF_TRACK)

    def _course(self, evidence: Evidence) -> paces.Course | Reason:
        """Return the way from the baseline to the target, or why there is none."""
        target = self.target
        if not evidence.values.is_point:
            return Reason.OUTCOME_IS_A_BOUND
        base = self._base(evidence.year)
        if base is None:
            return Reason.MISSING_BASELINE
        self._add_baseline(base)
        if base.observation is not None:
            self.add_input(base.observation)
            self.note(True, Caveat.BASELINE_FROM_STATISTICS)
        if not same_measure(base.unit, target.unit):
            return Reason.DIFFERENT_BASIS
        if breaks_between(target, self.observations, base.year, evidence.year):
            return Reason.CHANGED_DEFINITION
        start = convert(base.value, base.unit, target.unit)
        return paces.Course(
            start, evidence.values.low, target.value, base.year, evidence.year, target.end_year
        )

    def _base(self, year: int) -> Base | None:
        """Return the baseline of a level; a sum over the period starts from zero."""
        if self.target.form is Form.CUMULATIVE:
            return Base(Decimal(0), self.target.unit, (self.target.start_year or year) - 1, None)
        return baseline_of(self.target, self.observations)


def _starts_beyond(target: Target, course: paces.Course) -> bool:
    """Return whether the baseline is already at the target or beyond it."""
    down = better(target) is Direction.DOWN
    return course.start <= course.goal if down else course.start >= course.goal


def _require_same_subject(target: Target, observation: Observation) -> None:
    ours = f"{target.region.code}/{target.indicator.code}"
    theirs = f"{observation.region.code}/{observation.indicator.code}"
    if ours != theirs:
        raise IncomparableError(left=f"a target of {ours}", right=f"an outcome of {theirs}")


def _weight(observation: Observation) -> tuple[bool, Tier]:
    """Return the weight of a figure: statistics and better tiers weigh more than others."""
    return observation.self_reported, observation.citation.source.tier
