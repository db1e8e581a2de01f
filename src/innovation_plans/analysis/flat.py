"""Verdicts and comparisons as one table: a row each, parts of parts in columns.

``outcome_value`` is the value of the outcome; several words in one cell are divided by ``|``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel

from ..io.content import Grid, Heading, own_units, scalar, schema_version
from ..units.table import OwnUnit
from .comparison import Comparison, ComparisonRow
from .results import Assessment
from .scorecard import Scorecard

__all__ = ["Result", "heading_of_result", "lines_of_result", "result_grid"]

Result: TypeAlias = Scorecard | Comparison


def heading_of_result(result: Result) -> Heading:
    """The edition that a result was made from."""
    parts = result if isinstance(result, Scorecard) else (result, *result.rows)
    lines = (line for part in parts for line in _definitions(part))
    return Heading(
        edition=result.edition, schema=schema_version(), units=tuple(dict.fromkeys(lines))
    )


def lines_of_result(result: Result) -> tuple[str, Iterator[dict[str, Any]]]:
    """What the records of a result are called, and each as JSON."""
    if isinstance(result, Scorecard):
        return "assessment", (each.model_dump(mode="json") for each in result)
    heads = result.model_dump(mode="json", exclude={"rows"})
    rows = (each.model_dump(mode="json") for each in result.rows)
    return "comparison_row", ({"comparison": heads} | row for row in rows)


def result_grid(result: Result) -> Grid:
    """A result as one table; a comparison says its heads in every row."""
    if isinstance(result, Scorecard):
        rows = [_flat(each.model_dump(mode="json")) for each in result]
        return _grid("scorecard", _kinds(Assessment), rows)
    kinds = dict(_kinds(Comparison, "comparison_", {"rows"})) | dict(_kinds(ComparisonRow))
    heads = _flat(result.model_dump(mode="json", exclude={"rows"}), "comparison_")
    rows = [heads | _flat(each.model_dump(mode="json")) for each in result.rows]
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
    types = dict(kinds)
    return Grid(name, tuple(types), rows, types)


def _kinds(
    model: type[BaseModel], before: str = "", without: frozenset[str] | set[str] = frozenset()
) -> Iterator[tuple[str, type]]:
    """The columns of a model and its parts, with what their cells hold."""
    for name, field in model.model_fields.items():
        if name in without:
            continue
        part = _part(field.annotation)
        if part is None:
            yield before + name, scalar(field.annotation)
        else:
            yield from _kinds(part, f"{before}{name}_")


def _part(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds, if it holds one."""
    kinds = [each for each in get_args(annotation) if each is not NoneType] or [annotation]
    found = kinds[0]
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def _flat(given: Mapping[str, Any], before: str = "") -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, value in given.items():
        if isinstance(value, dict):
            cells |= _flat(value, f"{before}{name}_")
        elif isinstance(value, list):
            cells[before + name] = "|".join(map(str, value))
        elif value is not None:
            cells[before + name] = value if isinstance(value, str) else json.dumps(value)
    return {name: cell for name, cell in cells.items() if cell}
