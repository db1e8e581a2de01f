"""Records and results as data frames: one row per record, one column per field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from ..analysis.comparison import Comparison, ComparisonRow
from ..analysis.results import Assessment, Outcome, PaceFound, Stated, Subject
from ..analysis.scorecard import Scorecard
from ..dataset.observations import ObservationTable
from ..dataset.tables import GoalTable, IndicatorTable, RegionTable, Table
from ..dataset.targets import TargetTable
from ..errors import FigureError, MissingError
from ..io.rows import columns_of
from ..records import Goal, Indicator, Observation, Record, Region, Target
from ..units.decimals import rounded
from .engines import library

__all__ = ["to_frame"]

Backend = Literal["pandas", "polars", "pyarrow", "duckdb"]
Values = Literal["float", "decimal", "text"]
Kind = Literal["text", "year", "truth", "number", "float", "date"]

_KINDS: tuple[tuple[type[Table[Any]], type[Record]], ...] = (
    (TargetTable, Target),
    (ObservationTable, Observation),
    (RegionTable, Region),
    (IndicatorTable, Indicator),
    (GoalTable, Goal),
)
_IN_COMMON = ("measure", "method", "indicator", "form", "year", "unit", "edition")
_MOST_DIGITS = 38
_LONGEST = 30


class _Column(NamedTuple):
    name: str
    kind: Kind
    cells: list[Any]


def to_frame(
    table: Iterable[Record] | Scorecard | Comparison,
    backend: Backend = "pandas",
    *,
    values: Values = "float",
) -> Any:
    """Return a frame with one row per record.

    Columns are those of the data files: a citation is three columns, a reference its code, a list
    one text divided by ``|``. Targets also have ``region`` and ``period``. Records of a
    subclass have columns for their own fields. Years are whole numbers that may be missing.

    Parameters
    ----------
    table
        A table of records, or any iterable of them; a scorecard; a comparison.
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
        If there is no such backend or kind of values, or an empty table does not tell the record type.
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
    if backend not in _MAKERS:
        raise MissingError(asked=f"backend {backend!r:.60}", nearest=tuple(_MAKERS))
    if values not in get_args(Values):
        raise MissingError(asked=f"kind of values {values!r:.60}", nearest=get_args(Values))
    return _MAKERS[backend](list(_columns(table)), values)


def _columns(table: Iterable[Record] | Scorecard | Comparison) -> Iterator[_Column]:
    if isinstance(table, Scorecard):
        yield from _of_parts(list(table))
        return
    if isinstance(table, Comparison):
        yield from _of_rows(table)
        return
    records = list(table)
    kinds: list[type[Record]] = list(dict.fromkeys(map(type, records))) or [_kind_of(table)]
    types: dict[str, Any] = {}
    for kind in kinds:
        for name in columns_of(kind):
            field = kind.model_fields.get(name)
            types.setdefault(name, _kind(field.annotation) if field else "text")
    for name in ("region", "period"):
        if all(issubclass(kind, Target) for kind in kinds):
            types.setdefault(name, "text")
    for name, kind in types.items():
        yield _Column(name, kind, [_cell(_attribute(record, name)) for record in records])


def _kind_of(table: Any) -> type[Record]:
    for known, kind in _KINDS:
        if isinstance(table, known):
            return kind
    raise MissingError(asked="record in an empty table", hint="its columns are not known")


def _attribute(record: Any, name: str) -> Any:
    if name in getattr(type(record), "model_fields", ()) or name in {"region", "period"}:
        return getattr(record, name, None)
    return getattr(getattr(record, "citation", None), name, None)


def _cell(value: Any) -> Any:
    if isinstance(value, Record):
        return value.key
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, tuple | list | set | frozenset):
        return "|".join(str(_cell(each)) for each in value)
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > _LONGEST:
        return rounded(value, 20)  # a quotient: no figure of a record is as long
    return value


def _of_parts(assessments: Sequence[Assessment]) -> Iterator[_Column]:
    """Yield the columns of assessments: target, outcome and result, one row each."""
    parts: tuple[tuple[str, type[BaseModel], Callable[[Assessment], Any]], ...] = (
        ("", Subject, lambda each: each.subject),
        ("", Stated, lambda each: each.stated),
        ("outcome_", Outcome, lambda each: each.outcome),
        ("pace_", PaceFound, lambda each: each.pace),
    )
    own = [name for name, field in Assessment.model_fields.items() if not _is_part(field)]
    yield _Column("target", "text", [each.target for each in assessments])
    for prefix, model, part in parts:
        for name, field in model.model_fields.items():
            cells = [_cell(getattr(part(each), name, None)) for each in assessments]
            yield _Column(prefix + name, _kind(field.annotation), cells)
    for name in own[1:]:
        kind = _kind(Assessment.model_fields[name].annotation)
        yield _Column(name, kind, [_cell(getattr(each, name)) for each in assessments])


