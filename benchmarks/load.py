"""Compare the time of ``load()`` with ``orjson.loads``, and its memory with lists of pydantic models.

Usage: ``python benchmarks/load.py [ROUNDS]``

Times: each round runs every case once, followed by ``orjson.loads`` of the same records; the ratio
is the median over the rounds. Memory: each case runs in its own process; tracemalloc counts the bytes
of the result and the peak.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from pydantic import TypeAdapter

from innovation_plans.dataset.build import BundledTables, validated
from innovation_plans.io.snapshot import Snapshot, write_snapshot
from innovation_plans.records import TABLES
from innovation_plans.resources import bundled_data

Tables = dict[str, list[Any]]
SNAPSHOT, ROWS, PYDANTIC = "load() of everything", "the same from CSV", "pydantic validate_json"
MAX_RATIO = 3.0


def loaded(folder: Path | None) -> Tables:
    """Return every bundled record, from the snapshot in a folder or else from the rows."""
    root = bundled_data()
    tables = BundledTables(root, snapshot=Snapshot(root, folder)) if folder else validated(root)
    return {name: tables.table(name) for name in TABLES}


def by_pydantic(texts: dict[str, bytes], context: Any) -> Tables:
    """Return the same records, read by pydantic from JSON with a complete context."""
    return {
        name: TypeAdapter(list[kind]).validate_json(texts[name], context=context)  # type: ignore[valid-type]
        for name, kind in TABLES.items()
    }


def cases(folder: Path) -> dict[str, Callable[[], Tables]]:
    """Return the calls to measure, by name."""
    directory = validated(bundled_data())
    texts = {
        name: orjson.dumps([json.loads(each.model_dump_json()) for each in directory.table(name)])
        for name in TABLES
    }
    return {
        SNAPSHOT: partial(loaded, folder),
        ROWS: partial(loaded, None),
        PYDANTIC: partial(by_pydantic, texts, directory.context),
    }


def timed(folder: Path, rounds: int) -> tuple[dict[str, list[float]], list[float], int, int]:
    """Return the ratios of every case, the times of orjson, the number of records and their size."""
    runs = cases(folder)
    records = runs[SNAPSHOT]()
    text = orjson.dumps(
        {n: [json.loads(each.model_dump_json()) for each in found] for n, found in records.items()}
    )
    count = sum(map(len, records.values()))
    del records
    ratios: dict[str, list[float]] = {name: [] for name in runs}
    reference = []
    for _ in range(rounds):
        for name, run in runs.items():
            own, other = seconds(run), seconds(partial(orjson.loads, text))
            ratios[name].append(own / other)
            reference.append(other)
    return ratios, reference, count, len(text)


def seconds(run: Callable[[], object]) -> float:
    """Return the time of a call, without the time to free its result."""
    start = time.perf_counter()
    result = run()
    elapsed = time.perf_counter() - start
    del result
    return elapsed


def memory(case: str, folder: Path) -> None:
    """Print the bytes of the result of a case, and the peak; caches are filled before."""
    run = cases(folder)[case]
    run()
    tracemalloc.start()
    result = run()
    print(*tracemalloc.get_traced_memory())
    del result


def main(rounds: int) -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_snapshot(validated(bundled_data()), bundled_data(), folder)
        ratios, reference, count, size = timed(folder, rounds)
        used = {case: _memory_of(case, folder) for case in ratios}
    print(f"{count} records, {size} bytes of JSON, {rounds} interleaved rounds, medians")
    print(f"{'case':24} {'x orjson':>9} {'MB kept':>9} {'MB peak':>11} {'x pydantic':>11}")
    print(f"{'orjson.loads':24} {1:9.2f}    ({statistics.median(reference) * 1000:.0f} ms)")
    for case, values in ratios.items():
        kept, top = used[case]
        ratio, share = statistics.median(values), kept / used[PYDANTIC][0]
        print(f"{case:24} {ratio:9.2f} {kept / 1e6:9.1f} {top / 1e6:11.1f} {share:11.2f}")
    print(f"aim: {SNAPSHOT} at most {MAX_RATIO} x orjson, at most 1 x pydantic in memory")
    return 0


def _memory_of(case: str, folder: Path) -> tuple[int, int]:
    command = [sys.executable, __file__, "--memory", case, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    kept, top = map(int, done.stdout.split())
    return kept, top


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        memory(sys.argv[2], Path(sys.argv[3]))
        sys.exit(0)
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
