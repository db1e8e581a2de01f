"""One spelling for what is printed in several.

A closed table, one character for one character, instead of NFKC: NFKC makes ``10²`` into 102 and
``½`` into ``1⁄2``. What is not in the table stays as it is, and is refused later.
"""

from __future__ import annotations

import re

from ..errors import ArgumentTypeError, FigureError, brief
from .simplified import SIMPLIFIED

# In the place of marks around words and between cells: it is skipped, but no figure extends across it.
DRESSING = "¦"
Spelled = tuple[str, list[int] | None]

# Control characters, and those that turn or hide text: what a person sees is then not what is read.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2060-\u206f\ufff9-\uffff]"
)

_SAME = {
    " ": "\n\x0b\x0c\r\u00a0\u2002\u2003\u2009\u200a\u200b\u202f\u3000\ufeff",
    "-": "‐‑‒–−",
    "~": "〜∼∽",
    "—": "―",  # 5%—6% is a range, and —5% is no minus sign
    "%": "﹪",
    "'": "’",
    "¥": "￥",
    "≥": "≧⩾",
    "≤": "≦⩽",
    "〇": "○◯",
    DRESSING: "\t",  # between cells
}
_TABLE = {ord(other): one for one, others in _SAME.items() for other in others}
_TABLE |= SIMPLIFIED
# The full-width forms of ASCII, but not of the comma: ，separates clauses.
_TABLE |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code != 0xFF0C}
# One case: A-Z, plain and full-width.
_TABLE |= {start + index: chr(97 + index) for start in (0x41, 0xFF21) for index in range(26)}


# Among full-width digits it separates thousands, as do spaces that do not break: １，２５６; １２，３ is no number.
_THOUSANDS = re.compile(
    "[０-９]+(?:，[０-９]+)+"
    r"|(?<![0-9.,])(?<![0-9][\u2009\u202f\u00a0])[1-9][0-9]{0,2}([\u2009\u202f\u00a0])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])"
)
# 叁拾亿 is 三十亿; one such character alone is a part of a word, as in 部队伍 or 大陆.
_CAPITALS = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟零亿万]{2,}")
_CAPITAL_NUMBER = re.compile("[壹贰叁肆伍陆柒捌玖][拾佰仟亿万]")
_SMALL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")

# A character as HTML writes it: &nbsp; &#8805; and, if it was written twice, &amp;ge;
_ENTITY = re.compile(
    "&(?:amp;)*((#(?:[0-9]{1,99}|[xX][0-9a-fA-F]{1,99})|[A-Za-z][A-Za-z0-9]{0,39});)"
)
_NO_CHARACTER = "\ufffd"  # is in no word, so that a number next to it is refused

# What Markdown dresses words with: **bold**, _italics_. Of a table in pipes, only a single row is
# read: the words above a column may say what its numbers are.
_DRESSED = re.compile(
    r"(?<![0-9A-Za-z.,*_])(\*{1,3}|_{1,3})(?![\s*_])([^*_\n]{0,200}[^*_\s])\1(?![0-9A-Za-z*_]|[.,][0-9])"
)

# Most expressions contain none of these: one search is enough.
_ODD = re.compile(
    "[&*_|壹贰叁肆伍陆柒捌玖"
    + re.escape("".join(map(chr, _TABLE)).replace("-", ""))
    + _FORBIDDEN.pattern[1:]
)


def spelled(text: str, most: int) -> Spelled:
    """Return the text in one spelling and, if it is shorter, where each character and the end are.

    Raises
    ------
    FigureError
        If it is longer than `most` characters or contains a control character.
    """
    if not isinstance(text, str):
        raise ArgumentTypeError(parameter="text", value=brief(text), expected="text")
    if len(text) > most or _ODD.search(text):
        check_spelling(text, most)
    elif "  " not in text:
        return text, None
    text, positions = _unescaped(text) if "&" in text else (text, None)
    text = _DRESSED.sub(lambda match: f"{(mark := DRESSING * len(match[1]))}{match[2]}{mark}", text)
    text = text if "\n" in text.strip() else text.replace("|", DRESSING)
    text = _THOUSANDS.sub(lambda match: match[0].replace(match[1] or "，", ","), text)
    clean = _CAPITALS.sub(_small, text.translate(_TABLE))
    return _narrowed(clean, positions) if "  " in clean else (clean, positions)


def _small(match: re.Match[str]) -> str:
    run = match[0]
    return run.translate(_SMALL) if _CAPITAL_NUMBER.search(run) else run


def check_spelling(text: str, most: int) -> None:
    """Raise an error if the text is longer than `most` or contains a control character."""
    if not isinstance(text, str):
        raise ArgumentTypeError(parameter="text", value=brief(text), expected="text")
    if len(text) > most:
        raise FigureError(text=text, position=most, expected=f"at most {most} characters")
    control = _FORBIDDEN.search(text)
    if control:
        raise FigureError(
            text=text, position=control.start(), expected="text without control characters"
        )


def _unescaped(text: str) -> Spelled:
    """Replace each entity of HTML by its character."""
    from html import unescape  # only if needed: a table of 2,231 names
    from html.entities import html5

    parts: list[str] = []
    positions: list[int] = []
    end = 0
    for match in _ENTITY.finditer(text):
        reference, name = match.groups()
        if reference not in html5 and name[0] != "#":  # R&D; is none
            continue
        character = unescape(f"&{reference}")
        if len(character) != 1 or _FORBIDDEN.match(character):
            character = _NO_CHARACTER
        parts += (text[end : match.start()], character)
        positions += range(end, match.start() + 1)
        end = match.end()
    if not parts:
        return text, None
    return "".join([*parts, text[end:]]), [*positions, *range(end, len(text) + 1)]


def _narrowed(text: str, positions: list[int] | None) -> Spelled:
    """Replace runs of blanks by one, so that a phrase may contain a line break."""
    kept = [at for at, here in enumerate(text) if here != " " or text[at - 1 : at] != " "]
    places = positions or range(len(text) + 1)
    return "".join([text[at] for at in kept]), [places[at] for at in (*kept, len(text))]
