"""Figures, units, names, periods and lists in words, in every language of the messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache
from typing import Any, Protocol

from ..codelists import GROWTH, Comparator, Direction, Form, Verdict
from ..errors import FigureError
from ..units.decimals import EXACT, fixed, plain, rounded
from ..units.interval import decimals_of
from ..units.table import OwnUnit, table_of
from ..units.words import unit_words
from .messages import (
    Language,
    Message,
    column,
    keys,
    language,
    languages,
    recognised,
    say,
    word,
)

# Printed before a verdict; pictures have the same marks.
_MARKS = {
    Verdict.MET: "●",
    Verdict.MISSED: "✖",
    Verdict.AWAITING: "◆",
    Verdict.AHEAD: "▲",
    Verdict.ON_TRACK: "■",
    Verdict.OFF_TRACK: "▼",
    Verdict.UNDETERMINED: "○",
}
_SIGNS = {
    Comparator.AT_LEAST: "≥",
    Comparator.ABOVE: ">",
    Comparator.AT_MOST: "≤",
    Comparator.BELOW: "<",
}


# The messages for a rise and a fall, where they are not those of an amount.
_CHANGES = {"rank": ("rise", "fall"), "percentage_point": ("points_up", "points_down")}

_MOST_DECIMALS = 4  # of a number that is printed
_LARGE, _MOST_OF_LARGE = Decimal(100), 3  # from 100 on: 121.452 billion yuan
_MOST_OF_SMALL = 12
_MYRIAD = Decimal(10000)

# A bound is printed no tighter than it is: an outcome above 9.5753% is not always above 9.58%.
_OUTWARDS = {Direction.UP: ROUND_FLOOR, Direction.DOWN: ROUND_CEILING}

# What a source is listed with whose page shows no title: "site: title not shown", or "description
# (page title not shown)".
_UNTITLED = re.compile(r"(?:(.+): |(.+) \()?((?:[^():]*\b)?title not (?:shown|recorded))\)?")
_BRACKETED = re.compile(r"(.+) \(([^()]+)\)")
_COMMA = re.compile(r", (?![^(]*\))")  # not within brackets


def mark(code: Verdict) -> str:
    """Return the character of a verdict."""
    return _MARKS[code]


def sign(comparator: Comparator) -> str:
    """Return the character of a comparator before a number; empty if it bounds nothing."""
    return "≈" if comparator.approximate else _SIGNS.get(comparator, "")


def unit(token: str, lang: Language = "en", *, one: bool = False) -> str:
    """Return a unit as it is printed after a number.

    Parameters
    ----------
    token, lang
        The unit, and the language.
    one
        Whether the number is one.

    Examples
    --------
    >>> unit("CNY_100M"), unit("CNY_100M", "zh"), unit("patent", one=True)
    ('100 million yuan', '亿元', 'patent')
    """
    words = _words(token)
    if not words:
        return own_unit(token, lang)
    lang = column(words, lang)
    return str((one and words.get("one", {}).get(lang)) or words.get(lang, token))


def unit_once(text: str, token: str, name: str, lang: Language = "en") -> str:
    """Return a text without the part of a unit that the name of the indicator contains already.

    Examples
    --------
    >>> name = "Invention patents per 10,000 residents"
    >>> unit_once("12.5 patents per 10,000 residents", "patent_per_10k_population", name)
    '12.5 patents'
    >>> unit_once("12.5件/万人", "patent_per_10k_population", "每万人口发明专利拥有量", "zh")
    '12.5件'
    """
    for label in {unit(token, lang), unit(token, lang, one=True)}:
        head, per, base = label.partition(say("number.per", lang))
        first = base.split(" ")[0]  # names vary after it: "per 10,000 residents" or "inhabitants"
        start = first if first.isascii() else first[0]
        if base and say("number.per_in_name", lang, base=start) in name:
            text = re.sub(rf"(\d ?{re.escape(head)}){re.escape(per + base)}", r"\1", text)
    return text


def counting(token: str, thing: str | None) -> str:
    """Return a unit with what is counted in it, as the functions of this module take it.

    It is the unit alone if that has no words of its own for the thing.

    Examples
    --------
    >>> amount(Decimal(3), counting("item", "project"), "zh"), counting("percent", "project")
    ('3项', 'percent')
    """
    has_words = thing is not None and thing in _words(token).get("counted", {})
    return f"{token}:{thing}" if has_words else token


def _words(token: str) -> Mapping[str, Any]:
    """Return the words of a unit, which may be written as an alias; empty for a unit without words."""
    bare, _, thing = token.partition(":")
    if thing:
        words_of_unit = _words(bare)
        return {**words_of_unit, **words_of_unit["counted"][thing]}
    words, table = unit_words(), table_of(token)
    if token in words or table.of_name(token) or isinstance(token, OwnUnit):
        return words.get(token, {})
    try:
        return words.get(table.unit(token).name, {})
    except FigureError:
        return {}


def own_unit(token: str, lang: Language) -> str:
    """Return the symbol or an alias of a unit without words: those of ASCII for English."""
    table = table_of(token)
    definition = table.of_name(token)
    if definition is None:
        return token
    aliases = definition.aliases if isinstance(token, OwnUnit) else (definition.symbol,)
    ascii_only = languages().index(lang) == 0
    return next((alias for alias in aliases if alias.isascii() is ascii_only), str(token))


def amount(
    value: Decimal, token: str, lang: Language = "en", *, precision: Decimal | None = None
) -> str:
    """Return a number with its unit; with a half-width, in 10,000s where the language counts in them.

    Examples
    --------
    >>> amount(Decimal("3.50"), "percent"), amount(Decimal(1), "rank")
    ('3.5%', '1st')
    >>> amount(Decimal(5500), "CNY_100M"), amount(Decimal(5500), "CNY_100M", "zh")
    ('550 billion yuan', '5500亿元')
    >>> amount(Decimal(118000), "person", "zh", precision=Decimal(500))
    '11.8万人'
    """
    value, _ = shortened(None, value, None, token=token, lang=lang)
    figure = _whole_amount(value, token, lang)
    return _in_myriads(figure, (value,), precision, token, lang)


def number(value: Decimal, token: str, lang: Language = "en") -> str:
    """Return the number of :func:`amount`, for a reader who has the unit already.

    Examples
    --------
    >>> number(Decimal("0.4999999999"), "percentage_point"), number(Decimal(5500), "CNY_100M")
    ('0.5', '550')
    """
    value, _ = shortened(None, value, None, token=token, lang=lang)
    return _printed(value, token, lang)[0]


def _whole_amount(value: Decimal, token: str, lang: Language) -> str:
    """Return a number with its unit, with all digits that it has."""
    language(lang)
    # a unit of the user's own is equal as text to one of another table
    return (_amount if isinstance(token, OwnUnit) else _known_amount)(value, token, lang)


def _amount(value: Decimal, token: str, lang: Language) -> str:
    number, label = _printed(value, token, lang)
    if token == "rank":
        return say("figure.rank", lang, **_rank(value))
    return spaced(number, label)


_known_amount = lru_cache(maxsize=4096)(_amount)


def _rank(value: Decimal) -> dict[str, str]:
    """A rank as the messages of any language take it: its number, and its English ordinal."""
    number = plain(value)
    teen = number[-2:-1] == "1"
    ending = "th" if teen else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return {"number": number, "nth": number + ending if number.isdecimal() else f"rank {number}"}


def places(count: Decimal, lang: Language = "en") -> str:
    """Return a number of ranks, such as the gap between two ranks."""
    return say("figure.place" if count == 1 else "figure.places", lang, number=plain(count))


def bound(
    comparator: Comparator,
    value: Decimal,
    high: Decimal | None,
    token: str,
    lang: Language = "en",
) -> str:
    """Return a figure with its comparator.

    Examples
    --------
    >>> bound(Comparator.ABOUT, Decimal("3.5"), None, "percent")
    'about 3.5%'
    >>> bound(Comparator.ABOUT, Decimal("3.5"), None, "percent", "zh")
    '3.5%左右'
    >>> bound(Comparator.AT_LEAST, Decimal(7), None, "percent_per_year", "zh")
    '年均增长7%以上'
    """
    numbers = shortened(comparator, value, high, token=token, lang=lang)
    return _bound(comparator, *numbers, token, lang)


def _bound(
    comparator: Comparator, value: Decimal, high: Decimal | None, token: str, lang: Language
) -> str:
    if token == "percent_per_year":
        return say("stated.rate", lang, figure=_bounded(comparator, value, high, "percent", lang))
    figure = _figure(value, high, token, lang)
    return say(_keys("bound")[comparator], lang, figure=figure)


def bounded(
    comparator: Comparator | None,
    value: Decimal,
    high: Decimal | None,
    token: str,
    lang: Language = "en",
) -> str:
    """Return a figure with its comparator, unless it is a plain number.

    Examples
    --------
    >>> bounded(Comparator.REACH, Decimal(5), None, "CNY_100M", "zh")
    '5亿元'
    """
    numbers = shortened(comparator, value, high, token=token, lang=lang)
    return _bounded(comparator, *numbers, token, lang)


def _bounded(
    comparator: Comparator | None,
    value: Decimal,
    high: Decimal | None,
    token: str,
    lang: Language,
) -> str:
    if comparator in (None, Comparator.REACH):
        return _figure(value, high, token, lang)
    return _bound(comparator, value, high, token, lang)


def printed(
    comparator: Comparator,
    value: Decimal,
    high: Decimal | None,
    token: str,
    lang: Language = "en",
    *,
    form: Form | None = None,
    base_year: int | None = None,
    precision: Decimal | None = None,
    is_exact: bool = False,
    whole: bool = False,
) -> str:
    """Return :func:`bounded`, or :func:`stated` in a form, with the zeros after the point of a text.

    `whole` is that of :func:`stated`. With the half-width of the printed figure, a number whose last zeros
    are not significant is in 10,000s where the language counts in them, and says to what it is rounded
    unless `is_exact`.

    Examples
    --------
    >>> coarse = (Comparator.REACH, Decimal(13000), None, "enterprise")
    >>> printed(*coarse, precision=Decimal(500)), printed(*coarse, "zh", precision=Decimal(500))
    ('13,000 enterprises (to the nearest 1,000)', '1.3万家')
    >>> printed(*coarse, "zh", form=Form.LEVEL, precision=Decimal(500), is_exact=True)
    '达到1.3万家'
    >>> printed(Comparator.REACH, Decimal("0.90"), None, "percent")
    '0.90%'
    >>> printed(Comparator.ABOVE, Decimal("550.0"), None, "CNY_100M")
    'above 55.00 billion yuan'
    """
    if form is None:
        figure = bounded(comparator, value, high, token, lang)
    else:
        number = comparator, value, high, token
        figure = stated(form, *number, lang=lang, base_year=base_year, whole=whole)
    if not whole:
        value, high = shortened(comparator, value, high, token=token, lang=lang)
    places = decimals_of(value)
    if not places:
        if is_exact or not comparator.plain or high is not None:
            return _in_myriads(figure, (value, high), precision, token, lang)
        return _coarse(figure, value, precision, token, lang)
    scaled, _ = _scaled(value, token, lang)
    places += value.adjusted() - scaled.adjusted()
    return figure.replace(grouped(scaled, lang), _grouped(fixed(scaled, places), lang), 1)


def _coarse(
    figure: str, value: Decimal, precision: Decimal | None, token: str, lang: Language
) -> str:
    """Return a printed whole number, with what it is rounded to if that is more than its last digit."""
    scaled, step = _step(value, precision, token, lang)
    if step <= Decimal(1).scaleb(-decimals_of(scaled)):
        return figure
    if step.normalize().as_tuple().digits != (1,):
        return say("figure.within", lang, figure=figure, width=grouped(step / 2, lang))
    short = _in_myriads(figure, (value,), precision, token, lang, is_exact=False)
    if short != figure and step <= _MYRIAD:  # its last digit says it
        return short
    return say("figure.nearest", lang, figure=short, step=grouped(step, lang))


def _step(
    value: Decimal, precision: Decimal | None, token: str, lang: Language
) -> tuple[Decimal, Decimal]:
    """Return a number as it is printed, and the step to which it is rounded: zero if it is exact."""
    scaled, _ = _scaled(value, token, lang)
    if not precision or not value:
        return scaled, Decimal()
    width = EXACT.multiply(2, precision)
    return scaled, EXACT.divide(EXACT.multiply(width, scaled), value).copy_abs()


def _in_myriads(
    figure: str,
    values: Iterable[Decimal | None],
    precision: Decimal | None,
    token: str,
    lang: Language,
    *,
    is_exact: bool = True,
) -> str:
    """Return a figure whose rounded whole numbers are in 10,000s, if the language counts in these.

    Unless `is_exact`, they end with the last significant digit, also if that is zero.
    """
    myriad = say("number.myriad", lang)
    for value in values:
        if value is None or not myriad:
            continue
        scaled, step = _step(value, precision, token, lang)
        _, label = _scaled(value, token, lang)
        if scaled.copy_abs() < _MYRIAD or step <= 1 or label.startswith(myriad):
            continue
        short = EXACT.divide(scaled, _MYRIAD)
        significant = 0 if is_exact else EXACT.divide(_MYRIAD, step).adjusted()
        places = max(decimals_of(short), significant)
        figure = figure.replace(grouped(scaled, lang), fixed(short, places) + myriad, 1)
    return figure


def stated(
    form: Form,
    comparator: Comparator,
    value: Decimal,
    high: Decimal | None,
    token: str,
    *,
    lang: Language = "en",
    base_year: int | None = None,
    whole: bool = False,
) -> str:
    """Return a figure with its comparator, and its form if that is not a level.

    `base_year` is the year that a multiple starts from, if it is known. With `whole`, the number has
    all its digits: it is stated, and no arithmetic made them.

    Examples
    --------
    >>> stated(Form.AVERAGE_GROWTH, Comparator.AT_LEAST, Decimal(10), None, "percent_per_year")
    'average annual growth of at least 10%'
    >>> stated(Form.AVERAGE_GROWTH, Comparator.AT_LEAST, Decimal(10), None, "percent_per_year",
    ...        lang="zh")
    '年均增长10%以上'
    >>> stated(Form.RANK, Comparator.AT_MOST, Decimal(3), None, "rank")
    '3rd or better'
    >>> stated(Form.INCREMENT, Comparator.REACH, Decimal(5), None, "rank")
    'rise of 5 places'
    >>> stated(Form.INCREMENT, Comparator.REACH, Decimal(3), None, "percentage_point", lang="zh")
    '提高3个百分点'
    >>> stated(Form.MULTIPLE, Comparator.ABOVE, Decimal(2), None, "multiple", lang="zh",
    ...        base_year=2022)
    '超过2022年的2倍'
    """
    if not whole:
        value, high = shortened(comparator, value, high, token=token, lang=lang)
    if form is Form.RANK and comparator.side is not Direction.NONE:
        return say(_keys("rank_bound")[comparator], lang, **_rank(value))
    # the form says that the rate is annual
    shown = "percent" if token == "percent_per_year" else token
    if form is Form.INCREMENT:
        return _increase(comparator, value, high, shown, lang)
    if form is Form.MULTIPLE:
        name = "multiple" if base_year is None else "multiple_of_year"
        figure = _figure(value, high, shown, lang)
        figure = say(f"stated.{name}", lang, figure=figure, year=base_year)
        return say(_keys("bound")[comparator], lang, figure=figure)
    if form in GROWTH:
        figure = _figure(value, high, shown, lang)
        figure = say(_keys("change_bound")[comparator], lang, figure=figure)
    else:
        figure = _bound(comparator, value, high, shown, lang)
    return say(_keys("stated")[form], lang, figure=figure)


def shortened(
    comparator: Comparator | None,
    value: Decimal,
    high: Decimal | None,
    digits: int | None = None,
    *,
    token: str | None = None,
    lang: Language = "en",
) -> tuple[Decimal, Decimal | None]:
    """Return the numbers of a figure as they are printed: lower bounds rounded down, upper ones up.

    Parameters
    ----------
    comparator, value, high
        The figure; with an upper end it is a range, of which each end is a bound.
    digits
        The most significant digits; two decimals if not given, where arithmetic made more than four.
    token, lang
        The unit and the language, in whose units a number from 100 on has three decimals at most.

    Examples
    --------
    >>> shortened(Comparator.ABOVE, Decimal("9.5753425"), None)
    (Decimal('9.57'), None)
    >>> shortened(None, Decimal("9.5753425"), Decimal("9.6012345"), digits=3)
    (Decimal('9.57'), Decimal('9.61'))
    """
    downwards, upwards = roundings(comparator, high)
    if digits is not None:
        value = rounded(value, digits, downwards)
        high = None if high is None else rounded(high, digits, upwards)
    value, high = _short(value, downwards), None if high is None else _short(high, upwards)
    if token is not None:
        value = _legible(value, token, lang, downwards)
        high = None if high is None else _legible(high, token, lang, upwards)
    return value, high


def roundings(comparator: Comparator | None, high: Decimal | None) -> tuple[str, str]:
    """Return how to round the number of a figure and its upper end: a bound away from what it bounds."""
    side = Direction.NONE if comparator is None else comparator.side
    only = _OUTWARDS.get(side, ROUND_HALF_EVEN)
    return (only if high is None else ROUND_FLOOR), ROUND_CEILING


def _increase(
    comparator: Comparator, value: Decimal, high: Decimal | None, token: str, lang: Language
) -> str:
    """An increase, or a decrease if it is negative; in a ranking, how many places are gained."""
    rise, fall = _CHANGES.get(token, ("increment", "decrease"))
    is_fall = max(value, high or value) < 0
    if is_fall:
        comparator, value, high = decrease(comparator, value, high)
    if token == "rank":
        last = places(value if high is None else high, lang)
        figure = last if high is None else say("figure.range", lang, low=plain(value), high=last)
    else:
        figure = _figure(value, high, token, lang)
    figure = say(_keys("change_bound")[comparator], lang, figure=figure)
    return say(f"stated.{fall if is_fall else rise}", lang, figure=figure)


def decrease(
    comparator: Comparator, value: Decimal, high: Decimal | None
) -> tuple[Comparator, Decimal, Decimal | None]:
    """Return the decrease that a negative change is, in positive numbers.

    Examples
    --------
    >>> decrease(Comparator.AT_MOST, Decimal(-5), None)
    (<Comparator.AT_LEAST: 'at_least'>, Decimal('5'), None)
    """
    low, end = (-value, None) if high is None else (-high, -value)
    return comparator.mirrored(), low, end


def spaced(number: str, label: str) -> str:
    """Return a number with a unit: with a blank before letters, without one before %, / or 元.

    Examples
    --------
    >>> spaced("3.5", "%"), spaced("3", "patents"), spaced("3", "件")
    ('3.5%', '3 patents', '3件')
    """
    first = label[:1]
    blank = first and first.isascii() and first not in "%/"
    return f"{number} {label}" if blank else f"{number}{label}"


def grouped(value: Decimal, lang: Language = "en") -> str:
    """Return a number with its thousands marked as the language does.

    Examples
    --------
    >>> grouped(Decimal(80000)), grouped(Decimal(80000), "zh"), grouped(Decimal("-5500.5"))
    ('80,000', '80000', '-5,500.5')
    """
    return _grouped(plain(value), lang)


def _grouped(number: str, lang: Language) -> str:
    whole, point, rest = number.partition(".")
    if len(whole.removeprefix("-")) < 4:
        return number
    return f"{int(whole):,}".replace(",", say("number.group", lang)) + point + rest


def name(record: object, lang: Language, *stems: str) -> str:
    """Return the first name that a record has in a language, or else its English name.

    Parameters
    ----------
    record, lang
        A record with fields such as ``name_en`` and ``name_zh``.
    stems
        What the names of the fields begin with, such as ``short`` and ``name``; ``name`` if none.
    """
    stems = stems or ("name",)
    for stem in stems:
        if text := vars(record).get(f"{stem}_{language(lang)}"):
            return str(text)
    return str(getattr(record, f"{stems[-1]}_en"))


class Published(Protocol):
    """What has publishers, joined by semicolons, and may have their names in each language."""

    @property
    def publisher(self) -> str | None:
        """The publishers as they are printed."""

    @property
    def date(self) -> str | None:
        """The date of the text."""


def publishers(source: Published, lang: Language) -> list[str]:
    """Return the publishers of a source, by their names in a language.

    A source without these names, as in older editions, has those of some offices, and remarks on the
    copy in the language.
    """
    own = getattr(source, f"publisher_{language(lang)}", None)
    names = (own or source.publisher or "").split("; ")
    if own:
        return names
    return [_remarked(_offices(lang).get(name, name), lang) for name in names if name]


@cache
def _offices(lang: Language) -> dict[str, str]:
    """Return the name of each office in a language, by its name in any language."""
    return {
        say(f"office.{key}", other): say(f"office.{key}", lang)
        for key in keys("office")
        for other in languages()
    }


def document(
    source: Published,
    title: str,
    lang: Language = "en",
    *,
    plan: str | None = None,
    is_description: bool = False,
) -> str:
    """Return publisher, title and date of a source, with remarks on the copy in a language.

    A title that begins with the publisher has both.

    Parameters
    ----------
    source
        The publisher and the date, and what the publisher is called in the language.
    title, lang
        What the source is listed with, and the language.
    plan
        Title of the plan in that language. It replaces what the source is listed with where the page
        shows no title. Empty for a plan whose title no text prints.
    is_description
        Whether `plan` says that it is no printed title, so that nothing else must.
    """
    publisher, date = source.publisher or "", source.date or ""
    names = enumerated(publishers(source, lang), lang)
    bracketed = _BRACKETED.fullmatch(title)
    if bracketed and publisher.endswith(f"({bracketed[2]})"):  # the remark is said of the publisher
        title = bracketed[1]
    untitled = _UNTITLED.fullmatch(title)
    if untitled is None:
        names = "" if title.startswith(publisher) else names
        return joined([names, title_of(title, lang), date], lang, "counts")
    site, description, remark = (part or "" for part in untitled.groups())
    if not (publisher and site.startswith(publisher)):
        names = joined([names, _remarked(site, lang)], lang, "counts")
    is_translated = languages().index(lang) > 0  # descriptions are in English
    if plan is not None and (is_translated or not description):
        shown = joined([plan, "" if is_description else _remarked(remark, lang)], lang, "counts")
    else:
        shown = title_of(title, lang)
    return joined([names, shown, date], lang, "counts")


def own_title(title: str, lang: Language) -> str:
    """Return the title in a language, of a source that is listed with one in each language.

    Examples
    --------
    >>> own_title("Statistical Yearbook · 统计年鉴", "zh"), own_title("统计年鉴", "en")
    ('统计年鉴', '统计年鉴')
    """
    titles = dict(zip(languages(), title.split(" · "), strict=False))
    return titles.get(lang, titles[languages()[0]]) if len(titles) > 1 else title


def title_of(title: str, lang: Language) -> str:
    """Return a title with the remark on the copy in a language; without a title, only the remark.

    Examples
    --------
    >>> title_of("规划 (copy)", "zh"), title_of("甲网: title not shown", "zh")
    ('规划（转载）', '标题未显示')
    """
    if untitled := _UNTITLED.fullmatch(title):
        _, description, remark = untitled.groups()
        remark = _remarked(remark, lang)
        return brackets(description, remark, lang) if description else remark
    bracketed = _BRACKETED.fullmatch(title)
    if bracketed and isinstance(remark := _remark(bracketed[2]), Message):
        return brackets(title_of(bracketed[1], lang), remark.text(lang), lang)
    whole = _remark(title)
    if isinstance(whole, Message) and not whole.values:  # "on {name}" may be a title
        return whole.text(lang)
    return title


def _remarked(text: str, lang: Language) -> str:
    """Return the name of a publisher, with its remarks on the copy in a language."""
    first, *others = _COMMA.split(text, maxsplit=1)
    if others:
        return joined([_remarked(part, lang) for part in (first, *others)], lang, "counts")
    if bracketed := _BRACKETED.fullmatch(text):
        return in_brackets(_remarked(bracketed[1], lang), _remarked(bracketed[2], lang), lang)
    remark = _remark(text)
    return remark.text(lang) if isinstance(remark, Message) else text


@lru_cache(maxsize=4096)
def _remark(text: str) -> str:
    """Return the message of a remark on a copy; the text itself if it is none."""
    return recognised(text, "remark")


def office_rank(name: str, lang: Language) -> int:
    """Return the place of a publisher among the offices that have a name in every language.

    Examples
    --------
    >>> office_rank("National Bureau of Statistics", "en") < office_rank("World Bank", "en")
    True
    """
    offices = [say(f"office.{key}", lang) for key in keys("office")]
    return offices.index(name) if name in offices else len(offices)


def period(code: str, lang: Language = "en") -> str:
    """Return the name of a period.

    Examples
    --------
    >>> period("14th", "en"), period("14th", "zh"), period("annual-2025", "zh"), period("x", "zh")
    ('14th plan', '“十四五”', '2025年', 'x')
    """
    if code in keys("period"):
        return say(f"period.{code}", lang)
    year = code.removeprefix("annual-")
    if year != code:
        return say("period.annual", lang, year=year)
    if code[:-2].isdecimal() and code[-2:] in {"st", "nd", "rd", "th"}:
        return say("period.plan", lang, code=code, number=code[:-2])
    return code


def joined(parts: Iterable[str], lang: Language, by: str = "items") -> str:
    """Return parts of a list as one text; `by` is a message of the section ``join``."""
    return say(f"join.{by}", lang).join([part for part in parts if part])


def enumerated(parts: Sequence[str], lang: Language) -> str:
    """Return parts of a list as one text, with "and" before the last.

    Examples
    --------
    >>> enumerated(["Hefei", "Ningbo", "Dalian"], "en"), enumerated(["合肥", "宁波"], "zh")
    ('Hefei, Ningbo and Dalian', '合肥、宁波')
    """
    return joined([joined(parts[:-1], lang), *parts[-1:]], lang, "and")


def headed(head: str, text: str, lang: Language) -> str:
    """Return a text after its head and a colon."""
    return say("join.head", lang, head=head, text=text)


def brackets(text: str, part: str, lang: Language) -> str:
    """Return a text with a part in brackets after it; without brackets if the part is empty."""
    return say("join.brackets", lang, text=text, part=part) if part else text


def in_brackets(text: str, part: str, lang: Language) -> str:
    """Return :func:`brackets`; a text that ends with brackets has the part in these.

    Examples
    --------
    >>> in_brackets("R&D personnel (head count)", "industry", "en")
    'R&D personnel (head count, industry)'
    """
    _, close = say("join.brackets", lang, text="", part="|").split("|")
    if not part or not text.endswith(close):
        return brackets(text, part, lang)
    return joined([text.removesuffix(close), part], lang, "counts") + close


def part(codes: str, lang: Language) -> str:
    """Return the words for a breakdown and a scope; a code without words is spelled out.

    Examples
    --------
    >>> part("each_district, newly_recognised", "zh"), part("own_class", "zh")
    ('各区县、新认定', 'own class')
    """
    known = _keys("part")
    words = (
        say(known[code], lang) if code in known else code.replace("_", " ")
        for code in codes.split(", ")
    )
    return joined(words, lang)


def sentences(parts: Iterable[str], lang: Language) -> str:
    """Return sentences, each with its full stop."""
    stop = say("join.stop", lang)
    return say("join.sentences", lang).join(
        [part.removesuffix(stop) + stop for part in parts if part]
    )


def listed(names: Sequence[str], most: int, lang: Language, by: str = "items") -> str:
    """Return the first few names, and how many more there are; `by` as in `joined`.

    Examples
    --------
    >>> listed(["Dalian", "Ningbo", "Hefei"], 2, "en")
    'Dalian, Ningbo and 1 more'
    """
    shown, more = joined(names[:most], lang, by), len(names) - most
    return say("count.more", lang, names=shown, more=more) if more > 0 else shown


def counted(noun: str, count: int, lang: Language) -> str:
    """Return a count of things; `noun` is a message of the section ``count``.

    Examples
    --------
    >>> counted("record", 1, "en"), counted("record", 1200, "en")
    ('1 record', '1,200 records')
    """
    return say(f"count.{noun}" + ("" if count == 1 else "s"), lang, count=f"{count:,}")


def verdict_counts(counts: Mapping[Verdict, int], lang: Language) -> str:
    """Return how many targets have each verdict; verdicts without targets are left out.

    Examples
    --------
    >>> verdict_counts({Verdict.MET: 5, Verdict.MISSED: 0, Verdict.OFF_TRACK: 2}, "en")
    '5 met, 2 off track'
    """
    parts = [
        say("count.verdict", lang, count=count, verdict=word(verdict, lang))
        for verdict, count in counts.items()
        if count
    ]
    return joined(parts, lang, "counts")


@cache
def _keys(section: str) -> Mapping[str, str]:
    """The keys of the messages of a section, by name."""
    return {key: f"{section}.{key}" for key in keys(section)}


def _figure(value: Decimal, high: Decimal | None, token: str, lang: Language) -> str:
    return _whole_amount(value, token, lang) if high is None else _range(value, high, token, lang)


def _range(value: Decimal, high: Decimal, token: str, lang: Language) -> str:
    if token == "rank":
        first, last = _rank(value), _rank(high)
        ends = {key: say("figure.range", lang, low=first[key], high=last[key]) for key in first}
        return say("figure.rank", lang, **ends)
    low, label = _printed(value, token, lang, like=high)
    low = spaced(low, label) if label == "%" else low
    return say("figure.range", lang, low=low, high=_whole_amount(high, token, lang))


def _printed(
    value: Decimal, token: str, lang: Language, *, like: Decimal | None = None
) -> tuple[str, str]:
    """The number and the unit as they are printed; both ends of a range in one unit."""
    scaled, label = _scaled(value, token, lang, like=like)
    return grouped(scaled, lang), label


def _short(value: Decimal, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Round to two decimals, if arithmetic made more digits than are printed; not to zero.

    What has more than twelve decimals, and is that small, is the error of a division.
    """
    if decimals_of(value) <= _MOST_DECIMALS:
        return value
    short = value.quantize(Decimal("0.01"), rounding, EXACT)
    return short if short or decimals_of(value) > _MOST_OF_SMALL else rounded(value, 2, rounding)


