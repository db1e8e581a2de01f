"""Targets: what a plan wants an indicator to be."""

from typing import Annotated, ClassVar

from pydantic import Field, field_validator
from pydantic_core import core_schema

from ..codelists import Force
from .claim import Claim, ordered
from .erratum import Erratum
from .fields import Prose, Reference, Slug, UnitToken, Value, Year
from .plan import Plan
from .region import Region
from .source import Citation

__all__ = ["Target"]


class Target(Claim):
    """A figure that a plan sets for an indicator by the end of a span of years."""

    noun: ClassVar[str] = "target"

    plan: Annotated[Plan, Reference("plan")] = Field(description="code of the plan")
    start_year: Year | None = Field(None, description="first year the target speaks of")
    end_year: Year = Field(description="year by which it is to be met")
    baseline_value: Value | None = Field(None, description="starting value, where the plan has one")
    baseline_year: Year | None = Field(None, description="year of the starting value")
    baseline_unit: UnitToken | None = Field(
        None, description="unit of the starting value, where it differs from `unit`"
    )
    force: Force | None = Field(
        None, description="binding (约束性) or expected (预期性), if stated"
    )
    breakdown: Slug | None = Field(
        None, description="which part of the region or indicator, where it is not the whole"
    )
    citation: Citation = Field(description="where the figure is printed, and how")
    erratum: Annotated[Erratum, Reference("erratum")] | None = Field(
        None, description="code of the printed error that `value` puts right"
    )
    notes: Prose | None = Field(None, description="what to know about the figure")

    @field_validator("end_year")
    @classmethod
    def _span(cls, end: int, info: core_schema.ValidationInfo) -> int:
        ordered(info.data.get("start_year"), end)
        return end

    @field_validator("baseline_year")
    @classmethod
    def _before_the_end(cls, year: int | None, info: core_schema.ValidationInfo) -> int | None:
        end = info.data.get("end_year")
        if year is not None and end is not None and year >= end:
            raise ValueError(f"expected a baseline before {end}, found {year}")
        return year

    @property
    def region(self) -> Region:
        """The region whose plan it is."""
        return self.plan.region

    @property
    def period(self) -> str:
        """The period of the plan: ``14th``, ``annual-2025``."""
        return self.plan.period

    @property
    def claim(self) -> str:
        """What is claimed, whoever prints it: plan, indicator, breakdown, form and year."""
        what = f"{self.indicator.code}.{self.breakdown}" if self.breakdown else self.indicator.code
        return f"{self.plan.code}/{what}/{self.form}/{self.end_year}"

    @property
    def key(self) -> str:
        """The claim and the source it was read in."""
        return f"{self.claim}@{self.citation.source.code}"
