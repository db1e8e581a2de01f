"""Dumbbells: where a target started, where things are, and where they are to be."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Form
from ..text import labels
from ..text.messages import Language, say, word
from .canvas import BODY, Picture, one_panel, some_rows
from .marks import Goal, draw_goal, draw_outcome, draw_start, open_side, pointing
from .panels import Card, Panel, Reasons, card_of, named, panels_of, period_of
from .scale import Scale, limits, scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["dumbbell"]

_ROW = 0.27  # inches
_MOST_PANELS = 60  # with 500 rows between them, as high as an image of 300 dots an inch can be
_NAMED = 4  # panels that the description names
_STEADY = {Form.LEVEL, Form.RANK, Form.CUMULATIVE}  # whose start is of the same kind


def dumbbell(
    card: Scorecard | Iterable[Assessment],
    *,
    ax: Axes | None = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """A row a target: start, outcome and target on one axis, with the verdict beside it.

    Indicators, forms and units that one axis cannot hold have a panel each. A target without a
    verdict is drawn hollow, with the reason in a note.

    Parameters
    ----------
    card
        A scorecard, or assessments; at most 500, in at most 60 panels.
    ax
        Axes to draw on; None for a figure of its own, as high as its rows need.
    lang
        ``"en"`` or ``"zh"``.
    title
        A headline of your own.

    Returns
    -------
    Axes
        The first panel; ``.figure.axes`` are all of them.

    Raises
    ------
    PictureError
        If there is nothing to draw, or too much.
    AmbiguousError
        If several panels are needed and `ax` is given.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = dumbbell(ip.scorecard(ip.load(), indicator="rd_intensity", period="14th"))
    >>> [label.get_text() for label in ax.get_yticklabels()][:3]
    ['Beijing 2025', 'Chongqing 2025', 'Guangdong 2025']
    """
    found = card_of(card)
    some_rows(len(found.assessments), "targets")
    panels = panels_of(found)
    some_rows(len(panels), "panels", _MOST_PANELS)
    picture = Picture(ax, lang, [_ROW * (len(each.assessments) + 0.4) for each in panels])
    lang = picture.lang
    one_panel(
        ax, [f"{each.indicator} {each.form}, {each.unit}" for each in panels], "filter by indicator"
    )
    reasons = Reasons(lang)
    for at, (panel, axes) in enumerate(zip(panels, picture.axes, strict=True)):
        _panel(picture, axes, panel, reasons, alone=len(panels) > 1 and _one_region(found))
        if len(panels) > 1:
            picture.heads[at] = _head(picture, axes, panel)
    notes = [*reasons.notes(), found.source(lang)]
    return picture.finish(title or _title(found, panels, lang), notes, _alt(found, panels, lang))


def _panel(picture: Picture, ax: Axes, panel: Panel, reasons: Reasons, *, alone: bool) -> None:
    lang, rows = picture.lang, panel.assessments
    scale = scale_of([(each.stated.value, each.stated.unit) for each in rows], panel.unit, lang)
    words = [_words(each, scale, lang, reasons) for each in rows]
    picture.rows(ax, named(rows, lang, picture.letters.clean, alone=alone))
    picture.numbers(ax, "x", scale.label, whole=panel.form is Form.RANK)
    places: list[float] = []
    for at, each in enumerate(rows):
        places += _row(picture, ax, each, scale, at)
        colour = picture.grey if each.reason else picture.ink
        picture.write(
            ax, picture.letters.clean(words[at], 64), (1, at), coords=("axes fraction", "data"),
            offset=(8, 0), colour=colour, size=BODY - 0.5,
        )  # fmt: skip
    ax.set_xlim(limits(places, whole=panel.form is Form.RANK))


def _head(picture: Picture, ax: Axes, panel: Panel) -> str:
    """The title of one panel of several, with its unit in place of the one beneath the axis."""
    lang, unit = picture.lang, ax.get_xlabel()
    ax.set_xlabel("")
    head = panel.title(lang) + period_of(panel.assessments, lang)
    head += say("picture.unit", lang, unit=unit) if unit else ""
    return picture.letters.clean(head, 160)


def _row(picture: Picture, ax: Axes, each: Assessment, scale: Scale, at: int) -> list[float]:
    """Draw a row; gives every number that must lie within the axis."""
    stated, outcome = each.stated, each.outcome
    goal = _goal(each, scale)
    start = None
    if each.baseline and stated.form in _STEADY and scale.fits(each.baseline.unit):
        start = scale.at(each.baseline.value, each.baseline.unit)
    now = None
    if outcome and scale.fits(outcome.unit):
        now = scale.at(outcome.value, outcome.unit)
    draw_goal(picture, ax, goal, at, settled=each.reason is None)
    if start is not None and now is not None:
        ax.plot(
            [start, now], [at, at], color=picture.grey, lw=2.2, zorder=2.5, solid_capstyle="butt"
        )
    if now is not None:
        ax.plot(
            [now, goal.value], [at, at], color=picture.grey, lw=0.9, ls=(0, (1.5, 1.8)), zorder=2
        )
        draw_outcome(picture, ax, each.verdict, (now, at))
        _breadth(picture, ax, each, scale, at)
    if start is not None:
        draw_start(picture, ax, (start, at))
    return [place for place in (*goal.ends, start, now) if place is not None]


def _goal(each: Assessment, scale: Scale) -> Goal:
    stated = each.stated
    high = None if stated.value_high is None else scale.at(stated.value_high, stated.unit)
    bound = pointing(stated.form, stated.comparator)
    return Goal(bound, scale.at(stated.value, stated.unit), high, each.tolerance)


def _breadth(picture: Picture, ax: Axes, each: Assessment, scale: Scale, at: int) -> None:
    """What an outcome that is no plain number may mean: a range, or all beyond a bound."""
    outcome = each.outcome
    if outcome is None:
        return
    low = scale.at(outcome.value, outcome.unit)
    if outcome.value_high is not None:
        high = scale.at(outcome.value_high, outcome.unit)
        ax.plot([low, high], [at, at], color=picture.grey, lw=3, alpha=0.6, zorder=3)
    way = open_side(pointing(each.stated.form, outcome.comparator))
    if way:
        picture.write(ax, "→" if way > 0 else "←", (low, at), offset=(9 * way, 0), align="center")


def _words(each: Assessment, scale: Scale, lang: Language, reasons: Reasons) -> str:
    """The verdict and the outcome in words, to stand to the right of the row."""
    outcome = each.outcome
    verdict = word(each.verdict, lang) + (reasons.mark(each.reason) if each.reason else "")
    if outcome is None:
        return verdict
    figure = outcome.text(lang)
    if scale.fits(outcome.unit):
        figure = scale.said(
            outcome.value, outcome.unit, high=outcome.value_high, comparator=outcome.comparator
        )
    return say("dumbbell.row", lang, verdict=verdict, figure=figure, year=outcome.year)


def _title(card: Card, panels: list[Panel], lang: Language) -> str:
    if len(panels) == 1:
        name, when = panels[0].title(lang), period_of(card.assessments, lang)
        return say("dumbbell.title", lang, name=name, when=when)
    count = labels.counted("target", len(card.assessments), lang)
    if not _one_region(card):
        return say("dumbbell.title_many", lang, count=count)
    region = card.assessments[0].subject.names(lang)[0]
    return say("dumbbell.title_region", lang, region=region, count=count)


def _one_region(card: Card) -> bool:
    return len({each.subject.region for each in card.assessments}) == 1


def _alt(card: Card, panels: list[Panel], lang: Language) -> str:
    titles = [panel.title(lang) for panel in panels]
    names = labels.joined(titles[:_NAMED], lang)
    if more := len(titles[_NAMED:]):
        names = say("count.panels", lang, names=names, more=more, count=len(titles))
    count = labels.counted("target", len(card.assessments), lang)
    kind = say("dumbbell.alt", lang, count=count, names=names)
    counts = labels.verdict_counts(card.counts, lang)
    return labels.sentences([kind, counts, _extremes(card, lang)], lang)


def _extremes(card: Card, lang: Language) -> str:
    """From where to where the gaps to the targets reach, where one measure allows it."""
    apart = [each for each in card.assessments if each.gap is not None]
    if len(apart) < 2 or len({(each.subject.indicator, each.gap_unit) for each in apart}) > 1:
        return ""
    ordered = sorted(apart, key=lambda each: each.gap or Decimal(0))
    low, high = (
        labels.brackets(each.gap_text(lang), each.subject.names(lang)[0], lang)
        for each in (ordered[0], ordered[-1])
    )
    return say("dumbbell.gaps", lang, low=low, high=high)
