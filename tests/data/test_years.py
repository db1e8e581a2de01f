"""Years and spans of figures and plans: those of the statistics, and those that titles state."""

from __future__ import annotations

import re
from decimal import Decimal

import innovation_plans as ip
from innovation_plans.records.reference import years_of

PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
SPAN = re.compile("(20[0-9]{2})[-—](20[0-9]{2})年?")
NAMED = re.compile("“十[三四五]五”|第十[三四五]个五年")
# Figures that equal the statistic of the year before, with the reason why they are of their own year.
EQUAL = {
    "CN-GD/rd_intensity/level/2025@gd-gwr-2026": "5350 is stated beside it, an amount of 2025",
    "CN/rd_expenditure/average_growth/2021-2025@cn-jiangongdata-2026-03-10":
        "24393.1 to 39262 gives 9.99; a whole per cent stands for both years",
}  # fmt: skip


def official(code: str, vintage: str) -> dict[tuple[str, int], Decimal]:
    """Values of an R&D bulletin by region and year."""
    series = PLANS.observations.where(indicator=code, vintage=vintage, form="level")
    return {
        (each.region.code, each.year): each.value
        for each in series
        if each.year and each.citation.source.code.startswith("nbs-rdbull")
    }


AMOUNTS = official("rd_expenditure", "bulletin")
SHARES = official("rd_intensity", "first")


def growth(region: str, start: int, end: int) -> Decimal | None:
    """Average growth between two years of the bulletins, in per cent a year."""
    first, last = AMOUNTS.get((region, start)), AMOUNTS.get((region, end))
    if not first or not last or end <= start:
        return None
    return ((last / first) ** (1 / Decimal(end - start)) - 1) * 100


def statistics_of(each: ip.Observation, year: int) -> Decimal | None:
    """The official value of what a figure states, as if it ended in another year."""
    own, start = each.year or 0, (each.start_year or each.year or 0) - 1
    if each.form == "level":
        return SHARES.get((each.region.code, year))
    if each.start_year is None or each.start_year == own:
        start = year - 1
    return growth(each.region.code, start, year)


def is_stated(each: ip.Observation) -> bool:
    code, form = each.indicator.code, each.form
    is_growth = code == "rd_expenditure" and form in {"annual_growth", "average_growth"}
    return (
        each.year is not None
        and each.scope is None
        and each.citation.as_stated is not None
        and each.comparator == "reach"
        and (is_growth or (code == "rd_intensity" and form == "level"))
    )


def of_the_year_before(plans: ip.Dataset) -> set[str]:
    """Stated growth and intensity that is the official one of the year before, not of its own."""
    found = set()
    for each in plans.observations:
        if each.year is None or not is_stated(each):
            continue
        own, earlier = (statistics_of(each, each.year - less) for less in (0, 1))
        if equal(each, earlier) and not equal(each, own):
            found.add(each.key)
    return found


def equal(each: ip.Observation, value: Decimal | None) -> bool:
    return value is not None and abs(value - each.value) <= each.half_width


def test_no_figure_is_that_of_the_year_before() -> None:
    assert of_the_year_before(PLANS) == set(EQUAL)


def test_the_edition_before_had_such_figures() -> None:
    assert len(of_the_year_before(BEFORE)) >= 9


def wrong_starts(plans: ip.Dataset) -> set[str]:
    """Targets that start before the span in the title of their plan."""
    found = set()
    for each in plans.targets:
        span = SPAN.search(each.plan.title_zh or "")
        if span and each.start_year is not None and each.start_year != int(span[1]):
            found.add(each.key)
    return found


def test_a_target_starts_with_the_span_of_its_plan() -> None:
    assert {key.split("@")[0] for key in wrong_starts(PLANS)} == {
        "CN-FJ-14-action/digital_economy_core_gdp_share/increment/2025"  # "over 2020"
    }


def test_the_edition_before_had_lost_spans() -> None:
    assert len(wrong_starts(BEFORE)) >= 14


def unsaid_starts(plans: ip.Dataset) -> set[str]:
    """Plans without a span whose goals start in another year than the document, unless that is marked.

    A goal for the end of a five-year period starts with the period, or in a year that its text names.
    """
    found = set()
    for each in plans.targets:
        plan, start, end = each.plan, each.start_year, each.end_year
        title, issued = plan.title_zh or "", str(plan.issued or "")
        named = SPAN.search(title) or NAMED.search(title) or plan.period.startswith("annual")
        if (
            named
            or plan.kind == "gwr"
            or not issued
            or not start
            or start == end
            or (end - start == 4 and end % 5 == 0)
        ):
            continue
        later = 1 if issued[5:7] >= "10" else 0
        if start != int(issued[:4]) + later or (later and "start_assumed" not in each.flags):
            found.add(plan.code)
    return found


