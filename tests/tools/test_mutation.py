"""The page on mutation testing: what is counted, and that no survivor goes without a reason."""

from __future__ import annotations

import importlib.util
import json
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
SAME = "boxes larger: return one if one > other else other -> return one if one >= other else other"
UNSEEN = "boxes Box.size: def Box.size(self, by=1): -> def Box.size(self, by=2):"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_mutation", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def found(tool: ModuleType, tmp_path: Path) -> list[object]:
    (tmp_path / "boxes.py").write_text(MUTATED, encoding="utf-8")
    codes = dict(zip((f"pack.boxes.{key}" for key in KEYS), (0, 1, 33), strict=True))
    meta = json.dumps({"exit_code_by_key": codes})
    (tmp_path / "boxes.py.meta").write_text(meta, encoding="utf-8")
    return list(tool.mutants(tmp_path))


def test_a_survivor_is_known_by_what_it_changes(found: list[object]) -> None:
    assert [each.name for each in found if each.survived] == [SAME, UNSEEN]  # type: ignore[attr-defined]


def test_what_is_counted(tool: ModuleType, found: list[object]) -> None:
    rows = tool.table(found, {SAME: "the larger of equals"}).splitlines()
    assert rows[2] == "| boxes | 3 | 3 | 1 | 2 | 1 | 33.3 |"
    assert rows[3] == "| all of them | 3 | 3 | 1 | 2 | 1 | 33.3 |"


def test_no_survivor_goes_without_a_reason(tool: ModuleType, found: list[object]) -> None:
    reasons = {SAME: "the larger of equals", UNSEEN: "asked for nowhere"}
    page = tool.page(f"# Title\n\n{tool.BEGIN}\n\nold", found, reasons)
    assert page.startswith(f"# Title\n\n{tool.BEGIN}\n\n| module |")
    assert f"**the larger of equals** (1)\n\n- `{SAME}`" in page
    assert "old" not in page
    tool.agreed(found, reasons)
    with pytest.raises(SystemExit, match="nobody looked at it"):
        tool.agreed(found, {SAME: "the larger of equals"})
    with pytest.raises(SystemExit, match="is no survivor:\nno such"):
        tool.agreed(found, {**reasons, "no such": "gone"})


def test_what_was_not_tried_is_not_counted_as_killed(tool: ModuleType, tmp_path: Path) -> None:
    meta = json.dumps({"exit_code_by_key": {"p.boxes.x_f__mutmut_1": None, "p.boxes.x_f_2": 1}})
    (tmp_path / "boxes.py.meta").write_text(meta, encoding="utf-8")
    (tmp_path / "boxes.py").write_text("", encoding="utf-8")
    found = list(tool.mutants(tmp_path))
    assert tool.table(found, {}).splitlines()[2] == "| boxes | 2 | 1 | 1 | 0 | 0 | 100.0 |"
    assert tool.table(found[:1], {}).splitlines()[2] == "| boxes | 1 | 0 | 0 | 0 | 0 | – |"
