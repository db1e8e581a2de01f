"""Tiers: the summary of issuer and rendition, and the arithmetic checks of copied tables."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import innovation_plans as ip

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
PROVINCES = [region.code for region in PLANS.regions.where(kind="province")]
README = Path(ip.__file__).parent / "data" / "README.md"
ACTIVITIES = ("basic_research", "applied_research", "experimental_development")
FUNDS = ("business", "government", "foreign", "other")
COMPLETE = len(PROVINCES)
OFFICES = (ip.Issuer.GOVERNMENT, ip.Issuer.STATISTICS_OFFICE)
Levels = dict[tuple[str, int], Decimal]


def tier_table() -> dict[tuple[str, str], str]:
    """The table of tiers in the README of the data, by issuer and rendition."""
    lines = README.read_text(encoding="utf-8").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("| issuer |"))
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start:]]
    renditions = [name.strip("`") for name in cells[0][1:]]
    tiers = {}
    for row in cells[2:6]:
        for rendition, tier in zip(renditions, row[1:], strict=True):
            tiers[row[0].strip("`"), rendition] = tier
    return tiers


def test_the_table_has_every_issuer_and_rendition() -> None:
    expected = {(str(issuer), str(form)) for issuer in ip.Issuer for form in ip.Rendition}
    assert set(tier_table()) == expected


def test_every_source_has_the_tier_of_the_table() -> None:
    tiers = tier_table()
    for source in PLANS.sources:
        unverified, _, verified = tiers[str(source.issuer), str(source.rendition)].partition(" or ")
        expected = verified if verified and source.verified_by else unverified
        assert source.tier == expected, source.code


def test_only_copies_by_third_parties_name_a_check() -> None:
    verified = [source for source in PLANS.sources if source.verified_by]
    assert {str(source.rendition) for source in verified} == {"third_party_copy"}
    assert {str(source.issuer) for source in verified} == {"statistics_office"}


def test_the_founding_texts_are_translations() -> None:
    founding = [source for source in PLANS.sources if source.code.startswith("seed-")]
    assert len(founding) == 5
    assert {str(source.rendition) for source in founding} == {"translation"}


def test_what_a_machine_wrote_is_weak() -> None:
    for source in PLANS.sources:
        text = f"{source.publisher} {source.notes}"
        if re.search("AI-written|machine-written|generated article|written by a machine", text):
            assert source.rendition == "weak", source.code


def machine_written_statistics(plans: ip.Dataset) -> set[str]:
    """Sources by a machine whose figures are called those of others, though no office is named."""
    return {
        each.citation.source.code
        for each in plans.observations
        if each.self_reported is False
        and "written by a machine" in (each.citation.source.notes or "")
        and "cites a text of the statistics office" not in (each.citation.source.notes or "")
    }


def test_whose_figures_a_machine_written_text_has_is_unknown_unless_it_cites_an_office() -> None:
    assert machine_written_statistics(PLANS) == set()
    for each in PLANS.observations.where(region=["360100"]):
        assert each.self_reported is None
        assert "who states the figure was not recorded" in (each.notes or "")


def test_a_garbled_copy_is_weak() -> None:
    garbled = re.compile(
        "(?<!a )garbled copy|garbled in the copy|copy is garbled|spam|words replaced"
    )
    cited = {each.citation.source.code: each.notes or "" for each in PLANS.targets}
    sources = [
        source
        for source in PLANS.sources
        if garbled.search(f"{source.notes} {cited.get(source.code)}")
    ]
    assert len(sources) >= 7
    assert {str(source.rendition) for source in sources} == {"weak"}


def test_a_copy_in_other_characters_says_so_and_is_weak() -> None:
    """Copies in traditional script whose figures are quoted in simplified characters."""
    script = re.compile("(in|garbled) (traditional )?script")
    noted = [
        source
        for source in PLANS.sources
        if "figures are quoted in simplified ones" in (source.notes or "")
    ]
    named = {each.code for each in PLANS.sources if script.search(each.publisher or "")}
    assert {each.code for each in noted} >= named >= {"cn-sti-plan-13-book", "nm-news-sti-13"}
    assert {str(each.rendition) for each in noted} == {"weak"}
    (before,) = (each for each in BEFORE.sources if each.code == "nm-news-sti-13")
    assert (before.tier, before.notes) == ("C", None)


def test_what_a_government_states_of_its_own_region_is_self_reported() -> None:
    """A text of a government on one region is that region's own; a list of a ministry is not."""
    regions: dict[str, set[str]] = {}
    of_governments = [
        each for each in PLANS.observations if each.citation.source.issuer is ip.Issuer.GOVERNMENT
    ]
    for each in of_governments:
        regions.setdefault(each.citation.source.code, set()).add(each.region.code)
    own = [each for each in of_governments if len(regions[each.citation.source.code]) == 1]
    assert len([each for each in own if each.region.kind is ip.RegionKind.CITY]) >= 45
    assert [each.key for each in own if not each.self_reported] == []
    assert [code for code, places in regions.items() if len(places) > 1] == ["innocom-lists"]
    lists = PLANS.observations.filter(lambda each: each.citation.source.code == "innocom-lists")
    assert not any(each.self_reported for each in lists)


