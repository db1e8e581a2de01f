"""Regions in order, with the range of each figure and tiers of sources."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, get_args

from ..analysis.comparison import Comparison, ComparisonRow
from ..codelists import Caveat, Direction, Form, Tier
from ..errors import one_of
from ..text import labels as wording
from ..text.messages import Language, say, word
from .canvas import HINTED, FigureSize, Picture, PictureError, check_count, height_of
from .marks import draw_open_side, open_side
from .panels import Plans, details_of, distinct_names, notes_on, source_of
from .style import RAMP, TIERS, Amount, Scale, limits, number, scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Order = Literal["value", "name", "region"]

_VISIBLE = 0.03  # of an axis: a wider range can be seen beside its mark
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
    """Draw one row per figure: its rank or tied ranks, its range, and a fill by source tier.

    The axis is that of the ranked figures; another one beyond it has an arrow. Notes give the reason of
    figures without a rank, what makes a figure doubtful, and the meaning of the tiers.

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
    tiers = sorted({row.tier for row in comparison if row.value is not None})
    meanings = [say("picture.tier_is", lang, tier=tier, meaning=word(tier, lang)) for tier in tiers]
    notes = [*order, *vintage, wording.joined(meanings, lang, "parts")]
    return picture.finish(head, notes, source, _alt(comparison, head, lang))


def _draw(
    picture: Picture, comparison: Comparison, rows: Sequence[ComparisonRow], plans: Plans | None
) -> None:
    ax, lang, measure = picture.axes[0], picture.lang, comparison.measure
    figures = [amount_of(row, comparison.unit) for row in rows]
    scale = scale_of(filter(None, figures), comparison.unit, lang)
    details = [details_of(row.plan or "", row.source, lang, plans) for row in rows]
    names = distinct_names(
        [[row.name(lang), *texts] for row, texts in zip(rows, details, strict=True)], lang
    )
    shown = picture.row_axis(ax, [picture.letters.clean(name, 52) for name in names])
    before_names = -picture.widest(shown) / HINTED - 13
    whole = comparison.form is Form.RANK and measure == "value"
    unit = say(f"axis.{measure}", lang, unit=scale.label)
    label = wording.joined([wording.name(comparison, lang, "indicator"), unit], lang, "counts")
    picture.number_axis(ax, "x", picture.letters.clean(label, 120), whole=whole)
    ends = [
        scale.at(Amount(end, comparison.unit))
        for row in [row for row in rows if row.rank] or rows
        for end in (row.value, row.value_high, row.low, row.high)
        if end is not None
    ]
    ax.set_xlim(limits(ends or [0.0], whole=whole))
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
        picture.write_row(ax, index, text, muted=not row.rank)


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


def _draw_figure(
    picture: Picture, row: ComparisonRow, figure: Amount, scale: Scale, index: int
) -> None:
    """Draw a figure, filled by the tier of its source, on its range; an open end is that of the axis."""
    ax, lang = picture.axes[0], picture.lang
    first, last = ax.get_xlim()
    dots = [end for end in (scale.at(figure), scale.high(figure)) if end is not None]
    edges = [edge for edge in (first, last) if (dots[0] - edge) * (edge - (first + last) / 2) > 0]
    if edges:
        look = {"marker": ">" if edges == [last] else "<", "ms": 6, "color": _COLOUR, "ls": "none"}
        picture.plot(ax, edges, [index], say("picture.beyond", lang), 18, **look)
        return
    ends = [
        edge if end is None else scale.at(Amount(end, figure.unit))
        for edge, end in zip((first, last), (row.low, row.high), strict=True)
    ]
    is_visible = abs(ends[1] - ends[0]) > _VISIBLE * abs(last - first)
    text = say("picture.range", lang) if is_visible else ""
    picture.plot(
        ax, ends, [index] * 2, text, 10, color=_COLOUR, lw=4, alpha=0.28, solid_capstyle="butt",
        zorder=2,
    )  # fmt: skip
    side = open_side(row.stated.form, figure.comparator)
    draw_open_side(picture, ax, (dots[0], index), side)
    tier, order = say("picture.tier", lang, tier=row.tier), list(Tier).index(row.tier)
    picture.plot(
        ax, dots, [index] * len(dots), tier, order, marker="o", ms=7.5, ls="none", color=_COLOUR,
        mec=_COLOUR, mew=1.2, fillstyle=TIERS[row.tier], markerfacecoloralt=picture.background,
        zorder=4,
    )  # fmt: skip


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
