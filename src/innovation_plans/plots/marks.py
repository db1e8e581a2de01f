"""The marks of targets, each by its comparator, and of outcomes, each by its verdict.

A target is a bar across the axis: an arrow points to the side to which it is open, and a band shows
its range.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

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
_LEGEND_SIZE = 11.0  # so that bars in rows of the legend are apart
_BAND = 7.0
_SIDES = {Direction.UP: 1, Direction.DOWN: -1, Direction.NONE: 0}


def open_side(form: Form, comparator: Comparator) -> int:
    """Return the side of an axis to which a bound is open: 1 up, -1 down, 0 neither."""
    return _SIDES[comparator_on_axis(form, comparator).side]


def comparator_on_axis(form: Form, comparator: Comparator) -> Comparator:
    """Return the comparator on an axis: an axis of ranks runs to the best, so that it is mirrored.

    Examples
    --------
    >>> str(comparator_on_axis(Form.RANK, Comparator.AT_MOST)), str(comparator_on_axis(Form.LEVEL, Comparator.AT_MOST))
    ('at_least', 'at_most')
    """
    return bound_on(form, comparator).mirrored() if form is Form.RANK else comparator


def draw_target(
    picture: Picture,
    ax: Axes,
    target: Target | Stated,
    scale: Scale,
    across: float,
    *,
    tolerance: Decimal | None,
    upright: bool = False,
    settled: bool = True,
    colour: str | None = None,
    size: float = _SIZE,
) -> None:
    """Draw a target, in grey if its verdict is undetermined.

    Parameters
    ----------
    across
        Its position on the other axis: the row, or the year.
    tolerance
        The tolerance of *about*, as a share of the value.
    upright
        Whether its own axis is vertical.
    settled
        Whether there is a verdict on it.
    colour
        A colour in place of these, which the legend does not have.
    size
        The length of the bar, in points.
    """

    def plot(along: Sequence[float], **look: Any) -> None:
        others = [across] * len(along)
        picture.plot(ax, *((others, along) if upright else (along, others)), **look)

    value, high = scale.value(target), scale.high(target)
    ends = [float(value)] if high is None else [float(value), high]
    comparator = comparator_on_axis(target.form, target.comparator)
    band: dict[str, Any] = {"lw": _BAND, "color": picture.line, "solid_capstyle": "butt"}
    narrow = {**band, "lw": _BAND * size / _SIZE, "zorder": 2}
    if high is not None:
        plot(ends, **narrow)
    elif comparator.approximate and tolerance:
        about = Interval.of(comparator, value, tolerance=tolerance)
        plot([float(about.low), float(about.high)], **narrow)
    bar: dict[str, Any] = {
        "marker": _bar(comparator, upright=upright), "ms": size, "color": picture.ink, "mew": 0.3,
        "ls": "none", "zorder": 5.5,
    }  # fmt: skip
    undetermined = bar | {"color": VERDICTS[Verdict.UNDETERMINED].colour}
    plot(ends, **(bar if settled else undetermined) | ({"color": colour} if colour else {}))
    legend_size = {"ms": picture.size(_LEGEND_SIZE)}
    if not settled:
        undetermined |= {**legend_size, "marker": _bar(Comparator.REACH, upright=upright)}
        picture.legend(say("picture.undetermined", picture.lang), 29, undetermined)
    if comparator.approximate or comparator is Comparator.BETWEEN:
        bar |= {**band, "ls": "-", "mfc": picture.ink, "mec": picture.ink}
    order = 20 + list(Comparator).index(comparator)
    picture.legend(say(f"target_mark.{comparator}", picture.lang), order, {**bar, **legend_size})


def draw_outcome(
    picture: Picture, ax: Axes, verdict: Verdict, position: tuple[float, float], size: float = 8.0
) -> None:
    """Draw an outcome with the colour and mark of its verdict."""
    style = VERDICTS[verdict]
    look: dict[str, Any] = {
        "marker": style.marker, "ls": "none", "color": style.colour, "mfc": style.colour,
        "mec": "#ffffff", "mew": 0.6,  # separates marks from lines and a dark background
    }  # fmt: skip
    if style.hollow:
        look |= {"mfc": picture.background, "mec": style.colour, "mew": 1.4}
    picture.plot(ax, *position, ms=picture.size(size), zorder=5, **look)
    order = 10 + list(VERDICTS).index(verdict)
    is_earlier = verdict is Verdict.AWAITING  # than the target year
    text = say("picture.latest", picture.lang) if is_earlier else word(verdict, picture.lang)
    picture.legend(text, order, {**look, "ms": picture.size(8.0)})


def draw_start(picture: Picture, ax: Axes, position: tuple[float, float]) -> None:
    """Draw the start of a target."""
    picture.plot(
        ax, *position, say("picture.start", picture.lang), 5, marker="o", ms=4.5,
        mfc=picture.grey, mec=picture.background, mew=0.8, ls="none", zorder=5.4,
    )  # fmt: skip


def draw_open_side(picture: Picture, ax: Axes, position: tuple[float, float], side: int) -> None:
    """Draw an arrow from a bound to the side to which it is open; nothing if it is 0."""
    from matplotlib.path import Path

    if side:
        shaft, head = [(-0.3, 0), (0.3, 0)], [(0.1, 0.15), (0.3, 0), (0.1, -0.15)]
        codes = [Path.MOVETO, Path.LINETO, Path.MOVETO, Path.LINETO, Path.LINETO]
        beside, centred = (
            Path([(side * (x + shift), y) for x, y in (*shaft, *head)], codes) for shift in (0.7, 0)
        )
        look: dict[str, Any] = {"mec": picture.ink, "mew": 1.2, "mfc": "none", "ls": "none"}
        picture.plot(ax, *position, marker=beside, ms=22, zorder=4.5, **look)
        centred_look = {"marker": centred, "ms": 12, **look}
        picture.legend(say("picture.open", picture.lang), 18, centred_look)


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
    starts = [at for at, observation in enumerate(series) if observation.year in gaps]
    for first, end in pairwise([0, *starts, len(series)]):
        if piece := series[first:end]:
            years = [observation.year or 0 for observation in piece]
            picture.plot(ax, years, list(map(scale.at, piece)), zorder=3, **look)


def _bar(comparator: Comparator, *, upright: bool) -> Path:
    """Return a bar across the axis with an arrow to the open side; hollow if the bound is excluded."""
    from matplotlib.path import Path
    from matplotlib.transforms import Affine2D

    shapes = [[(-0.11, -1.0), (0.11, -1.0), (0.11, 1.0), (-0.11, 1.0)]]
    side = _SIDES[comparator.side]
    if side:
        shapes.append([(side * x, y) for x, y in ((0.22, -0.55), (1.0, 0.0), (0.22, 0.55))])
    if comparator.strict:  # an inner shape of opposite direction is a hole
        shapes.append([(side * x, y) for x, y in ((0.34, 0.34), (0.78, 0.0), (0.34, -0.34))])
    corners, codes = [], []
    for shape in shapes:
        corners += [*shape, shape[0]]
        codes += [Path.MOVETO, *[Path.LINETO] * (len(shape) - 1), Path.CLOSEPOLY]
    path = Path(corners, codes)
    return path.transformed(Affine2D().rotate_deg(90)) if upright else path
