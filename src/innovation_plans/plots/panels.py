"""Assessments in panels of one measure, and what is written about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from ..analysis.comparability import difference_unit
from ..analysis.comparison import Comparison, ComparisonRow
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Caveat, Form, Reason, Tier, Verdict
from ..dataset.dataset import Dataset
from ..dataset.load import load
from ..dataset.tables import joined
from ..errors import expect, one_of
from ..records import Observation, Source, Target
from ..text import labels
from ..text.messages import Language, say, word
from ..units.quantity import same_measure
from .canvas import MOST_ROWS, Picture, PictureError, check_count, check_one
from .fonts import installed
from .style import Amount, HasUnit, Scale
from .trajectory import breaks, splices

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Sort = Literal["gap", "value", "name", "region"]
Plans = Dataset[Any, Any]

_MOST_PUBLISHERS = 3
_WITH_START = {Form.LEVEL, Form.RANK, Form.CUMULATIVE}  # whose start has the same form


def source_line(
    edition: str, keys: Iterable[str], lang: Language, plans: Plans | None = None, counted: str = ""
) -> str:
    """Return the source line: publishers, package, edition of the data, and number of records.

    Parameters
    ----------
    keys
        The keys of the records; those that are equal are counted once.
    plans
        The dataset, which has the publishers; by default the bundled one, if it is of that edition.
    counted
        What is counted in place of the records.

    Examples
    --------
    >>> source_line("2026.10", ["a@x", "b@x", "b@x"], "en")
    'Source: innovation_plans, data edition 2026.10, 2 records'
    """
    records = set(keys)
    dated = say("edition.of", lang, edition=edition) if edition else ""
    counted = counted or labels.counted("record", len(records), lang)
    parts = labels.joined(("innovation_plans", dated, counted), lang, "counts")
    counts = Counter(key.partition("@")[2] for key in records)
    known = dataset_of(edition, plans)
    sources = [source for source in known.sources if source.code in counts] if known else []
    if publishers := _publishers(sources, counts, lang):
        names = labels.listed(publishers, _MOST_PUBLISHERS, lang, by="publishers")
        if newest := max(source.date or "" for source in sources):
            names = say("picture.published", lang, names=names, date=newest)
        parts = labels.brackets(names, parts, lang)
    return say("picture.source", lang, parts=parts)


def dataset_of(edition: str, plans: Plans | None) -> Plans | None:
    """Return the dataset of results: the given one, or the bundled one if they are of its edition."""
    if plans is not None:
        expect("plans", plans, "targets", "a dataset")
        return plans
    bundled = load()
    return bundled if edition == bundled.edition else None


def _publishers(sources: Iterable[Source], counts: Mapping[str, int], lang: Language) -> list[str]:
    """Return the publishers of sources: those of the most records first.

    Of equal ones, the national offices come first, then those of the better tier. Without a Chinese
    font, names in Chinese come last.
    """
    is_drawn = bool if installed() else str.isascii
    ranks: dict[str, tuple[int, Tier]] = {}
    records = Counter[str]()
    for source in sources:
        for name in labels.publishers(source, lang):
            rank = (labels.office_rank(name, lang), source.tier)
            ranks[name] = min(rank, ranks.get(name, rank))
            records[name] += counts[source.code]
    return sorted(ranks, key=lambda name: (not is_drawn(name), -records[name], *ranks[name], name))


class Panel(NamedTuple):
    """Assessments that are drawn on one axis."""

    indicator: str
    form: Form
    unit: str
    assessments: tuple[Assessment, ...]

    def __str__(self) -> str:
        return f"{self.indicator} {self.form}, {self.unit}"

    def title(self, lang: Language) -> str:
        """Return the name of the indicator, and the form if it is not a level."""
        name = self.assessments[0].subject.names(lang)[1]
        if self.form in {Form.LEVEL, Form.RANK}:
            return name
        return labels.headed(name, word(self.form, lang), lang)

    def sorted_by(self, sort: Sort, lang: Language) -> Panel:
        """Return the panel with its rows in an order; those without a figure come last.

        Raises
        ------
        ArgumentError
            If there is no such order.
        """
        one_of("sort", sort, get_args(Sort))
        gaps, values = Scale(difference_unit(self.unit), lang), Scale(self.unit, lang)
        keys: dict[str, Callable[[Assessment], Any]] = {
            "gap": lambda row: _from_the_top(gaps, gap_of(row), is_rank=self.form is Form.RANK),
            "value": lambda row: _from_the_top(values, row.outcome),
            "name": lambda row: row.subject.region_en,
            "region": lambda _: 0,
        }
        return self._replace(assessments=tuple(sorted(self.assessments, key=keys[sort])))


def _from_the_top(
    scale: Scale, figure: HasUnit | None, *, is_rank: bool = False
) -> tuple[bool, Any]:
    """Return the key by which the highest figure comes first, of gaps between ranks the lowest."""
    if figure is None or not scale.fits(figure):
        return True, 0
    return False, scale.value(figure) if is_rank else scale.value(figure).copy_negate()


def gap_of(assessment: Assessment) -> Amount | None:
    """Return the gap between outcome and target with its unit; None if there is none."""
    gap, unit = assessment.gap, assessment.gap_unit
    return None if gap is None or unit is None else Amount(gap, unit)


def notes_on(result: Assessment | ComparisonRow) -> list[Reason | Caveat]:
    """Return what a reader of a verdict or rank must know: why there is none, or what is doubtful."""
    reasons = [] if result.reason is None else [result.reason]
    return [*reasons, *(caveat for caveat in result.caveats if caveat.is_doubt)]


def write_verdict(
    picture: Picture, ax: Axes, row: int, assessment: Assessment, figure: str
) -> None:
    """Write the verdict, a figure and its years at the right end of a row, on a narrow one no verdict."""
    lang, outcome, form = picture.lang, assessment.outcome, assessment.stated.form
    verdict, note = word(assessment.verdict, lang), picture.footnote(notes_on(assessment))
    years = outcome.dated(form, lang)[1] if outcome and figure else ""
    if picture.narrow:
        text = labels.brackets(figure, years, lang) + note
    else:
        text = verdict + note
        if figure:
            is_earlier = assessment.verdict is Verdict.AWAITING  # than the target year
            if is_earlier:
                text = say("dumbbell.not_yet", lang, year=assessment.stated.due(lang)) + note
            text = say("dumbbell.row", lang, verdict=text, figure=figure, year=years)
    picture.write_row(ax, row, text, muted=assessment.reason is not None)


def places_of(assessment: Assessment, scale: Scale) -> tuple[float | None, float | None, float]:
    """Return where start, outcome and target are on an axis; None if the axis cannot show them."""
    stated = assessment.stated
    start = assessment.baseline if stated.form in _WITH_START else None
    start_place, place = (
        scale.at(figure) if figure and scale.fits(figure) else None
        for figure in (start, assessment.outcome)
    )
    return start_place, place, scale.at(stated)


def card_of(
    assessments: Scorecard | Iterable[Assessment] | Assessment, most: int = MOST_ROWS
) -> Scorecard:
    """Return a scorecard, assessments or one assessment as a scorecard.

    Raises
    ------
    PictureError
        If it is something else, empty, or has more than `most` targets.
    """
    card = assessments if isinstance(assessments, Scorecard) else _card(assessments)
    check_count(len(card), "targets", most)
    return card


def _card(items: object) -> Scorecard:
    is_record = isinstance(items, Assessment | Target | Observation)  # iterable: over its fields
    rows: list[Assessment] = []
    for row in items if isinstance(items, Iterable) and not is_record else (items,):
        if not isinstance(row, Assessment):
            found = type(items).__name__ + (f" of {type(row).__name__}" if row is not items else "")
            raise PictureError(
                f"expected a scorecard or assessments, found {found}; "
                "make one with innovation_plans.scorecard(plans, …)"
            )
        rows.append(row)
    return Scorecard(rows, joined(*(row.edition for row in rows)))


def source_of(result: Scorecard | Comparison, lang: Language, plans: Plans | None) -> str:
    """Return the source line of a result; a factor among its inputs is not a record."""
    rows: Iterable[Assessment | ComparisonRow] = result
    keys = [key for row in rows for key in row.inputs if "@" in key]
    return source_line(result.edition, keys, lang, plans)


def series_notes(
    lines: Iterable[tuple[Sequence[Observation], Sequence[Observation]]], lang: Language
) -> list[str]:
    """Return notes of the years before which lines have gaps.

    Of each line, its series, and the figures of all vintages.
    """
    years: dict[str, set[int]] = {"redefined": set(), "spliced": set()}
    for series, figures in lines:
        years["redefined"].update(breaks(series))
        years["spliced"].update(splices(series, figures))
    return [
        say(f"picture.{name}", lang, years=labels.joined(map(str, sorted(each)), lang))
        for name, each in years.items()
        if each
    ]


def panels_of(card: Scorecard) -> list[Panel]:
    """Return the assessments in panels of one indicator, one form and one measure."""
    panels: list[Panel] = []
    for assessment in card:
        kind, unit = (assessment.subject.indicator, assessment.stated.form), assessment.stated.unit
        for index, panel in enumerate(panels):
            if kind == (panel.indicator, panel.form) and same_measure(panel.unit, unit):
                panels[index] = panel._replace(assessments=(*panel.assessments, assessment))
                break
        else:
            panels.append(Panel(*kind, unit, (assessment,)))
    return panels


def only_panel(card: Scorecard) -> Panel:
    """Return the panel of assessments that one axis can show.

    Raises
    ------
    AmbiguousError
        If there are several indicators, forms or measures.
    """
    panels = panels_of(card)
    check_one("one panel", map(str, panels), "filter by indicator")
    return panels[0]


def row_names(
    assessments: Sequence[Assessment], picture: Picture, plans: Plans | None, *, region: bool = True
) -> list[str]:
    """Return a name for each row: region and year, with plan and source if names are equal.

    Without `region`, the title of the picture names it.
    """
    lang, clean = picture.lang, picture.letters.clean
    one_year = len({row.stated.end_year for row in assessments}) == 1
    rows = []
    for row in assessments:
        name, year = clean(row.subject.names(lang)[0], 28), str(row.stated.end_year)
        shown = [name] * region + [year] * (not one_year or not region)
        rows.append([" ".join(shown), row.target.partition("@")[2]])
    codes = [row.stated.plan for row in assessments]
    return [clean(name, 76) for name in distinct_names(rows, codes, lang, plans)]


def distinct_names(
    rows: Sequence[Sequence[str]], codes: Iterable[str], lang: Language, plans: Plans | None
) -> list[str]:
    """Return the first text of each row; equal ones with the kind of their plan, its period, or its code.

    A second text, the source, is added to those that are still equal.
    """
    if plans is not None:
        expect("plans", plans, "targets", "a dataset")
    known = (load() if plans is None else plans).context.of("plan")
    candidates = []
    for (name, *source), code in zip(rows, codes, strict=True):
        plan = known.get(code)
        kind, period = (
            (word(plan.kind, lang), labels.period(plan.period, lang)) if plan else (code, code)
        )
        longer = [[name], [name, kind], [name, kind, period], [name, code]]
        texts = [labels.joined(parts, lang, "counts") for parts in longer]
        candidates.append([*texts, *(f"{texts[-1]}@{each}" for each in source)])
    names = [texts[0] for texts in candidates]
    for at in range(1, len(candidates[0])):
        counts = Counter(names)
        names = [
            texts[at] if counts[name] > 1 else name
            for name, texts in zip(names, candidates, strict=True)
        ]
    return names


def year_note(assessments: Sequence[Assessment], lang: Language) -> str:
    """Return the target year, the years of a change, or the first and last target year, for a title."""
    stated = [assessment.stated for assessment in assessments]
    years, due = sorted({each.end_year for each in stated}), stated[0].due(lang)
    if all(each.due(lang) == due for each in stated):
        if all(each.is_of_one_year for each in stated):
            return say("picture.in_year", lang, year=due)
        if all(each.is_increase_over_years for each in stated):
            return say("picture.over_years", lang, year=due)
    if len(years) > 1:
        return say("picture.in_years", lang, first=years[0], last=years[-1])
    return say("picture.by_year", lang, year=years[0])
