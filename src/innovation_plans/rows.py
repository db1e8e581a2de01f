"""Floor 5: rows to records and back. A citation is three columns; aliases are divided by ``|``.

Read next: ``directory.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError

from .errors import DataError
from .files import Row
from .records import Citation, Codes, Record

__all__ = ["columns_of", "read_records", "to_cells"]

R = TypeVar("R", bound=Record)
_FIRST = ("code", "plan", "region", "indicator")
_CITED = tuple(Citation.model_fields)


@cache
def columns_of(kind: type[Record]) -> tuple[str, ...]:
    """The columns of a file of such records: what identifies them first.

    Examples
    --------
    >>> from innovation_plans.records import Erratum
    >>> columns_of(Erratum)
    ('code', 'source', 'locator', 'as_stated', 'corrected', 'reason')
    """
    names: list[str] = []
    for name in kind.model_fields:
        names.extend(_CITED if name == "citation" else (name,))
    return tuple(sorted(names, key=lambda name: (name not in _FIRST, _rank(name))))


def read_records(
    kind: type[R], rows: Iterable[Row], codes: Codes, faults: list[DataError]
) -> list[R]:
    """The records that the rows spell; what is wrong with a row goes to `faults`.

    Each record is added to `codes`, so that later rows can refer to it.
    """
    records: dict[int, R] = {}
    seen: dict[str, Row] = {}
    for place, row in _referred_first(kind, list(rows)):
        record = _record(kind, row, codes, faults)
        if record is None:
            continue
        twin = seen.setdefault(record.key, row)
        if twin is not row:
            faults.append(row.fault(f"{record.key} stands already at {twin.file}:{twin.line}"))
            continue
        records[place] = record
    return [records[place] for place in sorted(records)]


def to_cells(record: Record) -> dict[str, str]:
    """The cells that spell a record; an empty cell says None."""
    given = record.model_dump(mode="json")
    given.update(given.pop("citation", None) or {})
    return {name: _cell(given.get(name)) for name in columns_of(type(record))}


def _rank(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else 0


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "|".join(value) if isinstance(value, list) else str(value)


def _record(kind: type[R], row: Row, codes: Codes, faults: list[DataError]) -> R | None:
    try:
        record = kind.model_validate(_nested(kind, row.cells), context=codes)
    except ValidationError as error:
        faults.extend(_faults(row, error))
        codes.faulty.add((kind.noun, str(row.cells.get("code"))))
        return None
    if "code" in kind.model_fields:
        codes.add(record)
    return record


def _nested(kind: type[Record], cells: Mapping[str, Any]) -> Mapping[str, Any]:
    """The cells with those of the citation folded into one value."""
    if "citation" not in kind.model_fields:
        return cells
    folded = {name: cell for name, cell in cells.items() if name not in _CITED}
    folded["citation"] = {name: cells[name] for name in _CITED if name in cells}
    return folded


def _referred_first(kind: type[Record], rows: list[Row]) -> Iterator[tuple[int, Row]]:
    """The rows with their places, in an order in which those they refer to come before them.

    Rows that refer to each other in a circle, or to nothing, come last and fail by themselves.
    """
    waiting = dict(enumerate(rows))
    if not kind.own_kind:
        yield from waiting.items()
        return
    coming = {row.cells.get("code") for row in rows}
    while waiting:
        ready = {at: row for at, row in waiting.items() if not _awaits(kind, row, coming)}
        yield from (ready or waiting).items()
        coming -= {row.cells.get("code") for row in (ready or waiting).values()}
        waiting = {at: row for at, row in waiting.items() if at not in ready} if ready else {}


def _awaits(kind: type[Record], row: Row, coming: set[Any]) -> bool:
    cells = (str(row.cells.get(name) or "") for name in kind.own_kind)
    return any(code in coming for cell in cells for code in cell.split("|"))


def _faults(row: Row, error: ValidationError) -> Iterator[DataError]:
    for each in error.errors(include_url=False):
        if each["type"] != "faulty_reference":
            column = next((str(part) for part in reversed(each["loc"]) if _is_name(part)), "")
            yield row.fault(_said(each), column)


def _is_name(part: int | str) -> bool:
    return isinstance(part, str) and part != "citation"


def _said(each: Any) -> str:
    """What pydantic says, in the house's words: what was expected, what was found."""
    kind, found, context = each["type"], each["input"], each.get("ctx", {})
    if kind == "missing":
        return "expected a value, found an empty cell"
    if kind in {"value_error", "unknown_code", "no_codes"}:
        return str(each["msg"]).removeprefix("Value error, ")
    shown = f", found {found!r:.60}"
    if kind == "enum":
        return f"expected {context['expected']}{shown}"
    if kind == "string_pattern_mismatch":
        return f"expected text of the form {context['pattern']}{shown}"
    return f"{str(each['msg'])[0].lower()}{str(each['msg'])[1:]}{shown}"
