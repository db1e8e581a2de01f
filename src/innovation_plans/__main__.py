"""``python -m innovation_plans`` and the console script.

The command line needs the extra ``cli``; without it, this says so.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; the exit code."""
    try:
        import typer  # noqa: F401 - asked for here, so that its absence is said in one line
    except ImportError:
        from .errors import MissingExtraError

        print(f"innovation-plans: {MissingExtraError(extra='cli', needs='typer')}", file=sys.stderr)
        return 2
    from .cli import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
