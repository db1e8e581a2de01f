"""The shipped files: keys, references, units, years, tiers, and sums of statistics."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import innovation_plans as ip
from innovation_plans.io.csv import read_heading
from innovation_plans.io.raw import SCHEMA_VERSION
from innovation_plans.records import TABLES
from innovation_plans.units.quantity import same_measure

DATA = Path(ip.__file__).parent / "data"
FILES = sorted(path for path in DATA.rglob("*") if path.suffix in {".csv", ".toml", ".txt"})
PROVINCES = ip.load().regions.where(kind="province")
ALL = ip.load(tiers="ABCD")
# The five founding texts are quoted from English; their expressions have no Chinese stop.
LONGEST_EXPRESSION = 120

Key = tuple[str, str, int, str | None]


def tables() -> dict[str, list[ip.Observation]]:
    """Level statistics by region, indicator, year and vintage."""
    result = defaultdict(list)
    for each in ALL.observations:
        if each.form is ip.Form.LEVEL and not each.self_reported and each.year is not None:
            result[each.indicator.code].append(each)
    return result


STATISTICS = tables()


def values(indicator: str, vintage: str | None = None) -> dict[tuple[str, int], Decimal]:
    """Values of one indicator and vintage in base units, by region and year."""
    result = {}
    for each in STATISTICS[indicator]:
        if each.vintage == vintage and not each.citation.as_stated and each.year is not None:
            base = ip.convert(each.value, each.unit, each.indicator.unit)
            result[each.region.code, each.year] = base
    return result


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_files_are_clean_text(path: Path) -> None:
    raw = path.read_bytes()
    assert raw.endswith(b"\n")
    assert not re.search(rb"\r|[ \t]\n|\xef\xbb\xbf|\0", raw)
    raw.decode("utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_unique_and_every_file_is_sorted(name: str) -> None:
    records = list(getattr(ALL, name))
    assert len({record.key for record in records}) == len(records) > 0
    if name in {"targets", "observations"}:
        parts = defaultdict(list)
        for record in records:
            part = record.plan.period.split("-")[0] if name == "targets" else record.indicator.code
            parts[part].append(record.key)
    else:
        parts = {name: [record.key for record in records]}
    for keys in parts.values():
        assert all(before < after for before, after in pairwise(keys))


def test_the_numbers_of_records_are_as_documented() -> None:
    reported = ALL.observations.filter(lambda each: each.citation.as_stated is not None)
    assert len(ALL.targets) >= 780
    assert len(ALL.observations) - len(reported) >= 12_500
    assert len(reported) >= 730
    assert len(ALL.sources) >= 290
    assert len(PROVINCES) == 31


def test_corroborations_refer_to_targets() -> None:
    claims = {target.series_key for target in ALL.targets}
    assert {each.target for each in ALL.corroborations} <= claims


def test_every_indicator_source_and_plan_is_used() -> None:
    used = {each.indicator.code for table in (ALL.targets, ALL.observations) for each in table}
    parts = {
        part.code for each in ALL.indicators for part in (each.numerator, each.denominator) if part
    }
    computed = {figure.indicator for figure in ip.derive_series(ALL)}
    assert {each.code for each in ALL.indicators} == used | parts | computed
    assert {each.code for each in ALL.plans} == {
        each.plan.code for table in (ALL.targets, ALL.goals) for each in table if each.plan
    }
    cited = {
        each.citation.source.code
        for table in (ALL.targets, ALL.observations, ALL.goals, ALL.errata, ALL.corroborations)
        for each in table
    } | {each.source.code for each in ALL.vintages if each.source}
    assert {each.code for each in ALL.sources} - cited == UNUSED_SOURCES


def test_ratios_have_the_unit_of_their_quotient() -> None:
    for each in ALL.indicators:
        assert (each.numerator is None) is (each.denominator is None), each.code
        if each.numerator and each.denominator:
            quotient = f"{each.numerator.unit}/{each.denominator.unit}"
            assert same_measure(quotient, each.unit), each.code


def test_names_of_regions_and_indicators_are_unambiguous() -> None:
    for table in (ALL.regions, ALL.indicators):
        for record in table:
            for name in record.names:
                assert table.find(name) is record


PERIODS = {"13th": (2016, 2020), "14th": (2021, 2025), "15th": (2026, 2030)}


@pytest.mark.parametrize("target", ALL.targets, ids=lambda target: target.key)
def test_years_fit_the_period_or_the_notes_say_why(target: ip.Target) -> None:
    if target.period.startswith("annual-"):
        first = last = int(target.period.removeprefix("annual-"))
    else:
        first, last = PERIODS[target.period]
    if not first <= target.end_year <= last:
        assert target.notes, "an end year outside the period needs a note"


def test_tier_a_is_published_by_governments_and_statistics_offices() -> None:
    for source in ALL.sources:
        if source.tier is ip.Tier.A and source.url:
            host = urlsplit(source.url).hostname or ""
            assert re.search(r"(^|\.)(gov\.cn|stats\.gov\.cn|enghunan\.gov\.cn)$", host), source.key


@pytest.mark.parametrize("name", ["targets", "observations", "corroborations"])
def test_figures_are_kept_as_expressions_never_as_sentences(name: str) -> None:
    for record in getattr(ALL, name):
        stated = record.citation.as_stated
        if name == "targets":
            assert stated, record.key
        if stated:
            assert len(stated) <= LONGEST_EXPRESSION, record.key
            assert not stated.endswith(("。", ".")), record.key


def test_notes_describe_figures_and_not_how_they_were_collected() -> None:
    work = re.compile(
        r"excerpt|brief\b|stored (copy|page)|find_string|read_file|urn:|targets-|seed rows|tool",
        re.IGNORECASE,
    )
    for name in ("targets", "observations", "corroborations", "sources", "documents"):
        for record in getattr(ALL, name):
            assert not work.search(record.notes or ""), (record.key, record.notes)


# --- sums of statistics (known differences are listed; a listed difference must exist)


@pytest.mark.parametrize(
    ("indicator", "vintage", "allowed"),
    [
        ("rd_expenditure", "yearbook", Decimal("0.0043")),
        ("basic_research_expenditure", None, Decimal("0.0043")),
        ("applied_research_expenditure", None, Decimal("0.0043")),
        ("experimental_development_expenditure", None, Decimal("0.0043")),
        ("rd_funds_government", None, Decimal("0.0043")),
        ("rd_personnel_fte", None, Decimal(42)),
        ("researchers_fte", None, Decimal(42)),
    ],
)
def test_the_nation_is_the_sum_of_the_provinces(
    indicator: str, vintage: str | None, allowed: Decimal
) -> None:
    levels = values(indicator, vintage)
    years = sorted({year for _, year in levels})
    checked = 0
    for year in years:
        parts = [levels.get((region.code, year)) for region in PROVINCES]
        if ("CN", year) not in levels or None in parts:
            continue
        total = sum((part for part in parts if part is not None), Decimal(0))
        assert abs(total - levels["CN", year]) <= allowed, (year, total, levels["CN", year])
        checked += 1
    assert checked >= 12


def off_by(parts: list[str], whole: str, vintage: str | None) -> dict[tuple[str, int], Decimal]:
    """Return where the parts differ from the whole by more than the rounding of three figures."""
    columns, total = [values(part) for part in parts], values(whole, vintage)
    gaps = {}
    for place, figure in total.items():
        result = [column.get(place) for column in columns]
        if None not in result:
            gap = sum((part for part in result if part is not None), Decimal(0)) - figure
            if abs(gap) > Decimal("0.0010"):  # 10 of 10,000 yuan
                gaps[place] = gap
    return gaps


def test_activities_add_up_to_the_total() -> None:
    activities = ["basic_research", "applied_research", "experimental_development"]
    gaps = off_by([f"{each}_expenditure" for each in activities], "rd_expenditure", "yearbook")
    assert set(gaps) == {
        ("CN", 2021),  # the bulletin's own parts exceed its total by about 200 million yuan
        ("CN-SH", 2021),  # … and all of it is Shanghai's
        ("CN", 2015),  # the parts exceed the total by 1.18 million yuan
        ("CN-ZJ", 2015),  # … and all of it is Zhejiang's
    }


def test_funding_sources_add_up_to_the_total() -> None:
    gaps = off_by(
        [f"rd_funds_{each}" for each in ("government", "business", "foreign", "other")],
        "rd_expenditure",
        "yearbook",
    )
    assert set(gaps) == {
        ("CN", 2015),  # the parts exceed the total by 1.23 million yuan
        ("CN-ZJ", 2015),  # … and all of it is Zhejiang's
        ("CN-JS", 2010),  # by 123 thousand yuan
    }


def test_intensity_is_expenditure_over_gdp_as_first_printed() -> None:
    """Within half a unit of the second decimal, except for one province and year."""
    intensity, gdp = values("rd_intensity", "first"), values("gdp", "first")
    spending = values("rd_expenditure", "bulletin") | values("rd_expenditure", "yearbook")
    places = [place for place in intensity if place in gdp and place in spending]
    far = {
        place
        for place in places
        if abs(spending[place] / gdp[place] * 100 - intensity[place]) > Decimal("0.00501")
    }
    assert len(places) >= 370
    assert far == {("CN-TJ", 2014)}


@pytest.mark.parametrize("indicator", ["rd_expenditure", "rd_intensity", "gdp",
                                       "resident_population_year_end"])  # fmt: skip
def test_every_province_has_the_four_series(indicator: str) -> None:
    plans = ip.load()
    have = {
        (each.region.code, each.year)
        for each in plans.observations.where(indicator=indicator, form="level")
    }
    missing = {
        (region.code, year)
        for region in PROVINCES
        for year in range(2011, 2025)
        if (region.code, year) not in have
    }
    assert not missing


def test_intensity_differs_between_vintages() -> None:
    """Chongqing 2023: 2.48% as first printed, 2.44% after the fifth economic census."""
    seen = ALL.observations.where(region="CN-CQ", indicator="rd_intensity", form="level", year=2023)
    first, revised = seen.first_published(), seen.latest()
    assert (first.value, first.vintage) == (Decimal("2.48"), "first")
    assert (revised.value, revised.vintage) == (Decimal("2.44"), "revised_2025")
    gap = ip.ratios.gap(revised.quantity, first.quantity)
    assert gap == ip.quantity("-0.04 个百分点")


def test_the_eastern_provinces_add_up_to_the_corrected_figure() -> None:
    east = ALL.observations.where(region="CN-EAST", indicator="rd_expenditure", form="level").one()
    eleven = ALL.regions.where(kind="province", group="CN-EAST")
    spending = values("rd_expenditure", "bulletin")
    assert len(eleven) == 11
    total = sum(spending[region.code, 2020] for region in eleven)
    assert total == ip.convert(east.value, east.unit, "CNY_100M")
    assert east.erratum is not None
    assert east.citation.as_stated == "165.173 billion yuan"


# Documents that no record cites: none.
UNUSED_SOURCES: set[str] = set()


def test_the_final_gdp_of_2024_was_not_known_in_2025() -> None:
    """Its preliminary figure was; the census before it revised the years up to 2023."""
    plans = ip.load(tiers="ABCD")
    gdp = plans.observations.where(region="CN-AH", indicator="gdp", form="level")
    for day, known in (
        ("2025-01-15", {2023: {"first", "after_census_4", "after_census_5"}, 2024: set()}),
        ("2025-10-01", {2024: {None, "first"}}),
        ("2026-04-01", {2024: {None, "first", "after_census_5"}}),
    ):
        figures = gdp.known_on(date.fromisoformat(day))
        for year, vintages in known.items():
            assert {each.vintage for each in figures if each.year == year} == vintages


def test_the_files_are_of_the_schema_of_the_code() -> None:
    heading, _ = read_heading(DATA, [])
    assert (heading.schema, heading.edition) == (SCHEMA_VERSION, ALL.edition)


def test_english_names_of_indicators_are_not_in_index_order() -> None:
    """A comma is between the parts of an enumeration; the old names are aliases."""
    indicators = ip.load().indicators
    assert {each.code for each in indicators if "," in re.sub(r"\d,\d", "", each.name_en)} == {
        "eaglet_gazelle_and_unicorn_enterprises",
        "unicorns_little_giants_and_champions",
    }
    old = indicators["Specialised enterprises, provincial"]
    assert old.name_en == "Provincial-level specialised enterprises"
