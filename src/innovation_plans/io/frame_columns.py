"""Records as the columns of a data frame: those of files, and those that follow from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from functools import partial
from operator import attrgetter
from types import NoneType
from typing import Any

from ..errors import ArgumentError, DataError, DataErrors, IncomparableError, brief
from ..records import TABLES, Citation, Record
from ..text.labels import unit as unit_label
from ..units.quantity import rescaled
from ..units.table import OwnUnit, table_of
from .columns import Columns, scalar
from .implied import OfPart, implied_columns, once_each
from .rows import columns_of, field_errors, list_fields, own_fields, to_values

_BUNDLED = frozenset(TABLES.values())
_OF_FRAMES = (float, dt.date, dt.datetime)  # which files have as text
_BEYOND = 2**63  # what is no whole number of a column
_IN_UNIT = frozenset({"value", "value_high", "precision", "baseline_value"})
_PLAIN = frozenset({NoneType, int, bool, Decimal})


def frame_columns(name: str, records: Sequence[Record], kind: type[Record]) -> Columns:
    """Return records as columns: those of files of all their types, then the implied ones.

    Parameters
    ----------
    name
        The name of the table.
    records, kind
        The records, and the type that gives the columns if there are none.

    Raises
    ------
    DataErrors
        If a record of a subclass has a value without a column: an excluded field, or no field.
    """
    groups: dict[type[Record], list[int]] = {}
    for at, record in enumerate(records):
        groups.setdefault(type(record), []).append(at)
    kinds = list(groups) or [kind]
    types = {column: type_ for each in kinds for column, type_ in _types_of(each).items()}
    types |= {column: str for each in kinds for column in implied_columns(each)}
    if len(kinds) == 1:
        return Columns(name, _values(kinds[0], records), types, tuple(kinds))
    values: dict[str, list[Any]] = {column: [None] * len(records) for column in types}
    for each, positions in groups.items():
        cells = _values(each, [records[at] for at in positions])
        for column, those in cells.items():
            for at, cell in zip(positions, those, strict=True):
                values[column][at] = cell
    return Columns(name, values, types, tuple(kinds))


def in_unit(columns: Columns, unit: str, records: Iterable[Any]) -> Columns:
    """Return the columns of `records`, which are targets or observations, with all values in one unit.

    Raises
    ------
    IncomparableError
        If a value measures something else.
    FigureError
        If there is no such unit.
    ArgumentError
        If the columns are of something else.
    """
    if not columns.records or not {"value", "unit"} <= columns.values.keys():
        hint = "targets and observations take one; frames.convert converts the columns of others"
        shown = f"{brief(unit)} for rows of this kind"
        raise ArgumentError(parameter="unit", value=shown, hint=hint)
    units: Any = columns.values["unit"]
    table = table_of(*(record.unit for record in records))
    name = table.unit(unit).name
    token = table.token(name) if table.of_name(name) else name  # CNY/inhabitant is no token
    for other in dict.fromkeys(units):
        if not table.fits(other, token):
            hint = 'select the values that it measures, as with where(indicator=…, form="level")'
            raise IncomparableError(left=f"the unit {other}", right=token, hint=hint)
    own_unit = columns.values.get("baseline_unit", [None] * columns.count)
    values = dict(columns.values)
    for column in _IN_UNIT & values.keys():
        kept = own_unit if column == "baseline_value" else [None] * columns.count
        rows: Any = zip(values[column], units, kept, strict=True)
        values[column] = [
            number if number is None or keeps else rescaled(number, source, token, table=table)
            for number, source, keeps in rows
        ]
    labels = {"unit": token, "unit_en": unit_label(token, "en"), "unit_zh": unit_label(token, "zh")}
    values |= {column: [text] * columns.count for column, text in labels.items()}
    return replace(columns, values=values)


def names_of(kinds: Iterable[type[Record]]) -> set[str]:
    """Return the columns of a data frame of records of some types."""
    return {name for kind in kinds for name in (*columns_of(kind), *implied_columns(kind))}


def value_of(record: Record, name: str) -> Any:
    """Return the value of a record in a column; a member of a code list, and an own unit, stay one."""
    implied = implied_columns(type(record)).get(name)
    if implied is not None:
        return implied(record)
    is_cited = name in Citation.model_fields and name not in type(record).model_fields
    value = getattr(getattr(record, "citation", None) if is_cited else record, name, None)
    return value if isinstance(value, Enum | OwnUnit) else _cell(value)


def _types_of(kind: type[Record]) -> dict[str, type]:
    """Return the type of each column: frames have floats and dates, which files have as text."""
    fields = kind.model_fields
    return {
        name: scalar(fields[name].annotation, _OF_FRAMES) if name in fields else str
        for name in columns_of(kind)
    }


def _values(kind: type[Record], records: Sequence[Record]) -> dict[str, list[Any]]:
    """Return the values of each column of records of one type."""
    values = _bundled(kind, records) if kind in _BUNDLED else _own(kind, records)
    for column, value_of in implied_columns(kind).items():
        each_of = value_of.of_all if isinstance(value_of, OfPart) else partial(map, value_of)
        values[column] = list(each_of(records))
    return values


def _bundled(kind: type[Record], records: Sequence[Record]) -> dict[str, list[Any]]:
    """Return the columns of records whose fields have no serializers of a user."""
    cited = Citation.model_fields.keys() if "citation" in kind.model_fields else ()
    return {
        name: _plain(list(map(attrgetter(f"citation.{name}" if name in cited else name), records)))
        for name in columns_of(kind)
    }


def _own(kind: type[Record], records: Sequence[Record]) -> dict[str, list[Any]]:
    """Return the columns of records of a subclass, as their serializers print them."""
    types = _types_of(kind)
    if errors := [error for record in records for error in _frame_errors(kind, record, types)]:
        raise DataErrors.with_first("values that no column has, no frame made", errors)
    rows = [to_values(record) for record in records]
    columns = {name: [row[name] for row in rows] for name in types}
    for name in types.keys() & {*own_fields(kind)}:
        values = [getattr(record, name) for record in records]
        if types[name] in _OF_FRAMES:
            columns[name] = values
        else:  # a file has empty text as an empty cell
            pairs = zip(values, columns[name], strict=True)
            columns[name] = ["" if isinstance(v, str) and not v else cell for v, cell in pairs]
    return columns


def _frame_errors(
    kind: type[Record], record: Record, types: Mapping[str, type]
) -> Iterator[DataError]:
    """Yield an error for each value of a record that its column would not give back."""
    yield from field_errors(kind.noun, record)
    problems = {
        name: "expected a whole number of at most 64 bits"
        for name, type_ in types.items()
        if type_ is int and not -_BEYOND <= (getattr(record, name) or 0) < _BEYOND
    }
    problems |= {
        name: "a column cannot contain a list of texts that are empty or contain |"
        for name in list_fields(kind)
        if any(not str(part) or "|" in str(part) for part in getattr(record, name) or ())
    }
    for name, problem in problems.items():
        yield DataError(file=f"{kind.noun}: {record.key}"[:200], column=name, problem=problem)


def _plain(values: list[Any]) -> list[Any]:
    """Return values as codes, numbers and text; lists are divided by ``|``."""
    kinds = set(map(type, values))
    if kinds <= _PLAIN:
        return values
    if kinds <= {str, NoneType}:
        return [value or None for value in values]
    return once_each(_cell, values)


def _cell(value: Any) -> Any:
    match value:
        case Record():
            return value.key
        case Enum():
            return value.value
        case tuple():
            return "|".join(str(_cell(part)) for part in value) or None
        case str():
            return str(value) or None
        case _:
            return value
