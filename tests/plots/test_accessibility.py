from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from matplotlib.figure import Figure

import innovation_plans as ip
from innovation_plans import plots

from .conftest import row_names

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn(intensity: ip.Scorecard) -> str:
    return plots.svg(plots.dumbbell(intensity), prefix="one-")


def test_the_alt_text_states_kind_subject_number_counts_and_extremes(
    intensity: ip.Scorecard,
) -> None:
    text = plots.alt_text(plots.dumbbell(intensity))
    assert text.startswith("Dumbbell chart of 26 targets for R&D intensity")
    assert "3 met, 1 missed, 10 awaiting data, 1 on track, 1 off track, 10 undetermined" in text
    assert "from -1.63 percentage points (Guangxi) to +0.67 percentage points (Shenzhen)" in text


def test_the_alt_text_of_a_figure_joins_those_of_its_axes(
    intensity: ip.Scorecard, order: ip.Comparison
) -> None:
    left, right = (figure := Figure(figsize=(16, 9))).subplots(1, 2)
    plots.dumbbell(intensity, ax=left)
    plots.ranking(order, ax=right)
    assert plots.alt_text(figure) == f"{plots.alt_text(left)} {plots.alt_text(right)}"
    left.clear()
    assert plots.alt_text(figure) == plots.alt_text(right)


def test_drawing_again_replaces_the_picture(intensity: ip.Scorecard) -> None:
    ax, fresh = Figure((8, 6)).subplots(), Figure((8, 6)).subplots()
    plots.slopes(intensity.where(end_year=2025), ax=ax)
    plots.dumbbell(intensity[:2], ax=ax)
    assert plots.alt_text(ax).startswith("Dumbbell chart of 2 targets")
    plots.dumbbell(intensity[:2], ax=fresh)
    for part in ("lines", "texts", "patches"):
        assert len(getattr(ax, part)) == len(getattr(fresh, part))


@pytest.mark.parametrize("picture", [Figure(), Figure().subplots()])
def test_axes_of_other_programs_have_no_alt_text(picture: object) -> None:
    with pytest.raises(ip.MissingError, match="no description on this picture"):
        plots.alt_text(picture)  # type: ignore[arg-type]
    with pytest.raises(ip.MissingError, match="no description on this picture"):
        plots.svg(picture)  # type: ignore[arg-type]


def test_what_is_no_picture_is_an_error_that_says_what_to_pass(intensity: ip.Scorecard) -> None:
    with pytest.raises(ip.ArgumentTypeError, match=r"function of innovation_plans\.plots returned"):
        plots.alt_text(intensity)  # type: ignore[arg-type]


def test_an_svg_is_one_accessible_element(drawn: str, intensity: ip.Scorecard) -> None:
    root = ET.fromstring(drawn)  # noqa: S314 - our own text
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("lang") == "en"
    named = {
        each.get("id"): each.text for each in root if each.tag in {f"{SVG}title", f"{SVG}desc"}
    }
    assert (
        list(named) == root.get("aria-labelledby", "").split() == ["one-alt-title", "one-alt-desc"]
    )
    assert " ".join(map(str, named.values())) == plots.alt_text(plots.dumbbell(intensity))


def test_text_stays_text(drawn: str, intensity: ip.Scorecard) -> None:
    root = ET.fromstring(drawn)  # noqa: S314 - our own text
    words = {"".join(each.itertext()) for each in root.iter(f"{SVG}text")}
    assert set(row_names(intensity)) <= words
    assert "R&D intensity: targets for 2023–2035 and outcomes" in words


def test_every_id_has_the_prefix_and_every_link_leads_to_one(drawn: str) -> None:
    ids = re.findall(r'\sid="([^"]*)"', drawn)
    links = re.findall(r'href="#([^"]*)"|url\(#([^)]*)\)', drawn)
    assert len(ids) == len(set(ids)) > 20
    assert all(each.startswith("one-") for each in ids)
    assert {left or right for left, right in links} <= set(ids)


def test_an_svg_refers_to_nothing_outside(drawn: str) -> None:
    assert "<style" not in drawn  # it would apply to the whole page
    assert "<?xml" not in drawn
    assert "<!" not in drawn
    assert "http" not in re.sub(r'xmlns(?::\w+)?="[^"]*"', "", drawn)


@pytest.mark.heavy
def test_the_same_picture_gives_the_same_characters(intensity: ip.Scorecard, drawn: str) -> None:
    assert plots.svg(plots.dumbbell(intensity), prefix="one-") == drawn
    other = plots.svg(plots.dumbbell(intensity), prefix="two-")
    assert other != drawn
    assert other.replace("two-", "one-") == drawn


@pytest.mark.parametrize("prefix", ["1a", "a b", 'a"', "<", "é", "a" * 80])
def test_an_invalid_prefix_of_ids_raises_an_error(intensity: ip.Scorecard, prefix: str) -> None:
    ax = plots.dumbbell(intensity[:1])
    with pytest.raises(ip.FigureError, match="a prefix that begins with a letter"):
        plots.svg(ax, prefix=prefix)


def test_a_text_that_looks_like_an_id_is_left_alone(intensity: ip.Scorecard) -> None:
    ax = plots.dumbbell(intensity[:2], title='an id="x" and url(#y) and <b id="z">')
    root = ET.fromstring(plots.svg(ax, prefix="p-"))  # noqa: S314 - our own text
    words = {"".join(each.itertext()) for each in root.iter(f"{SVG}text")}
    assert 'an id="x" and url(#y) and <b id="z">' in words
