"""A proxy is as near as its note says, computed again from the rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

import innovation_plans as ip

PLANS = ip.load(tiers="ABCD")


def levels(code: str) -> Iterator[ip.Observation]:
    for each in PLANS.observations:
        if (each.indicator.code, each.form, each.scope) == (code, "level", None) and each.year:
            yield each


def base_value(each: ip.Observation) -> Decimal:
    return ip.convert(each.value, each.unit, "CNY_100M") if "CNY" in each.unit else each.value


def of_proxy(indicator: ip.Indicator) -> dict[tuple[str, int], Decimal]:
    """Values of the proxy by region and year, added up over its years."""
    assert indicator.proxy is not None
    yearly = {(o.region.code, o.year or 0): base_value(o) for o in levels(indicator.proxy.code)}
    sums = {}
    for region, year in yearly:
        years = range(year - (indicator.proxy_years or 1) + 1, year + 1)
        if all((region, each) in yearly for each in years):
            sums[region, year] = sum((yearly[region, each] for each in years), Decimal(0))
    return sums


def test_which_indicators_have_one() -> None:
    proxies = {
        each.code: (each.proxy.code, each.proxy_years) for each in PLANS.indicators if each.proxy
    }
    assert proxies == {
        "high_tech_enterprises": ("high_tech_enterprises_recognised", 3),
        "technology_contract_turnover": ("technology_contract_turnover_sold", None),
    }
    before = ip.load(edition="2026.11").indicators
    assert not any(each.proxy for each in before)


@pytest.mark.parametrize("code", ["high_tech_enterprises", "technology_contract_turnover"])
def test_a_proxy_fits_its_indicator(code: str) -> None:
    indicator = PLANS.indicator(code)
    assert indicator.proxy is not None
    assert indicator.proxy_note
    assert ip.quantity(1, indicator.proxy.unit).is_compatible_with(indicator.unit)
    assert indicator.proxy.direction is indicator.direction


def test_three_years_of_recognitions_are_near_the_stock() -> None:
    indicator = PLANS.indicator("high_tech_enterprises")
    sums = of_proxy(indicator)
    ratios = {
        each.region.code: sums[each.region.code, 2024] / each.value
        for each in levels(indicator.code)
        if each.year == 2024 and (each.region.code, 2024) in sums
    }
    assert len(ratios) == 15
    low, high = (round(end(ratios.values()), 2) for end in (min, max))
    assert f"are {low} to {high} of the stock that 15 provinces" in (indicator.proxy_note or "")


def test_the_turnover_of_a_region_is_near_that_of_the_statistics_office() -> None:
    indicator = PLANS.indicator("technology_contract_turnover")
    sold = of_proxy(indicator)
    figures = [each for each in levels(indicator.code) if (each.region.code, each.year) in sold]
    ratios = [base_value(each) / sold[each.region.code, each.year or 0] for each in figures]
    both = {(each.region.code, each.year) for each in figures}
    bounds = [each for each in figures if each.comparator == "above"]
    assert {each.comparator for each in figures} == {"above", "reach"}
    low, high = (round(end(ratios), 2) for end in (min, max))
    (guangxi,) = PLANS.observations.where(
        region="CN-GX", indicator=indicator.code, form="level", scope="class_unclear"
    )
    assert (guangxi.comparator, guangxi.year) == ("above", 2024)
    times = round(base_value(guangxi) / sold["CN-GX", 2024], 2)
    note = indicator.proxy_note or ""
    assert f"In the {len(both)} region-years that have both" in note
    assert f"of which {len(bounds)} are lower bounds" in note
    assert f"is {low} to {high} of the statistics office's" in note
    assert f"Guangxi's figure for 2024 is more than {times} times" in note


# What the statistics of the contracts sold decide, where a region's own series has no figure.
DECIDED = {
    "CN-JX-2024-other-work/2024": "met",
}


def test_targets_that_a_proxy_decides() -> None:
    plans = ip.load()
    goals = plans.targets.where(indicator="technology_contract_turnover", form="level")
    decided = {}
    for goal in goals:
        without, result = (ip.assess(goal, plans, proxies=each) for each in (False, True))
        if result.method != "proxy":
            assert result.verdict is without.verdict
            continue
        assert without.verdict == "undetermined"
        proxy = goal.indicator.proxy
        assert proxy is not None
        assert f"“{proxy.name_en}”" in without.hint()
        assert "proxies=True" in without.hint()
        assert f"“{proxy.name_zh}”" in without.hint("zh")
        assert "（proxies=True）" in without.hint("zh")
        assert result.proxy == without.proxy == "technology_contract_turnover_sold"
        assert ip.Caveat.PROXY in result.caveats
        assert result.outcome is not None
        if result.outcome.year == goal.end_year:
            decided[f"{goal.plan.code}/{goal.end_year}"] = str(result.verdict)
    assert decided == DECIDED


def test_recognitions_of_three_years_are_added_up() -> None:
    goal = PLANS.targets.where(plan="CN-TJ-13-action", indicator="high_tech_enterprises").one()
    result = ip.assess(goal, PLANS, proxies=True)
    years = [key.split("/")[3].partition("@")[0] for key in result.inputs[1:4]]
    assert years == ["2022", "2021", "2020"]
    parts = {each.key: each.value for each in PLANS.observations}
    assert result.outcome is not None
    assert result.outcome.value == sum(parts[key] for key in result.inputs[1:4])
    assert ip.assess(goal, PLANS, proxies=True, strict=True).outcome is None  # nothing is added up
    reason = ip.assess(goal, ip.load(), proxies=True)
    assert (reason.reason, reason.tiers) == ("held_back_by_tier", ("D",))


def test_one_observation_of_the_proxy_is_used_only_if_asked_for() -> None:
    goal = PLANS.targets.where(
        plan="CN-TJ-13-action", indicator="technology_contract_turnover"
    ).one()
    sold = PLANS.observations.where(
        region="CN-TJ", indicator="technology_contract_turnover_sold", year=2022
    )[0]
    result = ip.assess(goal, sold, proxies=True)
    assert (result.verdict, result.method) == ("met", "proxy")
    with pytest.raises(ip.IncomparableError):
        ip.assess(goal, sold)
    recognised = PLANS.observations.where(
        region="CN-TJ", indicator="high_tech_enterprises_recognised", year=2022
    )[0]
    stock = PLANS.targets.where(plan="CN-TJ-13-action", indicator="high_tech_enterprises").one()
    with pytest.raises(ip.IncomparableError):  # one year is no sum of three
        ip.assess(stock, recognised, proxies=True)


def test_a_proxy_in_another_measure_gives_no_outcome() -> None:
    goal = PLANS.targets.where(plan="CN-TJ-13-action", indicator="high_tech_enterprises").one()
    money = PLANS.indicator("rd_expenditure")
    other = goal.indicator.model_copy(update={"proxy": money, "proxy_years": None})
    result = ip.assess(goal.model_copy(update={"indicator": other}), PLANS, proxies=True)
    assert result.method != "proxy"
