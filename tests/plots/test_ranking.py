from __future__ import annotations

from collections.abc import Callable

import pytest
from matplotlib.colors import to_hex

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.codelists import Caveat, Direction
from innovation_plans.plots.style import TIERS, number
from innovation_plans.text.messages import word


def test_rows_are_in_order_with_their_ranks(order: ip.Comparison) -> None:
    ax = plots.ranking(order)
    assert [text.get_text() for text in ax.get_yticklabels()] == [r.region_en for r in order]
    shown = [text.get_text() for text in ax.texts]
    assert [text for text in shown if text in {row.rank_text() for row in order}][:3] == [
        "1–2", "1–2", "3",
    ]  # fmt: skip


def test_rows_can_be_in_another_order(order: ip.Comparison) -> None:
    ax = plots.ranking(order, sort="name")
    names = [text.get_text() for text in ax.get_yticklabels()]
    assert names == sorted(row.region_en for row in order)
    assert "highest first" not in ax.figure.texts[0].get_text()
    ax = plots.ranking(order, sort="region")
    by_code = sorted(order, key=lambda row: row.region)
    assert [text.get_text() for text in ax.get_yticklabels()] == [row.region_en for row in by_code]
    with pytest.raises(ip.ArgumentError, match="no sort 'gap'; did you mean value, name or region"):
        plots.ranking(order, sort="gap")  # type: ignore[arg-type]


def test_money_is_drawn_in_the_unit_of_the_axis(plans: ip.Dataset) -> None:
    spending = plans.observations.where(
        indicator="rd_expenditure", region=["GD", "JS"], year=2022, vintage="bulletin"
    )
    ranking = ip.compare(spending.where(form="level"), plans=plans)
    ax = plots.ranking(ranking)
    dots = [float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "o"]
    assert ranking.unit == "CNY_100M"
    assert ax.get_xlabel() == "R&D expenditure, billion yuan"
    assert dots == pytest.approx([float(row.value or 0) / 10 for row in ranking])
    assert "441.19" in [text.get_text() for text in ax.texts]


def test_figures_are_drawn_at_their_values_and_filled_by_tier(order: ip.Comparison) -> None:
    ax = plots.ranking(order)
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert len(dots) == len(order)
    for row, dot in zip(order, dots, strict=True):
        assert float(dot.get_xdata()[0]) == float(row.value or 0)
        assert dot.get_fillstyle() == TIERS[row.tier]


def test_rows_without_a_rank_are_shown_with_the_reason(plans: ip.Dataset) -> None:
    targets = plans.targets.where(indicator="rd_intensity", period="14th", end_year=2025)
    pace = ip.compare(targets.select().kept, measure="growth", plans=plans)
    reasons = [row.reason for row in pace if row.rank is None]
    ax = plots.ranking(pace)
    shown = [text.get_text() for text in ax.texts]
    assert shown.count("no figure (a)") == reasons.count(ip.Reason.MISSING_BASELINE) > 0
    others = [row for row in pace if row.reason is ip.Reason.OTHER_KIND]
    figures = [number(row.value) for row in others if row.value is not None]
    assert len(figures) == len(others) > 0
    # that of a target above a value is a bound
    assert [text.partition(" (b")[0].lstrip(">") for text in shown if " (b" in text] == figures
    notes = " ".join(text.get_text() for text in ax.figure.texts)
    assert "(a) no exact starting value is known" in notes
    assert "(b) a region of another kind" in notes


@pytest.mark.parametrize("doubt", [caveat for caveat in Caveat if caveat.is_doubt])
def test_what_makes_a_figure_doubtful_is_marked(order: ip.Comparison, doubt: Caveat) -> None:
    marked = order[0].model_copy(update={"caveats": (doubt,)})
    ax = plots.ranking(ip.Comparison([marked, *order[1:4]], order.shared))
    shown = [text.get_text() for text in ax.texts if text.get_text().endswith(" (a)")]
    assert len(shown) == 1
    assert f"(a) {word(doubt, 'en')}" in ax.figure.texts[0].get_text().replace("\n", " ")


def test_an_open_figure_reaches_to_the_end_of_the_axis(plans: ip.Dataset) -> None:
    targets = plans.targets.where(indicator="rd_intensity", period="14th", end_year=2025)
    comparison = ip.compare([each for each in targets if each.region.code in {"CN-BJ", "CN-SC"}])
    row = comparison[0].model_copy(update={"high": None})
    comparison, opened = ip.Comparison([row, *comparison[1:]], comparison.shared), 0
    ax = plots.ranking(comparison)
    bar = [line for line in ax.lines if line.get_linewidth() == 4][opened]
    assert bar.get_xdata()[1] == ax.get_xlim()[1]
    assert to_hex(bar.get_color()) == "#173f8a"


def test_a_bound_has_an_arrow_and_the_order_is_named_where_it_is_not_plain(
    plans: ip.Dataset, texts: Callable[..., list[str]]
) -> None:
    targets = plans.targets.where(indicator="rd_intensity", period="14th", end_year=2025)
    bound, plain = (targets.where(region=code) for code in ("SC", "GX"))
    assert "bound: open to this side" in texts(plots.ranking(ip.compare(bound)))
    shown = texts(plots.ranking(ip.compare(plain)))
    assert "bound: open to this side" not in shown
    assert not any("is better" in text for text in shown)
    down = plans.targets.filter(
        lambda each: each.indicator.direction is Direction.DOWN and each.form is not ip.Form.RANK
    )
    assert any("less is better" in text for text in texts(plots.ranking(ip.compare(down[:1]))))


def test_an_invalid_comparison_raises_an_error(intensity: ip.Scorecard) -> None:
    with pytest.raises(plots.PictureError, match="expected a comparison, found Scorecard"):
        plots.ranking(intensity)  # type: ignore[arg-type]


def test_several_figures_of_a_region_are_named_by_their_plans() -> None:
    plans = ip.load(tiers="ABCD")
    targets = plans.targets.where(indicator="rd_intensity", period="14th", end_year=2025)
    ax = plots.ranking(ip.compare(targets, measure="growth", plans=plans))
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert len(names) == len(set(names))
    assert {"Nanjing, action plan", "Nanjing, S&T plan"} <= set(names)
