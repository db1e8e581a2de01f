from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.io.raw import Row
from innovation_plans.io.rows import columns_of, read_records, to_cells
from innovation_plans.records import Context

REGION = {"code": "XX-EF", "kind": "province", "name_en": "Efland"}
TARGET = {
    "plan": "XX-AB-14-sti",
    "indicator": "widget_share",
    "form": "level",
    "comparator": "about",
    "value": "3.5",
    "unit": "percent",
    "end_year": "2025",
    "source": "abe-plan",
}


def read(kind: Any, context: Context, *rows: dict[str, Any]) -> tuple[list[Any], list[str]]:
    """The records of rows that have the lines 2, 3, …, and their errors."""
    errors: list[ip.DataError] = []
    numbered = [Row("t.csv", line, dict(cells)) for line, cells in enumerate(rows, start=2)]
    records, _ = read_records(kind, numbered, context, errors)
    return records, [str(each) for each in errors]


# ------------------------------------------------------------------ columns and cells


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (ip.Region, ("code", "kind", "name_en")),
        (ip.Indicator, ("code", "name_en")),
        (ip.Plan, ("code", "region", "period")),
        (ip.Vintage, ("code", "indicator", "year")),
        (ip.Target, ("plan", "indicator", "form", "comparator", "value")),
        (ip.Observation, ("region", "indicator", "form")),
        (ip.Goal, ("plan", "region", "kind")),
    ],
)
def test_columns_begin_with_what_identifies(kind: Any, first: tuple[str, ...]) -> None:
    assert columns_of(kind)[: len(first)] == first


@pytest.mark.parametrize("kind", [ip.Target, ip.Observation, ip.Goal, ip.Erratum, ip.Corroboration])
def test_a_citation_is_three_columns(kind: Any) -> None:
    columns = columns_of(kind)
    start = columns.index("source")
    assert columns[start : start + 3] == ("source", "locator", "as_stated")
    assert "citation" not in columns
    assert len(set(columns)) == len(columns)


def test_a_further_field_is_a_column() -> None:
    class Rated(ip.Target):
        rating: int = 0

    assert set(columns_of(Rated)) == {*columns_of(ip.Target), "rating"}


def test_cells_of_a_record(context: Context) -> None:
    region = context.of("region")["XX-AB"]
    full = ip.Region(**REGION, aliases=("Ef", "己"), parent=region, groups=(region,))
    assert to_cells(full) == {
        "code": "XX-EF",
        "kind": "province",
        "name_en": "Efland",
        "name_zh": "",
        "short_zh": "",
        "aliases": "Ef|己",
        "parent": "XX-AB",
        "groups": "XX-AB",
    }


def test_cells_say_yes_and_no_in_words(context: Context, observation_cells: dict[str, Any]) -> None:
    for self_reported, cell in ((True, "true"), (False, "false"), (None, "")):
        record = ip.Observation.model_validate(
            {**observation_cells, "self_reported": self_reported}, context=context
        )
        cells = to_cells(record)
        assert cells["self_reported"] == cell
        assert (cells["source"], cells["locator"], cells["as_stated"]) == ("abe-plan", "", "")


def test_every_kind_is_read_back_from_its_cells(
    one_of_each: dict[str, Any], context: Context
) -> None:
    for noun, record in one_of_each.items():
        if noun == "citation":
            continue
        cells = {name: cell for name, cell in to_cells(record).items() if cell}
        assert read(type(record), context, cells) == ([record], [])


@pytest.mark.parametrize(
    "name", ["regions", "indicators", "sources", "plans", "errata", "vintages", "targets", "goals"]
)
def test_bundled_records_are_read_back_from_their_cells(every_tier: ip.Dataset, name: str) -> None:
    records = list(getattr(every_tier, name))
    rows = [{key: cell for key, cell in to_cells(each).items() if cell} for each in records]
    found, errors = read(type(records[0]), Context(every_tier.context.tables), *rows)
    assert not errors
    assert {each.key: each for each in found} == {each.key: each for each in records}


@given(value=st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=9))
def test_a_value_is_read_back_from_its_cell(value: Any) -> None:
    source = ip.Source(code="s", title="S", tier="A")
    record = ip.Corroboration(target="a", value=value, citation=ip.Citation(source=source))
    cells = {name: cell for name, cell in to_cells(record).items() if cell}
    assert read(ip.Corroboration, Context({"source": {"s": source}}), cells) == ([record], [])


# ------------------------------------------------------------------ reading


def test_records_keep_the_order_of_their_rows(context: Context) -> None:
    years = ["2025", "2023", "2024"]
    found, errors = read(ip.Target, context, *({**TARGET, "end_year": year} for year in years))
    assert [str(each.end_year) for each in found] == years
    assert not errors


def test_what_is_read_can_be_referred_to(context: Context) -> None:
    (region,), _ = read(ip.Region, context, REGION)
    (plan,), errors = read(
        ip.Plan,
        context,
        {"code": "p", "region": "XX-EF", "period": "14th", "kind": "sti", "title_en": "P"},
    )
    assert plan.region is region
    assert not errors


# ------------------------------------------------------------------ keys


def test_a_key_stands_once(context: Context) -> None:
    records, errors = read(
        ip.Target, context, TARGET, {**TARGET, "end_year": "2024"}, TARGET, TARGET
    )
    key = "XX-AB-14-sti/widget_share/level/2025@abe-plan"
    assert [each.end_year for each in records] == [2025, 2024]
    assert errors == [
        f"t.csv:4: {key} is already at t.csv:2",
        f"t.csv:5: {key} is already at t.csv:2",
    ]


