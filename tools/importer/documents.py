"""Plans and work reports that are known to exist, and how much of each was read.

Every plan of the data is one; ``tools/research/documents.csv`` lists those that have no figure yet.
A work report of the first year of a period has a part on the whole period, so it is a document of
both, also if that part has no figure of the data.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from importer.ledger import CURATED, Cells, read
from innovation_plans.records.reference import years_of

# Collections of complete work reports; of every other text only a part was read.
_WHOLE = re.compile("-gwr-202[56](-2)?$")
_PERIOD_BEGUN_IN = {
    f"annual-{years[0]}": period
    for period in ("13th", "14th", "15th")
    if (years := years_of(period))
}
OF_THE_DRAFT = "the part on the period has the goals of the draft outline, {draft}"
_ON_THE_PERIOD = {
    "whole": "no figure of the indicators here was found in the part on the period",
    "part": "the part on the period was not read",
}


def documents(tables: Mapping[str, list[Cells]]) -> Iterator[Cells]:
    """Yield the documents: the plans with their best source, and the listed ones."""
    sources = {row["code"]: row for row in tables["sources"]}
    cited: dict[str, set[str]] = defaultdict(set)
    for row in (*tables["targets"], *tables["goals"]):
        cited[row["plan"]].add(row["source"])
    known = {plan["code"] for plan in tables["plans"]}
    for plan in tables["plans"]:
        texts = [sources[code] for code in cited[plan["code"]]]
        best = min(texts, key=lambda text: (not _is_whole(text), text["tier"], text["code"]))
        # A plan that is not a report is in the report in part.
        extent = "whole" if _is_whole(best) and plan["kind"] == "gwr" else "part"
        facts = {name: plan[name] for name in ("code", "region", "period")}
        yield {**facts, "plan": plan["code"], "extent": extent, "source": best["code"]}
        if further := _of_whole_period(plan, known):
            draft = f"{further['code'].removesuffix('gwr')}outline-draft"
            is_of_draft = best["code"] in cited[draft]
            notes = OF_THE_DRAFT.format(draft=draft) if is_of_draft else _ON_THE_PERIOD[extent]
            yield {**further, "extent": extent, "source": best["code"], "notes": notes}
    by_address = {row["url"]: row["code"] for row in tables["sources"]}
    for row in read(CURATED / "documents.csv"):
        if row["code"] in known:
            raise SystemExit(f"documents.csv lists {row['code']!r}, which is a plan now")
        yield {**row, **_extent(row["url"], by_address)}


def _of_whole_period(plan: Cells, known: set[str]) -> Cells:
    """Return the document of the five-year period that a work report of its first year is."""
    period = _PERIOD_BEGUN_IN.get(plan["period"], "")
    code = f"{plan['region']}-{period[:2]}-gwr"
    if plan["kind"] != "gwr" or not period or code in known:
        return {}
    titles = {name: plan[name] for name in ("title_zh", "title_en")}
    return {
        "code": code,
        "region": plan["region"],
        "period": period,
        "date": plan["issued"],
        **titles,
    }


def _is_whole(source: Mapping[str, Any]) -> bool:
    is_official = source["rendition"] in {"original", "official_copy"}
    return is_official and _WHOLE.search(source["code"]) is not None


def _extent(address: str, sources: Mapping[str, str]) -> Cells:
    """Return what was read of a listed document: a part, if its text is a source of outcomes."""
    if source := sources.get(address):
        return {"extent": "part", "source": source, "url": ""}
    return {"extent": "unread"}
