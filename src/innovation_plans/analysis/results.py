"""Assessments and their parts, and what all results of the analysis have in common.

An :class:`Assessment` is read again without a dataset: it contains the names, the figures and the
keys of every record that it was made from.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from ..codelists import (
    Caveat,
    Comparator,
    Direction,
    Flag,
    Form,
    Reason,
    RegionKind,
    Rendition,
    Status,
    Tier,
    Verdict,
)
from ..errors import GrowthError, flag, suggests
from ..records import Indicator, Observation, Region, Target, years_of
from ..records.base import Frozen
from ..records.fields import UnitText
from ..text import labels
from ..text.messages import Language, Message, keys, recognised, say, word
from ..text.tables import facts_html
from ..units.decimals import EXACT, fixed, plain, rounded
from ..units.interval import decimals_of, half_unit
from ..units.quantity import convert, same_measure
from .comparability import difference_unit
from .matching import CHANGE_FORMS, part_reason

Basis = Literal["plan", "statistics", "report", "nation's target", "nation's outcome"]

_KINDS = list(RegionKind)
_FLAGGED = {
    Flag.BASE_ASSUMED: Caveat.BASE_ASSUMED,
    Flag.YEAR_ASSUMED: Caveat.YEAR_ASSUMED,
    Flag.UNIT_ASSUMED: Caveat.UNIT_ASSUMED,
    Flag.DOUBTFUL: Caveat.DOUBTFUL,
}
_WHOLE = 2  # percent: from here on, a revision is named without decimals
_INNER_QUOTES = str.maketrans("“”", "‘’")
_NARROW = Decimal("0.1")  # a range of the pace score
_COARSE = Decimal("0.2")  # half-width of the range of a difference, as a share of it
NOT_OVER = {Reason.NO_YEAR_OVER, Reason.NOT_DUE}


class ResultPart(Frozen):
    """A result or a part of one: immutable, without unknown fields."""


class Explained(ResultPart):
    """A result that explains itself: in sentences, and in a notebook as a table of facts."""

    if TYPE_CHECKING:  # the fields of every such result, in the order of its own
        caveats: tuple[Caveat, ...]
        inputs: tuple[str, ...]
        edition: str

    def __str__(self) -> str:
        return self.explain()

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the result, and what it is based on."""
        title, facts = self._facts()
        basis = basis_facts(self.caveat_texts(), self.inputs, self.edition)
        return facts_html(title, [*facts, *basis])

    @suggests(language="lang=")
    def explain(self, lang: Language = "en") -> str:
        """Return the result in sentences, with its caveats and inputs.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.
        """
        notes = [
            _listed("explain.note", self.caveat_texts(lang), lang),
            _listed("explain.inputs", self.inputs, lang),
        ]
        return labels.sentences([*self._sentences(lang), *notes], lang)

    def caveat_texts(self, lang: Language = "en") -> list[str]:
        """Return the caveats in words."""
        return [word(caveat, lang) for caveat in self.caveats]

    @abstractmethod
    def _sentences(self, lang: Language) -> list[str]:
        """Return the result in sentences, without caveats and inputs; empty ones are left out."""

    @abstractmethod
    def _facts(self) -> tuple[str, list[tuple[str, str]]]:
        """Return the title and the facts of the table, without caveats, inputs and edition."""


class Subject(ResultPart):
    """The region and the indicator of a result."""

    region: str
    region_en: str
    region_zh: str | None = None
    region_short_zh: str | None = Field(default=None, description="as texts print the region")
    indicator: str
    indicator_en: str
    indicator_zh: str | None = None

    def names(self, lang: Language) -> tuple[str, str]:
        """Return region and indicator in a language, in English where they have no name in it."""
        return labels.name(self, lang, "region_short", "region"), labels.name(
            self, lang, "indicator"
        )


class DocumentName(ResultPart):
    """Publisher, title and date of a text that states a figure."""

    publisher: str | None = None
    publisher_en: str | None = None
    publisher_zh: str | None = None
    title: str
    date: str | None = None
    rendition: Rendition | None = None
    tier: Tier | None = None

    def text(
        self, lang: Language = "en", *, plan: str | None = None, is_description: bool = False
    ) -> str:
        """Return all in a language; the title or description of the plan, where the page shows none."""
        title = labels.own_title(self.title, lang)
        text = labels.document(self, title, lang, plan=plan, is_description=is_description)
        is_translation = self.rendition is Rendition.TRANSLATION
        is_said = "translation" in f"{self.publisher} {title}"
        remark = word(Rendition.TRANSLATION, lang) if is_translation and not is_said else ""
        return labels.joined([text, remark], lang, "counts")


class FormOfYears(ResultPart):
    """The form of a figure, and its first and last year."""

    form: Form
    start_year: int
    end_year: int
    figure: Outcome | None = Field(default=None, description="the figure, if there is only one")

    def text(self, lang: Language = "en", *, is_rise: bool = False) -> str:
        """Return the form with its years; of an increase, whether it is a rise in a ranking."""
        name = say(
            f"wanted.{'rise' if is_rise else self.form}",
            lang,
            years=_years(self.start_year, self.end_year, lang),
            before=self.start_year - 1,
            end=self.end_year,
        )
        figure = self.figure
        if figure and figure.unit == "percent_per_year":  # the name says that it is a growth
            figure = figure.model_copy(update={"unit": "percent"})
        facts = [figure.text(lang), *figure.remarks(lang)] if figure else []
        return labels.brackets(name, labels.joined(facts, lang, "counts"), lang)


