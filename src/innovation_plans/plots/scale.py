"""In which unit an axis is drawn, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

from ..codelists import Comparator
from ..text import labels
from ..text.messages import Language, say, unit_words
from ..units.decimals import EXACT, plain
from ..units.quantity import convert, same_measure

__all__ = ["Scale", "limits", "number", "scale_of", "tick"]


class Scale(NamedTuple):
    """The unit of an axis."""

    unit: str
    lang: Language

    @property
    def label(self) -> str:
        """The unit as people write it; empty where the numbers say it themselves."""
        if self.unit == "rank":
            return say("picture.rank_axis", self.lang)
        return labels.unit(self.unit, self.lang)

    def fits(self, unit: str) -> bool:
        """Whether figures in a unit can be drawn on the axis."""
        return same_measure(unit, self.unit)

    def value(self, figure: Decimal, unit: str) -> Decimal:
        """A figure in the unit of the axis, exact."""
        return convert(figure, unit, self.unit)

    def at(self, figure: Decimal, unit: str) -> float:
        """Where a figure lies on the axis."""
        return float(self.value(figure, unit))

    def said(
        self,
        figure: Decimal,
        unit: str,
        *,
        high: Decimal | None = None,
        comparator: Comparator = Comparator.REACH,
    ) -> str:
        """The bare number as a label beside a mark; a bound with its sign."""
        low = number(self.value(figure, unit))
        if high is not None:
            return f"{low}–{number(self.value(high, unit))}"
        return _SIGNS.get(comparator, "") + low


_SIGNS = {
    Comparator.ABOUT: "≈",
    Comparator.AT_LEAST: "≥",
    Comparator.ABOVE: ">",
    Comparator.AT_MOST: "≤",
    Comparator.BELOW: "<",
}


def scale_of(figures: Iterable[tuple[Decimal, str]], unit: str, lang: Language) -> Scale:
    """The axis for figures of one measure, in the largest unit that the language counts in."""
    tokens = unit_words()["CNY"].get("axis", {}).get(lang, ())
    if tokens and same_measure(unit, "CNY"):
        most = max((abs(convert(value, own, "CNY")) for value, own in figures), default=Decimal(0))
        sizes = ((token, convert(Decimal(1), token, "CNY")) for token in tokens)
        unit = next((token for token, size in sizes if most >= size), unit)
    return Scale(unit, lang)


def limits(places: Sequence[float], *, whole: bool = False) -> tuple[float, float]:
    """The ends of an axis: all places with some room, never a magnifying glass on one number.

    Places in a ranking run from the last to the best, which is 1.

    Examples
    --------
    >>> limits([20.0])
    (17.0, 23.0)
    >>> limits([1.0, 3.0], whole=True)
    (5.5, 0.5)
    """
    low, high = min(places), max(places)
    if whole:
        return max(high, low + 4) + 0.5, max(low - 2, 0) + 0.5 if low > 3 else 0.5
    least = max(abs(low), abs(high)) * 0.3 or 1.0
    room = max((least - (high - low)) / 2, (high - low) * 0.06)
    return round(low - room, 12), round(high + room, 12)


def number(value: Decimal) -> str:
    """A number as a label: at most two decimals, or three digits of a small one.

    Examples
    --------
    >>> number(Decimal("3.4567")), number(Decimal("80000")), number(Decimal("0.012345"))
    ('3.46', '80,000', '0.0123')
    """
    if not value:
        return "0"
    decimals = max(2, 2 - value.adjusted())
    step = Decimal(1).scaleb(-decimals)
    short = plain(value.quantize(step, rounding=ROUND_HALF_EVEN, context=EXACT))
    whole, point, rest = short.partition(".")
    return (f"{int(whole):,}" if len(whole.lstrip("-")) > 4 else whole) + point + rest


def tick(value: float, position: int | None = None) -> str:  # noqa: ARG001 - as matplotlib calls it
    """The label of a tick."""
    return number(Decimal(repr(round(float(value), 9)))).replace("-", "−")
