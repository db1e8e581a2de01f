from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import innovation_plans as ip
from innovation_plans.records import Context, Statement

CLAIM = {
    "indicator": "widget_share",
    "form": "level",
    "comparator": "reach",
    "value": "3.1",
    "unit": "percent",
}
RANGE = {**CLAIM, "comparator": "between", "value": "3", "value_high": "3.2"}
Refusal = Callable[..., tuple[tuple[Any, ...], str]]


def test_columns_are_read_as_what_they_mean(context: Context) -> None:
    claim = Statement.model_validate(CLAIM, context=context)
    assert claim.indicator is context.of("indicator")["widget_share"]
    assert claim.form is ip.Form.LEVEL
    assert claim.comparator is ip.Comparator.REACH
    assert claim.value == Decimal("3.1")


# ------------------------------------------------------------------ quantities


def test_quantity(context: Context) -> None:
    claim = Statement.model_validate(CLAIM, context=context)
    assert claim.quantity == ip.quantity("3.1 %")
    assert claim.quantity_high is None


def test_quantity_of_a_range(context: Context) -> None:
    claim = Statement.model_validate(RANGE, context=context)
    assert (claim.quantity, claim.quantity_high) == (ip.quantity("3 %"), ip.quantity("3.2 %"))


def test_quantity_is_exact(context: Context) -> None:
    cells = {**CLAIM, "indicator": "gross_product", "unit": "CNY_100M", "value": "62503.4"}
    found = Statement.model_validate(cells, context=context).quantity.to("万亿元")
    assert found.magnitude == Decimal("6.25034")
    assert str(found.units) == "CNY_1T"


# ------------------------------------------------------------------ ranges


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"comparator": "between", "value_high": None},
            "expected an upper end for the comparator between, found none",
        ),
        (
            {"comparator": "about", "value_high": "3.2"},
            "expected no upper end for the comparator about, found 3.2; only between has one",
        ),
        ({"value_high": "3"}, "expected an upper end above 3, found 3"),
        ({"value_high": "3.000"}, "expected an upper end above 3, found 3.000"),
        ({"value_high": "2.9"}, "expected an upper end above 3, found 2.9"),
        (
            {"value_high": "3,2"},
            "cannot read '3,2' at position 1: expected a decimal number such as 3.5",
        ),
    ],
)
def test_a_range_has_two_ends(
    context: Context, refusal: Refusal, cells: dict[str, Any], said: str
) -> None:
    assert refusal(Statement, {**RANGE, **cells}, context=context) == (("value_high",), said)


def test_a_left_out_upper_end_is_missed(context: Context, refusal: Refusal) -> None:
    place, _ = refusal(Statement, {**CLAIM, "comparator": "between"}, context=context)
    assert place == ("value_high",)


@pytest.mark.parametrize("column", ["comparator", "value"])
def test_a_faulty_end_is_the_only_complaint(
    context: Context, refusal: Refusal, column: str
) -> None:
    place, _ = refusal(Statement, {**RANGE, column: "?"}, context=context)
    assert place == (column,)


@given(
    low=st.decimals(-1000, 1000, places=3),
    high=st.decimals(-1000, 1000, places=3),
)
def test_a_range_is_read_if_its_ends_are_in_order(low: Decimal, high: Decimal) -> None:
    indicator = ip.Indicator(code="x", name_en="X", unit="percent", direction="up")
    cells = {**RANGE, "indicator": indicator, "value": low, "value_high": high}
    try:
        claim = Statement.model_validate(cells)
    except ValidationError:
        assert high <= low
    else:
        assert claim.value_high is not None
        assert claim.value < claim.value_high


# ------------------------------------------------------------------ units


