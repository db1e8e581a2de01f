"""The tile-grid map: the position of each province, as one square, without borders.

Neighbours on the map are neighbouring provinces as far as squares allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["COLUMNS", "ROWS", "TILES", "Tile"]


class Tile(NamedTuple):
    """Column from the west, row from the north, and the short name in Chinese."""

    column: int
    row: int
    short_zh: str

    def label(self, code: str, lang: str) -> str:
        """Return the short name in a language, or the two letters of the code if there is none."""
        return str(getattr(self, f"short_{lang}", "")) or self.letters(code)

    def letters(self, code: str) -> str:
        """Return the two letters of the code of a province."""
        return code.partition("-")[2]


# The 31 provinces, autonomous regions and municipalities of the mainland, by ISO 3166-2 code.
TILES: Mapping[str, Tile] = {
    "CN-HL": Tile(7, 0, "黑龙江"),
    "CN-NM": Tile(4, 1, "内蒙古"),
    "CN-BJ": Tile(5, 1, "北京"),
    "CN-LN": Tile(6, 1, "辽宁"),
    "CN-JL": Tile(7, 1, "吉林"),
    "CN-XJ": Tile(1, 2, "新疆"),
    "CN-GS": Tile(2, 2, "甘肃"),
    "CN-NX": Tile(3, 2, "宁夏"),
    "CN-SX": Tile(4, 2, "山西"),
    "CN-HE": Tile(5, 2, "河北"),
    "CN-TJ": Tile(6, 2, "天津"),
    "CN-XZ": Tile(1, 3, "西藏"),
    "CN-QH": Tile(2, 3, "青海"),
    "CN-SN": Tile(3, 3, "陕西"),
    "CN-HA": Tile(4, 3, "河南"),
    "CN-SD": Tile(5, 3, "山东"),
    "CN-SC": Tile(2, 4, "四川"),
    "CN-CQ": Tile(3, 4, "重庆"),
    "CN-HB": Tile(4, 4, "湖北"),
    "CN-AH": Tile(5, 4, "安徽"),
    "CN-JS": Tile(6, 4, "江苏"),
    "CN-SH": Tile(7, 4, "上海"),
    "CN-YN": Tile(2, 5, "云南"),
    "CN-GZ": Tile(3, 5, "贵州"),
    "CN-HN": Tile(4, 5, "湖南"),
    "CN-JX": Tile(5, 5, "江西"),
    "CN-ZJ": Tile(6, 5, "浙江"),
    "CN-GX": Tile(4, 6, "广西"),
    "CN-GD": Tile(5, 6, "广东"),
    "CN-FJ": Tile(6, 6, "福建"),
    "CN-HI": Tile(4, 7, "海南"),
}
COLUMNS = 1 + max(tile.column for tile in TILES.values())
ROWS = 1 + max(tile.row for tile in TILES.values())
