"""Compound growth and its inverse."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.units.growth import multiple_of, rate_between

EXACT = Context(prec=200)

# Rates with two decimals, as plans and yearbooks print them; neither so small that they vanish, nor
# so low that a level becomes smaller than a table prints.
RATES = st.one_of(st.integers(-3000, -10), st.integers(10, 20_000), st.just(0)).map(
    lambda hundredths: Decimal(hundredths) / 100
)
LEVELS = st.decimals("0.01", 10**8, places=2)


def a_year(rate):
    return ip.quantity(rate, "percent_per_year")


def yi(level):
    return ip.quantity(level, "亿元")


# ------------------------------------------------------------------ known figures


@pytest.mark.parametrize(
    ("rate", "years", "multiple"),
    [
        ("7", 5, "1.4025517307"),
        ("7", 1, "1.07"),
        ("7", 0, "1"),
        ("0", 5, "1"),
        ("100", 3, "8"),
        ("-50", 2, "0.25"),
        ("-99", 1, "0.01"),
        ("10", 4, "1.4641"),
        ("14", 5, "1.9254145824"),
        ("0.5", 2, "1.010025"),
    ],
)
def test_seven_percent_over_five_years_is_not_thirty_five(rate, years, multiple):
    made = ip.growth.compound(a_year(rate), years)
    assert made.magnitude == Decimal(multiple)
    assert str(made.units) == "multiple"
    assert multiple_of(rate, years) == Decimal(multiple)


@pytest.mark.parametrize(
    ("multiple", "years", "rate"),
    [("1.4641", 4, "10"), ("1", 7, "0"), ("0.25", 2, "-50"), ("8", 3, "100"), ("1.07", 1, "7")],
)
def test_annual_undoes_compound(multiple, years, rate):
    made = ip.growth.annual(ip.quantity(multiple, "multiple"), years)
    assert made.magnitude == Decimal(rate)
    assert str(made.units) == "percent_per_year"


def test_doubling_in_ten_years():
    assert rate_between(1, 2, 10) == Decimal("7.17734625362931642")


def test_average_growth_converts_units():
    assert ip.growth.average_growth(ip.quantity("1 万亿元"), yi(14641), 4) == a_year(10)


def test_shrinking_and_negative_levels():
    assert rate_between(100, 81, 2) == -10
    assert rate_between(-100, -121, 2) == 10
    assert rate_between(-121, -100, 1) == rate_between(121, 100, 1)


def test_level_after_is_in_the_unit_of_the_start():
    made = ip.growth.level_after(yi("1005.3"), a_year(14), 5)
    assert made.magnitude == Decimal("1935.61927968672")
    assert made.units == yi(1).units


@pytest.mark.parametrize(
    "start",
    [
        lambda: ip.quantity("3 元/人"),
        lambda: ip.quantity(100, "CNY") / ip.quantity(4, "inhabitant"),
        lambda: ip.quantity("448 亿元") / ip.quantity("1.4 万亿元"),
        lambda: ip.quantity(1, "CNY") / ip.quantity(4, "CNY"),
        lambda: 1 / ip.quantity(4, "inhabitant"),
        lambda: ip.quantity("3 CNY*CNY"),
    ],
    ids=["joined", "per head", "mixed", "dimensionless", "inverse", "squared"],
)
def test_level_after_accepts_every_level(start):
    level = start()
    assert ip.growth.level_after(level, a_year(100), 3) == 8 * level


# ------------------------------------------------------------------ properties


@given(RATES, st.integers(1, 30))
@settings(max_examples=100, deadline=None)
def test_growth_is_the_inverse_of_compound(rate, years):
    back = ip.growth.annual(ip.growth.compound(a_year(rate), years), years).magnitude
    assert abs(back - rate) <= abs(rate) * Decimal("1e-15")


@given(RATES, LEVELS, st.integers(1, 30))
@settings(max_examples=100, deadline=None)
def test_average_growth_is_the_inverse_of_level_after(rate, level, years):
    end = ip.growth.level_after(yi(level), a_year(rate), years)
    back = ip.growth.average_growth(yi(level), end, years).magnitude
    assert abs(back - rate) <= abs(rate) * Decimal("1e-15")


@given(st.integers(-90, 300), LEVELS, st.integers(1, 5))
@settings(max_examples=150, deadline=None)
def test_levels_that_grew_by_whole_percents_give_whole_percents(rate, level, years):
    end = EXACT.multiply(level, EXACT.power(1 + Decimal(rate) / 100, years))
    assert rate_between(level, end, years) == rate
    assert ip.growth.average_growth(yi(level), yi(end), years) == a_year(rate)


@given(LEVELS, LEVELS, LEVELS, st.integers(1, 50))
@settings(max_examples=100, deadline=None)
def test_growth_is_greater_where_the_end_is_higher(start, one, two, years):
    lower, higher = sorted([one, two])
    assert rate_between(start, lower, years) <= rate_between(start, higher, years)
    assert (rate_between(start, one, years) > 0) is (one > start)


@given(LEVELS, LEVELS, st.integers(1, 50))
@settings(max_examples=60, deadline=None)
def test_a_rate_between_levels_is_written_plainly(start, end, years):
    rate = rate_between(start, end, years)
    assert rate.is_finite()
    assert "E+" not in str(rate)


def test_the_decimal_context_of_the_caller_changes_nothing():
    usual = [multiple_of("3.141", 7), rate_between("1005.31", "1935.62", 7), rate_between(1, 2, 10)]
    with localcontext(prec=5):
        strict = [
            multiple_of("3.141", 7),
            rate_between("1005.31", "1935.62", 7),
            rate_between(1, 2, 10),
        ]
    assert strict == usual


# ------------------------------------------------------------------ the whole documented range


@pytest.mark.parametrize(("rate", "years"), [("-50", 60), ("-20", 150), ("100", 200)])
def test_every_valid_rate_and_span_gives_a_multiple(rate, years):
    made = ip.growth.compound(a_year(rate), years).magnitude
    assert float(made) == pytest.approx((1 + float(rate) / 100) ** years, rel=1e-12)


def test_any_rate_over_zero_years_gives_a_multiple_of_one():
    assert multiple_of("-99." + "9" * 29, 0) == 1


def test_levels_that_are_long_quotients_are_accepted():
    start = ip.quantity(1, "CNY") / ip.quantity(3000, "inhabitant")
    assert ip.growth.average_growth(start, start * 2, 1).magnitude == 100


def test_bare_numbers_from_arithmetic_are_accepted() -> None:
    third, two_thirds = (Context(prec=40).divide(each, 3) for each in (1, 2))
    assert rate_between(third, two_thirds, 1) == 100
    assert round(multiple_of(third, 2), 6) == Decimal("1.006678")


# ------------------------------------------------------------------ errors


@pytest.mark.parametrize(
    ("start", "end", "years", "reason", "detail"),
    [
        (0, 5, 3, "zero_base", "growth from a base of zero is not defined"),
        (0, 0, 3, "zero_base", "growth from a base of zero is not defined"),
        ("0.00", 5, 3, "zero_base", "growth from a base of zero is not defined"),
        (5, 0, 3, "sign_change", "no compound growth leads from 5 to 0"),
        (-5, 5, 3, "sign_change", "no compound growth leads from -5 to 5"),
        (5, -5, 3, "sign_change", "no compound growth leads from 5 to -5"),
        (5, 6, 0, "no_span", "expected 1 to 200 whole years, found 0"),
        (5, 6, -3, "no_span", "expected 1 to 200 whole years, found -3"),
        (5, 6, 201, "no_span", "expected 1 to 200 whole years, found 201"),
    ],
)
def test_undefined_growth_raises_an_error_with_the_reason(start, end, years, reason, detail):
    for attempt in (
        lambda: rate_between(start, end, years),
        lambda: ip.growth.average_growth(yi(start), yi(end), years),
    ):
        with pytest.raises(ip.GrowthError) as caught:
            attempt()
        assert (caught.value.reason, str(caught.value)) == (reason, detail)


@pytest.mark.parametrize("rate", [-100, "-100.0", -101, "-100.00001"])
def test_a_rate_of_minus_100_percent_raises_an_error(rate):
    for attempt in (
        lambda: ip.growth.compound(a_year(rate), 2),
        lambda: ip.growth.level_after(yi(5), a_year(rate), 2),
    ):
        with pytest.raises(
            ip.GrowthError, match=r"expected a rate above -100% per year, found -"
        ) as caught:
            attempt()
        assert caught.value.reason == "sign_change"


@pytest.mark.parametrize("years", [True, False, 5.0, 2.5, "5", None, Decimal(5), -1, 201, 10**9])
def test_years_are_whole_years(years):
    for attempt in (
        lambda: ip.growth.compound(a_year(7), years),
        lambda: ip.growth.level_after(yi(5), a_year(7), years),
        lambda: ip.growth.annual(ip.quantity(2, "multiple"), years),
        lambda: ip.growth.average_growth(yi(5), yi(6), years),
    ):
        with pytest.raises(
            ip.GrowthError, match=r"expected [01] to 200 whole years, found"
        ) as caught:
            attempt()
        assert caught.value.reason == "no_span"
        assert repr(years) in str(caught.value)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: ip.growth.compound(ip.quantity("7%"), 5),
        lambda: ip.growth.compound(ip.quantity("7 个百分点"), 5),
        lambda: ip.growth.level_after(yi(5), ip.quantity("7%"), 5),
        lambda: ip.growth.annual(ip.quantity("200%"), 5),
        lambda: ip.growth.average_growth(yi(5), ip.quantity("6 美元"), 5),
        lambda: ip.growth.average_growth(yi(5), ip.quantity("6 人"), 5),
    ],
    ids=["percent", "points", "level_after", "annual", "dollars", "persons"],
)
def test_only_rates_are_compounded_and_only_levels_of_one_dimension_compared(attempt):
    with pytest.raises(ip.IncomparableError):
        attempt()


def test_the_error_of_percent_per_year_over_years_names_compound():
    with pytest.raises(
        ip.IncomparableError, match=r"growth.compound converts a rate to a multiple"
    ):
        ip.growth.compound(ip.quantity("7%"), 5)


@pytest.mark.parametrize("places", [1000, -1000])
def test_a_computed_number_has_at_most_1000_places(places):
    large = Decimal(1).scaleb(places)
    assert rate_between(large, large, 1) == 0
    with pytest.raises(ip.FigureError):
        rate_between(large.scaleb(1 if places > 0 else -1), large, 1)


@pytest.mark.parametrize("value", [True, "NaN", float("inf"), "1e5", None])
def test_bare_numbers_are_checked_like_all_others(value):
    for attempt in (
        lambda: multiple_of(value, 5),
        lambda: rate_between(value, 5, 5),
        lambda: rate_between(5, value, 5),
    ):
        with pytest.raises(ip.FigureError):
            attempt()
