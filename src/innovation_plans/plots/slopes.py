"""Start, outcome and target of several regions, as lines between three columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Form
from ..text import labels as wording
from ..text.messages import Language, say, word
from . import panels
from .canvas import BODY, LINE, FigureSize, Picture, check_count
from .marks import draw_outcome, draw_start, draw_target
from .panels import Plans
from .style import Scale, number, scale_of, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEIGHT = 4.2  # inches
_NAME = 0.27
_MOST = 20
_MOST_NAMES = 6
_Row = tuple[str, Assessment, tuple[float, float, float]]  # name, and places of the figures


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

    The outcome is the latest one; its years, those of all regions, are below the axis. A line leads on
    to the target: dashed if growth is still needed, else dotted. Targets without a start or an outcome
    in the measure of the target are counted in the title, and named in a note.

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
    drawn = panels.card_of(card)
    panel = panels.only_panel(panels.panels_of(drawn))
    picture = Picture(ax, lang, (_HEIGHT,), figsize=figsize, title=title, labels=labels)
    lang = picture.lang
    scale = scale_of((row.stated for row in panel.assessments), panel.unit, lang)
    rows: list[_Row] = []
    left_out = []
    names = panels.row_names(panel.assessments, picture, plans)
    for name, assessment in zip(names, panel.assessments, strict=True):
        start, now, goal = panels.places_of(assessment, scale)
        if start is None or now is None:
            left_out.append(name)
        else:
            rows.append((name, assessment, (start, now, goal)))
    check_count(len(rows), "targets with a start and an outcome", _MOST)
    picture.heights = [max(_HEIGHT, _NAME * len(rows))]
    _draw(picture, picture.axes[0], rows, scale, is_rank=panel.form is Form.RANK)
    shown = Scorecard((assessment for _, assessment, _ in rows), drawn.edition)
    head = say("slopes.title", lang, name=panel.title(lang), when=panels.year_note(shown, lang))
    if left_out:
        head = say("slopes.some", lang, title=head, count=len(rows), all=len(drawn))
    named = wording.listed(left_out, _MOST_NAMES, lang)
    notes = [say("slopes.left_out", lang, names=named)] if left_out else []
    alt = [say("slopes.alt", lang, title=head)]
    for name, assessment, places in rows:
        figures = dict(zip(("start", "now", "goal"), map(number, places), strict=True))
        text = say("slopes.row", lang, **figures, verdict=word(assessment.verdict, lang))
        alt.append(wording.headed(name, text, lang))
    return picture.finish(head, notes, panels.source_of(shown, lang, plans), alt)


def _draw(picture: Picture, ax: Axes, rows: Sequence[_Row], scale: Scale, *, is_rank: bool) -> None:
    lang = picture.lang
    picture.number_axis(ax, "y", scale.label, whole=is_rank)
    ax.set_xlim(-0.15, 2.12)
    results = [assessment for _, assessment, _ in rows]
    columns = {
        "start": [result.baseline.year for result in results if result.baseline],
        "outcome": [result.outcome.year for result in results if result.outcome],
        "target": [result.stated.end_year for result in results],
    }
    heads = [f"{say(f'picture.{name}', lang)}\n{span(years)}" for name, years in columns.items()]
    font = picture.font("".join(heads))
    ax.set_xticks(range(3), labels=heads, color=picture.ink, va="baseline", **font)
    ax.tick_params(axis="x", pad=4 + 2 * LINE * picture.size(BODY))  # both lines are above
    ax.xaxis.grid(visible=True, color=picture.line, lw=0.8)
    look: dict[str, Any] = {"color": picture.grey, "zorder": 2}
    from_the_top = sorted(rows, key=lambda row: row[2][-1], reverse=not is_rank)
    for name, assessment, (start, now, goal) in from_the_top:  # so that the letters are in order
        picture.plot(ax, [0, 1], [start, now], say("picture.course", lang), 6, lw=1.4, **look)
        draw_start(picture, ax, (0, start))
        is_needed = assessment.needed_growth is not None
        text, dashes = ("remaining", (6, 2.5)) if is_needed else ("rest", (1, 2.5))
        line = look | {"lw": 0.9, "ls": (0, dashes)}
        line |= {"lw": 1.3, "color": picture.ink} if is_needed else {}
        picture.plot(ax, [1, 2], [now, goal], say(f"picture.{text}", lang), 30, **line)
        draw_target(
            picture, ax, assessment.stated, scale, 2, tolerance=assessment.tolerance, upright=True,
            settled=assessment.reason is None,
        )  # fmt: skip
        draw_outcome(picture, ax, assessment.verdict, (1, now), size=6.5)
        figures = panels.course_text(picture, assessment, scale)
        figures += picture.footnote(panels.notes_on(assessment))
        text = f"{name}\n{figures}" if picture.narrow else wording.headed(name, figures, lang)
        picture.write_name(ax, text, goal)
    picture.fit(ax, "y", whole=is_rank)
