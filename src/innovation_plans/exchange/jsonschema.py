"""Floor 9: one JSON Schema for the records of a dataset, as ``model_dump(mode="json")`` gives them.

Made from the records themselves, own types included; the units of the dataset are a closed list.
Whether a code that a record refers to exists is for ``load`` to say. Read next: ``../cli``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic.errors import PydanticInvalidForJsonSchema
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from ..dataset import Dataset
from ..decimals import MOST_DIGITS
from ..directory import TABLES
from ..errors import DataError, DataErrors
from ..records import Citation, Claim, Record
from .known_formats import Options
from .packages import record_types
from .table_schema import columns_with, json_text

__all__ = ["LOSES", "document", "write"]

LOSES = "every record: it says what a record looks like, and holds none"

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NUMBER = f"^[+-]?[0-9]{{1,{MOST_DIGITS}}}([.][0-9]{{1,{MOST_DIGITS}}})?$"
# An upper end belongs to the comparator between, and only to it.
_RANGE = {
    "if": {"properties": {"comparator": {"const": "between"}}, "required": ["comparator"]},
    "then": {"properties": {"value_high": {"type": "string"}}, "required": ["value_high"]},
    "else": {"properties": {"value_high": {"type": "null"}}},
}


def write(plans: Dataset[Any, Any, Any, Any], path: Path, options: Options) -> None:  # noqa: ARG001
    """One JSON document."""
    path.write_bytes(json_text(document(plans)).encode("utf-8"))


def document(plans: Dataset[Any, Any, Any, Any]) -> dict[str, Any]:
    """The schema of every type of record in a dataset, each under ``$defs``; any of them fits.

    Examples
    --------
    >>> from innovation_plans import load
    >>> schema = document(load())
    >>> schema["$defs"]["Target"]["properties"]["unit"]
    {'description': 'unit of the value, a token of units.txt', 'title': 'Unit',
     '$ref': '#/$defs/unit'}
    """
    kinds = list(_kinds(plans))
    names, definitions = _definitions([*kinds, Citation])
    names_of = {kind: names[kind] for kind in kinds}
    for kind in kinds:
        _complete(definitions[names_of[kind]], kind)
    definitions["unit"] = {"type": "string", "enum": [unit.name for unit in plans.units]}
    definitions["number"] = {"type": "string", "pattern": _NUMBER}
    return {
        "$schema": _DIALECT,
        "$id": f"urn:innovation-plans:records:{quote(plans.edition or 'own', safe='')}",
        "title": "Records of innovation plans",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in names_of.values()],
        "$defs": definitions,
    }


def _definitions(kinds: Sequence[type[Record]]) -> tuple[dict[Any, str], dict[str, Any]]:
    """What pydantic calls each type, and its schemas."""
    asked: list[tuple[Any, JsonSchemaMode]] = [(kind, "serialization") for kind in kinds]
    try:
        names, made = models_json_schema(asked, ref_template="#/$defs/{model}")
    except PydanticInvalidForJsonSchema as error:
        problem = f"a field of one's own has no JSON Schema: {error!s:.120}"
        raise DataErrors(
            "nothing written", [DataError(file="json-schema", problem=problem)]
        ) from error
    found = {kind: said["$ref"].rpartition("/")[2] for (kind, _), said in names.items()}
    return found, made["$defs"]


def _kinds(plans: Dataset[Any, Any, Any, Any]) -> Iterable[type[Record]]:
    """The types of the house, and those of the records that are of other types."""
    found = dict.fromkeys(TABLES.values())
    for types in record_types(plans).values():
        found.update(dict.fromkeys(types))
    return found


def _complete(schema: dict[str, Any], kind: type[Record]) -> None:
    """Set in what pydantic's schema leaves out: closed units, numbers as text, ranges."""
    properties = schema["properties"]
    for column in columns_with([kind]):
        texts = [] if column.several else list(_texts(properties.get(column.name, {})))
        for said in texts:
            if column.unit:
                _point(said, "unit")
            elif column.exact:
                _point(said, "number")
    if issubclass(kind, Claim):
        schema["allOf"] = [*schema.get("allOf", []), _RANGE]


def _point(said: dict[str, Any], name: str) -> None:
    """Let a text be what a definition says."""
    said.pop("type")
    said.pop("maxLength", None)
    said["$ref"] = f"#/$defs/{name}"


def _texts(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if said.get("type") == "string":
        yield said
    for each in said.get("anyOf", []):
        yield from _texts(each)
