"""Write the page of findings: where targets do not agree with one another or with arithmetic.

Usage: ``python tools/write_findings.py [--check]``

With ``--check`` nothing is written; the exit code says whether the page is as it should be.
Figures, keys and sources come from the data; what is said about them is written here, and a
finding that the data no longer give stops the tool.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import innovation_plans as ip
from innovation_plans.analysis.cross_check import cross_check
from innovation_plans.analysis.findings import Finding, Findings, Side
from innovation_plans.analysis.operands import Operand
from innovation_plans.text import labels
from innovation_plans.text.implied import Check, Origin
from innovation_plans.text.messages import word
from innovation_plans.text.tables import markdown
from innovation_plans.units.decimals import plain, rounded

PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "findings.md"
MADE = "<!-- made by tools/write_findings.py; change the data or the tool, not this page -->\n\n"
PLANS = ip.load()
MOST_ROWS = 8


class Told(NamedTuple):
    """A finding worth telling, and what to see in it."""

    region: str
    period: str
    check: Check
    indicator: str
    comment: str
    figures: str = ""  # the smaller of the right side's formulas, where a check gave several


TOLD = (
    Told(
        "CN-GD", "14th", Check.RATIO, "rd_intensity",
        "Ten percent a year on the spending of 2020 is more than 3.5% of the GDP that came out: "
        "the two targets fit a GDP that grows as fast as the last line says, at current prices. "
        "The GDP of 2020 is that of the fifth economic census, which the plan could not know.",
    ),
    Told(
        "CN-HB", "14th", Check.RATIO, "digital_economy_core_gdp_share",
        "One action plan prints both the level and the share for 2025; the level is less than "
        "the share of the GDP that came out.",
    ),
    Told(
        "CN-HB", "14th", Check.ANNUAL_LEVEL, "digital_economy_core_value_added",
        "The work report for the last year of the plan asks for less than the plan does.",
    ),
    Told(
        "CN-NM", "14th", Check.RATIO, "rd_intensity",
        "The level and the ratio stand in one action plan, and the level falls short of the ratio "
        "on the GDP that came out. Its third figure, growth above 12% a year, is a floor that "
        "lies far below both.",
        "rd_expenditure(2025) ÷ gdp(2025)",
    ),
    Told(
        "CN-GS", "14th", Check.RATIO, "rd_intensity",
        "The ratio is of the plan of 2021, the level of an action plan of 2025: the later figure "
        "no longer makes the earlier one, on the GDP that the province reports.",
    ),
    Told(
        "CN-SH", "14th", Check.RATIO, "digital_economy_gdp_share",
        "Level and share are of one special plan, read in an article of a recruitment site; "
        "together they would need a GDP well below the one reported.",
    ),
    Told(
        "CN", "14th", Check.TOGETHER, "rd_expenditure",
        "The provinces that print a growth target want, weighted by what they spent in 2020, far "
        "more than the nation does. Both can hold: the nation's is a floor, and the mean leaves "
        "out every province that prints none. Chongqing's figure is guidance to its districts, "
        "and Shanxi's was read in its services plan.",
    ),
    Told(
        "CN-LN", "15th", Check.ANNUAL_GROWTH, "gdp",
        "The report that sets the mean of five years sets less for the first of them.",
    ),
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` compare it."""
    text = MADE + "\n".join(_parts(cross_check(PLANS))).strip() + "\n"
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        print(f"stale: {PAGE.name}; run tools/write_findings.py", file=sys.stderr)
        return 1
    return 0


def _parts(found: Findings) -> Iterator[str]:
    yield (
        "# What the targets say of one another\n\n"
        f"Edition {PLANS.edition}, tiers {PLANS.tiers}, every region and period, a tolerance of "
        "two percent: what `innovation-plans cross-check` finds. A finding is two figures and "
        "the gap between them, no judgement; how they are made is said in "
        "[implied figures](implied-figures.md).\n"
    )
    yield f"## By check\n\n{_counts(found)}\n"
    for number, each in enumerate(TOLD, 1):
        yield _told(number, each, _of(found, each))
    everything = found.disagreements().sheet().text("markdown")
    yield f"## All that do not agree\n\n{everything}\n"
    held = [each for each in found if each.check in {Check.LEVEL, Check.RATIO} and each.reconciles]
    rows = [(each.region_en, each.period, each.left.formula, _needed(each)) for each in held]
    head = ["region", "period", "stated", "both hold if"]
    yield f"## What would have to hold\n\n{markdown(head, rows)}\n"


