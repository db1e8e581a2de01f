"""Frames of any engine: pandas, polars, pyarrow, DuckDB, Ibis, Dask, PySpark.

Written once on narwhals; what is given comes back in its own kind, and what is lazy stays lazy.
The rooms, from the ground: ``engines``, ``factors``, ``goals``, ``judging``, then ``assessing``,
``placing`` and ``making``.
"""

from __future__ import annotations

from .assess import assess
from .compare import compare
from .to_frame import to_frame
from .units import convert

__all__ = ["assess", "compare", "convert", "to_frame"]