class Stated(ResultPart):
    """The figure of a plan."""

    form: Form
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None = None
    unit: UnitText
    counted: str | None = Field(
        default=None, description="what is counted in `unit`, if it is named"
    )
    precision: Decimal | None = Field(
        default=None, description="half-width of the printed figure, if it is stated"
    )
    start_year: int | None = None
    end_year: int
    plan: str
    plan_en: str | None = Field(default=None, description="title of the plan in English")
    plan_zh: str | None = Field(default=None, description="title of the plan in Chinese")
    issued: str | None = Field(default=None, description="date of issue of the plan, if known")
    document: DocumentName | None = Field(
        default=None, description="publisher, title and date of the text that states the figure"
    )
    period: str
    tier: Tier
    part: str = Field(default="", description="breakdown and scope; empty for the whole")
    constant_prices: bool = Field(
        default=False, description="whether levels do not give the change: it is at constant prices"
    )
    maybe_gross: bool = Field(
        default=False,
        description="whether it may count all that is new, and levels give only the net change",
    )
    is_net: bool = Field(default=False, description="whether it is worded as a net increase")
    flags: tuple[Flag, ...] = Field(
        default=(), description="what to know about the figure: year_assumed, yearly, …"
    )
    open_name_en: str | None = Field(
        default=None,
        description="name of the indicator where the text leaves open the class that its name states",
    )
    open_name_zh: str | None = Field(default=None, description="the same in Chinese")
    has_own_title: bool = Field(
        default=True, description="whether the title of the plan is not made up or translated back"
    )
    printed_name: str | None = Field(
        default=None, description="name of what is measured, as the text prints it, if it is noted"
    )

    @property
    def is_change(self) -> bool:
        """Whether the figure is of a span of time, not a level or a rank."""
        return self.form not in {Form.LEVEL, Form.RANK}

    @property
    def is_class_unclear(self) -> bool:
        """Whether its text does not state which class it counts."""
        return part_reason(None, self.part) is Reason.CLASS_UNCLEAR

    @property
    def is_of_one_year(self) -> bool:
        """Whether the figure counts for the years that it names only, not for the years up to it."""
        is_average = self.form is Form.AVERAGE_GROWTH and self.start_year is not None
        return is_average or self.form is Form.ANNUAL_GROWTH or self.start_year == self.end_year

    @property
    def is_sum_over_years(self) -> bool:
        """Whether the figure is what several years add up to, or take away together."""
        is_sum = self.form in {Form.INCREMENT, Form.CUMULATIVE}
        return is_sum and self.start_year not in {None, self.end_year}

    @property
    def is_of_annual_plan(self) -> bool:
        """Whether a plan for that year states a level, which a plan for several years may state too."""
        return not self.is_change and self.period == f"annual-{self.end_year}"

    @property
    def before(self) -> int:
        """The year before the period; annual growth is for its last year only."""
        first = None if self.form is Form.ANNUAL_GROWTH else self.start_year
        return (first or self.end_year) - 1

    def plan_title(self, lang: Language = "en") -> str:
        """Return the title of the plan, in the language if it is known in it."""
        return labels.name(self, lang, "plan") if self.plan_en else self.plan_zh or self.plan

    def document_text(self, lang: Language = "en") -> str:
        """Return publisher, title and date of the text that states the figure; its plan if unknown.

        A title of the plan that no text prints is marked as a description.
        """
        title, is_description = self.plan_title(lang), not self.has_own_title
        if is_description:
            title = say("explain.description", lang, title=title)
        if self.document is None:
            return self.plan
        return self.document.text(lang, plan=title, is_description=is_description)

    @property
    def _token(self) -> str:
        """The unit with what is counted in it."""
        return labels.counting(self.unit, self.counted)

    def text(self, lang: Language = "en") -> str:
        """Return the figure with its comparator, and its form unless it is a level."""
        number = self.comparator, self.value, self.value_high, self._token
        figure = labels.printed(
            *number,
            lang,
            form=self.form,
            base_year=self.before,
            precision=self.precision,
            is_exact=True,
        )
        remark = "net" if self.is_net else "yearly" if Flag.YEARLY in self.flags else ""
        return say(f"stated.{remark}", lang, figure=figure) if remark else figure

    @property
    def has_levels(self) -> bool:
        """Whether the levels of the start and of a later year give the figure, or its pace."""
        # A part may be what each year adds, so its levels give no change; a ranking has no levels.
        is_closed = self.constant_prices or bool(self.part) or self.unit == "rank"
        return self.form is Form.LEVEL or (self.form in CHANGE_FORMS and not is_closed)

    @property
    def has_open_start(self) -> bool:
        """Whether it is a sum over years of which the first is not known."""
        return self.form is Form.CUMULATIVE and self.start_year is None

    @property
    def has_pace(self) -> bool:
        """Whether a level before the target year shows a pace."""
        return self.has_levels and self.before + 1 < self.end_year

    def due_figure(self, lang: Language = "en") -> str:
        """Return which figure of the form of the target would be its outcome of the target year."""
        if self.has_open_start:
            return say("wanted.open_sum", lang, end=self.end_year)
        is_rise = self.form is Form.INCREMENT and self.unit == "rank"
        years = FormOfYears(form=self.form, start_year=self.before + 1, end_year=self.end_year)
        return years.text(lang, is_rise=is_rise)

    def wanted(
        self, lang: Language = "en", *, needs_start: bool = True, needs_end: bool = True
    ) -> str:
        """Return which figures would give the outcome of the target year; a level is known or not."""
        figure = self.due_figure(lang)
        if self.form not in CHANGE_FORMS or not self.has_levels:
            return figure
        name = "or_levels" if needs_end else "or_start"
        name = name if needs_start else "or_later_level"
        text = say(f"wanted.{name}", lang, change=figure, before=self.before, end=self.end_year)
        return labels.brackets(text, say("wanted.net", lang) if self.maybe_gross else "", lang)

    def due(self, lang: Language = "en") -> str:
        """Return the target year; the years of average growth and of a sum over years."""
        is_span = self.form is Form.AVERAGE_GROWTH or self.is_sum_over_years
        return _years(self.before + 1 if is_span else self.end_year, self.end_year, lang)


class Outcome(ResultPart):
    """The observation that a target was compared with."""

    value: Decimal
    value_high: Decimal | None = None
    unit: UnitText
    counted: str | None = Field(
        default=None, description="what is counted in `unit`, if it is named"
    )
    comparator: Comparator
    start_year: int | None = None
    year: int
    vintage: str | None = None
    self_reported: bool | None = Field(description="empty where it is not known who states it")
    status: Status = Status.NOT_STATED
    source: str
    further_source: str | None = Field(
        default=None,
        description="source of the denominator of a computed figure, if it is another one",
    )
    document: DocumentName | None = Field(default=None, description="what `source` is")
    further_document: DocumentName | None = Field(
        default=None, description="what `further_source` is"
    )
    is_revised: bool = Field(
        default=False, description="whether `vintage` is a revision of all years of its series"
    )
    flags: tuple[Flag, ...] = Field(
        default=(), description="what to know about the figure: year_assumed, yearly, …"
    )
    has_notes: bool = Field(default=False, description="whether the record has notes")
    numerator_caveats: tuple[Caveat, ...] = Field(
        default=(), description="of a computed ratio, what applies to the numerator"
    )
    denominator_caveats: tuple[Caveat, ...] = Field(
        default=(), description="of a computed ratio, what applies to the denominator"
    )
    tier: Tier
    level: Decimal | None = Field(
        default=None,
        description="the level of `year` that a computed change leads to, in `level_unit`",
    )
    level_unit: UnitText | None = None
    precision: Decimal | None = Field(
        default=None, description="half-width of the printed figure, or of `level`, if it is stated"
    )

    @property
    def _token(self) -> str:
        """The unit with what is counted in it."""
        return labels.counting(self.unit, self.counted)

    @property
    def _number(self) -> tuple[Comparator, Decimal, Decimal | None, str]:
        """The figure as the functions of `labels` take it."""
        return self.comparator, self.value, self.value_high, self._token

    def text(self, lang: Language = "en") -> str:
        """Return the figure, with its comparator unless it is a plain number."""
        return labels.printed(*self._number, lang, precision=self.precision, is_exact=True)

    def level_text(self, lang: Language = "en") -> str:
        """Return the level that a computed change leads to; else nothing."""
        if self.level is None or self.level_unit is None:
            return ""
        number = self.comparator, self.level, None, labels.counting(self.level_unit, self.counted)
        figure = labels.printed(*number, lang, precision=self.precision)
        is_number = self.comparator is Comparator.REACH
        return say("explain.to_level", lang, figure=figure) if is_number else figure

    def text_with_source(self, lang: Language, *, has_key: bool = True) -> str:
        """Return the figure with what :meth:`source_facts` says of it."""
        figure = labels.printed(*self._number, lang, precision=self.precision)
        return labels.in_brackets(figure, self.source_facts(lang, has_key=has_key), lang)

    def remarks(self, lang: Language) -> list[str]:
        """Return in words that it is preliminary, and what was read into its text."""
        status = [Status.PRELIMINARY] if self.status is Status.PRELIMINARY else []
        return [word(code, lang) for code in (*status, *_FLAGGED) if code in {*status, *self.flags}]

    def source_facts(self, lang: Language, *, has_key: bool = True) -> str:
        """Return vintage, source and tier of the figure.

        A figure without a key among the inputs has the code of its source, to look it up.
        """
        vintage = vintage_name(self.vintage, lang) if self.vintage else ""
        name = "explain.computed_from" if self.further_source else "explain.of"
        parts = [*self.remarks(lang), vintage, _source_text(self, lang, name)]
        if not has_key:
            notes = say("figure.see_notes", lang) if self.has_notes else ""
            parts += [say("figure.code", lang, code=self.source), notes]
        return labels.joined(parts, lang, "counts")

    def dated(
        self, form: Form, lang: Language = "en", *, shows_rounding: bool = False
    ) -> tuple[str, str]:
        """Return the figure and its years; a change with its form.

        With `shows_rounding`, a figure whose last zeros are not significant says so.
        """
        if form in {Form.LEVEL, Form.RANK}:
            figure = labels.printed(
                *self._number, lang, precision=self.precision, is_exact=not shows_rounding
            )
            return figure, str(self.year)
        if form is Form.AVERAGE_GROWTH and self.start_year == self.year:
            form = Form.ANNUAL_GROWTH
        return labels.printed(*self._number, lang, form=form), _years(
            self.start_year or self.year, self.year, lang
        )


