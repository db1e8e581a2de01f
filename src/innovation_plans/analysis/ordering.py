"""Which figures are ordered, which are tied, and which have no place.

One figure is ahead of another only where all that the two may mean lies apart. What is ahead of
what is ahead is ahead: the order is partial and transitive, and no chain of small overlaps ties
the top of a table to its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ..codelists import Comparator
from .footings import Spread
from .matching import Range

__all__ = ["Place", "Runner", "Tie", "places", "vague"]

Tie = Literal["equal", "comparator", "rounding"]
_GRAVEST: tuple[Tie, ...] = ("comparator", "rounding", "equal")


class Runner(NamedTuple):
    """A figure that is to have a place, and whose it is."""

    region: str
    comparator: Comparator
    spread: Spread


class Place(NamedTuple):
    """The best and the last place a figure may have, and why they are not one."""

    rank: int
    last: int
    tie: Tie | None


def vague(runners: Sequence[Runner]) -> set[int]:
    """Which figures are open at one end and reach over another region's: these have no place."""
    return {
        at
        for at, each in enumerate(runners)
        if not each.spread.bounded and any(_tied(each, other) for other in runners)
    }


def places(runners: Sequence[Runner], *, lowest_first: bool) -> list[Place]:
    """The place of every figure among the regions.

    Its rank is one more than the number of other regions with a figure surely ahead of it; its
    last place, one more than the number of other regions with a figure not surely behind it.
    """
    return [_place(each, runners, lowest_first=lowest_first) for each in runners]


def _place(runner: Runner, runners: Sequence[Runner], *, lowest_first: bool) -> Place:
    before: set[str] = set()
    not_behind: set[str] = set()
    ties: set[Tie] = set()
    for other in runners:
        if other.region == runner.region:
            continue
        if _tied(runner, other):
            not_behind.add(other.region)
            ties.add(_why(runner, other))
        elif (other.spread.full < runner.spread.full) is lowest_first:
            before.add(other.region)
            not_behind.add(other.region)
    gravest = next((each for each in _GRAVEST if each in ties), None)
    return Place(len(before) + 1, len(not_behind) + 1, gravest)


def _tied(one: Runner, other: Runner) -> bool:
    return one.region != other.region and _overlap(one.spread.full, other.spread.full)


def _why(one: Runner, other: Runner) -> Tie:
    """What leaves the order of two figures open."""
    left, right = one.spread, other.spread
    if (left.value, left.high) == (right.value, right.high):
        return "equal" if one.comparator is other.comparator else "comparator"
    return "rounding" if _overlap(left.printed, right.printed) else "comparator"


def _overlap(one: Range, other: Range) -> bool:
    """Whether two ranges share more than an end, or a single number lies in the other."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    if low == high:
        return one.low == one.high or other.low == other.high
    return low < high
