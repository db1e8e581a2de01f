"""Holds the coverage of floors 1 to 8 to its floor, and prints lines and branches floor by floor.

Usage: ``python tools/check_coverage.py [coverage.json]``, after ``coverage json``. Each module
says in its first line which floor it is on. Exit code 1 if fewer than 95 % of the lines, or of the
branches, of floors 1 to 8 are run by the tests.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
LEAST = 95.0
_FLOOR = re.compile(r'"""Floor (\d+)[,:]')
# The front door and the console script, which the command line is reached by.
_DOORS = {"src/innovation_plans/__init__.py": 10, "src/innovation_plans/__main__.py": 10}
_HIGHEST = 8


class Count(NamedTuple):
    """How many of the lines and branches are run."""

    lines: int = 0
    lines_run: int = 0
    branches: int = 0
    branches_run: int = 0

    def plus(self, other: Count) -> Count:
        """Both together."""
        return Count(*(one + two for one, two in zip(self, other, strict=True)))

    def shares(self) -> tuple[float, float]:
        """The percentages of lines and of branches."""
        return _share(self.lines_run, self.lines), _share(self.branches_run, self.branches)


def _share(part: int, whole: int) -> float:
    return 100.0 * part / whole if whole else 100.0


def floor_of(file: str) -> int:
    """The floor that a module says it lives on; of a room, that of its house.

    Raises
    ------
    LookupError
        If neither says so.
    """
    path = ROOT / file
    if file in _DOORS:
        return _DOORS[file]
    for each in (path, path.parent / "__init__.py"):
        found = _FLOOR.match(each.read_text(encoding="utf-8"))
        if found:
            return int(found[1])
    raise LookupError(f"{file}: the first line does not say which floor it is on")


def counted(files: Mapping[str, Any]) -> dict[int, Count]:
    """The counts by floor."""
    found: dict[int, Count] = {}
    for file, report in files.items():
        if not file.startswith("src/innovation_plans/"):  # a copy that some test made elsewhere
            continue
        said = report["summary"]
        count = Count(
            said["num_statements"],
            said["covered_lines"],
            said["num_branches"],
            said["covered_branches"],
        )
        floor = floor_of(file)
        found[floor] = found.get(floor, Count()).plus(count)
    return found


def total(counts: Iterable[Count]) -> Count:
    """All together."""
    whole = Count()
    for each in counts:
        whole = whole.plus(each)
    return whole


def main() -> int:
    """Print the table and hold it to the floor."""
    file = Path(sys.argv[1] if len(sys.argv) > 1 else "coverage.json")
    floors = counted(json.loads(file.read_text(encoding="utf-8"))["files"])
    held = total(count for floor, count in floors.items() if 1 <= floor <= _HIGHEST)
    rows = [(str(floor), floors[floor]) for floor in sorted(floors)] + [("1 to 8", held)]
    print("| floor | lines | run | branches | run |\n| --- | ---: | ---: | ---: | ---: |")
    for name, count in rows:
        lines, branches = count.shares()
        print(
            f"| {name} | {count.lines:,} | {lines:.1f} % | {count.branches:,} | {branches:.1f} % |"
        )
    below = min(held.shares()) < LEAST
    if below:
        print(f"floors 1 to {_HIGHEST}: below {LEAST:.0f} %", file=sys.stderr)
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
