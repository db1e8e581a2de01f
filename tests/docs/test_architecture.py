"""The architecture page names files that exist and the layers of pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs/explanation/architecture.md").read_text("utf-8")
PATHS = sorted(set(re.findall(r"`((?:[\w.]+/)*[\w]+(?:\.(?:py|toml|txt|csv)|/))`", PAGE)))
PACKAGE = ROOT / "src/innovation_plans"


@pytest.mark.parametrize("path", PATHS)
def test_path_exists(path):
    base = ROOT if path.startswith(("tests/", "tools/", "src/")) else PACKAGE
    assert (base / path).exists() or (ROOT / path).exists()


def test_every_layer_is_in_the_picture():
    picture = PAGE.partition("```text")[2].partition("```")[0]
    names = re.findall(r"│ (\w+) ", picture)
    assert {path.parent.name for path in PACKAGE.glob("*/__init__.py")} <= set(names)
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in config["contracts"] if "layers" in contract)
    positions = [
        min(names.index(name) for name in re.findall(r"\w+", layer) if name in names)
        for layer in layers
        if set(re.findall(r"\w+", layer)) & set(names)
    ]
    assert positions == sorted(positions)


def test_the_page_names_paths():
    assert len(PATHS) > 40
