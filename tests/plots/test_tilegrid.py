"""The positions of provinces on the map."""

from __future__ import annotations

import pytest

import innovation_plans as ip
from innovation_plans.plots.tilegrid import TILES


def test_the_tile_grid_is_the_31_provinces_of_the_data(plans: ip.Dataset) -> None:
    assert set(TILES) == {each.code for each in plans.regions.where(kind="province")}
    assert len({(tile.column, tile.row) for tile in TILES.values()}) == len(TILES) == 31


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CN-HL", "CN-JL"),
        ("CN-GD", "CN-GX"),
        ("CN-BJ", "CN-HE"),
        ("CN-XJ", "CN-XZ"),
        ("CN-JS", "CN-ZJ"),
    ],
)
def test_neighbouring_provinces_have_neighbouring_tiles(one: str, other: str) -> None:
    left, right = TILES[one], TILES[other]
    assert abs(left.column - right.column) + abs(left.row - right.row) == 1
