"""The words before a number, noted until the number.

Unknown words and the ends of clauses clear the notes, so that no word applies to a number of another
phrase: in ``突破性进展10项`` nothing is exceeded.
"""

from __future__ import annotations

from ..codelists import Comparator
from .lexicon import (
    ADD,
    ADJECTIVE,
    AFTER,
    BASIS,
    BOUND,
    BROKEN,
    FALL,
    FORM,
    FROM,
    GAP,
    GROW,
    JOIN,
    KEPT,
    LEVEL,
    NUMBER,
    OF,
    PER,
    PER_CENT,
    PLACE,
    RAISE,
    STOP,
    UNIT,
    Per,
)
from .numerals import DIGITS
from .scanner import Token
from .settle import Hints

__all__ = ["AND", "NOTES", "Notes", "Unreadable", "both"]

# The comparator that two on one number make; every other pair is an error.
_TOGETHER = {
    frozenset({Comparator.AT_LEAST, Comparator.ABOVE}): Comparator.ABOVE,
    frozenset({Comparator.AT_MOST, Comparator.BELOW}): Comparator.BELOW,
}


AND = frozenset({"and", "和", "以及", "及", "与"})
_TO = frozenset({"to", "到", "至"})


class Unreadable(Exception):  # noqa: N818 - internal; readers raise FigureError
    """A number that cannot be read as one figure."""

    def __init__(self, position: int, expected: str) -> None:
        super().__init__(expected)
        self.position = position
        self.expected = expected


def both(one: Comparator | None, other: Comparator, position: int) -> Comparator:
    """Return the comparator of two words: 达到…以上 is at least, 超过…以上 is above."""
    if one is None or one is other or one is Comparator.REACH:
        return other
    if other is Comparator.REACH:
        return one
    together = _TOGETHER.get(frozenset({one, other}))
    if together is None:
        raise Unreadable(position, f"one comparator, not {one} and {other}")
    return together


