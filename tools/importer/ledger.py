"""Read the research tables and apply the list of corrections to them.

A correction states the value that it expects. If the research table has another value, the import
stops: then either the table was corrected and the correction can be deleted, or the correction is wrong.
A correction of a column changes it; DROP and MERGE remove the row, and YEARS makes a row of each year
that a figure "a year" is for.
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
    """The tables, and how many of their rows were kept, merged and dropped.

    The column `origin` names the file that a row is from.
    """

    tables: dict[str, list[Cells]]
    counted: dict[str, int] = field(default_factory=dict)
    dropped: list[tuple[str, str, str]] = field(default_factory=list)  # origin, row, reason
    merged: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def balance(self) -> str:
        """Return one line per file: rows read = kept + merged + dropped."""
        kept = Counter(row["origin"] for rows in self.tables.values() for row in rows)
        merged, dropped = (
            Counter(entry[0] for entry in each) for each in (self.merged, self.dropped)
        )
        lines = []
        for name, count in self.counted.items():
            lines.append(
                f"{name}: {count} in = {kept[name]} kept + {merged[name]} merged"
                f" + {dropped[name]} dropped"
            )
            if count != kept[name] + merged[name] + dropped[name]:
                raise SystemExit(f"the balance of {name} does not add up: {lines[-1]}")
        for word, entries in (("merged", self.merged), ("dropped", self.dropped)):
            lines += [f"  {word} from {origin}: {row}: {reason}" for origin, row, reason in entries]
        return "\n".join(lines + self.notes)


def read(path: Path) -> list[Cells]:
    """Return the rows of a CSV file as text; stop at a row with other columns than the header."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, strict=True))
    for row in rows:
        if None in row or None in row.values():
            raise SystemExit(f"{path.name}: a row has other columns than the header: {row}")
    return rows


def read_research(directory: Path) -> Research:
    """Return the research tables with every correction applied."""
    tables = {
        name: [{**row, "origin": name} for row in read(directory / f"{name}.csv")]
        for name in TABLES
    }
    counted = {name: len(rows) for name, rows in tables.items()}
    research = Research(tables, counted)
    correct(research, "corrections")
    return research


def correct(research: Research, name: str) -> None:
    """Apply every correction of a list to the tables."""
    for correction in read(CURATED / f"{name}.csv"):
        _apply(research, correction)


def _apply(research: Research, correction: Cells) -> None:
    table, column = correction["table"], correction["column"]
    rows = list(_matching(research.tables[table], correction["where"]))
    if not rows:
        raise SystemExit(f"correction matches nothing: {correction}")
    removed = {"DROP": research.dropped, "MERGE": research.merged}.get(column)
    for row in rows:
        value = row.get("value" if column.isupper() else column, "")
        if value != correction["expects"]:
            raise SystemExit(f"expected {correction['expects']!r}, found {value!r}: {correction}")
        if column == "YEARS":
            *others, last = correction["becomes"].split(";")
            years = {"origin": f"further years of {row['origin']}"}
            research.tables[table] += [{**row, **_in_year(year), **years} for year in others]
            row.update(_in_year(last))
        elif removed is None:
            row[column] = correction["becomes"]
        else:
            research.tables[table] = [each for each in research.tables[table] if each is not row]
            removed.append((row["origin"], correction["where"], correction["reason"]))


def _in_year(year: str) -> Cells:
    return {"start_year": year, "end_year": year}


def _matching(rows: list[Cells], where: str) -> Iterator[Cells]:
    wanted = dict(part.split("=", 1) for part in where.split(";"))
    for row in rows:
        if all(row.get(column, "") == value for column, value in wanted.items()):
            yield row
