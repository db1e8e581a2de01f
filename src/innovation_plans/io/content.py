"""What goes out: the heading of a dataset, and its tables as cells of text.

A cell must say its value so that it is read again exactly; where it cannot, that is an error and
not a silent loss.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

from pydantic import ValidationError

from ..dataset.dataset import Dataset
from ..errors import DataError, DataErrors
from ..records import TABLES, Citation, Codes, Record
from ..resources import bundled_data
from ..units.table import UnitTable, bundled_units
from .raw import edition_document
from .rows import columns_of, to_cells

__all__ = [
    "Grid",
    "Heading",
    "cells_of",
    "grid_of",
    "grids",
    "heading_of",
    "json_of",
    "own_units",
    "scalar",
    "schema_version",
    "tables_of",
]


class Heading(NamedTuple):
    """What is said of the whole: edition, schema, tiers, units of one's own, extensions."""

    edition: str = ""
    schema: int = 0
    tiers: str = ""
    units: tuple[str, ...] = ()  # definition lines of the units that are not bundled
    extensions: tuple[str, ...] = ()  # their editions

    def json(self) -> str:
        """The heading as one line of JSON, which :meth:`of` reads."""
        return json.dumps(self._asdict(), ensure_ascii=False)

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


class Grid(NamedTuple):
    """One table as cells of text; an absent cell is empty."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Mapping[str, str]]
    kinds: Mapping[str, type]  # of the columns: Decimal, int, bool or str

    def of_edition(self, edition: str) -> Grid:
        """The table with its edition in every row, for a file that says it nowhere else."""
        column = "edition"
        if not edition or column in self.columns:
            return self
        rows = [{**row, column: edition} for row in self.rows]
        return Grid(self.name, (*self.columns, column), rows, {**self.kinds, column: str})


@cache
def schema_version() -> int:
    """The integer that counts the shapes the columns have had."""
    said = edition_document(bundled_data())
    found = said.get("schema")
    if not isinstance(found, int):
        problem = f"expected a whole number, found {found!r:.60}"
        fault = DataError(file="edition.toml", column="schema", problem=problem)
        raise DataErrors.gathered("bundled data", [fault])
    return found


def heading_of(plans: Dataset[Any, Any, Any, Any]) -> Heading:
    """What is said of a dataset as a whole."""
    return Heading(
        edition=plans.edition,
        schema=schema_version(),
        tiers=plans.tiers,
        units=own_units(plans.units),
        extensions=tuple(each.edition for each in plans.extensions),
    )


def own_units(units: UnitTable) -> tuple[str, ...]:
    """The definition lines of the units that do not come with the package."""
    shared = bundled_units()
    pairs = zip(units, units.definitions, strict=True)
    return tuple(line for unit, line in pairs if shared.of_name(unit.name) != unit)


def tables_of(plans: Dataset[Any, Any, Any, Any]) -> Iterator[tuple[str, Sequence[Record]]]:
    """The tables that hold records, in the order of reading: of the tiers it was loaded with."""
    for name in TABLES:
        if records := getattr(plans, name):
            yield name, records


def grids(plans: Dataset[Any, Any, Any, Any]) -> Iterator[Grid]:
    """The tables that hold records, as cells."""
    for name, records in tables_of(plans):
        yield grid_of(name, records, plans.codes)


def grid_of(name: str, records: Iterable[Record], codes: Codes) -> Grid:
    """The records of one table as cells, under the columns of all their types.

    Raises
    ------
    DataErrors
        If a cell cannot say what a record holds.
    """
    faults: list[DataError] = []
    kinds: dict[type[Record], None] = {}
    rows: list[dict[str, str]] = []
    for record in records:
        kinds[type(record)] = None
        rows.append(cells_of(name, record, codes, faults))
    if faults:
        raise DataErrors("what cells cannot hold, nothing written", faults)
    types: dict[str, type] = {}
    for kind in kinds or (TABLES[name],):
        for column in columns_of(kind):
            found = _type_of(kind, column)
            types[column] = found if types.get(column, found) is found else str
    return Grid(name, tuple(types), rows, types)


def scalar(annotation: Any) -> type:
    """What cells of a column hold: Decimal, int, bool, else text."""
    while (inner := getattr(annotation, "__origin__", None)) and hasattr(
        annotation, "__metadata__"
    ):
        annotation = inner
    if get_origin(annotation) in {Union, UnionType}:
        parts = {scalar(each) for each in get_args(annotation) if each is not NoneType}
        return parts.pop() if len(parts) == 1 else str
    return annotation if annotation in {Decimal, int, bool} else str


def cells_of(name: str, record: Record, codes: Codes, faults: list[DataError]) -> dict[str, str]:
    """The filled cells of a record, which are read again as the same record."""
    try:
        cells = {column: cell for column, cell in to_cells(record).items() if cell}
    except TypeError:  # a list of what is no text
        cells = {}
    if (type(record) is not TABLES[name] or _has_bar(record)) and not _same(
        record, _folded(cells, record), codes
    ):
        column = _unlike(record, cells)
        problem = "a cell of text cannot hold this; write jsonl, which keeps lists and empty text"
        faults.append(DataError(file=f"{name}: {record.key}"[:200], column=column, problem=problem))
    return cells


def json_of(name: str, record: Record, codes: Codes, faults: list[DataError]) -> dict[str, Any]:
    """The fields of a record as JSON, without those that are empty, read again as the same."""
    fields = type(record).model_fields
    said: dict[str, Any] = {}
    for field, value in record.model_dump(mode="json").items():
        if isinstance(value, dict) and field == "citation":
            said[field] = {key: each for key, each in value.items() if each is not None}
        elif value is not None or _filled_if_absent(fields[field]):
            said[field] = value
    if type(record) is not TABLES[name] and not _same(record, dict(said), codes):
        problem = "the record reads its own JSON as another record; give its type a serializer"
        faults.append(DataError(file=f"{name}: {record.key}"[:200], problem=problem))
    return said


def _type_of(kind: type[Record], column: str) -> type:
    held = kind.model_fields.get(column)
    return str if held is None else scalar(held.annotation)


def _filled_if_absent(field: Any) -> bool:
    """Whether leaving out an empty field would fill it."""
    return field.is_required() or field.default_factory is not None or field.default is not None


def _has_bar(record: Record) -> bool:
    """Whether a name holds the mark that divides names in a cell."""
    return any("|" in each for each in getattr(record, "aliases", ()))


def _folded(cells: Mapping[str, str], record: Record) -> dict[str, Any]:
    """Cells with those of the citation as one value, as a reader folds them."""
    folded: dict[str, Any] = dict(cells)
    if "citation" in type(record).model_fields:
        parts = [name for name in Citation.model_fields if name in folded]
        folded["citation"] = {name: folded.pop(name) for name in parts}
    return folded


def _same(record: Record, given: dict[str, Any], codes: Codes) -> bool:
    """Whether what is given is read as this very record, to the last printed digit."""
    try:
        read = type(record).model_validate(given, context=codes)
    except ValidationError:
        return False
    return read == record and read.model_dump(mode="json") == record.model_dump(mode="json")


def _unlike(record: Record, cells: Mapping[str, str]) -> str:
    """The field whose cell is most likely at fault."""
    given = record.model_dump(mode="json")
    for name, value in given.items():
        if name != "citation" and (isinstance(value, list | dict) or value == ""):
            return name
    return next((name for name in given if name not in cells), "")
