"""Heat maps of indicators and regions: verdicts in a matrix, and the coverage of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.coverage import TARGET_STATES, Coverage, CoverageCell
from ..analysis.coverage import coverage as coverage_of
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Availability, RegionKind, Verdict
from ..dataset.dataset import Dataset
from ..text import labels
from ..text.messages import Language, say, word
from .canvas import BODY, HINTED, FigureSize, Picture, PictureError, check_count, check_one_panel
from .fonts import is_chinese
from .panels import Card, Plans, card_of, source_line
from .style import AVAILABILITIES, FILLS, VERDICTS, ink_on

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "Box",
    "coverage",
    "draw_boxes",
    "draw_verdicts",
    "fill_of",
    "legend_square",
    "matrix",
    "slices",
    "square",
]

_CELL = 0.245  # inches
_LINE = 1.1  # of the size of its text
_GAP = 0.06  # of a cell, between squares
_LEAST_WIDTH = 4.6  # inches
_MOST_INDICATOR = 80  # columns of text
_MOST_REGION = 24
_MOST_ROWS = 45  # of a coverage: about one screen
_BOTH_ENDS_FROM = 30  # rows from which on columns are named above and below

Some = str | Collection[str] | None
Boxes = Mapping[Verdict, Sequence["Box"]]


class Box(NamedTuple):
    """A part of a grid, in cells; a mark is drawn at its centre."""

    left: float
    top: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """The position of a mark."""
        return self.left + self.width / 2, self.top + self.height / 2


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
    MissingExtraError
        If matplotlib is not installed.

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
    _name_rows_and_columns(picture, rows, columns)
    _draw_matrix(picture, picture.axes[0], drawn, list(indicators), list(regions))
    return picture.finish(
        _matrix_title(drawn, lang), _matrix_notes(drawn, lang, plans), _matrix_alt(drawn, lang)
    )


def _draw_matrix(
    picture: Picture, ax: Axes, card: Card, indicators: list[str], regions: list[str]
) -> None:
    cells: dict[tuple[int, int], list[Assessment]] = {}
    for assessment in card.assessments:
        subject = assessment.subject
        cell = (regions.index(subject.region), indicators.index(subject.indicator))
        cells.setdefault(cell, []).append(assessment)
    grid = [(x, y) for y in range(len(indicators)) for x in range(len(regions))]
    empty = [square(*cell) for cell in grid if cell not in cells]
    draw_boxes(ax, empty, FILLS["empty"])
    squares = [(square(*cell), assessments) for cell, assessments in cells.items()]
    draw_verdicts(picture, ax, verdict_boxes(squares), picture.size(4.6))
    if empty:
        blank = legend_square(FILLS["empty"], FILLS["edge"])
        picture.legend(blank, say("picture.no_target", picture.lang), 30)


def _matrix_title(card: Card, lang: Language) -> str:
    subjects = [assessment.subject for assessment in card.assessments]
    indicators = {subject.indicator for subject in subjects}
    return say(
        "matrix.title",
        lang,
        targets=labels.counted("target", len(subjects), lang),
        regions=labels.counted("region", len({subject.region for subject in subjects}), lang),
        indicators=labels.counted("indicator", len(indicators), lang),
    )


def _matrix_notes(card: Card, lang: Language, plans: Plans | None) -> list[str]:
    subjects = [assessment.subject for assessment in card.assessments]
    cells = {(subject.indicator, subject.region) for subject in subjects}
    split = [say("picture.split", lang)] if len(cells) < len(subjects) else []
    return [*split, card.source(lang, plans)]


def _matrix_alt(card: Card, lang: Language) -> str:
    counts = Counter(assessment.subject.names(lang)[0] for assessment in card.assessments)
    region, count = counts.most_common(1)[0]
    kind = say("matrix.alt", lang, title=_matrix_title(card, lang))
    most = say("matrix.most", lang, region=region, count=count)
    return labels.sentences([kind, labels.verdict_counts(card.counts, lang), most], lang)


class _Case(NamedTuple):
    """The cells of a coverage, and the codes on its axes."""

    cells: Coverage
    periods: tuple[str, ...]
    indicators: tuple[str, ...]
    regions: tuple[str, ...]
    left_out: int  # indicators that are not drawn

    def region_names(self, lang: Language) -> list[str]:
        """Return the names of the regions."""
        return [self.cells.region_name(code, lang) for code in self.regions]


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
    MissingExtraError
        If matplotlib is not installed.

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
    check_one_panel(ax, case.periods, "ask for one period")
    picture = Picture(ax, lang, [1.0] * len(case.periods), figsize=figsize, title=title)
    lang = picture.lang
    rows = [case.cells.indicator_name(code, lang) for code in case.indicators]
    _name_rows_and_columns(picture, rows, case.region_names(lang))
    for code, axes in zip(case.periods, picture.axes, strict=True):
        _draw_period(picture, axes, case, code)
        if len(case.periods) > 1:
            picture.head(axes, picture.letters.clean(labels.period(code, lang)))
    picture.finish(
        _coverage_title(case, lang),
        [*_left_out(case, lang), _coverage_source(case, lang)],
        _coverage_alt(case, lang),
    )
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
    cells = [cell for cell in case.cells if cell.period == period]
    for index, state in enumerate(TARGET_STATES):
        members = [cell for cell in cells if cell.target is state]
        if not members:
            continue
        colour = AVAILABILITIES[state].colour
        draw_boxes(ax, [square(*_position(cell, case)) for cell in members], colour)
        picture.legend(legend_square(colour, FILLS["edge"]), word(state, picture.lang), index)
        published = [cell for cell in members if cell.outcome is Availability.PUBLISHED]
        _draw_dots(picture, ax, [_position(cell, case) for cell in published], ink_on(colour))


def _position(cell: CoverageCell, case: _Case) -> tuple[int, int]:
    return case.regions.index(cell.region), case.indicators.index(cell.indicator)


def _draw_dots(
    picture: Picture, ax: Axes, positions: Sequence[tuple[int, int]], colour: str
) -> None:
    """Draw a dot for each outcome that is published."""
    from matplotlib.lines import Line2D

    look: dict[str, Any] = {"ls": "none", "marker": "o", "ms": picture.size(4.2)}
    xs, ys = [x for x, _ in positions], [y for _, y in positions]
    ax.plot(xs, ys, mfc=colour, mec=colour, zorder=3, **look)
    if positions:
        dot = Line2D([], [], mfc=picture.ink, mec=picture.ink, **look)
        picture.legend(dot, word(Availability.PUBLISHED, picture.lang), 5)


def _coverage_source(case: _Case, lang: Language) -> str:
    return source_line(case.cells.edition, labels.counted("cell", len(case.cells), lang), lang)


def _coverage_title(case: _Case, lang: Language) -> str:
    return say(
        "coverage_picture.title",
        lang,
        indicators=labels.counted("indicator", len(case.indicators), lang),
        regions=labels.counted("region", len(case.regions), lang),
        periods=labels.joined([labels.period(code, lang) for code in case.periods], lang),
    )


def _coverage_alt(case: _Case, lang: Language) -> str:
    states = [
        labels.headed(word(state, lang), f"{count:,}", lang)
        for state, count in case.cells.counts().items()
    ]
    stated = Counter(cell.region for cell in case.cells if cell.target is Availability.STATED)
    names = dict(zip(case.regions, case.region_names(lang), strict=True))
    most = ""
    if stated:
        code, count = stated.most_common(1)[0]
        most = say("coverage_picture.most", lang, region=names[code], count=count)
    parts = [
        say("coverage_picture.alt", lang, title=_coverage_title(case, lang)),
        labels.counted("cell", len(case.cells), lang),
        labels.joined(states, lang, "parts"),
        most,
    ]
    return labels.sentences(parts, lang)


def _name_rows_and_columns(picture: Picture, rows: Sequence[str], columns: Sequence[str]) -> None:
    """Set the size of the squares, and name the rows and columns of every panel.

    Columns are named above on a figure of its own, and below as well if it is tall; on axes of the
    caller below, since the title is above.
    """
    names = [picture.letters.clean(name, _MOST_REGION) for name in columns]
    shown = _row_names(picture, rows)
    _set_cells(picture, shown, len(columns))
    for ax in picture.axes:
        picture.row_axis(ax, shown, ruled=False)
        _name_columns(picture, ax, names, both_ends=len(rows) > _BOTH_ENDS_FROM)


def _row_names(picture: Picture, rows: Sequence[str]) -> list[str]:
    """Return the names of rows; on a narrow figure in two lines of at most 40% of its width."""
    names = [picture.letters.clean(name, _MOST_INDICATOR) for name in rows]
    if not picture.narrow:
        return names
    lines = [picture.wrapped(name, picture.width * 29) for name in names]
    return ["\n".join(line[:2]) + ("…" if len(line) > 2 else "") for line in lines]


def _set_cells(picture: Picture, names: Sequence[str], columns: int) -> None:
    """Set the height of the panels, so that cells are square and fit into the width."""
    if not picture.own:
        return
    widest = picture.widest(names) / 72 / HINTED
    room = picture.width - widest - 0.4
    cell = min(_CELL, room / (columns + 0.2)) if picture.fixed else _CELL
    if not picture.fixed:
        picture.width = max(_LEAST_WIDTH, widest + 0.4 + cell * (columns + 0.2))
    least = max(name.count("\n") + 1 for name in names) * picture.size(BODY) * _LINE
    if cell * 72 < least:
        raise PictureError(
            f"expected at most {int(room * 72 / least)} columns on a figure {picture.width:.1f} inches "
            f"wide, found {columns}; filter them, or pass a larger figsize"
        )
    picture.heights = [cell * (len(names) + 0.2)] * len(picture.heights)
    for ax in picture.axes:
        ax.set_aspect("equal", anchor="NW")


def _name_columns(picture: Picture, ax: Axes, names: list[str], *, both_ends: bool) -> None:
    """Name the columns: short Chinese names vertically, other names rotated."""
    vertical = all(is_chinese(name) and len(name) <= 8 for name in names)
    rotation = 0 if vertical else 90
    shown = ["\n".join(name) if vertical else name for name in names]
    font = picture.font("".join(names), BODY)
    ax.set_xlim(-0.6, len(names) - 0.4)
    ax.set_xticks(range(len(names)), labels=shown, color=picture.ink, **font)
    ax.tick_params(
        axis="x", top=False, labeltop=picture.own, labelbottom=not picture.own or both_ends
    )
    for tick in ax.xaxis.get_major_ticks():
        for label in (tick.label1, tick.label2):
            label.set(**font, color=picture.ink, rotation=rotation, linespacing=1.05)


def square(column: float, row: float, *, gap: float = _GAP) -> Box:
    """Return the square whose centre is at a column and a row."""
    return Box(column - 0.5 + gap, row - 0.5 + gap, 1 - 2 * gap, 1 - 2 * gap)


def slices(box: Box, count: int) -> list[Box]:
    """Return the parts of a box that is divided into so many columns."""
    width = box.width / count
    return [box._replace(left=box.left + index * width, width=width) for index in range(count)]


def verdict_boxes(
    squares: Iterable[tuple[Box, Sequence[Assessment]]],
) -> dict[Verdict, list[Box]]:
    """Return the boxes of each verdict: a square has one part per assessment, by target year."""
    boxes: dict[Verdict, list[Box]] = {verdict: [] for verdict in Verdict}
    for box, assessments in squares:
        parts = slices(box, len(assessments))
        for assessment, part in zip(by_year(assessments), parts, strict=True):
            boxes[assessment.verdict].append(part)
    return boxes


def by_year(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Return assessments by target year."""
    return sorted(assessments, key=lambda item: (item.stated.end_year, item.target))


