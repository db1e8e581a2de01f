"""The commands about targets and verdicts: ``scorecard``, ``assess``, ``show``, ``coverage``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from ..analysis.coverage import coverage
from ..analysis.scorecard import scorecard
from ..dataset.display import target_sheet
from ..records import Target
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
    put,
)

__all__: list[str] = []

_LONG = 200  # targets


@app.command("scorecard")
def scorecard_(
    region: Region = None,
    indicator: Indicator = None,
    period: Period = None,
    tiers: Tiers = "ABC",
    extend: Extend = None,
    data: Data = None,
    pace: Annotated[str, typer.Option(help="Pace method for targets not yet due.")] = "linear",
    vintage: Annotated[str | None, typer.Option(help="Vintage of statistics.")] = None,
    output: Output = Format.TABLE,
    lang: Language = Lang.EN,
) -> None:
    """Hold targets against their latest outcomes."""
    card = scorecard(
        loaded(tiers, extend, data),
        region=region or None,
        indicator=indicator or None,
        period=period or None,
        pace=pace,
        vintage=vintage,
        progress=_watched,
    )
    if not card:
        nothing("no target answers to that")
    if output is Format.JSON:
        typer.echo(card.json())
    elif output is Format.MARKDOWN:
        typer.echo(card.sheet(lang.value).text("markdown"))
    else:
        typer.echo(card.text(lang.value))


@app.command("assess")
def assess_(
    region: Region = None,
    indicator: Indicator = None,
    period: Period = None,
    tiers: Tiers = "ABC",
    extend: Extend = None,
    data: Data = None,
    pace: Annotated[str, typer.Option(help="Pace method for targets not yet due.")] = "linear",
    threshold: Annotated[str, typer.Option(help="Share of the required pace.")] = "0.95",
    tolerance: Annotated[str, typer.Option(help="What *about* allows, as a share.")] = "0.02",
    vintage: Annotated[str | None, typer.Option(help="Vintage of statistics.")] = None,
    output: Output = Format.TABLE,
    lang: Language = Lang.EN,
) -> None:
    """Explain the verdict on each target, with its method, caveats and inputs."""
    card = scorecard(
        loaded(tiers, extend, data),
        region=region or None,
        indicator=indicator or None,
        period=period or None,
        pace=pace,
        threshold=threshold,
        tolerance=tolerance,
        vintage=vintage,
        progress=_watched,
    )
    if not card:
        nothing("no target answers to that")
    if output is Format.JSON:
        typer.echo(card.json())
        return
    mark = "- " if output is Format.MARKDOWN else ""
    typer.echo("\n\n".join(mark + each.explain(lang.value) for each in card))


@app.command()
def show(
    region: Annotated[str, typer.Argument(help="Code or name of a region.")],
    period: Period = None,
    tiers: Tiers = "ABC",
    extend: Extend = None,
    data: Data = None,
    output: Output = Format.TABLE,
    lang: Language = Lang.EN,
) -> None:
    """Show what a region plans, and where it is printed."""
    plans = loaded(tiers, extend, data)
    found = plans.region(region)
    targets = plans.targets.where(region=found.code, period=period or None)
    goals = [] if period else plans.goals.where(region=found.code)
    outcomes = plans.observations.where(region=found.code).filter(lambda each: not each.vintage)
    if not targets and not goals and not outcomes:
        nothing(f"nothing is known of {found.name_en} here")
    if output is Format.JSON:
        typer.echo("[" + ",\n".join(each.model_dump_json() for each in targets) + "]")
        return
    typer.echo(f"{found.name_zh} {found.name_en} ({found.code})\n")
    put(target_sheet(targets, lang.value), output)
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
    extend: Extend = None,
    data: Data = None,
    output: Output = Format.TABLE,
    lang: Language = Lang.EN,
) -> None:
    """Say what is stated, not stated and not read; published and not published."""
    if not indicator:
        complain("name an indicator: the matrix of all of them has thousands of columns")
        raise typer.Exit(2)
    cells = coverage(
        loaded(tiers, extend, data),
        region=region or None,
        indicator=indicator,
        period=period or None,
    )
    if output is Format.JSON:
        typer.echo("[" + ",\n".join(cell.model_dump_json() for cell in cells) + "]")
    elif output is Format.MARKDOWN:
        typer.echo(cells.sheet(lang.value).text("markdown"))
    else:
        typer.echo(cells.text(lang.value))


def _watched(targets: Sequence[Target]) -> Iterable[Target]:
    """A progress bar on stderr, where the work is long and somebody watches."""
    if len(targets) < _LONG or not sys.stderr.isatty():
        return targets
    from rich.console import Console
    from rich.progress import track

    return track(targets, "assessing", console=Console(stderr=True), transient=True)
