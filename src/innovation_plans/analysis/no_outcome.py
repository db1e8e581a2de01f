"""Why there is no outcome that a target can be compared with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ..codelists import Reason
from ..records import Observation, Target

if TYPE_CHECKING:
    from ..dataset.observations import ObservationTable

__all__ = ["reason_for_none"]


def reason_for_none(
    target: Target, observations: ObservationTable[Observation], day: date | None
) -> Reason:
    """Return why the observations have no outcome of a target on a day."""
    start = target.start_year or target.end_year
    if day is not None and start >= day.year:
        return Reason.PERIOD_NOT_BEGUN
    if day is not None and target.end_year >= day.year:
        return Reason.NOT_DUE
    regions = observations.of_indicator(target.indicator.code)
    if not regions:
        return Reason.NO_SERIES_FOR_INDICATOR
    if target.region.code not in regions:
        return Reason.NO_SERIES_FOR_REGION
    figures = [each for each in regions[target.region.code] if each.scope == target.scope]
    return _other_figures(target, figures) if figures else Reason.DIFFERENT_BASIS


def _other_figures(target: Target, figures: Sequence[Observation]) -> Reason:
    """Return why none of the figures of the region and indicator is used."""
    years = {figure.year for figure in figures if figure.year is not None}
    if not years:
        return Reason.UNDATED
    start = target.start_year or target.end_year
    if any(start <= year <= target.end_year for year in years):
        return Reason.OTHER_FORM_OR_SPAN
    return Reason.OUTSIDE_PERIOD
