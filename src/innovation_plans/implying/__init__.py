"""Floor 8: what figures imply, and whether they agree with one another.

The rooms, from the ground: ``implied`` (the words), ``operands``, ``stated``, ``levels``,
``lineage``, then ``derivation``, ``findings``, ``ratio_checks``, ``plan_checks`` and
``crosschecks``. Read next: ``implied.py``.
"""

from __future__ import annotations

from .crosschecks import cross_check
from .derivation import derive
from .findings import Finding, Findings
from .implied import Check, Origin, Remark, Route
from .lineage import Derivation, Derivations
from .operands import Assumption

__all__ = [
    "Assumption",
    "Check",
    "Derivation",
    "Derivations",
    "Finding",
    "Findings",
    "Origin",
    "Remark",
    "Route",
    "cross_check",
    "derive",
]
