"""What makes a number uncertain: each check raises :class:`Unreadable` with the reason."""

from __future__ import annotations

import re
import unicodedata

from ..codelists import GROWTH, Comparator, Form
from ..units.table import bundled_units
from . import kinds
from .behind import BEFORE_GROWTH, MODIFIERS
from .clause import CURRENCIES, FROM_ABOVE, MEASURES, RELATIVE, SIGNED, Clause, Unreadable
from .kinds import Kind
from .lexicon import EMPLOYED, PER_CENT, Entry, UnitWord, lexicon
from .numerals import Number
from .scanner import Token
from .settle import Settled, ratios
from .times import span_named

# Looking them up in their class takes longer than reading a unit.
_BETWEEN_TWO, _LEVEL = Comparator.BETWEEN, Form.LEVEL
_ANNUAL_GROWTH, _MULTIPLE = Form.ANNUAL_GROWTH, Form.MULTIPLE
WITHOUT_SIZE = frozenset({*SIGNED, "rank"})
# What may be directly before a number.
_BEFORE = frozenset([
    "bound", "within", "form", "per", "place", "fill", "from", "of", "noun", "stop", "break", "time",
    "join", "minus", "adjective", "basis", "not",
])  # fmt: skip
# What may be before +, which is then no sign; of a sign, too, if a blank is before it.
_STATED = frozenset({"number", "broken", "unit"})
_SUMMANDS = frozenset({"number", "unit", "noun", "gap", "broken", "doubt"})
# Words whose comparator or direction applies to a number: none may be left over behind a figure.
_APPLYING = frozenset(["bound", "within", "after", "not", "form", "minus", "doubt", "per"])
_FIGURES = frozenset({"number", "whole", "th", "top", "head", "nth"})
_COUNTED = frozenset({"number", "whole", "head", "nth"})
# What may be between a number and the word that names it.
_TIES, _IS = frozenset({"bound", "of"}), ("fill", kinds.IS)
_JOINTS = frozenset({"join", "stop"})
_CLASSES = frozenset({"enterprise", "item"})
DESCRIBED = frozenset({"enterprise", "item", "counted"})  # nouns that an amount may describe
_COUNTERS = frozenset({"thing", "people", "place"})
_NUMERIC = frozenset({"number", "nth", "th", "whole", "minus", "within"})
_AS_IN_A_YEAR = re.compile(
    "as (?:many|much|high|large)(?: [a-z&-]+){0,4}? as in (?:19|20)[0-9]{2}(?![0-9])"
)
_AN_AVERAGE = re.compile("(?:that )?(?:of )?(?:[a-z&'-]+ ){1,4}(?:average|mean|median)(?![a-z])")
_OR = re.compile("(?:或[^0-9,，。]{0,4}?|or (?:[a-z]+ )?)[0-9一二三四五六七八九十两]")
_END_OF_A_PLAN = re.compile('十[一二三四]五[”"]?(?:规划|时期|期间)?[期初]?[末初]期?$')
_OF_A_LEVEL = re.compile("of (?:the |its )?(?:19|20)[0-9]{2} (?:level|value|figure)s?(?![a-z])")
_NUMBER_OF_YEARS = re.compile("(?<![0-9]{3})[0-9一二三四五六七八九十两几]个?年(?!来|间|[,，])")
# Whether the bound itself is meant: 超过5%(含5%), 5%以上(不含5%), more than 5 percent (inclusive).
_INCLUDING = re.compile(
    r"(?:\([^()]{0,20}?|[,，]? ?)(?:不?(?:含|包括|包含)(?:本数|本级|[^()0-9]{0,9}(?:[0-9]|[一二三四五六七八九]成))|excluding [0-9]"
    "|(?:[0-9.]+ ?(?:percent|%) )?(?:not )?(?:in|ex)clu(?:sive|ded))"
)
# Half of one thing is no share: half a century. What may be before a time or a noun.
_OF_ONE = re.compile(
    "(?:(?:an?|one|two|three|four)[ -])?(?:half|thirds?|quarters?|fifths?|tenths?) (?:of )?an? "
)
# What a percentage is not directly behind if it is the level of a share, and what it may be.
_UNNAMED = frozenset({"noun", "unit", "adjective", "basis", "fill", "gap"})
_OF_A_BOUND = frozenset({"bound", "within", "not", "fill"})
_SHARING = frozenset({("noun", "measure"), _IS, ("fill", kinds.STRIVE)})
_IN_A_LIST: tuple[Kind, ...] = ("noun", "unit", "adjective", "gap", "bound", "form", "fill")
_LISTING = frozenset({"、", "和", "与", "及", "and"})
_LONGEST_LIST = 120  # tokens
_PARTS = (kinds.OF_A_GOAL, kinds.OF_A_PAST, kinds.OF_AN_AVERAGE)


