"""A figure held against its own wording.

A typing error in a value, a unit or a comparator cannot stand against its own expression. The
reader knows Chinese and English; of other wording, the digits are compared.
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

__all__ = ["doubt", "says_so"]

Claim = Target | Observation
_NUMBER = re.compile(r"[0-9](?:[0-9.,' ]*[0-9])?")


def says_so(claim: Claim) -> bool:
    """Whether the wording of a figure gives the recorded comparator, value and unit."""
    return _recorded(claim) in {_bounds(figure) for figure in _figures(claim)}


def doubt(claim: Claim) -> tuple[Severity, str, str] | None:
    """How sure it is that the wording says something else, in which column, and what it says.

    None where the wording agrees, where there is none, and where an erratum puts it right. What
    ``notes`` explain is a warning only, and so is what cannot be read but has the right digits.
    """
    stated = claim.citation.as_stated
    if not stated or claim.erratum is not None:
        return None
    found = list(_figures(claim))
    recorded = _recorded(claim)
    if recorded in map(_bounds, found):
        return None
    for figure in found:
        if _bounds(figure)[1:] == recorded[1:]:
            said = f"reads as {figure.comparator}, found {claim.comparator}"
            problem = f"as_stated {stated!r:.60} {said}"
            return Severity.WARNING, "comparator", problem
    legible = _is_one_figure(claim)
    if not legible and _has_digits(claim.value, stated):
        if isinstance(claim.unit, OwnUnit):  # which the reader of figures cannot know
            return None
        problem = f"cannot be read as a figure in {claim.unit}; compare it with {_shown(claim)}"
        return Severity.WARNING, "as_stated", problem
    said = f"reads as {_said(found[0])}" if found else "has no such digits"
    problem = f"as_stated {stated!r:.60} {said}, found {_shown(claim)}"
    return (Severity.WARNING if claim.notes else Severity.ERROR), "value", problem


def _figures(claim: Claim) -> Iterator[Figure]:
    """What the wording says in the unit of the claim: one figure, or each where it states several."""
    if isinstance(claim.unit, OwnUnit):
        yield from _in_own_unit(claim, claim.unit)
        return
    stated = claim.citation.as_stated or ""
    try:
        found = [read_figure(stated, unit=claim.unit, strict=False, form=claim.form)]
    except FigureError:
        found = [each.figure for each in _readings(stated, claim)]
    for figure in found:
        try:
            yield figure.converted(claim.unit)
        except (IncomparableError, FigureError):
            continue


def _readings(stated: str, claim: Claim) -> list[Reading]:
    try:
        return list(find_figures(stated, unit=claim.unit, form=claim.form))
    except FigureError:
        return []


def _in_own_unit(claim: Claim, unit: OwnUnit) -> Iterator[Figure]:
    """The figure whose unit the reader does not know: its name is set aside, a number is left."""
    text = claim.citation.as_stated or ""
    own = unit.table.unit(unit)
    factor = None
    for each in unit.table:
        names = sorted({each.name, *each.aliases}, key=len, reverse=True)
        if each.dimension == own.dimension and any(name in text for name in names):
            pattern = "|".join(rf"{re.escape(name)}(?:s\b)?" for name in names)
            left = re.sub(pattern, " ", text, count=2).strip()
            factor = each.factor / own.factor
            yield from _bare(left, claim, factor)
    if factor is None:
        yield from _bare(text, claim, Fraction(1))


def _bare(text: str, claim: Claim, factor: Fraction) -> Iterator[Figure]:
    try:
        figure = read_figure(text, strict=False, form=claim.form)
        high = None if figure.value_high is None else times(figure.value_high, factor)
        value = times(figure.value, factor)
    except FigureError:
        return
    if figure.unit is None:
        yield figure._replace(value=value, value_high=high, unit=claim.unit)


def _is_one_figure(claim: Claim) -> bool:
    """Whether the whole wording is a figure, so that another number there is another number."""
    if isinstance(claim.unit, OwnUnit):
        return any(True for _ in _figures(claim))
    try:
        figure = read_figure(claim.citation.as_stated or "", unit=claim.unit, form=claim.form)
        figure.converted(claim.unit)
    except (FigureError, IncomparableError):
        return False
    return True


def _has_digits(value: Decimal, text: str) -> bool:
    """Whether the digits stand in the text, wherever its points and blanks are."""
    wanted = _significant(plain(abs(value)))
    numbers = _NUMBER.findall(unicodedata.normalize("NFKC", text))
    return wanted in {_significant(each) for each in numbers}


def _significant(number: str) -> str:
    return re.sub("[^0-9]", "", number).strip("0")


def _bounds(figure: Figure) -> tuple[object, ...]:
    return figure.comparator, figure.value, figure.value_high


def _recorded(claim: Claim) -> tuple[object, ...]:
    return claim.comparator, claim.value, claim.value_high


def _shown(claim: Claim) -> str:
    high = "" if claim.value_high is None else f"–{plain(claim.value_high)}"
    return f"{plain(claim.value)}{high} {claim.unit}"


def _said(figure: Figure) -> str:
    high = "" if figure.value_high is None else f"–{plain(figure.value_high)}"
    return f"{figure.comparator} {plain(figure.value)}{high} {figure.unit}"
