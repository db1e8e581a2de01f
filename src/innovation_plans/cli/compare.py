"""The command ``compare``: region against region."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, NoReturn

import typer

from ..analysis.comparability import Figure
from ..analysis.compare import compare
from ..codelists import RegionKind
from ..dataset.dataset import Dataset
from ..units.interval import DEFAULT_TOLERANCE
from .shared import (
    Data,
    Extend,
    Format,
    Indicator,
    Lang,
    Language,
    Output,
    Period,
    Region,
    Tiers,
    app,
    complain,
    loaded,
    nothing,
)

__all__: list[str] = []


class MeasureName(StrEnum):
    """The measures that figures are compared by."""

    VALUE = "value"
    DISTANCE = "distance"
    RATIO = "ratio"
    GROWTH = "growth"


@app.command("compare")
def compare_(
    indicator: Indicator = None,
    region: Region = None,
    end_year: Annotated[int | None, typer.Option(help="Year targets are to be met by.")] = None,
    period: Period = None,
    outcomes: Annotated[
        bool, typer.Option("--outcomes", help="Compare what was observed.")
    ] = False,
    year: Annotated[int | None, typer.Option(help="Year of the outcomes.")] = None,
    vintage: Annotated[str | None, typer.Option(help="Vintage of the outcomes.")] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="No outcomes that governments report themselves.")
    ] = False,
    form: Annotated[str, typer.Option(help="level, average_growth, rank, …")] = "level",
    kind: Annotated[
        RegionKind | None, typer.Option(help="Only regions of a kind; all if not given.")
    ] = None,
    measure: Annotated[MeasureName, typer.Option(help="What is compared.")] = MeasureName.VALUE,
    since: Annotated[int | None, typer.Option(help="Year to start from.")] = None,
    unit: Annotated[str | None, typer.Option(help="Unit of the values.")] = None,
    factor: Annotated[
        str | None, typer.Option(help="Bridge of two bases: '0.52 employed_person/inhabitant'.")
    ] = None,
    tolerance: Annotated[
        str, typer.Option(help="What *about* leaves open, as a share of the value.")
    ] = str(DEFAULT_TOLERANCE),
    tiers: Tiers = "ABC",
    extend: Extend = None,
    data: Data = None,
    output: Output = Format.TABLE,
    lang: Language = Lang.EN,
) -> None:
    """Compare targets, or outcomes, of one indicator across regions."""
    if not indicator:
        _refuse("name an indicator")
    if outcomes and (end_year or period):
        _refuse("--end-year and --period are of targets; outcomes have --year and --vintage")
    if not outcomes and (year or vintage or statistics):
        _refuse("--year, --vintage and --statistics are of outcomes; say --outcomes")
    plans: Dataset = loaded(tiers, extend, data)
    same: dict[str, Any] = {"region": region or None, "indicator": indicator, "form": form}
    found: list[Figure]
    if outcomes:
        own = False if statistics else None
        found = [*plans.observations.where(year=year, vintage=vintage, self_reported=own, **same)]
    else:
        found = [*plans.targets.where(end_year=end_year, period=period or None, **same)]
    found = [each for each in found if kind in {None, each.region.kind}]
    if not found:
        nothing("nothing to compare answers to that")
    result = compare(
        found,
        measure=measure.value,
        plans=plans,
        unit=unit,
        factor=factor,
        since=since,
        tolerance=tolerance,
    )
    if output is Format.JSON:
        typer.echo(result.json())
    elif output is Format.MARKDOWN:
        typer.echo(result.markdown(lang.value))
    else:
        typer.echo(result.text(lang.value))


def _refuse(message: str) -> NoReturn:
    """Say what was asked wrongly, and end with 2."""
    complain(message)
    raise typer.Exit(2)