def check_before(clause: Clause, at: int) -> None:
    """Raise if what is directly before the number is not understood."""
    token, tied = clause.touched, at - 1
    kind, joined, begin, end = token
    bounds = at - 1 == clause.end and kind in _TIES  # 4个过五千亿, half of one percent
    if bounds or (at == clause.end and kind not in {"stop", "join", "time", "fill", "noun"}):
        raise Unreadable(begin, "word_between")
    known = kind in _BEFORE or at == clause.time_end or _is_known_unit(clause, at - 1)
    known = known or (kind == "span" and clause.text_of(token).endswith("period"))  # plan period
    if kind == "gap" and clause.text[end - 1] == "”":  # “暖心驿站”113个
        unit, word, _, _ = clause.tokens[at + 1]
        known = unit == "unit" and word.takes in _COUNTERS
    applying = clause.flags or clause.bound or (clause.carried and clause.carried[0] & kinds.CHANGE)
    sign = clause.text[begin]
    closing = sign in ")）" and clause.word is None  # not after a unit in brackets
    bracket = kind == "break" and (closing or (sign in "(（" and applying))
    summands = _STATED if clause.is_sign(token, "+") else _SUMMANDS
    sums = sign == "+" and at > 1 and clause.tokens[at - 2][0] in summands
    own = clause.is_minus(token) or clause.is_sign(token, "~")
    dash = kind == "join" and joined in "-~" and not own
    if clause.text_of(token) == "or" and clause.tokens[at - 2][0] == "stop" and clause.figures:
        relative = clause.tokens[at + 1][1] == PER_CENT  # 4 billion yuan, or 2.9 percent of GDP
        known = relative and clause.figures[-1][0].unit not in SIGNED
    if kind == "gap" and unicodedata.category(sign) == "Sc":
        raise Unreadable(begin, "currency")
    while tied and (clause.tokens[tied][0] in _TIES or clause.tokens[tied][:2] == _IS):
        tied -= 1
    if clause.tokens[tied][0] == "gap":
        clause.touched = clause.tokens[tied]  # an uptick of 5 percent
        tie, (following, word, _, _) = clause.tokens[tied + 1], clause.tokens[at + 1]
        money = following == "unit" and word.unit in CURRENCIES
        # upward of 5,000 firms, the widening was 5 billion yuan
        known = known and clause.text_of(tie) != "of" and not (money and tie[:2] == _IS)
    if not known or bracket or sums or dash:
        raise Unreadable(begin, clause.without(token, "word_before"))


def _is_known_unit(clause: Clause, at: int) -> bool:
    """Return True for 人才 in 人才300名 and $ in $5, but not for 元 in 元500."""
    kind, word, start, end = clause.tokens[at]
    named = kind == "unit" and word.unit not in CURRENCIES | SIGNED and end - start > 1  # pp 112
    return named or (kind == "unit" and clause.word == word)


