"""What a printed unit means: the token, the factor, the form.

The words before and after a number set flags; :func:`settle` converts flags, printed unit and the
caller's hints to form, unit and factor. It is a pure function of few values, so results are cached.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from typing import NamedTuple

from ..codelists import Form
from ..units.table import bundled_units
from ..units.words import unit_words
from . import kinds
from .lexicon import Per, UnitWord

__all__ = ["SCALED", "Hints", "Settled", "ratios", "settle"]

# 600亿元 is 600 CNY_100M, not 60,000,000,000 CNY: the magnitude goes into the unit.
SCALED = {
    "CNY": ((12, "CNY_1T"), (9, "CNY_1B"), (8, "CNY_100M"), (4, "CNY_10K")),
    "inhabitant": ((4, "inhabitant_10K"),),
    "employed_person": ((4, "employed_person_10K"),),
}
_RELATIVE = frozenset({"percent", "percentage_point", "multiple", "rank"})
_THINGS = frozenset({"patents", "enterprises", "legal_entities", "items"})
_THING_UNITS = frozenset({"patent", "enterprise", "legal_entity", "item"})
_RESIDENT_OR_EMPLOYED = ((("population", 1),), (("employment", 1),))
_PEOPLE = frozenset({"headcount", "population", "employment"})
# What a counting word may stand for, if the caller's unit says so: 家 for laboratories, 位 for ranks.
_TAKES = {"thing": _THINGS, "people": _PEOPLE, "place": _PEOPLE | {"rank"}}
# Units of which a bare "2万" states so many of the base unit, whatever the caller's magnitude.
_ABSOLUTE = _THINGS | _PEOPLE | {"currency_CNY", "currency_USD", "research_effort"}

_OPEN_PER_CENT = frozenset({Form.LEVEL, Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH, Form.CUMULATIVE})
_OPEN_GROWTH = frozenset({Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH, Form.CUMULATIVE})
_OPEN_COUNT = frozenset({Form.LEVEL, Form.CUMULATIVE, Form.INCREMENT})


@cache
def ratios() -> dict[str, tuple[str, str]]:
    """Numerator and denominator of each ratio token: plans print "12件" for 12 per 10,000 people."""
    return {
        token: (of[0], of[1]) for token, table in unit_words().items() if (of := table.get("of"))
    }


@cache
def _ratio_tokens() -> dict[tuple[str, str], str]:
    return {parts: token for token, parts in ratios().items()}


Hints = tuple[str | None, Form | None]


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
    token, factor = _unit(word, per, power, hints[0])
    settled = _settled(flags, word, token, factor, hints[1])
    problem = settled.problem or _unlike(settled, hints)
    if settled.sign < 0 and flags & (kinds.RAISE | kinds.ADD):
        problem = "one direction, not both a rise and a fall"
    plain = settled.factor == 1 and settled.plus == 0 and settled.sign == 1
    return settled._replace(plain=plain, problem=problem)


def _unlike(settled: Settled, hints: Hints) -> str:
    """Return the problem if an amount or a share is in another dimension than the caller's unit."""
    hint, unit = hints[0], settled.unit
    if hint is None or unit is None or unit == hint or settled.form not in _OPEN_COUNT:
        return ""
    growth = settled.form is not Form.LEVEL or hint == "percent_per_year"
    if unit in ("percentage_point", "rank") or (unit == "percent" and growth):
        return ""
    fits = bundled_units().fits(unit, hint)
    return "" if fits else f"a figure in {hint}, not in {unit}"


def _settled(
    flags: int, word: UnitWord | None, token: str | None, factor: Fraction | int, form: Form | None
) -> Settled:
    falls = flags & kinds.FALL and (not flags & kinds.LEVEL or flags & kinds.DROP)
    sign = -1 if falls else 1
    if token in ("percent", "percent_per_year"):
        return _per_cent(flags, token, factor, sign, form)
    if token == "percentage_point":
        problem = "a percentage after a rate of decline" if flags & kinds.DROP else ""
        if flags & (kinds.MEAN | kinds.YEARLY):  # 年均提高1个百分点: no form states points per year
            problem = "a percentage after 年均 or average"
        return Settled(Form.INCREMENT, token, factor, 0, sign, problem)
    if token == "rank":
        return _place(flags, factor, sign)
    if token == "multiple":
        return _multiple(flags, word, factor, sign)
    return _amount(flags, token, factor, form, sign)


def _amount(
    flags: int, token: str | None, factor: Fraction | int, hint: Form | None, sign: int
) -> Settled:
    if flags & kinds.MEAN:
        return Settled(problem="a percentage after 年均 or average")
    if flags & (kinds.RATE | kinds.DROP) and not flags & kinds.LEVEL:
        return Settled(problem="a percentage after growth or decline")
    if hint is Form.RANK and token is None:
        return Settled(Form.RANK, "rank", factor)
    if (
        flags & kinds.RAISE
        and not flags & (kinds.ADD | kinds.GROW | kinds.LEVEL)
        and token in _THING_UNITS
    ):
        return Settled(problem="增加 or 新增 before a count")  # 提升5个
    if token is None and sign < 0:
        return Settled(problem="a unit after a decline")
    form = Form.INCREMENT if sign < 0 else _counted(flags, hint)
    return Settled(form, token, factor, 0, sign)


