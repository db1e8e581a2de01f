"""Many targets assessed against a dataset at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from ..codelists import RegionKind, Verdict
from ..dataset.dataset import Dataset
from ..dataset.results import Results
from ..records import Target
from ..text import labels
from ..text.messages import Language, say
from ..text.tables import HTML_ROWS
from ..units.decimals import Number, plain
from .assess import DEFAULT_THRESHOLD, DEFAULT_TOLERANCE, assess
from .results import Assessment
from .sheets import Sheet, verdict_sheet

__all__ = ["Scorecard", "scorecard"]

Some = str | Collection[str] | None


class Scorecard(Results[Assessment]):
    """Assessments in the order of region and indicator; prints as a table."""

    kind = Assessment
    noun = "assessment"
    counted = "verdict"

    def counts(self) -> dict[Verdict, int]:
        """Return how many targets have each verdict; every verdict is a key."""
        return super().counts()

    def html(self, lang: Language = "en") -> str:
        """Return the first verdicts with their marks, and the counts of all."""
        sheet = verdict_sheet(self[:HTML_ROWS], lang, marked=True)
        return sheet.html(self.summary(lang), total=len(self))

    def sheet(self, lang: Language = "en") -> Sheet:
        """Return the table of verdicts."""
        return verdict_sheet(self, lang)

    def text(self, lang: Language = "en") -> str:
        """Return the table of verdicts and a line of counts."""
        return f"{self.sheet(lang).text()}\n\n{self.summary(lang)}"

    def rows(self) -> list[dict[str, Any]]:
        """Return one row per target: figures as text, years as numbers."""
        return [_frame_row(each) for each in self]

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


# The nation first, then provinces, then cities: as tables of the statistics office have it.
_KINDS = list(RegionKind)


def _place(target: Target) -> tuple[int, str, str, int, str]:
    region = target.region
    kind = _KINDS.index(region.kind)
    return kind, region.code, target.indicator.code, target.end_year, target.key


def _frame_row(each: Assessment) -> dict[str, str | int | bool | None]:
    stated, outcome = each.stated, each.outcome
    return {
        "target": each.target,
        "region": each.subject.region,
        "indicator": each.subject.indicator,
        "period": stated.period,
        "form": str(stated.form),
        "comparator": str(stated.comparator),
        "value": plain(stated.value),
        "value_high": None if stated.value_high is None else plain(stated.value_high),
        "unit": stated.unit,
        "end_year": stated.end_year,
        "outcome": plain(outcome.value) if outcome else None,
        "outcome_unit": outcome.unit if outcome else None,
        "year": outcome.year if outcome else None,
        "gap": None if each.gap is None else plain(each.gap),
        "gap_unit": each.gap_unit,
        "verdict": str(each.verdict),
        "reason": str(each.reason) if each.reason else None,
        "method": each.method,
        "tier": str(stated.tier),
        "outcome_tier": str(outcome.tier) if outcome else None,
        "self_reported": outcome.self_reported if outcome else None,
    }


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
    """One assessment for every target that answers to the filters.

    Parameters
    ----------
    plans
        The dataset with targets and observations.
    region, indicator, period, end_year
        As in ``plans.targets.where``.
    vintage, tolerance, pace, threshold, strict
        As in :func:`assess`.
    progress
        What goes through the targets, for a progress bar: ``rich.progress.track`` is one.

    Examples
    --------
    >>> from innovation_plans import load
    >>> card = scorecard(load(), region=["CN-GD", "CN-BJ"], indicator="rd_intensity", end_year=2025,
    ...                  period="14th")
    >>> [(each.subject.region_en, str(each.verdict)) for each in card]
    [('Beijing', 'ahead'), ('Guangdong', 'met')]
    """
    targets = plans.targets.where(
        region=region, indicator=indicator, period=period, end_year=end_year
    )
    ordered = sorted(targets, key=_place)
    return Scorecard(
        (
            assess(
                each,
                plans,
                vintage=vintage,
                tolerance=tolerance,
                pace=pace,
                threshold=threshold,
                strict=strict,
            )
            for each in progress(ordered)
        ),
        plans.edition,
    )
