from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import innovation_plans as ip
from innovation_plans import exchange
from innovation_plans.cli import exchange as commands
from innovation_plans.cli import run

World = Callable[..., Path]


def test_the_dataset_is_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.export
    out = tmp_path / "out.jsonl"
    assert run(["export", str(out), "--region", "广东", "--region", "Beijing"]) == 0
    said = capsys.readouterr()
    back = exchange.read(out)
    assert said.out.startswith(f"{out} (jsonl): 52 regions, ")
    assert f"{len(back.targets)} targets" in said.out
    assert said.err == ""
    assert {each.region.code for each in back.targets} == {"CN-GD", "CN-BJ"}
    assert {each.region.code for each in back.observations} == {"CN-GD", "CN-BJ"}
    assert {each.region.code for each in back.goals} <= {"CN-GD", "CN-BJ"}
    claims = {each.series_key for each in back.targets}
    assert {each.target for each in back.corroborations} <= claims
    assert len(back.sources) == len(ip.load().sources)  # what they refer to stays whole


@pytest.mark.heavy
def test_further_data_go_along_and_what_is_lost_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "units.txt").write_text("robot = [robots] = 台\n", "utf-8")
    (ours / "regions.csv").write_text("code,kind,name_en,parent\nXX-1,city,Exampleton,CN-GD\n")
    out = tmp_path / "out"
    assert run(["export", str(out), "--format", "csv", "--extend", str(ours)]) == 0
    assert "innovation-plans: csv does not hold which record came" in capsys.readouterr().err
    assert exchange.read(out).region("Exampleton").parent == ip.load().region("广东")
    assert (out / "units.txt").read_text("utf-8") == "robot = [robots] = 台\n"


def test_mistakes_are_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("mine")
    for arguments, said in (
        ([str(out)], "exists already; pass overwrite=True"),
        ([str(tmp_path / "out"), "--format", "cvs"], "no format 'cvs'; did you mean csv?"),
        ([str(tmp_path / "out")], "say format= one of csv"),
        ([str(tmp_path / "new.jsonl"), "--region", "Atlantis"], "no region 'Atlantis'"),
    ):
        assert run(["export", *arguments]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert said in line
    assert out.read_text() == "mine"
    assert run(["export", str(out), "--overwrite", "--region", "GD"]) == 0
    assert len(exchange.read(out).targets) > 0
