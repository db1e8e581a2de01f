"""Verdicts: every form and comparator, every reason, exact numbers, no repairs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import innovation_plans as ip
from innovation_plans.analysis.matching import accepted_by, agree, interval_of, satisfies
from innovation_plans.codelists import Status
from innovation_plans.testing import empty
from innovation_plans.text import labels
from innovation_plans.text.messages import say
from innovation_plans.units.decimals import rounded

from .records import (
    CITED,
    CN,
    MONEY,
    PLAN,
    SOURCE,
    YEARBOOK,
    Little,
    assessed,
    growth,
    indicator,
    levels,
    outcome,
    reason,
    target,
)

BOUNDS = {
    "reach": {"2.9": False, "3": True, "3.1": True},
    "at_least": {"2.9": False, "3": True, "3.1": True},
    "above": {"2.9": False, "3": True, "3.1": True},  # 3 is rounded
    "about": {"2.93": False, "2.94": True, "3": True, "9": True},
    "at_most": {"2.9": True, "3": True, "3.1": False},
    "below": {"2.9": True, "3": True, "3.1": False},
    "between": {"2.9": False, "3": True, "4": True, "9": True},
}


@pytest.mark.parametrize(("comparator", "value"), [(c, v) for c, vs in BOUNDS.items() for v in vs])
def test_levels_of_which_more_is_better(comparator: str, value: str) -> None:
    high = "4" if comparator == "between" else None
    verdict = ip.assess(target(comparator=comparator, value_high=high), outcome(value))
    assert verdict.verdict == ("met" if BOUNDS[comparator][value] else "missed")
    assert (verdict.tolerance is not None) is (comparator == "about")


@pytest.mark.parametrize(
    ("comparator", "value", "met"),
    [
        ("reach", "3", True),
        ("reach", "2", True),
        ("reach", "4", False),
        ("at_least", "2", True),
        ("at_least", "3", True),
        ("at_least", "4", False),
        ("above", "3", False),
        ("above", "2", True),
        ("at_most", "2", True),
        ("at_most", "3", True),
        ("at_most", "4", False),
        ("below", "2", True),
        ("below", "3", False),
        ("about", "3", True),
        ("about", "4", False),
    ],
)
def test_a_lower_rank_is_better(comparator: str, value: str, met: bool) -> None:
    what = indicator("rank", "down")
    result = ip.assess(
        target(indicator=what, form="rank", comparator=comparator),
        outcome(value, indicator=what, form="rank"),
    )
    assert (result.verdict == "met") is met
    places = int(value) - 3
    assert result.gap_text() == (f"{places:+} place" if places else "0 places")


@pytest.mark.parametrize(
    ("comparator", "direction", "base", "now", "verdict"),
    [
        ("at_most", "up", "9", "5.5", "on_track"),
        ("at_most", "up", "9", "8.5", "off_track"),
        ("at_most", "up", "3", "4", "ahead"),
        ("at_most", "up", "3", "6", "undetermined"),
        ("at_least", "down", "1", "4.5", "on_track"),
        ("at_least", "down", "7", "4", "undetermined"),
    ],
)
def test_a_bound_leads_where_it_points(
    comparator: str, direction: str, base: str, now: str, verdict: str
) -> None:
    what = indicator(direction=direction)
    goal = target(indicator=what, comparator=comparator, value="5")
    seen = [outcome(base, 2020, indicator=what), outcome(now, 2024, indicator=what)]
    result = ip.assess(goal, empty().extend(targets=[goal], observations=seen))
    assert result.verdict == verdict
    assert result.reason == ("regressed" if verdict == "undetermined" else None)


@pytest.mark.parametrize(
    ("direction", "value", "verdict"),
    [
        ("down", "3.1", "missed"),
        ("down", "2", "met"),
        ("none", "3", "met"),
        ("none", "4", "missed"),
    ],
)
def test_direction_decides_what_reaching_means(direction: str, value: str, verdict: str) -> None:
    what = indicator(direction=direction)
    result = ip.assess(target(indicator=what), outcome(value, indicator=what))
    assert result.verdict == verdict


@pytest.mark.parametrize(("form", "comparator"), list(product(ip.Form, ip.Comparator)))
def test_every_form_and_comparator_gives_a_verdict(
    form: ip.Form, comparator: ip.Comparator
) -> None:
    what = indicator("rank", "down") if form is ip.Form.RANK else indicator()
    high = "4" if comparator is ip.Comparator.BETWEEN else None
    goal = target(indicator=what, form=form, comparator=comparator, value_high=high)
    for value in ("1", "3", "5"):
        seen = outcome(value, indicator=what, form=form, start_year=2021)
        assert ip.assess(goal, seen).verdict in {ip.Verdict.MET, ip.Verdict.MISSED}
    assert ip.assess(goal, outcome("3", 2023, indicator=what, form=form)).verdict in ip.Verdict


@pytest.mark.parametrize("value", ["3.0", 3, Decimal(3), 3.0, "3"])
def test_the_same_number_gives_the_same_verdict(value: object) -> None:
    assert ip.assess(target(comparator="at_least"), outcome(value)).verdict == "met"


def test_decimals_are_exact() -> None:
    total = Decimal("2.3") + Decimal("0.4") + Decimal("0.3")
    assert ip.assess(target(comparator="at_least", value="3.0"), outcome(total)).verdict == "met"


def test_units_of_one_measure_are_converted_exactly() -> None:
    money = indicator("CNY_100M")
    goal = target(indicator=money, value="0.05", unit="CNY_1T")
    verdict = ip.assess(goal, outcome("500", indicator=money))
    assert (verdict.verdict, verdict.gap, verdict.gap_unit) == ("met", 0, "CNY_1T")


def test_reasons() -> None:
    with_base = {"baseline_value": "1", "baseline_year": 2020}
    goal = target(**with_base)
    assert reason(goal, outcome("3", None)) is ip.Reason.UNDATED
    assert reason(goal, outcome("3", 2026)) is ip.Reason.FUTURE_YEAR
    assert reason(target(), outcome("2", 2023)) is ip.Reason.MISSING_BASELINE
    assert reason(goal, outcome("2", form="annual_growth")) is ip.Reason.DIFFERENT_BASIS
    assert reason(goal, outcome("2", comparator="above")) is ip.Reason.OUTCOME_IS_A_BOUND
    beyond = target(baseline_value="4", baseline_year=2020)
    assert reason(beyond, outcome("2", 2023)) is ip.Reason.REGRESSED
    counted = indicator("enterprise")
    at = target(comparator="above", baseline_value="3", baseline_year=2020, indicator=counted)
    assert reason(at, outcome("3", 2023, indicator=counted)) is ip.Reason.BASE_BEYOND_TARGET
    either = indicator(direction="none")
    above = target(indicator=either, baseline_value="5", baseline_year=2020)
    assert reason(above, outcome("4", 2023, indicator=either)) is ip.Reason.BASE_BEYOND_TARGET
    assert reason(goal, outcome("2", 2020)) is ip.Reason.OUTSIDE_PERIOD
    later = target(baseline_value="1", baseline_year=2022)
    assert reason(later, outcome("2", 2022)) is ip.Reason.ONE_POINT
    zero = target(baseline_value="0", baseline_year=2020)
    assert reason(zero, outcome("2", 2023), pace="compound") is ip.Reason.ZERO_BASE
    below_zero = target(baseline_value="-1", baseline_year=2020)
    assert reason(below_zero, outcome("2", 2023), pace="compound") is ip.Reason.SIGN_CHANGE


def test_one_observation_has_the_form_span_and_part_of_the_target() -> None:
    average = target(form="average_growth", value="7")
    spans = {
        (2021, 2025): None, (2022, 2025): ip.Reason.OTHER_FORM_OR_SPAN,
        (2021, 2024): ip.Reason.OTHER_FORM_OR_SPAN, (2021, 2026): ip.Reason.FUTURE_YEAR,
    }  # fmt: skip
    for (start, year), expected in spans.items():
        seen = outcome("8", year, form="average_growth", start_year=start)
        assert ip.assess(average, seen).reason is expected
    yearly = outcome("8", form="annual_growth")
    assert reason(average, yearly) is ip.Reason.OTHER_FORM_OR_SPAN
    assert reason(target(breakdown="cities"), outcome("3")) is ip.Reason.PART_OF_REGION


def test_nothing_decides_a_target_of_an_unclear_class() -> None:
    unclear = target(scope="class_unclear")
    for figures in ([], [outcome("3")], [outcome("3", scope="class_unclear")]):
        assert assessed(unclear, figures).reason is ip.Reason.CLASS_UNCLEAR
    assert "once the original text shows what is counted" in assessed(unclear, []).explain()


def test_places_gained_in_a_ranking_are_good() -> None:
    place = indicator("rank", "down")
    for comparator in ("reach", "at_least", "about"):
        goal = target(indicator=place, form="increment", value="1", comparator=comparator)
        verdicts = [
            ip.assess(goal, outcome(gained, indicator=place, form="increment", start_year=2021))
            for gained in ("-1", "0", "1", "3")
        ]
        assert [str(each.verdict) for each in verdicts] == ["missed", "missed", "met", "met"]
        assert [each.gap for each in verdicts] == [-2, -1, 0, 2]


def test_a_bundled_goal_of_one_place_in_the_ranking() -> None:
    goal = ip.load().targets.where(region="CN-GS", indicator="st_innovation_index_rank",
                                   form="increment").one()  # fmt: skip
    seen = ip.Observation(region=goal.region, indicator=goal.indicator, form="increment", value="3",
                          comparator="reach", unit="rank", start_year=goal.start_year,
                          year=goal.end_year, citation=CITED)  # fmt: skip
    assert ip.assess(goal, seen).verdict == "met"


def test_a_zero_base_is_no_obstacle_where_none_is_needed() -> None:
    zero = target(baseline_value="0", baseline_year=2020)
    assert ip.assess(zero, outcome("2", 2023)).verdict == "on_track"


def test_a_bound_decides_where_it_suffices() -> None:
    assert ip.assess(target(), outcome("3.2", comparator="above")).verdict == "met"
    assert ip.assess(target(comparator="above"), outcome("3", comparator="above")).verdict == "met"
    assert ip.assess(target(), outcome("2", comparator="below")).verdict == "missed"
    assert ip.assess(target(), outcome("3.2", comparator="above")).gap is None


@pytest.mark.parametrize(
    ("pace", "score", "verdict"),
    [("linear", "0.83", "off_track"), ("compound", "0.97", "on_track")],
)
def test_the_methods_can_disagree_and_the_result_names_the_method(
    pace: str, score: str, verdict: str
) -> None:
    goal = target(value="2.0", baseline_value="1.0", baseline_year=2020)
    result = ip.assess(goal, outcome("1.5", 2023), pace=pace)
    assert result.verdict == verdict
    assert result.pace is not None
    assert (round(result.pace.score, 2), result.pace.method) == (Decimal(score), pace)
    assert result.pace.threshold == Decimal("0.95")
    assert result.progress == Decimal("0.5")


def test_a_target_met_before_its_year_is_ahead() -> None:
    result = ip.assess(target(), outcome("3.5", 2023))
    assert (result.verdict, result.gap, result.gap_unit) == (
        "ahead", Decimal("0.5"), "percentage_point",
    )  # fmt: skip


def test_a_target_whose_year_is_over_awaits_its_figure() -> None:
    """Guangxi wants 22% a year to 2025: from 249.3 in 2024 it takes 88% in the last year."""
    plans = ip.load()
    goal = plans.targets.where(region="GX", indicator="rd_expenditure", period="14th").one()
    result = ip.assess(goal, plans)
    assert (result.verdict, result.reason, result.as_of) == ("awaiting", None, "2026-12-31")
    assert result.needed_growth is not None
    assert result.pace is not None
    assert (round(result.needed_growth), round(result.pace.score, 2)) == (88, Decimal("0.43"))
    assert result.needed_unit == "percent_per_year"
    needed = "An average of 22% over 2021–2025 requires year-on-year growth of 87.8% in 2025."
    assert needed in result.explain()
    assert "2025年须比上年增长87.8%，2021—2025年的年均增速方可达到22%。" in result.explain("zh")
    assert "The average annual growth in 2021–2025 is not in the data." in result.explain()
    assert "2021—2025年的年均增速尚未收录。" in result.explain("zh")
    early = ip.assess(goal, plans, as_of="2025-12-31")  # the same figures, and a year to go
    assert (early.verdict, early.as_of) == ("off_track", "2025-12-31")
    assert early.needed_growth == result.needed_growth
    assert needed in early.explain()
    assert "not in the data" not in early.explain()


def test_a_day_hides_what_was_published_later() -> None:
    plans = ip.load()
    goal = plans.targets.where(region="CQ", indicator="rd_intensity", period="14th").one()
    years = {day: ip.assess(goal, plans, as_of=day).outcome.year  # type: ignore[union-attr]
             for day in ("2023-12-31", "2024-12-31", "2025-12-31")}  # fmt: skip
    assert list(years.values()) == [2022, 2023, 2024]
    assert ip.assess(goal, plans, as_of="2020-06-30").verdict == "undetermined"


@pytest.mark.parametrize(
    ("value", "year", "verdict", "needed"),
    [
        ("2", 2024, "awaiting", "1"),  # shares grow in percentage points
        ("3.3", 2024, "awaiting", None),  # it meets the target already
        ("0", 2024, "awaiting", "3"),
        ("3", 2025, "met", None),
        ("2", 2025, "missed", None),
    ],
)
def test_one_observation_as_of_a_day(
    value: str, year: int, verdict: str, needed: str | None
) -> None:
    result = ip.assess(target(), outcome(value, year), as_of="2026-01-01")
    assert result.verdict == verdict
    rate = None if result.needed_growth is None else round(result.needed_growth, 2)
    assert rate == (None if needed is None else Decimal(needed))
    assert ip.assess(target(), outcome("4", 2024), as_of="2025-12-31").verdict == "ahead"


def test_a_target_above_its_outcome_names_no_growth_of_zero() -> None:
    count = indicator("patent")
    goal = target(indicator=count, comparator="above", value="500")
    result = ip.assess(goal, outcome("500", 2024, indicator=count), as_of="2026-01-01")
    assert (result.verdict, result.gap, result.needed_growth) == ("awaiting", 0, None)


def bundled(**filters: Any) -> ip.Assessment:
    plans = ip.load()
    return ip.assess(plans.targets.where(**filters)[0], plans)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"period": "15th", "region": "CN"}, "no_year_over"),
        ({"region": "ZJ", "indicator": "labour_productivity", "end_year": 2027}, "not_due"),
        ({"region": "Xining", "indicator": "technology_contract_turnover"}, "no_series_for_region"),
        ({"region": "AH", "indicator": "rd_intensity", "end_year": 2025}, "outside_period"),
    ],
)
def test_why_there_is_no_outcome(filters: dict[str, Any], expected: str) -> None:
    result = bundled(**filters)
    assert (result.reason, result.tiers) == (expected, ())
    assert result.hint() in result.explain()
    assert result.hint("zh") in result.explain("zh")


def test_a_tier_that_is_not_loaded_is_named_where_it_answers() -> None:
    plans = ip.load()
    goal = plans.targets.where(region="CN", indicator="high_value_invention_patents_per_10k",
                               period="14th").one()  # fmt: skip
    result = ip.assess(goal, plans)
    assert (result.reason, result.tiers, result.outcome) == ("held_back_by_tier", ("D",), None)
    assert 'with the sources of tier D (load(tiers="ABCD")).' in result.explain()
    full = ip.load(tiers="ABCD")
    assert ip.assess(full.targets.where(region="CN", indicator=goal.indicator.code,
                                        period="14th").one(), full).verdict == "met"  # fmt: skip


def test_every_target_without_an_outcome_says_which_kind_of_figure_is_missing() -> None:
    card = ip.scorecard(ip.load())
    reasons = Counter(each.reason for each in card if each.reason)
    assert ip.Reason.NO_OUTCOME not in reasons
    assert max(reasons.values()) <= sum(reasons.values()) / 3
    for code in ip.Reason:
        for lang in ("en", "zh"):
            facts = {"before": 2020, "end": 2025, "open": 2025, "span": 2024, "year": 2024}
            assert say(f"hint.{code}", lang, tiers="D", figure="it", **facts)


LEVELS = "or the exact levels of 2020 and 2025"


@pytest.mark.parametrize(
    ("stated", "expected", "figures"),
    [
        ({}, "A verdict is possible with the level of 2025", [("3", 2025, {})]),
        (
            {"scope": "new"},
            "A verdict is possible with the level of 2025 (class: new)",
            [("3", 2025, {"scope": "new"})],
        ),
        (
            {"form": "rank", "unit": "rank"},
            "A verdict is possible with the rank of 2025",
            [("3", 2025, {"form": "rank"})],
        ),
        (
            {"form": "cumulative"},
            "A verdict is possible with the total of 2021–2025",
            [("3", 2025, {"form": "cumulative", "start_year": 2021})],
        ),
        (
            {"form": "increment"},
            f"A verdict is possible with the increase in 2021–2025, {LEVELS} (the difference between the two levels is the net increase)",
            [("3", 2025, {"form": "increment", "start_year": 2021})],
        ),
        (
            {"form": "increment"},
            f"A verdict is possible with the increase in 2021–2025, {LEVELS} (the difference between the two levels is the net increase)",
            [("10", 2020, {}), ("13", 2025, {})],
        ),
        (
            {"form": "average_growth"},
            f"A verdict is possible with the average annual growth in 2021–2025, {LEVELS}",
            [("10", 2020, {}), ("13", 2025, {})],
        ),
        (
            {"form": "multiple", "unit": "multiple"},
            f"A verdict is possible with the multiple of the 2020 value in 2025, {LEVELS}",
            [("10", 2020, {}), ("30", 2025, {})],
        ),
        (
            {"form": "annual_growth"},
            "A verdict is possible with the growth in 2025, or the exact levels of 2024 and 2025",
            [("3", 2025, {"form": "annual_growth"})],
        ),
    ],
)
def test_the_figure_that_a_hint_names_decides(
    stated: dict[str, Any], expected: str, figures: list[tuple[str, int, dict[str, Any]]]
) -> None:
    what = indicator("patent")
    goal = target(indicator=what, **stated)
    part = {name: stated[name] for name in ("scope",) if name in stated}
    before = [outcome("1", 2015, indicator=what, **part)]
    without = assessed(goal, before)
    assert (without.reason, without.hint()) == (ip.Reason.OUTSIDE_PERIOD, expected)
    empty = assessed(goal, [])
    assert (empty.reason, empty.hint()) == (ip.Reason.NO_SERIES_FOR_INDICATOR, expected)
    added = [outcome(value, year, indicator=what, **facts) for value, year, facts in figures]
    assert assessed(goal, before + added).reason is None


@pytest.mark.parametrize(
    ("stated", "levels", "start", "expected"),
    [
        ({}, [], None, "the exact starting value of 2020, which is not in the data of"),
        ({}, [outcome("2", 2020)], 2020, "the starting value of 2020 is in the data"),
        (
            {"baseline_value": "1", "baseline_year": 2019},
            [outcome("2", 2020)],
            2019,
            "the starting value of 2019 is in the data",
        ),
        ({}, [outcome("3", 2020)], 2020, "The outcome of the target year decides"),
        (
            {},
            [outcome("2", 2020, comparator="above")],
            None,
            "the exact starting value of 2020",
        ),
    ],
)
@pytest.mark.parametrize("day", ["2021-12-31", "2025-06-30"])
def test_a_hint_says_whether_the_start_is_in_the_data(
    stated: dict[str, Any],
    levels: list[ip.Observation],
    start: int | None,
    expected: str,
    day: str,
) -> None:
    reason = {"2021-12-31": "no_year_over", "2025-06-30": "not_due"}[day]
    result = assessed(target(**stated), levels, as_of=day)
    assert (result.reason, result.outcome, result.pace) == (reason, None, None)
    assert expected in result.hint()
    assert (result.baseline and result.baseline.year) == start
    assert result.missing_years == (() if start else (2020,))
    assert len(result.inputs) == (2 if levels and start == 2020 else 1)
    first = assessed(target(**stated), [*levels, outcome("2.5", 2022)], as_of="2025-06-30")
    has_pace = first.verdict in {"on_track", "off_track"}
    assert has_pace is ("starting value of" in result.hint() and " is in the data" in result.hint())


@pytest.mark.parametrize(
    ("year", "missing", "hint"),
    [
        (2025, (2020,), "or the exact level of 2020"),
        (2024, (2020, 2025), "or the exact levels of 2020 and 2025"),
    ],
)
def test_a_missing_start_says_which_years_lack(
    year: int, missing: tuple[int, ...], hint: str
) -> None:
    what = indicator("patent")
    goal = target(indicator=what, form="multiple", unit="multiple")
    result = assessed(goal, [outcome("3", year, indicator=what)], as_of="2026-12-31")
    assert (result.reason, result.missing_years) == ("missing_baseline", missing)
    assert (
        result.hint()
        == f"A verdict is possible with the multiple of the 2020 value in 2025, {hint}"
    )
    own = outcome("2", 2025, indicator=what, form="multiple", unit="multiple", start_year=2021)
    seen = [outcome("3", year, indicator=what), own]
    assert assessed(goal, seen, as_of="2026-12-31").verdict == "missed"  # as the hint says


def test_an_exact_figure_of_the_years_from_the_bound_on_decides() -> None:
    goal = target(baseline_value="1", baseline_year=2020)
    bound = outcome("2", 2024, comparator="above")
    result = assessed(goal, [bound], as_of="2025-12-31")
    assert (result.reason, result.hint()) == (
        ip.Reason.OUTCOME_IS_A_BOUND, "A verdict is possible with an exact figure of 2024 or 2025",
    )  # fmt: skip
    assert result.hint("zh") == "补充2024年或2025年的确切数值后可以判断"
    assert assessed(goal, [outcome("2.1", 2024)], as_of="2025-12-31").verdict == "off_track"
    assert assessed(goal, [outcome("3")], as_of="2026-12-31").verdict == "met"


@pytest.mark.parametrize("form", ["level", "rank"])
def test_a_bound_of_an_earlier_year_awaits_the_target_year_that_is_over(form: str) -> None:
    what = indicator("rank", "down") if form == "rank" else indicator()
    goal = target(indicator=what, form=form)
    comparator = "below" if form == "rank" else "above"
    bounds = [
        outcome("2" if form == "level" else "4", year, indicator=what, form=form, comparator=each)
        for year, each in ((2024, comparator), (2025, comparator))
    ]
    late = assessed(goal, bounds[:1], as_of="2026-12-31")
    assert (late.verdict, late.gap, late.needed_growth, late.hint()) == ("awaiting", None, None, "")
    assert late.outcome is not None
    assert late.outcome.year == 2024
    assert assessed(goal, bounds, as_of="2026-12-31").reason is ip.Reason.OUTCOME_IS_A_BOUND


@pytest.mark.parametrize(
    ("scope", "form", "year", "expected"),
    [
        ("newly_recognised", "increment", 2025, "class_unclear"),
        ("fostered", "increment", 2025, "class_unclear"),
        ("newly_recognised", "increment", 2024, "other_scope"),
        ("provincial_and_above", "increment", 2025, "other_scope"),  # of a grade, all are the whole
        ("newly_recognised", "level", 2025, "other_scope"),
    ],
)
def test_an_increment_without_a_class_may_be_of_that_of_the_target(
    scope: str, form: str, year: int, expected: str
) -> None:
    what = indicator("enterprise")
    goal = target(indicator=what, form="increment", unit="enterprise", scope=scope, start_year=2025)
    figure = outcome("3", year, indicator=what, form=form, unit="enterprise")
    result = assessed(goal, [figure], as_of="2026-12-31")
    assert result.reason == expected
    assert ("what is counted" in result.hint()) is (expected == "class_unclear")


@pytest.mark.parametrize(
    ("day", "is_future"), [("2024-12-31", True), ("2025-01-01", False), (None, False)]
)
def test_an_outcome_of_a_year_after_the_day_has_a_caveat(day: str | None, is_future: bool) -> None:
    result = ip.assess(target(), outcome("4"), as_of=day)
    assert result.verdict == "met"
    assert ("future_outcome" in result.caveats) == is_future


def test_a_figure_of_a_later_year_than_the_edition_has_a_caveat() -> None:
    plans = ip.load()
    goal = plans.targets.where(region="CN", end_year=2030, form="level").first()
    last = int(plans.edition[:4])
    model = plans.observations[0]
    assert goal is not None
    changes = {"region": goal.region, "indicator": goal.indicator, "unit": goal.unit,
               "form": "level", "value": goal.value + 2, "comparator": "reach", "scope": None,
               "value_high": None, "start_year": None, "vintage": None, "precision": None}  # fmt: skip
    for year, is_future in ((last, False), (last + 1, True)):
        own = model.model_copy(update=changes | {"year": year})
        result = ip.assess(goal, plans.extend(observations=[own]))
        assert result.outcome is not None
        assert result.outcome.year == year
        assert ("future_outcome" in result.caveats) == is_future


def test_an_edition_without_a_date_expects_no_figure() -> None:
    result = assessed(target(), [outcome("4", 2024)])
    assert (result.verdict, result.as_of) == ("ahead", None)


def test_about_accepts_whole_numbers_of_counted_things() -> None:
    centres = of_target("CN-SH-14-sti/foreign_rd_centers/level/2025@sh-stcsm-2021-09-29")
    assert (centres.accepted_low, centres.accepted_high) == (Decimal(549), None)
    assert "at least 549." in centres.explain()


def test_about_takes_the_tolerance_of_the_caller() -> None:
    goal = target(comparator="about", value="3.5")
    assert ip.assess(goal, outcome("3.4")).verdict == "missed"
    result = ip.assess(goal, outcome("3.4"), tolerance="0.05")
    assert (result.verdict, result.tolerance) == ("met", Decimal("0.05"))


def test_an_observation_of_another_subject_raises_an_error() -> None:
    other = ip.Region(code="YY", kind="nation", name_en="Elsewhere")
    seen = outcome("3").model_copy(update={"region": other})
    with pytest.raises(ip.IncomparableError, match=r"XX/thing .* YY/thing"):
        ip.assess(target(), seen)
    with pytest.raises(ip.MissingError, match="no pace method 'warp'"):
        ip.assess(target(), outcome("3"), pace="warp")


def test_an_undated_figure_is_never_used() -> None:
    plans = ip.load(tiers="ABCD")
    undated = {each.key for each in plans.observations if each.year is None}
    assert undated
    for verdict in ip.scorecard(plans, region="Beijing"):
        assert not undated & set(verdict.inputs)


def test_all_bundled_targets_have_an_assessment_that_is_read_again() -> None:
    card = ip.scorecard(ip.load(tiers="ABCD"))
    assert len(card) >= 780
    for each in card:
        assert ip.Assessment.model_validate_json(each.model_dump_json()) == each
        assert (each.reason is None) is (each.verdict is not ip.Verdict.UNDETERMINED)
        for lang in ("en", "zh"):
            sentence = each.explain(lang)
            assert all(key in sentence for key in each.inputs)
    judged = sum(count for verdict, count in card.counts().items() if verdict != "undetermined")
    assert judged >= 120


def test_a_vintage_can_be_asked_for() -> None:
    plans = ip.load()
    goal = plans.targets.where(region="CQ", indicator="rd_intensity", period="14th").one()
    early = goal.model_copy(update={"end_year": 2023})
    assert ip.assess(early, plans).outcome.value == Decimal("2.44")  # type: ignore[union-attr]
    first = ip.assess(early, plans, vintage="first")
    assert (first.outcome.value, first.outcome.vintage) == (Decimal("2.48"), "first")  # type: ignore[union-attr]


def test_a_vintage_of_a_part_gives_the_ratio_of_that_vintage() -> None:
    """Shanghai wants about 4% in 2020: 4.15% of the GDP before the fifth census, 3.88% after it."""
    plans = ip.load()
    goal = plans.targets.where(region="SH", indicator="rd_intensity", period="13th").one()
    early = ip.assess(goal, plans, vintage="after_census_4")
    assert early.outcome is not None
    assert (early.verdict, early.method) == ("met", "ratio")
    assert round(early.outcome.value, 2) == Decimal("4.15")
    assert any(key.startswith("CN-SH/gdp/level/2020/after_census_4") for key in early.inputs)
    late = ip.assess(goal, plans, vintage="after_census_5")
    assert (late.verdict, round(late.outcome.value, 2)) == ("missed", Decimal("3.88"))  # type: ignore[union-attr]
    printed = ip.assess(goal, plans, vintage="after_census_4", strict=True)
    assert printed.outcome == ip.assess(goal, plans, strict=True).outcome


def test_a_vintage_leaves_statistics_without_such_a_vintage_alone() -> None:
    plans = ip.load()
    any_vintage, first = (ip.scorecard(plans, vintage=each) for each in (None, "first"))
    lost = [
        free.subject.indicator
        for free, limited in zip(any_vintage, first, strict=True)
        if free.verdict != "undetermined"
        and limited.verdict == "undetermined"
        and plans.region(free.subject.region).kind == "province"  # cities have no vintages
    ]
    assert lost == ["rd_intensity"] * 4  # governments state 2025, before there is a first vintage
    with pytest.raises(ip.MissingError, match="no vintage 'frist'; did you mean first"):
        ip.scorecard(plans, vintage="frist")


def test_vintages_that_give_other_verdicts_are_a_caveat() -> None:
    plans = ip.load()
    goal = plans.targets.where(region="CQ", indicator="rd_intensity", period="14th").one()
    between = goal.model_copy(update={"end_year": 2023, "value": Decimal("2.46")})
    result = ip.assess(between, plans)
    assert result.verdict == "missed"
    assert ip.Caveat.VINTAGES_DISAGREE in result.caveats


def test_figures_that_agree_by_rounding_and_differ_in_verdict_are_a_caveat(
    world: Callable[..., Path],
) -> None:
    base = ip.load(world(), tiers="ABC")
    row = {"region": "XX-CD", "indicator": "idle_rate", "form": "level", "comparator": "reach"}
    rows = [
        row | {"value": "3.0", "unit": "percent", "year": 2025, "source": "land-stat"},
        row | {"value": "3.04", "unit": "percent", "year": 2025, "source": "blog"},
    ]
    goal = {"plan": "XX-CD-14-sti", "indicator": "idle_rate", "form": "level", "unit": "percent"}
    more = base.extend(
        observations=rows[:1],
        targets=[
            goal | {"comparator": "at_most", "value": "3", "end_year": 2025, "source": "abe-plan"}
        ],
    )
    strict = ip.load(world(), tiers="ABCD").extend(
        observations=rows,
        targets=[
            goal | {"comparator": "at_most", "value": "3", "end_year": 2025, "source": "abe-plan"}
        ],
    )
    target = more.targets.where(indicator="idle_rate").one()
    assert ip.assess(target, more).caveats == (ip.Caveat.WITHIN_ROUNDING,)
    result = ip.assess(target, strict)
    assert (result.verdict, result.caveats) == (
        "met", (ip.Caveat.DISPUTED, ip.Caveat.WITHIN_ROUNDING),
    )  # fmt: skip


def test_conflicting_targets_are_a_caveat() -> None:
    plans = ip.load(tiers="ABCD")
    goal = plans.targets.where(region="Jiangsu", indicator="rd_intensity", period="14th",
                               source="seed-cbn-2021").one()  # fmt: skip
    result = ip.assess(goal, plans)
    assert ip.Caveat.TARGET_CONFLICT in result.caveats
    assert [each.value for each in result.rivals] == [
        each.value for each in plans.targets.rivals(goal)
    ]
    assert all(each.plan != goal.plan.code for each in result.rivals)
    assert (
        "Another document of the region, “Press conference of the Jiangsu government on self-reliance in "
        "science and technology, June 2023” (2023-06-27), has " in result.explain()
    )
    assert "Note: another document of the region gives a different target" in result.explain()


def test_another_text_of_the_plan_is_told_from_another_document() -> None:
    goal = target()
    copy = target(value="4").model_copy(update={"citation": ip.Citation(source=YEARBOOK)})
    other_plan = ip.Plan(code="XX-14-action", region=CN, period="14th", kind="action_plan",
                         title_en="Action", title_zh="行动方案", issued="2025-03")  # fmt: skip
    other = target(value="5").model_copy(update={"plan": other_plan})
    source, document = "another source", "another document of the region"
    cases = [
        ([copy], f"{source} gives a different target", "Another figure of this target: 4% (Yearbook, 2021)."),
        ([other], f"{document} gives a different target",
         "Another document of the region, “Action” (2025-03), has 5% for 2025."),
        ([copy, other], f"{source} and {document} give different targets", "(2025-03), has 5%"),
    ]  # fmt: skip
    for rivals, note, text in cases:
        result = ip.assess(goal, Little([outcome("3")], [goal, *rivals]))
        assert ip.Caveat.TARGET_CONFLICT in result.caveats
        assert f"Note: {note}" in result.explain()
        assert text in result.explain()
    assert "该地区另一文件“行动方案”（2025-03）提出2025年目标达到5%。" in result.explain("zh")


@given(
    comparator=st.sampled_from([c for c in ip.Comparator if c not in {"at_most", "below"}]),
    values=st.tuples(
        st.decimals("-10", "10", places=3), st.decimals("-10", "10", places=3)
    ).map(sorted),
)  # fmt: skip
def test_where_more_is_better_verdicts_are_monotone(
    comparator: ip.Comparator, values: list[Decimal]
) -> None:
    goal = target(comparator=comparator, value_high="4" if comparator == "between" else None)
    low, high = (
        satisfies(
            accepted_by(goal, Decimal("0.02")),
            interval_of(outcome(value), "percent"),
            is_rounded=True,
        )
        for value in values
    )
    assert high or not low


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("2.5", "2.48", True), ("2.5", "2.44", False), ("3", "3.00", True), ("3.6", "3.60", True)],
)
def test_figures_agree_as_far_as_the_coarser_is_printed(one: str, other: str, same: bool) -> None:
    assert agree(outcome(one), outcome(other)) is same
    assert agree(outcome(other), outcome(one)) is same


def test_conflicting_outcomes() -> None:
    other = ip.Source(code="other", title="Other", tier="B", date="2021")
    second = outcome("2.5").model_copy(update={"citation": ip.Citation(source=other)})
    assert assessed(target(), [outcome("3.5"), second]).reason is ip.Reason.CONFLICTING_OUTCOMES
    agreeing = outcome("3.2").model_copy(update={"citation": ip.Citation(source=other)})
    result = assessed(target(), [outcome("3.5"), agreeing])
    assert (result.verdict, result.caveats) == ("met", (ip.Caveat.CONFLICTING_OUTCOMES,))
    weak = ip.Source(code="weak", title="Weak", tier="C", date="2021")
    used = outcome("3.5").model_copy(update={"citation": ip.Citation(source=weak)})
    reported = agreeing.model_copy(update={"self_reported": True})
    result = assessed(target(), [used, reported])  # statistics come before the better tier
    assert result.caveats == (ip.Caveat.CONFLICTING_OUTCOMES, ip.Caveat.LOWER_TIER)
    own = second.model_copy(update={"self_reported": True})
    assert ip.Caveat.LOWER_TIER in assessed(target(), [used, own]).caveats
    assert ip.Caveat.DISPUTED in assessed(target(), [outcome("3.5"), own]).caveats


def test_a_bound_that_leaves_the_verdict_open_disputes_nothing() -> None:
    bound, other = other_text("2", code="a"), other_text("4", code="b")
    bound, other = (
        each.model_copy(update={"comparator": ip.Comparator.ABOVE}) for each in (bound, other)
    )
    result = assessed(target(), [outcome("3.5"), bound])
    assert (result.verdict, result.caveats, result.others) == ("met", (), ())
    result = assessed(target(), [outcome("3.5"), other])  # it cannot be the number
    assert (result.verdict, result.caveats) == ("met", (ip.Caveat.CONFLICTING_OUTCOMES,))
    lower = outcome("2.5").model_copy(update={"self_reported": True})
    result = assessed(target(), [bound, lower])
    assert (result.reason, [each.value for each in result.others]) == (
        "outcome_is_a_bound", [lower.value],
    )  # fmt: skip
    assert result.hint() == "A verdict is possible with one source, or one vintage, of your choice"


def test_the_explanation_names_the_sources_that_differ() -> None:
    agreeing, opposed = other_text("3.2", code="a"), other_text("2.5", code="b")
    result = assessed(target(), [outcome("3.5"), agreeing])
    assert [each.source for each in result.others] == ["a"]
    assert "Another figure of 2025: 3.2% (Other, 2021, tier B)." in result.explain()
    assert "2025年另有数值：3.2%（Other，2021，来源等级B）。" in result.explain("zh")
    open_verdict = assessed(target(), [outcome("3.5"), agreeing, opposed])
    assert (open_verdict.reason, open_verdict.caveats) == ("conflicting_outcomes", ())
    assert [each.source for each in open_verdict.others] == ["a", "b"]
    assert assessed(target(), [outcome("3.5"), other_text("3.50")]).others == ()


def test_the_explanation_and_the_scorecard_name_the_part_of_the_target() -> None:
    card = ip.scorecard(ip.load(), region="GS", indicator="science_fiscal_share")
    parts = {
        "": "",
        "county_level": " (county level, printed as 县本级财政科技支出",
        "prefecture_level": " (prefecture level, printed as 市本级财政科技支出",
        "provincial_level": " (provincial level, printed as 省本级财政科技支出",
    }
    assert {each.stated.part for each in card} == set(parts)
    for each in card:
        indicator = each.subject.indicator_en + parts[each.stated.part]
        assert each.explain().startswith(f"Gansu, “{indicator}")
        assert indicator in str(card)


def test_the_start_of_a_ratio_is_said_to_be_from_statistics() -> None:
    plans = ip.load()
    goal = plans.targets.where(region="GD", indicator="rd_personnel_per_10k_population").one()
    assert ip.Caveat.BASELINE_FROM_STATISTICS in ip.assess(goal, plans).caveats


def test_a_start_from_statistics_is_said_once() -> None:
    growth = target(form="average_growth", unit="percent_per_year", indicator=indicator("patent"))
    levels = [outcome(value, year, indicator=indicator("patent"))
              for value, year in (("10", 2020), ("13", 2025))]  # fmt: skip
    noted = assessed(growth, levels)
    assert ip.Caveat.BASELINE_FROM_STATISTICS in noted.caveats
    assert "(not from the text of the target)" not in noted.explain()  # the note says it


def test_the_explanation_says_the_start_and_an_outcome_equal_to_the_target() -> None:
    goal = target(baseline_value="2.5", baseline_year=2020)
    text = assessed(goal, [outcome("3")]).explain()
    assert "Outcome: 3% in 2025, equal to the target. The starting value was 2.5% in 2020." in text
    result = assessed(target(), [outcome("2.5", 2020), outcome("3")])
    assert (
        "The starting value was 2.5% in 2020 (not from the text of the target, but from Yearbook, 2021, tier B)."
        in result.explain()
    )
    assert (
        "基期（2020年）：2.5%（非目标文本所载，取自Yearbook，2021，来源等级B）。"
        in result.explain("zh")
    )
    band = target(comparator="between", value="2.8", value_high="3.2")
    assert "within the range of the target" in assessed(band, [outcome("3")]).explain()


@pytest.mark.parametrize(
    ("printed", "english", "chinese", "has_pace"),
    [
        ({}, "2.5%", "2.5%", True),
        ({"comparator": "above"}, "above 2.5%", "超过2.5%", False),
        ({"comparator": "about"}, "about 2.5%", "2.5%左右", True),
        ({"status": "preliminary"}, "2.5% (preliminary)", "2.5%（初步数）", True),
    ],
)
def test_a_start_is_shown_as_its_text_prints_it(
    printed: dict[str, str], english: str, chinese: str, has_pace: bool
) -> None:
    """An observation of the same text says how it prints the start; a bound gives no pace."""
    goal = target(baseline_value="2.5", baseline_year=2020)
    start = outcome("2.5", 2020, citation=CITED, **printed)
    met = assessed(goal, [start, outcome("3")])
    assert f"The starting value was {english} in 2020." in met.explain()
    assert f"基期（2020年）：{chinese}。" in met.explain("zh")
    assert f"{english} in 2020" in str(ip.Scorecard([met]).sheet())
    early = assessed(goal, [start, outcome("2.8", 2023)])
    assert (early.reason is None, early.pace is not None) == (has_pace, has_pace)
    assert f"{english} in 2020" in early.explain()
    assert early.caveats == ((ip.Caveat.START_ROUNDING,) if has_pace else ())
    exact = outcome("2.6", 2020)
    assert assessed(goal, [start, exact, outcome("2.8", 2023)]).pace is not None
    waiting = assessed(goal, [start], as_of="2021-12-31")
    assert ("the exact starting value of 2020" in waiting.hint()) is not has_pace
    change = target(indicator=MONEY, form="multiple", unit="multiple", baseline_value="2.5",
                    baseline_year=2020, baseline_unit="CNY_100M")  # fmt: skip
    figures = [outcome("2.5", 2020, indicator=MONEY, citation=CITED, **printed)]
    grown = assessed(change, [*figures, outcome("9", indicator=MONEY)])
    assert (grown.reason is None) is has_pace


def test_a_start_is_not_from_the_plan_only_where_another_text_states_it() -> None:
    office = {"issuer": "government", "publisher": "Office", "date": "2021-02-03", "tier": "A"}
    plan, copy = (ip.Source(code=code, title=code, **office) for code in ("plan", "copy"))
    goal = target().model_copy(update={"citation": ip.Citation(source=plan)})
    cases = [
        (plan, False, "plan"),
        (copy, True, "plan"),
        (copy.model_copy(update={"date": "2021-02-04"}), True, "report"),
        (copy.model_copy(update={"publisher": None}), False, "statistics"),
    ]
    for source, self_reported, stated_by in cases:
        start = outcome("2", 2020, citation=ip.Citation(source=source), self_reported=self_reported)
        met, early = (assessed(goal, [start, outcome(*now)]) for now in (("3",), ("2.5", 2023)))
        is_of_others = stated_by != "plan"
        assert met.baseline is not None
        assert met.baseline.stated_by == stated_by
        assert ("not from the text of the target" in met.explain()) is is_of_others
        assert ("baseline_from_statistics" in early.caveats) is is_of_others
        assert "self_reported" not in early.caveats  # the outcome is not


def other_text(value: str, year: int = 2025, **changed: Any) -> ip.Observation:
    """A second figure of the same thing, from a text as good as the first."""
    other = ip.Source(code=changed.pop("code", "other"), title="Other", tier=changed.pop("tier", "B"),
                      date="2021")  # fmt: skip
    figure = outcome(value, year, vintage=changed.pop("vintage", None))
    return figure.model_copy(update={"citation": ip.Citation(source=other)} | changed)


def test_every_other_figure_is_checked() -> None:
    """Neither one that says the same nor one of another vintage ends the search."""
    one = outcome("3.5", vintage="first")
    same, twin = other_text("3.50", code="a"), other_text("2.8", code="b", vintage="later")
    against = other_text("2.5", code="c", tier="C")
    result = assessed(target(), [one, same])
    assert (result.verdict, result.caveats) == ("met", ())
    result = assessed(target(), [one, same, against])
    assert (result.verdict, result.caveats) == ("met", (ip.Caveat.DISPUTED,))
    result = assessed(target(), [one, same, twin, against])
    assert result.caveats == (ip.Caveat.VINTAGES_DISAGREE, ip.Caveat.DISPUTED)
    growing = outcome("11", form="average_growth", indicator=MONEY, start_year=2021)
    slower = growing.model_copy(
        update={"value": Decimal(9), "citation": against.citation, "self_reported": True}
    )
    result = assessed(growth(), [growing, slower, *levels((2020, "100"), (2025, "170"))])
    assert result.caveats == (
        ip.Caveat.BASELINE_FROM_STATISTICS, ip.Caveat.DISPUTED, ip.Caveat.STATED_DIFFERS,
    )  # fmt: skip


def test_figures_that_are_one_number_never_refute_each_other() -> None:
    what = indicator(direction="down")
    goal = target(indicator=what, comparator="at_most")
    one = outcome("3.0", indicator=what)
    finer = other_text("3.04", code="twin", indicator=what)
    for observations in ([one, finer], [finer, one]):
        result = assessed(goal, observations)
        assert (result.verdict, result.caveats) == (
            "missed", (ip.Caveat.DISPUTED, ip.Caveat.TARGET_ROUNDING),
        )  # fmt: skip


def test_a_figure_without_a_vintage_is_no_other_vintage() -> None:
    result = assessed(target(), [outcome("3.5", vintage="first"), other_text("2.5")])
    assert result.reason is ip.Reason.CONFLICTING_OUTCOMES
    same = assessed(target(), [outcome("3.5", vintage="first"), other_text("2.5", vintage="first")])
    assert same.reason is ip.Reason.CONFLICTING_OUTCOMES


def test_caveats_of_the_figures() -> None:
    weak = ip.Citation(source=ip.Source(code="weak", title="Weak", tier="D"))
    erratum = ip.Erratum(code="e", citation=CITED, corrected="3.5", reason="a slip")
    assert ip.assess(target(), outcome("3.5")).caveats == ()
    for changed, caveat in [
        ({"self_reported": True}, "self_reported"),
        ({"comparator": ip.Comparator.ABOUT}, "outcome_approximate"),
        ({"status": ip.Status.PRELIMINARY}, "preliminary"),
        ({"citation": weak}, "weak_source"),
        ({"erratum": erratum}, "corrected_figure"),
    ]:
        seen = outcome("3.5").model_copy(update=changed)
        assert ip.assess(target(), seen).caveats == (ip.Caveat(caveat),)
        undated = outcome("3.5", None).model_copy(update=changed)
        assert ip.assess(target(), undated).caveats == (ip.Caveat(caveat),)
    for changed, caveat in [
        ({"citation": weak}, "weak_source"),
        ({"erratum": erratum}, "corrected_figure"),
    ]:
        goal = target().model_copy(update=changed)
        assert ip.assess(goal, outcome("3.5")).caveats == (ip.Caveat(caveat),)


def test_the_baseline_of_an_assessment_and_who_states_it() -> None:
    printed = target(baseline_value="1.0", baseline_year=2020)
    result = assessed(printed, [outcome("2.0", 2023)])
    assert result.baseline is not None
    assert (result.baseline.value, result.baseline.unit) == (1, "percent")
    assert (result.baseline.year, result.baseline.stated_by) == (2020, "plan")
    assert result.inputs == (printed.key, outcome("2", 2023).key)
    assert result.caveats == ()
    # a printed start without its year is none; that it is the same number says nothing
    for goal in (target(), target(baseline_value="1")):
        seen = [outcome("1.0", 2020), outcome("2.0", 2023)]
        result = assessed(goal, seen)
        assert result.baseline is not None
        assert (result.baseline.value, result.baseline.year) == (1, 2020)
        assert result.baseline.stated_by == "statistics"
        assert result.inputs == (goal.key, seen[1].key, seen[0].key)
        assert result.caveats == (ip.Caveat.BASELINE_FROM_STATISTICS,)


def test_a_verdict_of_the_target_year_has_a_start_too() -> None:
    plans = ip.load()
    card = [each for each in ip.scorecard(plans) if each.verdict in {"met", "missed"}]
    stated = {each.key for each in plans.targets if each.baseline_value is not None}
    levels = [each for each in card if each.stated.form == "level" and each.target in stated]
    assert levels
    assert all(each.baseline and each.baseline.stated_by == "plan" for each in levels)
    from_statistics = [
        each for each in card if each.baseline and each.baseline.stated_by == "statistics"
    ]
    assert len(from_statistics) > 20
    records = {each.key: each for each in plans.observations}
    for each in from_statistics:
        if each.method == "level":
            assert each.baseline is not None
            assert records[each.inputs[-1]].year == each.baseline.year


def test_a_sum_starts_from_zero_before_its_first_year() -> None:
    goal = target(indicator=MONEY, form="cumulative", value="100", unit="CNY_100M")
    half = outcome("60", 2023, form="cumulative", indicator=MONEY, start_year=2021)
    result = assessed(goal, [half])
    assert result.baseline is not None
    assert (result.baseline.value, result.baseline.unit) == (0, "CNY_100M")
    assert (result.baseline.year, result.baseline.stated_by) == (2020, "definition")
    assert result.pace is not None
    assert (result.pace.observed, result.pace.required, result.pace.unit) == (20, 20, "per_year")
    assert result.caveats == ()
    alone = goal.model_copy(update={"start_year": None})
    assert reason(alone, half) is ip.Reason.OTHER_FORM_OR_SPAN


@pytest.mark.parametrize(
    ("now", "verdict"), [("1.9", "on_track"), ("1.89", "off_track"), ("10", "ahead")]
)
def test_what_is_exactly_at_the_threshold_is_on_track(now: str, verdict: str) -> None:
    """Ten in five years are two a year; 1.9 in the first is 0.95 of that."""
    goal = target(value="10", baseline_value="0", baseline_year=2020)
    result = ip.assess(goal, outcome(now, 2021))
    assert result.verdict == verdict
    strict = ip.assess(goal, outcome("1.9", 2021), threshold="0.951")
    assert strict.verdict == "off_track"
    assert strict.pace is not None
    assert strict.pace.threshold == Decimal("0.951")


@pytest.mark.parametrize(("start", "way"), [("3", "up"), ("3", "down"), ("4", "up"), ("2", "down")])
def test_a_baseline_at_the_target_or_beyond_it(start: str, way: str) -> None:
    what = indicator(direction=way)
    goal = target(indicator=what, baseline_value=start, baseline_year=2020)
    now = outcome("2" if way == "up" else "4", 2023, indicator=what)
    assert ip.assess(goal, now).reason is ip.Reason.REGRESSED


def test_an_assessment_explains_what_it_is_made_from() -> None:
    """Every field, from records of which each is known."""
    goal = target(comparator="about", value="3.5", baseline_value="2.5", baseline_year=2020)
    seen = outcome("3.2", 2023, vintage="first")
    result = assessed(goal, [seen])
    assert result.model_dump(exclude={"stated", "outcome", "pace", "baseline"}) == {
        "target": goal.key,
        "subject": {
            "region": "XX", "region_en": "Examplia", "region_zh": "例国", "region_short_zh": None,
            "indicator": "thing", "indicator_en": "Thing", "indicator_zh": None,
        },
        "verdict": "on_track",
        "reason": None,
        "others": (), "rivals": (), "proxy_year": None,
        "one_vintage": None,
        "gap": Decimal("-0.3"),
        "gap_unit": "percentage_point",
        "progress": Decimal("0.7"),
        "tolerance": Decimal("0.02"), "accepted_low": Decimal("3.43"), "accepted_high": None,
        "tier_parts": (), "other_forms": (), "revised": None, "rounding_hides_change": False,
        "method": "level",
        "version": 1,
        "inputs": (goal.key, seen.key),
        "caveats": (),
        "edition": "test",
        "as_of": None,
        "gap_low": Decimal("-0.35"), "gap_high": Decimal("-0.25"),
        "needed_growth": Decimal("0.15"), "needed_unit": "percentage_point",
        "needed_low": Decimal("0.125"), "needed_high": Decimal("0.175"),
        "tiers_year": None, "tiers_meet": False, "has_parts_only": False, "missing_years": (), "revision": None,
        "proxy": None, "proxy_en": None, "proxy_zh": None, "proxy_years": None,
        "missing_parts": (), "undated": None, "unclassed": None,
        "tiers": (), "proxy_tiers": (), "scopes": (), "other_starts": (), "differences": (),
    }  # fmt: skip
    assert result.stated.model_dump() == {
        "form": "level", "comparator": "about", "value": Decimal("3.5"), "value_high": None,
        "unit": "percent", "start_year": 2021, "end_year": 2025, "plan": "XX-14-sti",
        "plan_en": "Plan", "plan_zh": None, "issued": None,
        "document": {
            "publisher": None, "publisher_en": None, "publisher_zh": None,
            "title": "Plan", "date": "2021", "rendition": None, "tier": "B",
        },
        "period": "14th", "tier": "B", "part": "", "constant_prices": False, "maybe_gross": False,
        "is_net": False, "flags": (), "has_own_title": True, "counted": None, "precision": None,
        "open_name_en": None, "open_name_zh": None, "printed_name": None,
    }  # fmt: skip
    assert result.outcome is not None
    assert result.outcome.model_dump() == {
        "value": Decimal("3.2"), "value_high": None, "unit": "percent", "counted": None,
        "comparator": "reach", "start_year": None, "year": 2023, "vintage": "first", "self_reported": False,
        "status": "not_stated", "further_source": None, "source": "yearbook", "tier": "B",
        "document": {
            "publisher": None, "publisher_en": None, "publisher_zh": None,
            "title": "Yearbook", "date": "2021", "rendition": None, "tier": "B",
        },
        "further_document": None, "flags": (), "has_notes": False, "is_revised": False,
        "numerator_caveats": (), "denominator_caveats": (),
        "level": None, "level_unit": None, "precision": None,
    }  # fmt: skip
    assert result.pace is not None
    assert result.pace.model_dump() == {
        "method": "linear", "version": 1, "score": rounded(Decimal(7) / 6),
        "low": rounded(Decimal("0.6") / Decimal("0.95") * 5 / 3),
        "high": rounded(Decimal("0.8") / Decimal("1.05") * 5 / 3),
        "observed": rounded(Decimal("0.7") / 3), "required": Decimal("0.2"), "unit": "per_year",
        "threshold": Decimal("0.95"),
    }  # fmt: skip
    assert ip.assess(goal, seen).edition == ""


def test_names_are_short_in_chinese_where_there_are_short_ones() -> None:
    short = CN.model_copy(update={"short_zh": "例"})
    plan = PLAN.model_copy(update={"region": short})
    what = indicator().model_copy(update={"name_zh": "某物"})
    goal = target(indicator=what).model_copy(update={"plan": plan})
    seen = outcome("3", indicator=what)
    assert ip.assess(goal, seen).subject.names("zh") == ("例", "某物")


def test_the_gap_to_a_range_is_to_its_nearer_end() -> None:
    goal = target(comparator="between", value_high="4")
    gaps = {"2": -1, "3": 0, "3.5": 0, "4": 0, "4.5": Decimal("0.5")}
    assert {value: ip.assess(goal, outcome(value)).gap for value in gaps} == gaps


def test_a_ranking_has_no_pace() -> None:
    what = indicator("rank", "down")
    goal = target(indicator=what, form="rank", baseline_value="9", baseline_year=2020)
    seen = outcome("5", 2023, indicator=what, form="rank")
    assert ip.assess(goal, seen).reason is ip.Reason.RANK_HAS_NO_PACE


def test_a_part_of_the_data_keeps_the_tiers_that_are_not_loaded() -> None:
    plans = ip.load()
    part = plans.subset(["CN"])
    assert part.tiers == plans.tiers
    before = {each.target: each.reason for each in ip.scorecard(plans, region="CN")}
    after = {each.target: each.reason for each in ip.scorecard(part)}
    held = [key for key, reason in before.items() if reason == "held_back_by_tier"]
    assert held
    assert [after[key] for key in held] == ["held_back_by_tier"] * len(held)


def test_the_parts_of_a_ratio_say_why_there_is_no_outcome(plans: ip.Dataset) -> None:
    expected = {
        "CN-GS-2025-gwr/science_fiscal_share/level/2025": ip.Reason.OUTSIDE_PERIOD,
        "CN-HB-14-action/digital_economy_core_gdp_share/level/2025": ip.Reason.OUTCOME_IS_A_BOUND,
    }
    targets = {each.series_key: each for each in plans.targets}
    assert {key: ip.assess(targets[key], plans).reason for key in expected} == expected


def test_a_start_before_a_large_revision_is_marked(every_tier: ip.Dataset) -> None:
    target = every_tier.targets.where(region="NM", indicator="rd_intensity", period="13th").one()
    result = ip.assess(target, every_tier)
    assert result.baseline is not None
    assert ip.Caveat.REVISED_BETWEEN in result.caveats  # both ends are as first printed
    assert (
        "the two figures do not show how the indicator changed" in result.explain()
    )  # 0.76% to 0.93%
    assert ip.Caveat.VINTAGES_MIXED not in result.caveats


def test_a_printed_ratio_that_its_newest_parts_contradict_is_marked(plans: ip.Dataset) -> None:
    target = plans.targets.where(region="SH", indicator="rd_intensity", period="13th").one()
    result = ip.assess(target, plans)
    assert (result.verdict, result.outcome and result.outcome.value) == (
        ip.Verdict.MET,
        Decimal("4.17"),
    )
    assert ip.Caveat.VINTAGES_DISAGREE in result.caveats
    assert [(round(each.value, 2), each.vintage) for each in result.others] == [
        (Decimal("3.88"), "after_census_5")
    ]
    revised = ip.assess(target, plans, vintage="after_census_5")
    assert (revised.verdict, revised.others) == (ip.Verdict.MISSED, ())


def test_growth_of_gdp_without_a_decimal_has_one(plans: ip.Dataset) -> None:
    target = plans.targets.by_key("CN-JL-2025-gwr/gdp/annual_growth/2025@jl-gwr-2025")
    result = ip.assess(target, plans)
    assert (result.verdict, ip.Caveat.WITHIN_ROUNDING in result.caveats) == (
        ip.Verdict.MISSED,
        False,
    )


# --- what a reader of a verdict is told


def of_target(key: str) -> ip.Assessment:
    plans = ip.load()
    return ip.assess(plans.targets.by_key(key), plans)


def test_growth_at_constant_prices_is_not_asked_for_as_levels_at_current_ones(
    every_tier: ip.Dataset,
) -> None:
    target = every_tier.targets.by_key(
        "CN-15-outline/rd_expenditure:constant_prices/average_growth/2030@cn-outline-15-transcript"
    )
    assert ip.assess(target, every_tier).hint() == (
        "A verdict is possible with the average annual growth in 2026–2030 (class: at constant prices), once published"
    )


def test_a_ratio_whose_parts_cover_other_territory_has_a_caveat(every_tier: ip.Dataset) -> None:
    key = "CN-13-sti/invention_patents_per_10k/level/2020@cn-sti-plan-13-book"
    nation = ip.assess(every_tier.targets.by_key(key), every_tier)
    assert ip.Caveat.DEFINITION_DIFFERS in nation.caveats
    province = of_target("CN-SH-13-sti/invention_patents_per_10k/level/2020@sh-gmw-2016-08-17")
    assert ip.Caveat.DEFINITION_DIFFERS not in province.caveats


def test_every_national_total_with_hong_kong_says_so_in_its_status(plans: ip.Dataset) -> None:
    wide = [each for each in plans.observations if "total includes Hong Kong" in (each.notes or "")]
    assert len(wide) > 50
    assert {each.status for each in wide} == {Status.DEFINITION_DIFFERS}


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        (
            "CN-NM-2026-gwr/st_special_funds/multiple/2026@nm-gwr-2026",
            "A verdict is possible with the multiple of the 2025 value in 2026, or the exact levels of 2025 and 2026, once published",
        ),
        (
            "CN-HN-2026-gwr/gdp/annual_growth/2026@hn-gwr-2026",  # value added: no levels
            "A verdict is possible with the growth in 2026, once published",
        ),
        (
            # tier A has the GDP of 2025 among the first accounts, which are of that year only
            "CN-CQ-15-gwr/gdp/level/2030@cq-gwr-2026-2",
            (
                "The first yearly figure of the period will show the pace; the level of 2025 is needed too, in "
                "the same vintage as that figure: the one in the data (first figures of 2025) is of a vintage that "
                "has no other year"
            ),
        ),
        (
            "CN-NM-14-action/technology_smes/multiple/2025@nm-daily-2023-08-12",
            "A verdict is possible with the multiple of the 2022 value in 2025, or the exact levels of 2022 and 2025",
        ),
        (
            "350100-14-sti/high_tech_enterprises/level/2025@fuzhou-daily-2021-11-03",
            (
                'The sources of tier D (load(tiers="ABCD")) have an outcome of 2024 that meets '
                "the target already, but the target would still be awaiting the data of its year; a verdict is "
                "possible with the level of 2025"
            ),
        ),
        (
            "140100-14-gwr-2022/rd_expenditure/average_growth/2026@taiyuan-xunjk-2022-02-23",
            (
                "A figure of any year from 2022 to 2025 would show the pace; the exact starting value of "
                "2021 is needed too"
            ),
        ),
        (
            # tier D has the GDP of 2025
            "CN-HL-14-other-digital/digital_economy_core_gdp_share/level/2025@hl-daily-ko-2022-03-30",
            (
                "A verdict is possible with the level of 2025, or with the exact 2025 figures of “Value added of digital economy core "
                "industries” and “Gross domestic product”, from which it can be computed; sources of tier D, which are not loaded, have the "
                "2025 figure of “Gross domestic product”"
            ),
        ),
        (
            # tier D alone has the population of 2025, and the loaded tiers no patents of the region
            "630100-14-sti/invention_patents_per_10k/level/2025@seed-xining-2022",
            (
                "A verdict is possible with the level of 2025, or with the exact 2025 figures of “Invention patents in force” and “Resident "
                "population at year end”, from which it can be computed; sources of tier D, which are not loaded, have "
                "the 2025 figure of “Resident population at year end”"
            ),
        ),
        (
            "CN-JX-14-outline/digital_economy_core_gdp_share/level/2025@jx-cns-2021-02-08",
            # GDP is known
            (
                "A verdict is possible with the level of 2025, or with the exact 2025 figure of “Value added of digital economy core "
                "industries”, from which it can be computed"
            ),
        ),
    ],
)
def test_a_hint_names_what_would_decide(key: str, hint: str) -> None:
    assert of_target(key).hint() == hint


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        (
            # tier D has a figure of 2023, and the target is of 2020
            "440100-13-sti/high_tech_enterprises/level/2020@guangzhou-dayoo-2017-04-20",
            "A verdict is possible with the level of 2020",
        ),
        (
            "CN-NX-2026-gwr/st_innovation_platforms/increment/2026@nx-gwr-2026",  # 新增
            (
                "A verdict is possible with the increase in 2026, or the exact levels of 2025 and 2026 (the difference between the "
                "two levels is the net increase), once published"
            ),
        ),
        (
            "310115-14-sti/rd_expenditure/average_growth/2025@pudong-cnfin-2021-10-27",  # has its start
            "A verdict is possible with the average annual growth in 2021–2025, or the exact level of 2025",
        ),
        (
            "CN-SN-2026-gwr/specialised_little_giants/increment/2026@sn-gwr-2026",
            (
                "A verdict is possible with the increase in 2026, or the exact level of 2026 (the difference between the two levels is "
                "the net increase), once published"
            ),
        ),
        (
            "CN-JX-2024-other-work/technology_contract_turnover/level/2024@jx-xinhua-2024-03-23",
            (
                "A verdict is possible with the nearly equal indicator “Technology contract turnover by "
                "seller's region”, whose 2024 figure is in the data (proxies=True)"
            ),
        ),
        (
            "CN-HL-14-sti/technology_contract_turnover/level/2025@hl-kiep-2021-10-06",
            (
                "A verdict is possible with the level of 2025; with the nearly equal indicator “Technology "
                "contract turnover by seller's region” (proxies=True), whose last year is 2024, the target "
                "would still be awaiting data"
            ),
        ),
    ],
)
def test_a_hint_promises_no_more_than_it_gives(key: str, hint: str) -> None:
    assert of_target(key).hint() == hint


def added(each: ip.Target, value: Any, year: int, **facts: Any) -> ip.Observation:
    """A figure of one's own for a target."""
    kept = {"region": each.region, "indicator": each.indicator, "scope": each.scope,
            "form": each.form, "unit": each.unit, "comparator": "reach"}  # fmt: skip
    cited = ip.Citation(source=ip.Source(code="own", title="Own", tier="A"))
    return ip.Observation(value=value, year=year, citation=cited, **kept | facts)


