"""Floor 7: regions beside regions.

The rooms, from the ground: ``footings``, ``ordering``, ``comparison_rows`` and ``common_ground``,
``survey``, ``standing``, then ``comparison`` and ``aggregation``. Read next: ``footings.py``.
"""

from __future__ import annotations

from .aggregation import Aggregate, aggregate
from .comparison import compare
from .comparison_rows import Comparison, ComparisonRow

__all__ = ["Aggregate", "Comparison", "ComparisonRow", "aggregate", "compare"]
