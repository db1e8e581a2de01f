"""Citations of the data: a sentence, BibTeX or CSL-JSON, with edition and checksum."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from typing import Any, Literal, NamedTuple

from ..errors import MissingError
from ..text.messages import Language, languages, say
from .editions import edition_sum, editions

__all__ = ["CiteStyle", "Work", "cited", "styles"]

CiteStyle = Literal[Language, "bibtex", "csl-json"]
_AUTHORS = "The innovation_plans developers"
_TITLE = "innovation_plans: targets and outcomes of Chinese innovation plans"
_SUM_SHOWN = 16


class Work(NamedTuple):
    """What is cited: the version of the package, the edition of the data, and its checksum."""

    version: str
    edition: str
    sha256: str  # of the descriptor, which contains that of every file; empty for own data

    @classmethod
    def of(cls, edition: str) -> Work:
        """Return the work, with the checksum if the edition or the one it extends is bundled."""
        base = edition.partition("+")[0]
        checksum = edition_sum(base) if base in editions() else ""
        return cls(version("innovation-plans"), edition, checksum)

    @property
    def date(self) -> tuple[int, ...]:
        """Year and month of the edition; empty if its name is not a date."""
        match = re.match(r"([0-9]{4})\.([0-9]{1,2})(?![0-9])", self.edition)
        return tuple(map(int, match.groups())) if match else ()


def cited(work: Work, style: str = "en") -> str:
    """Return the citation in a style.

    Raises
    ------
    MissingError
        If there is no such style.

    Examples
    --------
    >>> print(cited(Work("1.0", "2026.11", "ab" * 32)))
    The innovation_plans developers (2026). innovation_plans: targets and outcomes of Chinese
    innovation plans, version 1.0, data edition 2026.11 (sha256 abababababababab). Data: CC BY 4.0.
    """
    if style in _FORMATS:
        return _FORMATS[style](work)
    if style in languages():
        return _text(work, style)
    raise MissingError(asked=f"style {style[:40]!r}", nearest=styles())


def styles() -> tuple[str, ...]:
    """Return the styles of a citation: a sentence in every language, and formats of files."""
    return (*languages(), *_FORMATS)


def _text(work: Work, lang: str) -> str:
    return say(
        "cite.work",
        lang,
        year=say("cite.year", lang, year=work.date[0]) if work.date else "",
        version=work.version,
        edition=work.edition or say("cite.own", lang),
        sum=say("cite.sum", lang, sum=work.sha256[:_SUM_SHOWN]) if work.sha256 else "",
    )


def _bibtex(work: Work) -> str:
    fields = {
        "author": f"{{{{{_AUTHORS}}}}}",
        "title": f"{{{{{_latex(_TITLE)}}}}}",
        "version": f"{{{_latex(work.version)}}}",
        "edition": f"{{{_latex(work.edition)}}}",
    }
    if work.date:
        fields["year"] = f"{{{work.date[0]}}}"
        fields["month"] = f"{{{work.date[1]}}}"
    note = f"Data edition {_latex(work.edition)}"
    fields["note"] = f"{{{note}, sha256 {work.sha256}}}" if work.sha256 else f"{{{note}}}"
    key = re.sub("[^A-Za-z0-9]+", "_", work.edition).strip("_") or "own"
    body = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
    return f"@misc{{innovation_plans_{key},\n{body}\n}}"


def _latex(text: str) -> str:
    r"""Return text with the special characters of TeX escaped or as blanks."""
    return re.sub(r"([#$%&_{}])", r"\\\1", re.sub(r"[\\~^]", " ", text))


def _csl(work: Work) -> str:
    item: dict[str, Any] = {
        "id": f"innovation_plans-{work.edition}",
        "type": "dataset",
        "title": _TITLE,
        "author": [{"literal": _AUTHORS}],
        "version": f"{work.version}, data edition {work.edition}",
        "license": "CC-BY-4.0",
    }
    if work.date:
        item["issued"] = {"date-parts": [list(work.date)]}
    if work.sha256:
        item["note"] = f"sha256 {work.sha256}"
    return json.dumps([item], ensure_ascii=False, indent=2)


_FORMATS = {"bibtex": _bibtex, "csl-json": _csl}