def test_the_figure_that_each_hint_names_decides() -> None:
    """Every target of the data without a verdict, but those whose hint does not ask for a figure."""
    plans, every = ip.load(), ip.load(tiers="ABCD")
    tried = Counter()
    for each in ip.scorecard(plans):
        goal = plans.targets.by_key(each.target)
        if each.reason is None or "proxies=True" in each.hint() or "pace" in each.hint():
            continue
        if each.reason is ip.Reason.HELD_BACK_BY_TIER:
            found = ip.assess(every.targets.by_key(each.target), every)
        elif each.reason is ip.Reason.PART_OF_REGION:
            continue
        else:
            if each.reason is ip.Reason.CLASS_UNCLEAR:  # once the class is known
                assert "once the original text shows what is counted" in each.hint()
                goal = goal.model_copy(update={"scope": None, "breakdown": None})
            for lang in ("en", "zh"):
                is_known = each.baseline is not None and each.baseline.comparator.plain
                lacks_start = each.reason is ip.Reason.MISSING_BASELINE
                needs_end = not lacks_start or goal.end_year in each.missing_years
                wanted = each.stated.wanted(lang, needs_start=not is_known, needs_end=needs_end)
                is_named = each.reason is not ip.Reason.OUTCOME_IS_A_BOUND
                is_named = is_named and not (lacks_start and goal.form == "level")
                assert wanted in each.hint(lang) or not is_named, (each.target, each.hint())
                assert "class unclear" not in each.hint(lang)
            span = {} if each.stated.form in {"level", "rank"} else {"start_year": goal.start_year}
            found = ip.assess(goal, added(goal, goal.value, goal.end_year, **span))
            assert ("a figure without a year decides too" in each.hint()) is bool(each.undated)
        assert found.reason is None, (each.target, each.hint())
        tried[each.reason] += 1
    assert len(tried) > 7
    assert tried.total() > 400


