"""The tile-grid map: the position of each province, as one square, without borders.

Neighbours on the map are neighbouring provinces as far as squares allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Tile(NamedTuple):
    """Column from the west, row from the north, and the short name in both languages."""

    column: int
    row: int
    short_en: str
    short_zh: str

    def label(self, lang: str) -> str:
        """Return the short name in a language; in English if there is none."""
        return str(getattr(self, f"short_{lang}", self.short_en))


def letters(code: str) -> str:
    """Return the two letters of the code of a province.

    Examples
    --------
    >>> letters("CN-GD")
    'GD'
    """
    return code.partition("-")[2]


# The 31 provinces, autonomous regions and municipalities of the mainland, by ISO 3166-2 code.
TILES: Mapping[str, Tile] = {
    "CN-HL": Tile(7, 0, "Heilongjiang", "黑龙江"),
    "CN-NM": Tile(4, 1, "Inner Mongolia", "内蒙古"),
    "CN-BJ": Tile(5, 1, "Beijing", "北京"),
    "CN-LN": Tile(6, 1, "Liaoning", "辽宁"),
    "CN-JL": Tile(7, 1, "Jilin", "吉林"),
    "CN-XJ": Tile(1, 2, "Xinjiang", "新疆"),
    "CN-GS": Tile(2, 2, "Gansu", "甘肃"),
    "CN-NX": Tile(3, 2, "Ningxia", "宁夏"),
    "CN-SX": Tile(4, 2, "Shanxi", "山西"),
    "CN-HE": Tile(5, 2, "Hebei", "河北"),
    "CN-TJ": Tile(6, 2, "Tianjin", "天津"),
    "CN-XZ": Tile(1, 3, "Tibet", "西藏"),
    "CN-QH": Tile(2, 3, "Qinghai", "青海"),
    "CN-SN": Tile(3, 3, "Shaanxi", "陕西"),
    "CN-HA": Tile(4, 3, "Henan", "河南"),
    "CN-SD": Tile(5, 3, "Shandong", "山东"),
    "CN-SC": Tile(2, 4, "Sichuan", "四川"),
    "CN-CQ": Tile(3, 4, "Chongqing", "重庆"),
    "CN-HB": Tile(4, 4, "Hubei", "湖北"),
    "CN-AH": Tile(5, 4, "Anhui", "安徽"),
    "CN-JS": Tile(6, 4, "Jiangsu", "江苏"),
    "CN-SH": Tile(7, 4, "Shanghai", "上海"),
    "CN-YN": Tile(2, 5, "Yunnan", "云南"),
    "CN-GZ": Tile(3, 5, "Guizhou", "贵州"),
    "CN-HN": Tile(4, 5, "Hunan", "湖南"),
    "CN-JX": Tile(5, 5, "Jiangxi", "江西"),
    "CN-ZJ": Tile(6, 5, "Zhejiang", "浙江"),
    "CN-GX": Tile(4, 6, "Guangxi", "广西"),
    "CN-GD": Tile(5, 6, "Guangdong", "广东"),
    "CN-FJ": Tile(6, 6, "Fujian", "福建"),
    "CN-HI": Tile(4, 7, "Hainan", "海南"),
}
COLUMNS = 1 + max(tile.column for tile in TILES.values())
ROWS = 1 + max(tile.row for tile in TILES.values())
