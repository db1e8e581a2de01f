"""The house rules: sizes, floors, no way round the contract."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "innovation_plans"
MODULES = sorted(SOURCE.rglob("*.py"))
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= (850 if path.name == "testing.py" else 400)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            )
            start = first.end_lineno if documented else node.lineno
            assert (node.end_lineno or 0) - (start or 0) <= 60, node.name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nobody_inside_comes_through_the_front_door(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not any(alias.name.startswith("innovation_plans") for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert not (node.module or "").startswith("innovation_plans")


def test_the_contract_has_no_exceptions() -> None:
    assert CONTRACTS["exclude_type_checking_imports"] is False
    for contract in CONTRACTS["contracts"]:
        assert "ignore_imports" not in contract
        assert "exhaustive_ignores" not in contract
        if contract["type"] == "layers":
            assert contract["exhaustive"] is True


def test_every_module_stands_on_a_floor() -> None:
    layers = CONTRACTS["contracts"][0]["layers"]
    standing = set(re.findall(r"\w+", " ".join(layers)))
    built = {path.stem for path in SOURCE.glob("*.py")} - {"__init__"}
    built |= {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert built <= standing


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_lives_there(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert docstring.strip()
    for named in re.findall(r"Read next: ``([^`]+)``", docstring):
        assert (path.parent / named).resolve().exists(), f"{named} is no file"
