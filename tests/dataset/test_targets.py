from __future__ import annotations

from collections.abc import Callable
from inspect import unwrap
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip

KEYWORDS: list[tuple[str, Any, Callable[[ip.Target], object]]] = [
    ("region", "CN-GD", lambda t: t.region.code == "CN-GD"),
    ("region", "粤", lambda t: t.region.code == "CN-GD"),
    ("region", ["Guangdong", "江苏"], lambda t: t.region.code in {"CN-GD", "CN-JS"}),
    (
        "within",
        "CN-GD",
        lambda t: "CN-GD" in {t.region.code, t.region.parent and t.region.parent.code},
    ),
    ("region", {"CN"}, lambda t: t.region.code == "CN"),
    ("indicator", "rd_intensity", lambda t: t.indicator.code == "rd_intensity"),
    (
        "indicator",
        ("rd_intensity", "gdp"),
        lambda t: t.indicator.code in {"rd_intensity", "gdp"},
    ),
    ("period", "14th", lambda t: t.period == "14th"),
    ("period", ["13th", "15th"], lambda t: t.period in {"13th", "15th"}),
    ("plan", "CN-GD-14-sti", lambda t: t.plan.code == "CN-GD-14-sti"),
    ("plan_kind", "sti", lambda t: t.plan.kind is ip.PlanKind.STI),
    (
        "plan_kind",
        [ip.PlanKind.GWR, ip.PlanKind.OUTLINE],
        lambda t: t.plan.kind in {"gwr", "outline"},
    ),
    ("form", "average_growth", lambda t: t.form is ip.Form.AVERAGE_GROWTH),
    ("form", frozenset({ip.Form.LEVEL}), lambda t: t.form == "level"),
    ("comparator", ip.Comparator.ABOUT, lambda t: t.comparator == "about"),
    ("comparator", ["between"], lambda t: t.value_high is not None),
    ("end_year", 2025, lambda t: t.end_year == 2025),
    ("end_year", range(2020, 2025), lambda t: 2020 <= t.end_year < 2025),
    ("unit", "percent", lambda t: t.unit == "percent"),
    ("unit", ["percent", "patent"], lambda t: t.unit in {"percent", "patent"}),
    ("force", "expected", lambda t: t.force is ip.Force.EXPECTED),
    ("breakdown", "provincial_level", lambda t: t.breakdown == "provincial_level"),
    ("scope", "provincial_and_above", lambda t: t.scope == "provincial_and_above"),
    ("tier", "A", lambda t: t.citation.source.tier is ip.Tier.A),
    ("tier", ["A", ip.Tier.B], lambda t: t.citation.source.tier in {"A", "B"}),
    ("source", "seed-cbn-2021", lambda t: t.citation.source.code == "seed-cbn-2021"),
]


@pytest.mark.parametrize(
    ("keyword", "value", "fits"), KEYWORDS, ids=[f"{q[0]}-{at}" for at, q in enumerate(KEYWORDS)]
)
def test_every_keyword(
    plans: ip.Dataset, keyword: str, value: Any, fits: Callable[[ip.Target], object]
) -> None:
    targets = plans.targets.where(**{keyword: value})
    assert type(targets) is ip.TargetTable
    assert list(targets) == [each for each in plans.targets if fits(each)]
    assert 0 < len(targets) < len(plans.targets)


def test_keywords_are_all_tested() -> None:
    keywords = {keyword for keyword, *_ in KEYWORDS}
    assert keywords == set(unwrap(ip.TargetTable.where).__kwdefaults__)


def test_no_filter_keeps_all_records(plans: ip.Dataset) -> None:
    assert plans.targets.where() == plans.targets
    assert plans.targets.where(region=None, force=None) == plans.targets


@pytest.mark.parametrize("nothing", [[], (), set()])
def test_an_empty_collection_admits_nothing(plans: ip.Dataset, nothing: Any) -> None:
    assert len(plans.targets.where(region=nothing)) == 0
    assert len(plans.targets.where(end_year=nothing)) == 0


