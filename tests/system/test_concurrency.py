"""Threads and processes: no wrong result, one first use, and everything survives a pickle."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from itertools import combinations, islice
from typing import Any

import pytest

import innovation_plans as ip

from .conftest import at_once

THREADS = 4
TIMES = {"亿元": 100_000_000, "万亿元": 10**12, "万元": 10_000, "元": 1}
# What is asked for by each thread differs from what the others ask for at the same time.
ARGUMENTS: tuple[dict[str, Any], ...] = (
    {},
    {"tolerance": "0"},
    {"pace": "compound"},
    {"threshold": "0.5", "tolerance": "0.2"},
)


def wrong_conversions(number: int, count: int) -> int:
    """How many of many conversions, other ones in each thread, are not exact."""
    wrong = 0
    pairs = [(one, other) for one in TIMES for other in TIMES]
    for at in range(count):
        source, target = pairs[(at + 4 * number) % len(pairs)]
        value = Decimal(at * THREADS + number)
        wrong += ip.convert(value, source, target) * TIMES[target] != value * TIMES[source]
    return wrong


def wrong_assessments(plans: ip.Dataset, number: int, count: int, expected: list[Any]) -> int:
    """How many of many assessments differ from what one thread alone said."""
    given, targets = ARGUMENTS[number], plans.targets
    return sum(
        ip.assess(targets[at % len(targets)], plans, **given) != expected[at % len(targets)]
        for at in range(count)
    )


def check(plans: ip.Dataset, conversions: int, assessments: int) -> None:
    alone = [[ip.assess(each, plans, **given) for each in plans.targets] for given in ARGUMENTS]
    assert all(one != other for one, other in combinations(alone, 2))  # the arguments do matter
    wrong = at_once(
        THREADS,
        lambda number: (
            wrong_conversions(number, conversions // THREADS),
            wrong_assessments(plans, number, assessments // THREADS, alone[number]),
        ),
    )
    assert wrong == [(0, 0)] * THREADS


@pytest.mark.heavy
def test_threads_with_different_parameters_get_what_they_asked_for(plans: ip.Dataset) -> None:
    check(plans, 40_000, 2_000)


@pytest.mark.heavy
def test_a_million_times_over(plans: ip.Dataset) -> None:
    check(plans, 960_000, 40_000)


def test_quantities_in_threads() -> None:
    """Contexts of pint are not safe in threads: none is used, and every product is exact."""

    def work(number: int) -> set[Any]:
        share = ip.quantity(number + 1, "percent")
        return {(share * ip.quantity("14 万亿元")).to("亿元").magnitude for _ in range(400)}

    assert at_once(THREADS, work) == [{Decimal(1400 * (number + 1))} for number in range(THREADS)]


FIRST_USES = {
    "a dataset": "found = ip.load(); found.targets, found.observations",
    "all tiers": "found = ip.load(tiers='ABCD').targets",
    "units": "found = ip.load().units",
    "a registry": "found = ip.quantity('3 亿元')._REGISTRY",
    "the reader": "import innovation_plans.text.lexicon as v; ip.read_figure('5%'); "
    "found = v.lexicon()",
    "a pace": "found = ip.pace.known('linear')",
    "a validator": "found = ip.Region; ip.Region(code='X', kind='city', name_en='X')",
    "a verdict": "found = ip.load(); print(ip.assess(found.targets[0], found).verdict)",
}


@pytest.mark.parametrize("name", FIRST_USES)
def test_first_use_by_sixteen_threads_at_once_makes_one_thing(name: str) -> None:
    program = f"""
import sys, threading
import innovation_plans as ip
sys.setswitchinterval(1e-6)
barrier, made, errors = threading.Barrier(16), [], []
def first_use():
    barrier.wait()
    try:
        {FIRST_USES[name]}
        made.append(found)
    except BaseException as error:
        errors.append(repr(error))
