"""What mkdocs does besides: one set of pages that reads well in the repository and on the site.

Loaded by ``mkdocs.yml``.
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
from site_links import PAGES, ROOT, sessions, turned

# The place between two Chinese characters.
_BETWEEN_HAN = re.compile("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
CHINESE = {"zh/tutorial.md", "project/readme-zh.md"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The pages that come from elsewhere in the repository, added."""
    for path, uri in PAGES.items():
        files.append(File.generated(config, uri, content=_content(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """The page with its links turned to pages of the site, and sessions marked as such."""
    del config, files
    return sessions(turned(markdown, page.file.src_uri, log.warning))


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """The page in the language it is written in, for readers' software and fonts."""
    del config
    if page.file.src_uri in CHINESE:
        return output.replace('<html lang="en"', '<html lang="zh-Hans"', 1)
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Let the search find any part of a Chinese name: each character is a word of its own."""
    index = Path(config.site_dir) / "search" / "search_index.json"
    found = json.loads(index.read_text(encoding="utf-8"))
    for each in found["docs"]:
        for part in ("title", "text"):
            each[part] = _BETWEEN_HAN.sub("\u200b", each[part])
    index.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _content(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        return markdown_of(text)
    if path.suffix == ".md":
        return text
    return f"# {path.name}\n\n```text\n{text.strip()}\n```\n"
