"""The pint registry of a unit table, whose refusals name what is missing.

Only this module imports pint, and only ``units.py`` imports this one, when a quantity is asked
for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from numbers import Number
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import pint
from pint.facets.plain import ScaleConverter, UnitDefinition

from ..errors import IncomparableError
from .decimals import EXACT
from .table import Unit, UnitTable

__all__ = [
    "PlanQuantity",
    "PlanRegistry",
    "converted",
    "define",
    "has_unit",
    "incomparable",
    "moved",
    "registry_of",
]

_T = TypeVar("_T")

if TYPE_CHECKING:
    _BaseQuantity = pint.UnitRegistry.Quantity[Any]
    _BaseRegistry = pint.UnitRegistry[Any]
else:
    _BaseQuantity = pint.UnitRegistry.Quantity
    _BaseRegistry = pint.UnitRegistry

# Pairs of dimensions whose bridge is no factor but a function.
_HINTS = {
    ("", "[share_difference]"): "ratios.gap and ratios.shift cross between shares and points",
    ("", "[annual_growth]"): "growth.compound carries a rate over years",
    ("[annual_growth]", "[multiple]"): "growth.compound and growth.annual cross between the two",
}


class PlanQuantity(_BaseQuantity):
    """A pint quantity that refuses a mixture with an error that names the missing factor."""

    def __add__(self, other: Any) -> Any:
        left, right = _in_one_registry(self, other)
        return _refusing(super(PlanQuantity, left).__add__, left, right)

    def __radd__(self, other: Any) -> Any:
        return _refusing(super().__radd__, self, other)

    def __sub__(self, other: Any) -> Any:
        left, right = _in_one_registry(self, other)
        return _refusing(super(PlanQuantity, left).__sub__, left, right)

    def __rsub__(self, other: Any) -> Any:
        return _refusing(super().__rsub__, self, other)

    def __iadd__(self, other: Any) -> Any:
        left, right = _in_one_registry(self, other)
        return _refusing(super(PlanQuantity, left).__iadd__, left, right)

    def __isub__(self, other: Any) -> Any:
        left, right = _in_one_registry(self, other)
        return _refusing(super(PlanQuantity, left).__isub__, left, right)

    def __mul__(self, other: Any) -> Any:
        left, right = _in_one_registry(self, other)
        times: Any = super(PlanQuantity, left).__mul__
        return times(right)

    def __truediv__(self, other: Any) -> Any:
        left, right = _in_one_registry(self, other)
        over: Any = super(PlanQuantity, left).__truediv__
        return over(right)

    def __eq__(self, other: object) -> Any:
        left, right = _in_one_registry(self, other)
        return super(PlanQuantity, left).__eq__(right)

    def __hash__(self) -> int:
        base = self.to_base_units()
        return hash((base.magnitude, "" if base.dimensionless else str(base.dimensionality)))

    def compare(self, other: Any, op: Any) -> Any:
        """What pint's comparison gives, between quantities that measure the same."""
        left, right = _in_one_registry(self, other)
        try:
            compared: Any = super(PlanQuantity, left).compare
            return _refusing(lambda value: compared(value, op), left, right)
        except ValueError as error:  # pint's own word for a comparison with a bare number
            if isinstance(error, IncomparableError) or isinstance(other, PlanQuantity):
                raise
            raise incomparable(left, right) from error

    def ito(self, other: Any = None, *contexts: Any, **context: Any) -> None:
        """Turn the quantity itself into another unit of the same dimension."""
        _refusing(
            lambda unit: super(PlanQuantity, self).ito(unit, *contexts, **context), self, other
        )

    def to(self, other: Any = None, *contexts: Any, **context: Any) -> Any:
        """The quantity in another unit of the same dimension."""
        return _refusing(
            lambda unit: super(PlanQuantity, self).to(unit, *contexts, **context), self, other
        )

    def m_as(self, units: Any) -> Any:
        """The bare magnitude in another unit of the same dimension."""
        return self.to(units).magnitude

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process it belongs to the registry of the same units there."""
        return _made_again, (self.magnitude, tuple(self.unit_items()), self._REGISTRY.table)


class PlanRegistry(_BaseRegistry):
    """A registry of the units of one table and nothing else, exact in Decimal."""

    Quantity = PlanQuantity

    def __init__(self, table: UnitTable) -> None:
        self.table = table
        super().__init__(None, non_int_type=Decimal, on_redefinition="raise")
        define(self, table)


_LOCK = Lock()


def registry_of(table: UnitTable) -> PlanRegistry:
    """The private registry of a table; it lives as long as the table does."""
    if table.registry is None:
        with _LOCK:
            if table.registry is None:
                table.registry = PlanRegistry(table)
    found: PlanRegistry = table.registry
    return found


def _made_again(magnitude: Any, units: tuple[tuple[str, Any], ...], table: UnitTable) -> Any:
    registry: Any = registry_of(table)
    return registry.Quantity(magnitude, registry.UnitsContainer(dict(units)))


def define(registry: pint.UnitRegistry[Any], table: UnitTable) -> None:
    """Add the units of `table` to `registry`, those it lacks.

    What is defined there is asked of ``dir``: ``in`` would parse the name, prefixes and all.
    """
    registry = getattr(registry, "get", lambda: registry)()  # the one behind pint's application's
    _ = registry.Unit  # wakes a registry that is built on first use
    # A unit may be called as a method is: what is listed twice is both.
    known = Counter(dir(registry)) - Counter(object.__dir__(registry))
    bases: dict[str, str] = {}
    for unit in table:
        definition = _definition(registry, unit, bases)
        if unit.name not in known:
            registry.define(definition)


def _definition(registry: Any, unit: Unit, bases: dict[str, str]) -> Any:
    """A unit as pint defines it, made of what the table found out.

    pint reads definitions otherwise than the table does (``05`` is 0, ``/ %`` is an error), so its
    parser is given none. The first unit of a dimension is its base.
    """
    kind = registry.non_int_type
    above, below = unit.factor.numerator, unit.factor.denominator
    scale: Any = EXACT.divide(above, below) if kind is Decimal else kind(unit.factor)
    if unit.factor == 1 and [power for _, power in unit.dimension] == [1]:
        ((dimension, _),) = unit.dimension
        powers = {bases[dimension]: 1} if dimension in bases else {f"[{dimension}]": 1}
        bases.setdefault(dimension, unit.name)
    else:
        powers = {bases[dimension]: power for dimension, power in unit.dimension}
    return UnitDefinition(
        name=unit.name,
        defined_symbol=unit.aliases[0] if unit.aliases else None,
        aliases=unit.aliases[1:],
        converter=ScaleConverter(scale),
        reference=registry.UnitsContainer(powers),
    )


def has_unit(registry: pint.UnitRegistry[Any], name: str) -> bool:
    """Whether a unit of this very name is defined: no prefix is read into it (``pct``)."""
    if not name.isidentifier() or len(name) > 60:
        return False
    return name in dir(registry) and not hasattr(type(registry), name)


def converted(value: Any, unit: Any) -> Any:
    """A quantity of any registry in another unit; what does not measure the same is refused."""
    return _refusing(value.to, value, unit)


def moved(value: Any, registry: pint.UnitRegistry[Any]) -> Any:
    """The quantity in another registry that defines its units."""
    units: Any = registry.UnitsContainer(dict(value.unit_items()))
    return registry.Quantity(value.magnitude, units)


def incomparable(left: Any, right: Any) -> IncomparableError:
    """The refusal of a mixture of two quantities (or of a quantity and a unit or a number)."""
    registry = left._REGISTRY  # noqa: SLF001 - pint has no public name for it
    units = [getattr(each, "units", each) for each in (left, right)]
    first, second = (_parsed(registry, each) for each in units)
    hint = _HINTS.get(_pair(_dimension(first), _dimension(second)), "")
    factor = "" if hint else f"{(first / second).to_base_units().units:C}"
    if factor and not hint:
        hint = f"multiply the right side by a quantity in {factor}"
    return IncomparableError(left=str(left), right=str(right), factor=factor, hint=hint)


def _parsed(registry: Any, unit: Any) -> Any:
    if unit is None or isinstance(unit, Number):
        return registry.Quantity(1, "")
    return registry.Quantity(1, registry.Unit(unit) if isinstance(unit, str) else unit)


def _in_one_registry(left: Any, right: Any) -> tuple[Any, Any]:
    """Both in the registry that knows the units of both, where each is of a table of units."""
    if not isinstance(right, PlanQuantity):
        return left, right
    mine: Any = left._REGISTRY  # noqa: SLF001 - pint has no public name for it
    other: Any = right._REGISTRY  # noqa: SLF001
    if mine is other:
        return left, right
    if mine.table.includes(other.table):
        return left, moved(right, mine)
    if other.table.includes(mine.table):
        return moved(left, other), right
    raise IncomparableError(
        left=str(left),
        right=str(right),
        hint="each is in a unit that the other's table has not; extend one dataset by the other",
    )


def _dimension(one: Any) -> str:
    return "" if one.dimensionless else str(one.dimensionality)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _refusing(operation: Callable[[Any], _T], left: Any, right: Any) -> _T:
    try:
        return operation(right)
    except pint.DimensionalityError as error:
        raise incomparable(left, right) from error
