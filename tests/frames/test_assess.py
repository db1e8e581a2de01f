"""``frames.assess`` has the verdicts and gaps of ``assess``, in every engine."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals.stable.v2 as nw
import pytest

import innovation_plans as ip
from innovation_plans import errors, frames

PLAIN = {"region": "text", "indicator": "text", "year": "int", "value": "float", "unit": "text"}
LEAST = {
    "region": "text", "indicator": "text", "form": "text", "comparator": "text", "value": "float",
    "unit": "text", "end_year": "int", "direction": "text",
}  # fmt: skip


def texts(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["verdict"], row["reason"], row["gap"], row["gap_unit"]


def seen_rows(*values: tuple[int | None, Any], unit: str = "percent") -> list[dict[str, Any]]:
    common = {"region": "CN-GD", "indicator": "rd_intensity", "unit": unit}
    return [{**common, "year": year, "value": value} for year, value in values]


def wanted_rows(*comparators: str, **cells: Any) -> list[dict[str, Any]]:
    common = {
        "region": "CN-GD", "indicator": "rd_intensity", "form": "level", "value": 3.0,
        "unit": "percent", "end_year": 2025, **cells,
    }  # fmt: skip
    return [{**common, "comparator": comparator} for comparator in comparators]


def verdicts(engine: Any, observed: list[Any], wanted: list[Any], **options: Any) -> list[Any]:
    result = frames.assess(
        engine.frame(observed, PLAIN), engine.frame(wanted, LEAST), keep=["direction"], **options
    )
    rows = engine.rows(result)
    return sorted(rows, key=lambda row: (row["comparator"] or "", row["year"] or 0))


def test_float_errors_do_not_change_a_verdict(engine: Any) -> None:
    assert 2.3 + 0.4 + 0.3 < 3.0
    cells = ["about", "above", "at_least", "at_most", "below", "reach"]
    for value in (2.3 + 0.4 + 0.3, 3.0, 0.1 * 3 * 10):
        rows = verdicts(engine, seen_rows((2025, value)), wanted_rows(*cells))
        result = {row["comparator"]: row["verdict"] for row in rows}
        assert result == dict.fromkeys(cells, "met") | {"above": "missed", "below": "missed"}
        assert {row["gap"] for row in rows} == {0.0}


@pytest.mark.parametrize(
    ("precision", "comparator", "verdict"),
    [
        (0.05, None, "met"),
        (500.0, None, "met"),
        (0.0, None, "missed"),
        (None, None, "missed"),
        (float("nan"), None, "missed"),
        (0.05, "reach", "met"),
        (0.05, "about", "met"),
        (0.05, "at_least", {"above": "undetermined", "below": "missed"}),
    ],
)
def test_a_rounded_figure_that_equals_a_bound_is_no_miss(
    engine: Any, precision: float | None, comparator: str | None, verdict: Any
) -> None:
    """Without the column every figure is exact: see the test before."""
    row, types = (
        seen_rows((2025, 3.0))[0] | {"precision": precision},
        PLAIN | {"precision": "float"},
    )
    if comparator is not None:
        row, types = row | {"comparator": comparator}, types | {"comparator": "text"}
    cells = ("above", "below", "at_least")
    result = frames.assess(engine.frame([row], types), engine.frame(wanted_rows(*cells), LEAST))
    verdicts = {row["comparator"]: row["verdict"] for row in engine.rows(result)}
    expected = verdict if isinstance(verdict, dict) else dict.fromkeys(cells, verdict)
    assert verdicts == expected | {"at_least": "met"}


def test_rounding_changes_no_figure_beyond_the_bound(engine: Any) -> None:
    rows = [row | {"precision": 5.0} for row in seen_rows((2025, 2.99999999999), (2025, 3.0))]
    result = frames.assess(
        engine.frame(rows, PLAIN | {"precision": "float"}),
        engine.frame(wanted_rows("at_least", "above"), LEAST),
    )
    verdicts = {(row["value"], row["verdict"]) for row in engine.rows(result)}
    assert verdicts == {(2.99999999999, "missed"), (3.0, "met")}


@pytest.mark.parametrize(
    ("comparator", "value", "verdict"),
    [("at_least", 60.0, None), ("at_least", 100.0, "met"), ("at_most", 60.0, None), ("at_most", 101.0, "missed")],
)  # fmt: skip
def test_the_last_year_of_a_sum_without_a_first_year_is_only_a_part_of_it(
    engine: Any, comparator: str, value: float, verdict: str | None
) -> None:
    goal = wanted_rows(comparator, form="cumulative", value=100.0, start_year=None, unit="CNY_100M")
    goal[0] |= {"indicator": "rd_expenditure"}
    seen = seen_rows((2025, value), unit="CNY_100M")
    seen[0] |= {"indicator": "rd_expenditure", "form": "cumulative", "start_year": 2025}
    kinds = PLAIN | {"form": "text", "start_year": "int"}
    targets = engine.frame(goal, LEAST | {"start_year": "int"})
    for rows in ("each", "latest"):
        [row] = engine.rows(frames.assess(engine.frame(seen, kinds), targets, rows=rows))
        assert row["verdict"] == (verdict or "undetermined")
        assert row["reason"] == (None if verdict else "outcome_is_a_bound")
        assert (row["gap"] is None) is (verdict is None)


def test_missing_cells_have_a_reason(engine: Any) -> None:
    observed = seen_rows((None, 3.0), (2025, None), (2026, 3.0), (2025, float("nan")), (2024, 2.0))
    result = verdicts(engine, observed, wanted_rows("reach"))
    assert [row["reason"] for row in result] == [
        "undated", "missing_baseline", "no_outcome", "no_outcome", "future_year",
    ]  # fmt: skip
    assert [row["gap"] for row in result] == [None, -1.0, None, None, None]
    assert {row["verdict"] for row in result} == {"undetermined"}


def test_targets_of_the_years_before_a_day_await_their_figure(engine: Any) -> None:
    observed = seen_rows((2023, 2.0), (2024, 3.5), (2025, 3.5))
    for day, early in (("2026-06-30", ["awaiting"] * 2), ("2025-12-31", ["undetermined", "ahead"])):
        rows = verdicts(engine, observed, wanted_rows("reach"), as_of=day)
        assert [row["verdict"] for row in rows] == [*early, "met"]


def test_the_latest_figure_was_published_up_to_the_day(engine: Any) -> None:
    observed = seen_rows((2023, 2.0), (2024, 3.5), (2025, 2.5))
    dates = [None, date(2025, 3, 1), date(2026, 5, 1)]
    dated = [{**row, "released": day} for row, day in zip(observed, dates, strict=True)]
    for day, years in (
        ("2026-05-01", (2025, 2025)), ("2026-04-30", (2024, 2025)), ("2025-03-01", (2024, 2024)),
        ("2025-02-28", (2023, 2024)), ("2024-12-31", (2023, 2023)), ("2023-12-31", (None, None)),
    ):  # fmt: skip
        for rows, types, year in zip(
            (dated, observed), ({**PLAIN, "released": "date"}, PLAIN), years, strict=True
        ):
            wanted = engine.frame(wanted_rows("reach"), LEAST)
            result = frames.assess(engine.frame(rows, types), wanted, rows="latest", as_of=day)
            assert [row["year"] for row in engine.rows(result)] == [year]


def test_all_rows_include_observations_without_a_target(engine: Any) -> None:
    observed = [
        *seen_rows((2025, 3.5), (2024, 3.5)),
        {**seen_rows((2025, 1.0))[0], "region": "CN-JS"},
    ]
    assert len(verdicts(engine, observed, wanted_rows("reach"))) == 2
    result = verdicts(engine, observed, wanted_rows("reach"), rows="all")
    assert [row["verdict"] for row in result] == [None, "ahead", "met"]
    assert result[0]["region"] == "CN-JS"
    assert {result[0][name] for name in ("gap", "gap_unit", "reason", "target_value")} == {None}


def test_columns_are_in_order_and_other_columns_are_kept(engine: Any) -> None:
    types = {**PLAIN, "office": "text", "note": "int"}
    observed = [{**row, "office": "north", "note": 7} for row in seen_rows((2025, 3.5))]
    wanted = [
        {**row, "office": name} for name in ("north", "south") for row in wanted_rows("reach")
    ]
    result = frames.assess(
        engine.frame(observed, types),
        engine.frame(wanted, {**LEAST, "office": "text"}),
        on=["office"],
        keep=["form"],
    )
    (row,) = engine.rows(result)
    assert list(row) == [
        *types, "target_value", "target_unit", "comparator", "end_year", "form",
        "gap", "gap_unit", "verdict", "reason",
    ]  # fmt: skip
    assert (row["office"], row["note"], row["form"]) == ("north", 7, "level")


def test_an_observation_is_judged_once_for_each_target(engine: Any) -> None:
    wanted = [*wanted_rows("reach"), *wanted_rows("above", end_year=2026)]
    result = verdicts(engine, seen_rows((2025, 3.0)), wanted)
    assert [(row["end_year"], row["verdict"]) for row in result] == [
        (2026, "undetermined"),
        (2025, "met"),
    ]
    assert result[0]["reason"] == "missing_baseline"


def test_eager_frames_keep_the_order_of_their_rows(engine: Any) -> None:
    years = [2025, 2019, 2023, 2021, 2024, 2020, 2022] * 9
    observed = [
        {**row, "region": f"R{at % 5}"}
        for at, row in enumerate(seen_rows(*((year, 3.0) for year in years)))
    ]
    wanted = [{**row, "region": f"R{at}"} for at in range(5) for row in wanted_rows("reach")]
    result = engine.rows(frames.assess(engine.frame(observed, PLAIN), engine.frame(wanted, LEAST)))
    order = [(row["region"], row["year"]) for row in result]
    expected = [(row["region"], row["year"]) for row in observed]
    assert sorted(order) == sorted(expected)
    assert engine.lazy or order == expected
    latest = frames.assess(
        engine.frame(observed, PLAIN), engine.frame(wanted[::-1], LEAST), rows="latest"
    )
    regions = [row["region"] for row in engine.rows(latest)]
    assert engine.lazy or regions == ["R4", "R3", "R2", "R1", "R0"]


def test_figures_of_equal_weight_that_disagree_are_a_conflict(engine: Any) -> None:
    observed = seen_rows((2025, 3.5), (2025, 2.5), (2023, 9.0))
    (row,) = verdicts(engine, observed, wanted_rows("reach"), rows="latest")
    assert texts(row) == ("undetermined", "conflicting_outcomes", None, None)
    (row,) = verdicts(
        engine, seen_rows((2025, 3.5), (2025, 3.6)), wanted_rows("reach"), rows="latest"
    )
    assert (row["value"], row["verdict"]) == (3.6, "met")


@pytest.mark.parametrize("types", [PLAIN, {**PLAIN, "comparator": "text"}])
def test_early_figures_that_disagree_are_a_conflict_on_every_day(
    engine: Any, types: dict[str, str]
) -> None:
    observed = [{**row, "comparator": "reach"} for row in seen_rows((2024, 3.5), (2024, 2.5))]
    rows = [{name: row[name] for name in types} for row in observed]
    wanted = engine.frame(wanted_rows("reach"), LEAST)
    for day in (None, "2025-06-30", "2026-06-30"):
        result = frames.assess(engine.frame(rows, types), wanted, rows="latest", as_of=day)
        (row,) = engine.rows(result)
        assert texts(row) == ("undetermined", "conflicting_outcomes", None, None)


def test_better_tiers_have_priority(engine: Any) -> None:
    types = {**PLAIN, "self_reported": "bool", "vintage": "text", "tier": "text"}
    cells = [
        (True, "revised_2025", "A", 9.0),
        (None, "revised_2025", "A", 5.0),
        (False, "first", "A", 8.0),
        (False, "revised_2025", "C", 7.0),
        (False, "revised_2025", "B", 2.0),
        (False, None, "A", 6.0),
    ]
    rows = [
        {**seen_rows((2025, value))[0], "self_reported": own, "vintage": name, "tier": tier}
        for own, name, tier, value in cells
    ]
    wanted = engine.frame(wanted_rows("reach"), LEAST)
    (row,) = engine.rows(frames.assess(engine.frame(rows, types), wanted, rows="latest"))
    assert (row["value"], row["verdict"]) == (2.0, "missed")


def test_of_equal_texts_the_newest_decides(engine: Any) -> None:
    types = {**PLAIN, "released": "date"}
    days = [date(2026, 1, 31), date(2026, 2, 1), None, date(2025, 12, 31)]
    values = (3.5, 3.1, 3.9, 3.7)
    observed = [
        {**row, "released": day}
        for row, day in zip(seen_rows(*((2025, value) for value in values)), days, strict=True)
    ]
    wanted = engine.frame(wanted_rows("reach"), LEAST)
    result = frames.assess(engine.frame(observed, types), wanted, rows="latest")
    assert [row["value"] for row in engine.rows(result)] == [3.1]


def test_a_target_for_a_part_is_compared_with_nothing(engine: Any) -> None:
    wanted = [{**row, "breakdown": "cities"} for row in wanted_rows("reach")]
    wanted += wanted_rows("above")
    observed = engine.frame(seen_rows((None, 3.5), (2025, 3.5)), PLAIN)
    result = frames.assess(observed, engine.frame(wanted, {**LEAST, "breakdown": "text"}))
    answers = {(row["comparator"], row["year"]): row["reason"] for row in engine.rows(result)}
    assert answers == {
        ("reach", None): "part_of_region", ("reach", 2025): "part_of_region",
        ("above", None): "undated", ("above", 2025): None,
    }  # fmt: skip


def test_a_scope_is_compared_with_the_same_scope_only(engine: Any) -> None:
    types, wanted_types = {**PLAIN, "scope": "text"}, {**LEAST, "scope": "text"}
    seen = [{**row, "scope": of} for row in seen_rows((2025, 3.5)) for of in ("rural", None)]
    wanted = [{**row, "scope": of} for row in wanted_rows("reach") for of in ("rural", None)]

    def results(targets: list[dict[str, Any]], **options: Any) -> list[tuple[Any, ...]]:
        frame = engine.frame(targets, wanted_types)
        rows = engine.rows(frames.assess(engine.frame(seen, types), frame, **options))
        return sorted((row["scope"] or "", row["reason"] or row["verdict"]) for row in rows)

    other = "other_scope"
    assert results(wanted) == [("", "met"), ("", other), ("rural", "met"), ("rural", other)]
    assert results(wanted, rows="latest") == [("", "met"), ("rural", "met")]


def test_the_gap_of_a_range_has_the_digits_of_its_larger_end(engine: Any) -> None:
    types = {**LEAST, "value_high": "float"}
    wanted = wanted_rows("between", value=0.0, value_high=2e6)
    result = frames.assess(
        engine.frame(seen_rows((2025, 2000000.001)), PLAIN), engine.frame(wanted, types)
    )
    assert [row["gap"] for row in engine.rows(result)] == [0.001]


def test_units_are_converted_or_raise_an_error(engine: Any) -> None:
    wanted = wanted_rows("reach", indicator="gdp", value=700.0, unit="亿元")
    observed = [
        {**seen_rows((2025, value), unit=unit)[0], "indicator": "gdp"}
        for value, unit in ((0.07, "CNY_1T"), (700.0, "percent"))
    ]
    result = sorted(verdicts(engine, observed, wanted), key=lambda row: row["unit"])
    assert [texts(row) for row in result] == [
        ("met", None, 0.0, "亿元"),
        ("undetermined", "different_basis", None, None),
    ]
    strange = [{**observed[0], "unit": "CNY_1t"}]
    if engine.lazy:
        assert verdicts(engine, strange, wanted)[0]["reason"] == "different_basis"
    else:
        with pytest.raises(errors.FigureError, match="CNY_1T"):
            verdicts(engine, strange, wanted)


def test_targets_may_be_of_another_engine(engine: Any, polars_engine: Any) -> None:
    observed = engine.frame(seen_rows((2025, 3.5)), PLAIN)
    wanted = polars_engine.frame(wanted_rows("reach"), LEAST)
    assert [row["verdict"] for row in engine.rows(frames.assess(observed, wanted))] == ["met"]
    other = frames.assess(polars_engine.frame(seen_rows((2025, 3.5)), PLAIN), engine.frame(
        wanted_rows("reach"), LEAST))  # fmt: skip
    assert [row["verdict"] for row in polars_engine.rows(other)] == ["met"]


def test_no_targets_give_no_rows(engine: Any) -> None:
    assert verdicts(engine, seen_rows((2025, 3.5)), []) == []
    assert verdicts(engine, seen_rows((2025, 3.5)), [], rows="latest") == []
    (row,) = verdicts(engine, seen_rows((2025, 3.5)), [], rows="all")
    assert row["verdict"] is None


def test_a_lazy_frame_is_not_collected() -> None:
    import polars as pl

    looks = Counter[str]()

    def looked(frame: pl.DataFrame) -> pl.DataFrame:
        looks["seen"] += 1
        return frame

    observed = pl.LazyFrame(seen_rows((2025, 3.5)))
    watched = observed.map_batches(looked, schema=observed.collect_schema())
    result = frames.assess(watched, pl.DataFrame(wanted_rows("reach")))
    assert isinstance(result, pl.LazyFrame)
    assert looks["seen"] == 0
    assert result.collect()["verdict"].to_list() == ["met"]
    assert looks["seen"] == 1


def test_keys_of_other_types_are_joined() -> None:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    observed, wanted = seen_rows((2025, 3.5)), pl.DataFrame(wanted_rows("reach"))
    plain = pl.DataFrame(observed)
    kinds: list[Any] = [pl.Categorical, pl.Enum(["CN-GD", "CN-JS"])]
    for kind in kinds:
        typed = plain.with_columns(pl.col("region").cast(kind), pl.col("year").cast(pl.Int16))
        result = frames.assess(typed, wanted)
        assert (result["verdict"].to_list(), result["region"].dtype) == (["met"], kind)
    units = plain.with_columns(pl.col("unit").cast(pl.Enum(["percent"])))
    assert frames.assess(units, wanted)["verdict"].to_list() == ["met"]
    categories = pd.DataFrame(observed).astype({"region": "category", "unit": "category"})
    result = frames.assess(categories, wanted)
    assert (result["verdict"].tolist(), result["region"].dtype.name) == (["met"], "category")
    kinds = [pa.large_string(), pa.large_string(), pa.large_string(), pa.int32(), pa.float32()]
    names = ["region", "indicator", "unit", "year", "value"]
    large = pa.Table.from_pylist(observed).select(names)
    large = large.cast(pa.schema(list(zip(names, kinds, strict=True))))
    assert frames.assess(large, wanted)["verdict"].to_pylist() == ["met"]
    narwhal = frames.assess(nw.from_native(plain), wanted)
    assert isinstance(narwhal, nw.DataFrame)


@pytest.mark.parametrize("value", [Decimal("3.0"), 3, "3.0"])
def test_decimals_and_whole_numbers_are_numbers(value: Any) -> None:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    wanted = pl.DataFrame([{**row, "value": value} for row in wanted_rows("at_least")])
    number = Decimal(value) if isinstance(value, str) else value
    for make in (pl.DataFrame, pd.DataFrame, pa.Table.from_pylist):
        result = nw.from_native(frames.assess(make(seen_rows((2025, number))), wanted))
        assert result["verdict"].to_list() == ["met"]


def test_both_methods_of_pace_can_disagree(polars_engine: Any) -> None:
    types = {**LEAST, "baseline_value": "float", "baseline_year": "int"}
    wanted = wanted_rows("reach", value=2.0, baseline_value=1.0, baseline_year=2020)
    observed = polars_engine.frame(seen_rows((2023, 1.5)), PLAIN)
    result = {
        pace: frames.assess(observed, polars_engine.frame(wanted, types), pace=pace)["verdict"][0]
        for pace in ("linear", "compound")
    }
    assert result == {"linear": "off_track", "compound": "on_track"}


REFUSED: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"comparator": "at least"}, errors.MissingError, "comparator 'at least'.*at_least"),
    ({"form": "levl"}, errors.MissingError, "form 'levl' among the targets; did you mean level"),
    ({"direction": "upward"}, errors.MissingError, "direction 'upward'"),
    ({"indicator": "widgets", "direction": None}, errors.MissingError, "direction for .*'widgets'"),
    ({"unit": "percents"}, errors.FigureError, "did you mean percent"),
    ({"unit": None}, errors.FigureError, "a unit in column unit, row 0 of the targets"),
    ({"value": None}, errors.FigureError, "a number in column value, row 0"),
    ({"value": float("inf")}, errors.FigureError, "a number in column value, row 0"),
    ({"end_year": None}, errors.FigureError, "a year in column end_year, row 0"),
    ({"end_year": 2025.5}, errors.FigureError, "a year in column end_year, row 0"),
    ({"comparator": "between"}, errors.FigureError, "a value_high above 3"),
    ({"region": None}, errors.MissingError, "region in row 0 of the targets; fill it"),
]


@pytest.mark.parametrize(("cells", "kind", "message"), REFUSED, ids=range(len(REFUSED)))
def test_an_incomplete_target_raises_an_error(
    polars_engine: Any, cells: dict[str, Any], kind: type[Exception], message: str
) -> None:
    types = {**LEAST, "value_high": "float"}
    if isinstance(cells.get("end_year"), float):
        types["end_year"] = "float"
    wanted = [{**row, "direction": "up", **cells} for row in wanted_rows("reach")]
    observed = polars_engine.frame(seen_rows((2025, 3.5)), PLAIN)
    with pytest.raises(kind, match=message):
        frames.assess(observed, polars_engine.frame(wanted, types))


def test_wrong_arguments_raise_an_error(polars_engine: Any) -> None:
    import polars as pl

    observed, wanted = pl.DataFrame(seen_rows((2025, 3.5))), pl.DataFrame(wanted_rows("reach"))
    for options, message in (
        ({"rows": "last"}, "rows 'last'"),
        ({"pace": "all_or_nothing"}, "pace method 'all_or_nothing' for frames"),
        ({"on": ["office"]}, "column 'office' among the targets"),
        ({"keep": ["plan"]}, "column 'plan' among the targets"),
    ):
        with pytest.raises(errors.MissingError, match=message):
            frames.assess(observed, wanted, **options)
    with pytest.raises(errors.MissingError, match="column 'year' among the observations"):
        frames.assess(observed.drop("year"), wanted)
    with pytest.raises(
        ip.ArgumentTypeError, match=r"observations: expected a frame of pandas, .*, found dict"
    ):
        frames.assess({}, wanted)
    with pytest.raises(errors.ConflictError, match="column 'verdict'"):
        frames.assess(observed.with_columns(verdict=pl.lit("met")), wanted)
    with pytest.raises(errors.ConflictError, match="column 'value'"):
        frames.assess(observed, wanted, keep=["value"])
    with pytest.raises(errors.FigureError, match=r"column 'released' of type String.*dates"):
        frames.assess(observed.with_columns(released=pl.lit("2026")), wanted, rows="latest")
    with pytest.raises(errors.FigureError, match="column 'value' of type String"):
        frames.assess(observed.with_columns(pl.col("value").cast(pl.String)), wanted)


def test_own_units_and_indicators_are_those_of_a_dataset(polars_engine: Any, world: Any) -> None:
    plans = ip.load(world(), tiers="ABCD")
    result = frames.assess(
        frames.to_frame(plans.observations, "polars"),
        frames.to_frame(plans.targets, "polars"),
        plans=plans,
    )
    assert "undetermined" in result["verdict"].to_list()
    with pytest.raises(errors.MissingError, match="widget_share"):
        frames.assess(
            frames.to_frame(plans.observations, "polars"), frames.to_frame(plans.targets, "polars")
        )


def test_large_tables_of_pyarrow_are_judged_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow as pa

    observed = pa.Table.from_pylist(seen_rows(*((2000 + at % 26, at / 10) for at in range(60))))
    wanted = pa.Table.from_pylist([*wanted_rows("reach"), *wanted_rows("below", end_year=2024)])
    whole = frames.assess(observed, wanted)
    monkeypatch.setattr(sys.modules["innovation_plans.frames.assess"], "_BATCH", 7)
    assert len(whole) == 120
    assert frames.assess(observed, wanted).equals(whole)
    assert frames.assess(observed[:0], wanted).equals(whole[:0])


@pytest.mark.parametrize("is_lazy", [False, True])
def test_only_names_that_the_rows_have_are_joined(
    monkeypatch: pytest.MonkeyPatch, is_lazy: bool
) -> None:
    import polars as pl

    module, joined = sys.modules["innovation_plans.frames.assess"], []

    def recorded(columns: Any, *others: Any) -> Any:
        joined.extend(columns.get("region", ()))
        return beside(columns, *others)

    beside = module.beside  # type: ignore[attr-defined]
    monkeypatch.setattr(module, "beside", recorded)
    cells = [{**row, "region": "广东"} for row in seen_rows((2025, 3.5))]
    wanted = pl.DataFrame([*wanted_rows("reach"), *wanted_rows("reach", region="CN-HB")])
    observed = pl.DataFrame(cells)
    result = frames.assess(observed.lazy() if is_lazy else observed, wanted).lazy().collect()
    assert result.select("region", "verdict").rows() == [("广东", "met")]
    assert (set(joined) == {"广东"}) is not is_lazy
    assert is_lazy == ({"CN-GD", "CN-HB", "Hubei"} <= set(joined))


def test_swapped_frames_and_tables_are_errors(polars_engine: Any, plans: ip.Dataset) -> None:
    observed = plans.observations.where(indicator="rd_intensity", year=2024)[:2]
    targets = plans.targets.where(indicator="rd_intensity")[:2]
    frame, wanted = frames.to_frame(observed, "polars"), frames.to_frame(targets, "polars")
    with pytest.raises(ip.ArgumentError, match=r"write assess\(observations, targets\)"):
        frames.assess(wanted, frame)
    for wrong in (observed, None, [observed[0]]):
        with pytest.raises(ip.ArgumentTypeError, match=r"observations: expected a frame of pandas"):
            frames.assess(wrong, wanted)
    with pytest.raises(ip.ArgumentTypeError, match=r"targets: expected .*to_pandas\(\)"):
        frames.assess(frame, plans)
