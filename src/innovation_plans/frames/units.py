"""Convert units in frames by joining a small table of factors."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from ..dataset.dataset import Dataset
from ..errors import FigureError, IncomparableError, MissingError, brief, expect
from ..text.labels import unit as unit_label
from ..units.quantity import incomparable
from ..units.table import Unit, UnitTable, bundled_units, expect_unit, names_own_units
from .engines import (
    FrameT,
    Opened,
    beside,
    closed,
    computed,
    in_order,
    lists_of,
    numbered,
    numeric,
    opened,
    required,
)
from .inputs import prepared

# Columns of this package's tables: numbers in the unit of the value, and what depends on the unit.
_SAME_UNIT = ("value_high", "precision", "baseline_value")
_UNIT_COLUMNS = ("unit", "unit_en", "unit_zh")
_TYPES = {"_ip_over": "Float64", "_ip_under": "Float64"}
# A number for its dimension, then numerator and denominator of its factor.
Scale = tuple[int, float, float]


@names_own_units("plans")
def convert(
    frame: FrameT,
    unit: str | None = None,
    *,
    unit_from: str | None = None,
    value: str = "value",
    unit_column: str = "unit",
    plans: Dataset[Any, Any] | None = None,
) -> FrameT:
    """Return the frame with its values, and its unit column, in another unit.

    Of a table of this package, the other columns in the unit of the value are converted too:
    ``value_high``, ``precision``, and a ``baseline_value`` without a unit of its own; ``unit_en`` and
    ``unit_zh`` become the labels of the new unit. The distinct units are read first, so that an unknown or incomparable unit raises an error and
    never becomes a null: of a lazy frame, by a query over the unit column alone. The rest stays
    lazy.

    Parameters
    ----------
    frame
        Long form, of any engine: a column of numbers and one of units, by token or alias.
    unit
        The unit that all values are to be in.
    unit_from
        Instead of `unit`: the column with the unit that each value is to be in.
    value, unit_column
        Names of the two columns. If `value` is another one, only that column is converted.
    plans
        A dataset with units of its own; the bundled units if not given.

    Returns
    -------
    frame
        Of the same engine, lazy if it was lazy, with the same columns. Values are the nearest floats:
        500 亿元 are 0.05 万亿元.

    Raises
    ------
    IncomparableError
        If a unit measures something else; names both units and the missing factor.
    FigureError
        If a unit is not known, or a value has none.

    Examples
    --------
    >>> import polars as pl
    >>> frame = pl.DataFrame({"value": [500.0, 2.0], "unit": ["CNY_100M", "万亿元"]})
    >>> convert(frame, "CNY_1T").rows()
    [(0.05, 'CNY_1T'), (2.0, 'CNY_1T')]
    """
    if (unit is None) is (unit_from is None):
        raise MissingError(asked="unit to convert to", hint="give unit or unit_from, one of them")
    for parameter, column in {"value": value, "unit_column": unit_column}.items():
        expect(parameter, column, "casefold", "the name of a column")
    if unit is not None:
        expect_unit(unit)
    if unit_from is not None:
        expect("unit_from", unit_from, "casefold", "the name of a column")
    table = units_of(plans)
    work = opened(frame, "values")
    names = list(work.kinds)
    if unit_from == unit_column:
        raise MissingError(asked="unit to convert to", hint="unit_from names another column")
    keys = [unit_column] if unit_from is None else [unit_column, unit_from]
    required([value, *keys], names, "columns")
    numbers = [value, *(name for name in _SAME_UNIT if value == "value" and name in names)]
    columns = {**dict.fromkeys(numbers, "number"), **dict.fromkeys(keys, "text")}
    work = prepared(work, "values", {**columns, "baseline_unit": "text"})
    pairs = _pairs(work, numeric(work, value, "values"), keys, unit)
    small = _factors(pairs, keys, table)
    kinds = {name: _TYPES.get(name, "String") for name in small}
    work = numbered(work)
    joined = work.frame.join(beside(small, kinds, work, keys), on=keys, how="left")
    converted = joined.with_columns(
        *(_scaled(work, name).alias(name) for name in numbers),
        *(
            work.ops.col(f"_ip_{name}").alias(unit_column if name == "unit" else name)
            for name in _UNIT_COLUMNS
            if name == "unit" or (value == "value" and name in names)
        ),
    )
    result: FrameT = closed(computed(in_order(converted, work).select(*names), work), work)
    return result


def _scaled(work: Opened, name: str) -> Any:
    """Return a column in the new unit; a baseline with a unit of its own stays as it is."""
    number, col = numeric(work, name, "values"), work.ops.col
    scaled = number * col("_ip_over") / col("_ip_under")
    if name != "baseline_value" or "baseline_unit" not in work.kinds:
        return scaled
    has_own = ~col("baseline_unit").is_null()
    return work.ops.when(has_own).then(number).otherwise(scaled)


def units_of(plans: Dataset[Any, Any] | None) -> UnitTable:
    """Return the units of a dataset, or the bundled ones."""
    if plans is None:
        return bundled_units()
    expect("plans", plans, "targets", "a dataset")
    return plans.units


def scales(table: UnitTable, wanted: Iterable[str]) -> dict[str, Scale]:
    """Return the scale of every token and alias with the dimension of a `wanted` unit.

    The units of one dimension are scaled by its first wanted unit, whose own factor is one.
    """
    firsts: dict[Any, tuple[int, Unit]] = {}
    for text in wanted:
        unit = table.unit(text)
        firsts.setdefault(unit.dimension, (len(firsts) + 1, unit))
    scale_of: dict[str, Scale] = {}
    for unit in table:
        dimension, first = firsts.get(unit.dimension, (0, unit))
        if dimension:
            scale = (dimension, *_over_under(unit.factor / first.factor))
            scale_of.update(dict.fromkeys((unit.name, *unit.aliases), scale))
    for text in wanted:  # an expression such as CNY/inhabitant is no token
        if text not in scale_of:
            unit = table.unit(text)
            dimension, first = firsts[unit.dimension]
            scale_of[text] = (dimension, *_over_under(unit.factor / first.factor))
    return scale_of


def _over_under(factor: Fraction) -> tuple[float, float]:
    """Return numerator and denominator: floats are exact for both, not for the quotient."""
    return float(factor.numerator), float(factor.denominator)


def _pairs(work: Opened, number: Any, keys: list[str], unit: str | None) -> list[tuple[Any, ...]]:
    """Return the distinct units of the values, each with the unit to convert to."""
    known = work.frame.filter(~number.is_null()).select(*keys).unique(keep="any")
    units = lists_of(known, keys)
    pairs = list(zip(*(units[key] for key in keys), strict=True))
    return pairs if unit is None else [(source, unit) for (source,) in pairs]


def _different(source: str, target: str, table: UnitTable) -> IncomparableError:
    """Return the error for a value in a unit of another dimension."""
    factor = incomparable(source, target, (source, target), table).factor
    hint = "convert the rows of one kind of unit at a time"
    return IncomparableError(left=f"1 {source}", right=target, factor=factor, hint=hint)


def _factors(
    pairs: list[tuple[Any, ...]], keys: list[str], table: UnitTable
) -> dict[str, list[Any]]:
    small: dict[str, list[Any]] = {key: [] for key in keys}
    small |= {name: [] for name in (*_TYPES, *(f"_ip_{name}" for name in _UNIT_COLUMNS))}
    for source, target in sorted(pairs, key=brief):
        for column in (source, target):
            if not isinstance(column, str):
                raise FigureError(text=brief(column), position=0, expected="a unit for each value")
        factor = table.factor(source, target)
        if factor is None:
            raise _different(source, target, table)
        over, under = _over_under(factor)
        name = table.unit(target).name
        token = table.token(name) if name in table else name  # CNY/inhabitant is no token
        labels = (unit_label(token, "en"), unit_label(token, "zh"))
        row = [*(source, target)[: len(keys)], over, under, name, *labels]
        for name, cell in zip(small, row, strict=True):
            small[name].append(cell)
    return small
