"""The look of codes, and the scales of axes: shared by all pictures, the looks by pages too.

No library is needed here. The colours differ in deuteranopia, protanopia and tritanopia, and from
white. Each has its own mark, so that no meaning depends on colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple, Protocol

from ..codelists import Availability, Comparator, Tier, Verdict
from ..text import labels
from ..text.messages import Language, column, say
from ..units.decimals import EXACT, plain
from ..units.quantity import convert, same_measure
from ..units.words import unit_words


class Look(NamedTuple):
    """The look of a code: its colour, its mark as a character, and matplotlib's name of the mark."""

    colour: str
    glyph: str
    marker: str
    hollow: bool = False


# In the order of the code list: the order of legends and counts.
VERDICTS: Mapping[Verdict, Look] = {
    Verdict.MET: Look("#006b52", "●", "o"),
    Verdict.MISSED: Look("#8f1d14", "✖", "X"),
    Verdict.AWAITING: Look("#8c3bdc", "◆", "D"),
    Verdict.AHEAD: Look("#3896d4", "▲", "^"),
    Verdict.ON_TRACK: Look("#173f8a", "■", "s"),
    Verdict.OFF_TRACK: Look("#cb7a00", "▼", "v"),
    Verdict.UNDETERMINED: Look("#858585", "○", "o", hollow=True),
}
AVAILABILITIES: Mapping[Availability, Look] = {
    Availability.STATED: Look("#173f8a", "■", "s"),
    Availability.NOT_STATED: Look("#9db2d6", "□", "s"),
    Availability.READ_IN_PART: Look("#cfdcf2", "▫", "s"),
    Availability.NOT_READ: Look("#c6c6c6", "·", "s"),
    Availability.NOT_KNOWN: Look("#ffffff", "", "s"),
    Availability.PUBLISHED: Look("#cb7a00", "●", "o"),
    Availability.NOT_PUBLISHED: Look("#ffffff", "", "o", hollow=True),
}
# The fill of a mark: the closer the source is to the issuer of the figure, the fuller.
TIERS: Mapping[Tier, str] = {Tier.A: "full", Tier.B: "left", Tier.C: "bottom", Tier.D: "none"}
# Of lines, each with a mark of its own besides.
LINES = (
    "#173f8a", "#cb7a00", "#006b52", "#8f1d14", "#8c3bdc", "#3896d4", "#595959", "#7a5a00",
)  # fmt: skip
# From low to high values, in one hue: they differ in lightness.
RAMP = ("#e3ecf5", "#b3cbe4", "#7ba3cf", "#4376b0", "#173f8a")
FILLS: Mapping[str, str] = {
    "empty": "#efefef", "edge": "#cfcfcf", "undetermined": "#e2e2e2", "other_year": "#ecd08f",
    "annual": "#fbeec8", "mixed": "#e3d6c5",
}  # fmt: skip


def ink_on(colour: str) -> str:
    """Return black or white, whichever has more contrast with a colour.

    Examples
    --------
    >>> ink_on("#173f8a"), ink_on("#f4f4f4")
    ('#ffffff', '#1a1a1a')
    """
    light = luminance(colour)
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.06 else "#1a1a1a"


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``: 0 is black, 1 is white (WCAG 2, section 1.4.3)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class HasUnit(Protocol):
    """A number with its unit, such as a target, an observation, an outcome or a baseline."""

    @property
    def value(self) -> Decimal:
        """The number."""

    @property
    def unit(self) -> str:
        """The unit of the number."""


class Amount(NamedTuple):
    """A number with its unit, and the upper end and the comparator of a range or bound."""

    value: Decimal
    unit: str
    value_high: Decimal | None = None
    comparator: Comparator = Comparator.REACH


