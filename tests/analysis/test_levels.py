"""Levels of records and assumptions, with their operands and caveats."""

from __future__ import annotations

from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.analysis.levels import of_assumption, of_baseline, of_observation, of_target
from innovation_plans.analysis.operands import (
    Assumption,
    Operand,
)
from innovation_plans.codelists import Caveat

from .levels_builders import TABLE, assumption, parts_of

# ------------------------------------------------------------------ what records say
LAND = ip.Region(code="XX", kind="nation", name_en="Landia")


THING = ip.Indicator(code="thing", name_en="Thing", unit="CNY_100M", direction="up")


TEXT = ip.Source(code="text", title="Text", tier="B", date="2021")


WEAK = ip.Source(code="weak", title="Weak", tier="D")


SLIP = ip.Erratum(
    code="slip", citation=ip.Citation(source=TEXT), corrected="100", reason="a slip of the press"
)


def goal(**more: Any) -> ip.Target:
    plan = ip.Plan(code="XX-14-sti", region=LAND, period="14th", kind="sti", title_en="Plan")
    facts = {"indicator": THING, "form": "level", "comparator": "at_least", "value": 100,
             "unit": "CNY_100M", "start_year": 2021, "end_year": 2025,
             "citation": ip.Citation(source=TEXT, as_stated="so")}  # fmt: skip
    return ip.Target(plan=plan, **(facts | more))


def figure(value: Any = 90, **more: Any) -> ip.Observation:
    facts = {"region": LAND, "indicator": THING, "form": "level", "comparator": "reach",
             "unit": "CNY_100M", "year": 2024, "citation": ip.Citation(source=TEXT)}  # fmt: skip
    return ip.Observation(value=value, **(facts | more))


def test_the_figure_of_a_target() -> None:
    target = goal(comparator="between", value_high=120)
    made = of_target(target)
    assert parts_of(made) == ("100", "120", "CNY_100M", "between", "thing(2025)")
    assert made.operands == (
        Operand(
            indicator="thing", region="XX", form="level", start_year=2021, year=2025,
            comparator="between", value=100, value_high=120, unit="CNY_100M", origin="target",
            key=target.key, source="text", tier="B",
        ),
    )  # fmt: skip
    assert made.caveats == made.assumptions == ()
    assert of_target(goal(comparator="reach")).operands[0].comparator == "reach"
    assert of_target(target, disputed=True).caveats == (Caveat.TARGET_CONFLICT,)
    weak = target.model_copy(update={"citation": ip.Citation(source=WEAK), "erratum": SLIP})
    assert of_target(weak).caveats == (Caveat.WEAK_SOURCE, Caveat.CORRECTED_FIGURE)


def test_the_figure_of_an_observation() -> None:
    observed = figure(comparator="between", value_high=95, vintage="first", start_year=2021)
    made = of_observation(observed)
    assert parts_of(made) == ("90", "95", "CNY_100M", "between", "thing(2024)")
    assert made.operands == (
        Operand(
            indicator="thing", region="XX", form="level", start_year=2021, year=2024,
            comparator="between", value=90, value_high=95, unit="CNY_100M", origin="observation",
            key=observed.key, vintage="first", source="text", tier="B",
        ),
    )  # fmt: skip
    assert made.caveats == ()
    bare = of_observation(figure())
    assert bare.comparator is None  # what is observed bounds nothing
    assert bare.operands[0].comparator is None


@pytest.mark.parametrize(
    ("changed", "caveat"),
    [
        ({"self_reported": True}, Caveat.SELF_REPORTED),
        ({"comparator": ip.Comparator.ABOUT}, Caveat.APPROXIMATE),
        ({"comparator": ip.Comparator.ABOVE}, Caveat.APPROXIMATE),
        ({"citation": ip.Citation(source=WEAK)}, Caveat.WEAK_SOURCE),
        ({"erratum": SLIP}, Caveat.CORRECTED_FIGURE),
    ],
)
def test_the_caveats_of_an_observation(changed: dict[str, Any], caveat: Caveat) -> None:
    assert of_observation(figure().model_copy(update=changed)).caveats == (caveat,)


def test_another_vintage_with_another_number_is_a_caveat() -> None:
    finer, other = figure("90.4", vintage="later"), figure("91", vintage="later")
    assert of_observation(figure(), [finer]).caveats == ()
    assert of_observation(figure(), [finer, other]).caveats == (Caveat.OTHER_VINTAGE,)


