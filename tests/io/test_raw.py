from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.io import raw as files
from innovation_plans.io.raw import Row, read_csv, read_toml

COLUMNS = ("code", "name_en", "unit", "direction", "definition")
Read = tuple[list[Row], list[tuple[int, str, str]]]


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Reads text or bytes as a file; gives its rows, and line, column and problem of faults."""

    def reading(content: str | bytes, ending: str = "csv") -> Read:
        file = tmp_path / f"table.{ending}"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        faults: list[ip.DataError] = []
        reader = read_csv if ending == "csv" else read_toml
        rows = list(reader(file, f"table.{ending}", COLUMNS, faults))
        assert all(type(each) is ip.DataError for each in faults)
        assert {each.file for each in faults} <= {f"table.{ending}"}
        return rows, [(each.line, each.column, each.problem) for each in faults]

    return reading


def cells(rows: list[Row]) -> list[tuple[int, dict[str, Any]]]:
    return [(row.line, row.cells) for row in rows]


# ------------------------------------------------------------------ CSV that is read


@pytest.mark.parametrize(
    "content",
    [
        "code,unit\na,item\nb,\n",
        "code,unit\r\na,item\r\nb,\r\n",
        "code,unit\ra,item\rb,\r",
        "\ufeffcode,unit\na,item\nb,\n",
        '\ufeff"code","unit"\r\n"a","item"\r\n"b",""',
        "code,unit\na,item\nb,",
    ],
    ids=["plain", "CRLF", "CR", "BOM", "quoted BOM CRLF", "no end of line"],
)
def test_csv(read: Any, content: str) -> None:
    rows, faults = read(content)
    assert cells(rows) == [(2, {"code": "a", "unit": "item"}), (3, {"code": "b"})]
    assert {row.file for row in rows} == {"table.csv"}
    assert not faults


def test_csv_with_a_header_only(read: Any) -> None:
    assert read("code,unit\n") == ([], [])


def test_cells_are_kept_as_they_are(read: Any) -> None:
    rows, faults = read('code,definition\na," 広 ""东"", x|y "\n')
    assert cells(rows) == [(2, {"code": "a", "definition": ' 広 "东", x|y '})]
    assert not faults


def test_cells_of_several_lines_keep_line_numbers_right(read: Any) -> None:
    rows, faults = read('code,definition\na,"one\ntwo\r\nthree"\nb,x\nc\nd,"y\n"\n')
    assert cells(rows) == [
        (2, {"code": "a", "definition": "one\ntwo\r\nthree"}),
        (5, {"code": "b", "definition": "x"}),
        (7, {"code": "d", "definition": "y\n"}),
    ]
    assert faults == [(6, "", "expected 2 cells, found 1")]


def test_columns_come_in_any_order_and_may_be_left_out(read: Any) -> None:
    rows, _ = read("unit,code\nitem,a\n")
    assert cells(rows) == [(2, {"unit": "item", "code": "a"})]


# ------------------------------------------------------------------ CSV that is refused


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("code,unit\na,item,x\n", [(2, "", "expected 2 cells, found 3")]),
        ("code,unit\na\nb\n", [(2, "", "expected 2 cells, found 1")]),
        ("code,unit\n\na,item\n", [(2, "", "an empty row; delete it")]),
        ("code,unit\na,item\n,\n", [(3, "", "an empty row; delete it")]),
        ("code,unit\na,item\n\n", [(3, "", "an empty row; delete it")]),
        ("code,unit,code\na,item,b\n", [(1, "code", "stands here twice")]),
        ("code,units\na,item\n", [(1, "units", "no such column; did you mean unit?")]),
        ("code,Unit\na,item\n", [(1, "Unit", "no such column; did you mean unit?")]),
        ("code, unit\na,item\n", [(1, " unit", "no such column; did you mean unit?")]),
        (
            "code,zzz\na,item\n",
            [
                (
                    1,
                    "zzz",
                    "no such column; expected some of code, name_en, unit, direction, definition",
                )
            ],
        ),
        ('code,unit\na,"item\n', [(2, "", "broken CSV: unexpected end of data")]),
        ('code,unit\na,"it"em\n', [(2, "", "broken CSV: ',' expected after '\"'")]),
    ],
)
def test_broken_csv(read: Any, content: str, faults: list[tuple[int, str, str]]) -> None:
    found = read(content)[1]
    assert found[: len(faults)] == faults
    assert all(each[2].startswith("expected 2 cells") for each in found[len(faults) :])


@pytest.mark.parametrize("header", ["zzz,unit", "unit,unit", "code,unit,"])
def test_with_a_faulty_header_no_row_is_read(read: Any, header: str) -> None:
    rows, faults = read(f"{header}\na,item\nb,item\n")
    assert rows == []
    assert [line for line, *_ in faults] == [1]


def test_every_fault_of_a_header(read: Any) -> None:
    _, faults = read("codes,unit,unit,definitions\n")
    assert [(line, column) for line, column, _ in faults] == [
        (1, "codes"),
        (1, "unit"),
        (1, "definitions"),
    ]


def test_a_row_that_does_not_fit_leaves_the_others_alone(read: Any) -> None:
    rows, faults = read("code,unit\na,item\nb\n,\nc,item,\nd,item\n")
    assert [row.cells["code"] for row in rows] == ["a", "d"]
    assert [line for line, *_ in faults] == [3, 4, 5]


def test_what_comes_before_a_broken_quote_is_read(read: Any) -> None:
    rows, faults = read('code,unit\na,item\nb,"item\n')
    assert [row.cells["code"] for row in rows] == ["a"]
    assert [line for line, *_ in faults] == [3]


def test_an_unclosed_quote_says_where_it_was_opened(read: Any) -> None:
    _, faults = read('code,unit\na,"item\nb,item\nc,item\n')
    assert faults == [(2, "", "broken CSV: unexpected end of data")]


def test_a_huge_cell(read: Any) -> None:
    rows, faults = read(f"code,definition\na,x\nb,{'y' * 200_000}\nc,z\n")
    assert [row.cells["code"] for row in rows] == ["a"]
    assert faults == [(3, "", "broken CSV: field larger than field limit (131072)")]


@pytest.mark.parametrize("content", ["", "\ufeff", "\n", "\n\ncode,unit\na,item\n"])
def test_a_file_without_a_header_is_a_fault(read: Any, content: str) -> None:
    rows, faults = read(content)
    assert rows == []
    assert [line for line, *_ in faults] == [1]


# ------------------------------------------------------------------ what is no text


@pytest.mark.parametrize("ending", ["csv", "toml"])
@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (
            "# a\n# b\n# 广东".encode("gbk"),
            [(3, "", "expected UTF-8, found byte 0xb9; save it as UTF-8")],
        ),
        (
            b"code,unit\n\xff\n",
            [(2, "", "expected UTF-8, found byte 0xff; save it as UTF-8")],
        ),
        (b"code,unit\na,item\nb,\0\n", [(3, "", "holds a NUL byte: is it text?")]),
        ("code,unit".encode("utf-16"), [(1, "", "holds a NUL byte: is it text?")]),
        (
            b"a\n\xed\xa0\x80\n",
            [(2, "", "expected UTF-8, found byte 0xed; save it as UTF-8")],
        ),
    ],
    ids=["GBK", "stray byte", "NUL", "UTF-16", "surrogate"],
)
def test_no_text(read: Any, ending: str, content: bytes, faults: list[Any]) -> None:
    assert read(content, ending) == ([], faults)


@pytest.mark.parametrize("reader", [read_csv, read_toml])
def test_a_file_that_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Any
) -> None:
    monkeypatch.setattr(files, "_LARGEST", 10)
    (tmp_path / "a").write_text("code,unit\nx")
    (tmp_path / "b").write_text("# 89012345")
    faults: list[ip.DataError] = []
    assert list(reader(tmp_path / "a", "a", COLUMNS, faults)) == []
    assert [str(each) for each in faults] == ["a: larger than 10 bytes"]
    faults.clear()
    list(reader(tmp_path / "b", "b", ("# 89012345",), faults))
    assert not faults


@pytest.mark.parametrize("reader", [read_csv, read_toml])
@pytest.mark.parametrize(("name", "number"), [("absent", errno.ENOENT), ("folder", errno.EISDIR)])
@pytest.mark.skipif(os.name == "nt", reason="folders are refused in other words there")
def test_a_file_that_is_none(tmp_path: Path, reader: Any, name: str, number: int) -> None:
    (tmp_path / "folder").mkdir()
    faults: list[ip.DataError] = []
    assert list(reader(tmp_path / name, f"{name}.csv", COLUMNS, faults)) == []
    assert [str(each) for each in faults] == [f"{name}.csv: cannot be read: {os.strerror(number)}"]


@pytest.mark.parametrize("reader", [read_csv, read_toml])
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "Permission denied"),
        (OSError("the tape is torn"), "the tape is torn"),
    ],
)
def test_a_file_that_cannot_be_read(reader: Any, error: OSError, said: str) -> None:
    class Closed:
        def open(self, _: str) -> None:
            raise error

    faults: list[ip.DataError] = []
    assert list(reader(Closed(), "a.csv", COLUMNS, faults)) == []
    assert [str(each) for each in faults] == [f"a.csv: cannot be read: {said}"]


# ------------------------------------------------------------------ TOML


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_toml(read: Any, bom: str, end: str) -> None:
    text = f'{bom}# looms{end}[a]{end}unit = "item"{end}{end}["5b"]{end}direction = "up"{end}'
    rows, faults = read(text, "toml")
    assert cells(rows) == [
        (2, {"code": "a", "unit": "item"}),
        (5, {"code": "5b", "direction": "up"}),
    ]
    assert not faults


def test_a_fault_in_toml_stands_at_the_line_of_its_key(read: Any) -> None:
    (row,), _ = read('\n[a]\nunit = "item"\n# more\ndefinition = """x\ny"""\n', "toml")
    assert str(row.fault("bad", "definition")) == "table.toml:5: definition: bad"
    assert str(row.fault("bad", "direction")) == "table.toml:2: direction: bad"
    assert str(row.fault("bad")) == "table.toml:2: bad"


def test_an_empty_toml_file_is_an_empty_table(read: Any) -> None:
    assert read("# nothing yet\n", "toml") == ([], [])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('[a]\nunit = "item\n', 2),
        ("[a]\nunit = item\n", 2),
        ('[a]\nunit = "item"\nunit = "item"\n', 3),
        ("[a]\n\n[a]\n", 3),
        ("[a\n", 1),
        ('[a]\ndefinition = """never\nending\n', 4),
        ("[a]\nunit = 'x", 2),
    ],
)
def test_broken_toml(read: Any, content: str, line: int) -> None:
    rows, faults = read(content, "toml")
    assert rows == []
    ((found, column, problem),) = faults
    assert (found, column) == (line, "")
    assert problem.startswith("broken TOML: ")
    assert "at line" not in problem
    assert "end of document" not in problem


