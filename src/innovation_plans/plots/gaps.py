"""The gaps between outcomes and targets, as bars from zero."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..analysis.comparability import difference_unit
from ..analysis.results import Assessment, signed
from ..analysis.scorecard import Scorecard
from ..codelists import Form
from ..text import labels as wording
from ..text.messages import Language, say
from . import panels
from .canvas import FigureSize, Picture, height_of
from .marks import draw_open_side, draw_outcome, open_side
from .panels import Panel, Plans, Sort
from .style import VERDICTS, Scale, number, scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def gaps(
    card: Scorecard | Iterable[Assessment],
    *,
    plans: Plans | None = None,
    sort: Sort = "gap",
    labels: bool = True,
    ax: Axes | None = None,
    figsize: FigureSize = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """Draw the gap between outcome and target of each row as a bar from zero.

    The gap is the latest outcome less the target; both are beside the bar. If the outcome is a bound,
    the bar has an arrow. A target without a gap has a row with the reason.

    Parameters
    ----------
    card
        A scorecard, or assessments, of one indicator and form; at most 500.
    plans, sort, labels, ax, figsize, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If there is nothing to draw, or too much.
    ArgumentError
        If there is no such order.
    AmbiguousError
        If there are several indicators, forms or measures.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = gaps(ip.scorecard(ip.load(), indicator="rd_intensity", period="14th", end_year=2025))
    >>> [label.get_text() for label in ax.get_yticklabels()][:3]
    ['Shenzhen', 'Beijing', 'Jiangsu']
    """
    drawn = panels.card_of(card)
    panel = panels.only_panel(panels.panels_of(drawn)).sorted_by(sort, lang)
    heights = (height_of(panel.assessments),)
    picture = Picture(ax, lang, heights, figsize=figsize, title=title, labels=labels)
    _draw(picture, picture.axes[0], panel, plans)
    lang = picture.lang
    head = say("gaps.title", lang, name=panel.title(lang), when=panels.year_note(drawn, lang))
    figures = []
    for row in panel.assessments:
        if gap := panels.gap_of(row):
            figure = wording.sign(gap.comparator) + signed(gap.value, gap.unit, lang)
            figures.append(wording.headed(row.subject.names(lang)[0], figure, lang))
    counts = wording.verdict_counts(drawn.counts(), lang)
    alt = [say("gaps.alt", lang, title=head), counts, wording.joined(figures, lang, "parts")]
    return picture.finish(head, [], panels.source_of(drawn, lang, plans), alt)


def _draw(picture: Picture, ax: Axes, panel: Panel, plans: Plans | None) -> None:
    lang, rows = picture.lang, panel.assessments
    values = scale_of((row.stated for row in rows), panel.unit, lang)
    scale = Scale(difference_unit(values.unit), lang)
    unit = say("gaps.rank_axis", lang) if panel.form is Form.RANK else scale.label
    picture.row_axis(ax, panels.row_names(rows, picture, plans))
    picture.number_axis(ax, "x", say("gaps.axis", lang, unit=unit))
    ax.axvline(0, color=picture.ink, lw=0.8, zorder=2)
    for row, assessment in enumerate(rows):
        gap, figure = panels.gap_of(assessment), ""
        if gap is not None and scale.fits(gap):
            end = scale.at(gap)
            ax.barh(row, end, height=0.2, color=VERDICTS[assessment.verdict].colour, zorder=3)
            draw_outcome(picture, ax, assessment.verdict, (end, row), size=6.5)
            draw_open_side(picture, ax, (end, row), open_side(Form.LEVEL, gap.comparator))
            sign = wording.sign(gap.comparator) + "+" * (end > 0)
            figure = sign + number(scale.value(gap))
        panels.write_verdict(picture, ax, row, assessment, values, gap=figure)
    picture.fit(ax, "x", margin=0.05)  # for arrows
