"""The research tables as read, and the ledger of every change made to them.

A correction says what it expects to find. When the research table no longer has that, the import
stops: then either the table was mended, and the correction goes, or the correction is wrong.
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
    """The tables, and what became of their rows."""

    tables: dict[str, list[Cells]]
    counted: dict[str, int] = field(default_factory=dict)
    dropped: list[tuple[str, str, str]] = field(default_factory=list)  # table, row, reason
    merged: Counter[str] = field(default_factory=Counter)
    asides: list[str] = field(default_factory=list)

    def balance(self) -> str:
        """In = kept + merged + dropped, table by table."""
        lines = []
        for name, count in self.counted.items():
            lost = sum(table == name for table, _, _ in self.dropped)
            kept = len(self.tables[name]) - self.merged[name]
            lines.append(
                f"{name}: {count} in = {kept} kept + {self.merged[name]} merged + {lost} dropped"
            )
            if count != kept + self.merged[name] + lost:
                raise SystemExit(f"the balance of {name} is off: {lines[-1]}")
        lines += [f"  dropped from {table}: {row}: {reason}" for table, row, reason in self.dropped]
        return "\n".join(lines + self.asides)


def read(path: Path) -> list[Cells]:
    """The rows of a CSV file, as text."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def research(directory: Path) -> Research:
    """The research tables with every correction applied."""
    tables = {name: read(directory / f"{name}.csv") for name in TABLES}
    made = Research(tables, {name: len(rows) for name, rows in tables.items()})
    for correction in read(CURATED / "corrections.csv"):
        _apply(made, correction)
    return made


def _apply(made: Research, correction: Cells) -> None:
    table, column = correction["table"], correction["column"]
    rows = list(_matching(made.tables[table], correction["where"]))
    if not rows:
        raise SystemExit(f"correction matches nothing: {correction}")
    for row in rows:
        found = row.get("value", "") if column == "DROP" else row.get(column, "")
        if found != correction["expects"]:
            raise SystemExit(f"expected {correction['expects']!r}, found {found!r}: {correction}")
        if column == "DROP":
            made.tables[table] = [each for each in made.tables[table] if each is not row]
            made.dropped.append((table, correction["where"], correction["reason"]))
        else:
            row[column] = correction["becomes"]


def _matching(rows: list[Cells], where: str) -> Iterator[Cells]:
    wanted = dict(part.split("=", 1) for part in where.split(";"))
    for row in rows:
        if all(row.get(column, "") == value for column, value in wanted.items()):
            yield row
