"""Records that statements refer to: regions, indicators, sources, plans, vintages, errata."""

import re
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator
from pydantic_core import core_schema

from ..codelists import (
    Direction,
    Extent,
    Form,
    Issuer,
    PlanKind,
    Prices,
    RegionKind,
    Rendition,
    Tier,
)
from ..errors import brief, expect
from ..text.messages import Language, Message, either, language, say
from ..units.quantity import convert
from ..units.words import unit_words
from .base import Record
from .bibliography import BibliographyEntry, CiteStyle, formatted, is_format
from .fields import (
    Aliases,
    Code,
    Counterparts,
    Name,
    Ordinal,
    PartialDate,
    Period,
    Prose,
    Reference,
    Slug,
    Text,
    UnitToken,
    Url,
    Value,
    Year,
    invalid,
)

_UNIT_OF_FORM = {
    Form.ANNUAL_GROWTH: "percent_per_year",
    Form.AVERAGE_GROWTH: "percent_per_year",
    Form.MULTIPLE: "multiple",
    Form.RANK: "rank",
}

_DRAFT = re.compile(r"草案|征求意见|\bdraft\b", re.IGNORECASE)
_GROWTH = {Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH}
_NEVER_NEGATIVE = {Form.CUMULATIVE, Form.MULTIPLE}


def _groups(value: object) -> object:
    return tuple(value.split("|")) if isinstance(value, str) else value


# What English adds to the name of a region, by how its Chinese name ends.
_KINDS = {
    "省": "Province",
    "市": "City",
    "县": "County",
    "自治区": "Autonomous Region",
    "新区": "New Area",
    "区": "District",
}


