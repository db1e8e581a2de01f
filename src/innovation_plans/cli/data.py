"""The commands about figures in texts, data of your own, exports, pages and editions."""

from __future__ import annotations

import csv
import json
import re
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from decimal import Decimal
from functools import partial
from io import StringIO
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Literal, NoReturn

import typer

from ..codelists import Form, RegionKind, Tier
from ..dataset.editions import RELEASED, editions, verify
from ..dataset.search import unfound
from ..dataset.tables import SourceTable, Table
from ..errors import FigureError, MissingError
from ..io.columns import Columns, Value
from ..io.formats import read
from ..io.rows import columns_of
from ..records import TABLES, Target
from ..records.bibliography import CiteStyle
from ..text import labels
from ..text.figure import Reading, RefusedNumber
from ..text.messages import Language, languages, say, unreadable, word
from ..text.tables import Sheet
from ..units.decimals import plain
from ..units.table import UnitTable
from .options import (
    DATA_OPTIONS,
    OUTPUT_OPTIONS,
    TEXT_PRINTED,
    EndYears,
    Indicators,
    Lang,
    Layout,
    Overwrite,
    Periods,
    Plans,
    Printing,
    Regions,
    Shared,
    Style,
    Within,
    command,
    is_edition,
    nothing,
    of_ending,
    print_error,
    print_result,
    printable,
    records_of,
    selected,
    stop,
    units_of,
    width_of,
    with_progress_bar,
    write_columns,
)
from .wording import in_options, option_name

if TYPE_CHECKING:
    from ..checks.report import CheckReport

__all__: list[str] = []

_MOST_BYTES = 10_000_000  # of a text to read figures from
_FILE_NAME = re.compile(
    r"\S*[^\s0-9.]\S*\.(txt|md|tex|csv|jsonl?|ndjson|html?|pdf|docx?|xlsx?|parquet|rtf)",
    re.IGNORECASE,
)
_LONGEST_NAME = 300  # characters

_NUMBERS = ("value", "value_high")  # columns of figures
_STYLES: dict[str, CiteStyle | None] = {
    ".txt": None,
    ".bib": "bibtex",
    ".ris": "ris",
    ".json": "csl-json",
}
_LISTED: dict[str, Literal["table", "json"] | None] = {".txt": "table", ".json": "json"}
_ONE_FILE = {"excel": ".xlsx", "jsonl": ".jsonl"}  # formats of one file, by their endings

Words = Annotated[
    list[str] | None, typer.Argument(help="Words of the names or texts; all must occur.")
]
Alone = Annotated[
    bool, typer.Option("--alone", help="A dataset of its own, which extends no other.")
]


def _printing_of_figures(
    layout: Layout | None, lang: Language, output: str | None, *, overwrite: bool
) -> Printing:
    """Return how figures are printed: locators and problems are words in every format."""
    return Printing.of(layout, lang, output, overwrite=overwrite, has_words=True)


# Of the commands that list what has no tier, such as regions.
_OF_EVERY_TIER = {"plans": Shared(DATA_OPTIONS, partial(selected, "ABCD"))}


