"""A tile-grid map of the provinces: by verdict, or by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..analysis.comparison import Comparison
from ..analysis.coverage import TARGET_STATES, coverage
from ..analysis.matching import best_of
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Availability, Form
from ..dataset.dataset import Dataset
from ..dataset.observations import ObservationTable
from ..errors import AmbiguousError, IncomparableError, expect
from ..records import Observation
from ..text import labels as wording
from ..text.messages import Language, say, word
from ..units.quantity import same_measure
from .canvas import (
    BODY,
    MARGIN,
    SMALL,
    FigureSize,
    Picture,
    check_count,
    check_one,
    inches,
)
from .grid import Box, draw_boxes, draw_verdicts, fill_of, legend_square, square, verdict_boxes
from .panels import Card, Plans, card_of, publishers_of, source_line, year_note
from .ranking import amount_of, comparison_source, comparison_title
from .style import AVAILABILITIES, FILLS, RAMP, HasUnit, Scale, ink_on, number, scale_of
from .tilegrid import COLUMNS, ROWS, TILES, letters

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["classes", "tiles"]

_CELL = 0.74  # inches
_GAP = 0.035  # of a cell, between squares
_FIRST_COLUMN = min(tile.column for tile in TILES.values())
_MOST_NAMES = 6  # of regions in a note
_LEAST_NAME = 6.0  # points
_UP = 0.2  # of a cell: a name is above the middle of its square, a figure below


class _Map(NamedTuple):
    """The texts of a map: title, notes and source line, and what only the description says."""

    title: str
    notes: list[str]
    source: str
    counts: list[str]


class _Figures(NamedTuple):
    """One figure per region, with the name of the region, and the texts of their map."""

    unit: str
    figures: Mapping[str, HasUnit]
    names: Mapping[str, str]
    title: str
    notes: list[str]
    source: str


def tiles(
    data: Scorecard | Iterable[Assessment] | Comparison | ObservationTable,
    *,
    plans: Plans | None = None,
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
        The dataset of the data; with it, the source line names the publishers, and pale squares of a
        map of verdicts are told apart: a target of another year or plan, no target in the documents
        that were read, no document read, not among the regions of the scorecard.
    labels, ax, figsize, lang, title
        As in :func:`dumbbell`.

    Raises
    ------
    PictureError
        If there is nothing to draw, or `data` is none of these.
    AmbiguousError
        If there are several indicators, forms or years, or several figures of a province.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> ax = tiles(ip.scorecard(ip.load(), indicator="rd_intensity", period="14th"))
    >>> sum(text.get_text() == "Guangdong" for text in ax.texts)
    1
    """
    if plans is not None:
        expect("plans", plans, "targets", "a dataset")
    card = None if isinstance(data, Comparison | ObservationTable) else card_of(data)
    if card is not None:
        check_count(len(card.assessments), "targets")
        indicators = [assessment.subject.indicator for assessment in card.assessments]
        check_one("one indicator", indicators, 'narrow it: card.group_by("indicator")')
    picture = _map_picture(ax, figsize, lang, title, labels=labels)
    lang = picture.lang
    if card is not None:
        texts = _draw_verdicts(picture, card, plans)
    elif isinstance(data, Comparison):
        texts = _draw_numbers(picture, _compared(data, plans, lang))
    elif isinstance(data, ObservationTable):
        texts = _draw_numbers(picture, _observed(data, plans, lang))
    head = say("tiles.alt", lang, title=texts.title)
    alt = wording.sentences([head, *texts.counts, *texts.notes], lang)
    return picture.finish(texts.title, [*texts.notes, texts.source], alt)


def _map_picture(
    ax: Axes | None, figsize: FigureSize, lang: Language, title: str | None, *, labels: bool
) -> Picture:
    """Return a picture with axes for the whole map."""
    columns = COLUMNS - _FIRST_COLUMN + 0.1
    size = (_CELL * columns + 2 * MARGIN, None) if figsize is None else inches(figsize)
    heights = ((size[0] - 2 * MARGIN) / columns * (ROWS + 0.1),)
    picture = Picture(
        ax, lang, heights, figsize=size if ax is None else figsize, title=title, labels=labels
    )
    picture.axes[0].set(
        xlim=(_FIRST_COLUMN - 0.55, COLUMNS - 0.45), ylim=(ROWS - 0.45, -0.55), xticks=[], yticks=[]
    )
    picture.axes[0].set_aspect("equal", anchor="NW")
    return picture


