"""Split text into tokens, in one pass without backtracking."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from .lexicon import BOUND, BROKEN, END, GAP, NTH, NUMBER, PER_CENT, TIME, UNIT, lexicon
from .numerals import (
    CHINESE_NUMERALS,
    DIGITS,
    MAGNITUDE_WORDS,
    MAGNITUDES,
    SHARE,
    WORD,
    YEAR,
    Number,
    arabic,
    chinese,
    chinese_share,
    share,
)

__all__ = ["Token", "scan"]

Token = tuple[int, Any, int, int]  # kind, value, start, end

_LETTERS = re.compile("[a-z]+")
_UNKNOWN_WORD = re.compile("[a-z][a-z0-9_&'-]*")
_ARABIC = re.compile("[0-9]+(?:[.,][0-9]+)*")
_DIVISOR = re.compile("/([0-9]{1,4})(?![0-9./])")
_GLUED = re.compile("[0-9a-z_.&'-]+")
_ORDINAL = re.compile("(?:st|nd|rd|th)(?![a-z0-9_])")
_SIZES = "十百千万亿억"
_SIZED = MAGNITUDES | MAGNITUDE_WORDS
_CHINESE_SIZES = "|".join(sorted(MAGNITUDES, key=len, reverse=True))
_LATIN_SIZES = "|".join(MAGNITUDE_WORDS)
_MAGNITUDE = re.compile(f" ?(?:({_CHINESE_SIZES})(?!分)|-?({_LATIN_SIZES})(?![a-z]))")
# Characters next to digits that change their meaning.
_ODD_BEHIND = "0-9a-z_.,/^²³¹⁰⁴-⁹₀-₉½¼¾⅓⅔"
_SIZE_STARTS = _SIZES + "".join(sorted({word[0] for word in MAGNITUDE_WORDS}))
# Nearly every number: bounded, with its magnitude, without unusual characters next to it. Other
# numbers take the slow path. First what no magnitude can follow; nothing is tried twice.
_SIMPLE = re.compile(
    r"(?<![._])((?:0|[1-9][0-9]{0,14}+)(?:\.[0-9]{1,15}+)?+)"
    rf"(?:(?![ -]?[{_SIZE_STARTS}]|[{_ODD_BEHIND}])"
    rf"| ?({_CHINESE_SIZES})(?![分0-9{_SIZES}])|[ -]?({_LATIN_SIZES})(?![a-z0-9])"
    rf"|(?! ?[{_SIZES}]|[ -]?(?:{_LATIN_SIZES})|[{_ODD_BEHIND}]))"
)
# Digits of another kind after a number change it: 10² is not 10.
_POWERS = "²³¹⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉½¼¾⅓⅔^"
_MAGNITUDE_STARTS = frozenset(f" -{_SIZE_STARTS}")
_NUMERALS = re.compile(f"[{CHINESE_NUMERALS}]+(?:点[{CHINESE_NUMERALS}]+)?")
_PARTS = re.compile(f"分之(?:[{CHINESE_NUMERALS}]+(?:点[{CHINESE_NUMERALS}]+)?)")
_PER_CENT = re.compile("百分之(?=[0-9])")


@lru_cache(maxsize=1)
def _silence() -> re.Pattern[str]:
    """Return the pattern of a character and what follows it until a word or number starts."""
    starts = re.escape("".join(sorted({key[0] for key in lexicon().sizes} | set(CHINESE_NUMERALS))))
    return re.compile(f".[^{starts}0-9a-z ]*", re.DOTALL)


# So that the parser may look three tokens ahead.
_ENDS: tuple[Token, ...] = ((END, None, -1, -1),) * 3


def scan(text: str) -> list[Token]:
    """Return the tokens of a normalised text, then three ends; an unknown word is a ``GAP``."""
    tokens: list[Token] = []
    words, sizes = lexicon()
    at, end = 0, len(text)
    while at < end:
        here = text[at]
        if here <= "z":
            if here == " ":
                at += 1
                continue
            if "0" <= here <= "9":
                at = _number(text, at, tokens)
                continue
            if here >= "a":
                here = _letters(text, at)
        for size in sizes.get(here, ()):
            stop = at + size
            entry = words.get(text[at:stop])
            if entry is not None and stop <= end:
                if entry.guarded and text[stop : stop + 1] != " " and _goes_on(text, stop):
                    continue
                tokens.append((entry.kind, entry.value, at, stop))
                at = stop
                break
        else:
            at = _unknown(text, at, tokens)
    tokens += _ENDS
    return tokens


def _number(text: str, at: int, tokens: list[Token]) -> int:
    match = _SIMPLE.match(text, at)
    if match is None:
        return _odd(text, at, tokens)
    run, chinese_size, latin_size = match.groups()
    end = match.end()
    if chinese_size or latin_size:
        times, power = _SIZED[chinese_size or latin_size]
        number = Number(Decimal(run), times, power)
    else:
        year = len(run) == 4 and run.isdecimal() and "1900" <= run <= "2100"  # 20.5 is none
        number = Number(Decimal(run), 1, 0, YEAR if year else DIGITS)
    tokens.append((NUMBER, number, at, end))
    return end


def _letters(text: str, at: int) -> str:
    match = _LETTERS.match(text, at)
    return match[0] if match else ""


def _is_word(text: str, at: int) -> bool:
    words, sizes = lexicon()
    return any(
        text[at : at + size] in words and not _runs_on(text, at + size)
        for size in sizes.get(_letters(text, at), ())
    )


def _unknown(text: str, at: int, tokens: list[Token]) -> int:
    if text[at] in CHINESE_NUMERALS:
        return _chinese(text, at, tokens)
    match = (_UNKNOWN_WORD if "a" <= text[at] <= "z" else _silence()).match(text, at)
    return _gap(at, match.end() if match else at + 1, tokens)


def _goes_on(text: str, at: int) -> bool:
    """Return True if a word that ends here is part of a longer one, or its end starts another."""
    if text[at - 1] <= "z":
        return _runs_on(text, at)
    border = lexicon().words.get(text[at - 1 : at + 1])  # 增长至少 is 增长 and 至少, not 增长至
    return border is not None and border.kind == BOUND


def _runs_on(text: str, at: int) -> bool:
    """Return True if a Latin word continues here: ``over`` is no word in ``overall``."""
    after = text[at : at + 1]
    if not after or not text[at - 1].isalnum():
        return False
    if after in "-'":
        return "a" <= text[at + 1 : at + 2] <= "z"
    return "a" <= after <= "z" or after == "_" or "0" <= after <= "9"


def _gap(start: int, end: int, tokens: list[Token], kind: int = GAP) -> int:
    tokens.append((kind, None, start, end))
    return end


def _odd(text: str, start: int, tokens: list[Token]) -> int:
    """Scan a number with separators or other characters next to it, an ordinal or a fraction."""
    match = _ARABIC.match(text, start)
    run = match[0] if match else ""
    end = start + len(run)
    value = arabic(run)
    after = text[end : end + 1]
    if value is None or _is_cut(text, start, run) or (after in _POWERS and after):
        return _gap(start, end, tokens, BROKEN)
    if after in _MAGNITUDE_STARTS and after:
        stop = _magnitude(text, start, end, value, tokens)
        if stop:
            return stop
    if after == "/":
        match = _DIVISOR.match(text, end)
        if match and 0 < value < int(match[1]):
            part = Number(share(value, arabic(match[1]) or value), style=SHARE)
            tokens.append((NUMBER, part, start, match.end()))
            return match.end()
    if "a" <= after <= "z" or after == "_":
        return _glued(text, start, end, tokens)
    tokens.append((NUMBER, Number(value), start, end))
    return end


def _magnitude(text: str, start: int, end: int, value: Decimal, tokens: list[Token]) -> int:
    """Scan a magnitude; return the position after it, or 0 if there is none."""
    match = _MAGNITUDE.match(text, end)
    if not match:
        return 0
    times, power = MAGNITUDES[match[1]] if match[1] else MAGNITUDE_WORDS[match[2]]
    return _compound(text, (start, match.end()), Number(value, times, power), tokens)


def _compound(text: str, span: tuple[int, int], number: Number, tokens: list[Token]) -> int:
    """Scan ``1亿2000万`` as one number; the magnitude of the second part must be smaller."""
    start, end = span
    match = _ARABIC.match(text, end)
    if not match or text[end - 1] < "z":
        tokens.append((NUMBER, number, start, end))
        return end
    value, size = arabic(match[0]), _MAGNITUDE.match(text, match.end())
    if not size or not size[1] or value is None:
        return _gap(start, match.end(), tokens, BROKEN)
    times, power = MAGNITUDES[size[1]]
    if times * 10**power >= number.times * 10**number.power:
        return _gap(start, match.end(), tokens, BROKEN)
    first = number.coefficient * number.times * 10 ** (number.power - power)
    tokens.append((NUMBER, Number(first + value * times, power=power), start, size.end()))
    return size.end()


def _is_cut(text: str, start: int, run: str) -> bool:
    """Return True if the digits are the rest of something else: ``.5``, ``_000``, ``007``."""
    if len(run) > 1 and run[0] == "0" and run[1] != ".":
        return True
    before = text[start - 1] if start else ""
    return before == "_" or (before == "." and not text[start - 2 : start - 1].isalpha())


def _glued(text: str, start: int, end: int, tokens: list[Token]) -> int:
    """Scan digits with letters after them: ``3.2percent`` and ``14th``, but not ``5G``."""
    match = _ORDINAL.match(text, end)
    value = arabic(text[start:end])
    if match and value is not None and text[start:end].isdigit():
        tokens.append((NTH, value, start, match.end()))
        return match.end()
    if value is not None and _is_word(text, end):
        tokens.append((NUMBER, Number(value), start, end))
        return end
    rest = _GLUED.match(text, end)
    return _gap(start, rest.end() if rest else end, tokens, BROKEN)


def _chinese(text: str, start: int, tokens: list[Token]) -> int:
    """Scan Chinese numerals; ``三分之一`` and ``百分之`` become per cent."""
    match = _PER_CENT.match(text, start)
    if match:
        return _per_cent(text, start, match.end(), tokens)
    match = _NUMERALS.match(text, start)
    end = match.end() if match else start + 1
    parts = _PARTS.match(text, end)
    if parts:
        return _share(text, start, parts.end(), tokens)
    if text.startswith("年", end) and end - start == 4:  # 二〇二五年
        tokens.append((TIME, None, start, end + 1))
        return end + 1
    made = chinese(text[start:end])
    if made is None:
        return _gap(start, end, tokens)
    tokens.append((NUMBER, Number(made[0], power=made[1], style=WORD), start, end))
    return end


def _per_cent(text: str, start: int, end: int, tokens: list[Token]) -> int:
    match = _ARABIC.match(text, end)
    value = arabic(match[0]) if match else None
    if match is None or value is None:
        return _gap(start, end, tokens)
    return _hundredths(value, start, match.end(), tokens)


def _share(text: str, start: int, end: int, tokens: list[Token]) -> int:
    value = chinese_share(text[start:end])
    if value is None:
        return _gap(start, end, tokens)
    if text.startswith("百分之", start):
        return _hundredths(value, start, end, tokens)
    tokens.append((NUMBER, Number(value, style=SHARE), start, end))
    return end


def _hundredths(value: Decimal, start: int, end: int, tokens: list[Token]) -> int:
    """Add 5 and a per cent sign of no width for 百分之五."""
    tokens.append((NUMBER, Number(value), start, end))
    tokens.append((UNIT, PER_CENT, end, end))
    return end
