"""Floor 8: whether a directory of a user's own data is fit to be used, and what is odd about it.

The rooms, bottom to top: what is found (``faults.py``), what is checked (``checked.py``), a
figure against its wording (``wording.py``), rows as rows (``hygiene.py``), records beside records
(``agreement.py``), all of it (``checker.py``); and a directory to begin with (``template.py``).
Read next: ``faults.py``.
"""

from __future__ import annotations

from .checker import check
from .faults import CheckReport, Fault, Severity
from .template import write_template
from .wording import says_so

__all__ = ["CheckReport", "Fault", "Severity", "check", "says_so", "write_template"]
