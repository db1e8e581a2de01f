"""Many targets assessed against a dataset at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from ..codelists import Verdict
from ..dataset.dataset import Dataset
from ..dataset.results import Results
from ..records import Target
from ..text import labels
from ..text.messages import Language, heads, say, word
from ..text.tables import HTML_ROWS, Sheet
from ..units.decimals import Number
from ..units.interval import DEFAULT_TOLERANCE
from .assess import DEFAULT_THRESHOLD, assess
from .results import Assessment, region_order

__all__ = ["Scorecard", "scorecard"]

Some = str | Collection[str] | None

_HEADS = (
    "region", "indicator", "target", "by", "outcome", "year", "gap", "verdict", "tier",
)  # fmt: skip


class Scorecard(Results[Assessment]):
    """Assessments in the order of region and indicator; prints as a table."""

    kind = Assessment
    noun = "assessment"
    counted = "verdict"
    unprefixed = ("subject", "stated")

    def counts(self) -> dict[Verdict, int]:
        """Return how many targets have each verdict; every verdict is a key."""
        return super().counts()

    def sheet(self, lang: Language = "en", *, marked: bool = False) -> Sheet:
        """Return one row per target: outcome, gap, verdict and the tiers of both sources.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.
        marked
            Whether each verdict has a mark before it.
        """
        rows = [_row(assessment, lang, marked=marked) for assessment in self]
        return Sheet(heads(_HEADS, lang), rows, right=(3, 5, 6))

    def summary(self, lang: Language = "en") -> str:
        """Return how many targets have which verdict."""
        if not self:
            return say("scorecard.none", lang)
        summary = say(
            "scorecard.summary",
            lang,
            count=labels.counted("target", len(self), lang),
            verdicts=labels.verdict_counts(self.counts(), lang),
        )
        edition = say("edition.of", lang, edition=self.edition) if self.edition else ""
        return labels.joined([summary, edition], lang, "parts")

    def html(self, lang: Language = "en") -> str:
        """Return the first verdicts with their marks, and the counts of all."""
        sheet = self[:HTML_ROWS].sheet(lang, marked=True)
        return sheet.html(self.summary(lang), total=len(self))


def scorecard(
    plans: Dataset[Any, Any],
    *,
    region: Some = None,
    indicator: Some = None,
    period: Some = None,
    end_year: int | Collection[int] | None = None,
    vintage: str | None = None,
    tolerance: Number = DEFAULT_TOLERANCE,
    pace: str = "linear",
    threshold: Number = DEFAULT_THRESHOLD,
    strict: bool = False,
    progress: Callable[[Sequence[Target]], Iterable[Target]] = iter,
) -> Scorecard:
    """Return one assessment for every target that matches the filters.

    Parameters
    ----------
    plans
        The dataset with targets and observations.
    region, indicator, period, end_year
        As in ``plans.targets.where``.
    vintage, tolerance, pace, threshold, strict
        As in :func:`assess`.
    progress
        Iterates over the targets and shows a progress bar, such as ``rich.progress.track``.

    Examples
    --------
    >>> from innovation_plans import load
    >>> card = scorecard(load(), region=["CN-GD", "CN-BJ"], indicator="rd_intensity", end_year=2025,
    ...                  period="14th")
    >>> [(each.subject.region_en, str(each.verdict)) for each in card]
    [('Beijing', 'met'), ('Guangdong', 'met')]
    """
    targets = plans.targets.where(
        region=region, indicator=indicator, period=period, end_year=end_year
    )
    ordered = sorted(targets, key=_order)
    return Scorecard(
        (
            assess(
                target,
                plans,
                vintage=vintage,
                tolerance=tolerance,
                pace=pace,
                threshold=threshold,
                strict=strict,
            )
            for target in progress(ordered)
        ),
        plans.edition,
    )


def _order(target: Target) -> tuple[tuple[int, str], str, int, str]:
    return region_order(target.region), target.indicator.code, target.end_year, target.key


def _row(assessment: Assessment, lang: Language, *, marked: bool) -> tuple[str, ...]:
    region, indicator = assessment.subject.names(lang)
    stated, outcome, reason = assessment.stated, assessment.outcome, assessment.reason
    verdict = word(assessment.verdict, lang)
    if marked:
        verdict = f"{labels.mark(assessment.verdict)} {verdict}"
    return (
        region,
        indicator,
        stated.text(lang),
        str(stated.end_year),
        outcome.text(lang) if outcome else "–",
        str(outcome.year) if outcome else "",
        assessment.gap_text(lang),
        labels.headed(verdict, word(reason, lang), lang) if reason else verdict,
        f"{stated.tier}/{outcome.tier}" if outcome else str(stated.tier),
    )
