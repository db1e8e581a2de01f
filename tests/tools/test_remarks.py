"""Facts of a recorded figure that its row says in the notes: printed names, starts, second readings."""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))
remarks: Any = importlib.import_module("importer.remarks")
ledger: Any = importlib.import_module("importer.ledger")
renditions: Any = importlib.import_module("importer.renditions")

DATA = Path(ip.__file__).parent / "data"
INDICATORS = tomllib.loads((DATA / "indicators.toml").read_text("utf-8"))
PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
START = {"source": "s", "region": "CN-BJ", "indicator": "gdp", "unit": "percent_per_year"}
TARGET = {
    **START,
    "indicator_as_named": "",
    "baseline_value": "5.2",
    "baseline_year": "2024",
    "baseline_unit": "",
    "notes": "main",
}
OUTCOME = {**START, "value": "5.2", "end_year": "2024", "as_stated": "5.2%左右"}


@pytest.mark.parametrize(
    ("indicator", "name", "expected"),
    [
        ("provincial_technology_innovation_centers", "新组建综合领域类技术创新中心", True),
        ("provincial_technology_innovation_centers", "新组建省级技术创新中心", False),
        ("provincial_st_major_projects", "重点领域重大攻关项目", True),
        ("provincial_laboratories", "云南实验室", True),
        ("major_st_projects", "省“揭榜挂帅”、科技重大专项", True),
        ("high_tech_enterprises", "有效期内高新技术企业数量", False),
        ("high_tech_enterprises", "national-level high-tech enterprises", False),
        ("high_tech_enterprises", "", False),
        ("specialised_little_giants", "新增国家级专精特新“小巨人”企业总数", False),
        ("pilot_platforms", "省级制造业中试平台", True),  # one level of government
        ("pilot_platforms", "中试基地", False),
        ("provincial_laboratories", "省级实验室", False),
        ("strategic_emerging_output", "工业战略性新兴产业总产值", True),
        ("rd_intensity", "全社会研发投入占比", False),
        ("rd_intensity", "全市R&D经费占GDP比重", False),
        ("rd_expenditure", "研究与试验发展(R&D)经费投入年均增速", False),
        ("business_rd_expenditure", "全社会研发经费", True),
        ("business_rd_expenditure", "规上企业研发经费投入", True),
        ("basic_research_share", "基础研究经费投入占研发投入的比例", False),
        ("basic_research_share", "基础研究经费占比", True),  # of what is not printed
        ("gdp", "经济增长", False),
        ("gdp", "城市经济规模", True),
        ("technology_contract_turnover", "全国技术合同成交金额", False),
        ("technology_contract_turnover", "技术市场合同交易总额", True),
        ("copyright_industry_gdp_share", "版权产业增加值占GDP比重 (English text)", False),
    ],
)  # fmt: skip
def test_the_name_of_a_class_of_its_own(indicator: str, name: str, expected: bool) -> None:
    assert remarks.is_other_name(name, INDICATORS[indicator]) is expected


@pytest.mark.parametrize(
    ("name", "printed", "added"),
    [
        ("国内(不含港澳台)发明专利", "国内(不含港澳台)发明专利", ""),
        ("ハイテク企業（毎年の認定）", "ハイテク企業", "毎年の認定"),
        ("研发平台(力争获批)", "研发平台", "力争获批"),
        ("自治区级平台（基地）", "自治区级平台（基地）", ""),
        ("（全省高新区）企业数量", "企业数量", "全省高新区"),
    ],
)
def test_words_of_the_reader_are_no_part_of_a_printed_name(
    name: str, printed: str, added: str
) -> None:
    row = {"notes": ""}
    remarks.name_and_note(row, name)
    assert row["printed_name"] == printed
    assert row["notes"] == (added and f"the sentence says of it: {added}")


