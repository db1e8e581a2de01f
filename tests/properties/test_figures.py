"""Figures: wording is read with its meaning, alone and in a passage, and written again.

The meaning is built together with the words and not read from them. So a text that is read
differently shows an error of the reader.
"""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from html import unescape
from html.entities import html5
from typing import NamedTuple

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

import innovation_plans as ip
from innovation_plans import Comparator, Figure, Form
from innovation_plans.text.lexicon import lexicon
from innovation_plans.text.scanner import scan
from innovation_plans.text.spelling import spelled
from innovation_plans.units.decimals import plain

_POINT = "percentage_point"
_COUNTS = ("enterprise", "patent", "person_year", "item")
_MONEY = ("CNY_100M", "CNY_1T")
_RATIOS = ("patent_per_10k_population", "person_year_per_10k_population")


class _Wording(NamedTuple):
    """The words of a language for the parts of a figure."""

    forms: dict[Form, tuple[str, ...]]
    falls: dict[Form, tuple[str, ...]]
    points: tuple[str, ...]  # words for percentage points
    units: dict[str, tuple[str, ...]]
    ranges: tuple[str, ...]  # of two numbers and a unit
    places: tuple[str, ...]
    top: tuple[str, ...]
    spans: tuple[str, ...]  # of ranks
    multiples: tuple[str, ...]


_ZH = _Wording(
    forms={
        Form.LEVEL: ("", "力争", "预计"),
        Form.ANNUAL_GROWTH: ("增长", "增速", "同比增长"),
        Form.AVERAGE_GROWTH: ("年均增长", "年均增速", "年均递增"),
        Form.CUMULATIVE: ("累计", "累计实现"),
        Form.INCREMENT: ("新增", "净增"),
    },
    falls={Form.ANNUAL_GROWTH: ("下降",), Form.AVERAGE_GROWTH: ("年均下降",)},
    points=("提高", "上升"),
    units={
        "percent": ("%", "％", "‰"),
        "percent_per_year": ("%", "％"),
        _POINT: ("个百分点", "百分点"),
        "CNY_100M": ("亿元", "亿元人民币"),
        "CNY_1T": ("万亿元",),
        "enterprise": ("家", "家企业", "户", "万家"),
        "patent": ("件专利", "件发明专利", "万件专利"),
        "person_year": ("人年", "万人年"),
        "item": ("个", "项", "件"),
        "person_year_per_10k_population": ("人年/万人",),
        "patent_per_10k_population": ("件/万人",),
    },
    ranges=("{low}—{high}{unit}", "{low}{unit}至{high}{unit}", "{low}~{high}{unit}"),
    places=("第{}位", "居全国第{}位", "全国第{}"),
    top=("前{}位", "进入全国前{}名"),
    spans=("第{}-{}位",),
    multiples=("{}倍", "增长到{}倍"),
)
_EN = _Wording(
    forms={
        Form.LEVEL: ("", "a total of "),
        Form.ANNUAL_GROWTH: ("growth of ", "grow by "),
        Form.AVERAGE_GROWTH: ("average annual growth of ", "average annual growth rate of "),
        Form.CUMULATIVE: ("cumulative ",),
        Form.INCREMENT: ("add ", "an additional "),
    },
    falls={
        Form.ANNUAL_GROWTH: ("decline of ", "fall by "),
        Form.AVERAGE_GROWTH: ("average annual decline of ",),
    },
    points=("up ", "rise by "),
    units={
        "percent": ("%", " percent", " per cent"),
        "percent_per_year": ("%", " percent"),
        _POINT: (" percentage points", " pct points"),
        "CNY_100M": (" hundred million yuan",),
        "CNY_1T": (" trillion yuan",),
        "enterprise": (" enterprises", " firms", " thousand enterprises"),
        "patent": (" patents", " invention patents"),
        "person_year": (" person-years", " full-time equivalents"),
        "item": (" items", " projects"),
        "patent_per_10k_population": (" patents per 10,000 people",),
        "person_year_per_10k_population": (" person-years per 10,000 people",),
    },
    ranges=("between {low}{unit} and {high}{unit}", "{low} to {high}{unit}", "{low}-{high}{unit}"),
    places=("no. {}", "rank no. {}", "ranked no. {} nationwide"),
    top=("top {}", "among the top {}"),
    spans=("no. {}-{}",),
    multiples=("{} times",),
)
_WORDINGS: dict[str, _Wording] = {"zh": _ZH, "en": _EN}
# The number of units in one printed word.
_SIZES = {"‰": Decimal("0.1"), "万家": Decimal(10_000), "万件专利": Decimal(10_000)}
_SIZES |= {"万人年": Decimal(10_000), " thousand enterprises": Decimal(1000)}
_MIRROR = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.ABOVE: Comparator.BELOW,
    Comparator.BELOW: Comparator.ABOVE,
}
_UNITS: dict[Form, tuple[str, ...]] = {
    Form.LEVEL: ("percent", *_MONEY, *_COUNTS, *_RATIOS),
    Form.ANNUAL_GROWTH: ("percent_per_year",),
    Form.AVERAGE_GROWTH: ("percent_per_year",),
    Form.CUMULATIVE: (*_MONEY, *_COUNTS),
    Form.INCREMENT: (*_COUNTS, *_MONEY, _POINT),
}
_COMPARATORS = st.sampled_from(Comparator)
_EITHER = st.booleans()
_HUNDREDTHS = st.integers(1, 99).map(Decimal) | st.integers(1, 999_999).map(
    lambda number: Decimal(number) / 100
)
_SMALL = st.integers(1, 30)
# Two of them in a row are years: the 2016-2020 patents.
_LIKE_YEARS = range(1900, 2101)


