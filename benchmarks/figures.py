"""``read_figure`` beside pint's parser reading the same in pint's own spelling.

Usage: ``python benchmarks/figures.py [ROUNDS]``

Both run in turn in one process, a few texts at a time; ratios are medians over the rounds. Each
round takes numbers that no round before it had, so that nothing kept of an earlier text helps
either side. What both keep is what a unit means: pint the parsed unit, the reader the answer for a
printed unit. The bundled wordings are distinct, but the same in every round.

Two registries of pint read: one of pint's own kind with the same units and Decimals, and the
package's private one, whose quantities do a little more than pint's when they are multiplied.
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

AIM = 20  # what the issue tracker asks for
TEXTS = 50
# As the reader and as pint spells it.
SPELLINGS = {
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
    """Numbers of two decimals in no order, each once."""
    rng = random.Random(0)  # noqa: S311 - to be repeated, not to be secret
    for each in rng.sample(range(100_000, 10_000_000), 900_000):
        yield f"{each // 100}.{each % 100:02}"


def bundled() -> Pairs:
    """Every bundled wording that is one figure of a number and a unit, once."""
    data = ip.load(tiers="ABCD")
    claims: list[ip.Target | ip.Observation] = [*data.targets, *data.observations]
    pairs: dict[str, str] = {}
    for claim in claims:
        stated = claim.citation.as_stated or ""
        try:
            figure = ip.read_figure(stated)
        except ip.FigureError:
            continue
        if figure.unit is not None and figure.value_high is None:
            pairs[stated] = f"{figure.value} {figure.unit}"
    return list(pairs.items())


def plain_registry() -> pint.UnitRegistry[Decimal]:
    """A registry of pint's own kind, with the units of the package and nothing else."""
    registry: pint.UnitRegistry[Decimal] = pint.UnitRegistry(None, non_int_type=Decimal)
    define_units(registry)
    return registry


def seconds(read: Callable[[str], object], texts: list[str]) -> float:
    """How long reading takes, per text."""
    start = time.perf_counter()
    for text in texts:
        read(text)
    return (time.perf_counter() - start) / len(texts)


def compared(made: Callable[[], Pairs], rounds: int) -> tuple[int, float, float, float, float]:
    """Distinct texts; medians of ours, of pint's, of the ratio, of the private registry's ratio."""
    plain, private = plain_registry().parse_expression, current_registry().parse_expression
    texts: set[str] = set()
    taken = []
    for _ in range(rounds + 1):
        ours, theirs = map(list, zip(*made(), strict=True))
        texts.update(ours)
        taken.append(
            (seconds(ip.read_figure, ours), seconds(plain, theirs), seconds(private, theirs))
        )
    del taken[0]  # the first round makes the tables
    ours, theirs, theirs_private = map(statistics.median, zip(*taken, strict=True))
    ratios = [other / own for own, other, _ in taken]
    return len(texts), ours, theirs, statistics.median(ratios), theirs_private / ours


def main(rounds: int) -> int:
    """Measure and print."""
    supply = numbers()
    print(f"{rounds} rounds of {TEXTS}, medians; aim: {AIM} times faster than pint")
    print(
        f"{'':14} {'distinct':>8} {'ours':>10} {'pint':>10} {'ratio':>7} {'private registry':>18}"
    )
    for name, (own, other) in SPELLINGS.items():

        def generated(own: str = own, other: str = other) -> Pairs:
            made = [next(supply) for _ in range(TEXTS)]
            return [(own.format(each), other.format(each)) for each in made]

        show(name, compared(generated, rounds))
    wordings = bundled()
    show("as_stated", compared(lambda: wordings, rounds))
    return 0


def show(name: str, measured: tuple[int, float, float, float, float]) -> None:
    """One line."""
    count, ours, theirs, ratio, private = measured
    print(
        f"{name:14} {count:8,} {ours * 1e6:7.1f} µs {theirs * 1e6:7.1f} µs {ratio:7.1f} {private:18.1f}"
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
