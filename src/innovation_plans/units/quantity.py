"""Quantities from text and numbers, exact conversion, and the pint registry in use.

The first quantity imports pint, under a lock, because pint's own lazy registry fails on
concurrent first use. The package uses no pint contexts, because they are not thread-safe.
"""

from __future__ import annotations

import copyreg
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from ..errors import ArgumentTypeError, FigureError, IncomparableError, expect
from .decimals import EXACT, MOST_DIGITS, Number, exact, plain
from .table import (
    OwnUnit,
    Unit,
    UnitTable,
    bundled_units,
    expect_unit,
    missing_factor,
    names_own_units,
    table_of,
)

if TYPE_CHECKING:
    import pint

    Quantity: TypeAlias = pint.Quantity[Any]
else:
    Quantity = Any

__all__ = [
    "OwnUnit",
    "Quantity",
    "Unit",
    "UnitTable",
    "bundled_units",
    "check_quantity",
    "computed",
    "convert",
    "current_registry",
    "define_units",
    "in_unit",
    "magnitude_in",
    "quantity",
    "rescaled",
    "same_measure",
    "table_of",
    "table_of_quantity",
    "use_registry",
    "with_number",
]

# Compiled when the first figure is read.
_FIGURE = r"(?s)\s*([+-]?(?:[0-9]{1,3}(?:,[0-9]{3}){1,9}|[0-9]{1,30})(?:\.[0-9]{1,30})?)(?![0-9.,])\s*(.*)"
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")  # as Chinese texts may have them
_ORDINALS = {"st", "nd", "rd", "th"}


class _Registries:
    """The registry that the user chose, if any, else the registry of a unit table."""

    chosen: pint.UnitRegistry[Any] | None = None

    def for_table(self, table: UnitTable) -> pint.UnitRegistry[Any]:
        """Return the registry of new quantities, if it still has the units of the package."""
        from .registry import check_unchanged, registry_of  # the first call imports pint

        if self.chosen is None:
            return registry_of(table)
        check_unchanged(self.chosen)
        return self.chosen


_REGISTRIES = _Registries()


def current_registry() -> pint.UnitRegistry[Any]:
    """Return the pint registry for new quantities: the package's own, or the one chosen."""
    return _REGISTRIES.for_table(bundled_units())


def use_registry(registry: pint.UnitRegistry[Any] | None) -> None:
    """Build every later quantity in `registry`, so that it works with your program's own.

    The units of the package are added to it. ``None`` restores the package's registry.
    This is a setting for the whole process: call it in a program, not in a library.

    Examples
    --------
    >>> import pint
    >>> mine = pint.UnitRegistry()
    >>> use_registry(mine)
    >>> print(quantity("3 亿元") + mine.Quantity(1, "CNY_100M"))
    4.0 CNY_100M
    >>> use_registry(None)
    """
    if registry is not None:
        define_units(registry)
    _REGISTRIES.chosen = registry


def define_units(registry: pint.UnitRegistry[Any], table: UnitTable | None = None) -> None:
    """Add the units of ``units.txt`` to a registry of your own; existing units do not change.

    Parameters
    ----------
    registry
        A registry of pint's.
    table
        The units of a dataset with units of its own (``plans.units``); None for the bundled.

    Examples
    --------
    >>> import pint
    >>> mine = pint.UnitRegistry()
    >>> define_units(mine)
    >>> print(mine.Quantity(2, "CNY_1T").to("亿元"))
    20000.0 CNY_100M
    """
    from .registry import define

    expect("registry", registry, "UnitsContainer", "a registry of pint")
    expect("registry", registry, "non_int_type", "a registry of pint")
    table = bundled_units() if table is None else table
    expect("table", table, "definitions", "a unit table")
    define(registry, table)
    copyreg.pickle(registry.Quantity, _reduced)


def _reduced(value: Quantity) -> tuple[Any, ...]:
    """Return a quantity of a host program for pickle: pint's own way names no unit that is missing."""
    return _unpickled, (value.magnitude, tuple(value.unit_items()))


def _unpickled(magnitude: Any, units: tuple[tuple[str, Any], ...]) -> Quantity:
    import pint

    registry: Any = _REGISTRIES.chosen or pint.application_registry
    container = registry.UnitsContainer(dict(units))
    try:
        registry.get_base_units(container)
    except pint.UndefinedUnitError as error:
        expected = "units of the registry in use; call use_registry() before you unpickle"
        raise FigureError(text=str(container), position=0, expected=expected) from error
    made: Quantity = registry.Quantity(magnitude, container)
    return made