threads = [threading.Thread(target=first_use) for _ in range(16)]
for each in threads: each.start()
for each in threads: each.join()
assert not errors, errors
assert len(made) == 16 and len(set(map(id, made))) == 1, len(set(map(id, made)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def with_own_unit() -> ip.Dataset:
    return ip.load().extend(
        units="robot = [robots] = 台",
        indicators=[
            {"code": "robots", "name_en": "Industrial robots", "unit": "robot", "direction": "up"}
        ],
        sources=[{"code": "our-notes", "title": "Our notes", "tier": "C"}],
        targets=[
            {"plan": "CN-GD-14-sti", "indicator": "robots", "form": "level", "unit": "robot",
             "comparator": "at_least", "value": "100000", "end_year": 2025, "start_year": 2021,
             "source": "our-notes", "as_stated": "10万台以上"}
        ],
    )  # fmt: skip


def everything(plans: ip.Dataset) -> Iterator[tuple[str, Any]]:
    """Records of every kind, and whatever the verbs give back."""
    for name in ("regions", "indicators", "sources", "plans", "errata", "vintages"):
        yield name, list(islice(getattr(plans, name), 60))
    for name in ("targets", "observations", "goals", "corroborations"):
        yield name, getattr(plans, name)
    intensity = plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    ours = with_own_unit()
    robots = ours.targets.where(indicator="robots").one()
    yield "a citation", plans.targets[0].citation
    yield "an assessment", ip.assess(intensity[0], plans)
    yield "a scorecard", ip.scorecard(plans, indicator="rd_intensity")
    yield "a coverage", ip.coverage(plans)
    yield "conflicts", plans.targets.conflicts()
    yield "a comparison", ip.compare(intensity)
    east = {"region": ["SH", "ZJ"], "year": 2023}
    yield (
        "an aggregate",
        ip.aggregate(
            plans.observations.where(indicator="rd_intensity", vintage="revised_2025", **east),
            weights=plans.observations.where(indicator="gdp", vintage="after_census_5", **east),
        ),
    )
    yield "derivations", ip.derive(plans, "rd_expenditure", region="CN-HB", year=2025)
    yield "findings", ip.cross_check(plans, region="CN-GD")
    yield "a figure", ip.read_figure("年均增长10%以上")
    yield "readings", list(ip.find_figures("增长10%以上，达到5亿元"))
    yield "a quantity", ip.quantity("14 万亿元")
    yield "a quantity of one's own", robots.quantity
    yield "a verdict on one's own", ip.assess(robots, ours)
    yield "one's own record", robots
    yield "a dataset", plans


def echoed(content: bytes) -> bytes:
    """In the other process: read, and written again."""
    return pickle.dumps(pickle.loads(content))  # noqa: S301 - our own bytes


@pytest.mark.heavy
def test_everything_goes_to_a_spawned_process_and_comes_back(plans: ip.Dataset) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        for name, each in everything(plans):
            back = pickle.loads(pool.submit(echoed, pickle.dumps(each)).result())  # noqa: S301
            assert back == each, name
            assert type(back).__qualname__ == type(each).__qualname__, name


def told(plans: ip.Dataset) -> tuple[str, str]:
    robots = plans.targets.where(indicator="robots").one()
    return str(robots.quantity), ip.assess(robots, plans).explain()


@pytest.mark.heavy
def test_an_extended_dataset_brings_its_records_units_and_history() -> None:
    ours = with_own_unit()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        assert pool.submit(told, ours).result() == told(ours)
    again = pickle.loads(pickle.dumps(ours))  # noqa: S301 - our own bytes
    assert again.targets == ours.targets
    assert again.observations == ours.observations
    assert (again.edition, again.tiers, again.extensions) == (
        ours.edition, ours.tiers, ours.extensions,
    )  # fmt: skip
    further = again.extend(units="drone = [drones]")
    assert further.units.unit("台").name == "robot"
    assert pickle.loads(pickle.dumps(ip.load())) is ip.load()  # noqa: S301 - our own bytes


@pytest.mark.heavy
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_fork_after_loading_goes_on() -> None:
    program = """
import os
import innovation_plans as ip
plans = ip.load()
before = [ip.assess(each, plans) for each in plans.targets[:40]]
amount = ip.quantity("14 万亿元").to("亿元")
child = os.fork()
after = [ip.assess(each, plans) for each in plans.targets[:40]]
same = after == before and ip.quantity("14 万亿元").to("亿元") == amount
same = same and ip.load() is plans and ip.read_figure("5%").value == 5
same = same and len(ip.load(tiers="ABCD").targets) >= len(plans.targets)
if child == 0:
    os._exit(0 if same else 1)
_, status = os.waitpid(child, 0)
assert same and status == 0, status
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
