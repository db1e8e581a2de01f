"""Read later research tables, whose rows name their source in place, as rows of the first tables."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from importer.ledger import CURATED, Cells, Research, correct, read
from innovation_plans.records.reference import years_of
from innovation_plans.text.spelling import spelled

SOURCES_OF_ADDITIONS = "sources of additions"
TABLES = ("targets", "outcomes", "observations", "corroborations")
# Whether the year stands in the text, or was concluded from elsewhere.
NO_YEAR = {"inferred", "not_stated"}
# How a note names the likely year itself, so that it need not be said again.
SAYS_YEAR = re.compile(r"probably|so the statistic of|ends in 20|20[0-9]{2} or 20[0-9]{2}")
UNTITLED = "(page title not shown)"
DESCRIBED = "the title may be a description of the page"
MACHINE_WRITTEN = re.compile("AI-written|generated article")
CITES_STATISTICS = re.compile("communiqué|statistics office")
NORMALISED = re.compile("quote normalised|quote in simplified|stored mirror")
# How a note on a figure, or the publisher of a source, says that a copy is in other characters.
OTHER_CHARACTERS = re.compile(
    "traditional[- ](?:script|characters)|garbled script|繁体", re.IGNORECASE
)
_CHINESE = re.compile("[\u4e00-\u9fff]")
NOT_AS_PRINTED = (
    "the copy read is in traditional or garbled characters; figures are quoted in simplified ones"
)
BY_MACHINE = "written by a machine; what it cites was not read"
BY_MACHINE_FROM_STATISTICS = (
    "written by a machine; it cites the statistics office whose text was not read"
)
COUNTED_IN = re.compile("as of ([A-Z][a-z]+ 20[0-9]{2})")
SPAN = re.compile("(20[0-9]{2})年?[-—―]20[0-9]{2}(?![0-9])")
# Remarks on how a row was found or read, which say nothing of the figure.
REMARK = re.compile(
    "quote normalised|stored mirror|(mirror in )?traditional.script|plan title (by us|shortened)$"
    "|plan title translated|title is ours|title shortened|as above|script comment|AI-written"
    "|the communiqué itself was|corroborates the new row|the row held|table row: "
    "|the two years stand in|years? not printed|new slug|better address"
    "|the statistics office page it cites|statistics office page: tier"
)
# A remark of that kind with one on the figure in a bracket.
IN_REVIEW = re.compile(r"^years? not printed[^()]*\(([^()]*)\)")
BOUNDS = (
    ("above", "突破|超|over |more than"),
    ("at_least", "以上|at least"),
    ("about", "左右|约"),
)
OTHER_START = re.compile(
    r"baseline (?:[0-9.]+ \([0-9]{4}\) )?from |baseline, at present |baseline is an assessed value"
)
HOST_PARTS = {"www", "m", "big5", "en", "wap", "news", "com", "net", "org", "gov", "edu", "co"}


def add_tables(research: Research, directory: Path) -> None:
    """Add the rows of a directory to the tables, with one source per address and publisher.

    A directory need not have every table.
    """
    sources = _Sources(research)
    normalised: set[str] = set()
    for name in TABLES:
        path = directory / f"{name}.csv"
        rows = read(path) if path.exists() else []
        origin = f"{directory.name}/{name}"
        research.counted[origin] = len(rows)
        for row in rows:
            row["source"] = sources.code_of(row)
            if NORMALISED.search(row["notes"]):
                normalised.add(row["source"])
            row["as_stated"] = row["as_stated"].removeprefix("+")  # a spreadsheet would run it
            row["notes"] = _without_remarks(row["notes"])
            table = _prepared(name, row, research)
            research.tables[table].append({**row, "origin": origin})
    if (CURATED / f"{directory.name}.csv").exists():
        correct(research, directory.name)
    _note_other_characters(research, normalised)
    cited = {row.get("source") for rows in research.tables.values() for row in rows}
    research.tables["sources"] = [
        row
        for row in research.tables["sources"]
        if row["origin"] != SOURCES_OF_ADDITIONS or row["code"] in cited
    ]


def _note_other_characters(research: Research, normalised: set[str]) -> None:
    """Say of every copy in other characters that its figures are quoted in simplified ones."""
    figures = [row for name in TABLES for row in research.tables[name]]
    normalised |= {row["source"] for row in figures if OTHER_CHARACTERS.search(row["notes"])}
    as_printed = {row["source"] for row in figures if not _is_simplified(row.get("as_stated", ""))}
    for source in research.tables["sources"]:
        is_copy = source["code"] in normalised or OTHER_CHARACTERS.search(source["publisher"])
        is_noted = source["code"] in as_printed or "garbled" in source["tier_note"]
        if is_copy and not is_noted:
            parts = (source["tier_note"], NOT_AS_PRINTED)
            source["tier_note"] = "; ".join(filter(None, parts))


def _is_simplified(wording: str) -> bool:
    return not set(_CHINESE.findall(wording)) - set(spelled(wording, len(wording))[0])


def move_other_starts(research: Research) -> None:
    """Make an outcome of every start that is not from the text of its target; the target loses it.

    ``other_starts.csv`` lists them with the text that prints them.
    """
    sources = _Sources(research)
    for row in read(CURATED / "other_starts.csv"):
        wanted = {name: row[name] for name in ("region", "period", "indicator")}
        wanted["baseline_value"] = row["value"]
        (target,) = (
            each
            for each in research.tables["targets"]
            if all(each[name] == value for name, value in wanted.items())
        )
        parts = ("start of the goal for " + target["end_year"], row["notes"])
        research.tables["outcomes"].append(
            {
                **dict.fromkeys(research.tables["outcomes"][0], ""),
                "region": row["region"],
                "indicator": row["indicator"],
                "form": "rank" if target["form"] == "rank" else "level",
                "comparator": "reach",
                "value": row["value"],
                "unit": target["baseline_unit"] or target["unit"],
                "end_year": target["baseline_year"],
                "status": "not_stated",
                "source": sources.code_of(row),
                "notes": "; ".join(filter(None, parts)),
                "origin": "starts in other texts",
            }
        )
        target.update(dict.fromkeys(("baseline_value", "baseline_year", "baseline_unit"), ""))
        remarks = target["notes"].split("; ")
        target["notes"] = "; ".join(each for each in remarks if not OTHER_START.match(each))


def _without_remarks(notes: str) -> str:
    parts = (
        IN_REVIEW.sub(r"\1", part.removeprefix("second reading: ")) for part in notes.split("; ")
    )
    return "; ".join(dict.fromkeys(part for part in parts if not REMARK.match(part)))


def _prepared(name: str, row: Cells, research: Research) -> str:
    """Complete a row in the form of the first tables, and return the table that it belongs to."""
    if name == "targets":
        row["start_year"] = _first_year(row)
        row["second_source"] = row["second_source_url"]
    elif name == "outcomes":
        _remove_unstated_year(row)
    elif name == "corroborations":
        row["comparator"] = _bound(row["as_stated"])
        if row["form"] == "average_growth":  # the growth is a form of the indicator
            row["indicator"] = row["indicator"].removesuffix("_growth")
        if re.fullmatch("[0-9]{4}", row["period"]):  # of a statistic, which has a row per source
            row.update(year=row["period"], vintage="latest")
            return "observations"
        row.update(_repeated(row, research.tables["targets"]))
    return name


def _repeated(row: Cells, targets: list[Cells]) -> Cells:
    """Return the plan and year of the target that a further text repeats."""
    known = {
        name: row[name] for name in ("region", "period", "indicator", "form", "end_year", "value")
    }
    known = {name: value for name, value in known.items() if value}
    for target in targets:
        if all(target[name] == value for name, value in known.items()):
            return {name: target[name] for name in ("period", "plan_title", "end_year", "unit")}
    raise SystemExit(f"no target for the further text {known}")


def _first_year(target: Cells) -> str:
    span = SPAN.search(target["plan_title"])
    years = years_of(target["period"])
    return span[1] if span else str(years[0]) if years else ""


def _remove_unstated_year(outcome: Cells) -> None:
    if outcome["year_basis"] in NO_YEAR:
        # A month is only the date of the text, which does not date the count.
        parts = ["no text settles the year", COUNTED_IN.sub(r"said in \1", outcome["notes"])]
        if outcome["end_year"] and not SAYS_YEAR.search(outcome["notes"]):
            parts.insert(1, f"probably {outcome['end_year']}")
        outcome["notes"] = "; ".join(filter(None, parts))
        outcome["start_year"] = outcome["end_year"] = ""


def _bound(wording: str) -> str:
    return next((bound for bound, words in BOUNDS if re.search(words, wording)), "reach")


class _Sources:
    """The sources of the tables; a new address becomes a source with a readable code."""

    def __init__(self, research: Research) -> None:
        self._rows = research.tables["sources"]
        self._codes = {row["url"]: row["code"] for row in self._rows if row["url"]}
        self._names = {row["code"]: row["name_en"] for row in research.tables["regions"]}
        self._used: dict[str, int] = defaultdict(int)

    def code_of(self, row: Cells) -> str:
        """Return the code of the source of a row."""
        url = row["source_url"]
        ambiguous = f"{url} {row['source_publisher']}"
        known = self._codes.get(url) or self._codes.get(ambiguous)
        if known is None:
            known = self._codes[ambiguous] = self._code(row)
            self._rows.append(_source(known, row))
        return known

    def _code(self, row: Cells) -> str:
        region = row["region"]
        place = region[3:] or "cn" if region.startswith("CN") else self._names[region].split()[0]
        words = re.sub("[^a-z0-9]", "", place.lower()), _host(row["source_url"]), row["source_date"]
        code = "-".join(word for word in words if word)
        self._used[code] += 1
        return code if self._used[code] == 1 else f"{code}-{self._used[code]}"


def _host(url: str) -> str:
    """Return the telling part of the host of an address."""
    parts = urlsplit(url).netloc.split(".")[:-1]
    if not parts:  # no address of a host: an entry of an index of public repositories
        return "github-index"
    return next((part for part in reversed(parts) if part not in HOST_PARTS), parts[-1])


def _source(code: str, row: Cells) -> Cells:
    title = row["source_title"].strip("[]")
    is_written_by_machine = any(MACHINE_WRITTEN.search(cell) for cell in row.values())
    cites_statistics = any(CITES_STATISTICS.search(cell) for cell in row.values())
    is_described = title not in (row["source_title"], UNTITLED)
    notes = {
        BY_MACHINE_FROM_STATISTICS: is_written_by_machine and cites_statistics,
        BY_MACHINE: is_written_by_machine and not cites_statistics,
        DESCRIBED: is_described,
    }
    return {
        "code": code,
        "title": title if title != UNTITLED else f"{row['source_publisher']}: title not shown",
        "publisher": row["source_publisher"],
        "date": row["source_date"],
        "url": row["source_url"],
        "tier": row["tier"],
        "tier_note": "; ".join(note for note, applies in notes.items() if applies),
        "origin": SOURCES_OF_ADDITIONS,
    }
