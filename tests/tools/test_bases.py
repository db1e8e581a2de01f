"""Shares recorded without their base: the note that the importer adds."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
bases: Any = importlib.import_module("importer.bases")
ledger: Any = importlib.import_module("importer.ledger")

PLANS = ip.load(tiers="ABCD")
INDUSTRY = "industry above designated size"
UNKNOWN = "base of the share not recorded, read as"


def share(indicator: str, named: str, form: str = "level", notes: str = "") -> dict[str, str]:
    return {"indicator": indicator, "indicator_as_named": named, "form": form, "notes": notes}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (share("high_tech_output_share", "高新技术产业产值占比"), f"{UNKNOWN} {INDUSTRY}"),
        (share("high_tech_output_share", "高新技术产业产值占规模以上工业产值比重"), ""),
        (share("enterprises_with_rd_share", "有研发活动企业占比"), f"{UNKNOWN} {INDUSTRY}"),
        (share("manufacturing_value_added_gdp_share", "制造业增加值占比"), f"{UNKNOWN} GDP"),
        (
            share("strategic_emerging_output_share", "总产值占工业总产值比重"),
            f"base of the share recorded as industry, read as {INDUSTRY}",
        ),
        (
            # above designated size is the numerator, not the base
            share(
                "high_tech_value_added_industry_share", "规模以上高新技术产业增加值占工业增加值比重"
            ),
            f"base of the share recorded as industry, read as {INDUSTRY}",
        ),
        (share("enterprises_with_rd_share", "规模以上工业企业中有研发活动企业占比"), ""),
        (share("digital_economy_core_gdp_share", "数字经济核心产业增加值占GDP比重"), ""),
        (share("basic_research_share", "基础研究占比"), ""),  # always of R&D expenditure
        (share("high_tech_output_share", ""), ""),
        (share("high_tech_output_share", "高新技术产业产值", "annual_growth"), ""),
    ],
)
def test_the_base_that_a_name_does_not_say(row: dict[str, str], expected: str) -> None:
    assert bases.unprinted_base(row) == expected


def test_a_note_that_says_the_base_is_enough() -> None:
    bare = share("high_tech_output_share", "高新技术产业产值占比", notes="target year 2023")
    told = share("high_tech_output_share", "高新技术产业产值占比", notes="denominator not printed")
    bases.note_unprinted_bases(ledger.Research({"targets": [bare], "outcomes": [told]}))
    assert bare["notes"] == f"target year 2023; {UNKNOWN} {INDUSTRY}"
    assert told["notes"] == "denominator not printed"


def test_the_data_have_such_notes() -> None:
    noted = [
        each.key
        for each in (*PLANS.targets, *PLANS.observations)
        if "base of the share not recorded" in (each.notes or "")
    ]
    assert len(noted) >= 15
    assert any(key.startswith("632800-14-action/enterprises_with_rd_share/") for key in noted)
