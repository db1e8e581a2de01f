"""Frames of any engine: pandas, polars, pyarrow, DuckDB, Ibis, Dask, PySpark.

The result has the type of the frame that is passed, and a lazy frame stays lazy.
"""

from __future__ import annotations

from ..errors import name_attributes
from .assess import assess
from .compare import compare
from .to_frame import to_frame
from .units import convert

__all__ = ["assess", "compare", "convert", "to_frame"]
name_attributes(__name__)
