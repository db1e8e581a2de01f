"""The reference page of what is missing: series, targets and documents that would decide verdicts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import innovation_plans as ip
from innovation_plans.records import years_of
from innovation_plans.text.messages import word
from innovation_plans.text.tables import markdown

# The indicators of which plans set most targets, and the periods for which they are asked.
HEADLINE = (
    "rd_intensity",
    "rd_expenditure",
    "basic_research_share",
    "rd_personnel_per_10k_employed",
    "high_value_invention_patents_per_10k",
    "high_tech_enterprises",
    "technology_contract_turnover",
)
PERIODS = ("14th", "15th")
# Reasons that a further figure would remove.
WITHOUT_FIGURE = {
    ip.Reason.NO_OUTCOME,
    ip.Reason.NO_SERIES_FOR_INDICATOR,
    ip.Reason.NO_SERIES_FOR_REGION,
    ip.Reason.HELD_BACK_BY_TIER,
    ip.Reason.OUTCOME_IS_A_BOUND,
    ip.Reason.MISSING_BASELINE,
    ip.Reason.UNDATED,
    ip.Reason.OTHER_FORM_OR_SPAN,
    ip.Reason.OUTSIDE_PERIOD,
}
_MOST_SERIES = 30
_MOST_OF_REGION = 4
_PAGE = """\
# What is missing

Figures and documents that would decide the most verdicts, from sources of the tiers A to C, edition
{edition}. [Contribute](../how-to/contribute.md) says how a figure gets into the data.

## Series

The indicators whose outcomes would decide the most targets. A target is counted if no outcome in the data
decides it, or if its year is over and its outcome is awaited.

{series}

## Regions

{regions}

## Headline indicators of the provinces

Whether the data contain a target of every province for the indicators of which plans set most targets.

{headlines}

## Documents that were not read

{documents}
"""


def wanted(plans: ip.Dataset) -> str:
    """Return the page: series by the number of verdicts, then regions, then documents."""
    missing = [
        each
        for each in ip.scorecard(plans)
        if each.reason in WITHOUT_FIGURE or each.verdict is ip.Verdict.AWAITING
    ]
    return _PAGE.format(
        edition=plans.edition,
        series=_series(missing),
        regions=_regions(plans, missing),
        headlines=_headlines(plans),
        documents=_documents(plans.documents.where(extent="unread")),
    )


def _series(missing: Iterable[ip.Assessment]) -> str:
    regions: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for each in missing:
        regions[each.subject.indicator, each.subject.indicator_en][each.subject.region_en] += 1
    ranked = sorted(regions.items(), key=lambda item: (-item[1].total(), item[0]))
    rows = [
        (code, name, str(counts.total()), _most_common(counts))
        for (code, name), counts in ranked[:_MOST_SERIES]
    ]
    return markdown(["code", "indicator", "targets", "regions with most of them"], rows, right=[2])


def _regions(plans: ip.Dataset, missing: Iterable[ip.Assessment]) -> str:
    indicators: dict[str, Counter[str]] = defaultdict(Counter)
    for each in missing:
        indicators[each.subject.region][each.subject.indicator] += 1
    unread = Counter(each.region.code for each in plans.documents.where(extent="unread"))
    codes = sorted(indicators, key=lambda code: (-indicators[code].total(), code))
    rows = [
        (
            plans.regions.find(code).name_en,
            str(indicators[code].total()),
            _most_common(indicators[code]),
            str(unread[code] or ""),
        )
        for code in codes
    ]
    head = ["region", "targets", "indicators that would decide most of them", "documents not read"]
    return markdown(head, rows, right=[1, 3])


def _most_common(counts: Counter[str]) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} ({count})" for name, count in ranked[:_MOST_OF_REGION])


def _headlines(plans: ip.Dataset) -> str:
    provinces = [region.code for region in plans.regions.where(kind="province")]
    tables = []
    for period in PERIODS:
        cells = ip.coverage(plans, region=provinces, indicator=HEADLINE, period=period)
        rows: dict[str, list[str]] = defaultdict(list)
        elsewhere = _stated_elsewhere(plans, period)
        for cell in cells:
            other = elsewhere.get((cell.region, cell.indicator))
            is_elsewhere = other and cell.target is not ip.Availability.STATED
            rows[cell.region].append(
                f"stated in a {other} plan" if is_elsewhere else word(cell.target)
            )
        named = [(plans.regions.find(code).name_en, *states) for code, states in rows.items()]
        tables.append(f"### {period} plan\n\n" + markdown(["region", *HEADLINE], named))
    return "\n\n".join(tables)


def _stated_elsewhere(plans: ip.Dataset, period: str) -> dict[tuple[str, str], str]:
    """Return the other five-year period whose plan has a target for the years of this one.

    A plan is filed under the period in which it was issued, even if its goals are for the next.
    """
    years = years_of(period)
    return {
        (each.region.code, each.indicator.code): each.period
        for each in plans.targets
        if each.period != period and years_of(each.period) and years and each.start_year
        if years[0] <= each.start_year < each.end_year <= years[1]
    }


def _documents(documents: Sequence[ip.Document]) -> str:
    lines = [
        f"- {each.region.name_en}, {each.period}: {each.title}"
        + (f", {each.date}" if each.date else "")
        + f". [{each.code}]({each.url})"
        + (f" ({each.notes})" if each.notes else "")
        for each in documents
    ]
    return "\n".join(lines)
