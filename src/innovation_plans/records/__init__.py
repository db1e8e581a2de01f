"""What one row of data means.

Bottom to top: ``base`` (habits all share), ``fields`` (kinds of field), ``region`` ``indicator``
``source`` ``vintage``, then ``plan`` and ``erratum``, ``claim``, and last ``target``
``observation`` ``goal``. Values are Decimal; a record never holds a pint object, its ``quantity``
makes one when asked.
"""

from .base import Codes, Record
from .claim import Claim
from .corroboration import Corroboration
from .erratum import Erratum
from .goal import Goal
from .indicator import Indicator
from .observation import Observation
from .plan import Plan, years_of
from .region import Region
from .source import Citation, Source
from .target import Target
from .vintage import Vintage

# Every table of a dataset with the type of its records, in the order of reading: a record may
# refer to records of the tables before its own.
TABLES: dict[str, type[Record]] = {
    "regions": Region,
    "indicators": Indicator,
    "sources": Source,
    "plans": Plan,
    "errata": Erratum,
    "vintages": Vintage,
    "targets": Target,
    "corroborations": Corroboration,
    "observations": Observation,
    "goals": Goal,
}
# The name of the table that holds the records called so ("target": "targets").
TABLE_OF = {kind.noun: name for name, kind in TABLES.items()}
# The tables whose records others refer to by code.
CODED = ("regions", "indicators", "sources", "plans", "errata")

__all__ = [
    "CODED",
    "TABLES",
    "TABLE_OF",
    "Citation",
    "Claim",
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
    "Target",
    "Vintage",
    "years_of",
]
