"""What pictures say, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..codelists import Availability, Comparator, Verdict
from ..records import years_of
from ..text import labels
from ..text.labels import Language, said

__all__ = [
    "COMPARATORS",
    "KNOWN",
    "WORDS",
    "counted",
    "joined",
    "letter",
    "listed",
    "period",
    "records",
    "sentences",
    "source",
]  # fmt: skip

_PACKAGE = "innovation_plans"

WORDS: Mapping[str, tuple[str, str]] = {
    "start": ("start", "基期"),
    "target": ("target", "目标"),
    "outcome": ("outcome", "实际值"),
    "other": ("other texts and vintages", "其他来源或版本"),
    "required": ("required path", "所需路径"),
    "ahead_of_us": ("still required", "尚需完成"),
    "series": ("series", "数据序列"),
    "implied": ("level that the target implies", "目标对应的水平"),
    "range": ("what the figure may mean", "数值可能的范围"),
    "tied": ("tied: the order is open", "并列：先后不定"),
    "no_place": ("no place", "无排名"),
    "no_target": ("no target", "无目标"),
    "no_figure": ("no figure", "无数据"),
    "reason": ("undetermined", "无法判断"),
    "tier": ("source tier {}", "来源等级{}"),
    "not_drawn": ("not on the map: {}", "图中未列：{}"),
    "and_more": ("{} and {} more", "{}等（另{}个）"),
    "value": ("{}", "{}"),
    "distance": ("distance from the start, {}", "与基期之差，{}"),
    "ratio": ("{} of the nation's figure", "相当于全国的{}"),
    "growth": ("pace, {} a year", "年均变化，每年{}"),
    "up": ("highest first: more is better", "由高到低：越高越好"),
    "down": ("lowest first: less is better", "由低到高：越低越好"),
    "none": ("highest first: neither end is better", "由高到低：高低无优劣之分"),
}
COMPARATORS: Mapping[Comparator, tuple[str, str]] = {
    Comparator.REACH: ("target: reach", "目标：达到"),
    Comparator.AT_LEAST: ("target: at least", "目标：不低于"),
    Comparator.ABOVE: ("target: above", "目标：超过"),
    Comparator.ABOUT: ("target: about, with its tolerance", "目标：左右（含允许误差）"),
    Comparator.AT_MOST: ("target: at most", "目标：不超过"),
    Comparator.BELOW: ("target: below", "目标：低于"),
    Comparator.BETWEEN: ("target: a range", "目标：区间"),
}
KNOWN: Mapping[Availability, tuple[str, str]] = {
    Availability.STATED: ("target stated", "已提出目标"),
    Availability.NOT_STATED: ("a text was read, no target found in it", "已读文本，未见目标"),
    Availability.NOT_READ: ("no text was read", "未读到文本"),
    Availability.PUBLISHED: ("outcome published", "已公布实际值"),
    Availability.NOT_PUBLISHED: ("no outcome published", "未公布实际值"),
}
_SOURCE = (
    "Source: " + _PACKAGE + "{edition}, {records}",
    "来源：" + _PACKAGE + "{edition}，{records}",
)
_EDITION = (", data edition {}", "，数据版本{}")
_RECORDS = ("{} records", "{}条记录")
_ONE_RECORD = ("1 record", "1条记录")


def records(count: int, lang: Language) -> str:
    """A number of records."""
    return said(_ONE_RECORD if count == 1 else _RECORDS, lang).format(f"{count:,}")


def source(edition: str, counted: str, lang: Language) -> str:
    """The source line: package, edition of the data, and how much of it was drawn.

    Examples
    --------
    >>> source("2026.11", records(43, "en"), "en")
    'Source: innovation_plans, data edition 2026.11, 43 records'
    """
    dated = said(_EDITION, lang).format(edition) if edition else ""
    return said(_SOURCE, lang).format(edition=dated, records=counted)


def counted(counts: Mapping[Verdict, int], lang: Language) -> str:
    """How many came to each verdict, in words; verdicts that nothing came to are left out.

    Examples
    --------
    >>> counted({Verdict.MET: 5, Verdict.MISSED: 0, Verdict.OFF_TRACK: 2}, "en")
    '5 met, 2 off track'
    """
    if lang == "zh":
        return "，".join(f"{labels.verdict(v, lang)}{n}项" for v, n in counts.items() if n)
    return ", ".join(f"{n} {labels.verdict(v, lang)}" for v, n in counts.items() if n)


def joined(parts: Iterable[str], lang: Language) -> str:
    """Parts of an enumeration."""
    return ("、" if lang == "zh" else ", ").join(parts)


def sentences(parts: Iterable[str], lang: Language) -> str:
    """Sentences, each with its full stop."""
    stop, between = ("。", "") if lang == "zh" else (".", " ")
    return between.join(part.rstrip(".。") + stop for part in parts if part)


def listed(names: Sequence[str], most: int, lang: Language) -> str:
    """The first few names, and how many more there are.

    Examples
    --------
    >>> listed(["Dalian", "Ningbo", "Hefei"], 2, "en")
    'Dalian, Ningbo and 1 more'
    """
    shown = joined(names[:most], lang)
    more = len(names) - most
    return said(WORDS["and_more"], lang).format(shown, more) if more > 0 else shown


def letter(at: int) -> str:
    """The letter of a footnote: a to z, then aa.

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('a', 'z', 'aa')
    """
    before, rest = divmod(at, 26)
    return (letter(before - 1) if before else "") + chr(ord("a") + rest)


_ORDINALS = {11: "十一五", 12: "十二五", 13: "十三五", 14: "十四五", 15: "十五五", 16: "十六五"}


def period(code: str, lang: Language) -> str:
    """A period as people speak of it.

    Examples
    --------
    >>> period("14th", "en"), period("14th", "zh"), period("annual-2025", "zh"), period("x", "zh")
    ('14th plan', '“十四五”', '2025年', 'x')
    """
    years = years_of(code)
    if years is None:
        return code
    if code.startswith("annual-"):
        return said((str(years[0]), f"{years[0]}年"), lang)
    ordinal = int(code[:-2])
    chinese = f"“{_ORDINALS[ordinal]}”" if ordinal in _ORDINALS else f"第{ordinal}个五年规划"
    return said((f"{code} plan", chinese), lang)
