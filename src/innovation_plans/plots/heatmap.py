"""Heat maps of indicators and regions: verdicts in a matrix, and the coverage of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

from ..analysis.coverage import TARGET_STATES, Coverage, CoverageCell
from ..analysis.coverage import coverage as coverage_of
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Availability, RegionKind
from ..dataset.dataset import Dataset
from ..errors import one_of
from ..records import years_of
from ..text import labels
from ..text.messages import Language, say, word
from . import grid
from .canvas import MOST_ROWS, FigureSize, Picture, PictureError, check_count, check_one
from .grid import Box, square
from .panels import Plans, card_of, dataset_of, source_line, source_of, year_note
from .style import AVAILABILITIES, FILLS, ink_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_ROWS = 45  # of a coverage: about one screen

Some = str | Collection[str] | None
ColumnSort = Literal["name", "region"]


def matrix(
    card: Scorecard | Iterable[Assessment],
    *,
    plans: Plans | None = None,
    sort: ColumnSort = "name",
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
    sort
        The order of the columns: ``"name"`` of the region in English, which is also the order of pinyin,
        after that of the nation; or ``"region"``, the order of the card.
    plans, ax, figsize, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If there is nothing to draw, or too much.
    ArgumentError
        If there is no such order.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = matrix(ip.scorecard(ip.load(), region=["GD", "JS"], period="14th"))
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['Guangdong', 'Jiangsu']
    """
    drawn = card_of(card, MOST_ROWS**2)
    subjects = [assessment.subject for assessment in drawn]
    indicators = {subject.indicator: subject for subject in subjects}
    regions = {subject.region: subject for subject in subjects}
    names = {code: subject.region_en for code, subject in regions.items()}
    regions = {code: regions[code] for code in _columns(names, sort)}
    check_count(len(indicators), "indicators")
    check_count(len(regions), "regions")
    picture = Picture(ax, lang, figsize=figsize, title=title)
    lang = picture.lang
    rows = [subject.names(lang)[1] for subject in indicators.values()]
    columns = [subject.names(lang)[0] for subject in regions.values()]
    grid.name_rows_and_columns(picture, rows, columns)
    cells: dict[Box, list[Assessment]] = {
        square(x, y): [] for y in range(len(indicators)) for x in range(len(regions))
    }
    xs, ys = ({code: at for at, code in enumerate(codes)} for codes in (regions, indicators))
    for assessment in drawn:
        subject = assessment.subject
        cells[square(xs[subject.region], ys[subject.indicator])].append(assessment)
    empty = [box for box, assessments in cells.items() if not assessments]
    stated = {box: assessments for box, assessments in cells.items() if assessments}
    text = say("picture.none_here", lang)
    grid.draw_squares(picture, picture.axes[0], empty, FILLS["empty"], text=text)
    grid.draw_verdicts(picture, picture.axes[0], stated, 4.6, raised=0.12)
    targets = labels.counted("target", len(subjects), lang)
    counts = {
        "regions": labels.counted("region", len(regions), lang),
        "indicators": labels.counted("indicator", len(indicators), lang),
    }
    head = say("matrix.title", lang, targets=targets, when=year_note(drawn, lang), **counts)
    split = grid.split_notes(stated.values(), lang)
    by_region = Counter(subject.names(lang)[0] for subject in subjects)
    region, count = by_region.most_common(1)[0]
    alt = [
        say("matrix.alt", lang, title=head),
        labels.verdict_counts(drawn.counts(), lang),
        say("matrix.most", lang, region=region, count=count),
    ]
    return picture.finish(head, split, source_of(drawn, lang, plans), alt)


