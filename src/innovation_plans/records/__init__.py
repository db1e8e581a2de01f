"""Records: what one row of data means.

- ``base``: what all records share, and the validation context
- ``fields``: the kinds of field
- ``reference``: regions, indicators, sources, plans, vintages, errata
- ``statements``: targets, observations, goals, corroborations

Values are Decimal. A record contains no pint object; its ``quantity`` builds one.
"""

from .base import Codes, Record
from .reference import (
    Citation,
    Erratum,
    Indicator,
    Plan,
    Region,
    Source,
    Vintage,
    years_of,
)
from .statements import Corroboration, Goal, Observation, Statement, Target

__all__ = [
    "Citation",
    "Codes",
    "Corroboration",
    "Erratum",
    "Goal",
    "Indicator",
    "Observation",
    "Plan",
    "Record",
    "Region",
    "Source",
    "Statement",
    "Target",
    "Vintage",
    "years_of",
]
