"""The figures of a derivation, and arithmetic that keeps their bounds.

The value of an observation has no comparator. A product keeps the bound of a factor; a division
mirrors the bound of the divisor.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, PlainSerializer

from ..codelists import Caveat, Comparator, Direction, Form, Prices, Tier
from ..records import Record
from ..records.fields import Value, Year
from ..text import labels
from ..text.implied import Origin
from ..text.messages import Language, word
from ..units.decimals import EXACT, plain, rounded
from ..units.growth import multiple_of
from ..units.interval import Interval, joint_bound
from ..units.quantity import incomparable
from ..units.table import UnitTable
from .results import ResultPart, vintage_name

T = TypeVar("T")


def _without_exponent(value: Decimal) -> str:
    return f"{value:f}"


Number = Annotated[  # a result of arithmetic
    Decimal, PlainSerializer(_without_exponent, return_type=str, when_used="json")
]


def _key_of(value: object) -> object:
    """Return the code of a record; another value as it is."""
    return value.key if isinstance(value, Record) else value


class Assumption(ResultPart):
    """A figure that the caller assumes; it replaces what is known.

    A level of a year, or growth up to it: ``annual_growth``, or ``average_growth`` from
    `start_year` on, always at current prices.

    Examples
    --------
    >>> Assumption(indicator="gdp", region="CN-HB", year=2025, value="62661", unit="CNY_100M").key
    'assumption:CN-HB/gdp/level/2025'
    """

    indicator: Annotated[str, BeforeValidator(_key_of)] = Field(description="code or any name")
    region: Annotated[str, BeforeValidator(_key_of)] = Field(description="code or any name")
    year: Year = Field(description="year of the level, or last year of the growth")
    value: Value
    value_high: Value | None = Field(default=None, description="upper end of a range")
    unit: str = Field(description="a token of units.txt")
    form: Form = Form.LEVEL
    start_year: Year | None = Field(
        default=None, description="first year of growth over several years"
    )
    note: str = Field(default="", description="why it is assumed")

    @property
    def key(self) -> str:
        """The key, which differs from the keys of all records."""
        span = f"{self.start_year}-{self.year}" if self.start_year else str(self.year)
        return f"assumption:{self.region}/{self.indicator}/{self.form}/{span}"

    def text(self, lang: Language = "en") -> str:
        """Return the figure, with its span.

        Examples
        --------
        >>> Assumption(indicator="gdp", region="CN-GD", year=2025, start_year=2021, value="6.8",
        ...            unit="percent_per_year", form="average_growth").text()
        'gdp 2021-2025: average annual growth of 6.8%'
        """
        span = f"{self.start_year}-{self.year}" if self.start_year else str(self.year)
        figure = labels.stated(
            self.form, Comparator.BETWEEN, self.value, self.value_high, self.unit, lang=lang
        )
        return labels.headed(f"{self.indicator} {span}", figure, lang)


class Operand(ResultPart):
    """One figure of a derivation, as printed or assumed, and the record that it is from."""

    indicator: str
    region: str
    form: Form
    start_year: int | None = None
    year: int
    comparator: Comparator | None = Field(
        default=None, description="empty where nothing is bounded"
    )
    value: Decimal
    value_high: Decimal | None = None
    unit: str
    origin: Origin
    key: str = Field(description="key of the record, or of the assumption")
    vintage: str | None = None
    prices: Prices | None = Field(
        default=None, description="of growth: constant for value added, else current"
    )
    source: str | None = None
    tier: Tier | None = None

    def text_with_origin(self, lang: Language) -> str:
        """Return the figure with its origin, its vintage and the prices of growth."""
        vintage = vintage_name(self.vintage, lang) if self.vintage else ""
        prices = word(self.prices, lang) if self.prices else ""
        origin = labels.joined([word(self.origin, lang), vintage, prices], lang)
        return labels.brackets(self.text(lang), origin, lang)

    def text(self, lang: Language = "en") -> str:
        """Return the figure with its comparator."""
        return labels.stated(
            self.form,
            self.comparator or Comparator.BETWEEN,
            self.value,
            self.value_high,
            self.unit,
            lang=lang,
        )


@dataclass(frozen=True)
class Level:
    """A level of a year, known or computed, with all that it was made from."""

    value: Decimal
    unit: str
    expression: str
    high: Decimal | None = None
    comparator: Comparator | None = None
    operands: tuple[Operand, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    caveats: tuple[Caveat, ...] = ()

    @property
    def top(self) -> Decimal:
        """The upper end of a range; the value itself if it is no range."""
        return self.value if self.high is None else self.high

    @property
    def interval(self) -> Interval:
        """The interval from the value to the upper end."""
        return Interval(self.value, self.top)

    def at(self, interval: Interval, **changes: Any) -> Level:
        """Return the same level with other numbers; a range stays a range."""
        high = None if self.high is None else interval.high
        return replace(self, value=interval.low, high=high, **changes)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the records that it is made from, without assumptions."""
        keys = (operand.key for operand in self.operands if operand.origin is not Origin.ASSUMPTION)
        return tuple(dict.fromkeys(keys))

    @property
    def planned(self) -> bool:
        """True if it is made from a target or an assumption, not from observations alone."""
        return any(operand.origin is not Origin.OBSERVATION for operand in self.operands)

    @property
    def targeted(self) -> bool:
        """True if it is made from a target or its baseline."""
        return any(operand.origin in {Origin.TARGET, Origin.BASELINE} for operand in self.operands)

    def with_caveats(self, *caveats: Caveat) -> Level:
        """Return the same level with further caveats."""
        return replace(self, caveats=_once(self.caveats, caveats))

    def rounded(self) -> Level:
        """Return the same level, rounded to twelve significant digits."""
        high = None if self.high is None else rounded(self.high)
        return replace(self, value=rounded(self.value), high=high)

    def result_fields(self) -> dict[str, Any]:
        """Return the fields of a result that state the rounded level and what it was made from."""
        level = self.rounded()
        return {
            "formula": level.expression,
            "value": level.value,
            "value_high": level.high,
            "unit": level.unit,
            "comparator": level.comparator,
            "operands": level.operands,
            "inputs": level.keys,
            "assumptions": level.assumptions,
        }


