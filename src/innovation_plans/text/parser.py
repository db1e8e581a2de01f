"""Parse tokens to figures, from left to right.

One rule: a number is a figure only if everything that touches it is understood. The words before a
number are noted until it, or until its clause ends (:mod:`.clause`); at a number, its unit and the
words behind it are read (:mod:`.behind`), and :func:`settle` makes form, unit and value of them. A
number with an unknown word next to it, or with a word in its clause that may apply to it, is refused
with the reason (:mod:`.certain`). Each token is read once, so the time is linear.
"""

from __future__ import annotations

from collections.abc import Callable

from . import kinds
from .clause import NOTERS, Clause, FoundFigure, Unreadable
from .kinds import Kind
from .numbers import read_number
from .ranks import head, ordinal, top, whole
from .scanner import Token
from .settle import Hints

__all__ = ["parse"]

_Reader = Callable[[Clause, int], tuple[FoundFigure | None, int]]
# What reads a figure that begins with a token of this kind.
_READERS: dict[Kind, _Reader] = {
    "number": read_number,
    "whole": whole,
    "th": ordinal,
    "nth": ordinal,
    "top": top,
    "head": head,
}
_REFUSED = frozenset({"number", "whole", "head", "nth", "broken"})


def parse(text: str, tokens: list[Token], hints: Hints) -> Clause:
    """Return what is known at the end of a text: its figures, refused numbers and first problem."""
    clause, at = Clause(text, tokens, hints), 0
    while (token := tokens[at])[0] != "end":
        read = _READERS.get(token[0])
        if read is None:
            note = NOTERS.get(token[0])
            if note is not None:
                note(clause, token, at)
            at += 1
            continue
        try:
            figure, at = read(clause, at)
        except Unreadable as error:
            at = _refuse(clause, at, error)
            continue
        if figure is None:
            continue
        clause.figures.append(figure)
        if tokens[at][0] == "end":
            clause.start = clause.open = clause.place = -1
            break
        clause.close(at)
    return clause


def _refuse(clause: Clause, at: int, error: Unreadable) -> int:
    """Refuse a number and the others of its clause; return where the next clause begins."""
    tokens = clause.tokens
    while (kind := tokens[at][0]) not in ("stop", "end"):
        if kind in _REFUSED and tokens[at + 1][0] != "time":
            start, end = tokens[at][2:]
            clause.refused.append((start, end, error.expected, error.position))
            clause.end = at + 1
        at += 1
    clause.clear()
    clause.carried = (kinds.CHANGE, None, None)
    return at
