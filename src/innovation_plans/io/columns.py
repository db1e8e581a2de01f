"""What writers of files take: tables as named columns of typed values, and options."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import NoneType
from typing import Any, NamedTuple, TypeAlias

from ..errors import no_array, unknown
from ..records import Record
from ..records.base import types_in
from ..units.table import UnitTable, bundled_units
from .raw import Heading

TEXT = "_text"  # the end of the column with the printed digits of a number: value_text
Value: TypeAlias = str | int | bool | Decimal | None


@dataclass(frozen=True)
class Columns:
    """One table: the values of each column, all of its type or None.

    ``dict(columns)`` has the values by column; ``to_pandas()`` of a table returns a data frame.
    """

    name: str  # of the table
    values: Mapping[str, Sequence[Value]]  # by column
    types: Mapping[str, type]  # by column: str, int, bool or Decimal
    records: tuple[type[Record], ...] = ()  # the types of its records, where it has some

    @classmethod
    def of_rows(
        cls,
        name: str,
        rows: Sequence[Mapping[str, Value]],
        types: Mapping[str, type],
        records: Iterable[type[Record]] = (),
    ) -> Columns:
        """Return rows as columns; a column is text where a value is not of the type of the column."""
        values: dict[str, list[Value]] = {}
        column_types: dict[str, type] = {}
        for column, kind in types.items():
            cells = [row.get(column) for row in rows]
            is_typed = kind is not str and all(type(cell) in {kind, NoneType} for cell in cells)
            column_types[column] = kind if is_typed else str
            values[column] = cells if is_typed else [cell_text(cell) or None for cell in cells]
        return cls(name, values, column_types, tuple(records))

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def __getitem__(self, column: str) -> Sequence[Value]:
        return self.values[column]

    def keys(self) -> Iterable[str]:
        """Return the names of the columns."""
        return self.values.keys()

    def __array__(self, *_: object, **__: object) -> Any:
        """Raise the error for ``pandas.DataFrame(columns)``."""
        no_array(self)

    def only(self, names: Sequence[str]) -> Columns:
        """Return some of the columns, in the order of their names.

        Raises
        ------
        ArgumentError
            If there is no such column; names the nearest.
        """
        for name in names:
            if name not in self.values:
                raise unknown("column", name, self.values)
        values = {name: self.values[name] for name in names}
        return replace(self, values=values, types={name: self.types[name] for name in names})

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(next(iter(self.values.values()), ()))

    def rows(self) -> Iterator[dict[str, Value]]:
        """Return the rows, each with the value of every column."""
        for cells in zip(*self.values.values(), strict=True):
            yield dict(zip(self.values, cells, strict=True))

    def texts(self) -> Iterator[list[str]]:
        """Return the rows as text, in the order of the columns; None is empty."""
        for cells in zip(*self.values.values(), strict=True):
            yield [cell_text(cell) for cell in cells]

    def with_edition(self, edition: str) -> Columns:
        """Return the table with its edition in every row, for a file that has no heading."""
        if not edition or "edition" in self.values:
            return self
        values = {**self.values, "edition": [edition] * self.count}
        return Columns(self.name, values, {**self.types, "edition": str}, self.records)


class Options(NamedTuple):
    """Choices of the caller that all formats have."""

    mark: bool = False  # True if CSV files begin with a byte order mark, for Excel
    safe: bool = True  # True if text that a spreadsheet would run is neutralised
    # Returns how much of the content is bundled data, "all", "some" or "none": it reads all of that.
    bundled: Callable[[], str] = lambda: "none"


class Content(NamedTuple):
    """The content that a format writes, as tables, as one table or as lines."""

    noun: str  # what it is called in messages
    heading: Heading
    counts: Mapping[str, int]  # records by table
    lines: Callable[[], Iterable[dict[str, Any]]]  # for JSON Lines: one object per record
    tables: Callable[[], Sequence[Columns]] | None = None  # None where it is one table only
    alone: Callable[[], Columns] | None = None  # for one file; None where it is several tables
    lost_alone: str = ""  # what the one table leaves out, in words
    check: Callable[[], None] = lambda: None  # raises DataErrors if the tables cannot be read again
    bundled: Callable[[], str] = lambda: "none"  # "all", "some" or "none" of it is bundled data


def cell_text(value: Value) -> str:
    """Return a value as the text of a cell, which is read again as the same value.

    Examples
    --------
    >>> cell_text(Decimal("3.50")), cell_text(True), cell_text(2025), cell_text(None)
    ('3.50', 'true', '2025', '')
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def typed_value(value: Any, dumped: Any) -> Value:
    """Return the typed value of a field, whose JSON is `dumped`.

    A list is divided by ``|``; an object, also in a list, is JSON.
    """
    if dumped is None or dumped == "":
        return None
    if isinstance(dumped, bool | int):
        return dumped
    if isinstance(value, Decimal) and dumped == f"{value:f}":
        return value
    if isinstance(dumped, list):
        return "|".join(map(_json_text, dumped)) or None
    return _json_text(dumped)


def _json_text(part: Any) -> str:
    if isinstance(part, str | float):  # NaN, which is no JSON, has an error of its own
        return str(part)
    return json.dumps(part, ensure_ascii=False)


def own_units(units: UnitTable) -> tuple[str, ...]:
    """Return the definition lines of the units that do not come with the package."""
    shared = bundled_units()
    pairs = zip(units, units.definitions, strict=True)
    return tuple(line for unit, line in pairs if shared.of_name(unit.name) != unit)


def scalar(annotation: Any, others: Collection[type] = ()) -> type:
    """Return the type of a column by the annotation of its field: Decimal, int, bool, else str.

    `others` are further types that a column can have.
    """
    kinds = set(types_in(annotation)) - {NoneType}
    kind = kinds.pop() if len(kinds) == 1 else str
    return kind if kind in {Decimal, int, bool, *others} else str
