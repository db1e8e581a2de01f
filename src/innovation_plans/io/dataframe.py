"""Columns as data frames of pandas, polars, pyarrow or DuckDB."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from types import NoneType
from typing import Any, Literal, get_args

from ..errors import FigureError, one_of
from ..units.decimals import rounded
from .columns import Columns
from .files import needed

Backend = Literal["pandas", "polars", "pyarrow", "duckdb"]
Values = Literal["float", "decimal", "text"]

_MOST_DIGITS = 38
_LONGEST = 30  # digits; no figure of a record is as long, so a longer number is a quotient


def frame_of(columns: Columns, backend: Backend, values: Values) -> Any:
    """Return a table as a data frame.

    Parameters
    ----------
    columns
        The table; besides the types of files, a column may be of floats or dates.
    backend
        The library, or ``"duckdb"`` for a relation of DuckDB's default connection.
    values
        What decimals are in the frame: the nearest floats, decimals, or text as printed.

    Raises
    ------
    MissingExtraError
        If the library of the backend is not installed.
    MissingError
        If there is no such backend or kind of values.
    FigureError
        If exact values need more digits than decimals of the library have, or a whole number or
        text does not fit a column.
    """
    one_of("backend", backend, _MAKERS)
    one_of("kind of values", values, get_args(Values))
    number = {"float": float, "decimal": Decimal, "text": str}[values]
    types = {name: number if kind is Decimal else kind for name, kind in columns.types.items()}
    cells = {name: _converted(columns.values[name], kind) for name, kind in types.items()}
    try:
        return _MAKERS[backend](cells, types)
    except (OverflowError, TypeError, UnicodeEncodeError) as error:
        text, expected = f"{error!s:.80}", f"values that fit a column of {backend}"
        raise FigureError(text=text, position=0, expected=expected) from error


def _converted(values: Sequence[Any], kind: type) -> list[Any]:
    """Return the values of a column in the type that it has in the frame."""
    is_text = kind is str and {str, NoneType}.issuperset(map(type, values))
    if is_text or kind not in {float, Decimal, str}:
        return list(values)
    if kind is float:
        return [None if value is None else float(value) for value in values]
    shortened = [_shortened(value) for value in values]
    if kind is Decimal:
        return shortened
    return [None if value is None else _text(value) for value in shortened]


def _shortened(value: Any) -> Any:
    is_quotient = isinstance(value, Decimal) and len(value.as_tuple().digits) > _LONGEST
    return rounded(value, 20) if is_quotient else value


def _text(value: Any) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _scale(values: Sequence[Decimal | None]) -> int:
    """Return the number of decimals that all numbers of a column need.

    Raises
    ------
    FigureError
        If the number with the most digits before the point leaves no room for them.
    """
    numbers = [value.as_tuple() for value in values if value is not None]
    scale = max((max(0, -int(number.exponent)) for number in numbers), default=0)
    before = max((len(number.digits) + int(number.exponent) for number in numbers), default=0)
    if before + scale > _MOST_DIGITS:
        raise FigureError(
            text=f"{before} digits before the point and {scale} after it",
            position=0,
            expected=f"at most {_MOST_DIGITS} digits; use values='text'",
        )
    return scale


def _zone(values: Sequence[dt.datetime | None]) -> str | None:
    """Return the time zone of a column of times: UTC, to which a library converts; None for local times."""
    zoned = {value.tzinfo is not None for value in values if value is not None}
    if len(zoned) > 1:
        raise TypeError("times with and without a time zone")
    return "UTC" if True in zoned else None


def _in_pandas(cells: Mapping[str, list[Any]], types: Mapping[str, type]) -> Any:
    pd = needed("pandas", "pandas")
    text = pd.Series(["a"]).dtype  # objects before pandas 3, strings of its own from then on
    dtypes = {str: text, int: "Int64", bool: "boolean", float: "float64"}

    def series(name: str, values: list[Any]) -> Any:
        if types[name] is dt.datetime:
            zone = _zone(values)
            return pd.Series(values, dtype=f"datetime64[us, {zone}]" if zone else "datetime64[us]")
        return pd.Series(values, dtype=dtypes.get(types[name], "object"))

    return pd.DataFrame({name: series(name, values) for name, values in cells.items()})


def _in_polars(cells: Mapping[str, list[Any]], types: Mapping[str, type]) -> Any:
    pl = needed("polars", "polars")
    dtypes = {str: pl.String, int: pl.Int64, bool: pl.Boolean, float: pl.Float64, dt.date: pl.Date}

    def series(name: str, values: list[Any]) -> Any:
        if types[name] is dt.datetime:
            return pl.Series(name, values, dtype=pl.Datetime("us", _zone(values)))
        dtype = dtypes.get(types[name]) or pl.Decimal(_MOST_DIGITS, _scale(values))
        return pl.Series(name, values, dtype=dtype)

    return pl.DataFrame([series(name, values) for name, values in cells.items()])


def _in_arrow(cells: Mapping[str, list[Any]], types: Mapping[str, type]) -> Any:
    pa = needed("pyarrow", "arrow")
    dtypes = {
        str: pa.string(),
        int: pa.int64(),
        bool: pa.bool_(),
        float: pa.float64(),
        dt.date: pa.date32(),
    }

    def array(name: str, values: list[Any]) -> Any:
        if types[name] is dt.datetime:
            return pa.array(values, type=pa.timestamp("us", _zone(values)))
        dtype = dtypes.get(types[name]) or pa.decimal128(_MOST_DIGITS, _scale(values))
        return pa.array(values, type=dtype)

    return pa.table({name: array(name, values) for name, values in cells.items()})


def _in_duckdb(cells: Mapping[str, list[Any]], types: Mapping[str, type]) -> Any:
    return needed("duckdb", "duckdb").from_arrow(_in_arrow(cells, types))


_MAKERS: dict[str, Callable[[Mapping[str, list[Any]], Mapping[str, type]], Any]] = {
    "pandas": _in_pandas,
    "polars": _in_polars,
    "pyarrow": _in_arrow,
    "duckdb": _in_duckdb,
}
