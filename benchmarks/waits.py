"""Compare what a user waits for with the least that the same libraries need.

Usage: ``python benchmarks/waits.py [ROUNDS]``

Frames: all observations as a data frame, compared with reading the same rows from one CSV file.
Pages: the report of a province, and the explorer with the reports of three, compared with drawing
their pictures and nothing else.
Processes: a command, compared with the start of the libraries that it is built on; mypy without a cache,
compared with the same file that imports pydantic and pint. Each round runs every case once; ratios are
medians over the rounds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pandas as pd
import polars as pl

import innovation_plans as ip
from innovation_plans.report import content, explorer

SCORECARD = ["-m", "innovation_plans", "scorecard", "--region", "Guangdong"]
LIBRARIES = ["-c", "from pydantic import BaseModel; import typer; typer.Typer()"]
OURS = "import innovation_plans as ip\n\nprint(ip.load().edition)\n"
THEIRS = "import pint\nimport pydantic\n\nprint(pint.UnitRegistry, pydantic.BaseModel)\n"
# A case, the case it is compared with, and the aim for the ratio.
PAIRS = (
    ("to_pandas()", "pandas.read_csv", 2.0),
    ("to_polars()", "polars.read_csv", 2.0),
    ("innovation-plans scorecard", "pydantic and typer", 1.5),
    ("report of Guangdong", "its pictures", 1.5),
    ("explorer with reports", "their pictures", 1.5),
    ("mypy, innovation_plans", "mypy, pydantic and pint", 1.2),
)


def cases(folder: Path) -> dict[str, Callable[[], object]]:
    """Return the calls to measure, by name."""
    plans = ip.load()
    observations = plans.observations
    codes = ["CN-LN", "CN-JL", "CN-HL"]
    northeast = plans.subset(codes)
    rows = folder / "observations.csv"
    observations.to_pandas().to_csv(rows, index=False)
    for name, code in (("ours.py", OURS), ("theirs.py", THEIRS)):
        (folder / name).write_text(code, encoding="utf-8")
    mypy = ["-m", "mypy", "--cache-dir", "/dev/null"]
    return {
        "pandas.read_csv": partial(pd.read_csv, rows, low_memory=False),
        "to_pandas()": observations.to_pandas,
        "polars.read_csv": partial(pl.read_csv, rows, infer_schema_length=None),
        "to_polars()": observations.to_polars,
        "pydantic and typer": partial(_run, *LIBRARIES),
        "innovation-plans scorecard": partial(_run, *SCORECARD),
        "its pictures": partial(_draw, plans, ["CN-GD"]),
        "report of Guangdong": partial(ip.report.html, plans, region="CN-GD"),
        "their pictures": partial(_draw, northeast, codes),
        "explorer with reports": partial(
            explorer.write, northeast, folder / "explorer", overwrite=True, reports=True
        ),
        "mypy, pydantic and pint": partial(_run, *mypy, str(folder / "theirs.py")),
        "mypy, innovation_plans": partial(_run, *mypy, str(folder / "ours.py")),
    }


def _draw(plans: ip.Dataset, codes: list[str]) -> None:
    for code in codes:
        content.pictures_of_region(ip.scorecard(plans, region=code), plans)


def _run(*arguments: str) -> None:
    # Installed packages are compiled.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main(rounds: int) -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as name:
        calls = cases(Path(name))
        times: dict[str, list[float]] = {case: [] for case in calls}
        for _ in range(rounds):
            for case, run in calls.items():
                times[case].append(_seconds(run))
    print(f"{'case':28}{'seconds':>8}  compared with              ratio  aim ({rounds} rounds)")
    for case, reference, aim in PAIRS:
        pairs = zip(times[case], times[reference], strict=True)
        ratio = statistics.median(ours / theirs for ours, theirs in pairs)
        took = statistics.median(times[case])
        print(f"{case:28}{took:8.2f}  {reference:25}{ratio:7.2f}  at most {aim}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5)
