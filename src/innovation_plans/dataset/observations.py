"""Tables of observations, with the dates of their vintages."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Generic, Self

from typing_extensions import TypeVar

from ..codelists import Form, Status, Tier
from ..errors import AmbiguousError, MissingError, expect, nearest, suggests, unknown
from ..records import Context, Observation, Record, Vintage
from .sequence import group_by, narrowing
from .tables import Table, explained
from .where import Some, SomeYears, coded, day_of, listed, named, of_units, of_years, truth

ObservationT = TypeVar("ObservationT", bound=Observation, default=Observation, covariant=True)


class ObservationTable(Table[ObservationT], Generic[ObservationT]):
    """Observations."""

    _table = "observations"
    _choice = "add filters such as year=, vintage= or source=, or take latest()"

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
        self._by_series: dict[str, tuple[ObservationT, ...]] | None = None
        self._views: dict[Hashable, Self] = {}

    @suggests(
        end_year="year=",
        period="year=",
        years="year=",
        province="region=",
        city="region=",
        since="year=range(2020, 2026)",
        until="year=range(2020, 2026)",
    )
    @explained
    def where(
        self,
        *,
        region: Some = None,
        within: Some = None,
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
        """Return the observations that match every filter; as :meth:`TargetTable.where`."""
        return self._kept(
            (
                *self._located(lambda r: r.region.code, region, within),
                named("indicator", self._codes, lambda r: r.indicator.code, indicator),
                listed(Form, lambda r: r.form, form),
                of_years(lambda r: r.year, year),
                self._worded("vintage", vintage),
                self._worded("scope", scope),
                listed(Status, lambda r: r.status, status),
                of_units(lambda r: r.unit, unit, self._codes.units),
                truth("self_reported", lambda r: r.self_reported, self_reported),
                listed(Tier, lambda r: r.citation.source.tier, tier),
                coded("source", lambda r: r.citation.source.code, source, self._codes.of("source")),
            )
        )

    def series(self, name: str) -> Sequence[ObservationT]:
        """Return the observations of a series, such as ``CN-GD/rd_intensity/level``; none if it has none.

        Raises
        ------
        MissingError
            If the name is no series key, or of no known region, indicator or form.
        """
        expect("name", name, "casefold", "the name of a series")
        if self._by_series is None:
            groups = group_by(self, lambda record: record.series_key)
            self._by_series = {series: tuple(records) for series, records in groups.items()}
        if name in self._by_series:
            return self._by_series[name]
        if wrong := self._unknown_parts(name):
            near = nearest(name[:200], [key for key, rows in self._by_series.items() if rows])
            hint = "; ".join([*wrong, "a series is region/indicator/form, with codes"])
            raise MissingError(asked=f"series {name[:100]!r}", nearest=near, hint=hint)
        return self._by_series.setdefault(name, ())  # not checked again

    def _unknown_parts(self, series: str) -> list[str]:
        """Return what is wrong with the key of a series; nothing if it can have figures."""
        parts = series.rsplit("/", 2)
        if len(parts) < 3:
            return ["a part is missing"]
        region, subject, form = parts
        indicator = re.split("[.:]", subject, maxsplit=1)[0]  # before a breakdown or a scope
        for noun, code in {"region": region, "indicator": indicator}.items():
            known = self._codes.of(noun)
            is_known = not known or code in known
            if not is_known and all(getattr(row, noun).code != code for row in self):
                return [f"no {noun} {code[:60]!r}"]
        return [] if form in tuple(Form) else [f"no form {form[:60]!r}"]

    @narrowing("latest")
    def latest(self) -> ObservationT:
        """Return the observation of the latest year, in its newest vintage.

        Undated observations do not count. If there are levels, other forms do not count either.

        Raises
        ------
        MissingError
            If no observation has a year.
        AmbiguousError
            If there is more than one series, or two figures are equally new.
        """
        return self._extreme(newest=True)

    @narrowing("first_published")
    def first_published(self) -> ObservationT:
        """Return the observation of the latest year, in its first vintage."""
        return self._extreme(newest=False)

    def as_of(self, day: str | date) -> Self:
        """Return what was known on a day: the newest published figure of each series and span.

        A date that is only known by month or year counts as its last day. A figure is published
        after the end of its year. Undated observations are left out.

        Parameters
        ----------
        day
            A ``datetime.date`` or text of the form YYYY-MM-DD.

        Raises
        ------
        ArgumentError
            If `day` is neither.
        """
        limit = day_of(day)
        dated = (record for record in self if record.year is not None)
        known = (record for record in dated if self.released(record) <= limit)
        groups = group_by(known, lambda record: (record.series_key, record.span))
        return self._of(
            record for group in groups.values() for record in self._extremes(group, max)
        )

    def in_vintage(self, code: str | None) -> Self:
        """Return the observations of one vintage, and all statistics that have no such vintage.

        GDP has vintages, but its growth as governments state it has none. With None, all
        observations.

        Raises
        ------
        MissingError
            If no indicator has a vintage of that name.
        """
        if code is None:
            return self
        self._check_vintage(code)
        if code not in self._views:
            self._views[code] = self._of(each for each in self if self.is_in_vintage(each, code))
        return self._views[code]

    def is_in_vintage(self, observation: Observation, code: str | None) -> bool:
        """Return whether :meth:`in_vintage` keeps an observation."""
        expect("observation", observation, "vintage", "an observation")
        if code is None:
            return True
        expect("code", code, "casefold", "the code of a vintage")
        if observation.vintage == code:
            return True
        return not self.has_vintage(observation.indicator.code, code, observation.form)

    def has_vintage(self, indicator: str, code: str, form: Form = Form.LEVEL) -> bool:
        """Return whether some figure of an indicator, in a form, is of that vintage."""
        expect("indicator", indicator, "casefold", "the code of an indicator")
        expect("code", code, "casefold", "the code of a vintage")
        expect("form", form, "casefold", "a form")
        return (indicator, form, code) in self._observed_vintages

    def of_indicator(self, indicator: str) -> Mapping[str, Sequence[ObservationT]]:
        """Return the observations of an indicator, by region."""
        expect("indicator", indicator, "casefold", "the code of an indicator")
        return MappingProxyType(self._by_subject.get(indicator, {}))

    @cached_property
    def _by_subject(self) -> dict[str, dict[str, tuple[ObservationT, ...]]]:
        by_indicator = group_by(self, lambda record: record.indicator.code)
        by_region = {
            code: group_by(records, lambda record: record.region.code)
            for code, records in by_indicator.items()
        }
        return {
            code: {region: tuple(records) for region, records in groups.items()}
            for code, groups in by_region.items()
        }

    def revisions(self, indicator: str) -> dict[str, Vintage]:
        """Return the vintages of an indicator that revise every year at once, by code."""
        expect("indicator", indicator, "casefold", "the code of an indicator")
        vintages = [each for each in self._vintages.values() if each.indicator.code == indicator]
        return {each.code: each for each in vintages if each.year is None}

    @cached_property
    def _observed_vintages(self) -> frozenset[tuple[str, Form, str | None]]:
        return frozenset((each.indicator.code, each.form, each.vintage) for each in self)

    def _check_vintage(self, code: object) -> None:
        """Raise an ArgumentError if no indicator has the vintage."""
        described = {each.code for each in self._vintages.values()}
        known = sorted(described | {name for *_, name in self._observed_vintages if name})
        if not isinstance(code, str) or code not in known:
            raise unknown("vintage", code, known)

    def known_on(self, day: date) -> Self:
        """Return the observations without those that were published after a day.

        A figure without a date of publication is kept if its year was over.
        """
        day = day_of(day)
        if day not in self._views:
            self._views[day] = self._of(
                record for record in self if self._known_since(record) <= day
            )
        return self._views[day]

    def _known_since(self, observation: Observation) -> date:
        released = self.released(observation)
        if released == date.max and observation.year is not None:
            return date(observation.year + 1, 1, 1)
        return released

    def released(self, observation: Observation) -> date:
        """Return when a figure was published: by its vintage, else its source; if unknown, date.max."""
        expect("observation", observation, "vintage", "an observation")
        vintage = self._vintage(observation)
        text = vintage.released if vintage else observation.citation.source.date
        if text is None or observation.year is None:
            return date.max
        return max(last_day(text), date(observation.year + 1, 1, 1))

    def vintages(self) -> tuple[Vintage, ...]:
        """Return the vintages that the observations name, if the dataset describes them."""
        names = {(record.indicator.code, record.vintage) for record in self}
        known = self._vintages.values()
        return tuple(each for each in known if (each.indicator.code, each.code) in names)

    def _companions(self) -> Mapping[str, Iterable[Record]]:
        """Return the vintages, which say which observation is newer."""
        return {"vintages": self.vintages()}

    def _of(self, rows: Iterable[Any]) -> Self:
        return type(self)(rows, self._codes, self._vintages, edition=self.edition)

    def _extreme(self, *, newest: bool) -> ObservationT:
        levels = [record for record in self if record.form is Form.LEVEL]
        candidates = levels or list(self)
        series = {record.series_key for record in candidates}
        if len(series) > 1:
            raise AmbiguousError(
                asked="one series",
                matches=sorted(series),
                hint="name one region, indicator and form",
            )
        dated = [record for record in candidates if record.year is not None]
        if not dated:
            raise MissingError(asked="dated observation here", hint="use fewer filters")
        last = max(record.year for record in dated if record.year is not None)
        chosen = self._extremes(
            [record for record in dated if record.year == last], max if newest else min
        )
        if len({(record.value, record.unit) for record in chosen}) > 1:
            raise AmbiguousError(
                asked="one figure",
                matches=[record.key for record in chosen],
                hint="ask for one vintage or source",
            )
        return chosen[0]

    def _extremes(
        self, records: Sequence[ObservationT], best: Callable[[Iterable[Any]], Any]
    ) -> list[ObservationT]:
        """Return the figures of the newest or first vintage among those of one series and year."""
        ranks = [self.rank(record) for record in records]
        dated = [rank for rank in ranks if rank[1] != date.min]
        chosen = best(dated or ranks)
        return [record for record, rank in zip(records, ranks, strict=True) if rank == chosen]

    def rank(self, observation: Observation) -> tuple[int, date]:
        """Return the order of a figure among the vintages of its series, and its date.

        A figure without a vintage counts as first printed. Without a date it is ``date.min``: neither
        the newest nor the first.
        """
        expect("observation", observation, "vintage", "an observation")
        vintage, released = self._vintage(observation), self.released(observation)
        return (vintage.order if vintage else 1), date.min if released == date.max else released

    def _vintage(self, observation: Observation) -> Vintage | None:
        stem = f"{observation.indicator.code}/{observation.vintage}"
        return self._vintages.get(f"{stem}/{observation.year}") or self._vintages.get(f"{stem}/*")


def last_day(text: str) -> date:
    """Return the last day that a partial date can mean."""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day)
    return date(year, month or 12, monthrange(year, month or 12)[1])
