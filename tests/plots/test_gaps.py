from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.axes import Axes

import innovation_plans as ip
from innovation_plans import plots


@pytest.fixture
def due(plans: ip.Dataset) -> ip.Scorecard:
    return ip.scorecard(plans, indicator="rd_intensity", period="14th", end_year=2025)


def test_bars_are_the_gaps_in_their_order(due: ip.Scorecard) -> None:
    ax = plots.gaps(due)
    widths = [float(bar.get_width()) for bar in ax.patches]
    assert widths == sorted((float(each.gap) for each in due if each.gap is not None), reverse=True)
    left, right = ax.get_xlim()
    assert left < min(widths) < 0 < max(widths) < right


def test_a_target_without_a_gap_has_a_row_with_the_reason(
    due: ip.Scorecard, texts: Callable[..., list[str]]
) -> None:
    ax = plots.gaps(due)
    assert len(ax.get_yticklabels()) == len(due)
    shown = texts(ax)
    undetermined = [text for text in shown if text.startswith("undetermined (")]
    assert len(undetermined) == sum(each.reason is not None for each in due)
    assert any(text.startswith("(a) ") for text in shown)


@pytest.mark.parametrize("width", [85 / 25.4, None])
def test_the_year_of_the_outcome_is_named(
    due: ip.Scorecard, texts: Callable[..., list[str]], width: float | None
) -> None:
    ax = plots.gaps(due, figsize=width and (width, None))
    beijing = next(each for each in due if each.subject.region_en == "Beijing")
    assert beijing.outcome is not None
    assert beijing.outcome.year == 2024
    expected = "≈+0.58\n6.58 → ≈6" if width else "≈+0.58, 6.58 (2024) → ≈6"
    assert expected in texts(ax)


def test_ranks_are_drawn_in_places(plans: ip.Dataset) -> None:
    card = [each for each in ip.scorecard(plans) if each.stated.form == "rank" and each.outcome]
    assert plots.gaps(card[:1]).get_xlabel() == "outcome less target, places"


def test_several_indicators_raise_an_error(guangdong: ip.Scorecard) -> None:
    with pytest.raises(ip.AmbiguousError, match="one panel"):
        plots.gaps(guangdong)
    with pytest.raises(plots.PictureError, match="no targets"):
        plots.gaps([])


def test_the_description_has_counts_and_gaps(due: ip.Scorecard) -> None:
    text = plots.alt_text(plots.gaps(due))
    assert text.startswith("Bar chart. R&D intensity: gap between outcome and target by 2025. ")
    assert "Guangdong: ≈+0.1 percentage points" in text
    assert "Gansu: -0.23 percentage points" in text


@pytest.mark.parametrize("draw", [plots.gaps, plots.dumbbell])
def test_a_target_for_one_year_is_for_growth_in_that_year(
    plans: ip.Dataset, draw: Callable[..., Axes], texts: Callable[..., list[str]]
) -> None:
    card = ip.scorecard(plans, indicator="gdp", end_year=2025)
    title = " ".join(texts(draw(card[:2])))
    assert "in 2025" in title
    assert "by 2025" not in title
