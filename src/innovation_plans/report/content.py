"""The content of the page of a region and of that of an indicator, with their pictures.

A page shows at most six pictures, those with the most data, so that it stays small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from ..analysis.assess import DEFAULT_THRESHOLD
from ..analysis.compare import compare
from ..analysis.coverage import coverage
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard, scorecard
from ..codelists import Form, RegionKind, Verdict
from ..dataset.dataset import Dataset
from ..errors import IncomparableError, MissingError
from ..io.formats import needed
from ..records import Goal, Region
from ..text import labels
from ..text.messages import Language
from ..units.decimals import plain
from ..units.interval import DEFAULT_TOLERANCE
from .page import colophon, release, rendered
from .rows import (
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
_Picture = tuple[
    Translated, Callable[..., Any], bool
]  # caption, what draws it, whether it is small

_COLUMNS = ("period", "stated", "by", "outcome", "year", "gap", "verdict", "tier")
_SIZE = (5.0, None)  # inches: legible on a telephone and on a screen
_MOST_PATHS = 3
_MOST_NAMES = 3  # of regions in a title
_MOST_TRIED = 10  # indicators
_FEWEST_YEARS = 3  # of a series that is drawn as a path
# Rows of a dumbbell: of the targets of one region, and of the regions of one indicator.
_MOST_ROWS = 16
_MOST_REGIONS = 32


class EmptyReportError(MissingError):
    """No target or goal is of the region, indicator and period that are asked for."""


class VerdictCount(NamedTuple):
    """How many targets have a verdict."""

    verdict: Verdict
    label: Translated
    number: int


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
    codes: tuple[str, ...]  # of what is asked for, for the names of files
    columns: tuple[str, ...]  # the first columns of the table
    noun: str  # what the coverage counts


def page_of_regions(
    plans: Plans,
    regions: Iterable[Region],
    indicator: str | None = None,
    periods: Sequence[str] = (),
) -> Page:
    """Return the page of a region, or of several: a group stands for its members.

    Raises
    ------
    MissingError
        If no indicator has the name; names the nearest.
    """
    named = list(dict.fromkeys(regions))
    first, groups = named[0], [region for region in named if region.kind is RegionKind.GROUP]
    members = [
        plans.regions.where(group=region.code) if region in groups else [region] for region in named
    ]
    codes = list(dict.fromkeys(region.code for parts in members for region in parts))
    filters, facts = _narrowed(periods)
    filters |= {"region": codes}
    if indicator is not None:
        about = plans.indicator(indicator)
        filters, facts = filters | {"indicator": about.code}, (name_of(about), *facts)
    asked = (*(region.code for region in named), *filters.get("indicator", "").split())
    goals = () if len(filters) > 1 else plans.goals.where(region=codes)
    if len(named) == 1 and not groups:
        head = (region_name(first), untranslated(first.code), coded(first.kind))
        subject = _Subject(filters, (*head, *facts), asked, ("indicator",), "indicators")
        return _page(plans, subject, goals, pictures_of_region)
    shown = [region_name(region) for region in named]
    title = translated(
        lambda lang: labels.listed([name.text(lang) for name in shown], _MOST_NAMES, lang)
    )
    counts = counted("region", len(codes))
    counts = message("page.members", regions=counts) if groups else counts
    subject = _Subject(filters, (title, *facts, counts), asked, ("region", "indicator"), "targets")
    return _page(plans, subject, goals, pictures_of_regions)


def _narrowed(periods: Sequence[str]) -> tuple[dict[str, Any], tuple[Translated, ...]]:
    """Return the filter on periods, and their names."""
    return {"period": list(periods)} if periods else {}, tuple(map(period, periods))


def page_of_indicator(plans: Plans, name: str, periods: Sequence[str]) -> Page:
    """Return the page of an indicator.

    Raises
    ------
    MissingError
        If no indicator has the name; names the nearest.
    """
    indicator = plans.indicator(name)
    unit = translated(lambda lang: labels.unit(indicator.unit, lang))
    head = (name_of(indicator), untranslated(indicator.code), unit)
    filters, facts = _narrowed(periods)
    filters |= {"indicator": indicator.code}
    subject = _Subject(filters, (*head, *facts), (indicator.code,), ("region",), "regions")
    return _page(plans, subject, (), pictures_of_indicator)


def _page(
    plans: Plans,
    subject: _Subject,
    goals: Collection[Goal],
    pictures: Callable[[Scorecard, Plans], list[Drawing]],
) -> Page:
    targets = plans.targets.where(**subject.filters)
    if not targets and not goals:
        raise EmptyReportError(asked="targets", hint=targets._without())  # noqa: SLF001
    card = scorecard(plans, **subject.filters)
    sources = Bibliography()  # numbered in the order of the page
    rows = target_rows(plans, card, sources)
    by_period = sorted(rows, key=lambda row: (row.period_key.number, row.target.period))
    name, *facts = subject.head
    title = message("page.heading", name=name)
    content = {
        **shared_content(plans, card, title),
        "subject": "-".join(subject.codes),
        "columns": (*subject.columns, *_COLUMNS),
        "rows": rows,
        "verdicts": [
            (verdict, coded(verdict)) for verdict, count in card.counts().items() if count
        ],
        "periods": list({row.target.period: row.period for row in by_period}.items()),
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
    limits = {"tolerance": plain(DEFAULT_TOLERANCE * 100), "threshold": plain(DEFAULT_THRESHOLD)}
    return {
        "counts": [
            VerdictCount(verdict, coded(verdict), count) for verdict, count in card.counts().items()
        ],
        "method": [sentence.filled(**limits) for sentence in messages("method").values()],
        "citation": message("page.citation", name=title, version=release(), edition=edition),
        "colophon": colophon(plans),
    }


def _drawn(pictures: Iterable[_Picture]) -> list[Drawing]:
    """Draw pictures in every language; each has ids that no other picture of the page has."""
    from ..plots import svg

    markup = needed("markupsafe", "report").Markup
    return [
        Drawing(
            caption,
            small,
            tuple(
                markup(svg(plot(lang=lang), prefix=f"f{number}{lang}-"))
                for lang in page_languages()
            ),
        )
        for number, (caption, plot, small) in enumerate(pictures, 1)
    ]


def pictures_of_region(card: Scorecard, plans: Plans) -> list[Drawing]:
    """Draw the targets side by side, and the paths of the indicators with the longest series."""
    from .. import plots

    pictures = _dumbbell(message("page_picture.side_by_side"), card, plans, _MOST_ROWS)
    for assessment in _longest_series(card, plans):
        indicator = name_of(assessment.subject, "indicator")
        when = period(assessment.stated.period)
        caption = message("page_picture.path", indicator=indicator, period=when)
        pictures.append((caption, partial(plots.path, assessment, plans, figsize=_SIZE), False))
    return _drawn(pictures)


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

    alike = _most_frequent(card, plans)
    if not alike:
        return []
    stated = alike[0].stated
    of_year = [
        row
        for row in card
        if (row.stated.period, row.stated.end_year) == (stated.period, stated.end_year)
    ]
    when = {
        "period": period(stated.period),
        "year": stated.end_year,
        "shown": len(alike),
        "all": len(of_year),
    }
    pictures: list[_Picture] = [
        (message("page_picture.map", **when), partial(plots.tiles, alike, plans=plans), True),
        *_dumbbell(message("page_picture.distances", **when), alike, plans, _MOST_REGIONS),
    ]
    with suppress(IncomparableError, MissingError):  # some targets cannot be compared
        targets = [plans.targets.by_key(assessment.target) for assessment in alike]
        draw = partial(plots.ranking, compare(targets, plans=plans), plans=plans, figsize=_SIZE)
        pictures.append((message("page_picture.order", **when), draw, False))
    return _drawn(pictures)


def _dumbbell(caption: Translated, card: Scorecard, plans: Plans, most: int) -> list[_Picture]:
    """Return the picture of targets with outcomes, if there are any; those with a verdict first."""
    from .. import plots

    known = [assessment for assessment in card if assessment.outcome]
    first = sorted(known, key=lambda assessment: assessment.verdict is Verdict.UNDETERMINED)[:most]
    keys = {assessment.target for assessment in first}
    shown = card.filter(lambda assessment: assessment.target in keys)
    if len(shown) < len(card):
        counts = {"shown": len(shown), "all": len(card)}
        caption = message("page_picture.some", caption=caption, **counts)
    draw = partial(plots.dumbbell, shown, plans=plans, figsize=_SIZE)
    return [(caption, draw, False)] if shown else []


def _longest_series(card: Scorecard, plans: Plans) -> list[Assessment]:
    """Return the latest target with an outcome of the indicators with the longest series."""
    latest: dict[str, Assessment] = {}
    for assessment in sorted(card, key=lambda row: -row.stated.end_year):
        if assessment.outcome and assessment.stated.form is Form.LEVEL:
            latest.setdefault(assessment.subject.indicator, assessment)
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
    whole = [assessment for assessment in card if targets[assessment.target].is_whole]
    kinds = Counter(map(_kind, whole))
    best = max(kinds, key=lambda kind: (kinds[kind], kind), default=None)
    by_region: dict[str, str] = {}
    for assessment in whole:
        if _kind(assessment) == best and assessment.target in keys:
            by_region.setdefault(assessment.subject.region, assessment.target)
    return card.filter(lambda assessment: assessment.target in by_region.values())


def _kind(assessment: Assessment) -> tuple[int, str, str, str]:
    stated = assessment.stated
    return stated.end_year, stated.period, str(stated.form), str(stated.unit)
