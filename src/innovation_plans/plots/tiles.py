"""A tile-grid map of the provinces: by verdict, or by number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..analysis.comparison import Comparison
from ..analysis.coverage import TARGET_STATES, coverage
from ..analysis.matching import best_of
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Availability, Form
from ..dataset.load import load
from ..dataset.observations import ObservationTable
from ..dataset.sequence import group_by
from ..errors import AmbiguousError, IncomparableError, expect
from ..text import labels as wording
from ..text.messages import Language, say, word
from ..units.quantity import same_measure
from .canvas import (
    BODY,
    HINTED,
    MARGIN,
    SMALL,
    FigureSize,
    Picture,
    check_count,
    check_one,
    inches,
)
from .grid import Box, draw_squares, draw_verdicts, fill_of, split_notes, square
from .panels import Plans, card_of, source_line, source_of, year_note
from .ranking import amount_of, comparison_title
from .style import AVAILABILITIES, FILLS, RAMP, HasUnit, ink_on, number, scale_of, span
from .tilegrid import COLUMNS, ROWS, TILES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CELL = 0.74  # inches
_GAP = 0.035  # of a cell, between squares
_MOST_NAMES = 6  # of regions in a note
_LEAST_NAME = 5.5  # points, as printed
_UP = 0.2  # of a cell: a name is above the middle of its square, a figure below


class _Figures(NamedTuple):
    """One figure per province, the names of all regions, and the texts of their map."""

    unit: str
    figures: Mapping[str, HasUnit]
    names: Mapping[str, str]
    title: str
    notes: list[str]
    source: str


class _Group(NamedTuple):
    """Provinces in one colour, with what is written into their squares."""

    text: str
    colour: str
    inside: Mapping[str, str]
    edge: str | None = FILLS["edge"]


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
        The dataset of the data, as in :func:`dumbbell`; if it is given, pale squares of a map of verdicts are told apart: a target of another year or plan, an annual goal only, no target
        in the documents that were read, no document read, not among the regions of the scorecard.
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
    picture = _map_picture(ax, figsize, lang, title, labels=labels)
    if isinstance(data, Comparison):
        return _draw_numbers(picture, _compared(data, plans, picture.lang))
    if isinstance(data, ObservationTable):
        return _draw_numbers(picture, _observed(data, plans, picture.lang))
    return _draw_verdicts(picture, card_of(data), plans)


def _map_picture(
    ax: Axes | None, figsize: FigureSize, lang: Language, title: str | None, *, labels: bool
) -> Picture:
    """Return a picture with axes for the whole map."""
    columns = COLUMNS + 0.1
    width = _CELL * columns + 2 * MARGIN if figsize is None else inches(figsize)[0]
    heights = ((width - 2 * MARGIN) / columns * (ROWS + 0.1),)
    if ax is None and figsize is None:
        figsize = (width, None)
    picture = Picture(ax, lang, heights, figsize=figsize, title=title, labels=labels)
    limits = {"xlim": (-0.55, COLUMNS - 0.45), "ylim": (ROWS - 0.45, -0.55)}
    picture.axes[0].set(**limits, xticks=[], yticks=[])
    picture.axes[0].set_aspect("equal", anchor="NW")
    return picture


def _finish(
    picture: Picture, title: str, notes: Iterable[str], source: str, counts: Iterable[str]
) -> Axes:
    """Finish a map; `counts` are only in its description."""
    lang, below = picture.lang, list(notes)
    alt = [say("tiles.alt", lang, title=title), *counts, *below]
    if not _name_size(picture):
        below.append(say("tiles.codes", lang))
    return picture.finish(title, below, source, alt)


def _draw_verdicts(picture: Picture, card: Scorecard, plans: Plans | None) -> Axes:
    """Draw provinces with the verdicts on their targets, and the others by what is known of them."""
    indicators = [assessment.subject.indicator for assessment in card]
    check_one("one indicator", indicators, 'narrow it: card.group_by("indicator")')
    lang, by_region = picture.lang, card.group_by("region")
    on_map = {code: list(rows) for code, rows in by_region.items() if code in TILES}
    from_the_top = sorted(on_map, key=lambda code: TILES[code][::-1])  # the order of the letters
    squares = {_tile(code): on_map[code] for code in from_the_top}
    draw_verdicts(picture, picture.axes[0], squares, 6.0, offset=_UP / 2)
    inks: dict[str, str | None] = {}
    for code, rows in on_map.items():
        colours = {fill_of(row.verdict) for row in rows}
        inks[code] = ink_on(*colours) if len(colours) == 1 else None
    groups = _without_target(picture, card, plans, on_map) if plans is not None else []
    _draw_groups(picture, groups, inks, "no_target" if plans is None else "not_selected")
    names = {code: rows[0].subject.names(lang)[0] for code, rows in by_region.items()}
    drawn = Scorecard((row for rows in on_map.values() for row in rows), card.edition)
    without = [wording.headed(group.text, str(len(group.inside)), lang) for group in groups]
    indicator = card[0].subject.names(lang)[1]
    counts = (
        wording.verdict_counts(drawn.counts(), lang),
        _filled(len(on_map), lang),
        wording.joined(without, lang, "parts"),
    )
    title = say("tiles.verdicts", lang, name=indicator, when=year_note(drawn or card, lang))
    notes = [*split_notes(on_map.values(), lang), *_not_on_map(names, lang)]
    return _finish(picture, title, notes, source_of(drawn, lang, plans), counts)


def _draw_numbers(picture: Picture, values: _Figures) -> Axes:
    """Draw the provinces by class of their value, with names and values."""
    lang = picture.lang
    scale = scale_of(values.figures.values(), values.unit, lang)
    places = {code: scale.at(figure) for code, figure in values.figures.items()}
    ranges, groups = classes(list(places.values())), []
    for index, (low, high) in enumerate(ranges):
        inside = {
            code: scale.text(values.figures[code]) if picture.labels else ""
            for code, place in places.items()
            if low <= place <= high
        }
        text = number(low) if low == high else f"{number(low)} – {number(high)}"
        # the first and the last class have the ends of the ramp
        last = len(ranges) - 1
        colour = RAMP[round(index * (len(RAMP) - 1) / last) if last else 2]
        groups.append(_Group(text, colour, inside, edge=None))
    _draw_groups(picture, groups, {}, "no_figure")
    title = say("tiles.numbers", lang, name=values.title, unit=scale.label)
    grouped = len(set(places.values())) > len(RAMP)
    classed = [say("tiles.classes", lang, count=len(RAMP))] if grouped else []
    notes = [*classed, *values.notes, *_not_on_map(values.names, lang)]
    extremes = ""
    if len(places) > 1:
        ends = [choose(places, key=places.__getitem__) for choose in (min, max)]
        least, most = (number(scale.value(values.figures[code])) for code in ends)
        lowest, highest = (values.names[code] for code in ends)
        extremes = say("tiles.ends", lang, low=lowest, high=highest, least=least, most=most)
    return _finish(picture, title, notes, values.source, [_filled(len(places), lang), extremes])


def _draw_groups(
    picture: Picture, groups: Sequence[_Group], inks: dict[str, str | None], empty: str
) -> None:
    """Draw groups of provinces, all others as empty squares, and the names of all.

    `inks` has the colour of the name by code of the provinces that are drawn, None for a halo.
    """
    drawn = inks.keys() | {code for group in groups for code in group.inside}
    rest = {code: "" for code in TILES if code not in drawn}
    others = _Group(say(f"picture.{empty}", picture.lang), FILLS["empty"], rest)
    ax, size = picture.axes[0], _name_size(picture)
    for order, (text, colour, inside, edge) in enumerate((*groups, others), 30):
        draw_squares(picture, ax, map(_tile, inside), colour, text=text, order=order, edge=edge)
        inks |= dict.fromkeys(inside, ink_on(colour))
        for code, figure in inside.items():
            position = (TILES[code].column, TILES[code].row + _UP)
            if figure:
                picture.write(ax, figure, position, align="center", size=SMALL, colour=inks[code])
    for code, tile in TILES.items():
        lines, ink = (
            _name(code, picture.lang).split(" ") if size else [code.removeprefix("CN-")],
            inks[code],
        )
        picture.write(
            ax, "\n".join(lines), (tile.column, tile.row - _UP), align="center", weight="bold",
            size=size or BODY, colour=ink or "#1a1a1a", halo=ink is None,
            level="center" if len(lines) > 1 else "center_baseline",
        )  # fmt: skip


def _name(code: str, lang: Language) -> str:
    """Return the short name of a province, which does not depend on the dataset that is drawn."""
    return wording.name(load().context.of("region")[code], lang, "short", "name")


def _tile(code: str) -> Box:
    return square(TILES[code].column, TILES[code].row, gap=_GAP)


def _without_target(
    picture: Picture, card: Scorecard, plans: Plans, on_map: Collection[str]
) -> list[_Group]:
    """Return the provinces without a target among those given, by what the dataset knows of them."""
    lang, indicator = picture.lang, card[0].subject.indicator
    known_codes = {region.code for region in plans.regions}
    asked_codes = (card.regions or known_codes) & known_codes
    rest = [code for code in TILES if code in asked_codes and code not in on_map]
    years: dict[str, dict[str, set[int]]] = {"other_year": {}, "annual": {}}
    for target in plans.targets.where(indicator=indicator, region=rest) if rest else ():
        kind = "annual" if target.period.startswith("annual-") else "other_year"
        years[kind].setdefault(target.region.code, set()).add(target.end_year)
    groups, unstated = [], rest  # annual goals count where there is no other target
    for kind, by_code in years.items():
        inside = {code: _years(picture, by_code[code]) for code in unstated if code in by_code}
        groups.append(_Group(say(f"tiles.{kind}", lang), FILLS[kind], inside))
        unstated = [code for code in unstated if code not in inside]
    periods = sorted({assessment.stated.period for assessment in card})
    asked = {"region": unstated, "indicator": indicator, "period": periods}
    cells = coverage(plans, **asked) if unstated else ()
    states = group_by(cells, lambda cell: cell.region)
    unknown = {Availability.NOT_KNOWN}
    known = {code: {cell.target for cell in states.get(code, ())} or unknown for code in unstated}
    for state in TARGET_STATES[1:]:
        codes = {code: "" for code in unstated if known[code] == {state}}
        groups.append(_Group(word(state, lang), AVAILABILITIES[state].colour, codes))
    codes = {code: "" for code in unstated if len(known[code]) > 1}  # which differ by period
    groups.append(_Group(say("tiles.mixed", lang), FILLS["mixed"], codes))
    return [group for group in groups if group.inside]


def _years(picture: Picture, years: Collection[int]) -> str:
    """Return the year, or the first and the last one, without their century if a square is narrow."""
    text = span(years)
    fits = picture.width_of(text, SMALL) <= _inside(picture) * HINTED
    return text if fits else re.sub(r"\b\d\d(?=\d\d)", "", text)


def _inside(picture: Picture) -> float:
    """Return the width of a square in points."""
    count = COLUMNS + 0.1
    if picture.own:
        cell = (picture.width - 2 * MARGIN) / count
    else:
        box, dots = picture.axes[0].bbox, picture.axes[0].figure.dpi
        cell = min(box.width / count, box.height / (ROWS + 0.1)) / dots  # squares stay square
    return cell * 72 * (1 - 2 * _GAP)


def _name_size(picture: Picture) -> float:
    """Return the size in which every name fits into a square; 0 if there is none."""
    words = [word for code in TILES for word in _name(code, picture.lang).split(" ")]
    widest = max(picture.width_of(word, BODY, "bold") for word in words)
    size = BODY * min(_inside(picture) * (1 - _GAP) / widest, 1)
    return size if picture.size(size) >= _LEAST_NAME else 0


def _not_on_map(names: Mapping[str, str], lang: Language) -> list[str]:
    """Return a note on the regions that have no square."""
    outside = [name for code, name in names.items() if code not in TILES]
    if not outside:
        return []
    return [say("picture.not_drawn", lang, names=wording.listed(outside, _MOST_NAMES, lang))]


def _filled(count: int, lang: Language) -> str:
    return say("tiles.filled", lang, known=count, empty=len(TILES) - count)


def _compared(comparison: Comparison, plans: Plans | None, lang: Language) -> _Figures:
    """Return the figures of a comparison."""
    check_count(len(comparison), "figures")
    regions = Counter(row.region for row in comparison)
    if repeated := sorted(code for code, count in regions.items() if count > 1):
        raise AmbiguousError(
            asked=f"one figure of {repeated[0]}",
            matches=[row.inputs[0] for row in comparison if row.region == repeated[0]],
            hint="compare one target a region: plans.targets.where(…).select().kept",
        )
    amounts = {row.region: amount_of(row, comparison.unit) for row in comparison}
    names = {row.region: row.name(lang) for row in comparison}
    figures = {code: amount for code, amount in amounts.items() if amount is not None}
    without = [name for code, name in names.items() if code not in figures]
    listed = wording.listed(without, _MOST_NAMES, lang)
    drawn = comparison.filter(lambda row: row.region in TILES)
    return _Figures(
        unit=comparison.unit,
        figures={code: amount for code, amount in figures.items() if code in TILES},
        names={code: names[code] for code in figures},
        title=comparison_title(comparison, lang),
        notes=[say("tiles.without", lang, names=listed)] if without else [],
        source=source_of(drawn, lang, plans),
    )


def _observed(table: ObservationTable, plans: Plans | None, lang: Language) -> _Figures:
    """Return the preferred figure of each region."""
    check_count(min(len(table), 1), "observations")
    hint = "narrow it: where({}=…)".format
    check_one("one indicator", [each.indicator.code for each in table], hint("indicator"))
    check_one("one form", [str(each.form) for each in table], hint("form"))
    check_one("one year", [each.span for each in table], hint("year"))
    first = table[0]
    for observation in table:
        if not same_measure(observation.unit, first.unit):
            raise IncomparableError(left=first.key, right=observation.key, hint="filter by unit")
    by_region = group_by(table, lambda each: each.region)
    best = {region: best_of(rows, table) or rows[0] for region, rows in by_region.items()}
    title = wording.name(first.indicator, lang)
    if first.form is not Form.LEVEL:
        title = wording.in_brackets(title, word(first.form, lang), lang)
    if first.year:
        title = say("tiles.year", lang, name=title, year=first.year)
    others = len(table) - len(best)
    figures = {region.code: figure for region, figure in best.items() if region.code in TILES}
    return _Figures(
        unit=first.unit,
        figures=figures,
        names={region.code: wording.name(region, lang, "short", "name") for region in best},
        title=title,
        notes=[say("tiles.passed", lang, count=others)] if others else [],
        source=source_line(table.edition, [each.key for each in figures.values()], lang, plans),
    )


def classes(values: Sequence[float]) -> list[tuple[float, float]]:
    """Return the lowest and the highest value of up to five classes of about equal size.

    Equal values are never in two classes, nor are a negative and a positive value in one.

    Examples
    --------
    >>> classes([1.0, 2.0, 2.0, 9.0])
    [(1.0, 1.0), (2.0, 2.0), (9.0, 9.0)]
    >>> classes([-4.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    [(-4.0, -4.0), (1.0, 1.0), (2.0, 3.0), (4.0, 4.0), (5.0, 6.0)]
    """
    below = [value for value in values if value < 0]
    if not 0 < len(below) < len(values):
        return _parts(values, len(RAMP))
    count = min(max(round(len(RAMP) * len(below) / len(values)), 1), len(RAMP) - 1)
    above = [value for value in values if value >= 0]
    return [*_parts(below, count), *_parts(above, len(RAMP) - count)]


def _parts(values: Sequence[float], count: int) -> list[tuple[float, float]]:
    """Return the lowest and the highest value of up to so many classes of about equal size."""
    ordered, distinct = sorted(values), sorted(set(values))
    if len(distinct) <= count:
        return [(value, value) for value in distinct]
    ranges: list[tuple[float, float]] = []
    for index in range(count):
        members = ordered[index * len(ordered) // count : (index + 1) * len(ordered) // count]
        members = [value for value in members if not ranges or value > ranges[-1][1]]
        if members:
            ranges.append((members[0], members[-1]))
    return ranges
