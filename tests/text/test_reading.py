"""Figures in text: what is read, and what raises an error."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.codelists import Comparator, Form
from innovation_plans.errors import FigureError, IncomparableError, MissingError
from innovation_plans.text.figure import Figure
from innovation_plans.text.lexicon import lexicon
from innovation_plans.text.numerals import arabic, chinese, chinese_share
from innovation_plans.text.reading import find_figures, read_figure
from innovation_plans.text.settle import SCALED, ratios
from innovation_plans.text.writing import format_figure
from innovation_plans.units.table import bundled_units

# ------------------------------------------------------------------ reading one expression


def shown(figure: Figure) -> str:
    high = "" if figure.value_high is None else f"~{figure.value_high}"
    return f"{figure.form} {figure.comparator} {figure.value}{high} {figure.unit}"


CHINESE = {
    "年均增长10%以上": "average_growth at_least 10 percent_per_year",
    "年均增速高于9%": "average_growth above 9 percent_per_year",
    "年均增长5%—5.5%": "average_growth between 5~5.5 percent_per_year",
    "20.5至30%": "level between 20.5~30 percent",
    "20.05-30%": "level between 20.05~30 percent",
    "增长4.5-5%": "annual_growth between 4.5~5 percent_per_year",
    "增速达到8％左右": "annual_growth about 8 percent_per_year",
    "保持10%以上的增长": "annual_growth at_least 10 percent_per_year",
    "下降5%以上": "annual_growth at_most -5 percent_per_year",
    "增长-0.5%": "annual_growth reach -0.5 percent_per_year",
    "累计增长20%": "cumulative reach 20 percent",
    "达3.3%左右": "level about 3.3 percent",
    "提高到5%以上": "level at_least 5 percent",
    "下降到5%": "level reach 5 percent",
    "5.5%到6%": "level between 5.5~6 percent",
    "30%至35%": "level between 30~35 percent",
    "3.2~3.5%": "level between 3.2~3.5 percent",
    "３．２％以上": "level at_least 3.2 percent",
    "＞22%": "level above 22 percent",
    "控制在5%以内": "level at_most 5 percent",
    "不低于60%": "level at_least 60 percent",
    "占GDP比重45%": "level reach 45 percent",
    "超过七成": "level above 70 percent",
    "百分之十": "level reach 10 percent",
    "5‰": "level reach 0.5 percent",
    "四分之三以上": "level at_least 75 percent",
    "提高3个百分点": "increment reach 3 percentage_point",
    "比2020年提高3个百分点": "increment reach 3 percentage_point",
    "下降1.5个百分点左右": "increment about -1.5 percentage_point",
    "2030年达到600亿元": "level reach 600 CNY_100M",
    "突破万亿元": "level above 1 CNY_1T",
    "超过百亿元": "level above 100 CNY_100M",
    "1.2万亿元": "level reach 1.2 CNY_1T",
    "3,000億元以上": "level at_least 3000 CNY_100M",
    "1亿2000万元": "level reach 12000 CNY_10K",
    "五年增量超1.36万亿元": "increment above 1.36 CNY_1T",
    "增加超7400亿元": "increment above 7400 CNY_100M",
    "累计达260亿元": "cumulative reach 260 CNY_100M",
    "跨上5万亿元台阶": "level above 5 CNY_1T",
    "2万多家": "level above 20000 enterprise",
    "再增加2—4家": "increment between 2~4 enterprise",
    "2-3万家": "level between 20000~30000 enterprise",
    "2-3千家": "level between 2000~3000 enterprise",
    "净增700户以上": "increment at_least 700 enterprise",
    "两万五千家": "level reach 25000 enterprise",
    "5千社以上": "level at_least 5000 enterprise",
    "200余项": "level above 200 item",
    "150万人": "level reach 1500000 person",
    "5000万常住人口": "level reach 5000 inhabitant_10K",
    "18万人年": "level reach 180000 person_year",
    "48人年/万人": "level reach 48 person_year_per_10k_population",
    "60人年/万名就业人员以上": "level at_least 60 person_year_per_10k_employed",
    "每万名就业人员达到60人年": "level reach 60 person_year_per_10k_employed",
    "每万人口12件": "level reach 12 patent_per_10k_population",
    "10—12件/万人": "level between 10~12 patent_per_10k_population",
    "26万元/名就业人员": "level reach 26 CNY_10K_per_employed_person",
    "翻一番": "multiple reach 2 multiple",
    "3年翻一番": "multiple reach 2 multiple",
    "翻两番": "multiple reach 4 multiple",
    "增长1.7倍": "multiple reach 2.7 multiple",
    "增长2倍多": "multiple above 3 multiple",
    "增长到2.7倍": "multiple reach 2.7 multiple",
    "是2020年的3倍": "multiple reach 3 multiple",
    "居全国第1位": "rank reach 1 rank",
    "均居全国首位": "rank reach 1 rank",
    "全国第二": "rank reach 2 rank",
    "进入前12名": "rank at_most 12 rank",
    "保持全国前十": "rank at_most 10 rank",
    "全国15名以内": "rank at_most 15 rank",
    "第3-5位": "rank between 3~5 rank",
    "上升3位": "increment reach 3 rank",
    "增长至10%": "level reach 10 percent",
    "增长至少10%": "annual_growth at_least 10 percent_per_year",
    "下降至少5%": "annual_growth at_most -5 percent_per_year",
    "提高至多3个百分点": "increment at_most 3 percentage_point",
    "累计达成1万家": "cumulative reach 10000 enterprise",
    "2000—3000家": "level between 2000~3000 enterprise",
    "2000-2050家": "level between 2000~2050 enterprise",
}
ENGLISH = {
    "more than 75%": "level above 75 percent",
    "an estimated 6 percent": "level about 6 percent",
    "nearly 6 percent": "level about 6 percent",
    "no less than 6 per cent": "level at_least 6 percent",
    "up to 6%": "level at_most 6 percent",
    "10% or more": "level at_least 10 percent",
    "between 5 and 6 percent": "level between 5~6 percent",
    "5 to 6 percent": "level between 5~6 percent",
    "6.3 percent of the city's GDP": "level reach 6.3 percent",
    "3.2percent": "level reach 3.2 percent",
    "half": "level reach 50 percent",
    "average annual rate of 10%": "average_growth reach 10 percent_per_year",
    "grow 14% a year": "average_growth reach 14 percent_per_year",
    "average annual growth of at least 9.3%": "average_growth at_least 9.3 percent_per_year",
    "by more than 15%": "annual_growth above 15 percent_per_year",
    "10% growth": "annual_growth reach 10 percent_per_year",
    "will rise to 10%": "level reach 10 percent",
    "increase by 3 percentage points": "increment reach 3 percentage_point",
    "exceeded 1 billion yuan": "level above 1 CNY_1B",
    "41.8 trillion yuan": "level reach 41.8 CNY_1T",
    "450 hundred million yuan": "level reach 450 CNY_100M",
    "5 CNY_100M": "level reach 5 CNY_100M",
    "exceeding 13,000": "level above 13000 None",
    "reached seven": "level reach 7 None",
    "add 25 new enterprises": "increment reach 25 enterprise",
    "144 invention patents per 10,000 people": "level reach 144 patent_per_10k_population",
    "exceed 70 person-years per 10,000 employees": "level above 70 person_year_per_10k_employed",
    "169 high-tech industrial development zones": "level reach 169 item",
    "doubled": "multiple reach 2 multiple",
    "three times": "multiple reach 3 multiple",
    "continue to rank first in the country": "rank reach 1 rank",
    "top three": "rank at_most 3 rank",
    "No. 2": "rank reach 2 rank",
    "ranks 3rd": "rank reach 3 rank",
    "2000-3000 firms": "level between 2000~3000 enterprise",
    "2000 to 3000 enterprises": "level between 2000~3000 enterprise",
    "2000-2050 firms": "level between 2000~2050 enterprise",
    "in 2020 to 3000 firms": "level reach 3000 enterprise",
}
HINTED = {
    ("每年新增500家", None, "increment"): "increment reach 500 enterprise",
    ("up 8.4% from 2019", None, "annual_growth"): "annual_growth reach 8.4 percent_per_year",
    ("5000亿元", "CNY_1T", None): "level reach 0.5 CNY_1T",
    ("exceeded 1 billion yuan", "CNY_100M", None): "level above 10 CNY_100M",
    ("突破万亿", "CNY_100M", None): "level above 10000 CNY_100M",
    ("4000", "CNY_100M", None): "level reach 4000 CNY_100M",
    ("突破千项", "item", None): "level above 1000 item",
    ("20家", "item", None): "level reach 20 item",
    ("8个", "enterprise", None): "level reach 8 enterprise",
    ("7名", "person", None): "level reach 7 person",
    ("2位", "person", None): "level reach 2 person",
    ("6位", "rank", None): "rank reach 6 rank",
    ("12件", "patent_per_10k_population", None): "level reach 12 patent_per_10k_population",
    ("48人年/万人", "person_year_per_10k_employed", None): (
        "level reach 48 person_year_per_10k_employed"
    ),
    ("260000元", "CNY_10K_per_employed_person", None): (
        "level reach 26 CNY_10K_per_employed_person"
    ),
    ("26万", "CNY_10K_per_employed_person", None): "level reach 26 CNY_10K_per_employed_person",
    (">12.5", "percent", None): "level above 12.5 percent",
    ("10%", "percent_per_year", None): "annual_growth reach 10 percent_per_year",
    ("10%以上", None, "average_growth"): "average_growth at_least 10 percent_per_year",
    ("增长82%", "percent", "cumulative"): "cumulative reach 82 percent",
    ("20家", None, Form.INCREMENT): "increment reach 20 enterprise",
    # another dimension than that of the caller: the text decides
    ("年均增长10%以上", "CNY_100M", None): "average_growth at_least 10 percent_per_year",
    ("提高3个百分点", "percent", None): "increment reach 3 percentage_point",
}


@pytest.mark.parametrize(("text", "expected"), [*CHINESE.items(), *ENGLISH.items()])
def test_reads(text: str, expected: str) -> None:
    assert shown(read_figure(text)) == expected
    assert shown(read_figure(text, strict=False)) == expected


@pytest.mark.parametrize(("given", "expected"), HINTED.items())
def test_hints(given: tuple[str, str | None, str | None], expected: str) -> None:
    text, unit, form = given
    assert shown(read_figure(text, unit, form=form)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "5个国家技术创新中心": "level reach 5 item",
        "全国重点实验室11个": "level reach 11 item",
        "到2025年研发经费投入强度力争达到3.5%": "level reach 3.5 percent",
        "“十四五”期间研发经费投入年均增长10%以上": "average_growth at_least 10 percent_per_year",
        "新增高新技术企业3000家以上": "increment at_least 3000 enterprise",
    }.items(),
)
def test_a_lenient_reader_looks_for_one_figure(text: str, expected: str) -> None:
    with pytest.raises(FigureError):
        read_figure(text)
    assert shown(read_figure(text, strict=False)) == expected


@pytest.mark.parametrize(
    "text", ["突破5万家，力争达到6万家", "从3%提高到5%", "from 5 to 6 percent", "3.2percent|4"]
)
def test_two_figures_raise_an_error(text: str) -> None:
    for strict in (True, False):
        with pytest.raises(FigureError):
            read_figure(text, strict=strict)


def test_an_error_states_position_and_expectation() -> None:
    with pytest.raises(FigureError) as caught:
        read_figure("3.2 percent @ 2025")
    assert (caught.value.position, caught.value.expected) == (12, "a known word behind the number")
    with pytest.raises(FigureError) as caught:
        read_figure("达到   3.2%  @")
    assert caught.value.position == 11  # in the original text
    with pytest.raises(FigureError, match="one comparator, not above and below"):
        read_figure("超过低于5%")
    with pytest.raises(FigureError, match="a range that rises"):
        read_figure("6%-5%")


def test_unknown_hints_raise_an_error() -> None:
    with pytest.raises(FigureError):
        read_figure("5", unit="furlong")
    with pytest.raises(FigureError, match="a form: level"):
        read_figure("5", form="height")
    with pytest.raises(FigureError):
        find_figures("5%", unit="furlong")


@pytest.mark.parametrize(
    "text",
    [
        "1. 2025年达到3%",
        "by 2025. 3% of firms",
        "ranked 3.5. 3% of firms",
        "比缩小至2.54。30个县",
        "2. 3,000 firms",
    ],
)
def test_a_point_ends_a_heading_or_a_sentence(text: str) -> None:
    *_, last = find_figures(text)
    assert last.figure.value in (3, 30, 3000)


def test_a_third_is_kept_to_28_digits() -> None:
    assert read_figure("三分之一").value == Decimal("33." + "3" * 26)
    assert read_figure("1/4") == read_figure("25%")


class TestFigure:
    figure = Figure(Form.LEVEL, Comparator.BETWEEN, Decimal("1.5"), Decimal(20), "CNY_1T")

    def test_converts_exactly(self) -> None:
        made = self.figure.converted("CNY_100M")
        assert (str(made.value), str(made.value_high), made.unit) == ("15000", "200000", "CNY_100M")
        assert made.converted("CNY_1T") == self.figure

    def test_another_dimension_raises_an_error(self) -> None:
        with pytest.raises(IncomparableError):
            self.figure.converted("USD")
        with pytest.raises(IncomparableError, match="without a unit"):
            self.figure._replace(unit=None).converted("CNY")

    def test_is_equal_hashable_and_pickles(self) -> None:
        again = pickle.loads(pickle.dumps(self.figure))  # noqa: S301 - our own bytes
        assert again == self.figure
        assert len({again, self.figure}) == 1
        assert read_figure("3.50%") == read_figure("3.5%")


class TestFinding:
    def test_finds_the_figures_of_a_clause(self) -> None:
        text = (
            "到2025年，研发经费投入年均增长10%以上，强度达到3.5%左右。每万人口高价值发明专利拥有量达到20件，"
            "新增“小巨人”企业1000家左右，成交额超过3000亿元、比上年增长15%；综合创新能力进入全球前十。"
        )
        result = list(find_figures(text))
        assert [shown(each.figure) for each in result] == [
            "average_growth at_least 10 percent_per_year",
            "level about 3.5 percent",
            "level reach 20 patent_per_10k_population",
            "increment about 1000 enterprise",
            "level above 3000 CNY_100M",
            "annual_growth reach 15 percent_per_year",
            "rank at_most 10 rank",
        ]
        assert all(text[each.start : each.end] == each.text for each in result)
        assert result[0].text == "年均增长10%以上"

    def test_the_items_of_a_list_share_its_words(self) -> None:
        text = "an increase of 9.2%, 12.0%, and 12.4%; 分别超过3%和4%、增速5%"
        assert [shown(each.figure) for each in find_figures(text)] == [
            "annual_growth reach 9.2 percent_per_year",
            "annual_growth reach 12.0 percent_per_year",
            "annual_growth reach 12.4 percent_per_year",
            "level above 3 percent",
            "level above 4 percent",
            "annual_growth reach 5 percent_per_year",
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "2025年3月26日",
            "“十四五”规划、第十四个五年规划",
            "during the 14th Five-Year Plan (2021-25)",
            "over the next five years",
            "the top three priorities for this year, 8 key tasks",
            "GB/T 2260, COVID-19, 5G",
            "第一书记、一批、十大工程、百强",
            "(1) one of the",
            "the 2016-2020 patents",
            "double first-class",
        ],
    )
    def test_skips_other_numbers(self, text: str) -> None:
        assert list(find_figures(text)) == []

    def test_positions_are_right_if_blanks_were_removed(self) -> None:
        text = "grew  by \n  more  than   10%  a year"
        (result,) = find_figures(text)
        assert (
            text[result.start : result.end]
            == result.text
            == "grew  by \n  more  than   10%  a year"
        )

    def test_words_do_not_apply_across_a_full_stop(self) -> None:
        result = [shown(each.figure) for each in find_figures("年均增长较快。企业5家")]
        assert result == ["level reach 5 enterprise"]
        assert list(find_figures("年均增长。5%")) == []


OWN = bundled_units().with_(
    """
    robot = [robots] = 台
    robot_10K = 10000 * robot = 万台
    robot_density = robot / employed_person_10K = 台每万名就业人员
    tonne = [mass] = 吨
    chip = [chips] = 亿片
    """
)


class TestOwnUnits:
    @pytest.mark.parametrize(
        ("text", "unit", "expected"),
        [
            ("10万台以上", "robot", "level at_least 100000 robot"),
            ("10万台以上", None, "level at_least 100000 robot"),
            ("10万台以上", "robot_10K", "level at_least 10 robot_10K"),
            ("10万台以上", "万台", "level at_least 10 robot_10K"),
            ("at least 5,000 robots", None, "level at_least 5000 robot"),
            ("1.5 robot_10K", None, "level reach 1.5 robot_10K"),
            ("2万", "robot_10K", "level reach 2 robot_10K"),
            ("5000", "robot", "level reach 5000 robot"),
            ("20台每万名就业人员", None, "level reach 20 robot_density"),
            ("20台/万名就业人员", "robot_density", "level reach 20 robot_density"),
            ("20台/万名就业人员", None, "level reach 20 robot / employed_person_10K"),
            ("新增500台", "robot", "increment reach 500 robot"),
            ("增长5%", "robot", "annual_growth reach 5 percent_per_year"),
            ("3.5万吨", None, "level reach 35000 tonne"),
            ("3亿片", None, "level reach 3 chip"),
            ("5亿元", None, "level reach 5 CNY_100M"),
        ],
    )
    def test_reads(self, text: str, unit: str | None, expected: str) -> None:
        figure = read_figure(text, unit=unit, table=OWN)
        assert shown(figure) == expected
        assert [each.figure for each in find_figures(f"达到{text}", unit=unit, table=OWN)] == [
            figure
        ]
        if unit is not None:  # a record's unit has its table
            assert read_figure(text, unit=OWN.token(unit)) == figure

    @pytest.mark.parametrize(
        ("text", "unit"),
        [
            ("5000家", "robot"),
            ("5亿元", "robot"),
            ("5台", "tonne"),
            ("5 robotsky", None),
            ("5台", "CNY"),
        ],
    )
    def test_refuses(self, text: str, unit: str | None) -> None:
        with pytest.raises(FigureError):
            read_figure(text, unit=unit, table=OWN)

    def test_two_tables_are_kept_apart(self) -> None:
        other = bundled_units().with_("gadget = [gadgets] = 台")
        assert read_figure("5台", table=other).unit == "gadget"
        assert read_figure("5台", table=OWN).unit == "robot"
        assert read_figure("5台").unit == "item"

    @pytest.mark.parametrize(
        ("value", "unit", "zh", "en"),
        [
            ("100000", "robot", "100000台以上", "at least 100,000 robot"),
            ("15", "robot_10K", "15万台以上", "at least 15 robot_10K"),
            ("20", "robot_density", "20台每万名就业人员以上", "at least 20 robot_density"),
        ],
    )
    def test_writes(self, value: str, unit: str, zh: str, en: str) -> None:
        figure = Figure(Form.LEVEL, Comparator.AT_LEAST, Decimal(value), None, OWN.token(unit))
        assert (format_figure(figure, "zh"), format_figure(figure)) == (zh, en)

    def test_converts(self) -> None:
        figure = read_figure("10万台", table=OWN).converted(OWN.token("robot_10K"))
        assert (figure.value, figure.unit) == (10, "robot_10K")


class TestWriting:
    @pytest.mark.parametrize("text", [*CHINESE, *ENGLISH])
    @pytest.mark.parametrize("lang", ["zh", "en"])
    def test_figures_that_are_read_are_written(self, text: str, lang: str) -> None:
        figure = read_figure(text)
        assert read_figure(format_figure(figure, lang)) == figure

    @pytest.mark.parametrize(
        ("text", "zh", "en"),
        [
            ("年均增长超10%", "年均增长超过10%", "average annual growth above 10%"),
            ("增长低于5%", "增长低于5%", "growth below 5%"),
            ("增长10%左右", "增长10%左右", "growth of about 10%"),
            ("5.5%到6%", "5.5%—6%", "between 5.5% and 6%"),
            ("下降5%以上", "下降5%以上", "decline of at least 5%"),
            ("1.2万亿元", "1.2万亿元", "1.2 trillion yuan"),
            ("13,000家", "13000家", "13,000 enterprises"),
            ("前三位", "前3位", "top 3"),
            ("每万人口12件", "12件专利/万人", "12 patents per 10,000 people"),
        ],
    )
    def test_spelling(self, text: str, zh: str, en: str) -> None:
        figure = read_figure(text)
        assert (format_figure(figure, "zh"), format_figure(figure)) == (zh, en)

    @pytest.mark.parametrize(
        "figure",
        [
            Figure(Form.AVERAGE_GROWTH, Comparator.REACH, Decimal(1), None, "CNY"),
            Figure(Form.RANK, Comparator.REACH, Decimal(1), None, "CNY"),
            Figure(Form.LEVEL, Comparator.REACH, Decimal(10) ** 40, None, "CNY"),
            Figure(Form.LEVEL, Comparator.REACH, Decimal("NaN"), None, "CNY"),
        ],
    )
    def test_a_figure_without_an_expression_raises_an_error(self, figure: Figure) -> None:
        for lang in ("zh", "en"):
            with pytest.raises(FigureError):
                format_figure(figure, lang)

    def test_language(self) -> None:
        with pytest.raises(MissingError, match="en or zh"):
            format_figure(read_figure("5%"), "fr")


class TestTables:
    """The word tables agree with the unit file and with one another."""

    def test_every_unit_is_read_by_each_of_its_names(self) -> None:
        for unit in bundled_units():
            for name in (unit.name, *unit.aliases):
                if name not in ("位", "rank", "十亿元", "件"):  # 位 counts people, rank is a verb
                    assert read_figure(f"5 {name}").unit == unit.name
        assert read_figure("5 十亿元").converted("CNY_1B").value == 5

    def test_ratios_are_those_of_the_unit_file(self) -> None:
        table = bundled_units()
        for unit in table:
            if any(power < 0 for _, power in unit.dimension):
                above, below = map(table.unit, ratios()[unit.name])
                assert above.factor / below.factor == unit.factor

    def test_magnitudes_are_those_of_the_unit_file(self) -> None:
        for base, steps in SCALED.items():
            for power, token in steps:
                assert bundled_units().factor(token, base) == 10**power

    def test_every_comparator_has_words(self) -> None:
        words = lexicon().words.values()
        message = {entry.value for entry in words if entry.kind in ("bound", "after")}
        assert message == set(Comparator)


@pytest.mark.parametrize(
    ("run", "expected"),
    {
        "十": 10,
        "十二": 12,
        "二十": 20,
        "一百零二": 102,
        "三千五百": 3500,
        "两万五千": 25000,
        "一亿二千万": 120000000,
        "三点五": Decimal("3.5"),
        "零": 0,
        "一百二": None,
        "十四五": None,
        "三五": None,
        "百千": None,
        "点五": None,
        "二〇二五": None,
    }.items(),
)
def test_chinese_numerals(run: str, expected: int | None) -> None:
    made = chinese(run)
    assert (made and made[0] * 10 ** made[1]) == expected


def test_digits() -> None:
    assert arabic("1" * 30) == int("1" * 30)
    for run in ("1" * 31, "1,00", "1.2.3", "1,000,00", ""):
        assert arabic(run) is None
    assert chinese_share("零分之一") is None


# ------------------------------------------------------------------ hostile text


REFUSED = [
    "（%",
    "(firms",
    "10**10**10",
    "9**9**9 m",
    "2**100000000",
    "m**(9**9**9)",
    "1e999999",
    "1E+999999999",
    "9" * 5000,
    "9" * 499,
    "(" * 5000,
    "(" * 500,
    "*".join("m" * 5000),
    "**".join("1" * 5000),
    "**".join("1" * 160),
    "一" * 500,
    "万" * 500,
    "百分之" * 166,
    "超过" * 250,
    "1/" * 250,
    "1," * 250,
    "NaN",
    "inf",
    "-inf",
    "0x10",
    "True",
    "1_000",
    "1,00",
    "007",
    ".5%",
    "3.2.1%",
    "10²元",
    "½",
    "3²%",
    "3.2 percent; 5",
    "3.2 percent @ 2025",
    "3.2percent|4",
    "3.2 percent & 5 m",
    "3.2% R&D",
    "3.2% of 2025",
    "12 patent per 10000 person",
    "3.2+/-0.1",
    '__import__("os")',
    "",
    "   ",
    "\u202e3.2",
    "3.2\u202e%",
    "3.2\x00",
    "3.2\u200f%",
    "1 000 元",
    "1\n2 元",
    '"abc" yuan',
    "5 5 元",
    "6%-5%",
    "1/0",
    "5%达到",
    "不低于第3位",
    "数百家",
    "十四五",
    "increased 3 times",
    "年均投入500亿元",
    "\ud800",
    "٣%",
]
AS_IT_SAYS = {
    "１２": (12, None, None),
    "1,000": (1000, None, None),
    "3.2~3.5 percent": (Decimal("3.2"), Decimal("3.5"), "percent"),
    "3.2~3.5%": (Decimal("3.2"), Decimal("3.5"), "percent"),
    "3.2-3.5%": (Decimal("3.2"), Decimal("3.5"), "percent"),
    "3.2％": (Decimal("3.2"), None, "percent"),
    "5–8 元": (5, 8, "CNY"),
    "9" * 30: (int("9" * 30), None, None),
}
# Work is counted in calls, which are the same on every machine; times are for ``make fuzz``.
MOST_CALLS_A_CHARACTER = 60
MOST_CHARACTERS = 500  # a longer text raises an error before it is read


def calls(work: Callable[[], object]) -> int:
    """Return how many Python and C functions a piece of work calls."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        with suppress(FigureError):
            work()
    finally:
        sys.setprofile(before)
    return counted


