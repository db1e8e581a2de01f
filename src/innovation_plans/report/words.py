"""Texts in both languages of a page.

A :class:`Both` in a template becomes two elements, one per language, of which the page shows one.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from html import escape
from typing import NamedTuple

from ..text import labels
from ..text.messages import Language, keys, say, word

__all__ = ["LANGUAGES", "Both", "both", "coded", "message", "messages", "named", "period"]


class Both(NamedTuple):
    """One text in English and in Chinese."""

    en: str
    zh: str

    def __html__(self) -> str:
        """Both texts as elements, or one plain text where they are the same."""
        if self.en == self.zh:
            return escape(self.en)
        return "".join(
            f'<span lang="{say("language.tag", lang)}">{escape(text)}</span>'
            for lang, text in zip(LANGUAGES, self, strict=True)
        )

    def __bool__(self) -> bool:
        return any(self)

    def filled(self, **parts: object) -> Both:
        """The same with its placeholders filled; a part may be in both languages too."""
        return Both(
            *(
                text.format_map({name: getattr(part, lang, part) for name, part in parts.items()})
                for lang, text in zip(LANGUAGES, self, strict=True)
            )
        )


LANGUAGES: tuple[Language, ...] = ("en", "zh")


def both(text_in: Callable[[Language], str]) -> Both:
    """Return what a function of the language returns for each."""
    return Both(*map(text_in, LANGUAGES))


def message(key: str, **parts: object) -> Both:
    """Return a message in both languages; a part may be in both languages too."""
    text = both(lambda lang: say(key, lang))
    return text.filled(**parts) if parts else text


def messages(section: str) -> dict[str, Both]:
    """Return the messages of a section by name."""
    return {key: message(f"{section}.{key}") for key in keys(section)}


def coded(code: StrEnum) -> Both:
    """Return the words for a code of a codelist."""
    return both(lambda lang: word(code, lang))


def named(english: str, chinese: str | None) -> Both:
    """Return a name in both languages, in English where there is no other."""
    return Both(english, chinese or english)


def period(code: str) -> Both:
    """Return the name of a period.

    Examples
    --------
    >>> period("14th"), period("annual-2025"), period("eu-2020")
    (Both(en='14th plan', zh='“十四五”'), Both(en='2025', zh='2025年'), Both(en='eu-2020', zh='eu-2020'))
    """
    return both(lambda lang: labels.period(code, lang))