def test_a_goal_of_a_document_of_the_last_quarter_says_that_its_start_is_assumed() -> None:
    assert unsaid_starts(PLANS) == set()
    assert unsaid_starts(BEFORE) >= {"CN-SD-14-action", "CN-GD-14-action-chain"}


def unprinted_starts(plans: ip.Dataset) -> set[str]:
    """Targets whose first year no title or starting value prints, unless that is marked."""
    return {
        each.key
        for each in plans.targets
        if each.start_year is not None
        and each.start_year < each.end_year
        and not SPAN.search(each.plan.title_zh or "")
        and each.plan.kind != "gwr"
        and not ("五" in (each.plan.title_zh or "") and each.end_year == each.start_year + 4)
        and each.baseline_year is None
        and "start_assumed" not in each.flags
    }


def test_a_start_that_is_not_printed_is_marked() -> None:
    assert unprinted_starts(PLANS) == set()
    assert unprinted_starts(BEFORE) >= {
        "CN-GX-14-sti/rd_intensity/level/2035@gx-stdaily-2021-12-27",
        "CN-YN-13-other-rd/rd_intensity/level/2020@yn-news-2018-02",
    }


def starts_of_our_titles(plans: ip.Dataset) -> set[str]:
    """Plans whose title is ours and names the period of a target, whose start is not marked."""
    remark = re.compile("descriptive title|title assumed|title inferred")
    ours = {plan.code for plan in PLANS.plans if remark.search(plan.notes or "")}
    return {
        each.plan.code
        for each in plans.targets
        if each.plan.code in ours
        if each.start_year is not None and each.start_year < each.end_year
        if each.baseline_year is None and each.plan.kind != "gwr"
        if "start_assumed" not in each.flags
    }


def test_a_period_in_a_title_of_ours_is_not_printed() -> None:
    assert starts_of_our_titles(PLANS) == set()
    assert starts_of_our_titles(BEFORE) >= {"CN-ZJ-13-other-literacy", "CN-HA-14-other-enterprises"}


def test_the_span_of_a_title_is_not_assumed() -> None:
    marked = {
        each.plan.code
        for each in PLANS.targets
        if "start_assumed" in each.flags and SPAN.search(each.plan.title_zh or "")
    }
    # Two goals to double a number, of a year not stated; a title that we inferred; a title with that of
    # another plan.
    assert marked == {"CN-NM-14-action", "CN-CQ-14-action-innovation", "CN-SN-14-other-literacy"}


def wrong_periods(plans: ip.Dataset) -> set[str]:
    """Plans that are not filed under the period in which their span begins, or they were issued."""
    codes = set()
    for plan in plans.plans:
        title, years = plan.title_zh or "", years_of(plan.period)
        span = SPAN.search(title)
        begins = span[1] if span else "" if NAMED.search(title) else str(plan.issued or "")[:4]
        if begins and years and not years[0] <= int(begins) <= years[1]:
            codes.add(plan.code)
    return codes


def test_every_plan_is_filed_under_the_period_in_which_it_begins() -> None:
    assert wrong_periods(PLANS) == {"CN-SX-13-action"}  # the 13th is the first
    issued = [plan for plan in PLANS.plans if plan.code.startswith(("CN-CQ-14-action", "CN-GS-14"))]
    assert len({plan.period for plan in issued}) == 1


def test_the_edition_before_filed_some_by_their_end() -> None:
    assert wrong_periods(BEFORE) >= {"420100-15-action", "CN-TJ-14-action", "CN-SC-15-action"}


def expected_without_status(plans: ip.Dataset) -> set[str]:
    """Figures of a government that it, or another of its texts, calls expected (预计)."""
    expected = {
        figure_of(each)
        for each in plans.observations
        if each.status == "preliminary" or "预计" in (each.citation.as_stated or "")
    }
    return {
        each.key
        for each in plans.observations
        if figure_of(each) in expected and each.self_reported and each.status != "preliminary"
    }


def figure_of(each: ip.Observation) -> tuple[str, str, Decimal]:
    return each.series_key, each.span, each.value


def test_an_expected_figure_is_preliminary() -> None:
    assert expected_without_status(PLANS) == set()


def test_the_edition_before_had_lost_a_status() -> None:
    assert "CN-GD/high_tech_enterprises/level/2024@gd-gwr-2025" in expected_without_status(BEFORE)


