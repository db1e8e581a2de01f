"""Floor 10: the commands about the data themselves: ``verify``, ``cite``.

Read next: nothing; you have seen the house.
"""

from __future__ import annotations

from typing import Annotated

import typer

from ..dataset import Dataset
from ..errors import MissingError
from ..verification import verify
from .shared import Data, Extend, Indicator, Tiers, app, loaded, nothing

__all__: list[str] = []


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
    extend: Extend = None,
    data: Data = None,
) -> None:
    """Say where a figure is printed, or how to cite the dataset."""
    plans = loaded(tiers, extend, data)
    lines = _citations(plans, what, indicator)
    if not lines:
        nothing("nothing to cite answers to that")
    typer.echo("\n".join(lines))


def _citations(plans: Dataset, what: str | None, indicator: list[str] | None) -> list[str]:
    if what is None:
        from .. import __version__

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
