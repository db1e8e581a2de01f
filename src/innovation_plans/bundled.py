"""Floor 0, upper half: the one door to the files that ship with the package.

Works from a directory and from a zip file alike. Read next: ``decimals.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

__all__ = ["bundled_data", "package_files"]


def bundled_data() -> Traversable:
    """The root of the bundled data files."""
    return package_files() / "data"


def package_files() -> Traversable:
    """The files of the package itself."""
    here = Path(__file__).parent
    if here.is_dir():  # as nearly everywhere, and without what finds files in other places
        return here
    from importlib_resources import files

    return files(__package__)
