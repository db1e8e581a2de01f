"""Records and mappings that a caller gives, as raw tables.

A record brings the records it refers to; those that the dataset lacks are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from math import isnan
from numbers import Integral, Real
from os import PathLike
from typing import Any, Protocol, TypeAlias, TypeVar

from ..errors import ArgumentTypeError, DataError, DataErrors, InnovationPlansError, brief
from ..io.raw import Heading, Item, RawTables, Row
from ..io.rows import filled_if_empty, known_columns, row_of, whole_records
from ..records import TABLE_OF, TABLES, Citation, Record
from ..records.fields import with_article
from ..records.references import all_references, field_values
from ..units.decimals import without_zeros
from ..units.table import OwnUnit, table_of

R = TypeVar("R", bound=Record)


class Frame(Protocol):
    """A data frame of pandas or polars, or a table of pyarrow."""

    @property
    def columns(self) -> Any:
        """Its columns, or their names."""
        ...


Given: TypeAlias = Iterable[R] | Iterable[Mapping[str, Any]] | Frame


def given_tables(
    tables: Mapping[str, Given[Any]], kinds: Mapping[str, type[Record]], units: str, label: str
) -> RawTables | None:
    """Return what a caller gives, and the records it refers to; None for nothing.

    A mapping has the columns of a file of one of `kinds`; messages call its row ``targets[0]``.
    """
    rows: dict[str, list[Item]] = {}
    keys: dict[str, set[str]] = {name: set() for name in TABLES}
    accepted: list[Record | Mapping[str, Any]] = []
    for name, items in tables.items():
        for place, item in _placed(name, _items(name, items)):
            row = _row(place, item, kinds.get(name, TABLES[name]), TABLES[name])
            rows.setdefault(name, []).append(row)
            if isinstance(row, Row):
                keys[name].add(item.key if isinstance(item, Record) else str(item.get("code")))
                accepted.append(item)
    referred = list(all_references(accepted))
    for record in referred:
        name = TABLE_OF[record.noun]
        if record.key not in keys[name]:
            keys[name].add(record.key)
            rows.setdefault(name, []).append(row_of(record, f"{record.noun} {record.key}"))
    lines = units.splitlines()
    lines += (line for item in [*accepted, *referred] for line in _definitions(item))
    if not rows and not units.strip():
        return None
    return RawTables(label, rows, Heading(units=tuple(dict.fromkeys(lines))), noun="record")


def _placed(name: str, items: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the rows of a table with their places; an error of the caller's iterable gets its place."""
    count = 0
    try:
        for count, item in enumerate(items, start=1):
            yield f"{name}[{count - 1}]", item
    except InnovationPlansError:
        raise
    except Exception as error:
        problem = f"the iterable raised {type(error).__name__}: {error}"
        errors = [DataError(file=f"{name}[{count}]", problem=problem)]
        raise DataErrors.of("records", errors, "record") from error


def _items(table: str, given: Any) -> Iterable[Any]:
    """Return what a caller gives one by one: of a data frame, its rows as mappings."""
    if isinstance(given, str | PathLike):
        expected, hint = (
            "records, mappings or a data frame",
            "extend(path) and load(path) read files",
        )
        raise ArgumentTypeError(parameter=table, value=brief(given), expected=expected, hint=hint)
    if hasattr(type(given), "read_all"):  # a reader of pyarrow yields batches, not rows
        given = given.read_all()
    if hasattr(type(given), "columns"):  # loading needs no narwhals
        nw: Any = import_module("narwhals.stable.v2")  # its types would slow type checkers

        frame: Any = None
        with suppress(nw.exceptions.DuplicateError):  # the check below names the column
            frame = nw.from_native(given, pass_through=True)
        if isinstance(frame, nw.LazyFrame):
            raise ArgumentTypeError(
                parameter=table,
                value=type(given).__name__,
                expected="a data frame in memory",
                hint="collect() returns one, pl() that of a DuckDB relation",
            )
        _check_columns(table, given)
        if isinstance(frame, nw.DataFrame):
            return _rows_of(frame, nw)
    if isinstance(given, Mapping) and given:
        kinds = {*map(type, given.values())}
        if all(issubclass(kind, Mapping | list) for kind in kinds):  # as to_dict() of pandas
            raise ArgumentTypeError(
                parameter=table,
                value="a mapping of columns",
                expected="records, mappings or a data frame",
                hint='pass the data frame, or its rows: to_dict("records")',
            )
    is_one = isinstance(given, Record | Mapping) or not isinstance(given, Iterable)
    return [given] if is_one else given


