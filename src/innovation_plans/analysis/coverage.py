"""What is stated, not stated and not read: absence is typed, never a blank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter

from ..codelists import Availability, RegionKind
from ..dataset.dataset import Dataset
from ..dataset.results import Results
from ..records import Indicator, Region, years_of
from ..text import labels
from ..text.messages import Language, say
from .sheets import Sheet

__all__ = ["Coverage", "CoverageCell", "coverage"]

Some = str | Collection[str] | None
_ANNUAL = "annual-"


class CoverageCell(BaseModel):
    """What is known of one indicator in one region and period."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: str
    indicator: str
    period: str
    target: Availability  # stated, not_stated or not_read
    outcome: Availability  # published or not_published


class Coverage(Results[CoverageCell]):
    """Cells in the order of region, indicator and period; prints as a matrix."""

    kind = CoverageCell
    noun = "cell"

    def __init__(
        self, cells: Iterable[CoverageCell], names: dict[str, Region], edition: str = ""
    ) -> None:
        super().__init__(cells, edition)
        self._names = names

    def __repr__(self) -> str:
        return f"<Coverage of {len(self)} cells: {self.summary()}>"

    def html(self, lang: Language = "en") -> str:
        """Return the first rows of the matrix, and the counts of all cells."""
        return self.sheet(lang).html(f"Coverage: {self.summary()}")

    def text(self, lang: Language = "en") -> str:
        """Return the matrix and a line of counts."""
        return f"{self.sheet(lang).text()}\n\n{self.summary()}"

    @classmethod
    def from_json(cls, text: str, edition: str = "") -> Coverage:
        """Return the cells that :meth:`json` wrote, with codes for names."""
        cells = TypeAdapter(tuple[CoverageCell, ...]).validate_json(text)
        return cls(cells, {}, edition)

    def counts(self) -> dict[Availability, int]:
        """How many cells are in each state; targets and outcomes are counted apart."""
        counted = Counter(state for cell in self for state in (cell.target, cell.outcome))
        return {state: counted[state] for state in Availability}

    def sheet(self, lang: Language = "en") -> Sheet:
        """One row a region, one column an indicator and period: target, then outcome."""
        columns = list(dict.fromkeys((cell.indicator, cell.period) for cell in self))
        rows: dict[str, dict[tuple[str, str], str]] = {}
        for cell in self:
            shown = f"{cell.target} / {cell.outcome}"
            rows.setdefault(cell.region, {})[cell.indicator, cell.period] = shown
        header = (say("head.region", lang), *(" ".join(column) for column in columns))
        return Sheet(
            header,
            [
                (self._name(code, lang), *(cells.get(column, "") for column in columns))
                for code, cells in rows.items()
            ],
        )

    def _name(self, code: str, lang: Language) -> str:
        region = self._names.get(code)
        return code if region is None else labels.name(region, lang, "short", "name")

    def summary(self, lang: Language = "en") -> str:  # noqa: ARG002
        """Return how many cells are in each state."""
        return ", ".join(f"{count} {state}" for state, count in self.counts().items())


def coverage(
    plans: Dataset[Any, Any],
    *,
    region: Some = None,
    indicator: Some = None,
    period: Some = None,
) -> Coverage:
    """What is known of every indicator in every region and period.

    ``not_stated`` means that at least one text of that region and period, of the tiers of `plans`,
    was read, and this indicator was not found in what was read; it is no proof that the government
    states none.

    Parameters
    ----------
    plans
        The dataset.
    region, indicator
        Codes or names; all regions but groups, and all indicators that any target has, if not
        given.
    period
        Codes; the five-year periods if not given.

    Examples
    --------
    >>> from innovation_plans import load
    >>> cells = coverage(load(), region=["粤", "Xining"], indicator="rd_intensity", period="14th")
    >>> [(cell.region, str(cell.target), str(cell.outcome)) for cell in cells]
    [('CN-GD', 'stated', 'published'), ('630100', 'stated', 'not_published')]
    """
    known = _Contents(plans)
    whats, whens = _indicators(plans, indicator), _periods(plans, period)
    return Coverage(
        (
            known.cell(each.code, what, when)
            for each in _regions(plans, region)
            for what in whats
            for when in whens
        ),
        {each.code: each for each in plans.regions},
        plans.edition,
    )


class _Contents:
    """What the dataset holds, as sets to look things up in."""

    def __init__(self, plans: Dataset[Any, Any]) -> None:
        self._stated = {(t.region.code, t.indicator.code, t.period) for t in plans.targets}
        spoken = [*plans.targets, *(goal for goal in plans.goals if goal.plan)]
        self._read = {(each.plan.region.code, each.plan.period) for each in spoken}
        self._seen = {(o.region.code, o.indicator.code, o.year) for o in plans.observations}
        self._targets = plans.targets
        self._spans: dict[str, tuple[int, int]] = {}

    def _span_of(self, period: str) -> tuple[int, int]:
        """The years of a period whose name says none: those that its targets speak of."""
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
        if (region, indicator, period) in self._stated:
            target = Availability.STATED
        else:
            read = (region, period) in self._read
            target = Availability.NOT_STATED if read else Availability.NOT_READ
        first, last = years_of(period) or self._span_of(period)
        seen = any((region, indicator, year) in self._seen for year in range(first, last + 1))
        return CoverageCell(
            region=region,
            indicator=indicator,
            period=period,
            target=target,
            outcome=Availability.PUBLISHED if seen else Availability.NOT_PUBLISHED,
        )


def _regions(plans: Dataset[Any, Any], asked: Some) -> list[Region]:
    if asked is not None:
        return [plans.region(name) for name in _each(asked)]
    kinds = list(RegionKind)
    chosen = [each for each in plans.regions if each.kind is not RegionKind.GROUP]
    return sorted(chosen, key=lambda each: (kinds.index(each.kind), each.code))


def _indicators(plans: Dataset[Any, Any], asked: Some) -> list[str]:
    if asked is not None:
        found: list[Indicator] = [plans.indicator(name) for name in _each(asked)]
        return [each.code for each in found]
    return sorted({target.indicator.code for target in plans.targets})


def _periods(plans: Dataset[Any, Any], asked: Some) -> list[str]:
    if asked is not None:
        plans.targets.where(period=asked)  # a period that no plan has is an error
        return list(_each(asked))
    return sorted({each.period for each in plans.plans if not each.period.startswith(_ANNUAL)})


def _each(asked: str | Collection[str]) -> Collection[str]:
    return (asked,) if isinstance(asked, str) else asked
