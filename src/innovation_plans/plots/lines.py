"""One indicator of several regions: their series, with the targets as marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.matching import best_of
from ..codelists import Form
from ..dataset.dataset import Dataset
from ..dataset.where import Some, named_regions, whole_year
from ..errors import expect, one_of, suggests
from ..records import Indicator, Observation, Region, Target
from ..text import labels as wording
from ..text.messages import Language, say
from ..units.interval import DEFAULT_TOLERANCE
from .canvas import FigureSize, Picture, check_count
from .marks import draw_series, draw_target
from .panels import series_notes, source_line
from .style import LINES, Scale, scale_of
from .trajectory import by_year

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEIGHT = 3.6  # inches
_LAST_YEAR = 2030
_SHARE = 0.6  # of the width of the picture, which the marks of all years side by side have
_MOST_BAR = 13.0  # points
_MOST_NAMES = 6


class _Line(NamedTuple):
    """The series of a region, one figure per year, and its targets."""

    region: Region
    series: list[Observation]
    figures: list[Observation]  # of all vintages
    targets: list[Target]

    def name(self, lang: Language) -> str:
        """Return the short name of the region."""
        return wording.name(self.region, lang, "short", "name")


@suggests(years="since= and until=", year="since= and until=", start="since=", end="until=")
def lines(
    plans: Dataset[Any, Any],
    *,
    indicator: str,
    region: Some = None,
    within: Some = None,
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
    redefined, and where its vintage changes: a revision is no rise or fall. A target has the mark of
    its line, hollow. The names of the regions are on the right, at the height of the ends of their
    lines; without labels they are in the legend. A note names regions without figures.

    Parameters
    ----------
    plans
        The dataset.
    indicator
        Code or name of the indicator.
    region, within
        Codes or names of regions, or of regions with their parts; at most eight with figures.
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
    years = range(0 if since is None else whole_year(since), whole_year(until) + 1)
    subject = plans.indicator(indicator)
    if vintage is not None:  # one that the indicator has: else all would be drawn
        levels = plans.observations.where(indicator=subject.code, form=Form.LEVEL)
        one_of("vintage", vintage, sorted({each.vintage for each in levels if each.vintage}))
    regions = named_regions(plans.context, region, within)
    check_count(len(regions), "regions", advice="give region= or within=")
    every = [_line(plans, subject, each, years, vintage) for each in regions]
    drawn = [line for line in every if line.series or line.targets]
    check_count(len(drawn), "regions with figures", len(LINES))
    records = [record for line in drawn for record in (*line.series, *line.targets)]
    picture = Picture(ax, lang, (_HEIGHT,), figsize=figsize, title=title, labels=labels)
    lang = picture.lang
    scale = scale_of(records, subject.unit, lang)
    _draw(picture, picture.axes[0], drawn, subject, scale)
    message = "title" if any(line.targets for line in drawn) else "without_targets"
    head = say(f"lines.{message}", lang, name=wording.name(subject, lang))
    source = source_line(plans.edition, [record.key for record in records], lang, plans)
    without = [line.name(lang) for line in every if line not in drawn]
    named = wording.listed(without, _MOST_NAMES, lang)
    notes = [say("lines.without", lang, names=named)] if without else []
    if any(line.targets for line in drawn):
        notes.append(say("lines.hollow", lang))
    notes += series_notes([line[1:3] for line in drawn], lang)
    alt = [say("lines.alt", lang, title=head), *(_text(line, scale) for line in drawn)]
    return picture.finish(head, notes, source, alt)


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
    return _Line(
        region,
        [figure for figure in best if figure],
        figures,
        sorted(whole.select().kept, key=lambda target: target.end_year),
    )


def _draw(picture: Picture, ax: Axes, drawn: list[_Line], subject: Indicator, scale: Scale) -> None:
    """Draw each series with its targets, in one colour with its own marks."""
    clean = picture.letters.clean
    name = clean(wording.name(subject, picture.lang), 80)
    picture.number_axis(ax, "y", wording.joined([name, scale.label], picture.lang, "counts"))
    years = [figure.year or 0 for line in drawn for figure in line.series]
    years += [target.end_year for line in drawn for target in line.targets]
    picture.year_axis(ax, min(years), max(years))
    bar = min(picture.width * 72 * _SHARE / (max(years) - min(years) + 1), _MOST_BAR)
    for order, (line, colour, marker) in enumerate(zip(drawn, LINES, "osD^vPX*", strict=False)):
        look: dict[str, Any] = {"color": colour, "lw": 1.6, "marker": marker, "ms": 3.6}
        draw_series(picture, ax, line.series, line.figures, scale, **look)
        for target in line.targets:
            draw_target(
                picture, ax, target, scale, target.end_year, tolerance=DEFAULT_TOLERANCE, upright=True,
                colour=colour, size=bar,
            )  # fmt: skip
            middle = (scale.at(target) + (scale.high(target) or scale.at(target))) / 2
            hollow = look | {"mfc": picture.background, "ms": 4.5, "ls": "none", "zorder": 6}
            picture.plot(ax, target.end_year, middle, **hollow)
        name, marks = clean(line.name(picture.lang), 28), line.series or line.targets
        picture.write_name(ax, name, scale.at(marks[-1]), colour)
        if not picture.labels:
            picture.legend(name, order, look)
    picture.fit(ax, "y")


def _text(line: _Line, scale: Scale) -> str:
    """Return the first and the last figure of a line, and its targets."""
    texts, lang = [], scale.lang
    for figure in dict.fromkeys([*line.series[:1], *line.series[-1:]]):
        amount = wording.amount(scale.value(figure), scale.unit, lang)
        texts.append(say("figure.dated", lang, figure=amount, year=figure.year))
    for target in line.targets:
        stated = wording.stated(
            target.form, target.comparator, target.value, target.value_high, target.unit, lang=lang
        )
        texts.append(say("lines.target", lang, year=target.end_year, figure=stated))
    return wording.headed(line.name(lang), wording.joined(texts, lang, "parts"), lang)
