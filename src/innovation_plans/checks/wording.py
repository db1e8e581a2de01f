"""The comparison of a recorded figure with its quoted wording.

It finds typing errors in values, units and comparators. Chinese and English wording is read as a
figure; in other wording, only the digits are compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ..errors import FigureError, IncomparableError
from ..records import Observation, Target
from ..text.figure import Figure, Reading, times
from ..text.reading import find_figures, read_figure
from ..units.decimals import plain
from ..units.table import OwnUnit
from .report import Severity

__all__ = ["agrees_with_wording", "compare_wording"]

_NUMBER = re.compile(r"[0-9](?:[0-9.,' ]*[0-9])?")


def agrees_with_wording(record: Target | Observation) -> bool:
    """Return True if the wording states the recorded comparator, value and unit."""
    return _bounds(record) in map(_bounds, _figures(record))


def compare_wording(record: Target | Observation) -> tuple[Severity, str, str] | None:
    """Return severity, column and problem if the wording states another figure than the record.

    Return None if they agree, if there is no wording, or if an erratum corrects it. It is only a
    warning if the record has notes, or if the wording cannot be read but has the right digits.
    """
    stated = record.citation.as_stated
    if not stated or record.erratum is not None:
        return None
    figures = list(_figures(record))
    recorded = _bounds(record)
    if recorded in map(_bounds, figures):
        return None
    quoted = f"as_stated {stated!r:.60}"
    for figure in figures:
        if _bounds(figure)[1:] == recorded[1:]:
            problem = f"{quoted} reads as {figure.comparator}, found {record.comparator}"
            return Severity.WARNING, "comparator", problem
    if not _is_one_figure(record) and _has_digits(record.value, stated):
        if isinstance(record.unit, OwnUnit):  # which the reader of figures cannot know
            return None
        problem = f"cannot be read as a figure in {record.unit}; compare it with {_shown(record)}"
        return Severity.WARNING, "as_stated", problem
    reading = f"reads as {_stated(figures[0])}" if figures else "has no such digits"
    problem = f"{quoted} {reading}, found {_shown(record)}"
    return (Severity.WARNING if record.notes else Severity.ERROR), "value", problem


def _figures(record: Target | Observation) -> Iterator[Figure]:
    """Return the figures that the wording states, in the unit of the record."""
    if isinstance(record.unit, OwnUnit):
        yield from _in_own_unit(record, record.unit)
        return
    stated = record.citation.as_stated or ""
    try:
        figures = [read_figure(stated, unit=record.unit, strict=False, form=record.form)]
    except FigureError:
        figures = [reading.figure for reading in _readings(stated, record)]
    for figure in figures:
        try:
            yield figure.converted(record.unit)
        except (IncomparableError, FigureError):
            continue


def _readings(stated: str, record: Target | Observation) -> list[Reading]:
    try:
        return list(find_figures(stated, unit=record.unit, form=record.form))
    except FigureError:
        return []


def _in_own_unit(record: Target | Observation, unit: OwnUnit) -> Iterator[Figure]:
    """Return the figure in a unit that the reader does not know: without its name, it is a number."""
    text = record.citation.as_stated or ""
    own = unit.table.unit(unit)
    factor = None
    for other in unit.table:
        names = sorted({other.name, *other.aliases}, key=len, reverse=True)
        if other.dimension == own.dimension and any(name in text for name in names):
            pattern = "|".join(rf"{re.escape(name)}(?:s\b)?" for name in names)
            number = re.sub(pattern, " ", text, count=2).strip()
            factor = other.factor / own.factor
            yield from _multiplied(number, record, factor)
    if factor is None:
        yield from _multiplied(text, record, Fraction(1))


def _multiplied(text: str, record: Target | Observation, factor: Fraction) -> Iterator[Figure]:
    try:
        figure = read_figure(text, strict=False, form=record.form)
        high = None if figure.value_high is None else times(figure.value_high, factor)
        value = times(figure.value, factor)
    except FigureError:
        return
    if figure.unit is None:
        yield figure._replace(value=value, value_high=high, unit=record.unit)


def _is_one_figure(record: Target | Observation) -> bool:
    """Return True if the whole wording is one figure: then no other number can be meant."""
    if isinstance(record.unit, OwnUnit):
        return any(True for _ in _figures(record))
    try:
        figure = read_figure(record.citation.as_stated or "", unit=record.unit, form=record.form)
        figure.converted(record.unit)
    except (FigureError, IncomparableError):
        return False
    return True


def _has_digits(value: Decimal, text: str) -> bool:
    """Return True if the text contains the digits, whatever its points and blanks."""
    numbers = _NUMBER.findall(unicodedata.normalize("NFKC", text))
    return _significant(plain(abs(value))) in map(_significant, numbers)


def _significant(number: str) -> str:
    return re.sub("[^0-9]", "", number).strip("0")


def _bounds(figure: Figure | Target | Observation) -> tuple[object, ...]:
    return figure.comparator, figure.value, figure.value_high


def _shown(figure: Figure | Target | Observation) -> str:
    high = "" if figure.value_high is None else f"–{plain(figure.value_high)}"
    return f"{plain(figure.value)}{high} {figure.unit}"


def _stated(figure: Figure) -> str:
    return f"{figure.comparator} {_shown(figure)}"
