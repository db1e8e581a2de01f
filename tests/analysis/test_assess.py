"""Verdicts: every form and comparator, every reason, exact numbers, nothing repaired."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.analysis.matching import agree, interval_of, satisfies
from innovation_plans.testing import empty
from innovation_plans.units.decimals import rounded

CN = ip.Region(code="XX", kind="nation", name_en="Examplia", name_zh="例国")
SOURCE = ip.Source(code="plan", title="Plan", tier="B", date="2021")
PLAN = ip.Plan(code="XX-14-sti", region=CN, period="14th", kind="sti", title_en="Plan")
CITED = ip.Citation(source=SOURCE, as_stated="so")


def indicator(unit: str = "percent", direction: str = "up") -> ip.Indicator:
    return ip.Indicator(code="thing", name_en="Thing", unit=unit, direction=direction)


def target(**given: Any) -> ip.Target:
    what = given.pop("indicator", indicator())
    form = ip.Form(given.get("form", "level"))
    facts = {"form": form, "comparator": "reach", "value": "3", "unit": what.unit_in(form),
             "start_year": 2021, "end_year": 2025} | given  # fmt: skip
    return ip.Target(plan=PLAN, indicator=what, citation=CITED, **facts)


def outcome(value: Any, year: int | None = 2025, **given: Any) -> ip.Observation:
    what = given.pop("indicator", indicator())
    form = ip.Form(given.get("form", "level"))
    facts = {"form": form, "comparator": "reach", "unit": what.unit_in(form)} | given
    return ip.Observation(
        region=CN, indicator=what, value=value, year=year, citation=CITED, **facts
    )


BOUNDS = {
    "reach": {"2.9": False, "3": True, "3.1": True},
    "at_least": {"2.9": False, "3": True, "3.1": True},
    "above": {"2.9": False, "3": False, "3.1": True},
    "about": {"2.93": False, "2.94": True, "3": True, "9": True},
    "at_most": {"2.9": True, "3": True, "3.1": False},
    "below": {"2.9": True, "3": False, "3.1": False},
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
def test_in_a_ranking_a_lower_place_is_better(comparator: str, value: str, met: bool) -> None:
    what = indicator("rank", "down")
    found = ip.assess(
        target(indicator=what, form="rank", comparator=comparator),
        outcome(value, indicator=what, form="rank"),
    )
    assert (found.verdict == "met") is met
    places = int(value) - 3
    assert found.gap_text() == (f"{places:+} place" if places else "0 places")


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
    found = ip.assess(goal, empty().extend(targets=[goal], observations=seen))
    assert found.verdict == verdict
    assert found.reason == ("base_beyond_target" if verdict == "undetermined" else None)


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
    found = ip.assess(target(indicator=what), outcome(value, indicator=what))
    assert found.verdict == verdict


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


def reason(goal: ip.Target, seen: ip.Observation, **how: Any) -> ip.Reason | None:
    found = ip.assess(goal, seen, **how)
    assert found.verdict == "undetermined"
    return found.reason


def test_reasons() -> None:
    with_base = {"baseline_value": "1", "baseline_year": 2020}
    goal = target(**with_base)
    assert reason(goal, outcome("3", None)) is ip.Reason.UNDATED
    assert reason(goal, outcome("3", 2026)) is ip.Reason.FUTURE_YEAR
    assert reason(target(), outcome("2", 2023)) is ip.Reason.MISSING_BASELINE
    assert reason(goal, outcome("2", form="annual_growth")) is ip.Reason.DIFFERENT_BASIS
    assert reason(goal, outcome("2", comparator="above")) is ip.Reason.OUTCOME_IS_A_BOUND
    beyond = target(baseline_value="4", baseline_year=2020)
    assert reason(beyond, outcome("2", 2023)) is ip.Reason.BASE_BEYOND_TARGET
    assert reason(goal, outcome("2", 2020)) is ip.Reason.ONE_POINT
    zero = target(baseline_value="0", baseline_year=2020)
    assert reason(zero, outcome("2", 2023), pace="compound") is ip.Reason.ZERO_BASE
    below_zero = target(baseline_value="-1", baseline_year=2020)
    assert reason(below_zero, outcome("2", 2023), pace="compound") is ip.Reason.SIGN_CHANGE


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
def test_the_methods_can_disagree_and_the_result_says_which(
    pace: str, score: str, verdict: str
) -> None:
    goal = target(value="2.0", baseline_value="1.0", baseline_year=2020)
    found = ip.assess(goal, outcome("1.5", 2023), pace=pace)
    assert found.verdict == verdict
    assert found.pace is not None
    assert (round(found.pace.score, 2), found.pace.method) == (Decimal(score), pace)
    assert found.pace.threshold == Decimal("0.95")
    assert found.progress == Decimal("0.5")


def test_ahead_is_said_before_the_year_is_out() -> None:
    found = ip.assess(target(), outcome("3.5", 2023))
    assert (found.verdict, found.gap, found.gap_unit) == (
        "ahead", Decimal("0.5"), "percentage_point",
    )  # fmt: skip


def test_about_takes_the_tolerance_of_the_caller() -> None:
    goal = target(comparator="about", value="3.5")
    assert ip.assess(goal, outcome("3.4")).verdict == "missed"
    found = ip.assess(goal, outcome("3.4"), tolerance="0.05")
    assert (found.verdict, found.tolerance) == ("met", Decimal("0.05"))


def test_what_has_nothing_to_do_with_the_target_is_refused() -> None:
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


def test_all_bundled_targets_get_a_verdict_that_stands_by_itself() -> None:
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


def test_vintages_that_give_other_verdicts_are_a_caveat() -> None:
    plans = ip.load()
    goal = plans.targets.where(region="CQ", indicator="rd_intensity", period="14th").one()
    between = goal.model_copy(update={"end_year": 2023, "value": Decimal("2.46")})
    found = ip.assess(between, plans)
    assert found.verdict == "missed"
    assert ip.Caveat.VINTAGES_DISAGREE in found.caveats


def test_figures_that_agree_by_rounding_and_differ_in_verdict_are_a_caveat(
    world: Callable[..., Path],
) -> None:
    base = ip.load(world())
    row = {"region": "XX-CD", "indicator": "idle_rate", "form": "level", "comparator": "reach"}
    rows = [
        row | {"value": "3.0", "unit": "percent", "year": 2025, "source": "land-stat"},
        row | {"value": "3.04", "unit": "percent", "year": 2025, "source": "blog"},
    ]
    goal = {"plan": "XX-CD-14-sti", "indicator": "idle_rate", "form": "level", "unit": "percent"}
    more = base.extend(
        observations=rows,
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
    assert ip.assess(target, more).caveats == ()
    found = ip.assess(target, strict)
    assert (found.verdict, found.caveats) == ("met", (ip.Caveat.DISPUTED,))


def test_conflicting_targets_are_a_caveat() -> None:
    plans = ip.load(tiers="ABCD")
    goal = plans.targets.where(region="Jiangsu", indicator="rd_intensity", period="14th",
                               source="seed-cbn-2021").one()  # fmt: skip
    assert ip.Caveat.TARGET_CONFLICT in ip.assess(goal, plans).caveats


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
        satisfies(goal, interval_of(outcome(value), "percent"), Decimal("0.02")) for value in values
    )
    assert high or not low


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("2.5", "2.48", True), ("2.5", "2.44", False), ("3", "3.00", True), ("3.6", "3.60", True)],
)
def test_figures_agree_as_far_as_the_coarser_is_printed(one: str, other: str, same: bool) -> None:
    assert agree(outcome(one), outcome(other)) is same
    assert agree(outcome(other), outcome(one)) is same


# --- growth, multiples and increments: computed from levels, else as stated


class Little(ip.Dataset):
    """A dataset of a few records, without files."""

    def __init__(self, observations: list[ip.Observation], targets: list[ip.Target]) -> None:
        object.__setattr__(self, "_little", (observations, targets))
        object.__setattr__(self, "edition", "test")

    @property
    def observations(self) -> ip.ObservationTable:  # type: ignore[override]
        return ip.ObservationTable(self._little[0])

    @property
    def targets(self) -> ip.TargetTable:  # type: ignore[override]
        return ip.TargetTable(self._little[1])


MONEY = indicator("CNY_100M")


def levels(*values: tuple[int, str], **given: Any) -> list[ip.Observation]:
    return [outcome(value, year, indicator=MONEY, **given) for year, value in values]


def held(goal: ip.Target, seen: list[ip.Observation], **how: Any) -> ip.Assessment:
    return ip.assess(goal, Little(seen, [goal]), **how)


def growth(form: str = "average_growth", **given: Any) -> ip.Target:
    return target(**{"indicator": MONEY, "form": form, "value": "10", **given})


def test_average_growth_is_computed_from_levels_and_exact() -> None:
    found = held(growth(comparator="at_least"), levels((2020, "100"), (2025, "161.051")))
    assert (found.verdict, found.method, found.gap) == ("met", "computed", 0)
    assert found.outcome is not None
    assert (found.outcome.value, found.outcome.start_year, found.outcome.year) == (10, 2021, 2025)
    assert found.baseline is not None
    assert (found.baseline.value, found.baseline.year) == (100, 2020)
    assert len(found.inputs) == 3
    less = held(growth(comparator="at_least"), levels((2020, "100"), (2025, "161.05")))
    assert less.verdict == "missed"


def test_before_the_year_is_out_the_pace_of_the_level_decides() -> None:
    slow = held(growth(), levels((2020, "100"), (2023, "110")))
    assert slow.verdict == "off_track"
    assert slow.pace is not None
    fast = held(growth(), levels((2020, "100"), (2023, "133.1")))
    assert (fast.verdict, round(fast.pace.score, 2)) == ("off_track", Decimal("0.90"))  # type: ignore[union-attr]
    assert held(growth(), levels((2020, "100"), (2023, "133.1")), pace="compound").verdict == (
        "on_track"
    )
    there = held(growth(), levels((2020, "100"), (2023, "170")))
    assert there.verdict == "ahead"


def test_growth_as_stated_where_levels_are_not_known_or_in_other_prices() -> None:
    stated = outcome("11", form="average_growth", indicator=MONEY, start_year=2021)
    found = held(growth(), [stated])
    assert (found.verdict, found.method) == ("met", "stated")
    real = MONEY.model_copy(update={"growth_prices": "constant"})
    goal = growth(indicator=real)
    seen = [each.model_copy(update={"indicator": real}) for each in
            [stated, *levels((2020, "100"), (2025, "300"))]]  # fmt: skip
    assert held(goal, seen).method == "stated"
    assert held(goal, seen[1:]).reason is ip.Reason.NO_OUTCOME


def test_stated_growth_that_says_otherwise_is_a_caveat() -> None:
    stated = outcome("9", form="average_growth", indicator=MONEY, start_year=2021)
    found = held(growth(), [stated, *levels((2020, "100"), (2025, "170"))])
    assert (found.verdict, found.method) == ("met", "computed")
    assert ip.Caveat.DISPUTED in found.caveats


def test_annual_growth_needs_the_very_year_and_the_one_before() -> None:
    goal = growth("annual_growth", start_year=2025)
    assert held(goal, levels((2024, "100"), (2025, "110"))).verdict == "met"
    assert held(goal, levels((2023, "100"), (2025, "150"))).reason is ip.Reason.MISSING_BASELINE
    assert held(goal, levels((2023, "100"), (2024, "150"))).reason is ip.Reason.NO_OUTCOME


def test_multiples_and_increments() -> None:
    double = growth("multiple", value="2")
    assert held(double, levels((2020, "100"), (2025, "200"))).verdict == "met"
    assert held(double, levels((2020, "0"), (2025, "200"))).reason is ip.Reason.ZERO_BASE
    more = growth("increment", value="50", unit="CNY_100M")
    assert held(more, levels((2020, "100"), (2025, "149"))).verdict == "missed"
    assert held(more, levels((2020, "100"), (2023, "140"))).verdict == "on_track"
    points = target(form="increment", value="0.4")
    seen = [outcome("2.8", 2020), outcome("3.2", 2025)]
    found = held(points, seen)
    assert (found.verdict, found.gap_unit) == ("met", "percentage_point")


def test_sums_are_only_taken_as_stated() -> None:
    goal = target(indicator=MONEY, form="cumulative", value="100", unit="CNY_100M")
    flows = levels(*((year, "50") for year in range(2021, 2026)))
    assert held(goal, flows).reason is ip.Reason.NO_OUTCOME
    half = outcome("60", 2023, form="cumulative", indicator=MONEY, start_year=2021)
    found = held(goal, [half])
    assert (found.verdict, found.progress) == ("on_track", Decimal("0.6"))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([(2020, "0"), (2025, "100")], "zero_base"),
        ([(2020, "-1"), (2025, "100")], "sign_change"),
        ([(2025, "100")], "missing_baseline"),
        ([(2019, "100"), (2020, "110")], "no_outcome"),
    ],
)
def test_growth_that_cannot_be_reckoned(values: list[tuple[int, str]], reason: str) -> None:
    assert held(growth(), levels(*values)).reason == reason


def test_start_and_outcome_of_one_year() -> None:
    goal = growth(baseline_value="100", baseline_year=2023, baseline_unit="CNY_100M")
    assert held(goal, levels((2023, "100"))).reason is ip.Reason.ONE_POINT


def test_a_redefined_series_is_no_growth() -> None:
    seen = [*levels((2020, "100")), *levels((2022, "150"), status="break"), *levels((2025, "170"))]
    assert held(growth(), seen).reason is ip.Reason.CHANGED_DEFINITION
    level = target(indicator=MONEY, value="200", unit="CNY_100M")
    assert held(level, seen[:2]).reason is ip.Reason.CHANGED_DEFINITION
    jilin = ip.load().observations.where(region="CN-JL", indicator="rd_intensity", year=2019)
    assert {each.status for each in jilin} == {ip.Status.BREAK}


def test_conflicting_outcomes() -> None:
    other = ip.Source(code="other", title="Other", tier="B", date="2021")
    second = outcome("2.5").model_copy(update={"citation": ip.Citation(source=other)})
    assert held(target(), [outcome("3.5"), second]).reason is ip.Reason.CONFLICTING_OUTCOMES
    agreeing = outcome("3.2").model_copy(update={"citation": ip.Citation(source=other)})
    found = held(target(), [outcome("3.5"), agreeing])
    assert (found.verdict, found.caveats) == ("met", (ip.Caveat.CONFLICTING_OUTCOMES,))
    own = second.model_copy(update={"self_reported": True})
    assert ip.Caveat.DISPUTED in held(target(), [outcome("3.5"), own]).caveats


def other_text(value: str, year: int = 2025, **changed: Any) -> ip.Observation:
    """A second figure of the same thing, from a text as good as the first."""
    other = ip.Source(code=changed.pop("code", "other"), title="Other", tier=changed.pop("tier", "B"),
                      date="2021")  # fmt: skip
    figure = outcome(value, year, vintage=changed.pop("vintage", None))
    return figure.model_copy(update={"citation": ip.Citation(source=other)} | changed)


def test_every_other_figure_is_looked_at() -> None:
    """Neither one that says the same nor one of another vintage ends the search."""
    one = outcome("3.5", vintage="first")
    same, twin = other_text("3.50", code="a"), other_text("2.8", code="b", vintage="later")
    against = other_text("2.5", code="c", tier="C")
    found = held(target(), [one, same])
    assert (found.verdict, found.caveats) == ("met", ())
    found = held(target(), [one, same, against])
    assert (found.verdict, found.caveats) == ("met", (ip.Caveat.DISPUTED,))
    found = held(target(), [one, same, twin, against])
    assert found.caveats == (ip.Caveat.VINTAGES_DISAGREE, ip.Caveat.DISPUTED)
    growing = outcome("11", form="average_growth", indicator=MONEY, start_year=2021)
    slower = growing.model_copy(
        update={"value": Decimal(9), "citation": against.citation, "self_reported": True}
    )
    found = held(growth(), [growing, slower, *levels((2020, "100"), (2025, "170"))])
    assert found.caveats == (ip.Caveat.BASELINE_FROM_STATISTICS, ip.Caveat.DISPUTED)


def test_figures_that_are_one_number_never_refute_each_other() -> None:
    what = indicator(direction="down")
    goal = target(indicator=what, comparator="at_most")
    one = outcome("3.0", indicator=what)
    finer = other_text("3.04", code="twin", indicator=what)
    found = held(goal, [one, finer])
    assert (found.verdict, found.caveats) == ("met", (ip.Caveat.DISPUTED,))


def test_a_figure_without_a_vintage_is_no_other_vintage() -> None:
    found = held(target(), [outcome("3.5", vintage="first"), other_text("2.5")])
    assert found.reason is ip.Reason.CONFLICTING_OUTCOMES
    same = held(target(), [outcome("3.5", vintage="first"), other_text("2.5", vintage="first")])
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


def test_where_a_target_starts_and_who_says_so() -> None:
    printed = target(baseline_value="1", baseline_year=2020)
    found = held(printed, [outcome("2", 2023)])
    assert found.baseline is not None
    assert (found.baseline.value, found.baseline.unit) == (1, "percent")
    assert (found.baseline.year, found.baseline.stated_by) == (2020, "plan")
    assert found.inputs == (printed.key, outcome("2", 2023).key)
    assert found.caveats == ()
    # a printed start without its year is none; that it is the same number says nothing
    for goal in (target(), target(baseline_value="1")):
        seen = [outcome("1", 2020), outcome("2", 2023)]
        found = held(goal, seen)
        assert found.baseline is not None
        assert (found.baseline.value, found.baseline.year) == (1, 2020)
        assert found.baseline.stated_by == "statistics"
        assert found.inputs == (goal.key, seen[1].key, seen[0].key)
        assert found.caveats == (ip.Caveat.BASELINE_FROM_STATISTICS,)


def test_a_sum_starts_from_nothing_before_its_first_year() -> None:
    goal = target(indicator=MONEY, form="cumulative", value="100", unit="CNY_100M")
    half = outcome("60", 2023, form="cumulative", indicator=MONEY, start_year=2021)
    found = held(goal, [half])
    assert found.baseline is not None
    assert (found.baseline.value, found.baseline.unit) == (0, "CNY_100M")
    assert (found.baseline.year, found.baseline.stated_by) == (2020, "statistics")
    assert found.pace is not None
    assert (found.pace.observed, found.pace.required, found.pace.unit) == (20, 20, "per_year")
    assert found.caveats == ()
    alone = goal.model_copy(update={"start_year": None})
    late = ip.assess(alone, half)
    assert late.baseline is not None
    assert (late.verdict, late.baseline.year) == ("on_track", 2022)


@pytest.mark.parametrize(
    ("now", "verdict"), [("1.9", "on_track"), ("1.89", "off_track"), ("10", "ahead")]
)
def test_what_is_exactly_at_the_threshold_is_on_track(now: str, verdict: str) -> None:
    """Ten in five years are two a year; 1.9 in the first is 0.95 of that."""
    goal = target(value="10", baseline_value="0", baseline_year=2020)
    found = ip.assess(goal, outcome(now, 2021))
    assert found.verdict == verdict
    strict = ip.assess(goal, outcome("1.9", 2021), threshold="0.951")
    assert strict.verdict == "off_track"
    assert strict.pace is not None
    assert strict.pace.threshold == Decimal("0.951")


@pytest.mark.parametrize(("start", "way"), [("3", "up"), ("3", "down"), ("4", "up"), ("2", "down")])
def test_a_start_at_the_target_or_beyond_it(start: str, way: str) -> None:
    what = indicator(direction=way)
    goal = target(indicator=what, baseline_value=start, baseline_year=2020)
    now = outcome("2" if way == "up" else "4", 2023, indicator=what)
    assert ip.assess(goal, now).reason is ip.Reason.BASE_BEYOND_TARGET


def test_a_verdict_says_all_that_it_was_made_from() -> None:
    """Every field, from records of which each is known."""
    goal = target(comparator="about", value="3.5", baseline_value="2.5", baseline_year=2020)
    seen = outcome("3.2", 2023, vintage="first")
    found = held(goal, [seen])
    assert found.model_dump(exclude={"stated", "outcome", "pace", "baseline"}) == {
        "target": goal.key,
        "subject": {
            "region": "XX", "region_en": "Examplia", "region_zh": "例国",
            "indicator": "thing", "indicator_en": "Thing", "indicator_zh": None,
        },
        "verdict": "on_track",
        "reason": None,
        "gap": Decimal("-0.3"),
        "gap_unit": "percentage_point",
        "progress": Decimal("0.7"),
        "tolerance": Decimal("0.02"),
        "method": "level",
        "version": 1,
        "inputs": (goal.key, seen.key),
        "caveats": (),
        "edition": "test",
    }  # fmt: skip
    assert found.stated.model_dump() == {
        "form": "level", "comparator": "about", "value": Decimal("3.5"), "value_high": None,
        "unit": "percent", "start_year": 2021, "end_year": 2025, "plan": "XX-14-sti",
        "period": "14th", "tier": "B",
    }  # fmt: skip
    assert found.outcome is not None
    assert found.outcome.model_dump() == {
        "value": Decimal("3.2"), "value_high": None, "unit": "percent", "comparator": "reach",
        "start_year": None, "year": 2023, "vintage": "first", "self_reported": False,
        "source": "plan", "tier": "B",
    }  # fmt: skip
    assert found.pace is not None
    assert found.pace.model_dump() == {
        "method": "linear", "version": 1, "score": rounded(Decimal(7) / 6),
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


def test_what_is_computed_is_in_the_unit_of_the_target_and_of_its_span() -> None:
    seen = levels((2020, "100"), (2023, "133.1"), vintage="first")
    found = held(growth(), seen)
    assert found.outcome is not None
    assert found.outcome.model_dump(include={"value", "unit", "vintage", "start_year", "year"}) == {
        "value": 10, "unit": "percent_per_year", "vintage": None, "start_year": 2021, "year": 2023,
    }  # fmt: skip
    assert found.baseline is not None
    assert (found.baseline.unit, found.baseline.stated_by) == ("CNY_100M", "statistics")


def test_the_gap_to_a_range_is_to_its_nearer_end() -> None:
    goal = target(comparator="between", value_high="4")
    gaps = {"2": -1, "3": 0, "3.5": 0, "4": 0, "4.5": Decimal("0.5")}
    assert {value: ip.assess(goal, outcome(value)).gap for value in gaps} == gaps


def test_a_ranking_has_no_pace() -> None:
    what = indicator("rank", "down")
    goal = target(indicator=what, form="rank", baseline_value="9", baseline_year=2020)
    seen = outcome("5", 2023, indicator=what, form="rank")
    assert ip.assess(goal, seen).reason is ip.Reason.RANK_HAS_NO_PACE


def test_hubei_spending_by_hand() -> None:
    """14% a year on 1,005.3 (2020) needs 1,697.9 in 2024; 1,537.8 were spent."""
    plans = ip.load()
    goal = plans.targets.where(region="Hubei", indicator="rd_expenditure", period="14th",
                               source="seed-cbn-2021").one()  # fmt: skip
    found = ip.assess(goal, plans)
    assert (found.verdict, found.method) == ("off_track", "computed")
    assert found.baseline is not None
    assert (found.baseline.value, found.baseline.year) == (Decimal("1005.3"), 2020)
    assert round(found.outcome.value, 2) == Decimal("11.22")  # type: ignore[union-attr]


def test_a_ratio_is_computed_from_what_it_is_a_ratio_of() -> None:
    plans = ip.load()
    goal = plans.targets.where(region="GD", indicator="rd_personnel_per_10k_population").one()
    found = ip.assess(goal, plans)
    staff, people = (
        plans.observations.where(region="GD", indicator=name, year=2023).latest()
        for name in ("rd_personnel_fte", "resident_population_year_end")
    )
    assert (found.verdict, found.method) == ("ahead", "ratio")
    assert found.outcome is not None
    assert round(found.outcome.value, 6) == round(staff.value / people.value, 6)
    assert {staff.key, people.key} <= set(found.inputs)
    assert ip.Caveat.DERIVED in found.caveats


def test_a_ratio_is_of_a_year_also_where_it_starts_from_one() -> None:
    part, whole = (
        ip.Indicator(code=code, name_en=code, unit="CNY_100M", direction="up") for code in "pw"
    )
    ratio = ip.Indicator(code="r", name_en="Ratio", unit="percent", direction="up",
                         numerator=part, denominator=whole)  # fmt: skip
    goal = target(indicator=ratio, value="5")
    seen = [
        outcome(value, year, indicator=what)
        for year, values in ((2020, ("2", "100")), (2023, ("8", "200")))
        for what, value in zip((part, whole), values, strict=True)
    ]
    found = held(goal, seen)
    assert (found.verdict, found.method) == ("on_track", "ratio")
    assert found.outcome is not None
    assert (found.outcome.value, found.outcome.year, found.outcome.start_year) == (4, 2023, None)
    assert found.baseline is not None
    assert (found.baseline.value, found.baseline.year) == (2, 2020)
    assert found.progress is not None
    assert round(found.progress, 6) == Decimal("0.666667")


def test_a_part_is_not_held_against_the_whole() -> None:
    plans = ip.load()
    parts = plans.targets.where(region="Gansu", indicator="science_fiscal_share", period="14th")
    assert {part.breakdown for part in parts} == {
        "provincial_level", "prefecture_level", "county_level",
    }  # fmt: skip
    for part in parts:
        assert ip.assess(part, plans).reason is ip.Reason.DIFFERENT_BASIS


@pytest.mark.parametrize(
    ("of_target", "of_outcome", "verdict"),
    [
        (None, None, ip.Verdict.MET),
        ("rural", None, ip.Verdict.UNDETERMINED),
        (None, "rural", ip.Verdict.UNDETERMINED),
        ("rural", "urban", ip.Verdict.UNDETERMINED),
    ],
)
def test_a_class_is_not_held_against_the_whole_or_another_class(
    of_target: str | None, of_outcome: str | None, verdict: ip.Verdict
) -> None:
    plans = ip.load()
    target = plans.targets.where(
        region="CN-GD", indicator="rd_intensity", plan="CN-GD-14-sti"
    ).one()
    outcome = plans.observations.where(region="CN-GD", indicator="rd_intensity", year=2025)[0]
    classed = target.model_copy(update={"scope": of_target})
    found = ip.assess(classed, outcome.model_copy(update={"scope": of_outcome}))
    assert found.verdict is verdict
    assert (found.reason is ip.Reason.DIFFERENT_BASIS) is (verdict is ip.Verdict.UNDETERMINED)
    if of_target:
        assert ip.assess(classed, plans).reason is ip.Reason.DIFFERENT_BASIS


def test_strict_derives_nothing() -> None:
    plans = ip.load()
    card = ip.scorecard(plans, period="14th", strict=True)
    assert {each.method for each in card} <= {"level", "stated"}
    assert not any(ip.Caveat.DERIVED in each.caveats for each in card)
    assert {each.method for each in ip.scorecard(plans, period="14th")} >= {"computed", "ratio"}
