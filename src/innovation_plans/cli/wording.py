"""Texts of the library in the words of the command line: options instead of keywords of Python."""

from __future__ import annotations

import re

# Keywords whose option has another name.
_OPTIONS = {"edition": "--data", "kinds": "--kind"}
_KEYWORDS = (
    "as_of|breakdown|edition|end_year|factor|form|indicator|kinds?|lang|measure|overwrite|pace|period|"
    "proxies|region|scope|since|tiers|tolerance|unit|vintage|within|year"
)
_CALL = r"(?:ip\.)?(?:where|load|as_of|editions|filter)\([^()]*\)"
_VALUE = r"""'([^']*)'|"([^"]*)"|(True)|([0-9]+)|…"""
_CHANGES = [
    # what the library offers a caller of Python and of the command line
    (re.compile(rf"{_CALL}(?:, {_CALL})? or (?:the command )?(?=--|editions\b)"), ""),
    (re.compile(r"plans\.(?=(?:regions|indicators) lists them)"), "innovation-plans "),
    (re.compile(r"; load\(path, format=…\) reads others"), ""),
    (re.compile(r", or plans\.extend\(.*?\) for one table"), ""),
    (re.compile(r"see (?=editions\b)"), "see innovation-plans "),
    (re.compile(r"(?:\w+= and )?\S+ \(or (--[^)]+)\)"), r"\1"),
    (re.compile(r"(?<=, )or one table such as plans\.targets"), "or a file.xlsx or file.jsonl"),
    (re.compile(r", or filter\(lambda [^()]*\)"), ""),
    (re.compile(r"extend with on_conflict"), "check data that extend no other with --alone"),
    (re.compile(r"用on_conflict指定以哪条记录为准"), "用--alone检查独立的数据"),
    (
        re.compile(r'pass on_conflict="keep" or "replace"'),
        "use --data for data that extend no other",
    ),
    (
        re.compile(
            r"no (region|indicator) ('[^']*'); for several, pass a list: \['([^']*)', '([^']*)'.*\]"
        ),
        r"no \1 \2; commands for several take each by itself: --\1 \3 --\1 \4",
    ),
    (re.compile(r"plans\.units(?= lists|所列)"), "docs/reference/units.md"),
    (re.compile(rf"\b(?:where|load)\(((?:{_KEYWORDS})=[^()]*)\)"), r"\1"),
    (
        re.compile(r"no (growth|prices) \('([^']*)', '([^']*)'\)(.*): \(5, 9\)"),
        r"no \1 \2 \3\4: --\1 5 9",
    ),
    (re.compile(r"no as_of (?=')"), "no day "),
    (re.compile(r"self_reported=False"), "--statistics"),
    (re.compile(r"; multiply the right side by a quantity in \S+"), ""),
]
_KEYWORD = re.compile(rf"\b({_KEYWORDS})=(?:{_VALUE})?")


def in_options(text: str) -> str:
    """Return a text of the library with the options of commands for its keywords.

    Examples
    --------
    >>> in_options("no targets of CN-EAST itself; within='CN-EAST' has those of the regions in it")
    'no targets of CN-EAST itself; --within CN-EAST has those of the regions in it'
    >>> in_options("choose one with where(vintage=…), as_of(…) or --vintage")
    'choose one with --vintage'
    """
    for pattern, change in _CHANGES:
        text = pattern.sub(change, text)
    return _KEYWORD.sub(_option, text)


def option_name(keyword: str) -> str:
    """Return the option for a keyword of the library.

    Examples
    --------
    >>> option_name("end_year"), option_name("kinds")
    ('--end-year', '--kind')
    """
    return _OPTIONS.get(keyword, f"--{keyword.replace('_', '-')}")


def _option(match: re.Match[str]) -> str:
    keyword, single, double, _, number = match.groups()
    return f"{option_name(keyword)} {single or double or number or ''}".rstrip()
