from __future__ import annotations

from typing import Any

import pytest

import innovation_plans as ip

EAST = {
    "CN-BJ", "CN-TJ", "CN-HE", "CN-LN", "CN-SH", "CN-JS", "CN-ZJ", "CN-FJ", "CN-SD", "CN-GD",
    "CN-HI",
}  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "CN-GD",
        "GD",
        "440000",
        "Guangdong",
        "GUANGDONG",
        "guang-dong",
        "广东",
        "广东省",
        "粤",
        "ＧＤ",
    ],
)
def test_a_region_is_found_by_any_of_its_names(plans: ip.Dataset, name: str) -> None:
    assert plans.regions.find(name).code == "CN-GD"


def test_jilin_is_the_province(plans: ip.Dataset) -> None:
    assert plans.regions.find("吉林").kind is ip.RegionKind.PROVINCE


def test_every_region_is_found_by_every_name(plans: ip.Dataset) -> None:
    lost = [
        (each.code, name)
        for each in plans.regions
        for name in (each.code, *each.names)
        if plans.regions.find(name) is not each
    ]
    assert not lost


def test_every_indicator_is_found_by_every_name(plans: ip.Dataset) -> None:
    lost = [
        (each.code, name)
        for each in plans.indicators
        for name in (each.code, *each.names)
        if plans.indicators.find(name) is not each
    ]
    assert not lost


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("Guandong", "Guangdong"), ("Shanghi", "Shanghai"), ("CN-GDD", "CN-GD"), ("???", None)],
)
def test_a_region_that_nothing_bears(plans: ip.Dataset, name: str, nearest: str | None) -> None:
    with pytest.raises(ip.MissingError) as caught:
        plans.regions.find(name)
    assert str(caught.value).startswith(f"no region {name!r}")
    assert nearest is None or nearest in caught.value.nearest


def test_a_name_of_two_regions() -> None:
    table = ip.RegionTable(
        ip.Region(code=code, kind="city", name_en="Twin City") for code in ("XX-1", "XX-2")
    )
    with pytest.raises(ip.AmbiguousError) as caught:
        table.find("twin city")
    assert (
        str(caught.value)
        == "region 'twin city': expected one match, found 2 (XX-1, XX-2); ask by code"
    )
    assert table.find("XX-2").code == "XX-2"


def test_a_name_that_is_too_long(plans: ip.Dataset) -> None:
    with pytest.raises(ip.MissingError, match="a name has at most 200 characters"):
        plans.regions.find("x" * 201)


# ------------------------------------------------------------------ where


@pytest.mark.parametrize("kind", ["province", ip.RegionKind.PROVINCE, ["province"]])
def test_provinces(plans: ip.Dataset, kind: Any) -> None:
    found = plans.regions.where(kind=kind)
    assert type(found) is ip.RegionTable
    assert len(found) == 31
    assert found.find("广东").code == "CN-GD"


@pytest.mark.parametrize("group", ["CN-EAST", ["CN-EAST"]])
def test_members_of_a_group(plans: ip.Dataset, group: Any) -> None:
    assert {each.code for each in plans.regions.where(group=group)} == EAST


@pytest.mark.parametrize("parent", ["CN-GD", "广东", ["Guangdong"]])
def test_cities_of_a_province(plans: ip.Dataset, parent: Any) -> None:
    found = plans.regions.where(parent=parent)
    assert found
    assert {each.parent.code for each in found if each.parent} == {"CN-GD"}
    assert plans.regions.where(parent=parent, kind=["city", "group"]) == found


def test_no_region_answers_to_all(plans: ip.Dataset) -> None:
    assert not plans.regions.where(kind="nation", group="CN-EAST")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"kind": "provence"}, "no region kind 'provence'; did you mean province?"),
        ({"parent": "Guandong"}, "no region 'Guandong'; did you mean Guangdong"),
        ({"group": "CN-EAS"}, "no region 'CN-EAS'; did you mean CN-EAST"),
    ],
)
def test_what_no_region_can_be(plans: ip.Dataset, question: dict[str, str], said: str) -> None:
    with pytest.raises(ip.MissingError) as caught:
        plans.regions.where(**question)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("direction", ["down", ip.Direction.DOWN, ["down"]])
def test_indicators_by_direction(plans: ip.Dataset, direction: Any) -> None:
    found = plans.indicators.where(direction=direction)
    assert type(found) is ip.IndicatorTable
    assert found
    assert {each.direction for each in found} == {ip.Direction.DOWN}


def test_directions_cover_all_indicators(plans: ip.Dataset) -> None:
    assert plans.indicators.where(direction=list(ip.Direction)) == plans.indicators
    with pytest.raises(ip.MissingError, match="no direction 'dwon'; did you mean down"):
        plans.indicators.where(direction="dwon")
