"""Describe an edition as Croissant 1.0, a schema.org ``Dataset``, for search engines and mlcroissant.

``write_descriptor.py`` writes the text to ``croissant.json``. The context is in the document, so a
reader fetches nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import innovation_plans as ip
from innovation_plans.io.datapackage import (
    CREATOR,
    LICENCE,
    TITLES,
    Column,
    columns_with,
)
from innovation_plans.records import TABLE_OF, TABLES

CROISSANT = "croissant.json"
_VOCABULARY = "http://mlcommons.org/croissant/"
_TERMS = (
    "citeAs column dataBiases dataCollection extract field fileObject fileProperty fileSet format "
    "includes isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated "
    "replace samplingRate separator source subField transform equivalentProperty"
)
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": _VOCABULARY,
    "dct": "http://purl.org/dc/terms/",
    "rai": f"{_VOCABULARY}RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS.split()},
}
_DATA_TYPES = {"number": "sc:Float", "integer": "sc:Integer", "boolean": "sc:Boolean"}
_MEDIA_TYPES = {".csv": "text/csv", ".toml": "application/toml", ".txt": "text/plain"}


def croissant(root: Path, plans: ip.Dataset) -> dict[str, Any]:
    """Return the description of the data files in `root`, whose records are `plans`.

    Every table of CSV files is a record set. The sums of the files in the folders of a table are
    in ``datapackage.json``.
    """
    statements: list[ip.Target | ip.Observation] = [*plans.targets, *plans.observations]
    years = [each.end_year for each in plans.targets]
    years += [each.year for each in plans.observations if each.year is not None]
    years += [each.start_year for each in statements if each.start_year is not None]
    title = "Targets and outcomes of Chinese innovation plans"
    tables = [name for name in TABLES if (root / f"{name}.csv").exists() or (root / name).is_dir()]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": f"{_VOCABULARY}1.0",
        "name": "innovation-plans",
        "alternateName": title,
        "description": f"{title}: {len(plans.targets)} targets and {len(plans.observations)} "
        "observations, each with its unit and its source document.",
        "isAccessibleForFree": True,
        "version": plans.edition,
        "datePublished": plans.edition.replace(".", "-"),
        "license": LICENCE["path"],
        "creator": {"@type": "sc:Organization", "name": CREATOR},
        "citeAs": f"{CREATOR}. innovation_plans: {title} (data edition {plans.edition}). "
        f"{LICENCE['name']}.",
        "temporalCoverage": f"{min(years)}/{max(years)}",
        "spatialCoverage": [
            {"@type": "sc:Place", "identifier": region.code, "name": region.name_en}
            for region in sorted({each.region for each in statements}, key=lambda each: each.code)
        ],
        "variableMeasured": [
            {
                "@type": "sc:PropertyValue",
                "propertyID": indicator.code,
                "name": indicator.name_en,
                "unitCode": str(indicator.unit),
                "unitText": plans.units.unit(indicator.unit).symbol,
            }
            for indicator in sorted(
                {each.indicator for each in statements}, key=lambda each: each.code
            )
        ],
        "distribution": [
            *(_file(file) for file in sorted(root.iterdir()) if file.suffix in _MEDIA_TYPES),
            *(_folder(name) for name in tables if (root / name).is_dir()),
        ],
        "recordSet": [_record_set(root, name, tables) for name in tables],
    }


def _file(file: Path) -> dict[str, Any]:
    content = file.read_bytes()
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.name,
        "contentSize": f"{len(content)} B",
        "encodingFormat": _MEDIA_TYPES[file.suffix],
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _folder(table: str) -> dict[str, Any]:
    name = f"{table}/*.csv"
    return {
        "@type": "cr:FileSet",
        "@id": name,
        "name": name,
        "encodingFormat": "text/csv",
        "includes": name,
    }


def _record_set(root: Path, table: str, tables: list[str]) -> dict[str, Any]:
    columns = columns_with([TABLES[table]])
    files = {"fileSet": {"@id": f"{table}/*.csv"}}
    if not (root / table).is_dir():
        files = {"fileObject": {"@id": f"{table}.csv"}}
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": TITLES[table],
        "field": list(_fields(table, columns, files, tables)),
    }


def _fields(
    table: str, columns: list[Column], files: dict[str, Any], tables: list[str]
) -> Iterator[dict[str, Any]]:
    for column in columns:
        name = f"{table}/{column.name}"
        field = {
            "@type": "cr:Field",
            "@id": name,
            "name": name,
            "description": column.description,
            "dataType": _DATA_TYPES.get(column.type, "sc:Text"),
            "source": {**files, "extract": {"column": column.name}},
        }
        target = TABLE_OF.get(column.noun)
        if target in tables and target != table and not column.several:
            field["references"] = {"field": {"@id": f"{target}/code"}}
        yield field
