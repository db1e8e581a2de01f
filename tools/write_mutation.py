"""Write the tables of the page on mutation testing, from what ``make mutants`` found.

Usage: ``python tools/write_mutation.py [--list]``

``mutmut`` leaves its results in ``mutants/``; the reasons why a surviving mutant is no fault of the
tests stand in ``mutation_survivors.toml`` beside this file, by function and changed line, so that
they stay true when mutants are numbered anew. A survivor without a reason, or a reason without a
survivor, stops the tool and is named. With ``--list`` nothing is written: every survivor is
printed as the file of reasons wants it.
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

from innovation_plans.text.tables import markdown

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "mutants" / "src" / "innovation_plans"
REASONS = Path(__file__).resolve().parent / "mutation_survivors.toml"
PAGE = ROOT / "docs" / "explanation" / "mutation-testing.md"
BEGIN = "<!-- made by tools/write_mutation.py; run make mutants, do not change the tables -->"
OPEN = "No test yet: "  # before the reason of what is no equivalent
# Exit codes that mutmut keeps of a mutant: no test failed, or none reached it.
_SURVIVED = {0, 5, 33}
_HEADS = ("module", "mutants", "tried", "killed", "survived", "equivalent", "killed of tried, %")


class Mutant(NamedTuple):
    """One change of one function, and whether a test saw it."""

    module: str
    name: str  # module and function, then the line before and after
    survived: bool
    tried: bool = True


class Fault(SystemExit):
    """Results and reasons that do not belong together."""


def mutants(results: Path) -> Iterator[Mutant]:
    """Every mutant, module by module."""
    for file in sorted(results.rglob("*.py.meta")):
        codes = json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
        module = file.relative_to(results).as_posix().removesuffix(".py.meta")
        if not codes:
            continue
        functions = _functions(file.with_suffix(""))
        for key, code in codes.items():
            survived = code in _SURVIVED
            change = _change(functions, key.rpartition(".")[2]) if survived else ""
            yield Mutant(module, f"{module} {change}", survived, code is not None)


def _functions(file: Path) -> dict[str, list[str]]:
    """The lines of each function that mutmut made, without the line that names it."""
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    found = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
    return {node.name: lines[node.lineno - 1 : node.end_lineno] for node in found}


def _change(functions: Mapping[str, list[str]], name: str) -> str:
    """What a mutant changes: ``function: line before -> line after``, blanks made one."""
    original = re.sub(r"__mutmut_\d+$", "__mutmut_orig", name)
    shown = original.removesuffix("__mutmut_orig").removeprefix("x_").removeprefix("xǁ")
    shown = shown.replace("ǁ", ".")
    before, after = (
        [line.replace(each, shown) for line in functions[each]] for each in (original, name)
    )
    changed = [line for line in difflib.ndiff(before, after) if line[0] in "-+"]
    gone, made = (
        " ".join(" ".join(line[2:].split()) for line in changed if line[0] == sign) for sign in "-+"
    )
    return f"{shown}: {gone} -> {made}"


def reasons(file: Path) -> dict[str, str]:
    """Why each survivor that was looked at is no fault of the tests."""
    groups = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        name: ("" if kind == "equivalent" else OPEN) + group["reason"]
        for kind in ("equivalent", "open")
        for group in groups.get(kind, [])
        for name in group["survivors"]
    }


def table(found: Iterable[Mutant], known: Mapping[str, str]) -> str:
    """One row a module, and one for all of them."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for each in found:
        for name in (each.module, "all of them"):
            for at, counts in enumerate(
                (True, each.tried, each.survived, each.survived and same(each.name, known))
            ):
                counted[name][at] += counts
    rows = [_row(name, *counts) for name, counts in sorted(counted.items())]
    rows.sort(key=lambda row: row[0] == "all of them")
    return markdown(_HEADS, rows, right=range(1, len(_HEADS)))


def same(name: str, known: Mapping[str, str]) -> bool:
    """Whether a survivor was found to change nothing that anybody could see."""
    return name in known and not known[name].startswith(OPEN)


def _row(name: str, made: int, tried: int, left: int, same: int) -> tuple[str, ...]:
    score = f"{100 * (1 - left / tried):.1f}" if tried else "–"
    return name, str(made), str(tried), str(tried - left), str(left), str(same), score


def survivors(found: Iterable[Mutant], known: Mapping[str, str]) -> str:
    """The survivors that were looked at, under the reason that they share."""
    said: dict[str, list[str]] = defaultdict(list)
    for each in found:
        if each.survived:
            said[known[each.name]].append(each.name)
    parts = []
    for reason in dict.fromkeys(known.values()):
        names = [f"- `{name.replace('`', '')}`" for name in sorted(set(said[reason]))]
        count = len(said[reason])
        parts.append(f"**{reason}** ({count})\n\n" + "\n".join(names))
    return "\n\n".join(parts)


def page(text: str, found: list[Mutant], known: Mapping[str, str]) -> str:
    """The page with its tables made anew."""
    head, mark, _ = text.partition(BEGIN)
    if not mark:
        raise Fault(f"{PAGE.name}: the line is missing behind which the tables stand")
    return (
        f"{head}{BEGIN}\n\n{table(found, known)}\n\n## The survivors\n\n{survivors(found, known)}\n"
    )


def agreed(found: list[Mutant], known: Mapping[str, str]) -> None:
    """Survivors and reasons are of the same mutants, or the tool stops."""
    names = {each.name for each in found if each.survived}
    for head, left in (
        ("survived, and nobody looked at it", names - known.keys()),
        ("has a reason, but is no survivor", known.keys() - names),
    ):
        if left:
            raise Fault(f"{head}:\n" + "\n".join(sorted(left)))


def main(arguments: list[str]) -> None:
    """Write the page, or list the survivors."""
    found = list(mutants(RESULTS))
    if "--list" in arguments:
        print(
            "\n".join(
                f"    {json.dumps(each.name, ensure_ascii=False)},"
                for each in found
                if each.survived
            )
        )
        return
    known = reasons(REASONS)
    agreed(found, known)
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), found, known), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
