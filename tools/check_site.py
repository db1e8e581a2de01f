"""Check a built site: every link, anchor and picture of it leads somewhere, and none leaves for more.

Usage: ``python tools/check_site.py DIRECTORY``

Nothing is fetched. Links to other sites are not followed; but no page may load anything (script,
style, picture, font, frame) from elsewhere. Exit code 1, with a line a fault, where something is
wrong.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

# What is fetched with the page, and by which attribute.
LOADED = {
    ("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"),
    ("audio", "src"), ("embed", "src"), ("object", "data"), ("image", "href"), ("use", "href"),
    ("img", "srcset"), ("source", "srcset"),
}  # fmt: skip
LOADED_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "manifest"}
_STYLE_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")


class Link(NamedTuple):
    """Where a page points to, and whether it is loaded with the page."""

    target: str
    loaded: bool
    line: int


class Reader(HTMLParser):
    """The links of a page, the places that can be pointed to, and pictures without words."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self.anchors: set[str] = set()
        self.wordless: list[int] = []
        self._style = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what the tag points to and what points to it."""
        found = {name: value or "" for name, value in attributes}
        self.anchors |= {found[name] for name in ("id", "name") if found.get(name)}
        self._style = tag == "style"
        if tag == "img" and "alt" not in found:
            self.wordless.append(self.getpos()[0])
        for name, value in found.items():
            self._note(tag, name, value, found.get("rel", ""))

    def handle_data(self, data: str) -> None:
        """Note what a style sheet inside the page loads."""
        if self._style:
            self._urls(data)

    def handle_endtag(self, tag: str) -> None:
        """A style sheet ends with its tag."""
        self._style = self._style and tag != "style"

    def _note(self, tag: str, name: str, value: str, relation: str) -> None:
        line = self.getpos()[0]
        bare = name.removeprefix("xlink:")
        if name == "style":
            self._urls(value)
        elif bare == "srcset":
            targets = (part.split()[0] for part in value.split(",") if part.split())
            self.links += [Link(target, loaded=True, line=line) for target in targets]
        elif (tag, bare) in LOADED:
            self.links.append(Link(value, loaded=True, line=line))
        elif bare == "href":
            loaded = tag == "link" and bool(LOADED_RELATIONS & set(relation.split()))
            self.links.append(Link(value, loaded=loaded, line=line))

    def _urls(self, style: str) -> None:
        for first, second in _STYLE_URL.findall(style):
            self.links.append(Link(first or second, loaded=True, line=self.getpos()[0]))


def main(arguments: list[str]) -> int:
    """Check the site in a directory."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: check_site.py DIRECTORY, which must be there", file=sys.stderr)
        return 2
    root = Path(arguments[0]).resolve()
    faults = list(check(root))
    for fault in faults:
        print(fault, file=sys.stderr)
    pages = sum(1 for _ in root.rglob("*.html"))
    print(
        f"{pages} pages, {len(faults)} faults" if faults else f"{pages} pages: every link leads on"
    )
    return 1 if faults or not pages else 0


def check(root: Path) -> Iterator[str]:
    """Every fault of the pages and style sheets below a directory."""
    read = {path: Reader(path.read_text(encoding="utf-8")) for path in sorted(root.rglob("*.html"))}
    anchors = {path: found.anchors for path, found in read.items()}
    for path, found in read.items():
        for link in found.links:
            # The page for what is not found may be shown at any depth, so its links are absolute.
            if path.name == "404.html" and link.target.startswith("/"):
                continue
            problem = _problem(link, path, root, anchors)
            if problem:
                yield f"{path.relative_to(root)}:{link.line}: {link.target[:200]}: {problem}"
        for line in found.wordless:
            yield f"{path.relative_to(root)}:{line}: a picture without alt text"
    for path in sorted(root.rglob("*.css")):
        for first, second in _STYLE_URL.findall(path.read_text(encoding="utf-8")):
            problem = _problem(Link(first or second, loaded=True, line=0), path, root, anchors)
            if problem:
                yield f"{path.relative_to(root)}: {(first or second)[:200]}: {problem}"


def _problem(link: Link, page: Path, root: Path, anchors: dict[Path, set[str]]) -> str:
    parts = urlsplit(link.target)
    if parts.scheme or parts.netloc:
        if link.loaded:
            return "" if parts.scheme == "data" else "loaded from elsewhere"
        return "" if parts.scheme in {"http", "https", "mailto"} else "a link of an odd kind"
    if parts.path.startswith("/"):
        return "an absolute path, which depends on where the site is put"
    place = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    place = place / "index.html" if place.is_dir() else place
    if not place.is_relative_to(root) or not place.is_file():
        return "no such file in the site"
    wanted = unquote(parts.fragment)
    known = anchors.get(place)
    missing = wanted and known is not None and wanted not in known
    return "no such place in the page" if missing else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
