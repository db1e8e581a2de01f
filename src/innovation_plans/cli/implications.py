"""The commands about what figures imply: ``derive``, ``cross-check``."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from ..analysis.cross_check import cross_check
from ..analysis.derive import derive
from ..analysis.operands import Assumption
from ..codelists import Form
from ..dataset.dataset import Dataset
from ..dataset.results import Results
from ..errors import FigureError
from ..units.decimals import exact
from .shared import (
    Data,
    Extend,
    Format,
    Lang,
    Language,
    Output,
    Period,
    Region,
    Tiers,
    app,
    loaded,
    nothing,
)

__all__: list[str] = []

_ASSUMED = re.compile(r"(.+) (?:([0-9]{4})-)?([0-9]{4}) ([0-9.-]+) (\S+)")

Assume = Annotated[
    list[str] | None,
    typer.Option(
        help="A figure of your own: 'gdp 2025 63000 亿元' or 'gdp 2021-2025 5.5 percent_per_year'; "
        "may be repeated. It takes the place of what is known."
    ),
]
Vintage = Annotated[list[str] | None, typer.Option(help="Vintage of statistics; may be repeated.")]


@app.command("derive")
def derive_(
    indicator: Annotated[str, typer.Argument(help="Code or name of an indicator.")],
    region: Annotated[str, typer.Option(help="Code or name of a region.")],
    year: Annotated[int, typer.Option(help="Year of the value.")],
    period: Period = None,
    vintage: Vintage = None,
    assume: Assume = None,
    tiers: Tiers = "ABC",
    extend: Extend = None,
    data: Data = None,
    output: Output = Format.TABLE,
    lang: Language = Lang.EN,
) -> None:
    """Say what targets and statistics imply for a value that no text prints."""
    plans = loaded(tiers, extend, data)
    found = derive(
        plans,
        indicator,
        region=region,
        year=year,
        period=period or None,
        vintage=vintage,
        assume=_assumptions(plans, region, assume),
    )
    if not found:
        nothing(
            f"nothing that is known of {plans.region(region).name_en} implies "
            f"{plans.indicator(indicator).code} of {year}; --assume what is missing"
        )
    _put(found, output, lang)


@app.command("cross-check")
def cross_check_(
    region: Region = None,
    period: Period = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show what agrees or only stands, too.")
    ] = False,
    tolerance: Annotated[str, typer.Option(help="Share of a value: 0.02 is two percent.")] = "0.02",
    vintage: Vintage = None,
    tiers: Tiers = "ABC",
    extend: Extend = None,
    data: Data = None,
    output: Output = Format.TABLE,
    lang: Language = Lang.EN,
) -> None:
    """Hold the targets of a region and period against one another and against arithmetic."""
    found = cross_check(
        loaded(tiers, extend, data),
        region=region or None,
        period=period or None,
        tolerance=tolerance,
        vintage=vintage,
    )
    if not found:
        nothing("no two figures there speak of one thing")
    shown = found if everything else found.disagreements()
    if output is Format.TABLE and not everything:
        table = f"{shown.sheet(lang.value).text()}\n\n" if shown else ""
        typer.echo(table + found.summary(lang.value))
    else:
        _put(shown, output, lang)


def _put(found: Results[Any], output: Format, lang: Lang) -> None:
    if output is Format.JSON:
        typer.echo(found.json())
    elif output is Format.MARKDOWN:
        typer.echo(found.sheet(lang.value).text("markdown"))
    else:
        typer.echo(found.text(lang.value))


def _assumptions(plans: Dataset, region: str, texts: list[str] | None) -> list[Assumption]:
    return [_assumption(plans, region, text) for text in texts or ()]


def _assumption(plans: Dataset, region: str, text: str) -> Assumption:
    """An assumption from its four words: indicator, year or years, number, unit."""
    found = _ASSUMED.fullmatch(text[:400])
    if found is None:
        raise FigureError(text=text, position=0, expected="as in 'gdp 2025 63000 亿元'")
    indicator, start, year, value, unit = found.groups()
    token = plans.context.units.unit(unit).name
    form = Form.LEVEL
    if token == "percent_per_year":
        form = Form.AVERAGE_GROWTH if start else Form.ANNUAL_GROWTH
    return Assumption(
        indicator=plans.indicator(indicator).code,
        region=region,
        year=int(year),
        start_year=int(start) if start else None,
        value=exact(value),
        unit=token,
        form=form,
    )
