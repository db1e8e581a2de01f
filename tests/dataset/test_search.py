"""Search: of a table, and of a dataset."""

from __future__ import annotations

import pytest

import innovation_plans as ip
from innovation_plans.dataset.search import _is_in
from innovation_plans.text.simplified import SIMPLIFIED


def test_every_word_must_occur(plans: ip.Dataset) -> None:
    both = {indicator.code for indicator in plans.indicators.search("patents 10,000")}
    assert "invention_patents_per_10k" in both
    assert both < {indicator.code for indicator in plans.indicators.search("patents")}


@pytest.mark.parametrize(
    "text", ["R&D intensity", "r&d INTENSITY", "Ｒ＆Ｄ intensity", "rd_intensity"]
)
def test_the_name_itself_comes_first(plans: ip.Dataset, text: str) -> None:
    assert plans.indicators.search(text)[0].code == "rd_intensity"


def test_each_table_is_searched_by_its_names_and_texts(plans: ip.Dataset) -> None:
    assert plans.regions.search("guang")[0].name_en.startswith("Guang")
    assert {target.indicator.code for target in plans.targets.search("万人 专利")}
    assert all("广东" in str(plan.title_zh) for plan in plans.plans.search("广东省 十四五"))
    assert len(plans.plans.search("广东省 十四五")) > 0
    assert plans.targets.search("突破1.8万")[0].citation.as_stated is not None


def test_of_a_dataset(plans: ip.Dataset) -> None:
    matches = plans.search("patent")
    counts = matches.counts()
    assert counts["indicators"] == len(plans.indicators.search("patent"))
    assert counts["regions"] == 0
    first = matches[0]
    assert plans.indicators[first.key].name_en == first.text == "Patent applications"
    assert matches.where(table="sources").to_frame("polars", values="text").height > 0
    assert type(matches).from_json(matches.json()) == matches


def test_nothing_is_found(plans: ip.Dataset) -> None:
    assert plans.search("zzzz").summary().startswith("0 records with these words")
    assert repr(plans.search("zzzz")).endswith("nothing contains 'zzzz'")
    assert len(plans.regions.search("zzzz")) == 0


@pytest.mark.parametrize("text", ["", "  ", "-", "x" * 201])
def test_no_words_or_too_many(plans: ip.Dataset, text: str) -> None:
    with pytest.raises(ip.ArgumentError, match="expected one or more words of at most 200"):
        plans.search(text)


def test_latin_words_begin_where_words_begin() -> None:
    plans = ip.load()
    found = plans.search("AI")
    assert 0 < len(found) < 40
    assert not any("Hainan" in each.text and "AI" not in each.text for each in found)
    assert plans.indicators.search("patent")


@pytest.mark.parametrize(
    ("word", "text", "is_in"),
    [
        ("3.5", "about 3.5% of GDP", True),
        ("3.5", "350100", False),
        ("3.5", "13.5 or 3.55", False),
        ("2.5%", "2.5%左右", True),
        ("3501", "350100", True),
    ],
)
def test_a_number_keeps_its_point(word: str, text: str, is_in: bool) -> None:
    assert _is_in(word, text) is is_in


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("patnet invention", "nothing contains 'patnet'; did you mean patent?"),
        ("專利權", "nothing contains '專利權'; write simplified characters"),
        ("zzzz", "nothing contains 'zzzz'"),
    ],
)
def test_a_search_without_a_match_says_which_word_is_unknown(
    plans: ip.Dataset, text: str, hint: str
) -> None:
    assert plans.search(text).summary() == f"0 records with these words; {hint}"


@pytest.mark.parametrize("text", ["專利", "發明專利", "研發經費"])
def test_traditional_characters_find_the_same_as_simplified_ones(
    plans: ip.Dataset, text: str
) -> None:
    simplified = text.translate(SIMPLIFIED)
    assert simplified != text
    assert list(plans.search(text)) == list(plans.search(simplified)) != []
    assert list(plans.indicators.search(text)) == list(plans.indicators.search(simplified)) != []
