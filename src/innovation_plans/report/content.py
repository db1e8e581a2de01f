"""What stands on the page of a region and on that of an indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..analysis.coverage import coverage
from ..analysis.scorecard import Scorecard, scorecard
from ..codelists import Verdict
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
from .words import PHRASES, REGION_KINDS, Both, both, named

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
        "head": (region_name(region), Both(region.code, region.code), REGION_KINDS[region.kind]),
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
    title = PHRASES["heading"].filled(name=name)
    listed = sources.listed()
    recorded = PHRASES["records"].filled(targets=len(rows), sources=len(listed))
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
    edition = plans.edition or "–"
    return Both(f"data edition {edition}", f"数据版本 {edition}")


def _covered(notes: Sequence[CoverageNote], what: str) -> list[dict[str, Both]]:
    """Of each period how many indicators (or regions) are stated, and how many outcomes known."""
    words = Both("indicators", "项指标") if what == "indicators" else Both("regions", "个地区")
    found = []
    for note in notes:
        counts = _joined([(said, count) for said, count in note.counts], words)
        known = _OUTCOMES.filled(published=note.published, stated=note.stated)
        said = Both(f"{counts.en}{known.en}", f"{counts.zh}{known.zh}") if note.stated else counts
        found.append({"period": note.period, "said": said})
    return found


_OUTCOMES = Both(
    "; of those stated, {published} with an outcome of the period",
    "；已列明者中有{published}项在期内有实际值",
)


_UNREAD = Both("no text was read", "未读到文本")


def _joined(counts: Sequence[tuple[Both, int]], words: Both) -> Both:
    """Counts in a row, after what is counted and how many there are."""
    whole = sum(count for _, count in counts)
    there = [(said, count) for said, count in counts if count]
    if [said for said, _ in there] == [counts[-1][0]]:
        return _UNREAD
    english = ", ".join(f"{count} {said.en}" for said, count in there)
    chinese = "，".join(f"{said.zh}{count}{words.zh[0]}" for said, count in there)
    return Both(f"of {whole} {words.en}, {english}", f"共{whole}{words.zh}，{chinese}")
