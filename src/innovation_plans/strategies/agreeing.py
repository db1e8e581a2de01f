"""Datasets whose records agree with one another. The top room."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ..codelists import Comparator, Direction, Form, Tier
from ..dataset.build import Directory
from ..dataset.dataset import Dataset
from ..io.folder import RowsInMemory
from ..records import (
    Citation,
    Corroboration,
    Erratum,
    Goal,
    Indicator,
    Observation,
    Plan,
    Record,
    Region,
    Source,
    Target,
    Vintage,
)
from ..units.decimals import EXACT
from ..units.table import UnitTable, bundled_units
from .claims import EVERY_MAKER
from .numbers import FIRST_YEAR
from .singly import course
from .world import World

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

__all__ = ["datasets", "empty"]

TargetT = TypeVar("TargetT", bound=Target, default=Target)
ObservationT = TypeVar("ObservationT", bound=Observation, default=Observation)
RegionT = TypeVar("RegionT", bound=Region, default=Region)
IndicatorT = TypeVar("IndicatorT", bound=Indicator, default=Indicator)

_EITHER = st.booleans()
_SELDOM = st.sampled_from((False, False, False, True))
_MOSTLY = st.sampled_from((False, True, True, True))
_AROUND = tuple(map(Decimal, ("1", "0.5", "0.99", "1.5", "-1", "2")))
_FROM_BELOW = tuple(map(Decimal, ("0.5", "0.8", "0.99")))
_FROM_ABOVE = tuple(map(Decimal, ("2", "1.5", "1.01")))
_OTHERS: tuple[type[Record], ...] = (Source, Erratum, Vintage, Corroboration, Goal)
_TABLES: dict[str, type[Record]] = {
    "regions": Region,
    "indicators": Indicator,
    "sources": Source,
    "plans": Plan,
    "errata": Erratum,
    "vintages": Vintage,
    "targets": Target,
    "corroborations": Corroboration,
    "observations": Observation,
    "goals": Goal,
}


def empty(tiers: str = "ABCD") -> Dataset:
    """A dataset without any record, to be extended.

    Examples
    --------
    >>> from innovation_plans import load
    >>> ours = empty().extend(targets=load().targets[:2])
    >>> len(ours.targets), len(ours.plans)
    (2, 1)
    """
    directory = Directory(RowsInMemory({}, label="drawn records"))
    directory.read_all()
    return Dataset(directory, frozenset(map(Tier, tiers)), "")


def datasets(
    *,
    min_targets: int = 0,
    max_targets: int = 4,
    min_observations: int = 0,
    max_observations: int = 10,
    most: int = 3,
    matched: bool = True,
    units: str | SearchStrategy[str] = "",
    tiers: str = "ABCD",
    target_type: type[TargetT] = Target,  # type: ignore[assignment]
    observation_type: type[ObservationT] = Observation,  # type: ignore[assignment]
    region_type: type[RegionT] = Region,  # type: ignore[assignment]
    indicator_type: type[IndicatorT] = Indicator,  # type: ignore[assignment]
) -> SearchStrategy[Dataset[TargetT, ObservationT, RegionT, IndicatorT]]:
    """Datasets whose records refer to one another: targets, outcomes, and all that is behind them.

    Parameters
    ----------
    min_targets, max_targets, min_observations, max_observations
        How many of these.
    most
        How many regions, indicators, plans, goals and so on, of each at most; one at least of
        what is referred to.
    matched
        Whether observations are of the regions and indicators of the targets, in the years around
        them and with numbers near to theirs, so that assessments come to every verdict.
    units
        Definitions of units of one's own, as for ``plans.extend``, or a strategy for them:
        :func:`unit_definitions`.
    tiers
        As for ``load``: targets and observations of other tiers are left out.
    target_type, observation_type, region_type, indicator_type
        Your own subclasses.

    Examples
    --------
    >>> from hypothesis import Phase, find, settings
    >>> once = settings(phases=[Phase.generate, Phase.shrink])
    >>> plans = find(datasets(min_targets=1, max_observations=1), lambda _: True, settings=once)
    >>> plans.targets, len(plans.regions), len(plans.observations)
    (<TargetTable of 1: 0/a/level/2025@0>, 1, 0)
    """
    kinds: dict[str, type[Record]] = {
        "target": target_type,
        "observation": observation_type,
        "region": region_type,
        "indicator": indicator_type,
    }
    wanted = _Wanted(min_targets, max_targets, min_observations, max_observations, most, matched)
    found: SearchStrategy[Any] = _datasets(wanted, units, tiers, kinds)
    return found


class _Wanted(NamedTuple):
    """How many records, and whether outcomes belong to targets."""

    min_targets: int
    max_targets: int
    min_observations: int
    max_observations: int
    most: int
    matched: bool


@st.composite
def _datasets(
    draw: DrawFn,
    wanted: _Wanted,
    units: str | SearchStrategy[str],
    tiers: str,
    kinds: Mapping[str, type[Record]],
) -> Any:
    text = draw(units) if isinstance(units, SearchStrategy) else units
    table = bundled_units().with_(text) if text else bundled_units()
    world = World(draw, EVERY_MAKER, kinds=kinds, table=table, most=wanted.most)
    _background(world, wanted.most)
    targets = _targets(world, wanted)
    observations = _observations(world, wanted, targets)
    for kind in _OTHERS:
        for _ in range(draw(st.integers(0, min(2, wanted.most)))):
            if len(world.known(kind.noun)) < wanted.most:
                world.make(kind)
    given: dict[str, Any] = {name: world.known(kind.noun) for name, kind in _TABLES.items()} | {
        "targets": targets,
        "observations": observations,
    }
    own: dict[str, Any] = {f"{noun}_type": kind for noun, kind in kinds.items()}
    return empty(tiers).extend(units=text, **given, **own)


def _background(world: World, most: int) -> None:
    """Regions, indicators and plans that others may refer to."""
    tokens = _own_units(world.table)
    own = st.sampled_from(tokens) if tokens else None
    for _ in range(world.draw(st.integers(0, most))):
        world.make(Region)
    for _ in range(world.draw(st.integers(0, most))):
        given = own is not None and world.draw(_EITHER)
        if len(world.known("indicator")) < most:
            world.make(Indicator, **({"unit": own} if given else {}))
    for _ in range(world.draw(st.integers(0, most))):
        world.make(Plan)


def _targets(world: World, wanted: _Wanted) -> list[Any]:
    """Targets, no two with one key."""
    found: dict[str, Any] = {}
    for _ in range(world.draw(st.integers(wanted.min_targets, wanted.max_targets))):
        made = world.make(Target)
        if made.key in found:  # another text of the same claim
            same = {name: getattr(made, name) for name in type(made).model_fields}
            made = world.make(Target, **same | {"citation": _new_citation(world)})
        found[made.key] = made
    return list(found.values())


def _observations(world: World, wanted: _Wanted, targets: list[Any]) -> list[Any]:
    """Outcomes of the targets, and others; no two with one key."""
    found: dict[str, Any] = {}
    for target in targets if wanted.matched else ():
        made = _outcomes(world, target) if world.draw(_MOSTLY) else []
        found |= {each.key: each for each in made}
    kept = list(found.values())[: wanted.max_observations]
    more = world.draw(st.integers(0, 2))
    number = min(max(wanted.min_observations, len(kept) + more), wanted.max_observations)
    keys = {each.key for each in kept}
    while len(kept) < number:
        made = world.make(Observation)
        if made.key in keys:
            same = {name: getattr(made, name) for name in type(made).model_fields}
            made = world.make(Observation, **same | {"citation": _new_citation(world)})
        keys.add(made.key)
        kept.append(made)
    return kept


def _outcomes(world: World, target: Any) -> list[Any]:
    """What was reached: levels by year, or a figure in the target's own form over its span."""
    subject = {"region": target.region, "indicator": target.indicator}
    if target.form is not Form.LEVEL and world.draw(_EITHER):
        over = {"start_year": target.start_year, "year": target.end_year}
        figure = {"form": target.form, "unit": target.unit, "comparator": Comparator.REACH}
        near = st.sampled_from(_near(target, _AROUND))
        return [world.make(Observation, **subject, **figure, **over, value=near)]
    first = max(FIRST_YEAR, (target.start_year or target.end_year) - 1)
    years = {first, max(first, target.end_year - 1), target.end_year}
    numbers = _AROUND
    if len(years) > 2 and world.draw(_EITHER):  # not yet due, and mostly not yet there
        years.discard(target.end_year)
        down = target.indicator.direction is Direction.DOWN
        numbers = (_FROM_ABOVE if down else _FROM_BELOW) * 3 + _AROUND
    if target.form in {Form.RANK, Form.LEVEL}:
        near = st.sampled_from(_near(target, numbers))
        subject |= {"form": target.form, "unit": target.unit, "value": near}
    return course(
        world,
        world.kind_of(Observation),
        subject,
        span=tuple(sorted(years)),
        vintages=[each.code for each in world.known("vintage")],
        gaps=world.draw(_SELDOM),
    )


def _near(target: Any, multiples: tuple[Decimal, ...]) -> list[Decimal]:
    """Numbers about as large as the target's, of no more digits than a record admits."""
    found = [EXACT.multiply(target.value, each) for each in multiples]
    return [each for each in found if _admissible(each)] or [target.value]


def _admissible(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -30 and value.adjusted() < 30


def _new_citation(world: World) -> Any:
    return world.make(Citation, source=world.make(Source))


def _own_units(table: UnitTable) -> list[str]:
    return [table.token(unit.name) for unit in table if unit.name not in bundled_units()]
