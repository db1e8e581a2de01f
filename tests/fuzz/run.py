"""Run the fuzzers, each for some seconds, and print what came of it; exit code 1 on any finding.

``python tests/fuzz/run.py --seconds 4 [--only figures,csv] [--engine atheris] [--seed 7]``. Each fuzzer
runs in a process of its own with bounded memory, and may take a bounded time for one input. What is found is
written to a directory; ``--replay FILE --only NAME`` tries one input again.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess  # its own children, by absolute paths
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import NamedTuple

CHILD = Path(__file__).with_name("child.py")
NAMES = (
    "figures",
    "units",
    "numbers",
    "names",
    "csv",
    "toml",
    "json",
    "standards",
    "parquet",
    "excel",
    "cli",
)
ENGINES = ("atheris", "hypothesis")
MEGABYTES = 4096
INPUT_SECONDS = 30
STARTING = 600  # seconds that a busy machine may take besides: more is a finding
STUCK = 99
_COUNT = re.compile(r"stat::number_of_executed_units: *([0-9]+)")
_REACHED = re.compile(r"cov: ([0-9]+) ft: [0-9]+ corp: ([0-9]+)")
HEADS = ("fuzzer", "engine", "inputs", "read", "seconds", "edges/corpus", "findings")


class Outcome(NamedTuple):
    """What one fuzzer did."""

    name: str
    engine: str
    inputs: int
    read: int
    seconds: float
    reached: str
    findings: int
    said: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        return (
            self.name,
            self.engine,
            f"{self.inputs:,}",
            f"{self.read:,}",
            f"{self.seconds:.0f}",
            self.reached,
            str(self.findings),
        )


def main() -> int:
    """Read the options, run, and print the table."""
    options = _options()
    if options.replay:
        return _child([options.only[0], "replay", "0", "0", ".", options.replay, "0", "0"])
    engines = [each for each in ENGINES if options.engine in {None, each}]
    if "atheris" in engines and not find_spec("atheris"):
        engines.remove("atheris")
        print("atheris is not installed here (it has no wheel for every Python): hypothesis alone")
    artifacts = options.artifacts or Path(mkdtemp(prefix="fuzz-"))
    artifacts.mkdir(parents=True, exist_ok=True)
    asked = [(name, engine) for name in options.only for engine in engines]
    with ThreadPoolExecutor(options.jobs) as pool:
        done = list(
            pool.map(lambda each: _run(each[0], each[1], artifacts.resolve(), options), asked)
        )
    print(_table([HEADS, *(each.cells for each in done)]))
    found = [each for each in done if each.findings]
    for each in found:
        print(f"\n{each.name} by {each.engine}:\n{each.said}", file=sys.stderr)
    if found:
        print(f"\nwhat was found lies in {artifacts}", file=sys.stderr)
    elif not options.artifacts:
        artifacts.rmdir()
    return 1 if found or not all(each.inputs for each in done) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each fuzzer runs")
    parser.add_argument("--only", type=_names, default=NAMES, help=", ".join(NAMES))
    parser.add_argument("--engine", choices=ENGINES, help="one engine only")
    parser.add_argument("--seed", type=int, default=1, help="to repeat a run")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="at once")
    parser.add_argument("--artifacts", type=Path, help="where inputs that fail are written")
    parser.add_argument("--replay", help="try the input in this file again")
    return parser.parse_args()


def _names(given: str) -> tuple[str, ...]:
    asked = tuple(given.split(","))
    if strange := [each for each in asked if each not in NAMES]:
        raise argparse.ArgumentTypeError(f"no fuzzer {strange[0]!r}; one of {', '.join(NAMES)}")
    return asked


def _run(name: str, engine: str, artifacts: Path, options: argparse.Namespace) -> Outcome:
    with TemporaryDirectory(prefix="fuzz-room-") as folder:
        room = Path(folder)
        kept = room / "found"
        kept.mkdir()
        limits = [str(MEGABYTES), str(INPUT_SECONDS)]
        given = [name, engine, str(options.seconds), str(options.seed), str(room), str(kept)]
        code, said = _captured([*given, *limits], room, options.seconds + STARTING)
        found = [each for each in sorted(kept.iterdir()) if "slow-unit" not in each.name]
        for each in found:
            (artifacts / each.name).write_bytes(each.read_bytes())
        tally = _tally(room)
        counted = _COUNT.search(said)
        reached = list(_REACHED.finditer(said))
        return Outcome(
            name,
            engine,
            int(counted[1]) if counted else int(tally["inputs"]),
            int(tally["read"]),
            tally["seconds"],
            "/".join(reached[-1].groups()) if reached else "",
            len(found) or int(code != 0),
            _last(said),
        )


def _last(said: str) -> str:
    """The end of what a child said, without what the engine says of itself."""
    lines = [line for line in said.splitlines() if not line.startswith(("INFO:", "#", "WARNING:"))]
    return "\n".join(lines)[-4000:]


def _tally(room: Path) -> dict[str, float]:
    try:
        found: dict[str, float] = json.loads((room / "tally.json").read_text())
    except (OSError, ValueError):
        return {"inputs": 0, "read": 0, "seconds": 0.0}
    return found


def _captured(given: list[str], room: Path, most: float) -> tuple[int, str]:
    """The exit code of a child and what it said; its temporary files are below its room."""
    away = {"TMPDIR": str(room), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    with (room / "said").open("w+b") as said:
        command = [sys.executable, str(CHILD), *given]
        try:
            done = subprocess.run(
                command,
                stdout=said,
                stderr=said,
                env=os.environ | away,
                timeout=most,
                check=False,
                cwd=room,
            )
            code = done.returncode
        except subprocess.TimeoutExpired:
            code = STUCK
            said.write(b"it did not end\n")
        said.seek(0)
        return code, said.read().decode("utf-8", "replace")


def _child(given: list[str]) -> int:
    return subprocess.run([sys.executable, str(CHILD), *given], check=False).returncode


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    listed = list(rows)
    widths = [max(map(len, column)) for column in zip(*listed, strict=True)]
    right = {2, 3, 4, 5, 6}
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in listed
    )


if __name__ == "__main__":
    sys.exit(main())
