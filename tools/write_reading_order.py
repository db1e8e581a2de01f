"""Write ``docs/explanation/reading-order.md``: every module of the house, once, bottom to top.

Usage: ``python tools/write_reading_order.py [--check]``

The floors are those that import-linter holds, in ``pyproject.toml``; on one floor the modules
follow the "Read next" lines of their docstrings, as far as these lead.
With ``--check`` nothing is written; the exit code says whether the page is as it should be.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "innovation_plans"
PAGE = ROOT / "docs" / "explanation" / "reading-order.md"
MADE = "<!-- made by tools/write_reading_order.py; change the docstrings, not this page -->\n\n"
HEAD = """\
# Reading the source

The house is read bottom to top: a module imports only from the floors below it, so whoever reads in
this order has met every name before it is used. Each module says in its first lines what lives
there and which file to read next; [the floors](floors.md) say why it is built so.

Three ways through, if you have an hour and not a week:

- **What the data are**: `codelists.py`, `records/target.py`, `records/observation.py`,
  `tables/targets.py`, `dataset.py`.
- **How a verdict comes about**: `growth.py`, `pace.py`, `outcomes.py`, `held.py`, `assessment.py`,
  `verdicts.py`.
- **How text becomes a number**: `decimals.py`, `unitfile.py`, `units.py`, then `figures/` from room 1
  to the last.

## Every module
"""


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` compare it."""
    text = MADE + HEAD + "\n" + "\n".join(_lines()) + "\n"
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        print(f"stale: {PAGE.name}; run tools/write_reading_order.py", file=sys.stderr)
        return 1
    return 0


def order() -> list[Path]:
    """Every module below the source directory, in the order of reading."""
    floors = _layers("innovation_plans")
    found = [path for name in floors for path in _modules(SOURCE / name, name)]
    front = SOURCE / "__init__.py"
    return [*found, front]


def _modules(place: Path, name: str) -> list[Path]:
    """A module, or the rooms of a package from the ground, its front last."""
    if not place.is_dir():
        return [place.with_suffix(".py")]
    rooms = _layers(f"innovation_plans.{name}")
    known = {path.stem for path in place.glob("*.py")} - {"__init__"}
    door = _next(place.parent, name)  # where the package itself says to begin
    unplaced = _chained(sorted(known - set(rooms), key=lambda each: (each != door, each)), place)
    return [place / f"{room}.py" for room in [*(r for r in rooms if r in known), *unplaced]] + [
        place / "__init__.py"
    ]


def _layers(container: str) -> list[str]:
    """The names of a contract's layers, lowest first; empty where a package has no contract."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    place = SOURCE.parent / container.replace(".", "/")
    for contract in project["tool"]["importlinter"]["contracts"]:
        if contract.get("containers") == [container]:
            layers = [re.findall(r"\w+", layer) for layer in reversed(contract["layers"])]
            return [name for layer in layers for name in _chained(layer, place)]
    return []


def _chained(names: list[str], place: Path) -> list[str]:
    """The names in the order of their "Read next" lines, as far as these lead."""
    following = {name: _next(place, name) for name in names}
    starts = [name for name in names if name not in following.values()]
    found: list[str] = []
    for start in [*starts, *names]:
        step = start
        while step in following and step not in found:
            found.append(step)
            step = following[step]
    return found


def _next(place: Path, name: str) -> str:
    path = place / name / "__init__.py" if (place / name).is_dir() else place / f"{name}.py"
    named = re.search(r"[Nn]ext: ``([\w/.]+)``", _docstring(path))
    return named[1].removesuffix("/__init__.py").removesuffix(".py") if named else ""


def _docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def _lines() -> Iterator[str]:
    for number, path in enumerate(order(), 1):
        first = _docstring(path).partition("\n\n")[0].replace("\n", " ")
        said = re.sub(r"^(Floor|Room) \d+[^:]*: ", "", first)
        said = re.sub(r"\.?( (Read n|N)ext: .*)?$", "", said).replace("``", "`")
        yield f"{number}. `{path.relative_to(SOURCE).as_posix()}`: {said}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