def test_a_year_that_is_implied_by_the_text_is_said_to_be() -> None:
    implied = [each for each in PLANS.observations if "implied by the text" in (each.notes or "")]
    assert len(implied) == 188
    assert all(each.year for each in implied)
    keys = {each.key for each in implied}
    for key in (
        "320500/rd_expenditure/level/2023@suzhou-dingqianjf",
        "440112/rd_expenditure/level/2021@huangpu-chinadaily-2022-11-07",
        "610100/rd_intensity/level/2022@xian-shyushe-2023-11-11",
        "CN-CQ/high_tech_enterprises/annual_growth/2025@cq-szpsj-2026-03",
        "CN-NM/science_fiscal_expenditure/annual_growth/2024@nm-nmgnews-2025-02-13",
        "CN-NM/science_fiscal_expenditure/level/2024@nm-nmgnews-2025-02-13",
    ):
        assert key in keys, key
    counts = [
        each for each in PLANS.observations if each.citation.source.code == "taiyuan-163-2025-01-06"
    ]
    assert len(counts) == 2
    assert all("as of 6 January 2025" in (each.notes or "") for each in counts)
    assert {each.year for each in counts} == {None}


COUNTED_WITHIN = re.compile("(?:as of|interim count of|to [0-9]+) [A-Z][a-z]+ (20[0-9]{2})")


OF_FIVE_YEARS = re.compile("five-year review|(?:with)?in the five years|end of the 1[34]th plan")


def of_five_years(plans: ip.Dataset) -> list[ip.Observation]:
    """Levels and places at the start or the end of a review of five years, whose year is not marked."""
    return [
        each
        for each in plans.observations
        if each.form in {"level", "rank"}
        and each.year
        and OF_FIVE_YEARS.search(each.notes or "")
        and "year_assumed" not in each.flags
    ]


def test_the_start_and_the_end_of_a_review_of_five_years_have_assumed_years() -> None:
    assert of_five_years(PLANS) == []
    assert len(of_five_years(BEFORE)) >= 25


def test_a_start_whose_year_is_assumed_is_the_outcome_of_the_same_text() -> None:
    assumed = {
        (each.citation.source.code, each.indicator.code, each.region.code, each.year, each.value)
        for each in PLANS.observations
        if "year_assumed" in each.flags
    }
    starts = {
        (
            each.citation.source.code,
            each.indicator.code,
            each.region.code,
            each.baseline_year,
            each.baseline_value,
        )
        for each in PLANS.targets
        if each.baseline_value is not None
    }
    assert starts
    assert not starts & assumed


def test_what_is_counted_within_a_year_is_not_its_end() -> None:
    interim = [
        each
        for each in PLANS.observations
        if (counted := COUNTED_WITHIN.search(each.notes or "")) and counted[1] == str(each.year)
    ]
    assert len(interim) == 5
    assert {(each.scope, each.status) for each in interim} == {("part_of_year", "preliminary")}


def test_a_note_on_a_year_is_of_the_year_of_its_row() -> None:
    notes = {each.notes for each in PLANS.observations if each.citation.source.code == "pik-pop"}
    assert notes - {None} == {
        "based on the census of that year",
        "revised after the seventh census",
    }


def test_a_note_on_a_sum_is_of_the_region_of_its_row() -> None:
    notes = [each.notes or "" for each in PLANS.observations if "exceed" in (each.notes or "")]
    assert len(notes) == 20
    assert [text for text in notes if "nation" in text] == []


def test_a_figure_of_the_year_is_not_of_an_unknown_review() -> None:
    """Another row of the research tells that these amounts are of 2025."""
    gdp = PLANS.observations.where(indicator="gdp", form="level", year=2025)
    notes = {each.citation.source.code: each.notes for each in gdp}
    for code in ("yn-gwr-2026", "nx-gwr-2026"):
        assert notes[code].partition("; ")[0] == "the exact amount for 2025"


def test_a_text_that_is_also_named_is_a_source_or_an_address() -> None:
    codes = {source.code for source in PLANS.sources}
    named = [
        found[1] or found[2]
        for each in PLANS.observations
        if (
            found := re.search(
                r"also in (?:the source )?([^ ;,]+)$|\(the source ([^ )]+)\)$", each.notes or ""
            )
        )
    ]
    assert len(named) >= 84
    assert [name for name in named if ":" not in name and name not in codes] == []


