"""The strategies: what they draw is valid, varied and shrinks; hypothesis finds them by type."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from pydantic import Field

import innovation_plans as ip
from innovation_plans import _hypothesis
from innovation_plans import strategies as ours
from innovation_plans.records import TABLES, Claim, Record
from innovation_plans.units.decimals import exact

KINDS = (*TABLES.values(), ip.Citation)
# Only looks for an example; shrinking it would take longer than finding it.
UNSHRUNK = settings(max_examples=2000, phases=[Phase.generate])
SLOW = settings(
    max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


SHRUNK = settings(max_examples=500, phases=[Phase.generate, Phase.shrink])


def first(strategy: st.SearchStrategy[Any], holds: Callable[[Any], Any] = lambda _: True) -> Any:
    """The plainest example."""
    return find(strategy, holds, settings=SHRUNK)


class Scored(ip.Target):
    slug: Annotated[str, Field(pattern="^[a-z]{2,4}$")]
    label: Annotated[str, Field(max_length=3)] = "x"
    score: Annotated[int, Field(ge=0, le=10)]
    weight: float | None = None
    share: Annotated[Decimal, Field(gt=0, lt=1)] = Decimal("0.5")
    host: ip.Region | None = None
    words: tuple[str, ...] = ()


class Measured(ip.Observation):
    margin: Decimal


class City(ip.Region):
    mayor: str


class Rated(ip.Indicator):
    rating: ip.Tier


# ------------------------------------------------------------------ records


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)
@settings(max_examples=30)
@given(data=st.data())
def test_every_record_is_valid(kind: type[Record], data: st.DataObject) -> None:
    record = data.draw(ours.records(kind))
    assert type(record) is kind
    facts = {name: getattr(record, name) for name in kind.model_fields}
    assert kind.model_validate(facts) == record


PLAINEST = {
    ip.Region: "0",
    ip.Indicator: "a",
    ip.Source: "0",
    ip.Plan: "0",
    ip.Erratum: "0",
    ip.Vintage: "a/a/*",
    ip.Target: "0/a/level/2025@0",
    ip.Corroboration: "0/a/level/2025@0",
    ip.Observation: "0/a/level/undated@0",
    ip.Goal: "0/outcome/a/None@0",
    ip.Citation: "0",
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)
def test_shrinking_leads_to_the_plainest_record(kind: type[Record]) -> None:
    found = first(ours.records(kind))
    assert found.key == PLAINEST[kind]
    empty = [name for name in kind.model_fields if getattr(found, name) in (None, ())]
    optional = [name for name, field in kind.model_fields.items() if field.get_default() is None]
    assert set(empty) >= {name for name in optional if name != "title_zh"}


@pytest.mark.heavy
def test_shrinking_keeps_what_matters_and_nothing_else() -> None:
    found = first(
        ours.targets(),
        lambda target: target.baseline_value is not None and target.value < target.baseline_value,
    )
    assert (found.value, found.baseline_value, found.form) == (0, 1, "level")
    assert (found.erratum, found.breakdown, found.notes, found.force) == (None,) * 4


CODED: list[tuple[str, Callable[[], st.SearchStrategy[Any]], str, type[StrEnum]]] = [
    ("regions", ours.regions, "kind", ip.RegionKind),
    ("indicators", ours.indicators, "direction", ip.Direction),
    ("indicators", ours.indicators, "growth_prices", ip.Prices),
    ("sources", ours.sources, "tier", ip.Tier),
    ("plans", ours.plans, "kind", ip.PlanKind),
    ("targets", ours.targets, "form", ip.Form),
    ("targets", ours.targets, "comparator", ip.Comparator),
    ("targets", ours.targets, "force", ip.Force),
    ("observations", ours.observations, "form", ip.Form),
    ("observations", ours.observations, "comparator", ip.Comparator),
    ("observations", ours.observations, "status", ip.Status),
    ("corroborations", ours.corroborations, "comparator", ip.Comparator),
    ("goals", ours.goals, "kind", ip.GoalKind),
]
MEMBERS = [
    pytest.param(strategy, field, member, id=f"{name}-{field}-{member}")
    for name, strategy, field, codes in CODED
    for member in codes
]


@pytest.mark.parametrize(("strategy", "field", "member"), MEMBERS)
@pytest.mark.heavy
def test_every_member_of_every_code_list_is_drawn(
    strategy: Callable[[], st.SearchStrategy[Any]], field: str, member: StrEnum
) -> None:
    found = find(strategy(), lambda record: getattr(record, field) is member, settings=UNSHRUNK)
    assert getattr(found, field) is member


EDGES: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], bool]]] = {
    "a negative value": (ours.targets(), lambda each: each.value < 0),
    "a base of zero": (ours.targets(), lambda each: each.baseline_value == 0),
    "a span": (ours.targets(), lambda each: (each.start_year or 9999) < each.end_year),
    "one year": (ours.targets(), lambda each: each.start_year == each.end_year),
    "a breakdown": (ours.targets(), lambda each: each.breakdown is not None),
    "an erratum": (ours.observations(), lambda each: each.erratum is not None),
    "undated": (ours.observations(), lambda each: each.year is None),
    "over a span": (ours.observations(), lambda each: "-" in each.span),
    "a ratio": (ours.indicators(), lambda each: each.denominator is not None),
    "in a region": (ours.regions(), lambda each: each.parent is not None),
    "in two groups": (ours.regions(), lambda each: len(each.groups) == 2),
    "a year's own vintage": (ours.vintages(), lambda each: each.year is not None),
    "a goal of no plan": (ours.goals(), lambda each: each.plan is None),
    "a Chinese name": (ours.regions(), lambda each: "甲" in (each.name_zh or "")),
    "a formula": (ours.sources(), lambda each: each.title.startswith("=")),
    "a quoted comma": (ours.names(), lambda each: '"' in each or "," in each),
    "sixty digits": (ours.values(), lambda each: len(each.as_tuple().digits) == 60),
    "zeros at the end": (ours.values(), lambda each: str(each) == "3.50"),
    "a period of one's own": (ours.plans(), lambda each: each.period == "eu-2030"),
    "a gap in a series": (ours.series(), lambda each: each[-1].year - each[0].year >= len(each)),
    "a break in a series": (ours.series(), lambda each: "break" in {o.status for o in each}),
}


@pytest.mark.heavy
@pytest.mark.parametrize("edge", EDGES)
def test_edges_are_drawn(edge: str) -> None:
    strategy, holds = EDGES[edge]
    assert holds(find(strategy, holds, settings=UNSHRUNK))


# ------------------------------------------------------------------ fields, numbers, units


@given(data=st.data())
def test_fields_are_as_asked(data: st.DataObject) -> None:
    plan = data.draw(ours.plans(period="14th"))
    target = data.draw(
        ours.targets(plan=plan, form="rank", comparator=st.sampled_from(["reach", "at_most"]))
    )
    assert target.plan is plan
    assert (target.form, target.unit) == ("rank", "rank")
    assert target.comparator in {"reach", "at_most"}


@given(data=st.data())
def test_a_range_fits_the_end_that_is_given(data: st.DataObject) -> None:
    low = data.draw(ours.targets(comparator="between", value="7"))
    high = data.draw(ours.targets(value_high=Decimal("-7.5")))
    assert low.value_high is not None
    assert low.value == 7 < low.value_high
    assert high.value < -7.5


@given(data=st.data())
def test_a_year_fits_the_year_that_is_given(data: st.DataObject) -> None:
    assert data.draw(ours.targets(start_year=2031)).end_year >= 2031
    assert (data.draw(ours.observations(year=1800)).start_year or 1800) == 1800
    assert data.draw(ours.targets(end_year=1800)).baseline_year is None


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(ip.MissingError, match="no field 'valu' of Target; it has indicator, form"):
        ours.targets(valu=3)
    with pytest.raises(ip.MissingError, match="no strategy for Claim; expected Target"):
        ours.records(Claim)
    with pytest.raises(ip.MissingError, match="language 'fr'"):
        ours.figures("fr")  # type: ignore[arg-type]
    with pytest.raises(ip.MissingError, match="form 'size'"):
        ours.figures(form="size")


@given(ours.values())
def test_values_are_admissible(value: Decimal) -> None:
    assert exact(value) == value
    assert exact(f"{value:f}") == value


@given(data=st.data(), ends=st.lists(ours.values(), min_size=2, max_size=2).map(sorted))
def test_values_are_within_their_bounds(data: st.DataObject, ends: list[Decimal]) -> None:
    low, high = ends
    assert low <= data.draw(ours.values(low, high)) <= high
    assert low <= exact(data.draw(ours.values(min_value=low)))
    assert exact(data.draw(ours.values(max_value=high))) <= high


@given(data=st.data(), first=st.integers(1800, 2200), more=st.integers(0, 400))
def test_years_are_within_their_bounds(data: st.DataObject, first: int, more: int) -> None:
    last = min(2200, first + more)
    assert first <= data.draw(ours.years(first, last)) <= last


@given(data=st.data(), text=ours.unit_definitions())
def test_units_measure_the_same(data: st.DataObject, text: str) -> None:
    table = ip.load().units.with_(text)
    unit = data.draw(ours.units(table=table))
    assert table.fits(data.draw(ours.units(unit, table=table)), unit)
    assert data.draw(ours.indicators(table=table)).unit in table


@given(data=st.data(), first=st.integers(2000, 2010), years=st.integers(0, 8))
def test_a_series_is_of_one_thing(data: st.DataObject, first: int, years: int) -> None:
    found = data.draw(ours.series(first=first, last=first + years, vintages=("new", "old")))
    assert len({each.series for each in found}) == 1
    assert len({each.unit for each in found}) == 1
    assert len({each.key for each in found}) == len(found)
    assert {each.year for each in found} <= set(range(first, first + years + 1))
    assert {each.vintage for each in found} <= {"new", "old"}
    unbroken = data.draw(ours.series(breaks=False))
    assert ip.Status.BREAK not in {each.status for each in unbroken}
    assert {each.vintage for each in unbroken} == {None}


# ------------------------------------------------------------------ types of one's own


@pytest.mark.heavy
@given(st.data())
def test_own_fields_are_drawn_by_their_types(data: st.DataObject) -> None:
    target = data.draw(ours.targets(Scored))
    assert type(target) is Scored
    assert 0 <= target.score <= 10
    assert 0 < target.share < 1
    assert target.host is None or type(target.host) is ip.Region
    assert data.draw(ours.targets(Scored, score=3)).score == 3
    assert data.draw(ours.observations(Measured)).margin.is_finite()
    assert data.draw(ours.regions(City)).mayor.isprintable()
    assert data.draw(ours.indicators(Rated)).rating in ip.Tier
    assert {type(each) for each in data.draw(ours.series(Measured))} == {Measured}


@pytest.mark.heavy
def test_own_fields_are_found() -> None:
    found = first(ours.targets(Scored), lambda target: target.weight and target.host)
    assert (found.score, found.weight, found.words) == (0, 1.0, ())


# ------------------------------------------------------------------ datasets


@SLOW
@given(ours.datasets(min_targets=1, min_observations=2, units=ours.unit_definitions()))
def test_datasets_agree(plans: ip.Dataset) -> None:
    assert 1 <= len(plans.targets) <= 4
    assert 2 <= len(plans.observations) <= 10
    for target in plans.targets:
        assert plans.plans.by_key(target.plan.key) is target.plan
        assert plans.indicators.by_key(target.indicator.key) is target.indicator
        assert plans.sources.by_key(target.citation.source.key) is target.citation.source
    for seen in plans.observations:
        assert plans.regions.by_key(seen.region.key) is seen.region
    tables = (plans.targets, plans.observations, plans.goals, plans.corroborations)
    for table in tables:
        assert len({each.key for each in table}) == len(table)


@pytest.mark.heavy
@SLOW
@given(
    ours.datasets(
        target_type=Scored,
        observation_type=Measured,
        region_type=City,
        indicator_type=Rated,
        tiers="AB",
    )
)
def test_datasets_of_own_types(plans: ip.Dataset[Scored, Measured, City, Rated]) -> None:
    assert plans.tiers == "AB"
    assert {type(each) for each in plans.targets} <= {Scored}
    assert {type(each) for each in plans.observations} <= {Measured}
    assert {type(each) for each in plans.regions} <= {City}
    assert {type(each) for each in plans.indicators} <= {Rated}


def test_an_empty_dataset_is_the_plainest() -> None:
    found = first(ours.datasets())
    assert not any((found.regions, found.targets, found.observations, found.sources, found.goals))
    assert not ours.empty("A").extensions


# The rarer verdicts take many tries.
@pytest.mark.heavy
@pytest.mark.parametrize("verdict", ip.Verdict)
def test_every_verdict_is_come_to(verdict: ip.Verdict) -> None:
    plans = find(
        ours.datasets(min_targets=3, most=1),
        lambda plans: ip.scorecard(plans).counts()[verdict],
        settings=UNSHRUNK,
    )
    assert ip.scorecard(plans).counts()[verdict]


def test_units_of_ones_own_are_used() -> None:
    plans = find(
        ours.datasets(units="robot = [robots] = 台"),
        lambda plans: any(each.unit == "robot" for each in plans.indicators),
        settings=UNSHRUNK,
    )
    assert "robot" in plans.units


# ------------------------------------------------------------------ figures


@pytest.mark.parametrize("form", ip.Form)
@pytest.mark.parametrize("lang", ["zh", "en"])
@given(data=st.data())
@settings(max_examples=20)
def test_figures_are_of_the_form_and_language(lang: Any, form: str, data: st.DataObject) -> None:
    text, figure = data.draw(ours.figures(lang, form=form))
    assert figure.form == form
    if lang == "en":
        assert not any("一" <= each <= "鿿" for each in text)


@pytest.mark.parametrize("comparator", ip.Comparator)
def test_every_comparator_is_worded(comparator: ip.Comparator) -> None:
    for lang in ("zh", "en"):
        text, figure = find(
            ours.figures(lang),  # type: ignore[arg-type]
            lambda found: found[1].comparator is comparator,
            settings=UNSHRUNK,
        )
        assert ip.read_figure(text) == figure


# ------------------------------------------------------------------ hypothesis finds them by type


def run(code: str) -> Any:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


HOOK = (
    "import json, sys, hypothesis\nfrom innovation_plans._hypothesis import register\nregister()\n"
)


def test_the_hook_imports_nothing_of_weight() -> None:
    loaded = run(HOOK + "print(json.dumps(sorted(sys.modules)))")
    assert [name for name in loaded if name.startswith("innovation_plans")] == [
        "innovation_plans",
        "innovation_plans._hypothesis",
    ]
    assert not {"pydantic", "pint"} & set(loaded)


@pytest.mark.parametrize("order", ["hook first", "records first"])
def test_types_are_known_whatever_is_imported_first(order: str) -> None:
    records = "import innovation_plans as ip\nip.Target\n"
    code = HOOK + records if order == "hook first" else records + HOOK
    code += (
        "from hypothesis import find, settings, strategies as st\n"
        "from hypothesis import Phase\n"
        "once = settings(phases=[Phase.generate, Phase.shrink], database=None, deadline=None)\n"
        "found = find(st.from_type(tuple[ip.Target, ip.Region]), lambda _: True, settings=once)\n"
        "print(json.dumps([each.key for each in found]))"
    )
    assert run(code) == ["0/a/level/2025@0", "0"]


def test_from_type() -> None:
    assert type(first(st.from_type(Scored))) is Scored
    assert first(st.from_type(ip.Figure)).value == 1
    assert not first(st.from_type(ip.Dataset)).targets
    found = find(st.from_type(ip.Dataset[Scored]), lambda plans: plans.targets, settings=UNSHRUNK)
    assert type(found.targets[0]) is Scored
    assert first(st.from_type(list[ip.Goal]), len)[0].key == PLAINEST[ip.Goal]
    assert isinstance(first(st.from_type(int)), int)


@pytest.mark.heavy
@pytest.mark.usefixtures("registered")
def test_builds() -> None:
    def pair(goal: ip.Target, seen: ip.Observation) -> tuple[str, str]:
        return goal.key, seen.key

    assert first(st.builds(pair)) == (
        PLAINEST[ip.Target],
        PLAINEST[ip.Observation],
    )


def test_the_hook_is_an_entry_point() -> None:
    project = Path(__file__).resolve().parent.parent / "pyproject.toml"
    declared = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["entry-points"]
    (value,) = declared["hypothesis"].values()
    module, _, name = value.partition(":")
    assert getattr(import_module(module), name) is _hypothesis.register


def test_without_hypothesis_the_extra_is_named() -> None:
    code = (
        "import json, sys\n"
        "sys.modules['hypothesis'] = None\n"
        "try:\n    import innovation_plans.strategies\n"
        "except ImportError as error:\n"
        "    print(json.dumps([type(error).__name__, error.extra, str(error)]))"
    )
    name, extra, said = run(code)
    assert (name, extra) == ("MissingExtraError", "testing")
    assert 'pip install "innovation-plans[testing]"' in said
