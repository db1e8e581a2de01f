"""One number a region, from a comparison or from observations of one year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ..analysis.comparison import Comparison
from ..analysis.matching import best_of
from ..codelists import Comparator, Form
from ..dataset.observations import ObservationTable
from ..errors import AmbiguousError, IncomparableError
from ..records import Observation
from ..text import labels
from ..text.labels import Language, said
from ..units.quantity import same_measure
from . import wording
from .canvas import some_rows
from .ranking import heading, source_of
from .scale import Scale, scale_of
from .style import RAMP

__all__ = ["Number", "Numbers", "classes", "numbers_of"]


class Number(NamedTuple):
    """The figure of a region."""

    value: Decimal
    unit: str
    high: Decimal | None
    comparator: Comparator
    name_en: str
    name_zh: str | None


class Numbers(NamedTuple):
    """A figure for each region, and what is said of all of them, in English and Chinese."""

    unit: str
    figures: dict[str, Number]
    titles: tuple[str, str]
    remarks: tuple[tuple[str, str], ...]
    sources: tuple[str, str]

    def scale(self, lang: Language) -> Scale:
        """The unit that they are shown in."""
        return scale_of(
            [(each.value, each.unit) for each in self.figures.values()], self.unit, lang
        )

    def title(self, lang: Language) -> str:
        """What they are figures of."""
        return said(self.titles, lang)

    def source(self, lang: Language) -> str:
        """The source line."""
        return said(self.sources, lang)

    def notes(self, lang: Language) -> list[str]:
        """What was passed over."""
        return [said(each, lang) for each in self.remarks]

    def names(self, lang: Language) -> dict[str, str]:
        """The names of the regions."""
        return {
            code: (each.name_zh if lang == "zh" else None) or each.name_en
            for code, each in self.figures.items()
        }


def numbers_of(given: Comparison | ObservationTable) -> Numbers:
    """The figure of each region.

    Raises
    ------
    AmbiguousError
        If a comparison has several figures of a region; or there are several indicators, forms or
        years of observations.
    IncomparableError
        If their units do not measure the same.
    PictureError
        If there is nothing to draw.
    """
    return _compared(given) if isinstance(given, Comparison) else _observed(given)


def _compared(comparison: Comparison) -> Numbers:
    some_rows(len(comparison.rows), "figures")
    regions = [row.region for row in comparison.rows]
    twice = sorted({code for code in regions if regions.count(code) > 1})
    if twice:
        raise AmbiguousError(
            asked="one figure a region",
            matches=twice,
            hint="compare one target a region: plans.targets.where(…).select().kept",
        )
    figures = {
        row.region: Number(
            row.value, comparison.unit, row.value_high, row.comparator, row.region_en, row.region_zh
        )
        for row in comparison.rows
        if row.value is not None
    }
    without = [row for row in comparison.rows if row.value is None]
    remarks = []
    if without:
        en, zh = (
            wording.listed([row.name(lang) for row in without], 6, lang) for lang in _LANGUAGES
        )
        remarks.append((f"without a figure by this measure: {en}", f"无可比数值：{zh}"))
    titles = [heading(comparison, lang) for lang in _LANGUAGES]
    if comparison.measure != "value":
        titles = [
            f"{title}{said((': ', '：'), lang)}{said(_MEASURES[comparison.measure], lang)}"
            for title, lang in zip(titles, _LANGUAGES, strict=True)
        ]
    sources = [source_of(comparison, lang) for lang in _LANGUAGES]
    return Numbers(comparison.unit, figures, _pair(titles), tuple(remarks), _pair(sources))


def _observed(table: ObservationTable) -> Numbers:
    some_rows(min(len(table), 1), "observations")
    _alike(table)
    first = table[0]
    by_region: dict[str, list[Observation]] = {}
    for each in table:
        if not same_measure(each.unit, first.unit):
            raise IncomparableError(left=first.key, right=each.key, hint="filter by unit")
        by_region.setdefault(each.region.code, []).append(each)
    chosen = {code: best_of(found, table) or found[0] for code, found in by_region.items()}
    figures = {code: _number(each) for code, each in chosen.items()}
    remarks = []
    if passed := len(table) - len(chosen):
        remarks.append(
            (
                f"other vintages and texts, not drawn: {passed}",
                f"其他版本或来源的数据{passed}条未绘出",
            )
        )
    indicator, form, year = first.indicator, first.form, first.year
    titles = []
    for lang in _LANGUAGES:
        name = (indicator.name_zh if lang == "zh" else None) or indicator.name_en
        kind = "" if form is Form.LEVEL else said((": ", "："), lang) + labels.form(form, lang)
        titles.append(name + kind + (said((f", {year}", f"，{year}年"), lang) if year else ""))
    sources = [
        wording.source(table.edition, wording.records(len(chosen), lang), lang)
        for lang in _LANGUAGES
    ]
    return Numbers(first.unit, figures, _pair(titles), tuple(remarks), _pair(sources))


_LANGUAGES: tuple[Language, Language] = ("en", "zh")
_MEASURES = {
    "distance": ("distance from the start", "与基期之差"),
    "ratio": ("share of the nation's figure", "相当于全国"),
    "growth": ("change a year", "年均变化"),
}


def _alike(table: ObservationTable) -> None:
    """Refuse observations of different things."""
    kinds = {
        "indicator": dict.fromkeys(each.indicator.code for each in table),
        "form": dict.fromkeys(str(each.form) for each in table),
        "year": dict.fromkeys(each.span for each in table),
    }
    for what, found in kinds.items():
        if len(found) > 1:
            raise AmbiguousError(
                asked=f"one {what}", matches=list(found), hint=f"narrow it: where({what}=…)"
            )


def _number(each: Observation) -> Number:
    region = each.region
    return Number(
        each.value, each.unit, each.value_high, each.comparator, region.name_en,
        region.short_zh or region.name_zh,
    )  # fmt: skip


def _pair(texts: Sequence[str]) -> tuple[str, str]:
    english, chinese = texts
    return english, chinese


def classes(values: Sequence[float]) -> list[tuple[float, float]]:
    """Up to five classes with as many values each as can be; from the least of each to the most.

    Equal values are never in two classes.

    Examples
    --------
    >>> classes([1.0, 2.0, 2.0, 9.0])
    [(1.0, 1.0), (2.0, 2.0), (9.0, 9.0)]
    """
    ordered = sorted(values)
    distinct = sorted(set(values))
    count = min(len(RAMP), len(distinct))
    found: list[tuple[float, float]] = []
    if count == len(distinct):
        return [(each, each) for each in distinct]
    for part in range(count):
        mine = ordered[part * len(ordered) // count : (part + 1) * len(ordered) // count]
        mine = [each for each in mine if not found or each > found[-1][1]]
        if mine:
            found.append((mine[0], mine[-1]))
    return found