def _draw_verdicts(picture: Picture, card: Card, plans: Plans | None) -> _Map:
    lang, size = picture.lang, _name_size(picture)
    by_region: dict[str, list[Assessment]] = {}
    for assessment in card.assessments:
        by_region.setdefault(assessment.subject.region, []).append(assessment)
    on_map = {code: by_region[code] for code in by_region if code in TILES}
    boxes = verdict_boxes((_tile(code), assessments) for code, assessments in on_map.items())
    draw_verdicts(picture, picture.axes[0], boxes, 6.0, offset=_UP)
    others = []
    if plans is not None:
        narrow = picture.narrow or not size
        others = _without_target(card, plans, set(on_map), lang, narrow=narrow)
    colours = {
        code: {fill_of(assessment.verdict) for assessment in assessments}
        for code, assessments in on_map.items()
    }
    for index, state in enumerate(others):
        _draw_squares(picture, state.codes, state.colour, text=state.text, order=30 + index)
        colours |= {code: {state.colour} for code in state.codes}
        for code, text in state.inside.items():
            _write_figure(picture, code, text, ink_on(state.colour))
    _draw_empty(picture, colours, "no_target" if plans is None else "not_selected")
    for code in TILES:
        fills = colours.get(code, {FILLS["empty"]})
        _write_name(picture, code, ink_on(*fills) if len(fills) == 1 else None, up=_UP, size=size)
    name = card.assessments[0].subject.names(lang)[1]
    names = {code: assessments[0].subject.names(lang)[0] for code, assessments in by_region.items()}
    split = any(len(assessments) > 1 for assessments in on_map.values())
    without = [wording.headed(state.text, str(len(state.codes)), lang) for state in others]
    return _Map(
        title=say("tiles.verdicts", lang, name=name, when=year_note(card.assessments, lang)),
        notes=[*([say("picture.split", lang)] if split else []), *_not_on_map(names, lang)],
        source=card.source(lang, plans),
        counts=[
            wording.verdict_counts({code: len(boxes[code]) for code in boxes}, lang),
            _filled(len(on_map), lang),
            wording.joined(without, lang, "parts"),
        ],
    )


def _draw_numbers(picture: Picture, values: _Figures) -> _Map:
    """Draw the provinces by class of their value, with names and values."""
    lang, size = picture.lang, _name_size(picture)
    scale = scale_of(values.figures.values(), values.unit, lang)
    places = {code: scale.at(figure) for code, figure in values.figures.items() if code in TILES}
    ranges = classes(list(places.values()))
    inks: dict[str, str] = {}
    for index, (low, high) in enumerate(ranges):
        colour = _shade(index, len(ranges))
        codes = [code for code, place in places.items() if low <= place <= high]
        text = number(low) if low == high else f"{number(low)} – {number(high)}"
        _draw_squares(picture, codes, colour, text=text, order=index, edge=None)
        inks |= dict.fromkeys(codes, ink_on(colour))
    _draw_empty(picture, inks, "no_figure")
    for code in TILES:
        is_filled = code in inks
        ink = inks.get(code, picture.grey)
        _write_name(picture, code, ink, up=0.16 if is_filled else 0, size=size)
        if is_filled and picture.labels:
            _write_figure(picture, code, scale.text(values.figures[code]), ink)
    grouped = [say("tiles.classes", lang, count=len(RAMP))]
    return _Map(
        title=say("tiles.numbers", lang, name=values.title, unit=scale.label),
        notes=[
            *(grouped if len(set(places.values())) > len(RAMP) else []),
            *values.notes,
            *_not_on_map(values.names, lang),
        ],
        source=values.source,
        counts=[_filled(len(places), lang), _extremes(values, places, scale)],
    )


def _shade(index: int, count: int) -> str:
    """Return the colour of a class; the first and the last class have the ends of the ramp."""
    return RAMP[2] if count == 1 else RAMP[round(index * (len(RAMP) - 1) / (count - 1))]


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


def _draw_squares(
    picture: Picture,
    codes: Iterable[str],
    colour: str,
    *,
    text: str,
    order: int,
    edge: str | None = FILLS["edge"],
) -> None:
    """Draw provinces in one colour, and add the colour to the legend."""
    boxes = [_tile(code) for code in codes]
    if boxes:
        draw_boxes(picture.axes[0], boxes, colour, edge)
        picture.legend(text, order, legend_square(colour))


def _draw_empty(picture: Picture, filled: Collection[str], message: str) -> None:
    """Draw empty squares for the other provinces."""
    text = say(f"picture.{message}", picture.lang)
    codes = [code for code in TILES if code not in filled]
    _draw_squares(picture, codes, FILLS["empty"], text=text, order=40)


def _write_figure(picture: Picture, code: str, text: str, ink: str) -> None:
    """Write a text below the middle of a square."""
    position = (TILES[code].column, TILES[code].row + _UP)
    picture.write(picture.axes[0], text, position, align="center", size=SMALL, colour=ink)