class Baseline(ResultPart):
    """The starting value of a target."""

    value: Decimal
    unit: UnitText
    counted: str | None = Field(
        default=None, description="what is counted in `unit`, if it is named"
    )
    comparator: Comparator = Comparator.REACH
    year: int
    vintage: str | None = None
    status: Status = Status.NOT_STATED
    stated_by: str = Field(
        description="plan: its own text; where that has none, statistics or another report; definition "
        "for a sum, which starts from 0"
    )
    source: str | None = Field(
        default=None, description="the source, where another text than that of the plan states it"
    )
    further_source: str | None = Field(
        default=None,
        description="source of the denominator of a computed figure, if it is another one",
    )
    document: DocumentName | None = Field(default=None, description="what `source` is")
    further_document: DocumentName | None = Field(
        default=None, description="what `further_source` is"
    )
    tier: Tier | None = Field(default=None, description="tier of `source`")
    is_revised: bool = Field(
        default=False, description="whether `vintage` is a revision of all years of its series"
    )
    flags: tuple[Flag, ...] = Field(
        default=(), description="what to know about the figure: year_assumed, yearly, …"
    )
    is_computed: bool = Field(
        default=False, description="whether it is computed from numerator and denominator"
    )
    precision: Decimal | None = Field(
        default=None, description="half-width of the printed figure, if it is stated"
    )

    @property
    def is_of_others(self) -> bool:
        """Whether another text than that of the plan states it."""
        return self.stated_by in {"statistics", "report"}

    def text(self, lang: Language = "en", *, in_full: bool = False) -> str:
        """Return the figure as it is printed: with its comparator, and whether it is preliminary.

        `in_full`, a figure whose last zeros are not significant says so, and a revised one has the name
        of its vintage.
        """
        token = labels.counting(self.unit, self.counted)
        number = self.comparator, self.value, None, token
        figure = labels.printed(*number, lang, precision=self.precision, is_exact=not in_full)
        is_early = self.status is Status.PRELIMINARY
        is_named = in_full and self.is_revised and self.vintage
        vintage = vintage_name(self.vintage or "", lang) if is_named else ""
        remarks = [say("figure.preliminary", lang) if is_early else "", vintage]
        return labels.in_brackets(figure, labels.joined(remarks, lang, "counts"), lang)


class Against(ResultPart):
    """What a figure was compared with: its own baseline, or the figure of the nation."""

    value: Decimal
    unit: UnitText
    comparator: Comparator = Comparator.REACH
    year: int
    basis: Basis = Field(description="who states it")
    vintage: str | None = Field(default=None, description="of statistics, or of the denominator")

    def text(self, lang: Language = "en") -> str:
        """Return the figure, its year, and who states it if not the plan."""
        figure = labels.bounded(self.comparator, self.value, None, self.unit, lang)
        dated = say("figure.dated", lang, figure=figure, year=self.year)
        return say(f"basis.{self.basis}", lang, figure=dated)


class PaceScore(ResultPart):
    """The result of a pace method, and the threshold that its score is compared with."""

    method: str
    version: int
    score: Decimal
    low: Decimal | None = Field(
        default=None, description="least score that the rounding of start and outcome leaves open"
    )
    high: Decimal | None = Field(
        default=None,
        description="greatest such score; both are empty where the start may be the target",
    )
    observed: Decimal
    required: Decimal
    unit: UnitText
    threshold: Decimal

    @property
    def is_open(self) -> bool:
        """True if some of the scores that rounding leaves open reach the threshold, not all."""
        if self.low is None or self.high is None:
            return True
        return self.low < self.threshold <= self.high

    @property
    def text(self) -> str:
        """The score with two decimals, or with as many as show on which side of the threshold it is."""
        return self._on_its_side(self.score)[0]

    @property
    def ends(self) -> tuple[str, str] | None:
        """The range of the score, with as many decimals as :attr:`text`; None where it tells little.

        It tells something if it contains the threshold, or is wider than a tenth of the required pace.
        """
        if self.low is None or self.high is None:
            return None
        if not self.is_open and self.high - self.low <= _NARROW:
            return None
        low, high = self._on_its_side(self.low, self.high)
        return low, high

    def _on_its_side(self, *scores: Decimal) -> list[str]:
        """Return scores with the fewest decimals, at least two, that keep all on their sides."""
        for places in range(2, 8):
            texts = [fixed(score, places) for score in scores]
            rounded_sides = [Decimal(text).compare(self.threshold) for text in texts]
            if rounded_sides == [score.compare(self.threshold) for score in scores]:
                return texts
        return [plain(score) for score in scores]

    def name(self, lang: Language) -> str:
        """Return the name of the method; one of your own has its own name."""
        return say(f"pace.{self.method}", lang) if self.method in keys("pace") else self.method


class OneVintage(ResultPart):
    """Start and outcome of a ratio on one vintage of its parts, in the unit of the target."""

    vintage: str
    start: Decimal
    outcome: Decimal
    printed_score: Decimal | None = Field(
        default=None, description="pace score of the printed figures"
    )