@pytest.mark.parametrize(
    ("notes", "flags"),
    [
        ("base of the share not recorded, read as GDP", "base_assumed"),
        ("denominator not printed; read as share of GDP", "base_assumed"),
        ("base place not stated in the text read", None),
        ("doubled; the base is not printed", None),
        ("base: employed persons", None),
        ("end of the five-year comparison; read as 2025", "year_assumed"),
        ("the year is implied by the text, not printed with the figure", "year_assumed"),
        ("which review has the figure was not recorded", "year_assumed"),
        ("about five years from October 2024, target year 2029 derived", "year_assumed"),
        ("printed 0.1%, read as percentage points", "unit_assumed"),
        ("annual goal; doubtful: 38 were reported before", "doubtful"),
        ("it is doubtful which of the two is meant", None),
        ("goal as the plan of 2022 recalls it", "recalled"),
        ("annual turnover; printed in billion yuan", "yearly"),
        ("annual goal; 6.8% a year for others", None),
    ],
)
def test_flags_say_what_the_notes_say(notes: str, flags: str | None) -> None:
    plan = {"region": "CN", "period": "14th", "plan_title": "行动方案", "plan_kind": "other"}
    row = {**plan, "form": "level", "notes": notes}
    tables = {"targets": [row], "outcomes": [], "observations": []}
    remarks.flag_by_notes(ledger.Research(tables))
    assert row.get("flags") == flags


@pytest.mark.parametrize(
    ("notes", "name", "left"),
    [
        ("printed 技术交易额 (which may be wider); by 2025", "技术交易额", "(which may be wider); by 2025"),
        ("printed as 研发费用, the accounting cost", "研发费用", "the accounting cost"),
        ("printed in 万元", None, "printed in 万元"),
        ("unit printed 人", None, "unit printed 人"),
    ],
)  # fmt: skip
def test_a_printed_name_in_the_notes_of_the_research_is_taken_from_them(
    notes: str, name: str | None, left: str
) -> None:
    row = {"indicator": "provincial_laboratories", "indicator_as_named": "", "notes": notes}
    remarks.name_as_printed(ledger.Research({"targets": [row], "outcomes": []}), INDICATORS)
    assert (row.get("printed_name"), row["notes"]) == (name, left)


def outcome(**cells: str) -> dict[str, str]:
    plain = {"origin": "outcomes", "form": "level", "status": "", "notes": "", "as_stated": "3%"}
    return {"source": "s", **plain, **cells}


AWARDS = {"indicator": "national_st_awards", "end_year": "2024"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, "awards reported in the review of 2024; the text does not name the award round"),
        ({"indicator": "national_st_awards_share"}, "award round"),
        ({"form": "cumulative"}, ""),
        ({"notes": "of the round of 2023"}, "of the round of 2023"),
        ({"indicator": "gdp"}, ""),
    ],
)
def test_awards_of_a_year_are_of_a_round_that_is_not_named(
    cells: dict[str, str], expected: str
) -> None:
    row = outcome(**{**AWARDS, **cells})
    remarks.note_award_rounds(ledger.Research({"outcomes": [row]}))
    assert row["notes"].endswith(expected)
    assert bool(row["notes"]) is bool(expected)


def test_every_count_of_awards_says_that_its_round_is_not_named() -> None:
    silent, silent_before = (
        [
            each
            for each in plans.observations.where(form="level")
            if each.indicator.code.startswith("national_st_awards")
            if "award round" not in (each.notes or "")
        ]
        for plans in (PLANS, BEFORE)
    )
    assert silent == []
    assert len(silent_before) >= 7


CONTRACTS = {"region": "CN-GX", "form": "level", "unit": "CNY_100M", "notes": ""}


