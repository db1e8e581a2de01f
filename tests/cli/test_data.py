"""The commands about texts, data, exports, pages and editions: output and exit codes."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import openpyxl
import pytest

import innovation_plans as ip
from innovation_plans.cli import run

World = Callable[..., Path]


def test_cite_the_dataset_a_region_a_source_and_a_record(
    capsys: pytest.CaptureFixture[str],
) -> None:
    key = "CN-GD-14-sti/rd_intensity/level/2025@seed-cbn-2021"
    for what, expected in (
        ([], f"data edition {ip.load().edition}"),
        (["广东", "--indicator", "R&D intensity"], 'as stated: "about 3.5%"'),
        (["seed-cbn-2021"], "CBN (Yicai), in English translation"),
        ([key], "paragraph 26"),
        (["CN-GD-14-sti"], key),
        (["rd_intensity"], key),
        (
            ["广东", "--indicator", "R&D intensity", "--style", "zh"],
            "（来源等级C，译文）；paragraph 26；原文",
        ),
    ):
        assert run(["cite", *what]) == 0
        assert expected in capsys.readouterr().out


@pytest.mark.parametrize(
    ("what", "noun"),
    [("seed-cbn-2021", "source"), ("CN-GD-14-sti/rd_intensity/level/2025@seed-cbn-2021", "record")],
)
@pytest.mark.parametrize("option", ["--indicator gdp", "--period 14th", "--end-year 2025"])
def test_what_is_one_document_or_record_takes_no_filter(
    what: str, noun: str, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["cite", what, *option.split()]) == 2
    expected = f"{what} is one {noun}: cite takes no {option.split(maxsplit=1)[0]} with it"
    assert expected in capsys.readouterr().err


@pytest.mark.parametrize("style", ["en", "zh", "bibtex", "csl-json", "ris"])
def test_a_figure_is_cited_as_the_record_says(
    style: str, plans: ip.Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    target = plans.targets.where(region="粤", indicator="rd_intensity", period="14th")[0]
    assert run(["cite", target.key, "--style", style]) == 0
    assert target.citation.cite(style) in capsys.readouterr().out  # type: ignore[arg-type]


def test_an_export_is_compared_in_its_tiers(
    plans: ip.Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(plans.write(tmp_path / "out.jsonl").path)
    assert run(["diff", file]) == 0
    assert "tiers ABC: 0 added, 0 changed, 0 withdrawn" in capsys.readouterr().out
    assert run(["diff", file, "--tiers", "ABCD"]) == 0
    assert "tiers ABCD: 0 added" not in capsys.readouterr().out


def test_the_file_that_is_to_be_read_has_an_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan").write_text("3.5%", "utf-8")
    assert run(["read", "plan"]) == 2
    assert "write read --file plan" in capsys.readouterr().err
    assert run(["read", "3.5%"]) == run(["read", "--file", "plan"]) == 0


def test_verify(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["verify", "--edition", "2026.10"]) == 0
    assert "files are as released" in capsys.readouterr().out
    assert run(["verify"]) == 0
    draft = f"edition {ip.editions()[-1]} is not released yet"
    assert draft in capsys.readouterr().out
    (tmp_path / "datapackage.json").write_text('{"resources": [{"path": "a.csv"}]}')
    assert run(["verify", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "innovation-plans: a.csv: is missing\n"


def test_editions_and_diff(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["editions"]) == 0
    assert capsys.readouterr().out.split() == list(ip.editions())
    diff = ip.load(edition="2026.11", tiers="ABCD").diff(ip.load(edition="2026.10", tiers="ABCD"))
    for output, expected in (
        ("table", diff.text()),
        ("markdown", diff.markdown()),
        ("json", diff.json()),
    ):
        assert run(["diff", "2026.10", "2026.11", "--format", output]) == 0
        assert capsys.readouterr().out.rstrip("\n") == expected.rstrip("\n")
    assert run(["diff", "2026.09"]) == 2
    assert capsys.readouterr().err == (
        "innovation-plans: no edition '2026.09'; did you mean 2026.10, 2026.12 or 2026.11?; "
        "see innovation-plans editions\n"
    )


def test_read_an_expression(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "年均增长10%以上"]) == 0
    row = capsys.readouterr().out.splitlines()[-1].split()
    assert row[:4] == ["average_growth", "at_least", "10", "percent_per_year"]
    assert run(["read", "12", "--unit", "件", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["unit"] == "patent"


def test_read_lists_what_cannot_be_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passage = "研发经费增长5%，产量3.5万吨。"
    assert run(["read", passage]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert "3.5万 " in last
    assert last.endswith("expected a known word behind the number")
    assert run(["read", passage, "--lang", "zh"]) == 0
    head, *_, last = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["形式", "比较", "数值"]
    assert last.split() == ["3.5万", "第12个字符", "数字之后的词语无法识别"]
    assert run(["read", passage, "--lang", "zh", "--format", "json"]) == 0
    figure, problem = json.loads(capsys.readouterr().out)
    assert (figure["form"], figure["locator"]) == ("annual_growth", "第5个字符")
    assert problem["problem"] == "数字之后的词语无法识别"
    assert run(["read", passage, "--lang", "zh", "--format", "csv"]) == 0
    assert capsys.readouterr().err == (
        "innovation-plans: 第12个字符：无法读取'3.5万'：数字之后的词语无法识别\n"
    )
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(passage.encode())))
    assert run(["read", "--file", "-", "--format", "json"]) == 0
    figure, problem = json.loads(capsys.readouterr().out)
    assert (figure["value"], figure["value_high"], figure["problem"]) == ("5", None, None)
    assert (problem["value"], problem["as_stated"]) == (None, "3.5万")
    assert run(["read", passage, "--format", "csv"]) == 0
    streams = capsys.readouterr()
    assert len(streams.out.splitlines()) == 2
    assert "character 12: cannot read '3.5万'" in streams.err
    text = tmp_path / "long.txt"
    text.write_text("没有数字。" * 200, encoding="utf-8")
    assert run(["read", "--file", str(text)]) == 1
    assert "no figure found" in capsys.readouterr().err


def test_read_in_units_of_your_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "units.txt").write_text("robot = [robots] = 台\n", "utf-8")
    for unit in ([], ["--unit", "robot"]):
        assert run(["read", "超过10万台", "--extend", str(tmp_path), *unit]) == 0
        assert "level  above       100000              robot" in capsys.readouterr().out


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
        (
            ["read", "3.2 percent @ 2025", "--unit", "nonsense"],
            "expected a unit that docs/reference/units.md lists",
        ),
        (["read", "3%", "--file", __file__], "give a text or --file"),
        (["read", "3%", "--form", "sideways"], "expected a form"),
    ],
)
def test_an_invalid_figure_raises_an_error(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("layout", ["table", "json", "csv"])
@pytest.mark.parametrize(
    "passage",
    [
        "10**10",
        "产量3.5万吨",
        "Guangdong wants 3.5%. Hubei wants 2.5%.",
        "Guangdong has 3.5%以上. Hubei wants 2.5%.",
        "年均增长10%以上",
        "no numbers",
    ],
)
def test_a_text_is_read_the_same_wherever_it_is(
    passage: str,
    layout: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "n.txt"
    file.write_text(passage, encoding="utf-8")
    printed = []
    for arguments in ([passage], ["-"], [], ["--file", "-"], ["--file", str(file)]):
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(passage.encode())))
        code = run(["read", *arguments, "--format", layout])
        printed.append((code, *capsys.readouterr()))
    code, out, _ = printed[0]
    assert printed == printed[:1] * 5
    figures = list(ip.find_figures(passage, refused=True))
    assert code == (0 if any(isinstance(item, ip.Reading) for item in figures) else 1)
    if figures and layout == "json":
        assert [row["as_stated"] for row in json.loads(out)] == [item.text for item in figures]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["3%", "--unit", "nonsense"], 2, "应为docs/reference/units.md所列的单位"),
        (["3%", "--form", "sideways"], 2, "应为形式代码（level, annual_growth,"),
        (["3%\x00"], 2, "应为不含控制字符的文本"),
        (["3%", "--file", __file__], 2, "请给出文本或--file"),
        (["没有数字"], 1, "未找到数值"),
        (["没有数字。" * 200], 1, "未找到数值"),
    ],
)
def test_read_states_errors_in_chinese(
    arguments: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", *arguments, "--lang", "zh"]) == code
    assert message in capsys.readouterr().err


def test_a_text_that_is_not_utf8_raises_an_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = tmp_path / "plan.txt"
    text.write_bytes("增长10%".encode("gb18030"))
    assert run(["read", "--file", str(text)]) == 2
    error = capsys.readouterr().err
    assert "seems to be GB18030, not UTF-8; save it as UTF-8" in error
    text.write_bytes("增长10%".encode("utf-16"))
    assert run(["read", "--file", str(text)]) == 2
    assert "seems to be UTF-16" in capsys.readouterr().err
    text.write_bytes(b"\xff\xff10%")
    assert run(["read", "--file", str(text)]) == 2
    assert "not UTF-8 at byte 0" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["-"], ["--file", "-"]])
def test_read_takes_standard_input(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO("增长10%".encode())))
    assert run(["read", *arguments]) == 0
    assert "percent_per_year" in capsys.readouterr().out


def test_read_says_that_there_is_no_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream in (None, TextIOWrapper(BytesIO())):
        monkeypatch.setattr("sys.stdin", stream)
        assert run(["read"]) == 2
        assert "no text: write it as read TEXT" in capsys.readouterr().err


def test_a_text_without_figures_is_not_an_error_of_the_text(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = tmp_path / "none.txt"
    text.write_text("no figures here\n", "utf-8")
    for arguments in (["no figures here"], ["--file", str(text)]):
        assert run(["read", *arguments]) == 1
        assert capsys.readouterr().err == "innovation-plans: no figure found\n"
    text.write_text("产量3.5万吨", "utf-8")
    assert run(["read", "--file", str(text)]) == 1
    streams = capsys.readouterr()
    assert "expected a known word behind the number" in streams.out
    assert "no figure found" in streams.err


@pytest.mark.parametrize("ending", ["csv", "json", "md", "tex", "txt", "xlsx"])
def test_figures_are_written_to_a_file(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"figures.{ending}"
    assert run(["read", "增长10%，企业2万家", "--output", str(file), "--lang", "zh"]) == 0
    assert capsys.readouterr().out == f"{file}\n"
    if ending == "xlsx":
        sheet = openpyxl.load_workbook(file).worksheets[0]
        assert [row[2] for row in sheet.values] == ["value", 10, 20000]
    else:
        assert "第1个字符" in file.read_text("utf-8")


@pytest.fixture
def ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(["new", str(tmp_path / "ours")]) == 0
    capsys.readouterr()
    return tmp_path / "ours"


def spoil(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), "utf-8")


def test_new_prints_what_it_wrote_and_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
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


def test_errors_exit_with_1(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(ours, "targets.csv", "percent", "percnt")
    assert run(["check", str(ours)]) == 1
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith(
        "targets.csv:3: unit: expected a unit token of units.txt, found 'percnt'"
    )
    assert last.endswith(": 1 error")


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("regions", "Example"),
        ("indicators", "robots"),
        ("plans", "Example"),
        ("search", "bulletin Example"),
    ],
)
def test_lists_have_the_records_of_every_tier(
    command: str, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = tmp_path / "ours"
    ip.write_template(ours)
    spoil(ours, "sources.csv", ",A,", ",D,")
    assert run(["show", "Example City", "--extend", str(ours)]) == 2
    assert "which the dataset leaves out" in capsys.readouterr().err
    assert run([command, *word.split(), "--extend", str(ours)]) == 0
    assert word.rsplit(maxsplit=1)[-1] in capsys.readouterr().out


def test_errors_name_the_directory_where_several_extend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(tmp_path / name) for name in ("one", "two")]
    for name in names:
        ip.write_template(name)
    spoil(Path(names[1]), "targets.csv", "percent", "percnt")
    options = [f"--extend={name}" for name in names]
    assert run(["show", "GD", options[1]]) == 2
    assert names[1] not in capsys.readouterr().err
    assert run(["show", "GD", *options]) == 2
    *_, last = capsys.readouterr().err.splitlines()
    assert last == f"innovation-plans: these errors are of --extend {names[1]}"


def test_warnings_exit_with_1_if_strict(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(ours, "targets.csv", "3%左右", "3%")
    assert run(["check", str(ours)]) == 0
    assert "targets.csv:3: comparator: warning: " in capsys.readouterr().out
    assert run(["check", str(ours), "--strict"]) == 1


def test_check_prints_json(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(ours), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    spoil(ours, "targets.csv", "percent", "percnt")
    assert run(["check", str(ours), "--format", "json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    names = ["file", "line", "column", "severity", "code", "values", "problem"]
    assert list(problem) == names
    assert (problem["file"], problem["line"], problem["column"]) == ("targets.csv", 3, "unit")


def test_check_prints_markdown(ours: Path, capsys: pytest.CaptureFixture[str]) -> None:
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
def test_a_path_that_cannot_be_read_exits_with_2(
    name: str, problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file.csv").write_text("code\n")
    assert run(["check", str(tmp_path / name)]) == 2
    assert problem in capsys.readouterr().err


def test_an_empty_directory_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(tmp_path)]) == 1
    assert "expected tables such as targets.csv, found nothing" in capsys.readouterr().out


def test_the_dataset_is_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    regions = ["--region", "广东", "--region", "Beijing"]
    assert run(["export", str(out), *regions, "--tiers", "ABCD"]) == 0
    streams = capsys.readouterr()
    back = ip.load(out, tiers="ABCD")
    assert streams.out.startswith(f"{out} (jsonl): {len(back.regions)} regions, ")
    assert f"{len(back.targets)} targets" in streams.out
    assert streams.err == ""
    assert {each.region.code for each in back.targets} == {"CN-GD", "CN-BJ"}
    assert {each.region.code for each in back.observations} == {"CN-GD", "CN-BJ"}
    assert {each.region.code for each in back.goals} <= {"CN-GD", "CN-BJ"}
    claims = {each.series_key for each in back.targets}
    assert {each.target for each in back.corroborations} <= claims
    assert ("CN" in back.regions, "CN-ZJ" in back.regions) == (True, False)
    used = {each.indicator.code for table in (back.targets, back.observations) for each in table}
    parts = [part for each in back.indicators for part in (each.numerator, each.denominator)]
    assert {each.code for each in back.indicators} == used | {part.code for part in parts if part}


def test_an_export_of_one_indicator(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.jsonl"
    chosen = ["--region", "广东", "--indicator", "rd_intensity"]
    assert run(["export", str(out), *chosen]) == 0
    assert run(["show", "广东", "--indicator", "rd_intensity", "--format", "json"]) == 0
    back = ip.load(out)
    assert {each.indicator.code for each in back.observations} == {"rd_intensity"}
    assert len(back.targets) == len(json.loads(capsys.readouterr().out.partition("\n")[2]))


@pytest.mark.heavy
def test_added_data_are_exported_and_losses_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "units.txt").write_text("robot = [robots] = 台\n", "utf-8")
    (ours / "regions.csv").write_text("code,kind,name_en,parent\nXX-1,city,Exampleton,CN-GD\n")
    out = tmp_path / "out"
    assert run(["export", str(out), "--format", "csv", "--extend", str(ours)]) == 0
    assert "innovation-plans: csv does not hold which record came" in capsys.readouterr().err
    assert ip.load(out).region("Exampleton").parent == ip.load().region("广东")
    assert (out / "units.txt").read_text("utf-8") == "robot = [robots] = 台\n"


def test_export_prints_errors_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("mine")
    for arguments, message in (
        ([str(out)], "it exists; pass --overwrite"),
        ([str(tmp_path / "out"), "--format", "cvs"], "no format 'cvs'; did you mean csv?"),
        ([str(tmp_path / "out")], "--format: csv"),
        ([str(tmp_path / "new.jsonl"), "--region", "Atlantis"], "no region 'Atlantis'"),
    ):
        assert run(["export", *arguments]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert message in line
    assert out.read_text() == "mine"
    assert run(["export", str(out), "--overwrite", "--region", "GD"]) == 0
    assert len(ip.load(out).targets) > 0


def test_a_report(
    plans: ip.Dataset, tmp_path: Path, capsys: pytest.CaptureFixture[str], no_drawing: None
) -> None:
    path = tmp_path / "gd.html"
    assert run(["report", "--region", "粤", "-o", str(path)]) == 0
    assert capsys.readouterr().out.strip() == str(path)
    assert path.read_text(encoding="utf-8") == ip.report.html(plans, region="CN-GD")
    assert (
        run(["report", "--indicator", "gdp", "-o", str(path), "--overwrite", "--lang", "zh"]) == 0
    )
    assert '<html lang="zh-Hans">' in path.read_text(encoding="utf-8")


def test_own_data(world: Callable[..., Path], tmp_path: Path, no_drawing: None) -> None:
    data = str(world())
    path = tmp_path / "abe.html"
    assert run(["report", "--region", "Abe", "--data", data, "-o", str(path)]) == 0
    assert "Abeland: targets and outcomes" in path.read_text(encoding="utf-8")
    assert run(["explorer", "--data", data, "-o", str(tmp_path / "site")]) == 0
    assert "Abeland" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_the_explorer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    assert run(["explorer", "-o", str(site), "--docs-link", "docs/"]) == 0
    assert capsys.readouterr().out.strip() == str(site / "index.html")
    assert 'href="docs/"' in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_drawing")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["report", "-o", "x.html"], "give one of --region and --indicator"),
        (["report", "-o", "x.html", "--region", "GD", "--period", "41st"], "no period '41st'"),
        (["report", "-o", "x.html", "--region", "Guangdon"], "did you mean"),
        (["report", "-o", "there.html", "--region", "GD"], "it exists"),
        (["explorer", "-o", "site", "--docs-link", "javascript:x"], "expected a path"),
        (["explorer", "-o", "there.html"], "expected a directory"),
    ],
    ids=["neither", "period", "unknown", "taken", "link", "no directory"],
)
def test_pages_print_errors_on_stderr(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.html").write_text("mine", encoding="utf-8")
    assert run(arguments) == 2
    assert message in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["there.html"]
    assert (tmp_path / "there.html").read_text(encoding="utf-8") == "mine"


def test_a_file_of_one_format_gets_its_ending(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(tmp_path / "gd"), "--format", "jsonl", "--region", "GD"]) == 0
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'gd.jsonl'} (jsonl)")
    assert [file.name for file in tmp_path.iterdir()] == ["gd.jsonl"]


def test_a_table_has_no_english_beside_a_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "强度达到3.5%", "--lang", "zh"]) == 0
    assert "第3个字符" in capsys.readouterr().out
    assert run(["read", "强度达到3.5%"]) == 0
    assert "character 3" in capsys.readouterr().out
    assert run(["show", "GD", "--period", "14th", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.startswith("广东省（CN-GD）")


def test_several_words_need_no_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", "发明", "专利"]) == 0
    words = capsys.readouterr().out
    assert run(["search", "发明 专利"]) == 0
    assert capsys.readouterr().out == words
    assert run(["regions", "广", "--kind", "province"]) == 0
    assert re.findall("CN-[A-Z]+", capsys.readouterr().out) == ["CN-GD", "CN-GX"]
    assert run(["plans", "科技", "创新", "--region", "GD"]) == 0
    assert run(["regions", "Atlantis"]) == 1
    assert "no region contains 'Atlantis'" in capsys.readouterr().err


def test_citations_are_of_the_records_that_are_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cite", "GD"]) == 0
    loaded = {target.key for target in ip.load().targets.where(region="GD")}
    assert {line for line in capsys.readouterr().out.splitlines() if line[0] != " "} == loaded
    every = ip.load(tiers="ABCD").targets
    key = next(target.key for target in every if target.citation.source.tier == "D")
    assert run(["cite", key]) == 2
    assert "its source is of tier D; add --tiers ABCD" in capsys.readouterr().err
    assert run(["cite", key, "--tiers", "ABCD"]) == 0


def test_editions_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["editions", "--format", "json"]) == 0
    assert tuple(json.loads(capsys.readouterr().out)) == ip.editions()


def test_a_table_in_a_folder_is_noted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ip.write_template(tmp_path / "ours")
    folder = tmp_path / "ours" / "old"
    folder.mkdir()
    (folder / "targets.csv").write_text("plan\n", "utf-8")
    assert run(["check", str(tmp_path / "ours"), "--strict"]) == 0
    assert "old/targets.csv: note: this file is not read" in capsys.readouterr().out


def test_a_table_in_utf16_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sources.csv").write_text("code,title,tier\nx,X,C\n", "utf-16")
    assert run(["check", str(tmp_path)]) == 1
    assert "sources.csv:1: the file is in UTF-16; save it as UTF-8" in capsys.readouterr().out
