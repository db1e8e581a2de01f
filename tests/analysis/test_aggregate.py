"""One figure of several regions: sums, weighted means, and what has no total."""

from __future__ import annotations

from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.analysis.aggregate import Aggregate, aggregate

from .regions import LAND, MONEY, indicator, outcome, target

OTHER = ip.Citation(source=ip.Source(code="other", title="Other", tier="B", date="2024"))


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
    result = aggregate(SHARES, weights(PRODUCT, A=100, B=300, C=5))
    assert (result.value, result.unit, result.method, result.weights) == (
        3, "percent", "weighted_mean", "product",
    )  # fmt: skip
    assert len(result.inputs) == 4
    assert Aggregate.model_validate_json(result.model_dump_json()) == result


def test_amounts_are_added_up() -> None:
    result = aggregate(
        [outcome("A", 500, indicator=MONEY),
         outcome("B", "0.05", unit="CNY_1T", comparator="about", indicator=MONEY)]
    )  # fmt: skip
    assert (result.value, result.unit, result.method, result.approximate) == (
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
        ([outcome("A", 1, indicator=MONEY), outcome("A", 2, indicator=MONEY, citation=OTHER)], None,
         ip.AmbiguousError, "one figure"),
        ([outcome("A", 1, indicator=MONEY), outcome("B", 2, indicator=PRODUCT)], None,
         ip.IncomparableError, "take one indicator"),
    ],
)  # fmt: skip
def test_figures_without_a_total_raise_an_error(
    records: list[Any], sizes: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        aggregate(records, sizes)


def test_a_region_in_another_is_not_counted_twice() -> None:
    whole = outcome("A", 1, indicator=MONEY).model_copy(update={"region": LAND})
    with pytest.raises(ip.IncomparableError, match="one region lies in the other"):
        aggregate([whole, outcome("B", 2, indicator=MONEY)])


def test_a_record_is_counted_once(plans: ip.Dataset) -> None:
    gdp = plans.observations.where(
        region=["SH", "ZJ"], indicator="gdp", year=2023, vintage="after_census_5"
    )
    twice = [*gdp, gdp[0]]
    with pytest.raises(ip.AmbiguousError, match="expected one record"):
        ip.aggregate(twice)
    with pytest.raises(ip.AmbiguousError, match="expected one record"):
        ip.compare(twice)
    assert ip.aggregate(gdp + gdp).value == ip.aggregate(gdp).value


def test_a_sum_takes_no_weights(plans: ip.Dataset) -> None:
    gdp = plans.observations.where(
        region=["SH", "ZJ"], indicator="gdp", year=2023, vintage="after_census_5"
    )
    with pytest.raises(ip.ArgumentError, match="its sum needs none"):
        ip.aggregate(gdp, weights=gdp)


def test_the_weights_of_outcomes_are_of_their_year() -> None:
    plans = ip.load()
    shares, sizes = (
        plans.observations.where(region=["GD", "JS"], indicator=code, year=year, vintage=vintage)
        for code, year, vintage in (
            ("rd_intensity", 2024, "first"),
            ("gdp", 2010, "after_census_5"),
        )
    )
    with pytest.raises(ip.IncomparableError, match=r"of their year: where\(year=2024\)"):
        aggregate(shares, sizes.where(form="level"))


def test_regions_without_a_figure_are_named() -> None:
    figures = ip.load().observations.where(
        region=["GD", "440300"], indicator="gdp", year=2024, vintage="after_census_5", form="level"
    )
    assert aggregate(figures).left_out == ("440300",)
