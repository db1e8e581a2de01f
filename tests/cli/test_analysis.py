"""The commands about verdicts, comparisons and consistency: output and exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

import innovation_plans as ip
from innovation_plans.analysis.compare import compare
from innovation_plans.analysis.comparison import Comparison
from innovation_plans.analysis.cross_check import cross_check
from innovation_plans.analysis.derive import Derivations, derive
from innovation_plans.analysis.findings import Findings
from innovation_plans.cli import run
from innovation_plans.cli.analysis import Picture
from innovation_plans.cli.wording import in_options

ASKED = ["compare", "--indicator", "rd_intensity", "--end-year", "2025", "--period", "14th"]


def test_scorecard_shows_the_founding_regions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scorecard", "--period", "14th", "--indicator", "rd_intensity"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(
        "R&D intensity: 10 of 31 provinces with a target for 2025 in the data"
    )
    for region, stated, outcome in (
        ("Guangdong", "about 3.5%", "3.6%"),
        ("Jiangsu", "3.2%", "about 3.38%"),
        ("Beijing", "about 6%", "about 6%"),
        ("Xining", "above 1.5%", "–"),
    ):
        line = next(each for each in lines if each.startswith(region) and f" {stated} " in each)
        assert f" {outcome} " in line
    guangdong = next(each for each in lines if each.startswith("Guangdong"))
    assert lines[4].count("gap (% points)") == 1
    assert " +0.1 " in guangdong
    notes = ["self-reported,", "preliminary,", "year", "assumed"]
    assert guangdong.split()[-6:] == ["met", *notes, "C/B"]
    assert not any(line.startswith("Tiers") for line in lines)
    assert lines[-1].endswith(f"data edition {ip.load().edition}")


def test_scorecard_explains_the_tiers_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scorecard", "--region", "GD", "--indicator", "rd_intensity", "--legend"]) == 0
    legend = capsys.readouterr().out.splitlines()[-3]
    assert legend.startswith("Tiers of target and outcome: ")
    assert "C: other text" in legend
    assert "Pace: speed so far divided by the speed that the target requires" in legend


def test_json_reads_back_as_assessments(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scorecard", "--region", "广东", "--format", "json"]) == 0
    text = capsys.readouterr().out
    assert all({"verdict", "target", "inputs"} <= each.keys() for each in json.loads(text))
    card = ip.scorecard(ip.load(), region="CN-GD")
    assert ip.Scorecard.from_json(text, card.edition) == card


def test_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scorecard", "--region", "粤", "--format", "markdown", "--lang", "zh"]) == 0
    head, rule, *rows = capsys.readouterr().out.splitlines()
    assert head == (
        "| 地区 | 指标 | 基期 | 实际值 | 目标 | 目标年 | 差距 | 进度得分 | 结论 | 说明 | 来源等级 |"
    )
    assert rule.count("|") == head.count("|")
    assert all(row.startswith("| 广东 |") for row in rows)


@pytest.mark.parametrize("name", ["广东", "GD", "440000", "guangdong"])
def test_show(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", name, "--period", "14th"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Guangdong (CN-GD)")
    assert "CN-GD-14-sti" in out
    assert "about 3.5%" in out


def test_show_a_region_with_goals_only_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "Shanghai"]) == 0
    assert "Zhangjiang" in capsys.readouterr().out


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
         1, "no targets; without --region Xinjiang there are "),
        (["scorecard", "--region", "粤", "--end-year", "1999"], 1,
         "no targets; without --end-year 1999 there are "),
        (["cite", "Tibet", "--indicator", "unicorn_and_gazelle_enterprises"], 1,
         "no record to cite; without --indicator unicorn_and_gazelle_enterprises there are "),
        (["show", "西藏", "--period", "13th"], 1,
         "no target or goal of Tibet; without --period 13th there are "),
        (["show", "GD", "--outcomes", "--indicator", "gdp", "--year", "1999"], 1,
         "no outcome of Guangdong; without --year 1999 there are "),
        (["compare", "--indicator", "rd_intensity", "--outcomes", "--year", "2030"], 1,
         "no record to compare; without --year 2030 there are "),
        (["show", "GD", "--outcomes", "--period", "14th"], 2, "there are --year and --vintage"),
        (["show", "GD", "--year", "2024"], 2, ": --year and --vintage select outcomes; add"),
        (["show", "佛山"], 1, "no target or goal of Foshan; coverage counts what each region has"),
    ],
)  # fmt: skip
def test_errors_are_printed_on_stderr(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    streams = capsys.readouterr()
    assert message in streams.err
    assert not streams.out
    assert "Traceback" not in streams.err


def test_coverage_prints_the_matrix(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["coverage", "--indicator", "rd_intensity", "--period", "14th"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.split("  +", lines[0].strip()) == ["region", "R&D intensity, 14th plan"]
    assert len(lines) > 49
    assert next(each for each in lines if each.startswith("Guangdong")).endswith(
        "target stated / outcome in the data"
    )
    assert run(["coverage", "--indicator", "rd_intensity", "--format", "json"]) == 0
    assert {"region", "target", "outcome"} <= json.loads(capsys.readouterr().out)[0].keys()
    assert run(["coverage"]) == 2
    assert "choose with --indicator or --region" in capsys.readouterr().err
    assert run(["coverage", "--region", "GD", "--period", "14th"]) == 0
    head = capsys.readouterr().out.splitlines()[0]
    assert re.split("  +", head.strip()) == ["indicator", "Guangdong, 14th plan"]


def test_compare_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*ASKED, "--measure", "distance"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:3] == ["rank", "region", "distance"]
    nanjing = next(line for line in lines if " Nanjing " in line)
    assert "+0.52  above 4%" in nanjing
    assert "3.48% in 2020 " in nanjing
    assert any("no exact starting value" in line for line in lines)
    assert lines[-1].endswith(f"data edition {ip.load().edition}")


def test_compare_prints_the_json_of_the_library(
    capsys: pytest.CaptureFixture[str], plans: ip.Dataset
) -> None:
    assert run([*ASKED, "--measure", "ratio", "--format", "json"]) == 0
    goals = plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    read = Comparison.from_json(capsys.readouterr().out)
    assert read == compare(goals, measure="ratio", plans=plans)


def test_compare_prints_markdown_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*ASKED, "--format", "markdown", "--lang", "zh", "--kind", "province"]) == 0
    head, rule, first, *_ = capsys.readouterr().out.splitlines()
    assert head == "| 排名 | 地区 | 数值（%） | 原数 | 说明 | 规划或来源 | 来源等级 |"
    assert rule.count("|") == head.count("|")
    assert first.startswith("| 1 | 北京 | 6 | 6%左右 |")


def test_compare_outcomes(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["compare", "--indicator", "rd_intensity", "--outcomes", "--year", "2024"]
    more = ["--statistics", "--measure", "growth", "--since", "2020"]
    assert run([*asked, *more]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split()[:3] == ["1", "Hainan", "+0.181"]
    assert "31 of 32 regions ranked (33 figures)" in lines[-1]
    china = next(line for line in lines if " China " in line)
    assert "a region of another kind" in china
    assert run([*asked, *more, "--kind", "province", "--kind", "nation"]) == 0
    assert "32 of 32 regions ranked (33 figures)" in capsys.readouterr().out


def test_compare_targets_for_a_part_only_if_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["compare", "--indicator", "science_fiscal_share"]
    assert run([*asked, "--breakdown", "county_level"]) == 0
    assert "CN-GS-14-sti" in capsys.readouterr().out
    assert run([*asked, "--breakdown", "each_moon"]) == 2
    assert "no breakdown 'each_moon'" in capsys.readouterr().err
    assert run(asked) == 0
    assert "CN-GS-14-sti" not in capsys.readouterr().out


def test_compare_with_a_factor_between_two_units(capsys: pytest.CaptureFixture[str]) -> None:
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
        (["--indicator", "rd_intensity"], 2, "choose one with --end-year"),
        (["--indicator", "rd_intensity", "--end-year", "2025", "--year", "2024"], 2, "--outcomes"),
        (["--indicator", "rd_intensity", "--outcomes", "--period", "14th"], 2, "--vintage"),
        (["--indicator", "gdp", "--outcomes", "--breakdown", "county_level"], 2, "--breakdown"),
        (["--indicator", "rd_intensity", "--outcomes", "--year", "2023"], 2, "one vintage of"),
        (["--indicator", "rd_intensity", "--end-year", "2099"], 1, "no record to compare"),
        (["--indicator", "rd_intensity", "--end-year", "2025", "--measure", "odd"], 2, "odd"),
        (["--indicator", "rd_intensity", "--end-year", "2025", "--unit", "CNY"], 2, "CNY"),
        (["--indicator", "rd_intensity", "--end-year", "2025", "--tolerance", "2"], 2, "share"),
        (["--indicator", "rd_intensty"], 2, "did you mean"),
    ],
)
def test_compare_prints_errors_on_stderr(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", *arguments]) == code
    streams = capsys.readouterr()
    assert message in streams.err
    assert not streams.out


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["assess", "--threshold", "abc"], "--threshold"),
        (["assess", "--tolerance", "abc"], "--tolerance"),
        (["compare", "--indicator", "rd_intensity", "--tolerance", "abc"], "--tolerance"),
        (["cross-check", "--tolerance", "abc"], "--tolerance"),
        (["cross-check", "--growth", "3", "abc"], "--growth"),
        (["cross-check", "--prices", "abc", "3"], "--prices"),
    ],
)
def test_an_option_that_is_not_a_number_is_named(
    arguments: list[str], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    message = f"Invalid value for '{option}': cannot read 'abc' at position 0: expected a decimal"
    assert message in capsys.readouterr().err


def test_a_missing_edition_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scorecard", "--data", "2025.01"]) == 2
    error = capsys.readouterr().err
    assert "no edition '2025.01'; did you mean" in error
    assert all(edition in error for edition in ip.editions())


def test_derive(capsys: pytest.CaptureFixture[str], plans: ip.Dataset) -> None:
    command = ["derive", "rd_expenditure", "--region", "Hubei", "--year", "2025"]
    assert run([*command, "--vintage", "bulletin"]) == 0
    out = capsys.readouterr().out
    assert "193.562 billion yuan" in out
    assert "rd_expenditure(2020) × (1 + 14%)^5" in out
    assert out.splitlines()[-1] == "1 route"
    assert run([*command, "--format", "json"]) == 0
    derivations = derive(plans, "rd_expenditure", region="Hubei", year=2025)
    assert Derivations.from_json(capsys.readouterr().out, derivations.edition) == derivations
    assert run([*command, "--format", "markdown", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.startswith("| 地区 | 指标 |")


@pytest.mark.parametrize(
    ("assumption", "value"),
    [
        ("gdp 2025 13000 亿元", "19.5 billion yuan"),
        ("gdp 2025 1.3 万亿元", "19.5 billion yuan"),
        ("gdp 2025 1.3 trillion yuan", "19.5 billion yuan"),
        ("GDP平减指数变化 2025 1 percent", "20.5463 billion yuan"),
        ("gdp 2025 15000亿元", "22.5 billion yuan"),
        ("gdp 2025 0 percent_per_year", "19.5308 billion yuan"),
        ("gdp 2025-2025 0 percent_per_year", "19.5308 billion yuan"),
    ],
)
def test_derive_from_assumptions(
    assumption: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["derive", "研发经费支出", "--region", "甘肃", "--year", "2025", "--period", "14th"]
    assert run([*command, "--assume", assumption]) == 0
    out, errors = capsys.readouterr()
    is_unused = assumption.startswith("GDP")  # its GDP is known
    assert (f" {value} " in out) is not is_unused
    assert ("is not used" in errors) is is_unused


def test_cross_check_shows_disagreements(
    capsys: pytest.CaptureFixture[str], plans: ip.Dataset
) -> None:
    command = ["cross-check", "--region", "CN-GS", "--period", "14th"]
    assert run(command) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "1.27% to 1.319%" in lines[2]
    assert lines[2].endswith("inconsistent")
    findings = cross_check(plans, region="CN-GS", period="14th")
    assert len(lines) == len(findings.disagreements()) + 4
    assert lines[-1] == f"{findings.summary()}; --all shows every finding"
    assert run([*command, "--all"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(findings) + 4
    assert run([*command, "--all", "--format", "json"]) == 0
    assert Findings.from_json(capsys.readouterr().out, findings.edition) == findings
    assert run([*command, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == len(findings.disagreements()) > 0
    assert run([*command, "--format", "markdown", "--lang", "zh"]) == 0
    assert "| 不一致 |" in capsys.readouterr().out


def test_cross_check_takes_another_ordinary_growth(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["cross-check", "--region", "CN-GD", "--period", "14th"]
    assert run(command) == 0
    assert " 0 inconsistent" in capsys.readouterr().out
    assert run([*command, "--growth", "5", "6"]) == 0
    assert " 1 inconsistent" in capsys.readouterr().out


def test_without_disagreements_the_counts_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cross-check", "--region", "Hebei"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("4 findings: ")
    assert out.endswith("; --all shows every finding\n")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["derive", "rd_personnel_fte", "--region", "HN", "--year", "2025"], 1, "with --assume"),
        (["derive", "nonsense", "--region", "GD", "--year", "2025"], 2, "no indicator 'nonsense'"),
        (["derive", "gdp", "--region", "Guandong", "--year", "2025"], 2, "did you mean Guangdong"),
        (["derive", "gdp", "--region", "GD", "--year", "2025", "--assume", "gdp"], 2, "expected as"),
        (["derive", "gdp", "--region", "GD", "--year", "2025",
          "--assume", "gdp 2025 63000"], 2, "expected a unit"),
        (["derive", "rd_expenditure", "--region", "GD", "--year", "2025",
          "--assume", "gdp 2025 3 percent"], 2, "do not measure the same"),
        (["derive", "gdp", "--region", "GD"], 2, "--year"),
        (["cross-check", "--period", "99th"], 2, "no period '99th'"),
        (["cross-check", "--tolerance", "much"], 2, "cannot read 'much'"),
        (["cross-check", "--growth", "9", "5"], 2, "two numbers in order"),
        (["cross-check", "--region", "Tibet", "--period", "annual-2025"], 1, "no two figures"),
    ],
)  # fmt: skip
def test_derive_and_cross_check_print_errors_on_stderr(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    streams = capsys.readouterr()
    assert message in streams.err
    assert not streams.out
    assert "Traceback" not in streams.err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_assess_explains_each_verdict(
    lang: Any, capsys: pytest.CaptureFixture[str], plans: ip.Dataset
) -> None:
    filters = {"region": "GD", "indicator": "rd_intensity", "period": "14th"}
    options = [part for name, value in filters.items() for part in (f"--{name}", value)]
    card = ip.scorecard(plans, **filters)
    assert run(["assess", *options, "--lang", lang]) == 0
    assert capsys.readouterr().out == "\n\n".join(each.explain(lang) for each in card) + "\n"
    assert run(["assess", *options, "--lang", lang, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith(f"- {card[0].explain(lang)}")
    assert run(["assess", *options, "--format", "json"]) == 0
    assert ip.Scorecard.from_json(capsys.readouterr().out) == card


def test_assess_has_the_options_of_the_library(
    capsys: pytest.CaptureFixture[str], plans: ip.Dataset
) -> None:
    chosen = {"pace": "compound", "threshold": "0.5", "tolerance": "0.1"}
    options = [part for name, value in chosen.items() for part in (f"--{name}", value)]
    card = ip.scorecard(plans, region="GD", period="14th", **chosen)
    assert run(["assess", "--region", "GD", "--period", "14th", *options]) == 0
    texts = [in_options(each.explain()) for each in card]
    assert capsys.readouterr().out == "\n\n".join(texts) + "\n"


def test_show_prints_json(capsys: pytest.CaptureFixture[str], plans: ip.Dataset) -> None:
    assert run(["show", "GD", "--period", "14th", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    targets = plans.targets.where(region="GD", period="14th")
    assert [row["value"] for row in shown] == [str(target.value) for target in targets]
    names = ("region", "region_en", "region_zh", "indicator_en", "indicator_zh")
    assert [shown[0][name] for name in names[:3]] == ["CN-GD", "Guangdong", "广东省"]
    assert set(names) < set(shown[0]) == set(targets.to_pandas().columns)
    again = plans.extend(targets=shown)
    assert again.targets == plans.targets
    assert run(["show", "370900", "--tiers", "D"]) == 1
    assert "no target or goal of" in capsys.readouterr().err


@pytest.mark.parametrize("picture", get_args(Picture))
def test_plot_draws_what_the_library_draws(
    picture: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib")
    regions = ["粤"] if picture == "path" else ["粤", "苏"]
    chosen: dict[str, Any] = {"indicator": "rd_intensity", "period": "14th", "end_year": 2025}
    file = tmp_path / "picture.svg"
    options = [*[f"--region={region}" for region in regions], "--indicator", "rd_intensity"]
    options += ["--period", "14th", "--end-year", "2025", "--title", "Own words"]
    assert run(["plot", picture, *options, "--output", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}\n"
    plans = ip.load()
    card = ip.scorecard(plans, region=regions, **chosen)
    draw = getattr(ip.plots, picture)
    drawn = draw(card[0] if picture == "path" else card, plans=plans, title="Own words")
    assert file.read_text(encoding="utf-8") == ip.plots.svg(drawn)
    assert run(["plot", picture, *options, "--output", str(file)]) == 2
    assert "pass overwrite=True (or --overwrite)" not in capsys.readouterr().err
    assert run(["plot", picture, *options, "--output", str(file), "--overwrite"]) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("path --indicator rd_intensity", "path draws one target, found"),
        ("gaps GD --period 14th", "expected one panel"),
        ("gaps Tibet --indicator rd_intensity --end-year 1999", "no targets"),
        ("dumbbell GD --indicator rd_intensity -o x.jpg", "png, pdf or svg"),
    ],
)
def test_plot_says_what_cannot_be_drawn(
    arguments: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib")
    file = tmp_path / "x.png"
    words = ["plot", *arguments.split(), *([] if "-o" in arguments else ["-o", str(file)])]
    assert run(words) in {1, 2}
    assert message in capsys.readouterr().err
    assert not file.exists()
