"""Tables as text, Markdown and HTML.

Text is aligned by its width on a terminal: a Chinese character is two columns wide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, zip_longest
from typing import Literal, NamedTuple, get_args

from ..errors import ArgumentError, brief, one_of, whole

Style = Literal["table", "markdown", "latex"]
# The rows that a notebook shows.
HTML_ROWS = 20
# The rows that a console shows, and the columns of a terminal that a cell and a line take at most.
PREVIEW_ROWS = 10
_PREVIEW_WIDTH = 36
_PREVIEW_LINE = 200
# Columns of a terminal: a longer word is broken where there is no room; a column is not narrower.
_LONG_WORD = 16
_LEAST_WIDTH = 8
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
_SEPARATOR = " · "
_EMPTY = {"", "–"}
# Where a line may end: behind a wide character, a hyphen or the blanks behind a word, never between a
# mark of punctuation and what it belongs to.
_WIDE = "\u2e80-\u9fff\uff00-\uffef"
_WORD = re.compile(
    rf"[（“《]*(?:[{_WIDE}]|[^\s{_WIDE}]+?(?:(?<=[A-Za-z]-)(?=\w)|(?![^\s{_WIDE}])))[，。；：、）”》]*\s*|\s+"
)


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
            The columns of the terminal. Long cells are printed on several lines; where the longest
            words have no room side by side, each row is a paragraph.

        Raises
        ------
        MissingError
            If there is no such style.
        """
        one_of("style", style, get_args(Style))
        if style == "table":
            if width is None or not self.header:
                return aligned(self.header, self.rows, right=self.right)
            return self._fitted(_terminal_width(width))
        draw = markdown if style == "markdown" else latex
        return draw(self.header, self.rows, right=self.right)

    def _fitted(self, width: int) -> str:
        """Return the table with lines of at most `width` columns of a terminal."""
        columns = list(zip(self.header, *self.rows, strict=True))
        natural = [max(map(display_width, column)) for column in columns]
        least = [
            min(full, max(_LEAST_WIDTH, *map(_longest_word, column)))
            for column, full in zip(columns, natural, strict=True)
        ]
        if _line_width(least) > width:
            return self._paragraphs(natural[0], width)
        widths = natural
        if _line_width(natural) > width:  # heads are the first to stand on several lines
            bodies = [max(map(display_width, column[1:]), default=0) for column in columns]
            widths = _narrowed(list(map(max, least, bodies)), least, width)
        return aligned(self.header, self.rows, right=self.right, widths=widths)

    def _paragraphs(self, first: int, width: int) -> str:
        """Return the first cell of each row, and beside it the others, each after its head."""
        first = max(1, min(first, width // 3))
        rest = max(1, width - len(_GAP) - first)
        lines: list[str] = []
        for cell, *others in self.rows:
            pairs = zip(self.header[1:], map(_shown, others), strict=True)
            named = [f"{head} {text}" for head, text in pairs if text not in _EMPTY]
            texts = chain.from_iterable(_wrapped(line, rest) for line in _filled(named, rest))
            both = zip_longest(_wrapped(_shown(cell), first), texts, fillvalue="")
            lines += [_GAP.join([_padded(left, first), right]).rstrip() for left, right in both]
        return "\n".join(lines)

    def preview(self, last: str) -> str:
        """Return the first rows and columns, and a last line: what a console shows."""
        rows = [[cut(cell) for cell in row] for row in (self.header, *self.rows[:PREVIEW_ROWS])]
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


def _terminal_width(width: object) -> int:
    """Return the columns of a terminal."""
    columns = whole("width", width)
    if columns < 1:
        hint = "a terminal has one column or more"
        raise ArgumentError(parameter="width", value=brief(columns), hint=hint)
    return columns


def display_width(text: str) -> int:
    """Return how many columns `text` takes on a terminal.

    Examples
    --------
    >>> display_width("R&D"), display_width("广东")
    (3, 4)
    """
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def aligned(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[int] = (),
    widths: Sequence[int] = (),
) -> str:
    """Return the table in columns with two blanks between; those in `right` are aligned right.

    Cells that are longer than the `widths` of their columns are printed on several lines.

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
    if widths:
        head, *others = (list(_wrapped_row(row, widths)) for row in cells)
    else:
        widths = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
        head, *others = ([row] for row in cells)
    rule = ["-" * width for width in widths]
    lines = (
        _GAP.join(
            _padded(cell, width, to_the_right=column in right)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (*head, rule, *chain.from_iterable(others))
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
    head, *lines = (" & ".join(map(in_latex, row)) + r" \\" for row in (header, *rows))
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


def cut(cell: str, most: int = _PREVIEW_WIDTH) -> str:
    """Return a cell that takes few columns; a mark stands for the rest."""
    if display_width(cell) <= most:
        return cell
    short = cell[:most]
    while display_width(short) > most - 1:
        short = short[:-1]
    return short.rstrip() + "…"


def _line_width(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _narrowed(widths: Sequence[int], least: Sequence[int], most: int) -> list[int]:
    """Return widths with the widest ones reduced, down to `least`, until a line has `most` columns."""
    narrowed = list(widths)
    excess = _line_width(narrowed) - most
    reducible = [at for at, width in enumerate(narrowed) if width > least[at]]
    while excess > 0 and reducible:
        at = max(reducible, key=narrowed.__getitem__)
        narrowed[at] -= 1
        excess -= 1
        if narrowed[at] == least[at]:
            reducible.remove(at)
    return narrowed


def _longest_word(cell: str) -> int:
    return min(
        _LONG_WORD, max((display_width(word.rstrip()) for word in _WORD.findall(cell)), default=0)
    )


def _filled(texts: Sequence[str], width: int) -> list[str]:
    """Return lines with as many of the texts as have room in each."""
    lines: list[str] = []
    for text in texts:
        together = _SEPARATOR.join([*lines[-1:], text])
        if display_width(together) <= width:
            lines[-1:] = [together]
        else:
            lines.append(text)
    return lines


def indented(text: str, width: int) -> str:
    """Return a text as lines of at most `width` columns of a terminal; the further ones are indented."""
    first = _wrapped(text, width)[0]
    rest = text[len(first) :].lstrip()
    return "\n  ".join([first, *(_wrapped(rest, width - 2) if rest else ())])


def _wrapped_row(row: Sequence[str], widths: Sequence[int]) -> Iterator[list[str]]:
    """Yield the lines of a row whose cells are at most so wide."""
    cells = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
    return (list(line) for line in zip_longest(*cells, fillvalue=""))


def _wrapped(cell: str, width: int) -> list[str]:
    """Return the lines of a cell; a word that is wider than a line is broken."""
    if display_width(cell) <= width:
        return [cell]
    lines = [""]
    for word in _WORD.findall(cell):
        parts = [word] if display_width(word.rstrip()) <= width else word
        for part in parts:
            if display_width((lines[-1] + part).rstrip()) > width and lines[-1]:
                lines.append("")
            lines[-1] += part
    return [line.rstrip() for line in lines]


def in_latex(cell: str) -> str:
    """Return a text with the special characters of TeX escaped."""
    return "".join(_LATEX.get(character, character) for character in _shown(cell))


def _padded(cell: str, width: int, *, to_the_right: bool = False) -> str:
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
