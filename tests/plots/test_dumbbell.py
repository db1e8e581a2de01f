from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.plots.style import VERDICTS


def points(ax, marker: str, colour: str) -> list[tuple[float, float]]:
    return [
        (float(line.get_xdata()[0]), float(line.get_ydata()[0]))
        for line in ax.lines
        if line.get_marker() == marker and to_hex(line.get_color()) == colour
    ]


def test_every_target_has_a_row_in_the_order_of_the_card(intensity: ip.Scorecard) -> None:
    ax = plots.dumbbell(intensity)
    names = [text.get_text() for text in ax.get_yticklabels()]
    assert names == [f"{each.subject.region_en} {each.stated.end_year}" for each in intensity]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first on top


def test_outcomes_stand_where_the_data_say_with_the_mark_of_their_verdict(
    intensity: ip.Scorecard,
) -> None:
    ax = plots.dumbbell(intensity)
    for verdict, look in VERDICTS.items():
        expected = [
            (float(each.outcome.value), float(at))
            for at, each in enumerate(intensity)
            if each.verdict is verdict and each.outcome
        ]
        assert points(ax, look.marker, look.colour) == expected


def test_a_target_without_verdict_is_hollow_and_its_reason_is_in_a_note(
    intensity: ip.Scorecard, texts: Callable[..., list[str]]
) -> None:
    ax = plots.dumbbell(intensity)
    undetermined = sum(each.reason is not None for each in intensity)
    assert texts(ax).count("undetermined (a)") == undetermined > 0
    assert "(a) no outcome in the data yet" in texts(ax)


def test_starts_are_drawn_where_they_are_of_the_same_kind(plans: ip.Dataset) -> None:
    growth = ip.scorecard(plans, indicator="rd_expenditure", period="14th", region="HB")
    assert growth[0].baseline is not None  # a level, which an axis of growth does not hold
    ax = plots.dumbbell(growth)
    assert "start" not in [text.get_text() for text in ax.figure.legends[0].get_texts()]


def test_one_panel_for_each_indicator_form_and_measure(guangdong: ip.Scorecard) -> None:
    ax = plots.dumbbell(guangdong)
    kinds = {(each.subject.indicator, each.stated.form) for each in guangdong}
    assert len(ax.figure.axes) == len(kinds) > 5
    assert sum(len(each.get_yticklabels()) for each in ax.figure.axes) == len(guangdong)


def test_several_panels_do_not_go_into_one_axes(guangdong: ip.Scorecard) -> None:
    ax = Figure().subplots()
    with pytest.raises(ip.AmbiguousError, match=r"one panel for the axes given.*leave ax out"):
        plots.dumbbell(guangdong, ax=ax)


def test_amounts_of_yuan_are_brought_to_one_unit(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, indicator="rd_expenditure", period="14th")
    one = next(each for each in card if each.stated.form == "level" and each.outcome)
    assert one.stated.unit == "CNY_100M"
    stated = one.stated.model_copy(update={"unit": "CNY_1B", "value": one.stated.value / 10})
    ax = plots.dumbbell([one, one.model_copy(update={"stated": stated})])
    assert ax.get_xlabel() == "billion yuan"
    targets = [line for line in ax.lines if line.get_markersize() == 13]
    places = [float(line.get_xdata()[0]) for line in targets]
    assert places == [float(one.stated.value / 10)] * 2


def test_places_in_a_ranking_run_to_the_best_at_the_right(plans: ip.Dataset) -> None:
    card = [each for each in ip.scorecard(plans) if each.stated.form == "rank"]
    one = [each for each in card if each.subject.indicator == card[0].subject.indicator]
    left, right = plots.dumbbell(one).get_xlim()
    assert left > right
    assert right == 0.5


def test_every_bound_on_a_place_points_to_the_best(plans: ip.Dataset) -> None:
    (one, *_) = (each for each in ip.scorecard(plans) if each.stated.form == "rank")
    marks = []
    for comparator in ("at_least", "at_most", "reach"):
        stated = one.stated.model_copy(update={"comparator": ip.Comparator(comparator)})
        ax = plots.dumbbell([one.model_copy(update={"stated": stated})])
        (mark,) = (line.get_marker() for line in ax.lines if line.get_markersize() == 13)
        marks.append(mark.vertices.tolist())
    assert marks[0] == marks[1] != marks[2]


