"""Figures, units and codes in words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from types import SimpleNamespace

import pytest

import innovation_plans as ip
from innovation_plans.codelists import (
    Availability,
    Comparator,
    Force,
    Form,
    GoalKind,
    RegionKind,
    Tier,
)
from innovation_plans.text import labels
from innovation_plans.text.implied import Check, Origin, Route
from innovation_plans.text.messages import word
from innovation_plans.units.quantity import bundled_units

UNITS = [unit.name for unit in bundled_units()]
# A rank is written as "1st". Every other unit needs wording.
SAID_BY_THEIR_TOKEN = {"rank"}
CHINESE = re.compile("[一-鿿]")
CODELISTS = (
    ip.Verdict, ip.Reason, ip.Caveat, ip.Form, Route, Check, Origin, Availability, Tier, GoalKind,
    RegionKind, Force,
)  # fmt: skip
CODES = [code for codelist in CODELISTS for code in codelist]


@pytest.mark.parametrize("code", CODES, ids=[f"{type(code).__name__}.{code}" for code in CODES])
def test_every_code_has_words_in_both_languages(code):
    english, chinese = word(code), word(code, "zh")
    assert word(code, "en") == english
    assert english
    assert not CHINESE.search(english)
    assert CHINESE.search(chinese)
    assert "_" not in english + chinese


@pytest.mark.parametrize("codelist", CODELISTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_two_codes_of_a_codelist_have_the_same_words(codelist, lang):
    assert len({word(code, lang) for code in codelist}) == len(codelist) > 1


@pytest.mark.parametrize("token", UNITS)
def test_every_unit_is_written_in_both_languages(token):
    assert labels.unit(token)
    assert labels.unit(token, "zh")


def test_a_new_unit_needs_wording():
    bare = {token for token in UNITS if token in (labels.unit(token), labels.unit(token, "zh"))}
    assert bare <= SAID_BY_THEIR_TOKEN | {"USD"}, "add a table to units.toml"
    assert not [token for token in UNITS if "_" in labels.unit(token) + labels.unit(token, "zh")]


@pytest.mark.parametrize(
    ("token", "english", "chinese"),
    [
        ("CNY_100M", "100 million yuan", "亿元"),
        ("CNY_1T", "trillion yuan", "万亿元"),
        ("percent", "%", "%"),
        ("percentage_point", "percentage points", "个百分点"),
        ("percent_per_year", "% a year", "%/年"),
        ("person_year", "person-years", "人年"),
        ("person_year_per_10k_population", "person-years per 10,000 residents", "人年/万人"),
        ("rank", "rank", "位"),
        ("their_own_unit", "their_own_unit", "their_own_unit"),
    ],
)
def test_units_in_words(token, english, chinese):
    assert (labels.unit(token), labels.unit(token, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("value", "token", "english", "chinese"),
    [
        ("3.50", "percent", "3.5%", "3.5%"),
        ("1", "rank", "1st", "第1位"),
        ("3", "CNY_1T", "3 trillion yuan", "3万亿元"),
        ("1E+3", "CNY_100M", "100 billion yuan", "1000亿元"),
        ("1651.73", "CNY_100M", "165.173 billion yuan", "1651.73亿元"),
        ("250", "CNY_10K", "2.5 million yuan", "250万元"),
        ("12624", "inhabitant_10K", "126.24 million residents", "12624万人（常住）"),
        ("7000", "employed_person_10K", "70 million employed persons", "7000万人（就业）"),
        (
            "18.5",
            "CNY_10K_per_employed_person",
            "185 thousand yuan per employed person",
            "18.5万元/人",
        ),
        ("-0.40", "percentage_point", "-0.4 percentage points", "-0.4个百分点"),
        ("0", "patent", "0 patents", "0件"),
        ("1", "patent", "1 patent", "1件"),
        ("80000", "patent", "80,000 patents", "80000件"),
    ],
)
def test_amounts(value, token, english, chinese):
    assert labels.amount(Decimal(value), token) == english
    assert labels.amount(Decimal(value), token, "zh") == chinese


@pytest.mark.parametrize(
    ("comparator", "english", "chinese"),
    [
        (ip.Comparator.REACH, "3.5%", "达到3.5%"),
        (ip.Comparator.AT_LEAST, "at least 3.5%", "3.5%以上"),
        (ip.Comparator.ABOVE, "above 3.5%", "超过3.5%"),
        (ip.Comparator.ABOUT, "about 3.5%", "3.5%左右"),
        (ip.Comparator.AT_MOST, "at most 3.5%", "不超过3.5%"),
        (ip.Comparator.BELOW, "below 3.5%", "低于3.5%"),
        (ip.Comparator.BETWEEN, "3.5%", "3.5%"),
    ],
)
def test_every_comparator_is_written_in_words(comparator, english, chinese):
    assert labels.bound(comparator, Decimal("3.50"), None, "percent") == english
    assert labels.bound(comparator, Decimal("3.50"), None, "percent", "zh") == chinese


def test_these_are_all_comparators():
    for comparator in ip.Comparator:
        for lang in ("en", "zh"):
            assert "3.5" in labels.bound(comparator, Decimal("3.5"), None, "percent", lang)


def test_a_range_has_two_ends():
    ends = (ip.Comparator.BETWEEN, Decimal("3.20"), Decimal("3.50"), "percent")
    assert labels.bound(*ends) == "3.2% to 3.5%"
    assert labels.bound(*ends, "zh") == "3.2%至3.5%"


def test_both_ends_of_a_range_are_written_in_one_unit():
    ends = (ip.Comparator.BETWEEN, Decimal(5000), Decimal(5500), "CNY_100M")
    assert labels.bound(*ends) == "500 to 550 billion yuan"
    assert labels.bound(*ends, "zh") == "5000至5500亿元"


def test_a_range_of_ranks():
    ends = (ip.Comparator.BETWEEN, Decimal(1), Decimal(3), "rank")
    assert labels.bound(*ends, "en") == "1st to 3rd"
    assert labels.bound(*ends, "zh") in ("第1至3位", "第1位至第3位", "第1至第3位")


@pytest.mark.parametrize(
    ("form", "comparator", "token", "english", "chinese"),
    [
        (ip.Form.LEVEL, ip.Comparator.ABOUT, "percent", "about 3%", "3%左右"),
        (ip.Form.RANK, ip.Comparator.REACH, "rank", "3rd", "达到第3位"),
        (
            ip.Form.AVERAGE_GROWTH,
            ip.Comparator.AT_LEAST,
            "percent_per_year",
            "average annual growth of at least 3%",
            "年均增长3%以上",
        ),
        (
            ip.Form.CUMULATIVE,
            ip.Comparator.ABOVE,
            "CNY_1T",
            "above 3 trillion yuan in total",
            "累计超过3万亿元",
        ),
    ],
)
def test_a_figure_is_written_with_its_form(form, comparator, token, english, chinese):
    figure = (form, comparator, Decimal(3), None, token)
    assert labels.stated(*figure) == english
    assert labels.stated(*figure, lang="zh") == chinese


@pytest.mark.parametrize("form", ip.Form)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_form_can_be_stated(form, lang):
    text = labels.stated(form, ip.Comparator.REACH, Decimal(3), None, "item", lang=lang)
    bound = labels.bound(ip.Comparator.REACH, Decimal(3), None, "item", lang)
    assert labels.amount(Decimal(3), "item", lang) in text
    assert (text != bound) is (form not in (ip.Form.LEVEL, ip.Form.RANK))


def test_a_negative_increase_is_a_decrease() -> None:
    text = partial(labels.stated, ip.Form.INCREMENT)
    million = Decimal(-20)
    assert text(ip.Comparator.AT_MOST, million, None, "person") == "decrease of at least 20 persons"
    assert text(ip.Comparator.REACH, million, None, "person", lang="zh") == "减少20人"
    assert (
        text(ip.Comparator.BETWEEN, Decimal(-30), million, "person")
        == "decrease of 20 to 30 persons"
    )
    assert text(ip.Comparator.AT_LEAST, Decimal(20), None, "person") == (
        "increase of at least 20 persons"
    )


def test_an_increase_in_a_ranking_is_a_rise_by_places() -> None:
    text = partial(labels.stated, ip.Form.INCREMENT)
    assert text(ip.Comparator.REACH, Decimal(1), None, "rank") == "rise of 1 place"
    assert text(ip.Comparator.REACH, Decimal(5), None, "rank", lang="zh") == "上升5位"
    assert text(ip.Comparator.AT_LEAST, Decimal(2), None, "rank") == "rise of at least 2 places"
    assert text(ip.Comparator.BETWEEN, Decimal(2), Decimal(3), "rank") == "rise of 2 to 3 places"
    assert text(ip.Comparator.REACH, Decimal(-2), None, "rank") == "fall of 2 places"
    assert text(ip.Comparator.REACH, Decimal(-2), None, "rank", lang="zh") == "下降2位"


def test_growth_in_chinese_has_no_verb_before_its_number() -> None:
    figure = (ip.Comparator.REACH, Decimal(10), None, "percent_per_year")
    assert labels.stated(ip.Form.ANNUAL_GROWTH, *figure, lang="zh") == "比上年增长10%"
    assert labels.stated(ip.Form.CUMULATIVE, *figure[:3], "patent", lang="zh") == "累计达到10件"


def test_an_alias_of_a_unit_has_the_words_of_the_unit() -> None:
    assert labels.amount(Decimal(150_000), "亿元") == "15 trillion yuan"
    assert labels.amount(Decimal(150_000), "亿元", "zh") == labels.amount(
        Decimal(150_000), "CNY_100M", "zh"
    )


@pytest.mark.parametrize(
    ("comparator", "high", "text"),
    [
        ("above", None, "above 9.57%"),
        ("at_least", None, "at least 9.57%"),
        ("below", None, "below 9.58%"),
        ("at_most", None, "at most 9.58%"),
        ("about", None, "about 9.58%"),
        ("reach", None, "9.58%"),
        ("between", "9.6012345", "9.57% to 9.61%"),
    ],
)
def test_a_bound_is_rounded_away_from_what_it_bounds(
    comparator: str, high: str | None, text: str
) -> None:
    figure = Comparator(comparator), Decimal("9.5753425"), high and Decimal(high)
    assert labels.bounded(*figure, "percent") == text
    growth = labels.stated(Form.AVERAGE_GROWTH, *figure, "percent_per_year")
    assert growth.endswith(text)


def test_a_bound_of_a_decrease_is_rounded_away_from_what_it_bounds() -> None:
    figure = Comparator.AT_LEAST, Decimal("-9.5753425"), None
    text = labels.stated(Form.INCREMENT, *figure, "percentage_point")
    assert text == "decrease of at most 9.58 percentage points"


def test_a_bound_with_the_zeros_of_its_text_is_rounded_so_too() -> None:
    assert labels.printed(Comparator.ABOVE, Decimal("0.99753425"), None, "percent") == "above 0.99%"
    assert labels.printed(Comparator.BELOW, Decimal("0.89153425"), None, "percent") == "below 0.90%"


@pytest.mark.parametrize(
    ("publisher", "title", "english", "chinese"),
    [
        ("东方网 (copy)", "要动力", "东方网 (copy), 要动力, 2025", "东方网（转载），要动力，2025"),
        ("copy of 云南日报", "成绩", "copy of 云南日报, 成绩, 2025", "转载自云南日报，成绩，2025"),
        ("unnamed site, copy of a news item", "方案 (news item)",
         "unnamed site, copy of a news item, 方案 (news item), 2025",
         "网站名称不详，新闻转载，方案（新闻），2025"),
        ("中评社, after 河北日报", "规划", "中评社, after 河北日报, 规划, 2025", "中评社，据河北日报，规划，2025"),
        ("World Bank; 甲局", "年鉴", "World Bank and 甲局, 年鉴, 2025", "世界银行、甲局，年鉴，2025"),
        ("甲网 (copy)", "方案 (copy)", "甲网 (copy), 方案, 2025", "甲网（转载），方案，2025"),
        ("甲网 (copy)", "甲网 (copy): title not shown",
         "甲网 (copy), title not shown, 2025", "甲网（转载），标题未显示，2025"),
        (None, "Report on a plan (page title not recorded)",
         "Report on a plan (page title not recorded), 2025", "Report on a plan（网页标题未记录），2025"),
        # Titles are names: words of remarks in them stay.
        ("甲报", "on 创新 (2024—2025年)", "甲报, on 创新 (2024—2025年), 2025",
         "甲报，on 创新 (2024—2025年)，2025"),
        ("甲报", "甲报2025年报", "甲报2025年报, 2025", "甲报2025年报，2025"),
    ],
)  # fmt: skip
def test_what_the_package_says_of_a_copy_is_in_the_language_of_the_reader(
    publisher: str | None, title: str, english: str, chinese: str
) -> None:
    source = SimpleNamespace(publisher=publisher, date="2025")
    assert labels.document(source, title) == english
    assert labels.document(source, title, "zh") == chinese


def test_a_publisher_has_its_name_in_the_language_of_the_reader() -> None:
    source = ip.load().sources["gd-gwr-2026"]
    assert source.publisher == "广东省人民政府"
    assert labels.publishers(source, "en") == ["People's Government of Guangdong Province"]
    older = ip.load(edition="2026.11").sources["gd-gwr-2026"]
    assert labels.publishers(older, "en") == [older.publisher]
    offices = SimpleNamespace(publisher="World Bank; China Daily", date=None)
    assert labels.publishers(offices, "zh") == ["世界银行", "China Daily"]
    named = SimpleNamespace(publisher="甲局", publisher_en="Office A; Office B", date="2025")
    assert labels.document(named, "甲局: title not shown", plan="Plan") == (
        "Office A and Office B, Plan, title not shown, 2025"
    )


def test_a_page_without_a_title_is_listed_with_that_of_the_plan() -> None:
    source = SimpleNamespace(publisher="甲网", date=None)
    site = labels.document(source, "甲网: title not shown", plan="Plan")
    described = "Text of a plan (page title not shown)"
    assert site == "甲网, Plan, title not shown"
    assert labels.document(source, described, plan="Plan") == f"甲网, {described}"
    assert labels.document(source, described, "zh", plan="计划") == "甲网，计划，网页标题未显示"


def test_a_small_number_is_not_printed_as_zero() -> None:
    assert labels.amount(Decimal("0.0000123"), "percent") == "0.000012%"
    assert labels.bound(Comparator.AT_LEAST, Decimal("0.00001"), None, "percent") == (
        "at least 0.00001%"
    )
    assert labels.amount(Decimal("1E-19"), "percent") == "0%"
