"""The marks of targets, each by its comparator, and of outcomes, each by its verdict.

A target is a bar across the axis: an arrow points to the side to which it is open, and a band shows
its range.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.results import Stated
from ..codelists import Comparator, Direction, Form, Verdict
from ..records import Observation, Target
from ..text.messages import say, word
from ..units.interval import Interval, bound_on
from .canvas import Picture
from .style import VERDICTS, Scale
from .trajectory import breaks, splices

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

_SIZE = 13.0
_BAND = 7.0
_SIDES = {Direction.UP: 1, Direction.DOWN: -1, Direction.NONE: 0}


def open_side(comparator: Comparator) -> int:
    """Return the side to which a bound is open: 1 up, -1 down, 0 neither."""
    return _SIDES[comparator.side]


def comparator_on_axis(form: Form, comparator: Comparator) -> Comparator:
    """Return the comparator on an axis: an axis of ranks runs to the best, so that it is mirrored.

    Examples
    --------
    >>> str(comparator_on_axis(Form.RANK, Comparator.AT_MOST)), str(comparator_on_axis(Form.LEVEL, Comparator.AT_MOST))
    ('at_least', 'at_most')
    """
    return bound_on(form, comparator).mirrored() if form is Form.RANK else comparator


class TargetMark(NamedTuple):
    """A target on an axis: its value and its comparator."""

    comparator: Comparator
    value: float
    high: float | None = None
    tolerance: Decimal | None = None  # of *about*, as a share of the value

    @classmethod
    def of(cls, figure: Target | Stated, scale: Scale, tolerance: Decimal | None) -> TargetMark:
        """Return the mark of a target on the axis of a scale."""
        comparator = comparator_on_axis(figure.form, figure.comparator)
        return cls(comparator, scale.at(figure), scale.high(figure), tolerance)

    @property
    def band(self) -> tuple[float, float] | None:
        """The ends of the range of the target; None if it is a point or open at an end."""
        if self.high is not None:
            return self.value, self.high
        if self.comparator.approximate and self.tolerance:
            band = Interval.of(self.comparator, Decimal(self.value), tolerance=self.tolerance)
            return float(band.low), float(band.high)
        return None


def draw_target(
    picture: Picture,
    ax: Axes,
    mark: TargetMark,
    across: float,
    *,
    upright: bool = False,
    settled: bool = True,
    colour: str | None = None,
    size: float = _SIZE,
) -> None:
    """Draw a target; hollow if no outcome can be compared with it.

    Parameters
    ----------
    across
        Its position on the other axis: the row, or the year.
    upright
        Whether its own axis is vertical.
    settled
        Whether an outcome can be compared with it.
    colour
        A colour other than black, which the legend does not have.
    size
        The length of the bar, in points.
    """
    band: dict[str, Any] = {"lw": _BAND, "color": picture.line, "solid_capstyle": "butt"}
    if mark.band:
        narrow = {**band, "lw": _BAND * size / _SIZE}
        _plot(picture, ax, mark.band, across, upright, zorder=2, **narrow)
    colour = colour or (picture.ink if settled else picture.grey)
    bar: dict[str, Any] = {
        "marker": _bar(mark.comparator, upright=upright), "ms": _SIZE, "ls": "none", "zorder": 4,
    }  # fmt: skip
    ends = (mark.value,) if mark.high is None else (mark.value, mark.high)
    fill = colour if settled else picture.background
    edge = 0.3 if settled else 0.9
    look = {**bar, "ms": size, "mec": colour, "mfc": fill, "mew": edge}
    _plot(picture, ax, ends, across, upright, **look)
    bar |= {"mec": picture.ink, "mfc": picture.ink, "mew": 0.3}
    if mark.comparator.approximate or mark.comparator is Comparator.BETWEEN:
        bar |= {"ls": "-", **band}
    order = 20 + list(Comparator).index(mark.comparator)
    picture.legend(say(f"target_mark.{mark.comparator}", picture.lang), order, bar)


def draw_outcome(
    picture: Picture, ax: Axes, verdict: Verdict, position: tuple[float, float], size: float = 8.0
) -> None:
    """Draw an outcome with the colour and mark of its verdict."""
    style = VERDICTS[verdict]
    look: dict[str, Any] = {
        "marker": style.marker,
        "ms": picture.size(8.0),
        "mfc": picture.background if style.hollow else style.colour,
        "mec": style.colour if style.hollow else picture.edge,
        "mew": 1.4 if style.hollow else 0.6,
        "ls": "none",
        "color": style.colour,
    }
    x, y = position
    picture.plot(ax, [x], [y], zorder=5, **{**look, "ms": picture.size(size)})
    picture.legend(word(verdict, picture.lang), 10 + list(VERDICTS).index(verdict), look)


def draw_start(picture: Picture, ax: Axes, position: tuple[float, float]) -> None:
    """Draw the start of a target."""
    x, y = position
    picture.plot(
        ax, [x], [y], say("picture.start", picture.lang), 5, marker="o", ms=5.5, mfc=picture.grey,
        mec=picture.background, mew=0.8, ls="none", zorder=3,
    )  # fmt: skip


def draw_series(
    picture: Picture,
    ax: Axes,
    series: Sequence[Observation],
    figures: Sequence[Observation],
    scale: Scale,
    **look: Any,
) -> None:
    """Draw a series as a line with a gap where it was redefined, or where another vintage begins.

    The figures of all vintages show whether two vintages can be compared.
    """
    gaps = {*breaks(series), *splices(series, figures)}
    pieces: list[list[tuple[int, float]]] = [[]]
    for observation in series:
        if observation.year in gaps:
            pieces.append([])
        pieces[-1].append((observation.year or 0, scale.at(observation)))
    for piece in filter(None, pieces):
        years, positions = zip(*piece, strict=True)
        picture.plot(ax, years, positions, zorder=3, **look)


def _plot(
    picture: Picture, ax: Axes, along: tuple[float, ...], across: float, upright: bool, **look: Any
) -> None:
    xs, ys = along, (across,) * len(along)
    picture.plot(ax, *((ys, xs) if upright else (xs, ys)), **look)


def _bar(comparator: Comparator, *, upright: bool) -> Path:
    """Return a bar across the axis with an arrow to the open side; hollow if the bound is excluded."""
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    shapes = [[(-0.11, -1.0), (0.11, -1.0), (0.11, 1.0), (-0.11, 1.0)]]
    side = open_side(comparator)
    if side:
        shapes.append([(side * x, y) for x, y in ((0.22, -0.55), (1.0, 0.0), (0.22, 0.55))])
    if comparator.strict:  # an inner shape of opposite direction is a hole
        shapes.append([(side * x, y) for x, y in ((0.36, 0.3), (0.74, 0.0), (0.36, -0.3))])
    corners, codes = [], []
    for shape in shapes:
        corners += [*shape, shape[0]]
        codes += [Path.MOVETO, *[Path.LINETO] * (len(shape) - 1), Path.CLOSEPOLY]
    path = Path(corners, codes)
    return path.transformed(Affine2D().rotate_deg(90)) if upright else path
