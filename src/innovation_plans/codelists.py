"""Floor 1: the closed vocabularies, as ``StrEnum``.

A member is its code: ``Form.LEVEL == "level"``. Chinese terms stand beside the members because
plans are printed in Chinese. Read next: ``unitfile.py``.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Comparator",
    "Direction",
    "Force",
    "Form",
    "GoalKind",
    "PlanKind",
    "RegionKind",
    "Status",
    "Tier",
]


class RegionKind(StrEnum):
    """What sort of region a region is."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    GROUP = "group"


class Form(StrEnum):
    """In which form a figure is stated: as a level, as growth, as a place in a ranking, …"""

    LEVEL = "level"
    ANNUAL_GROWTH = "annual_growth"  # one year over the year before
    AVERAGE_GROWTH = "average_growth"  # 年均增长: compound mean over several years
    CUMULATIVE = "cumulative"  # 累计: sum over the period
    INCREMENT = "increment"  # 新增 / 提高: end less start
    MULTIPLE = "multiple"  # 翻番, …倍: end over start
    RANK = "rank"  # 第…位


class Comparator(StrEnum):
    """How a figure bounds the outcome."""

    REACH = "reach"  # 达到
    AT_LEAST = "at_least"  # 以上, 不低于
    ABOVE = "above"  # 超过, 突破
    ABOUT = "about"  # 左右, 约
    AT_MOST = "at_most"  # 以内, 不超过
    BELOW = "below"  # 低于
    BETWEEN = "between"  # from value to value_high


class Force(StrEnum):
    """Whether a plan binds its government to a target."""

    BINDING = "binding"  # 约束性
    EXPECTED = "expected"  # 预期性


class Direction(StrEnum):
    """Whether a higher value of an indicator is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Tier(StrEnum):
    """How close a text stands to the government or office that issued the figure."""

    A = "A"  # the issuing government or statistics office itself
    B = "B"  # official text in a copy, official media, an official's briefing
    C = "C"  # other text
    D = "D"  # weak copy; bundled, but left out of load() unless asked for


class PlanKind(StrEnum):
    """What sort of document announces a target."""

    OUTLINE = "outline"  # 国民经济和社会发展规划纲要
    STI = "sti"  # science, technology and innovation plan
    ACTION_PLAN = "action_plan"
    GWR = "gwr"  # government work report, 政府工作报告
    OTHER = "other"


class GoalKind(StrEnum):
    """What sort of commitment without a number a goal is."""

    OUTCOME = "outcome"
    FRAMEWORK = "framework"
    KEY_TASKS = "key_tasks"
    PROGRAMME = "programme"
    MECHANISM = "mechanism"
    PRIORITY = "priority"


class Status(StrEnum):
    """How settled an observation is (SDMX OBS_STATUS in words)."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    NOT_STATED = "not_stated"
