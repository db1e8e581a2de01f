"""``python -m innovation_plans`` and the console script.

Without the extra ``cli``, it prints how to install it.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper


def main() -> int:
    """Run the command line and return the exit code."""
    try:
        import typer  # noqa: F401 - a missing typer gives a message, not a traceback
    except ImportError:
        from .errors import MissingExtraError

        print(f"innovation-plans: {MissingExtraError(extra='cli', needs='typer')}", file=sys.stderr)
        return 2
    from .cli import run

    _escape_unprintable()
    try:
        code = run()
        sys.stdout.flush()
    except OSError as error:  # of the output; files have an error of their own
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # discard further output
        problem = (error.strerror or str(error)).lower()
        print(f"innovation-plans: cannot print the output: {problem}", file=sys.stderr)
        return 2
    return code


def _escape_unprintable() -> None:
    """Print escapes instead of characters that the console cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors in {"strict", "surrogateescape"}:
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
