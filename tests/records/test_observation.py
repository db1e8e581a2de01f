from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.records import Context

GROWTH = {"form": "average_growth", "unit": "percent_per_year"}


def made(context: Context, *parts: dict[str, Any]) -> ip.Observation:
    cells: dict[str, Any] = {}
    for part in parts:
        cells |= part
    return ip.Observation.model_validate(cells, context=context)


def test_what_is_not_said_is_not_made_up(
    context: Context, observation_cells: dict[str, Any]
) -> None:
    found = made(context, observation_cells, {"year": None})
    assert found.year is None
    assert found.vintage is None
    assert found.status is ip.Status.NOT_STATED
    assert found.self_reported is False
    assert found.erratum is None


@pytest.mark.parametrize(
    ("cells", "span"),
    [
        ({}, "2023"),
        ({"year": None}, "undated"),
        ({"year": None, "start_year": 2021}, "undated"),
        ({"start_year": 2023}, "2023"),
        ({"start_year": 2021, **GROWTH}, "2021-2023"),
    ],
)
def test_span(
    context: Context, observation_cells: dict[str, Any], cells: dict[str, Any], span: str
) -> None:
    found = made(context, observation_cells, cells)
    assert found.span == span
    assert found.key == f"{found.series_key}/{span}@abe-plan"


@pytest.mark.parametrize(
    ("cells", "series", "key"),
    [
        ({}, "XX-AB/widget_share/level", "XX-AB/widget_share/level/2023@abe-plan"),
        (
            {"vintage": "revised"},
            "XX-AB/widget_share/level",
            "XX-AB/widget_share/level/2023/revised@abe-plan",
        ),
        (
            {"scope": "hand_made"},
            "XX-AB/widget_share:hand_made/level",
            "XX-AB/widget_share:hand_made/level/2023@abe-plan",
        ),
        (
            {"region": "XX", **GROWTH},
            "XX/widget_share/average_growth",
            "XX/widget_share/average_growth/2023@abe-plan",
        ),
    ],
)
def test_series_and_key(
    context: Context,
    observation_cells: dict[str, Any],
    cells: dict[str, Any],
    series: str,
    key: str,
) -> None:
    found = made(context, observation_cells, cells)
    assert (found.series_key, found.key) == (series, key)


@pytest.mark.parametrize(
    ("cell", "truth"), [("true", True), ("false", False), (True, True), (False, False)]
)
def test_self_reported(
    context: Context, observation_cells: dict[str, Any], cell: Any, truth: bool
) -> None:
    assert made(context, observation_cells, {"self_reported": cell}).self_reported is truth


@pytest.mark.parametrize(
    ("cells", "place", "said"),
    [
        ({"start_year": 2024}, ("year",), "expected a year not before 2024, found 2023"),
        ({"year": "2023Q4"}, ("year",), "expected a year of four digits, found '2023Q4'"),
        (
            {"status": "guess"},
            ("status",),
            "Input should be 'final', 'preliminary', 'break' or 'not_stated'",
        ),
        ({"self_reported": "maybe"}, ("self_reported",), None),
        ({"vintage": "First Release"}, ("vintage",), None),
        (
            {"region": "XX-AC"},
            ("region",),
            "expected the code of a region, found 'XX-AC'; did you mean 'XX-AB'?",
        ),
        ({"end_year": 2025}, ("end_year",), "Extra inputs are not permitted"),
    ],
)
def test_faults(
    context: Context,
    *,
    refusal: Callable[..., Any],
    observation_cells: dict[str, Any],
    cells: dict[str, Any],
    place: tuple[str, ...],
    said: str | None,
) -> None:
    found = refusal(ip.Observation, {**observation_cells, **cells}, context=context)
    assert found[0] == place
    assert said in (None, found[1])
