"""Every engine and type of column, with everything that can be wrong in a cell: the same answer or error.

One table of faults is run in every engine. The quick engines take a part of it in ``make test``; all
of them take all of it in ``make test-heavy``, the slow ones in ``make test-long``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

import pyarrow as pa
import pytest

import innovation_plans as ip
from innovation_plans import errors, frames

NOT_DASK = (  # whose decimals are objects, as its text is
    "pandas", "pandas-nullable", "pandas-pyarrow", "polars", "polars-lazy", "pyarrow", "duckdb",
    "ibis", "pyspark",
)  # fmt: skip
INF, NAN = float("inf"), float("nan")
CODES = ["CN-GD", "CN-JS", "CN-HB"]
MET, MISSED = ("met", None), ("missed", None)
EARLY = ("undetermined", "missing_baseline")
NONE, UNDATED = ("undetermined", "no_outcome"), ("undetermined", "undated")
ONE_POINT = ("undetermined", "one_point")
# The latest figures are assessed on the day of the edition, when the year of the target is over.
OVERDUE = {EARLY: ("awaiting", None), ONE_POINT: ("awaiting", None)}
PLAIN = (MET, MISSED, EARLY)  # of the three regions
TEXT, SHORT = pa.string(), pa.float32()


class Case(NamedTuple):
    """Changed columns of observations and targets, and what is to come."""

    seen: dict[str, Any]
    expected: tuple[Any, ...] | tuple[type[Exception], str] = PLAIN
    wanted: Mapping[str, Any] = MappingProxyType({})
    latest: tuple[Any, ...] | None = None  # where it differs
    lazy: tuple[Any, ...] | None = None  # instead of an error of eager frames
    quick: bool = False
    only: tuple[str, ...] = ()
    named: tuple[Any, ...] = ()  # the regions of the result, where they are not the codes


def dictionary(*texts: Any) -> pa.Array:
    return pa.array(list(texts)).dictionary_encode()


def refused(name: str, error: type[Exception] = errors.FigureError) -> tuple[type[Exception], str]:
    return error, name


RANGE = {"comparator": ["between", None, "reach"]}
# Columns that observations and targets may have.
OPTIONAL = (
    "form",
    "comparator",
    "value_high",
    "scope",
    "start_year",
    "vintage",
    "self_reported",
    "tier",
    "released",
)
OPTIONAL_OF_TARGETS = (
    "value_high",
    "baseline_value",
    "baseline_year",
    "baseline_unit",
    "direction",
    "breakdown",
    "scope",
)

CASES: dict[str, Case] = {
    "plain": Case({}, quick=True),
    "value of 32 bits": Case(
        {"value": pa.array([3.6, 0.7, 2.0], SHORT)},
        (MET, MET, EARLY),
        {"value": [3.6, 0.7, 3.0]},
        quick=True,
    ),
    "target of 32 bits": Case(
        {"value": [3.6, 0.7, 2.0]},
        (MET, MET, EARLY),
        {"value": pa.array([3.6, 0.7, 3.0], SHORT)},
        quick=True,
    ),
    "value as a decimal": Case(
        {"value": pa.array([Decimal("3.60"), Decimal("3.00"), None], pa.decimal128(20, 2))},
        (MET, MISSED, NONE),
        only=NOT_DASK,
    ),
    "value as a whole number": Case({"value": pa.array([4, 3, 2], pa.int16())}),
    "value infinite or none": Case({"value": [INF, -INF, NAN]}, (NONE,) * 3, quick=True),
    "value too large for a record": Case(
        {"value": [1e308, -1e30, 9.9e29], "year": [2025] * 3}, (NONE, NONE, MET), quick=True
    ),
    "value large in the unit of the target": Case(
        {
            "value": [9e29, -9e29, 1e30],
            "year": [2025] * 3,
            "unit": ["CNY_1T"] * 3,
            "indicator": ["gdp"] * 3,
        },
        (MET, MISSED, NONE),
        {"unit": ["CNY"] * 3, "indicator": ["gdp"] * 3},
        quick=True,
    ),
    "value without type": Case({"value": pa.nulls(3)}, (NONE,) * 3),
    "value as text": Case({"value": ["3.6", "3.0", "2.0"]}, refused("column 'value'"), quick=True),
    "value as truth": Case({"value": [True, False, True]}, refused("column 'value'")),
    "year as NaN": Case(
        {"year": [2025.0, NAN, 2024.0]},
        (MET, UNDATED, EARLY),
        latest=(MET, NONE, EARLY),
        quick=True,
    ),
    "year infinite or broken": Case(
        {"year": [2025.0, INF, 2024.5]}, (MET, UNDATED, UNDATED), latest=(MET, NONE, NONE)
    ),
    "year of 32 bits": Case({"year": pa.array([2025, 2025, 2024], SHORT)}),
    "year of 16 bits": Case({"year": pa.array([2025, 2025, 2024], pa.int16())}),
    "year without sign": Case(
        {"year": pa.array([2025, 2025, 2019], pa.uint16())},
        (MET, MISSED, ONE_POINT),
        {"baseline_value": [1.0] * 3, "baseline_year": [2020] * 3},
    ),
    "year as a decimal": Case(
        {"year": pa.array(map(Decimal, (2025, 2025, 2024)), pa.decimal128(9))}, only=NOT_DASK
    ),
    "year as text": Case({"year": ["2025", "2025", "2024"]}, refused("column 'year'"), quick=True),
    "year as a date": Case({"year": [date(2025, 1, 1)] * 3}, refused("column 'year'"), quick=True),
    "year without type": Case({"year": pa.nulls(3)}, (UNDATED,) * 3, latest=(NONE,) * 3),
    "comparator that is none": Case(
        {"comparator": ["at most", None, None]},
        refused("comparator 'at most' among the observations", errors.MissingError),
        lazy=(NONE, MISSED, EARLY),
        quick=True,
    ),
    "form that is none": Case(
        {"form": ["levl", None, "level"], "year": [2026, 2025, 2024]},
        refused("form 'levl' among the observations", errors.MissingError),
        lazy=(("undetermined", "other_form_or_span"), MISSED, EARLY),
        latest=(NONE, MISSED, EARLY),
        quick=True,
    ),
    "tier that is none": Case(
        {"tier": ["Z", None, "A"]},
        refused("tier 'Z' among the observations", errors.MissingError),
        lazy=(NONE, MISSED, EARLY),
        quick=True,
    ),
    "precision below zero": Case(
        {"precision": [-0.05, None, NAN]},
        refused("precision -0.05"),
        lazy=(NONE, MISSED, EARLY),
        quick=True,
    ),
    "precision infinite": Case(
        {"precision": [INF, 0.0, 0.05]},
        refused("precision inf"),
        lazy=(NONE, MISSED, EARLY),
        quick=True,
    ),
    "precision of zero is exact": Case({"precision": [0.0, None, 0.05]}),
    "comparators": Case({"comparator": ["at_least", "about", None]}, quick=True),
    "range without its end": Case(
        RANGE, refused("a value_high above 3.6"), lazy=(NONE, MISSED, EARLY)
    ),
    "range with an empty end": Case(
        {**RANGE, "value_high": pa.array([NAN, None, None], pa.float64())},
        refused("a value_high above 3.6"),
        lazy=(NONE, MISSED, EARLY),
    ),
    "range that ends below": Case(
        {**RANGE, "value_high": [3.5, None, None]},
        refused("a value_high above 3.6"),
        lazy=(NONE, MISSED, EARLY),
        quick=True,
    ),
    "range without an end": Case(
        {**RANGE, "value_high": [INF, None, None]},
        refused("a value_high above 3.6"),
        lazy=(NONE, MISSED, EARLY),
    ),
    "end without a range": Case(
        {**RANGE, "value_high": [4.0, 4.0, None]},
        refused("a value_high for between only"),
        lazy=(MET, NONE, EARLY),
    ),
    "range": Case({**RANGE, "value_high": [4.0, None, None]}),
    "end without comparators": Case(
        {"value_high": [4.0, None, None]}, refused("column 'comparator'", errors.MissingError)
    ),
    "optional columns without type": Case(
        dict.fromkeys(
            OPTIONAL,
            pa.nulls(3),
        ),
        wanted=dict.fromkeys(
            OPTIONAL_OF_TARGETS,
            pa.nulls(3),
        ),
        quick=True,
    ),
    "optional columns as empty text": Case(
        dict.fromkeys(
            OPTIONAL,
            pa.nulls(3, TEXT),
        ),
        wanted=dict.fromkeys(
            OPTIONAL_OF_TARGETS,
            pa.nulls(3, TEXT),
        ),
        quick=True,
    ),
    "start without type": Case(
        {},
        (MET, MISSED, ("undetermined", "outside_period")),
        {"start_year": pa.nulls(3)},
        latest=(MET, MISSED, NONE),
    ),
    "form without type is a level": Case({"form": pa.nulls(3)}),
    "reported as 2": Case({"self_reported": [0, 1, 2]}, refused("self_reported 2"), quick=True),
    "empty end without comparators": Case({"value_high": [None, None, NAN]}),
    "end of a target without a range": Case(
        {}, refused("value_high for between only"), wanted={"value_high": [4.0, None, None]}
    ),
    "reported as 0 and 1": Case({"self_reported": [0, 1, None]}),
    "reported as text": Case(
        {"self_reported": ["no", "yes", None]}, refused("column 'self_reported'")
    ),
    "released": Case(
        {"released": pa.array([date(2026, 3, 1), None, date(2025, 3, 1)], pa.date32())}, quick=True
    ),
    "released as text": Case({"released": ["2025"] * 3}, refused("column 'released'")),
    "unit as a number": Case({"unit": [1, 2, 3]}, refused("column 'unit'")),
    "region as categories": Case(
        {"region": dictionary(*CODES)}, wanted={"region": dictionary(*CODES)}, quick=True
    ),
    "unequal categories": Case(
        {"region": dictionary("CN-GD", "CN-JS", "CN-GD")},
        (MET, MISSED, EARLY),
        latest=(MET, MISSED, NONE),
        quick=True,
    ),
    "all codes as categories": Case(
        {
            "region": dictionary(*CODES),
            "indicator": dictionary(*["rd_intensity"] * 3),
            "unit": dictionary(*["percent"] * 3),
            "form": dictionary(*["level"] * 3),
            "vintage": dictionary("first", "first", None),
            "tier": dictionary("A", None, "B"),
            "scope": pa.nulls(3, TEXT).dictionary_encode(),
            "comparator": dictionary("reach", None, "about"),
        },
        quick=True,
    ),
    "region as views of text": Case(
        {"region": pa.array(CODES, pa.string_view()), "note": pa.array(CODES, pa.string_view())},
        only=("pyarrow", "polars", "polars-lazy"),
        quick=True,
    ),
    "region as large text": Case({"region": pa.array(CODES, pa.large_string())}),
    "region as whole numbers": Case(
        {"region": [330200, 330100, 440300]},
        wanted={"region": ["330200", "330100", "440300"]},
        named=("330200", "330100", "440300"),
        quick=True,
    ),
    "targets of whole numbers": Case(
        {"region": ["330200", "330100", "440300"]},
        wanted={"region": [330200, 330100, 440300]},
        named=("330200", "330100", "440300"),
    ),
    "both of whole numbers": Case(
        {"region": [330200, 330100, 440300]},
        wanted={"region": [330200, 330100, 440300]},
        named=("330200", "330100", "440300"),
    ),
    "region as categories of numbers": Case(
        {"region": dictionary(330200, 330100, 440300)},
        wanted={"region": [330200, 330100, 440300]},
        named=("330200", "330100", "440300"),
        only=("pandas", "pyarrow", "dask"),
    ),
    "region as broken numbers": Case({"region": [1.5, 2.5, None]}, refused("column 'region'")),
    "region by its names": Case(
        {"region": ["Guangdong", "江苏", "湖北省"]},
        named=("Guangdong", "江苏", "湖北省"),
        quick=True,
    ),
    "targets by their names": Case(
        {}, wanted={"region": ["广东", "Jiangsu", "HB"]}, named=("CN-GD", "CN-JS", "CN-HB")
    ),
    "further columns": Case({"note": [[1], [2, 3], None], "days": [date(2025, 1, 1)] * 3}),
}


def table_of(changed: Mapping[str, Any], columns: dict[str, Any]) -> pa.Table:
    cells = {**columns, **changed}
    return pa.table({name: pa.array(cells[name]) if isinstance(cells[name], list) else cells[name]
                     for name in cells})  # fmt: skip


def observations(case: Case) -> pa.Table:
    return table_of(
        case.seen,
        {
            "region": CODES, "indicator": ["rd_intensity"] * 3, "year": [2025, 2025, 2024],
            "value": [3.6, 3.0, 2.0], "unit": ["percent"] * 3,
        },
    )  # fmt: skip


def targets(case: Case) -> pa.Table:
    return table_of(
        case.wanted,
        {
            "region": CODES, "indicator": ["rd_intensity"] * 3, "form": ["level"] * 3,
            "comparator": ["reach"] * 3, "value": [3.5, 3.2, 3.0], "unit": ["percent"] * 3,
            "end_year": [2025] * 3, "number": [0, 1, 2],
        },
    )  # fmt: skip


def nullable(table: pa.Table) -> Any:
    import pandas as pd

    kinds: dict[Any, Any] = {
        pa.int16(): pd.Int16Dtype(), pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype(),
        pa.float32(): pd.Float32Dtype(), pa.string(): pd.StringDtype(), pa.bool_(): pd.BooleanDtype(),
        pa.uint16(): pd.UInt16Dtype(),
    }  # fmt: skip
    return table.to_pandas(types_mapper=kinds.get)


def backed_by_arrow(table: pa.Table) -> Any:
    import pandas as pd

    return table.to_pandas(types_mapper=pd.ArrowDtype)


def polars_of(table: pa.Table) -> Any:
    import polars as pl

    return pl.from_arrow(table)


def duckdb_of(table: pa.Table) -> Any:
    import duckdb

    return duckdb.from_arrow(table)


def ibis_of(table: pa.Table) -> Any:
    return pytest.importorskip("ibis").memtable(table)


def dask_of(table: pa.Table) -> Any:
    frame = table.to_pandas(date_as_object=False)  # Dask makes dates of Python text
    return pytest.importorskip("dask.dataframe").from_pandas(frame, npartitions=2)


FROM_ARROW: dict[str, Callable[[pa.Table], Any]] = {
    "pandas": lambda table: table.to_pandas(),
    "pandas-nullable": nullable,
    "pandas-pyarrow": backed_by_arrow,
    "polars": polars_of,
    "polars-lazy": lambda table: polars_of(table).lazy(),
    "pyarrow": lambda table: table,
    "duckdb": duckdb_of,
    "ibis": ibis_of,
    "dask": dask_of,
}
QUICK = ("pandas", "polars", "pyarrow")
FURTHER = {"ibis", "dask", "pyspark"}
LAZY = {"polars-lazy", "duckdb", "ibis", "dask", "pyspark"}


def spark_of(table: pa.Table, session: Any) -> Any:
    plain = [
        pa.field(
            field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        )
        for field in table.schema
    ]
    kinds = {
        "string": "string", "large_string": "string", "int64": "bigint", "int16": "smallint",
        "uint16": "int", "double": "double", "float": "float", "bool": "boolean", "null": "void",
        "date32[day]": "date", "decimal128(9, 0)": "decimal(9,0)", "decimal128(20, 2)": "decimal(20,2)",
        "list<item: int64>": "array<bigint>",
    }  # fmt: skip
    shape = ", ".join(f"`{field.name}` {kinds[str(field.type)]}" for field in plain)
    rows = [tuple(row.values()) for row in table.cast(pa.schema(plain)).to_pylist()]
    return session.createDataFrame(rows, shape)


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame of any engine."""
    for way in ("to_pylist", "to_dicts"):
        if hasattr(frame, way):
            return list(getattr(frame, way)())
    if hasattr(frame, "fetchall"):
        return [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]
    if hasattr(frame, "to_pyarrow"):
        return list(frame.to_pyarrow().to_pylist())
    if hasattr(frame, "sparkSession"):
        return [row.asDict() for row in frame.collect()]
    frame = frame.collect() if hasattr(frame, "collect") else frame
    frame = frame.compute() if hasattr(frame, "compute") else frame
    return list(frame.to_dicts() if hasattr(frame, "to_dicts") else frame.to_dict("records"))


