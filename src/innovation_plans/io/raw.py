"""What every reader returns: rows of text by table, with file and line, and a heading.

A table is an iterable of items: its rows, the columns of each file, and an error for each row
that cannot be read. A reader can read a file when its rows are iterated.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ..codelists import Tier
from ..errors import ConflictError, DataError, DataErrors, FigureError, brief, expanded, nearest
from ..text.messages import Message, suggestion, unreadable
from ..units.table import UnitTable, bundled_units

SCHEMA_VERSION = 2  # of the columns, as `schema` in edition.toml
MOST_ERRORS = 1000  # of one file: more have one cause
MOST_ROWS = 1_000_000  # of one file: a few bytes can unpack to many rows

# The columns that a Chinese heading may mean, for messages: a file has the names of fields.
_HEADINGS = {
    "代码": "code", "名称": "name_zh title_zh title", "标题": "title_zh title", "地区": "region plan",
    "规划": "plan", "规划期": "period", "指标": "indicator", "形式": "form", "数值": "value",
    "目标值": "value", "实际值": "value", "单位": "unit", "年份": "year end_year", "目标年": "end_year",
    "起始年": "start_year", "基期值": "baseline_value", "基期年": "baseline_year", "来源": "source",
    "位置": "locator", "原文表述": "as_stated", "备注": "notes",
}  # fmt: skip
_LONGEST_EDITION = 1000
_MOST_UNITS = 2000
_MOST_BITS = 1000
_MOST_POWERS = 12


class Row(NamedTuple):
    """The filled cells of one row, and its location."""

    file: str
    line: int
    cells: dict[str, Any]
    lines: Mapping[str, int] = {}  # of single cells, if a row has several lines
    record: Any = None  # the record itself, if it does not come from text

    @property
    def location(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def error(self, problem: str, column: str = "") -> DataError:
        """Return an error of this row."""
        line = self.lines.get(column, self.line)
        return DataError(file=self.file, line=line, column=column[:60], problem=problem)


class FileColumns(NamedTuple):
    """The columns that the header of a file names; it comes before the rows of the file."""

    file: str
    line: int
    names: tuple[str, ...]


Item: TypeAlias = Row | FileColumns | DataError


class Heading(NamedTuple):
    """The edition of the data, the version of their columns, tiers, own units, extensions."""

    edition: str = ""
    schema: int = 0
    tiers: str = ""
    units: tuple[str, ...] = ()  # definition lines of the units that are not bundled
    extensions: tuple[str, ...] = ()  # their editions
    records: Mapping[str, int] | None = None  # by table, as they were written

    @property
    def unit_table(self) -> UnitTable:
        """The bundled units and the own ones."""
        return bundled_units().with_("\n".join(self.units))

    @classmethod
    def of(cls, row: Row, errors: list[DataError]) -> Heading:
        """Return the heading that the values of `row` state; add what is wrong to `errors`."""
        edition, schema = row.cells.get("edition", ""), row.cells.get("schema", 0)
        tiers, units = row.cells.get("tiers"), row.cells.get("units", [])
        if not _is_edition(edition):
            words = {"most": _LONGEST_EDITION, "found": brief(edition)}
            errors.append(row.error(Message("problem.edition", **words), "edition"))
            edition = ""
        if not isinstance(schema, int) or schema > SCHEMA_VERSION:
            words = {"newest": SCHEMA_VERSION, "found": brief(schema, 20)}
            errors.append(row.error(Message("problem.schema", **words), "schema"))
            schema = 0
        if not isinstance(units, list) or not all(isinstance(line, str) for line in units):
            errors.append(row.error(Message("problem.unit_lines"), "units"))
            units = []
        if tiers is not None and not (isinstance(tiers, str) and set(tiers) <= set(Tier)):
            words = {"tiers": "".join(Tier), "found": brief(tiers, 20)}
            errors.append(row.error(Message("problem.tiers", **words), "tiers"))
            tiers = None
        counts = row.cells.get("records")
        return cls(
            *(edition, schema, tiers or "", tuple(units)),
            records=counts if isinstance(counts, dict) else None,
        )

    def check(self) -> None:
        """Raise DataErrors if the edition would not be read again."""
        if not _is_edition(self.edition):
            problem = f"expected printable text of at most {_LONGEST_EDITION} characters"
            raise DataErrors.with_first(
                "nothing written", [DataError(file="edition", problem=problem)]
            )


def _is_edition(value: object) -> bool:
    return isinstance(value, str) and value.isprintable() and len(value) <= _LONGEST_EDITION


class RawTables(NamedTuple):
    """The tables of a file or directory before they are validated."""

    label: str  # what messages call the file or directory
    tables: Mapping[str, Iterable[Item]]
    heading: Heading = Heading()
    errors: tuple[DataError, ...] = ()  # of the whole: unexpected files, a broken heading
    units_file: str = "units"  # what messages call the definitions of units
    neutralised: bool = False  # True if cells that a spreadsheet would run have an apostrophe
    noun: str = "file"  # what the rows of a table are in: files, or records in memory


def limited(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items of one file, and end with an error after too many rows or errors."""
    rows = errors = 0
    for item in items:
        yield item
        if isinstance(item, Row):
            rows += 1
            if rows > MOST_ROWS:
                yield DataError(
                    file=item.file,
                    line=item.line,
                    problem=Message("problem.too_many_rows", most=MOST_ROWS),
                )
                return
        elif isinstance(item, DataError):
            errors += 1
            if errors >= MOST_ERRORS:
                yield too_many(item.file, item.line)
                return


