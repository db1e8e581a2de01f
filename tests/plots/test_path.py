from __future__ import annotations

from collections.abc import Callable

import pytest

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.plots.trajectory import trajectory_of


@pytest.fixture
def chongqing(plans: ip.Dataset) -> ip.Target:
    return plans.targets.where(region="CQ", indicator="rd_intensity", period="14th").one()


def lines(ax) -> list[tuple[list[float], list[float], str]]:
    return [
        (
            list(map(float, line.get_xdata())),
            list(map(float, line.get_ydata())),
            line.get_linestyle(),
        )
        for line in ax.lines
        if len(line.get_xdata()) > 1 and line.get_linewidth() < 5
    ]


def test_the_series_has_the_preferred_figure_of_each_year(
    plans: ip.Dataset, chongqing: ip.Target, texts: Callable[..., list[str]]
) -> None:
    trajectory = trajectory_of(chongqing, plans, ip.assess(chongqing, plans))
    by_year = {each.year: (str(each.value), each.vintage) for each in trajectory.series}
    assert by_year[2023] == ("2.44", "revised_2025")
    assert [str(each.value) for each in trajectory.others if each.year == 2023] == ["2.48"]
    ax = plots.path(chongqing, plans)
    pieces = [
        ([float(each.year) for each in piece], [float(each.value) for each in piece])
        for piece in (trajectory.series[:-2], trajectory.series[-2:])
    ]
    drawn = [(years, values) for years, values, _ in lines(ax)]
    assert [piece for piece in drawn if piece in pieces] == pieces  # a gap before the revision
    assert any("gap before 2023" in text for text in texts(ax))


def test_what_is_still_required_is_dashed_from_the_last_figure(
    plans: ip.Dataset, chongqing: ip.Target
) -> None:
    required = [each for each in lines(plots.path(chongqing, plans)) if each[0][-1] == 2025]
    (whole, dashed) = sorted(required, key=lambda each: each[0])
    assert (whole[0][0], whole[0][-1], whole[2]) == (2020, 2025, "-")
    assert (dashed[0], dashed[2]) == ([2024, 2025], "--")
    one = ip.assess(chongqing, plans).one_vintage
    assert one is not None
    start, now = float(one.start), float(one.outcome)
    assert whole[1][-2:] == pytest.approx([start + (2.6 - start) * 0.8, 2.6])
    assert dashed[1] == pytest.approx([now, 2.6])  # from the outcome, not from the required path


def test_the_series_that_the_pace_is_computed_on_is_drawn(
    plans: ip.Dataset, chongqing: ip.Target, texts: Callable[..., list[str]]
) -> None:
    one = ip.assess(chongqing, plans).one_vintage
    assert one is not None
    ax = plots.path(chongqing, plans)
    ends = [float(one.start), float(one.outcome)]
    (series,) = [each for each in lines(ax) if each[1][:: len(each[1]) - 1] == pytest.approx(ends)]
    assert series[0] == [2020, 2021, 2022, 2023, 2024]
    shown = texts(ax)
    assert {"observed, as printed", "on one vintage, for the pace", "2.09"} <= {*shown}
    assert any("one vintage of the statistics: revised after" in text for text in shown)
    hubei = plans.targets.where(region="HB", indicator="rd_expenditure", period="14th").one()
    assert "observed" in texts(plots.path(hubei, plans))


@pytest.mark.parametrize("verdict", ["met", "missed"])
def test_nothing_is_still_required_of_a_decided_target(plans: ip.Dataset, verdict: str) -> None:
    card = ip.scorecard(plans, indicator="rd_intensity")
    decided = next(each for each in card if each.verdict == verdict)
    assert not [each for each in lines(plots.path(decided, plans)) if each[2] == "--"]


def test_growth_is_shown_as_the_level_it_implies(plans: ip.Dataset) -> None:
    target = plans.targets.where(region="HB", indicator="rd_expenditure", period="14th").one()
    trajectory = trajectory_of(target, plans, ip.assess(target, plans))
    assert trajectory.implied
    assert float(trajectory.goal.value) == pytest.approx(1005.3 * 1.14**5)
    assert trajectory.required[0][0] == 2020
    labels = [text.get_text() for text in plots.path(target, plans).texts]
    assert "R&D expenditure, billion yuan" in labels
    assert any(label.endswith("\n= 193.56") for label in labels)


