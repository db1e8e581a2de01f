"""Tables: sequences of records, lookup by key and name, filters, goals."""

from __future__ import annotations

import inspect
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.records import Context, Region

# ------------------------------------------------------------------ tables


CODES = ["XX", "XX-AB", "XX-CD", "XX-EF", "XX-GH"]


@pytest.fixture
def table() -> ip.Table[Region]:
    """Five regions."""
    return ip.Table(ip.Region(code=code, kind="city", name_en=code.lower()) for code in CODES)


def codes_in(table: ip.Table[Region]) -> list[str]:
    return [each.code for each in table]


# ------------------------------------------------------------------ a read-only sequence


def test_sequence(table: ip.Table[Region]) -> None:
    assert len(table) == 5
    assert codes_in(table) == CODES
    assert [each.code for each in reversed(table)] == CODES[::-1]
    assert table[0].code == "XX"
    assert table[-1].code == "XX-GH"
    assert table[1] in table
    assert table.index(table[2]) == 2
    assert table.count(table[2]) == 1
    assert bool(table)
    assert not table[:0]


@pytest.mark.parametrize("index", [5, -6])
def test_beyond_the_end(table: ip.Table[Region], index: int) -> None:
    with pytest.raises(IndexError):
        _ = table[index]


def test_a_table_cannot_be_changed(table: ip.Table[Region]) -> None:
    with pytest.raises(TypeError):
        table[0] = table[1]  # type: ignore[index]
    with pytest.raises(TypeError):
        del table[0]  # type: ignore[attr-defined]
    assert not hasattr(table, "append")
    for name in ("edition", "older", "anything"):
        with pytest.raises(AttributeError, match="a Table is read-only"):
            setattr(table, name, "x")
    with pytest.raises(AttributeError, match="read-only"):
        del table.edition


@pytest.mark.parametrize(
    "part", [slice(1, 3), slice(None, None, -1), slice(-2, None), slice(9, 12), slice(None)]
)
def test_a_slice_is_a_table(table: ip.Table[Region], part: slice) -> None:
    assert type(table[part]) is ip.Table
    assert codes_in(table[part]) == CODES[part]
    assert table[part].context.tables == table.context.tables


@pytest.mark.parametrize(
    "name", ["regions", "indicators", "sources", "targets", "observations", "goals"]
)
def test_parts_of_a_table_keep_type_and_context(plans: ip.Dataset, name: str) -> None:
    table = getattr(plans, name)
    for part in (table[:2], table.filter(lambda _: False), table[:1] + table[1:2]):
        assert type(part) is type(table)
        assert part.context.tables == table.context.tables


def test_filter(table: ip.Table[Region]) -> None:
    kept = table.filter(lambda each: each.code > "XX-CD")
    assert codes_in(kept) == ["XX-EF", "XX-GH"]
    assert len(table) == 5


def test_sum_of_tables(table: ip.Table[Region]) -> None:
    assert table[:2] + table[2:] == table
    assert codes_in(table[3:] + table[:1]) == ["XX-EF", "XX-GH", "XX"]


def test_equal_by_content(table: ip.Table[Region]) -> None:
    twin = ip.Table([*table])
    assert twin == table
    assert hash(twin) == hash(table)
    assert twin[:4] != table
    assert table[::-1] != table
    assert table != list(table)
    assert ip.RegionTable(table) != table


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 records"),
        (1, "code  name  kind\n----  ----  ----\nXX    xx    city\n1 region"),
    ],
)
def test_repr_shows_rows(table: ip.Table[Region], count: int, shown: str) -> None:
    assert repr(table[:count]) == shown


def test_repr_of_a_long_table_is_short(plans: ip.Dataset) -> None:
    lines = repr(plans.targets).splitlines()
    assert len(lines) == 2 + 10 + 2
    assert lines[-2:] == ["…", f"{len(plans.targets)} targets"]
    assert max(map(len, lines)) <= 200


def test_a_table_without_codes_has_empty_ones() -> None:
    assert isinstance(ip.Table([]).context, Context)
    assert ip.Table([]).context.of("region") == {}


