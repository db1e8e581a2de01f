"""The command line, which says the same words as the library.

Exit codes: 0 done, 1 nothing found or data at fault, 2 bad input (message on stderr, no traceback). Each module
adds its commands to the program in ``shared.py``.
"""

from __future__ import annotations

from ..errors import DataErrors, InnovationPlansError
from .shared import app, complain

# The order of these imports is that of the commands in --help.
# isort: off
from . import verdicts
from . import compare
from . import implications
from . import figures
from . import check
from . import exchange
from . import pages
from . import data
# isort: on


__all__ = ["app", "run"]

_COMMANDS = (
    verdicts,
    compare,
    implications,
    figures,
    check,
    exchange,
    pages,
    data,
)  # importing them is what adds their commands


def run(arguments: list[str] | None = None) -> int:
    """Run a command line; the exit code."""
    try:
        app(args=arguments, prog_name="innovation-plans")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except DataErrors as faults:
        for fault in faults.exceptions:
            complain(str(fault))
        return 2
    except InnovationPlansError as error:
        complain(str(error))
        return 2
    return 0