def test_the_levels_that_each_hint_names_decide() -> None:
    plans = ip.load()
    asking = [each for each in ip.scorecard(plans) if "or the exact level" in each.hint()]
    levels = {}
    for each in asking:
        goal, start = plans.targets.by_key(each.target), each.baseline
        is_known = start is not None and "the exact levels of" not in each.hint()
        before = start.year if start and is_known else each.stated.before
        value, unit = (start.value, start.unit) if start and is_known else (Decimal(40), None)
        facts = {"form": "level", "unit": unit or goal.indicator.unit}
        facts["vintage"] = start.vintage if start and is_known else None
        years = {goal.end_year: value * Decimal("1.1")} | ({} if is_known else {before: value})
        for year, number in years.items():
            figure = added(goal, number, year, **facts)
            levels.setdefault((figure.series_key, year), figure)
    own = next(iter(levels.values())).citation.source
    more = plans.extend(sources=[own], observations=list(levels.values()))
    for each in asking:
        late = f"{each.stated.end_year + 1}-12-31"
        result = ip.assess(more.targets.by_key(each.target), more, as_of=late)
        assert result.reason is None, (each.target, each.hint(), result.reason)
    assert len(asking) > 50


@pytest.mark.parametrize("vintage", [None, "of the start", "another"])
def test_a_level_shows_the_pace_that_each_hint_promises(vintage: str | None) -> None:
    """The first level decides with the start; if they must be of one vintage, which others can have, the
    hint says so.

    No start of the data is of such a vintage until the bulletin of 2025 is out, so one is added.
    """
    plans = ip.load()
    shanghai = plans.targets.where(plan="CN-SH-15-other-press-2026", indicator="rd_intensity").one()
    bulletin = ip.Source(code="bulletin", title="Bulletin", tier="A", date="2026-09-30")
    printed = added(shanghai, Decimal("4.5"), 2025, vintage="first")
    printed = printed.model_copy(update={"citation": ip.Citation(source=bulletin)})
    plans = plans.extend(sources=[bulletin], observations=[printed])
    waiting = [each for each in ip.scorecard(plans) if " show the pace" in each.hint()]
    levels = {}
    for each in waiting:
        goal, start = plans.targets.by_key(each.target), each.baseline
        facts = {"form": "level", "unit": start.unit if start else goal.indicator.unit}
        value = start.value if start else Decimal(10)
        named = {None: None, "of the start": start and start.vintage, "another": "another"}[vintage]
        figures = [(year, value, named) for year in each.missing_years]
        first = (start.year if start else each.missing_years[0]) + 1
        for year, number, code in (*figures, (first, value * Decimal("1.01"), named)):
            figure = added(goal, number, year, vintage=code, **facts)
            levels.setdefault((figure.series_key, year), figure)
    own = next(iter(levels.values())).citation.source
    more = plans.extend(sources=[own], observations=list(levels.values()))
    refused = 0
    for each in waiting:
        goal = more.targets.by_key(each.target)
        year = max(figure.year or 0 for figure in levels.values()
                   if (figure.region, figure.indicator) == (goal.region, goal.indicator))  # fmt: skip
        result = ip.assess(goal, more, as_of=f"{year + 1}-12-31")
        is_mixed = result.reason is ip.Reason.VINTAGES_MIXED
        assert is_mixed or result.pace or result.verdict == "ahead", (each.target, each.hint())
        others = [known for known in plans.observations.vintages()
                  if each.baseline and known.code == each.baseline.vintage
                  and known.year != each.baseline.year]  # fmt: skip
        assert not is_mixed or ("of the same vintage as the start" in each.hint() and others)
        refused += is_mixed
    assert (len(waiting) > 50, refused > 0) == (True, vintage == "another")


