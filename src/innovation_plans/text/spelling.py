"""One spelling for what is printed in several.

A closed table, one character for one character, instead of NFKC: NFKC makes ``10²`` into 102 and
``½`` into ``1⁄2``. What is not in the table stays as it is, and is refused later.
"""

from __future__ import annotations

import re

from ..errors import FigureError

__all__ = ["Spelled", "check_spelling", "spelled"]

Spelled = tuple[str, list[int] | None]

# Control characters, and those that turn or hide text: what a person sees is then not what is read.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2060-\u206f\ufff9-\uffff]"
)

_SAME = {
    " ": "\t\n\x0b\x0c\r\u00a0\u2002\u2003\u2009\u200a\u200b\u202f\u3000\ufeff",
    "-": "‐‑‒–−",
    "~": "〜∼∽—―",  # 5%—6% is a range, and —5% is no minus sign
    "%": "﹪",
    "'": "’",
    "¥": "￥",
    "≥": "≧⩾",
    "≤": "≦⩽",
    # Traditional and Japanese shapes of the characters that figure expressions are made of
    "万": "萬",
    "亿": "億",
    "达": "達",
    "过": "過",
    "个": "個箇",
    "项": "項",
    "约": "約",
    "于": "於",
    "长": "長",
    "户": "戶戸",
    "内": "內",
    "两": "兩",
    "余": "餘",
    "点": "點",
    "发": "發",
    "专": "專",
    "总": "總",
    "数": "數",
    "计": "計",
    "实": "實",
    "现": "現",
    "稳": "穩",
    "进": "進",
    "会": "會",
    "国": "國",
    "扩": "擴",
    "减": "減",
    "继": "繼",
    "续": "續",
    "预": "預",
    "争": "爭",
    "应": "應",
    "间": "間",
    "为": "為爲",
    "从": "從",
    "较": "較",
    "员": "員",
    "业": "業",
    "动": "動",
    "劳": "勞",
    "每": "毎",
    "后": "後",
}
_TABLE = {ord(other): one for one, others in _SAME.items() for other in others}
# The full-width forms of ASCII, but not of the comma: ，separates clauses, never thousands.
_TABLE |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}
# One case: A-Z, plain and full-width.
_TABLE |= {start + index: chr(97 + index) for start in (0x41, 0xFF21) for index in range(26)}


# 叁拾亿 is 三十亿; one such character alone is a part of a word, as in 部队伍 or 大陆.
_CAPITALS = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟零亿万]{2,}")
_CAPITAL_NUMBER = re.compile("[壹贰叁肆伍陆柒捌玖][拾佰仟亿万]")
_SMALL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")

# Most expressions contain none of these: one search is enough.
_ODD = re.compile(
    "[壹贰叁肆伍陆柒捌玖"
    + re.escape("".join(map(chr, _TABLE)).replace("-", ""))
    + _FORBIDDEN.pattern[1:]
)


def spelled(text: str, most: int) -> Spelled:
    """Return the text in one spelling and, if it is shorter, the position of each character.

    Raises
    ------
    FigureError
        If it is longer than `most` characters or contains a control character.
    """
    if not isinstance(text, str):
        raise FigureError(text=f"{text!r:.60}", position=0, expected="text")
    if len(text) > most or _ODD.search(text):
        check_spelling(text, most)
    elif "  " not in text:
        return text, None
    clean = _CAPITALS.sub(_small, text.translate(_TABLE))
    return _narrowed(clean) if "  " in clean else (clean, None)


def _small(match: re.Match[str]) -> str:
    run = match[0]
    return run.translate(_SMALL) if _CAPITAL_NUMBER.search(run) else run


def check_spelling(text: str, most: int) -> None:
    """Raise an error if the text is longer than `most` or contains a control character."""
    if not isinstance(text, str):
        raise FigureError(text=f"{text!r:.60}", position=0, expected="text")
    if len(text) > most:
        raise FigureError(text=text, position=most, expected=f"at most {most} characters")
    control = _FORBIDDEN.search(text)
    if control:
        raise FigureError(
            text=text, position=control.start(), expected="text without control characters"
        )


def _narrowed(text: str) -> Spelled:
    """Replace runs of blanks by one, so that a phrase may contain a line break."""
    positions = [at for at, here in enumerate(text) if here != " " or text[at - 1 : at] != " "]
    return "".join([text[at] for at in positions]), positions
