"""The words that the figure reader knows, from ``lexicon.toml``, ``comparators.toml`` and ``units.toml``; no grammar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from ..codelists import Comparator, Form
from ..resources import package_toml
from ..units.table import OwnUnit, UnitTable, bundled_units
from ..units.words import MAGNITUDES, unit_words
from . import kinds
from .kinds import Kind
from .messages import comparator_words
from .numerals import CHINESE_NUMERALS, Number
from .spelling import DRESSING, spelled

_EVERY = re.compile("每|(?:for )?every |per [0-9t]")
_LETTERS = re.compile("[a-z]+")


class UnitWord(NamedTuple):
    """A printed unit: the token it means by itself, and what a caller's unit may make of it.

    `takes` is "thing", "people" or "place": units it also counts, if the caller names one. `power`
    is of ten: a ‰ is a tenth of a per cent.
    """

    unit: str
    takes: str = ""
    power: int = 0


class Per(NamedTuple):
    """A printed denominator.

    `unit` is empty if no unit has it; `people` if it leaves open which people are meant; `every` if a
    comma may follow: 每万人口，.
    """

    unit: str
    people: bool = False
    every: bool = False


class Entry(NamedTuple):
    """One word: what it is, what it says, and when it counts.

    `guarded`: what follows may make it another word. `touching`: it counts only directly before a
    number. `checked`: one of both.
    """

    kind: Kind
    value: Any
    guarded: bool = False
    touching: bool = False
    checked: bool = False


PER_CENT = UnitWord("percent")
SHARES = frozenset({PER_CENT, UnitWord("percent", "", 1)})  # 80%, 八成
RANK = UnitWord("rank")
TIMES = UnitWord("multiple", "times")
ITEM = UnitWord("item", "thing")
PEOPLE = UnitWord("person", "people")
EMPLOYED = Per("employed_person")
PERSON = Per("person", people=True)
_LISTS: tuple[Kind, ...] = (
    "th", "top", "place", "time", "than", "fill", "from", "of", "basis", "adjective", "stop", "break", "doubt", "hearsay", "broken", "gap",
)  # fmt: skip
# Words of one Chinese character of these kinds are also parts of many other words.
_TOUCHING = frozenset({"bound", "form", "minus", "top", "within"})
# What a name of a user's own unit may be besides: 台 counts items, too.
_NAMES = frozenset({"unit", "noun", "gap", "adjective", "basis"})
_Row = tuple[Iterable[str], Kind, object]
_Words = dict[str, Any]


def _rows(words: _Words) -> Iterator[_Row]:
    yield words["bound"].pop("within"), "within", None
    for code, table in comparator_words().items():
        yield table.get("before", ()), "bound", Comparator(code)
    for code, table in comparator_words().items():
        yield table.get("after", ()), "after", Comparator(code)
    yield words["negation"]["words"], "not", None
    for form in words["form"]:
        yield form["words"], "form", _flags(form["says"])
        changes = [word for word in form["words"] if word[0] > "z"]
        levels = [word + end for word in changes for end in form.get("to", ())]
        yield levels, "form", kinds.LEVEL
    yield from _unit_rows()
    yield from _named("whole", words["whole"], Decimal)
    yield from _named("number", words["share"], lambda value: Number(Decimal(value), style="share"))
    yield ["一个半"], "number", Number(Decimal("1.5"), style="word")
    for at, ordinal in enumerate(words["number"]["ordinals"], 1):
        yield [ordinal, f"{ordinal}-largest", f"{ordinal} largest"], "nth", Decimal(at)
    past = words["year"]["past"]
    than = [f"{word} " if word <= "z" else word for word in words["year"]["than"]]
    yield [word + year for word in than for year in past], "form", kinds.COMPARED  # 比上年
    yield past, "fill", kinds.PAST
    yield words["kind"]["head"], "head", Decimal(1)
    yield words["number"]["minus"], "minus", None
    yield words["kind"]["added"], "adjective", kinds.ADD
    yield from _named("fill", words["says"], lambda says: _flags([says]))
    yield from _named("span", words["span"])
    yield words["kind"]["month"], "time", kinds.IN_A_PART
    yield words["kind"]["unnamed"], "per", Per("")
    yield words["kind"]["leading"], "hearsay", True
    for kind in _LISTS:
        yield words["kind"][kind], kind, None
    yield from _named("join", words["join"])
    yield from _named("noun", words["noun"])


def _named(kind: Kind, groups: _Words, value: Callable[[str], object] = str) -> Iterator[_Row]:
    """Return a row of every group of words; its name says the value."""
    for name, group in groups.items():
        yield group, kind, value(name)


def _forms(word: str) -> list[str]:
    """Return the four forms of a regular English verb, which has a plus behind it: reduce+."""
    verb = word[:-1] if word[1:].endswith("+") else ""
    if not verb:
        return [word]
    root, end = verb.removesuffix("e"), "es" if verb.endswith(("sh", "ss")) else "s"
    return [verb, verb + end, f"{root}ed", f"{root}ing"]


def _flags(names: Iterable[str]) -> int:
    return sum(getattr(kinds, name.upper()) for name in names)


def _unit_rows() -> Iterator[_Row]:
    """Words of units; a word for one unit goes before a word that counts many things."""
    rows = [
        (each["read"], unit, each.get("counts", ""), each.get("power", 0))
        for unit, table in unit_words().items()
        for each in (table, *table.get("also", ()))
        if "read" in each
    ]
    for read, unit, counts, power in sorted(rows, key=lambda row: row[2] != ""):
        printed = UnitWord(unit, counts, power)
        yield chain.from_iterable(read.values()), "unit", printed
        singular = unit_words()[unit].get("one", {}).values()
        yield [word.lower() for word in singular], "unit", printed
    for unit, table in unit_words().items():
        per = table.get("per", {})
        for name, people in (("read_people", True), ("read", False)):
            if name in per:
                words = list(chain.from_iterable(per[name].values()))
                for every in (True, False):
                    group = [word for word in words if bool(_EVERY.match(word)) is every]
                    yield group, "per", Per(unit, people, every)


def _number_words(words: _Words) -> dict[str, int]:
    ones = {word: at for at, word in enumerate(words["words"], start=1)}
    return ones | {word: 10 * at for at, word in enumerate(words["tens"], start=2)}


def _entries(words: _Words) -> dict[str, Entry]:
    """Every word once; a unit's token and aliases as far as no table has them."""
    known: dict[str, Entry] = {}
    touching = frozenset(words["kind"]["touching"])
    for group, kind, value in _rows(words):
        for word in chain.from_iterable(map(_forms, group)):
            is_noun = kind == "form" and isinstance(value, int) and value & kinds.RATE  # 11%増
            single = kind in _TOUCHING and len(word) == 1 and word >= "一" and not is_noun
            guarded, near = "a" <= word[-1] <= "z", single or word in touching
            known.setdefault(word, Entry(kind, value, guarded, near, guarded or near))
    for unit in bundled_units():
        for name in (unit.name.lower(), *unit.aliases):
            # 亿元 begins with a numeral: it is read as 亿 and 元
            if name[0] not in CHINESE_NUMERALS:
                guarded = "0" <= name[-1] <= "z"
                known.setdefault(name, Entry("unit", UnitWord(unit.name), guarded, False, guarded))
    _guard(known)
    return known


