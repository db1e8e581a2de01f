"""A pint registry whose dimensionality errors name the missing conversion factor.

Only this module imports pint, and only ``quantity.py`` imports this one, for the first quantity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from functools import partial
from math import isclose
from numbers import Number
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

import pint
from pint.facets.plain import ScaleConverter, UnitDefinition

from ..errors import (
    ArgumentError,
    ArgumentTypeError,
    ConflictError,
    FigureError,
    IncomparableError,
    MissingAttributeError,
    brief,
)
from .decimals import EXACT, exact, in_own_context
from .table import Unit, UnitTable, expected_unit, missing_factor

_T = TypeVar("_T")

if TYPE_CHECKING:
    _BaseQuantity = pint.Quantity[Any]
    _BaseRegistry = pint.UnitRegistry[Any]
else:
    _BaseQuantity = pint.UnitRegistry.Quantity
    _BaseRegistry = pint.UnitRegistry


def _arithmetic(name: str, *checks: Callable[[Any, Any], None]) -> Any:
    """Return an operation of pint, after checks of its operands."""

    def operation(self: Any, other: Any) -> Any:
        left, right = _operands(self, other)
        for check in checks:
            check(left, right)
        # A product or quotient has as many digits as the caller wants.
        run = _or_incomparable if checks else _fitting
        return run(getattr(super(PlanQuantity, left), name), left, right)

    return operation


def _check_no_rank(left: Any, right: Any) -> None:
    """Raise an error for the sum of two ranks, of which an average would be made."""
    if isinstance(right, PlanQuantity) and any(name == "rank" for name, _ in left.unit_items()):
        hint = "ranks are compared, but not added or averaged"
        raise IncomparableError(left=str(left), right=str(right), hint=hint)


def _check_not_bare(left: Any, right: Any) -> None:
    """Raise an error for a share and a number: 3.5 percent is above 3 percent, but below 3."""
    is_share = left.dimensionless and left.unit_items()
    if is_share and isinstance(right, Number) and bool(right):  # nothing is mixed up with 0
        hint = f"write quantity('{right} {left.units}'), or to('') for the share of 1"
        raise IncomparableError(left=str(left), right=str(right), hint=hint)


# What other libraries call the attributes of a quantity.
_ATTRIBUTES = {"value": "magnitude", "amount": "magnitude", "unit": "units"}
_TO_NUMBERS = ("__float__", "__int__", "__complex__")


def _bare(name: str) -> Any:
    """Return a conversion of pint to a bare number, which only a number without a unit has.

    pint's own makes 0.035 of 3.5 percent, of which the magnitude is 3.5.
    """

    def convert(self: Any) -> Any:
        if self.unit_items():
            raise _no_number(self)
        return getattr(super(PlanQuantity, self), name)()

    return convert


def _no_number(value: Any) -> IncomparableError:
    """Return the error for a quantity with a unit that is read as a bare number."""
    hint = "take .magnitude, or .m_as(unit)"
    return IncomparableError(left=str(value), right="a number without unit", hint=hint)


def _inexact(found: str, error: TypeError) -> TypeError:
    """Return the error for floats in an array, and for functions of numpy that know no Decimal."""
    if isinstance(error, ArgumentTypeError | pint.DimensionalityError):
        return error
    return ArgumentTypeError(
        parameter="operand",
        value=found,
        expected="numbers that are exact like the quantity",
        hint="compute with float(quantity.m_as(unit)); frames.convert converts a column",
    )


def _by_numpy(compute: Any, function: Any, operands: Any, *args: Any, **options: Any) -> Any:
    """Return what pint computes by a function of numpy, or raise an error that names it."""
    try:
        return compute(*args, **options)
    except TypeError as error:
        raise _inexact(f"{function.__name__} of {brief(operands)}", error) from None


def _refuse(value: Any, *_: Any, **__: Any) -> None:
    raise _no_number(value)


class PlanQuantity(_BaseQuantity):
    """A pint quantity whose dimensionality errors name the missing factor."""

    def __format__(self, spec: str) -> str:
        """Format a share for ``.1%`` as the percentage that it is: 3.5 percent is 3.5%."""
        return format(self.m_as(""), spec) if spec.endswith("%") else super().__format__(spec)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Raise an error that names what quantities of pint call it.

            pint returns the methods of the bare number too, which ``statistics.mean`` calls.
            """
            try:
                attribute = super().__getattr__(name)
            except AttributeError:
                near = [_ATTRIBUTES[name]] if name in _ATTRIBUTES else []
                raise MissingAttributeError(owner="Quantity", name=name, nearest=near) from None
            number = getattr(attribute, "__self__", None)
            if number is self.magnitude and isinstance(number, Number) and self.unit_items():
                return partial(_refuse, self)
            return attribute

        def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
            """Return an array of the numbers without a unit, or one of objects with the quantity."""
            if not self.unit_items():
                return super().__array__()
            array = super().__array__() if isinstance(self.magnitude, Number) else None
            if array is None or dtype not in {None, array.dtype}:
                raise _no_number(self)
            array.fill(self)
            return array

    __float__, __int__, __complex__ = map(_bare, _TO_NUMBERS)
    __add__ = _arithmetic("__add__", _check_no_rank, _check_not_bare)
    __radd__ = _arithmetic("__radd__", _check_not_bare)
    __iadd__ = _arithmetic("__iadd__", _check_no_rank, _check_not_bare)
    __sub__ = _arithmetic("__sub__", _check_not_bare)
    __rsub__ = _arithmetic("__rsub__", _check_not_bare)
    __isub__ = _arithmetic("__isub__", _check_not_bare)
    __mul__ = _arithmetic("__mul__")
    __rmul__ = _arithmetic("__rmul__")
    __truediv__ = _arithmetic("__truediv__")
    __rtruediv__ = _arithmetic("__rtruediv__")
    __floordiv__ = _arithmetic("__floordiv__")
    __rfloordiv__ = _arithmetic("__rfloordiv__")
    __mod__ = _arithmetic("__mod__")
    __rmod__ = _arithmetic("__rmod__")
    __pow__ = _arithmetic("__pow__")
    __rpow__ = _arithmetic("__rpow__")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        """Compute with a number of numpy on the left."""
        compute: Any = super().__array_ufunc__
        exact_inputs = [_exact_beside(self, part) for part in inputs]
        return _by_numpy(compute, ufunc, inputs, ufunc, method, *exact_inputs, **options)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Any:
        """Compute a function of numpy."""
        compute: Any = super().__array_function__
        return _by_numpy(compute, function, args, function, types, args, options)

    def _numpy_method_wrap(self, func: Any, *args: Any, **kwargs: Any) -> Any:
        """Compute a method of numpy, such as ``round``."""
        compute: Any = super()._numpy_method_wrap
        return _by_numpy(compute, func, (self, *args), func, *args, **kwargs)

    @in_own_context
    def __eq__(self, other: object) -> Any:
        if _is_foreign(self, other):
            return _equals_foreign(self, other)
        number = Decimal(other) if isinstance(other, int) else other
        left, right = _in_one_registry(self, number)
        return super(PlanQuantity, left).__eq__(right)

    @in_own_context
    def __hash__(self) -> int:
        base = self.to_base_units()
        return hash((base.magnitude, "" if base.dimensionless else str(base.dimensionality)))

    def compare(self, other: Any, op: Any) -> Any:
        """Return pint's comparison of two quantities of the same dimension."""
        left, right = _operands(self, other)
        _check_not_bare(left, right)
        try:
            compared: Any = super(PlanQuantity, left).compare
            return _or_incomparable(lambda value: compared(value, op), left, right)
        except ValueError as error:  # pint raises it for a comparison with a bare number
            if isinstance(error, IncomparableError) or isinstance(other, PlanQuantity):
                raise
            raise incomparable(left, right) from error

    def ito(self, other: Any = None, *contexts: Any, **context: Any) -> None:
        """Convert the quantity in place to another unit of the same dimension."""
        _or_incomparable(
            lambda unit: super(PlanQuantity, self).ito(unit, *contexts, **context),
            self,
            self._token(other),
        )

    def to(self, other: Any = None, *contexts: Any, **context: Any) -> Any:
        """Return the quantity in another unit of the same dimension."""
        converted = _or_incomparable(
            lambda unit: super(PlanQuantity, self).to(unit, *contexts, **context),
            self,
            self._token(other),
        )
        digits = _without_further_zeros(converted.magnitude, self.magnitude)
        return self.__class__(digits, converted.units)

    def _token(self, unit: Any) -> Any:
        """Return the token of a unit in words, such as billion yuan; another unit as it is."""
        registry: Any = self._REGISTRY
        if not isinstance(unit, str):
            if isinstance(unit, Mapping) or hasattr(unit, "dimensionality"):
                return unit
            raise FigureError(text=brief(unit), position=0, expected="a unit")
        number, token = registry.table.counted_in(unit)
        if number != 1:
            expected = f"a unit that has a token; it is {number:f} {token}"
            raise FigureError(text=unit, position=0, expected=expected)
        try:
            registry.parse_units(token)
        except Exception as error:  # pint's parser raises errors of many types
            expected = expected_unit(registry.table, token)
            raise FigureError(text=unit, position=0, expected=expected) from error
        return token

    @in_own_context
    def to_base_units(self) -> Any:
        """Return the quantity in base units."""
        return super().to_base_units()

    def m_as(self, units: Any) -> Any:
        """Return the magnitude in another unit of the same dimension."""
        return self.to(units).magnitude

    def __reduce__(self) -> tuple[Any, ...]:
        """Unpickle into the registry of the same units in the other process."""
        return _unpickled, (self.magnitude, tuple(self.unit_items()), self._REGISTRY.table)


