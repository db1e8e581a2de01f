"""Texts in every language of a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import innovation_plans as ip
from innovation_plans.codelists import Verdict
from innovation_plans.report.words import coded, message, untranslated


def test_a_translated_text_has_one_element_per_language() -> None:
    assert coded(Verdict.MET).__html__() == (
        '<span lang="en">met</span><span lang="zh-Hans">已实现</span>'
    )
    assert untranslated("<14th>").__html__() == "&lt;14th&gt;"
    assert not untranslated("")


def test_placeholders_are_filled_in_each_language() -> None:
    text = message("page.heading", name=coded(Verdict.MET))
    assert text.text("en") == "met: targets and outcomes"
    assert text.text("zh").startswith("已实现")


def test_a_third_language_of_the_messages_is_a_third_language_of_the_pages(
    third_language: str, plans: ip.Dataset, no_drawing: None, read: Callable[[str], Any]
) -> None:
    for text in (
        ip.report.html(plans, region="CN-NX", lang=third_language),
        ip.explorer.html(plans, lang=third_language),
    ):
        page = read(text)
        assert page.one("html").attributes["lang"] == "«en»"
        assert page.one("title").attributes.keys() == {"data-en", "data-zh", "data-xx"}
        assert len(page.all("button", data_code="xx")) == 1
        assert page.all("span", lang="«en»")
