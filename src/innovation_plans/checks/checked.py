"""The data under check: records, the rows they stand in, and what lies behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from ..dataset.build import Directory
from ..dataset.dataset import Dataset
from ..errors import DataError
from ..io.folder import RowSource
from ..io.raw import Row
from ..records import TABLES, Context, Record
from ..units.table import UnitTable
from .report import Fault, Severity

__all__ = ["Checked", "KeptRows"]


class KeptRows:
    """A source of rows that remembers those it gave."""

    def __init__(self, source: RowSource) -> None:
        self._source = source
        self.kept: dict[str, list[Row]] = {}

    @property
    def label(self) -> str:
        """What complaints call the source."""
        return self._source.label

    def rows(self, name: str, columns: tuple[str, ...], faults: list[DataError]) -> Iterator[Row]:
        """Return the rows of one table, and keep them."""
        kept = self.kept.setdefault(name, [])
        for row in self._source.rows(name, columns, faults):
            kept.append(row)
            yield row

    def strangers(self, tables: Collection[str]) -> Iterator[DataError]:
        """What is there and is none of the tables."""
        return self._source.strangers(tables)

    def units(self, base: UnitTable, faults: list[DataError]) -> UnitTable:
        """The units of `base` and those the source defines besides."""
        return self._source.units(base, faults)

    def edition(self, faults: list[DataError]) -> str:
        """The edition the source says it is."""
        return self._source.edition(faults)

    @property
    def tiers(self) -> str:
        """The tiers of the source."""
        return self._source.tiers


class Checked:
    """The records under check, the rows they stand in, and the dataset they may refer to."""

    def __init__(
        self, source: RowSource, kinds: Mapping[str, type[Record]], base: Dataset | None
    ) -> None:
        self._rows = KeptRows(source)
        self._base = base
        self._directory = Directory(self._rows, kinds, base=base.context if base else None)
        self.label = source.label
        self.unread = tuple(self._directory.faults())
        self._places = self._directory.places

    @property
    def context(self) -> Context:
        """What codes stand for, in the data and in the dataset behind them."""
        return self._directory.context

    def rows(self) -> Iterator[Row]:
        """Every row that could be read as one, table by table."""
        for name in TABLES:
            yield from self._rows.kept.get(name, ())

    def own(self, name: str) -> list[Any]:
        """The records of one table that are under check."""
        return self._directory.table(name)

    def base(self, name: str) -> tuple[Any, ...]:
        """The records of one table that lie behind them."""
        return tuple(getattr(self._base, name)) if self._base else ()

    def row(self, name: str, record: Record) -> Row:
        """The row that a record stands in."""
        return self._by_place[name, self._places[name][record.key]]

    def error(self, name: str, record: Record, problem: str, column: str = "") -> Fault:
        """An error of a record."""
        return Fault.at(self.row(name, record), Severity.ERROR, problem, column)

    def warning(self, name: str, record: Record, problem: str, column: str = "") -> Fault:
        """A warning about a record."""
        return Fault.at(self.row(name, record), Severity.WARNING, problem, column)

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], Row]:
        return {(name, row.place): row for name, rows in self._rows.kept.items() for row in rows}
