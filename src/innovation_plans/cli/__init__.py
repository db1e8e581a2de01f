"""The command line, with the words of the library.

Exit codes: 0 success, 1 nothing to print or errors in the data, 2 wrong input (a message on stderr, no
traceback).
"""

from __future__ import annotations

import warnings

from ..errors import DataErrors, InnovationPlansError, InnovationPlansWarning

# The order of these modules, and of the commands in each, is that of the commands in --help.
from . import analysis, data
from .options import app, print_error
from .wording import in_options

__all__ = ["app", "run"]

_COMMANDS = (analysis, data)  # importing a module adds its commands to the program


def run(arguments: list[str] | None = None) -> int:
    """Run a command line and return its exit code; a warning is one line on stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", InnovationPlansWarning)
        warnings.showwarning = lambda message, *_: print_error(in_options(str(message)))
        return _run(arguments)


def _run(arguments: list[str] | None) -> int:
    try:
        app(args=arguments, prog_name="innovation-plans")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except DataErrors as errors:
        for problem in (*errors.exceptions, *getattr(errors, "__notes__", ())):
            print_error(in_options(str(problem)))
        return 2
    except InnovationPlansError as error:
        print_error(in_options(str(error)))
        return 2
    return 0
