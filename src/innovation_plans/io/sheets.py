"""The sheets of a workbook read as rows, with bounds on what a small file unpacks to.

No formula is run, no link followed; a workbook with a document type, where entities could be
defined, is refused before it is parsed.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..errors import DataError, DataErrors
from ..records import TABLES
from ..units.table import bundled_units
from .columns import Heading
from .folder import RowSource
from .incoming import Incoming, refuse
from .raw import MOST_FAULTS, Row, too_many

__all__ = ["LONGEST_CELL", "READ_ME", "UNITS", "read_workbook"]

READ_ME = "read me"
UNITS = "units"
LONGEST_CELL = 32_767  # characters, as Excel has it

_MOST_BYTES = 256 * 1024 * 1024
_MOST_PARTS = 2000
_MOST_ROWS = 1_048_576
_MOST_CELLS = 40_000_000  # with the empty ones that a lone cell far to the right brings
_MOST_MARKS = 8_000_000  # a part of a few thousand bytes, packed, may hold many more
_MOST_MARKS_IN_A_ROW = 200_000  # the library keeps a row whole
_CHUNK = 1024 * 1024
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-be", "utf-16-le"))
_ROW = rb"</?(?:[A-Za-z0-9_]{1,20}:)?(?:row|sheetData)[\s/>]"


def read_workbook(path: Path, openpyxl: Any) -> RowSource:
    """The rows of the sheets named after tables.

    Raises
    ------
    DataErrors
        If the file is no workbook, or unpacks to more than is read.
    """
    faults: list[DataError] = []
    try:
        _check_parts(path)
        with path.open("rb") as stream:  # openpyxl leaves a broken file open
            book = openpyxl.load_workbook(stream, read_only=True, keep_links=False)
            try:
                return _rows(path, book, faults)
            finally:
                book.close()
    except DataErrors:
        raise
    except OSError as error:
        raise refuse(path.name, f"cannot be read: {error.strerror or error}") from error
    except Exception as error:
        said = " ".join(str(error).split())[:160]
        problem = f"expected an Excel workbook: {said or type(error).__name__}"
        raise refuse(path.name, problem) from error


def _check_parts(path: Path) -> None:
    """Refuse what would unpack to more than is read, or could define entities."""
    with zipfile.ZipFile(path) as packed:
        parts = packed.infolist()
        if len(parts) > _MOST_PARTS or sum(each.file_size for each in parts) > _MOST_BYTES:
            problem = f"expected at most {_MOST_BYTES} bytes when unpacked, in {_MOST_PARTS} parts"
            raise refuse(path.name, problem)
        marks = 0
        for each in parts:  # whatever they are called: the library goes by what refers to them
            with packed.open(each) as stream:
                marks += _check_part(path, each.filename, stream, _MOST_MARKS - marks)


def _check_part(path: Path, name: str, stream: Any, most: int) -> int:
    """How many marks of XML a part holds; what defines entities or is too much is refused."""
    is_text = name.lower().endswith((".xml", ".rels", ".vml"))
    before, marks, in_row = b"", 0, None
    while chunk := stream.read(_CHUNK):
        if any(each in before + chunk for each in _DOCTYPES) or (is_text and b"\0" in chunk):
            problem = f"expected UTF-8 without a document type in the part {name[:100]!r}"
            raise refuse(path.name, problem)
        first, *rows = re.split(_ROW, chunk)
        counts = [row.count(b"<") for row in rows]
        if in_row is not None:
            counts.insert(0, in_row + first.count(b"<"))
        marks, in_row = marks + chunk.count(b"<"), counts[-1] if counts else None
        if marks > most or max(counts, default=0) > _MOST_MARKS_IN_A_ROW:
            problem = f"expected fewer marks of XML in the part {name[:100]!r}"
            raise refuse(path.name, problem)
        before = chunk[-len(_DOCTYPES[-1]) :]
    return marks


def _rows(path: Path, book: Any, faults: list[DataError]) -> RowSource:
    tables: dict[str, list[Row]] = {}
    said: dict[str, str] = {}
    units: list[str] = []
    for sheet in book.worksheets:
        rows = _cells(path, sheet, faults)
        if sheet.title == READ_ME:
            said = {cells[0]: cells[1] for _, cells in rows if {0, 1} <= cells.keys()}
        elif sheet.title == UNITS:
            units = [cells.get(1, "") for _, cells in rows if _is_own(cells)]
        elif sheet.title in TABLES:
            tables[sheet.title] = list(_table(path, sheet.title, rows, faults))
        else:
            problem = f"no such table; expected one of {', '.join(TABLES)}"
            faults.append(DataError(file=_place(path, sheet.title), problem=problem))
    schema = said.get("schema", "0")
    given = {
        "edition": said.get("edition", ""),
        "tiers": said.get("tiers", ""),
        "schema": int(schema) if schema.isdecimal() and len(schema) < 9 else schema,
        "units": units,
    }
    heading = Heading.of(given, _place(path, READ_ME), faults)
    return Incoming(str(path), tables, heading, faults)


def _is_own(cells: Mapping[int, str]) -> bool:
    """Whether a row of the units says one that does not come with the package."""
    name, origin = cells.get(0), cells.get(2)
    return name != "unit" and (origin != "bundled" or name not in bundled_units())


def _table(
    path: Path, name: str, rows: Iterator[tuple[int, dict[int, str]]], faults: list[DataError]
) -> Iterator[Row]:
    """The rows under a first row of columns."""
    place = _place(path, name)
    line, header = next(rows, (1, {}))
    if line != 1 or not header:
        faults.append(DataError(file=place, line=1, problem="expected a first row of columns"))
        return
    named = list(header.values())
    faults.extend(
        DataError(file=place, line=1, column=column[:60], problem="stands here twice")
        for column in dict.fromkeys(each for each in named if named.count(each) > 1)
    )
    for line, cells in rows:
        row = Row(place, line, {header[at]: cell for at, cell in cells.items() if at in header})
        faults.extend(
            row.fault(f"a cell under no column: {cells[at]!r:.60}")
            for at in sorted(cells.keys() - header.keys())
        )
        yield row


def _cells(path: Path, sheet: Any, faults: list[DataError]) -> Iterator[tuple[int, dict[int, str]]]:
    """The rows that hold something, with their numbers: text by place."""
    place, seen, before = _place(path, sheet.title), 0, len(faults)
    if not hasattr(sheet, "iter_rows"):  # a chart
        return
    sheet.reset_dimensions()
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        seen += len(cells)
        if seen > _MOST_CELLS or line > _MOST_ROWS:
            raise refuse(place, f"expected at most {_MOST_CELLS} cells", line=line)
        texts = {
            at: text
            for at, cell in enumerate(cells)
            if cell.value is not None and (text := _said(cell, place, line, faults))
        }
        if texts:
            yield line, texts
        if len(faults) - before >= MOST_FAULTS:
            faults.append(too_many(place, line))
            return


def _said(cell: Any, place: str, line: int, faults: list[DataError]) -> str:
    """The text of a cell; numbers with the decimals that the cell shows."""
    value, problem = cell.value, ""
    if cell.data_type in {"f", "e"}:
        kind = "a formula" if cell.data_type == "f" else "an error"
        problem = f"expected a value, found {kind}: {value!s:.60}"
    elif isinstance(value, str):
        return value
    elif isinstance(value, bool):
        return str(value).lower()
    elif isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    elif isinstance(value, int | float | Decimal) and math.isfinite(value):
        return _printed(value, str(cell.number_format))
    else:
        problem = f"expected text, a number, a day, true or false, found {value!s:.60}"
    faults.append(DataError(file=place, line=line, column=str(cell.column_letter), problem=problem))
    return ""


def _printed(value: float | Decimal, shape: str) -> str:
    """A number as the cell shows it, and never with fewer digits than it has."""
    text = f"{Decimal(repr(value) if isinstance(value, float) else value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    decimals = len(shape.partition(".")[2]) if set(shape) <= {"0", "."} else 0
    have = len(text.partition(".")[2])
    if decimals > have:
        text += "." * (have == 0) + "0" * (decimals - have)
    return text


def _place(path: Path, sheet: str) -> str:
    return f"{path.name} [{sheet[:31]}]"
