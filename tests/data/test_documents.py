"""Documents: each has its best text, both periods of a first work report, and its titles."""

from __future__ import annotations

import re

import innovation_plans as ip
from innovation_plans.records.reference import years_of

PLANS = ip.load(tiers="ABCD")
ADDRESS_ONLY = "Second text with the same figure (address only)"
OF_ANOTHER = re.compile("of another document|may be of that plan|may state the goal of another")
WHOLE_REPORT = re.compile("-gwr-202[56](-2)?$")


def tiers_of_texts(plans: ip.Dataset) -> dict[str, set[ip.Tier]]:
    """Tiers of the texts of each plan that were read: of its goals, and further ones of its targets."""
    tiers: dict[str, set[ip.Tier]] = {}
    for row in (*plans.targets, *plans.goals):
        if row.plan is not None:
            tiers.setdefault(row.plan.code, set()).add(row.citation.source.tier)
    for further in plans.corroborations:
        is_read = further.citation.source.title != ADDRESS_ONLY
        if is_read and not OF_ANOTHER.search(further.notes or ""):
            tiers[further.target.partition("/")[0]].add(further.citation.source.tier)
    return tiers


def test_the_source_of_a_document_is_the_best_text_that_was_read() -> None:
    tiers = tiers_of_texts(PLANS)
    worse = {
        each.code
        for each in PLANS.documents
        if each.plan is not None and each.source is not None
        if not WHOLE_REPORT.search(each.source.code)
        if min(tiers[each.plan.code]) < each.source.tier
    }
    assert worse == set()
    best = {each.code: each.source.code for each in PLANS.documents if each.source is not None}
    assert best["CN-15-outline-draft"] == "cn-szdaily-2026-03-06"
    # Only the address of a better text of this one was recorded.
    assert best["CN-BJ-14-action-ministries"] == "bj-people-2023-05-30"


def reports_of_one_period() -> set[str]:
    """Work reports of a first year of a period that are documents of the year or the period only."""
    codes = {each.code for each in PLANS.documents}
    missing = set()
    for period in ("13th", "14th", "15th"):
        years = years_of(period)
        assert years is not None
        pair = f"-{period[:2]}-gwr", f"-{years[0]}-gwr"
        for own, other in (pair, pair[::-1]):
            regions = {code.removesuffix(own) for code in codes if code.endswith(own)}
            missing |= {region + other for region in regions} - codes
    return missing


def test_a_work_report_of_a_first_year_is_a_document_of_both_periods() -> None:
    assert reports_of_one_period() == set()
    unread = {each.code for each in PLANS.documents if each.extent == "unread"}
    assert unread >= {"CN-AH-14-gwr", "CN-QH-14-gwr", "CN-SN-14-gwr"}


def test_a_document_without_a_plan_has_a_title_in_english() -> None:
    assert [each.code for each in PLANS.documents if not each.plan and not each.title_en] == []