class Assessment(Explained):
    """A verdict on one target, with everything that it is based on.

    `target` is the key of the target: ``plans.targets[assessment.target]`` is the record.
    """

    target: str = Field(description="key of the target")
    subject: Subject
    stated: Stated
    rivals: tuple[Stated, ...] = Field(
        default=(), description="other figures that are stated for the same target"
    )
    verdict: Verdict
    reason: Reason | None = Field(default=None, description="why the verdict is undetermined")
    tiers: tuple[Tier, ...] = Field(
        default=(),
        description="tiers that are not loaded: those of the outcome, where the reason is "
        "held_back_by_tier; else those that have figures of the region, or one of the parts of a ratio",
    )
    tiers_year: int | None = Field(
        default=None,
        description="the year of the outcome of `tiers`, where it is later than that of `outcome`",
    )
    tiers_meet: bool = Field(
        default=False, description="whether the outcome of `tiers` meets the target"
    )
    scopes: tuple[str, ...] = Field(
        default=(),
        description="the classes that the figures of the region are of, where the reason is other_scope; "
        "an empty one is no class",
    )
    proxy: str | None = Field(
        default=None,
        description="the nearly equal indicator that is used, or that would give an outcome",
    )
    proxy_en: str | None = None
    proxy_zh: str | None = None
    proxy_years: int | None = Field(
        default=None, description="number of years over which `proxy` is added up; empty: 1"
    )
    proxy_year: int | None = Field(
        default=None,
        description="the year of the outcome that `proxy` would give; empty if it is used",
    )
    proxy_tiers: tuple[Tier, ...] = Field(
        default=(), description="tiers that are not loaded and have the outcome of `proxy`"
    )
    missing_years: tuple[int, ...] = Field(
        default=(),
        description="years of the start and of the target whose level is not in the data, where the "
        "reason is that the start is missing, or that nothing but a level can show the pace",
    )
    undated: Outcome | None = Field(
        default=None,
        description="a figure without a year, in a text that came out in the two years after the target "
        "year, that decides the verdict if it is of that year; `year` is that year",
    )
    unclassed: Outcome | None = Field(
        default=None,
        description="a figure that would be of the year and form of the target, whose text does not state "
        "what it counts, where the reason is class_unclear",
    )
    missing_parts: tuple[Subject, ...] = Field(
        default=(),
        description="numerator and denominator that would give an outcome and are not loaded",
    )
    has_parts_only: bool = Field(
        default=False,
        description="whether the data have no figure of the region but numerators and denominators, "
        "where the reason is outside_period",
    )
    tier_parts: tuple[Subject, ...] = Field(
        default=(), description="those of `missing_parts` that `tiers` have"
    )
    other_forms: tuple[FormOfYears, ...] = Field(
        default=(),
        description="the forms and years of the figures of the target year, where it is over and the data "
        "have none of the form and years of the target",
    )
    outcome: Outcome | None = None
    others: tuple[Outcome, ...] = Field(
        default=(),
        description="further figures of the year of the outcome that a caveat or the reason is about",
    )
    other_starts: tuple[Outcome, ...] = Field(
        default=(),
        description="other figures of the year of `baseline` than its own, not of another vintage",
    )
    differences: tuple[str, ...] = Field(
        default=(),
        description="how figures differ from the definition of their indicator, where the caveat is "
        "definition_differs: the notes of the records",
    )
    gap: Decimal | None = Field(default=None, description="outcome less target, in `gap_unit`")
    gap_unit: UnitText | None = None
    gap_low: Decimal | None = Field(
        default=None, description="least gap that the rounding of the outcome leaves open"
    )
    gap_high: Decimal | None = Field(
        default=None, description="greatest such gap; both are empty where the outcome is exact"
    )
    baseline: Baseline | None = None
    revision: Decimal | None = Field(
        default=None,
        description="share by which the denominator of the starting value was revised before the "
        "outcome came out, where each is as printed in its time: -0.27 is 27% less. None if the data lack the "
        "denominator that gives the starting value as printed",
    )
    revised: Subject | None = Field(
        default=None, description="the denominator that `revision` is about"
    )
    rounding_hides_change: bool = Field(
        default=False,
        description="whether start and outcome differ, but by less than their rounding leaves open",
    )
    progress: Decimal | None = Field(
        default=None, description="share of the distance covered: 1 is all"
    )
    pace: PaceScore | None = None
    one_vintage: OneVintage | None = Field(
        default=None,
        description="what progress and pace are computed from, where `method` is one_vintage",
    )
    needed_growth: Decimal | None = Field(
        default=None,
        description="where the outcome is earlier than the target year and does not meet the target: "
        "the growth a year from there to the value of the target, in `needed_unit`",
    )
    needed_unit: UnitText | None = Field(
        default=None,
        description="percent_per_year for amounts; percentage_point, a year, for shares",
    )
    needed_low: Decimal | None = Field(
        default=None,
        description="least `needed_growth` that the rounding of start and outcome leaves open",
    )
    needed_high: Decimal | None = Field(
        default=None, description="greatest such growth; both are empty where they are exact"
    )
    as_of: str | None = Field(
        default=None, description="the day of the assessment: YYYY-MM-DD; empty for one observation"
    )
    tolerance: Decimal | None = Field(
        default=None, description="share of the value that *about* allows"
    )
    accepted_low: Decimal | None = Field(
        default=None,
        description="the least outcome that *about* accepts; empty where less is better",
    )
    accepted_high: Decimal | None = Field(
        default=None,
        description="the greatest outcome that *about* accepts; empty where more is better",
    )
    method: str = Field(description="how outcome and target were compared")
    version: int = Field(description="version of the method")
    inputs: tuple[str, ...] = Field(description="keys of the records it was made from")
    caveats: tuple[Caveat, ...] = ()
    edition: str = Field(default="", description="edition of the data")

    def __repr__(self) -> str:
        return f"<Assessment {self.target}: {self.verdict}>"

    def _facts(self) -> tuple[str, list[tuple[str, str]]]:
        """Return the verdict with its mark, and what it is based on."""
        stated, outcome, start = self.stated, self.outcome, self.baseline
        preposition = "in" if stated.is_of_one_year else "by"
        preposition = "over" if stated.is_sum_over_years else preposition
        due = f"{stated.text()} {preposition} {stated.due()}"
        facts = [
            ("verdict", f"{labels.mark(self.verdict)} {word(self.verdict)}"),
            ("reason", word(self.reason) if self.reason else ""),
            ("target", f"{due}: {stated.plan}, tier {stated.tier}"),
            (
                "outcome",
                f"{' in '.join(outcome.dated(stated.form))}: {outcome.source}, tier {outcome.tier}"
                if outcome
                else "",
            ),
            ("gap", self.gap_text()),
            ("baseline", f"{start.text()} in {start.year}" if start else ""),
            ("pace", self._pace_text("en")),
            ("method", f"{self.method}, version {self.version}"),
        ]
        return f"{self.subject.region_en}, {self.subject.indicator_en}", facts

    @suggests(language="lang=")
    def text(self, lang: Language = "en") -> str:
        """Return the sentences of :meth:`explain` without caveats and inputs."""
        return labels.sentences(self._sentences(lang), lang)

    def _sentences(self, lang: Language) -> list[str]:
        texts = [
            self._target_text(lang),
            self._outcome_text(lang),
            self._reason_text(lang),
            self._tolerance_text(lang),
            self._vintage_text(lang),
            self._pace_text(lang) or self._start_text(lang),
            self._printed_score_text(lang),
            self._change_text(lang),
            self._range_text(lang),
            self._other_starts_text(lang),
            self._data_text(lang),
            self._needed_text(lang),
            self.hint(lang),
            self._unclassed_text(lang),
            self._others_text(lang),
            self._rivals_text(lang),
            self._document_text(lang),
        ]
        _, indicator = self.subject.names(lang)
        token = labels.counting(self.stated.unit, self.stated.counted)
        return [labels.unit_once(text, token, indicator, lang) for text in texts]

    def caveat_texts(self, lang: Language = "en") -> list[str]:
        """Return the caveats in words, some of which depend on what the result has."""
        own = self._own_caveats(lang)
        return [text for each in self.caveats if (text := own.get(each, word(each, lang)))]

    def _own_caveats(self, lang: Language) -> dict[Caveat, str]:
        """Return the words for caveats that depend on what the result has.

        They are empty for a caveat that the words for another one include.
        """
        own = {}
        if self.method == "computed":  # no text states the growth
            stated = (Caveat.SELF_REPORTED, Caveat.PRELIMINARY, Caveat.OUTCOME_APPROXIMATE)
            own = {caveat: say(f"explain.level_{caveat}", lang) for caveat in stated}
        has_computed_start = self.baseline is not None and self.baseline.is_computed
        if self.pace is None and self.baseline and self.baseline.source:  # its sentence says so
            own[Caveat.BASELINE_FROM_STATISTICS] = ""
        if has_computed_start:
            own[Caveat.DERIVED] = say("explain.derived", lang)
            own[Caveat.BASELINE_FROM_STATISTICS] = say("explain.start_not_of_text", lang)
        for caveat in (Caveat.PRELIMINARY, Caveat.OUTCOME_APPROXIMATE):
            if part := self._part_of(caveat):
                parts = say(f"ratio_part.is_{part}", lang)
                own[caveat] = say(f"explain.part_{caveat}", lang, parts=parts)
        if part := self._part_of(Caveat.SELF_REPORTED):
            own[Caveat.SELF_REPORTED] = ""
            text = own.get(Caveat.DERIVED, word(Caveat.DERIVED, lang))
            is_all = part == "both" and not has_computed_start
            name = "derived_of_both" if is_all else "derived_of_own"
            parts = say(f"ratio_part.{part}", lang)
            own[Caveat.DERIVED] = say(f"explain.{name}", lang, text=text, parts=parts)
        if self.rivals:
            own[Caveat.TARGET_CONFLICT] = say(f"explain.conflict_{self._rivalry}", lang)
        if self.pace is None:
            own[Caveat.VINTAGES_DISAGREE] = say("explain.vintages_disagree", lang)
        if self.one_vintage is not None:  # a sentence says what is computed on it
            own[Caveat.ONE_VINTAGE] = ""
        elif self.stated.is_change:
            own[Caveat.ONE_VINTAGE] = say("explain.change_on_one_vintage", lang)
        return own | self._caveats_with_names(lang)

    def _caveats_with_names(self, lang: Language) -> dict[Caveat, str]:
        """Return the words for caveats that name figures, indicators or differences."""
        own = {}
        if self.proxy is not None:
            own[Caveat.PROXY] = say("explain.proxy", lang, proxy=self._proxy_name(lang))
        if self.stated.form is Form.CUMULATIVE:
            own[Caveat.START_ASSUMED] = say("explain.first_year_assumed", lang)
        is_weak = self._figures_that(lambda figure: figure.tier is Tier.D, lang)
        if is_weak:
            own[Caveat.WEAK_SOURCE] = say("explain.weak_source", lang, figures=is_weak)
        for read, caveat in _FLAGGED.items():
            if names := self._figures_that(partial(_has_flag, read), lang):
                own[caveat] = say(f"explain.{caveat}", lang, figures=names)
        if self.differences:
            notes = [recognised(each, "difference") for each in self.differences]
            texts = [each.text(lang) if isinstance(each, Message) else each for each in notes]
            text = labels.joined(texts, lang, "parts")
            own[Caveat.DEFINITION_DIFFERS] = say("explain.definition_differs", lang, text=text)
        return own

    def _figures_that(
        self, applies: Callable[[Stated | Outcome | Baseline], bool], lang: Language
    ) -> str:
        """Return which of the shown figures something applies to; empty if to none."""
        figures = {"target": self.stated, "outcome": self.outcome, "start": self.baseline}
        names = [
            say(f"shown.{name}", lang)
            for name, figure in figures.items()
            if figure is not None and applies(figure)
        ]
        return labels.enumerated(names, lang)

    def _part_of(self, caveat: Caveat) -> str:
        """Return which part of a computed ratio a caveat applies to; empty if none."""
        outcome = self.outcome
        if outcome is None:
            return ""
        applies = (caveat in outcome.numerator_caveats, caveat in outcome.denominator_caveats)
        names = {(True, False): "numerator", (False, True): "denominator", (True, True): "both"}
        return names.get(applies, "")

    @property
    def _rivalry(self) -> str:
        """Whether another text of the plan gives another target, another document, or both."""
        names = {(True,): "of_text", (False,): "of_document", (False, True): "of_both"}
        return names[tuple(sorted({each.plan == self.stated.plan for each in self.rivals}))]

    def hint(self, lang: Language = "en") -> str:
        """Return what would decide the verdict; empty if there is one."""
        if self.reason is None:
            return ""
        stated, end = self.stated, self.stated.end_year
        parts, tier_parts = (
            _quoted_all(subjects, lang) for subjects in (self.missing_parts, self.tier_parts)
        )
        has_numbers = self.reason is Reason.OUTCOME_IS_A_BOUND and bool(self.others)
        reason = Reason.CONFLICTING_OUTCOMES if has_numbers else self.reason
        start, name = self.baseline, self._hint_name(reason)
        known = start.year if start and start.comparator.plain else None
        before = known or stated.before
        is_missing = before in self.missing_years
        is_early = self.as_of and self.as_of[:7].replace("-", ".") < self.edition[:7]
        missing = "start_alone" if known else "start_hidden" if is_early else "start_missing"
        with_start = missing if is_missing else "start"
        vintage = vintage_name(start.vintage, lang) if start and start.vintage else ""
        tiers = _tier_names(self.tiers, lang)
        part = "" if self.reason is Reason.CLASS_UNCLEAR else labels.part(stated.part, lang)
        lacks_start = reason is Reason.MISSING_BASELINE
        needs_end = not lacks_start or end in self.missing_years
        wanted = stated.wanted(lang, needs_start=not known, needs_end=needs_end)
        wanted = say("wanted.of_class", lang, figure=wanted, name=part) if part else wanted
        if stated.form is Form.RANK and reason in NOT_OVER and before + 1 < end:
            wanted = say("wanted.or_earlier_rank", lang, rank=wanted)
        hint = say(
            f"hint.{name}",
            lang,
            tiers=_tier_names(self.proxy_tiers, lang) or tiers,
            proxy=self._proxy_name(lang),
            parts=parts,
            before=before,
            end=end,
            year=self.tiers_year,
            proxy_year=self.proxy_year,
            figure=wanted,
            span=_any_year(stated.before + 1, end - 1, lang),
            open=_any_year(self.outcome.year if self.outcome and known else end, end, lang),
            start=say(f"hint.{with_start}", lang, before=before, vintage=vintage, day=self.as_of),
        )
        is_compared = not is_missing and (name.endswith("_pace") or stated.form in CHANGE_FORMS)
        undated = self._undated_text(lang)
        is_further = self.tiers and self.reason is not Reason.HELD_BACK_BY_TIER
        in_tier = ("", "tier_part", "tier_parts")[len(self.tier_parts)]
        in_tier = "tier_has_outcome" if lacks_start and self.tiers_year else in_tier
        further = [
            say("hint.of_vintage", lang, vintage=vintage) if vintage and is_compared else "",
            say(
                f"hint.{in_tier}",
                lang,
                tiers=tiers,
                end=end,
                year=self.tiers_year,
                tier_parts=tier_parts,
            )
            if is_further and in_tier
            else "",
            say("hint.undated_decides", lang, end=end, undated=undated) if undated else "",
        ]
        return labels.joined([hint, *further], lang, "parts")

    def _hint_name(self, reason: Reason) -> str:
        """Return the name of the message of the hint for a reason."""
        is_beyond = self.baseline and Caveat.BASE_BEYOND_TARGET in self.caveats
        names: list[tuple[object, str]] = [
            (is_beyond, Reason.BASE_BEYOND_TARGET),
            (self.proxy_tiers and self._proxy_is_early, "proxy_in_tier_awaiting"),
            (self.proxy_tiers, "proxy_in_tier"),
            (self.proxy_year == self.stated.end_year, "proxy"),
            (self._proxy_is_early, "proxy_awaiting"),
            (self.proxy_year, "proxy_pace"),
            (self.missing_parts, "parts" if len(self.missing_parts) > 1 else "part"),
            (self._lacks_start_year, "no_start_year"),
            (reason is Reason.MISSING_BASELINE and self.stated.is_change, "missing_change"),
            (self._needs_the_year(reason) and self.tiers_meet, f"{reason}_past"),
            (self._needs_the_year(reason), f"{reason}_due"),
            (reason is Reason.OUTCOME_IS_A_BOUND and self.stated.has_open_start, "open_sum"),
            (reason is Reason.NO_YEAR_OVER and self._may_be_beyond, "no_year_over_open"),
            (reason in NOT_OVER and self.stated.has_pace, f"{reason}_pace"),
        ]
        return next((name for applies, name in names if applies), reason)

    @property
    def _proxy_is_early(self) -> bool:
        """Whether the target year is over, and a proxy has earlier years only."""
        return self._is_over and (self.proxy_year or self.stated.end_year) < self.stated.end_year

    @property
    def _may_be_beyond(self) -> bool:
        """Whether a level that shows a pace lacks its start, which may be at the target already."""
        return self.stated.has_pace and self.stated.form is Form.LEVEL and self.baseline is None

    def _proxy_name(self, lang: Language) -> str:
        """Return the name of the proxy, and over how many years it is added up."""
        name, years = labels.name(self, lang, "proxy"), self.proxy_years
        is_sum = years is not None and years > 1
        return say("explain.added_up", lang, proxy=name, years=years) if is_sum else name

    @property
    def _lacks_start_year(self) -> bool:
        """Whether earlier years may be of the period, of which no year is known but the last."""
        stated = self.stated
        years = years_of(stated.period)
        is_open = self.reason is Reason.NO_YEAR_OVER and not stated.is_change
        may_be_longer = years is None or years[0] < stated.end_year
        return is_open and not stated.start_year and may_be_longer

    @property
    def _is_over(self) -> bool:
        """Whether the target year is before the day of the assessment."""
        return self.as_of is not None and self.stated.end_year < int(self.as_of[:4])

    def _needs_the_year(self, reason: Reason) -> bool:
        """Return whether the figure of the target year, which is over, is missing as well."""
        is_held_back = reason is Reason.HELD_BACK_BY_TIER and self._is_over
        end = self.stated.end_year
        return is_held_back and (self.tiers_year or end) < end

    def names(self, lang: Language = "en") -> tuple[str, str]:
        """Return region and indicator; after it in brackets, the part it is about and its printed name.

        The name of the indicator claims no class that the text of the target leaves open.
        """
        region, indicator = self.subject.names(lang)
        stated = self.stated
        if stated.open_name_en:
            indicator = labels.name(stated, lang, "open_name")
        part = labels.part(stated.part, lang)
        if stated.printed_name and stated.printed_name != indicator:
            inner = stated.printed_name.translate(_INNER_QUOTES)  # the whole name is quoted
            printed = say("explain.printed_name", lang, name=inner)
            part = labels.joined([part, printed], lang, "counts")
        return region, labels.in_brackets(indicator, part, lang)

    def gap_text(self, lang: Language = "en", *, with_unit: bool = True) -> str:
        """Return the gap with its sign, and its unit unless that is in the head of a table."""
        if self.gap is None or self.gap_unit is None:
            return ""
        shows_unit = flag("with_unit", with_unit)
        return signed(self.gap, self._gap_token, lang, with_unit=shows_unit)

    @property
    def _gap_token(self) -> str:
        """The unit of the gap with what is counted in it."""
        return labels.counting(self.gap_unit or "", self.stated.counted)

    def _target_text(self, lang: Language) -> str:
        region, indicator = self.names(lang)
        stated = self.stated
        name = "target_of_year" if stated.is_of_one_year else "target"
        name = "target_of_years" if stated.is_sum_over_years else name
        return say(
            f"explain.{'target_of_annual_plan' if stated.is_of_annual_plan else name}",
            lang,
            region=region,
            indicator=indicator,
            stated=stated.text(lang),
            year=stated.due(lang),
            verdict=word(self.verdict, lang),
        )

    def _outcome_text(self, lang: Language) -> str:
        if self.outcome is None:
            return ""
        parts = [self._figure_text(self.outcome, lang), self._distance_text(lang)]
        return labels.joined(parts, lang, "counts")

    def _distance_text(self, lang: Language) -> str:
        """Return the gap as a part of a sentence; empty where there is none."""
        gap, unit = self.gap, self.gap_unit
        if gap is None or unit is None:
            return ""
        is_range = self.stated.value_high is not None
        low, high = self.gap_low, self.gap_high
        is_coarse = low is not None and high is not None and _is_coarse(gap, low, high)
        if gap:
            name = "above" if gap > 0 else "below"
            name = f"{name}_range" if is_range else name
            if self.stated.form is Form.RANK:  # a lower rank is better
                name = "behind" if gap > 0 else "ahead"
            about = labels.bounded(Comparator.ABOUT, gap.copy_abs(), None, self._gap_token, lang)
            size = about if is_coarse else self._gap_size(self._shown_gap(gap, lang), lang)
            text = say(f"explain.{name}", lang, gap=size)
        else:
            text = say("explain.within" if is_range else "explain.equal", lang)
        return labels.brackets(text, self._gap_range(lang) if is_coarse else "", lang)

    def _shown_gap(self, gap: Decimal, lang: Language) -> Decimal:
        """Return a gap with no more decimals than the figures that it is between are printed with."""
        outcome, stated = self.outcome, self.stated
        if outcome is None or outcome.unit != stated.unit:
            return gap
        shown, _ = labels.shortened(None, outcome.value, None, token=stated.unit, lang=lang)
        places = max(decimals_of(shown), decimals_of(stated.value))
        return Decimal(fixed(gap, places)) or gap

    def _gap_size(self, gap: Decimal, lang: Language) -> str:
        """Return a gap without its sign, as coarse as its figures are printed."""
        if self.gap_unit == "rank" or self.outcome is None:
            return _size(gap, self._gap_token, lang)
        precision = self.outcome.precision  # a target is exact
        return labels.amount(gap.copy_abs(), self._gap_token, lang, precision=precision)

    def _gap_range(self, lang: Language) -> str:
        """Return the gaps that rounding leaves open."""
        low, high = self.gap_low or Decimal(), self.gap_high or Decimal()
        if low < 0 < high:
            sizes = {"below": self._gap_size(low, lang), "above": self._gap_size(high, lang)}
            return say("explain.either_side", lang, **sizes)
        ends = sorted((abs(low), abs(high)))
        return _range_by_rounding(*ends, unit=self._gap_token, lang=lang)

    def _reason_text(self, lang: Language) -> str:
        reason = word(self.reason, lang) if self.reason else ""
        if self._lacks_start_year:
            reason = say("explain.no_start_year", lang, year=self.stated.end_year)
        if self.reason is Reason.OUTSIDE_PERIOD and self.stated.part:
            reason = say("explain.class_outside", lang)
        if self.reason is Reason.OUTSIDE_PERIOD and self.has_parts_only:
            reason = say("explain.parts_outside", lang)
        if self.reason is Reason.UNDATED and self.undated is None:
            reason = say("explain.undated_outside", lang)
        if self.reason is Reason.HELD_BACK_BY_TIER and self.tier_parts:
            reason = say("explain.held_back_parts", lang, parts=_quoted_all(self.tier_parts, lang))
        if self.unclassed is not None and not self.stated.is_class_unclear:
            reason = say("explain.figure_class_unclear", lang)
        if self.reason is Reason.CLASS_UNCLEAR and self.as_of and not self._is_over:
            end = self.stated.end_year
            reason = say("explain.not_over_either", lang, reason=reason, end=end)
        if self.scopes:
            scopes = [_class_name(each, lang) for each in self.scopes]
            part = _class_name(self.stated.part, lang)
            reason = say(
                "explain.scopes", lang, part=part, scopes=labels.joined(scopes, lang, "and")
            )
        if self.reason is Reason.OUTCOME_IS_A_BOUND and self.outcome:
            name = _bound_name(self.outcome, self.stated)
            reason = say(f"explain.{name}", lang, year=self.stated.end_year) if name else reason
        if self.reason is Reason.OTHER_FORM_OR_SPAN:
            reason = labels.joined([reason, self._other_forms_text(lang)], lang, "parts")
        return reason[:1].upper() + reason[1:]

    def _start_text(self, lang: Language) -> str:
        """Return the starting value, where no pace says it, and whether it is from the plan."""
        start = self.baseline
        if start is None:
            return ""
        text = say("explain.start", lang, start=start.text(lang, in_full=True), year=start.year)
        if not start.source or not (start.is_computed or start.is_of_others):
            return text
        name = "computed_from_parts" if start.is_computed else "from_other_source"
        if start.is_computed and Caveat.DERIVED in self.caveats:  # it says the rest
            name = "computed_from"
        return labels.in_brackets(text, _source_text(start, lang, f"explain.{name}"), lang)

    def _change_text(self, lang: Language) -> str:
        """Return what start and outcome show of the change between them."""
        revised = self._revision_text(lang)
        if revised or not self.rounding_hides_change:
            return revised
        return say("explain.within_rounding", lang)

    def _revision_text(self, lang: Language) -> str:
        """Return the size of a revision, and whether it is larger than the change that is shown."""
        revision, start, now = self.revision, self.baseline, self.outcome
        if (
            revision is None
            or self.revised is None
            or start is None
            or now is None
            or not same_measure(start.unit, now.unit)
        ):
            return ""
        first = convert(start.value, start.unit, now.unit)
        if not first:  # a ratio of zero is zero whatever its denominator
            return ""
        change = EXACT.divide(now.value - first, first)
        revised = say(
            f"explain.revised_{'up' if revision > 0 else 'down'}",
            lang,
            part=_quoted(self.revised, lang),
            year=start.year,
            share=_about(abs(revision) * 100, lang),
        )
        points = difference_unit(now.unit)
        is_share = points == "percentage_point"
        size = (
            _size(now.value - first, points, lang)
            if is_share
            else _size(Decimal(fixed(change * 100, 1)), "percent", lang)
        )
        difference = say(f"explain.{'less' if change < 0 else 'more'}", lang, size=size)
        name = "revised_more" if abs(change) < abs(revision) else "revised"
        return say(f"explain.{name}", lang, revised=revised, change=difference)

    def _others_text(self, lang: Language) -> str:
        """Return the further figures that a caveat or the reason is about, with their sources."""
        if self.outcome is None:
            return ""
        return _figures_text("others", self.others, self.outcome.year, lang)

    def _other_starts_text(self, lang: Language) -> str:
        """Return the other figures of the year of the start, with their sources."""
        if self.baseline is None:
            return ""
        return _figures_text("other_starts", self.other_starts, self.baseline.year, lang)

    def _rivals_text(self, lang: Language) -> str:
        """Return the other figures that are stated for the target, with their documents."""
        of_plan = [
            labels.brackets(each.text(lang), each.document_text(lang), lang)
            for each in self.rivals
            if each.plan == self.stated.plan
        ]
        of_others = [
            say(
                "explain.rival_document",
                lang,
                title=each.plan_title(lang).translate(_INNER_QUOTES),
                issued=labels.brackets("", each.issued or "", lang),
                figure=each.text(lang),
                year=each.due(lang),
            )
            for each in self.rivals
            if each.plan != self.stated.plan
        ]
        name = "rival" if len(of_plan) == 1 else "rivals"
        texts = [_listed(f"explain.{name}", of_plan, lang), *dict.fromkeys(of_others)]
        return labels.joined(texts, lang, "parts")

    def _figure_text(self, outcome: Outcome, lang: Language) -> str:
        """Return the outcome with its year; growth and increases with their form and years."""
        figure, years = outcome.dated(self.stated.form, lang, shows_rounding=True)
        if self.stated.is_net and outcome.level is not None:  # the difference of two levels is net
            figure = say("stated.net", lang, figure=figure)
        has_verb = figure[0].isalpha()  # "above 3%", but "3% or more"
        name = "change" if self.stated.is_change else "bound" if has_verb else "outcome"
        text = say(f"explain.{name}", lang, outcome=figure, years=years)
        is_revised = outcome.is_revised and outcome.vintage
        vintage = vintage_name(outcome.vintage or "", lang) if is_revised else ""
        parts = [outcome.level_text(lang), vintage]
        return labels.brackets(text, labels.joined(parts, lang, "counts"), lang)

    def _tolerance_text(self, lang: Language) -> str:
        """Return what *about* allows."""
        if self.tolerance is None or self.outcome is None:
            return ""
        low, high = self.accepted_low, self.accepted_high
        if low is None and high is None:
            return ""
        comparator = Comparator.BETWEEN
        if low is None or high is None:
            comparator = Comparator.AT_MOST if low is None else Comparator.AT_LEAST
            low, high = (high if low is None else low), None
        accepted = self.stated.model_copy(
            update={"comparator": comparator, "value": low, "value_high": high}
        )
        share = plain(self.tolerance * 100)
        return say("explain.tolerance", lang, share=share, accepted=accepted.text(lang))

    def _pace_text(self, lang: Language) -> str:
        if self.pace is None or self.baseline is None:
            return ""
        progress, one = self.progress or Decimal(), self.one_vintage
        printed = self.baseline.text(lang, in_full=True)
        away = "fell" if self.pace.required > 0 else "rose"
        is_rate = self.pace.unit == "percent_per_year"
        way = "passed_up" if self.pace.required > 0 else "passed_down"
        way = way if progress > 1 else "covered"
        rates = "rate_required" if self._shows_growth else "rates"
        return say(
            f"explain.{rates if is_rate else away if progress < 0 else way}",
            lang,
            observed=labels.amount(Decimal(fixed(self.pace.observed, 2)), "percent", lang),
            required=labels.amount(Decimal(fixed(self.pace.required, 2)), "percent", lang),
            start=labels.amount(one.start, self.stated.unit, lang) if one else printed,
            year=self.baseline.year,
            share=fixed(abs(progress) * 100, 0),
            method=self.pace.name(lang),
            score=self.pace.text,
            threshold=plain(self.pace.threshold),
        )

    @property
    def _shows_growth(self) -> bool:
        """Whether the outcome is the growth since the start that the pace compares."""
        outcome, start = self.outcome, self.baseline
        if outcome is None or start is None or self.stated.form is not Form.AVERAGE_GROWTH:
            return False
        return outcome.start_year == start.year + 1

    def _range_text(self, lang: Language) -> str:
        ends = self.pace.ends if self.pace else None
        return say("explain.score_range", lang, low=ends[0], high=ends[1]) if ends else ""

    def _vintage_text(self, lang: Language) -> str:
        figures, start, now = self.one_vintage, self.baseline, self.outcome
        if figures is None or start is None or now is None:
            return ""
        pairs = (figures.start, start), (figures.outcome, now)
        used = [labels.amount(value, self.stated.unit, lang) for value, _ in pairs]
        printed = [figure.text(lang) for _, figure in pairs]
        text = say(
            "explain.one_vintage",
            lang,
            vintage=vintage_name(figures.vintage, lang),
            start=used[0],
            outcome=used[1],
            year=start.year,
            now=now.year,
        )
        if used == printed:
            return text
        others = say("explain.as_printed", lang, start=printed[0], outcome=printed[1])
        return labels.brackets(text, others, lang)

    def _printed_score_text(self, lang: Language) -> str:
        """Return the pace score of the printed figures, where that on one vintage is another one."""
        score = self.one_vintage.printed_score if self.one_vintage else None
        text = "" if score is None else fixed(score, 2)
        is_same = self.pace is None or text in {"", fixed(self.pace.score, 2)}
        return "" if is_same else say("explain.printed_score", lang, score=text)

    def _document_text(self, lang: Language) -> str:
        """Return which text states the target."""
        if self.stated.document is None:
            return ""
        text = self.stated.document_text(lang)
        name = "recalled" if Flag.RECALLED in self.stated.flags else "document"
        return say(f"explain.{name}", lang, text=text, tier=self.stated.tier)

    def _data_text(self, lang: Language) -> str:
        """Return that the figure of the target year, which is over, is not in the data."""
        if self.verdict is not Verdict.AWAITING:
            return ""
        end, tiers = self.stated.end_year, _tier_names(self.tiers, lang)
        source = "part_in_tier" if self.tier_parts else "only_in_tier"
        parts = _quoted_all(self.tier_parts, lang)
        further = say(f"explain.{source}", lang, tiers=tiers, parts=parts, year=self.tiers_year)
        name = "undated" if self.undated else "not_in_data"
        undated, due = self._undated_text(lang), self.stated.due_figure(lang)
        missing = say(f"explain.{name}", lang, year=end, figure=due, undated=undated)
        others = self._other_forms_text(lang)
        is_there = self.tiers_year == end and not self.tier_parts
        is_left_out = is_there and not undated
        texts = ["" if is_left_out else missing, further if tiers else "", others]
        text = labels.joined(texts, lang, "parts")
        return text[:1].upper() + text[1:]

    def _other_forms_text(self, lang: Language) -> str:
        """Return the forms of the figures of the target year; empty if one is of the right form."""
        forms = labels.joined([each.text(lang) for each in self.other_forms], lang, "and")
        year = self.stated.end_year
        return say("explain.other_forms", lang, year=year, forms=forms) if forms else ""

    def _unclassed_text(self, lang: Language) -> str:
        """Return the figure whose text does not state what it counts; empty if there is none."""
        if self.unclassed is None:
            return ""
        figure, years = self.unclassed.dated(self.stated.form, lang)
        source = self.unclassed.source_facts(lang, has_key=False)
        text = say("figure.dated", lang, figure=figure, year=years)
        return say("explain.unclassed", lang, figure=labels.brackets(text, source, lang))

    def _undated_text(self, lang: Language) -> str:
        """Return the figure without a year that would decide; empty if there is none."""
        return self.undated.text_with_source(lang, has_key=False) if self.undated else ""

    def _needed_text(self, lang: Language) -> str:
        """Return the growth a year that the target requires from the outcome on."""
        growth, unit = self.needed_growth, self.needed_unit
        if growth is None or unit is None or self.outcome is None:
            return ""
        figure = self._needed_figure(growth, unit, lang)
        stated = self.stated
        name = "needed_average" if stated.form is Form.AVERAGE_GROWTH else "needed"
        is_of_printed = self.one_vintage is None  # else the growth is from another figure
        return say(
            f"explain.{name}_next"
            if self._is_last_year_left and is_of_printed
            else f"explain.{name}",
            lang,
            since=self._since_text(self.outcome.year, lang),
            end=stated.end_year,
            growth=figure,
            average=labels.amount(stated.value, "percent", lang),
            years=stated.due(lang),
        )

    def _needed_figure(self, growth: Decimal, unit: str, lang: Language) -> str:
        """Return a needed growth, with what rounding leaves open of it where that is much."""
        is_rate, is_next = unit == "percent_per_year", self._is_last_year_left
        average = Form.ANNUAL_GROWTH if is_next else Form.AVERAGE_GROWTH
        form = average if is_rate else Form.INCREMENT
        number, *ends = (
            Decimal(fixed(each, 1 if is_rate else 2)) or rounded(each, 2)
            for each in (growth, self.needed_low, self.needed_high)
            if each is not None
        )
        is_coarse = bool(ends) and _is_coarse(number, *ends)
        comparator = Comparator.ABOUT if is_coarse else Comparator.BETWEEN
        figure = labels.stated(form, comparator, number, None, unit, lang=lang)
        if not is_rate:
            figure = figure if is_next else say("explain.a_year", lang, figure=figure)
            figure = say(f"explain.{'rise' if number > 0 else 'fall'}", lang, figure=figure)
            ends = sorted(map(abs, ends))
        shown = "percent" if is_rate else unit
        open_range = _range_by_rounding(*ends, unit=shown, lang=lang) if is_coarse else ""
        return labels.brackets(figure, open_range, lang)

    @property
    def _is_last_year_left(self) -> bool:
        """Whether the target year is the one after that of the outcome."""
        return self.outcome is not None and self.stated.end_year == self.outcome.year + 1

    def _since_text(self, year: int, lang: Language) -> str:
        """Return the year of the outcome, with its figure where that is not the printed one."""
        if self.one_vintage is None:
            return say("period.annual", lang, year=year)
        figure = labels.amount(self.one_vintage.outcome, self.stated.unit, lang)
        return say("figure.dated", lang, figure=figure, year=year)