@pytest.mark.parametrize(
    ("value", "year", "noted"),
    [
        ("100", "2023", False),
        ("90", "2023", False),
        ("89", "2023", True),
        ("112", "2025", False),  # the nearest year
        ("131", "2025", True),
        ("124", "2023", True),  # nearer to contracts bought
        ("124", "2024", True),  # also by the nearest year
        ("500", "", False),
    ],
)
def test_a_turnover_far_from_the_contracts_sold_names_the_statistics(
    value: str, year: str, noted: bool
) -> None:
    stated = {**CONTRACTS, "indicator": remarks.TURNOVER, "value": value, "end_year": year}
    statistics = [
        {**CONTRACTS, "indicator": remarks.SOLD, "value": "100", "year": "2023"},
        {**CONTRACTS, "indicator": remarks.BOUGHT, "value": "125", "year": "2023"},
    ]
    tables = {"targets": [], "outcomes": [stated], "observations": statistics}
    remarks.note_contracts_sold_and_bought(ledger.Research(tables))
    assert (
        "sold of 100.00亿元 in 2023 and bought of 125.00亿元 in 2023" in stated["notes"]
    ) is noted


def test_a_level_of_2025_in_a_report_of_2026_is_noted_by_its_review() -> None:
    unread, read_again, of_the_year = (
        outcome(source=source, indicator=indicator, end_year="2025")
        for source, indicator in (
            ("zz-gwr-2026", "technology_smes"),
            ("ha-gwr-2026", "technology_smes"),
            ("sn-gwr-2026", "specialised_little_giants"),
        )
    )
    remarks.note_reviews(ledger.Research({"outcomes": [unread, read_again, of_the_year]}))
    assert unread["notes"] == remarks.REVIEW_UNKNOWN
    assert read_again["notes"] == remarks.FIVE_YEARS
    assert of_the_year["notes"] == ""


@pytest.mark.parametrize(
    ("notes", "is_said"),
    [
        ("end value of the five-year review", True),
        ("breakthroughs in the year", True),
        ("reorganised and listed (重组入列) within the five years", True),
        ("the exact amount for 2025", True),
        ("goal in the 2025 report was 120", False),
        ("ninth year running", False),
        ("below the 13,000 reported for 2024 and the goal of over 14,000 for 2025", False),
        ("denominator not named; the 2025 report used output", False),
    ],
)
def test_a_year_of_another_figure_names_no_review(notes: str, is_said: bool) -> None:
    row = outcome(source="zz-gwr-2026", indicator="technology_smes", end_year="2025", notes=notes)
    remarks.note_reviews(ledger.Research({"outcomes": [row]}))
    assert (row["notes"] == notes) is is_said


@pytest.mark.parametrize(
    ("date", "status", "noted"),
    [
        ("2026-01-20", "not_stated", True),
        ("2026-01-20", "preliminary", False),
        ("2026-10-01", "not_stated", False),
        ("2026", "not_stated", False),
    ],
)
def test_a_figure_of_the_survey_said_before_it_is_noted(
    date: str, status: str, noted: bool
) -> None:
    row = outcome(indicator="rd_intensity", end_year="2025", status=status)
    tables = {
        "sources": [{"code": "s", "date": date}],
        "outcomes": [row, outcome(indicator="technology_smes", end_year="2025")],
        "observations": [],
    }
    remarks.note_early_rd(ledger.Research(tables))
    assert [bool(each["notes"]) for each in tables["outcomes"]] == [noted, False]


@pytest.mark.parametrize(
    ("unit", "as_stated", "notes", "expected"),
    [
        ("CNY_100M", "超过3.92万亿元", "", "printed in 万亿元"),
        ("CNY_100M", "47 billion yuan", "by firms", "by firms; printed in billion yuan"),
        ("CNY_100M", "39兆2600億元", "", "printed in 兆元"),
        ("CNY_100M", "1.3万亿元", "printed in 万亿元", "printed in 万亿元"),
        ("CNY_1T", "1.3万亿元", "", ""),
        ("CNY_100M", "52.4亿元", "", ""),
    ],
)  # fmt: skip
def test_an_amount_in_another_multiple_of_yuan_says_so(
    unit: str, as_stated: str, notes: str, expected: str
) -> None:
    row = {"unit": unit, "as_stated": as_stated, "notes": notes}
    tables = {"targets": [row], "outcomes": [], "observations": []}
    remarks.note_other_multiples(ledger.Research(tables))
    assert row["notes"] == expected


