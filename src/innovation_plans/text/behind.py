"""The words behind a number: its unit, comparators, denominator and form."""

from __future__ import annotations

import re

from ..codelists import Comparator
from . import kinds
from .clause import REACH, SIGNED, Clause, Unreadable, both
from .lexicon import EMPLOYED, PEOPLE, PER_CENT, Entry, Per, lexicon
from .numerals import Number

# Form words that may follow a percentage: 10% growth, 14% a year, a 5 percent decline.
_TRAILING = kinds.GROW | kinds.RATE | kinds.YEARLY | kinds.MEAN | kinds.RAISE | kinds.FALL
MODIFIERS = frozenset({"adjective", "basis"})
_BEFORE_A_UNIT = MODIFIERS | {"after", "bound", "gap"}
_LARGEST = 4  # power of ten of a count: 5 local laws, but $5 billion investment projects
_COMPARATORS = frozenset({"after", "bound"})
_BASIS_WORDS = frozenset({"basis", "adjective", "fill", "unit", "place", "noun"})
_VERBS = frozenset({"fill", "form", "bound", "join", "from", "whole", "number", "not"})
_NEARBY = 40  # tokens
BEFORE_GROWTH = frozenset({"的", "annual"})
_PASSIVE = re.compile(" [a-z]+ed$")
# A growth word behind the number ends these: 保持10%以上增长.
_KEEPING = frozenset({"保持", "保持在", "维持", "维持在", "实现"})
# Whether a closed bound is meant: 5%以上(不含5%), 100人以下(含本数).
_INCLUDED = re.compile(r"\((不?)(?:含|包括|包含)(?:本数|本级|([^()]{0,9}))\)")
_OPEN = {Comparator.AT_LEAST: Comparator.ABOVE, Comparator.AT_MOST: Comparator.BELOW}
_STARTS = frozenset({"number", "form", "bound", "unit"})  # what a comparator may be before


def tail(clause: Clause, here: int, number: Number) -> int:
    """Read the unit, with comparators before it: 多家, %."""
    tokens = clause.tokens
    if tokens[here][0] in _BEFORE_A_UNIT:
        here = _noun(clause, after(clause, here), number)
    joins = [kind for kind, _, _, _ in tokens[here : here + 3]]
    if joins[:2] == ["join", "unit"] and joins[2:] != ["number"] and tokens[here][1] == "-":
        here += 1  # 6.7-percent, but not $4-$5
    kind, value, _, _ = tokens[here]
    clause.unit_at = here
    if kind == "unit":
        clause.word = value
        here += 1
        if value == PEOPLE and clause.text.startswith("(fte)", tokens[here][2]):
            clause.word, here = tokens[here + 1][1], here + 3  # 85 R&D personnel (FTE)
    elif number.style == "share":
        clause.word = PER_CENT
    elif clause.distant or clause.figures:
        _count(clause, here - 1, number)
    return here


def _count(clause: Clause, at: int, number: Number) -> None:
    """Read the unit of a bare number: the number of firms climbed to 31,500."""
    tokens, here = clause.tokens, at - 1
    colon = clause.text_of(tokens[here]) == ":"  # number of firms: 300
    at -= colon
    at, furthest = at - 1, at - _NEARBY
    while at > furthest and tokens[at][0] in _VERBS:
        at -= 1
    verb, at = at, clause.skip(at, "place", "per", step=-1)
    ratio = at < verb  # researchers per thousand employed: 8.7
    which = clause.skip(at, "unit", "adjective", "noun", step=-1)
    at = which - 1 if tokens[which][1] == kinds.WHICH else at  # firms with R&D activities
    noun, unit, start, _ = tokens[at]
    before = clause.skip(at - 1, "adjective", step=-1)
    # Patents hit 5,000; patents: 5 million
    large = colon and (number.power or ratio) and tokens[here + 2][0] in kinds.ENDS
    alone = tokens[before][0] in kinds.ENDS and (tokens[here][0] == "bound" or large)
    counts = tokens[before][:2] == ("fill", kinds.COUNT) or (alone and clause.text[start] <= "z")
    if noun == "unit" and counts and tokens[here + 2][0] != "gap":
        clause.word, clause.unit_at = unit, at