def check_figure(
    clause: Clause,
    stated: tuple[Number, int],
    here: int,
    word: UnitWord | None,
    settled: Settled,
) -> None:
    """Raise if what touches a number, its parts or its clause make its figure uncertain."""
    number, start = stated
    if clause.over is not None or number.power or number.times != 1 or clause.limit is _BETWEEN_TWO:
        _check_parts(clause, number, word, start)
    if number.style == "share" or word is PER_CENT:  # no sign of per cent is printed
        _check_whole(clause, start, here, word)
    if settled.form in GROWTH:
        _check_span(clause, here, number, settled.form)
    elif word is not None and word.unit in CURRENCIES and clause.hints[1] is None:
        _check_sum(clause, here, settled.form)
    if clause.place >= 0 or clause.against:
        _check_place(clause, word, start)
    if settled.form is _MULTIPLE and not clause.form_flags & kinds.CHANGE:
        _check_base(clause, start, here)
    kind, _, behind, _ = clause.tokens[here]
    if clause.limit is not None and kind != "end" and _INCLUDING.match(clause.text, behind):
        raise Unreadable(behind, "word_behind")
    if kind not in kinds.ENDS:
        _check_behind(clause, here)
    elif clause.tokens[here + 1][0] in kinds.OF_A_NUMBER:
        _check_cut(clause, here + 1)
    if clause.distant or (word is not None and word.takes):
        _check_meaning(clause, start, here, word, settled)
    if settled.unit == "percent" and settled.form is _LEVEL:
        _check_share(clause, here)


def _check_whole(clause: Clause, start: int, here: int, word: UnitWord | None) -> None:
    """Raise for half a dozen, half a day and one third of the year, which are no shares of many."""
    tokens, behind = clause.tokens, here
    while clause.text_of(tokens[behind]) in {"the", "this", "that", "of", "的"}:
        behind += 1
    kind, value, _, _ = tokens[behind]
    year = behind > here and kind == "number" and value.style == "year"  # half of 2024
    counts = word is not None and word.unit not in RELATIVE  # 一半天数
    timely = kind in ("time", "span") or clause.text_of(tokens[behind]) == "time"
    if counts or year or timely or _OF_ONE.match(clause.text, start):
        raise Unreadable(start, "word_behind")


def _check_behind(clause: Clause, here: int) -> None:
    """Raise if what is directly behind the figure is not understood, or still applies to it."""
    word, text = clause.word, clause.text
    kind, _, start, end = clause.tokens[here]
    if kind == "join":
        _check_joined(clause, here)
    if clause.from_ and clause.leads(here) and not clause.led_to(here):
        raise Unreadable(start, "change_or_range")  # 由5%提高到研发强度8%
    if kind == "bound" and clause.tokens[here - 1][0] == "per":  # per 10,000 people over 60
        raise Unreadable(start, "word_behind")
    if text[start:end] in ("+", "时"):  # 达到5%时
        raise Unreadable(start, "word_behind")
    if word is not None and word.unit in RELATIVE and not clause.form_flags & kinds.CHANGE:
        fills = {said for _, said, _, _ in clause.tokens[here : clause.skip(here, "fill")]}
        if kinds.FULFIL in fills or (word.unit == "multiple" and kinds.REFERENCE in fills):
            raise Unreadable(start, kinds.OF_A_GOAL)  # 98% fulfilled, 1.2 times the target
        wide = " " in text[start:end] or clause.tokens[here + 1][0] != "fill"  # as large as in 2015
        part = kinds.PART in fills and wide
        if part and word.unit == "percent":
            raise Unreadable(start, kinds.OTHER_TIME)  # half as large, half that of the nation
    alike = word is not None and word.takes == "times" and text.startswith("as ", start)
    if alike and not _AS_IN_A_YEAR.match(text, start):
        raise Unreadable(start, kinds.OTHER_TIME)  # five times as many as in Beijing
    if _OF_A_LEVEL.match(text, start):  # 60 percent of 2015 levels
        raise Unreadable(start, kinds.OTHER_TIME)
    of_it = text[start:end] == "的"
    here += text[start:end] in BEFORE_GROWTH
    _check_next(clause, here)
    check_attribute(clause, here)
    kind, noun, _, _ = clause.tokens[clause.skip(here, "adjective")]
    counted = clause.text_of(clause.tokens[here]) in ("有", "共有", "为")  # 超过千亿元的有12个
    of_it = of_it and (kind in kinds.ENDS or noun in DESCRIBED or counted)
    grows = clause.form_flags & kinds.CHANGE and noun in DESCRIBED  # 增长低于5%的企业
    if of_it and (clause.distant or grows or clause.said & kinds.SHARE):
        raise Unreadable(start, "attribute")  # 强度达到3%的企业
    check_rest(clause, here)


