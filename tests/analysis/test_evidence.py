"""The evidence that a target is compared with: levels, growth from levels, ratios from parts."""

from __future__ import annotations

from decimal import Decimal

import pytest

import innovation_plans as ip
from innovation_plans.analysis.evidence import _change

from .records import (
    MONEY,
    assessed,
    growth,
    levels,
    outcome,
    target,
)


def test_average_growth_is_computed_from_levels_and_exact() -> None:
    result = assessed(growth(comparator="at_least"), levels((2020, "100"), (2025, "161.051")))
    assert (result.verdict, result.method, result.gap) == ("met", "computed", 0)
    assert result.outcome is not None
    assert (result.outcome.value, result.outcome.start_year, result.outcome.year) == (
        10,
        2021,
        2025,
    )
    assert result.baseline is not None
    assert (result.baseline.value, result.baseline.year) == (100, 2020)
    assert len(result.inputs) == 3
    less = assessed(growth(comparator="at_least"), levels((2020, "100"), (2025, "161.05")))
    assert less.verdict == "missed"


def test_before_the_year_is_out_the_pace_of_the_level_decides() -> None:
    slow = assessed(growth(), levels((2020, "100"), (2023, "110")))
    assert slow.verdict == "off_track"
    assert slow.pace is not None
    fast = assessed(growth(), levels((2020, "100"), (2023, "133.1")))
    assert (fast.verdict, round(fast.pace.score, 2)) == ("off_track", Decimal("0.90"))  # type: ignore[union-attr]
    assert assessed(growth(), levels((2020, "100"), (2023, "133.1")), pace="compound").verdict == (
        "on_track"
    )
    there = assessed(growth(), levels((2020, "100"), (2023, "170")))
    assert there.verdict == "ahead"


def test_growth_as_stated_where_levels_are_not_known_or_in_other_prices() -> None:
    stated = outcome("11", form="average_growth", indicator=MONEY, start_year=2021)
    result = assessed(growth(), [stated])
    assert (result.verdict, result.method) == ("met", "stated")
    real = MONEY.model_copy(update={"growth_prices": "constant"})
    goal = growth(indicator=real)
    observed = [each.model_copy(update={"indicator": real}) for each in
            [stated, *levels((2020, "100"), (2025, "300"))]]  # fmt: skip
    assert assessed(goal, observed).method == "stated"
    assert assessed(goal, observed[1:]).reason is ip.Reason.NO_OUTCOME


def test_stated_growth_with_another_verdict_is_a_caveat() -> None:
    stated = outcome("9", form="average_growth", indicator=MONEY, start_year=2021)
    result = assessed(growth(), [stated, *levels((2020, "100"), (2025, "170"))])
    assert (result.verdict, result.method) == ("met", "computed")
    assert ip.Caveat.DISPUTED in result.caveats


def test_annual_growth_needs_the_very_year_and_the_one_before() -> None:
    goal = growth("annual_growth", start_year=2025)
    assert assessed(goal, levels((2024, "100"), (2025, "110"))).verdict == "met"
    assert assessed(goal, levels((2023, "100"), (2025, "150"))).reason is ip.Reason.MISSING_BASELINE
    assert assessed(goal, levels((2023, "100"), (2024, "150"))).reason is ip.Reason.NO_OUTCOME


def test_multiples_and_increments() -> None:
    double = growth("multiple", value="2")
    assert assessed(double, levels((2020, "100"), (2025, "200"))).verdict == "met"
    assert assessed(double, levels((2020, "0"), (2025, "200"))).reason is ip.Reason.ZERO_BASE
    more = growth("increment", value="50", unit="CNY_100M")
    assert assessed(more, levels((2020, "100"), (2025, "149"))).verdict == "missed"
    assert assessed(more, levels((2020, "100"), (2023, "140"))).verdict == "on_track"
    points = target(form="increment", value="0.4")
    observed = [outcome("2.8", 2020), outcome("3.2", 2025)]
    result = assessed(points, observed)
    assert (result.verdict, result.gap_unit) == ("met", "percentage_point")


def test_sums_are_only_taken_as_stated() -> None:
    goal = target(indicator=MONEY, form="cumulative", value="100", unit="CNY_100M")
    flows = levels(*((year, "50") for year in range(2021, 2026)))
    assert assessed(goal, flows).reason is ip.Reason.NO_OUTCOME
    half = outcome("60", 2023, form="cumulative", indicator=MONEY, start_year=2021)
    result = assessed(goal, [half])
    assert (result.verdict, result.progress) == ("on_track", Decimal("0.6"))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([(2020, "0"), (2025, "100")], "zero_base"),
        ([(2020, "-1"), (2025, "100")], "sign_change"),
        ([(2025, "100")], "missing_baseline"),
        ([(2019, "100"), (2020, "110")], "no_outcome"),
    ],
)
def test_growth_that_is_not_defined_has_a_reason(
    values: list[tuple[int, str]], reason: str
) -> None:
    assert assessed(growth(), levels(*values)).reason == reason


def test_start_and_outcome_of_one_year() -> None:
    goal = growth(baseline_value="100", baseline_year=2023, baseline_unit="CNY_100M")
    assert assessed(goal, levels((2023, "100"))).reason is ip.Reason.ONE_POINT


def test_a_redefined_series_is_no_growth() -> None:
    observed = [
        *levels((2020, "100")),
        *levels((2022, "150"), status="break"),
        *levels((2025, "170")),
    ]
    assert assessed(growth(), observed).reason is ip.Reason.CHANGED_DEFINITION
    level = target(indicator=MONEY, value="200", unit="CNY_100M")
    assert assessed(level, observed[:2]).reason is ip.Reason.CHANGED_DEFINITION
    jilin = ip.load().observations.where(region="CN-JL", indicator="rd_intensity", year=2019)
    assert {each.status for each in jilin} == {ip.Status.BREAK}


