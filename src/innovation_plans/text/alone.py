"""The short way for a text of a number, its unit and one word for a comparator or a form.

Most quoted wordings are: 2600家, 4.2%左右, 达到1.2万亿元, 增长8%. Each word says what it says in any text, so it
is looked up by itself. A test compares the figures with those of the long way, for every word.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from ..codelists import Comparator, Form
from .certain import WITHOUT_SIZE
from .clause import REACH
from .figure import Figure
from .lexicon import ITEM, UnitWord, lexicon
from .numbers import new_figure, value_of
from .numerals import Number
from .scanner import SIZE_BEHIND, SIZED
from .settle import Hints, settle

_Tables = tuple[re.Pattern[str], dict[str, tuple[int, Comparator]], dict[str, UnitWord | None]]
_TAKES = frozenset({"", "thing", "people", "paper"})
_LONG = frozenset({Form.MULTIPLE, Form.RANK})  # of which the words around it say more
_NUMBER = (
    r"(?![1-9][0-9]*\.[0-9]00(?![0-9]))"  # in German, thousands
    r"((?:[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}+|0|[1-9][0-9]{0,14}+)(?:\.[0-9]{1,15}+)?)"
)


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """Return the pattern, what each word before the number says, and the units, with their blanks."""
    befores, units, afters = {"": (0, REACH)}, dict[str, UnitWord | None]({"": None}), []
    for word, (kind, value, *_) in lexicon().words.items():
        if kind == "form" or (kind == "bound" and value is not Comparator.BETWEEN):
            blanks = (" ",) if word[-1] <= "z" else ("", " ")
            said = (value, REACH) if kind == "form" else (0, value)
            befores |= {word + blank: said for blank in blanks}
        elif kind == "unit" and value.takes in _TAKES:
            blanks = (" ",) if "a" <= word[0] <= "z" else ("", " ")
            units |= {blank + word: ITEM if word == "件" else value for blank in blanks}
        elif kind == "after":
            afters.append(re.escape(word if word > "z" else f" {word}"))
    pattern = f"([^0-9]*+){_NUMBER}{SIZE_BEHIND}([^0-9]*?)({'|'.join(afters)})?"
    return re.compile(pattern), befores, units


def number_alone(text: str, hints: Hints) -> Figure | None:
    """Return the figure that the text states, or None if it has to be read the long way."""
    pattern, befores, units = _tables()
    match = pattern.fullmatch(text)
    if match is None:
        return None
    before, digits, chinese, latin, unit, after = match.groups()
    if before not in befores or unit not in units:
        return None
    flags, bound = befores[before]
    if after:
        if bound is not REACH:  # 达到10%以上
            return None
        bound = lexicon().words[after.lstrip()].value
    value, size = Decimal(digits.replace(",", "")), chinese or latin
    times, power = SIZED[size] if size else (1, 0)
    settled = settle(flags, units[unit], None, power, hints)
    if settled.problem or settled.form in _LONG or (size and settled.unit in WITHOUT_SIZE):
        return None
    if times != 1 or not settled.plain:
        value = value_of(Number(value, times, power), settled)
        bound = bound if settled.sign > 0 else bound.mirrored()
    return new_figure((settled.form, bound, value, None, settled.unit))
