"""Floor 5: a directory in the house's layout, read table by table.

Bundled data are read lazily, because the tests have read every row of them. A directory of a
user's is read whole, and all its faults come at once. Read next: ``dataset.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import RLock
from typing import Any

from importlib_resources.abc import Traversable

from .errors import DataError, DataErrors
from .files import Row, read_csv, read_toml
from .records import (
    Codes,
    Corroboration,
    Erratum,
    Goal,
    Indicator,
    Observation,
    Plan,
    Record,
    Region,
    Source,
    Target,
    Vintage,
)
from .rows import columns_of, read_records

__all__ = ["TABLES", "Directory"]

# In the order of reading: a table may refer to those before it.
TABLES: dict[str, type[Record]] = {
    "regions": Region,
    "indicators": Indicator,
    "sources": Source,
    "plans": Plan,
    "errata": Erratum,
    "vintages": Vintage,
    "targets": Target,
    "corroborations": Corroboration,
    "observations": Observation,
    "goals": Goal,
}
# Open columns whose words are kept, so that asking for a word that never occurs is an error.
_WORDS = {"observations": "vintage", "targets": "breakdown", "goals": "theme"}
_CODED = ("regions", "indicators", "sources", "plans", "errata")


class Directory:
    """The tables of one directory; each is a file ``NAME.csv`` or ``.toml``, or files in ``NAME/``."""

    def __init__(
        self, root: Traversable, kinds: dict[str, type[Record]] | None = None, label: str = ""
    ) -> None:
        self._root = root
        self._label = label or str(root)
        self._kinds = TABLES | (kinds or {})
        self._lock = RLock()
        self._read: dict[str, list[Any]] = {}
        self._codes: Codes | None = None

    @property
    def codes(self) -> Codes:
        """The records that others refer to, by code."""
        if self._codes is None:
            with self._lock:
                if self._codes is None:
                    faults: list[DataError] = []
                    codes = self._read_codes(faults)
                    self._settle(faults)
                    self._codes = codes
        return self._codes

    def table(self, name: str) -> list[Any]:
        """The records of one table, read when first asked for.

        Raises
        ------
        DataErrors
            If any row of it, or of the tables it refers to, is faulty.
        """
        codes = self.codes
        if name not in self._read:
            with self._lock:
                if name not in self._read:
                    faults: list[DataError] = []
                    records = self._records(name, codes, faults)
                    self._settle(faults)
                    self._read[name] = records
        return self._read[name]

    def read_all(self) -> None:
        """Read every table, and complain of every fault in all of them at once."""
        with self._lock:
            faults = list(self._strangers())
            codes = self._read_codes(faults)
            read = {
                name: self._records(name, codes, faults) for name in TABLES if name not in _CODED
            }
            self._settle(faults)
            self._codes = codes
            self._read.update(read)

    def _read_codes(self, faults: list[DataError]) -> Codes:
        codes = Codes()
        for name in _CODED:
            self._read[name] = self._records(name, codes, faults)
        return codes

    def _records(self, name: str, codes: Codes, faults: list[DataError]) -> list[Any]:
        kind, before = self._kinds[name], len(faults)
        rows = list(self._rows(name, columns_of(kind), faults))
        if len(faults) > before:  # some rows were not even read: their codes may be any
            codes.unread.add(kind.noun)
        records = read_records(kind, rows, codes, faults)
        if column := _WORDS.get(name):
            found = {getattr(record, column) for record in records}
            codes.words[column] = frozenset(word for word in found if word)
        return records

    def _rows(self, name: str, columns: tuple[str, ...], faults: list[DataError]) -> Iterator[Row]:
        for file, label in self._files(name):
            read = read_toml if label.endswith(".toml") else read_csv
            yield from read(file, label, columns, faults)

    def _files(self, name: str) -> Iterator[tuple[Traversable, str]]:
        """The files of a table, in a fixed order, with the names that complaints give them."""
        for ending in (".csv", ".toml"):
            file = self._root / f"{name}{ending}"
            if file.is_file():
                yield file, file.name
        folder = self._root / name
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda each: each.name):
                if file.name.endswith((".csv", ".toml")):
                    yield file, f"{name}/{file.name}"

    def _strangers(self) -> Iterator[DataError]:
        """Files that look like tables and are none: most likely a slip in the name."""
        if not self._root.is_dir():
            yield DataError(file=self._label, problem="expected a directory of data files")
            return
        for file in sorted(self._root.iterdir(), key=lambda each: each.name):
            stem, _, ending = file.name.rpartition(".")
            if ending not in {"csv", "toml"}:
                continue
            if not file.is_file():
                yield DataError(file=file.name, problem="expected a file, found a directory")
            elif stem not in {*TABLES, "edition"}:
                yield DataError(
                    file=file.name, problem=f"no such table; expected one of {', '.join(TABLES)}"
                )

    def _settle(self, faults: list[DataError]) -> None:
        if faults:
            raise DataErrors.gathered(self._label, faults)