# ------------------------------------------------------------------ one, and by key


def test_one(table: ip.Table[Region]) -> None:
    assert table[2:3].one() is table[2]


def test_one_of_none(table: ip.Table[Region]) -> None:
    with pytest.raises(ip.MissingError) as caught:
        table[:0].one()
    assert str(caught.value) == "no record in an empty table; use fewer filters"


def test_an_empty_table_says_which_filter_leaves_nothing(plans: ip.Dataset) -> None:
    spending = plans.observations.where(indicator="rd_expenditure", region="GD")
    of_no_vintage = spending.where(vintage="first")
    advice = f"without vintage='first' there are {len(spending)}"
    assert repr(of_no_vintage) == f"0 observations; {advice}"
    for ask in (of_no_vintage.one, of_no_vintage.first):
        with pytest.raises(ip.MissingError, match=f"; {advice}$"):
            ask()
    not_loaded = plans.targets.where(tier="D")
    advice = (
        f"without tier='D' there are {len(plans.targets)}; load(tiers=\"ABCD\") loads the tiers"
    )
    assert repr(not_loaded) == f"0 targets; {advice} that are left out, such as D"
    neither = plans.targets.where(tier="D", end_year=1900)
    assert repr(neither) == "0 targets"
    assert repr(spending[:0]) == "0 observations"
    assert pickle.loads(pickle.dumps(of_no_vintage)) == of_no_vintage  # noqa: S301 - our own bytes


def test_the_advice_for_several_records_names_filters_that_exist(plans: ip.Dataset) -> None:
    for table in (plans.targets, plans.observations):
        with pytest.raises(ip.AmbiguousError) as caught:
            table.one()
        filters = re.findall(r"(\w+)=", str(caught.value))
        assert filters
        assert set(filters) <= set(inspect.signature(table.where).parameters)


def test_one_of_many(table: ip.Table[Region]) -> None:
    with pytest.raises(ip.AmbiguousError) as caught:
        table[:2].one()
    assert str(caught.value) == "expected one record, found 2 (XX, XX-AB); choose one with where(…)"
    assert caught.value.matches == ("XX", "XX-AB")


def test_one_of_very_many(plans: ip.Dataset) -> None:
    with pytest.raises(ip.AmbiguousError) as caught:
        plans.targets.one()
    assert len(caught.value.matches) == len(plans.targets)
    assert len(str(caught.value)) < 1000


def test_by_key(table: ip.Table[Region]) -> None:
    assert table.by_key("XX-EF") is table[3]
    with pytest.raises(ip.MissingError):
        table[:3].by_key("XX-EF")


def test_every_bundled_target_is_found_by_its_key(plans: ip.Dataset) -> None:
    assert all(plans.targets.by_key(each.key) is each for each in plans.targets)


@pytest.mark.parametrize(
    ("key", "nearest"), [("XX-ef", "XX-EF"), ("XX-G", "XX-GH"), ("", None), ("?" * 999, None)]
)
def test_by_an_unknown_key(table: ip.Table[Region], key: str, nearest: str | None) -> None:
    with pytest.raises(ip.MissingError) as caught:
        table.by_key(key)
    assert str(caught.value).startswith(f"no record with the key {key[:100]!r}")
    assert (nearest in caught.value.nearest) if nearest else not caught.value.nearest


# ------------------------------------------------------------------ regions and indicators


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


def test_jilin_means_the_province(plans: ip.Dataset) -> None:
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
def test_an_unknown_region(plans: ip.Dataset, name: str, nearest: str | None) -> None:
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
    regions = plans.regions.where(kind=kind)
    assert type(regions) is ip.RegionTable
    assert len(regions) == 31
    assert regions.find("广东").code == "CN-GD"


@pytest.mark.parametrize("group", ["CN-EAST", ["CN-EAST"]])
def test_members_of_a_group(plans: ip.Dataset, group: Any) -> None:
    assert {each.code for each in plans.regions.where(group=group)} == EAST


