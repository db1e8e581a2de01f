"""Excel: a workbook with a sheet a table, one of units, and one to be read first.

Figures are numbers where a spreadsheet keeps all their digits, shown with as many decimals as are
printed; text is typed as text and bears Excel's own mark for it, so that none of it runs.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..errors import DataError, DataErrors
from ..units.table import UnitTable, bundled_units
from .columns import Columns, Heading, Value, cell_text
from .folder import RowSource
from .formats import Options, needed
from .sheets import LONGEST_CELL, READ_ME, UNITS, read_workbook

__all__ = ["LOSES", "REFUSES", "read", "write", "write_table"]

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
    _lines(book, READ_ME, _said(heading, {table.name: table.count for table in tables}))


def _said(heading: Heading, counts: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
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
