"""The fonts of a picture, and the characters of a text that they have.

Chinese is drawn in a Chinese font. If none is installed, the picture is in English, and a warning
says so. A character that no font has is drawn as a question mark, not as a box.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from ..errors import InnovationPlansWarning, MissingExtraError, warn
from ..text.messages import Language, language, say
from ..text.tables import cut

LATIN = "DejaVu Sans"  # comes with matplotlib
# Families with simplified Chinese, in the order of preference.
CHINESE = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Hiragino Sans GB", "Microsoft YaHei", "Microsoft YaHei UI", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "SimHei", "Heiti SC", "STHeiti", "Noto Sans CJK JP", "Noto Sans CJK TC",
    "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "Songti SC", "Arial Unicode MS",
)  # fmt: skip
_INSTALL = (
    "install one, such as Noto Sans CJK SC (Debian, Ubuntu: apt install fonts-noto-cjk; Fedora: "
    "dnf install google-noto-sans-cjk-fonts; else https://github.com/notofonts/noto-cjk), "
    "then run the program again"
)
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


class MissingFontWarning(InnovationPlansWarning):
    """No installed font has the characters that a picture contains."""


def needed() -> None:
    """Raise an error if matplotlib is not installed.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        import matplotlib as mpl  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(extra="plot", needs="matplotlib") from error


def installed() -> frozenset[str]:
    """Return the Chinese families that matplotlib lists and whose files exist."""
    from matplotlib import font_manager

    return frozenset(
        entry.name
        for entry in font_manager.fontManager.ttflist
        if entry.name in CHINESE and Path(entry.fname).is_file()
    )


def chinese_family() -> str | None:
    """Return the preferred Chinese family, or None if no font file has one."""
    families = installed()
    if not families:
        _add_new_fonts()
        families = installed()
    return min(families, key=CHINESE.index, default=None)


@cache
def _add_new_fonts() -> None:
    """Add the Chinese fonts whose files matplotlib does not list, once per process.

    matplotlib keeps its list of fonts in a cache file. A font installed after that file was written
    is missing from the list. This function reads only the font files that the list lacks. It adds
    their Chinese families to the list in memory, as matplotlib does when it makes a new list, and
    leaves the cache file alone. `FontProperties(fname=...)` would not change the list, but it
    has no second font for the characters that the first one lacks, and ticks take families only.
    """
    from matplotlib import font_manager

    manager = font_manager.fontManager
    listed = {entry.fname for entry in manager.ttflist}
    for path in sorted(set(font_manager.findSystemFonts()) - listed):
        count = len(manager.ttflist)
        with suppress(Exception):  # of a damaged file, which matplotlib skips as well
            manager.addfont(path)
        manager.ttflist[count:] = [
            entry for entry in manager.ttflist[count:] if entry.name in CHINESE
        ]


class Lettering:
    """The fonts of one picture, and its language: English if Chinese cannot be drawn."""

    def __init__(self, lang: Language) -> None:
        self.lang: Language = language(lang)
        needed()
        if self._writes_chinese and self.chinese is None:
            self.lang = "en"
            _warn("no font with Chinese characters is installed; the picture is in English")

    @cached_property
    def chinese(self) -> str | None:
        """The Chinese font of the picture; None if there is none."""
        return chinese_family()

    @property
    def _writes_chinese(self) -> bool:
        """Whether the language is written in Chinese characters, as its own name is."""
        return _HAN.search(say("language.name", self.lang)) is not None

    @property
    def families(self) -> list[str]:
        """The fonts; a character is drawn in the first that has it."""
        if self._writes_chinese and self.chinese:
            return [self.chinese, LATIN]
        return [LATIN]

    def of(self, text: str) -> list[str]:
        """Return the fonts of a text: with a Chinese one only if it has Chinese characters."""
        if not self._writes_chinese and _HAN.search(text) and self.chinese:
            return [LATIN, self.chinese]
        return self.families

    def clean(self, text: str, most: int = 200) -> str:
        """Return a text in one line, shortened to a width, without characters that no font has.

        It is not read as markup: neither ``$x^2$`` nor ``<b>``.
        """
        line = "".join(_visible(character) for character in str(text)[: 4 * most])
        line = cut(" ".join(line.split()), most)
        return line if line.isascii() else self._covered(line)

    def _covered(self, line: str) -> str:
        """Return a line with a question mark in place of each character that no font has."""
        fonts = [_font(name) for name in self.of(line)]
        missing = {
            character
            for character in line
            if not any(font.get_char_index(ord(character)) for font in fonts)
        }
        if missing:
            codes = " ".join(f"U+{ord(character):04X}" for character in sorted(missing)[:5])
            _warn(f"no installed font has {codes}, shown as ?")
        return "".join("?" if character in missing else character for character in line)


def is_chinese(text: str) -> bool:
    """Return whether all characters of a text are Chinese.

    Examples
    --------
    >>> is_chinese("广东"), is_chinese("广东 2025"), is_chinese("")
    (True, False, False)
    """
    return bool(text) and all(_HAN.match(character) for character in text)


def _font(family: str) -> Any:
    from matplotlib import font_manager

    path = font_manager.fontManager.findfont(font_manager.FontProperties(family=[family]))
    return font_manager.get_font(path)


def _visible(character: str) -> str:
    """Return a blank for a line break or space, and nothing for an invisible character."""
    kind = unicodedata.category(character)
    if kind in {"Cc", "Zl", "Zp", "Zs"}:
        return " "
    return "" if kind in {"Cf", "Cs", "Co", "Cn"} else character


@cache  # matplotlib makes Python forget the warnings that it has shown
def _warn(problem: str) -> None:
    """Issue a warning once per process."""
    warn(f"{problem}; {_INSTALL}", MissingFontWarning)
