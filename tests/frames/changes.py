"""Change generated worlds in ways that change no answer, or a verdict in one direction only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans import Direction, Form
from innovation_plans.analysis.comparability import difference_unit
from innovation_plans.units.interval import direction_to

from .paths import Answer
from .worlds import World, in_unit, indicators, size_of, sources, unit_token

OTHER_UNITS = {
    "CNY_100M": ("CNY_10K", 10_000), "CNY_10K": ("CNY_1T", 1e-8), "CNY_1T": ("CNY", 1e12),
    "CNY": ("CNY_100M", 1e-8), "percent_per_year": ("permille_per_year", 10),
    "permille_per_year": ("percent_per_year", 0.1),
}  # fmt: skip


def in_other_units(world: World) -> World:
    """Return the world with every figure that has another unit in it; baselines as they are."""
    target = world.target
    start = {"baseline_unit": target.baseline_unit or target.unit}
    return World(
        rewritten(target, **in_other_unit(target), **start),
        tuple(rewritten(seen, **in_other_unit(seen)) for seen in world.observations),
    )


def rewritten(record: Any, **cells: Any) -> Any:
    """Return the record with other cells, validated again."""
    return type(record)(
        **{name: getattr(record, name) for name in type(record).model_fields} | cells
    )


def in_other_unit(record: Any) -> dict[str, Any]:
    unit, factor = OTHER_UNITS.get(record.unit, (record.unit, 1))
    exact = Decimal(str(factor))
    high = None if record.value_high is None else record.value_high * exact
    width = record.half_width * exact if isinstance(record, ip.Observation) else None
    cells = {"value": record.value * exact, "value_high": high, "unit": unit_token(unit)}
    return cells | {"precision": width or None}


def answer_in_other_unit(answer: Answer, world: World) -> Answer:
    """Return the answer that is to be expected of the world in another unit."""
    if answer.gap is None:
        return answer
    unit, factor = OTHER_UNITS[world.target.unit]
    gap: Any = pytest.approx(answer.gap * factor, rel=1e-10)
    return answer._replace(gap=gap, gap_unit=difference_unit(unit))


def with_renamed_sources(world: World) -> World:
    """Return the world with the alphabet of its sources turned round."""
    return world._replace(
        observations=tuple(
            rewritten(seen, citation=ip.Citation(source=renamed(seen.citation.source)))
            for seen in world.observations
        )
    )


def with_irrelevant_rows(world: World) -> World:
    """Return the world with figures of other years, forms and indicators beside its own."""
    target, seen = world.target, world.observations[0]
    forms = [form for form in Form if form is not target.form]
    unit = target.indicator.unit_in(forms[-1])
    other = next(kind for kind in indicators() if kind != target.indicator)
    value = {"value": target.value * 3 + 1, "comparator": "reach", "value_high": None}
    own = {"indicator": target.indicator, "form": target.form, "unit": target.unit}
    further = [
        {**own, "year": target.end_year + 1},
        {**own, "year": None, "start_year": None},
        {**own, "form": forms[-1], "unit": unit},
        {"indicator": other, "form": "level", "unit": other.unit},
    ]
    source = {"citation": ip.Citation(source=sources()[-1].model_copy(update={"code": "more"}))}
    return world._replace(
        observations=(
            *world.observations,
            *(rewritten(seen, **value, **source, **cells) for cells in further),
        )
    )


def of_the_year(world: World, answer: Answer) -> World:
    """Return the world with the observations of the year that decides; all, if none does."""
    if answer.deciding is None:
        return world
    year = world.observations[answer.deciding].year
    return world._replace(
        observations=tuple(seen for seen in world.observations if seen.year == year)
    )


def bettered(world: World) -> World:
    """Return the world with every outcome nearer to the target, or further beyond it."""
    return world._replace(
        observations=tuple(bettered_figure(world.target, seen) for seen in world.observations)
    )


def bettered_figure(target: ip.Target, seen: ip.Observation) -> ip.Observation:
    if seen.form is not target.form:
        return seen
    step = in_unit(size_of(target.value) * Decimal("0.03"), target.unit, seen.unit)
    match direction_to(target.form, target.comparator, target.indicator.direction):
        case Direction.UP:
            return shifted(seen, step)
        case Direction.DOWN:
            return shifted(seen, -step)
    if not seen.comparator.plain:
        return seen
    ends = [
        in_unit(end, target.unit, seen.unit)
        for end in (target.value, target.value_high or target.value)
    ]
    return shifted(seen, (min(max(seen.value, ends[0]), ends[1]) - seen.value) / 2)


def shifted(seen: ip.Observation, step: Decimal) -> ip.Observation:
    high = None if seen.value_high is None else seen.value_high + step
    return rewritten(seen, value=seen.value + step, value_high=high)


def renamed(source: ip.Source) -> ip.Source:
    return source.model_copy(update={"code": f"renamed-{99 - int(source.code[-2:])}"})