def _source_text(figure: Outcome | Baseline, lang: Language, message: str) -> str:
    """Return a message on the documents that a figure is from, and their tier.

    A ratio has those of numerator and denominator; if their tiers differ, each has its own.
    """
    documents = (
        (figure.document, figure.source),
        (figure.further_document, figure.further_source),
    )
    known = [
        (document.text(lang) if document else code, document and document.tier)
        for document, code in documents
        if code
    ]
    tiers = [say("explain.of_tier", lang, tier=tier or figure.tier) for _, tier in known]
    names = [name for name, _ in known]
    if len(names) > 1:  # the names have commas
        names = [say("figure.quoted", lang, name=name.translate(_INNER_QUOTES)) for name in names]
    if len(set(tiers)) > 1:
        names = list(map(labels.brackets, names, tiers, [lang] * len(names)))
    text = say(message, lang, source=labels.joined(names, lang, "and"))
    return text if len(set(tiers)) > 1 else labels.joined([text, tiers[0]], lang, "counts")


def _bound_name(outcome: Outcome, stated: Stated) -> str:
    """Return the name of the message on an outcome that is no number, by its side; empty for ranks."""
    if stated.has_open_start and outcome.comparator.plain:
        return "sum_is_a_bound"
    if stated.form is Form.RANK:  # a lower number is a better rank, so "lower" says too little
        return ""
    if outcome.comparator is Comparator.BETWEEN:
        return "outcome_is_a_range"
    sides = {Direction.UP: "lower", Direction.DOWN: "upper"}
    side = sides.get(outcome.comparator.side)
    return f"outcome_is_{side}_bound" if side else ""


