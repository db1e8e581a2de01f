"""The words before a number, noted from left to right until it, or until its clause ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import get_args

from ..codelists import Comparator
from . import kinds
from .figure import Figure
from .kinds import Kind
from .lexicon import EMPLOYED, PER_CENT, PERSON, RANK, SHARES, TIMES, Entry, Per, UnitWord, lexicon
from .messages import Message
from .scanner import Token
from .settle import Hints
from .spelling import DRESSING

REACH = Comparator.REACH  # looking it up in the class takes longer than reading a unit
# The comparator that two on one number make; every other pair is an error.
_TOGETHER = {
    frozenset({Comparator.AT_LEAST, Comparator.ABOVE}): Comparator.ABOVE,
    frozenset({Comparator.AT_MOST, Comparator.BELOW}): Comparator.BELOW,
}
_NEGATED = {
    Comparator.REACH: Comparator.BELOW,
    Comparator.ABOVE: Comparator.AT_MOST,
    Comparator.BELOW: Comparator.AT_LEAST,
}
_MOVING = {(kinds.FALL, Comparator.BELOW), (kinds.RAISE, Comparator.ABOVE)}
_SIDED = frozenset(Comparator) - {Comparator.REACH}
SIGNED = frozenset({"percent", "percent_per_year", "percentage_point"})
RELATIVE = frozenset({*SIGNED, "multiple"})
CURRENCIES = frozenset({"CNY", "USD"})
_WORKING = frozenset({EMPLOYED.unit, "person_year"})
MEASURES = frozenset({"measure", "share"})  # nouns for what is measured about things
_TIMES = frozenset({"time", "span", "number"})
# What ends an item of a list, or gives it a form of its own.
_OWN_FORM = frozenset({"form", "time", "stop", "end", "whole", "head", "th", "top"})
_LEVELS = (("bound", Comparator.REACH), ("bound", Comparator.ABOVE), ("form", kinds.LEVEL))
_OF_IT = re.compile("占|or [0-9.]+(?:%| percent) of (?:its |the )?gdp")
_IS_RATE = re.compile("(?:预计|已|也|均|仅|约)*(?:为|是|达到?)(?:约|近)?[0-9.]+%(?!的)")
_NEUTRAL = (None, kinds.IS, kinds.FLOW)
_BEFORE_YEARS = frozenset({"gap", "than", "bound"})
_SUBJECTS = frozenset({"noun", "number", "stop", "end"})
_BEFORE_A_GOAL = frozenset({"fill", "gap", "join", "time"})
_COMPARED = (("fill", kinds.PAST), ("fill", kinds.REFERENCE))  # what a number is compared with
_OF_A_YEAR = frozenset({"fill", "time"})
REFUSED = kinds.CHANGE & ~kinds.FALL  # what a refused number may be behind no word for it
_OF_THE_RATIO = re.compile(
    "(?:同比|[比较](?:上年|去年|20[0-9]{2}年)[末底]?)(?:增加|提高|提升|上升|减少|下降|降低|多)了?[0-9.]+"
)
_BOTH = kinds.RAISE | kinds.FALL
_STARTING = 4  # tokens
_SIGNS = frozenset({"minus", "join"})
_NUMERIC = frozenset({"number", "th", "top", "whole"})
_OF_THE_NUMBER = frozenset({"bound", "within", "not", "from", "time", "span", "fill"})
_NEEDS_A_NUMBER = frozenset({"bound", "within", "not", "form", "minus"})
# The year of which a fall of 能耗 is that of one year: plans end in years of 0 or 5.
_YEAR_BEFORE = re.compile(
    "(?<![到至末底、和-])(?:今年|去年|上年|全年|20[0-9][1-46-9]年)[,，]?(?:[全我][国省市])?(?:(?:单位|万元)(?:gdp|[一-龥]{2,6}))?$"
    "|(?<!by )(?:this year|last year|in 20[0-9][1-46-9]), (?:[a-z]+'s )?(?:(?:the|its|total) )*(?:energy consumption )?$"
)
_YEAR_BEHIND = re.compile(
    "(?:(?!percent|%)(?:[^;.]|[.][0-9])){0,60}(?:percent|%) (?:this year|last year|in 20[0-9][1-46-9])(?![0-9'])"
)
_A_CHANGE = re.compile(
    "(?<![a-z])(?:rise|fall|drop|decline|(?:in|de)crease|reduction|gain|cut) (?:in|of) "
)
# What a rule limits: overheads may not exceed; and words of a forecast.
_RULED = re.compile(
    "(?<![a-z])(?:overheads?|(?:indirect|administrative) (?:costs?|expenses)|management fees?|grants?"
    "|subsid(?:y|ies)|allowances?|registered capital)(?: (?!and |but )[a-z]+){0,3} $"
)
_FORECAST = re.compile("grow|year|20[0-9]{2}|forecast|expect|analyst|economist|quarter|month")
_NEARBY = 80  # characters
_COMPUTED = re.compile("计算[的,，]*$")  # before a denominator
# Between the two bounds of one figure: at least 6 percent, but no more than 8 percent.
_AND_AT_MOST = re.compile("[,，、]? ?(?:and |but |且|并|并且|但|但是)|[,，、] ?|")
_FROM_BELOW = frozenset({Comparator.AT_LEAST, Comparator.ABOVE})
_OPEN_ENDED = frozenset({"stop", "end", "fill", "break"})
FROM_ABOVE = frozenset({Comparator.AT_MOST, Comparator.BELOW})
_ABBREVIATED = 3  # letters: c. and max. may say something about the number behind
_AFTER_ABBREVIATION = frozenset({"number", "broken", "unit", "minus", "join", "bound"})
_SAYING = frozenset({kinds.AMONG, kinds.FULFIL, kinds.REFERENCE, kinds.SHARE, kinds.FLOW})
_ALTERNATIVES = frozenset({"或", "或者", "乃至", "甚至", "or", "even"})
_FULFILLED = kinds.FULFIL | kinds.REFERENCE
# Comparators that say behind a verb where the number is then: fell below 5 percent is no fall of 5.
_POSITIONS = frozenset({"below", "beneath", "short of", "above", "beyond", "under"})
# What a percentage may be of; not 超过目标的30%.
_WHOLES = frozenset({"adjective", "noun", "unit", "basis"})
# What ends "with" and its nouns, and what begins a clause about them.
_FINITE = frozenset({"has", "have", "had", "is", "are", "was", "were", "will"})
_RELATIVES = frozenset({"that", "which", "who", "whose", "where", "whom"})
_UP_DOWN, _POINTS = frozenset({"up", "down"}), (UnitWord("percentage_point"), RANK)
_STATED = frozenset({"number", "bound"})
_AGAINST = {"limit": kinds.FROM_A_LIMIT, "average": kinds.OTHER_TIME}

# What a figure hands on to the next number of a list: flags, comparator and unit.
_Carried = tuple[int, Comparator | None, UnitWord | None] | None
# A figure, where it begins and ends, and whether more than a bare number says that it is one.
FoundFigure = tuple[Figure, int, int, bool]


class Unreadable(Exception):  # noqa: N818 - internal; readers raise FigureError
    """A number that cannot be read as one figure.

    `reason` is a key of the messages ``[unread]``, or a message that has values. With `alone`, the
    number describes the noun behind it, and the other numbers of its clause are read.
    """

    def __init__(self, position: int, reason: str, *, alone: bool = False) -> None:
        super().__init__(reason)
        self.position = position
        self.reason = reason
        self.alone = alone


class Clause:
    """What the words of a clause say about its next number, and what makes that uncertain."""

    __slots__ = (
        "added", "against", "bound", "carried", "distant", "doubt", "end", "far", "figures", "flags", "form_flags", "from_",
        "gapped", "grown", "hanging", "hints", "lasting", "limit", "minus", "negated", "noun", "of_it", "open", "over", "per", "place",
        "problem", "refused", "respective", "said", "sentence", "skipped", "spanless", "spans", "start", "symbol", "text", "time_end",
        "tokens", "told", "touched", "unit_at", "within", "word", "year",
    )  # fmt: skip

    # What is read at a number: its comparator, flags and denominator, the token of its unit, and
    # the one before it.
    limit: Comparator | None
    form_flags: int
    over: Per | None
    unit_at: int
    touched: Token

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        hints: Hints,
        *,
        lasting: str = "",
        hanging: bool = False,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.hints = hints
        self.figures: list[FoundFigure] = []
        self.refused: list[tuple[int, int, str, int]] = []  # start, end, reason, its position
        self.skipped: list[tuple[int, int, str]] = []  # a number that is no figure: 第3个
        self.problem: tuple[int, str] | None = None  # the first unknown word, for strict readers
        self.noun: str | None = None  # what the last noun counts; "" for an unknown word
        self.gapped = False  # an unknown word followed the denominator
        self.sentence = 0  # where it begins, as the index of a token
        self.end = self.time_end = -1  # of the last figure or time, as the index of a token
        # a number of this sentence is new, and no other word for a form followed
        self.added = False
        self.grown = False  # the last percentage of this sentence is growth
        self.respective = -1  # the last 分别 of the list, as the index of a token
        self.carried: _Carried = None
        self.over = None
        self.year = Decimal(0)  # the last one that is named
        # several years, or a part of one, are named in the sentence, or open the section: 五年来
        self.spans = self.lasting = lasting
        self.spanless = 0  # up to this token, no span of growth is named behind the last number
        self.told: tuple[int, str] | None = None  # hearsay, which makes its sentence uncertain
        # the clause before ended without the number that its last words need: 年均增长, 约
        self.hanging = hanging
        self.clear()
        if hanging:
            self.check_hanging(0, 0)

    def clear(self) -> None:
        """Clear all notes, after a figure and at the end of a clause."""
        self.far = self.flags = 0
        self.per: Per | None = None
        self.bound: Comparator | None = None
        self.doubt = self.told
        self.start = self.open = self.place = -1
        self.symbol = self.from_ = self.within = self.negated = self.minus = self.distant = False
        self.of_it: tuple[int, Comparator] | None = None  # where the comparator of a share is
        self.against, self.said = "", 0  # what a percentage is not; what fillers say
        self.word: UnitWord | None = None

    def close(self, end: int) -> None:
        """Clear the notes behind a figure, but keep what a list hands on to its next number."""
        self.carried = (self.form_flags | self.far, self.limit, self.word)
        self.note_added(self.carried[0])
        if self.word is not None and self.word.unit in SIGNED:
            self.grown = self.figures[-1][0].unit == "percent_per_year"
        self.end, per, from_ = end, self.per, self.from_
        falls = self.form_flags & kinds.DROP and kinds.DROP | kinds.FALL
        said = self.form_flags
        if self.word is not None and self.word.unit == "percentage_point" and self.leads(end):
            from_, said = True, said | self.far  # 增速提高0.5个百分点至6%
        rate = said & (kinds.RATE | kinds.MEAN | falls)
        self.clear()
        if from_:
            self.far = rate  # 增速由10%降为8%
        if from_ and self.leads(end):
            self.per = per  # 人均收入从3万元增长到4万元
        elif per is not None and not self.changes_again(end):
            self.doubt = (self.tokens[end][2], "near_denominator")

    def leads(self, here: int) -> bool:
        """Return True for 提高到 and to, behind the first number of 由5%提高到8%."""
        kind, word, _, _ = self.tokens[here]
        return word == "to" if kind == "join" else kind == "form" and bool(word & kinds.LEVEL)

    def led_to(self, here: int) -> int:
        """Return the index of the second number of 由5%提高到2025年的8%, or 0."""
        here = self.skip(here + 1, "bound", "within", "fill")
        if self.is_time(here):
            here = self.skip(here + 1, "time", "bound", "within", "fill")
        here += self.text_of(self.tokens[here]) in lexicon().prefixes  # from $4 to $5 billion
        return here if self.tokens[here][0] == "number" else 0

    def changes_again(self, here: int) -> bool:
        """Return True if this figure and the next one are in per cent: 每万人专利分别增长5%、6%."""
        while (kind := self.tokens[here][0]) != "end" and (kind != "number" or self.is_time(here)):
            here += 1
        unit = self.tokens[here + 1]
        relative = unit[0] == "unit" and unit[1].unit in SIGNED
        return self.figures[-1][0].unit in SIGNED and (kind == "end" or relative)

    def note_added(self, flags: int) -> None:
        """Note 新增, so that a count that follows without such a word is uncertain."""
        self.added |= bool(flags & kinds.ADD) and not flags & kinds.RENEW

    def clear_near(self, position: int) -> None:
        """Clear the notes that apply to an adjacent number only."""
        if self.bound in _SIDED or self.within or self.negated or self.minus:
            self.mark_doubt(position, "near_comparator")
        self.far, self.flags = self.far | self.flags, 0
        self.bound = self.word = None
        self.symbol = self.within = self.negated = self.minus = False
        self.start = self.open = self.place = -1
        self.from_ = False
        self.distant = True

    def skip(self, here: int, *skipped: Kind, step: int = 1) -> int:
        """Return the index of the next token of another kind; of the one before if `step` is -1."""
        while self.tokens[here][0] in skipped:
            here += step
        return here

    def mark_doubt(self, position: int, reason: str) -> None:
        """Keep the first reason why the next number is uncertain."""
        self.doubt = self.doubt or (position, reason)

    def mark_problem(self, position: int, reason: str) -> None:
        """Keep the first problem."""
        self.problem = self.problem or (position, reason)

    def without(self, token: Token, reason: str = "without") -> Message:
        """Return the reason that names a word which makes a number uncertain."""
        return Message(f"unread.{reason}", word=self.text_of(token))

    def begin(self, start: int) -> None:
        """Start the span of the figure here, if it has not started."""
        if self.start < 0:
            self.start = start

    def note_bound(self, token: Token, at: int) -> None:
        """Note 超过, at least, ≥, and what a negation before it makes of it."""
        _, comparator, start, _ = token
        if (self.figures and self.is_until(at)) or self.note_goal(at + 1):  # 3 points over 2020
            return
        before = self.tokens[at - 1]
        even = before[0] == "gap" and self.text_of(before) in _ALTERNATIVES  # 接近甚至超过3%
        if even or (
            self.text[start] == "最" and self.tokens[at + 1][1] in (kinds.IS, REACH)
        ):  # 最低为3%
            self.mark_doubt(start, "near_comparator")
        word = self.text_of(token)
        compares = word.endswith("于") and word[0] != "不" and not self.negated  # 收入高于支出的20%
        if self.negated:
            comparator, self.negated = _NEGATED.get(comparator), False
            if comparator is None:
                self.mark_doubt(start, "negated")
                return
        if not compares and self.is_of_it(at):
            self.of_it, self.said = (at, comparator), self.said | kinds.SHARE
            if self.tokens[at + 1][0] == "basis":  # 不低于GDP的2.75%
                self.tokens[at + 1] = ("fill", None, *self.tokens[at + 1][2:])
            return
        try:
            self.bound = both(self.bound, comparator, start)
        except Unreadable as error:
            self.mark_doubt(error.position, error.reason)
        following = self.tokens[at + 1 : at + 3]
        if following[0][0] in _OF_A_YEAR and any(each[:2] in _COMPARED for each in following):
            self.said |= kinds.FULFIL  # 达到年度目标103%
            if comparator is not REACH:
                self.mark_doubt(start, "near_comparator")  # 低于上年0.1个百分点
        if (self.flags | self.far) & kinds.CHANGE and word in _POSITIONS:
            self.note_position(at)
        if word.startswith("to "):  # raise it to above 3 percent
            self.note_join(("join", "to", *token[2:]), at)
        self.symbol = self.text[start] in "<>≤≥"
        self.begin(start)

    def is_of_it(self, at: int) -> bool:
        """Return True if a noun and its percentage follow the comparator: 不高于直接费用的30%."""
        here = at + 1
        while self.tokens[here][0] in _WHOLES and self.tokens[here][1] != "average":
            here += 1
        of_, number, unit = self.tokens[here : here + 3] if here > at + 1 else self.tokens[-3:]
        return self.text_of(of_) == "的" and number[0] == "number" and unit[1] in SHARES

    def note_goal(self, here: int) -> bool:
        """Return True if "the target of" follows a comparator: it is a goal of growth behind growth."""
        while self.tokens[here][0] == "form" or self.tokens[here][:2] == ("fill", kinds.IS):
            here += 1
        goal, of_ = self.tokens[here : here + 2]
        is_goal = goal[:2] == _COMPARED[1] and "of" in (self.text_of(goal)[-2:], self.text_of(of_))
        self.flags |= is_goal and self.grown and kinds.GROW | kinds.RATE
        return is_goal

    def closing(self, here: int) -> int:
        """Return the index of the upper number of 5%以上8%以下, or 0; raise for 高于5%且低于8%."""
        if self.limit not in _FROM_BELOW or self.respective >= 0:
            return 0
        at = upper = self.skip(here, "stop", "join", "gap")
        negated = self.tokens[at][0] == "not"
        kind, bound, _, _ = self.tokens[at + negated]
        if kind == "bound":
            bound, upper = _NEGATED.get(bound) if negated else bound, at + negated + 1
        else:
            kind, bound, _, _ = self.tokens[at + 2]
        number, unit = self.tokens[upper : upper + 2]
        if number[0] != "number" or kind not in ("bound", "after") or bound not in FROM_ABOVE:
            return 0
        joint = _AND_AT_MOST.match(self.text, self.tokens[here - 1][3])
        joins = joint is not None and joint.end() == self.tokens[at][2]
        alike = unit[:2] == ("unit", self.word) or (self.word is None and number[1].power == 0)
        alike = alike or (
            unit[0] in _OPEN_ENDED and number[1].style != "year"
        )  # 100 firms, but no more than 200
        if not (joins and alike):
            return 0
        if Comparator.ABOVE is self.limit or Comparator.BELOW is bound:
            self.tokens[here] = ("gap", None, *self.tokens[here][2:])  # both numbers are refused
            raise Unreadable(number[2], "open_range")
        return upper

    def note_position(self, at: int) -> None:
        """Note below after "fell": the number is a level; "decline" may be a noun, too."""
        before, verb = (self.tokens[at - 2] if at > 1 else self.tokens[-1]), self.tokens[at - 1]
        if verb[0] != "form" or not verb[1] & kinds.CHANGE:
            if self.far & kinds.RAISE:  # has increased, far from what is above it
                self.mark_doubt(self.tokens[at][2], "near_form")
            return
        word, moved = self.text_of(verb), self.text_of(verb) in _UP_DOWN
        noun = f"{word}s" in lexicon().words or word.endswith(("s", " of"))  # increases above 5%
        noun = noun or verb[1] & kinds.RATE
        unsure = before[0] in kinds.NAMES if noun else verb[1] & kinds.GROW  # exports decline below
        unsure = unsure or (moved and self.tokens[at + 2][1] not in _POINTS)
        if unsure or self.text_of(self.tokens[at]) == "under":  # fell under 5%
            self.mark_doubt(verb[2], "near_comparator")
        elif not (noun or moved) or self.text_of(before) == "will":
            self.flags |= kinds.LEVEL

    def note_within(self, token: Token, _: int) -> None:
        """Note 控制在."""
        self.within = True
        self.begin(token[2])

    def note_not(self, token: Token, _: int) -> None:
        """Note 不得, not."""
        if self.negated:
            self.mark_doubt(token[2], "one_negation")
        self.negated = True
        self.begin(token[2])

    def note_minus(self, token: Token, _: int) -> None:
        """Note 负, minus."""
        if self.minus:
            self.mark_doubt(token[2], "one_sign")
        self.minus = True
        self.begin(token[2])

    def note_time(self, token: Token, at: int) -> None:
        """Doubt the number if a negation is before a word that is no comparator, such as 年."""
        if self.negated:
            self.mark_doubt(token[2], "negation")
        if self.is_month(at):
            self.name_span(at, token[1])

    def is_month(self, at: int) -> bool:
        """Return True for "in March", but not for "on March 5"."""
        before, token, after = self.tokens[at - 1], *self.tokens[at : at + 2]
        day = any(kind == "number" and each.style != "year" for kind, each, _, _ in (before, after))
        return token[0] == "time" and token[1] == kinds.IN_A_PART and not day

    def note_form(self, token: Token, at: int) -> None:
        """Note 年均增长, add, up."""
        verb, bound = token[1] & kinds.CHANGE, self.tokens[at + 1][1]
        if self.negated and (verb, bound) in _MOVING:  # will not decline below 3 percent
            return
        self.note_time(token, at)
        if self.bound in (Comparator.ABOVE, Comparator.BELOW):  # 高于增速5个百分点
            self.mark_doubt(token[2], "near_comparator")
        if self.tokens[at - 1][0] == "gap" and self.text_of(token) in _UP_DOWN:  # opened up
            self.mark_doubt(token[2], "before_up")
        if self.end == at and self.carried and self.carried[0] & kinds.SUM:
            self.mark_doubt(token[2], "form")  # 累计惠及企业2000家增长四成
        if token[1] & self.flags & kinds.FALL:
            self.mark_doubt(token[2], "one_fall")
        led = [said for _, said, _, _ in self.tokens[at + 1 : at + 3]] == [kinds.REFERENCE, "to"]
        if token[1] & kinds.GROW and self.flags & (kinds.FALL | kinds.LEVEL) and not led:
            self.mark_doubt(token[2], "one_direction")  # 下调增长5%的目标, 调整为增长5%
        if token[1] & kinds.MEAN and token[1] & (kinds.GROW | kinds.YEARLY):
            self.name_span(self.sentence)  # other growth of the section is over these years, too
        pace = self.flags & kinds.CHANGE and not self.flags & (kinds.RATE | kinds.DROP)
        of_a_goal = self.said & kinds.REFERENCE and self.carried and self.carried[0] & kinds.GROW
        if token[1] == kinds.LEVEL and (of_a_goal or (pace and not self.from_)):
            self.mark_doubt(token[2], "near_form")  # 出口增长放缓到3%, 增长6%的目标调整为5%
        renewed = self.tokens[at - 1 - (self.tokens[at - 1][0] == "join")][1] == kinds.RENEW
        if token[1] & kinds.ADD and renewed:  # 改扩建和新建
            self.far |= kinds.RENEW
        self.flags |= token[1]
        self.begin(token[2])

    def note_fill(self, token: Token, at: int) -> None:
        """Note 新建改造, which is not all new, 分别, 全年, and a target that is fulfilled."""
        of_a_past = self.tokens[at - 1][:2] == _COMPARED[0] and self.text_of(token) == "的"
        if self.is_sign(token, "+") and self.tokens[at + 2][0] == "unit":
            self.flags |= kinds.RAISE
            self.begin(token[2])
            if self.tokens[at - 1][0] == "join":  # +3% to +5%
                self.mark_doubt(token[2], "range")
        elif token[1] == kinds.RENEW:
            self.far |= (self.flags | self.far) & kinds.ADD and kinds.RENEW
        elif token[1] == kinds.RESPECTIVE:
            self.respective = at
        elif token[1] == kinds.YEAR and self.spans == kinds.IN_A_PART:
            self.spans = ""
        elif token[1] == kinds.WHICH and not self.is_active(at):
            self.mark_doubt(token[2], self.without(token))
        elif self.text_of(token) == "的" and self.tokens[at - 1][1] == "average":
            self.against = kinds.OF_AN_AVERAGE  # 平均水平的90%
        elif of_a_past and self.tokens[at + 1][0] in _STATED:
            self.against = kinds.OF_A_PAST  # 上年的90%
        elif token[1] in _SAYING:
            self.note_saying(token, at)

    def note_saying(self, token: Token, at: int) -> None:
        """Note 占比, 完成 and 目标: a percentage of a target is no level, and a goal has a form."""
        self.said |= token[1]
        before, (of_, number) = self.tokens[at - 1], self.tokens[at + 1 : at + 3]
        compared, of_it = token[1] == kinds.REFERENCE, self.text_of(of_) == "的"
        grows = compared and before[0] == "form" and before[1] & kinds.GROW
        moved = self.flags & kinds.CHANGE and not (grows or self.flags & kinds.RATE)
        if compared and moved and self.text[token[2]] <= "z":  # dropped the target of 3 percent
            self.mark_doubt(token[2], "near_form")
        of_it = compared and ((of_it and number[0] in _STATED) or before[0] == "of")
        if compared and before[:2] == ("form", kinds.COMPARED):  # 比上年目标低0.5个百分点
            self.against = kinds.OTHER_TIME
        if of_it or self.said & _FULFILLED == _FULFILLED:
            self.against = kinds.OF_A_GOAL  # 目标的103%, 完成目标103%
            if self.flags & kinds.GROW:  # 增长目标的90%
                self.mark_doubt(token[2], kinds.OF_A_GOAL)
        elif grows and (of_[0] in ("from", "form") or of_[1] == "to"):  # 增长目标由6%下调至5%
            self.flags |= kinds.RATE

    def is_active(self, at: int) -> bool:
        """Return True if "with" describes nothing by a number: firms with R&D activities rose."""
        here = self.skip(at + 1, "adjective")
        (kind, word, _, _), verb = self.tokens[here : here + 2]
        thing = word == "item" or (kind == "unit" and word.takes == "thing")
        finite = verb[0] in ("form", "bound") and not self.text_of(verb).endswith("ing")
        kind, word, _, _ = self.tokens[at - 1]
        counted = word == "counted" or (kind == "unit" and word.takes in ("thing", "people"))
        return (thing and finite) or not counted or self.ends_before_a_verb(at)

    def ends_before_a_verb(self, here: int) -> bool:
        """Return True for "with" in "households with piped gas have reached 60 percent"."""
        if self.text_of(self.tokens[here]) != "with":
            return False
        while (kind := self.tokens[here][0]) not in (
            *kinds.ENDS,
            "number",
            "whole",
            "nth",
            "broken",
        ):
            first = self.text_of(self.tokens[here]).partition(" ")[0]
            if first in _RELATIVES:
                return False
            if kind in ("fill", "not") and first in _FINITE:
                return True
            here += 1
        return False

    def note_per(self, token: Token, at: int) -> None:
        """Note 每万人, which may be far before its number."""
        kind, noun = self.tokens[at - 1][:2]
        if self.per is not None:
            self.mark_doubt(token[2], "one_denominator")
        if _COMPUTED.search(self.text, max(token[2] - 9, 0), token[2]):  # 按研究人员计算的人均经费
            self.mark_doubt(token[2], "near_denominator")
        self.per, self.gapped = token[1], False
        resident = (kind, noun) == ("noun", "inhabitant")
        whose = kind in kinds.NAMES and not resident and self.text[token[2]] > "z"
        if whose and token[1].people and not token[1].every:  # 研发人员人均经费
            named = kind == "noun" or (kind == "unit" and noun.takes == "people")
            self.per, self.gapped = PERSON, not named
        self.begin(token[2])

    def note_than(self, _: Token, at: int) -> None:
        """Note 比, 较: 低5% behind it is no change, unless it is compared with another time."""
        past = False
        for kind, value in [each[:2] for each in self.tokens[at + 1 : at + 9]]:
            changes = kind == "form" and value & kinds.CHANGE
            if (changes and not past) or (kind, value) == ("fill", kinds.REFERENCE):
                self.against = kinds.OTHER_TIME  # 比2025年目标高5个百分点, too
            if changes or kind in kinds.ENDS:
                return
            past = past or kind in _TIMES or (kind, value) == ("fill", kinds.PAST)

    def note_span(self, token: Token, at: int) -> None:
        """Note 十四五, decade, 春节期间: growth in it is over several years, or in a part of one."""
        if not (self.from_ and self.text_of(self.tokens[at + 1]) == "的"):  # 由“十三五”末的5家
            self.note_gap(token, at)
        self.name_span(at, self.span_at(token))

    def span_at(self, token: Token) -> str:
        """Return the span that a word names; 能耗 names none where a year is named that ends no plan."""
        if token[1] != kinds.OF_A_PLAN:
            return str(token[1])
        begin = max(self.tokens[self.sentence][2], token[2] - _NEARBY)
        before = _YEAR_BEFORE.search(self.text[begin : token[2]])
        one = before or _YEAR_BEHIND.match(self.text, token[3])
        return "" if one else kinds.OVER_YEARS

    def name_span(self, at: int, span: str = kinds.OVER_YEARS) -> None:
        """Note that several years are named; at the start of a sentence, for its whole section."""
        self.spans = span or self.spans
        if span == kinds.OVER_YEARS and 0 <= at - self.sentence < _STARTING:
            self.lasting = span

    def note_place(self, token: Token, _: int) -> None:
        """Note 全国, ranks: they belong to the figure if it is a rank."""
        if self.bound in _SIDED or self.negated:
            self.mark_doubt(token[2], "near_comparator")
        if self.place < 0:
            self.place = token[2]

    def note_from(self, token: Token, at: int) -> None:
        """Note 从: two numbers joined by 到 are then no range, and a change begins at a level."""
        self.from_ = True
        verb = self.tokens[at + 1]
        if verb[0] in ("bound", "form") and self.text_of(verb).endswith("ing"):
            self.mark_doubt(token[2], self.without(token))  # keep it from falling below 3 percent
        moved = self.flags & kinds.CHANGE and not self.flags & (kinds.RATE | kinds.DROP)
        unsure = self.text[token[2]] > "z" or self.flags & _BOTH == _BOTH
        far = self.text[token[2]] > "z" and not self.said & kinds.SHARE and self.flags | self.far
        far = far and (far & kinds.CHANGE == kinds.ADD or self.far & kinds.GROW)  # 新增由5家增到8家
        if far or (moved and (unsure or self.is_of_a_change(token[2]))):
            self.mark_doubt(token[2], "near_form")  # 下降从5%扩大到8%, the reduction rose from 5%
        if (self.flags | self.far) & kinds.CHANGE:
            self.flags |= (self.far & kinds.CHANGE & ~kinds.RATE) | kinds.LEVEL

    def is_of_a_change(self, end: int) -> bool:
        """Return True for "the drop in exports narrowed": the number behind it is no level."""
        begin = max(self.tokens[self.sentence][2], end - _NEARBY)
        return bool(self.far & kinds.CHANGE and _A_CHANGE.search(self.text, begin, end))

    def note_join(self, token: Token, at: int) -> None:
        """Note ``to`` after "increase", which leads to a level, and ``by``, which leads to a change."""
        word = token[1]
        if word == "by":
            self.note_by(token, at)
        elif word == "and":
            self.list_and(token, at)
        elif word == "to":
            moved = self.flags & kinds.CHANGE
            if not (self.flags | self.far) & (kinds.GROW | kinds.RATE):  # raise the share to 3%
                self.flags |= self.far & (kinds.RAISE | kinds.FALL)
            if self.end == at and self.carried:  # climbed two places to 11th
                self.flags |= self.carried[0] & (kinds.RAISE | kinds.FALL)
            if self.flags & kinds.CHANGE:
                self.flags |= kinds.LEVEL
                if moved and self.is_of_a_change(token[2]):
                    self.mark_doubt(token[2], "near_form")  # the drop in exports narrowed to 3%
            broken = any(kind == "broken" for kind, _, _, _ in self.tokens[max(at - 3, 0) : at])
            changes = self.carried and self.carried[0] & kinds.CHANGE
            changes = changes or self.tokens[at - 1][0] in ("whole", "nth")  # doubled to 5 percent
            if broken or (self.end == at and not changes):
                self.mark_doubt(token[2], "change_or_range")
        elif self.is_sign(token, "~"):
            self.note_bound(("bound", Comparator.ABOUT, *token[2:]), at)
        elif not self.is_minus(token):
            self.note_gap(token, at)
        elif self.is_sign(token, "-") and not (self.flags | self.far) & kinds.CHANGE:
            self.note_fall(at)

    def note_fall(self, at: int) -> None:
        """Note the sign of -8.3%, which is growth, as +8.3% is; a share may be below zero."""
        unit, following = self.tokens[at + 2 : at + 4]
        near = {kind for kind, _, _, _ in self.tokens[max(self.end, self.sentence) : at]}
        level = self.said & kinds.SHARE or "bound" in near or following[0] == "join"
        if unit[:2] == ("unit", PER_CENT) and not level:
            self.flags |= kinds.GROW
            self.begin(self.tokens[at][2])

    def note_by(self, token: Token, at: int) -> None:
        """Note ``by``: a percentage behind it is a change; by 2025 says nothing."""
        of_it = self.end == at and self.tokens[at + 2][1] == _POINTS[0]  # above 5% by 2 points
        if of_it or self.bound is not None or self.said & kinds.REFERENCE:
            self.mark_doubt(token[2], "near_comparator")
        unknown = self.tokens[at + 1][0] == "gap"
        here = self.skip(at + 1, "gap", "unit") if unknown else at + 1
        here += self.tokens[here][0] == "bound"
        number, unit = self.tokens[here : here + 2]
        changes = self.far & kinds.CHANGE
        money = changes and unit[0] == "unit" and unit[1].unit in CURRENCIES
        share = unit[1] in SHARES or (number[0] == "number" and number[1].style == "share")
        if number[0] == "number" and (money or share) and not self.flags & kinds.CHANGE:
            if unknown or (at and not changes):  # slumped by, if it is not known
                self.mark_doubt(token[2], "before_by")
            self.flags |= changes or kinds.RAISE  # increase capacity by 40%
            self.begin(token[2])

    def is_minus(self, token: Token) -> bool:
        """Return True if a dash belongs to the number after it: 增长-0.5%, but not covid-19."""
        _, word, start, end = token
        if word != "-" or not "0" <= self.text[end : end + 1] <= "9":
            return False
        return start == 0 or not self.text[start - 1].isascii() or self.text[start - 1] in " :("

    def is_sign(self, token: Token, sign: str) -> bool:
        """Return True if ~ or + belongs to the number after it: ~3.5%, but not 3%~5%."""
        start, end = token[2:]
        free = start == 0 or self.text[start - 1] in f" {DRESSING},，、(（:："
        return free and self.text[start] == sign and "0" <= self.text[end : end + 1] <= "9"

    def note_of(self, token: Token, _: int) -> None:
        """Note ``of``, which something has to follow; after 占 it is a share."""
        self.open = token[2]
        self.said |= kinds.SHARE if self.text[token[2]] == "占" else 0

    def is_until(self, at: int) -> bool:
        """Return True for a word that is before a time, but no comparator: through 2030."""
        here, known = self.tokens[at], lexicon()
        if here[0] not in _BEFORE_YEARS or self.text_of(here) not in known.before_years:
            return False
        at += 1
        while self.text_of(self.tokens[at]) in known.years["the"]:
            at += 1
        at = self.skip(at, "nth")  # over the 14th five-year plan
        (kind, number, _, _), (following, _, _, _), (last, _, _, _) = self.tokens[at : at + 3]
        if (
            kind in kinds.ENDS and self.text_of(self.tokens[at - 1]) == "year"
        ):  # throughout the year
            return True
        if kind == "span":
            return True
        timely = following == "time" or (following == "join" and last == "time")
        return kind == "number" and (timely or (number.style == "year" and following != "unit"))

    def is_or(self, at: int) -> bool:
        """Return True for "or" between two percentages: grow 5% or 6%."""
        before, joint, number, unit = self.tokens[at - 1 : at + 3] if at else self.tokens[-4:]
        percentages = before[0] == "unit" and before[:2] == unit[:2] and before[1].unit in SIGNED
        return percentages and number[0] == "number" and self.text_of(joint) in ("or", "或", "或者")

    def note_gap(self, token: Token, at: int) -> None:
        """Note an unknown word."""
        if self.is_until(at):
            return
        if self.end == at and self.is_or(at):
            self.tokens[at] = ("join", "and", *token[2:])
            self.list_and(token, at)
            return
        self.problem = self.problem or (token[2], "word")
        self.clear_near(token[2])
        self.noun, self.gapped = "", True
        entry: Entry | None = token[1]
        if entry is not None and token[0] == "gap":
            falls = entry.kind == "form" and entry.value & kinds.FALL
            bounds = entry.kind == "bound" and entry.value in _SIDED and not self.note_goal(at + 1)
            if falls or bounds or entry.kind == "minus":
                self.mark_doubt(token[2], "word_far")

    note_after = note_basis = note_gap

    def note_adjective(self, token: Token, at: int) -> None:
        """Note 国家级: only directly behind 其中, the noun before it stays the one that is counted."""
        noun = self.noun if self.said & kinds.AMONG else None
        self.note_gap(token, at)
        self.noun = noun or ""

    def note_doubt(self, token: Token, at: int) -> None:
        """Note a word that may change what the numbers of its clause say."""
        if self.text_of(token) == "相当于" and self.tokens[at + 1][0] == "number":
            of_, _, unit = self.tokens[(here := self.skip(at + 2, "time")) : here + 3]
            if self.text_of(of_) == "的" and unit[1] == UnitWord("multiple"):
                self.mark_problem(token[2], "word")  # 相当于2020年的2.4倍
                return
        if self.text_of(token).startswith("may not") and self.is_rule(at):
            self.note_not(token, at)
            return
        self.note_gap(("gap", None, *token[2:]), at)
        self.mark_doubt(token[2], self.without(token))
        if self.text_of(token) in ("每", "for every", "for each"):  # 每投入1元，带动5元
            self.told = self.told or self.doubt

    def is_rule(self, at: int) -> bool:
        """Return True if "may not" forbids: costs and grants may not, but growth may not be certain."""
        start, following = self.tokens[at][2], self.tokens[at + 1][1]
        begin = max(self.tokens[self.sentence][2], start - _NEARBY)
        forecast = following is REACH or _FORECAST.search(self.text, begin, start + _NEARBY)
        return not forecast and _RULED.search(self.text[begin:start]) is not None

    def note_hearsay(self, token: Token, at: int) -> None:
        """Note 据说, if, whether: the numbers of the whole sentence are uncertain."""
        if token[1] and at and self.tokens[at - 1][0] not in ("stop", "break"):  # 产业如
            self.mark_problem(token[2], "word")
            return
        self.note_doubt(token, at)
        self.told = position, reason = token[2], self.without(token)
        begin = self.tokens[self.sentence][2]
        kept = len(self.figures)
        while kept and self.figures[kept - 1][1] >= begin:
            kept -= 1
        for _, first, last, _ in self.figures[kept:]:  # 下降15%，据说
            self.refused.append((first, last, reason, position))
        del self.figures[kept:]

    def note_noun(self, token: Token, _: int) -> None:
        """Note 企业, investment: strict readers know no nouns."""
        self.mark_problem(token[2], "word")
        self.clear_near(token[2])
        if token[1] not in MEASURES:
            self.name(token[1], token[2])
        self.against = _AGAINST.get(token[1], self.against)
        self.said |= kinds.SHARE if token[1] == "share" else 0

    def note_unit(self, token: Token, at: int) -> None:
        """Note a currency before a number, as in US$5; another unit is a noun here, as in 人才300名."""
        word, before = token[1], self.tokens[at - 1] if at else token
        touched = before[3] == token[2] and self.text[token[2] - 1].isascii()  # HK$
        prefix = self.text_of(token) in lexicon().prefixes and not touched
        if prefix and self.tokens[at + 1][0] == "number":
            self.word = word
            self.begin(token[2])
        else:
            self.mark_problem(token[2], "word")
            self.clear_near(token[2])
            self.name(word.unit if word.takes or word.unit in _WORKING else "", token[2])

    def name(self, noun: str, position: int) -> None:
        """Note what is counted, or whom 每万人 before it means: 每万人就业人员."""
        self.noun = noun
        if noun == EMPLOYED.unit and self.per is not None and self.per.people:
            self.mark_doubt(position, "near_denominator")

    def note_stop(self, token: Token, at: int) -> None:
        """Note the end of a clause; in a list, the words before the first number apply to the second."""
        start, sign = token[2], self.text[token[2]]
        self.mark_problem(start, "punctuation")
        before, following = self.tokens[at - 1][0], self.tokens[at + 1][0]
        every, direct = self.per is not None and self.per.every, before == "per"
        kept = every and direct and following != "per"
        per = self.per if kept else None  # 每万人口，拥有专利35件
        self.hanging = self.is_hanging(at)
        falls = self.flags & (kinds.FALL | kinds.RATE) and following in ("bound", "within")
        pending, divided = self.flags | self.far, self.is_divided(at)
        carried, ends, against = self.carried, sign not in ",，、:", self.against
        if sign == "?":
            self.note_hearsay(token, at)
        self.told = None if ends else self.told
        self.clear()
        self.carried = None
        self.check_hanging(at + 1, start)
        if falls or self.is_abbreviation(at):
            self.mark_doubt(start, self.without(token, "word_before"))
        if sign != "、":
            self.respective = -1
        if sign not in ",，、":
            self.spans, self.sentence = self.lasting, at + 1
            self.added = self.grown = False
            return
        if every and not direct and sign != "、":  # for every 10,000 people in towns, 35 patents
            self.mark_doubt(start, "near_denominator")
        self.per = per  # for every 10,000 people, there are 35
        listed = sign == "、" or (sign == "," and self.text[token[3] : token[3] + 1] == " ")
        if not self.hand_goal(at, carried):
            self.hand_on(at, carried, listed=listed)
        if sign == "、":
            self.carried = carried
            self.against = against if against != kinds.OTHER_TIME else ""
            self.far |= pending  # 新增创新型、专精特新企业70家
            self.distant = self.far != 0
            if pending & kinds.ADD and following == "fill":  # 新建、改扩建学校70所
                self.mark_doubt(start, "form")
        elif self.added and not listed and following != "number":  # 新增企业5家，商店3个
            number, counts = self.item(at + 1)
            self.added = number
            if counts:
                self.mark_doubt(start, "form")
        if divided and self.per is None:
            self.check_divided(at)

    def is_abbreviation(self, at: int) -> bool:
        """Return True for the point of c. and max., which may limit the number behind it."""
        before, stop, after = self.tokens[at - 1 : at + 2] if at else self.tokens[-3:]
        named = before[0] in ("gap", "than") or (before[0] == "unit" and self.end != at)  # pp. 112
        short = named and len(self.text_of(before)) <= _ABBREVIATED
        return self.text_of(stop) == "." and short and after[0] in _AFTER_ABBREVIATION

    def is_hanging(self, at: int) -> bool:
        """Return True if the clause that ends here lacks the number that its last words need."""
        kind, entry, _, _ = self.tokens[at - 1] if at else self.tokens[-1]
        if kind == "gap" and isinstance(entry, Entry) and entry.kind in _NEEDS_A_NUMBER:
            return True  # 约，3.5%
        noted = self.flags or self.bound or self.within or self.negated or self.minus
        return self.hanging or bool(noted)

    def check_hanging(self, here: int, position: int) -> None:
        """Doubt a number here that a mark separates from its words: 年均增长、5%; 增长，约7%."""
        hanging, self.hanging = self.hanging, self.hanging and self.tokens[here][0] in kinds.ENDS
        if not hanging:
            return
        first = here
        while self.tokens[here][0] in _OF_THE_NUMBER or self.tokens[here + 1][0] == "time":
            here += 1  # 增长，今年约7%
        said = {value for _, value, _, _ in self.tokens[first:here]}
        apart = here > first and said.isdisjoint(_SIDED)  # 创新高，达到5亿元
        kind, word = self.tokens[here][:2]
        while kind in _SIGNS or (kind == "unit" and word.unit in CURRENCIES):  # -3%, $5 billion
            here += 1
            kind, word = self.tokens[here][:2]
        _, unit, _, _ = self.tokens[here + 1]
        amount = apart and isinstance(unit, UnitWord) and unit.unit not in SIGNED
        if kind in _NUMERIC and not (amount or kinds.SHARE in said):
            self.mark_doubt(position, "hanging")

    def check_divided(self, at: int) -> None:
        """Doubt an amount behind a ratio that may be one, too: of 12件，比2020年增加2件, both are."""
        again, last = _OF_THE_RATIO.match(self.text, self.tokens[at + 1][2]), self.tokens[at - 1]
        unit = self.text_of(last)
        following = self.tokens[self.skip(at + 1, "join", "fill")][0]
        if self.text[self.tokens[at][2]] == "、" or following == "number":
            # 人均收入突破1万美元、达1.1万美元
            self.check_listed(at, kinds.FALL, "near_denominator")
        elif (
            again
            and last[0] == "unit"
            and last[1].takes
            and self.text.startswith(unit, again.end())
        ):
            self.per = self.over  # of money, it may be the total
        elif self.changes(at + 1):  # 人均收入4万元，达到5万元
            self.mark_doubt(self.tokens[at][2], "near_denominator")

    def is_divided(self, at: int) -> bool:
        """Return True if the figure before the end of a clause has a denominator."""
        if self.doubt and self.doubt[1] == "near_denominator":
            return True
        amount = self.end == at and self.figures and self.figures[-1][0].unit not in SIGNED
        return bool(amount) and self.over is not None

    def changes(self, here: int) -> bool:
        """Return True if an amount follows with a comparator, or a change, and no noun of its own."""
        changes = False
        while (kind := self.tokens[here][0]) not in _SUBJECTS or self.is_time(here):
            value = self.tokens[here][1]
            if kind == "unit" and value.takes:
                return False
            moves = kind == "form" and value & (kinds.CHANGE | kinds.LEVEL)
            changes = changes or bool(moves) or kind == "bound"
            here += 1
        number, unit = self.tokens[here : here + 2]
        relative = unit[0] == "unit" and unit[1].unit in RELATIVE
        return changes and number[0] == "number" and not relative

    def is_compared(self, here: int) -> bool:
        """Return True for 2.9 percent in "versus 2.9 percent in 2020"."""
        than, number, unit = self.tokens[here - 1 : here + 2] if here else self.tokens[-3:]
        latin = than[0] == "than" and self.text[than[2]] <= "z"
        return latin and (number[0], unit[0]) == ("number", "unit")

    def is_time(self, here: int) -> bool:
        """Return True for a year or a number of years."""
        (kind, number, _, _), (following, _, _, _) = self.tokens[here : here + 2]
        year = kind == "number" and number.style == "year" and following != "unit"
        return year or (kind == "number" and following == "time")

    def note_break(self, token: Token, at: int) -> None:
        """Note a bracket or a colon; behind a closing bracket, the words before it are distant."""
        self.mark_problem(token[2], "punctuation")
        if self.text[token[2]] in ")）":
            self.clear_near(token[2])
        elif self.carried is not None and self.carried[0] & kinds.CHANGE:
            self.check_listed(at, self.carried[0])  # 增长5%（上年为3%）

    def list_and(self, token: Token, at: int) -> None:
        """Note 和, and: what is behind it is the next item of a list."""
        self.mark_problem(token[2], "one_figure")
        if self.tokens[at - 1][0] == "stop" and self.flags | (self.bound is not None):
            return  # the second sign of ", and"
        carried = self.carried if self.end == at else None
        self.clear_near(token[2])
        self.distant = False
        self.hand_on(at, carried, listed=True)

    def hand_on(self, at: int, carried: _Carried, *, listed: bool) -> None:
        """Apply the words of the figure before to the next number, if they are listed together."""
        if carried is None:
            return
        flags, bound, word = carried
        if word is not None and word.unit not in RELATIVE and self.is_up_from(at, flags):
            self.word, self.per = word, self.over  # 12 patents per 10,000 people, up from 6.3
            self.tokens[at + 1] = ("form", kinds.LEVEL, *self.tokens[at + 1][2:])
            return
        start = self.tokens[at + 1][2]
        rate = flags & kinds.RATE and word in _POINTS and _IS_RATE.match(self.text, start)
        self.flags |= kinds.GROW | kinds.RATE if rate else 0  # 增速回落2个百分点，仅为5.8%
        if rate or self.is_up_of(at, word):
            return
        first = at + 1 + (self.tokens[at + 1][0] == "join")  # 到2027年
        following = self.tokens[first]
        among = bool(flags & kinds.ADD) and self.tokens[at + 1][:2] == ("fill", kinds.AMONG)
        if following[0] != "number" or self.end != at:
            counts = flags & kinds.ADD and word is not None and word.takes == "thing"
            if counts and (listed or among) and self.item(at + 1 + among)[1]:
                self.far, self.distant = flags & (kinds.ADD | kinds.SUM), True
            elif flags & kinds.CHANGED and (listed or among):
                self.check_listed(at, flags)
        elif listed and word is not None:
            own = self.tokens[at + 3][0] == "after"  # 90%左右、95%以上
            self.flags, self.bound = flags, None if own else bound
            other = self.tokens[at + 2]
            grows = flags & kinds.GROW and word.unit == "multiple"
            apart = grows and other[0] == "unit" and other[1] in SHARES  # 增长3.8倍、80%
            if other[1] == TIMES and word != TIMES:  # 5 billion yuan, 1.7 times the figure in 2020
                apart, self.bound = True, None
            self.word = None if apart else word
        elif listed or not self.is_apart(first + 1, flags, word):
            self.mark_doubt(self.tokens[at][2], "form")

    def is_up_from(self, at: int, flags: int) -> bool:
        """Return True for "up from 300 in 2020" behind a level: a number without a unit of its own."""
        if self.text_of(self.tokens[at + 1]) not in _UP_DOWN:
            return False
        from_, (kind, number, _, _), behind = self.tokens[at + 2 : at + 5]
        moved = self.text_of(from_) == "from"
        level = flags & kinds.LEVEL or not flags & (kinds.CHANGED | kinds.YEARLY | kinds.EACH)
        direct = self.skip(self.end, "fill", "number", "time") == at  # in 2025, up from
        timely = behind[0] in kinds.ENDS or behind[:2] == _COMPARED[0] or self.is_time(at + 5)
        last = next(each for kind, each, _, _ in self.tokens[self.end :: -1] if kind == "number")
        alike = kind == "number" and number.style == "digits" and number.power == last.power
        return bool(alike and moved and level and direct and timely)  # not 3 for 3 billion

    def is_up_of(self, at: int, word: UnitWord | None) -> bool:
        """Return True for "an increase of 300" behind a count, and 0.4 points lower than."""
        verb, (kind, number, start, _), unit = self.tokens[at + 1 : at + 4]
        if word in SHARES and number in _POINTS and self.text_of(unit) in lexicon().compared:
            return True
        if self.text_of(verb)[-3:] != " of" or kind != "number" or unit[0] == "unit":
            return False
        counted = (each for kind, each, _, _ in self.tokens[at::-1] if kind == "number")
        self.word = word if word is not None and word.takes else None
        if self.word is None or number.power != next(counted).power:
            self.mark_doubt(start, "unit")
        return True

    def is_apart(self, here: int, flags: int, word: UnitWord | None) -> bool:
        """Return True if the number behind a comma is of something else: 占比超20%，11家企业入选."""
        kind, unit, _, end = self.tokens[here + (self.tokens[here][0] == "after")]
        if kind == "unit" and unit in SHARES and self.text.startswith("的", end):
            return True  # 新增学位4万个，70%的学生
        if word is None:  # after a rank or a refused number, only a percentage may lack its words
            relative = kind == "unit" and unit.unit in RELATIVE
            return flags in (0, kinds.CHANGE, REFUSED) and not relative
        if kind == "time":  # 强度2.6%，2030年达到3.2%
            verb, _, (_, unit, _, _) = self.tokens[here + 1 : here + 4]
            level = verb[:2] in _LEVELS and isinstance(unit, UnitWord) and unit.unit not in RELATIVE
            return not flags & kinds.CHANGED or (level and word.unit in SIGNED)
        counts = kind == "unit" and unit.takes in ("thing", "people")
        return counts and (word.unit in SIGNED or not flags & kinds.CHANGED)

    def item(self, here: int) -> tuple[bool, bool]:
        """Return whether only nouns are before the next number, and whether it is a count: 商店3个."""
        here = self.skip(here, "noun", "adjective", "gap", "unit", "join")
        number, unit = self.tokens[here : here + 2]
        bare = number[0] in ("number", "broken")
        return bare, bare and unit[0] == "unit" and unit[1].takes == "thing"

    def hand_goal(self, at: int, carried: _Carried) -> bool:
        """Apply a form to a higher target, and return True: 增长5%以上，力争6%."""
        here, tokens = at + 1, self.tokens
        while tokens[here][0] in _BEFORE_A_GOAL and tokens[here][1] != kinds.STRIVE:
            here += 1
        if carried is None or not carried[0] & kinds.CHANGE or tokens[here][1] != kinds.STRIVE:
            return False
        kind, bound, _, _ = tokens[here + 1]
        number, unit = tokens[here + 1 + (kind == "bound") :][:2]
        relative = carried[2] is not None and carried[2].unit in SIGNED
        same = bool(self.figures) and number[0] == "number" and unit[:2] == ("unit", carried[2])
        if same and bound is REACH:  # a little more, so that it is no level
            low = self.figures[-1][0].value if carried[0] & kinds.GROW else Decimal(0)
            same = low < number[1].coefficient <= 2 * low
        fills = tokens[at + 1 : here]
        if same and all(kind == "fill" and said in _NEUTRAL for kind, said, _, _ in fills):
            self.flags = carried[0]
        elif kind in ("number", "bound") or (kind == "fill" and relative and bound != kinds.SHARE):
            self.mark_doubt(tokens[here][2], "form")
        else:
            return False
        return True

    def check_listed(self, at: int, flags: int, reason: str = "form") -> None:
        """Doubt an item of a list after 新增, unless it has a form of its own."""
        strives = total = False
        for kind, value, start, _ in self.tokens[at + 1 : at + 40]:
            is_share = value == kinds.SHARE if kind == "fill" else _OF_IT.match(self.text, start)
            strives = strives or (kind == "fill" and value == kinds.STRIVE)
            bounds = kind == "bound" and not strives and not flags & kinds.FALL
            total = total or self.text.startswith("总", start)  # 新增项目20个、总投资30亿元
            if is_share or bounds or kind in _OWN_FORM:
                return
            if kind == "number" and not (total and flags & kinds.ADD):
                self.mark_doubt(start, reason)
                return

    def text_of(self, token: Token) -> str:
        """Return the word of a token."""
        return self.text[token[2] : token[3]]


# The method that notes a word of each kind; other words between numbers have no meaning.
NOTERS: dict[Kind, Callable[[Clause, Token, int], None] | None] = {
    kind: getattr(Clause, f"note_{kind}", None) for kind in get_args(Kind)
}


def both(one: Comparator | None, other: Comparator, position: int) -> Comparator:
    """Return the comparator of two words: 达到…以上 is at least, 超过…以上 is above."""
    if one is None or one is other or one is REACH:
        return other
    if other is REACH:
        return one
    together = _TOGETHER.get(frozenset({one, other}))
    if together is None:
        raise Unreadable(position, Message("unread.comparators", one=one, other=other))
    return together
