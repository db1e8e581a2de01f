"""``load()`` of everything beside ``orjson.loads``, and its memory beside pydantic's own lists.

Usage: ``python benchmarks/load.py [ROUNDS]``

Times: each round runs every case once, each beside a run of ``orjson.loads`` of the same records;
the ratio is the median over the rounds, with the garbage collector as Python has it. Memory: each
case in a process of its own, as tracemalloc counts what is kept and what was needed at most.
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
CEILING = 3.0  # what the issue tracker asks for


def loaded(folder: Path | None) -> Tables:
    """Return every bundled record, from the snapshot in a folder or else from the rows."""
    root = bundled_data()
    tables = BundledTables(root, snapshot=Snapshot(root, folder)) if folder else validated(root)
    return {name: tables.table(name) for name in TABLES}


def by_pydantic(texts: dict[str, bytes], codes: Any) -> Tables:
    """The same records as pydantic reads them from JSON, where their codes are known already."""
    return {
        name: TypeAdapter(list[kind]).validate_json(texts[name], context=codes)  # type: ignore[valid-type]
        for name, kind in TABLES.items()
    }


def cases(folder: Path) -> dict[str, Callable[[], Tables]]:
    """What is measured."""
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
    """The ratios of every case, the times of the peer, the number of records and their size."""
    runs = cases(folder)
    records = runs[SNAPSHOT]()
    text = orjson.dumps(
        {n: [json.loads(each.model_dump_json()) for each in found] for n, found in records.items()}
    )
    count = sum(map(len, records.values()))
    del records
    ratios: dict[str, list[float]] = {name: [] for name in runs}
    peer = []
    for _ in range(rounds):
        for name, run in runs.items():
            ours, theirs = seconds(run), seconds(partial(orjson.loads, text))
            ratios[name].append(ours / theirs)
            peer.append(theirs)
    return ratios, peer, count, len(text)


def seconds(run: Callable[[], object]) -> float:
    """How long it takes; what it makes is dropped outside of the time."""
    start = time.perf_counter()
    kept = run()
    taken = time.perf_counter() - start
    del kept
    return taken


def memory(case: str, folder: Path) -> None:
    """Print the bytes that a case keeps and needs at most; whatever is made once is made before."""
    run = cases(folder)[case]
    run()
    tracemalloc.start()
    kept = run()
    print(*tracemalloc.get_traced_memory())
    del kept


def main(rounds: int) -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_snapshot(validated(bundled_data()), bundled_data(), folder)
        ratios, peer, count, size = timed(folder, rounds)
        used = {case: _memory_of(case, folder) for case in ratios}
    print(f"{count} records, {size} bytes of JSON, {rounds} interleaved rounds, medians")
    print(f"{'case':24} {'x orjson':>9} {'MB kept':>9} {'MB at most':>11} {'x pydantic':>11}")
    print(f"{'orjson.loads':24} {1:9.2f}    ({statistics.median(peer) * 1000:.0f} ms)")
    for case, found in ratios.items():
        kept, most = used[case]
        ratio, beside = statistics.median(found), kept / used[PYDANTIC][0]
        print(f"{case:24} {ratio:9.2f} {kept / 1e6:9.1f} {most / 1e6:11.1f} {beside:11.2f}")
    print(f"aim: {SNAPSHOT} at most {CEILING} x orjson, at most 1 x pydantic in memory")
    return 0


def _memory_of(case: str, folder: Path) -> tuple[int, int]:
    command = [sys.executable, __file__, "--memory", case, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    kept, most = map(int, done.stdout.split())
    return kept, most


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        memory(sys.argv[2], Path(sys.argv[3]))
        sys.exit(0)
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
