"""Rows to records, table by table; a record may refer to those of earlier tables.

Bundled data are read lazily, because the tests have read every row of them. A directory of a
user's is read whole, and all its faults come at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import DataError, DataErrors
from ..io.folder import Folder, RowSource
from ..io.rows import columns_of, read_records
from ..io.snapshot import Snapshot
from ..records import CODED, TABLES, Context, Record
from ..resources import reading_errors

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

__all__ = ["WORDS", "Directory", "Holdings", "Records", "keep_words", "validated"]

# Open columns whose words are kept, so that asking for a word that never occurs is an error.
WORDS = {
    "observations": ("vintage", "scope"),
    "targets": ("breakdown", "scope"),
    "goals": ("theme",),
}


class Holdings(Protocol):
    """Records by table, and what their codes stand for."""

    @property
    def context(self) -> Context:
        """The records that others refer to, by code."""

    @property
    def kinds(self) -> Mapping[str, type[Record]]:
        """The type of the records of each table."""

    def table(self, name: str) -> list[Any]:
        """The records of one table."""


class Held:
    """Records that are held in memory: what a dataset is in another process."""

    def __init__(self, holdings: Holdings) -> None:
        self.kinds = dict(holdings.kinds)
        self.context = holdings.context
        self._tables = {name: holdings.table(name) for name in TABLES}

    def table(self, name: str) -> list[Any]:
        """The records of one table."""
        return self._tables[name]


class Records:
    """Records by table, with their codes."""

    def __init__(self, tables: Mapping[str, list[Any]], context: Context) -> None:
        self.kinds: Mapping[str, type[Record]] = TABLES
        self.context = context
        self._tables = tables
        for name in WORDS:
            keep_words(context, name, self.table(name))

    def table(self, name: str) -> list[Any]:
        """Return the records of one table."""
        return self._tables.get(name, [])


class Directory:
    """The records that a source of rows spells; `base` is what they may refer to besides.

    `snapshot` is the snapshot of the same source: it is read instead of the rows while it is current.
    """

    def __init__(
        self,
        source: Traversable | RowSource,
        kinds: Mapping[str, type[Record]] | None = None,
        label: str = "",
        *,
        base: Context | None = None,
        snapshot: Snapshot | None = None,
    ) -> None:
        self._source: RowSource = source if isinstance(source, RowSource) else Folder(source, label)
        self.kinds: Mapping[str, type[Record]] = TABLES | dict(kinds or {})
        self._places: dict[str, dict[str, str]] = {name: {} for name in TABLES}
        self._base = base
        self._snapshot = snapshot
        self._lock = RLock()
        self._read: dict[str, list[Any]] = {}
        self._codes: Context | None = None

    @property
    def label(self) -> str:
        """What complaints call the source."""
        return self._source.label

    @property
    def edition(self) -> str:
        """The edition the source says it is; empty where it says none."""
        if self._snapshot and (edition := self._snapshot.edition()) is not None:
            return edition
        faults = self._damage()
        with reading_errors(self.label):
            found = self._source.edition(faults)
        self._settle(faults)
        return found

    @property
    def places(self) -> Mapping[str, Mapping[str, str]]:
        """File and line of each record, by table and key; empty for records of a snapshot."""
        return self._places

    @property
    def context(self) -> Context:
        """The records that others refer to, by code."""
        if self._codes is None:
            with self._lock:
                if self._codes is None:
                    faults = self._damage()
                    self._settle(faults)
                    with reading_errors(self.label):
                        context = self._read_codes(faults)
                    self._settle(faults)
                    self._codes = context
        return self._codes

    def table(self, name: str) -> list[Any]:
        """The records of one table, read when first asked for.

        Raises
        ------
        DataErrors
            If any row of it, or of the tables it refers to, is faulty.
        """
        context = self.context
        if name not in self._read:
            with self._lock:
                if name not in self._read:
                    faults: list[DataError] = []
                    with reading_errors(self.label):
                        records = self._records(name, context, faults)
                    self._settle(faults)
                    self._read[name] = records
        return self._read[name]

    def read_all(self) -> None:
        """Read every table, and complain of every fault in all of them at once."""
        self._settle(self.faults())

    def faults(self) -> list[DataError]:
        """Every fault of every table; the rows without fault are records of the tables all the same."""
        with self._lock, reading_errors(self.label):
            self._snapshot = None  # every row is to be read
            faults = list(self._source.strangers(TABLES))
            context = self._read_codes(faults)
            read = {
                name: self._records(name, context, faults) for name in TABLES if name not in CODED
            }
            self._source.edition(faults)
            self._codes = context
            self._read.update(read)
        return faults

    def _read_codes(self, faults: list[DataError]) -> Context:
        base = self._base or Context()
        if self._snapshot and self._base is None:
            context = Context()  # the bundled units, which are read when somebody asks for them
        else:
            context = Context(base.tables, units=self._source.units(base.units, faults))
        for name in CODED:
            self._read[name] = self._records(name, context, faults)
        return context

    def _records(self, name: str, context: Context, faults: list[DataError]) -> list[Any]:
        records = self._snapshot.records(name, self.kinds, context) if self._snapshot else None
        if records is None:
            records = self._validated(name, context, faults)
        keep_words(context, name, records)
        return records

    def _validated(self, name: str, context: Context, faults: list[DataError]) -> list[Any]:
        kind, before = self.kinds[name], len(faults)
        rows = list(self._source.rows(name, columns_of(kind), faults))
        context.unread.discard(kind.noun)  # of a reading that failed
        if len(faults) > before:  # some rows were not even read: their codes may be any
            context.unread.add(kind.noun)
        return read_records(kind, rows, context, faults, self._places[name])

    def _damage(self) -> list[DataError]:
        """Return an error for each file that has changed since the package was installed."""
        return self._snapshot.damage() if self._snapshot else []

    def _settle(self, faults: list[DataError]) -> None:
        if faults:
            raise DataErrors.of(self.label, faults)


def validated(root: Traversable, label: str = "bundled data") -> Directory:
    """Return the tables in a data folder, after every row was read and validated.

    Raises
    ------
    DataErrors
        If a row is faulty.
    """
    directory = Directory(root, label=label)
    directory.read_all()
    return directory


def keep_words(context: Context, name: str, records: Iterable[Record]) -> None:
    """Keep the words that occur in the open columns of a table, as ``table.column``."""
    for column in WORDS.get(name, ()):
        words = {getattr(record, column) for record in records}
        context.words[f"{name}.{column}"] = frozenset(word for word in words if word)
