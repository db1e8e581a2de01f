"""Text that a spreadsheet would run as a formula, made harmless and restored.

An apostrophe in front says "text" to a spreadsheet. It goes before a cell, or what stands behind
a semicolon, tab or line break in it, that begins (blanks and quotes aside) with one of
``= + - @`` or their full-width twins, or with a tab; a plain number stays as it is.
"""

from __future__ import annotations

import re

__all__ = ["neutral", "restored"]

# Where a spreadsheet that takes semicolons or tabs for separators would begin a cell of its own.
_START = r"(?:\A|(?<=[;\t\r\n]))"
_RUNS = "[\\s\"'’”`]*[=+\\-@＝＋－＠﹦﹢﹣﹫]"
_TAB = r"'*[\t\r]"  # some skip a tab or a return at the beginning
# Compiled by the first cell that needs them: most need none.
_RISKY = rf"{_START}(?={_RUNS})|\A(?={_TAB})"
_MARKED = rf"{_START}'(?={_RUNS})|\A'(?={_TAB})"
_NUMBER = r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?%?"
_SIGNS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫\t\r")


def neutral(text: str) -> str:
    """The text as a spreadsheet leaves it alone.

    Examples
    --------
    >>> neutral("=HYPERLINK(A1)"), neutral("-0.4"), neutral("at least 3 %"), neutral("'=1")
    ("'=HYPERLINK(A1)", '-0.4', 'at least 3 %', "''=1")
    """
    if _SIGNS.isdisjoint(text) or re.fullmatch(_NUMBER, text):
        return text
    return re.sub(_RISKY, "'", text)


def restored(text: str) -> str:
    """The text that :func:`neutral` made harmless.

    Examples
    --------
    >>> restored("'=HYPERLINK(A1)"), restored("'tis 3 %"), restored("''=1")
    ('=HYPERLINK(A1)', "'tis 3 %", "'=1")
    """
    return re.sub(_MARKED, "", text) if "'" in text else text
