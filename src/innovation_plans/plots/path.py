"""The path of one target: its series, its start, and the way it is to go."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.assess import assess
from ..analysis.results import Assessment
from ..codelists import Form, Verdict
from ..dataset.dataset import Dataset
from ..records import Observation, Target
from ..text import labels
from ..text.messages import Language, say, word
from .canvas import BODY, SMALL, Picture, PictureError
from .marks import Goal, draw_goal, draw_outcome, draw_start, open_side, pointing
from .panels import source_line
from .scale import Scale, limits, number, scale_of
from .trajectories import Course, course_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["path"]

_HEIGHT = 3.3  # inches


class _Case(NamedTuple):
    """Everything that a path is drawn from."""

    target: Target
    verdict: Assessment
    course: Course
    scale: Scale


def path(
    target: Target | Assessment,
    plans: Dataset[Any, Any],
    *,
    ax: Axes | None = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """One target with the series behind it, and the path that is required, dashed where it is ahead.

    A target for growth, a multiple or an increase is shown as the level it implies, where levels
    are known; else its own figures are shown. Figures of other vintages and texts are faint. The
    required path follows the pace method of the verdict; without one it is compound for growth and
    multiples, else linear.

    Parameters
    ----------
    target
        A target, which is assessed as ``assess(target, plans)`` does, or an assessment.
    plans
        The dataset with the series, and with the target where an assessment is given.
    ax, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If the first is neither a target nor an assessment.
    MissingError
        If the dataset has not the target of the assessment.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> plans = ip.load()
    >>> target = plans.targets.where(region="CQ", indicator="rd_intensity", period="14th").one()
    >>> path(target, plans).get_title(loc="left")
    ''
    """
    if not isinstance(target, Target | Assessment):
        raise PictureError(
            f"expected a target or an assessment, found {type(target).__name__}; "
            "take one of them, such as card[0] or plans.targets.where(…).one()"
        )
    record = plans.targets.by_key(target.target) if isinstance(target, Assessment) else target
    verdict = target if isinstance(target, Assessment) else assess(target, plans)
    picture = Picture(ax, lang, (_HEIGHT,))
    course = course_of(record, plans, verdict)
    sizes = [(each.value, each.unit) for each in course.series]
    scale = scale_of([*sizes, (course.goal, course.unit)], course.unit, picture.lang)
    case = _Case(record, verdict, course, scale)
    _draw(picture, picture.axes[0], case)
    return picture.finish(
        title or _title(case, picture.lang), _notes(case, picture.lang), _alt(case, picture.lang)
    )


def _draw(picture: Picture, ax: Axes, case: _Case) -> None:
    course, scale, lang = case.course, case.scale, picture.lang
    axis = scale.label if not course.implied else f"{say('picture.implied', lang)}, {scale.label}"
    picture.numbers(ax, "y", axis, whole=course.form is Form.RANK)
    _years(picture, ax, case)
    places = [*_series(picture, ax, case), *_required(picture, ax, case)]
    goal = _goal(case)
    draw_goal(
        picture, ax, goal, course.goal_year, upright=True, settled=case.verdict.reason is None
    )
    places += goal.ends
    if course.start is not None:
        at = scale.at(course.start.value, course.start.unit)
        draw_start(picture, ax, (course.start.year, at))
        figure = scale.said(course.start.value, course.start.unit)
        _beside(picture, ax, (course.start.year, at), figure, above=at > goal.value)
        places.append(at)
    _outcome(picture, ax, case, goal)
    _name_goal(picture, ax, case, goal)
    ax.set_ylim(_ends(places, rank=course.form is Form.RANK))


def _ends(places: list[float], *, rank: bool) -> tuple[float, float]:
    """The ends of the axis, with room for the labels of the first and the last."""
    if rank:
        return limits(places, whole=True)
    low, high = limits(places)
    room = (max(places) - min(places)) * 0.08
    return low - room, high + room


def _years(picture: Picture, ax: Axes, case: _Case) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    course = case.course
    years = [each.year for each in (*course.series, *course.others) if each.year]
    years += [course.goal_year, *([course.start.year] if course.start else [])]
    first = min(years) if len(set(years)) > 1 else course.goal_year - 5
    last = max(years)
    beside = 0.6 if picture.own else max((last - first) * 0.45, 2)  # room to name the target
    ax.set_xlim(first - 0.6, last + beside)
    steps = MaxNLocator(nbins=9, integer=True).tick_values(first, last)
    ax.set_xticks([year for year in steps if first <= year <= last])
    ax.xaxis.set_major_formatter(FuncFormatter(_year))
    ax.spines["bottom"].set(visible=True, color=picture.grey, linewidth=0.8)
    ax.tick_params(axis="x", length=3, color=picture.grey)


def _year(value: float, position: int | None = None) -> str:  # noqa: ARG001 - as matplotlib calls it
    return str(round(value))


def _series(picture: Picture, ax: Axes, case: _Case) -> list[float]:
    """The line of what was observed, broken where the series was redefined; faint, what else was."""
    from matplotlib.lines import Line2D

    course, scale, lang = case.course, case.scale, picture.lang
    places = [scale.at(each.value, each.unit) for each in course.series]
    pieces: list[list[tuple[int, float]]] = [[]]
    for each, place in zip(course.series, places, strict=True):
        if each.year in course.breaks:
            pieces.append([])
        pieces[-1].append((each.year or 0, place))
    for piece in filter(None, pieces):
        years, values = zip(*piece, strict=True)
        ax.plot(years, values, color=picture.ink, lw=1.6, marker="o", ms=3.2, zorder=3)
    look: dict[str, Any] = {
        "marker": "o", "ms": 3.6, "mfc": "none", "mec": picture.grey, "mew": 0.8, "alpha": 0.65,
        "ls": "none",
    }  # fmt: skip
    places += [_other(picture, ax, each, scale, look) for each in course.others]
    if course.others:
        picture.legend(Line2D([], [], **look), say("picture.other", lang), 40)
    return places


def _other(
    picture: Picture, ax: Axes, each: Observation, scale: Scale, look: dict[str, Any]
) -> float:
    """A figure that was passed over: a dot, a range, or an arrow where it is a bound."""
    place, year = scale.at(each.value, each.unit), each.year or 0
    marker = {1: "^", -1: "v"}.get(open_side(pointing(each.form, each.comparator)), "o")
    ax.plot([year], [place], **{**look, "marker": marker})
    if each.value_high is not None:
        high = scale.at(each.value_high, each.unit)
        ax.plot([year, year], [place, high], color=picture.grey, lw=1, alpha=0.65)
    return place


def _required(picture: Picture, ax: Axes, case: _Case) -> list[float]:
    """The required path: solid up to the last outcome, dashed from there on."""
    course, scale = case.course, case.scale
    if not course.required:
        return []
    years = [year for year, _ in course.required]
    values = [scale.at(value, course.unit) for _, value in course.required]
    last = max((each.year or 0 for each in course.series), default=years[0])
    split = sum(year <= last for year in years)
    look: dict[str, Any] = {"color": picture.grey, "lw": 1.1, "zorder": 2.5}
    (line,) = ax.plot(years[: max(split, 1)], values[: max(split, 1)], **look)
    picture.legend(line, say("picture.required", picture.lang), 2)
    if split < len(years):
        from_here = max(split - 1, 0)
        (line,) = ax.plot(years[from_here:], values[from_here:], ls=(0, (4, 2.5)), **look)
        picture.legend(line, say("picture.ahead_of_us", picture.lang), 3)
    return values


def _goal(case: _Case) -> Goal:
    course, scale, stated = case.course, case.scale, case.target
    high = None if course.goal_high is None else scale.at(course.goal_high, course.unit)
    tolerance = None if course.implied else case.verdict.tolerance
    bound = pointing(stated.form, stated.comparator)
    return Goal(bound, scale.at(course.goal, course.unit), high, tolerance)


def _outcome(picture: Picture, ax: Axes, case: _Case, goal: Goal) -> None:
    """The outcome that decided, with the mark of the verdict and its figure."""
    outcome, course, scale = case.verdict.outcome, case.course, case.scale
    if outcome is None:
        return
    at = next((each for each in course.series if each.year == outcome.year), None)
    figure: tuple[Decimal, str] | None = (at.value, at.unit) if at else None
    if figure is None and not course.implied and scale.fits(outcome.unit):
        figure = (outcome.value, outcome.unit)
    if figure is None:
        return
    place = scale.at(*figure)
    draw_outcome(picture, ax, case.verdict.verdict, (outcome.year, place), ms=9.0)
    comparator = at.comparator if at else outcome.comparator
    label = scale.said(*figure, comparator=comparator)
    above = place >= goal.value
    if course.form is Form.RANK:
        above = not above
    _beside(picture, ax, (outcome.year, place), label, above=above, bold=True)


def _beside(
    picture: Picture,
    ax: Axes,
    place: tuple[float, float],
    text: str,
    *,
    above: bool,
    bold: bool = False,
) -> None:
    aside = bold and not above  # beside the line that leads up to it
    picture.write(
        ax, text, place, offset=(7 if aside else 0, 8 if above else -6),
        align="left" if aside else "center", level="bottom" if above else "top",
        weight="bold" if bold else "normal", halo=True,
    )  # fmt: skip


def _name_goal(picture: Picture, ax: Axes, case: _Case, goal: Goal) -> None:
    """What is stated, to the right of its mark."""
    words = picture.letters.clean(_stated(case, picture.lang), 80)
    middle = goal.value if goal.high is None else (goal.value + goal.high) / 2
    for at, line in enumerate(lines := picture.wrapped(words, 104, BODY)):
        y = ((len(lines) - 1) / 2 - at) * BODY * 1.35
        picture.write(ax, line, (case.course.goal_year, middle), offset=(12, y))
    if case.course.implied:
        shown = number(case.scale.value(case.course.goal, case.course.unit))
        y = -((len(lines) - 1) / 2 + 1) * BODY * 1.35
        picture.write(
            ax, f"= {shown}", (case.course.goal_year, middle), offset=(12, y), size=SMALL,
            colour=picture.grey,
        )  # fmt: skip


def _stated(case: _Case, lang: Language) -> str:
    return say("picture.target_is", lang, stated=case.verdict.stated.text(lang))


def _title(case: _Case, lang: Language) -> str:
    region, indicator = case.verdict.subject.names(lang)
    return say(
        "path.title",
        lang,
        region=region,
        indicator=indicator,
        part="" if case.target.is_whole else f" ({case.target.part})",
        stated=case.verdict.stated.text(lang),
        year=case.target.end_year,
        verdict=word(case.verdict.verdict, lang),
    )


def _notes(case: _Case, lang: Language) -> list[str]:
    course, verdict, notes = case.course, case.verdict, []
    if verdict.verdict is Verdict.UNDETERMINED and verdict.reason:
        notes.append(word(verdict.reason, lang))
    if not case.target.is_whole:
        notes.append(say("path.part", lang))
    if course.breaks:
        years = labels.joined(map(str, course.breaks), lang)
        notes.append(say("path.redefined", lang, years=years))
    if course.unplaced:
        notes.append(say("path.unplaced", lang, count=course.unplaced))
    keys = {*verdict.inputs, *(each.key for each in (*course.series, *course.others))}
    records = labels.counted("record", len(keys), lang)
    return [*notes, source_line(verdict.edition, records, lang)]


def _alt(case: _Case, lang: Language) -> str:
    """What kind of picture, of what, from when to when, the extremes, the verdict."""
    region, indicator = case.verdict.subject.names(lang)
    kind = say("path.alt", lang, indicator=indicator, region=region)
    # the verdict in words, without the keys of its inputs
    verdict = case.verdict.model_copy(update={"inputs": ()}).explain(lang)
    return labels.sentences([kind, _extent(case, lang), verdict], lang)


def _extent(case: _Case, lang: Language) -> str:
    """The years of the series, with its lowest and highest value."""
    course, scale = case.course, case.scale
    if not course.series:
        return say("path.no_series", lang)
    ordered = sorted(course.series, key=lambda each: scale.value(each.value, each.unit))
    low, high = (
        labels.amount(scale.value(each.value, each.unit), scale.unit, lang)
        for each in (ordered[0], ordered[-1])
    )
    if len(course.series) == 1:
        return say("path.one_year", lang, figure=low, year=course.series[0].year)
    return say(
        "path.years",
        lang,
        count=len(course.series),
        first=course.series[0].year,
        last=course.series[-1].year,
        low=low,
        low_year=ordered[0].year,
        high=high,
        high_year=ordered[-1].year,
    )
