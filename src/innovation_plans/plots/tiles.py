"""A tile-grid map of the provinces: by verdict, or by number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..analysis.comparison import Comparison
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Verdict
from ..dataset.observations import ObservationTable
from ..errors import AmbiguousError
from ..text import labels
from ..text.messages import Language, say
from .canvas import BODY, SMALL, Picture, some_rows
from .heatmap import Box, fill, fill_of, slices, square, verdicts
from .panels import Card, card_of, period_of
from .scale import number
from .style import FILLS, RAMP, ink_on
from .tile_values import Numbers, classes, numbers_of
from .tilegrid import COLUMNS, ROWS, TILES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["tiles"]

_CELL = 0.62  # inches
_FIRST = min(tile.column for tile in TILES.values())
_NAMED = 6  # so many regions that are not on the map are named


class _Drawn(NamedTuple):
    """What a map says besides its squares."""

    title: str
    notes: list[str]
    alt: str


def tiles(
    given: Scorecard | Iterable[Assessment] | Comparison | ObservationTable,
    *,
    ax: Axes | None = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """The 31 provinces of the mainland, one square each, coloured by verdict or by number.

    Provinces without a target or figure are empty squares; what is on no square (the nation,
    cities, groups) is named beneath.

    Parameters
    ----------
    given
        For verdicts, a scorecard of one indicator; several targets of a province share its square.
        For numbers, a comparison with one figure a province, or observations of one indicator,
        form and year, of which the figure that counts is drawn.
    ax, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If there is nothing to draw, or it is none of these.
    AmbiguousError
        If there are several indicators, forms or years, or several figures of a province.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = tiles(ip.scorecard(ip.load(), indicator="rd_intensity", period="14th"))
    >>> sum(text.get_text() == "GD" for text in ax.texts)
    1
    """
    measured = isinstance(given, Comparison | ObservationTable)
    found = numbers_of(given) if isinstance(given, Comparison | ObservationTable) else None
    card = None if measured else card_of(given)  # type: ignore[arg-type]
    if card is not None:
        some_rows(len(card.assessments), "targets")
        _one_indicator(card)
    size = (_CELL * (ROWS + 0.1), _CELL * (COLUMNS - _FIRST + 0.1))
    picture = Picture(ax, lang, size[:1], plot_width=size[1])
    _blank(picture.axes[0])
    if found is not None:
        drawn = _numbers(picture, picture.axes[0], found)
    elif card is not None:
        drawn = _verdicts(picture, picture.axes[0], card)
    return picture.finish(title or drawn.title, drawn.notes, drawn.alt)


def _one_indicator(card: Card) -> None:
    found = dict.fromkeys(each.subject.indicator for each in card.assessments)
    if len(found) > 1:
        raise AmbiguousError(
            asked="one indicator", matches=list(found), hint='narrow it: card.by("indicator")'
        )


def _blank(ax: Axes) -> None:
    """Axes with room for the whole map and nothing else."""
    ax.set_xlim(_FIRST - 0.55, COLUMNS - 0.45)
    ax.set_ylim(ROWS - 0.45, -0.55)
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_aspect("equal", anchor="NW")


def _verdicts(picture: Picture, ax: Axes, card: Card) -> _Drawn:
    lang = picture.lang
    held: dict[str, list[Assessment]] = {}
    for each in card.assessments:
        held.setdefault(each.subject.region, []).append(each)
    boxes: dict[Verdict, list[Box]] = {verdict: [] for verdict in Verdict}
    colours: dict[str, list[str]] = {}
    for code, mine in held.items():
        if code in TILES:
            whole = square(TILES[code].column, TILES[code].row, gap=0.035)
            dated = sorted(mine, key=lambda each: (each.stated.end_year, each.target))
            colours[code] = [fill_of(each.verdict) for each in dated]
            for each, box in zip(dated, slices(whole, len(dated)), strict=True):
                boxes[each.verdict].append(box)
    verdicts(picture, ax, boxes, 6.0, lower=0.2)
    _empty(picture, ax, set(held), "no_target")
    for code in TILES:
        fills = colours.get(code, [FILLS["empty"]])
        _name(picture, ax, code, ink_on(fills[0]) if len(set(fills)) == 1 else None, up=0.2)
    name = card.assessments[0].subject.names(lang)[1]
    title = say("tiles.verdicts", lang, name=name + period_of(card.assessments, lang))
    outside = {each.subject.region: each.subject.names(lang)[0] for each in card.assessments}
    notes = _outside(outside, lang)
    if any(len(set(each)) > 1 or len(each) > 1 for each in colours.values()):
        notes.insert(0, say("picture.split", lang))
    alt = labels.sentences(
        [
            say("tiles.alt", lang, title=title),
            labels.verdict_counts({verdict: len(found) for verdict, found in boxes.items()}, lang),
            _how_many(len(set(held) & set(TILES)), lang),
            *notes,
        ],
        lang,
    )
    return _Drawn(title, [*notes, card.source(lang)], alt)


def _numbers(picture: Picture, ax: Axes, found: Numbers) -> _Drawn:
    lang = picture.lang
    scale = found.scale(lang)
    on_map = {
        code: scale.at(each.value, each.unit)
        for code, each in found.figures.items()
        if code in TILES
    }
    steps = classes(list(on_map.values()))
    for at, (low, high) in enumerate(steps):
        colour = _shade(at, len(steps))
        mine = [code for code, value in on_map.items() if low <= value <= high]
        fill(ax, [square(TILES[code].column, TILES[code].row, gap=0.035) for code in mine], colour)
        _explain_class(picture, colour, (low, high), at)
    _empty(picture, ax, set(on_map), "no_figure")
    for code, tile in TILES.items():
        value = on_map.get(code)
        if value is None:
            _name(picture, ax, code, picture.grey, up=0)
            continue
        at = next(at for at, (low, high) in enumerate(steps) if low <= value <= high)
        ink = ink_on(_shade(at, len(steps)))
        _name(picture, ax, code, ink, up=0.16)
        each = found.figures[code]
        text = scale.said(each.value, each.unit, high=each.high, comparator=each.comparator)
        picture.write(
            ax, text, (tile.column, tile.row + 0.2), align="center", size=SMALL, colour=ink
        )
    title = say("tiles.numbers", lang, name=found.title(lang), unit=scale.label)
    notes = [*found.notes(lang), *_outside(found.names(lang), lang)]
    ends = _extremes(found, on_map, lang)
    kind = say("tiles.alt", lang, title=title)
    alt = labels.sentences([kind, _how_many(len(on_map), lang), ends, *notes], lang)
    return _Drawn(title, [*notes, found.source(lang)], alt)


def _shade(at: int, count: int) -> str:
    """The colour of a class: the ends of the ramp are used, however few there are."""
    return RAMP[2] if count == 1 else RAMP[round(at * (len(RAMP) - 1) / (count - 1))]


def _explain_class(picture: Picture, colour: str, ends: tuple[float, float], at: int) -> None:
    from matplotlib.lines import Line2D

    low, high = (number(Decimal(repr(each))) for each in ends)
    text = low if low == high else f"{low} – {high}"
    handle = Line2D([], [], ls="none", marker="s", ms=10, mfc=colour, mec=FILLS["edge"])
    picture.legend(handle, text, at)


def _empty(picture: Picture, ax: Axes, held: set[str], message: str) -> None:
    """Empty squares for provinces that nothing is known of."""
    from matplotlib.lines import Line2D

    codes = [code for code in TILES if code not in held]
    boxes = [square(TILES[code].column, TILES[code].row, gap=0.035) for code in codes]
    fill(ax, boxes, FILLS["empty"], FILLS["edge"])
    if codes:
        blank = Line2D([], [], ls="none", marker="s", ms=10, mfc=FILLS["empty"], mec=FILLS["edge"])
        picture.legend(blank, say(f"picture.{message}", picture.lang), 40)


def _name(picture: Picture, ax: Axes, code: str, ink: str | None, *, up: float) -> None:
    tile = TILES[code]
    text = tile.label(code, picture.lang)
    picture.write(
        ax, text, (tile.column, tile.row - up), align="center", weight="bold",
        size=BODY, colour=ink or "#1a1a1a", halo=ink is None,
    )  # fmt: skip


def _outside(names: Mapping[str, str], lang: Language) -> list[str]:
    """A note on what has no square."""
    left = [name for code, name in names.items() if code not in TILES]
    if not left:
        return []
    return [say("picture.not_drawn", lang, names=labels.listed(left, _NAMED, lang))]


def _how_many(count: int, lang: Language) -> str:
    return say("tiles.filled", lang, known=count, empty=len(TILES) - count)


def _extremes(found: Numbers, on_map: Mapping[str, float], lang: Language) -> str:
    if len(on_map) < 2:
        return ""
    scale, names = found.scale(lang), found.names(lang)
    low, high = (
        min(on_map, key=lambda code: on_map[code]),
        max(on_map, key=lambda code: on_map[code]),
    )
    least, most = (
        scale.said(found.figures[code].value, found.figures[code].unit) for code in (low, high)
    )
    return say("tiles.ends", lang, high=names[high], most=most, low=names[low], least=least)
