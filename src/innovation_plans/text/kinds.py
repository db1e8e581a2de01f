"""What a token is, and what a word for a form says: the kinds and flags of the figure reader.

A word list of ``lexicon.toml`` has the name of its kind, and ``says`` the names of flags.
"""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal[
    "number",
    "bound",  # comparator before the number: 超过
    "within",  # 控制在: at most, unless a word behind the number says otherwise
    "after",  # comparator behind the number: 以上
    "not",  # reverses the comparator behind it: 不得
    "form",  # flags below
    "unit",
    "per",  # a denominator: 每万人, per 10,000 people
    "whole",  # a whole figure in a word: 翻番 is 2
    "minus",  # 负
    "th",  # 第, no.
    "top",  # 前, top
    "head",  # 首位: rank 1
    "nth",  # first, 3rd
    "place",  # 全国, in the country: what a rank is in
    "time",  # 年, months
    "span",  # 十四五: several years
    "than",  # 比, 较: what is compared follows
    "join",  # - ~ 至 到 to
    "fill",  # says nothing about the number
    "from",  # 从: a starting point, so that what follows is no range
    "of",  # of, 占: a basis follows
    "basis",  # GDP: only behind "of"
    "adjective",  # between number and noun: invention patents
    "noun",  # what a number counts or measures
    "stop",  # ends a clause
    "break",  # a bracket or a colon
    "doubt",  # makes the other numbers of its clause unreadable
    "hearsay",  # the same for its whole sentence
    "gap",  # anything else
    "broken",  # digits that are no number: 1_000, 3.2.1
    "end",  # of the text
]

ENDS: Final = frozenset({"end", "stop"})
NAMES: Final[tuple[Kind, ...]] = ("noun", "unit", "gap")  # of what is counted
UNKNOWN: Final = frozenset({"gap", "broken", "doubt", "span", "than"})
# What a number is cut off from if it follows a comma: 增长30.4，%.
OF_A_FIGURE: Final = frozenset({"after", "per"})
OF_A_NUMBER: Final = frozenset({"unit", "after", "per"})

# Flags of a form.
GROW: Final = 1  # 增长
RATE: Final = 2  # 增速: growth even where "reach" or "to" follows
MEAN: Final = 4  # 年均
YEARLY: Final = 8  # 每年, a year
ADD: Final = 16  # 新增
RAISE: Final = 32  # 提高
LEVEL: Final = 64  # 提高到
SUM: Final = 128  # 累计
FALL: Final = 256  # 下降
DROP: Final = 512  # 降幅: a fall even where "reach" or "to" follows
RENEW: Final = 2048  # 改造: what is added is not all new
EACH: Final = 4096  # 平均: of one thing
COMPARED: Final = 1024  # 同比: a change, in a direction that another word says
# What a word of "fill" compares a number with: 上年, or 目标; that a higher target follows: 力争; or
# that a share does: 占比.
PAST: Final = 1
REFERENCE: Final = 2
STRIVE: Final = 4
SHARE: Final = 8
# That the numbers belong to the nouns, one to one: 分别; that some of those before are counted: 其中;
# that a percentage behind it is a level: is, or before it a part of something else: as; that a target is fulfilled: 完成; that a
# bare number has the unit behind: the number of; that a whole year is meant: 全年; and that what
# is before it is described: with.
RESPECTIVE: Final = 16
FULFIL: Final = 32
COUNT: Final = 64
YEAR: Final = 128
WHICH: Final = 256
AMONG: Final = 512
IS: Final = 1024
PART: Final = 2048
FLOW: Final = 4096  # 投入: of several years, an amount is the sum, or that of each
# What a percentage must be instead of the growth, or the share, that a word makes of it.
OVER_YEARS: Final = "over_years"
OF_A_PLAN: Final = "of_a_plan"  # over several years, unless one is named
IN_A_PART: Final = "in_a_part"
FROM_A_LIMIT: Final = "from_a_limit"
OF_A_GOAL: Final = "of_a_goal"
OF_AN_AVERAGE: Final = "of_an_average"
OF_A_PAST: Final = "of_a_past"
OTHER_TIME: Final = "other_time"
# A direction: a percentage or points behind it are a change.
CHANGE: Final = GROW | RATE | ADD | RAISE | FALL
CHANGED: Final = CHANGE | SUM  # an amount of it is no level
