"""Floor 0, upper half: the one door to the files that ship with the package.

Works from a directory and from a zip file alike. Read next: ``decimals.py``.
"""

from __future__ import annotations

from importlib_resources import files
from importlib_resources.abc import Traversable

__all__ = ["bundled_data"]


def bundled_data() -> Traversable:
    """The root of the bundled data files."""
    return files(__package__) / "data"
