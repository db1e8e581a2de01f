"""The path of one target: its series, its start, and the path that it requires."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..analysis.assess import assess
from ..analysis.results import Assessment, vintage_name
from ..codelists import Form, Verdict
from ..dataset.dataset import Dataset
from ..records import Observation, Target
from ..text import labels as wording
from ..text.messages import Language, say, word
from .canvas import FigureSize, Picture, PictureError
from .marks import (
    draw_outcome,
    draw_series,
    draw_start,
    draw_target,
    open_side,
)
from .panels import notes_on, series_notes, source_line, year_note
from .style import LINES, Amount, Scale, number, scale_of
from .trajectory import Steps, Trajectory, trajectory_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEIGHT = 3.3  # inches
_MOST_AXIS = 80  # characters of the name of the axis


def path(
    target: Target | Assessment,
    plans: Dataset[Any, Any],
    *,
    labels: bool = True,
    ax: Axes | None = None,
    figsize: FigureSize = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """Draw one target with its series, its required path, and what is still required, dashed.

    A target for growth, a multiple or an increase is shown as the level it implies, if levels are
    known; else its own figures are shown. Other figures of a year, of vintages and sources, are faint. If the pace
    is computed on one vintage, that series has a line of its own, from which the paths start. The required path follows the pace method of the verdict; without one it is compound for growth and
    multiples, else linear. If the last figure is of a year before the target year, a dashed line leads
    from it to the target.

    Parameters
    ----------
    target
        A target, which is assessed as ``assess(target, plans)`` does, or an assessment.
    plans
        The dataset with the series, and with the target where an assessment is given.
    labels, ax, figsize, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If `target` is neither a target nor an assessment.
    MissingError
        If the dataset does not have the target of the assessment.

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
    picture = Picture(ax, lang, (_HEIGHT,), figsize=figsize, title=title, labels=labels)
    lang = picture.lang
    trajectory = trajectory_of(record, plans, verdict)
    goal, figures = trajectory.goal, (*trajectory.series, *trajectory.apart)
    scale = scale_of((*trajectory.series, goal), goal.unit, lang)
    _draw(picture, verdict, trajectory, scale)
    keys = [*verdict.inputs, *(figure.key for figure in figures)]
    source = source_line(verdict.edition, keys, lang, plans)
    region, indicator = verdict.names(lang)
    when, year = year_note([verdict], lang), verdict.stated.due(lang)
    stated, outcome = verdict.stated.text(lang), word(verdict.verdict, lang)
    if verdict.verdict is Verdict.AWAITING:
        outcome = say("picture.not_yet", lang)
        latest = verdict.outcome.dated(verdict.stated.form, lang)[1] if verdict.outcome else ""
        outcome += say("path.latest", lang, year=latest) if latest else ""
    names = {"region": region, "indicator": indicator, "year": year, "when": when}
    head = say("path.title", lang, **names, stated=stated, verdict=outcome)
    region, indicator = verdict.subject.names(lang)
    kind = say("path.alt", lang, indicator=indicator, region=region)
    # the verdict in words, without the keys of its inputs
    explained = verdict.model_copy(update={"inputs": ()}).explain(lang)
    alt = [kind, _extent(trajectory.series, scale), explained]
    notes = [word(note, lang) for note in notes_on(verdict)]
    if not record.is_whole:
        notes.append(say("path.part", lang))
    notes += series_notes([(trajectory.series, trajectory.others)], lang)
    if verdict.one_vintage is not None:
        notes.append(
            say("path.judged", lang, vintage=vintage_name(verdict.one_vintage.vintage, lang))
        )
    if trajectory.unplaced:
        notes.append(say("path.unplaced", lang, count=trajectory.unplaced))
    return picture.finish(head, notes, source, alt)


