"""``frames.assess`` has the verdicts and gaps of ``assess``, in every engine."""

from __future__ import annotations

import sys
from collections import Counter
from decimal import Decimal
from typing import Any

import narwhals.stable.v2 as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import errors, frames
from innovation_plans.analysis.matching import candidates

OBSERVED = {
    "region": "text", "indicator": "text", "form": "text", "comparator": "text", "value": "float",
    "value_high": "float", "unit": "text", "start_year": "int", "year": "int", "vintage": "text",
    "scope": "text", "self_reported": "bool", "at": "int",
}  # fmt: skip
WANTED = {
    "region": "text", "indicator": "text", "form": "text", "comparator": "text", "value": "float",
    "value_high": "float", "unit": "text", "start_year": "int", "end_year": "int",
    "baseline_value": "float", "baseline_year": "int", "baseline_unit": "text",
    "breakdown": "text", "scope": "text", "number": "int",
}  # fmt: skip
PLAIN = {"region": "text", "indicator": "text", "year": "int", "value": "float", "unit": "text"}
LEAST = {
    "region": "text", "indicator": "text", "form": "text", "comparator": "text", "value": "float",
    "unit": "text", "end_year": "int", "direction": "text",
}  # fmt: skip


def row_of(record: Any, types: dict[str, str], **further: Any) -> dict[str, Any]:
    """The cells of a record that a frame of these types has."""
    cells = {}
    for name, kind in types.items():
        cell = further.get(name, getattr(record, name, None))
        if cell is not None:
            cell = {"text": lambda c: getattr(c, "code", str(c)), "float": float}.get(kind, int)(
                cell
            )
        cells[name] = bool(cell) if kind == "bool" and cell is not None else cell
    return cells


def text(assessment: ip.Assessment, threshold: Decimal) -> tuple[Any, ...]:
    """Verdict, reason, gap and its unit, as a frame holds them.

    Where a score is the threshold but for its last of 64 digits, rounding decides nothing.
    """
    verdict = assessment.verdict
    if assessment.pace is not None:
        on = assessment.pace.score >= threshold
        verdict = ip.Verdict.ON_TRACK if on else ip.Verdict.OFF_TRACK
    gap = None if assessment.gap is None else float(assessment.gap)
    reason = None if assessment.reason is None else str(assessment.reason)
    return str(verdict), reason, gap, assessment.gap_unit


def judged(
    targets: Any, observations: Any, *, threshold: str = "0.95", **options: Any
) -> dict[tuple[int, int], tuple[Any, ...]]:
    """What the scalar path says of every pair of one region and indicator."""
    groups: dict[tuple[str, str], list[tuple[int, Any]]] = {}
    for at, observed in enumerate(observations):
        groups.setdefault((observed.region.code, observed.indicator.code), []).append(
            (at, observed)
        )
    result = {}
    for number, target in enumerate(targets):
        for at, observed in groups.get((target.region.code, target.indicator.code), ()):
            if not target.is_whole:  # observations are of the whole, as in a dataset
                reason = "undated" if observed.year is None else "different_basis"
                result[number, at] = ("undetermined", reason, None, None)
                continue
            verdict = ip.assess(target, observed, threshold=threshold, **options)
            result[number, at] = text(verdict, Decimal(threshold))
    return result


