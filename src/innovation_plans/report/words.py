"""Texts in every language of a page.

A :class:`Translated` text in a template becomes one element per language; the page shows one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from html import escape
from typing import cast

from ..text import labels
from ..text.messages import Language, keys, languages, say, word

_MINUS = re.compile(r"(?<![\w.-])-(?=\d)")  # a sign, not the hyphen of a code or a date


class Translated(tuple[str, ...]):
    """One text in every language of the messages, in their order."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return one element per language, or one plain text if all are equal."""
        if len(set(self)) == 1:
            return escape(self[0])
        return "".join(
            f'<span lang="{say("language.tag", lang)}">{escape(text)}</span>'
            for lang, text in zip(page_languages(), self, strict=True)
        )

    def __bool__(self) -> bool:
        return any(self)

    def text(self, lang: Language) -> str:
        """Return the text in one language."""
        return self[page_languages().index(lang)]

    def filled(self, **values: object) -> Translated:
        """Return the text with its placeholders filled; a value may be translated as well."""
        return translated(lambda lang: self.text(lang).format_map(_in_language(values, lang)))


def page_languages() -> tuple[Language, ...]:
    """Return the languages of a page: those of the messages."""
    return cast("tuple[Language, ...]", languages())


def translated(text_in: Callable[[Language], str]) -> Translated:
    """Return what a function of the language returns for each language, with typographic minus signs.

    Examples
    --------
    >>> translated(lambda lang: f"-0.92 ({lang}-2)")
    ('−0.92 (en-2)', '−0.92 (zh-2)')
    """
    return Translated(_MINUS.sub("−", text_in(lang)) for lang in page_languages())


def untranslated(text: str) -> Translated:
    """Return a text that is the same in every language, such as a code."""
    return translated(lambda lang: text)  # noqa: ARG005


def message(key: str, **values: object) -> Translated:
    """Return a message with its placeholders filled; a value may be translated as well."""
    return translated(lambda lang: say(key, lang, **_in_language(values, lang)))


def messages(section: str) -> dict[str, Translated]:
    """Return the messages of a section by name."""
    return {key: message(f"{section}.{key}") for key in keys(section)}


def counted(noun: str, count: int) -> Translated:
    """Return a count of things; `noun` is a message of the section ``count``.

    Examples
    --------
    >>> counted("source", 1)
    ('1 source', '1个来源')
    """
    return translated(lambda lang: labels.counted(noun, count, lang))


def coded(code: StrEnum) -> Translated:
    """Return the words for a code of a codelist."""
    return translated(lambda lang: word(code, lang))


def name_of(record: object, *stems: str) -> Translated:
    """Return the name of a record, in English in languages in which it has none."""
    return translated(lambda lang: labels.name(record, lang, *stems))


def period(code: str) -> Translated:
    """Return the name of a period.

    Examples
    --------
    >>> period("14th"), period("annual-2025"), period("eu-2020")
    (('14th plan', '“十四五”'), ('2025', '2025年'), ('eu-2020', 'eu-2020'))
    """
    return translated(lambda lang: labels.period(code, lang))


def _in_language(values: dict[str, object], lang: Language) -> dict[str, object]:
    return {
        name: value.text(lang) if isinstance(value, Translated) else value
        for name, value in values.items()
    }