def test_an_implied_year_is_said_whatever_the_notes_say() -> None:
    rows = [
        {"year_basis": basis, "end_year": year, "notes": notes}
        for basis, year, notes in (
            ("implied", "2024", ""),
            ("printed", "2024", ""),
            ("implied", "2024", "first 2024 figure"),
            ("implied", "", "probably 2021"),  # a correction took the year away
        )
    ]
    remarks.note_implied_years(ledger.Research({"outcomes": rows}))
    said = remarks.IMPLIED_YEAR
    assert [row["notes"] for row in rows] == [
        said, "", f"first 2024 figure; {said}", "probably 2021",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("notes", "year", "scope"),
    [
        ("as of December 2024", "2024", "part_of_year"),
        ("to 2 December 2025", "2025", "part_of_year"),
        ("first three quarters of 2024; main", "2024", "part_of_year"),
        ("first half of 2025", "2025", "part_of_year"),
        ("as of the end of 2025", "2025", ""),
        ("as of 6 January 2025", "2024", ""),
    ],
)
def test_what_was_counted_within_its_year_is_marked(notes: str, year: str, scope: str) -> None:
    row = {"notes": notes, "end_year": year, "scope": "", "status": "not_stated"}
    remarks.mark_counts_before_year_end(ledger.Research({"outcomes": [row]}))
    assert (row["scope"], row["status"] == "preliminary") == (scope, bool(scope))


@pytest.mark.parametrize(
    ("title", "kind", "start", "end", "assumed"),
    [
        ("关于加快科技强省建设的实施意见", "action_plan", "2023", "2027", True),
        ("科技创新行动方案", "action_plan", "2021", "2023", True),
        ("科技创新“十四五”规划", "sti", "2021", "2035", True),
        ("科技创新“十四五”规划", "sti", "2021", "2025", False),
        ("科技创新行动方案", "action_plan", "2021", "2025", True),
        ("科技创新行动方案（2023—2027年）", "action_plan", "2023", "2027", False),
        ("科技创新行动方案(2023-2027)", "action_plan", "2023", "2027", False),
        ("关于加快科技强省建设的实施意见", "action_plan", "2023", "2023", True),
        ("2023年政府工作报告", "gwr", "2023", "2027", False),
    ],
)
def test_a_start_that_is_not_printed_is_assumed(
    title: str, kind: str, start: str, end: str, assumed: bool
) -> None:
    plan = {"region": "CN", "period": "14th", "plan_title": title, "plan_kind": kind}
    years = {"start_year": start, "end_year": end, "baseline_year": ""}
    row = {**plan, **years, "form": "level", "notes": ""}
    from_a_start = {**row, "baseline_year": str(int(start) - 1)}
    remarks.mark_assumed_starts(ledger.Research({"targets": [from_a_start]}))
    assert "flags" not in from_a_start
    remarks.mark_assumed_starts(ledger.Research({"targets": [row]}))
    assert row.get("flags") == ("start_assumed" if assumed else None)


@pytest.mark.parametrize(
    ("period", "form", "assumed"),
    [
        ("14th", "level", True),
        ("14th", "increment", False),
        ("14th", "annual_growth", False),
        ("annual-2025", "level", False),
    ],
)
def test_a_goal_of_one_year_starts_with_it(period: str, form: str, assumed: bool) -> None:
    plan = {"region": "CN", "period": period, "plan_title": "行动方案", "plan_kind": "other"}
    years = {"start_year": "2025", "end_year": "2025", "baseline_year": ""}
    row = {**plan, **years, "form": form, "notes": ""}
    remarks.mark_assumed_starts(ledger.Research({"targets": [row]}))
    assert row.get("flags") == ("start_assumed" if assumed else None)


