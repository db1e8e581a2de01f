"""Write the reference pages about the data: columns, units, indicators, regions, verdicts, what is missing.

Usage: ``python tools/write_reference.py [--check]``

With ``--check`` nothing is written; the exit code is 1 if a page is not up to date.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import innovation_plans as ip
from innovation_plans.dataset.display import observation_sheet, target_sheet
from innovation_plans.io.rows import columns_of
from innovation_plans.records import TABLES, Citation, Record
from innovation_plans.text import labels
from innovation_plans.text.messages import word
from innovation_plans.text.tables import markdown
from innovation_plans.units.table import bundled_units
from wanted import wanted

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"
MADE = "<!-- made by tools/write_reference.py; change the data, not this page -->\n\n"
PLANS = ip.load(tiers="ABCD")
PERIODS = ("13th", "14th", "15th")


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` compare them."""
    stale = []
    expected = {PAGES / name: MADE + text.strip() + "\n" for name, text in _pages()}
    for path, text in expected.items():
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.relative_to(PAGES).as_posix())
    unexpected = [path for path in (PAGES / "regions").glob("*.md") if path not in expected]
    if stale or unexpected:
        print(f"stale: {stale} {unexpected}; run tools/write_reference.py", file=sys.stderr)
    return 1 if stale or unexpected else 0


def _pages() -> Iterator[tuple[str, str]]:
    yield "columns.md", _columns()
    yield "units.md", _units()
    yield "indicators.md", _indicators()
    yield "regions.md", _regions()
    yield "verdicts.md", _verdicts()
    yield "wanted.md", wanted(ip.load())
    for region in PLANS.regions:
        yield f"regions/{region.code}.md", _region(region)


def _columns() -> str:
    head = (
        "# Columns\n\nOne section per table. A column marked * must not be empty. A column that refers to "
        "another record contains the code of that record.\n"
    )
    parts = [head]
    for name, kind in TABLES.items():
        rows = [_column(kind, column) for column in columns_of(kind)]
        summary = (kind.__doc__ or "").split("\n", 1)[0]
        table = markdown(["column", "content"], rows)
        parts.append(f"## {name}\n\n{summary}\n\n{table}\n")
    return "\n".join(parts)


def _column(kind: type[Record], column: str) -> tuple[str, str]:
    cited = column in Citation.model_fields and "citation" in kind.model_fields
    info = Citation.model_fields[column] if cited else kind.model_fields[column]
    return f"{column}{' *' if info.is_required() else ''}", info.description or ""


def _units() -> str:
    used = Counter(each.unit for table in (PLANS.targets, PLANS.observations) for each in table)
    rows = [
        (
            unit.name,
            labels.unit(unit.name),
            labels.unit(unit.name, "zh"),
            " · ".join(f"{name}^{power}" for name, power in unit.dimension) or "none",
            str(unit.factor),
            str(used[unit.name]),
        )
        for unit in bundled_units()
    ]
    head = ["token", "English", "中文", "dimension", "in base units", "figures"]
    return (
        "# Units\n\nThe tokens of the `unit` columns. Two units convert into each other if their "
        "dimensions are the same. The reasons for the dimensions are in "
        f"[units](../explanation/units.md).\n\n{markdown(head, rows, right=[4, 5])}\n"
    )


def _indicators() -> str:
    targets: dict[str, Counter[str]] = defaultdict(Counter)
    for target in PLANS.targets:
        targets[target.indicator.code][target.period] += 1
    reported: Counter[str] = Counter()
    years: dict[str, list[int]] = defaultdict(list)
    for observation in PLANS.observations:
        if observation.citation.as_stated:
            reported[observation.indicator.code] += 1
        elif observation.year is not None:
            years[observation.indicator.code].append(observation.year)
    rows = []
    for each in PLANS.indicators:
        spans = years[each.code]
        rows.append(
            (
                each.code,
                each.name_en,
                each.name_zh or "",
                each.unit,
                str(each.direction),
                *(str(targets[each.code][period] or "") for period in PERIODS),
                str(reported[each.code] or ""),
                f"{len(spans)}, {min(spans)}-{max(spans)}" if spans else "",
            )
        )
    head = ["code", "English", "中文", "unit", "better", *PERIODS, "reported", "statistics"]
    notes = [f"### {each.code}\n\n{_prose(each)}" for each in PLANS.indicators if each.definition]
    return (
        "# Indicators\n\nFor each indicator: its targets in three periods, the outcomes that reports "
        "state, and the number and years of its statistics. Targets of yearly work reports are not "
        "counted here.\n\n"
        + markdown(head, rows, right=[5, 6, 7, 8, 9])
        + "\n\n## Definitions and pitfalls\n\n"
        + "\n\n".join(notes)
        + "\n"
    )


