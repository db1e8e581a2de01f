"""Every figure of a statistical table has the decimals that the table prints: 1.00, not 1."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

import pytest

import innovation_plans as ip
from innovation_plans.units.interval import decimals_of

NOW = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
# Spreadsheets without a number format: their cells have as many decimals as they happen to have.
UNFORMATTED = ("technology_contract_turnover_bought", "technology_contract_turnover_sold")
# Cells that lack two or more of the four decimals of their table: they come from another source.
EXCEPTIONS = {
    "CN-SD/fiscal_expenditure/level/2013@csy-7-6",
    "CN-CQ/fiscal_expenditure/level/2017@csy-7-6",
    "CN-HE/science_fiscal_expenditure/level/2013@csy-7-6",
    "CN-HN/science_fiscal_expenditure/level/2013@csy-7-6",
}
_YEAR = re.compile(r"(-cn)?-\d{4}$")

Table = tuple[object, ...]


def tables(plans: ip.Dataset) -> Iterator[list[ip.Observation]]:
    """Columns of the tables: of all regions in a year, or of all years of the nation."""
    columns: dict[Table, list[ip.Observation]] = defaultdict(list)
    regions: dict[Table, set[str]] = defaultdict(set)
    figures = [each for each in plans.observations if each.citation.as_stated is None]
    figures = [each for each in figures if each.indicator.code not in UNFORMATTED]
    for each in figures:
        regions[series_of(each)].add(each.region.code)
    for each in figures:
        series = series_of(each)
        columns[*series, each.unit, each.year if len(regions[series]) > 3 else None].append(each)
    yield from columns.values()


def series_of(figure: ip.Observation) -> Table:
    source = figure.citation.source.code
    family = source if source.startswith("nbs-portal-gdp-") else _YEAR.sub("", source)
    return figure.indicator.code, figure.vintage, family


def short_cells(plans: ip.Dataset) -> set[str]:
    """Keys of the figures with fewer decimals than most of their table."""
    short = set()
    for column in tables(plans):
        usual = Counter(decimals_of(each.value) for each in column).most_common(1)[0][0]
        short |= {each.key for each in column if decimals_of(each.value) < usual}
    return short


def test_every_figure_has_the_decimals_of_its_table() -> None:
    assert short_cells(NOW) == EXCEPTIONS


@pytest.mark.parametrize(
    ("indicator", "cells"),
    [("rd_intensity", 42), ("rd_expenditure", 72), ("gdp", 170), ("fiscal_expenditure", 49)],
)
def test_the_edition_before_had_lost_zeros(indicator: str, cells: int) -> None:
    assert sum(f"/{indicator}/" in key for key in short_cells(BEFORE)) == cells


def test_what_is_printed_with_zeros_keeps_them() -> None:
    seen = NOW.observations.where(region="Hebei", indicator="rd_intensity", year=2013).one()
    assert (str(seen.value), str(seen.half_width)) == ("1.00", "0.005")
    target = NOW.targets.where(region="Fujian", indicator="gdp", end_year=2025).one()
    assert (str(target.value), str(target.value_high)) == ("5.0", "5.5")


def short_of_wording(plans: ip.Dataset) -> set[str]:
    """Figures of texts that lack zeros with which their wording prints the same number."""
    return {
        each.key
        for each in (*plans.targets, *plans.observations)
        for number in re.findall(
            r"[0-9]+\.[0-9]+", (each.citation.as_stated or "").replace(",", "")
        )
        for value in (each.value, each.value_high)
        if value is not None and value == Decimal(number)
        if decimals_of(value) < decimals_of(Decimal(number))
    }


def test_every_figure_of_a_text_has_the_zeros_of_its_wording() -> None:
    assert short_of_wording(NOW) == set()
    literacy = NOW.observations.where(region="CN", indicator="scientific_literacy", year=2015)
    assert "6.20" in {str(each.value) for each in literacy}


def test_only_zeros_were_added() -> None:
    before = {each.key: each.value for each in BEFORE.observations}
    after = {each.key: each.value for each in NOW.observations}
    shared = before.keys() & after.keys()
    assert len(shared) > 13_000
    assert {key for key in shared if before[key] != after[key]} == set()
    changed = {key for key in shared if str(before[key]) != str(after[key])}
    assert all(decimals_of(before[key]) < decimals_of(after[key]) for key in changed)
    assert len(changed) == 469
