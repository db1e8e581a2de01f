"""Write the table of the page on mutation testing from the results of ``make mutants``.

Usage: ``python tools/write_mutation.py [--list]``

``mutmut`` leaves its results in ``mutants/``. ``mutation_survivors.toml`` has a reason for each
survivor, by function and changed line. A survivor without a reason, or a reason without a survivor,
is an error. ``--list`` writes nothing and prints the survivors as that file needs them.
"""

from __future__ import annotations

import ast
import difflib
import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "mutants" / "src" / "innovation_plans"
REASONS = Path(__file__).with_name("mutation_survivors.toml")
PAGE = ROOT / "docs" / "explanation" / "mutation-testing.md"
BEGIN = "<!-- table: written by make mutants -->\n"
# Exit codes of mutmut: no test failed, no test was found, no test calls the function.
_SURVIVED = {0, 5, 33}
_HEAD = """\
| module | mutants | tried | killed | survived | equivalent | killed of tried, % |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
"""


class Mutant(NamedTuple):
    """One change of one function, and the result of its tests."""

    module: str
    change: str  # of a survivor: ``function: line before -> line after``
    survived: bool
    tried: bool


def mutants(results: Path) -> Iterator[Mutant]:
    """Yield every mutant, module by module."""
    for file in sorted(results.rglob("*.py.meta")):
        codes = json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
        module = file.relative_to(results).as_posix().removesuffix(".py.meta")
        functions = _functions(file.with_suffix(""))
        for key, code in codes.items():
            survived = code in _SURVIVED
            change = _change(functions, key.rpartition(".")[2]) if survived else ""
            yield Mutant(module, change, survived, code is not None)


def _functions(file: Path) -> dict[str, list[str]]:
    """Return the lines of each function that mutmut wrote."""
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
    return {node.name: lines[node.lineno - 1 : node.end_lineno] for node in nodes}


def _change(functions: Mapping[str, list[str]], name: str) -> str:
    """Return what a mutant changes, with single blanks."""
    original = re.sub(r"__mutmut_\d+$", "__mutmut_orig", name)
    shown = re.sub("^x(_|ǁ)", "", original.removesuffix("__mutmut_orig")).replace("ǁ", ".")
    before, after = (
        [line.replace(function, shown) for line in functions[function]]
        for function in (original, name)
    )
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "-+"]
    removed, added = (
        " ".join(" ".join(line[2:].split()) for line in changed if line[0] == sign) for sign in "-+"
    )
    return f"{shown}: {removed} -> {added}"


def reviewed(file: Path) -> dict[str, bool]:
    """Return the survivors that have a reason, and whether they are equivalent to the code."""
    groups = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        change: kind == "equivalent"
        for kind in ("equivalent", "open")
        for group in groups.get(kind, [])
        for change in group["survivors"]
    }


def table(tried: Iterable[Mutant], known: Mapping[str, bool]) -> str:
    """Return one row per module and one of the sums, as Markdown."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for mutant in tried:
        same = mutant.survived and known.get(mutant.change, False)
        for name in (mutant.module, "all"):
            for at, is_one in enumerate((True, mutant.tried, mutant.survived, same)):
                counts[name][at] += is_one
    names = [*sorted(counts.keys() - {"all"}), "all"]
    return _HEAD + "".join(_row(name, *counts[name]) for name in names)


def _row(name: str, made: int, tried: int, left: int, same: int) -> str:
    score = f"{100 * (1 - left / tried):.1f}" if tried else "–"
    return f"| {name} | {made} | {tried} | {tried - left} | {left} | {same} | {score} |\n"


def check(tried: Iterable[Mutant], known: Iterable[str]) -> None:
    """Exit with a message if a survivor has no reason, or a reason has no survivor."""
    survivors, reasons = {mutant.change for mutant in tried if mutant.survived}, set(known)
    for title, names in (
        ("survivors without a reason", survivors - reasons),
        ("reasons without a survivor", reasons - survivors),
    ):
        if names:
            raise SystemExit(f"{title}:\n" + "\n".join(sorted(names)))


def main(arguments: list[str]) -> None:
    """Write the table, or print the survivors."""
    tried = list(mutants(RESULTS))
    if "--list" in arguments:
        for mutant in tried:
            if mutant.survived:
                print(f"    {json.dumps(mutant.change, ensure_ascii=False)},")
        return
    known = reviewed(REASONS)
    check(tried, known)
    before, _, _ = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table(tried, known)}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
