from __future__ import annotations

import linecache
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib import font_manager

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.plots import fonts as lettering
from innovation_plans.plots.fonts import Lettering

TEST_FONT = Path(__file__).parents[1] / "fonts" / "InnovationPlansTestCJK.otf"
HOSTILE = (
    "$x^2$",
    r"$\frac{1}{0$",
    "a\nb\x00c",
    "<script>alert(1)</script>",
    "long " * 400,
    "%s {0}",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_shown_unchanged(
    intensity: ip.Scorecard, named: Callable[..., ip.Assessment], name: str
) -> None:
    shown = Lettering("en").clean(name, 28)
    card = [named(intensity[0], region_en=name), *intensity[1:3]]
    ax = plots.dumbbell(card)
    assert ax.get_yticklabels()[0].get_text().startswith(shown)
    assert "\n" not in shown
    assert len(shown) <= 28
    text = plots.svg(ax)
    assert "<script" not in text
    plots.matrix([named(each, indicator_en=name) for each in card]).figure.draw_without_rendering()


def test_text_from_outside_is_not_read_as_mathematics(
    intensity: ip.Scorecard, named: Callable[..., ip.Assessment]
) -> None:
    ax = plots.dumbbell([named(each, region_en="$x^2$", indicator_en="$y$") for each in intensity])
    from matplotlib.text import Text

    for each in ax.figure.findobj(Text):
        if "$" in each.get_text():
            assert not each.get_parse_math()
            assert not each.get_usetex()
    assert "$x^2$" in plots.svg(ax)


def test_a_name_only_in_english_is_shown_in_chinese_pictures(
    intensity: ip.Scorecard, named: Callable[..., ip.Assessment], chinese_font: None
) -> None:
    card = [
        named(each, region_zh=None, region_short_zh=None, indicator_zh=None) for each in intensity
    ]
    ax = plots.dumbbell(card, lang="zh")
    assert plots.alt_text(ax).startswith("哑铃图")
    assert ax.get_yticklabels()[0].get_text().startswith("Shenzhen")


def test_without_a_chinese_font_the_picture_is_in_english_and_a_warning_states_what_to_install(
    intensity: ip.Scorecard, no_chinese_font: None
) -> None:
    with pytest.warns(plots.MissingFontWarning, match="apt install fonts-noto-cjk") as warned:
        ax = plots.dumbbell(intensity, lang="zh")
    assert len(warned) == 1
    assert warned[0].filename == __file__
    assert issubclass(plots.MissingFontWarning, ip.InnovationPlansWarning)
    assert plots.alt_text(ax).startswith("Dumbbell chart")
    assert plots.alt_text(ax) == plots.alt_text(plots.dumbbell(intensity))


def test_a_warning_is_issued_once_per_process(
    intensity: ip.Scorecard, no_chinese_font: None
) -> None:
    with pytest.warns(plots.MissingFontWarning):
        plots.dumbbell(intensity[:1], lang="zh")
    plots.dumbbell(intensity[:1], lang="zh")  # a second warning would be an error


@pytest.mark.filterwarnings("error::innovation_plans.plots.MissingFontWarning")
def test_a_warning_that_a_filter_makes_an_error_is_raised_again(
    intensity: ip.Scorecard, no_chinese_font: None
) -> None:
    for _ in range(2):
        with pytest.raises(plots.MissingFontWarning):
            plots.dumbbell(intensity[:1], lang="zh")


def test_the_warning_names_the_line_that_asked_for_a_report(
    plans: ip.Dataset, no_chinese_font: None
) -> None:
    with pytest.warns(plots.MissingFontWarning) as issued:
        ip.report.html(plans, region="CN-GD")
    assert {each.filename for each in issued} == {__file__}
    assert "ip.report.html(" in linecache.getline(__file__, issued[0].lineno)


@pytest.fixture
def new_font(tmp_path: Path) -> Path:
    """The font of the tests in another file, with the name of a Chinese font family."""
    from fontTools.ttLib import TTFont

    font = TTFont(TEST_FONT)
    font["name"].setName("SimHei", 1, 3, 1, 0x409)
    path = tmp_path / "share" / "fonts" / "new.otf"
    path.parent.mkdir(parents=True)
    font.save(path)
    return path


def test_the_font_of_the_tests_has_every_chinese_character() -> None:
    characters = font_manager.get_font(str(TEST_FONT)).get_charmap()
    lacking = [
        code
        for code in range(sys.maxunicode + 1)
        if lettering._HAN.match(chr(code)) and code not in characters
    ]
    assert lacking == []
    assert TEST_FONT.stat().st_size < 10_000
    assert "SIL OPEN FONT LICENSE" in TEST_FONT.with_name("OFL.txt").read_text(encoding="utf-8")


def test_a_font_that_the_cached_list_lacks_is_used(
    intensity: ip.Scorecard,
    no_chinese_font: None,
    new_font: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    damaged = new_font.with_name("damaged.otf")
    damaged.write_bytes(b"OTTO")
    paths = [str(damaged), str(TEST_FONT), str(new_font)]
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: paths)
    listed = {entry.name for entry in font_manager.fontManager.ttflist}
    ax = plots.dumbbell(intensity[:1], lang="zh")
    assert plots.alt_text(ax).startswith("哑铃图")
    ax.figure.draw_without_rendering()
    # Nothing else is added: the picture of another program keeps its fonts.
    assert {entry.name for entry in font_manager.fontManager.ttflist} == listed | {"SimHei"}


def test_system_fonts_are_looked_up_once_and_only_for_chinese(
    intensity: ip.Scorecard, no_chinese_font: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[None] = []
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: calls.append(None) or [])
    plots.dumbbell(intensity[:1])
    assert calls == []
    with pytest.warns(plots.MissingFontWarning):
        plots.dumbbell(intensity[:1], lang="zh")
    plots.dumbbell(intensity[:1], lang="zh")
    assert calls == [None]


def test_a_font_whose_file_is_gone_is_not_used(
    intensity: ip.Scorecard, no_chinese_font: None, new_font: Path
) -> None:
    font_manager.fontManager.addfont(str(new_font))
    assert lettering.chinese_family() == "SimHei"
    new_font.unlink()
    assert lettering.chinese_family() is None


def test_the_next_run_draws_with_a_font_installed_after_the_cache_was_written(
    tmp_path: Path, new_font: Path
) -> None:
    not_installed = new_font.rename(tmp_path / "new.otf")
    environment = os.environ | {
        "MPLCONFIGDIR": str(tmp_path / "matplotlib"),
        "XDG_DATA_HOME": str(tmp_path / "share"),
    }

    def run(program: str, **more: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", program],
            env=environment | more,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    run("import matplotlib.font_manager", MPL_IGNORE_SYSTEM_FONTS="1")
    (cache,) = (tmp_path / "matplotlib").glob("fontlist*.json")
    before = cache.read_bytes()
    not_installed.rename(new_font)
    program = "from innovation_plans.plots.fonts import Lettering; print(Lettering('zh').lang)"
    assert run(program) == "zh"
    assert cache.read_bytes() == before


@pytest.mark.parametrize("draw", ["dumbbell", "matrix", "tiles", "path", "coverage"])
def test_english_pictures_need_no_chinese_font(
    plans: ip.Dataset, intensity: ip.Scorecard, no_chinese_font: None, draw: str
) -> None:
    arguments = {"path": (intensity[0], plans), "coverage": (ip.coverage(plans, indicator="gdp"),)}
    with pytest.warns(plots.MissingFontWarning):
        ax = getattr(plots, draw)(*arguments.get(draw, (intensity,)), lang="zh")
    ax.figure.draw_without_rendering()  # a box would be a warning, and so an error


def test_a_character_that_no_font_has_becomes_a_question_mark(
    intensity: ip.Scorecard, named: Callable[..., ip.Assessment], no_chinese_font: None
) -> None:
    with pytest.warns(plots.MissingFontWarning, match=r"U\+5E7F"):
        ax = plots.dumbbell([named(intensity[0], region_en="广东 Province")])
    assert ax.get_yticklabels()[0].get_text() == "?? Province"
    ax.figure.draw_without_rendering()


def test_only_known_languages() -> None:
    with pytest.raises(ip.MissingError, match="no language 'de'; did you mean en or zh"):
        Lettering("de")  # type: ignore[arg-type]


def test_the_font_is_the_first_of_the_list_that_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lettering, "installed", lambda: frozenset({"SimHei", "PingFang SC"}))
    assert Lettering("zh").families == ["PingFang SC", "DejaVu Sans"]


def test_without_matplotlib_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        ip.MissingExtraError, match=re.escape('pip install "innovation-plans[plot]"')
    ):
        plots.dumbbell(ip.scorecard(ip.load(), region="GD", period="14th"))


@pytest.mark.heavy
def test_matplotlib_is_loaded_when_something_is_drawn_and_pyplot_never() -> None:
    program = (
        "import sys, innovation_plans as ip\n"
        "plans = ip.load(); draw = ip.plots.dumbbell; palette = ip.plots.style.VERDICTS\n"
        "assert 'matplotlib' not in sys.modules and 'numpy' not in sys.modules\n"
        "draw(ip.scorecard(plans, region='GD', period='14th'))\n"
        "assert 'matplotlib' in sys.modules and 'matplotlib.pyplot' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
