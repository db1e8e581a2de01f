"""The words of what figures imply: routes, checks and origins, in both languages."""

from __future__ import annotations

from enum import StrEnum

from .labels import Language, said

__all__ = ["Check", "Origin", "Route", "word"]


class Route(StrEnum):
    """How a level is derived."""

    AVERAGE_GROWTH = "average_growth"  # base year grown by a mean rate
    ANNUAL_GROWTH = "annual_growth"  # the year before grown by one year's rate
    MULTIPLE = "multiple"  # base year times a multiple
    INCREMENT = "increment"  # base year and what is added
    NUMERATOR = "numerator"  # ratio times denominator
    DENOMINATOR = "denominator"  # numerator over ratio
    RATIO = "ratio"  # numerator over denominator


class Check(StrEnum):
    """What is compared with what."""

    RATIO = "ratio_against_levels"  # a ratio, and what its numerator and denominator make of it
    LEVEL = "level_against_growth"  # a level, and what a growth target makes of the base
    ANNUAL_LEVEL = "annual_goal_against_plan"  # the goal of a plan's last year, and the plan
    ANNUAL_GROWTH = "annual_growth_against_plan"  # a year's growth goal, and the mean rate needed
    POSITION = "province_against_nation"  # one figure beside the other; neither right nor wrong
    TOGETHER = "provinces_together"  # the weighted sum of the provinces, and the nation
    TEXTS = "texts_of_one_claim"  # two texts, two figures


class Origin(StrEnum):
    """Where a figure comes from."""

    OBSERVATION = "observation"
    TARGET = "target"
    BASELINE = "baseline"  # the starting value that a plan prints
    ASSUMPTION = "assumption"  # the caller's


_WORDS: dict[StrEnum, tuple[str, str]] = {
    Route.AVERAGE_GROWTH: ("average growth on the base year", "按年均增速由基期推算"),
    Route.ANNUAL_GROWTH: ("growth on the year before", "按年度增速由上年推算"),
    Route.MULTIPLE: ("multiple of the base year", "按倍数由基期推算"),
    Route.INCREMENT: ("base year and increase", "按增量由基期推算"),
    Route.NUMERATOR: ("ratio times denominator", "比率乘以分母"),
    Route.DENOMINATOR: ("numerator over ratio", "分子除以比率"),
    Route.RATIO: ("numerator over denominator", "分子除以分母"),
    Check.RATIO: ("ratio against levels", "比率与总量"),
    Check.LEVEL: ("level against growth", "总量与增速"),
    Check.ANNUAL_LEVEL: ("annual goal against plan", "年度目标与规划目标"),
    Check.ANNUAL_GROWTH: ("annual growth against plan", "年度增速与规划增速"),
    Check.POSITION: ("province against nation", "地方与全国"),
    Check.TOGETHER: ("provinces together against nation", "各省合计与全国"),
    Check.TEXTS: ("texts of one claim", "同一目标的不同文本"),
    Origin.OBSERVATION: ("observation", "实际值"),
    Origin.TARGET: ("target", "目标"),
    Origin.BASELINE: ("baseline in the plan", "规划基期值"),
    Origin.ASSUMPTION: ("assumption", "假设"),
}


def word(code: StrEnum, lang: Language = "en") -> str:
    """A code in words.

    Examples
    --------
    >>> word(Route.RATIO), word(Origin.TARGET, "zh")
    ('numerator over denominator', '目标')
    """
    return said(_WORDS[code], lang)
