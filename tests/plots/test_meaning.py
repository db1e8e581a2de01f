"""A picture says what it shows: one meaning per mark, nothing left out in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.colors import to_hex
from matplotlib.path import Path

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.plots.grid import MOST_PARTS
from innovation_plans.plots.style import FILLS, RAMP, VERDICTS
from innovation_plans.plots.tiles import classes

from .test_layout import boxes, overlaps

NARROW = (85 / 25.4, None)
Texts = Callable[..., list[str]]


@pytest.fixture(scope="module")
def enterprises(plans: ip.Dataset) -> list[ip.Assessment]:
    """Levels of one indicator, some of whose outcomes are only bounds."""
    card = ip.scorecard(plans, indicator="high_tech_enterprises", period="14th")
    return [each for each in card if each.stated.form == "level"]


def is_open_shape(path: Path) -> bool:
    """Whether an arrow beside a bar has a hole: a third shape."""
    return [*path.codes].count(Path.MOVETO) == 3


@pytest.mark.parametrize("figsize", [None, NARROW])
def test_the_fill_of_a_target_means_its_bound_only(
    intensity: ip.Scorecard, texts: Texts, figsize: Any
) -> None:
    ax = plots.dumbbell(intensity, sort="region", figsize=figsize)
    bars = [line for line in ax.lines if line.get_markersize() == 13]
    grey = VERDICTS[ip.Verdict.UNDETERMINED].colour
    for row, assessment in enumerate(intensity):
        (bar,) = (line for line in bars if line.get_ydata()[0] == row)
        assert to_hex(bar.get_markerfacecolor()) == to_hex(bar.get_markeredgecolor())
        assert is_open_shape(bar.get_marker()) is assessment.stated.comparator.strict
        assert (to_hex(bar.get_markerfacecolor()) == grey) is (assessment.reason is not None)
    assert "target: undetermined" in texts(ax)
    settled = [each for each in intensity if each.reason is None]
    assert "target: undetermined" not in texts(plots.dumbbell(settled))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_labels_of_ticks_overlap_on_a_narrow_figure(plans: ip.Dataset, lang: Any) -> None:
    many = ip.compare(
        plans.targets.where(indicator="high_tech_enterprises", end_year=2025, form="level").filter(
            lambda target: not target.scope
        ),
        plans=plans,
    )
    for figure in (
        plots.ranking(many, plans=plans, lang=lang, figsize=NARROW).figure,
        plots.dumbbell(ip.scorecard(plans, region="GS"), plans=plans, lang=lang, figsize=NARROW),
    ):
        assert overlaps(boxes(figure), slack=1.5) == []
        for ax in figure.axes:
            ticks = [float(place) for place in ax.get_xticks()]
            step = f"{ticks[1] - ticks[0]:e}"
            assert re.match(r"(1|2|5)\.?0*e", step), step


def test_a_gap_to_a_bound_is_open(enterprises: list[ip.Assessment], texts: Texts) -> None:
    (fujian,) = (each for each in enterprises if each.subject.region_en == "Fujian")
    assert fujian.gap is None
    shown = texts(plots.gaps([fujian, enterprises[1]]))
    assert ">+7,000 (a), >15,000 → 8,000" in shown
    assert "bound: open to this side" in shown


def test_title_and_source_of_slopes_are_of_what_is_drawn(
    enterprises: list[ip.Assessment], texts: Texts
) -> None:
    drawn = [
        each for each in enterprises if each.baseline and each.outcome and each.gap is not None
    ]
    every, some = texts(plots.slopes(enterprises)), texts(plots.slopes(drawn))
    (title,) = (text for text in every if text.startswith("High-tech enterprises: start"))
    assert f"{len(enterprises)} targets" in title.replace("\n", " ")
    assert "2023" not in title
    last = [text.rpartition("Source:")[2] for text in (" ".join(every), " ".join(some))]
    assert last[0].split("records")[0] == last[1].split("records")[0]


def test_a_title_promises_outcomes_only_if_there_are_some(intensity: ip.Scorecard) -> None:
    without = [each for each in intensity if each.outcome is None]
    for card in (intensity, without):
        title = plots.dumbbell(card).figure.legends[0].get_title().get_text()
        assert title.endswith(" and outcomes") is any(each.outcome for each in card)


def test_a_province_whose_periods_differ_has_a_class_of_its_own(
    plans: ip.Dataset, texts: Texts
) -> None:
    card = ip.scorecard(plans, indicator="rd_intensity", period=["13th", "14th", "15th"])
    ax = plots.tiles(card, plans=plans)
    assert "no target found, plans of some periods not read whole" in texts(ax)
    assert FILLS["mixed"] in {to_hex(patch.get_facecolor()) for patch in ax.patches}


def test_of_many_targets_of_a_province_four_are_drawn(plans: ip.Dataset, texts: Texts) -> None:
    card = ip.scorecard(plans, indicator="rd_intensity", region="ZJ")
    assert len(card) > MOST_PARTS
    ax = plots.tiles(card)
    marks = {line.get_marker() for line in ax.lines}
    assert marks <= {look.marker for look in VERDICTS.values()}
    assert sum(len(line.get_xdata()) for line in ax.lines) == MOST_PARTS
    assert f"+\n{len(card) - MOST_PARTS}" in texts(ax)


def test_a_coverage_has_no_empty_rows_and_the_most_targets_first(plans: ip.Dataset) -> None:
    region = ["BJ", "GD", "ZJ", "NM", "XJ"]
    ax = plots.coverage(plans, period="15th", region=region)
    cells = ip.coverage(plans, period="15th", region=region)
    counts = {
        cells.indicator_name(code): sum(cell.target == "stated" for cell in row)
        for code, row in cells.group_by("indicator").items()
        if any(cell.target == "stated" or cell.outcome == "published" for cell in row)
    }
    names = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    assert set(names) == set(counts)
    assert [counts[name] for name in names] == sorted(counts.values(), reverse=True)


def test_a_figure_without_a_rank_does_not_set_the_axis(plans: ip.Dataset, texts: Texts) -> None:
    level = plans.observations.where(indicator="gdp", year=2024, vintage="after_census_5")
    comparison = ip.compare(level, plans=plans)
    ax = plots.ranking(comparison, plans=plans)
    ranked = [float(row.value) for row in comparison if row.rank and row.value]
    assert ax.get_xlim()[1] < 1.2 * max(ranked)
    assert "beyond the axis" in texts(ax)
    assert sum(line.get_marker() == ">" for line in ax.lines) == 1
    assert "source tier B: official text in a copy" in " ".join(texts(ax))


def test_regions_without_figures_are_named(plans: ip.Dataset, texts: Texts) -> None:
    ax = plots.lines(
        plans, indicator="technology_contract_turnover", region=["HB", "CQ", "XZ", "GD"]
    )
    assert any("no figures: Chongqing, Tibet" in text for text in texts(ax))
    assert "Tibet:" not in plots.alt_text(ax)


def test_a_target_has_the_mark_of_its_line(plans: ip.Dataset) -> None:
    ax = plots.lines(plans, indicator="rd_intensity", region=["GX", "ZJ"], since=2015)
    series = [line for line in ax.lines if line.get_markersize() == 3.6]
    marks = {to_hex(line.get_color()): line.get_marker() for line in series}
    hollow = [line for line in ax.lines if line.get_markersize() == 4.5]
    assert {to_hex(line.get_color()) for line in hollow} == {*marks}
    assert all(line.get_marker() == marks[to_hex(line.get_color())] for line in hollow)


def test_equal_figures_of_other_sources_have_no_ring(plans: ip.Dataset, texts: Texts) -> None:
    target = plans.targets.where(region="HB", indicator="rd_expenditure", period="14th").one()
    assert "other sources and vintages" not in texts(plots.path(target, plans))


def test_zero_is_a_limit_of_classes() -> None:
    ranges = classes([-0.44, 0.23, 0.27, 0.28, 0.33, 0.36, 0.49, 0.6, 0.82, 0.94])
    assert not any(low < 0 <= high for low, high in ranges)
    assert len(ranges) == len(RAMP)
    assert ranges[0] == (-0.44, -0.44)
