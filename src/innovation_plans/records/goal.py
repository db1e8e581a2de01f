"""Goals: commitments without a number."""

from typing import Annotated, ClassVar

from pydantic import Field

from ..codelists import GoalKind
from .base import Record
from .fields import Prose, Reference, Slug, Year
from .plan import Plan
from .region import Region
from .source import Citation

__all__ = ["Goal"]


class Goal(Record):
    """A framework, programme or outcome that a plan commits to in words."""

    noun: ClassVar[str] = "goal"

    region: Annotated[Region, Reference("region")] = Field(description="code of the region")
    plan: Annotated[Plan, Reference("plan")] | None = Field(
        None, description="code of the plan, where one is named"
    )
    kind: GoalKind = Field(description="outcome, framework, key_tasks, programme, …")
    theme: Slug = Field(description="what it is about: overall, spatial, infrastructure, …")
    statement: Prose = Field(description="the goal in the package's own words")
    horizon: Year | None = Field(None, description="year by which it is to be reached")
    citation: Citation = Field(description="where it is printed")

    @property
    def key(self) -> str:
        """Region, kind, theme, horizon and the place it was read in."""
        return f"{self.region.code}/{self.kind}/{self.theme}/{self.horizon}@{self.citation.key}"
