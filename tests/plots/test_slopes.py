from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.analysis.results import Baseline


@pytest.fixture
def due(plans: ip.Dataset) -> ip.Scorecard:
    return ip.scorecard(plans, indicator="rd_intensity", period="14th", end_year=2025)


def test_each_line_has_start_outcome_and_target(due: ip.Scorecard) -> None:
    ax = plots.slopes(due)
    complete = [each for each in due if each.baseline and each.outcome]
    solid = [line for line in ax.lines if list(line.get_xdata()) == [0, 1]]
    dashed = [line for line in ax.lines if list(line.get_xdata()) == [1, 2]]
    expected = [
        (float(each.baseline.value), float(each.outcome.value), float(each.stated.value))
        for each in complete
        if each.baseline and each.outcome
    ]
    drawn = [
        (*map(float, first.get_ydata()), float(then.get_ydata()[1]))
        for first, then in zip(solid, dashed, strict=True)
    ]
    assert drawn == expected
    assert len(drawn) >= 10


def test_the_columns_name_their_years(due: ip.Scorecard) -> None:
    heads = [label.get_text() for label in plots.slopes(due, lang="zh").get_xticklabels()]
    assert heads == ["基期\n2020–2022", "实际值\n2022–2025", "目标\n2025"]


def test_targets_without_all_figures_are_named(
    due: ip.Scorecard, texts: Callable[..., list[str]]
) -> None:
    shown = " ".join(texts(plots.slopes(due)))
    assert "without a start or an outcome: Dalian, Nanjing" in shown


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