def _of_rows(comparison: Comparison) -> Iterator[_Column]:
    """Yield the columns of a comparison, with what its rows have in common."""
    rows = comparison.rows
    for name, field in Comparison.model_fields.items():
        if name not in ComparisonRow.model_fields and name in _IN_COMMON:
            cells = [_cell(getattr(comparison, name))] * len(rows)
            yield _Column(name, _kind(field.annotation), cells)
    for name, field in ComparisonRow.model_fields.items():
        if not _is_part(field):
            cells = [_cell(getattr(row, name)) for row in rows]
            yield _Column(name, _kind(field.annotation), cells)
    for name in ("stated", "against"):
        field = ComparisonRow.model_fields[name]
        (part,) = (each for each in _bare(field.annotation) if _is_model(each))
        for inner, inside in part.model_fields.items():
            cells = [_cell(getattr(getattr(row, name), inner, None)) for row in rows]
            yield _Column(f"{name}_{inner}", _kind(inside.annotation), cells)


def _is_part(field: Any) -> bool:
    return any(_is_model(each) for each in _bare(field.annotation))


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, Record)


def _bare(annotation: Any) -> list[Any]:
    """Return the types of an annotation, without metadata and None."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        parts = [_bare(each) for each in get_args(annotation) if each is not type(None)]
        return [each for part in parts for each in part]
    return [annotation]


_PLAIN: dict[Any, Kind] = {
    Decimal: "number",
    int: "year",
    bool: "truth",
    float: "float",
    dt.date: "date",
}


def _kind(annotation: Any) -> Kind:
    types = _bare(annotation)
    return _PLAIN.get(types[0], "text") if len(types) == 1 else "text"


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _written(column: _Column, values: Values) -> list[Any]:
    """Return the cells in the types that the engines accept."""
    kind, cells = column.kind, column.cells
    if kind == "text" or (kind == "number" and values == "text"):
        return [_as_text(cell) for cell in cells]
    if kind == "number" and values == "float":
        return [None if cell is None else float(cell) for cell in cells]
    return cells


def _scale(cells: list[Any]) -> int:
    """Return the number of decimals that all numbers of a column need.

    Raises
    ------
    FigureError
        If the number with the most digits before the point leaves no room for them.
    """
    known = [cell.as_tuple() for cell in cells if cell is not None]
    scale = max((max(0, -int(each.exponent)) for each in known), default=0)
    before = max((len(each.digits) + int(each.exponent) for each in known), default=0)
    if before + scale > _MOST_DIGITS:
        raise FigureError(
            text=f"{before} digits before the point and {scale} after it",
            position=0,
            expected=f"at most {_MOST_DIGITS} digits; use values='text'",
        )
    return scale


def _in_pandas(columns: list[_Column], values: Values) -> Any:
    pd = library("pandas", "pandas")
    text = pd.Series(["a"]).dtype  # objects before pandas 3, strings of its own from then on
    types: dict[str, Any] = {"text": text, "year": "Int64", "truth": "boolean", "date": "object"}
    types |= {"float": "float64"}
    types["number"] = {"float": "float64", "decimal": "object", "text": text}[values]
    return pd.DataFrame(
        {each.name: pd.Series(_written(each, values), dtype=types[each.kind]) for each in columns}
    )


def _in_polars(columns: list[_Column], values: Values) -> Any:
    pl = library("polars", "polars")
    types: dict[str, Any] = {
        "text": pl.String,
        "year": pl.Int64,
        "truth": pl.Boolean,
        "float": pl.Float64,
        "date": pl.Date,
    }

    def series(column: _Column) -> Any:
        kind: Any = types.get(column.kind)
        if kind is None:
            kind = {"float": pl.Float64, "text": pl.String}.get(values)
        if kind is None:
            kind = pl.Decimal(_MOST_DIGITS, _scale(column.cells))
        return pl.Series(column.name, _written(column, values), dtype=kind)

    return pl.DataFrame([series(each) for each in columns])


def _in_arrow(columns: list[_Column], values: Values) -> Any:
    pa = library("pyarrow", "arrow")
    types = {
        "text": pa.string(),
        "year": pa.int64(),
        "truth": pa.bool_(),
        "float": pa.float64(),
        "date": pa.date32(),
    }

    def array(column: _Column) -> Any:
        kind = types.get(column.kind)
        if kind is None:
            kind = {"float": pa.float64(), "text": pa.string()}.get(values)
        if kind is None:
            kind = pa.decimal128(_MOST_DIGITS, _scale(column.cells))
        return pa.array(_written(column, values), type=kind)

    return pa.table({each.name: array(each) for each in columns})


def _in_duckdb(columns: list[_Column], values: Values) -> Any:
    return library("duckdb", "duckdb").from_arrow(_in_arrow(columns, values))


_MAKERS: dict[str, Callable[[list[_Column], Values], Any]] = {
    "pandas": _in_pandas,
    "polars": _in_polars,
    "pyarrow": _in_arrow,
    "duckdb": _in_duckdb,
}
