"""The evidence that a target is compared with: levels, growth from levels, ratios from parts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.analysis.evidence import _change
from innovation_plans.testing import empty

from .records import (
    MONEY,
    Little,
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


def test_computed_growth_names_the_level_that_it_leads_to() -> None:
    result = assessed(growth(), levels((2020, "100"), (2025, "161.1")))
    assert result.outcome is not None
    assert (result.outcome.level, result.outcome.level_unit) == (Decimal("161.1"), "CNY_100M")
    assert "of 10.01% in 2021–2025 (to 16.11 billion yuan), " in result.explain()
    assert "2021—2025年实际年均增长10.01%（至161.1亿元），" in result.explain("zh")
    assert ip.Assessment.model_validate_json(result.model_dump_json()) == result
    bound = assessed(growth(), levels((2020, "100")) + levels((2025, "170"), comparator="above"))
    assert "(above 17 billion yuan)" in bound.explain()
    stated = outcome("11", form="average_growth", indicator=MONEY, start_year=2021)
    assert "(" not in assessed(growth(), [stated]).explain().split(" above the target")[0]


def test_before_the_year_is_out_the_pace_of_the_level_decides() -> None:
    slow = assessed(growth(), levels((2020, "100"), (2023, "110")))
    assert slow.verdict == "off_track"
    assert slow.pace is not None
    even = assessed(growth(), levels((2020, "100"), (2023, "133.1")))
    assert even.pace is not None
    assert (even.verdict, even.pace.score, even.pace.method) == ("on_track", 1, "compound")
    amounts = assessed(growth("multiple", value="1.61051"), levels((2020, "100"), (2023, "133.1")))
    assert amounts.pace is not None
    assert (amounts.verdict, amounts.pace.method) == ("off_track", "linear")
    assert round(amounts.pace.score, 2) == Decimal("0.90")
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
    assert assessed(goal, observed[1:]).reason is ip.Reason.OTHER_FORM_OR_SPAN


def test_stated_growth_with_another_verdict_is_a_caveat() -> None:
    stated = outcome("9", form="average_growth", indicator=MONEY, start_year=2021)
    result = assessed(growth(), [stated, *levels((2020, "100"), (2025, "170"))])
    assert (result.verdict, result.method) == ("met", "computed")
    assert ip.Caveat.DISPUTED in result.caveats


def test_growth_stated_for_a_year_without_a_level_is_used_with_a_doubt() -> None:
    """Growth of 2021-25 is stated before the level of 2025 is known."""
    known = levels((2020, "100"), (2024, "150"))  # 10.67% a year
    later = outcome("11.4", form="average_growth", indicator=MONEY, start_year=2021)
    result = assessed(growth(), [later, *known])
    assert (result.verdict, result.method) == ("met", "stated")
    assert result.outcome is not None
    assert (result.outcome.value, result.outcome.year) == (Decimal("11.4"), 2025)
    assert ip.Caveat.SPAN_DOUBTFUL in result.caveats
    same = later.model_copy(update={"value": Decimal("10.7")})  # as of 2021-24, so it is of 2024
    result = assessed(growth(), [same, *known])
    assert (result.method, result.outcome and result.outcome.year) == ("computed", 2024)
    assert ip.Caveat.SPAN_DOUBTFUL in result.caveats


def test_growth_stated_for_more_years_than_the_levels_show_is_not_used() -> None:
    seen = levels((2020, "100"), (2024, "152"))  # 11.03% a year to 2024
    span = {"form": "average_growth", "indicator": MONEY, "start_year": 2021}
    result = assessed(growth(), [*seen, outcome("11.0", **span)])
    assert (result.method, result.outcome.year) == ("computed", 2024)  # type: ignore[union-attr]
    assert ip.Caveat.SPAN_DOUBTFUL in result.caveats
    other = assessed(growth(), [*seen, outcome("11.2", **span)])
    assert (other.verdict, other.method, other.outcome.year) == ("met", "stated", 2025)  # type: ignore[union-attr]


def test_a_stated_growth_that_differs_from_the_computed_one_is_a_caveat() -> None:
    seen = levels((2020, "100"), (2025, "170"))  # 11.20%
    span = {"form": "average_growth", "indicator": MONEY, "start_year": 2021}
    for value, differs in (("11.2", False), ("11", False), ("11.5", True)):
        result = assessed(growth(), [*seen, outcome(value, **span)])
        assert (result.verdict, result.method) == ("met", "computed")
        assert (ip.Caveat.STATED_DIFFERS in result.caveats) is differs
    bound = outcome("11", comparator="above", **span)
    assert ip.Caveat.STATED_DIFFERS not in assessed(growth(), [*seen, bound]).caveats


def test_annual_growth_needs_the_very_year_and_the_one_before() -> None:
    goal = growth("annual_growth", start_year=2025)
    assert assessed(goal, levels((2024, "100"), (2025, "110"))).verdict == "met"
    assert assessed(goal, levels((2023, "100"), (2025, "150"))).reason is ip.Reason.MISSING_BASELINE
    assert assessed(goal, levels((2023, "100"), (2024, "150"))).reason is ip.Reason.OUTSIDE_PERIOD


def test_a_start_in_percent_is_no_level_in_yuan() -> None:
    """The plan says that growth was 20% in 2025; statistics have the levels."""
    plans = ip.load(tiers="ABCD")
    goal = plans.targets.where(region="ZJ", indicator="ai_core_industry_revenue",
                               end_year=2026, form="annual_growth").one()  # fmt: skip
    assert (goal.baseline_value, goal.baseline_year, goal.baseline_unit) == (20, 2025, None)
    seen = [
        ip.Observation(region=goal.region, indicator=goal.indicator, form="level", value=value,
                       comparator="reach", unit="CNY_100M", year=year, citation=goal.citation)
        for year, value in ((2025, "6800"), (2026, "8160"))
    ]  # fmt: skip
    result = assessed(goal, seen)
    assert (result.verdict, result.outcome.value) == ("met", 20)  # type: ignore[union-attr]
    assert (result.baseline.value, result.baseline.stated_by) == (6800, "plan")  # type: ignore[union-attr]


def test_a_bounded_level_decides_growth_where_it_is_enough() -> None:
    """More than 39,200 after 24,393.1 is more than 9.95% a year; the plan of the nation wants 7%."""
    plans = ip.load(edition="2026.11")
    goal = plans.targets.where(region="CN", indicator="rd_expenditure", period="14th",
                               form="average_growth").one()  # fmt: skip
    result = ip.assess(goal, plans)
    assert (result.verdict, result.reason, result.gap) == ("met", None, None)
    assert result.outcome is not None
    assert (result.outcome.comparator, result.outcome.year) == ("above", 2025)
    assert round(result.outcome.value, 2) == Decimal("9.95")


def above(value: str, year: int) -> list[ip.Observation]:
    return levels((year, value), comparator="above")


def test_a_bounded_level_that_does_not_decide_leaves_the_year_before() -> None:
    before = levels((2020, "100"), (2024, "140"))
    exactly, more = above("161.051", 2025), above("150", 2025)
    assert assessed(growth(comparator="above"), [*before, *exactly]).verdict == "met"
    result = assessed(growth(), [*before, *more])
    assert (result.verdict, result.outcome.year) == ("off_track", 2024)  # type: ignore[union-attr]
    only = assessed(growth(), [*levels((2020, "100")), *more])
    assert only.reason is ip.Reason.OUTCOME_IS_A_BOUND
    low = levels((2025, "150"), comparator="below")
    result = assessed(growth(), [*before, *low])
    assert (result.verdict, result.outcome.comparator) == ("missed", "below")  # type: ignore[union-attr]
    early = levels((2022, "110"), comparator="below")
    assert assessed(growth(), [*levels((2020, "100")), *early]).reason == "outcome_is_a_bound"
    between = levels((2025, "162"), comparator="between", value_high="165")
    result = assessed(growth(), [*before, *between])
    assert result.verdict == "met"
    assert result.outcome.value < result.outcome.value_high  # type: ignore[union-attr, operator]


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
    assert assessed(goal, flows).reason is ip.Reason.OTHER_FORM_OR_SPAN
    half = outcome("60", 2023, form="cumulative", indicator=MONEY, start_year=2021)
    result = assessed(goal, [half])
    assert (result.verdict, result.progress) == ("on_track", Decimal("0.6"))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([(2020, "0"), (2025, "100")], "zero_base"),
        ([(2020, "-1"), (2025, "100")], "sign_change"),
        ([(2025, "100")], "missing_baseline"),
        ([(2019, "100"), (2020, "110")], "outside_period"),
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
    result = ip.assess(goal, plans, as_of="2025-12-31")
    assert (result.verdict, result.method) == ("off_track", "computed")
    assert result.baseline is not None
    assert (result.baseline.value, result.baseline.year) == (Decimal("1005.3"), 2020)
    assert round(result.outcome.value, 2) == Decimal("11.22")  # type: ignore[union-attr]


def test_a_ratio_is_computed_from_what_it_is_a_ratio_of() -> None:
    plans = ip.load()
    goal = plans.targets.where(region="GD", indicator="rd_personnel_per_10k_population").one()
    result = ip.assess(goal, plans, as_of="2025-12-31")
    staff, people = (
        plans.observations.where(region="GD", indicator=name, year=2023).latest()
        for name in ("rd_personnel_fte", "resident_population_year_end")
    )
    assert (result.verdict, result.method) == ("ahead", "ratio")
    assert result.outcome is not None
    assert round(result.outcome.value, 6) == round(staff.value / people.value, 6)
    assert {staff.key, people.key} <= set(result.inputs)
    assert ip.Caveat.DERIVED in result.caveats


PART, WHOLE = (
    ip.Indicator(code=code, name_en=f"The {code}", unit="CNY_100M", direction="up") for code in "pw"
)
RATIO = ip.Indicator(code="r", name_en="Ratio", unit="percent", direction="up",
                     numerator=PART, denominator=WHOLE)  # fmt: skip


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        ("12", ("undetermined", "outcome_is_a_bound")),
        ("10", ("met", None)),  # above 10%
        ("9", ("met", None)),
    ],
)
def test_a_ratio_of_a_bound_is_a_bound(goal: str, expected: tuple[str, str | None]) -> None:
    parts = [outcome("10", indicator=PART, comparator="above", self_reported=True),
             outcome("100", indicator=WHOLE)]  # fmt: skip
    result = assessed(target(indicator=RATIO, value=goal), parts)
    assert (result.verdict, result.reason) == expected
    assert result.outcome is not None
    assert "Outcome: above 10% in 2025" in result.explain()
    assert result.caveats == ("derived", "self_reported")
    assert {each.key for each in parts} <= set(result.inputs)
    assert (result.gap, "“The p”" in result.hint()) == (None, goal == "12")
    exact = [*parts, outcome("11", indicator=PART)]
    assert assessed(target(indicator=RATIO, value=goal), exact).reason is None
    early = outcome("5", 2024, indicator=PART), outcome("100", 2024, indicator=WHOLE)
    late = assessed(target(indicator=RATIO, value=goal), [*parts, *early], as_of="2026-12-31")
    assert (late.verdict, late.outcome and late.outcome.year) == ("awaiting", 2024)


def test_a_denominator_that_is_a_bound_gives_no_ratio() -> None:
    parts = [outcome("10", indicator=PART), outcome("100", indicator=WHOLE, comparator="above")]
    result = assessed(target(indicator=RATIO), parts)
    assert (result.reason, result.outcome) == ("no_series_for_indicator", None)
    assert [each.indicator for each in result.missing_parts] == ["w"]


def test_a_ratio_that_is_not_computed_is_no_bound() -> None:
    parts = [outcome("10", indicator=PART), outcome("100", indicator=WHOLE)]
    dataset = empty().extend(targets=[target(indicator=RATIO)], observations=parts)
    result = ip.assess(dataset.targets[0], dataset, strict=True)
    assert result.reason == "no_series_for_indicator"


def test_a_pace_is_computed_on_one_vintage_where_both_ends_are_known() -> None:
    """Chongqing: 2.11 to 2.48 as printed; 2.094 to 2.488 on the GDP after the fifth census."""
    plans = ip.load()
    goal = plans.targets.where(region="CQ", indicator="rd_intensity", period="14th").one()
    result = ip.assess(goal, plans)
    assert (result.verdict, result.method) == ("awaiting", "one_vintage")
    assert result.baseline is not None
    assert result.outcome is not None
    assert result.pace is not None
    assert (result.baseline.value, result.outcome.value) == (Decimal("2.11"), Decimal("2.48"))
    figures = result.one_vintage
    assert figures is not None
    assert (figures.vintage, round(figures.start, 3), round(figures.outcome, 3)) == (
        "after_census_5", Decimal("2.094"), Decimal("2.488"),
    )  # fmt: skip
    assert round(result.pace.score, 3) == Decimal("0.973")
    assert round(figures.printed_score or 0, 3) == Decimal("0.944")
    assert {ip.Caveat.ONE_VINTAGE, ip.Caveat.VINTAGES_DISAGREE} <= set(result.caveats)
    pace = "on which it was 2.09% in 2020 and 2.49% in 2024 (printed: 2.11% and 2.48%). From 2.09% in 2020"
    assert f"(revised after the fifth economic census), {pace}" in result.explain()
    assert "By the printed figures, the pace score would be 0.94." in result.explain()
    assert (
        "2020年为2.09%，2024年为2.49%（公布值为2.11%和2.48%）。自2020年2.09%起"
        in result.explain("zh")
    )
    assert "按公布值计算，进度得分为0.94。" in result.explain("zh")
    # 2.48% is printed, so neither the note nor the growth that is needed claims it.
    assert (
        "From 2.49% in 2024 on, reaching the stated value by 2025 requires an increase of 0.11 percentage points."
        in result.explain()
    )
    assert "从2024年2.49%到2025年须提高0.11个百分点方可达到目标值" in result.explain("zh")
    assert "pace or change" not in result.explain()  # the sentence on the vintage says it
    assert "进度或变动" not in result.explain("zh")
    strict = ip.assess(goal, plans, strict=True, as_of="2025-12-31")
    assert (strict.verdict, strict.method, strict.one_vintage) == ("off_track", "level", None)
    # The final GDP of 2024 came out in early 2026.
    then = ip.assess(goal, plans, as_of="2025-12-31")
    assert (then.verdict, then.method) == ("off_track", "level")
    assert ip.Caveat.REVISED_BETWEEN in then.caveats


def ratio_world(*gdp: tuple[int, str, str]) -> tuple[ip.Target, ip.ObservationTable]:
    """R&D of 2 and 3 in 2020 and 2024, printed as ratios, with GDP by year, value and vintage."""
    part, whole = (
        ip.Indicator(code=code, name_en=code, unit="CNY_100M", direction="up") for code in "pw"
    )
    ratio = ip.Indicator(code="r", name_en="Ratio", unit="percent", direction="up",
                         numerator=part, denominator=whole)  # fmt: skip
    source = target().citation.source
    known = {
        f"w/{code}/*": ip.Vintage(indicator=whole, code=code, order=order, released=day,
                                  source=source, description=code)
        for order, (code, day) in enumerate((("old", "2019-12-01"), ("new", "2024-12-26")), 1)
    }  # fmt: skip
    known |= {
        f"r/first/{year}": ip.Vintage(indicator=ratio, code="first", year=year, order=1,
                                      released=f"{year + 1}-09-01", source=source,
                                      description="first")
        for year in (2020, 2024)
    }  # fmt: skip
    records = [
        outcome("2", 2020, indicator=part),
        outcome("3", 2024, indicator=part),
        outcome("2", 2020, indicator=ratio, vintage="first"),
        outcome("2.8", 2024, indicator=ratio, vintage="first"),
        *(outcome(value, year, indicator=whole, vintage=code) for year, value, code in gdp),
    ]
    return target(indicator=ratio, value="3"), ip.ObservationTable(records, vintages=known)


class World(Little):
    """A dataset whose observations have vintages."""

    @property
    def observations(self) -> ip.ObservationTable:  # type: ignore[override]
        return self._little[0]  # type: ignore[return-value]


def in_world(*gdp: tuple[int, str, str]) -> ip.Assessment:
    goal, observations = ratio_world(*gdp)
    return ip.assess(goal, World(observations, [goal]))  # type: ignore[arg-type]


def test_a_revision_between_start_and_outcome_is_a_caveat_or_a_break() -> None:
    both = in_world((2020, "100", "old"), (2020, "104", "new"), (2024, "107", "new"))
    assert (both.method, both.verdict) == ("one_vintage", "on_track")
    assert both.caveats == ("one_vintage", "baseline_from_statistics", "start_rounding")
    small = in_world((2020, "100", "old"), (2020, "104", "new"))
    assert (small.method, small.verdict, small.one_vintage) == ("level", "on_track", None)
    assert "revised_between" in small.caveats
    large = in_world((2020, "100", "old"), (2020, "106", "new"))
    assert (large.verdict, large.reason) == ("undetermined", "changed_definition")
    bridged = in_world((2020, "100", "old"), (2020, "106", "new"), (2024, "107", "new"))
    assert bridged.method == "one_vintage"
    assert "changed_definition" in bridged.caveats
    unrevised = in_world((2020, "100", "old"))
    assert (unrevised.method, unrevised.caveats) == (
        "level", ("baseline_from_statistics", "start_rounding"),
    )  # fmt: skip


def test_the_size_of_a_revision_is_named_and_compared_with_the_change() -> None:
    words = "The denominator of the start, “w” of 2020, was revised upwards by {} before the outcome came out"
    small = in_world((2020, "100", "old"), (2020, "104", "new"))
    assert small.revision == Decimal("0.04")
    assert (
        words.format("about 4%") + "; the outcome is 0.8 percentage points higher than the start."
        in small.text()
    )
    large = in_world((2020, "100", "old"), (2020, "145", "new"))
    assert large.revision == Decimal("0.45")
    assert (
        words.format("about 45%")
        + (
            ", which changes the start more than the outcome differs from the "
            "start (the outcome is 0.8 percentage points higher)"
        )
        in large.text()
    )
    assert "已上调45%左右，对基期的影响大于实际值与基期之差（实际值高0.8个百分点）" in large.text(
        "zh"
    )
    assert in_world((2020, "100", "old")).revision is None


def test_a_revision_counts_from_the_denominator_of_the_printed_start() -> None:
    newest = in_world((2020, "50", "old"), (2020, "100", "new"))  # 2 in 50 is not 2% as printed
    assert newest.revision is None
    assert "revised_between" not in newest.caveats
    # 2 in 40 is not 2% either, but the printed 2% shows the denominator that it was computed from
    later = in_world((2020, "40", "old"), (2020, "400", "new"))
    assert later.revision == Decimal(3)
    assert "revised upwards by about 300%" in later.text()


def compared_in_world(*gdp: tuple[int, str, str]) -> ip.ComparisonRow:
    """The distance of the ratio of 2024 from that of 2020."""
    goal, observations = ratio_world(*gdp)
    seen = observations.filter(lambda each: each.indicator.code == "r" and each.year == 2024)
    world: Any = World(observations, [goal])
    return ip.compare(seen, measure="distance", since=2020, plans=world)[0]


def test_outcomes_are_compared_on_one_vintage_or_not_at_all() -> None:
    both = compared_in_world((2020, "100", "old"), (2020, "125", "new"), (2024, "150", "new"))
    assert (both.value, both.reason) == (Decimal("0.4"), None)  # 3/150 less 2/125, not 2.8 less 2
    assert "one_vintage" in both.caveats
    assert "on one vintage" in both.note_text()
    assert len(both.inputs) == 6
    small = compared_in_world((2020, "100", "old"), (2020, "104", "new"))
    assert (small.value, small.caveats) == (Decimal("0.8"), ("revised_between",))
    large = compared_in_world((2020, "100", "old"), (2020, "106", "new"))
    assert (large.value, large.reason) == (None, "changed_definition")
    unrevised = compared_in_world((2020, "100", "old"))
    assert (unrevised.value, unrevised.caveats) == (Decimal("0.8"), ())


def test_no_rank_of_a_change_depends_on_a_census() -> None:
    """As printed, Tianjin's intensity rose by 0.82 points from 2018 to 2024; on one GDP it fell."""
    plans = ip.load()
    seen = plans.observations.where(
        indicator="rd_intensity", year=2024, vintage="first", form="level"
    )
    changes = ip.compare(seen, measure="distance", since=2018, plans=plans)
    rows = {row.region: row for row in changes}
    assert rows["CN-TJ"].rank == 31
    assert round(rows["CN-TJ"].value or 0, 2) == Decimal("-0.21")
    assert rows["CN-JL"].rank == 12  # a break in the printed series


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
        result = ip.assess(part, plans)
        assert result.reason is ip.Reason.PART_OF_REGION
        assert "frames.assess" in result.explain()