def _check_joined(clause: Clause, here: int) -> None:
    """Raise if what is joined to the figure is not known, or another end of a range."""
    (_, word, start, _), (kind, _, _, _) = clause.tokens[here : here + 2]
    if word != "and" and kind in kinds.UNKNOWN:
        raise Unreadable(start, "number_after")
    if word == "and":
        _check_second(clause, here)
    cut = kind == "number" and not clause.from_ and clause.tokens[here + 2][0] in kinds.UNKNOWN
    signed = clause.text_of(clause.tokens[here + 1]) in ("+", "-")  # +3% to +5%
    last, number, _, _ = clause.tokens[here - 1]
    sized = last == "unit" or (last == "number" and number.power)
    other = kind == "form" or (kind == "unit" and not (clause.from_ and sized))
    if word in {"to", "-", "~"} and (cut or signed or other):  # 增长3%至增长5%, $5 to $6 billion
        raise Unreadable(start, "range")
    if kind in ("number", "unit") and clause.from_ and not clause.form_flags & kinds.CHANGE:
        raise Unreadable(start, "change_or_range")  # from 5 to 8 firms


def _check_second(clause: Clause, here: int) -> None:
    """Raise for 5% and 6% growth: only the second number has the form of both."""
    number, unit, behind = clause.tokens[here + 1 : here + 4]
    if clause.text_of(behind) == "的":
        behind = clause.tokens[here + 4]
    flags = lexicon().compared.get(clause.text_of(behind), 0)
    if behind[0] == "form":
        flags = behind[1] & (kinds.CHANGE | kinds.YEARLY | kinds.MEAN)
    alike = number[0] == "number" and unit[:2] == ("unit", clause.word)
    if (
        alike
        and clause.word is not None
        and clause.word.unit in SIGNED
        and flags & ~clause.form_flags
    ):
        raise Unreadable(number[2], "form")


def _check_next(clause: Clause, here: int) -> None:
    """Raise if the next word is not known, or part of the number."""
    word, tokens = clause.word, clause.tokens
    kind, unit, start, end = tokens[here]
    if (kind, unit) == ("fill", kinds.WHICH) and not clause.is_active(here):
        raise Unreadable(start, "attribute")  # 300 firms with sales of over 5 billion yuan
    if clause.is_or(here):
        _check_second(clause, here)
        return
    if clause.is_until(here) and (tokens[here][0] == "gap" or clause.form_flags & kinds.CHANGE):
        return
    named = kind in _SUMMANDS or kind == "adjective"
    if tokens[here - 1][0] == "per" and named and start > tokens[here - 1][3]:
        raise Unreadable(start, "near_denominator")  # per 1,000 employed women
    if kind in kinds.UNKNOWN or kind == "unit" or (kind == "break" and word is None):
        single = kind == "unit" and end - start == 1 and unit.unit in CURRENCIES
        behind = clause.text_of(tokens[here])
        purpose = behind == "on" and tokens[here + 1][0] == "adjective"
        purpose = purpose or behind in ("for", "用于")
        money = word and word.unit in CURRENCIES and not clause.form_flags & kinds.CHANGE
        money = money or tokens[here - 1][0] == "basis"  # 3 percent of GDP on R&D
        # passed the 3 percent threshold; an average annual rate of 5 percent over the past decade
        marked = behind in ("threshold", "门槛", "关口") and clause.bound is not None
        mean = kind == "span" and clause.form_flags & (kinds.MEAN | kinds.SUM)
        if marked or mean or (purpose and money):  # 5 billion yuan for science, 5亿元用于科技
            return
        if single or kind not in ("gap", "unit") or not _is_counted(clause, here):
            raise Unreadable(start, "word_behind")
    elif word is None and (tokens[here + 1][0] in kinds.OF_A_NUMBER or _is_cut(clause, here)):
        raise Unreadable(start, "near_unit")
    elif kind in _NUMERIC:
        raise Unreadable(start, "word_between")
    elif word is None and (kind == "noun" or (kind in MODIFIERS and not clause.hints[0])):
        raise Unreadable(start, "unit")


