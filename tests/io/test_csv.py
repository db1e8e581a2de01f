from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.io import csv as folders
from innovation_plans.io import files
from innovation_plans.io.csv import neutral, read_csv, read_toml, restored
from innovation_plans.io.raw import Row
from innovation_plans.io.rows import known_rows
from innovation_plans.records import TABLES, Context, Record

World = Callable[..., Path]


class Costed(ip.Target):
    """A target with fields of its own."""

    cost: ip.records.fields.Value | None = None
    office: str = "not said"
    tags: tuple[str, ...] = ()


def said(plans: ip.Dataset[Any, Any, Any, Any]) -> dict[str, list[str]]:
    """Every record of a dataset as JSON, so that 3.50 is not 3.5."""
    return {name: [each.model_dump_json() for each in getattr(plans, name)] for name in TABLES}


@pytest.mark.heavy
def test_all_bundled_records_come_back_equal(every_tier: ip.Dataset, tmp_path: Path) -> None:
    done = every_tier.write(tmp_path / "out", format="csv")
    assert done.records["observations"] == len(every_tier.observations)
    assert done.losses == ()
    for found in (ip.load(tmp_path / "out"), ip.load(tmp_path / "out", tiers="ABCD")):
        assert said(found) == said(every_tier)
        assert found.edition == every_tier.edition
        assert all(getattr(found, name) == getattr(every_tier, name) for name in TABLES)


def test_a_dataset_of_some_tiers_exports_what_it_holds(world: World, tmp_path: Path) -> None:
    plans = ip.load(world(), tiers="AB")
    plans.write(tmp_path / "out", format="csv")
    back = ip.load(tmp_path / "out")
    assert said(back) == said(plans)
    assert len(back.sources) == 3  # tier D too: what others refer to stays whole
    assert 'tiers = "AB"' in (tmp_path / "out" / "edition.toml").read_text("utf-8")


def test_bundled_files_are_plain(every_tier: ip.Dataset, tmp_path: Path) -> None:
    out = every_tier.write(tmp_path / "out", format="csv").path
    assert sorted(each.name for each in out.iterdir()) == sorted(
        [*(f"{name}.csv" for name in TABLES), "edition.toml", "SHA256SUMS"]
    )
    assert "neutralised" not in (out / "edition.toml").read_text("utf-8")
    raw = (out / "regions.csv").read_bytes()
    assert raw.startswith(b"code,kind,name_en,")
    assert b"\r" not in raw


def test_own_units_and_the_labels_of_extensions_go_along(plans: ip.Dataset, tmp_path: Path) -> None:
    ours = plans.extend(
        units="robot = [robots] = 台", indicators=[ROBOTS], sources=[SOURCE], targets=[TARGET]
    )
    done = ours.write(tmp_path / "out", format="csv")
    assert (tmp_path / "out" / "units.txt").read_text("utf-8") == "robot = [robots] = 台\n"
    back = ip.load(tmp_path / "out")
    assert str(back.targets.where(indicator="robots").one().quantity) == "5000 robot"
    assert back.edition == ours.edition == f"{plans.edition}+records"
    assert "which record came with which extension" in done.losses[0]


ROBOTS = {"code": "robots", "name_en": "Industrial robots", "unit": "robot", "direction": "up"}
SOURCE = {"code": "our-plan", "title": "Our plan", "tier": "A"}
TARGET = {
    "plan": "CN-GD-14-sti",
    "indicator": "robots",
    "form": "level",
    "comparator": "at_least",
    "value": "5000",
    "unit": "robot",
    "end_year": 2025,
    "source": "our-plan",
    "as_stated": "5000 台",
}


# ------------------------------------------------------------------ own types


def costed(world: World, **fields: Any) -> Any:
    """The invented dataset with one target of an own type."""
    plans = ip.load(world(), tiers="ABCD")
    first = plans.targets[0]
    given = {name: getattr(first, name) for name in ip.Target.model_fields}
    return plans.extend(targets=[Costed(**{**given, "end_year": 2030, **fields})])


