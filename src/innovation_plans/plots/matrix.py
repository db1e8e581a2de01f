"""Verdicts as a matrix of regions and indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Verdict
from ..text import labels
from ..text.messages import Language, say
from .canvas import Picture, some_rows
from .heatmap import CELL, Box, fill, head_columns, slices, square, verdicts
from .panels import Card, card_of
from .style import FILLS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["matrix"]

_LONGEST = 44  # columns of text of an indicator's name
Cells = dict[tuple[str, str], list[Assessment]]


def matrix(
    card: Scorecard | Iterable[Assessment],
    *,
    ax: Axes | None = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """Regions by indicators, coloured and marked by verdict.

    Indicators are the rows and regions the columns, since names of indicators are long. Where a
    region has several targets for an indicator, its square is cut into one part for each, in the
    order of their years.

    Parameters
    ----------
    card
        A scorecard, or assessments, of at most 500 indicators and 500 regions.
    ax, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If there is nothing to draw, or too much.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = matrix(ip.scorecard(ip.load(), region=["GD", "JS"], period="14th"))
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['Guangdong', 'Jiangsu']
    """
    found = card_of(card)
    rows = dict.fromkeys(each.subject.indicator for each in found.assessments)
    columns = dict.fromkeys(each.subject.region for each in found.assessments)
    some_rows(len(rows), "indicators")
    some_rows(len(columns), "regions")
    picture = Picture(ax, lang, (CELL * (len(rows) + 0.2),), plot_width=CELL * (len(columns) + 0.2))
    ax = picture.axes[0]
    _names(picture, ax, found, rows, columns)
    _squares(picture, ax, found, list(rows), list(columns))
    if picture.own:
        ax.set_aspect("equal", anchor="NW")
    return picture.finish(
        title or _title(found, picture.lang), _notes(found, picture.lang), _alt(found, picture.lang)
    )


def _names(
    picture: Picture, ax: Axes, card: Card, rows: Iterable[str], columns: Iterable[str]
) -> None:
    lang, clean = picture.lang, picture.letters.clean
    subjects = [each.subject for each in card.assessments]
    regions = {each.region: clean(each.names(lang)[0], 24) for each in subjects}
    indicators = {each.indicator: clean(each.names(lang)[1], _LONGEST) for each in subjects}
    picture.rows(ax, [indicators[code] for code in rows], ruled=False)
    head_columns(picture, ax, [regions[code] for code in columns], len(indicators))


def _squares(picture: Picture, ax: Axes, card: Card, rows: list[str], columns: list[str]) -> None:
    cells: Cells = {}
    for each in card.assessments:
        cells.setdefault((each.subject.indicator, each.subject.region), []).append(each)
    down, over = ({code: at for at, code in enumerate(codes)} for codes in (rows, columns))
    empty = [square(x, y) for i, y in down.items() for r, x in over.items() if (i, r) not in cells]
    fill(ax, empty, FILLS["empty"])
    boxes: dict[Verdict, list[Box]] = {verdict: [] for verdict in Verdict}
    for (indicator, region), found in cells.items():
        whole = square(over[region], down[indicator])
        dated = sorted(found, key=lambda each: (each.stated.end_year, each.target))
        for each, box in zip(dated, slices(whole, len(dated)), strict=True):
            boxes[each.verdict].append(box)
    verdicts(picture, ax, boxes, 4.6)
    if empty:
        from matplotlib.lines import Line2D

        blank = Line2D([], [], ls="none", marker="s", ms=10, mfc=FILLS["empty"], mec=FILLS["edge"])
        picture.legend(blank, say("picture.no_target", picture.lang), 30)


def _title(card: Card, lang: Language) -> str:
    subjects = [each.subject for each in card.assessments]
    return say(
        "matrix.title",
        lang,
        targets=labels.counted("target", len(subjects), lang),
        regions=labels.counted("region", len({each.region for each in subjects}), lang),
        indicators=labels.counted("indicator", len({each.indicator for each in subjects}), lang),
    )


def _notes(card: Card, lang: Language) -> list[str]:
    cells = {(each.subject.indicator, each.subject.region) for each in card.assessments}
    several = len(cells) < len(card.assessments)
    return [*([say("picture.split", lang)] if several else []), card.source(lang)]


def _alt(card: Card, lang: Language) -> str:
    counts = Counter(each.subject.names(lang)[0] for each in card.assessments)
    region, count = counts.most_common(1)[0]
    kind = say("matrix.alt", lang, title=_title(card, lang))
    most = say("matrix.most", lang, region=region, count=count)
    return labels.sentences([kind, labels.verdict_counts(card.counts, lang), most], lang)
