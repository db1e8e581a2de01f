"""Messages and words of comparators in every language, from the TOML files beside it.

A language is a column of these files; what a column lacks is in English. Placeholders in braces are
filled with plain text; nothing in a value is read as a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Literal, Self, TypeAlias, cast

from ..errors import ArgumentError, ConflictError, FigureError, brief
from ..resources import package_toml

Language = Literal["en", "zh"]  # for type checkers; `languages` reads the columns
_COMPLETE: Language = "en"
# The sections that are in comparators.toml, a column each.
_OF_COMPARATORS = {
    "bound": "say",
    "change_bound": "change",
    "rank_bound": "rank",
    "target_mark": "mark",
}


def say(key: str, /, lang: str = "en", **values: object) -> str:
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
    ArgumentError
        If there are no messages in that language.

    Examples
    --------
    >>> say("Verdict.met"), say("Verdict.met", "zh")
    ('met', '已实现')
    >>> say("count.more", names="Dalian", more="{lang}")
    'Dalian and {lang} more'
    """
    messages = _columns()[language(lang)]
    return messages[key].format_map(values) if values else messages[key]


class Message(str):
    """A message in English that keeps its key and values, so that :meth:`text` has every language.

    Examples
    --------
    >>> message = Message("count.more", names=("Dalian", "Hefei"), more=2)
    >>> str(message), message.text("zh")
    ('Dalian, Hefei and 2 more', 'Dalian、Hefei等（另2个）')
    """

    __slots__ = ("key", "values")
    key: str
    values: dict[str, Part]

    def __new__(cls, key: str, /, **values: object) -> Self:
        """Return the message; a value is a text, a number, a message, or a tuple of texts."""
        kept = {
            name: value if isinstance(value, str | tuple) else str(value)
            for name, value in values.items()
        }
        message = super().__new__(cls, filled(key, kept))
        message.key, message.values = key, kept
        return message

    def text(self, lang: str = "en") -> str:
        """Return the message in a language."""
        return filled(self.key, self.values, lang)

    def __reduce__(self) -> tuple[Any, ...]:
        return _message, (self.key, self.values)

    def __deepcopy__(self, memo: object) -> Message:
        return self


Part: TypeAlias = str | tuple[str, ...]


def _message(key: str, values: Mapping[str, Part]) -> Message:
    return Message(key, **values)


def filled(key: str, values: Mapping[str, object], lang: str = "en") -> str:
    """Return a message whose values may be messages too, or tuples of texts, which are a list."""
    return say(key, lang).format_map({name: _part(part, lang) for name, part in values.items()})


def _part(value: object, lang: str) -> object:
    match value:
        case tuple() | list():
            return say("join.items", lang).join(value)
        case Message():
            return value.text(lang)
    return value


def recognised(text: str, section: str) -> str:
    """Return the message of a section whose English text this is; the text itself if none is.

    It is for texts of the layers below, which have no messages.

    Examples
    --------
    >>> recognised("at most 200 characters", "expected").text("zh")
    '不超过200个字符'
    """
    for name, texts in _messages()[section].items():
        pattern = re.sub(r"\\{([a-z_]+)\\}", "(?P<\\1>.+)", re.escape(texts[_COMPLETE]))
        if match := re.fullmatch(pattern, text, re.DOTALL):
            return Message(f"{section}.{name}", **match.groupdict())
    return text


def unreadable(error: FigureError | ConflictError) -> Message:
    """Return the message of a figure or definition that cannot be read."""
    if not isinstance(error, FigureError):
        return Message("problem.taken", taken=recognised(str(error), "taken"))
    place = {"text": error.quoted, "position": error.position}
    if isinstance(error.expected, Message):
        return Message("problem.unread", **place, expected=error.expected)
    return Message("problem.unreadable", **place, expected=recognised(error.expected, "expected"))


def suggestion(names: Sequence[str]) -> str:
    """Return what follows a problem that one of the names may correct; empty without names.

    Examples
    --------
    >>> suggestion(["'GD'", "'GX'"])
    "; did you mean 'GD' or 'GX'?"
    """
    return Message("suggestion.nearest", names=either(names)) if names else ""


def either(names: Sequence[str]) -> str:
    """Return names as a list of which one is chosen.

    Examples
    --------
    >>> either(["a", "b", "c"]), either(["a"])
    ('a, b or c', 'a')
    """
    *others, last = names
    return Message("suggestion.either", names=tuple(others), last=last) if others else last


def word(code: StrEnum, lang: str = "en") -> str:
    """Return the words for a code of a codelist.

    Examples
    --------
    >>> from innovation_plans import Verdict
    >>> word(Verdict.ON_TRACK), word(Verdict.ON_TRACK, "zh")
    ('on track', '进度正常')
    """
    return _word(code, language(lang))


def short(code: StrEnum, lang: str = "en") -> str:
    """Return the words for a code in the cells of a table.

    Examples
    --------
    >>> from innovation_plans import Caveat
    >>> short(Caveat.WITHIN_ROUNDING), short(Caveat.WITHIN_ROUNDING, "zh")
    ('depends on rounding', '取决于四舍五入')
    """
    section = f"Short{type(code).__name__}"
    return say(f"{section}.{code}", lang) if code in keys(section) else word(code, lang)


@lru_cache(maxsize=None, typed=True)  # codes of two codelists may be equal as text
def _word(code: StrEnum, lang: str) -> str:
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


def language(lang: object) -> Language:
    """Return `lang` if there are messages in it.

    Raises
    ------
    ArgumentError
        If there are none; names the languages.
    """
    if isinstance(lang, str) and lang in _columns():
        return cast("Language", lang)
    raise ArgumentError(parameter="language", value=brief(lang, 22), allowed=languages())


def column(words: Mapping[str, object], lang: Language) -> Language:
    """Return the language in which there are words: `lang`, or else English."""
    return lang if lang in words else _COMPLETE


@cache
def comparator_words() -> dict[str, dict[str, Any]]:
    """Return the words of every comparator: the tables of ``comparators.toml`` by code."""
    return package_toml("text", "comparators.toml")


@cache
def _messages() -> dict[str, dict[str, dict[str, str]]]:
    messages = package_toml("text", "messages.toml")
    for section, name in _OF_COMPARATORS.items():
        tables = comparator_words().items()
        messages[section] = {code: table[name] for code, table in tables if name in table}
    return messages


@cache
def _columns() -> dict[str, dict[str, str]]:
    """Messages by language and key; each language has all keys."""
    rows = {
        f"{section}.{name}": texts
        for section, messages in _messages().items()
        for name, texts in messages.items()
    }
    known = dict.fromkeys(chain.from_iterable(rows.values()))
    return {
        lang: {key: texts.get(lang, texts[_COMPLETE]) for key, texts in rows.items()}
        for lang in known
    }