def _noun(clause: Clause, here: int, number: Number) -> int:
    """Return the index of the unit behind adjectives: 25 new enterprises are added, 5 local laws."""
    at, added = here, 0
    while clause.tokens[at][0] in MODIFIERS:
        added |= clause.tokens[at][1] or 0
        at += 1
    kind, word, _, _ = clause.tokens[at]
    of_a_sum = any(token[0] == "basis" for token in clause.tokens[here:at])
    if kind != "unit" or (of_a_sum and (not word.takes or number.power > _LARGEST)):
        return here
    clause.form_flags |= added
    return at


def after(clause: Clause, here: int) -> int:
    """Read comparators: 以上, or more; and what is in brackets behind a bound: (含5%)."""
    if clause.tokens[here][0] == "end":
        return here
    stated_to = clause.tokens[here - 1][3]
    here = _comparators(clause, here)
    if clause.limit in _OPEN and clause.text[clause.tokens[here][2]] == "(":
        return _included(clause, here, stated_to)
    return here


def _included(clause: Clause, here: int, stated_to: int) -> int:
    """Read a bracket that says whether the bound itself is meant; it repeats the number, if any."""
    included = _INCLUDED.match(clause.text, clause.tokens[here][2])
    same = f"(?<![0-9.,]){re.escape((included and included[2]) or '')} ?$"
    if included is None or not re.search(same, clause.text[max(stated_to - 20, 0) : stated_to]):
        return here
    if included[1]:
        clause.limit = _OPEN[clause.limit or REACH]
    while 0 <= clause.tokens[here][2] < included.end():
        here += 1
    return here


def _comparators(clause: Clause, here: int) -> int:
    behind = lexicon().behind
    while True:
        kind, value, start, end = clause.tokens[here]
        if kind in ("bound", "gap"):
            last = clause.text[start:end] == "超" and clause.tokens[here + 1][0] in kinds.ENDS
            value = Comparator.ABOVE if last else behind.get(clause.text[start:end])
            if value is None or clause.tokens[here + 1][0] in _STARTS:
                return here
        elif kind != "after":
            return here
        following = clause.tokens[here + 1]
        measured = clause.tokens[here - 1][0] == "unit" and end - start == 1
        if measured and following[0] in kinds.UNKNOWN and following[2] == end:  # 5条多式联运线路
            raise Unreadable(start, "word_behind")
        here += 1
        clause.limit = both(clause.limit, value, start)


def trail(clause: Clause, here: int) -> int:
    """Read the rest: per 10,000 people, or more, a year, growth, of the city's GDP."""
    while True:
        kind, before = clause.tokens[here][0], here
        if kind in _COMPARATORS or kind == "gap":
            here = _compared(clause, after(clause, here))
        if kind in ("form", "gap") and here == before:
            here = _form_after(clause, here)
        elif kind == "of":
            here = _basis(clause, here)
        elif kind == "fill":
            growth = clause.tokens[here + 1][0] == "form"
            here += growth and clause.text_of(clause.tokens[here]) in BEFORE_GROWTH
        elif kind == "per":
            here = below(clause, here)
        if here == before:
            break
    if clause.over is None:
        clause.over = clause.per
    return here


def _compared(clause: Clause, here: int) -> int:
    """Read a direction behind a difference: 5 percentage points lower than."""
    flag = lexicon().compared.get(clause.text_of(clause.tokens[here]))
    points = clause.word is not None and clause.word.unit == "percentage_point"
    changes = kinds.CHANGE & ~(kinds.GROW | kinds.RATE) if points else kinds.CHANGE
    if flag is None or clause.word is None or clause.form_flags & changes:
        return here
    kind, value, start, _ = clause.tokens[here + 1]
    if kind == "number" and value.style != "year":
        return here
    following, number, _, _ = clause.tokens[here + 2]  # in 2015
    in_year = following == "number" and number.style == "year"
    past = kind == "number" or (kind == "fill" and (value == kinds.PAST or in_year))
    if clause.word.unit not in SIGNED or not past:
        raise Unreadable(start, kinds.OTHER_TIME)  # 5 percent below the target
    clause.form_flags |= flag
    clause.spans = clause.spans or (kinds.OVER_YEARS if value != kinds.PAST else "")  # than in 2015
    return here + 1