def test_fields_of_ones_own_are_columns(world: World, tmp_path: Path) -> None:
    plans = costed(world, cost="3.50", office="Bureau, first floor")
    plans.write(tmp_path / "out", format="csv")
    back = ip.load(tmp_path / "out", target_type=Costed)
    assert isinstance(back.targets[-1], Costed)
    assert said(back)["targets"][-1] == said(plans)["targets"][-1]
    assert str(back.targets[-1].cost) == "3.50"
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(tmp_path / "out")
    assert {each.column for each in caught.value.exceptions} == {"cost", "office", "tags"}


@pytest.mark.parametrize(
    ("fields", "column"), [({"tags": ("a", "b")}, "tags"), ({"office": ""}, "office")]
)
def test_what_a_cell_cannot_hold_is_refused(
    world: World, tmp_path: Path, fields: dict[str, Any], column: str
) -> None:
    with pytest.raises(ip.DataErrors) as caught:
        costed(world, **fields).write(tmp_path / "out", format="csv")
    (fault,) = caught.value.exceptions
    assert fault.column == column
    assert "write jsonl" in str(fault)
    assert list(tmp_path.glob("out*")) == []


def test_a_name_with_the_mark_that_divides_names_is_refused(world: World, tmp_path: Path) -> None:
    plans = ip.load(world()).extend(
        indicators=[
            ip.Indicator(
                code="odd", name_en="Odd", unit="percent", direction="up", aliases=("a|b",)
            )
        ]
    )
    with pytest.raises(ip.DataErrors, match="nothing written") as caught:
        plans.write(tmp_path / "out", format="csv")
    assert str(caught.value.exceptions[0]).startswith("indicators: odd: aliases: a cell of text")


@pytest.mark.parametrize("text", ["a\0b", "x" * folders.MOST_CHARACTERS])
def test_what_a_csv_reader_would_not_take_is_refused(
    world: World, tmp_path: Path, text: str
) -> None:
    with pytest.raises(ip.DataErrors) as caught:
        costed(world, office=text).write(tmp_path / "out", format="csv")
    assert caught.value.exceptions[0].column == "office"


def test_a_file_is_not_larger_than_what_is_read(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "LARGEST", 300)
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(world()).write(tmp_path / "out", format="csv")
    assert "at most 300 bytes" in str(caught.value.exceptions[0])


# ------------------------------------------------------------------ formulas

