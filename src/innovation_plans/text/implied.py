"""Codelists of what figures imply: routes, checks and origins."""

from __future__ import annotations

from enum import StrEnum


class Route(StrEnum):
    """How a level is derived."""

    STATED = "stated"  # not derived: a source states it
    AVERAGE_GROWTH = "average_growth"  # base year grown by a mean rate
    ANNUAL_GROWTH = "annual_growth"  # the year before grown by one year's rate
    MULTIPLE = "multiple"  # base year times a multiple
    INCREMENT = "increment"  # base year and what is added
    NUMERATOR = "numerator"  # ratio times denominator
    DENOMINATOR = "denominator"  # numerator divided by ratio
    RATIO = "ratio"  # numerator divided by denominator


class Check(StrEnum):
    """What is compared with what."""

    RATIO = "ratio_against_levels"  # a ratio, and what its numerator and denominator make of it
    LEVEL = "level_against_growth"  # a level, and what a growth target makes of the base
    ANNUAL_LEVEL = "annual_goal_against_plan"  # the goal of a plan's last year, and the plan
    ANNUAL_GROWTH = "annual_growth_against_plan"  # a year's growth goal, and the mean rate needed
    POSITION = "province_against_nation"  # neither is right or wrong
    TOGETHER = "provinces_together"  # the weighted sum of the provinces, and the nation
    TEXTS = "sources_of_one_target"  # two texts, two figures


class Origin(StrEnum):
    """Where a figure comes from."""

    OBSERVATION = "observation"
    TARGET = "target"
    BASELINE = "baseline"  # the starting value that a plan prints
    ASSUMPTION = "assumption"  # the caller's