def _counts(found: Findings) -> str:
    rows = [
        (
            word(check),
            *(
                str(sum(each.agrees is says for each in found.of(check)))
                for says in (True, False, None)
            ),
        )
        for check in Check
    ]
    return markdown(
        ["check", "consistent", "inconsistent", "not comparable"], rows, right=[1, 2, 3]
    )


def _of(found: Findings, told: Told) -> Finding:
    for each in found.of(told.check):
        subject = (each.region, each.period, each.indicator)
        if subject == (told.region, told.period, told.indicator) and told.figures in {
            "",
            each.right.formula,
        }:
            return each
    raise SystemExit(f"the data no longer give {told.region} {told.check} {told.indicator}")


def _told(number: int, told: Told, found: Finding) -> str:
    parts = [
        f"## {number}. {found.region_en}: {found.indicator_en}, {found.year}\n",
        f"{word(found.check).capitalize()}. {told.comment}\n",
        _side("Stated", found.left),
        _side("Beside it", found.right),
        f"- Gap: {found.gap_text()} ({found.agreement()}).",
    ]
    if found.reconciles is not None:
        parts.append(f"- Consistent if {_needed(found)}.")
    if found.caveats:
        parts.append(f"- Note: {'; '.join(word(each) for each in found.caveats)}.")
    operands = dict.fromkeys((*found.left.operands, *found.right.operands))
    parts.append("\n" + _figures(tuple(operands)))
    return "\n".join(parts)


def _side(head: str, side: Side) -> str:
    value = labels.bound(
        side.comparator or ip.Comparator.BETWEEN,
        rounded(side.value, 6),
        None if side.value_high is None else rounded(side.value_high, 6),
        side.unit,
    )
    reckoning = "" if len(side.operands) == 1 else f" ({_reckoned(side)})"
    return f"- {head}: `{side.formula}`, {value}{reckoning}."


def _reckoned(side: Side) -> str:
    """The figures in the order of the formula, so that it can be followed by hand."""
    if len(side.operands) > MOST_ROWS:
        return f"from {len(side.operands)} figures, below"
    return ", ".join(f"{plain(each.value)} {each.unit}" for each in side.operands)


def _needed(found: Finding) -> str:
    if found.reconciles is None:
        return ""
    known = _known(found)
    return found.reconciles.text() + (f" (it was {known})" if known else "")


def _known(found: Finding) -> str:
    """What the denominator really grew by, at current prices, where both ends are observed."""
    needed = found.reconciles
    if needed is None or needed.start_year is None or found.check is not Check.RATIO:
        return ""
    ends = [
        each
        for each in found.right.operands
        if each.indicator == needed.indicator and each.origin is Origin.OBSERVATION
    ]
    if len(ends) != 1 or ends[0].form is not ip.Form.LEVEL:
        return ""
    base = PLANS.observations.where(
        region=needed.region, indicator=needed.indicator, form="level", year=needed.start_year - 1,
        self_reported=False,
    )  # fmt: skip
    if not base:
        return ""
    first = base.latest()
    start = ip.convert(first.value, first.unit, ends[0].unit)
    rate = ip.growth.rate_between(start, ends[0].value, needed.year - needed.start_year + 1)
    return f"{rate.quantize(Decimal('0.01'))}%, from {first.vintage or 'the statistics'}"


def _figures(operands: tuple[Operand, ...]) -> str:
    rows = []
    for each in operands:
        source = PLANS.context.of("source")[each.source or ""]
        said = ", ".join(part for part in (source.publisher, source.title, source.date) if part)
        rows.append(
            (each.text(), word(each.origin), each.key, f"{said} (tier {source.tier})", source.url)
        )
    table = markdown(["figure", "origin", "key", "source"], [row[:4] for row in rows])
    lines = table.splitlines()
    linked = [
        f"{line[:-2]} [link](<{row[4]}>) |" if row[4] else line
        for line, row in zip(lines[2:], rows, strict=True)
    ]
    return "\n".join([*lines[:2], *linked]) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