def _prose(indicator: ip.Indicator) -> str:
    lines = [indicator.definition or ""]
    if indicator.numerator and indicator.denominator:
        lines.append(f"Ratio: {indicator.numerator.code} / {indicator.denominator.code}.")
    if indicator.proxy:
        lines.append(f"Proxy: {_proxy(indicator)}")
    if indicator.standard:
        lines.append(f"Standard: {indicator.standard}")
    if indicator.pitfalls:
        lines.append(f"Pitfalls: {indicator.pitfalls}")
    if indicator.same_as:
        parts = (text.split(" ", 1) for text in indicator.same_as)
        names = ", ".join(f"[{name}]({address})" for name, address in parts)
        lines.append(f"Same as: {names}. {indicator.same_as_note or ''}".strip())
    if indicator.aliases:
        lines.append(f"Other names: {', '.join(indicator.aliases)}")
    return "\n\n".join(lines)


def _proxy(indicator: ip.Indicator) -> str:
    years = f" over {indicator.proxy_years} years" if indicator.proxy_years else ""
    note = f" {indicator.proxy_note}" if indicator.proxy_note else ""
    return f"{indicator.proxy.code if indicator.proxy else ''}{years}.{note}"


def _verdicts() -> str:
    plans = ip.load()
    provinces = [each.code for each in plans.regions.where(kind="province")]
    card = ip.scorecard(plans, period="14th", region=provinces)
    decided = ip.Scorecard([each for each in card if each.reason is None])
    undetermined = ip.Scorecard([each for each in card if each.reason is not None])
    counts = [(str(verdict), str(count)) for verdict, count in card.counts().items()]
    reasons = Counter(str(each.reason) for each in undetermined)
    rows = [
        (*each.names(), each.stated.text(),
         str(each.stated.end_year), word(each.reason) if each.reason else "")
        for each in undetermined.sort("region", "indicator")
    ]  # fmt: skip
    return (
        "# Verdicts on the 14th plans of the 31 provinces\n\nBy the default method, tolerance and "
        f"threshold, from sources of the tiers A to C, edition {plans.edition}.\n\n"
        + markdown(["verdict", "targets"], counts, right=[1])
        + "\n\n## Targets with a verdict\n\n"
        + decided.sort("region", "indicator").sheet().text("markdown")
        + "\n\n## Undetermined targets and their reasons\n\n"
        + markdown(
            ["reason", "targets"],
            [(code, str(count)) for code, count in sorted(reasons.items())],
            right=[1],
        )
        + "\n\n"
        + markdown(["region", "indicator", "target", "by", "reason"], rows, right=[3])
        + "\n"
    )


def _regions() -> str:
    targets = Counter(target.region.code for target in PLANS.targets)
    observations = Counter(each.region.code for each in PLANS.observations)
    rows = [
        (
            each.code,
            each.name_en,
            each.name_zh or "",
            str(each.kind),
            str(targets[each.code]),
            str(observations[each.code]),
        )
        for each in PLANS.regions
    ]
    head = ["code", "English", "中文", "kind", "targets", "observations"]
    table = markdown(head, rows, right=[4, 5])
    for each in PLANS.regions:  # cells are escaped, so links are added afterwards
        table = table.replace(f"| {each.code} |", f"| [{each.code}](regions/{each.code}.md) |", 1)
    return f"# Regions\n\n{table}\n"


def _region(region: ip.Region) -> str:
    targets = PLANS.targets.filter(lambda each: each.region == region)
    observations = PLANS.observations.filter(lambda each: each.region == region)
    reported = observations.filter(lambda each: each.citation.as_stated is not None)
    parts = [f"# {region.name_en} {region.name_zh or ''}\n"]
    parts.append(f"Code {region.code}; other names: {', '.join(region.names[1:])}.\n")
    if targets:
        parts.append(f"## Targets\n\n{target_sheet(targets).text('markdown')}\n")
    goals = PLANS.goals.filter(lambda each: each.region == region)
    if goals:
        lines = [f"- {goal.statement} ({goal.citation.key})" for goal in goals]
        parts.append("## Goals without a number\n\n" + "\n".join(lines) + "\n")
    if reported:
        parts.append(f"## Reported outcomes\n\n{observation_sheet(reported).text('markdown')}\n")
    statistics = _series(observations)
    if statistics:
        head = ["indicator", "vintage", "years", "figures"]
        parts.append(f"## Statistics\n\n{markdown(head, statistics, right=[3])}\n")
    return "\n".join(parts)


def _series(observations: ip.ObservationTable[ip.Observation]) -> list[tuple[str, str, str, str]]:
    years: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in observations:
        if each.citation.as_stated is None and each.year is not None:
            years[each.indicator.name_en, each.vintage or ""].append(each.year)
    return [
        (indicator, vintage, f"{min(listed)}-{max(listed)}", str(len(listed)))
        for (indicator, vintage), listed in sorted(years.items())
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
