"""A number with all that is read around it, and a range of two."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from ..codelists import Comparator
from ..units.decimals import EXACT
from . import kinds
from .behind import after, below, tail, trail
from .certain import check_before, check_behind, check_cut, check_meaning, check_parts, check_place
from .clause import (
    BETWEEN_TWO,
    ENDS,
    OF_A_NUMBER,
    REACH,
    SIGNED,
    Clause,
    FoundFigure,
    Unreadable,
    both,
)
from .figure import Figure, times
from .lexicon import ITEM, RANK, UnitWord
from .numerals import DIGITS, SHARE, WORD, YEAR, Number
from .settle import Settled, settle
from .times import time_after

__all__ = ["read_number"]

_figure = partial(tuple.__new__, Figure)  # takes a third as long as calling the class
_WITHIN = frozenset({None, REACH, Comparator.AT_MOST, Comparator.BELOW, Comparator.ABOUT})
# In words, "above" third place is second place: only these words, or signs, bound a rank.
_IN_A_RANGE = frozenset({None, REACH, Comparator.BETWEEN})
_RELATIVE = frozenset({*SIGNED, "multiple"})
_TIMELY = frozenset({"time", "join"})
_PLAIN_BEFORE = frozenset({
    "bound", "form", "noun", "per", "place", "time", "within",
    "minus",
})  # fmt: skip


def read_number(clause: Clause, at: int) -> tuple[FoundFigure | None, int]:
    """Read a number with what follows it; a point in time is no figure."""
    tokens = clause.tokens
    _, number, start, _ = tokens[at]
    timely = tokens[at + 1][0] in _TIMELY or (at and tokens[at - 1][0] == "time")
    if timely or number.style == YEAR:
        rest = time_after(clause, at)
        if rest:
            return _skip_time(clause, start, rest)
    prefix = clause.word
    _at_number(clause, at)
    if tokens[at + 1][0] == "unit":
        here, clause.word, clause.unit_at = at + 2, tokens[at + 1][1], at + 1
    else:
        here = tail(clause, at + 1, number)
    if tokens[here][0] not in ENDS:
        here = after(clause, here)
    if tokens[here][0] in ENDS:
        clause.over = clause.per
    else:
        here = below(clause, here)
        upper = _upper(clause, here)
        if upper:
            return _range_of(clause, at, upper, prefix)
        here = trail(clause, here)
    if clause.within or number.more or number.bare or prefix is not None:
        _join_notes(clause, at, prefix)
    return _figure_of(clause, at, here)


def _figure_of(clause: Clause, at: int, here: int) -> tuple[FoundFigure, int]:
    """Return the figure of the number and all that was read around it."""
    tokens, (_, number, start, _) = clause.tokens, clause.tokens[at]
    word, bound = clause.word, clause.limit or REACH
    if word is not None and word.takes:
        word = _counted(clause, word, here)
    if clause.place >= 0:
        check_place(clause, word, bound, start)
    if clause.over is not None or number.power or number.times != 1 or bound is BETWEEN_TWO:
        check_parts(clause, number, word, start)
    flags = _effective(clause, start, word) if clause.far else clause.form_flags
    settled = settle(flags, word, clause.over, number.power, clause.hints)
    if settled.problem:
        raise Unreadable(start, settled.problem)
    if tokens[here][0] not in ENDS:
        check_behind(clause, here)
    elif tokens[here + 1][0] in OF_A_NUMBER:
        check_cut(clause, here + 1)
    if clause.distant or (word is not None and word.takes):
        check_meaning(clause, at, here, word, settled)
    value = number.coefficient
    if number.times != 1 or not settled.plain:
        value = value_of(number, settled)
        if settled.sign < 0:  # 下降5%以上: growth of at most -5 percent
            bound = bound.mirrored()
    if clause.minus or (at and tokens[at - 1][0] == "join"):
        value = _signed(clause, value, at, settled)
    figure = _figure((settled.form, bound, value, None, settled.unit))
    marked = (word is not None and number.style == DIGITS) or _marked(clause, number)
    if word is None and tokens[here][0] == "join":  # rose from 5 to 6 percent
        marked = False
    start = clause.start if clause.start >= 0 else start
    return (figure, start, tokens[here - 1][3], marked), here


def _skip_time(clause: Clause, start: int, rest: int) -> tuple[None, int]:
    """Skip a point or span of time with its comparator."""
    if clause.negated:
        clause.note_doubt(start, "a comparator behind the negation")
    clause.bound, clause.minus, clause.time_end = None, False, rest
    return None, rest


def _join_notes(clause: Clause, at: int, prefix: UnitWord | None) -> None:
    """Join what was noted before the number with what is printed in it and behind it."""
    (_, number, start, _), following = clause.tokens[at : at + 2]
    if number.more:
        clause.limit = both(clause.limit, Comparator.ABOVE, start)
    more = number.more or following[0] == "after"  # 百余家
    if number.bare and not more and clause.bound in (None, Comparator.ABOUT):
        raise Unreadable(start, "a number before the magnitude")  # 近百
    if clause.within:
        if clause.limit not in _WITHIN:
            raise Unreadable(start, "one comparator")
        clause.limit = Comparator.AT_MOST if clause.limit in (None, REACH) else clause.limit
    if prefix is not None:
        if clause.word is not None and clause.word.unit != prefix.unit:
            raise Unreadable(start, "one unit")
        clause.word = prefix


def _signed(clause: Clause, value: Decimal, at: int, settled: Settled) -> Decimal:
    """Return the negative of a value after a minus sign or 负."""
    dash = clause.tokens[at - 1][0] == "join" and _is_negative(clause, at, settled.unit)
    if not (dash or clause.minus):
        return value
    if settled.sign < 0 or settled.unit not in SIGNED or (dash and clause.minus):
        raise Unreadable(clause.tokens[at][2], "a number above zero")
    return value.copy_negate()


def _is_negative(clause: Clause, at: int, unit: str | None) -> bool:
    """Return True if the dash before the number is its sign; a count has none."""
    before, start = clause.tokens[at - 1], clause.tokens[at][2]
    if before[3] != start or not clause.is_minus(before):
        return False
    if unit not in SIGNED:
        raise Unreadable(start, "a number above zero")
    return True


def _at_number(clause: Clause, at: int) -> None:
    """Start with the notes; raise if what is directly before the number is not understood."""
    if at and (at == clause.end or clause.tokens[at - 1][0] not in _PLAIN_BEFORE):
        check_before(clause, at)
    if clause.negated:
        raise Unreadable(clause.tokens[at][2], "a comparator behind the negation")
    if clause.doubt is not None:
        raise Unreadable(*clause.doubt)
    clause.limit, clause.form_flags = clause.bound, clause.flags
    clause.over = clause.word = None


def _effective(clause: Clause, start: int, word: UnitWord | None) -> int:
    """Return the flags that apply: those next to the number, and those of its whole clause."""
    flags, far = clause.form_flags, clause.far
    if word is not None and word.unit in _RELATIVE:
        if far & kinds.RATE and far & kinds.MEAN and clause.bound and not flags:
            return far  # the average annual growth rate of investment will reach 14%
        unsaid = far & (kinds.CHANGE | kinds.SUM | kinds.LEVEL) and not flags & kinds.CHANGE
        level = (
            far & kinds.RATE and flags & kinds.LEVEL and not flags & kinds.RATE
        )  # growth in trade slowed to 5%
        mean = (
            far & kinds.MEAN and far & kinds.YEARLY and flags & kinds.CHANGE
        )  # PM2.5年均浓度下降5%
        if unsaid or level or mean:
            raise Unreadable(start, "the number next to its growth word")
        return flags | (far & (kinds.MEAN | kinds.YEARLY))
    if far & (kinds.FALL | kinds.LEVEL):
        raise Unreadable(start, "the number next to its growth word")
    return flags | (far & (kinds.MEAN | kinds.SUM | kinds.YEARLY | kinds.ADD))


def _counted(clause: Clause, word: UnitWord, here: int) -> UnitWord:
    """Return the unit of a counting word: 家 counts laboratories, too, and 位 ranks."""
    if word.takes == "place":
        return _placed(clause, word) or word
    kind, noun, _, _ = clause.tokens[here]
    item = (noun if kind == "noun" else clause.noun) == ITEM.unit
    if item and clause.text_of(clause.tokens[clause.unit_at]) == "家":
        return ITEM
    return word


def _placed(clause: Clause, word: UnitWord | None) -> UnitWord | None:
    """Return the unit: 位 counts people, but ranks in 提升3位 and 全国15名以内."""
    if word is None or word.takes != "place":
        return word
    moved = clause.form_flags & (kinds.RAISE | kinds.FALL) and not clause.form_flags & kinds.ADD
    listed = clause.place >= 0 and clause.limit is Comparator.AT_MOST
    return RANK if moved or listed else word


def _marked(clause: Clause, number: Number) -> bool:
    """Return True if it is a figure in running text too: 新增一家 is, 一家 is not."""
    if clause.word is None and number.style == YEAR:  # over 2015
        return False
    if clause.word is not None and (number.style not in (WORD, SHARE) or number.power):
        return True
    if clause.word is not None and number.coefficient >= 10 and number.style == WORD:
        return True
    if clause.start >= 0 and not (clause.symbol and clause.word is None):
        return True
    if clause.open >= 0 and number.style == SHARE:  # 占三分之二
        return True
    return clause.limit is not clause.bound or clause.form_flags != clause.flags or bool(clause.far)


def made(clause: Clause, figure: Figure, at: int, here: int, marked: bool) -> FoundFigure:
    """Return the figure with its place in the text."""
    start = clause.start if clause.start >= 0 else clause.tokens[at][2]
    return figure, start, clause.tokens[here - 1][3], marked


def _upper(clause: Clause, here: int) -> int:
    """Return the index of the upper number of a range, or 0; ``from 5 to 6`` is no range."""
    kind, word, _, _ = clause.tokens[here]
    if kind != "join" or clause.tokens[here + 1][0] != "number":
        return 0
    unit = clause.tokens[here + 2]
    other = unit[0] == "unit" and clause.word is not None and unit[1].unit != clause.word.unit
    if word in ("by", "--") or (other and word == "to"):  # up 5% to 300 billion yuan
        return 0
    if word == "and":
        return here + 1 if clause.bound is Comparator.BETWEEN else 0
    return 0 if clause.from_ and word not in "-~" else here + 1


def _taken(clause: Clause) -> UnitWord | None:
    """Return the unit of the lower number, and clear it for that of the upper one."""
    word, clause.word = clause.word, None
    return word


def _range_of(
    clause: Clause, at: int, upper: int, prefix: UnitWord | None
) -> tuple[FoundFigure | None, int]:
    (_, low, start, _), (_, high, _, _) = clause.tokens[at], clause.tokens[upper]
    first = _taken(clause)
    here = trail(clause, tail(clause, upper + 1, high))
    if clause.limit not in _IN_A_RANGE or clause.minus or low.more or high.more:
        raise Unreadable(start, f"a range without {clause.limit}")
    second = clause.word or first or prefix
    if first is None:
        low, first = _sharing(low, high), prefix or second
    clause.word = second
    first, second = _placed(clause, first), _placed(clause, second)
    flags = _effective(clause, start, second) if clause.far else clause.form_flags
    lower = settle(flags, first, clause.over, low.power, clause.hints)
    settled = settle(flags, second, clause.over, high.power, clause.hints)
    if settled.problem or lower.problem:
        raise Unreadable(start, settled.problem or lower.problem)
    check_behind(clause, here)
    check_meaning(clause, at, here, second, settled)
    figure = between((lower, settled), (low, high), start)
    return made(clause, figure, at, here, _marked(clause, high)), here


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


def _sharing(low: Number, high: Number) -> Number:
    """Return the lower number with the magnitude printed after the upper one: 2-3万."""
    if low.power or low.times != 1 or low.coefficient >= high.coefficient:
        return low
    return Number(low.coefficient, high.times, high.power, low.style)


def between(pair: tuple[Settled, Settled], numbers: tuple[Number, Number], start: int) -> Figure:
    """Return the range of two numbers."""
    low, high = (value_of(number, settled) for number, settled in zip(numbers, pair, strict=True))
    first, second = pair
    if (first.form, first.unit) != (second.form, second.unit):
        raise Unreadable(start, "a range in one unit")
    if first.sign < 0:
        low, high = high, low
    if low >= high:
        raise Unreadable(start, "a range that rises")
    return Figure(first.form, Comparator.BETWEEN, low, high, first.unit)
