"""What is stated, not stated and not read, as a matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.coverage import Coverage, CoverageCell
from ..analysis.coverage import coverage as covered
from ..codelists import Availability
from ..dataset.dataset import Dataset
from ..text import labels
from ..text.messages import Language, say, word
from .canvas import Picture, PictureError, one_panel, some_rows
from .heatmap import CELL, fill, head_columns, square
from .panels import source_line
from .style import FILLS, KNOWN, ink_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["coverage"]

_LONGEST = 44
_TARGET = (Availability.STATED, Availability.NOT_STATED, Availability.NOT_READ)
Some = str | Collection[str] | None


class _Case(NamedTuple):
    """What is drawn, and how it is named."""

    cells: Coverage
    plans: Dataset[Any, Any] | None
    periods: tuple[str, ...]
    indicators: tuple[str, ...]
    regions: tuple[str, ...]


def coverage(
    plans: Dataset[Any, Any] | Coverage,
    *,
    region: Some = None,
    indicator: Some = None,
    period: Some = None,
    ax: Axes | None = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """Indicators by regions, a panel a period: whether a target is stated, and an outcome published.

    Parameters
    ----------
    plans
        A dataset; or a coverage, whose indicators are named by their codes. At most 500 rows in
        all panels together.
    region, indicator, period
        As in ``innovation_plans.coverage``, where a dataset is given.
    ax, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If there is nothing to draw, or too much; or a coverage is given together with filters.
    AmbiguousError
        If there are several periods and `ax` is given.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = coverage(ip.load(), indicator=["rd_intensity", "gdp"], period=["13th", "14th"])
    >>> len(ax.figure.axes)
    2
    """
    case = _case(plans, region, indicator, period)
    some_rows(len(case.periods) * len(case.indicators), "rows")
    some_rows(len(case.regions), "regions")
    one_panel(ax, case.periods, "ask for one period")
    heights = [CELL * (len(case.indicators) + 0.2)] * len(case.periods)
    picture = Picture(ax, lang, heights, plot_width=CELL * (len(case.regions) + 0.2))
    for at, (when, axes) in enumerate(zip(case.periods, picture.axes, strict=True)):
        _panel(picture, axes, case, when)
        if len(case.periods) > 1:
            picture.heads[at] = picture.letters.clean(labels.period(when, picture.lang))
    notes = [_source(case, picture.lang)]
    return picture.finish(title or _title(case, picture.lang), notes, _alt(case, picture.lang))


def _case(
    plans: Dataset[Any, Any] | Coverage, region: Some, indicator: Some, period: Some
) -> _Case:
    if isinstance(plans, Dataset):
        cells = covered(plans, region=region, indicator=indicator, period=period)
    elif isinstance(plans, Coverage):
        if (region, indicator, period) != (None, None, None):
            raise PictureError(
                "expected no filters beside a coverage; "
                "give them to innovation_plans.coverage, or give the dataset here"
            )
        cells = plans
    else:
        raise PictureError(
            f"expected a dataset or a coverage, found {type(plans).__name__}; "
            "make one with innovation_plans.coverage(plans, …)"
        )
    return _Case(
        cells,
        plans if isinstance(plans, Dataset) else None,
        *(
            tuple(dict.fromkeys(getattr(cell, what) for cell in cells))
            for what in ("period", "indicator", "region")
        ),
    )


def _panel(picture: Picture, ax: Axes, case: _Case, period: str) -> None:
    cells = [cell for cell in case.cells if cell.period == period]
    down, over = (
        {code: at for at, code in enumerate(codes)} for codes in (case.indicators, case.regions)
    )
    clean = picture.letters.clean
    rows = [clean(_indicator(case, code, picture.lang), _LONGEST) for code in case.indicators]
    picture.rows(ax, rows, ruled=False)
    names = [clean(name, 24) for name in _regions(case, picture.lang)]
    head_columns(picture, ax, names, len(rows))
    for state in _TARGET:
        found = [cell for cell in cells if cell.target is state]
        boxes = [square(over[cell.region], down[cell.indicator]) for cell in found]
        fill(ax, boxes, KNOWN[state].colour)
        _published(
            ax,
            [cell for cell in found if cell.outcome is Availability.PUBLISHED],
            (over, down),
            state,
        )
    if picture.own:
        ax.set_aspect("equal", anchor="NW")
    _explain(picture, cells)


def _published(
    ax: Axes,
    cells: Sequence[CoverageCell],
    at: tuple[dict[str, int], dict[str, int]],
    state: Availability,
) -> None:
    """A dot where an outcome of the period is published."""
    over, down = at
    ink = ink_on(KNOWN[state].colour)
    ax.plot(
        [over[cell.region] for cell in cells], [down[cell.indicator] for cell in cells],
        ls="none", marker="o", ms=4.2, mfc=ink, mec=ink, zorder=3,
    )  # fmt: skip


def _explain(picture: Picture, cells: Sequence[CoverageCell]) -> None:
    from matplotlib.lines import Line2D

    for at, state in enumerate(_TARGET):
        if any(cell.target is state for cell in cells):
            colour = KNOWN[state].colour
            handle = Line2D([], [], ls="none", marker="s", ms=10, mfc=colour, mec=FILLS["edge"])
            picture.legend(handle, word(state, picture.lang), at)
    if any(cell.outcome is Availability.PUBLISHED for cell in cells):
        dot = Line2D([], [], ls="none", marker="o", ms=4.2, mfc=picture.ink, mec=picture.ink)
        picture.legend(dot, word(Availability.PUBLISHED, picture.lang), 5)


def _indicator(case: _Case, code: str, lang: Language) -> str:
    if case.plans is None:
        return code
    found = case.plans.indicator(code)
    return labels.name(found, lang)


def _regions(case: _Case, lang: Language) -> list[str]:
    """The names of the regions, in the order of the cells, as the table has them."""
    return [row[0] for row in case.cells.sheet(lang).rows]


def _source(case: _Case, lang: Language) -> str:
    if case.plans is None:
        return source_line("", labels.counted("cell", len(case.cells), lang), lang)
    tables = (case.plans.targets, case.plans.goals, case.plans.observations)
    count = labels.counted("record", sum(map(len, tables)), lang)
    return source_line(case.plans.edition, count, lang)


def _title(case: _Case, lang: Language) -> str:
    return say(
        "coverage_picture.title",
        lang,
        indicators=labels.counted("indicator", len(case.indicators), lang),
        regions=labels.counted("region", len(case.regions), lang),
        periods=labels.joined([labels.period(each, lang) for each in case.periods], lang),
    )


def _alt(case: _Case, lang: Language) -> str:
    states = [
        labels.headed(word(state, lang), f"{count:,}", lang)
        for state, count in case.cells.counts().items()
    ]
    stated = Counter(cell.region for cell in case.cells if cell.target is Availability.STATED)
    names = dict(zip(case.regions, _regions(case, lang), strict=True))
    most = ""
    if stated:
        code, count = stated.most_common(1)[0]
        most = say("coverage_picture.most", lang, region=names[code], count=count)
    parts = [
        say("coverage_picture.alt", lang, title=_title(case, lang)),
        labels.counted("cell", len(case.cells), lang),
        labels.joined(states, lang, "parts"),
        most,
    ]
    return labels.sentences(parts, lang)