def test_the_start_of_a_sum_that_is_not_printed_is_assumed_in_a_plan_of_five_years_too() -> None:
    plan = {"region": "CN", "period": "14th", "plan_title": "“十四五”规划（2021—2025年）"}
    row = {**plan, "plan_kind": "sti", "form": "cumulative", "notes": "", "baseline_year": ""}
    row |= {"start_year": "2021", "end_year": "2025"}
    remarks.mark_assumed_starts(ledger.Research({"targets": [row]}))
    assert "flags" not in row
    row["notes"] = "the start of the sum is not printed"
    remarks.mark_assumed_starts(ledger.Research({"targets": [row]}))
    assert row["flags"] == "start_assumed"


def test_every_sum_whose_start_is_not_printed_has_an_assumed_start_or_none() -> None:
    sums = [each for each in PLANS.targets if "start of the sum is not" in (each.notes or "")]
    assert len(sums) > 2
    assert all("start_assumed" in each.flags or each.start_year is None for each in sums)


def test_a_figure_of_another_year_in_a_note_of_a_target_has_no_row_for_a_reason() -> None:
    dated = re.compile(r"(?:^|; )20\d\d: (?:over |about )?[0-9]")
    noted = [each.notes or "" for each in PLANS.targets if dated.search(each.notes or "")]
    assert len(noted) > 1
    assert all("has no row" in notes for notes in noted), noted


def late_start(title: str, kind: str, region: str, period: str) -> str:
    """Return the first year of a goal of the whole period in a plan of the curated list."""
    plan = {"region": region, "period": period, "plan_title": title, "plan_kind": kind}
    years = {"13th": ("2016", "2020"), "14th": ("2021", "2025")}[period]
    row = {**plan, "start_year": years[0], "end_year": years[1], "baseline_year": "", "issued": ""}
    remarks.start_late_documents(ledger.Research({"targets": [row]}))
    return row["start_year"]


@pytest.mark.parametrize(
    ("title", "kind", "region", "period", "start"),
    [
        # only the list of plans has the date, or the words of its note
        ("关于推进战略性新兴产业融合集群发展的实施方案", "other", "CN-JS", "14th", "2023"),
        ("湖南创新型省份建设实施方案", "action_plan", "CN-HN", "13th", "2018"),
        ("江西省“十三五”科技创新规划", "sti", "CN-JX", "13th", "2016"),
    ],
)
def test_the_date_of_a_plan_starts_the_goals_of_a_late_document(
    title: str, kind: str, region: str, period: str, start: str
) -> None:
    assert late_start(title, kind, region, period) == start


def whole_periods_of_late_plans(plans: ip.Dataset) -> set[str]:
    """Plans with a goal that starts with a period of which two years were over at their issue."""
    possible = re.compile("issue date unknown .(20[0-9]{2})")
    return {
        each.plan.code
        for each in plans.targets
        if each.start_year is not None
        if each.start_year % 5 == 1 and each.end_year == each.start_year + 4
        if (dates := possible.findall(each.plan.notes or "") or [str(each.plan.issued or "")])
        if each.start_year + 1 < int(dates[0][:4] or 0) <= each.end_year
    }


