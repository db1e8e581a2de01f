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

__all__ = [
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
