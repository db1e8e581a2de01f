"""The content of the page of a region and of that of an indicator, with their pictures.

A page shows at most six pictures, those with the most data, so that it stays small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ..analysis.assess import DEFAULT_THRESHOLD, DEFAULT_TOLERANCE
from ..analysis.compare import compare
from ..analysis.comparison import Comparison
from ..analysis.coverage import coverage
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard, scorecard
from ..codelists import Form, Verdict
from ..dataset.dataset import Dataset
from ..errors import IncomparableError, MissingError
from ..io.formats import needed
from ..records import Target
from ..text import labels
from ..text.messages import Language
from ..units.decimals import plain
from .page import colophon, release, rendered
from .rows import (
    TargetRow,
    conflict_rows,
    coverage_rows,
    goal_rows,
    region_name,
    target_rows,
)
from .sources import Bibliography
from .words import (
    Translated,
    coded,
    message,
    messages,
    name_of,
    page_languages,
    period,
    translated,
    untranslated,
)

__all__ = [
    "Drawing",
    "Page",
    "VerdictCount",
    "page_of_indicator",
    "page_of_region",
    "pictures_of_indicator",
    "pictures_of_region",
    "shared_content",
]

Plans = Dataset[Any, Any, Any, Any]
Plot = Callable[[Language], Any]  # draws a picture in a language

_COLUMNS = ("period", "stated", "by", "outcome", "year", "gap", "verdict", "tier")
_MOST_PATHS = 3
_FEWEST_YEARS = 3  # of a series that is drawn as a path
# Rows of a dumbbell: of the targets of one region, and of the regions of one indicator.
_MOST_ROWS = 16
_MOST_REGIONS = 32


class VerdictCount(NamedTuple):
    """How many targets have a verdict, and how many have one that is listed before it."""

    verdict: Verdict
    label: Translated
    number: int
    before: int


class Drawing(NamedTuple):
    """One picture in every language, as SVG elements."""

    caption: Translated
    small: bool  # whether it is legible on a narrow screen as it is
    svgs: tuple[Any, ...]


class Page(NamedTuple):
    """The title of a page, and the values for its template."""

    title: Translated
    content: Mapping[str, Any]

    def html(self, lang: Language) -> str:
        """Return the page as HTML; `lang` is the language that it shows first."""
        return rendered("report", self.content, lang=lang, title=self.title)


def page_of_region(plans: Plans, name: str) -> Page:
    """Return the page of a region.

    Raises
    ------
    MissingError
        If no region has the name; names the nearest.
    """
    region = plans.region(name)
    card = scorecard(plans, region=region.code)
    sources = Bibliography()
    rows = target_rows(plans, card, sources)
    targets = plans.targets.where(region=region.code)
    parts = {
        "head": (region_name(region), untranslated(region.code), coded(region.kind)),
        "columns": ("indicator", *_COLUMNS),
        "goals": goal_rows(plans.goals.where(region=region.code), sources),
        "conflicts": conflict_rows(targets.conflicts(), sources),
        "coverage": coverage_rows(coverage(plans, region=region.code), "indicators"),
        "pictures": pictures_of_region(card, plans),
    }
    return _page(plans, card, rows, sources, parts)


def page_of_indicator(plans: Plans, name: str) -> Page:
    """Return the page of an indicator.

    Raises
    ------
    MissingError
        If no indicator has the name; names the nearest.
    """
    indicator = plans.indicator(name)
    card = scorecard(plans, indicator=indicator.code)
    sources = Bibliography()
    rows = target_rows(plans, card, sources)
    targets = plans.targets.where(indicator=indicator.code)
    unit = translated(lambda lang: labels.unit(indicator.unit, lang))
    parts = {
        "head": (name_of(indicator), untranslated(indicator.code), unit),
        "columns": ("region", *_COLUMNS),
        "goals": [],
        "conflicts": conflict_rows(targets.conflicts(), sources),
        "coverage": coverage_rows(coverage(plans, indicator=indicator.code), "regions"),
        "pictures": pictures_of_indicator(card, plans),
    }
    return _page(plans, card, rows, sources, parts)


def _page(
    plans: Plans,
    card: Scorecard,
    rows: Sequence[TargetRow],
    sources: Bibliography,
    parts: Mapping[str, Any],
) -> Page:
    """Return a page with the parts that both kinds of pages have, and the given ones."""
    name, *facts = parts["head"]
    title = message("page.heading", name=name)
    listed = sources.listed()
    records = message("page.records", targets=len(rows), sources=len(listed))
    edition = message("page.edition", edition=plans.edition or "–")
    content = {
        **parts,
        **shared_content(plans, card, title),
        "lead": (*facts, records, edition),
        "rows": rows,
        "verdicts": [
            (verdict, coded(verdict)) for verdict, count in card.counts().items() if count
        ],
        "periods": list({row.period_code: row.period for row in _by_period(rows)}.items()),
        "sources": listed,
    }
    order = ("summary", "pictures", "targets", "goals", "conflicts", "coverage", "method", "cite")
    shown = {"summary": True, "targets": rows, "method": True, "cite": True}
    sections = [section for section in order if shown.get(section) or content.get(section)]
    return Page(title, content | {"sections": [*sections, *(["sources"] if listed else [])]})


def shared_content(plans: Plans, card: Scorecard, title: Translated) -> dict[str, Any]:
    """Return what the reports and the explorer show: counts, method, citation and colophon."""
    edition = plans.edition or "–"
    return {
        "counts": _verdict_counts(card),
        "method": _method(),
        "citation": message("page.citation", name=title, version=release(), edition=edition),
        "colophon": colophon(plans),
    }


def _verdict_counts(card: Scorecard) -> list[VerdictCount]:
    counts, before = [], 0
    for verdict, count in card.counts().items():
        counts.append(VerdictCount(verdict, coded(verdict), count, before))
        before += count
    return counts


def _method() -> list[Translated]:
    """Return a few sentences about how verdicts are made."""
    tolerance, threshold = plain(DEFAULT_TOLERANCE * 100), plain(DEFAULT_THRESHOLD)
    return [
        sentence.filled(tolerance=tolerance, threshold=threshold)
        for sentence in messages("method").values()
    ]


def _by_period(rows: Sequence[TargetRow]) -> list[TargetRow]:
    """Return the rows of earlier periods first."""
    return sorted(rows, key=lambda row: (row.period_key.number, row.period_code))


class _Drawings:
    """Draws pictures in every language; each has ids that no other picture of the page has."""

    def __init__(self) -> None:
        self.drawn: list[Drawing] = []

    def add(self, caption: Translated, plot: Plot, *, small: bool = False) -> None:
        """Draw one picture in every language."""
        number = len(self.drawn) + 1
        svgs = tuple(self._svg(plot, lang, number) for lang in page_languages())
        self.drawn.append(Drawing(caption, small, svgs))

    def _svg(self, plot: Plot, lang: Language, number: int) -> Any:
        from ..plots import svg

        return needed("markupsafe", "report").Markup(svg(plot(lang), prefix=f"f{number}{lang}-"))


def pictures_of_region(card: Scorecard, plans: Plans) -> list[Drawing]:
    """Draw the targets side by side, and the paths of the indicators with the longest series."""
    drawings = _Drawings()
    _add_dumbbell(drawings, message("page_picture.side_by_side"), card, _MOST_ROWS)
    for assessment in _longest_series(card, plans):
        indicator = name_of(assessment.subject, "indicator")
        when = period(assessment.stated.period)
        caption = message("page_picture.path", indicator=indicator, period=when)
        drawings.add(caption, _path(assessment, plans))
    return drawings.drawn


def pictures_of_indicator(card: Scorecard, plans: Plans) -> list[Drawing]:
    """Draw the map, the gaps and the ranking of regions, for the most frequent kind of target."""
    from .. import plots

    drawings = _Drawings()
    alike = _most_frequent(card, plans)
    if not alike:
        return []
    stated = alike[0].stated
    when = {"period": period(stated.period), "year": stated.end_year}
    caption = message("page_picture.map", **when)
    drawings.add(caption, lambda lang: plots.tiles(alike, lang=lang), small=True)
    _add_dumbbell(drawings, message("page_picture.distances", **when), alike, _MOST_REGIONS)
    ranking = _ranking([plans.targets.by_key(each.target) for each in alike], plans)
    if ranking is not None:
        caption = message("page_picture.order", **when)
        drawings.add(caption, lambda lang: plots.ranking(ranking, lang=lang))
    return drawings.drawn


def _add_dumbbell(drawings: _Drawings, caption: Translated, card: Scorecard, most: int) -> None:
    """Draw targets with outcomes, if there are any; those with a verdict are chosen first."""
    from .. import plots

    known = [each for each in card if each.outcome]
    first = sorted(known, key=lambda each: each.verdict is Verdict.UNDETERMINED)[:most]
    keys = {each.target for each in first}
    shown = Scorecard((each for each in known if each.target in keys), card.edition)
    if shown:
        drawings.add(caption, lambda lang: plots.dumbbell(shown, lang=lang))


def _path(assessment: Assessment, plans: Plans) -> Plot:
    from .. import plots

    return lambda lang: plots.path(assessment, plans, lang=lang)


def _longest_series(card: Scorecard, plans: Plans) -> list[Assessment]:
    """Return the latest target with an outcome of the indicators with the longest series."""
    latest: dict[str, Assessment] = {}
    for assessment in card:
        if assessment.outcome and assessment.stated.form is Form.LEVEL:
            known = latest.get(assessment.subject.indicator)
            if known is None or known.stated.end_year < assessment.stated.end_year:
                latest[assessment.subject.indicator] = assessment
    years = {code: _year_count(assessment, plans) for code, assessment in latest.items()}
    longest = sorted(latest, key=lambda code: (-years[code], code))
    return [latest[code] for code in longest if years[code] >= _FEWEST_YEARS][:_MOST_PATHS]


def _year_count(assessment: Assessment, plans: Plans) -> int:
    subject, form = assessment.subject, assessment.stated.form
    series = plans.observations.series(f"{subject.region}/{subject.indicator}/{form}")
    return len({observation.year for observation in series if observation.year})


def _most_frequent(card: Scorecard, plans: Plans) -> Scorecard:
    """Return the assessments of the most frequent period, year, form and unit: one per region."""
    targets = {each.target: plans.targets.by_key(each.target) for each in card}
    selected = plans.targets.filter(lambda target: target.key in targets).select().kept
    keys = {target.key for target in selected}
    kinds = Counter(_kind(each) for each in card if not targets[each.target].breakdown)
    by_region: dict[str, Assessment] = {}
    if kinds:
        best = max(kinds, key=lambda kind: (kinds[kind], kind))
        for each in card:
            whole = not targets[each.target].breakdown
            if whole and _kind(each) == best and each.target in keys:
                by_region.setdefault(each.subject.region, each)
    return Scorecard(by_region.values(), card.edition)


def _kind(assessment: Assessment) -> tuple[int, str, str, str]:
    stated = assessment.stated
    return stated.end_year, stated.period, str(stated.form), str(stated.unit)


def _ranking(targets: list[Target], plans: Plans) -> Comparison | None:
    """Return the comparison of the targets; None if they cannot be compared."""
    try:
        return compare(targets, plans=plans)
    except (IncomparableError, MissingError):
        return None
