"""Pictures of verdicts, series, rankings and coverage, drawn with matplotlib.

Each function takes a result of the package and returns matplotlib axes; it raises a
``MissingExtraError`` if matplotlib is not installed. pyplot and the settings of matplotlib are not used.
The parameters that all pictures have are described in :func:`dumbbell`.
"""

from __future__ import annotations

from ..errors import name_attributes
from .accessibility import alt_text, svg
from .canvas import MOST_ROWS, PictureError
from .dumbbell import dumbbell
from .files import save
from .fonts import MissingFontWarning
from .gaps import gaps
from .heatmap import coverage, matrix
from .lines import lines
from .path import path
from .ranking import ranking
from .slopes import slopes
from .tiles import tiles

__all__ = [
    "MOST_ROWS",
    "MissingFontWarning",
    "PictureError",
    "alt_text",
    "coverage",
    "dumbbell",
    "gaps",
    "lines",
    "matrix",
    "path",
    "ranking",
    "save",
    "slopes",
    "svg",
    "tiles",
]
name_attributes(__name__)


def __dir__() -> list[str]:
    return list(__all__)  # without the modules that the functions are in
