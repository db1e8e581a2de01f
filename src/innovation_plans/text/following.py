"""The words after a number: unit, denominator, comparator, basis.

Each method takes the index of a token and returns the index after what it has read.
"""

from __future__ import annotations

from ..codelists import Comparator
from .lexicon import (
    ADJECTIVE,
    AFTER,
    BASIS,
    BOUND,
    END,
    FILL,
    FORM,
    GAP,
    GROW,
    MEAN,
    OF,
    PER,
    PER_CENT,
    PLACE,
    RAISE,
    RATE,
    STOP,
    UNIT,
    YEARLY,
    Per,
    UnitWord,
)
from .notes import Notes, Unreadable, both
from .numerals import SHARE, Number
from .scanner import Token

__all__ = ["Following"]

# Form words that may follow a percentage: 10% growth, 14% a year.
_TRAILING = GROW | RATE | YEARLY | MEAN | RAISE
_TRAILERS = frozenset({FORM, OF, PER, AFTER, BOUND, FILL})
_COMPARATORS = frozenset({AFTER, BOUND})
_BASIS_WORDS = frozenset({BASIS, ADJECTIVE, FILL, UNIT, PLACE})
_BEFORE_UNITS = frozenset({AFTER, ADJECTIVE, GAP})
_MOST_BEFORE_A_NOUN = 4


class Following(Notes):
    """The state at a number: the notes from before it, and the words after it."""

    __slots__ = ("form_flags", "limit", "over", "word")

    def at_number(self) -> None:
        """Start with the notes."""
        self.limit: Comparator | None = self.bound
        self.form_flags: int = self.flags
        self.word: UnitWord | None = None
        self.over: Per | None = None

    def taken(self) -> UnitWord | None:
        """Return the unit of a lower number, and clear it for that of the upper one."""
        word, self.word = self.word, None
        return word

    def tail(self, here: int, number: Number) -> int:
        """Read the unit, with comparators before it: 多家, %."""
        tokens = self.tokens
        if tokens[here][0] in _BEFORE_UNITS:
            here = self._noun(self.after(here))
        kind, value, _, _ = tokens[here]
        if kind == UNIT:
            self.word = value
            here += 1
        elif number.style == SHARE:
            self.word = PER_CENT
        return here

    def after(self, here: int) -> int:
        """Read comparators: 以上, or more."""
        token: Token = self.tokens[here]
        while token[0] == AFTER or (token[0] == BOUND and self._is_last(here)):
            self.limit = both(self.limit, token[1], token[2])
            here += 1
            token = self.tokens[here]
        return here

    def trail(self, here: int) -> int:
        """Read the rest: per 10,000 people, or more, a year, growth, of the city's GDP."""
        while (kind := self.tokens[here][0]) in _TRAILERS:
            before = here
            if kind in _COMPARATORS:
                here = self.after(here)
            elif kind == FORM:
                here = self._form_after(here)
            elif kind == OF:
                here = self._basis(here)
            elif kind == FILL:
                here += self._growth_follows(here)
            else:
                here = self.below(here)
            if here == before:
                break
        if self.over is None:
            self.over = self.per
        return here

    def below(self, here: int) -> int:
        """Read the denominator, with a comparator after it: 人年/万人以上."""
        if self.tokens[here][0] != PER:
            return here
        per: Per = self.tokens[here][1]
        for other in (self.over, self.per):  # 每万人…/万人 says it twice, 每万人…/天 something else
            if other is not None and other.unit != per.unit:
                raise Unreadable(self.tokens[here][2], "one denominator")
        self.over = per
        return self.after(here + 1)

    def _is_last(self, here: int) -> bool:
        """Return True if 超 follows its number, as Japanese copies print it: 50%超."""
        token, rest = self.tokens[here], self.tokens[here + 1]
        return self.text[token[2] : token[3]] == "超" and rest[0] in (STOP, END)

    def _noun(self, here: int) -> int:
        """Return the index of the unit, after adjectives and a few unknown Latin words."""
        tokens = self.tokens
        for at in range(here, here + 1 + _MOST_BEFORE_A_NOUN):
            kind, _, start, _ = tokens[at]
            if kind == UNIT:
                for token in tokens[here:at]:
                    if token[0] == GAP:
                        self.note_problem(token[2], "a known word before the unit")
                return at
            if kind != ADJECTIVE and not (kind == GAP and "a" <= self.text[start] <= "z"):
                break
        return here

    def _form_after(self, here: int) -> int:
        """Read a form: 10% growth, 10%的增长, 500 firms a year."""
        _, value, start, _ = self.tokens[here]
        if not value & _TRAILING or (self.word is not PER_CENT and not value & YEARLY):
            return here
        if not self.text[start].isascii() and self.text[start - 1] != "的":
            return here
        self.form_flags |= value
        return here + 1

    def _growth_follows(self, here: int) -> bool:
        _, _, start, end = self.tokens[here]
        return self.text[start:end] == "的" and bool(self.tokens[here + 1][0] == FORM)

    def _basis(self, here: int) -> int:
        """Skip "of the city's GDP"; skip nothing if no basis is named."""
        at, named = here + 1, False
        while self.tokens[at][0] in _BASIS_WORDS:
            named = named or self.tokens[at][0] in (BASIS, ADJECTIVE)
            at += 1
        return at if named else here
