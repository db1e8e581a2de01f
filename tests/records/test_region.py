from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.records import Context

REGION = {"code": "XX-EF", "kind": "province", "name_en": "Efland"}


def test_parent_and_groups_are_records(context: Context) -> None:
    region = ip.Region.model_validate(
        {**REGION, "parent": "XX", "groups": "XX-AB|XX", "aliases": "Ef|己"}, context=context
    )
    known = context.of("region")
    assert region.parent is known["XX"]
    assert region.groups == (known["XX-AB"], known["XX"])
    assert region.model_dump(mode="json")["groups"] == ["XX-AB", "XX"]
    assert region.kind is ip.RegionKind.PROVINCE


def test_names_are_those_that_are_given(context: Context) -> None:
    assert ip.Region(**REGION).names == ("Efland",)
    full = ip.Region(**REGION, name_zh="己省", short_zh="己", aliases=("Ef",))
    assert full.names == ("Efland", "己省", "己", "Ef")


@pytest.mark.parametrize(
    ("cells", "place", "said"),
    [
        (
            {"kind": "village"},
            ("kind",),
            "Input should be 'nation', 'province', 'city' or 'group'",
        ),
        (
            {"parent": "XX-A"},
            ("parent",),
            "expected the code of a region, found 'XX-A'; did you mean 'XX-AB' or 'XX'?",
        ),
        (
            {"groups": "XX-AB|QQ"},
            ("groups", 1),
            "expected the code of a region, found 'QQ'",
        ),
        ({"groups": ""}, ("groups", 0), "expected the code of a region, found ''"),
        ({"name_en": ""}, ("name_en",), "String should have at least 1 character"),
    ],
)
def test_faults(
    context: Context,
    refusal: Callable[..., Any],
    cells: dict[str, str],
    place: tuple[Any, ...],
    said: str,
) -> None:
    assert refusal(ip.Region, {**REGION, **cells}, context=context) == (place, said)
