"""Tables as typed columns of Arrow, and such columns as rows again, for Parquet.

A number is a decimal of 38 digits with a second column of text beside it, since ``3.50`` is
printed otherwise than ``3.5``: ``value`` for reckoning, ``value_text`` as printed. Where 38 digits
are not enough, the column is text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..errors import DataError
from ..units.decimals import plain
from .content import Grid, Heading
from .incoming import refuse
from .known_formats import needed
from .raw import MOST_FAULTS, MOST_ROWS, Row, too_many

__all__ = ["MOST_BYTES", "HeadingsIn", "arrow_table", "most_rows", "pyarrow", "rows_in"]

MOST_BYTES = 512 * 1024 * 1024
_MOST_ROWS = MOST_ROWS
_MOST_COLUMNS = 1000
_LONGEST_CELL = 1024 * 1024
_MOST_DIGITS = 38
_TEXT = "_text"
_KEY = b"innovation_plans"
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?")
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")


def pyarrow(part: str = "") -> Any:
    """The library, or a part of it."""
    return needed(f"pyarrow{part and '.'}{part}", "arrow")


def arrow_table(grid: Grid, heading: Heading) -> Any:
    """A table with typed columns, and the heading in its metadata."""
    pa = pyarrow()
    arrays: dict[str, Any] = {}
    for column in grid.columns:
        cells = [row.get(column) for row in grid.rows]
        arrays |= _arrays(pa, grid, column, cells)
    about = heading._asdict() | {"table": grid.name}
    metadata = {_KEY: json.dumps(about, ensure_ascii=False).encode()}
    return pa.table(arrays).replace_schema_metadata(metadata)


def rows_in(
    file: str, batches: Iterable[Any], schema: Any, faults: list[DataError]
) -> Iterator[Row]:
    """The rows of batches as cells of text; `batches` is asked for none of a faulty schema."""
    pa = pyarrow()
    columns = _admitted(pa, file, schema, faults)
    if columns is None:
        return
    line, before = 0, len(faults)
    for batch in batches:
        most_rows(file, line + batch.num_rows)
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


def most_rows(file: str, count: int) -> None:
    """Refuse more rows than are read."""
    if count > _MOST_ROWS:
        raise refuse(file, f"expected at most {_MOST_ROWS} rows", line=_MOST_ROWS)


class HeadingsIn:
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


def _arrays(pa: Any, grid: Grid, column: str, cells: Sequence[str | None]) -> dict[str, Any]:
    """The column as typed as its cells allow, and for numbers their text beside it."""
    kind, filled = grid.kinds[column], [cell for cell in cells if cell]
    if kind is bool and all(cell in {"true", "false"} for cell in filled):
        return {column: pa.array([cell and cell == "true" for cell in cells], pa.bool_())}
    if kind is int and all(map(_WHOLE.fullmatch, filled)):
        return {column: pa.array([cell and int(cell) for cell in cells], pa.int64())}
    text = pa.array([cell or None for cell in cells], pa.string())
    if kind is Decimal and column + _TEXT not in grid.columns:
        scale = _scale(filled)
        if scale is not None:
            numbers = [Decimal(cell) if cell else None for cell in cells]
            return {
                column: pa.array(numbers, pa.decimal128(_MOST_DIGITS, scale)),
                column + _TEXT: text,
            }
    return {column: text}


def _scale(cells: Iterable[str]) -> int | None:
    """The digits behind the point that all the numbers need; None where 38 digits are too few."""
    whole = scale = 0
    for cell in cells:
        found = _PLAIN.fullmatch(cell)
        if found is None:
            return None
        behind = len(found[1] or "")
        whole = max(whole, len(cell.lstrip("-").partition(".")[0]))
        scale = max(scale, behind)
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
