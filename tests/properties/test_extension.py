"""Extending: added records are found, the others stay, and the order does not matter."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import testing as drawn
from innovation_plans.records import TABLES

SLOW = settings(
    max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
PLANS = drawn.datasets(
    min_targets=2,
    min_observations=2,
    max_observations=6,
    max_others=2,
    units=drawn.unit_definitions(),
)


def contents(plans: ip.Dataset) -> dict[str, dict[str, Any]]:
    """Every record by table and key."""
    return {name: {each.key: each for each in getattr(plans, name)} for name in TABLES}


def halves(plans: ip.Dataset) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """The records in two parts, with the records that both refer to."""
    uncoded = ("targets", "observations", "goals", "corroborations", "vintages")
    every = {name: list(getattr(plans, name)) for name in uncoded}
    return (
        {name: result[::2] for name, result in every.items()},
        {name: result[1::2] for name, result in every.items()},
    )


@SLOW
@given(PLANS)
def test_added_records_are_found(plans: ip.Dataset) -> None:
    given_ = {name: list(result.values()) for name, result in contents(plans).items()}
    ours = drawn.empty().extend(**given_)
    assert contents(ours) == contents(plans)
    for target in plans.targets:
        result = ours.targets.where(plan=target.plan.code, unit=target.unit).by_key(target.key)
        assert result == target
        assert result.quantity == target.quantity


@SLOW
@given(PLANS)
def test_extending_twice_is_extending_once(plans: ip.Dataset) -> None:
    given_ = {name: list(result.values()) for name, result in contents(plans).items()}
    for policy in ("raise", "keep", "replace"):
        again = plans.extend(**given_, on_conflict=policy)
        assert contents(again) == contents(plans)
        last = again.extensions[-1]
        assert not any((*last.added.values(), *last.replaced.values(), *last.kept.values()))


@SLOW
@given(PLANS)
def test_the_order_of_two_extensions_does_not_matter(plans: ip.Dataset) -> None:
    one, other = halves(plans)
    there = drawn.empty().extend(**one).extend(**other)
    back = drawn.empty().extend(**other).extend(**one)
    assert contents(there) == contents(back)
    for each in there.targets:
        assert ip.assess(each, there).verdict == ip.assess(each, back).verdict


@SLOW
@given(PLANS, st.data())
def test_nothing_in_the_base_changes(plans: ip.Dataset, data: st.DataObject) -> None:
    before, units = contents(plans), plans.units.definitions
    edition, card = plans.edition, ip.scorecard(plans)
    changed = [each.model_copy(update={"notes": "ours"}) for each in plans.targets]
    text = data.draw(
        st.sampled_from(["", "tram = [trams]", "tram = [trams]\ntram_1K = 1000 * tram"])
    )
    ours = plans.extend(targets=changed, units=text, on_conflict="replace")
    assert all(each.notes == "ours" for each in ours.targets)
    assert contents(plans) == before
    assert (plans.units.definitions, plans.edition) == (units, edition)
    assert ip.scorecard(plans) == card


@SLOW
@given(PLANS)
def test_a_clash_raises_an_error_or_keeps_or_replaces(plans: ip.Dataset) -> None:
    ours = plans.targets[0]
    theirs = ours.model_copy(update={"notes": "theirs" if ours.notes != "theirs" else "ours"})
    with pytest.raises(ip.ConflictError, match="is taken"):
        plans.extend(targets=[theirs])
    assert plans.extend(targets=[theirs], on_conflict="keep").targets.by_key(ours.key) == ours
    replaced = plans.extend(targets=[theirs], on_conflict="replace")
    assert replaced.targets.by_key(ours.key) == theirs
    assert replaced.extensions[-1].replaced == {"targets": (ours.key,)}


@SLOW
@given(PLANS)
def test_a_replaced_source_is_the_one_that_records_cite(plans: ip.Dataset) -> None:
    source = plans.targets[0].citation.source
    renamed = source.model_copy(update={"title": f"{source.title}, again"})
    ours = plans.extend(sources=[renamed], on_conflict="replace")
    cited = {each.citation.source for each in (*ours.targets, *ours.observations, *ours.goals)}
    assert source not in cited
    assert ours.sources.by_key(source.key) == renamed
    assert renamed in cited
