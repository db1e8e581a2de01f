"""Facts and doubts that the columns do not have: the row says them in its notes.

A count belongs to the indicator that is nearest to its printed name, which may be of a class of its
own. The start of a target may be a bound or an estimate in the text that prints it. What the
research did not record of a figure or of the date of a plan is said, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from importer.additions import SPAN
from importer.ledger import CURATED, Cells, Research, read

SPEAKER_UNKNOWN = "who states the figure was not recorded"
UNSIGNED = "whether the office wrote the text or reprints it was not recorded"
DESCRIPTIVE = "descriptive title"
TITLE_SAID = re.compile("descriptive title|title_zh is a back-translation")
# Codes of events at which goals were stated, and a name that is not only that of a period.
EVENT = re.compile("-(press|meeting)")
QUOTED_NAME = re.compile("“(?!十[三四五]五”)")
PRESS_DATE = "dated by the report read, which may be later"
FORCE_UNKNOWN = "whether it is among the expected goals was not recorded"
FIVE_YEARS = "five-year (14th plan) review; read as the state at the end of 2025"
REVIEW_UNKNOWN = (
    "the report reviews 2025 and the five years to it; which review has the figure was not recorded"
)
# A review, or the period of the figure. Other years in a note are those of figures that it compares.
SAYS_REVIEW = re.compile(
    "review|five.years?|(?:in|of|within) the year|amount for 2025|end of 2025|read as 2025"
)
# How a sentence words a goal as an effort, and how the research notes say it.
EFFORT = re.compile("力[争爭]|冲刺")
EFFORT_SAID = re.compile(
    r"""(^|[;.,] )(?:"?力争"?(?:到2025年| \(strive for\))?|aspirational(?: \(力争\))?)(?=$|[;.])"""
)
# Short forms and words of the research, and the words of the data for them.
PLAIN_WORDS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        ("STI plan text", "the text of the plan for science, technology and innovation"),
        ("^STI plan", "the plan for science, technology and innovation"),
        ("(?:FYP )?STI plan", "plan for science, technology and innovation"),
        ("(year|end) of the (1[3-5]th) FYP", r"\1 of the \2 five-year period"),
        ("(1[3-5]th) FYP", r"\1 five-year plan"),
        ("FYP", "five-year plan"),
        (r"person-years \(FTE\)", "person-years (full-time equivalent)"),
        ("FTE", "full-time equivalent"),
        ("S&T", "science and technology"),
        (r' \("力争"\),', ", worded as an effort (力争),"),
        ("^interim target; ", ""),  # the year is the last one of the plan
        ("interim target", "goal"),
        (r"stretch goal ([0-9]+\w*)", r"the text strives for \1"),
        (
            "denominator of the yearbook table 1-8 intensities",
            "the R&D intensities of the yearbook on science and technology (table 1-8) are over this GDP",
        ),
        (
            "reproduces the bulletin intensity of the year to rounding",
            "R&D expenditure over this GDP gives the R&D intensity of the bulletin of the year",
        ),
        ("^one figure for (three things)", r"the text has one figure for \1"),
        ("^one figure for ([^;]+ and [^;]+)", r"the text sets one figure for both, \1"),
        ("context: ([^;]+)", r"the name of the indicator follows from the context, \1"),
    )
)
# Remarks that repeat what the plan or the source of a row says.
REPEATED = re.compile(
    r"Not the 14th FYP STI plan itself but the region-level action plan.*?\(second source\)\.? ?"
    "|; scope is the high-tech zones of the province|; issue month from the address [^;]*"
)
YEAR_OF_ISSUE = re.compile(r"issue date unknown \((20[0-9]{2})")
WITHOUT_PERCENT = "printed without %, read as per cent of the benchmark"
IMPLIED_YEAR = "the year is implied by the text, not printed with the figure"
BEFORE_STATISTICS = "said before the R&D statistics of the year came out"
# Indicators of the R&D survey, whose bulletin comes out in the autumn of the next year.
RD_SURVEY = re.compile(
    "^(rd_(expenditure|intensity|personnel)|basic_research_(expenditure|share)|business_rd_)"
)
BULLETIN = re.compile("nbs-rdbull-([0-9]{4})")
# Reports of which the whole text was read, so that the research says in which list a goal stands.
WHOLE_REPORT = re.compile("-gwr-202[156](-2)?$")
# The month, the day and month, or the quarters to which an outcome was counted.
COUNTED_WITHIN = re.compile(
    "(?:(?:as of|interim count of|to [0-9]+) [A-Z][a-z]+|first (?:half|(?:two|three) quarters) of)"
    " (20[0-9]{2})"
)
# Other multiples of yuan than those of the units of the rows, 10,000 and 100 million.
OTHER_MULTIPLE = re.compile("[万萬][亿億]|兆|trillion|billion")
MULTIPLE_SAID = re.compile("printed in|yuan = ")
COUNTS = {"item", "enterprise", "person", "patent"}
# Words of a printed name that say how much, since when or where, not what is counted.
_NOT_THE_CLASS = re.compile(
    "新(增|建|组建|认定|培育|获批|晋)|净增|培育|累计|力争|实施|建设|组建|认定|获批|批准|立项|部署|开展|开发"
    "|总[数量]|数量|存量|保有量|全省|全市|全区|全国|省内|国家级?|年度|增长|年均|有效期内|有效"
    r"|[(（].*?[)）]|[“”\"\s、，的数]|企业|项目"
)
# A level of government, or industry, before a name.
PART = re.compile("^工业(?=战略|领域)|(自治区|[省市县区])(?=级)")
# A bracket before or after a name; one within it is printed, and so is another word for the thing.
READERS_WORDS = re.compile("^[(（][^)）]*[)）]|[(（](?!基地)[^)）]*[)）]$")
_CHINESE = re.compile("[\u4e00-\u9fff]")


def note_printed_names(research: Research, indicators: Mapping[str, Mapping[str, Any]]) -> None:
    """Add the printed name to every count whose indicator has no such name."""
    for table in ("targets", "outcomes"):
        for row in research.tables[table]:
            name = row["indicator_as_named"]
            if is_other_name(name, indicators[row["indicator"]]) and name not in row["notes"]:
                note(row, printed_as(name))


def printed_as(name: str) -> str:
    """Return the remark on a printed name; what the reader added to it in brackets stands apart."""
    added = READERS_WORDS.search(name)
    if not added:
        return f"printed as {name}"
    printed = name.removeprefix(added[0]).removesuffix(added[0])
    return f"printed as {printed} (the reader added: {added[0][1:-1]})"


def is_other_name(name: str, indicator: Mapping[str, Any]) -> bool:
    """Return True if a Chinese name of a count, or of a part, is none of the names of its indicator.

    A name of the indicator that names a part of it, such as one level of government, is no name of
    the whole.
    """
    whole = indicator["name_zh"]
    names = [whole, *(each for each in indicator.get("aliases", ()) if not _is_part(each, whole))]
    has_name = indicator["unit"] in COUNTS or _is_part(name, whole)
    is_named = has_name and _CHINESE.search(name)
    return bool(is_named) and _class_of(name) not in map(_class_of, names)


def _is_part(name: str, whole: str) -> bool:
    """Return whether a name has a level of government or industry before it, and the whole has not."""
    part = PART.search(name)
    return part is not None and not whole.startswith(part[0])


def note_inexact_starts(research: Research) -> None:
    """Add a note to every start that its own text prints as a bound or expects."""
    inexact = {_figure(row): row for row in research.tables["outcomes"] if _is_inexact(row)}
    for row in research.tables["targets"]:
        outcome = inexact.get(_start(row))
        if outcome and "baseline" not in row["notes"]:
            expected = ", expected (预计)" if outcome["status"] == "preliminary" else ""
            note(row, f"baseline is printed as {outcome['as_stated']}{expected}")


def add_estimated_starts(research: Research) -> None:
    """Add the starts of targets that their texts state as estimates: they are outcomes too."""
    for row in read(CURATED / "starts.csv"):
        research.tables["outcomes"].append({**row, "origin": "starts of targets"})
        for target in research.tables["targets"]:
            start = target["source"], target["indicator"], target["baseline_year"]
            is_same = start == (row["source"], row["indicator"], row["end_year"])
            is_silent = "baseline" not in target["notes"]
            if is_same and is_silent and target["baseline_value"] == row["value"]:
                note(target, f"baseline {BEFORE_STATISTICS}")


def note_reviews(research: Research) -> None:
    """Say of every level and place of 2025 in a report of 2026 which of its two reviews has it.

    ``reviews.csv`` lists the reports that were read again, with the indicators of the review of the
    year.
    """
    codes = {row["old"]: row["code"] for row in read(CURATED / "sources.csv")}
    of_the_year = {row["source"]: row["of_the_year"] for row in read(CURATED / "reviews.csv")}
    for row in research.tables["outcomes"]:
        source = codes.get(row["source"], row["source"])
        is_end = row["form"] in {"level", "rank"} and row["end_year"] == "2025"
        is_said = SAYS_REVIEW.search(row["notes"])
        if row["origin"] != "outcomes" or "-gwr-2026" not in source or not is_end or is_said:
            continue
        if row["indicator"] in of_the_year.get(source, "").split("|"):
            continue
        note(row, FIVE_YEARS if source in of_the_year else REVIEW_UNKNOWN)


def note_early_rd(research: Research) -> None:
    """Say of every figure of the R&D survey that it was stated before the survey, if it is not marked.

    A text without a date is taken to be of the month after the year if no bulletin of the year is among
    the sources.
    """
    dates = {row["code"]: row["date"] for row in research.tables["sources"]}
    surveyed = {match[1] for code in dates if (match := BULLETIN.fullmatch(code))}
    figures = [*research.tables["outcomes"], *research.tables["observations"]]
    texts = {row["source"] for row in figures if row.get("as_stated")}
    for row in figures:
        date, year = dates[row["source"]], row.get("end_year") or row.get("year")
        if not (row["source"] in texts and RD_SURVEY.search(row["indicator"]) and year):
            continue
        if not date and year not in surveyed:
            date = f"{int(year) + 1}-01"
        marked = row.get("status") == "preliminary" or "preliminary" in row["notes"]
        if not marked and f"{int(year) + 1}" < date[:7] < f"{int(year) + 1}-08":
            note(row, BEFORE_STATISTICS)
            row["status"] = "preliminary"


def note_implied_years(research: Research) -> None:
    """Say of every dated outcome of which the research says so that its year is implied."""
    for row in research.tables["outcomes"]:
        if row.get("year_basis") == "implied" and row["end_year"]:
            note(row, IMPLIED_YEAR)


def mark_counts_before_year_end(research: Research) -> None:
    """Mark every outcome that was counted within its year as one of a part of it, and preliminary."""
    for row in research.tables["outcomes"]:
        counted = COUNTED_WITHIN.search(row["notes"])
        if counted and counted[1] == row["end_year"]:
            row.update(scope="part_of_year", status="preliminary")


def note_other_multiples(research: Research) -> None:
    """Say of every amount in 10,000 or 100 million yuan that it is printed in another multiple."""
    for table in ("targets", "outcomes", "observations"):
        for row in research.tables[table]:
            printed = OTHER_MULTIPLE.search(row.get("as_stated", ""))
            if (
                printed
                and row["unit"] in {"CNY_10K", "CNY_100M"}
                and not MULTIPLE_SAID.search(row["notes"])
            ):
                words = printed[0]
                note(row, f"printed in {words}{' yuan' if words.isascii() else '元'}")


def start_late_documents(research: Research) -> None:
    """Start the goals of a document of the third year of its period or later in the year of the document.

    Only if no title prints the years and no starting value prints its own.
    """
    issued = {_plan(row): year_of_issue(row) for row in read(CURATED / "plans.csv")}
    for row in research.tables["targets"]:
        is_printed = SPAN.search(row["plan_title"]) or "五" in row["plan_title"]
        date = issued[_plan(row)]
        if is_printed or row["baseline_year"] or row["plan_kind"] == "gwr" or not date:
            continue
        year = int(date[:4]) + (date[5:7] >= "10")
        if (
            row["start_year"]
            and _is_whole_period(row)
            and int(row["start_year"]) + 1 < year <= int(row["end_year"])
        ):
            row["start_year"] = str(year)


def mark_assumed_starts(research: Research) -> None:
    """Mark every target whose first year is printed neither in a title nor as that of a period.

    The report of a new government prints the years of its term; a starting value prints its year.
    """
    titles = {_plan(row): row["title_zh"] for row in read(CURATED / "plans.csv")}
    for row in research.tables["targets"]:
        is_printed = (
            SPAN.search(row["plan_title"])
            or ("五" in titles.get(_plan(row), row["plan_title"]) and _is_whole_period(row))
            or row["plan_kind"] == "gwr"
            or row["baseline_year"]
        )
        if row["start_year"] and row["start_year"] != row["end_year"] and not is_printed:
            row["start_assumed"] = "true"


def year_of_issue(plan: Cells) -> str:
    """Return the date of a plan, or the earlier of the years that its note names as possible."""
    possible = YEAR_OF_ISSUE.search(plan["note"])
    return plan["issued"] or (possible[1] if possible else "")


def _plan(row: Cells) -> tuple[str, ...]:
    return row["region"], row["period"], row["plan_title"], row["plan_kind"]


def _is_whole_period(row: Cells) -> bool:
    start = int(row["start_year"])
    return start % 5 == 1 and int(row["end_year"]) == start + 4


def note_unknown_force(research: Research) -> None:
    """Say of every goal of a report that was read in part that its force was not recorded."""
    codes = {row["old"]: row["code"] for row in read(CURATED / "sources.csv")}
    for row in research.tables["targets"]:
        source = codes.get(row["source"], row["source"])
        known = row["force"] or "expected" in row["notes"] or WHOLE_REPORT.search(source)
        if row["plan_kind"] == "gwr" and not known:
            note(row, FORCE_UNKNOWN)


def note_efforts(research: Research) -> None:
    """Say of every goal that its sentence words as an effort with which words.

    ``efforts.csv`` lists those of the texts that were read again: with the word that stands before the
    figure in its sentence, or with the words after it that strive for more.
    """
    codes = {row["old"]: row["code"] for row in read(CURATED / "sources.csv")}
    listed = {_goal(row): row["words"] for row in read(CURATED / "efforts.csv")}
    found = set()
    for row in (*research.tables["targets"], *research.tables["corroborations"]):
        row["notes"] = EFFORT_SAID.sub(r"\1worded as an effort (力争)", row["notes"])
    for row in research.tables["targets"]:
        goal = _goal({**row, "source": codes.get(row["source"], row["source"])})
        printed = EFFORT.match(row["as_stated"])
        words = listed.get(goal) or (printed[0] if printed else "")
        found |= {goal} & set(listed)
        if words.endswith("结果") and "strives for more" not in row["notes"]:
            note(row, f"the text strives for more ({words})")
        elif words and not re.search("effort|力争|strives", row["notes"]):
            note(row, f"worded as an effort ({words})")
    if found != set(listed):
        raise SystemExit(f"efforts.csv lists goals that are not here: {set(listed) - found}")


def note_second_texts(research: Research) -> None:
    """Say of every outcome and statistic which second text has its figure, unless that has a row.

    The table of corroborations is of targets only. A text that is no source is named by its address,
    unless that is only the number of an entry of an index.
    """
    codes = {row["old"]: row["code"] for row in read(CURATED / "sources.csv")}
    source_at = {row["url"]: row["code"] for row in research.tables["sources"]}
    figures = [*research.tables["outcomes"], *research.tables["observations"]]
    in_rows = {(row["source"], *_outcome(row)) for row in figures}
    for row in figures:
        address = row.get("second_source_url", "")
        source = source_at.get(address, "")
        code, repository = codes.get(source, source), "a public repository"
        text = code or address
        if address.startswith("urn:"):
            text = f"{code}, {repository}" if code else repository
        if address and (source, *_outcome(row)) not in in_rows:
            note(row, f"also in {text}")


def note_missing_percent(research: Research) -> None:
    """Say of every index in points, which the data have in per cent, that its text prints no %."""
    for row in research.tables["outcomes"]:
        if row["unit"] == "index_points" and "%" not in row["as_stated"]:
            note(row, WITHOUT_PERCENT)


def use_plain_words(research: Research) -> None:
    """Replace short forms in the notes of every figure, and leave out what its plan says too."""
    for table in ("targets", "corroborations", "outcomes", "observations"):
        for row in research.tables[table]:
            row["notes"] = plain(row["notes"])


def plain(notes: str) -> str:
    """Return the notes in plain words."""
    notes = REPEATED.sub("", notes)
    for pattern, words in PLAIN_WORDS:
        notes = pattern.sub(words, notes)
    return notes


def note_described_event(plan: Cells, sources: Iterable[Mapping[str, str]]) -> None:
    """Add a note to a conference or meeting whose title is neither printed nor a name in quotes.

    An event has no document that would have its title.
    """
    title = re.sub("^20[0-9]{2}年", "", plan["title_zh"])
    is_named = QUOTED_NAME.search(title) or any(title in text["title"] for text in sources)
    if EVENT.search(plan["code"]) and not is_named and not TITLE_SAID.search(plan["notes"]):
        note(plan, DESCRIPTIVE)


def note_press_date(plan: Cells, sources: Iterable[Mapping[str, str]]) -> None:
    """Add a note to a plan that is known from reports only, if its date is the date of one."""
    is_event = plan["kind"] == "gwr" or EVENT.search(plan["code"])
    known = is_event or re.search("〔|issue|date|month", plan["notes"])
    texts = list(sources)
    if known or not plan["issued"] or any(text["issuer"] == "government" for text in texts):
        return
    if any(text["date"].startswith(plan["issued"]) for text in texts):
        note(plan, PRESS_DATE)


def _goal(row: Cells) -> tuple[str, ...]:
    return row["source"], row["indicator"], row["form"]


def _outcome(row: Cells) -> tuple[str, ...]:
    year = row.get("end_year") or row.get("year", "")
    return row["region"], row["indicator"], row.get("form") or "level", year, row["value"]


def _is_inexact(outcome: Cells) -> bool:
    return outcome["comparator"] != "reach" or outcome["status"] == "preliminary"


def _figure(outcome: Cells) -> tuple[str, ...]:
    return *_series(outcome), outcome["value"], outcome["end_year"], outcome["unit"]


def _start(target: Cells) -> tuple[str, ...]:
    unit = target["baseline_unit"] or target["unit"]
    return *_series(target), target["baseline_value"], target["baseline_year"], unit


def _series(row: Cells) -> tuple[str, ...]:
    return row["source"], row["region"], row["indicator"]


def _class_of(name: str) -> str:
    return _NOT_THE_CLASS.sub("", name)


def note(row: Cells, remark: str) -> None:
    """Add a remark to the notes of a row."""
    row["notes"] = "; ".join(filter(None, (row["notes"].removesuffix("."), remark)))