def test_yearly_goals_are_of_one_year() -> None:
    yearly = [each for each in PLANS.targets if "every year to" in (each.notes or "")]
    assert [(each.indicator.code, each.start_year, each.end_year) for each in yearly] == [
        (indicator, year, year)
        for indicator in ("high_tech_enterprises", "specialised_little_giants")
        for year in (2025, 2026, 2027)
    ]
    before = [each for each in BEFORE.targets if "every year to" in (each.notes or "")]
    assert all(each.start_year != each.end_year for each in before)


def test_the_span_of_a_change_is_that_of_its_text() -> None:
    rank = PLANS.targets.where(plan="CN-GS-14-action-hub", form="increment").one()
    assert (rank.start_year, rank.end_year) == (2025, 2025)  # "in 2025"
    share = PLANS.targets.where(plan="CN-FJ-14-action", form="increment").one()
    assert (share.baseline_year, share.start_year, share.end_year) == (2020, 2021, 2025)


def accounts_of_2025(plans: ip.Dataset) -> list[ip.Observation]:
    codes = ["gdp", "resident_population_year_end"]
    return list(plans.observations.where(indicator=codes, form="level", year=2025))


def test_the_first_accounts_of_2025_are_a_vintage_of_their_own() -> None:
    accounts = accounts_of_2025(PLANS)
    assert len(accounts) >= 90
    assert {each.vintage for each in accounts} == {"first_2025"}
    others = [each for each in PLANS.observations if each.vintage == "first_2025"]
    assert len(others) == len(accounts)
    assert {each.vintage for each in accounts_of_2025(BEFORE)} == {None, "after_census_5"}


def older_than_their_vintage(plans: ip.Dataset) -> list[str]:
    """Figures whose text came out before the release of the vintage that they name."""
    released = {(each.code, each.indicator, each.year): each.released for each in plans.vintages}
    older = []
    for each in plans.observations:
        day, name = each.citation.source.date, each.vintage or ""
        years = (each.year, None)
        release = next(filter(None, (released.get((name, each.indicator, at)) for at in years)), "")
        if day and release and day < release[: len(day)]:
            older.append(each.key)
    return older


def test_no_text_is_older_than_the_vintage_of_its_figures() -> None:
    assert older_than_their_vintage(PLANS) == []
    assert "CN-SH/rd_intensity/level/2025/first@sh-plan-2026" in older_than_their_vintage(BEFORE)
    known = PLANS.observations.as_of("2026-02-20").where(indicator="rd_expenditure", year=2025)
    assert [each.key for each in known.where(region="CN")] == [
        "CN/rd_expenditure/level/2025@cn-go-2026-02-17"
    ]


def test_no_verdict_divides_by_the_first_accounts_of_2025_and_final_ones() -> None:
    records = {each.key: each for each in PLANS.observations}
    for result in ip.scorecard(PLANS):
        vintages = {
            (records[key].indicator.code, records[key].vintage)
            for key in result.inputs
            if key in records
            and records[key].indicator.code in {"gdp", "resident_population_year_end"}
        }
        assert not {("gdp", "first_2025"), ("gdp", "after_census_5")} <= vintages, result.target


def test_a_starting_value_is_of_the_text_of_its_target_or_of_its_plan() -> None:
    others = [
        each.key
        for each in PLANS.targets
        if each.baseline_value is not None
        and re.search("baseline[^;]* from (?!the plan|the copy of the plan)", each.notes or "")
    ]
    assert others == []


def test_an_estimate_that_starts_a_goal_is_preliminary() -> None:
    estimates = [
        each
        for each in PLANS.observations
        if "start of the goal" in (each.notes or "") and "estimate" in (each.notes or "")
    ]
    assert len(estimates) >= 2
    assert {each.status for each in estimates} == {"preliminary"}


def test_no_year_is_assumed_where_there_is_none() -> None:
    def without_year(plans: ip.Dataset) -> list[str]:
        return [
            each.key
            for each in plans.observations
            if each.year is None and "year_assumed" in each.flags
        ]

    assert without_year(PLANS) == []
    assert [each.key for each in PLANS.observations if "year_assumed" in each.flags]


def test_a_document_known_from_a_dated_report_has_the_date_of_it() -> None:
    issued = {plan.code: plan.issued for plan in PLANS.plans}
    assert issued["CN-JX-14-action"] == "2022-03-07"
    assert issued["CN-YN-13-other-rd"] == "2018-02"
    assert issued["370900-14-other-innovative-city"] == "2023-05-23"
    before = {plan.code: plan.issued for plan in BEFORE.plans}
    assert before["CN-JX-14-action"] is None
