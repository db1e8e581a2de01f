"""Shares recorded without their base: the row says which base is assumed.

An indicator names its base (GDP, industry above designated size). Where the recorded name has none,
the figure belongs to the indicator with the usual base, which a reader must see.
"""

from __future__ import annotations

import re

from importer.ledger import Cells, Research
from importer.remarks import note

# The ends of indicator codes, their base, the words that name it, and those that name a wider one.
BASES = (
    ("gdp_share|strategic_emerging_value_added_share", "GDP", "GDP|生产总值", "$^"),
    (
        "industry_share|output_share|enterprises_with_rd_share|with_rd_institution_share",
        "industry above designated size",
        "规上|规模以上|規上|規模以上|above",
        "工业|工業|industr",
    ),
    ("^basic_research_share", "R&D expenditure", "研发|R&D|研究与试验发展", "$^"),
    ("rd_revenue_share", "revenue", "营收|收入|income|revenue", "$^"),
)
# What follows the word for "of": what stands before it belongs to the numerator. 占比 is only "share".
OF = re.compile("占(?![比め])(.+)")
SAYS_BASE = re.compile(
    "read as|prints the base|above scale|of industrial|over the output|denominator: "
)
NOT_PRINTED = re.compile("(?:base|denominator) not (?:printed|named|stated)(?: in the text read)?")


def note_unprinted_bases(research: Research) -> None:
    """Say of every share whose name has no base or a wider one which is assumed, unless its notes do."""
    for table in ("targets", "outcomes"):
        for row in research.tables[table]:
            remark = unprinted_base(row)
            if not remark or SAYS_BASE.search(row["notes"]):
                continue
            if NOT_PRINTED.search(row["notes"]):
                assumed = remark[remark.index(", read as") :]
                row["notes"] = NOT_PRINTED.sub(rf"\g<0>{assumed}", row["notes"])
            else:
                note(row, remark)


def unprinted_base(row: Cells) -> str:
    """Return the remark on the base that is assumed for a share, if its recorded name has another."""
    named = row["indicator_as_named"]
    for codes, base, words, wider in BASES:
        if re.search(f"({codes})$", row["indicator"]) and row["form"] in {"level", "increment"}:
            named_base = of[1] if (of := OF.search(named)) else named
            if not named or re.search(words, named_base):
                return ""
            recorded = "base of the share not recorded"
            if re.search(wider, named_base):
                recorded = "the recorded name has industry as the base of the share"
            return f"{recorded}, read as {base}"
    return ""
