"""Convert a notebook to a page of the site: its text, its code and its outputs.

``site_pages.py`` uses this module.
"""

from __future__ import annotations

import json
from typing import Any


def markdown_of(notebook: str) -> str:
    """Return the cells of a notebook as Markdown."""
    cells = json.loads(notebook)["cells"]
    return "\n\n".join(_cell(cell) for cell in cells) + "\n"


def _cell(cell: dict[str, Any]) -> str:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return source
    outputs = [_output(output) for output in cell["outputs"]]
    return "\n\n".join([f"```python\n{source}\n```", *(text for text in outputs if text)])


def _output(output: dict[str, Any]) -> str:
    """Return the output as HTML, else as a picture, else as text."""
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
