"""Messages and unit words in every language, from ``messages.toml`` and ``units.toml``.

A language is a column of these files. Placeholders in braces are filled with plain text; nothing in
a value is read as a placeholder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache, lru_cache
from typing import Any, Literal, cast

from ..errors import MissingError
from ..resources import package_text

__all__ = ["Language", "heads", "keys", "language", "languages", "say", "unit_words", "word"]

Language = Literal["en", "zh"]


def say(key: str, lang: str = "en", **values: object) -> str:
    """Return a message in a language, with its placeholders filled.

    Parameters
    ----------
    key
        Section and name, as in ``messages.toml``.
    lang
        A language of ``messages.toml``.
    values
        The text or number for each placeholder.

    Raises
    ------
    MissingError
        If no message is in that language.

    Examples
    --------
    >>> say("Verdict.met"), say("Verdict.met", "zh")
    ('met', '已实现')
    >>> say("count.more", names="Dalian", more="{lang}")
    'Dalian and {lang} more'
    """
    column = _columns().get(lang) or _columns()[language(lang)]
    return column[key].format_map(values) if values else column[key]


@lru_cache(maxsize=None, typed=True)  # codes of two codelists may be equal as text
def word(code: StrEnum, lang: str = "en") -> str:
    """Return the words for a code of a codelist.

    Examples
    --------
    >>> from innovation_plans import Verdict
    >>> word(Verdict.ON_TRACK), word(Verdict.ON_TRACK, "zh")
    ('on track', '进度正常')
    """
    return say(f"{type(code).__name__}.{code}", lang)


def heads(names: Iterable[str], lang: str = "en") -> tuple[str, ...]:
    """Return the heads of columns in a language."""
    return tuple(say(f"head.{name}", lang) for name in names)


def keys(section: str) -> tuple[str, ...]:
    """Return the names of the messages in a section."""
    return tuple(_messages()[section])


def languages() -> tuple[str, ...]:
    """Return the languages in which there are messages."""
    return tuple(_columns())


def language(lang: str) -> Language:
    """Return `lang` if there are messages in it.

    Raises
    ------
    MissingError
        If there are none; names the languages.
    """
    if lang in languages():
        return cast("Language", lang)
    raise MissingError(asked=f"language {str(lang)[:20]!r}", nearest=languages())


@cache
def unit_words() -> dict[str, dict[str, Any]]:
    """Return the words of every unit: the tables of ``units.toml`` by token."""
    return tomllib.loads(package_text("text", "units.toml"))


@cache
def _messages() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(package_text("text", "messages.toml"))


@cache
def _columns() -> dict[str, dict[str, str]]:
    """Messages by language and key."""
    columns: dict[str, dict[str, str]] = {}
    for section, messages in _messages().items():
        for name, texts in messages.items():
            for lang, text in texts.items():
                columns.setdefault(lang, {})[f"{section}.{name}"] = text
    return columns
