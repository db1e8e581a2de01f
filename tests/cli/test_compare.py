"""The command ``compare``: what it prints and how it ends."""

from __future__ import annotations

import pytest

import innovation_plans as ip
from innovation_plans.analysis.compare import compare
from innovation_plans.analysis.comparison import Comparison
from innovation_plans.cli import compare as _command  # noqa: F401 - adds it to the program
from innovation_plans.cli import run

ASKED = ["compare", "--indicator", "rd_intensity", "--end-year", "2025", "--period", "14th"]


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*ASKED, "--measure", "distance"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:3] == ["rank", "region", "distance"]
    ningbo = next(line for line in lines if " Ningbo " in line)
    assert "+0.75  3.6%" in ningbo
    assert "2.85% in 2020 " in ningbo
    assert any("the starting value is not known" in line for line in lines)
    assert lines[-1].endswith(f"data edition {ip.load().edition}")


def test_json_is_what_the_library_gives(
    capsys: pytest.CaptureFixture[str], plans: ip.Dataset
) -> None:
    assert run([*ASKED, "--measure", "ratio", "--format", "json"]) == 0
    goals = plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    read = Comparison.from_json(capsys.readouterr().out)
    assert read == compare(goals, measure="ratio", plans=plans)


def test_markdown_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*ASKED, "--format", "markdown", "--lang", "zh", "--kind", "province"]) == 0
    head, rule, first, *_ = capsys.readouterr().out.splitlines()
    assert head == "| 排名 | 地区 | 数值（%） | 原数 | 说明 | 规划或来源 | 来源等级 |"
    assert rule.count("|") == head.count("|")
    assert first.startswith("| 1 | 北京 | 6 | 6%左右 |")


def test_outcomes(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["compare", "--indicator", "rd_intensity", "--outcomes", "--year", "2024"]
    more = ["--statistics", "--kind", "province", "--measure", "growth", "--since", "2020"]
    assert run([*asked, *more]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split()[:3] == ["1", "Hainan", "+0.18"]
    assert "31 of 31 ranked" in lines[-1]


def test_a_factor_bridges_two_bases(capsys: pytest.CaptureFixture[str]) -> None:
    bases = ["rd_personnel_per_10k_population", "rd_personnel_per_10k_employed"]
    asked = ["compare", "--end-year", "2025", "--indicator", bases[0], "--indicator", bases[1]]
    assert run(asked) == 2
    assert "the missing factor is in employed_person/inhabitant" in capsys.readouterr().err
    assert run([*asked, "--factor", "0.52 employed_person/inhabitant"]) == 0
    hubei = next(line for line in capsys.readouterr().out.splitlines() if " Hubei " in line)
    assert "36.4" in hubei


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--end-year", "2025"], 2, "name an indicator"),
        (["--indicator", "rd_intensity"], 2, "narrow by where(end_year="),
        (["--indicator", "rd_intensity", "--end-year", "2025", "--year", "2024"], 2, "--outcomes"),
        (["--indicator", "rd_intensity", "--outcomes", "--period", "14th"], 2, "--vintage"),
        (["--indicator", "rd_intensity", "--outcomes", "--year", "2023"], 2, "one vintage of"),
        (["--indicator", "rd_intensity", "--end-year", "2099"], 1, "nothing to compare"),
        (["--indicator", "rd_intensity", "--end-year", "2025", "--measure", "odd"], 2, "odd"),
        (["--indicator", "rd_intensity", "--end-year", "2025", "--unit", "CNY"], 2, "CNY"),
        (["--indicator", "rd_intensity", "--end-year", "2025", "--tolerance", "2"], 2, "share"),
        (["--indicator", "rd_intensty"], 2, "did you mean"),
    ],
)
def test_what_cannot_be_done_is_said_on_stderr(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", *arguments]) == code
    streams = capsys.readouterr()
    assert message in streams.err
    assert not streams.out
