"""The commands ``check`` and ``new``: what they print and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from innovation_plans.cli import check as commands
from innovation_plans.cli import run


@pytest.fixture
def ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(["new", str(tmp_path / "ours")]) == 0
    capsys.readouterr()
    return tmp_path / "ours"


def spoil(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), "utf-8")


def test_new_says_what_it_wrote_and_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.__all__ == []
    assert run(["new", str(tmp_path / "our data"), "--alone"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{tmp_path / 'our data'}: README.md, edition.toml, indicators.toml")
    assert second == f"next: innovation-plans check '{tmp_path / 'our data'}' --alone"
    assert run(["check", str(tmp_path / "our data"), "--alone", "--strict"]) == 0
    assert run(["check", str(tmp_path / "our data")]) == 1


def test_new_overwrites_nothing(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", str(ours)]) == 2
    assert "choose another name" in capsys.readouterr().err


def test_a_clean_directory(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(ours), "--strict"]) == 0
    assert capsys.readouterr().out == (
        "1 region, 1 indicator, 2 sources, 1 plan, 2 targets, 1 observation: nothing is wrong\n"
    )


def test_errors_end_with_1(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(ours, "targets.csv", "percent", "percnt")
    assert run(["check", str(ours)]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith(
        "targets.csv:3: unit: expected a unit token of units.txt, found 'percnt'"
    )
    assert last.endswith(": 1 error")


def test_warnings_end_with_1_if_strict(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(ours, "targets.csv", "3%左右", "3%")
    assert run(["check", str(ours)]) == 0
    assert "targets.csv:3: comparator: warning: " in capsys.readouterr().out
    assert run(["check", str(ours), "--strict"]) == 1


def test_json(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(ours), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    spoil(ours, "targets.csv", "percent", "percnt")
    assert run(["check", str(ours), "--format", "json"]) == 1
    (fault,) = json.loads(capsys.readouterr().out)
    assert list(fault) == ["file", "line", "column", "severity", "problem"]
    assert (fault["file"], fault["line"], fault["column"]) == ("targets.csv", 3, "unit")


def test_markdown(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(ours), "--format", "markdown"]) == 0
    assert capsys.readouterr().out.count("\n") == 1
    spoil(ours, "targets.csv", "percent", "percnt")
    assert run(["check", str(ours), "--format", "markdown"]) == 1
    head, rule, row, blank, last = capsys.readouterr().out.splitlines()
    assert head == "| location | column | severity | problem |"
    assert rule.count("|") == 5
    assert row.startswith("| targets.csv:3 | unit | error |")
    assert (blank, last.rpartition(": ")[2]) == ("", "1 error")


@pytest.mark.parametrize(
    ("name", "problem"),
    [("nowhere", "no file or directory"), ("file.csv", "expected a directory of CSV files")],
)
def test_a_path_that_cannot_be_read_ends_with_2(
    name: str, problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file.csv").write_text("code\n")
    assert run(["check", str(tmp_path / name)]) == 2
    assert problem in capsys.readouterr().err


def test_an_empty_directory_is_no_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(tmp_path)]) == 1
    assert "expected tables such as targets.csv, found nothing" in capsys.readouterr().out
