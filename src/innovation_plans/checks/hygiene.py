"""Rows as rows: the order they stand in, and cells that a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..records import TABLES, Record
from .checked import Checked
from .report import Fault, Severity

__all__ = ["hygiene"]

_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = {"value", "value_high", "baseline_value"}
# A signed figure with words behind it (-0.5个百分点) is no formula.
_SIGNED = re.compile(r"[+-][0-9][^=+*/|!(@-]*")


def hygiene(data: Checked) -> Iterator[Fault]:
    """What is odd about the rows of every table."""
    yield from _formulas(data)
    for name in TABLES:
        yield from _order(data, name)


def _formulas(data: Checked) -> Iterator[Fault]:
    """Text that a spreadsheet would run when it opens the file."""
    for row in data.rows():
        for column, cell in row.cells.items():
            if column in _NUMBERS or not isinstance(cell, str) or not cell.startswith(_STARTS):
                continue
            if not _SIGNED.fullmatch(cell):
                problem = f"begins with {cell[0]!r}: a spreadsheet would run it as a formula"
                yield Fault.at(row, Severity.WARNING, problem, column)


def _order(data: Checked, name: str) -> Iterator[Fault]:
    """The first row of each file that stands behind one it belongs before."""
    last: dict[str, Record] = {}
    told: set[str] = set()
    for record in data.own(name):
        row = data.row(name, record)
        before = last.get(row.file)
        if before is None or before.key < record.key:
            last[row.file] = record
        elif row.file not in told:
            told.add(row.file)
            problem = f"{record.key} belongs before {before.key}; sort the rows by their key"
            yield data.warning(name, record, problem)