def text_of(cell: Any) -> str | None:
    return None if cell is None or str(cell) in {"nan", "NaT", "<NA>"} else str(cell)


def check(case: Case, make: Callable[[pa.Table], Any], *, lazy: bool) -> None:
    expected = case.expected
    if lazy and case.lazy is not None:
        expected = case.lazy
    for rows in ("each", "latest", "all"):
        seen, wanted = make(observations(case)), make(targets(case))
        if isinstance(expected[0], type):
            kind, text = expected
            with pytest.raises(kind, match=text):
                frames.assess(seen, wanted, rows=rows)
            continue
        result = rows_of(frames.assess(seen, wanted, rows=rows, keep=["number"]))
        answers = [
            (
                int(row["number"]),
                text_of(row["region"]),
                text_of(row["verdict"]),
                text_of(row["reason"]),
            )
            for row in result
        ]
        regions = case.named or CODES
        if rows == "latest":
            by_number = {number: answer for number, _, *answer in answers}
            assert by_number == {
                at: list(OVERDUE.get(answer, answer))
                for at, answer in enumerate(case.latest or expected)
            }, rows
        elif case.latest is None or case.latest is expected:
            assert sorted(answers) == sorted(
                (at, regions[at], *answer) for at, answer in enumerate(expected)
            ), rows


