"""Tests the wheel with the oldest and the newest libraries it admits, on each supported Python.

Usage: ``python tools/compat.py [ROW ...] [--short] [--list] [--directory DIRECTORY]``. A row is a Python
and the versions of its environment; without names, every row is run. The oldest versions are read
from ``pyproject.toml``, so that what is promised there is what is tested. The wheel is built once,
with the libraries of today, and installed everywhere: no environment sees the source tree's
package. The last lines are a table of what ran with which versions; the exit code is 1 if anything
failed or a Python is missing.
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
# What looks at the source tree, its tools and pages rather than at the installed package.
_OF_THE_TREE = ("tests/api", "tests/docs", "tests/tools")
_FLOOR = re.compile(r"([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?\s*>=\s*([0-9][0-9.]*)")
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
    pre: bool = False  # whether versions before their release count


def oldest_versions() -> dict[str, str]:
    """The least version of each library that the package admits, of those it needs and may use."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    found = (_FLOOR.match(line) for lines in lists for line in lines)
    # Spark is tested by `make test-heavy`, at the version that its Java admits.
    return {each[1]: each[2] for each in found if each and each[1] != "pyspark"}


def rows() -> tuple[Row, ...]:
    """Every environment of the matrix."""
    least = {name: f"{name}=={version}" for name, version in oldest_versions().items()}
    return (
        Row("oldest", PYTHONS[0], tuple(least.values())),
        *(Row(f"oldest-{name}", PYTHONS[0], (least[name],)) for name in NAMED),
        *(Row(f"newest-{python}", python) for python in PYTHONS),
        Row("next", PYTHONS[-1], NAMED, pre=True),
    )


def interpreter(version: str) -> str | None:
    """The path of a Python of this version: of this process, on the path, or of pyenv."""
    roots = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"]
    candidates = [sys.executable, shutil.which(f"python{version}")]
    candidates += [str(each) for root in roots for each in root.glob(f"{version}.*/bin/python3")]
    for each in filter(None, candidates):
        asked = [each, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.stdout.strip() == version:
            return each
    return None


def built(directory: Path) -> Path:
    """The wheel, built by the environment that runs this."""
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


def prepared(row: Row, directory: Path, wheel: Path, *, with_tests: bool) -> str:
    """The interpreter of a fresh environment with the wheel, its extras and what the tests need.

    Raises
    ------
    LookupError
        If there is no such Python, or the versions cannot be had together.
    """
    base = interpreter(row.python)
    if base is None:
        raise LookupError(f"no Python {row.python} here")
    place = directory / row.name
    subprocess.run([base, "-m", "venv", "--clear", str(place)], check=True)
    python = str(place / ("Scripts" if os.name == "nt" else "bin") / "python")
    pins = directory / f"{row.name}.txt"
    pins.write_text("\n".join(row.pins if not row.pre else ()) + "\n", encoding="utf-8")
    pip = [python, "-m", "pip", "install", "--quiet", "--constraint", str(pins)]
    # By path, since a registry may know another package of this name.
    wanted = [f"innovation-plans[all] @ {wheel.as_uri()}"]
    if row.pre:
        wanted = ["--pre", *wanted, *row.pins]
    if with_tests:
        wanted += ["--group", str(ROOT / "pyproject.toml") + ":dev"]
    _run([python, "-m", "pip", "install", "--quiet", "--upgrade", "pip>=25.1"], row)
    _run([*pip, *wanted], row)
    return python


def _run(command: Sequence[str], row: Row) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "WARNING" not in line]
        raise LookupError(f"{row.name}: " + "\n".join(lines[-12:]))


def tested(python: str, *, short: bool, pinned: bool) -> str:
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
    if pinned:  # old libraries beside new ones warn of one another
        command += ["-o", "filterwarnings=default"]
    # The cache and the compiled bytes of one environment are none of the next one's business.
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
    """The versions of the libraries that the matrix is about."""
    program = (
        "from importlib.metadata import version\n"
        f"print(', '.join(f'{{each}} {{version(each)}}' for each in {NAMED!r}))"
    )
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def results(chosen: Sequence[Row], directory: Path, *, short: bool) -> Iterator[tuple[str, ...]]:
    """For each row: its name, Python, libraries, what became of it, and the seconds it took."""
    wheel = built(directory)
    for row in chosen:
        begin = time.monotonic()
        try:
            python = prepared(row, directory, wheel, with_tests=True)
            found, result = versions(python), tested(python, short=short, pinned=bool(row.pins))
        except LookupError as error:
            found, result = "", f"FAILED: {error}"
        seconds = f"{time.monotonic() - begin:.0f}"
        print(f"{row.name}: {result} ({seconds} s)", flush=True)
        shutil.rmtree(directory / row.name, ignore_errors=True)
        yield row.name, row.python, found, result, seconds


def main() -> int:
    """Read the options, run the rows, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rows", nargs="*", help="rows to run; all unless named")
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
