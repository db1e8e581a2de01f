"""Citations of the data and of documents: text, BibTeX, CSL-JSON or RIS."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import version
from typing import NamedTuple

from ..records import Source
from ..records.bibliography import BibliographyEntry, CiteStyle, formatted, is_format
from ..text.messages import say
from .editions import RELEASED, edition_sum, editions

_AUTHORS = "The innovation_plans developers"
_TITLE = "innovation_plans: targets and outcomes of Chinese innovation plans"
_SUM_SHOWN = 16


class Work(NamedTuple):
    """What is cited: the version of the package, the edition of the data, and its checksum."""

    version: str
    edition: str
    sha256: str  # of the descriptor, which contains that of every file; empty for own data
    is_released: bool = True  # False for the bundled edition that can still change

    @classmethod
    def of(cls, edition: str) -> Work:
        """Return the work, with the checksum if the edition or the one it extends is bundled."""
        base = edition.partition("+")[0]
        checksum = edition_sum(base) if base in editions() else ""
        return cls(version("innovation-plans"), edition, checksum, not checksum or base in RELEASED)

    def note(self, lang: str = "en", length: int | None = None) -> str:
        """Return whether the edition is released and extended, and `length` digits of its checksum."""
        base, plus, _ = self.edition.partition("+")
        parts = (
            "" if self.is_released else say("cite.unreleased", lang),
            say("cite.extended", lang, edition=base) if plus and self.sha256 else "",
            f"sha256 {self.sha256[:length]}" if self.sha256 else "",
        )
        return say("join.parts", lang).join(filter(None, parts))

    @property
    def date(self) -> tuple[int, ...]:
        """Year and month of the edition; empty if its name is not a date."""
        match = re.match(r"([0-9]{4})\.([0-9]{1,2})(?![0-9])", self.edition)
        return tuple(map(int, match.groups())) if match else ()

    @property
    def entry(self) -> BibliographyEntry:
        """The work as an entry of a bibliography."""
        return BibliographyEntry(
            key=f"innovation_plans-{self.edition or 'own'}",
            title=_TITLE,
            author=_AUTHORS,
            date=self.date,
            version=self.version,
            edition=self.edition,
            note=self.note(),
            is_dataset=True,
        )


def cited(work: Work, style: str = "en") -> str:
    """Return the citation in a style.

    Raises
    ------
    ArgumentError
        If there is no such style.

    Examples
    --------
    >>> print(cited(Work("1.0", "2026.11", "ab" * 32)))
    The innovation_plans developers (2026). innovation_plans: targets and outcomes of Chinese
    innovation plans, version 1.0, data edition 2026.11 (sha256 abababababababab). Data: CC BY 4.0.
    """
    return formatted([work.entry], style) if is_format(style) else _text(work, style)


def listed(sources: Iterable[Source], style: CiteStyle = "en") -> str:
    """Return documents as a bibliography in a style: a line of text each, or a format of files.

    Raises
    ------
    ArgumentError
        If there is no such style.
    """
    if is_format(style):
        return formatted([source.entry for source in sources], style)
    return "\n".join(source.cite(style) for source in sources)


def _text(work: Work, lang: str) -> str:
    edition, note = work.edition or say("cite.own", lang), work.note(lang, _SUM_SHOWN)
    return say(
        "cite.work",
        lang,
        year=say("cite.year", lang, year=work.date[0]) if work.date else "",
        version=work.version,
        edition=say("join.brackets", lang, text=work.edition, part=note) if note else edition,
    )
