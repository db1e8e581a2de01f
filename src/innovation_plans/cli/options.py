"""The program, the options that commands share, and how commands print."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn, Protocol, TypeAlias, TypeVar

import typer

from ..dataset.cite import CiteStyle, styles
from ..dataset.dataset import Dataset
from ..dataset.load import load
from ..errors import FigureError
from ..text.messages import Language, languages
from ..units.decimals import exact

__all__ = [
    "Indicators",
    "Lang",
    "Output",
    "Overwrite",
    "Periods",
    "Plans",
    "Regions",
    "Style",
    "Tiers",
    "app",
    "command",
    "numbers",
    "print_error",
    "print_result",
    "printable",
    "selected",
    "stop",
    "with_progress_bar",
]

Plans = Dataset[Any, Any, Any, Any]
ItemT = TypeVar("ItemT")

app = typer.Typer(
    name="innovation-plans",
    help="Targets and outcomes of Chinese innovation plans. Regions and indicators are found by "
    "any of their names: CN-GD, GD, 440000, Guangdong, 广东, 粤.",
    epilog="Exit codes: 0 success, 1 nothing to print or errors in the data, 2 wrong input.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Regions = Annotated[
    list[str] | None, typer.Option("--region", help="Code or name; may be repeated.")
]
Indicators = Annotated[
    list[str] | None, typer.Option("--indicator", help="Code or name; may be repeated.")
]
Periods = Annotated[
    list[str] | None, typer.Option("--period", help="13th, 14th, 15th, annual-2025, …")
]
Output = Annotated[
    Literal["table", "json", "markdown"], typer.Option("--format", help="How to print.")
]
if TYPE_CHECKING:
    _Language: TypeAlias = Language
    _Style: TypeAlias = CiteStyle
else:  # what --help lists
    _Language, _Style = Literal[languages()], Literal[styles()]
Lang = Annotated[_Language, typer.Option(help="Language of the output.")]
Style = Annotated[_Style, typer.Option(help="Style of the citation of the dataset.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace existing files.")]

# The options that select a dataset: of every command whose function has a parameter `plans`.
Tiers = Annotated[str, typer.Option(help="Source tiers to use, of ABCD.")]
_EXTEND = Annotated[
    list[str] | None,
    typer.Option(help="Data of your own, added to the dataset; may be repeated."),
]
_DATA = Annotated[
    str | None,
    typer.Option(
        help="Another dataset: a directory, package, installed name or edition (2026.10)."
    ),
]

_EDITION = re.compile(r"[0-9]{4}\.[0-9]{1,2}")
_Function = TypeVar("_Function", bound=Callable[..., None])


class _Result(Protocol):
    """What the functions of ``analysis`` return."""

    def text(self, lang: Language = ...) -> str: ...

    def markdown(self, lang: Language = ...) -> str: ...

    def json(self) -> str: ...


def command(name: str, *, tiers: str = "ABC") -> Callable[[_Function], _Function]:
    """Return a decorator that adds a function to the program as a command.

    If the function has a parameter `plans`, the command has the options --tiers, --extend and --data
    in its place, and the function is called with the dataset that they select. `tiers` is the
    default of --tiers.
    """

    def add(function: _Function) -> _Function:
        own_parameters = signature(function, eval_str=True).parameters
        parameters: list[Parameter] = []
        for parameter in own_parameters.values():
            parameters += _dataset_options(tiers) if parameter.name == "plans" else [parameter]

        def run(**values: Any) -> None:
            if "plans" in own_parameters:
                selection = (values.pop("tiers"), values.pop("extend"), values.pop("data"))
                values["plans"] = selected(*selection)
            function(**values)

        run.__doc__ = function.__doc__
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
        app.command(name)(run)
        return function

    return add


def numbers(value: Any) -> Any:
    """Return the value of an option, which is one number or two; the error names the option."""
    try:
        for number in (value,) if isinstance(value, str) else value:
            exact(number)
    except FigureError as error:
        raise typer.BadParameter(str(error)) from None
    return value


def _dataset_options(tiers: str) -> list[Parameter]:
    options = (("tiers", Tiers, tiers), ("extend", _EXTEND, None), ("data", _DATA, None))
    return [
        Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
        for name, annotation, default in options
    ]


def selected(tiers: str, extend: list[str] | None, data: str | None) -> Plans:
    """Return a bundled edition or another dataset, with the data that extend it."""
    plans: Plans
    if data and _EDITION.fullmatch(data) and not Path(data).exists():
        plans = load(edition=data, tiers=tiers)
    else:
        plans = load(data, tiers=tiers)
    for path in extend or ():
        plans = plans.extend(path)
    return plans


def print_result(result: _Result, output: Output, lang: Lang = "en") -> None:
    """Print a result in the format and the language of the options."""
    if output == "json":
        typer.echo(_as_ascii(result.json()))
    elif output == "markdown":
        typer.echo(result.markdown(lang))
    else:
        typer.echo(result.text(lang))


def _as_ascii(text: str) -> str:
    """Return JSON with escapes, unless the output is UTF-8: JSON has no other encoding."""
    if (sys.stdout.encoding or "").lower().replace("-", "") == "utf8":
        return text
    return re.sub("[^\\x00-\\x7f]+", lambda letters: json.dumps(letters[0])[1:-1], text)


def with_progress_bar(
    items: Sequence[ItemT], doing: str = "assessing", least: int = 200
) -> Iterable[ItemT]:
    """Return the items; if there are many, with a progress bar on a terminal at stderr."""
    if len(items) < least or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, doing, console=Console(stderr=True), transient=True)


def stop(message: str, *, code: int) -> NoReturn:
    """Print a message on stderr and exit with a code."""
    print_error(message)
    raise typer.Exit(code)


def print_error(message: str) -> None:
    """Print a message on stderr, without characters that control the terminal."""
    print(f"innovation-plans: {printable(message)}", file=sys.stderr)


def printable(text: object) -> str:
    """Return a text with � for each character that is not printable, such as in a file name."""
    return "".join(character if character.isprintable() else "�" for character in str(text))
