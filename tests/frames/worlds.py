"""Generate worlds: a target, with what was observed of it; the same ones for the same seed.

Each world has a region of its own, so that thousands of them fit into one dataset and one frame.
Numbers are short decimals. An outcome is equal to a bound of its target, or at least a billionth of
the target away from it: nearer than a trillionth, floats cannot tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, NamedTuple

import innovation_plans as ip
from innovation_plans import Comparator, Direction, Form
from innovation_plans.analysis.matching import agree, interval_of
from innovation_plans.testing import empty
from innovation_plans.units.decimals import EXACT
from innovation_plans.units.interval import half_unit
from innovation_plans.units.quantity import convert

OWN_UNITS = """
square_metre = [area]
mu = 2000 / 3 * square_metre
permille_per_year = 0.1 * percent_per_year
"""
# Units with a token for other multiples of them.
UNITS = {
    "CNY_100M": ("CNY_100M", "CNY_10K", "CNY_1T", "CNY"),
    "percent": ("percent",),
    "square_metre": ("square_metre", "mu"),
    "person_year_per_10k_employed": ("person_year_per_10k_employed",),
    "percent_per_year": ("percent_per_year", "permille_per_year"),
}
NAMES = {
    "revenue": "CNY_100M",
    "share": "percent",
    "land": "square_metre",
    "intensity": "person_year_per_10k_employed",
    "place": "rank",
}
# Dates of the documents, of three a tier.
DATES = (
    "2027-03", "2029-05-30", None, "2026", "2028-11", "2029-02", "2027-04-05", "2028", "2026-08",
    "2028-01-31", "2027", "2029",
)  # fmt: skip
VINTAGES = ("first", "revised", "census")
PLAIN = (Comparator.REACH, Comparator.REACH, Comparator.REACH, Comparator.ABOUT)
NEAR = tuple(map(Decimal, ("1e-9", "-1e-9", "1e-6", "-0.001", "0.01", "-0.02", "0.02", "-0.1")))


class World(NamedTuple):
    """One target, and observations of its region."""

    target: ip.Target
    observations: tuple[ip.Observation, ...]


@cache
def foundation() -> ip.Dataset:
    """A dataset without targets: units, indicators, sources and vintages that all worlds use."""
    plans = empty().extend(units=OWN_UNITS)
    token = plans.context.units.token
    kinds = [
        ip.Indicator(code=f"{name}_{way}", name_en=f"{name} {way}", unit=token(unit), direction=way)
        for name, unit in NAMES.items()
        for way in Direction
        if unit != "rank" or way is Direction.DOWN
    ]
    # The order of the codes is not that of the tiers, nor that of the dates.
    documents = [
        ip.Source(
            code=f"text-{at * 7 % 13:02}", title=f"Text {at}", tier="AAABBBCCCDDD"[at], date=date
        )
        for at, date in enumerate(DATES)
    ]
    releases = [
        ip.Vintage(
            indicator=kind, code=code, year=year, order=order, released=f"202{order + 4}-06",
            description=code,
        )
        for kind in kinds
        for code, year, order in (
            ("first", None, 1), ("revised", 2024, 2), ("revised", 2025, 2), ("census", None, 3),
        )
    ]  # fmt: skip
    return plans.extend(indicators=kinds, sources=documents, vintages=releases)


def indicators() -> tuple[ip.Indicator, ...]:
    """Indicators in every direction, of several units."""
    return tuple(foundation().indicators)


def sources() -> tuple[ip.Source, ...]:
    """Documents of every tier, with and without a date."""
    return tuple(foundation().sources)


def unit_token(unit: str) -> str:
    """Return the unit as records have it: it knows the table that defines it."""
    return foundation().context.units.token(unit)


def dataset_of(worlds: Iterable[World]) -> ip.Dataset:
    """Return one dataset with the targets and observations of all worlds."""
    chosen = list(worlds)
    plans = [world.target.plan for world in chosen]
    return foundation().extend(
        regions=[plan.region for plan in plans],
        plans=plans,
        targets=[world.target for world in chosen],
        observations=[seen for world in chosen for seen in world.observations],
    )


def generate(count: int, seed: int) -> list[World]:
    """Return so many worlds."""
    return [
        _Draft(Random(f"{seed}/{number}"), number).world()  # noqa: S311 - repeatable, not secret
        for number in range(count)
    ]


class _Draft:
    """A world on its way: what was drawn so far."""

    def __init__(self, random: Random, number: int) -> None:
        self.random = random
        self.disputed = random.random() < 0.4  # whether most texts are of one year
        self.region = ip.Region(code=f"W-{number:05}", kind="province", name_en=f"World {number}")

    def world(self) -> World:
        target = self.target()
        count = self.random.choice((3, 4, 5, 6) if self.disputed else (1, 1, 2, 3, 4, 5))
        documents = self.random.sample(sources(), count)
        observations: list[ip.Observation] = []
        for document in documents:
            seen = self.observation(target, document)
            if not any(_only_names_differ(seen, other) for other in observations):
                observations.append(seen)
        return World(target, tuple(observations))

    def target(self) -> ip.Target:
        pick, chance = self.random.choice, self.random.random
        indicator = pick(indicators())
        form = pick((Form.LEVEL, Form.LEVEL, *Form))
        comparator = pick((*Comparator,))
        value = self.number(form)
        end = self.random.randint(2022, 2027)
        start = pick((None, end, end - 1, end - 4, end - 4, end - 4))
        plan = ip.Plan(
            code=f"{self.region.code}-plan", region=self.region, period="14th", kind="sti",
            title_en="Plan",
        )  # fmt: skip
        return ip.Target(
            plan=plan,
            indicator=indicator,
            form=form,
            comparator=comparator,
            value=value,
            value_high=upper_end(
                form, value, value + size_of(value) * Decimal(pick(("0.1", "0.5", "2")))
            )
            if comparator is Comparator.BETWEEN
            else None,
            unit=self.unit(indicator.unit_in(form)),
            start_year=start,
            end_year=end,
            breakdown="districts" if chance() < 0.08 else None,
            scope=pick(("national", "national", "class_unclear")) if chance() < 0.15 else None,
            citation=ip.Citation(source=pick(sources())),
            **self.baseline(indicator, form, value, (start or end) - 1, end),
        )

    def baseline(
        self, indicator: ip.Indicator, form: Form, value: Decimal, before: int, end: int
    ) -> dict[str, Any]:
        """Return a start: none, or one before, at or beyond the target, in whichever unit."""
        pick, chance = self.random.choice, self.random.random
        if chance() < 0.25:
            return {}
        size = size_of(value)
        steps = ["0", "-0.5", "-0.2", "0.2", "-1", "-2", "1e-4", "-1e-4", "3"]
        start = pick([value + size * Decimal(pick(steps)), Decimal(0), self.number(form)])
        own = indicator.unit if form is Form.RANK else indicator.unit_in(form)
        units = [None, None, None, own, self.unit(own), self.unit(indicator.unit), "patent"]
        unit = pick(units)
        return {
            "baseline_value": None if chance() < 0.05 else of_form(form, _short(start)),
            "baseline_year": None if chance() < 0.05 else pick((before, before - 2, end - 1)),
            "baseline_unit": unit,
        }

    def observation(self, target: ip.Target, source: ip.Source) -> ip.Observation:
        pick, chance = self.random.choice, self.random.random
        disputed = self.disputed and chance() < 0.9
        indicator = target.indicator if disputed or chance() < 0.93 else pick(indicators())
        form = target.form if disputed or chance() < 0.85 else pick((*Form,))
        comparator = pick(PLAIN) if chance() < 0.7 else pick((*Comparator,))
        unit = self.unit(indicator.unit_in(form))
        value = of_form(form, self.outcome(target, unit))
        end, start = target.end_year, target.start_year or target.end_year
        within = self.random.randint(start, end)
        year = pick((end, end, end, within, within, max(start, end - 1), start - 1, end + 1))
        spans = (target.start_year, target.start_year, target.start_year, None, start, year - 2)
        first = pick([span for span in spans if span is None or span <= year])
        if disputed:
            year, first = (max(start, end - 1) if target.form is Form.LEVEL else end), start
        return ip.Observation(
            region=self.region,
            indicator=indicator,
            form=form,
            comparator=comparator,
            value=value,
            value_high=upper_end(form, value, self.above(value, unit, target))
            if comparator is Comparator.BETWEEN
            else None,
            unit=unit,
            precision=self.precision(value),
            start_year=first,
            year=year if disputed or chance() < 0.94 else None,
            scope=target.scope if chance() < 0.9 else pick((None, "national", "provincial")),
            vintage=pick((None, None, None, *VINTAGES)),
            self_reported=self.speaker(0.1 if disputed else 0.25),
            citation=ip.Citation(source=source),
        )

    def speaker(self, share: float) -> bool | None:
        """Return whether a government reports a figure itself: in a share of them yes or not known."""
        drawn = self.random.random()
        return None if share / 2 < drawn < share else drawn < share

    def outcome(self, target: ip.Target, unit: str) -> Decimal:
        """Return a value at, near or far from a bound of the target, in another unit."""
        pick = self.random.choice
        size = size_of(target.value)
        value = pick((target.value, target.value, target.value_high or target.value))
        match self.random.randrange(6):
            case 0:
                pass
            case 1 | 2:
                value += size * pick(NEAR)
            case 3 | 4:
                value = self.on_the_way(target)
            case 5:
                value = pick((self.number(target.form), -value, Decimal(0)))
        return in_unit(value, target.unit, unit)

    def precision(self, value: Decimal) -> Decimal | None:
        """Return the half-width of a printed figure: often that of its last digit, or a coarser one."""
        if self.random.random() < 0.6:
            return None
        return half_unit(value) * self.random.choice((1, 10, 1000))

    def on_the_way(self, target: ip.Target) -> Decimal:
        """Return a value between the start and the target, or beyond both."""
        start = target.baseline_value
        if start is None or target.baseline_unit not in {None, target.unit}:
            start = Decimal(0)
        share = self.random.choice(("0.19", "0.2", "0.475", "0.5", "0.75", "0.95", "-0.3", "1.2"))
        return start + (target.value - start) * Decimal(share)

    def number(self, form: Form) -> Decimal:
        """Return a short decimal: a small whole number for ranks."""
        if form is Form.RANK:
            return Decimal(self.random.randint(1, 40))
        digits = Decimal(self.random.randint(-20, 100) * self.random.choice((1, 1, 37)))
        return digits.scaleb(self.random.choice((-3, -1, -1, 0, 2, 6))) + 0

    def above(self, value: Decimal, unit: str, target: ip.Target) -> Decimal:
        """Return the upper end of an observed range, which floats can tell from the lower one."""
        wide = in_unit(size_of(target.value) * Decimal("0.01"), target.unit, unit)
        return value + self.random.choice((wide, wide * 40, max(wide, size_of(value))))

    def unit(self, unit: str) -> Any:
        """Return the unit or another of its measure."""
        return unit_token(self.random.choice(UNITS.get(unit, (unit,))))


def _only_names_differ(one: ip.Observation, other: ip.Observation) -> bool:
    """Return whether nothing but names or digits decides between two figures of a year.

    Among equal figures that are equal in all that counts, ``assess`` uses the first by its key. It
    knows that figures agree if they are equal within their rounding; a frame does not.
    """
    if (one.series_key, one.year) != (other.series_key, other.year):
        return False
    weights = [
        (
            seen.self_reported is not False,
            seen.citation.source.tier,
            *foundation().observations.rank(seen),
        )
        for seen in (one, other)
    ]
    if weights[0] == weights[1] and convert(other.value, other.unit, one.unit) == one.value:
        return True
    alike = interval_of(one, one.unit) == interval_of(other, one.unit)
    return agree(one, other) and not (alike and bool(one.half_width) is bool(other.half_width))


def of_form(form: Form, value: Decimal) -> Decimal:
    """Return the value; for a rank, the nearest that there is."""
    return max(Decimal(1), round(value, 0)) if form is Form.RANK else value


def upper_end(form: Form, low: Decimal, high: Decimal) -> Decimal:
    """Return the upper end of a range; of ranks, at least the next."""
    return max(low + 1, round(high, 0)) if form is Form.RANK else high


def size_of(value: Decimal) -> Decimal:
    """Return the size of a number, or that of a large one for zero."""
    return abs(value) or Decimal(10**6)


def in_unit(value: Decimal, source: str, unit: str) -> Decimal:
    """Return a value in another unit, or the same number if the unit has another measure."""
    factor = foundation().context.units.factor(source, unit)
    if factor is None:
        return _short(value)
    converted = EXACT.divide(value * factor.numerator, Decimal(factor.denominator))
    return _short(converted)


def _short(value: Decimal) -> Decimal:
    """Return the number, if it needs no more than 15 digits, else 4 digits of it."""
    digits = EXACT.normalize(value)
    if len(digits.as_tuple().digits) <= 15 and digits.adjusted() >= -20:
        return Decimal(f"{digits:f}")
    return Decimal(f"{Decimal(f'{value:.3e}'):f}") if abs(value) > Decimal("1e-15") else Decimal(0)
