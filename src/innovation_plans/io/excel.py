"""Excel: a workbook with a sheet a table, one of units, and one to be read first.

Figures are numbers where a spreadsheet keeps all their digits, shown with as many decimals as are
printed; text is typed as text and bears Excel's own mark for it, so that none of it runs.
"""

from __future__ import annotations

import errno
import math
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..errors import DataError, DataErrors
from ..records import TABLES
from ..units.table import UnitTable, bundled_units
from .columns import Columns, Heading, Value, cell_text
from .folder import RowSource
from .formats import Options, needed
from .incoming import Incoming, refuse
from .raw import MOST_FAULTS, Row, too_many

__all__ = [
    "LONGEST_CELL",
    "LOSES",
    "READ_ME",
    "REFUSES",
    "UNITS",
    "read",
    "read_workbook",
    "write",
    "write_table",
]

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


LOSES = ""
REFUSES = (
    "lists whose parts hold |, and of one's own fields empty text, control characters and more "
    f"than {LONGEST_CELL} characters"
)

_MOST_DIGITS = 15  # of a number that a spreadsheet keeps as it is
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_WIDEST = 60
_FIRST_DAY = datetime(1980, 1, 1)  # noqa: DTZ001 - that an archive knows, in no zone


def write(tables: Iterable[Columns], heading: Heading, path: Path, options: Options) -> None:  # noqa: ARG001
    """Write a workbook of all tables."""
    tables = list(tables)
    with _workbook(path, tables) as book:
        _read_me(book, heading, tables)
        for table in tables:
            _sheet(book, table)
        _units(book, heading.unit_table)


def write_table(table: Columns, heading: Heading, path: Path, options: Options) -> None:  # noqa: ARG001
    """Write a workbook of one table."""
    with _workbook(path, [table]) as book:
        _read_me(book, heading, [table])
        _sheet(book, table)


def read(path: Path) -> RowSource:
    """The rows of the sheets that bear the names of tables."""
    return read_workbook(path, needed("openpyxl", "excel"))


@contextmanager
def _workbook(path: Path, tables: Iterable[Columns]) -> Iterator[Any]:
    """A workbook to fill, which is written when it is full; nothing is left of it otherwise."""
    library = needed("openpyxl", "excel")
    for table in tables:
        _check(table)
    book, packed = library.Workbook(write_only=True), BytesIO()
    try:
        yield book
        _pack(book, packed)
    except BaseException as error:
        for sheet in book.worksheets:  # each holds a temporary file of the library's
            with suppress(Exception):
                sheet.close()
                sheet._writer.cleanup()  # noqa: SLF001 - which no one else removes before the end
        if refused := _said_by_system(error):
            raise refused from error
        raise
    with path.open("xb") as stream:
        stream.write(packed.getbuffer())


def _said_by_system(error: BaseException) -> OSError | None:
    """What the system said of the library's temporary files, where lxml says it in its own words."""
    found = re.fullmatch("IO_(E[A-Z]+)", str(error))
    number = getattr(errno, found[1], None) if found else None
    return OSError(number, os.strerror(number)) if number else None


def _pack(book: Any, packed: BytesIO) -> None:
    """Save a workbook without the hour, so that the same tables give the same bytes."""
    from openpyxl.writer.excel import ExcelWriter

    properties, parts = book.properties, BytesIO()
    properties.created = properties.modified = _FIRST_DAY
    with ZipFile(parts, "w") as archive:
        ExcelWriter(book, archive).save()
    with ZipFile(parts) as archive, ZipFile(packed, "w") as again:
        for name in archive.namelist():
            part = ZipInfo(name)  # of that day too, if it is not told another
            part.create_system, part.external_attr = 3, 0o600 << 16
            again.writestr(part, archive.read(name), ZIP_DEFLATED)


