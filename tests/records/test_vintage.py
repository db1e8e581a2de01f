from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.records import Context

VINTAGE = {
    "indicator": "gross_product",
    "code": "first",
    "order": "1",
    "released": "2023-01-20",
    "description": "first release",
}


@pytest.mark.parametrize(
    ("year", "key"),
    [("2022", "gross_product/first/2022"), (None, "gross_product/first/*")],
)
def test_key(context: Context, year: str | None, key: str) -> None:
    vintage = ip.Vintage.model_validate({**VINTAGE, "year": year}, context=context)
    assert vintage.key == key
    assert vintage.order == 1


@pytest.mark.parametrize(
    ("cells", "place", "said"),
    [
        ({"order": "0"}, ("order",), "expected a whole number from 1 to 99, found '0'"),
        ({"order": "100"}, ("order",), "expected a whole number from 1 to 99, found '100'"),
        (
            {"order": "second"},
            ("order",),
            "expected a whole number from 1 to 99, found 'second'",
        ),
        (
            {"released": "2021-02-30"},
            ("released",),
            None,
        ),
        ({"released": None}, ("released",), "Input should be a valid string"),
        ({"source": "nobody"}, ("source",), "expected the code of a source, found 'nobody'"),
    ],
)
def test_faults(
    context: Context,
    refusal: Callable[..., Any],
    cells: dict[str, Any],
    place: tuple[str, ...],
    said: str | None,
) -> None:
    found = refusal(ip.Vintage, {**VINTAGE, **cells}, context=context)
    assert found[0] == place
    assert said in (None, found[1])


def test_bundled_vintages_of_an_indicator_come_out_in_their_order(plans: ip.Dataset) -> None:
    by_figure: dict[tuple[str, int | None], list[ip.Vintage]] = {}
    for each in plans.vintages:
        by_figure.setdefault((each.indicator.code, each.year), []).append(each)
    for vintages in by_figure.values():
        ranked = sorted(vintages, key=lambda each: each.order)
        released = [f"{each.released}-99" for each in ranked]  # a year alone is its last day
        assert released == sorted(released)
        assert len({each.order for each in ranked}) == len(ranked)
