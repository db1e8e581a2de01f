"""Parse tokens to figures, from left to right.

One rule: a number is a figure only if everything that touches it is understood. The words before a
number are noted until it, or until its clause ends; at a number, its unit and the words behind it are
read, and :func:`settle` makes form, unit and value of them. A number with an unknown word next to it,
or with a word in its clause that may apply to it, is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from ..codelists import Comparator, Form
from ..units.decimals import EXACT
from .figure import Figure, times
from .lexicon import (
    ADD,
    ADJECTIVE,
    AFTER,
    BASIS,
    BOUND,
    BREAK,
    BROKEN,
    CHANGE,
    COMPARED,
    DOUBT,
    END,
    FALL,
    FILL,
    FORM,
    FROM,
    GAP,
    GROW,
    HEAD,
    ITEM,
    JOIN,
    LEVEL,
    MEAN,
    MINUS,
    NOT,
    NOUN,
    NTH,
    NUMBER,
    OF,
    PER,
    PER_CENT,
    PLACE,
    RAISE,
    RANK,
    RATE,
    STOP,
    SUM,
    TH,
    TIME,
    TOP,
    UNIT,
    WHOLE,
    WITHIN,
    YEARLY,
    Entry,
    Per,
    UnitWord,
    lexicon,
)
from .numerals import DIGITS, SHARE, WORD, YEAR, Number
from .scanner import Token
from .settle import Hints, Settled, ratios, settle

__all__ = ["FoundFigure", "Parser"]

_BETWEEN_TWO = Comparator.BETWEEN
_REACH = Comparator.REACH  # looking it up in the class takes longer than reading a unit
_figure = Figure._make  # takes half as long as calling the class
# The comparator that two on one number make; every other pair is an error.
_TOGETHER = {
    frozenset({Comparator.AT_LEAST, Comparator.ABOVE}): Comparator.ABOVE,
    frozenset({Comparator.AT_MOST, Comparator.BELOW}): Comparator.BELOW,
}
_NEGATED = {
    Comparator.REACH: Comparator.BELOW,
    Comparator.ABOVE: Comparator.AT_MOST,
    Comparator.BELOW: Comparator.AT_LEAST,
}
_WITHIN = frozenset({None, _REACH, Comparator.AT_MOST, Comparator.BELOW, Comparator.ABOUT})
# In words, "above" third place is second place: only these words, or signs, bound a rank.
_IN_A_RANGE = frozenset({None, _REACH, Comparator.BETWEEN})
_IN_A_RANK = frozenset(
    comparator for comparator in Comparator if comparator.plain or comparator is Comparator.AT_MOST
)
_SIDED = frozenset(Comparator) - {Comparator.REACH}
_SIGNED = frozenset({"percent", "percent_per_year", "percentage_point"})
_RELATIVE = frozenset({*_SIGNED, "multiple"})
_WITHOUT_SIZE = frozenset({*_SIGNED, "rank"})
_CURRENCIES = frozenset({"CNY", "USD"})
_BEFORE_YEARS = frozenset({"by", "in", "since", "until", "from", "of", "for"})
_TO = frozenset({"to", "至", "到"})
_AND = frozenset({"and", "和", "以及", "及", "与"})
_RANGE_ALONE = 7  # two numbers, what joins them, a unit, three ends
# Form words that may follow a percentage: 10% growth, 14% a year, a 5 percent decline.
_TRAILING = GROW | RATE | YEARLY | MEAN | RAISE | FALL
_ENDS = frozenset({END, STOP})
# What a number is cut off from if it follows a comma: 增长30.4，%.
_OF_A_FIGURE = frozenset({AFTER, PER})
_OF_A_NUMBER = frozenset({UNIT, AFTER, PER})
# What ends an item of a list, or gives it a form of its own.
_OWN_FORM = frozenset({FORM, TIME, STOP, END, WHOLE, HEAD, TH, TOP})
_TIMELY = frozenset({TIME, JOIN})
_BEFORE_UNITS = frozenset({AFTER, BOUND, ADJECTIVE, GAP})
_COMPARATORS = frozenset({AFTER, BOUND})
_BASIS_WORDS = frozenset({BASIS, ADJECTIVE, FILL, UNIT, PLACE, NOUN})
_UNKNOWN = frozenset({GAP, BROKEN, DOUBT})
# What may be directly before a number.
_BEFORE = frozenset({
    BOUND, WITHIN, FORM, PER, PLACE, FILL, FROM, OF, NOUN, STOP, BREAK, TIME, JOIN, MINUS,
    ADJECTIVE, BASIS, NOT,
})  # fmt: skip
_SUMMANDS = frozenset({NUMBER, UNIT, NOUN, GAP, BROKEN, DOUBT})  # before +, which is then no sign
_PLAIN_BEFORE = frozenset({BOUND, FORM, NOUN, PER, PLACE, TIME, WITHIN, MINUS})  # without a check
# What may be between two numbers, besides words that apply to the second one.
_BETWEEN = frozenset({STOP, JOIN, TIME, FILL, NOUN})
# Words whose comparator or direction applies to a number: none may be left over behind a figure.
_APPLYING = frozenset({BOUND, WITHIN, AFTER, NOT, FORM, MINUS, DOUBT, PER})
_FIGURES = frozenset({NUMBER, WHOLE, TH, TOP, HEAD, NTH})
_STARTS = frozenset({NUMBER, FORM, BOUND, UNIT})  # what a comparator may be before
_NOUNS = frozenset({UNIT, ADJECTIVE, GAP, DOUBT, NOUN})
_BEFORE_A_NOUN = frozenset({PLACE, ADJECTIVE, FILL, AFTER})
_COUNTERS = frozenset({"thing", "people", "place"})

# A figure, where it begins and ends, and whether more than a bare number says that it is one.
FoundFigure = tuple[Figure, int, int, bool]


class Unreadable(Exception):  # noqa: N818 - internal; readers raise FigureError
    """A number that cannot be read as one figure."""

    def __init__(self, position: int, expected: str) -> None:
        super().__init__(expected)
        self.position = position
        self.expected = expected


class Parser:
    """The parser of one text: its figures, its refused numbers, and the first unknown word."""

    __slots__ = (
        "bound", "carried", "distant", "doubt", "end", "far", "figures", "flags", "form_flags",
        "from_", "gapped", "hints", "limit", "minus", "negated", "noun", "open", "over", "per", "per_at",
        "place", "problem", "refused", "start", "symbol", "text", "time_end", "tokens", "unit_at",
        "within", "word",
    )  # fmt: skip

    limit: Comparator | None
    over: Per | None

    def __init__(self, text: str, tokens: list[Token], hints: Hints) -> None:
        self.text = text
        self.tokens = tokens
        self.hints = hints
        self.figures: list[FoundFigure] = []
        self.refused: list[tuple[int, int, str, int]] = []  # start, end, expected, its position
        self.problem: tuple[int, str] | None = None  # the first unknown word, for strict readers
        self.noun: str | None = None  # what the last noun counts; "" for an unknown word
        self.end = self.time_end = -1  # of the last figure or time, as the index of a token
        self.carried: tuple[int, Comparator | None, UnitWord | None] | None = None
        self.clear()
        self._parse()

    @property
    def is_used_up(self) -> bool:
        """True if every word is part of a figure."""
        return self.problem is None and self.start < 0 and self.open < 0 and self.place < 0

    def _parse(self) -> None:
        at, tokens = 0, self.tokens
        while (token := tokens[at])[0] != END:
            read = _READERS[token[0]]
            if read is None:
                note = _NOTERS[token[0]]
                if note is not None:
                    note(self, token, at)
                at += 1
                continue
            try:
                found, rest = read(self, at)
            except Unreadable as error:
                at = self._refuse(at, error)
                continue
            if found is not None:
                self.figures.append(found)
                if tokens[rest][0] == END:
                    self.start = self.open = self.place = -1
                    return
                self.carried = (self.form_flags | self.far, self.limit, self.word)
                self.end = rest
                self.clear()
            at = rest

    def _refuse(self, at: int, error: Unreadable) -> int:
        """Refuse a number and the others of its clause; return where the next clause begins."""
        tokens = self.tokens
        while (kind := tokens[at][0]) not in (STOP, END):
            if kind in (NUMBER, WHOLE, HEAD, NTH, BROKEN) and tokens[at + 1][0] != TIME:
                start, end = tokens[at][2:]
                self.refused.append((start, end, error.expected, error.position))
                self.end = at + 1
            at += 1
        self.clear()
        self.carried = (CHANGE, None, None)
        return at

    # ------------------------------------------------------------------ words before a number

    def clear(self) -> None:
        """Clear all notes, after a figure and at the end of a clause."""
        self.far = self.flags = 0
        self.per: Per | None = None
        self.bound: Comparator | None = None
        self.doubt: tuple[int, str] | None = None
        self.start = self.open = self.place = self.per_at = -1
        self.symbol = self.from_ = self.within = self.negated = self.minus = self.distant = False
        self.gapped = False
        self.word: UnitWord | None = None

    def _clear_near(self, position: int) -> None:
        """Clear the notes that apply to an adjacent number only."""
        if self.bound in _SIDED or self.within or self.negated or self.minus:
            self._note_doubt(position, "the number next to its comparator")
        self.far |= self.flags
        self.start = self.open = self.place = -1
        self.flags = 0
        self.bound = self.word = None
        self.symbol = self.from_ = self.within = self.negated = self.minus = False
        self.distant = True

    def _note_doubt(self, position: int, expected: str) -> None:
        if self.doubt is None:
            self.doubt = (position, expected)

    def _note_problem(self, position: int, expected: str) -> None:
        """Keep the first problem."""
        if self.problem is None:
            self.problem = (position, expected)

    def _begin(self, start: int) -> None:
        """Start the span of the figure here, if it has not started."""
        if self.start < 0:
            self.start = start

    def note_bound(self, token: Token, _: int) -> None:
        """Note 超过, at least, ≥, and what a negation before it makes of it."""
        _, comparator, start, _ = token
        if self.negated:
            comparator = _NEGATED.get(comparator)
            self.negated = False
            if comparator is None:
                self._note_doubt(start, "a comparator that can be negated")
                return
        try:
            self.bound = _both(self.bound, comparator, start)
        except Unreadable as error:
            self._note_doubt(error.position, error.expected)
        self.symbol = self.text[start] in "<>≤≥"
        self._begin(start)

    def note_within(self, token: Token, _: int) -> None:
        """Note 控制在."""
        self.within = True
        self._check_negation(token)
        self._begin(token[2])

    def note_not(self, token: Token, _: int) -> None:
        """Note 不得, not."""
        if self.negated:
            self._note_doubt(token[2], "one negation")
        self.negated = True
        self._begin(token[2])

    def note_minus(self, token: Token, _: int) -> None:
        """Note 负, minus."""
        if self.minus:
            self._note_doubt(token[2], "one sign")
        self.minus = True
        self._begin(token[2])

    def _check_negation(self, token: Token) -> None:
        if self.negated:
            self._note_doubt(token[2], "a comparator behind the negation")

    def note_form(self, token: Token, _: int) -> None:
        """Note 年均增长, add, up."""
        self._check_negation(token)
        if self.bound in (Comparator.ABOVE, Comparator.BELOW):  # 高于增速5个百分点
            self._note_doubt(token[2], "the number next to its comparator")
        if token[1] & FALL and self.flags & FALL:
            self._note_doubt(token[2], "one word for a fall")
        self.flags |= token[1]
        self._begin(token[2])

    def note_per(self, token: Token, at: int) -> None:
        """Note 每万人, which may be far before its number."""
        if self.per is not None:
            self._note_problem(token[2], "one denominator")
            self._note_doubt(token[2], "one denominator")
        self.per, self.per_at = token[1], at
        self._begin(token[2])

    def note_place(self, token: Token, _: int) -> None:
        """Note 全国, ranks: they belong to the figure if it is a rank."""
        if self.bound in _SIDED or self.negated:
            self._note_doubt(token[2], "the number next to its comparator")
        if self.place < 0:
            self.place = token[2]

    def note_time(self, token: Token, _: int) -> None:
        """Note the end of a time: no negation applies to it."""
        self._check_negation(token)

    def note_from(self, _: Token, __: int) -> None:
        """Note 从: two numbers joined by 到 are then no range, and a change begins at a level."""
        self.from_ = True
        if self.flags & CHANGE:
            self.flags |= LEVEL

    def note_join(self, token: Token, at: int) -> None:
        """Note ``to`` after "increase", which leads to a level, and ``by``, which leads to a change."""
        word = self._text(token)
        if word == "by":
            if self.bound is not None:  # exceeded the target by 3 points
                self._note_doubt(token[2], "the number next to its comparator")
            if self._is_share(at + 1) and not self.flags & CHANGE:
                if at and not self.far & CHANGE:  # slumped by, if "slumped" is not known
                    self._note_doubt(token[2], "a known word before by")
                self.flags |= self.far & CHANGE or RAISE  # increase capacity by 40%
                self._begin(token[2])
        elif word in _AND:
            self._list_and(token, at)
        elif word in _TO:
            if self.flags & CHANGE:
                self.flags |= LEVEL
            if self.end == at and not (self.carried and self.carried[0] & CHANGE):
                self._note_doubt(token[2], "a change, or a range without from")
        elif word[0] in "-~" and not self._is_minus(token):
            self.note_gap(token, at)

    def _is_share(self, at: int) -> bool:
        """Return True if a percentage follows: by 40% is a change, by 2025 is none."""
        at += self.tokens[at][0] == BOUND
        if self.tokens[at][0] == NUMBER == self.tokens[at + 2][0]:  # 5-6 percent
            at += 2
        return self.tokens[at][0] == NUMBER and self.tokens[at + 1][1] is PER_CENT

    def _is_minus(self, token: Token) -> bool:
        """Return True if a dash belongs to the number after it: 增长-0.5%, but not covid-19."""
        start, end = token[2], token[3]
        free = start == 0 or not self.text[start - 1].isascii() or self.text[start - 1] == " "
        return free and self.text[start:end] == "-" and "0" <= self.text[end : end + 1] <= "9"

    def note_of(self, token: Token, _: int) -> None:
        """Note ``of``, which something has to follow."""
        self.open = token[2]

    def note_broken(self, token: Token, _: int) -> None:
        """Refuse digits that are no number."""
        expected = "a number such as 3.5 or 13,000"
        self._note_problem(token[2], expected)
        self.refused.append((token[2], token[3], expected, token[2]))
        self._clear_near(token[2])
        self.noun = ""

    def note_gap(self, token: Token, _: int) -> None:
        """Note an unknown word."""
        self._note_problem(token[2], "a word of a figure expression")
        self._clear_near(token[2])
        self.noun, self.gapped = "", True
        entry: Entry | None = token[1]
        if token[0] == GAP and isinstance(entry, Entry):
            falls = entry.kind == FORM and entry.value & FALL
            if falls or entry.kind == MINUS or (entry.kind == BOUND and entry.value in _SIDED):
                self._note_doubt(token[2], "a known word")

    def note_doubt_word(self, token: Token, _: int) -> None:
        """Note a word that may change what the numbers of its clause say."""
        self.note_gap((GAP, None, *token[2:]), 0)
        self._note_doubt(token[2], "a clause without this word")

    def note_noun(self, token: Token, _: int) -> None:
        """Note 企业, investment: strict readers know no nouns."""
        self._note_problem(token[2], "a word of a figure expression")
        self._clear_near(token[2])
        if token[1] != "measure":
            self.noun = token[1]

    def note_unit(self, token: Token, at: int) -> None:
        """Note a currency before a number, as in US$5; another unit is a noun here, as in 人才300名."""
        word, before = token[1], self.tokens[at - 1] if at else token
        touched = before[0] == GAP and before[3] == token[2]  # HK$
        prefix = self._text(token) in lexicon().prefixes and not touched
        if prefix and self.tokens[at + 1][0] == NUMBER:
            self.word = word
            self._begin(token[2])
        else:
            self._note_problem(token[2], "a word of a figure expression")
            self._clear_near(token[2])
            self.noun = word.unit

    def note_stop(self, token: Token, at: int) -> None:
        """Note the end of a clause; in a list, the words before the first number apply to the second."""
        self._note_problem(token[2], "one figure without punctuation")
        per = self.per if self.tokens[at - 1][0] == PER else None
        unused = self.flags or self.bound or self.within or self.negated or self.minus
        unused = unused or self.tokens[at - 1][0] == TH
        falls = self.flags & (FALL | RATE)
        carried, sign = self.carried, self.text[token[2]]
        self.clear()
        self.carried = None
        following = self.tokens[at + 1][0]
        if (unused and following == NUMBER) or (falls and following in (BOUND, WITHIN)):
            # 年均增长、5%
            self._note_doubt(token[2], "a known word before the number")
        if sign in ",，、":
            self.per = per  # for every 10,000 people, there are 35
            listed = sign == "、" or (sign == "," and self.text[token[3] : token[3] + 1] == " ")
            self._hand_on(at, carried, listed=listed)
            if sign == "、":
                self.carried = carried

    def note_break(self, token: Token, at: int) -> None:
        """Note a bracket or a colon; behind a closing bracket, the words before it are distant."""
        self._note_problem(token[2], "one figure without punctuation")
        if self.text[token[2]] in ")）":
            self._clear_near(token[2])
        elif self.carried is not None and self.carried[0] & CHANGE:
            self._check_listed(at, self.carried[0])  # 增长5%（上年为3%）

    def _list_and(self, token: Token, at: int) -> None:
        if self.bound is Comparator.BETWEEN:
            return
        self._note_problem(token[2], "one figure")
        if self.tokens[at - 1][0] == STOP and self.flags | (self.bound is not None):
            return  # the second sign of ", and"
        carried = self.carried if self.end == at else None
        self._clear_near(token[2])
        self.distant = False
        self._hand_on(at, carried, listed=True)

    def _hand_on(
        self,
        at: int,
        carried: tuple[int, Comparator | None, UnitWord | None] | None,
        *,
        listed: bool,
    ) -> None:
        """Apply the words of the figure before to the next number, if they are listed together."""
        if carried is None:
            return
        flags, _, word = carried
        following = self.tokens[at + 1 + (self.tokens[at + 1][0] == JOIN)]
        if following[0] != NUMBER or self.end != at:
            if flags & CHANGE and listed:
                self._check_listed(at, flags)
        elif listed and word is not None:
            self.flags, self.bound, self.word = carried
        elif flags & CHANGE or not listed or word is None:
            self._note_doubt(self.tokens[at][2], "a word for the form of this number")

    def _check_listed(self, at: int, flags: int) -> None:
        """Doubt an item of a list after 新增, unless it has a form of its own."""
        for token in self.tokens[at + 1 : at + 12]:
            if token[0] in _OWN_FORM or (token[0] == BOUND and not flags & FALL):
                return
            if token[0] == NUMBER:
                self._note_doubt(token[2], "a word for the form of this number")
                return

    def _text(self, token: Token) -> str:
        return self.text[token[2] : token[3]]

    # ------------------------------------------------------------------ numbers

    def number(self, at: int) -> tuple[FoundFigure | None, int]:
        """Read a number with what follows it; a point in time is no figure."""
        tokens = self.tokens
        _, number, start, _ = tokens[at]
        timely = tokens[at + 1][0] in _TIMELY or (at and tokens[at - 1][0] == TIME)
        if timely or number.style == YEAR:
            rest = self._time(at)
            if rest:
                return self._skip_time(start, rest)
        prefix = self.word
        self._at_number(at)
        if tokens[at + 1][0] == UNIT:
            here, self.word, self.unit_at = at + 2, tokens[at + 1][1], at + 1
        else:
            here = self._tail(at + 1, number)
        if tokens[here][0] in _ENDS:
            self.over = self.per
        else:
            here = self._below(self._after(here))
            upper = self._upper(here)
            if upper:
                return self._range(at, upper)
            here = self._trail(here)
        if self.within or number.more or number.bare or prefix is not None:
            self._join_notes(number, prefix, start)
        return self._figure(at, here), here

    def _figure(self, at: int, here: int) -> FoundFigure:
        """Return the figure of the number and all that was read around it."""
        tokens, (_, number, start, _) = self.tokens, self.tokens[at]
        word, bound = self.word, self.limit or _REACH
        if word is not None and word.takes:
            word = self._counted(word, here)
        if word is None and self.place >= 0 and bound is _REACH and self.hints[0] is None:
            raise Unreadable(start, "a word for a ranking")
        if self.over is not None or number.power or number.times != 1 or bound is _BETWEEN_TWO:
            self._check_parts(number, word, start)
        flags = self._effective(start, word) if self.far else self.form_flags
        settled = settle(flags, word, self.over, number.power, self.hints)
        if settled.problem:
            raise Unreadable(start, settled.problem)
        if tokens[here][0] not in _ENDS:
            self._check_behind(here)
        elif tokens[here + 1][0] in (_OF_A_NUMBER if word is None else _OF_A_FIGURE):
            raise Unreadable(tokens[here + 1][2], "a known word behind the number")
        if self.distant or (word is not None and word.takes):
            self._check_meaning(at, here, word, settled)
        value = number.coefficient
        if number.times != 1 or not settled.plain:
            value = _value(number, settled)
            if settled.sign < 0:  # 下降5%以上: growth of at most -5 percent
                bound = bound.mirrored()
        if self.minus or (at and tokens[at - 1][0] == JOIN):
            value = self._signed(value, at, settled)
        figure = _figure((settled.form, bound, value, None, settled.unit))
        marked = (word is not None and number.style == DIGITS) or self._marked(number)
        if word is None and tokens[here][0] == JOIN:  # rose from 5 to 6 percent
            marked = False
        start = self.start if self.start >= 0 else start
        return figure, start, tokens[here - 1][3], marked

    def _check_parts(self, number: Number, word: UnitWord | None, start: int) -> None:
        """Raise if comparator, number and unit do not make a figure."""
        if word is None and self.over is not None and self.hints[0] is None:
            raise Unreadable(start, "a unit")
        if self.limit is _BETWEEN_TWO:
            raise Unreadable(start, "two numbers after between")
        if word is not None and word.unit in _WITHOUT_SIZE and (number.power or number.times != 1):
            raise Unreadable(start, "a number without a magnitude")

    def _skip_time(self, start: int, rest: int) -> tuple[None, int]:
        """Skip a point or span of time with its comparator."""
        if self.negated:
            self._note_doubt(start, "a comparator behind the negation")
        self.bound, self.minus, self.time_end = None, False, rest
        return None, rest

    def _join_notes(self, number: Number, prefix: UnitWord | None, start: int) -> None:
        """Join what was noted before the number with what is printed in it and behind it."""
        if number.more:
            self.limit = _both(self.limit, Comparator.ABOVE, start)
        if number.bare and self.limit in (None, Comparator.ABOUT):
            raise Unreadable(start, "a number before the magnitude")  # 近百
        if self.within:
            if self.limit not in _WITHIN:
                raise Unreadable(start, "one comparator")
            self.limit = Comparator.AT_MOST if self.limit in (None, _REACH) else self.limit
        if prefix is not None:
            if self.word is not None and self.word.unit != prefix.unit:
                raise Unreadable(start, "one unit")
            self.word = prefix

    def _signed(self, value: Decimal, at: int, settled: Settled) -> Decimal:
        """Return the negative of a value after a minus sign or 负."""
        dash = self.tokens[at - 1][0] == JOIN and self._is_negative(at, settled.unit)
        if not (dash or self.minus):
            return value
        if settled.sign < 0 or settled.unit not in _SIGNED or (dash and self.minus):
            raise Unreadable(self.tokens[at][2], "a number above zero")
        return value.copy_negate()

    def _at_number(self, at: int) -> None:
        """Start with the notes; raise if what is directly before the number is not understood."""
        if at and (at == self.end or self.tokens[at - 1][0] not in _PLAIN_BEFORE):
            self._check_before(at)
        if self.negated:
            raise Unreadable(self.tokens[at][2], "a comparator behind the negation")
        if self.doubt is not None:
            raise Unreadable(*self.doubt)
        self.limit, self.form_flags = self.bound, self.flags
        self.over = self.word = None

    def _check_before(self, at: int) -> None:
        kind, _, begin, _ = self.tokens[at - 1]
        if at == self.end and kind not in _BETWEEN:
            raise Unreadable(begin, "a known word between two numbers")
        known = kind in _BEFORE or at == self.time_end or self._is_known_unit(at - 1)
        applying = self.flags or self.bound or (self.carried and self.carried[0] & CHANGE)
        sign = self.text[begin]
        bracket = kind == BREAK and (sign in ")）" or (sign in "(（" and applying))
        sums = sign == "+" and at > 1 and self.tokens[at - 2][0] in _SUMMANDS
        dash = kind == JOIN and sign in "-~" and not self._is_minus(self.tokens[at - 1])
        if not known or bracket or sums or dash:
            raise Unreadable(begin, "a known word before the number")

    def _is_known_unit(self, at: int) -> bool:
        """Return True for 人才 in 人才300名 and $ in $5, but not for 元 in 元500."""
        kind, word, start, end = self.tokens[at]
        if kind != UNIT:
            return False
        return self.word is word or (word.unit not in _CURRENCIES and end - start > 1)

    def _effective(self, start: int, word: UnitWord | None) -> int:
        """Return the flags that apply: those next to the number, and those of its whole clause."""
        flags, far = self.form_flags, self.far
        if word is not None and word.unit in _RELATIVE:
            if far & RATE and far & MEAN and self.bound and not flags:
                return far  # the average annual growth rate of investment will reach 14%
            if far & (CHANGE | SUM | LEVEL) and not flags & CHANGE:
                raise Unreadable(start, "the number next to its growth word")
            return flags | (far & (MEAN | YEARLY))
        if far & (FALL | LEVEL):
            raise Unreadable(start, "the number next to its growth word")
        return flags | (far & (MEAN | SUM | YEARLY | ADD))

    def _check_behind(self, here: int) -> None:
        """Raise if what is directly behind the figure is not understood, or still applies to it."""
        tokens = self.tokens
        kind, _, start, end = tokens[here]
        if kind in _ENDS:
            return
        word = self.word
        counter = word is not None and word.takes in _COUNTERS
        if kind == FILL and self.text[start:end] == "的" and not counter:
            kind, _, start, end = tokens[here + 1]
        if (
            kind == JOIN
            and tokens[here + 1][0] in _UNKNOWN
            and self._text(tokens[here]) not in _AND
        ):
            raise Unreadable(start, "a number after this")
        change = self.form_flags & CHANGE or not self.from_
        if kind == JOIN and not change and tokens[here + 1][0] == NUMBER:  # from 5 to 8 firms
            raise Unreadable(start, "a change, or a range without from")
        if kind == FILL and self.text[start] == "+":
            raise Unreadable(start, "a known word behind the number")
        if kind in _UNKNOWN or kind == UNIT or (kind == BREAK and word is None):
            single = kind == UNIT and end - start == 1 and tokens[here][1].unit in _CURRENCIES
            if single or kind not in (GAP, UNIT) or not self._is_counted(here):
                raise Unreadable(start, "a known word behind the number")
        elif word is None and tokens[here + 1][0] in _OF_A_NUMBER:
            raise Unreadable(start, "a unit next to the number")
        elif kind in (NUMBER, NTH, TH, WHOLE, MINUS, WITHIN):
            raise Unreadable(start, "a known word between two numbers")
        elif word is None and (kind == NOUN or (kind == ADJECTIVE and not self.hints[0])):
            raise Unreadable(start, "a unit")
        self._check_rest(here)

    def _is_counted(self, here: int) -> bool:
        """Return True if a noun that is not known may follow: 3个国家实验室, 300 enterprises joined."""
        token, word = self.tokens[here], self.word
        if word is None or word.takes not in _COUNTERS:
            return False
        last = self.text[self.tokens[here - 1][3] - 1]
        if last.isascii():
            return last == "s" or word.unit == "person"
        following = self.text[token[2] : token[2] + 2]
        return len(following) > 1 and all("一" <= character <= "龥" for character in following)

    def _check_rest(self, here: int) -> None:
        """Raise if a word behind the figure that may apply to it applies to no other number."""
        tokens, applying, left = self.tokens, _APPLYING, -1
        while (kind := tokens[here][0]) not in _ENDS:
            if kind in _FIGURES:
                return
            behind = kind in (BOUND, GAP) and self._text(tokens[here]) in lexicon().behind
            if left < 0 and (behind or _applies(tokens[here], applying)):
                left = tokens[here][2]
            if kind == GAP:
                applying = _OF_A_FIGURE
            here += 1
        if left >= 0:
            raise Unreadable(left, "a number after this")

    def _check_meaning(self, at: int, here: int, word: UnitWord | None, settled: Settled) -> None:
        """Raise if the unit or the direction of a number in running text is not certain."""
        start = self.tokens[at][2]
        self._check_attribute(here, self.form_flags | self.far)
        if word is None and self.distant and not (self.limit or self.over or self.hints[0]):
            raise Unreadable(start, "a unit")
        if settled.unit == "percentage_point" and self.distant and not self.form_flags & CHANGE:
            raise Unreadable(start, "a word for a rise or a fall")
        if word is not None and word.takes == "visit" and self.hints[0] is None:
            raise Unreadable(start, "people, not visits")
        if self.over is not None and self.over is self.per and self.gapped:
            known = (
                settled.unit in ratios() or settled.unit in _SIGNED or settled.unit == "multiple"
            )
            if not known:
                raise Unreadable(start, "the number next to its denominator")
        if word is None or self.hints[0] is not None or word.takes != "thing":
            return
        self._check_counted(here, word)

    def _check_attribute(self, here: int, flags: int) -> None:
        """Raise for 新增产值超200亿元的县2个: what is added is the second number."""
        counter = self.word is not None and self.word.takes in _COUNTERS
        if not counter and flags & (ADD | SUM) and self.tokens[here][0] == NOUN:
            raise Unreadable(self.tokens[here][2], "a clause that ends with the number")

    def _check_counted(self, here: int, word: UnitWord) -> None:
        """Raise if 家, 户 or 件 counts something else than enterprises or patents."""
        text = self._text(self.tokens[self.unit_at])
        if word.unit == "item" or text[0] < "z" or len(text) > 1:
            return
        while self.tokens[here][0] in _BEFORE_A_NOUN:  # 2家全国重点实验室
            here += 1
        kind, noun, start, _ = self.tokens[here]
        if kind == NOUN:
            known = noun == word.unit
        elif kind in (GAP, UNIT, ADJECTIVE):
            known = False
        else:
            known = self.noun in (None, word.unit)
        if not known:
            raise Unreadable(start, "a noun for what is counted")

    def _counted(self, word: UnitWord, here: int) -> UnitWord:
        """Return the unit of a counting word: 家 counts laboratories, too, and 位 ranks."""
        if word.takes == "place":
            return self._placed(word) or word
        if word.unit == "enterprise" and self._text(self.tokens[self.unit_at]) == "家":
            kind, noun, _, _ = self.tokens[here]
            if (noun if kind == NOUN else self.noun) == ITEM.unit:
                return ITEM
        return word

    def _placed(self, word: UnitWord | None) -> UnitWord | None:
        """Return the unit: 位 counts people, but ranks in 提升3位 and 全国15名以内."""
        if word is None or word.takes != "place":
            return word
        moved = self.form_flags & (RAISE | FALL) and not self.form_flags & ADD
        listed = self.place >= 0 and self.limit is Comparator.AT_MOST
        return RANK if moved or listed else word

    def _marked(self, number: Number) -> bool:
        """Return True if it is a figure in running text too: 新增一家 is, 一家 is not."""
        if self.word is not None and (number.style not in (WORD, SHARE) or number.power):
            return True
        if self.word is not None and number.coefficient >= 10 and number.style == WORD:
            return True
        if self.start >= 0 and not (self.symbol and self.word is None):
            return True
        return self.limit is not self.bound or self.form_flags != self.flags or bool(self.far)

    def _made(self, figure: Figure, at: int, here: int, marked: bool) -> FoundFigure:
        start = self.start if self.start >= 0 else self.tokens[at][2]
        return figure, start, self.tokens[here - 1][3], marked

    # ------------------------------------------------------------------ times

    def _time(self, at: int) -> int:
        """Return the index of the token after a point or span of time that begins here, or 0."""
        tokens = self.tokens
        kind, following = tokens[at + 1][0], tokens[at + 2][0]
        if kind == TIME:
            return at + 2
        if kind == JOIN and following == TIME:  # 10-year
            return at + 3
        if self._is_day(at) and kind != UNIT:
            return at + 1
        if kind == JOIN and following == NUMBER and tokens[at + 3][0] == TIME:  # 2021-2025年
            return at + 4
        if tokens[at][1].style == YEAR and self._is_year(kind):
            return self._joined_year(at) if (kind, following) == (JOIN, NUMBER) else at + 1
        return 0

    def _is_day(self, at: int) -> bool:
        """Return True for 16 in February 16."""
        kind, _, start, _ = self.tokens[at - 1]
        return kind == TIME and at > 0 and self.text[start].isascii()

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

    def _is_negative(self, at: int, unit: str | None) -> bool:
        """Return True if the dash before the number is its sign; a count has none."""
        before, start = self.tokens[at - 1], self.tokens[at][2]
        if before[3] != start or self.text[before[2]] != "-" or not self._is_minus(before):
            return False
        if unit not in _SIGNED:
            raise Unreadable(start, "a number above zero")
        return True

    # ------------------------------------------------------------------ words behind a number

    def _tail(self, here: int, number: Number) -> int:
        """Read the unit, with comparators before it: 多家, %."""
        tokens = self.tokens
        if tokens[here][0] in _BEFORE_UNITS:
            here = self._noun(self._after(here))
        if (
            tokens[here][0] == JOIN
            and tokens[here + 1][0] == UNIT
            and self._text(tokens[here]) == "-"
        ):
            here += 1  # 6.7-percent
        kind, value, _, _ = tokens[here]
        if kind == UNIT:
            self.word, self.unit_at = value, here
            here += 1
        elif number.style == SHARE:
            self.word = PER_CENT
        return here

    def _noun(self, here: int) -> int:
        """Return the index of the unit behind adjectives: 25 new enterprises."""
        at = here
        while self.tokens[at][0] == ADJECTIVE:
            at += 1
        return at if self.tokens[at][0] == UNIT else here

    def _after(self, here: int) -> int:
        """Read comparators: 以上, or more."""
        behind = lexicon().behind
        while True:
            kind, value, start, end = self.tokens[here]
            if kind in (BOUND, GAP):
                last = self.text[start:end] == "超" and self.tokens[here + 1][0] in (STOP, END)
                value = Comparator.ABOVE if last else behind.get(self.text[start:end])
                if value is None or self.tokens[here + 1][0] in _STARTS:
                    return here
            elif kind != AFTER:
                return here
            self.limit = _both(self.limit, value, start)
            here += 1

    def _trail(self, here: int) -> int:
        """Read the rest: per 10,000 people, or more, a year, growth, of the city's GDP."""
        while True:
            kind, before = self.tokens[here][0], here
            if kind in _COMPARATORS or kind == GAP:
                here = self._compared(self._after(here))
            if kind in (FORM, GAP) and here == before:
                here = self._form_after(here)
            elif kind == OF:
                here = self._basis(here)
            elif kind == FILL:
                here += self._growth_follows(here)
            elif kind == PER:
                here = self._below(here)
            if here == before:
                break
        if self.over is None:
            self.over = self.per
        return here

    def _compared(self, here: int) -> int:
        """Read a direction behind a difference: 5 percentage points lower than."""
        flag = lexicon().compared.get(self._text(self.tokens[here]))
        if (
            flag is None
            or self.word is None
            or self.word.unit not in _SIGNED
            or self.form_flags & CHANGE
        ):
            return here
        kind, number, _, _ = self.tokens[here + 1]
        if kind == NUMBER and number.style != YEAR:
            return here
        self.form_flags |= flag
        return here + 1

    def _below(self, here: int) -> int:
        """Read the denominator, with a comparator after it: 人年/万人以上."""
        if self.tokens[here][0] != PER:
            return here
        per: Per = self.tokens[here][1]
        for other in (self.over, self.per):  # 每万人…/万人 says it twice, 每万人…/天 something else
            if other is not None and other.unit != per.unit:
                raise Unreadable(self.tokens[here][2], "one denominator")
        self.over = per
        return self._after(here + 1)

    def _form_after(self, here: int) -> int:
        """Read a form: 10% growth, 10%的增长, a 5 percent decline, 500 firms a year."""
        kind, value, start, _ = self.tokens[here]
        if kind == GAP:  # 5 percentage points lower
            entry: Entry | None = value
            if not isinstance(entry, Entry) or entry.kind != FORM or not self.text[start].isascii():
                return here
            value = entry.value
        if value == COMPARED and self.text[start].isascii():
            self.form_flags |= COMPARED
            return here + 1
        if not self._may_trail(here, value):
            return here
        other = CHANGE if value & FALL else CHANGE & ~RAISE
        if value & (FALL | RAISE) and self.form_flags & other:
            raise Unreadable(start, "one direction")
        self.form_flags |= value
        return here + 1

    def _may_trail(self, here: int, value: int) -> bool:
        """Return True if a form behind a figure belongs to it, and not to what follows."""
        start = self.tokens[here][2]
        relative = self.word is not None and self.word.unit in _SIGNED
        if not value & _TRAILING or value & (ADD | LEVEL) or not (relative or value & YEARLY):
            return False
        if not self.text[start].isascii() and self.text[start - 1] != "的":
            # 10%增速 at the end of a clause; a verb there lacks its number
            return bool(value & RATE and self.tokens[here + 1][0] in _ENDS)
        return not self._applies_to_number(here + 1)

    def _applies_to_number(self, here: int) -> bool:
        """Return True if a form before `here` belongs to another number: 5% and grow 6%."""
        kind = self.tokens[here][0]
        return kind == NUMBER or (kind == JOIN and self.tokens[here + 1][0] == NUMBER)

    def _growth_follows(self, here: int) -> bool:
        return self._text(self.tokens[here]) == "的" and bool(self.tokens[here + 1][0] == FORM)

    def _basis(self, here: int) -> int:
        """Skip "of the city's GDP"; skip nothing if no basis is named."""
        at, named = here + 1, False
        while self.tokens[at][0] in _BASIS_WORDS:
            named = named or self.tokens[at][0] in (BASIS, ADJECTIVE, NOUN)
            at += 1
        return at if named else here

    # ------------------------------------------------------------------ ranges

    def _upper(self, here: int) -> int:
        """Return the index of the upper number of a range, or 0; ``from 5 to 6`` is no range."""
        kind, _, start, end = self.tokens[here]
        if kind != JOIN or self.tokens[here + 1][0] != NUMBER:
            return 0
        word, unit = self.text[start:end], self.tokens[here + 2]
        other = unit[0] == UNIT and self.word is not None and unit[1].unit != self.word.unit
        if word in ("by", "--") or (other and word in _TO):  # up 5% to 300 billion yuan
            return 0
        if word in _AND:
            return here + 1 if self.bound is Comparator.BETWEEN else 0
        return 0 if self.from_ and word not in "-~" else here + 1

    def _taken(self) -> UnitWord | None:
        """Return the unit of the lower number, and clear it for that of the upper one."""
        word, self.word = self.word, None
        return word

    def _range(self, at: int, upper: int) -> tuple[FoundFigure | None, int]:
        (_, low, start, _), (_, high, _, _) = self.tokens[at], self.tokens[upper]
        first = self._taken()
        here = self._trail(self._tail(upper + 1, high))
        if self.limit not in _IN_A_RANGE or self.minus or low.more or high.more:
            raise Unreadable(start, f"a range without {self.limit}")
        second = self.word or first
        if first is None:
            low, first = _sharing(low, high), second
        self.word = second
        first, second = self._placed(first), self._placed(second)
        flags = self._effective(start, second) if self.far else self.form_flags
        lower = settle(flags, first, self.over, low.power, self.hints)
        settled = settle(flags, second, self.over, high.power, self.hints)
        if settled.problem or lower.problem:
            raise Unreadable(start, settled.problem or lower.problem)
        self._check_behind(here)
        self._check_meaning(at, here, second, settled)
        figure = _between((lower, settled), (low, high), start)
        return self._made(figure, at, here, self._marked(high)), here

    # ------------------------------------------------------------------ ranks and whole words

    def whole(self, at: int) -> tuple[FoundFigure | None, int]:
        """Read 翻番 or doubled: a multiple in one word."""
        _, value, start, end = self.tokens[at]
        if at and self.tokens[at - 1][0] in (BROKEN, DOUBT):
            raise Unreadable(start, "a known word before the number")
        if self.doubt is not None or self.negated or self.flags & FALL or self.minus:
            raise Unreadable(*(self.doubt or (start, "a multiple without a negation")))
        self.limit, self.form_flags, self.word = self.bound, self.flags, None
        here = self._after(at + 1)
        # "double" is an adjective as often as a verb
        verb = self.text[start:end] != "double" or self.tokens[here][0] not in _NOUNS
        if self.tokens[here][0] in _UNKNOWN:
            raise Unreadable(self.tokens[here][2], "a known word behind the number")
        self._check_rest(here)
        figure = Figure(Form.MULTIPLE, self.limit or _REACH, value, None, "multiple")
        return self._made(figure, at, here, verb), here

    def ordinal(self, at: int) -> tuple[FoundFigure | None, int]:
        """Read 第3位, no. 3, ranks third: a rank if a ranking or 位 is next to it."""
        begin = self.tokens[at][2]
        worded = self.tokens[at][0] == NTH
        if worded:
            if at and self.tokens[at - 1][0] == NUMBER:
                raise Unreadable(begin, "a rank, not a fraction")
        else:
            at += 1
            if self.tokens[at][0] != NUMBER:
                self.note_gap((GAP, None, *self.tokens[at - 1][2:]), at)
                self._note_doubt(begin, "a number behind 第")
                return None, at
        self._begin(begin)
        value = self.tokens[at][1]
        number = value if isinstance(value, Number) else Number(value)
        return self._rank(at, number, _REACH, ranked=not worded)

    def top(self, at: int) -> tuple[FoundFigure | None, int]:
        """Read 前3位, top three."""
        kind, number, start, _ = self.tokens[at + 1]
        if kind != NUMBER:
            self.note_gap((GAP, None, *self.tokens[at][2:]), at)
            return None, at + 1
        rest = self._time(at + 1)
        if rest:
            self._note_problem(start, "a rank, not a time")
            return None, rest
        self._begin(self.tokens[at][2])
        return self._rank(at + 1, number, Comparator.AT_MOST)

    def head(self, at: int) -> tuple[FoundFigure | None, int]:
        """Read 首位, 榜首."""
        return self._rank(at, Number(self.tokens[at][1]), _REACH)

    def _rank(
        self, at: int, number: Number, least: Comparator, *, ranked: bool = True
    ) -> tuple[FoundFigure | None, int]:
        tokens, here, start = self.tokens, at + 1, self.tokens[at][2]
        if self.doubt is not None or self.negated or self.minus:
            raise Unreadable(*(self.doubt or (start, "a rank without a negation")))
        if number.bare or number.more or number.coefficient != int(number.coefficient):
            raise Unreadable(start, "a rank")
        self.limit, self.form_flags, self.word = self.bound, self.flags, None
        self.limit = _both(self.limit, least, start)
        low = number
        top = least is Comparator.AT_MOST
        if tokens[here][0] == JOIN and tokens[here + 1][0] == NUMBER and not top:
            number, here = tokens[here + 1][1], here + 2
        placed = tokens[here][0] == UNIT and tokens[here][1].takes == "place"
        here = self._after(here + placed)
        if not self.symbol and self.limit not in _IN_A_RANK:
            raise Unreadable(start, f"a rank without {self.limit}")
        while tokens[here][0] == PLACE:
            placed, here = True, here + 1
        if tokens[here][0] in _NOUNS and not (placed and tokens[here][0] == NOUN):
            self.note_gap((GAP, None, *tokens[here][2:]), here)  # 第3个, top three priorities
            return None, here
        self._check_rest(here)
        if not ranked and not placed and self.place < 0 and not self._is_alone():
            raise Unreadable(start, "a word for a ranking")
        if self.place >= 0 and (self.start < 0 or self.place < self.start):
            self.start = self.place
        figure = _rank_figure(low, number, self.limit or least)
        marked = placed or self.place >= 0 or (top and tokens[here][0] in (STOP, FILL, END))
        return self._made(figure, at, here, marked), here

    def _is_alone(self) -> bool:
        """Return True if the text is nothing but an ordinal."""
        return len(self.tokens) == 4