def test_the_figure_of_an_assumption() -> None:
    assumed = Assumption(
        indicator="Thing", region="Landia", year=2025, start_year=2021, value="6",
        unit="percent_per_year", form="average_growth",
    )  # fmt: skip
    made = of_assumption(assumed, THING, LAND, TABLE)
    assert parts_of(made) == ("6", None, "percent_per_year", None, "thing(2025)")
    assert made.assumptions == (assumed,)
    assert made.operands == (
        Operand(
            indicator="thing", region="XX", form="average_growth", start_year=2021, year=2025,
            value=6, unit="percent_per_year", origin="assumption", key=assumed.key,
        ),
    )  # fmt: skip
    with pytest.raises(ip.IncomparableError):
        of_assumption(assumed.model_copy(update={"unit": "percent"}), THING, LAND, TABLE)


def test_an_assumption_may_be_in_a_unit_of_the_datasets_own() -> None:
    own = ip.load().units.with_("robot = [robots]\n")
    robots = THING.model_copy(update={"unit": own.token("robot")})
    assumed = assumption(unit="robot")
    assert of_assumption(assumed, robots, LAND, own).value == 5
    with pytest.raises(ip.InnovationPlansError):
        of_assumption(assumed, robots, LAND, TABLE)


def test_the_baseline_of_a_plan() -> None:
    target = goal(baseline_value=80, baseline_year=2020, baseline_unit="CNY_1T")
    made = of_baseline(target, 2020)
    assert made is not None
    assert parts_of(made) == ("80", None, "CNY_1T", None, "thing(2020)")
    assert made.operands == (
        Operand(
            indicator="thing", region="XX", form="level", year=2020, value=80, unit="CNY_1T",
            origin="baseline", key=target.key, source="text", tier="B",
        ),
    )  # fmt: skip
    assert of_baseline(target, 2019) is None
    assert of_baseline(goal(), 2020) is None
    anytime = of_baseline(goal(baseline_value=80), 2020)
    assert anytime is not None
    assert parts_of(anytime) == ("80", None, "CNY_100M", None, "thing(2020)")
    growth = goal(form="average_growth", unit="percent_per_year", baseline_value=7)
    assert of_baseline(growth, 2020) is None  # a rate is no level


# ------------------------------------------------------------------ what the caller may assume
GDP = {"indicator": "gdp", "region": "CN-HB", "year": 2025, "value": "6", "unit": "CNY_1T"}
RATE = GDP | {"form": "annual_growth", "value": "5", "unit": "percent_per_year"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (GDP, GDP | {"value": "7"}),
        (GDP, GDP | {"region": "Hubei", "indicator": "GDP"}),
        (RATE, RATE | {"form": "average_growth", "start_year": 2021}),
    ],
    ids=["figure", "name", "span"],
)
def test_two_assumptions_of_one_figure_are_refused(
    plans: ip.Dataset, first: dict[str, Any], second: dict[str, Any]
) -> None:
    both = [ip.Assumption(**first), ip.Assumption(**second)]
    with pytest.raises(ip.AmbiguousError, match="assumption of gdp"):
        ip.derive(plans, "rd_intensity", region="Hubei", year=2025, assume=both)
    with pytest.raises(ip.AmbiguousError, match="assumption of gdp"):
        ip.cross_check(plans, region="Hubei", period="14th", assume=both)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"value": "-5"}, "at least 0"),
        ({"value": "5", "value_high": "-1"}, "at least 0"),
        (RATE | {"value": "-120"}, "at least -100%"),
    ],
)
def test_a_value_that_the_indicator_cannot_have_is_not_assumed(
    plans: ip.Dataset, changes: dict[str, Any], problem: str
) -> None:
    wrong = ip.Assumption(**GDP | changes)
    with pytest.raises(ip.ArgumentError, match=problem):
        ip.derive(plans, "rd_intensity", region="Hubei", year=2025, assume=[wrong])


@pytest.mark.parametrize(
    "changes",
    [{"year": 1990}, {"region": "CN-GD"}, {"indicator": "rd_personnel", "unit": "person"}],
)
def test_an_assumption_that_nothing_needs_is_named(
    plans: ip.Dataset, changes: dict[str, Any]
) -> None:
    unused = ip.Assumption(**GDP | {"value": "60000"} | changes)
    with pytest.warns(ip.InnovationPlansWarning, match=f"{unused.key} is not used"):
        ip.derive(plans, "rd_intensity", region="Hubei", year=2025, assume=[unused])
    with pytest.warns(ip.InnovationPlansWarning, match=f"{unused.key} is not used"):
        ip.cross_check(plans, region="Hubei", period="13th", assume=[unused])


def test_only_the_denominator_takes_targets_of_other_periods(plans: ip.Dataset) -> None:
    for period in ("13th", "15th"):
        routes = ip.derive(plans, "rd_intensity", region="Hubei", year=2025, period=period)
        of_14th = [
            each.key
            for route in routes
            for each in route.operands
            if each.indicator == "rd_expenditure" and each.key.startswith("CN-HB-14")
        ]
        assert of_14th == []
