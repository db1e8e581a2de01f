"""What a comparison looks up: levels, the nation's figures, the decimals of a table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from ..codelists import Form, Status
from ..dataset.dataset import Dataset
from ..dataset.observations import ObservationTable
from ..dataset.targets import TargetTable
from ..records import Observation, Region, Target
from ..units.interval import Estimate, bound_on, decimals_of, estimate
from .comparability import Figure, Ground, nation_of, year_of
from .matching import best_of

__all__ = ["Survey"]


class Survey:
    """The figures of a comparison, how they are reckoned, and the dataset behind them."""

    def __init__(
        self,
        given: Sequence[Figure],
        ground: Ground,
        *,
        method: str,
        plans: Dataset[Any, Any] | None,
        since: int | None,
        tolerance: Decimal,
    ) -> None:
        self.given = given
        self.ground = ground
        self.method = method
        self.since = since
        self.tolerance = tolerance
        self.targets: TargetTable[Target] = plans.targets if plans else TargetTable(())
        self.observations: ObservationTable[Observation] = (
            plans.observations if plans else ObservationTable(())
        )
        self._given_targets = TargetTable([each for each in given if isinstance(each, Target)])

    def estimate(self, figure: Figure) -> Estimate:
        """What a figure may mean, in the unit it is printed in."""
        table = _table_of(figure)
        return estimate(
            bound_on(figure.form, figure.comparator),
            figure.value,
            figure.value_high,
            measured=isinstance(figure, Observation),
            tolerance=self.tolerance,
            decimals=self._decimals.get(table, 0) if table else 0,
        )

    def disputed(self, target: Target) -> bool:
        """Whether another text prints another figure of the same target."""
        return any(table.rivals(target) for table in (self._given_targets, self.targets))

    def level(self, figure: Figure, year: int) -> Observation | None:
        """The level of a region in a year, as far as it is a plain number."""
        levels = [each for each in self._levels(figure) if each.year == year]
        return self._best(figure, [each for each in levels if each.comparator.plain])

    def redefined(self, figure: Figure, first: int, last: int) -> bool:
        """Whether the series was redefined after the first year and up to the last."""
        return any(
            each.status is Status.BREAK and each.year is not None and first < each.year <= last
            for each in self._levels(figure)
        )

    def nations(self, figure: Figure) -> tuple[Figure, ...]:
        """The nation's targets of that year and form, of the same period if there are any.

        Where it has none, and for observations, its outcome of the year.
        """
        nation = nation_of(figure.region)
        if nation is None:
            return ()
        if figure.region == nation:
            return (figure,)
        if isinstance(figure, Target) and (found := self._nations_targets(nation, figure)):
            return found
        name = f"{nation.code}/{figure.subject}/{figure.form}"
        series = self.observations.series(name)
        best = self._best(figure, [each for each in series if each.year == year_of(figure)])
        return () if best is None else (best,)

    def _nations_targets(self, nation: Region, target: Target) -> tuple[Target, ...]:
        wanted = (nation, target.subject, target.form, target.end_year)
        found = self.targets.filter(
            lambda each: (each.region, each.subject, each.form, each.end_year) == wanted
        )
        alike = found.filter(lambda each: each.period == target.period) or found
        return tuple(alike.select().kept)

    def _levels(self, figure: Figure) -> Sequence[Observation]:
        form = Form.RANK if figure.form is Form.RANK else Form.LEVEL
        return self.observations.series(f"{figure.region.code}/{figure.subject}/{form}")

    def _best(self, figure: Figure, found: list[Observation]) -> Observation | None:
        """The figure that counts, in the vintage of `figure` where there is one."""
        vintage = figure.vintage if isinstance(figure, Observation) else None
        alike = [each for each in found if vintage and each.vintage == vintage]
        return best_of(alike or found, self.observations)

    @cached_property
    def _decimals(self) -> dict[object, int]:
        """The decimals of every statistical table: files leave out zeros at the end."""
        wanted = {each.indicator.code for each in self.given}
        found: dict[object, int] = {}
        for each in (*self.observations, *self.given):
            if each.indicator.code in wanted and (table := _table_of(each)) is not None:
                found[table] = max(found.get(table, 0), decimals_of(each.value))
        return found


def _table_of(figure: Figure) -> object:
    """The column of a table that a bare value stands in; None for a figure of a text."""
    if not isinstance(figure, Observation) or figure.citation.as_stated is not None:
        return None
    return figure.citation.source.code, figure.indicator.code, figure.form, figure.unit
