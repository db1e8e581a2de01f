"""Points and spans of time, which are no figures."""

from __future__ import annotations

from ..codelists import Comparator
from . import kinds
from .clause import Clause
from .kinds import Kind
from .lexicon import lexicon

_RANGE_ALONE = 7  # two numbers, what joins them, a unit, three ends


def time_after(clause: Clause, at: int) -> int:
    """Return the index of the token after a point or span of time that begins here, or 0."""
    tokens = clause.tokens
    kind, following = tokens[at + 1][0], tokens[at + 2][0]
    if kind == "time":
        return at + 2
    if kind == "join" and following == "time":  # 10-year
        return at + 3
    years = kind == "form" and clause.text.startswith("年", tokens[at][3])  # 近五年平均
    month = at > 0 and tokens[at - 1][0] == "time" and clause.text[tokens[at - 1][2]].isascii()
    day = month and tokens[at][1].power == 0 and tokens[at][1].coefficient in range(1, 32)
    if years or (day and kind != "unit"):  # February 16
        return at + 1
    if kind == "join" and following == "number" and tokens[at + 3][0] == "time":  # 2021-2025年
        amount = clause.word is not None or tokens[at][1].power  # RMB 5 billion到2025年
        return 0 if amount else at + 4
    if tokens[at][1].style == "year" and _is_year(clause, at, kind):
        return _joined_year(clause, at) if (kind, following) == ("join", "number") else at + 1
    return 0


def _joined_year(clause: Clause, at: int) -> int:
    """Return the index after a year that is joined to a number, or 0 if it counts things."""
    join, high, unit = clause.tokens[at + 1 : at + 4]
    if unit[0] == "unit" and _counts(clause, at):
        return 0
    short = join[3] == high[2] and high[3] - high[2] == 2  # 2016-20
    return at + 3 if short or high[1].style == "year" else at + 1


def _is_year(clause: Clause, at: int, kind: Kind) -> bool:
    """Return True if 1900-2100 without a unit is a year; alone or after 超过 it is a number."""
    here = clause.skip(at + 1, "adjective")  # 2030 new firms, but 科技创新2030重大项目
    if clause.tokens[here][0] == "unit" or kind in ("after", "per"):
        return False
    if clause.bound is Comparator.BETWEEN:  # between 2015 and 2020
        upper, unit = clause.tokens[at + 2 : at + 4]
        return kind == "join" and upper[0] == "number" and unit[0] != "unit"
    return not clause.bound and not clause.flags and len(clause.tokens) > 4


def _counts(clause: Clause, at: int) -> bool:
    """Return True if 2000-3000家 counts something: years are not joined so to a count."""
    if at and clause.text_of(clause.tokens[at - 1]) in lexicon().years["in"]:
        return False  # in 2020 to 3000 firms
    high, unit = clause.tokens[at + 2 : at + 4]
    alone = len(clause.tokens) == _RANGE_ALONE
    return alone or high[1].style != "year" or clause.text_of(unit) > "z"


def span_of(clause: Clause, at: int) -> str:
    """Return what growth is not, next to several years, 比2020年, or a part of one, 12月."""
    words, tokens, (_, number, _, end) = lexicon().years, clause.tokens, clause.tokens[at]
    joined = tokens[at + 1][0] == "join"
    ranges = joined and tokens[at + 2][0] == "number"
    if number.style == "year":
        before = at - 1
        later = tokens[at + 2][1].coefficient - number.coefficient if ranges else 0
        if later == 1 and clause.text_of(tokens[before]) in ("from", "between"):
            return ""  # from 2023 to 2024
        while before > 0 and clause.text_of(tokens[before]) in words["the"]:
            before -= 1
        based = at > 0 and clause.text_of(tokens[before]) in words["base"]
        based = based or clause.text.startswith(words["based"], end)
        spans = ranges or (based and number.coefficient + 1 != clause.year)  # 2025年比2024年
        return kinds.OVER_YEARS if spans else ""
    here = at + 1 + joined + ranges
    unit, following = tokens[here : here + 2]  # five-year, 3-5年
    if clause.text_of(unit) in words["years"]:
        return kinds.OVER_YEARS if number.coefficient > 1 else ""
    first = unit[0] == "time" and tokens[at - 1][0] in ("top", "nth")  # 前11个月
    running = clause.text_of(tokens[at - 1]) == "连续"
    part = first or (clause.text_of(unit) in words["part"] and not running)
    return kinds.IN_A_PART if part and following[0] != "number" else ""  # 3月, but not 3月5日


def span_named(clause: Clause, here: int) -> str:
    """Return what growth is not if a span is named before the number, or behind `here`."""
    here = max(here, clause.spanless)  # what the number before has seen names none
    limit = ""
    while not clause.spans and (kind := clause.tokens[here][0]) not in kinds.ENDS:
        if kind == "span" or clause.is_month(here):
            clause.spans = clause.span_at(clause.tokens[here])
        elif clause.tokens[here][:2] == ("noun", "limit"):  # a 70 percent cut in approval time
            limit = kinds.FROM_A_LIMIT
            break
        elif kind == "number":
            clause.spans = span_of(clause, here)
            both = clause.tokens[here][1].style == "year" and clause.tokens[here + 1][0] == "join"
            here += 2 * both  # the upper year begins no span
        here += not clause.spans
    clause.spanless = here
    return clause.spans or limit