def texts(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["verdict"], row["reason"], row["gap"], row["gap_unit"]


def near(one: dict[Any, Any], other: dict[Any, Any]) -> None:
    """Both say the same; gaps to the last digit that the scalar path gives."""
    assert one.keys() == other.keys()
    for key, (verdict, reason, gap, unit) in one.items():
        their_verdict, their_reason, their_gap, their_unit = other[key]
        assert (verdict, reason, unit) == (their_verdict, their_reason, their_unit), key
        assert gap == (None if their_gap is None else pytest.approx(their_gap, rel=1e-9, abs=1e-9))


@pytest.fixture(scope="session")
def bundled(plans: ip.Dataset) -> dict[str, Any]:
    """The bundled data as rows, and what the scalar path says of all pairs."""
    return {
        "seen": [row_of(each, OBSERVED, at=at) for at, each in enumerate(plans.observations)],
        "wanted": [row_of(each, WANTED, number=at) for at, each in enumerate(plans.targets)],
        "linear": judged(plans.targets, plans.observations),
        "compound": judged(plans.targets, plans.observations, pace="compound"),
    }


@pytest.mark.parametrize("pace", ["linear", "compound"])
def test_every_bundled_pair_is_judged_as_by_the_scalar_path(
    engine: Any, bundled: dict[str, Any], pace: str
) -> None:
    observed = engine.frame(bundled["seen"], OBSERVED)
    wanted = engine.frame(bundled["wanted"], WANTED)
    rows = engine.rows(frames.assess(observed, wanted, keep=["number"], pace=pace))
    result = {(row["number"], row["at"]): texts(row) for row in rows}
    assert len(result) == len(rows) > 5000
    assert result == bundled[pace]  # gaps are equal to the last digit
    assert len({verdict for verdict, *_ in result.values()}) == 6


def test_the_deciding_bundled_observation_is_that_of_the_scalar_path(
    engine: Any, bundled: dict[str, Any], plans: ip.Dataset
) -> None:
    observed = engine.frame(bundled["seen"], OBSERVED)
    wanted = engine.frame(bundled["wanted"], WANTED)
    rows = engine.rows(frames.assess(observed, wanted, rows="latest", keep=["number"]))
    assert sorted(row["number"] for row in rows) == list(range(len(plans.targets)))
    chosen = Counter[str]()
    for row in rows:
        target = plans.targets[int(row["number"])]
        part = not target.is_whole
        best = None if part else candidates(target, plans.observations, None)
        if best is None:
            expected = "different_basis" if part else "no_outcome"
            assert texts(row) == ("undetermined", expected, None, None)
            assert (row["region"], row["year"]) == (target.region.code, None)
            continue
        result = plans.observations[int(row["at"])]
        assert any(result is each for each in (best.chosen, *best.others))
        chosen["same" if result is best.chosen else "of equal weight"] += 1
        assert texts(row) == bundled["linear"][row["number"], row["at"]]
    # Of two equally weighty texts the scalar path prefers the one that came out later, and an
    # engine the one that it meets first.
    assert chosen.total() == 129
    assert chosen["of equal weight"] <= 2


# Directions up, down and neither; amounts, shares and counts.
INDICATORS = ("rd_intensity", "rd_expenditure", "regional_innovation_rank", "fiscal_expenditure")
NUMBERS = st.integers(-60, 400).map(lambda number: Decimal(number) / 20)
UNITS = {
    "CNY_100M": ["CNY_100M", "CNY_10K", "CNY_1T"],
    "percent": ["percent"],
}


@st.composite
def figures(draw: st.DrawFn, plans: ip.Dataset) -> dict[str, Any]:
    indicator = plans.indicator(draw(st.sampled_from(INDICATORS)))
    form = draw(st.sampled_from([ip.Form.LEVEL, ip.Form.LEVEL, *ip.Form]))
    comparator = draw(st.sampled_from([*ip.Comparator]))
    unit = indicator.unit_in(form)
    value = draw(NUMBERS)
    between = comparator is ip.Comparator.BETWEEN
    return {
        "indicator": indicator,
        "form": form,
        "comparator": comparator,
        "unit": draw(st.sampled_from(UNITS.get(unit, [unit]))),
        "value": value,
        "value_high": value + draw(st.integers(1, 40)) / Decimal(20) if between else None,
        "citation": ip.Citation(source=plans.sources[0]),
    }


@st.composite
def wanted_of(draw: st.DrawFn, plans: ip.Dataset) -> ip.Target:
    cells = draw(figures(plans))
    end = draw(st.integers(2021, 2026))
    based = draw(st.booleans())
    units = UNITS.get(cells["unit"], [cells["unit"]])
    return ip.Target(
        **cells,
        plan=next(each for each in plans.plans if each.code == "CN-GD-14-sti"),
        start_year=draw(st.none() | st.integers(2018, end)),
        end_year=end,
        baseline_value=draw(NUMBERS) if based else None,
        baseline_year=draw(st.integers(2016, end - 1)) if based else None,
        baseline_unit=draw(st.none() | st.sampled_from(units)),
    )


@st.composite
def seen_of(draw: st.DrawFn, plans: ip.Dataset) -> ip.Observation:
    cells = draw(figures(plans))
    return ip.Observation(
        **cells, region=plans.region("CN-GD"), year=draw(st.none() | st.integers(2015, 2027))
    )


@pytest.mark.heavy
def test_generated_panels_are_judged_as_by_the_scalar_path(engine: Any, plans: ip.Dataset) -> None:
    @settings(max_examples=engine.examples)
    @given(
        targets=st.lists(wanted_of(plans), min_size=4, max_size=16),
        observed=st.lists(seen_of(plans), min_size=4, max_size=30),
        tolerance=st.sampled_from(["0", "0.02", "0.25"]),
        threshold=st.sampled_from(["0.5", "0.95", "1"]),
        pace=st.sampled_from(["linear", "compound"]),
    )
    def same(
        targets: list[Any], observed: list[Any], tolerance: str, threshold: str, pace: str
    ) -> None:
        options = {"tolerance": tolerance, "threshold": threshold, "pace": pace}
        rows = engine.rows(
            frames.assess(
                engine.frame(
                    [row_of(o, OBSERVED, at=at) for at, o in enumerate(observed)], OBSERVED
                ),
                engine.frame(
                    [row_of(t, WANTED, number=at) for at, t in enumerate(targets)], WANTED
                ),
                keep=["number"],
                **options,
            )
        )
        result = {(row["number"], row["at"]): texts(row) for row in rows}
        assert len(result) == len(rows)
        near(result, judged(targets, observed, **options))

    same()


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


def test_missing_cells_have_a_reason(engine: Any) -> None:
    observed = seen_rows((None, 3.0), (2025, None), (2026, 3.0), (2025, float("nan")), (2024, 2.0))
    result = verdicts(engine, observed, wanted_rows("reach"))
    assert [row["reason"] for row in result] == [
        "undated", "missing_baseline", "no_outcome", "no_outcome", "future_year",
    ]  # fmt: skip
    assert [row["gap"] for row in result] == [None, -1.0, None, None, None]
    assert {row["verdict"] for row in result} == {"undetermined"}


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


def test_a_scope_is_compared_with_the_same_scope_only_if_on_names_it(engine: Any) -> None:
    types, wanted_types = {**PLAIN, "scope": "text"}, {**LEAST, "scope": "text"}
    seen = [{**row, "scope": of} for row in seen_rows((2025, 3.5)) for of in ("rural", None)]
    wanted = [{**row, "scope": of} for row in wanted_rows("reach") for of in ("rural", None)]

    def results(targets: list[dict[str, Any]], **options: Any) -> list[str]:
        frame = engine.frame(targets, wanted_types)
        rows = engine.rows(frames.assess(engine.frame(seen, types), frame, **options))
        return sorted(row["reason"] or row["verdict"] for row in rows)

    assert results(wanted) == ["different_basis"] * 3 + ["met"]
    assert results(wanted, rows="latest") == ["different_basis", "met"]
    assert results(wanted[:1], on=["scope"]) == ["met"]


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


def test_better_tiers_have_priority(engine: Any) -> None:
    types = {**PLAIN, "self_reported": "bool", "vintage": "text", "tier": "text"}
    cells = [
        (True, "revised_2025", "A", 9.0),
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
    ({"unit": None}, errors.FigureError, "a unit for each target"),
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
    with pytest.raises(errors.MissingError, match="no engine for observations of the type 'dict'"):
        frames.assess({}, wanted)
    with pytest.raises(errors.ConflictError, match="column 'verdict'"):
        frames.assess(observed.with_columns(verdict=pl.lit("met")), wanted)
    with pytest.raises(errors.ConflictError, match="column 'value'"):
        frames.assess(observed, wanted, keep=["value"])
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
