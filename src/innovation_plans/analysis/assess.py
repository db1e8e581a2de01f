"""Assess a target: compare it with its outcome, and give a verdict.

In this order: find the evidence (`evidence.py`); compare the outcome with the target, as if
nothing changed until the target year; check the other figures of that year; if the target is not
yet due or met, compare the pace so far with the required one. Nothing is repaired: a missing
baseline, a baseline beyond the target or an outcome without a year is a reason for no verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ..codelists import Caveat, Direction, Flag, Form, PlanKind, Reason, Status, Tier, Verdict
from ..dataset.observations import ObservationTable
from ..dataset.where import day_of
from ..errors import GrowthError, IncomparableError, expect, flag
from ..records import Observation, Source, Target
from ..units.decimals import EXACT, Number, in_own_context, plain, rounded, share
from ..units.growth import rate_between
from ..units.interval import DEFAULT_TOLERANCE, Interval, as_precise
from ..units.quantity import convert, same_measure
from ..units.table import table_of
from . import pace as paces
from .baselines import yearly
from .comparability import difference_unit, method_of
from .evidence import (
    Evidence,
    as_stated,
    breaks_between,
    change_between,
    evidence_for,
    from_proxy,
    is_broken,
)
from .matching import (
    CHANGE_FORMS,
    LEVEL_FORMS,
    Base,
    accepted_by,
    agree,
    are_mixed,
    baseline_of,
    better,
    first_year,
    interval_of,
    is_at_constant_prices,
    is_net,
    is_printed,
    judged,
    levels_in,
    may_be_gross,
    other_levels,
    part_reason,
    period_reason,
    plan_baseline,
    satisfies,
    start_in_text,
)
from .no_outcome import (
    NO_SERIES,
    edition_day,
    figures_of,
    levels_of_parts,
    reason_for_none,
    unclassed_figures,
)
from .quotients import OnOneVintage, Revision, is_of_parts, quotient_of, revision_of, start_of_parts
from .results import (
    NOT_OVER,
    Assessment,
    Baseline,
    DocumentName,
    FormOfYears,
    OneVintage,
    Outcome,
    PaceScore,
    Stated,
    caveats_of,
    fields_of,
    readings,
    reason_of,
    subject_of,
)

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset

VERSION = 1
_OPEN = "open"  # the words of a unit that say no class
_OF_A_PERIOD = {PlanKind.OUTLINE, PlanKind.STI}  # five-year plans start with their period
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
    proxies: bool = False,
    as_of: str | date | None = None,
) -> Assessment:
    """Return the verdict on one target.

    Parameters
    ----------
    target
        The target.
    against
        A dataset, whose latest matching observation is the outcome; or one observation.
    vintage
        Which release of the revised statistics to use, also for ratios and their parts and for
        baselines; statistics without a release of that name are used as they are. None for the
        newest. One observation must be of this release, or of none.
    tolerance
        What *about* allows, as a share of the target's value: 0.02 is two percent.
    pace
        Name of the method for a target that is not yet due; see ``pace.methods()``. For average growth,
        ``"linear"`` means equal rates and is computed as ``"compound"``, which the result says.
    threshold
        Share of the required pace that counts as on track.
    strict
        Whether to use printed figures only: no growth is computed from levels, and no ratio from
        its parts.
    proxies
        Whether a nearly equal indicator (``Indicator.proxy``) gives the outcome where the data have
        none of the indicator itself; the result has the caveat ``proxy``.
    as_of
        The day of the assessment, as a date or text of the form YYYY-MM-DD. Figures published
        later are not used; one observation is used whenever it was published, and the day only says
        which targets are due. If not given, the last day of the month of the edition, which hides no
        figure: one that you added of a later year is used, with the caveat ``future_outcome``; for
        one observation, no day.

    Returns
    -------
    Assessment
        ``met`` or ``missed`` where the outcome of the target year is known; ``awaiting`` where the
        target year is over and only earlier outcomes are known; ``ahead``, ``on_track`` or
        ``off_track`` for years to come; else ``undetermined`` with a reason.

    Raises
    ------
    IncomparableError
        If `against` is an observation of another indicator, region or vintage.
    ArgumentError
        If there is no such pace method, or `tolerance` or `threshold` is not a share.
    MissingError
        If the dataset has no vintage with that name.

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
    expect(
        "target",
        target,
        "comparator",
        "one target",
        hint="scorecard(plans, targets=…) takes several",
    )
    if not isinstance(against, Observation):
        hint = "plans.extend(observations=[…]) makes an observation of a number"
        expect("against", against, "targets", "a dataset or an observation", hint=hint)
    strict, proxies = flag("strict", strict), flag("proxies", proxies)
    paces.known(pace)  # an unknown name raises an error before any work is done
    hides = None if as_of is None else day_of(as_of)
    least = share(threshold, "threshold", includes_one=True)
    new_case = partial(_Case, target, share(tolerance, "tolerance"), pace, least)
    if isinstance(against, Observation):
        _require_vintage(vintage, against)
        case = new_case(hides, ObservationTable(()), "")
        evidence = _evidence_of(target, against, proxies=proxies)
        if isinstance(evidence, Reason):
            case.add_input(against)
        case.facts["undated"] = _undated(target, [against], case.tolerance)
        return case.assessed(evidence)
    day = hides or edition_day(against.edition)
    case = new_case(day, against.observations, against.edition)
    case.add_rivals(against.targets.rivals(target))
    find = partial(_find, case, vintage=vintage, hides=hides, strict=strict, proxies=proxies)
    case.observations, known = find(against.observations)
    if known is not None:
        _add_other_tiers(case, known, find, against)
        return case.assessed(known)
    reason = reason_for_none(target, case.observations, day)
    if reason is Reason.NO_YEAR_OVER:
        return case.assessed(reason)
    of_every_tier, lower = find(against.observations_of_every_tier)
    tables = [case.observations, *([] if lower else [of_every_tier])]
    offers = () if proxies else (from_proxy(target, each, strict=strict) for each in tables)
    offered = next((each for each in offers if each is not None), None)
    if offered is not None:
        case.add_proxy(proxy_year=offered.year, proxy_tiers=_not_loaded(offered, against.tiers))
    if isinstance(lower, Evidence):
        case.add_lower_tiers(lower, against.tiers)
        return case.assessed(Reason.HELD_BACK_BY_TIER)
    if reason is not Reason.NOT_DUE:
        case.add_undated()
        case.add_missing(reason, of_every_tier, against.tiers)
    return case.assessed(reason)


