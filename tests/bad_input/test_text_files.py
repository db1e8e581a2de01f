"""Tables in CSV and TOML that are broken: the rows that are read all the same, and every error."""

from __future__ import annotations

import csv
import errno
import os
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.io import files
from innovation_plans.io.csv import read_csv, read_toml

Error = tuple[int, str, str]  # line, column, beginning of the problem

COLUMNS = "no such column; expected some of code, name_en, unit, direction, definition"
NAMELESS = "no such column; a column without a name may be the index of a data frame"
UNIT = "no such column; did you mean unit?"
TWO_CELLS = "expected 2 cells, found"
EMPTY = "an empty row; delete it"
NO_HEADER = "expected a header with 1 to 500 columns, found 0"
NUL = "contains a NUL byte; expected text"
BROKEN = "broken TOML: "

# The text of the file, the codes of the rows that are read, the errors.
CSV: list[tuple[str, list[str], list[Error]]] = [
    ("code,unit\na,item,x\n", [], [(2, "", f"{TWO_CELLS} 3")]),
    ("code,unit\na\nb\n", [], [(2, "", f"{TWO_CELLS} 1"), (3, "", f"{TWO_CELLS} 1")]),
    ("code,unit\n\na,item\n", ["a"], [(2, "", EMPTY)]),
    ("code,unit\na,item\n,\n", ["a"], [(3, "", EMPTY)]),
    ("code,unit\na,item\n\n", ["a"], [(3, "", EMPTY)]),
    ("code,unit,code\na,item,b\n", [], [(1, "code", "occurs twice")]),
    ("code,units\na,item\n", [], [(1, "units", UNIT)]),
    ("code,Unit\na,item\n", [], [(1, "Unit", UNIT)]),
    ("code, unit\na,item\n", [], [(1, " unit", UNIT)]),
    ("code,zzz\na,item\n", [], [(1, "zzz", COLUMNS)]),
    ('code,unit\na,"item\n', [], [(2, "", "broken CSV: unexpected end of data")]),
    ('code,unit\na,"it"em\n', [], [(2, "", "broken CSV: ',' expected after '\"'")]),
    # a header with an error: no row is read
    ("zzz,unit\na,item\nb,item\n", [], [(1, "zzz", COLUMNS)]),
    ("unit,unit\na,item\nb,item\n", [], [(1, "unit", "occurs twice")]),
    ("code,unit,\na,item\nb,item\n", [], [(1, "", NAMELESS)]),
    (
        "codes,unit,unit,definitions\n",
        [],
        [
            (1, "codes", "no such column; did you mean code?"),
            (1, "unit", "occurs twice"),
            (1, "definitions", "no such column; did you mean definition?"),
        ],
    ),
    # a row with an error: the others are read
    (
        "code,unit\na,item\nb\n,\nc,item,\nd,item\n",
        ["a", "d"],
        [(3, "", f"{TWO_CELLS} 1"), (4, "", EMPTY), (5, "", f"{TWO_CELLS} 3")],
    ),
    # a quote that is never closed: the line is the one where it opens
    ('code,unit\na,item\nb,"item\n', ["a"], [(3, "", "broken CSV: unexpected end of data")]),
    (
        'code,unit\na,"item\nb,item\nc,item\n',
        [],
        [(2, "", "broken CSV: unexpected end of data")],
    ),
    (
        f"code,definition\na,x\nb,{'y' * 200_000}\nc,z\n",
        ["a"],
        [(3, "", "broken CSV: field larger than field limit (131072)")],
    ),
    ("", [], [(1, "", NO_HEADER)]),
    ("\ufeff", [], [(1, "", NO_HEADER)]),
    ("\n", [], [(1, "", NO_HEADER)]),
    ("\n\ncode,unit\na,item\n", [], [(1, "", NO_HEADER)]),
]
TOML: list[tuple[str, list[str], list[Error]]] = [
    ('[a]\nunit = "item\n', [], [(2, "", BROKEN)]),
    ("[a]\nunit = item\n", [], [(2, "", BROKEN)]),
    ('[a]\nunit = "item"\nunit = "item"\n', [], [(3, "", BROKEN)]),
    ("[a]\n\n[a]\n", [], [(3, "", BROKEN)]),
    ("[a\n", [], [(1, "", BROKEN)]),
    ('[a]\ndefinition = """never\nending\n', [], [(4, "", BROKEN)]),
    ("[a]\nunit = 'x", [], [(2, "", BROKEN)]),
    # values outside of a table
    (
        'unit = "item"\n\n[a]\nunit = "item"\n',
        ["a"],
        [(1, "", "expected a table [unit], found a bare value")],
    ),
    ('# x\nunit = "item"\n', [], [(2, "", "expected a table [unit], found a bare value")]),
    ('\n[[a]]\nunit = "item"\n', [], [(2, "", "expected a table [a], found a bare value")]),
    # unknown keys, however they are written
    ('[a]\nunit = "item"\nunits = "item"\n', [], [(3, "units", UNIT)]),
    (
        '[a]\nunit = "item"\n\n[b]\ndirections = "up"\nqqqq = 1\n',
        ["a"],
        [(5, "directions", "no such column; did you mean direction?"), (6, "qqqq", COLUMNS)],
    ),
    ('[a]\nUnit = "item"\n', [], [(2, "Unit", UNIT)]),
    ('[a]\n"unit2" = "item"\n', [], [(2, "unit2", UNIT)]),
    ('\n[ a ]\nunits = "item"\n', [], [(3, "units", UNIT)]),
    ("\n['a']\nunits = 'item'\n", [], [(3, "units", UNIT)]),
    ('[a]\n  units = "item"\n', [], [(2, "units", UNIT)]),
    ('[a]\nunits = "item"\n\n[b]\nunit = "item"\n', ["b"], [(2, "units", UNIT)]),
    ('\n[a.b]\nunit = "item"\n', [], [(2, "b", COLUMNS)]),
    (
        '[a]\ncode = "b"\nunit = "item"\n',
        [],
        [(2, "code", "the code is the name of the table; delete this line")],
    ),
]
# The bytes of the file, whatever it should contain; the error.
NO_TEXT: dict[str, tuple[bytes, Error]] = {
    "GBK": (
        "# a\n# b\n# 广东".encode("gbk"),
        (3, "", "expected UTF-8, found byte 0xb9; save it as UTF-8"),
    ),
    "stray byte": (
        b"code,unit\n\xff\n",
        (2, "", "expected UTF-8, found byte 0xff; save it as UTF-8"),
    ),
    "NUL": (b"code,unit\na,item\nb,\0\n", (3, "", NUL)),
    "UTF-16": ("code,unit".encode("utf-16"), (1, "", "the file is in UTF-16; save it as UTF-8")),
    "surrogate": (
        b"a\n\xed\xa0\x80\n",
        (2, "", "expected UTF-8, found byte 0xed; save it as UTF-8"),
    ),
}


