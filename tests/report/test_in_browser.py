"""Pages in Chromium: sorting, filtering, both languages, the keyboard, axe-core, hostile data."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip

pytestmark = pytest.mark.pictures

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(os.environ.get("AXE_CORE", ROOT / ".venv/node/node_modules/axe-core/axe.min.js"))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="module")
def files(
    plans: ip.Dataset,
    hostile: ip.Dataset[Any, Any, Any, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    """The pages of these tests, each written once."""
    directory = tmp_path_factory.mktemp("pages")
    return {
        "region": ip.report.write(plans, directory / "gd.html", region="CN-GD"),
        "indicator": ip.report.write(plans, directory / "rdi.html", indicator="rd_intensity"),
        "group": ip.report.write(plans, directory / "east.html", region="CN-EAST"),
        "hostile": ip.report.write(hostile, directory / "xx.html", region="XX"),
        "explorer": ip.explorer.write(plans, directory / "site", docs_link="docs/"),
        "hostile explorer": ip.explorer.write(hostile, directory / "evil"),
    }


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Opened]:
    """Opens a page; at the end, there is no browser message, no dialog and no request."""
    contexts, problems = [], []

    def open_page(
        name: str, *, after: str = "", size: dict[str, int] | None = None, **options: Any
    ) -> Any:
        context = browser.new_context(viewport=size or WIDE, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: problems.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: problems.append(f"error: {error}"))
        page.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))
        page.on(
            "request",
            lambda request: request.url.startswith("file:") or problems.append(request.url),
        )
        page.goto(files[name].as_uri() + after)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def column(page: Any, name: str) -> list[str]:
    """Return the texts of a column, from top to bottom."""
    texts: list[str] = page.evaluate(
        """(name) => [...document.querySelectorAll(`#table tbody:not([hidden]) .c-${name}`)]
        .map((cell) => cell.innerText.trim())""",
        name,
    )
    return texts


def numbers(page: Any, name: str) -> list[str]:
    texts: list[str] = page.evaluate(
        """(name) => [...document.querySelectorAll(`#table tbody:not([hidden]) .c-${name}`)]
        .map((cell) => cell.dataset.number)""",
        name,
    )
    return texts


@pytest.mark.parametrize("name", ["region", "indicator"])
def test_sorting_by_text_and_by_number(opened: Opened, name: str) -> None:
    page = opened(name)
    first = "indicator" if name == "region" else "region"
    head = page.locator(f"thead .c-{first}")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    words = column(page, first)
    assert words == sorted(words, key=str.casefold)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert column(page, first) == sorted(words, key=str.casefold, reverse=True)
    page.locator("thead .c-by button").click()
    assert head.get_attribute("aria-sort") is None
    assert column(page, "by") == sorted(column(page, "by"), key=int)


def test_rows_without_a_number_come_last_in_both_orders(opened: Opened) -> None:
    page = opened("indicator")
    for reverse in (False, True):
        page.locator("thead .c-gap button").click()
        shown = numbers(page, "gap")
        known = [float(number) for number in shown if number]
        assert known == sorted(known, reverse=reverse)
        assert shown[len(known) :] == [""] * (len(shown) - len(known))
    page.locator("thead .c-verdict button").click()
    assert numbers(page, "verdict") == sorted(numbers(page, "verdict"))


def test_filtering_and_its_status_line(opened: Opened) -> None:
    page = opened("region")
    shown = page.locator("#shown")
    whole = len(column(page, "by"))
    assert shown.inner_text() == f"targets shown: {whole} of {whole}"
    page.select_option("#by-verdict", "met")
    assert {each.split("\n")[0].split()[-1] for each in column(page, "verdict")} == {"met"}
    met = len(column(page, "by"))
    assert 0 < met < whole
    assert shown.inner_text() == f"targets shown: {met} of {whole}"
    page.fill("#search", "ＩＮＴＥＮＳＩＴＹ 强度")
    assert set(column(page, "indicator")) == {"R&D intensity"}
    page.fill("#search", "nothing of the sort")
    assert column(page, "by") == []
    page.click("button[type=reset]")
    page.wait_for_function("document.querySelectorAll('#table tbody:not([hidden])').length > 1")
    assert len(column(page, "by")) == whole
    page.select_option("#by-period", "15th")
    assert set(column(page, "period")) == {"15th plan"}
    page.click("text=中文")
    assert shown.inner_text() == f"显示 {whole} 项目标中的 {len(column(page, 'by'))} 项"
    assert set(column(page, "period")) == {"“十五五”"}


@pytest.mark.parametrize("name", ["region", "explorer"])
def test_the_switch_of_languages(opened: Opened, name: str) -> None:
    page = opened(name)
    english = page.title()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click(".switch >> text=中文")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert page.evaluate("location.hash") == "#lang=zh"
    assert page.title() != english
    assert "目标" in page.title()
    assert page.locator(".switch button[lang=en]").get_attribute("aria-pressed") == "false"
    assert page.locator("option[value=met]").inner_text() == "已实现"
    assert not [
        each for each in page.locator(":is(h2, th, p):visible").all_inner_texts() if "arget" in each
    ]
    page.click(".switch >> text=English")
    assert page.title() == english
    again = opened(name, after="#lang=zh")
    assert again.evaluate("document.documentElement.lang") == "zh-Hans"
    odd = opened(name, after="#lang=constructor")
    assert odd.evaluate("document.documentElement.lang") == "en"
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert stored == [0, 0, ""]


@pytest.mark.parametrize("name", ["region", "explorer"])
def test_every_control_works_by_keyboard(opened: Opened, name: str) -> None:
    page = opened(name)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                """() => {
                const at = document.activeElement;
                const line = getComputedStyle(at).outlineStyle;
                if (line === "none") throw new Error(`no focus to be seen: ${at.outerHTML}`);
                return at.id || at.closest("th")?.scope || at.tagName;
                }"""
            )
        )
        if "row" in reached:
            break
    assert {"col", "row"} <= reached
    button = page.locator(":focus")
    assert button.get_attribute("aria-expanded") == "false"
    more = page.locator("#" + button.get_attribute("aria-controls"))
    assert not more.is_visible()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert more.is_visible()
    assert "Key" in more.inner_text()
    page.keyboard.press("Space")
    assert not more.is_visible()


def test_unfolding_all(opened: Opened) -> None:
    page = opened("region")
    assert page.locator(".more:visible").count() == 0
    page.click("#unfold")
    assert page.locator(".more:visible").count() == page.locator("tbody").count()
    assert page.locator("#unfold").get_attribute("aria-pressed") == "true"
    page.click("#unfold")
    assert page.locator(".more:visible").count() == 0


@pytest.mark.parametrize("name", ["region", "indicator", "explorer"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide-light", "narrow-dark"]
)
def test_axe_finds_no_serious_error(
    opened: Opened, name: str, language: str, scheme: str, size: dict[str, int]
) -> None:
    page = opened(name, after=f"#lang={language}", size=size, color_scheme=scheme)
    for button in page.locator("tbody th button").all()[:3]:
        button.click()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    audit = page.evaluate("axe.run()")
    serious = [
        (each["id"], [node["html"][:200] for node in each["nodes"]][:3])
        for each in audit["violations"]
        if each["impact"] in {"serious", "critical"}
    ]
    assert serious == []
    assert len(audit["passes"]) > 20
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= size["width"], "the page scrolls sideways"


@pytest.mark.parametrize("name", ["hostile", "hostile explorer"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_data_run_no_script(opened: Opened, name: str, language: str) -> None:
    page = opened(name, after=f"#lang={language}")
    page.fill("#search", "alert(1)")
    page.locator("tbody th button").first.click()
    for each in page.locator("tbody th button, tbody td").all()[:12]:
        each.hover()
    assert page.locator("img, iframe, main script").count() == 0
    assert page.evaluate("typeof alert") == "function"
    assert "<script>alert(1)</script>" in page.locator("body").inner_text() or language == "zh"
    for link in page.locator("a").all():
        assert not link.get_attribute("href").startswith("javascript:")


def test_the_policy_blocks_scripts_in_the_data(
    browser: Any, files: dict[str, Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.html"
    text = files["region"].read_text(encoding="utf-8")
    broken.write_text(
        text.replace("<main>", "<main><script>document.title = 'run'</script>", 1), encoding="utf-8"
    )
    context = browser.new_context()
    page = context.new_page()
    logged: list[str] = []
    page.on("console", lambda message: logged.append(message.text))
    page.goto(broken.as_uri())
    title = page.title()
    context.close()
    assert title == "Guangdong: targets and outcomes"
    assert any("Content Security Policy" in text for text in logged)


@pytest.mark.parametrize("name", ["region", "explorer"])
def test_without_script_everything_can_be_read(
    opened: Opened, name: str, plans: ip.Dataset
) -> None:
    page = opened(name, java_script_enabled=False)
    body = page.locator("body").inner_text()
    assert "目标" not in page.locator("h1").inner_text()
    if name == "region":
        for each in ip.scorecard(plans, region="CN-GD"):
            assert each.target in body
    else:
        assert "need JavaScript" in body
        assert "Guangdong" in page.locator("table.still").inner_text()
    assert page.locator(".controls").is_hidden()


@pytest.mark.parametrize("name", ["region", "indicator", "group", "explorer"])
def test_it_prints(opened: Opened, name: str, tmp_path: Path) -> None:
    page = opened(name)
    page.emulate_media(media="print")
    assert page.locator(".controls").is_hidden()
    assert page.locator(".switch").is_hidden()
    if name == "region":
        assert page.locator(".more:visible").count() == page.locator("tbody").count()
        link = page.locator(".sources a").first
        shown = link.evaluate("(link) => getComputedStyle(link, '::after').content")
        assert link.get_attribute("href") in shown
    page.set_viewport_size({"width": 690, "height": 1000})  # A4 without its margins
    displayed = page.locator("thead tr").first.evaluate("(row) => getComputedStyle(row).display")
    assert displayed == "table-row", "a printed table is no row of cards"
    heads = page.locator("thead th button").evaluate_all(
        "(buttons) => buttons.map((button) => getComputedStyle(button).display)"
    )
    assert set(heads) == {"contents"}, "Chromium repeats no head of a table with boxes of buttons"
    assert page.evaluate("document.documentElement.scrollWidth") <= 690, "the table is cut"
    scrolled = page.evaluate(
        "[...document.querySelectorAll('.wide-table')].map((e) => e.scrollWidth)"
    )
    assert all(width <= 690 for width in scrolled), "the table is cut"
    assert page.locator("#pages").count() == 0 or page.locator("#pages").is_hidden()
    made = page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert made.startswith(b"%PDF")


def test_no_motion_if_the_reader_prefers_none(opened: Opened) -> None:
    page = opened("region", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_chosen_verdict_is_a_share_of_the_targets_on_the_map(
    opened: Opened, plans: ip.Dataset
) -> None:
    page = opened("explorer", after="#region=CN-GD&verdict=met")
    for code, card in ip.scorecard(plans).group_by("region").items():
        tile, met = page.locator(f"[data-region='{code}']"), card.counts()["met"]
        if 0 < met < len(card):
            assert tile.locator("svg").get_attribute("viewBox") == f"0 0 {len(card)} 1"
            assert tile.locator("rect").get_attribute("width") == str(met)
            assert tile.locator(".count [aria-hidden]").text_content() == f"{met}/{len(card)}"


def test_the_map_and_the_filters_agree(opened: Opened, plans: ip.Dataset) -> None:
    page = opened("explorer")
    page.click("#tiles [data-region=CN-GD] button")
    assert page.locator("#by-region").input_value() == "CN-GD"
    assert page.locator("#tiles [data-region=CN-GD] button").get_attribute("aria-pressed") == "true"
    targets = plans.targets.where(region="CN-GD")
    assert len(column(page, "by")) == len(targets)
    assert "region=CN-GD" in page.evaluate("location.hash")
    page.select_option("#by-indicator", "rd_intensity")
    page.select_option("#by-period", "14th")
    card = ip.scorecard(plans, indicator="rd_intensity", period="14th")
    assert len(column(page, "by")) == len(card.group_by("region")["CN-GD"])
    tile = page.locator("#tiles [data-region=CN-SH]")
    assert tile.locator("rect").count() == 1
    assert card.group_by("region")["CN-SH"][0].verdict in tile.locator("rect").get_attribute(
        "class"
    )
    assert tile.get_by_role("button").inner_text().startswith("SH")
    page.click("#tiles [data-region=CN-GD] button")
    assert len(column(page, "by")) == len(card)
    kept = opened("explorer", after="#region=CN-ZJ&period=14th&q=GDP&indicator=no_such")
    assert kept.locator("#by-region").input_value() == "CN-ZJ"
    assert kept.locator("#search").input_value() == "GDP"
    assert kept.locator("#by-indicator").input_value() == ""
    assert set(column(kept, "region")) == {"Zhejiang"}


def test_the_table_of_the_explorer_has_pages(opened: Opened, plans: ip.Dataset) -> None:
    page = opened("explorer")
    assert len(column(page, "by")) == 50
    assert page.locator("#previous").is_disabled()
    first = column(page, "stated")
    page.click("#next")
    assert page.evaluate("document.activeElement.id") == "targets"
    assert column(page, "stated") != first
    count = len(plans.targets)
    assert page.inner_text("#shown") == f"targets shown: {count} of {count}"
    assert page.inner_text("#page").startswith("page 2 of ")
    page.locator("thead .c-gap button").click()
    card = ip.scorecard(plans)
    assert page.locator("thead .c-gap").get_attribute("aria-sort") == "ascending"
    assert all(column(page, "gap"))
    page.fill("#search", "研发经费投入强度 广东")
    expected = [
        each for each in card
        if each.subject.indicator == "rd_intensity" and each.subject.region == "CN-GD"
    ]  # fmt: skip
    assert len(column(page, "by")) >= len(expected) > 0
    assert page.locator("#pages").is_hidden()  # all rows are on one page
    page.click("text=Reset")
    page.wait_for_function("document.querySelectorAll('#table tbody').length === 50")


@pytest.mark.parametrize("width", [1280, 768, 500])
def test_tiles_say_which_province_their_letters_are(opened: Opened, width: int) -> None:
    page = opened("explorer", size={"width": width, "height": 900})
    tile = page.locator("#tiles [data-region=CN-HL]")
    assert tile.get_attribute("title") == "Heilongjiang"
    name = tile.locator(".full").first
    assert (name.bounding_box()["width"] > 1) is (width > 672)
    assert name.evaluate("(name) => name.scrollWidth <= name.clientWidth") or width <= 672
    page.click("text=中文")
    assert tile.get_attribute("title") == "黑龙江"


@pytest.mark.parametrize("width", [1280, 768, 500])
@pytest.mark.parametrize("name", ["region", "group", "indicator", "explorer"])
def test_no_page_is_wider_than_its_window(opened: Opened, name: str, width: int) -> None:
    page = opened(name, size={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_files_are_saved_and_texts_copied(opened: Opened, tmp_path: Path) -> None:
    page = opened("indicator", accept_downloads=True)
    with page.expect_download() as picture:
        page.locator(".save-png").first.click()
    assert picture.value.suggested_filename == "rd_intensity-picture-1.png"
    picture.value.save_as(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")
    assert "−" in "".join(column(page, "gap"))
    page.fill("#search", "粤")
    assert "q=" in page.evaluate("location.hash")
    with page.expect_download() as rows:
        page.click("#save-csv")
    rows.value.save_as(tmp_path / "rows.csv")
    assert rows.value.suggested_filename == "rd_intensity-targets.csv"
    lines = (tmp_path / "rows.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("region,period,target,by,outcome")
    assert lines[0].endswith(",key")
    assert len(lines) > 1
    assert all(line.startswith("Guangdong,") for line in lines[1:])
    assert page.evaluate("csvCell('−0.92%')") == "-0.92%"
    page.click("#copy-citation")
    page.wait_for_function("document.getElementById('copied').textContent === 'Copied'")


def test_a_link_with_filters_opens_a_report_so(opened: Opened) -> None:
    page = opened("indicator", after="#verdict=met&lang=zh")
    chips = page.locator("#table tbody:not([hidden]) .chip.met").count()
    assert page.locator("#table tbody:not([hidden])").count() == chips > 0
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"


@pytest.mark.parametrize("query", ["粤", "GD", "Canton"])
@pytest.mark.parametrize("name", ["indicator", "explorer"])
def test_the_search_finds_every_name_of_a_region(
    opened: Opened, plans: ip.Dataset, name: str, query: str
) -> None:
    page = opened(name)
    page.fill("#search", query)
    asked = {"indicator": "rd_intensity"} if name == "indicator" else {}
    count = len(plans.targets.where(region="CN-GD", **asked))
    assert page.inner_text("#shown").startswith(f"targets shown: {count} of ")
    if name == "indicator":
        return
    page.click("#copy-embed")


@pytest.mark.parametrize("value", ["GD", "粤", "guangdong"])
def test_an_address_may_name_a_region(opened: Opened, value: str) -> None:
    page = opened("explorer", after=f"#region={value}&lang=en")
    assert page.locator("#by-region").input_value() == "CN-GD"
    assert "region=CN-GD" in page.evaluate("location.hash")
    assert page.locator("#unknown").is_hidden()


@pytest.mark.parametrize(("name", "choice"), [("explorer", "region"), ("region", "verdict")])
def test_a_value_in_the_address_that_is_not_in_the_data_is_named(
    opened: Opened, name: str, choice: str
) -> None:
    page = opened(name, after=f"#{choice}=XX")
    assert page.inner_text("#unknown") == "The address names what is not in the data: XX"
    assert "XX" not in page.evaluate("location.hash")
    page.fill("#search", "nothing of the sort")
    assert page.locator("#unknown").is_hidden()


@pytest.mark.parametrize("name", ["explorer", "region"])
def test_a_search_without_a_hit_shows_a_sentence(opened: Opened, name: str) -> None:
    page = opened(name, after="#q=nothing-of-the-sort")
    assert page.locator("#table").is_hidden()
    assert page.locator("#nothing").is_visible()
    page.fill("#search", "GDP")
    assert page.locator("#table").is_visible()
    assert page.locator("#nothing").is_hidden()


def test_the_explorer_prints_every_chosen_target(opened: Opened) -> None:
    page = opened("explorer", after="#verdict=met")
    met = int(page.inner_text("#tally [data-verdict=met]"))
    assert len(column(page, "by")) == 50 < met
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(column(page, "by")) == met
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(column(page, "by")) == 50
    page.emulate_media(media="print")
    assert page.locator("#shown").is_visible()


@pytest.mark.parametrize("width", [1280, 768, 500])
def test_every_tile_shows_its_number_of_targets(
    opened: Opened, plans: ip.Dataset, width: int
) -> None:
    page = opened("explorer", after="#lang=zh", size={"width": width, "height": 900})
    for code, card in ip.scorecard(plans).group_by("region").items():
        number = page.locator(f"[data-region='{code}'] .count [aria-hidden]").first
        assert number.inner_text() == str(len(card))
        name = page.locator(f"[data-region='{code}'] .full:visible")
        count, text = number.bounding_box(), name.bounding_box()
        assert count["width"] > 4
        ends = text["x"] + name.evaluate(
            "(e) => { const r = document.createRange(); r.selectNodeContents(e);"
            " return r.getBoundingClientRect().width; }"
        )
        assert ends <= count["x"] or count["y"] >= text["y"] + text["height"] - 1