def _find(
    case: _Case,
    observations: ObservationTable[Observation],
    *,
    vintage: str | None,
    hides: date | None,
    strict: bool,
    proxies: bool,
) -> tuple[ObservationTable[Observation], Evidence | Reason | None]:
    """Return the observations of a vintage and as known on a day, and the evidence in them."""
    known = observations if hides is None else observations.known_on(hides)
    of_vintage = known.in_vintage(vintage)
    evidence = evidence_for(
        case.target,
        of_vintage,
        case.tolerance,
        from_parts=is_of_parts(case.target, known, vintage),
        strict=strict,
    )
    if evidence is None and proxies:
        evidence = from_proxy(case.target, of_vintage, strict=strict)
    return of_vintage, evidence


def _add_other_tiers(
    case: _Case,
    known: Evidence | Reason,
    find: Callable[[ObservationTable[Observation]], tuple[Any, Evidence | Reason | None]],
    against: Dataset[Any, Any],
) -> None:
    """Add what tiers that are not loaded have of a target year or a start that the data lack."""
    awaits = isinstance(known, Evidence) and case.awaits(known)
    if not awaits and known is not Reason.MISSING_BASELINE:
        return
    of_every_tier, lower = find(against.observations_of_every_tier)
    if awaits:
        case.add_undated()
    else:
        case.add_missing(Reason.MISSING_BASELINE, of_every_tier, against.tiers)
    known_year = known.year if isinstance(known, Evidence) else 0
    if isinstance(lower, Evidence) and lower.year > known_year:
        case.add_lower_tiers(lower, against.tiers)


