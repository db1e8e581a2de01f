"""One row a target: the figures of the table, and what its verdict rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from ..analysis.results import Assessment
from ..codelists import Comparator, Verdict
from ..dataset.dataset import Dataset
from ..errors import MissingError
from ..records import Corroboration, Observation, Region, Target, years_of
from ..text import labels
from ..text.messages import Language
from ..units.decimals import plain
from ..units.quantity import convert, same_measure
from .sources import Bibliography, Place
from .words import Both, both, coded, named, period

__all__ = ["Input", "Row", "Rows", "SortKey", "figure", "region_name", "sentences", "verdict_said"]

_ORDER = list(Verdict)


class SortKey(NamedTuple):
    """By what a cell is sorted: a kind first (a unit), then a number; no number comes last."""

    kind: str = ""
    number: str = ""


class Input(NamedTuple):
    """A record that a target was held against."""

    what: Both
    figure: Both
    span: str
    vintage: str
    place: Place | None


class Row(NamedTuple):
    """A target with its verdict, ready for a template."""

    number: int
    region: Both
    indicator: Both
    period: Both
    period_code: str
    period_key: SortKey
    stated: Both
    stated_key: SortKey
    by: int
    outcome: Both | None
    outcome_key: SortKey
    year: str
    gap: Both
    gap_key: SortKey
    verdict: Verdict
    verdict_said: Both
    verdict_key: SortKey
    reason: Both | None
    tiers: str
    sentences: Both
    caveats: tuple[Both, ...]
    key: str
    plan: Both
    plan_code: str
    place: Place
    force: Both | None
    baseline: Both | None
    breakdown: str
    notes: str
    erratum: tuple[str, str] | None
    inputs: tuple[Input, ...]
    also: tuple[Place, ...]


class Rows:
    """Makes rows; the sources met on the way go into the bibliography."""

    def __init__(self, plans: Dataset[Any, Any, Any, Any], sources: Bibliography) -> None:
        self._plans = plans
        self._sources = sources
        self._also: dict[str, list[Corroboration]] = defaultdict(list)
        for each in plans.corroborations:
            self._also[each.target].append(each)

    def of(self, assessments: Iterable[Assessment]) -> list[Row]:
        """A row for each."""
        return [self._row(number, each) for number, each in enumerate(assessments, 1)]

    def _row(self, number: int, each: Assessment) -> Row:
        target: Target = self._plans.targets.by_key(each.target)
        place = self._sources.place(target.citation)
        unit = target.indicator.unit_in(target.form)
        found = each.outcome
        years = years_of(target.period) or (target.end_year, target.end_year)
        return Row(
            number=number,
            region=region_name(target.region),
            indicator=named(target.indicator.name_en, target.indicator.name_zh),
            period=period(target.period),
            period_code=target.period,
            period_key=SortKey(number=f"{years[0]}.{years[1]}"),
            stated=both(each.stated.text),
            stated_key=_key(target.value, target.unit, unit),
            by=target.end_year,
            outcome=both(found.text) if found else None,
            outcome_key=_key(found.value, found.unit, unit) if found else SortKey(),
            year=str(found.year) if found else "",
            gap=both(each.gap_text),
            gap_key=_key(each.gap, each.gap_unit, unit),
            verdict=each.verdict,
            verdict_said=verdict_said(each.verdict),
            verdict_key=SortKey(number=str(_ORDER.index(each.verdict))),
            reason=coded(each.reason) if each.reason else None,
            tiers=f"{target.citation.source.tier}/{found.tier}" if found else place.tier,
            sentences=sentences(each),
            caveats=tuple(map(coded, each.caveats)),
            key=target.key,
            plan=_titled(target),
            plan_code=target.plan.code,
            place=place,
            force=coded(target.force) if target.force else None,
            baseline=_baseline(target),
            breakdown=target.part,
            notes=target.notes or "",
            erratum=_erratum(target),
            inputs=tuple(self._input(key, target) for key in each.inputs[1:]),
            also=tuple(
                self._sources.place(more.citation) for more in self._also[target.series_key]
            ),
        )

    def _input(self, key: str, target: Target) -> Input:
        """The observation of a key; a key of no record of the dataset is shown as it is."""
        try:
            record: Observation = self._plans.observations.by_key(key)
        except MissingError:
            return Input(Both(key, key), Both("", ""), "", "", None)
        other = record.indicator.code != target.indicator.code
        return Input(
            what=named(record.indicator.name_en, record.indicator.name_zh)
            if other
            else Both("", ""),
            figure=figure(record),
            span=record.span,
            vintage=record.vintage or "",
            place=self._sources.place(record.citation),
        )


def figure(record: Target | Observation) -> Both:
    """The figure of a target or an observation with comparator and form."""
    comparator = record.comparator
    if isinstance(record, Observation) and comparator is Comparator.REACH:
        comparator = Comparator.BETWEEN  # an outcome does not "reach" its value: it is it

    def say(lang: Language) -> str:
        return labels.stated(
            record.form, comparator, record.value, record.value_high, record.unit, lang=lang
        )

    return both(say)


def region_name(region: Region) -> Both:
    """A region's names, the short one in Chinese."""
    return named(region.name_en, region.short_zh or region.name_zh)


def verdict_said(code: Verdict) -> Both:
    """A verdict in words."""
    return coded(code)


def sentences(each: Assessment) -> Both:
    """What :meth:`Assessment.explain` says, without caveats and inputs, which have lists."""
    bare = each.model_copy(update={"caveats": (), "inputs": ()})
    return both(bare.explain)


def _key(value: Decimal | None, unit: str | None, common: str) -> SortKey:
    """A number in the unit that the figures of the indicator have in common."""
    if value is None or unit is None:
        return SortKey()
    if unit == common or not same_measure(unit, common):
        return SortKey(unit, plain(value))
    return SortKey(common, plain(convert(value, unit, common)))


def _titled(target: Target) -> Both:
    plan = target.plan
    return Both(plan.title_en or plan.title_zh or "", plan.title_zh or plan.title_en or "")


def _baseline(target: Target) -> Both | None:
    value, year = target.baseline_value, target.baseline_year
    if value is None:
        return None
    unit = target.baseline_unit or target.unit
    when = f" ({year})" if year else ""
    return both(lambda lang: labels.amount(value, unit, lang) + when)


def _erratum(target: Target) -> tuple[str, str] | None:
    erratum = target.erratum
    return None if erratum is None else (erratum.corrected, erratum.reason)
