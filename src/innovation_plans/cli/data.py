"""The commands about the data themselves: ``verify``, ``editions``, ``diff``, ``cite``.

Read next: nothing; you have seen the house.
"""

from __future__ import annotations

from typing import Annotated

import typer

from ..dataset.cite import CiteStyle
from ..dataset.dataset import Dataset
from ..dataset.editions import editions, verify
from ..errors import MissingError
from .shared import Data, Extend, Format, Indicator, Output, Tiers, app, loaded, nothing

__all__: list[str] = []


@app.command("verify")
def verify_(
    path: Annotated[
        str | None, typer.Argument(help="A directory; nothing for the bundled.")
    ] = None,
    edition: Annotated[
        str | None, typer.Option(help="A bundled edition; nothing for the current one.")
    ] = None,
) -> None:
    """Check the data files against the sha256 sums of their descriptor."""
    files = verify(path, edition=edition)
    typer.echo(f"{len(files)} files are as released")


@app.command("editions")
def editions_() -> None:
    """List the editions of the data that are bundled, the current one last."""
    typer.echo("\n".join(editions()))


@app.command()
def diff(
    older: Annotated[str, typer.Argument(help="An edition, or a directory of data files.")],
    newer: Annotated[
        str | None, typer.Argument(help="The same; nothing for the current edition.")
    ] = None,
    tiers: Tiers = "ABCD",
    output: Output = Format.TABLE,
) -> None:
    """Say which records were added, changed and withdrawn between two datasets, and why."""
    found = loaded(tiers, None, newer).diff(loaded(tiers, None, older))
    typer.echo(found.json() if output is Format.JSON else found.text())


@app.command()
def cite(
    what: Annotated[
        str | None,
        typer.Argument(help="Region, source code or record key; nothing for the dataset."),
    ] = None,
    indicator: Indicator = None,
    style: Annotated[
        CiteStyle, typer.Option(help="How the dataset is cited: en, zh, bibtex or csl-json.")
    ] = "en",
    tiers: Tiers = "ABCD",
    extend: Extend = None,
    data: Data = None,
) -> None:
    """Say where a figure is printed, or how to cite the dataset."""
    plans = loaded(tiers, extend, data)
    lines = [plans.cite(style)] if what is None else _citations(plans, what, indicator)
    if not lines:
        nothing("nothing to cite answers to that")
    typer.echo("\n".join(lines))


def _citations(plans: Dataset, what: str, indicator: list[str] | None) -> list[str]:
    for table in (plans.targets, plans.observations):
        try:
            return [str(table.by_key(what).citation)]
        except MissingError:
            continue
    if what in plans.context.of("source"):
        return [str(plans.context.of("source")[what])]
    found = plans.targets.where(region=what, indicator=indicator or None)
    return [f"{target.key}\n    {target.citation}" for target in found]
