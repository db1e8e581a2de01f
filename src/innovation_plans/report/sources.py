"""The sources of a page: each is listed once, and citations refer to its number.

Data never become an id or an address unchecked: ids are counted, and only web addresses become links.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from ..records import Citation, Source
from ..text import labels
from .words import Translated, coded, translated

_CHINESE = range(0x3400, 0x9FFF + 1)


class ListedSource(NamedTuple):
    """A source as a page lists it."""

    number: int
    code: str
    title: str
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
                title=source.title,
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
    return translated(lambda lang: "; ".join(labels.publishers(source.publisher or "", lang)))


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
    """Return the language tag of a text from the data, by its characters.

    Examples
    --------
    >>> language_tag("Plan of Guangdong"), language_tag("广东省规划")
    ('en', 'zh-Hans')
    """
    return "zh-Hans" if any(ord(character) in _CHINESE for character in text) else "en"
