"""Links work in the repository and on the site, and the built site is checked."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
site_links: Any = importlib.import_module("site_links")
check_site: Any = importlib.import_module("check_site")
notebook_pages: Any = importlib.import_module("notebook_pages")
site_pages: Any = importlib.import_module("site_pages")

PAGES = sorted(
    [
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("examples/**/README.md"),
        ROOT / "README.md",
        ROOT / "README.zh.md",
    ],
    key=lambda path: path.as_posix(),
)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files_of_the_repository(path):
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(<?([^)\s>]+)>?\)", text):
        if re.match(r"[a-z]+:|#", target):
            continue
        assert (path.parent / target.partition("#")[0]).exists(), target


# ------------------------------------------------------------------ from the repository to the site


@pytest.mark.parametrize(
    ("uri", "link", "there"),
    [
        ("index.md", "../README.md", "project/readme.md"),
        ("index.md", "how-to/index.md", "how-to/index.md"),
        ("index.md", "notebooks/first-look.ipynb", "notebooks/first-look.md"),
        ("how-to/extend.md", "../../examples/eu-2020/README.md", "../project/eu-2020.md"),
        (
            "explanation/sources.md",
            "../../src/innovation_plans/data/README.md",
            "../project/data.md",
        ),
        ("project/readme.md", "docs/how-to/", "../how-to/index.md"),
        ("project/readme.md", "examples/", "examples.md"),
        ("project/readme.md", "LICENSE", "licence.md"),
        ("project/readme-zh.md", "docs/zh/tutorial.md", "../zh/tutorial.md"),
        ("project/city-innovation.md", "../../README.md", "readme.md"),
        ("reference/data.md", "columns.md#targets", "columns.md#targets"),
        ("index.md", "https://example.org/a.md", "https://example.org/a.md"),
        ("index.md", "#below", "#below"),
    ],
)
def test_links_become_links_to_pages_of_the_site(uri, link, there):
    warnings: list[str] = []
    assert (
        site_links.site_links(f"see [this]({link}).", uri, warnings.append)
        == f"see [this]({there})."
    )
    assert warnings == []


def test_a_picture_and_two_links_in_a_line():
    line = "![a [b] c](../README.md) and [x](<../CHANGELOG.md>), [y](tutorial.md)"
    assert site_links.site_links(line, "index.md", pytest.fail) == (
        "![a [b] c](project/readme.md) and [x](<project/changelog.md>), [y](tutorial.md)"
    )


def test_a_link_without_a_page_gives_a_warning():
    warnings: list[str] = []
    site_links.site_links("[x](../pyproject.toml)", "index.md", warnings.append)
    assert warnings == ["index.md links to ../pyproject.toml, which is no page of the site"]


def test_code_is_left_as_it_is():
    block = "```text\n[x](../README.md)\n```\n"
    assert site_links.site_links(block, "index.md", pytest.fail) == block


def test_sessions_are_marked_and_blank_lines_are_blank():
    text = "<!-- made by tools/x.py; change the data -->\n\n```python\n>>> 1\n1\n<BLANKLINE>\n2\n```\n\n```python\nx = 1\n```\n"
    assert site_links.mark_sessions(text) == (
        "```pycon\n>>> 1\n1\n\n2\n```\n\n```python\nx = 1\n```\n"
    )


def test_roles_become_code():
    html = ":func:<code>~ip.assess</code>, <code>:func:</code>"
    assert site_links.roles_as_code(html) == "<code>ip.assess</code>, <code>:func:</code>"


def test_a_notebook_becomes_a_page():
    text = """{"cells": [
      {"cell_type": "markdown", "source": ["# A\\n", "b"]},
      {"cell_type": "code", "source": ["1 + 1"], "outputs": [
        {"output_type": "execute_result", "data": {"text/plain": ["2"]}}]},
      {"cell_type": "code", "source": ["x"], "outputs": [
        {"output_type": "stream", "text": ["printed\\n"]},
        {"output_type": "display_data", "data": {"text/html": ["<p>\\n", "\\n", "c</p>"],
                                                 "text/plain": ["no"]}}]}]}"""
    assert notebook_pages.markdown_of(text) == (
        "# A\nb\n\n```python\n1 + 1\n```\n\n```text\n2\n```\n\n```python\nx\n```\n\n"
        '```text\nprinted\n```\n\n<div class="cell-output">\n<p>\nc</p>\n</div>\n'
    )


# ------------------------------------------------------------------ check_site.py

GOOD = {
    "index.html": '<a href="sub/">s</a> <a href="sub/page.html#here">p</a> <a href="#top">t</a>'
    '<h1 id="top">x</h1> <a href="https://example.org/">o</a> <img src="a%20b.png" alt="">'
    '<link rel="stylesheet" href="s.css"> <a href="mailto:a@example.org">m</a>'
    '<link rel="canonical" href="https://example.org/">',
    "sub/index.html": '<a href="../index.html">up</a> <img alt="x" src="data:image/png;base64,AA==">',
    "sub/page.html": '<p id="here">here</p><svg><use href="#here"></use></svg>',
    "a b.png": "",
    "s.css": "body { background: url('a%20b.png') }",
    "404.html": '<a href="/index.html">home</a>',
}


def site(root: Path, **changed: str) -> Path:
    for name, text in {**GOOD, **changed}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_a_correct_site_passes(tmp_path, capsys):
    assert check_site.main([str(site(tmp_path))]) == 0
    assert capsys.readouterr().out == "4 pages, 0 errors\n"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('<a href="gone.html">x</a>', "gone.html: no such file in the site"),
        ('<a href="../outside.html">x</a>', "no such file in the site"),
        ('<a href="/absolute.html">x</a>', "an absolute path"),
        ('<a href="javascript:alert(1)">x</a>', "unknown kind of link"),
        ('<img src="gone.png" alt="">', "gone.png: no such file in the site"),
        ('<img src="a%20b.png">', "picture without alt text"),
        ('<img alt="" srcset="gone.png 2x, a%20b.png">', "gone.png: no such file"),
        ('<script src="https://cdn.example/x.js"></script>', "loaded from elsewhere"),
        ('<script src="//cdn.example/x.js"></script>', "loaded from elsewhere"),
        ('<link rel="preconnect" href="https://fonts.example">', "loaded from elsewhere"),
        ('<link rel="stylesheet" href="https://fonts.example/f.css">', "loaded from elsewhere"),
        ('<iframe src="https://example.org"></iframe>', "loaded from elsewhere"),
        ('<style>@import "https://example.org/x.css";</style>', "loaded from elsewhere"),
        ('<p style="background:url(https://example.org/x.png)">x</p>', "loaded from elsewhere"),
        ('<svg><image href="https://example.org/x.png"/></svg>', "loaded from elsewhere"),
    ],
)
def test_every_error_is_printed(content, problem, tmp_path, capsys):
    assert check_site.main([str(site(tmp_path, **{"index.html": content}))]) == 1
    printed = capsys.readouterr().err
    assert printed.startswith("index.html:1")
    assert problem in printed
    assert printed.count("\n") == 1


def test_style_sheets_are_checked(tmp_path, capsys):
    check_site.main(
        [str(site(tmp_path, **{"s.css": "a { src: url(https://example.org/f.woff) }"}))]
    )
    assert "s.css: https://example.org/f.woff: loaded from elsewhere" in capsys.readouterr().err


def test_an_empty_directory_is_an_error(tmp_path, capsys):
    assert check_site.main([str(tmp_path)]) == 1
    assert check_site.main([str(tmp_path / "gone")]) == 2
    assert "usage" in capsys.readouterr().err


def test_the_site_has_every_page_also_as_markdown(tmp_path):
    pages, site = tmp_path / "pages", tmp_path / "site"
    assert site_pages.write(pages) == []
    assert (pages / "project" / "readme.md").is_file()
    for path in pages.rglob("*.md"):
        built = site / path.relative_to(pages).with_suffix(".html")
        built.parent.mkdir(parents=True, exist_ok=True)
        built.write_text('<html lang="en"></html>', encoding="utf-8")
    site_pages.complete(pages, site)
    listed = (site / "llms.txt").read_text(encoding="utf-8")
    assert "- [Performance](reference/performance.md)\n" in listed
    assert (site / "tutorial.md").read_text(encoding="utf-8").startswith("# ")
    assert '"zh-Hans"' in (site / "zh" / "tutorial.html").read_text(encoding="utf-8")
