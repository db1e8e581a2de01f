"""The map of provinces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.plots.grid import fill_of
from innovation_plans.plots.style import FILLS, RAMP
from innovation_plans.plots.tilegrid import TILES
from innovation_plans.plots.tiles import classes
from innovation_plans.text.messages import Language, say

Squares = Callable[[Axes], Counter[str]]


def test_tiles_by_verdict(
    intensity: ip.Scorecard, texts: Callable[..., list[str]], squares: Squares
) -> None:
    ax = plots.tiles(intensity)
    inside = [each for each in intensity if each.subject.region in TILES]
    expected = Counter(fill_of(each.verdict) for each in inside)
    expected[FILLS["empty"]] = 31 - len({each.subject.region for each in inside})
    assert squares(ax) == expected
    shown = texts(ax)
    names = {ip.load().region(code).name_en.replace(" ", "\n") for code in TILES}
    assert names <= set(shown)
    assert any("not on the map: Dalian, Nanjing" in text.replace("\n", " ") for text in shown)
    assert "no target in the data" in shown


def test_tiles_without_a_target_are_told_apart_by_a_dataset(
    plans: ip.Dataset, texts: Callable[..., list[str]]
) -> None:
    card = ip.scorecard(plans, indicator="rd_intensity", period="14th", end_year=2025)
    shown = texts(plots.tiles(card, plans=plans))
    states = {"target of another year or plan", "read in part, no target found",
              "plan known, not read"}  # fmt: skip
    assert states <= set(shown)
    assert "no target in the data" not in shown
    assert "2020" in shown  # the latest year for which the province has a target


def test_annual_goals_are_told_apart_from_targets_of_other_plans(
    plans: ip.Dataset, intensity: ip.Scorecard, texts: Callable[..., list[str]]
) -> None:
    card = intensity.filter(lambda each: each.stated.end_year == 2025)
    wide, narrow = (
        texts(plots.tiles(card, plans=plans, figsize=size)) for size in (None, (3.35, None))
    )
    assert {"annual goal only", "target of another year or plan"} <= {*wide} & {*narrow}
    assert {"2027–2030", "2024–2026"} <= {
        *wide
    }  # Zhejiang has annual goals too, which are not shown
    assert {"27–30", "24–26"} <= {*narrow}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_map_with_codes_says_what_they_are(
    intensity: ip.Scorecard, texts: Callable[..., list[str]], lang: Language
) -> None:
    note = say("tiles.codes", lang)
    narrow = texts(plots.tiles(intensity, lang=lang, figsize=(60 / 25.4, None)))
    assert ("HL" in narrow) is any(note in text.replace("\n", " ") for text in narrow)
    assert not any(note in text for text in texts(plots.tiles(intensity, lang=lang)))


def test_the_source_line_of_numbers_names_publishers(
    plans: ip.Dataset, order: ip.Comparison, texts: Callable[..., list[str]]
) -> None:
    outcomes = plans.observations.where(indicator="rd_intensity", year=2022, form="level")
    for data, first in ((outcomes, "National Bureau of Statistics; Ministry"), (order, "")):
        shown = " ".join(texts(plots.tiles(data))).replace("\n", " ")
        assert f"Source: {first}" in shown
        assert "Source: innovation_plans" not in shown
        assert "(innovation_plans, data" in shown


def test_names_that_do_not_fit_are_letters(
    intensity: ip.Scorecard, texts: Callable[..., list[str]]
) -> None:
    figure = Figure(figsize=(3.4, 5))
    shown = texts(plots.tiles(intensity, ax=figure.subplots()))
    assert {"HL", "GD"} <= set(shown)
    assert "Heilongjiang" not in shown


def test_tiles_by_number(
    plans: ip.Dataset, texts: Callable[..., list[str]], squares: Squares
) -> None:
    table = plans.observations.where(indicator="rd_intensity", year=2022, form="level")
    ax = plots.tiles(table)
    assert sum(squares(ax).values()) == 31
    assert set(squares(ax)) == set(RAMP)
    beijing = table.where(region="BJ").latest()
    assert str(beijing.value) in texts(ax)


def test_the_unit_of_a_map_is_that_of_the_provinces(
    plans: ip.Dataset, texts: Callable[..., list[str]]
) -> None:
    """Not that of the nation, which has no square: 3.3 trillion yuan."""
    table = plans.observations.where(indicator="rd_expenditure", year=2023, form="level")
    assert "研发经费支出，2023年（亿元）" in texts(plots.tiles(table, lang="zh"))
    assert "中国" not in texts(plots.tiles(table, lang="zh"))


def test_tiles_of_a_comparison(
    order: ip.Comparison, texts: Callable[..., list[str]], squares: Squares
) -> None:
    ax = plots.tiles(order)
    inside = [row for row in order if row.region in TILES]
    assert squares(ax)[FILLS["empty"]] == 31 - len(inside)
    assert "≈4.5" in texts(ax)


def test_tiles_need_one_figure_per_province(plans: ip.Dataset, guangdong: ip.Scorecard) -> None:
    with pytest.raises(ip.AmbiguousError, match="one indicator"):
        plots.tiles(guangdong)
    seen = plans.observations.where(indicator="rd_intensity")
    with pytest.raises(ip.AmbiguousError, match=r"expected one year.*where\(year=…\)"):
        plots.tiles(seen)
    with pytest.raises(ip.AmbiguousError, match="one indicator"):
        plots.tiles(plans.observations)
    with pytest.raises(plots.PictureError, match="no observations to draw"):
        plots.tiles(seen[:0])
    twice = ip.compare(plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th"))
    with pytest.raises(ip.AmbiguousError, match=r"expected one figure of \S+, found 2"):
        plots.tiles(ip.Comparison([*twice, twice[0]], twice.shared))


def test_the_hint_for_several_figures_of_a_province_solves_it(every_tier: ip.Dataset) -> None:
    targets = every_tier.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    with pytest.raises(ip.AmbiguousError, match=r"select\(\)\.kept"):
        plots.tiles(ip.compare(targets))
    plots.tiles(ip.compare(targets.select().kept))


def test_every_value_is_in_one_class() -> None:
    values = [float(each % 17) for each in range(60)]
    ranges = classes(values)
    assert len(ranges) == 5
    assert all(sum(low <= value <= high for low, high in ranges) == 1 for value in values)


def test_provinces_that_were_not_asked_for_are_told_apart(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, within="CN-EAST", indicator="rd_intensity", period="14th")
    ax = ip.plots.tiles(card.where(end_year=2025), plans=plans)
    assert "not in this selection" in _texts(ax)
    whole = ip.plots.tiles(
        ip.scorecard(plans, indicator="rd_intensity", period="14th").where(end_year=2025),
        plans=plans,
    )
    assert "not in this selection" not in _texts(whole)


def test_a_dataset_may_lack_provinces(world: Callable[..., Path]) -> None:
    ours = ip.load(world({}), tiers="ABC")
    card = ip.scorecard(ours, indicator="widget_share")
    assert "not in this selection" in _texts(ip.plots.tiles(list(card), plans=ours))


def _texts(ax: Axes) -> str:
    return " ".join(text.get_text() for text in ax.figure.findobj(Text))
