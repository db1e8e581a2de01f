"""Compare ``frames.assess`` with the same computation written by hand for each engine.

Usage: ``python benchmarks/frames.py [--rows 1e4 1e5 1e6 1e7] [--engines polars duckdb …]
[--rounds 5] [--picture FILE]``

The handwritten computation does what an expert would write for that engine: bounds in the small
table of targets, units by a joined factor. It gives the same columns with the same contents, which is
checked first. Both run in turn in one process, in random order; the ratio is the median over the
rounds. Memory is the peak of a separate process, less the memory after the frames were loaded.
The picture shows the seconds of both by the number of rows.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import StringIO
from math import isclose
from pathlib import Path
from typing import Any

import duckdb
import matplotlib.pyplot as plt
import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from innovation_plans import frames, load

REGIONS, INDICATORS, TARGETED = 320, 35, 21
UNITS = ("CNY_100M", "CNY_10K", "percent", "item", "person")
WANTED = ("CNY_100M", "CNY_100M", "percent", "item", "person")
FACTORS = {"CNY_100M": (1, 1.0), "CNY_10K": (1, 1e-4), "percent": (2, 1.0), "item": (3, 1.0)}
FACTORS |= {"person": (4, 1.0)}
COMPARATORS = ("at_least", "above", "about", "reach", "at_most")
VERDICTS = ("met", "missed", "ahead", "on_track", "off_track", *["undetermined"] * 7)
REASONS = (*[None] * 5, "missing_baseline", "one_point", "undated", "different_basis", "no_outcome")
REASONS += ("future_year", "regressed")
MAX_RATIOS = {"polars": 1.05, "polars-lazy": 1.05}
EXTRA_MS = {"polars": 3.0, "polars-lazy": 3.0, "duckdb": 25.0, "pandas": 25.0}
Work = Callable[[], Any]


def regions_for(rows: int) -> list[str]:
    """Return the regions of the observations and targets: few targets for ten rows."""
    return [f"R{at:03d}" for at in range(REGIONS if rows > 100 else 2)]


def indicators() -> list[str]:
    """Return codes of the bundled indicators: rows of an unknown one would be an error."""
    return [indicator.code for indicator in load().indicators][:INDICATORS]


def panel(rows: int) -> Any:
    """Return observations as an Arrow table: years 2016-2026, values with two decimals."""
    rng = np.random.default_rng(11)
    regions = regions_for(rows)
    indicator = rng.integers(0, INDICATORS, rows)
    return pa.table(
        {
            "region": pa.array(regions).take(pa.array(rng.integers(0, len(regions), rows))),
            "indicator": pa.array(indicators()).take(pa.array(indicator)),
            "year": pa.array(rng.integers(2016, 2027, rows)),
            "value": pa.array(np.round(rng.uniform(1, 200, rows), 2)),
            "unit": pa.array(UNITS).take(pa.array(indicator % len(UNITS))),
        }
    )


def targets_for(rows: int) -> Any:
    """Return targets for three in five indicators of every region; half of them state a baseline."""
    regions, codes = regions_for(rows), indicators()
    pairs = [(at, region) for at in range(TARGETED) for region in range(len(regions))]
    started = [region % 2 == 1 for _, region in pairs]
    return pa.table(
        {
            "region": [regions[region] for _, region in pairs],
            "indicator": [codes[at] for at, _ in pairs],
            "form": ["level"] * len(pairs),
            "comparator": [COMPARATORS[(at + region) % 5] for at, region in pairs],
            "value": [60 + (at * 320 + region) * 37 % 8000 / 100 for at, region in pairs],
            "unit": [WANTED[at % 5] for at, _ in pairs],
            "end_year": [2025] * len(pairs),
            "baseline_value": [50.0 if each else None for each in started],
            "baseline_year": [2015 if each else None for each in started],
            "direction": ["up"] * len(pairs),
        }
    )


# ------------------------------------------------------------------ by hand, engine by engine


def small_by_hand(targets: Any) -> Any:
    """Return the bounds of the targets, computed in polars: the table that every engine joins."""
    col = pl.col
    eighth = 0.125 / col("_s")
    frame = pl.DataFrame(pl.from_arrow(targets))
    lead = col("value") - col("baseline_value")
    return frame.with_columns(
        _s=10.0 ** (12 - col("value").log10().floor()).clip(lower_bound=0)
    ).select(
        "region",
        "indicator",
        "comparator",
        "end_year",
        target_value="value",
        target_unit="unit",
        _unit=pl.when(col("unit") == "percent")
        .then(pl.lit("percentage_point"))
        .otherwise(col("unit")),
        _of=col("unit").replace_strict({name: of for name, (of, _) in FACTORS.items()}),
        _s="_s",
        _lo=pl.when(col("comparator") == "at_most")
        .then(pl.lit(float("-inf")))
        .when(col("comparator") == "above")
        .then(eighth)
        .when(col("comparator") == "about")
        .then(col("value") * -0.02 - eighth)
        .otherwise(-eighth),
        _hi=pl.when(col("comparator") == "at_most").then(eighth).otherwise(pl.lit(float("inf"))),
        # A baseline below an upper bound already meets it; no target here starts above its bound.
        _no=pl.when(lead.is_null())
        .then(5)
        .when((lead <= 0) | (col("comparator") == "at_most"))
        .then(11)
        .otherwise(0),
        _since=col("baseline_year").fill_null(0),
        _lead=lead.abs().fill_null(0.0) * (1 + 1e-12),
        _slope=(0.95 * lead.abs() / (col("end_year") - col("baseline_year"))).fill_null(0.0),
    )


def polars_by_hand(seen: Any, targets: Any) -> Work:
    """Return the computation as one lazy plan."""
    eager = isinstance(seen, pl.DataFrame)
    factors = pl.DataFrame(
        {"unit": list(FACTORS), "_is": [a for a, _ in FACTORS.values()],
         "_f": [b for _, b in FACTORS.values()]}
    )  # fmt: skip
    col, when = pl.col, pl.when

    def work() -> Any:
        small = small_by_hand(targets)
        far = (col("value") * col("_f") - col("target_value")) * col("_s")
        holds = (col("_d") >= col("_lo")) & (col("_d") <= col("_hi"))
        due = col("year") == col("end_year")
        code = (
            when(col("year").is_null()).then(7)
            .when(col("_is").is_null() | (col("_is") != col("_of"))).then(8)
            .when(col("_d").is_null() | col("_d").is_nan()).then(9)
            .when(col("year") > col("end_year")).then(10)
            .when(holds & due).then(0).when(holds).then(2).when(due).then(1)
            .when(col("_no") > 0).then(col("_no"))
            .when(col("year") <= col("_since")).then(6)
            .when(col("_d") + col("_lead") >= col("_slope") * (col("year") - col("_since"))).then(3)
            .otherwise(4)
        )  # fmt: skip
        known = (col("_c") < 7) | (col("_c") == 11)
        verdict: Any = when(col("_c") == 0).then(pl.lit("met"))
        for at in range(1, 5):
            verdict = verdict.when(col("_c") == at).then(pl.lit(VERDICTS[at]))
        reason: Any = when(col("_c") == 5).then(pl.lit(REASONS[5]))
        for at in range(6, 12):
            reason = reason.when(col("_c") == at).then(pl.lit(REASONS[at]))
        rows = seen.lazy().with_row_index("_r") if eager else seen
        plan = (
            rows.join(small.lazy(), on=["region", "indicator"])
            .join(factors.lazy(), on="unit", how="left")
            .with_columns(_d=(far + 0.5).floor() / col("_s"))
            .with_columns(_c=code)
            .select(
                *("region", "indicator", "year", "value", "unit", "target_value", "target_unit"),
                *("comparator", "end_year"),
                *(["_r"] if eager else []),
                gap=when(known).then(col("_d")),
                gap_unit=when(known).then(col("_unit")),
                verdict=verdict.otherwise(pl.lit("undetermined")),
                reason=reason.otherwise(None),
            )
        )
        # As with frames.assess, the result of an eager frame has the order of its rows.
        return plan.sort("_r").drop("_r").collect() if eager else plan

    return work


def pandas_by_hand(seen: Any, targets: Any) -> Work:
    """Return the computation as two merges, then NumPy; labels are taken from an array by code."""
    factors = pd.DataFrame(
        {"unit": list(FACTORS), "_is": [a for a, _ in FACTORS.values()],
         "_f": [b for _, b in FACTORS.values()]}
    )  # fmt: skip
    verdicts = pd.array(list(VERDICTS), dtype="str")
    reasons = pd.array(list(REASONS), dtype="str")
    columns = ["region", "indicator", "year", "value", "unit", "target_value", "target_unit"]
    columns += ["comparator", "end_year"]

    def work() -> Any:
        small = small_by_hand(targets).to_pandas()
        both = seen.merge(small, on=["region", "indicator"]).merge(factors, on="unit", how="left")
        d = (both["value"] * both["_f"] - both["target_value"]) * both["_s"]
        d = np.floor(d.to_numpy() + 0.5) / both["_s"].to_numpy()
        year, end, since = (both[name].to_numpy() for name in ("year", "end_year", "_since"))
        holds = (d >= both["_lo"].to_numpy()) & (d <= both["_hi"].to_numpy())
        due, none = year == end, both["_no"].to_numpy()
        on = d + both["_lead"].to_numpy() >= both["_slope"].to_numpy() * (year - since)
        code = np.select(
            [
                np.isnan(year), (both["_is"] != both["_of"]).to_numpy(), np.isnan(d), year > end,
                holds & due, holds, due, none > 0, year <= since, on,
            ],
            [7, 8, 9, 10, 0, 2, 1, none, 6, 3],
            4,
        )  # fmt: skip
        known = (code < 7) | (code == 11)
        made = both[columns]
        return made.assign(
            gap=np.where(known, d, np.nan),
            gap_unit=both["_unit"].where(known),
            verdict=verdicts.take(code),
            reason=reasons.take(code),
        )

    return work


def pyarrow_by_hand(seen: Any, targets: Any) -> Work:
    """Return the computation as two Acero joins, then compute functions; labels are taken by code."""
    factors = pa.table(
        {"unit": list(FACTORS), "_is": [a for a, _ in FACTORS.values()],
         "_f": [b for _, b in FACTORS.values()]}
    )  # fmt: skip
    verdicts, reasons = pa.array(VERDICTS), pa.array(REASONS)

    def work() -> Any:
        small = small_by_hand(targets).to_arrow()
        small = small.cast(
            pa.schema(
                pa.field(f.name, pa.string() if pa.types.is_large_string(f.type)
                         or pa.types.is_string_view(f.type) else f.type)
                for f in small.schema
            )
        )  # fmt: skip
        rows = seen.append_column("_r", pa.array(np.arange(len(seen))))
        both = rows.join(small, ["region", "indicator"], join_type="inner").join(factors, ["unit"])
        c = both.column
        far = pc.subtract(pc.multiply(c("value"), c("_f")), c("target_value"))
        d = pc.divide(pc.floor(pc.add(pc.multiply(far, c("_s")), 0.5)), c("_s"))
        year, end, since = c("year"), c("end_year"), c("_since")
        holds = pc.and_(pc.greater_equal(d, c("_lo")), pc.less_equal(d, c("_hi")))
        due = pc.equal(year, end)
        needed = pc.multiply(c("_slope"), pc.subtract(year, since))
        on = pc.greater_equal(pc.add(d, c("_lead")), needed)
        cases = [
            pc.is_null(year),
            pc.fill_null(pc.not_equal(c("_is"), c("_of")), fill_value=True),
            pc.is_null(d, nan_is_null=True),
            pc.greater(year, end), pc.and_(holds, due), holds, due, pc.greater(c("_no"), 0),
            pc.less_equal(year, since), on,
        ]  # fmt: skip
        cases = [pc.fill_null(each, fill_value=False) for each in cases]
        values = [pa.scalar(at, pa.int64()) for at in (7, 8, 9, 10, 0, 2, 1)]
        values += [
            pc.cast(c("_no"), pa.int64()),
            pa.scalar(6, pa.int64()),
            pa.scalar(3, pa.int64()),
        ]
        flags = pa.StructArray.from_arrays(
            [each.combine_chunks() for each in cases], names=[str(at) for at in range(len(cases))]
        )
        code = pc.case_when(flags, *values, pa.scalar(4, pa.int64()))
        known = pc.or_(pc.less(code, 7), pc.equal(code, 11))
        names = ["region", "indicator", "year", "value", "unit", "target_value", "target_unit"]
        made = both.select([*names, "comparator", "end_year", "_r"])
        made = made.append_column("gap", pc.if_else(known, d, None))
        made = made.append_column("gap_unit", pc.if_else(known, c("_unit"), None))
        made = made.append_column("verdict", verdicts.take(code))
        made = made.append_column("reason", reasons.take(code))
        return made.sort_by("_r").drop_columns(["_r"])

    return work


_CODE = """
case when year is null then 7 when _is is null or _is <> _of then 8
     when _d is null or isnan(_d) then 9 when year > end_year then 10
     when _d >= _lo and _d <= _hi and year = end_year then 0
     when _d >= _lo and _d <= _hi then 2 when year = end_year then 1 when _no > 0 then _no
     when year <= _since then 6 when _d + _lead >= _slope * (year - _since) then 3 else 4 end"""
_WORDS = "case {} else {} end"
_SQL = """
select region, indicator, year, value, unit, target_value, target_unit, comparator, end_year,
       case when _c < 7 or _c = 11 then _d end as gap,
       case when _c < 7 or _c = 11 then _unit end as gap_unit, {verdict} as verdict,
       {reason} as reason
