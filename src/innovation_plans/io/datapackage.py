"""A Frictionless Data Package: CSV tables, and a descriptor of their content.

Cells are exact, also where a spreadsheet would run one as a formula: ``load`` reads the directory
as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple, get_args

from pydantic.fields import FieldInfo

from ..records import TABLE_OF, Citation, Record
from ..records.base import types_in
from ..records.fields import Reference, UnitField
from ..units.table import Unit
from . import csv as folders
from .columns import Columns, Options
from .files import DESCRIPTOR
from .raw import Heading
from .rows import columns_of

PROFILE = "https://datapackage.org/profiles/2.0"
LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
CREATOR = "The innovation_plans developers"
TITLES = {
    "regions": "Regions",
    "indicators": "Indicators",
    "sources": "Sources",
    "plans": "Plans and work reports",
    "documents": "Plans and work reports that are known to exist",
    "errata": "Printed errors and what is right",
    "vintages": "Releases of revised statistics",
    "targets": "Targets",
    "corroborations": "Further texts with the figure of a target",
    "observations": "Statistics and reported outcomes",
    "goals": "Commitments without a number",
}
_UNIQUE = {
    "targets": ["plan", "indicator", "breakdown", "scope", "form", "end_year", "source"],
    "observations": [
        "region",
        "indicator",
        "scope",
        "form",
        "start_year",
        "year",
        "vintage",
        "source",
    ],
    "vintages": ["indicator", "code", "year"],
    "corroborations": ["target", "source", "locator"],
    "goals": ["region", "kind", "theme", "horizon", "source", "locator"],
}
_TYPES = {Decimal: "number", int: "integer", bool: "boolean", date: "date", float: "number"}


class Column(NamedTuple):
    """One column of a table: what its field says, read for once and all formats."""

    name: str
    type: str  # of Table Schema
    description: str | None
    required: bool
    codes: tuple[str, ...]  # of the closed list it is from
    noun: str  # what it refers to; empty where it is no reference
    several: bool  # whether a cell holds several values, divided by |
    unit: bool  # whether it holds a token of the closed list of units


def columns_in(kinds: Sequence[type[Record]]) -> tuple[str, ...]:
    """Return the columns of a table of records of these types; those of subclasses come last."""
    return tuple(dict.fromkeys(name for kind in kinds for name in columns_of(kind)))


def columns_with(kinds: Sequence[type[Record]]) -> list[Column]:
    """Return the columns of a table with their descriptions."""
    return [_column(name, kinds) for name in columns_in(kinds)]


def table_schema(
    name: str,
    kinds: Sequence[type[Record]],
    *,
    units: Sequence[str],
    enumerated: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """Return the Table Schema of one table.

    Parameters
    ----------
    name
        The table.
    kinds
        The types of the records in it; the first is ours.
    units
        The closed list of units.
    enumerated
        Codes by noun, of tables that are not tabular in this package: a column that refers to
        one has an enumeration in the place of a foreign key.
    """
    columns = columns_with(kinds)
    schema: dict[str, Any] = {
        "$schema": f"{PROFILE}/tableschema.json",
        "fields": [_field(column, units, enumerated) for column in columns],
        "missingValues": [""],
    }
    if "code" in kinds[0].model_fields and name not in _UNIQUE:
        schema["primaryKey"] = ["code"]
    if name in _UNIQUE:
        schema["uniqueKeys"] = [_UNIQUE[name]]
    keys = list(_foreign_keys(name, columns, enumerated))
    if keys:
        schema["foreignKeys"] = keys
    return schema


def package(head: Mapping[str, Any], units: Sequence[Unit], resources: Sequence[Any]) -> Any:
    """Return the descriptor: `head`, then units and resources."""
    return {
        "$schema": f"{PROFILE}/datapackage.json",
        **head,
        "units": {unit.name: unit_entry(unit) for unit in units},
        "resources": list(resources),
    }


def unit_entry(unit: Unit) -> dict[str, Any]:
    """Return a unit in base units, exact."""
    return {
        "factor": str(unit.factor),
        "dimension": dict(unit.dimension),
        "aliases": list(unit.aliases),
    }


def resource(path: str, raw: bytes, schema: str | Mapping[str, Any] = "") -> dict[str, Any]:
    """Return the entry of one file; `schema` is that of a table, or its path."""
    ending = path.rpartition(".")[2]
    entry: dict[str, Any] = {
        "name": path.removesuffix(f".{ending}").replace("/", "-").replace("_", "-").lower(),
        "path": path,
        "format": ending,
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
    }
    if ending != "csv":  # its name must differ from that of the table
        return entry | {"name": f"{entry['name']}-{ending}", "type": "file"}
    return entry | {
        "type": "table",
        "title": TITLES[path.split("/", 1)[0].removesuffix(".csv")],
        "mediatype": "text/csv",
        "encoding": "utf-8",
        # stated, because readers guess a wrong delimiter if cells contain slashes
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def json_text(document: Any) -> str:
    """Return the document as JSON, one entry a line, so that differences are readable."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _column(name: str, kinds: Sequence[type[Record]]) -> Column:
    infos = [_info(kind, name) for kind in kinds if name in columns_of(kind)]
    info, kinds_in = infos[0], {*types_in(infos[0].annotation)} - {NoneType}
    inner = kinds_in.pop() if len(kinds_in) == 1 else object
    marks = list(_annotations(info))
    codes = inner if issubclass(inner, StrEnum) else ()
    return Column(
        name,
        _TYPES.get(inner, "string"),
        info.description,
        len(infos) == len(kinds) and all(info.is_required() for info in infos),
        tuple(str(code) for code in codes),
        next((mark.noun for mark in marks if isinstance(mark, Reference)), ""),
        inner in {tuple, list, set, frozenset},
        any(isinstance(mark, UnitField) for mark in marks),
    )