ENGINES = [
    pytest.param(name, marks=[] if name in QUICK else [pytest.mark.heavy])
    for name in FROM_ARROW
    if name not in FURTHER
]
PARAMS = [
    pytest.param(
        name,
        engine,
        marks=[pytest.mark.engines, *([] if case.quick else [pytest.mark.long])]
        if engine in FURTHER
        else ([] if case.quick and engine in QUICK else [pytest.mark.heavy]),
        id=f"{engine}-{name}",
    )
    for engine in (*FROM_ARROW, "pyspark")
    for name, case in CASES.items()
    if not case.only or engine in case.only
]


@pytest.mark.filterwarnings("ignore:Dask support is moving out of Narwhals:FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:pyspark")
@pytest.mark.parametrize(("name", "engine"), PARAMS)
def test_the_same_answer_or_error_in_every_engine(
    name: str, engine: str, request: pytest.FixtureRequest
) -> None:
    if engine == "pyspark":
        session = request.getfixturevalue("spark")
        check(CASES[name], lambda table: spark_of(table, session), lazy=True)
    else:
        check(CASES[name], FROM_ARROW[engine], lazy=engine in LAZY)


@pytest.mark.parametrize("rows", ["each", "latest", "all"])
@pytest.mark.parametrize("engine", ["pandas", "polars", "pyarrow"])
def test_a_name_of_no_target_never_gives_an_empty_answer(engine: str, rows: Any) -> None:
    make = FROM_ARROW[engine]
    for name in ("GUANG DONG", "cn gd"):
        case = Case({"region": [name, "own", "CN-HB"]}, wanted={"region": ["CN-GD"] * 3})
        with pytest.raises(errors.MissingError, match=f"'{name}'; did you mean CN-GD"):
            frames.assess(make(observations(case)), make(targets(case)), rows=rows)
    others = Case({"region": ["CN-XZ", "湖南", "CN-SD"]})
    result = frames.assess(make(observations(others)), make(targets(others)), rows=rows)
    assert len(result) == {"each": 0, "latest": 3, "all": 3}[rows]


