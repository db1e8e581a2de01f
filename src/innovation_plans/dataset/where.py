"""The filters of ``where``: a keyword takes one value or a collection.

An unknown code is an error, not an empty result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from operator import index
from typing import Any

from pydantic import BaseModel

from ..codelists import RegionKind
from ..errors import ArgumentError, ArgumentTypeError, brief, is_whole, unknown
from ..records import Context, Record, Region
from ..records.reference import years_of
from ..units.table import Unit, UnitTable, expect_unit
from .names import NameIndex, folded

# One code, name or record, or several.
Some = str | Record | Collection[str | Record] | None
SomeYears = int | Collection[int] | None
Getter = Callable[[Any], object]
_ENDINGS = ("规划", "规划纲要", "时期", "期间", "规划期", "规划时期")  # behind 十四五
_DASHES = re.compile("[‐-―−～~至]+")
Filter = tuple[Getter, frozenset[object]]


def named(noun: str, context: Context, getter: Getter, values: Some) -> Filter | None:
    """Return a filter on a reference, by code or any name."""
    if values is None:
        return None
    return getter, frozenset(record.key for record in found(noun, context, values))


def found(noun: str, context: Context, values: Some) -> list[Any]:
    """Return the records with some codes or names, each once.

    Raises
    ------
    MissingError, AmbiguousError
        If no record, or more than one, has such a name.
    """
    names: NameIndex[Any] = NameIndex(noun, context.of(noun))
    return list(dict.fromkeys(names.find(name) for name in _several(noun, values)))


def within_region(context: Context, getter: Getter, values: Some) -> Filter | None:
    """Return a filter on regions with their parts."""
    return None if values is None else (getter, parts_of(context, values))


def chosen_regions(context: Context, region: Some, within: Some) -> list[Region]:
    """Return the regions with some names that are within others; all of them without either."""
    regions = context.of("region").values() if region is None else found("region", context, region)
    parts = None if within is None else parts_of(context, within)
    return [place for place in regions if parts is None or place.code in parts]


def named_regions(context: Context, region: Some, within: Some) -> list[Region]:
    """Return the regions with some names, or those within others without groups; else none."""
    if region is None and within is None:
        return []
    chosen = chosen_regions(context, region, within)
    return [each for each in chosen if within is None or each.kind is not RegionKind.GROUP]


def parts_of(context: Context, values: Some) -> frozenset[object]:
    """Return the codes of regions and of all regions in them: by parent, and by group."""
    codes = {region.code for region in found("region", context, values)}
    while True:
        more = {
            region.code
            for region in context.of("region").values()
            if region.code not in codes and not codes.isdisjoint(_wholes(region))
        }
        if not more:
            return frozenset(codes)
        codes |= more


def _wholes(region: Region) -> list[str]:
    """Return the codes of the regions that a region is a part of."""
    parent = [] if region.parent is None else [region.parent.code]
    return parent + [group.code for group in region.groups]


def periods(values: Some | int, known: Iterable[str]) -> list[str]:
    """Return the codes of periods: ``14th``, ``14``, ``2021-2025``, ``2021—2025`` and ``十四五`` are one.

    A year, ``2025``, is the period of an annual plan.

    Raises
    ------
    ArgumentError
        If there is no such period; names the nearest.
    """
    codes = {folded(name): code for code in sorted(known) for name in _names_of(code)}
    chosen: dict[str, None] = {}
    for value in _several("period", values):
        code = codes.get(folded(_DASHES.sub("-", value)))
        if code is None:
            raise unknown("period", value, set(codes.values()))
        chosen[code] = None
    return list(chosen)


def of_periods(getter: Getter, values: Some | int, known: Iterable[str]) -> Filter | None:
    """Return a filter on periods."""
    return None if values is None else (getter, frozenset(periods(values, known)))


def _names_of(period: str) -> Iterator[str]:
    """Yield what people call a period."""
    yield period
    year = period.removeprefix("annual-")
    yield from (year, f"{year}年")
    years = years_of(period)
    if years is not None and years[0] < years[1]:
        number = (years[0] - 2016) // 5 + 13
        yield from (str(number), f"{years[0]}-{years[1]}", f"FYP{number}")
        for short in (period, str(number)):
            for plan in ("plan", "five-year plan", "FYP"):
                yield from (f"{short} {plan}", f"{short} {plan} period")
        for name in ("{}五", "“{}五”", "第{}个五年"):
            yield from (f"{name.format(_numeral(number))}{end}" for end in ("", *_ENDINGS))


def _numeral(number: int) -> str:
    """Return a number from 1 to 19 in Chinese."""
    digits = "〇一二三四五六七八九"
    return ("十" if number >= 10 else "") + (digits[number % 10] if number % 10 else "")


def coded(
    noun: str, getter: Getter, values: Some, known: Iterable[Any] | None = None
) -> Filter | None:
    """Return a filter on a code, which must be one of `known`."""
    if values is None:
        return None
    codes = frozenset(_several(noun, values))
    if known is not None:
        legal = {getattr(item, "name", item) for item in known}
        for code in sorted(codes - legal):
            titled = _titled(code, known)
            if titled:
                raise ArgumentError(parameter=noun, value=brief(code), nearest=titled)
            raise unknown(noun, code, legal)
    return getter, codes


def _titled(title: str, known: Iterable[Any]) -> list[str]:
    """Return the codes of the records with a title, if `known` has records by code."""
    records = known.items() if isinstance(known, Mapping) else ()
    return [
        code
        for code, record in records
        if title in {getattr(record, "title_zh", None), getattr(record, "title_en", None)}
    ]


def listed(codelist: type[StrEnum], getter: Getter, values: Some) -> Filter | None:
    """Return a filter on a member of a code list, as a member or as text."""
    noun = re.sub("(?<!^)([A-Z])", r" \1", codelist.__name__).lower()
    return coded(noun, getter, values, [str(member) for member in codelist])


def of_units(getter: Getter, values: Some, table: UnitTable) -> Filter | None:
    """Return a filter on tokens of units; for another name of a unit, the error names its token."""
    if isinstance(values, Unit):
        expect_unit(values)
    for name in [] if values is None else _several("unit", values):
        token = table.name_of(name)
        if token is not None and token != name:
            allowed = [unit.name for unit in table]
            raise ArgumentError(
                parameter="unit", value=repr(name), allowed=allowed, nearest=(token,)
            )
    return coded("unit", getter, values, table)


def of_years(getter: Getter, values: SomeYears) -> Filter | None:
    """Return a filter on one or several years."""
    if values is None:
        return None
    return getter, frozenset(whole_years(values))


def whole_years(values: SomeYears) -> list[int]:
    """Return one or several years as a list; see :func:`whole_year`."""
    return [whole_year(value) for value in as_list("year", values)]


def whole_year(year: Any) -> int:
    """Return a year that is a whole number, also one of numpy.

    Raises
    ------
    ArgumentError
        If it is something else.
    """
    if not is_whole(year):
        raise ArgumentError(
            parameter="year", value=brief(year), hint="a year is a whole number: 2025"
        )
    return index(year)


def as_list(noun: str, values: Any) -> list[Any]:
    """Return one value, or several, as a list; a number of numpy has no dimension.

    Raises
    ------
    ArgumentTypeError
        If the values are an iterator: a second reader of it would find nothing; or a data frame or a
        mapping, of which the names of the columns or the keys would be taken.
    """
    if isinstance(values, Mapping) or hasattr(values, "columns"):
        expected = "one value, a list or a column"
        raise ArgumentTypeError(parameter=noun, value=type(values).__name__, expected=expected)
    if isinstance(values, Iterator):
        expected = "one value or a list; write list(…) around an iterator"
        raise ArgumentTypeError(parameter=noun, value=type(values).__name__, expected=expected)
    is_one = isinstance(values, str | BaseModel) or getattr(values, "ndim", 1) == 0
    return list(values) if isinstance(values, Iterable) and not is_one else [values]


def truth(noun: str, getter: Getter, value: Any) -> Filter | None:
    """Return a filter on a boolean."""
    if value is None:
        return None
    truths = {"True": True, "False": False, "1": True, "0": False}
    is_long = isinstance(value, int) and not 0 <= value <= 1
    if isinstance(value, str) or is_long or str(value) not in truths:
        raise ArgumentError(
            parameter=noun,
            value=brief(value),
            allowed=("True", "False"),
            nearest=(),
            hint="it is True or False",
        )
    return getter, frozenset({truths[str(value)]})


def day_of(day: str | date) -> date:
    """Return a day that is a date or text of the form YYYY-MM-DD.

    Raises
    ------
    ArgumentError
        If it is neither.
    """
    if type(day).__name__ == "datetime64":  # of numpy
        day = str(day)[: len("YYYY-MM-DD")]
    try:
        return (
            date.fromisoformat(day) if isinstance(day, str) else date(day.year, day.month, day.day)
        )
    except (ValueError, AttributeError, TypeError):
        hint = "expected a date, or a day of the form YYYY-MM-DD"
        raise ArgumentError(parameter="as_of", value=brief(day), hint=hint) from None


def _several(noun: str, values: Any) -> list[str]:
    """Return codes or names as a list; a spreadsheet has some codes as numbers."""
    several = [_key_of(noun, value) for value in as_list(noun, values)]
    for value in several:
        if not (isinstance(value, str) or is_whole(value)):
            hint = "expected a code or a name"
            raise ArgumentError(parameter=noun, value=brief(value), hint=hint)
    return [str(value) for value in several]


def _key_of(noun: str, value: Any) -> Any:
    """Return the key of a record of the kind that is asked for; another value as it is."""
    return value.key if isinstance(value, Record) and value.noun == noun else value