def _legible(value: Decimal, token: str, lang: Language, rounding: str) -> Decimal:
    """Round a number to the decimals of a large one, in the unit in which it is printed."""
    scaled, _ = _scaled(value, token, language(lang))
    if scaled.copy_abs() < _LARGE or decimals_of(scaled) <= _MOST_OF_LARGE:
        return value
    short = scaled.quantize(Decimal(1).scaleb(-_MOST_OF_LARGE), rounding, EXACT)
    return EXACT.multiply(short, EXACT.divide(value, scaled))


def _scaled(
    value: Decimal, token: str, lang: Language, *, like: Decimal | None = None
) -> tuple[Decimal, str]:
    """The number and the unit in which a language counts; both ends of a range alike."""
    steps = _steps(token, lang)
    if not steps:
        is_noun = bool(_words(token).get("counts_the_noun", {}).get(lang))
        return value, "" if is_noun else unit(token, lang, one=value == 1)
    size = (value if like is None else like).copy_abs()
    known = [each for each in steps if size >= each[0]] or steps[-1:]
    # 1214.5209 times 100 million yuan is 121.45209 billion yuan: one decimal more
    most = _MOST_DECIMALS + 1
    short = (each for each in known if decimals_of(EXACT.divide(size, each[0])) <= most)
    step, label = next(short, known[0])
    return EXACT.divide(value, step), label


@cache
def _steps(token: str, lang: Language) -> tuple[tuple[Decimal, str], ...]:
    words = _words(token)
    steps = words.get("steps", {}).get(column(words, lang), ())
    return tuple((Decimal(size), label) for size, label in steps)
