"""Draw the pictures of the documentation pages with the code above each picture.

Usage: ``python tools/write_pictures.py [--check] [PAGE ...]``

The tool runs the Python blocks of a page in order. At a line with a picture in ``images/``, it writes
the current ``picture``, or else ``axes``, as SVG and its description as the alt text. With ``--check``
nothing is written; the exit code is 1 if the words of a picture or its alt text differ. (Positions in a
picture depend on the fonts of the machine, so they are not compared.)
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
    """A picture of a page: its line and link, its file, and the SVG and alt text of the code."""

    line: str
    link: str
    path: Path
    svg: str
    alt: str

    @property
    def expected(self) -> str:
        """The line with the alt text of the code."""
        return f"![{self.alt}]({self.link})"


def main(arguments: list[str]) -> int:
    """Draw the pictures, or compare them with ``--check``."""
    check = "--check" in arguments
    names = [each for each in arguments if not each.startswith("-")] or PAGES
    stale = [problem for name in names for problem in _page(ROOT / name, check=check)]
    for problem in stale:
        print(f"stale: {problem}; run tools/write_pictures.py", file=sys.stderr)
    return 1 if stale else 0


def _page(page: Path, *, check: bool) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    for picture in pictures(text, page):
        if not check:
            picture.path.parent.mkdir(parents=True, exist_ok=True)
            picture.path.write_text(picture.svg, encoding="utf-8", newline="\n")
            text = text.replace(picture.line, picture.expected)
        elif picture.line != picture.expected:
            yield f"the alt text of {picture.link} in {page.relative_to(ROOT)}"
        elif not picture.path.exists() or words(picture.path.read_text("utf-8")) != words(
            picture.svg
        ):
            yield str(picture.path.relative_to(ROOT))
    if not check:
        page.write_text(text, encoding="utf-8", newline="\n")


def pictures(text: str, page: Path) -> Iterator[Picture]:
    """Yield the pictures of a page, drawn by the code above them."""
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
        drawn = names["picture"] if "picture" in names else names["axes"]
        svg = ip.plots.svg(drawn, prefix=f"{name}-")
        alt = re.sub(r"[\[\]\n]", " ", ip.plots.alt_text(drawn))
        path = page.parent / part[2]
        yield Picture(part[0], part[2], path.resolve(), svg + "\n", alt)


def run(block: str, names: dict[str, Any]) -> None:
    """Run a block in a temporary directory, except examples that show an error."""
    examples = DocTestParser().get_examples(block) if ">>>" in block else None
    quiet = contextlib.redirect_stdout(StringIO())
    with tempfile.TemporaryDirectory() as directory, contextlib.chdir(directory), quiet:
        if examples is None:
            exec(block, names)  # noqa: S102 - pages of this repository
        for example in examples or ():
            if example.exc_msg is None:
                exec(compile(example.source, "<page>", "single"), names)  # noqa: S102


def words(svg: str) -> list[str]:
    """Return the texts of a picture, in the order of drawing."""
    return re.findall(r"<(?:text|title|desc)\b[^>]*>([^<]*)<", svg)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
