"""``frames.convert`` in every engine."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import errors, frames

TYPES = {"region": "text", "value": "float", "unit": "text", "wanted": "text"}


def frame_of(engine: Any, *rows: tuple[Any, ...]) -> Any:
    return engine.frame([dict(zip(TYPES, row, strict=True)) for row in rows], TYPES)


def test_values_and_units_are_replaced(engine: Any) -> None:
    frame = frame_of(
        engine,
        ("a", 500.0, "CNY_100M", "CNY"),
        ("b", 0.29, "万亿元", "CNY_100M"),
        ("c", None, "percent", "CNY"),
        ("d", 1651.73, "亿元", "CNY_1T"),
    )
    rows = {row["region"]: row for row in engine.rows(frames.convert(frame, "CNY_100M"))}
    assert list(rows["a"]) == list(TYPES)
    assert [rows[at]["value"] for at in "abcd"] == [500.0, 2900.0, None, 1651.73]
    assert [rows[at]["unit"] for at in "abd"] == ["CNY_100M"] * 3


def test_each_value_may_have_a_unit_of_its_own(engine: Any) -> None:
    frame = frame_of(engine, ("a", 500.0, "CNY_100M", "CNY_1T"), ("b", 3.0, "item", "个"))
    rows = {row["region"]: row for row in engine.rows(frames.convert(frame, unit_from="wanted"))}
    assert (rows["a"]["value"], rows["a"]["unit"]) == (0.05, "CNY_1T")
    assert (rows["b"]["value"], rows["b"]["unit"], rows["b"]["wanted"]) == (3.0, "item", "个")


def test_another_dimension_raises_an_error_before_anything_is_computed(engine: Any) -> None:
    frame = frame_of(engine, ("a", 500.0, "CNY_100M", ""), ("b", 2.0, "USD", ""))
    with pytest.raises(errors.IncomparableError, match=r"1 USD with CNY: .*USD/CNY"):
        frames.convert(frame, "CNY")


@pytest.mark.parametrize("unit", ["CNY_100m", None])
def test_an_unknown_unit_raises_an_error(engine: Any, unit: str | None) -> None:
    frame = frame_of(engine, ("a", 500.0, unit, ""), ("b", 2.0, "CNY", ""))
    with pytest.raises(errors.FigureError, match="unit"):
        frames.convert(frame, "CNY")


def test_arguments_are_checked(polars_engine: Any) -> None:
    frame = frame_of(polars_engine, ("a", 500.0, "CNY_100M", "CNY"))
    with pytest.raises(errors.MissingError, match="one of them"):
        frames.convert(frame)
    with pytest.raises(errors.MissingError, match="one of them"):
        frames.convert(frame, "CNY", unit_from="wanted")
    with pytest.raises(errors.MissingError, match="column 'amount' among the columns"):
        frames.convert(frame, "CNY", value="amount")
    with pytest.raises(errors.FigureError, match="column 'region' of type String"):
        frames.convert(frame, "CNY", value="region")
    with pytest.raises(
        ip.ArgumentTypeError, match=r"values: expected a frame of pandas, .*, found list"
    ):
        frames.convert([1.0], "CNY")


def test_floats_are_the_nearest_to_the_exact_numbers(polars_engine: Any) -> None:
    units = ["CNY", "CNY_10K", "CNY_100M", "CNY_1B", "CNY_1T"]

    @settings(max_examples=60)
    @given(
        st.lists(
            st.tuples(st.decimals(-(10**6), 10**6, places=3), *[st.sampled_from(units)] * 2),
            min_size=1,
            max_size=30,
        )
    )
    def nearest(result: list[tuple[Decimal, str, str]]) -> None:
        rows = [(f"{at}", float(value), *units) for at, (value, *units) in enumerate(result)]
        frame = frames.convert(frame_of(polars_engine, *rows), unit_from="wanted")
        for row, (value, source, target) in zip(polars_engine.rows(frame), result, strict=True):
            exact = float(ip.convert(value, source, target))
            assert row["value"] == pytest.approx(exact, rel=2**-52, abs=0)

    nearest()


def test_every_column_in_the_unit_of_the_value_is_converted(engine: Any) -> None:
    frame = engine.frame(
        [
            {
                "value": 500.0, "value_high": 600.0, "precision": 0.5, "unit": "亿元",
                "baseline_value": 400.0, "baseline_unit": None, "unit_en": "100 million yuan",
            },
            {
                "value": 2.0, "value_high": None, "precision": None, "unit": "CNY_1T",
                "baseline_value": 3.0, "baseline_unit": "CNY_100M", "unit_en": "1 trillion yuan",
            },
        ],
        {
            "value": "float", "value_high": "float", "precision": "float", "unit": "text",
            "baseline_value": "float", "baseline_unit": "text", "unit_en": "text",
        },
    )  # fmt: skip
    rows = sorted(engine.rows(frames.convert(frame, "CNY_1T")), key=lambda row: row["value"])
    found = [
        [row[name] for name in ("value", "value_high", "precision", "baseline_value")]
        for row in rows
    ]
    assert found[0] == pytest.approx([0.05, 0.06, 0.00005, 0.04])
    assert found[1][0] == 2.0
    assert found[1][3] == 3.0
    assert {row["unit_en"] for row in rows} == {"trillion yuan"}


def test_an_empty_unit_is_an_error_where_targets_are_assessed(plans: ip.Dataset) -> None:
    polars = pytest.importorskip("polars")
    row = {"region": "CN-GD", "indicator": "rd_intensity", "year": 2025, "value": 3.6}
    frame = polars.DataFrame([row | {"unit": None}], schema_overrides={"unit": polars.String})
    targets = plans.targets.where(indicator="rd_intensity").to_polars()
    with pytest.raises(ip.FigureError, match="expected a unit for each value"):
        ip.frames.assess(frame, targets)


def test_the_error_for_an_unknown_unit_says_which_keyword_has_own_units(
    polars_engine: Any, plans: ip.Dataset
) -> None:
    frame = polars_engine.frame(
        [{"value": 1.0, "unit": "robot"}], {"value": "float", "unit": "text"}
    )
    with pytest.raises(ip.FigureError, match="for a unit of your own, pass plans=plans"):
        frames.convert(frame, "item")
    for call in (lambda: ip.quantity("3 台"), lambda: ip.convert(1, "robot", "item")):
        with pytest.raises(ip.FigureError, match=r"pass table=plans\.units"):
            call()
    with pytest.raises(ip.FigureError) as caught:
        frames.convert(frame, "item", plans=plans)
    assert "pass" not in str(caught.value)
