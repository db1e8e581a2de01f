"""A figure written as an expression that reads back as the same figure."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal

from ..codelists import GROWTH, Comparator, Direction, Form
from ..errors import FigureError, expect
from ..units.decimals import plain
from ..units.table import OwnUnit
from ..units.words import unit_words
from .figure import MOST_PLACES, Figure
from .labels import decrease, own_unit, sign, spaced
from .messages import Language, column, language, say
from .reading import read_figure
from .settle import ratios

_SIZE = re.compile("^(10+) / ")  # of a denominator
_MOVES = {"percentage_point": "points", "rank": "places"}


def format_figure(figure: Figure, lang: str = "en") -> str:
    """Return the figure as an expression that :func:`read_figure` reads back.

    Parameters
    ----------
    figure : Figure
        As read, or made.
    lang : {"en", "zh"}
        The language of the expression.

    Raises
    ------
    FigureError
        If no expression says exactly this: growth in a unit other than ``percent_per_year``, a
        rank in yuan, more than 30 digits.
    MissingError
        If there are no messages in the language.

    Examples
    --------
    >>> figure = read_figure("average annual growth of at least 10%")
    >>> format_figure(figure), format_figure(figure, "zh")
    ('average annual growth of at least 10%', '年均增长10%以上')
    >>> format_figure(read_figure("前3位")), format_figure(read_figure("居全国第1位"), "zh")
    ('top 3', '第1位')
    """
    spoken = language(lang)
    expect(
        "figure", figure, "converted", "a figure", hint="the words of a record are record.text()"
    )
    for value in (figure.value, figure.value_high):
        if value is not None and not (value.is_finite() and abs(value.adjusted()) <= MOST_PLACES):
            raise FigureError(
                text=f"{value:.9g}",
                position=0,
                expected=f"a number of at most {MOST_PLACES} digits",
            )
    text = _rank(figure, spoken) if figure.form is Form.RANK else _amount(figure, spoken)
    own = figure.unit if isinstance(figure.unit, OwnUnit) else None
    with suppress(FigureError):
        if read_figure(text, unit=own) == figure:
            return text
    raise FigureError(text=text, position=0, expected="a figure that reads back as it was")


def _amount(figure: Figure, lang: Language) -> str:
    low, high, comparator, falls = _upright(figure)
    text = spaced(_number(low, lang), _unit(figure.unit, lang))
    bound = "change_bound" if figure.form in GROWTH and figure.unit not in _MOVES else "bound"
    if high is not None:
        top = spaced(_number(high, lang), _unit(figure.unit, lang))
        text = say("expression.range", lang, low=text, high=top)
    elif low < 0 and figure.form is Form.LEVEL:
        text = say("expression.minus", lang, figure=text[1:])  # -5% is a fall
    if high is None or bound == "change_bound":
        text = _bounded(text, comparator, lang, bound)
    return say(f"expression.{_form(figure, falls=falls)}", lang, figure=text)


def _form(figure: Figure, *, falls: bool) -> str:
    if figure.unit in _MOVES:
        return _MOVES[figure.unit] + ("_down" if falls else "_up")
    return f"{figure.form}_fall" if falls else str(figure.form)


def _upright(figure: Figure) -> tuple[Decimal, Decimal | None, Comparator, bool]:
    """Return positive values with their comparator, and True if they state a decrease."""
    low, high = figure.value, figure.value_high
    change = figure.form in GROWTH or figure.form is Form.INCREMENT
    if not change or low >= 0 or (high is not None and high > 0):
        return low, high, figure.comparator, False
    comparator, low, high = decrease(figure.comparator, low, high)
    return low, high, comparator, True


def _rank(figure: Figure, lang: Language) -> str:
    number, comparator = plain(figure.value), figure.comparator
    if comparator is Comparator.AT_MOST:
        return say("expression.top", lang, number=number)
    if figure.value_high is not None:
        return say("expression.nth_range", lang, low=number, high=plain(figure.value_high))
    rank = say("expression.nth", lang, number=number)
    if comparator.side is Direction.NONE:
        return _bounded(rank, comparator, lang)
    return sign(comparator) + rank


def _bounded(text: str, comparator: Comparator, lang: Language, bound: str = "bound") -> str:
    """Return a figure with its comparator; "reach" needs no word, except for growth *of* 10%."""
    if comparator is Comparator.REACH and bound == "bound":
        return text
    return say(f"{bound}.{comparator}", lang, figure=text)


def _unit(unit: str | None, lang: Language) -> str:
    """Return the printed unit: a word, numerator and denominator, or its token."""
    if unit is None:
        return ""
    above, _, below = unit.partition(" / ")
    above, below = ratios().get(unit, (above, _SIZE.sub(r"\1 * ", below)))
    denominators = unit_words().get(below, {}).get("per", {})
    per = denominators.get(column(denominators, lang))
    if per is None or above not in unit_words():
        return _word(unit, lang)
    return spaced(_word(above, lang), per)


def _word(unit: str, lang: Language) -> str:
    words = unit_words().get(unit)
    if words is None:
        return own_unit(unit, lang)
    lang = column(words, lang)
    return str(words.get("expression", {}).get(lang) or words.get(lang) or unit)


def _number(value: Decimal, lang: Language) -> str:
    return f"{Decimal(plain(value)):,f}".replace(",", say("expression.group", lang))