def _is_cut(clause: Clause, here: int) -> bool:
    """Return True behind a number without a unit if it is part of 1 in 20 or 1000列."""
    (kind, _, start, _), (following, number, _, _) = clause.tokens[here : here + 2]
    touching = kind == "place" and clause.tokens[here - 1][3] == start
    if clause.text_of(clause.tokens[here]) == "in" and following in kinds.UNKNOWN:
        return clause.hints[0] is None  # 1 in some 20 firms
    counts = clause.tokens[here + 2][0] == "unit"  # 1 in 2000 firms
    joined = following == "number" and kind != "join"
    return touching or (joined and (counts or number.style != "year"))


def _is_counted(clause: Clause, here: int) -> bool:
    """Return True if a noun that is not known may follow: 3个国家实验室, 300 enterprises joined."""
    token, word = clause.tokens[here], clause.word
    if word is None or word.takes not in _COUNTERS:
        return False
    last = clause.text[clause.tokens[here - 1][3] - 1]
    if last.isascii():
        verb = clause.tokens[clause.skip(here, "gap", "unit")][0]  # 300 firms reportedly were added
        return (last == "s" or word.unit == "person") and verb != "form"
    following = clause.text[token[2] : token[2] + 2]
    if following[:1] == "半" and following != "半导":  # 两个半世纪, but 两个半导体项目
        return False
    return len(following) > 1 and (
        following[0] == "“" or all("一" <= character <= "龥" for character in following)
    )


def check_rest(clause: Clause, here: int) -> None:
    """Raise if a word behind the figure that may apply to it applies to no other number."""
    tokens, applying, left, before = clause.tokens, _APPLYING, -1, False
    while (kind := tokens[here][0]) not in kinds.ENDS:
        year = kind == "number" and tokens[here][1].style == "year"
        if kind in _FIGURES and not (year and tokens[here + 1][0] != "unit"):
            break
        behind = kind in ("bound", "gap") and clause.text_of(tokens[here]) in lexicon().behind
        applies = behind or _applies(tokens[here], applying)
        other = kind == "gap" and _OR.match(clause.text, tokens[here][2]) is not None  # 2个某或3个
        other = other and not clause.is_or(here)
        if left < 0 and (applies or other) and not clause.is_until(here):
            left, before = tokens[here][2], kind == "after" or other  # 100人某以下(含100人)
        if kind == "gap":
            applying = kinds.OF_A_FIGURE
        here += 1
    if left >= 0 and (before or kind in kinds.ENDS):
        raise Unreadable(left, "number_after")


def _check_meaning(
    clause: Clause, start: int, here: int, word: UnitWord | None, settled: Settled
) -> None:
    """Raise if the unit or the direction of a number in running text is not certain."""
    if word is None and clause.distant and clause.hints[0] is None:
        raise Unreadable(start, "unit")
    points = settled.unit == "percentage_point" and clause.distant
    if points and not clause.form_flags & kinds.CHANGE:
        raise Unreadable(start, "direction")
    money = word is not None and word.unit in CURRENCIES and clause.hints[0] is None
    if money and clause.noun == EMPLOYED.unit and clause.over is None:  # 劳动生产率15万元
        raise Unreadable(start, "near_denominator")
    if word is not None and word.takes == "visit" and clause.hints[0] is None:
        raise Unreadable(start, "visits")
    if word is not None and word.takes == "people" and clause.noun == "person_year":
        raise Unreadable(start, "counted")  # 全时当量5.6万人
    far = clause.over is not None and clause.over is clause.per and clause.gapped
    if far and settled.unit not in RELATIVE:
        fits = (clause.hints[2] or bundled_units()).fits
        if not any(fits(settled.unit or "item", ratio) for ratio in ratios()):
            raise Unreadable(start, "near_denominator")
    if word is not None and clause.hints[0] is None and word.takes == "thing":
        _check_counted(clause, here, word)


