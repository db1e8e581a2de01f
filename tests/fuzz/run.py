"""Run the fuzzers, each for some seconds, and print a table; the exit code is 1 on any finding.

``python tests/fuzz/run.py --seconds 4 [--only figures,csv] [--engine atheris] [--seed 7]``. Each fuzzer
runs in its own process; the memory and the time per input are limited. Inputs with a finding are written
to a directory; ``--replay FILE --only NAME`` tries one input again.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess  # starts child.py by its absolute path
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
EXTRA_SECONDS = 600  # to start and end on a busy machine; more is a finding
STUCK = 99
_COUNT = re.compile(r"stat::number_of_executed_units: *([0-9]+)")
_REACHED = re.compile(r"cov: ([0-9]+) ft: [0-9]+ corp: ([0-9]+)")
HEADS = ("fuzzer", "engine", "inputs", "accepted", "seconds", "edges/corpus", "findings")


class Outcome(NamedTuple):
    """The result of one fuzzer."""

    name: str
    engine: str
    inputs: int
    accepted: int
    seconds: float
    reached: str
    findings: int
    output: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in the table."""
        return (
            self.name,
            self.engine,
            f"{self.inputs:,}",
            f"{self.accepted:,}",
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
        print(
            "atheris is not installed (it has no wheel for some Python versions); using hypothesis only"
        )
    artifacts = options.artifacts or Path(mkdtemp(prefix="fuzz-"))
    artifacts.mkdir(parents=True, exist_ok=True)
    pairs = [(name, engine) for name in options.only for engine in engines]
    with ThreadPoolExecutor(options.jobs) as pool:
        outcomes = list(
            pool.map(lambda pair: _run(pair[0], pair[1], artifacts.resolve(), options), pairs)
        )
    print(_table([HEADS, *(outcome.cells for outcome in outcomes)]))
    failed = [outcome for outcome in outcomes if outcome.findings]
    for outcome in failed:
        print(f"\n{outcome.name}, {outcome.engine}:\n{outcome.output}", file=sys.stderr)
    if failed:
        print(f"\nthe inputs are in {artifacts}", file=sys.stderr)
    elif not options.artifacts:
        artifacts.rmdir()
    return 1 if failed or not all(outcome.inputs for outcome in outcomes) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=4.0, help="time of each fuzzer")
    parser.add_argument("--only", type=_names, default=NAMES, help=", ".join(NAMES))
    parser.add_argument("--engine", choices=ENGINES, help="use one engine only")
    parser.add_argument("--seed", type=int, default=1, help="the same seed repeats a run")
    parser.add_argument(
        "--jobs", type=int, default=min(2, os.cpu_count() or 1), help="parallel fuzzers"
    )
    parser.add_argument("--artifacts", type=Path, help="directory for inputs with a finding")
    parser.add_argument("--replay", help="try the input in this file again")
    return parser.parse_args()


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := [name for name in names if name not in NAMES]:
        raise argparse.ArgumentTypeError(f"no fuzzer {unknown[0]!r}; one of {', '.join(NAMES)}")
    return names


def _run(name: str, engine: str, artifacts: Path, options: argparse.Namespace) -> Outcome:
    with TemporaryDirectory(prefix="fuzz-directory-") as folder:
        directory = Path(folder)
        findings = directory / "findings"
        findings.mkdir()
        limits = [str(MEGABYTES), str(INPUT_SECONDS)]
        arguments = [name, engine, str(options.seconds), str(options.seed)]
        arguments += [str(directory), str(findings)]
        code, output = _captured([*arguments, *limits], directory, options.seconds + EXTRA_SECONDS)
        files = [file for file in sorted(findings.iterdir()) if "slow-unit" not in file.name]
        for file in files:
            (artifacts / file.name).write_bytes(file.read_bytes())
        tally = _tally(directory)
        counted = _COUNT.search(output)
        reached = list(_REACHED.finditer(output))
        return Outcome(
            name,
            engine,
            int(counted[1]) if counted else int(tally["inputs"]),
            int(tally["accepted"]),
            tally["seconds"],
            "/".join(reached[-1].groups()) if reached else "",
            len(files) or int(code != 0),
            _last(output),
        )


def _last(output: str) -> str:
    """Return the end of the output of a child, without the lines of the engine."""
    lines = [
        line for line in output.splitlines() if not line.startswith(("INFO:", "#", "WARNING:"))
    ]
    return "\n".join(lines)[-4000:]


def _tally(directory: Path) -> dict[str, float]:
    try:
        tally: dict[str, float] = json.loads((directory / "tally.json").read_text())
    except (OSError, ValueError):
        return {"inputs": 0, "accepted": 0, "seconds": 0.0}
    return tally


def _captured(arguments: list[str], directory: Path, timeout: float) -> tuple[int, str]:
    """Return the exit code of a child and its output; its temporary files are in its directory."""
    environment = {"TMPDIR": str(directory), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    with (directory / "output").open("w+b") as output:
        command = [sys.executable, str(CHILD), *arguments]
        try:
            done = subprocess.run(
                command,
                stdout=output,
                stderr=output,
                env=os.environ | environment,
                timeout=timeout,
                check=False,
                cwd=directory,
            )
            code = done.returncode
        except subprocess.TimeoutExpired:
            code = STUCK
            output.write(b"timeout\n")
        output.seek(0)
        return code, output.read().decode("utf-8", "replace")


def _child(arguments: list[str]) -> int:
    return subprocess.run([sys.executable, str(CHILD), *arguments], check=False).returncode


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
