"""What fuzzing and bad files have found: each stays mended."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pint
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import innovation_plans as ip
from fuzz.file_targets import packed
from fuzz.seeds import LAND, exported, parts_of, put
from innovation_plans.checks.template import write_template
from innovation_plans.cli import run
from innovation_plans.io import excel, parquet
from innovation_plans.io import raw as files
from innovation_plans.io.raw import units_of
from innovation_plans.text.figure import Figure
from innovation_plans.units.table import bundled_units

LONG = "x" * 5000
HALF = "a\ud800"


def errors_of(work: Callable[[], object]) -> list[str]:
    """Return the messages of an input that cannot be read."""
    with pytest.raises(ip.DataErrors) as caught:
        work()
    return [str(each) for each in caught.value.exceptions]


# ------------------------------------------------------------------ paths


@pytest.mark.parametrize("path", [LONG, HALF, "a\0b"], ids=["long", "half a character", "NUL"])
@pytest.mark.parametrize(
    "ask", [ip.load, ip.verify, ip.check, lambda path: ip.load().extend(path)]
)  # fmt: skip
def test_a_path_that_can_be_none_is_a_missing_one(ask: Callable[..., object], path: str) -> None:
    with pytest.raises(ip.MissingError):
        ask(path)


@pytest.mark.parametrize("path", [LONG, HALF, "a\0b"], ids=["long", "half a character", "NUL"])
def test_nothing_is_written_to_a_path_that_can_be_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ip.WriteError):
        ip.load().regions.write(path, format="jsonl")
    with pytest.raises(ip.WriteError):
        write_template(path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="needs file names of any bytes")
def test_a_file_name_of_any_bytes_is_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    odd = os.fsdecode(b"odd\xff\x1b[2J")
    root = put(tmp_path / odd, LAND)
    (root / f"{odd}.csv").write_text("code\n")
    assert run(["check", str(root), "--alone", "--format", "json"]) == 1
    errors = json.loads(capfd.readouterr().out)
    name = "odd\\udcff\x1b[2J.csv"  # a byte that is no Unicode is escaped
    assert [each["file"] for each in errors if each["severity"] == "error"] == [name]
    assert run(["scorecard", "--data", str(root)]) == 2
    assert run(["new", str(root / f"new{odd}")]) == 0
    assert run(["export", str(root / f"{odd}.jsonl"), "--region", "西藏"]) == 0
    output = capfd.readouterr()
    assert "\x1b" not in output.out + output.err
    assert "odd��[2J.csv: no such table" in output.err


def test_links_in_circles_are_followed_once(tmp_path: Path) -> None:
    root = ip.load().regions.write(tmp_path / "out", format="datapackage").path
    for name in ("a", "b", "c", "d"):
        (root / name).symlink_to(root)
    assert "regions.csv" in ip.verify(root)


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize("value", ["1E+999999999", "1E-999999999", "NaN", "Infinity", "-1E+999"])
def test_a_figure_of_endless_digits_is_not_written(value: str) -> None:
    figure = Figure(ip.Form.LEVEL, ip.Comparator.REACH, Decimal(value), None, "CNY")
    bound = figure._replace(value=Decimal(1), value_high=Decimal(value), comparator="between")
    for each in (figure, bound):
        for work in (ip.format_figure, lambda figure: figure.converted("CNY_100M")):
            with pytest.raises(ip.FigureError):
                work(each)


@pytest.mark.parametrize("value", ["1E+999999", "-1E+999999999", "1E-999999999", "0E+999999999"])
def test_growth_of_endless_digits_is_refused(value: str) -> None:
    with pytest.raises(ip.FigureError):
        ip.growth.multiple_of(Decimal(value), 200)
    with pytest.raises(ip.FigureError):
        ip.growth.rate_between(Decimal(value), 7, 2)


# ------------------------------------------------------------------ units


@pytest.mark.parametrize("name", ["define", "Quantity", "Unit", "parse_units", "default_format"])
def test_a_unit_may_be_called_as_a_method_of_pint(name: str) -> None:
    errors: list[ip.DataError] = []
    table = units_of(
        [f"{name} = [zork]", f"many = 10 * {name}"], "units.txt", bundled_units(), errors
    )
    assert errors == []
    assert ip.quantity(2, "many", table=table) == ip.quantity(20, name, table=table)
    mine = pint.UnitRegistry()
    ip.define_units(mine, table)
    assert mine.Quantity(1, "many").to_base_units().magnitude == 10


@pytest.mark.parametrize(
    ("line", "factor"),
    [
        ("many = 05000 * CNY", 5000),
        ("many = 00001 * CNY", 1),
        ("many = 50 / % * CNY", 5000),
        ("per = [pers]\nmany = 3 * CNY / per / per * per * per", 3),
        ("squared = [q]\nmany = 7 * CNY / squared * squared", 7),
    ],
)
def test_pint_is_given_no_definition_to_read_otherwise(line: str, factor: int) -> None:
    errors: list[ip.DataError] = []
    table = units_of(line.splitlines(), "units.txt", bundled_units(), errors)
    assert (errors, table.factor("many", "CNY")) == ([], factor)
    assert ip.quantity(1, "many", table=table) == ip.quantity(factor, "CNY")
    mine = pint.UnitRegistry()
    ip.define_units(mine, table)
    assert mine.Quantity(1, "many").to("CNY").magnitude == factor


def test_a_token_is_what_pint_can_call_a_unit() -> None:
    with pytest.raises(ip.FigureError):
        bundled_units().with_("%x = [q]")
    assert ip.quantity(2, "%x", table=bundled_units().with_("x = [q] = %x")).magnitude == 2


# ------------------------------------------------------------------ few bytes that say much


def test_rows_and_errors_are_counted_while_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "f.jsonl"
    file.write_bytes(exported("jsonl")[""] + b"[]\n" * 5000)
    assert len(errors_of(lambda: ip.load(file))) == files.MOST_ERRORS + 1
    file.write_bytes(b'{"record": "dataset"}\n' + b'{"record": "x"}\n' * 5000)
    assert len(errors_of(lambda: ip.load(file))) == files.MOST_ERRORS + 1
    monkeypatch.setattr(files, "MOST_ROWS", 2)
    file.write_bytes(exported("jsonl")[""])
    assert "f.jsonl:4: expected at most 2 rows" in errors_of(lambda: ip.load(file))
    root = put(tmp_path / "land", LAND)
    assert "regions.csv:4: expected at most 2 rows" in errors_of(lambda: ip.load(root))


def test_errors_of_sdmx_are_counted(tmp_path: Path) -> None:
    root = tmp_path / "sdmx"
    for name, raw in exported("sdmx-csv").items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(raw)
    file = root / "targets.sdmx.csv"
    head, _, _ = file.read_text().partition("\r\n")
    file.write_text(f"{head}\r\n" + f"x{',' * head.count(',')}\r\n" * 5000, newline="")
    found = [each for each in errors_of(lambda: ip.load(root)) if each.startswith(file.name)]
    assert len(found) == files.MOST_ERRORS + 1


def test_errors_of_cells_are_counted(tmp_path: Path) -> None:
    table = pa.table({"value": pa.array([Decimal(1)] * 5000), "value_text": pa.array(["2"] * 5000)})
    pq.write_table(table, tmp_path / "targets.parquet")
    found = errors_of(lambda: ip.load(tmp_path))
    assert len([each for each in found if "value_text" in each]) == files.MOST_ERRORS


def test_rows_are_counted_before_a_parquet_file_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_table(pa.table({"code": ["x"] * 50}), tmp_path / "sources.parquet")
    monkeypatch.setattr(parquet, "MOST_ROWS", 49)
    monkeypatch.setattr(pq.ParquetFile, "iter_batches", None)
    assert "expected at most 49 rows" in errors_of(lambda: ip.load(tmp_path))[0]


def test_elements_of_a_workbook_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "out.xlsx"
    file.write_bytes(exported("excel")[""])
    ip.load(file)
    monkeypatch.setattr(excel, "_MOST_ELEMENTS_IN_A_ROW", 10)
    assert "expected fewer XML elements in the part" in errors_of(lambda: ip.load(file))[0]
    monkeypatch.undo()
    monkeypatch.setattr(excel, "_MOST_ELEMENTS", 100)
    assert "expected fewer XML elements in the part" in errors_of(lambda: ip.load(file))[0]


def test_a_document_type_is_found_under_any_name(tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    parts = dict(parts_of(exported("excel")[""]))
    parts["xl/media/picture.bin"] = b"<!DOCTYPE a []><a/>"
    file.write_bytes(packed(parts))
    assert "expected no document type in the part 'xl/media" in errors_of(lambda: ip.load(file))[0]


def test_pictures_in_a_workbook_are_no_error(tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    parts = dict(parts_of(exported("excel")[""]))
    file.write_bytes(packed(parts | {"xl/media/picture.png": b"\x89PNG\0" + bytes(range(256))}))
    assert len(ip.load(file).targets) == 3


def test_seeds_are_what_they_claim() -> None:
    with io.BytesIO(exported("excel")[""]) as stream:
        assert stream.read(2) == b"PK"
    assert len(LAND) == 12