@pytest.mark.parametrize("parent", ["CN-GD", "广东", ["Guangdong"]])
def test_cities_of_a_province(plans: ip.Dataset, parent: Any) -> None:
    regions = plans.regions.where(parent=parent)
    assert regions
    assert {each.parent.code for each in regions if each.parent} == {"CN-GD"}
    assert plans.regions.where(parent=parent, kind=["city", "group"]) == regions


def test_filters_that_no_region_fits_give_an_empty_table(plans: ip.Dataset) -> None:
    assert not plans.regions.where(kind="nation", group="CN-EAST")


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"kind": "provence"}, "no region kind 'provence'; did you mean province?"),
        ({"parent": "Guandong"}, "no region 'Guandong'; did you mean Guangdong"),
        ({"group": "CN-EAS"}, "no region 'CN-EAS'; did you mean CN-EAST"),
    ],
)
def test_unknown_kinds_parents_and_groups(
    plans: ip.Dataset, filters: dict[str, str], message: str
) -> None:
    with pytest.raises(ip.MissingError) as caught:
        plans.regions.where(**filters)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("direction", ["down", ip.Direction.DOWN, ["down"]])
def test_indicators_by_direction(plans: ip.Dataset, direction: Any) -> None:
    indicators = plans.indicators.where(direction=direction)
    assert type(indicators) is ip.IndicatorTable
    assert indicators
    assert {each.direction for each in indicators} == {ip.Direction.DOWN}


def test_directions_cover_all_indicators(plans: ip.Dataset) -> None:
    assert plans.indicators.where(direction=list(ip.Direction)) == plans.indicators
    with pytest.raises(ip.MissingError, match="no direction 'dwon'; did you mean down"):
        plans.indicators.where(direction="dwon")


# ------------------------------------------------------------------ goals


KEYWORDS: list[tuple[str, Any, Callable[[ip.Goal], object]]] = [
    ("region", "浙江", lambda g: g.region.code == "CN-ZJ"),
    ("region", ["CN", "Zhejiang"], lambda g: g.region.code in {"CN", "CN-ZJ"}),
    ("within", "CN-EAST", lambda g: "CN-EAST" in {group.code for group in g.region.groups}),
    ("plan", "CN-ZJ-14-sti", lambda g: g.plan and g.plan.code == "CN-ZJ-14-sti"),
    ("kind", "programme", lambda g: g.kind is ip.GoalKind.PROGRAMME),
    ("kind", [ip.GoalKind.OUTCOME, "priority"], lambda g: g.kind in {"outcome", "priority"}),
    ("theme", "infrastructure", lambda g: g.theme == "infrastructure"),
    ("theme", {"overall", "spatial"}, lambda g: g.theme in {"overall", "spatial"}),
]


@pytest.mark.parametrize(
    ("keyword", "value", "fits"), KEYWORDS, ids=[f"{q[0]}-{at}" for at, q in enumerate(KEYWORDS)]
)
def test_every_keyword(
    plans: ip.Dataset, keyword: str, value: Any, fits: Callable[[ip.Goal], object]
) -> None:
    goals = plans.goals.where(**{keyword: value})
    assert type(goals) is ip.GoalTable
    assert list(goals) == [each for each in plans.goals if fits(each)]
    assert 0 < len(goals) < len(plans.goals)


def test_keywords_are_all_tested() -> None:
    assert {keyword for keyword, *_ in KEYWORDS} == set(
        inspect.unwrap(ip.GoalTable.where).__kwdefaults__
    )


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"region": "Zhejang"}, "no region 'Zhejang'; did you mean Zhejiang"),
        ({"plan": "CN-ZJ-14-st"}, "no plan 'CN-ZJ-14-st'; did you mean CN-ZJ-14-sti"),
        ({"kind": "program"}, "no goal kind 'program'; did you mean programme"),
        ({"theme": "infrastructures"}, "no theme 'infrastructures'; did you mean infrastructure"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_unknown_names_raise_an_error(
    plans: ip.Dataset, filters: dict[str, str], message: str
) -> None:
    with pytest.raises(ip.MissingError) as caught:
        plans.goals.where(**filters)
    assert str(caught.value).startswith(message)


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["CN", "粤", "Zhejiang", "320200"]),
        "plan": st.sampled_from(["CN-GD-14-sti", "CN-ZJ-14-sti"]),
        "kind": st.lists(st.sampled_from(list(ip.GoalKind)), max_size=3),
        "theme": st.sampled_from(["overall", "spatial", "infrastructure", "governance"]),
    },
)


