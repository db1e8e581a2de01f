"""The options of every command that prints a result: format, file, width; and finding."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

import innovation_plans as ip
from innovation_plans.cli import options, run
from innovation_plans.text.messages import word
from innovation_plans.text.tables import display_width

CARD = ["scorecard", "--region", "粤", "--indicator", "rd_intensity"]
# Words of Python, which messages of the command line lack.
FOREIGN = (
    "Value error",
    "Input should",
    "=",
    "(…)",
    "where(",
    "load(",
    "plans.",
    "on_conflict",
    "as_of",
    "('",
    "a list",
)
COMMANDS = [
    CARD,
    ["assess", "--region", "粤", "--indicator", "rd_intensity"],
    ["show", "粤"],
    ["coverage", "--region", "粤", "--indicator", "rd_intensity"],
    ["compare", "--indicator", "rd_intensity", "--end-year", "2025", "--period", "14th"],
    ["derive", "rd_expenditure", "--region", "鄂", "--year", "2025"],
    ["cross-check", "--region", "鄂", "--all"],
    ["diff", "2026.10", "2026.11"],
    ["search", "patent"],
    ["regions", "--within", "粤"],
    ["indicators", "R&D"],
    ["plans", "--within", "粤", "--period", "十四五"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_format(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert run([*command, "--format", "json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert len(read["rows"] if command[0] == "compare" else read) == len(rows) > 0
    assert run([*command, "--format", "latex"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(r"\begin{tabular}{")
    assert lines[-1] == r"\end{tabular}"
    assert all(line.endswith(r" \\") for line in lines[4:-2])
    assert len(lines) == len(rows) + 6 or command[0] in {
        "coverage",
        "diff",
    }  # tables of another shape
    assert run([*command, "--format", "markdown", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.strip()
    for ending in ("csv", "json", "md", "tex", "txt"):
        file = tmp_path / f"out.{ending}"
        assert run([*command, "--output", str(file)]) == 0
        assert file.read_text(encoding="utf-8").strip()
        assert capsys.readouterr().out == f"{file}\n"
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.DictReader(stream)) == rows


def test_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    file = tmp_path / "verdicts.xlsx"
    assert run([*CARD, "-o", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}\n"
    card = ip.scorecard(ip.load(), region="粤", indicator="rd_intensity")
    rows = list(openpyxl.load_workbook(file)["scorecard"].values)
    assert [row[0] for row in rows] == ["target", *(each.target for each in card)]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_format_has_the_chosen_columns(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    names = [*rows[0]][1::-1]
    chosen = [[row[name] for name in names] for row in rows]

    def printed(style: str) -> str:
        assert run([*command, "--format", style, "--columns", ", ".join(names)]) == 0
        return capsys.readouterr().out

    assert list(csv.reader(io.StringIO(printed("csv")))) == [names, *chosen]
    assert [[*row] for row in json.loads(printed("json"))] == [names] * len(rows)
    assert printed("table").split("\n")[0].split() == names
    assert printed("markdown").startswith(f"| {' | '.join(names)} |")
    assert rf"{names[0]} & {names[1]} \\".replace("_", r"\_") in printed("latex")
    for ending in ("xlsx", "jsonl", "parquet"):
        file = tmp_path / f"out.{ending}"
        assert run([*command, "--columns", ",".join(names), "--output", str(file)]) == 0
        if ending == "jsonl":
            lines = file.read_text(encoding="utf-8").splitlines()
            assert [[*json.loads(line)] for line in lines] == [names] * len(rows)


@pytest.mark.parametrize(
    ("command", "headings", "columns"),
    [
        (CARD, "Region,VERDICT,Region_zh", "region,verdict,region_zh"),
        (CARD, "地区,结论,目标年", "region,verdict,end_year"),
        (CARD, "by,note", "end_year,reason,caveats"),
        (CARD, "Outcome", "outcome_value,outcome_unit,outcome_year"),
        (CARD, "基期,进度得分", "baseline_value,baseline_unit,baseline_year,pace_score"),
        (CARD, "gap (% points)", "gap"),
        (["show", "粤"], "Target,来源等级", "comparator,value,unit,tier"),
        (["regions"], "code,name,In Chinese", "code,name_en,name_zh"),
    ],
)
def test_columns_are_named_by_printed_headings(
    command: list[str], headings: str, columns: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--format", "csv", "--columns", columns]) == 0
    expected = capsys.readouterr().out
    assert run([*command, "--format", "csv", "--columns", headings]) == 0
    assert capsys.readouterr().out == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--columns", "region,地区"], "--columns: expected different names"),
        (["--columns", "region,verdit"], "no column 'verdit'; did you mean verdict"),
        (["--columns", "region,,gap"], "--columns: expected different names"),
        (["--columns", "region,region"], "--columns: expected different names"),
        (["--columns", ""], "Invalid value for --columns"),
        (["--columns", "region", "--lang", "zh"], "a column has codes, and the names in each"),
        (["--columns", "region", "--legend"], "--legend is for --format table, without --columns"),
    ],
)
def test_columns_that_do_not_fit(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*CARD, *arguments]) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert not printed.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "xlsx"], "--format xlsx needs a file: --output verdicts.xlsx"),
        (["--overwrite"], "--overwrite is for the file of --output"),
        (["--format", "json", "--legend"], "--legend is for --format table"),
        (["--verdict", "missed", "--region", "京"], ""),
        (["--sort", "size"], "size"),
        (["--threshold", "high"], "threshold"),
        (["--threshold", "-0.1"], "no threshold -0.1; it is a share from 0 to 1"),
        (["--output", "-"], "leave it out to print"),
        (["--output", "cards/"], "expected a file, found a directory"),
        (["--output", ""], "Invalid value for --output: expected text, found ''"),
        (["--province", "Guangdong"], "no option --province; did you mean --region?"),
        (["--year", "2025"], "no option --year of scorecard; --year is for show, compare, derive"),
    ],
)
def test_options_that_do_not_fit(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*CARD, *arguments]) in {1, 2}
    assert message in capsys.readouterr().err


def test_an_existing_file_is_noticed_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "card.csv"
    file.write_text("mine")
    monkeypatch.setattr(options, "selected", lambda *_: pytest.fail("the data were loaded"))
    assert run([*CARD, "--output", str(file)]) == 2
    assert "card.csv exists; pass --overwrite to replace it" in capsys.readouterr().err
    assert file.read_text() == "mine"
    monkeypatch.undo()
    assert run([*CARD, "--output", str(file), "--overwrite"]) == 0
    assert file.read_text(encoding="utf-8").startswith("target,region,")


def test_selection_and_order_of_a_scorecard(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["scorecard", "--within", "CN-EAST", "--end-year", "2025", "--format", "csv"]
    assert run([*command, "--verdict", "met", "--verdict", "missed", "--sort", "gap"]) == 0
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["verdict"] for row in rows} == {"met", "missed"}
    assert {row["end_year"] for row in rows} == {"2025"}
    units = {row["gap_unit"]: ip.load().units.unit(row["gap_unit"]) for row in rows if row["gap"]}
    gaps = [
        (str(unit.dimension), float(row["gap"]) * float(unit.factor))
        for row in rows
        if row["gap"] and (unit := units[row["gap_unit"]])
    ]
    assert gaps == sorted(gaps, reverse=True)
    assert [row["gap"] for row in rows].index("") >= len(gaps) if len(gaps) < len(rows) else True


@pytest.mark.parametrize("command", COMMANDS[:5], ids=lambda command: command[0])
def test_a_file_for_data_frames_has_the_columns_of_a_frame(
    command: list[str], tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert run([*command, "-o", str(tmp_path / "out.csv")]) == 0
    assert run([*command, "-o", str(tmp_path / "out.parquet")]) == 0
    assert run([*command, "-o", str(tmp_path / "out.xlsx")]) == 0
    assert run([*command, "-o", str(tmp_path / "out.jsonl")]) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    table = parquet.read_table(tmp_path / "out.parquet")
    assert table.num_rows == len(rows)
    names = {"region_en", "region_zh", "indicator_en", "indicator_zh"}
    assert names < set(rows[0]) or command[0] == "coverage"
    assert set(rows[0]) <= set(table.column_names)


def test_a_text_is_written_to_a_file(
    tmp_path: Path, plans: ip.Dataset, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "refs.bib"
    assert run(["cite", "GD", "--period", "14th", "-o", str(file)]) == 0
    sources = plans.targets.where(region="GD", period="14th").sources()
    assert file.read_text("utf-8") == f"{sources.cite('bibtex')}\n"
    assert run(["cite", "-o", str(file)]) == 2
    assert "pass --overwrite" in capsys.readouterr().err
    assert run(["editions", "-o", str(tmp_path / "editions.txt")]) == 0
    assert (tmp_path / "editions.txt").read_text("utf-8").split() == list(ip.editions())


def test_goals_that_a_format_leaves_out_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "GD", "--format", "csv"]) == 0
    assert "csv does not hold 3 goals of Guangdong" in capsys.readouterr().err


@pytest.mark.parametrize("width", [80, 100, 120, 160])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_table_fits_the_terminal(
    width: int, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["scorecard", "--region", "粤", "--period", "14th", "--lang", lang]
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr(options.sys.stdout, "isatty", lambda: True)
    assert run(command) == 0
    shown = capsys.readouterr().out
    assert max(map(display_width, shown.splitlines()[:-1])) <= width
    card = ip.scorecard(ip.load(), region="粤", period="14th")
    for verdict, count in card.counts().items():
        assert shown.count(word(verdict, lang).split()[0]) >= count
    assert "…" not in shown


def test_tour_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    tour = capsys.readouterr().out
    assert len(tour.splitlines()) == 11
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"innovation-plans {ip.__version__}, data edition 2026.12\n"
    assert run(["scorecard", "-h"]) == 0
    assert "--within" in capsys.readouterr().out


def test_the_commands_of_the_tour_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shlex

    monkeypatch.chdir(tmp_path)
    run([])
    tour = capsys.readouterr().out.splitlines()
    commands = [line.strip().split("   ")[0] for line in tour if line.startswith("  innovation")]
    assert len(commands) == 7
    for command in commands:
        assert run(shlex.split(command)[1:]) == 0, command


def test_nothing_is_found(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for command, message in (
        (["search", "zzzz"], "nothing contains 'zzzz'"),
        (["indicators", "zzzz"], "no indicator contains 'zzzz'"),
        (["plans", "--region", "320200"], "no plan; without --region 320200 there are "),
        (
            ["regions", "--kind", "nation", "--within", "CN-GD"],
            "or without --kind nation there are 13",
        ),
        (
            ["report", "--region", "Xiamen", "--period", "13th", "-o", "x.html"],
            "no targets; without --period 13th there are ",
        ),
        (
            ["export", "x.jsonl", "--region", "Xiamen", "--indicator", "academicians"],
            "no target or outcome matches these options",
        ),
    ):
        assert run(command) == 1
        assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_ending_of_no_format_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*CARD, "--output", str(tmp_path / "out.yaml")]) == 2
    assert "no format with the ending .yaml; use .txt, .csv," in capsys.readouterr().err
    assert run([*CARD, "--output", str(tmp_path / "out.yaml"), "--format", "csv"]) == 0
    assert run([*CARD, "--output", str(tmp_path / "out")]) == 0


# Of each command with the option --output: arguments, the endings that it writes, some others.
WRITTEN = {
    "scorecard": ("--indicator rd_intensity --region 粤", ".txt .csv .json .md .tex .jsonl"),
    "assess": ("--indicator rd_intensity --region 粤", ".txt .csv .json .md .tex .jsonl"),
    "plot": ("gaps --indicator rd_intensity --end-year 2025 --period 14th", ""),
    "show": ("粤 --indicator rd_intensity", ".txt .csv .json .md .tex .jsonl"),
    "coverage": ("--indicator rd_intensity --region 粤", ".txt .csv .json .md .tex .jsonl"),
    "compare": ("--indicator rd_intensity --end-year 2025 --period 14th", ".txt .csv .json .md"),
    "derive": ("rd_expenditure --region 鄂 --year 2025", ".txt .csv .json .md .tex .jsonl"),
    "cross-check": ("--region 鄂 --all", ".txt .csv .json .md .tex .jsonl"),
    "read": ("3.5%以上", ".txt .csv .json .md .tex .jsonl"),
    "check": ("city", ".txt .csv .json .md .tex .jsonl"),
    "report": ("--region 粤", ".html"),
    "explorer": ("", ""),
    "search": ("patent", ".txt .csv .json .md .tex .jsonl"),
    "regions": ("--within 粤", ".txt .csv .json .md .tex .jsonl"),
    "indicators": ("R&D", ".txt .csv .json .md .tex .jsonl"),
    "plans": ("--within 粤", ".txt .csv .json .md .tex .jsonl"),
    "editions": ("", ".txt .json"),
    "diff": ("2026.10 2026.11", ".txt .csv .json .md .tex .jsonl"),
    "cite": ("GD", ".txt .bib .ris .json"),
}


def _with_output() -> list[str]:
    commands = typer.main.get_command(options.app).commands  # type: ignore[attr-defined]
    return [n for n, each in commands.items() if any("--output" in p.opts for p in each.params)]


@pytest.mark.parametrize("command", _with_output())
def test_a_command_writes_the_format_of_an_ending_or_names_those_that_it_writes(
    command: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    ip.write_template("city")
    arguments, written = WRITTEN[command]
    named = {"plot": "png, pdf or svg", "explorer": "writes a directory"}
    for ending in (".docx", *([] if command == "explorer" else [".parquets", ".zip"])):
        assert run([command, *arguments.split(), "-o", f"out{ending}"]) == 2, ending
        assert (named.get(command) or written.split()[-1]) in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["city"]
    for ending in written.split():
        file = f"out{ending}"
        assert run([command, *arguments.split(), "-o", file]) == 0
        text = Path(file).read_text("utf-8")
        assert text.startswith({".json": ("{", "["), ".html": "<!"}.get(ending, "")), ending
    assert run(["editions", "-o", "editions.json"]) == 0
    capsys.readouterr()
    assert run(["editions", "--format", "json"]) == 0
    assert Path("editions.json").read_text("utf-8") == capsys.readouterr().out


def test_a_pipe_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "pipe"
    if not hasattr(os, "mkfifo"):
        pytest.skip("needs pipes with names")
    os.mkfifo(pipe)
    for overwrite in ([], ["--overwrite"]):
        assert run([*CARD, "--output", str(pipe), "--format", "csv", *overwrite]) == 2
        assert capsys.readouterr().err.endswith("it is a pipe or device\n")


def test_a_file_gets_the_format_of_its_ending(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, options_, message in (
        ("a.csv", ["--format", "xlsx"], "has the ending of csv, and --format is xlsx"),
        ("a.html", [], "report writes HTML pages"),
        ("", [], "expected a file, found a directory"),
        ("", ["--overwrite"], "expected a file, found a directory"),
    ):
        assert run([*CARD, "-o", str(tmp_path / name), *options_]) == 2
        assert message in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert run(["explorer", "-o", str(tmp_path / "expl.html")]) == 2
    assert "explorer writes a directory" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_language_is_refused_where_codes_are_printed(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for layout in ("csv", "json"):
        assert run([*command, "--lang", "zh", "--format", layout]) == 2
        assert f"--lang is for table, markdown and latex; {layout}" in capsys.readouterr().err


RATIO = ["compare", "--indicator", "rd_intensity", "--end-year", "2025", "--measure", "ratio"]
STAFF = ["compare", "--end-year", "2025", "--indicator", "rd_personnel_per_10k_employed"]
FACTOR = ["--factor", "0.52 employed_person/inhabitant"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["scorecard", "--verdict", "achieved"], "--verdict: expected one of met, missed, awa"),
        (["scorecard", "--verdict", "on-trak"], "did you mean on_track?"),
        (["scorecard", "--end-year", "2025-2027"], "--end-year: expected a year such as 2025"),
        (["scorecard", "--lang", "fr"], "--lang: expected one of en, zh, found 'fr'"),
        (["scorecard", "--format", "excel"], "--format: expected one of table, csv"),
        (["scorecard", "--sort", "name"], "--sort: expected one of gap"),
        (["regions", "--kind", "cities"], "--kind: expected one of nation, province, city"),
        (["cite", "--style", "apa"], "--style: expected one of en, zh, bibtex"),
        (["scorecard", "--region", "Guangdong,Jiangsu"], "--region Guangdong --region Jiangsu"),
        (["plans", "--period", "14th，15th"], "--period 14th --period 15th"),
        (["scorecard", "--region", "东部"], "; --within CN-EAST has those"),
        (["show", "CN-EAST"], "scorecard --within CN-EAST shows those"),
        (["cite", "不存在"], "no region, indicator, plan, source or record '不存在'"),
        ([*STAFF, "--indicator", "rd_intensity"], "give it with --factor"),
        (["show", "Atlantis"], "no region 'Atlantis'; innovation-plans regions lists them"),
        (
            ["derive", "xyzzy", "--region", "GD", "--year", "2025"],
            "innovation-plans indicators lists",
        ),
        (["cite", "CN-EAST"], "scorecard --within CN-EAST shows those"),
        (["compare", "--indicator", "rd_intensity"], "; choose one with --end-year"),
        (["compare", "--indicator", "gdp", "--outcomes", "--year", "2024"], "one with --vintage"),
        (
            ["compare", "--indicator", "rd_intensity", "--end-year", "2025", *FACTOR],
            "no figure here needs",
        ),
        ([*RATIO, "--since", "2020"], "only --measure distance and --measure growth have a start"),
        (["export", "all.csv"], "the path of a directory, or a file.xlsx or file.jsonl"),
        (["cross-check", "--growth", "9,5", "5"], "--growth"),
        (["show", "Shenzhen", "--period", "15th"], "no target or goal of Shenzhen"),
        (["scorecard", "--period", "2013"], "no period '2013'"),
        (["report", "-o", "x.html"], "give one of --region and --indicator"),
        (["diff", "2026.09"], "see innovation-plans editions"),
        (["cross-check", "--growth", "9", "5"], "no growth 9 5; expected two numbers in order"),
        (["cross-check", "--prices", "9", "5"], "in percent a year: --prices 5 9"),
        (["scorecard", "--as-of", "tomorrow"], "no day 'tomorrow'; expected a date"),
        (["scorecard", "广东,江苏"], "take each by itself: --region 广东 --region 江苏"),
        (["show", "GD,JS"], "take each by itself: --region GD --region JS"),
        ([*RATIO, "--unit", "bananas"], "bananas"),
        (["read", "35 bananas", "--unit", "bananas"], "bananas"),
    ],
)
def test_errors_name_options_and_not_python(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) in {1, 2}
    streams = capsys.readouterr()
    assert not streams.out
    assert message in streams.err
    for foreign in FOREIGN:
        assert foreign not in streams.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_own_data_with_the_keys_of_others_are_answered_with_options(
    lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = str(tmp_path / "alone")
    ip.write_template(alone, alone=True)
    assert run(["scorecard", "--extend", alone]) == 2
    error = capsys.readouterr().err
    assert "use --data for data that extend no other" in error
    assert not [foreign for foreign in FOREIGN if foreign in error]
    for layout in ("table", "markdown", "latex"):
        assert run(["check", alone, "--lang", lang, "--format", layout]) == 1
        report = capsys.readouterr().out
        assert "--alone" in report
        assert "conflict" not in report
    for layout in ("csv", "json"):
        assert run(["check", alone, "--format", layout]) == 1
        assert "with --alone" in capsys.readouterr().out


def test_percentages_and_any_case_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for more in (
        ["--threshold", "0.95", "--tolerance", "0.02", "--tiers", "ABC", "--verdict", "met"],
        ["--threshold", "95%", "--tolerance", "2%", "--tiers", "abc", "--verdict", "MET"],
    ):
        assert run([*CARD, *more]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]


def test_a_year_is_the_period_of_an_annual_plan(capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for period in ("annual-2025", "2025"):
        assert run(["scorecard", "--region", "粤", "--period", period]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]
    assert "Guangdong" in texts[0]


def test_help_has_no_types_of_python(capsys: pytest.CaptureFixture[str]) -> None:
    for command in [[], *([command[0]] for command in COMMANDS), ["read"], ["check"]]:
        assert run([*command, "-h"]) == 0
        out = capsys.readouterr().out
        assert "<list" not in out
        assert "<str>" not in out
        assert "FileBinary" not in out
        assert "..." not in out.replace("[ARGS]...", "").replace("WORDS}...", "").replace(
            "WORDS]...", ""
        )


def test_hints_of_assess_name_options(capsys: pytest.CaptureFixture[str]) -> None:
    for lang in ("en", "zh"):
        assert run(["assess", "--region", "粤", "--period", "14th", "--lang", lang]) == 0
        out = capsys.readouterr().out
        assert "--tiers ABCD" in out
        assert not re.search("(tiers|proxies|vintage|period|kinds)=", out)


def test_regions_are_sorted_by_the_name_that_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["scorecard", "--within", "CN-WEST", "--indicator", "rd_intensity"]
    assert run([*command, "--period", "14th", "--sort", "region"]) == 0
    names = [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()[6:] if line]
    cities = names.index("Xining")
    assert names[: cities - 1] == sorted(names[: cities - 1])
    assert {"Chongqing", "Gansu", "Sichuan"} <= set(names[:cities])


def test_a_unit_of_the_template_has_a_plural(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", str(tmp_path / "city")]) == 0
    capsys.readouterr()
    more = ["--extend", str(tmp_path / "city"), "--region", "Example City"]
    assert run(["scorecard", *more]) == 0
    out = capsys.readouterr().out
    assert " robots" in out
    assert not re.search("[0-9] robot ", out)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (
            "compare rd_intensity GD",
            "'rd_intensity GD'; write compare --indicator rd_intensity --region GD",
        ),
        ("report GD", "'GD'; write report --region GD"),
        ("coverage 广东", "write coverage --region '广东'"),
        ("cite GD rd_intensity", "write cite --indicator rd_intensity"),
        ("read 3.5% more", "write read '3.5% more'"),
        ("show GD gdp", "'gdp'; write show --indicator gdp"),
        ("show 北京 上海", "'上海'; show takes one REGION; show --help"),
        ("verify data GD", "'GD'; verify takes one PATH; verify --help"),
        ("show Inner Mongolia", "put text with blanks in quotes"),
        ("editions 2026.11", "'2026.11'"),
    ],
)
def test_a_surplus_word_is_an_error_that_says_what_to_write(
    command: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command.split()) == 2
    assert re.search(f"unexpected .*{message}", capsys.readouterr().err)


@pytest.mark.parametrize(
    "command", ["indicators", "search patent", "show 广东 --period 14th", "diff 2026.10 2026.11"]
)
def test_a_table_in_a_pipe_is_as_wide_as_a_screen(
    command: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.delenv("COLUMNS")
    file = tmp_path / "out.txt"
    assert run(command.split()) == 0
    assert max(map(display_width, capsys.readouterr().out.splitlines())) <= 120
    assert run([*command.split(), "--output", str(file)]) == 0
    assert max(map(display_width, file.read_text("utf-8").splitlines())) <= 120


@pytest.mark.parametrize("command", ["scorecard", "assess"])
def test_a_region_may_be_an_argument(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for region in (["广东"], ["--region", "CN-GD"], ["广东", "--region", "GD"]):
        assert run([command, *region, "--period", "14th"]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1] == texts[2]
    assert "Guangdong" in texts[0]


def test_figures_are_shown_in_the_words_of_a_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--lang", "zh", "年均增长10%以上"]) == 0
    row = capsys.readouterr().out.splitlines()[2].split()
    assert row[:4] == ["年均增长", "…以上", "10", "%/年"]
    assert run(["read", "年均增长10%以上"]) == 0
    assert "average_growth" in capsys.readouterr().out


def test_an_ending_is_answered_with_its_format(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["export", str(tmp_path / "x"), "--format", "xlsx"]) == 2
    assert "no format 'xlsx'; did you mean excel?" in capsys.readouterr().err


def _texts() -> list[tuple[str, str, bool]]:
    """Return every parameter of every command that takes text: command, parameter, whether an option."""
    commands = typer.main.get_command(options.app).commands  # type: ignore[attr-defined]
    return [
        (command.name, part.opts[0], part.param_type_name == "option")
        for command in commands.values()
        for part in command.params
        if not getattr(part, "is_flag", False) and part.name not in {"growth", "prices", "file"}
    ]


@pytest.mark.parametrize(("command", "name", "is_option"), _texts())
def test_an_empty_text_is_an_error(
    command: str, name: str, is_option: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    needed = {"show": ["粤"], "derive": ["gdp"], "search": ["x"], "export": ["x"], "check": ["x"]}
    needed |= {"new": ["x"], "diff": ["2026.10"], "report": ["-o", "x.html"]}
    needed |= {"explorer": ["-o", "x"], "plot": ["gaps", "-o", "x.png"]}
    needed["derive"] += ["--region", "粤"] if name != "--region" else []
    needed["derive"] += ["--year", "2025"] if name != "--year" else []
    if not is_option:
        first = [] if name != "newer" else ["2026.10"]
        rest = {"derive": ["--region", "粤", "--year", "2025"], "plot": ["-o", "x.png"]}
        assert run([command, *first, "", *rest.get(command, [])]) == 2
    elif command in {"report", "explorer", "plot"} and name == "--output":
        assert run([command, *needed[command][:-2], "-o", ""]) == 2
    else:
        assert run([command, *needed.get(command, []), name, ""]) == 2
    assert "''" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "name"),
    [(command, name) for command, name, is_option in _texts() if is_option and name != "--help"],
)
def test_an_option_with_two_values_is_an_error_or_takes_both(
    command: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = typer.main.get_command(options.app).commands  # type: ignore[attr-defined]
    (option,) = (part for part in commands[command].params if name in part.opts)
    if option.multiple:
        assert "repeated" in option.help or name in {"--period", "--assume"}
        return
    assert run([command, name, "2025", name, "2024"]) == 2
    assert f"{option.opts[0]} is given 2 times; give it once" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("show --region 粤", "no option --region; write its value by itself: show REGION"),
        ("cite --region 粤", "no option --region; write its value by itself: cite REGION"),
        ("cite --lang zh", "no option --lang; did you mean --style?"),
        ("new folder --lang zh", "no option --lang of new; --lang is for scorecard"),
        (
            "export x.csv --end-year 2025",
            "--end-year is for scorecard, assess, plot, show, compare, cite",
        ),
        (
            "--lang zh scorecard GD",
            "write it behind the command: innovation-plans scorecard GD --lang zh",
        ),
        (
            "--data=2026.10 cite",
            "write it behind the command: innovation-plans cite --data=2026.10",
        ),
        (
            "--edition 2026.11 scorecard",
            "write it behind the command: innovation-plans scorecard --data 2026.11",
        ),
        ("scorecard --edition 2026.11", "no option --edition; did you mean --data?"),
        ("--tiers ABCD", "--tiers is an option of a command; write it behind the command"),
        ("--colour red cite", "No such option: --colour"),
        ("help", "innovation-plans --help lists the commands"),
        ("version", "innovation-plans --version"),
        ("observations GD", "show REGION --outcomes"),
        *(
            (f"{command} GD --tiers A", f"no option --tiers of {command}; --tiers is for scorecard")
            for command in ("search", "regions", "indicators", "plans")
        ),
        ("target GD", "show REGION prints the targets"),
        ("rank --indicator gdp", "compare --indicator NAME ranks regions"),
        ("crosscheck --region GD", "Did you mean 'cross-check'"),
        ("derive rd_expenditure HB 2025", "write derive --region HB --year 2025"),
        ("verify 2026.10", "2026.10 is an edition: verify --edition 2026.10"),
        ("chart", "plot PICTURE --output FILE draws verdicts"),
        ("plot lines -o x.png", "expected one of dumbbell, gaps, matrix, path, slopes, tiles"),
        ("cite 2026.10", "cite --data 2026.10 cites an edition"),
        ("cite --period 14th", "--period needs a region"),
        ("cite GD -o x.ris --style bibtex", "x.ris has the ending of ris, and --style is bibtex"),
        ("read card.txt", "'card.txt' is the name of a file; write read --file card.txt"),
        ("read card.txt --lang zh", "请写为read --file card.txt"),
        (
            "scorecard GD --format parquet",
            "--format parquet needs a file: --output verdicts.parquet",
        ),
        ("derive --indicator gdp", "write its value by itself: derive INDICATOR"),
        ("report --region 粤 -o pages/", "no ending of a report ''"),
        ("report --region 粤 -o -", "no ending of a report ''"),
        ("export - --format csv", "found the sign of standard output"),
        ("export - --format jsonl", "found the sign of standard output"),
        ("verify --edition ", "Invalid value for --edition"),
    ],
)
def test_options_of_another_command_and_names_of_no_file(
    arguments: str,
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments.split(" ")) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_dataset_that_extends_another_is_not_one_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ip.write_template(tmp_path / "ours")
    assert run(["scorecard", "--data", str(tmp_path / "ours")]) == 2
    assert capsys.readouterr().err.endswith("to add the data to the bundled ones, use --extend\n")


def test_a_factor_without_a_unit_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    people = [f"--indicator=rd_personnel_per_10k_{people}" for people in ("population", "employed")]
    assert run(["compare", *people, "--end-year", "2025", "--factor", "0.52"]) == 2
    message = "cannot read '0.52' at position 4: expected a unit after the number"
    assert message in capsys.readouterr().err


def test_a_hint_names_no_factor_where_there_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*STAFF, "--unit", "person_year_per_10k_population", *FACTOR]) == 2
    one = "derive rd_expenditure --region 浙江 --year 2030 --assume"
    assert run([*one.split(), "gdp 2030 12 percent"]) == 2
    assert "--factor" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "advice"),
    [
        (["read", "-3%"], 2, "write read -- -3%"),
        (["compare", "--top", "5"], 2, "no option --top; compare --help lists the options"),
        (["diff", "2019"], 2, "no edition '2019'; did you mean"),
        (["scorecard", "-o", "-", "--format", "csv"], 2, "leave it out to print"),
        (["cite", "CN-GD-14-sti/rd_intensity"], 2, "CN-GD-14-sti/rd_intensity/level/2025@"),
        (["search", "patnet"], 1, "did you mean patent?"),
        (["indicators", "patnet"], 1, "no indicator contains 'patnet'; did you mean patent?"),
        (["report", "-o", "x.html", "--indicator", "gdp", "--top"], 2, "report --help"),
    ],
)
def test_what_is_typed_by_mistake_gets_advice(
    arguments: list[str], code: int, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    assert advice in capsys.readouterr().err


def test_a_file_without_a_format_and_a_directory_without_a_descriptor_get_advice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "junk.bin").write_bytes(b"\x00\x01")
    assert run(["check", str(tmp_path / "junk.bin")]) == 2
    shown = capsys.readouterr().err
    assert "a file is known by its ending, .jsonl, .ndjson, .xlsx\n" in shown
    assert run(["verify", str(tmp_path)]) == 2
    assert "innovation-plans check" in capsys.readouterr().err


def test_one_record_of_an_export_is_no_plural(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = [
        "export",
        str(tmp_path / "gd.jsonl"),
        "--region",
        "GD",
        "--indicator",
        "rd_intensity",
    ]
    assert run(command) == 0
    assert ", 1 target, " in capsys.readouterr().out
