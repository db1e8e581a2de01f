"""Frames of any engine, and small tables joined to them.

A join cannot mix engines, nor eager with lazy frames: a small table is made in the engine, the
connection or the session of the large frame. Expressions are written once, with the functions that
narwhals and polars have in common: ``ops`` is polars for its own frames, which saves the time of a
conversion, and narwhals for all others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from ..errors import (
    ArgumentTypeError,
    ConflictError,
    FigureError,
    MissingError,
    MissingExtraError,
    brief,
    nearest,
)
from ..io.files import needed

Columns = Mapping[str, Sequence[Any]]
# Without its types: reading them takes a type checker longer than all of this package.
nw: Any = import_module("narwhals.stable.v2")
Types = Mapping[str, Any]  # names of types, as narwhals and polars share them

FrameT = TypeVar("FrameT")  # a frame of any engine, eager or lazy

_ROW = "_ip_row"
_ENGINES = "pandas, polars, pyarrow, DuckDB, Ibis, Dask or PySpark"


class Opened(NamedTuple):
    """A frame to work on, and how the frame of the caller was."""

    frame: Any  # a polars plan, or a frame of narwhals
    ops: Any  # the module whose expressions it takes: polars or narwhals
    kinds: Mapping[str, Any]  # the types of the original columns
    collects: bool = False  # an eager polars frame, worked on as a plan
    wraps: bool = False  # the caller's frame is of narwhals, and so is the result
    aside: Mapping[str, Any] = MappingProxyType({})  # columns of which the frame has the row
    numbered: bool = False  # rows have a number, to restore their order

    @property
    def eager(self) -> bool:
        """True if the result is computed at once."""
        return self.collects or isinstance(self.frame, nw.DataFrame)


def opened(frame: Any, noun: str) -> Opened:
    """Return a frame of any engine, wrapped by narwhals.

    Raises
    ------
    ArgumentTypeError
        If it is not a frame of a supported engine.
    """
    wraps = isinstance(frame, nw.DataFrame | nw.LazyFrame)
    native = frame.to_native() if wraps else frame
    polars = sys.modules.get("polars")  # whose frame this is, if it is loaded
    if polars is not None and isinstance(native, polars.DataFrame | polars.LazyFrame):
        collects = isinstance(native, polars.DataFrame)
        kinds = native.schema if collects else native.collect_schema()
        return Opened(native.lazy(), polars, kinds, collects, wraps)
    if isinstance(native, type):  # a class has the names of columns as a property
        native = None
    _check_names(_names_of(native))
    try:
        joinable, aside = _joinable(native)
        wrapped = nw.from_native(joinable)
    except TypeError as error:
        hint = "to_pandas() and to_polars() of a table return one"
        raise ArgumentTypeError(
            parameter=noun,
            value=type(frame).__name__,
            expected=f"a frame of {_ENGINES}",
            hint=hint,
        ) from error
    kinds = dict(wrapped.collect_schema())
    if nw.dependencies.is_pandas_dataframe(joinable):
        kinds |= {name: nw.Object() for name in _of_objects(joinable, kinds)}
    return Opened(wrapped, nw, kinds, wraps=wraps, aside=aside)


def _of_objects(native: Any, kinds: Mapping[str, Any]) -> Iterator[str]:
    """Yield the columns of objects that are no text; narwhals looks at the first hundred rows only."""
    for name, kind in kinds.items():
        column = native[name]
        if kind == nw.String and column.dtype == object:
            values = column[column.notna()]
            if len(values) and not isinstance(values.iloc[0], str):
                yield name


def _names_of(native: Any) -> list[Any]:
    names = getattr(native, "column_names", None)  # of pyarrow, whose columns are cells
    return list(getattr(native, "columns", ()) if names is None else names)


def _check_names(names: Iterable[Any]) -> None:
    """Raise an error for a name of a column that is not text, or that two columns have."""
    seen = set()
    for name in names:
        if not isinstance(name, str):
            raise FigureError(
                text=f"column {brief(name)}", position=0, expected="text as the name of each column"
            )
        if name in seen:
            raise ConflictError(
                what=f"column {brief(name)}",
                ours="a column of the frame",
                theirs="another of that name",
                hint="rename one of them",
            )
        seen.add(name)


def _joinable(native: Any) -> tuple[Any, dict[str, Any]]:
    """Return a frame that can be joined, and the columns that stay aside.

    Joins of pandas take no index with the name of a column. Those of pyarrow take no dictionaries,
    views of text, columns without a type, and lists, for which there is the number of the row.
    """
    if nw.dependencies.is_pandas_dataframe(native):
        is_named = any(name is not None for name in native.index.names)
        return (native.reset_index(drop=True) if is_named else native), {}
    if not nw.dependencies.is_pyarrow_table(native):
        return native, {}
    pa = sys.modules["pyarrow"]
    aside = {
        name: native.column(name)
        for name in native.column_names
        if pa.types.is_nested(native.schema.field(name).type)
    }
    for name in aside:
        rows = pa.array(range(len(native)), pa.int64())
        native = native.set_column(native.schema.get_field_index(name), name, rows)
    for index, field in enumerate(native.schema):
        plain = _plain_arrow(pa, field.type)
        if plain != field.type:
            column = _as_plain(pa, native.column(index), plain)
            native = native.set_column(index, field.name, column)
    return native, aside


def _as_plain(pa: Any, column: Any, kind: Any) -> Any:
    try:
        return column.cast(kind)
    except pa.ArrowNotImplementedError:  # old versions do not cast views of text
        return pa.array(column.to_pylist(), kind)


def _plain_arrow(pa: Any, kind: Any) -> Any:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return pa.string() if pa.types.is_string_view(kind) or pa.types.is_null(kind) else kind


def numbered(work: Opened) -> Opened:
    """Return the frame with numbered rows, if joins of its engine do not keep the order.

    Rows of lazy frames have no order; joins of pandas keep it.
    """
    if work.collects:
        return work._replace(frame=work.frame.with_row_index(_ROW), numbered=True)
    if work.ops is nw and work.frame.implementation.is_pyarrow():
        return work._replace(frame=work.frame.with_row_index(_ROW), numbered=True)
    return work


def in_order(frame: Any, work: Opened, *further: str) -> Any:
    """Return the frame in the original order of its rows, then by further columns."""
    return frame.sort(_ROW, *further) if work.numbered else frame


def grouped(frame: Any, keys: Sequence[str], **totals: Any) -> Any:
    """Return one row per group with its totals."""
    result = frame.group_by(*keys).agg(**totals)
    if isinstance(result, nw.LazyFrame) and result.implementation.is_dask():
        # Dask cannot join the groups of several partitions: it looks for their keys, which are its
        # index, among the columns. A step that it cannot look into makes it forget them.
        return nw.from_native(result.to_native().map_partitions(lambda part: part))
    return result


def computed(result: Any, work: Opened) -> Any:
    """Return the result, computed if the caller's frame is eager."""
    return result.collect() if work.collects else result


