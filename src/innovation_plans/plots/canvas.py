"""The figure or axes on which a picture is drawn, with its fonts, legend and layout.

A figure of its own is as large as its contents need, so that nothing overlaps or is cut off: from the
top title, legend, panels with their labels, notes. Lengths are measured in the fonts of the picture.
On a figure of the caller, only the given axes are changed; pyplot and global settings are not used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ..errors import AmbiguousError, InnovationPlansError
from ..text.messages import Language
from .accessibility import describe
from .fonts import Lettering
from .style import luminance, tick

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Handle = Artist | tuple[Artist, ...]

__all__ = [
    "BODY",
    "MOST_ROWS",
    "SMALL",
    "Picture",
    "PictureError",
    "by_rows",
    "check_count",
    "check_one_panel",
]

EntryT = TypeVar("EntryT")

MOST_ROWS = 500  # a larger picture at 300 dots per inch exceeds the limits of image formats
BODY, SMALL, HEAD = 8.5, 7.5, 11.0  # points
_MOST_TITLE = 400
_MOST_NOTE = 600
_MOST_ALT = 4000
_WIDTH = 7.5  # inches, unless the plot needs more
_LEAST_WIDTH = 4.6
_LEAST_PLOT = 2.6
_MARGIN = 0.14
_GAP = 0.16
_LINE_HEIGHT = 1.38
_WORDS = re.compile(r"[0-9.,]+ %\s*|[\u2e80-\uffef][，。；：、）”]*|[^\s\u2e80-\uffef]+\s*|\s+")


class PictureError(InnovationPlansError, ValueError):
    """The given data cannot be drawn; the message says what to give instead."""


def check_count(count: int, noun: str, most: int = MOST_ROWS) -> None:
    """Raise an error if there is nothing to draw, or too much.

    Raises
    ------
    PictureError
        If the count is zero, or larger than `most`.
    """
    if not count:
        raise PictureError(f"no {noun} to draw; widen the question")
    if count > most:
        raise PictureError(
            f"expected at most {most} {noun} in one picture, found {count}; filter them, or "
            "draw a part at a time, such as card[:100]"
        )


def check_one_panel(ax: Axes | None, panels: Sequence[str], hint: str) -> None:
    """Raise an error if several panels are to be drawn on the given axes.

    Raises
    ------
    AmbiguousError
        If there is more than one; names them.
    """
    if ax is not None and len(panels) > 1:
        raise AmbiguousError(
            asked="one panel for the axes given",
            matches=[panel[:80] for panel in panels],
            hint=f"leave ax out to have a panel for each, or {hint}",
        )


def by_rows(entries: Sequence[EntryT], columns: int) -> list[EntryT]:
    """Return the entries of a legend in an order that reads row by row; matplotlib fills columns.

    Examples
    --------
    >>> by_rows("abcde", 3)  # a b c over d e
    ['a', 'd', 'b', 'e', 'c']
    """
    return [entries[at] for first in range(columns) for at in range(first, len(entries), columns)]


class Picture:
    """Axes to draw on, with the fonts and colours of all their texts."""

    def __init__(
        self,
        ax: Axes | None,
        lang: Language,
        heights: Sequence[float] = (3.0,),
        *,
        plot_width: float | None = None,
    ) -> None:
        self.letters = Lettering(lang)
        self.lang: Language = self.letters.lang
        self.own = ax is None
        self.heights = tuple(heights)
        self.plot_width = plot_width  # inches; None for all the width that labels leave
        self.heads: dict[int, str] = {}  # titles of panels, if there are several
        self._legend: dict[str, tuple[int, Handle]] = {}
        self.figure: Figure | None = None
        self.axes: list[Axes] = [ax] if ax is not None else self._own_axes()
        self._renderer = _renderer(72)  # whose dots are points
        self.background = _background(self.axes[0])
        light = luminance(self.background) > 0.2
        self.ink = "#1a1a1a" if light else "#f2f2f2"
        self.grey = "#595959" if light else "#b8b8b8"
        self.line = "#d9d9d9" if light else "#4a4a4a"
        self.edge = "#ffffff"  # around marks: separates them from lines and a dark background
        self._above = 0.0  # points that labels take above the axes
        for axes in self.axes:
            self._clear(axes)

    def font(self, text: str, size: float = BODY, weight: str = "normal") -> dict[str, Any]:
        """Return the keywords for the font of a text, which is not read as mathematics or TeX."""
        return {
            "fontfamily": self.letters.of(text),
            "fontsize": size,
            "fontweight": weight,
            "fontstyle": "normal",
            "fontvariant": "normal",
            "fontstretch": "normal",
            "parse_math": False,
            "usetex": False,
        }

    def width_of(self, text: str, size: float = BODY, weight: str = "normal") -> float:
        """Return the width of a text in points."""
        from matplotlib.font_manager import FontProperties

        font = FontProperties(family=self.letters.of(text), size=size, weight=weight)
        width, _, _ = self._renderer.get_text_width_height_descent(text, font, False)
        return float(width)

    def wrapped(
        self, text: str, width: float, size: float = BODY, weight: str = "normal"
    ) -> list[str]:
        """Return a text in lines of at most so many points; Chinese breaks between characters."""
        lines, line = [], ""
        for piece in _WORDS.findall(text):
            if line and self.width_of((line + piece).rstrip(), size, weight) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
        return [*lines, line.rstrip()]

    def write(
        self,
        ax: Axes,
        text: str,
        position: tuple[float, float],
        *,
        coords: str | tuple[str, str] = "data",
        offset: tuple[float, float] = (0, 0),
        align: str = "left",
        level: str = "center_baseline",
        size: float = BODY,
        weight: str = "normal",
        colour: str | None = None,
        halo: bool = False,
    ) -> None:
        """Write a text at a position; `offset` is in points."""
        from matplotlib.patheffects import withStroke

        note = ax.annotate(
            text,
            position,
            xycoords=coords,
            xytext=offset,
            textcoords="offset points",
            ha=align,
            va=level,
            color=colour or self.ink,
            annotation_clip=False,
            **self.font(text, size, weight),
        )
        if halo:
            note.set_path_effects([withStroke(linewidth=2.5, foreground=self.background)])

    def spread(self, ax: Axes, values: Sequence[float]) -> list[float]:
        """Return how many points up or down labels move so that they do not overlap.

        `values` are the places on the vertical axis, in ascending order; its ends are set.
        """
        low, high = ax.get_ylim()
        height = self.heights[0] if self.own else ax.get_window_extent().height / ax.figure.dpi
        places = [(value - low) / (high - low) * height * 72 for value in values]
        least, shifted = BODY * 1.3, list(places)
        for _ in range(len(places)):  # each pass moves neighbours apart, half each
            for at in range(len(shifted) - 1):
                overlap = least - (shifted[at + 1] - shifted[at])
                if overlap > 0:
                    shifted[at] -= overlap / 2
                    shifted[at + 1] += overlap / 2
        return [new - old for new, old in zip(shifted, places, strict=True)]

    def row_axis(self, ax: Axes, names: Sequence[str], *, ruled: bool = True) -> None:
        """Make an axis of rows, the first on top, each with its name and a thin line."""
        rows = range(len(names))
        ax.set_ylim(len(names) - 0.4, -0.6)
        ax.set_yticks(rows, labels=list(names), **self.font("".join(names)), color=self.ink)
        if ruled:
            ax.hlines(
                rows, 0, 1, transform=ax.get_yaxis_transform(), color=self.line, lw=0.5, zorder=0
            )

    def number_axis(self, ax: Axes, axis: str, label: str, *, whole: bool = False) -> None:
        """Make an axis of numbers with its unit and a faint grid."""
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        own = ax.xaxis if axis == "x" else ax.yaxis
        own.set_major_locator(MaxNLocator(nbins=5, integer=whole, min_n_ticks=2))
        own.set_major_formatter(FuncFormatter(tick))
        own.grid(visible=True, color=self.line, lw=0.5)
        if axis == "x":
            ax.set_xlabel(label, loc="left", color=self.grey, labelpad=3, **self.font(label, SMALL))
        else:
            self.write(
                ax, label, (0, 1), coords="axes fraction", offset=(0, 5), level="bottom",
                size=SMALL, colour=self.grey,
            )  # fmt: skip
            self._above = 16.0

    def legend(self, handle: Handle, text: str, order: int = 50) -> None:
        """Add a mark to the legend, sorted by `order`, unless the legend has the text."""
        self._legend.setdefault(text, (order, handle))

    @property
    def handles(self) -> list[tuple[Handle, str]]:
        """The marks of the legend, each with its text."""
        entries = sorted(self._legend.items(), key=lambda entry: entry[1][0])
        return [(handle, text) for text, (_, handle) in entries]

    def finish(self, title: str, notes: Sequence[str], alt: str) -> Axes:
        """Add title, legend, notes and alt text, and return the first axes."""
        shown = [self.letters.clean(note, _MOST_NOTE) for note in notes]
        headline = self.letters.clean(title, _MOST_TITLE)
        describe(self.axes[0], self.letters.clean(alt, _MOST_ALT), self.lang)
        if self.figure is not None:
            _arrange(self, self.figure, headline, shown)
        else:
            self._finish_given(headline, shown)
        return self.axes[0]

    def draw_legend(self, parent: Any, width: float, **options: Any) -> Any:
        """Draw the legend on a figure or on axes, in as many columns as fit into so many inches."""
        from matplotlib.figure import Figure

        trial = Figure(figsize=(40, 4), dpi=100)
        renderer = _renderer(100, trial)
        for columns in range(len(self.handles), 1, -1):
            legend = self._draw_legend(trial, columns, loc="upper left")
            needed = legend.get_window_extent(renderer).width / 100
            legend.remove()
            if needed <= width:
                return self._draw_legend(parent, columns, **options)
        return self._draw_legend(parent, 1, **options)

    def _draw_legend(self, parent: Any, columns: int, **options: Any) -> Any:
        from matplotlib.font_manager import FontProperties
        from matplotlib.legend_handler import HandlerTuple

        entries = by_rows(self.handles, columns)
        texts = [text for _, text in entries]
        legend = parent.legend(
            handles=[handle for handle, _ in entries],
            labels=texts,
            ncols=columns,
            prop=FontProperties(family=self.letters.of("".join(texts)), size=SMALL),
            labelcolor=self.ink,
            frameon=False,
            borderpad=0,
            handlelength=2.2,
            handletextpad=0.5,
            columnspacing=1.4,
            labelspacing=0.45,
            numpoints=1,
            handler_map={tuple: HandlerTuple(ndivide=1, pad=0)},  # one mark upon the other
            **({"borderaxespad": 0} | options),
        )
        for text in legend.get_texts():
            text.set_parse_math(False)
            text.set_usetex(False)
        return legend

    def _finish_given(self, title: str, notes: Sequence[str]) -> None:
        """Write title and legend above the given axes, and notes below the axis label."""
        ax = self.axes[0]
        dpi = ax.figure.dpi
        width = max(ax.get_window_extent().width / dpi * 72, 120)
        pad = 7.0 + self._above
        if self.handles:
            legend = self.draw_legend(
                ax,
                0.8 * width / 72,  # a layout engine may take some of the width
                loc="lower left",
                bbox_to_anchor=(0, 1.0),
                borderaxespad=0.7 + self._above / SMALL,
            )
            canvas: Any = ax.figure.canvas
            own = hasattr(canvas, "get_renderer")
            renderer = canvas.get_renderer() if own else _renderer(dpi)
            pad += legend.get_window_extent(renderer).height / dpi * 72 + 6
        lines = "\n".join(self.wrapped(title, width, HEAD, "bold"))
        ax.set_title(lines, loc="left", pad=pad, color=self.ink, **self.font(lines, HEAD, "bold"))
        label = ax.get_xlabel()
        wrapped = [line for note in notes for line in self.wrapped(note, width, SMALL)]
        text = "\n".join([*([label] if label else []), *wrapped])
        ax.set_xlabel(text, loc="left", color=self.grey, **self.font(text, SMALL))

    def _own_axes(self) -> list[Axes]:
        from matplotlib.figure import Figure

        height = 2 + sum(self.heights)
        self.figure = Figure(figsize=(_WIDTH, height), dpi=100, facecolor="#ffffff")
        self.figure.set_layout_engine("none")  # whatever the caller's settings are
        _renderer(100, self.figure)
        width = (self.plot_width or 3.8) / _WIDTH  # an estimate, until the labels are measured
        return [self.figure.add_axes((0.3, 0.2, width, panel / height)) for panel in self.heights]

    def _clear(self, ax: Axes) -> None:
        """Remove frame and ticks; given axes keep the colour of their background."""
        if self.own:
            ax.set_facecolor("#ffffff")
        for side in ax.spines.values():
            side.set_visible(False)
        ax.grid(visible=False)
        ax.set_axisbelow(True)
        ax.tick_params(
            which="both", length=0, pad=4, labelsize=BODY, labelcolor=self.ink,
            labelfontfamily=self.letters.families, labelrotation=0,
        )  # fmt: skip


class _Overhang(NamedTuple):
    """How far the labels of axes reach beyond them, in inches."""

    left: float
    right: float
    top: float
    bottom: float


class _Look(NamedTuple):
    """Size, weight and colour of lines of text."""

    size: float
    weight: str
    colour: str

    def height(self, lines: Sequence[str]) -> float:
        """Return the height of lines in inches."""
        return len(lines) * self.size * _LINE_HEIGHT / 72


def _arrange(picture: Picture, figure: Figure, title: str, notes: Sequence[str]) -> None:
    """Set the size of the figure, and the position of all that it contains."""
    head = _Look(HEAD, "bold", picture.ink)
    panel_head = _Look(BODY, "bold", picture.ink)
    small = _Look(SMALL, "normal", picture.grey)
    overhangs = [_overhang(ax, figure) for ax in picture.axes]
    left = max(overhang.left for overhang in overhangs) + _MARGIN
    right = max(overhang.right for overhang in overhangs) + _MARGIN
    plot = picture.plot_width or max(_WIDTH - left - right, _LEAST_PLOT)
    least = _WIDTH if picture.plot_width is None else _LEAST_WIDTH
    width = max(left + plot + right, least)
    inner = (width - 2 * _MARGIN) * 72
    title_lines = picture.wrapped(title, inner, HEAD, "bold")
    note_lines = [line for note in notes for line in picture.wrapped(note, inner, SMALL)]
    head_lines = [
        picture.wrapped(picture.heads[index], inner, BODY, "bold") if index in picture.heads else []
        for index in range(len(picture.axes))
    ]
    figure.set_size_inches(width, sum(picture.heights) + 4)
    legend = picture.draw_legend(figure, inner / 72, loc="upper left") if picture.handles else None
    legend_height = 0.0
    if legend:
        extent = legend.get_window_extent(_renderer_of(figure))
        legend_height = extent.height / figure.dpi + _GAP
    top = _MARGIN + head.height(title_lines) + legend_height + 0.08
    panels = sum(overhang.top + overhang.bottom for overhang in overhangs) + sum(picture.heights)
    panels += _GAP * (len(overhangs) - 1) + sum(map(panel_head.height, head_lines))
    height = top + panels + _GAP + small.height(note_lines) + _MARGIN * 0.7
    figure.set_size_inches(width, height)
    _write_lines(picture, figure, title_lines, _MARGIN, head)
    if legend is not None:
        y = 1 - (_MARGIN + head.height(title_lines) + 0.04) / height
        legend.set_bbox_to_anchor((_MARGIN / width, y), transform=figure.transFigure)
    for ax, overhang, panel, lines in zip(
        picture.axes, overhangs, picture.heights, head_lines, strict=True
    ):
        _write_lines(picture, figure, lines, top, panel_head)
        top += panel_head.height(lines) + overhang.top + panel
        ax.set_position((left / width, 1 - top / height, plot / width, panel / height))
        top += overhang.bottom + _GAP
    _write_lines(picture, figure, note_lines, top, small)


def _write_lines(
    picture: Picture, figure: Figure, lines: Sequence[str], top: float, look: _Look
) -> None:
    """Write lines, each as a text of its own, from a distance below the top edge on."""
    width, height = figure.get_size_inches()
    for index, line in enumerate(lines):
        y = 1 - (top + (index * _LINE_HEIGHT + 0.1) * look.size / 72) / height
        font = picture.font(line, look.size, look.weight)
        figure.text(_MARGIN / width, y, line, va="top", color=look.colour, **font)


def _overhang(ax: Axes, figure: Figure) -> _Overhang:
    outer = ax.get_tightbbox(_renderer_of(figure))
    inner = ax.get_window_extent(_renderer_of(figure))
    assert outer is not None  # noqa: S101 - axes that are visible have an extent
    lengths = (inner.x0 - outer.x0, outer.x1 - inner.x1, outer.y1 - inner.y1, inner.y0 - outer.y0)
    return _Overhang(*(max(length, 0.0) / figure.dpi for length in lengths))


def _renderer_of(figure: Figure) -> Any:
    canvas: Any = figure.canvas
    return canvas.get_renderer()


def _renderer(dpi: float, figure: Figure | None = None) -> Any:
    """Return the renderer of a figure, or of an empty one, which measures texts."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    canvas: Any = FigureCanvasAgg(figure or Figure(figsize=(1, 1), dpi=dpi))
    return canvas.get_renderer()


def _background(ax: Axes) -> str:
    """Return the colour behind the labels of axes."""
    from matplotlib.colors import to_hex, to_rgba

    colour = to_rgba(ax.figure.get_facecolor())
    return to_hex(colour) if colour[3] > 0.5 else "#ffffff"
