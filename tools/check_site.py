"""Check a built site: nothing is loaded from other sites, files exist, pictures have alt text.

Usage: ``python tools/check_site.py DIRECTORY``

The exit code is 1 if there is an error; each error is one line. ``zensical build --strict`` checks the
anchors of links between its pages.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# The attributes whose files a browser loads together with the page.
LOADING_ATTRIBUTES = {"src", "srcset", "data", "style"}
LOADING_TAGS = {"link", "image", "use"}
NOT_LOADED_RELATIONS = {"canonical", "alternate", "next", "prev", "license"}
_STYLE_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")


class Page(HTMLParser):
    """The addresses in a page, each with its line and whether it is loaded; pictures without alt."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[tuple[int, str, bool]] = []
        self.without_alt: list[int] = []
        self._in_style = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Collect the addresses of a tag."""
        values = {name.removeprefix("xlink:"): value or "" for name, value in attributes}
        self._in_style = tag == "style"
        line = self.getpos()[0]
        if tag == "img" and "alt" not in values:
            self.without_alt.append(line)
        is_loading_tag = tag in LOADING_TAGS and values.get("rel") not in NOT_LOADED_RELATIONS
        for name, value in values.items():
            if name in LOADING_ATTRIBUTES or name == "href":
                loaded = name != "href" or is_loading_tag
                self.addresses += [(line, each, loaded) for each in _addresses(name, value)]

    def handle_data(self, data: str) -> None:
        """Collect the addresses of a style sheet in the page."""
        if self._in_style:
            line = self.getpos()[0]
            self.addresses += [(line, each, True) for each in _addresses("style", data)]

    def handle_endtag(self, tag: str) -> None:
        """End a style sheet."""
        self._in_style = self._in_style and tag != "style"


def _addresses(attribute: str, value: str) -> list[str]:
    if attribute == "style":
        return [first or second for first, second in _STYLE_URL.findall(value)]
    if attribute == "srcset":
        return [part.split()[0] for part in value.split(",") if part.split()]
    return [value]


def main(arguments: list[str]) -> int:
    """Check the site in a directory."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: check_site.py DIRECTORY", file=sys.stderr)
        return 2
    root = Path(arguments[0]).resolve()
    errors = list(check(root))
    print("\n".join(errors), file=sys.stderr, end="\n" if errors else "")
    pages = sum(1 for _ in root.rglob("*.html"))
    print(f"{pages} pages, {len(errors)} errors")
    return 1 if errors or not pages else 0


def check(root: Path) -> Iterator[str]:
    """Yield every error in the pages and style sheets of a directory."""
    for path in sorted(root.rglob("*.html")):
        page, name = Page(path.read_text(encoding="utf-8")), path.relative_to(root)
        for line, address, loaded in page.addresses:
            # The server shows 404.html at any depth, so its links are absolute.
            is_absolute_404 = path.name == "404.html" and address.startswith("/")
            problem = "" if is_absolute_404 else _problem(address, path, root, loaded=loaded)
            if problem:
                yield f"{name}:{line}: {address[:200]}: {problem}"
        yield from (f"{name}:{line}: picture without alt text" for line in page.without_alt)
    for path in sorted(root.rglob("*.css")):
        for address in _addresses("style", path.read_text(encoding="utf-8")):
            problem = _problem(address, path, root, loaded=True)
            if problem:
                yield f"{path.relative_to(root)}: {address[:200]}: {problem}"


def _problem(address: str, page: Path, root: Path, *, loaded: bool) -> str:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        allowed = {"data"} if loaded else {"http", "https", "mailto"}
        return (
            ""
            if parts.scheme in allowed
            else "loaded from elsewhere"
            if loaded
            else "unknown kind of link"
        )
    if parts.path.startswith("/"):
        return "an absolute path, which depends on the address of the site"
    file = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    file = file / "index.html" if file.is_dir() else file
    exists = file.is_relative_to(root) and file.is_file()
    return "" if exists else "no such file in the site"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
