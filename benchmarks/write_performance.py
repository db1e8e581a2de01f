"""Run every benchmark and write ``docs/reference/performance.md``. Use an idle machine.

Usage: ``python benchmarks/write_performance.py [--quick]``

Each part is a script; the page has its output.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "performance.md"
PICTURE = ROOT / "docs" / "images" / "cost-by-rows.svg"  # which fewer rounds do not draw again
# Title, description, script with arguments, and the same with fewer rounds.
PARTS = (
    (
        "Process start",
        "Whole processes in shuffled order, as ratios to the bare interpreter and to comparable packages.",
        ["process_start.py", "31"],
        ["process_start.py", "7"],
    ),
    (
        "Loading everything",
        "All records, from the snapshot or from CSV, compared with `orjson.loads` of the same records.",
        ["load.py", "9"],
        ["load.py", "3"],
    ),
    (
        "Data of your own",
        "Loaded from CSV, checked and extended by five, compared with pydantic reading them from JSON.",
        ["own_data.py"],
        ["own_data.py", "--rounds", "1"],
    ),
    (
        "What users wait for",
        "All observations as a data frame, a command, pages beside their pictures, and mypy without a cache.",
        ["waits.py", "7"],
        ["waits.py", "2"],
    ),
    (
        "Single calls",
        "One lookup, one conversion, one scorecard, each compared in the same process.",
        ["calls.py", "101"],
        ["calls.py", "21"],
    ),
    (
        "Reading figures",
        "Distinct expressions, compared with pint's parser, which reads the same in its own notation.",
        ["figures.py", "150"],
        ["figures.py", "30"],
    ),
    (
        "Frames",
        "`frames.assess` compared with the same computation written by hand for the engine.",
        ["frames.py", "--picture", str(PICTURE)],
        ["frames.py", "--rows", "1e4", "1e5", "--rounds", "3"],
    ),
)
HEAD = """# Performance

Measured in one run on one machine ({machine}, Python {python}). All ratios are medians over interleaved
rounds. Times in milliseconds depend on the machine. `make bench` measures again and writes this page;
the scripts are in `benchmarks/`.
"""
SHOWN = """![Seconds that frames.assess and the handwritten computation need, by the number of rows from 1,000 \
to 10 million, for polars, DuckDB, pandas, pyarrow and Spark: a constant part for 6,720 targets up to \
100,000 rows, then the same slope as by hand.](../images/cost-by-rows.svg)
"""
# The reasons are from profiles.
MISSED = """## Aims that are not reached

- **First target and one pydantic model** (aim 1.10): 1.4 to 1.5, also in processor time. Half of
  the difference is the creation of the record classes, half the reading of the five tables that a target
  refers to.
- **One conversion and pint** (aim 40). Half of the 1.5 µs is one exact division in a context of 64
  digits, a quarter the check that the number is bounded. Moving the decimal point would take half of the
  time, but would print 0.0500 instead of 0.05.
- **One figure and pint** (aim 20): 3 to 6 times. A figure takes 8 to 17 µs, a third of it in the scanner,
  the rest in some 60 short questions about what touches the number, each of which refuses a wrong reading;
  none takes more than a tenth. They doubled the time of the first version, which gave wrong readings.
- **Checking data of your own** (aim 1.5 times loading them): 1.4 to 1.7. It compares every row with its neighbours
  and with the records of the same key.
- **All observations in pandas** (aim 2 times `read_csv`). The frame has 28 columns, of which names, labels and
  citations are made for each row; it takes a tenth of a second.
- **A command that prints a scorecard** (aim 1.5 times the libraries). Two fifths of the time beyond the
  libraries are the import of this package, with its pydantic classes; the rest is reading all observations,
  grouping them by series, and building the options of all commands. It stays, because each verdict looks for
  outcomes in every series of its indicator, and typer builds every command to run one.
- **Ten rows in DuckDB** (aim 25 ms more). DuckDB needs 1 to 3 ms to bind each step of a query, and narwhals
  writes 24 steps, 9 of them for the join of units; a handwritten statement is one step. Fewer steps need SQL
  for DuckDB alone, which would be a second version of the computation.
- **Ten million rows in pandas** (aim 1.1). narwhals evaluates each case of a chain for every row;
  handwritten NumPy `select` does it in one call. Polars, DuckDB, pyarrow and Spark fuse the cases.
- **Frames of up to a million rows** (aim 2 times by hand). The bounds of each target are computed in Python, about
  4 µs per target, here for 6,720 targets, whatever the number of rows. NumPy is not a dependency, and one
  code for targets of every engine gives every engine the same bounds.
"""


def main(arguments: list[str]) -> int:
    """Run every part and write the page."""
    quick = "--quick" in arguments
    machine = f"{platform.machine()}, {platform.system()}"
    parts = [HEAD.format(machine=machine, python=platform.python_version())]
    for title, description, full, short in PARTS:
        script, *rest = short if quick else full
        print(f"{title} …", file=sys.stderr)
        done = subprocess.run(
            [sys.executable, str(ROOT / "benchmarks" / script), *rest],
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        if (
            done.stderr.strip() and done.returncode
        ):  # a script that misses an aim prints to stdout only
            print(done.stderr, file=sys.stderr)
            return 1
        parts.append(f"## {title}\n\n{description}\n\n```text\n{done.stdout.rstrip()}\n```\n")
    parts += [SHOWN, MISSED]
    PAGE.write_text("\n".join(parts), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
