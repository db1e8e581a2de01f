"""The records of a page in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip

Page = Any  # see conftest.py
Read = Callable[[str], Any]


def test_sentences_caveats_and_inputs_are_those_of_explain(plans: ip.Dataset) -> None:
    for each in ip.scorecard(plans, region=["粤", "浙"]):
        for lang, semicolon, mind, source, stop in (
            ("en", "; ", " Note: ", " Based on: ", "."),
            ("zh", "；", "注：", "依据：", "。"),
        ):
            caveats = semicolon.join(each.caveat_texts(lang))
            whole = each.text(lang) + (f"{mind}{caveats}{stop}" if caveats else "")
            assert each.explain(lang) == f"{whole}{source}{semicolon.join(each.inputs)}{stop}"


@pytest.mark.usefixtures("chinese_font")
def test_rows_contain_the_numbers_they_are_sorted_by(page_of: Callable[..., Page]) -> None:
    page = page_of(indicator="rd_intensity")
    cells = page.all("td", **{"class": "c-gap"})
    numbers = [each.attributes["data-number"] for each in cells]
    assert "" in numbers
    shown = [each.full_text() for each in cells]
    for number, text in zip(numbers, shown, strict=True):
        if number:
            assert f"{abs(float(number)):g}" in text


def test_the_outcome_of_a_change_has_its_form_and_its_years(
    plans: ip.Dataset, no_drawing: None, read: Read
) -> None:
    page = read(ip.report.html(plans, region="GD"))
    shown = {each.full_text().split("\n")[0] for each in page.all("td", **{"class": "c-outcome"})}
    years = {each.full_text() for each in page.all("td", **{"class": "c-year"})}
    assert any("average annual growth of 8.98%" in each for each in shown)
    assert any("2021–2025" in each for each in years)


def test_publishers_have_the_name_of_the_language(
    plans: ip.Dataset, no_drawing: None, read: Read
) -> None:
    sources = read(ip.report.html(plans, region="GD")).one("ol", **{"class": "sources"}).full_text()
    assert "National Bureau of Statistics" in sources
    assert "国家统计局" in sources


def test_amounts_in_several_units_are_sorted_by_one(no_drawing: None, read: Read) -> None:
    plans = ip.load(tiers="ABCD")
    indicator = "technology_contract_turnover"
    page = read(ip.report.html(plans, indicator=indicator))
    cells = page.all("td", **{"class": "c-stated"})
    assert {each.attributes["data-kind"] for each in cells} == {"CNY_100M", "percent_per_year"}
    numbers = {each.attributes["data-number"] for each in cells}
    trillions = [each for each in plans.targets.where(indicator=indicator) if each.unit == "CNY_1T"]
    assert trillions
    for target in trillions:
        assert f"{float(target.value) * 10_000:g}" in {f"{float(each):g}" for each in numbers}


def test_conflicts_and_other_sources_are_named(
    world: Callable[..., Path], no_drawing: None, read: Read
) -> None:
    ours = ip.load(
        world({"targets/more.csv": (
            "plan,indicator,form,comparator,value,unit,start_year,end_year,source,as_stated\n"
            "XX-AB-14-sti,widget_share,level,about,4,percent,2021,2025,land-stat,about 4%\n"
        )}),
        tiers="ABC",
    )  # fmt: skip
    text = read(ip.report.html(ours, region="Abe")).one("main").full_text()
    assert "Conflicting sources" in text
    assert "about 4%" in text
    assert "a slip of the press" in text
    assert "2.8% (2020)" in text
    assert "rural" in text
