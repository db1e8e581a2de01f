"""What the tests of HTML share: a reader that takes nothing but a plain table."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

TAGS = {"table", "caption", "thead", "tbody", "tr", "th", "td", "em"}
ATTRIBUTES = {"style", "scope", "colspan"}


class Page(HTMLParser):
    """Reads a table back: its tags, whether they close, and what stands in its cells."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.caption = ""
        self.feed(text)
        self.close()
        assert self.open == [], "a tag stays open"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attributes} <= ATTRIBUTES
        assert all("url" not in (value or "") for _, value in attributes)
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "caption" in self.open:
            self.caption += data
        elif {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data
        else:
            assert not data.strip(), "text outside a cell"


@pytest.fixture(scope="session")
def page_of() -> type[Page]:
    """Reads a table back; fails where it is anything but a well-formed plain table."""
    return Page
