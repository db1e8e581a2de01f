"""What a comparison says, as records that stand by themselves.

A :class:`Comparison` needs no dataset to be read again: every row carries its figure, what it was
compared with, why it is tied or has no rank, and the keys of what it was made from.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from os import PathLike
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ..codelists import Caveat, Comparator, Direction, Form, Reason, Tier
from ..dataset.flat import result_columns, result_content
from ..io.columns import Columns
from ..io.formats import Written, write
from ..records.fields import UnitText
from ..text import labels
from ..text.messages import Language, say, word
from ..text.tables import Sheet, facts_html
from ..units.decimals import EXACT, plain
from ..units.interval import Tie, decimals_of
from .measures import Measure
from .sheets import heads

__all__ = ["Against", "Comparison", "ComparisonRow", "PrintedFigure"]

Basis = Literal["plan", "statistics", "nation's target", "nation's outcome"]
_HEADS = ("rank", "region", "figure", "remark", "text", "tier")
_HEADS_BESIDE = ("rank", "region", "figure", "against", "remark", "text", "tier")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PrintedFigure(_Part):
    """The figure as it is printed."""

    form: Form
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None = None
    unit: UnitText
    start_year: int | None = None
    year: int | None = None
    outcome: bool = Field(description="whether it was observed; else it is a target")

    def text(self, lang: Language = "en") -> str:
        """The figure with its comparator, and its form where it is no level."""
        comparator = self.comparator
        if self.outcome and comparator is Comparator.REACH:
            comparator = Comparator.BETWEEN  # an outcome does not "reach" its value: it is it
        return labels.stated(
            self.form, comparator, self.value, self.value_high, self.unit, lang=lang
        )


class Against(_Part):
    """What a figure was set against: its own start, or the nation's figure."""

    value: Decimal
    unit: UnitText
    year: int
    basis: Basis = Field(description="who gives it")

    def text(self, lang: Language = "en") -> str:
        """The figure, its year, and who gives it if not the plan."""
        figure = labels.amount(self.value, self.unit, lang)
        dated = say("figure.dated", lang, figure=figure, year=self.year)
        return say(f"basis.{self.basis}", lang, figure=dated)


class ComparisonRow(_Part):
    """One figure of one region, its rank, and all that the rank rests on."""

    rank: int | None = Field(
        None, description="one more than the regions surely ahead; None where `reason` says why"
    )
    rank_last: int | None = Field(
        None, description="the last rank it may have; above `rank` where it is tied"
    )
    region: str
    region_en: str
    region_zh: str | None = None
    indicator: str
    value: Decimal | None = Field(None, description="the compared figure, in `unit`")
    value_high: Decimal | None = Field(None, description="upper end, where a range is stated")
    low: Decimal | None = Field(None, description="least it may mean; None is open or not known")
    high: Decimal | None = Field(None, description="most it may mean; None is open or not known")
    comparator: Comparator
    stated: PrintedFigure
    against: Against | None = None
    tie_reason: Tie | None = Field(
        None, description="why the rank is not one: equal, comparator or rounding"
    )
    reason: Reason | None = Field(None, description="why there is no rank")
    caveats: tuple[Caveat, ...] = ()
    tier: Tier
    plan: str | None = None
    source: str
    inputs: tuple[str, ...] = Field(description="keys of the records, and the factor if one was")

    def _repr_html_(self) -> str:
        """What a notebook shows: the rank, and what it rests on."""
        facts = [
            ("rank", self.rank_text() or "none"),
            ("figure", self.stated.text()),
            ("compared with", self.against.text() if self.against else ""),
            ("remark", self.remark()),
            ("note", "; ".join(word(each) for each in self.caveats)),
            ("tier", str(self.tier)),
            ("based on", "; ".join(self.inputs)),
        ]
        return facts_html(f"{self.region_en}, {self.indicator}", facts)

    def name(self, lang: Language = "en") -> str:
        """The region in a language, in English where Chinese is missing."""
        return labels.name(self, lang, "region")

    def rank_text(self) -> str:
        """The rank, or the first and the last rank it may have; empty where there is none."""
        if self.rank is None:
            return ""
        return str(self.rank) if self.rank == self.rank_last else f"{self.rank}–{self.rank_last}"

    def remark(self, lang: Language = "en") -> str:
        """Why the rank is not one, or missing."""
        if self.reason is not None:
            return word(self.reason, lang)
        return say(f"tie.{self.tie_reason}", lang) if self.tie_reason else ""


