"""Documents in a bibliography: BibTeX, CSL-JSON and RIS."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from ..errors import one_of
from ..text.messages import Language, languages

CiteStyle = Literal[Language, "bibtex", "csl-json", "ris"]


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


def styles() -> tuple[str, ...]:
    """Return the styles of a citation: a sentence in every language, and formats of files."""
    return (*languages(), *_FORMATS)


def is_format(style: str) -> bool:
    """Return whether a style is a format of files, else a language.

    Raises
    ------
    ArgumentError
        If there is no such style.
    """
    one_of("style", style, styles())
    return style in _FORMATS


def formatted(entries: Sequence[BibliographyEntry], style: str) -> str:
    """Return entries in a format of files."""
    return _FORMATS[style](entries)


def _bibtex(entries: Sequence[BibliographyEntry]) -> str:
    """Return entries in BibTeX."""
    return "\n\n".join(map(_bibtex_entry, entries))


def _bibtex_entry(entry: BibliographyEntry) -> str:
    from ..text.tables import in_latex  # here and below: not part of the first record's time

    fields = {
        "author": f"{{{in_latex(entry.author)}}}" if entry.author else "",
        "title": f"{{{in_latex(entry.title)}}}",
        "version": in_latex(entry.version),
        "edition": in_latex(entry.edition),
        **dict(zip(("year", "month", "day"), map(str, entry.date), strict=False)),
        "url": entry.url,
        "note": in_latex(entry.note),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{re.sub('[^A-Za-z0-9_-]+', '_', entry.key)},\n{body}\n}}"


def _csl(entries: Sequence[BibliographyEntry]) -> str:
    """Return entries in CSL-JSON."""
    import json

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
    # Programs read AU as "surname, given name": the comma behind a corporate name keeps it whole, and
    # one that has a comma inside goes where no name is taken apart.
    role = "PB" if "," in entry.author else "AU"
    author = f"{entry.author}," if entry.author and role == "AU" else entry.author
    fields = {
        "TY": "DATA" if entry.is_dataset else "GEN",
        "ID": entry.key,
        role: author,
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
