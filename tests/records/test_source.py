from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.records import Context

SOURCE = {"code": "abe-plan", "title": "Plan of Abeland", "tier": "A"}


def test_a_source_says_who_printed_it_where_and_when() -> None:
    assert str(ip.Source(**SOURCE)) == "Plan of Abeland (tier A)"
    full = ip.Source(**SOURCE, publisher="Abeland", date="2021-03", url="https://abe.example/p")
    assert str(full) == "Abeland, Plan of Abeland, 2021-03, https://abe.example/p (tier A)"
    assert full.tier is ip.Tier.A


@pytest.mark.parametrize(
    ("given", "said", "key"),
    [
        ({}, "", "abe-plan"),
        ({"locator": "page 3"}, "; page 3", "abe-plan#page 3"),
        ({"as_stated": "3.5%左右"}, '; as stated: "3.5%左右"', "abe-plan"),
        (
            {"locator": "page 3", "as_stated": "3.5%左右"},
            '; page 3; as stated: "3.5%左右"',
            "abe-plan#page 3",
        ),
    ],
)
def test_a_citation_says_place_and_wording(given: dict[str, str], said: str, key: str) -> None:
    citation = ip.Citation(source=ip.Source(**SOURCE), **given)
    assert str(citation) == f"Plan of Abeland (tier A){said}"
    assert citation.key == key


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"tier": "E"}, ("tier",)),
        ({"tier": "a"}, ("tier",)),
        ({"url": "ftp://abe.example"}, ("url",)),
        ({"date": "March 2021"}, ("date",)),
        ({"title": "a\u202eb"}, ("title",)),
        ({"code": "abe plan"}, ("code",)),
    ],
)
def test_faults(refusal: Callable[..., Any], cells: dict[str, str], place: tuple[str, ...]) -> None:
    assert refusal(ip.Source, {**SOURCE, **cells})[0] == place


def test_a_citation_needs_a_document(context: Context, refusal: Callable[..., Any]) -> None:
    assert refusal(ip.Citation, {"locator": "page 3"}, context=context) == (
        ("source",),
        "Field required",
    )