class Comparison(_Part):
    """Figures of several regions in order, with everything the order rests on."""

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
    rows: tuple[ComparisonRow, ...] = Field(
        description="the better first; those without a rank at the end"
    )
    edition: str = Field("", description="edition of the data")

    def __repr__(self) -> str:
        return f"<Comparison of {len(self.rows)}: {self.indicator}, {self.measure}>"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        """What a notebook shows: the first ranks, what they are of, and the edition."""
        return self.sheet().html(self._summary("en"))

    def sheet(self, lang: Language = "en") -> Sheet:
        """Heads and rows of the table."""
        beside = self.measure != "value"
        first, *others = heads(_HEADS_BESIDE if beside else _HEADS, lang)
        region, *others = others
        rows = (self._cells(row, lang, beside=beside) for row in self.rows)
        header = (first, region, self._measure_head(lang), *others)
        return Sheet(header, tuple(rows), right=(0, 2))

    def text(self, lang: Language = "en") -> str:
        """The table, aligned, and a line on its order."""
        return f"{self.sheet(lang).text()}\n\n{self._summary(lang)}"

    def markdown(self, lang: Language = "en") -> str:
        """The table in Markdown."""
        return self.sheet(lang).text("markdown")

    def json(self) -> str:  # type: ignore[override]
        """The comparison as JSON, which ``Comparison.model_validate_json`` reads again."""
        return self.model_dump_json(indent=2)

    def to_columns(self) -> Columns:
        """Return the rows as named columns of typed values."""
        return result_columns("comparison", self.rows, ComparisonRow, self)

    def write(
        self,
        path: str | PathLike[str],
        *,
        format: str | None = None,  # noqa: A002 - the word a caller looks for
        overwrite: bool = False,
        safe: bool = True,
    ) -> Written:
        """Write the rows as one table, or as a line each, whole or not at all.

        Parameters
        ----------
        path, format, overwrite, safe
            As for :meth:`Dataset.write`; the formats are csv, jsonl, parquet and excel.

        Raises
        ------
        WriteError, MissingError, MissingExtraError
            As for :meth:`Dataset.write`.
        """
        content = result_content(
            "comparison",
            "comparison_row",
            self.rows,
            ComparisonRow,
            edition=self.edition,
            shared=self,
        )
        return write(content, path, format=format, overwrite=overwrite, safe=safe)

    def _measure_head(self, lang: Language) -> str:
        unit = labels.unit(self.unit, lang)
        if self.measure == "growth" and self.unit != "percent_per_year":
            unit = say("comparison.per_year", lang, unit=unit)
        return say(f"comparison.{self.measure}", lang, unit=unit)

    def _cells(self, row: ComparisonRow, lang: Language, *, beside: bool) -> tuple[str, ...]:
        cells = [row.rank_text(), row.name(lang), self._number(row)]
        cells.append(row.stated.text(lang))
        if beside:
            cells.append(row.against.text(lang) if row.against else "–")
        return (*cells, row.remark(lang), row.plan or row.source, str(row.tier))

    def _number(self, row: ComparisonRow) -> str:
        if row.value is None:
            return "–"
        shown = [self._shown(each) for each in (row.value, row.value_high) if each is not None]
        return "–".join(shown)

    def _shown(self, value: Decimal) -> str:
        if self.measure == "value":  # as printed, unless a factor made a long number of it
            return plain(value if decimals_of(value) <= 6 else _short(value))
        return ("+" if value > 0 and self.measure != "ratio" else "") + plain(_short(value))

    def _summary(self, lang: Language) -> str:
        ranked = sum(row.rank is not None for row in self.rows)
        parts = [
            labels.name(self, lang, "indicator"),
            str(self.year) if self.year else "",
            say(f"order.{self.direction}", lang),
            say("comparison.ranked", lang, ranked=ranked, count=len(self.rows)),
            say("edition.of", lang, edition=self.edition) if self.edition else "",
        ]
        return labels.joined(parts, lang, "parts")


def _short(value: Decimal) -> Decimal:
    """Two decimals, or three digits of a small number."""
    decimals = max(2, 2 - value.adjusted()) if value else 2
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN, context=EXACT)