@pytest.mark.parametrize("form", list(ip.Form))
def test_every_form_is_drawn(plans: ip.Dataset, form: ip.Form) -> None:
    targets = [each for each in plans.targets if each.form is form]
    step = max(1, len(targets) // 4)
    for target in targets[::step]:
        ax = plots.path(target, plans)
        assert plots.alt_text(ax).startswith("Line chart of")
        assert ax.get_ylim()[0] != ax.get_ylim()[1]


def test_a_target_of_a_part_shows_no_series_of_the_whole(plans: ip.Dataset) -> None:
    target = next(each for each in plans.targets if each.breakdown)
    trajectory = trajectory_of(target, plans, ip.assess(target, plans))
    assert trajectory.series == trajectory.others == ()
    texts = [text.get_text() for text in plots.path(target, plans).figure.texts]
    assert any("the target only a part" in text for text in texts)


def test_an_assessment_is_drawn_like_its_target(plans: ip.Dataset, chongqing: ip.Target) -> None:
    verdict = ip.assess(chongqing, plans)
    assert plots.alt_text(plots.path(verdict, plans)) == plots.alt_text(
        plots.path(chongqing, plans)
    )


def test_an_assessment_of_another_dataset_raises_an_error(
    plans: ip.Dataset, chongqing: ip.Target
) -> None:
    verdict = ip.assess(chongqing, plans).model_copy(
        update={"target": "no/such/target/2025@source"}
    )
    with pytest.raises(ip.MissingError, match="no record with the key"):
        plots.path(verdict, plans)


def test_the_outcome_of_a_part_is_within_the_axes(plans: ip.Dataset) -> None:
    """It is in no series, which covers the whole, and far above the target."""
    fostered = plans.targets.where(region="CN-GS", indicator="specialised_smes", scope="fostered")
    ax = plots.path(fostered.one(), plans)
    assert ax.get_ylim()[1] > 322


def test_a_bound_among_other_figures_is_in_the_legend(
    every_tier: ip.Dataset, texts: Callable[..., list[str]]
) -> None:
    target = every_tier.targets.where(
        region="JX", indicator="invention_patents_per_10k", period="13th"
    ).one()
    assert "bound: open to this side" in texts(plots.path(target, every_tier))


def test_an_invalid_target_raises_an_error(plans: ip.Dataset) -> None:
    with pytest.raises(plots.PictureError, match="expected a target or an assessment, found str"):
        plots.path("rd_intensity", plans)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "when"),
    [
        (
            "CN-HB-14-sti/rd_expenditure/average_growth/2025",
            "average annual growth of 14% in 2021–2025",
        ),
        ("CN-FJ-14-action/digital_economy_core_gdp_share/increment/2025", "points over 2021–2025"),
    ],
)
def test_a_title_names_the_years_of_a_change(
    plans: ip.Dataset, texts: Callable[..., list[str]], target: str, when: str
) -> None:
    goal = next(each for each in plans.targets if each.key.startswith(target))
    assert when in " ".join(texts(plots.path(goal, plans))).replace("\n", " ")


def test_the_outcome_is_named_with_its_verdict(
    plans: ip.Dataset, chongqing: ip.Target, texts: Callable[..., list[str]]
) -> None:
    ax = plots.path(chongqing, plans)
    shown = [text.replace("\n", " ") for text in texts(ax)]
    assert "Chongqing, R&D intensity: 2.6% by 2025 – no figure yet; latest 2024" in shown
    assert {
        "2.09",
        "2.48",
        "target: 2.6%",
        "latest, awaiting data",
        "required path",
        "still required",
        "observed, as printed",
    } <= {*shown}


def test_a_redefined_series_is_drawn_with_a_break(plans: ip.Dataset, chongqing: ip.Target) -> None:
    name = f"{chongqing.region.code}/rd_intensity/level"
    series = plans.observations.series(name)
    broken = plans.extend(
        observations=[
            each.model_copy(update={"status": ip.Status.BREAK}) if each.year == 2018 else each
            for each in series
        ],
        on_conflict="replace",
    )
    ax = plots.path(chongqing, broken)
    starts = [years[0] for years, _, style in lines(ax) if style == "-"]
    assert 2018 in starts
    assert any("redefined in 2018" in text.get_text() for text in ax.figure.texts)


def test_nothing_is_still_required_of_a_series_beyond_its_target(plans: ip.Dataset) -> None:
    target = plans.targets.where(region="BJ", indicator="rd_intensity", period="14th").one()
    last = plans.observations.series("CN-BJ/rd_intensity/level")[-1]
    assert last.value > target.value
    entries = [text.get_text() for text in plots.path(target, plans).figure.legends[0].get_texts()]
    assert "required path" in entries
    assert "still required" not in entries


@pytest.mark.parametrize("width", [85 / 25.4, 7.5])
def test_the_target_year_has_a_label(plans: ip.Dataset, width: float) -> None:
    for code, indicator in (("HB", "rd_expenditure"), ("CQ", "rd_intensity")):
        target = plans.targets.where(region=code, indicator=indicator, period="14th").one()
        ax = plots.path(target, plans, figsize=(width, None))
        assert ax.get_xticklabels()[-1].get_text() == str(target.end_year)
