"""What a printed unit means: the token, the factor, the form.

The words before and after a number set flags; :func:`settle` converts flags, printed unit and the
caller's hints to form, unit and factor. It is a pure function of few values, so results are cached.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from ..codelists import GROWTH, Form
from ..units.table import OwnUnit, Unit, UnitTable, bundled_units
from ..units.words import unit_words
from . import kinds
from .lexicon import Case, Per, UnitWord, lexicon
from .messages import Message

# 600亿元 is 600 CNY_100M, not 60,000,000,000 CNY: the magnitude goes into the unit.
SCALED = {
    "CNY": ((12, "CNY_1T"), (9, "CNY_1B"), (8, "CNY_100M"), (4, "CNY_10K")),
    "inhabitant": ((4, "inhabitant_10K"),),
    "employed_person": ((4, "employed_person_10K"),),
}
_RELATIVE = frozenset({"percent", "percentage_point", "multiple", "rank"})
_THINGS = frozenset({"patents", "enterprises", "legal_entities", "items"})
_PEOPLE = frozenset({"headcount", "population", "employment"})
# What a word may stand for, if the caller's unit says so: 家 for laboratories, 位 for ranks.
_TAKES = {"thing": _THINGS, "people": _PEOPLE, "place": _PEOPLE | {"rank"}}
_RESIDENT_OR_EMPLOYED = frozenset({"population", "employment"})
# Units of which a bare "2万" states so many of the base unit, whatever the caller's magnitude.
_COUNTED = _THINGS | _PEOPLE | {"research_effort"}
_ABSOLUTE = _COUNTED | {"currency_CNY", "currency_USD"}

THING_UNITS = frozenset({"patent", "enterprise", "legal_entity", "item"})
_OPEN_COUNT = frozenset({Form.LEVEL, Form.CUMULATIVE, Form.INCREMENT})
_GROWN = kinds.GROW | kinds.RAISE | kinds.ADD


@cache
def ratios() -> dict[str, tuple[str, str]]:
    """Numerator and denominator of each ratio token: plans print "12件" for 12 per 10,000 people."""
    return {
        token: (of[0], of[1]) for token, table in unit_words().items() if (of := table.get("of"))
    }


@cache
def _ratio_tokens() -> dict[tuple[str, str], str]:
    return {parts: token for token, parts in ratios().items()}


# The caller's unit and form; the table of units, if it is not the bundled one.
Hints = tuple[str | None, Form | None, UnitTable | None]


class Settled(NamedTuple):
    """Form, unit and factor: ``value = sign * (number * factor + plus)``; or the problem."""

    form: Form = Form.LEVEL
    unit: str | None = None
    factor: Fraction | int = 1
    plus: int = 0
    sign: int = 1
    problem: str = ""
    plain: bool = True  # the value is the coefficient as printed


@lru_cache(maxsize=4096)
def settle(flags: int, word: UnitWord | None, per: Per | None, power: int, hints: Hints) -> Settled:
    """Return form, unit and factor of a number; the hints are the caller's."""
    hint = hints[1]
    table = bundled_units() if hints[2] is None else hints[2]
    token, factor = _unit(word, per, power, hints[0], table)
    if hint is Form.RANK and token is None:
        token = "rank"
    case = _case(flags, token, word)
    form = case.form
    if hint in case.open:
        form = hint
    elif token == "percent_per_year" and form is Form.LEVEL and Form.ANNUAL_GROWTH in case.open:
        form = Form.ANNUAL_GROWTH
    moved = flags & kinds.RAISE and not flags & (kinds.ADD | kinds.GROW | kinds.LEVEL)
    falls = flags & kinds.FALL and (not flags & kinds.LEVEL or flags & kinds.DROP)
    if form is None:
        return Settled(problem=case.problem)
    if moved and token in THING_UNITS:
        return Settled(problem="count_change")  # 提升5个
    if token is None and falls:
        return Settled(problem="unit_of_decline")
    if token in ("percent", "percent_per_year"):
        token = "percent_per_year" if form in GROWTH else "percent"
    plus = int(token == "multiple" and flags & _GROWN and not flags & kinds.LEVEL)
    sign = -1 if falls else 1
    problem = _unlike(form, token, hints[0], table)
    if falls and flags & (kinds.RAISE | kinds.ADD):
        problem = "one_direction"
    plain = factor == 1 and plus == 0 and sign == 1
    return Settled(form, token, factor, plus, sign, problem, plain)


