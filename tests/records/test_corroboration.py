from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.records import Context

CELLS = {
    "target": "XX-AB-14-sti/widget_share/level/2025",
    "citation": {"source": "abe-plan", "locator": "page 9"},
}


def test_a_text_that_was_not_read_for_the_figure(context: Context) -> None:
    found = ip.Corroboration.model_validate(CELLS, context=context)
    assert found.value is None
    assert found.comparator is None
    assert found.key == "XX-AB-14-sti/widget_share/level/2025@abe-plan#page 9"


def test_a_text_that_was_read(context: Context) -> None:
    cells = {**CELLS, "comparator": "between", "value": "3", "value_high": "3.2", "unit": "percent"}
    found = ip.Corroboration.model_validate(cells, context=context)
    assert (found.value, found.value_high) == (Decimal(3), Decimal("3.2"))


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"target": ""}, ("target",)),
        ({"comparator": "more"}, ("comparator",)),
        ({"value": "NaN"}, ("value",)),
        ({"unit": "%"}, ("unit",)),
        ({"citation": {"source": "nobody"}}, ("citation", "source")),
    ],
)
def test_faults(
    context: Context, refusal: Callable[..., Any], cells: dict[str, Any], place: tuple[str, ...]
) -> None:
    assert refusal(ip.Corroboration, {**CELLS, **cells}, context=context)[0] == place
