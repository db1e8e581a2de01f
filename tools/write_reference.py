"""Write the reference pages that say what the data hold, from the data themselves.

Usage: ``python tools/write_reference.py [--check]``

With ``--check`` nothing is written; the exit code says whether the pages are as they should be.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import innovation_plans as ip
from innovation_plans.analysis.sheets import observation_sheet, target_sheet
from innovation_plans.io.rows import columns_of
from innovation_plans.records import TABLES, Citation, Record
from innovation_plans.text import labels
from innovation_plans.text.messages import word
from innovation_plans.text.tables import markdown
from innovation_plans.units.table import bundled_units

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"
MADE = "<!-- made by tools/write_reference.py; change the data, not this page -->\n\n"
PLANS = ip.load(tiers="ABCD")
PERIODS = ("13th", "14th", "15th")


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` compare them."""
    stale = []
    wanted = {PAGES / name: MADE + text.strip() + "\n" for name, text in _pages()}
    for path, text in wanted.items():
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.relative_to(PAGES).as_posix())
    strange = [path for path in (PAGES / "regions").glob("*.md") if path not in wanted]
    if stale or strange:
        print(f"stale: {stale} {strange}; run tools/write_reference.py", file=sys.stderr)
    return 1 if stale or strange else 0


def _pages() -> Iterator[tuple[str, str]]:
    yield "columns.md", _columns()
    yield "units.md", _units()
    yield "indicators.md", _indicators()
    yield "regions.md", _regions()
    yield "verdicts.md", _verdicts()
    for region in PLANS.regions:
        yield f"regions/{region.code}.md", _region(region)


def _columns() -> str:
    head = (
        "# Columns\n\nOne table a kind of file; a column marked * must be filled. Where a column "
        "names another record it holds that record's code.\n"
    )
    parts = [head]
    for name, kind in TABLES.items():
        rows = [_column(kind, column) for column in columns_of(kind)]
        said = (kind.__doc__ or "").split("\n", 1)[0]
        parts.append(f"## {name}\n\n{said}\n\n{markdown(['column', 'holds'], rows)}\n")
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
        "# Units\n\nWhat the `unit` columns hold. Two units convert into each other if their "
        "dimensions are the same; why so many dimensions is said in "
        f"[units](../explanation/units.md).\n\n{markdown(head, rows, right=[4, 5])}\n"
    )


def _indicators() -> str:
    targets: dict[str, Counter[str]] = defaultdict(Counter)
    for target in PLANS.targets:
        targets[target.indicator.code][target.period] += 1
    reported: Counter[str] = Counter()
    years: dict[str, list[int]] = defaultdict(list)
    for seen in PLANS.observations:
        if seen.citation.as_stated:
            reported[seen.indicator.code] += 1
        elif seen.year is not None:
            years[seen.indicator.code].append(seen.year)
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
        "# Indicators\n\nHow many targets each has in the three periods, how many outcomes reports "
        "state, and how many statistics of which years; work reports of single years count as "
        "targets of their own and are not shown here.\n\n"
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
    if indicator.aliases:
        lines.append(f"Also found as: {', '.join(indicator.aliases)}")
    return "\n\n".join(lines)


def _proxy(indicator: ip.Indicator) -> str:
    years = f" over {indicator.proxy_years} years" if indicator.proxy_years else ""
    note = f" {indicator.proxy_note}" if indicator.proxy_note else ""
    return f"{indicator.proxy.code if indicator.proxy else ''}{years}.{note}"


def _verdicts() -> str:
    plans = ip.load()
    provinces = [each.code for each in plans.regions.where(kind="province")]
    card = ip.scorecard(plans, period="14th", region=provinces)
    judged = ip.Scorecard([each for each in card if each.reason is None])
    groups = ip.Scorecard([each for each in card if each.reason is not None])
    counts = [(str(verdict), str(count)) for verdict, count in card.counts().items()]
    reasons = Counter(str(each.reason) for each in groups)
    rows = [
        (each.subject.region_en, each.subject.indicator_en, each.stated.text(),
         str(each.stated.end_year), word(each.reason) if each.reason else "")
        for each in groups.sort("region", "indicator")
    ]  # fmt: skip
    return (
        "# Verdicts on the 14th plans of the 31 provinces\n\nBy the default method, tolerance and "
        f"threshold, from sources of the tiers A to C, edition {plans.edition}.\n\n"
        + markdown(["verdict", "targets"], counts, right=[1])
        + "\n\n## Judged\n\n"
        + judged.sort("region", "indicator").sheet().text("markdown")
        + "\n\n## Undetermined, and why\n\n"
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
    seen = Counter(each.region.code for each in PLANS.observations)
    rows = [
        (
            each.code,
            each.name_en,
            each.name_zh or "",
            str(each.kind),
            str(targets[each.code]),
            str(seen[each.code]),
        )
        for each in PLANS.regions
    ]
    head = ["code", "English", "中文", "kind", "targets", "observations"]
    table = markdown(head, rows, right=[4, 5])
    for each in PLANS.regions:  # links are ours to make; cells are escaped
        table = table.replace(f"| {each.code} |", f"| [{each.code}](regions/{each.code}.md) |", 1)
    return f"# Regions\n\n{table}\n"


def _region(region: ip.Region) -> str:
    targets = PLANS.targets.where(region=region.code)
    seen = PLANS.observations.where(region=region.code)
    reported = seen.filter(lambda each: each.citation.as_stated is not None)
    parts = [f"# {region.name_en} {region.name_zh or ''}\n"]
    parts.append(f"Code {region.code}; also found as {', '.join(region.names[1:])}.\n")
    if targets:
        parts.append(f"## Targets\n\n{target_sheet(targets).text('markdown')}\n")
    goals = PLANS.goals.where(region=region.code)
    if goals:
        lines = [f"- {goal.statement} ({goal.citation.key})" for goal in goals]
        parts.append("## Goals without a number\n\n" + "\n".join(lines) + "\n")
    if reported:
        parts.append(f"## Outcomes as reported\n\n{observation_sheet(reported).text('markdown')}\n")
    statistics = _series(seen)
    if statistics:
        head = ["indicator", "vintage", "years", "figures"]
        parts.append(f"## Statistics\n\n{markdown(head, statistics, right=[3])}\n")
    return "\n".join(parts)


def _series(seen: ip.ObservationTable[ip.Observation]) -> list[tuple[str, str, str, str]]:
    years: dict[tuple[str, str], list[int]] = defaultdict(list)
    for each in seen:
        if each.citation.as_stated is None and each.year is not None:
            years[each.indicator.name_en, each.vintage or ""].append(each.year)
    return [
        (indicator, vintage, f"{min(found)}-{max(found)}", str(len(found)))
        for (indicator, vintage), found in sorted(years.items())
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
