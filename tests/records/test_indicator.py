from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

import innovation_plans as ip
from innovation_plans.records import Context

INDICATOR = {"code": "loom_count", "name_en": "Looms", "unit": "item", "direction": "up"}


def test_a_ratio_knows_its_parts(context: Context) -> None:
    ratio = ip.Indicator.model_validate(
        {
            "code": "widget_rate",
            "name_en": "Widget rate",
            "unit": "percent",
            "direction": "none",
            "numerator": "widget_output",
            "denominator": "gross_product",
        },
        context=context,
    )
    assert ratio.numerator is context.of("indicator")["widget_output"]
    assert ratio.denominator is context.of("indicator")["gross_product"]
    assert ratio.direction is ip.Direction.NONE


def test_a_proxy_is_another_indicator(context: Context) -> None:
    cells = {**INDICATOR, "proxy": "widget_output", "proxy_years": 3, "proxy_note": "within 2%"}
    looms = ip.Indicator.model_validate(cells, context=context)
    assert looms.proxy is context.of("indicator")["widget_output"]
    assert (looms.proxy_years, looms.proxy_note) == (3, "within 2%")
    for name in ("proxy_years", "proxy_note"):
        with pytest.raises(ValidationError, match="expected none without a proxy"):
            ip.Indicator.model_validate({**INDICATOR, name: cells[name]}, context=context)


def test_names_are_those_that_are_given() -> None:
    assert ip.Indicator(**INDICATOR).names == ("Looms",)
    full = ip.Indicator(**INDICATOR, name_zh="织机", aliases=("loom stock",))
    assert full.names == ("Looms", "织机", "loom stock")


@pytest.mark.parametrize(
    ("unit", "form", "expected"),
    [
        ("percent", ip.Form.LEVEL, "percent"),
        ("percent", ip.Form.INCREMENT, "percentage_point"),
        ("percent", ip.Form.CUMULATIVE, "percent"),
        ("percent", ip.Form.ANNUAL_GROWTH, "percent_per_year"),
        ("percent", ip.Form.AVERAGE_GROWTH, "percent_per_year"),
        ("item", ip.Form.LEVEL, "item"),
        ("item", ip.Form.INCREMENT, "item"),
        ("item", ip.Form.CUMULATIVE, "item"),
        ("CNY_100M", ip.Form.ANNUAL_GROWTH, "percent_per_year"),
        ("CNY_100M", ip.Form.AVERAGE_GROWTH, "percent_per_year"),
        ("CNY_100M", ip.Form.MULTIPLE, "multiple"),
        ("CNY_100M", ip.Form.RANK, "rank"),
    ],
)
def test_unit_of_a_form(unit: str, form: ip.Form, expected: str) -> None:
    assert ip.Indicator(**{**INDICATOR, "unit": unit}).unit_in(form) == expected


@pytest.mark.parametrize(
    ("cells", "place", "said"),
    [
        ({"direction": "sideways"}, ("direction",), "Input should be 'up', 'down' or 'none'"),
        (
            {"denominator": "gross_produce"},
            ("denominator",),
            (
                "expected the code of an indicator, found 'gross_produce'; "
                "did you mean 'gross_product'?"
            ),
        ),
        (
            {"unit": "itme"},
            ("unit",),
            "expected a unit token of units.txt, found 'itme'; did you mean item?",
        ),
    ],
)
def test_faults(
    context: Context,
    refusal: Callable[..., Any],
    cells: dict[str, str],
    place: tuple[Any, ...],
    said: str,
) -> None:
    assert refusal(ip.Indicator, {**INDICATOR, **cells}, context=context) == (place, said)


def test_every_bundled_ratio_divides_what_its_unit_says(plans: ip.Dataset) -> None:
    halves = [
        each.code for each in plans.indicators if (each.numerator is None) != (not each.denominator)
    ]
    assert not halves