@pytest.mark.parametrize("rows", ["each", "latest", "all"])
@pytest.mark.parametrize("engine", ["pandas", "polars", "pyarrow"])
def test_no_row_is_dropped_for_a_misspelled_name(engine: str, rows: Any) -> None:
    make = FROM_ARROW[engine]
    for column, text, meant in (
        ("region", "Guandong", "did you mean Guangdong"),
        ("region", "guangdong province", "did you mean CN-GD"),
        ("indicator", "rd_intensty", "did you mean rd_intensity"),
    ):
        good = {"region": CODES, "indicator": ["rd_intensity"] * 3}[column]
        case = Case({column: [text, *good[1:]]}, wanted={column: good})
        with pytest.raises(errors.MissingError, match=f"'{text}'; {meant}"):
            frames.assess(make(observations(case)), make(targets(case)), rows=rows)
    own = Case({"region": ["R1", *CODES[1:]]}, wanted={"region": CODES})
    if rows == "all":
        assert len(frames.assess(make(observations(own)), make(targets(own)), rows=rows)) == 3
        return
    with pytest.raises(errors.MissingError, match="'R1'; rows=\"all\" keeps unknown ones"):
        frames.assess(make(observations(own)), make(targets(own)), rows=rows)


@pytest.mark.parametrize("column", ["region", "indicator"])
@pytest.mark.parametrize("engine", ["pandas", "polars", "pyarrow"])
def test_no_row_is_dropped_for_a_null(engine: str, column: str) -> None:
    make = FROM_ARROW[engine]
    good = {"region": CODES, "indicator": ["rd_intensity"] * 3}[column]
    case = Case({column: [None, *good[1:]]}, wanted={column: good})
    seen, wanted = make(observations(case)), make(targets(case))
    for rows in ("each", "latest"):
        with pytest.raises(errors.MissingError, match=f"no {column} in some rows .*fill it"):
            frames.assess(seen, wanted, rows=rows)  # type: ignore[arg-type]
    assert len(frames.assess(seen, wanted, rows="all")) == 3


