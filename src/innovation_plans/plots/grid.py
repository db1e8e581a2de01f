"""Grids of squares: their names, their colours, and the marks of verdicts in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.results import Assessment
from ..codelists import Verdict
from ..text.messages import Language, say, word
from .canvas import BODY, HINTED, LINE, Picture, PictureError
from .fonts import is_chinese
from .panels import notes_on
from .style import FILLS, VERDICTS, ink_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CELL = 0.245  # inches
_WIDE_CELL = 0.4  # where there is space
_BETWEEN = 0.4  # of the size of a text, between the names of two rows
_COLUMN = 1.1  # the least width of a column, in sizes of its text
_GAP = 0.06  # of a cell, between squares
_LEAST_WIDTH = 4.6  # inches
_MOST_INDICATOR = 80  # columns of text
_MOST_REGION = 24
_LINES = 4  # of the name of a row
MOST_PARTS = 4  # of a square
_SPLIT = {"split": 1, "more_parts": MOST_PARTS}  # the notes on squares of more parts
_FIT = 1.4  # of the width of a part of a square: the share of its mark
_LETTER = 6.0  # points
_NARROW_LETTER = 6.8  # before texts are made smaller, so that it can be read
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
    room = 0 if picture.narrow else inf
    if picture.fixed:
        room = max(space - _CELL * count, picture.width * 0.4)
        picture.narrow = picture.narrow or (space - room) / count * 72 < BODY * _COLUMN
    for ax in picture.axes:
        lines = picture.row_axis(ax, shown, ruled=False, room=room * 72 * HINTED, most=_LINES)
        _name_columns(picture, ax, names, both_ends=len(rows) > _BOTH_ENDS_FROM)
    if not picture.own:
        return
    widest, text = picture.widest(lines) / 72 / HINTED, picture.size(BODY) / 72
    width, name = _CELL, (max(name.count("\n") for name in lines) + 1) * LINE + _BETWEEN
    if picture.fixed:
        width = min(_WIDE_CELL, (space - widest) / count)
    else:
        picture.width = max(_LEAST_WIDTH, widest + 0.4 + width * count)
    if width < text * _COLUMN:
        raise PictureError(
            f"expected at most {int((space - widest) / text / _COLUMN)} columns on a figure "
            f"{picture.width:.1f} inches wide, found {len(columns)}; filter them, or pass a "
            "larger figsize"
        )
    height = max(_CELL, name * text)
    picture.heights = [height * (len(rows) + 0.2)] * len(picture.heights)
    for ax in picture.axes:  # squares, or as wide as there is space
        ax.set_aspect(height / width, anchor="NW")


def _name_columns(picture: Picture, ax: Axes, names: list[str], *, both_ends: bool) -> None:
    """Name the columns: short Chinese names vertically, other names rotated."""
    vertical = all(is_chinese(name) and len(name) <= 8 for name in names)
    shown = ["\n".join(name) if vertical else name for name in names]
    font = picture.font("".join(names), BODY) | {"linespacing": 1.05}
    ax.set_xlim(-0.6, len(names) - 0.4)
    ax.set_xticks(range(len(names)), shown)
    ax.tick_params(
        axis="x", top=False, labeltop=picture.own, labelbottom=not picture.own or both_ends
    )
    for tick in ax.xaxis.get_major_ticks():
        for label in (tick.label1, tick.label2):
            label.set(**font, color=picture.ink, rotation=0 if vertical else 90)


def square(column: float, row: float, *, gap: float = _GAP) -> Box:
    """Return the square whose centre is at a column and a row."""
    return Box(column - 0.5 + gap, row - 0.5 + gap, 1 - 2 * gap, 1 - 2 * gap)


def draw_squares(
    picture: Picture,
    ax: Axes,
    boxes: Iterable[Box],
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

    unit = Path.unit_rectangle()
    shapes = [BboxTransformTo(Bbox.from_bounds(*box)).transform_path(unit) for box in boxes]
    if shapes:
        look = {"facecolor": colour, "edgecolor": edge or "none", "lw": 0.6 if edge else 0}
        # add_patch would search all corners for the limits of the axes, which are already set
        ax.add_artist(PathPatch(Path.make_compound_path(*shapes), zorder=1, **look))
        if text:
            picture.legend(text, order, _legend_square(colour))


def split_notes(squares: Iterable[Sequence[Assessment]], lang: Language) -> list[str]:
    """Return the notes on squares in parts, and on targets that have no part."""
    most = max(map(len, squares), default=0)
    return [say(f"picture.{name}", lang) for name, parts in _SPLIT.items() if most > parts]


def fill_of(verdict: Verdict) -> str:
    """Return the colour of a square: that of the verdict, or a pale one if it is undetermined."""
    look = VERDICTS[verdict]
    return FILLS["undetermined"] if look.hollow else look.colour


def draw_verdicts(
    picture: Picture,
    ax: Axes,
    squares: Mapping[Box, Sequence[Assessment]],
    size: float,
    *,
    offset: float = 0,
    raised: float = 0,
) -> None:
    """Draw squares by verdict, each with its mark, and add the verdicts to the legend.

    A square has one part per assessment, that of the earliest target first, with the letters of its
    notes in the lower right corner; of more than four, the others are counted in a pale part.
    `offset` is the distance of a mark below the centre, in cells; one with letters is `raised`.
    """
    least = _NARROW_LETTER if picture.narrow else _LETTER
    boxes: dict[Verdict, list[tuple[Box, float]]] = {verdict: [] for verdict in VERDICTS}
    for (left, top, whole, height), assessments in squares.items():
        ordered = sorted(assessments, key=lambda row: (row.stated.end_year, row.target))
        rest = max(len(ordered) - MOST_PARTS, 0)
        width = whole / min(len(ordered), MOST_PARTS + 1)
        if rest:
            last = Box(left + MOST_PARTS * width, top, width, height)
            draw_squares(picture, ax, [last], FILLS["empty"], edge=FILLS["edge"])
            place = (last.left + width / 2, top + height / 2 + offset)
            picture.write(ax, f"+\n{rest}", place, align="center", level="center", size=least)
        for index, assessment in enumerate(ordered[:MOST_PARTS]):
            part = Box(left + index * width, top, width, height)
            notes = notes_on(assessment) if assessment.outcome else []
            middle = top + height / 2 + offset - (raised if notes else 0)
            boxes[assessment.verdict].append((part, middle))
            if notes:
                picture.write(
                    ax, ",".join(picture.letters_of(notes)),
                    (part.left + width - _GAP / 4, top + height), align="right", level="bottom",
                    size=least, colour=ink_on(fill_of(assessment.verdict)),
                )  # fmt: skip
    for index, (verdict, parts) in enumerate(boxes.items()):
        look, colour = VERDICTS[verdict], fill_of(verdict)
        draw_squares(picture, ax, [box for box, _ in parts], colour)
        ink = look.colour if look.hollow else ink_on(colour)
        mark: dict[str, Any] = {
            "ls": "none", "marker": look.marker, "mfc": "none" if look.hollow else ink,
            "mec": ink, "mew": 1.0,
        }  # fmt: skip
        for width in sorted({box.width for box, _ in parts}):
            xs = [box.left + box.width / 2 for box, _ in parts if box.width == width]
            ys = [middle for box, middle in parts if box.width == width]
            fit = picture.size(size) * min(1, _FIT * width)
            picture.plot(ax, xs, ys, ms=fit, zorder=3, **mark)
        if parts:
            looks = (_legend_square(colour, colour), {**mark, "ms": 5})
            picture.legend(word(verdict, picture.lang), index, *looks)


def _legend_square(colour: str, edge: str = FILLS["edge"]) -> dict[str, Any]:
    """Return the look of a square in the legend."""
    return {"ls": "none", "marker": "s", "ms": 10, "mfc": colour, "mec": edge}
