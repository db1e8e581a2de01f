"""What a row says beside its figure: issuer, speaker, force, review, vintage, base and dates."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import innovation_plans as ip

PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
RESEARCH = Path(__file__).resolve().parents[2] / "tools" / "research"
OFFICES = {ip.Issuer.GOVERNMENT, ip.Issuer.STATISTICS_OFFICE}
TITLE_UNRECORDED = "where the title was read was not recorded"
SPEAKER_UNKNOWN = "who states the figure was not recorded"
WHOLE_REPORT = re.compile("-gwr-202[156](-2)?$")


def rows(name: str) -> list[dict[str, str]]:
    with (RESEARCH / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# ------------------------------------------------------------------ issuer and rendition


def own_texts(plans: ip.Dataset) -> list[ip.Source]:
    """Sources whose title or publisher says that the text is that of the office itself.

    A title that nobody recorded reading says nothing of the issuer.
    """
    whole = re.compile("全文|text of the (plan|press conference)|copy of the (plan|document) text")
    report = re.compile(
        "^(19|20)[0-9]{2}年[^报道]*政府工作报告( [(](copy|abstract)[)])?$|执行情况与"
    )
    return [
        source
        for source in plans.sources
        if whole.search(f"{source.title} {source.publisher}") or report.search(source.title)
        if TITLE_UNRECORDED not in (source.notes or "")
    ]


def test_the_text_of_an_office_is_issued_by_it_wherever_it_was_read() -> None:
    texts = own_texts(PLANS)
    assert len(texts) >= 60
    assert [text.code for text in texts if text.issuer not in OFFICES] == []
    for code in ("gz-literacy-plan-14", "js-action-digital-2025"):
        assert code in {text.code for text in texts}


def test_an_article_after_the_media_is_not_issued_by_a_government() -> None:
    article = re.compile("after (central )?media|一组数据|after .*(日报|新闻)")
    assert [
        source.code
        for source in PLANS.sources
        if source.issuer in OFFICES and article.search(f"{source.title} {source.publisher}")
    ] == []
    assert PLANS.sources["cn-jiangongdata-2026-03-10"].issuer is ip.Issuer.OFFICIAL_MEDIA


def test_what_a_medium_posts_on_a_portal_is_a_copy() -> None:
    portal = re.compile(r"//([a-z]+\.)*(163|qq|sina|etnet)\.com")
    posts = [
        source
        for source in PLANS.sources
        if source.issuer is ip.Issuer.OFFICIAL_MEDIA and portal.search(source.url or "")
    ]
    assert len(posts) >= 5
    assert {source.rendition for source in posts} == {ip.Rendition.THIRD_PARTY_COPY}


# Sites of houses; the name of a publisher begins with that of its house.
SITES = {
    "China Daily": "chinadaily.com.cn",
    "China Radio International": "cri.cn",
    "Shenzhen Daily": "szdaily.com",
    "exploringtianjin.com / China Daily subsite": "chinadaily.com.cn",
    "sanqin.com": "sanqin.com",
    "sdchina.com": "sdchina.com",
    "中新网": "chinanews.com",
    "东南网": "fjsen.com",
    "云南网": "yunnan.cn",
    "内蒙古": "nmgnews.com.cn",
    "大众网": "dzwww.com",
    "大河网": "dahe.cn",
    "央广网": "cnr.cn",
    "新华社 (新华丝路)": "imsilkroad.com",
    "Xinhua (via Xinhua Silk Road)": "imsilkroad.com",
    "国际在线": "cri.cn",
    "新华社": "news.cn",
    "新华网": "xinhuanet.com",
    "新华财经": "cnfin.com",
    "宁波日报": "cnnb.com.cn",
    "观海新闻": "guanhai.com.cn",
    "春城晚报": "ccwb.cn",
    "杭州网": "hangzhou.com.cn",
    "楚天都市报": "hubeidaily.net",
    "浙江在线": "zjol.com.cn",
    "海峡": "fjdaily.com",
    "澎湃新闻": "thepaper.cn",
    "科技日报": "stdaily.com",
    "舜网": "e23.cn",
    "郑州日报": "zzrbnews.com",
    "郑州晚报": "zynews.cn",
    "人民网": "people.com.cn",
    "华龙网": "cqnews.net",
    "重庆日报": "cqrb.cn",
    "长沙晚报": "icswb.com",
    "青岛新闻网": "qingdaonews.com",
    "青岛日报": "guanhai.com.cn",
    "齐鲁网": "iqilu.com",
}
# What stands beside the name of the one house of a publisher: an edition, a programme, a remark.
ONE_HOUSE = re.compile(
    r" \((e-paper|新华丝路|国际在线湖北|国际在线|via Xinhua Silk Road|山东新闻联播)\)| / China Daily subsite|, report on .*"
)
TWO_HOUSES = re.compile(r"[(/（]| on |, on ")


def not_of_its_house(sources: Iterable[ip.Source]) -> list[str]:
    """Original news on a site that is not that of its publisher, or with two publishers."""
    found = []
    for source in sources:
        if source.issuer is not ip.Issuer.OFFICIAL_MEDIA or source.rendition != "original":
            continue
        publisher = source.publisher or ""
        site = next((site for name, site in SITES.items() if publisher.startswith(name)), "")
        host = urlsplit(source.url or "").netloc
        is_own = bool(site) and f".{host}".endswith(f".{site}")
        if not is_own or TWO_HOUSES.search(ONE_HOUSE.sub("", publisher)):
            found.append(source.code)
    return found


def test_news_is_original_on_the_site_of_its_one_house() -> None:
    assert not_of_its_house(PLANS.sources) == []
    copies = [
        PLANS.sources[code].model_copy(update={"rendition": ip.Rendition.ORIGINAL})
        for code in ("cn-people-2025-09-30", "gs-daily-2016-10-14", "nanjing-investnj")
    ]
    assert not_of_its_house(copies) == [copy.code for copy in copies]


def test_a_page_of_an_office_that_was_not_described_says_so() -> None:
    pages = [
        source
        for source in PLANS.sources
        if source.issuer is ip.Issuer.GOVERNMENT and source.title.endswith(": title not shown")
        and source.rendition in {ip.Rendition.ORIGINAL, ip.Rendition.OFFICIAL_COPY}
    ]  # fmt: skip
    assert len(pages) == 6
    assert [page.code for page in pages if "reprints it" not in (page.notes or "")] == []


def unread_titles(plans: ip.Dataset) -> set[str]:
    """Sources of which nobody recorded where the title was read, and no note says so."""
    listed = {row["code"] for row in rows("sources.csv") if "where this one was" in row["note"]}
    return {
        source.code
        for source in plans.sources
        if source.code in listed and TITLE_UNRECORDED not in (source.notes or "")
    }


def test_a_title_that_nobody_recorded_reading_says_so() -> None:
    assert unread_titles(PLANS) == set()
    described = [each for each in PLANS.sources if TITLE_UNRECORDED in (each.notes or "")]
    assert len(described) == 22


def test_such_a_title_does_not_say_who_issued_the_text() -> None:
    issued = {
        source.code
        for source in PLANS.sources
        if TITLE_UNRECORDED in (source.notes or "") and source.issuer in OFFICES
    }
    assert issued == {
        "nanjing-hongshengzhuji-2022-06-30",  # a second reading found that it is the work report
        "nanjing-nanjing-2023-10-31",  # the office is the publisher, on its own site
        "sx-wutai-2021-02-26",  # so is the county
    }


# ------------------------------------------------------------------ what a note leaves to the reader

TASK = re.compile("check that|use only with|one figure for R&D units and R&D activity$")


def test_a_note_says_what_may_differ_and_gives_no_task() -> None:
    figures: list[ip.Target | ip.Observation] = [*PLANS.targets, *PLANS.observations]
    assert [each.key for each in figures if TASK.search(each.notes or "")] == []


def test_a_note_does_not_take_back_what_it_says_first() -> None:
    """A base that the page prints is not called unprinted, and a name is not called the other one."""
    notes = {each.series_key: each.notes or "" for each in PLANS.targets}
    share = notes["CN-HA-14-action-manufacturing/manufacturing_value_added_gdp_share/level/2025"]
    assert "prints the base" in share
    assert "not printed" not in share
    products = notes["440400-13-action/high_tech_output_share:high_tech_products/level/2020"]
    assert "products, not industries" in products
    assert "name says industries" not in products


def test_a_bound_of_another_text_is_said() -> None:
    """A digest in another language has no bound, and the Chinese text has one."""
    notes = {each.series_key: each.notes or "" for each in PLANS.targets}
    assert (
        "the digest has no bound" in notes["CN-HL-14-sti/technology_contract_turnover/level/2025"]
    )


def test_what_a_text_reviews_is_said_also_if_it_prints_no_year() -> None:
    changsha = [
        each
        for each in PLANS.observations
        if each.citation.source.code == "changsha-icswb-2025-12-05" and each.year is None
    ]
    assert sum("the end of the five years" in (each.notes or "") for each in changsha) == 3


# What another text has for a figure that is in one row only.
CONFLICTS = {
    "320100/rd_expenditure/level/2021": "588",
    "320200/rd_expenditure/level/2021": "450",
    "320500/rd_expenditure/level/2023": "961.4",
    "350100-14-other-report/rd_expenditure/average_growth/2025": "18",
    "CN-CQ/high_tech_enterprises/multiple/2021-2025": "增长2.5倍",
    "CN-NM/science_fiscal_expenditure/annual_growth/2024": "74.97",
    "CN-SH/high_tech_enterprises/level/2024": "over 24,000",
}


@pytest.mark.parametrize(("series", "words"), CONFLICTS.items())
def test_a_figure_that_another_text_contradicts_names_that_text(series: str, words: str) -> None:
    figures: list[ip.Target | ip.Observation] = [*PLANS.targets, *PLANS.observations]
    notes = [each.notes or "" for each in figures if each.key.startswith(f"{series}@")]
    assert any(words in each for each in notes)


# ------------------------------------------------------------------ whose statement it is

CONFERENCES = (
    "changsha-icswb-2025-12-05", "dongguan-luyoun-2022-10-11", "gx-xyshjj-2025-02-10",
    "hb-cri-2026-02-03", "hefei-www-06263-2025-11-17", "jx-xinhua-2024-03-23",
    "kunming-kmanhang-2024-02-22", "kunming-yunnan-2025-02-20", "nantong-digipub-2025-12-10",
    "nm-nmgnews-2025-02-13", "pudong-cnfin-2021-10-27", "qingdao-stdaily-2025-12-03",
    "shenzhen-chinadaily-2025-12", "taian-dzwww-2024-12-09", "taiyuan-163-2025-01-06",
    "xiamen-reportify-2025-10-23", "xj-qq-2024-11-20",
)  # fmt: skip


def of_source(code: str) -> list[ip.Observation]:
    return [each for each in PLANS.observations if each.citation.source.code == code]


@pytest.mark.parametrize("code", CONFERENCES)
def test_what_an_authority_says_at_its_conference_is_self_reported(code: str) -> None:
    figures = of_source(code)
    assert figures
    assert all(each.self_reported for each in figures)


@pytest.mark.parametrize(
    "code", ["ningbo-010b", "ningbo-cnnb-2026-01-29", "qingdao-guanhai-2026-01-20"]
)
def test_a_report_of_the_government_in_the_media_is_its_own_statement(code: str) -> None:
    """The page has the report itself or its abstract, so the government is the issuer."""
    assert PLANS.sources[code].issuer is ip.Issuer.GOVERNMENT
    assert all(each.self_reported for each in of_source(code))


def test_a_statistic_is_not_self_reported_also_if_the_media_print_it() -> None:
    for code in ("nanning-789zr-2023-11-09", "xian-shyushe-2023-11-11", "bj-stats-2026-01-25"):
        assert not any(each.self_reported for each in of_source(code)), code


def test_every_text_of_the_media_says_whose_figures_it_has_or_that_it_is_unknown() -> None:
    speakers = {row["code"]: row["speaker"] for row in rows("renditions.csv")}
    cited = {each.citation.source.code: each.citation.source for each in PLANS.observations}
    media = {code for code, source in cited.items() if source.issuer not in OFFICES}
    counts = Counter(speakers[code] for code in media)
    assert set(counts) == {"own", "others", "unknown"}
    assert {code for code, speaker in speakers.items() if speaker and code not in media} == set()
    unknown = [
        each for each in PLANS.observations if speakers[each.citation.source.code] == "unknown"
    ]
    assert len(unknown) >= 125
    assert [each.key for each in unknown if SPEAKER_UNKNOWN not in (each.notes or "")] == []
    loud = [each for each in PLANS.observations if SPEAKER_UNKNOWN in (each.notes or "")]
    assert {each.self_reported for each in loud} == {None}


def test_the_notes_of_a_text_of_the_media_say_whose_figures_it_has() -> None:
    words = {"own": "reports what the government of", "others": "outcomes in it are of"}
    speakers = {row["code"]: words.get(row["speaker"]) for row in rows("renditions.csv")}
    said = {code: speaker for code, speaker in speakers.items() if speaker}
    assert len(said) >= 100
    silent = [code for code in said if said[code] not in (PLANS.sources[code].notes or "")]
    assert silent == []


SAID_BY = re.compile("(said|stated|announced) by|words of|head of (?!the sent)|conference of Decem")


def said_of_some(plans: ip.Dataset) -> set[str]:
    """Texts of which some figures say who stated them, others do not, and neither does the source."""
    figures: dict[str, list[bool]] = {}
    for each in (*plans.targets, *plans.observations, *plans.corroborations):
        if each.citation.source.issuer not in OFFICES:
            said = SAID_BY.search(f"{each.notes} {each.citation.source.notes}")
            figures.setdefault(each.citation.source.code, []).append(bool(said))
    return {code for code, said in figures.items() if any(said) and not all(said)}


def test_who_states_some_figures_of_a_text_states_all() -> None:
    assert said_of_some(PLANS) == set()
    assert said_of_some(BEFORE) >= {"dalian-ceh-2021-02-23", "ln-netease-2021-03-18"}


# ------------------------------------------------------------------ force, review, vintage, base


def without_force(plans: ip.Dataset) -> list[str]:
    """Goals of a work report that was read in part, of which nothing says whether they are expected."""
    return [
        target.key
        for target in plans.targets
        if target.plan.kind == "gwr"
        and target.force is None
        and not WHOLE_REPORT.search(target.citation.source.code)
        and "expected" not in (target.notes or "")
    ]


def test_a_goal_of_a_report_read_in_part_says_if_its_force_is_unknown() -> None:
    assert without_force(PLANS) == []
    assert len(without_force(BEFORE)) >= 8


def without_review(plans: ip.Dataset) -> list[str]:
    """Levels and places of 2025 in the reports of 2026, of which no review is known."""
    of_the_year = {row["source"]: row["of_the_year"].split("|") for row in rows("reviews.csv")}
    return [
        each.key
        for each in plans.observations
        if re.search("^[a-z]{2}-gwr-2026", code := each.citation.source.code)
        and each.year == 2025
        and each.form in {"level", "rank"}
        and each.indicator.code not in of_the_year.get(code, [])
        and not re.search("review|end of|2025|year", each.notes or "")
    ]


def test_a_level_of_2025_says_in_which_review_of_the_report_it_stands() -> None:
    assert without_review(PLANS) == []
    assert len(without_review(BEFORE)) >= 90


def said_early(plans: ip.Dataset) -> list[str]:
    """Figures of the R&D survey that were stated before its bulletin and are not marked."""
    survey = re.compile(
        "^(rd_(expenditure|intensity)|basic_research_(expenditure|share)|business_rd_)"
    )
    return [
        each.key
        for each in plans.observations
        if survey.search(each.indicator.code) and each.citation.as_stated and each.year
        and str(each.year + 1) < str(each.citation.source.date)[:7] < f"{each.year + 1}-08"
        and each.status != "preliminary"
        and not re.search("preliminary|said before the R&D statistics", each.notes or "")
    ]  # fmt: skip


def test_what_was_said_before_the_survey_is_not_given_for_its_result() -> None:
    assert said_early(PLANS) == []
    assert "CN-JS/rd_intensity/level/2024@js-gwr-2025" in said_early(BEFORE)


def without_vintage(plans: ip.Dataset) -> list[str]:
    """Levels of GDP, and ratios to it, of a past year, whose text is later than a revision."""
    years = {"gdp": 2, "rd_intensity": 3}
    return [
        each.key
        for each in plans.observations
        if (lag := years.get(each.indicator.code))
        and each.citation.as_stated and each.form == "level" and each.year and not each.vintage
        and (date := each.citation.source.date) and int(str(date)[:4]) - each.year >= lag
        and not re.search("revis|vintage|census|GDP of the time|first estimate", each.notes or "")
    ]  # fmt: skip


def test_the_gdp_of_a_past_year_says_which_vintage_it_fits() -> None:
    assert without_vintage(PLANS) == []
    assert "CN-HE/gdp/level/2020@he-gwr-2026" in without_vintage(BEFORE)
    fits = [
        each
        for each in PLANS.observations
        if "as revised after the fifth census" in (each.notes or "")
    ]
    assert {each.region.code for each in fits} == {"CN-GD", "CN-GS", "CN-HE", "CN-SH"}


def test_a_share_of_all_industry_says_that_it_is_read_as_one_above_designated_size() -> None:
    [target] = PLANS.targets.where(region="CN-GZ", indicator="strategic_emerging_output_share")
    assert "the recorded name has industry as the base of the share" in (target.notes or "")


# ------------------------------------------------------------------ dates


def dated_by_reports(plans: ip.Dataset) -> list[str]:
    """Plans known from reports only, whose date is that of a report, without a word on it."""
    sources: dict[str, list[ip.Source]] = {}
    for row in (*plans.targets, *plans.goals):
        if row.plan is not None:
            sources.setdefault(row.plan.code, []).append(row.citation.source)
    return [
        plan.code
        for plan in plans.plans
        if plan.issued is not None
        and plan.kind != "gwr"
        and not re.search("-(press|meeting)", plan.code)
        and not re.search("〔|issue|date|month", plan.notes or "")
        and not any(text.issuer is ip.Issuer.GOVERNMENT for text in sources[plan.code])
        and any(str(text.date).startswith(str(plan.issued)) for text in sources[plan.code])
    ]


def test_the_date_of_a_report_is_not_given_for_that_of_the_plan() -> None:
    assert dated_by_reports(PLANS) == []
    assert str(PLANS.plans["420100-14-action"].issued) == "2025-11-25"
    assert str(PLANS.plans["CN-GD-14-other-manufacturing"].issued) == "2021"


def test_the_date_of_a_plan_is_that_of_its_report() -> None:
    assert PLANS.plans["510100-15-gwr"].issued == PLANS.plans["510100-2026-gwr"].issued


# ------------------------------------------------------------------ multiples of yuan


def without_multiple(plans: ip.Dataset) -> list[str]:
    """Amounts in another unit than the multiple of yuan that is printed, without a word on it."""
    other = re.compile("[万萬][亿億]|兆|trillion|billion")
    return [
        each.key
        for each in (*plans.targets, *plans.observations)
        if other.search(each.citation.as_stated or "") and each.unit in {"CNY_10K", "CNY_100M"}
        if not re.search("printed in|yuan = ", each.notes or "")
    ]


def test_an_amount_in_another_multiple_of_yuan_says_which_is_printed() -> None:
    assert without_multiple(PLANS) == []
    assert "CN-XJ/gdp/level/2024@xj-gwr-2025" in without_multiple(BEFORE)


# ------------------------------------------------------------------ kinds of plans

CARRIES_OUT = re.compile("方案|行动计划|行动（|意见|决定|措施")


def is_action(plan: ip.Plan) -> bool:
    return bool(CARRIES_OUT.search(plan.title_zh or ""))


def of_another_kind(plans: Iterable[ip.Plan]) -> set[str]:
    """Plans whose kind is not that which the title and the code say."""
    found = set()
    for plan in plans:
        title = plan.title_zh or ""
        if plan.kind in {"action_plan", "other"}:
            found |= {plan.code} if is_action(plan) != (plan.kind == "action_plan") else set()
        if ("政府工作报告" in title) != (plan.kind == "gwr"):
            found.add(plan.code)
        if plan.kind == "outline" and "纲要" not in title:
            found.add(plan.code)
        if plan.kind in {"outline", "gwr"} and re.search("press|meeting", plan.code):
            found.add(plan.code)
    return found


def test_the_kind_of_a_plan_is_that_of_its_title() -> None:
    assert of_another_kind(PLANS.plans) == set()
    assert of_another_kind(BEFORE.plans) >= {
        "CN-FJ-2024-gwr-press-2024-04",
        "CN-HE-13-other-innovation",
    }
    annual = PLANS.plans["360600-2025-other-work"]
    assert of_another_kind([annual.model_copy(update={"kind": ip.PlanKind.OTHER})])


def test_no_plan_is_called_an_outline_that_its_text_does_not_name() -> None:
    outlines = [plan for plan in PLANS.plans if plan.kind == "outline"]
    assert len(outlines) == 19
    silent = re.compile("does not name|descriptive title|title assumed")
    assert [plan.code for plan in outlines if silent.search(plan.notes or "")] == []
    assert [plan.code for plan in BEFORE.plans if plan.code == "CN-SH-15-outline"]


# ------------------------------------------------------------------ efforts

EFFORT = re.compile("力[争爭]|[争爭]取|[争爭]创|冲刺")


def without_effort(plans: ip.Dataset) -> list[str]:
    """Goals that their wording or the list of those read again words as an effort, without a note."""
    listed = {(row["source"], row["indicator"], row["form"]) for row in rows("efforts.csv")}
    return [
        target.key
        for target in plans.targets
        if (target.citation.source.code, target.indicator.code, str(target.form)) in listed
        or EFFORT.match(target.citation.as_stated or "")
        if not re.search("worded as an effort|strives for more", target.notes or "")
    ]


def test_a_goal_that_is_worded_as_an_effort_says_so_in_one_way() -> None:
    assert without_effort(PLANS) == []
    assert len(without_effort(BEFORE)) >= 40
    other_words = re.compile(r"strive for\)|aspirational|(^|; )力争(;|$)")
    assert [each.key for each in PLANS.targets if other_words.search(each.notes or "")] == []


def test_an_effort_of_which_another_text_of_the_goal_speaks_is_said() -> None:
    """The report of Zhejiang of 2025 was itself read for these words, and has none before this goal."""
    with_effort = {
        each.series_key for each in PLANS.targets if re.search("effort|strives", each.notes or "")
    }
    others = [each for each in PLANS.corroborations if "worded as an effort" in (each.notes or "")]
    assert {each.target for each in others} - with_effort == {
        "CN-ZJ-2025-gwr/rd_intensity/level/2025"
    }
    garbled = PLANS.targets.where(plan="CN-JS-14-other-press-2023-06")
    assert len(garbled) == 2
    assert {each.series_key for each in garbled} <= with_effort


# ------------------------------------------------------------------ prices, rounded words, machines


def growth_at_current_prices(plans: ip.Dataset) -> list[str]:
    """Growth of GDP over years that the amounts at current prices give, in the indicator of real growth."""
    amounts: dict[tuple[str, int], set[float]] = {}
    for each in PLANS.observations.where(indicator="gdp", form="level"):
        if each.year and each.unit == "CNY_100M":
            amounts.setdefault((each.region.code, each.year), set()).add(float(each.value))
    found = []
    for each in plans.observations:
        if each.indicator.code not in {"gdp", "gdp_growth"} or each.scope:
            continue
        if each.start_year and each.year:
            firsts = amounts.get((each.region.code, each.start_year - 1), set())
            lasts = amounts.get((each.region.code, each.year), set())
            years = 1 if each.form == "cumulative" else each.year - each.start_year + 1
            rates = [
                ((last / first) ** (1 / years) - 1) * 100 for first in firsts for last in lasts
            ]
            found += [each.key] * any(abs(rate - float(each.value)) < 0.05 for rate in rates)
    return found


def test_growth_at_current_prices_is_kept_apart_from_real_growth() -> None:
    assert growth_at_current_prices(PLANS) == []
    assert growth_at_current_prices(BEFORE) == ["CN-JL/gdp_growth/cumulative/2021-2025@jl-gwr-2026"]


@pytest.mark.parametrize(
    ("indicator", "figure"),
    [
        ("high_tech_enterprises", "增长2.5倍"),
        ("invention_patents_per_10k", "增长1.4倍"),
        ("technology_enterprises", "增长2.9倍"),
    ],
)
def test_a_doubling_names_the_closer_figure_of_the_same_government(
    indicator: str, figure: str
) -> None:
    [row] = PLANS.observations.where(region="CN-CQ", indicator=indicator, form="multiple")
    assert figure in (row.notes or "")


def test_a_text_that_a_machine_wrote_says_so() -> None:
    said = re.compile("machine-written|generated article|AI-written|GitHub, AI")
    written = {
        source.code: source.notes or ""
        for source in PLANS.sources
        if said.search(f"{source.title} {source.publisher}")
    }
    cities = [each for each in PLANS.observations if each.region.code in {"360100", "640100"}]
    written |= {each.citation.source.code: each.citation.source.notes or "" for each in cities}
    assert len(written) >= 20
    assert [code for code, notes in written.items() if "written by a machine" not in notes] == []


def test_a_source_without_an_address_says_that_it_was_not_recorded() -> None:
    """The number of an entry of an index is no address that a reader can open."""
    silent = {each.code for each in PLANS.sources if not each.url and not says_no_address(each)}
    numbers = {each.code for each in PLANS.sources if (each.url or "").startswith("urn:")}
    assert (silent, numbers) == (set(), set())
    assert [each for each in PLANS.sources if says_no_address(each) and each.url] == []


def says_no_address(source: ip.Source) -> bool:
    return "the address was not recorded" in (source.notes or "")


def test_a_title_from_elsewhere_says_so() -> None:
    for code in ("sd-opinions-2022", "hn-action-copy-13"):
        assert "taken from the opening of the text" in (PLANS.sources[code].notes or "")
    assert "the title is cut off" in (PLANS.sources["sx-cns-2021-09-07"].notes or "")
    assert (
        "·" not in PLANS.sources["zj-gwr-2026"].title + PLANS.sources["bj-stats-2026-01-25"].title
    )


def test_the_date_of_a_report_on_a_plan_is_said_to_be_one() -> None:
    """A remark on the period of issue, or on the office that issued a plan, is none on its date."""
    for code in ("CN-GD-14-action-chain", "CN-SC-14-action", "CN-ZJ-14-action"):
        assert "dated by the report read" in (PLANS.plans[code].notes or "")


def test_heads_in_the_name_of_person_years_are_a_printed_name() -> None:
    goal = PLANS.targets.where(plan="CN-ZJ-13-sti", indicator="rd_personnel_fte").one()
    assert goal.printed_name == "研发人员数"


def test_what_a_press_conference_or_meeting_of_a_region_states_is_its_own() -> None:
    meeting = re.compile("press conference|work conference|新闻发布会|科技工作会")
    unknown = {
        each.citation.source.code
        for each in PLANS.observations
        if SPEAKER_UNKNOWN in (each.notes or "") and meeting.search(each.citation.source.title)
    }
    assert unknown == set()


def test_a_remark_is_no_broken_sentence() -> None:
    rows_with_notes = [*PLANS.targets, *PLANS.observations, *PLANS.corroborations]
    broken = re.compile("(^|; )which (may|is|are|has) ")
    assert [each.key for each in rows_with_notes if broken.search(each.notes or "")] == []
