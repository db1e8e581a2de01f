"""Write ``tests/api/api.txt``: the whole public surface, a line a name.

Usage: ``python tools/write_api.py [--check]``

With ``--check`` nothing is written; the exit code says whether the file is as it should be.
Python names are read from the source, from the front door inwards (see ``api_surface.py``);
commands and columns are asked at run time.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import tomllib
import typing
from collections.abc import Iterator
from difflib import unified_diff
from enum import Enum
from pathlib import Path
from typing import Any

import typer

from api_surface import Surface
from innovation_plans.cli import app
from innovation_plans.directory import TABLES
from innovation_plans.rows import columns_of

ROOT = Path(__file__).resolve().parent.parent
API = ROOT / "tests" / "api" / "api.txt"
NAME = "innovation_plans"


def main(arguments: list[str]) -> int:
    """Write the listing, or with ``--check`` compare it."""
    text = listing()
    if "--check" not in arguments:
        API.write_text(text, encoding="utf-8", newline="\n")
        return 0
    changes = diff(API.read_text(encoding="utf-8") if API.exists() else "", text)
    if changes:
        print(f"stale: tests/api/api.txt; run tools/write_api.py\n{changes}", file=sys.stderr)
    return 1 if changes else 0


def diff(listed: str, found: str) -> str:
    """What the code has and the listing has not, and the other way round; empty if nothing."""
    pages = (listed.splitlines(), found.splitlines())
    return "\n".join(unified_diff(*pages, "tests/api/api.txt", "the code", n=0, lineterm=""))


def listing() -> str:
    """The text of the file."""
    exported, reached = Surface(NAME, ROOT / "src").lines()
    parts = {
        "names of the front door": exported,
        "types that these name": reached,
        "command line": list(commands()),
        "columns of data files": list(columns()),
        "entry point groups": entry_point_groups(ROOT / "src" / NAME),
        "distribution": list(distribution(ROOT / "pyproject.toml")),
    }
    sections = ["\n".join([f"[{head}]", *lines]) for head, lines in parts.items()]
    head = "# made by tools/write_api.py; a change here is a change of the API"
    return "\n\n".join([head, *sections]) + "\n"


def commands(program: typer.Typer = app) -> Iterator[str]:
    """The command line: every command, and what it takes."""
    yield from _commands("innovation-plans", typer.main.get_command(program))


def _commands(name: str, command: Any) -> Iterator[str]:
    yield f"command {name}"
    callback = inspect.unwrap(command.callback) if command.callback else None
    hints = typing.get_type_hints(callback) if callback else {}
    for each in sorted(command.params, key=lambda param: str(param.name)):
        if not getattr(each, "hidden", False):
            yield f"{name} {_option(each, hints.get(each.name))}"
    for inner, found in sorted(getattr(command, "commands", {}).items()):
        yield from _commands(f"{name} {inner}", found)


def _option(param: Any, hint: Any) -> str:
    """An option or argument: its names, what it takes, how often, and its default."""
    names = "/".join([*param.opts, *param.secondary_opts])
    parts = [names if names.startswith("-") else f"<{names}>", _taken(hint)]
    if getattr(param, "multiple", False) or param.nargs == -1:
        parts.append("repeated")
    default = getattr(param.default, "value", param.default)
    if param.required:
        parts.append("required")
    elif isinstance(default, str | int | float):
        parts.append(f"= {default!r}")
    return " ".join(parts)


def _taken(hint: Any) -> str:
    """What a value is: the words of a closed list, or the name of a type."""
    inner = [each for each in typing.get_args(hint) if each is not type(None)]
    if inner:
        return "|".join(_taken(each) for each in inner)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return "|".join(str(each.value) for each in hint)
    return str(getattr(hint, "__name__", hint))


def columns() -> Iterator[str]:
    """The columns of every table, in the order in which files have them."""
    for table, kind in TABLES.items():
        for column in columns_of(kind):
            yield f"column {table}.{column}"


def entry_point_groups(source: Path) -> list[str]:
    """Every text in the source that is the name of a group."""
    found = {
        node.value
        for path in source.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.fullmatch(rf"{source.name}\.[a-z_]+", node.value)
    }
    return [f"group {each}" for each in sorted(found)]


def distribution(pyproject: Path) -> Iterator[str]:
    """What an installer reads: Python, dependencies, extras, scripts."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    yield f"python {project['requires-python']}"
    for needed in sorted(project["dependencies"]):
        yield f"dependency {needed}"
    for extra, needed in sorted(project["optional-dependencies"].items()):
        yield f"extra {extra}: {', '.join(needed)}"
    for script, target in sorted(project.get("scripts", {}).items()):
        yield f"script {script}: {target}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
