"""Reports: whole pages read back, without a browser."""

from __future__ import annotations

import re
import sys
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.io.formats import WriteError
from innovation_plans.report.words import translated
from innovation_plans.text.labels import title_of
from innovation_plans.text.messages import word

Page = Any  # see conftest.py
Read = Callable[[str], Any]
SCRIPT = "<script>alert(1)</script>"
# The province with the most targets is the largest page.
SUBJECTS = [{"region": "CN-GD"}, {"region": "CN-ZJ"}, {"indicator": "rd_intensity"}]
# A page has its pictures in English and in Chinese.
pytestmark = pytest.mark.usefixtures("chinese_font")


@pytest.fixture(params=SUBJECTS, ids=lambda each: "-".join(each.values()))
def page(request: pytest.FixtureRequest, page_of: Callable[..., Page]) -> Page:
    return page_of(**request.param)


def test_ids_are_unique_and_every_reference_has_its_id(page: Page) -> None:
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    pointing = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
    asked = {
        name
        for each in page.elements
        for attribute in pointing
        for name in each.attributes.get(attribute, "").split()
    }
    asked |= {
        each.attributes["href"][1:]
        for each in page.all("a")
        if each.attributes["href"].startswith("#")
    }
    assert asked
    assert asked <= set(ids)


def test_heading_levels_increase_by_one(page: Page) -> None:
    levels = [int(each.tag[1]) for each in page.elements if re.fullmatch("h[1-6]", each.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_is_fetched(page: Page) -> None:
    for each in page.elements:
        assert each.tag not in {"link", "img", "iframe", "object", "embed", "base", "image"}
        assert not {"src", "srcset", "action", "ping", "data", "poster"} & each.attributes.keys()
        for name, value in each.attributes.items():
            assert not name.startswith("on"), "no handler is in the page"
            if name in {"href", "xlink:href"}:
                assert value.startswith("#") or each.tag == "a"
    style = page.one("style").full_text()
    assert "@import" not in style
    assert "url(" not in style
    assert not re.search(r"\b(fetch|XMLHttpRequest|eval|Function|import|innerHTML)\b", script(page))


def test_links_to_the_web_have_no_opener(page: Page) -> None:
    outward = [each for each in page.all("a") if not each.attributes["href"].startswith("#")]
    assert outward
    for each in outward:
        assert each.attributes["href"].startswith(("https://", "http://"))
        assert each.attributes["rel"] == "noopener noreferrer"


def test_the_policy_allows_only_this_style_and_this_script(page: Page) -> None:
    policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": f"'{digest(page.one('style').full_text())}'",
        "style-src-attr": "'unsafe-inline'",
        "script-src": f"'{digest(script(page))}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_it_is_below_a_megabyte(page: Page) -> None:
    assert len(page.source.encode()) < 1_000_000


def test_tables_have_captions_and_headers(page: Page) -> None:
    for table in page.all("table"):
        assert table.full_text().strip()
    assert page.all("caption")
    heads = [each for each in page.all("th") if "thead" in each.within]
    assert {each.attributes["scope"] for each in heads} == {"col"}
    rows = [each for each in page.all("th") if "tbody" in each.within]
    assert {each.attributes["scope"] for each in rows} == {"row"}


def test_every_text_is_there_in_both_languages(page: Page) -> None:
    tongues = [each.attributes["lang"] for each in page.all("span") if "lang" in each.attributes]
    assert tongues.count("en") == tongues.count("zh-Hans") > 50
    tongues = [each.attributes["lang"] for each in page.all("svg") if "lang" in each.attributes]
    assert len(tongues) == 2 * len(page.all("figure")) > 0


def test_the_page_contains_the_sentences_of_the_library(
    page_of: Callable[..., Page], plans: ip.Dataset
) -> None:
    body = page_of(region="CN-GD").one("body").full_text()
    card = ip.scorecard(plans, region="CN-GD")
    assert len(page_of(region="CN-GD").all("tbody")) == len(card)
    for assessment in card:
        assert assessment.target in body
        for lang in ("en", "zh"):
            assert translated(assessment.text).text(lang) in body
            assert word(assessment.verdict, lang) in body
            assert all(text in body for text in assessment.caveat_texts(lang))
        target = plans.targets.by_key(assessment.target)
        for text in (target.citation.as_stated, target.citation.locator, target.notes):
            assert (text or "") in body
        for key in assessment.inputs[1:]:
            title = plans.observations.by_key(key).citation.source.title
            assert all(title_of(title, lang) in body for lang in ("en", "zh"))
    for goal in plans.goals.where(region="CN-GD"):
        assert goal.statement in body
    assert plans.edition in body


def test_the_requested_language_comes_first(
    plans: ip.Dataset, no_drawing: None, read: Read
) -> None:
    page = read(ip.report.html(plans, region="CN-GD", lang="zh"))
    assert page.one("html").attributes["lang"] == "zh-Hans"
    assert page.one("title").full_text() == "广东：目标与实际"
    pressed = {each.attributes["lang"]: each.attributes["aria-pressed"] for each in page.all("button")
               if "aria-pressed" in each.attributes and "lang" in each.attributes}  # fmt: skip
    assert pressed == {"en": "false", "zh-Hans": "true"}


def test_the_same_data_give_the_same_bytes(plans: ip.Dataset) -> None:
    first, second = (ip.report.html(plans, region="CN-NX") for _ in range(2))
    assert first == second


@pytest.mark.heavy
def test_text_of_the_data_is_escaped(hostile: ip.Dataset[Any, Any, Any, Any], read: Read) -> None:
    for subject in ({"region": "XX"}, {"indicator": "evil"}):
        page = read(ip.report.html(hostile, **subject))
        assert len(page.all("script")) == 1
        assert page.all("img") == page.all("iframe") == page.all("b", lang="zh") == []
        assert SCRIPT in page.one("main").full_text()
        assert "</script><img src=x onerror=alert(1)>" in page.one("main").full_text()
        assert "]]><b>坏</b>'&amp;{{ 7*7 }}" in page.one("main").full_text()
        assert "49" not in page.one("h1").full_text()
        for each in page.elements:
            assert not any(name.startswith("on") for name in each.attributes)


def test_an_address_that_is_not_of_the_web_is_text(
    hostile: ip.Dataset[Any, Any, Any, Any],
    monkeypatch: pytest.MonkeyPatch,
    no_drawing: None,
    read: Read,
) -> None:
    source = hostile.targets.where(region="XX")[0].citation.source
    monkeypatch.setitem(source.__dict__, "url", "javascript:alert(document.domain)")
    page = read(ip.report.html(hostile, region="XX"))
    assert not [each for each in page.all("a") if not each.attributes["href"].startswith("#")]
    assert (
        "javascript:alert(document.domain)" in page.one("span", **{"class": "address"}).full_text()
    )


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        ({}, ip.MissingError, "give one of region= and indicator="),
        ({"region": "粤", "period": "41st"}, ip.MissingError, "no period '41st'"),
        ({"region": "Guangdon"}, ip.MissingError, "did you mean Guangdong"),
        ({"indicator": "rd_intensty"}, ip.MissingError, "rd_intensity"),
        ({"region": "粤", "lang": "fr"}, ip.MissingError, "did you mean en or zh"),
    ],
    ids=["neither", "period", "region", "indicator", "language"],
)
def test_unanswerable_requests_raise_an_error(
    plans: ip.Dataset, asked: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        ip.report.html(plans, **asked)


@pytest.mark.parametrize(
    "chosen",
    [
        {"region": "粤", "indicator": "研发强度"},
        {"region": "粤", "period": "十四五"},
        {"within": "CN-EAST", "indicator": "研发强度", "period": "14"},
        {"indicator": "研发强度", "period": ["14th", "15th"]},
    ],
    ids=["indicator", "period", "within", "indicator and periods"],
)
def test_a_page_has_the_targets_that_are_chosen(
    plans: ip.Dataset, chosen: dict[str, Any], no_drawing: None
) -> None:
    page = ip.report.html(plans, **chosen)
    for target in plans.targets:
        if target in plans.targets.where(**chosen):
            assert target.key in page
        elif target.region.code == "CN-GD":
            assert f"{target.key}<" not in page


def test_a_file_is_written_completely_and_never_over_another(
    plans: ip.Dataset, tmp_path: Path, no_drawing: None
) -> None:
    path = tmp_path / "gd.html"
    assert ip.report.write(plans, path, region="粤") == path
    first = path.read_bytes()
    assert first.decode() == ip.report.html(plans, region="粤")
    with pytest.raises(WriteError, match="it exists"):
        ip.report.write(plans, path, region="nowhere")  # noticed before the region is looked up
    assert path.read_bytes() == first
    ip.report.write(plans, path, region="浙", overwrite=True)
    assert path.read_bytes() != first
    assert [each.name for each in tmp_path.iterdir()] == ["gd.html"]


def test_nothing_remains_on_a_full_disk(
    plans: ip.Dataset, tmp_path: Path, no_drawing: None
) -> None:
    with pytest.raises(WriteError):
        ip.report.write(plans, tmp_path / "nowhere" / "gd.html", region="粤")
    assert list(tmp_path.iterdir()) == []


def test_without_jinja2_the_extra_is_named(
    plans: ip.Dataset, monkeypatch: pytest.MonkeyPatch, no_drawing: None
) -> None:
    for name in ("jinja2", "markupsafe"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ip.MissingExtraError, match=r"innovation-plans\[report\]"):
        ip.report.html(plans, region="粤")


def test_without_matplotlib_the_extra_is_named(
    plans: ip.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ip.MissingExtraError, match=r"matplotlib is not installed; pip install"):
        ip.report.html(plans, region="粤")


def script(page: Page) -> str:
    (element,) = [each for each in page.all("script") if "type" not in each.attributes]
    return element.full_text()


def digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def test_sources_and_notes_are_in_the_language_of_the_reader(
    page_of: Callable[..., Page],
) -> None:
    page = page_of(region="CN-GD")
    listed = page.one("ol", **{"class": "sources"})
    text = listed.full_text()
    assert "People's Government of Guangdong Province" in text
    assert "广东省人民政府" in text
    notes = [each for each in page.all("dd") if "lang" in each.attributes]
    assert {each.attributes["lang"] for each in notes} == {"en"}
    heads = [each.full_text() for each in page.all("dt")]
    assert heads.count("Notes说明（英文）") == len(notes) > 5
    assert "南方日报（转载）, 广东发布制造业" in text
    assert "NetEase after 广东统计" not in text
    assert "网易，据广东统计和南方都市报, title not shown标题未显示" in text
    quotes = {each.full_text(): each.attributes["lang"] for each in page.all("q")}
    assert {quotes["增长3.9%"], quotes["10% of R&D funding"]} == {"zh-Hans", "en"}