def grown(base: Level, growth: Level, years: int) -> Level:
    """Return the level that a base grows to at a rate, in percent a year, in some years."""
    rate = plain(growth.value) + (f"–{plain(growth.high)}" if growth.high is not None else "")
    power = f"^{years}" if years != 1 else ""
    multiple = growth.at(growth.interval.mapped(lambda rate: multiple_of(rate, years)))
    return _made(base, multiple, base.unit, Decimal(1), f"{{}} × (1 + {rate}%){power}")


def multiplied(base: Level, multiple: Level) -> Level:
    """Return a base times a multiple of it."""
    return _made(base, multiple, base.unit, Decimal(1), "{} × {}")


def times(left: Level, right: Level, unit: str, table: UnitTable) -> Level:
    """Return the product in a unit."""
    return _made(left, right, unit, _factor(f"{left.unit}*{right.unit}", unit, table), "{} × {}")


def divided(left: Level, right: Level, unit: str, table: UnitTable) -> Level:
    """Return the quotient in a unit; the bound of the divisor is mirrored."""
    factor = _factor(f"{left.unit}/{right.unit}", unit, table)
    bound = right.comparator.mirrored() if right.comparator else None
    reciprocal = right.at(right.interval.reciprocal(), comparator=bound)
    return _made(left, reciprocal, unit, factor, "{} ÷ {}")


def raised(base: Level, increment: Level) -> Level:
    """Return a base plus an increment, both in the unit of the base."""
    expression = f"{base.expression} + {increment.expression}"
    sums = base.interval.plus(increment.interval)
    return _joined(base, increment, _ranged(base, increment, sums, base.unit, expression))


def in_unit(level: Level, unit: str, table: UnitTable) -> Level:
    """Return a level in another unit of the same measure."""
    if level.unit == unit:
        return level
    factor = _factor(level.unit, unit, table)
    return level.at(level.interval.times(Interval.point(factor)), unit=unit)


def _made(left: Level, right: Level, unit: str, factor: Decimal, pattern: str) -> Level:
    products = left.interval.times(right.interval).times(Interval.point(factor))
    expression = pattern.format(left.expression, _bracketed(right.expression))
    return _joined(left, right, _ranged(left, right, products, unit, expression))


def _ranged(left: Level, right: Level, made: Interval, unit: str, expression: str) -> Level:
    """Return a level of two others: a range where one of them is a range."""
    ranged = left.high is not None or right.high is not None
    return Level(made.low, unit, expression, made.high if ranged else None)


def _joined(left: Level, right: Level, made: Level) -> Level:
    """Return a level with the comparator, the operands and the caveats of both sides."""
    comparator, opposed = joint_bound(left.comparator, right.comparator)
    caveats = _once(left.caveats, right.caveats)
    high, value = made.high, made.value
    if high is not None and comparator is not Comparator.BETWEEN:
        value, high = (
            (high, None) if comparator and comparator.side is Direction.DOWN else (value, None)
        )
    return replace(
        made,
        value=value,
        high=high,
        comparator=comparator,
        operands=_once(left.operands, right.operands),
        assumptions=_once(left.assumptions, right.assumptions),
        caveats=_once(caveats, (Caveat.BOUNDS_OPPOSED,)) if opposed else caveats,
    )


def _factor(made: str, unit: str, table: UnitTable) -> Decimal:
    """Return the factor from the unit of the result of arithmetic to `unit`."""
    left, right = table.unit(made), table.unit(unit)
    if left.dimension != right.dimension:
        raise incomparable(made, unit, (made, unit), table)
    factor = left.factor / right.factor
    return EXACT.divide(factor.numerator, factor.denominator)


def _bracketed(expression: str) -> str:
    return f"({expression})" if " " in expression else expression


def _once(left: tuple[T, ...], right: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*left, *right)))
