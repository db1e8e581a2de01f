"""The result of a check: errors and warnings with their location."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import reduce
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import BeforeValidator, PlainSerializer, model_validator

from ..dataset.results import Results
from ..errors import DataError
from ..records.base import Frozen
from ..records.fields import invalid
from ..text import labels
from ..text.messages import Language, Message, Part, either, filled, say, suggestion, word
from ..text.tables import Sheet, indented

if TYPE_CHECKING:
    from ..io.raw import Row

_HEADS = ("location", "column", "severity", "problem")
# The values of a message that are choices, and what makes them of quoted texts.
_CHOICES = {"expected": either, "hint": suggestion}
_QUOTED = re.compile(r"'[^'\\]*'")


class Severity(StrEnum):
    """Whether data with the problem cannot be used (error), or can (warning, note)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"  # what could not be checked


def _unicode(value: Any) -> Any:
    """Return text that can be written: the system may give names of files that are no Unicode."""
    is_text = isinstance(value, str) and not isinstance(value, Message)
    return value.encode("utf-8", "backslashreplace").decode() if is_text else value


def _read(value: Any, name: str = "") -> Any:
    """Return a value of a message from JSON: a message by its key and values, choices, or texts."""
    match value:
        case {"key": str(key), "values": dict(values)}:
            return Message(key, **dict(_pairs(values)))
        case [*names] if name in _CHOICES and names:
            return _CHOICES[name]([*map(repr, names)])
        case list() | tuple():
            return tuple(map(_unicode, value))
    return _unicode(value)


def _written(value: Part) -> Any:
    """Return a value of a message for JSON, which :func:`_read` reads: quoted choices are a list."""
    if not isinstance(value, Message):
        return value
    choices = _choices(value)
    if choices and all(_QUOTED.fullmatch(text) for text in choices):
        return [text[1:-1] for text in choices]
    return {"key": value.key, "values": _named(value.values.items())}


def _choices(value: Part) -> list[str]:
    """Return the texts of which a message offers a choice; none for another message."""
    match value:
        case Message(key="suggestion.either", values={"names": [*names], "last": str(last)}):
            return [*names, last]
        case Message(key="suggestion.nearest", values={"names": names}):
            return _choices(names) or [str(names)]
    return []


def _pairs(values: Any) -> Any:
    """Return the values of a message by name as pairs, which cannot be changed."""
    is_mapping = isinstance(values, Mapping)
    return (
        tuple((name, _read(value, name)) for name, value in values.items())
        if is_mapping
        else values
    )


def _named(pairs: Iterable[tuple[str, Part]]) -> dict[str, Any]:
    return {name: _written(value) for name, value in pairs}


_Text = Annotated[str, BeforeValidator(_unicode)]
_Values = Annotated[
    tuple[tuple[str, Any], ...],
    BeforeValidator(_pairs),
    PlainSerializer(_named, when_used="json"),
]


class Problem(Frozen):
    """One error, warning or note at its location.

    Examples
    --------
    >>> print(Problem(file="ours.csv", line=3, severity=Severity.WARNING, problem="is odd"))
    ours.csv:3: warning: is odd
    """

    file: _Text
    line: int | None = None  # None for a whole file
    column: _Text | None = None  # None for a whole row
    severity: Severity
    code: str = ""  # of the message: ``unused``; empty for a text of another program
    values: _Values = ()  # of the message, by name
    problem: _Text  # in English

    @model_validator(mode="wrap")
    @classmethod
    def _worded(cls, values: Any, handler: Any) -> Self:
        try:
            problem: Self = handler(values)
            problem.describe()
        except KeyError as error:
            raise invalid(f"expected a message with its values, found none of {error}") from None
        return problem

    @property
    def location(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        return self.text()

    def text(self, lang: Language = "en") -> str:
        """Return location, column and what is wrong in a language, as one line."""
        mark = None if self.severity is Severity.ERROR else word(self.severity, lang)
        parts = filter(None, (self.location, self.column, mark, self.describe(lang)))
        text = reduce(lambda head, part: labels.headed(head, part, lang), parts)
        # Names of files and columns come from outside: they must not control a terminal.
        return "".join(character if character.isprintable() else "�" for character in text)

    def describe(self, lang: Language = "en") -> str:
        """Return what is wrong in a language; texts of other programs are as those print them."""
        if not self.code:
            return self.problem
        return filled(f"problem.{self.code}", dict(self.values), lang)

    @classmethod
    def of(cls, error: DataError, severity: Severity = Severity.ERROR) -> Self:
        """Return the problem of an exception."""
        message = error.problem
        if isinstance(message, Message):
            facts = {"code": message.key.removeprefix("problem."), "values": message.values}
        else:
            facts = {}
        return cls(
            file=error.file,
            line=error.line or None,
            column=error.column or None,
            severity=severity,
            problem=message,
            **facts,
        )

    @classmethod
    def at(cls, row: Row, severity: Severity, problem: Message, column: str = "") -> Self:
        """Return a problem of a row, at the line of its column."""
        return cls.of(row.error(problem, column), severity)


class CheckReport(Results[Problem]):
    """Errors, warnings and notes by file and line.

    Attributes
    ----------
    label : str
        The directory, file or dataset.
    records : Mapping
        How many records of each table were read without an error.
    """

    kind = Problem
    noun = "problem"
    counted = "severity"

    def __init__(
        self,
        problems: Iterable[Problem] = (),
        label: str = "",
        records: Mapping[str, int] | None = None,
    ) -> None:
        self.label = label
        self._records = dict(records or {})
        super().__init__(problems)

    @property
    def records(self) -> dict[str, int]:
        """How many records of each table were read without an error."""
        return dict(self._records)

    @property
    def errors(self) -> Self:
        """What must be corrected before the data can be used."""
        return self.where(severity=Severity.ERROR)

    @property
    def warnings(self) -> Self:
        """What may be correct, but should be looked at."""
        return self.where(severity=Severity.WARNING)

    def passes(self, *, strict: bool = False) -> bool:
        """Return True if there is no error and, if `strict`, no warning."""
        return not (self.errors or (strict and self.warnings))

    def sheet(self, lang: Language = "en") -> Sheet:
        """Return a row per error, warning and note."""
        return Sheet(
            tuple(say(f"head.{name}", lang) for name in _HEADS),
            [
                (
                    problem.location,
                    problem.column or "",
                    word(problem.severity, lang),
                    problem.describe(lang),
                )
                for problem in self
            ],
        )

    def text(self, lang: Language = "en", *, width: int | None = None) -> str:
        """Return a line per error, warning and note, as compilers print them, and the summary.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.
        width
            The columns of the terminal: longer lines are broken between words.
        """
        lines = [*(problem.text(lang) for problem in self), self.summary(lang)]
        return "\n".join(lines if width is None else (indented(line, width) for line in lines))

    def summary(self, lang: Language = "en") -> str:
        """Return how many records of which tables were checked, and how many problems they have."""
        nouns = {name: "erratum" if name == "errata" else name[:-1] for name in self.records}
        records = [
            labels.counted(nouns[name], count, lang)
            for name, count in self.records.items()
            if count
        ]
        problems = [
            labels.counted(severity, count, lang)
            for severity, count in self.counts().items()
            if count
        ]
        return labels.headed(
            labels.joined(records, lang) or say("check.no_record", lang),
            labels.joined(problems, lang, "and") or say("check.clean", lang),
            lang,
        )
