"""Growth and its inverse, exact conversion and points, for any number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import testing as drawn
from innovation_plans.errors import FigureError
from innovation_plans.units.growth import multiple_of, rate_between
from innovation_plans.units.quantity import convert, magnitude_in

RATES = drawn.values(-90, 1000)
LEVELS = drawn.values(1, 10**6)
YEARS = st.integers(1, 40)


def alike(one: Decimal, other: Decimal, digits: int = 12) -> bool:
    """Return whether two numbers are equal, to a number of digits of the larger one or of 1."""
    return abs(one - other) <= max(abs(one), abs(other), Decimal(1)).scaleb(-digits)


@given(rate=RATES, years=YEARS)
def test_the_multiple_gives_the_rate_again(rate: Decimal, years: int) -> None:
    assert alike(rate_between(1, 1, years), Decimal(0))
    multiple = multiple_of(rate, years)
    assume(Decimal("1e-15") < multiple < Decimal("1e15"))
    made = ip.growth.annual(ip.growth.compound(ip.quantity(rate, "percent_per_year"), years), years)
    assert alike(magnitude_in(made, "percent_per_year"), rate, 9)


@given(start=LEVELS, end=LEVELS, years=YEARS)
def test_growth_computed_from_two_levels_gives_the_end(
    start: Decimal, end: Decimal, years: int
) -> None:
    first, last = (ip.quantity(each, "CNY_100M") for each in (start, end))
    rate = ip.growth.average_growth(first, last, years)
    reached = ip.growth.level_after(first, rate, years)
    assert abs(magnitude_in(reached, "CNY_100M") / end - 1) < Decimal("1e-9")


@given(start=LEVELS, rates=st.lists(RATES, min_size=2, max_size=2).map(sorted), years=YEARS)
def test_faster_growth_gives_a_higher_level(
    start: Decimal, rates: list[Decimal], years: int
) -> None:
    slow, fast = (multiple_of(rate, years) for rate in rates)
    assert slow <= fast


@settings(max_examples=200)
@given(data=st.data(), value=drawn.values())
def test_conversion_is_exact_in_both_directions(data: st.DataObject, value: Decimal) -> None:
    unit = data.draw(drawn.units())
    other = data.draw(drawn.units(unit))
    there = convert(value, unit, other)
    try:
        back = convert(there, other, unit)
    except FigureError:  # more than thirty digits on one side of the point: an error, not rounded
        assert there.adjusted() >= 30 or int(there.as_tuple().exponent) < -30
        return
    assert back == value


@given(data=st.data(), text=drawn.unit_definitions(), value=drawn.values(-(10**9), 10**9))
def test_own_units_convert_as_bundled_ones_do(
    data: st.DataObject, text: str, value: Decimal
) -> None:
    table = ip.load().units.with_(text)
    unit = data.draw(drawn.units(table=table))
    other = data.draw(drawn.units(unit, table=table))
    quantity = ip.quantity(value, unit).to(other)
    assert alike(quantity.magnitude, convert(value, unit, other), 20)


@given(data=st.data(), value=LEVELS)
def test_another_dimension_raises_an_error(data: st.DataObject, value: Decimal) -> None:
    unit, other = data.draw(drawn.units()), data.draw(drawn.units())
    fits = ip.load().units.fits(unit, other)
    if fits:
        assert isinstance(convert(value, unit, other), Decimal)
        return
    with pytest.raises(ip.IncomparableError) as caught:
        convert(value, unit, other)
    assert caught.value.factor


@given(start=drawn.values(-(10**6), 10**6), end=drawn.values(-(10**6), 10**6))
def test_a_share_is_shifted_by_its_gap(start: Decimal, end: Decimal) -> None:
    before, after = ip.quantity(start, "percent"), ip.quantity(end, "percent")
    gap = ip.ratios.gap(after, before)
    assert str(gap.units) == "percentage_point"
    assert alike(magnitude_in(ip.ratios.shift(before, gap), "percent"), end, 20)


@given(part=LEVELS, whole=LEVELS)
def test_a_share_of_the_whole_is_the_part(part: Decimal, whole: Decimal) -> None:
    share = ip.ratios.share(ip.quantity(part, "CNY_100M"), ip.quantity(whole, "CNY_1T"))
    again = (share * ip.quantity(whole, "CNY_1T")).to("CNY_100M")
    assert abs(again.magnitude / part - 1) < Decimal("1e-20")