def test_no_goal_starts_long_before_its_plan() -> None:
    assert whole_periods_of_late_plans(PLANS) == set()
    assert whole_periods_of_late_plans(BEFORE) >= {"CN-SD-13-action"}


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("not the 13th STI plan", "not the 13th plan for science, technology and innovation"),
        ("7% for the end of the 13th FYP.", "7% for the end of the 13th five-year period."),
        ("not the 15th FYP itself", "not the 15th five-year plan itself"),
        ("FTE or head count not said", "full-time equivalent or head count not said"),
        ('annual goal ("力争"), not of five years',
         "annual goal, worded as an effort (力争), not of five years"),
        ("interim target for 2023; main", "goal for 2023; main"),
        ("interim target; stretch goal 5800亿元", "the text strives for 5800亿元"),
        ("goal for 2028; scope is the high-tech zones of the province; issue month from the address of",
         "goal for 2028"),
        ("the S&T conference; R&D over GDP", "the science and technology conference; R&D over GDP"),
    ],
)  # fmt: skip
def test_notes_are_in_plain_words(notes: str, expected: str) -> None:
    assert remarks.plain(notes) == expected
    assert remarks.plain(expected) == expected


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (
            "Fits 375亿元 at a GDP of 2.5 trillion yuan; other",
            (
                "the goal of the same plan for R&D expenditure, 375亿元, is this share of a GDP of"
                " 2.5 trillion yuan; other"
            ),
        ),
        ("2022-2026, five years of the council term", "for 2022-2026, the term of the government"),
        ("weak source; other", "other"),
        ("12 expected indicators", "the plan has 12 expected indicators"),
        (
            "equals the official figure of 2023 (115.5, up 26.9%)",
            "the official figure of 2023 (115.5, up 26.9%) is the same, so it may be that one",
        ),
        (
            "final 36326.8 (+0.54%): how far a February figure may move",
            "the final figure is 36326.8",
        ),
        (
            "甘政办发〔2025〕20号. Goal for 2030",
            "document number 甘政办发〔2025〕20号; Goal for 2030",
        ),
        ("date from another copy", "date from another copy"),
        ("date from ces.cn copy", "date from the copy at ces.cn"),
    ],
)
def test_a_remark_of_the_research_is_said_for_readers(notes: str, expected: str) -> None:
    assert remarks.plain(notes) == expected


def test_plain_words_stay() -> None:
    notes = {each.notes for each in (*PLANS.targets, *PLANS.observations) if each.notes}
    assert {each for each in notes if remarks.plain(each) != each} == set()


SHORT_FORM = re.compile(
    r"\b(SEI|IP|NBS|WDI|SAFE) (plan|portal|value|central)|(^|; )(Fits|CONFLICT|gives [0-9.]+, )"
    r"|council term|by us(;|$)|our inference|computed here|(^|; )(final [0-9.]+|weak source|printed so)"
    r"|(^|; )equals the (official|statistics office|NBS)|early [0-9]+, not|〔[0-9]+〕[0-9]+号\. "
    r"|base of the share recorded as|also in \S*index"
    r"|\b(FYP|STI|FTE|S&T|esData)\b|interim target|stretch goal|context:|yearbook table|bulletin intensity"
    r"|both kinds of firm|^both doubled"
    r"|(^|; )\W?力争\W?(;|$)|\(\W力争\W\)"
)


def in_short_forms(plans: ip.Dataset) -> int:
    """Return the number of figures whose notes have short forms or words of the research."""
    statements: list[ip.Target | ip.Observation] = [*plans.targets, *plans.observations]
    notes = [each.notes or "" for each in statements]
    notes += [each.notes or "" for each in plans.corroborations]
    return sum(bool(SHORT_FORM.search(each)) for each in notes)


def test_no_note_of_the_data_has_a_short_form() -> None:
    assert in_short_forms(PLANS) == 0
    assert in_short_forms(BEFORE) >= 900


@pytest.mark.parametrize(
    ("unit", "as_stated", "noted"),
    [
        ("index_points", "91.38", True),
        ("index_points", "51.79%", False),
        ("percent", "91.38", False),
    ],
)
def test_an_index_without_a_percent_sign_says_so(unit: str, as_stated: str, noted: bool) -> None:
    row = outcome(unit=unit, as_stated=as_stated)
    remarks.note_missing_percent(ledger.Research({"outcomes": [row]}))
    assert (row["notes"] == remarks.WITHOUT_PERCENT) is noted