def _draw(picture: Picture, verdict: Assessment, trajectory: Trajectory, scale: Scale) -> None:
    ax, lang, end = picture.axes[0], picture.lang, verdict.stated.end_year
    start, goal = trajectory.start, trajectory.goal
    is_rank = goal.form is Form.RANK
    name = picture.letters.clean(verdict.subject.names(lang)[1], _MOST_AXIS)
    axis = wording.joined([name, scale.label], lang, "counts")
    picture.number_axis(ax, "y", axis, whole=is_rank)
    years = {figure.year for figure in (*trajectory.series, *trajectory.others) if figure.year}
    years |= {end, *([start.year] if start else [])}
    picture.year_axis(ax, min(years) if len(years) > 1 else end - 5, max(years))
    _draw_figures(picture, ax, trajectory, scale)
    paths: list[tuple[Steps, str, int, str, Any]] = [
        (trajectory.required, say("picture.required", lang), 2, picture.grey, "-"),
        (trajectory.remaining, say("picture.remaining", lang), 3, picture.ink, (0, (4, 2.5))),
    ]
    for steps, text, order, colour, dashes in paths:
        if steps:
            at, values = zip(*steps, strict=True)
            levels = [scale.at(Amount(value, goal.unit)) for value in values]
            look: dict[str, Any] = {"color": colour, "ls": dashes, "lw": 1.1, "zorder": 2.5}
            picture.plot(ax, at, levels, text, order, **look)
    draw_target(
        picture, ax, goal, scale, end, upright=True, settled=verdict.reason is None,
        tolerance=None if trajectory.implied else verdict.tolerance,
    )  # fmt: skip
    if start is not None:
        position = (start.year, scale.at(start))
        draw_start(picture, ax, position)
        above = (position[1] <= scale.at(goal)) is not is_rank
        _label(picture, position, scale.text(start), -1, above=above)
    outcome = verdict.outcome
    of_year = [figure for figure in trajectory.series if outcome and figure.year == outcome.year]
    if outcome and (of_year or (scale.fits(outcome) and not trajectory.implied)):
        shown = of_year[0] if of_year else outcome
        position = (outcome.year, scale.at(shown))
        draw_outcome(picture, ax, verdict.verdict, position, size=9.0)
        above = (position[1] >= scale.at(goal)) is not is_rank
        _label(picture, position, scale.text(shown), 1, above=above)
    if picture.labels:
        _name_target(picture, verdict, trajectory, scale)
    picture.fit(ax, "y", whole=is_rank, margin=0.08)  # for labels above and below


def _draw_figures(picture: Picture, ax: Axes, trajectory: Trajectory, scale: Scale) -> None:
    """Draw the series, and faint all other figures: dots, ranges, or arrows if they are bounds."""
    lang = picture.lang
    line: dict[str, Any] = {"color": picture.ink, "lw": 1.6, "marker": "o", "ms": 3.2}
    faint: dict[str, Any] = {
        "marker": "o", "ms": 6.0, "mfc": "none", "mec": picture.grey, "mew": 0.8, "alpha": 0.65,
        "ls": "none",
    }  # fmt: skip
    if len(trajectory.series) > 1:
        text = "printed" if trajectory.judged else "series"
        picture.legend(say(f"picture.{text}", lang), 1, line)
    if trajectory.judged:
        judged: dict[str, Any] = {"color": LINES[0], "lw": 1.6, "marker": "s", "ms": 3.0}
        years, levels = zip(
            *((each.year, scale.at(each)) for each in trajectory.judged), strict=True
        )
        picture.plot(ax, years, levels, say("picture.judged", lang), 1, zorder=3, **judged)
    for figure in trajectory.apart:
        value, high, year = scale.at(figure), scale.high(figure), figure.year or 0
        side = open_side(figure.form, figure.comparator)
        faint["marker"], text = {1: ("^", "open"), -1: ("v", "open"), 0: ("o", "other")}[side]
        picture.plot(ax, [year], [value], say(f"picture.{text}", lang), 40, **faint)
        if high is not None:
            picture.plot(ax, [year, year], [value, high], color=picture.grey, lw=1, alpha=0.65)
    draw_series(picture, ax, trajectory.series, trajectory.others, scale, **line)


def _label(
    picture: Picture, position: tuple[float, float], text: str, side: int, *, above: bool
) -> None:
    """Write the figure of the start to the left of its line, that of the outcome, in bold, to the right."""
    if picture.labels:
        align = "center" if above and side > 0 else "left" if side > 0 else "right"
        shift = 0 if align == "center" else 6 * side
        picture.write(
            picture.axes[0], text, position, offset=(shift, 8 if above else -6), align=align,
            level="bottom" if above else "top", weight="bold" if side > 0 else "normal", halo=True,
        )  # fmt: skip


def _name_target(
    picture: Picture, verdict: Assessment, trajectory: Trajectory, scale: Scale
) -> None:
    """Write the stated target to the right of its mark, with the level that it implies."""
    goal, stated = trajectory.goal, verdict.stated
    value, high = scale.at(goal), scale.high(goal)
    text = say("picture.target_is", picture.lang, stated=stated.text(picture.lang))
    lines = picture.wrapped(picture.letters.clean(text, 80), 60 if picture.narrow else 104)
    if trajectory.implied:
        lines.append(f"= {number(scale.value(goal))}")
    position = (stated.end_year, value if high is None else (value + high) / 2)
    ax = picture.axes[0]
    picture.write(ax, "\n".join(lines), position, offset=(12, 0), level="center")


def _extent(series: Sequence[Observation], scale: Scale) -> str:
    """Return the years of the series, with its lowest and highest value."""
    lang = scale.lang
    if not series:
        return say("path.no_series", lang)
    low, high = (choose(series, key=scale.value) for choose in (min, max))
    least, most = (wording.amount(scale.value(figure), scale.unit, lang) for figure in (low, high))
    if len(series) == 1:
        return say("path.one_year", lang, figure=least, year=low.year)
    span = {"count": len(series), "first": series[0].year, "last": series[-1].year}
    ends = {"low": least, "low_year": low.year, "high": most, "high_year": high.year}
    return say("path.years", lang, **span, **ends)