def test_rows_of_one_name_are_told_apart_by_plan_and_source(intensity: ip.Scorecard) -> None:
    twice = [intensity[0], intensity[0].model_copy(update={"target": "x@another-source"})]
    names = [text.get_text() for text in plots.dumbbell(twice).get_yticklabels()]
    assert len(set(names)) == 2
    assert names[1].endswith("@another-source")


@pytest.mark.heavy
@pytest.mark.parametrize("count", [1, 5, 300])
def test_the_figure_grows_with_its_rows(intensity: ip.Scorecard, count: int) -> None:
    many = [
        intensity[at % len(intensity)].model_copy(update={"target": f"x@s{at}"})
        for at in range(count)
    ]
    ax = plots.dumbbell(many)
    rows = ax.get_position().height * ax.figure.get_figheight()
    assert rows == pytest.approx(0.27 * (count + 0.4), rel=0.01)


def test_too_many_rows_are_refused_with_what_to_do(intensity: ip.Scorecard) -> None:
    many = [intensity[0]] * (plots.MOST_ROWS + 1)
    with pytest.raises(plots.PictureError, match=r"at most 500 targets .* found 501; filter them"):
        plots.dumbbell(many)


def test_too_many_panels_are_refused(plans: ip.Dataset) -> None:
    with pytest.raises(plots.PictureError, match=r"at most 60 panels .* found \d+; filter them"):
        plots.dumbbell(ip.scorecard(plans, period="14th"))


@pytest.mark.parametrize("given", ["text", [1, 2], 7, None])
def test_what_is_no_card_is_refused(given: object) -> None:
    with pytest.raises(plots.PictureError, match="expected a scorecard or assessments, found"):
        plots.dumbbell(given)  # type: ignore[arg-type]


def test_an_empty_card_is_refused(plans: ip.Dataset) -> None:
    with pytest.raises(plots.PictureError, match="no targets to draw"):
        plots.dumbbell([])


def test_about_has_its_tolerance_and_a_range_its_ends(intensity: ip.Scorecard) -> None:
    about = next(each for each in intensity if each.stated.comparator == "about")
    between = next(each for each in intensity if each.stated.comparator == "between")
    for each, expected in (
        (about, (about.stated.value * Decimal("0.98"), about.stated.value * Decimal("1.02"))),
        (between, (between.stated.value, between.stated.value_high)),
    ):
        bands = [line for line in plots.dumbbell([each]).lines if line.get_linewidth() == 7]
        assert [float(x) for x in bands[0].get_xdata()] == pytest.approx(list(map(float, expected)))


def test_an_outcome_that_is_a_bound_shows_its_open_side(
    intensity: ip.Scorecard, texts: Callable[..., list[str]]
) -> None:
    one = intensity[0]
    assert one.outcome is not None
    above = one.outcome.model_copy(update={"comparator": ip.Comparator.ABOVE})
    ax = plots.dumbbell([one.model_copy(update={"outcome": above})])
    assert "→" in texts(ax)
    assert any(">6" in text for text in texts(ax))


def test_an_outcome_on_another_basis_is_said_not_drawn(
    intensity: ip.Scorecard, texts: Callable[..., list[str]]
) -> None:
    one = intensity[0]
    assert one.outcome is not None
    strange = one.outcome.model_copy(update={"unit": "person"})
    verdict = {"verdict": ip.Verdict.UNDETERMINED, "reason": ip.Reason.DIFFERENT_BASIS}
    ax = plots.dumbbell([one.model_copy(update={"outcome": strange, **verdict})])
    assert any("6.58 persons in 2024" in text for text in texts(ax))
    look = VERDICTS[ip.Verdict.UNDETERMINED]
    assert points(ax, look.marker, look.colour) == []