@dataclass
class _Case:
    """One target, with what is known of its assessment so far."""

    target: Target
    tolerance: Decimal
    pace: str
    threshold: Decimal
    day: date | None
    observations: ObservationTable[Observation]
    edition: str
    evidence: Evidence | None = None
    basis: str = "stated"
    base: Base | None = None
    other_starts: tuple[Observation, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)  # further fields of the assessment

    def __post_init__(self) -> None:
        self.stated = _stated_by(self.target)
        self.inputs = [self.target.key]
        self.caveats = list(caveats_of(self.target))

    def assessed(self, evidence: Evidence | Reason) -> Assessment:
        """Return the assessment by the evidence, or without a verdict for a reason."""
        if isinstance(evidence, Reason):
            return self._undetermined(evidence)
        wanted = accepted_by(self.target, self.tolerance)
        is_rounded = not evidence.printed.is_point
        is_met = judged(self.target, wanted, evidence.final, is_rounded=is_rounded)
        if evidence.as_printed is not None and not self._needs_pace(evidence, is_met=is_met):
            evidence = evidence.as_printed
        self._add_evidence(evidence)
        if is_met is None:
            if self.awaits(evidence):
                return self._awaiting(evidence, is_met=False)
            exact = [each for each in evidence.others if each.comparator.plain]
            self.facts["others"] = tuple(map(_outcome_of, exact))
            return self._undetermined(Reason.OUTCOME_IS_A_BOUND)
        if not self._check_others(evidence, wanted, is_met=is_met):
            return self._undetermined(Reason.CONFLICTING_OUTCOMES)
        self._check_revision(evidence, wanted, is_met=is_met)
        self._add_gap(evidence)
        self._note_rounding(evidence, wanted, is_met=is_met)
        self._check_starts(evidence, wanted, is_met=is_met)
        if evidence.year == self.target.end_year:
            return self._assessment(Verdict.MET if is_met else Verdict.MISSED)
        return self._before_the_year(evidence, is_met=is_met)

    @property
    def _is_over(self) -> bool:
        """Whether the target year is before the day of the assessment."""
        return self.day is not None and self.target.end_year < self.day.year

    def awaits(self, evidence: Evidence) -> bool:
        """Return whether the target year is over, and the evidence is of an earlier one."""
        return self._is_over and evidence.year < self.target.end_year

    def _needs_pace(self, evidence: Evidence, *, is_met: bool | None) -> bool:
        """Return whether there is a pace, on one vintage, and something that it says."""
        course = evidence.course
        is_ahead = bool(is_met) and not self._is_over
        return (
            course is not None
            and not is_ahead
            and not _is_beyond(self.target, course.start, course.goal)
        )

    def add_input(self, observation: Observation, *, is_start: bool = False) -> None:
        """Add a record to the inputs, and what a reader should know about it to the caveats."""
        self.inputs.append(observation.key)
        self.caveats += caveats_of(observation, is_start=is_start)
        if observation.status is Status.DEFINITION_DIFFERS and observation.notes:
            notes = (*self.facts.get("differences", ()), observation.notes)
            self.facts["differences"] = tuple(dict.fromkeys(notes))

    def add_lower_tiers(self, evidence: Evidence, loaded: Collection[str]) -> None:
        """Add the tiers of an outcome that are not loaded, and its year."""
        is_ratio = evidence.basis == "ratio"
        wanted = accepted_by(self.target, self.tolerance)
        parts = [each for each in evidence.records if is_ratio and _tier(each) not in loaded]
        self.facts |= {
            "tiers": _not_loaded(evidence, loaded),
            "tiers_year": evidence.year,
            "tiers_meet": judged(self.target, wanted, evidence.final) is True,
            "tier_parts": tuple(
                dict.fromkeys(subject_of(each.region, each.indicator) for each in parts)
            ),
        }

    def add_undated(self) -> None:
        """Add a figure without a year that would decide."""
        figures = figures_of(self.target, self.observations)
        self.facts["undated"] = _undated(self.target, figures, self.tolerance)

    def add_proxy(self, **facts: int | tuple[Tier, ...]) -> None:
        """Add the indicator that is nearly that of the target, and further facts about it."""
        if proxy := self.target.indicator.proxy:
            self.facts |= facts | {
                "proxy": proxy.code,
                "proxy_en": proxy.name_en,
                "proxy_zh": proxy.name_zh,
                "proxy_years": self.target.indicator.proxy_years,
            }

    def add_missing(
        self,
        reason: Reason,
        observations: ObservationTable[Observation],
        tiers: Collection[str],
    ) -> None:
        """Add the parts of a ratio that are not loaded, and the tiers and classes that have figures."""
        target = self.target
        parts = {
            part: {_tier(each) for each in levels}
            for part, levels in levels_of_parts(target, observations).items()
        }
        missing = [part for part, of_part in parts.items() if of_part.isdisjoint(tiers)]
        is_named = reason in {*NO_SERIES, Reason.MISSING_BASELINE}
        figures = figures_of(target, observations) if is_named else ()
        if reason is Reason.CLASS_UNCLEAR:
            figures_without_class = unclassed_figures(target, self.observations)
            self.facts["unclassed"] = next(map(_outcome_of, figures_without_class), None)
        if reason is Reason.OTHER_FORM_OR_SPAN:
            self._add_other_forms()
        if reason is Reason.OUTSIDE_PERIOD:
            self.facts["has_parts_only"] = not figures_of(target, self.observations)
        if reason is Reason.OTHER_SCOPE:
            scopes = {each.scope or "" for each in figures_of(target, self.observations)}
            self.facts["scopes"] = tuple(sorted(scopes))
        in_tier = [part for part in missing if parts[part]]
        years = range(first_year(target) - 1, target.end_year + 1)
        lower = {_tier(each) for each in figures if each.year in {None, *years}} - set(tiers)
        lower_of_parts: set[Tier] = set().union(*(parts[part] for part in in_tier))
        self.facts |= {
            "missing_parts": tuple(subject_of(target.region, part) for part in missing),
            "tier_parts": tuple(subject_of(target.region, part) for part in in_tier),
            "tiers": tuple(sorted(lower_of_parts or lower)),
        }

    def add_rivals(self, rivals: Sequence[Target]) -> None:
        """Add the other figures that are stated for the target."""
        self.facts["rivals"] = tuple(_stated_by(each) for each in rivals)
        self.note(bool(rivals), Caveat.TARGET_CONFLICT)

    def note(self, applies: bool, caveat: Caveat) -> None:
        """Add a caveat if it applies."""
        if applies:
            self.caveats.append(caveat)

    def _undetermined(self, reason: Reason) -> Assessment:
        if reason in NOT_OVER and self.stated.has_pace:
            self._add_first_level()
        elif self.evidence is None:
            self._add_start_of_change()
        elif reason is Reason.OUTCOME_IS_A_BOUND and self.evidence.year < self.target.end_year:
            self._add_start(self.evidence)
        if reason is Reason.MISSING_BASELINE:
            self._add_missing_years()
        if reason is Reason.OUTCOME_IS_A_BOUND and self.evidence and self.basis == "ratio":
            self._add_part_that_is_a_bound(self.evidence)
        known = (self.target, self.observations)
        printed = plan_baseline(*known) or start_in_text(*known)
        if printed and "baseline" not in self.facts:
            self._add_baseline(printed)
        return self._assessment(Verdict.UNDETERMINED, reason)

    def _add_part_that_is_a_bound(self, evidence: Evidence) -> None:
        """Add the part of a ratio whose exact figure of the target year would decide."""
        target = self.target
        if evidence.year == target.end_year:
            bounds = [each for each in evidence.records if not each.comparator.plain]
            parts = [subject_of(target.region, each.indicator) for each in bounds]
            self.facts["missing_parts"] = tuple(parts)

    def _add_first_level(self) -> None:
        """Add the start of a target that has no outcome yet, or the year in which it is missing."""
        target = self.target
        before = first_year(target) - 1
        base = baseline_of(target, self.observations)
        base = base or start_of_parts(target, self.observations, before)
        if base is None or self._is_alone(base):
            self.facts["missing_years"] = (before,)
        if base is None:
            return
        self._add_baseline(base)
        if target.form is Form.LEVEL and same_measure(base.unit, target.unit):
            start = convert(base.value, base.unit, target.unit)
            self.note(_is_beyond(target, start, target.value), Caveat.BASE_BEYOND_TARGET)

    def _add_start_of_change(self) -> None:
        """Add the start of growth or an increase without outcome, if levels would give that."""
        target = self.target
        if target.form not in CHANGE_FORMS or not self.stated.has_levels:
            return
        base = baseline_of(target, self.observations)
        if base is not None and base.year < target.end_year and not self._is_alone(base):
            self._add_baseline(base)

    def _is_alone(self, base: Base) -> bool:
        """Return whether no other year has the vintage of a start, such as first accounts."""
        vintages = self.observations.vintages() if base.vintage else ()
        names = [(base.vintage, each.indicator) for each in base.records[-1:]]
        years = [each.year for each in vintages if (each.code, each.indicator) in names]
        return years == [base.year]

    def _add_missing_years(self) -> None:
        """Add the year of the start, and of the target if it is over and its level is not known."""
        target, end = self.target, self.target.end_year
        needs_end = self._is_over and not levels_in(target, self.observations, end)
        self.facts["missing_years"] = (first_year(target) - 1, *([end] if needs_end else []))

    def _assessment(self, verdict: Verdict, reason: Reason | None = None) -> Assessment:
        target = self.target
        if verdict is not Verdict.UNDETERMINED and self.evidence is not None:
            self._add_start(self.evidence)
        self.note(self._assumes_the_start(reason), Caveat.START_ASSUMED)
        self.facts["rounding_hides_change"] = self._is_change_hidden()
        return Assessment(
            target=target.key,
            subject=subject_of(target.region, target.indicator),
            stated=self.stated,
            verdict=verdict,
            reason=reason,
            **self._tolerance_facts(),
            method=self.basis,
            version=VERSION,
            inputs=tuple(self.inputs),
            caveats=tuple(dict.fromkeys(self.caveats)),
            edition=self.edition,
            as_of=self.day and self.day.isoformat(),
            **self.facts,
        )

    def _is_change_hidden(self) -> bool:
        """Return whether start and outcome differ by less than their rounding leaves open."""
        base, evidence, target = self.base, self.evidence, self.target
        if base is None or evidence is None or evidence.basis not in {"level", "ratio"}:
            return False
        if target.form is not Form.LEVEL or not same_measure(base.unit, target.unit):
            return False
        start, now = convert(base.value, base.unit, target.unit), evidence.values
        is_number = now.is_point and base.comparator.plain and start != now.low
        return is_number and base.printed(target.unit).overlaps(evidence.printed)

    def _tolerance_facts(self) -> dict[str, Decimal | None]:
        """Return what *about* allows, and the outcomes that it accepts; nothing for other targets."""
        if not self.target.comparator.approximate:
            return {}
        ends = accepted_by(self.target, self.tolerance)[:2]
        if table_of(self.target.unit).unit(self.target.unit).counts:  # 549, not 548.8 centres
            low, high = ends
            ends = low.to_integral_value(ROUND_CEILING), high.to_integral_value(ROUND_FLOOR)
        least, most = (Decimal(plain(rounded(end))) if end.is_finite() else None for end in ends)
        return {"tolerance": self.tolerance, "accepted_low": least, "accepted_high": most}

    def _assumes_the_start(self, reason: Reason | None) -> bool:
        """Return whether the assessment has a start that only the period or date of the plan gives.

        So has one whose figures are of years before that start, or whose first year is not over.
        """
        target = self.target
        has_start = not self.facts.keys().isdisjoint({"baseline", "missing_years"})
        has_start = has_start or reason in {Reason.OUTSIDE_PERIOD, Reason.NO_YEAR_OVER}
        plan, is_change = target.plan, target.form not in LEVEL_FORMS
        is_late = int((plan.issued or "0")[:4]) > first_year(target)
        is_stated = target.baseline_year is not None or plan.kind in _OF_A_PERIOD
        is_assumed = Flag.START_ASSUMED in target.flags or (is_late and not is_stated)
        return is_assumed and (is_change or has_start)

    def _add_evidence(self, evidence: Evidence) -> None:
        """Add the outcome and its baseline, with inputs and caveats."""
        self.evidence = evidence
        self.basis = evidence.basis
        if evidence.basis == "proxy":
            self.add_proxy()
        self.caveats += evidence.caveats
        is_future = self.day is not None and evidence.year > self.day.year
        self.note(is_future, Caveat.FUTURE_OUTCOME)
        first_year = evidence.base.year if evidence.base else None
        for observation in evidence.records:
            self.add_input(observation, is_start=observation.year == first_year)
        first = evidence.records[0]
        is_ratio = Caveat.DERIVED in evidence.caveats
        facts: dict[str, Any] = _source_of(*evidence.records, is_ratio=is_ratio)
        facts["has_notes"] = _has_notes(first)
        facts["flags"] = _flags_of(
            each for each in evidence.records if each.year != first_year or each is first
        )
        facts["counted"] = first.indicator.counted
        facts["is_revised"] = first.vintage in self.observations.revisions(first.indicator.code)
        if is_ratio:
            facts |= {
                "numerator_caveats": caveats_of(evidence.records[0]),
                "denominator_caveats": caveats_of(evidence.records[1]),
            }
        if evidence.basis in {"computed", "proxy"} or is_ratio:
            facts |= {
                **_ends(evidence.values),
                "unit": self.target.unit,
                "vintage": None,
                "precision": None,
            }
        if evidence.basis == "computed" and evidence.base:
            years = {"start_year": evidence.base.year + 1}
            level = {"level": first.value, "level_unit": first.unit, "precision": first.precision}
            facts |= years | level
        self.facts["outcome"] = Outcome(**fields_of(Outcome, first, **facts))
        if evidence.base is not None:
            self._add_baseline(evidence.base)

    def _add_start(self, evidence: Evidence) -> None:
        """Add the baseline of a level or a rank, also where the verdict does not need it."""
        if "baseline" in self.facts or self.target.form not in LEVEL_FORMS:
            return
        known = (self.target, self.observations)
        base = self._as_outcome(plan_baseline(*known) or baseline_of(*known), evidence)
        if base is None or base.year >= evidence.year:
            return
        self._add_baseline(base)
        between = (self.target, self.observations, base.year)
        revision = revision_of(*between, evidence.records[0])
        if revision and (
            revision.is_large or _outweighs(revision, base, evidence, self.target.unit)
        ):
            self._add_revision(revision)
        self.note(breaks_between(*between, evidence.year), Caveat.CHANGED_DEFINITION)

    def _add_revision(self, revision: Revision) -> None:
        """Add that the denominator of the start was revised, and how far."""
        revised = subject_of(self.target.region, revision.denominator)
        self.facts |= {"revision": rounded(revision.share), "revised": revised}
        self.caveats.append(Caveat.REVISED_BETWEEN)

    def _add_baseline(self, base: Base) -> None:
        is_sum = self.target.form is Form.CUMULATIVE
        stated_by = "definition" if is_sum else base.stated_by(self.target)
        facts: dict[str, Any] = {"stated_by": stated_by, "is_computed": base.is_computed}
        facts["counted"] = self.target.indicator.counted
        if base.records and stated_by != "plan":
            facts |= _source_of(*base.records, is_ratio=base.is_computed)
        facts["flags"] = _flags_of(base.records)
        if base.observation is not None:
            revisions = self.observations.revisions(base.observation.indicator.code)
            facts["is_revised"] = base.vintage in revisions
        self.caveats += [caveat for each in base.records for caveat in readings(each)]
        self.base = base
        self.other_starts = () if is_sum else other_levels(self.target, self.observations, base)
        self.facts["other_starts"] = tuple(map(_outcome_of, self.other_starts))
        self.facts["baseline"] = Baseline(**fields_of(Baseline, base, **facts))
        self.inputs += [each.key for each in base.records if each.key not in self.inputs]

    def _check_others(self, evidence: Evidence, wanted: Interval, *, is_met: bool) -> bool:
        """Return whether the verdict holds in view of the other figures of that year."""
        others = [
            (other, *self._differences(evidence, other, wanted, is_met=is_met))
            for other in evidence.others
        ]
        self.facts["others"] = tuple(
            _outcome_of(other) for other, caveats, is_open in others if caveats or is_open
        )
        if any(is_open for _, _, is_open in others):
            return False
        self.caveats += [caveat for _, caveats, _ in others for caveat in caveats]
        return True

    def _check_revision(self, evidence: Evidence, wanted: Interval, *, is_met: bool) -> None:
        """Add the ratio of the newest parts, if it gives another verdict than the printed ratio."""
        printed, year = evidence.records[0], evidence.year
        if evidence.basis != "level" or not printed.vintage or not printed.comparator.plain:
            return
        quotient = quotient_of(self.target, self.observations, year)
        if quotient is None or not (denominator := quotient.records[1]).vintage:
            return
        now = rounded(quotient.value)
        is_same = as_precise(now, evidence.values.low) == evidence.values.low
        if is_same or satisfies(wanted, Interval.point(now), is_rounded=False) is is_met:
            return
        facts = {
            "value": now,
            "unit": self.target.unit,
            "vintage": denominator.vintage,
            "precision": None,
            "status": Status.NOT_STATED,
            **_source_of(*quotient.records, is_ratio=True),
        }
        other = Outcome(**fields_of(Outcome, printed, **facts))
        self.facts["others"] = (*self.facts["others"], other)
        self.caveats.append(Caveat.VINTAGES_DISAGREE)
        self.inputs += [each.key for each in quotient.records]

    def _check_starts(self, evidence: Evidence, wanted: Interval, *, is_met: bool) -> None:
        """Note whether a change from another start gives the same verdict, where no pace decides."""
        is_by_pace = not is_met and evidence.year < self.target.end_year
        if evidence.basis != "computed" or is_by_pace:
            return
        alike = []
        for other in self.other_starts:
            base = Base.of_level(other, other.year or evidence.year, self.observations)
            changed = change_between(
                self.target, base, evidence.records[0], evidence.year, self.observations
            )
            alike.append(
                isinstance(changed, Evidence) and satisfies(wanted, changed.final) is is_met
            )
        self._note_starts(alike)

    def _note_starts(self, alike: Collection[bool]) -> None:
        """Add whether all other starts lead to the same judgement, or one does not."""
        self.note(not all(alike), Caveat.START_DISPUTED)
        self.note(bool(alike) and all(alike), Caveat.CONFLICTING_STARTS)

    def _differences(
        self, evidence: Evidence, other: Observation, wanted: Interval, *, is_met: bool
    ) -> tuple[list[Caveat], bool]:
        """Return how another figure differs, and whether it leaves the verdict open."""
        chosen = evidence.records[0]
        values, is_rounded = interval_of(other, self.target.unit), bool(other.half_width)
        other_met = judged(self.target, wanted, values, is_rounded=is_rounded)
        same_verdict = other_met in {is_met, None}  # a bound that decides nothing is no verdict
        if evidence.basis == "computed":  # computed growth has priority over stated growth
            same_number = is_printed(other, evidence.values, self.target.unit)
            caveats = [] if same_verdict else [Caveat.DISPUTED]
            return caveats + ([] if same_number else [Caveat.STATED_DIFFERS]), False
        same_number = agree(other, chosen)  # as far as the coarser of both is printed
        if same_number and same_verdict:
            return [], False
        if other.vintage and other.vintage != chosen.vintage:
            return ([] if same_verdict else [Caveat.VINTAGES_DISAGREE]), False
        lower = [Caveat.LOWER_TIER] if _tier(other) < _tier(chosen) else []
        if same_verdict:
            return [Caveat.CONFLICTING_OUTCOMES, *lower], False
        if same_number or _weight(other) != _weight(chosen):
            return [Caveat.DISPUTED, *lower], False
        return [], True

    def _add_gap(self, evidence: Evidence) -> None:
        """Add the outcome minus the target; nothing if the outcome is only a bound."""
        if not evidence.values.is_point:
            return
        self.facts["gap"] = self._gap_of(evidence.values.low)
        self.facts["gap_unit"] = difference_unit(self.target.unit)
        ends = _open_by_rounding(evidence)
        if not ends.is_point:
            low, high = map(self._gap_of, ends[:2])
            self.facts |= {"gap_low": low, "gap_high": high}

    def _gap_of(self, value: Decimal) -> Decimal:
        """Return an outcome minus the target; if that is a range, minus its nearest number."""
        wanted = self.target.value
        if self.target.value_high is not None:
            wanted = Interval(wanted, self.target.value_high).nearest(value)
        return rounded(value - wanted)

    def _note_rounding(self, evidence: Evidence, wanted: Interval, *, is_met: bool) -> None:
        """Add whose digits may give another verdict: of the outcome, the start or the target."""
        has_start = evidence.basis == "computed"
        is_open = wanted.divides(evidence.printed)
        self.note(is_open, Caveat.START_ROUNDING if has_start else Caveat.WITHIN_ROUNDING)
        is_missed = not is_met and evidence.year == self.target.end_year
        if is_missed and evidence.final.is_point and evidence.printed.is_bounded:
            ends = (evidence.final.low, *evidence.printed[:2])  # 5.45 to 5.55 is 5 or 6
            coarse = [Interval.point(as_precise(end, self.target.value)) for end in ends]
            self.note(all(map(wanted.contains, coarse)), Caveat.TARGET_ROUNDING)

    def _before_the_year(self, evidence: Evidence, *, is_met: bool) -> Assessment:
        """Return the assessment where the outcome is of a year before the target year."""
        if self._is_over:
            return self._awaiting(evidence, is_met=is_met)
        if is_met:
            return self._assessment(Verdict.AHEAD)
        verdict = self._by_pace(evidence)
        if isinstance(verdict, Reason):
            return self._undetermined(verdict)
        self._add_needed_growth(evidence)
        return self._assessment(verdict)

    def _awaiting(self, evidence: Evidence, *, is_met: bool) -> Assessment:
        """Return the assessment of a target whose year is over and whose figure is not known.

        It has the last pace, if there is one, and the growth that the target needs from there, unless
        the last figure meets it already.
        """
        self._by_pace(evidence)
        if not is_met:
            self._add_needed_growth(evidence)
        self._add_other_forms()
        return self._assessment(Verdict.AWAITING)

    def _add_other_forms(self) -> None:
        """Add the forms of the figures of the target year that the target is not compared with."""
        target, forms = self.target, list(Form)
        others: dict[tuple[int, int], list[Outcome]] = {}
        for each in figures_of(target, self.observations):
            is_other = each.form is not target.form or period_reason(target, each) is not None
            if is_other and (each.year, each.scope) == (target.end_year, target.scope):
                kind = forms.index(each.form), each.start_year or target.end_year
                others.setdefault(kind, []).append(_outcome_of(each))
        self.facts["other_forms"] = tuple(
            FormOfYears(
                form=forms[place],
                start_year=first,
                end_year=target.end_year,
                figure=figures[0] if len(figures) == 1 else None,
            )
            for (place, first), figures in sorted(others.items(), key=itemgetter(0))
        )

    def _add_needed_growth(self, evidence: Evidence) -> None:
        """Add the growth a year from the outcome to the target: in points for shares."""
        target, course = self.target, evidence.course
        if target.form not in {Form.LEVEL, *CHANGE_FORMS} or not evidence.values.is_point:
            return
        goal, now = (course.goal, course.now) if course else (target.value, evidence.values.low)
        if goal == now:  # "above" the value that it has
            return
        is_level = target.form is Form.LEVEL
        unit = target.unit if is_level else target.indicator.unit  # of levels
        method, unit = method_of("growth", Form.LEVEL, unit)
        years = target.end_year - evidence.year

        def growth(now: Decimal, goal: Decimal) -> Decimal:
            if method == "points":
                return yearly(years)(goal, now)
            return rate_between(now, goal, years)

        with suppress(GrowthError):  # from zero, or to the other sign
            needed = rounded(growth(now, goal))
            self.facts |= {"needed_growth": needed, "needed_unit": unit}
            if course is None:
                nows, starts = _open_by_rounding(evidence), Interval.point(now)
            else:
                nows = course.now_range or Interval.point(now)
                starts = course.start_range or Interval.point(course.start)
            ends = nows.combined(
                lambda now, start: growth(now, course.between(start, now).goal if course else goal),
                starts,
            )
            if not ends.is_point:  # an outcome that may be at the target needs no growth
                low = rounded(max(ends.low, Decimal(0)) if needed > 0 else ends.low)
                high = rounded(min(ends.high, Decimal(0)) if needed < 0 else ends.high)
                self.facts |= {"needed_low": low, "needed_high": high}

    def _by_pace(self, evidence: Evidence) -> Verdict | Reason:
        """Return on or off track, by the pace since the baseline, or why there is no pace."""
        if self.target.form is Form.RANK:
            return Reason.RANK_HAS_NO_PACE
        course = evidence.course or self._course(evidence)
        start = self.facts.get("baseline")
        self.note(bool(start and start.is_of_others), Caveat.BASELINE_FROM_STATISTICS)
        if isinstance(course, Reason):
            return course
        if _is_beyond(self.target, course.start, course.goal):
            return _beyond(self.target, course)
        method = self._pace_method()
        try:
            pace = paces.pace(method, course)
        except GrowthError as error:
            return reason_of(error)
        scores = paces.score_range(method, course)
        covered = EXACT.divide(course.now - course.start, course.goal - course.start)
        self.facts["progress"] = rounded(covered)
        score = PaceScore(
            **{name: rounded(getattr(pace, name)) for name in ("score", "observed", "required")},
            low=rounded(scores.low) if scores else None,
            high=rounded(scores.high) if scores else None,
            unit=pace.unit,
            method=method,
            version=VERSION,
            threshold=self.threshold,
        )
        self.facts["pace"] = score
        self.note(score.is_open, Caveat.START_ROUNDING)
        on_track = pace.score >= self.threshold
        if evidence.pair is None:
            others = [self._is_on_track(method, course, other) for other in self.other_starts]
            self._note_starts([each is on_track for each in others])
        if evidence.pair is not None and evidence.base is not None:
            printed = convert(evidence.base.value, evidence.base.unit, self.target.unit)
            spliced = course._replace(start=printed, now=evidence.values.low)
            self._add_one_vintage(evidence.pair, spliced, on_track=on_track)
        return Verdict.ON_TRACK if on_track else Verdict.OFF_TRACK

    def _is_on_track(self, method: str, course: paces.Course, start: Observation) -> bool | None:
        """Return whether the pace from another start is enough; None if there is no pace."""
        target = self.target
        unit = (
            target.unit if target.form in {*LEVEL_FORMS, Form.CUMULATIVE} else target.indicator.unit
        )
        other = course.between(convert(start.value, start.unit, unit), course.now)
        if _is_beyond(target, other.start, other.goal):
            return None
        try:
            return paces.pace(method, other).score >= self.threshold
        except GrowthError:
            return None

    def _pace_method(self) -> str:
        """Return the pace method: equal steps of average growth are equal rates, not equal amounts."""
        is_rate = self.target.form is Form.AVERAGE_GROWTH and self.pace == "linear"
        return "compound" if is_rate else self.pace

    def _add_one_vintage(
        self, pair: OnOneVintage, spliced: paces.Course, *, on_track: bool
    ) -> None:
        """Add the figures on one vintage, and the score of the printed ones, which are spliced."""
        try:
            score = rounded(paces.pace(self.pace, spliced).score)
        except GrowthError:
            score = None
        self.facts["one_vintage"] = OneVintage(
            vintage=pair.vintage,
            start=pair.start.value,
            outcome=pair.now.value,
            printed_score=score,
        )
        same = score is not None and (score >= self.threshold) is on_track
        self.note(not same, Caveat.VINTAGES_DISAGREE)

    def _course(self, evidence: Evidence) -> paces.Course | Reason:
        """Return the way from the baseline to the target, or why there is none."""
        target = self.target
        if not evidence.values.is_point:
            return Reason.OUTCOME_IS_A_BOUND
        base = self._base(evidence)
        if base is None:
            return Reason.MISSING_BASELINE
        self._add_baseline(base)
        if base.observation is not None:
            self.caveats += caveats_of(base.observation, is_start=True)
            self.note(base.stated_by(target) != "plan", Caveat.BASELINE_FROM_STATISTICS)
        if not same_measure(base.unit, target.unit):
            return Reason.DIFFERENT_BASIS
        revision = revision_of(target, self.observations, base.year, evidence.records[0])
        if revision:
            self._add_revision(revision)
        if is_broken(target, self.observations, base.year, evidence):
            return Reason.CHANGED_DEFINITION
        start_figure = base.observation if evidence.basis == "level" else None
        if start_figure and not revision and are_mixed(start_figure, evidence.records[0]):
            return Reason.VINTAGES_MIXED
        start = convert(base.value, base.unit, target.unit)
        return paces.Course(
            *(start, evidence.values.low, target.value),
            *(base.year, evidence.year, target.end_year),
            *(base.printed(target.unit), evidence.printed),
        )

    def _base(self, evidence: Evidence) -> Base | None:
        """Return the baseline of a level; a sum over the period starts from zero."""
        if self.target.form is Form.CUMULATIVE:
            before = (self.target.start_year or evidence.year) - 1
            return Base(Decimal(0), self.target.unit, before, Interval.point(Decimal(0)))
        outcome = evidence.records[0] if evidence.basis == "level" else None
        return self._as_outcome(baseline_of(self.target, self.observations, outcome), evidence)

    def _as_outcome(self, base: Base | None, evidence: Evidence) -> Base | None:
        """Return the baseline, computed from parts as the outcome is, unless the plan states it."""
        if base is None or base.observation is None or evidence.basis != "ratio":
            return base
        if base.stated_by(self.target) == "plan":
            return base
        return start_of_parts(self.target, self.observations, base.year) or base


