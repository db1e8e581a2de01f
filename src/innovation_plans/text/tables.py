"""Tables as text, Markdown and HTML.

Text is aligned by its width on a terminal: a Chinese character is two columns wide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, NamedTuple, get_args

from ..errors import one_of, whole

__all__ = [
    "HTML_ROWS",
    "PREVIEW_ROWS",
    "Sheet",
    "Style",
    "aligned",
    "display_width",
    "facts_html",
    "html",
    "latex",
    "markdown",
]

Style = Literal["table", "markdown", "latex"]
# The rows that a notebook shows.
HTML_ROWS = 20
# The rows that a console shows, and the columns of a terminal that a cell and a line take at most.
PREVIEW_ROWS = 10
_PREVIEW_WIDTH = 36
_PREVIEW_LINE = 200
_LEAST_WIDTH = 8  # of a column that is cut to fit a terminal
_LATEX = {mark: "\\" + mark for mark in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "≈": r"$\approx$",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
}
_GAP = "  "


class Sheet(NamedTuple):
    """A table of text: heads, rows, and the columns that are aligned right."""

    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    right: tuple[int, ...] = ()

    def text(self, style: Style = "table", *, width: int | None = None) -> str:
        """Return the table in a style.

        Parameters
        ----------
        style
            ``"table"`` for a terminal, ``"markdown"``, or ``"latex"`` for a ``tabular``.
        width
            The columns of the terminal: long cells are cut until a line fits.

        Raises
        ------
        MissingError
            If there is no such style.
        """
        one_of("style", style, get_args(Style))
        if style == "table":
            rows = [list(self.header), *map(list, self.rows)]
            fitted = rows if width is None else _fitted(rows, whole("width", width))
            return aligned(fitted[0], fitted[1:], right=self.right)
        draw = markdown if style == "markdown" else latex
        return draw(self.header, self.rows, right=self.right)

    def preview(self, last: str) -> str:
        """Return the first rows and columns, and a last line: what a console shows."""
        rows = [[_cut(cell) for cell in row] for row in (self.header, *self.rows[:PREVIEW_ROWS])]
        widths = [max(display_width(row[at]) for row in rows) for at in range(len(self.header))]
        kept = sum(total <= _PREVIEW_LINE for total in accumulate(width + 2 for width in widths))
        if kept < len(widths):
            rows = [[*row[:kept], "…"] for row in rows]
        more = ["…"] if len(self.rows) > PREVIEW_ROWS else []
        table = aligned(rows[0], rows[1:], right=self.right)
        return "\n".join([table, *more, last]).lstrip("\n")

    def html(self, caption: str = "", *, total: int | None = None) -> str:
        """Return the first rows as HTML without styles or scripts from elsewhere.

        Parameters
        ----------
        caption
            The text above the table.
        total
            The number of all rows, if `rows` are only the first of them.
        """
        return html(self.header, self.rows, right=self.right, caption=caption, total=total)


def display_width(text: str) -> int:
    """Return how many columns `text` takes on a terminal.

    Examples
    --------
    >>> display_width("R&D"), display_width("广东")
    (3, 4)
    """
    return sum(_columns(character) for character in text)


def aligned(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()
) -> str:
    """Return the table in columns with two blanks between; those in `right` are aligned right.

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
    r"""Return the table in Markdown, with markup in cells escaped.

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


def latex(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()
) -> str:
    r"""Return the table as a ``tabular`` of LaTeX, with its characters escaped.

    Examples
    --------
    >>> print(latex(["region", "share"], [["R&D", "3.5%"]], right=[1]))
    \begin{tabular}{lr}
    \hline
    region & share \\
    \hline
    R\&D & 3.5\% \\
    \hline
    \end{tabular}
    """
    columns = "".join("r" if column in right else "l" for column in range(len(header)))
    head, *lines = (" & ".join(map(_in_latex, row)) + r" \\" for row in (header, *rows))
    parts = [rf"\begin{{tabular}}{{{columns}}}", r"\hline", head, r"\hline", *lines]
    return "\n".join([*parts, r"\hline", r"\end{tabular}"])


def html(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[int] = (),
    caption: str = "",
    total: int | None = None,
) -> str:
    """Return the first twenty rows as an HTML table; a last line counts the other rows.

    It runs and fetches nothing: every cell is escaped. It sets no colours, so that it can be read
    on white and on black. Without a header, the first cell of each row is its head.

    Examples
    --------
    >>> page = html(["region", "value"], [["<b>广东</b>", "3.5"]], right=[1], caption="R&D")
    >>> "<caption" in page, "&lt;b&gt;广东&lt;/b&gt;" in page, "<b>" in page
    (True, True, False)
    """
    shown = rows[:HTML_ROWS]
    more = (len(rows) if total is None else total) - len(shown)
    width = len(header) or max((len(row) for row in shown), default=1)
    parts = ['<table style="border-collapse:collapse">']
    if caption:
        parts.append(f'<caption style="text-align:left">{_html_text(caption)}</caption>')
    if header:
        heads = (_html_cell(cell, "col", at in right) for at, cell in enumerate(header))
        parts.append(f"<thead><tr>{''.join(heads)}</tr></thead>")
    parts.append("<tbody>")
    for row in shown:
        cells = (
            _html_cell(cell, "" if header or at else "row", at in right)
            for at, cell in enumerate(row)
        )
        parts.append(f"<tr>{''.join(cells)}</tr>")
    if more > 0:
        last = _html_text(f"… and {more} more")
        parts.append(f'<tr><td colspan="{width}" style="text-align:left"><em>{last}</em></td></tr>')
    return "\n".join([*parts, "</tbody>", "</table>"])


def facts_html(caption: str, facts: Sequence[tuple[str, str]]) -> str:
    """Return facts as an HTML table with a row for each that is not empty.

    Examples
    --------
    >>> facts_html("Guangdong", [("verdict", "met"), ("reason", "")]).count("<tr>")
    1
    """
    rows = [fact for fact in facts if fact[1]]
    return html((), rows[:HTML_ROWS], caption=caption, total=len(rows))


def _html_cell(cell: str, scope: str, to_the_right: bool) -> str:
    side = "right" if to_the_right else "left"
    rule = "border-bottom:1px solid #8888;" if scope == "col" else ""
    style = f'style="{rule}padding:2px 8px;vertical-align:top;text-align:{side}"'
    text = _html_text(cell)
    return f'<th scope="{scope}" {style}>{text}</th>' if scope else f"<td {style}>{text}</td>"


def _html_text(cell: str) -> str:
    text = _shown(cell).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#x27;")


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _cut(cell: str, most: int = _PREVIEW_WIDTH) -> str:
    """Return a cell that takes few columns; a mark stands for the rest."""
    if display_width(cell) <= most:
        return cell
    short = cell[:most]
    while display_width(short) > most - 1:
        short = short[:-1]
    return short.rstrip() + "…"


def _fitted(rows: list[list[str]], width: int) -> list[list[str]]:
    """Return rows whose longest cells are cut, so that a line has at most `width` columns."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    while excess > 0 and max(widths, default=0) > _LEAST_WIDTH:
        widths[widths.index(max(widths))] -= 1
        excess -= 1
    return [[_cut(cell, most) for cell, most in zip(row, widths, strict=True)] for row in rows]


def _in_latex(cell: str) -> str:
    return "".join(_LATEX.get(character, character) for character in _shown(cell))


def _padded(cell: str, width: int, *, to_the_right: bool) -> str:
    blanks = " " * (width - display_width(cell))
    return blanks + cell if to_the_right else cell + blanks


def _shown(cell: str) -> str:
    """Return the cell as one line, without characters that control the terminal."""
    return "".join(each if each.isprintable() else _stand_in(each) for each in cell)


def _stand_in(character: str) -> str:
    """Return blanks of the same width for a blank, and a mark for other invisible characters."""
    if unicodedata.category(character) != "Zs":
        return "�"
    return " " * _columns(character)


def _escaped(cell: str) -> str:
    text = _shown(cell)
    for mark in "\\|`*[]":
        text = text.replace(mark, f"\\{mark}")
    text = re.sub("&(?=#?[A-Za-z0-9]{1,20};)", "&amp;", text)  # an entity, not R&D
    return text.replace("<", "&lt;").replace(">", "&gt;")
