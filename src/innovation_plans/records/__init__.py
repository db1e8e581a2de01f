"""Records: what one row of data means.

- ``base``: what all records share, and the validation context
- ``fields``: the kinds of field
- ``reference``: regions, indicators, sources, plans, documents, vintages, errata
- ``statements``: targets, observations, goals, corroborations

Values are Decimal. A record contains no pint object; its ``quantity`` builds one.
"""

from .base import Context, Record, same_as_printed
from .reference import (
    Citation,
    Document,
    Erratum,
    Indicator,
    Plan,
    Region,
    Source,
    Vintage,
    years_of,
)
from .statements import Corroboration, Goal, Observation, Statement, Target

# Every table of a dataset with the type of its records, in the order of reading: a record may
# refer to records of the tables before its own.
TABLES: dict[str, type[Record]] = {
    "regions": Region,
    "indicators": Indicator,
    "sources": Source,
    "plans": Plan,
    "documents": Document,
    "errata": Erratum,
    "vintages": Vintage,
    "targets": Target,
    "corroborations": Corroboration,
    "observations": Observation,
    "goals": Goal,
}
# The table of each kind of record ("target": "targets").
TABLE_OF = {kind.noun: name for name, kind in TABLES.items()}
# The tables whose records others refer to by code.
CODED = ("regions", "indicators", "sources", "plans", "errata")
# The tables from which a dataset takes only the records of some source tiers.
BY_TIER = ("targets", "observations", "corroborations")
# The tables for whose records a user may define subclasses.
TYPED = ("targets", "observations", "regions", "indicators")

__all__ = [
    "BY_TIER",
    "CODED",
    "TABLES",
    "TABLE_OF",
    "TYPED",
    "Citation",
    "Context",
    "Corroboration",
    "Document",
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
    "same_as_printed",
    "years_of",
]
