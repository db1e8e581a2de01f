"""The records of a page in words: targets with their verdicts, goals, conflicts and coverage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from ..analysis.coverage import TARGET_STATES, Coverage, CoverageCell
from ..analysis.results import Assessment
from ..codelists import Availability, Verdict
from ..dataset.dataset import Dataset
from ..dataset.targets import Conflict
from ..errors import MissingError
from ..plots.panels import notes_on
from ..records import Corroboration, Goal, Indicator, Observation, Plan, Region, Target, years_of
from ..text import labels
from ..units.decimals import plain
from ..units.quantity import convert, same_measure
from .sources import Bibliography, SourceLink, language_tag
from .words import (
    Translated,
    coded,
    message,
    name_of,
    page_languages,
    period,
    translated,
    untranslated,
)

_VERDICTS = list(Verdict)
_LAST_YEAR = 9999  # of goals without a year, which come last


class SortKey(NamedTuple):
    """The key by which a cell is sorted: a kind (a unit), then a number; no number comes last."""

    kind: str = ""
    number: str = ""


class InputRow(NamedTuple):
    """A record that a target is assessed against."""

    figure: Translated  # after its indicator, if that is another one
    span: str
    vintage: str
    source: SourceLink | None


class TargetRow(NamedTuple):
    """A target with its verdict, as a template shows it."""

    number: int
    target: Target
    assessment: Assessment
    region: Translated
    indicator: Translated
    region_names: str  # code and all names, for the search
    indicator_names: str  # names that a page does not show
    period: Translated
    period_key: SortKey
    stated: Translated
    stated_key: SortKey
    outcome: Translated | None
    outcome_years: Translated | None
    outcome_key: SortKey
    gap: Translated
    gap_key: SortKey
    verdict_label: Translated
    verdict_key: SortKey
    notes: tuple[Translated, ...]  # why there is no verdict, or what makes it doubtful
    tiers: str
    sentences: Translated
    caveats: tuple[Translated, ...]
    plan: Translated
    source: SourceLink
    force: Translated | None
    baseline: Translated | None
    inputs: tuple[InputRow, ...]
    corroborations: tuple[SourceLink, ...]


class GoalRow(NamedTuple):
    """A commitment without a number."""

    kind: Translated
    statement: str
    lang: str  # the language tag of the statement
    horizon: Translated | None
    source: SourceLink


class ConflictRow(NamedTuple):
    """Figures that sources state differently for one subject, that of the highest tier first."""

    subject: Translated
    figures: tuple[tuple[Translated, SourceLink], ...]


def target_rows(
    plans: Dataset[Any, Any, Any, Any], assessments: Iterable[Assessment], sources: Bibliography
) -> list[TargetRow]:
    """Return one row per assessment, and add the sources of their records to the bibliography."""
    corroborations: dict[str, list[Corroboration]] = defaultdict(list)
    for corroboration in plans.corroborations:
        corroborations[corroboration.target].append(corroboration)
    rows = []
    for number, assessment in enumerate(assessments, 1):
        row = _target_row(number, assessment, plans, sources)
        cited = corroborations[row.target.series_key]
        links = tuple(sources.link(corroboration.citation) for corroboration in cited)
        rows.append(row._replace(corroborations=links))
    return rows


def _target_row(
    number: int, assessment: Assessment, plans: Dataset[Any, Any, Any, Any], sources: Bibliography
) -> TargetRow:
    target: Target = plans.targets.by_key(assessment.target)
    source = sources.link(target.citation)
    unit = target.indicator.unit_in(target.form)
    outcome = assessment.outcome
    years = years_of(target.period) or (target.end_year, target.end_year)
    return TargetRow(
        number=number,
        target=target,
        assessment=assessment,
        region=region_name(target.region),
        indicator=name_of(target.indicator),
        region_names=" ".join(
            (target.region.code, *region_name(target.region), other_names(target.region))
        ),
        indicator_names=other_names(target.indicator),
        period=period(target.period),
        period_key=SortKey(number=f"{years[0]}.{years[1]}"),
        stated=translated(assessment.stated.text),
        stated_key=_sort_key(target.value, target.unit, unit),
        outcome=_dated(assessment, 0),
        outcome_years=_dated(assessment, 1),
        outcome_key=_sort_key(outcome.value, outcome.unit, unit) if outcome else SortKey(),
        gap=translated(assessment.gap_text),
        gap_key=_sort_key(assessment.gap, assessment.gap_unit, unit),
        verdict_label=coded(assessment.verdict),
        verdict_key=SortKey(number=str(_VERDICTS.index(assessment.verdict))),
        notes=tuple(map(coded, notes_on(assessment))),
        tiers=f"{source.tier}/{outcome.tier}" if outcome else source.tier,
        sentences=translated(assessment.text),
        caveats=tuple(
            map(Translated, zip(*map(assessment.caveat_texts, page_languages()), strict=True))
        ),
        plan=_title(target.plan),
        source=source,
        force=coded(target.force) if target.force else None,
        baseline=_baseline(target),
        inputs=tuple(_input_row(key, target, plans, sources) for key in assessment.inputs[1:]),
        corroborations=(),
    )


def _dated(assessment: Assessment, part: Literal[0, 1]) -> Translated | None:
    """Return the figure of the outcome, or its years; of a change with its form."""
    outcome, form = assessment.outcome, assessment.stated.form
    return translated(lambda lang: outcome.dated(form, lang)[part]) if outcome else None


def _input_row(
    key: str, target: Target, plans: Dataset[Any, Any, Any, Any], sources: Bibliography
) -> InputRow:
    """Return the observation of a key; a key that is not in the dataset is shown as it is."""
    try:
        record: Observation = plans.observations.by_key(key)
    except MissingError:
        return InputRow(untranslated(key), "", "", None)
    is_other = record.indicator.code != target.indicator.code
    return InputRow(
        figure=_headed(name_of(record.indicator), _figure(record)) if is_other else _figure(record),
        span=record.span,
        vintage=record.vintage or "",
        source=sources.link(record.citation),
    )


def _figure(record: Target | Observation) -> Translated:
    """Return the figure of a target or an observation with its comparator and form."""
    return translated(record.text)


def region_name(region: Region) -> Translated:
    """Return the name of a region, in Chinese the short one."""
    return name_of(region, "short", "name")


def _sort_key(value: Decimal | None, unit: str | None, common: str) -> SortKey:
    """Return a number in the common unit of the indicator's figures, if it can be converted."""
    if value is None or unit is None:
        return SortKey()
    if unit == common or not same_measure(unit, common):
        return SortKey(unit, plain(value))
    return SortKey(common, plain(convert(value, unit, common)))


