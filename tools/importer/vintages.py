"""Vintages of revised statistics, with the dates of the documents that released them."""

from __future__ import annotations

from collections.abc import Iterator

from importer.ledger import Cells

BULLETINS = range(2011, 2025)
_FIRST = "standing when the R&D bulletin of that year came out"
_BULLETIN = "as first printed in the R&D bulletin of that year"


def vintages(sources: dict[str, Cells]) -> Iterator[Cells]:
    """Yield one row per vintage, or per vintage and year if each year was released separately."""
    yield from _by_bulletin("gdp", "first", _FIRST, sources)
    census = "history revised after the {} economic census; date of the national release"
    for order, (number, word) in enumerate(((3, "third"), (4, "fourth"), (5, "fifth")), start=2):
        source = f"nbs-census-{number}-gdp"
        yield _row("gdp", f"after_census_{number}", "", order, sources[source], census.format(word))
    # The census of 2023 revised the years up to then; the portal had the final value of 2024 later.
    portal = {**sources["nbs-portal-gdp-2026"], "date": "2026-03"}
    final = "final value after the fifth economic census, in a portal export of early 2026"
    yield _row("gdp", "after_census_5", "2024", 4, portal, final)
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
    minister = sources["most-2026-03-05"]
    early = "as first said by the minister, before the bulletin of that year"
    yield _row("rd_intensity", "first", "2025", 1, minister, early)
    yield _row("rd_expenditure", "bulletin", "2025", 1, minister, early)
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