def _class_of(target: Target) -> dict[str, str | None]:
    """Return what a target counts; where its text leaves the class open, the name that claims none."""
    indicator = target.indicator
    if part_reason(None, target.scope) is not Reason.CLASS_UNCLEAR or not indicator.open_name_en:
        return {"counted": indicator.counted}
    names = {"open_name_en": indicator.open_name_en, "open_name_zh": indicator.open_name_zh}
    return {"counted": _OPEN, **names}


def _stated_by(target: Target) -> Stated:
    """Return the figure of a plan."""
    return Stated(
        **fields_of(
            Stated,
            target,
            plan=target.plan.code,
            plan_en=target.plan.title_en,
            plan_zh=target.plan.title_zh,
            issued=target.plan.issued,
            document=_named(target.citation.source),
            tier=target.citation.source.tier,
            constant_prices=is_at_constant_prices(target),
            maybe_gross=may_be_gross(target),
            is_net=is_net(target),
            has_own_title=not target.plan.title_made_up,
            **_class_of(target),
        )
    )


def _outweighs(revision: Revision, base: Base, evidence: Evidence, unit: str) -> bool:
    """Return whether a revision moves the start by more than the outcome differs from it."""
    if not same_measure(base.unit, unit):
        return False
    start, now = convert(base.value, base.unit, unit), evidence.values
    moved = EXACT.multiply(start, revision.share).copy_abs()
    return now.is_point and moved > EXACT.subtract(now.low, start).copy_abs()