@command(
    "read",
    shared={
        "table": Shared(DATA_OPTIONS, units_of),
        "printing": Shared(OUTPUT_OPTIONS, _printing_of_figures),
    },
)
def read_(
    *,
    text: Annotated[
        str | None,
        typer.Argument(help="A figure in words, or a passage; - or nothing is standard input."),
    ] = None,
    file: Annotated[
        typer.FileBinaryRead | None,
        typer.Option(help="A UTF-8 text file to read instead; - is standard input."),
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Unit of the indicator, if known.")] = None,
    form: Annotated[
        str | None, typer.Option(help="Form of the figure, if its words do not say it.")
    ] = None,
    table: UnitTable | None,
    printing: Printing,
) -> None:
    """Read the figures of a text, and list the numbers that cannot be read with the reason.

    With --extend or --data, it also knows the units of that dataset.
    ``--format csv`` gives rows for targets/; the numbers that cannot be read are then on stderr.
    """
    from ..text.reading import (  # which other commands need not wait for
        MOST_CHARACTERS,
        find_figures,
        read_figure,
    )

    lang = printing.lang
    passage = _passage(text, file, lang)
    try:
        found = list(find_figures(passage, unit=unit, form=form, refused=True, table=table))
    except FigureError as error:
        stop(in_options(unreadable(error).text(lang)), code=2)
    if not any(isinstance(item, Reading) for item in found) and len(passage) <= MOST_CHARACTERS:
        with suppress(FigureError):  # then each of its numbers is listed
            figure = read_figure(passage, unit=unit, strict=False, form=form, table=table)
            found = [Reading(figure, 0, len(passage), passage)]
    if not found:
        stop(say("read.nothing", lang), code=1)
    _print_figures([_cells(item, lang) for item in found], printing)
    if not any(isinstance(item, Reading) for item in found):
        stop(say("read.nothing", lang), code=1)


def _passage(text: str | None, file: BinaryIO | None, lang: Language) -> str:
    """Return the text to read: an argument, a file or standard input."""
    if text is not None and file is not None:
        stop(say("read.one_text", lang), code=2)
    if text is not None and text != "-":
        if _is_file_name(text):
            stop(say("read.file_name", lang, name=repr(text), file=quote(text)), code=2)
        return text
    if file is None and (sys.stdin is None or (text is None and sys.stdin.isatty())):
        stop(say("read.no_text", lang), code=2)
    passage = _decoded((file or sys.stdin.buffer).read(_MOST_BYTES + 1), lang)
    if not passage and file is None:
        stop(say("read.no_text", lang), code=2)
    return passage


def _is_file_name(text: str) -> bool:
    """Return whether a text is the name of a file that exists, or looks like one."""
    if _FILE_NAME.fullmatch(text[:_LONGEST_NAME]):
        return True
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long, or with a null character
        return False


def _decoded(content: bytes, lang: Language) -> str:
    if len(content) > _MOST_BYTES:
        stop(say("read.too_long", lang, size=_MOST_BYTES // 10**6), code=2)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if encoding := _likely_encoding(content):
            stop(say("read.other_encoding", lang, encoding=encoding), code=2)
        stop(say("read.not_utf8", lang, position=error.start), code=2)


def _likely_encoding(content: bytes) -> str | None:
    """Return the encoding that a text other than UTF-8 seems to have."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "UTF-16"
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GB18030" if all(c.isprintable() or c.isspace() for c in text) else None


def _print_figures(cells: list[dict[str, str | None]], printing: Printing) -> None:
    """Print figures, and the numbers that cannot be read: in CSV, these are on stderr."""
    lang = printing.lang
    match printing.layout:
        case "csv":
            printing.put(_csv([row for row in cells if not row["problem"]]))
            for row in cells:
                if row["problem"]:
                    stated = {"text": repr(row["as_stated"]), "problem": row["problem"]}
                    print_error(say("read.unread", lang, locator=row["locator"], **stated))
        case "json":
            printing.put(json.dumps(cells, ensure_ascii=False, indent=2))
        case "jsonl":
            printing.put("\n".join(json.dumps(row, ensure_ascii=False) for row in cells))
        case "xlsx" | "parquet":
            typed: list[dict[str, Value]] = [
                {**row, **{name: _number(row[name]) for name in _NUMBERS}} for row in cells
            ]
            types = {name: Decimal if name in _NUMBERS else str for name in cells[0]}
            write_columns(Columns.of_rows("figures", typed, types), printing)
        case "table" | "markdown" | "latex":
            heads = tuple(say(f"read.{name}", lang) for name in cells[0])
            rows = [
                tuple(_in_words(name, cell, lang) for name, cell in row.items()) for row in cells
            ]
            printing.put(
                Sheet(heads, rows, right=(2, 3)).text(printing.layout, width=width_of(printing))
            )


def _number(cell: str | None) -> Decimal | None:
    return Decimal(cell) if cell else None


def _cells(found: Reading | RefusedNumber, lang: Language) -> dict[str, str | None]:
    """Return a figure as cells of a targets file, with the problem of a number that is not read."""
    locator = say("read.character", lang, position=found.start + 1)
    place = {"as_stated": found.text, "locator": locator}
    if isinstance(found, RefusedNumber):
        empty = dict.fromkeys(("form", "comparator", "value", "value_high", "unit"))
        return empty | place | {"problem": found.reason.text(lang)}
    figure = found.figure
    return {
        "form": figure.form,
        "comparator": figure.comparator,
        "value": plain(figure.value),
        "value_high": None if figure.value_high is None else plain(figure.value_high),
        "unit": figure.unit,
        **place,
        "problem": None,
    }


def _in_words(column: str, cell: str | None, lang: Language) -> str:
    """Return the cell of a table: codes in words, in a language other than that of codes."""
    if not cell or lang == languages()[0]:
        return cell or ""
    match column:
        case "form":
            return word(Form(cell), lang)
        case "comparator":
            return say(f"bound.{cell}", lang, figure="…")
        case "unit":
            return labels.unit(cell, lang)
    return cell


def _csv(cells: list[dict[str, str | None]]) -> str:
    """Return rows of a targets file; cells that the text does not give are empty."""
    stream = StringIO()
    columns = columns_of(Target)
    writer = csv.DictWriter(stream, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(cells)
    return stream.getvalue().rstrip("\n")


@command("check")
def check_(
    *,
    path: Annotated[str, typer.Argument(help="A directory, or an installed dataset.")],
    alone: Alone = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings, too.")] = False,
    printing: Printing,
) -> None:
    """Check data of your own: print every error with its file, line and column.

    Exit codes: 0 no errors, 1 errors (or warnings with --strict), 2 no such data.
    """
    from ..checks.check import check

    checked = _with_options(check(path, alone=alone), printing)
    if printing.layout == "markdown" and not printing.columns:
        table = f"{checked.markdown(printing.lang)}\n\n" if checked else ""
        printing.put(table + checked.summary(printing.lang))
    else:
        print_result(checked, printing)
    if not checked.passes(strict=strict):
        raise typer.Exit(1)


def _with_options(report: CheckReport, printing: Printing) -> CheckReport:
    """Return a report whose problems name options; a code would give its text of the library again."""
    code = {} if printing.is_coded else {"code": "", "values": ()}
    return report._of(  # noqa: SLF001
        problem.model_copy(update={"problem": in_options(problem.describe(printing.lang)), **code})
        for problem in report
    )


@command("new")
def new_(
    *,
    path: Annotated[str, typer.Argument(help="A directory that is empty or does not exist.")],
    alone: Alone = False,
) -> None:
    """Make a directory with example data, to be replaced row by row with your own."""
    from ..checks.template import write_template

    names = write_template(path, alone=alone)
    directory = printable(path)
    typer.echo(f"{directory}: {', '.join(names)}")
    typer.echo(f"next: innovation-plans check {quote(directory)}{' --alone' if alone else ''}")


@command("export")
def export_(
    *,
    out: Annotated[str, typer.Argument(help="File or directory to write.")],
    output: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="csv, excel-csv, jsonl, parquet, excel, datapackage, sdmx-csv; "
            "by default that of the ending of OUT.",
        ),
    ] = None,
    overwrite: Overwrite = False,
    region: Regions = None,
    indicator: Indicators = None,
    plans: Plans,
) -> None:
    """Write the dataset for other programs, with exact numbers and its own units."""
    if not Path(out).suffix:
        out += _ONE_FILE.get(output or "", "")
    if region or indicator:
        plans = plans.subset(region or None, indicator=indicator or None)
        if not plans.targets and not plans.observations:
            stop("no target or outcome matches these options", code=1)
    written = plans.write(out, format=output, overwrite=overwrite)
    counts = ", ".join(
        f"{count} {TABLES[table].noun if count == 1 and table in TABLES else table}"
        for table, count in written.records.items()
    )
    typer.echo(f"{printable(written.path)} ({written.format}): {counts}")
    for loss in written.losses:
        print_error(f"{written.format} does not hold {loss}")


@command("report")
def report_(
    *,
    output: Annotated[str, typer.Option("--output", "-o", help="The HTML file to write.")],
    region: Regions = None,
    within: Within = None,
    indicator: Annotated[str | None, typer.Option(help="Code or name of an indicator.")] = None,
    period: Periods = None,
    plans: Plans,
    lang: Lang = "en",
    overwrite: Overwrite = False,
) -> None:
    """Write a page about one or several regions or one indicator; it needs no network."""
    from .. import report  # a fifth of all modules, which no other command needs
    from ..report.content import EmptyReportError

    try:
        path = report.write(
            plans,
            output,
            region=region or None,
            within=within or None,
            indicator=indicator,
            period=period or None,
            lang=lang,
            overwrite=overwrite,
        )
    except EmptyReportError as error:
        stop(in_options(str(error)), code=1)
    typer.echo(printable(path))


@command("explorer")
def explorer_(
    *,
    output: Annotated[str, typer.Option("--output", "-o", help="The directory to write into.")],
    reports: Annotated[
        bool, typer.Option("--reports", help="Write a report about each region, too.")
    ] = False,
    docs_link: Annotated[
        str | None, typer.Option(help="Address of the documentation: docs/, https://….")
    ] = None,
    plans: Plans,
    lang: Lang = "en",
    overwrite: Overwrite = False,
) -> None:
    """Write the whole dataset as a page with a map, a scorecard and a search."""
    if _FILE_NAME.fullmatch(Path(output).name) and not Path(output).exists():
        stop("explorer writes a directory: --output explorer", code=2)
    from ..report import explorer

    path = explorer.write(
        plans,
        output,
        lang=lang,
        overwrite=overwrite,
        reports=reports,
        progress=partial(with_progress_bar, doing="writing reports", least=1),
        docs_link=docs_link or "",
    )
    typer.echo(printable(path))


@command("search", shared=_OF_EVERY_TIER)
def search_(
    *,
    words: Annotated[
        list[str], typer.Argument(help="Words, in English or Chinese; all must occur.")
    ],
    plans: Plans,
    printing: Printing,
) -> None:
    """Find indicators, regions, plans, sources and goals by words of their names and texts."""
    text = " ".join(words)
    matches = plans.search(text)
    if not matches:
        _stop_without_match("nothing", text, unfound(*matches._searched or ((), "")))  # noqa: SLF001
    print_result(matches, printing)


@command("regions", shared=_OF_EVERY_TIER)
def regions_(
    *,
    words: Words = None,
    within: Within = None,
    kind: Annotated[
        list[RegionKind] | None, typer.Option("--kind", help="province, city, …; may be repeated.")
    ] = None,
    plans: Plans,
    printing: Printing,
) -> None:
    """List the regions with their codes and names."""
    chosen = plans.regions.where(within=within or None, kind=[*map(str, kind or ())] or None)
    if not chosen:
        nothing("region", chosen)
    print_result(_with_words(chosen, words, "region"), printing)


@command("indicators", shared=_OF_EVERY_TIER)
def indicators_(
    *,
    words: Words = None,
    plans: Plans,
    printing: Printing,
) -> None:
    """List the indicators with their codes, names and units."""
    print_result(_with_words(plans.indicators, words, "indicator"), printing)


def _with_words(table: Table[Any], words: list[str] | None, noun: str) -> Table[Any]:
    """Return the records that contain all words; stop if there are none."""
    text = " ".join(words or ())
    chosen = table.search(text) if words else table
    if not chosen:
        _stop_without_match(f"no {noun}", text, unfound(table, text))
    return chosen


def _stop_without_match(kind: str, text: str, hint: str) -> NoReturn:
    """Stop because no record contains the words; the hint names those that none contains."""
    stop(f"{kind} {hint.removeprefix('nothing ') or f'contains {text!r:.60}'}", code=1)


@command("plans", shared=_OF_EVERY_TIER)
def plans_(
    *,
    words: Words = None,
    region: Regions = None,
    within: Within = None,
    period: Periods = None,
    plans: Plans,
    printing: Printing,
) -> None:
    """List the plans and work reports with their codes and titles."""
    chosen = plans.plans.where(region=region or None, within=within or None, period=period or None)
    if not chosen:
        nothing("plan", chosen)
    print_result(_with_words(chosen, words, "plan"), printing)


@command("verify")
def verify_(
    *,
    path: Annotated[
        str | None,
        typer.Argument(help="An exported file or directory; by default the bundled data."),
    ] = None,
    edition: Annotated[
        str | None, typer.Option(help="A bundled edition; by default the current one.")
    ] = None,
) -> None:
    """Check that the data files, or an export, are as they were written."""
    if path is not None and is_edition(path):
        stop(f"{path} is an edition: verify --edition {path}", code=2)
    files = verify(path, edition=edition)
    name, count = edition or editions()[-1], f"{len(files)} files are" if files[1:] else "1 file is"
    if path is not None:
        typer.echo(f"{count} as written")
    elif name in RELEASED:
        typer.echo(f"{count} as released")
    else:
        typer.echo(f"{count} as their descriptor says; edition {name} is not released yet")


@command("editions", shared={"printing": TEXT_PRINTED})
def editions_(
    *,
    layout: Annotated[
        Literal["table", "json"] | None,
        typer.Option(
            "--format", help="By default that of the ending of --output (.txt, .json), else table."
        ),
    ] = None,
    printing: Printing,
) -> None:
    """List the bundled editions of the data; the last one is the current one."""
    is_json = of_ending(printing.file, layout, _LISTED) == "json"
    printing.put(json.dumps(editions()) if is_json else "\n".join(editions()))


@command("diff")
def diff(
    *,
    older: Annotated[str, typer.Argument(help="An edition, or a directory of data files.")],
    newer: Annotated[
        str | None, typer.Argument(help="The same; by default the current edition.")
    ] = None,
    tiers: Annotated[
        str | None,
        typer.Option(help="Source tiers to compare; by default those that both datasets have."),
    ] = None,
    printing: Printing,
) -> None:
    """Show which records were added, changed and withdrawn between two datasets, and why."""
    common = tiers or "".join(sorted(_tiers_of(older) & _tiers_of(newer)))
    changes = selected(common, None, newer).diff(selected(common, None, older))
    print_result(changes, printing)


def _tiers_of(dataset: str | None) -> set[str]:
    """Return the tiers of an edition, or those that an export states."""
    stated = "" if dataset is None or is_edition(dataset) else read(dataset).heading.tiers
    return set(stated or Tier)


@command("cite", shared={"printing": TEXT_PRINTED})
def cite(
    *,
    what: Annotated[
        str | None,
        typer.Argument(
            help="Region, indicator, code of a source or plan, or key of a record; by default "
            "the dataset."
        ),
    ] = None,
    indicator: Indicators = None,
    period: Periods = None,
    end_year: EndYears = None,
    style: Style = None,
    plans: Plans,
    printing: Printing,
) -> None:
    """Show where a figure is printed, or how to cite the dataset."""
    chosen = {
        "indicator": indicator or None,
        "period": period or None,
        "end_year": end_year or None,
    }
    if what is None and (option := _first_option(chosen)):
        stop(f"{option} needs a region: cite 广东 --indicator rd_intensity", code=2)
    named: CiteStyle = of_ending(printing.file, style, _STYLES, option="--style") or "en"
    printing.put(plans.cite(named) if what is None else _citation(plans, what, chosen, named))


def _first_option(chosen: dict[str, Any]) -> str:
    """Return the first option that has a value; empty if none has."""
    return next((option_name(name) for name, value in chosen.items() if value), "")


def _noun_of(table: Table[Any]) -> str:
    return "source" if isinstance(table, SourceTable) else "record"


def _citation(plans: Plans, what: str, chosen: dict[str, Any], style: CiteStyle) -> str:
    """Return the citation of one figure, or of several with their keys; files have their documents."""
    cited = _cited(plans, what, chosen)
    if not cited:
        nothing("record to cite", cited)
    is_document = isinstance(cited, SourceTable)
    if style in languages() and not is_document:
        return "\n".join(f"{record.key}\n    {record.citation.cite(style)}" for record in cited)
    is_figure = what == cited[0].key and not is_document
    return (cited[0].citation if is_figure else cited.sources()).cite(style)


def _tier_hint(plans: Plans, key: str) -> str:
    """Return which tiers a record needs that is not among the chosen ones; empty if it is no key."""
    code = key.rpartition("@")[2].partition("#")[0]
    source = plans.sources[code] if "@" in key and code in plans.sources else None
    if source is None or source.tier in plans.tiers:
        return ""
    return f"its source is of tier {source.tier}; add --tiers {plans.tiers}{source.tier}"


def _cited(plans: Plans, name: str, chosen: dict[str, Any]) -> Table[Any]:
    """Return the record, source or targets with a key, or the targets of a region or indicator.

    `chosen` are filters of the targets of a plan, a region or an indicator.
    """
    tables: tuple[Table[Any], ...] = (plans.targets, plans.observations, plans.sources)
    for table in tables:
        if name in table:
            if option := _first_option(chosen):
                stop(f"{name} is one {_noun_of(table)}: cite takes no {option} with it", code=2)
            return table.filter(lambda record: record.key == name)
    if name in plans.plans:
        return plans.targets.where(plan=name).where(**chosen)
    if name not in plans.regions and name in plans.indicators:
        if chosen["indicator"]:
            stop(f"{name} is an indicator; leave out --indicator", code=2)
        return plans.targets.where(indicator=name).where(**chosen)
    if is_edition(name):
        hint = f"cite --data {name} cites an edition"
        raise MissingError(asked=f"region, source or record {name!r}", hint=hint)
    try:
        region = plans.region(name)
    except MissingError as error:
        asked = f"region, indicator, plan, source or record {name[:100]!r}"
        hint = _tier_hint(plans, name)
        keys = [record.key for table in tables[:2] for record in table if "/" in name]
        longer = [key for key in keys if key.startswith(name)][:3]
        near = () if hint else longer or error.nearest
        raise MissingError(asked=asked, nearest=near, hint=hint) from None
    return records_of(plans.targets, region).where(**chosen)
