"""Datasets and tables as the content that formats write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..errors import DataError, DataErrors, brief
from ..io.columns import Content, own_units
from ..io.raw import SCHEMA_VERSION, Heading
from ..io.rows import columns_of_records, lines_of_records
from ..records import BY_TIER, CODED, TABLE_OF, TABLES, TYPED, Context, Record
from ..records.references import all_references, field_values
from ..resources import bundled_data
from ..units.table import OwnUnit, UnitTable
from .build import BundledTables


def dataset_content(
    tables: Mapping[str, Sequence[Record]],
    context: Context,
    *,
    edition: str,
    tiers: str,
    extensions: Iterable[str] = (),
) -> Content:
    """Return the tables of a dataset as content."""
    heading = Heading(
        edition=edition,
        schema=SCHEMA_VERSION,
        tiers=tiers,
        units=own_units(context.units),
        extensions=tuple(extensions),
    )
    return _content("Dataset", tables, context, heading)


def table_content(
    name: str,
    records: Sequence[Record],
    context: Context,
    *,
    noun: str,
    edition: str,
    companions: Mapping[str, Iterable[Record]],
) -> Content:
    """Return one table as content: with the records it refers to, or by itself as one file.

    Parameters
    ----------
    name
        The table; see :func:`table_name`.
    records, context
        The records, and what their codes refer to.
    noun
        What messages call the table.
    edition
        The edition of the records.
    companions
        Further records that the table needs, by table.
    """
    own = {name: _by_key(records)}
    own |= {other: _by_key(more) for other, more in companions.items()}
    tables = {other: list(by_key.values()) for other, by_key in own.items()}
    referred: dict[str, dict[str, Any]] = {other: dict(own.get(other, {})) for other in CODED}
    for record in all_references(record for records in tables.values() for record in records):
        referred[TABLE_OF[record.noun]].setdefault(record.key, record)
    for other in CODED:
        tables[other] = _in_order(referred[other], context.of(TABLES[other].noun))
    whole = Context(units=_units(context.units, tables.values()))
    for other in CODED:
        for record in tables[other]:
            whole.add(record)
    heading = Heading(edition, SCHEMA_VERSION, _tiers(tables), own_units(whole.units))
    return _content(noun, tables, whole, heading, name)._replace(
        alone=lambda: columns_of_records(name, records, whole).with_edition(edition),
        lost_alone="the records that it refers to: a single file is for other programs, not read again",
    )


def table_name(records: Iterable[Record], name: str) -> str:
    """Return the table of some records; `name` if there are none.

    Raises
    ------
    DataErrors
        If they are of several tables, or of none that a dataset has.
    """
    names = {TABLE_OF.get(record.noun, record.noun) for record in records} or {name} - {""}
    if len(names) == 1 and names <= TABLES.keys():
        return names.pop()
    shown = ", ".join(sorted(names)) or "an empty table without a name"
    error = DataError(file="table", problem=f"expected records of one table, found {shown}")
    raise DataErrors.with_first("nothing written", [error])


def _content(
    noun: str,
    tables: Mapping[str, Sequence[Record]],
    context: Context,
    heading: Heading,
    main: str = "",
) -> Content:
    """Return the tables that have records, and the `main` one, as content."""
    tables = {name: tables[name] for name in TABLES if name == main or tables.get(name)}
    return Content(
        noun,
        heading,
        counts={name: len(records) for name, records in tables.items()},
        lines=lambda: lines_of_records(tables.items(), context),
        tables=lambda: [columns_of_records(*table, context) for table in tables.items()],
        check=lambda: _check_types(tables),
        bundled=lambda: _share_of_bundled(tables),
    )


def _check_types(tables: Mapping[str, Sequence[Record]]) -> None:
    """Raise DataErrors for fields of a subclass that :func:`load` has no type for."""
    errors = [
        DataError(
            file=f"{name}[{brief(record.key, 120)}]",
            column=field,
            problem=f"load() has no type for {type(record).__name__}, so it cannot read this field; "
            f"only {', '.join(TABLES[typed].__name__ for typed in TYPED)} can have fields of their own",
        )
        for name in TABLES
        if name not in TYPED
        for record in tables.get(name, ())
        for field in type(record).model_fields
        if field not in TABLES[name].model_fields
    ]
    if errors:
        raise DataErrors.with_first("nothing written", errors)


def _share_of_bundled(tables: Mapping[str, Sequence[Record]]) -> str:
    """Return how much of some tables is bundled data: "all", "some" or "none"."""
    bundled = BundledTables(bundled_data())
    if not _is_part(tables.get("sources", ()), bundled.table("sources"), any):
        return "none"
    pairs = ((records, bundled.table(name)) for name, records in tables.items())
    return "all" if all(_is_part(ours, theirs, all) for ours, theirs in pairs) else "some"


def _is_part(
    ours: Iterable[Record], theirs: Iterable[Record], enough: Callable[[Iterable[bool]], bool]
) -> bool:
    by_key = {record.key: record for record in theirs}
    return enough(by_key.get(record.key) == record for record in ours)


def _in_order(records: Mapping[str, Any], known: Iterable[str]) -> list[Any]:
    """Return records in the order of the dataset they are from, others at the end."""
    position = {key: at for at, key in enumerate(known)}
    return sorted(records.values(), key=lambda r: (position.get(r.key, len(position)), r.key))


def _by_key(records: Iterable[Record]) -> dict[str, Any]:
    """Return the records by key; two different records of one key are an error."""
    by_key: dict[str, Any] = {}
    for record in records:
        if by_key.setdefault(record.key, record) != record:
            problem = f"two records have the key {brief(record.key, 120)}"
            raise DataErrors.with_first(
                "nothing written", [DataError(file=record.noun, problem=problem)]
            )
    return by_key


def _tiers(tables: Mapping[str, Iterable[Any]]) -> str:
    """Return the source tiers of the statements, which a dataset of these tables has."""
    statements = (record for name in BY_TIER for record in tables.get(name, ()))
    return "".join(sorted({record.citation.source.tier for record in statements}))


def _units(units: UnitTable, tables: Iterable[Iterable[Record]]) -> UnitTable:
    """Return `units` with those of the records."""
    for records in tables:
        for record in records:
            for value in field_values(record):
                if isinstance(value, OwnUnit) and not units.includes(value.table):
                    units = units.with_("\n".join(value.table.definitions))
    return units
