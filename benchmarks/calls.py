"""Compare single calls with other libraries: one lookup, one conversion, one scorecard.

Usage: ``python benchmarks/calls.py [ROUNDS]``

Both calls run in turn in one process, in blocks of many calls; the ratio is the median over the
rounds. It needs pandas.
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
# The call, what it is compared with, the ratio of the times, and the aim for the ratio.
Row = tuple[str, str, float, str]


def main(rounds: int) -> int:
    """Measure, and print a table."""
    print(f"{'call':34} {'compared with':34} {'ratio':>9}  aim")
    for call, reference, ratio, aim in rows(rounds):
        print(f"{call:34} {reference:34} {ratio:9.3g}  {aim}")
    return 0


def rows(rounds: int) -> list[Row]:
    """Return the measurement of each call."""
    return [*lookups(rounds), *conversions(rounds), *scorecards(max(3, rounds // 20))]


def lookups(rounds: int) -> list[Row]:
    """Measure the lookup of one target by region, indicator and year."""
    import pandas as pd  # noqa: PLC0415 - slow to import, and only compared with

    targets = ip.load().targets
    keys = list(dict.fromkeys((t.region.code, t.indicator.code, t.end_year) for t in targets))
    unique = [key for key in keys if _is_unique(targets, key)]
    target_of = {key: targets.at(*key) for key in unique}
    frame = pd.DataFrame(
        {"value": [float(target_of[key].value) for key in unique]},
        index=pd.MultiIndex.from_tuples(unique).sort_values(),
    )
    chosen = random.Random(1).choices(unique, k=CALLS)  # noqa: S311 - repeatable, not secret
    by_dict = compared(lambda p: targets.at(*p), lambda p: target_of[p], chosen, rounds)
    by_pandas = compared(lambda p: frame.loc[p], lambda p: targets.at(*p), chosen[:40], rounds)
    return [
        ("targets.at(…)", "a dict keyed by the same tuple", by_dict, "at most 10 times slower"),
        ("targets.at(…)", "pandas .loc on a MultiIndex", by_pandas, "at least 40 times faster"),
    ]


def conversions(rounds: int) -> list[Row]:
    """Measure the exact conversion of one value."""
    registry: pint.UnitRegistry[Decimal] = pint.UnitRegistry(None, non_int_type=Decimal)
    define_units(registry)
    rng = random.Random(2)  # noqa: S311 - repeatable, not secret
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
    """Measure the scorecard of all targets of the 14th plans."""
    plans = ip.load()
    ip.scorecard(plans, period="14th")
    ratio = compared(
        lambda _: ip.scorecard(plans, period="14th"), lambda _: everything(), [None], rounds
    )
    return [("scorecard(plans, period='14th')", "load() of everything", ratio, "at most 3 times")]


def everything() -> dict[str, list[Any]]:
    """Read every bundled record again."""
    records = validated(bundled_data())
    return {name: records.table(name) for name in TABLES}


def compared(one: Call, other: Call, arguments: Sequence[Any], rounds: int) -> float:
    """Return how many times longer `one` takes than `other`: the median over interleaved rounds."""
    ratios = []
    for number in range(rounds):
        order = (one, other) if number % 2 else (other, one)
        seconds = {call: _seconds(call, arguments) for call in order}
        ratios.append(seconds[one] / seconds[other])
    return statistics.median(ratios)


def _seconds(call: Call, arguments: Sequence[Any]) -> float:
    start = time.perf_counter()
    for argument in arguments:
        call(argument)
    return time.perf_counter() - start


def _is_unique(targets: ip.TargetTable, key: tuple[str, str, int]) -> bool:
    try:
        targets.at(*key)
    except ip.AmbiguousError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 101))
