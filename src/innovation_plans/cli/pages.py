"""The commands that write pages: ``report`` and ``explorer``."""

from __future__ import annotations

from typing import Annotated

import typer

from .. import report
from ..report import explorer
from .shared import Data, Extend, Lang, Language, Tiers, app, loaded, shown

__all__: list[str] = []

Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what stands there.")]


@app.command("report")
def report_(
    output: Annotated[str, typer.Option("--output", "-o", help="The HTML file to write.")],
    region: Annotated[str | None, typer.Option(help="Code or name of a region.")] = None,
    indicator: Annotated[str | None, typer.Option(help="Code or name of an indicator.")] = None,
    tiers: Tiers = "ABC",
    extend: Extend = None,
    data: Data = None,
    lang: Language = Lang.EN,
    overwrite: Overwrite = False,
) -> None:
    """Write one region or one indicator as a page that needs no network."""
    plans = loaded(tiers, extend, data)
    made = report.write(
        plans, output, region=region, indicator=indicator, lang=lang.value, overwrite=overwrite
    )
    typer.echo(shown(made))


@app.command("explorer")
def explorer_(
    output: Annotated[str, typer.Option("--output", "-o", help="The directory to write into.")],
    reports: Annotated[
        bool, typer.Option("--reports", help="Write the report on each region too.")
    ] = False,
    docs_link: Annotated[
        str, typer.Option(help="Where the documentation is, to link to: docs/, https://….")
    ] = "",
    tiers: Tiers = "ABC",
    extend: Extend = None,
    data: Data = None,
    lang: Language = Lang.EN,
    overwrite: Overwrite = False,
) -> None:
    """Write the whole dataset as a page with a map, a scorecard and a search."""
    made = explorer.write(
        loaded(tiers, extend, data),
        output,
        lang=lang.value,
        overwrite=overwrite,
        reports=reports,
        docs_link=docs_link,
    )
    typer.echo(shown(made))
