"""The commands about data of one's own: ``check``, ``new``."""

from __future__ import annotations

from shlex import quote
from typing import Annotated

import typer

from ..checks.check import check
from ..checks.template import write_template
from .shared import Format, Output, app, put, shown

__all__: list[str] = []

Alone = Annotated[
    bool,
    typer.Option("--alone", help="A dataset of its own, which extends nothing."),
]


@app.command("check")
def check_(
    path: Annotated[str, typer.Argument(help="A directory, or an installed dataset.")],
    alone: Alone = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail, too.")] = False,
    output: Output = Format.TABLE,
) -> None:
    """Check data of your own: every fault with file, line and column.

    Exit codes: 0 fit for use, 1 errors (or warnings with --strict), 2 nothing to check there.
    """
    report = check(path, alone=alone)
    if output is Format.JSON:
        typer.echo(report.json())
    elif output is Format.MARKDOWN:
        if report:
            put(report.sheet(), output)
            typer.echo("")
        typer.echo(report.summary())
    else:
        typer.echo(report.text())
    if not report.passes(strict=strict):
        raise typer.Exit(1)


@app.command("new")
def new_(
    path: Annotated[str, typer.Argument(help="A directory that is not there yet, or empty.")],
    alone: Alone = False,
) -> None:
    """Begin data of your own: a directory with a worked example, to be replaced row by row."""
    names = write_template(path, alone=alone)
    typer.echo(f"{shown(path)}: {', '.join(names)}")
    typer.echo(f"next: innovation-plans check {quote(shown(path))}{' --alone' if alone else ''}")
