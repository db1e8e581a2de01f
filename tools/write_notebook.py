"""Write ``docs/notebooks/first-look.ipynb`` from its Markdown source, with the output of its cells.

Usage: ``python tools/write_notebook.py [--check]``

The file contains the outputs, so it can be read without running it. With ``--check`` nothing is
written; the exit code is 1 if the outputs differ from those in the file.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tools" / "notebooks" / "first-look.md"
NOTEBOOK = ROOT / "docs" / "notebooks" / "first-look.ipynb"
SECONDS_PER_CELL = 300


def main(arguments: list[str]) -> int:
    """Write the notebook, or compare it with ``--check``."""
    text = nbformat.writes(executed(notebook())) + "\n"
    if "--check" not in arguments:
        NOTEBOOK.parent.mkdir(parents=True, exist_ok=True)
        NOTEBOOK.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if not NOTEBOOK.exists() or comparable(NOTEBOOK.read_text(encoding="utf-8")) != comparable(
        text
    ):
        print(f"stale: {NOTEBOOK.name}; run tools/write_notebook.py", file=sys.stderr)
        return 1
    return 0


def notebook() -> Any:
    """Return the notebook of the source, without outputs."""
    cells: list[Any] = []
    parts = re.split(
        r"^```python\n(.*?)^```$",
        SOURCE.read_text(encoding="utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
    for at, part in enumerate(parts):
        make = nbformat.v4.new_code_cell if at % 2 else nbformat.v4.new_markdown_cell
        if part.strip():
            cells.append(make(part.strip(), id=f"cell-{len(cells) + 1}"))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def executed(book: Any) -> Any:
    """Return the notebook with the outputs of its cells; raise if a cell raises."""
    client = NotebookClient(
        book, timeout=SECONDS_PER_CELL, kernel_name="python3", record_timing=False
    )
    client.execute()
    book.metadata["language_info"] = {"name": "python"}
    return book


def comparable(text: str) -> list[tuple[str, str, list[str]]]:
    """Return the cells and the words of their outputs, without positions, which depend on fonts."""
    return [
        (cell.cell_type, cell.source, [_words(each) for each in cell.get("outputs", ())])
        for cell in nbformat.reads(text, as_version=4).cells
    ]


def _words(output: Any) -> str:
    data = output.get("data", {})
    if "image/svg+xml" in data:
        return "\n".join(re.findall(r"<(?:text|title|desc)\b[^>]*>([^<]*)<", data["image/svg+xml"]))
    text = data.get("text/html") or data.get("text/plain") or output.get("text", "")
    return re.sub(r"0x[0-9a-f]+", "0x", str(text))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
