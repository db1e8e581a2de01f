"""The explorer: the whole dataset as one page with a map, a scorecard and a search.

The page is one file: it opens from a disk without a server, a browser admits its script and style
by their sha256 sums, and a copy of it is complete.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from .. import report
from ..analysis.scorecard import Scorecard, scorecard
from ..dataset.dataset import Dataset
from ..errors import MissingError
from ..io.formats import needed
from ..io.save import WriteError, filling
from ..text.messages import Language, language
from .content import counts_of
from .explorer_data import embedded, gathered
from .explorer_summary import glances
from .notes import citation, method
from .page import colophon, rendered
from .sources import link
from .words import Both, message, messages

__all__ = ["html", "write"]

_COLUMNS = (
    "region", "indicator", "period", "stated", "by", "outcome", "year", "gap", "verdict", "tier",
)  # fmt: skip
_SAID_BY_SCRIPT = ("caveats", "inputs", "plan", "source", "key", "tier_note")
_REPORTS = "reports"
_DEVICE = r"con|prn|aux|nul|com[0-9]|lpt[0-9]"


def html(
    plans: Dataset[Any, Any, Any, Any],
    *,
    lang: str = "en",
    docs_link: str = "",
    pages: Mapping[str, str] | None = None,
) -> str:
    """The page over the whole dataset, in both languages.

    Parameters
    ----------
    plans
        The dataset with targets and observations.
    lang
        ``"en"`` or ``"zh"``: the language that is shown first; a switch shows the other.
    docs_link
        Where the documentation is, beside the page or on the web; no link if empty.
    pages
        The address of the report on a region, by its code.

    Raises
    ------
    MissingError
        If a page is not written in the language, or `docs_link` is no place to go to.
    MissingExtraError
        If jinja2 is not installed.
    """
    return _page(plans, scorecard(plans), language(lang), _checked(docs_link), pages or {})


def write(
    plans: Dataset[Any, Any, Any, Any],
    directory: str | PathLike[str],
    *,
    lang: str = "en",
    overwrite: bool = False,
    reports: bool = False,
    docs_link: str = "",
) -> Path:
    """The page that was written, ``index.html`` in the directory; all files are there, or none.

    Parameters
    ----------
    plans, lang, docs_link
        As in :func:`html`.
    directory
        Is made where it is missing; what else lies in it stays.
    overwrite
        Whether an earlier page may be replaced.
    reports
        Whether the report on each region with targets is written too, in ``reports/``.

    Raises
    ------
    WriteError
        If a page stands there already, or the system refuses.
    MissingError, MissingExtraError
        As :func:`html`.
    """
    spoken, place, target = language(lang), Path(directory), _checked(docs_link)
    index = place / "index.html"
    card = scorecard(plans)
    codes = _named(card.by("region")) if reports else []
    pages = {code: f"{_REPORTS}/{code}.html" for code in codes}
    text = _page(plans, card, spoken, target, pages)
    _see_room(place, overwrite=overwrite)
    with filling(place, overwrite=overwrite) as fresh:
        if codes:
            (fresh / _REPORTS).mkdir()
        for code in codes:
            page = report.html(plans, region=code, lang=spoken)
            (fresh / pages[code]).write_text(page, encoding="utf-8", newline="\n")
        (fresh / index.name).write_text(text, encoding="utf-8", newline="\n")
    return index


def _page(
    plans: Dataset[Any, Any, Any, Any],
    card: Scorecard,
    lang: Language,
    docs_link: str,
    pages: Mapping[str, str],
) -> str:
    data = gathered(plans, card)
    title = message("explorer.title")
    lead = message(
        "explorer.lead",
        targets=f"{len(card):,}",
        regions=len(data["regions"]),
        sources=len(data["sources"]),
        edition=plans.edition or "–",
    )
    content = {
        "w": messages("explorer"),
        "lead": lead,
        "docs_link": docs_link,
        "columns": _COLUMNS,
        "words": _SAID_BY_SCRIPT,
        "counts": counts_of(card),
        "glances": glances(plans, card, pages),
        "pages": pages,
        "method": method(),
        "citation": citation(plans, title),
        "colophon": colophon(plans),
        "data": needed("markupsafe", "report").Markup(embedded(data)),
        **_choices(data),
    }
    return rendered("explorer", content, lang=lang, title=title)


def _choices(data: Mapping[str, Any]) -> dict[str, list[tuple[str, Both]]]:
    """What can be chosen in each filter: periods by time, regions and indicators by name."""
    listed = {
        name: [(each[0], Both(each[1], each[2])) for each in data[name]]
        for name in ("regions", "indicators", "verdicts")
    }
    listed["indicators"].sort(key=lambda each: each[1].en.casefold())
    periods = sorted(data["periods"], key=lambda each: (each[3], each[0]))
    return listed | {"periods": [(each[0], Both(each[1], each[2])) for each in periods]}


def _checked(address: str) -> str:
    """A place beside the page or on the web; empty stays empty."""
    beside = re.fullmatch(r"(?!//)[\w./#-]*", address, flags=re.ASCII)
    if beside or link(address):
        return address
    raise MissingError(
        asked=f"documentation at {address[:60]!r}",
        hint="expected a path such as 'docs/', or an address that begins with https://",
    )


def _named(codes: Iterable[str]) -> list[str]:
    """The codes that can be names of files on every system, beside one another.

    Those of every dataset that was read are plain; Windows takes some plain ones for devices, and
    two that differ in case for one.
    """
    named: dict[str, str] = {}
    for code in codes:
        plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}", code)
        if plain and not re.fullmatch(_DEVICE, code, re.IGNORECASE):
            named.setdefault(code.casefold(), code)
    return list(named.values())


def _see_room(place: Path, *, overwrite: bool) -> None:
    """See that nothing in the directory is in the way, before anything is written."""
    if not overwrite:
        for name in ("index.html", _REPORTS):
            if os.path.lexists(place / name):
                raise WriteError(
                    path=str(place / name),
                    problem="exists already",
                    hint="pass overwrite=True (or --overwrite) to replace it",
                    errno=errno.EEXIST,
                )
