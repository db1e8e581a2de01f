"""Parquet: a directory with one file per table, or one table as a file.

A number is a decimal of 38 digits, with a second column of text next to it, since ``3.50`` is
printed differently from ``3.5``: ``value`` to compute with, ``value_text`` as printed. Where 38
digits are not enough, the column is text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..errors import DataError, DataErrors
from ..records import TABLES
from ..units.decimals import plain
from .columns import Columns, Heading, Value, cell_text
from .csv import edition_file
from .folder import Folder, RowSource
from .formats import Options, needed
from .incoming import Incoming, refuse
from .raw import MOST_FAULTS, MOST_ROWS, Row, no_file, too_many

__all__ = ["LOSES", "REFUSES", "read", "write", "write_table"]

LOSES = ""
REFUSES = "lists whose parts hold |, and empty text of one's own fields"

MOST_BYTES = 512 * 1024 * 1024
_BATCH = 4096
_MOST_ROWS = MOST_ROWS
_MOST_COLUMNS = 1000
_LONGEST_CELL = 1024 * 1024
_MOST_DIGITS = 38
_TEXT = "_text"
_KEY = b"innovation_plans"
_MOST_WHOLE = 10**18  # beyond it, whole numbers are text
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")


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


def read(path: Path) -> RowSource:
    """Return the rows of a directory of Parquet files."""
    _pyarrow()
    if not path.is_dir():
        problem = "expected a directory of .parquet files, found one file; give the directory"
        raise refuse(path.name, problem)
    tables: dict[str, list[Row]] = {}
    faults: list[DataError] = []
    headings = _Headings()
    for file in sorted(path.glob("*.parquet")):
        if file.stem not in TABLES:
            problem = f"no such table; expected one of {', '.join(TABLES)}"
            faults.append(DataError(file=file.name, problem=problem))
            continue
        tables[file.stem] = _guarded(file, headings, faults)
    if not tables and not faults:  # no records; but an export says its edition
        if not (path / "edition.toml").is_file():
            raise refuse(str(path), "expected files such as targets.parquet, found none")
        headings.merged = Heading(edition=Folder(path).edition(faults))
    heading = headings.merged
    if not heading.tiers:  # the files were written again by another program
        heading = heading._replace(tiers=Folder(path).tiers)
    return Incoming(str(path), tables, heading, faults)


def _guarded(file: Path, headings: _Headings, faults: list[DataError]) -> list[Row]:
    """The rows of one file; whatever the library says of a broken one is said at the file."""
    try:
        if problem := no_file(file):
            raise refuse(file.name, problem)
        if file.stat().st_size > MOST_BYTES:
            raise refuse(file.name, f"expected at most {MOST_BYTES} bytes")
        return list(_rows(file, headings, faults))
    except DataErrors as error:
        faults.extend(each for each in error.exceptions if isinstance(each, DataError))
    except Exception as error:
        said = " ".join(str(error).split())[:160]
        problem = f"expected a whole .parquet file: {said or type(error).__name__}"
        raise refuse(file.name, problem) from error
    return []


def _rows(file: Path, headings: _Headings, faults: list[DataError]) -> Iterator[Row]:
    pq, types = _pyarrow("parquet"), _pyarrow("types")
    schema = pq.read_schema(file)
    headings.add(file.name, schema.metadata, faults)
    texts = [each.name for each in schema if types.is_string(each.type)]
    with pq.ParquetFile(file, read_dictionary=texts) as opened:
        held = opened.metadata
        groups = (held.row_group(at) for at in range(held.num_row_groups))
        unpacked = sum(group.total_byte_size for group in groups)
        if unpacked > MOST_BYTES:
            raise refuse(file.name, f"expected at most {MOST_BYTES} bytes when unpacked")
        _refuse_rows(file.name, held.num_rows)
        batches = opened.iter_batches(batch_size=_BATCH)
        yield from _rows_in(file.name, batches, opened.schema_arrow, faults)


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


def _rows_in(
    file: str, batches: Iterable[Any], schema: Any, faults: list[DataError]
) -> Iterator[Row]:
    """The rows of batches as cells of text; `batches` is asked for none of a faulty schema."""
    pa = _pyarrow()
    columns = _admitted(pa, file, schema, faults)
    if columns is None:
        return
    line, before = 0, len(faults)
    for batch in batches:
        _refuse_rows(file, line + batch.num_rows)
        lists = {name: _listed(pa, file, name, batch.column(name)) for name in columns}
        for at in range(batch.num_rows):
            line += 1
            row = Row(file, line, {})
            for name, texts in columns.items():
                beside = lists[texts][at] if texts in lists else None
                cell = _cell(row, name, lists[name][at], beside, faults)
                if cell and name not in columns.values():
                    row.cells[name] = cell
            yield row
            if len(faults) - before >= MOST_FAULTS:
                faults.append(too_many(file, line))
                return


def _refuse_rows(file: str, count: int) -> None:
    """Refuse more rows than are read."""
    if count > _MOST_ROWS:
        raise refuse(file, f"expected at most {_MOST_ROWS} rows", line=_MOST_ROWS)


class _Headings:
    """The headings that the files of a directory say, as one."""

    def __init__(self) -> None:
        self.merged = Heading()

    def add(
        self, file: str, metadata: Mapping[bytes, bytes] | None, faults: list[DataError]
    ) -> None:
        """Read the heading of one file; two editions in one directory are a fault."""
        if not metadata or _KEY not in metadata:
            return
        try:
            given = json.loads(metadata[_KEY])
        except (ValueError, RecursionError):
            problem = "expected JSON under the key innovation_plans of the metadata"
            faults.append(DataError(file=file, problem=problem))
            return
        heading = Heading.of(given, file, faults)
        if self.merged.edition not in {"", heading.edition}:
            problem = f"expected edition {self.merged.edition!r}, as in the files before it"
            problem += f", found {heading.edition!r:.80}"
            faults.append(DataError(file=file, column="edition", problem=problem))
        units = tuple(dict.fromkeys((*self.merged.units, *heading.units)))
        self.merged = heading._replace(units=units)


def _arrays(pa: Any, table: Columns, column: str, values: Sequence[Value]) -> dict[str, Any]:
    """Return the column in its type, and for decimals their text in a second column."""
    kind = table.types[column]
    filled: list[Any] = [value for value in values if value is not None]
    if kind is bool:
        return {column: pa.array(values, pa.bool_())}
    if kind is int and all(-_MOST_WHOLE < value < _MOST_WHOLE for value in filled):
        return {column: pa.array(values, pa.int64())}
    text = pa.array([cell_text(value) or None for value in values], pa.string())
    if kind is Decimal and column + _TEXT not in table.values:
        scale = _scale(filled)
        if scale is not None:
            return {
                column: pa.array(values, pa.decimal128(_MOST_DIGITS, scale)),
                column + _TEXT: text,
            }
    return {column: text}


def _scale(numbers: Iterable[Decimal]) -> int | None:
    """Return the decimals that all numbers need; None where 38 digits are too few."""
    whole = scale = 0
    for number in numbers:
        before, _, after = cell_text(number).lstrip("-").partition(".")
        whole, scale = max(whole, len(before)), max(scale, len(after))
    return scale if whole + scale <= _MOST_DIGITS else None


def _admitted(pa: Any, file: str, schema: Any, faults: list[DataError]) -> dict[str, str] | None:
    """The columns, each with that of its text if it has one; None if a column is not read."""
    before, types = len(faults), pa.types
    if len(schema) > _MOST_COLUMNS:
        faults.append(DataError(file=file, problem=f"expected at most {_MOST_COLUMNS} columns"))
        return None
    for field in schema:
        if schema.names.count(field.name) > 1:
            problem = "stands here twice"
        elif not _is_read(types, field.type):
            problem = (
                f"expected text, whole numbers, decimals or true and false, found {field.type}"
            )
        else:
            continue
        faults.append(DataError(file=file, column=field.name[:60], problem=problem[:200]))
    if len(faults) > before:
        return None
    texts = {field.name: field.name + _TEXT for field in schema if types.is_decimal(field.type)}
    return {name: texts[name] if texts.get(name) in schema.names else "" for name in schema.names}


def _is_read(types: Any, kind: Any) -> bool:
    if types.is_dictionary(kind):
        return _is_text(types, kind.value_type)
    return _is_text(types, kind) or any(
        known(kind)
        for known in (types.is_integer, types.is_boolean, types.is_decimal, types.is_null)
    )


def _is_text(types: Any, kind: Any) -> bool:
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _listed(pa: Any, file: str, name: str, array: Any) -> list[Any]:
    """The values of a column; of a dictionary each text is made once, however often it stands."""
    words = array.dictionary if pa.types.is_dictionary(array.type) else array
    if _is_text(pa.types, words.type):
        # Asked of each text by itself, since many may be views of the same bytes.
        sizes = [each.as_buffer().size for each in words if each.is_valid]
        if max(sizes, default=0) > _LONGEST_CELL or sum(sizes) > MOST_BYTES:
            problem = f"expected cells of at most {_LONGEST_CELL} bytes, found {max(sizes)}"
            raise refuse(file, problem, column=name)
    if words is array:
        return list(array.to_pylist())
    texts = words.to_pylist()
    return [None if at is None else texts[at] for at in array.indices.to_pylist()]


def _cell(row: Row, name: str, value: Any, text: str | None, faults: list[DataError]) -> str:
    """The text of one value, as printed where a column says how."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if text is not None and (isinstance(value, Decimal) or value is None):
        if value is not None and _PLAIN.fullmatch(text) and Decimal(text) == value:
            return text
        problem = f"says {value}, and {name}{_TEXT} says {text!r:.60}; change both or drop the text"
        faults.append(row.fault(problem, name))
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)
