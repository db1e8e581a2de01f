"""Tables of observations, which know when each vintage came out."""

from __future__ import annotations

import sys
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Generic, Self

from ..codelists import Form, Status, Tier
from ..errors import AmbiguousError, MissingError
from ..records import Context, Observation, Vintage
from .tables import Table
from .where import Some, SomeYears, coded, listed, named, of_years, truth

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

__all__ = ["ObservationTable"]

ObservationT = TypeVar("ObservationT", bound=Observation, default=Observation, covariant=True)


class ObservationTable(Table[ObservationT], Generic[ObservationT]):
    """Observations."""

    def __init__(
        self,
        records: Iterable[ObservationT],
        context: Context | None = None,
        vintages: Mapping[str, Vintage] | None = None,
        *,
        edition: str = "",
    ) -> None:
        super().__init__(records, context, edition=edition)
        self._vintages = dict(vintages or {})
        self._by_series: dict[str, list[ObservationT]] | None = None

    def where(
        self,
        *,
        region: Some = None,
        indicator: Some = None,
        form: Some = None,
        year: SomeYears = None,
        vintage: Some = None,
        scope: Some = None,
        status: Some = None,
        unit: Some = None,
        self_reported: bool | None = None,
        tier: Some = None,
        source: Some = None,
    ) -> Self:
        """The observations that answer to every filter given; as :meth:`TargetTable.where`."""
        return self._kept(
            (
                named("region", self._codes, lambda r: r.region.code, region),
                named("indicator", self._codes, lambda r: r.indicator.code, indicator),
                listed(Form, lambda r: r.form, form),
                of_years(lambda r: r.year, year),
                coded(
                    "vintage",
                    lambda r: r.vintage,
                    vintage,
                    self._codes.words.get("observations.vintage"),
                ),
                coded(
                    "scope", lambda r: r.scope, scope, self._codes.words.get("observations.scope")
                ),
                listed(Status, lambda r: r.status, status),
                coded("unit", lambda r: r.unit, unit, self._codes.units),
                truth(lambda r: r.self_reported, self_reported),
                listed(Tier, lambda r: r.citation.source.tier, tier),
                coded("source", lambda r: r.citation.source.code, source, self._codes.of("source")),
            )
        )

    def series(self, name: str) -> Sequence[ObservationT]:
        """The observations of a series, ``region/indicator/form`` in codes; empty if there is none."""
        if self._by_series is None:
            index: dict[str, list[ObservationT]] = {}
            for record in self:
                index.setdefault(record.series_key, []).append(record)
            self._by_series = index
        return self._by_series.get(name, [])

    def latest(self) -> ObservationT:
        """The observation of the latest year, in its newest vintage.

        Undated observations never count; where levels and growth are among them, levels are meant.

        Raises
        ------
        MissingError
            If no observation has a year.
        AmbiguousError
            If more than one series is asked about, or two figures are equally new.
        """
        return self._extreme(newest=True)

    def first(self) -> ObservationT:
        """The observation of the latest year, as first published."""
        return self._extreme(newest=False)

    def as_of(self, day: str | date) -> Self:
        """What was known on a day: of each series and span, the newest figure that was out.

        A date known only by its month or year counts as its last day, and no figure comes out
        before its year is over. Undated observations are left out.

        Parameters
        ----------
        day
            A ``datetime.date`` or text of the form YYYY-MM-DD.
        """
        limit = day if isinstance(day, date) else date.fromisoformat(day)
        newest: dict[tuple[str, str], list[ObservationT]] = {}
        for record in self:
            if record.year is not None and self.released(record) <= limit:
                newest.setdefault((record.series_key, record.span), []).append(record)
        return self._of(
            record for group in newest.values() for record in self._extremes(group, max)
        )

    def released(self, observation: Observation) -> date:
        """When a figure came out: by its vintage, else by its source; unknown is the far future."""
        vintage = self._vintage(observation)
        text = vintage.released if vintage else observation.citation.source.date
        if text is None or observation.year is None:
            return date.max
        return max(_last_day(text), date(observation.year + 1, 1, 1))

    def vintages(self) -> tuple[Vintage, ...]:
        """The releases that its observations name, as far as they are known."""
        named = {(each.indicator.code, each.vintage) for each in self}
        known = self._vintages.values()
        return tuple(each for each in known if (each.indicator.code, each.code) in named)

    def _of(self, records: Iterable[Any]) -> Self:
        return type(self)(records, self._codes, self._vintages, edition=self.edition)

    def _extreme(self, *, newest: bool) -> ObservationT:
        levels = [record for record in self if record.form is Form.LEVEL]
        asked = levels or list(self)
        series = {record.series_key for record in asked}
        if len(series) > 1:
            raise AmbiguousError(
                asked="one series",
                matches=sorted(series),
                hint="name one region, indicator and form",
            )
        dated = [record for record in asked if record.year is not None]
        if not dated:
            raise MissingError(asked="dated observation here", hint="widen the question")
        last = max(record.year for record in dated if record.year is not None)
        chosen = self._extremes(
            [record for record in dated if record.year == last], max if newest else min
        )
        if len({(each.value, each.unit) for each in chosen}) > 1:
            raise AmbiguousError(
                asked="one figure",
                matches=[each.key for each in chosen],
                hint="ask for one vintage or source",
            )
        return chosen[0]

    def _extremes(
        self, records: Sequence[ObservationT], best: Callable[[Iterable[Any]], Any]
    ) -> list[ObservationT]:
        """Of one series and year, the figures of the newest (or first) vintage."""
        ranks = [self.rank(record) for record in records]
        dated = [rank for rank in ranks if rank[1] != date.min]  # nor is it the first
        wanted = best(dated or ranks)
        return [record for record, rank in zip(records, ranks, strict=True) if rank == wanted]

    def rank(self, observation: Observation) -> tuple[int, date]:
        """The place of a figure among the vintages of its series, and when it came out.

        A text without a date is never the newest.
        """
        vintage, released = self._vintage(observation), self.released(observation)
        return (vintage.order if vintage else 0), date.min if released == date.max else released

    def _vintage(self, observation: Observation) -> Vintage | None:
        stem = f"{observation.indicator.code}/{observation.vintage}"
        return self._vintages.get(f"{stem}/{observation.year}") or self._vintages.get(f"{stem}/*")


def _last_day(text: str) -> date:
    """The last day that a partial date can mean."""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    return date(year, month or 12, monthrange(year, month or 12)[1])
