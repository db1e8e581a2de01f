"""Reported figures beside the statistics of the same year: what they contradict is remarked."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from itertools import combinations

import innovation_plans as ip

PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
TOLERANCE = Decimal("0.5")  # percentage points of growth
Levels = dict[tuple[str, str, int], set[Decimal]]


def levels(plans: ip.Dataset) -> Levels:
    """The statistics by region, indicator and year, one value for each vintage, in one unit."""
    values: Levels = defaultdict(set)
    for each in plans.observations.where(form="level"):
        if each.year and each.citation.as_stated is None and each.unit != "percent":
            amount = each.quantity.to(each.indicator.unit).magnitude
            values[each.region.code, each.indicator.code, each.year].add(Decimal(amount))
    return values


def contradicted(plans: ip.Dataset) -> list[ip.Observation]:
    """Reported growth of one year that the amounts of both years do not give."""
    known = levels(plans)
    return [
        each
        for each in plans.observations.where(form="annual_growth")
        if each.year and each.comparator == "reach" and each.citation.as_stated
        if each.indicator.code != "gdp"
        if (rates := list(rates_of(each, known)))
        if all(abs(rate - each.value) > TOLERANCE for rate in rates)
    ]


def rates_of(each: ip.Observation, known: Levels) -> list[Decimal]:
    """The growth that the statistics give for a reported one, for each pair of vintages."""
    region, indicator, year = each.region.code, each.indicator.code, each.year or 0
    return [
        (last / first - 1) * 100
        for last in known.get((region, indicator, year), ())
        for first in known.get((region, indicator, year - 1), ())
    ]


def test_growth_that_the_statistics_do_not_give_is_remarked() -> None:
    found = {each.key: each.notes for each in contradicted(PLANS)}
    assert set(found) >= {
        "CN-HI/rd_expenditure/annual_growth/2024@hi-gwr-2025",
        "CN-SN/invention_patents_granted/annual_growth/2024@sn-gwr-2025",
    }
    assert [key for key, notes in found.items() if not notes] == []


def range_of(each: ip.Observation) -> tuple[Decimal, Decimal]:
    """The least and the greatest figure that a row can mean, in the unit of its indicator."""
    unit = each.indicator.unit_in(each.form)
    value, half = (ip.convert(part, each.unit, unit) for part in (each.value, each.half_width))
    if each.comparator == "about":
        half = value / 20
    least = Decimal("-Infinity") if each.comparator in {"at_most", "below"} else value - half
    most = Decimal("Infinity") if each.comparator in {"at_least", "above"} else value + half
    return least, most


def names(each: ip.Observation, rival: ip.Observation) -> bool:
    """Whether the notes of a figure have another one, as a number or as worded."""
    numbers = {str(rival.value), *re.findall("[0-9.]+", rival.citation.as_stated or "")}
    return bool(numbers & set(re.findall(r"[0-9]+(?:\.[0-9]+)?", each.notes or "")))


def silent_rivals(plans: ip.Dataset) -> set[tuple[str, str]]:
    """Reported figures of one series and year of which only one can be true, and a note on neither."""
    series: dict[str, list[ip.Observation]] = defaultdict(list)
    for each in plans.observations:
        is_reported = each.citation.as_stated or "expression of the figure" in (each.notes or "")
        if each.year and not each.vintage and is_reported:
            series[each.key.partition("@")[0]].append(each)
    return {
        (first.key, second.key)
        for figures in series.values()
        for first, second in combinations(figures, 2)
        if range_of(first)[0] > range_of(second)[1] or range_of(second)[0] > range_of(first)[1]
        if not (names(first, second) or names(second, first))
    }


def test_of_two_reports_that_disagree_one_names_the_other() -> None:
    assert silent_rivals(PLANS) == set()
    assert silent_rivals(BEFORE)


def unmarked_turnovers(plans: ip.Dataset) -> set[str]:
    """Turnovers that are not near the contracts sold, while neither scope nor notes say so."""
    turnover = "technology_contract_turnover"
    series: dict[tuple[str, str], dict[int, Decimal]] = defaultdict(dict)
    for each in plans.observations:
        if each.indicator.code in {f"{turnover}_sold", f"{turnover}_bought"}:
            part = each.indicator.code.rpartition("_")[2]
            amount = ip.convert(each.value, each.unit, "CNY_100M")
            series[each.region.code, part][each.year or 0] = amount
    unmarked = set()
    for figure in (*plans.targets, *plans.observations):
        year = figure.end_year if isinstance(figure, ip.Target) else figure.year
        is_level = (figure.indicator.code, figure.form) == (turnover, "level")
        if not (is_level and year and series[figure.region.code, "sold"]):
            continue
        sold, bought = (
            min(series[figure.region.code, part].items(), key=lambda at: abs(at[0] - (year or 0)))[
                1
            ]
            for part in ("sold", "bought")
        )
        stated = ip.convert(figure.value, figure.unit, "CNY_100M")
        is_near = Decimal("0.9") <= stated / sold <= Decimal("1.3")
        notes = figure.notes or ""
        names_both = f"{sold:.2f}亿元" in notes and f"{bought:.2f}亿元" in notes
        if not (is_near or figure.scope or names_both):
            unmarked.add(figure.key.partition("@")[0])
        if figure.key.startswith("CN-JX/") and not names_both:  # bought rounds to the figure
            unmarked.add(figure.key.partition("@")[0])
    return unmarked


def test_a_turnover_that_is_not_near_the_contracts_sold_is_marked() -> None:
    assert unmarked_turnovers(PLANS) == set()
    assert unmarked_turnovers(BEFORE) >= {
        "CN-NM-13-sti/technology_contract_turnover/level/2020",
        "CN-GX-14-sti/technology_contract_turnover/level/2025",
        "CN-SX-15-gwr/technology_contract_turnover/level/2030",
    }


def test_the_edition_before_had_no_such_remarks() -> None:
    assert [each.key for each in contradicted(BEFORE) if not each.notes]
