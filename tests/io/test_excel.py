from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference

import innovation_plans as ip
from innovation_plans.io import excel
from innovation_plans.records import BY_TIER, TABLES

World = Callable[..., Path]
DAY = datetime.fromisoformat("2021-03-05")  # a spreadsheet knows no time zones
FORMULAS = [
    "=1+1",
    "+SUM(A1)",
    "-2+3",
    "@SUM(1)",
    "＝1+1",
    "#N/A",
    "'=1+1",
    " =1",
    "\n=1",
    "=",
    "1e5",
]


class Officed(ip.Target):
    """A target with a field of its own."""

    office: str | None = None


def officed(world: World, office: str) -> Any:
    plans = ip.load(world(), target_type=Officed, tiers="ABCD")
    first = plans.targets[0].model_copy(update={"office": office, "end_year": 2030})
    return plans.extend(targets=[first])


@pytest.fixture
def out(world: World, tmp_path: Path) -> Path:
    """The invented dataset as a workbook."""
    return ip.load(world(), tiers="ABCD").write(tmp_path / "out.xlsx").path


def changed(file: Path, sheet: str, cell: str, value: Any, shape: str | None = None) -> None:
    """Change one cell as a spreadsheet would."""
    book = openpyxl.load_workbook(file)
    book[sheet][cell] = value
    if shape:
        book[sheet][cell].number_format = shape
    book.save(file)


def errors_of(file: Path) -> list[str]:
    """Return the errors of a workbook that cannot be read."""
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(file, format="excel")
    return [str(each) for each in caught.value.exceptions]


@pytest.mark.heavy
def test_all_bundled_records_come_back_equal(every_tier: ip.Dataset, tmp_path: Path) -> None:
    done = every_tier.write(tmp_path / "out.xlsx")
    assert (done.format, done.losses) == ("excel", ())
    back = ip.load(done.path)
    assert back.edition == every_tier.edition
    for name in TABLES:
        ours, theirs = getattr(every_tier, name), getattr(back, name)
        assert ours == theirs
        assert [each.model_dump_json() for each in ours] == [
            each.model_dump_json() for each in theirs
        ]


def test_own_units_types_and_awkward_texts_come_back(
    own_plans: Any, own_types: Any, same_content: Any, tmp_path: Path
) -> None:
    own_plans.write(tmp_path / "out.xlsx")
    same_content(own_plans, ip.load(tmp_path / "out.xlsx", **own_types))


def test_what_a_reader_of_the_workbook_sees(out: Path) -> None:
    book = openpyxl.load_workbook(out)
    others = [name for name in TABLES if name not in BY_TIER]
    figures = [name for name in TABLES if name in BY_TIER]
    assert book.sheetnames == [*figures, *others, "units", "read me"]
    assert book.sheetnames[0] == "targets"
    said = {row[0].value: row[1].value for row in book["read me"].iter_rows() if row[0].value}
    assert (said["edition"], said["schema"], said["tiers"]) == ("2031.5", "2", "ABCD")
    assert said["sheet targets"] == "3 rows"
    heads = [cell.value for cell in book["targets"][1]]
    first = dict(zip(heads, book["targets"][2], strict=True))
    assert (first["value"].value, first["value"].data_type) == (3.5, "n")
    assert (first["value"].number_format, first["end_year"].value) == ("0.0", 2025)
    assert first["plan"].quotePrefix
    units = [[cell.value for cell in row] for row in book["units"].iter_rows()]
    assert units[0] == ["unit", "definition", "origin"]
    assert ["percent", "bundled"] in [[row[0], row[2]] for row in units]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_text_and_stay_text(world: World, tmp_path: Path, text: str) -> None:
    plans = officed(world, text)
    out = plans.write(tmp_path / "out.xlsx").path
    cells = [c for row in openpyxl.load_workbook(out)["targets"].iter_rows() for c in row]
    (cell,) = [each for each in cells if each.value == text]
    assert (cell.data_type, cell.quotePrefix, cell.number_format) == ("s", True, "@")
    assert ip.load(out, target_type=Officed).targets[-1].office == text


@pytest.mark.parametrize(
    "text", ["", "a\rb", "a\x01b", "_x0041_", "x" * 32_768, "a\uffff"], ids=repr
)
def test_what_a_cell_cannot_hold_is_refused(world: World, tmp_path: Path, text: str) -> None:
    with pytest.raises(ip.DataErrors, match="nothing written") as caught:
        officed(world, text).write(tmp_path / "out.xlsx")
    assert caught.value.exceptions[0].column == "office"
    assert [each for each in tmp_path.iterdir() if "out" in each.name] == []


@pytest.mark.parametrize("value", ["3.50", "0.000000000000000001", "123456789012345678.5", "-0.10"])
def test_values_come_back_to_the_last_digit(world: World, tmp_path: Path, value: str) -> None:
    plans = ip.load(world(), tiers="ABCD")
    first = plans.targets[0].model_dump(mode="json") | {"value": value, "end_year": 2030}
    plans = plans.extend(targets=[first])
    plans.write(tmp_path / "out.xlsx")
    assert f"{ip.load(tmp_path / 'out.xlsx').targets[-1].value:f}" == value


