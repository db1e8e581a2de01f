"""Problems of a check in every language: their text is made when it is printed."""

from __future__ import annotations

import json
import pickle
import re
import string
from pathlib import Path
from typing import get_args

import pytest
from pydantic_core import core_schema

import innovation_plans as ip
from innovation_plans.checks.check import check
from innovation_plans.checks.report import CheckReport, Problem
from innovation_plans.checks.template import write_template
from innovation_plans.cli import run
from innovation_plans.text import messages
from innovation_plans.text.messages import Language, Message, keys, languages
from innovation_plans.text.tables import display_width

PACKAGE = Path(ip.__file__).parent
CHINESE = re.compile("[一-鿿]")
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
# Sections of the messages that problems are made of.
SECTIONS = ("problem", "suggestion", "noun", "one", "expected", "pattern", "found", "taken")


def placeholders(text: str) -> set[str | None]:
    return {part[1] for part in string.Formatter().parse(text) if part[1] is not None}


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """Data with a warning that has a message as a value, and an error with a suggestion."""
    write_template(tmp_path / "odd")
    with (tmp_path / "odd" / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("z,Another,,,,A,\n")
    target = "EX-CITY-14-sti/rd_intensity/level/2024"
    (tmp_path / "odd" / "corroborations.csv").write_text(f"target,source\n{target},ex-city-plan\n")
    return tmp_path / "odd"


def test_the_messages_of_problems_are_those_that_the_package_uses() -> None:
    text = "".join(file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    used = set(re.findall(r'"problem\.([a-z_0-9]+)"', text))
    of_pydantic = set(keys("problem")) & set(get_args(core_schema.ErrorType))
    assert used - of_pydantic == set(keys("problem")) - of_pydantic


@pytest.mark.parametrize("section", SECTIONS)
def test_a_problem_is_in_every_language_with_the_same_values(section: str) -> None:
    for name, texts in messages._messages()[section].items():
        assert tuple(texts) == languages(), name
        assert len({frozenset(placeholders(text)) for text in texts.values()}) == 1, name
        assert CHINESE.search(texts["zh"]) or set(texts["zh"]) <= {*"{}", *texts["en"]}, name
        assert not ENGLISH.search(re.sub("{[a-z_]+}", "", texts["zh"])), name


def test_a_report_has_every_language(odd: Path) -> None:
    report = check(odd)
    first, second, _ = report.text("zh").splitlines()
    key = "EX-CITY-14-sti/rd_intensity/level"
    assert first.endswith(
        f"：应为某项目标的plan/indicator/form/year，实为{key}/2024；是否应为{key}/2025？"
    )
    assert second == "sources.csv:4：警告：没有记录用到来源z"
    assert report.sheet("zh").rows[1] == ("sources.csv:4", "", "警告", "没有记录用到来源z")
    assert [problem.code for problem in report] == ["unknown_target", "unused"]


def test_the_command_prints_the_language(odd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in ([], ["--format", "markdown"], ["--format", "latex"]):
        assert run(["check", str(odd), "--lang", "zh", *options]) == 1
        assert not ENGLISH.search(capsys.readouterr().out)


def test_a_report_keeps_its_languages_in_json_and_pickles(odd: Path) -> None:
    report = check(odd)
    for copy in (CheckReport.from_json(report.json()), pickle.loads(pickle.dumps(report))):  # noqa: S301 - our own bytes
        assert list(copy) == list(report)
        assert [p.text("zh") for p in copy] == [p.text("zh") for p in report]
        assert hash(copy) == hash(report)
    values = report.to_columns().values["values"]
    assert json.loads(str(values[1])) == {"noun": {"key": "noun.source", "values": {}}, "code": "z"}


def test_a_problem_without_its_values_is_an_error() -> None:
    facts = {"file": "x.csv", "severity": "error", "problem": "?"}
    for wrong in ({"code": "unused"}, {"code": "none_such"}):
        with pytest.raises(ValueError, match="expected a message with its values"):
            Problem.model_validate(facts | wrong)
    assert Problem.model_validate(facts).text("zh") == "x.csv：?"


def test_a_message_is_english_text_with_its_values() -> None:
    noun = Message("noun.source")
    message = Message("problem.unused", noun=noun, code="{code}")
    assert message == "no record uses the source {code}"
    assert message.text("zh") == "没有记录用到来源{code}"
    assert pickle.loads(pickle.dumps(message)).text("zh") == message.text("zh")  # noqa: S301


def test_long_lines_are_broken_at_the_width_of_the_terminal(odd: Path) -> None:
    for lang in get_args(Language):
        lines = check(odd).text(lang, width=60).splitlines()
        assert max(map(display_width, lines)) <= 60
        assert lines[1].startswith("  ")


@pytest.mark.parametrize(
    "line",
    [
        "tram",
        f"{'t' * 61} = patent",
        "tram = ptent",
        "tram = qqqqq",
        "tram = patent -",
        "tram =",
        f"tram = {'patent * ' * 30}patent",
        f"tram = {'1 * ' * 45}patent",
        "tram = 0 * patent",
        "tram = patent\ntram = percent",
        "tram = 1e300 * patent",
    ],
)
def test_the_error_of_a_unit_is_in_every_language(odd: Path, line: str) -> None:
    (odd / "units.txt").write_text(f"{line}\n", encoding="utf-8")
    problem = next(problem for problem in check(odd) if problem.file == "units.txt")
    text = re.sub("'[^']*'", "", problem.describe("zh"))
    assert CHINESE.search(text)
    assert not ENGLISH.search(text)


@pytest.mark.parametrize("value", ["x", "1e5", "1" * 40])
def test_the_error_of_a_number_is_in_every_language(odd: Path, value: str) -> None:
    file = odd / "observations.csv"
    file.write_text(file.read_text("utf-8").replace(",5200,", f",{value},"), "utf-8")
    problem = check(odd).where(file="observations.csv")[0]
    expected = "应为不超过30位的数字" if len(value) > 30 else "应为3.5之类的十进制数"
    position = len(value.rstrip("ex5")[:30])
    assert problem.describe("zh") == f"无法读取'{value}'（位置{position}）：{expected}"