@given(first=FILTERS, second=FILTERS)
def test_filters_commute(plans: ip.Dataset, first: dict[str, Any], second: dict[str, Any]) -> None:
    both = plans.goals.where(**first).where(**second)
    assert plans.goals.where(**second).where(**first) == both
    assert both.where(**second) == both


def test_equal_records_of_two_tables_are_in_their_sum_once(
    plans: ip.Dataset, tmp_path: Path
) -> None:
    ours = plans.targets.where(region="GD")
    assert ours + ours == ours
    both = ours + plans.targets.where(region=["GD", "JS"])
    assert both.write(tmp_path / "both.jsonl").records["targets"] == len(both)


def test_a_key_of_two_records_is_ambiguous(plans: ip.Dataset) -> None:
    target = plans.targets[0]
    changed = target.model_copy(update={"value": "99"})
    table = ip.TargetTable([target, changed, target], context=plans.context)
    match = rf"{re.escape(repr(target.key))}.*found 2 \(value {target.value}, value 99\); filter"
    for find in (table.__getitem__, table.get, table.by_key, table.index):
        with pytest.raises(ip.AmbiguousError, match=match):
            find(target.key)
    assert target.key in table
    assert ip.TargetTable([target, target])[target.key] is target
    assert table.get("no such key") is None
    both = ip.load(edition="2026.11").targets + plans.targets
    with pytest.raises(ip.AmbiguousError, match=r"found 2 \(flags \[\], .*flags \['start_assumed"):
        both[target.key]
    region = plans.regions["CN-GD"]
    regions = ip.RegionTable([region, region.model_copy(update={"name_zh": "别名"})])
    with pytest.raises(ip.AmbiguousError, match="name_zh 广东省, name_zh 别名"):
        regions["CN-GD"]


def test_the_edition_is_that_of_the_rows_or_of_the_context(
    plans: ip.Dataset, tmp_path: Path
) -> None:
    older = ip.load(edition="2026.11")
    cards = [ip.scorecard(each, region="GD") for each in (older, plans)]
    mine = ip.Scorecard([row for row in cards[1] if row.gap is not None])
    assert mine.edition == ip.Scorecard.from_json(mine.json()).edition == plans.edition
    assert f"data edition {plans.edition}" in str(mine)
    assert ip.Scorecard([*cards[0], *cards[1]]).edition == f"2026.11 + {plans.edition}"
    assert ip.Scorecard(cards[1], "own").edition == "own"
    assert ip.Scorecard().edition == ""
    rows = list(plans.targets.where(region="GD"))
    for context in (plans.context, plans.targets.context):
        table = ip.TargetTable(rows, context=context)
        table.write(tmp_path / "gd.jsonl", overwrite=True)
        assert table.edition == ip.load(tmp_path / "gd.jsonl").edition == plans.edition
    assert ip.TargetTable(older.targets, context=older.context).edition == "2026.11"
    assert ip.TargetTable(rows, context=plans.context, edition="own").edition == "own"
    assert ip.TargetTable(rows).edition == ""


@pytest.mark.parametrize("value", [pd.DataFrame({"GD": [1]}), pl.DataFrame({"GD": [1]}), {"GD": 1}])
def test_a_frame_or_a_mapping_is_no_list_of_its_names(value: Any, plans: ip.Dataset) -> None:
    with pytest.raises(
        ip.ArgumentTypeError, match="region: expected one value, a list or a column"
    ):
        plans.targets.where(region=value)
    assert plans.targets.where(region=pd.Series(["GD"]))