def test_an_invalid_row_takes_no_key(context: Context) -> None:
    records, errors = read(ip.Region, context, {**REGION, "kind": "?"}, REGION)
    assert [each.code for each in records] == ["XX-EF"]
    assert len(errors) == 1


# ------------------------------------------------------------------ references to the same table


def region(code: str, parent: str = "", groups: Any = "") -> dict[str, Any]:
    cells = {"code": code, "kind": "province", "name_en": code, "parent": parent, "groups": groups}
    return {name: cell for name, cell in cells.items() if cell}


@pytest.mark.parametrize(
    "rows",
    [
        [region("A"), region("B", "A"), region("C", "B"), region("D", "C", "A|B")],
        [region("D", "C", "A|B"), region("C", "B"), region("B", "A"), region("A")],
        [region("C", "B"), region("A"), region("D", "C", "A|B"), region("B", "A")],
        [region("D", "C", ["A", "B"]), region("C", "B"), region("B", "A"), region("A")],
        [region("D", groups=["C"]), region("C", groups=["B"]), region("B", "A"), region("A")],
    ],
    ids=["in order", "backwards", "mixed", "lists, as in TOML", "chain of lists"],
)
def test_rows_may_refer_to_later_rows(rows: list[dict[str, Any]]) -> None:
    records, errors = read(ip.Region, Context(), *rows)
    assert not errors
    assert [each.code for each in records] == [row["code"] for row in rows]
    by_code = {each.code: each for each in records}
    assert by_code["B"].parent is by_code["A"]


def test_ratios_may_stand_before_their_parts() -> None:
    rate = {
        "code": "c",
        "name_en": "C",
        "unit": "percent",
        "direction": "up",
        "numerator": "b",
        "denominator": "a",
    }
    part = {"unit": "item", "direction": "up"}
    records, errors = read(
        ip.Indicator,
        Context(),
        rate,
        {"code": "b", "name_en": "B", **part},
        {"code": "a", "name_en": "A", **part},
    )
    assert not errors
    assert {each.code for each in records} == {"a", "b", "c"}


@pytest.mark.parametrize(
    "rows",
    [
        [region("A", "A")],
        [region("A", "B"), region("B", "A")],
        [region("A", groups="B"), region("B", groups="C"), region("C", groups="A")],
    ],
    ids=["itself", "two", "three"],
)
def test_circles_are_refused(rows: list[dict[str, Any]]) -> None:
    records, errors = read(ip.Region, Context(), region("Z"), *rows)
    assert [each.code for each in records] == ["Z"]
    assert errors
    assert all("refers to itself in a circle" in error for error in errors)


def test_a_reference_to_nothing_among_rows_that_wait() -> None:
    records, errors = read(ip.Region, Context(), region("B", "A"), region("A"), region("C", "QQ"))
    assert [each.code for each in records] == ["B", "A"]
    assert errors == ["t.csv:4: parent: expected the code of a region, found 'QQ'"]


# ------------------------------------------------------------------ one message per error


def test_rows_that_refer_to_an_invalid_row_are_not_reported(context: Context) -> None:
    _, first = read(ip.Region, context, {**REGION, "kind": "?"})
    plan = {"code": "p", "region": "XX-EF", "period": "14th", "kind": "sti", "title_en": "P"}
    plans, second = read(ip.Plan, context, plan)
    targets, third = read(ip.Target, context, {**TARGET, "plan": "p"})
    assert len(first) == 1
    assert (plans, targets, second, third) == ([], [], [], [])


def test_their_own_errors_are_reported(context: Context) -> None:
    read(ip.Region, context, {**REGION, "kind": "?"})
    plan = {"code": "p", "region": "XX-EF", "period": "fourteenth!", "kind": "sti"}
    _, (error,) = read(ip.Plan, context, plan)
    assert error.startswith("t.csv:2: period: ")


def test_rows_that_refer_to_a_circle_are_not_reported() -> None:
    _, errors = read(ip.Region, Context(), region("C", "A"), region("A", "B"), region("B", "A"))
    assert not [error for error in errors if error.startswith("t.csv:2:")]


# ------------------------------------------------------------------ one problem of a whole column


def observations(**years: Any) -> list[dict[str, Any]]:
    row = {
        "region": "XX-AB", "indicator": "widget_share", "form": "level", "comparator": "reach",
        "value": "3.5", "unit": "percent", "source": "abe-plan",
    }  # fmt: skip
    return [row | {"year": years.get(f"at_{line}", "2025.0")} for line in range(2, 2000)]


@pytest.mark.parametrize("count", [12, 1500])
def test_a_problem_of_a_whole_column_is_one_error(context: Context, count: int) -> None:
    rows = observations()[:count]
    _, (error,) = read(ip.Observation, context, *rows)
    assert error.startswith("t.csv:2: year: expected a year of four digits, found '2025.0'")
    assert 'dtype="string"' in error
    assert f"all {min(count, 1000)} cells of the column that were read" in error


def test_other_problems_are_reported_row_by_row(context: Context) -> None:
    assert len(read(ip.Observation, context, *observations()[:9])[1]) == 9
    mixed = observations(at_5="2024")[:12]
    assert len(read(ip.Observation, context, *mixed)[1]) == 11
    regions = [row | {"year": "2025", "region": f"XX-{n}"} for n, row in enumerate(mixed)]
    assert len(read(ip.Observation, context, *regions)[1]) == 12