def _has_notes(observation: Observation) -> bool:
    """Return whether a record has more to say than its result says."""
    return observation.notes is not None or observation.printed_name is not None


def _not_loaded(evidence: Evidence, loaded: Collection[str]) -> tuple[Tier, ...]:
    """Return the tiers of evidence that are not loaded."""
    return tuple(sorted({_tier(each) for each in evidence.records} - set(loaded)))


def _outcome_of(observation: Observation) -> Outcome:
    """Return an observation as a part of a result."""
    facts = {
        **_source_of(observation),
        "has_notes": _has_notes(observation),
        "counted": observation.indicator.counted,
    }
    return Outcome(**fields_of(Outcome, observation, **facts))


def _source_of(*records: Observation, is_ratio: bool = False) -> dict[str, Any]:
    """Return the source of the first record, and the lowest tier of all.

    Of a ratio, whose first two records are numerator and denominator, the sources of both.
    """
    sources = [each.citation.source for each in records]
    first, second = sources[0], sources[1] if is_ratio else sources[0]
    facts = {
        "source": first.code,
        "document": _named(first),
        "tier": max(source.tier for source in sources),
    }
    if second.code != first.code:
        facts |= {"further_source": second.code, "further_document": _named(second)}
    return facts


def _flags_of(records: Iterable[Observation]) -> tuple[Flag, ...]:
    """Return the flags of records, each once."""
    return tuple(dict.fromkeys(flag for each in records for flag in each.flags))


