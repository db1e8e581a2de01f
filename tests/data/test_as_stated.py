"""The wording of every figure, ``as_stated``, is read as the recorded figure.

So a typing error in a value, a unit or a comparator is detected. Exceptions are listed with the
reason; an exception that can be read is an error.
"""

from __future__ import annotations

import re
from collections import defaultdict

import innovation_plans as ip
from innovation_plans.checks.wording import agrees_with_wording

PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
SEVERAL = "one text for several regions: it bounds the rank, and the order gives it"
PERSONS = "printed in persons, recorded in 万人"
GERMAN = "a German thousands point"
JAPANESE = "Japanese numerals with 万 or 兆 inside the number"
NO_WORD = "the expression as kept has no comparator word"

EXCEPTIONS = {
    "CN-GD-2025-gwr/provincial_science_fund_basic_research_share/level/2025":
        "a third is recorded as 33.3, the reader keeps 28 digits",
    "CN-HN-2021-other-annual-plan/rd_intensity/increment/2021":
        "printed as per cent, read as percentage points",
    "CN-SD-14-other-new-rd/new_rd_institution_researchers/level/2025": GERMAN,
    "CN-SD-14-other-new-rd/new_rd_institutions/level/2025": GERMAN,
    "CN-SH-13-sti/rd_personnel_per_10k_population/level/2020":
        "printed 人, person-years are meant",
    "CN-BJ/resident_population_year_end/level/2025/first_2025": PERSONS,
    "CN/employed_persons/level/2025": PERSONS,
    "CN-GD/gdp/level/2024": NO_WORD,
    "CN-ZJ/gdp/level/2025/first_2025": NO_WORD,
    "CN-NX-14-action/strategic_emerging_value_added_industry_share/level/2027":
        "two figures with one 以上",
    **dict.fromkeys(
        (
            "CN-CQ/high_tech_enterprises/multiple/2021-2025",
            "CN-CQ/technology_enterprises/multiple/2021-2025",
        ),
        "翻番, of which another text says that it is more",
    ),
    "CN/invention_patents_granted:with_foreign_holders/level/2025": JAPANESE,
    "CN/pct_applications/level/2025": JAPANESE,
    "CN/rd_expenditure/level/2025": JAPANESE,
    "CN-BJ/st_innovation_evaluation_rank/rank/undated": SEVERAL,
    "CN-GD/st_innovation_evaluation_rank/rank/undated": SEVERAL,
    "CN-JS/st_innovation_evaluation_rank/rank/undated": SEVERAL,
    "CN-SH/st_innovation_evaluation_rank/rank/undated": SEVERAL,
    "CN-TJ/st_innovation_evaluation_rank/rank/undated": SEVERAL,
    "CN-ZJ/st_innovation_evaluation_rank/rank/undated": SEVERAL,
}  # fmt: skip

Claim = ip.Target | ip.Observation


def place(claim: Claim) -> str:
    return claim.key.split("@")[0]


def stated() -> list[Claim]:
    """Targets and reported outcomes, except the one figure that an erratum corrects."""
    claims: list[Claim] = [*PLANS.targets]
    claims += [each for each in PLANS.observations if each.citation.as_stated]
    return [each for each in claims if each.erratum is None]


def test_the_wording_agrees_with_99_of_100_records() -> None:
    claims = stated()
    silent = {place(each) for each in claims if not agrees_with_wording(each)}
    assert len(claims) >= 1500
    assert silent == set(EXCEPTIONS)
    assert len(silent) <= len(claims) / 100


def test_the_corrected_figure_is_the_printed_one_with_a_moved_decimal_point() -> None:
    east = PLANS.observations.where(
        region="CN-EAST", indicator="rd_expenditure", form="level"
    ).one()
    printed = ip.read_figure(east.citation.as_stated or "", unit=east.unit)
    assert printed.value * 10 == east.value.quantize(printed.value)
    assert ip.read_figure(east.erratum.corrected, unit=east.unit).value == east.value  # type: ignore[union-attr]


def test_an_increment_of_a_share_that_is_printed_with_percent_says_so() -> None:
    statements: list[ip.Target | ip.Observation] = [*PLANS.targets, *PLANS.observations]
    printed = [
        each
        for each in statements
        if each.unit == "percentage_point" and "%" in (each.citation.as_stated or "")
    ]
    assert printed
    assert all("read as percentage points" in (each.notes or "") for each in printed)


# Sources that are tables, in which the value is the printed figure.
TABLE = re.compile("csy(st)?-|nbs-(rdbull|portal)|pik-|wb-|fed-|innocom|renjiyi")


def without_wording(plans: ip.Dataset) -> set[str]:
    """Figures of texts that have neither a wording nor a note that it was not recorded."""
    return {
        each.key
        for each in (*plans.targets, *plans.observations)
        if not each.citation.as_stated
        if not TABLE.match(each.citation.source.code)
        if "expression of the figure in the text was not recorded" not in (each.notes or "")
    }


def test_a_figure_of_a_text_has_its_wording_or_says_that_it_was_not_recorded() -> None:
    assert without_wording(PLANS) == set()
    assert len(without_wording(BEFORE)) >= 10


def test_a_cell_in_another_unit_is_recorded_with_its_unit() -> None:
    cells = PLANS.observations.where(region="440100", indicator="rd_personnel_fte")
    stated = {each.year: each.citation.as_stated for each in cells}
    assert stated == {2020: "16.04万人年", 2021: "15.24万人年", 2022: "18.32万人年"}


def unnamed_bounds(plans: ip.Dataset) -> set[str]:
    """Targets of which another text of the same goal has another bound, which their notes do not name."""
    of_goal = defaultdict(list)
    for each in plans.targets:
        of_goal[each.region.code, each.period, each.subject, each.form, each.end_year].append(each)
    return {
        each.key
        for goals in of_goal.values()
        for each in goals
        for other in goals
        if each.comparator != other.comparator
        and other.plan.code not in (each.notes or "")
        and f"{other.value:f}" not in (each.notes or "")
        and (other.citation.as_stated or other.key) not in (each.notes or "")
    }


def test_texts_of_one_goal_with_another_bound_name_each_other() -> None:
    assert unnamed_bounds(ip.load(tiers="ABCD")) == set()
    assert len(unnamed_bounds(ip.load(edition="2026.11", tiers="ABCD"))) > 3