from (select *, {code} as _c
      from (select *, floor((value * _f - target_value) * _s + 0.5) / _s as _d
            from seen join {small} using (region, indicator) left join {factors} using (unit)))"""


def _sql(small: str = "small", factors: str = "factors") -> str:
    def words(listed: tuple[Any, ...], last: str) -> str:
        cases = (f"when _c = {at} then '{word}'" for at, word in enumerate(listed) if word)
        return _WORDS.format(" ".join(cases), last)

    verdict = words(VERDICTS[:5], "'undetermined'")
    return _SQL.format(
        verdict=verdict, reason=words(REASONS, "null"), code=_CODE, small=small, factors=factors
    )


def duckdb_by_hand(seen: Any, targets: Any) -> Work:
    """Return the computation as one SQL statement."""
    units = pa.table(
        {"unit": list(FACTORS), "_is": [a for a, _ in FACTORS.values()],
         "_f": [b for _, b in FACTORS.values()]}
    )  # fmt: skip

    def work() -> Any:
        small, factors = small_by_hand(targets).to_arrow(), units  # noqa: F841 - DuckDB looks them up by name
        return seen.query("seen", _sql())

    return work


def pyspark_by_hand(seen: Any, targets: Any) -> Work:
    """Return the computation as one SQL statement over broadcast tables."""
    spark = seen.sparkSession

    def work() -> Any:
        small = small_by_hand(targets)
        spark.createDataFrame(small.rows(), small.columns).createOrReplaceTempView("small")
        units = [(name, of, factor) for name, (of, factor) in FACTORS.items()]
        spark.createDataFrame(units, ["unit", "_is", "_f"]).createOrReplaceTempView("factors")
        seen.createOrReplaceTempView("seen")
        return spark.sql(
            _sql().replace("select region", "select /*+ BROADCAST(small, factors) */ region")
        )

    return work


# ------------------------------------------------------------------ engines


def loaded(engine: str, rows: int, folder: Path) -> tuple[Any, Any]:
    """Return observations and targets for an engine; a missing Parquet file is written first."""
    file = folder / f"seen-{rows}.parquet"
    if not file.exists():
        pq.write_table(panel(rows), file)
    targets = targets_for(rows)
    if engine == "pyspark":
        return _spark().read.parquet(str(file)).repartition(2).cache(), targets
    if engine.startswith("polars"):
        seen = pl.read_parquet(file)
        return (seen.lazy() if engine == "polars-lazy" else seen), targets
    table = pq.read_table(file)
    if engine == "pandas":
        return table.to_pandas(), targets
    if engine == "duckdb":
        connection = duckdb.connect()
        connection.from_arrow(table).create("seen_table")
        return connection.table("seen_table"), targets
    return table, targets


def _spark() -> Any:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - starts Java; one engine needs it

    builder = SparkSession.builder.master("local[2]").config("spark.driver.memory", "6g")
    for name, value in {
        "shuffle.partitions": "2",
        "execution.arrow.pyspark.enabled": "false",
    }.items():
        builder = builder.config(f"spark.sql.{name}", value)
    session = builder.config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def done(engine: str, result: Any) -> Any:
    """Compute and return the whole result."""
    if engine == "polars-lazy":
        return result.collect()
    if engine == "duckdb":
        return result.to_arrow_table()
    if engine == "pyspark":
        return result.write.format("noop").mode("overwrite").save()
    return result


BY_HAND: dict[str, Callable[[Any, Any], Work]] = {
    "polars": polars_by_hand,
    "polars-lazy": polars_by_hand,
    "duckdb": duckdb_by_hand,
    "pandas": pandas_by_hand,
    "pyarrow": pyarrow_by_hand,
    "pyspark": pyspark_by_hand,
}


def computations(engine: str, rows: int, folder: Path) -> dict[str, Work]:
    """Return both computations on the same frames."""
    seen, targets = loaded(engine, rows, folder)
    native = pl.from_arrow(targets)  # targets may be of another engine than the observations
    return {
        "package": lambda: frames.assess(seen, native),
        "by hand": BY_HAND[engine](seen, targets),
    }


def counted(result: Any) -> dict[str, float]:
    """Return the number of rows by verdict and reason, and the sums of the gaps."""
    frame = nw.from_native(result)
    groups = frame.group_by("verdict", "reason").agg(rows=nw.len(), gap=nw.col("gap").sum())
    lines = groups.collect() if isinstance(groups, nw.LazyFrame) else groups
    counts = {}
    for row in lines.iter_rows(named=True):
        key = f"{row['verdict']} {row['reason'] if isinstance(row['reason'], str) else ''}"
        counts[f"{key} rows"], counts[f"{key} gap"] = row["rows"], row["gap"] or 0.0
    return counts


# ------------------------------------------------------------------ measuring


def timed(engine: str, rows: int, rounds: int, folder: Path) -> dict[str, Any]:
    """Return the seconds of both in every round; raise if their results differ."""
    works = computations(engine, rows, folder)
    one, other = (counted(works[name]()) for name in works)
    # the order of additions changes the last digits of a sum
    same = one.keys() == other.keys() and all(isclose(one[key], other[key]) for key in one)
    if not same:
        raise SystemExit(f"{engine}: expected {other}, found {one}")
    seconds: dict[str, list[float]] = {name: [] for name in works}
    repeats = max(1, min(20, 20_000 // rows))
    order = list(works)
    for _ in range(rounds):
        random.shuffle(order)
        for name in order:
            gc.collect()
            start = time.perf_counter()
            for _ in range(repeats):
                result = done(engine, works[name]())
            seconds[name].append((time.perf_counter() - start) / repeats)
            del result
    return seconds


def peak(engine: str, rows: int, name: str, folder: Path) -> dict[str, Any]:
    """Return the bytes that one computation needs at its peak."""
    work = computations(engine, rows, folder)[name]
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # reset VmHWM
    before = _status("VmRSS")
    result = done(engine, work())
    after = _status("VmHWM")
    del result
    return {"bytes": after - before}


def _status(name: str) -> int:
    text = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in text.splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024


def child(folder: Path, *arguments: str) -> dict[str, Any]:
    """Return the measurements of a separate process."""
    command = [sys.executable, __file__, "--folder", str(folder), *arguments]
    silent = {**os.environ, "PYTHONWARNINGS": "ignore"}
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=silent)
    if run.returncode:
        raise SystemExit(f"exit code {run.returncode}: {run.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return result


def report(engine: str, rows: int, rounds: int, folder: Path) -> tuple[str, tuple[float, float]]:
    """Return one line of the table, and the seconds of the package and by hand."""
    options = ["--engine", engine, "--rows", str(rows)]
    seconds = child(folder, *options, "--rounds", str(rounds))
    package, by_hand = (statistics.median(seconds[name]) for name in ("package", "by hand"))
    pairs = zip(seconds["package"], seconds["by hand"], strict=True)
    ratio = statistics.median(one / other for one, other in pairs)
    line = f"{engine:12} {rows:>10} {package * 1000:10.1f} {by_hand * 1000:10.1f} {ratio:7.2f}"
    if rows >= 1_000_000 and engine != "pyspark":  # Spark uses the memory of another process
        both = [child(folder, *options, "--peak", name)["bytes"] for name in ("package", "by hand")]
        line += f" {both[0] / 2**20:8.0f} {both[1] / 2**20:8.0f} {both[0] / both[1]:6.2f}"
    else:
        line += f" {(package - by_hand) * 1000:+8.1f} ms more"
    return line, (package, by_hand)


def draw(seconds: dict[str, dict[int, tuple[float, float]]], file: str) -> None:
    """Draw the seconds by rows as SVG, one panel for each engine."""
    figure, panels = plt.subplots(
        1,
        len(seconds),
        figsize=(2.4 * len(seconds), 3),
        sharex=True,
        sharey=True,
        layout="constrained",
    )
    for (engine, by_rows), axes in zip(seconds.items(), np.atleast_1d(panels), strict=True):
        package, by_hand = zip(*by_rows.values(), strict=True)
        axes.loglog(list(by_rows), package, "o-", color="#0b5c8a", label="frames.assess")
        axes.loglog(list(by_rows), by_hand, "o--", color="#b3541e", label="by hand")
        axes.set_title(engine, fontsize=10)
        axes.grid(alpha=0.3)
    figure.supxlabel("rows", fontsize=10)
    figure.supylabel("seconds", fontsize=10)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside upper left", ncols=2)
    drawn = StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None})
    text = drawn.getvalue()
    Path(file).write_text(text[text.index("<svg") :], encoding="utf-8", newline="\n")


def main(arguments: argparse.Namespace) -> int:
    """Measure and print a table; with ``--engine``, measure in this process and print JSON."""
    folder = Path(arguments.folder or tempfile.mkdtemp())
    rows = [int(float(each)) for each in arguments.rows]
    if arguments.engine and arguments.peak:
        print(json.dumps(peak(arguments.engine, rows[0], arguments.peak, folder)))
        return 0
    if arguments.engine:
        print(json.dumps(timed(arguments.engine, rows[0], arguments.rounds, folder)))
        return 0
    print(
        f"{'engine':12} {'rows':>10} {'package ms':>10} {'by hand ms':>10} {'ratio':>7}  peak MiB"
    )
    measured: dict[str, dict[int, tuple[float, float]]] = {}
    for engine in arguments.engines:
        for count in rows:
            line, seconds = report(engine, count, arguments.rounds, folder)
            measured.setdefault(engine, {})[count] = seconds
            print(line, flush=True)
    if arguments.picture:
        draw(measured, arguments.picture)
    print(f"aims: {MAX_RATIOS} at ten million rows, 1.1 for other engines and for memory;")
    print(f"extra ms on ten rows, at most: {EXTRA_MS}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", nargs="+", default=["10", "1e4", "1e5", "1e6", "1e7"])
    parser.add_argument("--engines", nargs="+", default=list(BY_HAND), choices=list(BY_HAND))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--picture", help="a file for the seconds by the number of rows")
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--peak", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main(_arguments()))
