"""Grids of squares: their names, their colours, and the marks of verdicts in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.results import Assessment
from ..codelists import Verdict
from ..text.messages import word
from .canvas import BODY, HINTED, LINE, Picture, PictureError
from .fonts import is_chinese
from .panels import notes_on
from .style import FILLS, VERDICTS, ink_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CELL = 0.245  # inches
_COLUMN = 1.1  # the least width of a column, in sizes of its text
_GAP = 0.06  # of a cell, between squares
_LEAST_WIDTH = 4.6  # inches
_MOST_INDICATOR = 80  # columns of text
_MOST_REGION = 24
_LINES = 4  # of the name of a row
_FIT = 1.4  # of the width of a part of a square: the share of its mark
_LETTER = 6.0  # points
_BOTH_ENDS_FROM = 30  # rows from which on columns are named above and below


class Box(NamedTuple):
    """A part of a grid, in cells."""

    left: float
    top: float
    width: float
    height: float


def name_rows_and_columns(picture: Picture, rows: Sequence[str], columns: Sequence[str]) -> None:
    """Set the size of the cells, and name the rows and columns of every panel.

    Columns are named above on a figure of its own, and below as well if it is tall; on axes of the
    caller below, since the title is above.
    """
    names = [picture.letters.clean(name, _MOST_REGION) for name in columns]
    shown = [picture.letters.clean(name, _MOST_INDICATOR) for name in rows]
    count, space = len(columns) + 0.2, picture.width - 0.4
    room = max(space - _CELL * count, picture.width * 0.4) * 72 * HINTED
    if picture.fixed and (space - room / 72) / count * 72 < BODY * _COLUMN:
        picture.narrow = True
    for ax in picture.axes:
        lines = picture.row_axis(
            ax, shown, ruled=False, room=room if picture.fixed else 0, most=_LINES
        )
        _name_columns(picture, ax, names, both_ends=len(rows) > _BOTH_ENDS_FROM)
    if picture.own:
        _set_cells(picture, lines, count)


def _set_cells(picture: Picture, names: Sequence[str], columns: float) -> None:
    """Set the size of cells: squares, or less wide if there are many columns on a figure of fixed width."""
    widest, text = picture.widest(names) / 72 / HINTED, picture.size(BODY) / 72
    lines = max(name.count("\n") + 1 for name in names)
    width, height = _CELL, max(_CELL, lines * LINE * text)
    if picture.fixed:
        room = picture.width - 0.4 - widest
        width = min(_CELL, room / columns)
        if width < text * _COLUMN:
            raise PictureError(
                f"expected at most {int(room / text / _COLUMN)} columns on a figure "
                f"{picture.width:.1f} inches wide, found {int(columns)}; filter them, or pass a "
                "larger figsize"
            )
    else:
        picture.width = max(_LEAST_WIDTH, widest + 0.4 + width * columns)
    picture.heights = [height * (len(names) + 0.2)] * len(picture.heights)
    for ax in picture.axes:
        ax.set_aspect(height / width, anchor="NW")


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
            label.set(**font | {"linespacing": 1.05}, color=picture.ink, rotation=rotation)


def square(column: float, row: float, *, gap: float = _GAP) -> Box:
    """Return the square whose centre is at a column and a row."""
    return Box(column - 0.5 + gap, row - 0.5 + gap, 1 - 2 * gap, 1 - 2 * gap)


def draw_squares(
    picture: Picture,
    ax: Axes,
    boxes: Sequence[Box],
    colour: str,
    *,
    text: str = "",
    order: int = 30,
    edge: str | None = None,
) -> None:
    """Draw boxes of one colour as one shape; with a text, add the colour to the legend."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path
    from matplotlib.transforms import Bbox, BboxTransformTo

    if not boxes:
        return
    unit = Path.unit_rectangle()
    shapes = (BboxTransformTo(Bbox.from_bounds(*box)).transform_path(unit) for box in boxes)
    look = {"facecolor": colour, "edgecolor": edge or "none", "lw": 0.6 if edge else 0}
    # add_patch would search all corners for the limits of the axes, which are already set
    ax.add_artist(PathPatch(Path.make_compound_path(*shapes), zorder=1, **look))
    if text:
        picture.legend(text, order, _legend_square(colour))


def fill_of(verdict: Verdict) -> str:
    """Return the colour of a square: that of the verdict, or a pale one if it is undetermined."""
    look = VERDICTS[verdict]
    return FILLS["undetermined"] if look.hollow else look.colour


def parts_of(squares: Mapping[Box, Sequence[Assessment]]) -> Iterator[tuple[Box, Assessment]]:
    """Return each assessment with its part of its square, that of the earliest target first."""
    for (left, top, whole, height), assessments in squares.items():
        width = whole / len(assessments)
        ordered = sorted(assessments, key=lambda row: (row.stated.end_year, row.target))
        for index, assessment in enumerate(ordered):
            yield Box(left + index * width, top, width, height), assessment


def draw_verdicts(
    picture: Picture,
    ax: Axes,
    squares: Mapping[Box, Sequence[Assessment]],
    size: float,
    *,
    offset: float = 0,
) -> None:
    """Draw squares by verdict, each with its mark, and add the verdicts to the legend.

    A square has one part per assessment, by target year. `offset` is the distance of the mark below
    the centre, in cells.
    """
    boxes: dict[Verdict, list[Box]] = {}
    for part, assessment in parts_of(squares):
        boxes.setdefault(assessment.verdict, []).append(part)
    for index, (verdict, look) in enumerate(VERDICTS.items()):
        if verdict not in boxes:
            continue
        colour, parts = fill_of(verdict), boxes[verdict]
        draw_squares(picture, ax, parts, colour)
        ink = look.colour if look.hollow else ink_on(colour)
        mark: dict[str, Any] = {
            "ls": "none", "marker": look.marker, "mfc": "none" if look.hollow else ink,
            "mec": ink, "mew": 1.0,
        }  # fmt: skip
        for width in sorted({box.width for box in parts}):
            xs = [box.left + box.width / 2 for box in parts if box.width == width]
            ys = [box.top + box.height / 2 + offset for box in parts if box.width == width]
            fit = picture.size(size) * min(1, _FIT * width)
            picture.plot(ax, xs, ys, ms=fit, zorder=3, **mark)
        looks = (_legend_square(colour, colour), {**mark, "ms": 5})
        picture.legend(word(verdict, picture.lang), index, *looks)
    for part, assessment in parts_of(squares):
        _write_notes(picture, ax, part, assessment)


def _write_notes(picture: Picture, ax: Axes, part: Box, assessment: Assessment) -> None:
    """Write the letters of the notes on an outcome into the lower right corner of its square."""
    if letters := picture.letters_of(notes_on(assessment)) if assessment.outcome else ():
        corner = (part.left + part.width - _GAP / 4, part.top + part.height)
        picture.write(
            ax, ",".join(letters), corner, align="right", level="bottom",
            size=_LETTER, colour=ink_on(fill_of(assessment.verdict)),
        )  # fmt: skip


def _legend_square(colour: str, edge: str = FILLS["edge"]) -> dict[str, Any]:
    """Return the look of a square in the legend."""
    return {"ls": "none", "marker": "s", "ms": 10, "mfc": colour, "mec": edge}
