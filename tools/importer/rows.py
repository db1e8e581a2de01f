"""Convert rows of the research tables to rows of the data files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product

from importer.additions import DESCRIBED
from importer.ledger import CURATED, Cells, Research, read
from importer.remarks import (
    MADE_UP,
    SPEAKER_UNKNOWN,
    UNSIGNED,
    note,
    note_described_event,
    note_press_date,
)
from importer.renditions import Renditions

# Unit tokens of the research tables that have another name in units.txt.
UNITS = {
    "count": "item",
    "CNY_10K_per_person": "CNY_10K_per_employed_person",
    "index_points": "percent",
}
# One research indicator with two bases: heads and person-years per 10,000 employed persons.
HEADS = ("rd_personnel_per_10k_employed", "person_per_10k_employed")
HEADS_CODE = "rd_personnel_headcount_per_10k_employed"
NOT_REVISED = "latest"  # in the research tables: a series with one vintage
GROUP = {"east": "CN-EAST", "central": "CN-CENTRAL", "west": "CN-WEST"}
# Titles of documents that carry a policy out, whatever their field and whoever issued them.
CARRIES_OUT = re.compile("方案|行动计划|行动（|意见|决定|措施")
IN_BRACKETS = re.compile("^[(（].*[)）]$")  # how the research writes a title of its own
# What the research says in Chinese of a publisher, and the names of houses that remain without it.
REMARK_ON_COPY = re.compile("垃圾站|不明|转载.*|镜像站|繁体乱码|取自|政府文件副本|记者.*")
HOUSE = re.compile("[\u4e00-\u9fff]{2,}")
# How the list of better titles says that a title is none of the text as read, and how the notes do.
TITLE_REMARKS = {
    "where this one was read was not recorded": "where the title was read was not recorded",
    "and the opening": "the title was taken from the opening of the text",
    "from the opening": "the title was taken from the opening of the text",
    "the title is cut off": "the title is cut off",
}
ADDRESS_UNRECORDED = "the address was not recorded"
SAYS_DATE = re.compile("date|day of issue|year inferred|known from a report")
EXPECTED = "主要预期目标"  # the list of a work report whose goals are expected (预期性)


class DataRows:
    """The rows of the data files, made from the research tables and the curated ones."""

    def __init__(self, tables: Research) -> None:
        self._research = tables
        self._source_codes = {row["old"]: row["code"] for row in read(CURATED / "sources.csv")}
        self._plans = {
            (row["region"], row["period"], row["plan_title"], row["plan_kind"]): row
            for row in read(CURATED / "plans.csv")
        }
        self._renditions = Renditions()
        self._regions_of: dict[str, set[str]] = defaultdict(set)
        for row in (*tables.tables["outcomes"], *tables.tables["observations"]):
            self._regions_of[row["source"]].add(row["region"])
        self._plan_of: dict[tuple[str, str], str] = {}
        for (region, _, title, _), row in self._plans.items():
            self._plan_of.setdefault((region, title), row["code"])

    def regions(self) -> Iterator[Cells]:
        """Yield the regions; short codes, GB/T 2260 codes and one-character names become aliases."""
        further = {row["code"]: row["names"].split("|") for row in read(CURATED / "names.csv")}
        groups = {row["code"]: row["groups"] for row in read(CURATED / "groups.csv")}
        for row in self._research.tables["regions"]:
            own = further.get(row["code"], ())
            aliases = (row["short_code"], row["gb2260"], row["abbr_zh"], *own)
            members = (GROUP.get(row["rd_group"], ""), groups.get(row["code"], ""))
            yield {
                "code": row["code"],
                "kind": row["kind"],
                "name_en": row["name_en"],
                "name_zh": row["name_zh"],
                "short_zh": row["short_zh"],
                "aliases": "|".join(name for name in aliases if name and name != row["code"]),
                "parent": row["parent"],
                "groups": "|".join(filter(None, members)),
            }

    def sources(self) -> Iterator[Cells]:
        """Yield the sources with the names of their publishers, and the documents of the vintages.

        Raises
        ------
        SystemExit
            If a publisher has no name in one of the languages.
        """
        names = {row["publisher"]: row for row in read(CURATED / "publishers.csv")}
        for source in self._sources():
            yield source | names_of(source["publisher"], names)

    def _sources(self) -> Iterator[Cells]:
        """Yield the sources with readable codes and valid dates, and the documents of the vintages."""
        curated = {row["old"]: row for row in read(CURATED / "sources.csv")}
        one_name = {row["written"]: row["name"] for row in read(CURATED / "offices.csv")}
        for row in self._research.tables["sources"]:
            better = curated.get(row["code"], {})
            if change := unexplained_change(row, better):
                raise SystemExit(f"sources.csv gives no reason for {change}")
            notes = [row["tier_note"]] + [better.get("note", "")] * (better.get("date", "") != "")
            source = self._renditions.graded(
                {
                    "code": better.get("code") or row["code"],
                    "title": better.get("title") or row["title"],
                    "publisher": _renamed(better.get("publisher") or row["publisher"], one_name),
                    "date": better.get("date") or row["date"],
                    "url": row["url"],
                    "tier": row["tier"],
                    "notes": "; ".join(filter(None, notes)),
                }
            )
            if is_unsigned(source):
                note(source, UNSIGNED)
            if IN_BRACKETS.search(row["title"]) and "title not" not in source["title"]:
                note(source, DESCRIBED)
            for said, remark in TITLE_REMARKS.items():
                if said in better.get("note", ""):
                    note(source, remark)
            if source["url"].startswith("urn:"):  # the number of an entry of an index
                source["url"] = ""
            if not source["url"]:
                note(source, ADDRESS_UNRECORDED)
            yield source
        yield from map(self._renditions.graded, read(CURATED / "vintage_sources.csv"))

    def plans(self) -> Iterator[Cells]:
        """Yield the plans, one row per code; stop at a date that nothing explains."""
        documented = set()
        for row in self._research.tables["targets"]:
            key = (row["region"], row["period"], row["plan_title"], row["plan_kind"])
            documented.add((row["region"], self._plans[key]["title_zh"], row["issued"]))
        sources = {row["code"]: row for row in self.sources()}
        used: dict[str, list[Cells]] = defaultdict(list)
        for row in (*self.targets(), *self.goals()):
            used[row["plan"]].append(sources[row["source"]])
        for (region, period, _, kind), row in self._plans.items():
            if row["code"] in used:
                plan = {
                    "code": row["code"],
                    "region": region,
                    "period": period,
                    "kind": kind_of(kind, row),
                    "title_zh": row["title_zh"],
                    "title_en": row["title_en"],
                    "issued": row["issued"],
                    "notes": row["note"],
                }
                texts = used.pop(row["code"])
                note_described_event(plan, texts)
                note_press_date(plan, texts)
                plan["title_made_up"] = "true" if MADE_UP.search(plan["notes"]) else ""
                if is_undocumented(plan, documented):
                    raise SystemExit(f"plans.csv gives no reason for the date of {plan['code']!r}")
                yield plan

    def errata(self) -> Iterator[Cells]:
        """Yield the errata, numbered within their source."""
        numbers: dict[str, int] = defaultdict(int)
        for row in self._research.tables["errata"]:
            numbers[row["source"]] += 1
            yield {
                "code": f"{row['source']}-erratum-{numbers[row['source']]}",
                **_picked(row, "source", "locator", "as_stated", "corrected", "reason"),
            }

    def targets(self) -> Iterator[Cells]:
        """Yield the targets; region, period and title become the code of a plan."""
        for row in self._research.tables["targets"]:
            key = (row["region"], row["period"], row["plan_title"], row["plan_kind"])
            yield {
                "plan": self._plans[key]["code"],
                **self._figure(row),
                **_picked(row, "start_year", "end_year"),
                **_picked(row, "baseline_value", "baseline_year"),
                "force": row["force"] or ("expected" if EXPECTED in row["notes"] else ""),
                "breakdown": row.get("breakdown", ""),
                "baseline_unit": self._baseline_unit(row),
                **self._cited(row),
                "notes": row["notes"],
            }

    def observations(self) -> Iterator[Cells]:
        """Yield the statistics and the reported outcomes."""
        for row in self._research.tables["observations"]:
            vintage = "" if row["vintage"] == NOT_REVISED else row["vintage"]
            yield {
                "region": row["region"],
                **self._figure({"form": "level", "comparator": "reach", **row}),
                "year": row["year"],
                "vintage": vintage,
                "status": _status(row),
                **self._reported(row),
            }
        for row in self._research.tables["outcomes"]:
            yield {
                "region": row["region"],
                **self._figure(row),
                "start_year": row["start_year"] if row["start_year"] != row["end_year"] else "",
                "year": row["end_year"],
                "vintage": row.get("vintage", ""),
                "status": row["status"],
                **self._reported(row),
            }

    def goals(self) -> Iterator[Cells]:
        """Yield the goals; the title becomes the code of a plan."""
        for row in self._research.tables["goals"]:
            title = row["plan_title_zh"]
            yield {
                "region": row["region"],
                "plan": self._plan_of[row["region"], title] if title else "",
                "kind": row["goal_kind"],
                **_picked(row, "theme", "statement", "horizon"),
                **self._cited(row),
            }

    def corroborations(self, targets_of: Mapping[tuple[str, ...], list[Cells]]) -> Iterator[Cells]:
        """Yield the further sources of a target, each with the series key of the target."""
        for row in self._research.tables["corroborations"]:
            target = self._repeated(row, targets_of)
            yield {
                "target": series_key_of(target),
                **_picked(self._figure(row), "comparator", "value", "value_high", "unit"),
                **self._cited(row),
                "notes": row["notes"],
            }

    def second_texts(self) -> dict[str, list[tuple[Cells, str]]]:
        """Return the targets of each second source with a remark, by its address; additions last."""
        texts: dict[tuple[bool, str], list[tuple[Cells, str]]] = defaultdict(list)
        first: dict[str, bool] = {}
        for row, cells in zip(self._research.tables["targets"], self.targets(), strict=True):
            if address := row["second_source"]:
                is_later = first.setdefault(address, row["origin"] != "targets")
                texts[is_later, address].append((cells, row.get("second_note", "")))
        return {address: texts[is_later, address] for is_later, address in sorted(texts)}

    def _repeated(self, row: Cells, targets_of: Mapping[tuple[str, ...], list[Cells]]) -> Cells:
        wanted = self._figure(row)
        key = (row["region"], row["period"], wanted["indicator"], wanted["form"], row["end_year"])
        candidates = targets_of.get(key, [])
        plan = self._plan_of.get((row["region"], row["plan_title"]))
        of_plan = [each for each in candidates if each["plan"] == plan]
        best = of_plan or candidates
        if not best:
            raise SystemExit(f"no target for the corroboration {row}")
        same = [each for each in best if each["value"] == wanted["value"]]
        return (same or best)[0]

    def _figure(self, row: Cells) -> Cells:
        heads = (row["indicator"], row["unit"]) == HEADS
        return {
            "indicator": HEADS_CODE if heads else row["indicator"],
            **_picked(row, "form", "comparator", "value", "value_high"),
            "unit": UNITS.get(row["unit"], row["unit"]),
            **_picked(row, "precision", "scope", "printed_name", "flags"),
        }

    def _baseline_unit(self, row: Cells) -> str:
        unit = UNITS.get(row["baseline_unit"], row["baseline_unit"])
        return "" if unit == UNITS.get(row["unit"], row["unit"]) else unit

    def _cited(self, row: Cells) -> Cells:
        source = self._source_codes.get(row["source"], row["source"])
        return {
            "source": source,
            "locator": row.get("locator", ""),
            "as_stated": row.get("as_stated", ""),
        }

    def _reported(self, row: Cells) -> Cells:
        speaker = self._speaker(row["source"])
        reported = {
            "self_reported": {"own": "true", "others": "false"}.get(speaker, ""),
            **self._cited(row),
            "notes": row["notes"],
        }
        if speaker == "unknown":
            note(reported, SPEAKER_UNKNOWN)
        return reported

    def _speaker(self, source: str) -> str:
        """Return whose statement the figures of a source are: own, others or unknown."""
        speaker = self._renditions.speaker(self._source_codes.get(source, source))
        # A text on several regions, as a list of a ministry, is the statement of none of them.
        return "others" if len(self._regions_of[source]) > 1 else speaker


def series_key_of(target: Cells) -> str:
    """Return the series key, as ``Target.series_key`` does."""
    what = target["indicator"] + (f".{target['breakdown']}" if target["breakdown"] else "")
    what += f":{target['scope']}" if target["scope"] else ""
    return f"{target['plan']}/{what}/{target['form']}/{target['end_year']}"


def is_undocumented(plan: Cells, documented: set[tuple[str, str, str]]) -> bool:
    """Return whether neither the research, by region, title and date, nor a note has the date of a plan."""
    date = plan["region"], plan["title_zh"], plan["issued"]
    return bool(plan["issued"]) and date not in documented and not SAYS_DATE.search(plan["notes"])


def kind_of(kind: str, plan: Cells) -> str:
    """Return the kind of a plan: a title that carries a policy out is that of an action plan."""
    return "action_plan" if kind == "other" and CARRIES_OUT.search(plan["title_zh"]) else kind


def is_unsigned(source: Mapping[str, str]) -> bool:
    """Return whether a page of a government was read, and its title and author were not recorded."""
    is_page = source["rendition"] in {"original", "official_copy"}
    return (
        source["issuer"] == "government"
        and is_page
        and source["title"].endswith(": title not shown")
    )


def unexplained_change(row: Cells, better: Cells) -> str:
    """Return what sources.csv changes in a source without a reason, empty if nothing."""
    if not better or better["note"]:
        return ""
    if better["title"] not in {"", row["title"]}:
        return f"the title of {better['code']!r}"
    dropped = dropped_houses(row["publisher"], better["publisher"])
    return f"leaving {dropped[0]} out of the publisher of {better['code']!r}" if dropped else ""


def dropped_houses(written: str, publisher: str) -> list[str]:
    """Return the houses in the publisher of the research tables that the better name leaves out."""
    names = HOUSE.findall(REMARK_ON_COPY.sub("", written)) if publisher else []
    return [name for name in names if name not in publisher]


def names_of(publisher: str, names: Mapping[str, Cells]) -> Cells:
    """Return the names of publishers, which are joined by semicolons, in each language.

    A name that is the printed one is empty.

    Raises
    ------
    SystemExit
        If the table of names lacks one.
    """
    parts = publisher.split("; ") if publisher else []
    for part, language in product(parts, ("en", "zh")):
        if not names.get(part, {}).get(language):
            raise SystemExit(f"publishers.csv has no {language!r} name for the publisher {part!r}")
    named = {
        f"publisher_{language}": "; ".join(names[part][language] for part in parts)
        for language in ("en", "zh")
    }
    return {column: "" if name == publisher else name for column, name in named.items()}


def _renamed(publisher: str, one_name: Mapping[str, str]) -> str:
    """Return the publisher with one name for each office, however the research tables write it."""
    for written, name in one_name.items():
        publisher = re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", name, publisher)
    return publisher


def _status(row: Cells) -> str:
    """Return the status of a statistic; the notes say if it covers more than its indicator."""
    covers_more = row["notes"].startswith("national total includes Hong Kong")
    return "definition_differs" if covers_more else row.get("status", "")


def _picked(row: Cells, *names: str) -> Cells:
    return {name: row.get(name, "") for name in names}
