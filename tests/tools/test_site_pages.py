"""The sites of several versions stand side by side."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
site_pages: Any = importlib.import_module("site_pages")


def test_a_version_is_published_beside_the_others(tmp_path: Path) -> None:
    site, place = tmp_path / "site", tmp_path / "place"
    site.mkdir()
    for version in ("0.9.0", "0.10.0", "0.9.1"):
        (site / "index.html").write_text(version, encoding="utf-8")
        (site / "llms.txt").touch()
        site_pages.publish(site, place, version)
    versions = json.loads((place / "versions.json").read_text(encoding="utf-8"))
    assert [(each["version"], each["aliases"]) for each in versions] == [
        ("0.10", ["latest"]),
        ("0.9", []),
    ]
    assert (place / "0.9" / "index.html").read_text(encoding="utf-8") == "0.9.1"
    assert "url=0.10/index.html" in (place / "index.html").read_text(encoding="utf-8")