class PlanRegistry(_BaseRegistry):
    """A registry of the units of one table only, exact in Decimal."""

    Quantity = PlanQuantity

    def __init__(self, table: UnitTable) -> None:
        self.table = table
        # No file of definitions; pint's annotations do not know None and Decimal.
        options: dict[str, Any] = {"filename": None, "non_int_type": Decimal}
        super().__init__(on_redefinition="raise", **options)
        define(self, table)


_LOCK = Lock()
# The units of the package in each registry of a host program, as they were when they were added.
_DEFINED: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()


def registry_of(table: UnitTable) -> PlanRegistry:
    """Return the private registry of a table, which keeps it."""
    if table.registry is None:
        with _LOCK:
            if table.registry is None:
                table.registry = PlanRegistry(table)
    registry: PlanRegistry = table.registry
    return registry


def _unpickled(magnitude: Any, units: tuple[tuple[str, Any], ...], table: UnitTable) -> Any:
    registry: Any = registry_of(table)
    return registry.Quantity(magnitude, registry.UnitsContainer(dict(units)))


def define(registry: pint.UnitRegistry[Any], table: UnitTable) -> None:
    """Add the units of `table` that `registry` lacks.

    ``dir`` lists the defined names; ``in`` would parse a name with its prefixes.
    """
    get: Any = getattr(registry, "get", lambda: registry)  # pint's application registry is a proxy
    registry = get()
    _ = registry.Unit  # builds a lazy registry
    # A unit can have the name of a method: such a name is listed twice.
    known = Counter(dir(registry)) - Counter(object.__dir__(registry))
    bases: dict[str, str] = {}
    units = registry._units  # noqa: SLF001 - pint has no public name for it
    defined = _DEFINED.setdefault(registry, {})
    for unit in table:
        definition = _definition(registry, unit, bases)
        if unit.name not in known:
            registry.define(definition)
        elif not _is_equal(registry, definition):
            raise ConflictError(
                what=f"unit {unit.name!r}",
                ours=f"{definition.converter.scale} {definition.reference}",
                theirs="another value in the registry",
                hint="use a registry without this unit",
            )
        defined[unit.name] = units[unit.name]


