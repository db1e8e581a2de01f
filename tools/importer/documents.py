"""Plans and work reports that are known to exist, and how much of each was read.

Every plan of the data is one; ``tools/research/documents.csv`` lists those that have no figure yet.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from importer.ledger import CURATED, Cells, read

# Collections of complete work reports; of every other text only a part was read.
_WHOLE = re.compile("-gwr-202[56](-2)?$")


def documents(tables: Mapping[str, list[Cells]]) -> Iterator[Cells]:
    """Yield the documents: the plans with their best source, and the listed ones."""
    sources = {row["code"]: row for row in tables["sources"]}
    cited: dict[str, set[str]] = defaultdict(set)
    for row in (*tables["targets"], *tables["goals"]):
        cited[row["plan"]].add(row["source"])
    for plan in tables["plans"]:
        texts = [sources[code] for code in cited[plan["code"]]]
        best = min(texts, key=lambda text: (not _is_whole(text), text["tier"], text["code"]))
        extent = "whole" if _is_whole(best) else "part"
        facts = {name: plan[name] for name in ("code", "region", "period")}
        yield {**facts, "plan": plan["code"], "extent": extent, "source": best["code"]}
    known = {plan["code"] for plan in tables["plans"]}
    by_address = {row["url"]: row["code"] for row in tables["sources"]}
    for row in read(CURATED / "documents.csv"):
        if row["code"] in known:
            raise SystemExit(f"documents.csv lists {row['code']!r}, which is a plan now")
        yield {**row, **_extent(row["url"], by_address)}


def _is_whole(source: Mapping[str, Any]) -> bool:
    is_official = source["rendition"] in {"original", "official_copy"}
    return is_official and _WHOLE.search(source["code"]) is not None


def _extent(address: str, sources: Mapping[str, str]) -> Cells:
    """Return what was read of a listed document: a part, if its text is a source of outcomes."""
    if source := sources.get(address):
        return {"extent": "part", "source": source, "url": ""}
    return {"extent": "unread"}
