"""One strategy for every record, and for series of observations."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ..codelists import Comparator, Form, Status
from ..errors import MissingError
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
from ..units.table import UnitTable
from .claims import EVERY_MAKER
from .numbers import units
from .world import Pick, World, checked

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

__all__ = [
    "citations",
    "corroborations",
    "course",
    "errata",
    "goals",
    "indicators",
    "observations",
    "plans",
    "records",
    "regions",
    "series",
    "sources",
    "targets",
    "vintages",
]

RecordT = TypeVar("RecordT", bound=Record)
RegionT = TypeVar("RegionT", bound=Region, default=Region)
IndicatorT = TypeVar("IndicatorT", bound=Indicator, default=Indicator)
TargetT = TypeVar("TargetT", bound=Target, default=Target)
ObservationT = TypeVar("ObservationT", bound=Observation, default=Observation)

_CENT = Decimal("0.01")
_STARTS = st.integers(1, 1_000_000).map(lambda number: Decimal(number) / 100)
_STEPS = st.integers(-20, 40)
_PLAIN: dict[str, Any] = {
    "comparator": Comparator.REACH,
    "start_year": None,
    "erratum": None,
    "notes": None,
}
_SETTLED = (Status.NOT_STATED, Status.FINAL, Status.PRELIMINARY)
_STATUSES, _UNBROKEN = st.sampled_from((*_SETTLED * 2, Status.BREAK)), st.sampled_from(_SETTLED)


def records(
    kind: type[RecordT], *, table: UnitTable | None = None, **fields: Any
) -> SearchStrategy[RecordT]:
    """Records of a type, your own subclasses among them.

    Parameters
    ----------
    kind
        The type. What a subclass has further is drawn by the types of its fields.
    table
        The units of a dataset with units of its own (``plans.units``); None for the bundled.
    fields
        Strategies, or values, for single fields; the others are drawn so that they fit.

    Raises
    ------
    MissingError
        If the record has no such field, or the type is none of the package's records.

    Examples
    --------
    >>> from hypothesis import Phase, find, settings
    >>> once = settings(phases=[Phase.generate, Phase.shrink])
    >>> find(records(Target, form="rank"), lambda target: target.value > 3, settings=once)
    <Target 0/a/rank/2025@0>
    """
    if kind.noun not in EVERY_MAKER:
        raise MissingError(
            asked=f"strategy for {kind.__name__}", hint="expected Target, Region, … or a subclass"
        )
    checked(kind, fields)
    found: SearchStrategy[RecordT] = _made(kind, table, fields)
    return found


def regions(
    kind: type[RegionT] = Region,  # type: ignore[assignment]
    **fields: Any,
) -> SearchStrategy[RegionT]:
    """Regions, alone or in another one and in groups; see :func:`records`."""
    return records(kind, **fields)


def indicators(
    kind: type[IndicatorT] = Indicator,  # type: ignore[assignment]
    *,
    table: UnitTable | None = None,
    **fields: Any,
) -> SearchStrategy[IndicatorT]:
    """Indicators in every unit; ratios have the two they are the quotient of. See :func:`records`."""
    return records(kind, table=table, **fields)


def sources(**fields: Any) -> SearchStrategy[Source]:
    """Documents of every tier; see :func:`records`."""
    return records(Source, **fields)


def citations(**fields: Any) -> SearchStrategy[Citation]:
    """Places in documents; see :func:`records`."""
    return records(Citation, **fields)


def plans(**fields: Any) -> SearchStrategy[Plan]:
    """Plans of every kind and period; see :func:`records`."""
    return records(Plan, **fields)


def errata(**fields: Any) -> SearchStrategy[Erratum]:
    """Printed errors; see :func:`records`."""
    return records(Erratum, **fields)


def vintages(**fields: Any) -> SearchStrategy[Vintage]:
    """Releases of a statistic; see :func:`records`."""
    return records(Vintage, **fields)


def targets(
    kind: type[TargetT] = Target,  # type: ignore[assignment]
    *,
    table: UnitTable | None = None,
    **fields: Any,
) -> SearchStrategy[TargetT]:
    """Targets in every form, with every comparator, zero and negative values among them.

    See :func:`records` for the parameters.

    Examples
    --------
    >>> from hypothesis import Phase, find, settings
    >>> once = settings(phases=[Phase.generate, Phase.shrink])
    >>> ranges = targets(comparator="between")
    >>> found = find(ranges, lambda target: target.value > 1, settings=once)
    >>> found.value, found.value_high
    (Decimal('2'), Decimal('3'))
    """
    return records(kind, table=table, **fields)


def observations(
    kind: type[ObservationT] = Observation,  # type: ignore[assignment]
    *,
    table: UnitTable | None = None,
    **fields: Any,
) -> SearchStrategy[ObservationT]:
    """Observations of a year, of a span, or undated; see :func:`records`."""
    return records(kind, table=table, **fields)


def corroborations(**fields: Any) -> SearchStrategy[Corroboration]:
    """Further texts with the figure of a target; see :func:`records`."""
    return records(Corroboration, **fields)


def goals(**fields: Any) -> SearchStrategy[Goal]:
    """Goals, of a plan or of none; see :func:`records`."""
    return records(Goal, **fields)


def series(
    kind: type[ObservationT] = Observation,  # type: ignore[assignment]
    *,
    first: int = 2015,
    last: int = 2025,
    vintages: Sequence[str] = (),
    breaks: bool = True,
    table: UnitTable | None = None,
    **fields: Any,
) -> SearchStrategy[list[ObservationT]]:
    """Levels of one indicator in one region, by year; some years may be missing.

    Parameters
    ----------
    first, last
        The years.
    vintages
        Names of the vintages; a year may be in several of them. None by default.
    breaks
        Whether a year may be one in which the series was redefined.
    kind, table, fields
        As for :func:`records`; fields hold for every observation.

    Examples
    --------
    >>> from hypothesis import find
    >>> [each.year for each in find(series(first=2020), lambda found: len(found) == 2)]
    [2020, 2021]
    """
    checked(kind, fields)
    found: SearchStrategy[list[ObservationT]] = _series(
        kind,
        table,
        fields,
        span=tuple(range(first, last + 1)),
        vintages=tuple(vintages),
        breaks=breaks,
    )
    return found


def course(
    world: World,
    kind: type[Any],
    fields: Mapping[str, Any],
    *,
    span: Sequence[int],
    vintages: Sequence[str] = (),
    breaks: bool = True,
    gaps: bool = True,
) -> list[Any]:
    """The observations of one series, drawn in a world."""
    pick = Pick(world, kind, fields)
    indicator, form = pick.refer("indicator", Indicator), Form(pick("form", st.just(Form.LEVEL)))
    shared = {
        "region": pick.refer("region", Region),
        "indicator": indicator,
        "form": form,
        "citation": pick.part("citation", Citation),
        "unit": pick("unit", units(indicator.unit_in(form), table=world.table)),
    }
    found, level = [], world.draw(_STARTS)
    for year in world.draw(_some_of(span)) if gaps else span:
        for vintage in world.draw(_some_of(tuple(vintages) or (None,))):
            facts = _PLAIN | {
                "value": level,
                "year": year,
                "vintage": vintage,
                "status": world.draw(_STATUSES if breaks else _UNBROKEN),
            }
            found.append(world.make(kind, **(facts | dict(fields) | shared)))
            level = _grown(level, world.draw(_STEPS))
    return found


@st.composite
def _made(draw: DrawFn, kind: type[Any], table: UnitTable | None, fields: Mapping[str, Any]) -> Any:
    world = World(draw, EVERY_MAKER, table=table)
    return EVERY_MAKER[kind.noun](world, kind, fields)


@st.composite
def _series(
    draw: DrawFn,
    /,
    kind: type[Any],
    table: UnitTable | None,
    fields: Mapping[str, Any],
    **how: Any,
) -> list[Any]:
    world = World(draw, EVERY_MAKER, kinds={kind.noun: kind}, table=table)
    return course(world, kind, fields, **how)


@lru_cache(maxsize=256)
def _some_of(choices: Sequence[Any]) -> SearchStrategy[list[Any]]:
    """Some of the choices, at least one, in their order."""
    some = st.lists(st.sampled_from(choices), min_size=1, max_size=len(choices), unique=True)
    return some.map(lambda found: sorted(found, key=choices.index))


def _grown(level: Decimal, percent: int) -> Decimal:
    """The level after a year, to the cent."""
    grown = EXACT.multiply(level, EXACT.add(1, EXACT.divide(Decimal(percent), 100)))
    return grown.quantize(_CENT, rounding=ROUND_HALF_EVEN, context=EXACT)
