"""``frames.to_frame``: records as frames of four backends."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest
from pydantic import Field

import innovation_plans as ip
from innovation_plans import errors, frames
from innovation_plans.io.implied import implied_columns
from innovation_plans.io.rows import columns_of, to_cells
from innovation_plans.records import Goal, Source, Vintage

BACKENDS = ("pandas", "polars", "pyarrow", "duckdb")


class OwnTarget(ip.Target):
    """A target with fields of a user's own."""

    chapter: int | None = Field(None, description="where")
    weight: float = 1.0


def rows_of(frame: Any) -> list[dict[str, Any]]:
    import narwhals.stable.v2 as nw

    result = nw.from_native(frame)
    table = result.collect() if isinstance(result, nw.LazyFrame) else result
    return [
        {name: _value(cell) for name, cell in row.items()} for row in table.to_arrow().to_pylist()
    ]


def _value(cell: Any) -> Any:
    return None if isinstance(cell, float) and math.isnan(cell) else cell


@pytest.mark.parametrize("backend", BACKENDS)
def test_text_is_what_the_files_contain(backend: Any, plans: ip.Dataset) -> None:
    for table in (plans.targets, plans.observations, plans.regions, plans.indicators, plans.goals):
        frame = frames.to_frame(table, backend, values="text")
        for row, record in zip(rows_of(frame), table, strict=True):
            cells = {name: cell for name, cell in to_cells(record).items() if cell}
            shown = {name: _shown(row[name]) for name in columns_of(type(record))}
            assert {name: cell for name, cell in shown.items() if cell} == cells


def _shown(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


@pytest.mark.parametrize("backend", BACKENDS)
def test_numbers_are_exact_or_floats(backend: Any, plans: ip.Dataset) -> None:
    exact = rows_of(frames.to_frame(plans.targets, backend, values="decimal"))
    near = rows_of(frames.to_frame(plans.targets, backend))
    for precise, rough, record in zip(exact, near, plans.targets, strict=True):
        assert isinstance(precise["value"], Decimal)
        assert precise["value"] == record.value
        assert rough["value"] == float(record.value)
        assert (rough["region"], rough["period"]) == (record.region.code, record.period)
        assert rough["baseline_year"] == record.baseline_year


def test_years_are_whole_numbers_that_may_be_missing(plans: ip.Dataset) -> None:
    pandas = frames.to_frame(plans.targets, "pandas")
    assert str(pandas["baseline_year"].dtype) == "Int64"
    assert pandas["baseline_year"].isna().any()
    assert str(frames.to_frame(plans.observations, "pandas")["self_reported"].dtype) == "boolean"
    assert (pandas["value"] * 2).sum() == pytest.approx(2 * float(pandas["value"].sum()))


@pytest.mark.parametrize("backend", BACKENDS)
def test_records_of_a_subclass_bring_their_columns(backend: Any, plans: ip.Dataset) -> None:
    given = plans.targets[0]
    cells = {name: getattr(given, name) for name in ip.Target.model_fields}
    own = OwnTarget(**cells, chapter=3, weight=0.5)
    (first, second) = rows_of(frames.to_frame([own, given], backend))
    assert (first["chapter"], first["weight"]) == (3, 0.5)
    assert (second["chapter"], second["weight"]) == (None, None)
    assert first["plan"] == second["plan"] == given.plan.code


@pytest.mark.parametrize("backend", BACKENDS)
def test_empty_tables_keep_their_columns(backend: Any, plans: ip.Dataset) -> None:
    whole = rows_of(frames.to_frame(plans.targets, backend))
    empty = frames.to_frame(plans.targets[:0], backend)
    assert list(empty.columns if backend != "pyarrow" else empty.column_names) == list(whole[0])
    with pytest.raises(errors.MissingError, match="no record type for an empty iterable"):
        frames.to_frame([], backend)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("values", ["float", "decimal", "text"])
def test_scorecards_and_comparisons_are_frames_too(
    backend: Any, values: Any, plans: ip.Dataset
) -> None:
    card = ip.scorecard(plans, indicator="rd_intensity", period="14th")
    rows = rows_of(frames.to_frame(card, backend, values=values))
    assert [row["verdict"] for row in rows] == [str(each.verdict) for each in card]
    gaps = [None if row["gap"] is None else float(row["gap"]) for row in rows]
    assert gaps == [None if each.gap is None else float(each.gap) for each in card]
    assert [row["outcome_year"] for row in rows] == [
        None if each.outcome is None else each.outcome.year for each in card
    ]
    targets = plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    result = ip.compare(targets, measure="distance", plans=plans)
    rows = rows_of(frames.to_frame(result, backend, values=values))
    assert [row["rank"] for row in rows] == [each.rank for each in result]
    assert {row["measure"] for row in rows} == {"distance"}


def test_every_other_table_is_a_frame(plans: ip.Dataset) -> None:
    for table, kind in ((plans.sources, Source), (plans.vintages, Vintage), (plans.goals, Goal)):
        columns = frames.to_frame(table, "polars").columns
        assert columns == [*columns_of(kind), *implied_columns(kind)]
