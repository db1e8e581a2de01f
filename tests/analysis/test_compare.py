"""Region against region: one ground, four measures, places that claim no more than is known."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.analysis.aggregate import Aggregate, aggregate
from innovation_plans.analysis.compare import compare
from innovation_plans.analysis.comparison import Comparison, ComparisonRow
from innovation_plans.units.interval import Estimate, estimate
from innovation_plans.units.interval import ranks as ranks_of

LAND = ip.Region(code="XX", kind="nation", name_en="Landia", name_zh="蓝地")
SOURCE = ip.Source(code="plan", title="Plan", tier="B", date="2021")
TEXT = ip.Citation(source=SOURCE, as_stated="so")
TOLERANCE = Decimal("0.02")
MEASURES: tuple[Any, ...] = ("value", "distance", "ratio", "growth")


def region(name: str) -> ip.Region:
    return ip.Region(code=f"XX-{name}", kind="province", name_en=name, parent=LAND)


def indicator(unit: str = "percent", **facts: Any) -> ip.Indicator:
    return ip.Indicator(
        **({"code": "thing", "name_en": "Thing", "unit": unit, "direction": "up"} | facts)
    )


def target(name: str, value: Any, **facts: Any) -> ip.Target:
    what = facts.pop("indicator", indicator())
    form = ip.Form(facts.get("form", "level"))
    plan = ip.Plan(
        code=f"XX-{name}-14-sti", region=region(name), period="14th", kind="sti", title_en="P"
    )
    cells = {"form": form, "comparator": "reach", "unit": what.unit_in(form), "start_year": 2021,
             "end_year": 2025, "citation": TEXT} | facts  # fmt: skip
    return ip.Target(plan=plan, indicator=what, value=value, **cells)


def outcome(name: str, value: Any, **facts: Any) -> ip.Observation:
    what = facts.pop("indicator", indicator())
    form = ip.Form(facts.get("form", "level"))
    cells = {"form": form, "comparator": "reach", "unit": what.unit_in(form), "year": 2024,
             "citation": TEXT} | facts  # fmt: skip
    return ip.Observation(region=region(name), indicator=what, value=value, **cells)


def ranks(found: Comparison) -> list[tuple[str, str]]:
    return [(row.region_en, row.rank_text()) for row in found.rows]


def row_of(found: Comparison, name: str) -> ComparisonRow:
    return next(row for row in found.rows if row.region_en == name)


# ------------------------------------------------------------------ places


def test_highest_first_and_standard_ranks() -> None:
    found = compare([target("D", 1), target("B", "2.0"), target("A", 3), target("C", 2)])
    assert ranks(found) == [("A", "1"), ("B", "2–3"), ("C", "2–3"), ("D", "4")]
    assert [row.rank for row in found.rows] == [1, 2, 2, 4]
    assert [row.tie_reason for row in found.rows] == [None, "equal", "equal", None]


@pytest.mark.parametrize(
    ("facts", "order", "said"),
    [
        ({"direction": "down"}, ["B", "A"], "lowest first: less is better"),
        ({"direction": "none"}, ["A", "B"], "neither end is better"),
        ({"direction": "up"}, ["A", "B"], "highest first: more is better"),
    ],
)
def test_the_direction_says_which_end_is_first(
    facts: dict[str, str], order: list[str], said: str
) -> None:
    what = indicator(**facts)
    found = compare([target("A", 3, indicator=what), target("B", 2, indicator=what)])
    assert [row.region_en for row in found.rows] == order
    assert said in found.text()


def test_in_a_ranking_the_lowest_is_first() -> None:
    found = compare([target("A", 3, form="rank"), target("B", 2, form="rank")])
    assert ranks(found) == [("B", "1"), ("A", "2")]


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
    found = compare([target("A", **one), target("B", **other)])
    assert {row.tie_reason for row in found.rows} == {why}
    assert (found.rows[0].rank == found.rows[1].rank) is (why is not None)


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
    found = compare([outcome("A", one), outcome("B", other)])
    assert {row.tie_reason for row in found.rows} == {why}


def test_the_tolerance_is_the_callers_and_stands_in_the_result() -> None:
    pair = [target("A", "3.2", comparator="about"), target("B", "3.25")]
    found = compare(pair, tolerance="0.01")
    assert (found.tolerance, found.rows[0].tie_reason) == (Decimal("0.01"), None)
    with pytest.raises(ip.FigureError, match="a share from 0"):
        compare(pair, tolerance=1)


def test_no_chain_of_overlaps_ties_the_ends_of_a_table() -> None:
    chain = [
        outcome(name, value) for name, value in zip("ABC", ("3.6", "3.55", "3.5"), strict=True)
    ]
    assert ranks(compare(chain)) == [("A", "1–2"), ("B", "1–3"), ("C", "2–3")]


def test_a_bound_that_reaches_over_others_has_no_place() -> None:
    found = compare([outcome("A", "3.5"), outcome("B", 3, comparator="above"), outcome("C", "2.9")])
    assert ranks(found) == [("A", "1"), ("C", "2"), ("B", "")]
    last = found.rows[-1]
    assert (last.reason, last.value) == (ip.Reason.OUTCOME_IS_A_BOUND, None)
    assert last.stated.text() == "above 3%"
    alone = compare([outcome("A", "3.5"), outcome("B", 9, comparator="above")])
    assert ranks(alone) == [("B", "1"), ("A", "2")]
    assert (alone.rows[0].low, alone.rows[0].high) == (9, None)


def test_a_region_with_two_figures_is_one_region() -> None:
    other = ip.Source(code="other", title="Other", tier="A")
    again = target("A", "2.5", citation=ip.Citation(source=other, as_stated="x"))
    found = compare([target("A", 3), again, target("B", 2)])
    assert ranks(found) == [("A", "1"), ("A", "1"), ("B", "2")]
    assert ip.Caveat.TARGET_CONFLICT in found.rows[0].caveats
    assert found.rows[2].caveats == ()


figures = st.lists(
    st.tuples(
        st.decimals("0.1", "99", places=2), st.sampled_from(["reach", "about", "above", "at_most"])
    ),
    min_size=1,
    max_size=8,
)


def runners(drawn: list[tuple[Decimal, str]], *, measured: bool) -> list[tuple[str, Estimate]]:
    return [
        (str(at), estimate(ip.Comparator(word), value, measured=measured, tolerance=TOLERANCE))
        for at, (value, word) in enumerate(drawn)
    ]


@given(figures, st.booleans())
def test_ranks_claim_only_what_is_sure(drawn: list[tuple[Decimal, str]], measured: bool) -> None:
    them = runners(drawn, measured=measured)
    for lowest_first in (True, False):
        found = ranks_of(them, lowest_first=lowest_first)
        assert min(rank.best for rank in found) == 1
        for one, here in zip(them, found, strict=True):
            assert 1 <= here.best <= here.last <= len(them)
            assert (here.tie is None) is (here.best == here.last)
            for other, there in zip(them, found, strict=True):
                if here.last < there.best:  # surely ahead: no value of one is behind any of other
                    ahead, behind = one[1].full, other[1].full
                    assert ahead.high <= behind.low if lowest_first else ahead.low >= behind.high


MONEY = indicator("CNY_100M")
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
    assert [row.tie_reason for row in one.rows] == [row.tie_reason for row in other.rows]
    for left, right in zip(one.rows, other.rows, strict=True):
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
    for one, other in zip(compare(plain).rows, compare(restated).rows, strict=True):
        assert (one.region, one.rank, one.rank_last, one.value) == (
            other.region, other.rank, other.rank_last, other.value,
        )  # fmt: skip


# ------------------------------------------------------------------ measures


def based(name: str, value: Any, base: Any, **facts: Any) -> ip.Target:
    return target(name, value, baseline_value=base, baseline_year=2020, **facts)


def test_distance_of_shares_is_in_points() -> None:
    found = compare([based("A", "3.5", "3.1"), based("B", "2.8", "2.0")], measure="distance")
    assert (found.unit, found.method) == ("percentage_point", "distance")
    assert [(r.region_en, r.value) for r in found.rows] == [
        ("B", Decimal("0.8")), ("A", Decimal("0.4")),
    ]  # fmt: skip
    assert found.rows[0].against is not None
    assert found.rows[0].against.text() == "2% in 2020"


def test_the_rounding_of_a_start_ties_distances() -> None:
    found = compare([based("A", "3.5", "3.1"), based("B", "3.5", "3.12")], measure="distance")
    assert {row.tie_reason for row in found.rows} == {"rounding"}


def test_distance_of_amounts_and_of_places() -> None:
    found = compare([based("A", 500, 300, indicator=MONEY)], measure="distance", unit="CNY_1B")
    assert (found.rows[0].value, found.unit) == (20, "CNY_1B")
    place = compare([based("A", 3, 8, form="rank", baseline_unit="rank")], measure="distance")
    assert (place.rows[0].value, place.unit) == (-5, "rank")


def test_pace_of_shares_is_in_points_and_of_amounts_compound() -> None:
    share = compare([based("A", "3.5", "2.5")], measure="growth")
    assert (share.method, share.unit, share.rows[0].value) == (
        "points", "percentage_point", Decimal("0.2"),
    )  # fmt: skip
    assert "percentage points a year" in share.text()
    money = compare([based("A", "161.051", 100, indicator=MONEY)], measure="growth")
    assert (money.method, money.unit, money.rows[0].value) == ("compound", "percent_per_year", 10)


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
    found = compare([target("A", **facts)], measure="growth")
    assert (found.method, found.rows[0].value) == (method, Decimal(value))


def test_an_increment_is_its_own_distance() -> None:
    found = compare([target("A", "0.5", form="increment")], measure="distance")
    assert (found.method, found.rows[0].value, found.unit) == (
        "increment", Decimal("0.5"), "percentage_point",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("form", "measure"),
    [
        ("rank", "growth"), ("rank", "ratio"), ("average_growth", "distance"),
        ("cumulative", "growth"), ("multiple", "distance"),
    ],
)  # fmt: skip
def test_a_measure_that_means_nothing_is_refused(form: str, measure: Any) -> None:
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
    found = compare(amounts, measure="growth")
    assert [(row.region_en, row.reason) for row in found.rows] == [
        ("A", None),
        ("B", ip.Reason.MISSING_BASELINE),
        ("C", ip.Reason.ZERO_BASE),
        ("D", ip.Reason.SIGN_CHANGE),
    ]
    assert row_of(found, "C").against is not None
    assert row_of(found, "C").value is None
    basis = compare(records, measure="distance")
    assert row_of(basis, "E").reason is ip.Reason.DIFFERENT_BASIS
    assert row_of(basis, "D").value == 4
    undated = compare([outcome("A", 3), outcome("B", 3, year=None)])
    assert row_of(undated, "B").reason is ip.Reason.UNDATED
    nation = compare([target("A", 3)], measure="ratio")
    assert nation.rows[0].reason is ip.Reason.NO_OUTCOME


def test_against_statistics(plans: ip.Dataset) -> None:
    goal = plans.targets.where(region="GD", indicator="rd_intensity", end_year=2025)
    found = compare(goal, measure="distance", plans=plans).rows[0]
    assert found.against is not None
    assert (found.against.basis, found.against.year) == ("statistics", 2020)
    assert ip.Caveat.BASELINE_FROM_STATISTICS in found.caveats
    assert len(found.inputs) == 2
    seen = plans.observations.where(region=["GD", "JS"], indicator="rd_intensity", year=2024,
                                    vintage="first")  # fmt: skip
    since = compare(seen, measure="growth", plans=plans, since=2020)
    assert [row.against and row.against.year for row in since.rows] == [2020, 2020]
    assert compare(seen, measure="growth", plans=plans).rows[0].reason is ip.Reason.MISSING_BASELINE
    late = compare(seen, measure="growth", plans=plans, since=2024)
    assert late.rows[0].reason is ip.Reason.ONE_POINT


def test_zeros_that_files_leave_out_are_printed_in_tables(plans: ip.Dataset) -> None:
    seen = plans.observations.where(indicator="rd_intensity", year=2020, vintage="first")
    yunnan = row_of(compare(seen, plans=plans), "Yunnan")
    assert (yunnan.value, yunnan.low, yunnan.high) == (1, Decimal("0.995"), Decimal("1.005"))


def test_relative_to_the_nation(plans: ip.Dataset) -> None:
    growth = plans.targets.where(indicator="rd_expenditure", form="average_growth", end_year=2025)
    found = compare(growth.filter(lambda each: each.is_whole), measure="ratio", plans=plans)
    hubei = row_of(found, "Hubei")
    assert (hubei.value, found.unit) == (200, "percent")
    assert hubei.against is not None
    assert hubei.against.basis == "nation's target"
    assert row_of(found, "China").value == 100


# ------------------------------------------------------------------ one ground

RESIDENTS = indicator("person_year_per_10k_population", code="per_resident")
EMPLOYED = indicator("person_year_per_10k_employed", code="per_employed")
PAIR = (target("Guangdong", 90, indicator=RESIDENTS), target("Hubei", 70, indicator=EMPLOYED))
RATE = "0.52 employed_person/inhabitant"


def test_two_bases_are_refused_and_the_factor_is_named(plans: ip.Dataset) -> None:
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
    found = compare(real, factor=ip.quantity(RATE))
    assert [(row.region_en, row.value) for row in found.rows] == [
        ("Guangdong", 90), ("Hubei", Decimal("36.4")),
    ]  # fmt: skip


@pytest.mark.parametrize("factor", [RATE, ip.quantity(RATE), {"XX-Hubei": ip.quantity(RATE)}])
def test_with_the_factor_they_are_compared(factor: Any) -> None:
    for records in (PAIR, PAIR[::-1]):
        found = compare(records, factor=factor)
        assert (found.indicator, found.unit) == ("per_resident", RESIDENTS.unit)
        assert [(row.rank, row.value) for row in found.rows] == [(1, 90), (2, Decimal("36.4"))]
        assert found.rows[1].inputs == (
            PAIR[1].key, "factor 0.52 employed_person / inhabitant",
        )  # fmt: skip
        assert found.rows[0].inputs == (PAIR[0].key,)


def test_the_unit_asked_for_decides_the_basis() -> None:
    found = compare(PAIR, factor=RATE, unit=EMPLOYED.unit)
    assert found.rows[0].value is not None
    assert round(found.rows[0].value, 2) == Decimal("173.08")
    assert found.rows[1].value == 70


def test_a_region_without_a_factor_stays_without_a_rank() -> None:
    third = target("Gansu", 35, indicator=EMPLOYED)
    found = compare([*PAIR, third], factor={"XX-Hubei": RATE})
    assert row_of(found, "Gansu").reason is ip.Reason.DIFFERENT_BASIS


@pytest.mark.parametrize("factor", ["0.52 patent/inhabitant", None, {}])
def test_a_factor_that_does_not_bridge_is_refused(factor: Any) -> None:
    with pytest.raises(ip.IncomparableError, match="employed_person/inhabitant"):
        compare(PAIR, factor=factor)


def test_a_factor_is_above_zero() -> None:
    with pytest.raises(ip.FigureError, match="above zero"):
        compare(PAIR, factor="0 employed_person/inhabitant")


def test_money_and_share_need_the_whole() -> None:
    money = indicator("CNY_100M", code="money")
    pair = [target("A", 300, indicator=money), target("B", "3", indicator=indicator())]
    with pytest.raises(ip.IncomparableError) as caught:
        compare(pair)
    assert caught.value.factor == "CNY"
    found = compare(pair, factor="1 万亿元")
    assert [(row.region_en, row.value) for row in found.rows] == [("A", 300), ("B", 300)]


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


def test_slips_are_named() -> None:
    with pytest.raises(ip.MissingError, match="no measure 'sideways'"):
        compare([target("A", 3)], measure="sideways")  # type: ignore[arg-type]
    with pytest.raises(ip.IncomparableError):
        compare([target("A", 3)], unit="CNY")
    with pytest.raises(ip.FigureError):
        compare([target("A", 3)], unit="furlong")


# ------------------------------------------------------------------ the result


@pytest.mark.parametrize("measure", MEASURES)
def test_all_of_the_14th_plan(measure: Any, plans: ip.Dataset) -> None:
    goals = plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    found = compare(goals, measure=measure, plans=plans)
    assert len(found.rows) == len(goals) >= 20
    assert Comparison.model_validate_json(found.json()) == found
    for row in found.rows:
        assert (row.rank is None) is (row.reason is not None) is (row.value is None)
        assert row.inputs[0] in {goal.key for goal in goals}
    ranked = sum(row.rank is not None for row in found.rows)
    assert ranked >= (20 if measure in {"value", "ratio"} else 12)
    for lang in ("en", "zh"):
        assert len(found.text(lang).splitlines()) == len(goals) + 4
        assert found.markdown(lang).count("\n") == len(goals) + 1
    assert str(found) == found.text()
    assert repr(found).startswith(f"<Comparison of {len(goals)}: rd_intensity, {measure}")


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
                found = compare(records, measure=measure, plans=every_tier)
            except ip.IncomparableError as error:
                assert "the measure" in str(error)  # noqa: PT017
                continue
            assert Comparison.model_validate_json(found.json()) == found
            assert len(found.rows) == len(records)
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


# ------------------------------------------------------------------ one figure of many


def weights(indicator_: ip.Indicator, **sizes: int) -> list[ip.Observation]:
    return [outcome(name, size, indicator=indicator_) for name, size in sizes.items()]


PRODUCT = indicator("CNY_100M", code="product")
SHARE = indicator(code="share", denominator=PRODUCT)
SHARES = [outcome("A", 6, indicator=SHARE), outcome("B", 2, indicator=SHARE)]


def test_ratios_need_weights() -> None:
    with pytest.raises(ip.IncomparableError) as caught:
        aggregate(SHARES)
    assert caught.value.factor == "product"
    found = aggregate(SHARES, weights(PRODUCT, A=100, B=300, C=5))
    assert (found.value, found.unit, found.method, found.weights) == (
        3, "percent", "weighted_mean", "product",
    )  # fmt: skip
    assert len(found.inputs) == 4
    assert Aggregate.model_validate_json(found.model_dump_json()) == found


def test_amounts_are_added_up() -> None:
    found = aggregate(
        [outcome("A", 500, indicator=MONEY),
         outcome("B", "0.05", unit="CNY_1T", comparator="about", indicator=MONEY)]
    )  # fmt: skip
    assert (found.value, found.unit, found.method, found.approximate) == (
        1000, "CNY_100M", "sum", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("records", "sizes", "error", "message"),
    [
        (SHARES, weights(MONEY, A=1, B=1), ip.IncomparableError, "its denominator is product"),
        (SHARES, weights(PRODUCT, A=1), ip.MissingError, "weight of XX-B"),
        (SHARES, weights(PRODUCT, A=1, B=0), ip.IncomparableError, "above zero"),
        (SHARES, weights(PRODUCT, A=1, B=2) + weights(PRODUCT, A=3), ip.AmbiguousError,
         "one weight"),
        ([target("A", 1, form="rank")], None, ip.IncomparableError, "no total"),
        ([target("A", 1, form="average_growth")], None, ip.IncomparableError, "no total"),
        ([target("A", "0.5", form="increment")], None, ip.IncomparableError, "no total"),
        ([outcome("A", 1, indicator=MONEY, comparator="above")], None, ip.IncomparableError,
         "only a bound"),
        ([outcome("A", 1, indicator=MONEY), outcome("A", 2, indicator=MONEY)], None,
         ip.AmbiguousError, "one figure"),
        ([outcome("A", 1, indicator=MONEY), outcome("B", 2, indicator=PRODUCT)], None,
         ip.IncomparableError, "take one indicator"),
    ],
)  # fmt: skip
def test_what_has_no_total_is_refused(
    records: list[Any], sizes: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        aggregate(records, sizes)


def test_a_region_in_another_is_not_counted_twice() -> None:
    whole = outcome("A", 1, indicator=MONEY).model_copy(update={"region": LAND})
    with pytest.raises(ip.IncomparableError, match="one region lies in the other"):
        aggregate([whole, outcome("B", 2, indicator=MONEY)])


def test_nations_are_not_set_against_themselves(world: Callable[..., Path]) -> None:
    regions = (
        "code,kind,name_en,parent\nXX,nation,Landia,\nXX-AB,province,Abeland,XX\n"
        "XX-CD,province,Cedeland,XX\nXX-G,group,East,XX\nYY,nation,Other,\n"
    )
    ours = ip.load(world({"regions.csv": regions}))
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
    found = ip.compare(parts, measure="ratio", plans=more)
    assert [str(row.value) for row in found.rows] == ["155.0", "100"]
