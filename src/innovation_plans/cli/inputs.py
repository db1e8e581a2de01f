"""What a user types: options as text, read in the words of this package.

The library of the command line would refuse a wrong value in words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from functools import partial
from inspect import Parameter
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import typer
from typer.models import OptionInfo

from ..errors import FigureError, nearest
from ..units.decimals import EXACT, exact, plain
from .wording import option_name

__all__ = ["Option", "numbers", "option_of", "shares"]

T = TypeVar("T")
_METAVARS = {int: "YEAR", Path: "FILE", typer.FileBinaryRead: "FILE"}
_NAMES = {"--region", "--within", "--period"}  # their values have no comma
_MOST = 60  # characters of a value that a message repeats


class Option(NamedTuple):
    """An option that is taken as text, and the function that reads the text."""

    parameter: Parameter
    read: Callable[[Any], Any]


def option_of(parameter: Parameter) -> Option:
    """Return the option for a parameter of a command."""
    kind, info = get_args(parameter.annotation)
    one = next(part for part in _parts(kind) if part is not NoneType)
    is_list = get_origin(one) is list
    item = get_args(one)[0] if is_list else one
    choices = _choices(item)
    if isinstance(info, OptionInfo) and item is not bool:
        own = f"<{'|'.join(choices)}>" if choices else _METAVARS.get(item, "TEXT")
        info.metavar = info.metavar or own
    reader = _reader(item, choices, _flag(info, parameter.name))
    if item is int or choices:
        text: Any = list[str] if is_list else str
        optional: Any = text | None if NoneType in _parts(kind) else text
        parameter = parameter.replace(annotation=Annotated[optional, info])
    if choices:
        info.autocompletion = _completion(choices)
    return Option(parameter, partial(_each, reader))


def numbers(value: Any) -> Any:
    """Return the value of an option, which is one number or two; a percent sign is left out."""
    if isinstance(value, str):
        return plain(_number(value.removesuffix("%")))
    return tuple(map(numbers, value))


def shares(value: str) -> str:
    """Return a share as a number: 95% is 0.95."""
    number = _number(value.removesuffix("%"))
    return plain(EXACT.divide(number, Decimal(100)) if value.endswith("%") else number)


def _number(text: str) -> Decimal:
    try:
        return exact(text)
    except FigureError as error:
        raise typer.BadParameter(str(error)) from None


def _parts(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)


def _choices(item: Any) -> tuple[str, ...]:
    """Return the values of a code list or of literals; none for another type."""
    if get_origin(item) is Literal:
        return get_args(item)
    is_code_list = isinstance(item, type) and issubclass(item, StrEnum)
    return tuple(map(str, item)) if is_code_list else ()


def _flag(info: Any, name: str) -> str:
    names = (info.default, *(info.param_decls or ()))  # the first one is taken for a default
    flags = [flag for flag in names if isinstance(flag, str) and flag.startswith("--")]
    return flags[0] if flags else option_name(name)


def _reader(item: Any, choices: tuple[str, ...], flag: str) -> Callable[[str], Any]:
    if item is int:
        return partial(_year, flag=flag)
    if choices:
        make = str if get_origin(item) is Literal else item
        return lambda text: make(_choice(text, choices, flag))
    return partial(_name, flag=flag) if flag in _NAMES else _same


def _each(reader: Callable[[str], Any], value: Any) -> Any:
    if isinstance(value, list):
        return [reader(text) for text in value]
    return None if value is None else reader(value)


def _same(value: T) -> T:
    return value


def _year(text: str, flag: str) -> int:
    if re.fullmatch("[0-9]{4}", text) is None:
        problem = f"expected a year such as 2025, found {text[:_MOST]!r}"
        raise typer.BadParameter(problem, param_hint=flag)
    return int(text)


def _choice(text: str, choices: tuple[str, ...], flag: str) -> str:
    choice = text.casefold().replace("-", "_")
    if text in choices:
        return text
    if choice in choices:
        return choice
    near = nearest(choice, choices, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    problem = f"expected one of {', '.join(choices)}, found {text[:_MOST]!r}{hint}"
    raise typer.BadParameter(problem, param_hint=flag)


def _name(text: str, flag: str) -> str:
    names = [name for name in re.split(r"\s*[,，、]\s*", text) if name]
    if len(names) > 1:
        repeated = " ".join(f"{flag} {name}" for name in names[:3])
        raise typer.BadParameter(f"write each name by itself: {repeated}", param_hint=flag)
    return text


def _completion(choices: tuple[str, ...]) -> Callable[[str], list[str]]:
    """Return the function that completes the value of an option in a shell."""

    def beginning(incomplete: str) -> list[str]:
        return [choice for choice in choices if choice.startswith(incomplete)]

    return beginning
