"""Compare figures of regions: common unit, four measures, and ranks that are certain."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.analysis.compare import compare
from innovation_plans.analysis.comparison import Comparison, ComparisonRow
from innovation_plans.units.interval import Estimate, estimate, half_unit
from innovation_plans.units.interval import ranks as ranks_of

from .records import Little
from .regions import LAND, MONEY, indicator, outcome, target

TOLERANCE = Decimal("0.02")


MEASURES: tuple[Any, ...] = ("value", "distance", "ratio", "growth")


def ranks(result: Comparison) -> list[tuple[str, str]]:
    return [(row.region_en, row.rank_text()) for row in result]


def row_of(result: Comparison, name: str) -> ComparisonRow:
    return next(row for row in result if row.region_en == name)


# ------------------------------------------------------------------ places
def test_highest_first_and_standard_ranks() -> None:
    result = compare([target("D", 1), target("B", "2.0"), target("A", 3), target("C", 2)])
    assert ranks(result) == [("A", "1"), ("B", "2–3"), ("C", "2–3"), ("D", "4")]
    assert [row.rank for row in result] == [1, 2, 2, 4]
    assert [row.tie_reason for row in result] == [None, "equal", "equal", None]


@pytest.mark.parametrize(
    ("facts", "order", "said"),
    [
        ({"direction": "down"}, ["B", "A"], "lowest first: less is better"),
        ({"direction": "none"}, ["A", "B"], "neither end is better"),
        ({"direction": "up"}, ["A", "B"], "highest first: more is better"),
    ],
)
def test_the_direction_decides_which_end_is_first(
    facts: dict[str, str], order: list[str], said: str
) -> None:
    what = indicator(**facts)
    result = compare([target("A", 3, indicator=what), target("B", 2, indicator=what)])
    assert [row.region_en for row in result] == order
    assert said in result.text()


def test_in_a_ranking_the_lowest_is_first() -> None:
    result = compare([target("A", 3, form="rank"), target("B", 2, form="rank")])
    assert ranks(result) == [("B", "1"), ("A", "2")]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"value": "3.2", "comparator": "about"}, {"value": "3.25"}, "comparator"),
        ({"value": "3.2", "comparator": "about"}, {"value": "3.3"}, None),
        ({"value": "3", "comparator": "at_least"}, {"value": "3"}, "comparator"),
        ({"value": "3", "comparator": "above"}, {"value": "3"}, "comparator"),
        ({"value": "3", "comparator": "above"}, {"value": "3.2"}, None),
        ({"value": "3", "comparator": "between", "value_high": "4"}, {"value": "3.5"},
         "comparator"),
        ({"value": "3", "comparator": "between", "value_high": "4"}, {"value": "4.1"}, None),
        ({"value": "3.5"}, {"value": "3.50"}, "equal"),
        ({"value": "3.5"}, {"value": "3.48"}, None),  # what a plan asks for is not rounded
    ],
)  # fmt: skip
def test_what_ties_two_targets(one: dict[str, Any], other: dict[str, Any], why: str | None) -> None:
    result = compare([target("A", **one), target("B", **other)])
    assert {row.tie_reason for row in result} == {why}
    assert (result[0].rank == result[1].rank) is (why is not None)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("3.5", "3.48", "rounding"),
        ("3.5", "3.50", "equal"),
        ("3.5", "3.6", None),
        ("3", "3.4", "rounding"),
        ("3.44", "3.5", None),
    ],
)
def test_what_ties_two_outcomes(one: str, other: str, why: str | None) -> None:
    result = compare([outcome("A", one), outcome("B", other)])
    assert {row.tie_reason for row in result} == {why}


def test_the_precision_of_an_outcome_ties_it() -> None:
    counted = indicator("enterprise")
    seen = [
        outcome("A", "18000", indicator=counted, precision="500"),
        outcome("B", "18400", indicator=counted),
        outcome("C", "18401", indicator=counted),  # whole numbers are exact
    ]
    result = compare(seen)
    assert ranks(result) == [("C", "1–2"), ("B", "2–3"), ("A", "1–3")]
    assert (row_of(result, "A").low, row_of(result, "A").high) == (17500, 18500)
    assert (row_of(result, "B").low, row_of(result, "B").high) == (18400, 18400)
    without = compare([seen[0].model_copy(update={"precision": None}), *seen[1:]])
    assert ranks(without) == [("C", "1"), ("B", "2"), ("A", "3")]


def test_the_tolerance_of_the_caller_is_in_the_result() -> None:
    pair = [target("A", "3.2", comparator="about"), target("B", "3.25")]
    result = compare(pair, tolerance="0.01")
    assert (result.tolerance, result[0].tie_reason) == (Decimal("0.01"), None)
    with pytest.raises(ip.ArgumentError, match="a share from 0"):
        compare(pair, tolerance=1)


def test_no_chain_of_overlaps_ties_the_ends_of_a_table() -> None:
    chain = [
        outcome(name, value) for name, value in zip("ABC", ("3.6", "3.55", "3.5"), strict=True)
    ]
    assert ranks(compare(chain)) == [("A", "1–2"), ("B", "1–3"), ("C", "2–3")]


def test_a_bound_that_overlaps_others_has_no_rank() -> None:
    result = compare(
        [outcome("A", "3.5"), outcome("B", 3, comparator="above"), outcome("C", "2.9")]
    )
    assert ranks(result) == [("A", "1"), ("C", "2"), ("B", "")]
    last = result[-1]
    assert (last.reason, last.value) == (ip.Reason.OUTCOME_IS_A_BOUND, None)
    assert last.stated.text() == "above 3%"
    alone = compare([outcome("A", "3.5"), outcome("B", 9, comparator="above")])
    assert ranks(alone) == [("B", "1"), ("A", "2")]
    assert (alone[0].low, alone[0].high) == (9, None)


def test_a_region_with_two_figures_is_one_region() -> None:
    other = ip.Source(code="other", title="Other", tier="A")
    again = target("A", "2.5", citation=ip.Citation(source=other, as_stated="x"))
    result = compare([target("A", 3), again, target("B", 2)])
    assert [(row.region, str(row.value), row.rank, row.reason) for row in result] == [
        ("XX-A", "2.5", 1, None),  # the better tier
        ("XX-B", "2", 2, None),
        ("XX-A", "3", None, "other_figure"),
    ]
    assert ip.Caveat.TARGET_CONFLICT in result[0].caveats
    assert result[1].caveats == ()


figures = st.lists(
    st.tuples(
        st.decimals("0.1", "99", places=2), st.sampled_from(["reach", "about", "above", "at_most"])
    ),
    min_size=1,
    max_size=8,
)


def runners(drawn: list[tuple[Decimal, str]], *, measured: bool) -> list[tuple[str, Estimate]]:
    return [
        (
            str(at),
            estimate(
                ip.Comparator(word),
                value,
                tolerance=TOLERANCE,
                half_width=half_unit(value) if measured else None,
            ),
        )
        for at, (value, word) in enumerate(drawn)
    ]


@given(figures, st.booleans())
def test_ranks_claim_only_what_is_sure(drawn: list[tuple[Decimal, str]], measured: bool) -> None:
    them = runners(drawn, measured=measured)
    for lowest_first in (True, False):
        result = ranks_of(them, lowest_first=lowest_first)
        assert min(rank.best for rank in result) == 1
        for one, here in zip(them, result, strict=True):
            assert 1 <= here.best <= here.last <= len(them)
            assert (here.tie is None) is (here.best == here.last)
            for other, there in zip(them, result, strict=True):
                if here.last < there.best:  # surely ahead: no value of one is behind any of other
                    ahead, behind = one[1].full, other[1].full
                    assert ahead.high <= behind.low if lowest_first else ahead.low >= behind.high


moneys = st.lists(
    st.tuples(st.integers(1, 9999), st.sampled_from(["reach", "about", "above"])),
    min_size=1,
    max_size=6,
)


@given(moneys, st.sampled_from(["CNY", "CNY_10K", "CNY_1B", "CNY_1T", None]), st.booleans())
def test_the_order_does_not_depend_on_the_unit(
    drawn: list[tuple[int, str]], unit: str | None, observed: bool
) -> None:
    make = outcome if observed else target
    records = [make(str(at), value, comparator=word, indicator=MONEY)
               for at, (value, word) in enumerate(drawn)]  # fmt: skip
    one, other = compare(records), compare(records, unit=unit)
    assert ranks(one) == ranks(other)
    assert [row.tie_reason for row in one] == [row.tie_reason for row in other]
    for left, right in zip(one, other, strict=True):
        if left.value is None or right.value is None:
            assert left.value is right.value
            continue
        assert ip.convert(left.value, "CNY_100M", other.unit) == right.value


@given(moneys)
def test_the_order_does_not_depend_on_the_unit_of_the_records(drawn: list[tuple[int, str]]) -> None:
    plain = [target(str(at), value, comparator=word, indicator=MONEY)
             for at, (value, word) in enumerate(drawn)]  # fmt: skip
    restated = [
        target(str(at), ip.convert(value, "CNY_100M", "CNY_1T"), comparator=word, unit="CNY_1T",
               indicator=MONEY)
        for at, (value, word) in enumerate(drawn)
    ]  # fmt: skip
    for one, other in zip(compare(plain), compare(restated), strict=True):
        assert (one.region, one.rank, one.rank_last, one.value) == (
            other.region, other.rank, other.rank_last, other.value,
        )  # fmt: skip


# ------------------------------------------------------------------ kinds of regions
def of_kind(kind: str, name: str, value: Any) -> ip.Observation:
    observation = outcome(name, value)
    place = observation.region.model_copy(update={"kind": ip.RegionKind(kind)})
    return observation.model_copy(update={"region": place})


MIXED = (
    of_kind("nation", "N", 9), of_kind("province", "A", 3), of_kind("city", "C", 8),
    of_kind("province", "B", 4),
)  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "ranked"),
    [
        (None, ["B", "A"]),
        ("province", ["B", "A"]),
        (ip.RegionKind.CITY, ["C"]),
        (["province", "city"], ["C", "B", "A"]),
        (["nation", "province", "city"], ["N", "C", "B", "A"]),
        ("group", []),
    ],
)
def test_regions_of_one_kind_are_ranked(kinds: Any, ranked: list[str]) -> None:
    result = compare(MIXED, kinds=kinds)
    assert [row.region_en for row in result if row.rank is not None] == ranked
    context = [row for row in result if row.rank is None]
    assert len(result) == len(MIXED)
    assert {row.reason for row in context} <= {ip.Reason.OTHER_KIND}
    assert None not in {row.value for row in context}


def test_a_region_of_another_kind_changes_no_rank() -> None:
    assert ranks(compare(MIXED))[:2] == ranks(compare([MIXED[1], MIXED[3]]))
    assert [row.region_en for row in compare(MIXED)][2:] == ["N", "C"]


def test_the_first_rows_say_how_many_of_all_regions_are_ranked() -> None:
    targets = ip.load().targets.where(indicator="rd_intensity", end_year=2025, form="level")
    ranking = ip.compare(targets)
    (ranked,) = re.findall(r"\d+ of \d+ regions ranked \(\d+ figures\)", ranking.summary())
    for chosen in (ranking.head(3), ranking.where(region="Beijing")[:1], ranking.sort("value")):
        assert ranked in chosen.summary()


def test_without_provinces_cities_then_nations_are_ranked() -> None:
    nation, _, city, _ = MIXED
    assert ranks(compare([nation, city])) == [("C", "1"), ("N", "")]
    assert ranks(compare([nation])) == [("N", "1")]


def test_the_reason_of_a_figure_without_value_stays() -> None:
    undated = of_kind("nation", "N", 9).model_copy(update={"year": None})
    result = compare([MIXED[1], undated])
    assert [row.reason for row in result] == [None, ip.Reason.UNDATED]


# ------------------------------------------------------------------ measures
def based(name: str, value: Any, base: Any, **facts: Any) -> ip.Target:
    return target(name, value, baseline_value=base, baseline_year=2020, **facts)


def test_distance_of_shares_is_in_points() -> None:
    result = compare([based("A", "3.5", "3.1"), based("B", "2.8", "2.0")], measure="distance")
    assert (result.unit, result.method) == ("percentage_point", "distance")
    assert [(r.region_en, r.value) for r in result] == [
        ("B", Decimal("0.8")), ("A", Decimal("0.4")),
    ]  # fmt: skip
    assert result[0].against is not None
    assert result[0].against.text() == "2% in 2020"


def test_the_rounding_of_a_start_ties_distances() -> None:
    result = compare([based("A", "3.5", "3.1"), based("B", "3.5", "3.12")], measure="distance")
    assert {row.tie_reason for row in result} == {"rounding"}


def test_distance_of_amounts_and_of_ranks() -> None:
    result = compare([based("A", 500, 300, indicator=MONEY)], measure="distance", unit="CNY_1B")
    assert (result[0].value, result.unit) == (20, "CNY_1B")
    place = compare([based("A", 3, 8, form="rank", baseline_unit="rank")], measure="distance")
    assert (place[0].value, place.unit) == (-5, "rank")


def test_pace_of_shares_is_in_points_and_of_amounts_compound() -> None:
    share = compare([based("A", "3.5", "2.5")], measure="growth")
    assert (share.method, share.unit, share[0].value) == (
        "points", "percentage_point", Decimal("0.2"),
    )  # fmt: skip
    assert "percentage points a year" in share.text()
    money = compare([based("A", "161.051", 100, indicator=MONEY)], measure="growth")
    assert (money.method, money.unit, money[0].value) == ("compound", "percent_per_year", 10)


@pytest.mark.parametrize(
    ("facts", "method", "value"),
    [
        ({"form": "average_growth", "value": 7}, "rate", "7"),
        ({"form": "multiple", "value": "1.61051"}, "multiple", "10"),
        ({"form": "increment", "value": "0.5"}, "even", "0.1"),
        ({"form": "increment", "value": "61.051", "indicator": MONEY, "baseline_value": 100,
          "baseline_year": 2020}, "grown", "10"),
    ],
)  # fmt: skip
def test_growth_multiples_and_increments_are_their_own_pace(
    facts: dict[str, Any], method: str, value: str
) -> None:
    result = compare([target("A", **facts)], measure="growth")
    assert (result.method, result[0].value) == (method, Decimal(value))


def test_an_increment_is_its_own_distance() -> None:
    result = compare([target("A", "0.5", form="increment")], measure="distance")
    assert (result.method, result[0].value, result.unit) == (
        "increment", Decimal("0.5"), "percentage_point",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("form", "measure"),
    [
        ("rank", "growth"), ("rank", "ratio"), ("average_growth", "distance"),
        ("cumulative", "growth"), ("multiple", "distance"),
    ],
)  # fmt: skip
def test_a_measure_that_is_not_defined_raises_an_error(form: str, measure: Any) -> None:
    with pytest.raises(ip.IncomparableError, match=f"the measure {measure}"):
        compare([target("A", 3, form=form)], measure=measure)


def test_what_a_measure_needs_is_never_made_up() -> None:
    records = [
        based("A", 3, 1),
        target("B", 3),
        based("C", 3, 0),
        based("D", 3, -1),
        based("E", 3, 1, baseline_unit="CNY"),
    ]
    amounts = [
        each.model_copy(update={"indicator": MONEY, "unit": "CNY_100M"}) for each in records[:4]
    ]
    result = compare(amounts, measure="growth")
    assert [(row.region_en, row.reason) for row in result] == [
        ("A", None),
        ("B", ip.Reason.MISSING_BASELINE),
        ("C", ip.Reason.ZERO_BASE),
        ("D", ip.Reason.SIGN_CHANGE),
    ]
    assert row_of(result, "C").against is not None
    assert row_of(result, "C").value is None
    basis = compare(records, measure="distance")
    assert row_of(basis, "E").reason is ip.Reason.DIFFERENT_BASIS
    assert row_of(basis, "D").value == 4
    undated = compare([outcome("A", 3), outcome("B", 3, year=None)])
    assert row_of(undated, "B").reason is ip.Reason.UNDATED
    nation = compare([target("A", 3)], measure="ratio")
    assert nation[0].reason is ip.Reason.NO_FIGURE_OF_NATION


def test_against_statistics(plans: ip.Dataset) -> None:
    goal = plans.targets.where(region="GD", indicator="rd_intensity", end_year=2025)
    result = compare(goal, measure="distance", plans=plans)[0]
    assert result.against is not None
    assert (result.against.basis, result.against.year) == ("statistics", 2020)
    assert ip.Caveat.BASELINE_FROM_STATISTICS in result.caveats
    assert len(result.inputs) == 2
    seen = plans.observations.where(region=["GD", "JS"], indicator="rd_intensity", year=2024,
                                    vintage="first")  # fmt: skip
    since = compare(seen, measure="growth", plans=plans, since=2020)
    assert [row.against and row.against.year for row in since] == [2020, 2020]
    assert compare(seen, measure="growth", plans=plans)[0].reason is ip.Reason.MISSING_BASELINE
    late = compare(seen, measure="growth", plans=plans, since=2024)
    assert late[0].reason is ip.Reason.ONE_POINT


def test_zeros_that_files_leave_out_are_printed_in_tables(plans: ip.Dataset) -> None:
    seen = plans.observations.where(indicator="rd_intensity", year=2020, vintage="first")
    yunnan = row_of(compare(seen, plans=plans), "Yunnan")
    assert (yunnan.value, yunnan.low, yunnan.high) == (1, Decimal("0.995"), Decimal("1.005"))


def test_relative_to_the_nation(plans: ip.Dataset) -> None:
    growth = plans.targets.where(indicator="rd_expenditure", form="average_growth", end_year=2025)
    whole = growth.filter(lambda each: each.is_whole)
    result = compare(whole, measure="ratio", plans=plans)
    hubei = row_of(result, "Hubei")
    assert (hubei.value, result.unit) == (200, "percent")
    assert hubei.against is not None
    assert hubei.against.basis == "nation's target"
    assert row_of(result, "China").value == 100


# ------------------------------------------------------------------ one ground
RESIDENTS = indicator("person_year_per_10k_population", code="per_resident")


EMPLOYED = indicator("person_year_per_10k_employed", code="per_employed")


PAIR = (target("Guangdong", 90, indicator=RESIDENTS), target("Hubei", 70, indicator=EMPLOYED))


RATE = "0.52 employed_person/inhabitant"


def test_two_bases_raise_an_error_that_names_the_factor(plans: ip.Dataset) -> None:
    with pytest.raises(ip.IncomparableError) as caught:
        compare(PAIR)
    assert caught.value.factor == "employed_person/inhabitant"
    real = plans.targets.where(
        region=["GD", "HB"], end_year=2025,
        indicator=["rd_personnel_per_10k_population", "rd_personnel_per_10k_employed"],
    )  # fmt: skip
    with pytest.raises(ip.IncomparableError) as caught:
        compare(real)
    assert caught.value.factor == "employed_person/inhabitant"
    result = compare(real, factor=ip.quantity(RATE))
    assert [(row.region_en, row.value) for row in result] == [
        ("Guangdong", 90), ("Hubei", Decimal("36.4")),
    ]  # fmt: skip


@pytest.mark.parametrize("factor", [RATE, ip.quantity(RATE), {"XX-Hubei": ip.quantity(RATE)}])
def test_with_the_factor_they_are_compared(factor: Any) -> None:
    for records in (PAIR, PAIR[::-1]):
        result = compare(records, factor=factor)
        assert (result.indicator, result.unit) == ("per_resident", RESIDENTS.unit)
        assert [(row.rank, row.value) for row in result] == [(1, 90), (2, Decimal("36.4"))]
        assert result[1].inputs == (
            PAIR[1].key, "factor 0.52 employed_person / inhabitant",
        )  # fmt: skip
        assert result[0].inputs == (PAIR[0].key,)


def test_the_unit_asked_for_decides_the_basis() -> None:
    result = compare(PAIR, factor=RATE, unit=EMPLOYED.unit)
    assert result[0].value is not None
    assert round(result[0].value, 2) == Decimal("173.08")
    assert result[1].value == 70


def test_a_region_without_a_factor_stays_without_a_rank() -> None:
    third = target("Gansu", 35, indicator=EMPLOYED)
    result = compare([*PAIR, third], factor={"XX-Hubei": RATE})
    assert row_of(result, "Gansu").reason is ip.Reason.DIFFERENT_BASIS


@pytest.mark.parametrize("factor", ["0.52 patent/inhabitant", None, {}])
def test_a_factor_of_another_unit_raises_an_error(factor: Any) -> None:
    with pytest.raises(ip.IncomparableError, match="employed_person/inhabitant"):
        compare(PAIR, factor=factor)


@pytest.mark.parametrize("factor", [RATE, {"XX-Hubei": ip.quantity(RATE)}])
def test_a_factor_that_converts_nothing_is_an_error(factor: Any) -> None:
    with pytest.raises(ip.ArgumentError, match=r"no factor .*no figure here needs it"):
        compare([target("Guangdong", 3), target("Hubei", 2)], factor=factor)


def test_a_factor_is_above_zero() -> None:
    with pytest.raises(ip.FigureError, match="above zero"):
        compare(PAIR, factor="0 employed_person/inhabitant")


def test_money_and_share_need_the_whole() -> None:
    money = indicator("CNY_100M", code="money")
    pair = [target("A", 300, indicator=money), target("B", "3", indicator=indicator())]
    with pytest.raises(ip.IncomparableError) as caught:
        compare(pair)
    assert caught.value.factor == "CNY"
    result = compare(pair, factor="1 万亿元")
    assert [(row.region_en, row.value) for row in result] == [("A", 300), ("B", 300)]


@pytest.mark.parametrize(
    ("records", "error", "message"),
    [
        ([], ip.MissingError, "no record to compare"),
        ([target("A", 3), outcome("B", 3)], ip.IncomparableError, "targets, or observations"),
        ([target("A", 3), target("B", 3, form="rank")], ip.AmbiguousError, r"where\(form="),
        ([target("A", 3), target("B", 3, end_year=2030)], ip.AmbiguousError, "2025, 2030"),
        ([outcome("A", 3), outcome("B", 3, year=2020)], ip.AmbiguousError, r"where\(year="),
        ([target("A", 3), target("B", 3, breakdown="rural")], ip.AmbiguousError, "the whole"),
        ([target("A", 3), target("B", 3, scope="hand_made")], ip.AmbiguousError, "one scope"),
        ([outcome("A", 3, vintage="first"), outcome("A", 3, vintage="revised")],
         ip.AmbiguousError, "one vintage of XX-A"),
        ([target("A", 3, form="cumulative"), target("B", 3, form="cumulative", start_year=2023)],
         ip.AmbiguousError, "first year"),
        ([target("A", 3), target("B", 3, indicator=indicator(code="else"))],
         ip.IncomparableError, r"where\(indicator="),
    ],
)  # fmt: skip
def test_what_differs_is_named(records: list[Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        compare(records)


def test_wrong_arguments_raise_an_error() -> None:
    with pytest.raises(ip.MissingError, match="no measure 'sideways'"):
        compare([target("A", 3)], measure="sideways")  # type: ignore[arg-type]
    with pytest.raises(ip.MissingError, match="no region kind 'provinces'; did you mean province"):
        compare([target("A", 3)], kinds="provinces")
    with pytest.raises(ip.IncomparableError):
        compare([target("A", 3)], unit="CNY")
    with pytest.raises(ip.FigureError):
        compare([target("A", 3)], unit="furlong")


# ------------------------------------------------------------------ the result
@pytest.mark.parametrize("measure", MEASURES)
def test_all_of_the_14th_plan(measure: Any, every_tier: ip.Dataset) -> None:
    goals = every_tier.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    result = compare(goals, measure=measure, kinds=["province", "city"], plans=every_tier)
    assert len(result) == len(goals) >= 20
    assert Comparison.from_json(result.json()) == result
    for row in result:
        assert (row.rank is None) is (row.reason is not None)
        assert (row.value is None) is (row.reason not in {None, ip.Reason.OTHER_FIGURE})
        assert row.inputs[0] in {goal.key for goal in goals}
    ranked = sum(row.rank is not None for row in result)
    assert ranked >= (19 if measure in {"value", "ratio"} else 11)
    for lang in ("en", "zh"):
        assert len(result.text(lang).splitlines()) == len(goals) + 4
        assert result.markdown(lang).count("\n") == len(goals) + 1
    assert str(result) == result.text()
    assert repr(result).endswith(result.summary())


@pytest.mark.heavy
def test_every_comparison_of_the_bundled_targets_reads_back(every_tier: ip.Dataset) -> None:
    groups: dict[Any, list[ip.Target]] = {}
    for goal in every_tier.targets:
        whole = (goal.subject, goal.form, goal.end_year, goal.start_year)
        groups.setdefault(whole, []).append(goal)
    made = 0
    for records in groups.values():
        for measure in MEASURES:
            try:
                result = compare(records, measure=measure, plans=every_tier)
            except ip.IncomparableError as error:
                assert "the measure" in str(error)  # noqa: PT017
                continue
            assert Comparison.from_json(result.json()) == result
            assert len(result) == len(records)
            made += 1
    assert made >= 1000


def test_without_a_factor_pint_is_not_imported() -> None:
    code = (
        "import sys; from innovation_plans import load; "
        "from innovation_plans.analysis.compare import compare; plans = load(); "
        "goals = plans.targets.where(indicator='rd_intensity', end_year=2025); "
        "[compare(goals, measure=f, plans=plans) for f in ('value', 'distance', 'growth')]; "
        "sys.exit('pint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nations_are_not_compared_with_themselves(world: Callable[..., Path]) -> None:
    regions = (
        "code,kind,name_en,parent\nXX,nation,Landia,\nXX-AB,province,Abeland,XX\n"
        "XX-CD,province,Cedeland,XX\nXX-G,group,East,XX\nYY,nation,Other,\n"
    )
    ours = ip.load(world({"regions.csv": regions}), tiers="ABC")
    seen = {"indicator": "widget_share", "form": "level", "comparator": "reach", "year": 2023}
    more = ours.extend(
        observations=[
            seen | {"region": region, "value": value, "unit": "percent", "source": "land-stat"}
            for region, value in (("XX", "2"), ("YY", "3"))
        ]
    )
    both = more.observations.where(indicator="widget_share", region=["XX", "YY"], year=2023)
    with pytest.raises(ip.IncomparableError, match="2 of the regions are nations themselves"):
        ip.compare(both, measure="ratio", plans=more)
    parts = more.observations.where(indicator="widget_share", region=["XX", "XX-AB"], year=2023)
    result = ip.compare(parts, measure="ratio", plans=more)
    assert [str(row.value) for row in result] == ["155.0", "100"]


# ------------------------------------------------------------------ reasons and caveats


def yearly_levels(*facts: dict[str, Any]) -> list[ip.Observation]:
    return [outcome("A", 10 + 2 * at, indicator=MONEY, **cells) for at, cells in enumerate(facts)]


@pytest.mark.parametrize(
    ("levels", "reason"),
    [
        ([{"year": 2020}, {"year": 2024}], None),
        ([{"year": 2020}, {"year": 2022, "status": "break"}, {"year": 2024}],
         ip.Reason.CHANGED_DEFINITION),
        ([{"year": 2024}], ip.Reason.MISSING_BASELINE),
    ],
)  # fmt: skip
def test_growth_since_a_year_needs_its_level_and_one_definition(
    levels: list[dict[str, Any]], reason: ip.Reason | None
) -> None:
    records = yearly_levels(*levels)
    plans = Little(records, [])
    assert compare(records[-1:], measure="growth", plans=plans, since=2020)[0].reason is reason


@pytest.mark.parametrize(
    ("vintage", "value", "reason"), [("revised", None, ip.Reason.VINTAGES_MIXED), (None, 2, None)]
)
def test_a_baseline_of_another_vintage_gives_no_change_one_without_name_a_caveat(
    vintage: str | None, value: int | None, reason: ip.Reason | None
) -> None:
    records = yearly_levels({"year": 2020, "vintage": vintage}, {"year": 2024, "vintage": "first"})
    row = compare(records[-1:], measure="distance", plans=Little(records, []), since=2020)[0]
    assert (row.value, row.reason, row.caveats) == (value, reason, (ip.Caveat.VINTAGES_MIXED,))


def test_annual_goals_have_no_rank_beside_those_of_plans() -> None:
    plan, annual = target("A", 3), target("B", 4)
    annual = annual.model_copy(update={"plan": annual.plan.model_copy(
        update={"period": "annual-2025"})})  # fmt: skip
    mixed = compare([plan, annual])
    assert [(row.region_en, row.rank, row.reason, row.value) for row in mixed] == [
        ("A", 1, None, 3), ("B", None, ip.Reason.OTHER_PERIOD, 4),
    ]  # fmt: skip
    assert ranks(compare([annual])) == [("B", "1")]


def of_the_nation(value: Any, **facts: Any) -> ip.Observation:
    return outcome("N", value, indicator=MONEY, **facts).model_copy(update={"region": LAND})


@pytest.mark.parametrize(
    ("nation", "reason", "share"),
    [
        ([{"value": 50}], None, 20),
        ([{"value": 50, "comparator": "at_least"}], ip.Reason.OUTCOME_IS_A_BOUND, None),
        ([{"value": 0}], ip.Reason.ZERO_BASE, None),
        ([{"value": -50}], ip.Reason.SIGN_CHANGE, None),
        ([], ip.Reason.NO_FIGURE_OF_NATION, None),
    ],
)
def test_a_ratio_needs_a_positive_figure_of_the_nation(
    nation: list[dict[str, Any]], reason: ip.Reason | None, share: int | None
) -> None:
    own = outcome("A", 10, indicator=MONEY)
    plans = Little([own, *(of_the_nation(**facts) for facts in nation)], [])
    row = compare([own], measure="ratio", plans=plans)[0]
    assert (row.reason, row.value) == (reason, share)


def test_two_targets_of_the_nation_give_no_ratio() -> None:
    own = target("A", 10, indicator=MONEY)
    nation = [
        target("N", value, indicator=MONEY).model_copy(
            update={"plan": own.plan.model_copy(update=cells | {"region": LAND})}
        )
        for value, cells in (
            (50, {"code": "XX-13-sti", "period": "13th"}),
            (60, {"code": "XX-15-sti", "period": "15th"}),
        )
    ]
    row = compare([own], measure="ratio", plans=Little([], [own, *nation]))[0]
    assert row.reason is ip.Reason.CONFLICTING_OUTCOMES


def test_a_share_of_growth_and_a_multiple_without_its_first_year_have_no_baseline() -> None:
    for form in ("multiple", "increment"):
        row = compare([target("A", 2, form=form, start_year=None)], measure="growth")[0]
        assert row.reason is ip.Reason.MISSING_BASELINE


def test_the_growth_of_an_open_bound_is_open() -> None:
    result = compare([outcome("A", 12, indicator=MONEY, comparator="at_least"),
                      outcome("B", 11, indicator=MONEY)],
                     measure="growth", since=2020,
                     plans=Little([outcome("A", 10, year=2020, indicator=MONEY),
                                   outcome("B", 10, year=2020, indicator=MONEY)], []))  # fmt: skip
    assert row_of(result, "A").reason is ip.Reason.OUTCOME_IS_A_BOUND
    assert row_of(result, "B").rank_text() in {"1", "2", "1–2"}


ONE = outcome("A", 10, indicator=MONEY)


@pytest.mark.parametrize(
    ("records", "arguments", "message"),
    [
        (ONE, {}, "records: expected several targets or observations, found one Observation"),
        ([ONE, 3], {}, "records: expected targets or observations, found 3"),
        ({"a": ONE}, {}, "records: expected targets or observations, found dict"),
        ("x", {}, "records: expected targets or observations, found 'x'"),
        (
            pd.DataFrame({"comparator": ["above"]}),
            {},
            (
                "records: expected targets or observations, found DataFrame; "
                "plans.extend(…) makes records of a data frame"
            ),
        ),
        (
            [ONE],
            {"since": "2020", "measure": "growth"},
            "no year '2020'; a year is a whole number: 2025",
        ),
        (
            [ONE],
            {"since": 2020.5, "measure": "growth"},
            "no year 2020.5; a year is a whole number: 2025",
        ),
        ([ONE], {"factor": 5}, "factor: expected a quantity, or one for each region, found 5"),
        (
            [ONE],
            {"factor": {"A": 5}},
            "factor: expected a quantity, or one for each region, found 5",
        ),
    ],
)
def test_an_argument_of_another_type_is_refused_by_its_name(
    records: Any, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(ip.ArgumentError) as caught:
        ip.compare(records, **arguments)
    assert str(caught.value) == message


def test_counts_are_of_the_reasons() -> None:
    result = compare([outcome("A", 3), outcome("B", 3, year=None)])
    counts = result.counts()
    assert (counts[None], counts[ip.Reason.UNDATED], sum(counts.values())) == (1, 1, 2)


def test_a_change_on_one_vintage_shows_the_figures_that_it_is_computed_from(
    plans: ip.Dataset,
) -> None:
    observed = plans.observations.where(indicator="rd_intensity", year=2024).filter(
        lambda each: each.region.kind == "province"
    )
    result = compare(observed, measure="growth", plans=plans, since=2020)
    for row in result:
        assert (row.vintage, row.on_one_vintage is None) == ("after_census_5", False)
        assert row.against is not None
        assert row.against.vintage == "after_census_5"
        assert row.value is not None
        assert row.on_one_vintage is not None
        assert abs(row.value - (row.on_one_vintage - row.against.value) / 4) < Decimal("1e-9")
        assert "vintages_mixed" not in row.caveats
    beijing = row_of(result, "Beijing")
    assert (beijing.figure_text(), beijing.against and round(beijing.against.value, 2)) == (
        "6.6%", Decimal("6.04"),
    )  # fmt: skip
    assert beijing.note_text() == "on one vintage (printed: 6.58%)"
    assert beijing.note_text("zh") == "按同一版本数据（公布值6.58%）"
    assert "; revised after the fifth economic census; " in result.summary()
    assert "；第五次经济普查后修订数；" in result.summary("zh")
    assert "31 of 31 regions ranked (37 figures)" in result.summary()
    assert "31个地区中31个有排名（37个数值）" in result.summary("zh")
    assert "; as first printed; " in compare(observed).summary()


@pytest.mark.parametrize(
    ("measure", "has_plans", "since", "lacking"),
    [
        ("value", False, None, ""),
        ("distance", False, None, "for starting values pass plans= and since= (or --since)"),
        ("growth", True, None, "for starting values pass since= (or --since)"),
        ("growth", False, 2020, "for starting values pass plans="),
        ("growth", True, 2020, ""),
    ],
)
def test_a_comparison_without_starting_values_says_what_gives_them(
    measure: Any, has_plans: bool, since: int | None, lacking: str
) -> None:
    levels = yearly_levels({"year": 2020}, {"year": 2024})
    plans: Any = Little(levels, []) if has_plans else None
    result = compare(levels[-1:], measure=measure, plans=plans, since=since)
    said = [part for part in result.summary().split("; ") if "ranked" in part or "pass" in part]
    assert said == [
        "0 of 1 region ranked" if lacking else "1 of 1 region ranked",
        *filter(None, [lacking]),
    ]
    assert ("starting values" in result.summary()) is bool(lacking)


def test_a_city_with_two_plans_has_one_rank(plans: ip.Dataset) -> None:
    goals = plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    result = compare(goals, kinds=["city"])
    ranked = [row.region for row in result if row.rank is not None]
    assert len(ranked) == len(set(ranked))
    others = [row for row in result if row.reason == "other_figure"]
    assert {row.region for row in others} <= set(ranked)
    assert {row.ranked for row in others} <= {row.plan for row in result if row.rank is not None}
    assert all(f"ranked by {row.ranked}" in row.note_text() for row in others)
    assert all(f"以{row.ranked}的数值排名" in row.note_text("zh") for row in others)


def test_the_distance_of_a_ratio_is_from_a_start_that_is_computed_from_its_parts(
    plans: ip.Dataset,
) -> None:
    goals = plans.targets.where(
        indicator="basic_research_share", end_year=2025, period="14th", within="CN"
    )
    wholes = [goal for goal in goals if goal.is_whole and goal.region.kind == "province"]
    result = compare(wholes, measure="distance", plans=plans)
    for row in result:
        assessed = ip.assess(plans.targets.by_key(row.inputs[0]), plans)
        if assessed.baseline is not None:
            assert row.against is not None
            assert (row.against.value, row.against.year) == (
                assessed.baseline.value,
                assessed.baseline.year,
            )
    computed = [row for row in result if len(row.inputs) == 3]
    assert len(computed) >= 5
    for row in computed:
        assert row.against is not None
        assert (row.against.basis, ip.Caveat.BASELINE_FROM_STATISTICS in row.caveats) == (
            "statistics",
            True,
        )


@pytest.mark.parametrize("measure", ["value", "ratio"])
def test_a_start_is_only_for_measures_that_have_one(plans: ip.Dataset, measure: str) -> None:
    targets = plans.targets.where(indicator="rd_intensity", period="14th", end_year=2025)
    with pytest.raises(ip.ArgumentError, match="have a start"):
        compare(targets, measure=measure, plans=plans, since=2020)  # type: ignore[arg-type]


def test_what_was_asked_for_without_a_figure_is_named(plans: ip.Dataset) -> None:
    figures = plans.observations.where(
        region=["GD", "440300"], indicator="rd_expenditure", year=2024, vintage="bulletin"
    )
    result = compare(figures)
    assert result.left_out == ("440300",)
    assert "; no such figure of Shenzhen; " in result.summary()
    assert "没有深圳的此类数值" in result.summary("zh")
    again = Comparison.from_json(result.json())
    assert again == result
    assert "; no such figure of 440300; " in again.summary()  # a file has no names of it


def test_a_ratio_without_a_dataset_says_what_gives_it(plans: ip.Dataset) -> None:
    targets = plans.targets.where(
        region=["GD", "BJ"], indicator="rd_intensity", end_year=2025, period="14th"
    )
    alone = compare(targets, measure="ratio")
    assert "0 of 2 regions ranked; for the figures of the nation pass plans=; " in alone.summary()
    assert {row.note_text() for row in alone} == {"no figure of the nation"}
    assert {row.note_text("zh") for row in alone} == {"缺少全国数值"}
    assert compare(targets, measure="ratio", plans=plans).lacking == ()


def test_a_ratio_without_a_dataset_uses_the_nation_among_the_records(plans: ip.Dataset) -> None:
    shares = plans.observations.where(indicator="rd_intensity", year=2024, vintage="first")
    own, with_data = (ip.compare(shares, measure="ratio", plans=data) for data in (None, plans))
    assert [row.value for row in own] == [row.value for row in with_data]
    assert own.lacking == ()


def test_a_start_is_not_after_the_year_of_the_figures(plans: ip.Dataset) -> None:
    shares = plans.observations.where(indicator="rd_intensity", year=2024, vintage="first")
    with pytest.raises(ip.ArgumentError, match="no since 2030; the figures are of 2024"):
        ip.compare(shares, measure="growth", plans=plans, since=2030)
