"""Heat maps of indicators and regions: verdicts in a matrix, and the coverage of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.coverage import TARGET_STATES, Coverage
from ..analysis.coverage import coverage as coverage_of
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Availability, RegionKind
from ..dataset.dataset import Dataset
from ..text import labels
from ..text.messages import Language, say, word
from .canvas import FigureSize, Picture, PictureError, check_count, check_one
from .grid import (
    draw_boxes,
    draw_verdicts,
    legend_square,
    name_rows_and_columns,
    square,
    verdict_boxes,
)
from .panels import Card, Plans, card_of, publishers_of, source_line
from .style import AVAILABILITIES, FILLS, ink_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["coverage", "matrix"]

_MOST_ROWS = 45  # of a coverage: about one screen

Some = str | Collection[str] | None


def matrix(
    card: Scorecard | Iterable[Assessment],
    *,
    plans: Plans | None = None,
    ax: Axes | None = None,
    figsize: FigureSize = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """Draw indicators by regions, coloured and marked by verdict.

    Indicators are the rows and regions the columns, since names of indicators are long. If a region
    has several targets for an indicator, its square has one part for each, in the order of their
    years.

    Parameters
    ----------
    card
        A scorecard, or assessments, of at most 500 indicators and 500 regions.
    plans, ax, figsize, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If there is nothing to draw, or too much.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = matrix(ip.scorecard(ip.load(), region=["GD", "JS"], period="14th"))
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['Guangdong', 'Jiangsu']
    """
    drawn = card_of(card)
    subjects = [assessment.subject for assessment in drawn.assessments]
    indicators = {subject.indicator: subject for subject in subjects}
    regions = {subject.region: subject for subject in subjects}
    check_count(len(indicators), "indicators")
    check_count(len(regions), "regions")
    picture = Picture(ax, lang, figsize=figsize, title=title)
    lang = picture.lang
    rows = [subject.names(lang)[1] for subject in indicators.values()]
    columns = [subject.names(lang)[0] for subject in regions.values()]
    name_rows_and_columns(picture, rows, columns)
    _draw_matrix(picture, picture.axes[0], drawn, list(indicators), list(regions))
    head = say(
        "matrix.title",
        lang,
        targets=labels.counted("target", len(subjects), lang),
        regions=labels.counted("region", len(regions), lang),
        indicators=labels.counted("indicator", len(indicators), lang),
    )
    cells = {(subject.indicator, subject.region) for subject in subjects}
    split = [say("picture.split", lang)] if len(cells) < len(subjects) else []
    return picture.finish(head, [*split, drawn.source(lang, plans)], _matrix_alt(drawn, head, lang))


def _draw_matrix(
    picture: Picture, ax: Axes, card: Card, indicators: list[str], regions: list[str]
) -> None:
    cells: dict[tuple[int, int], list[Assessment]] = {
        (x, y): [] for y in range(len(indicators)) for x in range(len(regions))
    }
    for assessment in card.assessments:
        subject = assessment.subject
        cell = (regions.index(subject.region), indicators.index(subject.indicator))
        cells[cell].append(assessment)
    empty = [square(*cell) for cell, assessments in cells.items() if not assessments]
    draw_boxes(ax, empty, FILLS["empty"])
    squares = [(square(*cell), assessments) for cell, assessments in cells.items() if assessments]
    draw_verdicts(picture, ax, verdict_boxes(squares), picture.size(4.6))
    if empty:
        text = say("picture.no_target", picture.lang)
        picture.legend(text, 30, legend_square(FILLS["empty"]))


def _matrix_alt(card: Card, head: str, lang: Language) -> str:
    counts = Counter(assessment.subject.names(lang)[0] for assessment in card.assessments)
    region, count = counts.most_common(1)[0]
    kind = say("matrix.alt", lang, title=head)
    most = say("matrix.most", lang, region=region, count=count)
    return labels.sentences([kind, labels.verdict_counts(card.counts, lang), most], lang)


class _Case(NamedTuple):
    """The cells of a coverage, and the codes on its axes."""

    cells: Coverage
    periods: tuple[str, ...]
    indicators: tuple[str, ...]
    regions: tuple[str, ...]
    left_out: int  # indicators that are not drawn


def coverage(
    plans: Dataset[Any, Any] | Coverage,
    *,
    region: Some = None,
    indicator: Some = None,
    period: Some = None,
    ax: Axes | None = None,
    figsize: FigureSize = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes | Figure:
    """Draw indicators by regions, with a panel per period: stated targets and published outcomes.

    Parameters
    ----------
    plans
        A dataset, or a coverage of at most 45 rows in all panels together.
    region, indicator, period
        As in ``innovation_plans.coverage``, if the first argument is a dataset. Without `region`, the
        nation and the provinces are drawn; without `indicator`, those with the most targets, as many
        as one picture has space for.
    ax, figsize, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If there is nothing to draw, or too much; or if there are filters for a coverage.
    AmbiguousError
        If there are several periods and `ax` is given.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = coverage(ip.load(), indicator=["rd_intensity", "gdp"], period=["13th", "14th"])
    >>> len(ax.figure.axes)
    2
    """
    case = _case(plans, region, indicator, period)
    check_count(len(case.periods) * len(case.indicators), "rows", _MOST_ROWS)
    check_count(len(case.regions), "regions")
    if ax is not None:
        hint = "leave ax out to have a panel for each, or ask for one period"
        check_one("one panel for the axes given", case.periods, hint)
    picture = Picture(ax, lang, [1.0] * len(case.periods), figsize=figsize, title=title)
    lang = picture.lang
    rows = [case.cells.indicator_name(code, lang) for code in case.indicators]
    names = [case.cells.region_name(code, lang) for code in case.regions]
    name_rows_and_columns(picture, rows, names)
    for code, axes in zip(case.periods, picture.axes, strict=True):
        _draw_period(picture, axes, case, code)
        if len(case.periods) > 1:
            picture.head(axes, picture.letters.clean(labels.period(code, lang)))
    head = say(
        "coverage_picture.title",
        lang,
        indicators=labels.counted("indicator", len(case.indicators), lang),
        regions=labels.counted("region", len(case.regions), lang),
        periods=labels.joined([labels.period(code, lang) for code in case.periods], lang),
    )
    notes = [*_left_out(case, lang), _coverage_source(case, plans, lang)]
    picture.finish(head, notes, _coverage_alt(case, head, lang))
    return picture.result


def _case(
    plans: Dataset[Any, Any] | Coverage, region: Some, indicator: Some, period: Some
) -> _Case:
    left_out = 0
    if isinstance(plans, Dataset):
        regions = region
        if regions is None:
            known = plans.regions.where(kind=[RegionKind.NATION, RegionKind.PROVINCE])
            regions = [each.code for each in known] or None
        cells = coverage_of(plans, region=regions, indicator=indicator, period=period)
        if indicator is None:
            cells, left_out = _most_stated(cells)
    elif isinstance(plans, Coverage):
        if (region, indicator, period) != (None, None, None):
            raise PictureError(
                "expected no filters beside a coverage; "
                "give them to innovation_plans.coverage, or give the dataset here"
            )
        cells = plans
    else:
        raise PictureError(
            f"expected a dataset or a coverage, found {type(plans).__name__}; "
            "make one with innovation_plans.coverage(plans, …)"
        )
    periods, indicators, regions = (
        tuple(dict.fromkeys(getattr(cell, field) for cell in cells))
        for field in ("period", "indicator", "region")
    )
    return _Case(cells, periods, indicators, regions, left_out)


def _most_stated(cells: Coverage) -> tuple[Coverage, int]:
    """Return the cells of the indicators with the most targets, and how many are left out."""
    stated = Counter[str]()
    for cell in cells:
        stated[cell.indicator] += cell.target is Availability.STATED
    count = _MOST_ROWS // max(len({cell.period for cell in cells}), 1)
    chosen = {code for code, _ in stated.most_common(count)}
    return cells.filter(lambda cell: cell.indicator in chosen), len(stated) - len(chosen)


def _left_out(case: _Case, lang: Language) -> list[str]:
    """Return a note on the indicators that are not drawn."""
    if not case.left_out:
        return []
    count = len(case.indicators)
    return [say("coverage_picture.left_out", lang, count=count, all=count + case.left_out)]


def _draw_period(picture: Picture, ax: Axes, case: _Case, period: str) -> None:
    """Draw a square per cell, in the colour of its target, with a dot if its outcome is published."""
    columns = {code: index for index, code in enumerate(case.regions)}
    rows = {code: index for index, code in enumerate(case.indicators)}
    dot: dict[str, Any] = {"ls": "none", "marker": "o", "ms": picture.size(4.2)}
    for index, state in enumerate(TARGET_STATES):
        cells = [cell for cell in case.cells if (cell.period, cell.target) == (period, state)]
        if not cells:
            continue
        colour = AVAILABILITIES[state].colour
        boxes = [square(columns[cell.region], rows[cell.indicator]) for cell in cells]
        draw_boxes(ax, boxes, colour)
        picture.legend(word(state, picture.lang), index, legend_square(colour))
        published = [cell for cell in cells if cell.outcome is Availability.PUBLISHED]
        xs = [columns[cell.region] for cell in published]
        ys = [rows[cell.indicator] for cell in published]
        ax.plot(xs, ys, mfc=ink_on(colour), mec=ink_on(colour), zorder=3, **dot)
        if published:
            text = word(Availability.PUBLISHED, picture.lang)
            picture.legend(text, 5, {**dot, "mfc": picture.ink, "mec": picture.ink})


def _coverage_source(case: _Case, plans: Plans | Coverage, lang: Language) -> str:
    """Return the source line; if there is a dataset, with the publishers of its figures."""
    cells = labels.counted("cell", len(case.cells), lang)
    publishers: list[str] = []
    if isinstance(plans, Dataset):
        shown = [
            table.where(region=case.regions, indicator=case.indicators)
            for table in (plans.targets, plans.observations)
        ]
        keys = [record.key for table in shown for record in table]
        publishers = publishers_of(keys, plans, lang)
    return source_line(case.cells.edition, cells, lang, publishers)


def _coverage_alt(case: _Case, head: str, lang: Language) -> str:
    states = [
        labels.headed(word(state, lang), f"{count:,}", lang)
        for state, count in case.cells.counts().items()
    ]
    stated = Counter(cell.region for cell in case.cells if cell.target is Availability.STATED)
    most = [
        say("coverage_picture.most", lang, region=case.cells.region_name(code, lang), count=count)
        for code, count in stated.most_common(1)
    ]
    parts = [
        say("coverage_picture.alt", lang, title=head),
        labels.counted("cell", len(case.cells), lang),
        labels.joined(states, lang, "parts"),
        *most,
    ]
    return labels.sentences(parts, lang)
