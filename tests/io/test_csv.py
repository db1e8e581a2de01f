from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.io import csv as folders
from innovation_plans.io.csv import neutral, restored
from innovation_plans.io.raw import Row
from innovation_plans.records import TABLES

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
    ("fields", "column"), [({"tags": ("a|b",)}, "tags"), ({"office": ""}, "office")]
)
def test_what_a_cell_cannot_hold_is_refused(
    world: World, tmp_path: Path, fields: dict[str, Any], column: str
) -> None:
    with pytest.raises(ip.DataErrors) as caught:
        costed(world, **fields).write(tmp_path / "out", format="csv")
    (error,) = caught.value.exceptions
    assert error.column == column
    assert "write jsonl" in str(error)
    assert list(tmp_path.glob("out*")) == []


def test_a_name_with_the_mark_that_divides_names_is_refused(world: World, tmp_path: Path) -> None:
    plans = ip.load(world(), tiers="ABC").extend(
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
        ip.load(world(), tiers="ABC").write(tmp_path / "out", format="csv")
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
    assert ip.load(out, target_type=Costed).targets[-1].office == text
    ours = ip.load(world(), tiers="ABC").extend(out, on_conflict="keep", target_type=Costed)
    assert ours.targets[-1].office == text


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_stay_if_so_asked(world: World, tmp_path: Path, text: str) -> None:
    plans = costed(world, office=text)
    out = plans.write(tmp_path / "out", format="csv", safe=False).path
    assert "neutralised" not in (out / "edition.toml").read_text("utf-8")
    assert ip.load(out, target_type=Costed).targets[-1].office == text


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
    done = ip.load(world(), tiers="ABC").targets.write(file)
    assert done.records == {"targets": 2}
    assert "single file" in done.losses[0]
    assert file.read_text("utf-8").count("\n") == 3
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(file)
    assert "expected a directory of CSV files" in str(caught.value.exceptions[0])


def test_an_edition_may_hold_what_toml_escapes(world: World, tmp_path: Path) -> None:
    plans = ip.load(world({"edition.toml": 'edition = "a\\"\\\\ 版"\n'}), tiers="ABC")
    assert plans.edition == 'a"\\ 版'
    for kind in ("csv", "jsonl"):
        plans.write(tmp_path / kind, format=kind)
        assert ip.load(tmp_path / kind, format=kind).edition == plans.edition


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('tier = "B"', "edition.toml:2: tier: no such key; did you mean tiers?"),
        ('colour = "red"', "edition.toml:2: colour: no such key"),
        ('tiers = "BX"', "edition.toml:2: tiers: expected some of ABCD, found 'BX'"),
        ("tiers = 1", "edition.toml:2: tiers: expected some of ABCD, found 1"),
    ],
)
def test_what_an_edition_file_says_is_read_or_an_error(
    world: World, line: str, problem: str
) -> None:
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(world({"edition.toml": f'edition = "a"\n{line}\n'}))
    assert [str(error) for error in caught.value.exceptions] == [problem]


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_an_edition_longer_than_is_read_is_refused(world: World, tmp_path: Path, name: str) -> None:
    targets = ip.load(world(), tiers="ABC").targets
    with pytest.raises(ip.DataErrors, match="nothing written") as caught:
        targets.write(tmp_path / "out", format=name, edition="e" * 1001)
    assert "at most 1000 characters" in str(caught.value.exceptions[0])
    targets.write(tmp_path / "out", format=name, edition="e" * 1000)
    assert ip.load(tmp_path / "out", format=name).edition == "e" * 1000


# ------------------------------------------------------------------ CSV that is read


def cells(rows: list[Row]) -> list[tuple[int, dict[str, Any]]]:
    return [(row.line, row.cells) for row in rows]


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
def test_csv(read_table: Any, content: str) -> None:
    rows, errors = read_table(content)
    assert cells(rows) == [(2, {"code": "a", "unit": "item"}), (3, {"code": "b"})]
    assert not errors


