"""Write ``datapackage.json`` and the table schemas from the records: run it after any data change.

Usage: ``python tools/write_descriptor.py [--check]``

With ``--check`` nothing is written; the exit code says whether the files are as they should be.
Frictionless Data Package, version 2.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

import innovation_plans as ip
from innovation_plans.directory import TABLES
from innovation_plans.records import Citation, Record
from innovation_plans.records.fields import Reference
from innovation_plans.rows import columns_of
from innovation_plans.unitfile import bundled_units

DATA = Path(ip.__file__).parent / "data"
PROFILE = "https://datapackage.org/profiles/2.0"
# Tables that a reference can name, by the noun of their records.
TABLE_OF = {kind.noun: name for name, kind in TABLES.items()}
NOT_TABULAR = {"indicators"}  # a TOML file: its codes are an enumeration instead
UNIQUE = {
    "targets": ["plan", "indicator", "breakdown", "form", "end_year", "source"],
    "observations": ["region", "indicator", "form", "start_year", "year", "vintage", "source"],
    "vintages": ["indicator", "code", "year"],
    "corroborations": ["target", "source", "locator"],
    "goals": ["region", "kind", "theme", "horizon", "source", "locator"],
}
TITLES = {
    "regions": "Regions",
    "indicators": "Indicators",
    "sources": "Sources",
    "plans": "Plans and work reports",
    "errata": "Printed errors and what is right",
    "vintages": "Releases of revised statistics",
    "targets": "Targets",
    "corroborations": "Further texts with the figure of a target",
    "observations": "Statistics and reported outcomes",
    "goals": "Commitments without a number",
}


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` compare them."""
    stale = []
    for path, text in _documents():
        if "--check" in arguments:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(path.relative_to(DATA).as_posix())
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    if stale:
        print(f"stale: {', '.join(stale)}; run tools/write_descriptor.py", file=sys.stderr)
    return 1 if stale else 0


def _documents() -> Iterator[tuple[Path, str]]:
    schemas = {
        name: _text(_schema(name, kind)) for name, kind in TABLES.items() if name not in NOT_TABULAR
    }
    for name, text in schemas.items():
        yield DATA / "schemas" / f"{name}.json", text
    yield DATA / "datapackage.json", _text(_package(schemas))


def _package(schemas: dict[str, str]) -> dict[str, Any]:
    edition = tomllib.loads((DATA / "edition.toml").read_text(encoding="utf-8"))
    return {
        "$schema": f"{PROFILE}/datapackage.json",
        "name": "innovation-plans",
        "title": "Targets and outcomes of Chinese innovation plans",
        "version": edition["edition"],
        "schemaVersion": edition["schema"],
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "contributors": [{"title": "The innovation_plans developers", "roles": ["creator"]}],
        "units": {unit.name: unit_entry(unit) for unit in bundled_units()},
        "resources": list(_resources(schemas)),
    }


def unit_entry(unit: Any) -> dict[str, Any]:
    """A unit in base units, exact."""
    return {
        "factor": str(unit.factor),
        "dimension": dict(unit.dimension),
        "aliases": list(unit.aliases),
    }


def _resources(schemas: dict[str, str]) -> Iterator[dict[str, Any]]:
    for path in sorted(DATA.rglob("*")):
        name = path.relative_to(DATA).as_posix()
        if path.is_dir() or name == "datapackage.json" or path.suffix in {".py", ".pyc"}:
            continue
        raw = schemas[path.stem].encode() if name.startswith("schemas/") else path.read_bytes()
        yield _resource(name, path.suffix[1:], raw)


def _resource(name: str, ending: str, raw: bytes) -> dict[str, Any]:
    resource: dict[str, Any] = {
        "name": name.removesuffix(f".{ending}").replace("/", "-").replace("_", "-").lower(),
        "path": name,
        "format": ending,
        "bytes": len(raw),
        "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
    }
    table = name.split("/", 1)[0].removesuffix(f".{ending}")
    if ending == "csv":
        resource |= {
            "type": "table",
            "title": TITLES[table],
            "mediatype": "text/csv",
            "encoding": "utf-8",
            # said, because readers that guess a delimiter guess wrong where cells hold slashes
            "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True},
            "schema": f"schemas/{table}.json",
        }
    else:  # its name must differ from that of the table
        resource |= {"name": f"{resource['name']}-{ending}", "type": "file"}
    return resource


def _schema(name: str, kind: type[Record]) -> dict[str, Any]:
    fields = [_field(column, *_info(kind, column)) for column in columns_of(kind)]
    schema: dict[str, Any] = {
        "$schema": f"{PROFILE}/tableschema.json",
        "fields": fields,
        "missingValues": [""],
    }
    if "code" in kind.model_fields and name != "vintages":
        schema["primaryKey"] = ["code"]
    if name in UNIQUE:
        schema["uniqueKeys"] = [UNIQUE[name]]
    keys = list(_foreign_keys(name, kind))
    if keys:
        schema["foreignKeys"] = keys
    return schema


def _info(kind: type[Record], column: str) -> tuple[FieldInfo, bool]:
    """The field behind a column, and whether a cell must be filled."""
    if column in Citation.model_fields and "citation" in kind.model_fields:
        info = Citation.model_fields[column]
    else:
        info = kind.model_fields[column]
    return info, info.is_required()


def _field(column: str, info: FieldInfo, required: bool) -> dict[str, Any]:
    inner = _inner(info.annotation)
    field: dict[str, Any] = {
        "name": column,
        "type": _type(inner),
        "description": info.description,
    }
    constraints: dict[str, Any] = {"required": True} if required else {}
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        constraints["enum"] = [str(member) for member in inner]
    if column in {"unit", "baseline_unit"}:
        constraints["enum"] = [unit.name for unit in bundled_units()]
    if _noun(info) == "indicator":
        constraints["enum"] = [each.code for each in ip.load().indicators]
    if field["type"] == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_keys(name: str, kind: type[Record]) -> Iterator[dict[str, Any]]:
    for column in columns_of(kind):
        info, _ = _info(kind, column)
        noun = _noun(info)
        if not noun or TABLE_OF[noun] in NOT_TABULAR or column == "groups":
            continue  # groups are several codes in one cell
        resource = "" if TABLE_OF[noun] == name else TABLE_OF[noun]
        yield {"fields": [column], "reference": {"resource": resource, "fields": ["code"]}}


def _noun(info: FieldInfo) -> str:
    """What a reference refers to; empty where the field is none."""
    found = [each.noun for each in _annotations(info) if isinstance(each, Reference)]
    return found[0] if found else ""


def _annotations(info: FieldInfo) -> Iterator[Any]:
    yield from info.metadata
    stack = [info.annotation]
    while stack:
        each = stack.pop()
        yield from getattr(each, "__metadata__", ())
        stack.extend(typing.get_args(each))


def _inner(annotation: Any) -> Any:
    """The type itself, without None and annotations."""
    if typing.get_origin(annotation) in {typing.Union, types.UnionType}:
        annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    return annotation


def _type(inner: Any) -> str:
    return {Decimal: "number", int: "integer", bool: "boolean"}.get(inner, "string")


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
