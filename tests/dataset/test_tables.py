from __future__ import annotations

import pytest

import innovation_plans as ip
from innovation_plans.records import Context, Region

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


def test_nothing_is_put_in(table: ip.Table[Region]) -> None:
    with pytest.raises(TypeError):
        table[0] = table[1]  # type: ignore[index]
    with pytest.raises(TypeError):
        del table[0]  # type: ignore[attr-defined]
    assert not hasattr(table, "append")


@pytest.mark.parametrize(
    "part", [slice(1, 3), slice(None, None, -1), slice(-2, None), slice(9, 12), slice(None)]
)
def test_a_slice_is_a_table(table: ip.Table[Region], part: slice) -> None:
    assert type(table[part]) is ip.Table
    assert codes_in(table[part]) == CODES[part]
    assert table[part].context is table.context


@pytest.mark.parametrize(
    "name", ["regions", "indicators", "sources", "targets", "observations", "goals"]
)
def test_parts_keep_type_and_codes(plans: ip.Dataset, name: str) -> None:
    table = getattr(plans, name)
    for part in (table[:2], table.filter(lambda _: False), table[:1] + table[1:2]):
        assert type(part) is type(table)
        assert part.context is table.context


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
    ("count", "said"),
    [
        (0, "<Table of 0: >"),
        (1, "<Table of 1: XX>"),
        (3, "<Table of 3: XX, XX-AB, XX-CD>"),
        (4, "<Table of 4: XX, XX-AB, XX-CD, …>"),
    ],
)
def test_repr_is_short(table: ip.Table[Region], count: int, said: str) -> None:
    assert repr(table[:count]) == said


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


def test_one_of_many(table: ip.Table[Region]) -> None:
    with pytest.raises(ip.AmbiguousError) as caught:
        table[:2].one()
    assert (
        str(caught.value)
        == "expected one record, found 2 (XX, XX-AB); add filters such as region= or end_year="
    )
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
def test_by_a_key_that_nothing_bears(
    table: ip.Table[Region], key: str, nearest: str | None
) -> None:
    with pytest.raises(ip.MissingError) as caught:
        table.by_key(key)
    assert str(caught.value).startswith(f"no record with the key {key[:100]!r}")
    assert (nearest in caught.value.nearest) if nearest else not caught.value.nearest
