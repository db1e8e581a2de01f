"""The closed vocabularies, as ``StrEnum``.

A member is equal to its code: ``Form.LEVEL == "level"``. The comments have the Chinese terms.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn

from .errors import MissingAttributeError, unknown

__all__ = [
    "Availability",
    "Caveat",
    "Comparator",
    "Direction",
    "Extent",
    "Flag",
    "Force",
    "Form",
    "GoalKind",
    "Issuer",
    "PlanKind",
    "Prices",
    "Reason",
    "RegionKind",
    "Rendition",
    "Status",
    "Tier",
    "Verdict",
]


# What people look for as an attribute of a code.
_WORDS = {"label", "text", "description", "name_en", "name_zh", "en", "zh"}


class CodeList(StrEnum):
    """A code list whose error names its codes."""

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        raise unknown(cls.__name__, value, map(str, cls))

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            """Raise an error that names what has the words."""
            near = ("ip.label(code, lang)",) if name in _WORDS else ()
            raise MissingAttributeError(owner=type(self).__name__, name=name, nearest=near)


class RegionKind(CodeList):
    """The kind of a region."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    GROUP = "group"


class Form(CodeList):
    """The form of a figure: a level, growth, a rank and others."""

    LEVEL = "level"
    ANNUAL_GROWTH = "annual_growth"  # one year over the year before
    AVERAGE_GROWTH = "average_growth"  # 年均增长: compound mean over several years
    CUMULATIVE = "cumulative"  # 累计: sum over the period
    INCREMENT = "increment"  # 新增 / 提高: end less start
    MULTIPLE = "multiple"  # 翻番, …倍: end over start
    RANK = "rank"  # 第…位


GROWTH = frozenset({Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH})


class Comparator(CodeList):
    """How a figure bounds the outcome."""

    REACH = "reach"  # 达到
    AT_LEAST = "at_least"  # 以上, 不低于
    ABOVE = "above"  # 超过, 突破
    ABOUT = "about"  # 左右, 约
    AT_MOST = "at_most"  # 以内, 不超过
    BELOW = "below"  # 低于
    BETWEEN = "between"  # from value to value_high

    @property
    def side(self) -> Direction:
        """The side to which it is open: up (at least, above), down (at most, below) or none."""
        return _SIDES.get(self, Direction.NONE)

    @property
    def strict(self) -> bool:
        """True if the number itself is excluded."""
        return self in _STRICT

    @property
    def approximate(self) -> bool:
        """True if it admits numbers near its own, within a tolerance."""
        return self in _APPROXIMATE

    @property
    def plain(self) -> bool:
        """True if it states one number and no bound."""
        return self in _PLAIN

    def mirrored(self) -> Comparator:
        """Return the comparator of the negative or the reciprocal: at least for at most.

        Examples
        --------
        >>> Comparator.ABOVE.mirrored(), Comparator.ABOUT.mirrored()
        (<Comparator.BELOW: 'below'>, <Comparator.ABOUT: 'about'>)
        """
        return _MIRRORED.get(self, self)


class Force(CodeList):
    """Whether a plan binds its government to a target."""

    BINDING = "binding"  # 约束性
    EXPECTED = "expected"  # 预期性


