"""Floor 3: figure expressions such as ``年均增长10%以上``, read, found and written.

The rooms, from the ground: ``figure``, ``spelling``, ``numbers``, ``vocabulary``, ``measures``,
``scanner``, ``notes``, ``behind``, ``grammar``, ``reading``, ``writing``. Text from outside is read
here and nowhere else; everything is bounded, and what is no figure is refused by ``FigureError``.
"""

from __future__ import annotations

from .figure import Figure, Reading
from .reading import find_figures, read_figure
from .writing import format_figure

__all__ = ["Figure", "Reading", "find_figures", "format_figure", "read_figure"]
