"""Documents (`Source`) and places in them (`Citation`)."""

from typing import Annotated, ClassVar

from pydantic import Field

from ..codelists import Tier
from .base import Record
from .fields import Code, PartialDate, Prose, Reference, Text, Url

__all__ = ["Citation", "Source"]


class Source(Record):
    """A document that a figure was read in."""

    noun: ClassVar[str] = "source"

    code: Code = Field(description="short readable code")
    title: Text = Field(description="title of the document")
    publisher: Text | None = Field(None, description="who published the text that was read")
    date: PartialDate | None = Field(None, description="date of the text: YYYY, YYYY-MM or a day")
    url: Url | None = Field(None, description="address of the text that was read")
    tier: Tier = Field(description="how close the text stands to who issued the figure: A to D")
    notes: Prose | None = Field(None, description="what to know about the copy that was read")

    @property
    def key(self) -> str:
        """The code."""
        return self.code

    def __str__(self) -> str:
        parts = (self.publisher, self.title, self.date, self.url)
        return ", ".join(part for part in parts if part) + f" (tier {self.tier})"


class Citation(Record):
    """A place in a document, and the figure as it is stated there."""

    noun: ClassVar[str] = "citation"

    source: Annotated[Source, Reference("source")] = Field(description="code of the document")
    locator: Text | None = Field(None, description="place in the document")
    as_stated: Text | None = Field(
        None,
        description="the figure expression as printed; empty where a table prints the bare value",
    )

    @property
    def key(self) -> str:
        """The document, and the place in it where one is known."""
        return f"{self.source.code}#{self.locator}" if self.locator else self.source.code

    def __str__(self) -> str:
        stated = f'as stated: "{self.as_stated}"' if self.as_stated else ""
        return "; ".join(part for part in (str(self.source), self.locator, stated) if part)
