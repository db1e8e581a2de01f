"""CSV files for Excel: with a byte order mark, by which it knows that they are UTF-8."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import csv
from .columns import Columns, Options
from .csv import read
from .raw import Heading

__all__ = ["LOSES", "REFUSES", "read", "write", "write_table"]

LOSES = csv.LOSES
REFUSES = csv.REFUSES


def write(tables: Iterable[Columns], heading: Heading, path: Path, options: Options) -> None:
    """Write a directory as :func:`csv.write` does, with a mark in each table."""
    csv.write(tables, heading, path, options._replace(mark=True))


def write_table(table: Columns, heading: Heading, path: Path, options: Options) -> None:
    """Write one table as a CSV file with a mark."""
    csv.write_table(table, heading, path, options._replace(mark=True))
