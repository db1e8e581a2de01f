"""Read the research tables and apply the list of corrections to them.

A correction states the value that it expects. If the research table has another value, the import
stops: then either the table was corrected and the correction can be deleted, or the correction is wrong.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Cells = dict[str, str]
CURATED = Path(__file__).resolve().parent.parent / "research"
TABLES = (
    "regions",
    "sources",
    "targets",
    "corroborations",
    "outcomes",
    "observations",
    "goals",
    "errata",
)


@dataclass
class Research:
    """The tables, and how many of their rows were kept, merged and dropped."""

    tables: dict[str, list[Cells]]
    counted: dict[str, int] = field(default_factory=dict)
    dropped: list[tuple[str, str, str]] = field(default_factory=list)  # table, row, reason
    merged: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def balance(self) -> str:
        """Return one line per table: rows read = kept + merged + dropped."""
        lines = []
        for name, count in self.counted.items():
            dropped = sum(table == name for table, _, _ in self.dropped)
            kept = len(self.tables[name]) - self.merged[name]
            lines.append(
                f"{name}: {count} in = {kept} kept + {self.merged[name]} merged + {dropped} dropped"
            )
            if count != kept + self.merged[name] + dropped:
                raise SystemExit(f"the balance of {name} does not add up: {lines[-1]}")
        lines += [f"  dropped from {table}: {row}: {reason}" for table, row, reason in self.dropped]
        return "\n".join(lines + self.notes)


def read(path: Path) -> list[Cells]:
    """Return the rows of a CSV file as text."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def read_research(directory: Path) -> Research:
    """Return the research tables with every correction applied."""
    tables = {name: read(directory / f"{name}.csv") for name in TABLES}
    research = Research(tables, {name: len(rows) for name, rows in tables.items()})
    for correction in read(CURATED / "corrections.csv"):
        _apply(research, correction)
    return research


def _apply(research: Research, correction: Cells) -> None:
    table, column = correction["table"], correction["column"]
    rows = list(_matching(research.tables[table], correction["where"]))
    if not rows:
        raise SystemExit(f"correction matches nothing: {correction}")
    for row in rows:
        value = row.get("value", "") if column == "DROP" else row.get(column, "")
        if value != correction["expects"]:
            raise SystemExit(f"expected {correction['expects']!r}, found {value!r}: {correction}")
        if column == "DROP":
            research.tables[table] = [each for each in research.tables[table] if each is not row]
            research.dropped.append((table, correction["where"], correction["reason"]))
        else:
            row[column] = correction["becomes"]


def _matching(rows: list[Cells], where: str) -> Iterator[Cells]:
    wanted = dict(part.split("=", 1) for part in where.split(";"))
    for row in rows:
        if all(row.get(column, "") == value for column, value in wanted.items()):
            yield row
