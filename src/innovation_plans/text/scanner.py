"""Split text into tokens, in one pass without backtracking."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, NamedTuple

from ..units.decimals import EXACT
from ..units.words import MAGNITUDE_WORDS, MAGNITUDES
from . import kinds
from .kinds import Kind
from .lexicon import PER_CENT, TIMES, Entry, Lexicon, lexicon
from .numerals import (
    CHINESE_NUMERALS,
    Number,
    Style,
    arabic,
    chinese,
    chinese_share,
    english,
    share,
)
from .spelling import DRESSING

Token = tuple[Kind, Any, int, int]  # kind, value, start, end

_new = partial(tuple.__new__, Number)  # takes a third as long as calling the class
_LETTERS = re.compile("[a-z]+")
_UNKNOWN_WORD = re.compile("[a-z][a-z0-9_&'-]*")
# 1，256 is no number; one blank may separate two numbers, but two are in one: 2 500 000.
_ARABIC = re.compile(
    "[1-9][0-9]{0,2}(?: [0-9]{3}){2,}(?![0-9.,]| [0-9])|[0-9]+(?:[.,][0-9]+|，[0-9]{3}(?![0-9]))*"
)
_DIVISOR = re.compile("/([0-9]{1,4})(?![0-9./])")
_GLUED = re.compile("[0-9a-z_.&'-]+")
_ORDINAL = re.compile("(?:st|nd|rd|th)(?![a-z0-9_])")
# Marks that separate digits, but in no known way: 3·5, 80.·5, 3 . 5. So may a point before a blank,
# as in 3. 5, unless it ends a heading or a sentence: 1. 2025年, in 2025. 300 firms, 3.5。300家.
_OWN = "(?:(?:19|20)[0-9]{2}(?![0-9.,])|[0-9]{1,3},[0-9]{3}|[0-9]+(?:个?[年月日周季]| (?:year|month|day)))"
_STARTS = re.compile(_OWN)
_MARKED = r"(?:[ .,]*[·•●・][ .,·•●・]*| \. ?)"
_CUT_BEHIND = re.compile(
    rf"{_MARKED}[0-9]|(?:\. |。)(?!{_OWN})[0-9]|[.,]\*+[0-9{CHINESE_NUMERALS}]"
)
_CUT_BEFORE = re.compile(
    rf".*(?:[0-9]{_MARKED}|(?<![0-9.])(?!(?:19|20)[0-9]{{2}}[.。])[0-9]+(?:,[0-9]+)*(?:\. |。))"
)
# 三·五; 三。五% and 三。五万, but not 第三。一是
_CUT_CHINESE = re.compile(
    f"(?<=[0-9{CHINESE_NUMERALS}])(?:[·•●・]|。(?=[0-9{CHINESE_NUMERALS}]+(?:%|成|个百分点|(?<=[万亿]))))[0-9{CHINESE_NUMERALS}]"
)
_LONGEST_RUN = 32  # characters
_SIZES = "十百千万亿"
SIZED = MAGNITUDES | MAGNITUDE_WORDS
_CHINESE_SIZES, _LATIN_SIZES = (
    "|".join(sorted(sizes, key=len, reverse=True)) for sizes in (MAGNITUDES, MAGNITUDE_WORDS)
)
_SIZE = re.compile(f"[ -]?({_LATIN_SIZES})(?![a-z0-9])| ?(억)")
# Digits of another kind after a number change it: 10² is not 10.
_POWERS = "²³¹⁰⁴-⁹₀-₉½¼¾⅓⅔^"
_MIXED = {"½": "5", "¼": "25", "¾": "75"}  # decimals of 3½
_MORE = "多余几"  # between a number and its magnitude
# Nearly every number: bounded, with its magnitude, without unusual characters next to it. Other
# numbers take the slow path. Nothing is tried twice.
SIZE_BEHIND = rf"(?: ?({_CHINESE_SIZES})|[ -]?({_LATIN_SIZES})(?![a-z0-9]))?+"
_SIMPLE = re.compile(
    r"(?<![._·•●・。])(?<![.·•●・] )((?:0|[1-9][0-9]{0,14}+)(?:\.[0-9]{1,15}+)?+)"
    rf"{SIZE_BEHIND}"
    rf"(?(3)|(?(2)(?![分0-9{CHINESE_NUMERALS}{_MORE}])|(?![0-9a-z_.,/{_POWERS}{_MORE}{CHINESE_NUMERALS}]| ?[·•●・。]| \.|，[0-9]{{3}}(?![0-9])| [0-9]{{3}} [0-9]{{3}}|个亿)))"
)
# What continues a number: 亿2000万 after 1, 余万 after 300.
_MORE_SIZE = f"(?:[{_MORE}]([{_SIZES}]{{1,4}})(?!分))?"
# 8个亿 is 8亿, but 8个亿元村 are 8 villages.
_HUNDRED_MILLIONS = "个(?=亿(?:$|[,，。;；、)]|以[上内]|左右))"
_TAIL = re.compile(
    f"( ?(?=[{_SIZES}])|{_HUNDRED_MILLIONS}|)([0-9{CHINESE_NUMERALS}]*)(?!分){_MORE_SIZE}"
)
_NUMERALS = re.compile(
    f"([{CHINESE_NUMERALS}0-9]+(?:点[{CHINESE_NUMERALS}]+)?(?:{_HUNDRED_MILLIONS}亿)?){_MORE_SIZE}"
)
_REST = re.compile(f"[.,][0-9][0-9.,{CHINESE_NUMERALS}]*")  # 1亿1,200万 is no number
# one quarter of the total, or by a quarter; not of a point, nor "one quarter", three months, too
_PART = re.compile(
    "(a|one|two|three|four)[ -](third|fourth|quarter|fifth|tenth)s?(?![a-z0-9-])(?=( of (?!an? |one |[0-9]))?)"
)
_PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
# Parts of a point or a magnitude: six-tenths of a percentage point, a quarter of a million.
_PART_OF = re.compile(
    "([a-z]+)[ -](quarter|fifth|tenth)s? of an? (?:(million|billion|trillion)(?![a-z])|(?=percentage point))"
)
_HALF_POINTS = re.compile("(?:([一二两三四五六七八九])个)?半个?(?=百分点)")
_TWO_WORDS = re.compile(" ?(([a-z]+)(?: [a-z]+)?)")
_AND_A_HALF = re.compile(" and a half(?: (million|billion|trillion))?(?![a-z0-9-])")
_VAGUE = frozenset("数几上成好")  # 数十: an unknown number of tens
_TWO_DIGITS = re.compile(
    "[^十百千万亿0-9点]{2}[十百千万亿]|十[^十百千万亿0-9点]{2}$"
)  # 三四百, 十七八
_FOLDS = re.compile("翻(?:了)?(1?[0-9]|[一二两三四五六七八九十])番")
# A mark of a footnote between words: 产业［2］占; not 近[10]年
_FOOTNOTE = re.compile(
    r"\[[0-9]{1,2}\](?=[,，。;、)]|$|[一-龥](?<![年月日周季个家名人项件条款元]))"
)
# A name between number and noun: 300 "little giant" firms.
_BEFORE_A_NAME = frozenset({"number", "unit", "after", "adjective"})
_NAMED = frozenset({"adjective", "noun", "unit"})
_QUOTED = re.compile("[\"“'‘]([a-z][a-z -]{2,40}|[一-龥]{2,8})[\"”']")
_SHARE = re.compile(
    f"[{CHINESE_NUMERALS}]+分之([{CHINESE_NUMERALS}]+(?:点[{CHINESE_NUMERALS}]+)?|[0-9.,]*[0-9])"
)
_TENTHS = re.compile(
    f"([一二两三四五六七八九])成([半一二三四五六七八九])(?![{CHINESE_NUMERALS}个])"
)


class _Patterns(NamedTuple):
    latin: re.Pattern[str]
    chinese: re.Pattern[str]
    number: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    """Return the patterns that contain words of the lexicon.

    They match what makes a word count directly before a number, and a number in English words.
    """
    known = lexicon()
    words, sizes = "|".join(known.numbers), "hundred|thousand|million|billion|trillion"
    first = f"(?:half(?: a)?(?= (?:{sizes}|percent(?:age points?)?|per cent)(?![a-z0-9]))|a(?= (?:{sizes})(?![a-z0-9]))|(?:{words})(?![a-z0-9]))"
    joined = f"(?: |-|(?<=hundred) and |(?<=thousand) and )(?:{words}|{sizes}|dozen)(?![a-z0-9])"
    bounds = [
        re.escape(word) for word, entry in known.words.items() if entry.kind in ("bound", "not")
    ]
    latin = "|".join(word for word in bounds if "a" <= word[0] <= "z")
    return _Patterns(
        re.compile(
            f" (?:[0-9$¥<>≤≥]|-[0-9]|(?:{first}|{latin}|us\\$|rmb|cny|minus|no\\.|half|twice as|{_PART.pattern}|by|the top|(?:doubl|tripl|quadrupl)(?:e|es|ed|ing))(?![a-z]))"
        ),
        re.compile(
            f"[约近超逾过达了]{{0,2}} ?[0-9{CHINESE_NUMERALS}$¥]|半数|[-<>≤≥至到第前]|人民币"
        ),
        re.compile(f"{first}(?:{joined})*"),
    )


# So that the parser may look three tokens ahead.
_END: Token = ("end", None, -1, -1)


def scan(text: str, known: Lexicon | None = None) -> list[Token]:
    """Return the tokens of a normalised text, then three ends; an unknown word is a ``"gap"``.

    The value of a gap is the entry of the word that it would be directly before a number.
    """
    tokens: list[Token] = []
    known = known or lexicon()
    words, sizes, numbers = known.words, known.sizes, known.numbers
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
                match = _LETTERS.match(text, at)
                here = match[0] if match else ""
                if here in numbers or here in ("a", "half", "twice"):
                    stop = _worded(text, at, tokens)
                    if stop:
                        at = stop
                        continue
        for size in sizes.get(here, ()):
            stop = at + size
            entry = words.get(text[at:stop])
            if entry is None or stop > end:
                continue
            if not entry.checked:
                tokens.append((entry.kind, entry.value, at, stop))
            elif not _checked(text, entry, at, stop, tokens):
                continue
            at = stop
            break
        else:
            at = _unknown(text, at, tokens, known.unknown)
    tokens += (_END, _END, _END)
    return tokens


def _checked(text: str, entry: Entry, at: int, stop: int, tokens: list[Token]) -> bool:
    """Add a word as its neighbours allow; return False if it is part of a longer word."""
    longer = entry.guarded and text[stop : stop + 1] != " " and _goes_on(text, stop)
    if longer and not (text[at:stop] in lexicon().prefixes and text[stop].isdecimal()):  # RMB5
        return False
    counts = True
    if entry.touching:
        # a number follows, and no unknown word runs into a Chinese character
        runs_in = text[at] > "z" and tokens and tokens[-1][0] == "gap" and tokens[-1][3] == at
        patterns = _patterns()
        pattern = patterns.latin if text[at] <= "z" else patterns.chinese
        counts = not runs_in and pattern.match(text, stop) is not None
    tokens.append((entry.kind, entry.value, at, stop) if counts else ("gap", entry, at, stop))
    return True


def _number(text: str, at: int, tokens: list[Token]) -> int:
    match = _SIMPLE.match(text, at)
    if match is None:
        return _odd(text, at, tokens)
    run, chinese_size, latin_size = match.groups()
    if len(run) > 4 and run[-4] == "." and run[-2:] == "00" and run[0] != "0":  # in German, 1000
        return _add(tokens, "broken", None, at, match.end())
    times, power = SIZED[chinese_size or latin_size] if match.lastindex != 1 else (1, 0)
    style: Style = "year" if len(run) == 4 and power == 0 and _is_year(run) else "digits"
    number = _new((Decimal(run), times, power, style, False, False))
    tokens.append(("number", number, at, match.end()))
    return match.end()


def _is_year(run: str) -> bool:
    return len(run) == 4 and run.isdecimal() and "1900" <= run <= "2100"  # 20.5 is none


def _worded(text: str, at: int, tokens: list[Token]) -> int:
    """Scan a number in English words; return the position after it, or 0 if there is none."""
    if text.startswith("twice as ", at):
        end = _add(tokens, "number", Number(Decimal(2)), at, at + len("twice"))
        return _add(tokens, "unit", TIMES, end, end)
    by = [word for kind, word, _, _ in tokens[-2:] if kind != "bound"][-1:] == ["by"]
    numbers = lexicon().numbers
    if (part := _PART_OF.match(text, at)) and (part[1] == "a" or part[1] in numbers):
        count = EXACT.divide(numbers.get(part[1], 1), Decimal(_PARTS[part[2]]))
        number = Number(count, 1, SIZED[part[3]][1] if part[3] else 0, "word")
        return _add(tokens, "number", number, at, part.end())
    if (part := _PART.match(text, at)) and (part[3] or by):
        of = share(Decimal(numbers.get(part[1], 1)), Decimal(_PARTS[part[2]]))
        style: Style = "digits" if part[3] else "share"
        end = _add(tokens, "number", Number(of, style=style), at, part.end())
        return _add(tokens, "unit", PER_CENT, end, end)
    match = _patterns().number.match(text, at)
    if not match or text.startswith(("one of", "one another"), at):
        return 0
    words, end = [word for word in re.split("[ -]", match[0]) if word != "and"], match.end()
    half = words[0] == "half"
    if words[0] in ("half", "a"):
        words = ["one", *(word for word in words[1:] if word != "a")]
    made = english(words, numbers)
    if made is None or (_runs_on(text, end) and not _is_unit(text, end)):
        rest = _GLUED.match(text, end)
        kind: Kind = "broken" if text.startswith("-fold", end) else "gap"  # ten-fold
        return _add(tokens, kind, None, at, rest.end() if rest else end)
    value, power = made[0] / 2 if half else made[0], made[1]
    if (more := _AND_A_HALF.match(text, end)) and power == 0:  # one and a half percentage points
        value, power = value + Decimal("0.5"), SIZED[more[1]][1] if more[1] else 0
        end = more.end()
    return _add(tokens, "number", Number(value, 1, power, "word"), at, end)


def _is_unit(text: str, at: int) -> bool:
    """Return True if a unit or a time is joined to a number in words: the one-trillion-yuan mark."""
    word = _UNKNOWN_WORD.match(text, at + 1) if text[at] == "-" else None
    entry = lexicon().words.get(word[0].partition("-")[0]) if word else None
    return entry is not None and entry.kind in ("unit", "time")


def _unknown(text: str, at: int, tokens: list[Token], unknown: re.Pattern[str]) -> int:
    here = text[at]
    if here in CHINESE_NUMERALS or here == "半":
        return _chinese(text, at, tokens)
    if here == DRESSING:
        return at + 1
    if here == "[" and (match := _FOOTNOTE.match(text, at)):
        return _add(tokens, "gap", None, at, match.end())
    if here == "翻" and (match := _FOLDS.match(text, at)):  # 翻两番 is 4 times, 翻三番 8 times
        folds = chinese(match[1]) or (0, 0)
        return _add(tokens, "whole", Decimal(2 ** int(folds[0])), at, match.end())
    near = tokens and tokens[-1][0] in _BEFORE_A_NAME
    if near and (match := _QUOTED.match(text, at)):
        named = [(*each[:2], at, match.end()) for each in scan(match[1])[:-3]]
        if all(each[0] in _NAMED and each[1] != kinds.ADD for each in named):
            tokens += named
            return match.end()
    pattern = _UNKNOWN_WORD if "a" <= here <= "z" else unknown
    match = pattern.match(text, at)
    return _add(tokens, "gap", None, at, match.end() if match else at + 1)


def _goes_on(text: str, at: int) -> bool:
    """Return True if a word that ends here is part of a longer one, or its end starts another."""
    if text[at - 1] <= "z":
        return _runs_on(text, at)
    border: Entry | None = lexicon().words.get(text[at - 1 : at + 1])
    return border is not None and border.kind == "bound"  # 增长至少 is 增长 and 至少, not 增长至


def _runs_on(text: str, at: int) -> bool:
    """Return True if a Latin word continues here: ``over`` is no word in ``overall``."""
    after = text[at : at + 1]
    if not after or not text[at - 1].isalnum():
        return False
    if after in "-'_":  # over-all and over_5, but not over_ and over-5
        following = text[at + 1 : at + 2]
        return "a" <= following <= "z" or (after == "_" and following.isdecimal())
    return "a" <= after <= "z" or "0" <= after <= "9"


def _add(tokens: list[Token], kind: Kind, value: Any, start: int, end: int) -> int:
    tokens.append((kind, value, start, end))
    return end


def _odd(text: str, start: int, tokens: list[Token]) -> int:
    """Scan a number with separators or other characters next to it, an ordinal or a fraction."""
    run = _ARABIC.match(text, start)[0]  # type: ignore[index]
    end, cut = start + len(run), _is_cut(text, start, run)
    run = run.replace(" ", ",")
    if text[end : end + 1] in _MIXED and run.isdecimal():  # 3½
        run, end = f"{run}.{_MIXED[text[end]]}", end + 1
    value, after = arabic(run), text[end : end + 1]
    if value is None or cut or re.match(f"[{_POWERS}]", after):
        return _add(tokens, "broken", None, start, end)
    tail = _TAIL.match(text, end)
    if tail and (tail[2] or tail[3]):
        return _compound(text, start, run.replace(",", "") + tail[2], tail, tokens)
    size = _SIZE.match(text, end)
    if size:
        number = Number(value, *SIZED[size[size.lastindex or 1]])
        return _add(tokens, "number", number, start, size.end())
    divisor = _DIVISOR.match(text, end)
    if divisor and run.isdecimal() and 0 < value < int(divisor[1]):
        part = Number(share(value, Decimal(divisor[1])), style="share")
        return _add(tokens, "number", part, start, divisor.end())
    if "a" <= after <= "z" or after == "_":
        return _glued(text, start, end, value, tokens)
    style: Style = "year" if _is_year(run) else "digits"
    return _add(tokens, "number", Number(value, style=style), start, end)


def _compound(text: str, start: int, run: str, match: re.Match[str], tokens: list[Token]) -> int:
    """Scan numerals that go on after digits or 多: ``1亿2000万``, ``30多万亿``."""
    more, end, digits = match[match.re.groups], match.end(), run[0].isdecimal()
    made = chinese(run.replace("个", "") + (more or ""))
    vague = run[0] in _SIZES and text[start - 1 : start] in _VAGUE and start > 0
    before: Entry | None = lexicon().words.get(text[start - 2 : start])
    vague = vague and (before is None or before.kind != "bound")  # but 迈上十万
    vague = vague or (made is None and _TWO_DIGITS.match(run) is not None)
    more_digits = _REST.match(text, end)
    if made is None or vague or more_digits or text.startswith("分之", end):
        end = more_digits.end() if more_digits else end
        return _add(tokens, "broken" if vague or digits else "gap", None, start, end)
    bare = all(numeral in "百千万亿" for numeral in run)
    style: Style = "digits" if digits else "word"
    number = Number(made[0], 1, made[1], style, more=bool(more), bare=bare)
    return _add(tokens, "number", number, start, end)


def _is_cut(text: str, start: int, run: str) -> bool:
    """Return True if the digits are the rest of something else: ``.5``, ``_000``, ``007``."""
    before = text[start - 1] if start else ""
    cut = before == "_" or (before == "." and not text[start - 2 : start - 1].isalpha())
    if behind := _CUT_BEHIND.match(text, start + len(run)):
        cut = cut or not (behind[0].startswith((". ", "。")) and ("." in run or _is_year(run)))
    if before and before in " .,·•●・。" and not _STARTS.match(text, start):
        cut = cut or _CUT_BEFORE.fullmatch(text, max(start - _LONGEST_RUN, 0), start) is not None
    cut = cut or _CUT_CHINESE.match(text, start + len(run)) is not None
    cut = cut or (start > 0 and _CUT_CHINESE.match(text, start - 1) is not None)
    return cut or (len(run) > 1 and run[0] == "0" and run[1] != ".")


def _glued(text: str, start: int, end: int, value: Decimal, tokens: list[Token]) -> int:
    """Scan digits with letters after them: ``3.2percent`` and ``14th``, but not ``5G``."""
    words, ordinal = lexicon().words, _ORDINAL.match(text, end)
    whole, word = _GLUED.match(text, start), _UNKNOWN_WORD.match(text, end)
    if ordinal and text[start:end].isdigit():
        return _add(tokens, "nth", Decimal(text[start:end]), start, ordinal.end())
    percent = word is not None and word[0] == "pc" and "." in text[start:end]  # 500pc are pieces
    if word and (percent or word[0] == "x"):  # 2.8pc, 1.5x
        _add(tokens, "number", Number(value), start, end)
        return _add(tokens, "unit", PER_CENT if percent else TIMES, end, word.end())
    entry = words.get(word[0]) if word else None
    if word and word[0] in ("k", "m") and _is_size(text, end + 1, tokens):
        number = Number(value, 1, 3 if word[0] == "k" else 6)
        return _add(tokens, "number", number, start, end + 1)
    if entry and entry.kind in ("unit", "time"):
        return _add(tokens, "number", Number(value), start, end)
    stop = whole.end() if whole else end
    return _add(tokens, "gap" if text[start:stop] in words else "broken", None, start, stop)


def _is_size(text: str, at: int, tokens: list[Token]) -> bool:
    """Return True if m is million, and not metres: before what is counted, or after a currency."""
    known, following = lexicon().words, _TWO_WORDS.match(text, at)
    named = [known[word][:2] for word in following.groups() if word in known] if following else []
    return any(
        kind == "unit" and (unit.takes in ("thing", "people") or unit.unit in ("CNY", "USD"))
        for kind, unit in (*named, *(token[:2] for token in tokens[-1:]))
    )


def _chinese(text: str, start: int, tokens: list[Token]) -> int:
    """Scan Chinese numerals; ``三分之一``, ``百分之五`` and ``三成半`` are shares."""
    if match := _SHARE.match(text, start):
        return _share(chinese_share(match[0]), start, match, tokens)
    if match := _TENTHS.match(text, start):
        tens, ones = (chinese_share(f"百分之{each.replace('半', '五')}") for each in match.groups())
        return _share(tens and ones and 10 * tens + ones, start, match, tokens)
    if match := _HALF_POINTS.match(text, start):  # 半个百分点, 一个半百分点
        halves = (chinese(match[1] or "〇") or (Decimal(0), 0))[0] + Decimal("0.5")
        return _add(tokens, "number", Number(halves, style="word"), start, match.end())
    match = _NUMERALS.match(text, start)
    end = match.end() if match else start + 1
    cut = _CUT_CHINESE.match(text, end) or (start and _CUT_CHINESE.match(text, start - 1))
    if match is None or cut:
        return _add(tokens, "gap", None, start, end)
    if text.startswith("年", match.end(1)) and len(match[1]) == 4:  # 二〇二五年
        return _add(tokens, "time", None, start, match.end(1) + 1)
    return _compound(text, start, match[1], match, tokens)


def _share(value: Decimal | None, start: int, match: re.Match[str], tokens: list[Token]) -> int:
    """Add a share; for 百分之五, 5 and a per cent sign of no width."""
    if value is None:
        return _add(tokens, "broken", None, start, match.end())
    in_hundredths = match[0][0] in "百千万" or "成" in match[0]
    style: Style = "digits" if in_hundredths else "share"
    end = _add(tokens, "number", Number(value, style=style), start, match.end())
    return _add(tokens, "unit", PER_CENT, end, end) if in_hundredths else end
