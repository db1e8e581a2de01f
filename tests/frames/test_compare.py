"""``frames.compare`` in every engine."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import errors, frames

TYPES = {
    "region": "text", "indicator": "text", "form": "text", "year": "int", "value": "float",
    "unit": "text", "baseline_value": "float", "baseline_unit": "text",
}  # fmt: skip
ROWS = [
    ("CN", "rd_expenditure", "level", 2025, 4.0, "CNY_1T", 3.0, None),
    ("A", "rd_expenditure", "level", 2025, 700.0, "CNY_100M", 100.0, None),
    ("B", "rd_expenditure", "level", 2025, 0.07, "CNY_1T", 500.0, "CNY_100M"),
    ("C", "rd_expenditure", "level", 2025, 9.0, "CNY_100M", None, None),
    ("D", "rd_expenditure", "level", 2024, 1.0, "CNY_100M", 4.0, "percent"),
    ("E", "rd_expenditure", "level", 2025, 5.0, "patent", 1.0, None),
    ("F", "rd_expenditure", "level", 2025, 5.0, "barrel", 1.0, None),
    ("G", "rd_expenditure", "level", 2025, None, "CNY_100M", 1.0, None),
    ("CN", "rd_intensity", "level", 2025, 2.5, "percent", 2.4, None),
    ("A", "rd_intensity", "level", 2025, 3.5, "percent", 3.14, None),
    ("A", "rd_intensity_rank", "rank", 2025, 3.0, "rank", 5.0, None),
    ("B", "rd_intensity_rank", "rank", 2025, 1.0, "rank", 1.0, None),
]


EVERY_KIND = ["nation", "province"]


def texts(
    engine: Any, measure: Any, kinds: Any = EVERY_KIND, **options: Any
) -> dict[tuple[str, str], tuple[Any, ...]]:
    frame = engine.frame([dict(zip(TYPES, row, strict=True)) for row in ROWS], TYPES)
    rows = engine.rows(frames.compare(frame, measure, kinds=kinds, **options))
    assert len(rows) == len(ROWS)
    assert list(rows[0]) == [*TYPES, "compared", "compared_unit", "rank", "ranked", "reason"]
    return {
        (row["region"], row["indicator"]): (
            row["compared"], row["compared_unit"], row["rank"], row["reason"],
        )
        for row in rows
    }  # fmt: skip


def test_values_have_ranks_among_comparable_ones(engine: Any) -> None:
    result = texts(engine, "value")
    money = "rd_expenditure"
    assert result["CN", money] == (4.0, "CNY_1T", 1, None)
    # 700 亿元 are 0.07 万亿元: both are second, and the next is fourth.
    assert result["A", money] == (700.0, "CNY_100M", 2, None)
    assert result["B", money] == (0.07, "CNY_1T", 2, None)
    assert result["C", money] == (9.0, "CNY_100M", 4, None)
    assert result["D", money] == (1.0, "CNY_100M", 1, None)  # alone in its year
    assert result["E", money] == (5.0, "patent", 1, None)  # alone of its measure
    assert result["F", money] == (None, None, None, "different_basis")
    assert result["G", money] == (None, None, None, "no_outcome")
    assert result["B", "rd_intensity_rank"] == (1.0, "rank", 1, None)  # lower is better
    assert result["A", "rd_intensity_rank"] == (3.0, "rank", 2, None)


def test_distances_are_from_the_own_baseline(engine: Any) -> None:
    result = texts(engine, "distance")
    money = "rd_expenditure"
    assert result["CN", money] == (1.0, "CNY_1T", 1, None)
    assert result["A", money] == (600.0, "CNY_100M", 2, None)
    assert result["B", money] == (pytest.approx(0.02), "CNY_1T", 3, None)
    assert result["C", money] == (None, None, None, "missing_baseline")
    assert result["D", money] == (None, None, None, "different_basis")
    assert result["A", "rd_intensity"][:3] == (pytest.approx(0.36), "percentage_point", 1)
    assert result["A", "rd_intensity_rank"] == (-2.0, "rank", 1, None)


def test_ratios_are_to_one_region(engine: Any) -> None:
    result = texts(engine, "ratio")
    assert result["A", "rd_expenditure"] == (pytest.approx(1.75), "percent", 2, None)
    assert result["B", "rd_expenditure"][2] == 2
    assert result["A", "rd_intensity"] == (140.0, "percent", 1, None)
    assert result["D", "rd_expenditure"] == (None, None, None, "no_figure_of_nation")
    to_a = texts(engine, "ratio", against="A")
    assert to_a["CN", "rd_intensity"][2] == 2
    assert to_a["D", "rd_expenditure"] == (None, None, None, "no_figure_of_region")


def test_ranks_are_compared_figures(engine: Any) -> None:
    assert texts(engine, "rank")["C", "rd_expenditure"] == (4.0, "rank", 4, None)
    years = texts(engine, "rank", by=["indicator"])
    assert years["D", "rd_expenditure"] == (5.0, "rank", 5, None)


def test_a_nation_is_ranked_only_if_asked_for(engine: Any) -> None:
    money = "rd_expenditure"
    result = texts(engine, "value", None)
    assert result["CN", money] == (4.0, "CNY_1T", None, "other_kind")
    assert [result[region, money][2] for region in "ABC"] == [1, 1, 3]
    assert result["F", money][3] == "different_basis"
    nation = texts(engine, "value", "nation")
    assert nation["CN", money][2] == 1
    assert nation["A", money] == (700.0, "CNY_100M", None, "other_kind")
    assert texts(engine, "rank", None)["CN", money] == (None, None, None, "other_kind")


def test_without_provinces_cities_are_ranked_before_nations(engine: Any) -> None:
    types = {name: TYPES[name] for name in ("region", "indicator", "form", "value", "unit")}
    cells = [("CN", "gdp", 9.0), ("440300", "gdp", 3.0), ("320100", "gdp", 2.0),
             ("CN", "rd_intensity", 2.7)]  # fmt: skip
    rows = [
        {"region": region, "indicator": indicator, "form": None, "value": value,
         "unit": "CNY" if indicator == "gdp" else "percent"}
        for region, indicator, value in cells
    ]  # fmt: skip
    result = engine.rows(frames.compare(engine.frame(rows, types)))
    places = {(row["region"], row["indicator"]): row["rank"] for row in result}
    assert places == {
        ("CN", "gdp"): None, ("440300", "gdp"): 1, ("320100", "gdp"): 2, ("CN", "rd_intensity"): 1,
    }  # fmt: skip


def test_each_rank_says_how_many_figures_it_is_among(engine: Any) -> None:
    types = {"region": "text", "indicator": "text", "form": "text", "start_year": "int",
             "value": "float", "unit": "text"}  # fmt: skip
    cells = [("A", "level", 2021, 6.0), ("B", "level", 2022, 2.5), ("C", "level", None, 3.0),
             ("D", "annual_growth", 2025, 7.0), ("E", "level", 2021, None),
             ("A", "increment", 2021, 1.0), ("B", "increment", 2022, 2.0)]  # fmt: skip
    rows = [
        {"region": region, "indicator": "rd_intensity", "form": form, "start_year": start,
         "value": value, "unit": "percent"}
        for region, form, start, value in cells
    ]  # fmt: skip
    frame = engine.frame(rows, types)
    result = engine.rows(frames.compare(frame))
    ranks = {(row["region"], row["form"]): (row["rank"], row["ranked"]) for row in result}
    assert ranks == {
        ("A", "level"): (1, 3), ("C", "level"): (2, 3), ("B", "level"): (3, 3),
        ("D", "annual_growth"): (1, 1), ("E", "level"): (None, None),
        ("A", "increment"): (1, 1), ("B", "increment"): (1, 1),  # over other years
    }  # fmt: skip
    by_start = engine.rows(frames.compare(frame, by=["form", "start_year"]))
    assert {row["ranked"] for row in by_start if row["region"] == "B"} == {1}


def test_empty_columns_do_not_separate_figures(engine: Any) -> None:
    types = TYPES | {"breakdown": "text", "end_year": "int"}
    rows = [dict(zip(TYPES, ROWS[at], strict=True)) for at in (8, 9)]
    result = engine.rows(frames.compare(engine.frame(rows, types), "ratio"))
    assert {row["region"]: (row["compared"], row["rank"]) for row in result} == {
        "CN": (100.0, None), "A": (140.0, 1),
    }  # fmt: skip


def test_the_order_is_that_of_the_scalar_path(polars_engine: Any, plans: ip.Dataset) -> None:
    observed = plans.observations.where(indicator="rd_intensity", year=2024, vintage="first")
    observed = observed.filter(lambda each: each.comparator == "reach")
    frame = frames.to_frame(observed, "polars")
    rows = polars_engine.rows(frames.compare(frame, "value"))
    places = {row["region"]: row["rank"] for row in rows}
    assert len(places) > 25
    for row in ip.compare(observed):
        place = places[row.region]
        if row.rank is None or place is None:
            assert (row.rank, place, row.reason) == (None, None, "other_kind")
        else:
            assert row.rank <= place <= (row.rank_last or row.rank)


def test_growth_has_no_distance_and_an_increment_is_one(polars_engine: Any) -> None:
    rows = [
        dict(zip(TYPES, ("A", "gdp", form, 2025, 5.0, unit, None, None), strict=True))
        for form, unit in (("average_growth", "percent_per_year"), ("increment", "CNY_100M"))
    ]
    result = frames.compare(polars_engine.frame(rows, TYPES), "distance")
    texts = [(row["compared"], row["reason"]) for row in polars_engine.rows(result)]
    assert texts == [(None, "different_basis"), (5.0, None)]


def test_ambiguous_and_impossible_bases_give_reasons(polars_engine: Any) -> None:
    def share(*bases: float) -> tuple[Any, ...]:
        cells = [("CN", base) for base in bases] + [("A", 1.0)]
        rows = [
            {"region": region, "indicator": "gdp", "value": value, "unit": "CNY"}
            for region, value in cells
        ]
        types = {name: TYPES[name] for name in ("region", "indicator", "value", "unit")}
        result = frames.compare(polars_engine.frame(rows, types), "ratio")
        row = polars_engine.rows(result)[-1]
        return row["compared"], row["reason"]

    assert share(4.0) == (25.0, None)
    assert share(4.0, 4.0) == (25.0, None)
    assert share(4.0, 5.0) == (None, "conflicting_outcomes")
    assert share(0.0) == (None, "zero_base")
    assert share(-1.0) == (None, "sign_change")


def test_wrong_arguments_raise_an_error(polars_engine: Any) -> None:
    frame = polars_engine.frame([dict(zip(TYPES, ROWS[0], strict=True))], TYPES)
    with pytest.raises(errors.MissingError, match="measure 'share'"):
        frames.compare(frame, "share")  # type: ignore[arg-type]
    with pytest.raises(errors.MissingError, match="region kind 'provinces'"):
        frames.compare(frame, kinds="provinces")
    with pytest.raises(errors.MissingError, match="column 'period' among the figures"):
        frames.compare(frame, by=["period"])
    with pytest.raises(errors.MissingError, match="column 'baseline_value'"):
        frames.compare(frame.drop("baseline_value"), "distance")
    with pytest.raises(errors.ConflictError, match="column 'rank'"):
        frames.compare(frame.rename({"year": "rank"}))


def test_only_a_ratio_is_of_one_region(polars_engine: Any) -> None:
    frame = polars_engine.frame([], {})
    with pytest.raises(ip.ArgumentError, match="compares with one region"):
        frames.compare(frame, against="CN")


_DECIMALS = st.decimals(min_value=0, max_value=50, places=3).map(lambda n: round(n, 3))
_SHORT = st.tuples(_DECIMALS, st.integers(0, 3)).map(lambda pair: round(pair[0], pair[1]))
_COUNT = 6


@pytest.fixture(scope="module")
def provinces(plans: ip.Dataset) -> list[ip.Target]:
    """One target of each of some provinces."""
    targets = plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    first = {each.region.code: each for each in targets if each.region.kind == "province"}
    return [*first.values()][:_COUNT]


@pytest.mark.parametrize("engine", ["polars", "pandas"], indirect=True)
@pytest.mark.parametrize("measure", ["value", "distance"])
@settings(
    max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck]
)
@given(figures=st.lists(st.tuples(_SHORT, _SHORT), min_size=_COUNT, max_size=_COUNT),
       step=_SHORT)  # fmt: skip
def test_ranks_and_numbers_are_those_of_exact_decimals(
    engine: Any, provinces: list[ip.Target], measure: Any, figures: list[Any], step: Decimal
) -> None:
    # The last two are the same step above other baselines, which floats do not show.
    figures[-2:] = [(base + step, base) for _, base in figures[-2:]]
    targets = [
        target.model_copy(
            update={"comparator": ip.Comparator.REACH, "value": value, "value_high": None,
                    "baseline_value": base, "baseline_year": 2020, "baseline_unit": None}
        )
        for target, (value, base) in zip(provinces, figures, strict=True)
    ]  # fmt: skip
    table = ip.TargetTable(targets)
    compared = ip.compare(table, measure=measure)  # its ranks are ranges, because of rounding
    values = {row.region: Decimal(row.value or 0) for row in compared}
    ranks = {
        code: 1 + sum(larger > value for larger in values.values())
        for code, value in values.items()
    }
    assert all(row.rank and row.rank_last for row in compared)
    assert all(row.rank <= ranks[row.region] <= row.rank_last for row in compared)  # type: ignore[operator]
    result = engine.rows(frames.compare(frames.to_frame(table, engine.name), measure))
    assert {row["region"]: (row["rank"], row["compared"]) for row in result} == {
        code: (ranks[code], float(value)) for code, value in values.items()
    }


def test_equal_steps_have_the_same_rank(engine: Any) -> None:
    rows = [
        {"region": code, "indicator": "rd_intensity", "value": value, "unit": "percent",
         "baseline_value": base}
        for code, value, base in (("CN-SH", 2.6, 2.3), ("CN-GD", 1.1, 0.8), ("CN-BJ", 10.1, 9.8))
    ]  # fmt: skip
    types = {name: TYPES[name] for name in rows[0]}
    result = engine.rows(frames.compare(engine.frame(rows, types), "distance"))
    assert [(row["compared"], row["rank"]) for row in result] == [(0.3, 1)] * 3
    rows[0]["value"], rows[0]["region"] = 12.0, "CN"
    ratio = engine.rows(frames.compare(engine.frame(rows, types), "ratio"))
    assert {row["region"]: row["compared"] for row in ratio} == {
        "CN": 100.0, "CN-GD": 9.1666666666667, "CN-BJ": 84.166666666667,
    }  # fmt: skip


def test_a_result_too_large_for_a_float_is_no_outcome(engine: Any) -> None:
    rows = [{"region": "CN-GD", "indicator": "rd_intensity", "value": 1e308, "unit": "percent",
             "baseline_value": -1e308}]  # fmt: skip
    types = {name: TYPES[name] for name in rows[0]}
    result = engine.rows(frames.compare(engine.frame(rows, types), "distance"))
    assert [(row["compared"], row["reason"]) for row in result] == [(None, "no_outcome")]
