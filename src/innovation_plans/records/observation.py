"""Observations: what statistics or reports say an indicator was."""

from typing import Annotated, ClassVar

from pydantic import Field, field_validator
from pydantic_core import core_schema

from ..codelists import Status
from .claim import Claim, ordered
from .erratum import Erratum
from .fields import Prose, Reference, Slug, Year
from .region import Region
from .source import Citation

__all__ = ["Observation"]


class Observation(Claim):
    """A figure of an indicator for a year, or for a span of years that ends with it."""

    noun: ClassVar[str] = "observation"

    region: Annotated[Region, Reference("region")] = Field(description="code of the region")
    start_year: Year | None = Field(None, description="first year, where the figure is of a span")
    year: Year | None = Field(
        None, description="year of the figure, or last of the span; empty where no text states it"
    )
    vintage: Slug | None = Field(None, description="which release of the statistic it belongs to")
    status: Status = Field(Status.NOT_STATED, description="final, preliminary or not_stated")
    self_reported: bool = Field(False, description="whether the region's own government reports it")
    citation: Citation = Field(description="where the figure is printed, and how")
    erratum: Annotated[Erratum, Reference("erratum")] | None = Field(
        None, description="code of the printed error that `value` puts right"
    )
    notes: Prose | None = Field(None, description="what to know about the figure")

    @field_validator("year")
    @classmethod
    def _span(cls, year: int | None, info: core_schema.ValidationInfo) -> int | None:
        ordered(info.data.get("start_year"), year)
        return year

    @property
    def series(self) -> str:
        """What is observed: region, indicator and form."""
        return f"{self.region.code}/{self.indicator.code}/{self.form}"

    @property
    def span(self) -> str:
        """The year, ``start-end`` of a span, or ``undated``."""
        if self.year is None:
            return "undated"
        if self.start_year is None or self.start_year == self.year:
            return str(self.year)
        return f"{self.start_year}-{self.year}"

    @property
    def key(self) -> str:
        """Series, span, vintage and the source it was read in."""
        vintage = f"/{self.vintage}" if self.vintage else ""
        return f"{self.series}/{self.span}{vintage}@{self.citation.source.code}"