def test_names_of_columns_are_text_and_differ() -> None:
    import duckdb
    import pandas as pd

    case = Case({})
    seen, wanted = observations(case), targets(case)
    twice = seen.append_column("year", seen["year"])
    frame = seen.to_pandas()
    with pytest.raises(errors.ConflictError, match="column 'year'"):
        frames.assess(twice, wanted)
    with pytest.raises(errors.ConflictError, match="column 'year'"):
        frames.assess(pd.concat([frame, frame[["year"]]], axis=1), wanted)
    with pytest.raises(errors.ConflictError, match="column 'year'"):
        frames.assess(duckdb.sql("select *, 2025 as year from seen"), wanted)
    for number in (7, ("year", 2025), None):
        with pytest.raises(errors.FigureError, match=r"column .*text as the name"):
            frames.assess(frame.assign(x=1).rename(columns={"x": number}), wanted)


def test_an_index_of_pandas_is_no_column() -> None:
    case = Case({})
    frame, wanted = observations(case).to_pandas(), targets(case).to_pandas()
    for index in ("region", "year", "note"):
        named = frame.set_index(frame["region"].rename(index))
        result = frames.assess(named, wanted.set_index(wanted["value"]), rows="latest")
        assert result["verdict"].tolist() == ["met", "missed", "awaiting"]
    with pytest.raises(errors.MissingError, match="column 'region' among the observations"):
        frames.assess(frame.set_index("region"), wanted)


