"""The result of a comparison: rows that are read again without a dataset.

Every row contains its figure, what it was compared with, why it is tied or has no rank, and the
keys of the records that it was made from.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Self

from pydantic import Field, TypeAdapter

from ..codelists import Caveat, Comparator, Direction, Form, Reason, Tier
from ..dataset.results import Results, read_json
from ..errors import expect
from ..records.fields import UnitText
from ..text import labels
from ..text.messages import Language, heads, say, short, word
from ..text.tables import Sheet, facts_html
from ..units.decimals import EXACT, plain
from ..units.interval import Tie, decimals_of
from .comparability import Measure
from .results import Against, ResultPart, basis_facts, vintage_name

_MIXED = (Caveat.VINTAGES_MIXED, Caveat.REVISED_BETWEEN)
_HEADS = ("rank", "region", "figure", "note", "text", "tier")
_HEADS_WITH_BASE = ("rank", "region", "figure", "against", "note", "text", "tier")


class PrintedFigure(ResultPart):
    """The figure as it is printed."""

    form: Form
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None = None
    unit: UnitText
    counted: str | None = Field(
        default=None, description="what is counted in `unit`, if it is named"
    )
    start_year: int | None = None
    year: int | None = None
    outcome: bool = Field(description="whether it was observed; else it is a target")

    def text(self, lang: Language = "en") -> str:
        """Return the figure with its comparator, and its form unless it is a level."""
        comparator = self.comparator
        if self.outcome and comparator is Comparator.REACH:
            comparator = Comparator.BETWEEN  # an outcome does not "reach" its value: it is it
        token = labels.counting(self.unit, self.counted)
        return labels.stated(self.form, comparator, self.value, self.value_high, token, lang=lang)


class ComparisonRow(ResultPart):
    """One figure of one region, its rank, and all that the rank is based on."""

    rank: int | None = Field(
        default=None,
        description="one more than the regions surely ahead; None where `reason` says why",
    )
    rank_last: int | None = Field(
        default=None, description="the last rank it may have; above `rank` where it is tied"
    )
    region: str
    region_en: str
    region_zh: str | None = None
    region_short_zh: str | None = Field(default=None, description="as texts print the region")
    indicator: str
    value: Decimal | None = Field(default=None, description="the compared figure, in `unit`")
    value_high: Decimal | None = Field(
        default=None, description="upper end, where a range is stated"
    )
    low: Decimal | None = Field(
        default=None, description="least it may mean; None is open or not known"
    )
    high: Decimal | None = Field(
        default=None, description="most it may mean; None is open or not known"
    )
    comparator: Comparator
    stated: PrintedFigure
    against: Against | None = None
    tie_reason: Tie | None = Field(
        default=None, description="why the rank is not one: equal, comparator or rounding"
    )
    reason: Reason | None = Field(default=None, description="why there is no rank")
    ranked: str | None = Field(
        default=None,
        description="plan or source of the figure of the region that is ranked instead of this one",
    )
    on_one_vintage: Decimal | None = Field(
        default=None,
        description="the figure in the unit of `stated` that the value is computed from, where that "
        "is not the printed one",
    )
    vintage: str | None = Field(default=None, description="vintage of the figure that is used")
    caveats: tuple[Caveat, ...] = ()
    tier: Tier
    plan: str | None = None
    source: str
    inputs: tuple[str, ...] = Field(description="keys of the records, and the factor if one was")

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the rank, and what it is based on."""
        facts = [
            ("rank", self.rank_text() or "none"),
            ("figure", self.figure_text()),
            ("compared with", self.against.text() if self.against else ""),
            ("reason", self.reason_text()),
            ("tier", str(self.tier)),
            *basis_facts(map(word, self.caveats), self.inputs),
        ]
        return facts_html(f"{self.region_en}, {self.indicator}", facts)

    def name(self, lang: Language = "en") -> str:
        """Return the region in a language, in English if Chinese is missing."""
        return labels.name(self, lang, "region_short", "region")

    def rank_text(self) -> str:
        """Return the rank, or the first and the last rank; empty if there is none."""
        if self.rank is None:
            return ""
        return str(self.rank) if self.rank == self.rank_last else f"{self.rank}–{self.rank_last}"

    def figure_text(self, lang: Language = "en") -> str:
        """Return the figure that the value is computed from: as printed, or on one vintage."""
        if self.on_one_vintage is None:
            return self.stated.text(lang)
        return labels.amount(self.on_one_vintage, self.stated.unit, lang)

    def note_text(self, lang: Language = "en") -> str:
        """Return why there is a tie or no rank, and the printed figure where another one is used."""
        why = short(self.reason, lang) if self.reason else self.reason_text(lang)
        if self.ranked:
            why = say("comparison.other_figure", lang, ranked=self.ranked)
        mixed = [short(caveat, lang) for caveat in self.caveats if caveat in _MIXED]
        is_printed = self.on_one_vintage is None
        printed = self.stated.text(lang)
        used = "" if is_printed else say("comparison.one_vintage", lang, printed=printed)
        return labels.joined([why, used, *mixed], lang)

    def reason_text(self, lang: Language = "en") -> str:
        """Return why the rank is a tie, or missing; empty if it is neither."""
        if self.reason is not None:
            return word(self.reason, lang)
        return say(f"tie.{self.tie_reason}", lang) if self.tie_reason else ""