@pytest.mark.parametrize("name", ["广东", "广东省", "粤", "GD", "440000", "guangdong", "CN-GD"])
def test_all_names_of_a_region_give_the_same_rows(plans: ip.Dataset, name: str) -> None:
    assert plans.targets.where(region=name) == plans.targets.where(region="CN-GD")


def test_the_example_of_the_readme(plans: ip.Dataset) -> None:
    target = plans.targets.where(
        region="广东", indicator="rd_intensity", end_year=2025, period="14th"
    ).one()
    assert (str(target.value), target.unit, target.comparator) == ("3.5", "percent", "about")
    assert "as stated" in str(target.citation)


def test_a_known_name_without_targets_is_an_empty_table(plans: ip.Dataset) -> None:
    assert len(plans.targets.where(region="320200")) == 0


def test_a_group_without_targets_of_its_own_names_within(plans: ip.Dataset) -> None:
    with pytest.raises(ip.MissingError, match="no targets of CN-EAST itself; within='CN-EAST'"):
        plans.targets.where(region="CN-EAST")
    assert len(plans.observations.where(region="CN-EAST")) > 0


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"region": "Guandong"}, "no region 'Guandong'; did you mean Guangdong"),
        ({"region": ["CN-GD", "Guandong"]}, "no region 'Guandong'; did you mean Guangdong"),
        ({"indicator": "rd_intensty"}, "no indicator 'rd_intensty'; did you mean rd_intensity"),
        ({"period": "14h"}, "no period '14h'; did you mean 14th"),
        ({"plan": "CN-GD-14-stu"}, "no plan 'CN-GD-14-stu'; did you mean CN-GD-14-sti"),
        ({"plan_kind": "stii"}, "no plan kind 'stii'; did you mean sti"),
        ({"form": "levels"}, "no form 'levels'; did you mean level"),
        ({"comparator": "atleast"}, "no comparator 'atleast'; did you mean at_least"),
        ({"unit": "percents"}, "no unit 'percents'; did you mean percent"),
        ({"force": "binding "}, "no force 'binding '; did you mean binding"),
        ({"breakdown": "province_level"}, "no breakdown 'province_level'; did you mean "),
        ({"tier": "E"}, "no tier 'E'"),
        ({"source": "seed-cbn-2012"}, "no source 'seed-cbn-2012'; did you mean seed-cbn-202"),
        ({"region": "x" * 300}, "no region 'xxxxx"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_unknown_names_raise_an_error(
    plans: ip.Dataset, filters: dict[str, Any], message: str
) -> None:
    with pytest.raises(ip.MissingError) as caught:
        plans.targets.where(**filters)
    assert str(caught.value).startswith(message)


def test_a_misspelled_keyword(plans: ip.Dataset) -> None:
    with pytest.raises(TypeError, match="regions"):
        plans.targets.where(regions="CN-GD")
    with pytest.raises(TypeError):
        plans.targets.where("CN-GD")


# ------------------------------------------------------------------ properties


def values(known: list[Any]) -> st.SearchStrategy[Any]:
    """One of them, or some."""
    return st.one_of(st.sampled_from(known), st.lists(st.sampled_from(known), max_size=3))


ANSWERS: dict[str, list[Any]] = {
    "region": ["CN-GD", "粤", "CN", "Jiangsu", "西宁", "320200"],
    "within": ["CN-EAST", "CN-GD", "CN"],
    "indicator": ["rd_intensity", "gdp", "rd_personnel_per_10k_population", "rd_expenditure"],
    "period": ["13th", "14th", "15th", "annual-2025"],
    "plan_kind": list(ip.PlanKind),
    "form": list(ip.Form),
    "comparator": list(ip.Comparator),
    "end_year": [2020, 2024, 2025, 2030, 1999],
    "unit": ["percent", "patent", "CNY_100M", "person"],
    "force": ["expected", "binding"],
    "breakdown": ["provincial_level", "county_level"],
    "tier": list("ABCD"),
    "source": ["seed-cbn-2021", "seed-xining-2022"],
}
FILTERS = st.fixed_dictionaries(
    {}, optional={keyword: values(known) for keyword, known in ANSWERS.items()}
)


@given(filters=FILTERS)
def test_the_same_filter_twice_changes_nothing(plans: ip.Dataset, filters: dict[str, Any]) -> None:
    once = plans.targets.where(**filters)
    assert once.where(**filters) == once
    assert set(once) <= set(plans.targets)


@given(first=FILTERS, second=FILTERS)
def test_filters_commute(plans: ip.Dataset, first: dict[str, Any], second: dict[str, Any]) -> None:
    both = plans.targets.where(**first).where(**second)
    assert plans.targets.where(**second).where(**first) == both
    if not first.keys() & second.keys():
        assert plans.targets.where(**first, **second) == both


# ------------------------------------------------------------------ at


def test_at_returns_the_record_of_where(plans: ip.Dataset) -> None:
    unique = several = 0
    for target in plans.targets:
        place = target.region.code, target.indicator.code, target.end_year
        there = plans.targets.where(region=place[0], indicator=place[1], end_year=place[2])
        if len(there) == 1:
            assert plans.targets.at(*place) is target
            unique += 1
        else:
            with pytest.raises(ip.AmbiguousError):
                plans.targets.at(*place)
            several += 1
    assert unique
    assert several


def test_at_accepts_names_and_names_what_is_missing(plans: ip.Dataset) -> None:
    target = plans.targets.at("CN-GD", "rd_intensity", 2025)
    assert plans.targets.at("广东", "研发强度", 2025) is target
    assert plans.targets.where(region="GD").at("CN-GD", "rd_intensity", 2025) is target
    with pytest.raises(ip.MissingError, match="there are targets by 2025, 2027, 2030"):
        plans.targets.at("CN-SC", "rd_intensity", 2024)
    with pytest.raises(ip.MissingError, match="region 'CN-JX9'"):
        plans.targets.at("CN-JX9", "rd_intensity", 2025)


def test_the_later_of_two_sources_is_selected(world: Any) -> None:
    plans = ip.load(world(), tiers="ABCD")
    first = plans.targets.where(region="XX-AB", indicator="widget_share").one()
    later = {"code": "later", "title": "A later weblog", "tier": "D", "date": "2024"}
    row = first.model_dump(mode="json") | {"value": "4", "citation": {"source": "later"}}
    ours = plans.extend(sources=[later], targets=[row])
    pair = ours.targets.where(region="XX-AB", indicator="widget_share")
    assert len(pair) == 2
    assert pair.select("latest").kept.one().value == 4
    assert pair.select("strongest").kept.one().value == first.value


def test_one_of_two_goals_that_agree_is_selected(every_tier: ip.Dataset) -> None:
    pair = every_tier.targets.where(region="Nanjing", indicator="rd_intensity", end_year=2025)
    assert len(pair) == 2
    assert pair.conflicts() == ()
    kept, passed_over = pair.select()
    assert (kept.one().citation.source.tier, len(passed_over)) == ("B", 1)


@pytest.mark.parametrize("policy", ["value", ["region", "value"], None])
def test_select_is_about_conflicts(plans: ip.Dataset, policy: Any) -> None:
    with pytest.raises(ip.ArgumentError, match=r"strongest or latest; to_pandas\(\) has columns"):
        plans.targets.select(policy)


@pytest.mark.parametrize("dash", "-‐‑‒–—―−－～~至")
def test_the_years_of_a_period_have_any_dash(plans: ip.Dataset, dash: str) -> None:
    of_period = plans.targets.where(region="GD", period="14th")
    assert plans.targets.where(region="GD", period=f"2021{dash}2025") == of_period


@pytest.mark.parametrize(
    "name",
    ["第十四个五年规划", "第十四个五年规划纲要", "十四五规划纲要", "14FYP", "14th FYP", "FYP14", "FYP 14",
     "14th Five-Year Plan", "14 five-year plan"],
)  # fmt: skip
def test_a_period_is_found_by_what_people_call_it(plans: ip.Dataset, name: str) -> None:
    assert plans.targets.where(period=name) == plans.targets.where(period="14th")
