"""Run every Python block of README and docs, and provide the fonts that pages and tests draw with.

Each page is run in a temporary directory, since some pages write files.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path
from typing import Any

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

TEST_FONT = Path(__file__).parent / "tests" / "fonts" / "InnovationPlansTestCJK.otf"


def _enter(namespace: dict[str, Any]) -> None:
    namespace["_home"] = os.getcwd()  # noqa: PTH109
    namespace["_directory"] = tempfile.TemporaryDirectory()
    os.chdir(namespace["_directory"].name)


def _leave(namespace: dict[str, Any]) -> None:
    os.chdir(namespace["_home"])
    namespace["_directory"].cleanup()


# Pages that draw pictures with Chinese labels.
CHINESE_PAGES = ["README.zh.md", "docs/zh/*.md", "docs/gallery.md"]
ELSEWHERE = ["CHANGELOG.md", "tests/*", "src/*", "examples/*", ".venv*/*", "site/*"]


def _pages(patterns: list[str], excludes: list[str], fixtures: list[str]) -> Sybil:
    return Sybil(
        parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE)],
        patterns=patterns,
        excludes=excludes,
        fixtures=fixtures,
        setup=_enter,
        teardown=_leave,
    )


pytest_collect_file = (
    _pages(["*.md"], [*ELSEWHERE, *CHINESE_PAGES], [])
    + _pages(CHINESE_PAGES, ELSEWHERE, ["chinese_font"])
).pytest()


# ------------------------------------------------------------------ fonts


@contextmanager
def _fonts(*added: Any) -> Iterator[None]:
    """Let matplotlib find its own fonts and those given, and none of the machine."""
    import matplotlib as mpl
    from matplotlib import font_manager

    from innovation_plans.plots import canvas, fonts

    manager = font_manager.fontManager
    own = [entry for entry in manager.ttflist if entry.fname.startswith(mpl.get_data_path())]

    def forget() -> None:
        manager._findfont_cached.cache_clear()  # as addfont() does
        canvas.width_in.cache_clear()
        fonts._add_new_fonts.cache_clear()
        fonts._warn.cache_clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manager, "ttflist", [*own, *added])
        patch.setattr(font_manager, "findSystemFonts", lambda *_, **__: [])
        forget()
        yield
    forget()


@pytest.fixture
def chinese_font() -> Iterator[None]:
    """Draw Chinese with the font of the tests, named Noto Sans CJK SC."""
    from matplotlib import font_manager

    entry = font_manager.ttfFontProperty(font_manager.get_font(str(TEST_FONT)))
    with _fonts(replace(entry, name="Noto Sans CJK SC")):
        yield


@pytest.fixture
def no_chinese_font() -> Iterator[None]:
    """Draw as on a machine that has only the fonts of matplotlib."""
    with _fonts():
        yield