def _years(start: int, end: int, lang: Language) -> str:
    """Return a span of years; one year where it has only one."""
    return str(end) if start == end else say("explain.years", lang, start=start, end=end)


def _any_year(start: int, end: int, lang: Language) -> str:
    """Return the choice between the years of a span."""
    if start == end:
        return str(end)
    name = "either_year" if start + 1 == end else "any_year"
    return say(f"explain.{name}", lang, start=start, end=end)


def _quoted(subject: Subject, lang: Language) -> str:
    """Return the name of an indicator in quotation marks."""
    return say("figure.quoted", lang, name=subject.names(lang)[1])


def _class_name(part: str, lang: Language) -> str:
    """Return the words for a class; for none, that it is the whole."""
    name = labels.part(part, lang)
    return say("explain.class", lang, name=name) if part else say("explain.whole", lang)


def subject_of(region: Region, indicator: Indicator) -> Subject:
    """Return the subject of a result on an indicator of a region."""
    return Subject(
        region=region.code,
        region_en=region.name_en,
        region_zh=region.name_zh,
        region_short_zh=region.short_zh,
        indicator=indicator.code,
        indicator_en=indicator.name_en,
        indicator_zh=indicator.name_zh,
    )


def vintage_name(code: str, lang: Language) -> str:
    """Return the words for a vintage; one of your own has its own name."""
    return say(f"vintage.{code}", lang) if code in keys("vintage") else code


