"""Indicators, named after what is measured, never after the form of the figure."""

from typing import Annotated, ClassVar

from pydantic import Field

from ..codelists import Direction, Form, Prices
from .base import Record
from .fields import Aliases, Name, Prose, Reference, Slug, UnitToken

__all__ = ["Indicator"]

_UNIT_OF_FORM = {
    Form.ANNUAL_GROWTH: "percent_per_year",
    Form.AVERAGE_GROWTH: "percent_per_year",
    Form.MULTIPLE: "multiple",
    Form.RANK: "rank",
}


class Indicator(Record):
    """What is measured (SDMX: INDICATOR; 指标)."""

    noun: ClassVar[str] = "indicator"
    own_kind: ClassVar[tuple[str, ...]] = ("numerator", "denominator")

    code: Slug = Field(description="what is measured, in lower case with underscores")
    name_en: Name = Field(description="name in English")
    name_zh: Name | None = Field(None, description="name in Chinese")
    aliases: Aliases = Field((), description="further names, as plans print them")
    unit: UnitToken = Field(description="unit of its level, a token of units.txt")
    direction: Direction = Field(description="whether more is better (up), worse (down) or neither")
    growth_prices: Prices | None = Field(
        None,
        description="prices in which its growth is stated: constant for value added, else current",
    )
    numerator: Annotated["Indicator", Reference("indicator")] | None = Field(
        None, description="what is divided, where the indicator is a ratio"
    )
    denominator: Annotated["Indicator", Reference("indicator")] | None = Field(
        None, description="what it is divided by, where the indicator is a ratio"
    )
    definition: Prose | None = Field(None, description="what is counted, in a sentence")
    standard: Prose | None = Field(None, description="the term of the standard it follows")
    pitfalls: Prose | None = Field(None, description="what it is easily mistaken for")

    @property
    def key(self) -> str:
        """The code."""
        return self.code

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the indicator is found by, besides its code."""
        return tuple(name for name in (self.name_en, self.name_zh, *self.aliases) if name)

    def unit_in(self, form: Form) -> str:
        """The unit that figures of this indicator have in a form.

        Growth is in ``percent_per_year`` whatever grows; what a share rises by is in
        ``percentage_point``.
        """
        if form is Form.INCREMENT and self.unit == "percent":
            return "percentage_point"
        return _UNIT_OF_FORM.get(form, self.unit)