def test_keys_may_be_named_twice(polars_engine: Any) -> None:
    case = Case({"office": ["north"] * 3}, wanted={"office": ["north"] * 3})
    seen, wanted = observations(case), targets(case)
    result = frames.assess(seen, wanted, on=["region", "office", "office"])
    assert result["verdict"].to_pylist() == [verdict for verdict, _ in PLAIN]
    with pytest.raises(errors.MissingError, match="unit_from names another column"):
        frames.convert(seen, unit_from="unit")


@pytest.mark.parametrize("engine", ENGINES)
def test_keys_of_other_types_are_refused_or_equal(engine: str) -> None:
    make = FROM_ARROW[engine]
    for seen, wanted, verdicts in (
        ([1, 2, 3], [1, 2, 4], ["met", "missed"]),
        ([1, 2, 3], [1.0, 2.5, 3.0], ["met", "undetermined"]),
        (["a", "b", "c"], ["a", "c", "c"], ["met", "undetermined"]),
        ([date(2025, 1, 1)] * 3, [date(2025, 1, 1)] * 3, None),
        (["1", "2", "3"], [1, 2, 3], None),
        ([1, 2, 3], ["1", "2", "3"], None),
    ):
        case = Case({"office": seen}, wanted={"office": wanted})
        frames_ = make(observations(case)), make(targets(case))
        if verdicts is None:
            with pytest.raises(errors.FigureError, match="column 'office'"):
                frames.assess(*frames_, on=["office"])
            continue
        rows = rows_of(frames.assess(*frames_, on=["office"]))
        assert sorted(row["verdict"] for row in rows) == verdicts
        assert len(rows_of(frames.assess(*frames_, on=["office"], rows="latest"))) == 3


