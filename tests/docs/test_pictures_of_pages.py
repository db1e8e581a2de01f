"""The pictures of pages and the results of the notebook are made by the code above them."""

from __future__ import annotations

import importlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
write_pictures: Any = importlib.import_module("write_pictures")
ENGLISH = ("docs/tutorial.md",)
# These have labels in Chinese.
CHINESE = ("docs/zh/tutorial.md", "docs/gallery.md")


@pytest.mark.parametrize("page", ENGLISH)
def test_pictures_are_made_by_the_code_above_them(page, capsys):
    assert write_pictures.main(["--check", page]) == 0, capsys.readouterr().err


@pytest.mark.pictures
@pytest.mark.parametrize("page", CHINESE)
def test_pictures_in_chinese_are_made_by_the_code_above_them(page, capsys):
    assert write_pictures.main(["--check", page]) == 0, capsys.readouterr().err


@pytest.mark.heavy
def test_a_picture_that_the_code_does_not_make_is_stale(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(write_pictures, "ROOT", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(
        "```python\n>>> import innovation_plans as ip\n>>> plans = ip.load()\n"
        '>>> card = ip.scorecard(plans, region="GD", indicator="rd_intensity", period="14th")\n'
        ">>> axes = ip.plots.dumbbell(card)\n```\n\n![](images/a.svg)\n",
        encoding="utf-8",
    )
    assert write_pictures.main(["--check", "page.md"]) == 1
    assert "the alt text of images/a.svg in page.md" in capsys.readouterr().err
    assert write_pictures.main(["page.md"]) == 0
    assert write_pictures.main(["--check", "page.md"]) == 0
    picture = tmp_path / "images" / "a.svg"
    assert "![Dumbbell chart" in page.read_text(encoding="utf-8")
    picture.write_text(picture.read_text("utf-8").replace("Guangdong", "Kwangtung"), "utf-8")
    assert write_pictures.main(["--check", "page.md"]) == 1
    assert "images/a.svg" in capsys.readouterr().err


def test_every_picture_has_alt_text_and_a_page():
    used = set()
    for page in [*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "README.zh.md"]:
        for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)]+\.svg)\)", page.read_text("utf-8")):
            assert len(alt) > 20, f"{page.name}: {target}"
            used.add((page.parent / target).resolve())
    assert used == set((ROOT / "docs" / "images").glob("*.svg"))


def test_pictures_of_pages_need_nothing_else():
    for path in (ROOT / "docs" / "images").glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("<svg")
        assert "<script" not in text
        assert not re.search(r"""(href|src)=["'](?!#)""", text)


# ------------------------------------------------------------------ the notebook

NOTEBOOK = ROOT / "docs" / "notebooks" / "first-look.ipynb"


def test_the_notebook_is_written_from_its_source():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    source = (ROOT / "tools" / "notebooks" / "first-look.md").read_text(encoding="utf-8")
    parts = re.split(r"^```(?:python)?$", source, flags=re.MULTILINE)
    assert ["".join(cell["source"]) for cell in cells] == [
        part.strip() for part in parts if part.strip()
    ]


def test_the_notebook_contains_the_output_of_its_cells():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    kinds = [output["output_type"] for cell in code for output in cell["outputs"]]
    assert len(kinds) >= len(code) - 1
    assert "error" not in kinds


@pytest.mark.heavy
def test_the_notebook_runs_with_the_stored_output(capsys):
    write_notebook: Any = importlib.import_module("write_notebook")
    assert write_notebook.main(["--check"]) == 0, capsys.readouterr().err
