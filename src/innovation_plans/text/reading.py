"""The public readers of text: one figure, or every figure of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..codelists import Form
from ..errors import FigureError
from ..units.decimals import EXACT
from ..units.table import bundled_units
from .figure import Figure, Reading
from .parser import FoundFigure, Grammar
from .scanner import scan
from .settle import Hints
from .spelling import spelled

__all__ = ["find_figures", "read_figure"]

MOST_CHARACTERS = 500
MOST_OF_A_PASSAGE = 1_000_000

# No figure extends across these, so a long passage is read in small pieces.
_PIECE = re.compile(r"(?:[^。；！？\n]|\n(?![ \t]*\n))+")


def read_figure(
    text: str, unit: str | None = None, strict: bool = True, form: Form | str | None = None
) -> Figure:
    """Return the only figure that `text` states.

    Parameters
    ----------
    text : str
        At most 500 characters, Chinese or English.
    unit : str, optional
        The unit of the indicator, of ``units.txt``. A bare number has it; a counting word (家, 个,
        名) or a numerator (12件, for 12 per 10,000 people) is read as it where it may be; a unit
        of the same dimension is converted, exactly. A text that states another dimension keeps
        its own unit: see `Figure.unit`.
    strict : bool, default True
        Whether the whole text must be a figure expression. Otherwise there may be other words, but
        no second figure.
    form : Form, optional
        The form if the words do not state it, as in ``10%以上``. With ``"multiple"``, growth without
        年均 is over the whole span: 增长58.1% is a multiple of 1.581.

    Raises
    ------
    FigureError
        If the text is no figure expression; names the position and what was expected.

    Examples
    --------
    >>> read_figure("年均增长10%以上")
    Figure(form=<Form.AVERAGE_GROWTH: 'average_growth'>, comparator=<Comparator.AT_LEAST:
           'at_least'>, value=Decimal('10'), value_high=None, unit='percent_per_year')
    >>> figure = read_figure("exceeded 1 billion yuan", unit="CNY_100M")
    >>> print(figure.comparator, figure.value, figure.unit)
    above 10 CNY_100M
    >>> read_figure("3.2 percent @ 2025")
    Traceback (most recent call last):
    ...
    innovation_plans.errors.FigureError: cannot read '3.2 percent @ 2025' at position 12: expected a
    word of a figure expression
    """
    clean, positions = spelled(text, MOST_CHARACTERS)
    hints = (None if unit is None else _unit(unit), None if form is None else _form(form))
    grammar = Grammar(clean, scan(clean), hints)
    figures = grammar.figures()
    if len(figures) == 1 and grammar.error is None and (not strict or grammar.is_used_up):
        figure = figures[0][0]
        return figure if form is None else _over_the_span(figure, hints)
    position, expected = _problem(figures, grammar, strict)
    if positions:
        position = positions[position] if position < len(positions) else len(text)
    raise FigureError(text=text, position=position, expected=expected)


def find_figures(
    text: str, unit: str | None = None, form: Form | str | None = None
) -> Iterator[Reading]:
    """Return every figure of a passage, in order, with its position.

    Numbers that are not figures are skipped: years, dates, numbered headings, bare numbers.

    Parameters
    ----------
    text : str
        At most 1,000,000 characters.
    unit, form : optional
        As for :func:`read_figure`, for a text in which all figures are of one indicator.

    Raises
    ------
    FigureError
        If the passage is too long or contains control characters.

    Examples
    --------
    >>> for reading in find_figures("到2025年,研发经费投入年均增长10%以上,高新技术企业超过2万家。"):
    ...     print(reading.start, reading.text, reading.figure.value, reading.figure.unit)
    13 年均增长10%以上 10 percent_per_year
    29 超过2万家 20000 enterprise
    """
    spelled(text, MOST_OF_A_PASSAGE)
    hints = (None if unit is None else _unit(unit), None if form is None else _form(form))
    return _readings(text, hints)


def _readings(text: str, hints: Hints) -> Iterator[Reading]:
    for piece in _PIECE.finditer(text):
        offset = piece.start()
        clean, positions = spelled(piece[0], MOST_OF_A_PASSAGE)
        for figure, first, last, marked in Grammar(clean, scan(clean), hints).figures():
            if marked:
                start, end = offset + first, offset + last
                if positions:
                    start, end = offset + positions[first], offset + positions[last - 1] + 1
                yield Reading(_over_the_span(figure, hints), start, end, text[start:end])


def _over_the_span(figure: Figure, hints: Hints) -> Figure:
    """Return growth of 58% as a multiple of 1.58, if the caller's form is multiple."""
    if hints[1] is not Form.MULTIPLE or figure.form is not Form.ANNUAL_GROWTH:
        return figure
    high = None if figure.value_high is None else _end_over_start(figure.value_high)
    return Figure(Form.MULTIPLE, figure.comparator, _end_over_start(figure.value), high, "multiple")


def _end_over_start(percent: Decimal) -> Decimal:
    return EXACT.add(1, EXACT.divide(percent, 100))


def _unit(unit: str) -> str:
    return bundled_units().unit(unit).name


def _form(form: Form | str) -> Form:
    try:
        return Form(form)
    except ValueError:
        raise FigureError(text=form, position=0, expected=f"a form: {', '.join(Form)}") from None


def _problem(figures: list[FoundFigure], grammar: Grammar, strict: bool) -> tuple[int, str]:
    """Return where and why this is not one figure."""
    if grammar.error:
        return grammar.error
    if grammar.problem and (strict or not figures):
        return grammar.problem
    if len(figures) > 1:
        return figures[1][1], "one figure"
    return max(
        grammar.start, grammar.open, grammar.place, 0
    ), "a figure" if not figures else "a number after this"
