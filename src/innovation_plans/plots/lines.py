"""One indicator of several regions: their series, with the targets as marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.matching import best_of
from ..codelists import Form
from ..dataset.dataset import Dataset
from ..dataset.where import Some, found, whole_year
from ..errors import expect, one_of
from ..records import Indicator, Observation, Region, Target
from ..text import labels as wording
from ..text.messages import Language, say
from ..units.interval import DEFAULT_TOLERANCE
from .canvas import FigureSize, Picture, check_count
from .marks import TargetMark, draw_series, draw_target
from .panels import series_notes, source_line
from .style import LINES, Scale, scale_of
from .trajectory import by_year

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEIGHT = 3.6  # inches
_LAST_YEAR = 2030
_SHARE = 0.6  # of the width of the picture, which the marks of all years side by side have
_MOST_BAR = 13.0  # points


class _Line(NamedTuple):
    """The series of a region, one figure per year, and its targets."""

    region: Region
    series: list[Observation]
    figures: list[Observation]  # of all vintages
    targets: list[Target]
    colour: str = LINES[0]

    @property
    def records(self) -> list[Observation | Target]:
        """All that is drawn."""
        return [*self.series, *self.targets]

    @property
    def last(self) -> Observation | Target:
        """The record of the last year."""
        return max(self.records, key=_year)

    def name(self, lang: Language) -> str:
        """Return the short name of the region."""
        return wording.name(self.region, lang, "short", "name")


def lines(
    plans: Dataset[Any, Any],
    *,
    indicator: str,
    region: Some,
    since: int | None = None,
    until: int = _LAST_YEAR,
    vintage: str | None = None,
    labels: bool = True,
    ax: Axes | None = None,
    figsize: FigureSize = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """Draw the levels of one indicator in several regions as lines, and their targets as marks.

    Of each year, the figure that a verdict would use is drawn. A line has a gap where its series was
    redefined, and where its vintage changes: a revision is no rise or fall. The names of the regions are
    on the right, at the height of their last marks; without labels they are in the legend.

    Parameters
    ----------
    plans
        The dataset.
    indicator
        Code or name of the indicator.
    region
        Codes or names of at most eight regions.
    since, until
        The first and the last year; all years up to 2030 if not given.
    vintage
        The vintage of the figures; if not given, the newest of each year.
    labels, ax, figsize, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If there is nothing to draw, or there are more regions.
    MissingError
        If there is no indicator or region with that name, or no such vintage of the indicator.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = lines(ip.load(), indicator="rd_intensity", region=["GD", "JS", "ZJ"], since=2015)
    >>> ax.get_title(loc="left")
    ''
    """
    expect("plans", plans, "targets", "a dataset")
    first, last = 0 if since is None else whole_year(since), whole_year(until)
    subject = plans.indicator(indicator)
    if vintage is not None:
        _check_vintage(plans, subject, vintage)
    regions = [] if region is None else found("region", plans.context, region)
    check_count(len(regions), "regions", len(LINES))
    years = range(first, last + 1)
    drawn = [
        _line(plans, subject, each, years, vintage)._replace(colour=colour)
        for each, colour in zip(regions, LINES, strict=False)
    ]
    check_count(sum(len(line.records) for line in drawn), "figures")
    picture = Picture(ax, lang, (_HEIGHT,), figsize=figsize, title=title, labels=labels)
    lang, ax = picture.lang, picture.axes[0]
    records = [record for line in drawn for record in line.records]
    scale = scale_of(records, subject.unit, lang)
    name = picture.letters.clean(wording.name(subject, lang), 80)
    picture.number_axis(ax, "y", wording.joined([name, scale.label], lang, "counts"))
    ends = [_year(record) for record in records]
    picture.year_axis(ax, min(ends), max(ends))
    year = picture.width * 72 * _SHARE / (max(ends) - min(ends) + 1)  # points
    shown = [line for line in drawn if line.records]
    for line in shown:
        _draw_line(picture, ax, line, scale, min(year, _MOST_BAR))
    picture.fit(ax, "y")
    names = [(_name(picture, line), scale.at(line.last), line.colour) for line in shown]
    picture.write_names(ax, names)
    title = "title" if any(line.targets for line in drawn) else "without_targets"
    head = say(f"lines.{title}", lang, name=wording.name(subject, lang))
    source = source_line(plans.edition, [record.key for record in records], lang, plans)
    notes = series_notes([(line.series, line.figures) for line in drawn], lang)
    return picture.finish(head, notes, source, _alt(drawn, head, scale, lang))


def _check_vintage(plans: Dataset[Any, Any], subject: Indicator, vintage: str) -> None:
    """Raise an error if no level of the indicator is of the vintage: all would be drawn."""
    levels = plans.observations.where(indicator=subject.code, form=Form.LEVEL)
    one_of("vintage", vintage, sorted({each.vintage for each in levels if each.vintage}))


def _line(
    plans: Dataset[Any, Any], subject: Indicator, region: Region, years: range, vintage: str | None
) -> _Line:
    observations = plans.observations.in_vintage(vintage)
    figures = [
        figure
        for figure in observations.series(f"{region.code}/{subject.code}/{Form.LEVEL}")
        if figure.year in years and figure.comparator.plain
    ]
    best = [best_of(candidates, observations) for candidates in by_year(figures)]
    stated = plans.targets.where(region=region.code, indicator=subject.code, form=Form.LEVEL)
    whole = stated.filter(lambda target: target.is_whole and target.end_year in years)
    return _Line(region, [figure for figure in best if figure], figures, list(whole.select().kept))


def _year(record: Observation | Target) -> int:
    return record.end_year if isinstance(record, Target) else record.year or 0


def _draw_line(picture: Picture, ax: Axes, line: _Line, scale: Scale, bar: float) -> None:
    """Draw a series with its targets, in one colour with its own marks."""
    at = LINES.index(line.colour)
    colour, marker = line.colour, "osD^vPX*"[at]
    look: dict[str, Any] = {"color": colour, "lw": 1.6, "marker": marker, "ms": 3.6}
    draw_series(picture, ax, line.series, line.figures, scale, **look)
    for target in line.targets:
        mark = TargetMark.of(target, scale, DEFAULT_TOLERANCE)
        draw_target(picture, ax, mark, target.end_year, upright=True, colour=colour, size=bar)
    if not picture.labels:
        picture.legend(_name(picture, line), at, look)


def _name(picture: Picture, line: _Line) -> str:
    return picture.letters.clean(line.name(picture.lang), 28)


def _alt(drawn: list[_Line], head: str, scale: Scale, lang: Language) -> list[str]:
    parts = [say("lines.alt", lang, title=head)]
    for line in drawn:
        ends = dict.fromkeys([*line.series[:1], *line.series[-1:]])
        figures = [_dated(figure, scale, lang) for figure in ends]
        targets = [_target_text(target, lang) for target in line.targets]
        texts = wording.joined([*figures, *targets], lang, "parts")
        parts.append(wording.headed(line.name(lang), texts, lang))
    return parts


def _dated(figure: Observation, scale: Scale, lang: Language) -> str:
    amount = wording.amount(scale.value(figure), scale.unit, lang)
    return say("figure.dated", lang, figure=amount, year=figure.year)


def _target_text(target: Target, lang: Language) -> str:
    figure = wording.stated(
        target.form, target.comparator, target.value, target.value_high, target.unit, lang=lang
    )
    return say("lines.target", lang, year=target.end_year, figure=figure)
