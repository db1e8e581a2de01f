"""Records of what documents state: targets, observations, goals, corroborations."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import core_schema

from ..codelists import Comparator, Flag, Force, Form, GoalKind, Status
from ..text.messages import Language, Message
from ..units.interval import half_width
from ..units.quantity import Quantity, quantity, same_measure
from .base import Record
from .fields import Flags, Name, Prose, Reference, Slug, Text, UnitToken, Value, Year, invalid
from .reference import Citation, Erratum, Indicator, Plan, Region, impossible

# In JSON Schema: the comparator "between" has an upper end, the others have none.
_RANGE = {
    "if": {"properties": {"comparator": {"const": "between"}}, "required": ["comparator"]},
    "then": {"properties": {"value_high": {"type": "string"}}, "required": ["value_high"]},
    "else": {"properties": {"value_high": {"type": "null"}}},
}


class Statement(Record, json_schema_extra={"allOf": [_RANGE]}):
    """A figure of an indicator; the base of targets and observations.

    Form, comparator, value and unit must fit one another.
    """

    indicator: Annotated[Indicator, Reference("indicator")] = Field(
        description="code of what is measured"
    )
    form: Form = Field(
        description="level, annual_growth, average_growth, cumulative, increment, multiple or rank"
    )
    comparator: Comparator = Field(description="how the figure bounds the outcome")
    value: Value = Field(description="the number as printed, in `unit`")
    value_high: Value | None = Field(
        default=None,
        validate_default=True,
        description="upper end, where the comparator is between",
    )
    unit: UnitToken = Field(description="unit of the value, a token of units.txt")
    precision: Value | None = Field(
        default=None,
        description="half-width of the printed figure, in `unit`; empty: half a unit of the last "
        "digit of `value`, none for a whole number of counted things",
    )
    scope: Slug | None = Field(
        default=None,
        description="class or level that the figure is for, where it is not the indicator's",
    )
    printed_name: Name | None = Field(
        default=None,
        description="name of what is measured as the text prints it, where it is none of the indicator's",
    )
    flags: Flags = Field(
        default=(),
        description="start_assumed, base_assumed, year_assumed, unit_assumed, doubtful, recalled or yearly, "
        "divided by | in files",
    )

    @field_validator("precision")
    @classmethod
    def _positive(cls, precision: Decimal | None) -> Decimal | None:
        if precision is not None and precision <= 0:
            raise invalid(Message("problem.precision", found=precision))
        return precision

    @field_validator("value_high")
    @classmethod
    def _range(cls, high: Decimal | None, info: core_schema.ValidationInfo) -> Decimal | None:
        comparator, low = info.data.get("comparator"), info.data.get("value")
        if comparator is None or low is None:
            return high  # those columns have an error of their own
        if comparator is Comparator.BETWEEN and high is None:
            raise invalid(Message("problem.no_upper_end"))
        if comparator is not Comparator.BETWEEN and high is not None:
            raise invalid(Message("problem.needless_upper_end", comparator=comparator, found=high))
        if high is not None and high <= low:
            raise invalid(Message("problem.low_upper_end", low=low, found=high))
        return high

    @field_validator("unit")
    @classmethod
    def _fitting(cls, unit: str, info: core_schema.ValidationInfo) -> str:
        indicator, form = info.data.get("indicator"), info.data.get("form")
        if isinstance(indicator, Indicator) and form is not None:
            expected = indicator.unit_in(form)
            if unit != expected and not same_measure(unit, expected):
                units = {"unit": expected, "found": unit}
                raise invalid(
                    Message("problem.other_unit", indicator=indicator.code, form=form, **units)
                )
        return unit

    @model_validator(mode="after")
    def _possible(self) -> Self:
        for column, form, value, unit in self._figures():
            if value is None or not same_measure(unit, self.indicator.unit_in(form)):
                continue
            if expected := impossible(self.indicator, form, value, unit):
                problem = Message("problem.out_of_range", expected=expected, found=f"{value:f}")
                raise invalid(problem, kind="out_of_range", column=column)
        return self

    def _figures(self) -> Iterator[tuple[str, Form, Decimal | None, str]]:
        """Yield every figure of the record: its column, form, value and unit."""
        yield "value", self.form, self.value, self.unit
        yield "value_high", self.form, self.value_high, self.unit

    @property
    def subject(self) -> str:
        """What the figure is about, as keys name it: the indicator and, after a colon, the scope."""
        return f"{self.indicator.code}:{self.scope}" if self.scope else self.indicator.code

    @property
    def series_key(self) -> str:
        """The key without the source; subclasses add what identifies them."""
        return f"{self.subject}/{self.form}"

    @property
    def key(self) -> str:
        """The series key."""
        return self.series_key

    @property
    def half_width(self) -> Decimal:
        """Half the width of the printed figure, in `unit`: 1.8 stands for 1.75 to 1.85.

        Zero for a whole number of counted things, such as 500 enterprises, and for ranks.
        """
        return half_width(self.value, self.unit) if self.precision is None else self.precision

    def text(self, lang: Language = "en") -> str:
        """Return the figure in words, as tables print it; without its form if that is a level.

        Examples
        --------
        >>> from innovation_plans import load
        >>> target = load().targets.at("CN-GD", "rd_intensity", 2025)
        >>> target.text(), target.text("zh")
        ('about 3.5%', '3.5%左右')
        """
        from ..text import labels  # loading records needs none

        token = labels.counting(self.unit, self.indicator.counted)
        number = self._bound, self.value, self.value_high, token
        return labels.printed(
            *number, lang, form=self.form, precision=self.precision, is_exact=True, whole=True
        )

    @property
    def _bound(self) -> Comparator:
        return self.comparator

    @property
    def quantity(self) -> Quantity:
        """The value with its unit, as a pint quantity of the registry in use."""
        return quantity(self.value, self.unit)

    @property
    def quantity_high(self) -> Quantity | None:
        """The upper end of a range with its unit; None if there is no range."""
        return None if self.value_high is None else quantity(self.value_high, self.unit)


def _check_order(start: int | None, end: int | None) -> None:
    """Raise ValueError if a span ends before it starts."""
    if start is not None and end is not None and end < start:
        raise invalid(Message("problem.year_order", start=start, found=end))


class Target(Statement):
    """A figure that a plan sets for an indicator, to be reached by a year."""

    noun: ClassVar[str] = "target"

    plan: Annotated[Plan, Reference("plan")] = Field(description="code of the plan")
    start_year: Year | None = Field(default=None, description="first year that the target covers")
    end_year: Year = Field(description="year by which it is to be met")
    baseline_value: Value | None = Field(
        default=None, description="starting value, where the plan has one"
    )
    baseline_year: Year | None = Field(default=None, description="year of the starting value")
    baseline_unit: UnitToken | None = Field(
        default=None, description="unit of the starting value, where it differs from `unit`"
    )
    force: Force | None = Field(
        default=None, description="binding (约束性) or expected (预期性), if stated"
    )
    breakdown: Slug | None = Field(
        default=None, description="which part of the region or indicator, where it is not the whole"
    )
    citation: Citation = Field(description="where the figure is printed, and how")
    erratum: Annotated[Erratum, Reference("erratum")] | None = Field(
        default=None, description="code of the printed error that `value` corrects"
    )
    notes: Prose | None = Field(default=None, description="what to know about the figure")

    @field_validator("end_year")
    @classmethod
    def _span(cls, end: int, info: core_schema.ValidationInfo) -> int:
        _check_order(info.data.get("start_year"), end)
        return end

    @field_validator("baseline_year")
    @classmethod
    def _before_the_end(cls, year: int | None, info: core_schema.ValidationInfo) -> int | None:
        end = info.data.get("end_year")
        if year is not None and end is not None and year >= end:
            raise invalid(Message("problem.late_baseline", end=end, found=year))
        return year

    @field_validator("flags")
    @classmethod
    def _of_a_level(
        cls, flags: tuple[Flag, ...], info: core_schema.ValidationInfo
    ) -> tuple[Flag, ...]:
        form = info.data.get("form")
        if Flag.YEARLY in flags and form not in {None, Form.LEVEL}:
            raise invalid(Message("problem.yearly", form=Message(f"Form.{form}")))
        return flags

    def _figures(self) -> Iterator[tuple[str, Form, Decimal | None, str]]:
        yield from super()._figures()
        form = Form.RANK if self.form is Form.RANK else Form.LEVEL
        yield "baseline_value", form, self.baseline_value, self.baseline_unit or self.unit

    @property
    def region(self) -> Region:
        """The region of the plan."""
        return self.plan.region

    @property
    def period(self) -> str:
        """The period of the plan: ``14th``, ``annual-2025``."""
        return self.plan.period

    @property
    def part(self) -> str:
        """Breakdown and scope, with a comma between them; empty for the whole."""
        return ", ".join(each for each in (self.breakdown, self.scope) if each)

    @property
    def is_whole(self) -> bool:
        """True if the figure is for the whole region and indicator: no breakdown, no scope."""
        return not self.part

    @property
    def subject(self) -> str:
        """Indicator, breakdown and scope, as keys name them: ``indicator.breakdown:scope``."""
        part = f".{self.breakdown}" if self.breakdown else ""
        return f"{self.indicator.code}{part}" + (f":{self.scope}" if self.scope else "")

    @property
    def series_key(self) -> str:
        """The key without the source: plan, subject, form and year."""
        return f"{self.plan.code}/{self.subject}/{self.form}/{self.end_year}"

    @property
    def key(self) -> str:
        """The series key and the source that states it."""
        return f"{self.series_key}@{self.citation.source.code}"


class Observation(Statement):
    """A figure of an indicator for a year, or for a span of years that ends with it."""

    noun: ClassVar[str] = "observation"

    region: Annotated[Region, Reference("region")] = Field(description="code of the region")
    start_year: Year | None = Field(
        default=None, description="first year, where the figure is of a span"
    )
    year: Year | None = Field(
        default=None,
        description="year of the figure, or last of the span; empty where no text states it",
    )
    vintage: Slug | None = Field(
        default=None, description="which release of the statistic it belongs to"
    )
    status: Status = Field(
        default=Status.NOT_STATED,
        description="final, preliminary, break, definition_differs or not_stated",
    )
    self_reported: bool | None = Field(
        default=None,
        description="whether the region's own government reports it; empty where that is not known",
    )
    citation: Citation = Field(description="where the figure is printed, and how")
    erratum: Annotated[Erratum, Reference("erratum")] | None = Field(
        default=None, description="code of the printed error that `value` corrects"
    )
    notes: Prose | None = Field(default=None, description="what to know about the figure")

    @field_validator("year")
    @classmethod
    def _span(cls, year: int | None, info: core_schema.ValidationInfo) -> int | None:
        _check_order(info.data.get("start_year"), year)
        return year

    @property
    def _bound(self) -> Comparator:
        is_number = self.comparator is Comparator.REACH  # no bound of an outcome: the bare value
        return Comparator.BETWEEN if is_number else self.comparator

    @property
    def series_key(self) -> str:
        """The key without year, vintage and source: region, subject and form."""
        return f"{self.region.code}/{self.subject}/{self.form}"

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
        """Series key, span, vintage and the source that states the figure."""
        vintage = f"/{self.vintage}" if self.vintage else ""
        return f"{self.series_key}/{self.span}{vintage}@{self.citation.source.code}"


class Goal(Record):
    """A framework, programme or outcome that a plan commits to without a number."""

    noun: ClassVar[str] = "goal"

    region: Annotated[Region, Reference("region")] = Field(description="code of the region")
    plan: Annotated[Plan, Reference("plan")] | None = Field(
        default=None, description="code of the plan, where one is named"
    )
    kind: GoalKind = Field(description="outcome, framework, key_tasks, programme, …")
    theme: Slug = Field(description="what it is about: overall, spatial, infrastructure, …")
    statement: Prose = Field(description="the goal in the package's own words")
    horizon: Year | None = Field(default=None, description="year by which it is to be reached")
    citation: Citation = Field(description="where it is printed")

    @property
    def key(self) -> str:
        """Region, kind, theme, horizon and the citation."""
        return f"{self.region.code}/{self.kind}/{self.theme}/{self.horizon}@{self.citation.key}"


class Corroboration(Record):
    """A further source that states the figure of a target, whose notes name it if its tier is better."""

    noun: ClassVar[str] = "corroboration"

    target: Text = Field(
        description="series key of the target, `plan/indicator[.breakdown][:scope]/form/year`"
    )
    comparator: Comparator | None = Field(
        default=None, description="the bound, where the text states one"
    )
    value: Value | None = Field(
        default=None, description="the number, where the text was read for it"
    )
    value_high: Value | None = Field(default=None, description="upper end of a range")
    unit: UnitToken | None = Field(default=None, description="unit of the value")
    citation: Citation = Field(description="where the figure is printed again, and how")
    notes: Prose | None = Field(default=None, description="what to know about the text")

    @property
    def key(self) -> str:
        """The series key of the target and the citation."""
        return f"{self.target}@{self.citation.key}"
