"""Verdicts and comparisons as one table: a row each, parts of parts in columns.

``outcome_value`` is the value of the outcome; several words in one cell are divided by ``|``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from pydantic import BaseModel

from ..dataset.results import Results, flat_fields, flat_row
from ..io.content import Grid, Heading, own_units, scalar, schema_version
from ..units.table import OwnUnit
from .comparison import Comparison, ComparisonRow

__all__ = ["Result", "heading_of_result", "lines_of_result", "result_grid"]

Result: TypeAlias = Results[Any] | Comparison


def heading_of_result(result: Result) -> Heading:
    """The edition that a result was made from."""
    parts = result if isinstance(result, Results) else (result, *result.rows)
    lines = (line for part in parts for line in _definitions(part))
    return Heading(
        edition=result.edition, schema=schema_version(), units=tuple(dict.fromkeys(lines))
    )


def lines_of_result(result: Result) -> tuple[str, Iterator[dict[str, Any]]]:
    """What the records of a result are called, and each as JSON."""
    if isinstance(result, Results):
        return result.noun, (each.model_dump(mode="json") for each in result)
    heads = result.model_dump(mode="json", exclude={"rows"})
    rows = (each.model_dump(mode="json") for each in result.rows)
    return "comparison_row", ({"comparison": heads} | row for row in rows)


def result_grid(result: Result) -> Grid:
    """A result as one table; a comparison says its heads in every row."""
    if isinstance(result, Results):
        rows = [flat_row(each.model_dump(mode="json")) for each in result]
        return _grid(type(result).__name__.lower(), flat_fields(result.kind), rows)
    heads_of = {
        f"comparison_{name}": field for name, field in flat_fields(Comparison) if name != "rows"
    }
    kinds = heads_of | dict(flat_fields(ComparisonRow))
    heads = flat_row(result.model_dump(mode="json", exclude={"rows"}), "comparison_")
    rows = [heads | flat_row(each.model_dump(mode="json")) for each in result.rows]
    return _grid("comparison", kinds.items(), rows)


def _definitions(part: BaseModel) -> Iterator[str]:
    """The definitions of the units of one's own that a result speaks of."""
    for name in type(part).model_fields:
        held = getattr(part, name)
        if isinstance(held, OwnUnit):
            yield from own_units(held.table)
        elif isinstance(held, BaseModel):
            yield from _definitions(held)


def _grid(name: str, kinds: Any, rows: list[dict[str, str]]) -> Grid:
    types = {name: scalar(kind) for name, kind in dict(kinds).items()}
    return Grid(name, tuple(types), rows, types)
