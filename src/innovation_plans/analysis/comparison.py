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
from ..text.labels import Language, said
from ..text.tables import Sheet, facts_html
from ..units.decimals import EXACT, plain
from ..units.interval import Tie, decimals_of
from .measures import Measure

__all__ = ["Against", "Comparison", "ComparisonRow", "PrintedFigure"]

Basis = Literal["plan", "statistics", "nation's target", "nation's outcome"]

_MEASURES: dict[str, tuple[str, str]] = {
    "value": ("as stated", "数值"),
    "distance": ("distance", "与基期之差"),
    "ratio": ("of the nation", "相当于全国"),
    "growth": ("pace", "年均变化"),
}
_TIES: dict[Tie, tuple[str, str]] = {
    "equal": ("tied: equal", "并列：数值相同"),
    "comparator": ("tied: the wording leaves the order open", "并列：表述不足以区分先后"),
    "rounding": ("tied: rounding leaves the order open", "并列：四舍五入后不足以区分先后"),
}
_BASES: dict[Basis, tuple[str, str]] = {
    "plan": ("", ""),
    "statistics": (" (statistics)", "（统计数据）"),
    "nation's target": (" (nation's target)", "（全国目标）"),
    "nation's outcome": (" (nation's outcome)", "（全国实际值）"),
}
_ORDERS = {
    Direction.UP: ("highest first: more is better", "由高到低：越高越好"),
    Direction.DOWN: ("lowest first: less is better", "由低到高：越低越好"),
    Direction.NONE: ("highest first: neither end is better", "由高到低：高低无优劣之分"),
}
_RANK, _REGION, _PRINTED = ("rank", "排名"), ("region", "地区"), ("figure", "原数")
_AGAINST, _REMARK, _TIER = ("against", "对照"), ("remark", "说明"), ("tier", "来源等级")
_TEXT = ("plan or source", "规划或来源")


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
        dated = f"{self.year}年{figure}" if lang == "zh" else f"{figure} in {self.year}"
        return dated + said(_BASES[self.basis], lang)


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
            ("against", self.against.text() if self.against else ""),
            ("remark", self.remark()),
            ("note", "; ".join(labels.caveat(each) for each in self.caveats)),
            ("tier", str(self.tier)),
            ("from", "; ".join(self.inputs)),
        ]
        return facts_html(f"{self.region_en}, {self.indicator}", facts)

    def name(self, lang: Language = "en") -> str:
        """The region in a language, in English where Chinese is missing."""
        return (self.region_zh if lang == "zh" else None) or self.region_en

    def rank_text(self) -> str:
        """The rank, or the first and the last rank it may have; empty where there is none."""
        if self.rank is None:
            return ""
        return str(self.rank) if self.rank == self.rank_last else f"{self.rank}–{self.rank_last}"

    def remark(self, lang: Language = "en") -> str:
        """Why the rank is not one, or missing."""
        if self.reason is not None:
            return labels.reason(self.reason, lang)
        return said(_TIES[self.tie_reason], lang) if self.tie_reason else ""


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
        heads = [_RANK, _REGION, self._measure_head(), _PRINTED]
        heads += [_AGAINST] if beside else []
        heads += [_REMARK, _TEXT, _TIER]
        rows = (self._cells(row, lang, beside=beside) for row in self.rows)
        return Sheet(tuple(said(head, lang) for head in heads), tuple(rows), right=(0, 2))

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

    def _measure_head(self) -> tuple[str, str]:
        english, chinese = _MEASURES[self.measure]
        unit_en, unit_zh = (labels.unit(self.unit, lang) for lang in ("en", "zh"))
        if self.measure == "growth" and self.unit != "percent_per_year":
            unit_en, unit_zh = f"{unit_en} a year", f"每年{unit_zh}"
        return f"{english} ({unit_en})", f"{chinese}（{unit_zh}）"

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
        name = (self.indicator_zh if lang == "zh" else None) or self.indicator_en
        about = [
            name,
            *([str(self.year)] if self.year else []),
            said(_ORDERS[self.direction], lang),
        ]
        ranked = sum(row.rank is not None for row in self.rows)
        if lang == "zh":
            counted = f"共{len(self.rows)}条，{ranked}条有排名"
            edition = f"数据版本{self.edition}" if self.edition else ""
        else:
            counted = f"{ranked} of {len(self.rows)} ranked"
            edition = f"data edition {self.edition}" if self.edition else ""
        parts = [*about, counted, edition]
        return ("；" if lang == "zh" else "; ").join(part for part in parts if part)


def _short(value: Decimal) -> Decimal:
    """Two decimals, or three digits of a small number."""
    decimals = max(2, 2 - value.adjusted()) if value else 2
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN, context=EXACT)