def _check_share(clause: Clause, here: int) -> None:
    """Raise for 企业授权5%, and for 投资达到6% behind growth: no word says that it is a share."""
    if clause.said & kinds.SHARE or clause.form_flags & kinds.LEVEL or any(clause.hints[:2]):
        return
    kind, said, start, _ = clause.touched
    bound = said if kind == "bound" else clause.bound
    if bound not in (None, Comparator.REACH):  # 工资约7%, as 工资7%
        at = clause.unit_at
        while clause.tokens[at][2] > start or clause.tokens[at][0] in _OF_A_BOUND:
            at -= 1
        kind, said, start, _ = clause.tokens[at]
    unnamed = kind in _UNNAMED and (kind, said) not in _SHARING
    if kind != "place" and not (unnamed or clause.grown):
        return
    behind = clause.tokens[clause.unit_at : here + 1]
    of_it = any(each[0] == "of" or clause.text_of(each) == "的" for each in behind)
    if kind == "place" or not of_it:
        raise Unreadable(start, "share_or_growth")


def _check_base(clause: Clause, start: int, here: int) -> None:
    """Raise for 全国的1.2倍 and 1.2 times that of the nation: only of another time is it a multiple."""
    tokens, at = clause.tokens, clause.unit_at - 2
    if other := clause.text_of(tokens[at]) == "的":
        while tokens[at][0] == "fill" and tokens[at][1] != kinds.PAST:
            at -= 1
        other = tokens[at][0] in {"place", "gap", "noun"}
        other = other and not _END_OF_A_PLAN.search(clause.text[: tokens[at][3]][-12:])
    if other or is_of_another(clause, here):
        raise Unreadable(start, kinds.OTHER_TIME)
    kind, said, begin, _ = clause.touched
    verb = kind in ("noun", "unit", "gap") or (kind == "fill" and said != kinds.IS)
    english = clause.word is not None and clause.word.takes == "times"
    if english and verb and tokens[here][1] not in (kinds.PART, kinds.IS):
        raise Unreadable(begin, clause.without(clause.touched, "word_before"))  # held 3 times


def is_of_another(clause: Clause, here: int) -> bool:
    """Return True behind a multiple for "the national average" and "that of Hunan", not of 2020."""
    tokens = clause.tokens
    if clause.text_of(tokens[here]) in ("that", "those"):
        years = [value.style for kind, value, _, _ in tokens[here : here + 6] if kind == "number"]
        return years[:1] != ["year"]
    average = _AN_AVERAGE.match(clause.text, tokens[here][2])
    return average is not None or tokens[here][:2] == ("fill", kinds.REFERENCE)


def check_attribute(clause: Clause, here: int) -> None:
    """Raise for 5亿元以上项目2个, 新增产值超200亿元的县2个 and 每年70%财政支出: it belongs to the noun."""
    start, word = clause.tokens[here][2], clause.word
    kind, noun, _, _ = clause.tokens[clause.skip(here, "adjective")]
    if kind != "noun" or (word is not None and word.takes in _COUNTERS):
        return
    added = clause.distant and (clause.form_flags | clause.far) & (kinds.ADD | kinds.SUM)
    money = word is not None and word.unit in CURRENCIES
    described = money and (clause.limit is not clause.bound or noun in DESCRIBED)
    yearly = clause.form_flags & kinds.YEARLY and not clause.form_flags & kinds.CHANGE
    if added or described or yearly:
        alone = money and not yearly and clause.limit not in FROM_ABOVE  # 未引进超5亿元项目20个
        alone = alone and not _follows_a_change(clause)
        raise Unreadable(start, "attribute", alone=bool(alone))


def _follows_a_change(clause: Clause) -> bool:
    """Return True for the second number of 新增企业3家、超5亿元企业2家, which may be a change, too."""
    if not clause.figures or (clause.form_flags | clause.far) & kinds.CHANGED:
        return False
    figure, start, _, _ = clause.figures[-1]
    return figure.form is not _LEVEL and start >= clause.tokens[clause.sentence][2]


