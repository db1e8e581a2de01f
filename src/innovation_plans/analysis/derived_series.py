"""Series that statistics do not print: ratios on each vintage of their parts, and growth of levels.

They are computed when they are asked for, and have the keys of their inputs instead of a source. No
verdict uses them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from ..codelists import Form
from ..dataset.dataset import Dataset
from ..dataset.observations import ObservationTable
from ..dataset.results import Results, made_from
from ..dataset.sequence import group_by
from ..dataset.where import Some, SomeYears, chosen_regions, found, whole_years
from ..errors import MissingError, expect, flag, suggests
from ..records import Indicator, Observation, Region
from ..text import labels
from ..text.messages import Language, heads, say
from ..text.tables import Sheet
from ..units.decimals import EXACT, in_own_context, rounded
from ..units.quantity import convert
from .matching import best_of
from .quotients import ratio_of_parts
from .results import Subject, region_order, subject_of

_HEADS = ("region", "indicator", "year", "value", "vintage", "formula")
_SHOWN = 6  # significant digits in a table
_HUNDRED = Decimal(100)


class DerivedFigure(Subject):
    """A computed figure of a region, an indicator and a year, with what it was computed from."""

    form: Literal["level", "annual_growth"] = Field(description="a level, or growth on last year")
    year: int
    vintage: str | None = Field(description="vintage of the denominator, or of both levels")
    value: Decimal
    unit: str
    formula: str
    inputs: tuple[str, ...] = Field(description="keys of the observations")
    edition: str = Field(default="", description="edition of the data")


class DerivedSeries(Results[DerivedFigure]):
    """Computed figures in the order of region, indicator, vintage and year."""

    kind = DerivedFigure
    noun = "derived figure"
    counted = "form"

    def sheet(self, lang: Language = "en") -> Sheet:
        """Return one row per figure."""
        rows = [
            (
                *figure.names(lang),
                str(figure.year),
                labels.amount(rounded(figure.value, _SHOWN), figure.unit, lang),
                figure.vintage or "",
                figure.formula,
            )
            for figure in self
        ]
        return Sheet(heads(_HEADS, lang), rows, right=(2, 3))

    def summary(self, lang: Language = "en") -> str:
        """Return how many figures there are."""
        edition = say("edition.of", lang, edition=self.edition) if self.edition else ""
        count = labels.counted("derived_figure", len(self), lang)
        return labels.joined([count, edition], lang, "parts")


@suggests(province="region=", city="region=", lang="text('zh') of the result")
@in_own_context
def derive_series(
    plans: Dataset[Any, Any],
    indicator: Some = None,
    *,
    region: Some = None,
    within: Some = None,
    year: SomeYears = None,
    growth: bool = False,
) -> DerivedSeries:
    """Return ratios on each vintage of their denominator, or the growth of levels.

    Parameters
    ----------
    plans
        The dataset with the observations.
    indicator
        Codes or names. For ratios, indicators with numerator and denominator, by default all of
        them; for growth, any indicators.
    region, within, year
        As in ``plans.observations.where``.
    growth
        Whether to compute the growth of levels on the year before, both of one vintage.

    Returns
    -------
    DerivedSeries
        Shares of R&D in GDP have one series per vintage of GDP. Growth is in percent a year.

    Raises
    ------
    MissingError
        If there is no such name, or an indicator is no ratio; or growth is asked for without an
        indicator.

    Examples
    --------
    >>> from innovation_plans import load
    >>> series = derive_series(load(), "rd_intensity", region="CN-CQ", year=[2020, 2024])
    >>> for figure in series.where(vintage="after_census_5"):
    ...     print(figure.year, round(figure.value, 3), figure.formula)
    2020 2.094 rd_expenditure(2020) ÷ gdp(2020)
    2024 2.488 rd_expenditure(2024) ÷ gdp(2024)
    """
    expect("plans", plans, "targets", "a dataset")
    growth = flag("growth", growth)
    indicators = _indicators(plans, indicator, growth=growth)
    years = None if year is None else set(whole_years(year))
    computed = _growth if growth else _ratios
    regions = sorted(chosen_regions(plans.context, region, within), key=region_order)
    figures = (
        figure.model_copy(update={"edition": plans.edition})
        for place in regions
        for item in indicators
        for figure in computed(place, item, plans.observations)
        if years is None or figure.year in years
    )
    return made_from(DerivedSeries(figures, plans.edition), plans)


def _indicators(plans: Dataset[Any, Any], asked: Some, *, growth: bool) -> Sequence[Indicator]:
    if asked is None and growth:
        raise MissingError(asked="indicator whose growth is computed", hint="name one")
    if asked is None:
        return [item for item in plans.indicators if item.numerator and item.denominator]
    chosen: list[Indicator] = found("indicator", plans.context, asked)
    for item in chosen:
        if not growth and not (item.numerator and item.denominator):
            hint = "it has no numerator and denominator; growth=True computes its growth"
            raise MissingError(asked=f"ratio {item.code!r}", hint=hint)
    return chosen


def _ratios(
    region: Region, indicator: Indicator, observations: ObservationTable[Any]
) -> Iterator[DerivedFigure]:
    """Yield numerator over denominator of each year, on each vintage of the denominator."""
    numerator, denominator = (
        part.code if part else "" for part in (indicator.numerator, indicator.denominator)
    )
    parts = observations.series(f"{region.code}/{denominator}/{Form.LEVEL}")
    by_vintage = group_by(parts, lambda part: part.vintage)
    for vintage in sorted(by_vintage, key=lambda code: code or ""):
        view = observations.in_vintage(vintage)
        for year in sorted({part.year for part in by_vintage[vintage] if part.year}):
            quotient = ratio_of_parts(region, indicator, indicator.unit, view, year)
            if quotient is not None and quotient.records[1].vintage == vintage:
                formula = f"{numerator}({year}) ÷ {denominator}({year})"
                yield _figure(
                    region, indicator, quotient.records, formula,
                    year=year, form="level", value=quotient.value, unit=indicator.unit,
                )  # fmt: skip


def _growth(
    region: Region, indicator: Indicator, observations: ObservationTable[Any]
) -> Iterator[DerivedFigure]:
    """Yield the growth of each year on the year before, in each vintage."""
    code = indicator.code
    levels = observations.series(f"{region.code}/{code}/{Form.LEVEL}")
    plain = (level for level in levels if level.year and level.comparator.plain and not level.scope)
    by_vintage = group_by(plain, lambda level: (level.vintage, level.self_reported))
    for _, those in sorted(by_vintage.items(), key=lambda item: (item[0][0] or "", item[0][1])):
        by_year = group_by(those, lambda level: level.year)
        best = {year: best_of(figures, observations) for year, figures in by_year.items()}
        for year in sorted(best):
            before, now = best.get(year - 1), best[year]
            if before is not None and now is not None and before.value > 0:
                formula = f"{code}({year}) ÷ {code}({year - 1}) − 1"
                yield _figure(
                    region, indicator, (before, now), formula,
                    year=year, form="annual_growth", value=_percent(before, now),
                    unit="percent_per_year",
                )  # fmt: skip


def _percent(before: Observation, now: Observation) -> Decimal:
    ratio = EXACT.divide(convert(now.value, now.unit, before.unit), before.value)
    return rounded(EXACT.multiply(EXACT.subtract(ratio, 1), _HUNDRED))


def _figure(
    region: Region, indicator: Indicator, inputs: Sequence[Observation], formula: str, **facts: Any
) -> DerivedFigure:
    """Return a figure; the last input has its vintage."""
    return DerivedFigure(
        **subject_of(region, indicator).model_dump(),
        vintage=inputs[-1].vintage,
        formula=formula,
        inputs=tuple(record.key for record in inputs),
        **facts,
    )