class Region(Record):
    """A territory that plans, or is planned for and measured (SDMX REF_AREA, 地区)."""

    noun: ClassVar[str] = "region"
    own_kind: ClassVar[tuple[str, ...]] = ("parent", "groups")

    code: Code = Field(
        description="ISO 3166-2 for nation and provinces, GB/T 2260 for cities, CN-… for groups"
    )
    kind: RegionKind = Field(description="nation, province, city or group")
    name_en: Name = Field(description="name in English")
    name_zh: Name | None = Field(default=None, description="full name in Chinese")
    short_zh: Name | None = Field(
        default=None, description="short name in Chinese, as tables print it"
    )
    aliases: Aliases = Field(
        default=(), description="further names of the region, divided by | in files"
    )
    parent: Annotated["Region", Reference("region")] | None = Field(
        default=None, description="code of the region it lies in"
    )
    groups: Annotated[
        tuple[Annotated["Region", Reference("region")], ...], BeforeValidator(_groups)
    ] = Field(default=(), description="codes of the statistical groups it belongs to, divided by |")

    @property
    def key(self) -> str:
        """The code."""
        return self.code

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which you can look up the region, except its code."""
        names = [self.name_en, self.name_zh, self.short_zh, *self.aliases]
        whole = self.name_zh or ""
        kind = next((kind for ending, kind in _KINDS.items() if whole.endswith(ending)), "")
        if kind and self.kind is not RegionKind.GROUP:
            bare = self.name_en.removesuffix(f" {kind}")
            names.append(f"{bare} {kind}")
            if self.parent and bare != self.parent.name_en:  # Jilin City is in Jilin
                names += (bare, whole.removeprefix(self.parent.name_zh or whole))
        return tuple(dict.fromkeys(filter(None, names)))


class Indicator(Record):
    """What is measured (SDMX INDICATOR, 指标), named without the form of any figure."""

    noun: ClassVar[str] = "indicator"
    own_kind: ClassVar[tuple[str, ...]] = ("numerator", "denominator", "proxy")

    code: Slug = Field(description="what is measured, in lower case with underscores")
    name_en: Name = Field(description="name in English")
    name_zh: Name | None = Field(default=None, description="name in Chinese")
    open_name_en: Name | None = Field(
        default=None,
        description="name in English for a figure whose class its text leaves open (class_unclear)",
    )
    open_name_zh: Name | None = Field(default=None, description="name in Chinese for such a figure")
    aliases: Aliases = Field(default=(), description="further names, as plans print them")
    unit: UnitToken = Field(description="unit of its level, a token of units.txt")
    counted: Slug | None = Field(
        default=None,
        description="what is counted, where the word after the number is not that of `unit`: "
        "institution, product or project for items, application for patents",
    )
    direction: Direction = Field(description="whether more is better (up), worse (down) or neither")
    minimum: Value | None = Field(
        default=None, description="least possible level, in `unit`; empty: none"
    )
    maximum: Value | None = Field(
        default=None, description="greatest possible level, in `unit`; empty: none"
    )
    growth_prices: Prices | None = Field(
        default=None,
        description="prices in which its growth is stated: constant for value added, else current",
    )
    numerator: Annotated["Indicator", Reference("indicator")] | None = Field(
        default=None, description="what is divided, where the indicator is a ratio"
    )
    denominator: Annotated["Indicator", Reference("indicator")] | None = Field(
        default=None, description="what it is divided by, where the indicator is a ratio"
    )
    proxy: Annotated["Indicator", Reference("indicator")] | None = Field(
        default=None, description="code of an indicator that is nearly equal"
    )
    proxy_years: Ordinal | None = Field(
        default=None, description="number of years over which the proxy is added up; empty: 1"
    )
    proxy_note: Prose | None = Field(
        default=None, description="how near the proxy comes, where both are known"
    )
    definition: Prose | None = Field(default=None, description="what is counted, in a sentence")
    standard: Prose | None = Field(default=None, description="the term of the standard it follows")
    pitfalls: Prose | None = Field(default=None, description="what it is easily mistaken for")
    same_as: Counterparts = Field(
        default=(),
        description="the same indicator in other statistics, each as `SCHEME:code address`, where the "
        "address is that of the definition; divided by | in files",
    )
    same_as_note: Prose | None = Field(
        default=None, description="how the definitions or the figures of `same_as` differ"
    )

    @field_validator("counted")
    @classmethod
    def _of_the_unit(cls, thing: str | None, info: core_schema.ValidationInfo) -> str | None:
        unit = info.data.get("unit")
        if thing is not None and unit is not None:
            names = sorted(unit_words().get(unit, {}).get("counted", {}))
            if thing not in names:
                names_or_none = either(names) if names else Message("found.nothing")
                expected = {"unit": unit, "names": names_or_none, "found": thing}
                raise invalid(Message("problem.no_counted", **expected))
        return thing

    @field_validator("maximum")
    @classmethod
    def _above_the_minimum(
        cls, maximum: Decimal | None, info: core_schema.ValidationInfo
    ) -> Decimal | None:
        minimum = info.data.get("minimum")
        if minimum is not None and maximum is not None and maximum <= minimum:
            raise invalid(Message("problem.maximum", minimum=minimum, found=maximum))
        return maximum

    @field_validator("proxy_years", "proxy_note")
    @classmethod
    def _of_a_proxy(cls, value: object, info: core_schema.ValidationInfo) -> object:
        if value is not None and info.data.get("proxy", value) is None:
            raise invalid(Message("problem.no_proxy", found=brief(value, 40)))
        return value

    @property
    def key(self) -> str:
        """The code."""
        return self.code

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which you can look up the indicator, except its code."""
        return tuple(name for name in (self.name_en, self.name_zh, *self.aliases) if name)

    @property
    def counterparts(self) -> dict[str, str]:
        """The code of the indicator in other statistics, by scheme: ``{"SDG": "9.5.1"}``."""
        return dict(text.split(" ", 1)[0].split(":", 1) for text in self.same_as)

    def unit_in(self, form: Form) -> str:
        """Return the unit of this indicator's figures in a form.

        Growth is in ``percent_per_year`` for every indicator. The increment of a share is in
        ``percentage_point``.
        """
        expect("form", form, "casefold", "a form")
        if form is Form.INCREMENT and self.unit == "percent":
            return "percentage_point"
        return _UNIT_OF_FORM.get(form, self.unit)


# Renditions that are not the text as its issuer shows it.
_COPIES = {Rendition.THIRD_PARTY_COPY, Rendition.TRANSLATION, Rendition.WEAK}