def lines(work: Callable[[], object]) -> int:
    """Return how many lines of Python a piece of work executes, in loops without calls, too."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> Any:
        nonlocal counted
        counted += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return counted


@pytest.fixture(autouse=True, scope="module")
def _warm() -> None:
    """Load the lexicon, the unit table and the messages, which are made on first use."""
    list(find_figures("5%, 9.9.9"))
    with suppress(FigureError):
        read_figure("9.9.9 a")


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: ascii(text)[:30])
def test_invalid_text_raises_an_error(text: str) -> None:
    with pytest.raises(FigureError) as caught:
        read_figure(text)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(("text", "expected"), AS_IT_SAYS.items(), ids=lambda each: str(each)[:20])
def test_unusual_text_is_read_literally(text: str, expected: tuple[object, object, object]) -> None:
    figure = read_figure(text)
    assert (figure.value, figure.value_high, figure.unit) == expected


@pytest.mark.parametrize("text", [*REFUSED, *AS_IT_SAYS], ids=lambda text: ascii(text)[:30])
def test_a_text_takes_linear_work(text: str) -> None:
    for strict in (True, False):
        most = 1_000 + MOST_CALLS_A_CHARACTER * min(len(text), MOST_CHARACTERS)
        assert calls(lambda strict=strict: read_figure(text, strict=strict)) < most


@pytest.mark.parametrize("text", ["5%\x00", "\u202e5%", "5" * 10_000_001])
def test_a_passage_is_bounded(text: str) -> None:
    with pytest.raises(FigureError):
        find_figures(text)


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "(",
        "a",
        "a ",
        "超过",
        "一",
        "万",
        "5%",
        "1,",
        "1/2/",
        "年均",
        "5 to ",
        "of ",
        "- ",
        "第",
        "rose 5 percent to … and … ",
        "a 70 percent cut in and ",
        "2023年增长5%和",
        "(增长5%) 和 ",
        "分别5亿元研发",
        "比重低于一和",
        "5%，据说",
        "研发人员人均5万元",
        "the number of firms rose to 5 and ",
        "respectively 5 percent and ",
    ],
)
def test_a_long_passage_takes_linear_work(piece: str) -> None:
    def work(size: int) -> int:
        text = (piece * size)[:size]
        return lines(lambda: list(find_figures(text)))

    # eight times the text: 64 times if quadratic
    assert work(16_000) <= 9 * work(2_000) + 10_000


LATIN = "abcdefghijklmnopqrstuvwxyz0123456789.,%-~/() "
HAN = "年均增长以上达到超过第位前十百千万亿元个家件人名一二三两点分之倍每提高翻番不低于左右"


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.text(LATIN, max_size=60), st.text(HAN + LATIN, max_size=40))
)
def test_any_text_is_read_or_raises_an_error(text: str) -> None:
    for strict in (True, False):
        try:
            figure = read_figure(text, strict=strict)
        except FigureError:
            continue
        assert figure.value.is_finite()
        assert figure.unit is None or bundled_units().unit(figure.unit)
        assert (figure.comparator is Comparator.BETWEEN) is (figure.value_high is not None)
    try:
        result = list(find_figures(text))
    except FigureError:
        return
    assert all(text[each.start : each.end] == each.text for each in result)
    assert all(one.end <= other.start for one, other in pairwise(result))


VALUES = st.decimals(min_value=0, max_value=10**15, places=3, allow_nan=False) | st.integers(
    0, 10**9
).map(Decimal)
COUNTED = sorted(
    {unit.name for unit in bundled_units()}
    - {"percent", "percent_per_year", "percentage_point", "multiple", "rank"}
)
COMPARATORS = st.sampled_from(Comparator)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Every figure that an expression can state."""
    form, unit = draw(
        st.one_of(
            st.tuples(
                st.sampled_from([Form.LEVEL, Form.CUMULATIVE, Form.INCREMENT]),
                st.sampled_from([*COUNTED, "person / inhabitant_10K"]),
            ),
            st.tuples(st.sampled_from([Form.LEVEL, Form.CUMULATIVE]), st.just("percent")),
            st.tuples(
                st.sampled_from([Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH]),
                st.just("percent_per_year"),
            ),
            st.tuples(st.just(Form.INCREMENT), st.sampled_from(["percentage_point", "rank"])),
            st.just((Form.MULTIPLE, "multiple")),
        )
    )
    comparator = draw(COMPARATORS)
    value = draw(VALUES)
    changes = (Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH, Form.INCREMENT)
    if form in changes and value and draw(st.booleans()):
        value = value.copy_negate()
    high = None
    if comparator is Comparator.BETWEEN:
        high = value + draw(VALUES) + 1 if value >= 0 else value / 2
        if high <= value:
            high = value + 1
    return Figure(form, comparator, value, high, unit)


