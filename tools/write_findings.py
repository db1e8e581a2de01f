"""Write the page of findings: targets that do not agree with one another or with arithmetic.

Usage: ``python tools/write_findings.py [--check]``

With ``--check`` nothing is written; the exit code is 1 if the page is not up to date. Figures, keys
and sources come from the data, the comments are written here. The tool fails if the data no longer
give a finding that has a comment.
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
from innovation_plans.text.implied import Check
from innovation_plans.text.messages import word
from innovation_plans.text.tables import markdown
from innovation_plans.units.decimals import plain, rounded

PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "findings.md"
MADE = "<!-- made by tools/write_findings.py; change the data or the tool, not this page -->\n\n"
PLANS = ip.load()
MAX_FIGURES = 8


class Commented(NamedTuple):
    """A finding with a comment."""

    region: str
    period: str
    check: Check
    indicator: str
    comment: str
    formula: str = ""  # of the right side, if a check gives several findings


COMMENTED = (
    Commented(
        "CN-GD", "14th", Check.RATIO, "rd_intensity",
        "The plan of 2021 states both the growth of spending and the ratio. From the GDP of 2020 that "
        "was known then, an ordinary growth of GDP gives a range that contains the ratio.",
    ),
    Commented(
        "CN-HB", "14th", Check.RATIO, "digital_economy_core_gdp_share",
        "One action plan states both the level and the share for 2025. After an ordinary growth of "
        "GDP, the level is less than the share.",
    ),
    Commented(
        "CN-HB", "14th", Check.ANNUAL_LEVEL, "digital_economy_core_value_added",
        "The target in the work report for the last year of the plan is lower than that of the plan.",
    ),
    Commented(
        "CN-NM", "14th", Check.RATIO, "rd_intensity",
        "One action plan states both the level and the ratio. After an ordinary growth of GDP, the "
        "level is less than the ratio requires. Its third figure, growth above 12% per year, is a "
        "lower bound far below both.",
        "rd_expenditure(2025) ÷ (gdp(2022) × (1 + 5–9%)^3)",
    ),
    Commented(
        "CN-GS", "14th", Check.RATIO, "rd_intensity",
        "The ratio is from the plan of 2021, the level from an action plan of 2025. The GDP of 2024 "
        "was known then. On this GDP, the later level is less than the earlier ratio requires.",
    ),
    Commented(
        "CN-SH", "14th", Check.RATIO, "digital_economy_gdp_share",
        "Level and share are from one special plan, read in an article of a recruitment site. They "
        "agree only if GDP grows as slowly as is usual.",
    ),
    Commented(
        "CN-ZJ", "annual-2021", Check.RATIO, "rd_intensity",
        "The report of a conference states both the ratio and the growth of spending for 2021. They agree only if GDP "
        "grows more than usual in the year after the pandemic began.",
    ),
    Commented(
        "CN", "14th", Check.TOGETHER, "rd_expenditure",
        "The spending of the provinces that state a growth target is summed for 2020, and each "
        "grows at its target. The sum grows much faster than the target of the nation. Both can be "
        "true: the nation's is a lower bound, and the sum leaves out the provinces without a target. "
        "The figure of Shanxi is from its plan for services.",
    ),
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Write the page, or compare it with ``--check``."""
    text = MADE + "\n".join(_parts(cross_check(PLANS))).strip() + "\n"
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        print(f"stale: {PAGE.name}; run tools/write_findings.py", file=sys.stderr)
        return 1
    return 0


def _parts(findings: Findings) -> Iterator[str]:
    yield (
        "# Do the targets agree with one another?\n\n"
        f"Edition {PLANS.edition}, tiers {PLANS.tiers}, all regions and periods, a tolerance "
        "of 2%: the result of `innovation-plans cross-check`. A finding has two figures and their "
        "gap. It does not say which figure is wrong. [Implied figures](implied-figures.md) describes "
        "the checks.\n"
    )
    yield f"## By check\n\n{_counts(findings)}\n"
    for number, commented in enumerate(COMMENTED, 1):
        yield _section(number, commented, _finding(findings, commented))
    disagreements = findings.disagreements().sheet().text("markdown")
    yield f"## All inconsistent findings\n\n{disagreements}\n"
    reconciled = [
        each for each in findings if each.check in {Check.LEVEL, Check.RATIO} and each.reconciles
    ]
    rows = [(each.region_en, each.period, each.left.formula, _needed(each)) for each in reconciled]
    head = ["region", "period", "stated", "both are true if"]
    yield f"## Conditions under which both figures are true\n\n{markdown(head, rows)}\n"


