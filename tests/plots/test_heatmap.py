"""Matrix and coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.analysis.coverage import TARGET_STATES
from innovation_plans.plots.grid import fill_of
from innovation_plans.plots.style import AVAILABILITIES, FILLS, VERDICTS

Squares = Callable[[Axes], Counter[str]]


def marks(ax) -> Counter[str]:
    return Counter(
        {
            line.get_marker(): len(line.get_xdata())
            for line in ax.lines
            if line.get_marker() != "None"
        }
    )


def test_a_matrix_has_a_square_for_every_target(intensity: ip.Scorecard, squares: Squares) -> None:
    ax = plots.matrix(intensity)
    expected = Counter(fill_of(each.verdict) for each in intensity)
    drawn = squares(ax)
    assert {colour: drawn[colour] for colour in expected} == expected
    regions = dict.fromkeys(each.subject.region_en for each in intensity)
    assert [text.get_text() for text in ax.get_xticklabels()] == sorted(regions)
    by_code = plots.matrix(intensity, sort="region").get_xticklabels()
    assert [text.get_text() for text in by_code] == list(regions)
    in_chinese = plots.matrix(intensity, lang="zh").get_xticklabels()
    assert in_chinese[0].get_text().replace("\n", "") == "北京"
    with pytest.raises(ip.ArgumentError, match="sort"):
        plots.matrix(intensity, sort="gap")  # type: ignore[arg-type]


def test_each_square_of_a_matrix_has_the_mark_of_its_verdict(guangdong: ip.Scorecard) -> None:
    ax = plots.matrix(guangdong)
    drawn = Counter[tuple[str, bool]]()
    for line in ax.lines:
        drawn[line.get_marker(), line.get_markerfacecolor() == "none"] += len(line.get_xdata())
    counts = guangdong.counts()
    assert drawn == {
        (look.marker, look.hollow): counts[verdict]
        for verdict, look in VERDICTS.items()
        if counts[verdict]
    }


def test_marks_in_parts_of_a_square_are_smaller(plans: ip.Dataset) -> None:
    years = ip.scorecard(plans, region=["SC", "JS"], indicator="rd_intensity", period="14th")
    split = {line.get_markersize() for line in plots.matrix(years.where(region="SC")).lines}
    whole = {line.get_markersize() for line in plots.matrix(years.where(region="JS")[:1]).lines}
    assert max(split) < min(whole)


def test_names_of_rows_are_whole_on_a_narrow_figure(plans: ip.Dataset) -> None:
    chosen = ["high_value_invention_patents_per_10k", "rd_intensity"]
    card = ip.scorecard(plans, region=["BJ", "SH", "JS", "ZJ", "SD", "GD"], indicator=chosen)
    names = [
        label.get_text() for label in plots.matrix(card, figsize=(3.35, None)).get_yticklabels()
    ]
    assert not any("…" in name for name in names)
    assert any(name.count("\n") > 1 for name in names)


def test_a_cell_without_a_target_is_an_empty_square(plans: ip.Dataset, squares: Squares) -> None:
    card = ip.scorecard(plans, region=["GD", "JS"], period="14th")
    cells = {(each.subject.indicator, each.subject.region) for each in card}
    rows, columns = ({cell[at] for cell in cells} for at in (0, 1))
    ax = plots.matrix(card)
    assert squares(ax)[FILLS["empty"]] == len(rows) * len(columns) - len(cells) > 0


def test_coverage_has_one_square_per_cell_and_one_dot_per_outcome(
    plans: ip.Dataset, squares: Squares
) -> None:
    regions = [each.code for each in plans.regions if each.kind in {"nation", "province"}]
    asked = {"indicator": ["rd_intensity", "gdp"], "period": "14th"}
    cells = ip.coverage(plans, region=regions, **asked)
    ax = plots.coverage(plans, **asked)
    counts = cells.counts()
    assert squares(ax) == {
        AVAILABILITIES[state].colour: counts[state] for state in TARGET_STATES if counts[state]
    }
    assert sum(len(line.get_xdata()) for line in ax.lines) == counts[ip.Availability.PUBLISHED]
    assert [text.get_text() for text in ax.get_yticklabels()] == [
        "R&D intensity", "Gross domestic product",
    ]  # fmt: skip


def test_a_coverage_is_drawn_with_names_and_edition(plans: ip.Dataset) -> None:
    cells = ip.coverage(plans, indicator="gdp", period=["13th", "14th"], region=["GD", "JS"])
    figure = plots.coverage(cells)
    ax, _ = figure.axes
    assert [text.get_text() for text in ax.get_yticklabels()] == ["Gross domestic product"]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["Guangdong", "Jiangsu"]
    source = ax.figure.texts[0].get_text().replace("\n", " ")
    assert f"data edition {plans.edition}" in source
    read_again = ip.Coverage.from_json(cells.json())  # has no records
    labels = plots.coverage(read_again[:1]).get_yticklabels()
    assert [text.get_text() for text in labels] == ["gdp"]


def test_a_coverage_of_everything_shows_the_indicators_with_the_most_targets(
    plans: ip.Dataset,
) -> None:
    figure = plots.coverage(plans)
    ax = figure.axes[0]
    names = [text.get_text() for text in ax.get_yticklabels()]
    assert len(names) == 15
    assert "R&D intensity" in names
    assert max(ax.figure.get_size_inches()) < 17
    assert any("the 15 indicators with the most targets, of" in text.get_text().replace("\n", " ")
               for text in ax.figure.texts)  # fmt: skip
    with pytest.raises(plots.PictureError, match="at most 45 rows"):
        plots.coverage(ip.coverage(plans))


def test_coverage_names_the_option_that_it_does_not_accept(plans: ip.Dataset) -> None:
    cells = ip.coverage(plans, indicator="gdp", period=["13th", "14th"])
    with pytest.raises(plots.PictureError, match="expected no filters beside a coverage"):
        plots.coverage(cells, period="13th")
    with pytest.raises(plots.PictureError, match="expected a dataset or a coverage, found list"):
        plots.coverage([])  # type: ignore[arg-type]
    with pytest.raises(ip.AmbiguousError, match="ask for one period"):
        plots.coverage(cells, ax=Figure().subplots())
    with pytest.raises(plots.PictureError, match="no rows to draw"):
        plots.coverage(cells[:0])


def test_the_source_line_of_a_coverage_names_publishers(plans: ip.Dataset) -> None:
    ax = plots.coverage(plans, region=["GD", "JS"], indicator="rd_intensity", period="14th")
    source = ax.figure.texts[0].get_text()
    assert source.startswith("Source: National Bureau of Statistics; ")
    cells = ip.coverage(plans, region=["GD", "JS"], indicator="rd_intensity", period="14th")
    assert plots.coverage(cells).figure.texts[0].get_text() == source
    later = plots.coverage(plans, region="GD", indicator="rd_intensity", period="15th")
    assert later.figure.texts[0].get_text().count("; ") < source.count("; ")


def test_columns_that_do_not_fit_raise_an_error(plans: ip.Dataset) -> None:
    with pytest.raises(
        plots.PictureError, match=r"at most \d+ columns on a figure 3.3 inches wide"
    ):
        plots.coverage(plans, indicator="rd_intensity", period="14th", figsize=(3.346, None))


def test_all_provinces_fit_on_a_page(plans: ip.Dataset) -> None:
    ax = plots.coverage(plans, period="14th", figsize=(170 / 25.4, None))
    ax.figure.draw_without_rendering()
    names = [tick.label2.get_window_extent() for tick in ax.xaxis.get_major_ticks()]
    assert len(names) == 32
    assert all(left.x1 <= right.x0 for left, right in pairwise(names))


@pytest.mark.heavy
def test_every_region_fits_into_one_coverage(plans: ip.Dataset, squares: Squares) -> None:
    every = ip.coverage(plans)
    for first in range(0, 40, 15):
        codes = list(dict.fromkeys(cell.indicator for cell in every))[first : first + 15]
        cells = every.filter(lambda cell, codes=codes: cell.indicator in codes)  # type: ignore[misc]
        ax = plots.coverage(cells)
        assert sum(sum(squares(each).values()) for each in ax.figure.axes) == len(cells)