def closed(result: Any, work: Opened) -> Any:
    """Return the computed result as a frame of the caller's type."""
    if work.ops is nw:
        native = result.to_native()
        for name, cells in work.aside.items():
            at = native.schema.get_field_index(name)
            native = native.set_column(at, name, cells.take(native.column(name)))
        return nw.from_native(native) if work.wraps else native
    return nw.from_native(result) if work.wraps else result


def required(names: Iterable[str], columns: Sequence[str], noun: str) -> None:
    """Raise MissingError for a frame without a required column.

    Raises
    ------
    MissingError
        Names the column and those with a similar name.
    """
    for name in names:
        if name not in columns:
            raise MissingError(
                asked=f"column {name!r} among the {noun}",
                nearest=nearest(name, columns, 2),
                hint=f"found {', '.join(map(str, columns))}"[:300],
            )


def numeric(work: Opened, name: str, noun: str) -> Any:
    """Return a column of numbers as the nearest floats; a short float is the number that it prints.

    Raises
    ------
    FigureError
        If the column holds something else.
    """
    ops, kind = work.ops, work.kinds[name]
    is_number = kind.is_numeric() or kind in (ops.Object, ops.Unknown)
    _check_type(kind, name, f"numbers in the {noun}", is_valid=is_number)
    column = ops.col(name)
    if kind == ops.Float64:
        return column
    if kind.is_float():  # 3.6 in 32 bits is 3.5999999 in 64 bits
        column = column.cast(ops.String())
    return column.cast(ops.Float64())


