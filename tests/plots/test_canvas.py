"""The figure or axes of a picture: size, layout, and what is not changed."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.plots.canvas import Picture
from innovation_plans.plots.panels import source_line, source_of

from .write_baselines import scenes


def test_settings_of_the_caller_have_no_effect(intensity: ip.Scorecard) -> None:
    from matplotlib import rc_context

    plain = plots.dumbbell(intensity[:4])
    settings = {
        "figure.constrained_layout.use": True, "axes.facecolor": "red", "axes.grid": True,
        "font.size": 30, "font.family": ["serif"], "figure.facecolor": "black",
        "svg.fonttype": "path", "savefig.bbox": "tight", "xtick.labelsize": 40,
    }  # fmt: skip
    with rc_context(settings):
        other = plots.dumbbell(intensity[:4])
        assert plots.svg(other) == plots.svg(plain)


def test_only_the_passed_axes_are_drawn_on(intensity: ip.Scorecard, plans: ip.Dataset) -> None:
    figure = Figure(figsize=(9, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    before = (tuple(figure.get_size_inches()), figure.get_layout_engine(), right.get_children())
    assert plots.dumbbell(intensity[:5], ax=left) is left
    assert (tuple(figure.get_size_inches()), figure.get_layout_engine()) == before[:2]
    assert right.get_children() == before[2]
    assert figure.texts == figure.legends == []
    label = left.get_xlabel()
    assert label.startswith("R&D intensity, %\n")
    assert "Source: National Bureau of Statistics; " in label
    assert f"data edition {plans.edition}" in label.replace("\n", " ")
    plots.path(intensity[0], plans, ax=right)
    figure.draw_without_rendering()


@pytest.mark.parametrize("draw", [plots.dumbbell, plots.gaps, plots.slopes])
def test_a_figure_without_a_layout_does_not_cut_the_texts(
    intensity: ip.Scorecard, draw: Callable[..., Axes]
) -> None:
    figure = Figure(figsize=(6.4, 4.8))
    due = intensity.filter(lambda each: each.outcome is not None and each.baseline is not None)
    ax = draw(due[:6], ax=figure.subplots())
    figure.draw_without_rendering()
    box = ax.get_tightbbox()
    assert box is not None
    assert figure.bbox.x0 <= box.x0 < box.x1 <= figure.bbox.x1
    assert figure.bbox.y0 <= box.y0 < box.y1 <= figure.bbox.y1


def test_on_a_dark_background_the_text_is_light(intensity: ip.Scorecard) -> None:
    figure = Figure(facecolor="#202020")
    ax = plots.dumbbell(intensity[:3], ax=figure.subplots())
    assert {text.get_color() for text in ax.get_yticklabels()} == {"#f2f2f2"}


def test_the_width_and_the_height_can_be_chosen(intensity: ip.Scorecard) -> None:
    narrow = plots.dumbbell(intensity[:4], figsize=(3.4, None)).figure
    assert narrow.get_figwidth() == 3.4
    fixed = plots.dumbbell(intensity[:4], figsize=(6, 5)).figure
    assert tuple(fixed.get_size_inches()) == (6, 5)
    ax = Figure().subplots()
    with pytest.raises(plots.PictureError, match="expected ax or figsize, found both"):
        plots.dumbbell(intensity[:4], figsize=(6, 5), ax=ax)


@pytest.mark.parametrize("scene", ["dumbbell", "lines", "path", "ranking", "tiles", "coverage"])
def test_axes_are_rectangular(scene: str) -> None:
    figure = Figure()
    for ax, text in (
        (figure, "found Figure"),
        (figure.subplots(subplot_kw={"projection": "polar"}), "found polar axes"),
    ):
        with pytest.raises(ip.InnovationPlansError, match=f"ax: expected .*axes.*, {text}"):
            scenes()[scene](ax=ax)


@pytest.mark.parametrize(
    "scene", ["dumbbell", "gaps", "lines", "slopes", "path", "ranking", "tiles"]
)
def test_without_labels_only_marks_are_drawn(scene: str) -> None:
    with_labels, without = (
        [text for text in scenes()[scene](labels=labels).texts if text.get_visible()]
        for labels in (True, False)
    )
    assert len(without) < len(with_labels)
    if scene in {"dumbbell", "gaps", "lines", "slopes", "path"}:
        assert [text.get_text() for text in without if text.get_text() != "%"] in (
            [],
            ["R&D intensity, %"],
            ["R&D expenditure, billion yuan"],
        )


def test_lines_without_names_have_them_in_the_legend() -> None:
    entries = scenes()["lines"](labels=False).figure.legends[0].get_texts()
    assert "Guangdong" in [text.get_text() for text in entries]


@pytest.mark.parametrize("scene", scenes())
def test_no_mark_is_cut_at_the_end_of_the_axes(scene: str) -> None:
    ax = scenes()[scene](figsize=(85 / 25.4, None))
    assert not any(line.get_clip_on() for line in ax.lines if line.get_marker() not in {"", "None"})


def test_the_source_line_names_publishers(intensity: ip.Scorecard, plans: ip.Dataset) -> None:
    notes = plots.dumbbell(intensity[:4], plans=plans).figure.texts[0].get_text()
    assert "Source: National Bureau of Statistics; Ministry of Science" in notes.replace("\n", " ")


def test_the_issuing_office_is_named_before_copies(plans: ip.Dataset) -> None:
    source = source_of(ip.scorecard(plans, region="AH"), "en", plans)
    assert source.startswith("Source: People's Government of Anhui Province; unnamed site")


def test_publishers_are_in_the_order_of_their_records_national_offices_first(
    plans: ip.Dataset,
) -> None:
    spending = plans.observations.where(indicator="rd_expenditure", year=2023, form="level")
    source = plots.tiles(spending, plans=plans, lang="zh").figure.texts[0].get_text()
    assert "来源：国家统计局、科学技术部，发布时间截至2024" in source.replace("\n", "")
    keys = [
        *(f"{at}@wb-ny-gdp-mktp-cn" for at in range(3)),
        "4@nbs-rdbull-2023",
        "5@nbs-rdbull-2022",
    ]
    assert source_line("", keys, "en", plans).startswith("Source: World Bank; National Bureau")
    assert source_line("", keys[:2] + keys[3:], "en", plans).startswith("Source: National Bureau")


def test_a_source_line_without_a_dataset_is_that_of_the_edition_of_the_result(
    intensity: ip.Scorecard, plans: ip.Dataset
) -> None:
    assert source_of(intensity, "en", None) == source_of(intensity, "en", plans)
    own = ip.Scorecard(intensity, "our own")
    assert source_of(own, "en", None).startswith("Source: innovation_plans, data edition our own")


def test_publishers_are_named_in_the_language(intensity: ip.Scorecard, plans: ip.Dataset) -> None:
    notes = plots.dumbbell(intensity[:4], plans=plans, lang="zh").figure.texts[0].get_text()
    assert "来源：国家统计局、科学技术部" in notes.replace("\n", "")


def test_an_own_title_is_wrapped(intensity: ip.Scorecard) -> None:
    ax = plots.dumbbell(intensity, title="word " * 40)
    lines = ax.figure.legends[0].get_title().get_text().split("\n")
    assert len(lines) > 1
    assert " ".join(lines) == ("word " * 40).strip()


@pytest.mark.filterwarnings("ignore::innovation_plans.plots.MissingFontWarning")
@pytest.mark.parametrize("width", range(30, 200, 10))
def test_no_line_begins_with_a_punctuation_mark(width: int) -> None:
    text = "来源：国家统计局等（另1个）（innovation_plans，数据版本2026.12，30条记录）"
    lines = Picture(None, "zh").wrapped(text, width)
    assert "".join(lines) == text
    assert not [line for line in lines if line[0] in "，：）"]


@pytest.mark.parametrize(
    "draw", [plots.dumbbell, plots.gaps, plots.matrix, plots.slopes, plots.tiles]
)
def test_one_of_a_kind_is_singular(
    intensity: ip.Scorecard, draw: Callable[..., Axes], texts: Callable[[Axes], list[str]]
) -> None:
    ax = draw([next(each for each in intensity if each.verdict == "met" and each.baseline)])
    shown = " ".join([*texts(ax), plots.alt_text(ax)])
    assert not re.search(r"\b1 (targets|records|regions|indicators|provinces|figures)\b", shown)


def test_a_figure_pickles(intensity: ip.Scorecard) -> None:
    ax = plots.dumbbell(intensity[:3])
    again = pickle.loads(pickle.dumps(ax.figure))  # noqa: S301 - our own bytes
    assert plots.alt_text(again) == plots.alt_text(ax)


def test_several_panels_do_not_go_into_one_axes(guangdong: ip.Scorecard) -> None:
    ax = Figure().subplots()
    with pytest.raises(ip.AmbiguousError, match=r"one panel.*leave ax out"):
        plots.dumbbell(guangdong, ax=ax)


@pytest.mark.heavy
@pytest.mark.parametrize("count", [1, 5, 300])
def test_the_height_of_a_figure_grows_with_its_rows(intensity: ip.Scorecard, count: int) -> None:
    many = [
        intensity[at % len(intensity)].model_copy(update={"target": f"x@s{at}"})
        for at in range(count)
    ]
    ax = plots.dumbbell(many)
    ax.figure.draw_without_rendering()
    rows = ax.get_position().height * ax.figure.get_figheight()
    assert rows == pytest.approx(0.27 * (count + 0.4), rel=0.01)


def test_the_error_of_too_many_rows_states_what_to_do(intensity: ip.Scorecard) -> None:
    many = [intensity[0]] * (plots.MOST_ROWS + 1)
    with pytest.raises(plots.PictureError, match=r"at most 500 targets .* found 501; filter them"):
        plots.dumbbell(many)


def test_too_many_panels_raise_an_error(plans: ip.Dataset) -> None:
    with pytest.raises(plots.PictureError, match=r"at most 60 panels .* found \d+; filter them"):
        plots.dumbbell(ip.scorecard(plans, period="14th"))


def test_an_empty_card_raises_an_error(plans: ip.Dataset) -> None:
    with pytest.raises(plots.PictureError, match="no targets to draw"):
        plots.dumbbell([])


def test_the_lines_of_a_title_are_of_about_equal_widths(intensity: ip.Scorecard) -> None:
    title = "Ten provinces have published what they spent on research in 2025"
    figure = plots.dumbbell(intensity[:3], title=title, figsize=(85 / 25.4, None)).figure
    lines = figure.legends[0].get_title().get_text().split("\n")
    assert " ".join(lines) == title
    assert min(map(len, lines)) > 0.6 * max(map(len, lines))


def test_every_note_has_its_own_letter() -> None:
    notes = list(dict.fromkeys([*ip.codelists.Reason, *ip.codelists.Caveat]))
    letters = Picture(None, "en").letters_of(notes)
    assert len(notes) > 52
    assert len(set(letters)) == len(notes)
    assert letters[:2] == ["a", "b"]
    assert letters[26:28] == ["aa", "bb"]
