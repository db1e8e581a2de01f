from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.records import Context


def made(context: Context, *parts: dict[str, Any]) -> ip.Target:
    cells: dict[str, Any] = {}
    for part in parts:
        cells |= part
    return ip.Target.model_validate(cells, context=context)


def test_what_a_target_says(context: Context, target_cells: dict[str, Any]) -> None:
    target = made(context, target_cells, {"erratum": "abe-plan-erratum-1", "force": "binding"})
    assert target.plan is context.of("plan")["XX-AB-14-sti"]
    assert target.region is context.of("region")["XX-AB"]
    assert target.period == "14th"
    assert (target.start_year, target.end_year) == (2021, 2025)
    assert target.force is ip.Force.BINDING
    assert target.erratum is context.of("erratum")["abe-plan-erratum-1"]
    assert target.citation.source is context.of("source")["abe-plan"]
    assert target.quantity == ip.quantity("3.5%")


def test_made_from_records_without_context(context: Context) -> None:
    target = ip.Target(
        plan=context.of("plan")["XX-AB-14-sti"],
        indicator=context.of("indicator")["widget_share"],
        form="level",
        comparator="at_least",
        value=3.2,
        unit="percent",
        end_year=2025,
        citation=ip.Citation(source=context.of("source")["abe-plan"]),
    )
    assert target.value == Decimal("3.2")
    assert target.start_year is None


@pytest.mark.parametrize(
    ("cells", "claim"),
    [
        ({}, "XX-AB-14-sti/widget_share/level/2025"),
        ({"breakdown": "rural"}, "XX-AB-14-sti/widget_share.rural/level/2025"),
        ({"scope": "hand_made"}, "XX-AB-14-sti/widget_share:hand_made/level/2025"),
        (
            {"breakdown": "rural", "scope": "hand_made"},
            "XX-AB-14-sti/widget_share.rural:hand_made/level/2025",
        ),
        (
            {"form": "average_growth", "unit": "percent_per_year", "end_year": 2024},
            "XX-AB-14-sti/widget_share/average_growth/2024",
        ),
    ],
)
def test_claim_and_key(
    context: Context, target_cells: dict[str, Any], cells: dict[str, Any], claim: str
) -> None:
    target = made(context, target_cells, cells)
    assert target.series_key == claim
    assert target.key == f"{claim}@abe-plan"


@pytest.mark.parametrize("start", ["2025", "2021", None])
def test_spans(context: Context, target_cells: dict[str, Any], start: str | None) -> None:
    assert made(context, target_cells, {"start_year": start}).end_year == 2025


@pytest.mark.parametrize(
    ("cells", "place", "said"),
    [
        ({"start_year": 2026}, ("end_year",), "expected a year not before 2026, found 2025"),
        (
            {"baseline_value": "2", "baseline_year": 2025},
            ("baseline_year",),
            "expected a baseline before 2025, found 2025",
        ),
        (
            {"baseline_year": 2030},
            ("baseline_year",),
            "expected a baseline before 2025, found 2030",
        ),
        (
            {"baseline_value": "two"},
            ("baseline_value",),
            "cannot read 'two' at position 0: expected a decimal number such as 3.5",
        ),
        (
            {"baseline_unit": "percents"},
            ("baseline_unit",),
            None,
        ),
        ({"force": "strong"}, ("force",), "Input should be 'binding' or 'expected'"),
        ({"end_year": None}, ("end_year",), "Input should be a valid integer"),
        ({"breakdown": "Rural areas"}, ("breakdown",), None),
        ({"scope": "Hand made"}, ("scope",), None),
        ({"precision": "0"}, ("precision",), "expected a half-width above zero, found 0"),
        ({"precision": "-0.5"}, ("precision",), "expected a half-width above zero, found -0.5"),
        (
            {"plan": "XX-AB-14-stu"},
            ("plan",),
            "expected the code of a plan, found 'XX-AB-14-stu'; did you mean 'XX-AB-14-sti'?",
        ),
        (
            {"erratum": "abe-plan-erratum-2"},
            ("erratum",),
            (
                "expected the code of an erratum, found 'abe-plan-erratum-2'; "
                "did you mean 'abe-plan-erratum-1'?"
            ),
        ),
        ({"citation": None}, ("citation",), None),
        ({"notes": "a\nb"}, ("notes",), r"character '\n' at position 1 is not printable"),
        ({"region": "XX-AB"}, ("region",), "Extra inputs are not permitted"),
    ],
)
def test_faults(
    context: Context,
    *,
    refusal: Callable[..., Any],
    target_cells: dict[str, Any],
    cells: dict[str, Any],
    place: tuple[str, ...],
    said: str | None,
) -> None:
    found = refusal(ip.Target, {**target_cells, **cells}, context=context)
    assert found[0] == place
    assert said in (None, found[1])


def test_a_faulty_year_is_not_held_against_the_baseline(
    context: Context, refusal: Callable[..., Any], target_cells: dict[str, Any]
) -> None:
    cells = {**target_cells, "end_year": "soon", "baseline_year": 2030}
    assert refusal(ip.Target, cells, context=context)[0] == ("end_year",)


@pytest.mark.parametrize(
    ("cells", "half_width"),
    [
        ({"value": "3.5"}, "0.05"),
        ({"value": "3.50"}, "0.005"),
        ({"value": "18000"}, "0.5"),
        ({"value": "18000", "precision": "500"}, "500"),
    ],
)
def test_half_width_is_the_precision_or_that_of_the_last_digit(
    context: Context, target_cells: dict[str, Any], cells: dict[str, Any], half_width: str
) -> None:
    assert made(context, target_cells, cells).half_width == Decimal(half_width)


@pytest.mark.parametrize(
    ("cells", "part"),
    [
        ({}, ""),
        ({"breakdown": "rural"}, "rural"),
        ({"scope": "hand_made"}, "hand_made"),
        ({"breakdown": "rural", "scope": "hand_made"}, "rural, hand_made"),
    ],
)
def test_what_is_a_part(
    context: Context, target_cells: dict[str, Any], cells: dict[str, Any], part: str
) -> None:
    target = made(context, target_cells, cells)
    assert target.part == part
    assert target.is_whole is (part == "")
