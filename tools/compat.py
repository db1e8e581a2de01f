"""Test the wheel with the oldest and the newest libraries it allows, on each supported Python.

Usage: ``python tools/compat.py [ROW ...] [--short] [--list] [--directory DIRECTORY]``. A row is a Python
version with the library versions of its environment; without names, every row runs. The oldest
versions are read from ``pyproject.toml``. The wheel is built once and installed in every environment,
which does not see the source tree. The last lines are a table of the results; the exit code is 1 if a
test failed or a Python version is missing.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PYTHONS = ("3.11", "3.12", "3.13")
# The libraries whose versions change what the package does; the oldest version of each is also tested alone.
NAMED = ("pydantic", "pint", "narwhals", "pandas", "polars")
# Tests that touch these libraries; without --short, all that `make test` runs.
SHORT = (
    "tests/records",
    "tests/dataset",
    "tests/frames",
    "tests/api/test_front_door.py",
    "tests/units",
    "tests/analysis/test_assess.py",
    "tests/io/test_formats.py",
    "tests/io/test_parquet.py",
    "tests/io/test_excel.py",
    "tests/properties/test_round_trips.py",
)
# Tests of the source tree, its tools and its pages.
_OF_THE_TREE = ("tests/api", "tests/docs", "tests/tools")
_MINIMUM = re.compile(r"([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?\s*>=\s*([0-9][0-9.]*)")
_QUICK = """
import innovation_plans as ip
plans = ip.load(verify=True)
card = ip.scorecard(plans, period="14th", indicator="rd_intensity")
print(len(plans.targets), len(card), ip.quantity("3.5%").to("percent"))
"""


class Row(NamedTuple):
    """One environment: its Python, and its requirements."""

    name: str
    python: str
    pins: tuple[str, ...] = ()
    pre: bool = False  # whether pre-releases are installed


def oldest_versions() -> dict[str, str]:
    """Return the oldest version of each library that the package allows, extras included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    matches = (_MINIMUM.match(line) for lines in lists for line in lines)
    # `make test-heavy` tests Spark, with the version that works with the installed Java.
    return {each[1]: each[2] for each in matches if each and each[1] != "pyspark"}


def rows() -> tuple[Row, ...]:
    """Return every environment of the matrix."""
    least = {name: f"{name}=={version}" for name, version in oldest_versions().items()}
    return (
        Row("oldest", PYTHONS[0], tuple(least.values())),
        *(Row(f"oldest-{name}", PYTHONS[0], (least[name],)) for name in NAMED),
        *(Row(f"newest-{python}", python) for python in PYTHONS),
        Row("next", PYTHONS[-1], NAMED, pre=True),
    )


def interpreter(version: str) -> str | None:
    """Return the path of a Python of this version: of this process, on the path, or of pyenv."""
    roots = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"]
    candidates = [sys.executable, shutil.which(f"python{version}")]
    candidates += [str(each) for root in roots for each in root.glob(f"{version}.*/bin/python3")]
    for each in filter(None, candidates):
        command = [each, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.stdout.strip() == version:
            return each
    return None


def build(directory: Path) -> Path:
    """Build and return the wheel."""
    shutil.rmtree(directory / "wheel", ignore_errors=True)
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(directory / "wheel"),
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next((directory / "wheel").glob("*.whl"))


def prepare(row: Row, directory: Path, wheel: Path, *, with_tests: bool) -> str:
    """Return the interpreter of a new environment with the wheel, its extras and the test libraries.

    Raises
    ------
    LookupError
        If the Python version is missing, or the versions conflict.
    """
    base = interpreter(row.python)
    if base is None:
        raise LookupError(f"Python {row.python} is not installed")
    environment = directory / row.name
    subprocess.run([base, "-m", "venv", "--clear", str(environment)], check=True)
    python = str(environment / ("Scripts" if os.name == "nt" else "bin") / "python")
    pins = directory / f"{row.name}.txt"
    pins.write_text("\n".join(row.pins if not row.pre else ()) + "\n", encoding="utf-8")
    pip = [python, "-m", "pip", "install", "--quiet", "--constraint", str(pins)]
    # By path, because an index may have another package of this name.
    requirements = [f"innovation-plans[all] @ {wheel.as_uri()}"]
    if row.pre:
        requirements = ["--pre", *requirements, *row.pins]
    if with_tests:
        requirements += ["--group", str(ROOT / "pyproject.toml") + ":dev"]
    _run([python, "-m", "pip", "install", "--quiet", "--upgrade", "pip>=25.1"], row)
    _run([*pip, *requirements], row)
    return python


def _run(command: Sequence[str], row: Row) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "WARNING" not in line]
        raise LookupError(f"{row.name}: " + "\n".join(lines[-12:]))


