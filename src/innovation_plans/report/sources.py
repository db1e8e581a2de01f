"""The sources of a page: each is listed once, and citations refer to its number.

Data never become an id or an address unchecked: ids are counted, and only web addresses become links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from ..records import Citation, Source
from ..text import labels
from .words import Translated, coded, translated

_HAN, _KANA, _HANGUL = map(re.compile, ("[㐀-鿿]", "[぀-ヿ]", "[가-힣]"))
_WORD = re.compile("[A-Za-zÀ-ÿ]{2,}")
_ENGLISH = re.compile(r"\b[a-z]{2,}\b")
# Words that tell languages in Latin script from English.
_COMMON = {
    "es": {"de", "del", "el", "para", "hasta"},
    "de": {"und", "der", "die", "davon", "auf"},
}


class ListedSource(NamedTuple):
    """A source as a page lists it."""

    number: int
    code: str
    title: Translated  # as it is printed, with remarks of the data on it in the language
    lang: str  # the language tag of the title
    publisher: Translated
    date: str
    tier: str
    tier_label: Translated
    link: str  # empty if the address is not a web address
    address: str
    notes: str


class SourceLink(NamedTuple):
    """A citation on a page: the number of its source, and what is printed there."""

    number: int
    tier: str
    locator: str
    as_stated: str


class Bibliography:
    """The sources that a page cites, in the order of their first citation."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._sources)

    def number(self, source: Source) -> int:
        """Return the number of a source; a new source gets the next number."""
        self._sources.setdefault(source.code, source)
        return self._numbers.setdefault(source.code, len(self._numbers) + 1)

    def link(self, citation: Citation) -> SourceLink:
        """Return a citation with the number of its source."""
        return SourceLink(
            self.number(citation.source),
            str(citation.source.tier),
            citation.locator or "",
            citation.as_stated or "",
        )

    def listed(self) -> Sequence[ListedSource]:
        """Return all sources, as the page lists them."""
        return [
            ListedSource(
                number=self._numbers[code],
                code=code,
                title=translated(partial(labels.title_of, source.title)),
                lang=language_tag(source.title),
                publisher=_publisher(source),
                date=source.date or "",
                tier=str(source.tier),
                tier_label=coded(source.tier),
                link=web_address(source.url),
                address=source.url or "",
                notes=source.notes or "",
            )
            for code, source in self._sources.items()
        ]


def _publisher(source: Source) -> Translated:
    """Return the names of the publishers of a source."""
    return translated(lambda lang: labels.enumerated(labels.publishers(source, lang), lang))


def web_address(address: str | None) -> str:
    """Return the address if it is a web address, else an empty text.

    Examples
    --------
    >>> web_address("https://example.org/a?b=1"), web_address("javascript:alert(1)")
    ('https://example.org/a?b=1', '')
    """
    text = address or ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    plain = text.isprintable() and not any(mark in text for mark in ' "<>\\')
    return text if plain and parts.scheme in {"http", "https"} and parts.hostname else ""


def language_tag(text: str) -> str:
    """Return the language tag of a text from the data, by the script of most of it.

    A word counts like a character that stands for one.

    Examples
    --------
    >>> language_tag("worded as an effort (力争)"), language_tag("广东省R&D规划")
    ('en', 'zh-Hans')
    >>> language_tag("27カ所以上"), language_tag("30% 이상"), language_tag("de 2.1 a 2.5% del PIB")
    ('ja', 'ko', 'es')
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    han, kana, hangul = (len(script.findall(text)) for script in (_HAN, _KANA, _HANGUL))
    if len(words) < han + kana + hangul:
        return "ko" if hangul else "ja" if kana else "zh-Hans"
    return next((tag for tag, common in _COMMON.items() if common & set(words)), "en")


def note_language(text: str) -> str:
    """Return the language tag of a note, which is English if it is more than wordings of its text.

    Examples
    --------
    >>> note_language("printed as 科技型中小企业注册数量"), note_language("按R&D口径")
    ('en', 'zh-Hans')
    """
    return "en" if _ENGLISH.search(text) else language_tag(text)
