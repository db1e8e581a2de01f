"""Parquet: a directory with one file per table, or one table as a file.

A number is a decimal of 38 digits, with a second column of text next to it, since ``3.50`` is
printed differently from ``3.5``: ``value`` to compute with, ``value_text`` as printed. Where 38
digits are not enough, the column is text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from ..errors import DataError, DataErrors, brief
from ..records import TABLES
from ..text.messages import Message
from ..units.decimals import without_zeros
from .columns import TEXT, Columns, Options, Value, cell_text
from .csv import REFUSES, edition_file, has_rows, other_format, read_heading
from .files import check_is_file, files_in, needed
from .raw import (
    MOST_ROWS,
    FileColumns,
    Heading,
    Item,
    RawTables,
    Row,
    file_error,
    limited,
    no_table,
)

__all__ = ["LOSES", "REFUSES", "read", "write", "write_table"]

LOSES = ""

MOST_BYTES = 512 * 1024 * 1024
_BATCH = 4096
_MOST_COLUMNS = 1000
_LONGEST_CELL = 1024 * 1024
_MOST_DIGITS = 38
_KEY = b"innovation_plans"
_MOST_WHOLE = 10**18  # beyond it, whole numbers are text


def write(tables: Iterable[Columns], heading: Heading, path: Path, options: Options) -> None:
    """Write a directory with one file per table, and ``edition.toml``."""
    _pyarrow()
    path.mkdir()
    for table in tables:
        write_table(table, heading, path / f"{table.name}.parquet", options)
    (path / "edition.toml").write_bytes(edition_file(heading).encode("utf-8"))


def write_table(table: Columns, heading: Heading, path: Path, options: Options) -> None:  # noqa: ARG001
    """Write one table as a Parquet file."""
    pq, arrow = _pyarrow("parquet"), _arrow_table(table, heading)
    with path.open("xb") as stream:
        pq.write_table(arrow, stream, compression="zstd")


def read(path: Path) -> RawTables:
    """Return the tables of a directory of Parquet files."""
    _pyarrow()
    if not path.is_dir():
        problem = "expected a directory of .parquet files, found one file; give the directory"
        raise file_error(path.name, problem)
    errors: list[DataError] = []
    merged = Heading()
    tables: dict[str, list[Item]] = {}
    for file in sorted(path.glob("*.parquet")):
        if file.stem not in TABLES:
            errors.append(no_table(file.name, TABLES))
            continue
        heading, tables[file.stem] = _read_file(file, errors)
        merged = _merged(merged, heading, file.name, errors)
    is_empty_export = (path / "edition.toml").is_file() and not any(path.glob("*.csv"))
    if not tables and not errors and not is_empty_export:
        raise file_error(str(path), "expected files such as targets.parquet, found none")
    errors += _unread(path) if tables else ()
    stated, _ = read_heading(path, [] if tables else errors)
    if not tables:  # no records; but an export states its edition
        merged = stated
    if not merged.tiers:  # the files were written again by another program
        merged = merged._replace(tiers=stated.tiers)
    return RawTables(str(path), tables, merged, tuple(errors))


def _unread(root: Path) -> Iterator[DataError]:
    """Yield an error for each file or folder of a table that is not read beside Parquet files."""
    for entry in sorted(root.iterdir()):
        table = entry.name.partition(".")[0]
        if table in TABLES and entry.suffix != ".parquet":
            files = files_in(entry) if entry.is_dir() else [(entry.name, entry)]
            if any(has_rows(file.name) for _, file in files):
                yield other_format(entry.name, f"{table}.parquet")


def _read_file(file: Path, errors: list[DataError]) -> tuple[Heading | None, list[Item]]:
    """Return the heading and the rows of one file; any error of the library names the file."""
    try:
        check_is_file(file, file.name)
        if file.stat().st_size > MOST_BYTES:
            raise file_error(file.name, Message("problem.large_file", most=MOST_BYTES))
        schema = _pyarrow("parquet").read_schema(file)
        return _heading(file.name, schema.metadata, errors), list(limited(_items(file, schema)))
    except DataError as error:
        errors.append(error)
    except DataErrors as error:
        errors.extend(member for member in error.exceptions if isinstance(member, DataError))
    except Exception as error:
        reason = " ".join(str(error).split())[:160]
        problem = f"expected a whole .parquet file: {reason or type(error).__name__}"
        raise file_error(file.name, problem) from error
    return None, []


def _heading(
    file: str, metadata: Mapping[bytes, bytes] | None, errors: list[DataError]
) -> Heading | None:
    """Return the heading in the metadata of one file; None if it has none."""
    if not metadata or _KEY not in metadata:
        return None
    try:
        values = json.loads(metadata[_KEY])
    except (ValueError, RecursionError):
        values = None
    if isinstance(values, dict):
        return Heading.of(Row(file, 0, values), errors)
    errors.append(DataError(file=file, problem=Message("problem.no_metadata")))
    return None


def _merged(
    before: Heading, heading: Heading | None, file: str, errors: list[DataError]
) -> Heading:
    """Return the headings of two files as one; two editions in one directory are an error."""
    if heading is None:
        return before
    if before.edition not in {"", heading.edition}:
        editions = {"edition": repr(before.edition), "found": brief(heading.edition, 80)}
        problem = Message("problem.other_edition", **editions)
        errors.append(DataError(file=file, column="edition", problem=problem))
    return heading._replace(units=tuple(dict.fromkeys((*before.units, *heading.units))))


def _items(file: Path, schema: Any) -> Iterator[Item]:
    """Yield the columns and the rows of one file, with cells of text."""
    pq, types = _pyarrow("parquet"), _pyarrow("types")
    texts = [column.name for column in schema if types.is_string(column.type)]
    with pq.ParquetFile(file, read_dictionary=texts) as opened:
        metadata = opened.metadata
        groups = (metadata.row_group(at) for at in range(metadata.num_row_groups))
        unpacked = sum(group.total_byte_size for group in groups)
        if unpacked > MOST_BYTES:
            raise file_error(file.name, Message("problem.large_unpacked", most=MOST_BYTES))
        if metadata.num_rows > MOST_ROWS:
            raise file_error(
                file.name, Message("problem.too_many_rows", most=MOST_ROWS), line=MOST_ROWS
            )
        batches = opened.iter_batches(batch_size=_BATCH)
        yield from _items_in(file.name, batches, opened.schema_arrow)


def _pyarrow(part: str = "") -> Any:
    """The library, or a part of it."""
    return needed(f"pyarrow{part and '.'}{part}", "arrow")


def _arrow_table(table: Columns, heading: Heading) -> Any:
    """Return an Arrow table with typed columns, and the heading in its metadata."""
    pa = _pyarrow()
    arrays: dict[str, Any] = {}
    for column, values in table.values.items():
        arrays |= _arrays(pa, table, column, values)
    about = heading._asdict() | {"table": table.name}
    metadata = {_KEY: json.dumps(about, ensure_ascii=False).encode()}
    return pa.table(arrays).replace_schema_metadata(metadata)


def _items_in(file: str, batches: Iterable[Any], schema: Any) -> Iterator[Item]:
    """Yield the rows of batches; none of `batches` is read if the schema has an error."""
    pa = _pyarrow()
    if errors := list(_schema_errors(pa.types, file, schema)):
        yield from errors
        return
    yield FileColumns(file, 0, tuple(schema.names))
    line = 0
    for batch in batches:
        values = {name: _values(pa, file, name, batch.column(name)) for name in schema.names}
        for at in range(batch.num_rows):
            line += 1
            cells = ((name, _cell(column[at])) for name, column in values.items())
            yield Row(file, line, {name: cell for name, cell in cells if cell != ""})


def _arrays(pa: Any, table: Columns, column: str, values: Sequence[Value]) -> dict[str, Any]:
    """Return the column in its type, and for decimals their text in a second column."""
    kind = table.types[column]
    filled: list[Any] = [value for value in values if value is not None]
    if kind is bool:
        return {column: pa.array(values, pa.bool_())}
    if kind is int and all(-_MOST_WHOLE < value < _MOST_WHOLE for value in filled):
        return {column: pa.array(values, pa.int64())}
    text = pa.array([cell_text(value) or None for value in values], pa.string())
    if kind is Decimal and column + TEXT not in table.values:
        scale = _scale(filled)
        if scale is not None:
            return {
                column: pa.array(values, pa.decimal128(_MOST_DIGITS, scale)),
                column + TEXT: text,
            }
    return {column: text}


def _scale(numbers: Iterable[Decimal]) -> int | None:
    """Return the decimals that all numbers need; None where 38 digits are too few."""
    whole = scale = 0
    for number in numbers:
        before, _, after = cell_text(number).lstrip("-").partition(".")
        whole, scale = max(whole, len(before)), max(scale, len(after))
    return scale if whole + scale <= _MOST_DIGITS else None


def _schema_errors(types: Any, file: str, schema: Any) -> Iterator[DataError]:
    """Yield an error for each column that cannot be read."""
    if len(schema) > _MOST_COLUMNS:
        yield DataError(file=file, problem=Message("problem.too_many_columns", most=_MOST_COLUMNS))
        return
    for column in schema:
        error = partial(DataError, file=file, column=column.name[:60])
        if schema.names.count(column.name) > 1:
            yield error(problem=Message("problem.twice"))
        elif not _is_read(types, column.type):
            yield error(problem=Message("problem.column_type", found=f"{column.type!s:.100}"))


def _is_read(types: Any, kind: Any) -> bool:
    if types.is_dictionary(kind):
        return _is_text(types, kind.value_type)
    return _is_text(types, kind) or any(
        known(kind)
        for known in (types.is_integer, types.is_boolean, types.is_decimal, types.is_null)
    )


def _is_text(types: Any, kind: Any) -> bool:
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _values(pa: Any, file: str, name: str, array: Any) -> list[Any]:
    """Return the values of a column; a text of a dictionary is made once, however often it occurs."""
    words = array.dictionary if pa.types.is_dictionary(array.type) else array
    if _is_text(pa.types, words.type):
        # The size of each text by itself, because many may be views of the same bytes.
        sizes = [word.as_buffer().size for word in words if word.is_valid]
        if max(sizes, default=0) > _LONGEST_CELL or sum(sizes) > MOST_BYTES:
            problem = Message("problem.long_cell", most=_LONGEST_CELL, found=max(sizes))
            raise file_error(file, problem, column=name)
    if words is array:
        return list(array.to_pylist())
    texts = words.to_pylist()
    return [None if at is None else texts[at] for at in array.indices.to_pylist()]


def _cell(value: Any) -> Any:
    """Return the text of one value; a decimal stays a number, because its zeros are not printed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return without_zeros(value)
    return "" if value is None else str(value)
