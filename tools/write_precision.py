"""Fill the column ``precision`` of targets and observations from the wording of each figure.

Usage: ``python tools/write_precision.py``; with ``--check`` it writes nothing, lists the records
whose precision differs, and fails if there are any.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import innovation_plans as ip
from import_research import DATA, with_precision, write_table


def main(arguments: list[str]) -> int:
    """Write the tables, or compare them."""
    plans = ip.load(DATA, tiers="ABCD")
    differing = []
    for name in ("targets", "observations"):
        records = list(getattr(plans, name))
        filled = with_precision(records)
        differing += [
            f"{record.key}: {record.precision} is to be {other.precision}"
            for record, other in zip(records, filled, strict=True)
            if record.precision != other.precision
        ]
        if "--check" not in arguments:
            write_table(name, filled)
    print("\n".join(differing) or "precision is that of the wording everywhere")
    return 1 if differing and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