def _check_columns(table: str, frame: Any) -> None:
    """Raise an error for a column without a name of its own, and for an index with names, as of pandas.

    A column that is an index would be lost.
    """
    names = getattr(frame, "column_names", None)  # of pyarrow, whose columns are cells
    columns = list(frame.columns if names is None else names)
    for at, name in enumerate(columns):
        if not isinstance(name, str):
            value, expected = f"the column {brief(name)}", "text as the name of each column"
            raise ArgumentTypeError(parameter=table, value=value, expected=expected)
        if name in columns[:at]:
            value, expected = f"{brief(name)} twice", "columns with different names"
            raise ArgumentTypeError(parameter=table, value=value, expected=expected)
    for name in getattr(getattr(frame, "index", None), "names", ()):
        if name is not None and name not in columns:
            value, hint = f"the index {brief(name)}", "call reset_index()"
            raise ArgumentTypeError(
                parameter=table, value=value, expected="all values in columns", hint=hint
            )


def _rows_of(frame: Any, nw: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a data frame; its numbers do not say how many zeros were printed.

    A column of decimals has as many as its longest number needs. A short float is the number that
    it prints: 3.7 in 32 bits is 3.700000047 in 64 bits.
    """
    floats = [name for name, kind in frame.schema.items() if kind.is_float()]
    short = [name for name in floats if frame.schema[name] != nw.Float64]
    decimals = [name for name, kind in frame.schema.items() if kind == nw.Decimal]
    printed = frame.with_columns(nw.col(name).cast(nw.String).cast(nw.Float64) for name in short)
    for row in printed.iter_rows(named=True):
        yield {**row, **{name: without_zeros(row[name]) for name in decimals}}


def _row(place: str, item: Any, kind: type[Record], base: type[Record]) -> Row | DataError:
    """Return a record, or a mapping as a row of `kind`; records may be of any subclass of `base`."""
    if isinstance(item, base):
        return row_of(item, place)
    if isinstance(item, Mapping) and all(isinstance(key, str) for key in item):
        return Row(place, 0, dict(_cells(item, kind)))
    problem = (
        f"expected {with_article(base.__name__)} or a mapping of its columns, found {brief(item)}"
    )
    return DataError(file=place, problem=problem)


def _cells(item: Mapping[str, Any], kind: type[Record]) -> Iterator[tuple[str, Any]]:
    """Yield the filled cells of a row, and the empty ones that would be lost without a word.

    These are cells of unknown columns, and of own fields whose default would replace them.
    """
    known, filled, whole = known_columns(kind), filled_if_empty(kind), whole_records(kind)
    for name, cell in item.items():
        if not _is_empty(cell):
            yield name, cell if name in whole and _has_record(cell) else _code_of(cell)
        elif name not in known or name in filled:
            yield name, "" if isinstance(cell, str) else None


def _has_record(cell: Any) -> bool:
    parts = cell if isinstance(cell, tuple | list) else (cell,)
    return any(isinstance(part, Record) for part in parts)


def _is_empty(cell: Any) -> bool:
    """Return whether a cell has no value; NaN, NaT and NA are what pandas has for none."""
    if isinstance(cell, float):
        return isnan(cell)
    return cell is None or (isinstance(cell, str) and not cell) or brief(cell) in {"NaT", "<NA>"}


def _code_of(cell: Any) -> Any:
    """Return the code of a record, as a file would have it; another value as it is."""
    if isinstance(cell, Citation):
        return cell.model_dump(mode="json")
    if isinstance(cell, tuple | list):
        return [_code_of(part) for part in cell]
    is_numpy = hasattr(cell, "dtype")
    if is_numpy and isinstance(cell, Integral):
        return int(cell)  # pydantic makes a float of it
    if is_numpy and isinstance(cell, Real):
        cell = float(str(cell))  # of numpy: 3.7 in 32 bits is 3.700000047 in 64 bits
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)  # a float does not say how many zeros were printed
    return cell.key if isinstance(cell, Record) else cell


def _definitions(item: Record | Mapping[str, Any]) -> Iterator[str]:
    """Yield the definitions of the caller's own units."""
    for value in field_values(item):
        if isinstance(value, OwnUnit):
            yield from table_of(value).definitions
