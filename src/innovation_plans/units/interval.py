"""Intervals of numbers: what a comparator, a range, a tolerance and rounding mean.

Every other module asks here; none interprets a comparator itself. All arithmetic is in the
package's own decimal context.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal, NamedTuple

from ..codelists import Comparator, Direction, Form
from .decimals import EXACT
from .table import table_of

Step = Callable[[Decimal, Decimal], Decimal]
Tie = Literal["equal", "comparator", "rounding"]

INFINITY = Decimal("Infinity")
# Two percent of the value: "about 3.5" is 3.43 to 3.57, unless the caller says otherwise.
DEFAULT_TOLERANCE = Decimal("0.02")
# Enough digits for a ratio of two numbers, with the decimals of a third.
_WIDE = Context(prec=200)
_ZERO, _ONE, _HALF = Decimal(0), Decimal(1), Decimal("0.5")


class Interval(NamedTuple):
    """All numbers from `low` to `high`; an infinite end is open to that side."""

    low: Decimal
    high: Decimal
    closed_low: bool = True
    closed_high: bool = True

    @classmethod
    def point(cls, value: Decimal) -> Interval:
        """Return the interval of one number."""
        return cls(value, value)

    @classmethod
    def of(
        cls,
        comparator: Comparator,
        value: Decimal,
        high: Decimal | None = None,
        tolerance: Decimal = _ZERO,
    ) -> Interval:
        """Return the numbers that a comparator admits.

        Parameters
        ----------
        comparator
            The bound on the number itself: see :func:`bound_on` for rankings.
        value, high
            The figure, and its upper end where it is a range.
        tolerance
            How far *about* extends on either side, as a share of the value.

        Examples
        --------
        >>> Interval.of(Comparator.ABOVE, Decimal(3))
        Interval(low=Decimal('3'), high=Decimal('Infinity'), closed_low=False, closed_high=True)
        >>> Interval.of(Comparator.ABOUT, Decimal(3), tolerance=Decimal("0.02"))[:2]
        (Decimal('2.94'), Decimal('3.06'))
        """
        top = value if high is None else high
        match comparator.side:
            case Direction.UP:
                return cls(value, INFINITY, closed_low=not comparator.strict)
            case Direction.DOWN:
                return cls(-INFINITY, value, closed_high=not comparator.strict)
        if comparator.approximate:
            return cls(value, top).widened(EXACT.multiply(value.copy_abs(), tolerance))
        return cls(value, top)

    @classmethod
    def rounded(cls, value: Decimal, half_width: Decimal) -> Interval:
        """Return what rounding leaves open of a printed number: 3.5 is 3.45 to 3.55."""
        return cls(EXACT.subtract(value, half_width), EXACT.add(value, half_width))

    @classmethod
    def unknown(cls) -> Interval:
        """Return the interval of all numbers."""
        return cls(-INFINITY, INFINITY)

    @property
    def is_point(self) -> bool:
        """True if it is one number."""
        return self.low == self.high

    @property
    def ends(self) -> tuple[Decimal, ...]:
        """Both ends; one, if it is one number."""
        return (self.low,) if self.low == self.high else (self.low, self.high)

    @property
    def is_bounded(self) -> bool:
        """True if both ends are finite."""
        return self.low.is_finite() and self.high.is_finite()

    def contains(self, other: Interval) -> bool:
        """Return whether every number of the other interval is in this one."""
        low = self.low < other.low or (
            self.low == other.low and (self.closed_low or not other.closed_low)
        )
        high = self.high > other.high or (
            self.high == other.high and (self.closed_high or not other.closed_high)
        )
        return low and high

    def meets(self, other: Interval) -> bool:
        """Return whether some number is in both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low != high:
            return low < high
        shared = Interval.point(low)
        return self.contains(shared) and other.contains(shared)

    def overlaps(self, other: Interval) -> bool:
        """Return whether they share more than an end, or one is a number in the other."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return (self.is_point or other.is_point) if low == high else low < high

    def divides(self, other: Interval) -> bool:
        """Return whether some numbers of the other interval are in this one, and some are not."""
        return self.meets(other) and not self.contains(other)

    def opened(self, direction: Direction) -> Interval:
        """Return the interval without its upper end (up) or without its lower end (down)."""
        if direction is Direction.UP:
            return Interval(self.low, INFINITY, closed_low=self.closed_low)
        if direction is Direction.DOWN:
            return Interval(-INFINITY, self.high, closed_high=self.closed_high)
        return self

    def widened(self, margin: Decimal) -> Interval:
        """Return the interval with both ends moved outwards by a margin, and included."""
        return Interval(EXACT.subtract(self.low, margin), EXACT.add(self.high, margin))

    def joined(self, other: Interval) -> Interval:
        """Return the least interval that contains both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def closed(self) -> Interval:
        """Return the interval with both ends included."""
        return Interval(self.low, self.high)

    def nearest(self, value: Decimal) -> Decimal:
        """Return the number of the interval that is nearest to `value`."""
        return min(max(value, self.low), self.high)

    def mapped(self, function: Callable[[Decimal], Decimal]) -> Interval:
        """Return the interval between the images of both ends under a monotone function."""
        if self.is_point:
            return Interval.point(function(self.low))
        ends = [(function(self.low), self.closed_low), (function(self.high), self.closed_high)]
        (low, closed_low), (high, closed_high) = sorted(ends)
        return Interval(low, high, closed_low, closed_high)

    def combined(self, step: Step, other: Interval) -> Interval:
        """Return the least and the most that `step` makes of the ends of both."""
        ends = [step(left, right) for left in self.ends for right in other.ends]
        return Interval(min(ends), max(ends))

    def over(self, step: Step, other: Interval) -> Interval:
        """Return :meth:`combined` for a step that divides by `other`; all numbers if zero is in it."""
        if other.low <= 0 <= other.high:
            return Interval.unknown()
        return self.combined(step, other)

    def plus(self, other: Interval) -> Interval:
        """Return the interval of the sums."""
        return self.combined(EXACT.add, other)

    def times(self, other: Interval) -> Interval:
        """Return the interval of the products."""
        return self.combined(EXACT.multiply, other)

    def reciprocal(self) -> Interval:
        """Return the interval of the reciprocals; zero is not in it."""
        return self.mapped(lambda end: EXACT.divide(_ONE, end))