def test_a_hint_asks_for_no_start_that_is_loaded(plans: ip.Dataset) -> None:
    asking = [each for each in ip.scorecard(plans) if "the exact levels of" in each.hint()]
    assert len(asking) > 10
    for each in asking:
        assert each.baseline is None
        target = plans.targets.by_key(each.target)
        series = plans.observations.series(f"{target.region.code}/{target.subject}/level")
        assert not [
            figure
            for figure in series
            if figure.year == each.stated.before and figure.comparator.plain
        ]


@pytest.mark.parametrize("tiers", ["ABC", "ABCD"])
def test_the_parts_that_each_hint_names_decide(tiers: str) -> None:
    plans = ip.load(tiers=tiers)
    ratios = [each for each in ip.scorecard(plans) if each.missing_parts]
    levels = {}
    for each in ratios:
        goal = plans.targets.by_key(each.target)
        for part in each.missing_parts:
            what = plans.indicator(part.indicator)
            facts = {"indicator": what, "unit": what.unit, "form": "level", "scope": None}
            figure = added(goal, Decimal(100), goal.end_year, **facts)
            levels.setdefault((figure.series_key, goal.end_year), figure)
    own = next(iter(levels.values())).citation.source
    more = plans.extend(sources=[own], observations=list(levels.values()))
    for each in ratios:
        result = ip.assess(more.targets.by_key(each.target), more)
        assert result.reason is None, (each.target, each.hint(), result.reason)


