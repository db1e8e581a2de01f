"""Floor 9: pictures of verdicts, series, orders and coverage, drawn with matplotlib.

Each function takes what a verb of the package returns and gives back matplotlib axes. Nothing of
the caller's is changed: no pyplot, no settings. The rooms, from the ground: ``palette``,
``wording`` and ``scale``; ``lettering``, ``fitting`` and ``describing``; ``picture``; ``marks``,
``cards`` and ``squares``; then one module a picture. Read next: ``palette.py``.
"""

from __future__ import annotations

from .coverages import coverage
from .describing import alt_text, svg
from .dumbbells import dumbbell
from .lettering import MissingFontWarning
from .matrices import matrix
from .paths import path
from .picture import MOST_ROWS, PictureError
from .rankings import ranking
from .tilemaps import tiles

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
