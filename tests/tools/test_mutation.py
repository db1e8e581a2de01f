"""The table on mutation testing, and the reasons of survivors."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "write_mutation.py"
# As mutmut writes a mutated module: the function, its original, and its mutants.
MUTATED = """
def x_larger__mutmut_orig(one, other):
    return one if one >  other else other

def x_larger__mutmut_1(one, other):
    return one if one >= other else other

def x_larger__mutmut_2(one, other):
    return one if one <  other else other

class Box:
    def xǁBoxǁsize__mutmut_orig(self, by=1):
        return self.wide * by

    def xǁBoxǁsize__mutmut_1(self, by=2):
        return self.wide * by
"""
KEYS = ("x_larger__mutmut_1", "x_larger__mutmut_2", "xǁBoxǁsize__mutmut_1")
SAME = "larger: return one if one > other else other -> return one if one >= other else other"
UNSEEN = "Box.size: def Box.size(self, by=1): -> def Box.size(self, by=2):"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_mutation", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def mutants(tool: ModuleType, tmp_path: Path) -> list[object]:
    (tmp_path / "boxes.py").write_text(MUTATED, encoding="utf-8")
    codes = dict(zip((f"pack.boxes.{key}" for key in KEYS), (0, 1, 33), strict=True))
    meta = json.dumps({"exit_code_by_key": codes})
    (tmp_path / "boxes.py.meta").write_text(meta, encoding="utf-8")
    return list(tool.mutants(tmp_path))


def test_a_survivor_is_named_after_its_change(mutants: list[object]) -> None:
    assert [each.change for each in mutants if each.survived] == [SAME, UNSEEN]  # type: ignore[attr-defined]


def test_the_counts(tool: ModuleType, mutants: list[object]) -> None:
    rows = tool.table(mutants, {SAME: True, UNSEEN: False}).splitlines()
    assert rows[2:] == [
        "| boxes | 3 | 3 | 1 | 2 | 1 | 33.3 |",
        "| all | 3 | 3 | 1 | 2 | 1 | 33.3 |",
    ]


def test_the_reasons_of_the_repository_are_read(tool: ModuleType) -> None:
    assert set(tool.reviewed(tool.REASONS).values()) == {True, False}
    assert tool.BEGIN in tool.PAGE.read_text(encoding="utf-8")


def test_every_survivor_needs_a_reason(tool: ModuleType, mutants: list[object]) -> None:
    tool.check(mutants, [SAME, UNSEEN])
    with pytest.raises(SystemExit, match="survivors without a reason:\nBox"):
        tool.check(mutants, [SAME])
    with pytest.raises(SystemExit, match="reasons without a survivor:\nno such"):
        tool.check(mutants, [SAME, UNSEEN, "no such"])


def test_an_untried_mutant_is_not_killed(tool: ModuleType, tmp_path: Path) -> None:
    meta = json.dumps({"exit_code_by_key": {"p.boxes.x_f__mutmut_1": None, "p.boxes.x_f_2": 1}})
    (tmp_path / "boxes.py.meta").write_text(meta, encoding="utf-8")
    (tmp_path / "boxes.py").write_text("", encoding="utf-8")
    mutants = list(tool.mutants(tmp_path))
    assert tool.table(mutants, {}).splitlines()[2] == "| boxes | 2 | 1 | 1 | 0 | 0 | 100.0 |"
    assert tool.table(mutants[:1], {}).splitlines()[2] == "| boxes | 1 | 0 | 0 | 0 | 0 | – |"


def test_the_configuration_names_modules_and_tests_that_exist() -> None:
    root = TOOL.parents[1]
    config = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    selection = config["pytest_add_cli_args_test_selection"]
    for pattern in [*config["only_mutate"], *selection, *config["also_copy"]]:
        assert list(root.glob(pattern)), pattern
    files = [file for path in selection for file in _python_files(root / path)]
    tests = re.findall(r"def (test_\w+)", "".join(file.read_text("utf-8") for file in files))
    arguments = config["pytest_add_cli_args"]
    words = set(re.findall(r"\w+", arguments[arguments.index("-k") + 1])) - {"not", "or"}
    assert [word for word in words if not any(word in name for name in tests)] == []


def _python_files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("*.py"))
