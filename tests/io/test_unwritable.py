"""What a file cannot hold is refused when it is written; what is not read is refused when it is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ConfigDict, Field

import innovation_plans as ip

PLANS = ip.load()
TARGET = PLANS.targets.where(region="CN-GD", indicator="rd_intensity", end_year=2025)[0]


class Excluded(ip.Target):
    """A target with a field that is left out of what is written."""

    dept: str | None = Field(default=None, exclude=True)


class Extra(ip.Target):
    """A target with values that are no fields."""

    model_config = ConfigDict(extra="allow")


class Rated(ip.Target):
    """A target with fields of any value."""

    rating: float | None = None
    remark: Any = None


def rated(**own: Any) -> Any:
    fields = {name: getattr(TARGET, name) for name in ip.Target.model_fields}
    return PLANS.targets[:0]._of([Rated(**fields, **own)])


@pytest.mark.parametrize("name", ["csv", "jsonl", "excel", "parquet", "datapackage"])
@pytest.mark.parametrize(
    ("own", "problem"),
    [
        ({"rating": float("inf")}, "rating: expected finite numbers, found inf"),
        ({"rating": float("nan")}, "rating: expected finite numbers, found nan"),
        ({"remark": "\ud800"}, "remark: expected text without lone surrogates"),
    ],
)
def test_a_value_that_no_file_has(
    tmp_path: Path, name: str, own: dict[str, Any], problem: str
) -> None:
    path = tmp_path / {"jsonl": "x.jsonl", "excel": "x.xlsx"}.get(name, "x")
    with pytest.raises(ip.DataErrors) as caught:
        rated(**own).write(path, format=name)
    assert problem in str(caught.value.exceptions[0])
    assert not path.exists()


@pytest.mark.parametrize("way", ["csv", "jsonl", "parquet", "pandas", "polars", "pyarrow"])
@pytest.mark.parametrize(
    ("kind", "own", "problem"),
    [
        (Excluded, {"dept": "Finance"}, "dept: is excluded from what the record writes"),
        (Extra, {"colour": "red"}, "colour: is no field of Extra"),
        (Excluded, {}, ""),
        (Extra, {}, ""),
    ],
)
def test_a_value_without_a_column_is_refused_by_files_and_frames(
    tmp_path: Path, way: Any, kind: type[ip.Target], own: dict[str, Any], problem: str
) -> None:
    fields = {name: getattr(TARGET, name) for name in ip.Target.model_fields}
    table: Any = PLANS.targets[:0]._of([kind(**fields, **own)])

    def written() -> Any:
        if way in {"csv", "jsonl", "parquet"}:
            return table.write(tmp_path / f"x.{way}", format=way).path.exists()
        return len(table.to_frame(way)) == 1

    if not problem:
        assert written()
        return
    with pytest.raises(ip.DataErrors) as caught:
        written()
    assert problem in str(caught.value.exceptions[0])


@pytest.mark.parametrize("name", ["observations.xlsx", "Targets.XLSX", "sources.json", "goals.tsv"])
def test_a_table_of_another_type_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "regions.csv").write_text("code,kind,name_en\nX1,city,Ex\n")
    assert len(PLANS.extend(tmp_path).regions) == len(PLANS.regions) + 1
    (tmp_path / name).write_bytes(b"")
    stem = name.partition(".")[0].lower()
    with pytest.raises(ip.DataErrors) as caught:
        PLANS.extend(tmp_path)
    expected = f"{name}: is not read; save it as {stem}.csv"
    assert [str(error) for error in caught.value.exceptions] == [expected]


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (0.035, "0.0%", "3.5"), (0.035, "0%", "3.5"), (0.035, "0.00%", "3.50"), (1, "0%", "100"),
        (0.07, "0.0 %", "7.0"), (0.0000001, "0%", "0.00001"), (-0.5, "0%;[Red]-0%", "-50"),
    ],
)  # fmt: skip
def test_a_percent_cell_is_what_the_sheet_shows(
    tmp_path: Path, value: float, shape: str, text: str
) -> None:
    import openpyxl

    PLANS.targets.where(region="CN-GD", indicator="rd_intensity", period="14th").write(
        tmp_path / "b.xlsx"
    )
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    sheet = book["targets"]
    column = [cell.value for cell in sheet[1]].index("value") + 1
    cell = sheet.cell(2, column)
    cell.value, cell.number_format = value, shape
    book.save(tmp_path / "b.xlsx")
    if value < 0:
        with pytest.raises(ip.DataErrors, match="1 error"):
            ip.load(tmp_path / "b.xlsx")
        return
    assert str(ip.load(tmp_path / "b.xlsx").targets[0].value) == text
