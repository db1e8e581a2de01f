"""Digits and number words as a coefficient and a printed power of ten.

``1.2万亿`` is 1.2 and 12, ``三千亿`` is 3000 and 8: the power is separate because 亿元 and 万亿元
are units.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import Literal, NamedTuple

from ..units.decimals import EXACT
from ..units.words import MAGNITUDE_WORDS

MOST_DIGITS = 30

# How a number is printed: 13000, thirteen, 三分之一, 2025.
Style = Literal["digits", "word", "share", "year"]


class Number(NamedTuple):
    """A printed number: ``coefficient * times * 10**power``; a share is in per cent.

    `more` is True if 多 or 余 is printed inside it, as in 30多万; `bare` if it has a magnitude only,
    as in 百亿.
    """

    coefficient: Decimal
    times: int = 1
    power: int = 0
    style: Style = "digits"
    more: bool = False
    bare: bool = False


_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_ITEM = re.compile(r"[0-9]+(?:\.[0-9]+)?|.")

# One third has no finite decimal; this many digits are kept, and docs say so.
_SHARE = Context(prec=28)

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10**4, "亿": 10**8}
CHINESE_NUMERALS = "".join([*_DIGITS, *_TENS, *_GREAT])
_OTHER = re.compile(f"[^{CHINESE_NUMERALS}0-9.点]")
_SUFFIXES = (("万亿", 12), ("亿", 8), ("万", 4))


def arabic(run: str) -> Decimal | None:
    """Return the number that digits, points and commas write; None if it is none, or too long.

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
    """Return the coefficient and power of Chinese numerals, with digits among them or without.

    Return None if it is no number.

    Examples
    --------
    >>> chinese("百亿"), chinese("一万七千亿"), chinese("1亿2000万"), chinese("十四五")
    ((Decimal('100'), 8), (Decimal('17000'), 8), (Decimal('12000'), 4), None)
    """
    if len(run) > MOST_DIGITS:
        return None
    for suffix, power in _SUFFIXES:
        head = run[: -len(suffix)]
        if run.endswith(suffix):
            if "万" in head or "亿" in head:
                number = None if "点" in run else _decimal(run)
                return None if number is None else (EXACT.divide(number, 10**power), power)
            number = _decimal(head) if head else Decimal(1)
            return None if number is None else (number, power)
    number = _decimal(run)
    return None if number is None else (number, 0)


def chinese_share(run: str) -> Decimal | None:
    """Return the per cent that ``三分之一`` or ``百分之3.5`` writes; None if it writes none."""
    below, _, above = run.partition("分之")
    base, parts = chinese(below), arabic(above) if above[:1].isdecimal() else _decimal(above)
    if base is None or parts is None or not base[0]:
        return None
    return share(parts, base[0].scaleb(base[1]))


def share(parts: Decimal, base: Decimal) -> Decimal:
    """Return `parts` of `base` in per cent, to 28 digits where it has no finite decimal."""
    return _SHARE.divide(parts * 100, base)


_GROUPS = {"hundred": 100, "dozen": 12}


def english(words: list[str], values: dict[str, int]) -> tuple[Decimal, int] | None:
    """Return coefficient and power of number words; None if they are no number.

    Examples
    --------
    >>> english(["five", "hundred"], {"five": 5}), english(["five", "five"], {"five": 5})
    ((Decimal('500'), 0), None)
    """
    total = section = last = power = 0
    for word in words:
        if word in _GROUPS:
            if not 0 < section < 100:
                return None
            section, last = section * _GROUPS[word], 100 * (word == "hundred")
        elif word in values:
            value = values[word]
            if section and not (value < 10 <= last or value < 100 <= last):
                return None
            section, last = section + value, 100 if value >= 100 else 10 * (value >= 20)
        else:
            times, exponent = MAGNITUDE_WORDS[word]
            step = times * 10**exponent
            if not section or (total and total <= section * step):
                return None
            total, section, last = total + section * step, 0, 0
            power = exponent
    if section and total:
        power = 0
    number = total + section
    return (Decimal(number // 10**power), power) if number else None


def _decimal(run: str) -> Decimal | None:
    whole, point, rest = run.partition("点")
    number = None if _OTHER.search(run) else _whole(whole)
    if number is None or not point:
        return number
    if not rest or any(digit not in _DIGITS for digit in rest):
        return None
    return Decimal(f"{number}." + "".join(str(_DIGITS[digit]) for digit in rest))


def _whole(run: str) -> Decimal | None:
    """Return the number; strict about order, so that 十四五 and 一百二 are not guessed at."""
    total = section = Decimal(0)
    digit: Decimal | None = None
    last, great, zero, valid = 10**4, 10**13, True, True
    for item in _ITEM.findall(run):
        if item in _TENS:
            step = _TENS[item]
            alone = digit is None and (step != 10 or section) and run[0] != item
            valid = step < last and not alone
            section += (1 if digit is None else digit) * step
            last, digit, zero = step, None, False
        elif item in _GREAT:
            step = _GREAT[item]
            loose = total and digit and not section and digit < 1000 and step > great  # 1万2亿
            section += digit or 0
            valid = bool(section or total) and step != great and not loose
            total = (total + section) * step if step > great else total + section * step
            section, last, great, digit, zero = Decimal(0), 10**4, step, None, False
        else:
            value = Decimal(_DIGITS.get(item, str(item)))
            later = (total or section) and (value >= last or value != int(value) or item[0] == "0")
            valid = digit is None and not later
            zero = zero or value == 0
            digit = value or None
        if not valid:
            return None
    unclear = digit is not None and not zero and last != 10  # 一百二 is 120 to some, 102 to others
    number = total + section + (digit or 0)
    return None if unclear or (not number and run not in ("零", "〇", "0")) else number
