"""Every promise of `security.md` names existing tests."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    line
    for line in (ROOT / "docs/explanation/security.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "tests/" in line
]


def test_every_named_test_exists() -> None:
    named = 0
    for row in ROWS:
        file = None
        for path, function in re.findall(r"`(tests/[\w/]+\.py)?(?:::(\w+))?`", row):
            file = ROOT / path if path else file
            if file is None:
                continue
            text = file.read_text(encoding="utf-8")
            assert not function or f"def {function}(" in text, f"{file}::{function}"
            named += bool(path or function)
    assert named > 30


def test_every_promise_names_a_test() -> None:
    lines = (ROOT / "docs/explanation/security.md").read_text(encoding="utf-8").splitlines()
    promises = [line for line in lines if line.startswith("| ") and not line.startswith("| ---")]
    assert promises[1:] == ROWS
