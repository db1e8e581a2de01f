"""Targets and outcomes of the Europe 2020 strategy: data files, and where they are.

There is no other code: what the files mean, ``innovation_plans`` knows.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["data"]


def data() -> Traversable:
    """The directory of the data files."""
    return files(__name__) / "data"
