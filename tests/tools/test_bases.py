"""Shares recorded without their base: the note that the importer adds."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
bases: Any = importlib.import_module("importer.bases")
ledger: Any = importlib.import_module("importer.ledger")

PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
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
            f"the recorded name has industry as the base of the share, read as {INDUSTRY}",
        ),
        (
            # above designated size is the numerator, not the base
            share(
                "high_tech_value_added_industry_share", "规模以上高新技术产业增加值占工业增加值比重"
            ),
            f"the recorded name has industry as the base of the share, read as {INDUSTRY}",
        ),
        (share("enterprises_with_rd_share", "规模以上工业企业中有研发活动企业占比"), ""),
        (share("digital_economy_core_gdp_share", "数字经济核心产业增加值占GDP比重"), ""),
        # the base may also be a fund: provincial_science_fund_basic_research_share
        (share("basic_research_share", "基础研究占比"), f"{UNKNOWN} R&D expenditure"),
        (share("basic_research_share", "基础研究经费占R&D经费比重"), ""),
        (share("industrial_rd_revenue_share", "规上工业企业研发投入强度"), f"{UNKNOWN} revenue"),
        (share("industrial_rd_revenue_share", "规上工业企业研发费用与营收之比"), ""),
        (share("high_tech_output_share", ""), ""),
        (share("high_tech_output_share", "高新技术产业产值", "annual_growth"), ""),
    ],
)
def test_the_base_that_a_name_does_not_say(row: dict[str, str], expected: str) -> None:
    assert bases.unprinted_base(row) == expected


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ("target year 2023", f"target year 2023; {UNKNOWN} {INDUSTRY}"),
        ("base not printed, read as output", "base not printed, read as output"),
        (
            "denominator not named; the 2025 report used output",
            f"denominator not named, read as {INDUSTRY}; the 2025 report used output",
        ),
    ],
)
def test_a_note_says_which_base_is_assumed(notes: str, expected: str) -> None:
    row = share("high_tech_output_share", "高新技术产业产值占比", notes=notes)
    bases.note_unprinted_bases(ledger.Research({"targets": [row], "outcomes": []}))
    assert row["notes"] == expected


def without_an_assumed_base(plans: ip.Dataset) -> set[str]:
    """Shares whose notes say that the text has no base, and not which one they are read as."""
    statements: list[ip.Target | ip.Observation] = [*plans.targets, *plans.observations]
    return {
        each.key
        for each in statements
        if "share" in each.indicator.code
        if re.search("(base of the share|denominator|base) not (named|printed)", each.notes or "")
        if "read as" not in (each.notes or "")
    }


def test_every_share_without_a_base_says_which_is_assumed() -> None:
    assert without_an_assumed_base(PLANS) == set()
    assert "CN-SD/high_tech_output_share/level/2025@sd-gwr-2026" in without_an_assumed_base(BEFORE)


def test_the_data_have_such_notes() -> None:
    noted = [
        each.key
        for each in (*PLANS.targets, *PLANS.observations)
        if "base of the share not recorded" in (each.notes or "")
    ]
    assert len(noted) >= 14
    assert any(key.startswith("CN-JL-15-gwr/manufacturing_value_added_gdp_share/") for key in noted)
