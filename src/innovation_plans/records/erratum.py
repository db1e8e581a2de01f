"""Printed errors, kept beside what is right; nothing is corrected silently."""

from typing import ClassVar

from pydantic import Field

from .base import Record
from .fields import Code, Prose, Text
from .source import Citation

__all__ = ["Erratum"]


class Erratum(Record):
    """A figure or name as printed (`citation.as_stated`), the right one, and the reason."""

    noun: ClassVar[str] = "erratum"

    code: Code = Field(description="code of the source and a number")
    citation: Citation = Field(description="where the error is printed, and how")
    corrected: Text = Field(description="what is right")
    reason: Prose = Field(description="why")

    @property
    def key(self) -> str:
        """The code."""
        return self.code
