"""What a set of records implies for an indicator, a region and a year.

Every route stands by itself: growth, multiple and increase on a base; ratio and denominator;
numerator and ratio; numerator and denominator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from ..codelists import Form
from ..dataset.dataset import Dataset
from ..dataset.where import Some
from ..records import Indicator, Target
from ..text import labels
from ..text.implied import Route
from ..units.decimals import in_own_context, plain
from .derivation import Derivations, derivation
from .levels import KnownLevels, Vintages
from .operands import Assumption, Level, divided, in_unit, multiplied, raised, times
from .results import Subject

__all__ = ["Ratio", "derive", "on_growth", "ratios", "subject_of"]

Found = Iterator[tuple[Route, Level]]


class Ratio(NamedTuple):
    """An indicator and the two whose quotient it is."""

    of: Indicator
    part: Indicator
    whole: Indicator


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
    """What targets, statistics and assumptions imply for one value.

    Parameters
    ----------
    plans
        The dataset.
    indicator, region
        Code or any name.
    year
        Year of the value.
    period
        Draw on targets of these periods only; growth that leads a denominator to the year is
        taken from any period.
    vintage
        Names of the vintages to use, such as ``"bulletin"``, for the figures that have them; the
        newest elsewhere.
    assume
        Figures of your own; each takes the place of what is known of it.
    strict
        Give nothing: for callers that admit printed figures only.

    Returns
    -------
    Derivations
        One derivation a route; empty where nothing follows. They are never averaged.

    Raises
    ------
    MissingError
        If a name, period or vintage is not known.
    IncomparableError
        If an assumption is in a unit that does not measure its indicator.

    Examples
    --------
    >>> from innovation_plans import load
    >>> found = derive(load(), "rd_expenditure", region="Hubei", year=2025, vintage="bulletin")
    >>> round(found[0].value, 1), found[0].unit, found[0].formula
    (Decimal('1935.6'), 'CNY_100M', 'rd_expenditure(2020) × (1 + 14%)^5')
    """
    what, where = plans.indicator(indicator), plans.region(region)
    known = KnownLevels(plans, where, vintage=vintage, assume=assume)
    known.targets = _of_period(known, what, period)
    if strict:
        return Derivations((), plans.edition)
    subject = subject_of(known, what)
    return Derivations(
        (
            derivation(subject, year, route, level, plans.edition)
            for route, level in _routes(known, what, year)
        ),
        plans.edition,
    )


def on_growth(known: KnownLevels, indicator: Indicator, year: int) -> Found:
    """Levels that growth targets make of their bases."""
    for growth in known.growths(indicator, year):
        level = known.reached(indicator, growth, year)
        if level is not None:
            yield Route(growth.record.form), _in_own_unit(known, level, indicator)


def subject_of(known: KnownLevels, indicator: Indicator) -> Subject:
    """Whose value it is, and of what."""
    region = known.region
    return Subject(
        region=region.code,
        region_en=region.name_en,
        region_zh=region.short_zh or region.name_zh,
        indicator=indicator.code,
        indicator_en=indicator.name_en,
        indicator_zh=indicator.name_zh,
    )


def ratios(plans: Dataset[Any, Any]) -> list[Ratio]:
    """The indicators that are quotients of two others."""
    return [
        Ratio(each, each.numerator, each.denominator)
        for each in plans.indicators
        if each.numerator is not None and each.denominator is not None
    ]


def _routes(known: KnownLevels, indicator: Indicator, year: int) -> Found:
    yield from on_growth(known, indicator, year)
    yield from _on_multiples(known, indicator, year)
    yield from _on_increments(known, indicator, year)
    for ratio in ratios(known.plans):
        if ratio.part.code == indicator.code:
            yield from _as_part(known, ratio, year)
        if ratio.whole.code == indicator.code:
            yield from _as_whole(known, ratio, year)
        if ratio.of.code == indicator.code:
            yield from _as_ratio(known, ratio, year)


def _on_multiples(known: KnownLevels, indicator: Indicator, year: int) -> Found:
    for target in known.targeted(indicator, year, Form.MULTIPLE):
        base = _base(known, target)
        if base is not None:
            multiple = replace(known.stated(target), expression=plain(target.value))
            made = multiplied(base, multiple)
            yield Route.MULTIPLE, _in_own_unit(known, made, indicator)


def _on_increments(known: KnownLevels, indicator: Indicator, year: int) -> Found:
    for target in known.targeted(indicator, year, Form.INCREMENT):
        base = _base(known, target)
        if base is None or indicator.unit == "rank":
            continue  # to rise by a place is to lose one in number
        step = _in_own_unit(known, known.stated(target), indicator)
        shown = labels.amount(target.value, target.unit)
        made = raised(_in_own_unit(known, base, indicator), replace(step, expression=shown))
        yield Route.INCREMENT, made


def _as_part(known: KnownLevels, ratio: Ratio, year: int) -> Found:
    for one in _quotients(known, ratio.of, year):
        for other in known.denominators(ratio.whole, year):
            yield Route.NUMERATOR, times(one, other, ratio.part.unit, known.units)


def _as_whole(known: KnownLevels, ratio: Ratio, year: int) -> Found:
    for one in _quotients(known, ratio.of, year):
        for other in known.numerators(ratio.part, year):
            if one.value:
                yield Route.DENOMINATOR, divided(other, one, ratio.whole.unit, known.units)


def _as_ratio(known: KnownLevels, ratio: Ratio, year: int) -> Found:
    for one in known.numerators(ratio.part, year):
        for other in known.denominators(ratio.whole, year):
            if other.value:
                yield Route.RATIO, divided(one, other, ratio.of.unit, known.units)


def _quotients(known: KnownLevels, ratio: Indicator, year: int) -> list[Level]:
    """The ratio of a year as it is assumed, or as it is observed and planned."""
    assumed = known.assumed(ratio, year)
    if assumed is not None:
        return [assumed]
    seen = known.observed(ratio, year)
    planned = [known.stated(each) for each in known.targeted(ratio, year)]
    return planned if seen is None else [seen, *planned]


def _base(known: KnownLevels, target: Target) -> Level | None:
    """The level that a multiple or an increase starts from: of the year before its span."""
    year = target.baseline_year or (target.start_year and target.start_year - 1)
    return known.base(target.indicator, year, target) if year else None


def _in_own_unit(known: KnownLevels, level: Level, indicator: Indicator) -> Level:
    """The level in the unit of its indicator; points of a share are added as they are."""
    if level.unit == "percentage_point":
        return level
    return in_unit(level, indicator.unit, known.units)


def _of_period(known: KnownLevels, indicator: Indicator, period: Some) -> list[Target]:
    """The targets of a period, and those that lead a denominator to its year."""
    if period is None:
        return known.targets
    kept = {each.key for each in known.plans.targets.where(period=period)}
    wholes = {each.whole.code for each in ratios(known.plans)} - {indicator.code}
    return [each for each in known.targets if each.key in kept or each.indicator.code in wholes]
