"""Titles of plans: a title that no document has says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

import innovation_plans as ip

PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
# What an office issues, or an event at which it states goals.
DOCUMENT = re.compile("规划|纲要|计划|方案|行动|报告|意见|决定|措施|要点|发布会|会议|工作会|科技会")
REMARK = re.compile("descriptive title|title assumed|title inferred|title not (seen|shown)")
CODE = re.compile(r"\b(?:CN(?:-[A-Z]{2})?|[0-9]{6})-(?:1[3-5]|20[0-9]{2})-[a-z][a-z0-9-]*")


def unnamed(plans: ip.Dataset) -> set[str]:
    """Plans whose title names no document and has no remark."""
    return {
        plan.code
        for plan in plans.plans
        if plan.title_zh and not DOCUMENT.search(plan.title_zh)
        if not REMARK.search(plan.notes or "")
    }


def test_a_title_that_names_no_document_is_said_to_be_a_description() -> None:
    assert unnamed(PLANS) == set()
    described = [plan for plan in PLANS.plans if REMARK.search(plan.notes or "")]
    assert len(described) >= 25


def test_the_edition_before_did_not_say_so() -> None:
    assert unnamed(BEFORE) >= {"CN-HA-14-other-enterprises", "CN-ZJ-13-other-literacy"}


def unsaid_events(plans: ip.Dataset) -> set[str]:
    """Conferences and meetings without a remark, whose title is neither printed nor in quotes."""
    read: dict[str, set[str]] = {}
    for target in plans.targets:
        read.setdefault(target.plan.code, set()).add(target.citation.source.title)
    return {
        plan.code
        for plan in plans.plans
        if re.search("-(press|meeting)", plan.code)
        and not re.search("descriptive title|back-translation", plan.notes or "")
        and not re.search("“(?!十[三四五]五”)", title := re.sub("^20..年", "", plan.title_zh or ""))
        and not any(title in text for text in read[plan.code])
    }


def test_the_title_of_an_event_is_a_description_unless_a_text_prints_it() -> None:
    assert unsaid_events(PLANS) == set()
    assert unsaid_events(BEFORE) >= {
        "CN-LN-14-other-press-2021-03",
        "CN-SD-14-other-press-2021-12",
        "CN-ZJ-2021-other-meeting",
    }


def test_a_title_that_a_chinese_text_prints_is_no_back_translation() -> None:
    plan = PLANS.plans["CN-HL-14-sti"]  # http://casmhz.cn/news/2683.html
    assert "back-translation" not in (plan.notes or "")


CHINESE = re.compile("[\u4e00-\u9fff]")
# Read in another language; the title stands in a Chinese text that is not a source of the data.
TITLE_KNOWN = {"CN-14-other-ip"}


def unsaid_translations(plans: ip.Dataset) -> set[str]:
    """Plans of which no Chinese word was read, and whose notes do not say so of their title."""
    words: dict[str, list[str]] = {}
    for row in plans.targets:
        words.setdefault(row.plan.code, []).append(row.citation.as_stated or "")
    for further in plans.corroborations:
        plan = further.target.partition("/")[0]
        words.setdefault(plan, []).append(further.citation.as_stated or "")
    return {
        plan.code
        for plan in plans.plans
        if (read := " ".join(words.get(plan.code, [])))
        if re.search("[A-Za-z가-힣]{2}", read) and not CHINESE.search(read)
        if not re.search("descriptive title|back-translation", plan.notes or "")
    }


def test_a_title_that_nobody_read_in_chinese_says_so() -> None:
    assert unsaid_translations(PLANS) == TITLE_KNOWN
    for code in ("CN-HN-2021-other-annual-plan", "CN-SD-14-other-new-rd", "CN-SH-15-outline-draft"):
        assert "title_zh is a back-translation" in (PLANS.plans[code].notes or "")


def unnatural(titles: Iterable[str | None]) -> list[str]:
    """English titles with a year between a noun and its "of", or with "of high level"."""
    clumsy = re.compile("(?<! in)(?<! to) 20[0-9]{2} (of|for) |of high level")
    return [title for title in titles if title and clumsy.search(title)]


def test_titles_in_english_read_naturally() -> None:
    assert unnatural(plan.title_en for plan in PLANS.plans) == []
    assert unnatural(each.name_en for each in PLANS.indicators) == []
    assert len(unnatural(plan.title_en for plan in BEFORE.plans)) >= 10
    assert unnatural(["R&D intensity goal 2022 of Henan", "Plan 2021 for Hunan"])
    assert not unnatural(["2021 Plan for Hunan", "Goals to 2035 of China"])


def printed_descriptions(plans: ip.Dataset) -> set[str]:
    """Plans with a title called descriptive that a source prints, or that is that of a document."""
    printed: dict[str, set[str]] = {}
    for row in (*plans.targets, *plans.goals):
        if row.plan is not None:
            printed.setdefault(row.plan.code, set()).add(row.citation.source.title)
    return {plan.code for plan in plans.plans if is_printed(plan, printed.get(plan.code, ()))}


def is_printed(plan: ip.Plan, titles: Iterable[str]) -> bool:
    """Return whether a title called descriptive stands in a title read, or is that of a document."""
    title, notes = plan.title_zh or "", plan.notes or ""
    is_document = bool(re.search("(规划|纲要|计划|方案|意见|决定|措施|要点)$", title))
    unseen = re.search("not (seen|shown|named)|no (plan )?document named|back-translation", notes)
    is_read = any(title in each for each in titles)
    return "descriptive title" in notes and (is_read or (is_document and not unseen))


def test_a_title_that_a_source_prints_is_not_called_a_description() -> None:
    assert printed_descriptions(PLANS) == set()
    printed = PLANS.plans["CN-ZJ-2025-other-hightech"]
    assert is_printed(printed.model_copy(update={"notes": "descriptive title"}), ())
    described = PLANS.plans["530100-2024-other-work"]
    assert not is_printed(described, ())
    assert is_printed(described, [f"{described.title_zh}发布"])


def test_remarks_on_plans_name_only_plans_of_the_data() -> None:
    codes = {plan.code for plan in PLANS.plans}
    named = {code for plan in PLANS.plans for code in CODE.findall(plan.notes or "")}
    assert named
    assert named <= codes


def adopted_by_a_draft(plans: ip.Dataset) -> set[str]:
    """Goals of an adopted plan that are known from a text on its draft only."""
    return {
        each.key
        for each in plans.targets
        if "on the draft outline" in (each.notes or "") and not each.plan.is_draft
    }


def test_a_goal_of_a_draft_is_no_goal_of_the_adopted_plan() -> None:
    assert adopted_by_a_draft(PLANS) == set()
    assert len(adopted_by_a_draft(BEFORE)) == 3


def goals_of_a_draft_in_a_report(plans: ip.Dataset) -> set[str]:
    """Goals that a work report gives as those of a draft outline, and that are filed under the report."""
    return {
        each.key
        for each in plans.targets
        if "of the draft outline" in (each.notes or "") and not each.plan.is_draft
    }


def test_a_goal_that_a_report_gives_for_the_draft_outline_is_one_of_the_draft() -> None:
    assert goals_of_a_draft_in_a_report(PLANS) == set()
    assert len(goals_of_a_draft_in_a_report(BEFORE)) == 6
    drafts = {plan.code: plan for plan in PLANS.plans if plan.is_draft and plan.kind == "outline"}
    named = {
        code for plan in PLANS.plans for code in CODE.findall(plan.notes or "") if "-draft" in code
    }
    assert len(named) == 7
    assert named <= set(drafts)
    extents = {each.code: each.extent for each in PLANS.documents if each.code in named}
    assert set(extents.values()) == {"part"}


def test_a_day_that_a_report_does_not_have_is_no_date_of_a_plan() -> None:
    """The report on the work report of Wuhu names the month only, and no text of the report was read."""
    wuhu, clusters = (PLANS.plans[code] for code in ("340200-15-gwr", "CN-JS-14-other-clusters"))
    assert (wuhu.issued, "known from a report only" in (wuhu.notes or "")) == ("2026-01", True)
    assert "title and date from the copy of the plan at" in (clusters.notes or "")


def test_a_description_of_a_page_says_that_it_is_no_printed_title() -> None:
    def undescribed(plans: ip.Dataset) -> list[str]:
        described = re.compile("^(Report on the|Text of an?|Article on) .*[a-z0-9]$")
        return [each.code for each in plans.sources if described.search(each.title or "")]

    assert undescribed(PLANS) == []
    assert set(undescribed(BEFORE)) >= {"sx-cns-2021-09-07", "ha-daxiang-2025"}


def test_a_made_up_title_says_that_the_goals_were_said_before_the_plan() -> None:
    before = re.compile("before the (special )?plan( was issued)?(;|$)")
    plans = [plan for plan in PLANS.plans if plan.title_made_up and before.search(plan.notes or "")]
    assert {plan.code for plan in plans} >= {"CN-SC-14-other-meeting-2021"}
    assert [plan.code for plan in plans if "before" not in (plan.title_en or "")] == []
    assert [plan.code for plan in plans if "印发前" not in (plan.title_zh or "")] == []


def test_the_translated_texts_have_the_heading_of_the_text() -> None:
    titles = {each.code: each.title or "" for each in PLANS.sources}
    assert titles["seed-cbn-2021"].startswith("Announce the 14th Five-Year Plan for")
    assert titles["seed-xining-2022"].startswith("“Road Map” for")
    assert titles["zhuhai-otlhn-2018-06-08"].startswith("珠海发布高质量发展三年行动计划")
