"""The whole dataset as the page's script reads it: small, and harmless inside a page.

Names, periods, caveats and sources are written once and pointed to by place.
"""

from __future__ import annotations

import json
from typing import Any

from ..analysis.scorecard import Scorecard
from ..dataset.dataset import Dataset
from ..plots.style import VERDICTS
from ..records import Target
from .rows import Input, Row, Rows, verdict_said
from .sources import Bibliography, Place

__all__ = ["embedded", "gathered"]

# What JSON leaves as it is and a page, or an old script, would read as markup or a line's end.
_ESCAPES = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


class _Shelf:
    """Distinct things in the order met, each told by its place."""

    def __init__(self) -> None:
        self._places: dict[tuple[Any, ...], int] = {}

    def place(self, *parts: Any) -> int:
        return self._places.setdefault(parts, len(self._places))

    def listed(self) -> list[list[Any]]:
        return [list(parts) for parts in self._places]


def gathered(plans: Dataset[Any, Any, Any, Any], card: Scorecard) -> dict[str, Any]:
    """Every target with its verdict, as lists for JSON."""
    sources = Bibliography()
    shelves = {name: _Shelf() for name in ("regions", "indicators", "periods", "plans", "texts")}
    targets = {each.key: each for each in plans.targets}
    made = Rows(plans, sources).of(card)  # which numbers the sources
    rows = [_row(row, targets[row.key], shelves) for row in made]
    data: dict[str, Any] = {name: shelf.listed() for name, shelf in shelves.items()}
    data |= {
        "verdicts": [
            [verdict, *verdict_said(verdict), look.glyph] for verdict, look in VERDICTS.items()
        ],
        "sources": [
            [each.title, each.tongue, each.publisher, each.date, each.tier, each.link, each.address]
            for each in sources.listed()
        ],
        "targets": rows,
    }
    return data


def embedded(data: Any) -> str:
    r"""JSON that no page takes for markup: what could end the script is escaped.

    Examples
    --------
    >>> embedded("</script><!-- & ]]>")
    '"\\u003c/script\\u003e\\u003c!-- \\u0026 ]]\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _row(row: Row, target: Target, shelves: dict[str, _Shelf]) -> list[Any]:
    """One target as a list, in the order in which ``explorer.js`` names its parts."""
    region, indicator = target.region, target.indicator
    texts = shelves["texts"]
    return [
        shelves["regions"].place(region.code, *row.region, str(region.kind)),
        shelves["indicators"].place(indicator.code, *row.indicator),
        shelves["periods"].place(row.period_code, *row.period, row.period_key.number),
        list(row.stated),
        list(row.stated_key),
        row.by,
        list(row.outcome) if row.outcome else None,
        list(row.outcome_key),
        row.year,
        list(row.gap) if row.gap else None,
        list(row.gap_key),
        int(row.verdict_key.number),
        texts.place(*row.reason) if row.reason else None,
        row.tiers,
        list(row.sentences),
        [texts.place(*each) for each in row.caveats],
        [_input(each, texts) for each in row.inputs],
        shelves["plans"].place(*row.plan),
        _place(row.place),
        row.key,
    ]


def _input(each: Input, texts: _Shelf) -> list[Any]:
    what = texts.place(*each.what) if each.what else None
    return [what, list(each.figure), each.span, each.vintage, _place(each.place)]


def _place(place: Place | None) -> list[Any] | None:
    return None if place is None else [place.number - 1, place.locator, place.as_stated]