def dated(work: Opened, name: str, noun: str) -> Any:
    """Return a column of dates.

    Raises
    ------
    FigureError
        If the column holds something else.
    """
    kind = work.kinds[name]
    _check_type(kind, name, f"dates in the {noun}", is_valid=kind.is_temporal())
    return work.ops.col(name)


def _check_type(kind: Any, name: str, expected: str, *, is_valid: bool) -> None:
    if not is_valid:
        raise FigureError(text=f"column {name!r} of type {kind}", position=0, expected=expected)


def lists_of(frame: Any, names: Sequence[str]) -> dict[str, list[Any]]:
    """Return the columns of a small frame as lists, with None for missing values."""
    chosen = frame.select(*names)
    if not isinstance(chosen, nw.DataFrame | nw.LazyFrame):  # of polars
        collected = chosen.collect() if hasattr(chosen, "collect") else chosen
        lists: dict[str, list[Any]] = collected.to_dict(as_series=False)
        return lists
    if isinstance(chosen, nw.LazyFrame):
        if _is_spark(chosen.implementation):  # collecting its rows needs no other library
            rows = chosen.to_native().collect()
            return {name: [row[at] for row in rows] for at, name in enumerate(names)}
        chosen = _collected(chosen)
    return {name: _listed(chosen[name]) for name in names}


def beside(columns: Columns, types: Types, work: Opened, keys: Sequence[str] = ()) -> Any:
    """Return a small table in the engine of a frame, with `keys` of the types in that frame.

    Raises
    ------
    MissingError
        If no such table can be made in that engine.
    MissingExtraError
        If the engine needs a library that is not installed.
    """
    if work.ops is not nw:
        return _in_polars(columns, types, work, list(keys))
    engine = work.frame.implementation
    for is_engine, make in _MAKERS:
        if is_engine(engine):
            kinds = {name: getattr(nw, kind)() for name, kind in types.items()}
            return nw.from_native(make(columns, kinds, work.frame, list(keys)))
    raise MissingError(asked=f"way to join in {engine}", hint=f"use {_ENGINES}")


def _listed(series: Any) -> list[Any]:
    values: list[Any] = series.to_list()
    if not series.null_count():
        return values
    missing = series.is_null().to_list()
    return [None if is_null else value for value, is_null in zip(values, missing, strict=True)]


def _collected(frame: Any) -> Any:
    try:
        return frame.collect()
    except ImportError as error:
        raise MissingExtraError(extra="arrow", needs="pyarrow") from error


def _is_spark(engine: Any) -> bool:
    return bool(engine.is_pyspark() or engine.is_pyspark_connect())


def _made(columns: Columns, types: Types, backend: str) -> Any:
    """Return a small native frame, of the user's backend or of pyarrow."""
    needed(backend, "arrow" if backend == "pyarrow" else backend)
    if backend == "pandas":  # its integers have no nulls
        with_nulls = {name for name, cells in columns.items() if None in cells}
        types = {
            name: nw.Float64() if name in with_nulls and kind.is_integer() else kind
            for name, kind in types.items()
        }
    kind: Any = backend
    return nw.from_dict(dict(columns), schema=dict(types), backend=kind).to_native()


