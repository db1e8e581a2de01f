"""Corroborations: further texts that print the figure of a target."""

from typing import ClassVar

from pydantic import Field

from ..codelists import Comparator
from .base import Record
from .fields import Prose, Text, UnitToken, Value
from .source import Citation

__all__ = ["Corroboration"]


class Corroboration(Record):
    """A further text with the figure of a target; the target itself cites the strongest."""

    noun: ClassVar[str] = "corroboration"

    target: Text = Field(description="the claim of the target: plan/indicator/form/year")
    comparator: Comparator | None = Field(None, description="the bound, where the text states one")
    value: Value | None = Field(None, description="the number, where the text was read for it")
    value_high: Value | None = Field(None, description="upper end of a range")
    unit: UnitToken | None = Field(None, description="unit of the value")
    citation: Citation = Field(description="where the figure is printed again, and how")
    notes: Prose | None = Field(None, description="what to know about the text")

    @property
    def key(self) -> str:
        """The claim and the place it was read in."""
        return f"{self.target}@{self.citation.key}"
