"""Floor 9: JSON-LD: what a dataset is, for search engines and for tools that read Croissant.

A directory of CSV tables and ``croissant.json``, a description in the words of schema.org and
Croissant 1.0. Its context stands in the file, so that reading it fetches nothing.
Read next: ``jsonschema.py``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..dataset import Dataset
from ..folder import RowSource
from ..records import Indicator, Observation, Region, Target
from . import folders
from .known_formats import Options
from .packages import record_types, share_of_bundled
from .table_schema import CREATOR, LICENCE, TABLE_OF, TITLES, Column, columns_with, json_text

__all__ = ["DESCRIPTION", "LOSES", "REFUSES", "read", "write"]

LOSES = folders.LOSES
REFUSES = folders.REFUSES
DESCRIPTION = "croissant.json"
_CROISSANT = "http://mlcommons.org/croissant/"
_TERMS = (
    "citeAs column dataBiases dataCollection extract field fileObject fileProperty fileSet format "
    "includes isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated "
    "replace samplingRate separator source subField transform equivalentProperty"
)
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": _CROISSANT,
    "dct": "http://purl.org/dc/terms/",
    "rai": f"{_CROISSANT}RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS.split()},
}
_DATA_TYPES = {
    "number": "sc:Float",
    "integer": "sc:Integer",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
_MEDIA_TYPES = {".csv": "text/csv", ".toml": "application/toml", ".txt": "text/plain"}


def write(plans: Dataset[Any, Any, Any, Any], path: Path, options: Options) -> None:
    """A directory of CSV tables, described by ``croissant.json``."""
    folders.write(plans, path, options)
    document = _head(plans) | {
        "distribution": [_file(each) for each in sorted(path.iterdir())],
        "recordSet": list(_record_sets(plans)),
    }
    (path / DESCRIPTION).write_bytes(json_text(document).encode("utf-8"))


def read(path: Path) -> RowSource:
    """The rows of the tables that the description describes."""
    return folders.read(path.parent if path.name == DESCRIPTION else path)


def _head(plans: Dataset[Any, Any, Any, Any]) -> dict[str, Any]:
    """What is said of the whole; of data that are not ours, neither licence nor creator."""
    figures: list[Any] = [*plans.targets, *plans.observations]
    share = share_of_bundled(plans)
    subject = "Chinese innovation plans" if share == "all" else "innovation plans"
    title = f"Targets and outcomes of {subject}"
    head: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": f"{_CROISSANT}1.0",
        "name": "innovation-plans",
        "alternateName": title,
        "description": f"{title}: {len(plans.targets)} targets and {len(plans.observations)} "
        "observations, each with its unit and the document it was read in.",
        "isAccessibleForFree": True,
    }
    if plans.edition:
        head["version"] = plans.edition
    if share == "all" and (month := re.fullmatch("([0-9]{4})[.]([0-9]{2})", plans.edition)):
        head["datePublished"] = f"{month[1]}-{month[2]}"
    if share != "none":
        edition = f" (data edition {plans.edition})" if plans.edition else ""
        head["license"] = LICENCE["path"]
        head["creator"] = {"@type": "sc:Organization", "name": CREATOR}
        head["citeAs"] = f"{CREATOR}. innovation_plans: {title}{edition}. {LICENCE['name']}."
        if share == "some":
            head["usageInfo"] = "Licence and creator are those of the data of innovation_plans."
    years = sorted(year for each in figures for year in _years(each))
    if years:
        head["temporalCoverage"] = f"{years[0]}/{years[-1]}"
    head["spatialCoverage"] = [_place(each) for each in _used(each.region for each in figures)]
    units = {each.indicator.code: str(each.indicator.unit) for each in figures}
    head["variableMeasured"] = [
        _variable(each, plans.units.unit(units[each.code]).symbol)
        for each in _used(each.indicator for each in figures)
    ]
    return head


def _years(figure: Target | Observation) -> Iterator[int]:
    end = figure.end_year if isinstance(figure, Target) else figure.year
    yield from (year for year in (figure.start_year, end) if year is not None)


def _used(records: Iterator[Any]) -> list[Any]:
    """Each record once, by code."""
    found = {each.code: each for each in records}
    return [found[code] for code in sorted(found)]


def _place(region: Region) -> dict[str, Any]:
    return {"@type": "sc:Place", "identifier": region.code} | _names(region)


def _variable(indicator: Indicator, symbol: str) -> dict[str, Any]:
    """An indicator, with the unit of its level as token and as symbol."""
    said: dict[str, Any] = {"@type": "sc:PropertyValue", "propertyID": indicator.code}
    said |= _names(indicator)
    said |= {"unitCode": str(indicator.unit), "unitText": symbol}
    return said | ({"description": indicator.definition} if indicator.definition else {})


def _names(record: Region | Indicator) -> dict[str, Any]:
    named: dict[str, Any] = {"name": record.name_en}
    if record.name_zh:
        named["alternateName"] = {"@language": "zh", "@value": record.name_zh}
    return named


def _file(file: Path) -> dict[str, Any]:
    raw = file.read_bytes()
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.name,
        "contentSize": f"{len(raw)} B",
        "encodingFormat": _MEDIA_TYPES[file.suffix],
        "sha256": hashlib.sha256(raw).hexdigest(),
    }


def _record_sets(plans: Dataset[Any, Any, Any, Any]) -> Iterator[dict[str, Any]]:
    """The tables, with a field for each column."""
    kinds = record_types(plans)
    for name, types in kinds.items():
        columns = columns_with(types)
        said: dict[str, Any] = {
            "@type": "cr:RecordSet",
            "@id": name,
            "name": name,
            "description": TITLES[name],
        }
        if name != "vintages" and any(each.name == "code" for each in columns):
            said["key"] = {"@id": f"{name}/code"}
        yield said | {"field": [_field(name, each, list(kinds)) for each in columns]}


def _field(table: str, column: Column, tables: Sequence[str]) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": f"{table}/{column.name}",
        "dataType": "sc:URL" if column.name == "url" else _DATA_TYPES.get(column.type, "sc:Text"),
        "source": {"fileObject": {"@id": f"{table}.csv"}, "extract": {"column": column.name}},
    }
    if column.description:
        field["description"] = column.description
    there = TABLE_OF.get(column.noun)
    if there in tables and there != table and not column.several:
        field["references"] = {"field": {"@id": f"{there}/code"}}
    return field
