"""What a page says besides the table: goals, conflicts, coverage, method, citation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ..analysis.assess import DEFAULT_THRESHOLD, DEFAULT_TOLERANCE
from ..analysis.coverage import Coverage
from ..codelists import Availability
from ..dataset.dataset import Dataset
from ..dataset.targets import Conflict
from ..records import Goal
from ..units.decimals import plain
from .page import release
from .rows import figure, region_name
from .sources import Bibliography, Place, tongue
from .words import GOAL_KINDS, PHRASES, Both, named, period

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
    counts: tuple[tuple[Both, int], ...]
    stated: int
    published: int


def goal_notes(goals: Iterable[Goal], sources: Bibliography) -> list[GoalNote]:
    """Goals, by the year by which they are to be reached; undated ones last."""
    ordered = sorted(goals, key=lambda each: (each.horizon or 9999, each.key))
    return [
        GoalNote(
            kind=GOAL_KINDS[each.kind],
            statement=each.statement,
            tongue=tongue(each.statement),
            horizon=PHRASES["horizon"].filled(year=each.horizon) if each.horizon else None,
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
                counts=tuple((_STATES[state], found[state]) for state in states),
                stated=len(stated),
                published=sum(cell.outcome is Availability.PUBLISHED for cell in stated),
            )
        )
    return notes


def method() -> Sequence[Both]:
    """How verdicts come about, in a few sentences."""
    tolerance = plain(DEFAULT_TOLERANCE * 100)
    return [
        each.filled(tolerance=tolerance, threshold=plain(DEFAULT_THRESHOLD)) for each in _METHOD
    ]


def citation(plans: Dataset[Any, Any, Any, Any], name: Both) -> Both:
    """How to cite the page, with version and edition."""
    return _CITATION.filled(name=name, version=release(), edition=plans.edition or "–")


_STATES = {
    Availability.STATED: Both("stated", "已列明"),
    Availability.NOT_STATED: Both("not found", "未见"),
    Availability.NOT_READ: Both("without a text that was read", "未读到文本"),
}
_CITATION = Both(
    "The innovation_plans developers: innovation_plans, version {version}, data edition {edition}, "
    "report “{name}”. Code: MIT; data: CC BY 4.0. Single figures: cite their own sources, below.",
    "The innovation_plans developers：innovation_plans，版本 {version}，数据版本 {edition}，"
    "报告《{name}》。代码许可 MIT，数据许可 CC BY 4.0。引用单个数值时，请引用下列相应来源。",
)
_METHOD = (
    Both(
        "Met and missed: the outcome of the target year is known. Ahead: not yet due, already "
        "there. On track and off track: not yet due, judged by pace. Undetermined: with the reason; "
        "nothing is repaired to force a verdict.",
        "“已实现”“未实现”：目标年的实际值已知。“提前达到”：未到目标年但已达到。"
        "“进度正常”“进度滞后”：未到目标年，按进度判断。“无法判断”：注明原因，不为得出结论而修补数据。",
    ),
    Both(
        "“About” allows {tolerance} % of the value. Pace is linear: the share of the distance "
        "covered over the share of the time gone; {threshold} or more counts as on track.",
        "“左右”允许目标值{tolerance}%的偏差。进度按线性法计算：已完成路程的比例除以已过时间的比例，"
        "不低于{threshold}为进度正常。",
    ),
    Both(
        "The latest year of the period decides; in it, statistics go before a government's own "
        "report, the newer vintage and the better tier before others. Growth is computed from levels "
        "where these are known. A gap is the outcome less the target.",
        "以规划期内最近年份的数据为准；同一年份中，统计数据优先于政府自行公布的数据，"
        "较新版本、较高等级的来源优先。水平值已知时，增速由水平值计算。差距为实际值减目标值。",
    ),
)