def test_a_bare_value(read: Any) -> None:
    rows, faults = read('[a]\nunit = "item"\n', "toml")
    rows, faults = read('unit = "item"\n\n[a]\nunit = "item"\n', "toml")
    assert [row.cells["code"] for row in rows] == ["a"]
    ((_, _, problem),) = faults
    assert problem == "expected a table [unit], found a bare value"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('# x\nunit = "item"\n', 2),
        ('\n[[a]]\nunit = "item"\n', 2),
    ],
    ids=["key", "array of tables"],
)
def test_a_bare_value_stands_at_its_line(read: Any, content: str, line: int) -> None:
    rows, faults = read(content, "toml")
    assert rows == []
    ((found, _, problem),) = faults
    assert problem.endswith("found a bare value")
    assert found == line


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (
            '[a]\nunit = "item"\nunits = "item"\n',
            [(3, "units", "no such column; did you mean unit?")],
        ),
        (
            '[a]\nunit = "item"\n\n[b]\ndirections = "up"\nqqqq = 1\n',
            [
                (5, "directions", "no such column; did you mean direction?"),
                (
                    6,
                    "qqqq",
                    "no such column; expected some of code, name_en, unit, direction, definition",
                ),
            ],
        ),
        ('[a]\nUnit = "item"\n', [(2, "Unit", "no such column; did you mean unit?")]),
        ('[a]\n"unit2" = "item"\n', [(2, "unit2", "no such column; did you mean unit?")]),
        ('\n[ a ]\nunits = "item"\n', [(3, "units", "no such column; did you mean unit?")]),
        ("\n['a']\nunits = 'item'\n", [(3, "units", "no such column; did you mean unit?")]),
        ('[a]\n  units = "item"\n', [(2, "units", "no such column; did you mean unit?")]),
    ],
    ids=["one", "two", "capital", "quoted", "blanks in table", "single quotes", "indented"],
)
def test_an_unknown_key_stands_at_its_line(read: Any, content: str, faults: list[Any]) -> None:
    assert read(content, "toml")[1] == faults


def test_a_table_with_an_unknown_key_is_no_row(read: Any) -> None:
    rows, _ = read('[a]\nunits = "item"\n\n[b]\nunit = "item"\n', "toml")
    assert [row.cells["code"] for row in rows] == ["b"]


def test_a_table_in_a_table_is_an_unknown_key_with_a_line(read: Any) -> None:
    rows, ((line, column, problem),) = read('\n[a.b]\nunit = "item"\n', "toml")
    assert rows == []
    assert (line, column) == (2, "b")
    assert problem.startswith("no such column")


def test_the_code_of_a_toml_table_is_its_name(read: Any) -> None:
    rows, faults = read('[a]\ncode = "b"\nunit = "item"\n', "toml")
    assert [row.cells["code"] for row in rows] == [] or rows[0].cells["code"] == "a"
    assert [(line, column) for line, column, _ in faults] == [(2, "code")]


# ------------------------------------------------------------------ rows


def test_faults_of_a_row() -> None:
    row = Row("a.csv", 7, {})
    assert str(row.fault("odd")) == "a.csv:7: odd"
    assert str(row.fault("odd", "unit")) == "a.csv:7: unit: odd"
