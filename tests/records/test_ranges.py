"""A record has no value that its form, or the least and greatest level of its indicator, rules out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import innovation_plans as ip

PLANS = ip.load(tiers="ABCD")
CELLS = {
    "region": "CN-GD", "indicator": "rd_intensity", "form": "level", "comparator": "reach",
    "value": "3.5", "unit": "percent", "year": 2025, "source": "s",
}  # fmt: skip


def extended(**cells: Any) -> ip.Dataset[Any, Any, Any, Any]:
    return PLANS.extend(
        sources=[{"code": "s", "title": "S", "tier": "A"}], observations=[{**CELLS, **cells}]
    )


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"value": "100.1"}, "value: expected at most 100 percent for rd_intensity, found 100.1"),
        ({"value": "-0.1"}, "value: expected at least 0 percent for rd_intensity, found -0.1"),
        (
            {"comparator": "between", "value_high": "103"},
            "value_high: expected at most 100 percent for rd_intensity, found 103",
        ),
        (
            {"indicator": "patents_granted", "unit": "patent", "value": "-1"},
            "value: expected at least 0 patent for patents_granted, found -1",
        ),
        (
            {"form": "annual_growth", "unit": "percent_per_year", "value": "-100.5"},
            "value: expected growth of at least -100% of rd_intensity, found -100.5",
        ),
        (
            {"indicator": "gdp", "form": "cumulative", "unit": "CNY_1T", "value": "-1"},
            "value: expected at least 0 for gdp, found -1",
        ),
        *(
            (
                {"form": "rank", "unit": "rank", "value": value},
                f"value: expected a rank: a whole number from 1, found {value}",
            )
            for value in ("0", "-1", "1.5")
        ),
    ],
)
def test_an_impossible_value_is_an_error(cells: dict[str, Any], expected: str) -> None:
    with pytest.raises(ip.DataErrors) as caught:
        extended(**cells)
    assert [str(error) for error in caught.value.exceptions] == [f"observations[0]: {expected}"]


@pytest.mark.parametrize(
    "cells",
    [
        {"value": "100"},
        {"value": "0"},
        {"form": "increment", "unit": "percentage_point", "value": "-3"},
        {"form": "annual_growth", "unit": "percent_per_year", "value": "-100"},
        {"form": "annual_growth", "unit": "percent_per_year", "value": "250"},
        {"form": "rank", "unit": "rank", "value": "31.0"},
        {"indicator": "gdp_deflator_annual_change", "value": "-120"},
    ],
)
def test_a_possible_value_is_none(cells: dict[str, Any]) -> None:
    assert extended(**cells).observations[-1].value == Decimal(str(cells["value"]))


def test_a_baseline_has_the_same_bounds() -> None:
    target = PLANS.targets.where(region="GD", indicator="rd_intensity", end_year=2025)[0]
    row = {name: getattr(target, name) for name in type(target).model_fields}
    for value in ("101", "-1"):
        changed = {**row, "baseline_value": Decimal(value), "baseline_year": 2020}
        with pytest.raises(ValueError, match=f"found {value}"):
            type(target).model_validate(changed)


def test_an_own_indicator_sets_its_bounds() -> None:
    own = {"code": "own_share", "name_en": "Own share", "unit": "percent", "direction": "up"}
    for bounds, good, bad in (
        ({}, "-500", None),
        ({"minimum": "-5", "maximum": "5.5"}, "5.5", "5.51"),
        ({"minimum": "1"}, "1000", "0.99"),
    ):
        plans = PLANS.extend(indicators=[{**own, **bounds}])
        cells = {**CELLS, "indicator": "own_share", "source": PLANS.sources[0]}
        assert plans.extend(observations=[{**cells, "value": good}]).observations[-1]
        if bad:
            with pytest.raises(ip.DataErrors):
                plans.extend(observations=[{**cells, "value": bad}])
    with pytest.raises(ip.DataErrors) as caught:
        PLANS.extend(indicators=[{**own, "minimum": "2", "maximum": "1"}])
    assert "maximum: expected a maximum above 2, found 1" in str(caught.value.exceptions[0])


def test_every_share_and_count_has_a_least_level() -> None:
    shares = [each for each in PLANS.indicators if each.code.endswith("_share")]
    assert all(each.minimum == 0 for each in shares)
    counted = [each for each in PLANS.indicators if each.unit not in {"percent", "rank"}]
    assert all(each.maximum is None for each in counted)
    above_zero = {
        "gdp",
        "resident_population_year_end",
        "employed_persons",
    }  # others divide by them
    assert {each.code for each in counted if each.minimum != 0} == above_zero


def test_a_check_says_the_same(tmp_path: Any) -> None:
    (tmp_path / "sources.csv").write_text("code,title,tier\ns,S,A\n")
    header = ",".join(CELLS)
    cells = ",".join(map(str, {**CELLS, "value": "103"}.values()))
    (tmp_path / "observations.csv").write_text(f"{header}\n{cells}\n")
    problems = [str(problem) for problem in ip.check(tmp_path) if problem.severity == "error"]
    with pytest.raises(ip.DataErrors) as caught:
        PLANS.extend(tmp_path)
    assert problems == [str(error) for error in caught.value.exceptions]
    assert problems == [
        "observations.csv:2: value: expected at most 100 percent for rd_intensity, found 103"
    ]
