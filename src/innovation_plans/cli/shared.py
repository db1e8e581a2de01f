"""What the commands share: the program, its options, and how it complains."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from ..dataset.dataset import Dataset
from ..dataset.editions import editions
from ..dataset.load import load
from ..text.tables import Sheet

__all__ = [
    "Data",
    "Extend",
    "Format",
    "Indicator",
    "Lang",
    "Language",
    "Output",
    "Period",
    "Region",
    "Tiers",
    "app",
    "complain",
    "loaded",
    "nothing",
    "put",
    "shown",
]


class Format(StrEnum):
    """How results are printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


class Lang(StrEnum):
    """The language of results."""

    EN = "en"
    ZH = "zh"


app = typer.Typer(
    name="innovation-plans",
    help="Targets and outcomes of Chinese innovation plans. Regions and indicators are found by "
    "any of their names: CN-GD, GD, 440000, Guangdong, 广东, 粤.",
    epilog="Exit codes: 0 done, 1 nothing found or data at fault, 2 bad input.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Region = Annotated[list[str] | None, typer.Option(help="Code or name; may be repeated.")]
Indicator = Annotated[list[str] | None, typer.Option(help="Code or name; may be repeated.")]
Period = Annotated[list[str] | None, typer.Option(help="13th, 14th, 15th, annual-2025, …")]
Tiers = Annotated[str, typer.Option(help="Source tiers to draw on, of ABCD.")]
Data = Annotated[
    str | None,
    typer.Option(
        help="Another dataset instead: a directory, package, installed name or edition (2026.10)."
    ),
]
Extend = Annotated[
    list[str] | None,
    typer.Option(help="Data of your own beside the others; may be repeated."),
]
Output = Annotated[Format, typer.Option("--format", help="How to print.")]
Language = Annotated[Lang, typer.Option(help="Language of the table.")]


def loaded(
    tiers: str, extend: list[str] | None = None, data: str | None = None
) -> Dataset[Any, Any, Any, Any]:
    """A bundled edition or a dataset of the user's own, with the data that extend it."""
    plans: Dataset[Any, Any, Any, Any]
    if data in editions() and not Path(str(data)).exists():
        plans = load(edition=data, tiers=tiers)
    else:
        plans = load(data, tiers=tiers)
    for path in extend or ():
        plans = plans.extend(path)
    return plans


def put(sheet: Sheet, output: Format) -> None:
    """Print a table in the style asked for."""
    typer.echo(sheet.text("markdown" if output is Format.MARKDOWN else "table"))


def nothing(message: str) -> NoReturn:
    """Say that nothing was found, and end with 1."""
    complain(message)
    raise typer.Exit(1)


def complain(message: str) -> None:
    """One line on stderr, in which nothing that a file holds drives the terminal."""
    print(f"innovation-plans: {shown(message)}", file=sys.stderr)


def shown(text: object) -> str:
    """What can be seen of a text; a file name may hold what no terminal takes."""
    return "".join(each if each.isprintable() else "�" for each in str(text))
