"""Compare loading, checking and extending a dataset of one's own with pydantic's reader.

Usage: ``python benchmarks/own_data.py [--rows 1e4 1e5] [--rounds 3]``

The dataset has observations of own regions, half a million in a CSV file. Every step runs in its own process;
its time is that of the step, without the import, and its memory the peak of the process less that
after the import. ``pydantic validate_json`` reads the same records from JSON, with the references
resolved as in ``load``.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

import innovation_plans as ip

INDICATORS = {"rd_expenditure": "CNY_100M", "gdp": "CNY_100M", "rd_personnel_fte": "person_year"}
CITED, CITATION = ("source", "locator"), ("ex-book", "table 1")
OWN, NAMES = "own", "names"  # the dataset, and only what its observations refer to
YEARS = range(2001, 2025)
ROWS_OF_A_FILE = 500_000
STEPS = ("pydantic", "load", "check", "extend")  # by five observations


def write_dataset(folder: Path, rows: int) -> None:
    """Write a dataset directory with at least so many observations."""
    units = {code: ip.load().indicators[code].unit for code in INDICATORS}
    regions = [f"EX-{at:05d}" for at in range(-(-rows // (len(units) * len(YEARS))))]
    for place in (folder / OWN, folder / NAMES):
        place.mkdir(exist_ok=True)
        _write(
            place / "regions.csv",
            ["code", "kind", "name_en", "name_zh", "parent"],
            [[code, "city", f"City {code}", "", "CN"] for code in regions],
        )
        _write(
            place / "sources.csv",
            ["code", "title", "publisher", "date", "tier"],
            [["ex-book", "Yearbook of examples", "Office of examples", "2025-09", "A"]],
        )
    head = ["region", "indicator", "form", "comparator", "value", "unit", "year", *CITED]
    figures = [
        [code, name, "level", "reach", f"{1000 + at * 7 % 900}.{year % 100:02d}", unit, year, *CITATION]
        for at, code in enumerate(regions)
        for name, unit in units.items()
        for year in YEARS
    ]  # fmt: skip
    (folder / OWN / "observations").mkdir(exist_ok=True)
    for at in range(0, len(figures), ROWS_OF_A_FILE):
        part = folder / OWN / "observations" / f"part-{at}.csv"
        _write(part, head, figures[at : at + ROWS_OF_A_FILE])
    own = [dict(zip(head, figure, strict=True)) for figure in figures]
    for figure in own:
        figure["citation"] = {name: figure.pop(name) for name in CITED}
    (folder / "observations.json").write_text(json.dumps(own), encoding="utf-8")


def _write(path: Path, head: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


def prepared(step: str, folder: Path) -> Callable[[], object]:
    """Return the call of a step; what it needs is read before."""
    bundled = ip.load()
    if step == "load":
        return partial(bundled.extend, folder / OWN)
    if step == "check":
        return partial(ip.check, folder / OWN)
    if step == "extend":
        plans = bundled.extend(folder / OWN)
        first = plans.observations.where(source="ex-book").first()
        few = [first.model_copy(update={"year": year}) for year in range(1991, 1996)]
        return partial(plans.extend, observations=few)
    context = bundled.extend(folder / NAMES).context
    text = (folder / "observations.json").read_bytes()
    return partial(TypeAdapter(list[ip.Observation]).validate_json, text, context=context)


def measure(step: str, folder: Path) -> None:
    """Print the seconds and the mebibytes of one step."""
    run = prepared(step, folder)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    kept = run()
    took = time.perf_counter() - start
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(json.dumps([took, more / 1024]))
    del kept


def main(sizes: list[int], rounds: int) -> None:
    """Print a table of every step at every size."""
    print("step           rows    seconds  x pydantic   MiB more")
    for rows in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_dataset(folder, rows)
            figures: dict[str, list[list[float]]] = {step: [] for step in STEPS}
            for _ in range(rounds):
                for step in STEPS:
                    command = [sys.executable, __file__, "--step", step, "--folder", name]
                    result = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
                    figures[step].append(json.loads(result.stdout))
            floor = statistics.median(took for took, _ in figures["pydantic"])
            for step, each in figures.items():
                took, memory = (statistics.median(column) for column in zip(*each, strict=True))
                print(f"{step:<10}{rows:>9}{took:>11.3f}{took / floor:>12.2f}{memory:>11.0f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", nargs="+", default=["1e4", "1e5"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--step", choices=STEPS)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.step:
        measure(given.step, given.folder)
    else:
        main([int(float(text)) for text in given.rows], given.rounds)