def test_a_report_of_the_media_is_not_issued_by_the_government_it_is_on() -> None:
    article = re.compile("报道|记者")
    elsewhere = [
        source
        for source in PLANS.sources
        if source.issuer is ip.Issuer.GOVERNMENT and ".gov.cn/" not in (source.url or "")
    ]
    assert [source.code for source in elsewhere if article.search(source.title)] == []
    report = PLANS.sources["sn-cri-2026-02-04"]
    assert report.issuer is ip.Issuer.OFFICIAL_MEDIA


def test_a_copy_whose_address_is_the_issuer_says_so() -> None:
    """A page of a province's own government would be an original."""
    own_page = re.compile(r"https?://www\.[a-z]+\.gov\.cn/")
    copies = [
        source
        for source in PLANS.sources
        if source.issuer is ip.Issuer.GOVERNMENT
        and source.rendition is ip.Rendition.OFFICIAL_COPY
        and own_page.match(source.url or "")
        and re.search("(省|自治区|市)人民政府$", source.publisher or "")
    ]
    assert len(copies) == 6
    assert [each.code for each in copies if "page of the issuer" not in (each.notes or "")] == []


def test_a_site_that_names_no_medium_is_none() -> None:
    """A publisher of which only the address is known is no official medium, unless it is one."""
    named_by_address = re.compile(r"[a-z0-9.-]+\.(com|cn|hk|net|org|cc)")
    media = {
        source.code
        for source in PLANS.sources
        if source.issuer is ip.Issuer.OFFICIAL_MEDIA
        and named_by_address.fullmatch(source.publisher or "")
    }
    assert media == {"xian-sanqin-2025-11-21"}  # 三秦都市报


def test_every_publisher_has_a_name_in_both_languages() -> None:
    han = re.compile("[㐀-鿿]")
    for source in PLANS.sources:
        own = source.publisher_en, source.publisher_zh
        assert source.publisher not in own or not source.publisher, source.code
        names = [name or source.publisher for name in own]
        assert not han.search(names[0] or ""), source.code
        printed = (source.publisher or "").split("; ")
        assert all(len((name or "").split("; ")) == len(printed) for name in names), source.code
    for edition in ("2026.10", "2026.11"):
        older = ip.load(edition=edition).sources
        assert not any(source.publisher_en or source.publisher_zh for source in older)


def test_an_office_has_one_name() -> None:
    publishers = [source.publisher or "" for source in PLANS.sources]
    short = re.compile(r"(?<!\w)(NBS|MOST|MOF|CNIPA|NDRC)(?!\w)|People's Government")
    assert [name for name in publishers if short.search(name)] == []
    names: dict[str, set[str]] = {}
    for source in PLANS.sources:
        if source.url and source.issuer in OFFICES and source.rendition is ip.Rendition.ORIGINAL:
            host = urlsplit(source.url).hostname or ""
            names.setdefault(host, set()).add(source.publisher or "")
    assert {host: name for host, name in names.items() if len(name) > 1} == {}


# ------------------------------------------------------------------ arithmetic checks


def levels(code: str, source: str = "", vintage: str | None = None) -> Levels:
    """Levels of an indicator by region and year, in its unit; of one source or vintage if named."""
    return {
        (each.region.code, each.year): ip.convert(each.value, each.unit, each.indicator.unit)
        for each in PLANS.observations
        if each.indicator.code == code and each.form == "level" and each.year and not each.scope
        and source in {"", each.citation.source.code} and vintage in {None, each.vintage}
        and each.citation.as_stated is None
    }  # fmt: skip