def early(year: str, date: str) -> dict[str, str]:
    """Return a figure of the R&D survey after the importer looked at the date of its text."""
    row = outcome(indicator="rd_intensity", end_year=year)
    sources = [{"code": "s", "date": date}, {"code": "nbs-rdbull-2024", "date": "2025-09-29"}]
    remarks.note_early_rd(
        ledger.Research({"outcomes": [row], "observations": [], "sources": sources})
    )
    return row


@pytest.mark.parametrize(
    ("year", "date", "is_early"),
    [
        ("2025", "2026-01-20", True),
        ("2025", "", True),  # no bulletin of the year is among the sources
        ("2024", "", False),
        ("2025", "2026-11", False),
    ],
)
def test_what_is_said_before_the_bulletin_is_preliminary(
    year: str, date: str, is_early: bool
) -> None:
    row = early(year, date)
    assert (row["status"] == "preliminary") is is_early
    assert (remarks.BEFORE_STATISTICS in row["notes"]) is is_early


def test_the_second_text_of_an_outcome_is_named_unless_it_has_a_row() -> None:
    figure = {"region": "CN", "indicator": "rd_intensity", "end_year": "2024", "value": "2.69"}
    known, unknown, own = "https://a.example", "https://b.example", "https://c.example"
    first, second, third, indexed, copy = (
        outcome(**{**figure, **cells})
        for cells in (
            {"second_source_url": known, "notes": "final"},
            {"second_source_url": unknown},
            {"second_source_url": own},
            {"second_source_url": "urn:index:1"},
            {"source": "copy"},
        )
    )
    sources = [{"code": "known", "url": known}, {"code": "copy", "url": own}]
    sources.append({"code": "index", "url": "urn:index:1"})
    tables = {
        "outcomes": [first, second, third, indexed, copy],
        "observations": [],
        "sources": sources,
    }
    remarks.note_second_texts(ledger.Research(tables))
    notes = [row["notes"] for row in tables["outcomes"]]
    assert notes == [
        "final; also in the source known",
        f"also in {unknown}",
        "",
        "also in a file of a public repository (the source index)",
        "",
    ]


@pytest.mark.parametrize(
    ("code", "issued", "issuer", "noted"),
    [
        ("CN-GD-14-sti", "2021-08", "official_media", True),
        ("CN-GD-14-sti", "2021-07-30", "official_media", False),
        ("CN-GD-14-sti", "2021-08", "government", False),
        ("CN-GD-2021-other-meeting", "2021-08-09", "official_media", False),
    ],
)
def test_a_plan_dated_by_a_report_says_so(code: str, issued: str, issuer: str, noted: bool) -> None:
    plan = {"code": code, "kind": "other", "issued": issued, "notes": ""}
    remarks.note_press_date(plan, [{"issuer": issuer, "date": "2021-08-09"}])
    assert bool(plan["notes"]) is noted


def test_a_text_of_the_media_needs_a_speaker() -> None:
    speakers = renditions.Renditions()
    assert speakers.speaker("jx-xinhua-2024-03-23") == "own"
    assert speakers.speaker("nbs-rdbull-2024") == "others"
    with pytest.raises(SystemExit, match="wrong speaker of 'ah-jrzgltzzs-2020-09-25'"):
        speakers.speaker("ah-jrzgltzzs-2020-09-25")


def test_a_printed_name_is_that_of_the_row() -> None:
    row = {"indicator": "provincial_laboratories", "indicator_as_named": "云南实验室", "notes": ""}
    remarks.name_as_printed(ledger.Research({"targets": [row], "outcomes": []}), INDICATORS)
    assert (row["printed_name"], row["notes"]) == ("云南实验室", "")


