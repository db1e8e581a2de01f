"""Citations of the data and of documents: text, BibTeX, CSL-JSON or RIS."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from typing import Any, Literal, NamedTuple

from ..errors import one_of
from ..records import Source
from ..text.messages import Language, languages, say
from .editions import RELEASED, edition_sum, editions

CiteStyle = Literal[Language, "bibtex", "csl-json", "ris"]
_AUTHORS = "The innovation_plans developers"
_TITLE = "innovation_plans: targets and outcomes of Chinese innovation plans"
_SUM_SHOWN = 16


class BibliographyEntry(NamedTuple):
    """A work in a bibliography."""

    key: str
    title: str
    author: str
    date: tuple[int, ...] = ()  # year, month and day, as far as known
    url: str = ""
    note: str = ""
    version: str = ""
    edition: str = ""
    is_dataset: bool = False

    @classmethod
    def of(cls, source: Source) -> BibliographyEntry:
        """Return the entry of a document."""
        date = tuple(map(int, source.date.split("-"))) if source.date else ()
        note = source.reading
        return cls(source.code, source.title, source.publisher or "", date, source.url or "", note)


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
    return _FORMATS[style]([work.entry]) if _is_format(style) else _text(work, style)


def listed(sources: Iterable[Source], style: str = "en") -> str:
    """Return documents as a bibliography in a style: a line of text each, or a format of files.

    Raises
    ------
    ArgumentError
        If there is no such style.
    """
    if _is_format(style):
        return _FORMATS[style]([BibliographyEntry.of(source) for source in sources])
    return "\n".join(map(str, sources))


def _is_format(style: str) -> bool:
    """Return whether a style is a format of files, else a language."""
    one_of("style", style, styles())
    return style in _FORMATS


def styles() -> tuple[str, ...]:
    """Return the styles of a citation: a sentence in every language, and formats of files."""
    return (*languages(), *_FORMATS)


def _text(work: Work, lang: str) -> str:
    edition, note = work.edition or say("cite.own", lang), work.note(lang, _SUM_SHOWN)
    return say(
        "cite.work",
        lang,
        year=say("cite.year", lang, year=work.date[0]) if work.date else "",
        version=work.version,
        edition=say("join.brackets", lang, text=work.edition, part=note) if note else edition,
    )


def _bibtex(entries: Sequence[BibliographyEntry]) -> str:
    """Return entries in BibTeX."""
    return "\n\n".join(map(_bibtex_entry, entries))


def _bibtex_entry(entry: BibliographyEntry) -> str:
    fields = {
        "author": f"{{{_latex(entry.author)}}}" if entry.author else "",
        "title": f"{{{_latex(entry.title)}}}",
        "version": _latex(entry.version),
        "edition": _latex(entry.edition),
        **dict(zip(("year", "month", "day"), map(str, entry.date), strict=False)),
        "url": entry.url,
        "note": _latex(entry.note),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{re.sub('[^A-Za-z0-9_-]+', '_', entry.key)},\n{body}\n}}"


def _latex(text: str) -> str:
    r"""Return text with the special characters of TeX escaped or as blanks."""
    return re.sub(r"([#$%&_{}])", r"\\\1", re.sub(r"[\\~^]", " ", text))


def _csl(entries: Sequence[BibliographyEntry]) -> str:
    """Return entries in CSL-JSON."""
    return json.dumps([_csl_item(entry) for entry in entries], ensure_ascii=False, indent=2)


def _csl_item(entry: BibliographyEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.key,
        "type": "dataset" if entry.is_dataset else "document",
        "title": entry.title,
        "author": [{"literal": entry.author}] if entry.author else None,
        "version": entry.version,
        "edition": entry.edition,
        "license": "CC-BY-4.0" if entry.is_dataset else None,
        "issued": {"date-parts": [list(entry.date)]} if entry.date else None,
        "URL": entry.url,
        "note": entry.note,
    }
    return {name: value for name, value in item.items() if value}


def _ris(entries: Sequence[BibliographyEntry]) -> str:
    """Return entries in RIS."""
    return "\n".join(map(_ris_entry, entries))


def _ris_entry(entry: BibliographyEntry) -> str:
    date = [f"{part:02}" for part in entry.date]
    fields = {
        "TY": "DATA" if entry.is_dataset else "GEN",
        "ID": entry.key,
        "AU": entry.author,
        "TI": entry.title,
        "ET": " ".join(filter(None, (entry.version, entry.edition))),
        "PY": date[0] if date else "",
        "DA": "/".join(date) + "/" * (3 - len(date)) if date else "",
        "UR": entry.url,
        "N1": entry.note,
    }
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields.items() if value]
    return "\n".join([*lines, "ER  - "])


_FORMATS: dict[str, Callable[[Sequence[BibliographyEntry]], str]] = {
    "bibtex": _bibtex,
    "csl-json": _csl,
    "ris": _ris,
}
