"""Columns as data frames of four backends: types, exact values and errors."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.io.columns import Columns
from innovation_plans.io.dataframe import frame_of

BACKENDS = ("pandas", "polars", "pyarrow", "duckdb")
TYPES: dict[str, Any] = {
    "name": str, "year": int, "known": bool, "share": float, "day": dt.date, "value": Decimal,
}  # fmt: skip
ROW = ("a", 2025, True, 0.5, dt.date(2025, 1, 31), Decimal("3.50"))


def columns(*rows: tuple[Any, ...]) -> Columns:
    values = {name: [row[at] for row in rows] for at, name in enumerate(TYPES)}
    return Columns("things", values, TYPES)


def rows_of(frame: Any) -> list[dict[str, Any]]:
    import narwhals.stable.v2 as nw

    table = nw.from_native(frame)
    collected = table.collect() if isinstance(table, nw.LazyFrame) else table
    rows: list[dict[str, Any]] = collected.to_arrow().to_pylist()
    return rows


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("values", "number"), [("float", 3.5), ("decimal", Decimal("3.50")), ("text", "3.50")]
)
def test_every_type_of_a_column(backend: Any, values: Any, number: Any) -> None:
    filled, empty = rows_of(frame_of(columns(ROW, (None,) * len(ROW)), backend, values))
    assert filled == dict(zip(TYPES, (*ROW[:-1], number), strict=True))
    assert {str(cell) for cell in empty.values()} <= {"None", "nan"}


@pytest.mark.parametrize("backend", BACKENDS)
def test_no_rows_keep_the_columns(backend: Any) -> None:
    frame = frame_of(columns(), backend, "decimal")
    names = frame.column_names if backend == "pyarrow" else frame.columns
    assert list(names) == list(TYPES)


def test_a_long_quotient_is_rounded_to_twenty_digits() -> None:
    third = Decimal("0." + "3" * 35)
    frame = frame_of(columns((*ROW[:-1], third)), "polars", "text")
    assert rows_of(frame)[0]["value"] == "0." + "3" * 20


def test_an_unknown_backend_or_kind_of_values_is_an_error() -> None:
    with pytest.raises(ip.MissingError, match="did you mean pandas"):
        frame_of(columns(ROW), "panda", "float")  # type: ignore[arg-type]
    with pytest.raises(ip.MissingError, match="kind of values 'exact'"):
        frame_of(columns(ROW), "polars", "exact")  # type: ignore[arg-type]


def test_numbers_that_no_decimal_type_holds_are_an_error() -> None:
    rows = [(*ROW[:-1], value) for value in (Decimal(10) ** 25, Decimal("1e-25"))]
    with pytest.raises(ip.FigureError, match="at most 38 digits; use values='text'"):
        frame_of(columns(*rows), "polars", "decimal")


def test_a_library_that_is_not_installed_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ip.MissingExtraError, match=r"innovation-plans\[polars\]"):
        frame_of(columns(ROW), "polars", "float")
