"""Derive the value of an indicator for a region and a year, by every possible route.

The routes: growth, multiple or increment of a base; ratio times denominator; numerator divided by
ratio; numerator divided by denominator. The results are read again without a dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from pydantic import Field

from ..codelists import Caveat, Comparator, Direction, Form
from ..dataset.dataset import Dataset
from ..dataset.results import Results, made_from
from ..dataset.where import Some, whole_year
from ..errors import expect, flag, suggests
from ..records import Indicator, Target
from ..text import labels
from ..text.implied import Route
from ..text.messages import Language, heads, say, short, word
from ..text.tables import Sheet
from ..units.decimals import in_own_context, plain, rounded
from .levels import KnownLevels, Vintages, several_assumptions, warn_of_unused
from .operands import (
    Assumption,
    Level,
    Number,
    Operand,
    divided,
    in_unit,
    multiplied,
    raised,
    times,
)
from .results import Explained, Subject, subject_of

_HEADS = ("region", "indicator", "year", "derived", "route", "formula", "figures", "note")
Routes = Iterator[tuple[Route, Level]]


class Derivation(Subject, Explained):
    """A value computed from figures that are printed or assumed, or the one that a source states."""

    year: int
    value: Number = Field(description="exact, or to twelve significant digits")
    value_high: Number | None = Field(
        default=None, description="upper end, where an input is a range"
    )
    unit: str
    comparator: Comparator | None = Field(
        default=None, description="bound; empty where nothing is bounded"
    )
    route: Route
    formula: str = Field(description="the computation, in indicator codes and years")
    operands: tuple[Operand, ...] = Field(description="the figures in it, as printed")
    inputs: tuple[str, ...] = Field(description="keys of the records it was made from")
    assumptions: tuple[Assumption, ...] = Field(default=(), description="what the caller assumed")
    caveats: tuple[Caveat, ...] = ()
    derived: bool = Field(default=True, description="whether it is computed: no source states it")
    edition: str = Field(default="", description="edition of the data")

    def __repr__(self) -> str:
        return f"<Derivation {self.region}/{self.indicator}/{self.year}: {self.value_text()}>"

    def _facts(self) -> tuple[str, list[tuple[str, str]]]:
        """Return the value, its formula and the figures in it."""
        facts = [
            ("derived" if self.derived else "stated", self.value_text()),
            (word(self.route), self.formula),
            ("figures", "; ".join(_figure(operand, "en") for operand in self.operands)),
        ]
        return f"{self.region_en}, {self.indicator_en}, {self.year}", facts

    def value_text(self, lang: Language = "en") -> str:
        """Return the value, to six digits, with its comparator, and whether prices are constant."""
        ends = labels.shortened(self.comparator, self.value, self.value_high, digits=6)
        value = labels.bounded(self.comparator, *ends, self.unit, lang)
        prices = short(Caveat.CONSTANT_PRICES, lang) if self.is_at_constant_prices else ""
        return labels.brackets(value, prices, lang)

    @property
    def is_at_constant_prices(self) -> bool:
        """Whether real growth was applied to a level at current prices."""
        return Caveat.CONSTANT_PRICES in self.caveats

    @property
    def is_value(self) -> bool:
        """Whether it is a number or a range at current prices, and no bound."""
        is_bound = self.comparator is not None and self.comparator.side is not Direction.NONE
        return not (is_bound or self.is_at_constant_prices)

    def _sentences(self, lang: Language) -> list[str]:
        """Return the value with formula, figures and assumptions."""
        region, indicator = self.names(lang)
        value = say(
            "derivation.value" if self.derived else "derivation.value_stated",
            lang,
            region=region,
            indicator=indicator,
            year=self.year,
            value=self.value_text(lang),
        )
        operands = [_figure(operand, lang) for operand in self.operands]
        figures = labels.joined(operands, lang, "parts")
        route = word(self.route, lang)
        return [
            value,
            labels.headed(route[:1].upper() + route[1:], self.formula, lang),
            say("derivation.figures", lang, text=figures) if figures else "",
        ]


class Derivations(Results[Derivation]):
    """One derivation per route to a value; they are never averaged."""

    kind = Derivation
    noun = "derivation"
    counted = "route"

    def spread(self) -> tuple[Decimal, Decimal] | None:
        """Return the lowest and the highest derived value; None if there is none.

        Bounds, and values at constant prices, are left out.
        """
        values = [each for each in self if each.derived and each.is_value]
        ends = [end for each in values for end in (each.value, each.value_high) if end is not None]
        return (min(ends), max(ends)) if ends else None

    def sheet(self, lang: Language = "en") -> Sheet:
        """Return one row per route: value, formula and figures."""
        rows = [_row(derivation, lang) for derivation in self]
        return Sheet(heads(_HEADS, lang), rows, right=(2, 3))

    def summary(self, lang: Language = "en") -> str:
        """Return the stated figures, and how many routes lead to which values."""
        figures = [each.operands[0].text_with_origin(lang) for each in self if not each.derived]
        stated = labels.joined(figures, lang)
        lead = say("derivation.stated", lang, figures=stated) if figures else ""
        return labels.joined([lead, self._routes_text(lang)], lang, "parts")

    def _routes_text(self, lang: Language) -> str:
        count = sum(derivation.derived for derivation in self)
        if not count:
            return "" if self else say("derivation.none", lang)
        routes = labels.counted("route", count, lang)
        low, high = self.spread() or (None, None)
        if low is None or high is None or low == high:
            return routes
        ends = [labels.amount(rounded(end, 6), self[0].unit, lang) for end in (low, high)]
        return say("derivation.routes", lang, routes=routes, low=ends[0], high=ends[1])


class Ratio(NamedTuple):
    """An indicator and the two that it is the quotient of."""

    of: Indicator
    part: Indicator
    whole: Indicator


@suggests(province="region=", city="region=", lang="text('zh') of the result")
@in_own_context
def derive(
    plans: Dataset[Any, Any],
    indicator: str,
    *,
    region: str,
    year: int,
    period: Some = None,
    vintage: Vintages = None,
    assume: Assumption | Iterable[Assumption] = (),
    strict: bool = False,
) -> Derivations:
    """Return what targets, statistics and assumptions imply for one value.

    Parameters
    ----------
    plans
        The dataset.
    indicator, region
        Code or any name.
    year
        Year of the value.
    period
        Periods of the targets to use; all by default. Growth of a denominator can be of any period.
    vintage
        Vintages of statistics to use, such as ``"bulletin"``. Where there is none of them, the newest
        is used.
    assume
        Figures of your own. Each replaces the figures of the dataset; a warning names those that no
        route needs.
    strict
        Whether only stated figures may be used: nothing is then computed.

    Returns
    -------
    Derivations
        The figures that sources state, then one derivation per route; empty if there is none. A route
        whose figures are bounds of opposite sides says nothing about the value and is left out. Real
        growth of a level at current prices is marked as at constant prices, unless a deflator is assumed.

    Raises
    ------
    MissingError
        If there is no such region, indicator, period or vintage.
    IncomparableError
        If the unit of an assumption does not fit its indicator.
    ArgumentError
        If the indicator cannot have the value of an assumption.
    AmbiguousError
        If two assumptions are of one figure, or of growth in a common year.

    Examples
    --------
    >>> from innovation_plans import load
    >>> routes = derive(load(), "rd_expenditure", region="Hubei", year=2025, vintage="bulletin")
    >>> round(routes[0].value, 1), routes[0].unit, routes[0].formula
    (Decimal('1935.6'), 'CNY_100M', 'rd_expenditure(2020) × (1 + 14%)^5')
    """
    expect("plans", plans, "targets", "a dataset")
    wanted, year = plans.indicator(indicator), whole_year(year)
    assumptions = several_assumptions(assume)
    known = KnownLevels(plans, plans.region(region), vintage=vintage, assume=assumptions)
    known.targets = _of_period(known, wanted, period)
    routes = _stated if flag("strict", strict) else _routes
    subject = subject_of(known.region, wanted)
    derivations = Derivations(
        (
            Derivation(
                **subject.model_dump(),
                **level.result_fields(),
                year=year,
                route=route,
                caveats=level.caveats,
                derived=route is not Route.STATED,
                edition=plans.edition,
            )
            for route, level in routes(known, wanted, year)
            if Caveat.BOUNDS_OPPOSED not in level.caveats
        ),
        plans.edition,
    )
    warn_of_unused(assumptions, [each for made in derivations for each in made.assumptions])
    return made_from(derivations, plans)


def ratios(plans: Dataset[Any, Any]) -> list[Ratio]:
    """Return the indicators that are quotients of two others."""
    return [
        Ratio(ratio, ratio.numerator, ratio.denominator)
        for ratio in plans.indicators
        if ratio.numerator is not None and ratio.denominator is not None
    ]


def _stated(known: KnownLevels, indicator: Indicator, year: int) -> Routes:
    """Yield the observation and the targets of a year, unless the caller assumes another figure."""
    if known.assumed(indicator, year) is not None:
        return
    observed = known.observed(indicator, year)
    targeted = [known.stated(target) for target in known.targeted(indicator, year)]
    for level in [*([observed] if observed else []), *targeted]:
        yield Route.STATED, _in_own_unit(known, level, indicator)


def _routes(known: KnownLevels, indicator: Indicator, year: int) -> Routes:
    yield from _stated(known, indicator, year)
    yield from _by_growth(known, indicator, year)
    yield from _by_multiples(known, indicator, year)
    yield from _by_increments(known, indicator, year)
    for ratio in ratios(known.plans):
        if ratio.part.code == indicator.code:
            yield from _numerators(known, ratio, year)
        if ratio.whole.code == indicator.code:
            yield from _denominators(known, ratio, year)
        if ratio.of.code == indicator.code:
            yield from _quotients_of_levels(known, ratio, year)


def _by_growth(known: KnownLevels, indicator: Indicator, year: int) -> Routes:
    for growth in known.growths(indicator, year):
        level = known.reached(indicator, growth, year)
        if level is not None:
            yield Route(growth.record.form), _in_own_unit(known, level, indicator)


def _by_multiples(known: KnownLevels, indicator: Indicator, year: int) -> Routes:
    for target in known.targeted(indicator, year, Form.MULTIPLE):
        base = _base(known, target)
        if base is not None:
            multiple = replace(known.stated(target), expression=plain(target.value))
            level = multiplied(base, multiple)
            yield Route.MULTIPLE, _in_own_unit(known, level, indicator)


def _by_increments(known: KnownLevels, indicator: Indicator, year: int) -> Routes:
    for target in known.targeted(indicator, year, Form.INCREMENT):
        base = _base(known, target)
        if base is None or indicator.unit == "rank":
            continue  # a better rank is a lower number
        step = _in_own_unit(known, known.stated(target), indicator)
        increment = replace(step, expression=labels.amount(target.value, target.unit))
        yield Route.INCREMENT, raised(_in_own_unit(known, base, indicator), increment)


def _numerators(known: KnownLevels, ratio: Ratio, year: int) -> Routes:
    for quotient in _ratio_levels(known, ratio.of, year):
        for whole in known.denominators(ratio.whole, year):
            yield Route.NUMERATOR, times(quotient, whole, ratio.part.unit, known.units)


def _denominators(known: KnownLevels, ratio: Ratio, year: int) -> Routes:
    for quotient in _ratio_levels(known, ratio.of, year):
        for part in known.numerators(ratio.part, year):
            if quotient.value:
                yield Route.DENOMINATOR, divided(part, quotient, ratio.whole.unit, known.units)


def _quotients_of_levels(known: KnownLevels, ratio: Ratio, year: int) -> Routes:
    for part in known.numerators(ratio.part, year):
        for whole in known.denominators(ratio.whole, year):
            if whole.value:
                yield Route.RATIO, divided(part, whole, ratio.of.unit, known.units)


def _ratio_levels(known: KnownLevels, ratio: Indicator, year: int) -> list[Level]:
    """Return the ratio of a year: the assumed one, or the observed and the targeted ones."""
    assumed = known.assumed(ratio, year)
    if assumed is not None:
        return [assumed]
    observed = known.observed(ratio, year)
    targeted = [known.stated(target) for target in known.targeted(ratio, year)]
    return targeted if observed is None else [observed, *targeted]


def _base(known: KnownLevels, target: Target) -> Level | None:
    """Return the base of a multiple or an increment: the level of the year before its span."""
    year = target.baseline_year or (target.start_year and target.start_year - 1)
    return known.base(target.indicator, year, target) if year else None


def _in_own_unit(known: KnownLevels, level: Level, indicator: Indicator) -> Level:
    """Return a level in the unit of its indicator; percentage points stay as they are."""
    if level.unit == "percentage_point":
        return level
    return in_unit(level, indicator.unit, known.units)


def _of_period(known: KnownLevels, indicator: Indicator, period: Some) -> list[Target]:
    """Return the targets of a period, and those of the denominator of the indicator of all periods."""
    if period is None:
        return known.targets
    kept = {target.key for target in known.plans.targets.where(period=period)}
    wholes = {
        ratio.whole.code
        for ratio in ratios(known.plans)
        if indicator.code in {ratio.of.code, ratio.part.code}
    } - {indicator.code}
    return [
        target for target in known.targets if target.key in kept or target.indicator.code in wholes
    ]


def _row(derivation: Derivation, lang: Language) -> tuple[str, ...]:
    region, indicator = derivation.names(lang)
    figures = [operand.text_with_origin(lang) for operand in derivation.operands]
    return (
        region,
        indicator,
        str(derivation.year),
        derivation.value_text(lang),
        word(derivation.route, lang),
        derivation.formula,
        labels.joined(figures, lang, "parts"),
        labels.joined([short(caveat, lang) for caveat in derivation.caveats], lang),
    )


def _figure(operand: Operand, lang: Language) -> str:
    is_span = operand.start_year not in {None, operand.year}
    span = f"{operand.start_year}-{operand.year}" if is_span else operand.year
    return labels.headed(f"{operand.indicator} {span}", operand.text_with_origin(lang), lang)
