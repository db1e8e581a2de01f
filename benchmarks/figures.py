"""Compare ``read_figure`` with pint's parser, which reads the same quantities in its own notation.

Usage: ``python benchmarks/figures.py [ROUNDS]``

Both run in turn in one process, a few texts at a time; ratios are medians over the rounds. Each
round uses new numbers, so caches of texts do not help. Both cache what a unit means. The bundled
wordings are distinct, but the same in every round.

Two registries of pint are measured: a plain one with the same units and Decimals, and the private one
of the package, whose quantities do more when they are multiplied.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

import pint

import innovation_plans as ip
from innovation_plans.units.quantity import current_registry, define_units

AIM = 20  # times faster than pint
TEXTS = 50
# The notation of the reader, and that of pint.
NOTATIONS = {
    "亿元": ("{}亿元", "{} CNY_100M"),
    "percent": ("{}%", "{} percent"),
    "person-years": (
        "{} person_year_per_10k_population",
        "{} person_year_per_10k_population",
    ),
    "a bound": ("{}亿元以上", "{} CNY_100M"),
    "growth": ("年均增长{}%以上", "{} percent_per_year"),
}

Pairs = list[tuple[str, str]]


def numbers() -> Iterator[str]:
    """Yield numbers with two decimals in random order, each once."""
    rng = random.Random(0)  # noqa: S311 - repeatable, not secret
    for each in rng.sample(range(100_000, 10_000_000), 900_000):
        yield f"{each // 100}.{each % 100:02}"


def bundled() -> Pairs:
    """Return every bundled wording that is one number with a unit, once."""
    data = ip.load(tiers="ABCD")
    statements: list[ip.Target | ip.Observation] = [*data.targets, *data.observations]
    pairs: dict[str, str] = {}
    for statement in statements:
        stated = statement.citation.as_stated or ""
        try:
            figure = ip.read_figure(stated)
        except ip.FigureError:
            continue
        if figure.unit is not None and figure.value_high is None:
            pairs[stated] = f"{figure.value} {figure.unit}"
    return list(pairs.items())


def plain_registry() -> pint.UnitRegistry[Decimal]:
    """Return a plain pint registry with the units of the package only."""
    registry: pint.UnitRegistry[Decimal] = pint.UnitRegistry(None, non_int_type=Decimal)
    define_units(registry)
    return registry


def seconds(read: Callable[[str], object], texts: list[str]) -> float:
    """Return the time that reading takes per text."""
    start = time.perf_counter()
    for text in texts:
        read(text)
    return (time.perf_counter() - start) / len(texts)


def compared(pairs: Callable[[], Pairs], rounds: int) -> tuple[int, float, float, float, float]:
    """Return the number of texts, and medians: reader, pint, their ratio, ratio of the private registry."""
    plain, private = plain_registry().parse_expression, current_registry().parse_expression
    texts: set[str] = set()
    times = []
    for _ in range(rounds + 1):
        own, other = map(list, zip(*pairs(), strict=True))
        texts.update(own)
        times.append((seconds(ip.read_figure, own), seconds(plain, other), seconds(private, other)))
    del times[0]  # the first round builds the tables
    reader, pint_plain, pint_private = map(statistics.median, zip(*times, strict=True))
    ratios = [other / own for own, other, _ in times]
    return len(texts), reader, pint_plain, statistics.median(ratios), pint_private / reader


def main(rounds: int) -> int:
    """Measure and print."""
    supply = numbers()
    print(f"{rounds} rounds of {TEXTS}, medians; aim: {AIM} times faster than pint")
    print(
        f"{'':14} {'distinct':>8} {'reader':>10} {'pint':>10} {'ratio':>7} {'private registry':>18}"
    )
    for name, (own, other) in NOTATIONS.items():

        def generated(own: str = own, other: str = other) -> Pairs:
            chosen = [next(supply) for _ in range(TEXTS)]
            return [(own.format(number), other.format(number)) for number in chosen]

        show(name, compared(generated, rounds))
    wordings = bundled()
    show("as_stated", compared(lambda: wordings, rounds))
    return 0


def show(name: str, measured: tuple[int, float, float, float, float]) -> None:
    """Print one line of the table."""
    count, reader, plain, ratio, private = measured
    print(
        f"{name:14} {count:8,} {reader * 1e6:7.1f} µs {plain * 1e6:7.1f} µs {ratio:7.1f} {private:18.1f}"
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