@st.composite
def figures(draw: DrawFn, lang: str, form: Form) -> tuple[str, Figure]:
    """Draw a figure expression as plans print them, and the figure that it means."""
    words = _WORDINGS[lang]
    if form is Form.RANK:
        return _rank(draw, words)
    if form is Form.MULTIPLE:
        return _multiple(draw, words, lang)
    return _amount(draw, words, lang, form)


def _amount(draw: DrawFn, words: _Wording, lang: str, form: Form) -> tuple[str, Figure]:
    unit = draw(st.sampled_from([each for each in _UNITS[form] if each in words.units]))
    falls = form in words.falls and draw(_EITHER)
    heads = words.points if unit == _POINT else (words.falls if falls else words.forms)[form]
    if unit == "percent":
        heads = [head for head in heads if head != "a total of "]  # not said of a share
    head, word = draw(st.sampled_from(heads)), draw(st.sampled_from(words.units[unit]))
    size, comparator = _SIZES.get(word, Decimal(1)), draw(_COMPARATORS)
    if comparator is Comparator.BETWEEN:
        low, high = sorted(draw(_two(unit in _COUNTS)))
        unclear = falls and unit == "percent_per_year"  # 下降3%至5% may be a fall to 5%
        shape = draw(
            st.sampled_from([each for each in words.ranges if not (unclear and "至" in each)])
        )
        text = shape.format(low=_number(draw, low, lang), high=_number(draw, high, lang), unit=word)
        ends = (-high * size, -low * size) if falls else (low * size, high * size)
        return head + text, Figure(form, comparator, *ends, unit)
    value = draw(_wholes(unit in _COUNTS))
    before, behind = draw(st.sampled_from(_bounds(lang)[comparator]))
    text = f"{head}{before}{_number(draw, value, lang)}{word}{behind}"
    if falls:
        comparator, value = _MIRROR.get(comparator, comparator), -value
    return text, Figure(form, comparator, value * size, None, unit)


def _rank(draw: DrawFn, words: _Wording) -> tuple[str, Figure]:
    place, shape = draw(_SMALL), draw(st.sampled_from((*words.places, *words.top, *words.spans)))
    value, high = Decimal(place), None
    comparator = Comparator.AT_MOST if shape in words.top else Comparator.REACH
    if shape in words.spans:
        comparator, high = Comparator.BETWEEN, Decimal(place + draw(_SMALL))
    text = shape.format(value, high)
    return text, Figure(Form.RANK, comparator, value, high, "rank")


def _multiple(draw: DrawFn, words: _Wording, lang: str) -> tuple[str, Figure]:
    if draw(_EITHER):
        text, value = draw(st.sampled_from(_whole_words(lang)))
    else:
        value = draw(st.integers(11, 99)) / Decimal(10)
        text = draw(st.sampled_from(words.multiples)).format(value)
    return text, Figure(Form.MULTIPLE, Comparator.REACH, value, None, "multiple")


def _number(draw: DrawFn, value: Decimal, lang: str) -> str:
    """The number in digits: plain, with commas, or in full width."""
    text = plain(value)
    if not draw(_EITHER):
        return text
    if lang == "en" or draw(_EITHER):
        return f"{Decimal(text):,f}"
    return text.translate(_FULL_WIDTH)


_FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)} | {ord("."): "．"}


