"""The command ``read``: figures of an expression or a text."""

from __future__ import annotations

import csv
import json
from enum import StrEnum
from io import StringIO
from typing import Annotated

import typer

from ..errors import FigureError
from ..io.rows import columns_of
from ..records import Target
from ..text.figure import Reading
from ..text.reading import find_figures, read_figure
from ..text.tables import Sheet
from ..units.decimals import plain
from .shared import app, complain

__all__: list[str] = []


MOST_BYTES = 4_000_000


class ReadFormat(StrEnum):
    """How figures that were read are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


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
        complain("give a text or --file, one of them")
        raise typer.Exit(2)
    passage = text if file is None else _decoded(file.read(MOST_BYTES + 1))
    readings = list(find_figures(passage or "", unit=unit, form=form))
    if not readings:
        figure = read_figure(passage or "", unit=unit, strict=False, form=form)
        readings = [Reading(figure, 0, len(passage or ""), passage or "")]
    typer.echo(_SHAPES[output](readings))


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
