"""Facts and doubts that the columns do not have: the row says them in its notes.

A count belongs to the indicator that is nearest to its printed name, which may be of a class of its
own. The start of a target may be a bound or an estimate in the text that prints it. What the
research did not record of a figure or of the date of a plan is said, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from importer.additions import SPAN
from importer.ledger import CURATED, Cells, Research, read
from innovation_plans.units.quantity import convert

SPEAKER_UNKNOWN = "who states the figure was not recorded"
WORDING_UNKNOWN = "the expression of the figure in the text was not recorded"
# Sources that are tables, in which the value is the printed figure.
TABLE = re.compile("csy(st)?-|nbs-(rdbull|portal)|pik-|wb-|fed-|innocom|renjiyi")
UNSIGNED = "whether the office wrote the text or reprints it was not recorded"
DESCRIPTIVE = "descriptive title"
TITLE_SAID = re.compile("descriptive title|title_zh is a back-translation")
# Codes of events at which goals were stated, and a name that is not only that of a period.
EVENT = re.compile("-(press|meeting)")
QUOTED_NAME = re.compile("“(?!十[三四五]五”)")
PRESS_DATE = "dated by the report read, which may be later"
# Words of a remark on the date of a plan, and other remarks that have such a word.
SAYS_ISSUE = re.compile("〔|issue|date|month|published on")
OTHER_ISSUE = re.compile("period is that of issue|issued by [^;]*")
FORCE_UNKNOWN = "whether it is among the expected goals was not recorded"
FIVE_YEARS = "five-year (14th plan) review; read as the state at the end of 2025"
# How the notes on a level or place of a review of five years say so.
OF_FIVE_YEARS = re.compile(
    r"five-year review|(?:with)?in the five years|end of the 1[34]th plan", re.IGNORECASE
)
NO_FIRST_YEAR = re.compile("the start of the sum is not printed")
REVIEW_UNKNOWN = (
    "the report reviews 2025 and the five years to it; which review has the figure was not recorded"
)
# A review, or the period of the figure. Other years in a note are those of figures that it compares.
SAYS_REVIEW = re.compile(
    "review|five.years?|ranking of 20|(?:in|of|within) the year|amount for 2025|end of 2025|read as 2025"
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
        ("not yet out when it was read", "not yet out when it was delivered"),
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
        (
            (
                "Action plan issued in the last year of the 14th five-year period: its 2025 figures are close"
                " to annual goals, not the 2021 plan's targets"
            ),
            (
                "an action plan of the last year of the 14th five-year period, so its goals for 2025 are near"
                " those of one year and are not those of the plan of 2021"
            ),
        ),
        (r"^(\S+〔[0-9]{4}〕[0-9]+号)\. ", r"document number \1; "),
        (
            r"^(\S+〔[0-9]{4}〕[0-9]+号), (\S+) \(date from (\S+) copy\)\. Press conference of ([0-9-]+)\. ?",
            r"document number \1 of \2 (date from the copy at \3), presented at a press conference on \4; ",
        ),
        ("Conflict: the ([0-9]{4}) (\\S+) plan aimed at", r"The plan of \1 (\2) aimed at"),
        (r"date from ([a-z0-9-]+(?:\.[a-z]+)+) copy", r"date from the copy at \1"),
        (
            r"^news of ([0-9-]+)\. ([0-9]+) main indicators in the plan",
            r"from a news item of \1; the plan has \2 main indicators",
        ),
    )
)
# Remarks of the research that only its writers understand, each as a whole, and what they say.
PLAIN_REMARKS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        ("no year printed, inferred", ""),  # the row has none, and says so
        ("(stands beside an expected increase|a forecast.*), preliminary", r"\1"),  # its status
        (
            r"years not printed beside it \(14th-plan review, from 2020\)|14th-plan review, from 2020",
            "the text compares the end of the five years, whose year it does not print, with 2020",
        ),
        (
            r"Fits (\S+) at a GDP of (.+)",
            r"the goal of the same plan for R&D expenditure, \1, is this share of a GDP of \2",
        ),
        (
            r"([0-9]{4}-[0-9]{4}), five years of the council term",
            r"for \1, the term of the government",
        ),
        (r"([0-9]{4}-[0-9]{4})", r"for the years \1"),
        (
            r"gives ([0-9.]+), bulletin says ([0-9.]+)",
            r"R&D expenditure over this GDP is \1%, the R&D bulletin has \2%",
        ),
        (
            "no bulletin table to check",
            "no R&D bulletin has a table by province to check this GDP with",
        ),
        ("nation revised later", "the figure of the nation was revised later"),
        (r"final ([0-9.]+)(?: \(\+([0-9.]+%)\): .*)?", r"the final figure is \1"),
        (
            r"matches (?:an|the) early ([0-9.]+), not the ([0-9.]+) of the bulletin",
            r"fits R&D expenditure of \1, stated before the bulletin, not the \2 of the bulletin",
        ),
        (
            r"equals the official (figure|growth|average) of (.+)",
            r"the official \1 of \2 is the same, so it may be that one",
        ),
        (
            r"equals the statistics office series sold of ([0-9]{4}) \((.+)\)",
            r"the statistics office has the same figure, \2, for contracts sold in \1",
        ),
        (
            r"the first outside check of the (\S+) series \(tier D\): equal",
            r"the source \1 (tier D) has the same figure",
        ),
        (
            "equals the NBS portal for (.+)",
            r"the data portal of the National Bureau of Statistics has the same values for \1",
        ),
        (
            "NBS portal export shows (.+)",
            r"an export of the data portal of the National Bureau of Statistics has \1",
        ),
        (
            "WDI value in yuan divided by 1e8",
            "value of the World Development Indicators in yuan, divided by 100 million",
        ),
        ("commit of (.+)", r"in the version of the repository of \1"),
        (
            "Federal Reserve noon rate average, not the SAFE central parity",
            (
                "average of the noon rates of the Federal Reserve, not of the central parity of the State"
                " Administration of Foreign Exchange"
            ),
        ),
        ("WIPO cluster list", "list of clusters of the World Intellectual Property Organization"),
        ("fifth economic census GDP", "over GDP as revised after the fifth economic census"),
        (
            "after fourth, before fifth economic census",
            "as revised after the fourth and before the fifth economic census",
        ),
        ("IP plan", "plan for intellectual property"),
        (r"IP plan, ([0-9]+ expected indicators)", r"plan for intellectual property, with \1"),
        ("([0-9]+ expected indicators)", r"the plan has \1"),
        (
            "CONFLICT: SEI plan of the same city says (.+)",
            r"the plan of the same city for strategic emerging industries says \1",
        ),
        ("(.+), conflict", r"\1"),
        ("base employed|base is employed persons", "base: employed persons"),
        ("base population", "base: population"),
        ('"last year" = ([0-9]{4})', r"the text says last year, which is \1"),
        ("([0-9]+th) survey", r"\1 national survey"),
        (
            "generated article, but its amount agrees with (.+)",
            r"written by a machine; \1 has the same amount",
        ),
        ("14th plan to date", "from the start of the 14th plan to the date of the text"),
        ("review part of the plan", "from the part of the plan that reviews the years before"),
        (
            "(first|second) of (two|three) figures(?: in the pair)?(.*)",
            r"the \1 of \2 figures in one sentence\3",
        ),
        # the source or the plan says it
        ("weak source|provincial bulletin 2024", ""),
        ("title taken from the address|document title as read from the page is approximate", ""),
        # the rows have no Chinese name
        ("indicator names in Chinese are back-translations|Chinese indicator names are .*", ""),
        (
            "a second reading has about: (.+左右)",
            r"the sentence has \1; 左右 may belong to the second figure only",
        ),
        (
            # on another figure than that of the row
            (
                "the R&D intensity itself is only called .+|R&D growth and intensity are only described.+"
                "|the next sentence says .+|the same sentence says national-level platforms .+"
            ),
            "",
        ),
        (
            "end value of the five-year review",
            r"\g<0>, read as the state at the end of 2025; the clause itself does not print the years",
        ),
        ("printed so", "the text prints it so"),
        (r"\(technology trade\), which (.+)", r"the name means technology trade, which \1"),
        (
            '"(past five years|first four years|since the start of the 14th plan)"(.*)',
            r'the text says "\1"\2',
        ),
        ("([0-9]{4}) by the context", r"\1 follows from the context"),
        ("([0-9]{4}) over ([0-9]{4})", r"\1 compared with \2"),
        ("annual work points", "from the key points of work of the year"),
        ("counted in 人次", "counted in person-times (人次)"),
        ("printed 人", "printed in persons (人)"),
        ("(.+): two scopes, two rows", r"\1, which is a row of its own"),
        ("跨过", "worded as passed (跨过)"),
        ("迈上.*台阶", r"worded as a new step reached (\g<0>)"),
        ("预计", "expected (预计)"),
        ("as participant", "won as a participant"),
        ("as listed from (.+)", r"from a list of figures of \1"),
        (
            "order as listed(.*)",
            r"the place follows from the order in which the text names the regions\1",
        ),
        ("plan title shortened by us", "the title of the plan is shortened, not as printed"),
        (r"(.+) \(computed here\)", r"\1, computed and not printed"),
        ("(.+), which is our inference", r"\1, which no text says"),
        ("([0-9]{4}) by difference: (.+)", r"the difference that the text prints gives \2 for \1"),
        (
            "13th target quoted in retrospect by (.+)",
            r"goal of the 13th period, as \1 recalls it",
        ),
        ("intensity goal is only (.+)", r"of R&D intensity the text says only \1"),
        (
            "not an innovation indicator proper",
            "an indicator of industry rather than of innovation",
        ),
        (
            r"which (1[3-5]th) document set it is not named \(plan title assumed\)",
            r"the text does not name the document of the \1 period that set it, whose title is assumed",
        ),
        ("text has spam interpolations", "the copy has stray advertising between the words"),
        ("the report has none for ([0-9]{4})", r"the report has no goal for \1"),
        ("kept every year", "to be kept every year"),
        (r"(\S+〔[0-9]{4}〕[0-9]+号)\.?", r"document number \1"),
        ("start of the goal for ([0-9]{4})", r"stated as the start of the goal for \1"),
        ("provincial-level funding for (.+)", r"funds of the provincial level for \1"),
        ("total R&D investment as a proportion of regional GDP", "over the GDP of the region"),
        ("reorganised|new and reorganised|reorganised and admitted", r"\g<0>, read as the stock"),
        (r"重组形成 \(after reorganisation\)", r"\g<0>, read as the stock"),
        ("完成优化重组", "reorganised (完成优化重组), read as the stock"),
    )
)
# Remarks that repeat what the plan or the source of a row says.
REPEATED = re.compile(
    r"Not the 14th FYP STI plan itself but the region-level action plan.*?\(second source\)\.? ?"
    "|; scope is the high-tech zones of the province|; issue month from the address [^;]*"
    "|Official press conference as reported by [^.]+, read on a third site. Document number .+ from another"
    r" copy \([a-z.]+\)\.? ?"
)
# What a description of an event says of its date; no text prints it.
BEFORE_THE_PLAN = re.compile("（[^（）]*印发前）$")
YEAR_OF_ISSUE = re.compile(r"issue date unknown \((20[0-9]{2})")
WITHOUT_PERCENT = "printed without %, read as per cent of the benchmark"
IMPLIED_YEAR = "the year is implied by the text, not printed with the figure"
BEFORE_STATISTICS = "said before the R&D statistics of the year came out"
# Indicators of the R&D survey, whose bulletin comes out in the autumn of the next year.
RD_SURVEY = re.compile(
    "^(rd_(expenditure|intensity|personnel)|basic_research_(expenditure|share)|business_rd_)"
)
BULLETIN = re.compile("nbs-rdbull-([0-9]{4})")
AWARDS = re.compile("^national_st_awards(_share)?$")
AWARD_ROUND = "awards reported in the review of {end_year}; the text does not name the award round"
# The turnover that a region states, and that of the statistics office by seller and by buyer.
TURNOVER = "technology_contract_turnover"
SOLD, BOUGHT = f"{TURNOVER}_sold", f"{TURNOVER}_bought"
NEAR_SOLD = Decimal("0.9"), Decimal("1.3")  # times the contracts sold
STATISTICS_OF_CONTRACTS = (
    "the statistics office has contracts sold of {sold:.2f}亿元 in {sold_year}"
    " and bought of {bought:.2f}亿元 in {bought_year}"
)
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
COUNTS = {"item", "enterprise", "person", "person_year", "patent"}
# Words of a printed name that say how much, since when or where, not what is counted.
_NOT_THE_CLASS = re.compile(
    "新(增|建|组建|认定|培育|获批|晋)|净增|培育|累计|力争|实施|建设|组建|认定|获批|批准|立项|部署|开展|开发"
    "|总[数量]|数量|存量|保有量|全省|全市|全区|全国|省内|国家级?|年度|增长|年均|有效期内|有效"
    r"|[(（].*?[)）]|[“”\"\s、，的数]|企业|项目"
)
# Words before or after a name that say how it changes, which is the form of the figure.
_WORDS_OF_THE_FORM = re.compile("^新(增|建|组建)|再增加$|(年均)?(增速|增长)$")
# Words of the name of an amount or a share that say how it is stated, not what it is, and one word
# for each thing that has several.
_ONE_WORD = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        ("R[&＆]D|研究与试验发展|研究与开发|研究开发", "研发"),
        ("国内生产总值|地区生产总值|生产总值|^经济(?=增长|年均)", "GDP"),
        (r"[(（](研发|GDP)[)）]", ""),
        ("规模以上", "规上"),
        ("(主营业务|营业)收入", "营收"),
        ("高等学校", "高校"),
        ("设立|开展", "有"),
        ("相当于|(?<!参)与(?=营收)", "占"),
        ("之比|比例|比重|占比|覆盖率|强度|率$", ""),
        ("同比|年均|平均|累计|增[长速加量]|五年|近3年|全年|年(?=营收)|总量|总?规模", ""),
        ("全社会|全国|各区县|[全该][省市区]|自治区", ""),
        ("经费|投入|支出|费用|[总金]?额|总(?=产值)|(?<=业)企业中?|[的、和建]", ""),
    )
)
# A level of government, or industry, before a name.
PART = re.compile("^工业(?=战略|领域)|(自治区|[省市县区])(?=级)")
# A bracket before or after a name; one within it is printed, and so is another word for the thing.
READERS_WORDS = re.compile("^[(（][^)）]*[)）]|[(（](?!基地)[^)）]*[)）]$")
_CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH, READ_IN = re.compile("[a-z]{3}"), re.compile("read in English")
# A printed name that the notes of the research say: the name, and what they say besides.
NAME_IN_NOTES = re.compile(
    "(?:^|(?<=; ))printed (?:as )?([“\u4e00-\u9fff][^;(,]+[^;(,\\s])(?:$|(?=;)|,? ([^;]+))"
)
QUOTED = re.compile("^“([^“”]*)”$")
TRANSLATED_BACK = re.compile("(names in Chinese|Chinese indicator names) are back-translations")
# How the notes of a figure say what its flags say.
FLAGS = {
    "base_assumed": re.compile(
        r"\bdenominator\b[^;]* (?:not (?:printed|named|recorded|stated|spelled out)|read as)"
        r"|\bbase\b[^;]* (?:read as|taken as|presumably)|\bnames no base\b"
    ),
    "year_assumed": re.compile(
        r"\bread as (?:the state at the end of )?20\d\d\b|\byear is implied by the text\b"
        r"|\bwhich review has the figure was not recorded|\btarget year 20\d\d (?:is )?derived\b"
    ),
    "unit_assumed": re.compile(r"\bread as percentage points\b"),
    "doubtful": re.compile(r"(?:^|; )doubtful: "),
}
RECALLED = re.compile(r"\brecall(?:s|ed)\b")
# A title that is not of the text, nor a translation of one that is.
OTHER_TITLE = re.compile("《[^》]*》")  # of the plan that this one carries out
NAMED_BY_US = re.compile("descriptive title|title assumed|title inferred")
YEARLY = re.compile(
    r"(?:^|; )(?:per year|annual (?:applications|turnover|filings))\b|, a year(?:;|$)"
)
MADE_UP = re.compile(
    r"descriptive title|back-translation|title (?:of the plan )?(?:not (?:seen|shown)|assumed|inferred)"
    r"|title(?: of the plan)?(?: is)? shortened|title (?:as read from the page is approximate|not printed exactly)"
)


def name_as_printed(research: Research, indicators: Mapping[str, Mapping[str, Any]]) -> None:
    """Set the printed name of every count, amount and share whose indicator has no such name.

    What the research names in Chinese is not printed in a text in English.
    """
    english = _in_english(research)
    for table in ("targets", "outcomes"):
        for row in research.tables[table]:
            name = row["indicator_as_named"] if row.get("source") not in english else ""
            if TRANSLATED_BACK.search(row["notes"]):
                continue
            if is_other_name(name, indicators[row["indicator"]]) and name not in row["notes"]:
                name_and_note(row, name)
            elif said := NAME_IN_NOTES.search(row["notes"]):
                row["printed_name"] = QUOTED.sub(r"\1", said[1])
                said_of_it = re.sub("^which ", "the printed name ", said[2] or "")
                row["notes"] = row["notes"].replace(said[0], said_of_it)


def _in_english(research: Research) -> set[str]:
    """Return the sources whose expressions are in English, and none in Chinese."""
    wordings: dict[str, set[str]] = defaultdict(set)
    for table in ("targets", "corroborations", "outcomes"):
        for row in research.tables.get(table, ()):
            said = READ_IN.findall(row["notes"])
            wordings[row.get("source", "")].update((row.get("as_stated", ""), *said))
    return {
        source
        for source, texts in wordings.items()
        if any(ENGLISH.search(text) for text in texts)
        and not any(_CHINESE.search(text) for text in texts)
    }


def name_and_note(row: Cells, name: str) -> None:
    """Set the printed name of a row; what the reader added to it in brackets is a note."""
    if added := READERS_WORDS.search(name):
        name = name.removeprefix(added[0]).removesuffix(added[0])
        note(row, f"the sentence says of it: {added[0][1:-1]}")
    row["printed_name"] = _WORDS_OF_THE_FORM.sub("", name)


def is_other_name(name: str, indicator: Mapping[str, Any]) -> bool:
    """Return True if a Chinese name of a count, amount, share or part is none of those of its indicator.

    A name of the indicator that names a part of it, such as one level of government, is no name of
    the whole.
    """
    whole, unit = indicator["name_zh"], indicator["unit"]
    names = [whole, *(each for each in indicator.get("aliases", ()) if not _is_part(each, whole))]
    is_measured = unit == "percent" or unit.startswith("CNY")
    kind_of = _measure_of if is_measured else _class_of
    has_name = is_measured or unit in COUNTS or _is_part(name, whole)
    is_named = has_name and _CHINESE.search(name)
    return bool(is_named) and kind_of(name) not in map(kind_of, names)


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


def note_award_rounds(research: Research) -> None:
    """Say of every number of awards of a year that the text does not name the round, unless it is said."""
    for row in research.tables["outcomes"]:
        if (
            AWARDS.search(row["indicator"])
            and row["form"] == "level"
            and "round" not in row["notes"]
        ):
            note(row, AWARD_ROUND.format(**row))


def note_contracts_sold_and_bought(research: Research) -> None:
    """Say of every turnover that is not near the contracts sold, by the statistics, what these are.

    The statistics are those of the year of the figure, or of the nearest year.
    """
    statistics: dict[tuple[str, str], dict[int, Decimal]] = defaultdict(dict)
    for row in research.tables["observations"]:
        if row["indicator"] in {SOLD, BOUGHT}:
            series = statistics[row["region"], row["indicator"]]
            series[int(row["year"])] = convert(row["value"], row["unit"], "CNY_100M")
    for row in (*research.tables["targets"], *research.tables["outcomes"]):
        sold, bought = (statistics.get((row["region"], each)) for each in (SOLD, BOUGHT))
        is_level = (row["indicator"], row["form"]) == (TURNOVER, "level")
        if not (is_level and sold and bought and row["end_year"]):
            continue
        year, stated = int(row["end_year"]), convert(row["value"], row["unit"], "CNY_100M")
        sold_year, bought_year = (
            min(series, key=lambda each: abs(each - year)) for series in (sold, bought)
        )
        amounts = sold[sold_year], bought[bought_year]
        least, most = NEAR_SOLD
        is_near_sold = least <= stated / amounts[0] <= most
        distances = [abs(stated - amount) for amount in amounts]
        is_nearer_bought = distances[1] < distances[0]
        if not is_near_sold or is_nearer_bought:
            years = {"sold_year": sold_year, "bought_year": bought_year}
            note(row, STATISTICS_OF_CONTRACTS.format(sold=amounts[0], bought=amounts[1], **years))


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

    The report of a new government prints the years of its term; a starting value prints its year. What
    is to grow or to be added in one year, and a goal of a document on one year, start with that year.
    A sum may have another first year than its plan, so where the notes say that its text prints none, the
    year is assumed.
    """
    printed = {
        _plan(row): "" if NAMED_BY_US.search(row["note"]) else row["title_zh"]
        for row in read(CURATED / "plans.csv")
    }
    for row in research.tables["targets"]:
        title = BEFORE_THE_PLAN.sub("", printed.get(_plan(row), row["plan_title"]))
        is_printed = bool(
            (title and SPAN.search(OTHER_TITLE.sub("", row["plan_title"])))
            or ("五" in title and _is_whole_period(row))
            or row["plan_kind"] == "gwr"
            or row["baseline_year"]
        )
        is_of_one_year = row["start_year"] == row["end_year"] and (
            row["period"].startswith("annual") or row["form"] in {"annual_growth", "increment"}
        )
        is_printed = is_printed and not NO_FIRST_YEAR.search(row["notes"])
        if row["start_year"] and not is_of_one_year and not is_printed:
            flag(row, "start_assumed")


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
        row["notes"] = EFFORT_SAID.sub(_effort, row["notes"])
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


