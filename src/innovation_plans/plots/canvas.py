"""The figure or axes on which a picture is drawn, with its fonts, title, legend and notes.

On a figure of its own, matplotlib's constrained layout places everything, and the height is what the
rows need. On a figure of the caller, only the given axes are changed; pyplot and global settings are
not used.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from functools import lru_cache
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from ..codelists import Caveat, Reason
from ..errors import AmbiguousError, ArgumentTypeError, InnovationPlansError, brief, expect, flag
from ..text.labels import brackets, joined, sentences
from ..text.messages import Language, word
from .accessibility import describe, figure_of, is_described
from .fonts import Lettering
from .style import limits, luminance

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Annotation

FigureSize = tuple[float, float | None] | None  # inches; without a height, that of the rows

MOST_ROWS = 500  # a larger picture at 300 dots per inch exceeds the limits of image formats
BODY, SMALL, HEAD = 8.5, 7.5, 11.0  # points
_MOST_TITLE = 400
_MOST_NOTE = 2000
_MOST_ALT = 4000
_ROW = 0.27  # inches
_WIDTH = 7.5
_WIDEST = 1000
_NARROW = 5.0  # inches below which texts are smaller and shorter
_SMALLER = 0.82
LINE = 1.3  # the distance of lines of text, in sizes of the text; Chinese characters touch below it
MARGIN = 0.12
_PAD = 0.09
_APART = 1.4  # the least distance of names of lines, in sizes of the text: brackets are high
_TOUCH = 0.15  # of the size of a text: the share at either side by which texts may overlap
_DOTS = 100  # per inch, for a screen
_SHARE = 0.8  # of the width of given axes, which is theirs beside the labels
# Of the legend, in widths of an M: the length of a line, and the spaces after it and between columns.
_HANDLE, _HANDLE_PAD, _COLUMN_GAP = 2.2, 0.5, 1.4
HINTED = 0.9  # on a screen, hints make texts up to a tenth wider than measured
_RIGHT = ("axes fraction", "data")
# Of texts, of marks and texts of less weight, and of lines of a grid.
_ON_LIGHT = ("#1a1a1a", "#595959", "#d9d9d9")
_ON_DARK = ("#f2f2f2", "#b8b8b8", "#4a4a4a")
# A number with its percent sign, a word or a year, a Chinese character with its punctuation, or blanks.
_WORDS = re.compile(
    r"[0-9.,]+ %\s*|[（“]*[^\s\u2e80-\uffef“]+年?[，。；：、）”]*\s*|[（“]*[\u2e80-\uffef][，。；：、）”]*|\s+|“"
)


class PictureError(InnovationPlansError, ValueError):
    """The given data cannot be drawn; the message says what to give instead."""


def check_count(
    count: int, noun: str, most: int = MOST_ROWS, *, advice: str = "widen the question"
) -> None:
    """Raise an error if there is nothing to draw, or too much.

    Raises
    ------
    PictureError
        If the count is zero, or larger than `most`.
    """
    if not count:
        raise PictureError(f"no {noun} to draw; {advice}")
    if count > most:
        raise PictureError(
            f"expected at most {most} {noun} in one picture, found {count}; filter them, or "
            "draw a part at a time"
        )


def check_one(asked: str, values: Iterable[str], hint: str) -> None:
    """Raise an error if a picture that shows one value of something has several.

    Raises
    ------
    AmbiguousError
        If there is more than one; names them.
    """
    distinct = [value[:80] for value in dict.fromkeys(values)]
    if len(distinct) > 1:
        raise AmbiguousError(asked=asked, matches=distinct, hint=hint)


def height_of(rows: Sequence[Any]) -> float:
    """Return the height of axes with so many rows, in inches."""
    return _ROW * (len(rows) + 0.4)


def inches(figsize: FigureSize) -> tuple[float, float | None]:
    """Return width and height of a picture.

    Raises
    ------
    ArgumentTypeError
        If they are not two numbers above zero.
    """
    match figsize:
        case (float() | int() as width, float() | int() | None as height) if (
            0 < width < _WIDEST and (height is None or 0 < height < _WIDEST)
        ):
            return width, height
    raise ArgumentTypeError(
        parameter="figsize",
        value=brief(figsize),
        expected=f"width and height in inches, of at most {_WIDEST}; the height may be None",
    )


class Picture:
    """Axes to draw on, with the fonts and colours of all their texts."""

    def __init__(
        self,
        ax: Axes | None,
        lang: Language,
        heights: Sequence[float] = (3.0,),
        *,
        figsize: FigureSize = None,
        title: str | None = None,
        labels: bool = True,
    ) -> None:
        self.letters = Lettering(lang)
        self.lang: Language = self.letters.lang
        if title is not None:
            expect("title", title, "casefold", "a text")
        self.title = title
        self.labels = flag("labels", labels)  # whether figures and verdicts are beside the marks
        self.heights = list(heights)  # of the panels, in inches
        self.own, self.fixed = ax is None, figsize is not None
        self._legend: dict[str, tuple[int, tuple[Artist, ...]]] = {}
        self._letters: dict[Reason | Caveat, str] = {}
        self._names: list[Annotation] = []  # of lines
        self._above = 0.0  # points that the label of an axis takes above the axes
        self._height: float | None = None
        if ax is None:
            self.width, self._height = (_WIDTH, None) if figsize is None else inches(figsize)
            self.figure, self.axes = self._own_axes()
        else:
            _check_axes(ax, figsize)
            self.figure, self.axes = figure_of(ax), [ax]
            self.width = ax.get_window_extent().width / self.figure.dpi
        self._of_caller = list(self.axes[0].texts)
        self.narrow = self.width < _NARROW * (1 if self.own else _SHARE)
        self.background = _background(self.axes[0])
        light = luminance(self.background) > 0.2
        self.ink, self.grey, self.line = _ON_LIGHT if light else _ON_DARK
        for axes in self.axes:
            self._clear(axes)

    def size(self, size: float) -> float:
        """Return a size of text, smaller on a narrow figure, in points."""
        return size * (_SMALLER if self.narrow else 1)

    def font(self, text: str, size: float = BODY, weight: str = "normal") -> dict[str, Any]:
        """Return the keywords for the font of a text, which is not read as mathematics or TeX."""
        font = self._font(text, size, weight)
        return {
            "fontproperties": font, "linespacing": LINE, "parse_math": False, "usetex": False,
        }  # fmt: skip

    def _font(self, text: str, size: float, weight: str) -> FontProperties:
        """Return the font of a text, which does not depend on the settings of the caller."""
        from matplotlib.font_manager import FontProperties

        return FontProperties(
            family=self.letters.of(text), size=self.size(size), weight=weight, style="normal",
            variant="normal", stretch="normal",
        )  # fmt: skip

    def width_of(self, text: str, size: float = BODY, weight: str = "normal") -> float:
        """Return the width of a text in points."""
        return width_in(text, self._font(text, size, weight))

    def widest(self, names: Sequence[str]) -> float:
        """Return the width of the widest line of names, in points."""
        return max(self.width_of(line) for name in names for line in name.split("\n"))

    def wrapped(
        self, text: str, width: float, size: float = BODY, weight: str = "normal"
    ) -> list[str]:
        """Return a text in lines of at most so many points; Chinese breaks between characters."""
        lines = [""]
        for piece in _WORDS.findall(text):
            line = lines[-1] + piece
            if lines[-1] and self.width_of(line.rstrip(), size, weight) > width:
                lines.append(piece.lstrip())
            else:
                lines[-1] = line.lstrip()
        return [line.rstrip() for line in lines]

    def balanced(self, text: str, width: float, size: float, weight: str) -> str:
        """Return a text in as few lines as `wrapped` needs, of about equal widths."""
        lines = shown = self.wrapped(text, width, size, weight)
        while len(shown) == len(lines) > 1:
            lines, width = shown, width * 0.97
            shown = self.wrapped(text, width, size, weight)
        return "\n".join(lines)

    def write(
        self,
        ax: Axes,
        text: str,
        position: tuple[float, float],
        *,
        coords: Any = "data",
        offset: tuple[float, float] = (0, 0),
        align: str = "left",
        level: str = "center_baseline",
        size: float = BODY,
        weight: str = "normal",
        colour: str | None = None,
        halo: bool = False,
    ) -> Annotation:
        """Write a text at a position; `offset` is in points."""
        from matplotlib.patheffects import withStroke

        around = [withStroke(linewidth=2.5, foreground=self.background)] if halo else []
        return ax.annotate(
            text, position, xycoords=coords, xytext=offset, textcoords="offset points", ha=align,
            va=level, color=colour or self.ink, annotation_clip=False, path_effects=around,
            **self.font(text, size, weight),
        )  # fmt: skip

    def write_row(self, ax: Axes, row: int, text: str, *, muted: bool = False) -> None:
        """Write a text at the right end of a row, if there are labels; grey if it is `muted`."""
        if self.labels:
            lines = [self.letters.clean(line, 64) for line in text.split("\n")]
            self.write(
                ax, "\n".join(lines), (1, row), coords=_RIGHT, offset=(8, 0), level="center_baseline" if len(lines) == 1 else "center",
                colour=self.grey if muted else self.ink, size=BODY - 0.5,
            )  # fmt: skip

    def write_name(self, ax: Axes, name: str, height: float, colour: str | None = None) -> None:
        """Write the name of a line at the right, if there are labels; with a colour, in bold.

        In the end the names are moved up and down, so that they do not overlap.
        """
        if self.labels:
            weight = "bold" if colour else "normal"
            note = self.write(
                ax, name, (1, height), coords=_RIGHT, offset=(8, 0), colour=colour, weight=weight
            )
            self._names.append(note)

    def _spread_names(self, ax: Axes) -> None:
        """Move the names of lines up and down, each as little as needed, so that they do not overlap.

        A name that is moved by more than its height has a thin line to its place.
        """
        points, names = 72 / ax.figure.dpi, self._names
        heights = [float(ax.transData.transform((0, note.xy[1]))[1]) * points for note in names]
        order = sorted(range(len(names)), key=heights.__getitem__)
        placed = [heights[at] for at in order]
        least = self.size(BODY) * (_APART + LINE * any("\n" in note.get_text() for note in names))
        for _ in range(len(placed) ** 2):  # each pass moves neighbours apart, half each
            for at in range(len(placed) - 1):
                overlap = max(least - placed[at + 1] + placed[at], 0) / 2
                placed[at] -= overlap
                placed[at + 1] += overlap
        for at, height in zip(order, placed, strict=True):
            note, moved = names[at], height - heights[at]
            note.xyann = (note.xyann[0], moved)
            if abs(moved) > least:
                ax.annotate(
                    "", note.xy, xycoords=_RIGHT, xytext=(note.xyann[0] - 1, moved),
                    textcoords="offset points", annotation_clip=False,
                    arrowprops={"arrowstyle": "-", "lw": 0.6, "color": self.grey, "shrinkA": 0},
                )  # fmt: skip

    def row_axis(
        self, ax: Axes, names: Sequence[str], *, ruled: bool = True, room: float = 0, most: int = 2
    ) -> list[str]:
        """Make an axis of rows, the first on top, each with its name and a thin line.

        A name has at most so many lines of `room`, in points; by default of a third of the width.
        Returns the names as they are shown.
        """
        lines = [self.wrapped(name, room or self.width * 23) for name in names]
        shown = ["\n".join(line[:most]) + "…" * (len(line) > most) for line in lines]
        ax.set_ylim(len(names) - 0.4, -0.6)
        ax.set_yticks(range(len(names)), shown, **self.font("".join(names)), color=self.ink)
        if ruled:
            ax.yaxis.grid(visible=True, color=self.line, lw=0.5)
        return shown

    def number_axis(self, ax: Axes, axis: str, label: str = "", *, whole: bool = False) -> None:
        """Make an axis of numbers with its name and a faint grid."""
        from matplotlib.ticker import FuncFormatter

        from .ticks import Apart
        from .ticks import label as tick_label

        own = ax.xaxis if axis == "x" else ax.yaxis
        own.set_major_locator(Apart(self._font("", BODY, "normal"), whole=whole))
        own.set_major_formatter(FuncFormatter(tick_label))
        own.grid(visible=True, color=self.line, lw=0.5)
        if axis == "x":
            self.name_axis(ax, label)
        else:
            lines = self.wrapped(label, self._inner, SMALL)
            self.write(
                ax, "\n".join(lines), (0, 1), coords="axes fraction", offset=(0, 5), level="bottom",
                size=SMALL, colour=self.grey,
            )  # fmt: skip
            self._above = 5 + SMALL * LINE * len(lines)

    def name_axis(self, ax: Axes, label: str) -> None:
        """Write what the horizontal axis shows, below its right end."""
        text = "\n".join(self.wrapped(label, 0.55 * self._inner, SMALL))
        ax.set_xlabel(text, loc="right", color=self.grey, labelpad=3, **self.font(text, SMALL))

    def fit(self, ax: Axes, axis: str, *, whole: bool = False, margin: float = 0) -> None:
        """Set the ends of an axis of numbers to what is drawn, with a margin as a share of it."""
        low, high = map(float, ax.dataLim.intervalx if axis == "x" else ax.dataLim.intervaly)
        ends, more = limits([low, high], whole=whole), (high - low) * margin
        set_ends = ax.set_xlim if axis == "x" else ax.set_ylim
        set_ends(ends if whole else (ends[0] - more, ends[1] + more))

    def year_axis(self, ax: Axes, first: int, last: int) -> None:
        """Make an axis of years, of which the last has a label."""
        from matplotlib.ticker import MaxNLocator

        from .ticks import STEPS

        ax.set_xlim(first - 0.6, last + 0.6)
        locator = MaxNLocator(nbins=4 if self.narrow else 9, integer=True, steps=STEPS)
        before, after = map(int, locator.tick_values(first, last)[:2])
        years = range(last, first - 1, -max(after - before, 1))[::-1]
        ax.set_xticks(years, list(map(str, years)))
        ax.spines["bottom"].set(visible=True, color=self.grey, linewidth=0.8)
        ax.tick_params(axis="x", length=3, color=self.grey)

    def head(self, ax: Axes, text: str) -> None:
        """Write the title of one of several panels, from the left margin of the figure."""
        from matplotlib.transforms import blended_transform_factory

        lines = "\n".join(self.wrapped(text, self._inner, BODY, "bold"))
        title = ax.set_title(
            lines, loc="left", x=MARGIN, pad=6, color=self.ink, **self.font(lines, BODY, "bold")
        )
        scale = blended_transform_factory(self.figure.dpi_scale_trans, ax.transAxes)
        title.set_transform(scale + ax.titleOffsetTrans)  # type: ignore[attr-defined]

    def legend(self, text: str, order: int, *looks: dict[str, Any]) -> None:
        """Add a mark, or marks one upon the other, to the legend, unless the legend has the text.

        The entries of the legend are sorted by `order`.
        """
        from matplotlib.lines import Line2D

        marks = tuple(Line2D([], [], **look) for look in looks)
        self._legend.setdefault(text, (order, marks))

    def plot(
        self, ax: Axes, xs: Any, ys: Any, text: str = "", order: int = 50, **look: Any
    ) -> None:
        """Draw a line or marks, not cut at the ends of the axes; with a text, add them to the legend."""
        ax.plot(xs, ys, clip_on=False, **look)
        if text:
            self.legend(text, order, look)

    def letters_of(self, notes: Sequence[Reason | Caveat]) -> list[str]:
        """Return the letters of notes, which are explained below the picture."""
        for note in notes:  # a, b, … z, aa, bb and so on
            times, at = divmod(len(self._letters), len(ascii_lowercase))
            self._letters.setdefault(note, ascii_lowercase[at] * (times + 1))
        return [letter for note, letter in self._letters.items() if note in notes]

    def footnote(self, notes: Sequence[Reason | Caveat]) -> str:
        """Return the letters of notes in brackets, to append to a text; empty without any."""
        return brackets("", joined(self.letters_of(notes), self.lang, "counts"), self.lang)

    def finish(self, title: str, notes: Sequence[str], source: str, alt: Sequence[str]) -> Axes:
        """Add title, legend, notes, source line and alt text, and return the first axes."""
        headline = self.letters.clean(self.title or title, _MOST_TITLE)
        description = self.letters.clean(sentences(alt, self.lang), _MOST_ALT)
        describe(self.axes[0], description, self.lang)
        reasons = [f"({letter}) {word(note, self.lang)}" for note, letter in self._letters.items()]
        texts = filter(None, (*notes, joined(reasons, self.lang, "parts"), source))
        below = [self.letters.clean(text, _MOST_NOTE) for text in texts]
        if self.own:
            self._finish_own(headline, below)
        else:
            self._finish_given(self.axes[0], headline, below)
        self._spread_names(self.axes[0])
        if not self.own or self._height is not None:
            self._check_space()
        return self.axes[0]

    @property
    def result(self) -> Axes | Figure:
        """The axes, or the figure if there are several."""
        return self.axes[0] if len(self.axes) == 1 else self.figure

    @property
    def _inner(self) -> float:
        """The width of titles and notes, in points."""
        width = self.width - 2 * MARGIN if self.own else self.width
        return max(width * 72 * HINTED, 120)

    def _finish_own(self, title: str, notes: Sequence[str]) -> None:
        pad = MARGIN * 72 / SMALL
        self._add_legend(self.figure, title, loc="outside upper left", borderaxespad=pad)
        text = self._paragraphs(notes)
        self.figure.supxlabel(
            text, x=MARGIN / self.width, ha="left", color=self.grey, **self.font(text, SMALL)
        )
        self.figure.set_figwidth(self.width)
        if self._height is None:
            self._place_at_any_height()
            panels = sum(ax.get_position(original=True).height for ax in self.axes)
            height = self.figure.get_figheight()
            self.figure.set_figheight(height + sum(self.heights) - panels * height)
            if self._names:  # their heights are needed
                self._place()
        else:
            self._place()

    def _place_at_any_height(self) -> None:
        """Place everything on a figure that is made higher if the texts of a narrow one are long."""
        try:
            self._place()
        except PictureError:
            self.figure.set_figheight(4 * self.figure.get_figheight())
            self._place()

    def _finish_given(self, ax: Axes, title: str, notes: Sequence[str]) -> None:
        """Write title and legend above the given axes, and notes below the axis label.

        A figure without a layout engine gets one: else it cuts the texts around the axes.
        """
        from matplotlib.transforms import offset_copy

        if self.figure.get_layout_engine() is None:
            self.figure.set_layout_engine("constrained")
        self._place()
        around = ax.get_tightbbox() or ax.bbox
        self.width = (around.x1 - ax.bbox.x0) / self.figure.dpi
        above = offset_copy(ax.transAxes, self.figure, y=5 + self._above, units="points")
        self._add_legend(
            ax,
            title,
            loc="lower left",
            bbox_to_anchor=(0, 1),
            bbox_transform=above,
            borderaxespad=0,
        )
        label = ax.get_xlabel()
        text = "\n".join([*([label] if label else []), self._paragraphs(notes)])
        ax.set_xlabel(text, loc="left", color=self.grey, **self.font(text, SMALL))
        self._place()

    def _paragraphs(self, texts: Sequence[str]) -> str:
        lines = [line for text in texts for line in self.wrapped(text, self._inner, SMALL)]
        return "\n".join(lines)

    def _place(self) -> None:
        """Let the layout engine place everything.

        Raises
        ------
        PictureError
            If the texts leave no space for the axes.
        """
        with warnings.catch_warnings():
            warnings.filterwarnings("error", "constrained_layout not applied")
            try:
                self.figure.draw_without_rendering()
            except UserWarning:
                raise self._too_small("texts leave no space for the marks") from None

    def _check_space(self) -> None:
        """Raise an error if texts overlap, on axes whose size the caller has chosen.

        Raises
        ------
        PictureError
            If texts overlap by more than the space between lines.
        """
        self._place()  # once more, since the first layout moved the texts
        slack = -_TOUCH * self.size(BODY) * self.figure.dpi / 72
        extents = [text.get_window_extent() for text in self._texts()]
        boxes = [box.padded(-1, slack) for box in extents if box.width > 0]
        if count := sum(box.count_overlaps(boxes) > 1 for box in boxes):
            raise self._too_small(f"{count} texts overlap")

    def _too_small(self, problem: str) -> PictureError:
        box, dots = self.axes[0].bbox, self.figure.dpi
        width, height = box.width / dots, box.height / dots
        return PictureError(
            f"expected axes that have space for all texts, found {width:.1f} by {height:.1f} "
            f"inches, where {problem}; make the figure larger before you draw, "
            "filter the data, or leave out ax and the height of figsize"
        )

    def _texts(self) -> list[Any]:
        """Return the legend, and the texts in the axes and at their sides."""
        texts: list[Any] = []
        for ax in self.axes:
            texts += filter(None, (ax.get_legend(), ax.xaxis.label, *ax.texts))
            for axis in (ax.xaxis, ax.yaxis):
                low, high = sorted(axis.get_view_interval())
                ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
                texts += [label for tick in ticks for label in (tick.label1, tick.label2)]
        return [text for text in texts if text.get_visible() and text not in self._of_caller]

    def _add_legend(self, parent: Any, title: str, **options: Any) -> None:
        """Draw the title and the legend, in as many columns as fit."""
        from matplotlib.legend_handler import HandlerTuple

        ordered = sorted(self._legend.items(), key=lambda entry: entry[1][0])
        columns = self._columns([text for text, _ in ordered])
        # matplotlib fills column by column; the entries read row by row
        entries = [entry for first in range(columns) for entry in ordered[first::columns]]
        labels = [text for text, _ in entries]
        head = self.balanced(title, self._inner, HEAD, "bold")
        legend = parent.legend(
            handles=[marks for _, (_, marks) in entries],
            labels=labels or None,  # matplotlib cannot read two empty lists
            ncols=columns,
            title=head,
            alignment="left",
            title_fontproperties=self._font(head, HEAD, "bold"),
            prop=self._font("".join(labels), SMALL, "normal"),
            labelcolor=self.ink,
            frameon=False,
            borderpad=0,
            handlelength=_HANDLE,
            handletextpad=_HANDLE_PAD,
            columnspacing=_COLUMN_GAP,
            labelspacing=0.5,
            numpoints=1,
            markerscale=0.75,
            handler_map={tuple: HandlerTuple(ndivide=1, pad=0)},  # one mark upon the other
            **options,
        )
        legend.get_title().set(color=self.ink, multialignment="left", linespacing=LINE)
        for text in (legend.get_title(), *legend.get_texts()):
            text.set(parse_math=False, usetex=False)

    def _columns(self, texts: Sequence[str]) -> int:
        """Return how many columns of a legend fit, at least one."""
        em = self.size(SMALL) * HINTED  # only texts become wider
        widths = [self.width_of(text, SMALL) for text in texts]
        for columns in range(len(texts), 1, -1):
            marks = (_HANDLE + _HANDLE_PAD + _COLUMN_GAP) * columns - _COLUMN_GAP
            if marks * em + sum(max(widths[at::columns]) for at in range(columns)) <= self._inner:
                return columns
        return 1

    def _own_axes(self) -> tuple[Figure, list[Axes]]:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine

        height = self._height or sum(self.heights) + 5  # more than needed, until it is measured
        layout = ConstrainedLayoutEngine(h_pad=_PAD, w_pad=MARGIN, hspace=0, wspace=0)
        size = (self.width, height)
        figure = Figure(figsize=size, dpi=_DOTS, facecolor="#ffffff", layout=layout)
        FigureCanvasAgg(figure)  # measures texts
        axes = figure.subplots(len(self.heights), 1, squeeze=False, height_ratios=self.heights)
        return figure, list(axes[:, 0])

    def _clear(self, ax: Axes) -> None:
        """Remove frame and ticks; given axes keep the colour of their background."""
        from matplotlib.transforms import Bbox

        ax.dataLim.set_points(Bbox.null().get_points())  # `fit` is for what the picture draws
        if self.own:
            ax.set_facecolor("#ffffff")
        for side in ax.spines.values():
            side.set_visible(False)
        ax.grid(visible=False)
        ax.set_axisbelow(True)
        ax.tick_params(
            which="both", length=0, pad=4, labelsize=self.size(BODY), labelcolor=self.ink,
            labelfontfamily=self.letters.families, labelrotation=0,
        )  # fmt: skip


def _check_axes(ax: Axes, figsize: FigureSize) -> None:
    """Raise an error if a picture cannot be drawn on axes; remove an earlier picture from them."""
    expect("ax", ax, "dataLim", "axes of matplotlib")
    if ax.name != "rectilinear":
        expected = "rectangular axes of matplotlib"
        raise ArgumentTypeError(parameter="ax", value=f"{ax.name} axes", expected=expected)
    if figsize is not None:
        raise PictureError("expected ax or figsize, found both; the figure of ax has a size")
    if is_described(ax):
        ax.clear()


@lru_cache(maxsize=10_000)
def width_in(text: str, font: FontProperties) -> float:
    """Return the width of a text in a font, in points, as printed."""
    from matplotlib.textpath import text_to_path

    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def _background(ax: Axes) -> str:
    """Return the colour behind the labels of axes."""
    from matplotlib.colors import to_hex, to_rgba

    colour = to_rgba(ax.figure.get_facecolor())
    return to_hex(colour) if colour[3] > 0.5 else "#ffffff"
