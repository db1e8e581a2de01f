"""Hypothesis strategies for records, datasets and figures, for the tests of other projects.

The rooms, from the ground: ``words``, ``numbers``, ``world``, ``coded``, ``claims``, ``singly``,
``wording``, ``agreeing``. What is drawn is always valid; it shrinks to the plainest record there is.
Needs the extra ``testing``.
"""

from __future__ import annotations

from ..errors import MissingExtraError

try:
    import hypothesis as _hypothesis  # noqa: F401 - the rooms below need it
except ImportError as error:
    raise MissingExtraError(extra="testing", needs="hypothesis") from error

from .agreeing import datasets, empty
from .numbers import unit_definitions, units, values, years
from .singly import (
    citations,
    corroborations,
    errata,
    goals,
    indicators,
    observations,
    plans,
    records,
    regions,
    series,
    sources,
    targets,
    vintages,
)
from .wording import figures
from .words import codes, names, slugs

__all__ = [
    "citations",
    "codes",
    "corroborations",
    "datasets",
    "empty",
    "errata",
    "figures",
    "goals",
    "indicators",
    "names",
    "observations",
    "plans",
    "records",
    "regions",
    "series",
    "slugs",
    "sources",
    "targets",
    "unit_definitions",
    "units",
    "values",
    "vintages",
    "years",
]
