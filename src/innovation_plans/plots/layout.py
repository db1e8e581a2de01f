"""A figure made as large as what stands in it, so that nothing overlaps or is cut off.

From the top: title, legend, panels with their labels, notes. All lengths are measured in the fonts
that are drawn with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Fitted", "fit"]

_WIDTH = 7.5  # inches, unless the plot itself needs more
_EDGE = 0.14
_GAP = 0.16
_LEAST_PLOT = 2.6
_HEAD, _BODY, _SMALL = 11.0, 8.5, 7.5
_LEADING = 1.38


class Fitted(Protocol):
    """What of a picture its fitting needs."""

    axes: list[Axes]
    heads: dict[int, str]
    heights: tuple[float, ...]
    plot_width: float | None
    ink: str
    grey: str

    @property
    def handles(self) -> list[Any]:
        """What the legend explains."""
        ...

    def wrapped(self, text: str, width: float, size: float, weight: str) -> list[str]:
        """A text in lines."""
        ...

    def font(self, text: str, size: float, weight: str) -> dict[str, Any]:
        """The keywords of a lettering."""
        ...

    def key_within(self, place: Any, width: float, **where: Any) -> Any:
        """The legend."""
        ...


class _Over(NamedTuple):
    """How far labels reach beyond the axes, in inches."""

    left: float
    right: float
    top: float
    bottom: float


def fit(picture: Fitted, figure: Figure, title: str, notes: Sequence[str]) -> None:
    """Size the figure and put everything in its place."""
    over = [_over(ax, figure) for ax in picture.axes]
    left = max(each.left for each in over) + _EDGE
    right = max(each.right for each in over) + _EDGE
    plot = picture.plot_width or max(_WIDTH - left - right, _LEAST_PLOT)
    width = max(left + plot + right, _WIDTH if picture.plot_width is None else 4.6)
    room = (width - 2 * _EDGE) * 72
    heads = picture.wrapped(title, room, _HEAD, "bold")
    feet = [line for note in notes for line in picture.wrapped(note, room, _SMALL, "normal")]
    figure.set_size_inches(width, sum(picture.heights) + 4)
    panel_heads = [
        picture.wrapped(picture.heads.get(at, ""), room, _BODY, "bold")
        if at in picture.heads
        else []
        for at in range(len(picture.axes))
    ]
    key = picture.key_within(figure, room / 72, loc="upper left") if picture.handles else None
    key_height = key.get_window_extent(_renderer(figure)).height / figure.dpi if key else 0.0
    top = _EDGE + _lines(heads, _HEAD) + (key_height + _GAP if key else 0) + 0.08
    panels = sum(each.top + each.bottom for each in over) + sum(picture.heights)
    panels += _GAP * (len(over) - 1) + sum(_lines(each, _BODY) for each in panel_heads)
    height = top + panels + _GAP + _lines(feet, _SMALL) + _EDGE * 0.7
    figure.set_size_inches(width, height)
    _write(picture, figure, heads, _EDGE, (_HEAD, "bold", picture.ink))
    if key is not None:
        at = 1 - (_EDGE + _lines(heads, _HEAD) + 0.04) / height
        key.set_bbox_to_anchor((_EDGE / width, at), transform=figure.transFigure)
    reach = top
    for ax, each, tall, lines in zip(picture.axes, over, picture.heights, panel_heads, strict=True):
        _write(picture, figure, lines, reach, (_BODY, "bold", picture.ink))
        reach += _lines(lines, _BODY) + each.top + tall
        ax.set_position((left / width, 1 - reach / height, plot / width, tall / height))
        reach += each.bottom + _GAP
    _write(picture, figure, feet, reach, (_SMALL, "normal", picture.grey))


def _write(
    picture: Fitted, figure: Figure, lines: Sequence[str], down: float, look: tuple[float, str, str]
) -> None:
    """Write lines from a distance below the top edge on, each a text of its own."""
    size, weight, colour = look
    wide, tall = figure.get_size_inches()
    for at, line in enumerate(lines):
        y = 1 - (down + (at * _LEADING + 0.1) * size / 72) / tall
        figure.text(
            _EDGE / wide, y, line, va="top", color=colour, **picture.font(line, size, weight)
        )


def _lines(lines: Sequence[str], size: float) -> float:
    return len(lines) * size * _LEADING / 72


def _over(ax: Axes, figure: Figure) -> _Over:
    whole = ax.get_tightbbox(_renderer(figure))
    inner = ax.get_window_extent(_renderer(figure))
    assert whole is not None  # noqa: S101 - axes that are visible have an extent
    return _Over(
        *(
            max(each, 0.0) / figure.dpi
            for each in (
                inner.x0 - whole.x0,
                whole.x1 - inner.x1,
                whole.y1 - inner.y1,
                inner.y0 - whole.y0,
            )
        )
    )


def _renderer(figure: Figure) -> Any:
    canvas: Any = figure.canvas
    return canvas.get_renderer()
