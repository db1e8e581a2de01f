"""The strategies: what they draw is valid, agrees and has the edges; hypothesis draws by type."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from pydantic import Field

import innovation_plans as ip
from innovation_plans import testing
from innovation_plans.io.rows import columns_of, to_cells
from innovation_plans.records import TABLES, Record, Statement
from innovation_plans.units.decimals import exact

KINDS = (*TABLES.values(), ip.Citation)
# Finds an example without shrinking it.
UNSHRUNK = settings(max_examples=3000, phases=[Phase.generate], suppress_health_check=HealthCheck)
SLOW = settings(
    max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


class Scored(ip.Target):
    score: Annotated[int, Field(ge=0, le=10)]
    office: str
    host: ip.Region
    weight: float | None = None


class City(ip.Region):
    mayor: str


# ------------------------------------------------------------------ records


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)
@settings(max_examples=30)
@given(data=st.data())
def test_records_are_valid_and_are_read_back(kind: type[Record], data: st.DataObject) -> None:
    record = data.draw(testing.records(kind))
    assert type(record) is kind
    facts = {name: getattr(record, name) for name in kind.model_fields}
    assert kind.model_validate(facts) == record
    if kind is not ip.Citation:
        name = next(name for name, each in TABLES.items() if each is kind)
        plans = testing.empty().extend(**{name: [record]})
        text = record.model_dump_json()
        assert kind.model_validate_json(text, context=plans.context) == record


def is_chinese(name: str | None) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in name or "")


EDGES: dict[str, tuple[st.SearchStrategy[Any], Callable[[Any], bool]]] = {
    "a range": (testing.records(ip.Target), lambda each: each.value_high is not None),
    "a rank": (testing.records(ip.Target), lambda each: each.form == "rank"),
    "a negative value": (testing.records(ip.Target), lambda each: each.value < 0),
    "a base of zero": (testing.records(ip.Target), lambda each: each.baseline_value == 0),
    "a base in another unit": (
        testing.records(ip.Target),
        lambda each: each.baseline_unit not in {None, each.unit},
    ),
    "a binding target": (testing.records(ip.Target), lambda each: each.force == "binding"),
    "a span": (testing.records(ip.Target), lambda each: (each.start_year or 9999) < each.end_year),
    "a scope": (testing.records(ip.Observation), lambda each: each.scope is not None),
    "a precision": (testing.records(ip.Target), lambda each: each.precision is not None),
    "a proxy of several years": (
        testing.records(ip.Indicator),
        lambda each: each.proxy is not None and each.proxy_years is not None,
    ),
    "a breakdown": (testing.records(ip.Target), lambda each: each.breakdown is not None),
    "an erratum": (testing.records(ip.Observation), lambda each: each.erratum is not None),
    "undated": (testing.records(ip.Observation), lambda each: each.year is None),
    "a break in a series": (testing.records(ip.Observation), lambda each: each.status == "break"),
    "a ratio": (testing.records(ip.Indicator), lambda each: each.denominator is not None),
    "in a region": (testing.records(ip.Region), lambda each: each.parent is not None),
    "in two groups": (testing.records(ip.Region), lambda each: len(each.groups) == 2),
    "a Chinese name": (testing.records(ip.Region), lambda each: is_chinese(each.name_zh)),
    "no title in English": (testing.records(ip.Plan), lambda each: each.title_en is None),
    "an own period": (testing.records(ip.Plan), lambda each: each.period == "eu-2030"),
    "a goal of no plan": (testing.records(ip.Goal), lambda each: each.plan is None),
    "a corroboration without number": (
        testing.records(ip.Corroboration),
        lambda each: each.value is None,
    ),
    "a formula": (testing.records(ip.Source), lambda each: each.title.startswith("=")),
    "sixty digits": (testing.values(), lambda each: len(each.as_tuple().digits) == 60),
    "zeros at the end": (testing.values(), lambda each: str(each) == "3.50"),
    "own units": (
        testing.datasets(units="robot = [robots] = 台"),
        lambda plans: any(each.unit == "robot" for each in plans.indicators),
    ),
    "vintages": (
        testing.datasets(),
        lambda plans: any(each.vintage for each in plans.observations),
    ),
}


@pytest.mark.heavy
@pytest.mark.parametrize("edge", EDGES)
def test_edges_are_drawn(edge: str) -> None:
    strategy, holds = EDGES[edge]
    assert holds(find(strategy, holds, settings=UNSHRUNK))


@settings(max_examples=10)
@given(data=st.data())
def test_given_fields_are_kept_and_the_others_fit_them(data: st.DataObject) -> None:
    plan = data.draw(testing.records(ip.Plan, period="14th"))
    comparators = st.sampled_from(["reach", "at_most"])
    rank = data.draw(testing.records(ip.Target, plan=plan, form="rank", comparator=comparators))
    assert rank.plan is plan
    assert (rank.form, rank.unit) == ("rank", "rank")
    assert rank.comparator in {"reach", "at_most"}
    low = data.draw(testing.records(ip.Target, comparator="between", value="7"))
    assert low.value_high is not None
    assert low.value == 7 < low.value_high
    assert data.draw(testing.records(ip.Target, value_high=Decimal("-7.5"))).value < -7.5
    assert data.draw(testing.records(ip.Target, value_high=None)).comparator != "between"
    assert data.draw(testing.records(ip.Target, start_year=2031)).end_year >= 2031
    assert data.draw(testing.records(ip.Target, end_year=1800)).baseline_year is None
    assert (data.draw(testing.records(ip.Observation, year=1800)).start_year or 1800) == 1800
    assert data.draw(testing.records(ip.Plan, title_en=None)).title_zh


def test_an_unknown_field_or_type_raises() -> None:
    with pytest.raises(ip.MissingError, match="no field 'valu' of Target; it has indicator, form"):
        testing.records(ip.Target, valu=3)
    with pytest.raises(ip.MissingError, match="no strategy for Statement; expected Target"):
        testing.records(Statement)


@given(data=st.data(), ends=st.lists(testing.values(), min_size=2, max_size=2).map(sorted))
def test_values_are_within_their_bounds(data: st.DataObject, ends: list[Decimal]) -> None:
    low, high = ends
    assert low <= data.draw(testing.values(low, high)) <= high
    assert low <= exact(data.draw(testing.values(min_value=low)))
    assert exact(data.draw(testing.values(max_value=high))) <= high


@given(data=st.data(), first=st.integers(1800, 2200), more=st.integers(0, 400))
def test_years_are_within_their_bounds(data: st.DataObject, first: int, more: int) -> None:
    last = min(2200, first + more)
    assert first <= data.draw(testing.years(first, last)) <= last


@given(data=st.data(), text=testing.unit_definitions())
def test_units_have_the_same_dimension(data: st.DataObject, text: str) -> None:
    table = ip.load().units.with_(text)
    unit = data.draw(testing.units(table=table))
    assert table.fits(data.draw(testing.units(unit, table=table)), unit)


# ------------------------------------------------------------------ own subclasses


@settings(max_examples=20)
@given(st.data())
def test_own_fields_are_drawn_by_type_or_as_given(data: st.DataObject) -> None:
    target = data.draw(testing.records(Scored))
    assert type(target) is Scored
    assert 0 <= target.score <= 10
    assert target.office.isprintable()
    assert type(target.host) is ip.Region
    assert target.weight is None
    given_ = data.draw(testing.records(Scored, score=3, weight=st.floats(1, 2)))
    assert given_.score == 3
    assert given_.weight
    assert 1 <= given_.weight <= 2


@SLOW
@given(
    testing.datasets(
        min_targets=1, target_type=Scored, region_type=City, own_fields={"score": st.just(7)}
    )
)
def test_datasets_of_own_types(plans: ip.Dataset[Scored, ip.Observation, City]) -> None:
    assert {type(each) for each in plans.targets} == {Scored}
    assert {each.score for each in plans.targets} == {7}
    assert {type(each) for each in plans.regions} == {City}
    for target in plans.targets:
        assert plans.regions.by_key(target.host.key).key == target.host.key


# ------------------------------------------------------------------ datasets


@SLOW
@given(testing.datasets(min_targets=1, min_observations=2, units=testing.unit_definitions()))
def test_datasets_agree(plans: ip.Dataset) -> None:
    assert 1 <= len(plans.targets) <= 4
    assert 2 <= len(plans.observations) <= 10
    for target in plans.targets:
        assert plans.plans.by_key(target.plan.key) is target.plan
        assert plans.sources.by_key(target.citation.source.key) is target.citation.source
    with tempfile.TemporaryDirectory() as folder:
        write(plans, Path(folder))
        report = ip.check(folder, alone=True)
    assert list(report.errors) == []


def write(plans: ip.Dataset, folder: Path) -> None:
    (folder / "units.txt").write_text("\n".join(plans.units.definitions), encoding="utf-8")
    for name, kind in TABLES.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, columns_of(kind))
            rows.writeheader()
            rows.writerows(to_cells(each) for each in getattr(plans, name))


def test_an_empty_dataset() -> None:
    assert not testing.empty("A").targets
    assert testing.empty("A").tiers == "A"


# The rarer verdicts take many tries.
@pytest.mark.heavy
@pytest.mark.parametrize("verdict", ip.Verdict)
def test_every_verdict_is_reached(verdict: ip.Verdict) -> None:
    def is_reached(plans: ip.Dataset) -> bool:
        # Their edition has no date, so only a day tells that a target year is over.
        day = "2100-01-01" if verdict is ip.Verdict.AWAITING else None
        return ip.scorecard(plans, as_of=day).counts()[verdict] > 0

    drawn = testing.datasets(min_targets=3, max_others=1)
    assert is_reached(find(drawn, is_reached, settings=UNSHRUNK))


# ------------------------------------------------------------------ hypothesis draws by type


def test_from_type_and_builds() -> None:
    def pair(target: ip.Target, seen: ip.Observation) -> tuple[ip.Target, ip.Observation]:
        return target, seen

    once = settings(max_examples=1, phases=[Phase.generate])
    for kind in KINDS:
        assert type(find(st.from_type(kind), lambda _: True, settings=once)) is kind
    target, seen = find(st.builds(pair), lambda _: True, settings=once)
    assert (type(target), type(seen)) == (ip.Target, ip.Observation)
    plans = find(
        st.from_type(ip.Dataset[Scored]), lambda plans: bool(plans.targets), settings=UNSHRUNK
    )
    assert type(plans.targets[0]) is Scored


def run(code: str) -> Any:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


def test_only_the_import_registers_with_hypothesis() -> None:
    code = (
        "import json\n"
        "from hypothesis import strategies as st\n"
        "import innovation_plans as ip\n"
        "seen = []\n"
        "register = st.register_type_strategy\n"
        "st.register_type_strategy = lambda kind, made: (seen.append(kind.__name__), register(kind, made))\n"
        "ip.Target, ip.Dataset\n"
        "before = list(seen)\n"
        "ip.testing\n"
        "print(json.dumps([before, sorted(seen)]))"
    )
    before, after = run(code)
    assert before == []
    assert after == sorted({*(kind.__name__ for kind in KINDS), "Dataset"})


def test_without_hypothesis_the_extra_is_named() -> None:
    code = (
        "import json, sys\n"
        "sys.modules['hypothesis'] = None\n"
        "import innovation_plans as ip\n"
        "try:\n    ip.testing\n"
        "except ImportError as error:\n"
        "    print(json.dumps([type(error).__name__, error.extra, str(error)]))"
    )
    name, extra, message = run(code)
    assert (name, extra) == ("MissingExtraError", "testing")
    assert 'pip install "innovation-plans[testing]"' in message


@pytest.mark.parametrize("name", ["targets", "observations"])
def test_more_records_than_the_most_are_refused(name: str) -> None:
    strategy = testing.datasets(**{f"min_{name}": 5, f"max_{name}": 2})  # type: ignore[arg-type]
    with pytest.raises(ip.ArgumentError, match=f"max_{name} 2; expected at least min_{name}=5"):
        find(strategy, lambda _: True)
