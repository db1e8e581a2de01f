from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Annotation

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.plots.style import LINES

REGIONS = ["GD", "JS", "ZJ", "GX"]


def series_of(ax) -> dict[str, list[tuple[float, float]]]:
    """The points of the lines, by colour; a line has a gap where its vintage changes."""
    lines = [
        line for line in ax.lines if line.get_linestyle() == "-" and line.get_marker() in "osD^"
    ]
    points: dict[str, list[tuple[float, float]]] = {}
    for line in lines:
        pairs = zip(line.get_xdata(), line.get_ydata(), strict=True)
        points.setdefault(to_hex(line.get_color()), []).extend(pairs)
    return points


def test_each_region_has_a_line_and_its_name_at_the_right(
    plans: ip.Dataset, texts: Callable[..., list[str]]
) -> None:
    ax = plots.lines(plans, indicator="rd_intensity", region=REGIONS, since=2015)
    drawn = series_of(ax)
    assert list(drawn) == list(LINES[:4])
    for colour, code in zip(LINES, ("CN-GD", "CN-JS", "CN-ZJ", "CN-GX"), strict=False):
        series = plans.observations.series(f"{code}/rd_intensity/level")
        figures = {(each.year, float(each.value)) for each in series}
        assert set(drawn[colour]) <= figures
        assert min(year for year, _ in drawn[colour]) == 2015
    assert {"Guangdong", "Jiangsu", "Zhejiang", "Guangxi"} <= set(texts(ax))


def test_targets_are_marks_in_the_colour_of_their_region(plans: ip.Dataset) -> None:
    ax = plots.lines(plans, indicator="rd_intensity", region="GX", until=2030)
    marks = [line for line in ax.lines if line.get_markersize() == 13]
    goals = plans.targets.where(region="GX", indicator="rd_intensity", form="level")
    assert {line.get_xdata()[0] for line in marks} == {
        each.end_year for each in goals if each.end_year <= 2030
    }
    assert {to_hex(line.get_markerfacecolor()) for line in marks} == {LINES[0]}


def test_a_name_is_at_the_height_of_the_end_of_its_line(plans: ip.Dataset) -> None:
    ax = plots.lines(plans, indicator="rd_intensity", region="GX")
    (name,) = (text for text in ax.texts if text.get_text() == "Guangxi")
    assert isinstance(name, Annotation)
    last = plans.observations.series("CN-GX/rd_intensity/level")[-1]
    assert name.xy[1] == float(last.value)  # not that of its target


def test_a_vintage_can_be_drawn(plans: ip.Dataset) -> None:
    first, newest = (
        series_of(plots.lines(plans, indicator="rd_intensity", region="CQ", vintage=vintage))
        for vintage in ("first", None)
    )
    assert (2023, 2.48) in first[LINES[0]]
    assert (2023, 2.44) in newest[LINES[0]]
    with pytest.raises(ip.MissingError, match="no vintage"):
        plots.lines(plans, indicator="rd_intensity", region="CQ", vintage="frist")


def test_too_many_regions_or_nothing_to_draw_raise_an_error(plans: ip.Dataset) -> None:
    provinces = [each.code for each in plans.regions.where(kind="province")]
    with pytest.raises(plots.PictureError, match="at most 8 regions with figures"):
        plots.lines(plans, indicator="rd_intensity", region=provinces)
    with pytest.raises(plots.PictureError, match="no regions"):
        plots.lines(plans, indicator="rd_intensity", region=[])
    with pytest.raises(plots.PictureError, match="no regions with figures to draw"):
        plots.lines(plans, indicator="rd_intensity", region="GD", since=2040, until=2050)


@pytest.mark.parametrize("given", [True, False])
def test_the_names_do_not_overlap(plans: ip.Dataset, given: bool) -> None:
    ax = Figure(figsize=(7, 4)).subplots() if given else None
    ax = plots.lines(
        plans, indicator="rd_intensity", region=["GD", "JS", "ZJ", "SD", "HB", "SN", "TJ", "AH"],
        ax=ax,
    )  # fmt: skip
    renderer = FigureCanvasAgg(ax.figure).get_renderer()
    names = [text for text in ax.texts if text.get_fontweight() == "bold"]
    boxes = sorted((text.get_window_extent(renderer) for text in names), key=lambda box: box.y0)
    assert len(boxes) == 8
    for below, above in pairwise(boxes):
        assert above.y0 >= below.y1 - 3  # the height of a line has space for descenders


def test_the_description_has_first_last_and_target(plans: ip.Dataset) -> None:
    text = plots.alt_text(plots.lines(plans, indicator="rd_intensity", region="GX", lang="zh"))
    assert text.startswith("折线图：研发经费投入强度：实际值与目标。广西：")
    assert "2025年目标达到1.6%" in text