class ComparisonFields(ResultPart):
    """What all rows of a comparison have in common."""

    measure: Measure
    method: str = Field(description="how the measure was computed")
    version: int = Field(description="version of the method")
    indicator: str
    indicator_en: str
    indicator_zh: str | None = None
    form: Form
    year: int | None = Field(description="end year of the targets, or year of the outcomes")
    unit: UnitText = Field(description="unit of the values; growth in points is in points a year")
    direction: Direction = Field(description="down: the lowest is first")
    tolerance: Decimal = Field(description="share of the value that *about* leaves open")
    lacking: tuple[str, ...] = Field(
        default=(), description="arguments that would give values to compare with that are missing"
    )
    left_out: tuple[str, ...] = Field(
        default=(),
        description="indicators and regions that `where` was asked for, without a figure",
    )
    edition: str = Field(default="", description="edition of the data")


class _Document(ComparisonFields):
    rows: tuple[ComparisonRow, ...]


class Comparison(Results[ComparisonRow]):
    """Figures of several regions, the best first; those without a rank at the end.

    The attributes are those of :class:`ComparisonFields`.
    """

    kind = ComparisonRow
    noun = "comparison_row"
    counted = "reason"

    shared: ComparisonFields
    measure: Measure
    method: str
    version: int
    indicator: str
    indicator_en: str
    indicator_zh: str | None
    form: Form
    year: int | None
    unit: str
    direction: Direction
    tolerance: Decimal
    lacking: tuple[str, ...]
    left_out: tuple[str, ...]

    def __init__(self, rows: Iterable[ComparisonRow], shared: ComparisonFields) -> None:
        expect("shared", shared, "measure", "what the rows have in common")
        self.shared = shared
        super().__init__(rows, shared.edition)
        vars(self).update(shared)

    def counts(self) -> dict[Reason | None, int]:
        """Return how many figures have no rank for each reason; None: how many have a rank."""
        return super().counts()

    def sheet(self, lang: Language = "en") -> Sheet:
        """Return one row per figure: rank, value, what it was compared with, and its source."""
        with_base = self.measure != "value"
        rank, region, *others = heads(_HEADS_WITH_BASE if with_base else _HEADS, lang)
        rows = [self._cells(row, lang, with_base=with_base) for row in self]
        return Sheet((rank, region, self._value_head(lang), *others), rows, right=(0, 2))

    def summary(self, lang: Language = "en") -> str:
        """Return what was compared, the vintages, the order, and how many regions have a rank."""
        vintages = {row.vintage for row in self if row.rank is not None and row.vintage}
        arguments = [say(f"comparison.{name}", lang) for name in self.lacking]
        lacking = "comparison.lacking_ratio" if self.measure == "ratio" else "comparison.lacking"
        parts = [
            labels.name(self, lang, "indicator"),
            str(self.year) if self.year else "",
            labels.joined([vintage_name(code, lang) for code in sorted(vintages)], lang),
            say(f"order.{self.direction}", lang),
            self._ranked_text(lang),
            say(lacking, lang, arguments=labels.joined(arguments, lang, "and"))
            if arguments
            else "",
            self._left_out_text(lang),
            say("edition.of", lang, edition=self.edition) if self.edition else "",
        ]
        return labels.joined(parts, lang, "parts")

    def _ranked_text(self, lang: Language) -> str:
        """Return how many regions of the whole have a rank, and how many figures it has if more."""
        rows = self._all or self._rows  # also those that were not chosen
        count = len({row.region for row in rows})
        regions = labels.counted("region", count, lang)
        ranked = len({row.region for row in rows if row.rank is not None})
        text = say("comparison.ranked", lang, ranked=ranked, regions=regions)
        figures = labels.counted("figure", len(rows), lang) if len(rows) > count else ""
        return labels.brackets(text, figures, lang)

    def _left_out_text(self, lang: Language) -> str:
        """Return of which indicators and regions there is no figure; empty if of none."""
        shown = [self._name_of(code, lang, "region", "indicator") for code in self.left_out]
        names = labels.joined(shown, lang, "items")
        return say("comparison.left_out", lang, names=names) if names else ""

    def html(self, lang: Language = "en") -> str:
        """Return the first ranks as an HTML table, with the line about all figures."""
        return self.sheet(lang).html(self.summary(lang))

    def json(self) -> str:
        """Return the comparison as a JSON object, which :meth:`from_json` reads."""
        return _Document(**dict(self.shared), rows=tuple(self)).model_dump_json(indent=2)

    @classmethod
    def _json_type(cls, kind: Any) -> Any:  # noqa: ARG003
        return _Document

    @classmethod
    def from_json(cls, text: str, edition: str = "") -> Self:
        """Return the comparison that :meth:`json` wrote.

        Raises
        ------
        DataErrors
            If the text is something else.
        """
        document = read_json(TypeAdapter(_Document), text, cls.__name__)
        fields: dict[str, Any] = {
            name: getattr(document, name) for name in ComparisonFields.model_fields
        }
        if edition:
            fields["edition"] = edition
        return cls(document.rows, ComparisonFields(**fields))

    def _value_head(self, lang: Language) -> str:
        unit = labels.unit(self.unit, lang)
        if self.measure == "growth" and self.unit != "percent_per_year":
            unit = say("comparison.per_year", lang, unit=unit)
        return say(f"comparison.{self.measure}", lang, unit=unit)

    def _cells(self, row: ComparisonRow, lang: Language, *, with_base: bool) -> tuple[str, ...]:
        cells = [row.rank_text(), row.name(lang), self._range_text(row), row.figure_text(lang)]
        if with_base:
            cells.append(row.against.text(lang) if row.against else "–")
        return (*cells, row.note_text(lang), row.plan or row.source, str(row.tier))

    def _range_text(self, row: ComparisonRow) -> str:
        if row.value is None:
            return "–"
        downwards, upwards = labels.roundings(row.comparator, row.value_high)
        low = self._number_text(row.value, downwards)
        if row.value_high is None:
            return low
        return f"{low}–{self._number_text(row.value_high, upwards)}"

    def _number_text(self, value: Decimal, rounding: str) -> str:
        if self.measure == "value":  # as printed, unless a factor made a long number of it
            return plain(value if decimals_of(value) <= 6 else _short(value, rounding))
        sign = "+" if value > 0 and self.measure != "ratio" else ""
        return sign + plain(_short(value, rounding))


def _short(value: Decimal, rounding: str) -> Decimal:
    """Return a number with two decimals, or with three digits if it is small."""
    decimals = max(2, 2 - value.adjusted()) if value else 2
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=rounding, context=EXACT)
