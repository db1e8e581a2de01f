"""Rows to records and back. A citation is three columns; aliases are divided by ``|``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError

from ..errors import DataError, nearest
from ..records import Citation, Codes, Record
from .raw import MOST_FAULTS, Row, no_column, too_many

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
    kind: type[R],
    rows: Iterable[Row],
    codes: Codes,
    faults: list[DataError],
    places: dict[str, str] | None = None,
) -> list[R]:
    """The records that the rows spell; what is wrong with a row goes to `faults`.

    Each record is added to `codes`, so that later rows can refer to it; where each stands goes
    to `places`, by key.
    """
    before = len(faults)
    records: dict[int, R] = {}
    seen: dict[str, Row] = {}
    coded, cited = "code" in kind.model_fields, "citation" in kind.model_fields
    for place, row in _in_order(kind, list(rows), codes, faults):
        if cited:
            _fold_citation(row.cells)
        record: R | None = _record(row.kind or kind, row, codes, faults)
        if record is None:
            codes.faulty.add((kind.noun, str(row.cells.get("code"))))
            if len(faults) - before >= MOST_FAULTS:
                faults.append(too_many(row.file, row.line))
                codes.unread.add(kind.noun)
                break
            continue
        twin = seen.setdefault(record.key, row)
        if twin is not row:
            faults.append(row.fault(f"{record.key} stands already at {twin.place}"))
            continue
        if coded:
            codes.add(record)
        records[place] = record
    if places is not None:
        places.update((key, row.place) for key, row in seen.items())
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
    try:  # model_validate without the checks of its arguments
        return kind.__pydantic_validator__.validate_python(row.cells, context=codes)  # type: ignore[no-any-return]
    except ValidationError as error:
        faults.extend(_faults(row, error, columns_of(kind)))
        return None


def _fold_citation(cells: dict[str, Any]) -> None:
    """Fold the cells of the citation into one value, unless they are one already."""
    if "citation" not in cells:
        cells["citation"] = {name: cells.pop(name) for name in _CITED if name in cells}


def _in_order(
    kind: type[Record], rows: list[Row], codes: Codes, faults: list[DataError]
) -> Iterator[tuple[int, Row]]:
    """The rows with their places, those that others refer to before these.

    Rows that refer to each other in a circle are faults; what hangs on them is left out with them.
    """
    waiting = dict(enumerate(rows))
    if not kind.own_kind:
        yield from waiting.items()
        return
    coming = {str(row.cells.get("code")) for row in rows}
    while waiting:
        ready = {at: row for at, row in waiting.items() if not _own(kind, row) & coming}
        if not ready:
            faults.extend(_circles(kind, list(waiting.values())))
            codes.faulty.update((kind.noun, str(r.cells.get("code"))) for r in waiting.values())
            return
        yield from ready.items()
        coming -= {str(row.cells.get("code")) for row in ready.values()}
        waiting = {at: row for at, row in waiting.items() if at not in ready}


def _circles(kind: type[Record], rows: list[Row]) -> Iterator[DataError]:
    """A fault for every row that comes back to itself by its references."""
    next_of = {str(row.cells.get("code")): _own(kind, row) for row in rows}
    for row in rows:
        start = str(row.cells.get("code"))
        reached: set[Any] = set()
        edge = {start}
        while edge:
            edge = {each for code in edge for each in next_of.get(code, ())} - reached
            reached |= edge
        if start in reached:
            column = next(name for name in kind.own_kind if _codes_in(row, name) & reached)
            yield row.fault(f"{start} refers to itself in a circle", column)


def _own(kind: type[Record], row: Row) -> set[Any]:
    """The codes of its own table that a row refers to."""
    return {code for name in kind.own_kind for code in _codes_in(row, name)}


def _codes_in(row: Row, column: str) -> set[Any]:
    cell = row.cells.get(column)
    if isinstance(cell, str):
        return set(cell.split("|"))
    return {str(each) for each in cell} if isinstance(cell, list) else set()


def _faults(row: Row, error: ValidationError, columns: tuple[str, ...]) -> Iterator[DataError]:
    for each in error.errors(include_url=False):
        if each["type"] != "faulty_reference":
            column = next((str(part) for part in reversed(each["loc"]) if _is_name(part)), "")
            yield row.fault(_said(each, columns), column)


def _is_name(part: int | str) -> bool:
    return isinstance(part, str) and part != "citation"


def _nearest(found: object, expected: str) -> str:
    """The member of a code list that was probably meant; pydantic lists them in quotes."""
    members = {each.lower(): each for each in re.findall("'([^']*)'", expected)}
    near = nearest(str(found)[:60].lower(), members, 1)
    return f"; did you mean {members[near[0]]!r}?" if near else ""


def _said(each: Any, columns: tuple[str, ...]) -> str:
    """What pydantic says, in the house's words: what was expected, what was found."""
    kind, found, context = each["type"], each["input"], each.get("ctx", {})
    if kind == "missing":
        return "expected a value, found an empty cell"
    if kind == "extra_forbidden":
        return no_column(str(each["loc"][-1]), columns)
    if kind in {"value_error", "unknown_code", "no_codes"}:
        return str(each["msg"]).removeprefix("Value error, ")
    shown = f", found {found!r:.60}"
    if kind == "enum":
        return f"expected {context['expected']}{shown}{_nearest(found, context['expected'])}"
    if kind == "string_pattern_mismatch":
        return f"expected text of the form {context['pattern']}{shown}"
    return f"{str(each['msg'])[0].lower()}{str(each['msg'])[1:]}{shown}"
