"""The parts of the figure reader, each by itself, and their limits."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.codelists import Comparator, Form
from innovation_plans.errors import FigureError, IncomparableError
from innovation_plans.text.figure import Figure, times
from innovation_plans.text.lexicon import Entry, Per, UnitWord
from innovation_plans.text.numerals import Number, arabic, chinese, chinese_share, share
from innovation_plans.text.reading import find_figures, read_figure
from innovation_plans.text.scanner import scan
from innovation_plans.text.spelling import spelled
from innovation_plans.text.writing import format_figure


def shown(figure: Figure) -> str:
    high = "" if figure.value_high is None else f"~{figure.value_high}"
    return f"{figure.form} {figure.comparator} {figure.value}{high} {figure.unit}"


def position_and_expected(text: str, **how: Any) -> tuple[int, str]:
    with pytest.raises(FigureError) as caught:
        read_figure(text, **how)
    assert text.startswith(caught.value.text)
    return caught.value.position, caught.value.expected


# ------------------------------------------------------------------ figures and numbers


def test_a_product_is_exact() -> None:
    assert times(Decimal("1.50"), 1) == Decimal("1.50")
    assert str(times(Decimal("1.50"), Fraction(1, 4))) == "0.375"
    assert str(times(Decimal(3), 10_000)) == "30000"
    assert str(times(Decimal("0.50"), Fraction(3, 1))) == "1.5"
    with pytest.raises(FigureError) as caught:
        times(Decimal("1.00"), Fraction(1, 3))
    assert (caught.value.text, caught.value.position) == ("1", 0)
    assert caught.value.expected == "a value that divides evenly"


def test_the_error_names_what_cannot_be_converted() -> None:
    figure = Figure(Form.LEVEL, Comparator.REACH, Decimal(5), None, "CNY")
    with pytest.raises(IncomparableError) as caught:
        figure.converted("person")
    assert (caught.value.left, caught.value.right) == ("CNY", "person")
    with pytest.raises(IncomparableError) as caught:
        figure._replace(unit=None).converted("CNY")
    assert (caught.value.left, caught.value.right) == ("a number without a unit", "CNY")
    assert str(caught.value).endswith("give unit= to read_figure")


@pytest.mark.parametrize(
    ("run", "value"),
    [
        ("1." + "2" * 29, "1." + "2" * 29),
        ("1." + "2" * 30, None),
        ("1,234,567.25", "1234567.25"),
        ("1234,567", None),
        ("12.", None),
        (".5", None),
        ("0,123", "123"),
    ],
)
def test_digits_points_and_commas(run: str, value: str | None) -> None:
    assert arabic(run) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("run", "coefficient", "power"),
    [
        ("万", 1, 4),
        ("亿", 1, 8),
        ("万亿", 1, 12),
        ("百万", 100, 4),
        ("百万亿", 100, 12),
        ("五十万", 50, 4),
        ("三点五万", "3.5", 4),
        ("两万五千", 25_000, 0),
        ("两万零五", 20_005, 0),
        ("一万二千亿", 12_000, 8),
        ("一亿二千万", 12_000, 4),
        ("1亿零500万", 10_500, 4),
        ("1万零50", 10_050, 0),
        ("1万5千亿", 15_000, 8),
        ("一亿二千万三千", 120_003_000, 0),
        ("一亿零五", 100_000_005, 0),
        ("百", 100, 0),
        ("一百二十", 120, 0),
        ("百二十", 120, 0),
        ("一千零二十", 1020, 0),
        ("一万十五", 10_015, 0),
        ("九千八百七十六", 9876, 0),
        ("二百零五", 205, 0),
        ("十五", 15, 0),
        ("二十五", 25, 0),
        ("零五", 5, 0),
        ("〇", 0, 0),
        ("零点零五", "0.05", 0),
        ("三点" + "五" * 28, "3." + "5" * 28, 0),
    ],
)
def test_chinese_numerals(run: str, coefficient: Any, power: int) -> None:
    assert chinese(run) == (Decimal(coefficient), power)


@pytest.mark.parametrize(
    "run",
    [
        "", "三点", "三点十", "点五", "一百二", "二千五", "两万五", "十十", "百百", "百十", "三百十",
        "千百", "十百", "一万万", "一亿一亿", "一万一亿一亿", "万五", "二五", "零零", "三点五点六",
        "三点" + "五" * 29, "三x",
    ],
)  # fmt: skip
def test_invalid_chinese_numerals(run: str) -> None:
    assert chinese(run) is None


def test_shares_are_in_per_cent() -> None:
    assert chinese_share("四分之三") == 75
    assert chinese_share("百分之五") == 5
    assert chinese_share("十分之一点五") == 15
    assert chinese_share("八分之零") == 0
    assert chinese_share("三分之x") is None
    assert chinese_share("x分之三") is None
    assert str(share(Decimal(2), Decimal(3))) == "66." + "6" * 25 + "7"


# ------------------------------------------------------------------ one spelling


def test_one_spelling() -> None:
    assert spelled("abc 5%", 6) == ("abc 5%", None)
    assert spelled("ＡＢc　５％—萬～", 20) == ("abc 5%—万~", None)
    assert spelled("叁拾伍亿元，大陆伍家", 20) == ("三十五亿元，大陆伍家", None)
    assert spelled("，５", 20) == ("，5", None)
    assert spelled("a \n b  c ", 20) == ("a b c ", [0, 1, 4, 5, 7, 8, 9])
    assert spelled("  a", 20) == (" a", [0, 2, 3])
    assert spelled("R&amp;D  &ge;5%", 20) == ("r&d ≥5%", [0, 1, 6, 7, 9, 13, 14, 15])
    assert spelled("&amp;nbsp;&nbsp;5&percnt;", 30) == (" 5%", [0, 16, 17, 25])
    assert spelled("&lrm;5&NotLessSlantEqual;&#x200f;", 40)[0] == "\ufffd5\ufffd\ufffd"
    assert spelled("R&D;5&foo;&lt", 20)[0] == "r&d;5&foo;&lt"


def test_text_that_is_too_long_or_invisible() -> None:
    for text, most, position, expected in [
        ("12345", 4, 4, "at most 4 characters"),
        ("1234\x00", 9, 4, "text without control characters"),
        ("\u202e5", 9, 0, "text without control characters"),
    ]:
        with pytest.raises(FigureError) as caught:
            spelled(text, most)
        assert caught.value.text == text
        assert (caught.value.position, caught.value.expected) == (position, expected)


# ------------------------------------------------------------------ tokens


def message(value: Any) -> str:
    if isinstance(value, Number):
        more = " more" if value.more else ""
        size = "" if (value.times, value.power) == (1, 0) else f"*{value.times}e{value.power}"
        style = "" if value.style == "digits" else f" {value.style}"
        return f"{value.coefficient}{size}{style}{more}"
    if isinstance(value, UnitWord | Per):
        return value.unit
    return "" if value is None or isinstance(value, Entry) else str(value)


def tokens(text: str) -> str:
    """Return kind, value and position of each token except the three at the end."""
    result = scan(text)
    assert [each[0] for each in result[-3:]] == ["end"] * 3
    return ", ".join(
        f"{kind} {message(value)} {start}-{end}".replace("  ", " ")
        for kind, value, start, end in result[:-3]
    )


TOKENS = {
    "": "",
    # numbers and their magnitudes
    "13,000家": "number 13000 0-6, unit enterprise 6-7",
    "1.2万亿元": "number 1.2*1e12 0-5, unit CNY 5-6",
    "2百万": "number 2*100e4 0-3",
    "3 million": "number 3*1e6 0-9",
    "3-million": "number 3*1e6 0-9",
    "5 thousand": "number 5*1000e0 0-10",
    "2.5 ten thousand": "number 2.5*1e4 0-16",
    "13,000 million": "number 13000*1e6 0-14",
    "1,300万元": "number 1300*1e4 0-6, unit CNY 6-7",
    "5 bn": "number 5*1e9 0-4",
    "5 bng": "number 5 0-1, gap 2-5",
    "5 万": "number 5*1e4 0-3",
    "1亿2000万元": "number 12000*1e4 0-7, unit CNY 7-8",
    "1亿2万元": "number 10002*1e4 0-4, unit CNY 4-5",
    "1.5亿3千万": "number 18000.0*1e4 0-7",
    "3万5千": "number 35000 0-4",
    "1亿2000": "broken 0-6",
    "1亿1,2": "broken 0-5",
    "1亿1,200万": "broken 0-8",
    "30多万亿元": "number 30*1e12 more 0-5, unit CNY 5-6",
    "1万零500家": "number 10500 0-6, unit enterprise 6-7",
    "三成半": "number 35 0-3, unit percent 3-3",
    "万分之三": "number 0.0300 0-4, unit percent 4-4",
    "翻了七番": "whole 128 0-4",
    "five hundred firms": "number 500 word 0-12, unit enterprise 13-18",
    "half a million": "number 0.5*1e6 word 0-14",
    "twenty-first": "gap 0-12",
    "数十家": "noun measure 0-1, broken 1-2, unit enterprise 2-3",
    "1亿2 million": "broken 0-3, gap 4-11",
    "1万2亿": "broken 0-4",
    "1万2万": "broken 0-4",
    "1million2000": "broken 0-12",
    "12345678901234567890": "number 12345678901234567890 0-20",
    # years
    "1899": "number 1899 0-4",
    "1900": "number 1900 year 0-4",
    "2100": "number 2100 year 0-4",
    "2101": "number 2101 0-4",
    "20.5": "number 20.5 0-4",
    "2025.5": "number 2025.5 0-6",
    "02025": "broken 0-5",
    # fractions and ordinals
    "3/4家": "number 75 share 0-3, unit enterprise 3-4",
    "5/4": "number 5 0-1, gap 1-2, number 4 2-3",
    "4/4": "number 4 0-1, gap 1-2, number 4 2-3",
    "0/4": "number 0 0-1, gap 1-2, number 4 2-3",
    "1/12345": "number 1 0-1, gap 1-2, number 12345 2-7",
    "1/4.5": "number 1 0-1, gap 1-2, number 4.5 2-5",
    "3rd": "nth 3 0-3",
    "21st 5": "nth 21 0-4, number 5 5-6",
    "3.2nd": "broken 0-5",
    "3rds": "broken 0-4",
    # what touches digits
    "3.2percent": "number 3.2 0-3, unit percent 3-10",
    "5g": "gap 0-2",
    "5gw-2 x": "broken 0-5, gap 6-7",
    "0x10": "broken 0-4",
    "3_0": "broken 0-3",
    "_3": "gap 0-1, broken 1-2",
    ".5": "stop 0-1, broken 1-2",
    "x .5": "gap 0-1, stop 2-3, broken 3-4",
    "a.5": "fill 1024 0-1, stop 1-2, number 5 2-3",
    "v2.5": "gap 0-2, stop 2-3, broken 3-4",
    "007": "broken 0-3",
    "0": "number 0 0-1",
    "0.5": "number 0.5 0-3",
    "0.50,0": "broken 0-6",
    "1.2.3": "broken 0-5",
    "10²": "broken 0-2, gap 2-3",
    "5^2": "broken 0-1, gap 1-2, number 2 2-3",
    "1" * 31: "broken 0-31",
    # Chinese numerals
    "三千": "number 3000 word 0-2",
    "三点五万": "number 3.5*1e4 word 0-4",
    "三分之一": f"number 33.{'3' * 26} share 0-4",
    "十分之三": "number 30 share 0-4",
    "十分好": "gap 0-2, gap 2-3",
    "百分之五": "number 5 0-4, unit percent 4-4",
    "百分之3.5": "number 3.5 0-6, unit percent 6-6",
    "百分之1.2.3": "broken 0-8",
    "零分之一": "broken 0-4",
    "二〇二五年": "time 0-5",
    "二〇二年": "gap 0-3, time 3-4",
    "两千年": "number 2000 word 0-2, time 2-3",
    "十四五": "span over_years 0-3",
    # words end where no other begins
    "over 5": "bound above 0-4, number 5 5-6",
    "overall": "gap 0-7",
    "over-year": "gap 0-9",
    "over_5": "gap 0-6",
    "over5": "gap 0-5",
    "over'": "gap 0-4, gap 4-5",
    "over's": "gap 0-6",
    "over- x": "gap 0-4, join - 4-5, gap 6-7",
    "over，": "gap 0-4, stop 4-5",
    "up to": "gap 0-5",
    "up to 5": "bound at_most 0-5, number 5 6-7",
    "up toy": "gap 0-2, gap 3-6",
    "增长至少": "form 1 0-2, bound at_least 2-4",
    "增长至10": "form 64 0-3, number 10 3-5",
    "突破性": "gap 0-3",
    "abc-def &x": "gap 0-7, gap 8-9, gap 9-10",
    "é": "gap 0-1",
    "ééé5": "gap 0-3, number 5 3-4",
    "^^ 5": "gap 0-2, number 5 3-4",
    "5not x": "broken 0-4, gap 5-6",
    "over-abc": "gap 0-8",
    "over9": "gap 0-5",
    "超百分之五": "bound above 0-1, number 5 1-5, unit percent 5-5",
    "in chinatown": "fill 0-2, gap 3-12",
    "index_1978_1000": "gap 0-15",
}


@pytest.mark.parametrize("text", TOKENS)
def test_a_text_is_divided_into_tokens(text: str) -> None:
    assert tokens(text) == TOKENS[text]


# ------------------------------------------------------------------ errors: position and expectation


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("10**10", 2, "a known word behind the number"),
        ("m**9", 1, "a known word before the number, not “**”"),
        ("1e9", 0, "a number such as 3.5 or 13,000"),
        (".5%", 1, "a number such as 3.5 or 13,000"),
        ("达到1 000 元", 4, "a known word behind the number"),
        ("3.2 percent; 5", 11, "one figure without punctuation"),
        ("3.2% of 2025", 5, "a number after this"),
        ("5%达到", 2, "a number after this"),
        ("5%全国", 2, "a number after this"),
        ("", 0, "a figure"),
        ("达到", 0, "a figure"),
        ("  达到", 2, "a figure"),
        ("5 6 元", 2, "a unit next to the number"),
        ("5万%", 0, "a number without a magnitude"),
        ("每天5", 2, "a unit"),
        ("between 5%", 8, "two numbers after between"),
        ("5% and 6%", 3, "one figure"),
        ("达到7%-5%", 2, "a range that rises"),
        ("5%-5%", 0, "a range that rises"),
        ("5元-6人", 0, "a range in one unit"),
        ("超过5-6%", 2, "a range without above"),
        ("居全国不低于第3位", 7, "a rank without at_least"),
        ("达到超过第3位", 5, "a rank without above"),
        (
            "increased 3 times",
            10,
            '"times" without a growth word, which can mean 3 or 4 times as much',
        ),
        ("下降3倍", 2, "a percentage after a decline"),
        ("年均投入500亿元", 4, "an amount that is not per year, since no form is an amount a year"),
        ("年均500亿元", 2, "an amount that is not per year, since no form is an amount a year"),
        ("增速500亿元", 2, "a percentage after growth or decline"),
        ("提高5家", 2, "a word for what is added before a count"),
        ("下降-5%", 3, "a number above zero"),
        ("约百家", 1, "a number before the magnitude"),
        ("不是5%", 2, "a comparator behind the negation"),
        ("不约5%", 1, "a comparator that can be negated"),
        ("高于增速5个百分点", 2, "the number next to its comparator"),
        ("同比5%", 2, "a word for a rise or a fall"),
        ("average of 5%", 11, "growth, or a level"),
        ("增速下降5%", 4, "percentage points, or growth without another change"),
        ("降幅收窄5个百分点", 2, "one word for a fall"),
        ("3万元欧元", 3, "a known word behind the number"),
        ("HK$5 million", 2, "a known word before the number, not “$”"),
        ("slumbered by 5%", 10, "a known word before by"),
        ("a third", 2, "a word for a ranking"),
        ("two third", 4, "a known word between two numbers"),
        ("人次5人次", 2, "people, not visits"),
        ("超过低于5%", 2, "one comparator, not above and below"),
        ("超过5%左右", 4, "one comparator, not above and about"),
        ("每万人5件/万名就业人员", 5, "one denominator"),
        ("5件/万人/天", 5, "one denominator"),
        ("每万人每天5件", 3, "one denominator"),
        ("产值-5亿元", 3, "a number above zero"),
        ("增长-5家", 3, "a number above zero"),
        ("前3年", 1, "a rank, not a time"),
        ("5 by 6%", 2, "a known word before by"),
        ("前x", 0, "a word of a figure expression"),
        ("增长a-5%", 3, "a known word before the number, not “-”"),
        ("第x", 0, "a word of a figure expression"),
        ("约前3位", 2, "one comparator, not about and at_most"),
        ("5 foo people", 2, "a known word behind the number"),
        ("9" * 501, 500, "at most 500 characters"),
    ],
)
def test_an_error_states_position_and_expectation(text: str, position: int, expected: str) -> None:
    assert position_and_expected(text) == (position, expected)


@pytest.mark.heavy
def test_a_text_may_have_five_hundred_characters() -> None:
    assert read_figure(" " * 498 + "5%").value == 5
    assert position_and_expected(" " * 499 + "5%") == (500, "at most 500 characters")
    result = find_figures(" " * 999_998 + "5%")
    assert [each.start for each in result] == [999_998]
    with pytest.raises(FigureError, match="at most 10000000 characters"):
        find_figures(" " * 9_999_999 + "5%")


def test_positions_in_an_error_refer_to_the_original_text() -> None:
    assert position_and_expected("a  b   5") == (3, "a known word before the number, not “b”")
    assert position_and_expected("5%    @   6") == (6, "a known word behind the number")
    assert position_and_expected("5%    达到   ") == (6, "a number after this")


def test_errors_of_a_lenient_reader() -> None:
    assert position_and_expected("10**10", strict=False) == (2, "a known word behind the number")
    assert position_and_expected("abc", strict=False) == (0, "a word of a figure expression")
    assert position_and_expected("强度5%，占比6%", strict=False) == (7, "one figure")
    assert position_and_expected("占比6%-5%", strict=False) == (2, "a range that rises")
    for text, expected in {
        "前超过5%": "level above 5 percent",
        "全国15名": "level reach 15 person",
        "不超过15名": "level at_most 15 person",
    }.items():
        assert shown(read_figure(text, strict=False)) == expected, text


def test_forms_selected_by_name() -> None:
    for form in ("multiple", Form.MULTIPLE):
        made = read_figure("增长58.1%", form=form)
        assert shown(made) == "multiple reach 1.581 multiple"
    ranged = read_figure("增长50%-60%", form="multiple")
    assert shown(ranged) == "multiple between 1.5~1.6 multiple"
    (result,) = find_figures("产值增长20%以上。", form="multiple")
    assert shown(result.figure) == "multiple at_least 1.2 multiple"
    with pytest.raises(FigureError) as caught:
        read_figure("5", form="height")
    assert (caught.value.text, caught.value.position) == ("height", 0)
    assert caught.value.expected == (
        "a form: level, annual_growth, average_growth, cumulative, increment, multiple, rank"
    )


# ------------------------------------------------------------------ writing

REACH = Comparator.REACH
UNITS = {
    "percent": ("%", "%"),
    "CNY": ("元", " yuan"),
    "CNY_10K": ("万元", " ten thousand yuan"),
    "CNY_100M": ("亿元", " hundred million yuan"),
    "CNY_1B": (" CNY_1B", " billion yuan"),
    "CNY_1T": ("万亿元", " trillion yuan"),
    "USD": ("美元", " dollars"),
    "person": ("人", " people"),
    "person_year": ("人年", " person-years"),
    "inhabitant": ("常住人口", " residents"),
    "inhabitant_10K": ("万常住人口", " ten thousand residents"),
    "employed_person": ("名就业人员", " employed persons"),
    "employed_person_10K": ("万名就业人员", " ten thousand employed persons"),
    "patent": ("件专利", " patents"),
    "enterprise": ("家", " enterprises"),
    "legal_entity": ("家法人单位", " legal entities"),
    "item": ("个", " items"),
    "calendar_day": ("天", " calendar_day"),
    "index_1978_100": (" index_1978_100", " index_1978_100"),
    None: ("", ""),
    "person_year_per_10k_population": ("人年/万人", " person-years per 10,000 people"),
    "person_year_per_10k_employed": ("人年/万名就业人员", " person-years per 10,000 employees"),
    "person_per_10k_employed": ("人/万名就业人员", " people per 10,000 employees"),
    "patent_per_10k_population": ("件专利/万人", " patents per 10,000 people"),
    "enterprise_per_10k_legal_entities": (
        "家/万家法人单位", " enterprises per 10,000 legal entities",
    ),
    "enterprise_per_day": ("家/天", " enterprises per day"),
    "CNY_10K_per_employed_person": (
        "万元/名就业人员", " ten thousand yuan per employed person",
    ),
    "CNY_per_USD": ("元/美元", " yuan per us dollar"),
    "person / inhabitant_10K": ("人/万人", " people per 10,000 people"),
    "patent / 10000 / legal_entity": ("件专利/万家法人单位", " patents per 10,000 legal entities"),
}  # fmt: skip
# Comparator: around a number in Chinese, before one in English.
BOUNDS = {
    "reach": ("{}", "{}"),
    "at_least": ("{}以上", "at least {}"),
    "above": ("超过{}", "above {}"),
    "about": ("{}左右", "about {}"),
    "at_most": ("不超过{}", "at most {}"),
    "below": ("低于{}", "below {}"),
}
TURNED = {"at_least": "at_most", "above": "below", "at_most": "at_least", "below": "above"}
FORMS = [
    ("level", "percent", "{}", "{}", "%", "%"),
    ("average_growth", "percent_per_year", "年均增长{}", "average annual growth of {}", "%", "%"),
    ("annual_growth", "percent_per_year", "增长{}", "growth of {}", "%", "%"),
    ("cumulative", "item", "累计{}", "cumulative {}", "个", " items"),
    ("increment", "item", "新增{}", "add {}", "个", " items"),
    ("increment", "percentage_point", "提高{}", "up {}", "个百分点", " percentage points"),
    ("increment", "rank", "上升{}", "up {}", "位", " places"),
    ("multiple", "multiple", "{}", "{}", "倍", " times"),
]
FALLS = [
    ("average_growth", "percent_per_year", "年均下降{}", "average annual decline of {}", "%", "%"),
    ("annual_growth", "percent_per_year", "下降{}", "decline of {}", "%", "%"),
    ("increment", "percentage_point", "下降{}", "down {}", "个百分点", " percentage points"),
    ("increment", "rank", "下降{}", "down {}", "位", " places"),
]


def written(form: str, comparator: str, value: Any, high: Any, unit: str | None) -> tuple[str, str]:
    top = None if high is None else Decimal(high)
    figure = Figure(Form(form), Comparator(comparator), Decimal(value), top, unit)
    return format_figure(figure, "zh"), format_figure(figure)


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_is_written(unit: str | None) -> None:
    chinese_, english = UNITS[unit]
    made = written("level", "reach", "12345.5", None, unit)
    assert made == (f"12345.5{chinese_}", f"12,345.5{english}")


def spoken(text: str) -> str:
    """Return a text in English: growth of at least 5%, but growth above 5%."""
    return text.replace(" of above ", " above ").replace(" of below ", " below ")


@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("row", FORMS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_every_form_and_comparator_is_written(row: tuple[str, ...], bound: str) -> None:
    form, unit, zh, en, zh_unit, en_unit = row
    in_zh, in_en = BOUNDS[bound]
    assert written(form, bound, "5.50", None, unit) == (
        zh.format(in_zh.format(f"5.5{zh_unit}")), spoken(en.format(in_en.format(f"5.5{en_unit}"))),
    )  # fmt: skip


@pytest.mark.parametrize("bound", BOUNDS)
@pytest.mark.parametrize("row", FALLS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_decrease_reverses_its_bound(row: tuple[str, ...], bound: str) -> None:
    form, unit, zh, en, zh_unit, en_unit = row
    in_zh, in_en = BOUNDS[TURNED.get(bound, bound)]
    assert written(form, bound, "-5", None, unit) == (
        zh.format(in_zh.format(f"5{zh_unit}")), spoken(en.format(in_en.format(f"5{en_unit}"))),
    )  # fmt: skip


@pytest.mark.parametrize("row", FORMS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_range_is_written(row: tuple[str, ...]) -> None:
    form, unit, zh, en, zh_unit, en_unit = row
    assert written(form, "between", "5", "1600", unit) == (
        zh.format(f"5{zh_unit}—1600{zh_unit}"),
        en.format(f"between 5{en_unit} and 1,600{en_unit}"),
    )


@pytest.mark.parametrize("row", FALLS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_range_of_falls_is_written_from_the_smaller_one(row: tuple[str, ...]) -> None:
    form, unit, zh, en, zh_unit, en_unit = row
    assert written(form, "between", "-6", "-5", unit) == (
        zh.format(f"5{zh_unit}—6{zh_unit}"), en.format(f"between 5{en_unit} and 6{en_unit}"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("comparator", "value", "high", "zh", "en"),
    [
        ("reach", 5, None, "第5位", "no. 5"),
        ("at_least", 5, None, "≥第5位", "≥no. 5"),
        ("above", 5, None, ">第5位", ">no. 5"),
        ("about", 5, None, "第5位左右", "about no. 5"),
        ("at_most", 5, None, "前5位", "top 5"),
        ("below", 5, None, "<第5位", "<no. 5"),
        ("between", 5, 8, "第5-8位", "no. 5-8"),
    ],
)
def test_a_rank_is_written(comparator: str, value: int, high: int | None, zh: str, en: str) -> None:
    assert written("rank", comparator, value, high, "rank") == (zh, en)


@pytest.mark.parametrize(
    ("low", "high", "zh", "en"),
    [
        ("0", None, "增长0%", "growth of 0%"),
        ("0.5", None, "增长0.5%", "growth of 0.5%"),
        ("-0.5", None, "下降0.5%", "decline of 0.5%"),
        ("-2", "0", "下降0%—2%", "decline of between 0% and 2%"),
        ("0", "2", "增长0%—2%", "growth of between 0% and 2%"),
    ],
)
def test_growth_around_zero(low: str, high: str | None, zh: str, en: str) -> None:
    bound = "reach" if high is None else "between"
    assert written("annual_growth", bound, low, high, "percent_per_year") == (zh, en)


def test_the_error_of_a_figure_without_an_expression_shows_the_nearest() -> None:
    for figure, lang, text, expected in [
        (Figure(Form.RANK, REACH, Decimal(1), None, "CNY"), "zh", "第1位",
         "a figure that reads back as it was"),
        (Figure(Form.AVERAGE_GROWTH, REACH, Decimal(1), None, "CNY"), "en",
         "average annual growth of 1 yuan", "a figure that reads back as it was"),
    ]:  # fmt: skip
        with pytest.raises(FigureError) as caught:
            format_figure(figure, lang)
        assert (caught.value.text, caught.value.position) == (text, 0)
        assert caught.value.expected == expected


# ------------------------------------------------------------------ hints


@pytest.mark.parametrize(
    ("text", "unit", "form", "expected"),
    [
        # a bare number has the caller's unit, and its magnitude is of the thing counted
        ("5", "CNY_1T", None, "level reach 5 CNY_1T"),
        ("2万", "item", None, "level reach 20000 item"),
        ("2万", "CNY_10K", None, "level reach 2 CNY_10K"),
        ("2万", "inhabitant_10K", None, "level reach 2 inhabitant_10K"),
        ("2万", "USD", None, "level reach 20000 USD"),
        ("2万", "person_year", None, "level reach 20000 person_year"),
        ("2万", "percent", None, "level reach 20000 percent"),
        ("2万", "patent_per_10k_population", None, "level reach 20000 patent_per_10k_population"),
        ("2千", "CNY_10K", None, "level reach 2000 CNY_10K"),
        ("5", "rank", None, "rank reach 5 rank"),
        ("增长5", "percent_per_year", None, "annual_growth reach 5 percent_per_year"),
        ("下降5", "percent", None, "annual_growth reach -5 percent_per_year"),
        ("5", "percent_per_year", None, "annual_growth reach 5 percent_per_year"),
        ("5%", "percent_per_year", None, "annual_growth reach 5 percent_per_year"),
        ("5%", "percent_per_year", "level", "level reach 5 percent"),
        ("达到5%", "percent_per_year", None, "annual_growth reach 5 percent_per_year"),
        # counting words mean the unit of the caller
        ("5家", "item", None, "level reach 5 item"),
        ("5个", "patent", None, "level reach 5 patent"),
        ("5人", "inhabitant", None, "level reach 5 inhabitant"),
        ("2万人", "employed_person_10K", None, "level reach 2 employed_person_10K"),
        ("5位", "rank", None, "rank reach 5 rank"),
        ("5位", "employed_person", None, "level reach 5 employed_person"),
        # numerators, and denominators that do not say which people are meant
        ("12件", "patent_per_10k_population", None, "level reach 12 patent_per_10k_population"),
        (
            "60人年",
            "person_year_per_10k_employed",
            None,
            "level reach 60 person_year_per_10k_employed",
        ),
        (
            "60人年/万人",
            "person_year_per_10k_employed",
            None,
            "level reach 60 person_year_per_10k_employed",
        ),
        (
            "人均3万元",
            "CNY_10K_per_employed_person",
            None,
            "level reach 3 CNY_10K_per_employed_person",
        ),
        (
            "0.0048人年/人",
            "person_year_per_10k_population",
            None,
            "level reach 48 person_year_per_10k_population",
        ),
        ("到5家", None, "increment", "increment reach 5 enterprise"),
        # forms that the words leave open
        ("5家", None, "cumulative", "cumulative reach 5 enterprise"),
        ("5", None, "rank", "rank reach 5 rank"),
        ("达到5家", None, "increment", "increment reach 5 enterprise"),
        ("5%", None, "cumulative", "cumulative reach 5 percent"),
        ("增长5%", None, "average_growth", "average_growth reach 5 percent_per_year"),
        ("每年增长5%", None, "annual_growth", "annual_growth reach 5 percent_per_year"),
        ("每年增长5%", None, None, "average_growth reach 5 percent_per_year"),
        ("增长到5%", None, "average_growth", "average_growth reach 5 percent_per_year"),
    ],
)
def test_hints_of_the_caller(text: str, unit: str | None, form: str | None, expected: str) -> None:
    assert shown(read_figure(text, unit, form=form)) == expected


@pytest.mark.parametrize(
    ("text", "unit", "printed"),
    [
        ("5家", "person", "enterprise"),
        ("5人", "item", "person"),
        ("5常住人口", "person", "inhabitant"),
        ("5家企业", "inhabitant", "enterprise"),
        ("75人", "person_year", "person"),
        ("US$126.3 billion", "CNY_100M", "USD"),
        ("3.5%", "CNY_100M", "percent"),
        ("人均3万元", "CNY", "CNY_10K / inhabitant"),
        ("60人年/万人口", "person_year_per_10k_employed", "person_year_per_10k_population"),
    ],
)
def test_an_amount_in_another_dimension_is_an_error(text: str, unit: str, printed: str) -> None:
    for strict in (True, False):
        expected = position_and_expected(text, unit=unit, strict=strict)[1]
        assert expected == f"a figure in {unit}, not in {printed}"
    assert list(find_figures(text, unit=unit)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # magnitudes go into the unit
        ("3千亿元", "level reach 3000 CNY_100M"),
        ("30亿元", "level reach 30 CNY_100M"),
        ("3 billion yuan", "level reach 3 CNY_1B"),
        ("3万元", "level reach 3 CNY_10K"),
        ("3千元", "level reach 3000 CNY"),
        ("3 million yuan", "level reach 300 CNY_10K"),
        ("3万就业人员", "level reach 3 employed_person_10K"),
        ("3亿常住人口", "level reach 30000 inhabitant_10K"),
        ("3亿美元", "level reach 300000000 USD"),
        ("5‰", "level reach 0.5 percent"),
        ("三成", "level reach 30 percent"),
        ("十分之三以上", "level at_least 30 percent"),
        # ratios of two units that no token names
        ("5人/天", "level reach 5 person / calendar_day"),
        ("3万元/万人", "level reach 3 CNY_10K / inhabitant_10K"),
        ("每万家企业法人5个", "level reach 5 item / 10000 / legal_entity"),
        # growth of a figure per head is growth
        ("人均增长7%", "annual_growth reach 7 percent_per_year"),
        # words before a number
        ("年均5%", "average_growth reach 5 percent_per_year"),
        ("年均提高到5%", "average_growth reach 5 percent_per_year"),
        ("增速提高到5%", "annual_growth reach 5 percent_per_year"),
        ("每年5%", "average_growth reach 5 percent_per_year"),
        ("累计5%", "cumulative reach 5 percent"),
        ("新增5%", "annual_growth reach 5 percent_per_year"),
        ("提高5%", "annual_growth reach 5 percent_per_year"),
        ("下降5%", "annual_growth reach -5 percent_per_year"),
        ("增长到3倍", "multiple reach 3 multiple"),
        ("增长3倍", "multiple reach 4 multiple"),
        ("提高3倍", "multiple reach 4 multiple"),
        ("新增3倍", "multiple reach 4 multiple"),
        ("3 times", "multiple reach 3 multiple"),
        ("rise to 3 times", "multiple reach 3 multiple"),
        ("提高3个位次", "increment reach 3 rank"),
        ("下降3个位次", "increment reach -3 rank"),
        ("增长3个位次", "increment reach 3 rank"),
        ("上升到第3位", "rank reach 3 rank"),
        ("上升到3个位次", "rank reach 3 rank"),
        ("下降3位", "increment reach -3 rank"),
        ("新增3位", "increment reach 3 person"),
        ("增长5家", "increment reach 5 enterprise"),
        ("增加5家", "increment reach 5 enterprise"),
        ("下降到5家", "level reach 5 enterprise"),
        ("50%超", "level above 50 percent"),
        ("by 15%", "annual_growth reach 15 percent_per_year"),
        ("第1万-2万位", "rank between 10000~20000 rank"),
        ("3-5年超过5%", "level above 5 percent"),
        ("2025", "level reach 2025 None"),
        ("1/4—3/4", "level between 25~75 percent"),
        ("累计下降20%", "cumulative reach -20 percent"),
        ("超过5%以上", "level above 5 percent"),
        ("低于5%以下", "level below 5 percent"),
        ("increase to 10%", "level reach 10 percent"),
        ("grow to 10%", "level reach 10 percent"),
        ("add to 10%", "level reach 10 percent"),
        ("fall to 10%", "level reach 10 percent"),
        ("-5%", "annual_growth reach -5 percent_per_year"),
        ("累计10%的增长", "cumulative reach 10 percent"),
        ("增长 -0.5%", "annual_growth reach -0.5 percent_per_year"),
        ("增长-9%", "annual_growth reach -9 percent_per_year"),
        ("下降500亿元", "increment reach -500 CNY_100M"),
        ("下降5%-6%", "annual_growth between -6~-5 percent_per_year"),
        ("下降至多5%", "annual_growth at_least -5 percent_per_year"),
        ("下降超过5%", "annual_growth below -5 percent_per_year"),
        ("下降不到5%", "annual_growth above -5 percent_per_year"),
    ],
)
def test_printed_figures(text: str, expected: str) -> None:
    assert shown(read_figure(text)) == expected


# ------------------------------------------------------------------ in a passage

# Passages in which more or less than the whole text is a figure, besides "其中：" and "。".
FOUND = {
    "（1）研发强度达到3.5%左右；（2）企业6万家以上。": ["达到3.5%左右", "6万家以上"],
    "经费，（5）亿元": [],
    "至少；（1）3.5%": [],
    "占比&ge;3.5%，下降&nbsp;3%，研发&lt;b&gt;5%": ["&ge;3.5%", "下降&nbsp;3%"],
    "占GDP比重45%": ["45%"],
    "比2020年提高3个百分点": ["提高3个百分点"],
    "2030年达到600亿元": ["达到600亿元"],
    "五年增量超1.36万亿元": ["增量超1.36万亿元"],
    "跨上5万亿元台阶": ["跨上5万亿元"],
    "3年翻一番": ["翻一番"],
    "是2020年的3倍": ["3倍"],
    "均居全国首位": ["居全国首位"],
    "全国15名以内": ["15名以内"],
    "up 8.4% from a year earlier": ["up 8.4% from a year earlier"],
    "up 8.4% from 2019": [],
    "will rise to 10%": ["rise to 10%"],
    "continue to rank first in the country": ["rank first in the country"],
    "in 2020 to 3000 firms": ["3000 firms"],
    "6.3 percent of the city's GDP": ["6.3 percent of the city's GDP"],
    "5万人左右的人才": ["5万人左右"],
    "10%的增长": ["10%的增长"],
    "增长10%的企业": [],
    "from 5 to 6 percent": [],
    "rose from 5 to 6 percent": ["6 percent"],
    "从3%提高到5%": ["3%", "提高到5%"],
    "每万人口发明专利12件、增长5%": ["12件", "增长5%"],
    "居全国第3位，比上年上升2位": ["居全国第3位", "比上年上升2位"],
    "增长-0.5%，下降5%": ["增长-0.5%", "下降5%"],
    "≥5%": ["≥5%"],
    "超过5": ["超过5"],
    "top 3 firms": [],
    "top 3": ["top 3"],
    "前3位": ["前3位"],
    "前3": ["前3"],
    "前3家": [],
    "第3": [],
    "第3位": ["第3位"],
    "第3个": [],
    "double new firms": [],
    "double in size": ["double"],
    "doubled firms": ["doubled"],
    "in 2021-2025 5 firms": ["5 firms"],
    "2016-2020 patents": [],
    "5-year 3%": ["3%"],
    "2021-2025年增长5%": [],
    # a number in words, a bare number, a year: none of them is a figure
    "两万五千家": ["两万五千家"],
    "新增一家": ["新增一家"],
    "一家": [],
    "half": [],
    "three times": [],
    "add three firms": ["add three firms"],
    "No. 2": [],
    "2000-2050 firms": [],
    "13000": [],
    "2025年": [],
    "3/4家": [],
    "<5": [],
    "<5%": ["<5%"],
    "50%超的企业": [],
    "5%-6%": ["5%-6%"],
    "超过低于5%，增长6%": ["增长6%"],
    "第3-5位": ["第3-5位"],
    "第3位5%": ["第3位"],
    "No. 3 in the country": ["No. 3 in the country"],
    "每万人5件": ["每万人5件"],
}


@pytest.mark.parametrize("text", FOUND)
def test_figures_of_a_passage(text: str) -> None:
    passage = f"其中：{text}。"
    result = list(find_figures(passage))
    assert [each.text for each in result] == FOUND[text]
    assert all(passage[each.start : each.end] == each.text for each in result)


def test_sentences_of_a_passage_are_read_separately() -> None:
    text = "增长5%；\n\n超过  3\n亿元！下降\n\n 2家；达到9%"
    result = list(find_figures(text))
    assert [each.text for each in result] == ["增长5%", "超过  3\n亿元", "达到9%"]
    assert [each.start for each in result] == [0, 7, 24]
    assert [shown(each.figure) for each in result] == [
        "annual_growth reach 5 percent_per_year",
        "level above 3 CNY_100M",
        "level reach 9 percent",
    ]


def test_the_words_of_a_list_apply_to_its_next_item() -> None:
    for text, expected in {
        "新增3家、5家": ["increment reach 3 enterprise", "increment reach 5 enterprise"],
        "超过3%，和4%": ["level above 3 percent"],
        "超过3%和4%": ["level above 3 percent", "level above 4 percent"],
        "增长3%；5%": ["annual_growth reach 3 percent_per_year", "level reach 5 percent"],
        "增长3%（5%）": ["annual_growth reach 3 percent_per_year"],
        "增长3%，一家5%": ["annual_growth reach 3 percent_per_year"],
        "每万人，有5件": ["level reach 5 patent_per_10k_population"],
        "每万人（5件）": ["level reach 5 patent_per_10k_population"],
        "增长5%（上年为3%）": ["annual_growth reach 5 percent_per_year"],
    }.items():
        assert [shown(each.figure) for each in find_figures(text)] == expected, text


@pytest.mark.parametrize(
    "text", ["新增一家", "全国第二", "全国排名第3位", "每万人5件", "5%", "增长5%"]
)
def test_a_passage_may_begin_with_a_figure(text: str) -> None:
    (result,) = find_figures(text)
    assert (result.start, result.end, result.text) == (0, len(text), text)


@pytest.mark.parametrize(
    ("text", "form", "stated"),
    [
        ("5家", "rank", "level"),
        ("5家", "multiple", "level"),
        ("增加到5家", "increment", "level"),
        ("新增5家", "level", "increment"),
        ("累计5家", "level", "cumulative"),
        ("5%", "increment", "level"),
        ("增长5%", "level", "annual_growth"),
        ("累计增长5%", "annual_growth", "cumulative"),
        ("增长到5%", "annual_growth", "level"),
        ("年均增长5%", "multiple", "average_growth"),
        ("达到5%", "multiple", "level"),
        ("1000家", "average_growth", "level"),
        ("12.6%", "rank", "level"),
        ("12.6%", "multiple", "level"),
    ],
)
def test_a_form_that_the_words_or_the_unit_contradict_is_an_error(
    text: str, form: str, stated: str
) -> None:
    words = [ip.label(ip.Form(each)) for each in (form, stated)]
    expected = "a figure of the form {}, found one of the form {}".format(*words)
    for strict in (True, False):
        with pytest.raises(FigureError) as caught:
            read_figure(text, strict=strict, form=form)
        assert caught.value.expected == expected
    found = list(find_figures(text, form=form, refused=True))
    assert [item.text for item in found] == [item.text for item in find_figures(text)]
    assert all(str(item.reason) == f"expected {expected}" for item in found)
    assert not list(find_figures(text, form=form))
