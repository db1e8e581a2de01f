"""The command line: what it prints and how it ends."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

import innovation_plans as ip
from innovation_plans import __main__
from innovation_plans.cli import run


def test_scorecard_shows_the_founding_regions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scorecard", "--period", "14th", "--indicator", "rd_intensity"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for region, stated, outcome in (
        ("Guangdong", "about 3.5%", "3.6%"),
        ("Jiangsu", "3.2%", "about 3.38%"),
        ("Beijing", "about 6%", "about 6%"),
        ("Xining", "above 1.5%", "–"),
    ):
        line = next(each for each in lines if each.startswith(region) and f" {stated} " in each)
        assert f" {outcome} " in line
    guangdong = next(each for each in lines if each.startswith("Guangdong"))
    assert "+0.1 percentage points" in guangdong
    assert guangdong.split()[-2:] == ["met", "C/B"]
    assert lines[-1].endswith(f"data edition {ip.load().edition}")


def test_json_reads_back_as_assessments(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scorecard", "--region", "广东", "--format", "json"]) == 0
    text = capsys.readouterr().out
    assert all({"verdict", "target", "inputs"} <= each.keys() for each in json.loads(text))
    card = ip.scorecard(ip.load(), region="CN-GD")
    assert ip.Scorecard.from_json(text, card.edition) == card


def test_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scorecard", "--region", "粤", "--format", "markdown", "--lang", "zh"]) == 0
    head, rule, *rows = capsys.readouterr().out.splitlines()
    assert head == "| 地区 | 指标 | 目标 | 目标年 | 实际值 | 年份 | 差距 | 结论 | 来源等级 |"
    assert rule.count("|") == head.count("|")
    assert all(row.startswith("| 广东 |") for row in rows)


@pytest.mark.parametrize("name", ["广东", "GD", "440000", "guangdong"])
def test_show(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", name, "--period", "14th"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("广东省 Guangdong (CN-GD)")
    assert "CN-GD-14-sti" in out
    assert "about 3.5%" in out


def test_show_a_region_with_goals_only_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "Shanghai"]) == 0
    assert "Zhangjiang" in capsys.readouterr().out


def test_cite_the_dataset_a_region_a_source_and_a_record(
    capsys: pytest.CaptureFixture[str],
) -> None:
    key = "CN-GD-14-sti/rd_intensity/level/2025@seed-cbn-2021"
    for what, expected in (
        ([], f"data edition {ip.load().edition}"),
        (["广东", "--indicator", "R&D intensity"], 'as stated: "about 3.5%"'),
        (["seed-cbn-2021"], "CBN (Yicai), in English translation"),
        ([key], "paragraph 26"),
    ):
        assert run(["cite", *what]) == 0
        assert expected in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["show", "Guandong"], 2, "did you mean Guangdong"),
        (["scorecard", "--period", "99th"], 2, "no period '99th'"),
        (["scorecard", "--tiers", "X"], 2, "no tiers 'X'"),
        (["scorecard", "--pace", "warp"], 2, "no pace method 'warp'"),
        (["scorecard", "--format", "xls"], 2, "xls"),
        (["frobnicate"], 2, "frobnicate"),
        (["scorecard", "--region", "Xinjiang", "--indicator", "unicorn_and_gazelle_enterprises"],
         1, "no target answers"),
        (["cite", "Tibet", "--indicator", "unicorn_and_gazelle_enterprises"], 1, "nothing to cite"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_on_stderr(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    streams = capsys.readouterr()
    assert message in streams.err
    assert not streams.out
    assert "Traceback" not in streams.err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(command in out for command in ("scorecard", "show", "cite", "Exit codes"))


def test_the_module_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "innovation_plans", "cite"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "innovation_plans" in done.stdout


def test_without_the_extra_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "typer", None)
    assert __main__.main() == 2
    assert 'pip install "innovation-plans[cli]"' in capsys.readouterr().err


def test_coverage_prints_the_matrix(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["coverage", "--indicator", "rd_intensity", "--period", "14th"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["region", "rd_intensity", "14th"]
    assert len(lines) > 49
    assert next(each for each in lines if each.startswith("Guangdong")).endswith(
        "stated / published"
    )
    assert run(["coverage", "--indicator", "rd_intensity", "--format", "json"]) == 0
    assert {"region", "target", "outcome"} <= json.loads(capsys.readouterr().out)[0].keys()
    assert run(["coverage"]) == 2
    assert "name an indicator" in capsys.readouterr().err


def test_verify(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["verify", "--edition", "2026.10"]) == 0
    assert "files are as released" in capsys.readouterr().out
    (tmp_path / "datapackage.json").write_text('{"resources": [{"path": "a.csv"}]}')
    assert run(["verify", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "innovation-plans: a.csv: is missing\n"


def test_read_an_expression(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "年均增长10%以上"]) == 0
    row = capsys.readouterr().out.splitlines()[-1].split()
    assert row[:4] == ["average_growth", "at_least", "10", "percent_per_year"]
    assert run(["read", "12", "--unit", "件", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["unit"] == "patent"


def test_read_a_text_into_rows_for_a_targets_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = tmp_path / "plan.txt"
    text.write_text("研发经费投入年均增长10%以上，高新技术企业超过2万家。", encoding="utf-8")
    assert run(["read", "--file", str(text), "--format", "csv"]) == 0
    first, second = csv.DictReader(capsys.readouterr().out.splitlines())
    assert (first["form"], first["value"], first["as_stated"]) == (
        "average_growth",
        "10",
        "年均增长10%以上",
    )
    assert (second["comparator"], second["value"], second["unit"]) == (
        "above",
        "20000",
        "enterprise",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["read", "10**10**10"], "cannot read"),
        (["read", "3.2 percent @ 2025", "--unit", "nonsense"], "expected a unit of units.txt"),
        (["read"], "give a text or --file"),
        (["read", "3%", "--form", "sideways"], "expected a form"),
    ],
)
def test_what_is_no_figure_is_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert message in capsys.readouterr().err


def test_a_text_that_is_not_utf8_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = tmp_path / "plan.txt"
    text.write_bytes("增长10%".encode("gb18030"))
    assert run(["read", "--file", str(text)]) == 2
    assert "save it as UTF-8" in capsys.readouterr().err