def _case(flags: int, token: str | None, word: UnitWord | None) -> Case:
    """Return the first row of the unit's table of cases that applies."""
    known = lexicon().cases
    kind = "percent" if token == "percent_per_year" else token or ""
    if kind == "multiple" and word is not None and word.takes == "times":
        kind = "times"
    cases = known.get(kind, known["amount"])
    return next(
        case
        for case in cases
        if flags & case.all == case.all
        and (not case.any or flags & case.any)
        and not flags & case.none
    )


def _unlike(form: Form, unit: str | None, hint: str | None, table: UnitTable) -> str:
    """Return the problem if an amount or a share is in another dimension than the caller's unit."""
    if hint is None or unit is None or unit == hint or form not in _OPEN_COUNT:
        return ""
    growth = form is not Form.LEVEL or hint == "percent_per_year"
    if unit in ("percentage_point", "rank") or (unit == "percent" and growth):
        return ""
    fits = table.fits(unit, hint)
    return "" if fits else Message("unread.dimension", unit=hint, printed=unit)


def _unit(
    word: UnitWord | None, per: Per | None, power: int, hint: str | None, table: UnitTable
) -> tuple[str | None, Fraction | int]:
    """The token, and what the printed coefficient is multiplied by."""
    if word is not None and word.unit in _RELATIVE:
        per = None  # 人均收入增长7% is growth of 7 per cent
    if word is None and per is None:
        return _bare(power, hint, table)
    power += word.power if word else 0
    size = _size(power)
    # 5件 may be per 10,000 people, 5万件 are all that there are
    whole = power > 0 and per is None and word is not None
    if hint is not None and not (whole and _is_counted_ratio(hint, table)):
        factor = _fitted(word, per, hint, table)
        if factor is not None:
            return hint, factor * size
    token = "item" if word is None else word.unit
    if hint == "percent_per_year" and token == "percent" and per is None:
        return hint, size  # growth is printed in per cent
    for step, scaled in SCALED.get(token, ()):
        if step <= power:
            token, size = scaled, 10 ** (power - step)
            break
    if per is not None:
        return _ratio_tokens().get((token, per.unit)) or _quotient(token, per), size
    return token, size


def _is_counted_ratio(hint: str, table: UnitTable) -> bool:
    return hint in ratios() and _is_of(table.unit(ratios()[hint][0]), _COUNTED)


def _quotient(token: str, per: Per) -> str:
    text = f"{token} / {per.unit}".replace("*", "/")
    return OwnUnit(text, token.table) if isinstance(token, OwnUnit) else text


def _size(power: int) -> Fraction | int:
    return 10**power if power >= 0 else Fraction(1, 10**-power)


def _bare(power: int, hint: str | None, table: UnitTable) -> tuple[str | None, Fraction | int]:
    if hint is None or not power:
        return hint, 10**power
    counted = table.unit(ratios().get(hint, (hint,))[0])
    absolute = isinstance(hint, OwnUnit) or _is_of(counted, _ABSOLUTE)
    return hint, 10**power / counted.factor if absolute else 10**power


def _fitted(word: UnitWord | None, per: Per | None, hint: str, table: UnitTable) -> Fraction | None:
    """The factor into the caller's unit; None if it measures something else."""
    above, below = ratios().get(hint, (hint, None))
    if per is not None and below is None:
        if word is None or not isinstance(hint, OwnUnit):
            return None
        return table.factor(_quotient(word.unit, per), hint)
    over: Fraction | None = Fraction(1)
    divisor: Fraction | None = over
    if word is not None:
        over = _factor(word.unit, above, _TAKES.get(word.takes, frozenset()), table)
    if per is not None and below is not None:  # 万人 may be residents or employed persons
        people = _RESIDENT_OR_EMPLOYED if per.people else frozenset[str]()
        divisor = _factor(per.unit, below, people, table)
    return over / divisor if over and divisor else None


def _factor(unit: str, other: str, dimensions: frozenset[str], table: UnitTable) -> Fraction | None:
    """Return the factor between two units; any unit of the dimensions may be named by the first."""
    factor, theirs = table.factor(unit, other), table.unit(other)
    if factor is None and _is_of(theirs, dimensions):
        return table.unit(unit).factor / theirs.factor
    return factor


def _is_of(unit: Unit, dimensions: frozenset[str]) -> bool:
    return len(unit.dimension) == 1 and unit.dimension[0][0] in dimensions
