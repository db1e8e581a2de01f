from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip

QUESTIONS: list[tuple[str, Any, Callable[[ip.Goal], object]]] = [
    ("region", "浙江", lambda g: g.region.code == "CN-ZJ"),
    ("region", ["CN", "Zhejiang"], lambda g: g.region.code in {"CN", "CN-ZJ"}),
    ("plan", "CN-ZJ-14-sti", lambda g: g.plan and g.plan.code == "CN-ZJ-14-sti"),
    ("kind", "programme", lambda g: g.kind is ip.GoalKind.PROGRAMME),
    ("kind", [ip.GoalKind.OUTCOME, "priority"], lambda g: g.kind in {"outcome", "priority"}),
    ("theme", "infrastructure", lambda g: g.theme == "infrastructure"),
    ("theme", {"overall", "spatial"}, lambda g: g.theme in {"overall", "spatial"}),
]


@pytest.mark.parametrize(
    ("keyword", "asked", "fits"), QUESTIONS, ids=[f"{q[0]}-{at}" for at, q in enumerate(QUESTIONS)]
)
def test_every_keyword(
    plans: ip.Dataset, keyword: str, asked: Any, fits: Callable[[ip.Goal], object]
) -> None:
    found = plans.goals.where(**{keyword: asked})
    assert type(found) is ip.GoalTable
    assert list(found) == [each for each in plans.goals if fits(each)]
    assert 0 < len(found) < len(plans.goals)


def test_keywords_are_all_tested() -> None:
    assert {keyword for keyword, *_ in QUESTIONS} == set(ip.GoalTable.where.__kwdefaults__)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"region": "Zhejang"}, "no region 'Zhejang'; did you mean Zhejiang"),
        ({"plan": "CN-ZJ-14-st"}, "no plan 'CN-ZJ-14-st'; did you mean CN-ZJ-14-sti"),
        ({"kind": "program"}, "no goal kind 'program'; did you mean programme"),
        ({"theme": "infrastructures"}, "no theme 'infrastructures'; did you mean infrastructure"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_nothing_bears(plans: ip.Dataset, question: dict[str, str], said: str) -> None:
    with pytest.raises(ip.MissingError) as caught:
        plans.goals.where(**question)
    assert str(caught.value).startswith(said)


QUESTION = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["CN", "粤", "Zhejiang", "CN-EAST"]),
        "plan": st.sampled_from(["CN-GD-14-sti", "CN-ZJ-14-sti"]),
        "kind": st.lists(st.sampled_from(list(ip.GoalKind)), max_size=3),
        "theme": st.sampled_from(["overall", "spatial", "infrastructure", "governance"]),
    },
)


@given(first=QUESTION, second=QUESTION)
def test_questions_commute(
    plans: ip.Dataset, first: dict[str, Any], second: dict[str, Any]
) -> None:
    both = plans.goals.where(**first).where(**second)
    assert plans.goals.where(**second).where(**first) == both
    assert both.where(**second) == both
