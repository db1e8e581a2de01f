"""Targets as a small table of bounds, so that a row needs two comparisons.

Targets are few: they are read into memory, whatever their engine, and checked there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..errors import MissingError
from .bounds import NEEDED, OPTIONAL, Bounds, Ruler
from .engines import lists_of, opened, required
from .units import Scale, units_of

__all__ = ["Goals", "goals_of"]


class Goals(NamedTuple):
    """Targets as columns, and what is the same for all of them as literals."""

    columns: dict[str, list[Any]]
    types: dict[str, Any]
    constants: dict[str, Any]
    scales: dict[str, Scale]
    loose: bool  # whether a course starts the year before its outcome, whatever that is
    single: bool  # whether no observation has more than one target

    def is_always(self, name: str, value: object) -> bool:
        """Whether all targets have this value."""
        return name in self.constants and self.constants[name] == value

    def values(self, name: str) -> list[Any]:
        """The values of a column; one, where it is the same for all targets."""
        return [self.constants[name]] if name in self.constants else self.columns[name]

    @property
    def has_courses(self) -> bool:
        """Whether some target has a course that a pace is read off."""
        return 0 in self.values("_ip_no_course")

    def any(self, name: str) -> bool:
        """Whether some target has a value other than zero or False."""
        return any(self.values(name))

    def table(self) -> tuple[dict[str, list[Any]], dict[str, Any]]:
        """The columns that vary, and their types."""
        return self.columns, {name: self.types[name] for name in self.columns}


_TYPES: dict[str, Any] = {
    "target_value": "Float64", "target_unit": "String", "comparator": "String",
    "end_year": "Int64", "_ip_gap_unit": "String", "_ip_form": "String",
    "_ip_measure": "Int16", "_ip_per": "Float64", "_ip_grain": "Float64",
    "_ip_low": "Float64", "_ip_high": "Float64", "_ip_width": "Float64",
    "_ip_two_sided": "Boolean", "_ip_sign": "Float64", "_ip_no_course": "Int16",
    "_ip_late": "Int16", "_ip_since": "Int32", "_ip_lead": "Float64",
    "_ip_slope": "Float64", "_ip_start": "Float64", "_ip_log": "Float64",
    "_ip_first": "Int64", "_ip_span": "Int64", "_ip_target": "Int64",
}  # fmt: skip
# The grain stays a column: polars divides by a literal as it multiplies by its inverse, and that
# is not the nearest float.
_ALWAYS_COLUMNS = (
    "target_value", "target_unit", "comparator", "end_year", "_ip_target", "_ip_grain",
)  # fmt: skip


def goals_of(targets: Any, ruler: Ruler, on: Sequence[str], keep: Sequence[str]) -> Goals:
    """The targets of a frame as bounds.

    Raises
    ------
    MissingError
        If a column is missing, a code is not known, or no direction is known for an indicator.
    FigureError
        If a target has no number, no year, or a unit that is not known.
    """
    work = opened(targets, "targets")
    have = list(work.kinds)
    required((*NEEDED, *on, *keep), have, "targets")
    wanted = [*NEEDED, *(name for name in OPTIONAL if name in have), *on, *keep]
    cells = lists_of(work.frame, list(dict.fromkeys(wanted)))
    keys = ["region", "indicator", *on]
    for name in keys:
        if None in cells[name]:
            at = cells[name].index(None)
            raise MissingError(asked=f"{name} in row {at} of the targets", hint="fill it")
    table = units_of(ruler.plans)
    reader = Bounds(cells, ruler, table, spans_known="start_year" in cells, joined=on)
    columns = reader.columns() if cells["region"] else {name: [] for name in _TYPES}
    constants = {
        name: values[0]
        for name, values in columns.items()
        if name not in _ALWAYS_COLUMNS and values and values.count(values[0]) == len(values)
    }
    kinds = {}
    for name in (*on, *keep):
        kinds[name], cells[name] = _simple(work.kinds[name], cells[name])
    types = {"region": "String", "indicator": "String", **kinds, **_TYPES}
    single = len(set(zip(*(cells[name] for name in keys), strict=True))) == len(cells["region"])
    varying = {name: values for name, values in columns.items() if name not in constants}
    kept = {name: cells[name] for name in dict.fromkeys((*keys, *keep))}
    return Goals({**kept, **varying}, types, constants, reader.scales, reader.loose, single)


def _simple(kind: Any, cells: list[Any]) -> tuple[str, list[Any]]:
    """A type that every engine has, and the cells in it."""
    if str(kind) == "Boolean":
        return "Boolean", cells
    if kind.is_integer():
        return "Int64", cells
    if kind.is_numeric():
        return "Float64", [None if cell is None else float(cell) for cell in cells]
    return "String", [None if cell is None else str(cell) for cell in cells]
