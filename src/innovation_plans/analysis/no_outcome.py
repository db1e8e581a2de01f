"""Why there is no outcome that a target can be compared with."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..codelists import Form, Reason
from ..records import Indicator, Observation, Target
from .matching import first_year, period_reason

if TYPE_CHECKING:
    from ..dataset.observations import ObservationTable

_WAYS_TO_COUNT = {
    "fostered",
    "newly_recognised",
}  # classes that a text on an increase may not state
NO_SERIES = {Reason.NO_SERIES_FOR_INDICATOR, Reason.NO_SERIES_FOR_REGION}


def edition_day(edition: str) -> date | None:
    """Return the last day of the month of an edition such as 2026.12; None for other names."""
    match = re.match(r"(\d{4})\.(0[1-9]|1[0-2])(?!\d)", edition)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    return date(year, month, monthrange(year, month)[1])


def reason_for_none(
    target: Target, observations: ObservationTable[Observation], day: date | None
) -> Reason:
    """Return why the observations have no outcome of a target on a day."""
    years = (first_year(target), target.end_year)
    region, indicator = target.region.code, target.indicator.code
    missing = series_missing(region, indicator, years, observations, day)
    if missing is not None:
        of_parts = _of_parts(target, observations, years) if missing in NO_SERIES else None
        return of_parts or missing
    figures = observations.of_indicator(indicator)[region]
    same_scope = [figure for figure in figures if figure.scope == target.scope]
    if same_scope:
        return other_figures(same_scope, years)
    is_unclear = bool(unclassed_figures(target, observations))
    return Reason.CLASS_UNCLEAR if is_unclear else Reason.OTHER_SCOPE


def unclassed_figures(
    target: Target, observations: ObservationTable[Observation]
) -> list[Observation]:
    """Return the figures that may be of the class of a target, because their texts state none."""
    figures = figures_of(target, observations)
    return [figure for figure in figures if _has_unstated_class(target, figure)]


def series_missing(
    region: str,
    indicator: str,
    years: tuple[int, int],
    observations: ObservationTable[Observation],
    day: date | None,
) -> Reason | None:
    """Return why there is no figure of an indicator in a region, in no year; None if there is one.

    Parameters
    ----------
    region, indicator
        Codes.
    years
        First and last year of the period.
    observations
        The observations of all regions.
    day
        The day of the assessment; without one, every period is over.
    """
    first, last = years
    if day is not None and first >= day.year:
        return Reason.NO_YEAR_OVER
    if day is not None and last >= day.year:
        return Reason.NOT_DUE
    regions = observations.of_indicator(indicator)
    if not regions:
        return Reason.NO_SERIES_FOR_INDICATOR
    return None if region in regions else Reason.NO_SERIES_FOR_REGION


def _has_unstated_class(target: Target, figure: Observation) -> bool:
    """Return whether an increment may be of the class of a target, because its text states none.

    A figure without a class is the whole, but an increment may count what was newly recognised.
    """
    is_open = target.scope in _WAYS_TO_COUNT and figure.scope is None
    return (
        is_open
        and figure.form is target.form is Form.INCREMENT
        and period_reason(target, figure) is None
    )


def levels_of_parts(
    target: Target, observations: ObservationTable[Observation]
) -> dict[Indicator, list[Observation]]:
    """Return the exact figures of the target year of each part of a ratio.

    Empty if the target is not for a ratio of the whole, or neither part has figures of the region.
    """
    parts = (target.indicator.numerator, target.indicator.denominator)
    if target.form is not Form.LEVEL or not target.is_whole:
        return {}
    series = {
        part: observations.series(f"{target.region.code}/{part.code}/{Form.LEVEL}")
        for part in parts
        if part is not None
    }
    if len(series) < len(parts) or not any(series.values()):
        return {}
    return {
        part: [each for each in levels if each.year == target.end_year and each.comparator.plain]
        for part, levels in series.items()
    }


def figures_of(
    target: Target, observations: ObservationTable[Observation]
) -> Sequence[Observation]:
    """Return the figures of the region and indicator of a target."""
    return observations.of_indicator(target.indicator.code).get(target.region.code, ())


def _of_parts(
    target: Target, observations: ObservationTable[Observation], years: tuple[int, int]
) -> Reason | None:
    """Return that both parts of a ratio are known, but in other years only; None if they are not."""
    if target.form is not Form.LEVEL or target.scope is not None:
        return None
    indicator, region = target.indicator, target.region.code
    parts = (indicator.numerator, indicator.denominator)
    numerators, denominators = (_years_of_levels(part, region, observations) for part in parts)
    both = numerators & denominators
    is_outside = both and both.isdisjoint(range(years[0], years[1] + 1))
    return Reason.OUTSIDE_PERIOD if is_outside else None


def _years_of_levels(
    indicator: Indicator | None, region: str, observations: ObservationTable[Observation]
) -> set[int]:
    figures = observations.of_indicator(indicator.code).get(region, ()) if indicator else ()
    return {figure.year for figure in figures if figure.form is Form.LEVEL and figure.year}


def other_figures(figures: Sequence[Observation], years: tuple[int, int]) -> Reason:
    """Return why none of the figures of the region and indicator is used."""
    first, last = years
    dated = [(each.start_year or each.year, each.year) for each in figures if each.year is not None]
    if any(start <= last and first <= end for start, end in dated):
        return Reason.OTHER_FORM_OR_SPAN
    return Reason.OUTSIDE_PERIOD if dated else Reason.UNDATED
