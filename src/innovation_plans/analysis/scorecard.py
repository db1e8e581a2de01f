"""Many targets assessed against a dataset at once, and how the scorecard prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, Self

from ..codelists import Caveat, Form, Reason, RegionKind, Tier, Verdict
from ..dataset.dataset import Dataset
from ..dataset.results import Results, made_from
from ..dataset.sequence import followed, sorting
from ..dataset.tables import joined
from ..dataset.targets import TargetTable
from ..dataset.where import Some, SomeYears, chosen_regions
from ..errors import ArgumentTypeError, brief, expect, flag, suggests
from ..records import Region, Target
from ..text import labels
from ..text.messages import Language, heads, say, short, word
from ..text.tables import HTML_ROWS, Sheet
from ..units.decimals import Number
from ..units.interval import DEFAULT_TOLERANCE
from ..units.table import table_of
from .assess import DEFAULT_THRESHOLD, assess
from .results import Assessment, region_order

_COLUMNS = (
    "region", "indicator", "start", "outcome", "target", "by", "gap", "pace", "verdict", "note",
    "tier",
)  # fmt: skip
_RIGHT = {"by", "gap", "pace"}
_KINDS = (RegionKind.PROVINCE, RegionKind.NATION, RegionKind.CITY, RegionKind.GROUP)
# Caveats that put a verdict in doubt come before the others.
_DECIDING = (
    Caveat.DISPUTED,
    Caveat.CONFLICTING_OUTCOMES,
    Caveat.FUTURE_OUTCOME,
    Caveat.WITHIN_ROUNDING,
    Caveat.TARGET_ROUNDING,
    Caveat.START_ROUNDING,
    Caveat.VINTAGES_DISAGREE,
    Caveat.DEFINITION_DIFFERS,
    Caveat.STATED_DIFFERS,
    Caveat.SPAN_DOUBTFUL,
    Caveat.TARGET_CONFLICT,
)


class _TargetCount(NamedTuple):
    """How many provinces have a target for a year, of those that a scorecard is for."""

    year: int
    provinces: int
    stating: int
    nation: bool | None  # whether the nation has one; None if the scorecard is not for one nation

    def text(self, name: str, lang: Language) -> str:
        """Return the counts as text; `name` is the indicator."""
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
        count: _TargetCount | None = None,
    ) -> None:
        super().__init__(results, edition)
        self._kinds = kinds or {}  # by code of region
        self._count = count
        self._is_sorted = False
        self._selected: TargetTable[Any] | None = None  # the targets that an empty one is of

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

    def _amount(self, row: Any, name: str) -> Any:
        """Return what to sort by: for the column "target", the figure, not the key."""
        return super()._amount(row, "value" if name == "target" else name)

    def sheet(self, lang: Language = "en", *, marked: bool = False) -> Sheet:
        """Return one row per target: start, outcome, gap, verdict and the tiers of both sources.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.
        marked
            Whether each verdict has a mark before it.
        """
        return _sheet_of(self, _COLUMNS, lang, marked=flag("marked", marked))

    def text(self, lang: Language = "en", *, width: int | None = None, legend: bool = False) -> str:
        """Return what the scorecard covers, the tables of targets, and the counts of verdicts.

        The year of most targets has its own table. Provinces come before nations and cities, and the
        highest gap first, unless the scorecard was sorted.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.
        width
            The columns of the terminal, as in :meth:`Sheet.text`.
        legend
            Whether to explain the notes, the tiers, gap and pace.
        """
        parts = [self.lead(lang), *self._tables(lang, width)]
        if flag("legend", legend) and self:
            parts += [_note_legend(self, lang), _tier_legend(self, lang)]
        return "\n\n".join([part for part in parts if part] + [self.summary(lang)])

    def lead(self, lang: Language = "en") -> str:
        """Return how many provinces have a target; empty if only some of the targets are left.

        Also empty for a scorecard that was read from a file, is of several indicators, or is not of
        several provinces.
        """
        names = {assessment.subject.names(lang)[1] for assessment in self}
        if self._count is None or len(names) != 1:
            return ""
        return self._count.text(names.pop(), lang)

    def summary(self, lang: Language = "en") -> str:
        """Return how many targets have which verdict."""
        if not self and self._all:
            count = labels.counted("target", len(self._all), lang)
            return say("scorecard.none_of", lang, count=count)
        if not self:
            reason = self._selected._without(lang) if self._selected is not None else ""  # noqa: SLF001
            return labels.joined([say("scorecard.none", lang), reason], lang, "parts")
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
        columns = [name for name in _COLUMNS if name != "indicator" or not self.lead(lang)]
        ordered = list(self) if self._is_sorted else _arranged(self, self._kinds)
        year = _main_year([assessment.stated.end_year for assessment in self], self.edition)
        main = [assessment for assessment in ordered if assessment.stated.end_year == year]
        others = [assessment for assessment in ordered if assessment.stated.end_year != year]
        if not others:
            return [_sheet_of(main, columns, lang).text(width=width)]
        pairs = (
            (say("scorecard.main", lang, year=year), main),
            (say("scorecard.others", lang), others),
        )
        return [
            f"{head}\n\n{_sheet_of(part, columns, lang).text(width=width)}" for head, part in pairs
        ]

    def _of(self, rows: Iterable[Any]) -> Self:
        made = super()._of(rows)
        if len(made) != len(self):
            made._count = None  # noqa: SLF001
        return made


@suggests(
    year="end_year=",
    years="end_year=",
    lang="text('zh') of the result",
    province="region=",
    city="region=",
    verdict="scorecard(…).where(verdict=…)",
)
def scorecard(
    plans: Dataset[Any, Any],
    *,
    targets: Target | Iterable[Target] | None = None,
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
    targets
        The targets to assess, such as ``plans.targets.where(force="binding")``; by default all of the
        dataset.
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
    expect("plans", plans, "targets", "a dataset", hint="scorecard(plans, targets=…) takes targets")
    chosen = _targets(plans, targets).where(
        region=region, within=within, indicator=indicator, period=period, end_year=end_year
    )
    ordered = sorted(chosen, key=_order)
    regions = chosen_regions(plans.context, region, within)
    if targets is not None and region is None and within is None:
        regions = list(dict.fromkeys(target.region for target in ordered))
    assessments = (
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
        for target in followed(progress, ordered)
    )
    card = Scorecard(
        assessments,
        joined(getattr(targets, "edition", ""), plans.edition),
        kinds={region.code: region.kind for region in regions},
        count=None if targets is not None else _count(regions, ordered, plans.edition),
    )
    if not card:
        card._selected = chosen  # noqa: SLF001
    return made_from(card, plans)


def _targets(
    plans: Dataset[Any, Any], targets: Target | Iterable[Target] | None
) -> TargetTable[Any]:
    """Return the targets of a caller as a table of the dataset; by default all of the dataset."""
    if targets is None:
        return plans.targets
    expected = "records of targets, such as plans.targets.where(…)"
    several = [targets] if isinstance(targets, Target) else targets
    if hasattr(type(several), "columns"):
        value, hint = f"the data frame {type(several).__name__}", "frames.assess takes data frames"
        raise ArgumentTypeError(parameter="targets", value=value, expected=expected, hint=hint)
    expect("targets", several, "__iter__", expected)
    rows = list(several)
    for row in rows:
        if not isinstance(row, Target):
            raise ArgumentTypeError(parameter="targets", value=brief(row), expected=expected)
    return plans.targets._of(rows)  # noqa: SLF001


def _order(target: Target) -> tuple[tuple[int, str], str, int, str]:
    return region_order(target.region), target.indicator.code, target.end_year, target.key


def _count(
    regions: Iterable[Region], targets: Sequence[Target], edition: str
) -> _TargetCount | None:
    """Return how many of several provinces have a target for the year of most targets."""
    provinces = {region.code for region in regions if region.kind is RegionKind.PROVINCE}
    nations = {region.code for region in regions if region.kind is RegionKind.NATION}
    if len(provinces) < 2 or not targets:
        return None
    year = _main_year([target.end_year for target in targets], edition)
    stating = {
        target.region.code for target in targets if target.end_year == year and target.is_whole
    }
    return _TargetCount(
        year=year,
        provinces=len(provinces),
        stating=len(provinces & stating),
        nation=bool(nations & stating) if len(nations) == 1 else None,
    )


def _main_year(years: Iterable[int], edition: str) -> int:
    """Return the most frequent year; of several, the nearest to the year before the edition."""
    counts = Counter(years)
    released = re.match("[0-9]{4}", edition)
    last = int(released[0]) - 1 if released else max(counts)
    return max(counts, key=lambda year: (counts[year], -abs(year - last), year))


def _arranged(
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

    def order(assessment: Assessment) -> tuple[int, str, int, bool, Fraction]:
        subject, form = assessment.subject, assessment.stated.form
        kind = kinds.get(subject.region)
        position = _KINDS.index(kind) if kind else len(_KINDS)
        gap, token = Fraction(assessment.gap or 0), assessment.gap_unit
        if token:  # 1 万亿元 is more than 2 亿元
            gap *= table_of(token).unit(token).factor
        if form is not Form.RANK:  # the lowest rank is the best
            gap = -gap
        return position, subject.indicator, list(Form).index(form), assessment.gap is None, gap

    return sorted(assessments, key=order)


def _sheet_of(
    assessments: Iterable[Assessment],
    columns: Sequence[str],
    lang: Language,
    *,
    marked: bool = False,
) -> Sheet:
    """Return one row per assessment with some of the columns; the head has the unit if all gaps are points."""
    shown = list(assessments)
    header = dict(zip(columns, heads(columns, lang), strict=True))
    in_points = {each.gap_unit for each in shown if each.gap is not None} == {"percentage_point"}
    if in_points:
        header["gap"] = say("head.gap_in_points", lang)
    rows = []
    for assessment in shown:
        cells = _cells(assessment, lang, marked=marked)
        if in_points and assessment.gap is not None:
            cells["gap"] = assessment.gap_text(lang, with_unit=False)
        rows.append(tuple(cells[name] for name in columns))
    right = tuple(position for position, name in enumerate(columns) if name in _RIGHT)
    return Sheet(tuple(header.values()), rows, right=right)


def _tier_legend(assessments: Iterable[Assessment], lang: Language) -> str:
    """Return the meaning of the tiers of targets and outcomes."""
    tiers = {each.stated.tier for each in assessments}
    tiers |= {each.outcome.tier for each in assessments if each.outcome}
    meanings = [labels.headed(str(tier), word(tier, lang), lang) for tier in Tier if tier in tiers]
    return say("scorecard.tiers", lang, tiers=labels.joined(meanings, lang, "parts"))


def _note_legend(assessments: Iterable[Assessment], lang: Language) -> str:
    """Return the full words of the notes that say more than the notes; empty if there are none."""
    codes = dict.fromkeys(code for each in assessments for code in _notes(each))
    words = [(short(code, lang), word(code, lang)) for code in codes]
    meanings = [labels.headed(note, text, lang) for note, text in words if not text.endswith(note)]
    notes = labels.joined(meanings, lang, "parts")
    return say("scorecard.notes", lang, notes=notes) if notes else ""


def _cells(assessment: Assessment, lang: Language, *, marked: bool) -> dict[str, str]:
    """Return the texts of a row, by column."""
    region, indicator = assessment.names(lang)
    stated, outcome, start = assessment.stated, assessment.outcome, assessment.baseline
    pace, verdict = assessment.pace, word(assessment.verdict, lang)
    score = "–".join(pace.ends or [pace.text]) if pace else ""
    return {
        "region": region,
        "indicator": indicator,
        "start": _dated(start.text(lang), str(start.year), lang) if start else "–",
        "outcome": _dated(*outcome.dated(stated.form, lang), lang) if outcome else "–",
        "target": stated.text(lang),
        "by": stated.due(lang),
        "gap": assessment.gap_text(lang),
        "pace": score,
        "verdict": f"{labels.mark(assessment.verdict)} {verdict}" if marked else verdict,
        "note": labels.joined([short(code, lang) for code in _notes(assessment)], lang),
        "tier": f"{stated.tier}/{outcome.tier}" if outcome else str(stated.tier),
    }


def _dated(figure: str, years: str, lang: Language) -> str:
    return say("figure.dated", lang, figure=figure, year=years)


def _notes(assessment: Assessment) -> list[Reason | Caveat]:
    """Return the reason, and the caveats with those first that put the verdict in doubt."""
    reasons = [assessment.reason] if assessment.reason else []
    return [*reasons, *sorted(assessment.caveats, key=lambda caveat: caveat not in _DECIDING)]
