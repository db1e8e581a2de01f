"""Rows that a file held, as a source of rows for a dataset."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ..errors import DataError, DataErrors
from ..records import Citation
from ..units.table import UnitTable
from .columns import Heading
from .folder import units_of
from .raw import Row, no_column

__all__ = ["Incoming", "refuse"]

_CITED = frozenset(Citation.model_fields)


class Incoming:
    """Rows by table; a column that is none is one fault, however many rows have it."""

    def __init__(
        self,
        label: str,
        tables: Mapping[str, Sequence[Row]],
        heading: Heading,
        faults: Sequence[DataError] = (),
    ) -> None:
        self.label = label
        self._tables = tables
        self._heading = heading
        self._faults = tuple(faults)

    def rows(self, name: str, columns: tuple[str, ...], faults: list[DataError]) -> Iterator[Row]:
        """Return the rows of one table whose columns are all known."""
        known = {*columns, "citation"} if set(columns) >= _CITED else set(columns)
        strange: dict[str, DataError] = {}
        for row in self._tables.get(name, ()):
            unknown = [column for column in row.cells if column not in known]
            for column in unknown:
                if column not in strange:
                    strange[column] = row.fault(no_column(column, columns), column[:60])
            if not unknown:
                yield row
        faults.extend(strange.values())

    def strangers(self, tables: Collection[str]) -> Iterator[DataError]:
        """What was wrong with the file, and tables that are none."""
        yield from self._faults
        for name in self._tables:
            if name not in tables:
                problem = f"no such table; expected one of {', '.join(tables)}"
                yield DataError(file=f"{self.label}: {name}"[:200], problem=problem)

    def units(self, base: UnitTable, faults: list[DataError]) -> UnitTable:
        """The units of `base` and those of the heading."""
        return units_of("\n".join(self._heading.units), f"{self.label} units", base, faults)

    def edition(self, faults: list[DataError]) -> str:  # noqa: ARG002 - as the protocol has it
        """The edition of the heading."""
        return self._heading.edition

    @property
    def tiers(self) -> str:
        """The tiers of the heading."""
        return self._heading.tiers


def refuse(file: str, problem: str, *, line: int = 0, column: str = "") -> DataErrors:
    """The error of a file that cannot be read at all."""
    fault = DataError(file=file, line=line, column=column[:60], problem=problem)
    return DataErrors.of(file, [fault])
