"""Measure everything and write ``docs/reference/performance.md``: run it on a machine at rest.

Usage: ``python benchmarks/write_performance.py [--quick]``

Each part is a script of its own, run in turn; what it prints stands in the page as it is.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "performance.md"
# Title, what is compared, the script with its arguments, and fewer rounds for a quick look.
PARTS = (
    (
        "Process start",
        "Whole processes in a shuffled order, as ratios to the bare interpreter and to peers.",
        ["process_start.py", "31"],
        ["process_start.py", "7"],
    ),
    (
        "Loading everything",
        "All records, validated or from the snapshot of the build, beside `orjson.loads` of the same.",
        ["load.py", "9"],
        ["load.py", "3"],
    ),
    (
        "Single calls",
        "One lookup, one conversion, one scorecard, each beside its peer in the same process.",
        ["calls.py", "101"],
        ["calls.py", "21"],
    ),
    (
        "Reading figures",
        "Distinct expressions, beside pint's parser reading the same in its own spelling.",
        ["figures.py", "150"],
        ["figures.py", "30"],
    ),
    (
        "Frames",
        "`frames.assess` beside the same computation written by hand for the engine.",
        ["frames.py"],
        ["frames.py", "--rows", "1e4", "1e5", "--rounds", "3"],
    ),
)
HEAD = """# Performance

Ratios measured in one run on one machine ({machine}, Python {python}); medians over interleaved
rounds. Times in milliseconds are of that machine and only say which order of magnitude they are of.
`make bench` measures again and writes this page; the scripts are in `benchmarks/`.
"""
# What the profiles say where a ratio is missed, and what was tried.
MISSED = """## Where a ratio is missed

- **First target beside one pydantic model** (aim 1.10) lies at the limit: 1.09 to 1.12 from run to
  run. By instructions (callgrind, which counts a
  software sha256 that most processors do in hardware) ours take 1.17 times the peer's. Half of the
  difference is making the thirteen record classes, half reading the five tables that a target refers
  to. Tried, from 1.29 down: units are not read, patterns are compiled on first use, annotations are no
  strings that pydantic has to evaluate, what looks for near misses is imported for who made one. Left:
  records that a target does not need could be made later, at the price of a second way to be lazy.
- **One conversion beside pint** (aim 40). Of some 1.5 µs, half is one exact division in a context of
  64 digits and a quarter the check that the number is bounded. Powers of ten could be shifted in half
  the time, but then 500 yuan of 100 million would be 0.0500 instead of 0.05.
- **One figure beside pint** (aim 20). The scanner takes four tenths, the grammar three; no step stands
  out. Spellings that both read reach 8 to 12 times.
- **Ten rows in DuckDB** (aim 15 ms more). Each step of a plan is bound by DuckDB as it is written, 1 to
  3 ms a step; narwhals writes ours in 17 steps, a statement by hand is one.
- **Ten million rows in pandas** (aim 1.1). narwhals evaluates each case of a chain for every row, where
  NumPy's `select` by hand does it in one call. Polars, DuckDB, pyarrow and Spark fuse the cases.
- **Frames of up to a million rows** pay for their targets: the bounds of each are reckoned exactly in
  Python, some 15 µs a target, here for 6,720 targets. It does not grow with the rows.
"""


def main(arguments: list[str]) -> int:
    """Run every part and write the page."""
    quick = "--quick" in arguments
    machine = f"{platform.machine()}, {platform.system()}"
    parts = [HEAD.format(machine=machine, python=platform.python_version())]
    for title, said, full, short in PARTS:
        script, *rest = short if quick else full
        print(f"{title} …", file=sys.stderr)
        ran = subprocess.run(
            [sys.executable, str(ROOT / "benchmarks" / script), *rest],
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        if ran.stderr.strip() and ran.returncode:  # a ceiling that is passed is said on stdout
            print(ran.stderr, file=sys.stderr)
            return 1
        parts.append(f"## {title}\n\n{said}\n\n```text\n{ran.stdout.rstrip()}\n```\n")
    parts.append(MISSED)
    PAGE.write_text("\n".join(parts), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
