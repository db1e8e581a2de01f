"""Records and results as data frames: one line per record, one column per field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..dataset.sequence import Rows
from ..errors import ArgumentTypeError, MissingError, expect
from ..io.dataframe import Backend, Values, frame_of
from ..io.frame_columns import frame_columns, in_unit
from ..records import Record
from ..records.base import Frozen


def to_frame(
    table: Iterable[Record] | Rows[Any],
    backend: Backend = "pandas",
    *,
    values: Values = "float",
    unit: str | None = None,
) -> Any:
    """Return a frame with one line per record or result, as ``table.to_frame`` does.

    Columns are those of the data files: a citation is three columns, a reference its code, a list
    one text divided by ``|``. Records of a subclass have columns for their own fields. Columns that
    follow from these come last: names and labels in English and Chinese (``region_en``,
    ``unit_zh``), the tier, the citation as text and the address. Targets also have ``region`` and
    ``period``. Years are whole numbers that may be missing.

    Parameters
    ----------
    table
        A table of records, or any iterable of them; or results, such as a scorecard.
    backend, values, unit
        As for :meth:`Rows.to_frame`.

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
    >>> frame.select("region_en", "comparator", "value", "unit_en", "end_year").rows()
    [('Guangdong', 'about', 3.5, '%', 2025)]
    """
    hint = "to_frame([record]) is of a list, ip.Scorecard([…]).to_frame() of a list of assessments"
    if isinstance(table, Rows):
        return table.to_frame(backend, values=values, unit=unit)
    if isinstance(table, Frozen):
        one, several = f"one {type(table).__name__}", "several records or results"
        raise ArgumentTypeError(parameter="table", value=one, expected=several, hint=hint)
    expect("table", table, "__iter__", "records or results")
    records = list(table)
    for record in records:
        expect("table", record, "own_kind", "records or results", hint=hint)
    if not records:
        raise MissingError(
            asked="record type for an empty iterable", hint="pass a table such as plans.targets"
        )
    columns = frame_columns("records", records, type(records[0]))
    return frame_of(columns if unit is None else in_unit(columns, unit, records), backend, values)