def check_unchanged(registry: Any) -> None:
    """Raise an error if the host program gave a unit of the package another value since `define`.

    Definitions are compared, not values: pint remembers values from before a change.

    Raises
    ------
    ConflictError
        Names the unit.
    """
    if isinstance(registry, PlanRegistry):  # pint raises its own error there
        return
    for name, ours in _DEFINED.get(registry, {}).items():
        theirs = registry._units[name]  # noqa: SLF001 - pint has no public name for it
        if theirs is not ours and _worth(theirs) != _worth(ours):
            raise ConflictError(
                what=f"unit {name!r}",
                ours=f"{ours.converter.scale} {ours.reference}",
                theirs="another value in the registry",
                hint="do not redefine units of the package in a registry that it uses",
            )


def _worth(definition: Any) -> tuple[Any, Any]:
    return definition.converter, definition.reference


def _is_equal(registry: Any, definition: Any) -> bool:
    """Return whether a unit that a registry has is worth what the package defines."""
    one = registry.Quantity(1, registry.UnitsContainer({definition.name: 1}))
    try:
        if definition.is_base:
            root = one.to_base_units()
            return dict(root.unit_items()) == {definition.name: 1} and root.magnitude == 1
        value = one.to(registry.UnitsContainer(definition.reference)).magnitude
    except pint.DimensionalityError:
        return False
    return isclose(value, definition.converter.scale, rel_tol=1e-9)


