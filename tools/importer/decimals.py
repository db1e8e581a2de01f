"""Zeros at the end of printed figures, which the research tables lost: 1.00 stood there as 1.

Of a figure of a text, its wording has them. Of the figures of tables, each row of ``tools/research/decimals.csv`` says with how many decimals a table prints a column,
and in how many cells the research table has fewer. The regions in `except` are printed with fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from importer.ledger import CURATED, Cells, read

_NUMBER = re.compile(r"[0-9]+\.[0-9]+")
KEYS = ("indicator", "vintage", "source", "year")


def restore_worded_zeros(figures: Iterable[Cells]) -> None:
    """Give every figure of a text the zeros with which its wording prints the number."""
    for row in figures:
        for number in _NUMBER.findall(row.get("as_stated", "").replace(",", "")):
            for column in ("value", "value_high"):
                value = row.get(column, "")
                is_same = bool(value) and Decimal(value) == Decimal(number)
                if is_same and decimals_in(number) > decimals_in(value):
                    row[column] = number


def restore_zeros(observations: Iterable[Cells]) -> None:
    """Give every figure of the listed tables the decimals that its table prints."""
    columns: dict[tuple[str, ...], list[Cells]] = {}
    for row in observations:
        for year in (row["year"], ""):
            key = (row["indicator"], row["vintage"], row["source"], year)
            columns.setdefault(key, []).append(row)
    for entry in read(CURATED / "decimals.csv"):
        _restore(entry, columns.get(tuple(entry[name] for name in KEYS), []))


def _restore(entry: Cells, column: list[Cells]) -> None:
    decimals, exceptions = int(entry["decimals"]), entry["except"].split("|")
    short = [
        row
        for row in column
        if row["region"] not in exceptions and decimals_in(row["value"]) < decimals
    ]
    if len(short) != int(entry["cells"]):
        raise SystemExit(
            f"expected {entry['cells']} figures without zeros, found {len(short)}: {entry}"
        )
    for row in short:
        whole, _, fraction = row["value"].partition(".")
        row["value"] = f"{whole}.{fraction.ljust(decimals, '0')}"


def decimals_in(number: str) -> int:
    """Return the number of decimals of a number as text."""
    return len(number.partition(".")[2])
