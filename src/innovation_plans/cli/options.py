"""The program, the options that commands share, and how commands print."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from inspect import Parameter, Signature, signature
from pathlib import Path
from shutil import get_terminal_size
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, NoReturn, TypeAlias, TypeVar

import typer

from .. import __version__
from ..codelists import RegionKind
from ..dataset.dataset import Dataset
from ..dataset.editions import editions
from ..dataset.load import load
from ..dataset.observations import ObservationTable
from ..dataset.sequence import Rows
from ..dataset.tables import Table
from ..dataset.targets import TargetTable
from ..errors import DataErrors
from ..io.columns import Columns, Options, Value, cell_text
from ..io.csv import table_text
from ..io.raw import Heading
from ..io.save import replacing
from ..records import Region
from ..records.bibliography import CiteStyle, styles
from ..text.messages import Language, keys, languages, say
from ..text.tables import Sheet
from ..units.table import UnitTable
from .inputs import Command, Group, option_of
from .wording import in_options

Plans = Dataset[Any, Any, Any, Any]
ItemT = TypeVar("ItemT")
StatementsT = TypeVar("StatementsT", TargetTable[Any], ObservationTable[Any])

app = typer.Typer(
    name="innovation-plans",
    cls=Group,
    help="Targets and outcomes of Chinese innovation plans. Regions and indicators are found by "
    "any of their names: CN-GD, GD, 440000, Guangdong, 广东, 粤.",
    epilog="Exit codes: 0 success, 1 nothing to print or errors in the data, 2 wrong input.",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_TOUR = """\
Targets and outcomes of Chinese innovation plans. Try:

  innovation-plans search patent                     find indicators, regions, plans, sources
  innovation-plans show 广东 --period 14th            targets of a region, with their sources
  innovation-plans scorecard --period 14th --indicator rd_intensity
  innovation-plans compare --indicator rd_intensity --end-year 2025 --measure distance
  innovation-plans assess --region Hubei --indicator rd_expenditure
  innovation-plans scorecard --within CN-EAST --output east.xlsx
  innovation-plans read "年均增长10%以上"