def _named(source: Source) -> DocumentName:
    """Return the name of a document as a part of a result."""
    return DocumentName(**fields_of(DocumentName, source))


def _open_by_rounding(evidence: Evidence) -> Interval:
    """Return what rounding leaves open of an outcome; the outcome alone if that is not known."""
    is_known = evidence.printed.is_bounded and evidence.final == evidence.values
    return evidence.printed if is_known else evidence.values


def _ends(values: Interval) -> dict[str, Decimal | None]:
    """Return the finite end of computed values, or both, without zeros that no text prints."""
    low, high = values[:2]
    if not values.is_bounded:
        low = high = low if low.is_finite() else high
    first, last = (Decimal(plain(rounded(end))) for end in (low, high))
    return {"value": first, "value_high": None if first == last else last}


def _is_beyond(target: Target, start: Decimal, goal: Decimal) -> bool:
    """Return whether a baseline is already at the target or beyond it."""
    return start <= goal if better(target) is Direction.DOWN else start >= goal


def _beyond(target: Target, course: paces.Course) -> Reason:
    """Return whether an outcome whose start was beyond the target has fallen back."""
    towards = better(target)
    fallen = course.now > course.start if towards is Direction.DOWN else course.now < course.start
    is_one_sided = towards is not Direction.NONE
    return Reason.REGRESSED if fallen and is_one_sided else Reason.BASE_BEYOND_TARGET


