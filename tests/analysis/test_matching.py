"""The observation that a target is compared with, its interval, and the baseline of a target."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.analysis.matching import (
    Base,
    accepted_by,
    agree,
    baseline_of,
    best_of,
    better,
    candidates,
    interval_of,
    is_printed,
    level_series,
    levels_in,
    printed_of,
    satisfies,
)
from innovation_plans.units.interval import Interval, bound_on

CN = ip.Region(code="XX", kind="nation", name_en="Examplia")
ELSEWHERE = ip.Region(code="YY", kind="nation", name_en="Elsewhere")
TEXT = ip.Source(code="text", title="Text", tier="B", date="2026-01-10")
PLAN = ip.Plan(code="XX-14-sti", region=CN, period="14th", kind="sti", title_en="Plan")
MONEY = ip.Indicator(code="thing", name_en="Thing", unit="CNY_100M", direction="up")
PLACE = ip.Indicator(code="place", name_en="Place", unit="rank", direction="up")
TWO_PERCENT = Decimal("0.02")
HALF = Decimal("0.5")
INFINITE = Decimal("Infinity")


def source(code: str, tier: str = "B", day: str = "2026-01-10") -> ip.Citation:
    return ip.Citation(source=ip.Source(code=code, title=code, tier=tier, date=day))


def target(**given: Any) -> ip.Target:
    what = given.pop("indicator", MONEY)
    form = ip.Form(given.get("form", "level"))
    facts = {"form": form, "comparator": "reach", "value": "100", "unit": what.unit_in(form),
             "start_year": 2021, "end_year": 2025} | given  # fmt: skip
    cited = ip.Citation(source=TEXT, as_stated="so")
    return ip.Target(plan=PLAN, indicator=what, citation=cited, **facts)


def observed(value: Any, year: int | None = 2025, **given: Any) -> ip.Observation:
    what = given.pop("indicator", MONEY)
    form = ip.Form(given.get("form", "level"))
    facts = {"region": CN, "form": form, "comparator": "reach", "unit": what.unit_in(form),
             "self_reported": False, "citation": ip.Citation(source=TEXT)} | given  # fmt: skip
    return ip.Observation(indicator=what, value=value, year=year, **facts)


def table(*records: ip.Observation, vintages: Any = None) -> ip.ObservationTable[ip.Observation]:
    return ip.ObservationTable(records, None, vintages)


def chosen(goal: ip.Target, *records: ip.Observation, vintage: str | None = None) -> list[str]:
    """The values of the candidates, the one that decides first."""
    result = candidates(goal, table(*records).in_vintage(vintage))
    return [] if result is None else [str(each.value) for each in (result.chosen, *result.others)]


# ------------------------------------------------------------------ which one decides


def test_the_latest_year_of_the_period_decides() -> None:
    years = [observed(year - 2000, year) for year in (2020, 2021, 2023, 2022, 2026)]
    assert chosen(target(), *years) == ["23"]
    assert chosen(target(), years[0], years[4]) == []
    assert chosen(target(), years[1]) == ["21"]
    assert chosen(target(start_year=None), *years) == []
    assert chosen(target(start_year=None), *years, observed("25")) == ["25"]
    assert chosen(target(), observed("9", None)) == []
    assert chosen(target(), observed("9", None), years[1]) == ["21"]


def test_only_the_series_of_the_target_is_used() -> None:
    other = ip.Indicator(code="other", name_en="Other", unit="CNY_100M", direction="up")
    strangers = [
        observed("1", region=ELSEWHERE),
        observed("2", indicator=other),
        observed("3", form="annual_growth"),
    ]
    assert chosen(target(), *strangers) == []
    assert chosen(target(), *strangers, observed("4")) == ["4"]


@pytest.mark.parametrize(
    ("form", "start", "year", "counts"),
    [
        # a level and a place are of any year of the period
        ("level", None, 2021, True),
        ("level", None, 2020, False),
        ("rank", None, 2023, True),
        # growth over a span is of the very span
        ("average_growth", 2021, 2025, True),
        ("average_growth", 2022, 2025, False),
        ("average_growth", None, 2025, False),
        ("average_growth", 2021, 2024, False),
        ("multiple", 2021, 2025, True),
        ("multiple", 2020, 2025, False),
        ("increment", 2021, 2025, True),
        ("increment", 2020, 2025, False),
        # growth of a year is of that year, whatever span the plan is of
        ("annual_growth", None, 2025, True),
        ("annual_growth", 2025, 2025, True),
        ("annual_growth", None, 2024, False),
        # a sum that began with the period says how far it is
        ("cumulative", 2021, 2023, True),
        ("cumulative", 2021, 2025, True),
        ("cumulative", 2022, 2025, False),
        ("cumulative", None, 2021, True),
        ("cumulative", None, 2023, False),
    ],
)
def test_what_is_of_the_period(form: str, start: int | None, year: int, counts: bool) -> None:
    what = PLACE if form == "rank" else MONEY
    goal = target(form=form, indicator=what)
    result = chosen(goal, observed("7", year, form=form, start_year=start, indicator=what))
    assert result == (["7"] if counts else [])


def test_a_target_without_a_start_is_of_its_year_alone() -> None:
    goal = target(form="cumulative", start_year=None)
    assert chosen(goal, observed("7", form="cumulative", start_year=2025)) == ["7"]
    assert chosen(goal, observed("7", form="cumulative")) == ["7"]
    assert chosen(goal, observed("7", form="cumulative", start_year=2021)) == []


def test_statistics_come_first_then_the_better_tier_then_the_later_text() -> None:
    own = observed("1", self_reported=True, citation=source("own", "A", "2026-12-31"))
    late = observed("2", citation=source("late", "C", "2026-06-30"))
    early = observed("3", citation=source("early", "A", "2026-01-31"))
    twin = observed("4", citation=source("twin", "B", "2026-01-31"))
    dateless = observed("5", citation=ip.Citation(source=ip.Source(code="d", title="D", tier="A")))
    assert chosen(target(), own, twin, dateless, late, early) == ["3", "5", "4", "2", "1"]
    assert chosen(target(), early, late, dateless, twin, own) == ["3", "5", "4", "2", "1"]
    result = [own, twin, late]
    assert best_of(result, table(*result)) is twin
    assert best_of([], table()) is None


def test_a_text_whose_speaker_is_not_known_outranks_no_better_tier() -> None:
    own = observed("1", self_reported=True, citation=source("own", "A"))
    unknown = observed("2", self_reported=None, citation=source("unknown", "C"))
    statistic = observed("3", citation=source("statistic", "C"))
    assert chosen(target(), unknown, own, statistic) == ["3", "1", "2"]


def test_a_number_comes_before_a_bound_of_the_same_vintage_and_tier() -> None:
    bound = observed("1", comparator="above", citation=source("bound", day="2026-12-31"))
    better = observed("2", comparator="above", citation=source("better", "A"))
    assert chosen(target(), bound, observed("3")) == ["3", "1"]
    assert chosen(target(), bound, better, observed("3")) == ["2", "3", "1"]


def test_the_order_of_a_vintage_has_priority_over_its_date() -> None:
    first, final = (
        ip.Vintage(indicator=MONEY, code=code, year=None, order=order, released=day,
                   source=TEXT, description=code)
        for code, order, day in (("first", 1, "2026-09-01"), ("final", 2, "2026-03-01"))
    )  # fmt: skip
    records = [observed("1", vintage="first"), observed("2", vintage="final")]
    known = {"thing/first/*": first, "thing/final/*": final}
    result = candidates(target(), table(*records, vintages=known))
    assert result is not None
    assert (result.chosen.vintage, [each.vintage for each in result.others]) == ("final", ["first"])
    assert chosen(target(), *records, vintage="first") == ["1"]
    with pytest.raises(ip.MissingError, match="no vintage 'finall'; did you mean final"):
        chosen(target(), *records, vintage="finall")


def test_names_of_sources_do_not_decide() -> None:
    for codes in ("ab", "ba"):
        small, large = (
            observed(value, citation=source(code), unit=unit)
            for code, value, unit in zip(
                codes, ("1001", "0.2"), ("CNY_100M", "CNY_1T"), strict=True
            )
        )
        assert chosen(target(), small, large) == ["0.2", "1001"]


def test_of_two_that_are_equal_the_same_one_decides_always() -> None:
    one, two = (observed(code, citation=source(f"text-{code}")) for code in "12")
    assert chosen(target(), one, two) == chosen(target(), two, one) == ["2", "1"]


# ------------------------------------------------------------------ where a target starts


def test_the_baseline_of_the_plan_has_priority() -> None:
    printed = {"baseline_value": "80", "baseline_year": 2019}
    before = table(observed("70", 2020), observed("60", 2019))
    assert baseline_of(target(**printed), before) == Base(
        Decimal(80), "CNY_100M", 2019, Interval.rounded(Decimal(80), HALF)
    )


@pytest.mark.parametrize(
    ("form", "unit", "printed", "expected"),
    [
        ("level", "CNY_1T", None, "CNY_1T"),  # as the target itself
        ("level", "CNY_1T", "CNY_10K", "CNY_10K"),
        ("increment", "CNY_1T", None, "CNY_1T"),
        ("average_growth", "percent_per_year", "CNY_1T", "CNY_1T"),
        ("multiple", "multiple", "CNY_100M", "CNY_100M"),
    ],
)
def test_the_unit_of_a_stated_baseline(
    form: str, unit: str, printed: str | None, expected: str
) -> None:
    goal = target(form=form, unit=unit, baseline_value="80", baseline_year=2020,
                  baseline_unit=printed)  # fmt: skip
    result = baseline_of(goal, table())
    assert result is not None
    assert result.unit == expected


@pytest.mark.parametrize(
    ("form", "unit", "before"),
    [("annual_growth", "percent_per_year", 2024), ("multiple", "multiple", 2020)],
)
def test_a_start_that_is_a_growth_rate_is_no_level(form: str, unit: str, before: int) -> None:
    goal = target(form=form, unit=unit, baseline_value="20", baseline_year=2020)
    assert baseline_of(goal, table()) is None
    level = observed("70", before)
    assert baseline_of(goal, table(level)) == Base.of_level(level, before, table(level))


def test_without_a_baseline_a_target_starts_from_statistics() -> None:
    records = [observed("60", 2019), observed("0.7", 2020, unit="CNY_1T"), observed("80", 2021)]
    result = baseline_of(target(), table(*records))
    rounding = Interval.rounded(Decimal("0.7"), Decimal("0.05"))
    assert result == Base(Decimal("0.7"), "CNY_1T", 2020, rounding, (records[1],))
    assert baseline_of(target(start_year=None), table(observed("8", 2024))) == Base(
        Decimal(8), "CNY_100M", 2024, Interval.rounded(Decimal(8), HALF), (observed("8", 2024),)
    )
    assert baseline_of(target(), table(records[0], records[2])) is None
    for bound in ("at_least", "above", "at_most", "below", "between"):
        high = "90" if bound == "between" else None
        bounded = observed("70", 2020, comparator=bound, value_high=high)
        assert baseline_of(target(), table(bounded)) is None
    about = observed("70", 2020, comparator="about")
    assert baseline_of(target(), table(about)) == Base.of_level(about, 2020, table(about))


def test_the_best_of_several_baselines_is_used() -> None:
    own = observed("60", 2020, self_reported=True)
    counted = observed("70", 2020, citation=source("counted"))
    result = baseline_of(target(), table(own, counted))
    assert result is not None
    assert result.observation is counted
    assert levels_in(target(), table(own, counted), 2020) == [own, counted]
    assert levels_in(target(), table(own, counted), 2021) == []


@pytest.mark.parametrize("form", ["level", "average_growth", "cumulative", "multiple"])
def test_the_level_series_of_a_target(form: str) -> None:
    level, growth = observed("60", 2020), observed("5", 2020, form="annual_growth")
    assert level_series(target(form=form), table(level, growth)) == (level,)


def test_the_level_series_of_a_rank() -> None:
    goal = target(form="rank", indicator=PLACE, value="3")
    place = observed("5", 2020, form="rank", indicator=PLACE)
    level = observed("60", 2020, indicator=PLACE)
    assert level_series(goal, table(place, level)) == (place,)


# ------------------------------------------------------------------ what a figure may mean


@pytest.mark.parametrize(
    ("comparator", "low", "high"),
    [
        ("reach", "5", "5"),
        ("about", "5", "5"),
        ("at_least", "5", "Infinity"),
        ("at_most", "-Infinity", "5"),
        ("between", "5", "8"),
    ],
)
def test_the_interval_of_a_figure(comparator: str, low: str, high: str) -> None:
    figure = observed(
        "5", comparator=comparator, value_high="8" if comparator == "between" else None
    )
    assert interval_of(figure, "CNY_100M") == Interval(Decimal(low), Decimal(high))


def test_an_open_bound_leaves_out_its_own_value() -> None:
    above, below = (
        interval_of(observed("5", comparator=each), "CNY_100M") for each in ("above", "below")
    )
    assert above == Interval(Decimal(5), INFINITE, closed_low=False)
    assert below == Interval(-INFINITE, Decimal(5), closed_high=False)


def test_a_range_is_carried_to_another_unit() -> None:
    figure = observed("5000", comparator="between", value_high="8000")
    assert interval_of(figure, "CNY_1T") == Interval(Decimal("0.5"), Decimal("0.8"))
    with pytest.raises(ip.IncomparableError):
        interval_of(figure, "person")


@pytest.mark.parametrize(
    ("comparator", "low", "high"),
    [("at_least", -INFINITE, 5), ("at_most", -INFINITE, 5)],
)
def test_a_bound_on_a_rank_means_that_rank_or_a_better_one(
    comparator: str, low: Decimal, high: int
) -> None:
    figure = observed("5", form="rank", indicator=PLACE, comparator=comparator)
    assert interval_of(figure, "rank") == Interval(low, Decimal(high))


@pytest.mark.parametrize(
    ("form", "comparator", "bound"),
    [
        ("rank", "at_least", "at_most"),
        ("rank", "above", "below"),
        ("rank", "at_most", "at_most"),
        ("rank", "below", "below"),
        ("rank", "reach", "reach"),
        ("rank", "about", "about"),
        ("level", "at_least", "at_least"),
        ("level", "above", "above"),
        ("increment", "below", "below"),
    ],
)
def test_bounds_on_numbers(form: str, comparator: str, bound: str) -> None:
    assert bound_on(ip.Form(form), ip.Comparator(comparator)) == bound


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"value": "2.5"}, {"value": "2.46"}, True),
        ({"value": "2.5"}, {"value": "2.4"}, False),
        ({"value": "0.5", "unit": "CNY_1T"}, {"value": "5000"}, True),
        ({"value": "0.5", "unit": "CNY_1T"}, {"value": "5001"}, True),
        ({"value": "0.5", "unit": "CNY_1T"}, {"value": "5501"}, False),
        ({"value": "0.50", "unit": "CNY_1T"}, {"value": "5051"}, False),
        ({"value": "1000"}, {"value": "1000.4"}, True),
        ({"value": "1000"}, {"value": "1000.6"}, False),
        ({"value": "18000", "precision": "500"}, {"value": "18500"}, True),
        ({"value": "1.8", "unit": "CNY_1T", "precision": "0.05"}, {"value": "17500"}, True),
        ({"value": "1.80", "unit": "CNY_1T"}, {"value": "17500"}, False),
        # thirty digits before the point are let in
        ({"value": "9" * 29 + "1"}, {"value": "9" * 29 + "1.4"}, True),
        ({"value": "9" * 29 + "1"}, {"value": "9" * 29 + "2"}, False),
        ({"value": "0." + "0" * 29 + "1"}, {"value": "1" + "0" * 29, "unit": "CNY_1T"}, False),
    ],
)
def test_two_figures_are_one_number(one: dict[str, str], other: dict[str, str], same: bool) -> None:
    first, second = observed(**one), observed(**other)
    assert agree(first, second) is same
    assert agree(second, first) is same


# ------------------------------------------------------------------ what satisfies a target


@pytest.mark.parametrize(
    ("comparator", "direction", "way"),
    [
        ("reach", "up", "up"),
        ("reach", "down", "down"),
        ("reach", "none", "none"),
        ("about", "none", "none"),
        ("between", "up", "up"),
        ("at_least", "down", "up"),
        ("above", "down", "up"),
        ("at_most", "up", "down"),
        ("below", "up", "down"),
    ],
)
def test_the_direction_to_a_target(comparator: str, direction: str, way: str) -> None:
    what = MONEY.model_copy(update={"direction": ip.Direction(direction)})
    high = "120" if comparator == "between" else None
    assert better(target(indicator=what, comparator=comparator, value_high=high)) == way


@pytest.mark.parametrize("comparator", sorted(set(ip.Comparator) - {ip.Comparator.BETWEEN}))
def test_a_better_rank_is_a_lower_number(comparator: str) -> None:
    assert better(target(form="rank", indicator=PLACE, comparator=comparator)) == "down"


@pytest.mark.parametrize(
    ("goal", "low", "high", "verdict"),
    [
        # more is better: a range decides where both of its ends do
        ({}, "100", "100", True),
        ({}, "90", "99", False),
        ({}, "90", "100", None),
        ({}, "100", "Infinity", True),
        ({}, "-Infinity", "99", False),
        ({}, "-Infinity", "100", None),
        ({"comparator": "about"}, "98", "Infinity", True),
        ({"comparator": "about"}, "97.9", "97.9", False),
        ({"comparator": "above"}, "100", "100", False),
        ({"comparator": "at_least"}, "100", "100", True),
        ({"comparator": "between", "value_high": "120"}, "130", "130", True),
        # a bound from above
        ({"comparator": "at_most"}, "100", "100", True),
        ({"comparator": "at_most"}, "100.1", "100.1", False),
        ({"comparator": "below"}, "100", "100", False),
        ({"comparator": "below"}, "99.9", "99.9", True),
        # less is better
        ({"direction": "down"}, "100", "100", True),
        ({"direction": "down"}, "100.1", "100.1", False),
        ({"direction": "down", "comparator": "about"}, "102", "102", True),
        ({"direction": "down", "comparator": "about"}, "102.1", "102.1", False),
        ({"direction": "down", "comparator": "between", "value_high": "120"}, "120", "120", True),
        ({"direction": "down", "comparator": "between", "value_high": "120"}, "121", "121", False),
        # neither: inside the range, and a range around it does not decide
        ({"direction": "none"}, "100", "100", True),
        ({"direction": "none"}, "99", "99", False),
        ({"direction": "none"}, "99", "101", None),
        ({"direction": "none", "comparator": "about"}, "98", "102", True),
        ({"direction": "none", "comparator": "about"}, "97.9", "98", None),
        ({"direction": "none", "comparator": "about"}, "102.1", "102.1", False),
        ({"direction": "none", "comparator": "between", "value_high": "120"}, "100", "120", True),
        ({"direction": "none", "comparator": "between", "value_high": "120"}, "99", "99", False),
        ({"direction": "none", "comparator": "between", "value_high": "120"}, "121", "121", False),
    ],
)
def test_which_outcomes_satisfy_a_target(
    goal: dict[str, str], low: str, high: str, verdict: bool | None
) -> None:
    facts = dict(goal)
    direction = ip.Direction(facts.pop("direction", "up"))
    what = MONEY.model_copy(update={"direction": direction})
    outcome = Interval(Decimal(low), Decimal(high))
    assert satisfies(accepted_by(target(indicator=what, **facts), TWO_PERCENT), outcome) is verdict


def test_what_about_allows_below_zero() -> None:
    wanted = accepted_by(target(comparator="about", value="-100"), TWO_PERCENT)
    assert satisfies(wanted, Interval.point(Decimal(-102))) is True
    assert satisfies(wanted, Interval.point(Decimal("-102.1"))) is False


@pytest.mark.parametrize(
    ("comparator", "outcome", "is_rounded", "verdict"),
    [
        ("above", "100", True, True),
        ("above", "100", False, False),
        ("above", "99.9", True, False),
        ("below", "100", True, True),
        ("below", "100", False, False),
        ("below", "100.1", True, False),
        ("at_least", "99.9", True, False),
    ],
)
def test_a_rounded_number_satisfies_a_bound_of_its_own_value(
    comparator: str, outcome: str, is_rounded: bool, verdict: bool
) -> None:
    wanted = accepted_by(target(comparator=comparator), TWO_PERCENT)
    number = Interval.point(Decimal(outcome))
    assert satisfies(wanted, number, is_rounded=is_rounded) is verdict
    bound = Interval.of(ip.Comparator.AT_LEAST, Decimal(outcome))
    assert satisfies(wanted, bound, is_rounded=True) is satisfies(wanted, bound)


@pytest.mark.parametrize(
    ("cells", "unit", "low", "high"),
    [
        ({"value": "2.5"}, "CNY_100M", "2.45", "2.55"),
        ({"value": "2.5", "comparator": "about"}, "CNY_100M", "2.45", "2.55"),
        ({"value": "18000", "precision": "500"}, "CNY_100M", "17500", "18500"),
        ({"value": "18000", "precision": "500"}, "CNY_1T", "1.75", "1.85"),
        ({"value": "0." + "0" * 30}, "CNY_1T", "-5E-35", "5E-35"),
        ({"value": "2.5", "comparator": "at_least"}, "CNY_100M", "2.5", "Infinity"),
        ({"value": "2.5", "comparator": "between", "value_high": "3"}, "CNY_100M", "2.5", "3"),
        ({"value": "3", "indicator": PLACE, "form": "rank"}, "rank", "3", "3"),
    ],
)
def test_what_rounding_leaves_open_of_an_observation(
    cells: dict[str, Any], unit: str, low: str, high: str
) -> None:
    assert printed_of(observed(**cells), unit)[:2] == (Decimal(low), Decimal(high))


def test_a_computed_value_is_a_stated_one_within_its_precision() -> None:
    stated, computed = observed("18000", precision="500"), Interval.point(Decimal(17600))
    assert is_printed(stated, computed, "CNY_100M")
    assert not is_printed(observed("18000"), computed, "CNY_100M")
