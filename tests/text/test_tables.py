"""Tables as aligned text, Markdown and HTML."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovation_plans.text.tables import (
    HTML_ROWS,
    Sheet,
    aligned,
    display_width,
    facts_html,
    html,
    markdown,
)

# ------------------------------------------------------------------ tables as text


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("R&D", 3),
        ("广东", 4),
        ("R&D 强度", 8),
        ("ＧＤ", 4),
        ("ｶﾞ", 2),
        ("、。（）", 8),
        ("é", 1),
        ("e\u0301", 1),
        ("a\u200bb", 2),
        ("\u202eab", 2),
        ("👍", 2),
        ("한글", 4),
        ("±3.5 %", 6),
    ],
)
def test_width_is_the_width_in_a_terminal(text, width):
    assert display_width(text) == width


def test_columns_are_aligned():
    assert aligned(
        ["region", "value", "说明"],
        [["广东", "3.5", "左右"], ["Xining", "11.25", ""], ["e\u0301", "", "x"]],
        right=[1],
    ).split("\n") == [
        "region  value  说明",
        "------  -----  ----",
        "广东      3.5  左右",
        "Xining  11.25",
        "e\u0301              x",
    ]


def test_a_table_without_rows_has_its_header():
    assert aligned(["region", "value"], []) == "region  value\n------  -----"
    assert markdown(["region", "value"], [], right=[1]) == "| region | value |\n| --- | ---: |"


def test_a_table_without_columns_is_empty():
    assert aligned([], []) == ""


def test_no_line_ends_in_blanks():
    for line in aligned(["a", "b"], [["x", ""], ["", "y"], ["", ""]]).split("\n"):
        assert line == line.rstrip()


DANGEROUS = {
    "colour": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;owned\x07",
    "c1": "\x9b31m",
    "bell": "\a",
    "backspace": "ab\b\b",
    "newline": "one\ntwo",
    "return": "one\rtwo",
    "crlf": "one\r\ntwo",
    "tab": "one\ttwo",
    "form feed": "one\ftwo",
    "line separator": "one\u2028two",
    "nul": "a\0b",
    "right-to-left": "a\u202eb",
    "isolate": "a\u2066b",
    "zero width": "a\u200bb",
    "surrogate": "a\ud800b",
    "private": "a\ue000b",
}


@pytest.mark.parametrize("cell", DANGEROUS.values(), ids=DANGEROUS)
@pytest.mark.parametrize("made", [aligned, markdown])
def test_no_cell_controls_the_terminal(made, cell):
    for table in (made(["name"], [[cell]]), made([cell], [["x"]])):
        assert len(table.splitlines()) == 3
        assert all(line.isprintable() for line in table.split("\n"))
        assert "\ufffd" in table


def test_the_replacement_of_a_control_character_has_a_width():
    table = aligned(["a", "b"], [["x\x1by", "1"], ["xyz", "2"]])
    assert table.split("\n")[2:] == ["x\ufffdy  1", "xyz  2"]


@pytest.mark.parametrize("blank", ["\u3000", "\xa0"])
def test_a_wide_blank_stays_a_blank(blank):
    """Chinese names of two characters are often spaced with one."""
    assert "\ufffd" not in aligned(["name"], [[f"西{blank}藏"]])


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("广东|粤", "广东\\|粤"),
        ("a\\|b", "a\\\\\\|b"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"),
        ("`code`", "\\`code\\`"),
        ("*bold*", "\\*bold\\*"),
        ("3.5 %", "3.5 %"),
        ("R&D", "R&D"),
    ],
)
def test_markdown_escapes_markup(cell, shown):
    assert markdown(["name"], [[cell]]).split("\n")[2] == f"| {shown} |"
    assert markdown([cell], []).split("\n")[0] == f"| {shown} |"


@pytest.mark.parametrize(
    "cell",
    [
        "[click](javascript:alert(1))",
        "![seen](https://example.org/pixel.png)",
        "[click][1]",
    ],
)
def test_markdown_makes_no_link_and_no_picture(cell):
    row = markdown(["name"], [[cell]]).split("\n")[2]
    assert row.count("[") == row.count("\\[") > 0


def test_markdown_shows_an_entity_as_it_was_written():
    row = markdown(["name"], [["&lt;script&gt;"]]).split("\n")[2]
    assert row in ("| &amp;lt;script&amp;gt; |", "| \\&lt;script\\&gt; |")


def test_markdown_sets_columns_to_the_right():
    assert markdown(["a", "b", "c"], [["1", "2", "3"]], right=[0, 2]).split("\n") == [
        "| a | b | c |",
        "| ---: | --- | ---: |",
        "| 1 | 2 | 3 |",
    ]


CELLS = st.text(max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
@settings(max_examples=100, deadline=None)
def test_any_cells_give_a_table(rows):
    for table in (aligned(["first", "last"], rows), markdown(["first", "last"], rows)):
        lines = table.split("\n")
        assert len(lines) == len(rows) + 2
        assert all(line.isprintable() for line in lines)


@given(st.lists(st.tuples(CELLS, st.text("0123456789.广东", min_size=1, max_size=12)), max_size=5))
@settings(max_examples=100, deadline=None)
def test_a_right_aligned_column_ends_at_one_position(rows):
    lines = aligned(["first", "last"], rows, right=[1]).split("\n")
    assert len({display_width(line) for line in lines}) == 1


@given(st.lists(st.text("ab|\\`*<>", max_size=8), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_markdown_keeps_the_number_of_columns(cells):
    for line in markdown(cells, [cells]).split("\n"):
        bare = line.replace("\\\\", "").replace("\\|", "")
        assert bare.count("|") == len(cells) + 1


# ------------------------------------------------------------------ tables in a terminal

WIDE = Sheet(
    ("region", "指标", "gap", "note"),
    [
        ("Guangdong", "R&D intensity", "+0.1 percentage points", "self-reported, preliminary"),
        ("内蒙古", "研发经费投入强度（占地区生产总值比重），年均", "", "–"),
    ],
    right=(2,),
)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160])
def test_a_line_fits_the_terminal_and_no_word_is_lost(width):
    text = WIDE.text(width=width)
    assert max(map(display_width, text.split("\n"))) <= width
    for word in ("Guangdong", "R&D", "+0.1", "percentage", "points", "preliminary"):
        assert word in text.split()
    assert "self-" in text


def test_long_cells_are_wrapped_between_words():
    assert WIDE.text(width=60).split("\n") == [
        "region     指标                         gap  note",
        "---------  ---------------  ---------------  ---------------",
        "Guangdong  R&D intensity    +0.1 percentage  self-reported,",
        "                                     points  preliminary",
        "内蒙古     研发经费投入强                    –",
        "           度（占地区生产",
        "           总值比重），年",
        "           均",
    ]


def test_where_words_have_no_room_each_row_is_a_paragraph():
    assert WIDE.text(width=36).split("\n") == [
        "Guangdong  指标 R&D intensity",
        "           gap +0.1 percentage",
        "           points",
        "           note self-reported,",
        "           preliminary",
        "内蒙古     指标 研发经费投入强度（占",
        "           地区生产总值比重），年均",
    ]


LINES = st.text("ab -广东（），/", max_size=30)


@given(st.lists(st.tuples(LINES, LINES, LINES), max_size=3), st.integers(12, 60))
@settings(max_examples=100, deadline=None)
def test_any_table_keeps_its_characters_in_any_width(rows, width):
    table = Sheet(("region", "unit", "x"), rows, right=(2,)).text(width=width)
    assert max(map(display_width, table.split("\n"))) <= max(width, 12)
    for character in "b广东（），/":
        expected = sum(cell.count(character) for row in rows for cell in row)
        assert table.count(character) == expected


# ------------------------------------------------------------------ tables as HTML


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
def test_text_stays_text_in_every_part(text, page_of):
    page = page_of(html([text, "b"], [["a", text], [text, ""]], caption=text))
    assert page.caption == text
    assert page.rows == [[text, "b"], ["a", text], [text, ""]]


@pytest.mark.parametrize("cell", ["a\x1b[31mb", "a\u202eb", "a\0b", "one\ntwo", "a\ud800b"])
def test_invisible_characters_are_replaced(cell, page_of):
    (row,) = page_of(html([], [[cell]])).rows
    assert row[0].isprintable()
    assert "\ufffd" in row[0]


@pytest.mark.parametrize("count", [0, 1, HTML_ROWS - 1, HTML_ROWS])
def test_a_short_table_has_all_rows(count, page_of):
    page = page_of(html(["n"], [[str(n)] for n in range(count)]))
    assert page.rows == [["n"], *([str(n)] for n in range(count))]


def test_a_long_table_states_how_many_rows_are_not_shown(page_of):
    page = page_of(html(["n", "m"], [[str(n), ""] for n in range(1000)]))
    assert page.rows[1:-1] == [[str(n), ""] for n in range(HTML_ROWS)]
    assert page.rows[-1] == [f"… and {1000 - HTML_ROWS} more"]


def test_rows_that_are_not_shown_are_counted(page_of):
    page = page_of(Sheet(("n",), [("1",)]).html("numbers", total=12_345))
    assert page.rows[-1] == ["… and 12344 more"]


def test_an_empty_table_has_its_header_and_caption(page_of):
    page = page_of(Sheet(("region", "value"), []).html("none"))
    assert (page.caption, page.rows) == ("none", [["region", "value"]])


def test_columns_are_aligned_and_heads_have_a_scope():
    text = html(["a", "b"], [["1", "2"]], right=[1])
    assert text.count("text-align:right") == 2
    assert text.count('scope="col"') == 2
    assert facts_html("x", [("a", "1"), ("b", "2")]).count('scope="row"') == 2


def test_facts_without_text_are_left_out(page_of):
    page = page_of(facts_html("x", [("a", "1"), ("b", ""), ("c", "2")]))
    assert page.rows == [["a", "1"], ["c", "2"]]


def test_html_sets_no_colour_of_text_or_background():
    text = html(["a"], [["1"]], caption="c")
    assert "color:" not in text.replace("border-bottom:1px solid #8888", "")
    assert "background" not in text


HTML_CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(HTML_CELLS, st.lists(st.tuples(HTML_CELLS, HTML_CELLS), max_size=4))
def test_any_cells_give_well_formed_html(page_of, caption, rows):
    page = page_of(html(["first", "last"], rows, caption=caption))
    assert [len(row) for row in page.rows] == [2] * (len(rows) + 1)
