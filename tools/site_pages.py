"""Write the pages of the documentation site, and complete the site that is built from them.

Usage: ``python tools/site_pages.py write PAGES``, then ``python tools/site_pages.py complete PAGES SITE``,
and for a release ``python tools/site_pages.py publish SITE PLACE``

``write`` copies ``docs/`` to the directory PAGES, with the pages that are outside ``docs/`` and with links
that lead from page to page of the site. ``complete`` adds what readers need that are no browsers: the
language of Chinese pages, the Markdown of each page beside it, and ``llms.txt``, which lists them.
``publish`` copies the site to PLACE, beside the sites of the other versions, for the menu of versions.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

from innovation_plans import __version__
from notebook_pages import markdown_of
from site_links import PAGES, ROOT, mark_sessions, roles_as_code, site_links

CHINESE = {"zh/tutorial.html", "project/readme-zh.html"}
INDEX = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>innovation_plans</title>
<meta http-equiv="refresh" content="0; url={newest}/index.html"></head>
<body><a href="{newest}/index.html">innovation_plans {newest}</a></body></html>
"""
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def write(pages: Path) -> list[str]:
    """Write the pages to a directory; return the links that lead to no page."""
    shutil.rmtree(pages, ignore_errors=True)
    shutil.copytree(ROOT / "docs", pages, ignore=shutil.ignore_patterns("*.ipynb"))
    for path, uri in PAGES.items():
        (pages / uri).parent.mkdir(exist_ok=True)
        (pages / uri).write_text(_content(ROOT / path), encoding="utf-8")
    errors: list[str] = []
    for page in sorted(pages.rglob("*.md")):
        uri = page.relative_to(pages).as_posix()
        text = site_links(page.read_text(encoding="utf-8"), uri, errors.append)
        page.write_text(mark_sessions(text), encoding="utf-8")
    return errors


def complete(pages: Path, site: Path) -> None:
    """Complete the site that was built from the pages."""
    for path in site.rglob("*.html"):
        html = roles_as_code(path.read_text(encoding="utf-8"))
        if path.relative_to(site).as_posix() in CHINESE:
            html = html.replace('<html lang="en"', '<html lang="zh-Hans"', 1)
        path.write_text(html, encoding="utf-8")
    lines = ["# innovation_plans", "", "Every page of the documentation as Markdown.", ""]
    for page in sorted(pages.rglob("*.md")):
        uri, text = page.relative_to(pages).as_posix(), page.read_text(encoding="utf-8")
        shutil.copyfile(page, site / uri)
        title = _TITLE.search(text)
        lines.append(f"- [{title[1] if title else uri}]({uri})")
    (site / "llms.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")


def publish(site: Path, place: Path, version: str = __version__) -> str:
    """Copy a site to the directory of all versions; return the name of its version, such as 0.2."""
    name = ".".join(version.split(".")[:2])
    shutil.rmtree(place / name, ignore_errors=True)  # of an earlier patch
    shutil.copytree(site, place / name)
    names = [folder.name for folder in place.iterdir() if (folder / "llms.txt").is_file()]
    names.sort(key=lambda each: [int(part) for part in each.split(".")], reverse=True)
    versions = [
        {"version": each, "title": each, "aliases": ["latest"] if each == names[0] else []}
        for each in names
    ]
    (place / "versions.json").write_text(json.dumps(versions, indent=1), encoding="utf-8")
    (place / "index.html").write_text(INDEX.format(newest=names[0]), encoding="utf-8")
    return name


def _content(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        return markdown_of(text)
    if path.suffix == ".md":
        return text
    return f"# {path.name}\n\n```text\n{text.strip()}\n```\n"


def main(arguments: list[str]) -> int:
    """Run one of the steps."""
    match arguments:
        case ["write", pages]:
            errors = write(Path(pages))
            print("".join(f"{error}\n" for error in errors), file=sys.stderr, end="")
            return 1 if errors else 0
        case ["complete", pages, site]:
            complete(Path(pages), Path(site))
            return 0
        case ["publish", site, place]:
            print(publish(Path(site), Path(place)))
            return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