def test_a_long_cell_is_refused_where_another_library_has_raised_the_limit(read_table: Any) -> None:
    before = csv.field_size_limit(10_000_000)
    try:
        _, errors = read_table(f"code,definition\na,x\nb,{'y' * 200_000}\n", "csv")
    finally:
        csv.field_size_limit(before)
    assert errors == [(3, "", "broken CSV: field larger than field limit (131072)")]


@pytest.mark.parametrize(
    ("ending", "text", "codes", "errors"),
    [("csv", *row) for row in CSV] + [("toml", *row) for row in TOML],
    ids=lambda value: repr(value)[:40],
)
def test_broken_tables(
    read_table: Any, ending: str, text: str, codes: list[str], errors: list[Error]
) -> None:
    rows, problems = read_table(text, ending)
    assert [row.cells["code"] for row in rows] == codes
    assert [problem[:2] for problem in problems] == [error[:2] for error in errors]
    for (*_, problem), (*_, start) in zip(problems, errors, strict=True):
        assert problem.startswith(start)
        assert "at line" not in problem  # the line of a message is the line of the error
        assert "end of document" not in problem


@pytest.mark.parametrize("ending", ["csv", "toml"])
@pytest.mark.parametrize("name", NO_TEXT)
def test_files_that_are_not_text(read_table: Any, ending: str, name: str) -> None:
    content, error = NO_TEXT[name]
    assert read_table(content, ending) == ([], [error])


@pytest.mark.parametrize("reader", [read_csv, read_toml])
def test_a_file_that_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Any
) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "a").write_text("code,unit\nx")
    (tmp_path / "b").write_text("# 89012345")
    assert list(map(str, reader(tmp_path / "a", "a"))) == ["a: larger than 10 bytes"]
    assert not any(isinstance(item, ip.DataError) for item in reader(tmp_path / "b", "b"))


@pytest.mark.parametrize("reader", [read_csv, read_toml])
@pytest.mark.parametrize(("name", "number"), [("absent", errno.ENOENT), ("folder", errno.EISDIR)])
@pytest.mark.skipif(os.name == "nt", reason="Windows has other messages for folders")
def test_a_path_that_is_not_a_file(tmp_path: Path, reader: Any, name: str, number: int) -> None:
    (tmp_path / "folder").mkdir()
    expected = f"{name}.csv: cannot be read: {os.strerror(number)}"
    assert list(map(str, reader(tmp_path / name, f"{name}.csv"))) == [expected]


@pytest.mark.parametrize("reader", [read_csv, read_toml])
@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "Permission denied"),
        (OSError("the tape is torn"), "the tape is torn"),
    ],
)
def test_a_file_that_cannot_be_read(reader: Any, error: OSError, problem: str) -> None:
    class Closed:
        def open(self, _: str) -> None:
            raise error

    assert list(map(str, reader(Closed(), "a.csv"))) == [f"a.csv: cannot be read: {problem}"]
