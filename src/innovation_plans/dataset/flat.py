"""Results as the content that formats write: one row per result, parts of results in columns.

``outcome_value`` is the value of the outcome; several words in one cell are divided by ``|``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import BaseModel

from ..io.columns import (
    Columns,
    Content,
    Value,
    own_units,
    scalar,
    typed_value,
)
from ..io.raw import SCHEMA_VERSION, Heading
from ..records.base import types_in
from ..units.table import OwnUnit


def result_content(
    columns: Callable[[], Columns],
    noun: str,
    results: Sequence[BaseModel],
    *,
    shared: BaseModel | None = None,
    edition: str,
) -> Content:
    """Return results as content: one table, or one JSON object per result.

    Parameters
    ----------
    columns
        Returns the table.
    noun
        The name of a result in JSON Lines.
    results
        The results.
    shared
        The fields that all results have in common; every JSON object repeats them.
    edition
        The edition of the data.
    """
    table = columns().name
    models = results if shared is None else (shared, *results)
    units = (definition for model in models for definition in _definitions(model))
    return Content(
        table,
        Heading(edition=edition, schema=SCHEMA_VERSION, units=tuple(dict.fromkeys(units))),
        counts={noun: len(results)},
        lines=lambda: _lines(table, noun, results, shared),
        alone=columns,
        lost_alone="parts of parts: they are columns, and lists are divided by |",
    )


def result_columns(
    table: str,
    results: Sequence[BaseModel],
    kind: type[BaseModel],
    shared: BaseModel | None = None,
    unprefixed: Sequence[str] = (),
) -> Columns:
    """Return results as one table: the shared fields first, unless a result has its own.

    Parameters
    ----------
    table
        The name of the table.
    results, kind
        The results and their type, which gives the columns of an empty table.
    shared
        The fields that all results have in common; every row repeats them.
    unprefixed
        The parts whose columns have the names of their fields, without the name of the part.
    """
    cells = list(_cells_of(kind, unprefixed))
    shared_cells = list(_cells_of(type(shared))) if shared is not None else []
    types = {cell.column: cell.type for cell in (*shared_cells, *cells)}
    repeated = _row(shared, shared_cells) if shared is not None else {}
    rows = [repeated | _row(result, cells) for result in results]
    return Columns.of_rows(table, rows, types)


def part_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field has, if it has one."""
    return next((kind for kind in types_in(annotation) if issubclass(kind, BaseModel)), None)


class _Cell(NamedTuple):
    """One column of a result, its type, and the names of the fields that lead to its value."""

    column: str
    type: type
    path: tuple[str, ...]


def _cells_of(
    model: type[BaseModel], unprefixed: Sequence[str] = (), path: tuple[str, ...] = ()
) -> Iterator[_Cell]:
    """Return the columns of a model and its parts."""
    for name, field in model.model_fields.items():
        part = part_of(field.annotation)
        if part is not None:
            yield from _cells_of(part, unprefixed, (*path, name))
        else:
            prefix = [name for name in path if name not in unprefixed]
            yield _Cell("_".join([*prefix, name]), scalar(field.annotation), (*path, name))


def _row(model: BaseModel, cells: Sequence[_Cell]) -> dict[str, Value]:
    """Return the values of a result by column."""
    dumped = model.model_dump(mode="json")
    return {cell.column: _value(model, dumped, cell.path) for cell in cells}


def _value(value: Any, dumped: Any, path: Sequence[str]) -> Value:
    """Return the value that a path of fields leads to."""
    for name in path:
        if value is None:
            return None
        value, dumped = getattr(value, name), dumped[name]
    if isinstance(value, Decimal):
        return value
    return None if dumped == {} else typed_value(value, dumped)


def _lines(
    table: str, noun: str, results: Sequence[BaseModel], shared: BaseModel | None
) -> Iterator[dict[str, Any]]:
    head: dict[str, Any] = {"record": noun}
    if shared is not None:
        head[table] = shared.model_dump(mode="json")
    for result in results:
        yield head | result.model_dump(mode="json")


def _definitions(model: BaseModel) -> Iterator[str]:
    """Return the definitions of the own units that a result contains."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, OwnUnit):
            yield from own_units(value.table)
        elif isinstance(value, BaseModel):
            yield from _definitions(value)
