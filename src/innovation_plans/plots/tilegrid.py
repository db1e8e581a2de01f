"""The tile-grid map: the position of each province, as one square, without borders.

Neighbours on the map are neighbouring provinces as far as squares allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# The 31 provinces, autonomous regions and municipalities of the mainland, by ISO 3166-2 code.
_GRID = """
.   .   .   .   .   .   HL
.   .   .   NM  BJ  LN  JL
XJ  GS  NX  SX  HE  TJ  .
XZ  QH  SN  HA  SD  .   .
.   SC  CQ  HB  AH  JS  SH
.   YN  GZ  HN  JX  ZJ  .
.   .   .   GX  GD  FJ  .
.   .   .   HI  .   .   .
"""


class Tile(NamedTuple):
    """Column from the west, and row from the north."""

    column: int
    row: int


TILES: Mapping[str, Tile] = {
    f"CN-{name}": Tile(column, row)
    for row, line in enumerate(_GRID.strip().splitlines())
    for column, name in enumerate(line.split())
    if name != "."
}
COLUMNS = 1 + max(tile.column for tile in TILES.values())
ROWS = 1 + max(tile.row for tile in TILES.values())