class Source(Record):
    """A document that states figures."""

    noun: ClassVar[str] = "source"

    code: Code = Field(description="short readable code")
    title: Text = Field(description="title of the document")
    publisher: Text | None = Field(
        default=None, description="who published the text that was read, as the text names it"
    )
    publisher_en: Text | None = Field(
        default=None, description="name of the publisher in English; empty: as printed"
    )
    publisher_zh: Text | None = Field(
        default=None, description="name of the publisher in Chinese; empty: as printed"
    )
    date: PartialDate | None = Field(
        default=None, description="date of the text: YYYY, YYYY-MM or a day"
    )
    url: Url | None = Field(
        default=None,
        description="address of the text that was read; of a copy that has none, that of the original",
    )
    tier: Tier = Field(description="how close the text is to the issuer of the figure: A to D")
    issuer: Issuer | None = Field(
        default=None, description="who issued the text: government, statistics_office, …"
    )
    rendition: Rendition | None = Field(
        default=None, description="form in which the text was read: original, official_copy, …"
    )
    verified_by: Text | None = Field(
        default=None, description="names of the arithmetic checks that a copied table passes"
    )
    notes: Prose | None = Field(
        default=None, description="what to know about the copy that was read"
    )

    @property
    def key(self) -> str:
        """The code."""
        return self.code

    def __str__(self) -> str:
        return self.cite()

    def cite(self, style: CiteStyle = "en") -> str:
        """Return the document as a citation: ``"en"``, ``"zh"``, ``"bibtex"``, ``"csl-json"``, ``"ris"``.

        Raises
        ------
        ArgumentError
            If there is no such style.
        """
        if is_format(style):
            return formatted([self.entry], style)
        lang = language(style)
        parts = filter(None, (self.description(lang), self.url))
        text = say("join.counts", lang).join(parts)
        return say("join.brackets", lang, text=text, part=self._reading(lang))

    def description(self, lang: Language = "en", *, plan: str | None = None) -> str:
        """Return publisher, title and date; a title that begins with the publisher has both.

        Parameters
        ----------
        lang
            The language of the publisher's name and of remarks on the copy that was read.
        plan
            Title of the plan, for a page that shows no title; empty if no text prints that title.
        """
        from ..text.labels import document  # loading records needs none

        return document(self, self.title, lang, plan=plan)

    @property
    def reading(self) -> str:
        """The tier, and what was read if it is not the original: ``tier B, third-party copy``."""
        return self._reading("en")

    @property
    def entry(self) -> BibliographyEntry:
        """The document as an entry of a bibliography."""
        date = tuple(map(int, self.date.split("-"))) if self.date else ()
        names = self.publisher or "", date, self.url or "", self.reading
        return BibliographyEntry(self.code, self.title, *names)

    def _reading(self, lang: str) -> str:
        tier = say("cite.tier", lang, tier=self.tier)
        if self.rendition not in _COPIES:
            return tier
        return say("join.counts", lang).join((tier, say(f"cite.{self.rendition}", lang)))


class Citation(Record):
    """A location in a document, and the figure as it is stated there."""

    noun: ClassVar[str] = "citation"

    source: Annotated[Source, Reference("source")] = Field(description="code of the document")
    locator: Text | None = Field(default=None, description="location in the document")
    as_stated: Text | None = Field(
        default=None,
        description="the figure expression as printed; empty where a table prints the bare value",
    )

    @property
    def key(self) -> str:
        """The code of the document, and the location in it if one is known."""
        return f"{self.source.code}#{self.locator}" if self.locator else self.source.code

    def __str__(self) -> str:
        return self.cite()

    def cite(self, style: CiteStyle = "en") -> str:
        """Return the location and the document as a citation, in the styles of :meth:`Source.cite`.

        Raises
        ------
        ArgumentError
            If there is no such style.
        """
        if not is_format(style):
            return self._located(self.source.cite(style), style)
        entry = self.source.entry
        return formatted([entry._replace(note=self._located(entry.note, "en"))], style)

    def _located(self, document: str, lang: str) -> str:
        """Return the words for a document, the location in it, and the figure as it is stated."""
        stated = say("cite.stated", lang, text=self.as_stated) if self.as_stated else ""
        return say("join.parts", lang).join(filter(None, (document, self.locator, stated)))


def years_of(period: str) -> tuple[int, int] | None:
    """Return the first and last year of a period; None if its name does not tell them.

    Examples
    --------
    >>> years_of("14th"), years_of("annual-2025"), years_of("eu-2030")
    ((2021, 2025), (2025, 2025), None)
    """
    if annual := re.fullmatch("annual-([0-9]{4})", period):
        return int(annual[1]), int(annual[1])
    ordinal = re.fullmatch("([0-9]{1,2})(?:st|nd|rd|th)", period)
    if ordinal is None or int(ordinal[1]) < 3:  # the first two plans began in other years
        return None
    start = 2016 + 5 * (int(ordinal[1]) - 13)
    return start, start + 4


class Plan(Record):
    """A plan or work report of one region and one period."""

    noun: ClassVar[str] = "plan"

    code: Code = Field(description="region, period and kind: CN-GD-14-sti")
    region: Annotated[Region, Reference("region")] = Field(description="code of the region")
    period: Period = Field(description="13th, 14th, 15th, or annual-YYYY")
    kind: PlanKind = Field(description="outline, sti, action_plan, gwr or other")
    title_zh: Name | None = Field(default=None, description="title in Chinese")
    title_en: Name | None = Field(default=None, description="title in English")
    title_made_up: bool = Field(
        default=False,
        description="whether no text prints `title_zh`: it describes the document or is translated back",
    )
    issued: PartialDate | None = Field(default=None, description="date of issue, where stated")
    notes: Prose | None = Field(
        default=None, description="remarks on the title, the date and the period"
    )

    @model_validator(mode="after")
    def _titled(self) -> Self:
        if not (self.title_zh or self.title_en):
            raise invalid(Message("problem.no_title"))
        return self

    @property
    def key(self) -> str:
        """The code."""
        return self.code

    @property
    def is_draft(self) -> bool:
        """Whether the title says that it is a draft: 草案, 征求意见稿, draft."""
        return bool(_DRAFT.search(f"{self.title_zh} {self.title_en}"))


