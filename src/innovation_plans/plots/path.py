"""The path of one target: its series, its start, and the path that it requires."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.assess import assess
from ..analysis.results import Assessment
from ..codelists import Form, Verdict
from ..dataset.dataset import Dataset
from ..records import Observation, Target
from ..text import labels as wording
from ..text.messages import Language, say, word
from .canvas import BODY, SMALL, FigureSize, Picture, PictureError
from .marks import (
    TargetMark,
    comparator_on_axis,
    draw_outcome,
    draw_start,
    draw_target,
    open_side,
)
from .panels import Trajectory, publishers_of, source_line, trajectory_of
from .style import Scale, limits, number, scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["path"]

_HEIGHT = 3.3  # inches
_MOST_AXIS = 80  # characters of the name of the axis


class _Case(NamedTuple):
    """The data of one path."""

    target: Target
    verdict: Assessment
    trajectory: Trajectory
    scale: Scale


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
    picture = Picture(ax, lang, (_HEIGHT,), figsize=figsize, title=title, labels=labels)
    trajectory = trajectory_of(record, plans, verdict)
    figures = [(observation.value, observation.unit) for observation in trajectory.series]
    figures.append((trajectory.target, trajectory.unit))
    case = _Case(record, verdict, trajectory, scale_of(figures, trajectory.unit, picture.lang))
    _draw(picture, picture.axes[0], case)
    lang = picture.lang
    return picture.finish(_title(case, lang), _notes(case, plans, lang), _alt(case, lang))


def _draw(picture: Picture, ax: Axes, case: _Case) -> None:
    trajectory, scale, lang = case.trajectory, case.scale, picture.lang
    name = picture.letters.clean(case.verdict.subject.names(lang)[1], _MOST_AXIS)
    axis = wording.joined([name, scale.label], lang, "counts")
    picture.number_axis(ax, "y", axis, whole=trajectory.form is Form.RANK)
    _year_axis(picture, ax, case)
    values = [*_draw_series(picture, ax, case), *_draw_required(picture, ax, case)]
    _draw_remaining(picture, ax, case)
    mark = _target_mark(case)
    settled = case.verdict.reason is None
    draw_target(picture, ax, mark, trajectory.target_year, upright=True, settled=settled)
    values += mark.ends
    if trajectory.start is not None:
        value = scale.at(trajectory.start.value, trajectory.start.unit)
        draw_start(picture, ax, (trajectory.start.year, value))
        text = scale.label_of(trajectory.start.value, trajectory.start.unit)
        _label(picture, ax, (trajectory.start.year, value), text, above=value > mark.value)
        values.append(value)
    values += _draw_outcome(picture, ax, case, mark)
    _name_target(picture, ax, case, mark)
    ax.set_ylim(_ends(values, rank=trajectory.form is Form.RANK))


def _ends(values: list[float], *, rank: bool) -> tuple[float, float]:
    """Return the ends of the axis, with space for the labels of the lowest and highest value."""
    if rank:
        return limits(values, whole=True)
    low, high = limits(values)
    margin = (max(values) - min(values)) * 0.08
    return low - margin, high + margin


def _year_axis(picture: Picture, ax: Axes, case: _Case) -> None:
    trajectory = case.trajectory
    years = [
        observation.year
        for observation in (*trajectory.series, *trajectory.others)
        if observation.year
    ]
    years += [trajectory.target_year, *([trajectory.start.year] if trajectory.start else [])]
    first = min(years) if len(set(years)) > 1 else trajectory.target_year - 5
    last = max(years)
    right = 0.6 if picture.own else max((last - first) * 0.45, 2)  # space to name the target
    picture.year_axis(ax, first, last, right=right)


def _draw_series(picture: Picture, ax: Axes, case: _Case) -> list[float]:
    """Draw the series, with a gap where it was redefined, and faint all other figures."""
    from matplotlib.lines import Line2D

    trajectory, scale, lang = case.trajectory, case.scale, picture.lang
    values = [scale.at(observation.value, observation.unit) for observation in trajectory.series]
    pieces: list[list[tuple[int, float]]] = [[]]
    for observation, value in zip(trajectory.series, values, strict=True):
        if observation.year in trajectory.breaks:
            pieces.append([])
        pieces[-1].append((observation.year or 0, value))
    own: dict[str, Any] = {"color": picture.ink, "lw": 1.6, "marker": "o", "ms": 3.2}
    for piece in filter(None, pieces):
        (line,) = ax.plot(*zip(*piece, strict=True), **own, zorder=3)
        picture.legend(line, say("picture.series", lang), 1)
    look: dict[str, Any] = {
        "marker": "o", "ms": 3.6, "mfc": "none", "mec": picture.grey, "mew": 0.8, "alpha": 0.65,
        "ls": "none",
    }  # fmt: skip
    values += [
        _draw_other(picture, ax, observation, scale, look) for observation in trajectory.others
    ]
    if trajectory.others:
        picture.legend(Line2D([], [], **look), say("picture.other", lang), 40)
    return values


def _draw_other(
    picture: Picture, ax: Axes, observation: Observation, scale: Scale, look: dict[str, Any]
) -> float:
    """Draw a figure that is not in the series: a dot, a range, or an arrow if it is a bound."""
    value, year = scale.at(observation.value, observation.unit), observation.year or 0
    marker = {1: "^", -1: "v"}.get(
        open_side(comparator_on_axis(observation.form, observation.comparator)), "o"
    )
    ax.plot([year], [value], **{**look, "marker": marker})
    if observation.value_high is not None:
        high = scale.at(observation.value_high, observation.unit)
        ax.plot([year, year], [value, high], color=picture.grey, lw=1, alpha=0.65)
    return value


def _draw_required(picture: Picture, ax: Axes, case: _Case) -> list[float]:
    """Draw the path from the start to the target, and return its values."""
    trajectory, scale = case.trajectory, case.scale
    if not trajectory.required:
        return []
    years = [year for year, _ in trajectory.required]
    values = [scale.at(value, trajectory.unit) for _, value in trajectory.required]
    (line,) = ax.plot(years, values, color=picture.grey, lw=1.1, zorder=2.5)
    picture.legend(line, say("picture.required", picture.lang), 2)
    return values


def _draw_remaining(picture: Picture, ax: Axes, case: _Case) -> None:
    """Draw a dashed line from the last figure to the target, if its year is still to come."""
    trajectory, scale = case.trajectory, case.scale
    if not trajectory.remaining:
        return
    years = [year for year, _ in trajectory.remaining]
    values = [scale.at(value, trajectory.unit) for _, value in trajectory.remaining]
    (line,) = ax.plot(years, values, color=picture.ink, lw=1.1, ls=(0, (4, 2.5)), zorder=2.6)
    picture.legend(line, say("picture.remaining", picture.lang), 3)


def _target_mark(case: _Case) -> TargetMark:
    trajectory, scale, stated = case.trajectory, case.scale, case.target
    high = (
        None
        if trajectory.target_high is None
        else scale.at(trajectory.target_high, trajectory.unit)
    )
    tolerance = None if trajectory.implied else case.verdict.tolerance
    comparator = comparator_on_axis(stated.form, stated.comparator)
    return TargetMark(comparator, scale.at(trajectory.target, trajectory.unit), high, tolerance)


def _draw_outcome(picture: Picture, ax: Axes, case: _Case, mark: TargetMark) -> list[float]:
    """Draw the outcome with the mark of its verdict and its figure, and return its value."""
    outcome, trajectory, scale = case.verdict.outcome, case.trajectory, case.scale
    if outcome is None:
        return []
    own = next(
        (observation for observation in trajectory.series if observation.year == outcome.year), None
    )
    figure: tuple[Decimal, str] | None = (own.value, own.unit) if own else None
    if figure is None and not trajectory.implied and scale.fits(outcome.unit):
        figure = (outcome.value, outcome.unit)
    if figure is None:
        return []
    position = (outcome.year, scale.at(*figure))
    draw_outcome(picture, ax, case.verdict.verdict, position, ms=9.0)
    text = scale.label_of(*figure, comparator=(own or outcome).comparator)
    above = position[1] >= mark.value
    if trajectory.form is Form.RANK:
        above = not above
    _label(picture, ax, position, text, above=above, bold=True)
    return [position[1]]


def _label(
    picture: Picture,
    ax: Axes,
    position: tuple[float, float],
    text: str,
    *,
    above: bool,
    bold: bool = False,
) -> None:
    right = bold and not above  # to the right of the line that leads up to it
    picture.write(
        ax, text, position, offset=(7 if right else 0, 8 if above else -6),
        align="left" if right else "center", level="bottom" if above else "top",
        weight="bold" if bold else "normal", halo=True,
    )  # fmt: skip


def _name_target(picture: Picture, ax: Axes, case: _Case, mark: TargetMark) -> None:
    """Write the stated target to the right of its mark."""
    stated = case.verdict.stated.text(picture.lang)
    text = picture.letters.clean(say("picture.target_is", picture.lang, stated=stated), 80)
    trajectory = case.trajectory
    middle = mark.value if mark.high is None else (mark.value + mark.high) / 2
    position, height = (trajectory.target_year, middle), BODY * 1.35
    lines = picture.wrapped(text, 60 if picture.narrow else 104, BODY)
    for index, line in enumerate(lines):
        offset = (12, ((len(lines) - 1) / 2 - index) * height)
        picture.write(ax, line, position, offset=offset)
    if trajectory.implied:
        level = number(case.scale.value(trajectory.target, trajectory.unit))
        offset = (12, -((len(lines) - 1) / 2 + 1) * height)
        picture.write(ax, f"= {level}", position, offset=offset, size=SMALL, colour=picture.grey)


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


def _notes(case: _Case, plans: Dataset[Any, Any], lang: Language) -> list[str]:
    trajectory, verdict, notes = case.trajectory, case.verdict, []
    if verdict.verdict is Verdict.UNDETERMINED and verdict.reason:
        notes.append(word(verdict.reason, lang))
    if not case.target.is_whole:
        notes.append(say("path.part", lang))
    if trajectory.breaks:
        years = wording.joined(map(str, trajectory.breaks), lang)
        notes.append(say("path.redefined", lang, years=years))
    if trajectory.unplaced:
        notes.append(say("path.unplaced", lang, count=trajectory.unplaced))
    keys = {
        *verdict.inputs,
        *(observation.key for observation in (*trajectory.series, *trajectory.others)),
    }
    records = wording.counted("record", len(keys), lang)
    return [*notes, source_line(verdict.edition, records, lang, publishers_of(keys, plans, lang))]


def _alt(case: _Case, lang: Language) -> str:
    """Return the alt text: the kind of picture, its subject, its years, the extremes, the verdict."""
    region, indicator = case.verdict.subject.names(lang)
    kind = say("path.alt", lang, indicator=indicator, region=region)
    # the verdict in words, without the keys of its inputs
    verdict = case.verdict.model_copy(update={"inputs": ()}).explain(lang)
    return wording.sentences([kind, _extent(case, lang), verdict], lang)


def _extent(case: _Case, lang: Language) -> str:
    """Return the years of the series, with its lowest and highest value."""
    trajectory, scale = case.trajectory, case.scale
    if not trajectory.series:
        return say("path.no_series", lang)
    ordered = sorted(
        trajectory.series, key=lambda observation: scale.value(observation.value, observation.unit)
    )
    low, high = (
        wording.amount(scale.value(observation.value, observation.unit), scale.unit, lang)
        for observation in (ordered[0], ordered[-1])
    )
    if len(trajectory.series) == 1:
        return say("path.one_year", lang, figure=low, year=trajectory.series[0].year)
    return say(
        "path.years",
        lang,
        count=len(trajectory.series),
        first=trajectory.series[0].year,
        last=trajectory.series[-1].year,
        low=low,
        low_year=ordered[0].year,
        high=high,
        high_year=ordered[-1].year,
    )
