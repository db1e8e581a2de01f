"""The commands ``derive`` and ``cross-check``: what they print and how they end."""

from __future__ import annotations

import json

import pytest

import innovation_plans as ip
from innovation_plans.analysis.cross_check import cross_check
from innovation_plans.analysis.derivation import Derivations
from innovation_plans.analysis.derive import derive
from innovation_plans.analysis.findings import Findings
from innovation_plans.cli import implications, run

assert implications  # importing it is what adds its commands


def test_derive(capsys: pytest.CaptureFixture[str], plans: ip.Dataset) -> None:
    command = ["derive", "rd_expenditure", "--region", "Hubei", "--year", "2025"]
    assert run([*command, "--vintage", "bulletin"]) == 0
    out = capsys.readouterr().out
    assert "193.562 billion yuan" in out
    assert "rd_expenditure(2020) × (1 + 14%)^5" in out
    assert out.splitlines()[-1] == "one route"
    assert run([*command, "--format", "json"]) == 0
    found = derive(plans, "rd_expenditure", region="Hubei", year=2025)
    assert Derivations.from_json(capsys.readouterr().out, found.edition) == found
    assert run([*command, "--format", "markdown", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.startswith("| 地区 | 指标 |")


@pytest.mark.parametrize(
    ("assumption", "value"),
    [
        ("gdp 2025 13000 亿元", "19.5 billion yuan"),
        ("gdp 2025 1.3 万亿元", "19.5 billion yuan"),
        ("GDP平减指数变化 2025 1 percent", "20.5463 billion yuan"),
        ("gdp 2025 0 percent_per_year", "19.5308 billion yuan"),
        ("gdp 2025-2025 0 percent_per_year", "19.5308 billion yuan"),
    ],
)
def test_derive_from_assumptions(
    assumption: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["derive", "研发经费支出", "--region", "甘肃", "--year", "2025", "--period", "14th"]
    assert run([*command, "--assume", assumption]) == 0
    out = capsys.readouterr().out
    assert (f" {value} " in out) is not assumption.startswith("GDP")  # its GDP is known


def test_cross_check_shows_what_disagrees(
    capsys: pytest.CaptureFixture[str], plans: ip.Dataset
) -> None:
    command = ["cross-check", "--region", "CN-GD", "--period", "14th"]
    assert run(command) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert "3.844%" in lines[2]
    assert lines[2].endswith("inconsistent")
    found = cross_check(plans, region="CN-GD", period="14th")
    assert lines[-1] == found.summary()
    assert run([*command, "--all"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(found) + 4
    assert run([*command, "--all", "--format", "json"]) == 0
    assert Findings.from_json(capsys.readouterr().out, found.edition) == found
    assert run([*command, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1
    assert run([*command, "--format", "markdown", "--lang", "zh"]) == 0
    assert "| 不一致 |" in capsys.readouterr().out


def test_where_nothing_disagrees_the_counts_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cross-check", "--region", "Hebei"]) == 0
    assert capsys.readouterr().out.startswith("5 findings: ")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["derive", "rd_personnel_fte", "--region", "GD", "--year", "2025"], 1, "--assume what is"),
        (["derive", "nonsense", "--region", "GD", "--year", "2025"], 2, "no indicator 'nonsense'"),
        (["derive", "gdp", "--region", "Guandong", "--year", "2025"], 2, "did you mean Guangdong"),
        (["derive", "gdp", "--region", "GD", "--year", "2025", "--assume", "gdp"], 2, "expected as"),
        (["derive", "rd_expenditure", "--region", "GD", "--year", "2025",
          "--assume", "gdp 2025 3 percent"], 2, "do not measure the same"),
        (["derive", "gdp", "--region", "GD"], 2, "--year"),
        (["cross-check", "--period", "99th"], 2, "no period '99th'"),
        (["cross-check", "--tolerance", "much"], 2, "cannot read 'much'"),
        (["cross-check", "--region", "Tibet", "--period", "annual-2025"], 1, "no two figures"),
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
