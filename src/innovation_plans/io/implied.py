"""The columns that follow from the others: names, labels of units, tier, citation and address.

Data frames have them, so that a reader need not look up codes. They are no fields: where rows that
have them are read, each value must be the one that follows from the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from ..records import Record, Target
from ..records.base import IMPLIED
from ..text.messages import Message

if TYPE_CHECKING:
    from ..text.messages import Language

Getter = Callable[[Any], str | None]
T = TypeVar("T")


def once_each(function: Callable[[Any], T], values: Sequence[Any]) -> list[T]:
    """Return what a function makes of each value; of an object that occurs often, it is made once."""
    results = {key: function(value) for key, value in {id(each): each for each in values}.items()}
    return [results[id(value)] for value in values]


class OfPart:
    """What gives a column from a part of a record that many records share, such as its unit."""

    def __init__(self, part: str, text: Getter) -> None:
        self._part, self._text = attrgetter(part), text

    def __call__(self, record: Any) -> str | None:
        """Return the value of a record."""
        return self._text(self._part(record))

    def of_all(self, records: Iterable[Any]) -> list[str | None]:
        """Return the values of records; the text of a part that they share is made once."""
        return once_each(self._text, list(map(self._part, records)))


@cache
def implied_columns(kind: type[Record]) -> Mapping[str, Getter]:
    """Return the columns that follow from a record of a type, with what gives their values.

    Examples
    --------
    >>> from innovation_plans.records import Indicator
    >>> list(implied_columns(Indicator))
    ['unit_en', 'unit_zh']
    """
    columns: dict[str, Getter] = {}
    if issubclass(kind, Target):
        columns |= {"region": attrgetter("region.code"), "period": attrgetter("period")}
    for source, names in IMPLIED.items():
        if source in kind.model_fields or isinstance(getattr(kind, source, None), property):
            columns |= {name: _GETTERS[name] for name in names}
    fields = kind.model_fields
    return MappingProxyType({name: of for name, of in columns.items() if name not in fields})


def contradiction(record: Record, cells: Iterable[tuple[str, Any]]) -> tuple[str, Message] | None:
    """Return the first implied column whose cell is not what follows, and what is wrong with it."""
    columns = implied_columns(type(record))
    for name, cell in cells:
        expected = columns[name](record)
        if str(cell) != str(expected or ""):
            theirs, ours = _from_difference(str(expected), str(cell))
            return name, Message("problem.contradiction", expected=theirs, found=ours)
    return None


def _from_difference(one: str, other: str) -> list[str]:
    """Return two texts, short enough for a message, from shortly before they differ."""
    differing = (
        at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right
    )
    start = next(differing, 0) - 20
    return [f"…{text[start:][:60]}" if start > 0 else text[:60] for text in (one, other)]


def _named(noun: str, field: str) -> Getter:
    def name(record: Any) -> str | None:
        return getattr(getattr(record, noun), field, None)

    return name


def _unit_in(lang: Language) -> Getter:
    def label(unit: str | None) -> str | None:
        from ..text import labels  # loading targets needs none

        return labels.unit(unit, lang) if unit else None

    return OfPart("unit", label)


_GETTERS: Mapping[str, Getter] = {
    **{
        f"{noun}_{lang}": _named(noun, f"name_{lang}")
        for noun in ("region", "indicator")
        for lang in ("en", "zh")
    },
    "unit_en": _unit_in("en"),
    "unit_zh": _unit_in("zh"),
    "tier": lambda record: str(record.citation.source.tier),
    "citation_text": OfPart("citation", str),
    "url": attrgetter("citation.source.url"),
}
