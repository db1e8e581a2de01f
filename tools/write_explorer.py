"""Write the explorer of the bundled edition beside the documentation: the first page of the site.

Usage: ``python tools/write_explorer.py DIRECTORY``
"""

from __future__ import annotations

import sys
from pathlib import Path

import innovation_plans as ip


def main(arguments: list[str]) -> int:
    """Write it."""
    if len(arguments) != 1:
        print("usage: write_explorer.py DIRECTORY", file=sys.stderr)
        return 2
    # The file and not its directory, so that the link works from a disk as from a server.
    ip.explorer.write(ip.load(), Path(arguments[0]), overwrite=True, docs_link="docs/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
