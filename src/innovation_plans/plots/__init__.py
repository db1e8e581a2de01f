"""Pictures of verdicts, series, orders and coverage, drawn with matplotlib.

Each function takes what a verb of the package returns and gives back matplotlib axes. Nothing of
the caller's is changed: no pyplot, no settings.
"""

from __future__ import annotations

from .accessibility import alt_text, svg
from .canvas import MOST_ROWS, PictureError
from .coverage import coverage
from .dumbbell import dumbbell
from .fonts import MissingFontWarning
from .matrix import matrix
from .path import path
from .ranking import ranking
from .tiles import tiles

__all__ = [
    "MOST_ROWS",
    "MissingFontWarning",
    "PictureError",
    "alt_text",
    "coverage",
    "dumbbell",
    "matrix",
    "path",
    "ranking",
    "svg",
    "tiles",
]
