"""The arithmetic behind what figures imply: operands, levels, lineage, each by itself."""

from __future__ import annotations

from decimal import Decimal

import pytest

import innovation_plans as ip
from innovation_plans.implying.operands import Level, in_unit
from innovation_plans.unitfile import bundled_units

TABLE = bundled_units()


def test_a_level_in_another_unit() -> None:
    made = in_unit(Level(Decimal(5), "CNY_1T", "x", high=Decimal(8)), "CNY_100M", TABLE)
    assert (made.value, made.high, made.unit, made.expression) == (50_000, 80_000, "CNY_100M", "x")
    with pytest.raises(ip.IncomparableError):
        in_unit(made, "person", TABLE)
