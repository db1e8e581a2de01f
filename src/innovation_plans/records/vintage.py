"""Vintages: which version of a statistic a figure belongs to, and when it came out."""

from typing import Annotated, ClassVar

from pydantic import Field

from .base import Record
from .fields import PartialDate, Place, Prose, Reference, Slug, Year
from .indicator import Indicator
from .source import Source

__all__ = ["Vintage"]


class Vintage(Record):
    """One release of a statistical series: GDP is revised by every economic census."""

    noun: ClassVar[str] = "vintage"

    indicator: Annotated[Indicator, Reference("indicator")] = Field(
        description="code of the indicator"
    )
    code: Slug = Field(description="name of the vintage, as observations give it")
    year: Year | None = Field(
        None, description="the year of the figures, where each year was released by itself"
    )
    order: Place = Field(description="place among the vintages of the indicator: 1 first")
    released: PartialDate = Field(description="when figures of this vintage first came out")
    source: Annotated[Source, Reference("source")] | None = Field(
        None, description="code of the document that dates the release"
    )
    description: Prose = Field(description="what was released or revised")

    @property
    def key(self) -> str:
        """Indicator, vintage and, where it matters, year."""
        return f"{self.indicator.code}/{self.code}/{self.year or '*'}"