innovation-plans --help lists all commands, innovation-plans COMMAND --help the options of one.
"""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"innovation-plans {__version__}, data edition {editions()[-1]}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback prints it
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_print_version, help="Print the versions."
        ),
    ] = False,
) -> None:
    """Print a tour if there is no command."""
    if context.invoked_subcommand is None:
        typer.echo(_TOUR.rstrip("\n"))


Regions = Annotated[
    list[str] | None, typer.Option("--region", help="Code or name; may be repeated.")
]
Indicators = Annotated[
    list[str] | None, typer.Option("--indicator", help="Code or name; may be repeated.")
]
Periods = Annotated[
    list[str] | None, typer.Option("--period", help="13th, 14th, 15th, annual-2025, …")
]
EndYears = Annotated[
    list[int] | None, typer.Option("--end-year", help="Target year; may be repeated.")
]
Within = Annotated[
    list[str] | None,
    typer.Option("--within", help="A region with its parts: CN-EAST, 广东; may be repeated."),
]
if TYPE_CHECKING:
    _Language: TypeAlias = Language
    _Style: TypeAlias = CiteStyle
else:  # what --help lists
    _Language, _Style = Literal[languages()], Literal[styles()]
Lang = Annotated[_Language, typer.Option(help="Language of the output.")]
Style = Annotated[
    _Style | None,
    typer.Option(help="Style of the citation; by default that of the ending of --output, else en."),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace existing files.")]

# The options that say how a result is printed: of every command whose function has a parameter `printing`.
Layout = Literal["table", "csv", "json", "markdown", "latex", "xlsx", "jsonl", "parquet"]
_FORMAT = Annotated[
    Layout | None,
    typer.Option("--format", help="By default that of the ending of --output, else table."),
]
_OUTPUT = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="A file to write instead of printing."),
]
_COLUMNS = Annotated[
    str | None,
    typer.Option(
        metavar="NAME,NAME,…",
        help="Columns to print, in this order: names of columns of csv, or headings of the table.",
    ),
]
# The columns that a heading of a table shows, if no column has its key.
_OF_HEADINGS = {
    "against": ("against_value", "against_unit", "against_year"),
    "by": ("end_year",),
    "figure": ("stated_value", "stated_unit"),
    "gap_in_points": ("gap",),
    "match": ("text",),
    "name": ("name_en",),
    "note": ("reason", "caveats"),
    "outcome": ("outcome_value", "outcome_unit", "outcome_year"),
    "pace": ("pace_score",),
    "start": ("baseline_value", "baseline_unit", "baseline_year"),
    "target": ("comparator", "value", "unit"),
    "text": ("plan", "source"),
    "title": ("title_zh",),
}
_ENDINGS: dict[str, Layout | None] = {
    "": "table",
    ".txt": "table",
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".tex": "latex",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}

_FILES: set[Layout | None] = {"xlsx", "jsonl", "parquet"}  # formats that are not printed
_CODED = {"csv", "json"} | _FILES  # formats for programs

# The options that select a dataset: of every command whose function has a parameter `plans`.
Tiers = Annotated[
    str | None,
    typer.Option(
        help="Source tiers to use, of ABCD; by default those that the data state, else ABC."
    ),
]
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

_WIDTH = 120  # columns of a table in a pipe or a file
_READABLE: dict[str, Any] = {"ensure_ascii": False, "indent": 2}
_EDITION = re.compile(r"[0-9]{4}(?:\.[0-9]{1,2})?")
_Function = TypeVar("_Function", bound=Callable[..., None])
_Choice = TypeVar("_Choice", bound=str)


def of_ending(
    file: Path | None,
    chosen: _Choice | None,
    endings: Mapping[str, _Choice | None],
    *,
    option: str = "--format",
) -> _Choice | None:
    """Return the format of a file; stop if its ending is that of another format, or of none.

    `endings` has the format of each ending, or None for one that several formats have.
    """
    ending = "" if file is None else file.suffix.lower()
    of_file = endings.get(ending)
    if chosen is None and ending and ending not in endings:
        noun = option.removeprefix("--")
        page = "; report writes HTML pages" if ending in {".html", ".htm"} else ""
        known = ", ".join(filter(None, endings))
        stop(f"no {noun} with the ending {ending}; use {known}, or pass {option}{page}", code=2)
    if chosen and ending and of_file and chosen != of_file:
        stop(f"{file} has the ending of {of_file}, and {option} is {chosen}", code=2)
    return chosen or of_file


def _require_free(text: str, *, overwrite: bool) -> None:
    """Stop, before the work, if a file cannot be written."""
    file = Path(text)
    if text == "-":
        stop("--output is for a file; leave it out to print", code=2)
    if text.endswith("/") or file.is_dir():
        stop(f"{file}: expected a file, found a directory", code=2)
    if file.exists() and not file.is_file():
        stop(f"cannot write {str(file)!r}: it is a pipe or device", code=2)
    if file.exists() and not overwrite:
        stop(f"{file} exists; pass --overwrite to replace it", code=2)


class Printing(NamedTuple):
    """How a command prints its result."""

    layout: Layout
    lang: Language
    file: Path | None
    overwrite: bool
    columns: tuple[str, ...] = ()  # to print; none: what the format has

    @classmethod
    def of(
        cls,
        layout: Layout | None,
        lang: Language,
        output: str | None,
        *,
        overwrite: bool,
        columns: str | None = None,
        has_words: bool = False,
    ) -> Printing:
        """Return the choices of the options; stop if they do not go together.

        `has_words` is True for a result that has words, not only codes, in every format.
        """
        chosen = _listed(columns)
        if output is not None and output != "-":
            layout = of_ending(Path(output), layout, _ENDINGS)
        elif layout in _FILES:
            stop(f"--format {layout} needs a file: --output verdicts.{layout}", code=2)
        printing = cls.of_text(output, overwrite=overwrite)
        if (chosen or layout in _CODED) and lang != languages()[0] and not has_words:
            coded = "a column" if chosen else layout
            problem = f"{coded} has codes, and the names in each language"
            stop(f"--lang is for table, markdown and latex; {problem}", code=2)
        return printing._replace(layout=layout or "table", lang=lang, columns=chosen)

    @classmethod
    def of_text(cls, output: str | None, *, overwrite: bool) -> Printing:
        """Return how a text that has one format is printed; stop if its file cannot be written."""
        if output is not None:
            _require_free(output, overwrite=overwrite)
        elif overwrite:
            stop("--overwrite is for the file of --output", code=2)
        return cls("table", "en", None if output is None else Path(output), overwrite)

    @property
    def is_coded(self) -> bool:
        """Whether the format is for programs, or the columns are."""
        return bool(self.columns) or self.layout in _CODED

    @property
    def is_prose(self) -> bool:
        """Whether a command prints what it says in its own words, not a table of columns."""
        return self.layout in {"table", "markdown"} and not self.columns

    def put(self, text: str) -> None:
        """Print a text, or write it to the file; CSV and JSON are UTF-8 on every console."""
        if self.file is not None:
            with replacing(self.file, overwrite=self.overwrite) as fresh:
                fresh.write_text(text + "\n", encoding="utf-8", newline="\n")
            typer.echo(printable(self.file))
        elif self.layout in {"csv", "json"}:
            typer.echo((text + "\n").encode(), nl=False)
        else:
            typer.echo(text)


def _listed(names: str | None) -> tuple[str, ...]:
    """Return the names of a list with commas; stop if one is empty or repeated."""
    columns = tuple(name.strip() for name in (names or "").split(",") if names)
    _require_different(columns)
    return columns


def _require_different(columns: Sequence[str]) -> None:
    if not all(columns) or len({*columns}) < len(columns):
        stop("--columns: expected different names: --columns region,indicator,value", code=2)


class Shared(NamedTuple):
    """Options of several commands, and what the function of a command gets for their values."""

    options: list[Parameter]
    value_of: Callable[..., Any]


def command(
    name: str, *, shared: Mapping[str, Shared] = MappingProxyType({})
) -> Callable[[_Function], _Function]:
    """Return a decorator that adds a function to the program as a command.

    If the function has a parameter `plans`, the command has the options --tiers, --extend and --data
    in its place, and the function is called with the dataset that they select. If it has a parameter
    `printing`, the command has the options --format, --lang, --output, --overwrite and --columns in its
    place. `shared` has further such parameters.
    """
    groups = {
        "printing": Shared([*OUTPUT_OPTIONS, *_COLUMN_OPTIONS], Printing.of),
        "plans": Shared([*shared_options(("tiers", Tiers, None)), *DATA_OPTIONS], selected),
        **shared,
    }

    def add(function: _Function) -> _Function:
        own_parameters = signature(function, eval_str=True).parameters
        used = {key: group for key, group in groups.items() if key in own_parameters}
        parameters: list[Parameter] = []
        for parameter in own_parameters.values():
            group = used.get(parameter.name)
            parameters += [parameter] if group is None else group.options

        options = [option_of(parameter) for parameter in parameters]

        def run(**values: Any) -> None:
            values |= {taken.name: read(values[taken.name]) for taken, read in options}
            for key, group in used.items():
                choices = {option.name: values.pop(option.name) for option in group.options}
                values[key] = group.value_of(**choices)
            function(**values)

        run.__doc__ = function.__doc__
        taken = [option.parameter for option in options]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in taken}
        run.__signature__ = Signature(taken)  # type: ignore[attr-defined]
        short = (run.__doc__ or "").partition("\n")[0]
        app.command(name, cls=Command, short_help=short)(run)
        return function

    return add


def shared_options(*options: tuple[str, Any, Any]) -> list[Parameter]:
    """Return options, each of a name, a type for typer and a default, as parameters of a command."""
    return [
        Parameter(name, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
        for name, annotation, default in options
    ]


DATA_OPTIONS = shared_options(("extend", _EXTEND, None), ("data", _DATA, None))
_FILE_OPTIONS = shared_options(("output", _OUTPUT, None), ("overwrite", Overwrite, False))
OUTPUT_OPTIONS = [
    *shared_options(("layout", _FORMAT, None), ("lang", Lang, "en")),
    *_FILE_OPTIONS,
]
_COLUMN_OPTIONS = shared_options(("columns", _COLUMNS, None))
# The options of a command that prints a text of one format: of its parameter `printing`.
TEXT_PRINTED = Shared(_FILE_OPTIONS, Printing.of_text)


def is_edition(text: str) -> bool:
    """Return whether a text names an edition, not a directory."""
    return bool(_EDITION.fullmatch(text)) and not Path(text).exists()


def selected(tiers: str | None, extend: list[str] | None, data: str | None) -> Plans:
    """Return a bundled edition or another dataset, with the data that extend it."""
    letters = tiers.upper() if tiers else None
    is_bundled = data and is_edition(data)
    plans: Plans = load(edition=data, tiers=letters) if is_bundled else load(data, tiers=letters)
    for path in extend or ():
        try:
            plans = plans.extend(path)
        except DataErrors as errors:
            if len(extend or ()) > 1:  # files of several may have one name
                errors.add_note(f"these errors are of --extend {path}")
            raise
    return plans


def records_of(table: StatementsT, region: Region) -> StatementsT:
    """Return the targets or outcomes of a region; stop if it is a group that has none itself."""
    own = {record.region.code for record in table.where(within=region)}
    if region.kind is RegionKind.GROUP and region.code not in own:
        is_target = isinstance(table, TargetTable)
        noun, shown = ("target", "scorecard") if is_target else ("outcome", "compare --outcomes")
        advice = f"{shown} --within {region.code} shows those of the regions in it"
        stop(f"no {noun} of {region.name_en} itself; {advice}", code=1)
    return table.where(region=region)


def units_of(extend: list[str] | None, data: str | None) -> UnitTable | None:
    """Return the units of a dataset, or None if there is none besides the bundled one."""
    return selected("ABC", extend, data).units if extend or data else None


def print_result(result: Rows[Any], out: Printing, text: str | None = None) -> None:
    """Print a result; `text` is what is printed instead of its table."""
    is_table = isinstance(result, Table)
    match out.layout:
        case _ if out.columns:
            columns = _columns_of(result)
            chosen = _columns_named(out.columns, columns)
            _print_columns(columns.only(chosen), out, result.edition)
        case "xlsx" | "parquet" | "jsonl" if out.layout == "jsonl" or not is_table:
            layout = "excel" if out.layout == "xlsx" else out.layout
            written = result.write(out.file or "", format=layout, overwrite=out.overwrite)
            typer.echo(printable(written.path))
        case "json" if not is_table:
            out.put(result.json())
        case "csv" | "json" | "xlsx" | "parquet":
            _print_columns(_columns_of(result), out, result.edition)
        case "markdown":
            out.put(result.markdown(out.lang))
        case "latex":
            out.put(result.latex(out.lang))
        case "table":
            out.put(result.text(out.lang, width=width_of(out)) if text is None else text)


def _columns_of(result: Rows[Any]) -> Columns:
    """Return the columns of a data frame: codes, and the names in each language."""
    return result._frame_columns()  # noqa: SLF001


def _columns_named(names: Sequence[str], columns: Columns) -> list[str]:
    """Return the columns of names or printed headings, in any case and language; stop if one is repeated."""
    named: dict[str, tuple[str, ...]] = {name.casefold(): (name,) for name in columns}
    for lang in languages():
        for key in keys("head"):
            of_heading = _OF_HEADINGS.get(key, ()) if key not in columns else (key,)
            shown = tuple(name for name in of_heading if name in columns)
            if shown:
                named.setdefault(say(f"head.{key}", lang).casefold(), shown)
    chosen = [column for name in names for column in named.get(name.casefold(), (name,))]
    _require_different(chosen)
    return chosen


def _print_columns(columns: Columns, out: Printing, edition: str) -> None:
    """Print columns, with codes, in any format."""
    match out.layout:
        case "csv":
            out.put(table_text(columns, safe=True)[0].rstrip("\n"))
        case "json":
            out.put(json.dumps([*map(_in_json, columns.rows())], **_READABLE))
        case "jsonl":
            rows = map(_in_json, columns.rows())
            out.put("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
        case "xlsx" | "parquet":
            write_columns(columns, out, edition)
        case "table" | "markdown" | "latex":
            numbers = [at for at, kind in enumerate(columns.types.values()) if kind is not str]
            sheet = Sheet(tuple(columns), [*map(tuple, columns.texts())], right=tuple(numbers))
            out.put(sheet.text(out.layout, width=width_of(out)))


def _in_json(row: dict[str, Value]) -> dict[str, Value]:
    """Return a row with its numbers as text, which keeps their digits."""
    return {name: cell_text(v) if isinstance(v, Decimal) else v for name, v in row.items()}


def write_columns(columns: Columns, out: Printing, edition: str = "") -> None:
    """Write columns as a workbook or a file of Parquet."""
    if out.layout == "xlsx":
        from ..io.excel import write_table  # needs an extra
    else:
        from ..io.parquet import write_table  # needs an extra
    with replacing(out.file or Path(), overwrite=out.overwrite) as fresh:
        write_table(columns, Heading(edition), fresh, Options())
    typer.echo(printable(out.file))


def nothing(kind: str, table: Table[Any]) -> NoReturn:
    """Stop because no record matches; name the option without which some do."""
    advice = in_options(table._without())  # noqa: SLF001
    stop(f"no {kind}; {advice}" if advice else f"no {kind} matches these options", code=1)


def width_of(out: Printing) -> int:
    """Return the columns of the terminal or of the variable COLUMNS; without them, as a screen has."""
    return _WIDTH if out.file else get_terminal_size((_WIDTH, 40)).columns


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
