"""One table with the records that it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..errors import DataError, DataErrors
from ..records import CODED, TABLE_OF, TABLES, Citation, Context, Record
from ..units.table import OwnUnit, UnitTable
from .build import Records
from .observations import ObservationTable
from .tables import GoalTable, IndicatorTable, RegionTable, Table
from .targets import TargetTable

__all__ = ["table_name", "with_references"]

# What a table without records is a table of.
_EMPTY: dict[type[Table[Any]], str] = {
    TargetTable: "targets",
    ObservationTable: "observations",
    GoalTable: "goals",
    RegionTable: "regions",
    IndicatorTable: "indicators",
}


def table_name(table: Table[Any]) -> str:
    """What the table of some records is called in a dataset.

    Raises
    ------
    DataErrors
        If they are of several, or of none that a dataset has.
    """
    found: set[str] = {TABLE_OF.get(each.noun, each.noun) for each in table}
    if not found:
        found = {name for kind, name in _EMPTY.items() if isinstance(table, kind)}
    if len(found) == 1 and found <= TABLES.keys():
        return found.pop()
    shown = ", ".join(sorted(found)) or "an empty table, which does not say of what"
    fault = DataError(file="table", problem=f"expected records of one table, found {shown}")
    raise DataErrors("nothing written", [fault])


def with_references(table: Table[Any]) -> Records:
    """Return the records of one table and those they refer to, directly or not.

    Observations bring the vintages that they name, which say which figure is the newer.
    """
    name = table_name(table)
    found: dict[str, dict[str, Any]] = {name: _by_key(table)}
    if isinstance(table, ObservationTable):
        found["vintages"] = _by_key(table.vintages())
    for record in _all_behind([each for records in found.values() for each in records.values()]):
        found.setdefault(TABLE_OF[record.noun], {}).setdefault(record.key, record)
    context = Context(units=_units(table.context.units, found))
    tables = {each: list(found[each].values()) for each in (name, "vintages") if each in found}
    for each in CODED:
        tables[each] = _in_order(found.get(each, {}), table.context.of(TABLES[each].noun))
        for record in tables[each]:
            context.add(record)
    return Records(tables, context)


def _references(record: Record) -> Iterator[Record]:
    """The records that the fields of a record hold."""
    for name in type(record).model_fields:
        held = getattr(record, name)
        if isinstance(held, Citation):
            yield held.source
        for each in held if isinstance(held, tuple | list) else (held,):
            if isinstance(each, Record) and each.noun in TABLE_OF:
                yield each


def _all_behind(records: Iterable[Record]) -> Iterator[Record]:
    waiting = [each for record in records for each in _references(record)]
    seen: set[tuple[str, str]] = set()
    while waiting:
        record = waiting.pop()
        if (record.noun, record.key) not in seen:
            seen.add((record.noun, record.key))
            waiting.extend(_references(record))
            yield record


def _in_order(found: Mapping[str, Any], context: Mapping[str, Any]) -> list[Any]:
    """The records in the order of the dataset they come from, others behind."""
    place = {key: at for at, key in enumerate(context)}
    return sorted(found.values(), key=lambda each: (place.get(each.key, len(place)), each.key))


def _by_key(records: Iterable[Record]) -> dict[str, Any]:
    """The records by key; the same record twice is one, two of one key are refused."""
    found: dict[str, Any] = {}
    for each in records:
        if found.setdefault(each.key, each) != each:
            fault = DataError(file=each.noun, problem=f"two records have the key {each.key!r:.120}")
            raise DataErrors("nothing written", [fault])
    return found


def _units(units: UnitTable, found: Mapping[str, Mapping[str, Any]]) -> UnitTable:
    """The units of a table, and those that its records hold besides."""
    for records in found.values():
        for record in records.values():
            for name in type(record).model_fields:
                held = getattr(record, name)
                if isinstance(held, OwnUnit) and not units.includes(held.table):
                    units = units.with_("\n".join(held.table.definitions))
    return units
