"""Results as the content that formats write: one row per part, parts of parts in columns.

``outcome_value`` is the value of the outcome; several words in one cell are divided by ``|``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from ..io.columns import (
    Columns,
    Content,
    Value,
    own_units,
    scalar,
    typed_value,
)
from ..io.raw import Heading, schema_version
from ..units.table import OwnUnit

__all__ = ["flat_fields", "flat_row", "part_of", "result_columns", "result_content"]

_ROWS = frozenset({"rows"})


def result_content(
    table: str,
    line: str,
    rows: Sequence[BaseModel],
    kind: type[BaseModel],
    *,
    edition: str,
    shared: BaseModel | None = None,
) -> Content:
    """Return a result as content: a row each in one table, or a JSON object each.

    Parameters
    ----------
    table, line
        What the table is called, and the record of a line.
    rows
        The parts of the result.
    kind
        Their type, of which an empty result has the columns.
    shared
        The result itself, if its fields other than ``rows`` are repeated in every row.
    """
    models = rows if shared is None else (shared, *rows)
    units = (definition for model in models for definition in _definitions(model))
    return Content(
        table,
        Heading(edition=edition, schema=schema_version(), units=tuple(dict.fromkeys(units))),
        counts={line: len(rows)},
        lines=lambda: _lines(table, line, rows, shared),
        alone=lambda: result_columns(table, rows, kind, shared),
        lost_alone="parts of parts: they are columns, and lists are divided by |",
    )


def result_columns(
    table: str, rows: Sequence[BaseModel], kind: type[BaseModel], shared: BaseModel | None = None
) -> Columns:
    """Return a result as one table; the shared fields have names that begin with its own."""
    types: dict[str, type] = {}
    values: dict[str, Value] = {}
    if shared is not None:
        types |= _types(type(shared), f"{table}_", _ROWS)
        values |= _flat(shared, f"{table}_", _ROWS)
    types |= _types(kind)
    return Columns.of_rows(table, [values | _flat(row) for row in rows], types)


def _lines(
    table: str, line: str, rows: Sequence[BaseModel], shared: BaseModel | None
) -> Iterator[dict[str, Any]]:
    head: dict[str, Any] = {"record": line}
    if shared is not None:
        head[table] = shared.model_dump(mode="json", exclude=set(_ROWS))
    for row in rows:
        yield head | row.model_dump(mode="json")


def _definitions(model: BaseModel) -> Iterator[str]:
    """Return the definitions of the own units that a result contains."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, OwnUnit):
            yield from own_units(value.table)
        elif isinstance(value, BaseModel):
            yield from _definitions(value)


def _types(
    model: type[BaseModel], before: str = "", without: frozenset[str] = frozenset()
) -> dict[str, type]:
    """Return the columns of a model and its parts with their types."""
    types: dict[str, type] = {}
    for name, field in model.model_fields.items():
        part = part_of(field.annotation)
        if name in without:
            continue
        if part is None:
            types[before + name] = scalar(field.annotation)
        else:
            types |= _types(part, f"{before}{name}_")
    return types


def _flat(
    model: BaseModel, before: str = "", without: frozenset[str] = frozenset()
) -> dict[str, Value]:
    """Return the values of a model and its parts by column."""
    values: dict[str, Value] = {}
    for name, dumped in model.model_dump(mode="json", exclude=set(without)).items():
        value = getattr(model, name)
        if isinstance(dumped, dict):
            values |= _flat(value, f"{before}{name}_")
        elif isinstance(dumped, list):
            words = (each if isinstance(each, str) else json.dumps(each) for each in dumped)
            values[before + name] = "|".join(words) or None
        else:
            values[before + name] = typed_value(value, dumped)
    return values


def flat_fields(model: type[BaseModel], before: str = "") -> Iterator[tuple[str, Any]]:
    """Return the columns of a model with the annotations of their cells; parts are flattened."""
    for name, field in model.model_fields.items():
        part = part_of(field.annotation)
        if part is None:
            yield before + name, field.annotation
        else:
            yield from flat_fields(part, f"{before}{name}_")


def flat_row(values: Mapping[str, Any], before: str = "") -> dict[str, str]:
    """Return a dumped record as cells of text; several words in one cell are divided by ``|``."""
    cells: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            cells |= flat_row(value, f"{before}{name}_")
        elif isinstance(value, list):
            words = (each if isinstance(each, str) else json.dumps(each) for each in value)
            cells[before + name] = "|".join(words)
        elif value is not None:
            cells[before + name] = value if isinstance(value, str) else json.dumps(value)
    return {name: cell for name, cell in cells.items() if cell}


def part_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field has, if it has one."""
    kinds = [each for each in get_args(annotation) if each is not NoneType] or [annotation]
    is_list = get_origin(annotation) in {tuple, list}
    kind = kinds[0]
    is_model = isinstance(kind, type) and issubclass(kind, BaseModel)
    return kind if is_model and not is_list else None