class Document(Record):
    """A plan or work report that is known to exist, and how much of it was read."""

    noun: ClassVar[str] = "document"

    code: Code = Field(description="code of the plan, or region, period and kind")
    plan: Annotated[Plan, Reference("plan")] | None = Field(
        default=None, description="code of the plan, where the data contain a figure or goal of it"
    )
    region: Annotated[Region, Reference("region")] = Field(description="code of the region")
    period: Period = Field(description="13th, 14th, 15th, or annual-YYYY")
    title_zh: Name | None = Field(
        default=None, description="title in Chinese; empty where the plan has it"
    )
    title_en: Name | None = Field(
        default=None, description="title in English; empty where the plan has it"
    )
    date: PartialDate | None = Field(
        default=None, description="date of issue; empty where the plan has it"
    )
    extent: Extent = Field(description="how much of it was read: whole, part or unread")
    source: Annotated[Source, Reference("source")] | None = Field(
        default=None, description="code of the best text that was read; empty if unread"
    )
    url: Url | None = Field(default=None, description="address at which it can be read, if unread")
    notes: Prose | None = Field(default=None, description="what is missing, or what it may state")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not (self.plan or self.title_zh or self.title_en):
            raise invalid(Message("problem.no_plan_or_title"))
        if self.plan and (self.plan.region, self.plan.period) != (self.region, self.period):
            raise invalid(Message("problem.other_plan", plan=self.plan.code))
        return self

    @property
    def key(self) -> str:
        """The code."""
        return self.code

    @property
    def title(self) -> str:
        """The title in Chinese, or in English if no Chinese one is known."""
        of_plan = (self.plan.title_zh, self.plan.title_en) if self.plan else ()
        names = (self.title_zh, self.title_en, *of_plan)
        return next(filter(None, names), "")


class Vintage(Record):
    """One release of a statistical series. Every economic census, for example, revises GDP."""

    noun: ClassVar[str] = "vintage"

    indicator: Annotated[Indicator, Reference("indicator")] = Field(
        description="code of the indicator"
    )
    code: Slug = Field(description="name of the vintage, as observations give it")
    year: Year | None = Field(
        default=None, description="the year of the figures, where each year was released by itself"
    )
    order: Ordinal = Field(description="position among the vintages of the indicator: 1 first")
    released: PartialDate = Field(description="when figures of this vintage first came out")
    source: Annotated[Source, Reference("source")] | None = Field(
        default=None, description="code of the document that dates the release"
    )
    description: Prose = Field(description="what was released or revised")

    @property
    def key(self) -> str:
        """Indicator, vintage and year; ``*`` for every year."""
        return f"{self.indicator.code}/{self.code}/{self.year or '*'}"


class Erratum(Record):
    """A printed error: the figure or name as printed, the correct one, and the reason."""

    noun: ClassVar[str] = "erratum"

    code: Code = Field(description="code of the source and a number")
    citation: Citation = Field(description="where the error is printed, and how")
    corrected: Text = Field(description="the correct figure or name")
    reason: Prose = Field(description="why")

    @property
    def key(self) -> str:
        """The code."""
        return self.code


def impossible(indicator: Indicator, form: Form, value: Decimal, unit: str) -> str:
    """Return what is expected instead of a value that no outcome can have; empty if it is possible.

    Where no level is below zero, no sum or multiple is, and growth is at least -100%.
    """
    if form is Form.RANK:
        is_rank = value >= 1 and value == value.to_integral_value()
        return "" if is_rank else Message("expected.rank")
    if form is Form.LEVEL:
        return _outside(indicator, convert(value, unit, indicator.unit))
    if indicator.minimum is None or indicator.minimum < 0:
        return ""
    if form in _GROWTH and convert(value, unit, indicator.unit_in(form)) < -100:
        return Message("expected.growth", indicator=indicator.code)
    if form in _NEVER_NEGATIVE and value < 0:
        return Message("expected.not_negative", indicator=indicator.code)
    return ""


def _outside(indicator: Indicator, level: Decimal) -> str:
    for bound, is_outside, name in (
        (indicator.minimum, Decimal.__lt__, "minimum"),
        (indicator.maximum, Decimal.__gt__, "maximum"),
    ):
        if bound is not None and is_outside(level, bound):
            words = {"bound": bound, "unit": indicator.unit, "indicator": indicator.code}
            return Message(f"expected.{name}", **words)
    return ""