def test_result(python: str, *, short: bool, pinned: bool) -> str:
    """Return the last line of pytest, after FAILED if it failed."""
    strict = [] if pinned else ["-W", "error"]
    quick = subprocess.run(
        [python, *strict, "-c", _QUICK], capture_output=True, text=True, check=False
    )
    if quick.returncode:
        return "FAILED: " + quick.stderr.strip().splitlines()[-1]
    paths = [path for path in SHORT if short] or [
        "tests",
        *(f"--ignore={each}" for each in _OF_THE_TREE),
    ]
    marks = "not engines and not heavy and not pictures"
    command = [python, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "-m", marks]
    if pinned:  # old libraries give warnings about new ones
        command += ["-o", "filterwarnings=default"]
    # Environments share no cache.
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", "-o", "testpaths=tests", *paths],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    lines = done.stdout.strip().splitlines() or done.stderr.strip().splitlines() or ["no output"]
    if done.returncode:
        print("\n".join(lines[-60:]))
    last = next((line for line in reversed(lines) if " in " in line), lines[-1]).strip("= ")
    return last if done.returncode == 0 else f"FAILED: {last}"


def versions(python: str) -> str:
    """Return the versions of the libraries in ``NAMED``."""
    program = (
        "from importlib.metadata import version\n"
        f"print(', '.join(f'{{each}} {{version(each)}}' for each in {NAMED!r}))"
    )
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def results(chosen: Sequence[Row], directory: Path, *, short: bool) -> Iterator[tuple[str, ...]]:
    """Yield the name, Python, libraries, test result and seconds of each row."""
    wheel = build(directory)
    for row in chosen:
        begin = time.monotonic()
        try:
            python = prepare(row, directory, wheel, with_tests=True)
            libraries, result = (
                versions(python),
                test_result(python, short=short, pinned=bool(row.pins)),
            )
        except LookupError as error:
            libraries, result = "", f"FAILED: {error}"
        seconds = f"{time.monotonic() - begin:.0f}"
        print(f"{row.name}: {result} ({seconds} s)", flush=True)
        shutil.rmtree(directory / row.name, ignore_errors=True)
        yield row.name, row.python, libraries, result, seconds


def main() -> int:
    """Read the options, run the rows, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rows", nargs="*", help="rows to run (default: all)")
    parser.add_argument("--short", action="store_true", help="only the tests of these libraries")
    parser.add_argument("--list", action="store_true", help="print the rows and end")
    parser.add_argument("--directory", type=Path, default=ROOT / ".venv" / "compat")
    options = parser.parse_args()
    known = {row.name: row for row in rows()}
    if options.list or not known.keys() >= set(options.rows):
        print("\n".join(f"{row.name}: {row.python} {' '.join(row.pins)}" for row in known.values()))
        return 0 if options.list else 2
    options.directory.mkdir(parents=True, exist_ok=True)
    chosen = [known[name] for name in options.rows] or list(known.values())
    table = list(results(chosen, options.directory.resolve(), short=options.short))
    print("\n| row | Python | libraries | tests | seconds |\n| --- | --- | --- | --- | --- |")
    for cells in table:
        print(f"| {' | '.join(cells)} |")
    return int(any("FAILED" in cells[3] for cells in table))


if __name__ == "__main__":
    sys.exit(main())
