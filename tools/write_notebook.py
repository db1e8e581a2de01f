"""Write ``docs/notebooks/first-look.ipynb`` from its Markdown, run, with what its cells show.

Usage: ``python tools/write_notebook.py [--check]``

The outputs are kept in the file, so that it reads where nothing is run. With ``--check`` nothing is
written; the exit code says whether running it gives what the file holds.
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
SECONDS_A_CELL = 300


def main(arguments: list[str]) -> int:
    """Write the notebook, or with ``--check`` compare it."""
    text = nbformat.writes(executed(notebook())) + "\n"
    if "--check" not in arguments:
        NOTEBOOK.parent.mkdir(parents=True, exist_ok=True)
        NOTEBOOK.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if not NOTEBOOK.exists() or essence(NOTEBOOK.read_text(encoding="utf-8")) != essence(text):
        print(f"stale: {NOTEBOOK.name}; run tools/write_notebook.py", file=sys.stderr)
        return 1
    return 0


def notebook() -> Any:
    """The cells of the source, not run yet."""
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
    """The notebook with what its cells show; an error in a cell is an error here."""
    client = NotebookClient(
        book, timeout=SECONDS_A_CELL, kernel_name="python3", record_timing=False
    )
    client.execute()
    book.metadata["language_info"] = {"name": "python"}
    return book


def essence(text: str) -> list[tuple[str, str, list[str]]]:
    """Cells and the words that they show: places in a picture depend on the machine's fonts."""
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
