"""``load()`` of everything, validated, beside ``orjson.loads`` of the same records as JSON.

Usage: ``python tools/bench_load.py [ROUNDS]``

Both run in turn in one process, with the garbage collector as Python has it; the ratio is the
median over the rounds.
"""

from __future__ import annotations

import statistics
import sys
import time

import orjson

from innovation_plans.bundled import bundled_data
from innovation_plans.directory import TABLES, Directory

CEILING = 4.0  # what the issue tracker asks for


def everything() -> dict[str, list[object]]:
    """Every bundled record, read and validated anew."""
    directory = Directory(bundled_data(), label="bundled data")
    return {name: directory.table(name) for name in TABLES}


def main(rounds: int) -> int:
    """Measure and print."""
    records = everything()
    text = orjson.dumps(
        {
            name: [orjson.loads(record.model_dump_json()) for record in found]  # type: ignore[attr-defined]
            for name, found in records.items()
        }
    )
    ratios, ours, theirs = [], [], []
    for _ in range(rounds):
        start = time.perf_counter()
        orjson.loads(text)
        middle = time.perf_counter()
        everything()
        end = time.perf_counter()
        theirs.append(middle - start)
        ours.append(end - middle)
        ratios.append((end - middle) / (middle - start))
    count = sum(map(len, records.values()))
    print(f"{count} records, {len(text)} bytes of JSON, {rounds} rounds, medians")
    print(f"{'orjson.loads':24} {statistics.median(theirs) * 1000:8.1f} ms")
    print(f"{'load() of everything':24} {statistics.median(ours) * 1000:8.1f} ms")
    ratio = statistics.median(ratios)
    print(f"{'ratio':24} {ratio:8.2f}     (aim: at most {CEILING})")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