def _in_polars(columns: Columns, types: Types, work: Opened, keys: list[str]) -> Any:
    pl = work.ops
    kinds = {name: getattr(pl, kind) for name, kind in types.items()}
    small = pl.DataFrame(columns, schema=kinds)
    # A name that is not a member of an Enum becomes null, and null joins with nothing.
    other = [key for key in keys if work.kinds[key] != kinds[key]]
    cast = [pl.col(key).cast(work.kinds[key], strict=False) for key in other]
    return (small.with_columns(*cast) if cast else small).lazy()


def _in_pandas(columns: Columns, types: Types, frame: Any, keys: list[str]) -> Any:
    native = frame.to_native()
    small = _made(columns, types, str(frame.implementation.value))
    return _like(small, {key: native[key].dtype for key in keys})


def _like(small: Any, kinds: dict[str, Any]) -> Any:
    """Return a pandas frame with keys of some types, without rows whose keys do not convert."""
    for key, kind in kinds.items():
        if hasattr(kind, "categories"):
            small = small[small[key].isin(kind.categories)]
    changed = {key: kind for key, kind in kinds.items() if small[key].dtype != kind}
    return small.astype(changed) if changed else small


def _in_arrow(columns: Columns, types: Types, frame: Any, keys: list[str]) -> Any:
    small = _made(columns, types, "pyarrow")
    kinds = frame.to_native().schema
    for key in keys:
        at = small.schema.get_field_index(key)
        small = small.set_column(at, key, small.column(key).cast(kinds.field(key).type))
    return small


def _in_duckdb(columns: Columns, types: Types, frame: Any, _keys: list[str]) -> Any:
    small_table = _made(columns, types, "pyarrow")  # noqa: F841 - DuckDB finds it by its name
    # A query of the relation creates the table in the connection of the relation.
    return frame.to_native().query("other_relation", "select * from small_table")


def _in_ibis(columns: Columns, types: Types, _frame: Any, _keys: list[str]) -> Any:
    return needed("ibis", "duckdb").memtable(_made(columns, types, "pyarrow"))


def _in_dask(columns: Columns, types: Types, frame: Any, keys: list[str]) -> Any:
    kinds = {key: frame.to_native().dtypes[key] for key in keys}
    known = {key: kind for key, kind in kinds.items() if getattr(kind, "name", "") != "category"}
    small = _like(_made(columns, types, "pandas"), known)
    return needed("dask.dataframe", "pandas").from_pandas(small, npartitions=1)


def _in_spark(columns: Columns, types: Types, frame: Any, _keys: list[str]) -> Any:
    native = frame.to_native()
    connected = "connect." if frame.implementation.is_pyspark_connect() else ""
    broadcast = needed(f"pyspark.sql.{connected}functions", "spark").broadcast
    shape = ", ".join(f"`{name}` {_spark_type(kind)}" for name, kind in types.items())
    rows = list(zip(*(columns[name] for name in types), strict=True))
    # Without the hint, Spark treats a table made of rows as a large one and shuffles both sides.
    return broadcast(native.sparkSession.createDataFrame(rows, shape))


_SPARK: dict[Any, str] = {
    nw.Float64: "double",
    nw.Int16: "smallint",
    nw.Int32: "int",
    nw.Int64: "bigint",
    nw.Boolean: "boolean",
}


def _spark_type(kind: Any) -> str:
    return _SPARK.get(kind, "string")


_MAKERS: tuple[tuple[Callable[[Any], bool], Callable[..., Any]], ...] = (
    (lambda engine: engine.is_pandas_like(), _in_pandas),
    (lambda engine: engine.is_pyarrow(), _in_arrow),
    (lambda engine: engine.is_duckdb(), _in_duckdb),
    (lambda engine: engine.is_ibis(), _in_ibis),
    (lambda engine: engine.is_dask(), _in_dask),
    (_is_spark, _in_spark),
)
