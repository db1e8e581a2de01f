"""Pages of the repository as pages of the site: which they are, and where their links lead there.

A link that leaves ``docs/`` (to the README, the changelog, the data's README) is right in the
repository; on the site, the page it leads to is a page too, and the link is turned to it.
Used by ``docs_hooks.py``; needs nothing but Python.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from pathlib import Path

__all__ = ["PAGES", "ROOT", "home_of", "sessions", "turned"]

ROOT = Path(__file__).resolve().parent.parent
# Files of the repository that are pages of the site.
PAGES = {
    "README.md": "project/readme.md",
    "README.zh.md": "project/readme-zh.md",
    "CHANGELOG.md": "project/changelog.md",
    "SECURITY.md": "project/security.md",
    "LICENSE": "project/licence.md",
    "LICENSE-DATA": "project/licence-data.md",
    "src/innovation_plans/data/README.md": "project/data.md",
    "examples/README.md": "project/examples.md",
    "examples/eu-2020/README.md": "project/eu-2020.md",
    "examples/city-innovation/README.md": "project/city-innovation.md",
    "docs/notebooks/first-look.ipynb": "notebooks/first-look.md",
}
_REPOSITORY = {uri: path for path, uri in PAGES.items()}
_LINK = re.compile(r"(!?\[(?:[^\]\[]|\[[^\]]*\])*\]\()(<?)([^)\s>]+)(>?\))")
_FENCED = re.compile(r"(^```.*?^```\s*?$)", re.MULTILINE | re.DOTALL)
_SESSION = re.compile(r"^(```+)python\n(?=>>>)", re.MULTILINE)


def home_of(uri: str) -> str:
    """The directory of the repository in which the page `uri` of the site stands."""
    return posixpath.dirname(_REPOSITORY.get(uri, f"docs/{uri}"))


def turned(markdown: str, uri: str, complain: Callable[[str], None]) -> str:
    """The text of the page `uri` with its links turned to pages of the site.

    `complain` is told each link that leads to no page.
    """
    parts = _FENCED.split(markdown)
    return "".join(
        part if part.startswith("```") else _relinked(part, uri, complain) for part in parts
    )


def sessions(markdown: str) -> str:
    """The text from its title on, with interactive sessions marked, and blank lines blank."""
    markdown = re.sub(r"\A<!-- made by .*? -->\s*", "", markdown)  # else it has no title
    return _SESSION.sub(r"\1pycon\n", markdown).replace("\n<BLANKLINE>\n", "\n\n")


def _relinked(markdown: str, uri: str, complain: Callable[[str], None]) -> str:
    def turn(match: re.Match[str]) -> str:
        before, opening, target, closing = match.groups()
        if re.match(r"[a-z][a-z0-9+.-]*:|#", target):
            return match[0]
        return f"{before}{opening}{_on_site(target, uri, complain)}{closing}"

    return _LINK.sub(turn, markdown)


def _on_site(target: str, uri: str, complain: Callable[[str], None]) -> str:
    path, mark, anchor = target.partition("#")
    place = posixpath.normpath(posixpath.join(home_of(uri), path))
    for candidate in (place, f"{place}/README.md", f"{place}/index.md"):
        found = PAGES.get(candidate)
        if candidate.startswith("docs/") and (ROOT / candidate).is_file():
            found = found or candidate.removeprefix("docs/")
        if found:
            return posixpath.relpath(found, posixpath.dirname(uri) or ".") + mark + anchor
    if not place.startswith("docs/"):  # of those, mkdocs says so itself
        complain(f"{uri} links to {target}, which is no page of the site")
    return target
