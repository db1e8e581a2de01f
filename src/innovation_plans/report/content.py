"""The content of the page of a region and of that of an indicator, with their pictures.

A page shows at most six pictures, those with the most data, so that it stays small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from ..analysis.assess import DEFAULT_THRESHOLD
from ..analysis.compare import compare
from ..analysis.comparison import Comparison
from ..analysis.coverage import coverage
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard, scorecard
from ..codelists import Form, RegionKind, Verdict
from ..dataset.dataset import Dataset
from ..errors import IncomparableError, MissingError
from ..io.formats import needed
from ..records import Goal, Region, Target
from ..text import labels
from ..text.messages import Language
from ..units.decimals import plain
from ..units.interval import DEFAULT_TOLERANCE
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
    counted,
    message,
    messages,
    name_of,
    page_languages,
    period,
    translated,
    untranslated,
)

Plans = Dataset[Any, Any, Any, Any]
Plot = Callable[[Language], Any]  # draws a picture in a language

_COLUMNS = ("period", "stated", "by", "outcome", "year", "gap", "verdict", "tier")
_SIZE = (5.0, None)  # inches: legible on a telephone and on a screen
_MOST_PATHS = 3
_MOST_NAMES = 3  # of regions in a title
_MOST_TRIED = 10  # indicators
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


class _Subject(NamedTuple):
    """The region or the indicator of a page."""

    filters: dict[str, Any]  # the filter of its records
    head: tuple[Translated, ...]  # name, code, and kind or unit
    columns: tuple[str, ...]  # the first columns of the table
    noun: str  # what the coverage counts


def page_of_regions(plans: Plans, names: Sequence[str]) -> Page:
    """Return the page of a region, or of several: a group stands for its members.

    Raises
    ------
    MissingError
        If no region has the name; names the nearest.
    """
    named = list(dict.fromkeys(plans.region(name) for name in names))
    first = named[0]
    several = len(named) > 1 or first.kind is RegionKind.GROUP
    codes = list(dict.fromkeys(code for region in named for code in _members(plans, region)))
    if several:
        title = translated(lambda lang: _listed_names(named, lang))
        has_group = any(region.kind is RegionKind.GROUP for region in named)
        regions = counted("region", len(codes))
        if has_group:
            regions = message("page.members", regions=regions)
        head: tuple[Translated, ...] = (title, regions)
        subject = _Subject({"region": codes}, head, ("region", "indicator"), "targets")
    else:
        head = (region_name(first), untranslated(first.code), coded(first.kind))
        subject = _Subject({"region": codes}, head, ("indicator",), "indicators")
    draw = pictures_of_regions if several else pictures_of_region
    return _page(plans, subject, plans.goals.where(region=codes), draw)


def _members(plans: Plans, region: Region) -> list[str]:
    """Return the code of a region, or those of the members of a group."""
    if region.kind is not RegionKind.GROUP:
        return [region.code]
    return [member.code for member in plans.regions.where(group=region.code)]


def _listed_names(regions: Sequence[Region], lang: Language) -> str:
    names = [labels.name(region, lang, "short", "name") for region in regions]
    return labels.listed(names, _MOST_NAMES, lang)


def page_of_indicator(plans: Plans, name: str) -> Page:
    """Return the page of an indicator.

    Raises
    ------
    MissingError
        If no indicator has the name; names the nearest.
    """
    indicator = plans.indicator(name)
    unit = translated(lambda lang: labels.unit(indicator.unit, lang))
    head = (name_of(indicator), untranslated(indicator.code), unit)
    subject = _Subject({"indicator": indicator.code}, head, ("region",), "regions")
    return _page(plans, subject, (), pictures_of_indicator)


def _page(
    plans: Plans,
    subject: _Subject,
    goals: Iterable[Goal],
    pictures: Callable[[Scorecard, Plans], list[Drawing]],
) -> Page:
    card = scorecard(plans, **subject.filters)
    targets = plans.targets.where(**subject.filters)
    sources = Bibliography()  # numbered in the order of the page
    rows = target_rows(plans, card, sources)
    name, *facts = subject.head
    title = message("page.heading", name=name)
    content = {
        **shared_content(plans, card, title),
        "columns": (*subject.columns, *_COLUMNS),
        "rows": rows,
        "verdicts": [
            (verdict, coded(verdict)) for verdict, count in card.counts().items() if count
        ],
        "periods": list({row.target.period: row.period for row in _by_period(rows)}.items()),
        "goals": goal_rows(goals, sources),
        "conflicts": conflict_rows(targets.conflicts(), sources),
        "coverage": coverage_rows(coverage(plans, **subject.filters), subject.noun, card),
        "counts_absence": subject.noun == "regions",
        "pictures": pictures(card, plans),
    }
    content["sources"] = listed = sources.listed()
    counts = (counted("target", len(rows)), counted("source", len(listed)))
    content["lead"] = (*facts, *counts, message("page.edition", edition=plans.edition or "–"))
    order = ("summary", "coverage", "pictures", "targets", "goals", "conflicts", "method", "cite")
    shown = {"summary": True, "targets": rows, "cite": True}
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
    counts = card.counts()
    before = accumulate(counts.values(), initial=0)
    return [
        VerdictCount(verdict, coded(verdict), count, earlier)
        for (verdict, count), earlier in zip(counts.items(), before, strict=False)
    ]


def _method() -> list[Translated]:
    """Return a few sentences about how verdicts are made."""
    tolerance, threshold = plain(DEFAULT_TOLERANCE * 100), plain(DEFAULT_THRESHOLD)
    return [
        sentence.filled(tolerance=tolerance, threshold=threshold)
        for sentence in messages("method").values()
    ]


def _by_period(rows: Sequence[TargetRow]) -> list[TargetRow]:
    """Return the rows of earlier periods first."""
    return sorted(rows, key=lambda row: (row.period_key.number, row.target.period))


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
    _add_dumbbell(drawings, message("page_picture.side_by_side"), card, plans, _MOST_ROWS)
    for assessment in _longest_series(card, plans):
        indicator = name_of(assessment.subject, "indicator")
        when = period(assessment.stated.period)
        caption = message("page_picture.path", indicator=indicator, period=when)
        drawings.add(caption, _path(assessment, plans))
    return drawings.drawn


def pictures_of_regions(card: Scorecard, plans: Plans) -> list[Drawing]:
    """Draw the pictures of the indicator that has the most outcomes to compare."""
    by_indicator = sorted(card.group_by("indicator").values(), key=_outcome_count, reverse=True)
    chosen = max(
        by_indicator[:_MOST_TRIED],
        key=lambda part: _outcome_count(_most_frequent(part, plans)),
        default=card,
    )
    return pictures_of_indicator(chosen, plans)


def _outcome_count(card: Scorecard) -> int:
    return sum(assessment.outcome is not None for assessment in card)


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
    drawings.add(caption, lambda lang: plots.tiles(alike, plans=plans, lang=lang), small=True)
    _add_dumbbell(drawings, message("page_picture.distances", **when), alike, plans, _MOST_REGIONS)
    ranking = _ranking([plans.targets.by_key(assessment.target) for assessment in alike], plans)
    if ranking is not None:
        caption = message("page_picture.order", **when)
        drawings.add(
            caption, lambda lang: plots.ranking(ranking, plans=plans, lang=lang, figsize=_SIZE)
        )
    return drawings.drawn


def _add_dumbbell(
    drawings: _Drawings, caption: Translated, card: Scorecard, plans: Plans, most: int
) -> None:
    """Draw targets with outcomes, if there are any; those with a verdict are chosen first."""
    from .. import plots

    known = [assessment for assessment in card if assessment.outcome]
    first = sorted(known, key=lambda assessment: assessment.verdict is Verdict.UNDETERMINED)[:most]
    keys = {assessment.target for assessment in first}
    shown = Scorecard(
        (assessment for assessment in known if assessment.target in keys), card.edition
    )
    if 0 < len(shown) < len(card):
        counts = {"shown": len(shown), "all": len(card)}
        caption = message("page_picture.some", caption=caption, **counts)
    if shown:
        drawings.add(
            caption, lambda lang: plots.dumbbell(shown, plans=plans, lang=lang, figsize=_SIZE)
        )


def _path(assessment: Assessment, plans: Plans) -> Plot:
    from .. import plots

    return lambda lang: plots.path(assessment, plans, lang=lang, figsize=_SIZE)


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
    targets = {assessment.target: plans.targets.by_key(assessment.target) for assessment in card}
    selected = plans.targets.filter(lambda target: target.key in targets).select().kept
    keys = {target.key for target in selected}
    kinds = Counter(_kind(assessment) for assessment in card if targets[assessment.target].is_whole)
    by_region: dict[str, Assessment] = {}
    if kinds:
        best = max(kinds, key=lambda kind: (kinds[kind], kind))
        for assessment in card:
            whole = targets[assessment.target].is_whole
            if whole and _kind(assessment) == best and assessment.target in keys:
                by_region.setdefault(assessment.subject.region, assessment)
    chosen = {assessment.target for assessment in by_region.values()}
    return card.filter(lambda assessment: assessment.target in chosen)


def _kind(assessment: Assessment) -> tuple[int, str, str, str]:
    stated = assessment.stated
    return stated.end_year, stated.period, str(stated.form), str(stated.unit)


def _ranking(targets: list[Target], plans: Plans) -> Comparison | None:
    """Return the comparison of the targets; None if they cannot be compared."""
    try:
        return compare(targets, plans=plans)
    except (IncomparableError, MissingError):
        return None
