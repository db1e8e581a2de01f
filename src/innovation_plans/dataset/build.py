"""Raw tables to records, table by table; a record may refer to records of earlier tables.

The bundled tables are read one by one when they are asked for, because the tests have read every
row of them. A user's tables are read together, and all their errors are raised at once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import attrgetter
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import DataError, DataErrors
from ..io import csv
from ..io.raw import RawTables, Row, units_of
from ..io.rows import known_rows, read_records
from ..io.snapshot import Holdings, Snapshot
from ..records import CODED, TABLES, Context, Record
from ..resources import reading_errors
from ..text.messages import Message
from .names import shared_names

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "WORDS",
    "Built",
    "BundledTables",
    "Holdings",
    "Records",
    "build",
    "keep_words",
    "validated",
]

_LABEL = "bundled data"
# Columns whose texts no other record may have as a name. Regions may share names: districts do.
NAMED = {"regions": ("code",), "indicators": ("code", "name_en", "name_zh", "aliases")}
# Columns whose words are kept, so that a filter with a word that never occurs is an error.
WORDS = {
    "observations": ("vintage", "scope", "region.code"),
    "targets": ("breakdown", "scope", "region.code"),
    "goals": ("theme", "region.code"),
    "plans": ("region.code",),
    "documents": ("period", "region.code"),
}


class _Keyed(ABC):
    """Tables whose keys are computed once, by the first extension."""

    def __init__(self) -> None:
        self._by_key: dict[str, dict[str, Any]] = {}

    def by_key(self, name: str) -> Mapping[str, Any]:
        """Return the records of one table by key."""
        if name not in self._by_key:
            self._by_key[name] = {record.key: record for record in self.table(name)}
        return self._by_key[name]

    @abstractmethod
    def table(self, name: str) -> list[Any]:
        """Return the records of one table."""


class Records(_Keyed):
    """Records by table, in memory."""

    def __init__(
        self,
        tables: Mapping[str, list[Any]],
        context: Context,
        kinds: Mapping[str, type[Record]] = TABLES,
    ) -> None:
        super().__init__()
        self.kinds = dict(kinds)
        self.context = context
        self._tables = dict(tables)
        for name in WORDS:
            keep_words(context, name, self.table(name))

    @classmethod
    def of(cls, holdings: Holdings) -> Records:
        """Return all records of `holdings`."""
        tables = {name: holdings.table(name) for name in TABLES}
        return cls(tables, holdings.context, holdings.kinds)

    def table(self, name: str) -> list[Any]:
        """Return the records of one table."""
        return self._tables.get(name, [])


class Built(NamedTuple):
    """The records of raw tables, the rows they are from, and all errors."""

    label: str
    noun: str  # what messages call where the rows are: a file, or a record
    records: Records
    rows: Mapping[str, list[Row]]  # by table, also rows with errors
    row_of: Mapping[str, Mapping[str, Row]]  # by table and key
    errors: list[DataError]

    def checked(self) -> Built:
        """Return this; raise DataErrors if there is an error."""
        if self.errors:
            raise DataErrors.of(self.label, self.errors, self.noun)
        return self


def build(
    raw: RawTables,
    kinds: Mapping[str, type[Record]] | None = None,
    *,
    base: Context | None = None,
) -> Built:
    """Build the records of every table; rows with errors are left out and the errors collected.

    Parameters
    ----------
    raw
        What a reader returns.
    kinds
        Types of records other than the default ones, by table.
    base
        The records that rows may refer to, and the units, besides those of `raw`.
    """
    kinds = TABLES | dict(kinds or {})
    base = base or Context()
    errors = list(raw.errors)
    units = units_of(raw.heading.units, raw.units_file, base.units, errors)
    context = Context(base.tables, units=units)
    tables: dict[str, list[Any]] = {}
    rows: dict[str, list[Row]] = {}
    row_of: dict[str, dict[str, Row]] = {}
    with reading_errors(raw.label):
        for name in TABLES:
            rows[name] = known_rows(kinds[name], raw.tables.get(name, ()), context, errors)
            tables[name], row_of[name] = read_records(kinds[name], rows[name], context, errors)
            known = base.of(TABLES[name].noun)
            fresh = [record for record in tables[name] if known.get(record.key) != record]
            errors += _taken_names(name, fresh, row_of[name], context)
    return Built(raw.label, raw.noun, Records(tables, context, kinds), rows, row_of, errors)


def _taken_names(
    name: str, records: list[Any], row_of: Mapping[str, Row], context: Context
) -> Iterator[DataError]:
    """Yield an error for each name that another record of the table has, in columns that are NAMED."""
    if name not in NAMED:
        return
    noun = TABLES[name].noun
    for shared in shared_names(noun, records, NAMED[name], context.of(noun)):
        key = "problem.taken_code" if shared.column == "code" else "problem.taken_name"
        row = row_of[shared.record.key]
        yield row.error(Message(key, others=shared.others), shared.column)


class BundledTables(_Keyed):
    """The records of a data folder that ships with the package, each table read on first use.

    The snapshot of the folder is read instead of its rows while it is current.
    """

    def __init__(
        self,
        root: Traversable,
        kinds: Mapping[str, type[Record]] | None = None,
        *,
        snapshot: Snapshot | None = None,
    ) -> None:
        super().__init__()
        self.kinds: Mapping[str, type[Record]] = TABLES | dict(kinds or {})
        self._root = root
        self._snapshot = snapshot or Snapshot(root)
        self._lock = RLock()
        self._tables: dict[str, list[Any]] = {}
        self._raw_tables: RawTables | None = None
        self._context: Context | None = None

    @property
    def edition(self) -> str:
        """The edition of the data."""
        edition = self._snapshot.edition()
        return self._raw().heading.edition if edition is None else edition

    @property
    def context(self) -> Context:
        """The records that others refer to, by code."""
        with self._lock:
            if self._context is None:
                context = Context()  # the bundled units are read on first use
                with self._errors() as errors:
                    tables = {name: self._read(name, context, errors) for name in CODED}
                self._tables.update(tables)
                self._context = context
            return self._context

    def table(self, name: str) -> list[Any]:
        """Return the records of one table.

        Raises
        ------
        DataErrors
            If a row of it, or of a table that it refers to, has an error.
        """
        context = self.context
        with self._lock:
            if name not in self._tables:
                with self._errors() as errors:
                    records = self._read(name, context, errors)
                self._tables[name] = records
            return self._tables[name]

    def _read(self, name: str, context: Context, errors: list[DataError]) -> list[Any]:
        records = self._snapshot.records(name, self.kinds, context)
        if records is None:
            kind = self.kinds[name]
            rows = known_rows(kind, self._raw().tables.get(name, ()), context, errors)
            records, _ = read_records(kind, rows, context, errors)
        keep_words(context, name, records)
        return records

    def _raw(self) -> RawTables:
        if self._raw_tables is None:
            _raise(self._snapshot.damage())
            with reading_errors(_LABEL):
                raw = csv.read(self._root, _LABEL)
            _raise(raw.errors)
            self._raw_tables = raw
        return self._raw_tables

    @contextmanager
    def _errors(self) -> Iterator[list[DataError]]:
        """Return a list for the errors of the block, which are raised at its end."""
        errors: list[DataError] = []
        with reading_errors(_LABEL):
            yield errors
        _raise(errors)


def _raise(errors: Sequence[DataError]) -> None:
    if errors:
        raise DataErrors.of(_LABEL, errors)


def validated(root: Traversable) -> Records:
    """Return the tables in a bundled data folder, after every row was read and validated.

    Raises
    ------
    DataErrors
        If a row has an error.
    """
    return build(csv.read(root, _LABEL)).checked().records


def keep_words(context: Context, name: str, records: Iterable[Record]) -> None:
    """Keep the words that occur in the WORDS of a table, as ``table.column``."""
    for column in WORDS.get(name, ()):
        words = set(map(attrgetter(column), records))
        context.words[f"{name}.{column}"] = frozenset(word for word in words if word)
