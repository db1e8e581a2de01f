"""The ticks of an axis of numbers. Only functions that draw import this module: it needs matplotlib."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from matplotlib.font_manager import FontProperties
from matplotlib.ticker import MaxNLocator

from .canvas import HINTED, width_in
from .style import number

STEPS = (1, 2, 5, 10)
_GAP = 3.0  # points


class Apart(MaxNLocator):
    """At most six ticks, at 1, 2 or 5 times a power of ten, whose labels do not overlap."""

    def __init__(self, font: FontProperties, *, whole: bool) -> None:
        super().__init__(integer=whole, steps=STEPS)
        self.font = font

    def tick_values(self, vmin: float, vmax: float) -> Any:
        """Return the ticks: as many as have space."""
        ax: Any = self.axis.axes  # type: ignore[union-attr]
        low, high = sorted((vmin, vmax))
        room = ax.bbox.width * 72 / ax.figure.dpi / (high - low)
        for most in range(5, 0, -1):
            self.set_params(nbins=most, min_n_ticks=min(most, 2))
            ticks = super().tick_values(vmin, vmax)
            texts = [label(tick) for tick in ticks if low <= tick <= high]
            widths = [width_in(text, self.font) / HINTED + _GAP for text in texts]
            apart = room * (ticks[1] - ticks[0])
            if self.axis is ax.yaxis or all(sum(pair) / 2 <= apart for pair in pairwise(widths)):
                break
        return ticks


def label(value: float, position: int | None = None) -> str:  # noqa: ARG001 - as matplotlib calls it
    """Return the label of a tick."""
    return number(value)
