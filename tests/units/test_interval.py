"""What comparators, ranges, tolerances and rounding mean."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.codelists import Comparator, Direction
from innovation_plans.units.interval import (
    INFINITY,
    Estimate,
    Interval,
    Rank,
    accepted,
    as_precise,
    decimals_of,
    direction_to,
    estimate,
    half_unit,
    half_width,
    joint_bound,
    ranks,
)

numbers = st.decimals("-99", "99", places=2)
comparators = st.sampled_from(list(Comparator))


def interval(text: str) -> Interval:
    """Read an interval in the notation of textbooks: "[2, 3)"."""
    low, high = text[1:-1].split(", ")
    return Interval(Decimal(low), Decimal(high), text[0] == "[", text[-1] == "]")


@pytest.mark.parametrize(
    ("comparator", "numbers"),
    [
        ("reach", "[5, 5]"),
        ("about", "[4.9, 5.1]"),
        ("at_least", "[5, Infinity]"),
        ("above", "(5, Infinity]"),
        ("at_most", "[-Infinity, 5]"),
        ("below", "[-Infinity, 5)"),
        ("between", "[5, 8]"),
    ],
)
def test_numbers_that_a_comparator_admits(comparator: str, numbers: str) -> None:
    high = Decimal(8) if comparator == "between" else None
    result = Interval.of(Comparator(comparator), Decimal(5), high, Decimal("0.02"))
    assert result == interval(numbers)


@pytest.mark.parametrize(
    ("left", "right", "meet", "overlap"),
    [
        ("[1, 2]", "[2, 3]", True, False),
        ("[1, 2)", "[2, 3]", False, False),
        ("[1, 2]", "(2, 3]", False, False),
        ("[1, 2]", "[2, 2]", True, True),
        ("[1, 3]", "[2, 4]", True, True),
        ("[1, 2]", "[3, 4]", False, False),
        ("[1, Infinity]", "[5, 5]", True, True),
    ],
)
def test_two_intervals(left: str, right: str, meet: bool, overlap: bool) -> None:
    for one, other in ((left, right), (right, left)):
        assert interval(one).meets(interval(other)) is meet
        assert interval(one).overlaps(interval(other)) is overlap


@given(comparators, numbers, st.sampled_from(list(Direction)))
def test_better_outcomes_are_accepted(
    comparator: Comparator, value: Decimal, direction: Direction
) -> None:
    towards = direction_to(ip.Form.LEVEL, comparator, direction)
    wanted = accepted(comparator, value, None, towards, Decimal("0.02"))
    assert wanted.contains(Interval.point(value)) is not comparator.strict
    for way, outcome in ((Direction.UP, value + 50), (Direction.DOWN, value - 50)):
        assert wanted.contains(Interval.point(outcome)) is (way is towards)


@given(comparators, numbers)
def test_a_mirrored_comparator_admits_the_negative_numbers(
    comparator: Comparator, value: Decimal
) -> None:
    assert comparator.mirrored().mirrored() is comparator
    here = Interval.of(comparator, value, tolerance=Decimal("0.02"))
    there = Interval.of(comparator.mirrored(), -value, tolerance=Decimal("0.02"))
    assert there == Interval(-here.high, -here.low, here.closed_high, here.closed_low)


@given(numbers, numbers, numbers)
def test_arithmetic_contains_the_results_of_its_members(
    value: Decimal, low: Decimal, high: Decimal
) -> None:
    several, one = Interval(min(low, high), max(low, high)), Interval.point(value)
    for member in (low, high):
        assert several.plus(one).contains(Interval.point(member + value))
        assert several.times(one).contains(Interval.point(member * value))


def test_a_bound_and_its_opposite_are_no_bound() -> None:
    assert joint_bound(Comparator.ABOVE, Comparator.AT_MOST) == (None, True)
    assert joint_bound(Comparator.ABOVE, Comparator.AT_LEAST) == (Comparator.ABOVE, False)
    assert joint_bound(Comparator.AT_LEAST, Comparator.ABOUT) == (Comparator.ABOUT, False)
    assert joint_bound(Comparator.BETWEEN, Comparator.ABOUT) == (Comparator.BETWEEN, False)
    assert joint_bound(Comparator.BETWEEN, Comparator.BELOW) == (Comparator.BELOW, False)
    assert joint_bound(None, Comparator.REACH) == (Comparator.REACH, False)
    assert joint_bound(None, None) == (None, False)


def test_statistics_are_rounded_and_plans_are_exact() -> None:
    value, share, width = Decimal("3.5"), Decimal("0.02"), Decimal("0.05")
    seen = estimate(Comparator.REACH, value, tolerance=share, half_width=width)
    asked = estimate(Comparator.ABOVE, value, tolerance=share)
    assert seen.full == interval("[3.45, 3.55]")
    assert asked.full == Interval.point(value)
    above = estimate(Comparator.ABOVE, value, tolerance=share, half_width=width)
    assert above.full == Interval(value, INFINITY, closed_low=False)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "width"),
    [
        ("3.5", "percent", 0, "0.05"),
        ("3.5", "percent", 2, "0.005"),
        ("3.50", "percent", 1, "0.005"),
        ("18000", "CNY_100M", 0, "0.5"),
        ("2", "multiple", 0, "0.5"),
        ("10", "percent_per_year", 0, "0.5"),
        ("500", "patent_per_10k_population", 0, "0.5"),
        ("500", "inhabitant_10K", 0, "0.5"),
        ("500", "person_year", 0, "0.5"),
        ("500", "enterprise", 0, "0"),
        ("500", "inhabitant", 0, "0"),
        ("500.0", "enterprise", 0, "0.05"),
        ("3", "rank", 0, "0"),
    ],
)
def test_half_width_of_a_printed_number(value: str, unit: str, decimals: int, width: str) -> None:
    assert half_width(Decimal(value), unit, decimals) == Decimal(width)


@pytest.mark.parametrize(
    ("value", "other", "result"),
    [
        ("1.18", "1.2", "1.2"),
        ("1.15", "1.2", "1.2"),
        ("1.14", "1.2", "1.1"),
        ("-1.15", "1.2", "-1.2"),
        ("1.2", "1.20", "1.20"),
        ("17999.6", "18000", "18000"),
        ("1e40", "1e-30", "1e40"),
    ],
)
def test_a_number_as_precise_as_another(value: str, other: str, result: str) -> None:
    assert as_precise(Decimal(value), Decimal(other)) == Decimal(result)


@pytest.mark.parametrize(
    ("wanted", "printed", "divides"),
    [
        ("(500, Infinity]", "[500, 500]", False),  # exact, so it is outside
        ("(500, Infinity]", "[499, 501]", True),
        ("[500, Infinity]", "[499, 500]", True),
        ("(500, Infinity]", "[499, 500]", False),
        ("[500, Infinity]", "[500, 501]", False),
        ("[500, 500]", "[499, 501]", True),
    ],
)
def test_what_rounding_leaves_open(wanted: str, printed: str, divides: bool) -> None:
    assert interval(wanted).divides(interval(printed)) is divides


def test_division_by_what_may_be_zero_is_open() -> None:
    one, near_zero = interval("[1, 2]"), interval("[0, 0.5]")
    assert one.over(Decimal.__truediv__, near_zero) == Interval.unknown()
    assert one.over(Decimal.__truediv__, interval("[4, 5]")) == interval("[0.2, 0.5]")


@pytest.mark.parametrize(
    ("value", "decimals"), [("3", 0), ("3.50", 2), ("1E+3", 0), ("Infinity", 0)]
)
def test_decimals_of_a_number(value: str, decimals: int) -> None:
    assert decimals_of(Decimal(value)) == decimals


def test_a_whole_number_is_rounded_to_the_unit() -> None:
    assert Interval.rounded(Decimal(3), Decimal("0.5")) == interval("[2.5, 3.5]")
    assert statistic("3").full == interval("[2.5, 3.5]")


@pytest.mark.parametrize(
    ("width", "full"), [(None, "[3, 4]"), ("0.05", "[2.95, 4.05]")], ids=["plan", "statistic"]
)
def test_a_range_keeps_its_comparator_and_its_upper_end(width: str | None, full: str) -> None:
    figure = estimate(
        Comparator.BETWEEN,
        Decimal(3),
        Decimal(4),
        tolerance=Decimal(0),
        half_width=None if width is None else Decimal(width),
    )
    assert figure[:3] == (Comparator.BETWEEN, Decimal(3), Decimal(4))
    assert figure.full == interval(full)
    doubled = figure.scaled(Decimal(2))
    assert doubled[:3] == (Comparator.BETWEEN, Decimal(6), Decimal(8))


def test_an_exact_number() -> None:
    three = interval("[3, 3]")
    exact = Estimate.exactly(Decimal(3))
    assert exact == Estimate(Comparator.REACH, Decimal(3), None, three, three)
    assert exact.scaled(Decimal(2)).high is None


def statistic(value: str) -> Estimate:
    number = Decimal(value)
    return estimate(Comparator.REACH, number, tolerance=Decimal(0), half_width=half_unit(number))


@pytest.mark.parametrize(
    ("others", "rank"),
    [
        (("4.0", "4.1"), Rank(2, 2, None)),  # both figures of region B are ahead
        (("3.5", "3.50"), Rank(1, 2, "equal")),  # both are tied
        (("3.5", "4.0"), Rank(2, 2, "equal")),  # one is tied, one is ahead
        (("3.0", "3.1"), Rank(1, 1, None)),  # both are behind
    ],
)
def test_a_region_with_two_figures_counts_once(others: tuple[str, str], rank: Rank) -> None:
    figures = [("A", statistic("3.5")), *(("B", statistic(value)) for value in others)]
    assert ranks(figures, lowest_first=False)[0] == rank


def test_no_result_depends_on_the_decimal_context_of_the_caller(plans: ip.Dataset) -> None:
    def results() -> list[str]:
        targets = plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
        card = ip.scorecard(plans, region=["GD", "CN"], period="14th")
        comparisons = [
            ip.compare(targets, measure=each, plans=plans)
            for each in ("value", "distance", "ratio", "growth")
        ]
        derived = ip.derive(plans, "rd_expenditure", region="CN-HB", year=2025)
        findings = ip.cross_check(plans, region="CN-GD", period="14th")
        weights = plans.observations.where(indicator="gdp", year=2023, vintage="after_census_5")
        ratios = plans.observations.where(
            region=["SH", "ZJ"], indicator="rd_intensity", year=2023, vintage="revised_2025"
        )
        total = ip.aggregate(ratios, weights=weights.where(region=["SH", "ZJ"]))
        result = [card, *comparisons, derived, findings]
        return [str(total), *(each.json() for each in result)] + [
            each.text(lang) for each in result for lang in ("en", "zh")
        ]

    usual = results()
    with localcontext(prec=3):
        assert results() == usual
