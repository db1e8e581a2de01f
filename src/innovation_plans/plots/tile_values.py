"""One number a region, from a comparison or from observations of one year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..analysis.comparison import Comparison
from ..analysis.matching import best_of
from ..codelists import Comparator, Form
from ..dataset.observations import ObservationTable
from ..errors import AmbiguousError, IncomparableError
from ..records import Observation
from ..text import labels
from ..text.messages import Language, say, word
from ..units.quantity import same_measure
from .canvas import some_rows
from .panels import source_line
from .ranking import heading, source_of
from .scale import Scale, scale_of
from .style import RAMP

__all__ = ["Number", "Numbers", "classes", "numbers_of"]


_NAMED = 6  # regions that a note names


class Number(NamedTuple):
    """The figure of a region."""

    value: Decimal
    unit: str
    high: Decimal | None
    comparator: Comparator
    name_en: str
    name_zh: str | None


_Text = Callable[[Language], str]


class Numbers(NamedTuple):
    """A figure for each region, with title, notes and source line as functions of the language."""

    unit: str
    figures: dict[str, Number]
    title: _Text
    remarks: tuple[_Text, ...]
    source: _Text

    def scale(self, lang: Language) -> Scale:
        """The unit that they are shown in."""
        return scale_of(
            [(each.value, each.unit) for each in self.figures.values()], self.unit, lang
        )

    def notes(self, lang: Language) -> list[str]:
        """Notes on figures that are not drawn."""
        return [remark(lang) for remark in self.remarks]

    def names(self, lang: Language) -> dict[str, str]:
        """The names of the regions."""
        return {code: labels.name(each, lang) for code, each in self.figures.items()}


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
    some_rows(len(comparison), "figures")
    regions = [row.region for row in comparison]
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
        for row in comparison
        if row.value is not None
    }
    without = [row for row in comparison if row.value is None]

    def title(lang: Language) -> str:
        name = heading(comparison, lang)
        if comparison.measure == "value":
            return name
        return labels.headed(name, say(f"tiles.{comparison.measure}", lang), lang)

    def left_out(lang: Language) -> str:
        names = labels.listed([row.name(lang) for row in without], _NAMED, lang)
        return say("tiles.without", lang, names=names)

    return Numbers(
        comparison.unit,
        figures,
        title,
        (left_out,) if without else (),
        lambda lang: source_of(comparison, lang),
    )


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
    passed = len(table) - len(chosen)

    def title(lang: Language) -> str:
        name = labels.name(first.indicator, lang)
        if first.form is not Form.LEVEL:
            name = labels.headed(name, word(first.form, lang), lang)
        return say("tiles.year", lang, name=name, year=first.year) if first.year else name

    def left_out(lang: Language) -> str:
        return say("tiles.passed", lang, count=passed)

    def source(lang: Language) -> str:
        return source_line(table.edition, labels.counted("record", len(chosen), lang), lang)

    return Numbers(first.unit, figures, title, (left_out,) if passed else (), source)


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
