from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.records import Context


def test_a_goal_may_belong_to_no_plan(context: Context, goal_cells: dict[str, Any]) -> None:
    goal = ip.Goal.model_validate({**goal_cells, "plan": None, "horizon": None}, context=context)
    assert goal.plan is None
    assert goal.kind is ip.GoalKind.FRAMEWORK
    assert goal.key == "XX-AB/framework/overall/None@abe-plan#page 1"


@pytest.mark.parametrize(
    ("cells", "place", "said"),
    [
        (
            {"kind": "wish"},
            ("kind",),
            (
                "Input should be 'outcome', 'framework', 'key_tasks', 'programme', 'mechanism' or "
                "'priority'"
            ),
        ),
        ({"theme": "All of it"}, ("theme",), None),
        ({"horizon": "2025-2035"}, ("horizon",), None),
        ({"statement": ""}, ("statement",), "String should have at least 1 character"),
        (
            {"plan": "XX-AB-14-st"},
            ("plan",),
            "expected the code of a plan, found 'XX-AB-14-st'; did you mean 'XX-AB-14-sti'?",
        ),
        ({"value": "3.5"}, ("value",), "Extra inputs are not permitted"),
    ],
)
def test_faults(
    context: Context,
    *,
    refusal: Callable[..., Any],
    goal_cells: dict[str, Any],
    cells: dict[str, Any],
    place: tuple[str, ...],
    said: str | None,
) -> None:
    found = refusal(ip.Goal, {**goal_cells, **cells}, context=context)
    assert found[0] == place
    assert said in (None, found[1])


def test_a_bundled_plan_and_its_goal_are_of_one_region(plans: ip.Dataset) -> None:
    assert len(plans.goals) == 23
    assert all(each.plan is None or each.plan.region is each.region for each in plans.goals)
