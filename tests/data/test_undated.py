"""A figure whose year no text states has no year, and decides nothing."""

from __future__ import annotations

import re

import innovation_plans as ip

PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
UNSTATED = re.compile(
    r"(?<!base )year (of the (figure|statistic|series) )?(is )?(not (stated|named)|only implied)"
    r"|(?<!base )year of the (figure|statistic|series) not (stated|named)"
    r"|last year of the series not named|period not (stated|named)|amount and year not stated"
    r"|which ones is not stated|which three years is not stated|and year of the index not stated"
    r"|does not say which is the last statistical year|so it may cover|so probably the average to"
    r"|近3年 in the 2025 report",
)


def dated_without_a_year(plans: ip.Dataset) -> set[str]:
    """Dated figures whose own note says that no text states the year."""
    return {
        each.key
        for each in plans.observations
        if each.year is not None and UNSTATED.search(each.notes or "")
    }


def test_no_figure_has_a_year_that_no_text_states() -> None:
    assert dated_without_a_year(PLANS) == set()
    assert len([each for each in PLANS.observations if each.year is None]) == 109


def test_a_span_of_the_last_years_has_no_start_if_it_has_no_end() -> None:
    """Only the start of a five-year period is in the text if the last year of the figure is not."""
    undated = [each for each in PLANS.observations if each.year is None and each.start_year]
    of_the_reading = {
        each.key
        for each in undated
        if each.start_year not in (2021, 2026) or "近" in (each.notes or "")
    }
    assert of_the_reading == set()
    assert len(undated) == 10


def test_the_month_of_a_text_does_not_date_what_it_counts() -> None:
    """An undated count of a month would have the year of the month."""
    said = [each.notes or "" for each in PLANS.observations if each.year is None]
    assert not [notes for notes in said if re.search("as of [A-Z][a-z]+ 20", notes)]
    assert sum("said in " in notes for notes in said) >= 3


def test_the_edition_before_dated_them() -> None:
    assert len(dated_without_a_year(BEFORE)) == 42


def dated_by_an_edition(plans: ip.Dataset) -> set[str]:
    """Dated figures of an index whose note says that its edition, or the year of its data, is not known."""
    return {
        each.key
        for each in plans.observations
        if each.year is not None and re.search(r"\bedition\b", each.notes or "")
    }


def test_an_index_whose_year_of_data_is_not_known_has_no_year() -> None:
    assert dated_by_an_edition(PLANS) == set()
    assert dated_by_an_edition(BEFORE) >= {
        "CN-GZ/st_innovation_index/level/2024@gz-gwr-2025",
        "CN-JX/st_innovation_index/level/2025@jx-gwr-2026",
    }


def test_a_value_of_an_index_has_no_year() -> None:
    dated = [each for each in BEFORE.observations if each.indicator.code == "st_innovation_index"]
    assert any(each.year is not None for each in dated)
    values = PLANS.observations.where(indicator="st_innovation_index", form="level")
    assert len(values) >= 8
    assert [each.key for each in values if each.year is not None] == []


def test_the_likely_year_is_said_once() -> None:
    notes = [each.notes or "" for each in PLANS.observations]
    assert [text for text in notes if text.count("probably") > 1] == []


def test_undated_figures_are_in_no_verdict() -> None:
    undated = {each.key for each in PLANS.observations if each.year is None}
    assert not undated & {key for each in ip.scorecard(PLANS) for key in each.inputs}


def stocks_of_a_period(plans: ip.Dataset) -> set[str]:
    """Levels of state key laboratories that were counted within a period, or are not read as a stock."""
    levels = plans.observations.where(indicator="state_key_laboratories", form="level")
    return {
        each.key
        for each in levels
        if "within the five years" in (each.notes or "")
        or (re.search("reorganis|重组", each.notes or "") and "the stock" not in (each.notes or ""))
    }


def test_what_was_reorganised_is_a_sum_of_the_period_or_read_as_the_stock() -> None:
    assert stocks_of_a_period(PLANS) == set()
    assert stocks_of_a_period(BEFORE) >= {"CN-FJ/state_key_laboratories/level/2025@fj-gwr-2026"}
