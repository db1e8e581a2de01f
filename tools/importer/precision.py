"""The half-width of a printed figure, read from its own wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from innovation_plans.codelists import Comparator
from innovation_plans.errors import FigureError, IncomparableError
from innovation_plans.records import Observation, Target
from innovation_plans.text.figure import Figure, Reading
from innovation_plans.text.reading import find_in_any_form, read_in_any_form
from innovation_plans.units.interval import half_unit

Statement = Target | Observation
_GROWTH_OF_GDP = Decimal("0.05")
_NUMBER = re.compile(r"[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?")
# 7万8000 and 78,000 are the 7.8万 of the original, in whole thousands.
_MYRIADS = re.compile(r"([0-9])[万萬]([0-9])([0-9]{3})(?![0-9])")
_IN_THOUSANDS = re.compile(r",000(?!,?[0-9]|\s*[万萬亿億])")


def precision_of(statement: Statement) -> Decimal | None:
    """Return what the column `precision` holds: None where the digits of `value` say the same.

    Without a wording that can be read, and where an erratum replaces the printed figure, the column stays.
    """
    if not statement.citation.as_stated or statement.erratum is not None:
        return statement.precision
    half_width = stated_half_width(statement)
    if half_width is None:  # the wording cannot be read
        return statement.precision
    if _is_growth_of_gdp(statement):
        half_width = min(half_width, _GROWTH_OF_GDP)
    return None if half_width == half_unit(statement.value) else half_width


def _is_growth_of_gdp(statement: Statement) -> bool:
    """Return whether a text says the growth of GDP, which is published with one decimal: 5% is 5.0%."""
    is_outcome = isinstance(statement, Observation) and statement.comparator is Comparator.REACH
    return is_outcome and statement.indicator.code == "gdp" and statement.unit == "percent_per_year"


def stated_half_width(statement: Statement) -> Decimal | None:
    """Return half a unit of the last printed digit, in the unit of the statement.

    The last digit of each number in the wording is changed by one and the wording is read again:
    1.8万 and 1.9万 differ by 1,000, so the half-width is 500. Of a range, the finer end counts.
    None if the wording has no such number: 翻番, 百亿元.
    """
    text = _MYRIADS.sub(r"\1\2,\3", statement.citation.as_stated or "")
    stated = (statement.value, statement.value_high)
    figures = list(_figures(text, statement))
    if stated not in figures:
        return None
    at = figures.index(stated)
    steps = set()
    for changed in _with_another_digit(text):
        read = list(_figures(changed, statement))
        if len(read) == len(figures):
            pairs = zip(stated, read[at], strict=True)
            steps |= {abs(new - old) for old, new in pairs if old is not None and new is not None}
    return min((step for step in steps if step), default=Decimal(0)) / 2 or None


def _with_another_digit(text: str) -> Iterator[str]:
    """Return the text once for each number in it, with the last digit of that number changed."""
    for number in _NUMBER.finditer(text):
        end = number.end()
        if _IN_THOUSANDS.match(text, end - 4):
            end -= 4
        digit = int(text[end - 1])
        yield f"{text[: end - 1]}{digit - 1 if digit else 1}{text[end:]}"


def _figures(text: str, statement: Statement) -> Iterator[tuple[Decimal, Decimal | None]]:
    """Return the ends of the figures in a text, in the unit of the statement."""
    for figure in _read(text, statement):
        try:
            converted = figure.converted(statement.unit)
        except (IncomparableError, FigureError):
            continue
        yield converted.value, converted.value_high


def _read(text: str, statement: Statement) -> list[Figure]:
    try:
        return [read_in_any_form(text, statement.unit, statement.form)]
    except FigureError:
        pass
    try:
        found = find_in_any_form(text, statement.unit, statement.form)
        return [item.figure for item in found if isinstance(item, Reading)]
    except FigureError:
        return []