def _counts(findings: Findings) -> str:
    rows = [
        (
            word(check),
            *(
                str(sum(each.agrees is agrees for each in findings.of(check)))
                for agrees in (True, False, None)
            ),
        )
        for check in Check
    ]
    return markdown(
        ["check", "consistent", "inconsistent", "not comparable"], rows, right=[1, 2, 3]
    )


def _finding(findings: Findings, wanted: Commented) -> Finding:
    for each in findings.of(wanted.check):
        subject = (each.region, each.period, each.indicator)
        if subject == (wanted.region, wanted.period, wanted.indicator) and wanted.formula in {
            "",
            each.right.formula,
        }:
            return each
    raise SystemExit(f"the data no longer give {wanted.region} {wanted.check} {wanted.indicator}")


def _section(number: int, commented: Commented, finding: Finding) -> str:
    parts = [
        f"## {number}. {finding.region_en}: {finding.indicator_en}, {finding.year}\n",
        f"{word(finding.check).capitalize()}. {commented.comment}\n",
        _side("Left", finding.left),
        _side("Right", finding.right),
        f"- Gap: {finding.gap_text()} ({finding.agreement()}).",
    ]
    if finding.reconciles is not None:
        parts.append(f"- Consistent if {_needed(finding)}.")
    if finding.caveats:
        parts.append(f"- Note: {'; '.join(word(each) for each in finding.caveats)}.")
    operands = dict.fromkeys((*finding.left.operands, *finding.right.operands))
    parts.append("\n" + _figures(tuple(operands)))
    return "\n".join(parts)


def _side(head: str, side: Side) -> str:
    value = labels.bound(
        side.comparator or ip.Comparator.BETWEEN,
        rounded(side.value, 6),
        None if side.value_high is None else rounded(side.value_high, 6),
        side.unit,
    )
    inputs = "" if len(side.operands) == 1 else f" ({_inputs(side)})"
    return f"- {head}: `{side.formula}`, {value}{inputs}."


def _inputs(side: Side) -> str:
    """Return the figures in the order of the formula."""
    if len(side.operands) > MAX_FIGURES:
        return f"from {len(side.operands)} figures, below"
    return ", ".join(f"{_number(each)} {each.unit}" for each in side.operands)


def _number(operand: Operand) -> str:
    ends = (operand.value, operand.value_high)
    return "–".join(plain(value) for value in ends if value is not None)


def _needed(finding: Finding) -> str:
    if finding.reconciles is None:
        return ""
    known = _known(finding)
    return finding.reconciles.text() + (f" (it was {known})" if known else "")


def _known(finding: Finding) -> str:
    """Return the observed growth of a denominator that is needed, if both ends are observed."""
    needed = finding.reconciles
    if needed is None or needed.form is ip.Form.LEVEL or finding.check is not Check.RATIO:
        return ""
    start = needed.start_year or needed.year
    levels = PLANS.observations.where(
        region=needed.region, indicator=needed.indicator, form="level"
    )
    ends = [levels.where(year=year) for year in (start - 1, needed.year)]
    if not all(ends):
        return ""
    first, last = (each.latest() for each in ends)
    base = ip.convert(first.value, first.unit, last.unit)
    rate = ip.growth.rate_between(base, last.value, needed.year - start + 1)
    return f"{rate.quantize(Decimal('0.01'))}%, from {first.vintage or 'the statistics'}"


def _document(source: ip.Source) -> str:
    parts = [part for part in (source.publisher, source.title, source.date) if part]
    return f"{', '.join(parts)} (tier {source.tier})"


def _figures(operands: tuple[Operand, ...]) -> str:
    rows = []
    for each in operands:
        source = PLANS.context.of("source")[each.source] if each.source else None
        rows.append(
            (
                each.text(),
                word(each.origin),
                each.key,
                _document(source) if source else "",
                source.url if source else None,
            )
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
