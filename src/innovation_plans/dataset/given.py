"""Records and mappings that a caller gives, as the rows of tables.

A record brings the records it refers to; they are added where the dataset lacks them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias, TypeVar

from ..errors import DataError
from ..io.folder import RowsInMemory
from ..io.raw import Row
from ..records import TABLE_OF, TABLES, Citation, Record
from ..units.table import OwnUnit, table_of

__all__ = ["Given", "given_rows"]

R = TypeVar("R", bound=Record)
Given: TypeAlias = Iterable[R | Mapping[str, Any]]


def given_rows(tables: Mapping[str, Given[Any]], units: str, label: str) -> RowsInMemory:
    """The rows of what was given, and of what the given records refer to.

    A mapping has the columns of a file; its row is called ``targets[0]`` in complaints.
    """
    rows: dict[str, list[Row]] = {}
    faults: list[DataError] = []
    named: dict[str, set[str]] = {name: set() for name in TABLES}
    referred: list[Record] = []
    lines = [units]
    for name, given in tables.items():
        for at, each in enumerate(given):
            row = _row(f"{name}[{at}]", each, TABLES[name], faults)
            if row is None:
                continue
            rows.setdefault(name, []).append(row)
            named[name].add(each.key if isinstance(each, Record) else str(each.get("code")))
            referred.extend(_references(each))
            lines.extend(_definitions(each))
    for record in _all_behind(referred):
        name = TABLE_OF[record.noun]
        if record.key not in named[name]:
            named[name].add(record.key)
            lines.extend(_definitions(record))
            cells = record.model_dump(mode="json")
            row = Row(f"{record.noun} {record.key}", 0, cells, kind=type(record))
            rows.setdefault(name, []).append(row)
    text = "\n".join(dict.fromkeys(line for part in lines for line in part.splitlines()))
    return RowsInMemory(rows, label=label, units=text, faults=faults)


def _row(
    place: str, each: Record | Mapping[str, Any], kind: type[Record], faults: list[DataError]
) -> Row | None:
    if isinstance(each, kind):
        return Row(place, 0, each.model_dump(mode="json"), kind=type(each))
    if isinstance(each, Mapping) and all(isinstance(key, str) for key in each):
        filled = {name: cell for name, cell in each.items() if cell is not None and cell != ""}
        return Row(place, 0, {name: _code_of(cell) for name, cell in filled.items()})
    problem = f"expected a {kind.__name__} or a mapping of its columns, found {each!r:.60}"
    faults.append(DataError(file=place, problem=problem))
    return None


def _code_of(cell: Any) -> Any:
    """What a file would hold in the place of a record: its code."""
    if isinstance(cell, Citation):
        return cell.model_dump(mode="json")
    if isinstance(cell, tuple | list):
        return [_code_of(each) for each in cell]
    return cell.key if isinstance(cell, Record) else cell


def _held(given: Record | Mapping[str, Any]) -> Iterator[Any]:
    if isinstance(given, Record):
        return (getattr(given, name) for name in type(given).model_fields)
    return iter(given.values())


def _references(given: Record | Mapping[str, Any]) -> Iterator[Record]:
    """The records that the fields of a record hold."""
    for held in _held(given):
        if isinstance(held, Citation):
            yield held.source
        for each in held if isinstance(held, tuple | list) else (held,):
            if isinstance(each, Record) and each.noun in TABLE_OF:
                yield each


def _all_behind(records: Iterable[Record]) -> Iterator[Record]:
    """These records and all that they refer to, each once."""
    waiting, seen = list(records), set()
    while waiting:
        record = waiting.pop()
        if (record.noun, record.key) not in seen:
            seen.add((record.noun, record.key))
            waiting.extend(_references(record))
            yield record


def _definitions(given: Record | Mapping[str, Any]) -> Iterator[str]:
    """The definitions of units of the caller's own."""
    for held in _held(given):
        if isinstance(held, OwnUnit):
            yield "\n".join(table_of(held).definitions)
