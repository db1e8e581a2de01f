"""The filters of ``where``: a keyword takes one value or a collection.

An unknown code is an error, not an empty result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from enum import StrEnum
from typing import Any

from ..errors import MissingError, nearest
from ..records import Context
from .names import NameIndex

__all__ = ["Filter", "Some", "SomeYears", "coded", "listed", "named", "of_years", "truth"]

Some = str | Collection[str] | None
SomeYears = int | Collection[int] | None
Getter = Callable[[Any], object]
Filter = tuple[Getter, frozenset[object]]


def named(noun: str, context: Context, getter: Getter, values: Some) -> Filter | None:
    """Return a filter on a reference, by code or any name."""
    if values is None:
        return None
    index = NameIndex(noun, context.of(noun))
    return getter, frozenset(index.find(name).key for name in _several(values))


def coded(
    noun: str, getter: Getter, values: Some, known: Iterable[Any] | None = None
) -> Filter | None:
    """Return a filter on a code, which must be one of `known`."""
    if values is None:
        return None
    codes = frozenset(map(str, _several(values)))
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
    years = frozenset((values,) if isinstance(values, int) else values)
    if not all(isinstance(year, int) for year in years):
        raise MissingError(asked=f"year {values!r:.60}", hint="a year is a whole number: 2025")
    return getter, years


def truth(getter: Getter, value: bool | None) -> Filter | None:
    """Return a filter on a boolean."""
    return None if value is None else (getter, frozenset({value}))


def _several(values: str | Collection[str]) -> Collection[str]:
    return (values,) if isinstance(values, str) else values
