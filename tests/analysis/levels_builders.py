"""Operands, assumptions and levels for tests."""

from __future__ import annotations

from typing import Any

from innovation_plans.analysis.operands import (
    Assumption,
    Level,
)
from innovation_plans.units.table import bundled_units

TABLE = bundled_units()


def assumption(**more: Any) -> Assumption:
    facts = {"indicator": "thing", "region": "XX", "year": 2025, "value": "5", "unit": "percent"}
    return Assumption(**(facts | more))


def parts_of(made: Level) -> tuple[str, str | None, str, str | None, str]:
    high = None if made.high is None else f"{made.high:f}"
    return f"{made.value:f}", high, made.unit, made.comparator, made.expression