NO_TARGETS = ["gdp", "rd_expenditure", "resident_population_year_end", "academicians"]


@pytest.mark.parametrize("indicator", NO_TARGETS)
@pytest.mark.parametrize("given", [True, False])
def test_a_series_without_targets_needs_no_legend(
    plans: ip.Dataset, indicator: str, given: bool
) -> None:
    ax = Figure(figsize=(7, 4)).subplots() if given else None
    ax = plots.lines(plans, indicator=indicator, region="Hubei", ax=ax)
    FigureCanvasAgg(ax.figure).draw()
    assert series_of(ax)
    assert (
        plots.alt_text(ax)
        .partition(". ")[2]
        .startswith(f"{plans.indicator(indicator).name_en}: outcomes. ")
    )


@pytest.mark.heavy
@pytest.mark.long
def test_every_series_can_be_drawn(plans: ip.Dataset) -> None:
    """Four regions a picture, each with a colour of its own."""
    codes = [region.code for region in plans.regions if region.kind in {"nation", "province"}]
    drawn = 0
    for indicator in plans.indicators:
        levels = plans.observations.where(indicator=indicator.code, form="level")
        whole = [each for each in levels if each.scope is None and each.comparator.plain]
        dated = {each.region.code for each in whole if each.year}
        with_figures = [code for code in codes if code in dated]
        for group in (with_figures[at : at + 4] for at in range(0, len(with_figures), 4)):
            ax = plots.lines(plans, indicator=indicator.code, region=group)
            assert len(series_of(ax)) == len(group)
            drawn += 1
    assert drawn > 100


def test_a_revision_is_a_gap_and_not_a_fall(
    plans: ip.Dataset, texts: Callable[..., list[str]]
) -> None:
    ax = plots.lines(plans, indicator="rd_intensity", region="BJ", since=2021, until=2024)
    pieces = [
        list(zip(line.get_xdata(), line.get_ydata(), strict=True))
        for line in ax.lines
        if line.get_marker() == "o"
    ]
    assert pieces == [[(2021, 6.53), (2022, 6.83)], [(2023, 6.22), (2024, 6.58)]]
    note = "the line has a gap before 2023, where another vintage of the statistic begins"
    assert any(note in text for text in texts(ax))
    one = plots.lines(
        plans, indicator="rd_intensity", region="BJ", since=2021, until=2024, vintage="first"
    )
    assert (2023, 6.73) in series_of(one)[LINES[0]]
    assert not any("gap before" in text for text in texts(one))


def test_a_vintage_that_the_indicator_does_not_have_raises_an_error(plans: ip.Dataset) -> None:
    with pytest.raises(ip.ArgumentError, match=r"no vintage 'after_census_5'; .*first"):
        plots.lines(plans, indicator="rd_intensity", region="BJ", vintage="after_census_5")


def test_vintages_that_agree_are_one_line(
    plans: ip.Dataset, texts: Callable[..., list[str]]
) -> None:
    ax = plots.lines(plans, indicator="rd_expenditure", region="HB", until=2024)
    series = plans.observations.where(region="HB", indicator="rd_expenditure", form="level")
    assert {each.vintage for each in series} >= {"yearbook", "bulletin"}
    assert len([line for line in ax.lines if line.get_marker() == "o"]) == 1
    assert not any("gap before" in text for text in texts(ax))


def test_targets_of_neighbouring_years_do_not_overlap_on_a_narrow_figure(plans: ip.Dataset) -> None:
    ax = plots.lines(
        plans, indicator="rd_intensity", region="ZJ", since=2012, figsize=(85 / 25.4, None)
    )
    year = (ax.transData.transform((1, 0)) - ax.transData.transform((0, 0)))[0]
    bars = [line for line in ax.lines if not isinstance(line.get_marker(), str)]
    assert bars
    assert all(bar.get_markersize() / 72 * ax.figure.dpi <= year for bar in bars)


def test_regions_with_their_parts_are_drawn(plans: ip.Dataset) -> None:
    ax = plots.lines(plans, indicator="rd_intensity", within="GD", since=2020)
    within = plots.lines(plans, indicator="rd_intensity", region="GD", within="CN-EAST", since=2020)
    assert len(series_of(ax)) > len(series_of(within)) == 1
    with pytest.raises(
        plots.PictureError, match="at most 8 regions with figures in one picture, found"
    ):
        plots.lines(plans, indicator="rd_intensity", within="CN-EAST")


def test_the_keywords_for_years_are_named(plans: ip.Dataset) -> None:
    with pytest.raises(TypeError, match="no years= here; use since= and until="):
        plots.lines(plans, indicator="rd_intensity", region="GD", years=(2015, 2024))  # type: ignore[call-arg]