def below(clause: Clause, here: int) -> int:
    """Read the denominator, with a comparator after it: 人年/万人以上."""
    if clause.tokens[here][0] != "per":
        return here
    per: Per = clause.tokens[here][1]
    if per.people and clause.noun == EMPLOYED.unit:
        if per.unit not in ("person", "inhabitant"):  # 从业人员5件/万人
            raise Unreadable(clause.tokens[here][2], "near_denominator")
        per = EMPLOYED
    elif per.unit == "person" and clause.noun not in (None, "other") and clause.hints[0] is None:
        raise Unreadable(clause.tokens[here][2], "per_person")
    for other in (clause.over, clause.per):  # 每万人…/万人 says it twice, 每万人…/天 something else
        if other is not None and other.unit != per.unit:
            raise Unreadable(clause.tokens[here][2], "one_denominator")
    clause.over = per
    return after(clause, here + 1)


def _form_after(clause: Clause, here: int) -> int:
    """Read a form: 10% growth, 10%的增长, a 5 percent decline, 500 firms a year."""
    kind, value, start, _ = clause.tokens[here]
    if kind == "gap":  # 5 percentage points lower
        entry: Entry | None = value
        if not isinstance(entry, Entry) or entry.kind != "form" or not clause.text[start].isascii():
            return here
        value = entry.value
    if value == kinds.COMPARED and clause.text[start].isascii():
        clause.form_flags |= kinds.COMPARED
        return here + 1
    if not _may_trail(clause, here, value):
        return here
    other = kinds.CHANGE if value & kinds.FALL else kinds.CHANGE & ~kinds.RAISE
    if value & (kinds.FALL | kinds.RAISE) and clause.form_flags & other:
        raise Unreadable(start, "one_direction")
    clause.form_flags |= value
    return here + 1


def _may_trail(clause: Clause, here: int, value: int) -> bool:
    """Return True if a form behind a figure belongs to it, and not to what follows."""
    start, end = clause.tokens[here][2:]
    relative = clause.word is not None and clause.word.unit in SIGNED
    if value == kinds.ADD and _PASSIVE.search(clause.text, start, end):  # 126 firms were added
        if clause.tokens[here + 1][1] == "to":  # were added to the list
            raise Unreadable(start, "word_behind")
        return clause.word is not None and clause.word.takes != ""
    if value == kinds.LEVEL and relative and clause.text[start].isascii():
        raise Unreadable(start, "change_or_range")  # a 5 percent rise to 3 trillion yuan
    fits = value & _TRAILING and (relative or value & kinds.YEARLY)
    if not fits or value & (kinds.ADD | kinds.LEVEL):
        return False
    if not clause.text[start].isascii() and clause.text[start - 1] != "的":
        # 10%增速 at the end of a clause; a verb there lacks its number
        kept = value == kinds.GROW and clause.text_of(clause.touched) in _KEEPING
        return bool((kept or value & kinds.RATE) and clause.tokens[here + 1][0] in kinds.ENDS)
    join = clause.tokens[here + 1]
    kind, number, _, _ = clause.tokens[here + 1 + (join[0] == "join")]
    if kind != "number" or number.style == "year":
        return True
    if join[1] == "to":  # a 5 percent drop to 3 trillion yuan
        raise Unreadable(start, "change_or_range")
    return False  # 5% and grow 6%


def _basis(clause: Clause, here: int) -> int:
    """Skip "of the city's GDP"; skip nothing if no basis is named."""
    at, end, named = here + 1, here, False
    while clause.tokens[at][0] in _BASIS_WORDS:
        if clause.tokens[at][:2] == ("fill", kinds.REFERENCE):  # 103% of the annual target
            raise Unreadable(clause.tokens[at][2], kinds.OF_A_GOAL)
        named = named or clause.tokens[at][0] in ("basis", "adjective", "noun")
        at += 1
        end = at if clause.tokens[at - 1][0] != "fill" else end  # of GDP in 2024
    return end if named else here