def _title(plan: Plan) -> Translated:
    titles = (plan.title_en, plan.title_zh)
    return translated(
        lambda lang: getattr(plan, f"title_{lang}", None) or next(filter(None, titles), "")
    )


def _baseline(target: Target) -> Translated | None:
    value, year = target.baseline_value, target.baseline_year
    if value is None:
        return None
    unit = target.baseline_unit or target.unit
    year_text = f" ({year})" if year else ""
    token = labels.counting(unit, target.indicator.counted)
    return translated(lambda lang: labels.amount(value, token, lang) + year_text)


def goal_rows(goals: Iterable[Goal], sources: Bibliography) -> list[GoalRow]:
    """Return the goals by their year; goals without a year come last."""
    return [
        GoalRow(
            kind=coded(goal.kind),
            statement=goal.statement,
            lang=language_tag(goal.statement),
            horizon=message("page.horizon", year=goal.horizon) if goal.horizon else None,
            source=sources.link(goal.citation),
        )
        for goal in sorted(goals, key=lambda goal: (goal.horizon or _LAST_YEAR, goal.key))
    ]


def conflict_rows(conflicts: Iterable[Conflict], sources: Bibliography) -> list[ConflictRow]:
    """Return the figures that sources state differently for one region and period."""
    return [
        ConflictRow(
            subject=_subject(conflict.targets[0]),
            figures=tuple(
                (_figure(target), sources.link(target.citation)) for target in conflict.targets
            ),
        )
        for conflict in conflicts
    ]


def _subject(target: Target) -> Translated:
    """Return region, indicator, period and year of a target."""
    parts = (region_name(target.region), name_of(target.indicator), period(target.period))
    return translated(
        lambda lang: labels.joined(
            [*(part.text(lang) for part in parts), str(target.end_year)], lang, "counts"
        )
    )


def _headed(head: Translated, text: Translated) -> Translated:
    """Return a text after its head and a colon."""
    return translated(lambda lang: labels.headed(head.text(lang), text.text(lang), lang))


def coverage_rows(cells: Coverage, noun: str, card: Iterable[Assessment]) -> list[Translated]:
    """Return the coverage of each period: how many targets are stated, and of how many an outcome is known.

    Parameters
    ----------
    cells
        The coverage of one region, or of one indicator.
    noun
        What is counted: indicators, regions or targets. Of regions, those without a target are counted too.
    card
        The assessments of the page, which say of which targets there is an outcome.
    """
    assessed = {_cell_of(assessment) for assessment in card if assessment.outcome}
    return [
        _headed(period(code), _coverage_counts(group, noun, assessed))
        for code, group in cells.group_by("period").items()
    ]


def other_names(record: Region | Indicator) -> str:
    """Return the names of a region or indicator that a page does not show, for its search."""
    names = [getattr(record, "short_zh", None), *record.aliases]
    return " ".join(filter(None, names))


def _cell_of(assessment: Assessment) -> tuple[str, str, str]:
    subject = assessment.subject
    return subject.region, subject.indicator, assessment.stated.period


def _coverage_counts(
    cells: Sequence[CoverageCell], noun: str, assessed: Collection[tuple[str, str, str]]
) -> Translated:
    counts = Counter(cell.target for cell in cells)
    if set(counts) <= {Availability.NOT_READ, Availability.NOT_KNOWN}:
        return message("page_coverage.unread")
    stated = [cell for cell in cells if cell.target is Availability.STATED]
    known = sum((cell.region, cell.indicator, cell.period) in assessed for cell in stated)
    if noun in {"indicators", "targets"}:
        return message(f"page_coverage.of_{noun}", stated=len(stated), known=known)
    counter = message(f"page_coverage.counter_{noun}")
    parts = [
        message(f"page_coverage.{state}", count=counts[state], counter=counter)
        for state in TARGET_STATES
        if counts[state]
    ]
    text = message(
        "page_coverage.whole",
        count=sum(counts[state] for state in TARGET_STATES),
        noun=message(f"page_coverage.{noun}"),
        parts=translated(
            lambda lang: labels.joined([part.text(lang) for part in parts], lang, "counts")
        ),
    )
    if not stated:
        return text
    outcomes = message("page_coverage.outcomes", known=known)
    return translated(lambda lang: text.text(lang) + outcomes.text(lang))