def _check(table: Columns) -> None:
    """Raise an error for what a cell cannot hold, before anything is made."""
    for column, values in table.values.items():
        for line, value in enumerate(values, start=2):
            text = cell_text(value)
            if len(text) > LONGEST_CELL or _UNSEEN.search(text):
                problem = f"a cell holds at most {LONGEST_CELL} characters, all to be seen"
                place = {"file": f"sheet {table.name}", "column": column}
                fault = DataError(**place, line=line, problem=f"{problem}; write jsonl")
                raise DataErrors("what cells cannot hold, nothing written", [fault])


def _sheet(book: Any, table: Columns) -> None:
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    _widen(sheet, [list(table.values), *islice(table.texts(), 200)])
    cells = _Cells(sheet)
    sheet.append([cells.text(column) for column in table.values])
    for row in table.rows():
        sheet.append([_cell(cells, value) for value in row.values()])


def _cell(cells: _Cells, value: Value) -> Any:
    """Return what goes into one cell: nothing, a number, true or false, or text."""
    if value is None or isinstance(value, bool):
        return value
    text = cell_text(value)
    if isinstance(value, str):
        return cells.text(text)
    decimals = len(text.partition(".")[2])
    digits = len(text.replace("-", "").replace(".", "").lstrip("0"))
    return (
        cells.number(text, decimals) if max(digits, decimals) <= _MOST_DIGITS else cells.text(text)
    )


class _Cells:
    """Makes the cells of one sheet; the styles are made once, as there are few of them."""

    def __init__(self, sheet: Any) -> None:
        self._new = needed("openpyxl.cell", "excel").WriteOnlyCell
        self._sheet = sheet
        self._styles: dict[str, Any] = {}

    def text(self, text: str) -> Any:
        """Text, whatever it begins with; marked, so that it stays text when it is edited."""
        cell = self._cell(text, "@")
        cell.data_type = "s"  # the library takes a leading = for the sign of a formula
        return cell

    def number(self, text: str, decimals: int) -> Any:
        """A number, shown with as many decimals as are printed."""
        return self._cell(Decimal(text), f"0.{'0' * decimals}" if decimals else "0")

    def _cell(self, value: Any, shape: str) -> Any:
        if shape not in self._styles:
            model = self._new(self._sheet)
            model.number_format = shape
            model.quotePrefix = shape == "@"
            self._styles[shape] = model._style  # noqa: SLF001 - no public name for all of a style
        cell = self._new(self._sheet, value)
        cell._style = self._styles[shape]  # noqa: SLF001
        return cell


def _widen(sheet: Any, rows: Iterable[Iterable[str]]) -> None:
    letter = needed("openpyxl.utils", "excel").get_column_letter
    for at, cells in enumerate(zip(*rows, strict=True), start=1):
        sheet.column_dimensions[letter(at)].width = min(max(map(len, cells)), _WIDEST) + 2


def _lines(book: Any, title: str, rows: Iterator[tuple[str, ...]]) -> None:
    sheet = book.create_sheet(title)
    listed, cells = list(rows), _Cells(sheet)
    _widen(sheet, listed)
    for row in listed:
        sheet.append([cells.text(text) if text else None for text in row])


def _read_me(book: Any, heading: Heading, tables: Iterable[Columns]) -> None:
    """What the workbook is: the pairs that are read again, and the sheets."""
    _lines(book, READ_ME, _about(heading, {table.name: table.count for table in tables}))


def _about(heading: Heading, counts: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    yield "edition", heading.edition
    yield "schema", str(heading.schema)
    yield "tiers", heading.tiers
    yield "extensions", ", ".join(heading.extensions)
    yield "", ""
    for name, count in counts.items():
        yield f"sheet {name}", f"{count} rows"
    yield "", ""
    yield "values", "as printed: the decimals shown are those of the source"
    yield "text", "typed as text: what begins with = is no formula"


def _units(book: Any, units: UnitTable) -> None:
    shared = bundled_units()
    rows = (
        (unit.name, line, "bundled" if shared.of_name(unit.name) == unit else "own")
        for unit, line in zip(units, units.definitions, strict=True)
    )
    _lines(book, UNITS, iter([("unit", "definition", "origin"), *rows]))