@lru_cache(maxsize=2)
def _wholes(counted: bool) -> SearchStrategy[Decimal]:
    return st.integers(1, 99_999).map(Decimal) if counted else _HUNDREDTHS


@lru_cache(maxsize=2)
def _two(counted: bool) -> SearchStrategy[list[Decimal]]:
    two = st.lists(_wholes(counted), min_size=2, max_size=2, unique=True)
    return two.filter(lambda ends: not all(each in _LIKE_YEARS for each in ends))


@lru_cache(maxsize=2)
def _bounds(lang: str) -> dict[Comparator, list[tuple[str, str]]]:
    """The words before and after a number for a comparator; without words if there is no bound."""
    result: dict[Comparator, list[tuple[str, str]]] = {each: [] for each in Comparator}
    result[Comparator.REACH].append(("", ""))
    gap = " " if lang == "en" else ""
    for word, entry in lexicon().words.items():
        if not isinstance(entry.value, Comparator) or not _is_of(word, lang):
            continue
        if entry.kind == "bound":
            result[entry.value].append((word + gap, ""))
        if entry.kind == "after":
            result[entry.value].append(("", gap + word))
    return result


@lru_cache(maxsize=2)
def _whole_words(lang: str) -> list[tuple[str, Decimal]]:
    return [
        (f"grew {word}" if word.endswith("fold") else word, entry.value)
        for word, entry in lexicon().words.items()
        if entry.kind == "whole"
        and isinstance(entry.value, Decimal)
        and entry.value  # zero growth is no multiple
        and _is_of(word, lang)
    ]


def _is_of(word: str, lang: str) -> bool:
    """Return whether a word belongs to a language; signs belong to both."""
    return "이" not in word and (not word[0].isalpha() or word.isascii() is (lang == "en"))


WORDED = st.tuples(st.sampled_from(["zh", "en"]), st.sampled_from(Form)).flatmap(
    lambda asked: figures(*asked)
)


@settings(max_examples=250)
@given(WORDED)
def test_words_are_read_with_their_meaning(worded: tuple[str, Figure]) -> None:
    text, figure = worded
    assert ip.read_figure(text) == figure


# Words, characters, signs and units that the reader does not know.
_UNKNOWN = (
    "某",
    " zork ",
    "吨",
    "€",
    "/吨",
    "×",
    "²",
    '"',
    "*",
    "…",
    "级",
    " GW ",
    "平方米",
    "@",
    "岛",
)


@settings(max_examples=300)
@given(WORDED, st.sampled_from(_UNKNOWN), st.integers(0, 60))
def test_an_unknown_word_at_a_joint_changes_no_reading(
    worded: tuple[str, Figure], unknown: str, joint: int
) -> None:
    text, figure = worded
    text = spelled(text, 500)[0]
    joints = sorted({0, *(end for *_, end in scan(text)[:-3])})
    place = joints[joint % len(joints)]
    changed = text[:place] + unknown + text[place:]
    found = [reading.figure for reading in ip.find_figures(changed)]
    with suppress(ip.FigureError):
        found.append(ip.read_figure(changed, strict=False))
    assert set(found) <= {figure}, changed


# Entities of HTML; those that are no single character are read as an unknown one.
_ENTITIES = st.sampled_from(
    [f"&{name}" for name in html5 if name.endswith(";")]
    + [
        "&#60;",
        "&#x2265;",
        "&#0;",
        "&#8206;",
        "&#xd800;",
        "&#9999999;",
        "&amp;lt;",
        "&amp;amp;#62;",
    ]
)


@settings(max_examples=1000)
@given(
    WORDED
    | st.sampled_from(["占比 5%", "R&D增长 7%", "超过 2,500家", "下降 3%", "up to 3 percent"]).map(
        lambda text: (text, None)
    ),
    _ENTITIES,
    st.integers(0, 60),
)
def test_an_entity_of_html_at_a_joint_is_its_character(
    worded: tuple[str, Figure | None], entity: str, joint: int
) -> None:
    text = spelled(worded[0], 500)[0]
    joints = sorted({0, *(place for token in scan(text)[:-3] for place in token[2:])})
    place = joints[joint % len(joints)]
    character = unescape(unescape(unescape(entity)))
    try:
        spelled(character, 1)
    except ip.FigureError:
        character = "\ue000"
    encoded, plainly = (text[:place] + each + text[place:] for each in (entity, character))
    readings = list(ip.find_figures(encoded))
    assert all(reading.text == encoded[reading.start : reading.end] for reading in readings)
    found = [reading.figure for reading in readings]
    with suppress(ip.FigureError):
        found.append(ip.read_figure(encoded, strict=False))
    expected = [reading.figure for reading in ip.find_figures(plainly)]
    with suppress(ip.FigureError):
        expected.append(ip.read_figure(plainly, strict=False))
    assert set(found) <= set(expected), encoded


