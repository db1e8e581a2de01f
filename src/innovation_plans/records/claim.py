"""What targets and observations share: a figure of an indicator, in a form and a unit."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_core import core_schema

from ..codelists import Comparator, Form
from ..units.quantity import Quantity, quantity, same_measure
from .base import Record
from .fields import Reference, UnitToken, Value
from .indicator import Indicator

__all__ = ["Claim"]

# In JSON Schema: the comparator "between" has an upper end, the others have none.
_RANGE = {
    "if": {"properties": {"comparator": {"const": "between"}}, "required": ["comparator"]},
    "then": {"properties": {"value_high": {"type": "string"}}, "required": ["value_high"]},
    "else": {"properties": {"value_high": {"type": "null"}}},
}


class Claim(Record, json_schema_extra={"allOf": [_RANGE]}):
    """A figure of an indicator: form, comparator, value and unit that fit one another."""

    indicator: Annotated[Indicator, Reference("indicator")] = Field(
        description="code of what is measured"
    )
    form: Form = Field(description="level, growth, cumulative, increment, multiple or rank")
    comparator: Comparator = Field(description="how the figure bounds the outcome")
    value: Value = Field(description="the number as printed, in `unit`")
    value_high: Value | None = Field(
        None, validate_default=True, description="upper end, where the comparator is between"
    )
    unit: UnitToken = Field(description="unit of the value, a token of units.txt")

    @field_validator("value_high")
    @classmethod
    def _range(cls, high: Decimal | None, info: core_schema.ValidationInfo) -> Decimal | None:
        comparator, low = info.data.get("comparator"), info.data.get("value")
        if comparator is None or low is None:
            return high  # those columns have a fault of their own
        if (high is not None) is not (comparator is Comparator.BETWEEN):
            raise ValueError("an upper end belongs to the comparator between, and only to it")
        if high is not None and high <= low:
            raise ValueError(f"expected an upper end above {low}, found {high}")
        return high

    @field_validator("unit")
    @classmethod
    def _fitting(cls, unit: str, info: core_schema.ValidationInfo) -> str:
        indicator, form = info.data.get("indicator"), info.data.get("form")
        if isinstance(indicator, Indicator) and form is not None:
            expected = indicator.unit_in(form)
            if unit != expected and not same_measure(unit, expected):
                raise ValueError(
                    f"{indicator.code} as {form} is measured in {expected} or its multiples, "
                    f"found {unit}"
                )
        return unit

    @property
    def key(self) -> str:
        """Indicator and form; targets and observations say more."""
        return f"{self.indicator.code}/{self.form}"

    @property
    def quantity(self) -> Quantity:
        """The value with its unit, as a pint quantity of the registry in use."""
        return quantity(self.value, self.unit)

    @property
    def quantity_high(self) -> Quantity | None:
        """The upper end of a range with its unit."""
        return None if self.value_high is None else quantity(self.value_high, self.unit)


def ordered(start: int | None, end: int | None) -> None:
    """Refuse a span that ends before it starts."""
    if start is not None and end is not None and end < start:
        raise ValueError(f"expected a year not before {start}, found {end}")
