"""Squares in rows and columns: one shape for each colour, however many squares there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..codelists import Verdict
from ..text.messages import word
from .canvas import BODY, Picture
from .fonts import is_chinese
from .style import FILLS, VERDICTS, ink_on

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = [
    "CELL",
    "Box",
    "fill",
    "fill_of",
    "head_columns",
    "marked",
    "slices",
    "square",
    "verdicts",
]

CELL = 0.245  # inches
_GAP = 0.06  # of a cell, between squares


class Box(NamedTuple):
    """A part of a grid, in cells; its middle is where a mark stands."""

    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """The place of a mark."""
        return self.left + self.width / 2, self.top + self.height / 2


def square(column: float, row: float, *, gap: float = _GAP) -> Box:
    """The square of a column and a row, whose middle is at those numbers."""
    return Box(column - 0.5 + gap, row - 0.5 + gap, 1 - 2 * gap, 1 - 2 * gap)


def slices(box: Box, count: int) -> list[Box]:
    """A square cut into so many parts, side by side."""
    wide = box.width / count
    return [box._replace(left=box.left + at * wide, width=wide) for at in range(count)]


def fill(ax: Axes, boxes: Iterable[Box], colour: str, edge: str | None = None) -> None:
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
        ax.add_artist(PathPatch(shape, zorder=1, **look))  # the limits are set: none are searched


def fill_of(verdict: Verdict) -> str:
    """The colour of a square: that of the verdict; a pale one where there is none."""
    look = VERDICTS[verdict]
    return FILLS["undetermined"] if look.hollow else look.colour


def verdicts(
    picture: Picture,
    ax: Axes,
    boxes: Mapping[Verdict, Sequence[Box]],
    size: float,
    *,
    lower: float = 0,
) -> None:
    """Draw squares by verdict, each with the mark of its verdict, and explain them.

    `lower` is how far beneath the middle the mark stands, in cells.
    """
    for verdict, look in VERDICTS.items():
        found = boxes.get(verdict, ())
        if not found:
            continue
        colour = fill_of(verdict)
        fill(ax, found, colour)
        xs, ys = zip(*(box.middle for box in found), strict=True)
        marked(ax, xs, [y + lower for y in ys], verdict, size)
        handle = _handle(colour, look.marker, hollow=look.hollow)
        picture.legend(handle, word(verdict, picture.lang), list(VERDICTS).index(verdict))


def marked(
    ax: Axes, xs: Sequence[float], ys: Sequence[float], verdict: Verdict, size: float
) -> None:
    """Draw the mark of a verdict on squares of its colour."""
    look = VERDICTS[verdict]
    ink = look.colour if look.hollow else ink_on(look.colour)
    face = "none" if look.hollow else ink
    ax.plot(xs, ys, ls="none", marker=look.marker, ms=size, mfc=face, mec=ink, mew=1.0, zorder=3)


def _handle(colour: str, marker: str, *, hollow: bool) -> tuple[Artist, ...]:
    from matplotlib.lines import Line2D

    ink = VERDICTS[Verdict.UNDETERMINED].colour if hollow else ink_on(colour)
    under = Line2D([], [], ls="none", marker="s", ms=10, mfc=colour, mec=colour)
    over = Line2D(
        [], [], ls="none", marker=marker, ms=5, mfc="none" if hollow else ink, mec=ink, mew=1.0
    )
    return under, over


def head_columns(picture: Picture, ax: Axes, names: Sequence[str], rows: int) -> None:
    """Name columns: short Chinese names character under character, others turned upright.

    On top of a figure of its own, at both ends where it is tall; else beneath, where the caller's
    title is not in the way.
    """
    stacked = all(is_chinese(name) and len(name) <= 8 for name in names)
    shown = ["\n".join(name) if stacked else name for name in names]
    font = picture.font("".join(names), BODY)
    ax.set_xlim(-0.6, len(names) - 0.4)
    ax.set_xticks(range(len(names)), labels=shown, color=picture.ink, **font)
    on_top, beneath = picture.own, not picture.own or rows > 30
    ax.tick_params(axis="x", top=False, labeltop=on_top, labelbottom=beneath)
    for text in ax.get_xticklabels(which="both"):
        text.set_rotation(0 if stacked else 90)
    for tick in ax.xaxis.get_major_ticks():
        tick.label2.set(**font, color=picture.ink, rotation=0 if stacked else 90)
        tick.label2.set_linespacing(1.05)
        tick.label1.set_linespacing(1.05)
