"""Many targets assessed against a dataset at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Self

from ..codelists import RegionKind, Verdict
from ..dataset.dataset import Dataset
from ..dataset.results import Results
from ..dataset.sequence import sorting
from ..dataset.where import Some, SomeYears, chosen_regions
from ..errors import expect, flag, suggests
from ..records import Region, Target
from ..text import labels
from ..text.messages import Language, say
from ..text.tables import HTML_ROWS, Sheet
from ..units.decimals import Number
from ..units.interval import DEFAULT_TOLERANCE
from .assess import DEFAULT_THRESHOLD, assess
from .results import Assessment, region_order
from .scorecard_text import COLUMNS, TargetCount, arranged, main_year, sheet_of, tier_legend

__all__ = ["Scorecard", "scorecard"]


class Scorecard(Results[Assessment]):
    """Assessments in the order of region and indicator; prints as a table."""

    kind = Assessment
    noun = "assessment"
    counted = "verdict"
    unprefixed = ("subject", "stated")

    def __init__(
        self,
        results: Iterable[Assessment] = (),
        edition: str = "",
        *,
        kinds: Mapping[str, RegionKind] | None = None,
        count: TargetCount | None = None,
    ) -> None:
        super().__init__(results, edition)
        self._kinds = kinds or {}  # by code of region
        self._count = count
        self._is_sorted = False

    @property
    def regions(self) -> frozenset[str]:
        """Codes of the regions that were asked for; none for a scorecard read from a file."""
        return frozenset(self._kinds)

    def counts(self) -> dict[Verdict, int]:
        """Return how many targets have each verdict; every verdict is a key."""
        return super().counts()

    @sorting
    def sort(self, *fields: str, descending: bool = False) -> Self:
        """Return the assessments sorted by fields; :meth:`text` keeps this order.

        Codes have the order of their code list.
        """
        made = super().sort(*fields, descending=descending)
        made._is_sorted = True  # noqa: SLF001
        return made

    def sheet(self, lang: Language = "en", *, marked: bool = False) -> Sheet:
        """Return one row per target: start, outcome, gap, verdict and the tiers of both sources.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.
        marked
            Whether each verdict has a mark before it.
        """
        return sheet_of(self, COLUMNS, lang, marked=flag("marked", marked))

    def text(self, lang: Language = "en", *, width: int | None = None, legend: bool = False) -> str:
        """Return what the scorecard covers, the tables of targets, and the counts of verdicts.

        The year of most targets has its own table. Provinces come before nations and cities, and the
        highest gap first, unless the scorecard was sorted.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.
        width
            The columns of the terminal: long cells are cut until a line fits.
        legend
            Whether to explain the tiers.
        """
        parts = [self.lead(lang), *self._tables(lang, width)]
        if flag("legend", legend) and self:
            parts.append(tier_legend(self, lang))
        return "\n\n".join([part for part in parts if part] + [self.summary(lang)])

    def lead(self, lang: Language = "en") -> str:
        """Return how many provinces have a target; empty if only some of the targets are left.

        Also empty for a scorecard that was read from a file, or is not of several provinces.
        """
        if self._count is None or not self:
            return ""
        names = list(dict.fromkeys(assessment.subject.names(lang)[1] for assessment in self))
        name = names[0] if len(names) == 1 else labels.counted("indicator", len(names), lang)
        return self._count.text(name, lang)

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
        """Return the first verdicts with their marks, what they cover, and the counts of all."""
        sheet = self[:HTML_ROWS].sheet(lang, marked=True)
        caption = labels.joined([self.lead(lang), self.summary(lang)], lang, "parts")
        return sheet.html(caption, total=len(self))

    def _tables(self, lang: Language, width: int | None) -> list[str]:
        """Return the table of the main year, and the table of the other years if there is one."""
        if not self:
            return []
        is_named = (
            self.lead(lang) and len({assessment.subject.indicator for assessment in self}) == 1
        )
        columns = [name for name in COLUMNS if name != "indicator" or not is_named]
        ordered = list(self) if self._is_sorted else arranged(self, self._kinds)
        year = main_year([assessment.stated.end_year for assessment in self])
        main = [assessment for assessment in ordered if assessment.stated.end_year == year]
        others = [assessment for assessment in ordered if assessment.stated.end_year != year]
        if not others:
            return [sheet_of(main, columns, lang).text(width=width)]
        pairs = (
            (say("scorecard.main", lang, year=year), main),
            (say("scorecard.others", lang), others),
        )
        return [
            f"{head}\n\n{sheet_of(part, columns, lang).text(width=width)}" for head, part in pairs
        ]

    def _of(self, rows: Iterable[Any]) -> Self:
        made = super()._of(rows)
        if len(made) != len(self):
            made._count = None  # noqa: SLF001
        return made


@suggests(year="end_year=", years="end_year=", province="region=", city="region=")
def scorecard(
    plans: Dataset[Any, Any],
    *,
    region: Some = None,
    within: Some = None,
    indicator: Some = None,
    period: Some | int = None,
    end_year: SomeYears = None,
    vintage: str | None = None,
    tolerance: Number = DEFAULT_TOLERANCE,
    pace: str = "linear",
    threshold: Number = DEFAULT_THRESHOLD,
    strict: bool = False,
    proxies: bool = False,
    as_of: str | date | None = None,
    progress: Callable[[Sequence[Target]], Iterable[Target]] = iter,
) -> Scorecard:
    """Return one assessment for every target that matches the filters.

    Parameters
    ----------
    plans
        The dataset with targets and observations.
    region, within, indicator, period, end_year
        As in ``plans.targets.where``.
    vintage, tolerance, pace, threshold, strict, proxies, as_of
        As in :func:`assess`.
    progress
        Iterates over the targets and shows a progress bar, such as ``rich.progress.track``.

    Examples
    --------
    >>> from innovation_plans import load
    >>> card = scorecard(load(), region=["CN-GD", "CN-BJ"], indicator="rd_intensity", end_year=2025,
    ...                  period="14th")
    >>> [(each.subject.region_en, str(each.verdict)) for each in card]
    [('Beijing', 'awaiting'), ('Guangdong', 'met')]
    >>> card.lead()
    'R&D intensity: 2 of 2 provinces with a target for 2025 in the data, 0 without'
    """
    expect("plans", plans, "targets", "a dataset")
    expect("progress", progress, "__call__", "a function")
    targets = plans.targets.where(
        region=region, within=within, indicator=indicator, period=period, end_year=end_year
    )
    ordered = sorted(targets, key=_order)
    regions = chosen_regions(plans.context, region, within)
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
                proxies=proxies,
                as_of=as_of,
            )
            for target in progress(ordered)
        ),
        plans.edition,
        kinds={region.code: region.kind for region in regions},
        count=_count(regions, ordered),
    )


def _order(target: Target) -> tuple[tuple[int, str], str, int, str]:
    return region_order(target.region), target.indicator.code, target.end_year, target.key


def _count(regions: Iterable[Region], targets: Sequence[Target]) -> TargetCount | None:
    """Return how many of several provinces have a target for the year of most targets."""
    provinces = {region.code for region in regions if region.kind is RegionKind.PROVINCE}
    nations = {region.code for region in regions if region.kind is RegionKind.NATION}
    if len(provinces) < 2 or not targets:
        return None
    year = main_year([target.end_year for target in targets])
    stating = {
        target.region.code for target in targets if target.end_year == year and target.is_whole
    }
    return TargetCount(
        year=year,
        provinces=len(provinces),
        stating=len(provinces & stating),
        nation=bool(nations & stating) if len(nations) == 1 else None,
    )
