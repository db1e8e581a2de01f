"""The words that the figure reader knows, from ``lexicon.toml``, ``comparators.toml`` and ``units.toml``; no grammar."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any, Final, NamedTuple

from ..codelists import Comparator
from ..resources import package_text
from ..units.table import bundled_units
from .messages import comparator_words, unit_words
from .numerals import CHINESE_NUMERALS, SHARE, Number

__all__ = ["Entry", "Per", "UnitWord", "lexicon"]

_LETTERS = re.compile("[a-z]+")

# What a token is. Plain integers: they are compared several times for each word of a text.
(
    NUMBER,
    BOUND,  # comparator before the number: 超过
    WITHIN,  # 控制在: at most, unless a word behind the number says otherwise
    AFTER,  # comparator behind the number: 以上
    NOT,  # reverses the comparator behind it: 不得
    FORM,  # flags below
    UNIT,
    PER,  # a denominator: 每万人, per 10,000 people
    WHOLE,  # a whole figure in a word: 翻番 is 2
    MINUS,  # 负
    TH,  # 第, no.
    TOP,  # 前, top
    HEAD,  # 首位: rank 1
    NTH,  # first, 3rd
    PLACE,  # 全国, in the country: what a rank is in
    TIME,  # 年, months
    JOIN,  # - ~ 至 到 to
    FILL,  # says nothing about the number
    FROM,  # 从: a starting point, so that what follows is no range
    OF,  # of, 占: a basis follows
    BASIS,  # GDP: only behind OF
    ADJECTIVE,  # between number and noun: invention patents
    NOUN,  # what a number counts or measures
    STOP,  # ends a clause
    BREAK,  # a bracket or a colon
    DOUBT,  # makes the other numbers of its clause unreadable
    GAP,  # anything else
    BROKEN,  # digits that are no number: 1_000, 3.2.1
    END,  # of the text
) = range(29)

# Flags of FORM.
GROW: Final = 1  # 增长
RATE: Final = 2  # 增速: growth even where "reach" or "to" follows
MEAN: Final = 4  # 年均
YEARLY: Final = 8  # 每年, a year
ADD: Final = 16  # 新增
RAISE: Final = 32  # 提高
LEVEL: Final = 64  # 提高到
SUM: Final = 128  # 累计
FALL: Final = 256  # 下降
DROP: Final = 512  # 降幅: a fall even where "reach" or "to" follows
COMPARED: Final = 1024  # 同比: a change, in a direction that another word says
# A direction: a percentage or points behind it are a change.
CHANGE: Final = GROW | RATE | ADD | RAISE | FALL


class UnitWord:
    """A printed unit: the token it means by itself, and what a caller's unit may make of it.

    `takes` is "thing", "people" or "place": units it also counts, if the caller names one. `power`
    is of ten: a ‰ is a tenth of a per cent. Compared by identity, which is quick.
    """

    __slots__ = ("power", "takes", "unit")

    def __init__(self, unit: str, takes: str = "", power: int = 0) -> None:
        self.unit = unit
        self.takes = takes
        self.power = power


class Per:
    """A printed denominator; `people` if it leaves open which people are meant."""

    __slots__ = ("people", "unit")

    def __init__(self, unit: str, people: bool = False) -> None:
        self.unit = unit
        self.people = people


class Entry:
    """One word: what it is, what it says, and when it counts.

    `guarded`: what follows may make it another word. `touching`: it counts only directly before a
    number. `checked`: one of both.
    """

    __slots__ = ("checked", "guarded", "kind", "touching", "value")

    def __init__(self, kind: int, value: Any, guarded: bool, touching: bool) -> None:
        self.kind = kind
        self.value = value
        self.guarded = guarded
        self.touching = touching
        self.checked = guarded or touching


PER_CENT = UnitWord("percent")
RANK = UnitWord("rank")
ITEM = UnitWord("item", "thing")
_COMPARED = {(each.unit, each.takes, each.power): each for each in (PER_CENT, RANK)}
_FLAGS = {
    "grow": GROW, "rate": RATE, "mean": MEAN, "yearly": YEARLY, "add": ADD, "raise": RAISE,
    "level": LEVEL, "sum": SUM, "fall": FALL, "drop": DROP, "compared": COMPARED,
}  # fmt: skip
_KINDS = {
    "th": TH, "top": TOP, "place": PLACE, "time": TIME, "join": JOIN, "fill": FILL, "from": FROM,
    "of": OF, "basis": BASIS, "adjective": ADJECTIVE, "stop": STOP, "break": BREAK,
    "doubt": DOUBT, "gap": GAP,
}  # fmt: skip
# Words of one Chinese character of these kinds are also parts of many other words.
_TOUCHING = frozenset({BOUND, FORM, MINUS, TOP, WITHIN})
_Row = tuple[Iterable[str], int, object]
_Words = dict[str, Any]


def _rows(words: _Words) -> Iterator[_Row]:
    yield words["bound"].pop("within"), WITHIN, None
    for name, kind in (("before", BOUND), ("after", AFTER)):
        for code, table in comparator_words().items():
            yield table.get(name, ()), kind, Comparator(code)
    yield words["negation"]["words"], NOT, None
    for form in words["form"]:
        yield form["words"], FORM, _flags(form["says"])
    yield from _unit_rows()
    yield from ((each, WHOLE, Decimal(value)) for value, each in words["whole"].items())
    yield from _number_rows(words["number"])
    yield words["kind"]["head"], HEAD, Decimal(1)
    yield words["number"]["minus"], MINUS, None
    yield from ((words["kind"][name], kind, None) for name, kind in _KINDS.items())
    yield from ((each, NOUN, unit) for unit, each in words["noun"].items())


def _flags(names: Iterable[str]) -> int:
    return sum(_FLAGS[name] for name in names)


def _unit_rows() -> Iterator[_Row]:
    """Words of units; a word for one unit goes before a word that counts many things."""
    rows = [
        (each["read"], unit, each.get("counts", ""), each.get("power", 0))
        for unit, table in unit_words().items()
        for each in (table, *table.get("also", ()))
        if "read" in each
    ]
    for read, unit, counts, power in sorted(rows, key=lambda row: row[2] != ""):
        printed = _COMPARED.get((unit, counts, power)) or UnitWord(unit, counts, power)
        yield _of_all_languages(read), UNIT, printed
        singular = unit_words()[unit].get("one", {}).values()
        yield [word.lower() for word in singular], UNIT, printed
    for unit, table in unit_words().items():
        per = table.get("per", {})
        for name, people in (("read_people", True), ("read", False)):
            if name in per:
                yield _of_all_languages(per[name]), PER, Per(unit, people)


def _number_rows(words: dict[str, list[str]]) -> Iterator[_Row]:
    yield words["half"], NUMBER, Number(Decimal(50), style=SHARE)
    for at, word in enumerate(words["ordinals"], start=1):
        yield [word], NTH, Decimal(at)
    for at, word in enumerate(words["tenths"], start=1):
        yield [word], NUMBER, Number(Decimal(10 * at), style=SHARE)


def _of_all_languages(words: dict[str, list[str]]) -> Iterator[str]:
    return chain.from_iterable(words.values())


def _number_words(words: _Words) -> dict[str, int]:
    ones = {word: at for at, word in enumerate(words["words"], start=1)}
    return ones | {word: 10 * at for at, word in enumerate(words["tens"], start=2)}


def _entries(words: _Words) -> dict[str, Entry]:
    """Every word once; a unit's token and aliases as far as no table has them."""
    known: dict[str, Entry] = {}
    touching = frozenset(words["kind"]["touching"])
    for group, kind, value in _rows(words):
        for word in group:
            is_noun = kind == FORM and isinstance(value, int) and value & RATE  # 11%増
            single = kind in _TOUCHING and len(word) == 1 and word >= "一" and not is_noun
            entry = Entry(kind, value, "a" <= word[-1] <= "z", single or word in touching)
            known.setdefault(word, entry)
    for unit in bundled_units():
        for name in (unit.name.lower(), *unit.aliases):
            # 亿元 begins with a numeral: it is read as 亿 and 元
            if name[0] not in CHINESE_NUMERALS:
                entry = Entry(UNIT, UnitWord(unit.name), "0" <= name[-1] <= "z", False)
                known.setdefault(name, entry)
    _guard(known)
    return known


