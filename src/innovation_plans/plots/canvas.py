"""Where a picture is drawn: a figure of its own, or the axes that it was given.

No pyplot and no settings of the caller's: every artist is given its colours and fonts. A figure of
its own grows with what it shows; of the caller's figure only the given axes are touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..errors import AmbiguousError, InnovationPlansError
from ..text.messages import Language
from .accessibility import describe
from .fonts import Lettering
from .layout import fit
from .scale import tick
from .style import luminance

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    Handle = Artist | tuple[Artist, ...]

__all__ = ["BODY", "MOST_ROWS", "SMALL", "Picture", "PictureError", "one_panel", "some_rows"]

MOST_ROWS = 500  # above it, an image of 300 dots an inch would pass what image formats hold
BODY, SMALL, HEAD = 8.5, 7.5, 11.0
_MOST_TITLE = 400
_PIECES = re.compile(r"[0-9.,]+ %\s*|[\u2e80-\uffef][，。；：、）”]*|[^\s\u2e80-\uffef]+\s*|\s+")


class PictureError(InnovationPlansError, ValueError):
    """What is given cannot be drawn as it stands; says what to give instead."""


def some_rows(count: int, noun: str, most: int = MOST_ROWS) -> None:
    """Refuse a picture with nothing or too much in it.

    Raises
    ------
    PictureError
        If there is none, or more than there may be.
    """
    if not count:
        raise PictureError(f"no {noun} to draw; widen the question")
    if count > most:
        raise PictureError(
            f"expected at most {most} {noun} in one picture, found {count}; filter them, or "
            "draw a part at a time, such as card[:100]"
        )


def one_panel(ax: Axes | None, panels: Sequence[str], divide: str) -> None:
    """Refuse to squeeze several panels into the one axes given.

    Raises
    ------
    AmbiguousError
        If there is more than one; names them.
    """
    if ax is not None and len(panels) > 1:
        raise AmbiguousError(
            asked="one panel for the axes given",
            matches=[each[:80] for each in panels],
            hint=f"leave ax out to have a panel for each, or {divide}",
        )


class Picture:
    """Axes to draw on, with the lettering that is used on all of them."""

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
        self.plot_width = plot_width  # inches; None for all that is left beside the labels
        self.heads: dict[int, str] = {}  # of panels, where there are several
        self._explained: dict[str, tuple[int, Handle]] = {}
        self.figure: Figure | None = None
        self.axes: list[Axes] = [ax] if ax is not None else self._fresh()
        self._ruler = _ruler()
        light = luminance(_ground(self.axes[0])) > 0.2
        self.ink = "#1a1a1a" if light else "#f2f2f2"
        self.grey = "#595959" if light else "#b8b8b8"
        self.edge = "#ffffff"  # around marks: sets them off from lines, and from a dark ground
        self._above = 0.0  # points that labels take above the axes
        self.line = "#d9d9d9" if light else "#4a4a4a"
        self.ground = _ground(self.axes[0])
        for each in self.axes:
            self._plain(each)

    def font(self, text: str, size: float = BODY, weight: str = "normal") -> dict[str, Any]:
        """The keywords that letter a text, and keep it from being read as mathematics or TeX."""
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
        """How wide a text is, in points."""
        from matplotlib.font_manager import FontProperties

        font = FontProperties(family=self.letters.of(text), size=size, weight=weight)
        wide, _, _ = self._ruler.get_text_width_height_descent(text, font, False)
        return float(wide)

    def wrapped(
        self, text: str, width: float, size: float = BODY, weight: str = "normal"
    ) -> list[str]:
        """A text in lines of at most so many points; Chinese breaks between characters."""
        lines, line = [], ""
        for piece in _PIECES.findall(text):
            if line and self.width_of((line + piece).rstrip(), size, weight) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece if line else piece.lstrip()
        return [*lines, line.rstrip()]

    def write(
        self,
        ax: Axes,
        text: str,
        at: tuple[float, float],
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
        """Write a text beside a place; `offset` is in points."""
        from matplotlib.patheffects import withStroke

        note = ax.annotate(
            text,
            at,
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
            note.set_path_effects([withStroke(linewidth=2.5, foreground=self.ground)])

    def rows(self, ax: Axes, names: Sequence[str], *, ruled: bool = True) -> None:
        """Make an axis of rows, the first on top, each with its name and a thin line."""
        places = range(len(names))
        ax.set_ylim(len(names) - 0.4, -0.6)
        shown = "".join(names)
        ax.set_yticks(places, labels=list(names), **self.font(shown), color=self.ink)
        if ruled:
            ax.hlines(
                places, 0, 1, transform=ax.get_yaxis_transform(), color=self.line, lw=0.5, zorder=0
            )

    def numbers(self, ax: Axes, axis: str, label: str, *, whole: bool = False) -> None:
        """Make an axis of numbers with its unit and a faint grid."""
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        its = ax.xaxis if axis == "x" else ax.yaxis
        its.set_major_locator(MaxNLocator(nbins=5, integer=whole, min_n_ticks=2))
        its.set_major_formatter(FuncFormatter(tick))
        its.grid(visible=True, color=self.line, lw=0.5)
        if axis == "x":
            ax.set_xlabel(label, loc="left", color=self.grey, labelpad=3, **self.font(label, SMALL))
        else:
            self.write(
                ax, label, (0, 1), coords="axes fraction", offset=(0, 5), level="bottom",
                size=SMALL, colour=self.grey,
            )  # fmt: skip
            self._above = 16.0

    def legend(self, handle: Handle, text: str, order: int = 50) -> None:
        """Explain a mark; each explanation is given once, and they stand in their order."""
        self._explained.setdefault(text, (order, handle))

    @property
    def handles(self) -> list[tuple[Handle, str]]:
        """The marks to explain, each with what it means."""
        ordered = sorted(self._explained.items(), key=lambda item: item[1][0])
        return [(handle, text) for text, (_, handle) in ordered]

    def finish(self, title: str, notes: Sequence[str], alt: str) -> Axes:
        """The first axes, with title, legend, notes and alt text in their places."""
        shown = [self.letters.clean(note, 600) for note in notes]
        headline = self.letters.clean(title, _MOST_TITLE)
        describe(self.axes[0], self.letters.clean(alt, 4000), self.lang)
        if self.figure is not None:
            fit(self, self.figure, headline, shown)
        else:
            self._onto_given(headline, shown)
        return self.axes[0]

    def key(self, place: Any, columns: int, **where: Any) -> Any:
        """The legend, on a figure or on axes, in so many columns."""
        from matplotlib.font_manager import FontProperties
        from matplotlib.legend_handler import HandlerTuple

        words = "".join(text for _, text in self.handles)
        made = place.legend(
            handles=[handle for handle, _ in self.handles],
            labels=[text for _, text in self.handles],
            ncols=columns,
            prop=FontProperties(family=self.letters.of(words), size=SMALL),
            labelcolor=self.ink,
            frameon=False,
            borderpad=0,
            handlelength=2.2,
            handletextpad=0.5,
            columnspacing=1.4,
            labelspacing=0.45,
            numpoints=1,
            handler_map={tuple: HandlerTuple(ndivide=1, pad=0)},  # one mark upon the other
            **({"borderaxespad": 0} | where),
        )
        for text in made.get_texts():
            text.set_parse_math(False)
            text.set_usetex(False)
        return made

    def key_within(self, place: Any, width: float, **where: Any) -> Any:
        """The legend in as many columns as fit into so many inches."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        trial = Figure(figsize=(40, 4), dpi=100)
        canvas: Any = FigureCanvasAgg(trial)
        ruler = canvas.get_renderer()
        for columns in range(len(self.handles), 1, -1):
            made = self.key(trial, columns, loc="upper left")
            wide = made.get_window_extent(ruler).width / 100
            made.remove()
            if wide <= width:
                return self.key(place, columns, **where)
        return self.key(place, 1, **where)

    def _onto_given(self, title: str, notes: Sequence[str]) -> None:
        """Title and legend above the axes, notes beneath the axis label, nothing else touched."""
        ax = self.axes[0]
        width = max(ax.get_window_extent().width / ax.figure.dpi * 72, 120)
        pad = 7.0 + self._above
        if self.handles:
            key = self.key_within(
                ax,
                0.8 * width / 72,  # a layout engine may yet take some of it
                loc="lower left",
                bbox_to_anchor=(0, 1.0),
                borderaxespad=0.7 + self._above / SMALL,
            )
            pad += key.get_window_extent(_renderer(ax)).height / ax.figure.dpi * 72 + 6
        lines = "\n".join(self.wrapped(title, width, HEAD, "bold"))
        ax.set_title(lines, loc="left", pad=pad, color=self.ink, **self.font(lines, HEAD, "bold"))
        label = ax.get_xlabel()
        text = "\n".join(
            [
                *([label] if label else []),
                *(n for each in notes for n in self.wrapped(each, width, SMALL)),
            ]
        )
        ax.set_xlabel(text, loc="left", color=self.grey, **self.font(text, SMALL))

    def _fresh(self) -> list[Axes]:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        tall = 2 + sum(self.heights)
        self.figure = Figure(figsize=(7.5, tall), dpi=100, facecolor="#ffffff")
        self.figure.set_layout_engine("none")  # whatever the caller's settings say
        FigureCanvasAgg(self.figure)
        wide = (self.plot_width or 3.8) / 7.5  # about what it will be, to be measured
        return [self.figure.add_axes((0.3, 0.2, wide, each / tall)) for each in self.heights]

    def _plain(self, ax: Axes) -> None:
        """No frame, no ticks; the colour of the ground stays the caller's where it is the caller's."""
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


def _ruler() -> Any:
    """What measures texts, in points."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    canvas: Any = FigureCanvasAgg(Figure(figsize=(1, 1), dpi=72))
    return canvas.get_renderer()


def _renderer(ax: Axes) -> Any:
    """What would draw the caller's figure, or a stand-in of the same resolution."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    canvas: Any = ax.figure.canvas
    if not hasattr(canvas, "get_renderer"):
        canvas = FigureCanvasAgg(Figure(figsize=(1, 1), dpi=ax.figure.dpi))
    return canvas.get_renderer()


def _ground(ax: Axes) -> str:
    """The colour behind the labels of axes."""
    from matplotlib.colors import to_hex, to_rgba

    found = to_rgba(ax.figure.get_facecolor())
    return to_hex(found) if found[3] > 0.5 else "#ffffff"
