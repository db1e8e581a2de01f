"""Start, outcome and target of several regions, as lines between three columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Form
from ..text import labels as wording
from ..text.messages import Language, say, word
from .canvas import BODY, LINE, FigureSize, Picture, check_count
from .marks import TargetMark, draw_outcome, draw_target
from .panels import Plans, card_of, notes_on, only_panel, places_of, row_names, source_of, year_note
from .style import Scale, number, scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEIGHT = 4.2  # inches
_MOST = 20
_MOST_NAMES = 6


class _Slope(NamedTuple):
    """The name and the assessment of a row, and its figures on the axis."""

    name: str
    assessment: Assessment
    start: float
    now: float
    goal: float


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
    r"""Draw a line per target from its start to its outcome, and the target beside it.

    The outcome is the latest one; its years, those of all regions, are below the axis. A dashed line
    leads on to the target if growth is still needed. Targets without a
    start or an outcome in the measure of the target are named in a note.

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

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = slopes(ip.scorecard(ip.load(), indicator="rd_intensity", period="14th", end_year=2025))
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['start\n2020–2022', 'outcome\n2022–2025', 'target\n2025']
    """
    drawn = card_of(card)
    panel = only_panel(drawn)
    picture = Picture(ax, lang, (_HEIGHT,), figsize=figsize, title=title, labels=labels)
    lang, ax = picture.lang, picture.axes[0]
    scale = scale_of((row.stated for row in panel.assessments), panel.unit, lang)
    names = row_names(panel.assessments, lang, picture.letters.clean, plans)
    rows = _slopes(names, panel.assessments, scale)
    check_count(len(rows), "targets with a start and an outcome", _MOST)
    shown = {row.name for row in rows}
    left_out = [name for name in names if name not in shown]
    _draw(picture, ax, rows, scale, is_rank=panel.form is Form.RANK)
    head = say("slopes.title", lang, name=panel.title(lang), when=year_note(drawn, lang))
    named = wording.listed(left_out, _MOST_NAMES, lang)
    notes = [say("slopes.left_out", lang, names=named)] if left_out else []
    return picture.finish(head, notes, source_of(drawn, lang, plans), _alt(rows, head, lang))


def _slopes(names: Sequence[str], assessments: Sequence[Assessment], scale: Scale) -> list[_Slope]:
    """Return the rows of which the axis shows start, outcome and target."""
    rows = []
    for name, assessment in zip(names, assessments, strict=True):
        start, now, goal = places_of(assessment, scale)
        if start is not None and now is not None:
            rows.append(_Slope(name, assessment, start, now, goal))
    return rows


def _draw(picture: Picture, ax: Axes, rows: list[_Slope], scale: Scale, *, is_rank: bool) -> None:
    lang = picture.lang
    picture.number_axis(ax, "y", scale.label, whole=is_rank)
    ax.set_xlim(-0.15, 2.12)
    heads = [
        f"{say(f'picture.{column}', lang)}\n{min(years)}"
        + (f"–{max(years)}" if len(years) > 1 else "")
        for column, years in _years(rows).items()
    ]
    font = picture.font("".join(heads))
    ax.set_xticks(range(3), labels=heads, color=picture.ink, va="baseline", **font)
    ax.tick_params(axis="x", pad=4 + 2 * LINE * picture.size(BODY))  # both lines are above
    for column in range(3):
        ax.axvline(column, color=picture.line, lw=0.8, zorder=0)
    look: dict[str, Any] = {"color": picture.grey, "zorder": 2}
    for _, assessment, start, now, goal in rows:
        picture.plot(ax, [0, 1], [start, now], lw=1.4, marker="o", ms=3.6, **look)
        if assessment.needed_growth is not None:
            text = say("picture.remaining", lang)
            picture.plot(ax, [1, 2], [now, goal], text, 30, lw=1, ls=(0, (4, 2.5)), **look)
        mark = TargetMark.of(assessment.stated, scale, assessment.tolerance)
        draw_target(picture, ax, mark, 2, upright=True, settled=assessment.reason is None)
        draw_outcome(picture, ax, assessment.verdict, (1, now), size=6.5)
    picture.fit(ax, "y", whole=is_rank)
    picture.write_names(
        ax,
        [
            (row.name + picture.footnote(notes_on(row.assessment)), row.goal, picture.ink)
            for row in rows
        ],
    )


def _years(rows: list[_Slope]) -> dict[str, set[int]]:
    """Return the years of each column."""
    results = [row.assessment for row in rows]
    return {
        "start": {result.baseline.year for result in results if result.baseline},
        "outcome": {result.outcome.year for result in results if result.outcome},
        "target": {result.stated.end_year for result in results},
    }


def _alt(rows: list[_Slope], head: str, lang: Language) -> list[str]:
    parts = [say("slopes.alt", lang, title=head)]
    for name, assessment, *places in rows:
        start, now, goal = map(number, places)
        verdict = word(assessment.verdict, lang)
        text = say("slopes.row", lang, start=start, now=now, goal=goal, verdict=verdict)
        parts.append(wording.headed(name, text, lang))
    return parts