@pytest.mark.parametrize("text", ["占比{}5%", "增长{}7%", "more than{}3.5%", "5{}%", "3.5%{}"])
def test_every_entity_of_html_is_its_character_or_refused(text: str) -> None:
    for name in html5:
        expected = [None]
        for written in (unescape(f"&{name}"), f"&{name}"):
            figure = None
            with suppress(ip.FigureError):
                figure = ip.read_figure(text.format(written), strict=False)
            expected.append(figure)
        assert expected.pop() in expected, name


_CLAUSE_ENDS = ("，", ", ", ",", "、", "；", "; ", ";", "。", "！", "! ", "\n\n", "。\n", "，\n\n")
_HANGING = [
    word
    for word, entry in lexicon().words.items()
    if entry.kind in ("bound", "within", "not", "form", "minus")
]


@pytest.mark.parametrize("end", _CLAUSE_ENDS)
@given(st.data(), st.sampled_from(["", "企业", "firms "]))
@settings(max_examples=300)
def test_a_number_behind_the_end_of_a_clause_that_lacks_it_is_refused(
    end: str, data: st.DataObject, lead: str
) -> None:
    word = data.draw(st.sampled_from(_HANGING))
    number = data.draw(st.sampled_from(["3.5%", "6万家", "-3%", "$5 billion", "第3位", "翻番"]))
    text = f"{lead}{word}{end}{number}"
    assert not list(ip.find_figures(text)), text
    if end != "\n\n":  # in one figure, only white space
        with pytest.raises(ip.FigureError):
            ip.read_figure(text, strict=False)


_LEAD = st.sampled_from(["", "达到", "R&D rose to ", "超过"])
_UNIT = st.sampled_from(["%", "亿元", "家", " percent", " billion yuan", ""])
_WHOLE = st.integers(1, 899)


@given(_LEAD, _WHOLE, st.sampled_from(("·", "•", "。", "●", "・", ".·", "·.", ",·")), _WHOLE, _UNIT)
def test_digits_that_an_unknown_mark_separates_are_no_number(
    lead: str, whole: int, mark: str, rest: int, unit: str
) -> None:
    spaced = () if mark == "。" or len(mark) > 1 else (f"{mark} ", f" {mark}", f" {mark} ")
    for joint in (mark, *spaced, ". ", " . "):
        text = f"{lead}{whole}{joint}{rest}{unit}"
        assert not list(ip.find_figures(text, unit="percent")), text
        assert not list(ip.find_figures(text)), text


_ARROWS = ("->", "-->", "=>", "⇒", "→", "⟶", ">>", "<<", "--", "——", "...", "…", "……")


@given(_LEAD, _WHOLE, st.sampled_from(_ARROWS), _WHOLE, _UNIT)
def test_numbers_that_an_arrow_or_dots_join_are_refused(
    lead: str, low: int, arrow: str, high: int, unit: str
) -> None:
    for first in {unit, ""}:
        for joint in (arrow, f" {arrow} "):
            text = f"{lead}{low}{first}{joint}{high}{unit}"
            assert not list(ip.find_figures(text)), text


@settings(max_examples=100)
@given(WORDED)
def test_a_unit_that_fits_changes_nothing_but_the_unit(worded: tuple[str, Figure]) -> None:
    text, figure = worded
    assert figure.unit is not None
    assert ip.read_figure(text, unit=figure.unit) == figure


@settings(max_examples=100)
@given(WORDED, st.sampled_from(["zh", "en"]))
def test_figures_that_are_read_can_be_written(worded: tuple[str, Figure], lang: str) -> None:
    figure = worded[1]
    assert ip.read_figure(ip.format_figure(figure, lang)) == figure


@pytest.mark.parametrize("comparator", Comparator)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_comparator_has_wording(lang: str, comparator: Comparator) -> None:
    in_lang = st.sampled_from(Form).flatmap(lambda form: figures(lang, form))
    unshrunk = settings(max_examples=2000, phases=[Phase.generate])
    text, figure = find(
        in_lang, lambda worded: worded[1].comparator is comparator, settings=unshrunk
    )
    assert ip.read_figure(text) == figure
