"""Tokens made into figures, left to right.

The words before a number are noted (``notes.py``); at a number, its unit and the words behind it
are read, and form, comparator, value and unit are settled (``measures.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ..codelists import Comparator, Form
from ..units.decimals import EXACT
from .behind import Behind
from .figure import Figure, times
from .lexicon import (
    ADD,
    ADJECTIVE,
    AFTER,
    BOUND,
    END,
    FALL,
    FILL,
    FORM,
    GAP,
    HEAD,
    JOIN,
    KEPT,
    NTH,
    NUMBER,
    OF,
    PER,
    PLACE,
    RAISE,
    RANK,
    STOP,
    TH,
    TIME,
    TOP,
    UNIT,
    WHOLE,
    UnitWord,
)
from .notes import AND, NOTES, Refusal, both
from .numerals import DIGITS, SHARE, WORD, YEAR, Number
from .scanner import Token
from .settle import Settled, settle

__all__ = ["Found", "Grammar"]

_REACH = Comparator.REACH  # looking it up in the class takes longer than reading a unit
_figure = Figure._make  # takes half as long as calling the class
# In words, "above" third place is second place: only these words, or signs, bound a rank.
_IN_A_RANGE = frozenset({None, Comparator.REACH, Comparator.BETWEEN})
_IN_A_RANK = frozenset({Comparator.REACH, Comparator.ABOUT, Comparator.AT_MOST})
_SIGNED = frozenset({"percent", "percent_per_year", "percentage_point"})
_BEFORE_YEARS = frozenset({"by", "in", "since", "until", "from", "of", "for"})
_TO = frozenset({"to", "至", "到"})
_RANGE_ALONE = 7  # two numbers, what joins them, a unit, three ends
# Kinds of tokens behind a number after which there is more to look at.
_TIMELY = frozenset({TIME, JOIN})
_GOES_ON = frozenset({AFTER, BOUND, JOIN, PER, OF, FORM, FILL})


# A figure, where it begins and ends, and whether more than a bare number says that it is one.
Found = tuple[Figure, int, int, bool]


class Grammar(Behind):
    """One reading of one text: what was found, and in `problem` the first thing refused."""

    __slots__ = ()

    def found(self) -> list[Found]:
        """Every figure, in order."""
        found: list[Found] = []
        at, tokens = 0, self.tokens
        while (token := tokens[at])[0] != END:
            try:
                read = _READ.get(token[0])
                if read is None:
                    note = NOTES.get(token[0])
                    if note is not None:
                        note(self, token, at)
                    at += 1
                    continue
                one, at = read(self, at)
                if one is not None:
                    found.append(one)
                    self.before = (at, self.flags, self.bound)
                    self.clear()
            except Refusal as refusal:
                self.refusal = self.refusal or (refusal.position, refusal.expected)
                at = self._stop(at)
        return found

    def _stop(self, at: int) -> int:
        """The end of the clause: of a refused expression no part is read as if it stood alone."""
        self.clear()
        while self.tokens[at][0] not in (STOP, END):
            at += 1
        return at

    # ------------------------------------------------------------------ numbers

    def number(self, at: int) -> tuple[Found | None, int]:
        """A number with what follows it; or a point in time, which is no figure."""
        tokens = self.tokens
        _, number, start, _ = tokens[at]
        if tokens[at + 1][0] in _TIMELY or number.style == YEAR:
            behind = self._time(at)
            if behind:
                self.bound = None
                return None, behind
        self.at_number()
        here = self.tail(at + 1, number)
        if tokens[here][0] in _GOES_ON:
            here = self.below(self.after(here))
            upper = self._upper(here)
            if upper:
                return self._range(at, upper)
            here = self.trail(here)
        elif self.per is not None:
            self.over = self.per
        word, bound = self.word, self.limit or _REACH
        if word is not None and word.takes == "place":
            word = self._placed(word)
        answer = settle(self.said, word, self.over, number.power, self.hints)
        if answer.problem:
            raise Refusal(start, answer.problem)
        value = number.coefficient
        if number.times != 1 or not answer.plain:
            value = _value(number, answer)
            if answer.sign < 0:  # 下降5%以上: growth of at most -5 percent
                bound = bound.mirrored()
        if at and tokens[at - 1][0] == JOIN and self._is_negative(at, answer.unit):
            value = value.copy_negate()
        figure = _figure((answer.form, bound, value, None, answer.unit))
        marked = (word is not None and number.style == DIGITS) or self._marked(number)
        return self._made(figure, at, here, marked), here

    def _placed(self, word: UnitWord | None) -> UnitWord | None:
        """位 counts people, but places where a ranking is spoken of: 提升3位, 全国15名以内."""
        if word is None or word.takes != "place":
            return word
        moved = self.said & (RAISE | FALL) and not self.said & ADD
        listed = self.place >= 0 and self.limit is Comparator.AT_MOST
        return RANK if moved or listed else word

    def _marked(self, number: Number) -> bool:
        """Whether it is a figure in running text too: 一家 is none there, 新增一家 is one."""
        if self.word is not None and number.style not in (WORD, SHARE):
            return True
        if self.start >= 0 and not (self.symbol and self.word is None):
            return True
        return self.limit is not self.bound or bool(self.said & KEPT) or self.said != self.flags

    def _made(self, figure: Figure, at: int, here: int, marked: bool) -> Found:
        start = self.start if self.start >= 0 else self.tokens[at][2]
        return figure, start, self.tokens[here - 1][3], marked

    def _time(self, at: int) -> int:
        """The token behind a point or span of time that begins here, or 0."""
        tokens = self.tokens
        kind, following = tokens[at + 1][0], tokens[at + 2][0]
        if kind == TIME:
            return at + 2
        if kind == JOIN and following == TIME:  # 10-year
            return at + 3
        if kind == JOIN and following == NUMBER and tokens[at + 3][0] == TIME:  # 2021-2025年
            return at + 4
        if tokens[at][1].style == YEAR and self._is_year(kind):
            return self._joined_year(at) if (kind, following) == (JOIN, NUMBER) else at + 1
        return 0

    def _joined_year(self, at: int) -> int:
        """The token behind a year that something is joined to, or 0 where it counts things."""
        if self.tokens[at + 3][0] != UNIT:
            return at + 3
        if self._counts(at):
            return 0
        join, high = self.tokens[at + 1], self.tokens[at + 2]
        both = high[1].style == YEAR and join[3] == high[2]  # the 2016-2020 patents
        return at + 3 if both else at + 1

    def _is_year(self, kind: int) -> bool:
        """Whether 1900-2100 without a unit is a year here; alone or behind 超过 it is a number."""
        if self.bound or self.flags or kind in (UNIT, AFTER, PER, ADJECTIVE):
            return False
        return len(self.tokens) > 4

    def _counts(self, at: int) -> bool:
        """Whether 2000-3000家 counts something: years are not joined so to a number of things."""
        low, join, high, unit = self.tokens[at : at + 4]
        if at and self._text(self.tokens[at - 1]) in _BEFORE_YEARS:
            return False  # in 2020 to 3000 firms
        word, touching = self._text(join), low[3] == join[2] and join[3] == high[2]
        if word not in _TO and not (word in "-~" and touching):
            return False
        alone = len(self.tokens) == _RANGE_ALONE
        return alone or high[1].style != YEAR or self._text(unit) > "z"

    def _text(self, token: Token) -> str:
        return self.text[token[2] : token[3]]

    def _is_negative(self, at: int, unit: str | None) -> bool:
        """Whether the dash before the number is its sign; a count has none."""
        before, start = self.tokens[at - 1], self.tokens[at][2]
        if before[3] != start or self.text[before[2]] != "-" or not self.is_minus(before):
            return False
        if unit not in _SIGNED:
            raise Refusal(start, "a number above zero")
        return True

    # ------------------------------------------------------------------ ranges

    def _upper(self, here: int) -> int:
        """Where the upper number of a range stands, or 0; ``from 5 to 6`` is no range."""
        kind, _, start, end = self.tokens[here]
        if kind != JOIN or self.tokens[here + 1][0] != NUMBER:
            return 0
        word = self.text[start:end]
        if word in ("by", "--"):
            return 0
        if word in AND:
            return here + 1 if self.bound is Comparator.BETWEEN else 0
        return 0 if self.from_ and word not in "-~" else here + 1

    def _range(self, at: int, upper: int) -> tuple[Found | None, int]:
        (_, low, start, _), (_, high, _, _) = self.tokens[at], self.tokens[upper]
        first = self.taken()
        here = self.trail(self.tail(upper + 1, high))
        if self.limit not in _IN_A_RANGE:
            raise Refusal(start, f"a range without {self.limit}")
        second = self.word or first
        if first is None:
            low, first = _sharing(low, high), second
        self.word = second
        first, second = self._placed(first), self._placed(second)
        lower = settle(self.said, first, self.over, low.power, self.hints)
        answer = settle(self.said, second, self.over, high.power, self.hints)
        if answer.problem or lower.problem:
            raise Refusal(start, answer.problem or lower.problem)
        figure = _between((lower, answer), (low, high), start)
        return self._made(figure, at, here, self._marked(high)), here

    # ------------------------------------------------------------------ ranks and whole words

    def whole(self, at: int) -> tuple[Found | None, int]:
        """翻番, doubled: a multiple in one word."""
        _, value, start, end = self.tokens[at]
        self.at_number()
        here = self.after(at + 1)
        figure = Figure(Form.MULTIPLE, self.limit or Comparator.REACH, value, None, "multiple")
        # "double" is an adjective as often as a verb
        verb = self.text[start:end] != "double" or self.tokens[here][0] not in _NOUNS
        return self._made(figure, at, here, verb), here

    def ordinal(self, at: int) -> tuple[Found | None, int]:
        """第3位, no. 3, first: a rank if a ranking or 位 stands beside it."""
        begin = self.tokens[at][2]
        if self.tokens[at][0] == TH:
            at += 1
            if self.tokens[at][0] != NUMBER:
                self.note_gap(self.tokens[at - 1], at)
                return None, at
        self.begin(begin)
        value = self.tokens[at][1]
        number = value if isinstance(value, Number) else Number(value)
        return self._rank(at, number, Comparator.REACH)

    def top(self, at: int) -> tuple[Found | None, int]:
        """前3位, top three."""
        kind, number, start, _ = self.tokens[at + 1]
        if kind != NUMBER:
            self.note_gap(self.tokens[at], at)
            return None, at + 1
        behind = self._time(at + 1)
        if behind:
            self.refuse(start, "a rank, not a time")
            return None, behind
        self.begin(self.tokens[at][2])
        return self._rank(at + 1, number, Comparator.AT_MOST)

    def head(self, at: int) -> tuple[Found | None, int]:
        """首位, 榜首."""
        return self._rank(at, Number(self.tokens[at][1]), Comparator.REACH)

    def _rank(self, at: int, number: Number, least: Comparator) -> tuple[Found | None, int]:
        tokens, here, start = self.tokens, at + 1, self.tokens[at][2]
        self.at_number()
        self.limit = both(self.limit, least, start)
        low = number
        top = least is Comparator.AT_MOST
        if tokens[here][0] == JOIN and tokens[here + 1][0] == NUMBER and not top:
            number, here = tokens[here + 1][1], here + 2
        placed = tokens[here][0] == UNIT and tokens[here][1].takes == "place"
        here = self.after(here + placed)
        if not self.symbol and self.limit not in _IN_A_RANK:
            raise Refusal(start, f"a rank without {self.limit}")
        while tokens[here][0] == PLACE:
            placed, here = True, here + 1
        if tokens[here][0] in _NOUNS and not placed:
            self.note_gap(tokens[here], here)  # 第3个, top three priorities
            return None, here
        if self.place >= 0 and (self.start < 0 or self.place < self.start):
            self.start = self.place
        figure = _rank_figure(low, number, self.limit or least)
        marked = placed or self.place >= 0 or (top and tokens[here][0] in (STOP, FILL, END))
        return self._made(figure, at, here, marked), here


_Reader = Callable[[Grammar, int], tuple[Found | None, int]]
_READ: dict[int, _Reader] = {
    NUMBER: Grammar.number,
    WHOLE: Grammar.whole,
    TH: Grammar.ordinal,
    NTH: Grammar.ordinal,
    TOP: Grammar.top,
    HEAD: Grammar.head,
}
_NOUNS = frozenset({UNIT, ADJECTIVE, GAP})


def _value(number: Number, answer: Settled) -> Decimal:
    """The exact value; each step is one that is seldom needed."""
    value = number.coefficient
    if number.times != 1:
        value = times(value, number.times)
    if answer.factor != 1:
        value = times(value, answer.factor)
    if answer.plus:
        value = EXACT.add(value, answer.plus)
    return value if answer.sign > 0 else value.copy_negate()


def _sharing(low: Number, high: Number) -> Number:
    """The lower number with the magnitude printed behind the upper one: 2-3万."""
    if low.power or low.times != 1 or low.coefficient >= high.coefficient:
        return low
    return Number(low.coefficient, high.times, high.power, low.style)


def _between(
    answers: tuple[Settled, Settled], numbers: tuple[Number, Number], start: int
) -> Figure:
    low, high = (_value(number, answer) for number, answer in zip(numbers, answers, strict=True))
    first, second = answers
    if (first.form, first.unit) != (second.form, second.unit):
        raise Refusal(start, "a range in one unit")
    if first.sign < 0:
        low, high = high, low
    if low >= high:
        raise Refusal(start, "a range that rises")
    return Figure(first.form, Comparator.BETWEEN, low, high, first.unit)


def _rank_figure(low: Number, high: Number, bound: Comparator) -> Figure:
    answer = Settled(Form.RANK, "rank", 10**high.power)
    if low is not high:
        return _between((Settled(Form.RANK, "rank", 10**low.power), answer), (low, high), 0)
    return Figure(Form.RANK, bound, _value(high, answer), None, "rank")