def _guard(known: dict[str, Entry]) -> None:
    """Mark words whose end may begin a bound: 增长至, because of 增长 and 至少."""
    begins = {word[0] for word, entry in known.items() if entry.kind == "bound" and word[0] > "z"}
    for word, entry in known.items():
        shorter = known.get(word[:-1])
        if entry.kind == "form" and word[-1] in begins and shorter and shorter.kind == "form":
            known[word] = entry._replace(guarded=True, checked=True)


class Case(NamedTuple):
    """What flags say of a kind of unit: the form, or the problem, and forms that a caller may choose.

    It applies with every flag of `all`, one of `any` and none of `none`.
    """

    all: int
    any: int
    none: int
    form: Form | None
    open: tuple[Form, ...]
    problem: str


def _case(row: dict[str, Any]) -> Case:
    every, some, none = (_flags(row.get(name, ())) for name in ("all", "any", "none"))
    form = Form(row["form"]) if "form" in row else None
    return Case(
        every, some, none, form, tuple(map(Form, row.get("open", ()))), row.get("problem", "")
    )


class Lexicon(NamedTuple):
    """Every word with what it is; and the lengths of the words that begin so, longest first.

    Words begin with their first letters, or with their first other character. `behind` has the
    words of `words` that are other comparators behind a number; `compared` what they say behind a
    difference; `prefixes` the currencies that are printed before a number; `cases` what flags say of a
    unit; `years` the words around years, and `before_years` those before one. `unknown` matches what is no word.
    """

    words: dict[str, Entry]
    sizes: dict[str, tuple[int, ...]]
    numbers: dict[str, int]
    behind: dict[str, Comparator]
    compared: dict[str, int]
    prefixes: frozenset[str]
    cases: dict[str, list[Case]]
    years: dict[str, tuple[str, ...]]
    before_years: frozenset[str]
    unknown: re.Pattern[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, made on first use."""
    table = package_toml("text", "lexicon.toml")
    words = _entries(table)
    sizes = _sizes(words)
    return Lexicon(
        words,
        sizes,
        _number_words(table["number"]),
        {
            word: Comparator(code)
            for code, words in comparator_words().items()
            for word in words.get("after", ())
        },
        {word: _flags([name]) for name, group in table["compared"].items() for word in group},
        frozenset(table["kind"]["prefix"]),
        {unit: [_case(row) for row in rows] for unit, rows in table["case"].items()},
        {name: tuple(group) for name, group in table["year"].items()},
        frozenset(table["year"]["base"] + table["year"]["in"]),
        _unknown(sizes),
    )


@lru_cache(maxsize=16)
def lexicon_of(table: UnitTable) -> Lexicon:
    """Return the lexicon with the names of units that are not bundled."""
    words = dict(lexicon().words)
    names = sorted(_own_names(table), key=lambda named: int(named[1].value.power))
    for name, entry in names:  # 台 itself after what 万台 says of it
        if name not in words or words[name].kind in _NAMES:
            words[name] = entry
    sizes = _sizes(words)
    return lexicon()._replace(words=words, sizes=sizes, unknown=_unknown(sizes))


def _own_names(table: UnitTable) -> Iterator[tuple[str, Entry]]:
    """Return the names of a user's own units, with an English plural; 台 for 万台, too."""
    for unit in table:
        token = table.token(unit.name)
        if isinstance(token, OwnUnit):
            for name in (unit.name, *unit.aliases):
                word, power = _without_size(spelled(name, len(name))[0])
                if word[0] in CHINESE_NUMERALS:
                    continue
                latin = "0" <= word[-1] <= "z"
                entry = Entry("unit", UnitWord(token, "", -power), latin, False, latin)
                for text in (word, f"{word}s") if latin and not power else (word,):
                    yield text, entry


def _without_size(name: str) -> tuple[str, int]:
    """Return 台 and 4 for 万台, since 万 is read as a part of the number; else the name and 0."""
    sizes = [size for size in MAGNITUDES if name.startswith(size) and name != size]
    size = max(sizes, key=len, default="")
    factor, power = MAGNITUDES[size] if size else (1, 0)
    return name.removeprefix(size), power + len(str(factor)) - 1


def _sizes(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    sizes: dict[str, set[int]] = {}
    for word in words:
        match = _LETTERS.match(word)
        sizes.setdefault(match[0] if match else word[0], set()).add(len(word))
    return {key: tuple(sorted(each, reverse=True)) for key, each in sizes.items()}


def _unknown(sizes: Iterable[str]) -> re.Pattern[str]:
    """Return what matches a character, and what follows it until a word or number starts."""
    starts = re.escape("".join(sorted({key[0] for key in sizes} | {*CHINESE_NUMERALS, DRESSING})))
    return re.compile(f".[^{starts}0-9a-z ]*", re.DOTALL)