def coverage(
    plans: Dataset[Any, Any] | Coverage,
    *,
    region: Some = None,
    within: Some = None,
    indicator: Some = None,
    period: Some = None,
    sort: ColumnSort = "name",
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
    region, within, indicator, period
        As in ``innovation_plans.coverage``, if the first argument is a dataset. Without regions, the
        nation and the provinces are drawn; without `indicator`, those with a target or an outcome: as
        many as one picture has space for, those with the most targets.
    sort
        The order of the columns, as in :func:`matrix`.
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
    cells, left_out = _cells(plans, region, within, indicator, period)
    periods = cells.group_by("period")
    indicators = {code: at for at, code in enumerate(_by_targets(cells))}
    in_english = {cell.region: cells.region_name(cell.region) for cell in cells}
    regions = {code: at for at, code in enumerate(_columns(in_english, sort))}
    check_count(len(periods) * len(indicators), "rows", _MOST_ROWS)
    check_count(len(regions), "regions")
    if ax is not None:
        hint = "leave ax out to have a panel for each, or ask for one period"
        check_one("one panel for the axes given", periods, hint)
    picture = Picture(ax, lang, [1.0] * len(periods), figsize=figsize, title=title)
    lang = picture.lang
    rows = [cells.indicator_name(code, lang) for code in indicators]
    columns = [cells.region_name(code, lang) for code in regions]
    grid.name_rows_and_columns(picture, rows, columns)
    names = {code: labels.period(code, lang) for code in periods}
    for (code, in_period), axes in zip(periods.items(), picture.axes, strict=True):
        boxes = [square(regions[cell.region], indicators[cell.indicator]) for cell in in_period]
        _draw_cells(picture, axes, list(zip(in_period, boxes, strict=True)))
        if len(periods) > 1:
            picture.head(axes, picture.letters.clean(names[code]))
    count = len(indicators)
    counts = {
        "indicators": labels.counted("indicator", count, lang),
        "regions": labels.counted("region", len(regions), lang),
    }
    shown = labels.joined(names.values(), lang)
    head = say("coverage_picture.title", lang, **counts, periods=shown)
    notes = [say("coverage_picture.left_out", lang, count=count, all=count + left_out)]
    counted = labels.counted("cell", len(cells), lang)
    dataset = dataset_of(cells.edition, plans if isinstance(plans, Dataset) else None)
    source = source_line(cells.edition, _keys(cells, dataset), lang, dataset, counted)
    alt = [say("coverage_picture.alt", lang, title=head), counted, *_counts(cells, lang)]
    picture.finish(head, notes if left_out else [], source, alt)
    return picture.result


def _columns(names: Mapping[str, str], sort: ColumnSort) -> list[str]:
    """Return the codes of regions, by which their names are given, in the order of the columns."""
    one_of("sort", sort, get_args(ColumnSort))
    if sort == "region":
        return list(names)
    return sorted(names, key=lambda code: (len(code) > 2, names[code]))  # two letters are a nation


def _keys(cells: Coverage, plans: Plans | None) -> list[str]:
    """Return the keys of the records of cells, of targets by period, of observations by its years."""
    if plans is None:
        return []
    periods = {cell.period for cell in cells}
    spans = [years_of(period) for period in periods]
    regions, indicators = (
        {getattr(cell, name) for cell in cells} for name in ("region", "indicator")
    )
    targets = plans.targets.where(region=regions, indicator=indicators, period=periods)
    observations = plans.observations.where(region=regions, indicator=indicators).filter(
        lambda each: any(not span or span[0] <= (each.year or 0) <= span[1] for span in spans)
    )
    return [record.key for record in (*targets, *observations)]


def _counts(cells: Coverage, lang: Language) -> list[str]:
    """Return the number of cells of each state, and the region with the most targets."""
    states = [
        labels.headed(word(state, lang), f"{count:,}", lang)
        for state, count in cells.counts().items()
    ]
    stated = Counter(cell.region for cell in cells if cell.target is Availability.STATED)
    most = [
        say("coverage_picture.most", lang, region=cells.region_name(code, lang), count=count)
        for code, count in stated.most_common(1)
    ]
    return [labels.joined(states, lang, "parts"), *most]


def _cells(
    plans: Dataset[Any, Any] | Coverage, region: Some, within: Some, indicator: Some, period: Some
) -> tuple[Coverage, int]:
    """Return the cells to draw, and how many indicators are left out: those with the fewest targets."""
    if isinstance(plans, Coverage):
        if (region, within, indicator, period) != (None,) * 4:
            raise PictureError(
                "expected no filters beside a coverage; "
                "give them to innovation_plans.coverage, or give the dataset here"
            )
        return plans, 0
    if not isinstance(plans, Dataset):
        raise PictureError(
            f"expected a dataset or a coverage, found {type(plans).__name__}; "
            "make one with innovation_plans.coverage(plans, …)"
        )
    if region is None and within is None:
        known = plans.regions.where(kind=[RegionKind.NATION, RegionKind.PROVINCE])
        region = [each.code for each in known] or None
    cells = coverage_of(plans, region=region, within=within, indicator=indicator, period=period)
    if indicator is not None:
        return cells, 0
    filled = cells.filter(
        lambda cell: cell.target is Availability.STATED or cell.outcome is Availability.PUBLISHED
    )
    order = _by_targets(filled)
    chosen = order[: _MOST_ROWS // max(len({cell.period for cell in filled}), 1)]
    return cells.filter(lambda cell: cell.indicator in chosen), len(order) - len(chosen)


def _by_targets(cells: Iterable[CoverageCell]) -> list[str]:
    """Return the indicators of cells, those with the most targets first, then the most outcomes."""
    counts = Counter[str]()
    for cell in cells:
        counts[cell.indicator] += (cell.target is Availability.STATED) * MOST_ROWS
        counts[cell.indicator] += cell.outcome is Availability.PUBLISHED
    return [code for code, _ in counts.most_common()]


def _draw_cells(picture: Picture, ax: Axes, cells: Sequence[tuple[CoverageCell, Box]]) -> None:
    """Draw a square per cell, in the colour of its target, with a dot if its outcome is published."""
    dot: dict[str, Any] = {"ls": "none", "marker": "o", "ms": picture.size(4.2)}
    for index, state in enumerate(TARGET_STATES):
        members = [(cell, box) for cell, box in cells if cell.target is state]
        colour, text = AVAILABILITIES[state].colour, word(state, picture.lang)
        grid.draw_squares(picture, ax, [box for _, box in members], colour, text=text, order=index)
        published = [box for cell, box in members if cell.outcome is Availability.PUBLISHED]
        if published:
            xs = [box.left + box.width / 2 for box in published]
            ys = [box.top + box.height / 2 for box in published]
            picture.plot(ax, xs, ys, mfc=ink_on(colour), mec=ink_on(colour), zorder=3, **dot)
            text = word(Availability.PUBLISHED, picture.lang)
            picture.legend(text, 5, {**dot, "mfc": picture.ink, "mec": picture.ink})