class Notes:
    """The state of a reading between two numbers."""

    __slots__ = (
        "before",
        "bound",
        "error",
        "flags",
        "from_",
        "hints",
        "kept",
        "open",
        "per",
        "place",
        "problem",
        "start",
        "symbol",
        "text",
        "tokens",
    )

    def __init__(self, text: str, tokens: list[Token], hints: Hints) -> None:
        self.text = text
        self.tokens = tokens
        self.hints = hints
        self.problem: tuple[int, str] | None = None  # the first unknown word, for strict readers
        self.error: tuple[int, str] | None = None  # the first unreadable number
        self.before: tuple[int, int, Comparator | None] = (-1, 0, None)
        self.clear()

    @property
    def is_used_up(self) -> bool:
        """True if every word is part of a figure."""
        return self.problem is None and self.start < 0 and self.open < 0 and self.place < 0

    def clear(self) -> None:
        """Clear all notes, after a figure and at the end of a clause."""
        self.kept = self.flags = 0
        self.per: Per | None = None
        self.bound: Comparator | None = None
        self.start = self.open = self.place = -1
        self.symbol = self.from_ = False

    def clear_near(self) -> None:
        """Clear the notes that apply to an adjacent number only."""
        self.start = self.open = self.place = -1
        self.flags = self.kept
        self.bound = None
        self.symbol = self.from_ = False

    def note_problem(self, position: int, expected: str) -> None:
        """Keep the first problem."""
        if self.problem is None:
            self.problem = (position, expected)

    def begin(self, start: int) -> None:
        """Start the span of the figure here, if it has not started."""
        if self.start < 0:
            self.start = start

    def note_bound(self, token: Token, _: int) -> None:
        """Note 超过, at least, ≥."""
        start = token[2]
        self.bound = both(self.bound, token[1], start)
        self.symbol = self.text[start] in "<>≤≥"
        self.begin(start)

    def note_form(self, token: Token, _: int) -> None:
        """Note 年均增长, add, up."""
        self.flags |= token[1]
        self.kept |= token[1] & KEPT
        self.begin(token[2])

    def note_per(self, token: Token, _: int) -> None:
        """Note 每万人, which may be far before its number."""
        if self.per is not None:
            self.note_problem(token[2], "one denominator")
        self.per = token[1]
        self.begin(token[2])

    def note_place(self, token: Token, _: int) -> None:
        """Note 全国, ranks: they belong to the figure if it is a rank."""
        if self.place < 0:
            self.place = token[2]

    def note_from(self, _: Token, __: int) -> None:
        """Note 从: two numbers joined by 到 are then no range."""
        self.from_ = True

    def note_join(self, token: Token, at: int) -> None:
        """Note ``to`` after "increase", which leads to a level, and ``by``, which leads to a change."""
        word = self.text[token[2] : token[3]]
        if word == "by":
            if self._is_share(at + 1):
                self.flags |= RAISE
                self.begin(token[2])
        elif word in AND:
            self._note_and(token, at)
        elif word in _TO:
            if self.flags & (GROW | RAISE | ADD | FALL):
                self.flags |= LEVEL
        elif word[0] in "-~" and not self.is_minus(token):
            self.note_gap(token, at)

    def _number_follows(self, at: int) -> bool:
        at += self.tokens[at][0] == JOIN  # 9.2%, 12.0%, and 12.4%
        kind, value, _, _ = self.tokens[at]
        return kind == NUMBER and bool(value.style == DIGITS)  # 下降5%，万元产值 is no list

    def _is_share(self, at: int) -> bool:
        """Return True if a percentage follows: by 40% is a change, also far from its verb."""
        at += self.tokens[at][0] == BOUND
        return self.tokens[at][0] == NUMBER and self.tokens[at + 1][1] is PER_CENT

    def is_minus(self, token: Token) -> bool:
        """Return True if a dash belongs to the number after it: 增长-0.5%, but not covid-19."""
        start, end = token[2], token[3]
        free = start == 0 or not self.text[start - 1].isascii() or self.text[start - 1] == " "
        return free and end - start == 1 and "0" <= self.text[end : end + 1] <= "9"

    def note_of(self, token: Token, _: int) -> None:
        """Note ``of``, which something has to follow."""
        self.open = token[2]

    def note_broken(self, token: Token, at: int) -> None:
        """Note digits that are no number, an error for lenient readers too."""
        self.error = self.error or (token[2], "a number such as 3.5 or 13,000")
        self.note_gap(token, at)

    def note_gap(self, token: Token, _: int) -> None:
        """Note an unknown word."""
        self.note_problem(token[2], "a word of a figure expression")
        self.clear_near()

    def note_stop(self, token: Token, at: int) -> None:
        """Note the end of a clause; in a list, the words before the first number apply to the second."""
        self.note_problem(token[2], "one figure without punctuation")
        per, comma = self.per, self.text[token[2]] in ",，、"
        self.clear()
        if comma:
            self.per = per  # for every 10,000 people, there are 35
            self._hand_on(at)

    def _note_and(self, token: Token, at: int) -> None:
        if self.bound is not Comparator.BETWEEN:
            self.note_problem(token[2], "one figure")
            if self.before[0] == at - 1 and self.tokens[at - 1][0] == STOP:
                return  # the second sign of ", and"
            self.clear_near()
            self._hand_on(at)

    def _hand_on(self, at: int) -> None:
        if self.before[0] == at and self._number_follows(at + 1):
            self.flags, self.bound = self.before[1], self.before[2]


# The method that notes a word of each kind; other words between numbers have no meaning.
NOTES = {
    BOUND: Notes.note_bound,
    FORM: Notes.note_form,
    PER: Notes.note_per,
    PLACE: Notes.note_place,
    FROM: Notes.note_from,
    JOIN: Notes.note_join,
    OF: Notes.note_of,
    BROKEN: Notes.note_broken,
    STOP: Notes.note_stop,
    **dict.fromkeys((GAP, UNIT, AFTER, ADJECTIVE, BASIS), Notes.note_gap),
}
