"""Tables: filters are idempotent, commute with one another and with slicing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import testing as drawn

SLOW = settings(
    max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
PLANS = drawn.datasets(min_targets=2, min_observations=2, max_observations=6, max_others=2)
SLICES = st.slices(6)
TARGETS = {
    "region": lambda each: each.region.code,
    "indicator": lambda each: each.indicator.code,
    "period": lambda each: each.period,
    "plan": lambda each: each.plan.code,
    "plan_kind": lambda each: each.plan.kind,
    "form": lambda each: each.form,
    "comparator": lambda each: each.comparator,
    "end_year": lambda each: each.end_year,
    "unit": lambda each: each.unit,
    "force": lambda each: each.force,
    "breakdown": lambda each: each.breakdown,
    "tier": lambda each: each.citation.source.tier,
    "source": lambda each: each.citation.source.code,
}
OBSERVATIONS = {
    "region": lambda each: each.region.code,
    "indicator": lambda each: each.indicator.code,
    "form": lambda each: each.form,
    "year": lambda each: each.year,
    "vintage": lambda each: each.vintage,
    "status": lambda each: each.status,
    "unit": lambda each: each.unit,
    "self_reported": lambda each: each.self_reported,
    "tier": lambda each: each.citation.source.tier,
    "source": lambda each: each.citation.source.code,
}


def filters(data: st.DataObject, table: Any, getters: dict[str, Any]) -> dict[str, Any]:
    """One to three filters with values of some record of the table."""
    names = data.draw(
        st.lists(st.sampled_from(sorted(getters)), min_size=1, max_size=3, unique=True)
    )
    model = data.draw(st.sampled_from(list(table)))
    asked = {name: getters[name](model) for name in names}
    return {name: each for name, each in asked.items() if each is not None}


@pytest.mark.parametrize(
    ("name", "getters"), [("targets", TARGETS), ("observations", OBSERVATIONS)]
)
@SLOW
@given(plans=PLANS, data=st.data())
def test_where(name: str, getters: dict[str, Any], plans: ip.Dataset, data: st.DataObject) -> None:
    table = getattr(plans, name)
    asked, part = filters(data, table, getters), data.draw(SLICES)
    result = table.where(**asked)
    assert type(result) is type(table)
    assert list(result) == [
        each for each in table if all(getters[key](each) == value for key, value in asked.items())
    ]
    assert result.where(**asked) == result
    assert list(table[part].where(**asked)) == [each for each in table[part] if each in result]
    one_by_one = table
    for key in reversed(asked):
        one_by_one = one_by_one.where(**{key: asked[key]})
    assert one_by_one == result


@SLOW
@given(plans=PLANS)
def test_records_are_found_by_their_keys(plans: ip.Dataset) -> None:
    for table in (plans.targets, plans.observations, plans.sources, plans.plans, plans.goals):
        for each in table:
            assert table.by_key(each.key) is each
    for table in (plans.regions, plans.indicators):
        for each in table:
            assert table.find(each.code) is each


@SLOW
@given(plans=PLANS)
def test_select_keeps_one_target_of_each_conflict(plans: ip.Dataset) -> None:
    kept, passed_over = plans.targets.select()
    assert not kept.conflicts()
    assert sorted(each.key for each in (*kept, *passed_over)) == sorted(
        each.key for each in plans.targets
    )
    for target in plans.targets:
        rivals = plans.targets.rivals(target)
        assert all(target in plans.targets.rivals(each) for each in rivals)


@SLOW
@given(plans=PLANS, year=drawn.years(2000, 2040))
def test_figures_known_on_a_day_are_known_or_replaced_later(plans: ip.Dataset, year: int) -> None:
    early = plans.observations.as_of(f"{year}-06-30")
    late = plans.observations.as_of(f"{year + 5}-06-30")
    spans = {(each.series_key, each.span) for each in late}
    assert {(each.series_key, each.span) for each in early} <= spans
    assert early.as_of(f"{year}-06-30") == early