def _guard(known: dict[str, Entry]) -> None:
    """Mark words whose end may begin a bound: 增长至, because of 增长 and 至少."""
    begins = {word[0] for word, entry in known.items() if entry.kind == BOUND and word[0] > "z"}
    for word, entry in known.items():
        shorter = known.get(word[:-1])
        if entry.kind == FORM and word[-1] in begins and shorter and shorter.kind == FORM:
            entry.guarded = entry.checked = True


class Lexicon(NamedTuple):
    """Every word with what it is; and the lengths of the words that begin so, longest first.

    Words begin with their first letters, or with their first other character. `behind` has the
    words of `words` that are other comparators behind a number; `compared` what they say behind a
    difference; `prefixes` the currencies that are printed before a number.
    """

    words: dict[str, Entry]
    sizes: dict[str, tuple[int, ...]]
    numbers: dict[str, int]
    behind: dict[str, Comparator]
    compared: dict[str, int]
    prefixes: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, made on first use."""
    table = tomllib.loads(package_text("text", "lexicon.toml"))
    words, sizes = _entries(table), dict[str, set[int]]()
    for word in words:
        match = _LETTERS.match(word)
        sizes.setdefault(match[0] if match else word[0], set()).add(len(word))
    return Lexicon(
        words,
        {key: tuple(sorted(each, reverse=True)) for key, each in sizes.items()},
        _number_words(table["number"]),
        {
            word: Comparator(code)
            for code, words in comparator_words().items()
            for word in words.get("after", ())
        },
        {word: _FLAGS[name] for name, group in table["compared"].items() for word in group},
        frozenset(table["kind"]["prefix"]),
    )