def region_order(region: Region) -> tuple[int, str]:
    """Return the key to sort regions by: the nation, then provinces, then cities, by code."""
    return _KINDS.index(region.kind), region.code


def caveats_of(record: Target | Observation, *, is_start: bool = False) -> tuple[Caveat, ...]:
    """Return what a reader of a result should know about a record; of a start, nothing of outcomes."""
    conditions = [
        (record.citation.source.tier is Tier.D, Caveat.WEAK_SOURCE),
        (record.erratum is not None, Caveat.CORRECTED_FIGURE),
    ]
    if isinstance(record, Target):
        conditions.append((record.plan.is_draft, Caveat.DRAFT))
    else:
        conditions = [
            (record.self_reported is True and not is_start, Caveat.SELF_REPORTED),
            (record.comparator.approximate and not is_start, Caveat.OUTCOME_APPROXIMATE),
            (record.status is Status.PRELIMINARY and not is_start, Caveat.PRELIMINARY),
            (record.status is Status.DEFINITION_DIFFERS, Caveat.DEFINITION_DIFFERS),
            *conditions,
        ]
    return (*(caveat for applies, caveat in conditions if applies), *readings(record))


def _has_flag(flag: Flag, figure: Stated | Outcome | Baseline) -> bool:
    return flag in figure.flags


