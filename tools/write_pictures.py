"""Draw the pictures of the pages: each by the code above it.

Usage: ``python tools/write_pictures.py [--check] [PAGE ...]``

A page's Python blocks are run from its top; where a line holds a picture of ``images/``, the axes
that are then called ``axes`` are written there as SVG, and their description becomes its alt text.
With ``--check`` nothing is written; the exit code says whether the words of every picture, and its
alt text, are as the code makes them. (Places in a picture depend on the fonts of the machine.)
"""

from __future__ import annotations

import contextlib
import re
import sys
import tempfile
from collections.abc import Iterator
from doctest import DocTestParser
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import innovation_plans as ip

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("docs/tutorial.md", "docs/gallery.md", "docs/zh/tutorial.md", "README.zh.md", "README.md")
_PICTURE = re.compile(r"^!\[([^\]]*)\]\(((?:[\w./-]*/)?images/([\w-]+)\.svg)\)$", re.MULTILINE)
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Picture(NamedTuple):
    """A picture of a page: its line, where it belongs, and what the code made."""

    line: str
    link: str
    path: Path
    svg: str
    alt: str

    @property
    def wanted(self) -> str:
        """The line as it should be."""
        return f"![{self.alt}]({self.link})"


def main(arguments: list[str]) -> int:
    """Draw, or with ``--check`` compare."""
    check = "--check" in arguments
    names = [each for each in arguments if not each.startswith("-")] or PAGES
    stale = [fault for name in names for fault in _page(ROOT / name, check=check)]
    for fault in stale:
        print(f"stale: {fault}; run tools/write_pictures.py", file=sys.stderr)
    return 1 if stale else 0


def _page(page: Path, *, check: bool) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    for picture in pictures(text, page):
        if not check:
            picture.path.parent.mkdir(parents=True, exist_ok=True)
            picture.path.write_text(picture.svg, encoding="utf-8", newline="\n")
            text = text.replace(picture.line, picture.wanted)
        elif picture.line != picture.wanted:
            yield f"the alt text of {picture.link} in {page.relative_to(ROOT)}"
        elif not picture.path.exists() or words(picture.path.read_text("utf-8")) != words(
            picture.svg
        ):
            yield str(picture.path.relative_to(ROOT))
    if not check:
        page.write_text(text, encoding="utf-8", newline="\n")


def pictures(text: str, page: Path) -> Iterator[Picture]:
    """The pictures of a page, drawn by the code above them."""
    names: dict[str, Any] = {}
    parts = sorted(
        [*_BLOCK.finditer(text), *_PICTURE.finditer(text)], key=lambda each: each.start()
    )
    if not _PICTURE.search(text):
        return
    for part in parts:
        if part.re is _BLOCK:
            run(part[1], names)
            continue
        name = part[3]
        svg = ip.plots.svg(names["axes"], prefix=f"{name}-")
        alt = re.sub(r"[\[\]\n]", " ", ip.plots.alt_text(names["axes"]))
        path = page.parent / part[2]
        yield Picture(part[0], part[2], path.resolve(), svg + "\n", alt)


def run(block: str, names: dict[str, Any]) -> None:
    """Run a block as a reader would, in a directory of its own; errors that are shown are left out."""
    examples = DocTestParser().get_examples(block) if ">>>" in block else None
    quiet = contextlib.redirect_stdout(StringIO())
    with tempfile.TemporaryDirectory() as room, contextlib.chdir(room), quiet:
        if examples is None:
            exec(block, names)  # noqa: S102 - our own pages
        for example in examples or ():
            if example.exc_msg is None:
                exec(compile(example.source, "<page>", "single"), names)  # noqa: S102


def words(svg: str) -> list[str]:
    """The words of a picture, in the order of drawing."""
    return re.findall(r"<(?:text|title|desc)\b[^>]*>([^<]*)<", svg)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
