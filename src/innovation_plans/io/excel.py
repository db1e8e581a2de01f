"""Excel: a workbook with a sheet a table, one of units, and one to be read first.

Figures are numbers where a spreadsheet keeps all their digits, shown with as many decimals as are
printed; text is typed as text and bears Excel's own mark for it, so that none of it runs.
"""

from __future__ import annotations

import errno
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from ..errors import DataError, DataErrors, brief
from ..records import BY_TIER, TABLES
from ..text.messages import Message
from ..units.decimals import EXACT
from ..units.table import UnitTable, bundled_units
from .columns import Columns, Options, Value, cell_text
from .files import needed
from .raw import (
    MOST_ERRORS,
    MOST_ROWS,
    FileColumns,
    Heading,
    Item,
    RawTables,
    Row,
    file_error,
    limited,
    no_table,
)

READ_ME = "read me"
UNITS = "units"
LONGEST_CELL = 32_767  # characters, as Excel has it

LOSES = ""
REFUSES = (
    "lists whose parts contain |, and in your own fields empty text, control characters and more "
    f"than {LONGEST_CELL} characters"
)

_MOST_DIGITS = 15  # of a number that a spreadsheet keeps as it is
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_WIDEST = 60
_FIRST_DAY = datetime(1980, 1, 1)  # noqa: DTZ001 - that an archive knows, in no zone
_MOST_BYTES = 256 * 1024 * 1024
_MOST_PARTS = 2000
_MOST_CELLS = 40_000_000  # with the empty ones that a lone cell far to the right brings
_MOST_ELEMENTS = 4_000_000
_MOST_ELEMENTS_IN_A_ROW = 100_000
_CHUNK = 1024 * 1024
# The units of numbers that a cell may show as a percentage.
_PERCENTS = {"percent", "percent_per_year", "percentage_point"}
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")


# ------------------------------------------------------------------ reading


def read(path: Path) -> RawTables:
    """Return the tables of a workbook: of the sheets that have the name of a table.

    No formula is run and no link is followed.

    Raises
    ------
    DataErrors
        If the file is not a workbook, or unpacks to more than is read.
    """
    openpyxl = needed("openpyxl", "excel")
    try:
        _check_parts(path)
        with path.open("rb") as stream:  # openpyxl leaves a broken file open
            book = openpyxl.load_workbook(stream, read_only=True, keep_links=False)
            try:
                return _tables(path, book)
            finally:
                book.close()
    except DataErrors:
        raise
    except OSError as error:
        raise file_error(path.name, f"cannot be read: {error.strerror or error}") from error
    except Exception as error:
        reason = " ".join(str(error).split())[:160]
        problem = f"expected an Excel workbook: {reason or type(error).__name__}"
        raise file_error(path.name, problem) from error


def _check_parts(path: Path) -> None:
    """Raise DataErrors for a workbook that unpacks to more than is read."""
    with ZipFile(path) as packed:
        parts = packed.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
            problem = f"expected at most {_MOST_BYTES} bytes when unpacked, in {_MOST_PARTS} parts"
            raise file_error(path.name, problem)
        for part in parts:
            with packed.open(part) as stream:
                _check_count(path.name, iter(lambda: stream.read(_CHUNK), b""))
        elements = 0
        for part in parts:  # any name: a part can have any, if others refer to it
            with packed.open(part) as stream:
                elements += _elements_in(path, part.filename[:100], stream, elements)


def _check_count(file: str, chunks: Iterator[bytes]) -> None:
    """Raise an error for too many rows, before one of them is parsed."""
    if sum(len(_ROW.findall(chunk)) for chunk in chunks) > MOST_ROWS + 1:  # with the header
        raise file_error(file, f"expected at most {MOST_ROWS} rows", line=MOST_ROWS + 2)


def _elements_in(path: Path, name: str, stream: Any, before: int) -> int:
    """Return the number of XML elements of a part; `before` it there are others.

    A few thousand packed bytes can have many elements, and openpyxl keeps a row whole.
    """
    count, in_row = 0, float("-inf")

    def count_element(tag: str, _: object) -> None:
        nonlocal count, in_row
        count += 1
        in_row = 0 if tag.rpartition(":")[2] == "row" else in_row + 1
        if before + count > _MOST_ELEMENTS or in_row > _MOST_ELEMENTS_IN_A_ROW:
            raise file_error(path.name, f"expected fewer XML elements in the part {name!r}")

    def refuse_document_type(*_: object) -> None:  # it can define entities
        raise file_error(path.name, f"expected no document type in the part {name!r}")

    parser = expat.ParserCreate()
    parser.StartElementHandler = count_element
    parser.StartDoctypeDeclHandler = refuse_document_type
    with suppress(expat.ExpatError):  # a picture; openpyxl raises its own error for broken XML
        parser.ParseFile(stream)
    return count


