"""Regions. The nation, provinces, cities and groups of them are all regions."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from ..codelists import RegionKind
from .base import Record
from .fields import Aliases, Code, Name, Reference

__all__ = ["Region"]


def _groups(value: object) -> object:
    return tuple(value.split("|")) if isinstance(value, str) else value


class Region(Record):
    """A territory that plans, or is planned and measured (SDMX: REF_AREA)."""

    noun: ClassVar[str] = "region"
    own_kind: ClassVar[tuple[str, ...]] = ("parent", "groups")

    code: Code = Field(
        description="ISO 3166-2 for nation and provinces, GB/T 2260 for cities, CN-… for groups"
    )
    kind: RegionKind = Field(description="nation, province, city or group")
    name_en: Name = Field(description="name in English")
    name_zh: Name | None = Field(None, description="full name in Chinese")
    short_zh: Name | None = Field(None, description="short name in Chinese, as tables print it")
    aliases: Aliases = Field((), description="further names it is found by, divided by | in files")
    parent: Annotated["Region", Reference("region")] | None = Field(
        None, description="code of the region it lies in"
    )
    groups: Annotated[
        tuple[Annotated["Region", Reference("region")], ...], BeforeValidator(_groups)
    ] = Field((), description="codes of the statistical groups it belongs to, divided by |")

    @property
    def key(self) -> str:
        """The code."""
        return self.code

    @property
    def names(self) -> tuple[str, ...]:
        """Every name the region is found by, besides its code."""
        given = (self.name_en, self.name_zh, self.short_zh, *self.aliases)
        return tuple(name for name in given if name)
