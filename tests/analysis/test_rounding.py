"""What the rounding of printed figures does to a verdict, its caveats and its pace."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import Caveat
from innovation_plans.analysis.pace import Course, score_range
from innovation_plans.units.interval import Interval, half_unit

from .records import MONEY, Little, assessed, growth, indicator, levels, outcome, target

COUNTED = indicator("enterprise")
SHARES = st.decimals("0.1", "99", places=1)


ROUNDING = {Caveat.WITHIN_ROUNDING, Caveat.START_ROUNDING, Caveat.TARGET_ROUNDING}


def is_open(result: ip.Assessment) -> bool:
    """Whether the verdict depends on rounding: of the outcome, the start or the target."""
    return bool(ROUNDING & set(result.caveats))


def verdict(goal: ip.Target, seen: ip.Observation) -> tuple[str, bool]:
    """The verdict, and whether it depends on rounding."""
    result = ip.assess(goal, seen)
    return result.verdict, is_open(result)


def bundled(tiers: str = "ABC", **filters: Any) -> ip.Assessment:
    plans = ip.load(tiers=tiers)
    return ip.assess(plans.targets.where(**filters).one(), plans)


# ------------------------------------------------------------------ the printed figure and the goal


@pytest.mark.parametrize(
    ("comparator", "goal", "value", "precision", "expected"),
    [
        # 1.8万 against above 1.8万: no miss by 0
        ("above", "18000", "18000", "500", ("met", True)),
        ("below", "18000", "18000", "500", ("met", True)),
        # a whole number of enterprises is exact
        ("above", "18000", "18000", None, ("missed", False)),
        ("at_least", "18000", "18000", None, ("met", False)),
        # the goal is exact, also where its digits are few: 7,800 is no 10,000
        ("above", "10000", "7800", None, ("missed", False)),
        ("above", "10000", "7800", "50", ("missed", False)),
        # the unrounded figure may be on the other side
        ("at_least", "18000", "17800", "500", ("missed", True)),
        ("at_least", "18000", "18400", "500", ("met", True)),
        ("at_least", "18000", "18500", "500", ("met", False)),
        ("at_least", "18000", "17400", "500", ("missed", False)),
    ],
)
def test_a_counted_outcome(
    comparator: str, goal: str, value: str, precision: str | None, expected: tuple[str, bool]
) -> None:
    wanted = target(indicator=COUNTED, comparator=comparator, value=goal)
    assert verdict(wanted, outcome(value, indicator=COUNTED, precision=precision)) == expected


@pytest.mark.parametrize(
    ("comparator", "goal", "value", "expected"),
    [
        ("reach", "1.2", "1.18", ("missed", True)),  # 1.2 in the digits of the goal
        ("reach", "1.2", "1.16", ("missed", True)),
        ("reach", "1.2", "1.15", ("missed", False)),  # 1.145 to 1.155: 1.1 or 1.2
        ("reach", "1.2", "1.14", ("missed", False)),
        ("reach", "1.20", "1.18", ("missed", False)),
        ("above", "1.2", "1.18", ("missed", False)),  # 1.2 is not above 1.2
        ("at_most", "1.2", "1.24", ("met", True)),  # less is better
        ("about", "3.5", "3.4", ("missed", True)),  # up to 3.45, and about 3.5 begins at 3.43
        ("about", "3.5", "3.42", ("missed", False)),
        ("about", "3.5", "3.415", ("missed", False)),
        ("about", "3.5", "3.44", ("met", False)),
        ("between", "5", "5.2", ("met", False)),
    ],
)
def test_the_digits_of_the_goal(
    comparator: str, goal: str, value: str, expected: tuple[str, bool]
) -> None:
    what = indicator(direction="down" if comparator == "at_most" else "up")
    high = "5.5" if comparator == "between" else None
    wanted = target(indicator=what, comparator=comparator, value=goal, value_high=high)
    if expected == ("met", True):
        wanted = wanted.model_copy(update={"value": Decimal("1.24")})
    assert verdict(wanted, outcome(value, indicator=what)) == expected


@pytest.mark.parametrize(
    ("goal", "seen", "caveat", "words"),
    [
        (
            target(value="3.5", baseline_value="3", baseline_year=2020),
            [outcome("3.5")],
            "within_rounding",
            "more digits of the outcome may",
        ),
        (
            growth(value="10"),
            levels((2020, "100"), (2025, "162")),
            "start_rounding",
            "more digits of the starting value or of the outcome may",
        ),
        (
            target(value="2.6", baseline_value="2.11", baseline_year=2020),
            [outcome("2.48", 2024)],
            "start_rounding",
            "more digits of the starting value or of the outcome may",
        ),
        (
            target(comparator="about", value="5"),
            [outcome("4.8")],
            "target_rounding",
            "in the digits of the target, the outcome would meet it",
        ),
    ],
)
def test_the_caveat_names_whose_digits_decide(
    goal: ip.Target, seen: list[ip.Observation], caveat: str, words: str
) -> None:
    plans = Little(seen, [goal])
    result = ip.assess(goal, plans, as_of="2025-06-30" if seen[0].year == 2024 else "2026-12-31")
    assert ROUNDING & set(result.caveats) == {caveat}
    assert words in result.explain()


@pytest.mark.parametrize("comparator", ["at_least", "above", "between"])
def test_a_bound_is_not_rounded(comparator: str) -> None:
    high = "4" if comparator == "between" else None
    seen = outcome("3", comparator=comparator, value_high=high)
    assert verdict(target(comparator="at_least"), seen) == ("met", False)
    assert ip.assess(target(comparator="above"), outcome("3", comparator="at_least")).reason == (
        "outcome_is_a_bound"
    )


def test_a_rank_is_exact() -> None:
    what = indicator("rank", "down")
    goal = target(indicator=what, form="rank", comparator="below")
    assert verdict(goal, outcome("3", indicator=what, form="rank")) == ("missed", False)


def test_another_figure_is_rounded_too() -> None:
    other = ip.Citation(source=ip.Source(code="other", title="Other", tier="C"))
    rounded, exact = (
        outcome("18000", indicator=COUNTED, precision=precision) for precision in ("500", None)
    )
    goal = target(indicator=COUNTED, comparator="above", value="18000")
    result = assessed(goal, [rounded, exact.model_copy(update={"citation": other})])
    assert (result.verdict, result.caveats) == ("met", ("disputed", "within_rounding"))
    twin = rounded.model_copy(update={"citation": other})
    assert assessed(goal, [rounded, twin]).caveats == ("within_rounding",)


# ------------------------------------------------------------------ computed outcomes


@pytest.mark.parametrize(
    ("start", "end", "goal", "expected"),
    [
        # 100 ± 0.5 to 161 ± 0.5 in five years: 9.82% to 10.18% a year
        ("100", "161", "10", ("missed", True)),
        ("100", "163", "10", ("met", False)),
        ("100", "162", "10", ("met", True)),
        ("100.0", "160.0", "10", ("missed", True)),  # 9.86% is 10% in the digits of the goal
        ("100.0", "160.0", "10.0", ("missed", False)),
        ("100.0", "161.0", "10.0", ("missed", True)),
    ],
)
def test_growth_from_rounded_levels(
    start: str, end: str, goal: str, expected: tuple[str, bool]
) -> None:
    result = assessed(growth(value=goal), levels((2020, start), (2025, end)))
    assert result.method == "computed"
    assert (result.verdict, is_open(result)) == expected


def test_growth_from_a_start_that_may_be_zero_is_open() -> None:
    start, end = levels((2020, "1"), (2025, "100"))
    vague = start.model_copy(update={"precision": Decimal(2)})
    result = assessed(growth(), [vague, end])
    assert (result.verdict, is_open(result)) == ("met", True)
    assert not is_open(assessed(growth(), [start, end]))


@pytest.mark.parametrize(
    ("goal", "expected"),
    [("59", ("met", False)), ("60", ("met", True)), ("61", ("missed", True)), ("62", ("missed", False))],
)  # fmt: skip
def test_an_increment_of_rounded_levels(goal: str, expected: tuple[str, bool]) -> None:
    wanted = target(indicator=MONEY, form="increment", value=goal, unit="CNY_100M")
    result = assessed(wanted, levels((2020, "100"), (2025, "160")))
    assert (result.verdict, is_open(result)) == expected


def test_a_ratio_of_rounded_parts() -> None:
    part, whole = (
        ip.Indicator(code=code, name_en=code, unit="CNY_100M", direction="up") for code in "pw"
    )
    ratio = ip.Indicator(code="r", name_en="Ratio", unit="percent", direction="up",
                         numerator=part, denominator=whole)  # fmt: skip
    seen = [outcome("3", indicator=part), outcome("100", indicator=whole)]
    # 2.5 / 100.5 to 3.5 / 99.5
    goals = {"2.487": False, "2.488": True, "3.000": True, "3.517": True, "3.518": False}
    for goal, expected in goals.items():
        result = assessed(target(indicator=ratio, value=goal), seen)
        assert result.method == "ratio"
        assert is_open(result) is expected
    vague = seen[1].model_copy(update={"precision": Decimal(100)})
    result = assessed(target(indicator=ratio, value="99.00"), [seen[0], vague])
    assert is_open(result)


# ------------------------------------------------------------------ pace


def course(start: str, now: str, goal: str, *years: int) -> Course:
    """A course whose start and outcome are rounded to their digits."""
    first, last = Decimal(start), Decimal(now)
    ranges = (Interval.rounded(each, half_unit(each)) for each in (first, last))
    return Course(first, last, Decimal(goal), *(years or (2020, 2024, 2025)), *ranges)


@pytest.mark.parametrize(
    ("path", "low", "high"),
    [
        (("2.11", "2.48", "2.6"), "0.928", "0.960"),  # Chongqing as printed
        (("0.66", "1.19", "1.5", 2020, 2023, 2025), "1.038", "1.065"),
        (("3.22", "3.3", "3.4", 2024, 2025, 2027), "0.429", "2.189"),  # Zhejiang
        (("10", "6", "5"), "0.833", "1.136"),  # less is better
    ],
)
def test_the_range_of_a_score(path: Any, low: str, high: str) -> None:
    scores = score_range("linear", course(*path))
    assert scores is not None
    assert [str(round(end, 3)) for end in scores[:2]] == [low, high]


@pytest.mark.parametrize(
    ("wanted", "score", "low", "high"),
    [
        # 79.4 ± 0.05 to 95.3 ± 0.05 in two years: 9.49% to 9.62% a year
        ({"form": "average_growth", "unit": "percent_per_year", "value": "10"}, "0.956", "0.949", "0.962"),
        # 15.8 to 16.0 of 40 in two of five years
        ({"form": "increment", "unit": "CNY_100M", "value": "40"}, "0.994", "0.988", "1.000"),
        # 1.1989 to 1.2016 times, of 1.5 times
        ({"form": "multiple", "unit": "multiple", "value": "1.5"}, "1.001", "0.994", "1.008"),
    ],
)  # fmt: skip
def test_the_goal_of_a_change_moves_with_the_start(
    wanted: dict[str, Any], score: str, low: str, high: str
) -> None:
    goal = target(indicator=MONEY, **wanted)
    levels = [
        outcome(value, year, indicator=MONEY) for year, value in ((2020, "79.4"), (2022, "95.3"))
    ]
    pace = assessed(goal, levels, as_of="2023-06-30").pace
    assert pace is not None
    assert [str(round(end, 3)) for end in (pace.score, pace.low, pace.high)] == [score, low, high]


def test_a_start_that_may_be_the_goal_has_no_range() -> None:
    assert score_range("linear", course("3.5", "3.52", "3.55")) is None
    assert score_range("linear", course("3.50", "3.52", "3.55")) is not None
    assert score_range("compound", course("0", "1", "2")) is None
    exact = Course(Decimal(1), Decimal(3), Decimal(5), 2020, 2022, 2024)
    assert score_range("linear", exact) == Interval.point(Decimal(1))


def test_a_method_that_fails_on_a_rounded_start_has_no_range(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def ratio(course: Course) -> ip.pace.Pace:
        times = course.now / course.start
        return ip.pace.Pace(times, times, Decimal(1), "multiple")

    monkeypatch.setattr(ip.pace, "_METHODS", {"ratio": ratio})
    assert score_range("ratio", course("1", "2", "3")) is not None
    vague = course("1", "2", "3")._replace(start_range=Interval(Decimal(0), Decimal(2)))
    assert score_range("ratio", vague) is None


@pytest.mark.parametrize(
    ("threshold", "ends", "verdict"),
    [
        ("0.95", ("0.93", "0.96"), "off_track"),
        ("0.92", None, "on_track"),
        ("0.96", None, "off_track"),
        ("0.93", ("0.928", "0.960"), "on_track"),
    ],
)
def test_a_score_whose_range_has_the_threshold(
    threshold: str, ends: tuple[str, str] | None, verdict: str
) -> None:
    goal = target(value="2.6", baseline_value="2.11", baseline_year=2020)
    result = ip.assess(goal, outcome("2.48", 2024), threshold=threshold)
    assert result.verdict == verdict
    assert result.pace is not None
    assert result.pace.low is not None
    assert result.pace.high is not None
    assert (round(result.pace.low, 3), round(result.pace.high, 3)) == (
        Decimal("0.928"), Decimal("0.960"),
    )  # fmt: skip
    assert is_open(result) is (ends is not None)
    assert result.pace.ends == ends
    low, high = ends or ("", "")
    english = f"As its figures are rounded, the pace score may be {low} to {high}."
    assert (english in result.explain()) is bool(ends)
    assert (f"进度得分可能在{low}至{high}之间" in result.explain("zh")) is bool(ends)
    [row] = ip.Scorecard([result]).sheet().rows
    assert (f"{low}–{high}" in row) is bool(ends)
    assert ("0.94" in row) is (not ends)
    table = ip.Scorecard([result]).to_columns()
    assert table.values["pace_low"] == [result.pace.low]
    assert table.values["pace_high"] == [result.pace.high]


def test_a_start_that_may_be_the_goal_is_a_caveat() -> None:
    goal = target(value="3.55", baseline_value="3.5", baseline_year=2020)
    result = ip.assess(goal, outcome("3.51", 2024))
    assert result.pace is not None
    assert (result.pace.low, result.pace.high, result.pace.ends) == (None, None, None)
    assert is_open(result)


@given(
    start=SHARES,
    now=SHARES,
    goal=SHARES,
    method=st.sampled_from(["linear", "compound"]),
    widths=st.tuples(*[st.decimals("0.01", "5", places=2)] * 2),
)
def test_the_score_is_within_its_range(
    start: Decimal, now: Decimal, goal: Decimal, method: str, widths: tuple[Decimal, Decimal]
) -> None:
    goal = target(value=goal, baseline_value=start, baseline_year=2020)
    narrow, wide = (
        ip.assess(goal, outcome(now, 2023, precision=width), pace=method)
        for width in sorted(widths)
    )
    assert narrow.verdict == wide.verdict
    if narrow.pace is None or wide.pace is None or wide.pace.low is None:
        return
    assert narrow.pace.low is not None
    assert wide.pace.low <= narrow.pace.low <= narrow.pace.score
    assert wide.pace.high >= narrow.pace.high >= narrow.pace.score  # type: ignore[operator]


# ------------------------------------------------------------------ vintage of one observation


def test_one_observation_is_of_the_vintage_asked_for() -> None:
    first = outcome("3.5", vintage="first")
    assert ip.assess(target(), first, vintage="first") == ip.assess(target(), first)
    without = outcome("3.5")
    assert ip.assess(target(), without, vintage="first") == ip.assess(target(), without)
    with pytest.raises(ip.IncomparableError, match=r"the vintage 'final' with .*'first'"):
        ip.assess(target(), first, vintage="final")


# ------------------------------------------------------------------ the bundled data


def test_bundled_figures() -> None:
    hunan = bundled(region="HN", indicator="high_tech_enterprises", period="annual-2025")
    assert (hunan.verdict, hunan.gap) == ("met", 0)
    assert is_open(hunan)
    hainan = bundled(region="HI", indicator="rd_intensity", period="14th", end_year=2023)
    assert (hainan.verdict, hainan.gap) == ("missed", Decimal("-0.02"))
    assert is_open(hainan)


def test_rounding_turns_few_misses_into_verdicts() -> None:
    plans = ip.load()
    card = ip.scorecard(plans)
    open_ = [each for each in card if is_open(each)]
    assert 10 < len(open_) < len([each for each in card if each.outcome]) / 5
    assert all(each.outcome for each in open_)


# ------------------------------------------------------------ the same figure with more digits


def printed(
    value: str, year: int, *, tier: str = "B", date: str = "2021", **given: Any
) -> ip.Observation:
    source = ip.Source(
        code=f"text-{tier}-{value.replace('.', '-')}", title="Text", tier=tier, date=date
    )
    citation = ip.Citation(source=source, as_stated="so")
    return outcome(value, year, citation=citation, **{"indicator": MONEY, **given})


def test_a_figure_with_more_digits_narrows_the_pace_score() -> None:
    goal = growth(end_year=2027, start_year=2023)
    bulletin = [printed("79.4", 2022), printed("95.3", 2024)]
    alone = ip.assess(goal, Little(bulletin, [goal]), as_of="2025-06-30")
    yearbook = printed("793795", 2022, unit="CNY_10K")
    both = ip.assess(goal, Little([*bulletin, yearbook], [goal]), as_of="2025-06-30")
    assert Caveat.START_ROUNDING in alone.caveats
    assert alone.pace is not None
    assert alone.pace.ends == ("0.949", "0.962")  # as many digits as keep them on their sides
    assert both.pace is not None
    assert Caveat.START_ROUNDING not in both.caveats
    assert both.pace.low is not None
    assert both.pace.high is not None
    assert alone.pace.low is not None
    assert alone.pace.low < both.pace.low <= both.pace.score <= both.pace.high
    assert (both.verdict, both.pace.score) == (alone.verdict, alone.pace.score)


@pytest.mark.parametrize(
    ("value", "given"),
    [
        ("3.52", {"tier": "C"}),  # a weaker text
        ("3.52", {"self_reported": True}),
        ("3.52", {"comparator": "about"}),
        ("3.52", {"comparator": "above"}),
        ("3.58", {}),  # another number
    ],
)
def test_which_texts_do_not_narrow_an_outcome(value: str, given: dict[str, Any]) -> None:
    assert Caveat.WITHIN_ROUNDING in beside(value, **given).caveats
    assert Caveat.WITHIN_ROUNDING not in beside("3.52").caveats


def beside(value: str, **given: Any) -> ip.Assessment:
    """The verdict of 3.5% on at least 3.49%, with an earlier text of that year."""
    goal = target(value="3.49", comparator="at_least")
    share = {"indicator": goal.indicator}
    latest = printed("3.5", 2025, date="2026-06", **share)
    result = ip.assess(goal, Little([latest, printed(value, 2025, **share, **given)], [goal]))
    assert result.outcome is not None
    assert (result.verdict, result.outcome.value) == ("met", Decimal("3.5"))
    return result


def test_further_digits_on_the_other_side_of_the_target_keep_the_caveat() -> None:
    goal = target(value="3.52", comparator="at_least")
    share = {"indicator": goal.indicator}
    seen = [printed("3.5", 2025, tier="A", **share), printed("3.54", 2025, **share)]
    result = ip.assess(goal, Little(seen, [goal]))
    assert Caveat.WITHIN_ROUNDING in result.caveats