def codes_of(source: str) -> set[str]:
    return {
        each.indicator.code for each in PLANS.observations if each.citation.source.code == source
    }


def years_of_nation_and_provinces(table: Levels) -> Iterator[int]:
    for year in sorted({year for _, year in table}):
        if all((region, year) in table for region in ("CN", *PROVINCES)):
            yield year


def sum_to_nation(source: str) -> int:
    """The provinces add up to the nation, to 0.003%."""
    checked = 0
    for code in codes_of(source):
        table = levels(code, source)
        for year in years_of_nation_and_provinces(table):
            total = sum(table[region, year] for region in PROVINCES)
            assert abs(total / table["CN", year] - 1) < Decimal("0.00003"), (code, year)
            checked += COMPLETE
    return checked


def parts_to_total(parts: list[Levels], totals: Levels, exceptions: set[tuple[str, int]]) -> int:
    """The parts add up to the R&D expenditure of the yearbook, to the rounding in 万元."""
    checked = 0
    for key, total in totals.items():
        if all(key in part for part in parts):
            difference = abs(sum(part[key] for part in parts) - total)
            assert (difference < Decimal("0.002")) is (key not in exceptions), key
            checked += 1
    return checked


def activities_to_total(source: str) -> int:
    parts = [levels(f"{activity}_expenditure", source) for activity in ACTIVITIES]
    # the official tables of these years do not add up either
    printed = {("CN", 2015), ("CN-ZJ", 2015), ("CN", 2021), ("CN-SH", 2021)}
    return parts_to_total(parts, levels("rd_expenditure", source, "yearbook"), printed)


def funds_to_total(source: str) -> int:
    parts = [levels(f"rd_funds_{fund}", source) for fund in FUNDS]
    printed = {("CN", 2015), ("CN-ZJ", 2015)}
    return parts_to_total(parts, levels("rd_expenditure", vintage="yearbook"), printed)


def bulletin_rounds_yearbook(source: str) -> int:
    """Bulletin (亿元, one decimal) and yearbook (万元) state the same expenditure."""
    bulletin = levels("rd_expenditure", vintage="bulletin")
    yearbook = levels("rd_expenditure", vintage="yearbook")
    years = {int(source[-4:])} if "rdbull" in source else {year for _, year in bulletin}
    both = [key for key in bulletin if key in yearbook and key[1] in years]
    for key in both:
        assert abs(bulletin[key] - yearbook[key]) < Decimal("0.06"), key
    return len(both)


# The column of GDP with which the bulletins reckoned, by source, with the years that it fits.
GDP = {
    "nbs-portal-gdp-2018": ("after_census_3", "first", (2011, 2012, 2014, 2015, 2017)),
    "nbs-portal-gdp-2024": ("after_census_4", "first", (2023,)),
    "nbs-portal-gdp-2026": ("after_census_5", "revised_2025", (2023,)),
    "pik-gdp-2024": ("first", "first", (2024,)),
    "nbs-portal-gdp-cn": ("first", "first", (2024,)),
    "nbs-rdbull-2024": ("first", "first", (2024,)),
    **{
        f"nbs-rdbull-{year}": ("after_census_3", "first", (year,))
        for year in (2011, 2012, 2014, 2015, 2017)
    },
}


def rd_over_gdp(source: str) -> int:
    """R&D expenditure over GDP is the printed intensity; of Tibet, to 0.01 points."""
    gdp_vintage, intensity_vintage, years = GDP[source]
    gdp = levels("gdp", vintage=gdp_vintage)
    intensity = levels("rd_intensity", vintage=intensity_vintage)
    expenditure = levels("rd_expenditure", vintage="bulletin")
    keys = [key for key in gdp if key in intensity and key in expenditure and key[1] in years]
    for key in keys:
        difference = abs(expenditure[key] / gdp[key] * 100 - intensity[key])
        assert difference < Decimal("0.01" if key[0] == "CN-XZ" else "0.0055"), key
    return len(keys)


def sum_to_local_total(source: str) -> int:
    """The budgets of the provinces add up to the total of local budgets, to 0.001%."""
    checked = 0
    for code in ("fiscal_expenditure", "science_fiscal_expenditure"):
        table, total = levels(code, source), levels(f"{code}_local_total")
        for year in range(2010, 2025):
            if ("CN", year) in total and all((region, year) in table for region in PROVINCES):
                budgets = sum(table[region, year] for region in PROVINCES)
                assert abs(budgets / total["CN", year] - 1) < Decimal("0.00001"), (code, year)
                checked += COMPLETE
    return checked


