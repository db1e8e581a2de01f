"""Datasets and tables as the content that formats write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..codelists import Tier
from ..io.columns import Columns, Content, own_units
from ..io.raw import Heading, schema_version
from ..io.rows import columns_of_records, lines_of_records
from ..records import TABLES, Context, Record
from ..resources import bundled_data
from .build import BundledTables
from .parts import table_name, with_references
from .tables import Table

if TYPE_CHECKING:
    from .dataset import Dataset

__all__ = ["columns_of_dataset", "columns_of_table", "dataset_content", "table_content"]


def dataset_content(plans: Dataset[Any, Any, Any, Any]) -> Content:
    """Return a dataset as content: the targets and observations of its tiers, and all the rest."""
    tables = {name: records for name in TABLES if (records := getattr(plans, name))}
    heading = Heading(
        edition=plans.edition,
        schema=schema_version(),
        tiers=plans.tiers,
        units=own_units(plans.units),
        extensions=tuple(each.edition for each in plans.extensions),
    )
    return _content("Dataset", tables, plans.context, heading)


def table_content(table: Table[Any], edition: str = "") -> Content:
    """Return a table as content: with the records it refers to, or by itself as one file.

    Parameters
    ----------
    edition
        What to call it, instead of the edition of the dataset it is from.
    """
    name, whole = table_name(table), with_references(table)
    heading = Heading(
        edition=edition or table.edition,
        schema=schema_version(),
        tiers="".join(Tier),
        units=own_units(whole.context.units),
    )
    tables = {name: records for name in TABLES if (records := whole.table(name))}
    return _content(type(table).__name__, tables, whole.context, heading)._replace(
        alone=lambda: columns_of_records(name, table, whole.context).with_edition(heading.edition),
        lost_alone="the records that it refers to: by itself it is for other programs, not read again",
    )


def columns_of_dataset(plans: Dataset[Any, Any, Any, Any]) -> tuple[Columns, ...]:
    """Return the tables of a dataset that have records, as columns of typed values."""
    tables = dataset_content(plans).tables
    return tuple(tables()) if tables else ()


def columns_of_table(table: Table[Any]) -> Columns:
    """Return the records of a table as columns of typed values."""
    return columns_of_records(table_name(table), table, table.context)


def _content(
    noun: str, tables: Mapping[str, Sequence[Record]], context: Context, heading: Heading
) -> Content:
    return Content(
        noun,
        heading,
        counts={name: len(records) for name, records in tables.items()},
        lines=lambda: lines_of_records(tables.items(), context),
        tables=lambda: [columns_of_records(*each, context) for each in tables.items()],
        bundled=lambda: share_of_bundled(tables),
    )


def share_of_bundled(tables: Mapping[str, Sequence[Record]]) -> str:
    """Return how much of some tables is bundled data: "all", "some" or "none"."""
    bundled = BundledTables(bundled_data())
    if not _is_part(tables.get("sources", ()), bundled.table("sources"), any):
        return "none"
    pairs = ((records, bundled.table(name)) for name, records in tables.items())
    return "all" if all(_is_part(ours, theirs, all) for ours, theirs in pairs) else "some"


def _is_part(
    ours: Iterable[Record], theirs: Iterable[Record], enough: Callable[[Iterable[bool]], bool]
) -> bool:
    by_key = {each.key: each for each in theirs}
    return enough(by_key.get(each.key) == each for each in ours)
