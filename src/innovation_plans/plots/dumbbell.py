"""Dumbbells: the start, the outcome and the target of each row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Form
from ..text import labels as wording
from ..text.messages import Language, say
from . import panels
from .canvas import FigureSize, Picture, check_count, height_of
from .marks import draw_open_side, draw_outcome, draw_start, draw_target, open_side
from .panels import Panel, Plans, Sort
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

    Each indicator, form and measure has its own panel. A target without a verdict is grey, and a
    note gives the reason. Notes also mark outcomes that the government reports itself, and verdicts
    that depend on rounding or on the source.

    Parameters
    ----------
    card
        A scorecard, or assessments; at most 500, in at most 60 panels.
    plans
        The dataset of the assessments, for the publishers in the source line; by default the bundled
        one, if the assessments are of its edition.
    sort
        The order of the rows of each panel: ``"gap"`` or ``"value"`` of the outcome, the best gap or
        the highest value first; ``"name"`` of the region in English, which is also the order of
        pinyin; or ``"region"``, the order of the card, which is that of the codes. Rows without a gap or an outcome come last.
    labels
        Whether to write figures and verdicts beside the marks.
    ax
        Axes to draw on; by default those of a new figure. Axes with an earlier picture are cleared
        first. A figure without a layout engine gets the constrained one, so that no text is cut.
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
        given height, or leave no space for the marks.
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
    drawn = panels.card_of(card)
    parts = [panel.sorted_by(sort, lang) for panel in panels.panels_of(drawn)]
    check_count(len(parts), "panels", _MOST_PANELS)
    if ax is not None:
        panels.only_panel(parts, "leave ax out to have a panel for each, or ")
    heights = [height_of(panel.assessments) for panel in parts]
    picture = Picture(ax, lang, heights, figsize=figsize, title=title, labels=labels)
    lang, several = picture.lang, len(parts) > 1
    one_region = len({assessment.subject.region for assessment in drawn}) == 1
    for panel, axes in zip(parts, picture.axes, strict=True):
        names = panels.row_names(
            panel.assessments, picture, plans, region=not (several and one_region)
        )
        _draw_panel(picture, axes, panel, names)
    count = wording.counted("target", len(drawn), lang)
    region = drawn[0].subject.names(lang)[0]
    title_of = "title_region" if one_region else "title_many"
    has_outcomes = any(assessment.outcome for assessment in drawn)
    head = say(
        f"dumbbell.{title_of if several else 'title'}", lang, name=parts[0].title(lang), region=region,
        when=panels.year_note(drawn, lang), count=count,
        outcomes=say("picture.outcomes", lang) if has_outcomes else "",
    )  # fmt: skip
    titles = wording.listed([panel.title(lang) for panel in parts], _MOST_NAMES, lang)
    kind = say("dumbbell.alt", lang, count=count, names=titles)
    alt = [kind, wording.verdict_counts(drawn.counts(), lang), _extremes(drawn, lang)]
    picture.finish(head, [], panels.source_of(drawn, lang, plans), alt)
    return picture.result


def _draw_panel(picture: Picture, ax: Axes, panel: Panel, names: list[str]) -> None:
    rows, is_rank, lang = panel.assessments, panel.form is Form.RANK, picture.lang
    scale = scale_of((row.stated for row in rows), panel.unit, lang)
    picture.row_axis(ax, names)
    picture.number_axis(ax, "x", whole=is_rank)
    for row, assessment in enumerate(rows):
        _draw_row(picture, ax, assessment, scale, row)
        panels.write_verdict(picture, ax, row, assessment, scale)
    picture.fit(ax, "x", whole=is_rank)
    if len(picture.axes) == 1:
        axis = wording.joined([panel.title(lang), scale.label], lang, "counts")
        picture.name_axis(ax, picture.letters.clean(axis, 120))
    else:
        years = {row.stated.end_year for row in rows}
        year = say("period.annual", lang, year=min(years)) if len(years) == 1 else ""
        details = wording.joined([year, scale.label], lang, "counts")
        head = wording.in_brackets(panel.title(lang), details, lang)
        picture.head(ax, picture.letters.clean(head, 160))


def _draw_row(picture: Picture, ax: Axes, assessment: Assessment, scale: Scale, row: int) -> None:
    start, now, goal = panels.places_of(assessment, scale)
    outcome, grey, lang = assessment.outcome, picture.grey, picture.lang
    draw_target(
        picture, ax, assessment.stated, scale, row, tolerance=assessment.tolerance,
        settled=assessment.reason is None,
    )  # fmt: skip
    if outcome is not None and now is not None:
        look: dict[str, Any] = {"color": grey, "solid_capstyle": "butt"}
        if start is not None:
            text = say("picture.course", lang)
            picture.plot(ax, [start, now], [row, row], text, 6, lw=2.2, zorder=2.5, **look)
        text, dots = say("picture.rest", lang), (0, (1.5, 1.8))
        picture.plot(ax, [now, goal], [row, row], text, 30, lw=0.9, ls=dots, zorder=2, **look)
        draw_outcome(picture, ax, assessment.verdict, (now, row))
        if (high := scale.high(outcome)) is not None:
            picture.plot(ax, [now, high], [row, row], color=grey, lw=3, alpha=0.6, zorder=3)
        draw_open_side(
            picture, ax, (now, row), open_side(assessment.stated.form, outcome.comparator)
        )
    if start is not None:
        draw_start(picture, ax, (start, row))


def _extremes(card: Scorecard, lang: Language) -> str:
    """Return the smallest and the largest gap to the targets, if they have one measure."""
    gaps = [(gap, row) for row in card if (gap := panels.gap_of(row))]
    if len(gaps) < 2 or len({(row.subject.indicator, gap.unit) for gap, row in gaps}) > 1:
        return ""
    low, high = (
        wording.brackets(row.gap_text(lang), row.subject.names(lang)[0], lang)
        for _, row in (choose(gaps, key=lambda pair: pair[0].value) for choose in (min, max))
    )
    return say("dumbbell.gaps", lang, low=low, high=high)