def _definition(registry: Any, unit: Unit, bases: dict[str, str]) -> Any:
    """Return a unit as a pint definition, without pint's parser.

    pint reads some definitions differently from the table (``05`` is 0, ``/ %`` is an error). The
    first unit of a dimension is its base.
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
    """Return True if a unit of exactly this name is defined; no prefix is parsed (``pct``)."""
    if not name.isidentifier() or len(name) > 60:
        return False
    return name in dir(registry) and not hasattr(type(registry), name)


def converted(value: Any, unit: Any) -> Any:
    """Return a quantity of any registry in another unit, or raise IncomparableError."""
    return _or_incomparable(value.to, value, unit)


def moved(value: Any, registry: pint.UnitRegistry[Any]) -> Any:
    """Return the quantity in another registry that defines its units."""
    units: Any = registry.UnitsContainer(dict(value.unit_items()))
    return registry.Quantity(value.magnitude, units)


def incomparable(left: Any, right: Any) -> IncomparableError:
    """Return the error for two quantities, or a quantity and a unit or number, that do not fit."""
    registry = left._REGISTRY  # noqa: SLF001 - pint has no public name for it
    units = [getattr(operand, "units", operand) for operand in (left, right)]
    first, second = (_parsed(registry, unit) for unit in units)
    factor = f"{(first / second).to_base_units().units:C}"
    names = (f"{first.units:C}" or "a number", f"{second.units:C}" or "a number")
    factor, hint = missing_factor([_dimension(first), _dimension(second)], names, factor)
    return IncomparableError(left=str(left), right=str(right), factor=factor, hint=hint)


def _parsed(registry: Any, unit: Any) -> Any:
    if unit is None or isinstance(unit, Number):
        return registry.Quantity(1, "")
    return registry.Quantity(1, registry.Unit(unit) if isinstance(unit, str) else unit)


def _operands(left: Any, right: Any) -> tuple[PlanQuantity, Any]:
    """Return both operands in one registry; raise an error for what is no number or quantity."""
    if _is_foreign(left, right):
        hint = "each has a registry of its own; pass yours to use_registry before you make any"
        raise IncomparableError(left=str(left), right=str(right), hint=hint)
    if isinstance(right, bool) or not hasattr(right, "__rtruediv__"):
        expected = "a number or a quantity such as quantity('3 亿元')"
        raise ArgumentTypeError(parameter="operand", value=brief(right), expected=expected)
    return _in_one_registry(left, _exact_beside(left, right))


def _exact_beside(left: Any, right: Any) -> Any:
    """Return a float beside a Decimal as the decimal that it prints; another operand as it is."""
    is_exact = isinstance(left.magnitude, Decimal)
    number = exact(right) if is_exact and isinstance(right, float | int) else right
    return right if isinstance(right, int) else number


def _is_foreign(left: Any, right: Any) -> bool:
    """Return whether the right side is of a registry of another program."""
    registry = getattr(right, "_REGISTRY", left._REGISTRY)  # noqa: SLF001 - pint has no public name
    return registry is not left._REGISTRY and not isinstance(right, PlanQuantity)  # noqa: SLF001


def _equals_foreign(left: Any, right: Any) -> Any:
    """Return what a registry with the units of the package answers, so that both sides agree."""
    registry = right._REGISTRY  # noqa: SLF001 - pint has no public name for it
    is_known = all(has_unit(registry, name) for name, _ in left.unit_items())
    equals: Any = type(right).__eq__
    return is_known and hasattr(right, "magnitude") and equals(right, left)


def _in_one_registry(left: Any, right: Any) -> tuple[Any, Any]:
    """Return both quantities in the registry that has the units of both."""
    if not isinstance(right, PlanQuantity):
        return left, right
    left_registry: Any = left._REGISTRY  # noqa: SLF001 - pint has no public name for it
    right_registry: Any = right._REGISTRY  # noqa: SLF001
    if left_registry is right_registry:
        return left, right
    if left_registry.table.includes(right_registry.table):
        return left, moved(right, left_registry)
    if right_registry.table.includes(left_registry.table):
        return moved(left, right_registry), right
    raise IncomparableError(
        left=str(left),
        right=str(right),
        hint="each has a unit that the other's unit table lacks; extend one dataset by the other",
    )


def _without_further_zeros(number: Any, before: Any) -> Any:
    """Return a converted number without the zeros after the point that the factor added to its digits.

    3 CNY_100M are 0.3 CNY_1B, not 0.300000000, and 3.50 are 0.350.
    """
    if not (isinstance(number, Decimal) and isinstance(before, Decimal) and number.is_finite()):
        return number
    if not number:
        return before
    sign, digits, exponent = number.as_tuple()
    kept, places = len(before.as_tuple().digits), int(exponent)
    while places < 0 and len(digits) > kept and digits[-1] == 0:
        digits, places = digits[:-1], places + 1
    return Decimal((sign, digits, places))


def _dimension(value: Any) -> str:
    return "" if value.dimensionless else str(value.dimensionality)


def _fitting(operation: Callable[[Any], _T], left: Any, right: Any) -> _T:
    """Return the result of an operation, or raise IncomparableError or ArgumentError."""
    try:
        return operation(right)
    except pint.DimensionalityError as error:
        raise incomparable(left, right) from error
    except (DivisionByZero, InvalidOperation, Overflow) as error:
        hint = f"with {left} it gives no finite number"
        raise ArgumentError(parameter="operand", value=str(right), hint=hint) from error
    except TypeError as error:
        raise _inexact(brief(right), error) from None


_or_incomparable = in_own_context(_fitting)
