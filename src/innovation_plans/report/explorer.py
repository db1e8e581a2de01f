"""The explorer: the whole dataset as one page with a map, a scorecard and a search.

The page is one file: it opens from a disk without a server, and a copy of it is complete. It contains
the data as JSON, in which names, periods, caveats and sources are written once and referred to by
their index.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple

from ..analysis.scorecard import Scorecard, scorecard
from ..codelists import RegionKind, Verdict
from ..dataset.dataset import Dataset
from ..dataset.sequence import followed
from ..errors import MissingError, expanded, expect, flag, name_attributes
from ..io.formats import needed
from ..io.save import WriteError, filling
from ..plots.style import VERDICTS
from ..plots.tilegrid import TILES, Tile
from ..text.messages import Language, language
from .content import page_of_regions, shared_content
from .page import rendered
from .rows import InputRow, TargetRow, other_names, region_name, target_rows
from .sources import Bibliography, ListedSource, SourceLink, language_tag, web_address
from .words import Translated, coded, counted, message, messages

__all__ = ["html", "write"]
name_attributes(__name__)

Plans = Dataset[Any, Any, Any, Any]

_COLUMNS = (
    "region", "indicator", "period", "stated", "by", "outcome", "year", "gap", "verdict", "tier",
)  # fmt: skip
_MESSAGES_OF_SCRIPT = ("caveats", "inputs", "plan", "source", "key", "tier_note")
_REPORTS = "reports"
_DEVICE = r"con|prn|aux|nul|com[0-9]|lpt[0-9]"  # names that Windows reserves
# Characters that JSON allows and that HTML, or JavaScript before 2019, reads as markup or line end.
_ESCAPES = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


class _RegionSummary(NamedTuple):
    """One region: its name, its number of targets by verdict, and its place on the map."""

    code: str
    name: Translated
    counts: Mapping[Verdict, int]
    tile: Tile | None
    page: str  # the address of its report, or an empty text


def html(
    plans: Dataset[Any, Any, Any, Any],
    *,
    lang: str = "en",
    docs_link: str = "",
    pages: Mapping[str, str] | None = None,
) -> str:
    """Return the page of the whole dataset, in every language.

    Parameters
    ----------
    plans
        The dataset with targets and observations.
    lang
        The language that is shown first, ``"en"`` or ``"zh"``; a switch shows the others.
    docs_link
        Address of the documentation, relative or on the web; no link if empty.
    pages
        The address of the report of each region, by its code or name.

    Raises
    ------
    MissingError
        If there are no messages in the language, or `docs_link` is not an address.
    MissingExtraError
        If jinja2 is not installed.
    """
    pages = {} if pages is None else pages
    expect("pages", pages, "items", "a mapping from codes of regions to addresses")
    card = scorecard(plans)
    by_code = {plans.region(code).code: _checked(page, "pages") for code, page in pages.items()}
    return _page(plans, card, language(lang), _checked(docs_link), by_code)


def write(
    plans: Dataset[Any, Any, Any, Any],
    directory: str | PathLike[str],
    *,
    lang: str = "en",
    overwrite: bool = False,
    reports: bool = False,
    progress: Callable[[Sequence[str]], Iterable[str]] = iter,
    docs_link: str = "",
) -> Path:
    """Write ``index.html`` to a directory and return its path; after an error, nothing is written.

    Parameters
    ----------
    plans, lang, docs_link
        As in :func:`html`.
    directory
        Is created if it does not exist; other files in it are kept.
    overwrite
        Whether an existing page may be replaced.
    reports
        Whether the report of each region with targets is written too, in ``reports/``.
    progress
        Iterates over the codes of these regions and shows a progress bar, such as
        ``rich.progress.track``.

    Raises
    ------
    WriteError
        If a page exists, or cannot be written.
    MissingError, MissingExtraError
        As :func:`html`.
    """
    overwrite, reports = flag("overwrite", overwrite), flag("reports", reports)
    first, target, address = (
        language(lang),
        Path(expanded(directory, "directory")),
        _checked(docs_link),
    )
    index = target / "index.html"
    if not overwrite:
        _check_free(target)
    card = scorecard(plans)
    codes = _file_names(card.group_by("region")) if reports else []
    pages = {code: f"{_REPORTS}/{code}.html" for code in codes}
    text = _page(plans, card, first, address, pages)
    with filling(target, overwrite=overwrite) as temporary:
        if codes:
            (temporary / _REPORTS).mkdir()
        for code in followed(progress, codes):
            report = page_of_regions(plans, [plans.regions[code]]).html(first)
            (temporary / pages[code]).write_text(report, encoding="utf-8", newline="\n")
        (temporary / index.name).write_text(text, encoding="utf-8", newline="\n")
    return index


def _page(
    plans: Plans, card: Scorecard, lang: Language, docs_link: str, pages: Mapping[str, str]
) -> str:
    data = _data(plans, card)
    title = message("explorer.title")
    lead = message(
        "explorer.lead",
        targets=counted("target", len(card)),
        regions=counted("region", len(data["regions"])),
        sources=counted("source", len(data["sources"])),
        edition=plans.edition or "–",
    )
    content = {
        **shared_content(plans, card, title),
        **_choices(data),
        "w": messages("explorer"),
        "subject": "",
        "lead": lead,
        "docs_link": docs_link,
        "columns": _COLUMNS,
        "words": _MESSAGES_OF_SCRIPT,
        "summaries": _summaries(plans, card, pages),
        "pages": pages,
        "data": needed("markupsafe", "report").Markup(embedded(data)),
    }
    return rendered("explorer", content, lang=lang, title=title)


def _choices(data: Mapping[str, Any]) -> dict[str, list[tuple[str, Translated]]]:
    """Return the options of each filter: periods by time, indicators by their first name."""
    periods = sorted(data["periods"], key=lambda entry: (entry[-1], entry[0]))
    tables = {name: data[name] for name in ("regions", "indicators", "verdicts")}
    count = len(message("language.tag"))
    choices = {
        name: [(entry[0], Translated(entry[1 : 1 + count])) for entry in entries]
        for name, entries in (tables | {"periods": periods}).items()
    }
    choices["indicators"].sort(key=lambda choice: choice[1][0].casefold())
    return choices


def _checked(address: str, parameter: str = "docs_link") -> str:
    """Return an address that is relative, on the web or empty.

    Raises
    ------
    MissingError
        If it is none of these.
    """
    expect(parameter, address, "casefold", "an address")
    relative = re.fullmatch(r"(?!//)[\w./#-]*", address, flags=re.ASCII)
    if relative or web_address(address):
        return address
    raise MissingError(
        asked=f"address {address[:60]!r} for {parameter}",
        hint="expected a path such as 'docs/', or an address that begins with https://",
    )


def _file_names(codes: Iterable[str]) -> list[str]:
    """Return the codes that can be names of files in one directory on every system.

    Windows reserves some plain names for devices, and does not distinguish upper and lower case.
    """
    names: dict[str, str] = {}
    for code in codes:
        plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,59}", code)
        if plain and not re.fullmatch(_DEVICE, code, re.IGNORECASE):
            names.setdefault(code.casefold(), code)
    return list(names.values())


def _check_free(directory: Path) -> None:
    """Raise an error if a file that is to be written exists."""
    for name in ("index.html", _REPORTS):
        if os.path.lexists(directory / name):
            raise WriteError(
                path=str(directory / name),
                problem="it exists",
                hint="pass overwrite=True (or --overwrite) to replace it",
                errno=errno.EEXIST,
            )


def _summaries(plans: Plans, card: Scorecard, pages: Mapping[str, str]) -> list[_RegionSummary]:
    """Return the regions of the map and those with targets: nation, provinces, then cities."""
    by_region = card.group_by("region")
    kinds = list(RegionKind)
    shown = [region for region in plans.regions if region.code in by_region or region.code in TILES]
    ordered = sorted(shown, key=lambda region: (kinds.index(region.kind), region.code))
    none = dict.fromkeys(Verdict, 0)
    return [
        _RegionSummary(
            code=region.code,
            name=region_name(region),
            counts=by_region[region.code].counts() if region.code in by_region else none,
            tile=TILES.get(region.code),
            page=pages.get(region.code, ""),
        )
        for region in ordered
    ]


class _Entries:
    """Different entries in the order in which they are added; each is referred to by its index."""

    def __init__(self) -> None:
        self._indices: dict[tuple[Any, ...], int] = {}

    def index(self, *parts: Any) -> int:
        return self._indices.setdefault(parts, len(self._indices))

    def listed(self) -> list[list[Any]]:
        return [list(parts) for parts in self._indices]


def _data(plans: Plans, card: Scorecard) -> dict[str, Any]:
    """Return every target with its verdict, as lists for JSON."""
    sources = Bibliography()
    names = ("regions", "indicators", "periods", "plans", "texts")
    tables = {name: _Entries() for name in names}
    rows = [_target(row, tables) for row in target_rows(plans, card, sources)]
    return {
        **{name: table.listed() for name, table in tables.items()},
        "verdicts": [[verdict, *coded(verdict), look.glyph] for verdict, look in VERDICTS.items()],
        "sources": [_source(source) for source in sources.listed()],
        "targets": rows,
    }


def _target(row: TargetRow, tables: dict[str, _Entries]) -> list[Any]:
    """Return one target as a list, in the order of ``FIELDS`` in ``explorer.js``."""
    target = row.target
    region, indicator = target.region, target.indicator
    texts = tables["texts"]
    return [
        tables["regions"].index(region.code, *row.region, other_names(region)),
        tables["indicators"].index(indicator.code, *row.indicator, other_names(indicator)),
        tables["periods"].index(target.period, *row.period, row.period_key.number),
        list(row.stated),
        list(row.stated_key),
        target.end_year,
        list(row.outcome) if row.outcome else None,
        list(row.outcome_key),
        list(row.outcome_years) if row.outcome_years else None,
        list(row.gap) if row.gap else None,
        list(row.gap_key),
        int(row.verdict_key.number),
        [texts.index(*note) for note in row.notes],
        row.tiers,
        list(row.sentences),
        [texts.index(*caveat) for caveat in row.caveats],
        [_input(record) for record in row.inputs],
        tables["plans"].index(*row.plan),
        _citation(row.source),
        target.key,
    ]


def _input(row: InputRow) -> list[Any]:
    return [list(row.figure), row.span, row.vintage, _citation(row.source)]


def _citation(link: SourceLink | None) -> list[Any] | None:
    if link is None:
        return None
    return [link.number - 1, link.locator, link.as_stated, language_tag(link.as_stated)]


def _source(source: ListedSource) -> list[str | Translated]:
    return [
        source.title, source.lang, source.publisher, source.date, source.tier, source.link,
        source.address,
    ]  # fmt: skip


def embedded(data: Any) -> str:
    r"""Return data as JSON in which all characters that could end a script are escaped.

    Examples
    --------
    >>> embedded("</script><!-- & ]]>")
    '"\\u003c/script\\u003e\\u003c!-- \\u0026 ]]\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)
