"""Tables of targets and verdicts, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable

from ..dataset.display import figure
from ..records import Observation, Target
from ..text import labels
from ..text.messages import Language, say, word
from ..text.tables import Sheet
from .results import Assessment

__all__ = ["Sheet", "heads", "observation_sheet", "target_sheet", "verdict_sheet"]

_VERDICT_HEADS = (
    "region", "indicator", "target", "by", "outcome", "year", "gap", "verdict", "tier",
)  # fmt: skip
_TARGET_HEADS = ("indicator", "target", "by", "plan", "tier", "source")
_OBSERVATION_HEADS = ("indicator", "value", "year", "tier", "source")


def heads(names: Iterable[str], lang: Language) -> tuple[str, ...]:
    """Return the heads of columns in a language."""
    return tuple(say(f"head.{name}", lang) for name in names)


def verdict_sheet(
    assessments: Iterable[Assessment], lang: Language = "en", *, marked: bool = False
) -> Sheet:
    """One row an assessment: target, outcome, gap, verdict and the tiers of both sources.

    Parameters
    ----------
    assessments, lang
        What to show, and in which language.
    marked
        Whether a mark stands before each verdict.
    """
    rows = [_verdict_row(each, lang, marked=marked) for each in assessments]
    return Sheet(heads(_VERDICT_HEADS, lang), rows, right=(3, 5, 6))


def target_sheet(targets: Iterable[Target], lang: Language = "en") -> Sheet:
    """One row a target, with plan, source and tier."""
    rows = [
        (
            labels.name(target.indicator, lang),
            figure(target, lang),
            str(target.end_year),
            target.plan.code,
            str(target.citation.source.tier),
            target.citation.source.code,
        )
        for target in targets
    ]
    return Sheet(heads(_TARGET_HEADS, lang), rows)


def observation_sheet(observations: Iterable[Observation], lang: Language = "en") -> Sheet:
    """One row an observation, with source and tier."""
    rows = [
        (
            labels.name(each.indicator, lang),
            figure(each, lang),
            each.span,
            str(each.citation.source.tier),
            each.citation.source.code,
        )
        for each in observations
    ]
    return Sheet(heads(_OBSERVATION_HEADS, lang), rows)


def _verdict_row(assessment: Assessment, lang: Language, *, marked: bool) -> tuple[str, ...]:
    region, indicator = assessment.subject.names(lang)
    outcome, reason = assessment.outcome, assessment.reason
    verdict = word(assessment.verdict, lang)
    if marked:
        verdict = f"{labels.mark(assessment.verdict)} {verdict}"
    return (
        region,
        indicator,
        assessment.stated.text(lang),
        str(assessment.stated.end_year),
        outcome.text(lang) if outcome else "–",
        str(outcome.year) if outcome else "",
        assessment.gap_text(lang),
        labels.headed(verdict, word(reason, lang), lang) if reason else verdict,
        f"{assessment.stated.tier}/{outcome.tier}" if outcome else str(assessment.stated.tier),
    )
