"""The evidence that a target is compared with: levels, growth from levels, ratios from parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

import innovation_plans as ip

from .records import (
    MONEY,
    growth,
    held,
    levels,
    outcome,
    target,
)


def test_average_growth_is_computed_from_levels_and_exact() -> None:
    found = held(growth(comparator="at_least"), levels((2020, "100"), (2025, "161.051")))
    assert (found.verdict, found.method, found.gap) == ("met", "computed", 0)
    assert found.outcome is not None
    assert (found.outcome.value, found.outcome.start_year, found.outcome.year) == (10, 2021, 2025)
    assert found.baseline is not None
    assert (found.baseline.value, found.baseline.year) == (100, 2020)
    assert len(found.inputs) == 3
    less = held(growth(comparator="at_least"), levels((2020, "100"), (2025, "161.05")))
    assert less.verdict == "missed"


def test_before_the_year_is_out_the_pace_of_the_level_decides() -> None:
    slow = held(growth(), levels((2020, "100"), (2023, "110")))
    assert slow.verdict == "off_track"
    assert slow.pace is not None
    fast = held(growth(), levels((2020, "100"), (2023, "133.1")))
    assert (fast.verdict, round(fast.pace.score, 2)) == ("off_track", Decimal("0.90"))  # type: ignore[union-attr]
    assert held(growth(), levels((2020, "100"), (2023, "133.1")), pace="compound").verdict == (
        "on_track"
    )
    there = held(growth(), levels((2020, "100"), (2023, "170")))
    assert there.verdict == "ahead"


def test_growth_as_stated_where_levels_are_not_known_or_in_other_prices() -> None:
    stated = outcome("11", form="average_growth", indicator=MONEY, start_year=2021)
    found = held(growth(), [stated])
    assert (found.verdict, found.method) == ("met", "stated")
    real = MONEY.model_copy(update={"growth_prices": "constant"})
    goal = growth(indicator=real)
    seen = [each.model_copy(update={"indicator": real}) for each in
            [stated, *levels((2020, "100"), (2025, "300"))]]  # fmt: skip
    assert held(goal, seen).method == "stated"
    assert held(goal, seen[1:]).reason is ip.Reason.NO_OUTCOME


def test_stated_growth_that_says_otherwise_is_a_caveat() -> None:
    stated = outcome("9", form="average_growth", indicator=MONEY, start_year=2021)
    found = held(growth(), [stated, *levels((2020, "100"), (2025, "170"))])
    assert (found.verdict, found.method) == ("met", "computed")
    assert ip.Caveat.DISPUTED in found.caveats


def test_annual_growth_needs_the_very_year_and_the_one_before() -> None:
    goal = growth("annual_growth", start_year=2025)
    assert held(goal, levels((2024, "100"), (2025, "110"))).verdict == "met"
    assert held(goal, levels((2023, "100"), (2025, "150"))).reason is ip.Reason.MISSING_BASELINE
    assert held(goal, levels((2023, "100"), (2024, "150"))).reason is ip.Reason.NO_OUTCOME


def test_multiples_and_increments() -> None:
    double = growth("multiple", value="2")
    assert held(double, levels((2020, "100"), (2025, "200"))).verdict == "met"
    assert held(double, levels((2020, "0"), (2025, "200"))).reason is ip.Reason.ZERO_BASE
    more = growth("increment", value="50", unit="CNY_100M")
    assert held(more, levels((2020, "100"), (2025, "149"))).verdict == "missed"
    assert held(more, levels((2020, "100"), (2023, "140"))).verdict == "on_track"
    points = target(form="increment", value="0.4")
    seen = [outcome("2.8", 2020), outcome("3.2", 2025)]
    found = held(points, seen)
    assert (found.verdict, found.gap_unit) == ("met", "percentage_point")


def test_sums_are_only_taken_as_stated() -> None:
    goal = target(indicator=MONEY, form="cumulative", value="100", unit="CNY_100M")
    flows = levels(*((year, "50") for year in range(2021, 2026)))
    assert held(goal, flows).reason is ip.Reason.NO_OUTCOME
    half = outcome("60", 2023, form="cumulative", indicator=MONEY, start_year=2021)
    found = held(goal, [half])
    assert (found.verdict, found.progress) == ("on_track", Decimal("0.6"))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([(2020, "0"), (2025, "100")], "zero_base"),
        ([(2020, "-1"), (2025, "100")], "sign_change"),
        ([(2025, "100")], "missing_baseline"),
        ([(2019, "100"), (2020, "110")], "no_outcome"),
    ],
)
def test_growth_that_cannot_be_reckoned(values: list[tuple[int, str]], reason: str) -> None:
    assert held(growth(), levels(*values)).reason == reason


def test_start_and_outcome_of_one_year() -> None:
    goal = growth(baseline_value="100", baseline_year=2023, baseline_unit="CNY_100M")
    assert held(goal, levels((2023, "100"))).reason is ip.Reason.ONE_POINT


def test_a_redefined_series_is_no_growth() -> None:
    seen = [*levels((2020, "100")), *levels((2022, "150"), status="break"), *levels((2025, "170"))]
    assert held(growth(), seen).reason is ip.Reason.CHANGED_DEFINITION
    level = target(indicator=MONEY, value="200", unit="CNY_100M")
    assert held(level, seen[:2]).reason is ip.Reason.CHANGED_DEFINITION
    jilin = ip.load().observations.where(region="CN-JL", indicator="rd_intensity", year=2019)
    assert {each.status for each in jilin} == {ip.Status.BREAK}


def test_what_is_computed_is_in_the_unit_of_the_target_and_of_its_span() -> None:
    seen = levels((2020, "100"), (2023, "133.1"), vintage="first")
    found = held(growth(), seen)
    assert found.outcome is not None
    assert found.outcome.model_dump(include={"value", "unit", "vintage", "start_year", "year"}) == {
        "value": 10, "unit": "percent_per_year", "vintage": None, "start_year": 2021, "year": 2023,
    }  # fmt: skip
    assert found.baseline is not None
    assert (found.baseline.unit, found.baseline.stated_by) == ("CNY_100M", "statistics")


def test_hubei_spending_by_hand() -> None:
    """14% a year on 1,005.3 (2020) needs 1,697.9 in 2024; 1,537.8 were spent."""
    plans = ip.load()
    goal = plans.targets.where(region="Hubei", indicator="rd_expenditure", period="14th",
                               source="seed-cbn-2021").one()  # fmt: skip
    found = ip.assess(goal, plans)
    assert (found.verdict, found.method) == ("off_track", "computed")
    assert found.baseline is not None
    assert (found.baseline.value, found.baseline.year) == (Decimal("1005.3"), 2020)
    assert round(found.outcome.value, 2) == Decimal("11.22")  # type: ignore[union-attr]


def test_a_ratio_is_computed_from_what_it_is_a_ratio_of() -> None:
    plans = ip.load()
    goal = plans.targets.where(region="GD", indicator="rd_personnel_per_10k_population").one()
    found = ip.assess(goal, plans)
    staff, people = (
        plans.observations.where(region="GD", indicator=name, year=2023).latest()
        for name in ("rd_personnel_fte", "resident_population_year_end")
    )
    assert (found.verdict, found.method) == ("ahead", "ratio")
    assert found.outcome is not None
    assert round(found.outcome.value, 6) == round(staff.value / people.value, 6)
    assert {staff.key, people.key} <= set(found.inputs)
    assert ip.Caveat.DERIVED in found.caveats


def test_a_ratio_is_of_a_year_also_where_it_starts_from_one() -> None:
    part, whole = (
        ip.Indicator(code=code, name_en=code, unit="CNY_100M", direction="up") for code in "pw"
    )
    ratio = ip.Indicator(code="r", name_en="Ratio", unit="percent", direction="up",
                         numerator=part, denominator=whole)  # fmt: skip
    goal = target(indicator=ratio, value="5")
    seen = [
        outcome(value, year, indicator=what)
        for year, values in ((2020, ("2", "100")), (2023, ("8", "200")))
        for what, value in zip((part, whole), values, strict=True)
    ]
    found = held(goal, seen)
    assert (found.verdict, found.method) == ("on_track", "ratio")
    assert found.outcome is not None
    assert (found.outcome.value, found.outcome.year, found.outcome.start_year) == (4, 2023, None)
    assert found.baseline is not None
    assert (found.baseline.value, found.baseline.year) == (2, 2020)
    assert found.progress is not None
    assert round(found.progress, 6) == Decimal("0.666667")


def test_a_part_is_not_held_against_the_whole() -> None:
    plans = ip.load()
    parts = plans.targets.where(region="Gansu", indicator="science_fiscal_share", period="14th")
    assert {part.breakdown for part in parts} == {
        "provincial_level", "prefecture_level", "county_level",
    }  # fmt: skip
    for part in parts:
        assert ip.assess(part, plans).reason is ip.Reason.DIFFERENT_BASIS


def test_strict_derives_nothing() -> None:
    plans = ip.load()
    card = ip.scorecard(plans, period="14th", strict=True)
    assert {each.method for each in card} <= {"level", "stated"}
    assert not any(ip.Caveat.DERIVED in each.caveats for each in card)
    assert {each.method for each in ip.scorecard(plans, period="14th")} >= {"computed", "ratio"}
