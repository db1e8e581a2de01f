"""How a scorecard prints: what it covers, the order of its rows, and their cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..codelists import Caveat, Form, RegionKind, Tier
from ..text import labels
from ..text.messages import Language, heads, say, word
from ..text.tables import Sheet
from .results import Assessment, PaceScore

__all__ = ["COLUMNS", "TargetCount", "arranged", "main_year", "sheet_of", "tier_legend"]

COLUMNS = (
    "region", "indicator", "start", "outcome", "target", "by", "gap", "pace", "verdict", "note",
    "tier",
)  # fmt: skip
_RIGHT = {"by", "gap", "pace"}
_KINDS = (RegionKind.PROVINCE, RegionKind.NATION, RegionKind.CITY, RegionKind.GROUP)
_NOTED = (Caveat.SELF_REPORTED, Caveat.PRELIMINARY, Caveat.PROXY, Caveat.ONE_VINTAGE)


class TargetCount(NamedTuple):
    """How many provinces have a target for a year, of those that a scorecard is for."""

    year: int
    provinces: int
    stating: int
    nation: bool | None  # whether the nation has one; None if the scorecard is not for one nation

    def text(self, name: str, lang: Language) -> str:
        """Return the counts as text; `name` is the indicator, or the number of indicators."""
        provinces = say(
            "scorecard.provinces",
            lang,
            name=name,
            stating=self.stating,
            count=self.provinces,
            year=self.year,
            rest=self.provinces - self.stating,
        )
        has_one = {None: "", True: "nation_with", False: "nation_without"}[self.nation]
        nation = say(f"scorecard.{has_one}", lang) if has_one else ""
        return labels.joined([provinces, nation], lang, "parts")


def main_year(years: Iterable[int]) -> int:
    """Return the most frequent year; the latest of several."""
    counts = Counter(years)
    return max(counts, key=lambda year: (counts[year], year))


def arranged(
    assessments: Sequence[Assessment], kinds: Mapping[str, RegionKind]
) -> list[Assessment]:
    """Return assessments by kind of region and indicator, the highest gap first.

    Parameters
    ----------
    assessments
        In the order that they keep where their gaps are equal.
    kinds
        The kind of each region, by code; regions of an unknown kind come last.
    """

    def order(assessment: Assessment) -> tuple[int, str, int, bool, Decimal]:
        subject, form = assessment.subject, assessment.stated.form
        kind = kinds.get(subject.region)
        position = _KINDS.index(kind) if kind else len(_KINDS)
        gap = assessment.gap or Decimal(0)
        if form is not Form.RANK:  # the lowest rank is the best
            gap = gap.copy_negate()
        return position, subject.indicator, list(Form).index(form), assessment.gap is None, gap

    return sorted(assessments, key=order)


def sheet_of(
    assessments: Iterable[Assessment],
    columns: Sequence[str],
    lang: Language,
    *,
    marked: bool = False,
) -> Sheet:
    """Return one row per assessment with some of the columns."""
    rows = []
    for assessment in assessments:
        cells = _cells(assessment, lang, marked=marked)
        rows.append(tuple(cells[name] for name in columns))
    right = tuple(position for position, name in enumerate(columns) if name in _RIGHT)
    return Sheet(heads(columns, lang), rows, right=right)


def tier_legend(assessments: Iterable[Assessment], lang: Language) -> str:
    """Return the meaning of the tiers of targets and outcomes."""
    tiers = {each.stated.tier for each in assessments}
    tiers |= {each.outcome.tier for each in assessments if each.outcome}
    meanings = [labels.headed(str(tier), word(tier, lang), lang) for tier in Tier if tier in tiers]
    return say("scorecard.tiers", lang, tiers=labels.joined(meanings, lang, "parts"))


def _cells(assessment: Assessment, lang: Language, *, marked: bool) -> dict[str, str]:
    """Return the texts of a row, by column."""
    region, indicator = assessment.names(lang)
    stated, outcome = assessment.stated, assessment.outcome
    return {
        "region": region,
        "indicator": indicator,
        "start": _start_text(assessment, lang),
        "outcome": _dated(*outcome.dated(stated.form, lang), lang) if outcome else "–",
        "target": stated.text(lang),
        "by": str(stated.end_year),
        "gap": assessment.gap_text(lang),
        "pace": _pace_text(assessment.pace) if assessment.pace else "",
        "verdict": _verdict_text(assessment, lang, marked=marked),
        "note": _note_text(assessment, lang),
        "tier": f"{stated.tier}/{outcome.tier}" if outcome else str(stated.tier),
    }


def _start_text(assessment: Assessment, lang: Language) -> str:
    start = assessment.baseline
    if start is None:
        return "–"
    return _dated(labels.amount(start.value, start.unit, lang), str(start.year), lang)


def _pace_text(pace: PaceScore) -> str:
    """Return the score, or its range if rounding leaves the verdict open."""
    return "–".join(pace.ends) if pace.ends else f"{pace.score:.2f}"


def _dated(figure: str, years: str, lang: Language) -> str:
    return say("figure.dated", lang, figure=figure, year=years)


def _verdict_text(assessment: Assessment, lang: Language, *, marked: bool) -> str:
    verdict, reason = word(assessment.verdict, lang), assessment.reason
    if marked:
        verdict = f"{labels.mark(assessment.verdict)} {verdict}"
    return labels.headed(verdict, word(reason, lang), lang) if reason else verdict


def _note_text(assessment: Assessment, lang: Language) -> str:
    """Return the status of the outcome, and whether another series or vintage was used."""
    notes = [say(f"scorecard.{each}", lang) for each in _NOTED if each in assessment.caveats]
    return labels.joined(notes, lang)
