"""Corroborations: a further text is on the plan of its target, or says which other document it is of."""

from __future__ import annotations

import re

import innovation_plans as ip

PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
NAMES_ITS_DOCUMENT = re.compile("of another document|other goals of this text are of")


def of_other_plans(plans: ip.Dataset) -> set[str]:
    """Corroborations by a text that is the source of goals of other plans only, which no note says."""
    plans_of: dict[str, set[str]] = {}
    for target in plans.targets:
        plans_of.setdefault(target.citation.source.code, set()).add(target.plan.code)
    return {
        each.key
        for each in plans.corroborations
        if (codes := plans_of.get(each.citation.source.code))
        if each.target.partition("/")[0] not in codes
        if not NAMES_ITS_DOCUMENT.search(each.notes or "")
    }


def test_a_text_of_another_plan_is_not_given_for_the_text_of_the_plan() -> None:
    assert of_other_plans(PLANS) == set()
    assert of_other_plans(BEFORE) >= {
        "CN-HB-14-other-ip/high_value_invention_patents_per_10k/level/2025@hb-jetro-2021-10-25",
        "CN-SD-13-action/rd_intensity/level/2020@sd-xinhua-2016-03-07",
        "CN-ZJ-14-action/rd_intensity/level/2027@zj-cns-2023-01-12",
    }


def test_the_goal_of_a_further_text_is_one_of_its_own_plan() -> None:
    goals = {each.key for each in PLANS.targets}
    assert goals >= {
        "CN-CQ-14-action-digital/digital_economy_gdp_share/level/2027@cq-action-digital-2023",
        "CN-HB-14-sti/high_value_invention_patents_per_10k/level/2025@hb-jetro-2021-10-25",
        "CN-JS-14-other-press-2023-06/high_tech_output_share/level/2025@js-press-copy-2023-06-27",
        "CN-SD-14-other-press-2021-12/high_tech_enterprises/level/2025@sd-zqrb-2021-12-11",
        "CN-SD-13-outline/rd_intensity/level/2020@sd-xinhua-2016-03-07",
        "CN-ZJ-14-gwr-2023/rd_intensity/level/2027@zj-cns-2023-01-12",
        "CN-ZJ-14-other-digital/digital_economy_gdp_share/level/2025@zj-xinhua-2021-07-05",
    }
    outline = PLANS.targets.where(plan="CN-SD-13-outline", indicator="rd_intensity").one()
    assert (str(outline.baseline_value), outline.baseline_year) == ("2.23", 2015)


def test_a_text_of_another_document_names_it() -> None:
    named = [
        each.notes or ""
        for each in PLANS.corroborations
        if "another document" in (each.notes or "")
    ]
    assert any("第十三个五年规划纲要" in notes for notes in named)


def of_other_documents_with_goals(plans: ip.Dataset) -> set[str]:
    """Further texts that name another document of which the data have goals."""
    titles = {target.plan.title_zh for target in plans.targets}
    return {
        each.key
        for each in plans.corroborations
        if any(f"of another document, {title}" in (each.notes or "") for title in titles if title)
    }


# The ministries repeat Beijing's own goal in their plan for Beijing; it is one goal, of the city.
OF_ANOTHER_GOVERNMENT = {"CN-BJ-14-action/rd_intensity/level/2025@bj-people-2023-05-30"}


def test_a_text_of_a_document_with_goals_states_a_goal_of_that_document() -> None:
    assert of_other_documents_with_goals(PLANS) == OF_ANOTHER_GOVERNMENT


def test_a_goal_that_may_be_lower_than_that_of_the_plan_says_so() -> None:
    goal = PLANS.targets.where(plan="CN-NM-14-action", indicator="rd_intensity").one()
    assert "may be lower than" in (goal.notes or "")


def unclear_notes(plans: ip.Dataset) -> set[str]:
    """Targets whose notes speak of a text, a list or a start that the reader does not have."""
    without_start = re.compile("(and|^) ?[0-9]* ?baseline from")
    return {
        each.key.split("@")[0]
        for each in plans.targets
        if re.search("second source|on this list|^revenue;", each.notes or "")
        or (each.baseline_value is None and without_start.search(each.notes or ""))
    }


def test_no_note_speaks_of_what_the_reader_does_not_have() -> None:
    assert unclear_notes(PLANS) == set()
    assert unclear_notes(BEFORE) >= {
        "CN-14-outline/rd_expenditure/average_growth/2025",
        "CN-HB-2026-gwr/gdp/annual_growth/2026",
    }


def test_a_text_that_is_older_than_the_plan_says_so() -> None:
    plans = {target.series_key: target.plan for target in PLANS.targets}
    silent = set()
    for each in PLANS.corroborations:
        plan, date = plans[each.target], each.citation.source.date or ""
        shorter = min(len(date), len(plan.issued or ""))
        is_older = shorter and date[:shorter] < (plan.issued or "")[:shorter]
        if is_older and "dated by the report" not in (plan.notes or "") and not each.notes:
            silent.add(each.key)
    assert silent == set()


OF_ANOTHER = re.compile("of another document|may be of that plan|may state the goal of another")


def better_texts_not_named(plans: ip.Dataset) -> set[tuple[str, str]]:
    """Targets, and further texts of a better tier that their notes do not name."""
    targets: dict[str, list[ip.Target]] = {}
    for target in plans.targets:
        targets.setdefault(target.series_key, []).append(target)
    return {
        (target.key, each.citation.source.code)
        for each in plans.corroborations
        if not OF_ANOTHER.search(each.notes or "")
        for target in targets[each.target]
        if each.citation.source.tier < target.citation.source.tier
        if each.citation.source.code not in (target.notes or "")
    }


def test_a_text_of_a_better_tier_is_named_in_the_notes_of_the_target() -> None:
    assert better_texts_not_named(PLANS) == set()
    assert better_texts_not_named(BEFORE)
    named = [each for each in PLANS.targets if "better tier" in (each.notes or "")]
    assert len(named) >= 9


def rivals_not_named(plans: ip.Dataset) -> set[tuple[str, str]]:
    """Targets, and those with another figure that their notes name neither by plan nor by value."""
    return {
        (target.key, rival.key)
        for target in plans.targets
        for rival in plans.targets.rivals(target)
        if rival.plan.code not in (target.notes or "")
        if not re.search(
            rf"(?<![0-9.]){figure_of(rival, target)}(?![0-9.]*[0-9])", target.notes or ""
        )
    }


def figure_of(rival: ip.Target, target: ip.Target) -> str:
    """Return how the notes of a target name the figure of a rival; a figure of both is its own."""
    wording = re.escape(rival.citation.as_stated or "no wording")
    return wording if rival.value == target.value else str(rival.value)


def test_each_side_of_a_conflict_names_the_other() -> None:
    assert len(PLANS.targets.conflicts()) >= 7
    assert rivals_not_named(PLANS) == set()
    assert len(rivals_not_named(BEFORE)) >= 4


def test_a_second_text_that_is_a_source_is_left_out_of_no_target() -> None:
    texts = {each.key for each in PLANS.corroborations}
    assert texts >= {
        "CN-GS-14-action/st_innovation_index/level/2025@gs-daily-2022-04-24",
        "CN-GS-14-action/st_progress_contribution/level/2025@gs-daily-2022-04-24",
    }
