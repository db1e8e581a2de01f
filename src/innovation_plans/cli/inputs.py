"""What a user types: options as text, read in the words of this package.

The library of the command line would refuse a wrong value in words of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import StrEnum
from functools import partial
from inspect import Parameter
from pathlib import Path
from shlex import quote
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.models import ArgumentInfo, OptionInfo

from ..dataset.load import load
from ..errors import FigureError, nearest
from ..units.decimals import EXACT, exact, plain

T = TypeVar("T")
_METAVARS = {int: "YEAR", Path: "FILE", typer.FileBinaryRead: "FILE"}
_NAMES = {"--region", "--within", "--period"}  # their values have no comma
_MOST = 60  # characters of a value that a message repeats
# What people call an option.
_MEANT = {
    "--province": "--region",
    "--city": "--region",
    "--lang": "--style",
    "--edition": "--data",
}


# What people type for a command, and what serves them.
_SERIES = (
    "show REGION --outcomes --indicator NAME prints the outcomes by year; export writes all of them"
)
_PICTURES = "plot PICTURE --output FILE draws verdicts; report writes a page with pictures"
_COMMANDS_MEANT = {
    "help": "innovation-plans --help lists the commands",
    "version": "innovation-plans --version prints the versions",
    **dict.fromkeys(("targets", "goals"), "show REGION prints the targets and goals of a region"),
    **dict.fromkeys(("observations", "outcomes", "series", "statistics", "data"), _SERIES),
    **dict.fromkeys(("plots", "chart", "charts", "draw", "map", "picture"), _PICTURES),
    **dict.fromkeys(
        ("list", "find"), "search WORDS finds indicators, regions, plans, sources and goals"
    ),
    "rank": "compare --indicator NAME ranks regions",
}


class Group(TyperGroup):
    """The program, which says what to write instead of an unknown command or an option before it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments of the program."""
        first = next((at for at, text in enumerate(args) if text in self.commands), len(args))
        before, behind = args[:first], args[first:]
        flag = before[0].partition("=")[0] if before and before[0].startswith("-") else ""
        own = {name for part in self.get_params(ctx) for name in part.opts}
        if flag and flag not in own and any(flag in part.opts for part in self._parts()):
            flags = _flags_of(self.commands[behind[0]]) if behind else set()
            known = next((each for each in (flag, _MEANT.get(flag, "")) if each in flags), "")
            words = [*behind, before[0].replace(flag, known, 1), *before[1:]]
            place = f": innovation-plans {' '.join(map(quote, words))}" if known else ""
            ctx.fail(f"{flag} is an option of a command; write it behind the command{place}")
        word = before[0] if before else ""
        if meant := _COMMANDS_MEANT.get(word) or _COMMANDS_MEANT.get(f"{word}s"):
            ctx.fail(f"no command {word!r}; {meant}")
        return super().parse_args(ctx, args)

    def _parts(self) -> Iterator[Any]:
        for command in self.commands.values():
            yield from command.params


class Command(TyperCommand):
    """A command whose options count once, and that says what to write instead of an unknown one."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments of a command; an option with two values is an error."""
        with_value = {
            flag for part in self.params if not getattr(part, "is_flag", True) for flag in part.opts
        }
        has_arguments = any(part.param_type_name == "argument" for part in self.params)
        named = args[: args.index("--")] if "--" in args else args
        for before, text in zip(["", *named], named, strict=False):
            if has_arguments and re.match("-[0-9]", text) and before not in with_value:
                ctx.fail(f"no option {text[:_MOST]}; write {self.name} -- {quote(text)}")
            if (flag := text.partition("=")[0]).startswith("--"):
                self._check_known(ctx, flag)
        values, extra, parts = self.make_parser(ctx).parse_args(list(args))
        if extra:
            words = [values["text"], *extra] if isinstance(values.get("text"), str) else []
            advice = (
                f"write {self.name} {quote(' '.join(words))}" if words else self._instead_of(extra)
            )
            ctx.fail(f"unexpected {' '.join(extra)[:_MOST]!r}; {advice}")
        for part, count in Counter(parts).items():
            if count > 1 and isinstance(part, TyperOption) and not (part.multiple or part.is_flag):
                ctx.fail(f"{part.opts[0]} is given {count} times; give it once")
        return super().parse_args(ctx, args)

    def get_help(self, ctx: Any) -> str:
        """Return the help of the command, without the types that Typer writes after arguments."""
        return re.sub(r"(?m)^(  \w+) <[a-z\[\]]+>", r"\1", super().get_help(ctx))

    def _instead_of(self, words: list[str]) -> str:
        """Return what to write instead of words that are no arguments."""
        plans, flags = load(), _flags_of(self)
        tables: dict[str, Any] = {"--region": plans.regions, "--indicator": plans.indicators}
        tables = {flag: table for flag, table in tables.items() if flag in flags}
        options = [
            f"{flag} {quote(word)}"
            for word in words
            for flag, table in tables.items()
            if table.codes(word)
        ]
        if "--year" in flags:
            options += [f"--year {word}" for word in words if re.fullmatch("[0-9]{4}", word)]
        if options:
            return f"write {self.name} {' '.join(options)}"
        advice = "put text with blanks in quotes"
        if all(word in plans.regions or word in plans.indicators for word in words):
            takes = [p.name.upper() for p in self.params if p.param_type_name == "argument"]
            advice = (
                f"{self.name} takes {' and '.join(f'one {name}' for name in takes) or 'no name'}"
            )
        return f"{advice}; {self.name} --help lists the options"

    def _check_known(self, ctx: Any, flag: str) -> None:
        """Stop with a hint if a flag is no option here, and means something else or elsewhere."""
        flags = _flags_of(self)
        meant = _MEANT.get(flag, flag)
        if flag in flags or flag == "--help":
            return
        if meant in flags:
            ctx.fail(f"no option {flag}; did you mean {meant}?")
        for part in self.params:
            about = f"{part.name} {getattr(part, 'help', '')}".lower()
            if part.param_type_name == "argument" and meant[2:] in re.findall("[a-z]+", about):
                ctx.fail(
                    f"no option {flag}; write its value by itself: {self.name} {meant[2:].upper()}"
                )
        for other in (flag, meant):
            commands = [
                name
                for name, each in ctx.parent.command.commands.items()
                if other in _flags_of(each)
            ]
            if commands:
                ctx.fail(f"no option {flag} of {self.name}; {other} is for {', '.join(commands)}")
        if not nearest(flag, flags, cutoff=0.75):
            ctx.fail(f"no option {flag[:_MOST]}; {self.name} --help lists the options")


