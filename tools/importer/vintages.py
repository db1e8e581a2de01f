"""Vintages of revised statistics, with the dates of the documents that released them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from importer.ledger import Cells, Research
from importer.remarks import note

BULLETINS = range(2011, 2025)
_FIRST = "standing when the R&D bulletin of that year came out"
# The first accounts of a year, which the final ones of the year before are not comparable with.
FIRST_ACCOUNTS = "first_2025"
ACCOUNTED = {"gdp", "resident_population_year_end"}
OF_THE_BULLETIN = {("rd_intensity", "first"), ("rd_expenditure", "bulletin")}
# How many years after its year a text may have the revised figure.
LATER_BY = {"gdp": 2, "rd_intensity": 3}
SAYS_VINTAGE = re.compile("revis|census|GDP of the time|first estimate")
# What a later text with the GDP of a past year says if it fits one vintage only.
EQUALS_ONLY = {
    "first": "equals only the GDP as first published",
    "after_census_3": "equals only the GDP as revised after the third census",
    "after_census_4": "equals only the GDP as revised after the fourth census",
    "after_census_5": "equals only the GDP as revised after the fifth census",
}
# The final values of the years after a census came out one by one, under its vintage.
LATER_YEARS = {"after_census_3": range(2014, 2018), "after_census_4": range(2019, 2024)}
PORTALS = {"after_census_3": "nbs-portal-gdp-2018", "after_census_4": "nbs-portal-gdp-2024"}
REPLACED = 2023  # the fifth census replaced this year's value on 2024-12-26
_FINAL = (
    "final value of that year; no release date is stated, so the end of the next year, by which "
    "the censuses were released too"
)
_BEFORE = "no release date is stated, so the last day before the release that replaced it"
_BULLETIN = "as first printed in the R&D bulletin of that year"


def date_first_accounts(research: Research) -> None:
    """Give every level of GDP and population of 2025 the vintage of the first accounts."""
    for table, year in (("observations", "year"), ("outcomes", "end_year")):
        for row in research.tables[table]:
            is_level = row.get("form", "level") == "level"
            if is_level and row["indicator"] in ACCOUNTED and row[year] == "2025":
                row["vintage"] = FIRST_ACCOUNTS


def remove_early_vintages(research: Research) -> None:
    """Remove the vintage of the bulletin from what was said of a year whose bulletin is not there."""
    for table, year in (("observations", "year"), ("outcomes", "end_year")):
        for row in research.tables[table]:
            is_early = row[year] and int(row[year]) not in range(2010, BULLETINS.stop)
            if is_early and (row["indicator"], row.get("vintage")) in OF_THE_BULLETIN:
                row["vintage"] = ""


def note_later_texts(research: Research) -> None:
    """Say of the GDP of a past year, and of a ratio to it, in a later text which vintage it fits."""
    dates = {row["code"]: row["date"] for row in research.tables["sources"]}
    series: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for row in research.tables["observations"]:
        if row["indicator"] == "gdp" and row["unit"] == "CNY_100M":
            series[row["region"], row["year"]][row["vintage"]] = Decimal(row["value"])
    for row in research.tables["outcomes"]:
        years = LATER_BY.get(row["indicator"], 0)
        year, date = row["end_year"], dates[row["source"]]
        is_dated = row["form"] == "level" and years and year and date
        if (
            is_dated
            and int(date[:4]) - int(year) >= years
            and not SAYS_VINTAGE.search(row["notes"])
        ):
            known = series[row["region"], year] if row["indicator"] == "gdp" else {}
            note(row, _fitting(row, known))


def _fitting(row: Cells, known: dict[str, Decimal]) -> str:
    if row["indicator"] != "gdp":
        return "over GDP as first published or as revised is not said"
    size = 10_000 if row["unit"] == "CNY_1T" else 1
    half_unit = Decimal(5).scaleb(-len(row["value"].partition(".")[2]) - 1)
    fitting = [
        code
        for code, value in known.items()
        if abs(value / size - Decimal(row["value"])) <= half_unit
    ]
    if len(fitting) == 1:
        return EQUALS_ONLY[fitting[0]]
    return "GDP as first published or as revised is not said"


def vintages(sources: dict[str, Cells]) -> Iterator[Cells]:
    """Yield one row per vintage, or per vintage and year if each year was released separately."""
    yield from _by_bulletin("gdp", "first", _FIRST, sources)
    census = "history revised after the {} economic census; date of the national release"
    for order, (number, word) in enumerate(((3, "third"), (4, "fourth"), (5, "fifth")), start=2):
        source = f"nbs-census-{number}-gdp"
        yield _row("gdp", f"after_census_{number}", "", order, sources[source], census.format(word))
        yield from _later_years(f"after_census_{number}", order, sources)
    # The census of 2023 revised the years up to then; the portal had the final value of 2024 later.
    portal = {**sources["nbs-portal-gdp-2026"], "date": "2026-03"}
    final = (
        "final value after the fifth economic census, in a portal export of early 2026; no release "
        "date is stated, so the end of the quarter"
    )
    yield _row("gdp", "after_census_5", "2024", 4, portal, final)
    for indicator in sorted(ACCOUNTED):
        first = "first accounts of 2025, published from January to March 2026"
        yield _row(indicator, FIRST_ACCOUNTS, "2025", 1, sources["nbs-press-2026-01-19"], first)
    yield from _by_bulletin("rd_intensity", "first", _BULLETIN, sources)
    yield _row(
        "rd_intensity",
        "revised_2025",
        "",
        2,
        sources["nbs-rdbull-2024"],
        "2023 revised with GDP after the fifth economic census",
    )
    yield from _by_bulletin("rd_expenditure", "bulletin", _BULLETIN, sources)
    revised = "national total in 万元, printed with the bulletin of that year"
    yield _row("rd_expenditure", "yearbook", "2024", 2, sources["nbs-rdbull-2024"], revised)
    for year in range(2010, 2024):
        yield {
            "indicator": "rd_expenditure",
            "code": "yearbook",
            "year": str(year),
            "order": "2",
            "released": str(year + 1),
            "source": "csyst-1-7",
            "description": "yearbook on science and technology of the following year, in 万元",
        }


def _later_years(code: str, order: int, sources: dict[str, Cells]) -> Iterator[Cells]:
    """Yield the years after the release of a vintage, whose values no document dates."""
    for year in LATER_YEARS.get(code, ()):
        date, description = str(year + 1), _FINAL
        if year == REPLACED:
            date, description = "2024-12-25", _BEFORE
        source = {**sources[PORTALS[code]], "date": date}
        yield _row("gdp", code, str(year), order, source, description)


def _by_bulletin(
    indicator: str, code: str, description: str, sources: dict[str, Cells]
) -> Iterator[Cells]:
    reprint = sources["nbs-rdbull-2010-reprint"]
    yield _row(indicator, code, "2010", 1, reprint, description)
    for year in BULLETINS:
        yield _row(indicator, code, str(year), 1, sources[f"nbs-rdbull-{year}"], description)


def _row(
    indicator: str, code: str, year: str, order: int, source: Cells, description: str
) -> Cells:
    return {
        "indicator": indicator,
        "code": code,
        "year": year,
        "order": str(order),
        "released": source["date"],
        "source": source["code"],
        "description": description,
    }
