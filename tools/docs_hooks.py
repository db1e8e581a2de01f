"""Hooks of mkdocs that make one set of pages work in the repository and on the site.

``mkdocs.yml`` loads this module.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import log

from notebook_pages import markdown_of
from site_links import PAGES, ROOT, mark_sessions, roles_as_code, site_links

# The position between two Chinese characters.
_BETWEEN_HAN = re.compile("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
CHINESE = {"zh/tutorial.md", "project/readme-zh.md"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are outside ``docs/``."""
    for path, uri in PAGES.items():
        files.append(File.generated(config, uri, content=_content(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return the page with links to pages of the site, and interactive sessions marked."""
    del config, files
    return mark_sessions(site_links(markdown, page.file.src_uri, log.warning))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return the page with the roles of docstrings as plain code."""
    del page, config, files
    return roles_as_code(html)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Return the page with its language, which screen readers and fonts need."""
    del config
    if page.file.src_uri in CHINESE:
        return output.replace('<html lang="en"', '<html lang="zh-Hans"', 1)
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Make each Chinese character a word, so that the search finds any part of a name."""
    index = Path(config.site_dir) / "search" / "search_index.json"
    content = json.loads(index.read_text(encoding="utf-8"))
    for entry in content["docs"]:
        for part in ("title", "text"):
            entry[part] = _BETWEEN_HAN.sub("\u200b", entry[part])
    index.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _content(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        return markdown_of(text)
    if path.suffix == ".md":
        return text
    return f"# {path.name}\n\n```text\n{text.strip()}\n```\n"