def test_what_is_computed_is_in_the_unit_of_the_target_and_of_its_span() -> None:
    observed = levels((2020, "100"), (2023, "133.1"), vintage="first")
    result = assessed(growth(), observed)
    assert result.outcome is not None
    assert result.outcome.model_dump(include={"value", "unit", "vintage", "start_year", "year"}) == {
        "value": 10, "unit": "percent_per_year", "vintage": None, "start_year": 2021, "year": 2023,
    }  # fmt: skip
    assert result.baseline is not None
    assert (result.baseline.unit, result.baseline.stated_by) == ("CNY_100M", "statistics")


def test_hubei_spending_by_hand() -> None:
    """14% a year on 1,005.3 (2020) needs 1,697.9 in 2024; 1,537.8 were spent."""
    plans = ip.load()
    goal = plans.targets.where(region="Hubei", indicator="rd_expenditure", period="14th",
                               source="seed-cbn-2021").one()  # fmt: skip
    result = ip.assess(goal, plans)
    assert (result.verdict, result.method) == ("off_track", "computed")
    assert result.baseline is not None
    assert (result.baseline.value, result.baseline.year) == (Decimal("1005.3"), 2020)
    assert round(result.outcome.value, 2) == Decimal("11.22")  # type: ignore[union-attr]


def test_a_ratio_is_computed_from_what_it_is_a_ratio_of() -> None:
    plans = ip.load()
    goal = plans.targets.where(region="GD", indicator="rd_personnel_per_10k_population").one()
    result = ip.assess(goal, plans)
    staff, people = (
        plans.observations.where(region="GD", indicator=name, year=2023).latest()
        for name in ("rd_personnel_fte", "resident_population_year_end")
    )
    assert (result.verdict, result.method) == ("ahead", "ratio")
    assert result.outcome is not None
    assert round(result.outcome.value, 6) == round(staff.value / people.value, 6)
    assert {staff.key, people.key} <= set(result.inputs)
    assert ip.Caveat.DERIVED in result.caveats


def test_a_ratio_is_of_a_year_also_where_it_starts_from_one() -> None:
    part, whole = (
        ip.Indicator(code=code, name_en=code, unit="CNY_100M", direction="up") for code in "pw"
    )
    ratio = ip.Indicator(code="r", name_en="Ratio", unit="percent", direction="up",
                         numerator=part, denominator=whole)  # fmt: skip
    goal = target(indicator=ratio, value="5")
    observed = [
        outcome(value, year, indicator=what)
        for year, values in ((2020, ("2", "100")), (2023, ("8", "200")))
        for what, value in zip((part, whole), values, strict=True)
    ]
    result = assessed(goal, observed)
    assert (result.verdict, result.method) == ("on_track", "ratio")
    assert result.outcome is not None
    assert (result.outcome.value, result.outcome.year, result.outcome.start_year) == (4, 2023, None)
    assert result.baseline is not None
    assert (result.baseline.value, result.baseline.year) == (2, 2020)
    assert result.progress is not None
    assert round(result.progress, 6) == Decimal("0.666667")


def test_a_target_of_a_part_is_not_compared_with_the_whole() -> None:
    plans = ip.load()
    parts = plans.targets.where(region="Gansu", indicator="science_fiscal_share", period="14th")
    assert {part.breakdown for part in parts} == {
        "provincial_level", "prefecture_level", "county_level",
    }  # fmt: skip
    for part in parts:
        assert ip.assess(part, plans).reason is ip.Reason.DIFFERENT_BASIS


@pytest.mark.parametrize(
    ("target_scope", "outcome_scope", "verdict"),
    [
        (None, None, ip.Verdict.MET),
        ("rural", None, ip.Verdict.UNDETERMINED),
        (None, "rural", ip.Verdict.UNDETERMINED),
        ("rural", "urban", ip.Verdict.UNDETERMINED),
    ],
)
def test_a_scope_is_not_compared_with_the_whole_or_another_scope(
    target_scope: str | None, outcome_scope: str | None, verdict: ip.Verdict
) -> None:
    plans = ip.load()
    target = plans.targets.where(
        region="CN-GD", indicator="rd_intensity", plan="CN-GD-14-sti"
    ).one()
    outcome = plans.observations.where(region="CN-GD", indicator="rd_intensity", year=2025)[0]
    scoped = target.model_copy(update={"scope": target_scope})
    result = ip.assess(scoped, outcome.model_copy(update={"scope": outcome_scope}))
    assert result.verdict is verdict
    assert (result.reason is ip.Reason.DIFFERENT_BASIS) is (verdict is ip.Verdict.UNDETERMINED)
    if target_scope:
        assert ip.assess(scoped, plans).reason is ip.Reason.DIFFERENT_BASIS


def test_strict_uses_stated_figures_only() -> None:
    plans = ip.load()
    card = ip.scorecard(plans, period="14th", strict=True)
    assert {each.method for each in card} <= {"level", "stated"}
    assert not any(ip.Caveat.DERIVED in each.caveats for each in card)
    assert {each.method for each in ip.scorecard(plans, period="14th")} >= {"computed", "ratio"}


def test_a_rise_may_have_more_digits_than_a_figure(plans: ip.Dataset) -> None:
    target = plans.targets.where(form="increment", unit="percentage_point")[0]
    long = Decimal("0." + "1" * 30)
    rise = _change(target, long, Decimal(10**29) + long.scaleb(-1), 1)
    assert len(rise.as_tuple().digits) > 30
