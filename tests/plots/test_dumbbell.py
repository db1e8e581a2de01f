from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from string import ascii_lowercase
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

import innovation_plans as ip
from innovation_plans import plots
from innovation_plans.codelists import Caveat
from innovation_plans.plots.panels import card_of, notes_on, panels_of
from innovation_plans.plots.style import VERDICTS
from innovation_plans.text.messages import word

from .conftest import row_names


def points(ax, marker: str, colour: str) -> list[tuple[float, float]]:
    return [
        (float(line.get_xdata()[0]), float(line.get_ydata()[0]))
        for line in ax.lines
        if line.get_marker() == marker and to_hex(line.get_color()) == colour
    ]


def test_every_target_has_a_row_in_the_order_of_the_card(intensity: ip.Scorecard) -> None:
    ax = plots.dumbbell(intensity, sort="region")
    names = [text.get_text() for text in ax.get_yticklabels()]
    assert names == row_names(intensity)
    assert ax.get_ylim()[0] > ax.get_ylim()[1]  # the first on top


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("gap", lambda each: (each.gap is None, -(each.gap or 0))),
        ("value", lambda each: (not each.outcome, -(each.outcome.value if each.outcome else 0))),
        ("name", lambda each: each.subject.region_en),
    ],
)
def test_rows_are_sorted(
    intensity: ip.Scorecard, sort: Any, key: Callable[[ip.Assessment], Any]
) -> None:
    names = [text.get_text() for text in plots.dumbbell(intensity, sort=sort).get_yticklabels()]
    ordered = sorted(intensity, key=key)
    assert names == row_names(ip.Scorecard(ordered, intensity.edition))


def test_ranks_are_sorted_from_the_best_gap(plans: ip.Dataset) -> None:
    one = next(each for each in ip.scorecard(plans) if each.stated.form == "rank" and each.outcome)
    rows = [one.model_copy(update={"gap": Decimal(gap)}) for gap in (2, -1, 0)]
    (panel,) = panels_of(card_of(rows))
    gaps = [each.gap for each in panel.sorted_by("gap", "en").assessments]
    assert gaps == [-1, 0, 2]  # the lowest rank is the best


def test_an_unknown_order_raises_an_error(intensity: ip.Scorecard) -> None:
    with pytest.raises(ip.ArgumentError, match="no sort 'size'; did you mean gap, value"):
        plots.dumbbell(intensity, sort="size")  # type: ignore[arg-type]


def test_outcomes_are_drawn_at_their_values_with_the_mark_of_their_verdict(
    intensity: ip.Scorecard,
) -> None:
    ax = plots.dumbbell(intensity, sort="region")
    for verdict, look in VERDICTS.items():
        expected = [
            (float(each.outcome.value), float(at))
            for at, each in enumerate(intensity)
            if each.verdict is verdict and each.outcome
        ]
        assert points(ax, look.marker, look.colour) == expected


def test_a_target_without_verdict_has_a_note_with_the_reason(
    intensity: ip.Scorecard, texts: Callable[..., list[str]]
) -> None:
    ax = plots.dumbbell(intensity, sort="region")
    notes = [note for each in intensity for note in notes_on(each)]
    marks = dict(zip(dict.fromkeys(notes), ascii_lowercase, strict=False))
    expected = [
        f"undetermined ({', '.join(marks[note] for note in notes_on(each))})"
        for each in intensity
        if each.reason and each.outcome is None
    ]
    assert expected
    shown = [text.partition(", →")[0] for text in texts(ax) if text.startswith("undetermined (")]
    assert shown == expected
    legend = [f"({mark}) {word(note, 'en')}" for note, mark in marks.items()]
    assert "; ".join(legend) in " ".join(texts(ax)).replace("\n", " ")


PICTURES = [plots.dumbbell, plots.gaps, plots.slopes, plots.tiles, plots.matrix]


