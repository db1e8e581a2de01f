"""The commands ``report`` and ``explorer``: what they write and how they end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import innovation_plans as ip
from innovation_plans.cli import run


def test_a_report(
    plans: ip.Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str], no_drawing: None
) -> None:
    place = tmp_path / "gd.html"
    assert run(["report", "--region", "粤", "-o", str(place)]) == 0
    assert capsys.readouterr().out.strip() == str(place)
    assert place.read_text(encoding="utf-8") == ip.report.html(plans, region="CN-GD")
    assert (
        run(["report", "--indicator", "gdp", "-o", str(place), "--overwrite", "--lang", "zh"]) == 0
    )
    assert '<html lang="zh-Hans">' in place.read_text(encoding="utf-8")


def test_data_of_ones_own(world: Callable[..., Path], tmp_path: Path, no_drawing: None) -> None:
    data = str(world())
    place = tmp_path / "abe.html"
    assert run(["report", "--region", "Abe", "--data", data, "-o", str(place)]) == 0
    assert "Abeland: targets and outcomes" in place.read_text(encoding="utf-8")
    assert run(["explorer", "--data", data, "-o", str(tmp_path / "site")]) == 0
    assert "Abeland" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_the_explorer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    assert run(["explorer", "-o", str(site), "--docs-link", "docs/"]) == 0
    assert capsys.readouterr().out.strip() == str(site / "index.html")
    assert 'href="docs/"' in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_drawing")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "-o", "x.html"], "name a region or an indicator"),
        (["report", "-o", "x.html", "--region", "GD", "--indicator", "gdp"], "not both"),
        (["report", "-o", "x.html", "--region", "Guangdon"], "did you mean"),
        (["report", "-o", "there.html", "--region", "GD"], "exists already"),
        (["explorer", "-o", "site", "--docs-link", "javascript:x"], "expected a path"),
        (["explorer", "-o", "there.html"], "expected a directory"),
    ],
    ids=["neither", "both", "unknown", "taken", "link", "no directory"],
)
def test_what_cannot_be_done_is_said_on_stderr(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.html").write_text("mine", encoding="utf-8")
    assert run(arguments) == 2
    assert said in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["there.html"]
    assert (tmp_path / "there.html").read_text(encoding="utf-8") == "mine"
