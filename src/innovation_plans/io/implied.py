"""The columns that follow from the others: names, labels of units, tier, citation and address.

Data frames have them, so that a reader need not look up codes. They are no fields: where rows that
have them are read, each value must be the one that follows from the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..records import Record, Target
from ..records.base import IMPLIED
from ..text.messages import Message

if TYPE_CHECKING:
    from ..text.messages import Language

Getter = Callable[[Any], str | None]


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
    def label(record: Any) -> str | None:
        from ..text import labels  # loading targets needs none

        return labels.unit(record.unit, lang) if record.unit else None

    return label


_GETTERS: Mapping[str, Getter] = {
    **{
        f"{noun}_{lang}": _named(noun, f"name_{lang}")
        for noun in ("region", "indicator")
        for lang in ("en", "zh")
    },
    "unit_en": _unit_in("en"),
    "unit_zh": _unit_in("zh"),
    "tier": lambda record: str(record.citation.source.tier),
    "citation_text": lambda record: str(record.citation),
    "url": attrgetter("citation.source.url"),
}