def _check_counted(clause: Clause, here: int, word: UnitWord) -> None:
    """Raise if 家, 户 or 件 counts something else than enterprises or patents."""
    text = clause.text_of(clause.tokens[clause.unit_at])
    if word.unit == "item" or text < "z":  # none for a unit that a list hands on
        return
    noun, end = counted_noun(clause, here), clause.skip(here, "noun")
    known = noun in (None, word.unit)
    if len(text) > 1:  # 20家企业, but not 20家企业孵化器
        known = end == here or noun == word.unit or noun not in DESCRIBED
    if not known:
        raise Unreadable(clause.tokens[clause.unit_at][2], "counted")


def counted_noun(clause: Clause, here: int) -> str | None:
    """Return what 家 counts: the noun behind it, or the last one before it; "" if it is not known."""
    if clause.tokens[here][0] == "end":
        return clause.noun
    start = clause.skip(here, "place", "adjective", "fill", "after")  # 2家全国重点实验室
    end = clause.skip(start, "noun")
    head = clause.skip(start, "noun", "adjective", "gap")  # 7家跨境资金集中运营中心
    classes = {word for kind, word, _, _ in clause.tokens[start:head] if kind == "noun"}
    last, following = clause.tokens[head - 1 : head + 1]
    if last[0] == "noun" and following[0] in kinds.ENDS and len(classes & _CLASSES) == 1:
        end = head
    if end == start:
        return "" if clause.tokens[start][0] in ("gap", "unit") else clause.noun
    noun: str = clause.tokens[end - 1][1]
    between = clause.tokens[here:start]
    verb = any(each[0] == "fill" and clause.text_of(each) != "的" for each in between)
    return "" if verb and noun != clause.noun else noun


def _check_cut(clause: Clause, here: int) -> None:
    """Raise if punctuation separates the number from what belongs to it: 增长30.4，%."""
    kind, _, start, end = clause.tokens[here]
    if kind == "after" and end - start == 1:  # 增长5%，多项指标
        return
    of_a_clause = kind == "per" and clause.text[start] > "z"  # 6万件，每万人口15件
    cut = kinds.OF_A_NUMBER if clause.word is None else kinds.OF_A_FIGURE
    if kind in cut and not of_a_clause:
        raise Unreadable(start, "word_behind")


def _check_parts(clause: Clause, number: Number, word: UnitWord | None, start: int) -> None:
    """Raise if comparator, number and unit do not make a figure."""
    if word is None and clause.over is not None and clause.hints[0] is None:
        raise Unreadable(start, "unit")
    if clause.limit is _BETWEEN_TWO:
        raise Unreadable(start, "between")
    if word is not None and word.unit in WITHOUT_SIZE and (number.power or number.times != 1):
        raise Unreadable(start, "no_magnitude")


def _check_place(clause: Clause, word: UnitWord | None, start: int) -> None:
    """Raise for 居全国5, which may be a rank; for 比全国低5%, no change; and for 目标的80%."""
    plain = clause.limit in (None, Comparator.REACH)
    if clause.place >= 0 and word is None and plain and not clause.hints[0]:
        raise Unreadable(start, "ranking")
    applies = bool(clause.form_flags & kinds.CHANGE) is not (clause.against in _PARTS)
    units = SIGNED if clause.against == kinds.OF_A_PAST else RELATIVE
    if clause.against and applies and word is not None and word.unit in units:
        raise Unreadable(start, clause.against)


def _applies(token: Token, applying: frozenset[str]) -> bool:
    """Return True if a word is of these kinds, or would be directly before a number."""
    kind, value, _, _ = token
    if kind == "gap" and isinstance(value, Entry):
        kind, value = value.kind, value.value
    return kind in applying and not (
        kind == "form" and not value & ~(kinds.COMPARED | kinds.YEARLY)
    )


