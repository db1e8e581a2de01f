"""The result of a check: errors and warnings with their location."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import BeforeValidator

from ..dataset.results import Results
from ..errors import DataError
from ..records.base import Frozen
from ..text import labels
from ..text.messages import Language, say, word
from ..text.tables import Sheet

if TYPE_CHECKING:
    from ..io.raw import Row

_HEADS = ("location", "column", "severity", "problem")


class Severity(StrEnum):
    """Whether data with the problem cannot be used (error), or can (warning, note)."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"  # what could not be checked


def _unicode(text: str) -> str:
    """Return text that can be written: the system may give names of files that are no Unicode."""
    return text.encode("utf-8", "backslashreplace").decode()


_Text = Annotated[str, BeforeValidator(_unicode)]


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
    problem: _Text

    @property
    def location(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def __str__(self) -> str:
        mark = None if self.severity is Severity.ERROR else self.severity
        text = ": ".join(filter(None, (self.location, self.column, mark, self.problem)))
        # Names of files and columns come from outside: they must not control a terminal.
        return "".join(character if character.isprintable() else "�" for character in text)

    @classmethod
    def of(cls, error: DataError, severity: Severity = Severity.ERROR) -> Self:
        """Return the problem of an exception."""
        return cls(
            file=error.file,
            line=error.line or None,
            column=error.column or None,
            severity=severity,
            problem=error.problem,
        )

    @classmethod
    def at(cls, row: Row, severity: Severity, problem: str, column: str = "") -> Self:
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
                    problem.problem,
                )
                for problem in self
            ],
        )

    def text(self, lang: Language = "en", *, width: int | None = None) -> str:
        """Return a line per error, warning and note, as compilers print them, and the summary.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``, for the summary.
        width
            The columns of the terminal: longer lines are broken between words.
        """
        lines = [*map(str, self), self.summary(lang)]
        if width is not None:
            lines = [textwrap.fill(line, width, subsequent_indent="  ") for line in lines]
        return "\n".join(lines)

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
