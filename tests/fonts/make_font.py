"""Make the font of the tests from Noto Sans CJK; see README.md in this directory.

Usage: ``python tests/fonts/make_font.py NotoSansCJK-Regular.ttc``

The tests do not run this program.
"""

from __future__ import annotations

import sys
from pathlib import Path

FAMILY = "Innovation Plans Test CJK"
TARGET = Path(__file__).with_name("InnovationPlansTestCJK.otf")
SOURCE_FAMILY = "Noto Sans CJK SC"
BLANK, GETA = 0x3000, 0x3013  # an ideographic space, and the mark that stands for any character
# The blocks of Chinese characters and of their punctuation, first and last code point.
BLOCKS = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))


def make(collection: Path) -> None:
    """Write the font: two glyphs of the source, and a table that gives one to every character."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTCollection, newTable
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    fonts = TTCollection(collection).fonts
    font = next(font for font in fonts if font["name"].getDebugName(1) == SOURCE_FAMILY)
    options = Options(
        layout_features=[], hinting=False, name_IDs=[0, 1, 2, 13, 14], notdef_outline=True
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[BLANK, GETA])
    subsetter.subset(font)

    glyphs = font.getBestCmap()
    # Format 13 needs 12 bytes for a whole block whose characters share one glyph.
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.length, table.nGroups = 13, 0, 0, 0
    table.cmap = {
        code: glyphs[GETA] for first, last in BLOCKS for code in range(first, last + 1)
    } | {BLANK: glyphs[BLANK]}
    font["cmap"] = newTable("cmap")
    font["cmap"].tableVersion, font["cmap"].tables = 0, [table]

    names = {1: FAMILY, 2: "Regular", 4: FAMILY, 6: FAMILY.replace(" ", "")}
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [names[6]]
    top = font["CFF "].cff.topDictIndex[0]
    top.FamilyName = top.FullName = FAMILY
    font["head"].modified = font["head"].created  # the same bytes whenever it is made
    font.recalcTimestamp = False
    font.save(TARGET)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
