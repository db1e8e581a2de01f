"""What stands on the page of a region and on that of an indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..analysis.coverage import coverage
from ..analysis.scorecard import Scorecard, scorecard
from ..codelists import Availability, Verdict
from ..dataset.dataset import Dataset
from ..text import labels
from . import pictures
from .notes import (
    CoverageNote,
    citation,
    conflict_notes,
    coverage_notes,
    goal_notes,
    method,
)
from .page import colophon
from .rows import Row, Rows, region_name, verdict_said
from .sources import Bibliography
from .words import Both, both, coded, message, named

__all__ = ["Count", "Page", "counts_of", "page_of_indicator", "page_of_region"]

_COLUMNS = ("period", "stated", "by", "outcome", "year", "gap", "verdict", "tier")


class Count(NamedTuple):
    """How many targets came to a verdict, and how many to those before it."""

    verdict: Verdict
    said: Both
    number: int
    before: int


class Page(NamedTuple):
    """A page before it is set: its title, and what the template calls for by name."""

    title: Both
    content: Mapping[str, Any]


def page_of_region(plans: Dataset[Any, Any, Any, Any], name: str) -> Page:
    """The page of a region.

    Raises
    ------
    MissingError
        If nothing bears the name; names the nearest.
    """
    region = plans.region(name)
    card = scorecard(plans, region=region.code)
    sources = Bibliography()
    rows = Rows(plans, sources).of(card)
    ours = plans.targets.where(region=region.code)
    parts = {
        "head": (region_name(region), Both(region.code, region.code), coded(region.kind)),
        "columns": ("indicator", *_COLUMNS),
        "goals": goal_notes(plans.goals.where(region=region.code), sources),
        "conflicts": conflict_notes(ours.conflicts(), sources),
        "coverage": _covered(coverage_notes(coverage(plans, region=region.code)), "indicators"),
        "pictures": pictures.of_region(card, plans),
    }
    return _page(plans, card, rows, sources, parts)


def page_of_indicator(plans: Dataset[Any, Any, Any, Any], name: str) -> Page:
    """The page of an indicator; raises as :func:`page_of_region`."""
    indicator = plans.indicator(name)
    card = scorecard(plans, indicator=indicator.code)
    sources = Bibliography()
    rows = Rows(plans, sources).of(card)
    ours = plans.targets.where(indicator=indicator.code)
    unit = both(lambda lang: labels.unit(indicator.unit, lang))
    name_said = named(indicator.name_en, indicator.name_zh)
    parts = {
        "head": (name_said, Both(indicator.code, indicator.code), unit),
        "columns": ("region", *_COLUMNS),
        "goals": [],
        "conflicts": conflict_notes(ours.conflicts(), sources),
        "coverage": _covered(coverage_notes(coverage(plans, indicator=indicator.code)), "regions"),
        "pictures": pictures.of_indicator(card, plans),
    }
    return _page(plans, card, rows, sources, parts)


def _page(
    plans: Dataset[Any, Any, Any, Any],
    card: Scorecard,
    rows: Sequence[Row],
    sources: Bibliography,
    parts: Mapping[str, Any],
) -> Page:
    """A page with what both kinds have; `parts` is what they differ in."""
    name, *about = parts["head"]
    title = message("page.heading", name=name)
    listed = sources.listed()
    recorded = message("page.records", targets=len(rows), sources=len(listed))
    content = {
        **parts,
        "lead": (*about, recorded, _edition(plans)),
        "rows": rows,
        "counts": counts_of(card),
        "verdicts": [(each.verdict, each.said) for each in counts_of(card) if each.number],
        "periods": list({row.period_code: row.period for row in _by_period(rows)}.items()),
        "method": method(),
        "citation": citation(plans, title),
        "sources": listed,
        "colophon": colophon(plans),
    }
    order = ("summary", "pictures", "targets", "goals", "conflicts", "coverage", "method", "cite")
    there = {"summary": True, "targets": rows, "method": True, "cite": True}
    sections = [name for name in order if there.get(name) or content.get(name)]
    return Page(title, content | {"sections": [*sections, *(["sources"] if listed else [])]})


def counts_of(card: Scorecard) -> list[Count]:
    """How many targets came to each verdict, in the order of the code list."""
    counts, before = [], 0
    for verdict, count in card.counts().items():
        counts.append(Count(verdict, verdict_said(verdict), count, before))
        before += count
    return counts


def _by_period(rows: Sequence[Row]) -> list[Row]:
    """The rows, so that earlier periods come first."""
    return sorted(rows, key=lambda row: (row.period_key.number, row.period_code))


def _edition(plans: Dataset[Any, Any, Any, Any]) -> Both:
    return message("page.edition", edition=plans.edition or "–")


def _covered(notes: Sequence[CoverageNote], what: str) -> list[dict[str, Both]]:
    """Of each period how many indicators (or regions) are stated, and how many outcomes known."""
    return [{"period": note.period, "said": _counts(note, what)} for note in notes]


def _counts(note: CoverageNote, what: str) -> Both:
    """The counts of one period, after what is counted and how many there are."""
    if not any(count for state, count in note.counts if state is not Availability.NOT_READ):
        return message("page_coverage.unread")
    counter = message(f"page_coverage.counter_{what}")
    parts = [
        message(f"page_coverage.{state}", count=count, counter=counter)
        for state, count in note.counts
        if count
    ]
    counts = message(
        "page_coverage.whole",
        count=sum(count for _, count in note.counts),
        noun=message(f"page_coverage.{what}"),
        parts=both(lambda lang: labels.joined([getattr(p, lang) for p in parts], lang, "counts")),
    )
    if not note.stated:
        return counts
    known = message("page_coverage.outcomes", published=note.published, stated=note.stated)
    return Both(*(first + second for first, second in zip(counts, known, strict=True)))
