"""Shares, points, and intensities whose basis is part of the unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.units.ratios import gap, per_10k, rebase, share, shift

SHARES = st.decimals(-100, 1000, places=4)


def percent(value):
    return ip.quantity(value, "percent")


def seen(made):
    """Return magnitude and unit of a quantity, as printed."""
    return str(made.magnitude), str(made.units)


# ------------------------------------------------------------------ share


@pytest.mark.parametrize(
    ("part", "whole", "percentage"),
    [
        ("448 亿元", "1.4 万亿元", "3.2"),
        ("0 元", "5 元", "0"),
        ("5 元", "5 元", "100"),
        ("10 元", "5 元", "200"),
        ("30 元", "3 万元", "0.1"),
        ("-3 亿元", "12 亿元", "-25"),
        ("100 人年", "400 人年", "25"),
        ("2.5%", "10%", "25"),
    ],
)
def test_a_share_is_in_percent(part, whole, percentage):
    assert seen(share(ip.quantity(part), ip.quantity(whole))) == (percentage, "percent")


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("448 亿元", "10 人"),
        ("448 亿元", "10 美元"),
        ("5 人", "10 人年"),
        ("5 inhabitant", "10 employed_person"),
        ("5 位", "10 项"),
    ],
)
def test_a_share_of_another_dimension_raises_an_error(part, whole):
    with pytest.raises(ip.IncomparableError, match="they do not measure the same"):
        share(ip.quantity(part), ip.quantity(whole))


# ------------------------------------------------------------------ gap and shift


def test_a_gap_between_shares_is_in_percentage_points():
    assert seen(gap(percent("3.2"), percent("2.8"))) == ("0.4", "percentage_point")
    assert seen(gap(percent("2.8"), percent("3.2"))) == ("-0.4", "percentage_point")
    assert seen(gap(percent("3.20"), percent("3.2"))) == ("0", "percentage_point")


@pytest.mark.parametrize(
    ("left", "right", "magnitude", "unit"),
    [
        ("2 万亿元", "500 亿元", "19500", "CNY_100M"),
        ("500 亿元", "2 万亿元", "-1.95", "CNY_1T"),
        ("7 percent_per_year", "6.5 percent_per_year", "0.5", "percent_per_year"),
        ("3 位", "5 位", "-2", "rank"),
        ("5 个百分点", "4.5 个百分点", "0.5", "percentage_point"),
        ("1000 元", "0 元", "1000", "CNY"),
    ],
)
def test_any_other_gap_is_in_the_unit_of_the_right_side(left, right, magnitude, unit):
    assert seen(gap(ip.quantity(left), ip.quantity(right))) == (magnitude, unit)


def test_a_gap_between_computed_shares_is_in_points():
    quotient = ip.quantity("448 亿元") / ip.quantity("1.4 万亿元")
    assert seen(gap(quotient, percent("2.8"))) == ("0.4", "percentage_point")
    assert seen(gap(percent("2.8"), quotient)) == ("-0.4", "percentage_point")


def test_a_gap_between_shares_that_are_long_quotients():
    one = share(ip.quantity(1, "CNY"), ip.quantity(300_000, "CNY"))
    two = share(ip.quantity(1, "CNY"), ip.quantity(700_000, "CNY"))
    assert float(gap(one, two).magnitude) == pytest.approx(100 / 300_000 - 100 / 700_000)


@given(SHARES, SHARES)
@settings(max_examples=150, deadline=None)
def test_shift_is_the_inverse_of_gap(left, right):
    assert shift(percent(right), gap(percent(left), percent(right))) == percent(left)
    assert gap(shift(percent(left), ip.quantity(right, "百分点")), percent(left)) == ip.quantity(
        right, "百分点"
    )


def test_a_shifted_share_is_a_share():
    assert seen(shift(percent("2.8"), ip.quantity("0.4 个百分点"))) == ("3.2", "percent")
    assert seen(shift(percent("2.8"), ip.quantity("-0.4 个百分点"))) == ("2.4", "percent")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("3.2%", "2.8 个百分点"),
        ("3.2%", "2.8 percent_per_year"),
        ("3.2%", "5 元"),
        ("3.2 元", "2.8 美元"),
        ("3 位", "2 项"),
    ],
)
def test_a_gap_between_different_dimensions_raises_an_error(left, right):
    for one, two in ((left, right), (right, left)):
        with pytest.raises(ip.IncomparableError):
            gap(ip.quantity(one), ip.quantity(two))


def test_only_shares_are_shifted():
    with pytest.raises(ip.IncomparableError) as caught:
        shift(ip.quantity("3 亿元"), ip.quantity("0.4 个百分点"))
    assert str(caught.value).endswith("; expected a share as start")
    assert (caught.value.left, caught.value.right) == ("3 CNY_100M", "0.4 percentage_point")


@pytest.mark.parametrize("points", ["0.4%", "0.4 percent_per_year", "0.4 元"])
def test_only_points_shift(points):
    with pytest.raises(ip.IncomparableError):
        shift(percent("2.8"), ip.quantity(points))


def test_the_error_of_percent_plus_points_names_gap_and_shift():
    with pytest.raises(ip.IncomparableError, match=r"ratios.gap and ratios.shift"):
        percent("3.2") + ip.quantity("0.4 个百分点")


def test_parts_of_three_percent_make_three_percent():
    total = percent("2.3") + percent("0.4") + percent("0.3")
    assert bool(total >= percent("3.0")) is True
    assert gap(total, percent("3.0")).magnitude == 0


# ------------------------------------------------------------------ intensities


@pytest.mark.parametrize(
    ("part", "base", "magnitude", "unit"),
    [
        ("872238 人年", "12624 inhabitant_10K", None, "person_year_per_10k_population"),
        ("90 人年", "1 inhabitant_10K", "90", "person_year_per_10k_population"),
        ("90 人年", "10000 inhabitant", "90", "person_year_per_10k_population"),
        ("70 人年", "1 employed_person_10K", "70", "person_year_per_10k_employed"),
        ("70 人", "1 employed_person_10K", "70", "person_per_10k_employed"),
        ("25 件", "2 inhabitant_10K", "12.5", "patent_per_10k_population"),
        ("3 家", "10000 legal_entity", "3", "enterprise_per_10k_legal_entities"),
    ],
)
def test_the_unit_of_per_10k_states_the_basis(part, base, magnitude, unit):
    made = per_10k(ip.quantity(part), ip.quantity(base))
    assert str(made.units) == unit
    if magnitude:
        assert str(made.magnitude) == magnitude
    else:
        assert round(made.magnitude, 2) == Decimal("69.09")


@pytest.mark.parametrize(
    ("part", "base"),
    [
        ("5 人年", "10 元"),
        ("5 元", "10 inhabitant"),
        ("5 家", "10 employed_person"),
        ("5 人", "9 人"),
    ],
)
def test_a_ratio_without_a_unit_raises_an_error(part, base):
    with pytest.raises(ip.IncomparableError, match=r"units.txt has no unit of") as caught:
        per_10k(ip.quantity(part), ip.quantity(base))
    assert caught.value.left == str(ip.quantity(part))
    assert caught.value.right == str(ip.quantity(base))


@pytest.mark.parametrize(
    ("ratio", "factor", "magnitude", "unit"),
    [
        (
            "70 person_year_per_10k_employed",
            "0.52 employed_person/inhabitant",
            "36.4",
            "person_year_per_10k_population",
        ),
        (
            "36.4 person_year_per_10k_population",
            "2 inhabitant/employed_person",
            "72.8",
            "person_year_per_10k_employed",
        ),
        (
            "100 person_per_10k_employed",
            "0.6 person_year/person",
            "60",
            "person_year_per_10k_employed",
        ),
        (
            "70 person_year_per_10k_population",
            "52%",
            "36.4",
            "person_year_per_10k_population",
        ),
    ],
)
def test_rebase_names_the_new_basis(ratio, factor, magnitude, unit):
    assert seen(rebase(ip.quantity(ratio), ip.quantity(factor))) == (magnitude, unit)


@pytest.mark.parametrize(
    "factor", ["0.52 inhabitant/employed_person", "0.52 inhabitant", "7 CNY_per_USD"]
)
def test_a_factor_whose_result_has_no_unit_raises_an_error(factor):
    ratio = ip.quantity("70 person_year_per_10k_employed")
    with pytest.raises(ip.IncomparableError, match=r"units.txt has no unit of") as caught:
        rebase(ratio, ip.quantity(factor))
    assert caught.value.left == "70 person_year_per_10k_employed"
    assert caught.value.right == str(ip.quantity(factor))


@pytest.mark.parametrize("compute", [share, per_10k])
def test_nothing_is_a_share_of_zero(compute):
    for part in ("3 CNY", "0 CNY"):
        with pytest.raises(ip.GrowthError, match="a base other than zero"):
            compute(ip.quantity(part), ip.quantity("0 CNY"))
