"""Write ``tests/api/api.txt``: the public API, one line for each name, field and parameter.

Usage: ``python tools/write_api.py [--check]``

With ``--check`` nothing is written; the exit code is 1 if the file is not up to date.
"""

from __future__ import annotations

import inspect
import re
import sys
import tomllib
import typing
from collections.abc import Iterator
from difflib import unified_diff
from enum import Enum
from pathlib import Path
from types import ModuleType, UnionType
from typing import Any

import typer

import innovation_plans as ip
from innovation_plans.cli import app
from innovation_plans.io import locate
from innovation_plans.io.rows import columns_of
from innovation_plans.records import TABLES

ROOT = Path(__file__).resolve().parent.parent
API = ROOT / "tests" / "api" / "api.txt"
_OBJECT = re.compile(r"<(?:function|object|class)? ?([\w.]+)[^>]*>")


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


def diff(listed: str, current: str) -> str:
    """Return the lines in which the listing and the code differ; empty if they agree."""
    pages = (listed.splitlines(), current.splitlines())
    return "\n".join(unified_diff(*pages, "tests/api/api.txt", "the code", n=0, lineterm=""))


def listing() -> str:
    """Return the text of the file."""
    parts = {
        "names": [
            line for name in sorted(ip.__all__) for line in described(name, getattr(ip, name))
        ],
        "command line": list(commands()),
        "columns of data files": [
            f"column {table}.{column}"
            for table, kind in TABLES.items()
            for column in columns_of(kind)
        ],
        "entry point groups": [f"group {group}" for group in (locate.DATASETS, locate.PACE)],
        "distribution": list(distribution(ROOT / "pyproject.toml")),
    }
    sections = ["\n".join([f"[{head}]", *lines]) for head, lines in parts.items()]
    head = "# made by tools/write_api.py; a change here is a change of the API"
    return "\n\n".join([head, *sections]) + "\n"


def described(name: str, value: object) -> Iterator[str]:
    """Describe a public name: a module by its names, a class by its members."""
    if isinstance(value, ModuleType):
        yield f"module {name}"
        for each in sorted(value.__all__):
            yield from described(f"{name}.{each}", getattr(value, each))
    elif inspect.isclass(value):
        yield from _class(name, value)
    elif callable(value):
        yield f"function {name}{_signature(value)}"
    else:
        yield f"constant {name}: {type(value).__name__}"


def _class(name: str, kind: type[Any]) -> Iterator[str]:
    bases = ", ".join(base.__name__ for base in kind.__bases__ if base is not object)
    yield f"class {name}({bases})" if bases else f"class {name}"
    if issubclass(kind, Enum):
        yield from (f"member {name}.{each.name} = {each.value!r}" for each in kind)
        return
    fields = getattr(kind, "model_fields", None) or {}
    if fields:
        for field, info in fields.items():
            default = "" if info.is_required() else f" = {info.get_default()!r}"
            yield f"field {name}.{field}: {_type(info.annotation)}{default}"
    else:
        yield f"constructor {name}{_signature(kind)}"
    for member in sorted(set(dir(kind)) - set(fields)):
        owner = next((base for base in kind.__mro__ if member in vars(base)), None)
        if member.startswith("_") or owner is None or not owner.__module__.startswith(ip.__name__):
            continue
        value = inspect.getattr_static(kind, member)
        if isinstance(value, property) or hasattr(value, "__set_name__"):
            yield f"property {name}.{member}"
        elif inspect.isclass(value):
            yield f"attribute {name}.{member} = {value.__name__}"
        elif callable(getattr(kind, member)):
            yield f"method {name}.{member}{_signature(getattr(kind, member))}"
        elif member != "model_config":
            yield f"attribute {name}.{member}"


def _signature(value: Any) -> str:
    try:
        signature = str(inspect.signature(value))
    except ValueError:  # a class built in C, without a signature of its own
        return "(...)"
    return _OBJECT.sub(r"\1", signature).replace("'", "")


def _type(annotation: Any) -> str:
    """Return the annotation in the words of the source, without what only a validator reads."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _type(inner[0])
    if origin in {typing.Union, UnionType}:
        return " | ".join(_type(each) for each in inner)
    if origin is not None and origin is not typing.Literal:
        return f"{_type(origin)}[{', '.join(_type(each) for each in inner)}]"
    if annotation is type(None) or annotation is ...:
        return "None" if annotation is not ... else "..."
    return str(getattr(annotation, "__name__", annotation)).replace("typing.", "")


def commands(program: typer.Typer = app) -> Iterator[str]:
    """Describe the command line: every command and its parameters."""
    yield from _commands("innovation-plans", typer.main.get_command(program))


def _commands(name: str, command: Any) -> Iterator[str]:
    yield f"command {name}"
    callback = inspect.unwrap(command.callback) if command.callback else None
    hints = typing.get_type_hints(callback) if callback else {}
    for each in sorted(command.params, key=lambda param: str(param.name)):
        if not getattr(each, "hidden", False):
            yield f"{name} {_option(each, hints.get(each.name))}"
    for inner, subcommand in sorted(getattr(command, "commands", {}).items()):
        yield from _commands(f"{name} {inner}", subcommand)


def _option(param: Any, hint: Any) -> str:
    """Describe an option or argument: its names, type and default, and whether it repeats."""
    names = "/".join([*param.opts, *param.secondary_opts])
    shown = (
        getattr(param, "metavar", None) or ""
    )  # an option that is read as text lists its choices
    kind = shown.strip("<>") if shown.startswith("<") or shown == "YEAR" else _choices(hint)
    parts = [names if names.startswith("-") else f"<{names}>", kind]
    if getattr(param, "multiple", False) or param.nargs == -1:
        parts.append("repeated")
    default = getattr(param.default, "value", param.default)
    if param.required:
        parts.append("required")
    elif isinstance(default, str | int | float):
        parts.append(f"= {default!r}")
    return " ".join(parts)


def _choices(hint: Any) -> str:
    """Return the words of a closed list, or the name of a type."""
    inner = [each for each in typing.get_args(hint) if each is not type(None)]
    if inner:
        return "|".join(_choices(each) for each in inner)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return "|".join(str(each.value) for each in hint)
    return str(getattr(hint, "__name__", hint))


def distribution(pyproject: Path) -> Iterator[str]:
    """Describe what an installer reads: Python, dependencies, extras, scripts."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    yield f"python {project['requires-python']}"
    for requirement in sorted(project["dependencies"]):
        yield f"dependency {requirement}"
    for extra, requirements in sorted(project["optional-dependencies"].items()):
        yield f"extra {extra}: {', '.join(requirements)}"
    for script, target in sorted(project.get("scripts", {}).items()):
        yield f"script {script}: {target}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
