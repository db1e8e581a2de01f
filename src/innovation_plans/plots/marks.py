"""The marks of targets, each by its comparator, and of outcomes, each by its verdict.

A target is a bar across the axis: an arrow points to the side to which it is open, and a band shows
its range.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..codelists import Comparator, Direction, Form, Verdict
from ..text.messages import say, word
from ..units.interval import Interval, bound_on
from .canvas import Picture
from .style import VERDICTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path

__all__ = [
    "TargetMark",
    "comparator_on_axis",
    "draw_outcome",
    "draw_start",
    "draw_target",
    "open_side",
    "verdict_look",
]

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

    @property
    def band(self) -> tuple[float, float] | None:
        """The ends of the range of the target; None if it is a point or open at an end."""
        if self.high is not None:
            return self.value, self.high
        if self.comparator.approximate and self.tolerance:
            band = Interval.of(self.comparator, Decimal(self.value), tolerance=self.tolerance)
            return float(band.low), float(band.high)
        return None

    @property
    def ends(self) -> tuple[float, ...]:
        """All numbers that must be on the axis."""
        return (self.value, *(self.band or ()))


def draw_target(
    picture: Picture,
    ax: Axes,
    mark: TargetMark,
    across: float,
    *,
    upright: bool = False,
    settled: bool = True,
    colour: str | None = None,
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
    """
    ink = picture.ink if settled else picture.grey
    colour = colour or ink
    if mark.band:
        _line(ax, mark.band, (across, across), upright, lw=_BAND, color=picture.line, zorder=2)
    ends = (mark.value,) if mark.high is None else (mark.value, mark.high)
    look: dict[str, Any] = {
        "marker": _bar(mark.comparator, upright=upright),
        "ms": _SIZE,
        "mec": colour,
        "mew": 0.3 if settled else 0.9,
        "mfc": colour if settled else picture.background,
        "ls": "none",
        "color": colour,
        "zorder": 4,
    }
    _line(ax, ends, (across,) * len(ends), upright, **look)
    _add_to_legend(
        picture,
        mark.comparator,
        {**look, "mfc": picture.ink, "mec": picture.ink},
        upright=upright,
    )


def draw_outcome(
    picture: Picture, ax: Axes, verdict: Verdict, position: tuple[float, float], **options: Any
) -> None:
    """Draw an outcome with the colour and mark of its verdict."""
    from matplotlib.lines import Line2D

    look = verdict_look(picture, verdict)
    ax.plot([position[0]], [position[1]], zorder=5, **{**look, **options})
    order = 10 + list(VERDICTS).index(verdict)
    picture.legend(Line2D([], [], **look), word(verdict, picture.lang), order)


def verdict_look(picture: Picture, verdict: Verdict, size: float = 8.0) -> dict[str, Any]:
    """Return the mark of a verdict as keywords of matplotlib."""
    look = VERDICTS[verdict]
    return {
        "marker": look.marker,
        "ms": size,
        "mfc": picture.background if look.hollow else look.colour,
        "mec": look.colour if look.hollow else picture.edge,
        "mew": 1.4 if look.hollow else 0.6,
        "ls": "none",
        "color": look.colour,
    }


def draw_start(picture: Picture, ax: Axes, position: tuple[float, float]) -> None:
    """Draw the start of a target."""
    from matplotlib.lines import Line2D

    look: dict[str, Any] = {
        "marker": "o", "ms": 5.5, "mfc": picture.grey, "mec": picture.background, "mew": 0.8,
        "ls": "none", "color": picture.grey,
    }  # fmt: skip
    ax.plot([position[0]], [position[1]], zorder=3, **look)
    picture.legend(Line2D([], [], **look), say("picture.start", picture.lang), 5)


def _line(ax: Axes, along: Any, across: Any, upright: bool, **look: Any) -> None:
    first, second = (across, along) if upright else (along, across)
    look.setdefault("solid_capstyle", "butt")
    ax.plot(list(first), list(second), **look)


def _add_to_legend(
    picture: Picture, comparator: Comparator, look: dict[str, Any], *, upright: bool
) -> None:
    """Add the mark of a comparator to the legend."""
    from matplotlib.lines import Line2D

    own = {**look, "marker": _bar(comparator, upright=upright), "mew": 0.3}
    if comparator.approximate or comparator is Comparator.BETWEEN:
        own |= {"ls": "-", "lw": _BAND, "color": picture.line, "solid_capstyle": "butt"}
    order = 20 + list(Comparator).index(comparator)
    text = say(f"target_mark.{comparator}", picture.lang)
    picture.legend(Line2D([], [], **own), text, order)


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
