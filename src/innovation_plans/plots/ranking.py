"""Regions in order, with the range of each figure, ties and tiers of sources."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, get_args

from ..analysis.comparison import Comparison, ComparisonRow
from ..codelists import Caveat, Direction, Form, Tier
from ..errors import one_of
from ..text import labels as wording
from ..text.messages import Language, say, word
from ..units.interval import Interval
from .canvas import HINTED, FigureSize, Picture, PictureError, check_count, height_of
from .marks import draw_open_side
from .panels import Plans, distinct_names, notes_on, source_of
from .style import RAMP, TIERS, Amount, Scale, limits, number, scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Order = Literal["value", "name", "region"]

_LANE = 6.0  # points between brackets
_COLOUR = RAMP[-1]


def ranking(
    comparison: Comparison,
    *,
    plans: Plans | None = None,
    sort: Order = "value",
    labels: bool = True,
    ax: Axes | None = None,
    figsize: FigureSize = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """Draw one row per figure: its rank and range, brackets for ties, and a fill by source tier.

    Notes give the reason of figures without a rank, and what makes a figure doubtful.

    Parameters
    ----------
    comparison
        A result of ``compare``; at most 500 rows.
    sort
        The order of the rows: ``"value"``, the best first and those without a rank last; ``"name"`` of
        the region in English, which is also the order of pinyin; or ``"region"``, the order of the codes.
    plans, labels, ax, figsize, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If it is not a comparison, or has too many rows.
    ArgumentError
        If there is no such order.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> targets = ip.load().targets.where(region=["GD", "JS", "BJ"], indicator="rd_intensity",
    ...                                   end_year=2025, period="14th")
    >>> ax = ranking(ip.compare(targets))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Beijing', 'Guangdong', 'Jiangsu']
    """
    if not isinstance(comparison, Comparison):
        raise PictureError(
            f"expected a comparison, found {type(comparison).__name__}; "
            "make one with innovation_plans.compare(records)"
        )
    check_count(len(comparison), "figures")
    one_of("sort", sort, get_args(Order))
    heights = (height_of(comparison),)
    picture = Picture(ax, lang, heights, figsize=figsize, title=title, labels=labels)
    lang = picture.lang
    keys = {
        "value": lambda _: 0,
        "name": lambda row: row.region_en,
        "region": lambda row: row.region,
    }
    _draw(picture, comparison, sorted(comparison, key=keys[sort]), plans)
    is_plain = comparison.direction is Direction.UP or comparison.form is Form.RANK
    order = [] if is_plain or sort != "value" else [say(f"order.{comparison.direction}", lang)]
    on_one = any(Caveat.ONE_VINTAGE in row.caveats for row in comparison)
    vintage = [word(Caveat.ONE_VINTAGE, lang)] if on_one else []
    head, source = comparison_title(comparison, lang), source_of(comparison, lang, plans)
    return picture.finish(head, [*order, *vintage], source, _alt(comparison, head, lang))


def _draw(
    picture: Picture, comparison: Comparison, rows: Sequence[ComparisonRow], plans: Plans | None
) -> None:
    ax, lang, measure = picture.axes[0], picture.lang, comparison.measure
    figures = [amount_of(row, comparison.unit) for row in rows]
    scale = scale_of(filter(None, figures), comparison.unit, lang)
    names = distinct_names(
        [[row.name(lang)] for row in rows], [row.plan or "" for row in rows], lang, plans
    )
    shown = picture.row_axis(ax, [picture.letters.clean(name, 52) for name in names])
    before_names = -picture.widest(shown) / HINTED - 13
    whole = comparison.form is Form.RANK and measure == "value"
    unit = say(f"axis.{measure}", lang, unit=scale.label)
    label = wording.joined([wording.name(comparison, lang, "indicator"), unit], lang, "counts")
    picture.number_axis(ax, "x", picture.letters.clean(label, 120), whole=whole)
    ends = [
        scale.at(Amount(end, comparison.unit))
        for row in rows
        if row.value is not None
        for end in (row.value, row.value_high, row.low, row.high)
        if end is not None
    ]
    ax.set_xlim(limits(ends or [0.0], whole=whole))
    lanes = _draw_brackets(picture, rows)
    for index, (row, figure) in enumerate(zip(rows, figures, strict=True)):
        picture.write(
            ax, row.rank_text() or "–", (0, index), coords=("axes fraction", "data"),
            offset=(before_names, 0), align="right", colour=picture.grey,
        )  # fmt: skip
        text = say("picture.no_figure", lang)
        if figure is not None:
            _draw_figure(picture, row, figure, scale, index)
            text = scale.text(figure)
        text += picture.footnote(notes_on(row))
        picture.write_row(ax, index, text, muted=not row.rank, offset=10 + _LANE * lanes)


def amount_of(row: ComparisonRow, unit: str) -> Amount | None:
    """Return the figure of a row, in the unit of its comparison; None if there is none."""
    return None if row.value is None else Amount(row.value, unit, row.value_high, row.comparator)


def comparison_title(comparison: Comparison, lang: Language) -> str:
    """Return the title of a comparison: indicator, what is ranked, measure and regions."""
    name = wording.name(comparison, lang, "indicator")
    regions = wording.counted("region", len({row.region for row in comparison}), lang)
    kind = "outcomes" if all(row.stated.outcome for row in comparison) else "targets"
    year = comparison.year
    what = say(f"ranking.{kind}_year", lang, year=year) if year else say(f"ranking.{kind}", lang)
    measure = "" if comparison.measure == "value" else say(f"tiles.{comparison.measure}", lang)
    since = {row.against.year for row in comparison if row.against}
    if len(since) == 1 and comparison.measure in {"distance", "growth"}:
        measure = say(f"tiles.{comparison.measure}_since", lang, year=min(since))
    return wording.headed(name, wording.joined([what, measure, regions], lang, "counts"), lang)


def cliques(rows: Sequence[ComparisonRow]) -> list[tuple[int, ...]]:
    """Return the largest sets of rows of which each is tied with every other.

    Rows that do not overlap are in different sets, even if others between them overlap both.
    """
    ranges = {index: _range(row) for index, row in enumerate(rows) if row.rank is not None}
    # ranges with the low end of a row have this number in common
    tied = {
        tuple(
            other
            for other, another in ranges.items()
            if other == index or (another.low <= own.low and another.overlaps(own))
        )
        for index, own in ranges.items()
    }
    several = [members for members in tied if len({rows[member].region for member in members}) > 1]
    return sorted(
        members for members in several if not any(set(members) < set(other) for other in several)
    )


def _range(row: ComparisonRow) -> Interval:
    """Return all numbers that a figure may mean."""
    every = Interval.unknown()
    low, high = row.low, row.high
    return Interval(every.low if low is None else low, every.high if high is None else high)


def _draw_figure(
    picture: Picture, row: ComparisonRow, figure: Amount, scale: Scale, index: int
) -> None:
    """Draw a figure, filled by the tier of its source, on its range; an open end is that of the axis."""
    ax, lang = picture.axes[0], picture.lang
    ends = [
        edge if end is None else scale.at(Amount(end, figure.unit))
        for edge, end in zip(ax.get_xlim(), (row.low, row.high), strict=True)
    ]
    picture.plot(
        ax, ends, [index] * 2, say("picture.range", lang), 10, color=_COLOUR, lw=4, alpha=0.28,
        solid_capstyle="butt", zorder=2,
    )  # fmt: skip
    dots = [end for end in (scale.at(figure), scale.high(figure)) if end is not None]
    draw_open_side(picture, ax, (dots[0], index), row.stated.form, figure.comparator)
    tier, order = say("picture.tier", lang, tier=row.tier), list(Tier).index(row.tier)
    picture.plot(
        ax, dots, [index] * len(dots), tier, order, marker="o", ms=7.5, ls="none", color=_COLOUR,
        mec=_COLOUR, mew=1.2, fillstyle=TIERS[row.tier], markerfacecoloralt=picture.background,
        zorder=4,
    )  # fmt: skip


def _draw_brackets(picture: Picture, rows: Sequence[ComparisonRow]) -> int:
    """Draw brackets around rows that are tied, and return the number of lanes that they take."""
    from matplotlib.path import Path
    from matplotlib.transforms import ScaledTranslation

    ax = picture.axes[0]
    ends: list[int] = []  # the last row of the last bracket in each lane
    for members in cliques(rows):
        first, last = members[0], members[-1]
        lane = next((index for index, end in enumerate(ends) if end < first), len(ends))
        ends[lane : lane + 1] = [last]
        shift = ScaledTranslation((5 + _LANE * lane) / 72, 0, picture.figure.dpi_scale_trans)
        look: dict[str, Any] = {
            "transform": ax.get_yaxis_transform() + shift, "color": picture.grey,
        }  # fmt: skip
        picture.plot(ax, [1, 1], [first, last], lw=1.2, **look)
        picture.plot(ax, [1] * len(members), members, ls="none", marker=0, ms=4, mew=1.2, **look)
    if ends:
        bracket = Path([(0, -1), (0.6, -1), (0.6, 1), (0, 1)])
        mark = {"color": picture.grey, "ls": "none", "marker": bracket, "ms": 12, "mfc": "none"}
        picture.legend(say("picture.tied", picture.lang), 20, mark)
    return len(ends)


def _alt(comparison: Comparison, head: str, lang: Language) -> list[str]:
    ranked = [row for row in comparison if row.rank is not None]
    tied = sum(row.rank != row.rank_last for row in ranked)
    without = len(comparison) - len(ranked)
    parts = [
        say("ranking.alt", lang, title=head),
        say("ranking.counts", lang, ranked=len(ranked), tied=tied, unranked=without),
    ]
    if len(ranked) > 1:
        (first, first_figure), (last, last_figure) = (
            (row.name(lang), _amount(row, lang)) for row in (ranked[0], ranked[-1])
        )
        figures = {"first_figure": first_figure, "last_figure": last_figure}
        parts.append(say("ranking.ends", lang, first=first, last=last, **figures))
    return parts


def _amount(row: ComparisonRow, lang: Language) -> str:
    value, stated = row.value or Decimal(0), row.stated.text(lang)
    if value == row.stated.value:
        return stated
    return say("ranking.amount", lang, value=number(value), stated=stated)