@names_own_units("table")
def quantity(value: Number, unit: str | None = None, *, table: UnitTable | None = None) -> Quantity:
    """Return a pint quantity from a number and a unit, or from text with both.

    Parameters
    ----------
    value
        A number, or text such as ``"14 万亿元"``, ``"3 billion yuan"`` or
        ``"0.52 employed_person/inhabitant"``. Text is read by a closed grammar, never by pint's
        parser.
    unit
        A token or alias of ``units.txt``, several joined by ``*`` and ``/``, or the words of one, with
        a magnitude: ``"million residents"``.
    table
        The unit table of a dataset with own units (``plans.units``). None for the bundled one; the
        unit of a record brings its own.

    Returns
    -------
    Quantity
        A scalar; its magnitude is a Decimal unless a chosen registry uses floats.

    Raises
    ------
    FigureError
        If the text is not a number and a unit, or the unit is unknown.
    ConflictError
        If a unit of the package was redefined in the registry that `use_registry` chose.

    Examples
    --------
    >>> quantity("14 万亿元") * quantity("3.5", "percent") == quantity(4900, "亿元")
    True
    >>> print(quantity("3 billion yuan"), quantity("2 million patents"))
    3 CNY_1B 2000000 patent
    """
    if unit is None:
        value, unit = _split(value)
    table = table_of(unit) if table is None else table
    expect("table", table, "definitions", "a unit table")
    registry = _REGISTRIES.for_table(table)
    number = exact(value)
    if _REGISTRIES.chosen:
        chosen = _in_chosen(registry, number, unit, table)
        if chosen is not None:
            return chosen
    name = table.unit(unit).name
    if not table.of_name(name):
        times, name = table.counted_in(name)
        number = EXACT.multiply(number, times)
    units = _single(registry, name) if table.of_name(name) else _compound(registry, name, table)
    return _made(registry, number, units)


def _made(registry: Any, number: Decimal, unit: Any) -> Quantity:
    """Return a quantity of a registry; its number is of the type that the registry has."""
    kind = registry.non_int_type
    value: Quantity = registry.Quantity(number if kind is Decimal else kind(number), unit)
    return value


def _in_chosen(
    registry: pint.UnitRegistry[Any], number: Decimal, unit: str, table: UnitTable
) -> Quantity | None:
    """Return a quantity in a unit of the host program or of the user; None for a bundled unit."""
    from .registry import has_unit

    own = isinstance(unit, OwnUnit)
    if table.of_name(unit) and not own:
        return None
    if has_unit(registry, unit):
        return _made(registry, number, str(unit))
    if own:
        raise FigureError(
            text=unit,
            position=0,
            expected="a unit of the registry in use; add it with define_units(registry, plans.units)",
        )
    return None


def computed(number: Decimal, unit: str) -> Quantity:
    """Return a quantity from a computed number, of any number of digits, and a token."""
    return _made(_REGISTRIES.for_table(table_of(unit)), number, str(unit))


def with_number(value: Quantity, number: Decimal) -> Quantity:
    """Return a quantity with another number, in the same unit."""
    return _made(value._REGISTRY, number, value.units)  # noqa: SLF001 - pint has no public name


def check_quantity(parameter: str, value: object) -> None:
    """Raise an error if the value of a parameter is not a quantity in the units of the package.

    Raises
    ------
    ArgumentTypeError
        If it is not a quantity.
    ConflictError
        If a unit of the package was redefined in its registry.
    """
    from .registry import check_unchanged

    expect(parameter, value, "unit_items", "a quantity; make one with innovation_plans.quantity()")
    check_unchanged(getattr(value, "_REGISTRY", None))


def table_of_quantity(value: Quantity) -> UnitTable:
    """Return the unit table of a quantity's registry; the bundled one for a host program's."""
    table = getattr(value._REGISTRY, "table", None)  # noqa: SLF001 - pint has no public name
    return table if isinstance(table, UnitTable) else bundled_units()


def in_unit(value: Quantity, unit: object, *, table: UnitTable | None = None) -> Quantity:
    """Return a quantity of any registry in another unit; `table` defines that unit.

    Raises
    ------
    IncomparableError
        If the dimensions differ; names the missing factor.
    ConflictError
        If a unit of the package was redefined in the registry of the quantity.
    """
    from .registry import converted, moved, registry_of

    check_quantity("value", value)
    if table is not None and table is not table_of_quantity(value) and not _REGISTRIES.chosen:
        value = moved(value, registry_of(table))
    result: Quantity = converted(value, unit)
    return result


def magnitude_in(value: Quantity, unit: object, *, table: UnitTable | None = None) -> Decimal:
    """Return the number of a scalar quantity in a unit."""
    number = in_unit(value, unit, table=table).magnitude
    return number if isinstance(number, Decimal) else Decimal(float.__repr__(float(number)))


# A cache: two names of bundled units to the exact multiplier and divisor of their conversion.
_STEPS: dict[tuple[str, str], tuple[Decimal | None, Decimal | None]] = {}


