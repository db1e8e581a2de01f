from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from matplotlib.axes import Axes
from matplotlib.text import Annotation

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.analysis.results import Baseline


@pytest.fixture
def due(plans: ip.Dataset) -> ip.Scorecard:
    return ip.scorecard(plans, indicator="rd_intensity", period="14th", end_year=2025)


def ends(ax: Axes, xs: list[int]) -> list[list[float]]:
    """The heights of the lines between two columns, or of the marks in one."""
    lines = [line for line in ax.lines if list(line.get_xdata()) == xs]
    return [list(map(float, line.get_ydata())) for line in lines]


def test_each_line_has_start_and_outcome_and_each_target_a_mark(due: ip.Scorecard) -> None:
    ax = plots.slopes(due)
    complete = [
        (float(each.baseline.value), float(each.outcome.value), float(each.stated.value))
        for each in due
        if each.baseline and each.outcome
    ]
    assert len(complete) >= 10
    assert sorted(ends(ax, [0, 1])) == sorted([start, now] for start, now, _ in complete)
    assert {(goal,) for _, _, goal in complete} <= set(map(tuple, ends(ax, [2])))


def test_the_line_that_leads_on_to_a_target_shows_whether_growth_is_needed(
    due: ip.Scorecard, texts: Callable[..., list[str]]
) -> None:
    ax = plots.slopes(due)
    needed = [each for each in due if each.baseline and each.needed_growth is not None]
    assert 0 < len(needed) < len(ends(ax, [0, 1]))
    assert len(ends(ax, [1, 2])) == len(ends(ax, [0, 1]))
    dashed = [
        line for line in ax.lines if list(line.get_xdata()) == [1, 2] and line.get_lw() == 1.3
    ]
    assert sorted(list(map(float, line.get_ydata())) for line in dashed) == sorted(
        [float(each.outcome.value), float(each.stated.value)] for each in needed if each.outcome
    )
    assert {"start", "start to outcome", "outcome to target"} <= set(texts(ax))
    alone = plots.slopes([each for each in due if each.verdict == "met" and each.baseline])
    assert "still required" not in texts(alone)


def test_the_letters_of_notes_are_in_order_from_the_top(due: ip.Scorecard) -> None:
    ax = plots.slopes(due)
    named = sorted(
        (text.xy[1], text.get_text()) for text in ax.texts if isinstance(text, Annotation)
    )
    letters = re.findall(r"\b([a-z])\b(?=[,)])", " ".join(text for _, text in reversed(named)))
    assert list(dict.fromkeys(letters)) == sorted(set(letters))
    assert len(set(letters)) > 2


def test_the_columns_name_their_years(due: ip.Scorecard) -> None:
    heads = [label.get_text() for label in plots.slopes(due, lang="zh").get_xticklabels()]
    assert heads == ["基期\n2020–2022", "实际值\n2022–2025", "目标\n2025"]


def test_targets_without_all_figures_are_named(
    due: ip.Scorecard, texts: Callable[..., list[str]]
) -> None:
    shown = " ".join(texts(plots.slopes(due)))
    assert "without a start or an outcome: Dalian" in shown


def test_several_indicators_or_no_row_raise_an_error(
    plans: ip.Dataset, guangdong: ip.Scorecard
) -> None:
    with pytest.raises(ip.AmbiguousError, match="one panel"):
        plots.slopes(guangdong)
    cities = ip.scorecard(plans, region="Dalian", indicator="rd_intensity")
    with pytest.raises(plots.PictureError, match="no targets with a start and an outcome"):
        plots.slopes(cities)


def test_the_best_rank_is_on_top(plans: ip.Dataset) -> None:
    one = next(each for each in ip.scorecard(plans) if each.stated.form == "rank" and each.outcome)
    start = Baseline(value=Decimal(3), unit="rank", year=2020, stated_by="plan")
    ax = plots.slopes([one.model_copy(update={"baseline": start})])
    bottom, top = ax.get_ylim()
    assert bottom > top


def test_the_description_has_every_row(due: ip.Scorecard) -> None:
    text = plots.alt_text(plots.slopes(due, lang="zh"))
    assert "广东：3.14，3.6，3.5（已实现）" in text


def test_a_name_far_from_its_mark_has_a_line_to_it(due: ip.Scorecard) -> None:
    ax = plots.slopes(due, figsize=(3.35, None))
    moved = {
        text.xy[1]
        for text in ax.texts
        if isinstance(text, Annotation)
        and text.get_text()
        and abs(text.xyann[1]) > text.get_fontsize() * (1.4 + 1.3)  # of two lines
    }
    lines = [text for text in ax.texts if getattr(text, "arrow_patch", None)]
    assert moved
    assert {text.xy[1] for text in lines} == moved
