"""What a check finds: faults with their place, in a report."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ..errors import DataError
from ..text.tables import Sheet

if TYPE_CHECKING:
    from ..io.raw import Row

__all__ = ["CheckReport", "Fault", "Severity"]

_HEADS = ("place", "column", "severity", "problem")


class Severity(StrEnum):
    """Whether a fault makes the data unfit for use, or is only odd."""

    ERROR = "error"
    WARNING = "warning"


class Fault(NamedTuple):
    """One thing that is wrong or odd, at its place.

    Examples
    --------
    >>> print(Fault("targets.csv", 3, "value", Severity.WARNING, "is odd"))
    targets.csv:3: value: warning: is odd
    """

    file: str
    line: int  # 0 where the whole file is meant
    column: str  # empty where the whole row is meant
    severity: Severity
    problem: str

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        mark = "warning" if self.severity is Severity.WARNING else ""
        parts = (self.place, self.column, mark, self.problem)
        text = ": ".join(part for part in parts if part)
        # File names and headers come from outside: nothing of them may drive a terminal.
        return "".join(each if each.isprintable() else "�" for each in text)

    @classmethod
    def of(cls, error: DataError) -> Fault:
        """A fault of reading, which is an error."""
        return cls(error.file, error.line, error.column, Severity.ERROR, error.problem)

    @classmethod
    def at(cls, row: Row, severity: Severity, problem: str, column: str = "") -> Fault:
        """A fault of a row, at the line of its column."""
        found = row.error(problem, column)
        return cls(found.file, found.line, found.column, severity, problem)


@dataclass(frozen=True)
class CheckReport:
    """What was checked, and what is wrong with it.

    Attributes
    ----------
    label : str
        The directory, file or dataset.
    records : Mapping
        How many records of which tables are without error of reading.
    faults : tuple
        Errors and warnings, by file and line.
    """

    label: str
    records: Mapping[str, int]
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What must be mended before the data are used."""
        return tuple(each for each in self.faults if each.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What may be right, and is worth a look."""
        return tuple(each for each in self.faults if each.severity is Severity.WARNING)

    def passes(self, *, strict: bool = False) -> bool:
        """Whether there is no error, nor any warning where `strict`."""
        return not (self.faults if strict else self.errors)

    def summary(self) -> str:
        """How many records of which tables were checked, and what came of it."""
        counts = [f"{count} {_noun(name, count)}" for name, count in self.records.items() if count]
        found = [
            _counted(len(faults), noun)
            for noun, faults in (("error", self.errors), ("warning", self.warnings))
            if faults
        ]
        return f"{', '.join(counts) or 'no record'}: {' and '.join(found) or 'nothing is wrong'}"

    def sheet(self) -> Sheet:
        """One row a fault."""
        rows = [(each.place, each.column, each.severity.value, each.problem) for each in self]
        return Sheet(_HEADS, rows)

    def text(self) -> str:
        """One line a fault, as compilers print them, and the summary."""
        return "\n".join([*map(str, self.faults), self.summary()])

    def json(self) -> str:
        """A list of objects with file, line, column, severity and problem."""
        said = [dict(_said(each)) for each in self.faults]
        text = json.dumps(said, ensure_ascii=False, indent=2)
        return text.encode("utf-8", "backslashreplace").decode()  # file names may be no Unicode

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.faults)

    def __len__(self) -> int:
        return len(self.faults)

    def __bool__(self) -> bool:
        return True


def _said(fault: Fault) -> Iterator[tuple[str, object]]:
    """The parts of a fault; what is not known of its place is null."""
    for name, part in fault._asdict().items():
        yield name, part if part or name == "problem" else None


def _noun(table: str, count: int) -> str:
    if count != 1:
        return table
    return "erratum" if table == "errata" else table.removesuffix("s")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