@names_own_units("table")
def convert(value: Number, source: str, target: str, *, table: UnitTable | None = None) -> Decimal:
    """Return the number in another unit, exactly, without pint.

    Raises
    ------
    IncomparableError
        If the dimensions differ; names the missing factor.

    Examples
    --------
    >>> convert("500", "CNY_100M", "CNY_1T"), convert(3, "billion yuan", "yuan")
    (Decimal('0.05'), Decimal('3000000000'))
    >>> convert(90, "person_year_per_10k_population", "person_year_per_10k_employed")
    Traceback (most recent call last):
    ...
    innovation_plans.errors.IncomparableError: cannot combine 90 person_year_per_10k_population with
    person_year_per_10k_employed: they do not measure the same; the missing factor is in
    employed_person/inhabitant; multiply the right side by a quantity in employed_person/inhabitant
    """
    if table is not None:
        expect("table", table, "definitions", "a unit table")
    for unit in (source, target):
        expect_unit(unit)
    if hasattr(value, "__len__") and not isinstance(value, str):  # a list, or a series
        hint = "frames.convert converts columns of a data frame"
        raise ArgumentTypeError(
            parameter="value", value=type(value).__name__, expected="one number", hint=hint
        )
    return rescaled(exact(value), source, target, table=table)


def rescaled(
    number: Decimal, source: str, target: str, *, table: UnitTable | None = None
) -> Decimal:
    """Return a computed number in another unit; unlike :func:`convert`, of any number of digits.

    Raises
    ------
    IncomparableError
        If the dimensions differ.
    """
    # No unit of a user has the name of a bundled one, so the cache has bundled units only.
    step = _STEPS.get((source, target)) if table is None else table.steps.get((source, target))
    over, under = step or _step(table or table_of(source, target), source, target, number)
    if over is not None:
        number = EXACT.multiply(number, over)
    return number if under is None else EXACT.divide(number, under)


def _step(
    table: UnitTable, source: str, target: str, number: Decimal
) -> tuple[Decimal | None, Decimal | None]:
    """Return the multiplier and the divisor of a conversion; None instead of one."""
    factor = table.factor(source, target)
    if factor is None:
        raise incomparable(f"{number} {source}", target, (source, target), table)
    numerator, denominator = Decimal(factor.numerator), Decimal(factor.denominator)
    step = (
        None if numerator == 1 else numerator,
        None if denominator == 1 else denominator,
    )
    if source in table and target in table:  # bounded by the closed list
        table.steps[source, target] = step
        if table is bundled_units():
            _STEPS[str(source), str(target)] = step
    return step


def same_measure(source: str, target: str, *, table: UnitTable | None = None) -> bool:
    """Return True if the two units have the same dimension."""
    return (table or table_of(source, target)).fits(source, target)


def incomparable(
    left: str, right: str, units: tuple[str, str], table: UnitTable | None = None
) -> IncomparableError:
    """Return the error for two units of different dimensions, with the missing factor."""
    table = table or table_of(*units)
    source, target = (table.unit(unit) for unit in units)
    powers = dict(source.dimension)
    for name, power in target.dimension:
        powers[name] = powers.get(name, 0) - power
    over = [_base(table, name) for name, power in powers.items() if power > 0 for _ in range(power)]
    under = [
        _base(table, name) for name, power in powers.items() if power < 0 for _ in range(-power)
    ]
    factor = "/".join(["*".join(over) or "1", *under])
    dimensions = [_dimension(unit) for unit in (source, target)]
    factor, hint = missing_factor(dimensions, (source.name, target.name), factor)
    return IncomparableError(left=left, right=right, factor=factor, hint=hint)


def _dimension(unit: Unit) -> str:
    return " * ".join(f"[{name}]" for name, _ in unit.dimension)


def _base(table: UnitTable, dimension: str) -> str:
    """Return the unit that defines a dimension."""
    return next(
        unit.name for unit in table if unit.dimension == ((dimension, 1),) and unit.factor == 1
    )


def _split(value: Number) -> tuple[str, str]:
    if not isinstance(value, str):
        number = plain(exact(value))
        raise FigureError(text=number, position=len(number), expected="a unit after the number")
    value = value.translate(_WIDE)
    parts = re.fullmatch(_FIGURE, value[:400]) if len(value) <= 400 else None
    if not parts:
        expected = "a number and a unit, as in '14 万亿元'"
        if re.search(rf"[0-9]{{{MOST_DIGITS + 1}}}", value):
            expected = f"a number of at most {MOST_DIGITS} digits"
        raise FigureError(text=value, position=0, expected=expected)
    unit = parts[2].strip()
    if not unit:
        raise FigureError(text=value, position=len(value), expected="a unit after the number")
    return parts[1].replace(",", ""), "rank" if unit in _ORDINALS else unit


def _single(registry: Any, token: str) -> Any:
    """Return one unit by its exact name; pint would parse a text."""
    return registry.UnitsContainer({token: 1})


def _compound(registry: pint.UnitRegistry[Any], expression: str, table: UnitTable) -> Any:
    """Return the product of units; the grammar of the unit file has accepted `expression`."""
    product: Any = registry.Quantity(1, "")
    operator = "*"
    for part in re.split(r"\s*([*/])\s*", expression):
        if part in ("*", "/"):
            operator = part
            continue
        if part == "1" and part != expression:  # as in 1/inhabitant
            continue
        if part[:1].isdigit():
            raise FigureError(text=expression, position=0, expected="units without further numbers")
        factor = registry.Quantity(1, _single(registry, table.unit(part).name))
        product = product * factor if operator == "*" else product / factor
    return product.units
