"""The regions at a glance: how many targets of each came to which verdict.

It is what the page says without its script, and beside the map for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..analysis.scorecard import Scorecard
from ..codelists import RegionKind, Verdict
from ..dataset.dataset import Dataset
from ..plots.tilegrid import TILES
from ..records import Region
from .rows import region_name
from .words import Both

__all__ = ["Glance", "glances"]

_NORTH = min(tile.row for tile in TILES.values())
_WEST = min(tile.column for tile in TILES.values())


class Glance(NamedTuple):
    """One region: its names, its counts by verdict, and where it stands on the map."""

    code: str
    letters: str
    name: Both
    kind: RegionKind
    counts: Mapping[Verdict, int]
    total: int
    row: int  # 0 where it is no province of the map
    column: int
    page: str  # the address of its report; empty where there is none


def glances(
    plans: Dataset[Any, Any, Any, Any], card: Scorecard, pages: Mapping[str, str]
) -> list[Glance]:
    """The regions of the map and those that have targets: the nation, provinces, then cities."""
    by_region = card.by("region")
    kinds = list(RegionKind)
    shown = [each for each in plans.regions if each.code in by_region or each.code in TILES]
    ordered = sorted(shown, key=lambda each: (kinds.index(each.kind), each.code))
    return [_glance(each, by_region.get(each.code), pages) for each in ordered]


def _glance(region: Region, card: Scorecard | None, pages: Mapping[str, str]) -> Glance:
    counts = card.counts() if card else dict.fromkeys(Verdict, 0)
    tile = TILES.get(region.code)
    return Glance(
        code=region.code,
        letters=tile.letters(region.code) if tile else "",
        name=region_name(region),
        kind=region.kind,
        counts=counts,
        total=sum(counts.values()),
        row=tile.row - _NORTH + 1 if tile else 0,
        column=tile.column - _WEST + 1 if tile else 0,
        page=pages.get(region.code, ""),
    )
