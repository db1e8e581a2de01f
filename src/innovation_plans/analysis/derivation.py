"""The results of a derivation: values that are read again without a dataset."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from pydantic import Field

from ..codelists import Caveat, Comparator
from ..dataset.results import Results
from ..errors import suggests
from ..text import labels
from ..text.implied import Route
from ..text.messages import Language, heads, say, word
from ..text.tables import Sheet, facts_html
from ..units.decimals import rounded
from .operands import Assumption, Level, Number, Operand
from .results import Subject, based_on, basis_facts, noted

__all__ = ["Derivation", "Derivations", "derivation", "figures"]

_HEADS = ("region", "indicator", "year", "derived", "route", "formula", "figures")


class Derivation(Subject):
    """A value that no source states, computed from figures that are printed or assumed."""

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
    derived: Literal[True] = True
    edition: str = Field(default="", description="edition of the data")

    def __repr__(self) -> str:
        return f"<Derivation {self.region}/{self.indicator}/{self.year}: {self.value_text()}>"

    def __str__(self) -> str:
        return self.explain()

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the value, its formula and what it is based on."""
        facts = [
            ("derived", self.value_text()),
            (word(self.route), self.formula),
            ("figures", "; ".join(_figure(operand, "en") for operand in self.operands)),
            *basis_facts(self.caveats, self.inputs, self.edition),
        ]
        return facts_html(f"{self.region_en}, {self.indicator_en}, {self.year}", facts)

    def value_text(self, lang: Language = "en") -> str:
        """Return the value, to six significant digits, with its comparator."""
        high = None if self.value_high is None else rounded(self.value_high, 6)
        comparator = self.comparator or Comparator.BETWEEN  # which adds no word
        return labels.bound(comparator, rounded(self.value, 6), high, self.unit, lang)

    @suggests(language="lang=")
    def explain(self, lang: Language = "en") -> str:
        """Return the value with formula, figures, assumptions, caveats and inputs.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.
        """
        region, indicator = self.names(lang)
        value = say(
            "derivation.value",
            lang,
            region=region,
            indicator=indicator,
            year=self.year,
            value=self.value_text(lang),
        )
        operands = [_figure(operand, lang) for operand in self.operands]
        figures = labels.joined(operands, lang, "parts")
        route = word(self.route, lang)
        parts = [
            value,
            labels.headed(route[:1].upper() + route[1:], self.formula, lang),
            say("derivation.figures", lang, text=figures) if figures else "",
            noted(self.caveats, lang),
            based_on(self.inputs, lang),
        ]
        return labels.sentences(parts, lang)


class Derivations(Results[Derivation]):
    """One derivation per route to a value; they are never averaged."""

    kind = Derivation
    noun = "derivation"
    counted = "route"

    def spread(self) -> tuple[Decimal, Decimal] | None:
        """Return the lowest and the highest value; None if nothing was derived."""
        ends = [derivation.value for derivation in self]
        ends += [derivation.value_high for derivation in self if derivation.value_high is not None]
        return (min(ends), max(ends)) if ends else None

    def sheet(self, lang: Language = "en") -> Sheet:
        """Return one row per route: value, formula and figures."""
        rows = [_row(derivation, lang) for derivation in self]
        return Sheet(heads(_HEADS, lang), rows, right=(2, 3))

    def summary(self, lang: Language = "en") -> str:
        """Return how many routes there are, with the lowest and the highest value."""
        spread = self.spread()
        if spread is None:
            return say("derivation.none", lang)
        if len(self) == 1:
            return say("derivation.one", lang)
        low, high = (labels.amount(rounded(end, 6), self[0].unit, lang) for end in spread)
        return say("derivation.routes", lang, count=len(self), low=low, high=high)


def derivation(subject: Subject, year: int, route: Route, level: Level, edition: str) -> Derivation:
    """Return a computed level as a derivation."""
    return Derivation(
        **subject.model_dump(),
        **level.result_fields(),
        year=year,
        route=route,
        caveats=level.caveats,
        edition=edition,
    )


def figures(operands: Iterable[Operand], lang: Language) -> str:
    """Return the figures that a value is computed from, with their origins, in a line."""
    texts = [
        labels.brackets(operand.text(lang), word(operand.origin, lang), lang)
        for operand in operands
    ]
    return labels.joined(texts, lang, "parts")


def _row(derivation: Derivation, lang: Language) -> tuple[str, ...]:
    region, indicator = derivation.names(lang)
    return (
        region,
        indicator,
        str(derivation.year),
        derivation.value_text(lang),
        word(derivation.route, lang),
        derivation.formula,
        figures(derivation.operands, lang),
    )


def _figure(operand: Operand, lang: Language) -> str:
    is_span = operand.start_year not in {None, operand.year}
    span = f"{operand.start_year}-{operand.year}" if is_span else operand.year
    origin = labels.joined([word(operand.origin, lang), operand.vintage or ""], lang, "counts")
    figure = labels.brackets(operand.text(lang), origin, lang)
    return labels.headed(f"{operand.indicator} {span}", figure, lang)
