"""The comparison of a recorded figure with its quoted wording.

It finds typing errors in values, units and comparators. Chinese and English wording is read as a
figure; in wording that cannot be read, only the digits are compared.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from decimal import Decimal
from functools import partial

from ..errors import FigureError, IncomparableError, brief
from ..records import Observation, Target
from ..text.figure import Figure, Reading
from ..text.messages import Message
from ..text.reading import find_in_any_form, read_in_any_form
from ..units.decimals import plain
from .report import Severity

_NUMBER = re.compile(r"[0-9](?:[0-9.,' ]*[0-9])?")


def agrees_with_wording(record: Target | Observation) -> bool:
    """Return True if the wording states the recorded comparator, value and unit."""
    return _bounds(record) in map(_bounds, _figures(record)[0])


def compare_wording(record: Target | Observation) -> tuple[Severity, str, Message] | None:
    """Return severity, column and problem if the wording states another figure than the record.

    Return None if they agree, if there is no wording, or if an erratum corrects it. A wording that
    cannot be read is a note if it has the digits of the record. A contradiction is only a warning
    if the record has notes.
    """
    stated = record.citation.as_stated
    if not stated or record.erratum is not None:
        return None
    figures, is_read = _figures(record)
    recorded = _bounds(record)
    if forms := [figure.form for figure in figures if _bounds(figure) == recorded]:
        other = _other_form if record.form not in forms else _one_of_several
        return other(record, [figure for figure in figures if figure.form in forms])
    contradicts = partial(Message, stated=brief(stated))
    for figure in figures:
        if _bounds(figure)[1:] == recorded[1:]:
            words = {"read": figure.comparator, "found": record.comparator}
            return Severity.WARNING, "comparator", contradicts("problem.other_wording", **words)
    if not (figures and is_read) and _has_digits(record.value, stated):
        return _unread(record, stated)
    severity, found = Severity.WARNING if record.notes else Severity.ERROR, _shown(record)
    if not figures:
        return severity, "value", contradicts("problem.no_digits", found=found)
    read = _stated(figures[0])
    return severity, "value", contradicts("problem.other_wording", read=read, found=found)


def _other_form(
    record: Target | Observation, figures: list[Figure]
) -> tuple[Severity, str, Message]:
    """Return the warning that a wording states the recorded figure in another form."""
    words = {
        "read": Message(f"Form.{figures[0].form}"),
        "found": Message(f"Form.{record.form}"),
    }
    problem = Message(
        "problem.other_wording", stated=brief(record.citation.as_stated or ""), **words
    )
    return Severity.WARNING, "form", problem


def _one_of_several(
    record: Target | Observation, figures: list[Figure]
) -> tuple[Severity, str, Message] | None:
    """Return the note that a wording states several figures in the form of the record."""
    shown = list(dict.fromkeys(_shown(figure) for figure in figures if figure.form == record.form))
    if len(shown) == 1:
        return None
    problem = Message("problem.several_figures", figures="; ".join(shown), figure=_shown(record))
    return Severity.NOTE, "as_stated", problem


def _unread(record: Target | Observation, stated: str) -> tuple[Severity, str, Message] | None:
    """Return the note that a wording cannot be read; a warning if it is in another unit."""
    severity = Severity.NOTE
    with suppress(FigureError):
        read_in_any_form(stated, None, record.form)
        severity = Severity.WARNING
    problem = Message("problem.unread_wording", unit=record.unit, figure=_shown(record))
    return severity, "as_stated", problem


def _figures(record: Target | Observation) -> tuple[list[Figure], bool]:
    """Return the figures of the wording in the unit of the record, and whether all were read."""
    stated, unit = record.citation.as_stated or "", record.unit
    try:
        figures, is_read = [read_in_any_form(stated, unit, record.form)], True
    except FigureError:
        figures, is_read = _in_passage(record, stated)
    converted = []
    for figure in figures:
        with suppress(IncomparableError, FigureError):
            converted.append(figure.converted(unit))
    return converted, is_read


def _in_passage(record: Target | Observation, stated: str) -> tuple[list[Figure], bool]:
    try:
        found = find_in_any_form(stated, record.unit, record.form)
    except FigureError:
        return [], False
    figures = [reading.figure for reading in found if isinstance(reading, Reading)]
    return figures, bool(figures) and len(figures) == len(found)


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
