"""Lookup of records by any of their names.

Case, width, blanks, hyphens, apostrophes and traditional characters do not matter: ``guangdong``,
``CN GD`` and ``廣東`` are equal to ``Guangdong``, ``CN-GD`` and ``广东``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, SupportsIndex, TypeVar

from ..errors import AmbiguousError, ArgumentError, MissingError, brief, expect, nearest, whole
from ..text.simplified import SIMPLIFIED

if TYPE_CHECKING:
    from ..records import Indicator, Record, Region

_LONGEST = 200
_FOLDED = SIMPLIFIED | str.maketrans("", "", " -_'’‘·.")


def folded(name: str) -> str:
    """Return the form in which names are compared.

    Examples
    --------
    >>> folded("CN-GD"), folded("Tai’an"), folded("Ｒ＆Ｄ Intensity")
    ('cngd', 'taian', 'r&dintensity')
    """
    return unicodedata.normalize("NFKC", name).casefold().translate(_FOLDED)


# What people mean by names that no region of the bundled data has.
_MEANT = {
    folded(name): hint
    for hint, names in {
        "the data cover the mainland's 31 provinces": (
            "Hong Kong|HK|CN-HK|Hong Kong SAR|香港|中国香港|香港特别行政区"
            "|Macau|Macao|MO|CN-MO|Macau SAR|Macao SAR|澳门|澳門|中国澳门|澳门特别行政区"
            "|Taiwan|TW|CN-TW|Taiwan Province|Chinese Taipei|Taipei|台湾|臺灣|台灣|台湾省|臺灣省|中国台湾"
        ),
        "it is Guangzhou (440100) or Guangdong (CN-GD)": "Canton",
        "the nation is China (CN)": "national|nation|country|国家",
        "the groups are CN-EAST (东部), CN-CENTRAL (中部), CN-WEST (西部), CN-JJJ (京津冀), "
        "CN-YRD (长三角) and CN-PRD (珠三角)": (
            "East China|North China|South China|Central China|Northeast China|Northwest China"
            "|Southwest China|华东|华北|华南|华中|东北|西北|西南|华东地区|华北地区|华南地区|华中地区"
            "|东北地区|西北地区|西南地区"
        ),
    }.items()
    for name in names.split("|")
}

_IN_BRACKETS = re.compile(r"(?P<name>[^()]+)\((?P<parent>[^()]+)\)")

# How texts name the growth of something, and what they call the growth of GDP without naming it.
_GROWTH = re.compile(r"([^_]+?) *(?:growth(?: rate)?|增速|增长率?)", re.IGNORECASE)
_ECONOMY = {folded(name) for name in ("economic", "经济", "the economy")}

N = TypeVar("N", bound="Region | Indicator")


class SharedName(NamedTuple):
    """A name of a record that others have, too."""

    record: Any
    column: str
    name: str
    others: tuple[str, ...]  # their codes


def shared_names(
    noun: str, records: Sequence[Any], columns: Iterable[str], known: Mapping[str, Any]
) -> Iterator[SharedName]:
    """Yield the names in some columns of records that others of the `known` ones have, too."""
    index: NameIndex[Any] = NameIndex(noun, known)
    for record, column in product(records, columns):
        value = getattr(record, column) or ()
        for name in (value,) if isinstance(value, str) else value:
            others = tuple(code for code in index.codes_by_name(name) if code != record.key)
            if others:
                yield SharedName(record, column, name, others)


class NameIndex(Generic[N]):
    """Records by code and by every name."""

    def __init__(self, noun: str, records: Mapping[str, N]) -> None:
        self._noun = noun
        self._records = records
        self._codes_of: dict[str, list[str]] | None = None

    def find(self, name: str | int | Record) -> N:
        """Return the only record with a code or name.

        Raises
        ------
        MissingError
            If none has it; names the nearest.
        AmbiguousError
            If several have it; names them all.
        """
        asked: Any = name
        if getattr(asked, "noun", None) == self._noun:  # the record itself
            asked = asked.key
        if not isinstance(asked, str):  # a spreadsheet has some codes as numbers
            if isinstance(asked, bool) or not isinstance(asked, SupportsIndex):
                is_list = isinstance(asked, list | tuple | set | frozenset)
                hint = f"expected {'one' if is_list else 'a'} code or{'' if is_list else ' a'} name"
                raise ArgumentError(parameter=self._noun, value=brief(asked), hint=hint)
            asked = brief(whole(self._noun, asked, "a code or a name"))
        name = str(asked)
        record = self._records.get(name)
        if record is not None:
            return record
        shown = f"{self._noun} {name[:60]!r}"
        if len(name) > _LONGEST:
            raise MissingError(asked=shown, hint=f"a name has at most {_LONGEST} characters")
        if growth := self._growth_hint(name):
            raise MissingError(asked=shown, hint=growth)
        codes = self.codes_by_name(name)
        if not codes:
            hint = _MEANT.get(folded(name), "") or self._list_hint(name)
            near = () if hint else self._nearest(name)
            if not self._records:
                hint = "the table knows no names; make it with plans.context as context"
            hint = hint or ("" if near else f"plans.{self._noun}s lists them")
            raise MissingError(asked=shown, nearest=near, hint=hint)
        code, *others = codes
        if others:
            raise AmbiguousError(asked=shown, matches=codes, hint="ask by code")
        return self._records[code]

    def codes(self, name: str) -> tuple[str, ...]:
        """Return the codes of all records with a code or name; a code is one record's alone."""
        expect("name", name, "casefold", "a code or a name")
        return (name,) if name in self._records else self.codes_by_name(name)

    def codes_by_name(self, name: str) -> tuple[str, ...]:
        """Return the codes of all records that have a name, or a code that is spelled like it."""
        key = folded(name)
        return tuple(self._named(key)) or self._within_parent(key)

    def _named(self, key: str) -> Sequence[str]:
        """Return the codes of the records with a folded name or code of their own."""
        return self._index().get(key, ())

    def _index(self) -> dict[str, list[str]]:
        if self._codes_of is None:
            index: dict[str, list[str]] = {}
            for code, record in self._records.items():
                for name in {*map(folded, (code, *record.names))}:
                    index.setdefault(name, []).append(code)
            self._codes_of = index
        return self._codes_of

    def _within_parent(self, key: str) -> tuple[str, ...]:
        """Return the codes of regions that are named with the region they lie in, 江苏省苏州市."""
        if self._noun != "region" or len(key) > _LONGEST:
            return ()
        if match := _IN_BRACKETS.fullmatch(key):  # Suzhou (Jiangsu)
            key = match["parent"] + match["name"]
        splits = [(key[:at], code) for at in range(1, len(key)) for code in self._named(key[at:])]
        return tuple(dict.fromkeys(code for before, code in splits if self._lies_in(code, before)))

    def _lies_in(self, code: str, name: str) -> bool:
        """Return whether a text names the region that another one lies in; that may have its own before it."""
        parent = getattr(self._records[code], "parent", None)
        if parent is None:
            return False
        return parent.code in self._named(name) or any(
            parent.code in self._named(name[at:]) and self._lies_in(parent.code, name[:at])
            for at in range(1, len(name))
        )

    def _growth_hint(self, text: str) -> str:
        """Return what to write for the growth of an indicator, which is a form and no indicator.

        A code that is spelled like the text does not count, only a name.
        """
        match = _GROWTH.fullmatch(text.strip()) if self._noun == "indicator" else None
        if match is None or any(self._has_name(code, text) for code in self.codes_by_name(text)):
            return ""
        stem = "gdp" if folded(match[1]) in _ECONOMY else match[1]
        codes = self.codes_by_name(stem)
        if len(codes) != 1 or codes[0] not in self._records:
            return ""
        return (
            f'growth is a form: indicator="{codes[0]}", form="annual_growth" (or "average_growth")'
        )

    def _has_name(self, code: str, text: str) -> bool:
        return folded(text) in map(folded, self._records[code].names)

    def _list_hint(self, text: str) -> str:
        """Return what to write for several names in one text; empty if it is not that."""
        names = [name.strip() for name in re.split("[,，、;；]| and ", text)]
        return f"for several, pass a list: {names!r}" if all(map(self.codes, names)) else ""

    def _nearest(self, text: str) -> tuple[str, ...]:
        """Return names that are spelled like a text; first those of what most often has it in a name."""
        spelled = {folded(name): name for name in self._every_name()}
        close = [spelled[key] for key in nearest(folded(text), spelled, 3)]
        return tuple(dict.fromkeys([*self._containing(folded(text)), *close]))[:3]

    def _containing(self, part: str) -> list[str]:
        """Return one name each of the two records that have a text in most of their names."""
        with_part = {
            code: [name for name in record.names if part in folded(name)]
            for code, record in self._records.items()
        }
        most = sorted(filter(None, with_part.values()), key=len, reverse=True)
        return [names[0] for names in most[:2]] if part else []

    def _every_name(self) -> Iterable[str]:
        for code, record in self._records.items():
            yield code
            yield from record.names
