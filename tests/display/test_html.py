"""Floor 1: tables as HTML: nothing runs, nothing is fetched, no more than a reader takes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innovation_plans.text.tables import HTML_ROWS, Sheet, facts_html, html

HOSTILE = [
    "<script>alert(1)</script>",
    "</td></table><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x=\'',
    "&lt;b&gt;",
    "<!-- -->",
    "]]>",
    "<b>R&D</b>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_wherever_it_stands(text, page_of):
    page = page_of(html([text, "b"], [["a", text], [text, ""]], caption=text))
    assert page.caption == text
    assert page.rows == [[text, "b"], ["a", text], [text, ""]]


@pytest.mark.parametrize("cell", ["a\x1b[31mb", "a\u202eb", "a\0b", "one\ntwo", "a\ud800b"])
def test_what_cannot_be_seen_has_a_mark(cell, page_of):
    (row,) = page_of(html([], [[cell]])).rows
    assert row[0].isprintable()
    assert "\ufffd" in row[0]


@pytest.mark.parametrize("count", [0, 1, HTML_ROWS - 1, HTML_ROWS])
def test_a_short_table_is_whole(count, page_of):
    page = page_of(html(["n"], [[str(n)] for n in range(count)]))
    assert page.rows == [["n"], *([str(n)] for n in range(count))]


def test_a_long_table_says_how_many_rows_are_not_shown(page_of):
    page = page_of(html(["n", "m"], [[str(n), ""] for n in range(1000)]))
    assert page.rows[1:-1] == [[str(n), ""] for n in range(HTML_ROWS)]
    assert page.rows[-1] == [f"… and {1000 - HTML_ROWS} more"]


def test_rows_that_were_not_made_are_counted(page_of):
    page = page_of(Sheet(("n",), [("1",)]).html("numbers", total=12_345))
    assert page.rows[-1] == ["… and 12344 more"]


def test_an_empty_table_has_its_header_and_caption(page_of):
    page = page_of(Sheet(("region", "value"), []).html("none"))
    assert (page.caption, page.rows) == ("none", [["region", "value"]])


def test_columns_go_to_their_sides_and_heads_have_a_scope():
    text = html(["a", "b"], [["1", "2"]], right=[1])
    assert text.count("text-align:right") == 2
    assert text.count('scope="col"') == 2
    assert facts_html("x", [("a", "1"), ("b", "2")]).count('scope="row"') == 2


def test_facts_without_a_word_are_left_out(page_of):
    page = page_of(facts_html("x", [("a", "1"), ("b", ""), ("c", "2")]))
    assert page.rows == [["a", "1"], ["c", "2"]]


def test_it_sets_no_colour_of_text_or_ground():
    text = html(["a"], [["1"]], caption="c")
    assert "color:" not in text.replace("border-bottom:1px solid #8888", "")
    assert "background" not in text


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(CELLS, st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_whatever_stands_in_the_cells_it_is_well_formed(page_of, caption, rows):
    page = page_of(html(["first", "last"], rows, caption=caption))
    assert [len(row) for row in page.rows] == [2] * (len(rows) + 1)