def bound_on(form: Form, comparator: Comparator) -> Comparator:
    """Return the bound that a comparator puts on the number itself.

    In a ranking a lower rank is better: "at least third" (至少第三位) and "the first three" (前3位)
    both ask for third or better.
    """
    up = form is Form.RANK and comparator.side is Direction.UP
    return comparator.mirrored() if up else comparator


def direction_to(
    form: Form, comparator: Comparator, direction: Direction, unit: str = ""
) -> Direction:
    """Return which way leads to a target: where its bound points, else what is better.

    "At most 5" is met below 5, also where more of the indicator is otherwise better. An increment
    in ranks is the number of places gained, so more is better, although a lower rank is better.
    """
    side = bound_on(form, comparator).side
    if side is not Direction.NONE:
        return side
    if form is Form.INCREMENT and unit == "rank":
        return Direction.UP
    return Direction.DOWN if form is Form.RANK else direction


def accepted(
    comparator: Comparator,
    value: Decimal,
    high: Decimal | None,
    towards: Direction,
    tolerance: Decimal = _ZERO,
) -> Interval:
    """Return the outcomes that satisfy a target: what it states, and all that is better.

    `comparator` is the bound on the number, `towards` the direction of better outcomes.
    """
    return Interval.of(comparator, value, high, tolerance).opened(towards)


def joint_bound(
    left: Comparator | None, right: Comparator | None
) -> tuple[Comparator | None, bool]:
    """Return what bounds a sum or product of two bounded figures; True if the bounds oppose."""
    bounds = [comparator for comparator in Comparator if comparator in {left, right}]
    sides = {comparator.side for comparator in bounds}
    if {Direction.UP, Direction.DOWN} <= sides:
        return None, True
    if any(comparator.approximate for comparator in bounds):
        bounds = [comparator for comparator in bounds if comparator.side is Direction.NONE]
    return max(bounds, key=_looseness, default=None), False


def _looseness(comparator: Comparator) -> tuple[bool, ...]:
    """Return the rank of a bound among those that a result may have: more than, a range, about."""
    return (
        comparator.strict,
        comparator.side is not Direction.NONE,
        comparator is Comparator.BETWEEN,
        comparator.approximate,
    )


class Estimate(NamedTuple):
    """A figure, with what its printed digits leave open and with all that it may mean."""

    comparator: Comparator
    value: Decimal
    high: Decimal | None  # the upper end of a range as stated
    printed: Interval
    full: Interval

    @classmethod
    def exactly(cls, value: Decimal) -> Estimate:
        """Return the estimate of a number that is exact."""
        point = Interval.point(value)
        return cls(Comparator.REACH, value, None, point, point)

    def scaled(self, factor: Decimal) -> Estimate:
        """Return the same figure in another unit; `factor` is positive."""
        return self.combined(EXACT.multiply, Estimate.exactly(factor))

    def combined(self, step: Step, base: Estimate) -> Estimate:
        """Return the figure compared with a base, with all that both may mean.

        Raises
        ------
        GrowthError
            If `step` is not defined on the two values.
        """
        return Estimate(
            self.comparator,
            step(self.value, base.value),
            None if self.high is None else step(self.high, base.value),
            self.printed.combined(step, base.printed),
            self.full.combined(step, base.full),
        )


