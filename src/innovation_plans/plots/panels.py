"""What pictures draw: assessments in panels of one measure, and the trajectory of one target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple, get_args

from ..analysis.comparability import difference_unit
from ..analysis.matching import Base, baseline_of, best_of, levels_in
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Form, Prices, Reason, Status, Verdict
from ..dataset.dataset import Dataset
from ..dataset.tables import joined
from ..errors import AmbiguousError, GrowthError, expect, one_of
from ..records import Observation, Target
from ..text import labels
from ..text.messages import Language, say, word
from ..units.decimals import EXACT
from ..units.growth import multiple_of, rate_between
from ..units.quantity import convert, same_measure
from .canvas import PictureError

__all__ = [
    "Card",
    "Footnotes",
    "Panel",
    "Plans",
    "Sort",
    "Trajectory",
    "card_of",
    "only_panel",
    "panels_of",
    "publishers_of",
    "row_names",
    "source_line",
    "trajectory_of",
    "year_note",
]

Sort = Literal["gap", "value", "name", "region"]
Plans = Dataset[Any, Any]

_MOST_PUBLISHERS = 3
_COMPOUND = {Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH, Form.MULTIPLE}
_RELATIVE = {*_COMPOUND, Form.INCREMENT}  # forms that imply a level


def source_line(edition: str, records: str, lang: Language, publishers: Sequence[str] = ()) -> str:
    """Return the source line: publishers, package, edition of the data, and number of records.

    Examples
    --------
    >>> source_line("2026.11", labels.counted("record", 43, "en"), "en")
    'Source: innovation_plans, data edition 2026.11, 43 records'
    >>> source_line("2026.11", labels.counted("record", 43, "en"), "en", ["NBS", "MOST"])
    'Source: NBS, MOST (innovation_plans, data edition 2026.11, 43 records)'
    """
    dated = say("edition.of", lang, edition=edition) if edition else ""
    parts = labels.joined(("innovation_plans", dated, records), lang, "counts")
    if publishers:
        parts = labels.brackets(labels.listed(publishers, _MOST_PUBLISHERS, lang), parts, lang)
    return say("picture.source", lang, parts=parts)


def publishers_of(keys: Iterable[str], plans: Plans | None, lang: Language) -> list[str]:
    """Return the publishers of the sources of records, those of most records first.

    In a language in Latin letters, names in Chinese characters come last.
    """
    if plans is None:
        return []
    expect("plans", plans, "sources", "a dataset")
    publishers = {source.code: source.publisher or "" for source in plans.sources}
    counts = Counter[str]()
    for key in keys:
        counts.update(filter(None, publishers.get(key.partition("@")[2], "").split("; ")))
    latin = say("language.name", lang).isascii()
    return sorted(counts, key=lambda name: (latin and not name.isascii(), -counts[name], name))


def letter_at(index: int) -> str:
    """Return the letter of a footnote: a to z, then aa.

    Examples
    --------
    >>> letter_at(0), letter_at(25), letter_at(26)
    ('a', 'z', 'aa')
    """
    before, rest = divmod(index, 26)
    return (letter_at(before - 1) if before else "") + chr(ord("a") + rest)


class Footnotes:
    """The letters of the reasons in a picture, which are explained below it."""

    def __init__(self, lang: Language) -> None:
        self._lang: Language = lang
        self._letters: dict[Reason, str] = {}

    def mark(self, reason: Reason) -> str:
        """Return the letter of a reason, in brackets."""
        letter = self._letters.setdefault(reason, letter_at(len(self._letters)))
        return say("picture.letter", self._lang, letter=letter)

    def notes(self) -> list[str]:
        """Return the meaning of the letters, in one line."""
        if not self._letters:
            return []
        notes = [
            f"({letter}) {word(reason, self._lang)}" for reason, letter in self._letters.items()
        ]
        return [labels.joined(notes, self._lang, "parts")]


class Card(NamedTuple):
    """Assessments, the edition of their data, and the regions that were asked for, if known."""

    assessments: tuple[Assessment, ...]
    edition: str
    regions: frozenset[str] = frozenset()

    @property
    def counts(self) -> dict[Verdict, int]:
        """The number of assessments by verdict."""
        counts = Counter(assessment.verdict for assessment in self.assessments)
        return {verdict: counts[verdict] for verdict in Verdict}

    def source(self, lang: Language, plans: Plans | None = None) -> str:
        """Return the source line, with the publishers if there is a dataset."""
        keys = {key for assessment in self.assessments for key in assessment.inputs}
        records = labels.counted("record", len(keys), lang)
        return source_line(self.edition, records, lang, publishers_of(keys, plans, lang))


class Panel(NamedTuple):
    """Assessments that are drawn on one axis."""

    indicator: str
    form: Form
    unit: str
    assessments: tuple[Assessment, ...]

    def title(self, lang: Language) -> str:
        """Return the name of the indicator, and the form if it is not a level."""
        name = self.assessments[0].subject.names(lang)[1]
        if self.form in {Form.LEVEL, Form.RANK}:
            return name
        return labels.headed(name, word(self.form, lang), lang)

    def sorted_by(self, sort: Sort, lang: Language) -> Panel:
        """Return the panel with its rows in an order.

        Raises
        ------
        ArgumentError
            If there is no such order.
        """
        one_of("sort", sort, get_args(Sort))
        rows = self.assessments
        match sort:
            case "gap":
                rows = tuple(sorted(rows, key=self._by_gap))
            case "value":
                rows = tuple(sorted(rows, key=self._by_value))
            case "name":
                rows = tuple(sorted(rows, key=lambda row: row.subject.names(lang)[0]))
        return self._replace(assessments=rows)

    def _by_gap(self, row: Assessment) -> tuple[bool, Decimal]:
        unit = difference_unit(self.unit)
        if row.gap is None or row.gap_unit is None or not same_measure(row.gap_unit, unit):
            return True, Decimal(0)
        gap = convert(row.gap, row.gap_unit, unit)
        return False, gap if self.form is Form.RANK else gap.copy_negate()

    def _by_value(self, row: Assessment) -> tuple[bool, Decimal]:
        if row.outcome is None or not same_measure(row.outcome.unit, self.unit):
            return True, Decimal(0)
        return False, convert(row.outcome.value, row.outcome.unit, self.unit).copy_negate()


def card_of(assessments: Scorecard | Iterable[Assessment] | Assessment) -> Card:
    """Return a scorecard, assessments or one assessment as a card.

    Raises
    ------
    PictureError
        If it is something else.
    """
    items: Any = (assessments,) if isinstance(assessments, Assessment) else assessments
    items = tuple(items) if isinstance(items, Iterable) else (items,)
    for item in items:
        if not isinstance(item, Assessment):
            raise PictureError(
                f"expected a scorecard or assessments, found {type(item).__name__}; "
                "make one with innovation_plans.scorecard(plans, …)"
            )
    if isinstance(assessments, Scorecard):
        return Card(items, assessments.edition, assessments.regions)
    return Card(items, joined(*(item.edition for item in items)))


def panels_of(card: Card) -> list[Panel]:
    """Return the assessments in panels of one indicator, one form and one measure."""
    panels: list[Panel] = []
    for assessment in card.assessments:
        kind, unit = (assessment.subject.indicator, assessment.stated.form), assessment.stated.unit
        for index, panel in enumerate(panels):
            if kind == (panel.indicator, panel.form) and same_measure(panel.unit, unit):
                panels[index] = panel._replace(assessments=(*panel.assessments, assessment))
                break
        else:
            panels.append(Panel(*kind, unit, (assessment,)))
    return panels


def only_panel(card: Card) -> Panel:
    """Return the panel of assessments that one axis can show.

    Raises
    ------
    AmbiguousError
        If there are several indicators, forms or measures.
    """
    panels = panels_of(card)
    if len(panels) > 1:
        names = [f"{panel.indicator} {panel.form}, {panel.unit}" for panel in panels]
        raise AmbiguousError(asked="one panel", matches=names, hint="filter by indicator")
    return panels[0]


def row_names(
    assessments: Sequence[Assessment],
    lang: Language,
    clean: Callable[[str, int], str],
    *,
    one_region: bool = False,
) -> list[str]:
    """Return a name for each row: region and year, with plan and source if names are equal.

    `one_region` is for pictures whose title names the region.
    """
    years = {assessment.stated.end_year for assessment in assessments}
    names = []
    for assessment in assessments:
        region, year = clean(assessment.subject.names(lang)[0], 28), assessment.stated.end_year
        name = f"{region} {year}" if len(years) > 1 else region
        names.append(str(year) if one_region else name)
    plans = [
        clean(f"{name}, {assessment.stated.plan}", 52)
        for name, assessment in zip(names, assessments, strict=True)
    ]
    sources = [
        clean(f"{name}@{assessment.target.partition('@')[2]}", 76)
        for name, assessment in zip(plans, assessments, strict=True)
    ]
    return _distinct(_distinct(names, plans), sources)


def _distinct(names: list[str], longer: list[str]) -> list[str]:
    """Return the names, and in place of equal ones the longer names."""
    counts = Counter(names)
    return [long if counts[name] > 1 else name for name, long in zip(names, longer, strict=True)]


def year_note(assessments: Sequence[Assessment], lang: Language) -> str:
    """Return the target year for a title, if all assessments have the same one."""
    years = {assessment.stated.end_year for assessment in assessments}
    if len(years) != 1:
        return ""
    return say("picture.by_year", lang, year=min(years))


class Trajectory(NamedTuple):
    """The series of one target, its start and its required path; values in `unit`."""

    unit: str
    form: Form  # of the series
    implied: bool  # whether the target is shown as the level that it implies
    series: tuple[Observation, ...]  # one per year
    others: tuple[Observation, ...]  # of the same years, from other vintages and sources
    unplaced: int  # number of figures without a year, or in another measure
    start: Base | None
    target: Decimal
    target_high: Decimal | None
    target_year: int
    required: tuple[tuple[int, Decimal], ...]  # by year, from the start to the target
    remaining: tuple[tuple[int, Decimal], ...]  # by year, from the last figure to the target
    breaks: tuple[int, ...]  # years from which on the series has another definition


def trajectory_of(target: Target, plans: Plans, verdict: Assessment) -> Trajectory:
    """Return the trajectory of a target: in levels if they are known, else in its own figures."""
    start = _start(target, plans, verdict)
    if target.form in _RELATIVE and start is not None:
        try:
            return _in_levels(target, plans, verdict, start)
        except GrowthError:
            start = None  # the growth does not imply a level, so its own figures are shown
    if target.form is Form.CUMULATIVE:
        start = Base(Decimal(0), target.unit, (target.start_year or target.end_year) - 1, None)
    elif target.form not in {Form.LEVEL, Form.RANK}:
        start = None
    if start is not None and not same_measure(start.unit, target.unit):
        start = None
    return _trajectory(
        target,
        plans,
        verdict,
        form=target.form,
        unit=target.unit,
        start=start,
        value=target.value,
        high=target.value_high,
    )


def _in_levels(target: Target, plans: Plans, verdict: Assessment, start: Base) -> Trajectory:
    """Return the trajectory of a growth, a multiple or an increase as the level that it implies."""
    unit = target.indicator.unit
    first = convert(start.value, start.unit, unit)
    years = target.end_year - start.year
    value = _level(target, target.value, first, years)
    high = None if target.value_high is None else _level(target, target.value_high, first, years)
    return _trajectory(
        target, plans, verdict, form=Form.LEVEL, unit=unit, start=start, value=value, high=high
    )


def _trajectory(
    target: Target,
    plans: Plans,
    verdict: Assessment,
    *,
    form: Form,
    unit: str,
    start: Base | None,
    value: Decimal,
    high: Decimal | None,
) -> Trajectory:
    series, others, unplaced = _observations(target, plans, verdict, form, unit)
    return Trajectory(
        unit=unit,
        form=form,
        implied=form is not target.form,
        series=series,
        others=others,
        unplaced=unplaced,
        start=start,
        target=value,
        target_high=high,
        target_year=target.end_year,
        required=_required(target, verdict, start, unit, value),
        remaining=_remaining(target, verdict, series, unit, value),
        breaks=_breaks(series),
    )


def _level(target: Target, value: Decimal, first: Decimal, years: int) -> Decimal:
    if target.form is Form.INCREMENT:
        return first + convert(value, target.unit, target.indicator.unit_in(Form.INCREMENT))
    if target.form is Form.MULTIPLE:
        return EXACT.multiply(first, value)
    rate = convert(value, target.unit, "percent_per_year")
    return EXACT.multiply(first, multiple_of(rate, years))


def _start(target: Target, plans: Plans, verdict: Assessment) -> Base | None:
    """Return the baseline of the verdict, or that which a verdict would use."""
    baseline = verdict.baseline
    if baseline is not None and same_measure(baseline.unit, target.indicator.unit_in(Form.LEVEL)):
        return Base(baseline.value, baseline.unit, baseline.year, None)
    if not target.is_whole or target.form is Form.CUMULATIVE:
        return None
    if target.form in _COMPOUND and target.indicator.growth_prices is Prices.CONSTANT:
        return None  # levels are in current prices
    if target.form is Form.ANNUAL_GROWTH and target.baseline_value is None:
        year = target.end_year - 1
        level = best_of(levels_in(target, plans.observations, year), plans.observations)
        return None if level is None else Base.of_level(level, year)
    base = baseline_of(target, plans.observations)
    return base if base and base.year < target.end_year else None


def _observations(
    target: Target, plans: Plans, verdict: Assessment, form: Form, unit: str
) -> tuple[tuple[Observation, ...], tuple[Observation, ...], int]:
    """Return the preferred figure of each year, the others, and the number of unplaced ones."""
    if not target.is_whole:
        return (), (), 0
    name = f"{target.region.code}/{target.indicator.code}/{form}"
    observations = list(plans.observations.series(name))
    by_year: dict[int, list[Observation]] = {}
    for observation in observations:
        if observation.year is not None and same_measure(observation.unit, unit):
            by_year.setdefault(observation.year, []).append(observation)
    inputs = set(verdict.inputs)
    series: list[Observation] = []
    others: list[Observation] = []
    for _, candidates in sorted(by_year.items()):
        points = [observation for observation in candidates if observation.comparator.plain]
        cited = [point for point in points if point.key in inputs]
        best = cited[0] if cited else best_of(points, plans.observations)
        series += [best] if best else []
        others += [observation for observation in candidates if observation is not best]
    unplaced = len(observations) - sum(map(len, by_year.values()))
    return tuple(series), tuple(others), unplaced


def _required(
    target: Target, verdict: Assessment, start: Base | None, unit: str, value: Decimal
) -> tuple[tuple[int, Decimal], ...]:
    """Return the required level of each year, from the start on."""
    if start is None or verdict.reason in {Reason.BASE_BEYOND_TARGET, Reason.DIFFERENT_BASIS}:
        return ()
    return _steps(target, verdict, start.year, convert(start.value, start.unit, unit), value)


def _remaining(
    target: Target,
    verdict: Assessment,
    series: Sequence[Observation],
    unit: str,
    value: Decimal,
) -> tuple[tuple[int, Decimal], ...]:
    """Return the level that each year still requires, from the last figure on."""
    if not series or verdict.verdict in {Verdict.MET, Verdict.MISSED, Verdict.AHEAD}:
        return ()
    last = series[-1]
    now = convert(last.value, last.unit, unit)
    return _steps(target, verdict, last.year or target.end_year, now, value)


def _steps(
    target: Target, verdict: Assessment, start: int, first: Decimal, value: Decimal
) -> tuple[tuple[int, Decimal], ...]:
    """Return the level of each year up to the target, by the pace method of the verdict."""
    years = target.end_year - start
    if target.form is Form.RANK or years < 1:
        return ()
    method = verdict.pace.method if verdict.pace else ""
    compound = method == "compound" or (not method and target.form in _COMPOUND)
    if compound and first > 0 and value > 0:
        rate = rate_between(first, value, years)
        steps = [EXACT.multiply(first, multiple_of(rate, at)) for at in range(years)]
    else:
        steps = [first + EXACT.divide((value - first) * at, Decimal(years)) for at in range(years)]
    return (*((start + at, step) for at, step in enumerate(steps)), (target.end_year, value))


def _breaks(series: Iterable[Observation]) -> tuple[int, ...]:
    breaks = [observation for observation in series if observation.status is Status.BREAK]
    return tuple(observation.year for observation in breaks if observation.year)
