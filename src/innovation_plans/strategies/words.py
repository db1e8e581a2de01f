"""Codes, names, prose, dates and addresses, as records admit them. Next: ``numbers.py``.

Names are printable, and some look hostile: formulas, quotes, markup. A file must hold them all.
A strategy is made once for the same question, since making one costs more than drawing from it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

__all__ = ["codes", "names", "partial_dates", "sentences", "slugs", "urls"]

_LETTERS = "ABCXYZ"
_SMALL = "abcxyz"
_DIGITS = "0123456789"
_CHINESE = (
    "甲省",
    "研发经费投入强度",
    "“十四五”规划",
    "深圳市（含深汕合作区）",
    "每万人口发明专利拥有量",
)
# Legal, and a trap for whatever splits, runs or escapes text.
_HOSTILE = (
    "=1+1",
    "+86 10",
    "-",
    "@SUM(A1)",
    "a,b;c",
    'say "so"',
    "O'Brien",
    "<b>&amp;</b>",
    "{x} %s",
    "../..",
    "NULL",
    "nan",
    "1e5",
    "true",
    "#5",
    "\\n",
    "é́",
    "ﷺ",
    "𠮷野家",
    "😀",
    "３．２％",
)


@cache
def codes() -> SearchStrategy[str]:
    """Codes of regions, sources, plans and errata: letters and digits, divided by hyphens."""
    return st.text(_LETTERS + _SMALL + _DIGITS + "-", min_size=1, max_size=16).map(_coded)


@cache
def slugs() -> SearchStrategy[str]:
    """Codes of indicators, vintages, breakdowns and themes: small letters first."""
    return st.text(_SMALL + _DIGITS + "_-", min_size=1, max_size=16).map(_slugged)


@cache
def names(max_size: int = 40, *, divisible: bool = True) -> SearchStrategy[str]:
    """Printable text of one line without blanks at its ends: Chinese, hostile, anything.

    Parameters
    ----------
    max_size
        Characters, 1 to 200.
    divisible
        Whether ``|`` may occur, which divides aliases in the cell of a file.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(names(), lambda name: name.startswith("="))
    '=1+1'
    """
    kept = "" if divisible else "|"
    characters = st.characters(
        exclude_categories=("C", "Z"), include_characters=" ", exclude_characters=kept
    )
    free = st.text(characters, min_size=1, max_size=max_size).map(str.strip).filter(bool)
    told = [each for each in (*_CHINESE, *_HOSTILE) if len(each) <= max_size]
    plain = st.text(_LETTERS + _SMALL, min_size=1, max_size=min(max_size, 8))
    return st.one_of(plain, st.sampled_from(told), free) if told else st.one_of(plain, free)


@cache
def sentences(max_size: int = 120) -> SearchStrategy[str]:
    """Prose: what notes, reasons and definitions hold."""
    return names(max_size)


@cache
def partial_dates() -> SearchStrategy[str]:
    """Dates as far as they are known: ``2021``, ``2021-03``, ``2021-03-31``."""
    days = st.dates(date(2020, 1, 1), date(2030, 12, 31)) | st.dates(date(1800, 1, 1))
    lengths = st.sampled_from((4, 7, 10))
    return st.builds(lambda day, length: day.isoformat()[:length], days, lengths)


@cache
def urls() -> SearchStrategy[str]:
    """Addresses: http, https and urn, with characters that need no escape in a file."""
    schemes = st.sampled_from(("https://", "http://", "urn:"))
    rest = st.text(_SMALL + _DIGITS + "./?=&%#,;'|-规划", min_size=1, max_size=30)
    return st.builds("{}{}".format, schemes, rest)


def _coded(drawn: str) -> str:
    return "-".join(part for part in drawn.split("-") if part) or "A"


def _slugged(drawn: str) -> str:
    parts = [part for part in re.split("[_-]+", drawn) if part]
    found = ("-" if "-" in drawn else "_").join(parts).lstrip(_DIGITS + "-_")
    return found or "a"
