from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.records import Context

PLAN = {
    "code": "XX-AB-15-sti",
    "region": "XX-AB",
    "period": "15th",
    "kind": "sti",
    "title_en": "Plan of Abeland",
}


@pytest.mark.parametrize("titles", [{"title_zh": "甲省规划"}, {"title_en": "Plan of Abeland"}])
def test_one_title_is_enough(context: Context, titles: dict[str, str]) -> None:
    cells = {name: cell for name, cell in PLAN.items() if name != "title_en"} | titles
    plan = ip.Plan.model_validate(cells, context=context)
    assert plan.region is context.of("region")["XX-AB"]
    assert plan.kind is ip.PlanKind.STI


def test_no_title(context: Context, refusal: Callable[..., Any]) -> None:
    assert refusal(ip.Plan, {**PLAN, "title_en": None}, context=context) == (
        (),
        "expected a title in Chinese or English, found neither",
    )


@pytest.mark.parametrize("period", ["1st", "13th", "21st", "annual-2025", "eu-2030", "mid-term"])
def test_periods(context: Context, period: str) -> None:
    assert ip.Plan.model_validate({**PLAN, "period": period}, context=context).period == period


@pytest.mark.parametrize("period", ["", "14", "0th", "014th", "2021-2025", "14TH", "annual_2025"])
def test_what_is_no_period(context: Context, refusal: Callable[..., Any], period: str) -> None:
    assert refusal(ip.Plan, {**PLAN, "period": period}, context=context)[0] == ("period",)


@pytest.mark.parametrize(
    ("cells", "place", "said"),
    [
        (
            {"kind": "dream"},
            ("kind",),
            "Input should be 'outline', 'sti', 'action_plan', 'gwr' or 'other'",
        ),
        (
            {"region": "XX-AC"},
            ("region",),
            "expected the code of a region, found 'XX-AC'; did you mean 'XX-AB'?",
        ),
        (
            {"issued": "2021-13"},
            ("issued",),
            "'2021-13' is not a date: month must be in 1..12",
        ),
    ],
)
def test_faults(
    context: Context,
    refusal: Callable[..., Any],
    cells: dict[str, str],
    place: tuple[str, ...],
    said: str,
) -> None:
    assert refusal(ip.Plan, {**PLAN, **cells}, context=context) == (place, said)