@pytest.mark.parametrize("draw", PICTURES)
@pytest.mark.parametrize("doubt", [caveat for caveat in Caveat if caveat.is_doubt])
def test_what_makes_a_verdict_doubtful_is_marked(
    intensity: ip.Scorecard,
    texts: Callable[..., list[str]],
    draw: Callable[..., Axes],
    doubt: Caveat,
) -> None:
    row = next(each for each in intensity if each.verdict == "met" and each.baseline)
    plain, marked = (
        texts(draw([row.model_copy(update={"caveats": caveats})])) for caveats in ((), (doubt,))
    )
    assert not any("(a)" in text or text == "a" for text in plain)
    # beside the mark, or in the corner of the square; and with the words
    assert sum("(a)" in text or text == "a" for text in marked) == 2
    assert f"(a) {word(doubt, 'en')}" in " ".join(marked).replace("\n", " ")


def test_starts_are_drawn_if_they_are_of_the_same_kind(plans: ip.Dataset) -> None:
    growth = ip.scorecard(plans, indicator="rd_expenditure", period="14th", region="HB")
    assert growth[0].baseline is not None  # a level, which an axis of growth cannot show
    ax = plots.dumbbell(growth)
    assert "start" not in [text.get_text() for text in ax.figure.legends[0].get_texts()]


def test_amounts_of_yuan_are_drawn_in_one_unit(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, indicator="rd_expenditure", period="14th")
    one = next(each for each in card if each.stated.form == "level" and each.outcome)
    assert one.stated.unit == "CNY_100M"
    stated = one.stated.model_copy(update={"unit": "CNY_1B", "value": one.stated.value / 10})
    ax = plots.dumbbell([one, one.model_copy(update={"stated": stated})])
    assert ax.get_xlabel() == "R&D expenditure, billion yuan"
    targets = [line for line in ax.lines if line.get_markersize() == 13]
    places = [float(line.get_xdata()[0]) for line in targets]
    assert places == [float(one.stated.value / 10)] * 2


def test_ranks_are_drawn_with_the_best_at_the_right(plans: ip.Dataset) -> None:
    card = [each for each in ip.scorecard(plans) if each.stated.form == "rank"]
    one = [each for each in card if each.subject.indicator == card[0].subject.indicator]
    left, right = plots.dumbbell(one).get_xlim()
    assert left > right
    assert right == 0.5


def test_every_bound_on_a_rank_points_to_the_best(plans: ip.Dataset) -> None:
    (one, *_) = (each for each in ip.scorecard(plans) if each.stated.form == "rank")
    marks = []
    for comparator in ("at_least", "at_most", "reach"):
        stated = one.stated.model_copy(update={"comparator": ip.Comparator(comparator)})
        ax = plots.dumbbell([one.model_copy(update={"stated": stated})])
        (mark,) = (line.get_marker() for line in ax.lines if line.get_markersize() == 13)
        marks.append(mark.vertices.tolist())
    assert marks[0] == marks[1] != marks[2]


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
    assert "bound: open to this side" in texts(ax)
    assert "bound: open to this side" not in texts(plots.dumbbell([one]))
    assert any(">6" in text for text in texts(ax))


def test_the_years_of_an_outcome_are_named_once(
    plans: ip.Dataset, texts: Callable[..., list[str]]
) -> None:
    card = ip.scorecard(plans, indicator="rd_expenditure", period="14th", region="GD")
    shown = texts(plots.dumbbell(card))
    assert "missed (a), 8.98 → 10" in shown
    assert sum("2021–2025" in text for text in shown) == 1


def test_an_outcome_on_another_basis_is_noted_and_not_drawn(
    intensity: ip.Scorecard, texts: Callable[..., list[str]]
) -> None:
    one = intensity[0]
    assert one.outcome is not None
    strange = one.outcome.model_copy(update={"unit": "person"})
    verdict = {"verdict": ip.Verdict.UNDETERMINED, "reason": ip.Reason.DIFFERENT_BASIS}
    ax = plots.dumbbell([one.model_copy(update={"outcome": strange, **verdict})])
    assert any("6.58 persons (2024) → " in text for text in texts(ax))
    look = VERDICTS[ip.Verdict.UNDETERMINED]
    assert points(ax, look.marker, look.colour) == []
