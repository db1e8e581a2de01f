"""A number with all that is read around it: an amount, a range, a rank, or a point in time."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import takewhile
from typing import NoReturn, get_args

from ..codelists import Comparator, Form
from ..units.decimals import EXACT
from ..units.interval import decimals_of
from ..units.words import MAGNITUDE_WORDS, MAGNITUDES
from . import kinds
from .behind import after, below, tail, trail
from .certain import (
    DESCRIBED,
    check_attribute,
    check_before,
    check_figure,
    check_respective,
    check_rest,
    counted_noun,
    is_of_another,
)
from .clause import CURRENCIES, REACH, RELATIVE, SIGNED, Clause, FoundFigure, Unreadable, both
from .figure import Figure, times
from .kinds import Kind
from .lexicon import ITEM, PER_CENT, RANK, SHARES, UnitWord
from .messages import Message
from .numerals import Number, share
from .settle import SCALED, THING_UNITS, Settled, settle
from .spelling import DRESSING
from .times import span_named, span_of, time_after

new_figure = partial(tuple.__new__, Figure)  # takes a third as long as calling the class
_WITHIN = frozenset({None, REACH, Comparator.AT_MOST, Comparator.BELOW, Comparator.ABOUT})
# In words, "above" third place is second place: only these words, or signs, bound a rank.
_IN_A_RANGE = frozenset({None, REACH, Comparator.BETWEEN})
_IN_A_RANK = frozenset(bound for bound in Comparator if bound.plain or bound is Comparator.AT_MOST)
_PACES = kinds.RATE | kinds.DROP
# What a word far before an amount says of it.
_KEPT = kinds.MEAN | kinds.SUM | kinds.YEARLY | kinds.ADD | kinds.RENEW | kinds.FALL | kinds.EACH
_NOUNS = frozenset({"unit", "adjective", "gap", "doubt", "noun"})
# What a unit in brackets is counted in, by its power of ten: (10,000 persons), ('000 FTE).
_SIZES = {"100 million": 8, "10,000": 4, "1,000": 3, "'000": 3} | {
    word: power + len(str(factor)) - 1
    for word, (factor, power) in (MAGNITUDES | MAGNITUDE_WORDS).items()
}
_PACE = re.compile(
    "(?:^|^the |^annual )growth (?:in|of) (?:(?!as |and |but |while |when |with )[a-z&-]+ ){1,3}(?:slowed|accelerated|eased|moderated|cooled|quickened) to (?:(?:about|nearly|above|below) )?$"
)
_NEW_ONES = re.compile("新(?!增)[^,，;。]{1,40}?的")  # 对新认定的平台给予最高500万元
# What is built has a cost, what is founded has people: neither is added.
_BUILT = re.compile("新(?:建|设|成立|组建|创建|开|投|打造|布局|培育|认定|增设)")
# A share of what is new is not new itself: 新增财力用于民生的比例不低于八成
_OF_NEW_ONES = re.compile("新增(?!长)[^,，;。的]{2,30}的(?:比例|比重|占比)[^0-9,，;。、]*$")
# Before a sum that a bracket repeats in another currency.
_ABOUT = re.compile(
    "(?:[约合折为$¥ ]|相当于|or|about|around|approximately|roughly|nearly|equivalent to|us)*"
)
# What the lower end of a range may leave out: two to three hundred, 三至五百.
_GROUPS = {"hundred": 100, "dozen": 12, "thousand": 1000, "十": 10, "百": 100, "千": 1000}
_GROUP = re.compile("|".join(_GROUPS))
# 居全国大中城市首位: a ranking is far before the rank
_PLACING = frozenset({"居", "位居", "列", "位列", "名列", "稳居", "居于", "排名", "排在"})
_SUMS = frozenset(unit for _, unit in SCALED["CNY"]) | {"CNY"}
_NO_UNIT: UnitWord | None = None
_NEARBY = 200  # characters
# Years that 累计 sums up: 五年累计, 2021—2025年累计.
_OF_YEARS = re.compile(
    "(?<![0-9]{3})[0-9一二三四五六七八九十两几]年|期间|以来|年来|十[二三四五]五"
    "|20[0-9]{2}年?(?:[-~—至]| to )20[0-9]{2}|years|since|decade|period"
)
_ITEM_MARK = re.compile(r"\( ?[1-9][0-9]? ?\)")
_IN_AN_ITEM = frozenset({"noun", "gap", "adjective", "form", "fill"})
_IN = frozenset({"in", "out of"})  # one in five firms


def _number(clause: Clause, at: int) -> tuple[FoundFigure | None, int]:
    """Read a number with what follows it; a point in time is no figure."""
    tokens, number = clause.tokens, clause.tokens[at][1]
    if _is_part(clause, at):
        clause.note_gap(("gap", None, *tokens[at][2:]), at)
        tokens[at] = ("broken", None, *tokens[at][2:])  # 三某至五家 is no range
        return None, at + 1
    timely = tokens[at + 1][0] in {"time", "join", "form"} or tokens[at - 1][0] == "time"
    if timely or number.style == "year":
        rest = time_after(clause, at)
        if rest:
            if span := span_of(clause, at):  # 到2025年 alone applies to its sentence only
                both_ends = number.style != "year" or tokens[at + 1][0] == "join"
                clause.name_span(at if both_ends else -1, span)
            elif number.style == "year" and (
                clause.spans != kinds.IN_A_PART or tokens[at + 1][0] == "time"
            ):
                clause.spans = ""  # another year, unless in March 2025
            if number.style == "year" and number.coefficient > clause.year:
                clause.year, clause.spanless = number.coefficient, 0
            clause.note_time(tokens[at], at)
            clause.bound = _bound_of_a_time(clause, at, rest)
            clause.minus, clause.time_end = False, rest
            if number.coefficient % 1:  # 81.2岁
                clause.skipped.append((*tokens[at][2:], "figure_or_time"))
            return None, rest
    if clause.figures and clause.is_compared(at):
        clause.mark_problem(tokens[at][2], "one_figure")
        clause.skipped.append((*tokens[at][2:], "one_figure"))
        clause.mark_doubt(tokens[at][2], "one_figure")  # versus 2.5 percent and 2 percent
        return None, at + 2
    if tokens[at + 2][0] == "number" and number.style in ("word", "digits"):
        number = _one_in_five(clause, at) or number
    prefix = clause.word
    _at_number(clause, at)
    here = below(clause, after(clause, tail(clause, at + 1, number)))
    upper = _upper(clause, here, number, prefix) or _either(clause, here, number)
    closed = 0 if upper else clause.closing(here)
    if upper or closed:
        return _range_of(clause, at, upper or closed, prefix, closed=closed > 0)
    here = trail(clause, here)
    if clause.within or number.more or number.bare or prefix is not None:
        _join_notes(clause, at, prefix)
    return _figure_of(clause, at, here, number)


def _bound_of_a_time(clause: Clause, at: int, rest: int) -> Comparator | None:
    """Return the comparator before a time that applies behind it: 超过2015年的2倍; most end there."""
    of_, number = clause.tokens[rest : rest + 2]
    if clause.text_of(of_) == "的" and number[0] == "number":
        return clause.bound
    sided = clause.tokens[at - 1][0] == "bound" and clause.bound not in (None, REACH)
    if sided and clause.tokens[at][1].style == "year" and not clause.is_until(at - 1):
        clause.mark_doubt(clause.tokens[at][2], "near_comparator")  # 超过2015年出口的2倍
    return None


def _one_in_five(clause: Clause, at: int) -> Number | None:
    """Replace "one in five" by 20 per cent of, where it begins a sentence and names no places."""
    tokens, end = clause.tokens, clause.tokens[at + 2][3]
    (_, low, start, _), among, (kind, high, _, _) = tokens[at : at + 3]
    if clause.text_of(among) not in _IN or kind != "number" or high.style != low.style:
        return None
    following = tokens[clause.skip(at + 3, "adjective")]
    who = following[0] == "unit" and following[1].takes in ("thing", "people")
    who = who and clause.text_of(following).endswith(("s", "people"))  # no enterprise zones
    begins = clause.skip(at - 1, "bound", step=-1) < clause.sentence
    if not (begins and who and low.coefficient < high.coefficient <= 10) or low.power or high.power:
        return None
    number = Number(share(low.coefficient, high.coefficient))
    tokens[at] = ("number", number, start, end)
    tokens[at + 1 : at + 3] = ("unit", PER_CENT, end, end), ("of", None, end, end)
    return number


def _is_part(clause: Clause, at: int) -> bool:
    """Return True for a numeral that begins an unknown Chinese word: 两化, 三亚."""
    (_, number, start, end), following = clause.tokens[at : at + 2]
    small = number.style == "word" and end - start == 1 and number.coefficient < 10
    return small and clause.text[start] > "z" and following[0] == "gap" and following[2] == end


def _figure_of(
    clause: Clause,
    at: int,
    here: int,
    number: Number,
    lower: tuple[Number, UnitWord | None] | None = None,
) -> tuple[FoundFigure, int]:
    """Return the figure of a number and all that was read around it; `lower` begins a range."""
    tokens, start = clause.tokens, clause.tokens[at][2]
    word, bound = clause.word, clause.limit or REACH
    if word is not None and word.takes:
        word = _counted(clause, word, here)
    flags = _effective(clause, at, word)
    if flags & kinds.COMPARED and (clause.minus or clause.is_minus(clause.touched)):
        flags |= kinds.GROW  # -5% year on year
    if clause.over is not None and not clause.over.unit:  # 每10万人
        relative = word is not None and word.unit in RELATIVE
        if not (relative and flags & kinds.CHANGE) or flags & kinds.LEVEL:
            raise Unreadable(start, "near_denominator")
    settled = settle(flags, word, clause.over, number.power, clause.hints)
    if settled.problem:
        check_attribute(clause, here)
        raise Unreadable(start, settled.problem)
    check_figure(clause, (number, start), here, word, settled)
    if lower is not None:
        low, first = lower
        first = word if first == clause.word else _placed(clause, first)  # 件 counts any things
        ends = settle(flags, first, clause.over, low.power, clause.hints), settled
        figure = _between(ends, (low, number), start)
        marked = word is not None or _marked(clause, number, at, here)
        return _found(clause, figure, at, here, marked), here
    value = number.coefficient
    if number.times != 1 or not settled.plain:
        value = value_of(number, settled)
        if settled.sign < 0:  # 下降5%以上: growth of at most -5 percent
            bound = bound.mirrored()
    if clause.distant and settled.unit in THING_UNITS and decimals_of(value):
        raise Unreadable(start, "whole_number")  # Industry 5.0 pilot lines
    value = _signed(clause, value, at, settled)
    figure = new_figure((settled.form, bound, value, None, settled.unit))
    upper_follows = word is None and tokens[here][0] == "join"  # rose from 5 to 6 percent
    marked = not upper_follows and _marked(clause, number, at, here)
    return _found(clause, figure, at, here, marked), here


def _join_notes(clause: Clause, at: int, prefix: UnitWord | None) -> None:
    """Join what was noted before the number with what is printed in it and behind it."""
    (_, number, start, _), following = clause.tokens[at : at + 2]
    if number.more:
        clause.limit = both(clause.limit, Comparator.ABOVE, start)
    more = number.more or following[0] == "after"  # 百余家
    if number.bare and not more and clause.bound in (None, Comparator.ABOUT):
        raise Unreadable(start, "magnitude_alone")  # 近百
    if clause.within:
        if clause.limit not in _WITHIN:
            raise Unreadable(start, "one_comparator")
        clause.limit = Comparator.AT_MOST if clause.limit in (None, REACH) else clause.limit
    if prefix is not None:
        if clause.word is not None and clause.word.unit != prefix.unit:
            raise Unreadable(start, "one_unit")
        clause.word = prefix


def _signed(clause: Clause, value: Decimal, at: int, settled: Settled) -> Decimal:
    """Return the negative of a value after 负, or after a dash that is its sign; a count has none."""
    dash, start = at > 0 and clause.is_minus(clause.tokens[at - 1]), clause.tokens[at][2]
    if not (dash or clause.minus):
        return value
    if settled.sign < 0 or settled.unit not in SIGNED or (dash and clause.minus):
        raise Unreadable(start, "above_zero")
    if dash and clause.distant and settled.form is Form.LEVEL and not any(clause.hints[:2]):
        raise Unreadable(start, "share_or_growth")  # 研发经费-3%
    return value.copy_negate()


def _at_number(clause: Clause, at: int) -> None:
    """Start with the notes; raise if what is directly before the number is not understood."""
    clause.touched = clause.tokens[at - 1]
    if at:
        check_before(clause, at)
    if clause.negated:
        raise Unreadable(clause.tokens[at][2], "negation")
    if clause.doubt is not None:
        raise Unreadable(*clause.doubt)
    clause.limit, clause.form_flags = clause.bound, clause.flags
    if clause.of_it is not None:
        before, of_it = clause.of_it
        clause.limit = both(clause.limit, of_it, clause.tokens[before][2])
        clause.start = clause.tokens[before][2]
    clause.over, clause.word = None, None


def _effective(clause: Clause, at: int, word: UnitWord | None) -> int:
    """Return the flags that apply: those next to the number, and those of its whole clause."""
    flags, far = clause.form_flags, clause.far
    if not flags | far:
        return 0
    if word is not None and word.unit in RELATIVE:
        if far & kinds.RATE and far & kinds.MEAN and clause.bound and not flags:
            return far  # the average annual growth rate of investment will reach 14%
        if far & _PACES and clause.leads(clause.end) and clause.led_to(clause.end) == at:
            return far
        unsaid = bool(far & (kinds.CHANGED | kinds.LEVEL) and not flags & kinds.CHANGE)
        unsaid = unsaid or bool(far & kinds.SUM and flags & kinds.GROW)  # 累计惠及群众增长四成
        if far & kinds.CHANGED == kinds.ADD and _OF_NEW_ONES.search(_before(clause, at)):
            unsaid = False
        changed = kinds.LEVEL | (kinds.RAISE | kinds.FALL if word.unit == "percent" else 0)
        level = far & ~flags & _PACES and flags & changed
        if level and _PACE.search(_before(clause, at)):  # growth in trade slowed to 5%
            return far
        if clause.said & kinds.SHARE and flags == kinds.MEAN:
            flags = 0  # the unemployment rate averaged 5 percent
        mean = far & kinds.MEAN and flags & kinds.CHANGE  # 年均浓度降5%
        kept = kinds.MEAN | kinds.YEARLY
    else:
        level, mean = far & kinds.LEVEL, 0
        here = clause.skip(at - 1, "noun", "adjective", "unit", step=-1)
        unsaid = bool(far & kinds.FALL) and clause.tokens[here][1] != kinds.FALL  # 减少人口5万人
        money = word is not None and word.unit in CURRENCIES
        if money and clause.bound is None:
            moved = far & (kinds.RAISE | kinds.GROW) and not far & (kinds.ADD | kinds.LEVEL)
            unsaid = unsaid or bool(moved and not flags & kinds.CHANGE)  # 提高补助标准20元
        described = money and _NEW_ONES.search(_before(clause, at))
        kept = _KEPT & ~kinds.ADD if described else _KEPT
        new = word is not None and word.takes != "thing" and far & ~flags & kept & kinds.ADD
        unsaid = unsaid or bool(new and _is_of_new_ones(clause, at, money=money))
    if unsaid or level or mean:
        raise Unreadable(clause.tokens[at][2], "near_form")
    flags |= far & kept
    counts = word is not None and word.takes == "thing" and flags & (kinds.SUM | kinds.ADD)
    return flags & ~kinds.SUM if counts == kinds.SUM and _is_stock(clause, at) else flags


def _is_of_new_ones(clause: Clause, at: int, *, money: bool) -> bool:
    """Return True for 新建基地投资规模为5亿元 and 新增企业员工达300人: what is new has it."""
    tokens, here, of_things = clause.tokens, at, False
    own = tokens[at - 1][0] == "bound" or tokens[at - 1][:2] == ("fill", kinds.IS)
    while (kind := tokens[here := here - 1][0]) not in kinds.ENDS:
        value = tokens[here][1]
        if kind == "form" and value & kinds.ADD:
            built = _BUILT.match(clause.text, tokens[here][2]) is not None
            return (of_things and (own or built)) or (money and built)
        of_things |= kind == "noun" and value in DESCRIBED
        of_things |= kind == "unit" and value.takes == "thing"  # added projects totaling
    return False


def _is_stock(clause: Clause, at: int) -> bool:
    """Return True for 企业累计达到300家: how many there are, unless it is the sum of some years."""
    tokens, here = clause.tokens, clause.skip(at - 1, "bound", *kinds.NAMES, step=-1)
    before = tokens[here - 1][0] if tokens[here][0] == "form" else "end"  # not 累计300家
    if before not in kinds.NAMES or clause.lasting or _OF_YEARS.search(_before(clause, at)):
        return False
    if before == "gap":
        raise Unreadable(tokens[at][2], "form")
    return True


def _before(clause: Clause, at: int) -> str:
    """Return the last words before a number, in its sentence."""
    start = clause.tokens[at][2]
    return clause.text[max(clause.tokens[clause.sentence][2], start - _NEARBY) : start]


def _counted(clause: Clause, word: UnitWord, here: int) -> UnitWord:
    """Return the unit of a counting word: 家 counts laboratories, too, 件 any things, and 位 ranks."""
    if word.takes == "place":
        return _placed(clause, word) or word
    text = clause.text_of(clause.tokens[clause.unit_at])
    plain = clause.limit is clause.bound or clause.tokens[here][0] in kinds.ENDS
    counter = text == "家" or (text == "户" and plain)  # 20户以上自然村
    item = counter and counted_noun(clause, here) in {"item", "counted", "inhabitant", "other"}
    if item or (text == "件" and not _may_be_patents(clause, here)):
        return ITEM
    return word


def _may_be_patents(clause: Clause, here: int) -> bool:
    """Return True for 专利5件, 5件高价值专利 and 5件/万人; 件 alone counts any things."""
    kind, noun, _, _ = clause.tokens[clause.skip(here, "adjective", "fill")]
    open_ = clause.over is not None or clause.noun == "" or kind in kinds.UNKNOWN
    return open_ or "patent" in (clause.noun, noun)


def _placed(clause: Clause, word: UnitWord | None) -> UnitWord | None:
    """Return the unit: 位 counts people, but ranks in 提升3位 and 全国15名以内."""
    if word is None or word.takes != "place":
        return word
    moved = clause.form_flags & (kinds.RAISE | kinds.FALL) and not clause.form_flags & kinds.ADD
    listed = clause.place >= 0 and clause.limit is Comparator.AT_MOST
    return RANK if moved or listed else word


def _marked(clause: Clause, number: Number, at: int, here: int) -> bool:
    """Return True if it is a figure in running text too: 新增一家 is, 一家 is not."""
    if clause.word is None and number.style == "year":  # over 2015
        return False
    if clause.word is not None and (
        number.style not in ("word", "share") or number.power or clause.word.power  # 八成
    ):
        return True
    if clause.word is not None and number.style == "word":
        unit, behind = clause.text_of(clause.tokens[clause.unit_at]), clause.tokens[here][2]
        based = unit == "times" and clause.text.startswith(("the ", "that ", "as "), behind)
        counts = number.coefficient > 1 and clause.unit_at > at + 1 and clause.word.takes == "thing"
        named = unit.isascii() and (counts or clause.word.unit in SIGNED)  # three national labs
        if number.coefficient >= 10 or based or named:
            return True
    if clause.start >= 0 and not (clause.symbol and clause.word is None):
        return True
    if clause.said & kinds.SHARE and clause.word and clause.word.unit == "percent":  # 占总量的三成
        return True
    based = any(kind == "of" for kind, _, _, _ in clause.tokens[at + 1 : here])  # half of GDP
    based = based or clause.text_of(clause.tokens[here]) == "的"  # 四分之三的研发经费
    of_it = number.style == "share" and based
    return of_it or clause.limit is not clause.bound


def _found(clause: Clause, figure: Figure, at: int, here: int, marked: bool) -> FoundFigure:
    """Return the figure with its place in the text."""
    check_respective(clause, at, here)
    start = clause.start if clause.start >= 0 else clause.tokens[at][2]
    end = clause.tokens[here - 1][3]
    if DRESSING in clause.text[start : end + 1]:  # 增长**5%**以上, **3**年
        cut = clause.word is None and clause.tokens[here][0] not in kinds.ENDS
        if cut or (DRESSING in clause.text[start:end] and clause.text[start] != "("):
            raise Unreadable(start, "dressed")
    return figure, start, end, marked


def _upper(clause: Clause, here: int, low: Number, prefix: UnitWord | None) -> int:
    """Return the index of the upper number of a range, or 0; ``from 5 to 6`` is no range."""
    kind, word, _, _ = clause.tokens[here]
    again = clause.tokens[here + 1][:2] == ("unit", prefix)  # $40 billion to $45 billion
    (following, high, _, _), unit = clause.tokens[here + 1 + again : here + 3 + again]
    if kind != "join" or following != "number" or (again and high.power and not low.power):
        return 0
    other = clause.word is not None and (unit[0] != "unit" or unit[1].unit != clause.word.unit)
    if word in ("by", "--") or (other and word == "to"):  # up 5% to 300 billion yuan
        return 0
    joins = "-~" if clause.from_ else ("-", "~", "to")
    if word not in joins and (word, clause.bound) != ("and", Comparator.BETWEEN):
        return 0
    if again:
        del clause.tokens[here + 1]
    return here + 1


def _either(clause: Clause, here: int, low: Number) -> int:
    """Return the index of the second number of "two or three firms", or 0: no count is between."""
    joint, (kind, high, _, _) = clause.tokens[here : here + 2]
    if kind != "number" or clause.text_of(joint) not in ("or", "或") or high.power or low.power:
        return 0
    unit = clause.tokens[clause.skip(here + 2, "adjective")]
    counts = unit[0] == "unit" and unit[1].takes in ("thing", "people", "place")
    whole = low.coefficient % 1 == 0 and low.style == high.style
    return here + 1 if counts and whole and high.coefficient == low.coefficient + 1 else 0


def _range_of(
    clause: Clause, at: int, upper: int, prefix: UnitWord | None, *, closed: bool
) -> tuple[FoundFigure, int]:
    """Read a range of two numbers: 5%到6%, 2-3万."""
    tokens, first, clause.word = clause.tokens, clause.word, _NO_UNIT
    low, high = tokens[at][1], tokens[upper][1]
    if closed:  # at least 5 percent and at most 8 percent
        clause.limit = clause.bound = None
    if clause.is_minus(tokens[at - 1]):  # -2% to 3%
        if clause.form_flags & kinds.FALL or (first or tokens[upper + 1][1]) not in SHARES:
            raise Unreadable(tokens[at][2], "above_zero")
        low = low._replace(coefficient=low.coefficient.copy_negate())
    if first is not None and _may_lead_to(clause, upper):
        raise Unreadable(clause.tokens[upper - 1][2], "change_or_range")
    if first is None and not closed and _shares_its_size(clause, at, upper):
        raise Unreadable(tokens[at][2], "range")
    here = trail(clause, tail(clause, upper + 1, high))
    if tokens[here][0] == "join" and tokens[here + 1][0] == "number":  # up 0.3 to 5.0-5.5%
        raise Unreadable(tokens[at][2], "range")
    by = tokens[clause.skip(at - 1, "bound", "unit", step=-1)][1] == "by"
    relative = clause.word is not None and clause.word.unit in RELATIVE
    if by and not relative and tokens[upper - 1][1] == "to":  # rose by 2,150 to 16,400
        raise Unreadable(tokens[at][2], "change_or_range")
    if closed and clause.limit is Comparator.AT_MOST:  # 5%以上8%以下
        clause.limit = None
    if clause.limit not in _IN_A_RANGE or clause.minus or low.more or high.more:
        raise Unreadable(clause.tokens[at][2], Message("unread.range_bound", bound=clause.limit))
    clause.limit, clause.word = None, clause.word or first or prefix
    if first is None:
        first = prefix or clause.word
        if low.power == 0 and low.times == 1 and low.coefficient < high.coefficient:  # 2-3万
            low = Number(low.coefficient, high.times, high.power, low.style)
    return _figure_of(clause, at, here, high, (low, first))


def _shares_its_size(clause: Clause, at: int, upper: int) -> bool:
    """Return True for "two to three hundred", of which the lower end may be 200; not for 5 to 200."""
    (_, low, _, _), (_, high, _, _) = clause.tokens[at], clause.tokens[upper]
    if low.style != "word" or _GROUP.search(clause.text_of(clause.tokens[at])):
        return False
    sizes = [_GROUPS[word] for word in _GROUP.findall(clause.text_of(clause.tokens[upper]))]
    return bool(sizes) and low.coefficient * max(sizes) < high.coefficient


def _may_lead_to(clause: Clause, upper: int) -> bool:
    """Return True for "rose 2% to 3.5%" and 下降2%至30%, which may be a change and its end."""
    join = clause.tokens[upper - 1]
    moved = kinds.CHANGE if clause.text[join[2]] <= "z" else kinds.RAISE | kinds.FALL
    noun = clause.form_flags & kinds.RATE  # growth of 2% to 3.5%
    return join[1] == "to" and bool(clause.form_flags & moved) and not noun


def value_of(number: Number, settled: Settled) -> Decimal:
    """Return the exact value; few numbers need any of these steps."""
    value = number.coefficient
    if number.times != 1:
        value = times(value, number.times)
    if settled.factor != 1:
        value = times(value, settled.factor)
    if settled.plus:
        value = EXACT.add(value, settled.plus)
    return value if settled.sign > 0 else value.copy_negate()


def _between(pair: tuple[Settled, Settled], numbers: tuple[Number, Number], start: int) -> Figure:
    """Return the range of two numbers."""
    low, high = (value_of(number, settled) for number, settled in zip(numbers, pair, strict=True))
    first, second = pair
    if {first.unit, second.unit} <= _SUMS:  # 8000万元至1亿元
        low = Figure(first.form, REACH, low, None, first.unit).converted(str(second.unit)).value
        first = first._replace(unit=second.unit)
    if (first.form, first.unit) != (second.form, second.unit):
        raise Unreadable(start, "range_unit")
    if first.sign < 0:
        low, high = high, low
    if low >= high:
        raise Unreadable(start, "range_order")
    return Figure(first.form, Comparator.BETWEEN, low, high, first.unit)


def _whole(clause: Clause, at: int) -> tuple[FoundFigure | None, int]:
    """Read 翻番 or doubled, a multiple in one word; and 零增长."""
    _, value, start, end = clause.tokens[at]
    if clause.doubt is not None or clause.negated or clause.flags & kinds.FALL or clause.minus:
        raise Unreadable(*(clause.doubt or (start, "negated_multiple")))
    clause.limit, clause.form_flags, clause.word = clause.bound, clause.flags, None
    here = after(clause, at + 1)
    # "double" is an adjective as often as a verb
    verb = clause.text[start:end] != "double" or clause.tokens[here][0] not in _NOUNS
    if clause.text_of(clause.tokens[at]).endswith("fold") and not clause.form_flags & kinds.CHANGE:
        raise Unreadable(start, "form")  # the aim is twofold
    if clause.tokens[here][0] in kinds.UNKNOWN and not clause.is_until(here):
        raise Unreadable(clause.tokens[here][2], "word_behind")
    if is_of_another(clause, here):
        raise Unreadable(start, kinds.OTHER_TIME)
    check_rest(clause, here)
    figure = Figure(Form.MULTIPLE, clause.limit or REACH, value, None, "multiple")
    if value == 0:
        span = span_named(clause, here)
        if span or clause.tokens[here][0] in ("number", "join", "form"):
            raise Unreadable(start, span or "word_between")
        figure = figure._replace(form=Form.ANNUAL_GROWTH, unit="percent_per_year")
    return _found(clause, figure, at, here, verb), here


def _ordinal(clause: Clause, at: int) -> tuple[FoundFigure | None, int]:
    """Read 第3位, no. 3, 首位, ranks third: a rank if a ranking or 位 is next to it."""
    kind, _, begin, _ = clause.tokens[at]
    if kind == "th":
        at += 1
        if clause.tokens[at][0] != "number":
            clause.note_gap(("gap", None, *clause.tokens[at - 1][2:]), at)
            return None, at
    if kind == "nth" and clause.tokens[at + 1][0] == "number" and time_after(clause, at + 1):
        return None, at + 1  # the 14th five-year plan
    if kind != "head":
        clause.begin(begin)
    value = clause.tokens[at][1]
    number = value if isinstance(value, Number) else Number(value)
    # a grant or a street has a number, too: No. 62176045
    alone = clause.problem is None and clause.hints[0] in (None, "rank")
    ranked = kind == "head" or (kind == "th" and alone)
    return _rank(clause, at, number, REACH, ranked=ranked)


def _top(clause: Clause, at: int) -> tuple[FoundFigure | None, int]:
    """Read 前3位, top three."""
    kind, number, start, _ = clause.tokens[at + 1]
    if kind != "number":
        clause.note_gap(("gap", None, *clause.tokens[at][2:]), at)
        return None, at + 1
    rest = time_after(clause, at + 1)
    if rest:
        clause.mark_problem(start, "rank_or_time")
        clause.name_span(-1, span_of(clause, at + 1) or clause.spans)
        return None, rest
    clause.begin(clause.tokens[at][2])
    return _rank(clause, at + 1, number, Comparator.AT_MOST)


def _rank(
    clause: Clause, at: int, number: Number, least: Comparator, *, ranked: bool = True
) -> tuple[FoundFigure | None, int]:
    tokens, here, start = clause.tokens, at + 1, clause.tokens[at][2]
    if clause.doubt is not None or clause.negated or clause.minus:
        raise Unreadable(*(clause.doubt or (start, "negated_rank")))
    if number.bare or number.more or number.coefficient != int(number.coefficient):
        raise Unreadable(start, "rank")
    clause.limit, clause.form_flags, clause.word = clause.bound, clause.flags, None
    clause.limit = both(clause.limit, least, start)
    low = number
    top = least is Comparator.AT_MOST
    if tokens[here][0] == "join" and tokens[here + 1][0] == "number" and not top:
        number, here = tokens[here + 1][1], here + 2
    placed = tokens[here][0] == "unit" and tokens[here][1].takes == "place"
    placed |= tokens[at - 1][0] == "place" and clause.text_of(tokens[here]) == "for"  # 10th for R&D
    here = after(clause, here + (tokens[here][0] == "unit" and placed))
    if not clause.symbol and clause.limit not in _IN_A_RANK:
        raise Unreadable(start, Message("unread.rank_bound", bound=clause.limit))
    while tokens[here][0] == "place":
        placed, here = True, here + 1
    largest = clause.text_of(tokens[at]).endswith("largest")
    if clause.place >= 0 and (largest or clause.text.startswith("most ", tokens[here][2])):
        placed = True  # the world's third-largest, 11th most innovative
    if top and clause.place >= 0:  # among the top 10 most innovative provinces
        noun = clause.skip(here, "adjective")
        if tokens[noun][:2] == ("noun", "counted"):
            placed, here = True, noun + 1
    free = placed and (tokens[here][0] == "noun" or clause.text[tokens[here][2]] <= "z")
    if tokens[here][0] in _NOUNS and not (free or clause.is_until(here)):
        clause.note_gap(("gap", None, *tokens[here][2:]), here)  # 第3个, top three priorities
        clause.skipped.append((start, tokens[here - 1][3], "ranking"))
        return None, here
    check_rest(clause, here)
    changes = clause.form_flags & kinds.CHANGE
    moved = changes and clause.form_flags & kinds.LEVEL  # moved up to ninth
    before = clause.skip(at - 1, "place", "noun", "gap", "unit", "adjective", step=-1) + 1
    placing = any(clause.text_of(token) in _PLACING for token in tokens[before:at])
    moved = moved or [kind for kind, _, _, _ in tokens[here : here + 3]] == ["join", "nth", "place"]
    if not (ranked or placed or moved) and clause.place < 0 and not len(tokens) == 4:
        raise Unreadable(start, "ranking")
    if clause.place >= 0 and (clause.start < 0 or clause.place < clause.start):
        clause.start = clause.place
    figure = _rank_figure(low, number, clause.limit or least)
    marked = (
        placed
        or placing
        or clause.place >= 0
        or (top and (tokens[here][0] in ("stop", "fill", "end") or clause.is_time(here + 1)))
    )
    return _found(clause, figure, at, here, bool(marked or moved)), here


def _heading(clause: Clause, at: int) -> tuple[None, int]:
    """Note a unit in brackets before its number: 成交额（亿元）：1795.3."""
    tokens, text = clause.tokens, clause.text
    if _is_mark_of_an_item(clause, at):
        clause.mark_problem(tokens[at][2], "punctuation")
        return None, at + 3
    inner = list(takewhile(lambda token: token[0] not in {"break", "end"}, tokens[at + 1 : at + 5]))
    close = at + 1 + len(inner)
    units = [token for token in inner if token[0] == "unit"]
    if len(units) == 1 and clause.text_of(tokens[close]) == ")":
        (_, word, first, last), start, end = units[0], tokens[at][3], tokens[close][2]
        size = (text[start:first] + text[last:end]).replace(DRESSING, "").strip()
        if word == PER_CENT and all(token[0] in ("of", "basis") for token in inner[1:]):
            size, clause.said = "", clause.said | (kinds.SHARE if inner[1:] else 0)  # (% of GDP)
        here = close + 1 + (clause.text_of(tokens[close + 1]) == ":")
        at_number = clause.skip(here, "bound")
        rest = clause.skip(at_number, "number", "join")
        numbers = [each for kind, each, _, _ in tokens[at_number:rest] if kind == "number"]
        plain = all(number.power == 0 and number.style == "digits" for number in numbers)
        plain = plain and word.takes != "place"  # 排名（位）：3
        stated = numbers and plain and tokens[rest][0] not in ("unit", "time")
        if stated and (not size or size in _SIZES):
            if tokens[at - 1][0] != "form":  # 增长（%）：5.2
                clause.clear_near(start)
            if word == PER_CENT and not (clause.said & kinds.SHARE or clause.flags & kinds.CHANGE):
                clause.mark_doubt(start, "share_or_growth")  # exports (%): 5
            clause.mark_problem(start, "punctuation")
            clause.word = word._replace(power=word.power + _SIZES.get(size, 0))
            clause.begin(tokens[at][2])
            return None, here
        if size in _SIZES:
            raise Unreadable(start, "unit")
    if again := _converted(clause, at):
        return None, again
    clause.note_break(tokens[at], at)
    return None, at + 1


def _is_mark_of_an_item(clause: Clause, at: int) -> bool:
    """Return True for （2） before the words of an item, where a clause begins."""
    before = clause.tokens[at - 1]
    begins = at == 0 or before[0] == "stop" or clause.text_of(before) == ":"
    following = clause.tokens[at + 3 : at + 4]
    marked = begins and _ITEM_MARK.match(clause.text, clause.tokens[at][2])
    return bool(marked and following and following[0][0] in _IN_AN_ITEM)


def _converted(clause: Clause, at: int) -> int:
    """Return the index behind a sum that a bracket repeats in another currency, or 0."""
    tokens, last = clause.tokens, clause.carried and clause.carried[2]
    here = clause.skip(at + 1, "bound", "gap", "fill", "unit", "doubt")
    prefix = tokens[here - 1][0] == "unit"
    unit, close = tokens[here - 1 if prefix else here + 1], tokens[here + 2 - prefix]
    about = _ABOUT.fullmatch(clause.text, tokens[at][3], max(tokens[here][2], 0))
    repeats = clause.end == at and about and tokens[here][0] == "number" and unit[0] == "unit"
    repeats = repeats and last and {last.unit, unit[1].unit} == CURRENCIES
    if not repeats or clause.text_of(close) != ")":
        return 0
    clause.mark_problem(tokens[at][2], "punctuation")
    clause.skipped.append((*tokens[here][2:], "one_figure"))
    behind = tokens[here + 3 - prefix]
    if behind[0] in (*kinds.OF_A_NUMBER, "form") or clause.text_of(behind) == "的":
        _, start, end, _ = clause.figures.pop()
        clause.refused.append((start, end, "attribute", behind[2]))
        raise Unreadable(behind[2], "attribute")  # 5亿元(7000万美元)以上的项目3个
    return here + 3 - prefix


def _broken(clause: Clause, at: int) -> NoReturn:
    """Refuse digits that are no number: 1_000."""
    raise Unreadable(clause.tokens[at][2], "number")


def _rank_figure(low: Number, high: Number, bound: Comparator) -> Figure:
    ends = Settled(Form.RANK, "rank", 10**low.power), Settled(Form.RANK, "rank", 10**high.power)
    if low is not high:
        return _between(ends, (low, high), 0)
    return Figure(Form.RANK, bound, value_of(high, ends[1]), None, "rank")


# What reads a figure that begins with a token of this kind.
READERS: dict[Kind, Callable[[Clause, int], tuple[FoundFigure | None, int]] | None] = {
    **dict.fromkeys(get_args(Kind)),
    "number": _number, "whole": _whole, "th": _ordinal, "nth": _ordinal, "head": _ordinal, "top": _top, "broken": _broken,
    "break": _heading,
}  # fmt: skip
