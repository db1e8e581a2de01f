"""Floor 5: text files to rows, with file, line and column for every complaint.

Reading is bounded and strict: UTF-8, a known header, a cell for every column. Nothing is
repaired; every fault found is kept until all files are read. Read next: ``rows.py``.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from importlib_resources.abc import Traversable

from .errors import DataError

__all__ = ["Row", "read_csv", "read_toml"]

_LARGEST = 64 * 1024 * 1024
_TOML_PLACE = re.compile(r"\(at line ([0-9]+), column [0-9]+\)|\(at end of document\)")


class Row(NamedTuple):
    """The filled cells of one row, and where it stands."""

    file: str
    line: int
    cells: dict[str, Any]
    lines: Mapping[str, int] = {}  # of single cells, where a row runs over several lines

    def fault(self, problem: str, column: str = "") -> DataError:
        """A fault of this row."""
        line = self.lines.get(column, self.line)
        return DataError(file=self.file, line=line, column=column, problem=problem)


def read_csv(
    file: Traversable, label: str, columns: Sequence[str], faults: list[DataError]
) -> Iterator[Row]:
    """The rows of a CSV file whose header holds some of `columns`; what is wrong goes to `faults`."""
    text = _text_of(file, label, faults)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        if not _header_fits(header, label, columns, faults):
            return
        line = reader.line_num + 1
        for cells in reader:
            row = _row(header, cells, label, line, faults)
            if row:
                yield row
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(DataError(file=label, line=line, problem=f"broken CSV: {error}"))


def read_toml(
    file: Traversable, label: str, columns: Sequence[str], faults: list[DataError]
) -> Iterator[Row]:
    """One row for every ``[code]`` table of a TOML file; what is wrong goes to `faults`."""
    text = _text_of(file, label, faults)
    if text is None:
        return
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        problem = f"broken TOML: {_TOML_PLACE.sub('', str(error)).strip()}"
        faults.append(DataError(file=label, line=line, problem=problem))
        return
    places = _toml_lines(text)
    for code, entry in tables.items():
        lines = places.get(code, {})
        row = Row(label, lines.get("", 0), {}, lines)
        if not isinstance(entry, dict):
            faults.append(row.fault(f"expected a table [{code[:60]}], found a bare value"))
            continue
        strange = [key for key in entry if key not in columns or key == "code"]
        faults.extend(_strange_key(row, key, columns) for key in strange)
        if not strange:
            row.cells.update({"code": code, **entry})
            yield row


def _text_of(file: Traversable, label: str, faults: list[DataError]) -> str | None:
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except OSError as error:
        faults.append(DataError(file=label, problem=f"cannot be read: {error.strerror or error}"))
        return None
    if len(raw) > _LARGEST:
        faults.append(DataError(file=label, problem=f"larger than {_LARGEST} bytes"))
        return None
    if b"\0" in raw:
        line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
        faults.append(DataError(file=label, line=line, problem="holds a NUL byte: is it text?"))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problem = f"expected UTF-8, found byte 0x{raw[error.start]:02x}; save it as UTF-8"
        faults.append(DataError(file=label, line=line, problem=problem))
        return None


def _header_fits(
    header: list[str], label: str, columns: Sequence[str], faults: list[DataError]
) -> bool:
    if not any(header):
        problem = f"expected a header with some of {', '.join(columns)}"
        faults.append(DataError(file=label, line=1, problem=problem))
        return False
    before = len(faults)
    for position, name in enumerate(header):
        if name not in columns:
            problem = _no_column(name, columns)
            faults.append(DataError(file=label, line=1, column=name[:60], problem=problem))
        elif name in header[:position]:
            faults.append(DataError(file=label, line=1, column=name, problem="stands here twice"))
    return len(faults) == before


def _no_column(name: str, columns: Sequence[str]) -> str:
    near = get_close_matches(name[:60], columns, n=1)
    hint = f"did you mean {near[0]}?" if near else f"expected some of {', '.join(columns)}"
    return f"no such column; {hint}"


def _row(
    header: list[str], cells: list[str], label: str, line: int, faults: list[DataError]
) -> Row | None:
    if not any(cells):
        faults.append(DataError(file=label, line=line, problem="an empty row; delete it"))
        return None
    if len(cells) != len(header):
        problem = f"expected {len(header)} cells, found {len(cells)}"
        faults.append(DataError(file=label, line=line, problem=problem))
        return None
    return Row(label, line, {name: cell for name, cell in zip(header, cells, strict=True) if cell})


def _strange_key(row: Row, key: str, columns: Sequence[str]) -> DataError:
    if key == "code":
        return row.fault("the code is the name of the table; delete this line", key)
    return row.fault(_no_column(key, columns), key)


_TABLE_HEAD = re.compile(r"""\s*\[\[?\s*(?:"([^"]{1,100})"|'([^']{1,100})'|([\w-]{1,100}))""")
_KEY = re.compile(r"""\s*(?:"([^"]{1,60})"|'([^']{1,60})'|([\w-]{1,60}))\s*[=.]""")


def _toml_lines(text: str) -> dict[str, dict[str, int]]:
    """Where each table (under "") and each of its keys stands."""
    places: dict[str, dict[str, int]] = {}
    current: dict[str, int] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _TABLE_HEAD.match(line):
            current = places.setdefault(found[1] or found[2] or found[3], {"": number})
        elif found := _KEY.match(line):
            name = found[1] or found[2] or found[3]
            if current is None:  # a bare value at the top
                places.setdefault(name, {"": number})
            else:
                current.setdefault(name, number)
    return places
