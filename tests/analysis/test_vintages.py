"""No result mixes the first accounts of a year with the final ones of another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest

import innovation_plans as ip

PLANS = ip.load(tiers="ABCD")
LEVELS = PLANS.observations.where(indicator="gdp", form="level", year=2025, vintage="first_2025")
PROVINCES = LEVELS.filter(lambda each: each.region.kind == "province")
Inputs = Iterable[tuple[str, ...]]


def compared(measure: Any) -> Callable[[], Inputs]:
    def inputs() -> Inputs:
        since = 2024 if measure in {"distance", "growth"} else None
        rows = ip.compare(PROVINCES, measure=measure, plans=PLANS, since=since)
        return [row.inputs for row in rows if row.value is not None]

    return inputs


def derived() -> Inputs:
    for code in ("gdp", "rd_expenditure", "rd_intensity", "digital_economy_value_added"):
        for region in PLANS.regions.where(kind="province"):
            yield from (
                each.inputs for each in ip.derive(PLANS, code, region=region.code, year=2025)
            )


def assessed() -> Inputs:
    return [each.inputs for each in ip.scorecard(PLANS, proxies=True)]


def with_a_level_target() -> Inputs:
    """Targets of GDP for 2030 from 2024 on, whose pace would need both vintages."""
    goal = next(each for each in PLANS.targets if each.period == "15th")
    for level in PROVINCES:
        facts = {"indicator": level.indicator, "form": ip.Form.LEVEL, "unit": level.unit}
        facts |= {"value": level.value * 2, "value_high": None, "comparator": ip.Comparator.REACH}
        facts |= {"plan": goal.plan.model_copy(update={"region": level.region})}
        facts |= {"start_year": 2025, "end_year": 2030, "baseline_value": None, "scope": None}
        result = ip.assess(goal.model_copy(update=facts), PLANS)
        assert result.reason is ip.Reason.VINTAGES_MIXED
        if result.pace is not None:
            yield result.inputs


def checked() -> Inputs:
    return [each.inputs for each in ip.cross_check(PLANS)]


def summed() -> Inputs:
    by_region = {each.region.code: each for each in PROVINCES if each.comparator.plain}
    return [ip.aggregate(by_region.values()).inputs]


@pytest.mark.parametrize(
    "inputs",
    [*map(compared, ("value", "distance", "ratio", "growth")), derived, assessed,
     with_a_level_target, checked, summed],
)  # fmt: skip
def test_no_result_mixes_first_and_final_accounts(inputs: Callable[[], Inputs]) -> None:
    for keys in inputs():
        levels = [key for key in keys if "/gdp/level/" in key]
        vintages = {key.partition("@")[0].rpartition("/")[2] for key in levels}
        assert not ("first_2025" in vintages and any("after" in each for each in vintages)), keys


def test_growth_on_the_final_accounts_of_the_year_before_has_a_reason() -> None:
    rows = ip.compare(PROVINCES, measure="growth", plans=PLANS, since=2024)
    assert len(rows) > 20
    assert {row.reason for row in rows} <= {
        ip.Reason.VINTAGES_MIXED, ip.Reason.OUTCOME_IS_A_BOUND, ip.Reason.MISSING_BASELINE,
    }  # fmt: skip


@pytest.mark.parametrize(
    "day", ["2021-12-31", "2022-12-30", "2023-12-30", "2024-12-25", "2025-12-31"]
)
def test_no_input_of_a_verdict_was_published_after_the_day(day: str) -> None:
    known = {each.key for each in PLANS.observations.known_on(date.fromisoformat(day))}
    hidden = {each.key for each in PLANS.observations} - known
    for proxies in (False, True):
        for result in ip.scorecard(PLANS, as_of=day, proxies=proxies):
            assert hidden.isdisjoint(result.inputs)
