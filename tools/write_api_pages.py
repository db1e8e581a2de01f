"""Write ``docs/reference/api/``: a page a group of the front door's names, from the front door.

Usage: ``python tools/write_api_pages.py [--check]``

The groups are the comments of ``_NAMES``. A page lists its names with what they are, for a reader
of the repository; on the site, the lines that begin with ``:::`` become the docstrings.
With ``--check`` nothing is written; the exit code says whether the pages are as they should be.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import innovation_plans as ip
from innovation_plans.text.tables import markdown

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference" / "api"
MADE = "<!-- made by tools/write_api_pages.py; change the docstrings, not this page -->\n\n"
MODULES = "Modules"
NAME = "innovation_plans"


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` compare them."""
    wanted = {PAGES / f"{slug}.md": MADE + text.strip() + "\n" for slug, text in pages()}
    if "--check" not in arguments:
        PAGES.mkdir(parents=True, exist_ok=True)
        for path, text in wanted.items():
            path.write_text(text, encoding="utf-8", newline="\n")
    stale = [
        path.name
        for path in {*wanted, *PAGES.glob("*.md")}
        if path not in wanted
        or not path.exists()
        or path.read_text(encoding="utf-8") != wanted[path]
    ]
    if stale:
        print(f"stale: {sorted(stale)}; run tools/write_api_pages.py", file=sys.stderr)
    return 1 if stale else 0


def groups() -> dict[str, list[str]]:
    """The names of the front door by the comments above them; modules are a group of their own."""
    source = Path(inspect.getfile(ip)).read_text(encoding="utf-8")
    table = source.partition("_NAMES = {")[2].partition("\n}")[0]
    found: dict[str, list[str]] = {MODULES: list(ip._MODULES)}  # noqa: SLF001
    group = ""
    for comment, names in re.findall(r"# (.+)|\"([\w ]+)\"(?!:)", table):
        group = comment or group
        if names:
            found.setdefault(group, []).extend(names.split())
    return found


def pages() -> Iterator[tuple[str, str]]:
    """Each page: the end of its address, and its text."""
    for group, names in groups().items():
        yield _slug(group), _module_page(names) if group == MODULES else _page(group, names)
    yield "index", _index()


def _slug(group: str) -> str:
    return group.lower().replace(" ", "-")


def _index() -> str:
    rows = [
        (f"[{group}]({_slug(group)}.md)", ", ".join(f"`{name}`" for name in names))
        for group, names in groups().items()
    ]
    lines = ["| group | names |", "| --- | --- |", *(f"| {one} | {two} |" for one, two in rows)]
    return (
        "# The front door\n\nEverything public is imported from `innovation_plans`; most examples "
        "write `import innovation_plans as ip`. What stays and what may change is said in "
        "[what you can rely on](../../explanation/stability.md).\n\n" + "\n".join(lines)
    )


def _page(group: str, names: list[str]) -> str:
    parts = [f"# {group}\n", _table({name: getattr(ip, name) for name in names})]
    parts += [f"::: {NAME}.{name}" for name in names]
    return "\n\n".join(parts)


def _module_page(names: list[str]) -> str:
    parts = [
        f"# {MODULES}\n",
        "Each is an attribute of the front door, loaded when it is first used: `ip.growth`.",
        _table({name: getattr(ip, name) for name in names}),
    ]
    for name in names:
        module = getattr(ip, name)
        parts.append(f"## ip.{name}\n")
        parts.append(_table({each: getattr(module, each) for each in module.__all__}))
        parts += [
            f"::: {NAME}.{name}.{each}\n    options:\n      heading_level: 3"
            for each in module.__all__
        ]
    return "\n\n".join(parts)


def _table(found: dict[str, object]) -> str:
    return markdown(["name", "what it is"], [(name, _said(each)) for name, each in found.items()])


def _said(found: object) -> str:
    """The first line of the docstring, without the floor of a module and without marks."""
    if not callable(found) and not isinstance(found, ModuleType):
        return f"{type(found).__name__}"
    first = (inspect.getdoc(found) or "").partition("\n\n")[0].replace("\n", " ")
    text = re.sub(r"^Floor \d+: ", "", first)
    return re.sub(r":\w+:`~?([^`]+)`", r"\1", text).replace("`", "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
