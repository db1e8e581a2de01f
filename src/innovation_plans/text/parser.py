"""Parse tokens to figures, from left to right.

The words before a number are noted (``notes.py``); at a number, its unit and the words after it are
read (``following.py``), and form, comparator, value and unit are determined (``settle.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ..codelists import Comparator, Form
from ..units.decimals import EXACT
from .figure import Figure, times
from .following import Following
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
from .notes import AND, NOTES, Unreadable, both
from .numerals import DIGITS, SHARE, WORD, YEAR, Number
from .scanner import Token
from .settle import Settled, settle

__all__ = ["FoundFigure", "Grammar"]

_REACH = Comparator.REACH  # looking it up in the class takes longer than reading a unit
_figure = Figure._make  # takes half as long as calling the class
# In words, "above" third place is second place: only these words, or signs, bound a rank.
_IN_A_RANGE = frozenset({None, Comparator.REACH, Comparator.BETWEEN})
_IN_A_RANK = frozenset(
    comparator for comparator in Comparator if comparator.plain or comparator is Comparator.AT_MOST
)
_SIGNED = frozenset({"percent", "percent_per_year", "percentage_point"})
_BEFORE_YEARS = frozenset({"by", "in", "since", "until", "from", "of", "for"})
_TO = frozenset({"to", "至", "到"})
_RANGE_ALONE = 7  # two numbers, what joins them, a unit, three ends
# Kinds of tokens after a number that belong to it or to another number.
_TIMELY = frozenset({TIME, JOIN})
_GOES_ON = frozenset({AFTER, BOUND, JOIN, PER, OF, FORM, FILL})


# A figure, where it begins and ends, and whether more than a bare number says that it is one.
FoundFigure = tuple[Figure, int, int, bool]


class Grammar(Following):
    """The parser of one text; `problem` is the first word that is no part of a figure."""

    __slots__ = ()

    def figures(self) -> list[FoundFigure]:
        """Return every figure, in order."""
        figures: list[FoundFigure] = []
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
                figure, at = read(self, at)
                if figure is not None:
                    figures.append(figure)
                    self.before = (at, self.flags, self.bound)
                    self.clear()
            except Unreadable as error:
                self.error = self.error or (error.position, error.expected)
                at = self._stop(at)
        return figures

    def _stop(self, at: int) -> int:
        """Return the end of the clause: no part of an unreadable expression is read by itself."""
        self.clear()
        while self.tokens[at][0] not in (STOP, END):
            at += 1
        return at

    # ------------------------------------------------------------------ numbers

    def number(self, at: int) -> tuple[FoundFigure | None, int]:
        """Read a number with what follows it; a point in time is no figure."""
        tokens = self.tokens
        _, number, start, _ = tokens[at]
        if tokens[at + 1][0] in _TIMELY or number.style == YEAR:
            rest = self._time(at)
            if rest:
                self.bound = None
                return None, rest
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
        settled = settle(self.form_flags, word, self.over, number.power, self.hints)
        if settled.problem:
            raise Unreadable(start, settled.problem)
        value = number.coefficient
        if number.times != 1 or not settled.plain:
            value = _value(number, settled)
            if settled.sign < 0:  # 下降5%以上: growth of at most -5 percent
                bound = bound.mirrored()
        if at and tokens[at - 1][0] == JOIN and self._is_negative(at, settled.unit):
            value = value.copy_negate()
        figure = _figure((settled.form, bound, value, None, settled.unit))
        marked = (word is not None and number.style == DIGITS) or self._marked(number)
        return self._made(figure, at, here, marked), here

    def _placed(self, word: UnitWord | None) -> UnitWord | None:
        """Return the unit: 位 counts people, but ranks in 提升3位 and 全国15名以内."""
        if word is None or word.takes != "place":
            return word
        moved = self.form_flags & (RAISE | FALL) and not self.form_flags & ADD
        listed = self.place >= 0 and self.limit is Comparator.AT_MOST
        return RANK if moved or listed else word

    def _marked(self, number: Number) -> bool:
        """Return True if it is a figure in running text too: 新增一家 is, 一家 is not."""
        if self.word is not None and number.style not in (WORD, SHARE):
            return True
        if self.start >= 0 and not (self.symbol and self.word is None):
            return True
        return (
            self.limit is not self.bound
            or bool(self.form_flags & KEPT)
            or self.form_flags != self.flags
        )

    def _made(self, figure: Figure, at: int, here: int, marked: bool) -> FoundFigure:
        start = self.start if self.start >= 0 else self.tokens[at][2]
        return figure, start, self.tokens[here - 1][3], marked

    def _time(self, at: int) -> int:
        """Return the index of the token after a point or span of time that begins here, or 0."""
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
        """Return the index after a year that is joined to a number, or 0 if it counts things."""
        if self.tokens[at + 3][0] != UNIT:
            return at + 3
        if self._counts(at):
            return 0
        join, high = self.tokens[at + 1], self.tokens[at + 2]
        both = high[1].style == YEAR and join[3] == high[2]  # the 2016-2020 patents
        return at + 3 if both else at + 1

    def _is_year(self, kind: int) -> bool:
        """Return True if 1900-2100 without a unit is a year; alone or after 超过 it is a number."""
        if self.bound or self.flags or kind in (UNIT, AFTER, PER, ADJECTIVE):
            return False
        return len(self.tokens) > 4

    def _counts(self, at: int) -> bool:
        """Return True if 2000-3000家 counts something: years are not joined so to a count."""
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
        """Return True if the dash before the number is its sign; a count has none."""
        before, start = self.tokens[at - 1], self.tokens[at][2]
        if before[3] != start or self.text[before[2]] != "-" or not self.is_minus(before):
            return False
        if unit not in _SIGNED:
            raise Unreadable(start, "a number above zero")
        return True

    # ------------------------------------------------------------------ ranges

    def _upper(self, here: int) -> int:
        """Return the index of the upper number of a range, or 0; ``from 5 to 6`` is no range."""
        kind, _, start, end = self.tokens[here]
        if kind != JOIN or self.tokens[here + 1][0] != NUMBER:
            return 0
        word = self.text[start:end]
        if word in ("by", "--"):
            return 0
        if word in AND:
            return here + 1 if self.bound is Comparator.BETWEEN else 0
        return 0 if self.from_ and word not in "-~" else here + 1

    def _range(self, at: int, upper: int) -> tuple[FoundFigure | None, int]:
        (_, low, start, _), (_, high, _, _) = self.tokens[at], self.tokens[upper]
        first = self.taken()
        here = self.trail(self.tail(upper + 1, high))
        if self.limit not in _IN_A_RANGE:
            raise Unreadable(start, f"a range without {self.limit}")
        second = self.word or first
        if first is None:
            low, first = _sharing(low, high), second
        self.word = second
        first, second = self._placed(first), self._placed(second)
        lower = settle(self.form_flags, first, self.over, low.power, self.hints)
        settled = settle(self.form_flags, second, self.over, high.power, self.hints)
        if settled.problem or lower.problem:
            raise Unreadable(start, settled.problem or lower.problem)
        figure = _between((lower, settled), (low, high), start)
        return self._made(figure, at, here, self._marked(high)), here

    # ------------------------------------------------------------------ ranks and whole words

    def whole(self, at: int) -> tuple[FoundFigure | None, int]:
        """Read 翻番 or doubled: a multiple in one word."""
        _, value, start, end = self.tokens[at]
        self.at_number()
        here = self.after(at + 1)
        figure = Figure(Form.MULTIPLE, self.limit or Comparator.REACH, value, None, "multiple")
        # "double" is an adjective as often as a verb
        verb = self.text[start:end] != "double" or self.tokens[here][0] not in _NOUNS
        return self._made(figure, at, here, verb), here

    def ordinal(self, at: int) -> tuple[FoundFigure | None, int]:
        """Read 第3位, no. 3, first: a rank if a ranking or 位 is next to it."""
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

    def top(self, at: int) -> tuple[FoundFigure | None, int]:
        """Read 前3位, top three."""
        kind, number, start, _ = self.tokens[at + 1]
        if kind != NUMBER:
            self.note_gap(self.tokens[at], at)
            return None, at + 1
        rest = self._time(at + 1)
        if rest:
            self.note_problem(start, "a rank, not a time")
            return None, rest
        self.begin(self.tokens[at][2])
        return self._rank(at + 1, number, Comparator.AT_MOST)

    def head(self, at: int) -> tuple[FoundFigure | None, int]:
        """Read 首位, 榜首."""
        return self._rank(at, Number(self.tokens[at][1]), Comparator.REACH)

    def _rank(self, at: int, number: Number, least: Comparator) -> tuple[FoundFigure | None, int]:
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
            raise Unreadable(start, f"a rank without {self.limit}")
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


_Reader = Callable[[Grammar, int], tuple[FoundFigure | None, int]]
_READ: dict[int, _Reader] = {
    NUMBER: Grammar.number,
    WHOLE: Grammar.whole,
    TH: Grammar.ordinal,
    NTH: Grammar.ordinal,
    TOP: Grammar.top,
    HEAD: Grammar.head,
}
_NOUNS = frozenset({UNIT, ADJECTIVE, GAP})


def _value(number: Number, settled: Settled) -> Decimal:
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


def _between(pair: tuple[Settled, Settled], numbers: tuple[Number, Number], start: int) -> Figure:
    low, high = (_value(number, settled) for number, settled in zip(numbers, pair, strict=True))
    first, second = pair
    if (first.form, first.unit) != (second.form, second.unit):
        raise Unreadable(start, "a range in one unit")
    if first.sign < 0:
        low, high = high, low
    if low >= high:
        raise Unreadable(start, "a range that rises")
    return Figure(first.form, Comparator.BETWEEN, low, high, first.unit)


def _rank_figure(low: Number, high: Number, bound: Comparator) -> Figure:
    settled = Settled(Form.RANK, "rank", 10**high.power)
    if low is not high:
        return _between((Settled(Form.RANK, "rank", 10**low.power), settled), (low, high), 0)
    return Figure(Form.RANK, bound, _value(high, settled), None, "rank")
