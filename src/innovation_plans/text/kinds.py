"""What a token is, and what a word for a form says: the kinds and flags of the figure reader."""

from __future__ import annotations

from typing import Final

# What a token is. Plain integers: they are compared several times for each word of a text.
(
    NUMBER,
    BOUND,  # comparator before the number: 超过
    WITHIN,  # 控制在: at most, unless a word behind the number says otherwise
    AFTER,  # comparator behind the number: 以上
    NOT,  # reverses the comparator behind it: 不得
    FORM,  # flags below
    UNIT,
    PER,  # a denominator: 每万人, per 10,000 people
    WHOLE,  # a whole figure in a word: 翻番 is 2
    MINUS,  # 负
    TH,  # 第, no.
    TOP,  # 前, top
    HEAD,  # 首位: rank 1
    NTH,  # first, 3rd
    PLACE,  # 全国, in the country: what a rank is in
    TIME,  # 年, months
    JOIN,  # - ~ 至 到 to
    FILL,  # says nothing about the number
    FROM,  # 从: a starting point, so that what follows is no range
    OF,  # of, 占: a basis follows
    BASIS,  # GDP: only behind OF
    ADJECTIVE,  # between number and noun: invention patents
    NOUN,  # what a number counts or measures
    STOP,  # ends a clause
    BREAK,  # a bracket or a colon
    DOUBT,  # makes the other numbers of its clause unreadable
    GAP,  # anything else
    BROKEN,  # digits that are no number: 1_000, 3.2.1
    END,  # of the text
) = range(29)

# Flags of FORM.
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
COMPARED: Final = 1024  # 同比: a change, in a direction that another word says
# What a word of FILL compares a number with: 上年, or 目标.
PAST: Final = 1
REFERENCE: Final = 2
# A direction: a percentage or points behind it are a change.
CHANGE: Final = GROW | RATE | ADD | RAISE | FALL
