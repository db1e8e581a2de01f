"""Units in words, from ``units.toml``: what is printed after a number.

A language is a column of that file.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any

from ..resources import package_toml

# What may follow digits: a factor of the coefficient, and the power that a unit may take up.
MAGNITUDES = {
    small + great: (factor, power)
    for small, factor in (("", 1), ("十", 10), ("百", 100), ("千", 1000))
    for great, power in (("", 0), ("万", 4), ("亿", 8), ("万亿", 12))
    if small or great
}
MAGNITUDES["억"] = (1, 8)
MAGNITUDE_WORDS = {
    "hundred": (100, 0),
    "thousand": (1000, 0),
    "ten thousand": (1, 4),
    "hundred thousand": (10, 4),
    "million": (1, 6),
    "mn": (1, 6),
    "hundred million": (1, 8),
    "billion": (1, 9),
    "bn": (1, 9),
    "trillion": (1, 12),
    "tn": (1, 12),
}


@cache
def unit_words() -> dict[str, dict[str, Any]]:
    """Return the words of every unit: the tables of ``units.toml`` by token."""
    return package_toml("units", "units.toml")


def counted_in(text: str) -> tuple[Decimal, str] | None:
    """Return how many of which token a unit in words is; None if it is not printed so.

    Examples
    --------
    >>> counted_in("billion yuan"), counted_in("million patents"), counted_in("万人年")
    ((Decimal('1'), 'CNY_1B'), (Decimal('1000000'), 'patent'), (Decimal('10000'), 'person_year'))
    """
    if text not in _phrases():
        text = unicodedata.normalize("NFKC", text)  # ％
    if text in _phrases():
        return _phrases()[text]
    for magnitude, size in _sizes().items():
        rest = text.removeprefix(magnitude)
        if rest != text and rest in _phrases() and not rest.startswith(tuple(_sizes())):
            number, token = _phrases()[rest]
            return number * size, token
    return None


@cache
def _sizes() -> dict[str, Decimal]:
    """The numbers of magnitudes, as they are printed before a unit."""
    rows = [(word, *size) for word, size in MAGNITUDES.items()]
    rows += [(f"{word} ", *size) for word, size in MAGNITUDE_WORDS.items()]
    return {word: Decimal(factor * 10**power) for word, factor, power in rows}


@cache
def _phrases() -> dict[str, tuple[Decimal, str]]:
    """How many of which token each printed unit is; the words of one of a token go first."""
    phrases: dict[str, tuple[Decimal, str]] = {}
    for phrase, number, token in sorted(_rows(), key=lambda row: row[1] != 1):
        phrases.setdefault(phrase, (number, token))
    return phrases


@cache
def read_words() -> dict[str, str]:
    """Return the token of each word that the figure reader reads as a unit, except words of things.

    Examples
    --------
    >>> read_words()["rmb"], read_words()["pp"], "doctors" in read_words()
    ('CNY', 'percentage_point', False)
    """
    return {
        word: token
        for token, table in unit_words().items()
        for word in chain(*table.get("read", {}).values())
        if "counts" not in table  # else the words are of things, for one of which the unit is
    }


def _rows() -> Iterator[tuple[str, Decimal, str]]:
    for token, table in unit_words().items():
        labels = [
            text for name, text in table.items() if isinstance(text, str) and name != "counts"
        ]
        for text in [
            *labels,
            *table.get("one", {}).values(),
            *table.get("expression", {}).values(),
        ]:
            yield text, Decimal(1), token
        for size, text in chain(*table.get("steps", {}).values()):
            yield text, Decimal(size), token
