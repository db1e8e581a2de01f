"""Why there is no outcome that a target can be compared with."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..codelists import Reason
from ..records import Observation, Target

if TYPE_CHECKING:
    from ..dataset.observations import ObservationTable

__all__ = ["edition_day", "reason_for_none", "series_missing"]


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
    years = (target.start_year or target.end_year, target.end_year)
    region, indicator = target.region.code, target.indicator.code
    missing = series_missing(region, indicator, years, observations, day)
    if missing is not None:
        return missing
    figures = observations.of_indicator(indicator)[region]
    same_scope = [figure for figure in figures if figure.scope == target.scope]
    return _other_figures(same_scope, years) if same_scope else Reason.DIFFERENT_BASIS


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
        return Reason.PERIOD_NOT_BEGUN
    if day is not None and last >= day.year:
        return Reason.NOT_DUE
    regions = observations.of_indicator(indicator)
    if not regions:
        return Reason.NO_SERIES_FOR_INDICATOR
    return None if region in regions else Reason.NO_SERIES_FOR_REGION


def _other_figures(figures: Sequence[Observation], years: tuple[int, int]) -> Reason:
    """Return why none of the figures of the region and indicator is used."""
    dated = {figure.year for figure in figures if figure.year is not None}
    if not dated:
        return Reason.UNDATED
    first, last = years
    if any(first <= year <= last for year in dated):
        return Reason.OTHER_FORM_OR_SPAN
    return Reason.OUTSIDE_PERIOD
