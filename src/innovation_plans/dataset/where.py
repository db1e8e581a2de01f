"""The filters of ``where``: a keyword takes one value or a collection.

An unknown code is an error, not an empty result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from enum import StrEnum
from operator import index
from typing import Any

from ..errors import FigureError, MissingError, nearest
from ..records import Context
from .names import NameIndex

__all__ = [
    "Filter",
    "Some",
    "SomeYears",
    "coded",
    "day_of",
    "listed",
    "named",
    "of_years",
    "truth",
    "whole_year",
]

Some = str | Collection[str] | None
SomeYears = int | Collection[int] | None
Getter = Callable[[Any], object]
Filter = tuple[Getter, frozenset[object]]


def named(noun: str, context: Context, getter: Getter, values: Some) -> Filter | None:
    """Return a filter on a reference, by code or any name."""
    if values is None:
        return None
    names = NameIndex(noun, context.of(noun))
    return getter, frozenset(names.find(name).key for name in _several(noun, values))


def coded(
    noun: str, getter: Getter, values: Some, known: Iterable[Any] | None = None
) -> Filter | None:
    """Return a filter on a code, which must be one of `known`."""
    if values is None:
        return None
    codes = frozenset(_several(noun, values))
    if known is not None:
        legal = {getattr(item, "name", item) for item in known}
        for code in sorted(codes - legal):
            near = nearest(code[:60], legal, 3)
            raise MissingError(asked=f"{noun} {code[:60]!r}", nearest=near)
    return getter, codes


def listed(codelist: type[StrEnum], getter: Getter, values: Some) -> Filter | None:
    """Return a filter on a member of a code list, as a member or as text."""
    noun = re.sub("(?<!^)([A-Z])", r" \1", codelist.__name__).lower()
    return coded(noun, getter, values, [str(member) for member in codelist])


def of_years(getter: Getter, values: SomeYears) -> Filter | None:
    """Return a filter on one or several years."""
    if values is None:
        return None
    return getter, frozenset(map(whole_year, _as_list(values)))


def whole_year(year: Any) -> int:
    """Return a year that is a whole number, also one of numpy.

    Raises
    ------
    MissingError
        If it is something else.
    """
    if not _is_whole(year):
        raise MissingError(asked=f"year {year!r:.60}", hint="a year is a whole number: 2025")
    return index(year)


def _is_whole(value: object) -> bool:
    """Return whether a value is a whole number, also one of numpy."""
    return hasattr(value, "__index__") and not isinstance(value, bool)


def _as_list(values: Any) -> list[Any]:
    """Return one value, or several, as a list; a number of numpy has no dimension."""
    is_one = isinstance(values, str) or getattr(values, "ndim", 1) == 0
    return list(values) if isinstance(values, Iterable) and not is_one else [values]


def truth(noun: str, getter: Getter, value: Any) -> Filter | None:
    """Return a filter on a boolean."""
    if value is None:
        return None
    truths = {"True": True, "False": False, "1": True, "0": False}
    if isinstance(value, str) or str(value) not in truths:
        raise MissingError(asked=f"{noun} {value!r:.60}", hint="it is True or False")
    return getter, frozenset({truths[str(value)]})


def day_of(day: str | date) -> date:
    """Return a day that is a date or text of the form YYYY-MM-DD.

    Raises
    ------
    FigureError
        If it is neither.
    """
    try:
        return (
            date.fromisoformat(day) if isinstance(day, str) else date(day.year, day.month, day.day)
        )
    except (ValueError, AttributeError, TypeError):
        expected = "a date, or a day of the form YYYY-MM-DD"
        raise FigureError(text=str(day), position=0, expected=expected) from None


def _several(noun: str, values: Some) -> list[str]:
    """Return codes or names as a list; a spreadsheet has some codes as numbers."""
    several = _as_list(values)
    for value in several:
        if not (isinstance(value, str) or _is_whole(value)):
            raise MissingError(asked=f"{noun} {value!r:.60}", hint="expected a code or a name")
    return [str(value) for value in several]
