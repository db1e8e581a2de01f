"""Floor 10: the command line, which says the same words as the library.

Exit codes: 0 done, 1 nothing found, 2 bad input (message on stderr, no traceback).
"""

from __future__ import annotations

import csv
import json
import sys
from enum import StrEnum
from io import StringIO
from typing import Annotated

import typer

from .dataset import Dataset, load
from .decimals import plain
from .errors import DataErrors, FigureError, InnovationPlansError, MissingError
from .figures import Reading, find_figures, read_figure
from .missingness import coverage
from .records import Target
from .rows import columns_of
from .scorecards import scorecard
from .text import Sheet, target_sheet
from .verification import verify

__all__ = ["app", "run"]


class Format(StrEnum):
    """How results are printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


class ReadFormat(StrEnum):
    """How figures that were read are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Lang(StrEnum):
    """The language of results."""

    EN = "en"
    ZH = "zh"


app = typer.Typer(
    name="innovation-plans",
    help="Targets and outcomes of Chinese innovation plans. Regions and indicators are found by "
    "any of their names: CN-GD, GD, 440000, Guangdong, 广东, 粤.",
    epilog="Exit codes: 0 done, 1 nothing found, 2 bad input.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Region = Annotated[list[str] | None, typer.Option(help="Code or name; may be repeated.")]
Indicator = Annotated[list[str] | None, typer.Option(help="Code or name; may be repeated.")]
Period = Annotated[list[str] | None, typer.Option(help="13th, 14th, 15th, annual-2025, …")]
Tiers = Annotated[str, typer.Option(help="Source tiers to draw on, of ABCD.")]
Output = Annotated[Format, typer.Option("--format", help="How to print.")]
Language = Annotated[Lang, typer.Option(help="Language of the table.")]


@app.command("scorecard")
def scorecard_(
    region: Region = None,
    indicator: Indicator = None,
    period: Period = None,
    tiers: Tiers = "ABC",
    pace: Annotated[str, typer.Option(help="Pace method for targets not yet due.")] = "linear",
    vintage: Annotated[str | None, typer.Option(help="Vintage of statistics.")] = None,
    output: Output = Format.TABLE,
    lang: Language = Lang.EN,
) -> None:
    """Hold targets against their latest outcomes."""
    card = scorecard(
        load(tiers=tiers),
        region=region or None,
        indicator=indicator or None,
        period=period or None,
        pace=pace,
        vintage=vintage,
    )
    if not card:
        _nothing("no target answers to that")
    if output is Format.JSON:
        typer.echo(card.json())
    elif output is Format.MARKDOWN:
        typer.echo(card.sheet(lang.value).text("markdown"))
    else:
        typer.echo(card.text(lang.value))


@app.command()
def show(
    region: Annotated[str, typer.Argument(help="Code or name of a region.")],
    period: Period = None,
    tiers: Tiers = "ABC",
    output: Output = Format.TABLE,
    lang: Language = Lang.EN,
) -> None:
    """Show what a region plans, and where it is printed."""
    plans = load(tiers=tiers)
    found = plans.region(region)
    targets = plans.targets.where(region=found.code, period=period or None)
    goals = [] if period else plans.goals.where(region=found.code)
    outcomes = plans.observations.where(region=found.code).filter(lambda each: not each.vintage)
    if not targets and not goals and not outcomes:
        _nothing(f"nothing is known of {found.name_en} here")
    if output is Format.JSON:
        typer.echo("[" + ",\n".join(each.model_dump_json() for each in targets) + "]")
        return
    typer.echo(f"{found.name_zh} {found.name_en} ({found.code})\n")
    _print(target_sheet(targets, lang.value), output)
    if goals:
        typer.echo("")
        for goal in goals:
            typer.echo(f"- {goal.statement} ({goal.citation.key})")


@app.command("coverage")
def coverage_(
    region: Region = None,
    indicator: Indicator = None,
    period: Period = None,
    tiers: Tiers = "ABC",
    output: Output = Format.TABLE,
    lang: Language = Lang.EN,
) -> None:
    """Say what is stated, not stated and not read; published and not published."""
    if not indicator:
        _complain("name an indicator: the matrix of all of them has thousands of columns")
        raise typer.Exit(2)
    cells = coverage(
        load(tiers=tiers), region=region or None, indicator=indicator, period=period or None
    )
    if output is Format.JSON:
        typer.echo("[" + ",\n".join(cell.model_dump_json() for cell in cells) + "]")
    elif output is Format.MARKDOWN:
        typer.echo(cells.sheet(lang.value).text("markdown"))
    else:
        typer.echo(cells.text(lang.value))


@app.command("read")
def read_(
    text: Annotated[str | None, typer.Argument(help="A figure expression, or a passage.")] = None,
    file: Annotated[
        typer.FileBinaryRead | None, typer.Option(help="A UTF-8 text to read instead.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Unit of the indicator, if known.")] = None,
    form: Annotated[str | None, typer.Option(help="Form, where the words leave it open.")] = None,
    output: Annotated[
        ReadFormat, typer.Option("--format", help="How to print.")
    ] = ReadFormat.TABLE,
) -> None:
    """Read the figures of an expression or a text; ``--format csv`` gives rows for targets/."""
    if (text is None) is (file is None):
        _complain("give a text or --file, one of them")
        raise typer.Exit(2)
    passage = text if file is None else _decoded(file.read(MOST_BYTES + 1))
    readings = list(find_figures(passage or "", unit=unit, form=form))
    if not readings:
        figure = read_figure(passage or "", unit=unit, strict=False, form=form)
        readings = [Reading(figure, 0, len(passage or ""), passage or "")]
    typer.echo(_SHAPES[output](readings))


@app.command("verify")
def verify_(
    path: Annotated[
        str | None, typer.Argument(help="A directory; nothing for the bundled.")
    ] = None,
) -> None:
    """Check the data files against the sha256 sums of their descriptor."""
    files = verify(path)
    typer.echo(f"{len(files)} files are as released")


@app.command()
def cite(
    what: Annotated[
        str | None,
        typer.Argument(help="Region, source code or record key; nothing for the dataset."),
    ] = None,
    indicator: Indicator = None,
    tiers: Tiers = "ABCD",
) -> None:
    """Say where a figure is printed, or how to cite the dataset."""
    plans = load(tiers=tiers)
    lines = _citations(plans, what, indicator)
    if not lines:
        _nothing("nothing to cite answers to that")
    typer.echo("\n".join(lines))


def run(arguments: list[str] | None = None) -> int:
    """Run a command line; the exit code."""
    try:
        app(args=arguments, prog_name="innovation-plans")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except DataErrors as faults:
        for fault in faults.exceptions:
            _complain(str(fault))
        return 2
    except InnovationPlansError as error:
        _complain(str(error))
        return 2
    return 0


def _citations(plans: Dataset, what: str | None, indicator: list[str] | None) -> list[str]:
    if what is None:
        from . import __version__

        return [
            (
                f"The innovation_plans developers: innovation_plans, version {__version__}, "
                f"data edition {plans.edition}. Code: MIT; data: CC BY 4.0."
            )
        ]
    for table in (plans.targets, plans.observations):
        try:
            return [str(table.by_key(what).citation)]
        except MissingError:
            continue
    if what in plans.codes.of("source"):
        return [str(plans.codes.of("source")[what])]
    found = plans.targets.where(region=what, indicator=indicator or None)
    return [f"{target.key}\n    {target.citation}" for target in found]


MOST_BYTES = 4_000_000


def _decoded(raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise FigureError(text="the file", position=MOST_BYTES, expected="a text of at most 4 MB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FigureError(
            text="the file", position=error.start, expected="UTF-8; save it as UTF-8"
        ) from error


def _figure_cells(reading: Reading) -> dict[str, str]:
    figure = reading.figure
    high = "" if figure.value_high is None else plain(figure.value_high)
    return {
        "form": figure.form,
        "comparator": figure.comparator,
        "value": plain(figure.value),
        "value_high": high,
        "unit": figure.unit or "",
        "as_stated": reading.text,
        "locator": f"character {reading.start + 1}",
    }


def _as_table(readings: list[Reading]) -> str:
    cells = [_figure_cells(each) for each in readings]
    return Sheet(tuple(cells[0]), [tuple(each.values()) for each in cells], right=(2, 3)).text()


def _as_csv(readings: list[Reading]) -> str:
    """Rows in the columns of a targets file; what a text does not say is left empty."""
    stream = StringIO()
    writer = csv.DictWriter(stream, columns_of(Target), lineterminator="\n")
    writer.writeheader()
    writer.writerows(_figure_cells(each) for each in readings)
    return stream.getvalue().rstrip("\n")


def _as_json(readings: list[Reading]) -> str:
    return json.dumps([_figure_cells(each) for each in readings], ensure_ascii=False, indent=2)


_SHAPES = {ReadFormat.TABLE: _as_table, ReadFormat.CSV: _as_csv, ReadFormat.JSON: _as_json}


def _print(sheet: Sheet, output: Format) -> None:
    typer.echo(sheet.text("markdown" if output is Format.MARKDOWN else "table"))


def _nothing(message: str) -> None:
    _complain(message)
    raise typer.Exit(1)


def _complain(message: str) -> None:
    print(f"innovation-plans: {message}", file=sys.stderr)
