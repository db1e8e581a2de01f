"""Assessments in panels, and trajectories."""

from __future__ import annotations

import pytest

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.plots.canvas import Picture
from innovation_plans.plots.panels import panels_of, row_names, year_note
from innovation_plans.plots.trajectory import trajectory_of
from innovation_plans.text.messages import Language


@pytest.fixture
def chongqing(plans: ip.Dataset) -> ip.Target:
    return plans.targets.where(region="CQ", indicator="rd_intensity", period="14th").one()


def test_one_panel_for_each_indicator_form_and_measure(guangdong: ip.Scorecard) -> None:
    ax = plots.dumbbell(guangdong)
    kinds = {(each.subject.indicator, each.stated.form) for each in guangdong}
    assert len(ax.figure.axes) == len(kinds) > 5
    assert sum(len(each.get_yticklabels()) for each in ax.figure.axes) == len(guangdong)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_rows_of_one_name_are_told_apart_in_words(plans: ip.Dataset, lang: Language) -> None:
    codes = {each.code for table in (plans.plans, plans.sources) for each in table}
    for card in ip.scorecard(plans).group_by("region").values():
        for panel in panels_of(card):
            picture = Picture(None, lang)
            names = row_names(panel.assessments, picture, plans)
            assert len(set(names)) == len(names)
            assert not any(code in name for name in names for code in codes)


def test_rows_that_are_equal_in_all_are_numbered(intensity: ip.Scorecard) -> None:
    twice = [intensity[0]] * 2
    names = [text.get_text() for text in plots.dumbbell(twice).get_yticklabels()]
    assert names == ["Beijing, 1", "Beijing, 2"]


def test_two_years_are_named_and_more_are_a_range(intensity: ip.Scorecard) -> None:
    years = {2023: " by 2023", 2025: " for 2023 and 2025", 2027: " for 2023–2027"}
    some = [
        intensity[0].model_copy(
            update={"stated": intensity[0].stated.model_copy(update={"end_year": year})}
        )
        for year in years
    ]
    assert [year_note(some[: at + 1], "en") for at in range(3)] == list(years.values())


def test_the_error_names_the_field_that_tells_panels_apart(plans: ip.Dataset) -> None:
    gdp = ip.scorecard(plans, indicator="gdp", region="GS")
    for card, field in ((gdp, "form"), (ip.scorecard(plans, region="GS"), "indicator")):
        with pytest.raises(ip.AmbiguousError, match=f"filter by {field}"):
            plots.gaps(card)


@pytest.mark.parametrize("card", ["text", [1, 2], 7, None])
def test_an_invalid_scorecard_raises_an_error(card: object) -> None:
    with pytest.raises(plots.PictureError, match="expected a scorecard or assessments, found"):
        plots.dumbbell(card)  # type: ignore[arg-type]


def test_a_target_in_place_of_a_scorecard_is_named(chongqing: ip.Target) -> None:
    with pytest.raises(plots.PictureError, match="assessments, found Target; make one with"):
        plots.dumbbell(chongqing)  # type: ignore[arg-type]


def test_a_frame_in_place_of_a_scorecard_is_named(intensity: ip.Scorecard) -> None:
    with pytest.raises(plots.PictureError, match="found DataFrame of str; make one with"):
        plots.dumbbell(intensity.to_pandas())


def test_the_path_follows_the_pace_method_of_the_verdict(
    plans: ip.Dataset, chongqing: ip.Target
) -> None:
    compound = ip.assess(chongqing, plans, pace="compound")
    trajectory = trajectory_of(chongqing, plans, compound)
    steps = [float(value) for _, value in trajectory.required]
    assert steps[1] / steps[0] == pytest.approx(steps[-1] / steps[-2])
    linear = trajectory_of(chongqing, plans, ip.assess(chongqing, plans))
    gaps = [float(value) for _, value in linear.required]
    assert gaps[1] - gaps[0] == pytest.approx(gaps[-1] - gaps[-2])


def test_growth_in_constant_prices_keeps_its_own_figures(plans: ip.Dataset) -> None:
    target = plans.targets.where(region="GD", indicator="gdp", end_year=2025)[0]
    trajectory = trajectory_of(target, plans, ip.assess(target, plans))
    assert not trajectory.implied
    assert trajectory.goal.form is ip.Form.ANNUAL_GROWTH
    assert {each.form for each in trajectory.series} == {ip.Form.ANNUAL_GROWTH}
