"""A figure for a part or a class says so in its columns, and never meets figures of the whole."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import innovation_plans as ip

PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
PARTS = re.compile(
    r"for each district|省级以上|newly (recognised|certified|elected)|recognised in the year|培育"
    r"|cumulative (recognised|number nurtured)|above designated size only|rank among cities"
    r"|not the province|full-time in|members of academies abroad|as participant|reorganised so far"
    r"|first batch after|within (one|the) .*(programme|platforms)|micro enterprises"
    r"|(leaders|institutes|projects|centres) together|branch centres|absorbed plus exported"
    r"|is wider than national|every year to 2027",
    re.IGNORECASE,
)
# The indicator is that part, or the note says of the figure that it is the whole.
WHOLE = {
    "CN-SX-2025-gwr/industrial_rd_expenditure/annual_growth/2025":
        "the indicator is of industry above designated size",
    "CN-YN-14-other-manufacturing/manufacturing_high_tech_enterprises_share/level/2025":
        "the indicator is of manufacturers above designated size",
    "CN-HN/specialised_little_giants/level/2025": "培育 in five years, read as the stock",
    "CN-HA/specialised_little_giants/level/2024": "培育, read as the stock",
    "CN-JL/high_tech_enterprises/level/2024": "认定, read as the stock because of its size",
}  # fmt: skip
MOVED = {
    "320100-14-sti/new_rd_institutions_high_level:class_unclear/level/2025@nanjing-press-sti-14",
    "CN-GZ-2025-gwr/specialised_enterprises:fostered/increment/2025@gz-gwr-2025",
    "CN-JL/eaglet_and_gazelle_enterprises:newly_recognised/increment/2025@jl-gwr-2026",
    "CN-NM/specialised_enterprises:fostered/level/2025@nm-gwr-2026",
    "CN-NX-2025-gwr/specialised_enterprises:class_unclear/increment/2025@nx-gwr-2025",
    "CN-QH/specialised_enterprises/level/2024@qh-gwr-2025",
    "CN-XJ/specialised_enterprises:newly_recognised/increment/2024@xj-gwr-2025",
    "CN-AH/specialised_enterprises/increment/2025@ah-gwr-2026",
    "CN-AH-2025-gwr/specialised_enterprises/increment/2025@ah-gwr-2025",
    "CN-AH-2026-gwr/specialised_enterprises/increment/2026@ah-gwr-2026",
}

# Figures whose text, not their note, says that they are for a class: what is fostered (培育),
# recognised (认定) or elected (当选, 新晋, 新增院士) is no net increase, 规上 is no whole industry.
CLASSES = {
    "CN-AH-2026-gwr/technology_managers:fostered/increment/2026",
    "CN-GS-2025-gwr/innovative_enterprises:fostered/increment/2025",
    "CN-GS-2025-gwr/provincial_single_champions:fostered/increment/2025",
    "CN-GS-2025-gwr/specialised_smes:fostered/increment/2025",
    "CN-HA-2025-gwr/specialised_smes:fostered/increment/2025",
    "CN-NX-2026-gwr/innovative_enterprises:fostered/increment/2026",
    "CN-SD-2025-gwr/specialised_little_giants_and_champions:fostered/increment/2025",
    "CN-SD-2026-gwr/unicorns_little_giants_and_champions:fostered/increment/2026",
    "CN-XZ-2026-gwr/innovative_and_specialised_smes:fostered/increment/2026",
    "CN-GD/manufacturing_single_champions:fostered/increment/2025",
    "CN-GD/specialised_little_giants:fostered/increment/2025",
    "CN-GS/specialised_smes:fostered/increment/2025",
    "CN-HN/innovation_consortia:fostered/increment/2024",
    "CN-HN/pilot_platforms:fostered/increment/2024",
    "CN-HL/manufacturing_single_champions:newly_recognised/increment/2024",
    "CN-JL/seed_unicorns:newly_recognised/increment/2025",
    "CN-AH/academicians:newly_elected/increment/2025",
    "CN-JL/academicians:newly_elected/increment/2025",
    "CN-HL/academicians:newly_elected_engineering/increment/2025",
    "CN-NM/academicians:newly_elected_engineering/increment/2021-2025",
    "CN-AH/digital_economy_core_revenue:above_designated_size/level/2024",
    "CN-AH/digital_economy_core_revenue:above_designated_size/level/2025",
    "CN-NM-2025-other-work/technology_enterprises:three_classes/level/2025",
    "210100-14-sti/high_tech_output_share:high_tech_products/level/2025",
    "440100-13-sti/high_tech_output_share:high_tech_products/level/2020",
    "440400-13-action/high_tech_output_share:high_tech_products/level/2020",
    "630100/high_tech_value_added:high_technology/annual_growth/2023",
    "CN-FJ-14-other-manufacturing/specialised_smes:fostered/cumulative/2025",
    "CN-HA-14-other-enterprises/gazelle_enterprises:fostered/cumulative/2025",
    "CN-HA-14-other-enterprises/leading_innovation_enterprises:fostered/cumulative/2025",
    "CN-SH/foreign_rd_centers:newly_recognised/increment/2024",
    "CN-GX-2025-gwr/provincial_technology_innovation_centers:one_class/increment/2025",
    "CN-JX-2026-gwr/proof_of_concept_centers:one_class/increment/2026",
    "CN-SX-2026-gwr/enterprise_technology_centers:provincial_and_above/increment/2026",
    "CN-NM/national_st_awards:one_class/level/2024",
    "CN-GX/ai_core_industry_output:industry/level/2025",
    "CN-SH/strategic_emerging_output:industry/annual_growth/2025",
    "CN-HA-14-other-literacy/science_education_bases:provincial_and_above/level/2025",
    "CN-FJ/major_st_projects:with_open_call_projects/level/2024",
    # major results, and those within the province
    "CN-HL-2025-gwr/st_achievements_transformed:major/level/2025",
    "CN-HL-2026-gwr/st_achievements_transformed:major_within_province/level/2026",
    "CN-HL/st_achievements_transformed:major/level/2024",
    "CN-HL/st_achievements_transformed:major_within_province/level/2025",
    # the text cited prints no price basis, and another one of the same plan does
    "CN-15-outline-draft/rd_expenditure:class_unclear/average_growth/2030",
    # of one year, or the sum of the period
    "CN-14-other-ip/overseas_invention_patents:class_unclear/level/2025",
    # 培育 may mean the stock or what is added
    "CN-CQ-14-other-districts/high_tech_enterprises:class_unclear/level/2025",
    "CN-CQ-14-other-districts/technology_enterprises:class_unclear/level/2025",
    # 技术交易额 may be wider or narrower than the turnover of contracts
    "330200-14-sti/technology_contract_turnover:class_unclear/level/2025",
    "330200-2025-other-work/technology_contract_turnover:class_unclear/level/2025",
    "350100-14-sti/technology_contract_turnover:class_unclear/cumulative/2025",
    "440100-13-sti/technology_contract_turnover:class_unclear/level/2020",
    "CN-ZJ-13-sti/technology_contract_turnover:class_unclear/level/2020",
    "CN-ZJ-2020-other-annual-plan/technology_contract_turnover:class_unclear/level/2020",
    # amounts that fit contracts bought, or sold and bought, and not those sold
    "CN-NM-13-sti/technology_contract_turnover:class_unclear/level/2020",
    "CN-GX-14-sti/technology_contract_turnover:class_unclear/level/2025",
    "CN-GX/technology_contract_turnover:class_unclear/level/2024",
    "CN-GX/technology_contract_turnover:class_unclear/annual_growth/2024",
}

# Words of a note that doubt what the figure measures.
DOUBTS = re.compile(
    r"doubtful|unclear|not clear|probably 技|is likely|(head ?count|FTE|full-time equivalent) or |taken as"
    r"|whether of .* is not stated|does not say whether|may (mean|have)|is not named$"
    r"|measure \(.*\) not named",
    re.IGNORECASE,
)
# What the doubt does not change.
CERTAIN = {
    "CN-JS-14-other-ip/high_value_invention_patents_per_10k/level/2025":
        "每万人 of patents is always of residents",
    "440300-14-sti/basic_research_share/level/2025": "the figure is doubted, not its class",
    "CN-JS-14-other-press-2023-06/high_tech_output_share/level/2025":
        "the figure is doubted, not its class",
    "CN-JS-14-other-press-2023-06/rd_intensity/level/2025": "the figure is doubted, not its class",
    "CN-SD-14-outline-draft/basic_research_share/level/2025": "the figure is doubted, not its class",
}  # fmt: skip


Statement = ip.Target | ip.Observation


def statements(plans: ip.Dataset) -> list[Statement]:
    return [*plans.targets, *plans.observations]


def is_part(statement: Statement) -> bool:
    return statement.scope is not None or getattr(statement, "breakdown", None) is not None


def unmarked(plans: ip.Dataset) -> set[str]:
    """Figures whose note says that they are for a part, while no column does."""
    return {
        each.key.split("@")[0]
        for each in statements(plans)
        if PARTS.search(each.notes or "") and not is_part(each)
    }


def test_what_a_note_says_of_a_part_is_in_a_column() -> None:
    assert unmarked(PLANS) == set(WHOLE)


def doubtful(plans: ip.Dataset) -> set[str]:
    """Figures with a year, whose note doubts what they measure, while their scope does not."""
    return {
        each.key.split("@")[0]
        for each in statements(plans)
        if DOUBTS.search(each.notes or "") and each.scope != "class_unclear"
        if isinstance(each, ip.Target) or each.year is not None
    }


def test_a_figure_whose_note_doubts_what_it_measures_is_marked() -> None:
    assert doubtful(PLANS) == set(CERTAIN)
    assert len(doubtful(BEFORE) - set(CERTAIN)) >= 10
    of_the_figure = [
        PLANS.targets.where(plan=key.split("/")[0]) for key in CERTAIN if "press" in key
    ]
    assert all("doubtful" in each.flags for targets in of_the_figure for each in targets)


def test_heads_that_may_be_person_years_are_of_no_clear_class() -> None:
    unsaid = re.compile("(head count|full-time equivalent) or .* not said")
    doubted = [each for each in statements(PLANS) if unsaid.search(each.notes or "")]
    assert {each.region.code for each in doubted} >= {"330200", "370100"}
    assert {each.scope for each in doubted} == {"class_unclear"}
    (ningbo,) = (each for each in doubted if each.region.code == "330200")
    assert "probably full-time equivalent" in (ningbo.notes or "")


def test_a_class_that_only_the_text_names_is_in_a_column() -> None:
    keys = {each.key.split("@")[0] for each in statements(PLANS)}
    assert keys >= CLASSES
    whole = {re.sub(":[a-z_]+", "", key) for key in CLASSES}
    assert not whole & keys
    assert len(whole & {each.key.split("@")[0] for each in statements(BEFORE)}) >= 20


def unexplained_increments(plans: ip.Dataset) -> set[str]:
    """Classes of enterprises with increments of the whole, whose pitfalls do not say if these are net."""
    increments = Counter(
        each.indicator
        for each in statements(plans)
        if (str(each.form), each.unit) == ("increment", "enterprise") and not each.scope
    )
    return {
        indicator.code
        for indicator, count in increments.items()
        if count >= 3 and "ncrements are" not in (indicator.pitfalls or "")
    }


def growth_at_constant_prices(plans: ip.Dataset) -> set[str]:
    """Goals that a note calls growth at constant prices, though the indicator has it at current ones."""
    said = [(each.series_key, each.notes) for each in plans.targets]
    said += [(each.target, each.notes) for each in plans.corroborations]
    silent = {
        each.series_key
        for each in plans.targets
        if each.indicator.growth_prices != "constant" and not each.scope
    }
    real = re.compile("constant[- ]price|不变价|可比价")
    return silent & {key for key, notes in said if real.search(notes or "")}


def test_growth_at_constant_prices_never_meets_levels_at_current_ones() -> None:
    assert growth_at_constant_prices(PLANS) == set()
    assert growth_at_constant_prices(BEFORE) == {"CN-15-outline/rd_expenditure/average_growth/2030"}


def test_what_an_increment_of_a_class_is_stands_in_the_pitfalls() -> None:
    assert unexplained_increments(PLANS) == set()
    assert unexplained_increments(BEFORE) >= {"technology_smes", "specialised_smes"}


def test_the_edition_before_had_it_in_notes_only() -> None:
    assert len(unmarked(BEFORE) - set(WHOLE)) >= 30


def test_the_accounting_cost_is_no_rd_expenditure() -> None:
    costs = [each for each in statements(PLANS) if each.scope == "accounting_cost"]
    assert {each.region.code for each in costs} == {"CN-ZJ"}
    assert all("研发费用" in (each.printed_name or "") for each in costs)
    names = {
        name for each in PLANS.indicators for name in each.names if "占" in name or "之比" in name
    }
    assert not [name for name in names if "研发费用" in name]
    assert [name for each in BEFORE.indicators for name in each.names if "研发费用与营收" in name]


def test_how_many_figures_are_of_a_part() -> None:
    assert sum(each.scope is not None for each in PLANS.targets) == 114
    assert sum(each.scope is not None for each in PLANS.observations) == 76
    parts = {each.breakdown for each in PLANS.targets if each.breakdown}
    assert parts == {"each_district", "provincial_level", "prefecture_level", "county_level"}


def test_a_printed_name_of_one_level_of_government_or_of_industry_is_said() -> None:
    """It may be an alias of the indicator, by which one finds it, and narrower all the same."""
    names = {each.series_key: each.printed_name or "" for each in statements(PLANS)}
    assert (
        "自治区级"
        in names["CN-XZ-2026-gwr/st_innovation_platforms:provincial_level/increment/2026"]
    )
    assert "省级制造业" in names["CN-JX-2026-gwr/pilot_platforms:provincial_level/increment/2026"]
    shares = [key for key in names if re.match("CN-JS.*/strategic_emerging_output_share/", key)]
    assert len(shares) >= 2
    assert all("工业战略性新兴产业产值" in names[key] for key in shares)


def chinese_names_of_english_texts(plans: ip.Dataset) -> set[str]:
    """Figures with a Chinese name from a text whose expressions are in English."""
    wordings: dict[str, str] = defaultdict(str)
    for each in statements(plans):
        wordings[each.citation.source.code] += f" {each.citation.as_stated or ''}"
    english = {
        code
        for code, text in wordings.items()
        if re.search("[a-z]{3}", text) and not re.search("[\u4e00-\u9fff]", text)
    }
    return {
        each.key
        for each in statements(plans)
        if each.citation.source.code in english
        and re.search("[\u4e00-\u9fff]", each.printed_name or "")
    }


def test_no_english_text_prints_a_chinese_name() -> None:
    assert chinese_names_of_english_texts(PLANS) == set()
    (goal,) = PLANS.targets.where(region="CN-CQ", indicator="basic_research_share", end_year=2025)
    assert goal.printed_name == "basic research investment"


# Words of a printed name that say how it changes, and marks of the reader around the whole of it.
NO_NAME = re.compile("^新(增|建|组建)|再增加$|(年均)?(增速|增长)$|^“[^“”]*”$")


def test_a_printed_name_says_what_is_measured_and_not_how_it_changes() -> None:
    assert [each.key for each in statements(PLANS) if NO_NAME.search(each.printed_name or "")] == []


def test_no_name_of_an_indicator_is_that_of_a_class_of_it() -> None:
    names = {
        name for each in PLANS.indicators if each.code == "st_achievements_transformed"
        for name in each.names
    }  # fmt: skip
    assert not {name for name in names if re.search("重大|省内", name)}
    growth = PLANS.observations.by_key(
        "CN-JL/st_achievements_transformed/annual_growth/2025@jl-gwr-2026"
    )
    assert growth.printed_name == "省内转化科技成果"
    assert "one series" in (growth.notes or "")


def test_what_only_a_transcription_prints_is_no_goal_of_a_report_on_the_draft() -> None:
    outline = PLANS.targets.where(plan="CN-15-outline")
    assert {each.citation.source.code for each in outline} == {"cn-outline-15-transcript"}
    assert {each.scope for each in outline if each.indicator.code == "rd_expenditure"} == {
        "constant_prices"
    }
    draft = PLANS.targets.where(plan="CN-15-outline-draft")
    assert {each.citation.source.code for each in draft} == {"cn-jiemian-2026-03-05"}
    assert {each.scope for each in draft} == {None, "class_unclear"}


def test_a_share_whose_note_says_that_its_base_is_not_printed_is_marked() -> None:
    said = re.compile("base (not printed|of the share not recorded), read as")
    shares = [each for each in statements(PLANS) if said.search(each.notes or "")]
    assert {each.indicator.code for each in shares} >= {
        "basic_research_share",
        "industrial_rd_revenue_share",
        "key_manufacturers_rd_revenue_share",
        "rd_intensity",
    }
    assert [each.key for each in shares if "base_assumed" not in each.flags] == []


def test_what_was_counted_within_its_year_is_preliminary() -> None:
    within = [each for each in PLANS.observations if each.scope == "part_of_year"]
    assert {each.status for each in within} == {ip.Status.PRELIMINARY}
    (tai_an,) = (each for each in within if each.indicator.code == "high_tech_output_share")
    assert "not recorded" not in (tai_an.notes or "")


def test_goals_older_than_the_list_of_technology_smes_are_of_another_class() -> None:
    """The national list began in 2017, so a goal of the 13th period that was set before counts by another."""
    goals = PLANS.targets.where(indicator="technology_smes", period="13th")
    assert all(each.scope for each in goals if (each.plan.issued or "") < "2017-05")


def test_figures_of_another_class_are_under_its_own_indicator() -> None:
    keys = {each.key for each in statements(PLANS)}
    assert keys >= MOVED
    assert not MOVED & {each.key for each in statements(BEFORE)}


def test_no_part_is_assessed_against_the_whole() -> None:
    card = {each.target: each for each in ip.scorecard(PLANS)}
    parts = [each for each in PLANS.targets if not each.is_whole]
    assert len(parts) == 118
    # the only one with a series of its class
    assert [each.key for each in parts if card[each.key].outcome] == [
        "CN-GS-2025-gwr/specialised_smes:fostered/increment/2025@gs-gwr-2025"
    ]
    divided = [each for each in parts if each.breakdown]
    assert {card[each.key].reason for each in divided} == {ip.Reason.PART_OF_REGION}
    records = {each.key: each for each in statements(PLANS)}
    for key, result in card.items():
        assert {records[each].scope for each in result.inputs} == {records[key].scope}


def test_series_of_the_whole_have_no_part() -> None:
    for each in PLANS.observations:
        if each.scope:
            whole = f"{each.region.code}/{each.indicator.code}/{each.form}"
            assert each not in PLANS.observations.series(whole)
            assert each in PLANS.observations.series(each.series_key)


def test_a_flow_of_the_year_is_a_level_or_a_sum_not_an_increase_of_a_stock() -> None:
    """Levels of two years do not give such an increase, so no hint asks for them."""
    flows = {each.code for each in PLANS.indicators if "flow of the year" in (each.pitfalls or "")}
    assert {"major_achievements", "invention_patents_granted"} <= flows
    increases = [each.key for each in (*PLANS.targets, *PLANS.observations)
                 if each.form is ip.Form.INCREMENT and each.indicator.code in flows]  # fmt: skip
    assert increases == []
    hints = {each.subject.indicator: each.hint() for each in ip.scorecard(ip.load())}
    assert "level of 2025" not in hints["major_achievements"]