@pytest.mark.parametrize(
    ("day", "may_decide"),
    [("2022-12-31", True), ("2023-01-01", False), (None, True)],
)
def test_a_figure_without_a_year_is_not_of_years_long_before_its_text(
    day: str | None, may_decide: bool
) -> None:
    late = ip.Citation(source=SOURCE.model_copy(update={"date": day}))
    undated = outcome("3", None).model_copy(update={"citation": late})
    goal = target(end_year=2020, start_year=2016)
    result = assessed(goal, [undated])
    assert result.reason is ip.Reason.UNDATED
    assert (
        ("a figure without a year decides too" in result.hint())
        is bool(result.undated)
        is may_decide
    )


@pytest.mark.parametrize(
    ("day", "facts", "decides"),
    [
        ("2026-01-20", {}, True),
        (None, {}, True),
        ("2025-12-31", {}, False),  # in its text, the year of the target is not over
        ("2026-01-20", {"comparator": "above"}, False),
        ("2026-01-20", {"form": "increment"}, False),
    ],
)
def test_a_hint_asks_for_a_year_only_where_it_decides(
    day: str | None, facts: dict[str, str], decides: bool
) -> None:
    text = ip.Citation(source=SOURCE.model_copy(update={"date": day}))
    undated = outcome("2", None, **facts).model_copy(update={"citation": text})
    for result in (assessed(target(), [undated]), ip.assess(target(), undated)):
        assert result.reason is ip.Reason.UNDATED
        assert (
            bool(result.undated)
            is ("a figure without a year decides too" in result.hint())
            is decides
        )
        assert ("未注明年份" in result.hint("zh")) is decides
    dated = undated.model_copy(update={"year": 2025})
    verdict = ip.assess(target(), dated).verdict
    assert not decides or verdict == "missed"


