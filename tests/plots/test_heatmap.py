"""Matrix, coverage and tile-grid map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.plots.heatmap import fill_of
from innovation_plans.plots.style import FILLS, KNOWN, RAMP, VERDICTS
from innovation_plans.plots.tile_values import classes
from innovation_plans.plots.tilegrid import TILES


def squares(ax) -> Counter[str]:
    """How many squares there are of each colour."""
    return Counter(
        {to_hex(patch.get_facecolor()): len(patch.get_path().vertices) // 5 for patch in ax.patches}
    )


def marks(ax) -> Counter[str]:
    return Counter(
        {
            line.get_marker(): len(line.get_xdata())
            for line in ax.lines
            if line.get_marker() != "None"
        }
    )


def test_a_matrix_has_a_square_for_every_target(intensity: ip.Scorecard) -> None:
    ax = plots.matrix(intensity)
    expected = Counter(fill_of(each.verdict) for each in intensity)
    found = squares(ax)
    assert {colour: found[colour] for colour in expected} == expected
    regions = dict.fromkeys(each.subject.region_en for each in intensity)
    assert [text.get_text() for text in ax.get_xticklabels()] == list(regions)


def test_each_square_of_a_matrix_bears_the_mark_of_its_verdict(guangdong: ip.Scorecard) -> None:
    ax = plots.matrix(guangdong)
    found = sorted(
        (line.get_marker(), line.get_markerfacecolor() == "none", len(line.get_xdata()))
        for line in ax.lines
    )
    counts = guangdong.counts()
    assert found == sorted(
        (look.marker, look.hollow, counts[verdict])
        for verdict, look in VERDICTS.items()
        if counts[verdict]
    )


def test_what_has_no_target_is_an_empty_square(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, region=["GD", "JS"], period="14th")
    cells = {(each.subject.indicator, each.subject.region) for each in card}
    rows, columns = ({cell[at] for cell in cells} for at in (0, 1))
    ax = plots.matrix(card)
    assert squares(ax)[FILLS["empty"]] == len(rows) * len(columns) - len(cells) > 0


def test_coverage_has_a_square_a_cell_and_a_dot_an_outcome(plans: ip.Dataset) -> None:
    asked = {"indicator": ["rd_intensity", "gdp"], "period": "14th"}
    cells = ip.coverage(plans, **asked)
    ax = plots.coverage(plans, **asked)
    counts = cells.counts()
    assert squares(ax) == {
        KNOWN[state].colour: counts[state]
        for state in (ip.Availability.STATED, ip.Availability.NOT_STATED, ip.Availability.NOT_READ)
        if counts[state]
    }
    assert sum(len(line.get_xdata()) for line in ax.lines) == counts[ip.Availability.PUBLISHED]
    assert [text.get_text() for text in ax.get_yticklabels()] == [
        "R&D intensity", "Gross domestic product",
    ]  # fmt: skip


def test_a_coverage_is_drawn_with_the_codes_it_holds(plans: ip.Dataset) -> None:
    cells = ip.coverage(plans, indicator="gdp", period=["13th", "14th"], region=["GD", "JS"])
    ax = plots.coverage(cells)
    assert len(ax.figure.axes) == 2
    assert [text.get_text() for text in ax.get_yticklabels()] == ["gdp"]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["Guangdong", "Jiangsu"]


def test_coverage_says_what_it_cannot_take(plans: ip.Dataset) -> None:
    cells = ip.coverage(plans, indicator="gdp", period=["13th", "14th"])
    with pytest.raises(plots.PictureError, match="expected no filters beside a coverage"):
        plots.coverage(cells, period="13th")
    with pytest.raises(plots.PictureError, match="expected a dataset or a coverage, found list"):
        plots.coverage([])  # type: ignore[arg-type]
    with pytest.raises(ip.AmbiguousError, match="ask for one period"):
        plots.coverage(cells, ax=Figure().subplots())
    with pytest.raises(plots.PictureError, match="no rows to draw"):
        plots.coverage(cells[:0])


@pytest.mark.heavy
def test_everything_there_is_fits_into_one_coverage(plans: ip.Dataset) -> None:
    ax = plots.coverage(plans)
    cells = ip.coverage(plans)
    assert sum(sum(squares(each).values()) for each in ax.figure.axes) == len(cells)


def test_the_tile_grid_is_the_31_provinces_of_the_data(plans: ip.Dataset) -> None:
    provinces = {each.code: each.short_zh for each in plans.regions.where(kind="province")}
    assert {code: tile.short_zh for code, tile in TILES.items()} == provinces
    assert len({(tile.column, tile.row) for tile in TILES.values()}) == len(TILES) == 31


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CN-HL", "CN-JL"),
        ("CN-GD", "CN-GX"),
        ("CN-BJ", "CN-HE"),
        ("CN-XJ", "CN-XZ"),
        ("CN-JS", "CN-ZJ"),
    ],
)
def test_neighbours_are_neighbours(one: str, other: str) -> None:
    left, right = TILES[one], TILES[other]
    assert abs(left.column - right.column) + abs(left.row - right.row) == 1


def test_tiles_by_verdict(intensity: ip.Scorecard, texts: Callable[..., list[str]]) -> None:
    ax = plots.tiles(intensity)
    inside = [each for each in intensity if each.subject.region in TILES]
    expected = Counter(fill_of(each.verdict) for each in inside)
    expected[FILLS["empty"]] = 31 - len({each.subject.region for each in inside})
    assert squares(ax) == expected
    found = texts(ax)
    assert sum(text in {code[3:] for code in TILES} for text in found) == 31
    assert any(text.startswith("not on the map: Dalian, Nanjing") for text in found)
    assert "no target" in found


def test_tiles_by_number(plans: ip.Dataset, texts: Callable[..., list[str]]) -> None:
    table = plans.observations.where(indicator="rd_intensity", year=2022, form="level")
    ax = plots.tiles(table)
    assert sum(squares(ax).values()) == 31
    assert set(squares(ax)) == set(RAMP)
    beijing = table.where(region="BJ").latest()
    assert str(beijing.value) in texts(ax)


def test_tiles_of_a_comparison(order: ip.Comparison, texts: Callable[..., list[str]]) -> None:
    ax = plots.tiles(order)
    inside = [row for row in order if row.region in TILES]
    assert squares(ax)[FILLS["empty"]] == 31 - len(inside)
    assert "≈4.5" in texts(ax)


def test_tiles_refuse_what_has_no_one_figure_a_province(
    plans: ip.Dataset, guangdong: ip.Scorecard
) -> None:
    with pytest.raises(ip.AmbiguousError, match="one indicator"):
        plots.tiles(guangdong)
    seen = plans.observations.where(indicator="rd_intensity")
    with pytest.raises(ip.AmbiguousError, match=r"expected one year.*where\(year=…\)"):
        plots.tiles(seen)
    with pytest.raises(ip.AmbiguousError, match="one indicator"):
        plots.tiles(plans.observations)
    with pytest.raises(plots.PictureError, match="no observations to draw"):
        plots.tiles(seen[:0])
    twice = ip.compare(plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th"))
    with pytest.raises(ip.AmbiguousError, match="one figure a region"):
        plots.tiles(ip.Comparison([*twice, twice[0]], twice.shared))


def test_the_hint_for_several_figures_of_a_province_leads_out(every_tier: ip.Dataset) -> None:
    found = every_tier.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    with pytest.raises(ip.AmbiguousError, match=r"select\(\)\.kept"):
        plots.tiles(ip.compare(found))
    plots.tiles(ip.compare(found.select().kept))


def test_classes_hold_every_value_once() -> None:
    values = [float(each % 17) for each in range(60)]
    found = classes(values)
    assert len(found) == 5
    assert all(sum(low <= value <= high for low, high in found) == 1 for value in values)
