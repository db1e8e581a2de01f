"""A Frictionless Data Package: CSV tables, and a descriptor that says what is in them.

Cells are exact, also where a spreadsheet would run one as a formula: ``load`` reads the directory
as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..records import TABLE_OF
from . import csv as folders
from .columns import Columns, Heading
from .folder import DESCRIPTOR
from .formats import Options
from .table_schema import (
    CREATOR,
    LICENCE,
    json_text,
    package,
    resource,
    table_schema,
)

__all__ = ["LOSES", "REFUSES", "read", "write"]

LOSES = folders.LOSES
REFUSES = folders.REFUSES
read = folders.read


def write(tables: Iterable[Columns], heading: Heading, path: Path, options: Options) -> None:
    """Write a directory of CSV tables with ``datapackage.json``, units embedded."""
    tables, units = list(tables), list(heading.unit_table)
    folders.write(tables, heading, path, options._replace(safe=False))
    resources = list(_resources(tables, [unit.name for unit in units], path))
    document = package(_head(heading, options.bundled), units, resources)
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
