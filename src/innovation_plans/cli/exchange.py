"""The command ``export``: a dataset written for other programs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ..dataset.dataset import Dataset
from ..dataset.load import load
from .shared import Region, Tiers, app, complain, shown

__all__: list[str] = []


@app.command()
def export(
    out: Annotated[str, typer.Argument(help="File or directory to write.")],
    output: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="csv, jsonl, parquet, excel, datapackage, sdmx-csv; "
            "by the ending of OUT if not given.",
        ),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace what an earlier export wrote.")
    ] = False,
    region: Region = None,
    extend: Annotated[
        list[str] | None, typer.Option(help="Directory of further data; may be repeated.")
    ] = None,
    tiers: Tiers = "ABC",
) -> None:
    """Write the dataset for other programs; exact, with its own units."""
    plans: Dataset[Any, Any, Any, Any] = load(tiers=tiers)
    for path in extend or ():
        plans = plans.extend(path)
    if region:
        plans = plans.subset(region)
    done = plans.write(out, format=output, overwrite=overwrite)
    counted = ", ".join(f"{count} {table}" for table, count in done.records.items())
    typer.echo(f"{shown(done.path)} ({done.format}): {counted}")
    for loss in done.losses:
        complain(f"{done.format} does not hold {loss}")
