"""Write the Python examples of the README, the tutorials and the guides as modules for type checkers.

``python tools/write_doc_blocks.py build/doc_blocks``; ``make check`` runs mypy --strict on them without
a plug-in. An example that raises an error on purpose is left out.
"""

from __future__ import annotations

import re
import sys
from doctest import DocTestParser
from pathlib import Path

PAGES = ("README*.md", "docs/tutorial.md", "docs/zh/*.md", "docs/how-to/*.md")


def main(arguments: list[str]) -> int:
    """Write the modules into a directory."""
    (folder,) = map(Path, arguments)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.py"):
        old.unlink()
    for page in sorted(path for pattern in PAGES for path in Path().glob(pattern)):
        examples = DocTestParser().get_examples(page.read_text(encoding="utf-8"))
        lines = [example.source for example in examples if example.exc_msg is None]
        if lines:
            name = re.sub(r"\W+", "_", str(page.with_suffix("")))
            (folder / f"{name}.py").write_text("".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
