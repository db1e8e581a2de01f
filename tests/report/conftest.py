"""Fixtures for the tests of pages: pages made once, a reader of HTML, a hostile dataset."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, NamedTuple

import pytest

import innovation_plans as ip

VOID = {"meta", "input", "br", "img", "link", "hr"}
SCRIPT = "<script>alert(1)</script>"


class Element(NamedTuple):
    """One element of a page, with the names of the elements around it."""

    tag: str
    attributes: dict[str, str]
    within: tuple[str, ...]
    text: list[str]  # its own text and that of the elements in it

    def full_text(self) -> str:
        return "".join(self.text)


class Page(HTMLParser):
    """A page read strictly: every element is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = text
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()
        assert not self._open, [each.tag for each in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(each.tag for each in self._open), [])
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for each in self._open:
            each.text.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [
            each
            for each in self.elements
            if each.tag == tag and wanted.items() <= each.attributes.items()
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        (element,) = self.all(tag, **attributes)
        return element


@pytest.fixture(scope="session")
def read() -> Callable[[str], Page]:
    """Reads a page; fails if it is not well-formed."""
    return Page


@pytest.fixture(scope="session")
def page_of(plans: ip.Dataset) -> Callable[..., Page]:
    """The page of a region or an indicator, made once."""
    made: dict[str, Page] = {}

    def page(**subject: str) -> Page:
        key = repr(subject)
        if key not in made:
            made[key] = Page(ip.report.html(plans, **subject))
        return made[key]

    return page


def hostile_plans(plans: ip.Dataset) -> ip.Dataset[Any, Any, Any, Any]:
    """The bundled data with a region, an indicator, a source and a target that contain markup and code."""
    return plans.extend(
        regions=[
            {"code": "XX", "kind": "province", "name_en": SCRIPT, "name_zh": "<!--省", "parent": "CN"}
        ],
        indicators=[
            {
                "code": "evil",
                "name_en": '"onmouseover="alert(1)" x="',
                "name_zh": "]]><b>坏</b>'&amp;{{ 7*7 }}",
                "unit": "percent",
                "direction": "up",
            }
        ],
        sources=[
            {
                "code": "evil",
                "title": "</script><img src=x onerror=alert(1)>",
                "publisher": "</style></title>{% raw %}",
                "tier": "A",
                "url": "https://evil.example/?a='onload=alert(1)&b=`",
            }
        ],
        plans=[
            {
                "code": "XX-14-sti", "region": "XX", "period": "14th", "kind": "sti",
                "title_en": "</td></table><svg onload=alert(1)>",
            }
        ],
        targets=[
            {
                "plan": "XX-14-sti", "indicator": "evil", "form": "level", "comparator": "at_least",
                "value": "5", "unit": "percent", "start_year": 2021, "end_year": year,
                "source": "evil", "locator": "$x^2$ </dd>", "as_stated": "<q>5%</q>",
                "notes": "--!><iframe src='javascript:alert(1)'>",
            }
            for year in (2024, 2025)
        ],
        observations=[
            {
                "region": "XX", "indicator": "evil", "form": "level", "comparator": "reach",
                "value": value, "unit": "percent", "year": year, "source": "evil",
                "locator": "<a href=javascript:alert(1)>",
            }
            for year, value in ((2022, "3"), (2023, "4"), (2024, "6"))
        ],
    )  # fmt: skip


@pytest.fixture(scope="session")
def hostile(plans: ip.Dataset) -> ip.Dataset[Any, Any, Any, Any]:
    """See :func:`hostile_plans`."""
    return hostile_plans(plans)