def _tables(path: Path, book: Any) -> RawTables:
    tables: dict[str, list[Item]] = {}
    values: dict[str, str] = {}
    units: list[str] = []
    errors: list[DataError] = []
    for sheet in book.worksheets:
        place = _place(path, sheet.title)
        if sheet.title in TABLES:
            tables[sheet.title] = list(limited(_items(place, sheet)))
        elif sheet.title == READ_ME:
            rows = _texts(place, sheet, errors)
            values = {cells[0]: cells[1] for cells in rows if {0, 1} <= cells.keys()}
        elif sheet.title == UNITS:
            rows = _texts(place, sheet, errors)
            units = [cells.get(1, "") for cells in rows if _is_own(cells)]
        else:
            errors.append(no_table(place, TABLES))
    schema: Any = values.get("schema", "0")
    if _is_count(schema):
        schema = int(schema)
    stated = {name: values.get(f"sheet {name}", "").removesuffix(" rows") for name in TABLES}
    counts = {name: int(count) for name, count in stated.items() if _is_count(count)}
    heading = Heading.of(
        Row(
            _place(path, READ_ME),
            0,
            {**values, "schema": schema, "units": units, "records": counts},
        ),
        errors,
    )
    return RawTables(str(path), tables, heading, tuple(errors), _place(path, UNITS))


def _is_count(text: str) -> bool:
    return text.isdecimal() and len(text) < 9


def _is_own(cells: Mapping[int, str]) -> bool:
    """Return True if a row of the units has one that is not bundled."""
    name, origin = cells.get(0), cells.get(2)
    return name != "unit" and (origin != "bundled" or name not in bundled_units())


def _items(place: str, sheet: Any) -> Iterator[Item]:
    """Yield the columns and rows of a sheet whose first row has the names of columns."""
    header: dict[int, str] = {}
    for line, cells in _cells_of(place, sheet):
        texts: dict[int, str] = {}
        for at, cell in cells.items():
            text = _text_of(cell, place, line)
            if isinstance(text, DataError):
                yield text
            else:
                texts[at] = text
        if header:
            for at in sorted(texts.keys() - header.keys()):
                problem = Message("problem.no_column", found=brief(texts[at]))
                yield DataError(file=place, line=line, problem=problem)
            yield from _wrong_percents(place, line, cells, header, texts)
            yield Row(place, line, {header[at]: texts[at] for at in texts if at in header})
        elif line > 1 or not texts:
            break
        else:
            header = texts
            yield FileColumns(place, 1, tuple(header.values()))
    if not header:
        yield DataError(file=place, line=1, problem=Message("problem.no_header"))


def _wrong_percents(
    place: str,
    line: int,
    cells: Mapping[int, Any],
    header: Mapping[int, str],
    texts: Mapping[int, str],
) -> Iterator[DataError]:
    """Yield an error for each number shown as a percentage that is not in percent, such as a year."""
    units = {header[at]: text for at, text in texts.items() if header.get(at, "").endswith("unit")}
    for at, cell in cells.items():
        name = header.get(at, "")
        unit = units.get(
            "baseline_unit" if name.startswith("baseline") else "unit", units.get("unit")
        )
        if _is_percent(cell) and (unit not in _PERCENTS or name.endswith("year")):
            words = {"name": name, "found": f"{cell.value!s:.60}"}
            problem = Message("problem.excel_percent", **words)
            yield DataError(file=place, line=line, column=str(cell.column_letter), problem=problem)


def _is_percent(cell: Any) -> bool:
    is_number = isinstance(cell.value, int | float | Decimal) and not isinstance(cell.value, bool)
    return is_number and "%" in str(cell.number_format)


def _texts(place: str, sheet: Any, errors: list[DataError]) -> Iterator[dict[int, str]]:
    """Yield the filled rows of a sheet that is not a table: text by position."""
    for line, cells in _cells_of(place, sheet):
        texts = {at: _text_of(cell, place, line) for at, cell in cells.items()}
        errors.extend(text for text in texts.values() if isinstance(text, DataError))
        yield {at: text for at, text in texts.items() if isinstance(text, str)}
        if len(errors) >= MOST_ERRORS:
            return


