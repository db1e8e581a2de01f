"""What the explorer says besides the words of a report."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .words import Both

__all__ = ["WORDS"]

WORDS: Mapping[str, Both] = MappingProxyType(
    {
        "title": Both(
            "Innovation targets of China's plans, held against outcomes",
            "中国创新规划目标与实际对照",
        ),
        "lead": Both(
            "{targets} targets of {regions} regions, {sources} sources; data edition {edition}",
            "{regions} 个地区的 {targets} 项目标，{sources} 个来源；数据版本 {edition}",
        ),
        "intro": Both(
            "What plans and work reports announce, with the exact place where it is printed, and "
            "what statistics say came of it.",
            "规划与政府工作报告提出的目标、其确切出处，以及统计数据显示的结果。",
        ),
        "docs": Both("Documentation", "文档"),
        "map": Both("Provinces", "各省份"),
        "map_note": Both(
            "One tile a province, roughly where it lies; the bar shows the verdicts on the targets "
            "chosen above, a mark stands where all have the same. Press a tile to see only its "
            "targets.",
            "每格代表一个省份，位置大致对应。色条表示所选目标的结论；结论全部相同时显示其标记。点击可只看该地区。",
        ),
        "others": Both("The nation and cities", "全国与城市"),
        "targets": Both("Targets", "目标"),
        "glance": Both("Regions at a glance", "各地区一览"),
        "glance_note": Both(
            "How many targets came to each verdict, over all periods.",
            "各结论的目标数（全部规划期）。",
        ),
        "total": Both("targets", "目标数"),
        "report": Both("report", "报告"),
        "skip": Both("Skip to the table of targets", "跳到目标表"),
        "previous": Both("Previous", "上一页"),
        "next": Both("Next", "下一页"),
        "paging": Both("Pages", "分页"),
        "shown": Both(
            "{shown} of {all} targets; page {page} of {pages}",
            "{all} 项目标中的 {shown} 项；第 {page} 页，共 {pages} 页",
        ),
        "without": Both(
            "The table of single targets and the map's filters need JavaScript; the counts below "
            "do not.",
            "逐项目标表与地图筛选需要启用 JavaScript；下面的汇总不需要。",
        ),
    }
)