def _effort(said: re.Match[str]) -> str:
    """Return the remark on an effort, which ends no sentence."""
    return said[1].replace(".", ";") + "worded as an effort (力争)"


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
        code = codes.get(source, source)
        text = f"the source {code}" if code else address
        if address.startswith("urn:"):
            text = "a file of a public repository" + (f" (the source {code})" if code else "")
        if address and (source, *_outcome(row)) not in in_rows:
            note(row, f"also in {text}")


def note_missing_percent(research: Research) -> None:
    """Say of every index in points, which the data have in per cent, that its text prints no %."""
    for row in research.tables["outcomes"]:
        if row["unit"] == "index_points" and "%" not in row["as_stated"]:
            note(row, WITHOUT_PERCENT)


def note_missing_wording(research: Research) -> None:
    """Say of every figure of a text whose expression was not recorded that it was not."""
    for table in ("outcomes", "observations"):
        for row in research.tables[table]:
            is_cell = table == "observations" and TABLE.match(row["source"])
            if not row.get("as_stated") and not is_cell:
                note(row, WORDING_UNKNOWN)


def use_plain_words(research: Research) -> None:
    """Replace short forms in the notes of every figure, and leave out what its plan says too."""
    for table in ("targets", "corroborations", "outcomes", "observations"):
        for row in research.tables[table]:
            row["notes"] = plain(row["notes"])


