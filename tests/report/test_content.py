"""What a page contains, with its pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.report.content import pictures_of_region
from innovation_plans.text.messages import say

Read = Callable[[str], Any]
# A page has its pictures in English and in Chinese.
pytestmark = pytest.mark.usefixtures("chinese_font")


@pytest.mark.parametrize(
    "chosen",
    [{"region": "320200"}, {"region": "Xiamen", "period": "13th"}],
    ids=["region", "period"],
)
def test_nothing_has_no_page(plans: ip.Dataset, tmp_path: Path, chosen: dict[str, Any]) -> None:
    with pytest.raises(ip.MissingError, match=f"no targets; without {[*chosen][-1]}="):
        ip.report.write(plans, tmp_path / "page.html", **chosen)
    assert not list(tmp_path.iterdir())


def test_goals_without_targets_have_a_page(plans: ip.Dataset, read: Read) -> None:
    part = plans.subset("Shanghai")
    goals = {"goals": list(part.goals), "regions": list(part.regions)}
    only_goals = plans.subset("320200").extend(**goals)  # type: ignore[arg-type]
    page = read(ip.report.html(only_goals, region="Shanghai"))
    assert "The data have no target here." in page.one("main").full_text()
    assert not page.all("table")
    assert not page.all("figure")


@pytest.mark.parametrize("region", ["CN-EAST", ["GD", "JS"]])
def test_several_regions_have_a_page(plans: ip.Dataset, read: Read, region: Any) -> None:
    page = read(ip.report.html(plans, region=region))
    codes = [each.code for each in plans.regions.where(group="CN-EAST")]
    wanted = codes if region == "CN-EAST" else ["CN-GD", "CN-JS"]
    rows = len(page.all("tbody"))
    assert rows == len(plans.targets.where(region=wanted)) > 20
    heads = [each.attributes["class"] for each in page.all("th", scope="col")]
    assert heads[:2] == ["c-region", "c-indicator"]
    assert len(page.all("figure")) >= 2
    is_group = region == "CN-EAST"
    counted = "of a group, its members without the regions within them"
    assert (counted in page.one("body").full_text()) is is_group


def test_one_of_a_kind_is_singular(plans: ip.Dataset, read: Read) -> None:
    cards = ip.scorecard(plans).group_by("region").items()
    single = next(code for code, card in cards if len(card) == 1)
    text = read(ip.report.html(plans, region=single)).one("body").full_text()
    assert "1 target" in text
    assert "1项目标" in text
    assert not re.search(r"\b1 (targets|sources|regions|indicators)\b", text)


def test_doubts_of_a_verdict_are_seen_without_a_click(plans: ip.Dataset, read: Read) -> None:
    page = read(ip.report.html(plans, region="GD"))
    cells = [cell.full_text() for cell in page.all("td", **{"class": "c-verdict"})]
    card = ip.scorecard(plans, region="GD")
    doubts = [sum(caveat.is_doubt for caveat in each.caveats) for each in card]
    assert any(doubts)
    for each, cell in zip(card, cells, strict=True):
        for caveat in each.caveats:
            assert (say(f"Caveat.{caveat}", "en") in cell) is caveat.is_doubt


@pytest.mark.heavy
def test_pictures_are_few_and_small(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, region="CN-ZJ")
    drawn = pictures_of_region(card, plans)
    assert 2 <= len(drawn) <= 6
    for each in drawn:
        for svg in each.svgs:
            assert svg.startswith("<svg")
            assert "<style" not in svg
            assert len(svg.encode()) < 90_000


def test_a_chart_of_some_targets_says_of_how_many(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, region="CN-GD")
    known = sum(each.outcome is not None for each in card)
    first = pictures_of_region(card, plans)[0].caption[0]
    assert first.endswith(f": {known} of {len(card)} targets, all with outcomes")


def test_without_data_nothing_is_drawn(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, region="CN-QH").group_by("verdict")["undetermined"]
    assert all(each.outcome is None for each in card)
    assert pictures_of_region(card, plans) == []
