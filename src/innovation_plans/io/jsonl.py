"""JSON Lines: one file, a record a line, under a first line that says the edition.

A line says what it is by ``"record"``: ``{"record": "target", "plan": "CN-GD-14-sti", …}``; values
are text, exact as printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from ..errors import DataError, DataErrors, brief
from ..records import TABLE_OF, TABLES
from ..text.messages import Message
from .columns import Options
from .raw import MOST_ROWS, Heading, Item, RawTables, Row, file_error, limited

LOSES = ""

_LONGEST_LINE = 4 * 1024 * 1024
_MOST_BYTES = 1024 * 1024 * 1024
_CHUNK = 1024 * 1024
_HEAD = "dataset"


def write_lines(
    lines: Iterable[dict[str, Any]],
    heading: Heading,
    path: Path,
    options: Options,  # noqa: ARG001
) -> None:
    """Write one file with the heading and an object per line."""
    written = 0
    with path.open("xb") as stream:
        for line in ({"record": _HEAD} | heading._asdict(), *lines):
            raw = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            written += len(raw)
            if len(raw) > _LONGEST_LINE or written > _MOST_BYTES:
                problem = f"a line has at most {_LONGEST_LINE} bytes, a file {_MOST_BYTES}"
                error = DataError(file=f"{line['record']}", problem=problem)
                raise DataErrors.with_first("nothing written", [error])
            stream.write(raw)


def read(path: Path) -> RawTables:
    """Return the tables of a file of JSON lines."""
    tables: dict[str, list[Item]] = {}
    errors: list[DataError] = []
    lines = _rows(path)
    heading = _heading(path, next(lines, None), errors)
    for item in limited(_checked(lines)):
        if isinstance(item, Row):
            tables.setdefault(TABLE_OF[item.cells.pop("record")], []).append(item)
        elif isinstance(item, DataError):
            errors.append(item)
    return RawTables(str(path), tables, heading, tuple(errors), f"{path.name} units")


def _rows(path: Path) -> Iterator[Row | DataError]:
    """Yield the objects of the file as rows, and an error for each line that is none."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise file_error(path.name, f"expected at most {_MOST_BYTES} bytes")
        with path.open("rb") as stream:
            _check_count(path.name, stream)
            for number in count(1):
                raw = stream.readline(_LONGEST_LINE + 1)
                if not raw:
                    return
                if len(raw) > _LONGEST_LINE:
                    problem = f"expected at most {_LONGEST_LINE} bytes in a line"
                    raise file_error(path.name, problem, line=number)
                yield _row(path.name, number, raw)
    except OSError as error:
        raise file_error(path.name, f"cannot be read: {error.strerror or error}") from error


def _check_count(file: str, stream: BinaryIO) -> None:
    """Raise an error for too many lines, before one of them is read."""
    chunks = iter(lambda: stream.read(_CHUNK), b"")
    if sum(chunk.count(b"\n") for chunk in chunks) > MOST_ROWS + 1:  # with the heading
        raise file_error(file, f"expected at most {MOST_ROWS} rows", line=MOST_ROWS + 2)
    stream.seek(0)


def _row(file: str, line: int, raw: bytes) -> Row | DataError:
    problem = Message("problem.no_json_object")
    try:
        value = json.loads(
            raw.decode("utf-8-sig" if line == 1 else "utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_no_number,
        )
        if isinstance(value, dict) and value:
            return Row(file, line, value)
    except UnicodeDecodeError as error:
        problem = Message("problem.no_utf8", byte=f"0x{raw[error.start]:02x}")
    except json.JSONDecodeError as error:
        place = {"position": error.pos + 1, "reason": error.msg.lower()}
        problem = Message("problem.broken_json_at", **place)
    except (ValueError, RecursionError) as error:
        problem = Message("problem.broken_json", reason=f"{error!s:.120}")
    return DataError(file=file, line=line, problem=problem)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:60]!r} occurs twice in one object")
    return values


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number")


def _heading(path: Path, first: Row | DataError | None, errors: list[DataError]) -> Heading:
    if isinstance(first, Row) and first.line == 1 and first.cells.get("record") == _HEAD:
        return Heading.of(first, errors)
    problem = f'expected a first line {{"record": "{_HEAD}", "edition": …, "schema": …}}'
    errors = [first] if isinstance(first, DataError) else []
    error = DataError(file=path.name, line=1, problem=problem)
    raise DataErrors.of(str(path), [*errors, error])


def _checked(lines: Iterable[Row | DataError]) -> Iterator[Row | DataError]:
    """Yield the rows that name a table and whose codes are text, and an error for others."""
    for row in lines:
        yield row if isinstance(row, DataError) else _error_of(row) or row


# The results that can be written to a file of this format, by the noun of their rows.
_RESULTS = {
    "assessment": "Scorecard",
    "change": "Diff",
    "cell": "Coverage",
    "derivation": "Derivations",
    "finding": "Findings",
}


def _error_of(row: Row) -> DataError | None:
    noun = row.cells.get("record")
    if isinstance(noun, str) and noun in _RESULTS:
        return row.error(Message("problem.result_row", name=_RESULTS[noun]), "record")
    if not isinstance(noun, str) or noun not in TABLE_OF:
        words = {"names": tuple(TABLE_OF), "found": brief(noun)}
        return row.error(Message("problem.no_noun", **words), "record")
    # Rows of one table refer to each other by these cells: a code, or lists of codes.
    for column in ("code", *TABLES[TABLE_OF[noun]].own_kind):
        cell = row.cells.get(column)
        codes = cell if isinstance(cell, list) and column != "code" else [cell]
        if not all(code is None or isinstance(code, str) for code in codes):
            return row.error(Message("problem.no_code", found=brief(cell)), column)
    return None
