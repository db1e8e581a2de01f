"""No text of a picture overlaps another or is cut off, at the widths of a page and of a screen."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import innovation_plans as ip
from innovation_plans import plots

from .write_baselines import LANGUAGES, more_scenes, scenes

WIDTHS = {"85 mm": 85 / 25.4, "170 mm": 170 / 25.4, "screen": None}
SLACK = 1.0  # dots: boxes of texts that touch are not overlaps


def boxes(figure: Figure) -> dict[str, Bbox]:
    """The boxes of all visible texts, with their words, and of all legends."""
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    found: dict[str, Bbox] = {}
    for artist in _visible(figure):
        words = "legend" if isinstance(artist, Legend) else artist.get_text().strip()
        box = artist.get_window_extent(renderer)
        if words and box.width > 0 and box.height > 0:
            found[f"{words} #{len(found)}"] = box
    return found


def _visible(artist: Any) -> list[Any]:
    """The texts and legends below an artist; the parts of a legend are not looked at."""
    found = []
    for child in _children(artist):
        if not child.get_visible():
            continue
        if isinstance(child, Text | Legend):
            found.append(child)
        else:
            found += _visible(child)
    return found


def _children(artist: Any) -> list[Any]:
    """The children of an artist; of an axis, without the ticks beyond its ends."""
    if not isinstance(artist, Axis):
        return list(artist.get_children())
    low, high = sorted(artist.get_view_interval())
    ticks = [tick for tick in artist.get_major_ticks() if low <= tick.get_loc() <= high]
    return [artist.label, *ticks]


def overlaps(found: dict[str, Bbox], slack: float = SLACK) -> list[tuple[str, str]]:
    """The pairs of texts that overlap."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(found.items(), 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack
    ]


def cut_off(found: dict[str, Bbox], figure: Figure) -> list[str]:
    """The texts that are not wholly on the figure."""
    width, height = figure.bbox.width, figure.bbox.height
    return [
        words
        for words, box in found.items()
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
    ]


@pytest.mark.pictures
@pytest.mark.filterwarnings("ignore::innovation_plans.plots.MissingFontWarning")
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scene", [*scenes(), *more_scenes()])
def test_nothing_overlaps_and_nothing_is_cut_off(scene: str, lang: str, width: str) -> None:
    size = WIDTHS[width]
    draw = {**scenes(), **more_scenes()}[scene]
    figure = draw(lang=lang, figsize=size and (size, None)).figure
    assert size is None or figure.get_figwidth() == size
    for dots in (72, 100, 220):
        figure.set_dpi(dots)
        found = boxes(figure)
        assert len(found) > 5
        assert overlaps(found) == []
        assert cut_off(found, figure) == []


@pytest.mark.pictures
@pytest.mark.filterwarnings("ignore::innovation_plans.plots.MissingFontWarning")
@pytest.mark.parametrize("size", [(7, 5), (5, 3.6), (3.35, 3)])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scene", [*scenes(), "verdict-tiles", "growth", "many", "all-slopes"])
def test_texts_do_not_overlap_on_given_axes_or_the_axes_are_refused(
    scene: str, lang: str, size: tuple[float, float]
) -> None:
    figure = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(figure)
    try:
        {**scenes(), **more_scenes()}[scene](lang=lang, ax=figure.subplots())
    except plots.PictureError as error:
        assert "make the figure larger" in str(error)  # noqa: PT017 - one of two results
    else:
        assert overlaps(boxes(figure), slack=3.0) == []


@pytest.mark.pictures
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scene", [*scenes(), *more_scenes()])
def test_every_text_of_a_column_can_be_read(scene: str, lang: str) -> None:
    figure = {**scenes(), **more_scenes()}[scene](lang=lang, figsize=(85 / 25.4, None)).figure
    figure.draw_without_rendering()
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    assert min(text.get_fontsize() for text in texts) >= 5.5  # points


def test_axes_that_are_too_small_are_refused(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, period="14th", region=["GD", "JS", "SH"])
    with pytest.raises(plots.PictureError, match=r"texts overlap; make the figure larger"):
        plots.matrix(card, ax=Figure(figsize=(7, 5)).subplots())
    with pytest.raises(plots.PictureError, match=r"texts overlap; make the figure larger"):
        plots.matrix(card, figsize=(7, 4))


@pytest.mark.parametrize("size", [(1, 0.7), (2.5, 0.5), (0.4, 4)])
def test_a_figure_without_space_for_the_marks_is_refused(
    intensity: ip.Scorecard, size: tuple[float, float]
) -> None:
    """By an error of this package, not by a warning of matplotlib."""
    message = r"found \d\.\d by \d\.\d inches, where .*texts .*; make the figure larger"
    with pytest.raises(plots.PictureError, match=message):
        plots.dumbbell(intensity[:4], ax=Figure(figsize=size, layout="constrained").subplots())
    with pytest.raises(plots.PictureError, match=message):
        plots.dumbbell(intensity[:4], figsize=size)


def test_an_overlap_and_a_cut_are_detected(intensity: ip.Scorecard) -> None:
    ax = plots.dumbbell(intensity[:3])
    ax.annotate("over the name", (0, 0), xycoords=("axes fraction", "data"), xytext=(-30, 0),
                textcoords="offset points")  # fmt: skip
    ax.figure.text(0.99, 0.5, "beyond the edge").set_in_layout(False)
    found = boxes(ax.figure)
    assert any("over the name" in words for pair in overlaps(found) for words in pair)
    assert any("beyond the edge" in words for words in cut_off(found, ax.figure))