# ------------------------------------------------------------------ workbooks that were edited


def test_an_edited_number_is_read_as_it_is(out: Path) -> None:
    at = "E2"
    assert openpyxl.load_workbook(out)["targets"]["E1"].value == "value"
    for value, shape, said in ((3.7, None, "3.7"), (3.75, None, "3.75"), (4, "0.00", "4.00")):
        changed(out, "targets", at, value, shape)
        assert str(ip.load(out).targets[0].value) == said


def test_a_day_is_read_as_a_day(out: Path) -> None:
    changed(out, "sources", "F2", DAY)
    assert openpyxl.load_workbook(out)["sources"]["F1"].value == "date"
    assert ip.load(out).sources[0].date == "2021-03-05"


def test_rows_that_were_emptied_are_passed_over(out: Path) -> None:
    book = openpyxl.load_workbook(out)
    book["goals"].insert_rows(2, 3)
    book.save(out)
    assert len(ip.load(out).goals) == 2


# ------------------------------------------------------------------ limits


def test_what_a_workbook_unpacks_to_is_bounded(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "_MOST_CELLS", 10)
    assert "expected at most 10 cells" in errors_of(out)[0]
    monkeypatch.setattr(excel, "_MOST_BYTES", 5000)
    assert "expected at most 5000 bytes when unpacked" in errors_of(out)[0]
    monkeypatch.undo()
    monkeypatch.setattr(excel, "_MOST_PARTS", 3)
    assert "in 3 parts" in errors_of(out)[0]


def test_a_workbook_that_fails_leaves_no_temporary(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(made))

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("openpyxl.writer.excel.ExcelWriter.write_data", full)
    with pytest.raises(ip.WriteError, match="no space left on device"):
        ip.load(world(), tiers="ABC").write(tmp_path / "out.xlsx")
    assert list(made.iterdir()) == []
    assert not (tmp_path / "out.xlsx").exists()


def test_one_table_brings_what_it_refers_to(every_tier: ip.Dataset, tmp_path: Path) -> None:
    targets = every_tier.targets.where(region="广东")
    out = targets.write(tmp_path / "gd.xlsx").path
    assert ip.load(out).targets == targets


def test_a_sheet_with_a_chart_is_not_a_table(out: Path) -> None:
    book = openpyxl.load_workbook(out)
    chart = BarChart()
    chart.add_data(Reference(book["targets"], min_col=5, min_row=1, max_row=4))
    book.create_chartsheet("picture").add_chart(chart)
    book.save(out)
    assert len(ip.load(out).targets) == 3


def test_errors_of_cells_are_counted(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MOST_ERRORS", 2)
    book = openpyxl.load_workbook(out)
    for line in range(1, 9):
        book["units"][f"A{line}"] = "#N/A"
    book.save(out)
    assert len([error for error in errors_of(out) if "found an error: #N/A" in error]) == 2


def test_the_sheet_that_other_programs_read_has_the_rows(tmp_path: Path) -> None:
    card = ip.scorecard(ip.load(), region="GD", indicator="rd_intensity")
    card.write(tmp_path / "card.xlsx")
    head, *rows = openpyxl.load_workbook(tmp_path / "card.xlsx").worksheets[0].iter_rows()
    assert len(rows) == len(card)
    assert "verdict" in [cell.value for cell in head]


@pytest.mark.parametrize(
    ("unit", "column", "value", "read"),
    [
        ("enterprise", "value", 18000, None),
        ("CNY_100M", "value", 0.5, None),
        ("multiple", "value", 0.12, None),
        ("percent", "value", 0.037, "3.7"),
        ("percent_per_year", "value", 0.06, "6"),
        ("percent", "end_year", 20.25, None),
        ("percent", "baseline_value", 0.03, "3"),
        ("enterprise", "baseline_value", 0.03, None),
    ],
)
def test_a_percentage_is_of_a_figure_in_percent(
    unit: str, column: str, value: float, read: str | None, tmp_path: Path
) -> None:
    plans = ip.load()
    rows = [
        target
        for target in plans.targets
        if target.unit == unit and getattr(target, column) is not None and target.value_high is None
    ]
    file = ip.TargetTable(rows[:1], context=plans.context).write(tmp_path / "a.xlsx").path
    names = [cell.value for cell in openpyxl.load_workbook(file)["targets"][1]]
    letter = openpyxl.utils.get_column_letter(names.index(column) + 1)
    changed(file, "targets", f"{letter}2", value, "0.0%")
    if read is None:
        problem, *_ = errors_of(file)
        assert f"[targets]:2: {letter}: {column} is not in percent in this row" in problem
        assert problem.endswith("give it the number format General")
    else:
        assert f"{getattr(ip.load(file).targets[0], column)}".startswith(read)
