"""The pages: nothing public is missing, every command runs, and no page names a machine."""

from __future__ import annotations

import importlib
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

import innovation_plans as ip
from innovation_plans.cli import app, run

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
write_api_pages: Any = importlib.import_module("write_api_pages")

PAGES = sorted(
    [*ROOT.glob("docs/**/*.md"), ROOT / "README.md", ROOT / "README.zh.md"],
    key=lambda path: path.as_posix(),
)
WRITTEN = [path for path in PAGES if "made by tools/" not in path.read_text(encoding="utf-8")[:80]]
CHINESE = [ROOT / "README.zh.md", ROOT / "docs" / "zh" / "tutorial.md"]
SHELL = re.compile(r"^```(?:sh|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def commands_of(path: Path) -> list[list[str]]:
    """Return the command lines of a page that begin with the name of the program, in order."""
    commands = []
    for block in SHELL.findall(path.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            for part in line.removeprefix("$ ").split(" && "):
                words = shlex.split(part, comments=True)
                if words[:1] == ["innovation-plans"]:
                    commands.append(words[1:])
    return commands


WITH_COMMANDS = [path for path in PAGES if commands_of(path)]


# ------------------------------------------------------------------ the command line in pages


@pytest.mark.heavy
@pytest.mark.parametrize("path", WITH_COMMANDS, ids=name_of)
def test_every_command_of_a_page_runs(path, tmp_path, monkeypatch, capsys, chinese_font):
    monkeypatch.chdir(tmp_path)
    for words in commands_of(path):
        assert run(words) == 0, shlex.join(words)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_commands_in_the_documentation_exist(path):
    program: Any = typer.main.get_command(app)
    known = {
        name: {option for each in command.params for option in each.opts} | {"--help"}
        for name, command in program.commands.items()
    }
    text = path.read_text(encoding="utf-8")
    commands = re.findall(r"`innovation-plans ([a-z][a-z-]*)([^`\n]*)`", text)
    commands += [(words[0], " ".join(words[1:])) for words in commands_of(path)]
    for name, rest in commands:
        assert name in known, f"innovation-plans {name}"
        assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= known[name], f"{name} {rest}"


def test_the_reference_names_every_command():
    program: Any = typer.main.get_command(app)
    text = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    for name in program.commands:
        assert f"`{name}" in text, name


# ------------------------------------------------------------------ Python in pages


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_blocks_are_in_known_languages(path):
    text = path.read_text(encoding="utf-8")
    fences = re.findall(r"^```(\w*)$", text, re.MULTILINE)
    assert len(fences) % 2 == 0, "a block stays open"
    assert set(fences[::2]) <= {"python", "sh", "console", "text", "toml"}


def test_chinese_pages_have_the_code_of_the_english_pages():
    for path in CHINESE:
        text = path.read_text(encoding="utf-8")
        assert text.count("```python\n>>> ") >= 2
        assert len(re.findall("[\u4e00-\u9fff]", text)) > 500


def test_no_public_name_is_missing_from_the_reference():
    listed: list[str] = []
    for path in (ROOT / "docs" / "reference" / "api").glob("*.md"):
        listed += re.findall(
            r"^::: innovation_plans\.([\w.]+)$", path.read_text("utf-8"), re.MULTILINE
        )
    modules = set(write_api_pages.groups()["Modules"])
    within = {f"{name}.{each}" for name in modules for each in getattr(ip, name).__all__}
    assert sorted(listed) == sorted((set(ip.__all__) - modules) | within)


def test_the_reference_is_up_to_date(capsys):
    assert write_api_pages.main(["--check"]) == 0, capsys.readouterr().err


def test_every_group_of_the_reference_is_in_the_navigation():
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for path in (ROOT / "docs" / "reference" / "api").glob("*.md"):
        assert f"reference/api/{path.name}" in navigation


# ------------------------------------------------------------------ names in pages

NOT_OURS = re.compile(
    r"/(home|root|tmp|Users|work|mnt|var)/|[A-Z]:\\\\|localhost|127\.0\.0\.1"
    r"|(?i:\b(language model|chatbot|AI assistant|AI-generated|co-authored-by|sandbox)\b)"
    r"|\b(TODO|FIXME|XXX|TBD|lorem ipsum)\b"
)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_pages_name_no_machine_and_nothing_unfinished(path):
    assert NOT_OURS.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", WRITTEN, ids=name_of)
def test_a_page_has_one_title_and_ends_with_a_newline(path):
    text = path.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert len(re.findall(r"^# ", prose, re.MULTILINE)) == 1
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
