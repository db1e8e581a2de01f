"""What writers of files take: a heading, and tables as named columns of typed values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeAlias, Union, get_args, get_origin

from ..errors import DataError, DataErrors
from ..records import Record
from ..resources import bundled_data
from ..units.table import UnitTable, bundled_units
from .raw import edition_document, known_tiers

__all__ = [
    "Columns",
    "Content",
    "Heading",
    "Value",
    "cell_text",
    "own_units",
    "scalar",
    "schema_version",
    "typed_value",
]

Value: TypeAlias = str | int | bool | Decimal | None


@dataclass(frozen=True)
class Columns:
    """One table: the values of each column, all of its type or None."""

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
        found: dict[str, type] = {}
        for column, kind in types.items():
            cells = [row.get(column) for row in rows]
            is_typed = kind is not str and all(type(cell) in {kind, NoneType} for cell in cells)
            found[column] = kind if is_typed else str
            values[column] = cells if is_typed else [cell_text(cell) or None for cell in cells]
        return cls(name, values, found, tuple(records))

    @property
    def count(self) -> int:
        """How many rows it has."""
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


class Heading(NamedTuple):
    """The edition of the data, the version of their columns, tiers, own units, extensions."""

    edition: str = ""
    schema: int = 0
    tiers: str = ""
    units: tuple[str, ...] = ()  # definition lines of the units that are not bundled
    extensions: tuple[str, ...] = ()  # their editions

    @property
    def unit_table(self) -> UnitTable:
        """The bundled units and the own ones."""
        return bundled_units().with_("\n".join(self.units))

    @classmethod
    def of(cls, given: Any, place: str, faults: list[DataError]) -> Heading:
        """The heading that a JSON object says; what is wrong with it goes to `faults`."""
        if not isinstance(given, Mapping):
            faults.append(DataError(file=place, problem="expected an object with the edition"))
            return cls()
        units, schema = given.get("units", []), given.get("schema", 0)
        edition = given.get("edition", "")
        if not isinstance(edition, str) or not edition.isprintable() or len(edition) > 1000:
            problem = f"expected text, found {edition!r:.60}"
            faults.append(DataError(file=place, column="edition", problem=problem))
            edition = ""
        made = cls(
            edition=edition,
            schema=schema,
            tiers=known_tiers(given.get("tiers")),
            units=tuple(units) if isinstance(units, list) else (units,),
        )
        if not isinstance(schema, int) or schema > schema_version():
            problem = (
                f"expected schema {schema_version()} or an earlier one, found "
                f"{schema!r:.20}; a later version of this package reads it"
            )
            faults.append(DataError(file=place, column="schema", problem=problem))
        if not all(isinstance(line, str) for line in made.units):
            faults.append(DataError(file=place, column="units", problem="expected lines of text"))
            return made._replace(units=())
        return made


class Content(NamedTuple):
    """What is to be written: a format takes the tables, the one table, or the lines of it."""

    noun: str  # what it is called in messages
    heading: Heading
    counts: Mapping[str, int]  # records by table
    lines: Callable[[], Iterable[dict[str, Any]]]  # for JSON Lines: one object per record
    tables: Callable[[], Sequence[Columns]] | None = None  # None where it is one table only
    alone: Callable[[], Columns] | None = None  # for one file; None where it is several tables
    lost_alone: str = ""  # what the one table leaves out, in words
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


def typed_value(held: Any, dumped: Any) -> Value:
    """Return the typed value of a field, whose JSON is `dumped`."""
    if dumped is None or dumped == "":
        return None
    if isinstance(dumped, bool | int):
        return dumped
    if isinstance(held, Decimal) and dumped == f"{held:f}":
        return held
    return ("|".join(dumped) or None) if isinstance(dumped, list) else str(dumped)


@cache
def schema_version() -> int:
    """Return the version of the columns, a whole number."""
    found = edition_document(bundled_data()).get("schema")
    if not isinstance(found, int):
        problem = f"expected a whole number, found {found!r:.60}"
        fault = DataError(file="edition.toml", column="schema", problem=problem)
        raise DataErrors.of("bundled data", [fault])
    return found


def own_units(units: UnitTable) -> tuple[str, ...]:
    """Return the definition lines of the units that do not come with the package."""
    shared = bundled_units()
    pairs = zip(units, units.definitions, strict=True)
    return tuple(line for unit, line in pairs if shared.of_name(unit.name) != unit)


def scalar(annotation: Any) -> type:
    """Return the type of a column by the annotation of its field: Decimal, int, bool, else str."""
    while (inner := getattr(annotation, "__origin__", None)) and hasattr(
        annotation, "__metadata__"
    ):
        annotation = inner
    if get_origin(annotation) in {Union, UnionType}:
        parts = {scalar(each) for each in get_args(annotation) if each is not NoneType}
        return parts.pop() if len(parts) == 1 else str
    return annotation if annotation in {Decimal, int, bool} else str