def estimate(
    comparator: Comparator,
    value: Decimal,
    high: Decimal | None = None,
    *,
    tolerance: Decimal,
    half_width: Decimal | None = None,
) -> Estimate:
    """Return what a figure may mean.

    Parameters
    ----------
    comparator, value, high
        The figure as printed, in the unit it is printed in.
    tolerance
        How far *about* extends on either side, as a share of the value.
    half_width
        Of a statistic, what its rounding leaves open on either side; "above 3" may be any number
        above 3. None for what a plan asks for: "3%" is 3 exactly, and "above 3%" asks for 3.

    Examples
    --------
    >>> figure = estimate(Comparator.REACH, Decimal("3.5"), tolerance=Decimal("0.02"),
    ...                   half_width=Decimal("0.05"))
    >>> figure.full[:2]
    (Decimal('3.45'), Decimal('3.55'))
    """
    width = half_width or _ZERO
    printed = Interval.rounded(value, width)
    full = printed
    if comparator.approximate:
        full = full.joined(Interval.of(comparator, value, tolerance=tolerance))
    if high is not None:
        full = full._replace(high=EXACT.add(high, width))
    if half_width is not None and comparator.side is not Direction.NONE:
        full = Interval.of(comparator, value)
    return Estimate(comparator, value, high, printed, full)


def decimals_of(value: Decimal) -> int:
    """Return how many decimals a number is printed with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def half_unit(value: Decimal, decimals: int = 0) -> Decimal:
    """Return half a unit of the last printed digit, with at least `decimals` decimals.

    Examples
    --------
    >>> half_unit(Decimal("2.50")), half_unit(Decimal(18000))
    (Decimal('0.005'), Decimal('0.5'))
    """
    return _HALF.scaleb(-max(decimals, decimals_of(value)))


def half_width(value: Decimal, unit: str, decimals: int = 0) -> Decimal:
    """Return :func:`half_unit` of a printed number; 0 for a whole number of counted things.

    Examples
    --------
    >>> half_width(Decimal(500), "enterprise"), half_width(Decimal(500), "CNY_100M")
    (Decimal('0'), Decimal('0.5'))
    """
    is_exact = not decimals_of(value) and table_of(unit).unit(unit).counts
    return _ZERO if is_exact else half_unit(value, decimals)


def as_precise(value: Decimal, other: Decimal) -> Decimal:
    """Return a number rounded to the decimals of another one.

    Examples
    --------
    >>> as_precise(Decimal("1.18"), Decimal("1.2"))
    Decimal('1.2')
    """
    step = Decimal(1).scaleb(-decimals_of(other))
    return value.quantize(step, rounding=ROUND_HALF_UP, context=_WIDE)


class Rank(NamedTuple):
    """The best and the last rank that a figure may have, and why they differ."""

    best: int
    last: int
    tie: Tie | None


Figures = Sequence[tuple[str, Estimate]]  # each with the code of its region


def unranked(figures: Figures) -> set[int]:
    """Return the positions of figures open to one side that overlap another region's figure."""
    return {
        at
        for at, figure in enumerate(figures)
        if not figure[1].full.is_bounded and any(_tied(figure, other) for other in figures)
    }


def ranks(figures: Figures, *, lowest_first: bool) -> list[Rank]:
    """Return the rank of every figure among the regions.

    The intervals form a strict partial order. The best rank is one more than the number of other
    regions with a figure certainly ahead; the last rank is one more than the number of other
    regions with a figure not certainly behind.
    """
    return [_rank(figure, figures, lowest_first=lowest_first) for figure in figures]


def _rank(figure: tuple[str, Estimate], figures: Figures, *, lowest_first: bool) -> Rank:
    before: set[str] = set()
    not_behind: set[str] = set()
    ties: set[Tie] = set()
    for other in figures:
        if other[0] == figure[0]:
            continue
        if _tied(figure, other):
            not_behind.add(other[0])
            ties.add(_tie(figure[1], other[1]))
        elif (other[1].full[:2] < figure[1].full[:2]) is lowest_first:
            before.add(other[0])
            not_behind.add(other[0])
    order: tuple[Tie, ...] = ("comparator", "rounding", "equal")  # the most serious first
    tie: Tie | None = next((reason for reason in order if reason in ties), None)
    return Rank(len(before) + 1, len(not_behind) + 1, tie)


def _tied(one: tuple[str, Estimate], other: tuple[str, Estimate]) -> bool:
    return one[0] != other[0] and one[1].full.overlaps(other[1].full)


def _tie(left: Estimate, right: Estimate) -> Tie:
    """Return what leaves the order of two figures open."""
    if (left.value, left.high) == (right.value, right.high):
        return "equal" if left.comparator is right.comparator else "comparator"
    return "rounding" if left.printed.overlaps(right.printed) else "comparator"
