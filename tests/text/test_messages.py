"""Messages and unit words: every language is a column of two files."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import get_args

import pytest

import innovation_plans as ip
from innovation_plans.records.bibliography import CiteStyle, styles
from innovation_plans.resources import package_files, package_text
from innovation_plans.text import labels, messages
from innovation_plans.text.messages import languages, say, short, word
from innovation_plans.text.tables import display_width

CHINESE = re.compile("[一-鿿]")
PACKAGE = Path(str(package_files()))


def placeholders(text: str) -> list[tuple[str | None, str | None, str | None]]:
    return [part[1:] for part in string.Formatter().parse(text) if part[1] is not None]


ALL = [
    (f"{section}.{name}", texts)
    for section, table in messages._messages().items()
    for name, texts in table.items()
]


def test_every_message_has_every_language() -> None:
    assert languages() == ("en", "zh")
    assert [key for key, texts in ALL if tuple(texts) != languages()] == []
    assert len(ALL) > 300


def test_placeholders_are_plain_names_and_the_same_in_each_language() -> None:
    strange = [
        key
        for key, texts in ALL
        for text in texts.values()
        for name, spec, conversion in placeholders(text)
        if not re.fullmatch("[a-z_]+", name or "") or spec or conversion
    ]
    assert strange == []


def test_english_is_free_of_chinese() -> None:
    names = {"language.name"}
    assert [key for key, texts in ALL if CHINESE.search(texts["en"]) and key not in names] == []


def test_no_module_branches_on_a_language_or_contains_chinese_sentences() -> None:
    for file in PACKAGE.rglob("*.py"):
        assert not re.search(r"""lang(uage)? [!=]= ['"]""", file.read_text("utf-8")), file


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reasons_and_caveats_are_short_in_tables(lang: str) -> None:
    for codes in (ip.Reason, ip.Caveat):
        shown = [short(code, lang) for code in codes]
        assert [text for text in shown if display_width(text) > 30] == []
        assert len(set(shown)) == len(shown)


def test_values_are_data() -> None:
    hostile = "{region.__class__} {0} %s <b>"
    text = say("explain.note", "en", text=hostile)
    assert text == f"Note: {hostile}"


def test_the_error_of_an_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(ip.MissingError, match=r"no language 'de'; did you mean en or zh\?"):
        say("Verdict.met", "de")
    card = ip.scorecard(ip.load(), region="GD", indicator="rd_intensity", period="14th")
    with pytest.raises(ip.MissingError, match="no language 'ZH'"):
        card[0].explain("ZH")  # type: ignore[arg-type]


def test_the_import_and_the_first_target_read_no_messages() -> None:
    code = (
        "import sys, innovation_plans as ip; ip.load().targets.where(region='GD')[0];"
        "loaded = sys.modules.get('innovation_plans.text.messages');"
        "words = sys.modules.get('innovation_plans.units.words');"
        "print((loaded is None or loaded._messages.cache_info().currsize == 0)"
        " and (words is None or words.unit_words.cache_info().currsize == 0))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "True"


def test_a_third_language_is_one_column(third_language) -> None:
    lang = third_language
    assert languages() == ("en", "zh", "xx")
    assert word(ip.Verdict.MET, lang) == "«met»"
    assert labels.amount(Decimal(3), "patent", lang) == "3 patents"  # units.toml has no column
    card = ip.scorecard(ip.load(), region="GD", indicator="rd_intensity", period="14th")
    assert "is «met»»«.»" in card[0].explain(lang)
    assert "«region»" in card.sheet(lang).header
    assert ip.load().cite(lang).startswith("«The innovation_plans developers")


def test_a_message_that_a_column_lacks_is_in_english(
    monkeypatch: pytest.MonkeyPatch, third_language: str
) -> None:
    wider = messages._messages()
    shorter = {"met": {"en": "met", "zh": "已实现"}, "missed": wider["Verdict"]["missed"]}
    monkeypatch.setattr(messages, "_messages", lambda: {"Verdict": shorter})
    messages._columns.cache_clear()
    assert say("Verdict.met", third_language) == "met"
    assert say("Verdict.missed", third_language) == "«missed»"


def test_a_third_language_is_a_choice_of_every_option() -> None:
    code = (
        "from innovation_plans.text import messages;"
        "table = {'tag': {'en': 'en', 'zh': 'zh-Hans', 'xx': 'xx'}};"
        "messages._messages = lambda: {'language': table};"
        "from innovation_plans.cli import run;"
        "run(['scorecard', '--help']); run(['cite', '--help'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "<en|zh|xx>" in run.stdout
    assert "<en|zh|xx|bibtex|csl-json|ris>" in run.stdout


def test_the_types_name_the_languages() -> None:
    assert get_args(messages.Language) == languages()
    assert get_args(CiteStyle) == styles()


def test_a_language_without_its_column_raises_an_error() -> None:
    with pytest.raises(ip.MissingError):
        word(ip.Verdict.MET, "xx")


NEW_UNIT = """
[robot]
en = "robots"
zh = "台"
one.en = "robot"
read.en = ["robots", "robot"]
read.zh = ["台"]
"""
WITH_THE_UNIT = """
from decimal import Decimal
import innovation_plans as ip
from innovation_plans.text import labels
from innovation_plans.plots.style import Scale
figure = ip.read_figure("3台")
print(figure.unit, figure.value)
print(ip.format_figure(figure, "zh"), "|", ip.format_figure(figure, "en"))
for lang in ("en", "zh"):
    print(labels.amount(Decimal(1), "robot", lang), "|", labels.amount(Decimal(80), "robot", lang))
    print(Scale("robot", lang).label)
"""


def test_a_new_unit_needs_a_definition_and_one_table(tmp_path) -> None:
    copy = tmp_path / "innovation_plans"
    copytree(PACKAGE, copy, ignore=ignore_patterns("__pycache__", "editions", "compiled"))
    units, words = copy / "data" / "units.txt", copy / "units" / "units.toml"
    units.write_text(units.read_text("utf-8") + "\nrobot = [robots] = 台\n", "utf-8")
    words.write_text(words.read_text("utf-8") + NEW_UNIT, "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", WITH_THE_UNIT],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"},
    )
    assert run.stdout.splitlines() == [
        "robot 3", "3台 | 3 robots", "1 robot | 80 robots", "robots", "1台 | 80台", "台",
    ]  # fmt: skip


def test_every_unit_has_words_in_every_language() -> None:
    import tomllib

    words = tomllib.loads(package_text("units", "units.toml"))
    for token, table in words.items():
        for column in (table, table.get("per")):
            if column is not None and "*" not in token and "en" in column:
                assert set(languages()) <= set(column), token
