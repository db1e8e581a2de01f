"""Figures: what is worded is read as it is meant, alone and in a passage, and written again."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import Figure, Form
from innovation_plans import strategies as drawn

WORDED = st.tuples(st.sampled_from(["zh", "en"]), st.sampled_from(Form)).flatmap(
    lambda asked: drawn.figures(asked[0], form=asked[1])  # type: ignore[arg-type]
)


@settings(max_examples=250)
@given(WORDED)
def test_words_are_read_as_they_are_meant(worded: tuple[str, Figure]) -> None:
    text, figure = worded
    assert ip.read_figure(text) == figure


@settings(max_examples=100)
@given(WORDED)
def test_a_unit_that_fits_changes_nothing_but_the_unit(worded: tuple[str, Figure]) -> None:
    text, figure = worded
    assert figure.unit is not None
    assert ip.read_figure(text, unit=figure.unit) == figure


@settings(max_examples=100)
@given(WORDED, st.sampled_from(["zh", "en"]))
def test_what_is_read_can_be_written(worded: tuple[str, Figure], lang: str) -> None:
    figure = worded[1]
    assert ip.read_figure(ip.format_figure(figure, lang)) == figure
