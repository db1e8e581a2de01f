"""Goals that a work report lists as expected (主要预期目标) have that force."""

from __future__ import annotations

import innovation_plans as ip


def without_force(plans: ip.Dataset) -> list[str]:
    """Targets whose note says that the report lists them as expected, while their force does not."""
    return [
        target.key
        for target in plans.targets
        if "主要预期目标" in (target.notes or "") and target.force != "expected"
    ]


def test_a_goal_in_the_list_of_expected_goals_is_expected() -> None:
    assert without_force(ip.load(tiers="ABCD")) == []


def test_the_edition_before_had_it_in_notes_only() -> None:
    assert len(without_force(ip.load(edition="2026.11", tiers="ABCD"))) == 26


def test_the_growth_of_gdp_is_an_expected_goal_of_nearly_every_province() -> None:
    """Of one report (Shanxi 2026) the research does not say in which list the goal stands."""
    goals = ip.load().targets.where(indicator="gdp", form="annual_growth", plan_kind="gwr")
    others = [goal.key for goal in goals if goal.force is None and goal.region.kind == "province"]
    assert others == ["CN-SX-2026-gwr/gdp/annual_growth/2026@sx-gwr-2026"]
