"""CSV: a directory in the layout that ``load`` reads, or one table as a file.

``units.txt`` holds the units that are not bundled, ``edition.toml`` the edition. Text that a
spreadsheet would run has an apostrophe in front, and ``edition.toml`` says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..errors import DataError, DataErrors
from .columns import Columns, Heading
from .folder import _LONGEST_EDITION, NEUTRALISED, Folder, RowSource
from .formats import Options
from .formulas import neutral

__all__ = ["LOSES", "REFUSES", "read", "write", "write_table"]

LOSES = ""
REFUSES = "lists whose parts hold |, and empty text of one's own fields"

# What the readers of the house take in one file and in one cell.
MOST_BYTES = 64 * 1024 * 1024
MOST_CHARACTERS = 131_072


def write(tables: Iterable[Columns], heading: Heading, path: Path, options: Options) -> None:
    """Write a directory with a file for each table, ``units.txt`` and ``edition.toml``."""
    path.mkdir()
    marked = False
    for table in tables:
        text, has_marks = _text(table, safe=options.safe)
        marked = marked or has_marks
        _put(path / f"{table.name}.csv", text)
    if len(heading.edition) > _LONGEST_EDITION:
        problem = f"expected an edition of at most {_LONGEST_EDITION} characters; write jsonl"
        raise DataErrors("nothing written", [DataError(file="edition.toml", problem=problem)])
    if heading.units:
        _put(path / "units.txt", "\n".join(heading.units) + "\n")
    _put(path / "edition.toml", edition_file(heading, neutralised=marked))


def write_table(table: Columns, heading: Heading, path: Path, options: Options) -> None:  # noqa: ARG001
    """Write one table as a CSV file."""
    _put(path, _text(table, safe=options.safe)[0])


def read(path: Path) -> RowSource:
    """The rows of a directory of CSV and TOML files."""
    if not path.is_dir():
        problem = "expected a directory of CSV files, found one file; give the directory"
        raise DataErrors.of(str(path), [DataError(file=path.name, problem=problem)])
    return Folder(path, str(path))


def edition_file(heading: Heading, *, neutralised: bool = False) -> str:
    """The text of ``edition.toml``."""
    lines = [
        "# The edition of the data, the version of their columns, the tiers they are drawn from.",
        f"edition = {_toml(heading.edition)}",
        f"schema = {heading.schema}",
        f"tiers = {_toml(heading.tiers)}",
    ]
    if heading.extensions:
        lines.append(f"extensions = [{', '.join(map(_toml, heading.extensions))}]")
    if neutralised:
        lines.append("# Cells that a spreadsheet would run begin with an apostrophe.")
        lines.append(f"{NEUTRALISED} = true")
    return "\n".join(lines) + "\n"


def _text(table: Columns, *, safe: bool) -> tuple[str, bool]:
    """Return the table as CSV, and whether a cell of it was neutralised."""
    names = list(table.values)
    lines, marked = [_line(names)], False
    for at, cells in enumerate(table.texts(), start=2):
        _check(table.name, names, at, cells)
        if safe:
            harmless = [neutral(cell) for cell in cells]
            marked, cells = marked or harmless != cells, harmless  # noqa: PLW2901
        lines.append(_line(cells))
    return "".join(lines), marked


def _line(cells: Sequence[str]) -> str:
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    """The cell, in quotes where some reader would take a part of it for the end of it."""
    if any(mark in cell for mark in ',"\r\n;\t') or cell != cell.strip():
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _check(name: str, columns: Sequence[str], line: int, cells: Sequence[str]) -> None:
    for column, cell in zip(columns, cells, strict=True):
        problem = ""
        if "\0" in cell:
            problem = "a CSV file cannot hold a NUL; write jsonl or parquet"
        if len(cell) >= MOST_CHARACTERS:
            problem = f"a CSV cell holds less than {MOST_CHARACTERS} characters, found {len(cell)}"
        if problem:
            fault = DataError(file=f"{name}.csv", line=line, column=column, problem=problem)
            raise DataErrors("what cells cannot hold, nothing written", [fault])


def _put(path: Path, text: str) -> None:
    raw = text.encode("utf-8")
    if len(raw) > MOST_BYTES:
        problem = f"a CSV file holds at most {MOST_BYTES} bytes, found {len(raw)}; write parquet"
        raise DataErrors("nothing written", [DataError(file=path.name, problem=problem)])
    path.write_bytes(raw)


def _toml(text: str) -> str:
    """A TOML string: as in JSON, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