def _write_name(picture: Picture, code: str, ink: str | None, *, up: float, size: float) -> None:
    """Write the name of a province; with a halo if its square has several colours.

    `size` is that of :func:`_name_size`; if it is 0, the letters of the code are written.
    """
    tile = TILES[code]
    lines = tile.label(picture.lang).split(" ") if size else [letters(code)]
    picture.write(
        picture.axes[0], "\n".join(lines), (tile.column, tile.row - up), align="center",
        weight="bold", size=size or BODY, colour=ink or "#1a1a1a", halo=ink is None,
        level="center" if len(lines) > 1 else "center_baseline",
    )  # fmt: skip


def _name_size(picture: Picture) -> float:
    """Return the size in which every name fits into a square; 0 if there is none."""
    count = COLUMNS - _FIRST_COLUMN + 0.1
    if picture.own:
        cell = (picture.width - 2 * MARGIN) / count * 72
    else:
        ax = picture.axes[0]
        box = ax.get_window_extent()
        least = min(box.width / count, box.height / (ROWS + 0.1))  # squares stay square
        cell = float(least / ax.figure.dpi * 72)
    words = [word for tile in TILES.values() for word in tile.label(picture.lang).split(" ")]
    widest = max(picture.width_of(word, BODY, "bold") for word in words)
    size = BODY * min(cell * (1 - 3 * _GAP) / widest, 1)
    return size if size >= _LEAST_NAME else 0


def _not_on_map(names: Mapping[str, str], lang: Language) -> list[str]:
    """Return a note on the regions that have no square."""
    outside = [name for code, name in names.items() if code not in TILES]
    if not outside:
        return []
    return [say("picture.not_drawn", lang, names=wording.listed(outside, _MOST_NAMES, lang))]


def _filled(count: int, lang: Language) -> str:
    return say("tiles.filled", lang, known=count, empty=len(TILES) - count)


def _extremes(values: _Figures, places: Mapping[str, float], scale: Scale) -> str:
    if len(places) < 2:
        return ""
    low, high = (choose(places, key=places.__getitem__) for choose in (min, max))
    return say(
        "tiles.ends",
        scale.lang,
        high=values.names[high],
        most=number(scale.value(values.figures[high])),
        low=values.names[low],
        least=number(scale.value(values.figures[low])),
    )


def _compared(comparison: Comparison, plans: Plans | None, lang: Language) -> _Figures:
    """Return the figures of a comparison."""
    check_count(len(comparison), "figures")
    regions = Counter(row.region for row in comparison)
    if repeated := sorted(code for code, count in regions.items() if count > 1):
        raise AmbiguousError(
            asked="one figure a region",
            matches=repeated,
            hint="compare one target a region: plans.targets.where(…).select().kept",
        )
    amounts = {row.region: amount_of(row, comparison.unit) for row in comparison}
    names = {row.region: row.name(lang) for row in comparison}
    figures = {code: amount for code, amount in amounts.items() if amount is not None}
    without = [name for code, name in names.items() if code not in figures]
    listed = wording.listed(without, _MOST_NAMES, lang)
    return _Figures(
        unit=comparison.unit,
        figures=figures,
        names={code: names[code] for code in figures},
        title=comparison_title(comparison, lang),
        notes=[say("tiles.without", lang, names=listed)] if without else [],
        source=comparison_source(comparison, lang, plans),
    )


def _observed(table: ObservationTable, plans: Plans | None, lang: Language) -> _Figures:
    """Return the preferred figure of each region."""
    check_count(min(len(table), 1), "observations")
    hint = "narrow it: where({}=…)".format
    check_one("one indicator", [each.indicator.code for each in table], hint("indicator"))
    check_one("one form", [str(each.form) for each in table], hint("form"))
    check_one("one year", [each.span for each in table], hint("year"))
    first = table[0]
    by_region: dict[str, list[Observation]] = {}
    for observation in table:
        if not same_measure(observation.unit, first.unit):
            raise IncomparableError(left=first.key, right=observation.key, hint="filter by unit")
        by_region.setdefault(observation.region.code, []).append(observation)
    figures = {
        code: best_of(observations, table) or observations[0]
        for code, observations in by_region.items()
    }
    title = wording.name(first.indicator, lang)
    if first.form is not Form.LEVEL:
        title = wording.headed(title, word(first.form, lang), lang)
    if first.year:
        title = say("tiles.year", lang, name=title, year=first.year)
    others = len(table) - len(figures)
    records = wording.counted("record", len(figures), lang)
    publishers = publishers_of([figure.key for figure in figures.values()], plans, lang)
    return _Figures(
        unit=first.unit,
        figures=figures,
        names={
            code: wording.name(figure.region, lang, "short", "name")
            for code, figure in figures.items()
        },
        title=title,
        notes=[say("tiles.passed", lang, count=others)] if others else [],
        source=source_line(table.edition, records, lang, publishers),
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
