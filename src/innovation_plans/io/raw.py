"""Text files to rows, with file, line and column for every complaint.

Reading is bounded and strict: UTF-8, a known header, a cell for every column. Nothing is
repaired; every fault found is kept until all files are read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..codelists import Tier
from ..errors import DataError, DataErrors, nearest
from ..resources import bundled_text, unreadable

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

__all__ = [
    "MOST_FAULTS",
    "MOST_ROWS",
    "Row",
    "edition_document",
    "known_tiers",
    "no_column",
    "no_file",
    "parsed_toml",
    "raw_of",
    "read_csv",
    "read_toml",
    "text_of",
    "too_many",
]

MOST_FAULTS = 1000  # of one file: who has more has one fault that makes them all
MOST_ROWS = 1_000_000  # of one file: a few bytes may say many rows, and each takes its room

_LARGEST = 64 * 1024 * 1024
_MOST_COLUMNS = 500
_LARGEST_TOML = 4 * 1024 * 1024
_MOST_BITS = 1024  # of a whole number in TOML, which may be as long as the file
# Patterns are compiled by the first search: a snapshot needs none.
_LONG_KEY = r"""(?<![\w"'-])[\w"'-]++(?:[ \t]*+\.[ \t]*+[\w"'-]++){50}"""
_LONG_NUMBER = r"[0-9A-Fa-f_]{250}"
_LONG_PART = r"[0-9\[{]"
_TOML_PLACE = r"\(at line ([0-9]+), column [0-9]+\)|\(at end of document\)"


class Row(NamedTuple):
    """The filled cells of one row, and where it stands."""

    file: str
    line: int
    cells: dict[str, Any]
    lines: Mapping[str, int] = {}  # of single cells, where a row runs over several lines
    record: Any = None  # the record itself, where it does not come from text

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def fault(self, problem: str, column: str = "") -> DataError:
        """A fault of this row."""
        line = self.lines.get(column, self.line)
        return DataError(file=self.file, line=line, column=column, problem=problem)


def read_csv(
    file: Traversable, label: str, columns: Sequence[str], faults: list[DataError]
) -> Iterator[Row]:
    """The rows of a CSV file whose header holds some of `columns`; what is wrong goes to `faults`."""
    text = text_of(file, label, faults)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line, before, rows = 1, len(faults), 0
    try:
        header = next(reader, [])
        if not _header_fits(header, label, columns, faults):
            return
        line = reader.line_num + 1
        for cells in reader:
            row = _row(header, cells, label, line, faults)
            rows += 1
            if rows > MOST_ROWS:
                faults.append(
                    DataError(file=label, line=line, problem=f"more than {MOST_ROWS} rows")
                )
                return
            if row:
                yield row
            elif len(faults) - before >= MOST_FAULTS:
                faults.append(too_many(label, line))
                return
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(DataError(file=label, line=line, problem=f"broken CSV: {error}"))


def read_toml(
    file: Traversable, label: str, columns: Sequence[str], faults: list[DataError]
) -> Iterator[Row]:
    """One row for every ``[code]`` table of a TOML file; what is wrong goes to `faults`."""
    text = text_of(file, label, faults)
    tables = None if text is None else parsed_toml(text, label, faults)
    if text is None or tables is None:
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


def too_many(label: str, line: int) -> DataError:
    """The last fault of a file that has too many."""
    problem = f"{MOST_FAULTS} faults; the rest is not read before these are mended"
    return DataError(file=label, line=line, problem=problem)


def parsed_toml(text: str, label: str, faults: list[DataError]) -> dict[str, Any] | None:
    """What a TOML text holds; None, and a fault, where it is none."""
    import tomllib

    if refusal := _too_much_toml(text):
        line, problem = refusal
        faults.append(DataError(file=label, line=line, problem=problem))
        return None
    try:
        found = tomllib.loads(text)
        if not _is_long(found):
            return found
        place = re.search(_LONG_NUMBER, text)
        line = text.count("\n", 0, place.start() if place else 0) + 1
        problem = f"a whole number of more than {_MOST_BITS} bits"
    except tomllib.TOMLDecodeError as error:
        place = re.search(_TOML_PLACE, str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        problem = f"broken TOML: {re.sub(_TOML_PLACE, '', str(error)).strip()}"
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; [[[[[[…
        line, problem = _worst_line(text), f"broken TOML: {error!s:.80}"
    faults.append(DataError(file=label, line=line, problem=problem))
    return None


def edition_document(root: Traversable) -> dict[str, Any]:
    """Return what the ``edition.toml`` of a bundled edition contains.

    Raises
    ------
    DataErrors
        If it is missing or broken.
    """
    name = "edition.toml"
    faults: list[DataError] = []
    document = parsed_toml(bundled_text(root / name, name), name, faults)
    if document is None:
        raise DataErrors.of("bundled data", faults)
    return document


def known_tiers(found: object) -> str:
    """Return letters of tiers; empty where a heading has none, or others."""
    return found if isinstance(found, str) and found and set(found) <= set(Tier) else ""


def _is_long(found: Any) -> bool:
    """Whether a number is so long that no message could show it."""
    if isinstance(found, int):
        return found.bit_length() > _MOST_BITS
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return any(map(_is_long, inner))


def no_file(file: Traversable) -> str:
    """Why a file must not be opened: a pipe would wait for a writer, a device has no end."""
    if isinstance(file, Path) and file.exists() and not (file.is_file() or file.is_dir()):
        return "cannot be read: a pipe or device, no file"
    return ""


def raw_of(file: Traversable, label: str, faults: list[DataError]) -> bytes | None:
    """The bytes of a file of bounded size; None, and a fault, where it is none."""
    if problem := no_file(file):
        faults.append(DataError(file=label, problem=problem))
        return None
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except unreadable() as error:
        said = getattr(error, "strerror", None) or error
        faults.append(DataError(file=label, problem=f"cannot be read: {said}"))
        return None
    if len(raw) > _LARGEST:
        faults.append(DataError(file=label, problem=f"larger than {_LARGEST} bytes"))
        return None
    return raw


def text_of(file: Traversable, label: str, faults: list[DataError]) -> str | None:
    """The text of a UTF-8 file of bounded size; None, and a fault, where it is none."""
    raw = raw_of(file, label, faults)
    if raw is None:
        return None
    if b"\0" in raw:
        line = _line_of(raw, raw.index(b"\0"))
        faults.append(DataError(file=label, line=line, problem="holds a NUL byte: is it text?"))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_of(raw, error.start)
        problem = f"expected UTF-8, found byte 0x{raw[error.start]:02x}; save it as UTF-8"
        faults.append(DataError(file=label, line=line, problem=problem))
        return None


def _line_of(raw: bytes, position: int) -> int:
    """The line of a byte, where lines end as CSV lets them end: with LF, CR LF or CR."""
    before = raw[:position]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


def _too_much_toml(text: str) -> tuple[int, str] | None:
    """Where and why a TOML text would keep the parser busy for long."""
    if len(text) > _LARGEST_TOML:
        return 0, f"larger than {_LARGEST_TOML} characters; write it as CSV"
    if found := re.search(_LONG_KEY, text):
        line = text.count("\n", 0, found.start()) + 1
        return line, "a key of more than 50 parts"  # the parser takes their square
    return None


def _worst_line(text: str) -> int:
    """The line that a reader of TOML most likely gave up at: the one with the most brackets or digits."""
    lines = text.split("\n")
    worst = max(range(len(lines)), key=lambda at: len(re.findall(_LONG_PART, lines[at])))
    return worst + 1


def _header_fits(
    header: list[str], label: str, columns: Sequence[str], faults: list[DataError]
) -> bool:
    if not any(header):
        problem = f"expected a header with some of {', '.join(columns)}"
        faults.append(DataError(file=label, line=1, problem=problem))
        return False
    if len(header) > _MOST_COLUMNS:
        problem = f"expected at most {_MOST_COLUMNS} columns, found {len(header)}"
        faults.append(DataError(file=label, line=1, problem=problem))
        return False
    before = len(faults)
    for position, name in enumerate(header):
        if name not in columns:
            problem = no_column(name, columns)
            faults.append(DataError(file=label, line=1, column=name[:60], problem=problem))
        elif name in header[:position]:
            faults.append(DataError(file=label, line=1, column=name, problem="stands here twice"))
    return len(faults) == before


def no_column(name: str, columns: Sequence[str]) -> str:
    """What to say of a column that is none."""
    near = nearest(name[:60], columns, 1)
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
    return row.fault(no_column(key, columns), key)


_TABLE_HEAD = r"""\s*\[\[?\s*(?:"([^"]{1,100})"|'([^']{1,100})'|([\w-]{1,100}))"""
_KEY = r"""\s*(?:"([^"]{1,60})"|'([^']{1,60})'|([\w-]{1,60}))\s*[=.]"""


def _toml_lines(text: str) -> dict[str, dict[str, int]]:
    """Where each table (under "") and each of its keys stands."""
    places: dict[str, dict[str, int]] = {}
    current: dict[str, int] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if found := re.match(_TABLE_HEAD, line):
            current = places.setdefault(found[1] or found[2] or found[3], {"": number})
        elif found := re.match(_KEY, line):
            name = found[1] or found[2] or found[3]
            if current is None:  # a bare value at the top
                places.setdefault(name, {"": number})
            else:
                current.setdefault(name, number)
    return places
