"""A tile-grid map of the provinces: by verdict, or by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.comparison import Comparison
from ..analysis.coverage import TARGET_STATES, coverage
from ..analysis.matching import best_of
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Availability, Comparator, Form
from ..dataset.dataset import Dataset
from ..dataset.observations import ObservationTable
from ..errors import AmbiguousError, IncomparableError, expect
from ..records import Observation
from ..text import labels as wording
from ..text.messages import Language, say, word
from ..units.quantity import same_measure
from .canvas import BODY, MARGIN, SMALL, FigureSize, Picture, PictureError, check_count, inches
from .heatmap import (
    Box,
    draw_boxes,
    draw_verdicts,
    fill_of,
    legend_square,
    square,
    verdict_boxes,
)
from .panels import Card, card_of, source_line, year_note
from .ranking import comparison_source, comparison_title
from .style import AVAILABILITIES, FILLS, RAMP, Scale, ink_on, number, scale_of
from .tilegrid import COLUMNS, ROWS, TILES, letters

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["classes", "tiles"]

_CELL = 0.74  # inches
_GAP = 0.035  # of a cell, between squares
_FIRST_COLUMN = min(tile.column for tile in TILES.values())
_MOST_NAMES = 6  # of regions in a note
_LEAST_NAME = 6.0  # points


class RegionValue(NamedTuple):
    """The figure of a region."""

    name: str
    value: Decimal
    unit: str
    high: Decimal | None
    comparator: Comparator


class RegionValues(NamedTuple):
    """One figure per region, with the title, the notes and the source line of their map."""

    unit: str
    figures: dict[str, RegionValue]
    title: str
    notes: list[str]
    source: str


class _Words(NamedTuple):
    """The texts of a map."""

    title: str
    notes: list[str]
    alt: str


def tiles(
    data: Scorecard | Iterable[Assessment] | Comparison | ObservationTable,
    *,
    plans: Dataset[Any, Any] | None = None,
    labels: bool = True,
    ax: Axes | None = None,
    figsize: FigureSize = None,
    lang: Language = "en",
    title: str | None = None,
) -> Axes:
    """Draw the 31 provinces of the mainland, one square each, coloured by verdict or by number.

    Provinces without a target or figure are pale squares. Regions that have no square (the nation,
    cities, groups) are named below.

    Parameters
    ----------
    data
        For verdicts, a scorecard of one indicator; several targets of a province share its square.
        For numbers, a comparison with one figure per province, or observations of one indicator,
        form and year, of which the preferred figure is drawn.
    plans
        For verdicts, a dataset that tells the pale squares apart: a target of another year or plan, no
        target in the documents that were read, no document read, not among the regions of the
        scorecard.
    labels, ax, figsize, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If there is nothing to draw, or `data` is none of these; or if `plans` is given for numbers.
    AmbiguousError
        If there are several indicators, forms or years, or several figures of a province.
    MissingExtraError
        If matplotlib is not installed.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = tiles(ip.scorecard(ip.load(), indicator="rd_intensity", period="14th"))
    >>> sum(text.get_text() == "Guangdong" for text in ax.texts)
    1
    """
    if isinstance(data, Comparison | ObservationTable):
        if plans is not None:
            raise PictureError("expected plans only for verdicts; leave it out for numbers")
        picture = _map_picture(ax, figsize, lang, title, labels=labels)
        lang = picture.lang
        values = _compared(data, lang) if isinstance(data, Comparison) else _observed(data, lang)
        words = _draw_numbers(picture, picture.axes[0], values)
    else:
        if plans is not None:
            expect("plans", plans, "targets", "a dataset")
        card = card_of(data)
        check_count(len(card.assessments), "targets")
        _check_one("indicator", [assessment.subject.indicator for assessment in card.assessments])
        picture = _map_picture(ax, figsize, lang, title, labels=labels)
        words = _draw_verdict_map(picture, picture.axes[0], card, plans)
    return picture.finish(words.title, words.notes, words.alt)


def _map_picture(
    ax: Axes | None, figsize: FigureSize, lang: Language, title: str | None, *, labels: bool
) -> Picture:
    """Return a picture with axes for the whole map."""
    columns = COLUMNS - _FIRST_COLUMN + 0.1
    size = (_CELL * columns + 2 * MARGIN, None) if figsize is None else inches(figsize)
    cell = (size[0] - 2 * MARGIN) / columns
    picture = Picture(
        ax,
        lang,
        (cell * (ROWS + 0.1),),
        figsize=size if ax is None else figsize,
        title=title,
        labels=labels,
    )
    axes = picture.axes[0]
    axes.set_xlim(_FIRST_COLUMN - 0.55, COLUMNS - 0.45)
    axes.set_ylim(ROWS - 0.45, -0.55)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_aspect("equal", anchor="NW")
    return picture


def _check_one(
    field: str, values: Iterable[str], hint: str = 'narrow it: card.group_by("{field}")'
) -> None:
    """Raise an error if there are several values."""
    distinct = dict.fromkeys(values)
    if len(distinct) > 1:
        raise AmbiguousError(
            asked=f"one {field}", matches=list(distinct), hint=hint.format(field=field)
        )


def _draw_verdict_map(
    picture: Picture, ax: Axes, card: Card, plans: Dataset[Any, Any] | None
) -> _Words:
    lang = picture.lang
    by_region: dict[str, list[Assessment]] = {}
    for assessment in card.assessments:
        by_region.setdefault(assessment.subject.region, []).append(assessment)
    on_map = {code: assessments for code, assessments in by_region.items() if code in TILES}
    boxes = verdict_boxes((_tile(code), assessments) for code, assessments in on_map.items())
    draw_verdicts(picture, ax, boxes, 6.0, offset=0.2)
    others = (
        []
        if plans is None
        else _without_target(
            card, plans, set(on_map), lang, narrow=picture.narrow or not _name_size(picture, ax)
        )
    )
    _draw_others(picture, ax, others)
    filled = {*on_map, *(code for other in others for code in other.codes)}
    _draw_empty(picture, ax, filled, "no_target" if plans is None else "not_selected")
    fills = {code: other.colour for other in others for code in other.codes}
    size = _name_size(picture, ax)
    for code in TILES:
        colours = {fill_of(assessment.verdict) for assessment in on_map.get(code, ())}
        colours = colours or {fills.get(code, FILLS["empty"])}
        _write_name(
            picture, ax, code, ink_on(*colours) if len(colours) == 1 else None, up=0.2, size=size
        )
    name = card.assessments[0].subject.names(lang)[1]
    title = say("tiles.verdicts", lang, name=name, when=year_note(card.assessments, lang))
    names = {code: assessments[0].subject.names(lang)[0] for code, assessments in by_region.items()}
    split = any(len(assessments) > 1 for assessments in on_map.values())
    notes = [*([say("picture.split", lang)] if split else []), *_not_on_map(names, lang)]
    counts = {verdict: len(members) for verdict, members in boxes.items()}
    without = [wording.headed(other.text, str(len(other.codes)), lang) for other in others]
    parts = [
        say("tiles.alt", lang, title=title),
        wording.verdict_counts(counts, lang),
        _filled(len(on_map), lang),
        wording.joined(without, lang, "parts"),
        *notes,
    ]
    return _Words(title, [*notes, card.source(lang, plans)], wording.sentences(parts, lang))


def _draw_numbers(picture: Picture, ax: Axes, values: RegionValues) -> _Words:
    lang = picture.lang
    figures = [(figure.value, figure.unit) for figure in values.figures.values()]
    scale = scale_of(figures, values.unit, lang)
    on_map = {
        code: scale.at(figure.value, figure.unit)
        for code, figure in values.figures.items()
        if code in TILES
    }
    _draw_classes(picture, ax, values, on_map, scale)
    _draw_empty(picture, ax, set(on_map), "no_figure")
    title = say("tiles.numbers", lang, name=values.title, unit=scale.label)
    grouped = len(set(on_map.values())) > len(RAMP)
    notes = [
        *([say("tiles.classes", lang, count=len(RAMP))] if grouped else []),
        *values.notes,
        *_not_on_map({code: each.name for code, each in values.figures.items()}, lang),
    ]
    parts = [
        say("tiles.alt", lang, title=title),
        _filled(len(on_map), lang),
        _extremes(values, on_map, scale),
        *notes,
    ]
    return _Words(title, [*notes, values.source], wording.sentences(parts, lang))


def _draw_classes(
    picture: Picture,
    ax: Axes,
    values: RegionValues,
    on_map: Mapping[str, float],
    scale: Scale,
) -> None:
    """Draw the provinces by class of their value, with names and values."""
    ranges = classes(list(on_map.values()))
    inks = dict.fromkeys(TILES, picture.grey)
    for index, (low, high) in enumerate(ranges):
        colour = _shade(index, len(ranges))
        codes = [code for code, value in on_map.items() if low <= value <= high]
        draw_boxes(ax, [_tile(code) for code in codes], colour)
        picture.legend(legend_square(colour, FILLS["edge"]), _range_text(low, high), index)
        inks |= dict.fromkeys(codes, ink_on(colour))
    size = _name_size(picture, ax)
    for code, tile in TILES.items():
        _write_name(picture, ax, code, inks[code], up=0.16 if code in on_map else 0, size=size)
        if code in on_map and picture.labels:
            figure = values.figures[code]
            text = scale.label_of(
                figure.value, figure.unit, high=figure.high, comparator=figure.comparator
            )
            picture.write(
                ax, text, (tile.column, tile.row + 0.2), align="center", size=SMALL,
                colour=inks[code],
            )  # fmt: skip


def _shade(index: int, count: int) -> str:
    """Return the colour of a class; the first and the last class have the ends of the ramp."""
    return RAMP[2] if count == 1 else RAMP[round(index * (len(RAMP) - 1) / (count - 1))]


def _range_text(low: float, high: float) -> str:
    first, last = (number(Decimal(repr(value))) for value in (low, high))
    return first if first == last else f"{first} – {last}"


def _tile(code: str) -> Box:
    return square(TILES[code].column, TILES[code].row, gap=_GAP)


class _Without(NamedTuple):
    """Provinces without a target among those given, for one reason."""

    text: str
    colour: str
    codes: tuple[str, ...]
    inside: Mapping[str, str]  # what is written into squares


def _without_target(
    card: Card, plans: Dataset[Any, Any], on_map: set[str], lang: Language, *, narrow: bool
) -> list[_Without]:
    """Return the provinces without a target, by what the dataset knows of them."""
    indicator = card.assessments[0].subject.indicator
    asked = card.regions or TILES.keys()
    rest = [code for code in TILES if code in asked and code not in on_map]
    years: dict[str, set[int]] = {}
    for target in plans.targets.where(indicator=indicator):
        years.setdefault(target.region.code, set()).add(target.end_year)
    elsewhere = tuple(code for code in rest if code in years)
    periods = sorted({assessment.stated.period for assessment in card.assessments})
    known = _best_known(plans, rest, indicator, periods)
    inside = {code: _years(sorted(years[code]), lang, narrow=narrow) for code in elsewhere}
    states = [_Without(say("tiles.other_year", lang), FILLS["undetermined"], elsewhere, inside)]
    for state in TARGET_STATES[1:]:
        codes = tuple(code for code in rest if code not in years and known[code] is state)
        states.append(_Without(word(state, lang), AVAILABILITIES[state].colour, codes, {}))
    return [state for state in states if state.codes]


def _years(years: Sequence[int], lang: Language, *, narrow: bool) -> str:
    """Return the last two years, or as much as a small square has space for."""
    if narrow:
        return f"…{years[-1]}" if len(years) > 1 else str(years[-1])
    return wording.joined(map(str, years[-2:]), lang)


def _best_known(
    plans: Dataset[Any, Any], regions: Sequence[str], indicator: str, periods: Sequence[str]
) -> dict[str, Availability]:
    """Return the state of a target that is not there, by region: that of the best-known period."""
    cells = coverage(plans, region=regions, indicator=indicator, period=periods) if regions else ()
    best: dict[str, Availability] = {}
    for state in reversed(TARGET_STATES[1:]):
        best |= {cell.region: state for cell in cells if cell.target is state}
    return {code: best.get(code, Availability.NOT_KNOWN) for code in regions}


def _draw_others(picture: Picture, ax: Axes, others: Sequence[_Without]) -> None:
    """Draw the provinces without a target, each state in its colour."""
    for index, state in enumerate(others):
        draw_boxes(ax, [_tile(code) for code in state.codes], state.colour, FILLS["edge"])
        picture.legend(legend_square(state.colour, FILLS["edge"]), state.text, 30 + index)
        for code, text in state.inside.items():
            tile = TILES[code]
            picture.write(
                ax, text, (tile.column, tile.row + 0.2), align="center", size=SMALL,
                colour=ink_on(state.colour),
            )  # fmt: skip


def _draw_empty(picture: Picture, ax: Axes, filled: set[str], message: str) -> None:
    """Draw empty squares for the other provinces."""
    codes = [code for code in TILES if code not in filled]
    draw_boxes(ax, [_tile(code) for code in codes], FILLS["empty"], FILLS["edge"])
    if codes:
        blank = legend_square(FILLS["empty"], FILLS["edge"])
        picture.legend(blank, say(f"picture.{message}", picture.lang), 40)


def _write_name(
    picture: Picture, ax: Axes, code: str, ink: str | None, *, up: float, size: float
) -> None:
    """Write the name of a province; with a halo if its square has several colours.

    `size` is that of :func:`_name_size`; if it is 0, the letters of the code are written.
    """
    tile = TILES[code]
    lines = tile.label(picture.lang).split(" ") if size else [letters(code)]
    picture.write(
        ax, "\n".join(lines), (tile.column, tile.row - up), align="center", weight="bold",
        size=size or BODY, colour=ink or "#1a1a1a", halo=ink is None,
        level="center" if len(lines) > 1 else "center_baseline",
    )  # fmt: skip


def _name_size(picture: Picture, ax: Axes) -> float:
    """Return the size in which every name fits into a square; 0 if there is none."""
    room = _cell_width(picture, ax) * (1 - 3 * _GAP)
    words = [word for tile in TILES.values() for word in tile.label(picture.lang).split(" ")]
    widest = max(picture.width_of(word, BODY, "bold") for word in words)
    size = BODY * min(room / widest, 1)
    return size if size >= _LEAST_NAME else 0


def _cell_width(picture: Picture, ax: Axes) -> float:
    """Return the width of a square in points."""
    count = COLUMNS - _FIRST_COLUMN + 0.1
    if picture.own:
        return (picture.width - 2 * MARGIN) / count * 72
    box = ax.get_window_extent()
    least = min(box.width / count, box.height / (ROWS + 0.1))  # squares stay square
    return float(least / ax.figure.dpi * 72)


def _not_on_map(names: Mapping[str, str], lang: Language) -> list[str]:
    """Return a note on the regions that have no square."""
    outside = [name for code, name in names.items() if code not in TILES]
    if not outside:
        return []
    return [say("picture.not_drawn", lang, names=wording.listed(outside, _MOST_NAMES, lang))]


def _filled(count: int, lang: Language) -> str:
    return say("tiles.filled", lang, known=count, empty=len(TILES) - count)


def _extremes(values: RegionValues, on_map: Mapping[str, float], scale: Scale) -> str:
    if len(on_map) < 2:
        return ""
    low, high = (
        values.figures[choose(on_map, key=lambda code: on_map[code])] for choose in (min, max)
    )
    least, most = (scale.label_of(figure.value, figure.unit) for figure in (low, high))
    return say("tiles.ends", scale.lang, high=high.name, most=most, low=low.name, least=least)


def _compared(comparison: Comparison, lang: Language) -> RegionValues:
    """Return the figures of a comparison.

    Raises
    ------
    AmbiguousError
        If there are several figures of a region.
    PictureError
        If there are none.
    """
    check_count(len(comparison), "figures")
    regions = Counter(row.region for row in comparison)
    if repeated := sorted(code for code, count in regions.items() if count > 1):
        raise AmbiguousError(
            asked="one figure a region",
            matches=repeated,
            hint="compare one target a region: plans.targets.where(…).select().kept",
        )
    figures = {
        row.region: RegionValue(
            row.name(lang), row.value, comparison.unit, row.value_high, row.comparator
        )
        for row in comparison
        if row.value is not None
    }
    without = [row.name(lang) for row in comparison if row.value is None]
    names = wording.listed(without, _MOST_NAMES, lang)
    return RegionValues(
        unit=comparison.unit,
        figures=figures,
        title=comparison_title(comparison, lang),
        notes=[say("tiles.without", lang, names=names)] if without else [],
        source=comparison_source(comparison, lang),
    )


def _observed(table: ObservationTable, lang: Language) -> RegionValues:
    """Return the preferred figure of each region.

    Raises
    ------
    AmbiguousError
        If there are several indicators, forms or years.
    IncomparableError
        If two units do not measure the same.
    PictureError
        If there are no observations.
    """
    check_count(min(len(table), 1), "observations")
    hint = "narrow it: where({field}=…)"
    _check_one("indicator", [observation.indicator.code for observation in table], hint)
    _check_one("form", [str(observation.form) for observation in table], hint)
    _check_one("year", [observation.span for observation in table], hint)
    first = table[0]
    by_region: dict[str, list[Observation]] = {}
    for observation in table:
        if not same_measure(observation.unit, first.unit):
            raise IncomparableError(left=first.key, right=observation.key, hint="filter by unit")
        by_region.setdefault(observation.region.code, []).append(observation)
    figures = {
        code: _region_value(best_of(observations, table) or observations[0], lang)
        for code, observations in by_region.items()
    }
    title = wording.name(first.indicator, lang)
    if first.form is not Form.LEVEL:
        title = wording.headed(title, word(first.form, lang), lang)
    if first.year:
        title = say("tiles.year", lang, name=title, year=first.year)
    others = len(table) - len(figures)
    return RegionValues(
        unit=first.unit,
        figures=figures,
        title=title,
        notes=[say("tiles.passed", lang, count=others)] if others else [],
        source=source_line(table.edition, wording.counted("record", len(figures), lang), lang),
    )


def _region_value(observation: Observation, lang: Language) -> RegionValue:
    return RegionValue(
        wording.name(observation.region, lang, "short", "name"),
        observation.value,
        observation.unit,
        observation.value_high,
        observation.comparator,
    )


def classes(values: Sequence[float]) -> list[tuple[float, float]]:
    """Return the lowest and the highest value of up to five classes of about equal size.

    Equal values are never in two classes.

    Examples
    --------
    >>> classes([1.0, 2.0, 2.0, 9.0])
    [(1.0, 1.0), (2.0, 2.0), (9.0, 9.0)]
    """
    ordered, distinct = sorted(values), sorted(set(values))
    count = len(RAMP)
    if len(distinct) <= count:
        return [(value, value) for value in distinct]
    ranges: list[tuple[float, float]] = []
    for index in range(count):
        members = ordered[index * len(ordered) // count : (index + 1) * len(ordered) // count]
        members = [value for value in members if not ranges or value > ranges[-1][1]]
        if members:
            ranges.append((members[0], members[-1]))
    return ranges