def _per_cent(
    flags: int, token: str, factor: Fraction | int, sign: int, hint: Form | None
) -> Settled:
    if flags & kinds.RATE and flags & kinds.FALL and not flags & (kinds.DROP | kinds.LEVEL):
        return Settled(problem="percentage points, or growth without a decline")
    if not flags & (kinds.CHANGE | kinds.LEVEL | kinds.SUM):
        if flags & kinds.COMPARED:
            return Settled(problem="a word for a rise or a fall")
        if flags & kinds.MEAN and not flags & kinds.YEARLY:
            return Settled(problem="growth, or a level")
    form, choice = _growth(flags)
    if hint in choice:
        form = hint or form
    elif form is Form.LEVEL and token == "percent_per_year":
        form = Form.ANNUAL_GROWTH if Form.ANNUAL_GROWTH in choice else form
    if form in (Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH):
        return Settled(form, "percent_per_year", factor, 0, sign)
    return Settled(form, "percent", factor, 0, sign)


def _growth(flags: int) -> tuple[Form, frozenset[Form]]:
    """The form that words give a percentage, and those that they leave open."""
    if flags & kinds.MEAN:
        return Form.AVERAGE_GROWTH, frozenset()
    if flags & kinds.SUM:
        return Form.CUMULATIVE, frozenset()
    if flags & kinds.LEVEL and not flags & (kinds.RATE | kinds.DROP):
        return Form.LEVEL, frozenset({Form.AVERAGE_GROWTH})
    if flags & kinds.YEARLY:
        return Form.AVERAGE_GROWTH, _OPEN_GROWTH
    if flags & kinds.CHANGE:
        return Form.ANNUAL_GROWTH, _OPEN_GROWTH
    return Form.LEVEL, _OPEN_PER_CENT


def _multiple(flags: int, word: UnitWord | None, factor: Fraction | int, sign: int) -> Settled:
    """增长1.7倍 is 2.7 times the start; 增长到2.7倍 and 2.7倍 are 2.7."""
    if sign < 0:
        return Settled(problem="a percentage after a decline")
    grown = flags & (kinds.GROW | kinds.RAISE | kinds.ADD) and not flags & kinds.LEVEL
    if grown and word and word.takes == "times":
        return Settled(problem='"times" without a growth word, which can mean 3 or 4 times as much')
    return Settled(Form.MULTIPLE, "multiple", factor, 1 if grown else 0)


def _place(flags: int, factor: Fraction | int, sign: int) -> Settled:
    moved = flags & kinds.CHANGE and not flags & kinds.LEVEL
    return Settled(Form.INCREMENT if moved else Form.RANK, "rank", factor, 0, sign)


def _counted(flags: int, hint: Form | None) -> Form:
    if flags & kinds.LEVEL:
        return Form.LEVEL
    if flags & kinds.SUM:
        return Form.CUMULATIVE
    if flags & (kinds.ADD | kinds.RAISE | kinds.GROW | kinds.YEARLY):
        return Form.INCREMENT
    return hint if hint in _OPEN_COUNT and hint else Form.LEVEL


def _unit(
    word: UnitWord | None, per: Per | None, power: int, hint: str | None
) -> tuple[str | None, Fraction | int]:
    """The token, and what the printed coefficient is multiplied by."""
    if word is not None and word.unit in _RELATIVE:
        per = None  # 人均收入增长7% is growth of 7 per cent
    if word is None and per is None:
        return _bare(power, hint)
    size = 10**power if word is None else _size(power + word.power)
    if hint is not None:
        factor = _fitted(word, per, hint)
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
        ratio = (token, per.unit)
        return _ratio_tokens().get(ratio) or f"{token} / {per.unit}".replace("*", "/"), size
    return token, size


def _size(power: int) -> Fraction | int:
    return 10**power if power >= 0 else Fraction(1, 10**-power)


def _bare(power: int, hint: str | None) -> tuple[str | None, Fraction | int]:
    if hint is None or not power:
        return hint, 10**power
    counted = bundled_units().unit(ratios().get(hint, (hint,))[0])
    if len(counted.dimension) == 1 and counted.dimension[0][0] in _ABSOLUTE:
        return hint, 10**power / counted.factor
    return hint, 10**power


def _fitted(word: UnitWord | None, per: Per | None, hint: str) -> Fraction | None:
    """The factor into the caller's unit; None if it measures something else."""
    above, below = ratios().get(hint, (hint, None))
    if per is not None and below is None:
        return None
    over = Fraction(1) if word is None else _over(word, above)
    divisor = Fraction(1) if per is None or below is None else _under(per, below)
    return None if over is None or divisor is None else over / divisor


def _over(word: UnitWord, above: str) -> Fraction | None:
    table = bundled_units()
    factor = table.factor(word.unit, above)
    if factor is not None or word.takes not in _TAKES:
        return factor
    unit = table.unit(above)
    named = len(unit.dimension) == 1 and unit.dimension[0][0] in _TAKES[word.takes]
    return 1 / unit.factor if named else None


def _under(per: Per, below: str) -> Fraction | None:
    """Return the factor of a denominator; 万人 may be residents or employed persons."""
    table = bundled_units()
    factor = table.factor(per.unit, below)
    if factor is not None or not per.people:
        return factor
    theirs = table.unit(below)
    named = theirs.dimension in _RESIDENT_OR_EMPLOYED
    return table.unit(per.unit).factor / theirs.factor if named else None
