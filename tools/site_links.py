"""Convert pages of the repository to pages of the documentation site.

In the repository, a link can leave ``docs/``, for example to the README. On the site the README is a
page too, so the link must lead there. ``site_pages.py`` uses this module.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Files outside docs/ (or not Markdown) that are pages of the site.
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
_ROLE = re.compile(r":(?:func|meth|class|mod|attr|data|exc):<code>~?")


def site_links(markdown: str, uri: str, warn: Callable[[str], None]) -> str:
    """Return the text of the page `uri` with links to pages of the site.

    `warn` is called for each link that leads to no page.
    """
    parts = _FENCED.split(markdown)
    return "".join(
        part if part.startswith("```") else _with_site_links(part, uri, warn) for part in parts
    )


def mark_sessions(markdown: str) -> str:
    """Return the text from its title on, with interactive sessions marked as ``pycon``."""
    markdown = re.sub(r"\A<!-- made by .*? -->\s*", "", markdown)  # the title comes first
    return _SESSION.sub(r"\1pycon\n", markdown).replace("\n<BLANKLINE>\n", "\n\n")


def roles_as_code(html: str) -> str:
    """Return the HTML with the roles of docstrings, such as :func:, as plain code."""
    return _ROLE.sub("<code>", html)


def _with_site_links(markdown: str, uri: str, warn: Callable[[str], None]) -> str:
    def replacement(match: re.Match[str]) -> str:
        before, opening, target, closing = match.groups()
        if re.match(r"[a-z][a-z0-9+.-]*:|#", target):
            return match[0]
        return f"{before}{opening}{_site_link(target, uri, warn)}{closing}"

    return _LINK.sub(replacement, markdown)


def _site_link(target: str, uri: str, warn: Callable[[str], None]) -> str:
    path, mark, anchor = target.partition("#")
    directory = posixpath.dirname(_REPOSITORY.get(uri, f"docs/{uri}"))
    file = posixpath.normpath(posixpath.join(directory, path))
    for candidate in (file, f"{file}/README.md", f"{file}/index.md"):
        page = PAGES.get(candidate)
        if candidate.startswith("docs/") and (ROOT / candidate).is_file():
            page = page or candidate.removeprefix("docs/")
        if page:
            return posixpath.relpath(page, posixpath.dirname(uri) or ".") + mark + anchor
    if not file.startswith("docs/"):  # the build warns about missing files in docs/
        warn(f"{uri} links to {target}, which is no page of the site")
    return target
