"""Floor 9: frames of any engine: pandas, polars, pyarrow, DuckDB, Ibis, Dask, PySpark.

Written once on narwhals; what is given comes back in its own kind, and what is lazy stays lazy.
The rooms, from the ground: ``engines``, ``factors``, ``goals``, ``judging``, then ``assessing``,
``placing`` and ``making``. Read next: ``engines.py``.
"""

from __future__ import annotations

from .assessing import assess
from .factors import convert
from .making import to_frame
from .placing import compare

__all__ = ["assess", "compare", "convert", "to_frame"]