_Reader = Callable[[Parser, int], tuple[FoundFigure | None, int]]
_READ: dict[int, _Reader] = {
    NUMBER: Parser.number,
    WHOLE: Parser.whole,
    TH: Parser.ordinal,
    NTH: Parser.ordinal,
    TOP: Parser.top,
    HEAD: Parser.head,
}
# The method that notes a word of each kind; other words between numbers have no meaning.
_NOTES: dict[int, Callable[[Parser, Token, int], None]] = {
    BOUND: Parser.note_bound,
    WITHIN: Parser.note_within,
    NOT: Parser.note_not,
    MINUS: Parser.note_minus,
    FORM: Parser.note_form,
    PER: Parser.note_per,
    PLACE: Parser.note_place,
    TIME: Parser.note_time,
    FROM: Parser.note_from,
    JOIN: Parser.note_join,
    OF: Parser.note_of,
    BROKEN: Parser.note_broken,
    STOP: Parser.note_stop,
    BREAK: Parser.note_break,
    NOUN: Parser.note_noun,
    UNIT: Parser.note_unit,
    DOUBT: Parser.note_doubt_word,
    **dict.fromkeys((GAP, AFTER, ADJECTIVE, BASIS), Parser.note_gap),
}


# By kind, since indexing is faster than a look-up.
_READERS = [_READ.get(kind) for kind in range(END + 1)]
_NOTERS = [_NOTES.get(kind) for kind in range(END + 1)]


def _applies(token: Token, kinds: frozenset[int]) -> bool:
    """Return True if a word is of these kinds, or would be directly before a number."""
    kind, value, _, _ = token
    if kind == GAP and isinstance(value, Entry):
        kind, value = value.kind, value.value
    return kind in kinds and not (kind == FORM and not value & ~(COMPARED | YEARLY))


def _both(one: Comparator | None, other: Comparator, position: int) -> Comparator:
    """Return the comparator of two words: 达到…以上 is at least, 超过…以上 is above."""
    if one is None or one is other or one is _REACH:
        return other
    if other is _REACH:
        return one
    together = _TOGETHER.get(frozenset({one, other}))
    if together is None:
        raise Unreadable(position, f"one comparator, not {one} and {other}")
    return together


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
