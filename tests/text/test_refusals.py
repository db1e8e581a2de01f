"""The reasons why a number in a text is not read, in every language."""

from __future__ import annotations

import pickle
import re

import pytest

from innovation_plans.errors import FigureError
from innovation_plans.text.figure import RefusedNumber
from innovation_plans.text.messages import Message, keys, languages, unreadable
from innovation_plans.text.reading import MOST_OF_A_PIECE, find_figures, read_figure

# A text for every message of [unread].
REFUSED = {
    "word": "研发强度",
    "other_words": "研发投入强度达到3.5%左右",
    "bare": "共3000",
    "figure": "增长",
    "title": "出台《培育100家企业行动方案》",
    "number_after": "5%达到",
    "one_figure": "增长5%和6%",
    "punctuation": "5%（6%）",
    "number": "1_000",
    "whole_number": "园区有3.5个",
    "total": "企业平均投入500万元",
    "magnitude_alone": "近百家",
    "no_magnitude": "5万%",
    "above_zero": "-2家",
    "one_sign": "minus negative 5%",
    "unit": "产量达到500",
    "one_unit": "$5 yuan",
    "near_unit": "1\n2 元",
    "unit_of_decline": "下降5",
    "currency": "£3 million",
    "visits": "旅客5万人次",
    "counted": "20家企业孵化器",
    "one_denominator": "5件/万人/天",
    "near_denominator": "每万人口某某企业5家",
    "per_person": "劳动效率达到15万元/人",
    "one_comparator": "控制在3%以上",
    "near_comparator": "未进入前十",
    "negation": "不是5%",
    "negated": "不约5%",
    "one_negation": "不没有超过5%",
    "negated_multiple": "not doubled",
    "word_far": "超企业总数5家",
    "word_before": "zork 5%",
    "hanging": "下降；3%",
    "word_behind": "3.5万吨",
    "word_between": "第3位5%",
    "before_by": "output halved by 5%",
    "before_up": "services opened up 16.3 percent",
    "form": "3、5家",
    "near_form": "下降企业占比5%",
    "direction": "同比5%",
    "one_direction": "新增下降5%",
    "one_fall": "降幅收窄5个百分点",
    "change_or_range": "第1至第3位",
    "range": "增长3%至增长5%",
    "range_unit": "5元-6人",
    "open_range": "高于5%且低于6%",
    "range_order": "6%-5%",
    "between": "between 5",
    "other_form": "增长10%",
    "share_or_growth": "这是7%",
    "growth_or_level": "average of 5%",
    "share_growth": "年均失业率5%",
    "rate_change": "增速下降5%",
    "a_year": "年均500亿元",
    "average": "年均提高1个百分点",
    "rate_of_decline": "降幅2个百分点",
    "rate_of_growth": "growth was 2 percentage points",
    "decline": "下降3倍",
    "growth": "增速500亿元",
    "times": "increase 1.5x",
    "count_change": "提高5家",
    "over_years": "五年来出口增长38%",
    "in_a_part": "月度增长5%",
    "from_a_limit": "时限压缩55%",
    "of_a_goal": "完成目标的87%",
    "of_an_average": "人均GDP是全国平均水平的1.6倍",
    "of_a_past": "为上年的35%",
    "other_time": "比全国低5%",
    "attribute": "占比超过6%的企业可以申报",
    "each_noun": "东部和西部分别居第3位",
    "respectively": "企业和人员分别为350家和420人",
    "rank": "第3.5位",
    "dressed": "增长**5%**以上",
    "ranking": "前3家",
    "negated_rank": "未第3位",
    "rank_or_time": "前3年",
    "figure_or_time": "人均预期寿命达81.2岁",
    "without": "如果增长5%",
    "comparators": "超过低于5%",
    "rank_bound": "第三多",
    "range_bound": "超过5-6%",
    "dimension": "5家",
    "sentences": "增长" * (MOST_OF_A_PIECE // 2 + 1),
}
CHINESE = re.compile("[一-鿿]")
LATIN = re.compile("[A-Za-z]{3,}")


def reasons(text: str) -> dict[str, Message]:
    """Return the reasons that a reader or the finder gives, by their names."""
    unit = "percent" if text == REFUSED["dimension"] else None
    form = "rank" if text == REFUSED["other_form"] else None
    found = [
        item.reason.values["expected"]
        for item in find_figures(text, unit, form=form, refused=True)
        if isinstance(item, RefusedNumber)
    ]
    for strict in (True, False):
        try:
            read_figure(text, unit, strict, form=form)
        except FigureError as error:
            found.append(error.expected)
    return {each.key.removeprefix("unread."): each for each in found if isinstance(each, Message)}


def test_every_reason_has_a_text() -> None:
    assert tuple(REFUSED) == keys("unread")


@pytest.mark.parametrize("key", REFUSED)
def test_a_reason_is_said_in_every_language(key: str) -> None:
    reason = reasons(REFUSED[key])[key]
    assert str(reason) == reason.text("en")
    english, chinese = (reason.text(lang) for lang in languages())
    assert CHINESE.search(chinese)
    names = "times|down|enterprise|percent|zork|strict=False|find_figures|innovation-plans read"
    assert not LATIN.search(re.sub(names, "", chinese))
    assert not CHINESE.search(english.replace("如果", ""))


def test_an_error_is_said_in_every_language() -> None:
    with pytest.raises(FigureError) as caught:
        read_figure("3.5万吨")
    message = unreadable(caught.value)
    assert str(message) == str(caught.value)
    assert message.text("zh") == "无法读取'3.5万吨'（位置4）：数字之后的词语无法识别"
    assert pickle.loads(pickle.dumps(caught.value)).expected.text("zh") == (  # noqa: S301
        "数字之后的词语无法识别"
    )


def test_a_strict_reader_names_the_readers_of_other_texts() -> None:
    for text in ("研发投入强度达到3.5%左右", "研发投入强度达到3.5%，企业5家"):
        with pytest.raises(
            FigureError, match="strict=False allows them, and find_figures or “innov"
        ):
            read_figure(text)


def test_a_refused_number_is_said_in_every_language() -> None:
    (refused,) = find_figures("产量3.5万吨", refused=True)
    assert isinstance(refused, RefusedNumber)
    assert refused.reason == "expected a known word behind the number"
    assert refused.reason.text("zh") == "数字之后的词语无法识别"