def test_the_hint_for_an_undated_figure_is_true_for_every_target(plans: ip.Dataset) -> None:
    undated = [each for each in ip.scorecard(plans) if each.reason is ip.Reason.UNDATED]
    assert undated
    for each in undated:
        goal = plans.targets.by_key(each.target)
        figures = plans.observations.of_indicator(goal.indicator.code)[goal.region.code]
        late = [figure for figure in figures if figure.year is None and figure.form is goal.form
                and 0 < int(str(figure.citation.source.date)[:4]) - goal.end_year <= 2]  # fmt: skip
        assert bool(each.undated) is bool(late)


def test_the_start_that_a_plan_states_is_shown_with_every_verdict(every_tier: ip.Dataset) -> None:
    stating = Counter()
    for each in ip.scorecard(every_tier):
        goal = every_tier.targets.by_key(each.target)
        if goal.form is ip.Form.LEVEL and None not in {goal.baseline_value, goal.baseline_year}:
            assert each.baseline is not None, each.target
            if each.verdict is ip.Verdict.UNDETERMINED:
                start = (each.baseline.value, each.baseline.stated_by)
                assert start == (goal.baseline_value, "plan")
                start_text = each.baseline.text().partition(" per ")[0]
                explained = re.sub(r" \(to the nearest [0-9.]+\)", "", each.explain())
                assert f"{start_text} in {goal.baseline_year}" in explained
            stating[each.verdict] += 1
    assert stating["undetermined"] > 15


def test_printed_zeros_of_a_start_are_kept() -> None:
    goal = target(value="1.5", baseline_value="0.90", baseline_year=2020)
    for result in (assessed(goal, []), assessed(goal, [outcome("1.60")])):
        assert "The starting value was 0.90% in 2020" in result.explain()
        assert "基期（2020年）：0.90%" in result.explain("zh")
    spending = target(indicator=MONEY, value="900", baseline_value="5500.0", baseline_year=2020)
    assert "was 550.00 billion yuan in 2020" in assessed(spending, []).explain()
    assert "5500.0亿元" in assessed(spending, []).explain("zh")


def test_a_number_of_the_things_that_the_indicator_names_has_no_unit() -> None:
    goal = target(indicator=indicator("item"), form="increment", value="3")
    result = assessed(goal, [outcome("4", 2025, indicator=indicator("item"), form="increment",
                                     start_year=2021)])  # fmt: skip
    assert (
        "increase of 3 over 2021–2025 is met. Outcome: increase of 4 in 2021–2025, 1 above"
        in str(result)
    )
    assert "增加3个" in result.explain("zh")


def test_a_change_over_the_years_of_a_target_is_of_another_form() -> None:
    doubling = outcome("2", 2027, form="multiple", start_year=2023, unit="multiple")
    assert assessed(target(), [doubling]).reason == "other_form_or_span"
    assert assessed(target(), [outcome("2", 2027)]).reason == "outside_period"


@pytest.mark.parametrize(
    ("start", "years"),
    [({}, "2025"), ({"baseline_value": "1", "baseline_year": 2020}, "any year from 2023 to 2025")],
)
def test_an_exact_figure_of_an_earlier_year_decides_with_a_start(
    start: dict[str, Any], years: str
) -> None:
    goal = target(**start)
    bound = assessed(goal, [outcome("2", 2023, comparator="above")], as_of="2024-06-30")
    assert bound.reason is ip.Reason.OUTCOME_IS_A_BOUND
    assert bound.hint() == f"A verdict is possible with an exact figure of {years}"
    exact = assessed(goal, [outcome("2", 2023)], as_of="2024-06-30")
    assert (exact.pace is not None) is bool(start)


def test_only_the_years_of_the_target_itself_count() -> None:
    """Zhejiang's plan sets a number for each year to 2027: what is not over is the year of the target."""
    goal = of_target(
        "CN-ZJ-14-action/high_tech_enterprises:newly_recognised/increment/2027@zj-xinhua-ja-2025-01-26"
    )
    assert (
        "No year that counts for the target is over yet. A verdict is possible with the increase in 2027"
        in goal.explain()
    )
    assert "目标所涉年份均未结束。待2027年" in goal.explain("zh")