class Direction(CodeList):
    """Whether a higher value of an indicator is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


_SIDES = {
    Comparator.AT_LEAST: Direction.UP,
    Comparator.ABOVE: Direction.UP,
    Comparator.AT_MOST: Direction.DOWN,
    Comparator.BELOW: Direction.DOWN,
}
_STRICT = {Comparator.ABOVE, Comparator.BELOW}
_APPROXIMATE = {Comparator.ABOUT}
_PLAIN = {Comparator.REACH, *_APPROXIMATE}
_MIRRORED = {
    Comparator.AT_LEAST: Comparator.AT_MOST,
    Comparator.ABOVE: Comparator.BELOW,
    Comparator.AT_MOST: Comparator.AT_LEAST,
    Comparator.BELOW: Comparator.ABOVE,
}


class Tier(CodeList):
    """How close a source is to the government or office that issued the figure."""

    A = "A"  # the issuing government or statistics office itself
    B = "B"  # official text in a copy, official media, an official's briefing
    C = "C"  # other text
    D = "D"  # weak copy; bundled, but left out of load() unless asked for


class Extent(CodeList):
    """How much of a document was read for the data."""

    WHOLE = "whole"
    PART = "part"
    UNREAD = "unread"


class Issuer(CodeList):
    """Who issued the text of a source."""

    GOVERNMENT = "government"
    STATISTICS_OFFICE = "statistics_office"
    OFFICIAL_MEDIA = "official_media"  # 官方媒体
    OTHER = "other"


class Rendition(CodeList):
    """The form in which the text of a source was read."""

    ORIGINAL = "original"  # on the site of the issuer, or where no other origin is named
    OFFICIAL_COPY = "official_copy"  # in official media or in a collection of official texts
    THIRD_PARTY_COPY = "third_party_copy"
    TRANSLATION = "translation"
    WEAK = "weak"  # on an unrelated site, garbled, shortened or written by a machine


class PlanKind(CodeList):
    """The kind of document that announces a target."""

    OUTLINE = "outline"  # 国民经济和社会发展规划纲要
    STI = "sti"  # science, technology and innovation plan
    ACTION_PLAN = "action_plan"  # carries a policy out: 行动计划, 方案, 意见, 决定, 措施
    GWR = "gwr"  # government work report, 政府工作报告
    OTHER = "other"


class GoalKind(CodeList):
    """The kind of a commitment without a number."""

    OUTCOME = "outcome"
    FRAMEWORK = "framework"
    KEY_TASKS = "key_tasks"
    PROGRAMME = "programme"
    MECHANISM = "mechanism"
    PRIORITY = "priority"


class Prices(CodeList):
    """The prices in which the growth of an amount of money is stated."""

    CURRENT = "current"
    CONSTANT = "constant"


class Status(CodeList):
    """Whether an observation is final (SDMX OBS_STATUS in words)."""

    FINAL = "final"
    PRELIMINARY = "preliminary"
    BREAK = "break"  # not comparable with the years before it (SDMX: B)
    DEFINITION_DIFFERS = "definition_differs"  # other coverage than defined; see notes (SDMX: D)
    NOT_STATED = "not_stated"


class Flag(CodeList):
    """What to know about a figure that its other columns do not say."""

    START_ASSUMED = "start_assumed"  # no text prints the first year: a date or the period gives it
    BASE_ASSUMED = "base_assumed"  # the text does not print the base of a share in full
    YEAR_ASSUMED = "year_assumed"  # the text does not print the year with the figure
    UNIT_ASSUMED = "unit_assumed"  # the text prints another unit
    DOUBTFUL = "doubtful"  # the notes doubt the figure itself
    RECALLED = "recalled"  # of a target: a later text recalls it, and that of its plan was not read
    YEARLY = "yearly"  # of a target: a level is an amount a year, not a stock or a running total


class Availability(CodeList):
    """Whether the dataset has the figure of a target or an outcome, and if not, why."""

    STATED = "stated"  # a target is in the dataset
    NOT_STATED = "not_stated"  # a document of that region and period was read whole and has none
    READ_IN_PART = "read_in_part"  # the documents of that region and period were read in part
    NOT_READ = "not_read"  # a document of that region and period is known, but was not read
    NOT_KNOWN = "not_known"  # no document of that region and period is known
    PUBLISHED = "published"  # a figure of the period is in the dataset
    NOT_PUBLISHED = "not_published"


class Verdict(CodeList):
    """The result of an assessment."""

    MET = "met"  # the outcome of the target year is known
    MISSED = "missed"
    AWAITING = "awaiting"  # the target year is over, but its figure is not in the data
    AHEAD = "ahead"  # not yet due, but already reached
    ON_TRACK = "on_track"  # not yet due, by a named pace method
    OFF_TRACK = "off_track"
    UNDETERMINED = "undetermined"  # with a reason


class Reason(CodeList):
    """Why an assessment is undetermined."""

    NO_OUTCOME = "no_outcome"  # no figure to compare with, and nothing else is known
    NO_YEAR_OVER = "no_year_over"  # no year that counts for the target is over
    NOT_DUE = "not_due"  # the target year is not over, and no year before it has an outcome
    NO_SERIES_FOR_INDICATOR = "no_series_for_indicator"  # of no region
    NO_SERIES_FOR_REGION = "no_series_for_region"  # only of other regions
    HELD_BACK_BY_TIER = "held_back_by_tier"  # a tier that is not loaded has an outcome
    DIFFERENT_BASIS = "different_basis"  # the unit of the outcome measures something else
    OTHER_SCOPE = "other_scope"  # the figures are of another class than the target
    PART_OF_REGION = "part_of_region"  # the target has a breakdown, which no observation has
    CLASS_UNCLEAR = "class_unclear"  # the sources do not say what the target or its figure counts
    OUTCOME_IS_A_BOUND = "outcome_is_a_bound"  # "more than 2" cannot be compared with 3
    CONFLICTING_OUTCOMES = (
        "conflicting_outcomes"  # sources disagree, and their figures give different verdicts
    )
    MISSING_BASELINE = "missing_baseline"
    BASE_BEYOND_TARGET = "base_beyond_target"  # the baseline is beyond the target
    REGRESSED = "regressed"  # the baseline is beyond the target, and the outcome has fallen back
    ZERO_BASE = "zero_base"
    SIGN_CHANGE = "sign_change"
    ONE_POINT = "one_point"  # start and outcome are the same year
    FUTURE_YEAR = "future_year"  # the outcome is of a year after the target's
    UNDATED = "undated"  # no source states the year
    OTHER_FORM_OR_SPAN = "other_form_or_span"  # the figures are of another form or other years
    OUTSIDE_PERIOD = "outside_period"  # the figures are of years that do not count
    CHANGED_DEFINITION = "changed_definition"  # the series was redefined in between
    VINTAGES_MIXED = "vintages_mixed"  # start and outcome are of two vintages, and none has both
    RANK_HAS_NO_PACE = "rank_has_no_pace"  # ranks do not change at a constant rate
    NO_FIGURE_OF_NATION = "no_figure_of_nation"  # in a comparison with the nation
    NO_FIGURE_OF_REGION = "no_figure_of_region"  # in a comparison with another region
    OTHER_FIGURE = "other_figure"  # in a comparison: another figure of the region is ranked
    OTHER_KIND = "other_kind"  # in a comparison: a region of a kind that is not ranked
    OTHER_PERIOD = "other_period"  # in a comparison: a goal for one year beside those of plans


class Caveat(CodeList):
    """A note about a result."""

    SELF_REPORTED = "self_reported"  # the target's own government reports the outcome
    OUTCOME_APPROXIMATE = "outcome_approximate"
    PRELIMINARY = "preliminary"
    FUTURE_OUTCOME = "future_outcome"  # of a year after the day of the assessment
    BASELINE_FROM_STATISTICS = "baseline_from_statistics"  # the plan states no baseline
    START_ASSUMED = "start_assumed"  # the plan is later than its first year and names no start
    NET_CHANGE = "net_change"  # a difference of levels, where the target may count all that is new
    BASE_BEYOND_TARGET = "base_beyond_target"  # the start meets a target without outcome already
    DERIVED = "derived"  # computed from observed numerator and denominator
    VINTAGES_MIXED = (
        "vintages_mixed"  # the starting value and the outcome are of different vintages
    )
    REVISED_BETWEEN = "revised_between"  # start and outcome are as printed in their years; a revision lies between
    PROXY = "proxy"  # the outcome is that of a nearly equal indicator
    ONE_VINTAGE = "one_vintage"  # pace or change is computed on one vintage
    VINTAGES_DISAGREE = "vintages_disagree"  # another vintage gives another verdict
    CONFLICTING_OUTCOMES = "conflicting_outcomes"  # sources disagree, but the verdict is the same
    LOWER_TIER = "lower_tier"  # a better tier has another outcome, which comes later in the order
    DISPUTED = (
        "disputed"  # a source of less weight gives an outcome that would be judged differently
    )
    CONFLICTING_STARTS = "conflicting_starts"  # other starts give the same verdict
    START_DISPUTED = "start_disputed"  # another start gives another one
    STATED_DIFFERS = "stated_differs"  # a source states another value than is computed
    SPAN_DOUBTFUL = "span_doubtful"  # the levels do not reach the last year of a stated growth
    WITHIN_ROUNDING = "within_rounding"  # more digits of the outcome may give another verdict
    START_ROUNDING = "start_rounding"  # so may more digits of the start
    TARGET_ROUNDING = "target_rounding"  # a missed outcome meets the target in its digits
    DEFINITION_DIFFERS = "definition_differs"  # a figure covers more or less than its definition
    TARGET_CONFLICT = "target_conflict"  # another source gives a different target
    DRAFT = "draft"  # the title of the plan says that it is a draft
    WEAK_SOURCE = "weak_source"  # target or outcome is from a tier D source
    BASE_ASSUMED = "base_assumed"  # the text does not print the base of a share
    YEAR_ASSUMED = "year_assumed"  # the year of a figure follows from the context
    UNIT_ASSUMED = "unit_assumed"  # percentage points, where the text prints per cent
    DOUBTFUL = "doubtful"  # the notes of a record doubt its figure
    CORRECTED_FIGURE = "corrected_figure"  # a figure is corrected by an erratum
    CONSTANT_PRICES = "constant_prices"  # growth at constant prices on a level at current ones
    EVEN_PATH = "even_path"  # the year is within the span: growth is assumed to be even
    CHANGED_DEFINITION = "changed_definition"  # the series was redefined after the base year
    OTHER_VINTAGE = "other_vintage"  # another vintage gives another value
    APPROXIMATE = "approximate"  # an observed figure is approximate or a bound
    BOUNDS_OPPOSED = "bounds_opposed"  # a lower and an upper bound: the result is neither
    GROWTH_ASSUMED = "growth_assumed"  # an ordinary growth or change of prices
    OBSERVED_SINCE = "observed_since"  # figures of years after the target was set are used
    PART_OF_THE_PROVINCES = "part_of_the_provinces"  # not every province states such a target

    @property
    def is_doubt(self) -> bool:
        """Whether a reader of the verdict must know it: who reports the outcome, or what may change it."""
        return self in _DOUBTS


_DOUBTS = frozenset(
    {
        Caveat.SELF_REPORTED,
        Caveat.VINTAGES_DISAGREE,
        Caveat.DISPUTED,
        Caveat.START_DISPUTED,
        Caveat.WITHIN_ROUNDING,
        Caveat.START_ROUNDING,
        Caveat.TARGET_ROUNDING,
        Caveat.WEAK_SOURCE,
    }
)
