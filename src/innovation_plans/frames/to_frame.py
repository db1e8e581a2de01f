"""Records and results as data frames: one row per record, one column per field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from ..dataset.observations import ObservationTable
from ..dataset.results import Results
from ..dataset.tables import GoalTable, IndicatorTable, RegionTable, Table
from ..dataset.targets import TargetTable
from ..errors import MissingError
from ..io.columns import Columns, scalar
from ..io.dataframe import Backend, Values, frame_of
from ..io.rows import columns_of, to_values
from ..records import Goal, Indicator, Observation, Record, Region, Target

__all__ = ["to_frame"]

_TYPES: tuple[tuple[type[Table[Any]], type[Record]], ...] = (
    (TargetTable, Target),
    (ObservationTable, Observation),
    (RegionTable, Region),
    (IndicatorTable, Indicator),
    (GoalTable, Goal),
)
_OF_THE_PLAN = ("region", "period")  # what a target has from its plan


def to_frame(
    table: Iterable[Record] | Results[Any],
    backend: Backend = "pandas",
    *,
    values: Values = "float",
) -> Any:
    """Return a frame with one row per record or result.

    Columns are those of the data files: a citation is three columns, a reference its code, a list
    one text divided by ``|``. Targets also have ``region`` and ``period``. Records of a
    subclass have columns for their own fields. Years are whole numbers that may be missing.

    Parameters
    ----------
    table
        A table of records, or any iterable of them; or results, such as a scorecard.
    backend
        ``"pandas"``, ``"polars"``, ``"pyarrow"``, or ``"duckdb"`` for a relation of DuckDB's
        default connection.
    values
        ``"float"``: the nearest float, for computing; 3.5 is 3.5, and sums have the noise of
        floats. ``"decimal"``: exact, as the engine's decimal with the most decimals that occur;
        in pandas, objects of ``Decimal``. ``"text"``: as printed, zeros at the end included.

    Raises
    ------
    MissingExtraError
        If the library of the backend is not installed.
    MissingError
        If there is no such backend or kind of values, or the type of an empty iterable is not known.
    FigureError
        If exact values need more digits than decimals of the engine have.

    Examples
    --------
    >>> from innovation_plans import load
    >>> targets = load().targets.where(region="CN-GD", indicator="rd_intensity", end_year=2025)
    >>> frame = to_frame(targets, "polars")
    >>> frame.select("region", "comparator", "value", "end_year").rows()
    [('CN-GD', 'about', 3.5, 2025)]
    """
    columns = table.to_columns() if isinstance(table, Results) else _columns_of(table)
    return frame_of(columns, backend, values)


def _columns_of(table: Iterable[Record]) -> Columns:
    """Return records as columns: those of all their types."""
    records = list(table)
    kinds: list[type[Record]] = list(dict.fromkeys(map(type, records))) or [_type_of(table)]
    types: dict[str, type] = {}
    for kind in kinds:
        for name in columns_of(kind):
            field = kind.model_fields.get(name)
            types.setdefault(name, _column_type(field.annotation) if field else str)
    if all(issubclass(kind, Target) for kind in kinds):
        types |= {name: str for name in _OF_THE_PLAN if name not in types}
    rows = [_values(record, types) for record in records]
    values = {name: [row.get(name) for row in rows] for name in types}
    return Columns("records", values, types, tuple(kinds))


def _type_of(table: Any) -> type[Record]:
    for table_type, record_type in _TYPES:
        if isinstance(table, table_type):
            return record_type
    raise MissingError(
        asked="record type for an empty iterable", hint="pass a table such as plans.targets"
    )


def _column_type(annotation: Any) -> type:
    """Return the type of a column: frames have floats and dates, which files have as text."""
    if annotation in {float, float | None}:
        return float
    return dt.date if annotation in {dt.date, dt.date | None} else scalar(annotation)


def _values(record: Record, types: dict[str, type]) -> dict[str, Any]:
    """Return the value of each column of a record."""
    values: dict[str, Any] = dict(to_values(record))
    for name, kind in types.items():
        if kind in {float, dt.date} or (name in _OF_THE_PLAN and name not in values):
            value = getattr(record, name, None)
            values[name] = value.key if isinstance(value, Record) else value
    return values