def readings(record: Target | Observation) -> tuple[Caveat, ...]:
    """Return caveats on what was read into the text of a figure: a base, a year, a unit."""
    return tuple(caveat for flag, caveat in _FLAGGED.items() if flag in record.flags)


def reason_of(error: GrowthError) -> Reason:
    """Return the reason code of arithmetic that is not defined."""
    return Reason(error.reason) if error.reason in list(Reason) else Reason.ONE_POINT


def signed(gap: Decimal, unit: str, lang: Language, *, with_unit: bool = True) -> str:
    """Return a difference with its sign, and its unit unless the reader has that already."""
    sign = "-" if gap < 0 else "+" if gap else ""
    return sign + (
        _size(gap, unit, lang) if with_unit else labels.number(gap.copy_abs(), unit, lang)
    )


def _is_coarse(size: Decimal, low: Decimal, high: Decimal) -> bool:
    """Return whether rounding leaves open more of a difference than its digits say, and much of it."""
    half_width = max(size - low, high - size)
    shown, _ = labels.shortened(None, size, None)
    return half_width > max(half_unit(Decimal(plain(shown))), _COARSE * size.copy_abs())


def _range_by_rounding(low: Decimal, high: Decimal, *, unit: str, lang: Language) -> str:
    """Return what rounding leaves open of a difference."""
    figure = labels.bounded(None, low, high, unit, lang)
    return say("explain.by_rounding", lang, figure=figure)


def _about(percent: Decimal, lang: Language) -> str:
    """Return a percentage as the rounding of printed ratios lets one know it: about 7%."""
    known = Decimal(fixed(percent, 0 if percent >= _WHOLE else 1))
    return labels.bounded(Comparator.ABOUT, known, None, "percent", lang)


def _size(gap: Decimal, unit: str, lang: Language) -> str:
    """Return a difference without its sign."""
    size = gap.copy_abs()
    return labels.places(size, lang) if unit == "rank" else labels.amount(size, unit, lang)


def _quoted_all(subjects: Iterable[Subject], lang: Language) -> str:
    """Return the names of indicators in quotation marks."""
    return labels.joined([_quoted(each, lang) for each in subjects], lang, "and")


def _figures_text(name: str, figures: Sequence[Outcome], year: int, lang: Language) -> str:
    """Return a sentence with figures and their sources; empty if there are none."""
    texts = [each.text_with_source(lang) for each in figures]
    name = f"{name}_one" if len(texts) == 1 else name
    return _listed(f"explain.{name}", texts, lang, year=year)


def _tier_names(tiers: Sequence[Tier], lang: Language) -> str:
    """Return tiers as they are named in a sentence: "tier D", "tiers B and D"."""
    name = "tier" if len(tiers) == 1 else "tiers"
    return say(f"explain.{name}", lang, tiers=labels.enumerated(tiers, lang)) if tiers else ""


def _listed(message: str, texts: Sequence[str], lang: Language, **values: object) -> str:
    """Return a sentence with a list of texts; empty if there are none."""
    if not texts:
        return ""
    return say(message, lang, text=labels.joined(texts, lang, "parts"), **values)


def basis_facts(
    caveats: Iterable[str], inputs: Iterable[str], edition: str = ""
) -> list[tuple[str, str]]:
    """Return what a notebook shows at the end of every result: the words for its caveats, inputs and edition."""
    return [
        ("note", "; ".join(caveats)),
        ("based on", "; ".join(inputs)),
        ("data edition", edition),
    ]


def fields_of(kind: type[BaseModel], record: Any, **others: Any) -> dict[str, Any]:
    """Return the fields of a model that a record has, together with other values."""
    names = kind.model_fields.keys() - others.keys()
    return {name: getattr(record, name) for name in names if hasattr(record, name)} | others
