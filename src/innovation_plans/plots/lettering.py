"""Floor 9: in which fonts a picture is lettered, and what of a text can be shown in them.

Never a box for a character that no font has: Chinese is drawn in a Chinese font, and where none is
installed, the picture is in English and says so. Read next: ``picture.py``.
"""

from __future__ import annotations

import re
import sys
import unicodedata
import warnings
from functools import cached_property
from pathlib import Path
from typing import Any

from ..errors import InnovationPlansWarning, MissingError, MissingExtraError
from ..labels import Language
from ..layout import display_width

__all__ = ["CHINESE", "Lettering", "MissingFontWarning", "is_chinese", "needed"]

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
    "dnf install google-noto-sans-cjk-fonts; else https://github.com/notofonts/noto-cjk)"
)
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_PACKAGE = str(Path(__file__).resolve().parent.parent)


class MissingFontWarning(InnovationPlansWarning):
    """No installed font has the characters that a picture was to show."""


def needed() -> None:
    """Make sure that matplotlib is there.

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
    """The families of fonts that matplotlib knows of."""
    from matplotlib import font_manager

    return frozenset(entry.name for entry in font_manager.fontManager.ttflist)


class Lettering:
    """The fonts of one picture, and its language: English where Chinese cannot be shown."""

    def __init__(self, lang: Language) -> None:
        if lang not in {"en", "zh"}:
            raise MissingError(asked=f"language {str(lang)[:20]!r}", nearest=("en", "zh"))
        needed()
        self.lang: Language = lang
        self._warned = False
        if lang == "zh" and self.chinese is None:
            self.lang = "en"
            self._warn("no font with Chinese characters is installed; the picture is in English")

    @cached_property
    def chinese(self) -> str | None:
        """The Chinese font to use; None if there is none."""
        have = installed()
        return next((name for name in CHINESE if name in have), None)

    @property
    def families(self) -> list[str]:
        """The fonts, the first that has a character gives it."""
        if self.lang == "zh" and self.chinese:
            return [self.chinese, LATIN]
        return [LATIN]

    def of(self, text: str) -> list[str]:
        """The fonts that a text needs: a Chinese one only where it has such characters."""
        if self.lang == "en" and _HAN.search(text) and self.chinese:
            return [LATIN, self.chinese]
        return self.families

    def clean(self, text: str, most: int = 200) -> str:
        """A text in one line, cut to a width, without what no font can show.

        Nothing in it is read as markup: not ``$x^2$``, not ``<b>``.
        """
        line = "".join(_seen(each) for each in str(text)[: 4 * most])
        line = " ".join(line.split())
        if display_width(line) > most:
            line = _cut(line, most - 1) + "…"
        return self._covered(line)

    def _covered(self, line: str) -> str:
        if line.isascii():
            return line
        fonts = [_font(name) for name in self.of(line)]
        missing = {each for each in line if not any(_has(font, each) for font in fonts)}
        if not missing:
            return line
        shown = " ".join(f"U+{ord(each):04X}" for each in sorted(missing)[:5])
        self._warn(f"no installed font has {shown}, shown as ?")
        return "".join("?" if each in missing else each for each in line)

    def _warn(self, problem: str) -> None:
        if not self._warned:
            self._warned = True
            warnings.warn(f"{problem}; {_INSTALL}", MissingFontWarning, stacklevel=_outside())


def is_chinese(text: str) -> bool:
    """Whether every character is a Chinese one.

    Examples
    --------
    >>> is_chinese("广东"), is_chinese("广东 2025"), is_chinese("")
    (True, False, False)
    """
    return bool(text) and all(_HAN.match(each) for each in text)


def _font(family: str) -> Any:
    from matplotlib import font_manager

    path = font_manager.fontManager.findfont(font_manager.FontProperties(family=[family]))
    return font_manager.get_font(path)


def _has(font: Any, character: str) -> bool:
    return bool(font.get_char_index(ord(character)))


def _seen(character: str) -> str:
    """A blank for what breaks a line, nothing for what is not to be seen."""
    kind = unicodedata.category(character)
    if kind in {"Cc", "Zl", "Zp", "Zs"}:
        return " "
    return "" if kind in {"Cf", "Cs", "Co", "Cn"} else character


def _cut(line: str, most: int) -> str:
    width = 0
    for at, each in enumerate(line):
        width += display_width(each)
        if width > most:
            return line[:at].rstrip()
    return line


def _outside() -> int:
    """How many callers up the code lies that asked for the picture."""
    level, frame = 1, sys._getframe(1)  # noqa: SLF001 - the only way before Python 3.12
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame, level = frame.f_back, level + 1
    return level
