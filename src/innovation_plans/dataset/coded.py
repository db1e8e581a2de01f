"""A column of names as the codes of records."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from importlib import import_module
from math import isnan
from types import MappingProxyType
from typing import Any, NamedTuple

from ..errors import AmbiguousError, ArgumentTypeError, MissingError, brief, expect
from ..records import Record


class CodedNames(NamedTuple):
    """The codes of names, and what is wrong with those that have none."""

    codes: Any  # of the kind of the names, in their order
    errors: Mapping[Any, str]  # by name


def codes_of(names: Any, find: Callable[[Any], Record]) -> CodedNames:
    """Return the codes of a series, an array or a list of names.

    Parameters
    ----------
    names
        The names; an empty cell has no code and is no error.
    find
        Returns the record with a name.
    """
    nw: Any = import_module("narwhals.stable.v2")  # its types would slow type checkers

    series = nw.from_native(names, series_only=True, pass_through=True)
    is_series = isinstance(series, nw.Series)
    if isinstance(names, str):
        raise ArgumentTypeError(parameter="names", value=repr(names), expected="a column of names")
    expect("names", names, "__iter__", "a column of names")
    if hasattr(type(names), "columns"):
        value = type(names).__name__
        raise ArgumentTypeError(parameter="names", value=value, expected="one column of names")
    values = series.to_list() if is_series else list(names)
    for name in values:
        if not isinstance(name, Hashable):
            raise ArgumentTypeError(parameter="names", value=brief(name), expected="names")
    errors: dict[Any, str] = {}
    found: dict[Any, str | None] = {}
    for name in dict.fromkeys(values):
        found[name] = None
        if name is None or (isinstance(name, float) and isnan(name)):
            continue
        try:
            found[name] = find(_whole(name)).key
        except (MissingError, AmbiguousError) as error:
            errors[name] = str(error)
    codes = [found[name] for name in values]
    if is_series:
        made = nw.new_series(series.name, codes, nw.String, backend=series.implementation)
        made = made.to_native()
        if series.implementation.is_pandas():
            made.index = names.index
        return CodedNames(made, MappingProxyType(errors))
    return CodedNames(codes, MappingProxyType(errors))


def _whole(name: Any) -> Any:
    """Return a number without decimals as a whole number: spreadsheets have codes as floats."""
    return int(name) if isinstance(name, float) and name.is_integer() else name
