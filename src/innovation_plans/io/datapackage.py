"""A Frictionless Data Package: CSV tables, and a descriptor that says what is in them.

Cells are exact, also where a spreadsheet would run one as a formula: ``load`` reads the directory
as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from ..dataset.dataset import Dataset
from ..dataset.load import load
from ..records import TABLE_OF, Record
from . import csv as folders
from .content import schema_version, tables_of
from .folder import DESCRIPTOR
from .known_formats import Options
from .table_schema import (
    CREATOR,
    LICENCE,
    json_text,
    package,
    resource,
    table_schema,
)

__all__ = ["LOSES", "REFUSES", "read", "share_of_bundled", "write"]

LOSES = folders.LOSES
REFUSES = folders.REFUSES
read = folders.read


def write(plans: Dataset[Any, Any, Any, Any], path: Path, options: Options) -> None:
    """A directory of CSV tables with ``datapackage.json``, units embedded."""
    folders.write(plans, path, options._replace(safe=False))
    document = package(_head(plans), list(plans.units), list(_resources(plans, path)))
    (path / DESCRIPTOR).write_bytes(json_text(document).encode("utf-8"))


def _record_types(plans: Dataset[Any, Any, Any, Any]) -> dict[str, tuple[type[Any], ...]]:
    """The types of the records of each table that holds any."""
    return {name: tuple(dict.fromkeys(map(type, found))) for name, found in tables_of(plans)}


def share_of_bundled(plans: Dataset[Any, Any, Any, Any]) -> Literal["all", "some", "none"]:
    """How much of a dataset is bundled data, which have a licence and a creator."""
    bundled = load(tiers="ABCD")
    if not _is_part(plans.sources, bundled.sources, any):
        return "none"
    pairs = ((found, getattr(bundled, name)) for name, found in tables_of(plans))
    return "all" if all(_is_part(found, theirs, all) for found, theirs in pairs) else "some"


def _is_part(
    ours: Iterable[Record], theirs: Iterable[Record], enough: Callable[[Iterable[bool]], bool]
) -> bool:
    by_key = {each.key: each for each in theirs}
    return enough(by_key.get(each.key) == each for each in ours)


def _head(plans: Dataset[Any, Any, Any, Any]) -> dict[str, Any]:
    """What the descriptor says of the whole; of data that are not ours, no licence is claimed."""
    share = share_of_bundled(plans)
    head: dict[str, Any] = {"name": "innovation-plans"}
    if share == "all":
        head["title"] = "Targets and outcomes of Chinese innovation plans"
    else:
        head["title"] = "Targets and outcomes of innovation plans"
    if plans.edition:
        head["version"] = plans.edition
    head |= {"schemaVersion": schema_version()}
    if share != "none":
        part = {"title": f"{LICENCE['title']}, for the data of innovation_plans"}
        head["licenses"] = [LICENCE if share == "all" else LICENCE | part]
        head["contributors"] = [{"title": CREATOR, "roles": ["creator"]}]
    return head


def _resources(plans: Dataset[Any, Any, Any, Any], path: Path) -> Iterator[dict[str, Any]]:
    kinds = _record_types(plans)
    units = [unit.name for unit in plans.units]
    # Tables without records are not written: what would refer to them is empty.
    absent = {noun: () for noun, name in TABLE_OF.items() if name not in kinds}
    for file in sorted(path.iterdir()):
        schema: Any = ""
        if file.suffix == ".csv":
            schema = table_schema(file.stem, kinds[file.stem], units=units, enumerated=absent)
        yield resource(file.name, file.read_bytes(), schema)
