"""Verdicts: monotone in the outcome, the same every time, and always explained."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import Comparator, Direction, Form, Verdict
from innovation_plans import testing as drawn

QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
SLOW = settings(
    max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
PLANS = drawn.datasets(min_targets=1, max_targets=3, max_observations=6, max_others=2)
WORST_FIRST = [Verdict.MISSED, Verdict.OFF_TRACK, Verdict.ON_TRACK, Verdict.AHEAD, Verdict.MET]
LOWER_BOUNDS = {Comparator.AT_LEAST, Comparator.ABOVE}
UPPER_BOUNDS = {Comparator.AT_MOST, Comparator.BELOW}
SMALL = drawn.values(-(10**6), 10**6)
# Half-widths of printed figures: that of the last digit, or a given one.
WIDTHS = st.none() | st.sampled_from([Decimal(text) for text in ("0.001", "0.5", "500", "1e8")])


def badness(target: ip.Target, value: Decimal) -> Decimal:
    """Return how far a value is from the target: lower is better."""
    if target.form is Form.RANK:
        return value
    if target.comparator in LOWER_BOUNDS:
        return -value
    if target.comparator in UPPER_BOUNDS:
        return value
    match target.indicator.direction:
        case Direction.UP:
            return -value
        case Direction.DOWN:
            return value
    high = target.value if target.value_high is None else target.value_high
    return max(target.value - value, value - high, Decimal(0))


@st.composite
def targets(draw: st.DrawFn, **fields: Any) -> ip.Target:
    """Targets without breakdown, in every form, with every comparator."""
    facts: dict[str, Any] = {
        "form": draw(st.sampled_from(Form)),
        "comparator": st.sampled_from(Comparator),
        "breakdown": None,
        "scope": None,
    }
    return draw(drawn.records(ip.Target, **(facts | fields)))


def of_form(target: ip.Target, value: Decimal) -> Decimal:
    """Return a value that an outcome of the target can have: a rank is a whole number from 1."""
    if target.form is not Form.RANK:
        return value
    return max(Decimal(1), value.copy_abs().to_integral_value(ROUND_DOWN))


def outcome(target: ip.Target, value: Decimal, year: int, **fields: Any) -> ip.Observation:
    facts = {
        "region": target.region,
        "indicator": target.indicator,
        "scope": None,
        "form": target.form,
        "unit": target.unit,
        "comparator": "reach",
        "start_year": target.start_year,
        "citation": target.citation,
    }
    return ip.Observation(value=value, year=year, **(facts | fields))


@settings(QUICK, max_examples=150)
@given(
    target=targets(),
    values=st.lists(drawn.values(), min_size=2, max_size=2),
    precision=WIDTHS,
)
def test_a_better_outcome_never_worsens_the_verdict(
    target: ip.Target, values: list[Decimal], precision: Decimal | None
) -> None:
    values = [of_form(target, value) for value in values]
    better, worse = sorted(values, key=lambda value: badness(target, value))
    assessment = [
        ip.assess(target, outcome(target, each, target.end_year, precision=precision))
        for each in (worse, better)
    ]
    known = [each.verdict for each in assessment if each.verdict is not Verdict.UNDETERMINED]
    # A sum whose first year is not known may be more than the outcome of its last years.
    is_open = target.form is Form.CUMULATIVE and target.start_year is None
    assert is_open or len(known) == 2
    assert {*known} <= {Verdict.MET, Verdict.MISSED}
    ranks = [WORST_FIRST.index(verdict) for verdict in known]
    assert ranks == sorted(ranks)


@QUICK
@given(
    target=targets(
        form="level", end_year=2025, start_year=2021, baseline_year=None, baseline_value=None
    ).filter(lambda target: target.indicator.direction is not Direction.NONE),
    start=SMALL,
    values=st.lists(SMALL, min_size=2, max_size=2),
    year=st.integers(2021, 2024),
    pace=st.sampled_from(["linear", "compound"]),
    precision=WIDTHS,
)
def test_a_better_outcome_never_worsens_the_verdict_before_the_target_year(
    *,
    target: ip.Target,
    start: Decimal,
    values: list[Decimal],
    year: int,
    pace: str,
    precision: Decimal | None,
) -> None:
    better, worse = sorted(values, key=lambda value: badness(target, value))
    result = []
    for value in (worse, better):
        seen = [outcome(target, start, 2020, start_year=None)]
        seen.append(outcome(target, value, year, start_year=None, precision=precision))
        plans = drawn.empty().extend(targets=[target], observations=seen)
        result.append(ip.assess(target, plans, pace=pace))
    known = [each for each in result if each.verdict is not Verdict.UNDETERMINED]
    ranks = [WORST_FIRST.index(each.verdict) for each in known]
    assert ranks == sorted(ranks)
    assert {each.verdict for each in known} <= set(WORST_FIRST[1:4])


@QUICK
@given(
    target=targets(
        form=st.sampled_from([Form.AVERAGE_GROWTH, Form.MULTIPLE, Form.INCREMENT]),
        indicator=drawn.records(
            ip.Indicator,
            unit="CNY_100M",
            growth_prices=None,
            direction=st.sampled_from(["up", "down"]),
        ),
        comparator=st.sampled_from([each for each in Comparator if each is not Comparator.BETWEEN]),
        value=drawn.values(-99, 10**6),
        end_year=2025,
        start_year=2021,
        baseline_year=None,
        baseline_value=None,
    ),
    levels=st.tuples(*[drawn.values("0.01", 10**6)] * 3),
    precision=WIDTHS,
)
def test_better_levels_never_worsen_the_verdict_on_growth(
    target: ip.Target, levels: tuple[Decimal, Decimal, Decimal], precision: Decimal | None
) -> None:
    start, *ends = levels
    better, worse = sorted(ends, key=lambda value: badness(target, value))
    result = []
    for value in (worse, better):
        facts = {
            "form": "level", "unit": "CNY_100M", "start_year": None, "precision": precision,
        }  # fmt: skip
        seen = [outcome(target, start, 2020, **facts), outcome(target, value, 2025, **facts)]
        plans = drawn.empty().extend(targets=[target], observations=seen)
        result.append(ip.assess(target, plans))
    assert [each.method for each in result] == ["computed", "computed"]
    ranks = [WORST_FIRST.index(each.verdict) for each in result]
    assert ranks == sorted(ranks)


MONEY = drawn.records(ip.Indicator, unit="CNY_100M", growth_prices=None)


@QUICK
@given(
    target=targets(
        indicator=MONEY, form="level", unit="CNY_100M", start_year=2021, end_year=2025,
        baseline_value=SMALL, baseline_year=2020, baseline_unit="CNY_100M", value=SMALL,
    ),
    value=st.decimals(-(10**6), 10**6, places=3),
    year=st.sampled_from([2023, 2025]),
    precision=WIDTHS,
)  # fmt: skip
def test_the_unit_of_an_outcome_changes_no_verdict_and_no_rounding(
    target: ip.Target, value: Decimal, year: int, precision: Decimal | None
) -> None:
    seen = outcome(target, value, year, start_year=None, precision=precision)
    high = {} if seen.value_high is None else {"value_high": seen.value_high * 10_000}
    other = {"value": value * 10_000, "unit": "CNY_10K", "precision": seen.half_width * 10_000}
    one = ip.assess(target, seen)
    two = ip.assess(target, outcome(target, year=year, start_year=None, **other, **high))
    assert (two.verdict, two.reason, two.caveats) == (one.verdict, one.reason, one.caveats)
    assert (two.gap, two.pace) == (one.gap, one.pace)


@QUICK
@given(target=targets(), value=drawn.values(), widths=st.tuples(WIDTHS, WIDTHS))
def test_a_coarser_figure_only_gains_the_caveat(
    target: ip.Target, value: Decimal, widths: tuple[Decimal | None, Decimal | None]
) -> None:
    seen = [
        outcome(target, of_form(target, value), target.end_year, precision=width)
        for width in widths
    ]
    fine, coarse = sorted(seen, key=lambda each: each.half_width)
    rounding = {"within_rounding", "start_rounding", "target_rounding"}
    is_open = [not rounding.isdisjoint(ip.assess(target, each).caveats) for each in (fine, coarse)]
    assert is_open[1] or not is_open[0]


@SLOW
@given(PLANS)
def test_verdicts_are_the_same_every_time_and_are_explained(plans: ip.Dataset) -> None:
    for target in plans.targets:
        assessment = ip.assess(target, plans)
        assert ip.assess(target, plans) == assessment
        assert (assessment.reason is None) is (assessment.verdict is not Verdict.UNDETERMINED)
        assert assessment.inputs[0] == target.key
        for lang in ("en", "zh"):
            sentence = assessment.explain(lang)
            assert assessment.subject.names(lang)[0] in sentence
            assert assessment.stated.text(lang) in sentence
            assert sentence.endswith("." if lang == "en" else "。")


@QUICK
@given(target=targets(breakdown=None), data=st.data())
def test_every_outcome_gives_an_explained_verdict(target: ip.Target, data: st.DataObject) -> None:
    """A single observation of any form, comparator, year and size."""
    seen = data.draw(
        drawn.records(ip.Observation, region=target.region, indicator=target.indicator)
    )
    assessment = ip.assess(target, seen)
    assert assessment.explain("zh")
    assert assessment.explain("en")
    assert assessment.gap_text() or assessment.gap is None


@SLOW
@given(PLANS)
def test_a_scorecard_has_every_target_once_and_its_counts_add_up(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans)
    assert sorted(each.target for each in card) == sorted(each.key for each in plans.targets)
    assert sum(card.counts().values()) == len(card) == len(plans.targets)
    for what in ("region", "indicator", "period", "verdict"):
        groups = card.group_by(what)
        assert sum(len(each) for each in groups.values()) == len(card)
        assert sorted(each.target for each in card.sort(what)) == sorted(
            each.target for each in card
        )
    for lang in ("en", "zh"):
        assert card.text(lang).count("\n") >= len(card)


@SLOW
@given(PLANS)
def test_coverage_counts_add_up(plans: ip.Dataset) -> None:
    coverage = ip.coverage(plans)
    assert sum(coverage.counts().values()) == 2 * len(coverage)
    stated = {
        (each.region, each.indicator, each.period) for each in coverage if each.target == "stated"
    }
    own = {(each.region.code, each.indicator.code, each.period) for each in plans.targets}
    assert stated <= own


@SLOW
@given(data=st.data(), indicator=drawn.records(ip.Indicator), form=st.sampled_from(Form))
def test_ranks_do_not_depend_on_the_order_of_the_records(
    data: st.DataObject, indicator: ip.Indicator, form: Form
) -> None:
    given_ = [
        data.draw(
            drawn.records(
                ip.Target,
                plan=drawn.records(
                    ip.Plan,
                    code=f"P-{number}",
                    region=drawn.records(ip.Region, code=f"R-{number}", parent=None),
                ),
                indicator=indicator,
                form=form,
                end_year=2025,
                start_year=2021,
                breakdown=None,
                scope=None,
            )
        )
        for number in range(data.draw(st.integers(2, 4)))
    ]
    comparison = ip.compare(given_)
    assert len(comparison) == len(given_)
    assert ip.compare(data.draw(st.permutations(given_))) == comparison
    for row in comparison:
        assert (row.rank is None) is (row.reason is not None)
        assert row.rank is None or 1 <= row.rank <= (row.rank_last or 0) <= len(given_)
