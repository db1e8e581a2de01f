"""The explorer, read without a browser: its content and its safety."""

from __future__ import annotations

import json
import re
import sys
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.io.formats import WriteError
from innovation_plans.plots.tilegrid import TILES
from innovation_plans.report.explorer import embedded
from innovation_plans.text.labels import title_of

Page = Any  # see conftest.py
Read = Callable[[str], Any]
RAW = "</script><!-- & ]]> \u2028\u2029"


@pytest.fixture(scope="module")
def page(plans: ip.Dataset, read: Read) -> Page:
    return read(ip.explorer.html(plans, docs_link="docs/"))


@pytest.fixture(scope="module")
def data(page: Page) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(page.one("script", id="data").full_text())
    return data


def test_every_target_is_there_with_its_verdict(data: dict[str, Any], plans: ip.Dataset) -> None:
    card = ip.scorecard(plans)
    assert [row[-1] for row in data["targets"]] == [each.target for each in card]
    for row, each in zip(data["targets"], card, strict=True):
        assert data["verdicts"][row[11]][0] == each.verdict
        assert data["regions"][row[0]][0] == each.subject.region
        assert data["indicators"][row[1]][0] == each.subject.indicator
        assert row[3] == [each.stated.text("en"), each.stated.text("zh")]
        assert len(row[15]) == len(each.caveat_texts())
        assert len(row[16]) == len(each.inputs) - 1
        source = plans.targets.by_key(each.target).citation.source
        titles = [title_of(source.title, "en"), title_of(source.title, "zh")]
        assert data["sources"][row[18][0]][0] == titles


def test_the_script_names_every_part_of_a_row(data: dict[str, Any], page: Page) -> None:
    script = next(each for each in page.all("script") if "id" not in each.attributes).full_text()
    fields = re.search(r"FIELDS = (\[.*?\]);", script, flags=re.DOTALL)
    assert fields
    named = json.loads(fields[1])
    assert {len(row) for row in data["targets"]} == {len(named)}
    assert named[11] == "verdict"
    assert named[-1] == "key"


def test_the_map_has_every_province(page: Page) -> None:
    tiles = [each for each in page.all("li") if "data-region" in each.attributes]
    placed = [each for each in tiles if re.search(r" r\d+ k\d+$", each.attributes["class"])]
    assert {each.attributes["data-region"] for each in placed} == set(TILES)
    classes = [each.attributes["class"] for each in placed]
    assert len(classes) == len(set(classes))
    style = page.one("style").full_text()
    for name in classes:
        for part in name.split()[1:]:
            assert f".{part} {{ grid-" in style


def test_the_counts_are_there_without_script(page: Page, plans: ip.Dataset) -> None:
    card = ip.scorecard(plans)
    rows = {
        cells[0]: cells[1:]
        for cells in (
            re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", unescape(row))
            for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", page.source)
        )
    }
    for name, ours in card.group_by("region").items():
        region = plans.region(name)
        cells = next(cells for shown, cells in rows.items() if f">{region.name_en}<" in shown)
        assert int(cells[0]) == len(ours)
        assert [int(cell or 0) for cell in cells[1 : 1 + len(ip.Verdict)]] == list(
            ours.counts().values()
        )