COMPARED: dict[str, tuple[dict[str, Any], list[tuple[int | None, str | None]]]] = {
    "plain": ({}, [(1, None), (2, None), (3, None)]),
    "32 bits": ({"value": pa.array([3.6, 3.0, 2.0], SHORT)}, [(1, None), (2, None), (3, None)]),
    "no numbers": ({"value": [INF, NAN, 2.0]}, [(None, "no_outcome")] * 2 + [(1, None)]),
    "nothing": ({"value": pa.nulls(3)}, [(None, "no_outcome")] * 3),
    "null groups": ({"vintage": pa.nulls(3), "start_year": [NAN, None, NAN], "year": pa.nulls(3),
                     "breakdown": pa.nulls(3, TEXT)}, [(1, None), (2, None), (3, None)]),
    "categories": ({"region": dictionary(*CODES), "indicator": dictionary(*["rd_intensity"] * 3),
                    "unit": dictionary(*["percent"] * 3), "vintage": dictionary("a", "a", "b")},
                   [(1, None), (2, None), (1, None)]),
    "numbers": ({"region": [330200, 330100, 440300]}, [(1, None), (2, None), (3, None)]),
    "names": ({"region": ["Guangdong", "江苏", "China"]},
              [(1, None), (2, None), (None, "other_kind")]),
    "views": ({"region": pa.array(CODES, pa.large_string()), "note": [[1], [2], None]},
              [(1, None), (2, None), (3, None)]),
    "no region": ({"region": [None, "", "CN"]}, [(None, "other_kind")] * 2 + [(1, None)]),
    "no indicator": ({"indicator": [None, "rd_intensity", "rd_intensity"]},
                     [(None, "class_unclear"), (1, None), (2, None)]),
    "own indicators": ({"indicator": ["own"] * 3, "direction": ["down", "up", "none"], "year": [1, 2, 2]},
                       [(1, None), (1, None), (2, None)]),
    "own direction or none": ({"indicator": ["gdp", "rd_intensity", "rd_intensity"],
                               "direction": [None, "down", "down"]}, [(1, None), (2, None), (1, None)]),
    "no form": ({"form": ["level", None, "level"]}, [(1, None), (2, None), (3, None)]),
    "no comparator": ({"comparator": [None, "above", "reach"]}, [(1, None), (2, None), (3, None)]),
    "comparators without type": ({"comparator": pa.nulls(3)}, [(1, None), (2, None), (3, None)]),
    "two figures": ({"region": ["CN-GD", "Guangdong", "CN-HB"]},
                    [(None, "conflicting_outcomes")] * 2 + [(1, None)]),
    "one figure twice": ({"region": ["CN-GD", "Guangdong", "CN-HB"], "value": [3.6, 3.6, 2.0]},
                         [(1, None), (1, None), (2, None)]),
    "two vintages": ({"region": ["CN-GD", "CN-GD", "CN-HB"], "vintage": ["a", "b", "a"]},
                     [(1, None), (1, None), (2, None)]),
}  # fmt: skip
# Codes that are none: what an eager frame raises, and the reason of the row in a lazy one.
NO_CODES = {
    "form": ("levl", "level", "other_form_or_span"),
    "comparator": (">=", "reach", "no_outcome"),
    "direction": ("upp", "up", "class_unclear"),
    "indicator": ("rd_intensty", "rd_intensity", "class_unclear"),
}
COMPARED_ENGINES = [
    pytest.param(
        name,
        marks=[pytest.mark.engines]
        if name in FURTHER
        else ([] if name in QUICK else [pytest.mark.heavy]),
    )
    for name in FROM_ARROW
]


def ranks_of(engine: str, changed: Mapping[str, Any], **options: Any) -> tuple[Any, Any]:
    """The rows of figures in order, and the rank and reason of each."""
    case = Case({"year": [2025] * 3, **changed, "at": [0, 1, 2]})
    result = frames.compare(FROM_ARROW[engine](observations(case)), **options)
    rows = sorted(rows_of(result), key=lambda row: int(row["at"]))
    ranks = [(text_of(row["rank"]), text_of(row["reason"])) for row in rows]
    return rows, [(None if rank is None else int(float(rank)), reason) for rank, reason in ranks]


@pytest.mark.filterwarnings("ignore:Dask support is moving out of Narwhals:FutureWarning")
@pytest.mark.parametrize("name", COMPARED)
@pytest.mark.parametrize("engine", COMPARED_ENGINES)
def test_figures_are_ranked_in_every_type_of_column(engine: str, name: str) -> None:
    changed, expected = COMPARED[name]
    rows, ranks = ranks_of(engine, changed)
    assert ranks == expected
    if "note" in changed and engine != "dask":  # whose objects are text
        assert [list(row["note"]) for row in rows[:2]] == [[1], [2]]


@pytest.mark.filterwarnings("ignore:Dask support is moving out of Narwhals:FutureWarning")
@pytest.mark.parametrize("column", NO_CODES)
@pytest.mark.parametrize("engine", COMPARED_ENGINES)
def test_no_figure_with_a_code_that_is_none_is_ranked(engine: str, column: str) -> None:
    wrong, right, reason = NO_CODES[column]
    changed = {column: [wrong, right, right]}
    if engine in LAZY:
        assert ranks_of(engine, changed)[1] == [(None, reason), (1, None), (2, None)]
        return
    with pytest.raises(errors.MissingError, match=f"no {column} '{wrong}' among the figures"):
        ranks_of(engine, changed)


@pytest.mark.parametrize("engine", QUICK)
def test_codes_that_are_none_are_refused(engine: str) -> None:
    def made(**changed: Any) -> Any:
        return FROM_ARROW[engine](observations(Case({"year": [2025] * 3, **changed})))

    frist, wanted = {"vintage": ["frist", None, "first"]}, FROM_ARROW[engine](targets(Case({})))
    with pytest.raises(errors.MissingError, match=r"no vintage 'frist' .*did you mean first"):
        frames.assess(made(**frist), wanted, rows="latest")
    assert len(rows_of(frames.assess(made(**frist), wanted))) == 3  # no vintage is chosen there


