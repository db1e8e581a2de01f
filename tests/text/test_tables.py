"""Floor 1: tables of text, aligned by what is seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovation_plans.text.tables import aligned, display_width, markdown


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
def test_width_is_what_a_terminal_shows(text, width):
    assert display_width(text) == width


def test_columns_stand_beneath_each_other():
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
def test_nothing_in_a_cell_drives_the_terminal(made, cell):
    for table in (made(["name"], [[cell]]), made([cell], [["x"]])):
        assert len(table.splitlines()) == 3
        assert all(line.isprintable() for line in table.split("\n"))
        assert "\ufffd" in table


def test_what_stood_in_place_of_a_control_character_has_a_width():
    table = aligned(["a", "b"], [["x\x1by", "1"], ["xyz", "2"]])
    assert table.split("\n")[2:] == ["x\ufffdy  1", "xyz  2"]


@pytest.mark.parametrize("blank", ["\u3000", "\xa0"])
def test_a_wide_blank_is_a_blank(blank):
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
def test_markdown_escapes_what_would_be_markup(cell, shown):
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
def test_whatever_stands_in_the_cells_a_table_is_a_table(rows):
    for table in (aligned(["first", "last"], rows), markdown(["first", "last"], rows)):
        lines = table.split("\n")
        assert len(lines) == len(rows) + 2
        assert all(line.isprintable() for line in lines)


@given(st.lists(st.tuples(CELLS, st.text("0123456789.广东", min_size=1, max_size=12)), max_size=5))
@settings(max_examples=100, deadline=None)
def test_a_right_hand_column_ends_at_one_place(rows):
    lines = aligned(["first", "last"], rows, right=[1]).split("\n")
    assert len({display_width(line) for line in lines}) == 1


@given(st.lists(st.text("ab|\\`*<>", max_size=8), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_markdown_keeps_the_number_of_columns(cells):
    for line in markdown(cells, [cells]).split("\n"):
        bare = line.replace("\\\\", "").replace("\\|", "")
        assert bare.count("|") == len(cells) + 1
