"""Floor 1: tables of text, aligned by what is seen: a Chinese character is two columns wide.

Read next: ``unitfile.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["aligned", "display_width", "markdown"]

_GAP = "  "


def display_width(text: str) -> int:
    """The columns that `text` takes on a terminal.

    Examples
    --------
    >>> display_width("R&D"), display_width("广东")
    (3, 4)
    """
    return sum(_columns(character) for character in text)


def aligned(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()
) -> str:
    """The table in columns divided by two blanks; the columns in `right` are set to the right.

    Examples
    --------
    >>> print(aligned(["region", "value"], [["广东", "3.5"], ["Xining", "1"]], right=[1]))
    region  value
    ------  -----
    广东      3.5
    Xining      1
    """
    if not header:
        return ""
    cells = [[_shown(cell) for cell in row] for row in (header, *rows)]
    widths = [max(display_width(row[column]) for row in cells) for column in range(len(header))]
    rule = ["-" * width for width in widths]
    lines = (
        _GAP.join(
            _padded(cell, width, to_the_right=column in right)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (cells[0], rule, *cells[1:])
    )
    return "\n".join(lines)


def markdown(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()
) -> str:
    r"""The table in Markdown; what Markdown would read as markup is escaped.

    Examples
    --------
    >>> print(markdown(["region", "value"], [["广东|粤", "3.5"]], right=[1]))
    | region | value |
    | --- | ---: |
    | 广东\|粤 | 3.5 |
    """
    rule = ["---:" if column in right else "---" for column in range(len(header))]
    lines = [[_escaped(cell) for cell in header], rule, *([_escaped(c) for c in r] for r in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(cell: str, width: int, *, to_the_right: bool) -> str:
    blanks = " " * (width - display_width(cell))
    return blanks + cell if to_the_right else cell + blanks


def _shown(cell: str) -> str:
    """One line, and nothing that could drive the terminal."""
    return "".join(each if each.isprintable() else _stand_in(each) for each in cell)


def _stand_in(character: str) -> str:
    """Blanks as wide as the blank they stand for; a mark for all that is not to be seen."""
    if unicodedata.category(character) != "Zs":
        return "�"
    return " " * _columns(character)


def _escaped(cell: str) -> str:
    text = _shown(cell)
    for mark in "\\|`*[]":
        text = text.replace(mark, f"\\{mark}")
    text = re.sub("&(?=#?[A-Za-z0-9]{1,20};)", "&amp;", text)  # an entity, not R&D
    return text.replace("<", "&lt;").replace(">", "&gt;")