def sum_to_nation_without_servicemen(source: str) -> int:
    """The nation is the provinces and its two million servicemen, after the census of 2010."""
    table = levels("resident_population_year_end")
    checked = 0
    for year in range(2011, 2025):
        servicemen = table["CN", year] - sum(table[region, year] for region in PROVINCES)
        assert 198 <= servicemen <= 232, year
        checked += COMPLETE
    return checked


CHECKS: dict[str, Callable[[str], int]] = {
    check.__name__: check
    for check in (
        sum_to_nation, activities_to_total, funds_to_total, bulletin_rounds_yearbook, rd_over_gdp,
        sum_to_local_total, sum_to_nation_without_servicemen,
    )
}  # fmt: skip
NAMED = [
    (source.code, name)
    for source in PLANS.sources
    for name in (source.verified_by or "").split(", ")
    if name
]


@pytest.mark.parametrize(("source", "name"), NAMED)
def test_a_copied_table_passes_the_check_that_it_names(source: str, name: str) -> None:
    assert CHECKS[name](source) >= COMPLETE


def test_every_check_is_named_by_a_source() -> None:
    assert {name for _, name in NAMED} == set(CHECKS)
    assert len(NAMED) == 26


def test_a_wrong_digit_fails() -> None:
    table = levels("rd_personnel_fte", "csyst-1-4")
    wrong = table["CN-GD", 2020] * Decimal("1.01")
    total = sum(table[region, 2020] for region in PROVINCES) - table["CN-GD", 2020] + wrong
    assert abs(total / table["CN", 2020] - 1) > Decimal("0.00003")


# ------------------------------------------------------------------ sites

# Home pages and query forms: the origin of a copy that was read elsewhere, or saved.
NO_PAGE = re.compile(r"https?://[^/]+(/(easyquery\.htm.*|search\.htm)?)?")
importer: Any = importlib.import_module("importer.renditions")


def of_another_site(plans: ip.Dataset) -> set[str]:
    """Sources with a page on the site of a public body that are recorded as copies of others."""
    known = {*OFFICES, ip.Issuer.OFFICIAL_MEDIA}
    copies = {ip.Rendition.THIRD_PARTY_COPY, ip.Rendition.WEAK}
    return {
        source.code
        for source in plans.sources
        if (urlsplit(source.url or "").hostname or "").endswith(".gov.cn")
        if not NO_PAGE.fullmatch(source.url or "")
        if source.issuer not in known or source.rendition in copies
    }


def test_the_site_of_a_public_body_agrees_with_issuer_and_rendition() -> None:
    assert of_another_site(PLANS) == set()
    assert of_another_site(BEFORE) >= {"nm-second-1"}
    pages = [
        source
        for source in PLANS.sources
        if re.match(r"https?://(tjj|www\.stats)\.", source.url or "")
    ]
    assert {source.issuer for source in pages} == {ip.Issuer.STATISTICS_OFFICE}


def test_a_text_on_a_site_of_official_media_is_theirs() -> None:
    cells = [
        {"url": source.url or "", "issuer": source.issuer, "rendition": source.rendition}
        for source in PLANS.sources
    ]
    domains = importer.media_domains(cells)
    assert {"people.com.cn", "xinhuanet.com", "gscn.com.cn"} <= domains
    others = [
        source.code
        for source in PLANS.sources
        if importer.domain_of(source.url or "") in domains
        if source.issuer is ip.Issuer.OTHER or source.rendition is ip.Rendition.WEAK
    ]
    assert others == []


@pytest.mark.parametrize(
    ("address", "tier"),
    [
        ("https://kjj.wulanchabu.gov.cn/zcfg/1.html", "B"),
        ("http://media.people.com.cn/n1/1.html", "B"),
        ("http://people.com.cn.example.org/n1/1.html", "D"),
        ("http://2961688.com/1.html", "D"),
    ],
)
def test_a_text_known_by_its_address_is_graded_by_its_site(address: str, tier: str) -> None:
    media = {
        "url": "http://hb.people.com.cn/1.html",
        "issuer": "official_media",
        "rendition": "original",
    }
    copy = {"url": "http://2961688.com/2.html", "issuer": "official_media", "rendition": "weak"}
    assert importer.graded_by_host(address, [media, copy])["tier"] == tier
