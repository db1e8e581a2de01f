"""The two paths to a verdict, ``assess`` and ``frames.assess``, with one signature and one result."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import innovation_plans as ip
from innovation_plans import Reason, Verdict, frames
from innovation_plans.analysis.matching import part_reason

OBSERVED = {
    "region": "text", "indicator": "text", "form": "text", "comparator": "text", "value": "float",
    "value_high": "float", "precision": "float", "unit": "text", "start_year": "int", "year": "int",
    "vintage": "text", "scope": "text", "self_reported": "bool", "tier": "text", "released": "date", "position": "int",
}  # fmt: skip
WANTED = {
    "region": "text", "indicator": "text", "form": "text", "comparator": "text", "value": "float",
    "value_high": "float", "unit": "text", "start_year": "int", "end_year": "int",
    "baseline_value": "float", "baseline_year": "int", "baseline_unit": "text",
    "breakdown": "text", "scope": "text", "number": "int",
}  # fmt: skip


class Answer(NamedTuple):
    """What a path says of a target, and of which observation."""

    verdict: str
    reason: str | None
    gap: float | None
    gap_unit: str | None
    deciding: int | None  # the position among the observations of the region


# Which kind of figure a dataset does not have for a target. It knows all series, days and tiers; a frame
# of the latest figures has only the rows that a target could be compared with: no_outcome.
WITHOUT_OUTCOME = {
    Reason.HELD_BACK_BY_TIER, Reason.NO_SERIES_FOR_INDICATOR, Reason.NO_SERIES_FOR_REGION,
    Reason.NOT_DUE, Reason.OTHER_FORM_OR_SPAN, Reason.OUTSIDE_PERIOD, Reason.NO_YEAR_OVER,
    Reason.UNDATED,
}  # fmt: skip


# By the number of the target; for each pair, also by the position of the observation.
Answers = dict[tuple[int, int | None], Answer]


def scalar(plans: ip.Dataset, rows: str = "each", **options: Any) -> Answers:
    """Return what ``assess`` says; nothing is derived from a dataset."""
    observations = _by_region(plans)
    if rows == "each":
        return {
            (number, position): _answer(ip.assess(target, observed, **options), position)
            for number, target in enumerate(plans.targets)
            for position, observed in enumerate(observations[target.region.code])
            if observed.indicator.code == target.indicator.code
        }
    answers: Answers = {}
    for number, target in enumerate(plans.targets):
        assessment = ip.assess(target, plans, strict=True, **options)
        keys = [observed.key for observed in observations[target.region.code]]
        deciding = keys.index(assessment.inputs[1]) if assessment.outcome else None
        answer = _answer(assessment, deciding)
        has_none = answer.reason in WITHOUT_OUTCOME
        is_of_part = part_reason(target.breakdown, target.scope) is not None
        if has_none or (not assessment.outcome and not is_of_part):
            answer = answer._replace(reason=Reason.NO_OUTCOME)
        answers[number, None] = answer
    return answers


def framed(engine: Any, plans: ip.Dataset, rows: str = "each", **options: Any) -> Answers:
    """Return what ``frames.assess`` says; all records are in one frame."""
    observed, wanted = (engine.frame(rows, types) for rows, types in _frames(plans))
    result = frames.assess(observed, wanted, rows=rows, keep=["number"], plans=plans, **options)
    table = engine.rows(result)
    answers: Answers = {}
    for row in table:
        position = None if row["position"] is None else int(row["position"])
        key = (int(row["number"]), position if rows == "each" else None)
        answers[key] = Answer(row["verdict"], row["reason"], row["gap"], row["gap_unit"], position)
    assert len(answers) == len(table)
    return answers


@lru_cache(maxsize=4)
def _frames(plans: ip.Dataset) -> list[tuple[list[dict[str, Any]], dict[str, str]]]:
    """Return the rows and types of the observations and of the targets, made once for all engines."""
    observed = [
        _cells(
            each,
            OBSERVED,
            precision=each.half_width,
            tier=each.citation.source.tier,
            released=_released(each, plans),
            position=position,
        )
        for observations in _by_region(plans).values()
        for position, each in enumerate(observations)
    ]
    wanted = [_cells(each, WANTED, number=number) for number, each in enumerate(plans.targets)]
    return [(observed, OBSERVED), (wanted, WANTED)]


def differences(one: Answers, other: Answers, plans: ip.Dataset) -> list[str]:
    """Return the differing answers, each with the records that give them."""
    assert one.keys() == other.keys()
    observations = _by_region(plans)
    different = []
    for (number, position), answer in one.items():
        target, other_answer = plans.targets[number], other[number, position]
        if not _alike(answer, other_answer, target):
            seen = observations[target.region.code]
            records = [target, *(seen if position is None else [seen[position]])]
            texts = [each.model_dump_json(exclude_defaults=True) for each in records]
            different.append("\n".join([*texts, str(answer), str(other_answer)]))
    return different


def _by_region(plans: ip.Dataset) -> dict[str, list[ip.Observation]]:
    groups = defaultdict(list)
    for each in plans.observations:
        groups[each.region.code].append(each)
    return groups


def _answer(assessment: ip.Assessment, position: int | None) -> Answer:
    """Return the answer of an assessment; a frame has no statistics to take a baseline from."""
    verdict, reason = assessment.verdict, assessment.reason
    by_pace = verdict in {Verdict.ON_TRACK, Verdict.OFF_TRACK, Verdict.UNDETERMINED}
    by_pace = by_pace and reason is not Reason.OUTCOME_IS_A_BOUND  # which no start changes
    if by_pace and assessment.outcome and len(assessment.inputs) > 2:  # the start is a record
        verdict, reason = Verdict.UNDETERMINED, Reason.MISSING_BASELINE
    gap = None if assessment.gap is None else float(assessment.gap)
    return Answer(verdict, reason, gap, assessment.gap_unit, position)


def _alike(one: Answer, other: Answer, target: ip.Target) -> bool:
    if one._replace(gap=None) != other._replace(gap=None):
        return False
    if one.gap is None or other.gap is None:
        return one.gap == other.gap
    # The scalar gap has twelve digits, and that of a frame as many digits of the target.
    sizes = [abs(float(number)) for number in (one.gap, target.value, target.value_high or 0)]
    return abs(one.gap - other.gap) <= 5e-12 * max(sizes)


def _cells(record: Any, types: dict[str, str], **further: Any) -> dict[str, Any]:
    """Return the cells of a record that a frame of these types has."""
    kinds: dict[str, Any] = {"text": str, "float": float, "int": int, "bool": bool}
    cells = {}
    for name, kind in types.items():
        cell = further.get(name, getattr(record, name, None))
        cell = getattr(cell, "code", cell)
        cells[name] = cell if cell is None or kind == "date" else kinds[kind](cell)
    return cells


def _released(observed: ip.Observation, plans: ip.Dataset) -> date | None:
    """Return when a figure came out; None if that is not known."""
    day = plans.observations.released(observed)
    return None if day == date.max else day
