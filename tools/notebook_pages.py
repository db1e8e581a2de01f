"""A notebook as a page of the site: its prose, its code, and what the code showed.

Used by ``docs_hooks.py``.
"""

from __future__ import annotations

import json
from typing import Any

__all__ = ["markdown_of"]


def markdown_of(notebook: str) -> str:
    """The cells of a notebook in Markdown."""
    cells = json.loads(notebook)["cells"]
    return "\n\n".join(_cell(cell) for cell in cells) + "\n"


def _cell(cell: dict[str, Any]) -> str:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return source
    shown = [_output(each) for each in cell["outputs"]]
    return "\n\n".join([f"```python\n{source}\n```", *(each for each in shown if each)])


def _output(output: dict[str, Any]) -> str:
    """The richest form that a page can hold: HTML, then a picture, then text."""
    if output["output_type"] == "stream":
        return _text("".join(output["text"]))
    data = output.get("data", {})
    for kind in ("text/html", "image/svg+xml"):
        if kind in data:
            lines = "".join(data[kind]).splitlines()
            inner = "\n".join(line for line in lines if line.strip())
            return f'<div class="cell-output">\n{inner}\n</div>'
    return _text("".join(data.get("text/plain", "")))


def _text(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```" if text.strip() else ""