def test_ids_headings_and_references(page: Page) -> None:
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    for each in page.elements:
        for name in ("aria-labelledby", "for"):
            assert set(each.attributes.get(name, "").split()) <= set(ids)
        if each.attributes.get("href", "").startswith("#"):
            assert each.attributes["href"][1:] in ids
        assert "style" not in each.attributes
        assert "src" not in each.attributes
    levels = [int(each.tag[1]) for each in page.elements if re.fullmatch("h[1-6]", each.tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_policy_allows_only_this_style_and_this_script(page: Page) -> None:
    policy = page.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    assert policy.startswith("default-src 'none'; ")
    assert policy.count("unsafe") == policy.count("style-src-attr 'unsafe-inline'") == 1
    script = next(each for each in page.all("script") if "id" not in each.attributes).full_text()
    for text in (page.one("style").full_text(), script):
        assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in policy
    assert not re.search(r"\b(fetch|XMLHttpRequest|eval|Function|import|innerHTML)\b", script)


def test_it_is_small(page: Page) -> None:
    size = len(page.source.encode())
    assert size < 5_000_000
    assert size / len(page.one("script", id="data").full_text()) < 2, "the data are most of it"


def test_the_same_data_give_the_same_bytes(page: Page, plans: ip.Dataset) -> None:
    assert ip.explorer.html(plans, docs_link="docs/") == page.source


def test_json_in_a_page_is_not_markup() -> None:
    text = embedded({"<": RAW})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {"<": RAW}


@pytest.mark.heavy
def test_text_of_the_data_is_escaped(hostile: ip.Dataset[Any, Any, Any, Any], read: Read) -> None:
    page = read(ip.explorer.html(hostile))
    assert len(page.all("script")) == 2
    assert not page.all("img")
    assert not page.all("iframe")
    data = json.loads(page.one("script", id="data").full_text())
    assert "<script>alert(1)</script>" in [each[1] for each in data["regions"]]
    assert '"onmouseover="alert(1)" x="' in [each.full_text() for each in page.all("option")]
    for each in page.elements:
        assert not any(name.startswith("on") for name in each.attributes)


@pytest.mark.parametrize("address", ["docs/", "../docs/index.html", "https://x.example/d?a=b", ""])
def test_a_link_to_the_documentation(
    plans: ip.Dataset, address: str, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = read(ip.explorer.html(plans.extend(targets=[]), docs_link=address))
    links = [
        each.attributes["href"] for each in page.all("a") if each.full_text() == "Documentation文档"
    ]
    assert links == ([address] if address else [])


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//x.example/", "data:x", 'docs/"><b>'])
def test_a_link_to_another_site_raises_an_error(plans: ip.Dataset, address: str) -> None:
    with pytest.raises(ip.MissingError, match="expected a path such as 'docs/'"):
        ip.explorer.html(plans, docs_link=address)


def test_a_page_that_exists_is_noticed_before_the_work(
    plans: ip.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ip.explorer, "scorecard", pytest.fail)
    (tmp_path / "index.html").touch()
    with pytest.raises(WriteError, match="it exists"):
        ip.explorer.write(plans, tmp_path)


def test_other_files_of_the_directory_stay(plans: ip.Dataset, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert ip.explorer.write(plans, site) == site / "index.html"
    first = (site / "index.html").read_bytes()
    (site / "docs").mkdir()
    with pytest.raises(WriteError, match="it exists"):
        ip.explorer.write(plans, site, lang="zh")
    assert (site / "index.html").read_bytes() == first
    ip.explorer.write(plans, site, lang="zh", overwrite=True)
    assert (site / "index.html").read_bytes() != first
    assert sorted(each.name for each in site.iterdir()) == ["SHA256SUMS", "docs", "index.html"]
    (site / "index.html").write_text("my own page")
    with pytest.raises(WriteError, match=r"index\.html': it is not as this package wrote it"):
        ip.explorer.write(plans, site, overwrite=True)
    assert (site / "index.html").read_text() == "my own page"


@pytest.mark.parametrize(
    ("path", "problem"),
    [("file", "expected a directory"), ("no/where", "no such file or directory")],
)
def test_a_path_where_no_directory_can_be_made(
    plans: ip.Dataset, tmp_path: Path, path: str, problem: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WriteError, match=problem):
        ip.explorer.write(plans, tmp_path / path)


def test_a_report_for_each_region_with_targets(
    world: Callable[..., Path], tmp_path: Path, read: Read, no_drawing: None
) -> None:
    ours = ip.load(world(), tiers="ABCD")
    ip.explorer.write(ours, tmp_path / "site", reports=True)
    page = read((tmp_path / "site" / "index.html").read_text(encoding="utf-8"))
    links = {each.attributes["href"] for each in page.all("a")} - {"#targets"}
    assert links == {"reports/XX-AB.html", "reports/XX-CD.html"}
    for link in links:
        report = read((tmp_path / "site" / link).read_text(encoding="utf-8"))
        assert report.all("h1")
    with pytest.raises(WriteError, match="it exists"):
        ip.explorer.write(ours, tmp_path / "site", reports=True)


def test_a_code_that_is_not_a_file_name_has_no_report(
    world: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_drawing: None
) -> None:
    ours = ip.load(world(), tiers="ABC")
    monkeypatch.setitem(ours.region("XX-AB").__dict__, "code", "../../evil")
    ip.explorer.write(ours, tmp_path / "site", reports=True)
    assert not list(tmp_path.rglob("*evil*"))
    files = sorted(each.name for each in (tmp_path / "site").iterdir())
    assert files == ["SHA256SUMS", "index.html"]


def test_a_dataset_without_targets(world: Callable[..., Path], read: Read) -> None:
    ours = ip.load(world({"targets/14th.csv": None, "corroborations.csv": None}), tiers="ABC")
    page = read(ip.explorer.html(ours))
    assert json.loads(page.one("script", id="data").full_text())["targets"] == []


def test_without_jinja2_the_extra_is_named(
    plans: ip.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("jinja2", "markupsafe"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ip.MissingExtraError, match=r"innovation-plans\[report\]"):
        ip.explorer.html(plans)
