"""Shares recorded without their base: the row says which base is assumed.

An indicator names its base (GDP, industry above designated size). Where the recorded name has none,
the figure belongs to the indicator with the usual base, which a reader must see.
"""

from __future__ import annotations

import re

from importer.ledger import Cells, Research

# The ends of indicator codes, their base, and the words that name it.
BASES = (
    ("gdp_share|strategic_emerging_value_added_share", "GDP", "GDP|生产总值"),
    (
        "industry_share|output_share|enterprises_with_rd_share|with_rd_institution_share",
        "industry above designated size",
        "规上|规模以上|工业|工業|industr|above",
    ),
)
SAYS_BASE = re.compile("base|denominator|above scale|of industrial")


def note_unprinted_bases(research: Research) -> None:
    """Add a note to every share whose name has no base and whose notes do not say it."""
    for table in ("targets", "outcomes"):
        for row in research.tables[table]:
            base = unprinted_base(row)
            if base and not SAYS_BASE.search(row["notes"]):
                note = f"base of the share not recorded, read as {base}"
                row["notes"] = "; ".join(filter(None, (row["notes"], note)))


def unprinted_base(row: Cells) -> str:
    """Return the base that is assumed for a share, if its recorded name has none."""
    named = row["indicator_as_named"]
    for codes, base, words in BASES:
        if re.search(f"({codes})$", row["indicator"]) and row["form"] in {"level", "increment"}:
            return "" if not named or re.search(words, named) else base
    return ""
