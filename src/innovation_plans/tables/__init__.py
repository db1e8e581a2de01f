"""Floor 4: read-only sequences of records that answer questions.

Filters are explicit keywords, so that a slip is a type error; each takes one value or a
collection of them. Read next: ``filters.py``.
"""

from __future__ import annotations

from .base import Table, joined
from .coded import IndicatorTable, RegionTable
from .goals import GoalTable
from .observations import ObservationTable
from .targets import Conflict, Selection, TargetTable

__all__ = [
    "Conflict",
    "GoalTable",
    "IndicatorTable",
    "ObservationTable",
    "RegionTable",
    "Selection",
    "Table",
    "TargetTable",
    "joined",
]
