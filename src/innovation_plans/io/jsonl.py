"""JSON Lines: one file, a record a line, under a first line that says the edition.

A line says what it is by ``"record"``: ``{"record": "target", "plan": "CN-GD-14-sti", …}``; values
are text, exact as printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from ..errors import DataError, DataErrors
from ..records import TABLE_OF, TABLES
from .columns import Heading
from .folder import RowSource
from .incoming import Incoming, refuse
from .raw import MOST_FAULTS, MOST_ROWS, Row, too_many

__all__ = ["LOSES", "read", "write_lines"]

LOSES = ""

_LONGEST_LINE = 4 * 1024 * 1024
_MOST_BYTES = 1024 * 1024 * 1024
_HEAD = "dataset"


def write_lines(lines: Iterable[dict[str, Any]], heading: Heading, path: Path) -> None:
    """Write one file with the heading and an object per line."""
    written = 0
    with path.open("xb") as stream:
        for said in ({"record": _HEAD} | heading._asdict(), *lines):
            raw = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            written += len(raw)
            if len(raw) > _LONGEST_LINE or written > _MOST_BYTES:
                problem = f"a line holds at most {_LONGEST_LINE} bytes, a file {_MOST_BYTES}"
                fault = DataError(file=f"{said['record']}", problem=problem)
                raise DataErrors("nothing written", [fault])
            stream.write(raw)


def read(path: Path) -> RowSource:
    """The rows of a file of JSON lines."""
    faults: list[DataError] = []
    tables: dict[str, list[Row]] = {}
    lines = _objects(path, faults)
    heading = _heading(path, next(lines, None), faults)
    for count, (line, said) in enumerate(lines, start=1):
        if count > MOST_ROWS:
            raise refuse(path.name, f"expected at most {MOST_ROWS} records", line=line)
        name = _table_of(path, line, said, faults)
        row = Row(path.name, line, said)
        if name and _codes_are_text(name, row, faults):
            tables.setdefault(name, []).append(row)
    return Incoming(str(path), tables, heading, faults)


def _objects(path: Path, faults: list[DataError]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of the file with their lines; lines that are none go to `faults`."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise refuse(path.name, f"expected at most {_MOST_BYTES} bytes")
        with path.open("rb") as stream:
            number, before = 0, len(faults)
            while raw := stream.readline(_LONGEST_LINE + 1):
                number += 1
                if len(raw) > _LONGEST_LINE:
                    problem = f"expected at most {_LONGEST_LINE} bytes in a line"
                    raise refuse(path.name, problem, line=number)
                if said := _object(path.name, number, raw, faults):
                    yield number, said
                if len(faults) - before >= MOST_FAULTS:
                    faults.append(too_many(path.name, number))
                    return
    except OSError as error:
        raise refuse(path.name, f"cannot be read: {error.strerror or error}") from error


def _object(file: str, line: int, raw: bytes, faults: list[DataError]) -> dict[str, Any] | None:
    problem = "expected a JSON object"
    try:
        said = json.loads(
            raw.decode("utf-8-sig" if line == 1 else "utf-8"),
            object_pairs_hook=_once,
            parse_constant=_no_number,
        )
        if isinstance(said, dict) and said:
            return said
    except UnicodeDecodeError as error:
        problem = f"expected UTF-8, found byte 0x{raw[error.start]:02x}; save it as UTF-8"
    except json.JSONDecodeError as error:
        problem = f"broken JSON at character {error.pos + 1}: {error.msg.lower()}"
    except (ValueError, RecursionError) as error:
        problem = f"broken JSON: {error!s:.120}"
    faults.append(DataError(file=file, line=line, problem=problem))
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:60]!r} stands twice in one object")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _heading(
    path: Path, first: tuple[int, dict[str, Any]] | None, faults: list[DataError]
) -> Heading:
    if first is None or first[0] != 1 or first[1].get("record") != _HEAD:
        problem = f'expected a first line {{"record": "{_HEAD}", "edition": …, "schema": …}}'
        raise DataErrors.of(
            str(path), [*faults, DataError(file=path.name, line=1, problem=problem)]
        )
    return Heading.of(first[1], f"{path.name}:1", faults)


def _table_of(path: Path, line: int, said: dict[str, Any], faults: list[DataError]) -> str:
    noun = said.pop("record", None)
    name = TABLE_OF.get(noun, "") if isinstance(noun, str) else ""
    if not name:
        problem = f"expected one of {', '.join(TABLE_OF)}, found {noun!r:.60}"
        faults.append(DataError(file=path.name, line=line, column="record", problem=problem))
    return name


def _codes_are_text(name: str, row: Row, faults: list[DataError]) -> bool:
    """Whether the cells by which rows of one table find each other are codes, or lists of them."""
    before = len(faults)
    for column in ("code", *TABLES[name].own_kind):
        cell = row.cells.get(column)
        listed = cell if isinstance(cell, list) and column != "code" else [cell]
        if not all(each is None or isinstance(each, str) for each in listed):
            faults.append(row.fault(f"expected a code, found {cell!r:.60}", column))
    return len(faults) == before
