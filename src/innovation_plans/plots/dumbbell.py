"""Dumbbells: the start, the outcome and the target of each row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Form
from ..text import labels as wording
from ..text.messages import Language, say
from .canvas import FigureSize, Picture, check_count, check_one, height_of
from .marks import (
    TargetMark,
    comparator_on_axis,
    draw_outcome,
    draw_start,
    draw_target,
    open_side,
)
from .panels import (
    Panel,
    Plans,
    Sort,
    card_of,
    gap_of,
    panels_of,
    places_of,
    row_names,
    source_of,
    write_verdict,
    year_note,
)
from .style import Scale, scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MOST_PANELS = 60  # with 500 rows, the highest image that formats allow at 300 dots per inch
_MOST_NAMES = 4  # of panels in the description


def dumbbell(
    card: Scorecard | Iterable[Assessment],
    *,
    plans: Plans | None = None,
    sort: Sort = "gap",
    labels: bool = True,
    ax: Axes | None = None,
    figsize: FigureSize = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes | Figure:
    """Draw one row per target: start, outcome and target on one axis, and the verdict.

    Each indicator, form and measure has its own panel. A target without a verdict is hollow, and a
    note gives the reason. Notes also mark outcomes that the government reports itself, and verdicts
    that depend on rounding or on the source.

    Parameters
    ----------
    card
        A scorecard, or assessments; at most 500, in at most 60 panels.
    plans
        The dataset of the assessments; with it, the source line names the publishers.
    sort
        The order of the rows of each panel: ``"gap"`` or ``"value"`` of the outcome, the best gap or
        the highest value first; ``"name"`` of the region in the language; or ``"region"``, the order
        of the card, which is that of the codes. Rows without a gap or an outcome come last.
    labels
        Whether to write figures and verdicts beside the marks.
    ax
        Axes to draw on; by default those of a new figure. A figure without a layout engine gets the
        constrained one, so that no text is cut.
    figsize
        Width and height of the new figure in inches; a height of None is what the rows need. On a
        figure narrower than 5 inches, texts are smaller and shorter.
    lang
        ``"en"`` or ``"zh"``.
    title
        A title in place of the default one.

    Returns
    -------
    Axes or Figure
        The axes; the figure if there are several panels.

    Raises
    ------
    PictureError
        If there is nothing to draw, or too much; or if texts overlap on the given axes, or in the
        given height.
    ArgumentError
        If there is no such order.
    AmbiguousError
        If several panels are needed and `ax` is given.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = dumbbell(ip.scorecard(ip.load(), indicator="rd_intensity", period="14th"))
    >>> [label.get_text() for label in ax.get_yticklabels()][:3]
    ['Shenzhen 2025', 'Beijing 2025', 'Jiangsu 2025']
    """
    drawn = card_of(card)
    panels = [panel.sorted_by(sort, lang) for panel in panels_of(drawn)]
    check_count(len(panels), "panels", _MOST_PANELS)
    if ax is not None:
        hint = "leave ax out to have a panel for each, or filter by indicator"
        check_one("one panel for the axes given", map(str, panels), hint)
    heights = [height_of(panel.assessments) for panel in panels]
    picture = Picture(ax, lang, heights, figsize=figsize, title=title, labels=labels)
    lang = picture.lang
    one_region = len(panels) > 1 and _one_region(drawn)
    for panel, axes in zip(panels, picture.axes, strict=True):
        scale = scale_of((row.stated for row in panel.assessments), panel.unit, lang)
        names = row_names(
            panel.assessments, lang, picture.letters.clean, plans, one_region=one_region
        )
        _draw_panel(picture, axes, panel, scale, names)
        if len(panels) > 1:
            picture.head(axes, _head(picture, panel, scale.label))
        else:
            axis = wording.joined([panel.title(lang), scale.label], lang, "counts")
            picture.name_axis(axes, picture.letters.clean(axis, 120))
    head, source = _title(drawn, panels, lang), source_of(drawn, lang, plans)
    picture.finish(head, [], source, _alt(drawn, panels, lang))
    return picture.result


def _draw_panel(picture: Picture, ax: Axes, panel: Panel, scale: Scale, names: list[str]) -> None:
    rows, is_rank = panel.assessments, panel.form is Form.RANK
    picture.row_axis(ax, names)
    picture.number_axis(ax, "x", whole=is_rank)
    for row, assessment in enumerate(rows):
        _draw_row(picture, ax, assessment, scale, row)
        write_verdict(picture, ax, row, assessment, _figure(assessment, scale))
    picture.fit(ax, "x", whole=is_rank)


def _head(picture: Picture, panel: Panel, unit: str) -> str:
    """Return the title of one of several panels, with its unit."""
    lang = picture.lang
    years = {assessment.stated.end_year for assessment in panel.assessments}
    year = say("period.annual", lang, year=min(years)) if len(years) == 1 else ""
    details = wording.joined([year, unit], lang, "counts")
    return picture.letters.clean(wording.brackets(panel.title(lang), details, lang), 160)


def _draw_row(picture: Picture, ax: Axes, assessment: Assessment, scale: Scale, row: int) -> None:
    start, now, goal = places_of(assessment, scale)
    mark = TargetMark.of(assessment.stated, scale, assessment.tolerance)
    draw_target(picture, ax, mark, row, settled=assessment.reason is None)
    if now is not None:
        look: dict[str, Any] = {"color": picture.grey, "solid_capstyle": "butt"}
        if start is not None:
            picture.plot(ax, [start, now], [row, row], lw=2.2, zorder=2.5, **look)
        picture.plot(ax, [now, goal], [row, row], lw=0.9, ls=(0, (1.5, 1.8)), zorder=2, **look)
        draw_outcome(picture, ax, assessment.verdict, (now, row))
        _draw_range(picture, ax, assessment, scale, row)
    if start is not None:
        draw_start(picture, ax, (start, row))


def _draw_range(picture: Picture, ax: Axes, assessment: Assessment, scale: Scale, row: int) -> None:
    """Draw the range of an outcome, or an arrow if it is a bound."""
    outcome = assessment.outcome
    if outcome is None:
        return
    low, high = scale.at(outcome), scale.high(outcome)
    if high is not None:
        picture.plot(ax, [low, high], [row, row], color=picture.grey, lw=3, alpha=0.6, zorder=3)
    side = open_side(comparator_on_axis(assessment.stated.form, outcome.comparator))
    if side:
        arrow = "→" if side > 0 else "←"
        picture.write(ax, arrow, (low, row), offset=(9 * side, 0), align="center")


def _figure(assessment: Assessment, scale: Scale) -> str:
    """Return the outcome as a text, without form and unit if the panel names them."""
    outcome = assessment.outcome
    if outcome is None or scale.fits(outcome):
        return scale.text(outcome) if outcome else ""
    return outcome.dated(assessment.stated.form, scale.lang)[0]


def _title(card: Scorecard, panels: list[Panel], lang: Language) -> str:
    if len(panels) == 1:
        when = year_note(card, lang)
        return say("dumbbell.title", lang, name=panels[0].title(lang), when=when)
    count = wording.counted("target", len(card), lang)
    if not _one_region(card):
        return say("dumbbell.title_many", lang, count=count)
    region = card[0].subject.names(lang)[0]
    return say("dumbbell.title_region", lang, region=region, count=count)


def _one_region(card: Scorecard) -> bool:
    return len({assessment.subject.region for assessment in card}) == 1


def _alt(card: Scorecard, panels: list[Panel], lang: Language) -> list[str]:
    names = wording.listed([panel.title(lang) for panel in panels], _MOST_NAMES, lang)
    count = wording.counted("target", len(card), lang)
    kind = say("dumbbell.alt", lang, count=count, names=names)
    counts = wording.verdict_counts(card.counts(), lang)
    return [kind, counts, _extremes(card, lang)]


def _extremes(card: Scorecard, lang: Language) -> str:
    """Return the smallest and the largest gap to the targets, if they have one measure."""
    gaps = [(gap, assessment) for assessment in card if (gap := gap_of(assessment))]
    if len(gaps) < 2 or len({(row.subject.indicator, gap.unit) for gap, row in gaps}) > 1:
        return ""
    ordered = [row for _, row in sorted(gaps, key=lambda pair: pair[0].value)]
    low, high = (
        wording.brackets(row.gap_text(lang), row.subject.names(lang)[0], lang)
        for row in (ordered[0], ordered[-1])
    )
    return say("dumbbell.gaps", lang, low=low, high=high)
