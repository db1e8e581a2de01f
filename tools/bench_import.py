"""Whole-process times as ratios to the bare interpreter, measured in one interleaved run.

Usage: ``python tools/bench_import.py [ROUNDS]``

Each round runs every case once, in a shuffled order; the ratio is the median over the rounds of
case over bare. Byte code is compiled first, as an installed package has it.
"""

from __future__ import annotations

import compileall
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "innovation_plans"
CASES = {
    "bare interpreter": "pass",
    "import innovation_plans": "import innovation_plans",
    "from pydantic import BaseModel": "from pydantic import BaseModel",
    "first target": "import innovation_plans as ip; print(ip.load().targets[0])",
    "import pint": "import pint",
    "first quantity": "import innovation_plans as ip; print(ip.quantity('14 万亿元'))",
}
# What the issue tracker holds the front door to.
CEILINGS = {"import innovation_plans": 1.06}


def main(rounds: int) -> int:
    """Measure, print a table, and say where a ceiling is passed."""
    compileall.compile_dir(PACKAGE, quiet=2)
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(rounds):
        for name in random.sample(list(CASES), len(CASES)):
            times[name].append(_seconds(CASES[name]))
    bare = times["bare interpreter"]
    failed = 0
    print(f"{'case':32} {'x bare':>7} {'ms':>7}   ({rounds} interleaved rounds, medians)")
    for name, taken in times.items():
        ratio = statistics.median(a / b for a, b in zip(taken, bare, strict=True))
        ceiling = CEILINGS.get(name)
        passed = "" if ceiling is None else f"  (at most {ceiling})"
        failed += ceiling is not None and ratio > ceiling
        print(f"{name:32} {ratio:7.2f} {statistics.median(taken) * 1000:7.1f}{passed}")
    return 1 if failed else 0


def _seconds(code: str) -> float:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as elsewhere:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=elsewhere,
            env=environment,
        )
        return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 31))
