"""The innovation plan of an invented city, beside the published ones of its province and nation.

Three things are added without a change to innovation-plans: records in files (``data/``), a field
of the city's own on every target, and a rule of its own for what counts as on track (``pace.py``).
"""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable

import innovation_plans as ip

__all__ = ["CityPlans", "CityTarget", "data", "load_city"]


class CityTarget(ip.Target):
    """A target with the department that answers for it."""

    department: str | None = None


# What a type checker knows of the city's dataset: every other record is the package's own.
CityPlans = ip.Dataset[ip.Target | CityTarget, ip.Observation]


def data() -> Traversable:
    """The directory of the city's files; innovation-plans finds it as ``load("exampleton")``."""
    return files(__name__) / "data"


def load_city() -> CityPlans:
    """The published plans with the city's own."""
    return ip.load().extend("exampleton", target_type=CityTarget)
