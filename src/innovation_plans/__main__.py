"""``python -m innovation_plans`` and the console script.

The command line needs the extra ``cli``; without it, this says so.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper


def main() -> int:
    """Run the command line; the exit code."""
    try:
        import typer  # noqa: F401 - asked for here, so that its absence is said in one line
    except ImportError:
        from .errors import MissingExtraError

        print(f"innovation-plans: {MissingExtraError(extra='cli', needs='typer')}", file=sys.stderr)
        return 2
    from .cli import run

    _spell_what_can_be_spelt()
    try:
        code = run()
        sys.stdout.flush()
    except OSError as error:  # of what is printed: files have an error of their own
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more goes there
        problem = (error.strerror or str(error)).lower()
        print(f"innovation-plans: cannot print the answer: {problem}", file=sys.stderr)
        return 2
    return code


def _spell_what_can_be_spelt() -> None:
    """Let a console that knows no Chinese show what it can, and the rest by numbers."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors in {"strict", "surrogateescape"}:
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