@pytest.mark.parametrize("rows", ["each", "latest"])
@pytest.mark.parametrize("engine", ["polars-lazy", "duckdb"])
def test_codes_that_are_none_are_no_outcome_of_a_lazy_frame(engine: str, rows: Any) -> None:
    def verdicts(**changed: Any) -> list[tuple[Any, Any]]:
        make, case = FROM_ARROW[engine], Case({"year": [2025] * 3, **changed})
        result = rows_of(frames.assess(make(observations(case)), make(targets(case)), rows=rows))
        ordered = sorted(result, key=lambda row: CODES.index(row["region"]))
        return [(row["verdict"], row["reason"]) for row in ordered]

    plain = verdicts()
    assert NONE not in plain
    assert verdicts(tier=["Z", "A", None]) == [NONE, *plain[1:]]
    frist = verdicts(vintage=["frist", "first", None])
    assert frist == ([NONE, *plain[1:]] if rows == "latest" else plain)


@pytest.mark.parametrize("engine", ENGINES)
def test_values_of_every_type_are_converted(engine: str) -> None:
    money = {"unit": ["CNY_100M", "万亿元", None], "value": pa.array([500.0, 2.0, None], SHORT)}
    result = rows_of(frames.convert(FROM_ARROW[engine](observations(Case(money))), "CNY_1T"))
    assert {row["value"] for row in result if text_of(row["value"])} == {0.05, 2.0}
    for changed in ({"unit": [1, 2, 3]}, {"value": ["1", "2", "3"]}):
        with pytest.raises(errors.FigureError, match="column '"):
            frames.convert(FROM_ARROW[engine](observations(Case(changed))), "percent")


def test_objects_of_pandas_may_begin_with_many_missing_ones() -> None:
    pd = pytest.importorskip("pandas")
    case = Case({})
    seen = pd.concat([observations(case).to_pandas()] * 60, ignore_index=True)
    seen["precision"] = [None] * 179 + [Decimal("0.1")]
    result = frames.assess(seen, targets(case).to_pandas())
    assert len(result) == 180


def test_a_column_of_the_targets_may_be_kept_twice() -> None:
    pl = pytest.importorskip("polars")
    case = Case({}, wanted={"plan": ["a", "b", "c"]})
    kept = ["plan", "plan"]
    result = frames.assess(*map(pl.from_arrow, (observations(case), targets(case))), keep=kept)
    assert result.columns.count("plan") == 1


@pytest.mark.parametrize("against", ["CN-ZZ", "", 5])
def test_a_ratio_is_to_a_region_that_there_is(against: Any) -> None:
    with pytest.raises(errors.MissingError, match="region"):
        frames.compare(observations(Case({})), "ratio", against=against)


@pytest.mark.parametrize(
    ("column", "text", "meant"),
    [
        ("region", "Guangdnog", "Guangdong"),
        ("region", "guangdong province", "CN-GD"),
        ("indicator", "R&D intensity", "rd_intensity"),
        ("indicator", "研发经费投入强度", "rd_intensity"),
        ("indicator", "rd_intensty", "rd_intensity"),
    ],
)
def test_a_name_that_matches_no_target_is_no_empty_answer(
    polars_engine: Any, column: str, text: str, meant: str
) -> None:
    case = Case({column: [text] * 3})
    wanted = targets(Case({}))
    with pytest.raises(errors.MissingError, match=f"no target of the {column} .*{meant}"):
        frames.assess(observations(case), wanted)


def test_an_unknown_code_is_answered_with_those_that_there_are(polars_engine: Any) -> None:
    wanted = targets(Case({}, wanted={"comparator": [">="] * 3}))
    with pytest.raises(errors.MissingError, match=r"expected one of .*at_least"):
        frames.assess(observations(Case({})), wanted)


@pytest.mark.parametrize(
    ("cells", "advice"),
    [
        ({"value": ["3.6"]}, "numbers in the observations, no text: convert the column"),
        ({"region": [440000.0]}, "440000.0 is no code, convert the column to whole numbers"),
        ({"region": ["Guangdong Provinc"]}, r"plans\.code_regions\(names\)\.codes"),
    ],
)
def test_a_column_of_another_type_gets_advice(
    plans: ip.Dataset, cells: dict[str, Any], advice: str
) -> None:
    pd = pytest.importorskip("pandas")
    targets = plans.targets.where(indicator="rd_intensity", region="GD", end_year=2025).to_pandas()
    row = {"region": ["CN-GD"], "indicator": ["rd_intensity"], "year": [2025], "value": [3.6]}
    with pytest.raises(ip.InnovationPlansError, match=advice):
        ip.frames.assess(pd.DataFrame({**row, "unit": ["percent"], **cells}), targets)
