"""What a page says besides the table: goals, conflicts, coverage, method, citation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ..analysis.assess import DEFAULT_THRESHOLD
from ..analysis.coverage import Coverage
from ..codelists import Availability
from ..dataset.dataset import Dataset
from ..dataset.targets import Conflict
from ..records import Goal
from ..units.decimals import plain
from ..units.interval import DEFAULT_TOLERANCE
from .page import release
from .rows import figure, region_name
from .sources import Bibliography, Place, tongue
from .words import Both, coded, message, messages, named, period

__all__ = [
    "ConflictNote",
    "CoverageNote",
    "GoalNote",
    "citation",
    "conflict_notes",
    "coverage_notes",
    "goal_notes",
    "method",
]


class GoalNote(NamedTuple):
    """A commitment without a number."""

    kind: Both
    statement: str
    tongue: str
    horizon: Both | None
    plan: str
    place: Place


class ConflictNote(NamedTuple):
    """What texts state differently: each figure with its place, the strongest text first."""

    region: Both
    indicator: Both
    period: Both
    year: int
    figures: tuple[tuple[Both, Place], ...]


class CoverageNote(NamedTuple):
    """How much is known of one period."""

    period: Both
    counts: tuple[tuple[Availability, int], ...]
    stated: int
    published: int


def goal_notes(goals: Iterable[Goal], sources: Bibliography) -> list[GoalNote]:
    """Goals, by the year by which they are to be reached; undated ones last."""
    ordered = sorted(goals, key=lambda each: (each.horizon or 9999, each.key))
    return [
        GoalNote(
            kind=coded(each.kind),
            statement=each.statement,
            tongue=tongue(each.statement),
            horizon=message("page.horizon", year=each.horizon) if each.horizon else None,
            plan=each.plan.code if each.plan else "",
            place=sources.place(each.citation),
        )
        for each in ordered
    ]


def conflict_notes(conflicts: Iterable[Conflict], sources: Bibliography) -> list[ConflictNote]:
    """What texts of one region and period state differently."""
    notes = []
    for conflict in conflicts:
        first = conflict.targets[0]
        notes.append(
            ConflictNote(
                region=region_name(first.region),
                indicator=named(first.indicator.name_en, first.indicator.name_zh),
                period=period(first.period),
                year=first.end_year,
                figures=tuple(
                    (figure(each), sources.place(each.citation)) for each in conflict.targets
                ),
            )
        )
    return notes


def coverage_notes(cells: Coverage) -> list[CoverageNote]:
    """What is known, period by period: the states of the targets, and outcomes of stated ones."""
    notes = []
    states = (Availability.STATED, Availability.NOT_STATED, Availability.NOT_READ)
    for code in dict.fromkeys(cell.period for cell in cells):
        ours = [cell for cell in cells if cell.period == code]
        found = {state: sum(cell.target is state for cell in ours) for state in states}
        stated = [cell for cell in ours if cell.target is Availability.STATED]
        notes.append(
            CoverageNote(
                period=period(code),
                counts=tuple((state, found[state]) for state in states),
                stated=len(stated),
                published=sum(cell.outcome is Availability.PUBLISHED for cell in stated),
            )
        )
    return notes


def method() -> Sequence[Both]:
    """How verdicts come about, in a few sentences."""
    tolerance, threshold = plain(DEFAULT_TOLERANCE * 100), plain(DEFAULT_THRESHOLD)
    return [
        each.filled(tolerance=tolerance, threshold=threshold)
        for each in messages("method").values()
    ]


def citation(plans: Dataset[Any, Any, Any, Any], name: Both) -> Both:
    """How to cite the page, with version and edition."""
    return message("page.citation", name=name, version=release(), edition=plans.edition or "–")
