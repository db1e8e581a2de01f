"""Regions in order, with what each figure may mean, ties and tiers of sources."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..analysis.comparison import Comparison, ComparisonRow
from ..codelists import Form, Tier
from ..text import labels
from ..text.messages import Language, say
from ..units.decimals import plain
from .canvas import Picture, PictureError, some_rows
from .panels import Reasons, source_line
from .scale import Scale, limits, number, scale_of
from .style import RAMP, TIERS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["cliques", "compared", "heading", "ranking", "source_of"]

_ROW = 0.27  # inches
_LANE = 6.0  # points between brackets
_COLOUR = RAMP[-1]
_INFINITY = Decimal("Infinity")


def ranking(
    comparison: Comparison,
    *,
    ax: Axes | None = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """A row a figure, in order: its place, what it may mean, ties bracketed, tiers by fill.

    Figures without a place stand at the end, with the reason in a note.

    Parameters
    ----------
    comparison
        What ``compare`` returned; at most 500 rows.
    ax, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If it is no comparison, or has too many rows.
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
    compared(comparison)
    rows = list(comparison)
    some_rows(len(rows), "figures")
    picture = Picture(ax, lang, (_ROW * (len(rows) + 0.4),))
    lang, ax = picture.lang, picture.axes[0]
    scale = scale_of(_sizes(comparison), comparison.unit, lang)
    picture.rows(ax, [picture.letters.clean(row.name(lang), 30) for row in rows])
    whole = comparison.form is Form.RANK and comparison.measure == "value"
    label = say(f"axis.{comparison.measure}", lang, unit=scale.label)
    picture.numbers(ax, "x", label, whole=whole)
    ends = [end for row in rows for end in _ends(row, scale)]
    ax.set_xlim(limits(ends or [0.0], whole=whole))
    _places(picture, ax, rows)
    for at, row in enumerate(rows):
        _figure(picture, ax, row, scale, at)
    reasons = Reasons(lang)
    lanes = _brackets(picture, ax, rows)
    for at, row in enumerate(rows):
        picture.write(
            ax, _words(row, scale, lang, reasons), (1, at), coords=("axes fraction", "data"),
            offset=(10 + _LANE * lanes, 0), colour=picture.ink if row.rank else picture.grey,
        )  # fmt: skip
    order = say(f"order.{comparison.direction}", lang)
    notes = [order, *reasons.notes(), source_of(comparison, lang)]
    return picture.finish(title or heading(comparison, lang), notes, _alt(comparison, lang))


def compared(given: Comparison) -> None:
    """Refuse what is no comparison.

    Raises
    ------
    PictureError
        If it is something else.
    """
    if not isinstance(given, Comparison):
        raise PictureError(
            f"expected a comparison, found {type(given).__name__}; "
            "make one with innovation_plans.compare(records)"
        )


def heading(comparison: Comparison, lang: Language) -> str:
    """What is compared, when."""
    name = labels.name(comparison, lang, "indicator")
    regions = labels.counted("region", len({row.region for row in comparison}), lang)
    if not comparison.year:
        return say("ranking.title", lang, name=name, regions=regions)
    return say("ranking.title_year", lang, name=name, regions=regions, year=comparison.year)


def source_of(comparison: Comparison, lang: Language) -> str:
    """The source line; a factor among the inputs is no record."""
    keys = {key for row in comparison for key in row.inputs if "@" in key}
    return source_line(comparison.edition, labels.counted("record", len(keys), lang), lang)


def cliques(rows: Sequence[ComparisonRow]) -> list[tuple[int, ...]]:
    """Which rows are all tied with one another: the largest such sets, none within another.

    No chain of small overlaps makes one set of what lies apart.
    """
    ranked = [at for at, row in enumerate(rows) if row.rank is not None]
    found: list[set[int]] = []
    for at in ranked:  # all that holds the lower end of a row holds one number in common
        mine = {
            other
            for other in ranked
            if other == at or (_low(rows[other]) <= _low(rows[at]) and _tied(rows[at], rows[other]))
        }
        if len({rows[each].region for each in mine}) > 1:
            found.append(mine)
    largest = [each for each in found if not any(each < other for other in found)]
    return sorted({tuple(sorted(each)) for each in largest})


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
    found = (row.value, row.value_high, row.low, row.high)
    return [_at(each, scale) for each in found if each is not None and row.value is not None]


def _at(value: Decimal, scale: Scale, unit: str | None = None) -> float:
    return scale.at(value, unit or scale.unit)


def _places(picture: Picture, ax: Axes, rows: Sequence[ComparisonRow]) -> None:
    """The place of each row, in a column before the names."""
    names = [picture.letters.clean(row.name(picture.lang), 30) for row in rows]
    before = max(picture.width_of(name) for name in names) + 13
    for at, row in enumerate(rows):
        picture.write(
            ax, row.rank_text() or "–", (0, at), coords=("axes fraction", "data"),
            offset=(-before, 0), align="right", colour=picture.grey,
        )  # fmt: skip


def _figure(picture: Picture, ax: Axes, row: ComparisonRow, scale: Scale, at: int) -> None:
    """The figure, filled by the tier of its source, on what it may mean."""
    from matplotlib.lines import Line2D

    if row.value is None:
        return
    left, right = ax.get_xlim()
    low = left if row.low is None else _at(row.low, scale)
    high = right if row.high is None else _at(row.high, scale)
    ax.plot([low, high], [at, at], color=_COLOUR, lw=4, alpha=0.28, solid_capstyle="butt", zorder=2)
    look = _tier(row.tier, picture)
    ends = [row.value] if row.value_high is None else [row.value, row.value_high]
    ax.plot([_at(each, scale) for each in ends], [at] * len(ends), zorder=4, **look)
    tier = say("picture.tier", picture.lang, tier=row.tier)
    picture.legend(Line2D([], [], **look), tier, list(Tier).index(row.tier))
    bar = Line2D([], [], color=_COLOUR, lw=4, alpha=0.28)
    picture.legend(bar, say("picture.range", picture.lang), 10)


def _tier(tier: Tier, picture: Picture) -> dict[str, Any]:
    return {
        "marker": "o", "ms": 7.5, "ls": "none", "fillstyle": TIERS[tier], "color": _COLOUR,
        "mec": _COLOUR, "markerfacecoloralt": picture.ground, "mew": 1.2,
    }  # fmt: skip


def _brackets(picture: Picture, ax: Axes, rows: Sequence[ComparisonRow]) -> int:
    """Brackets around rows that are all tied with one another; gives how many stand side by side."""
    from matplotlib.lines import Line2D
    from matplotlib.transforms import ScaledTranslation

    ends: list[int] = []  # the last row of the bracket that stands in each lane
    for members in cliques(rows):
        first, last = members[0], members[-1]
        lane = next((at for at, end in enumerate(ends) if end < first), len(ends))
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


def _words(row: ComparisonRow, scale: Scale, lang: Language, reasons: Reasons) -> str:
    """The figure in words, or why there is no place."""
    if row.reason is not None or row.value is None:
        why = reasons.mark(row.reason) if row.reason else ""
        return say("picture.no_place", lang) + why
    return scale.said(row.value, scale.unit, high=row.value_high, comparator=row.comparator)


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
    kind = say("ranking.alt", lang, title=heading(comparison, lang))
    return labels.sentences([kind, counts, ends], lang)


def _amount(row: ComparisonRow, lang: Language) -> str:
    value, stated = row.value or Decimal(0), row.stated.text(lang)
    if plain(value) == plain(row.stated.value):
        return stated
    return say("ranking.amount", lang, value=number(value), stated=stated)
