"""How targets, observations, corroborations and goals are drawn.

The unit fits indicator and form, a range has two ends, years are in order: what a record demands
is drawn so, never filtered for.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..codelists import Comparator, Force, Form, GoalKind, Status
from ..records import (
    Citation,
    Corroboration,
    Erratum,
    Goal,
    Indicator,
    Observation,
    Plan,
    Region,
    Target,
    years_of,
)
from ..units.decimals import EXACT, exact
from .coded import MAKERS
from .numbers import FIRST_YEAR, LAST_YEAR, plausible, units, values, years
from .words import sentences, slugs
from .world import Maker, Pick, World

__all__ = ["EVERY_MAKER"]

# Levels as often as all else together, as in plans.
_FORMS = st.sampled_from((Form.LEVEL,) * 6 + tuple(Form))
_LEVELS = plausible(Form.LEVEL) | values()


def target(world: World, kind: type[Any], fields: Mapping[str, Any]) -> Target:
    """A target, by the end of a span that often is its plan's."""
    pick = Pick(world, kind, fields)
    plan = pick.refer("plan", Plan)
    claimed = _claimed(pick)
    start, end = _span(pick, "end_year", _years_in(plan), years_of(plan.period))
    base_year = pick("baseline_year", _before(end))
    own_unit = claimed["indicator"].unit
    based = "baseline_value" in pick or base_year is not None
    made: Target = pick.made(
        plan=plan,
        **claimed,
        start_year=start,
        end_year=end,
        baseline_value=pick("baseline_value", _LEVELS if based else st.none()),
        baseline_year=base_year,
        baseline_unit=pick.aside("baseline_unit", units(own_unit, table=world.table)),
        force=pick.maybe("force", st.sampled_from(Force)),
        breakdown=pick.seldom("breakdown", slugs()),
        citation=pick.part("citation", Citation),
        erratum=pick.seldom_refer("erratum", Erratum),
        notes=pick.aside("notes", sentences()),
    )
    return made


def observation(world: World, kind: type[Any], fields: Mapping[str, Any]) -> Observation:
    """An observation of a year, of a span of years, or undated."""
    pick = Pick(world, kind, fields)
    region = pick.refer("region", Region)
    claimed = _claimed(pick)
    start, year = _span(pick, "year", st.none() | years())
    made: Observation = pick.made(
        region=region,
        **claimed,
        start_year=start,
        year=year,
        vintage=pick.maybe("vintage", slugs()),
        status=pick("status", st.sampled_from(Status)),
        self_reported=pick("self_reported", st.booleans()),
        citation=pick.part("citation", Citation),
        erratum=pick.seldom_refer("erratum", Erratum),
        notes=pick.aside("notes", sentences()),
    )
    return made


def corroboration(world: World, kind: type[Any], fields: Mapping[str, Any]) -> Corroboration:
    """A further text with the figure of a target, of one in this world where there is one."""
    pick = Pick(world, kind, fields)
    known = world.known("target")
    if known and "target" not in pick:
        printed: Target = world.draw(st.sampled_from(known))
    else:
        printed = target(world, Target, {})
    read = world.draw(st.booleans())
    figure = ("comparator", "value", "value_high", "unit")
    seen = {name: getattr(printed, name) if read else None for name in figure}
    made: Corroboration = pick.made(
        target=pick("target", st.just(printed.series_key)),
        **{name: pick(name, st.just(each)) for name, each in seen.items()},
        citation=pick.part("citation", Citation),
        notes=pick.aside("notes", sentences()),
    )
    return made


def goal(world: World, kind: type[Any], fields: Mapping[str, Any]) -> Goal:
    """A goal, of a plan or of none."""
    pick = Pick(world, kind, fields)
    plan = pick.maybe_refer("plan", Plan)
    made: Goal = pick.made(
        region=plan.region if plan and "region" not in pick else pick.refer("region", Region),
        plan=plan,
        kind=pick("kind", st.sampled_from(GoalKind)),
        theme=pick("theme", slugs()),
        statement=pick("statement", sentences()),
        horizon=pick.maybe("horizon", years()),
        citation=pick.part("citation", Citation),
    )
    return made


EVERY_MAKER: dict[str, Maker] = MAKERS | {
    "target": target,
    "observation": observation,
    "corroboration": corroboration,
    "goal": goal,
}


def _claimed(pick: Pick) -> dict[str, Any]:
    """Indicator, form, comparator, number and unit that fit one another."""
    indicator = pick.refer("indicator", Indicator)
    form = Form(pick("form", _FORMS))
    free = pick.maybe("value_high", st.nothing()) if "value_high" in pick else None
    bounds = [Comparator.BETWEEN] if free is not None else list(Comparator)
    comparator = Comparator(pick("comparator", st.sampled_from(bounds)))
    numbers = plausible(form) | values()
    if comparator is not Comparator.BETWEEN:
        low, high = pick("value", numbers), free
    elif "value" in pick or free is not None:
        low = exact(pick("value", values(max_value=None if free is None else _less(free))))
        high = _above(low, pick.world.draw(st.integers(1, 100))) if free is None else free
    else:
        low, high = sorted(pick.world.draw(st.lists(numbers, min_size=2, max_size=2, unique=True)))
    likely = units(indicator.unit_in(form), table=pick.world.table)
    return {
        "indicator": indicator,
        "form": form,
        "comparator": comparator,
        "value": low,
        "value_high": high,
        "unit": pick("unit", likely),
    }


def _less(high: Any) -> Decimal:
    return EXACT.subtract(exact(high), 1)


def _above(low: Decimal, step: int) -> Decimal:
    return EXACT.add(low, step)


def _span(
    pick: Pick,
    last: str,
    ends: SearchStrategy[int] | SearchStrategy[int | None],
    period: tuple[int, int] | None = None,
) -> tuple[int | None, int | None]:
    """First and last year, in order; the first may be missing, and the last, if `ends` says so."""
    if "start_year" in pick:
        first: int | None = pick("start_year", st.none())
        if first is not None:
            ends = years(min_value=first)
        return first, pick(last, ends)
    end: int | None = pick(last, ends)
    if period is not None and end is not None and FIRST_YEAR <= period[0] <= end:
        return pick.mostly("start_year", st.just(period[0]) | _years_up_to(end)), end
    return pick.maybe("start_year", _years_up_to(end)), end


def _years_up_to(end: int | None) -> SearchStrategy[int]:
    last = LAST_YEAR if end is None else end
    return st.integers(0, 10).map(lambda back: max(FIRST_YEAR, last - back)) | years(max_value=last)


def _years_in(plan: Plan) -> SearchStrategy[int]:
    first, last = years_of(plan.period) or (0, 0)
    if first >= FIRST_YEAR and last <= LAST_YEAR:
        return st.just(last) | st.integers(first, last) | years()
    return years()


def _before(end: int | None) -> SearchStrategy[int | None]:
    if end is None or end <= FIRST_YEAR:
        return st.none()
    recent = st.integers(1, 10).map(lambda back: max(FIRST_YEAR, end - back))
    return st.none() | recent | years(max_value=end - 1)