def test_csv_with_a_header_only(read_table: Any) -> None:
    assert read_table("code,unit\n") == ([], [])


def test_cells_are_kept_as_they_are(read_table: Any) -> None:
    rows, errors = read_table('code,definition\na," 広 ""东"", x|y "\n')
    assert cells(rows) == [(2, {"code": "a", "definition": ' 広 "东", x|y '})]
    assert not errors


def test_cells_of_several_lines_keep_line_numbers_right(read_table: Any) -> None:
    rows, errors = read_table('code,definition\na,"one\ntwo\r\nthree"\nb,x\nc\nd,"y\n"\n')
    assert cells(rows) == [
        (2, {"code": "a", "definition": "one\ntwo\r\nthree"}),
        (5, {"code": "b", "definition": "x"}),
        (7, {"code": "d", "definition": "y\n"}),
    ]
    assert errors == [(6, "", "expected 2 cells, found 1")]


def test_columns_come_in_any_order_and_may_be_left_out(read_table: Any) -> None:
    rows, _ = read_table("unit,code\nitem,a\n")
    assert cells(rows) == [(2, {"unit": "item", "code": "a"})]


# ------------------------------------------------------------------ TOML


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_toml(read_table: Any, bom: str, end: str) -> None:
    text = f'{bom}# looms{end}[a]{end}unit = "item"{end}{end}["5b"]{end}direction = "up"{end}'
    rows, errors = read_table(text, "toml")
    assert cells(rows) == [
        (2, {"code": "a", "unit": "item"}),
        (5, {"code": "5b", "direction": "up"}),
    ]
    assert not errors


def test_an_error_in_toml_has_the_line_of_its_key(read_table: Any) -> None:
    (row,), _ = read_table('\n[a]\nunit = "item"\n# more\ndefinition = """x\ny"""\n', "toml")
    assert str(row.error("bad", "definition")) == "table.toml:5: definition: bad"
    assert str(row.error("bad", "direction")) == "table.toml:2: direction: bad"
    assert str(row.error("bad")) == "table.toml:2: bad"


def test_an_empty_toml_file_is_an_empty_table(read_table: Any) -> None:
    assert read_table("# nothing yet\n", "toml") == ([], [])


# ------------------------------------------------------------------ rows


def test_errors_of_a_row() -> None:
    row = Row("a.csv", 7, {})
    assert str(row.error("odd")) == "a.csv:7: odd"
    assert str(row.error("odd", "unit")) == "a.csv:7: unit: odd"


def test_a_list_of_what_is_not_text_is_refused(world: World, tmp_path: Path) -> None:
    class Measured(ip.Target):
        """A target with a list that no cell can contain."""

        lengths: tuple[tuple[int, int], ...] = ()

    plans = ip.load(world(), target_type=Measured, tiers="ABC")
    changed = plans.targets[0].model_copy(update={"lengths": ((1, 2),), "end_year": 2030})
    with pytest.raises(ip.DataErrors, match="nothing written") as caught:
        plans.extend(targets=[changed]).write(tmp_path / "out", format="csv")
    assert caught.value.exceptions[0].column == "lengths"


def test_one_table_keeps_its_own_column_of_editions(plans: ip.Dataset, tmp_path: Path) -> None:
    card = ip.scorecard(plans, region="CN-GD", period="14th")
    table = card.to_columns()
    assert table.with_edition("other") is table.with_edition("") is table
    assert list(table.values).count("edition") == 1


def test_a_single_table_is_no_dataset(tmp_path: Path, plans: ip.Dataset) -> None:
    file = tmp_path / "rd.csv"
    plans.targets[:3].write(file)
    with pytest.raises(ip.DataErrors, match=r"plans\.extend\(targets=pandas\.read_csv\(path\)\)"):
        ip.load(file)
