"""What a page contains, with its pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.report.content import pictures_of_region

Read = Callable[[str], Any]
# A page has its pictures in English and in Chinese.
pytestmark = pytest.mark.usefixtures("chinese_font")


def test_a_region_without_targets_has_a_page(plans: ip.Dataset, read: Read) -> None:
    page = read(ip.report.html(plans, region="320200"))
    assert "The data have no target here." in page.one("main").full_text()
    assert not page.all("table")
    assert not page.all("figure")


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


def test_without_data_nothing_is_drawn(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, region="CN-QH").group_by("verdict")["undetermined"]
    assert all(each.outcome is None for each in card)
    assert pictures_of_region(card, plans) == []
