"""Derived values with all they rest on, as records that stand by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from pydantic import ConfigDict, Field

from ..codelists import Caveat, Comparator
from ..dataset.results import Results
from ..text import labels
from ..text.implied import Route
from ..text.messages import Language, say, word
from ..text.tables import facts_html
from ..units.decimals import rounded
from .operands import Assumption, Level, Number, Operand
from .results import Subject, noted
from .sheets import Sheet, heads

__all__ = ["Derivation", "Derivations", "derivation", "figures"]

_HEADS = ("region", "indicator", "year", "derived", "route", "formula", "figures")


class Derivation(Subject):
    """A value that no text prints, reckoned from figures that are printed or assumed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    value: Number = Field(description="exact, or to twelve significant digits")
    value_high: Number | None = Field(None, description="upper end, where an input is a range")
    unit: str
    comparator: Comparator | None = Field(None, description="bound; empty where nothing is bounded")
    route: Route
    formula: str = Field(description="the reckoning, in indicator codes and years")
    operands: tuple[Operand, ...] = Field(description="the figures in it, as printed")
    inputs: tuple[str, ...] = Field(description="keys of the records it was made from")
    assumptions: tuple[Assumption, ...] = Field((), description="what the caller supposed")
    caveats: tuple[Caveat, ...] = ()
    derived: Literal[True] = True
    edition: str = Field("", description="edition of the data")

    def __repr__(self) -> str:
        return f"<Derivation {self.region}/{self.indicator}/{self.year}: {self.value_text()}>"

    def __str__(self) -> str:
        return self.explain()

    def _repr_html_(self) -> str:
        """What a notebook shows: the value, its formula and all it rests on."""
        facts = [
            ("derived", self.value_text()),
            (word(self.route), self.formula),
            ("figures", "; ".join(_figure(each, "en") for each in self.operands)),
            ("note", "; ".join(word(each) for each in self.caveats)),
            ("based on", "; ".join(self.inputs)),
            ("data edition", self.edition),
        ]
        return facts_html(f"{self.region_en}, {self.indicator_en}, {self.year}", facts)

    def value_text(self, lang: Language = "en") -> str:
        """The value, to six significant digits, with its comparator."""
        high = None if self.value_high is None else rounded(self.value_high, 6)
        comparator = self.comparator or Comparator.BETWEEN  # which adds no word
        return labels.bound(comparator, rounded(self.value, 6), high, self.unit, lang)

    def explain(self, lang: Language = "en") -> str:
        """The value with formula, figures, assumptions, caveats and inputs.

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
        figures = labels.joined([_figure(each, lang) for each in self.operands], lang, "parts")
        inputs = labels.joined(self.inputs, lang, "parts")
        parts = [
            value,
            labels.headed(word(self.route, lang), self.formula, lang),
            say("derivation.figures", lang, text=figures) if figures else "",
            noted(self.caveats, lang),
            say("explain.inputs", lang, text=inputs) if inputs else "",
        ]
        return labels.sentences(parts, lang)


class Derivations(Results[Derivation]):
    """Every route to one value, listed side by side and never averaged."""

    kind = Derivation
    noun = "derivation"
    counted = "route"

    def spread(self) -> tuple[Decimal, Decimal] | None:
        """Lowest and highest value; None where nothing was derived."""
        ends = [each.value for each in self]
        ends += [each.value_high for each in self if each.value_high is not None]
        return (min(ends), max(ends)) if ends else None

    def sheet(self, lang: Language = "en") -> Sheet:
        """One row a route: value, formula and what was assumed."""
        return Sheet(heads(_HEADS, lang), [_row(each, lang) for each in self], right=(2, 3))

    def summary(self, lang: Language = "en") -> str:
        """How many routes there are, and how far apart."""
        found = self.spread()
        if found is None:
            return say("derivation.none", lang)
        if len(self) == 1:
            return say("derivation.one", lang)
        low, high = (labels.amount(rounded(each, 6), self[0].unit, lang) for each in found)
        return say("derivation.routes", lang, count=len(self), low=low, high=high)


def derivation(subject: Subject, year: int, route: Route, level: Level, edition: str) -> Derivation:
    """A level that was reckoned, as a record."""
    made = level.rounded()
    return Derivation(
        **subject.model_dump(),
        year=year,
        value=made.value,
        value_high=made.high,
        unit=made.unit,
        comparator=made.comparator,
        route=route,
        formula=made.expression,
        operands=made.operands,
        inputs=made.keys,
        assumptions=made.assumptions,
        caveats=made.caveats,
        edition=edition,
    )


def figures(operands: Iterable[Operand], lang: Language) -> str:
    """The figures behind a value with their origins, in a line."""
    texts = [labels.brackets(each.text(lang), word(each.origin, lang), lang) for each in operands]
    return labels.joined(texts, lang, "parts")


def _row(each: Derivation, lang: Language) -> tuple[str, ...]:
    region, indicator = each.names(lang)
    return (
        region,
        indicator,
        str(each.year),
        each.value_text(lang),
        word(each.route, lang),
        each.formula,
        figures(each.operands, lang),
    )


def _figure(each: Operand, lang: Language) -> str:
    span = (
        f"{each.start_year}-{each.year}" if each.start_year not in {None, each.year} else each.year
    )
    vintage = f", {each.vintage}" if each.vintage else ""
    return f"{each.indicator} {span}: {each.text(lang)} ({word(each.origin, lang)}{vintage})"