@pytest.mark.parametrize(
    ("target_scope", "outcome_scope", "verdict"),
    [
        (None, None, ip.Verdict.MET),
        ("rural", "rural", ip.Verdict.MET),
        ("rural", None, ip.Verdict.UNDETERMINED),
        (None, "rural", ip.Verdict.UNDETERMINED),
        ("rural", "urban", ip.Verdict.UNDETERMINED),
    ],
)
def test_a_scope_is_compared_with_the_same_scope_only(
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
    assert (result.reason is ip.Reason.OTHER_SCOPE) is (verdict is ip.Verdict.UNDETERMINED)
    if target_scope:
        assert ip.assess(scoped, plans).reason is ip.Reason.OTHER_SCOPE


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


def test_one_vintage_is_used_only_where_there_is_a_pace() -> None:
    """Beijing started beyond its target of about 6%, so no pace is computed."""
    plans = ip.load()
    goal = plans.targets.where(plan="CN-BJ-14-action", indicator="rd_intensity").one()
    result = ip.assess(goal, plans)
    assert (result.verdict, result.method, result.one_vintage) == ("awaiting", "level", None)
    assert "one_vintage" not in result.caveats
    assert result.needed_growth is None  # the last figure meets the target already
    assert "The data have no figure dated 2025" in result.explain()
