"""A pace rule: a plan that is decided in spring has a short first year."""

from __future__ import annotations

from decimal import Decimal

from innovation_plans.analysis.pace import Course, Pace

_LOST = Decimal("0.5")  # of the first year, before anything can be done


def late_start(course: Course) -> Pace:
    """Share of the distance covered over share of the time passed, both without half a year."""
    observed = (course.now - course.start) / (course.now_year - course.start_year - _LOST)
    required = (course.goal - course.start) / (course.goal_year - course.start_year - _LOST)
    return Pace(observed / required, observed, required, "per_year")