def _evidence_of(target: Target, outcome: Observation, *, proxies: bool) -> Evidence | Reason:
    """Return one observation as evidence: of the region and indicator, or of its yearly proxy."""
    evidence = as_stated(target, outcome)
    indicator = target.indicator
    ours = f"{target.region.code}/{indicator.code}"
    theirs = f"{outcome.region.code}/{outcome.indicator.code}"
    if ours == theirs:
        return evidence
    yearly = indicator.proxy if proxies and (indicator.proxy_years or 1) == 1 else None
    if yearly is None or theirs != f"{target.region.code}/{yearly.code}":
        raise IncomparableError(left=f"a target of {ours}", right=f"an outcome of {theirs}")
    if isinstance(evidence, Reason):
        return evidence
    return evidence._replace(basis="proxy", caveats=(Caveat.PROXY,))


def _undated(target: Target, figures: Iterable[Observation], tolerance: Decimal) -> Outcome | None:
    """Return a figure without a year that would decide if it were of the target year.

    Its text must have come out in the two years after it.
    """
    end, wanted = target.end_year, accepted_by(target, tolerance)
    for figure in figures:
        published = int((figure.citation.source.date or f"{end + 1}")[:4])
        if figure.year is not None or (figure.start_year or end) > end:
            continue
        if not end < published <= end + 2:
            continue
        dated = figure.model_copy(update={"year": end})
        stated = as_stated(target, dated)
        if isinstance(stated, Evidence) and (judged(target, wanted, stated.final) is not None):
            return _outcome_of(dated)
    return None


def _require_vintage(vintage: str | None, observation: Observation) -> None:
    if vintage is not None and observation.vintage not in {None, vintage}:
        raise IncomparableError(
            left=f"the vintage {vintage!r}", right=f"an outcome of {observation.vintage!r}"
        )


def _weight(observation: Observation) -> tuple[bool, Tier]:
    """Return the weight of a figure: statistics and better tiers weigh more than others."""
    return observation.self_reported is not False, _tier(observation)


def _tier(observation: Observation) -> Tier:
    return observation.citation.source.tier
