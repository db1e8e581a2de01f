"""Assessments in panels of one measure, and what is written about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from ..analysis.comparability import difference_unit
from ..analysis.comparison import Comparison, ComparisonRow
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Caveat, Direction, Form, Reason, Tier, Verdict
from ..dataset.dataset import Dataset
from ..dataset.load import load
from ..dataset.tables import joined
from ..errors import expect, one_of
from ..records import Observation, Source, Target
from ..text import labels
from ..text.messages import Language, say, word
from ..units.quantity import convert, same_measure
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
        """Return the name of the indicator, with the form in brackets if it is not a level."""
        name = self.assessments[0].subject.names(lang)[1]
        form = "" if self.form in {Form.LEVEL, Form.RANK} else word(self.form, lang)
        return labels.in_brackets(name, form, lang)

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
    """Return the gap between outcome and target with its unit; None if there is none.

    If the outcome is only a bound, so is the gap.
    """
    stated, outcome = assessment.stated, assessment.outcome
    gap, unit, comparator = assessment.gap, difference_unit(stated.unit), stated.comparator
    if outcome and not comparator.approximate:
        comparator = outcome.comparator
    if (
        gap is None
        and outcome
        and comparator.side is not Direction.NONE
        and same_measure(outcome.unit, stated.unit)
    ):
        gap = convert(outcome.value, outcome.unit, stated.unit) - stated.value
    return None if gap is None else Amount(gap, unit, comparator=comparator)


def notes_on(result: Assessment | ComparisonRow) -> list[Reason | Caveat]:
    """Return what a reader of a verdict or rank must know: why there is none, or what is doubtful."""
    reasons = [] if result.reason is None else [result.reason]
    return [*reasons, *(caveat for caveat in result.caveats if caveat.is_doubt)]


def write_verdict(
    picture: Picture, ax: Axes, row: int, assessment: Assessment, scale: Scale, *, gap: str = ""
) -> None:
    """Write the gap or the verdict, with the figures, at the right end of a row; on a narrow one no verdict."""
    lang, note = picture.lang, picture.footnote(notes_on(assessment))
    verdict = "" if picture.narrow else word(assessment.verdict, lang)
    if verdict and assessment.verdict is Verdict.AWAITING:
        verdict = say("dumbbell.not_yet", lang, year=assessment.stated.due(lang))
    figures, head = course_text(picture, assessment, scale), gap or verdict
    parts = [head + note, figures] if head else [figures + note]
    text = "\n".join(parts) if picture.narrow else labels.joined(parts, lang, "counts")
    picture.write_row(ax, row, text, muted=assessment.reason is not None)


def course_text(picture: Picture, assessment: Assessment, scale: Scale) -> str:
    """Return outcome and target; if there is space, the year of an earlier or later outcome."""
    lang, outcome, stated = scale.lang, assessment.outcome, assessment.stated
    figure = ""
    if outcome:  # with its form and unit, unless the axis names them
        figure, years = outcome.dated(stated.form, lang)
        figure = scale.text(outcome) if scale.fits(outcome) else figure
        is_shown = years != stated.due(lang) and not picture.narrow
        figure = labels.brackets(figure, years if is_shown else "", lang)
    return f"{figure} → {scale.text(stated)}".lstrip()


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
    card = assessments
    if not isinstance(card, Scorecard):
        is_record = isinstance(card, Assessment | Target | Observation)  # iterable: over its fields
        rows: list[Any] = [card] if is_record or not isinstance(card, Iterable) else list(card)
        for row in rows:
            if not isinstance(row, Assessment):
                found = type(card).__name__ + (
                    f" of {type(row).__name__}" if row is not card else ""
                )
                raise PictureError(
                    f"expected a scorecard or assessments, found {found}; "
                    "make one with innovation_plans.scorecard(plans, …)"
                )
        card = Scorecard(rows, joined(*(row.edition for row in rows)))
    check_count(len(card), "targets", most)
    return card


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


def only_panel(panels: Sequence[Panel], hint: str = "") -> Panel:
    """Return the panel that one axis can show; `hint` is what else to do.

    Raises
    ------
    AmbiguousError
        If there are several indicators, forms or measures.
    """
    field = next(
        (name for name in Panel._fields[:3] if len({getattr(each, name) for each in panels}) > 1),
        "",
    )
    check_one("one panel", map(str, panels), f"{hint}filter by {field}")
    return panels[0]


def row_names(
    assessments: Sequence[Assessment], picture: Picture, plans: Plans | None, *, region: bool = True
) -> list[str]:
    """Return a name for each row: region and year, and what tells equal ones apart.

    That is the part of the region or class, the plan, or the source. Without `region`, the title of
    the picture names it.
    """
    lang, clean = picture.lang, picture.letters.clean
    one_year = len({row.stated.end_year for row in assessments}) == 1
    rows = []
    for row in assessments:
        name, stated = clean(row.subject.names(lang)[0], 28), row.stated
        shown = [name] * region + [str(stated.end_year)] * (not one_year or not region)
        source = row.target.partition("@")[2]
        texts = details_of(stated.plan, source, lang, plans)
        rows.append([" ".join(shown), labels.part(stated.part, lang), *texts])
    return [clean(name, 76) for name in distinct_names(rows, lang)]


def details_of(plan: str, source: str, lang: Language, plans: Plans | None) -> list[str]:
    """Return kind, period and title of a plan, first publisher and title of a source; empty if unknown."""
    if plans is not None:
        expect("plans", plans, "targets", "a dataset")
    known = load() if plans is None else plans
    document, text = known.context.of("plan").get(plan), known.context.of("source").get(source)
    details = [""] * 5
    if document:
        period, title = labels.period(document.period, lang), labels.name(document, lang, "title")
        details[:3] = [word(document.kind, lang), period, title]
    if text:
        publishers = labels.publishers(text, lang)
        details[3:] = ["".join(publishers[:1]), labels.own_title(text.title, lang)]
    return details


def distinct_names(rows: Sequence[Sequence[str]], lang: Language) -> list[str]:
    """Return the first text of each row; equal ones with those of the others that tell them apart.

    Rows that are equal in all texts are numbered.
    """
    names = [row[0] for row in rows]
    numbers = [str(at) for at in range(1, len(rows) + 1)]
    for texts in (*list(zip(*rows, strict=True))[1:], numbers):
        differing = Counter(name for name, _ in set(zip(names, texts, strict=True)))
        names = [
            labels.joined([name, text] if differing[name] > 1 else [name], lang, "counts")
            for name, text in zip(names, texts, strict=True)
        ]
    return names


def year_note(assessments: Sequence[Assessment], lang: Language) -> str:
    """Return the target year or years, or the years of a change, for a title."""
    stated = [assessment.stated for assessment in assessments]
    years, due = sorted({each.end_year for each in stated}), stated[0].due(lang)
    if all(each.due(lang) == due for each in stated):
        if all(each.is_of_one_year for each in stated):
            return say("picture.in_year", lang, year=due)
        if all(each.is_sum_over_years for each in stated):
            return say("picture.over_years", lang, year=due)
    name = ("by_year", "by_two", "in_years")[min(len(years), 3) - 1]
    return say(f"picture.{name}", lang, year=years[0], first=years[0], last=years[-1])