def check_respective(clause: Clause, at: int, here: int) -> None:
    """Raise for 企业和收入分别达350家、420亿元: which number belongs to which noun is not certain."""
    tokens, first, last = clause.tokens, clause.respective, clause.respective
    if first < 0 and tokens[here][0] == "end":
        return
    start, behind = tokens[at][2], clause.text_of(tokens[here + (tokens[here][0] == "stop")])
    if behind == "respectively" and tokens[at - 1][0] != "join":  # firms and sales rose 5 percent
        raise Unreadable(start, "each_noun")
    if first < 0:
        if clause.text_of(tokens[here]) in _LISTING:
            _check_pairs(clause, at, here)
        return
    while first and last - first < _LONGEST_LIST and _is_listed(clause, first - 1):
        first -= 1
    while last - first < _LONGEST_LIST and _is_listed(clause, last):
        last += 1
    if last - first >= _LONGEST_LIST:
        raise Unreadable(start, "respectively")
    nouns = {
        tokens[at][1]
        for at in range(first, clause.respective)
        if tokens[at][0] == "noun" and tokens[at][1] not in MEASURES and tokens[at + 1][0] != "noun"
    }
    numbers = [at for at in range(first, last) if tokens[at][0] in _COUNTED]
    behind_it = sum(at > clause.respective for at in numbers)
    joints = sum(tokens[at][0] in _JOINTS for at in range(first, clause.respective))
    if first < clause.respective and (behind_it == 1 or 0 < joints < behind_it - 1):
        raise Unreadable(start, "each_noun")  # 企业、医院分别达350家
    joined = [at for at in numbers if at == numbers[0] or tokens[at - 1][0] in _JOINTS]
    following = [tokens[clause.skip(at + 1, "after")] for at in joined]
    units = {value.unit for kind, value, _, _ in following if kind == "unit"}
    counts = clause.word is not None and clause.word.takes == "thing"
    if (len(units) > 1 and units != {"multiple", "percent"}) or (counts and len(nouns) > 1):
        raise Unreadable(start, "respectively")


def _check_pairs(clause: Clause, at: int, here: int) -> None:
    """Raise for 企业、平台达500家、100个: each number is of one noun."""
    number, unit = clause.tokens[here + 1 : here + 3]
    joint = clause.skip(at - 1, *_IN_A_LIST, step=-1)
    word = clause.text_of(clause.tokens[joint])
    listed = joint != clause.end and word in _LISTING and clause.tokens[joint - 1][0] in _IN_A_LIST
    if listed and number[0] == "number" and unit[0] == "unit" and unit[1].takes == "thing":
        raise Unreadable(clause.tokens[at][2], "each_noun")


def _is_listed(clause: Clause, at: int) -> bool:
    """Return True if a token does not end a list."""
    token = clause.tokens[at]
    return token[0] not in kinds.ENDS or clause.text_of(token) == "、"


def _check_span(clause: Clause, here: int, number: Number, form: Form | None) -> None:
    """Raise for 五年增长38% and 减少一半, in each year or over several, and for 占比提高2%, or 2 points."""
    (_, _, begin, end), (following, _, _, _) = clause.tokens[here : here + 2]
    one = clause.text[begin:end] in lexicon().years["one"] and following in kinds.ENDS
    compared = one or clause.form_flags & kinds.COMPARED
    span = span_named(clause, here) or (number.style == "share" and kinds.OVER_YEARS)
    of_it = clause.tokens[clause.unit_at + 1][0] == "of"  # a target of 2 percent of GDP
    if (clause.said & kinds.SHARE or of_it) and clause.hints[1] is None:
        raise Unreadable(clause.tokens[here - 1][2], "share_growth")
    unsure = form is _ANNUAL_GROWTH and (span == kinds.IN_A_PART or not compared)
    if span and clause.hints[1] is None and unsure:
        raise Unreadable(clause.tokens[here - 1][2], span)


def _check_sum(clause: Clause, here: int, form: Form | None) -> None:
    """Raise for 一季度投入30亿元, no sum of a year, and 三年研发投入300亿元, which may be of each."""
    span, noun = span_named(clause, here), clause.text_of(clause.touched)
    sums = bool(clause.said & (kinds.FLOW | kinds.FULFIL)) or noun.endswith("投入")
    if clause.leads(here) or clause.leads(clause.end):  # 五年来，投入从5亿元增加到8亿元
        begin, end = clause.tokens[clause.sentence][2], clause.touched[2]
        sums = sums and bool(_NUMBER_OF_YEARS.search(clause.text, begin, end))  # 三年投入
    if span == kinds.IN_A_PART or (span == kinds.OVER_YEARS and sums and form is _LEVEL):
        raise Unreadable(clause.tokens[here - 1][2], span)
