"""Findings: the gap between two figures, and whether they agree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.analysis.findings import gap_between, overlap
from innovation_plans.analysis.operands import Level


def test_a_gap_of_ranges() -> None:
    def level(value: int, high: int | None = None, unit: str = "percent") -> Level:
        return Level(Decimal(value), unit, "x", high=None if high is None else Decimal(high))

    for left, right, gap in [
        (level(5), level(7), 2),
        (level(5), level(3), -2),
        (level(5, 8), level(7), 0),
        (level(5, 8), level(9), 1),
        (level(5, 8), level(4), -1),
        (level(5), level(3, 4), -1),
        (level(5), level(3, 6), 0),
        (level(5, 8), level(3, 6), 0),
        (level(5, 8), level(9, 10), 1),
    ]:
        assert gap_between(left, right) == (gap, "percentage_point")
    assert gap_between(level(5, unit="rank"), level(7, unit="rank")) == (2, "rank")
    rates = (level(each, unit="percent_per_year") for each in (5, 7))
    assert gap_between(*rates) == (2, "percentage_point")


@pytest.mark.parametrize(
    ("left", "right", "tolerance", "agree"),
    [
        (("100", None), ("102", None), "0.02", True),
        (("100", None), ("102.01", None), "0.02", False),
        (("100", None), ("98", None), "0.02", True),
        (("100", None), ("97.99", None), "0.02", False),
        (("-100", None), ("-102", None), "0.02", True),
        (("100", None), ("100.5", None), "0", True),  # half a unit of the last digit
        (("100", None), ("100.51", None), "0", False),
        (("100.0", None), ("100.05", None), "0", True),
        (("100.0", None), ("100.06", None), "0", False),
        (("1.0E+2", None), ("100.5", None), "0", False),  # how far it was rounded is not known
        (("100", None), ("104", "about"), "0.02", True),
        (("100", None), ("104.09", "about"), "0.02", False),
        (("100", "at_least"), ("98", None), "0.02", True),
        (("100", "at_least"), ("97", None), "0.02", False),
        (("100", "above"), ("900", None), "0", True),
        (("100", "at_most"), ("102", None), "0.02", True),
        (("100", "at_most"), ("103", None), "0.02", False),
        (("100", "below"), ("-900", None), "0", True),
        (("100", None), ("90", "at_least"), "0", True),
        (("100", None), ("110", "at_least"), "0", False),
        (("100", None), ("90", "at_most"), "0", False),
    ],
)
def test_when_two_figures_agree(
    left: tuple[str, str | None], right: tuple[str, str | None], tolerance: str, agree: bool
) -> None:
    sides = [
        Level(Decimal(value), "percent", "x", comparator=bound and ip.Comparator(bound))
        for value, bound in (left, right)
    ]
    assert overlap(*sides, Decimal(tolerance)) is agree


# ---------------------------------------------------------------- what agreement means
SIDES = st.builds(
    lambda value, comparator: Level(
        value, "percent", "x", comparator=comparator,
        high=value + 1 if comparator == "between" else None,
    ),
    st.decimals("0.1", "99", places=2),
    st.sampled_from([None, *ip.Comparator]),
)  # fmt: skip


@given(SIDES, SIDES, st.decimals("0", "0.2", places=2), st.decimals("0", "0.2", places=2))
def test_a_wider_tolerance_never_makes_a_disagreement(
    left: Level, right: Level, one: Decimal, other: Decimal
) -> None:
    narrow, wide = sorted((one, other))
    assert overlap(left, right, wide) or not overlap(left, right, narrow)


@given(SIDES, st.decimals("0", "0.2", places=2))
def test_every_figure_agrees_with_itself(side: Level, tolerance: Decimal) -> None:
    assert overlap(side, side, tolerance)