def flag_by_notes(research: Research) -> None:
    """Set the flags of every figure, which the notes say in words."""
    recalled = {_plan(row) for row in read(CURATED / "plans.csv") if RECALLED.search(row["note"])}
    for table in ("targets", "outcomes", "observations"):
        for row in research.tables[table]:
            has_year = table == "targets" or row.get("end_year") or row.get("year")
            for name, said in FLAGS.items():
                if said.search(row["notes"]) and (has_year or name != "year_assumed"):
                    flag(row, name)
    for row in (*research.tables["outcomes"], *research.tables["observations"]):
        is_state = row.get("form", "level") in {"level", "rank"}
        year = row.get("end_year") or row.get("year")
        if is_state and year and OF_FIVE_YEARS.search(row["notes"]):
            flag(row, "year_assumed")
    for row in research.tables["targets"]:
        if _plan(row) in recalled or RECALLED.search(row["notes"]):
            flag(row, "recalled")
        if row["form"] == "level" and YEARLY.search(row["notes"]):
            flag(row, "yearly")


def leave_assumed_starts_to_outcomes(research: Research) -> None:
    """Leave a start out of its target if the outcome of the same text says that its year is assumed.

    Then the start is that outcome, with its flag.
    """
    assumed = {
        _figure(row)
        for row in research.tables["outcomes"]
        if "year_assumed" in row.get("flags", "")
    }
    for row in research.tables["targets"]:
        if row["baseline_value"] and _start(row) in assumed:
            row.update(dict.fromkeys(("baseline_value", "baseline_year", "baseline_unit"), ""))


def flag(row: Cells, name: str) -> None:
    """Add a flag to a row that does not have it."""
    flags = [each for each in row.get("flags", "").split("|") if each]
    row["flags"] = "|".join(dict.fromkeys((*flags, name)))


def plain(notes: str) -> str:
    """Return the notes in plain words."""
    notes = REPEATED.sub("", notes)
    for pattern, words in PLAIN_WORDS:
        notes = pattern.sub(words, notes)
    return "; ".join(filter(None, map(_plain_remark, notes.split("; "))))


def _plain_remark(remark: str) -> str:
    for pattern, words in PLAIN_REMARKS:
        if whole := pattern.fullmatch(remark):
            return whole.expand(words)
    return remark


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
    known = is_event or SAYS_ISSUE.search(OTHER_ISSUE.sub("", plan["notes"]))
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


def _measure_of(name: str) -> str:
    name = READERS_WORDS.sub("", name).strip()
    for pattern, word in _ONE_WORD:
        name = pattern.sub(word, name)
    return name


def note(row: Cells, remark: str) -> None:
    """Add a remark to the notes of a row."""
    row["notes"] = "; ".join(filter(None, (row["notes"].removesuffix("."), remark)))
