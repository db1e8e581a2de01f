"""Assessments in panels of one measure, and what is written about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from ..analysis.comparability import difference_unit
from ..analysis.comparison import Comparison, ComparisonRow
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Caveat, Form, Issuer, Reason, Tier
from ..dataset.dataset import Dataset
from ..dataset.load import load
from ..dataset.tables import joined
from ..errors import expect, one_of
from ..records import Observation, Target
from ..text import labels
from ..text.messages import Language, say, word
from ..units.quantity import same_measure
from .canvas import MOST_ROWS, Picture, PictureError, check_count, check_one
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
        The dataset, which has the publishers; without it, none are named.
    counted
        What is counted in place of the records.

    Examples
    --------
    >>> source_line("2026.11", ["a@x", "b@x", "b@x"], "en")
    'Source: innovation_plans, data edition 2026.11, 2 records'
    """
    records = set(keys)
    dated = say("edition.of", lang, edition=edition) if edition else ""
    counted = counted or labels.counted("record", len(records), lang)
    parts = labels.joined(("innovation_plans", dated, counted), lang, "counts")
    if publishers := _publishers(records, plans, lang):
        names = labels.listed(publishers, _MOST_PUBLISHERS, lang, by="publishers")
        parts = labels.brackets(names, parts, lang)
    return say("picture.source", lang, parts=parts)


def _publishers(keys: Iterable[str], plans: Plans | None, lang: Language) -> list[str]:
    """Return the publishers of the sources of records: those of the best tier and of offices first.

    Equal ones are in the order of their number of records; in a language in Latin letters, those in
    Chinese characters come last.
    """
    if plans is None:
        return []
    expect("plans", plans, "sources", "a dataset")
    latin, counts = (
        say("language.name", lang).isascii(),
        Counter(key.partition("@")[2] for key in keys),
    )
    ranks: dict[str, tuple[Tier, bool, bool]] = {}
    records = Counter[str]()
    for source in plans.sources:
        is_office = source.issuer in {Issuer.GOVERNMENT, Issuer.STATISTICS_OFFICE}
        names = labels.publishers(source.publisher or "", lang) if source.code in counts else []
        for name in names:
            rank = (source.tier, not is_office, latin and not name.isascii())
            ranks[name] = min(rank, ranks.get(name, rank))
            records[name] += counts[source.code]
    return sorted(ranks, key=lambda name: (*ranks[name], -records[name], name))


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
            "name": lambda row: row.subject.names(lang)[0],
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
    text, note = word(assessment.verdict, lang), picture.footnote(notes_on(assessment))
    years = outcome.dated(form, lang)[1] if outcome and figure else ""
    if picture.narrow:
        text = labels.brackets(figure, years, lang) + note
    elif figure:
        text = say("dumbbell.row", lang, verdict=text + note, figure=figure, year=years)
    else:
        text += note
    picture.write_row(ax, row, text, muted=assessment.reason is not None)


class Places(NamedTuple):
    """The positions of start, outcome and target on an axis; None if the axis cannot show them."""

    start: float | None
    outcome: float | None
    target: float


def places_of(assessment: Assessment, scale: Scale) -> Places:
    """Return where the figures of an assessment are on an axis."""
    stated, outcome = assessment.stated, assessment.outcome
    start = assessment.baseline if stated.form in _WITH_START else None
    return Places(
        scale.at(start) if start and scale.fits(start) else None,
        scale.at(outcome) if outcome and scale.fits(outcome) else None,
        scale.at(stated),
    )


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


def _card(items: Any) -> Scorecard:
    # a record is iterable too: over its fields
    is_one = isinstance(items, Assessment | Target | Observation) or not isinstance(items, Iterable)
    rows = (items,) if is_one else tuple(items)
    for row in rows:
        if not isinstance(row, Assessment):
            raise PictureError(
                f"expected a scorecard or assessments, found {type(row).__name__}; "
                "make one with innovation_plans.scorecard(plans, …)"
            )
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
    assessments: Sequence[Assessment],
    lang: Language,
    clean: Callable[[str, int], str],
    plans: Plans | None,
    *,
    one_region: bool = False,
) -> list[str]:
    """Return a name for each row: region and year, with plan and source if names are equal.

    `one_region` is for pictures whose title names the region.
    """
    one_year = bool(year_note(assessments, lang))
    names, sources = [], []
    for assessment in assessments:
        region, year = clean(assessment.subject.names(lang)[0], 28), assessment.stated.end_year
        name = str(year) if one_region else region if one_year else f"{region} {year}"
        plan = clean(f"{name}, {assessment.stated.plan}", 52)
        names.append(name)
        sources.append(clean(f"{plan}@{assessment.target.partition('@')[2]}", 76))
    codes = [assessment.stated.plan for assessment in assessments]
    named = [clean(name, 52) for name in named_by_plan(names, codes, lang, plans)]
    return distinct(named, sources)


def named_by_plan(
    names: list[str], codes: Iterable[str], lang: Language, plans: Plans | None
) -> list[str]:
    """Return the names, equal ones with the kind of their plan, also with its period, or its code."""
    if plans is not None:
        expect("plans", plans, "targets", "a dataset")
    known = (plans if plans is not None else load()).context.of("plan")
    longer = []
    for name, code in zip(names, codes, strict=True):
        plan = known.get(code)
        parts = [word(plan.kind, lang), labels.period(plan.period, lang)] if plan else [code]
        kind, dated = ([name, *parts[:count]] for count in (1, 2))
        longer.append([labels.joined(each, lang, "counts") for each in (kind, dated, [name, code])])
    for each in zip(*longer, strict=True):
        names = distinct(names, list(each))
    return names


def distinct(names: list[str], longer: list[str]) -> list[str]:
    """Return the names, and in place of equal ones the longer names."""
    counts = Counter(names)
    return [long if counts[name] > 1 else name for name, long in zip(names, longer, strict=True)]


def year_note(assessments: Sequence[Assessment], lang: Language) -> str:
    """Return the target year for a title, if all assessments have the same one."""
    years = {assessment.stated.end_year for assessment in assessments}
    if len(years) != 1:
        return ""
    return say("picture.by_year", lang, year=min(years))
