"""Releasing an edition: one command copies it, stores its sums and begins the next one, or changes nothing."""

from __future__ import annotations

import ast
import hashlib
import importlib
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.dataset import editions as released

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))
freeze_edition: Any = importlib.import_module("freeze_edition")
import_research: Any = importlib.import_module("import_research")
write_descriptor: Any = importlib.import_module("write_descriptor")

EDITION = """\
# The edition.
edition = "2031.05"
schema = 1

# Reasons.

[[change]]
table = "regions"
kind = "added"
key = "*"
reason = "the first ones"
"""


@pytest.fixture
def tree(world: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source tree with an edition that is to be released."""
    root = tmp_path / "tree"
    package = root / "src" / "innovation_plans"
    data = Path(
        shutil.copytree(world({"edition.toml": EDITION, "units.txt": ""}), package / "data")
    )
    (data / "schemas").mkdir()
    for path, text in write_descriptor.documents(data, ip.load(data, tiers="ABCD")):
        path.write_text(text, encoding="utf-8", newline="\n")
    (package / "dataset").mkdir()
    shutil.copy(released.__file__, package / "dataset" / "editions.py")
    (root / "tests" / "data").mkdir(parents=True)
    (root / "tests" / "data" / "released.sha256").write_text("", encoding="utf-8")
    monkeypatch.setattr(freeze_edition, "ROOT", root)
    return root


def contents(root: Path) -> dict[str, bytes]:
    return {
        each.relative_to(root).as_posix(): each.read_bytes()
        for each in root.rglob("*")
        if each.is_file()
    }


def sums_in(module: Path) -> Any:
    """Return what a copy of ``editions.py`` assigns to ``RELEASED``."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "RELEASED":
            return ast.literal_eval(node.value)
    return None


def test_an_edition_is_copied_and_the_next_one_is_begun(tree: Path) -> None:
    package = tree / "src" / "innovation_plans"
    before = contents(package / "data")
    assert freeze_edition.main(["2031.06"]) == 0
    copy = package / "editions" / "2031.05"
    assert contents(copy) == before
    lines = (tree / "tests" / "data" / "released.sha256").read_text().splitlines()
    assert dict(reversed(line.split("  ")) for line in lines) == {
        f"2031.05/{name}": hashlib.sha256(raw).hexdigest() for name, raw in before.items()
    }
    expected = hashlib.sha256(before["datapackage.json"]).hexdigest()
    assert sums_in(package / "dataset" / "editions.py") == {
        **released.RELEASED,
        "2031.05": expected,
    }
    older, newer = (ip.load(place, tiers="ABC", verify=True) for place in (copy, package / "data"))
    assert (older.edition, newer.edition) == ("2031.05", "2031.06")
    assert not newer.diff(older)
    begun = (package / "data" / "edition.toml").read_text(encoding="utf-8")
    assert begun == '# The edition.\nedition = "2031.06"\nschema = 1\n\n# Reasons.\n'


@pytest.mark.parametrize("name", ["2031.05", "2031.04", "2031.6", "../2032.01", "2032", ""])
def test_the_next_edition_is_a_later_one(
    tree: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(tree)
    assert freeze_edition.main([name]) == 1
    assert f"later than '2031.05', found {name!r}" in capsys.readouterr().err
    assert contents(tree) == before


def test_a_released_edition_raises_an_error(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "tests" / "data" / "released.sha256").write_text("00  2031.05/regions.csv\n")
    before = contents(tree)
    assert freeze_edition.main(["2031.06"]) == 1
    assert "'2031.05' is released already; nothing was written" in capsys.readouterr().err
    assert contents(tree) == before


def test_data_that_differ_from_the_descriptor_raise_an_error(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tree / "src" / "innovation_plans" / "data" / "regions.csv").open("a") as stream:
        stream.write("XX-W,group,Great West,,,,,\n")
    before = contents(tree)
    assert freeze_edition.main(["2031.06"]) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert contents(tree) == before


def test_the_import_does_not_change_a_released_edition(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tree / "src" / "innovation_plans"
    shutil.copytree(package / "data", package / "editions" / "2031.05")
    monkeypatch.setattr(import_research, "DATA", package / "data")
    before = contents(tree)
    assert import_research.main(["import_research.py", str(tree)]) == 1
    assert "edition '2031.05' is released" in capsys.readouterr().err
    assert contents(tree) == before