RANKS = st.builds(
    Figure,
    st.just(Form.RANK),
    COMPARATORS.filter(lambda each: each is not Comparator.BETWEEN),
    st.integers(1, 999).map(Decimal),
    st.none(),
    st.just("rank"),
)


@settings(max_examples=300, deadline=None)
@given(figures() | RANKS, st.sampled_from(["zh", "en"]))
def test_written_figures_are_read_back(figure: Figure, lang: str) -> None:
    assert read_figure(format_figure(figure, lang)) == figure


@settings(max_examples=100, deadline=None)
@given(figures(), st.sampled_from(COUNTED))
def test_a_hint_never_changes_the_quantity(figure: Figure, unit: str) -> None:
    text = format_figure(figure, "zh")
    plain = read_figure(text)
    found = [reading.figure for reading in find_figures(text, unit=unit)]
    if not found:
        with pytest.raises(FigureError, match=f"a figure in {unit}, not in {plain.unit}"):
            read_figure(text, unit=unit)
    elif found[0].unit == unit and plain.unit and bundled_units().fits(plain.unit, unit):
        assert found == [read_figure(text, unit=unit)] == [plain.converted(unit)]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (("levl", "about", 3), "no form 'levl'; did you mean level"),
        (("level", "abot", 3), "no comparator 'abot'; did you mean about"),
        (("level", "about", "x"), "expected a decimal number"),
        (("level", "between", 3, "x"), "expected a decimal number"),
        (("level", "about", 3, None, "prcnt"), "did you mean percent"),
    ],
)
def test_a_figure_of_codes_that_are_none_is_an_error(fields: Any, problem: str) -> None:
    with pytest.raises(ip.InnovationPlansError, match=problem):
        ip.Figure(*fields)
    figure = read_figure("3.5%左右")
    names = ("form", "comparator", "value", "value_high", "unit")
    with pytest.raises(ip.InnovationPlansError, match=problem):
        figure._replace(**dict(zip(names, fields, strict=False)))


def test_a_figure_takes_texts_and_numbers() -> None:
    figure = ip.Figure("level", "about", 3.5, unit="percent")
    assert figure == read_figure("3.5%左右")
    assert format_figure(figure) == "about 3.5%"


def test_the_words_of_a_record_are_its_text(plans: ip.Dataset) -> None:
    with pytest.raises(ip.ArgumentTypeError, match=r"expected a figure.*record\.text\(\)"):
        format_figure(plans.targets[0])  # type: ignore[arg-type]