def test_an_offered_proxy_gives_what_its_hint_says() -> None:
    plans = ip.load()
    offered = [each for each in ip.scorecard(plans) if each.proxy_year and not each.proxy_tiers]
    assert len(offered) == 5
    for each in offered:
        result = ip.assess(plans.targets.by_key(each.target), plans, proxies=True)
        decides = each.proxy_year == each.stated.end_year
        assert result.verdict in ({"met", "missed"} if decides else {"awaiting"})
        assert ("awaiting" in each.hint()) is not decides
        assert (result.proxy, result.proxy_year) == (each.proxy, None)


def test_a_proxy_of_a_lower_tier_is_offered_with_its_tier(every_tier: ip.Dataset) -> None:
    offered = [each for each in ip.scorecard(ip.load()) if each.proxy_tiers]
    assert len(offered) == 8
    for each in offered:
        assert ": sources of tier D, which are not loaded, have " in each.hint() or (
            "; sources of tier D, which are not loaded, have the nearly equal" in each.hint()
        )
        assert "D级来源" in each.hint("zh")
        result = ip.assess(every_tier.targets.by_key(each.target), every_tier, proxies=True)
        assert result.outcome is not None
        assert (result.verdict == "awaiting") is ("still be awaiting data" in each.hint())
        assert (result.proxy, result.outcome.year) == (each.proxy, each.proxy_year)


def test_an_outcome_that_only_a_lower_tier_has_is_named() -> None:
    patents = of_target(
        "CN-HB-14-other-ip/invention_patents_per_10k/level/2025@hb-daily-2022-01-27"
    )
    assert (patents.verdict, patents.tiers, patents.tiers_year) == ("awaiting", ("D",), 2025)
    assert (
        "sources of tier D, which are not loaded, have “Resident population at year end” of 2025, from which"
    ) in patents.explain()
    assert "未加载的D级来源有2025年“年末常住人口”" in patents.explain("zh")
    assert "The level of 2025 is not in the data" in patents.explain()


@pytest.mark.parametrize("tiers", ["AB", "ABC", "ABCD"])
def test_a_figure_without_a_year_that_decides_is_always_named(tiers: str) -> None:
    plans = ip.load(tiers=tiers)
    results = [ip.assess(each, plans) for each in plans.targets]
    deciding = [each for each in results if each.undated is not None]
    assert len(deciding) > 1
    for each in deciding:
        assert each.undated is not None
        for lang in ("en", "zh"):
            figure = each.undated.text_with_source(lang, has_key=False)
            assert figure in each.explain(lang), each.target


@pytest.mark.parametrize(
    ("comparator", "value", "verdict"),
    [
        ("at_least", "60", None),  # the years before may add the rest
        ("at_least", "100", "met"),
        ("at_most", "60", None),
        ("at_most", "101", "missed"),
        ("between", "90", None),
        ("between", "110", "met"),  # more than that is better still
    ],
)
def test_the_last_year_of_a_sum_without_a_first_year_is_only_a_part_of_it(
    comparator: str, value: str, verdict: str | None
) -> None:
    high = "120" if comparator == "between" else None
    facts = {"form": "cumulative", "indicator": MONEY}
    goal = target(**facts, comparator=comparator, value="100", value_high=high, start_year=None)
    part = outcome(value, 2025, **facts, start_year=2025)
    for result in (ip.assess(goal, part), assessed(goal, [part])):
        assert result.verdict == (verdict or "undetermined")
        assert (result.reason is ip.Reason.OUTCOME_IS_A_BOUND) is (verdict is None)
        assert ("is only a lower bound of the sum" in result.explain()) is (verdict is None)
        assert ("the total up to 2025 over the years that" in result.hint()) is (verdict is None)
        assert ("截至2025年的累计数（起算年份" in result.hint("zh")) is (verdict is None)


def test_a_lesser_part_of_a_sum_does_not_conflict() -> None:
    facts = {"form": "cumulative", "indicator": MONEY}
    goal = target(**facts, value="100", start_year=None)
    parts = [outcome(value, 2025, **facts, start_year=2025) for value in ("120", "60")]
    result = assessed(goal, parts)
    assert result.verdict == "met"
    assert result.caveats == ("conflicting_outcomes",)


def test_an_outcome_of_a_tier_not_loaded_that_meets_the_target_says_so() -> None:
    plans = ip.load()
    held_back = [each for each in ip.scorecard(plans) if " (load(tiers=" in (each.hint() or "")]
    every = ip.load(tiers="ABCD")
    meeting = 0
    for each in held_back:
        if (
            each.reason is not ip.Reason.HELD_BACK_BY_TIER
            or each.tiers_year == each.stated.end_year
        ):
            continue
        of_every_tier = ip.assess(every.targets.by_key(each.target), every)
        gap, side = of_every_tier.gap or 0, each.stated.comparator.side
        if of_every_tier.verdict == "awaiting" and side != ip.Direction.DOWN:
            assert each.tiers_meet is (gap >= 0), each.target
            assert ("meets the target already" in each.hint()) is each.tiers_meet
            meeting += each.tiers_meet
    assert meeting


def test_the_start_in_the_text_of_a_target_is_shown_without_a_verdict() -> None:
    """Of levels and ranks: the level of the year before that the same text states as an outcome."""
    plans = ip.load(tiers="ABCD")
    shown = 0
    for each in ip.scorecard(plans).where(verdict="undetermined"):
        goal = plans.targets.by_key(each.target)
        before = goal.start_year or goal.end_year
        stated = [
            level
            for level in plans.observations.series(f"{goal.region.code}/{goal.subject}/{goal.form}")
            if level.year == before - 1 and level.citation.source == goal.citation.source
        ]
        if stated and goal.form == "level":
            assert each.baseline is not None, each.target
            shown += 1
    assert shown > 10


def test_an_amount_a_year_is_no_running_total() -> None:
    plans = ip.load(tiers="ABCD")
    yearly = [each for each in plans.targets if "yearly" in each.flags]
    assert len(yearly) > 4
    for each in yearly:
        result = ip.assess(each, plans)
        assert f" a year by {each.end_year} is " in result.explain()
        assert f"{each.end_year}年目标全年" in result.explain("zh")
    with pytest.raises(ValidationError, match="the flag yearly is of a level"):
        target(form="annual_growth", flags=["yearly"])


def test_readings_of_a_text_are_caveats() -> None:
    seen = outcome("3.5").model_copy(update={"flags": (ip.Flag.YEAR_ASSUMED,)})
    goal = target().model_copy(update={"flags": (ip.Flag.BASE_ASSUMED, ip.Flag.UNIT_ASSUMED)})
    result = ip.assess(goal, seen)
    assert result.caveats == ("base_assumed", "unit_assumed", "year_assumed")
    doubted = assessed(goal.model_copy(update={"flags": (ip.Flag.DOUBTFUL,)}), [])
    assert "there is doubt about the target: see the notes of the record" in doubted.explain()
    assert "目标值存疑，详见该记录的说明" in doubted.explain("zh")
    assert "see the notes of the record" in result.explain()


def test_a_ratio_of_which_only_the_parts_are_known_says_so() -> None:
    results = [each for each in ip.scorecard(ip.load()) if each.has_parts_only]
    assert results
    for each in results:
        assert "The data have the numerator and the denominator of the region" in each.explain()
        assert "已有可据以计算的分子和分母数据" in each.explain("zh")


def test_figures_of_other_years_are_of_the_class_of_the_target() -> None:
    """The data may have a figure of another class for the year."""
    plans = ip.load()
    results = [each for each in ip.scorecard(plans) if each.reason == "outside_period"]
    of_class = [each for each in results if each.stated.part]
    assert of_class
    for each in results:
        assert ("figures of this class for the region" in each.explain()) is bool(each.stated.part)
        assert ("该地区该口径已有数据" in each.explain("zh")) is bool(each.stated.part)


def test_figures_of_another_form_are_named_where_no_figure_is_compared() -> None:
    plans = ip.load()
    results = [each for each in ip.scorecard(plans) if each.reason == "other_form_or_span"]
    with_forms = [each for each in results if each.other_forms]
    assert len(with_forms) > 10
    for each in with_forms:
        assert f"; for {each.stated.end_year}, the data have only " in each.explain()
        assert "；目标年份仅收录" in each.explain("zh")


def test_the_first_year_of_a_total_is_assumed_but_it_has_no_start() -> None:
    goal = target(form="cumulative", indicator=MONEY).model_copy(
        update={"flags": (ip.Flag.START_ASSUMED,)}
    )
    text = assessed(goal, []).explain()
    assert "from which year the total counts" in text
    assert "the start is the year before" not in text


def test_a_figure_without_a_year_is_named_where_the_year_is_awaited() -> None:
    intensity = of_target("CN-BJ-14-action/rd_intensity/level/2025@seed-chinadaily-2021")
    assert intensity.verdict == "awaiting"
    assert intensity.undated
    assert "no figure dated 2025, but one without a year" in intensity.explain()
    assert "may be of 2025: about 6% (wap.stddy.com, 国际影响力再提升" in intensity.explain()
    assert "tier C, code bj-stats-2026-01-25" in intensity.explain()
    assert "未收录注明为2025年的数据" in intensity.explain("zh")


def test_a_figure_whose_class_is_not_stated_is_named() -> None:
    firms = of_target("CN-AH-2025-gwr/technology_smes:fostered/increment/2025@ah-gwr-2025")
    assert firms.reason == "class_unclear"
    assert firms.unclassed
    assert (
        "not stated what it counts: increase of 7,227 enterprises in 2025 "
        "(People's Government of Anhui Province, 2026年安徽省政府工作报告" in firms.explain()
    )
    assert "The text of the figure does not say whether it counts what" in firms.explain()
    assert "另有一项未注明统计口径的数值：2025年增加7227家（安徽省人民政府，" in firms.explain("zh")


def test_an_undated_figure_beside_dated_ones_is_one_of_several() -> None:
    intensity = of_target("440400-13-action/rd_intensity/level/2020@zhuhai-otlhn-2018-06-08")
    assert "but none dated in a year that counts for the target" in intensity.explain()
    assert "另有一项未注明年份的数值，如为2020年，注明后也可以判断：3.26%" in intensity.explain(
        "zh"
    )
    assert "see the notes of the record" in intensity.explain()


def test_an_outcome_of_a_revised_vintage_is_named_as_such() -> None:
    revised = of_target(
        "CN-HI-14-action-three-year/rd_intensity/level/2023@hi-action-three-year-2021"
    )
    assert (
        "Outcome: 1.18% in 2023 (revised in 2025), 0.02 percentage points below"
        in revised.explain()
    )
    assert "2023年为1.18%（2025年修订数），低于目标" in revised.explain("zh")
    first = assessed(target(), [outcome("3", vintage="first")])
    assert "Outcome: 3% in 2025, equal to the target" in first.explain()


def test_figures_of_another_class_are_named() -> None:
    enterprises = of_target(
        "CN-YN-13-sti/high_tech_enterprises:ever_recognised/level/2020@yn-cns-2017-01-20"
    )
    assert enterprises.scopes == ("",)
    assert (
        "The target is for the class “all ever recognised”, but the figures of this region are for the indicator itself."
        in enterprises.explain()
    )
    chinese = "目标的统计口径为“历年累计认定”，该地区已有数据的统计口径为指标本身。"
    assert chinese in enterprises.explain("zh")


def test_a_level_of_an_annual_plan_is_told_from_that_of_a_plan_for_several_years() -> None:
    keys = (
        "CN-SH-14-sti/rd_intensity/level/2025@sh-stcsm-2021-09-29",
        "CN-SH-2025-gwr/rd_intensity/level/2025@sh-gwr-2025",
    )
    plan, annual = map(of_target, keys)
    assert "about 4.5% by 2025 is met" in plan.explain()
    assert "about 4.5% in 2025 (annual target) is met" in annual.explain()
    assert "2025年年度目标4.5%左右" in annual.explain("zh")


def test_a_start_that_only_the_period_gives_is_named_so() -> None:
    late = PLAN.model_copy(update={"issued": "2023-05", "kind": "action_plan"})
    goal = target().model_copy(update={"plan": late})
    levels = [outcome("1", 2020), outcome("2", 2023)]
    cases = [
        (goal, "start_assumed"),
        (target(), None),  # no date of issue
        (goal.model_copy(update={"plan": late.model_copy(update={"kind": "sti"})}), None),
        (goal.model_copy(update={"plan": PLAN.model_copy(update={"issued": "2021-12"})}), None),
        (goal.model_copy(update={"baseline_year": 2020}), None),
        (target().model_copy(update={"flags": (ip.Flag.START_ASSUMED,)}), "start_assumed"),
        (target(value="2").model_copy(update={"plan": late}), "start_assumed"),  # ahead: shows it
    ]
    for each, caveat in cases:
        result = assessed(each, levels, as_of="2024-06-30")
        assert ("start_assumed" in result.caveats) is (caveat is not None), each
    change = target(form="average_growth").model_copy(update={"plan": late})
    assert "start_assumed" in assessed(change, []).caveats


