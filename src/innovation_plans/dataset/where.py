"""What a keyword of ``where`` admits: one value or a collection, checked before use.

A filter on a code that nothing bears is an error, not an empty answer.
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


def named(noun: str, context: Context, getter: Getter, asked: Some) -> Filter | None:
    """A filter on a reference that is asked for by code or any name."""
    if asked is None:
        return None
    index = NameIndex(noun, context.of(noun))
    return getter, frozenset(index.find(name).key for name in _each(asked))


def coded(
    noun: str, getter: Getter, asked: Some, known: Iterable[Any] | None = None
) -> Filter | None:
    """A filter on a code, which must be among the `known` ones if those are given."""
    if asked is None:
        return None
    wanted = frozenset(str(each) for each in _each(asked))
    if known is not None:
        legal = {getattr(each, "name", each) for each in known}
        for each in sorted(wanted - legal):
            near = nearest(each[:60], legal, 3)
            raise MissingError(asked=f"{noun} {each[:60]!r}", nearest=near)
    return getter, frozenset(wanted)


def listed(codelist: type[StrEnum], getter: Getter, asked: Some) -> Filter | None:
    """A filter on a member of a code list, given as such or as text."""
    noun = re.sub("(?<!^)([A-Z])", r" \1", codelist.__name__).lower()
    return coded(noun, getter, asked, [str(member) for member in codelist])


def of_years(getter: Getter, asked: SomeYears) -> Filter | None:
    """A filter on a year or years."""
    if asked is None:
        return None
    wanted = frozenset((asked,) if isinstance(asked, int) else asked)
    for each in wanted:
        if not isinstance(each, int):
            raise MissingError(asked=f"year {asked!r:.60}", hint="a year is a whole number: 2025")
    return getter, wanted


def truth(getter: Getter, asked: bool | None) -> Filter | None:
    """A filter on a yes or no."""
    return None if asked is None else (getter, frozenset({asked}))


def _each(asked: str | Collection[str]) -> Collection[str]:
    return (asked,) if isinstance(asked, str) else asked