@pytest.mark.parametrize(
    ("outcome", "notes", "expected"),
    [
        ({"comparator": "about", "status": "preliminary"}, "main",
         "main; baseline is printed as 5.2%左右, expected (预计)"),
        ({"comparator": "about", "status": "not_stated"}, "", "baseline is printed as 5.2%左右"),
        ({"comparator": "reach", "status": "not_stated"}, "main", "main"),
        ({"comparator": "about", "status": "final"}, "baseline is about 5.2%", "baseline is about 5.2%"),
        ({"comparator": "about", "status": "final", "source": "another"}, "main", "main"),
        ({"comparator": "about", "status": "final", "unit": "CNY_100M"}, "main", "main"),
    ],
)  # fmt: skip
def test_a_start_that_is_a_bound(outcome: dict[str, str], notes: str, expected: str) -> None:
    target = {**TARGET, "notes": notes}
    research = ledger.Research({"targets": [target], "outcomes": [{**OUTCOME, **outcome}]})
    remarks.note_inexact_starts(research)
    assert target["notes"] == expected


def silent_starts(plans: ip.Dataset) -> set[str]:
    """Targets whose start is a bound or expected in their own text, which no note says."""
    inexact = {
        (each.citation.source, each.region, each.indicator, each.value, each.year, each.unit)
        for each in plans.observations
        if str(each.comparator) != "reach" or str(each.status) == "preliminary"
    }
    return {
        each.key.split("@")[0]
        for each in plans.targets
        if "baseline" not in (each.notes or "")
        if (
            each.citation.source,
            each.region,
            each.indicator,
            each.baseline_value,
            each.baseline_year,
            each.baseline_unit or each.unit,
        )
        in inexact
    }


def test_no_start_that_is_a_bound_is_silent() -> None:
    assert silent_starts(PLANS) == set()
    assert silent_starts(BEFORE) >= {
        "CN-BJ-2025-gwr/gdp/annual_growth/2025",
        "CN-TJ-2025-gwr/gdp/annual_growth/2025",
    }


def test_the_copy_of_a_text_that_reads_another_bound() -> None:
    """The row of the text that is kept says what the row of the copy has."""
    kept, copy = "p-34cc3d28", "p-b7e61b3e"
    figure = {
        "region": "CN-AH", "indicator": "high_tech_enterprises", "form": "increment",
        "end_year": "2025", "value": "3000", "origin": "targets", "notes": "",
    }  # fmt: skip
    first = {**figure, "source": kept, "comparator": "reach", "as_stated": "3000家"}
    second = {**figure, "source": copy, "comparator": "about", "as_stated": "3000家左右"}
    tables: dict[str, list[dict[str, str]]] = {
        "targets": [first],
        "corroborations": [second],
        "outcomes": [],
        "observations": [],
        "sources": [
            {"code": row["old"], "origin": "sources"}
            for row in ledger.read(TOOLS / "research" / "merged_sources.csv")
        ],
    }
    research = ledger.Research(tables)
    renditions.merge_sources(research)
    assert research.tables["corroborations"] == []
    assert first["notes"] == "a second reading has about: 3000家左右"


def test_the_data_have_the_printed_names() -> None:
    names = [each.printed_name or "" for each in (*PLANS.targets, *PLANS.observations)]
    assert sum(map(bool, names)) > 150
    assert not {"地区生产总值", "国内生产总值"} & set(names)
    target = PLANS.targets.where(
        region="CN-HL", indicator="provincial_st_major_projects", end_year=2026
    ).one()
    assert (target.printed_name, target.notes) == ("重点领域重大攻关项目", None)


def after_the_span(plans: ip.Dataset) -> list[str]:
    """Targets for a year after the span in the title of their plan, which no note says."""
    span = re.compile("20[0-9]{2}年?[-—–](20[0-9]{2})")
    return [
        each.key
        for each in plans.targets
        if (years := span.search(each.plan.title_zh or "")) and int(years[1]) < each.end_year
        if "after the span" not in (each.notes or "")
    ]


def test_a_goal_after_the_span_of_its_plan_says_so() -> None:
    assert after_the_span(PLANS) == []
    assert len(after_the_span(BEFORE)) == 2
