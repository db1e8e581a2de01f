"""Ranks, and figures in one word."""

from __future__ import annotations

from ..codelists import Comparator, Form
from . import kinds
from .behind import after
from .certain import check_rest
from .clause import (
    REACH,
    UNKNOWN,
    Clause,
    FoundFigure,
    Unreadable,
    both,
)
from .figure import Figure
from .numbers import between, made, value_of
from .numerals import Number
from .settle import Settled
from .times import time_after

__all__ = ["head", "ordinal", "top", "whole"]

_IN_A_RANK = frozenset(
    comparator for comparator in Comparator if comparator.plain or comparator is Comparator.AT_MOST
)
_NOUNS = frozenset({"unit", "adjective", "gap", "doubt", "noun"})


def whole(clause: Clause, at: int) -> tuple[FoundFigure | None, int]:
    """Read 翻番 or doubled: a multiple in one word."""
    _, value, start, end = clause.tokens[at]
    if at and clause.tokens[at - 1][0] in ("broken", "doubt"):
        raise Unreadable(start, "a known word before the number")
    if clause.doubt is not None or clause.negated or clause.flags & kinds.FALL or clause.minus:
        raise Unreadable(*(clause.doubt or (start, "a multiple without a negation")))
    clause.limit, clause.form_flags, clause.word = clause.bound, clause.flags, None
    here = after(clause, at + 1)
    # "double" is an adjective as often as a verb
    verb = clause.text[start:end] != "double" or clause.tokens[here][0] not in _NOUNS
    if clause.tokens[here][0] in UNKNOWN:
        raise Unreadable(clause.tokens[here][2], "a known word behind the number")
    check_rest(clause, here)
    figure = Figure(Form.MULTIPLE, clause.limit or REACH, value, None, "multiple")
    return made(clause, figure, at, here, verb), here


def ordinal(clause: Clause, at: int) -> tuple[FoundFigure | None, int]:
    """Read 第3位, no. 3, ranks third: a rank if a ranking or 位 is next to it."""
    begin = clause.tokens[at][2]
    worded = clause.tokens[at][0] == "nth"
    if worded:
        if at and clause.tokens[at - 1][0] == "number":
            raise Unreadable(begin, "a rank, not a fraction")
    else:
        at += 1
        if clause.tokens[at][0] != "number":
            clause.note_gap(("gap", None, *clause.tokens[at - 1][2:]), at)
            clause.note_doubt(begin, "a number behind 第")
            return None, at
    clause.begin(begin)
    value = clause.tokens[at][1]
    number = value if isinstance(value, Number) else Number(value)
    return _rank(clause, at, number, REACH, ranked=not worded)


def top(clause: Clause, at: int) -> tuple[FoundFigure | None, int]:
    """Read 前3位, top three."""
    kind, number, start, _ = clause.tokens[at + 1]
    if kind != "number":
        clause.note_gap(("gap", None, *clause.tokens[at][2:]), at)
        return None, at + 1
    rest = time_after(clause, at + 1)
    if rest:
        clause.note_problem(start, "a rank, not a time")
        return None, rest
    clause.begin(clause.tokens[at][2])
    return _rank(clause, at + 1, number, Comparator.AT_MOST)


def head(clause: Clause, at: int) -> tuple[FoundFigure | None, int]:
    """Read 首位, 榜首."""
    return _rank(clause, at, Number(clause.tokens[at][1]), REACH)


def _rank(
    clause: Clause, at: int, number: Number, least: Comparator, *, ranked: bool = True
) -> tuple[FoundFigure | None, int]:
    tokens, here, start = clause.tokens, at + 1, clause.tokens[at][2]
    if clause.doubt is not None or clause.negated or clause.minus:
        raise Unreadable(*(clause.doubt or (start, "a rank without a negation")))
    if number.bare or number.more or number.coefficient != int(number.coefficient):
        raise Unreadable(start, "a rank")
    clause.limit, clause.form_flags, clause.word = clause.bound, clause.flags, None
    clause.limit = both(clause.limit, least, start)
    low = number
    top = least is Comparator.AT_MOST
    if tokens[here][0] == "join" and tokens[here + 1][0] == "number" and not top:
        number, here = tokens[here + 1][1], here + 2
    placed = tokens[here][0] == "unit" and tokens[here][1].takes == "place"
    here = after(clause, here + placed)
    if not clause.symbol and clause.limit not in _IN_A_RANK:
        raise Unreadable(start, f"a rank without {clause.limit}")
    while tokens[here][0] == "place":
        placed, here = True, here + 1
    if tokens[here][0] in _NOUNS and not (placed and tokens[here][0] == "noun"):
        clause.note_gap(("gap", None, *tokens[here][2:]), here)  # 第3个, top three priorities
        return None, here
    check_rest(clause, here)
    if not ranked and not placed and clause.place < 0 and not _is_alone(clause):
        raise Unreadable(start, "a word for a ranking")
    if clause.place >= 0 and (clause.start < 0 or clause.place < clause.start):
        clause.start = clause.place
    figure = _rank_figure(low, number, clause.limit or least)
    marked = placed or clause.place >= 0 or (top and tokens[here][0] in ("stop", "fill", "end"))
    return made(clause, figure, at, here, marked), here


def _is_alone(clause: Clause) -> bool:
    """Return True if the text is nothing but an ordinal."""
    return len(clause.tokens) == 4


def _rank_figure(low: Number, high: Number, bound: Comparator) -> Figure:
    settled = Settled(Form.RANK, "rank", 10**high.power)
    if low is not high:
        return between((Settled(Form.RANK, "rank", 10**low.power), settled), (low, high), 0)
    return Figure(Form.RANK, bound, value_of(high, settled), None, "rank")
