"""An export that is not as it was written is recognized, in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

import innovation_plans as ip

World = Callable[..., Path]
FORMATS = {each.name: each for each in ip.formats()}


@pytest.fixture(params=FORMATS)
def export(request: pytest.FixtureRequest, world: World, tmp_path: Path) -> Path:
    """The invented dataset in one of the formats."""
    name = request.param
    plans, ending = ip.load(world(), tiers="ABCD"), FORMATS[name].endings
    file = f"out{ending[0]}" if FORMATS[name].makes == "file" else "out"
    return plans.write(tmp_path / file, format=name).path


def cut(path: Path) -> None:
    """Remove the last observation, which leaves a file without errors."""
    file = next(path.glob("observations*.*")) if path.is_dir() else path
    if file.suffix == ".parquet":
        table = pq.read_table(file)
        pq.write_table(table.slice(0, table.num_rows - 1), file)
    elif file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        book["observations"].delete_rows(book["observations"].max_row)
        book.save(file)
    else:
        lines = file.read_bytes().splitlines(keepends=True)
        last = max(at for at, line in enumerate(lines) if b"observation" in line or path.is_dir())
        file.write_bytes(b"".join([*lines[:last], *lines[last + 1 :]]))


def test_a_whole_export_is_verified_and_has_its_edition(export: Path) -> None:
    assert ip.verify(export)
    assert ip.load(export, verify=True).edition == "2031.5"


def test_a_cut_export_is_loaded_under_another_edition(export: Path) -> None:
    count = len(ip.load(export).observations)
    cut(export)
    plans = ip.load(export)
    assert (plans.edition, len(plans.observations)) == ("2031.5+changed", count - 1)
    for verified in (lambda: ip.verify(export), lambda: ip.load(export, verify=True)):
        with pytest.raises(ip.DataErrors, match="expected"):
            verified()


def test_a_changed_export_is_a_whole_one_when_it_is_written_again(
    export: Path, tmp_path: Path
) -> None:
    cut(export)
    again = ip.load(export).write(
        tmp_path / f"again{export.suffix}", format=None if export.suffix else "csv"
    )
    assert ip.verify(again.path)
    assert ip.load(again.path).edition == "2031.5+changed"


def test_a_file_that_was_added_or_removed_is_named(world: World, tmp_path: Path) -> None:
    out = ip.load(world(), tiers="ABC").write(tmp_path / "out", format="csv").path
    (out / "README.md").write_text("A note of the reader.")
    assert ip.verify(out)
    (out / "targets").mkdir()
    (out / "targets" / "own.csv").write_text("plan\n")
    with pytest.raises(ip.DataErrors, match="is not listed in SHA256SUMS"):
        ip.verify(out)
    (out / "targets" / "own.csv").unlink()
    (out / "goals.csv").unlink()
    with pytest.raises(ip.DataErrors, match=r"goals\.csv: is listed in SHA256SUMS, but missing"):
        ip.verify(out)


def test_a_file_without_a_number_of_records_cannot_be_verified(
    world: World, tmp_path: Path
) -> None:
    file = ip.load(world(), tiers="ABC").write(tmp_path / "out.jsonl").path
    text = file.read_text("utf-8")
    file.write_text(text.replace('"records":{', '"records":[{').replace("}}", "}]}", 1), "utf-8")
    assert ip.load(file).edition == "2031.5"
    with pytest.raises(ip.MissingError, match=r"no number of records.*write it again"):
        ip.verify(file)
