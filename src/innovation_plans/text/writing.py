"""A figure written as an expression that reads back as the same figure. The top room."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import NamedTuple

from ..codelists import Comparator, Form
from ..errors import FigureError
from ..units.decimals import plain
from .figure import MOST_PLACES, Figure
from .reading import read_figure
from .settle import RATIOS

__all__ = ["format_figure"]


class _Language(NamedTuple):
    forms: dict[Form, str]
    falls: dict[Form, str]
    before: dict[Comparator, str]
    behind: dict[Comparator, str]
    units: dict[str, str]
    pers: dict[str, str]
    span: tuple[str, str, str]
    rank: tuple[str, str, str]  # before, before the first so many, behind
    points: tuple[str, str]  # up, down
    gap: str
    comma: str


_GROWTH = frozenset({Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH})
_SIGNS = {Comparator.AT_LEAST: "≥", Comparator.ABOVE: ">", Comparator.BELOW: "<"}

_ZH = _Language(
    forms={
        Form.ANNUAL_GROWTH: "增长",
        Form.AVERAGE_GROWTH: "年均增长",
        Form.CUMULATIVE: "累计",
        Form.INCREMENT: "新增",
    },
    falls={Form.ANNUAL_GROWTH: "下降", Form.AVERAGE_GROWTH: "年均下降"},
    before={Comparator.ABOVE: "超过", Comparator.AT_MOST: "不超过", Comparator.BELOW: "低于"},
    behind={Comparator.AT_LEAST: "以上", Comparator.ABOUT: "左右"},
    units={
        "percent": "%",
        "percent_per_year": "%",
        "percentage_point": "个百分点",
        "multiple": "倍",
        "rank": "位",
        "CNY": "元",
        "CNY_10K": "万元",
        "CNY_100M": "亿元",
        "CNY_1T": "万亿元",
        "USD": "美元",
        "person": "人",
        "person_year": "人年",
        "inhabitant": "常住人口",
        "inhabitant_10K": "万常住人口",
        "employed_person": "名就业人员",
        "employed_person_10K": "万名就业人员",
        "patent": "件",
        "enterprise": "家",
        "legal_entity": "家法人单位",
        "item": "个",
        "calendar_day": "天",
    },
    pers={
        "inhabitant_10K": "/万人",
        "employed_person_10K": "/万名就业人员",
        "10000 * legal_entity": "/万家法人单位",
        "calendar_day": "/天",
        "employed_person": "/名就业人员",
        "USD": "/美元",
    },
    span=("", "—", ""),
    rank=("第", "前", "位"),
    points=("提高", "下降"),
    gap="",
    comma="",
)
_EN = _Language(
    forms={
        Form.ANNUAL_GROWTH: "growth of ",
        Form.AVERAGE_GROWTH: "average annual growth of ",
        Form.CUMULATIVE: "cumulative ",
        Form.INCREMENT: "add ",
    },
    falls={
        Form.ANNUAL_GROWTH: "decline of ",
        Form.AVERAGE_GROWTH: "average annual decline of ",
    },
    before={
        Comparator.AT_LEAST: "at least ",
        Comparator.ABOVE: "more than ",
        Comparator.ABOUT: "about ",
        Comparator.AT_MOST: "no more than ",
        Comparator.BELOW: "below ",
    },
    behind={},
    units={
        "percent": "%",
        "percent_per_year": "%",
        "percentage_point": " percentage points",
        "multiple": " times",
        "rank": " places",
        "CNY": " yuan",
        "CNY_10K": " ten thousand yuan",
        "CNY_100M": " hundred million yuan",
        "CNY_1B": " billion yuan",
        "CNY_1T": " trillion yuan",
        "USD": " dollars",
        "person": " people",
        "person_year": " person-years",
        "inhabitant": " residents",
        "inhabitant_10K": " ten thousand residents",
        "employed_person": " employed persons",
        "employed_person_10K": " ten thousand employed persons",
        "patent": " patents",
        "enterprise": " enterprises",
        "legal_entity": " legal entities",
        "item": " items",
    },
    pers={
        "inhabitant_10K": " per 10,000 people",
        "employed_person_10K": " per 10,000 employees",
        "10000 * legal_entity": " per 10,000 legal entities",
        "calendar_day": " per day",
        "employed_person": " per employed person",
        "USD": " per us dollar",
    },
    span=("between ", " and ", ""),
    rank=("no. ", "top ", ""),
    points=("up ", "down "),
    gap=" ",
    comma=",",
)
_LANGUAGES = {"zh": _ZH, "en": _EN}


def format_figure(figure: Figure, lang: str = "zh") -> str:
    """The figure as a Chinese or English expression that :func:`read_figure` reads back.

    Parameters
    ----------
    figure : Figure
        As read, or made.
    lang : {"zh", "en"}
        The language.

    Raises
    ------
    FigureError
        If no expression says exactly this: growth in a unit other than ``percent_per_year``, a
        rank in yuan, more than 30 digits. Or if there is no such language.

    Examples
    --------
    >>> figure = read_figure("average annual growth of at least 10%")
    >>> format_figure(figure), format_figure(figure, "en")
    ('年均增长10%以上', 'average annual growth of at least 10%')
    >>> format_figure(read_figure("居全国第1位")), format_figure(read_figure("前3位"), "en")
    ('第1位', 'top 3')
    """
    words = _LANGUAGES.get(lang)
    if words is None:
        raise FigureError(text=lang, position=0, expected="zh or en")
    for value in (figure.value, figure.value_high):
        if value is not None and not (value.is_finite() and abs(value.adjusted()) <= MOST_PLACES):
            raise FigureError(
                text=f"{value:.9g}",
                position=0,
                expected=f"a number of at most {MOST_PLACES} digits",
            )
    text = _rank(figure, words) if figure.form is Form.RANK else _amount(figure, words)
    with suppress(FigureError):
        if read_figure(text) == figure:
            return text
    raise FigureError(text=text, position=0, expected="a figure that reads back as it was")


def _amount(figure: Figure, words: _Language) -> str:
    low, high, bound, falls = _upright(figure)
    unit = _unit(figure.unit, words)
    if figure.unit in ("percentage_point", "rank"):
        form = words.points[falls] if figure.unit == "percentage_point" else _moved(words, falls)
    else:
        form = (words.falls if falls else words.forms).get(figure.form, "")
    if high is not None:
        first, middle, last = words.span
        number = f"{first}{_number(low, words)}{unit}{middle}{_number(high, words)}{unit}{last}"
        return form + number
    return f"{form}{words.before.get(bound, '')}{_number(low, words)}{unit}" + words.behind.get(
        bound, ""
    )


def _upright(figure: Figure) -> tuple[Decimal, Decimal | None, Comparator, bool]:
    """Values above zero with the comparator that goes with them, and whether they fall."""
    low, high = figure.value, figure.value_high
    change = figure.form in _GROWTH or figure.form is Form.INCREMENT
    if not change or low >= 0 or (high is not None and high > 0):
        return low, high, figure.comparator, False
    bound = figure.comparator.mirrored()
    if high is None:
        return low.copy_negate(), None, bound, True
    return high.copy_negate(), low.copy_negate(), bound, True


def _moved(words: _Language, falls: bool) -> str:
    """Up and down a ranking."""
    return words.points[falls] if words.gap else "下降" if falls else "上升"


def _rank(figure: Figure, words: _Language) -> str:
    nth, first, behind = words.rank
    value, bound = plain(figure.value), figure.comparator
    if bound is Comparator.AT_MOST:
        return f"{first}{value}{behind}"
    if figure.value_high is not None:
        return f"{nth}{value}-{plain(figure.value_high)}{behind}"
    before = _SIGNS.get(bound) or words.before.get(bound, "")
    return f"{before}{nth}{value}{behind}{words.behind.get(bound, '') if before == '' else ''}"


def _unit(unit: str | None, words: _Language) -> str:
    """The printed unit: by a word, as numerator and denominator, or by its token."""
    if unit is None:
        return ""
    above, _, below = unit.partition(" / ")
    parts = RATIOS.get(unit, (above, below.replace("10000 / ", "10000 * ")))
    if parts[0] in words.units and parts[1] in words.pers:
        return words.units[parts[0]] + words.pers[parts[1]]
    return words.units.get(unit, f" {unit}")


def _number(value: Decimal, words: _Language) -> str:
    return f"{Decimal(plain(value)):{words.comma}f}"
