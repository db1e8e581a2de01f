"""Measure the time of whole processes, as ratios to the bare interpreter.

Usage: ``python benchmarks/process_start.py [ROUNDS]``

Each round runs every case once, in random order; the ratio is the median over the rounds. Byte code
is compiled first, as in an installed package.
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
    "pydantic, one frozen model": """
from decimal import Decimal
from pydantic import BaseModel, ConfigDict
fields = {"__annotations__": {f"f{i}": Decimal if i % 4 == 0 else str for i in range(20)}}
Row = type("Row", (BaseModel,), fields | {"model_config": ConfigDict(frozen=True, extra="forbid")})
print(Row.model_validate({f"f{i}": "3.5" for i in range(20)}))
""",
    "first target": "import innovation_plans as ip; print(ip.load().targets[0])",
    "import pint": "import pint",
    "pint, a registry of 30 units": """
import pint
from decimal import Decimal
registry = pint.UnitRegistry(None, non_int_type=Decimal)
for i in range(30):
    registry.define(f"unit_{i} = [dimension_{i}]" if i % 3 == 0 else f"unit_{i} = 10 * unit_{i - i % 3}")
print(registry.Quantity(Decimal(14), "unit_3").to("unit_4"))
""",
    "first quantity": "import innovation_plans as ip; print(ip.quantity('14 万亿元').to('亿元'))",
}
# A case, the case it is compared with, and the aim for the ratio.
PAIRS = (
    ("import innovation_plans", "bare interpreter", 1.06),
    ("first target", "pydantic, one frozen model", 1.10),
    ("first quantity", "pint, a registry of 30 units", 1.10),
)


def main(rounds: int) -> int:
    """Measure and print a table; return 1 if the import is slower than its aim."""
    compileall.compile_dir(PACKAGE, quiet=2)
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(rounds):
        for name in random.sample(list(CASES), len(CASES)):
            times[name].append(_seconds(CASES[name]))
    bare = times["bare interpreter"]
    print(f"{'case':32} {'x bare':>7} {'ms':>7}   ({rounds} interleaved rounds, medians)")
    for name, seconds in times.items():
        ratio = statistics.median(a / b for a, b in zip(seconds, bare, strict=True))
        print(f"{name:32} {ratio:7.2f} {statistics.median(seconds) * 1000:7.1f}")
    print()
    failed = 0
    for case, reference, aim in PAIRS:
        pairs = zip(times[case], times[reference], strict=True)
        ratio = statistics.median(a / b for a, b in pairs)
        print(f"{case} / {reference}: {ratio:.2f} (aim: at most {aim:.2f})")
        failed += ratio > aim and reference == "bare interpreter"  # the other aims are not binding
    return 1 if failed else 0


def _seconds(code: str) -> float:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as directory:
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=directory,
            env=environment,
        )
        return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 31))
