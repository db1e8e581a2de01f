"""What a page says, in both languages at once.

A :class:`Both` set into a template becomes two elements, one a language, of which the page shows
one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import NamedTuple

from ..codelists import GoalKind, RegionKind, Tier
from ..plots.wording import period as spoken
from ..text.labels import Language

__all__ = [
    "FORCES",
    "GOAL_KINDS",
    "PHRASES",
    "REGION_KINDS",
    "TIERS",
    "Both",
    "both",
    "named",
    "period",
]


class Both(NamedTuple):
    """One thing said in English and in Chinese."""

    en: str
    zh: str

    def __html__(self) -> str:
        """Both wordings as elements, or one plain text where they are the same."""
        if self.en == self.zh:
            return escape(self.en)
        return (
            f'<span lang="en">{escape(self.en)}</span><span lang="zh-Hans">{escape(self.zh)}</span>'
        )

    def __bool__(self) -> bool:
        return bool(self.en or self.zh)

    def filled(self, **parts: object) -> Both:
        """The same with the places in braces filled; a part may be in both languages too."""
        en, zh = (
            {name: getattr(part, lang, part) for name, part in parts.items()}
            for lang in ("en", "zh")
        )
        return Both(self.en.format(**en), self.zh.format(**zh))


def both(say: Callable[[Language], str]) -> Both:
    """What a function of the language says in each."""
    return Both(say("en"), say("zh"))


def named(english: str, chinese: str | None) -> Both:
    """A name in both languages, in English where there is no other."""
    return Both(english, chinese or english)


def period(code: str) -> Both:
    """A period as people speak of it.

    Examples
    --------
    >>> period("14th"), period("annual-2025"), period("eu-2020")
    (Both(en='14th plan', zh='“十四五”'), Both(en='2025', zh='2025年'), Both(en='eu-2020', zh='eu-2020'))
    """
    return both(lambda lang: spoken(code, lang))


TIERS: Mapping[Tier, Both] = MappingProxyType(
    {
        Tier.A: Both("the issuing government or statistics office", "发布机关或统计部门原文"),
        Tier.B: Both("official text in a copy, or official media", "官方文本的转载或官方媒体"),
        Tier.C: Both("other text", "其他文本"),
        Tier.D: Both("weak copy", "可靠性较低的副本"),
    }
)
GOAL_KINDS: Mapping[GoalKind, Both] = MappingProxyType(
    {
        GoalKind.OUTCOME: Both("outcome", "成果"),
        GoalKind.FRAMEWORK: Both("framework", "框架"),
        GoalKind.KEY_TASKS: Both("key tasks", "重点任务"),
        GoalKind.PROGRAMME: Both("programme", "专项"),
        GoalKind.MECHANISM: Both("mechanism", "机制"),
        GoalKind.PRIORITY: Both("priority", "优先领域"),
    }
)
REGION_KINDS: Mapping[RegionKind, Both] = MappingProxyType(
    {
        RegionKind.NATION: Both("nation", "全国"),
        RegionKind.PROVINCE: Both("province", "省级"),
        RegionKind.CITY: Both("city", "城市"),
        RegionKind.GROUP: Both("group of regions", "区域组"),
    }
)
FORCES = MappingProxyType(
    {"binding": Both("binding", "约束性"), "expected": Both("expected", "预期性")}
)

PHRASES: Mapping[str, Both] = MappingProxyType(
    {
        "skip": Both("Skip to the table of targets", "跳到目标表"),
        "switch": Both("Language", "语言"),
        "heading": Both("{name}: targets and outcomes", "{name}：目标与实际"),
        "targets": Both("Targets", "目标"),
        "summary": Both("Verdicts", "结论汇总"),
        "pictures": Both("Pictures", "图示"),
        "goals": Both("Goals without a number", "未量化的目标"),
        "conflicts": Both("Conflicting texts", "相互矛盾的文本"),
        "coverage": Both("Coverage", "覆盖情况"),
        "sources": Both("Sources", "来源"),
        "method": Both("Method", "方法"),
        "cite": Both("How to cite", "如何引用"),
        "contents": Both("Contents", "目录"),
        "indicator": Both("indicator", "指标"),
        "region": Both("region", "地区"),
        "period": Both("period", "规划期"),
        "stated": Both("target", "目标"),
        "by": Both("by", "目标年"),
        "outcome": Both("outcome", "实际值"),
        "year": Both("year", "年份"),
        "gap": Both("gap", "差距"),
        "verdict": Both("verdict", "结论"),
        "tier": Both("tier", "等级"),
        "search": Both("Search", "搜索"),
        "all": Both("all", "全部"),
        "expand": Both("Expand all", "全部展开"),
        "reset": Both("Reset", "重置"),
        "filters": Both("Filters", "筛选"),
        "shown": Both("{shown} of {all} targets shown", "显示 {all} 项目标中的 {shown} 项"),
        "caption": Both("Targets with their latest outcomes", "各项目标及其最新实际值"),
        "buttons": Both(
            "The buttons in the heads sort; the button that begins a row shows what its verdict "
            "rests on.",
            "点击表头按钮可排序，点击行首按钮可查看结论依据。",
        ),
        "plan": Both("Plan", "规划文件"),
        "locator": Both("Place", "位置"),
        "source": Both("Source", "来源"),
        "inputs": Both("Held against", "对照数据"),
        "caveats": Both("Mind", "注意"),
        "force": Both("Force", "性质"),
        "baseline": Both("Start in the plan", "规划基期值"),
        "breakdown": Both("Part", "分项"),
        "notes": Both("Note", "说明"),
        "also": Both("Also printed in", "另见"),
        "erratum": Both("Erratum", "勘误"),
        "key": Both("Key", "记录键"),
        "none": Both("no targets are known here", "尚无已知目标"),
        "tier_note": Both("Tier {tier}", "{tier}级"),
        "horizon": Both("by {year}", "到{year}年"),
        "records": Both(
            "{targets} targets, {sources} sources",
            "{targets} 项目标，{sources} 个来源",
        ),
        "colophon": Both(
            "innovation_plans {version}, data edition {edition}, from {records} records",
            "innovation_plans {version}，数据版本 {edition}，共 {records} 条记录",
        ),
        "conflict_note": Both(
            "Texts of one region and period that give different figures for one thing and year; "
            "all are kept, the strongest text first.",
            "同一地区、同一规划期的文本对同一事项和年份给出不同数值；全部保留，可靠性最高者在前。",
        ),
        "coverage_note": Both(
            "“Not found” means that texts of the period were read and this was not in them; it is "
            "no proof that none was stated.",
            "“未见”指已读该规划期的文本而未发现，并不证明没有提出。",
        ),
        "tier_list": Both(
            "Tiers say how close a text stands to who issued the figure.",
            "等级表示文本与发布机关的接近程度。",
        ),
    }
)
