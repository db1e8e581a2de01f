"""Add the sums of an edition in ``earlier_editions/`` to the list that a test holds them against.

Usage: ``python tools/freeze_edition.py EDITION``

What is listed once never changes: an edition that is listed already is refused. The sum of its
descriptor belongs into ``RELEASED`` of ``src/innovation_plans/released.py``: it is printed.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EDITIONS = ROOT / "src" / "innovation_plans" / "earlier_editions"
SUMS = ROOT / "tests" / "data" / "released.sha256"


def main(edition: str) -> int:
    """Append the lines of one edition."""
    said = SUMS.read_text(encoding="utf-8")
    if any(line.partition("  ")[2].startswith(f"{edition}/") for line in said.splitlines()):
        print(f"{edition} is released: its files never change", file=sys.stderr)
        return 1
    files = sorted(each for each in (EDITIONS / edition).rglob("*") if each.is_file())
    lines = [
        f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.relative_to(EDITIONS).as_posix()}\n"
        for each in files
    ]
    SUMS.write_text(said + "".join(lines), encoding="utf-8", newline="\n")
    print("".join(line for line in lines if line.endswith("/datapackage.json\n")), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
