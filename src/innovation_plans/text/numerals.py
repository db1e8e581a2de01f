"""Digits and number words as a coefficient and a printed power of ten.

``1.2万亿`` is 1.2 and 12, ``三千亿`` is 3000 and 8: the power is kept apart because 亿元 and 万亿元
are units.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import Final

__all__ = [
    "CHINESE_NUMERALS",
    "DIGITS",
    "MAGNITUDES",
    "MAGNITUDE_WORDS",
    "MOST_DIGITS",
    "SHARE",
    "WORD",
    "YEAR",
    "Number",
    "arabic",
    "chinese",
    "chinese_share",
    "share",
]

MOST_DIGITS = 30

# How a number is printed: 13000, thirteen, 三分之一, 2025.
DIGITS: Final = 0
WORD: Final = 1
SHARE: Final = 2
YEAR: Final = 3


class Number:
    """A printed number: ``coefficient * times * 10**power``; a share is in per cent."""

    __slots__ = ("coefficient", "power", "style", "times")

    def __init__(
        self, coefficient: Decimal, times: int = 1, power: int = 0, style: int = DIGITS
    ) -> None:
        self.coefficient = coefficient
        self.times = times
        self.power = power
        self.style = style


_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")

# One third has no finite decimal; this many digits are kept, and docs say so.
_SHARE = Context(prec=28)

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10**4, "亿": 10**8}
CHINESE_NUMERALS = "".join([*_DIGITS, *_TENS, *_GREAT])
_SUFFIXES = (("万亿", 12), ("亿", 8), ("万", 4))

# What may follow digits: a factor of the coefficient, and the power that a unit may take up.
MAGNITUDES = {
    small + great: (factor, power)
    for small, factor in (("", 1), ("十", 10), ("百", 100), ("千", 1000))
    for great, power in (("", 0), ("万", 4), ("亿", 8), ("万亿", 12))
    if small or great
}
MAGNITUDES["억"] = (1, 8)
MAGNITUDE_WORDS = {
    "thousand": (1000, 0),
    "ten thousand": (1, 4),
    "million": (1, 6),
    "hundred million": (1, 8),
    "billion": (1, 9),
    "bn": (1, 9),
    "trillion": (1, 12),
}


def arabic(run: str) -> Decimal | None:
    """The number a run of digits, points and commas writes; None if it is none, or too long.

    Examples
    --------
    >>> arabic("13,000"), arabic("3.50"), arabic("12,34"), arabic("3.2.1")
    (Decimal('13000'), Decimal('3.50'), None, None)
    """
    digits = run.replace(",", "")
    if len(digits) - ("." in digits) > MOST_DIGITS:
        return None
    written = _PLAIN.fullmatch(run) or _THOUSANDS.fullmatch(run)
    return Decimal(digits) if written else None


def chinese(run: str) -> tuple[Decimal, int] | None:
    """Coefficient and power that a run of Chinese numerals writes; None if it is no number.

    Examples
    --------
    >>> chinese("百亿"), chinese("三千五百"), chinese("三点五"), chinese("十四五")
    ((Decimal('100'), 8), (Decimal('3500'), 0), (Decimal('3.5'), 0), None)
    """
    if len(run) > MOST_DIGITS:
        return None
    for suffix, power in _SUFFIXES:
        head = run[: -len(suffix)]
        if run.endswith(suffix) and "万" not in head and "亿" not in head:
            number = _decimal(head) if head else Decimal(1)
            return None if number is None else (number, power)
    number = _decimal(run)
    return None if number is None else (number, 0)


def chinese_share(run: str) -> Decimal | None:
    """The per cent that ``三分之一`` or ``百分之五`` writes; None if it writes none."""
    below, _, above = run.partition("分之")
    base, parts = _integer(below), _decimal(above)
    return None if not base or parts is None else share(parts, Decimal(base))


def share(parts: Decimal, base: Decimal) -> Decimal:
    """`parts` of `base` in per cent, to 28 digits where it has no finite decimal."""
    return _SHARE.divide(parts * 100, base)


def _decimal(run: str) -> Decimal | None:
    whole, point, rest = run.partition("点")
    number = _integer(whole)
    if number is None or not point:
        return None if number is None else Decimal(number)
    if not rest or any(each not in _DIGITS for each in rest):
        return None
    return Decimal(f"{number}." + "".join(str(_DIGITS[each]) for each in rest))


def _integer(run: str) -> int | None:
    """The whole number; strict about order, so that 十四五 and 一百二 are not guessed at."""
    total = section = 0
    digit: int | None = None
    last, great, zero = 10**4, 10**13, True
    for each in run:
        if each in _DIGITS:
            if digit is not None:
                return None
            zero = zero or _DIGITS[each] == 0
            digit = _DIGITS[each] or None
        elif each in _TENS:
            step = _TENS[each]
            if step >= last or (digit is None and (step != 10 or section) and run[0] != each):
                return None
            section += (1 if digit is None else digit) * step
            last, digit, zero = step, None, False
        elif each in _GREAT:
            step = _GREAT[each]
            section += digit or 0
            if not (section or total) or step == great:
                return None
            total = (total + section) * step if step > great else total + section * step
            section, last, great, digit, zero = 0, 10**4, step, None, False
        else:
            return None
    unclear = digit is not None and not zero and last != 10  # 一百二 is 120 to some, 102 to others
    number = total + section + (digit or 0)
    return None if unclear or (not number and run not in ("零", "〇")) else number
