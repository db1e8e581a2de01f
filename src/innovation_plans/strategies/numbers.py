"""Admissible numbers, years and units."""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ..codelists import Form
from ..units.decimals import EXACT, Number, exact
from ..units.table import UnitTable, bundled_units, table_of
from .words import slugs

__all__ = ["FIRST_YEAR", "LAST_YEAR", "plausible", "unit_definitions", "units", "values", "years"]

FIRST_YEAR, LAST_YEAR = 1800, 2200
_DIGITS = 30
_EITHER = st.booleans()
_NINES = "9" * _DIGITS
_SMALLEST = "1E-30"
_LONGEST = "123456789012345678901234567890.123456789012345678901234567891"
_PLAIN_EDGES = ("0.00", "-0", "100", "-100", "0.1", "3.50")
_WIDE_EDGES = (_SMALLEST, _NINES, f"-{_NINES}", f"0.{_NINES}", _LONGEST)
_EDGES = tuple(map(Decimal, _PLAIN_EDGES + _WIDE_EDGES))


@lru_cache(maxsize=512)
def values(
    min_value: Number | None = None, max_value: Number | None = None
) -> SearchStrategy[Decimal]:
    """Numbers as records admit them: finite, at most 30 digits before and 30 after the point.

    Most are short, as plans print them; some are zero, negative, end in zeros, or use up all the
    digits.

    Parameters
    ----------
    min_value, max_value
        Bounds, both of them possible values; None for all that is admissible.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(values(min_value="0.5"), lambda value: value != value.to_integral_value())
    Decimal('0.50')
    """
    low = None if min_value is None else exact(min_value)
    high = None if max_value is None else exact(max_value)
    # Places, and how many digits at most: short ones first, since shrinking leads to the first.
    shapes = ((0, 3), (2, 6), (30, 30), (0, 30))
    found = [_scaled(places, 10**digits - 1, low, high) for places, digits in shapes]
    edges = [each for each in (*_EDGES, low, high) if each is not None and _within(each, low, high)]
    return st.one_of(*found[:2], *([st.sampled_from(edges)] if edges else []), *found[2:])


@cache
def plausible(form: Form) -> SearchStrategy[Decimal]:
    """Values that a plan would print in a form: places of a ranking, growth of some per cent."""
    hundredths = st.integers(-2_000, 20_000).map(lambda number: Decimal(number) / 100)
    match form:
        case Form.RANK:
            return st.integers(1, 100).map(Decimal)
        case Form.MULTIPLE:
            return st.integers(1, 100).map(lambda number: Decimal(number) / 10)
        case Form.ANNUAL_GROWTH | Form.AVERAGE_GROWTH:
            return st.integers(-20, 60).map(Decimal) | hundredths
    return st.integers(0, 10_000).map(Decimal) | hundredths


@lru_cache(maxsize=512)
def years(min_value: int = FIRST_YEAR, max_value: int = LAST_YEAR) -> SearchStrategy[int]:
    """Years from 1800 to 2200, of our time first."""
    near = range(max(min_value, 2010), min(max_value, 2035) + 1)
    every = st.integers(min_value, max_value)
    if not near:
        return every
    first = near.index(min(max(2020, near[0]), near[-1]))  # what shrinking leads to
    ours = st.integers(0, len(near) - 1).map(lambda step: near[(first + step) % len(near)])
    return st.one_of(ours, every)


@lru_cache(maxsize=512)
def units(like: str | None = None, *, table: UnitTable | None = None) -> SearchStrategy[str]:
    """Tokens of units.

    Parameters
    ----------
    like
        A token; then only those that measure the same, itself first.
    table
        The units of a dataset with units of its own; None for the bundled ones.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(units(like="CNY"), lambda unit: unit != "CNY")
    'CNY_10K'
    """
    known = table or (bundled_units() if like is None else table_of(like))
    tokens = [known.token(unit.name) for unit in known]
    if like is not None:
        tokens = [each for each in tokens if known.fits(each, like)]
        tokens.sort(key=lambda each: each != like)
    return st.sampled_from(tokens)


@st.composite
def unit_definitions(draw: DrawFn) -> str:
    """Definitions of units of one's own, as ``plans.extend(units=…)`` takes them.

    Examples
    --------
    >>> from hypothesis import find
    >>> print(find(unit_definitions(), lambda text: True))
    own_a = [own_a]
    """
    lines: list[str] = []
    for name in draw(st.lists(slugs(), min_size=1, max_size=3, unique_by=_token)):
        token = _token(name)
        symbol = f" = 台_{token}" if draw(_EITHER) else ""
        lines.append(f"{token} = [{token}]{symbol}")
        if draw(_EITHER):
            lines.append(f"{token}_x1000 = 1000 * {token}")
    return "\n".join(lines)


def _token(slug: str) -> str:
    return f"own_{slug.replace('-', '_')}"


def _scaled(
    places: int, size: int, low: Decimal | None, high: Decimal | None
) -> SearchStrategy[Decimal]:
    """Numbers of so many places, of at most `size` units of the last."""
    least = -size if low is None else _units(low, places, up=True)
    most = size if high is None else _units(high, places, up=False)
    if low is not None and high is None:
        most = max(least, 0) + size
    if high is not None and low is None:
        least = min(most, 0) - size
    limit = 10 ** (_DIGITS + places) - 1
    least, most = max(least, -limit), min(most, limit)
    if least > most:
        return st.nothing()
    return st.integers(least, most).map(lambda number: Decimal(number).scaleb(-places, EXACT))


def _units(bound: Decimal, places: int, *, up: bool) -> int:
    """The bound in units of the last place, rounded to the inside."""
    scaled = bound.scaleb(places, EXACT)
    whole = int(scaled)
    if up:
        return whole + (scaled > whole)
    return whole - (scaled < whole)


def _within(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)
