"""Search of records by words of their names and texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Literal, get_args

from pydantic import Field

from ..errors import ArgumentError, brief, expect, nearest
from ..records import Indicator, Record, Region
from ..records.base import Frozen
from ..text import labels
from ..text.messages import Language, heads, say
from ..text.tables import Sheet
from .names import folded
from .results import Results

_LONGEST = 200
# The fields that are searched: first the names, then the texts.
_NAMES = ("name_en", "name_zh", "short_zh", "title_en", "title_zh", "title")
_TEXTS = (
    "publisher",
    "publisher_en",
    "publisher_zh",
    "definition",
    "pitfalls",
    "statement",
    "notes",
    "url",
)


Searched = Literal["indicators", "regions", "plans", "sources", "goals"]


class Match(Frozen):
    """A record that a search finds, and the text in it that has the words."""

    table: Searched = Field(description="table of the record: indicators, plans")
    key: str = Field(description="key of the record")
    text: str = Field(description="the name or text that contains the words")


class Matches(Results[Match]):
    """Records that contain the words of a search, the best of each table first."""

    kind = Match
    noun: ClassVar[str] = "match"
    counted: ClassVar[str] = "table"
    _searched: tuple[Iterable[Record], str] | None = None  # records and text, if nothing matches

    def sheet(self, lang: Language = "en") -> Sheet:
        """Return one row per record."""
        rows = [(match.table, match.key, match.text) for match in self]
        return Sheet(heads(("table", "code", "match"), lang), rows)

    def summary(self, lang: Language = "en") -> str:
        """Return how many records there are."""
        count = say("search.summary", lang, count=labels.counted("record", len(self), lang))
        hint = unfound(*self._searched, lang) if self._searched and not self else ""
        return labels.joined([count, hint], lang, "parts")


def ranked(records: Iterable[Record], text: str) -> list[tuple[Any, str]]:
    """Return the records that contain every word, the best first, each with its best text.

    Raises
    ------
    ArgumentError
        If the text has no word or is too long.
    """
    expect("text", text, "casefold", "words")
    words = text[: _LONGEST + 1].split()
    if not any(map(folded, words)) or len(text) > _LONGEST:
        hint = f"expected one or more words of at most {_LONGEST} characters in all"
        raise ArgumentError(parameter="text", value=brief(text), hint=hint)
    whole = folded("".join(words))
    matches: list[tuple[int, Any, str]] = []
    for record in records:
        names, texts = _names(record), _texts(record)
        every = " ".join([*names, *texts])
        if all(_is_in(word, every) for word in words):
            best = min(names, key=lambda name: _rank(name, whole, words), default=record.key)
            rank = _rank(best, whole, words)
            shown = best if rank < _OTHER else _first_with(texts, words) or best
            matches.append((rank, record, shown))
    matches.sort(key=lambda match: match[0])
    return [(record, shown) for _, record, shown in matches]


def unfound(records: Iterable[Record], text: str, lang: Language = "en") -> str:
    """Return which words of a text no record contains, and what may be meant; else empty."""
    names = [[*_names(record), *_texts(record)] for record in records]
    every = [" ".join(texts) for texts in names]
    words = {part for texts in names for name in texts for part in (*name.casefold().split(), name)}
    parts = []
    for word in dict.fromkeys(text.split()):
        if any(_is_in(word, text) for text in every):
            continue
        near = nearest(word.casefold(), words, 1, cutoff=0.7)
        name = "nearest" if near else "traditional" if _is_traditional(word) else "unfound"
        parts.append(say(f"search.{name}", lang, word=repr(word), near="".join(near)))
    return labels.joined(parts, lang, "parts")


def _is_traditional(word: str) -> bool:
    """Return whether a word has a Chinese character that the standard for simplified ones lacks."""
    try:
        word.encode("gb2312")
    except UnicodeEncodeError as error:
        return "一" <= word[error.start] <= "鿿"
    return False


_OTHER = 3


def _rank(name: str, whole: str, words: list[str]) -> int:
    """Return 0 for the name itself, 1 if it begins with the text, 2 if it has every word, else 3."""
    text = folded(name)
    if text == whole:
        return 0
    if text.startswith(whole):
        return 1
    return 2 if all(_is_in(word, name) for word in words) else _OTHER


def _is_in(word: str, text: str) -> bool:
    """Return whether a text has a word; a word of Latin letters is no end of another one.

    A number with a point is no part of another one, and not the same without its point.
    """
    latin = word.casefold()
    if re.fullmatch(r"[0-9]+\.[0-9]+%?", latin):
        return re.search(rf"(?<![0-9.]){re.escape(latin)}(?![0-9])", text) is not None
    if not re.fullmatch("[a-z]+", latin):
        return folded(word) in folded(text)
    return re.search(f"(?<![a-z]){latin}", text.casefold()) is not None


def _names(record: Record) -> list[str]:
    names = list(_filled(record, _NAMES))
    for part in (record, vars(record).get("indicator"), vars(record).get("region")):
        names += part.names if isinstance(part, Region | Indicator) else ()
    return [*names, record.key] if "code" in type(record).model_fields else names


def _texts(record: Record) -> list[str]:
    citation = vars(record).get("citation")
    return [*_filled(record, _TEXTS), *(_filled(citation, ("as_stated",)) if citation else ())]


def _filled(record: Record, fields: Iterable[str]) -> Iterator[str]:
    """Yield the texts in some fields; a field of a user's own may have another type."""
    values = map(vars(record).get, fields)
    return (value for value in values if value and isinstance(value, str))


def _first_with(texts: list[str], words: list[str]) -> str:
    """Return the first text with all words, else the first with some of them."""
    counted = [sum(_is_in(word, text) for word in words) for text in texts]
    return texts[counted.index(max(counted))] if texts else ""


def search(plans: Any, text: str) -> Matches:
    """Return the indicators, regions, plans, sources and goals that contain every word of a text.

    A word of Latin letters may be the beginning of a longer one, but not its end.
    """
    tables = {name: getattr(plans, name) for name in get_args(Searched)}
    matches = Matches(
        (
            Match(table=name, key=record.key, text=words)
            for name, table in tables.items()
            for record, words in ranked(table, text)
        ),
        plans.edition,
    )
    if not matches:
        matches._searched = [record for table in tables.values() for record in table], text  # noqa: SLF001
    return matches
