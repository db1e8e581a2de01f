"""One statement of a work report has one row, however many copies of the report were read."""

from __future__ import annotations

from collections import Counter

import innovation_plans as ip

PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")


def twice(plans: ip.Dataset) -> set[tuple[str, ...]]:
    """Figures that two copies of one report state: series key, value and report."""
    codes = {source.code for source in plans.sources}
    stated = Counter(
        (each.series_key, str(each.value), report(each.citation.source.code, codes))
        for each in plans.observations
        if "-gwr-" in each.citation.source.code
    )
    return {figure for figure, count in stated.items() if count > 1}


def report(code: str, codes: set[str]) -> str:
    """Return the code of the first copy of a report."""
    first, _, number = code.rpartition("-")
    return first if len(number) == 1 and first in codes else code


def test_no_figure_of_a_report_stands_twice() -> None:
    assert twice(PLANS) == set()


def test_the_edition_before_had_some_twice() -> None:
    assert len(twice(BEFORE)) >= 2
