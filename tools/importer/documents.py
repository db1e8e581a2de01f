"""Plans and work reports that are known to exist, and how much of each was read.

Every plan of the data is one; ``tools/research/documents.csv`` lists those that have no figure yet.
A work report of the first year of a period has a part on the whole period, so it is a document of
both, also if one of the two has no figure of the data.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from importer.further_texts import OF_OTHER
from importer.ledger import CURATED, Cells, read
from innovation_plans.records.reference import years_of

# Collections of complete work reports; of every other text only a part was read.
_WHOLE = re.compile("-gwr-202[56](-2)?$")
# The period that begins in a year, and the year in which a period begins.
_PERIOD_BEGUN_IN = {
    f"annual-{years[0]}": period
    for period in ("13th", "14th", "15th")
    if (years := years_of(period))
}
_OTHER_PERIOD = {**_PERIOD_BEGUN_IN, **{five: year for year, five in _PERIOD_BEGUN_IN.items()}}
OF_THE_DRAFT = "the part on the period has the goals of the draft outline, {draft}"
ADDRESS_ONLY = "Second text with the same figure (address only)"
_ON_THE_PERIOD = {
    "whole": "no figure of the indicators here was found in the part on the period",
    "part": "the part on the period was not read",
}
_ON_THE_YEAR = "the part on the year was not read"


def documents(tables: Mapping[str, list[Cells]]) -> Iterator[Cells]:
    """Yield the documents: the plans with their best source, and the listed ones."""
    sources = {row["code"]: row for row in tables["sources"]}
    cited: dict[str, set[str]] = defaultdict(set)
    for row in (*tables["targets"], *tables["goals"]):
        cited[row["plan"]].add(row["source"])
    further_texts = _further_texts(tables)
    known = {plan["code"] for plan in tables["plans"]}
    listed = {row["code"]: row for row in read(CURATED / "documents.csv")}
    if known & set(listed):
        raise SystemExit(f"documents.csv lists plans: {sorted(known & set(listed))}")
    known |= set(listed)
    for plan in tables["plans"]:
        quoted = cited[plan["code"]]
        texts = [sources[code] for code in quoted | further_texts[plan["code"]]]
        best = min(texts, key=lambda text: _rank(text, quoted))
        # A plan that is not a report is in the report in part.
        extent = "whole" if _is_whole(best) and plan["kind"] == "gwr" else "part"
        facts = {name: plan[name] for name in ("code", "region", "period")}
        yield {**facts, "plan": plan["code"], "extent": extent, "source": best["code"]}
        if further := _of_other_period(plan, known):
            draft = f"{further['code'].removesuffix('gwr')}outline-draft"
            is_of_draft = best["code"] in cited[draft]
            notes = OF_THE_DRAFT.format(draft=draft) if is_of_draft else _ON_THE_PERIOD[extent]
            if plan["period"] not in _PERIOD_BEGUN_IN:
                notes = _ON_THE_YEAR
            yield {**further, "extent": extent, "source": best["code"], "notes": notes}
    by_address = {row["url"]: row["code"] for row in tables["sources"]}
    for row in listed.values():
        document = {**row, **_extent(row["url"], by_address)}
        yield document
        if other := _of_other_period({**row, "issued": row["date"]}, known):
            yield {**document, **other}


def _further_texts(tables: Mapping[str, list[Cells]]) -> dict[str, set[str]]:
    """Return the further texts of each plan that were read and are not of another document."""
    titles = {row["code"]: row["title"] for row in tables["sources"]}
    texts: dict[str, set[str]] = defaultdict(set)
    for row in tables["corroborations"]:
        if titles[row["source"]] != ADDRESS_ONLY and not OF_OTHER.search(row["notes"]):
            texts[row["target"].partition("/")[0]].add(row["source"])
    return texts


def _rank(text: Cells, quoted: Collection[str]) -> tuple[bool, str, bool, str]:
    """Return how good a text of a plan is: the least is the best."""
    return not _is_whole(text), text["tier"], text["code"] not in quoted, text["code"]


def _of_other_period(plan: Cells, known: set[str]) -> Cells:
    """Return the document of the five-year period that a work report of its first year is, or of the year."""
    period = _OTHER_PERIOD.get(plan["period"], "")
    code = f"{plan['region']}-{short_code_of(period)}-gwr"
    own_code = f"{plan['region']}-{short_code_of(plan['period'])}-gwr"
    if plan["code"] != own_code or not period or code in known:
        return {}
    titles = {name: plan[name] for name in ("title_zh", "title_en")}
    return {
        "code": code,
        "region": plan["region"],
        "period": period,
        "date": plan["issued"],
        **titles,
    }


def short_code_of(period: str) -> str:
    """Return a period as the codes of its plans have it: 14 of 14th, 2021 of annual-2021."""
    return period.removeprefix("annual-").removesuffix("th")


def _is_whole(source: Mapping[str, Any]) -> bool:
    is_official = source["rendition"] in {"original", "official_copy"}
    return is_official and _WHOLE.search(source["code"]) is not None


def _extent(address: str, sources: Mapping[str, str]) -> Cells:
    """Return what was read of a listed document: a part, if its text is a source of outcomes."""
    if source := sources.get(address):
        return {"extent": "part", "source": source, "url": ""}
    return {"extent": "unread"}
