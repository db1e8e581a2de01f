"""Derive the value of an indicator for a region and a year, by every possible route.

The routes: growth, multiple or increment of a base; ratio times denominator; numerator divided by
ratio; numerator divided by denominator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from ..codelists import Form
from ..dataset.dataset import Dataset
from ..dataset.where import Some, whole_year
from ..errors import expect, flag, suggests
from ..records import Indicator, Target
from ..text import labels
from ..text.implied import Route
from ..units.decimals import in_own_context, plain
from .derivation import Derivations, derivation
from .levels import KnownLevels, Vintages
from .operands import Assumption, Level, divided, in_unit, multiplied, raised, times
from .results import subject_of

__all__ = ["Ratio", "derive", "ratios"]

Routes = Iterator[tuple[Route, Level]]


class Ratio(NamedTuple):
    """An indicator and the two that it is the quotient of."""

    of: Indicator
    part: Indicator
    whole: Indicator


@suggests(province="region=", city="region=")
@in_own_context
def derive(
    plans: Dataset[Any, Any],
    indicator: str,
    *,
    region: str,
    year: int,
    period: Some = None,
    vintage: Vintages = None,
    assume: Iterable[Assumption] = (),
    strict: bool = False,
) -> Derivations:
    """Return what targets, statistics and assumptions imply for one value.

    Parameters
    ----------
    plans
        The dataset.
    indicator, region
        Code or any name.
    year
        Year of the value.
    period
        Periods of the targets to use; all by default. Growth of a denominator can be of any period.
    vintage
        Vintages of statistics to use, such as ``"bulletin"``. Where there is none of them, the newest
        is used.
    assume
        Figures of your own. Each replaces the figures of the dataset.
    strict
        Whether only stated figures may be used: the result is then empty.

    Returns
    -------
    Derivations
        One derivation per route; empty if there is none.

    Raises
    ------
    MissingError
        If there is no such region, indicator, period or vintage.
    IncomparableError
        If the unit of an assumption does not fit its indicator.

    Examples
    --------
    >>> from innovation_plans import load
    >>> routes = derive(load(), "rd_expenditure", region="Hubei", year=2025, vintage="bulletin")
    >>> round(routes[0].value, 1), routes[0].unit, routes[0].formula
    (Decimal('1935.6'), 'CNY_100M', 'rd_expenditure(2020) × (1 + 14%)^5')
    """
    expect("plans", plans, "targets", "a dataset")
    wanted, year = plans.indicator(indicator), whole_year(year)
    known = KnownLevels(plans, plans.region(region), vintage=vintage, assume=assume)
    known.targets = _of_period(known, wanted, period)
    if flag("strict", strict):
        return Derivations((), plans.edition)
    subject = subject_of(known.region, wanted)
    return Derivations(
        (
            derivation(subject, year, route, level, plans.edition)
            for route, level in _routes(known, wanted, year)
        ),
        plans.edition,
    )


def ratios(plans: Dataset[Any, Any]) -> list[Ratio]:
    """Return the indicators that are quotients of two others."""
    return [
        Ratio(ratio, ratio.numerator, ratio.denominator)
        for ratio in plans.indicators
        if ratio.numerator is not None and ratio.denominator is not None
    ]


def _routes(known: KnownLevels, indicator: Indicator, year: int) -> Routes:
    yield from _by_growth(known, indicator, year)
    yield from _by_multiples(known, indicator, year)
    yield from _by_increments(known, indicator, year)
    for ratio in ratios(known.plans):
        if ratio.part.code == indicator.code:
            yield from _numerators(known, ratio, year)
        if ratio.whole.code == indicator.code:
            yield from _denominators(known, ratio, year)
        if ratio.of.code == indicator.code:
            yield from _quotients_of_levels(known, ratio, year)


def _by_growth(known: KnownLevels, indicator: Indicator, year: int) -> Routes:
    for growth in known.growths(indicator, year):
        level = known.reached(indicator, growth, year)
        if level is not None:
            yield Route(growth.record.form), _in_own_unit(known, level, indicator)


def _by_multiples(known: KnownLevels, indicator: Indicator, year: int) -> Routes:
    for target in known.targeted(indicator, year, Form.MULTIPLE):
        base = _base(known, target)
        if base is not None:
            multiple = replace(known.stated(target), expression=plain(target.value))
            level = multiplied(base, multiple)
            yield Route.MULTIPLE, _in_own_unit(known, level, indicator)


def _by_increments(known: KnownLevels, indicator: Indicator, year: int) -> Routes:
    for target in known.targeted(indicator, year, Form.INCREMENT):
        base = _base(known, target)
        if base is None or indicator.unit == "rank":
            continue  # a better rank is a lower number
        step = _in_own_unit(known, known.stated(target), indicator)
        increment = replace(step, expression=labels.amount(target.value, target.unit))
        yield Route.INCREMENT, raised(_in_own_unit(known, base, indicator), increment)


def _numerators(known: KnownLevels, ratio: Ratio, year: int) -> Routes:
    for quotient in _ratio_levels(known, ratio.of, year):
        for whole in known.denominators(ratio.whole, year):
            yield Route.NUMERATOR, times(quotient, whole, ratio.part.unit, known.units)


def _denominators(known: KnownLevels, ratio: Ratio, year: int) -> Routes:
    for quotient in _ratio_levels(known, ratio.of, year):
        for part in known.numerators(ratio.part, year):
            if quotient.value:
                yield Route.DENOMINATOR, divided(part, quotient, ratio.whole.unit, known.units)


def _quotients_of_levels(known: KnownLevels, ratio: Ratio, year: int) -> Routes:
    for part in known.numerators(ratio.part, year):
        for whole in known.denominators(ratio.whole, year):
            if whole.value:
                yield Route.RATIO, divided(part, whole, ratio.of.unit, known.units)


def _ratio_levels(known: KnownLevels, ratio: Indicator, year: int) -> list[Level]:
    """Return the ratio of a year: the assumed one, or the observed and the targeted ones."""
    assumed = known.assumed(ratio, year)
    if assumed is not None:
        return [assumed]
    observed = known.observed(ratio, year)
    targeted = [known.stated(target) for target in known.targeted(ratio, year)]
    return targeted if observed is None else [observed, *targeted]


def _base(known: KnownLevels, target: Target) -> Level | None:
    """Return the base of a multiple or an increment: the level of the year before its span."""
    year = target.baseline_year or (target.start_year and target.start_year - 1)
    return known.base(target.indicator, year, target) if year else None


def _in_own_unit(known: KnownLevels, level: Level, indicator: Indicator) -> Level:
    """Return a level in the unit of its indicator; percentage points stay as they are."""
    if level.unit == "percentage_point":
        return level
    return in_unit(level, indicator.unit, known.units)


def _of_period(known: KnownLevels, indicator: Indicator, period: Some) -> list[Target]:
    """Return the targets of a period, and the targets of denominators of all periods."""
    if period is None:
        return known.targets
    kept = {target.key for target in known.plans.targets.where(period=period)}
    wholes = {ratio.whole.code for ratio in ratios(known.plans)} - {indicator.code}
    return [
        target for target in known.targets if target.key in kept or target.indicator.code in wholes
    ]
