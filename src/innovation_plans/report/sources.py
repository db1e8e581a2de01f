"""The sources of a page, each listed once and pointed to by number.

Nothing from the data becomes an id or an address unlooked at: ids are counted, and only addresses
of the web become links.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from ..records import Citation, Source
from .words import Both, coded

__all__ = ["Bibliography", "Cited", "Place", "link", "tongue"]

_CHINESE = range(0x3400, 0x9FFF + 1)


class Cited(NamedTuple):
    """A source as a page lists it."""

    number: int
    code: str
    title: str
    tongue: str
    publisher: str
    date: str
    tier: str
    tier_said: Both
    link: str  # empty where the address is none of the web
    address: str
    notes: str


class Place(NamedTuple):
    """A place in a source: its number on the page, and what is printed there."""

    number: int
    tier: str
    locator: str
    as_stated: str


class Bibliography:
    """The sources that a page cites, in the order in which they are first cited."""

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._sources)

    def number(self, source: Source) -> int:
        """The number of a source, which is given when it is first asked for."""
        self._sources.setdefault(source.code, source)
        return self._numbers.setdefault(source.code, len(self._numbers) + 1)

    def place(self, citation: Citation) -> Place:
        """A citation with the number of its source."""
        return Place(
            self.number(citation.source),
            str(citation.source.tier),
            citation.locator or "",
            citation.as_stated or "",
        )

    def listed(self) -> Sequence[Cited]:
        """All sources, as the page lists them."""
        return [
            Cited(
                number=self._numbers[code],
                code=code,
                title=each.title,
                tongue=tongue(each.title),
                publisher=each.publisher or "",
                date=each.date or "",
                tier=str(each.tier),
                tier_said=coded(each.tier),
                link=link(each.url),
                address=each.url or "",
                notes=each.notes or "",
            )
            for code, each in self._sources.items()
        ]


def link(address: str | None) -> str:
    """The address, if it is one of the web; else nothing: it is then only shown as text.

    Examples
    --------
    >>> link("https://example.org/a?b=1"), link("javascript:alert(1)"), link("urn:x:y")
    ('https://example.org/a?b=1', '', '')
    """
    text = address or ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    plain = text.isprintable() and not any(mark in text for mark in ' "<>\\')
    return text if plain and parts.scheme in {"http", "https"} and parts.hostname else ""


def tongue(text: str) -> str:
    """The language tag of a text from the data, by its characters.

    Examples
    --------
    >>> tongue("Plan of Guangdong"), tongue("广东省规划")
    ('en', 'zh-Hans')
    """
    return "zh-Hans" if any(ord(character) in _CHINESE for character in text) else "en"
