"""Pace methods: whether a target that is not yet due is on track.

A method compares the pace since the baseline with the pace that the target requires. Methods have
names, so that an assessment says which one was used.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from ..errors import (
    ArgumentError,
    ArgumentTypeError,
    ConflictError,
    GrowthError,
    InnovationPlansError,
    PluginError,
    brief,
    expect,
    name_attributes,
)
from ..io.locate import PACE, offered, plugin, plugin_error
from ..units.decimals import EXACT
from ..units.growth import rate_between
from ..units.interval import Interval
from ..units.table import table_of

__all__ = ["Course", "Pace", "method", "methods", "pace", "score_range"]
name_attributes(__name__)

PER_YEAR = "per_year"


class Course(NamedTuple):
    """The way of a target: value and year of the baseline, the outcome and the target, in one unit.

    The ranges are what rounding leaves open of start and outcome; None if they are exact. The goal
    of a change, such as growth, is made from the start: `goal_of` gives that of another start.
    """

    start: Decimal
    now: Decimal
    goal: Decimal
    start_year: int
    now_year: int
    goal_year: int
    start_range: Interval | None = None
    now_range: Interval | None = None
    goal_of: Callable[[Decimal], Decimal] | None = None  # None: the goal is a level of its own

    def between(self, start: Decimal, now: Decimal) -> Course:
        """Return the course with another start and outcome."""
        goal = self.goal if self.goal_of is None else self.goal_of(start)
        return self._replace(start=start, now=now, goal=goal)


class Pace(NamedTuple):
    """The observed and the required pace; a score of 1 is just in time."""

    score: Decimal
    observed: Decimal
    required: Decimal
    unit: (
        str  # of `observed` and `required`: a token, or per_year for the unit of the target a year
    )


Method = Callable[[Course], Pace]
_METHODS: dict[str, Method] = {}


def method(name: str) -> Callable[[Method], Method]:
    """Register a pace method under a name.

    Raises
    ------
    ArgumentTypeError, ArgumentError
        If `name` is no text, or empty.
    ConflictError
        If another method has that name.

    Examples
    --------
    >>> @method("all_or_nothing")
    ... def all_or_nothing(course):
    ...     there = Decimal(course.now >= course.goal)
    ...     return Pace(there, there, Decimal(1), "multiple")
    >>> "all_or_nothing" in methods()
    True
    """
    expect("name", name, "casefold", 'a name: @ip.pace.method("half")')
    if not name:
        raise ArgumentError(parameter="pace method", value=repr(name), hint="a name is not empty")

    def registered(function: Method) -> Method:
        expect("function", function, "__call__", "a function")
        if _METHODS.setdefault(name, function) is not function:
            raise ConflictError(
                what=f"pace method {name!r}",
                ours="one is registered",
                theirs="another is added",
                hint="rename it",
            )
        return function

    return registered


def methods() -> tuple[str, ...]:
    """Return the names of all methods: registered here, or by entry points of other packages."""
    return tuple(sorted({*_METHODS, *offered(PACE)}))


def pace(name: str, course: Course) -> Pace:
    """Return the pace of a course by a method.

    Raises
    ------
    ArgumentError
        If there is no method with that name.
    GrowthError
        If the method is not defined on this course; has the reason.
    PluginError
        If the method raises another error, or returns no pace.
    """
    function = known(name)
    _check_course(course)
    if course.now_year <= course.start_year or course.goal_year <= course.start_year:
        raise GrowthError(reason="one_point", detail="start and outcome are the same year")
    if course.start == course.goal:
        raise GrowthError(reason="base_beyond_target", detail="the start is the target already")
    try:
        result: object = function(course)
    except InnovationPlansError:
        raise
    except Exception as error:
        raise plugin_error(PACE, name, f"{type(error).__name__}: {error}"[:200]) from error
    if not (isinstance(result, Pace) and _is_pace(result)):
        expected = f"a Pace of finite Decimals and a unit that plans.units lists, or {PER_YEAR!r}"
        problem = f"expected {expected}; found {brief(result, 80)}"
        raise plugin_error(PACE, name, problem)
    return result


def _check_course(course: object) -> None:
    """Raise an ArgumentTypeError for what is no course, before a method is blamed for it."""
    is_course = isinstance(course, Course) and (
        all(_is_number(value) or isinstance(value, int) for value in course[:3])
        and all(isinstance(year, int) for year in course[3:6])
        and all(limits is None or isinstance(limits, Interval) for limits in course[6:8])
        and (course.goal_of is None or callable(course.goal_of))
    )
    if not is_course:
        expected = "a Course of finite Decimals and whole years"
        raise ArgumentTypeError(parameter="course", value=brief(course, 100), expected=expected)


def _is_number(value: object) -> bool:
    return isinstance(value, Decimal) and value.is_finite()


def _is_pace(result: Any) -> bool:
    numbers, unit = result[:3], result[3:]
    return all(map(_is_number, numbers)) and all(map(_is_unit, unit))


def _is_unit(value: object) -> bool:
    if not isinstance(value, str):
        return False
    return value == PER_YEAR or table_of(value).of_name(value) is not None


def score_range(name: str, course: Course) -> Interval | None:
    """Return the scores of a method over what rounding leaves open of start and outcome.

    A goal that is made from the start moves with it. None if there are no bounds: if the start may
    be the goal, or the method is not defined on some start or outcome.
    """
    _check_course(course)
    starts = course.start_range or Interval.point(course.start)
    nows = course.now_range or Interval.point(course.now)
    if course.goal_of is None and starts.contains(Interval.point(course.goal)):
        return None
    try:
        return nows.combined(
            lambda now, start: pace(name, course.between(start, now)).score, starts
        )
    except (GrowthError, PluginError):
        return None


def known(name: object) -> Method:
    """Return the method with a name.

    Raises
    ------
    ArgumentError
        If there is none.
    PluginError
        If it is an entry point that cannot be loaded.
    """
    if isinstance(name, str) and name in _METHODS:
        return _METHODS[name]
    if not isinstance(name, str) or name not in offered(PACE):
        raise ArgumentError(parameter="pace method", value=brief(name), allowed=methods())
    return _METHODS.setdefault(name, _loaded(name))


def _loaded(name: str) -> Method:
    function = plugin(PACE, name)
    if not callable(function):
        raise plugin_error(PACE, name, "it is no function")
    return function  # type: ignore[no-any-return]


@method("linear")
def linear(course: Course) -> Pace:
    """Return the pace by straight lines: share of the distance over share of the time.

    Examples
    --------
    >>> course = Course(Decimal("1.0"), Decimal("1.5"), Decimal("2.0"), 2020, 2023, 2025)
    >>> round(pace("linear", course).score, 2)
    Decimal('0.83')
    """
    observed = EXACT.divide(course.now - course.start, course.now_year - course.start_year)
    required = EXACT.divide(course.goal - course.start, course.goal_year - course.start_year)
    return Pace(EXACT.divide(observed, required), observed, required, PER_YEAR)


@method("compound")
def compound(course: Course) -> Pace:
    """Return the pace by compound growth: observed rate over required rate, as in SDG charts.

    Examples
    --------
    >>> course = Course(Decimal("1.0"), Decimal("1.5"), Decimal("2.0"), 2020, 2023, 2025)
    >>> round(pace("compound", course).score, 2)
    Decimal('0.97')
    """
    observed = rate_between(course.start, course.now, course.now_year - course.start_year)
    required = rate_between(course.start, course.goal, course.goal_year - course.start_year)
    if not required:
        raise GrowthError(reason="base_beyond_target", detail="the start is all but the target")
    return Pace(EXACT.divide(observed, required), observed, required, "percent_per_year")