@pytest.mark.parametrize(
    ("form", "unit", "as_stated", "is_net"),
    [
        ("increment", "enterprise", "新增3家", True),
        ("increment", "enterprise", "净增3家", False),
        ("increment", "percentage_point", "提高3个百分点", False),
        ("increment", "CNY_100M", "增加3亿元", False),
        ("average_growth", "percent_per_year", "年均增长3%", False),
    ],
)
def test_a_difference_of_stocks_is_net(form: str, unit: str, as_stated: str, is_net: bool) -> None:
    measured = {"percentage_point": "percent", "percent_per_year": "enterprise"}.get(unit, unit)
    what = indicator(measured)
    cited = ip.Citation(source=SOURCE, as_stated=as_stated)
    goal = target(indicator=what, form=form).model_copy(update={"citation": cited})
    levels = [outcome(value, year, indicator=what) for value, year in (("10", 2020), ("14", 2025))]
    assert ("net_change" in assessed(goal, levels).caveats) is is_net
    assert (
        "difference between the two levels is the net increase" in assessed(goal, []).hint()
    ) is is_net
    stated = outcome("3", 2025, indicator=what, form=form, start_year=2021)
    assert "net_change" not in assessed(goal, [stated]).caveats


def test_an_increase_that_a_source_states_is_not_only_net() -> None:
    what = indicator("enterprise")
    goal = target(indicator=what, form="increment")
    levels = [outcome(value, year, indicator=what) for value, year in (("10", 2020), ("14", 2025))]
    for value, as_stated, comparator, is_net in (
        ("4", "新增4家", "reach", False),
        ("4", "净增4家", "reach", True),
        ("3", "新增3家以上", "at_least", True),
        ("9", "新增9家", "reach", True),
    ):
        stated = outcome(value, 2025, indicator=what, form="increment", start_year=2021,
                         comparator=comparator,
                         citation=ip.Citation(source=SOURCE, as_stated=as_stated))  # fmt: skip
        result = assessed(goal, [*levels, stated])
        assert (result.method, result.outcome and result.outcome.value) == ("computed", 4)
        assert ("net_change" in result.caveats) is is_net, as_stated


@pytest.mark.parametrize(
    ("as_stated", "value", "english", "chinese"),
    [
        (
            "净增3家",
            "3",
            "net increase of 3 enterprises over 2021–2025",
            "2021—2025年目标净增加3家",
        ),
        ("增加3家", "3", "increase of 3 enterprises over 2021–2025", "2021—2025年目标增加3家"),
        ("减少3家", "-3", "decrease of 3 enterprises over 2021–2025", "2021—2025年目标减少3家"),
    ],
)
def test_an_increase_over_years_names_them_and_whether_it_is_net(
    as_stated: str, value: str, english: str, chinese: str
) -> None:
    cited = ip.Citation(source=SOURCE, as_stated=as_stated)
    goal = target(indicator=indicator("enterprise"), form="increment", value=value)
    goal = goal.model_copy(update={"citation": cited})
    result = assessed(goal, [])
    assert f"“Thing”: {english} is undetermined" in result.explain()
    assert chinese in result.explain("zh")
    assert f"{english}: XX-14-sti" in result._repr_html_()
    row = ip.Scorecard([result]).sheet().rows[0]
    assert {result.stated.text(), "2021–2025"} <= set(row)
    annual = assessed(goal.model_copy(update={"start_year": 2025}), [])
    assert f"{english.split(' over ', maxsplit=1)[0]} in 2025 is" in annual.explain()


def test_a_change_of_a_share_rises_and_falls() -> None:
    for value, english, chinese in (
        ("3", "increase of 3 percentage points", "目标提高3个百分点"),
        ("-3", "decrease of 3 percentage points", "目标下降3个百分点"),
    ):
        result = assessed(target(form="increment", value=value), [])
        assert english in result.explain()
        assert chinese in result.explain("zh")


def test_figures_of_another_form_are_named_where_that_of_the_target_is_missing() -> None:
    growths = [outcome("8", 2025, form="annual_growth"), outcome("2", 2025, form="increment")]
    known = [outcome("2.5", 2023), growths[0].model_copy(update={"year": 2024})]
    awaiting = assessed(target(), [*known, *growths], as_of="2026-06-30")
    assert [each.form for each in awaiting.other_forms] == ["annual_growth", "increment"]
    assert (
        "The level of 2025 is not in the data; for 2025, the data have only the growth in 2025 (8%) and "
        "the increase in 2025 (2 percentage points)." in awaiting.explain()
    )
    assert (
        "2025年的数值尚未收录；目标年份仅收录2025年的增速（8%）、2025年的增量（2个百分点）。"
        in awaiting.explain("zh")
    )
    over_years = growths[1].model_copy(update={"start_year": 2021})
    awaiting = assessed(target(), [*known, over_years], as_of="2026-06-30")
    assert (
        "the data have only the increase in 2021–2025 (2 percentage points)." in awaiting.explain()
    )
    unsure = {"flags": (ip.Flag.YEAR_ASSUMED,), "status": "preliminary"}
    awaiting = assessed(
        target(), [*known, growths[0].model_copy(update=unsure)], as_of="2026-06-30"
    )
    assert "the growth in 2025 (8%, preliminary, year assumed)." in awaiting.explain()
    assert "2025年的增速（8%，初步数，年份为推定）。" in awaiting.explain("zh")
    alone = assessed(target(), known, as_of="2026-06-30")
    assert alone.other_forms == ()
    assert "The level of 2025 is not in the data." in alone.explain()


def test_the_hint_for_a_change_of_rank_is_a_change_of_rank() -> None:
    places = of_target(
        "CN-GS-14-action-hub/st_innovation_index_rank/increment/2025@gs-action-hub-2025"
    )
    assert places.hint() == "A verdict is possible with the rise in places in 2025"
    assert places.hint("zh") == "补充2025年的位次变化后可以判断"


def test_the_hint_for_a_proxy_in_a_lower_tier_is_a_sentence_in_chinese() -> None:
    key = "CN-CQ-2020-gwr/high_tech_enterprises/level/2020@cq-stdaily-2020-01-13"
    assert of_target(key).hint("zh") == (
        '未加载的D级来源有相近指标“当年认定高新技术企业数（3年合计）”2020年的数据，以其代替后或可判断（load(tiers="ABCD")、proxies=True）'
    )


def test_a_multiple_names_the_year_that_it_is_a_multiple_of() -> None:
    funds = of_target("CN-NM-2026-gwr/st_special_funds/multiple/2026@nm-gwr-2026")
    assert funds.stated.text() == "2 times the 2025 value"
    assert funds.stated.text("zh") == "达到2025年的2倍"


def test_missing_parts_are_those_without_a_figure_of_the_target_year(plans: ip.Dataset) -> None:
    ratios = [each for each in ip.scorecard(plans) if each.missing_parts]
    assert len(ratios) > 30
    for each in ratios:
        target = plans.targets.by_key(each.target)
        for part in each.missing_parts:
            known = plans.observations.series(f"{part.region}/{part.indicator}/level")
            assert not any(
                figure.year == target.end_year and figure.comparator.plain for figure in known
            )
            assert part.indicator_zh
            assert part.indicator_zh in each.explain("zh")


def test_the_parts_of_bundled_records_have_words(every_tier: ip.Dataset) -> None:
    records = [*every_tier.targets, *every_tier.observations]
    codes = {each.scope for each in records} | {each.breakdown for each in every_tier.targets}
    for code in sorted(codes - {None}):
        english, chinese = (labels.part(code, lang) for lang in ("en", "zh"))
        assert "_" not in english
        assert not re.search("[a-z]", chinese), code


def test_a_figure_without_a_vintage_counts_as_first_printed(plans: ip.Dataset) -> None:
    intensity = of_target("CN-ZJ-2025-gwr/rd_intensity/level/2025@zj-gwr-2025")
    assert intensity.outcome is not None
    assert (intensity.outcome.tier, intensity.outcome.source) == ("B", "zj-gwr-2026-2")


def test_sentences_say_nothing_twice(plans: ip.Dataset) -> None:
    caveat = "the starting value is from another source than the target"
    for each in ip.scorecard(plans):
        text = each.explain()
        assert not ("not from the text of the target" in text and caveat in text)


@pytest.mark.parametrize(
    "period", ["14th", "to-2027"]
)  # a period of your own need not name its years
def test_a_target_without_its_first_year_says_so(plans: ip.Dataset, period: str) -> None:
    source = ip.Source(code="s", title="S", tier="A")
    plan = {
        "code": "ours",
        "region": "CN-GD",
        "period": period,
        "title_zh": "规划",
        "kind": "other",
    }
    row = {
        "plan": "ours", "indicator": "rd_intensity", "form": "level",
        "comparator": "at_least", "value": "4", "unit": "percent", "end_year": 2027,
        "source": "s", "as_stated": "4%以上",
    }  # fmt: skip
    ours = plans.extend(sources=[source], plans=[plan], targets=[row])
    result = ip.assess(ours.targets.where(source="s").one(), ours)
    assert (
        "does not state the year in which it starts, so that 2027 is its only year"
        in result.explain()
    )
    assert "起始年份" in result.hint("zh")
    assert "No year of the period" not in result.explain()


def test_a_start_that_was_not_known_yet_is_not_called_missing(plans: ip.Dataset) -> None:
    target = plans.targets.where(
        region="GD", indicator="rd_intensity", end_year=2025, period="14th"
    ).one()
    hint = ip.assess(target, plans, as_of="1999-01-01").hint()
    assert "which is not in the data of 1999-01-01" in hint


def test_a_tier_with_the_start_or_the_outcome_of_a_change_is_named() -> None:
    weak = ip.Citation(source=ip.Source(code="weak", title="Weak", tier="D"))
    goal = target(indicator=MONEY, form="average_growth", value="10")

    class Tiered(Little):
        tiers = "ABC"

        @property
        def observations(self) -> ip.ObservationTable:
            known = self.observations_of_every_tier
            return ip.ObservationTable([each for each in known if each.citation != weak])

        @property
        def observations_of_every_tier(self) -> ip.ObservationTable:
            return ip.ObservationTable(self._little[0])

    def hint(*more: ip.Observation) -> str:
        late = outcome("150", 2025, indicator=MONEY)
        result = ip.assess(goal, Tiered([late, *more], [goal]), as_of="2026-12-31")
        assert result.reason is ip.Reason.MISSING_BASELINE
        return result.hint()

    asked = "A verdict is possible with the average annual growth in 2021–2025, or the exact level of 2020"
    assert hint() == asked
    start = outcome("100", 2020, indicator=MONEY, citation=weak)
    assert (
        hint(start) == f"{asked}; sources of tier D, which are not loaded, have an outcome of 2025"
    )
    other = outcome("90", 2021, indicator=MONEY, citation=weak)
    assert hint(other) == asked  # it does not decide


def test_an_earlier_rank_that_reaches_the_target_gives_a_verdict() -> None:
    rank = {"form": "rank", "unit": "rank", "comparator": "at_least"}
    goal = target(**rank, value="10", start_year=2026, end_year=2030)
    hint = assessed(goal, [], as_of="2026-12-31").hint()
    assert hint == (
        "A verdict is possible with the rank of 2030, or with an earlier one that reaches the target, once "
        "published"
    )
    seen = outcome("9", 2027, form="rank", unit="rank")
    assert assessed(goal, [seen], as_of="2028-12-31").verdict is ip.Verdict.AHEAD
    late = assessed(goal, [seen.model_copy(update={"value": Decimal(12)})], as_of="2028-12-31")
    assert (
        late.hint()
        == "The rank of the target year decides, or an earlier one that reaches the target"
    )
    of_one_year = goal.model_copy(update={"start_year": 2030})
    assert "earlier" not in assessed(of_one_year, [], as_of="2026-12-31").hint()


def test_a_start_that_the_plan_states_may_be_revised_too() -> None:
    # the census of 2018 took an eighth off the GDP of 2015
    outline = of_target("CN-SD-13-outline/rd_intensity/level/2020@sd-xinhua-2016-03-07")
    assert outline.verdict == "missed"
    assert outline.baseline
    assert outline.baseline.stated_by == "plan"
    assert "revised_between" in outline.caveats


def test_a_printed_start_shows_a_revision_of_which_only_the_newest_value_is_known() -> None:
    plans = ip.load()
    goal = plans.targets.where(plan="CN-SD-13-action", indicator="rd_intensity").one()
    gdp = plans.observations.where(region="CN-SD", indicator="gdp", year=2018, form="level")
    # the latter came later than the outcome
    assert {each.vintage for each in gdp} == {"after_census_4", "after_census_5"}
    result = ip.assess(goal, plans)
    assert result.caveats == ("revised_between", "start_assumed")
    assert "of 2018, was revised downwards by about 13% before the outcome" in result.explain()
    assert "在实际值公布前已下调13%左右" in result.explain("zh")
