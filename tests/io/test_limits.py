"""What a file or directory lacks, or has too much of, and what a column cannot hold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from time import process_time
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

import innovation_plans as ip
from innovation_plans.io import csv, jsonl
from innovation_plans.io.columns import Columns
from innovation_plans.io.dataframe import frame_of

FILES = {
    "observations.csv": ("region,value\n", "CN-GD,wrong\n"),
    "ours.jsonl": (
        '{"record":"dataset","edition":"","schema":1}\n',
        '{"record":"observation","value":"wrong"}\n',
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_too_many_rows_are_the_only_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, row = FILES[name]
    (tmp_path / name).write_text(head + row * 21)
    for module in (csv, jsonl):
        monkeypatch.setattr(module, "MOST_ROWS", 20)
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(tmp_path / name if name.endswith("jsonl") else tmp_path)
    assert [error.problem for error in caught.value.exceptions] == ["expected at most 20 rows"]


def test_line_breaks_in_cells_are_no_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv, "MOST_ROWS", 1)
    (tmp_path / "sources.csv").write_text("code,title,tier\n" + 'ours,"Our\nreport",A\n')
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(tmp_path)
    assert "rows" not in str(caught.value.exceptions)  # but of the title


def long_workbook(path: Path, rows: int) -> None:
    """Write a workbook whose sheet of regions has many short rows."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "regions"
    book.active["A1"] = "code"
    book.save(path)
    with ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    row = b'<row><c t="n"><v>1</v></c></row>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", row * rows + b"</sheetData>")
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        for name, raw in parts.items():
            packed.writestr(name, raw)


LONG = {
    "one column": "code\n" + "X\n" * 1_000_001,
    "old line ends": "code\r" + "X\r" * 1_000_001,
    "line ends of Windows, quoted": "code\r\n" + '"X"\r\n' * 1_000_001,
}


@pytest.mark.parametrize("name", [*LONG, "workbook"])
def test_a_million_rows_are_refused_at_once(name: str, tmp_path: Path) -> None:
    path = tmp_path
    if name == "workbook":
        path = tmp_path / "long.xlsx"
        long_workbook(path, 1_000_001)
    else:
        (path / "regions.csv").write_bytes(LONG[name].encode())
    start = process_time()
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(path)
    assert process_time() - start < 2  # less than 0.6 s where nothing else runs
    assert [error.problem for error in caught.value.exceptions] == ["expected at most 1000000 rows"]


@pytest.mark.parametrize("name", ["observations.csv.gz", "targets.zip", "sources.xlsx.bz2"])
def test_a_packed_table_is_not_passed_over(name: str, tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("code,title,tier\nours,Our report,A\n")
    (tmp_path / name).write_bytes(b"packed")
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(tmp_path)
    assert f"save it as {name.partition('.')[0]}.csv" in str(caught.value.exceptions[0])


@pytest.mark.parametrize("name", ["sources.csv.bak", "notes.zip", "readme.txt"])
def test_other_files_are_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("code,title,tier\nours,Our report,A\n")
    (tmp_path / name).write_bytes(b"other")
    assert len(ip.load(tmp_path).sources) == 1


@pytest.mark.parametrize("name", ["csv", "parquet", "datapackage", "sdmx-csv"])
def test_an_export_without_one_of_its_files_is_an_error(name: str, tmp_path: Path) -> None:
    targets = ip.load().targets.where(region="GD", indicator="rd_intensity")
    folder = targets.write(tmp_path / "out", format=name).path
    lost = next(file for file in sorted(folder.iterdir()) if "targets" in file.name.lower())
    lost.unlink()
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(folder)
    assert [error.file for error in caught.value.exceptions] == [lost.name]


def test_csv_files_are_no_parquet_export(tmp_path: Path) -> None:
    targets = ip.load().targets.where(region="GD", indicator="rd_intensity")
    folder = targets.write(tmp_path / "out", format="csv").path
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(folder, format="parquet")
    assert "expected files such as targets.parquet" in caught.value.exceptions[0].problem


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize(("kind", "value"), [(int, 10**30), (str, "\ud800")], ids=["int", "text"])
def test_a_value_that_no_column_holds_is_an_error(backend: Any, kind: type, value: Any) -> None:
    columns = Columns("own", {"field": [value]}, {"field": kind})
    with pytest.raises(ip.FigureError, match=backend):
        frame_of(columns, backend, "float")


class Costed(ip.Target):
    """A target with a number of its own."""

    cost: Decimal | None = None


def test_a_negative_zero_stays_one_in_excel(tmp_path: Path) -> None:
    ours = ip.load().extend(
        sources=[{"code": "ours", "title": "Our report", "tier": "A"}],
        targets=[
            {"plan": "CN-GD-14-sti", "indicator": "rd_intensity", "form": "level",
             "comparator": "reach", "value": "3", "unit": "percent", "end_year": 2027,
             "source": "ours", "as_stated": "3", "cost": "-0.0"}
        ],
        target_type=Costed,
    )  # fmt: skip
    done = ours.targets.where(source="ours").write(tmp_path / "ours.xlsx")
    cost = ip.load(done.path, target_type=Costed).targets.one().cost
    assert str(cost) == "-0.0"