@pytest.mark.parametrize(
    ("indicator", "form", "unit"),
    [
        ("widget_share", "level", "percent"),
        ("widget_share", "increment", "percentage_point"),
        ("widget_share", "annual_growth", "percent_per_year"),
        ("widget_share", "rank", "rank"),
        ("gross_product", "level", "CNY_100M"),
        ("gross_product", "level", "CNY_1T"),
        ("gross_product", "increment", "CNY_10K"),
        ("gross_product", "cumulative", "CNY_1B"),
        ("gross_product", "average_growth", "percent_per_year"),
        ("gross_product", "multiple", "multiple"),
        ("gross_product", "rank", "rank"),
    ],
)
def test_a_unit_that_fits(context: Context, indicator: str, form: str, unit: str) -> None:
    cells = {**CLAIM, "indicator": indicator, "form": form, "unit": unit}
    assert Statement.model_validate(cells, context=context).unit == unit


@pytest.mark.parametrize(
    ("indicator", "form", "unit", "expected"),
    [
        ("widget_share", "level", "percentage_point", "percent"),
        ("widget_share", "level", "percent_per_year", "percent"),
        ("widget_share", "increment", "percent", "percentage_point"),
        ("widget_share", "annual_growth", "percent", "percent_per_year"),
        ("widget_share", "rank", "percent", "rank"),
        ("gross_product", "level", "USD", "CNY_100M"),
        ("gross_product", "level", "percent", "CNY_100M"),
        ("gross_product", "cumulative", "item", "CNY_100M"),
        ("gross_product", "average_growth", "percent", "percent_per_year"),
        ("gross_product", "multiple", "percent", "multiple"),
        ("gross_product", "rank", "CNY_100M", "rank"),
    ],
)
def test_a_unit_that_does_not_fit(
    context: Context, refusal: Refusal, *, indicator: str, form: str, unit: str, expected: str
) -> None:
    cells = {**CLAIM, "indicator": indicator, "form": form, "unit": unit}
    assert refusal(Statement, cells, context=context) == (
        ("unit",),
        f"{indicator} as {form} is measured in {expected} or its multiples, found {unit}",
    )


def test_persons_of_three_kinds_are_not_mixed(refusal: Refusal) -> None:
    indicator = ip.Indicator(
        code="staff", name_en="Staff", unit="person_year_per_10k_population", direction="up"
    )
    cells = {**CLAIM, "indicator": indicator, "unit": "person_year_per_10k_employed"}
    place, said = refusal(Statement, cells)
    assert place == ("unit",)
    assert said.endswith("found person_year_per_10k_employed")


@pytest.mark.parametrize("column", ["indicator", "form"])
def test_a_faulty_column_is_not_held_against_the_unit(
    context: Context, refusal: Refusal, column: str
) -> None:
    place, _ = refusal(Statement, {**CLAIM, column: "?", "unit": "item"}, context=context)
    assert place == (column,)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        (
            "form",
            "lvl",
            (
                "Input should be 'level', 'annual_growth', 'average_growth', 'cumulative', "
                "'increment', 'multiple' or 'rank'"
            ),
        ),
        (
            "comparator",
            ">=",
            (
                "Input should be 'reach', 'at_least', 'above', 'about', 'at_most', 'below' or "
                "'between'"
            ),
        ),
        (
            "unit",
            "percnt",
            (
                "expected a unit token of units.txt, found 'percnt'; did you mean percent or "
                "person or patent?"
            ),
        ),
        ("value", None, None),
    ],
)
def test_faults(
    context: Context, refusal: Refusal, column: str, cell: str | None, said: str | None
) -> None:
    found = refusal(Statement, {**CLAIM, column: cell}, context=context)
    assert found[0] == (column,)
    assert said in (None, found[1])


def test_all_faults_of_a_row_come_at_once(context: Context) -> None:
    cells = {"indicator": "?", "form": "?", "comparator": "?", "value": "?", "unit": "?"}
    with pytest.raises(ValidationError) as caught:
        Statement.model_validate(cells, context=context)
    assert [each["loc"] for each in caught.value.errors()] == [(name,) for name in cells]
