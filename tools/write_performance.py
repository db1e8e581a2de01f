"""Measure everything and write ``docs/reference/performance.md``: run it on a machine at rest.

Usage: ``python tools/write_performance.py [--quick]``

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
        ["bench_import.py", "31"],
        ["bench_import.py", "7"],
    ),
    (
        "Loading everything",
        "All records, validated or as the build compiled them, beside `orjson.loads` of the same.",
        ["bench_load.py", "9"],
        ["bench_load.py", "3"],
    ),
    (
        "Single calls",
        "One lookup, one conversion, one scorecard, each beside its peer in the same process.",
        ["bench_calls.py", "101"],
        ["bench_calls.py", "21"],
    ),
    (
        "Reading figures",
        "Distinct expressions, beside pint's parser reading the same in its own spelling.",
        ["bench_figures.py", "150"],
        ["bench_figures.py", "30"],
    ),
    (
        "Frames",
        "`frames.assess` beside the same computation written by hand for the engine.",
        ["bench_frames.py"],
        ["bench_frames.py", "--rows", "1e4", "1e5", "--rounds", "3"],
    ),
)
HEAD = """# Performance

Ratios measured in one run on one machine ({machine}, Python {python}); medians over interleaved
rounds. Times in milliseconds are of that machine and only say which order of magnitude they are of.
`make bench` measures again and writes this page; the scripts are in `tools/`.
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
            [sys.executable, str(ROOT / "tools" / script), *rest],
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        if ran.stderr.strip() and ran.returncode:  # a ceiling that is passed is said on stdout
            print(ran.stderr, file=sys.stderr)
            return 1
        parts.append(f"## {title}\n\n{said}\n\n```text\n{ran.stdout.rstrip()}\n```\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
