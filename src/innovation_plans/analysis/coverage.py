"""Which targets are stated and which outcomes are published, by region, indicator and period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from ..codelists import Availability, Extent, Reason, RegionKind
from ..dataset.dataset import Dataset
from ..dataset.observations import ObservationTable
from ..dataset.results import Results, made_from
from ..dataset.where import Some, chosen_regions, found, periods
from ..errors import expect, suggests
from ..records import Region, years_of
from ..text import labels
from ..text.messages import Language, say, word
from ..text.tables import Sheet
from .no_outcome import edition_day, other_figures, series_missing
from .results import ResultPart, region_order

_ANNUAL = "annual-"
# The availability of a target, the best-known first.
TARGET_STATES = (
    Availability.STATED,
    Availability.NOT_STATED,
    Availability.READ_IN_PART,
    Availability.NOT_READ,
    Availability.NOT_KNOWN,
)


class CoverageCell(ResultPart):
    """Availability of the target and the outcome of one indicator in one region and period."""

    region: str
    indicator: str
    period: str
    target: Availability  # stated, not_stated, read_in_part, not_read or not_known
    outcome: Availability  # published or not_published
    reason: Reason | None = Field(
        default=None, description="why no outcome is published, as in verdicts"
    )
    edition: str = Field(default="", description="edition of the data")


class Coverage(Results[CoverageCell]):
    """Cells in the order of region, indicator and period; prints as a matrix.

    Cells that were read from a file have no names of regions and indicators: codes are printed.
    """

    kind = CoverageCell
    noun = "cell"

    def counts(self) -> dict[Availability, int]:
        """Return how many targets and outcomes have each availability: two per cell."""
        counted = Counter(state for cell in self for state in (cell.target, cell.outcome))
        return {state: counted[state] for state in Availability}

    def sheet(self, lang: Language = "en") -> Sheet:
        """Return the target, then the outcome, of each region, indicator and period.

        One row per region, one column per indicator and period; with more indicators than regions,
        one row per indicator, one column per region and period.
        """
        names = {"region": self.region_name, "indicator": self.indicator_name}
        counts = {name: len({getattr(cell, name) for cell in self}) for name in names}
        by_region = counts["indicator"] <= counts["region"]
        row, column = ("region", "indicator") if by_region else ("indicator", "region")
        rows: dict[str, dict[tuple[str, str], str]] = {}
        columns: dict[tuple[str, str], str] = {}
        for cell in self:
            place = getattr(cell, column), cell.period
            head = [names[column](place[0], lang), labels.period(cell.period, lang)]
            columns[place] = labels.joined(head, lang, "counts")
            text = f"{word(cell.target, lang)} / {word(cell.outcome, lang)}"
            rows.setdefault(getattr(cell, row), {})[place] = text
        return Sheet(
            (say(f"head.{row}", lang), *columns.values()),
            [
                (names[row](code, lang), *(cells.get(place, "") for place in columns))
                for code, cells in rows.items()
            ],
        )

    def summary(self, lang: Language = "en") -> str:
        """Return how many targets and outcomes have each availability."""
        count = labels.counted("cell", len(self), lang)
        targets, outcomes = (
            _counts_text(Counter(getattr(cell, name) for cell in self), lang)
            for name in ("target", "outcome")
        )
        return say("coverage.summary", lang, count=count, targets=targets, outcomes=outcomes)

    def indicator_name(self, code: str, lang: Language = "en") -> str:
        """Return the name of an indicator; its code if it is not known."""
        expect("code", code, "casefold", "the code of an indicator")
        return self._name_of(code, lang, "indicator")

    def region_name(self, code: str, lang: Language = "en") -> str:
        """Return the short name of a region; its code if it is not known."""
        expect("code", code, "casefold", "the code of a region")
        return self._name_of(code, lang, "region")


def _counts_text(counts: Mapping[Availability, int], lang: Language) -> str:
    texts = [say(f"coverage.{state}", lang, count=count) for state, count in counts.items()]
    return labels.joined(texts, lang, "counts")


@suggests(province="region=", city="region=", lang="text('zh') of the result")
def coverage(
    plans: Dataset[Any, Any],
    *,
    region: Some = None,
    within: Some = None,
    indicator: Some = None,
    period: Some | int = None,
) -> Coverage:
    """Return the availability of targets and outcomes, by region, indicator and period.

    A target is ``not_stated`` if a document of the region and period was read whole and none that
    was read has the indicator; further documents may state it. It is ``read_in_part`` if documents
    were read, but none whole, ``not_read`` if a document is known and was not read, and
    ``not_known`` if none is known. Every region has a cell for every indicator and period.

    Parameters
    ----------
    plans
        The dataset.
    region, indicator
        Codes or names. By default all regions except groups, and all indicators of targets.
    within
        A region with its parts, as in ``plans.targets.where``.
    period
        Codes. By default the five-year periods.

    Examples
    --------
    >>> from innovation_plans import load
    >>> cells = coverage(load(), region=["粤", "Xining"], indicator="rd_intensity", period="14th")
    >>> [(cell.region, str(cell.target), str(cell.outcome)) for cell in cells]
    [('CN-GD', 'stated', 'published'), ('630100', 'stated', 'not_published')]
    """
    expect("plans", plans, "targets", "a dataset")
    contents = _Contents(plans)
    indicators, periods = _indicators(plans, indicator), _periods(plans, period)
    cells = (
        contents.cell(record.code, code, name)
        for record in _regions(plans, region, within)
        for code in indicators
        for name in periods
    )
    return made_from(Coverage(cells, plans.edition), plans)


class _Contents:
    """The keys of what a dataset contains, for look-ups."""

    def __init__(self, plans: Dataset[Any, Any]) -> None:
        self._stated = {(t.region.code, t.indicator.code, t.period) for t in plans.targets}
        self._unstated = _states_of_documents(plans)
        self._observations = plans.observations
        self._of_every_tier = plans.observations_of_every_tier
        self._edition, self._day = plans.edition, edition_day(plans.edition)
        self._targets = plans.targets
        self._spans: dict[str, tuple[int, int]] = {}

    def _span_of(self, period: str) -> tuple[int, int]:
        """Return the years of a period without years in its name: those of its targets."""
        if period not in self._spans:
            years = [
                year
                for target in self._targets
                if target.period == period
                for year in (target.start_year, target.end_year)
                if year is not None
            ]
            self._spans[period] = (min(years), max(years)) if years else (0, -1)
        return self._spans[period]

    def cell(self, region: str, indicator: str, period: str) -> CoverageCell:
        """Return what is known of an indicator in a region and period."""
        if (region, indicator, period) in self._stated:
            target = Availability.STATED
        else:
            target = self._unstated.get((region, period), Availability.NOT_KNOWN)
        years = years_of(period) or self._span_of(period)
        observed = _has_one(self._observations, region, indicator, years)
        return CoverageCell(
            region=region,
            indicator=indicator,
            period=period,
            target=target,
            outcome=Availability.PUBLISHED if observed else Availability.NOT_PUBLISHED,
            reason=None if observed else self._reason(region, indicator, years),
            edition=self._edition,
        )

    def _reason(self, region: str, indicator: str, years: tuple[int, int]) -> Reason:
        """Return why there is no outcome of a period."""
        missing = series_missing(region, indicator, years, self._observations, self._day)
        if missing is Reason.NO_YEAR_OVER:
            return missing
        if _has_one(self._of_every_tier, region, indicator, years):
            return Reason.HELD_BACK_BY_TIER
        if missing is not None:
            return missing
        figures = self._observations.of_indicator(indicator)[region]
        return other_figures(figures, years)


# From the least known to the best: a period has the state of its best document.
_STATES = {
    Extent.UNREAD: Availability.NOT_READ,
    Extent.PART: Availability.READ_IN_PART,
    Extent.WHOLE: Availability.NOT_STATED,
}


def _states_of_documents(plans: Dataset[Any, Any]) -> dict[tuple[str, str], Availability]:
    """Return the state of an indicator without a target, by region and period.

    A plan with a target or goal was read at least in part, also if no document names it.
    """
    of_plans = [*plans.targets, *(goal for goal in plans.goals if goal.plan)]
    extents = [(record.plan.region, record.plan.period, Extent.PART) for record in of_plans]
    extents += [(each.region, each.period, each.extent) for each in plans.documents]
    order = list(_STATES)
    return {
        (region.code, period): _STATES[extent]
        for region, period, extent in sorted(extents, key=lambda facts: order.index(facts[2]))
    }


def _has_one(
    observations: ObservationTable[Any], region: str, indicator: str, years: tuple[int, int]
) -> bool:
    """Return whether there is a figure for a year of a period."""
    first, last = years
    figures = observations.of_indicator(indicator).get(region, ())
    return any(each.year is not None and first <= each.year <= last for each in figures)


def _regions(plans: Dataset[Any, Any], region: Some, within: Some) -> list[Region]:
    chosen = chosen_regions(plans.context, region, within)
    if region is not None:
        return chosen
    kept = [region for region in chosen if region.kind is not RegionKind.GROUP]
    return sorted(kept, key=region_order)


def _indicators(plans: Dataset[Any, Any], asked: Some) -> list[str]:
    if asked is not None:
        return [indicator.code for indicator in found("indicator", plans.context, asked)]
    return sorted({target.indicator.code for target in plans.targets})


def _periods(plans: Dataset[Any, Any], asked: Some | int) -> list[str]:
    if asked is not None:
        return periods(asked, {plan.period for plan in plans.plans})
    return sorted({plan.period for plan in plans.plans if not plan.period.startswith(_ANNUAL)})
