"""The path of one target: its series, its start, and the path that it requires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.assess import assess
from ..analysis.results import Assessment
from ..codelists import Form
from ..dataset.dataset import Dataset
from ..records import Observation, Target
from ..text import labels as wording
from ..text.messages import Language, say, word
from .canvas import FigureSize, Picture, PictureError
from .marks import (
    TargetMark,
    comparator_on_axis,
    draw_outcome,
    draw_series,
    draw_start,
    draw_target,
    open_side,
)
from .panels import notes_on, series_notes, source_line
from .style import Amount, Scale, number, scale_of
from .trajectory import Steps, Trajectory, trajectory_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEIGHT = 3.3  # inches
_DASHED = (0, (4, 2.5))
_MOST_AXIS = 80  # characters of the name of the axis
_STEPS = {"required": 2, "remaining": 3}  # messages, with their order in the legend


class _Case(NamedTuple):
    """The data of one path."""

    target: Target
    verdict: Assessment
    trajectory: Trajectory
    scale: Scale
    mark: TargetMark

    @property
    def is_rank(self) -> bool:
        """Whether the axis is one of ranks."""
        return self.trajectory.goal.form is Form.RANK


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
    known; else its own figures are shown. Figures of other vintages and sources are faint. The
    required path follows the pace method of the verdict; without one it is compound for growth and
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
    trajectory = trajectory_of(record, plans, verdict)
    goal = trajectory.goal
    scale = scale_of((*trajectory.series, goal), goal.unit, picture.lang)
    mark = TargetMark.of(goal, scale, None if trajectory.implied else verdict.tolerance)
    case = _Case(record, verdict, trajectory, scale, mark)
    _draw(picture, picture.axes[0], case)
    lang = picture.lang
    figures = (*trajectory.series, *trajectory.others)
    keys = [*verdict.inputs, *(figure.key for figure in figures)]
    source = source_line(verdict.edition, keys, lang, plans)
    return picture.finish(_title(case, lang), _notes(case, lang), source, _alt(case, lang))


def _draw(picture: Picture, ax: Axes, case: _Case) -> None:
    trajectory, scale, lang = case.trajectory, case.scale, picture.lang
    name = picture.letters.clean(case.verdict.subject.names(lang)[1], _MOST_AXIS)
    axis = wording.joined([name, scale.label], lang, "counts")
    picture.number_axis(ax, "y", axis, whole=case.is_rank)
    _year_axis(picture, ax, case)
    _draw_series(picture, ax, case)
    _draw_steps(picture, ax, case, trajectory.required, "required", color=picture.grey)
    _draw_steps(picture, ax, case, trajectory.remaining, "remaining", color=picture.ink, ls=_DASHED)
    settled = case.verdict.reason is None
    draw_target(picture, ax, case.mark, case.target.end_year, upright=True, settled=settled)
    if trajectory.start is not None:
        value = scale.at(trajectory.start)
        position = (trajectory.start.year, value)
        draw_start(picture, ax, position)
        text = scale.text(trajectory.start)
        _label(picture, ax, position, text, above=(value <= case.mark.value) is not case.is_rank)
    _draw_outcome(picture, ax, case)
    _name_target(picture, ax, case)
    picture.fit(ax, "y", whole=case.is_rank, margin=0.08)  # for labels above and below


def _year_axis(picture: Picture, ax: Axes, case: _Case) -> None:
    start, end = case.trajectory.start, case.target.end_year
    figures = (*case.trajectory.series, *case.trajectory.others)
    years = {end, *(figure.year for figure in figures if figure.year)}
    years |= {start.year} if start else set()
    picture.year_axis(ax, min(years) if len(years) > 1 else end - 5, max(years))


def _draw_series(picture: Picture, ax: Axes, case: _Case) -> None:
    """Draw the series, and faint all other figures."""
    trajectory, scale, lang = case.trajectory, case.scale, picture.lang
    line: dict[str, Any] = {"color": picture.ink, "lw": 1.6, "marker": "o", "ms": 3.2}
    faint: dict[str, Any] = {
        "marker": "o", "ms": 6.0, "mfc": "none", "mec": picture.grey, "mew": 0.8, "alpha": 0.65,
        "ls": "none",
    }  # fmt: skip
    if trajectory.series:
        picture.legend(say("picture.series", lang), 1, line)
    for observation in trajectory.others:
        _draw_other(picture, ax, observation, scale, faint)
        picture.legend(say("picture.other", lang), 40, faint)
    draw_series(picture, ax, trajectory.series, trajectory.others, scale, **line)


def _draw_other(
    picture: Picture, ax: Axes, observation: Observation, scale: Scale, look: dict[str, Any]
) -> None:
    """Draw a figure that is not in the series: a dot, a range, or an arrow if it is a bound."""
    value, high, year = scale.at(observation), scale.high(observation), observation.year or 0
    side = open_side(comparator_on_axis(observation.form, observation.comparator))
    picture.plot(ax, [year], [value], **{**look, "marker": {1: "^", -1: "v"}.get(side, "o")})
    if high is not None:
        picture.plot(ax, [year, year], [value, high], color=picture.grey, lw=1, alpha=0.65)


def _draw_steps(
    picture: Picture, ax: Axes, case: _Case, steps: Steps, message: str, **look: Any
) -> None:
    """Draw the level of each year up to the target."""
    unit = case.trajectory.goal.unit
    values = [case.scale.at(Amount(value, unit)) for _, value in steps]
    if values:
        years = [year for year, _ in steps]
        text, order = say(f"picture.{message}", picture.lang), _STEPS[message]
        picture.plot(ax, years, values, text, order, lw=1.1, zorder=2.5, **look)


def _draw_outcome(picture: Picture, ax: Axes, case: _Case) -> None:
    """Draw the outcome with the mark of its verdict and its figure, if the axis can show it."""
    outcome, trajectory, scale = case.verdict.outcome, case.trajectory, case.scale
    if outcome is None:
        return
    of_year = [figure for figure in trajectory.series if figure.year == outcome.year]
    shown = of_year[0] if of_year else outcome
    if not of_year and (trajectory.implied or not scale.fits(outcome)):
        return
    position = (outcome.year, scale.at(shown))
    draw_outcome(picture, ax, case.verdict.verdict, position, size=9.0)
    above = (position[1] >= case.mark.value) is not case.is_rank
    _label(picture, ax, position, scale.text(shown), above=above, bold=True)


def _label(
    picture: Picture,
    ax: Axes,
    position: tuple[float, float],
    text: str,
    *,
    above: bool,
    bold: bool = False,
) -> None:
    if not picture.labels:
        return
    # the start is left of its line, the outcome right of it
    shift, align = (0, "center") if bold and above else (6, "left") if bold else (-6, "right")
    picture.write(
        ax, text, position, offset=(shift, 8 if above else -6), align=align,
        level="bottom" if above else "top", weight="bold" if bold else "normal", halo=True,
    )  # fmt: skip


def _name_target(picture: Picture, ax: Axes, case: _Case) -> None:
    """Write the stated target to the right of its mark, with the level that it implies."""
    if not picture.labels:
        return
    goal, high, lang = case.mark.value, case.mark.high, picture.lang
    stated = say("picture.target_is", lang, stated=case.verdict.stated.text(lang))
    lines = picture.wrapped(picture.letters.clean(stated, 80), 60 if picture.narrow else 104)
    if case.trajectory.implied:
        lines.append(f"= {number(case.scale.value(case.trajectory.goal))}")
    position = (case.target.end_year, goal if high is None else (goal + high) / 2)
    picture.write(ax, "\n".join(lines), position, offset=(12, 0), level="center")


def _title(case: _Case, lang: Language) -> str:
    region, indicator = case.verdict.names(lang)
    return say(
        "path.title",
        lang,
        region=region,
        indicator=indicator,
        stated=case.verdict.stated.text(lang),
        year=case.target.end_year,
        verdict=word(case.verdict.verdict, lang),
    )


def _notes(case: _Case, lang: Language) -> list[str]:
    trajectory = case.trajectory
    notes = [word(note, lang) for note in notes_on(case.verdict)]
    if not case.target.is_whole:
        notes.append(say("path.part", lang))
    notes += series_notes([(trajectory.series, trajectory.others)], lang)
    if trajectory.unplaced:
        notes.append(say("path.unplaced", lang, count=trajectory.unplaced))
    return notes


def _alt(case: _Case, lang: Language) -> list[str]:
    """Return the alt text: the kind of picture, its subject, its years, the extremes, the verdict."""
    region, indicator = case.verdict.subject.names(lang)
    kind = say("path.alt", lang, indicator=indicator, region=region)
    # the verdict in words, without the keys of its inputs
    verdict = case.verdict.model_copy(update={"inputs": ()}).explain(lang)
    return [kind, _extent(case, lang), verdict]


def _extent(case: _Case, lang: Language) -> str:
    """Return the years of the series, with its lowest and highest value."""
    series, scale = case.trajectory.series, case.scale
    if not series:
        return say("path.no_series", lang)
    ordered = sorted(series, key=scale.value)
    low, high = ordered[0], ordered[-1]
    figures = [wording.amount(scale.value(figure), scale.unit, lang) for figure in (low, high)]
    if len(series) == 1:
        return say("path.one_year", lang, figure=figures[0], year=low.year)
    return say(
        "path.years",
        lang,
        count=len(series),
        first=series[0].year,
        last=series[-1].year,
        low=figures[0],
        low_year=low.year,
        high=figures[1],
        high_year=high.year,
    )