FORMULAS = [
    "=1+1",
    "+SUM(A1)",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "＝1+1",
    "－1+1",
    '"=1+1"',
    "'=1+1",
    " =1+1",
    "3 %;=1+1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_made_harmless_and_restored(world: World, tmp_path: Path, text: str) -> None:
    plans = costed(world, office=text)
    out = plans.write(tmp_path / "out", format="csv").path
    raw = (out / "targets.csv").read_text("utf-8")
    assert text.replace('"', '""') not in raw.replace("'" + text.replace('"', '""'), "")
    assert "neutralised = true" in (out / "edition.toml").read_text("utf-8")
    for read in (ip.load, ip.load):
        assert read(out, target_type=Costed).targets[-1].office == text
    ours = ip.load(world()).extend(out, on_conflict="keep", target_type=Costed)
    assert ours.targets[-1].office == text


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_stay_if_so_asked(world: World, tmp_path: Path, text: str) -> None:
    plans = costed(world, office=text)
    out = plans.write(tmp_path / "out", format="csv", safe=False).path
    assert "neutralised" not in (out / "edition.toml").read_text("utf-8")
    for read in (ip.load, ip.load):
        assert read(out, target_type=Costed).targets[-1].office == text


@given(st.text(alphabet="=+-@＝＠'\"`; \t\n\ra1.%", max_size=12))
def test_whatever_is_made_harmless_is_restored(text: str) -> None:
    harmless = neutral(text)
    assert restored(harmless) == text
    if not text.lstrip("+-").replace(".", "", 1).rstrip("%").isdecimal():
        assert harmless[:1] not in {*"=+-@＝＠\t\r"} or not harmless


@pytest.mark.parametrize("text", ["-0.4", "+3%", "12", "3–5 %", "a=b", "it's - so", ""])
def test_what_no_spreadsheet_runs_stays_as_it_is(text: str) -> None:
    assert neutral(text) == restored(text) == text


# ------------------------------------------------------------------ what is read


def test_one_file_is_no_directory(world: World, tmp_path: Path) -> None:
    file = tmp_path / "targets.csv"
    done = ip.load(world()).targets.write(file)
    assert done.records == {"targets": 2}
    assert "single file" in done.losses[0]
    assert file.read_text("utf-8").count("\n") == 3
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(file)
    assert "expected a directory of CSV files" in str(caught.value.exceptions[0])


def test_faults_have_their_place(world: World, tmp_path: Path) -> None:
    out = ip.load(world()).write(tmp_path / "out", format="csv").path
    file = out / "targets.csv"
    file.write_text(file.read_text("utf-8").replace(",percent,", ",percnt,", 1), "utf-8")
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(out)
    (fault,) = caught.value.exceptions
    assert (fault.file, fault.line, fault.column) == ("targets.csv", 2, "unit")


def test_an_edition_may_hold_what_toml_escapes(world: World, tmp_path: Path) -> None:
    plans = ip.load(world({"edition.toml": 'edition = "a\\"\\\\ 版"\n'}))
    assert plans.edition == 'a"\\ 版'
    for kind in ("csv", "jsonl"):
        plans.write(tmp_path / kind, format=kind)
        assert ip.load(tmp_path / kind, format=kind).edition == plans.edition


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_an_edition_longer_than_is_read_is_refused(world: World, tmp_path: Path, name: str) -> None:
    targets = ip.load(world()).targets
    with pytest.raises(ip.DataErrors, match="nothing written") as caught:
        targets.write(tmp_path / "out", format=name, edition="e" * 1001)
    assert "at most 1000 characters" in str(caught.value.exceptions[0])
    targets.write(tmp_path / "out", format=name, edition="e" * 1000)
    assert ip.load(tmp_path / "out", format=name).edition == "e" * 1000


# ------------------------------------------------------------------ reading


class Loom(Record):
    noun = "loom"
    code: str
    name_en: str
    unit: str
    direction: str
    definition: str


Read = tuple[list[Row], list[tuple[int, str, str]]]


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Reads text or bytes as a file; gives its rows, and line, column and problem of faults."""

    def reading(content: str | bytes, ending: str = "csv") -> Read:
        file = tmp_path / f"table.{ending}"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        faults: list[ip.DataError] = []
        reader = read_csv if ending == "csv" else read_toml
        rows = known_rows(Loom, reader(file, f"table.{ending}"), Context(), faults)
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
        ("code,unit,code\na,item,b\n", [(1, "code", "occurs twice")]),
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
        (b"code,unit\na,item\nb,\0\n", [(3, "", "contains a NUL byte; expected text")]),
        ("code,unit".encode("utf-16"), [(1, "", "contains a NUL byte; expected text")]),
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
    monkeypatch.setattr(files, "LARGEST", 10)
    (tmp_path / "a").write_text("code,unit\nx")
    (tmp_path / "b").write_text("# 89012345")
    assert list(map(str, reader(tmp_path / "a", "a"))) == ["a: larger than 10 bytes"]
    assert not any(isinstance(item, ip.DataError) for item in reader(tmp_path / "b", "b"))


@pytest.mark.parametrize("reader", [read_csv, read_toml])
@pytest.mark.parametrize(("name", "number"), [("absent", errno.ENOENT), ("folder", errno.EISDIR)])
@pytest.mark.skipif(os.name == "nt", reason="folders are refused in other words there")
def test_a_file_that_is_none(tmp_path: Path, reader: Any, name: str, number: int) -> None:
    (tmp_path / "folder").mkdir()
    expected = f"{name}.csv: cannot be read: {os.strerror(number)}"
    assert list(map(str, reader(tmp_path / name, f"{name}.csv"))) == [expected]


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

    assert list(map(str, reader(Closed(), "a.csv"))) == [f"a.csv: cannot be read: {said}"]


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
    assert str(row.error("bad", "definition")) == "table.toml:5: definition: bad"
    assert str(row.error("bad", "direction")) == "table.toml:2: direction: bad"
    assert str(row.error("bad")) == "table.toml:2: bad"


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
    assert str(row.error("odd")) == "a.csv:7: odd"
    assert str(row.error("odd", "unit")) == "a.csv:7: unit: odd"