class Scale(NamedTuple):
    """The unit of an axis, with the language of its labels."""

    unit: str
    lang: Language

    @property
    def label(self) -> str:
        """The label of the axis."""
        is_rank = self.unit == "rank"
        return say("picture.rank_axis", self.lang) if is_rank else labels.unit(self.unit, self.lang)

    def fits(self, figure: HasUnit) -> bool:
        """Return whether the axis can show a figure."""
        return same_measure(figure.unit, self.unit)

    def value(self, figure: HasUnit) -> Decimal:
        """Return a figure in the unit of the axis, exact."""
        return convert(figure.value, figure.unit, self.unit)

    def at(self, figure: HasUnit) -> float:
        """Return the position of a figure on the axis."""
        return float(self.value(figure))

    def high(self, figure: HasUnit) -> float | None:
        """Return the position of the upper end of a range; None if the figure is no range."""
        high = getattr(figure, "value_high", None)
        return None if high is None else self.at(Amount(high, figure.unit))

    def text(self, figure: HasUnit) -> str:
        """Return the number without its unit, as the label of a mark; a bound has its sign."""
        high = getattr(figure, "value_high", None)
        comparator = getattr(figure, "comparator", Comparator.REACH)
        downwards, upwards = labels.roundings(comparator, high)
        low = number(self.value(figure), downwards)
        if high is not None:
            return f"{low}–{number(self.value(Amount(high, figure.unit)), upwards)}"
        return labels.sign(comparator) + low


def scale_of(figures: Iterable[HasUnit], unit: str, lang: Language) -> Scale:
    """Return the scale of figures of one measure; money is in units of the language.

    That is the largest unit of which every figure is at least one, else the smallest that one reaches.
    """
    if same_measure(unit, "CNY"):
        words, yuan = unit_words()["CNY"], Scale("CNY", lang)
        amounts = sorted(filter(None, (abs(yuan.value(figure)) for figure in figures)))
        tokens = words.get("axis", {}).get(column(words, lang), ())  # the largest first
        of_all, of_one = (
            [token for token in tokens if end and end[0] >= yuan.value(Amount(Decimal(1), token))]
            for end in (amounts, amounts[-1:])
        )
        unit = next(iter((*of_all, *of_one[-1:])), unit)
    return Scale(unit, lang)


def limits(positions: Sequence[float], *, whole: bool = False) -> tuple[float, float]:
    """Return the ends of an axis: all positions with a margin, and at least 30% of the largest number.

    `whole` is for ranks: the axis ends with the best rank, which is 1.

    Examples
    --------
    >>> limits([20.0])
    (17.0, 23.0)
    >>> limits([1.0, 3.0], whole=True)
    (5.5, 0.5)
    """
    low, high = min(positions), max(positions)
    if whole:
        return max(high, low + 4) + 0.5, max(low - 2, 0) + 0.5 if low > 3 else 0.5
    shortest = max(abs(low), abs(high)) * 0.3 or 1.0
    margin = max((shortest - (high - low)) / 2, (high - low) * 0.06)
    return round(low - margin, 12), round(high + margin, 12)


def span(years: Iterable[int]) -> str:
    """Return the first and the last of some years; one year alone."""
    first, *others = sorted(set(years))
    return f"{first}–{others[-1]}" if others else str(first)


def number(value: Decimal | float, rounding: str = ROUND_HALF_EVEN) -> str:
    """Return a number as a label: with at most two decimals, of at most five digits, or three digits if small.

    Its minus sign is as wide as a plus sign.

    Examples
    --------
    >>> number(Decimal("3.4567")), number(Decimal("14148.89")), number(Decimal("-0.012345"))
    ('3.46', '14,149', '−0.0123')
    """
    if not isinstance(value, Decimal):
        value = Decimal(repr(round(float(value), 9)))
    if not value:
        return "0"
    digits = value.adjusted()
    decimals = 2 - digits if digits < 0 else max(min(4 - digits, 2), 0)
    step = Decimal(1).scaleb(-decimals)
    whole, point, rest = plain(value.quantize(step, rounding, EXACT)).partition(".")
    grouped = f"{int(whole):,}" if len(whole) > 3 else whole
    return (grouped + point + rest).replace("-", "−")
