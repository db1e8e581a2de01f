"""Start, outcome and target of several regions, as lines between three columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Form, Verdict
from ..text import labels as wording
from ..text.messages import Language, say, word
from .canvas import FigureSize, Picture, check_count
from .marks import draw_outcome
from .panels import Plans, card_of, only_panel, row_names, year_note
from .style import Scale, limits, scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["slopes"]

_HEIGHT = 4.2  # inches
_MOST = 20
_MOST_NAMES = 6


class _Slope(NamedTuple):
    """The start, the outcome and the target of a row, as words and on the axis."""

    name: str
    verdict: Verdict
    words: tuple[str, str, str]
    start: float
    now: float
    goal: float

    @property
    def places(self) -> tuple[float, float, float]:
        """All three on the axis."""
        return self.start, self.now, self.goal


def slopes(
    card: Scorecard | Iterable[Assessment],
    *,
    plans: Plans | None = None,
    labels: bool = True,
    ax: Axes | None = None,
    figsize: FigureSize = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """Draw a line per target from its start over its outcome to the target.

    Targets without a start or an outcome in the measure of the target are named in a note.

    Parameters
    ----------
    card
        A scorecard, or assessments, of one indicator and form; at most 20 with all three figures.
    plans, labels, ax, figsize, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If no target has all three figures, or there are too many.
    AmbiguousError
        If there are several indicators, forms or measures.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = slopes(ip.scorecard(ip.load(), indicator="rd_intensity", period="14th", end_year=2025))
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['start', 'outcome', 'target']
    """
    drawn = card_of(card)
    check_count(min(len(drawn.assessments), 1), "targets")
    panel = only_panel(drawn)
    picture = Picture(ax, lang, (_HEIGHT,), figsize=figsize, title=title, labels=labels)
    lang, ax = picture.lang, picture.axes[0]
    figures = [(each.stated.value, each.stated.unit) for each in panel.assessments]
    scale = scale_of(figures, panel.unit, lang)
    named = row_names(panel.assessments, lang, picture.letters.clean)
    rows = [_slope(*pair, scale) for pair in zip(named, panel.assessments, strict=True)]
    shown = [row for row in rows if row is not None]
    check_count(len(shown), "targets with a start and an outcome", _MOST)
    left_out = [name for name, row in zip(named, rows, strict=True) if row is None]
    _draw(picture, ax, shown, scale, is_rank=panel.form is Form.RANK)
    head = say(
        "slopes.title", lang, name=panel.title(lang), when=year_note(drawn.assessments, lang)
    )
    notes = [drawn.source(lang, plans)]
    if left_out:
        text = wording.listed(left_out, _MOST_NAMES, lang)
        notes.insert(0, say("slopes.left_out", lang, names=text))
    return picture.finish(head, notes, _alt(shown, head, lang))


def _slope(name: str, assessment: Assessment, scale: Scale) -> _Slope | None:
    start, outcome, stated = assessment.baseline, assessment.outcome, assessment.stated
    if start is None or outcome is None:
        return None
    if not (scale.fits(start.unit) and scale.fits(outcome.unit)):
        return None
    figures = [(each.value, each.unit) for each in (start, outcome, stated)]
    first, second, third = (scale.label_of(*figure) for figure in figures)
    places = (scale.at(*figure) for figure in figures)
    return _Slope(name, assessment.verdict, (first, second, third), *places)


def _draw(picture: Picture, ax: Axes, rows: list[_Slope], scale: Scale, *, is_rank: bool) -> None:
    lang = picture.lang
    picture.number_axis(ax, "y", scale.label, whole=is_rank)
    ax.set_ylim(limits([value for row in rows for value in row.places], whole=is_rank))
    ax.set_xlim(-0.15, 2.15 if picture.own else 3.2)
    heads = [say(f"picture.{column}", lang) for column in ("start", "outcome", "target")]
    ax.set_xticks(range(3), labels=heads, color=picture.ink, **picture.font("".join(heads)))
    for column in range(3):
        ax.axvline(column, color=picture.line, lw=0.8, zorder=0)
    for row in rows:
        ax.plot([0, 1], [row.start, row.now], color=picture.grey, lw=1.4, zorder=2)
        ax.plot([1, 2], [row.now, row.goal], color=picture.grey, lw=1, ls=(0, (4, 2.5)), zorder=2)
        ax.plot([0, 2], [row.start, row.goal], ls="none", marker="o", ms=3.6, color=picture.grey)
        draw_outcome(picture, ax, row.verdict, (1, row.now), ms=6.5)
    picture.stack(ax, [picture.write(ax, row.name, (2, row.goal), offset=(8, 0)) for row in rows])


def _alt(rows: list[_Slope], head: str, lang: Language) -> str:
    parts = [say("slopes.alt", lang, title=head)]
    for row in rows:
        start, now, goal = row.words
        verdict = word(row.verdict, lang)
        text = say("slopes.row", lang, start=start, now=now, goal=goal, verdict=verdict)
        parts.append(wording.headed(row.name, text, lang))
    return wording.sentences(parts, lang)