def _flags_of(command: Any) -> set[str]:
    return {flag for part in command.params for flag in part.opts if flag.startswith("--")}


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
    elif is_list:
        info.metavar = info.metavar or parameter.name.upper()
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
    if isinstance(item, type) and issubclass(item, StrEnum):
        return tuple(map(str, item))
    return ()


def _flag(info: Any, name: str) -> str:
    if isinstance(info, ArgumentInfo):
        return info.metavar or name.upper()
    names = (info.default, *(info.param_decls or ()))  # the first one is taken for a default
    flags = [flag for flag in names if isinstance(flag, str) and flag.startswith("--")]
    return flags[0] if flags else f"--{name.replace('_', '-')}"


def _reader(item: Any, choices: tuple[str, ...], flag: str) -> Callable[[str], Any]:
    if item is int:
        return partial(_year, flag=flag)
    if choices:
        make = str if get_origin(item) is Literal else item
        return lambda text: make(_choice(text, choices, flag))
    return partial(_name if flag in _NAMES else _filled, flag=flag) if item is str else _same


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


def _filled(text: str, flag: str) -> str:
    if not text.strip():
        raise typer.BadParameter(f"expected text, found {text[:_MOST]!r}", param_hint=flag)
    return text


def _name(text: str, flag: str) -> str:
    names = [name for name in re.split(r"\s*[,，、]\s*", text) if name]
    if len(names) > 1:
        repeated = " ".join(f"{flag} {name}" for name in names[:3])
        raise typer.BadParameter(f"write each name by itself: {repeated}", param_hint=flag)
    return _filled(text, flag)


def _completion(choices: tuple[str, ...]) -> Callable[[str], list[str]]:
    """Return the function that completes the value of an option in a shell."""

    def beginning(incomplete: str) -> list[str]:
        return [choice for choice in choices if choice.startswith(incomplete)]

    return beginning
