"""Plans, the documents in which a government states what it wants to reach."""

import re
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from ..codelists import PlanKind
from .base import Record
from .fields import Code, Name, PartialDate, Reference
from .region import Region

__all__ = ["Period", "Plan", "years_of"]

# An ordinal for a five-year plan (14th), annual-YYYY, or any slug of a user's own (eu-2030).
Period = Annotated[
    str,
    Field(pattern=r"^([1-9][0-9]*(st|nd|rd|th)|[a-z][a-z0-9]*(-[a-z0-9]+)*)$", max_length=60),
]


def years_of(period: str) -> tuple[int, int] | None:
    """First and last year of a period; None where its name does not say.

    Examples
    --------
    >>> years_of("14th"), years_of("annual-2025"), years_of("eu-2030")
    ((2021, 2025), (2025, 2025), None)
    """
    if found := re.fullmatch("annual-([0-9]{4})", period):
        return int(found[1]), int(found[1])
    found = re.fullmatch("([0-9]{1,2})(?:st|nd|rd|th)", period)
    if found is None or int(found[1]) < 3:  # the first two plans kept another rhythm
        return None
    start = 2016 + 5 * (int(found[1]) - 13)
    return start, start + 4


class Plan(Record):
    """A plan or work report of one region and one period."""

    noun: ClassVar[str] = "plan"

    code: Code = Field(description="region, period and kind: CN-GD-14-sti")
    region: Annotated[Region, Reference("region")] = Field(description="code of the region")
    period: Period = Field(description="13th, 14th, 15th, or annual-YYYY")
    kind: PlanKind = Field(description="outline, sti, action_plan, gwr or other")
    title_zh: Name | None = Field(None, description="title in Chinese")
    title_en: Name | None = Field(None, description="title in English")
    issued: PartialDate | None = Field(None, description="date of issue, where stated")

    @model_validator(mode="after")
    def _titled(self) -> Self:
        if not (self.title_zh or self.title_en):
            raise ValueError("expected a title in Chinese or English, found neither")
        return self

    @property
    def key(self) -> str:
        """The code."""
        return self.code