def _field(
    column: Column, units: Sequence[str], enumerated: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type}
    if column.description is not None:
        field["description"] = column.description
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    codes = units if column.unit else enumerated.get(column.noun, column.codes)
    if codes and not column.several:
        constraints["enum"] = list(codes)
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_keys(
    name: str, columns: Sequence[Column], enumerated: Mapping[str, Sequence[str]]
) -> Iterator[dict[str, Any]]:
    for column in columns:
        table = TABLE_OF.get(column.noun)
        if table is None or column.noun in enumerated or column.several:
            continue
        there = {"resource": "" if table == name else table, "fields": ["code"]}
        yield {"fields": [column.name], "reference": there}


def _info(kind: type[Record], column: str) -> FieldInfo:
    """Return the field of a column: a citation is three columns."""
    if column in Citation.model_fields and "citation" in kind.model_fields:
        return Citation.model_fields[column]
    return kind.model_fields[column]


def _annotations(info: FieldInfo) -> Iterator[Any]:
    yield from info.metadata
    stack = [info.annotation]
    while stack:
        part = stack.pop()
        yield from getattr(part, "__metadata__", ())
        stack.extend(get_args(part))


LOSES = folders.LOSES
REFUSES = folders.REFUSES
read = folders.read


def write(tables: Iterable[Columns], heading: Heading, path: Path, options: Options) -> None:
    """Write a directory of CSV tables with ``datapackage.json``, units embedded."""
    tables, units = list(tables), list(heading.unit_table)
    folders.write(tables, heading, path, options._replace(safe=False))
    resources = list(_resources(tables, [unit.name for unit in units], path))
    document = package(_head(heading, options.bundled()), units, resources)
    (path / DESCRIPTOR).write_bytes(json_text(document).encode("utf-8"))


def _head(heading: Heading, bundled: str) -> dict[str, Any]:
    """Return what the descriptor says of the whole; a licence only for bundled data."""
    head: dict[str, Any] = {"name": "innovation-plans"}
    if bundled == "all":
        head["title"] = "Targets and outcomes of Chinese innovation plans"
    else:
        head["title"] = "Targets and outcomes of innovation plans"
    if heading.edition:
        head["version"] = heading.edition
    head |= {"schemaVersion": heading.schema}
    if bundled != "none":
        part = {"title": f"{LICENCE['title']}, for the data of innovation_plans"}
        head["licenses"] = [LICENCE if bundled == "all" else LICENCE | part]
        head["contributors"] = [{"title": CREATOR, "roles": ["creator"]}]
    return head


def _resources(tables: Iterable[Columns], units: list[str], path: Path) -> Iterator[dict[str, Any]]:
    kinds = {table.name: table.records for table in tables}
    # Tables without records are not written: what would refer to them is empty.
    absent = {noun: () for noun, name in TABLE_OF.items() if name not in kinds}
    for file in sorted(path.iterdir()):
        schema: Any = ""
        if file.suffix == ".csv":
            schema = table_schema(file.stem, kinds[file.stem], units=units, enumerated=absent)
        yield resource(file.name, file.read_bytes(), schema)
