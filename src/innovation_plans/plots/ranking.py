"""Regions in order, with the range of each figure, ties and tiers of sources."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..analysis.comparison import Comparison, ComparisonRow
from ..codelists import Caveat, Form, Tier
from ..text import labels as wording
from ..text.messages import Language, say, word
from ..units.decimals import plain
from .canvas import ROW, FigureSize, Picture, PictureError, check_count
from .panels import Footnotes, Plans, publishers_of, source_line
from .style import RAMP, TIERS, Scale, limits, number, scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["cliques", "comparison_source", "comparison_title", "ranking"]

_LANE = 6.0  # points between brackets
_COLOUR = RAMP[-1]
_INFINITY = Decimal("Infinity")


def ranking(
    comparison: Comparison,
    *,
    plans: Plans | None = None,
    labels: bool = True,
    ax: Axes | None = None,
    figsize: FigureSize = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """Draw one row per figure, by rank: its range, brackets for ties, and a fill by source tier.

    Figures without a rank are at the end, and a note gives the reason.

    Parameters
    ----------
    comparison
        A result of ``compare``; at most 500 rows.
    plans, labels, ax, figsize, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If it is not a comparison, or has too many rows.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> targets = ip.load().targets.where(region=["GD", "JS", "BJ"], indicator="rd_intensity",
    ...                                   end_year=2025, period="14th")
    >>> ax = ranking(ip.compare(targets))
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Beijing', 'Guangdong', 'Jiangsu']
    """
    _check_comparison(comparison)
    rows = list(comparison)
    check_count(len(rows), "figures")
    heights = (ROW * (len(rows) + 0.4),)
    picture = Picture(ax, lang, heights, figsize=figsize, title=title, labels=labels)
    lang, ax = picture.lang, picture.axes[0]
    scale = scale_of(_sizes(comparison), comparison.unit, lang)
    picture.row_axis(ax, [picture.letters.clean(row.name(lang), 30) for row in rows])
    whole = comparison.form is Form.RANK and comparison.measure == "value"
    unit = say(f"axis.{comparison.measure}", lang, unit=scale.label)
    label = wording.joined([wording.name(comparison, lang, "indicator"), unit], lang, "counts")
    picture.number_axis(ax, "x", picture.letters.clean(label, 120), whole=whole)
    ends = [end for row in rows for end in _ends(row, scale)]
    ax.set_xlim(limits(ends or [0.0], whole=whole))
    _write_ranks(picture, ax, rows)
    for index, row in enumerate(rows):
        _draw_figure(picture, ax, row, scale, index)
    footnotes = Footnotes(lang)
    lanes = _draw_brackets(picture, ax, rows)
    for index, row in enumerate(rows):
        text = _row_text(row, scale, lang, footnotes)
        picture.write_row(ax, index, text, muted=not row.rank, offset=10 + _LANE * lanes)
    order = say(f"order.{comparison.direction}", lang)
    on_one = any(Caveat.ONE_VINTAGE in row.caveats for row in rows)
    vintage = [word(Caveat.ONE_VINTAGE, lang)] if on_one else []
    notes = [order, *vintage, *footnotes.notes(), comparison_source(comparison, lang, plans)]
    return picture.finish(comparison_title(comparison, lang), notes, _alt(comparison, lang))


def _check_comparison(comparison: Comparison) -> None:
    if not isinstance(comparison, Comparison):
        raise PictureError(
            f"expected a comparison, found {type(comparison).__name__}; "
            "make one with innovation_plans.compare(records)"
        )


def comparison_title(comparison: Comparison, lang: Language) -> str:
    """Return the title of a comparison: indicator, what is ranked, measure and regions."""
    name = wording.name(comparison, lang, "indicator")
    regions = wording.counted("region", len({row.region for row in comparison}), lang)
    observed = all(row.stated.outcome for row in comparison)
    kind = "outcomes" if observed else "targets"
    year = comparison.year
    what = say(f"ranking.{kind}_year", lang, year=year) if year else say(f"ranking.{kind}", lang)
    measure = "" if comparison.measure == "value" else say(f"tiles.{comparison.measure}", lang)
    since = {row.against.year for row in comparison if row.against}
    if len(since) == 1 and comparison.measure in {"distance", "growth"}:
        measure = say(f"tiles.{comparison.measure}_since", lang, year=min(since))
    return wording.headed(name, wording.joined([what, measure, regions], lang, "counts"), lang)


def comparison_source(comparison: Comparison, lang: Language, plans: Plans | None = None) -> str:
    """Return the source line of a comparison; a factor among its inputs is not a record."""
    keys = {key for row in comparison for key in row.inputs if "@" in key}
    records = wording.counted("record", len(keys), lang)
    return source_line(comparison.edition, records, lang, publishers_of(keys, plans, lang))


def cliques(rows: Sequence[ComparisonRow]) -> list[tuple[int, ...]]:
    """Return the largest sets of rows of which each is tied with every other.

    Rows that do not overlap are in different sets, even if others between them overlap both.
    """
    ranked = [index for index, row in enumerate(rows) if row.rank is not None]
    cliques_of_lows: list[set[int]] = []
    for index in ranked:  # all ranges that contain the low end of a row have this number in common
        low = _low(rows[index])
        members = {
            other
            for other in ranked
            if other == index or (_low(rows[other]) <= low and _tied(rows[index], rows[other]))
        }
        if len({rows[member].region for member in members}) > 1:
            cliques_of_lows.append(members)
    largest = [
        members
        for members in cliques_of_lows
        if not any(members < other for other in cliques_of_lows)
    ]
    return sorted({tuple(sorted(members)) for members in largest})


def _tied(one: ComparisonRow, other: ComparisonRow) -> bool:
    low = max(_low(one), _low(other))
    high = min(_high(one), _high(other))
    if low == high:
        return _low(one) == _high(one) or _low(other) == _high(other)
    return low < high


def _low(row: ComparisonRow) -> Decimal:
    return -_INFINITY if row.low is None else row.low


def _high(row: ComparisonRow) -> Decimal:
    return _INFINITY if row.high is None else row.high


def _sizes(comparison: Comparison) -> list[tuple[Decimal, str]]:
    return [(row.value, comparison.unit) for row in comparison if row.value is not None]


def _ends(row: ComparisonRow, scale: Scale) -> list[float]:
    if row.value is None:
        return []
    values = (row.value, row.value_high, row.low, row.high)
    return [scale.at(value, scale.unit) for value in values if value is not None]


def _write_ranks(picture: Picture, ax: Axes, rows: Sequence[ComparisonRow]) -> None:
    """Write the rank of each row, in a column before the names."""
    names = [picture.letters.clean(row.name(picture.lang), 30) for row in rows]
    width = max(picture.width_of(name) for name in names) + 13
    for index, row in enumerate(rows):
        picture.write(
            ax, row.rank_text() or "–", (0, index), coords=("axes fraction", "data"),
            offset=(-width, 0), align="right", colour=picture.grey,
        )  # fmt: skip


def _draw_figure(picture: Picture, ax: Axes, row: ComparisonRow, scale: Scale, index: int) -> None:
    """Draw a figure, filled by the tier of its source, on its range."""
    from matplotlib.lines import Line2D

    if row.value is None:
        return
    left, right = ax.get_xlim()
    low = left if row.low is None else scale.at(row.low, scale.unit)
    high = right if row.high is None else scale.at(row.high, scale.unit)
    bar: dict[str, Any] = {"color": _COLOUR, "lw": 4, "alpha": 0.28}
    ax.plot([low, high], [index, index], solid_capstyle="butt", zorder=2, **bar)
    look = _tier_look(row.tier, picture)
    ends = [value for value in (row.value, row.value_high) if value is not None]
    xs = [scale.at(value, scale.unit) for value in ends]
    ax.plot(xs, [index] * len(ends), zorder=4, **look)
    tier = say("picture.tier", picture.lang, tier=row.tier)
    picture.legend(Line2D([], [], **look), tier, list(Tier).index(row.tier))
    picture.legend(Line2D([], [], **bar), say("picture.range", picture.lang), 10)


def _tier_look(tier: Tier, picture: Picture) -> dict[str, Any]:
    return {
        "marker": "o", "ms": 7.5, "ls": "none", "fillstyle": TIERS[tier], "color": _COLOUR,
        "mec": _COLOUR, "markerfacecoloralt": picture.background, "mew": 1.2,
    }  # fmt: skip


def _draw_brackets(picture: Picture, ax: Axes, rows: Sequence[ComparisonRow]) -> int:
    """Draw brackets around rows that are tied, and return the number of lanes that they take."""
    from matplotlib.lines import Line2D
    from matplotlib.transforms import ScaledTranslation

    ends: list[int] = []  # the last row of the last bracket in each lane
    for members in cliques(rows):
        first, last = members[0], members[-1]
        lane = next((index for index, end in enumerate(ends) if end < first), len(ends))
        ends[lane : lane + 1] = [last]
        shift = ScaledTranslation((5 + _LANE * lane) / 72, 0, ax.figure.dpi_scale_trans)
        look: dict[str, Any] = {
            "transform": ax.get_yaxis_transform() + shift, "color": picture.grey, "clip_on": False,
        }  # fmt: skip
        ax.plot([1, 1], [first, last], lw=1.2, **look)
        ax.plot([1] * len(members), members, ls="none", marker=0, ms=4, mew=1.2, **look)
    if ends:
        line = Line2D([], [], color=picture.grey, ls="none", marker="$]$", ms=7, mew=0)
        picture.legend(line, say("picture.tied", picture.lang), 20)
    return len(ends)


def _row_text(row: ComparisonRow, scale: Scale, lang: Language, footnotes: Footnotes) -> str:
    """Return the figure in words, or the reason why it has no rank."""
    if row.reason is not None or row.value is None:
        mark = footnotes.mark(row.reason) if row.reason else ""
        return say("picture.no_place", lang) + mark
    return scale.label_of(row.value, scale.unit, high=row.value_high, comparator=row.comparator)


def _alt(comparison: Comparison, lang: Language) -> str:
    ranked = [row for row in comparison if row.rank is not None]
    tied = sum(row.rank != row.rank_last for row in ranked)
    counts = say(
        "ranking.counts",
        lang,
        ranked=len(ranked),
        tied=tied,
        unranked=len(comparison) - len(ranked),
    )
    ends = ""
    if len(ranked) > 1:
        first, last = ranked[0], ranked[-1]
        ends = say(
            "ranking.ends",
            lang,
            first=first.name(lang),
            first_figure=_amount(first, lang),
            last=last.name(lang),
            last_figure=_amount(last, lang),
        )
    kind = say("ranking.alt", lang, title=comparison_title(comparison, lang))
    return wording.sentences([kind, counts, ends], lang)


def _amount(row: ComparisonRow, lang: Language) -> str:
    value, stated = row.value or Decimal(0), row.stated.text(lang)
    if plain(value) == plain(row.stated.value):
        return stated
    return say("ranking.amount", lang, value=number(value), stated=stated)
