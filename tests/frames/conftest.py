"""The engines that frames are tested on: how to make a frame in each, and how to read its rows."""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import pytest

EAGER = ("pandas", "polars", "pyarrow")
LAZY = ("polars-lazy", "duckdb")
# Larger engines, which continuous integration has: `pytest -m engines` runs them alone.
FURTHER = ("ibis", "dask", "pyspark")

_IGNORED = (
    "ignore:Dask support is moving out of Narwhals:FutureWarning",
    "ignore:PySpark does not yet fully support pandas:FutureWarning",
    "ignore::ResourceWarning",
    "ignore::DeprecationWarning:pyspark",
)


class Engine(NamedTuple):
    """One engine: how its frames are made and read, and how many generated panels it is given."""

    name: str
    make: Callable[[dict[str, list[Any]], dict[str, str]], Any]
    kind: Callable[[Any], bool]
    lists: Callable[[Any], dict[str, list[Any]]]
    examples: int = 12

    @property
    def lazy(self) -> bool:
        return self.name not in EAGER

    def frame(self, rows: Sequence[dict[str, Any]], types: dict[str, str]) -> Any:
        """A frame of rows, with `types` of the names text, int, float, bool and date."""
        return self.make({name: [row.get(name) for row in rows] for name in types}, types)

    def rows(self, frame: Any) -> list[dict[str, Any]]:
        """The rows of a frame of this very engine; NaN and its like as None."""
        assert self.kind(frame), type(frame)
        columns = {
            name: [_plain(cell) for cell in cells] for name, cells in self.lists(frame).items()
        }
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(cell: Any) -> Any:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)) or str(cell) == "<NA>":
        return None
    return cell.item() if hasattr(cell, "item") else cell


def _arrow(columns: dict[str, list[Any]], types: dict[str, str]) -> Any:
    import pyarrow as pa

    kinds = {
        "text": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(),
        "date": pa.date32(),
    }  # fmt: skip
    return pa.table({name: pa.array(columns[name], kinds[types[name]]) for name in types})


def _polars(lazy: bool) -> Engine:
    import polars as pl

    kinds = {
        "text": pl.String, "int": pl.Int64, "float": pl.Float64, "bool": pl.Boolean,
        "date": pl.Date,
    }  # fmt: skip

    def make(columns: dict[str, list[Any]], types: dict[str, str]) -> Any:
        frame = pl.DataFrame(
            {name: pl.Series(columns[name], dtype=kinds[types[name]]) for name in types}
        )
        return frame.lazy() if lazy else frame

    kind = pl.LazyFrame if lazy else pl.DataFrame
    return Engine(
        "polars-lazy" if lazy else "polars",
        make,
        lambda frame: isinstance(frame, kind),
        lambda frame: frame.lazy().collect().to_dict(as_series=False),
        examples=12 if lazy else 60,
    )


def _pandas() -> Engine:
    import pandas as pd

    return Engine(
        "pandas",
        lambda columns, types: _arrow(columns, types).to_pandas(date_as_object=False),
        lambda frame: isinstance(frame, pd.DataFrame),
        lambda frame: {name: frame[name].tolist() for name in frame.columns},
    )


def _pyarrow() -> Engine:
    import pyarrow as pa

    return Engine(
        "pyarrow", _arrow, lambda frame: isinstance(frame, pa.Table), lambda f: f.to_pydict()
    )


def _duckdb() -> Engine:
    import duckdb

    connection = duckdb.connect()  # one of the user's own, not the default one

    def lists(relation: Any) -> dict[str, list[Any]]:
        rows = relation.fetchall()
        return {name: [row[at] for row in rows] for at, name in enumerate(relation.columns)}

    return Engine(
        "duckdb",
        lambda columns, types: connection.from_arrow(_arrow(columns, types)),
        lambda frame: isinstance(frame, duckdb.DuckDBPyRelation),
        lists,
    )


def _ibis() -> Engine:
    ibis = pytest.importorskip("ibis", reason="Ibis is not installed")
    return Engine(
        "ibis",
        lambda columns, types: ibis.memtable(_arrow(columns, types)),
        lambda frame: isinstance(frame, ibis.Table),
        lambda frame: frame.to_pyarrow().to_pydict(),
        examples=6,
    )


def _dask() -> Engine:
    dask = pytest.importorskip("dask.dataframe", reason="Dask is not installed")
    pandas = _pandas()

    def make(columns: dict[str, list[Any]], types: dict[str, str]) -> Any:
        # Dask makes texts of objects, which flags with a missing one are in pandas.
        flags = {name: "boolean" for name, kind in types.items() if kind == "bool"}
        return dask.from_pandas(pandas.make(columns, types).astype(flags), npartitions=3)

    return Engine(
        "dask",
        make,
        lambda frame: isinstance(frame, dask.DataFrame),
        lambda frame: pandas.lists(frame.compute()),
        examples=4,
    )


def _pyspark(session: Any) -> Engine:
    from pyspark.sql import DataFrame

    def make(columns: dict[str, list[Any]], types: dict[str, str]) -> Any:
        return session.createDataFrame(_arrow(columns, types))

    def lists(frame: Any) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = frame.toArrow().to_pydict()
        return columns

    return Engine("pyspark", make, lambda frame: isinstance(frame, DataFrame), lists, examples=2)


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A small Spark of this process; one for all tests."""
    pytest.importorskip("pyspark", reason="PySpark is not installed")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        if os.environ.get("CI"):
            pytest.fail("PySpark needs Java: install it for CI, which skips nothing")
        pytest.skip("PySpark needs Java, and none is found")
    from pyspark.sql import SparkSession

    settings = {
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
        "spark.sql.adaptive.enabled": "false",  # it plans small frames again and again
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
    }
    builder = SparkSession.builder.master("local[2]").appName("innovation_plans")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


_MAKERS: dict[str, Callable[[], Engine]] = {
    "pandas": _pandas,
    "polars": lambda: _polars(lazy=False),
    "polars-lazy": lambda: _polars(lazy=True),
    "pyarrow": _pyarrow,
    "duckdb": _duckdb,
    "ibis": _ibis,
    "dask": _dask,
}


def _param(name: str) -> Any:
    marks = [pytest.mark.filterwarnings(each) for each in _IGNORED]
    return pytest.param(name, marks=[*marks, *([pytest.mark.engines] if name in FURTHER else [])])


@pytest.fixture(scope="session", params=[_param(name) for name in (*EAGER, *LAZY, *FURTHER)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Every engine in turn."""
    if request.param == "pyspark":
        return _pyspark(request.getfixturevalue("spark"))
    return engine_named(request.param)


def engine_named(name: str) -> Engine:
    """The engine of a name."""
    return _MAKERS[name]()


@pytest.fixture(scope="session")
def polars_engine() -> Engine:
    """The engine of the tests that one engine is enough for."""
    return _polars(lazy=False)