def _cells_of(place: str, sheet: Any) -> Iterator[tuple[int, dict[int, Any]]]:
    """Yield the rows that have a filled cell, with their numbers: cells by position."""
    sheet.reset_dimensions()
    count = 0
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        count += len(cells)
        if count > _MOST_CELLS:
            raise file_error(place, f"expected at most {_MOST_CELLS} cells", line=line)
        filled = {at: cell for at, cell in enumerate(cells) if cell.value not in {None, ""}}
        if filled:
            yield line, filled


def _text_of(cell: Any, place: str, line: int) -> str | DataError:
    """Return the text of a cell; a number has the decimals that the cell shows."""
    value = cell.value
    if cell.data_type in {"f", "e"}:
        key = "problem.excel_formula" if cell.data_type == "f" else "problem.excel_error"
        problem = Message(key, found=f"{value!s:.60}")
    elif isinstance(value, str):
        return value
    elif isinstance(value, bool):
        return str(value).lower()
    elif isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    elif isinstance(value, int | float | Decimal) and math.isfinite(value):
        if _is_percent(cell):
            return _percent(value, str(cell.number_format))
        return _printed(value, str(cell.number_format))
    else:
        problem = Message("problem.excel_value", found=f"{value!s:.60}")
    column = str(cell.column_letter)
    return DataError(file=place, line=line, column=column, problem=problem)


def _percent(value: float | Decimal, shape: str) -> str:
    """Return the number before the sign of a cell such as 3.5%, whose value is 0.035."""
    number = Decimal(repr(value) if isinstance(value, float) else value)
    return _printed(number.scaleb(2, EXACT), shape.replace("%", "").strip())


def _printed(value: float | Decimal, shape: str) -> str:
    """Return a number as the cell shows it, but with all digits that it has."""
    text = f"{Decimal(repr(value) if isinstance(value, float) else value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    shown = len(shape.partition(".")[2]) if set(shape) <= {"0", "."} else 0
    actual = len(text.partition(".")[2])
    if shown > actual:
        text += "." * (actual == 0) + "0" * (shown - actual)
    return text


def _place(path: Path, sheet: str) -> str:
    return f"{path.name} [{sheet[:31]}]"


# ------------------------------------------------------------------ writing


def write(tables: Iterable[Columns], heading: Heading, path: Path, options: Options) -> None:  # noqa: ARG001
    """Write a workbook of all tables: those of figures first, since programs read the first sheet."""
    tables = sorted(tables, key=lambda table: table.name not in BY_TIER)
    with _workbook(path, tables) as book:
        for table in tables:
            _sheet(book, table)
        _units(book, heading.unit_table)
        _read_me(book, heading, tables)


def write_table(table: Columns, heading: Heading, path: Path, options: Options) -> None:  # noqa: ARG001
    """Write a workbook of one table, as the first sheet, which other programs read."""
    with _workbook(path, [table]) as book:
        _sheet(book, table)
        _read_me(book, heading, [table])


@contextmanager
def _workbook(path: Path, tables: Iterable[Columns]) -> Iterator[Any]:
    """Return a workbook to fill, which is written at the end; after an error nothing is left."""
    library = needed("openpyxl", "excel")
    for table in tables:
        _check(table)
    book, packed = library.Workbook(write_only=True), BytesIO()
    try:
        yield book
        _pack(book, packed)
    except BaseException as error:
        for sheet in book.worksheets:  # each has a temporary file of the library
            with suppress(Exception):
                sheet.close()
                sheet._writer.cleanup()  # noqa: SLF001 - which no one else removes before the end
        if refused := _system_error(error):
            raise refused from error
        raise
    with path.open("xb") as stream:
        stream.write(packed.getbuffer())


def _system_error(error: BaseException) -> OSError | None:
    """Return the error of the system behind an error of lxml, which names its number."""
    match = re.fullmatch("IO_(E[A-Z]+)", str(error))
    number = getattr(errno, match[1], None) if match else None
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
                problem = f"a cell has at most {LONGEST_CELL} characters, no control characters"
                place = {"file": f"sheet {table.name}", "column": column}
                error = DataError(**place, line=line, problem=f"{problem}; write jsonl")
                raise DataErrors.with_first(
                    "values that cells cannot contain, nothing written", [error]
                )


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
        """Return a number that is shown with as many decimals as are printed."""
        if text.startswith("-") and not Decimal(text):  # a sheet has no negative zero
            return self.text(text)
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
    """Write the edition and the other values of the heading, which are read again, and the sheets."""
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
