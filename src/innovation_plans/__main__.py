"""``python -m innovation_plans`` and the console script.

Without the extra ``cli``, it prints how to install it.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from io import TextIOWrapper
from pathlib import Path

# A command creates more than 100,000 objects that it keeps until it ends: to look through them for
# garbage takes a seventh of its time.
_OBJECTS_BETWEEN_COLLECTIONS = 500_000


def main() -> int:
    """Run the command line and return the exit code; an interrupted one leaves no files."""
    try:
        signal.signal(signal.SIGTERM, _terminated)
        return _main()
    except KeyboardInterrupt:
        return _stopped("interrupted", 128 + signal.SIGINT)
    except SystemExit as stop:  # of SIGTERM, while nothing else waits for it
        return stop.code if isinstance(stop.code, int) else 1


def _main() -> int:
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end
    if sys.stdout is None:
        return _stopped("cannot print the output: the standard output is closed", 2)
    try:
        import typer  # noqa: F401 - a missing typer gives a message, not a traceback
    except ImportError:
        from .errors import MissingExtraError

        return _stopped(str(MissingExtraError(extra="cli", needs="typer")), 2)
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from .cli import run

    _escape_unprintable()
    try:
        code = run()
        sys.stdout.flush()
    except OSError as error:  # of the output; files have an error of their own
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # discard further output
        problem = (error.strerror or str(error)).lower()
        return _stopped(f"cannot print the output: {problem}", 2)
    return code


def _terminated(*_: object) -> None:
    """Stop as after an error, so that files that are being written are removed."""
    sys.exit(128 + signal.SIGTERM)


def _stopped(message: str, code: int) -> int:
    print(f"innovation-plans: {message}", file=sys.stderr)
    return code


def _escape_unprintable() -> None:
    """Print escapes instead of characters that the console cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors in {"strict", "surrogateescape"}:
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