def too_many(file: str, line: int) -> DataError:
    """Return the last error of a file that has too many."""
    problem = Message("problem.too_many_errors", count=MOST_ERRORS)
    return DataError(file=file, line=line, problem=problem)


def file_error(file: str, problem: str, *, line: int = 0, column: str = "") -> DataErrors:
    """Return the error of a file that cannot be read at all."""
    error = DataError(file=file, line=line, column=column[:60], problem=problem)
    return DataErrors.of(file, [error])


def no_table(file: str, tables: Iterable[str]) -> DataError:
    """Return the error of a file or sheet whose name is not the name of a table."""
    problem = Message(
        "problem.unknown_table", hint=Message("suggestion.one_of", names=tuple(tables))
    )
    return DataError(file=file[:200], problem=problem)


def no_column(name: str, columns: Iterable[str], more: str = "") -> Message:
    """Return the message for an unknown column: the column of a Chinese heading, or the nearest.

    `more` follows it.
    """
    columns = tuple(columns)
    if {*re.split("[;\t|]", name)} & {*columns}:
        return Message("problem.no_commas")
    meant = [column for column in _HEADINGS.get(name.strip(), "").split() if column in columns]
    spelled = {column.casefold(): column for column in columns}
    near = meant or [spelled[text] for text in nearest(name[:60].casefold(), spelled, 1)]
    if re.fullmatch("(Unnamed: [0-9]+)?", name):  # what pandas calls a column without a name
        return Message("problem.unknown_column", hint=Message("suggestion.index"), more="")
    hint = suggestion(near[:1]) or Message("suggestion.some_of", names=columns)
    return Message("problem.unknown_column", hint=hint, more=more)


def units_of(
    lines: Sequence[str], file: str, base: UnitTable, errors: list[DataError]
) -> UnitTable:
    """Return `base` with the units that `lines` define; add errors with their line to `errors`."""
    if len(lines) > _MOST_UNITS:
        problem = Message("problem.too_many_lines", most=_MOST_UNITS, found=len(lines))
        errors.append(DataError(file=file, line=_MOST_UNITS, problem=problem))
        return base
    if not lines:
        return base
    table = UnitTable("", base=base)
    for number, line in enumerate(lines, start=1):
        try:
            _define(table, line)
        except (FigureError, ConflictError) as error:
            errors.append(DataError(file=file, line=number, problem=unreadable(error)))
        except OverflowError as error:  # every further unit could be a power of this one
            errors.append(DataError(file=file, line=number, problem=error.args[0]))
            break
    return base if len(table) == len(base) else table


def _define(table: UnitTable, line: str) -> None:
    """Add one definition; a new table for every line would take quadratic time."""
    definition = line.split("#", 1)[0].strip()
    table._define(definition)  # noqa: SLF001 - nothing else has the table yet
    unit = table.of_name(definition.partition("=")[0].strip())
    if unit is None:  # a comment
        return
    bits = unit.factor.numerator.bit_length() + unit.factor.denominator.bit_length()
    if bits > _MOST_BITS or any(abs(power) > _MOST_POWERS for _, power in unit.dimension):
        most = {"bits": _MOST_BITS, "power": _MOST_POWERS}
        raise OverflowError(Message("problem.large_unit", **most, unit=unit.name))


@contextmanager
def unreplaced(path: str | PathLike[str]) -> Iterator[None]:
    """Check that a directory, or that of a file, is the same at the end: all files are of one export.

    Raises
    ------
    DataErrors
        If another directory has taken its place.
    """
    descriptor, root = None, Path(expanded(path))
    with suppress(OSError, ValueError):  # reading it raises an error with a reason
        root = root if root.is_dir() else root.parent
        if hasattr(os, "O_DIRECTORY"):  # Windows cannot open a directory
            descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield
        if descriptor is not None and not _is_same(descriptor, root):
            raise file_error(str(path)[:200], "was replaced while it was read; read it again")
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _is_same(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False
