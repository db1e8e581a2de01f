"""Single calls beside their peers: one lookup, one conversion, one scorecard.

Usage: ``python benchmarks/calls.py [ROUNDS]``

What is compared runs in turn in one process, in chunks of many calls; the ratio is the median over
the rounds. Needs pandas besides.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pint

import innovation_plans as ip
from innovation_plans.dataset.build import validated
from innovation_plans.records import TABLES
from innovation_plans.resources import bundled_data
from innovation_plans.units.quantity import define_units

Call = Callable[[Any], object]
CALLS = 400
# What is measured: our call, its peer, how often slower at most (or faster at least).
Row = tuple[str, str, float, str]


def main(rounds: int) -> int:
    """Measure, and print a table."""
    print(f"{'ours':34} {'beside':34} {'ratio':>9}  reach")
    for ours, peer, ratio, reach in rows(rounds):
        print(f"{ours:34} {peer:34} {ratio:9.3g}  {reach}")
    return 0


def rows(rounds: int) -> list[Row]:
    """Each call beside its peer, as the ratio that is to be reached."""
    return [*lookups(rounds), *conversions(rounds), *scorecards(max(3, rounds // 20))]


def lookups(rounds: int) -> list[Row]:
    """One target by region, indicator and year."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only a peer

    targets = ip.load().targets
    places = list(dict.fromkeys((t.region.code, t.indicator.code, t.end_year) for t in targets))
    single = [place for place in places if _is_single(targets, place)]
    known = {place: targets.at(*place) for place in single}
    frame = pd.DataFrame(
        {"value": [float(known[place].value) for place in single]},
        index=pd.MultiIndex.from_tuples(single).sort_values(),
    )
    asked = random.Random(1).choices(single, k=CALLS)  # noqa: S311 - to be repeated
    plain = compared(lambda p: targets.at(*p), lambda p: known[p], asked, rounds)
    pandas = compared(lambda p: frame.loc[p], lambda p: targets.at(*p), asked[:40], rounds)
    return [
        ("targets.at(…)", "a dict keyed by the same tuple", plain, "at most 10 times slower"),
        ("targets.at(…)", "pandas .loc on a MultiIndex", pandas, "at least 40 times faster"),
    ]


def conversions(rounds: int) -> list[Row]:
    """One value from one unit to another, exactly."""
    registry: pint.UnitRegistry[Decimal] = pint.UnitRegistry(None, non_int_type=Decimal)
    define_units(registry)
    rng = random.Random(2)  # noqa: S311 - to be repeated
    values = [Decimal(rng.randrange(100, 10**6)).scaleb(-2) for _ in range(CALLS)]
    quantities = {value: registry.Quantity(value, "CNY_100M") for value in values}
    faster = compared(
        lambda v: quantities[v].to("CNY_1T"),
        lambda v: ip.convert(v, "CNY_100M", "CNY_1T"),
        values,
        rounds,
    )
    return [("convert(…)", "pint's Quantity.to", faster, "at least 40 times faster")]


def scorecards(rounds: int) -> list[Row]:
    """All targets of the 14th plans, beside reading the dataset once."""
    plans = ip.load()
    ip.scorecard(plans, period="14th")
    ratio = compared(
        lambda _: ip.scorecard(plans, period="14th"), lambda _: everything(), [None], rounds
    )
    return [("scorecard(plans, period='14th')", "load() of everything", ratio, "at most 3 times")]


def everything() -> dict[str, list[Any]]:
    """Every bundled record, read anew."""
    records = validated(bundled_data())
    return {name: records.table(name) for name in TABLES}


def compared(one: Call, other: Call, given: Sequence[Any], rounds: int) -> float:
    """How many times longer `one` takes than `other`: the median over interleaved rounds."""
    ratios = []
    for each in range(rounds):
        order = (one, other) if each % 2 else (other, one)
        taken = {call: _seconds(call, given) for call in order}
        ratios.append(taken[one] / taken[other])
    return statistics.median(ratios)


def _seconds(call: Call, given: Sequence[Any]) -> float:
    start = time.perf_counter()
    for each in given:
        call(each)
    return time.perf_counter() - start


def _is_single(targets: ip.TargetTable, place: tuple[str, str, int]) -> bool:
    try:
        targets.at(*place)
    except ip.AmbiguousError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 101))
