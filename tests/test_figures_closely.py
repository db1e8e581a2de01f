"""The rooms of the figure reader, each by itself, and what stands at their edges."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from innovation_plans.figures.figure import times


def test_a_product_is_exact() -> None:
    assert times(Decimal("1.50"), 1) == Decimal("1.50")
    assert str(times(Decimal("1.50"), Fraction(1, 4))) == "0.375"
    assert str(times(Decimal(3), 10_000)) == "30000"
