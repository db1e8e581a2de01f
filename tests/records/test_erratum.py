from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.records import Context


def test_the_printed_figure_stays_beside_the_right_one(context: Context) -> None:
    erratum = context.of("erratum")["abe-plan-erratum-1"]
    assert erratum.citation.as_stated == "3.5 per mille"
    assert erratum.corrected == "3.5%"


@pytest.mark.parametrize("field", ["code", "citation", "corrected", "reason"])
def test_nothing_is_left_out(context: Context, refusal: Callable[..., Any], field: str) -> None:
    cells = context.of("erratum")["abe-plan-erratum-1"].model_dump()
    del cells[field]
    assert refusal(ip.Erratum, cells, context=context) == ((field,), "Field required")


def test_bundled_errata_keep_what_is_printed(plans: ip.Dataset) -> None:
    assert len(plans.errata) == 8
    for each in plans.errata:
        assert each.citation.as_stated
        assert each.citation.locator
        assert each.corrected != each.citation.as_stated
        assert each.code.startswith(f"{each.citation.source.code}-erratum-")