def draw_boxes(ax: Axes, boxes: Iterable[Box], colour: str, edge: str | None = None) -> None:
    """Draw boxes of one colour as one shape."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    corners: list[tuple[float, float]] = []
    codes: list[Any] = []
    for left, top, width, height in boxes:
        right, bottom = left + width, top + height
        corners += [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        codes += [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    if corners:
        shape = Path(corners, codes)
        look = {"facecolor": colour, "edgecolor": edge or "none", "lw": 0.6 if edge else 0}
        # add_patch would search all corners for the limits of the axes, which are already set
        ax.add_artist(PathPatch(shape, zorder=1, **look))


def fill_of(verdict: Verdict) -> str:
    """Return the colour of a square: that of the verdict, or a pale one if it is undetermined."""
    look = VERDICTS[verdict]
    return FILLS["undetermined"] if look.hollow else look.colour


def draw_verdicts(
    picture: Picture, ax: Axes, boxes: Boxes, size: float, *, offset: float = 0
) -> None:
    """Draw boxes by verdict, each with the mark of its verdict, and add the verdicts to the legend.

    `offset` is the distance of the mark below the centre, in cells.
    """
    for index, (verdict, look) in enumerate(VERDICTS.items()):
        members = boxes.get(verdict, ())
        if not members:
            continue
        colour = fill_of(verdict)
        draw_boxes(ax, members, colour)
        ink = look.colour if look.hollow else ink_on(colour)
        mark: dict[str, Any] = {
            "ls": "none", "marker": look.marker, "mfc": "none" if look.hollow else ink,
            "mec": ink, "mew": 1.0,
        }  # fmt: skip
        xs = [box.centre[0] for box in members]
        ys = [box.centre[1] + offset for box in members]
        ax.plot(xs, ys, ms=size, zorder=3, **mark)
        picture.legend(_legend_verdict(colour, mark), word(verdict, picture.lang), index)


def _legend_verdict(colour: str, mark: Mapping[str, Any]) -> tuple[Artist, ...]:
    from matplotlib.lines import Line2D

    return legend_square(colour, colour), Line2D([], [], ms=5, **mark)


def legend_square(colour: str, edge: str) -> Artist:
    """Return the square of a colour, for the legend."""
    from matplotlib.lines import Line2D

    return Line2D([], [], ls="none", marker="s", ms=10, mfc=colour, mec=edge)
